//! The calendar of a plan 工作日程 (R23): for every day on which moves take effect, when each step before them begins and
//! ends, and by when posts are handed over; and the yearly dates of a district 年度节点. Counted back in working days.

use super::{Table, Value, View};
use chrono::{Datelike, NaiveDate};
use lungang_domain::{CalendarPolicy, MoveStatus, Policy, UnitIx};
use std::collections::BTreeMap;

/// First and last day of each step before a day, in order of time, by key.
fn steps(policy: &Policy, date: NaiveDate) -> Vec<(&'static str, NaiveDate, NaiveDate)> {
    let days = policy.working_days();
    let mut next = date;
    let mut found: Vec<(&'static str, NaiveDate, NaiveDate)> = Vec::new();
    for (step, count) in policy.calendar.steps().into_iter().rev() {
        let (first, last) = days.span_before(next, count);
        next = first;
        found.push((step, first, last));
    }
    found.reverse();
    found
}

/// The day on which the first step before a move begins; the move's own day where there is no step.
pub(super) fn begin(policy: &Policy, date: NaiveDate) -> NaiveDate {
    steps(policy, date).first().map_or(date, |(_, first, _)| *first)
}

/// Moves and placements by plan year, date and unit; void ones are none.
fn dated(view: &View) -> BTreeMap<(u32, NaiveDate), BTreeMap<UnitIx, usize>> {
    let mut all: BTreeMap<(u32, NaiveDate), BTreeMap<UnitIx, usize>> = BTreeMap::new();
    for row in view.plan.moves.iter().filter(|row| row.status != MoveStatus::Void) {
        let Some((_, from, to)) = view.of_move(row) else { continue };
        *all.entry((row.year, row.date)).or_default().entry(view.facts.unit(from.unwrap_or(to))).or_default() += 1;
    }
    all
}

/// The table: by date a row for all units together, where there are several, then one for each.
pub fn table(view: &View) -> Table {
    let mut table = Table::new(
        view.lang,
        "calendar",
        &[
            ("year", 4),
            ("date", 11),
            ("unit", 16),
            ("moves_count", 6),
            ("begin_by", 11),
            ("nominate", 22),
            ("consult", 22),
            ("inspect", 22),
            ("decide", 22),
            ("appoint", 22),
            ("handover_by", 11),
            ("note", 26),
        ],
    );
    let policy = view.facts.policy;
    for ((year, date), units) in dated(view) {
        let steps = steps(policy, date);
        let span = |key: &str| match steps.iter().find(|(step, ..)| *step == key) {
            Some((_, first, last)) => {
                Value::text(view.say("period", &[("from", &first.to_string()), ("to", &last.to_string())]))
            }
            None => Value::Empty,
        };
        let handover = policy.working_days().after(date, policy.calendar.handover);
        let line = |unit: &str, count: usize| {
            vec![
                Value::Whole(i64::from(year)),
                Value::Date(date),
                Value::text(unit),
                Value::count(count),
                Value::Date(begin(policy, date)),
                span("nominate"),
                span("consult"),
                span("inspect"),
                span("decide"),
                span("appoint"),
                Value::Date(handover),
                Value::text(notes(view, date)),
            ]
        };
        if view.case().units.len() > 1 {
            table.push([], line(&view.say("all-units", &[]), units.values().sum()));
        }
        for (unit, count) in units {
            table.push([unit], line(view.unit(unit), count));
        }
    }
    table
}

/// What stands in the way of a date: no working day, outside the district's window, or steps that began before the data.
fn notes(view: &View, date: NaiveDate) -> String {
    let policy = view.facts.policy;
    let mut notes = Vec::new();
    let worked = policy.working_days().on_or_after(date);
    if worked != date {
        notes.push(view.say("calendar-weekend", &[("date", &worked.to_string())]));
    }
    if let Some((from, to)) = window(&policy.calendar, date.year())
        && !(from <= date && date <= to)
    {
        notes.push(view.say("calendar-outside", &[("from", &from.to_string()), ("to", &to.to_string())]));
    }
    if begin(policy, date) <= policy.as_of {
        notes.push(view.say("calendar-late", &[("date", &policy.as_of.to_string())]));
    }
    notes.join(&view.say("list-semicolon", &[]))
}

/// The days of a year between which a district carries its plans out; `None` where the policy names none, or they are
/// the wrong way round.
fn window(calendar: &CalendarPolicy, year: i32) -> Option<(NaiveDate, NaiveDate)> {
    let (from, to) = (calendar.plan_due?.of(year)?, calendar.carried_out_by?.of(year)?);
    (from <= to).then_some((from, to))
}

/// The yearly dates inside the plan's years, each with the moves of that calendar year due by then.
pub fn milestones(view: &View) -> Table {
    let mut table =
        Table::new(view.lang, "milestones", &[("calendar_year", 8), ("by", 12), ("milestone", 40), ("moves_by", 16)]);
    let policy = view.facts.policy;
    let calendar = &policy.calendar;
    let end = policy.effective(view.facts.years + 1);
    for year in policy.start.year()..=end.year() {
        let of = |day: Option<lungang_domain::MonthDay>| day.and_then(|day| day.of(year));
        let mut days: Vec<(NaiveDate, &str)> = Vec::new();
        days.extend(of(calendar.plan_due).map(|date| (date, "milestone-plan")));
        days.extend(of(calendar.carried_out_by).map(|date| (date, "milestone-carried-out")));
        days.extend(of(calendar.summary_by).map(|date| (date, "milestone-summary")));
        if let Some((from, to)) = window(calendar, year) {
            let months = (1..=12).filter_map(|month| calendar.progress_of(NaiveDate::from_ymd_opt(year, month, 1)?));
            days.extend(months.filter(|date| from <= *date && *date <= to).map(|date| (date, "milestone-progress")));
        }
        days.retain(|(date, _)| policy.start <= *date && *date < end);
        days.sort_unstable();
        for (by, milestone) in days {
            let due = view
                .plan
                .moves
                .iter()
                .filter(|row| row.status != MoveStatus::Void && row.date.year() == year && row.date <= by);
            table.rows.push(vec![
                Value::Whole(i64::from(year)),
                Value::Date(by),
                Value::text(view.say(milestone, &[])),
                Value::count(due.count()),
            ]);
        }
    }
    table
}
