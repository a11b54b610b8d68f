//! The register of those not moved 暂缓轮岗: who is kept past the limit, by what, until when.

use super::{Table, Value, View};
use crate::insight::course::Limit;
use crate::insight::deferrals::{Deferral, deferrals};
use lungang_domain::plan::DeferralRow;
use lungang_domain::{PersonIx, PostIx, add_months};

/// The table: kept by a rule or shortage; could move but not worth it; near retirement; cannot by law.
pub fn table(view: &View) -> Table {
    let mut table = Table::new(
        view.lang,
        "register",
        &[
            ("group", 12),
            ("year", 4),
            ("unit", 12),
            ("staff", 9),
            ("name", 8),
            ("post", 24),
            ("risk", 8),
            ("post_since", 11),
            ("months", 4),
            ("due", 11),
            ("over", 4),
            ("held_by", 26),
            ("substitute", 16),
            ("review", 11),
            ("approver", 9),
            ("document", 14),
        ],
    );
    table.signed = true;
    let case = view.case();
    let mut rows: Vec<(u8, u32, PersonIx, Vec<Value>)> = Vec::new();
    let found = deferrals(&view.facts, &view.courses);
    for kept in &view.plan.deferrals {
        let Some(person) = case.person_by_id(&kept.staff) else { continue };
        let Some(post) = held(view, person, kept.year as usize) else { continue };
        let group = match kept.rule.as_str() {
            "WORTH" => 1,
            "R05" | "R06" => 3,
            _ => 0,
        };
        let mut line = line(view, group, kept.year as usize, person, post);
        line.extend([
            Value::text(view.rule(reason(kept, found.iter().find(|one| is_of(kept, person, one))))),
            Value::text(kept.substitute.clone().unwrap_or_default()),
            Value::date(kept.review),
            Value::Empty,
            Value::Empty,
        ]);
        rows.push((group, kept.year, person, line));
    }
    for (year, person, post, rule) in exempt(view) {
        let group = if rule == "R15" { 2 } else { 3 };
        let mut line = line(view, group, year, person, post);
        line.extend([Value::text(view.rule(rule)), Value::Empty, Value::Empty, Value::Empty, Value::Empty]);
        rows.push((group, u32::try_from(year).unwrap_or(u32::MAX), person, line));
    }
    rows.sort_by_key(|(group, year, person, _)| {
        (*group, *year, held(view, *person, *year as usize).map(|post| view.facts.unit(post)), *person)
    });
    for (_, year, person, line) in rows {
        table.push(held(view, person, year as usize).map(|post| view.facts.unit(post)), line);
    }
    table
}

pub(super) fn is_of(kept: &DeferralRow, person: PersonIx, found: &Deferral) -> bool {
    found.person == person && found.year == kept.year as usize && found.rule == kept.rule
}

/// R12 has two halves, and the reader wants to know which.
pub(super) fn reason<'k>(kept: &'k DeferralRow, found: Option<&Deferral>) -> &'k str {
    match (kept.rule.as_str(), found.map(|found| found.by_cap)) {
        ("R12", Some(true)) => "R12-cap",
        ("R12", Some(false)) => "R12-old-hands",
        (rule, _) => rule,
    }
}

pub(super) fn held(view: &View, person: PersonIx, year: usize) -> Option<PostIx> {
    if year == 0 || year > view.facts.years {
        return None;
    }
    view.courses.at(person, year - 1).seat()
}

/// Past the limit, and not counted as deferred: near retirement, or in a post without rotation.
fn exempt(view: &View) -> Vec<(usize, PersonIx, PostIx, &'static str)> {
    let facts = &view.facts;
    let mut found = Vec::new();
    for year in 1..=facts.years {
        let day = facts.effective[year];
        for person in view.case().people_ix() {
            let (before, now) = (view.courses.at(person, year - 1), view.courses.at(person, year));
            let Some(post) = before.seat().filter(|_| now.seat().is_some() && now.clock == before.clock) else {
                continue;
            };
            if view.courses.months(person, year - 1, day) < Limit::of(facts, person, post).due() {
                continue;
            }
            if facts.held_special(person, post, year) {
                found.push((year, person, post, "SPECIAL"));
            } else if facts.near_retirement(person, day) {
                found.push((year, person, post, "R15"));
            }
        }
    }
    found
}

/// The first eleven columns.
fn line(view: &View, group: u8, year: usize, person: PersonIx, post: PostIx) -> Vec<Value> {
    let mut line = vec![
        Value::text(view.say(&format!("group-{group}"), &[])),
        Value::count(year),
        Value::text(view.unit(view.facts.unit(post))),
        Value::text(view.case().person(person).id.0.clone()),
        Value::text(view.name(person)),
        Value::text(view.post(post)),
    ];
    line.extend(clock(view, year, person, post));
    line
}

/// How long somebody has held a post when a year begins: the grade that counts, since when, months, when the limit is
/// reached, and months beyond it.
pub(super) fn clock(view: &View, year: usize, person: PersonIx, post: PostIx) -> [Value; 5] {
    let before = view.courses.at(person, year - 1);
    let limit = Limit::of(&view.facts, person, post);
    let months = view.courses.months(person, year - 1, view.facts.effective[year]);
    [
        Value::Risk(limit.grade),
        if before.at_least {
            Value::text(before.clock.map_or(String::new(), |date| format!("≤{date}")))
        } else {
            Value::date(before.clock)
        },
        Value::Whole(i64::from(months)),
        Value::date(before.clock.map(|since| add_months(since, limit.due()))),
        Value::Whole(i64::from((months - limit.due()).max(0))),
    ]
}
