//! Calendar arithmetic in whole months (semantics 1 and 2).

use chrono::{Datelike, Days, Months, NaiveDate};

/// Last day of the month that `date` lies in.
fn last_day_of_month(date: NaiveDate) -> u32 {
    let first = date.with_day(1).unwrap_or(date);
    first
        .checked_add_months(Months::new(1))
        .and_then(|next| next.checked_sub_days(Days::new(1)))
        .map_or(31, |last| last.day())
}

/// Full calendar months from `from` to `to`; negative when `to` lies before `from`.
///
/// The last month counts when `day(to) >= min(day(from), last day of to's month)` (semantics 2), so from
/// 31 January to 28 February is one month.
#[must_use]
pub fn months_between(from: NaiveDate, to: NaiveDate) -> i32 {
    let whole = (to.year() - from.year()) * 12 + to.month() as i32 - from.month() as i32;
    let anniversary = from.day().min(last_day_of_month(to));
    if to.day() >= anniversary { whole } else { whole - 1 }
}

/// `date` shifted by `months`, clamped to the last day of the month it falls in (semantics 1).
///
/// Beyond the calendar's range the date itself comes back; no roster reaches that.
#[must_use]
pub fn add_months(date: NaiveDate, months: i32) -> NaiveDate {
    let shifted = if months >= 0 {
        date.checked_add_months(Months::new(months.unsigned_abs()))
    } else {
        date.checked_sub_months(Months::new(months.unsigned_abs()))
    };
    shifted.unwrap_or(date)
}

/// The day before `date`.
#[must_use]
pub fn eve(date: NaiveDate) -> NaiveDate {
    date.pred_opt().unwrap_or(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a test date")
    }

    #[test]
    fn months_follow_the_clamped_anniversary() {
        for (from, to, months) in [
            ("2020-07-01", "2025-07-01", 60),
            ("2020-07-02", "2025-07-01", 59),
            ("2020-07-01", "2025-06-30", 59),
            ("2025-01-31", "2025-02-28", 1),
            ("2025-01-31", "2025-02-27", 0),
            ("2024-01-31", "2024-02-29", 1),
            ("2024-02-29", "2025-02-28", 12),
            ("2025-03-31", "2025-04-30", 1),
            ("2025-07-01", "2025-07-01", 0),
            ("2025-07-01", "2025-06-30", -1),
            ("2025-07-15", "2025-06-15", -1),
            ("2025-07-15", "2025-06-14", -2),
            ("2024-12-31", "2025-01-01", 0),
        ] {
            assert_eq!(months_between(day(from), day(to)), months, "{from} to {to}");
        }
    }

    #[test]
    fn adding_months_clamps() {
        assert_eq!(add_months(day("2024-02-29"), 12), day("2025-02-28"));
        assert_eq!(add_months(day("2025-01-31"), 1), day("2025-02-28"));
        assert_eq!(add_months(day("2025-03-31"), -1), day("2025-02-28"));
        assert_eq!(eve(day("2025-03-01")), day("2025-02-28"));
    }
}
