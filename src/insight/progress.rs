//! How far a plan has been carried out as of a day (semantics 62): what was done, in time or late, what slipped, what is
//! void, what is not due yet, and whose post was not handed over in time. From the plan alone; no clock is looked at.

use chrono::NaiveDate;
use lungang_domain::plan::MoveRow;
use lungang_domain::{MoveStatus, PlanFile};

/// What became of a planned move by a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Due and not done.
    Slipped,
    /// Done after it was due.
    Late,
    /// Done by the day it was due.
    InTime,
    /// Said to be done, on no day.
    Undated,
    /// Not due yet, and not done.
    NotYet,
    /// Given up.
    Void,
}

impl State {
    /// Key: the words are under `progress-<key>`.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Slipped => "slipped",
            Self::Late => "late",
            Self::InTime => "in-time",
            Self::Undated => "undated",
            Self::NotYet => "not-yet",
            Self::Void => "void",
        }
    }

    /// Whether the move counts as done.
    #[must_use]
    pub fn done(self) -> bool {
        matches!(self, Self::Late | Self::InTime | Self::Undated)
    }
}

/// One move or placement of the plan, as of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The row: as it stands now, or as it was planned where it was given up.
    pub row: MoveRow,
    /// What became of it.
    pub state: State,
    /// Day by which it had to be done: its date, or the first working day after it.
    pub due: NaiveDate,
    /// Calendar days after `due`: of a late move until it was done, of a slipped one until the day asked for; else 0.
    pub days_late: i64,
    /// Last day of the hand-over; `None` for placements and for what is not done on a day.
    pub handover_by: Option<NaiveDate>,
    /// Whether the post left was to be handed over by then, and has not been.
    pub handover_overdue: bool,
}

/// Every move of a plan as of a day, by year, date and staff. `original` is the plan as written, `plan` as it stands with
/// its edits: what the one has and the other lacks was given up.
#[must_use]
pub fn items(original: &PlanFile, plan: &PlanFile, as_of: NaiveDate) -> Vec<Item> {
    let key = |row: &MoveRow| (row.staff.clone(), row.year);
    let standing: std::collections::BTreeSet<(String, u32)> = plan.moves.iter().map(key).collect();
    let given_up = original.moves.iter().filter(|row| !standing.contains(&key(row)));
    let given_up = given_up.map(|row| MoveRow { status: MoveStatus::Void, ..row.clone() });
    let mut rows: Vec<MoveRow> = plan.moves.iter().cloned().chain(given_up).collect();
    rows.sort_by(|a, b| (a.year, a.date, &a.staff).cmp(&(b.year, b.date, &b.staff)));
    rows.into_iter().map(|row| item(plan, row, as_of)).collect()
}

fn item(plan: &PlanFile, row: MoveRow, as_of: NaiveDate) -> Item {
    let days = plan.policy.working_days();
    let due = days.on_or_after(row.date);
    // What is said of days to come has not happened yet.
    let done_on = row.done_on.filter(|day| *day <= as_of);
    let state = match (row.status, done_on) {
        (MoveStatus::Void, _) => State::Void,
        (_, Some(day)) if day > due => State::Late,
        (_, Some(_)) => State::InTime,
        (MoveStatus::Done, None) if row.done_on.is_none() => State::Undated,
        _ if due < as_of => State::Slipped,
        _ => State::NotYet,
    };
    let until = match state {
        State::Late => done_on.unwrap_or(due),
        State::Slipped => as_of,
        _ => due,
    };
    let handed = row.handed_on.filter(|day| *day <= as_of);
    let handover_by = done_on
        .filter(|_| row.from.is_some() && state.done())
        .map(|day| days.after(day, plan.policy.calendar.handover));
    let handover_overdue = handed.is_none() && handover_by.is_some_and(|by| by < as_of);
    Item { days_late: (until - due).num_days(), row, state, due, handover_by, handover_overdue }
}

/// The moves that should have been made by a day and were not: for whoever plans anew, these did not happen.
#[must_use]
pub fn not_done(items: &[Item]) -> Vec<&Item> {
    items.iter().filter(|item| item.state == State::Slipped).collect()
}

/// The plan year in which a day lies: the first before it begins, the last after it ends.
#[must_use]
pub fn year_of(plan: &PlanFile, day: NaiveDate) -> u32 {
    let begun = plan.years.iter().filter(|year| year.effective <= day).map(|year| year.year).max();
    begun.or(plan.years.iter().map(|year| year.year).min()).unwrap_or(1)
}

/// Counts of one unit's moves in the plan year that is reported. All but the last four add up to `planned`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Moves and placements of the year.
    pub planned: usize,
    /// Done by the day due.
    pub in_time: usize,
    /// Done later.
    pub late: usize,
    /// Said to be done, on no day.
    pub undated: usize,
    /// Due and not done.
    pub slipped: usize,
    /// Given up.
    pub void: usize,
    /// Not due yet.
    pub not_yet: usize,
    /// Of those done, since the last report.
    pub this_period: usize,
    /// Slipped from earlier years.
    pub carried: usize,
    /// Hand-overs overdue, of all years.
    pub handover_overdue: usize,
}

impl Tally {
    /// Counts a move; `year` is the year reported, and the period begins on `since`.
    pub fn count(&mut self, item: &Item, year: u32, since: NaiveDate) {
        self.handover_overdue += usize::from(item.handover_overdue);
        if item.row.year < year {
            self.carried += usize::from(item.state == State::Slipped);
        }
        let recent = item.row.done_on.is_some_and(|day| day >= since);
        self.this_period += usize::from(recent && matches!(item.state, State::InTime | State::Late));
        if item.row.year != year {
            return;
        }
        self.planned += 1;
        let slot = match item.state {
            State::InTime => &mut self.in_time,
            State::Late => &mut self.late,
            State::Undated => &mut self.undated,
            State::Slipped => &mut self.slipped,
            State::Void => &mut self.void,
            State::NotYet => &mut self.not_yet,
        };
        *slot += 1;
    }

    /// Done, in time or not.
    #[must_use]
    pub fn done(&self) -> usize {
        self.in_time + self.late + self.undated
    }
}

/// First day of the period that a report of `as_of` speaks of: the day after the report before it, or the first of the
/// month where the policy names no day of reports.
#[must_use]
pub fn period_begin(plan: &PlanFile, as_of: NaiveDate) -> NaiveDate {
    use chrono::Datelike;
    let first = as_of.with_day(1).unwrap_or(as_of);
    let calendar = &plan.policy.calendar;
    let reports = [Some(first), first.pred_opt()].into_iter().flatten().filter_map(|month| calendar.progress_of(month));
    let last = reports.filter(|day| *day < as_of).max();
    last.and_then(|day| day.succ_opt()).unwrap_or(first)
}

/// Whether a report of this day sums up the year: from the day that the policy names for it on.
#[must_use]
pub fn sums_up(plan: &PlanFile, as_of: NaiveDate) -> bool {
    use chrono::Datelike;
    plan.policy.calendar.summary_by.and_then(|day| day.of(as_of.year())).is_some_and(|day| as_of >= day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use lungang_domain::CalendarPolicy;
    use lungang_domain::plan::{PlanYear, Provenance};
    use lungang_domain::sample::{day, policy};
    use std::collections::BTreeMap;

    fn row(staff: &str, date: &str, status: MoveStatus, done_on: &str) -> MoveRow {
        MoveRow {
            staff: staff.into(),
            year: 1,
            date: day(date),
            batch: 1,
            from: Some("a".into()),
            to: "b".into(),
            status,
            done_on: (!done_on.is_empty()).then(|| day(done_on)),
            handed_on: None,
            decision: None,
            decided_by: None,
            reason: String::new(),
            rule: String::new(),
        }
    }

    fn plan(moves: Vec<MoveRow>) -> PlanFile {
        let policy = policy(2);
        PlanFile {
            schema_version: 1,
            provenance: Provenance::default(),
            start: policy.start,
            years: (1..=2).map(|year| PlanYear { year, effective: policy.effective(year as usize) }).collect(),
            policy,
            layout: BTreeMap::new(),
            moves,
            tiers: Vec::new(),
            deferrals: Vec::new(),
            assumptions: Vec::new(),
        }
    }

    /// 2025-07-05 is a Saturday: due on Monday the 7th.
    #[test]
    fn a_move_is_due_on_the_first_working_day() {
        use MoveStatus::{Approved, Done, Draft, Void};
        for (date, status, done_on, as_of, state, days) in [
            ("2025-07-05", Draft, "", "2025-07-07", State::NotYet, 0),
            ("2025-07-05", Draft, "", "2025-07-08", State::Slipped, 1),
            ("2025-07-05", Draft, "2025-07-07", "2025-07-08", State::InTime, 0),
            ("2025-07-01", Done, "2025-07-04", "2025-07-25", State::Late, 3),
            // Said of a day to come: not done yet.
            ("2025-07-01", Done, "2025-07-30", "2025-07-25", State::Slipped, 24),
            ("2025-07-01", Done, "", "2025-07-25", State::Undated, 0),
            ("2025-07-01", Approved, "", "2025-07-25", State::Slipped, 24),
            ("2025-07-01", Void, "2025-07-02", "2025-07-25", State::Void, 0),
        ] {
            let plan = plan(vec![row("s", date, status, done_on)]);
            let items = items(&plan, &plan, day(as_of));
            assert_eq!((items[0].state, items[0].days_late), (state, days), "{date} {status:?} {done_on} {as_of}");
            assert_eq!(not_done(&items).len(), usize::from(state == State::Slipped));
        }
    }

    #[test]
    fn what_was_taken_out_of_the_plan_is_void() {
        let original = plan(vec![row("s", "2025-07-01", MoveStatus::Draft, "")]);
        let now = plan(Vec::new());
        assert_eq!(items(&original, &now, day("2025-08-25"))[0].state, State::Void);
    }

    #[test]
    fn a_post_is_handed_over_within_ten_working_days_of_the_move() {
        let mut moved = row("s", "2025-07-01", MoveStatus::Done, "2025-07-01");
        for (as_of, handed, overdue) in [
            ("2025-07-15", "", false),
            ("2025-07-16", "", true),
            ("2025-07-16", "2025-07-15", false),
            ("2025-07-30", "2025-07-16", false),
            // Said of a day to come.
            ("2025-07-16", "2025-07-20", true),
        ] {
            moved.handed_on = (!handed.is_empty()).then(|| day(handed));
            let plan = plan(vec![moved.clone()]);
            let item = &items(&plan, &plan, day(as_of))[0];
            assert_eq!(item.handover_by, Some(day("2025-07-15")));
            assert_eq!(item.handover_overdue, overdue, "{as_of} {handed}");
        }
        moved.from = None;
        let plan = plan(vec![moved]);
        assert_eq!(items(&plan, &plan, day("2025-09-01"))[0].handover_by, None);
    }

    #[test]
    fn states_add_up_to_what_was_planned_and_earlier_years_are_carried() {
        use MoveStatus::{Done, Draft, Void};
        let mut moves = vec![
            row("a", "2025-07-01", Draft, ""),
            row("b", "2026-07-01", Done, "2026-07-01"),
            row("c", "2026-07-01", Done, "2026-08-01"),
            row("d", "2026-07-01", Void, ""),
            row("e", "2026-07-01", Draft, ""),
            row("f", "2026-12-01", Draft, ""),
            row("g", "2026-07-01", Done, ""),
        ];
        moves.iter_mut().skip(1).for_each(|row| row.year = 2);
        let mut plan = plan(moves);
        plan.policy.calendar = CalendarPolicy { progress_day: Some(25), ..CalendarPolicy::default() };
        let as_of = day("2026-08-25");
        assert_eq!((year_of(&plan, as_of), period_begin(&plan, as_of)), (2, day("2026-07-26")));
        let mut tally = Tally::default();
        items(&plan, &plan, as_of).iter().for_each(|item| tally.count(item, 2, day("2026-07-26")));
        let wanted = Tally {
            planned: 6,
            in_time: 1,
            late: 1,
            undated: 1,
            slipped: 1,
            void: 1,
            not_yet: 1,
            this_period: 1,
            carried: 1,
            handover_overdue: 2,
        };
        assert_eq!(tally, wanted);
        assert_eq!((year_of(&plan, day("2020-01-01")), year_of(&plan, day("2030-01-01"))), (1, 2));
    }

    #[test]
    fn the_report_of_december_sums_up_where_the_policy_says_so() {
        let mut plan = plan(Vec::new());
        assert!(!sums_up(&plan, day("2025-12-31")));
        plan.policy.calendar.summary_by = lungang_domain::MonthDay::new(12, 15);
        assert!(!sums_up(&plan, day("2025-12-14")) && sums_up(&plan, day("2025-12-15")));
        assert_eq!(period_begin(&plan, day("2025-12-14")), day("2025-12-01"));
    }
}
