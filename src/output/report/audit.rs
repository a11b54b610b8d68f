//! Whom to look into, 专项审计建议清单: who leaves a principal's post or one of high risk, and who is kept in one with a
//! special audit as the substitute measure. 经济责任审计 is for principals only.

use super::approvals::kept;
use super::{Table, Value, View};
use crate::insight::course::{Arrival, Stand};
use crate::text::{Lang, say};
use chrono::NaiveDate;
use lungang_domain::{Grade, Lead, PersonIx, PostIx};

/// Columns on paper.
const PRINTED: &[(&str, u16)] = &[
    ("no", 4),
    ("unit", 14),
    ("name", 8),
    ("rank", 14),
    ("post", 24),
    ("risk", 8),
    ("measure", 14),
    ("audit_cause", 24),
    ("period", 24),
    ("leave_date", 11),
    ("organ", 14),
    ("outcome", 14),
    ("remark", 10),
];

/// One proposal.
struct Proposal {
    person: PersonIx,
    post: PostIx,
    measure: &'static str,
    cause: String,
    period: String,
    leaves: Option<NaiveDate>,
}

/// The table: by unit, then those who leave by date, then those kept.
pub fn table(view: &View) -> Table {
    let mut table = Table::new(view.lang, "audit", &[PRINTED, &[("staff", 10)]].concat());
    table.printed = PRINTED.len();
    table.signed = true;
    let mut proposals: Vec<Proposal> = leaving(view).into_iter().chain(staying(view)).collect();
    proposals.sort_by_key(|one| (view.facts.unit(one.post), one.leaves.is_none(), one.leaves, one.person));
    for (no, one) in proposals.into_iter().enumerate() {
        let row = vec![
            Value::count(no + 1),
            Value::text(view.unit(view.facts.unit(one.post))),
            Value::text(view.name(one.person)),
            Value::text(view.rank(one.person)),
            Value::text(view.post(one.post)),
            Value::Risk(view.facts.grade[one.post.0]),
            Value::text(view.say(one.measure, &[])),
            Value::text(one.cause),
            Value::text(one.period),
            Value::date(one.leaves),
            Value::Empty,
            Value::Empty,
            Value::Empty,
            Value::text(view.case().person(one.person).id.0.clone()),
        ];
        table.push([view.facts.unit(one.post)], row);
    }
    table
}

/// What leaving a post calls for, if anything.
fn on_leaving(view: &View, post: PostIx) -> Option<&'static str> {
    if view.case().post(post).lead == Lead::Principal {
        Some("measure-audit")
    } else if view.facts.grade[post.0] == Grade::High {
        Some("measure-review")
    } else {
        None
    }
}

/// Everybody who leaves such a post, by a move of the plan or by an event.
fn leaving(view: &View) -> Vec<Proposal> {
    let mut found = Vec::new();
    for year in 1..=view.facts.years {
        for person in view.case().people_ix() {
            let (before, now) = (view.courses.at(person, year - 1), view.courses.at(person, year));
            let Some(post) = before.seat().filter(|post| now.seat() != Some(*post)) else { continue };
            let Some(measure) = on_leaving(view, post) else { continue };
            let (cause, date) = why(view, person, now, year);
            let cause = view.say(cause, &[("t", &year.to_string())]);
            found.push(Proposal {
                person,
                post,
                measure,
                cause,
                period: period(view, before, Some(date)),
                leaves: Some(date),
            });
        }
    }
    found
}

/// Why somebody leaves in a year, and on which day.
fn why(view: &View, person: PersonIx, now: &Stand, year: usize) -> (&'static str, NaiveDate) {
    let start = view.facts.effective[year];
    let displaced = view.facts.of(person).displaced[year];
    match now.arrival {
        Arrival::Left(date) => ("cause-left", date),
        Arrival::Promoted(date) => ("cause-promoted", date),
        Arrival::Joined(date) => ("cause-moved", date),
        Arrival::Displaced(date) if displaced.is_some() => ("cause-promoted", date),
        Arrival::Displaced(date) => ("cause-closed", date),
        Arrival::Moved | Arrival::Placed(_) | Arrival::Kept => match displaced {
            // Promoted into a post that closed at once: the old post is left by the promotion.
            Some(date) => ("cause-promoted", date),
            None => {
                let id = view.case().person(person).id.as_str();
                let row = view.plan.moves.iter().find(|row| row.staff == id && row.year as usize == year);
                ("cause-moved", row.map_or(start, |row| row.date))
            }
        },
    }
}

/// Those kept for whom the plan proposes a special audit; another substitute written in its place is none.
fn staying(view: &View) -> Vec<Proposal> {
    let audits = [Lang::Zh, Lang::En].map(|lang| say(lang, "substitute-audit", &[]));
    let proposed = |substitute: Option<&String>| substitute.is_some_and(|text| audits.contains(text));
    kept(view)
        .into_iter()
        .filter(|one| one.rows.iter().any(|row| proposed(row.substitute.as_ref())))
        .map(|one| Proposal {
            person: one.person,
            post: one.post,
            measure: "measure-special",
            cause: view.say("cause-kept", &[("years", &one.years(view))]),
            period: period(view, view.courses.at(one.person, one.first() - 1), None),
            leaves: None,
        })
        .collect()
}

/// From when to when the work in the post is looked at; up to now where no day of leaving is known.
fn period(view: &View, before: &Stand, until: Option<NaiveDate>) -> String {
    let mark = if before.at_least { "≤" } else { "" };
    let since = before.stay.map(|date| format!("{mark}{date}"));
    let until = until.map(|date| date.to_string());
    match (since, until) {
        (Some(since), Some(until)) => view.say("period", &[("from", &since), ("to", &until)]),
        (Some(since), None) => view.say("period-since", &[("from", &since)]),
        (None, Some(until)) => view.say("period-until", &[("to", &until)]),
        (None, None) => view.say("period-all", &[]),
    }
}
