//! O3, 三超: people over the establishment by kind, over the leading seats, and over the level of their post, by unit and layout.
//! A report: no plan is held to it.

use super::{Table, Value, View};
use lungang_domain::{Lead, PersonIx, PostIx, StaffingKind, UnitIx};

/// The table: a row for each quota that a unit has, and one for levels where somebody stands above the post's.
pub fn table(view: &View) -> Table {
    let facts = &view.facts;
    let mut table = Table::new(view.lang, "quotas", &[("unit", 20), ("quota", 22), ("approved", 8)]);
    for t in 0..=facts.years {
        let mut column = table.columns[2].clone();
        column.key = "filled";
        column.heading = if t == 0 { view.say("head-today", &[]) } else { view.year(t) };
        column.width = 14;
        table.columns.push(column);
    }
    let seated: Vec<Vec<(PersonIx, PostIx)>> = (0..=facts.years)
        .map(|t| {
            let seat = |person: PersonIx| Some((person, view.courses.at(person, t).seat()?));
            view.case().people_ix().filter_map(seat).collect()
        })
        .collect();
    for unit in (0..view.case().units.len()).map(UnitIx) {
        let row = view.case().unit(unit);
        let count = |t: usize, counts: &dyn Fn(PersonIx, PostIx) -> bool| {
            seated[t].iter().filter(|(person, post)| facts.unit(*post) == unit && counts(*person, *post)).count()
        };
        let mut push = |quota: String, approved: Option<u32>, counts: &dyn Fn(usize, PersonIx, PostIx) -> bool| {
            let filled: Vec<usize> =
                (0..=facts.years).map(|t| count(t, &|person, post| counts(t, person, post))).collect();
            if approved.is_none() && filled.iter().all(|filled| *filled == 0) {
                return;
            }
            let shown = |filled: &usize| match approved.map(|most| filled.saturating_sub(most as usize)) {
                Some(over) if over > 0 => {
                    Value::text(view.say("quota-over", &[("count", &filled.to_string()), ("over", &over.to_string())]))
                }
                _ => Value::count(*filled),
            };
            let mut line = vec![
                Value::text(view.unit(unit)),
                Value::text(quota),
                approved.map_or(Value::Empty, |seats| Value::Whole(i64::from(seats))),
            ];
            line.extend(filled.iter().map(shown));
            table.push([unit], line);
        };
        for (kind, seats) in &row.kind_seats {
            let quota = view.say("quota-kind", &[("kind", &view.staffing(Some(*kind)))]);
            push(quota, Some(*seats), &|_, person, _| is_of(view, person, *kind));
        }
        if let Some(seats) = row.leader_seats {
            push(view.say("quota-leaders", &[]), Some(seats), &|_, _, post| leads(view, post));
        }
        push(view.say("quota-level", &[]), None, &|t, person, post| is_above(view, person, post, t));
    }
    table
}

/// A blank kind is counted nowhere.
fn is_of(view: &View, person: PersonIx, kind: StaffingKind) -> bool {
    view.case().person(person).staffing_kind == Some(kind)
}

fn leads(view: &View, post: PostIx) -> bool {
    matches!(view.case().post(post).lead, Lead::Principal | Lead::Vice)
}

/// Whether somebody's level lies above the highest that their post has.
fn is_above(view: &View, person: PersonIx, post: PostIx, t: usize) -> bool {
    let most = view.case().post(post).level.as_ref().and_then(|span| view.facts.policy.level_rank(&span.high));
    most.is_some_and(|most| view.facts.of(person).level[t].is_some_and(|own| own > most))
}
