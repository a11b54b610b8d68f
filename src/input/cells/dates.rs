//! Dates as rosters write them.

use crate::input::schema::clean;
use crate::input::sheets::RawValue;
use chrono::NaiveDate;

/// Order of day and month where the year stands last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Year first only; a date with the year last is refused.
    Ymd,
    /// Day, month, year.
    Dmy,
    /// Month, day, year.
    Mdy,
}

impl Order {
    /// As written in the policy (`input.date_order`).
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        match key {
            "ymd" => Some(Self::Ymd),
            "dmy" => Some(Self::Dmy),
            "mdy" => Some(Self::Mdy),
            _ => None,
        }
    }
}

/// How a date was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// To the day.
    Day,
    /// To the month: the 1st is assumed.
    Month,
    /// To the year: 30 June is assumed, of births alone.
    Year,
    /// A bare number, taken as a spreadsheet's day number.
    Serial,
}

/// A date as read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Read {
    /// The date.
    pub date: NaiveDate,
    /// How it was told.
    pub precision: Precision,
    /// Whether it carried `≤`.
    pub at_least: bool,
}

/// Why a cell is no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// No date at all.
    NotADate,
    /// A day that the calendar lacks, or a year out of all reason.
    NoSuchDay,
    /// Day and month can't be told apart.
    DayOrMonth,
    /// `1985.1`: January, or October that lost its zero.
    JanuaryOrOctober,
    /// Two digits of year.
    ShortYear,
}

/// Years that a roster may name.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2199;

/// Reads a date. `order` settles dates with the year last.
///
/// # Errors
/// Why it is none.
pub fn read(value: &RawValue, order: Option<Order>) -> Result<Read, Refused> {
    match value {
        RawValue::Date(date) => made(*date, Precision::Day),
        RawValue::Number(number) => from_text(&format!("{number}"), order),
        RawValue::Text(text) => from_text(text, order),
        RawValue::Empty | RawValue::Bool(_) | RawValue::Error(_) => Err(Refused::NotADate),
    }
}

fn made(date: NaiveDate, precision: Precision) -> Result<Read, Refused> {
    use chrono::Datelike;
    if YEARS.contains(&date.year()) { Ok(Read { date, precision, at_least: false }) } else { Err(Refused::NoSuchDay) }
}

fn day(year: i32, month: u32, day: u32, precision: Precision) -> Result<Read, Refused> {
    NaiveDate::from_ymd_opt(year, month, day).ok_or(Refused::NoSuchDay).and_then(|date| made(date, precision))
}

fn from_text(text: &str, order: Option<Order>) -> Result<Read, Refused> {
    let text = clean(text);
    for prefix in ["≤", "<=", "不晚于"] {
        if let Some(rest) = text.strip_prefix(prefix) {
            return plain(rest.trim(), order).map(|read| Read { at_least: true, ..read });
        }
    }
    plain(&text, order)
}

/// A run of digits and the mark that follows it.
struct Part {
    digits: String,
    mark: Option<char>,
}

fn parts(text: &str) -> Option<Vec<Part>> {
    let mut parts: Vec<Part> = Vec::new();
    let mut open = false;
    for c in text.chars() {
        if c.is_ascii_digit() {
            if open {
                parts.last_mut()?.digits.push(c);
            } else {
                parts.push(Part { digits: c.to_string(), mark: None });
                open = true;
            }
        } else if c.is_whitespace() {
            // `2025年 7月` is padded, not two dates; blanks between bare digits are refused below.
            if open && parts.last()?.mark.is_none() && parts.last()?.digits.len() > 4 {
                return None;
            }
        } else if matches!(c, '-' | '/' | '.' | '年' | '月' | '日' | '号' | '‐' | '‑' | '–') && open {
            parts.last_mut()?.mark = Some(c);
            open = false;
        } else {
            return None;
        }
    }
    (parts.len() <= 3 && !parts.is_empty()).then_some(parts)
}

/// Drops a time of day: `2020-07-01 00:00:00`, `2020-07-01T08:00`.
fn without_time(text: &str) -> &str {
    match text.find([' ', 'T']) {
        Some(gap) if text[gap..].contains(':') => text[..gap].trim_end(),
        _ => text,
    }
}

fn plain(text: &str, order: Option<Order>) -> Result<Read, Refused> {
    let parts = parts(without_time(text)).ok_or(Refused::NotADate)?;
    let number = |part: &Part| part.digits.parse::<u32>().map_err(|_| Refused::NotADate);
    match parts.as_slice() {
        [only] => alone(only),
        [a, b] => {
            let (year, month) = (number(a)?, number(b)?);
            if a.digits.len() == 4 {
                if a.mark == Some('.') && b.digits == "1" && b.mark.is_none() {
                    return Err(Refused::JanuaryOrOctober);
                }
                if b.mark == Some('日') || b.digits.len() > 2 {
                    return Err(Refused::NotADate);
                }
                return day(i32::try_from(year).unwrap_or(0), month, 1, Precision::Month);
            }
            Err(if a.digits.len() <= 2 { Refused::ShortYear } else { Refused::NotADate })
        }
        [a, b, c] => {
            let (first, second, third) = (number(a)?, number(b)?, number(c)?);
            if a.digits.len() == 4 {
                return day(i32::try_from(first).unwrap_or(0), second, third, Precision::Day);
            }
            if c.digits.len() != 4 {
                let short = a.digits.len() <= 2 && c.digits.len() <= 2;
                return Err(if short { Refused::ShortYear } else { Refused::NotADate });
            }
            let year = i32::try_from(third).unwrap_or(0);
            match (order, day_first(first, second)) {
                (Some(Order::Dmy), _) => day(year, second, first, Precision::Day),
                (Some(Order::Mdy), _) => day(year, first, second, Precision::Day),
                (None, Some(true)) => day(year, second, first, Precision::Day),
                (None, Some(false)) => day(year, first, second, Precision::Day),
                _ if first == second => day(year, first, second, Precision::Day),
                _ => Err(Refused::DayOrMonth),
            }
        }
        _ => Err(Refused::NotADate),
    }
}

/// Which of the two must be the day, if only one can.
fn day_first(first: u32, second: u32) -> Option<bool> {
    match (first > 12, second > 12) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    }
}

/// A single run of digits: `20200701`, `202007`, a year, or a spreadsheet's day number.
fn alone(part: &Part) -> Result<Read, Refused> {
    let digits = part.digits.as_str();
    let number: u32 = digits.parse().map_err(|_| Refused::NotADate)?;
    match (digits.len(), part.mark) {
        (8, None) => day(i32::try_from(number / 10_000).unwrap_or(0), number / 100 % 100, number % 100, Precision::Day),
        (6, None) => day(i32::try_from(number / 100).unwrap_or(0), number % 100, 1, Precision::Month),
        (4, None | Some('年')) => day(i32::try_from(number).unwrap_or(0), 6, 30, Precision::Year),
        (5, None) => {
            // Day 1 is 1 January 1900, and the spreadsheet's calendar has a 29 February 1900.
            let epoch = NaiveDate::from_ymd_opt(1899, 12, 30).ok_or(Refused::NotADate)?;
            let date = epoch.checked_add_days(chrono::Days::new(u64::from(number))).ok_or(Refused::NotADate)?;
            made(date, Precision::Serial)
        }
        _ => Err(Refused::NotADate),
    }
}

/// The order that a whole column shows: one cell that can only be read one way settles the rest. `None` where no cell
/// tells, or two tell different things.
pub fn order_of<'a>(values: impl Iterator<Item = &'a RawValue>) -> Option<Order> {
    let mut seen = None;
    for value in values {
        let RawValue::Text(text) = value else { continue };
        let text = clean(text);
        let Some(parts) = parts(without_time(&text)) else { continue };
        let [a, b, c] = parts.as_slice() else { continue };
        if a.digits.len() > 2 || c.digits.len() != 4 {
            continue;
        }
        let (Ok(first), Ok(second)) = (a.digits.parse(), b.digits.parse()) else { continue };
        let told = match day_first(first, second) {
            Some(true) => Order::Dmy,
            Some(false) => Order::Mdy,
            None => continue,
        };
        match seen {
            None => seen = Some(told),
            Some(before) if before != told => return None,
            Some(_) => {}
        }
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(text: &str) -> Result<(String, Precision), Refused> {
        read(&RawValue::text(text), None).map(|read| (read.date.to_string(), read.precision))
    }

    #[test]
    fn dates_in_every_dress() {
        for written in [
            "2025-07-01",
            "2025/7/1",
            "2025.07.01",
            "2025.7.1",
            "2025年7月1日",
            "２０２５年７月１日",
            "20250701",
            "2025-07-01 00:00:00",
            "2025-07-01T08:30",
            "2025 年 7 月 1 日",
            "2025年7月1号",
        ] {
            assert_eq!(text(written), Ok(("2025-07-01".into(), Precision::Day)), "{written}");
        }
        for written in ["2020-07", "2020年7月", "2020/7", "2020.07", "202007", "2020年7", "2020.7"] {
            assert_eq!(text(written), Ok(("2020-07-01".into(), Precision::Month)), "{written}");
        }
        assert_eq!(text("1985"), Ok(("1985-06-30".into(), Precision::Year)));
        assert_eq!(text("1985年"), Ok(("1985-06-30".into(), Precision::Year)));
        assert_eq!(text("43282"), Ok(("2018-07-01".into(), Precision::Serial)));
        assert!(read(&RawValue::text("≤2020-07"), None).is_ok_and(|read| read.at_least));
        assert!(read(&RawValue::text("<= 2020年7月1日"), None).is_ok_and(|read| read.at_least));
        assert_eq!(read(&RawValue::Number(1985.11), None).map(|read| read.date.to_string()), Ok("1985-11-01".into()));
    }

    #[test]
    fn what_is_no_date_is_refused_with_its_reason() {
        for (written, why) in [
            ("2025-02-30", Refused::NoSuchDay),
            ("2025-13-01", Refused::NoSuchDay),
            ("0025-01-01", Refused::NoSuchDay),
            ("01/07/2025", Refused::DayOrMonth),
            ("1985.1", Refused::JanuaryOrOctober),
            ("76.06", Refused::ShortYear),
            ("25/7/1", Refused::ShortYear),
            ("13.04正科", Refused::NotADate),
            ("长期", Refused::NotADate),
            ("2025-07-01-02", Refused::NotADate),
            ("--", Refused::NotADate),
        ] {
            assert_eq!(text(written), Err(why), "{written}");
        }
        assert_eq!(read(&RawValue::Number(1985.1), None), Err(Refused::JanuaryOrOctober));
    }

    #[test]
    fn day_and_month_are_settled_by_the_cell_the_column_or_the_setting() {
        assert_eq!(text("13/07/2025"), Ok(("2025-07-13".into(), Precision::Day)));
        assert_eq!(text("07/13/2025"), Ok(("2025-07-13".into(), Precision::Day)));
        assert_eq!(text("07/07/2025"), Ok(("2025-07-07".into(), Precision::Day)));
        let date = |order| read(&RawValue::text("01/07/2025"), order).map(|read| read.date.to_string());
        assert_eq!(date(Some(Order::Dmy)), Ok("2025-07-01".into()));
        assert_eq!(date(Some(Order::Mdy)), Ok("2025-01-07".into()));
        assert_eq!(date(Some(Order::Ymd)), Err(Refused::DayOrMonth));
        let column = |texts: &[&str]| {
            let values: Vec<_> = texts.iter().map(|text| RawValue::text(text)).collect();
            order_of(values.iter())
        };
        assert_eq!(column(&["01/07/2025", "31/07/2025"]), Some(Order::Dmy));
        assert_eq!(column(&["01/07/2025", "07/31/2025"]), Some(Order::Mdy));
        assert_eq!(column(&["31/07/2025", "07/31/2025"]), None);
        assert_eq!(column(&["01/07/2025"]), None);
    }

    proptest! {
        #[test]
        fn no_text_panics(written in "\\PC*") {
            let _ = read(&RawValue::text(&written), None);
        }

        #[test]
        fn nearly_dates_never_panic(written in "[≤<]?[0-9]{0,9}[-/.年月日T: ]?[0-9]{0,4}[-/.年月日]?[0-9]{0,5}[日号]?") {
            let _ = read(&RawValue::text(&written), Some(Order::Dmy));
            let _ = order_of([RawValue::text(&written)].iter());
        }

        #[test]
        fn any_day_is_read_back(days in 0_u64..100_000) {
            let date = NaiveDate::from_ymd_opt(1900, 1, 1).and_then(|first| first.checked_add_days(chrono::Days::new(days)));
            let date = date.expect("in range");
            use chrono::Datelike;
            let (y, m, d) = (date.year(), date.month(), date.day());
            for written in [date.to_string(), format!("{y}/{m}/{d}"), format!("{y}.{m:02}.{d:02}"), format!("{y}年{m}月{d}日"), format!("{y}{m:02}{d:02}")] {
                prop_assert_eq!(read(&RawValue::text(&written), None).map(|read| read.date), Ok(date));
            }
        }
    }
}
