//! Whom to look into, 专项审计建议清单: who leaves a principal's post or one of high risk, and who is kept in one with a
//! special audit as the substitute measure (R22, R24). 经济责任审计 is for principals, and for the deputy who was in charge.

use super::approvals::kept;
use super::calendar::begin;
use super::{Table, Value, View};
use crate::insight::course::{Arrival, Stand};
use crate::text::{Lang, say};
use chrono::NaiveDate;
use lungang_domain::{Grade, Lead, PersonIx, PostIx, months_between};

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
    ("propose_by", 11),
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
    propose_by: NaiveDate,
}

/// What leaving a post calls for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Leaving {
    /// 经济责任审计 of a principal.
    Audit,
    /// 经济责任审计 of a deputy who is in charge, if it has been for a year.
    InCharge,
    /// 离岗审查.
    Review,
}

/// Months in charge from which a deputy is audited as a principal is (2019 审计规定 4).
const IN_CHARGE: i32 = 12;

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
            Value::Date(one.propose_by),
            Value::Empty,
            Value::Empty,
            Value::Empty,
            Value::text(view.case().person(one.person).id.0.clone()),
        ];
        table.push([view.facts.unit(one.post)], row);
    }
    table
}

/// What leaving a post in a year calls for, if anything.
pub(super) fn on_leaving(view: &View, person: PersonIx, post: PostIx, year: usize) -> Option<Leaving> {
    if view.case().post(post).lead == Lead::Principal {
        Some(Leaving::Audit)
    } else if in_charge(view, person, post, year) {
        Some(Leaving::InCharge)
    } else if view.facts.grade[post.0] == Grade::High {
        Some(Leaving::Review)
    } else {
        None
    }
}

/// Whether somebody who is no principal may have led a unit for a year when they leave: acting in a principal's post
/// while in today's post, or the only vice of a unit whose principals' posts stood empty. Since when, no sheet says:
/// who has not been in the post for a year has not been in charge for one, all others are to be verified.
fn in_charge(view: &View, person: PersonIx, post: PostIx, year: usize) -> bool {
    let (facts, case) = (&view.facts, view.case());
    let Some(t) = year.checked_sub(1).filter(|_| year <= facts.years) else { return false };
    let before = view.courses.at(person, t);
    let served = before.stay.is_none_or(|since| months_between(since, facts.effective[year]) >= IN_CHARGE);
    let leads = |post: &PostIx| case.post(*post).lead == Lead::Principal;
    if !served {
        return false;
    }
    if before.todays && case.person(person).acting_in.iter().any(leads) {
        return true;
    }
    let unit = facts.unit(post);
    let of_unit = |lead: Lead| {
        case.posts_ix().filter(move |other| case.post(*other).lead == lead && case.post(*other).unit == unit)
    };
    let held = |post: PostIx, t: usize| view.courses.occupants(post, t);
    let empty = |t: usize| of_unit(Lead::Principal).all(|post| held(post, t) == 0);
    let open = of_unit(Lead::Principal).any(|post| facts.open[post.0][t]);
    let vices: usize = of_unit(Lead::Vice).map(|post| held(post, t)).sum();
    // Where the roster says who acts in the principal's place, it is no other.
    let acted =
        case.people.iter().flat_map(|person| &person.acting_in).any(|acted| leads(acted) && facts.unit(*acted) == unit);
    // Today's layout alone does not tell how long the post has stood empty.
    case.post(post).lead == Lead::Vice && !acted && open && vices == 1 && empty(t) && (t == 0 || empty(t - 1))
}

/// Everybody who leaves such a post, by a move of the plan or by an event.
fn leaving(view: &View) -> Vec<Proposal> {
    let mut found = Vec::new();
    for year in 1..=view.facts.years {
        for person in view.case().people_ix() {
            let (before, now) = (view.courses.at(person, year - 1), view.courses.at(person, year));
            let leaves = |post: &PostIx| now.seat() != Some(*post) && !matches!(now.arrival, Arrival::Merged(_));
            let Some(post) = before.seat().filter(leaves) else { continue };
            let Some(leaving) = on_leaving(view, person, post, year) else { continue };
            let (cause, date) = why(view, person, now, year);
            let mut cause = view.say(cause, &[("t", &year.to_string())]);
            if leaving == Leaving::InCharge {
                cause.push_str(&view.say("cause-in-charge", &[]));
            }
            found.push(Proposal {
                person,
                post,
                measure: if leaving == Leaving::Review { "measure-review" } else { "measure-audit" },
                cause,
                period: period(view, before, Some(date)),
                leaves: Some(date),
                propose_by: begin(view.facts.policy, date),
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
        Arrival::Moved | Arrival::Placed(_) | Arrival::Kept | Arrival::Merged(_) => match displaced {
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
    let mut found = kept(view);
    found.iter_mut().for_each(|one| one.rows.retain(|row| proposed(row.substitute.as_ref())));
    found
        .into_iter()
        .filter(|one| !one.rows.is_empty())
        .map(|one| Proposal {
            person: one.person,
            post: one.post,
            measure: "measure-special",
            cause: view.say("cause-kept", &[("years", &one.years(view))]),
            period: period(view, view.courses.at(one.person, one.first() - 1), None),
            leaves: None,
            propose_by: view.facts.effective[one.first()],
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
