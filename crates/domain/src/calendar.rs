//! The calendar of a plan (R23): working days, and the dates of a year by which something is due.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Working days that each step before a move takes, days for the hand-over after it, and the yearly dates of a district.
/// 0 days: the step is left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CalendarPolicy {
    /// 提名.
    pub nominate: u32,
    /// 征求意见.
    pub consult: u32,
    /// 考察.
    pub inspect: u32,
    /// 研究.
    pub decide: u32,
    /// 任免, the public notice before it included.
    pub appoint: u32,
    /// 交接, from the day after the move.
    pub handover: u32,
    /// Day by which each department's plan is due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan_due: Option<MonthDay>,
    /// Last day on which moves are carried out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carried_out_by: Option<MonthDay>,
    /// Day of each month on which progress is reported.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub progress_day: Option<u32>,
    /// Day by which the year is summed up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary_by: Option<MonthDay>,
}

impl Default for CalendarPolicy {
    /// What plans written before there was a calendar are read with: the steps of the presets, no yearly dates.
    fn default() -> Self {
        Self {
            nominate: 5,
            consult: 5,
            inspect: 10,
            decide: 5,
            appoint: 10,
            handover: 10,
            plan_due: None,
            carried_out_by: None,
            progress_day: None,
            summary_by: None,
        }
    }
}

impl CalendarPolicy {
    /// The steps before a move in their order: key and working days; those of 0 days are left out.
    #[must_use]
    pub fn steps(&self) -> Vec<(&'static str, u32)> {
        let all = [
            ("nominate", self.nominate),
            ("consult", self.consult),
            ("inspect", self.inspect),
            ("decide", self.decide),
            ("appoint", self.appoint),
        ];
        all.into_iter().filter(|(_, days)| *days > 0).collect()
    }

    /// The day of progress of the month that `date` lies in; the month's last day where it is shorter.
    #[must_use]
    pub fn progress_of(&self, date: NaiveDate) -> Option<NaiveDate> {
        let day = self.progress_day?;
        (1..=day.min(31)).rev().find_map(|day| date.with_day(day))
    }
}

/// A day of every year, written `08-15`. 29 February is the 28th in other years.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct MonthDay {
    month: u32,
    day: u32,
}

impl MonthDay {
    /// The day, if some year has it.
    #[must_use]
    pub fn new(month: u32, day: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(2000, month, day).map(|_| Self { month, day })
    }

    /// The day in a year.
    #[must_use]
    pub fn of(self, year: i32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(year, self.month, self.day)
            .or_else(|| NaiveDate::from_ymd_opt(year, self.month, self.day.saturating_sub(1)))
    }

    /// Month and day.
    #[must_use]
    pub fn parts(self) -> (u32, u32) {
        (self.month, self.day)
    }
}

impl TryFrom<String> for MonthDay {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let parts = text.split_once('-').and_then(|(month, day)| Some((month.parse().ok()?, day.parse().ok()?)));
        parts.and_then(|(month, day)| Self::new(month, day)).ok_or_else(|| format!("{text}: MM-DD"))
    }
}

impl From<MonthDay> for String {
    fn from(day: MonthDay) -> Self {
        format!("{:02}-{:02}", day.month, day.day)
    }
}

/// Which days are worked: Monday to Friday, but for the holidays named; and weekends named as worked. Public holidays
/// are published a year at a time, so none is known unless the policy names it.
#[derive(Clone, Copy, Debug)]
pub struct WorkingDays<'a> {
    /// Days off beside weekends.
    pub holidays: &'a [NaiveDate],
    /// Days worked though they are weekends.
    pub workdays: &'a [NaiveDate],
}

/// Days looked at for one working day; a policy that names more holidays in a row has none.
const LONGEST: usize = 400;
/// Working days counted at most: a plan file may hold any number, and none needs more than some years.
const MOST: u32 = 2_000;

impl WorkingDays<'_> {
    /// Whether a day is worked.
    #[must_use]
    pub fn works(&self, day: NaiveDate) -> bool {
        let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        !self.holidays.contains(&day) && (!weekend || self.workdays.contains(&day))
    }

    /// The first working day on a day or after it.
    #[must_use]
    pub fn on_or_after(&self, day: NaiveDate) -> NaiveDate {
        let days = std::iter::successors(Some(day), |day| day.checked_add_days(Days::new(1)));
        days.take(LONGEST).find(|day| self.works(*day)).unwrap_or(day)
    }

    /// The last working day on a day or before it.
    #[must_use]
    pub fn on_or_before(&self, day: NaiveDate) -> NaiveDate {
        let days = std::iter::successors(Some(day), |day| day.checked_sub_days(Days::new(1)));
        days.take(LONGEST).find(|day| self.works(*day)).unwrap_or(day)
    }

    /// The working day that is the `count`-th after a day; the day itself for 0.
    #[must_use]
    pub fn after(&self, day: NaiveDate, count: u32) -> NaiveDate {
        (0..count.min(MOST)).fold(day, |day, _| day.succ_opt().map_or(day, |next| self.on_or_after(next)))
    }

    /// A span of `count` working days (at least 1) that ends on the last working day before a day: first and last.
    #[must_use]
    pub fn span_before(&self, day: NaiveDate, count: u32) -> (NaiveDate, NaiveDate) {
        let before = |day: NaiveDate| day.pred_opt().map_or(day, |day| self.on_or_before(day));
        let last = before(day);
        ((1..count.min(MOST)).fold(last, |day, _| before(day)), last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a test date")
    }

    #[test]
    fn weekends_and_named_holidays_are_not_worked() {
        let (holidays, workdays) = ([day("2026-01-01"), day("2026-01-02")], [day("2026-01-04")]);
        let days = WorkingDays { holidays: &holidays, workdays: &workdays };
        // Thursday and Friday off, Saturday off, Sunday worked.
        assert_eq!(days.on_or_after(day("2026-01-01")), day("2026-01-04"));
        assert_eq!(days.on_or_before(day("2026-01-03")), day("2025-12-31"));
        assert_eq!(days.after(day("2025-12-31"), 0), day("2025-12-31"));
        assert_eq!(days.after(day("2025-12-31"), 2), day("2026-01-05"));
        assert_eq!(days.span_before(day("2026-01-05"), 2), (day("2025-12-31"), day("2026-01-04")));
    }

    #[test]
    fn ten_working_days_are_two_weeks() {
        let days = WorkingDays { holidays: &[], workdays: &[] };
        assert_eq!(days.after(day("2026-08-17"), 10), day("2026-08-31"));
        assert_eq!(days.after(day("2026-08-15"), 10), day("2026-08-28"));
    }

    #[test]
    fn a_calendar_without_working_days_ends() {
        let holidays: Vec<NaiveDate> = day("2026-01-01").iter_days().take(2_000).collect();
        let days = WorkingDays { holidays: &holidays, workdays: &[] };
        assert_eq!(days.on_or_after(day("2026-02-01")), day("2026-02-01"));
        assert_eq!(days.after(NaiveDate::MAX, 3), NaiveDate::MAX);
        let days = WorkingDays { holidays: &[], workdays: &[] };
        assert_eq!(days.after(day("2026-01-01"), u32::MAX), days.after(day("2026-01-01"), MOST));
    }

    #[test]
    fn steps_of_no_days_are_none() {
        let steps = |policy: CalendarPolicy| policy.steps();
        let all =
            CalendarPolicy { nominate: 1, consult: 2, inspect: 3, decide: 4, appoint: 5, ..CalendarPolicy::default() };
        let named = [("nominate", 1), ("consult", 2), ("inspect", 3), ("decide", 4), ("appoint", 5)];
        assert_eq!(steps(all.clone()), named);
        assert_eq!(steps(CalendarPolicy { nominate: 0, inspect: 0, ..all }), [named[1], named[3], named[4]]);
    }

    #[test]
    fn days_of_the_year_are_written_month_and_day() {
        let leap = MonthDay::try_from("02-29".to_owned()).expect("a day");
        assert_eq!(leap.of(2027), Some(day("2027-02-28")));
        assert_eq!(leap.of(2028), Some(day("2028-02-29")));
        for wrong in ["13-01", "02-30", "0815", "", "8-"] {
            assert!(MonthDay::try_from(wrong.to_owned()).is_err(), "{wrong}");
        }
        assert_eq!((leap.parts(), String::from(leap)), ((2, 29), "02-29".to_owned()));
        let policy = CalendarPolicy { progress_day: Some(31), ..CalendarPolicy::default() };
        assert_eq!(policy.progress_of(day("2026-02-10")), Some(day("2026-02-28")));
    }
}
