//! The yearly plan 定期轮岗计划: one row a move or placement.

use super::audit::{Leaving, on_leaving};
use super::{Table, Value, View};
use crate::insight::fit;
use crate::text::try_say;
use lungang_domain::plan::MoveRow;
use lungang_domain::{PersonIx, PostIx};

/// Columns on paper, in order, with widths in half-width characters: what a commission reads.
const PRINTED: &[(&str, u16)] = &[
    ("no", 4),
    ("year", 4),
    ("unit", 12),
    ("name", 8),
    ("staffing", 8),
    ("rank", 12),
    ("post", 16),
    ("post_since", 11),
    ("months", 4),
    ("risk", 8),
    ("reason", 36),
    ("move_kind", 9),
    ("new_post", 17),
    ("date", 11),
    ("successor", 10),
    ("avoidance", 8),
    ("handover", 9),
    ("remark", 8),
];

/// Columns to the right of the paper: what the officer works with, and what a changed row is known by.
const WORKED: &[(&str, u16)] = &[
    ("staff", 10),
    ("rule", 8),
    ("batch", 6),
    ("fit", 9),
    ("status", 8),
    ("done_on", 12),
    ("decision", 10),
    ("risk_points", 40),
];

/// The table, by year, unit, date, batch, staff.
pub fn table(view: &View) -> Table {
    let mut table = Table::new(view.lang, "plan", &[PRINTED, WORKED].concat());
    table.printed = PRINTED.len();
    table.signed = true;
    let mut moves: Vec<(&MoveRow, PersonIx, Option<PostIx>, PostIx)> = view
        .plan
        .moves
        .iter()
        .filter_map(|row| view.of_move(row).map(|(person, from, to)| (row, person, from, to)))
        .collect();
    moves.sort_by_key(|(row, person, from, to)| {
        (row.year, view.facts.unit(from.unwrap_or(*to)), row.date, row.batch, *person)
    });
    for (no, (row, person, from, to)) in moves.into_iter().enumerate() {
        let unit = view.facts.unit(from.unwrap_or(to));
        table.push([unit], line(view, no + 1, row, person, from, to));
    }
    table
}

fn line(view: &View, no: usize, row: &MoveRow, person: PersonIx, from: Option<PostIx>, to: PostIx) -> Vec<Value> {
    let (facts, case) = (&view.facts, view.case());
    let who = case.person(person);
    let year = row.year as usize;
    let before = view.courses.at(person, year.saturating_sub(1));
    let d_t = facts.effective.get(year).copied().unwrap_or(row.date);
    let fit = match from {
        Some(from) => fit::change(view.lang, case, person, from, to),
        None => fit::score(view.lang, case, person, to),
    };
    let since = match (from, before.at_least) {
        (Some(_), true) => Value::text(before.clock.map_or(String::new(), |date| format!("≤{date}"))),
        (Some(_), false) => Value::date(before.clock),
        (None, _) => Value::Empty,
    };
    let months = view.courses.months(person, year.saturating_sub(1), d_t);
    vec![
        Value::count(no),
        Value::Whole(i64::from(row.year)),
        Value::text(view.unit(facts.unit(from.unwrap_or(to)))),
        Value::text(who.name.clone()),
        Value::text(view.staffing(who.staffing_kind)),
        Value::text(view.rank(person)),
        Value::text(from.map_or_else(|| view.say("no-post", &[]), |post| view.post(post))),
        since,
        if from.is_some() && before.clock.is_some() { Value::Whole(i64::from(months)) } else { Value::Empty },
        from.map_or(Value::Empty, |post| Value::Risk(facts.grade[post.0])),
        Value::text(row.reason.clone()),
        Value::text(move_kind(view, from, to)),
        Value::text(view.label(to)),
        Value::Date(row.date),
        Value::text(from.map_or(String::new(), |post| successor(view, post, year))),
        Value::text(avoidance(view, person, year)),
        Value::text(from.map_or(String::new(), |post| handover(view, person, post, year))),
        Value::text(row.decided_by.clone().unwrap_or_default()),
        Value::text(row.staff.clone()),
        Value::text(try_say(view.lang, &format!("by-{}", row.rule), &[]).unwrap_or_else(|| row.rule.clone())),
        Value::Whole(i64::from(row.batch)),
        Value::text(fit),
        Value::text(view.say(&format!("status-{}", row.status.key()), &[])),
        Value::date(row.done_on),
        Value::text(row.decision.as_deref().map_or(String::new(), |kind| decision_word(view, kind))),
        Value::text(from.map_or(String::new(), |post| view.risk_points(post))),
    ]
}

/// A decision's word; a text written by hand stays as it is.
fn decision_word(view: &View, kind: &str) -> String {
    try_say(view.lang, &format!("decision-{kind}"), &[]).unwrap_or_else(|| kind.to_owned())
}

/// Inside a section, between sections, between units, or a placement.
fn move_kind(view: &View, from: Option<PostIx>, to: PostIx) -> String {
    let Some(from) = from else { return view.say("kind-placement", &[]) };
    let facts = &view.facts;
    let section = [("section", facts.policy.report.section_name.as_str())];
    if facts.unit(from) != facts.unit(to) {
        view.say("kind-units", &[])
    } else if facts.section(from).is_none() && facts.section(to).is_none() {
        view.say("kind-unit", &[])
    } else if facts.section(from) == facts.section(to) {
        view.say("kind-inside", &section)
    } else {
        view.say("kind-sections", &section)
    }
}

fn successor(view: &View, post: PostIx, year: usize) -> String {
    if !view.facts.open[post.0][year] {
        return match view.facts.merging(post, year) {
            Some(into) => view.say("post-merged", &[("post", &view.post(into))]),
            None => view.say("post-closed", &[]),
        };
    }
    let names: Vec<String> = view.entrants(post, year).iter().map(|person| view.name(*person).to_owned()).collect();
    if !names.is_empty() {
        return view.list(&names);
    }
    // A post that was over strength, or whose seats others fill, is not vacant.
    let filled = view.courses.occupants(post, year) >= view.case().post(post).headcount as usize;
    view.say(if filled { "nobody-needed" } else { "nobody" }, &[])
}

/// Avoidance in the post entered: who has a row in the list was looked at, with the relatives where the plan has them.
fn avoidance(view: &View, person: PersonIx, year: usize) -> String {
    let listed = view.case().relations.iter().any(|row| row.staff_a == person || row.staff_b == Some(person));
    let holds = |person: PersonIx| {
        let stand = view.courses.at(person, year);
        stand.seat().map_or_else(Vec::new, |seat| view.facts.holds(person, seat, stand.todays, year))
    };
    let mut pairs = view.facts.kinship.pairs.iter().filter(|pair| pair.contains(&person));
    let stands = pairs.any(|[one, other]| !view.facts.kin_breaches(&holds(*one), &holds(*other), year).is_empty());
    let key = match (listed, stands) {
        (_, true) => "avoidance-stands",
        (true, false) => "avoidance-kept",
        (false, false) => "avoidance-none",
    };
    view.say(key, &[])
}

/// What leaving a post in a year calls for (R24), beside the hand-over.
pub(super) fn handover(view: &View, person: PersonIx, post: PostIx, year: usize) -> String {
    let key = match on_leaving(view, person, post, year) {
        Some(Leaving::Audit | Leaving::InCharge) => "handover-audit",
        Some(Leaving::Review) => "handover-review",
        None => "handover-plain",
    };
    view.say(key, &[])
}
