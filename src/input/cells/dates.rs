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
    /// To the month, which was October by what the column shows.
    October,
    /// To the month or day, with a year of two digits.
    ShortYear,
    /// To the year: 30 June is assumed, of births alone.
    Year,
    /// A bare number, taken as a spreadsheet's day number.
    Serial,
}

/// How the dates of a column are to be read, beyond what a cell says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Habits {
    /// Order of day and month where the year stands last.
    pub order: Option<Order>,
    /// Whether `1985.1` is October that lost its zero.
    pub october: October,
    /// Whether bare day numbers count from 1904.
    pub since_1904: bool,
    /// A year of two digits is the last one that does not lie after this date; none: refused.
    pub past: Option<NaiveDate>,
}

/// What a column shows of `1985.1`: whether it is October that lost its zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum October {
    /// It does not say.
    #[default]
    Unsaid,
    /// Of numbers: the column writes months with two digits, and a number can't keep the zero at its end.
    Numbers,
    /// Of texts too: no text of the column keeps a zero at the end, so they were numbers once.
    Texts,
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
    /// `19853`: a month, or a spreadsheet's day number.
    MonthOrDayNumber,
}

/// Years that a roster may name.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2199;

/// Reads a date.
///
/// # Errors
/// Why it is none.
pub fn read(value: &RawValue, habits: Habits) -> Result<Read, Refused> {
    match value {
        RawValue::Date(date) => made(*date, Precision::Day),
        RawValue::Number(number) => {
            let october = if habits.october == October::Unsaid { October::Unsaid } else { October::Texts };
            from_text(&format!("{number}"), Habits { october, ..habits })
        }
        RawValue::Text(text) => from_text(text, habits),
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

fn from_text(text: &str, habits: Habits) -> Result<Read, Refused> {
    let text = clean(text);
    for prefix in ["≤", "<=", "不晚于"] {
        if let Some(rest) = text.strip_prefix(prefix) {
            return plain(rest.trim(), habits).map(|read| Read { at_least: true, ..read });
        }
    }
    plain(&text, habits)
}

/// A run of digits and the mark that follows it.
struct Part {
    digits: String,
    mark: Option<char>,
}

fn parts(text: &str) -> Option<Vec<Part>> {
    let mut parts: Vec<Part> = Vec::new();
    let (mut open, mut gap) = (false, false);
    for c in text.chars() {
        if c.is_ascii_digit() {
            if open && gap {
                return None;
            }
            if open {
                parts.last_mut()?.digits.push(c);
            } else {
                parts.push(Part { digits: c.to_string(), mark: None });
                open = true;
            }
        } else if c.is_whitespace() {
            // `2025年 7月` is padded, not two dates; `2025 7` is neither a year nor a day number.
            gap = open;
        } else if matches!(c, '-' | '/' | '.' | '年' | '月' | '日' | '号' | '‐' | '‑' | '–') && open {
            parts.last_mut()?.mark = Some(c);
            (open, gap) = (false, false);
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

fn plain(text: &str, habits: Habits) -> Result<Read, Refused> {
    let order = habits.order;
    let parts = parts(without_time(text)).ok_or(Refused::NotADate)?;
    let number = |part: &Part| part.digits.parse::<u32>().map_err(|_| Refused::NotADate);
    match parts.as_slice() {
        [only] => alone(only, habits.since_1904),
        [a, b] => {
            let (year, month) = (number(a)?, number(b)?);
            if a.digits.len() == 4 {
                if a.mark == Some('.') && b.digits == "1" && b.mark.is_none_or(|mark| mark == '.') {
                    // Of a text it must be sure that it was a number once.
                    if habits.october != October::Texts {
                        return Err(Refused::JanuaryOrOctober);
                    }
                    return day(i32::try_from(year).unwrap_or(0), 10, 1, Precision::October);
                }
                if b.mark == Some('日') || b.digits.len() > 2 {
                    return Err(Refused::NotADate);
                }
                return day(i32::try_from(year).unwrap_or(0), month, 1, Precision::Month);
            }
            if a.digits.len() != 2 {
                return Err(if a.digits.len() < 2 { Refused::ShortYear } else { Refused::NotADate });
            }
            // `76.06`; one digit of month would be a day of a month as well.
            if b.digits.len() != 2 || b.mark.is_some_and(|mark| mark != '月') {
                return Err(Refused::ShortYear);
            }
            short(year, month, 1, habits.past)
        }
        [a, b, c] => {
            let (first, second, third) = (number(a)?, number(b)?, number(c)?);
            if a.digits.len() == 4 {
                return day(i32::try_from(first).unwrap_or(0), second, third, Precision::Day);
            }
            if c.digits.len() != 4 {
                let is_short = a.digits.len() <= 2 && c.digits.len() <= 2;
                // With 年 after the first there is no doubt which is the year.
                if is_short && a.digits.len() == 2 && a.mark == Some('年') {
                    return short(first, second, third, habits.past);
                }
                return Err(if is_short { Refused::ShortYear } else { Refused::NotADate });
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

/// A year of two digits: the last one that does not lie after `past`.
fn short(year: u32, month: u32, of_month: u32, past: Option<NaiveDate>) -> Result<Read, Refused> {
    use chrono::Datelike;
    let past = past.ok_or(Refused::ShortYear)?;
    let year = i32::try_from(year).unwrap_or(0);
    let century = past.year() - past.year().rem_euclid(100);
    let of = |century: i32| day(century + year, month, of_month, Precision::ShortYear);
    match of(century) {
        Ok(read) if read.date <= past => Ok(read),
        Err(refused) => Err(refused),
        Ok(_) => of(century - 100),
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
fn alone(part: &Part, since_1904: bool) -> Result<Read, Refused> {
    let digits = part.digits.as_str();
    let number: u32 = digits.parse().map_err(|_| Refused::NotADate)?;
    match (digits.len(), part.mark) {
        (8, None) => day(i32::try_from(number / 10_000).unwrap_or(0), number / 100 % 100, number % 100, Precision::Day),
        (6, None) => day(i32::try_from(number / 100).unwrap_or(0), number % 100, 1, Precision::Month),
        (4, None | Some('年')) => day(i32::try_from(number).unwrap_or(0), 6, 30, Precision::Year),
        // `19853` may be March 1985 as well as a day in 1954.
        (5, None) if (1900..=2099).contains(&(number / 10)) && !number.is_multiple_of(10) => {
            Err(Refused::MonthOrDayNumber)
        }
        (5, None) => {
            // Day 1 is 1 January 1900, and the spreadsheet's calendar has a 29 February 1900; or day 0 is 1 January 1904.
            let epoch = if since_1904 { (1904, 1, 1) } else { (1899, 12, 30) };
            let epoch = NaiveDate::from_ymd_opt(epoch.0, epoch.1, epoch.2).ok_or(Refused::NotADate)?;
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

/// What a column shows of months: `1985.01` beside no `1985.3` says that they are written with two digits. November and
/// December say nothing.
pub fn shows_two_digits<'a>(values: impl Iterator<Item = &'a RawValue>) -> October {
    let (mut two, mut one, mut kept_zero) = (false, false, false);
    for value in values {
        let text = match value {
            RawValue::Number(number) => format!("{number}"),
            RawValue::Text(text) => clean(text),
            _ => continue,
        };
        let Some((year, month)) = text.split_once('.') else { continue };
        let month = month.split('.').next().unwrap_or(month);
        if year.len() != 4 || !month.bytes().all(|byte| byte.is_ascii_digit()) {
            continue;
        }
        match month {
            "1" => {}
            "10" => kept_zero = true,
            // November and December look alike in either dress.
            "11" | "12" => {}
            _ if month.len() == 2 => two = true,
            _ => one = true,
        }
    }
    match (two && !one, kept_zero) {
        (true, false) => October::Texts,
        (true, true) => October::Numbers,
        (false, _) => October::Unsaid,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(text: &str) -> Result<(String, Precision), Refused> {
        read(&RawValue::text(text), Habits::default()).map(|read| (read.date.to_string(), read.precision))
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
        assert!(read(&RawValue::text("≤2020-07"), Habits::default()).is_ok_and(|read| read.at_least));
        assert!(read(&RawValue::text("<= 2020年7月1日"), Habits::default()).is_ok_and(|read| read.at_least));
        assert_eq!(
            read(&RawValue::Number(1985.11), Habits::default()).map(|read| read.date.to_string()),
            Ok("1985-11-01".into())
        );
    }

    #[test]
    fn what_is_no_date_is_refused_with_its_reason() {
        for (written, why) in [
            ("2025-02-30", Refused::NoSuchDay),
            ("2025-13-01", Refused::NoSuchDay),
            ("0025-01-01", Refused::NoSuchDay),
            ("01/07/2025", Refused::DayOrMonth),
            ("1985.1", Refused::JanuaryOrOctober),
            ("1985.1.", Refused::JanuaryOrOctober),
            ("19853", Refused::MonthOrDayNumber),
            ("1985 3", Refused::NotADate),
            ("76.06", Refused::ShortYear),
            ("25/7/1", Refused::ShortYear),
            ("13.04正科", Refused::NotADate),
            ("长期", Refused::NotADate),
            ("2025-07-01-02", Refused::NotADate),
            ("--", Refused::NotADate),
        ] {
            assert_eq!(text(written), Err(why), "{written}");
        }
        assert_eq!(read(&RawValue::Number(1985.1), Habits::default()), Err(Refused::JanuaryOrOctober));
    }

    #[test]
    fn day_and_month_are_settled_by_the_cell_the_column_or_the_setting() {
        assert_eq!(text("13/07/2025"), Ok(("2025-07-13".into(), Precision::Day)));
        assert_eq!(text("07/13/2025"), Ok(("2025-07-13".into(), Precision::Day)));
        assert_eq!(text("07/07/2025"), Ok(("2025-07-07".into(), Precision::Day)));
        let date = |order| {
            read(&RawValue::text("01/07/2025"), Habits { order, ..Habits::default() }).map(|read| read.date.to_string())
        };
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

    #[test]
    fn october_by_what_the_column_shows() {
        let column = |values: &[RawValue]| shows_two_digits(values.iter());
        let (number, text) = (RawValue::Number, RawValue::text);
        assert_eq!(column(&[number(1985.01), number(1985.1)]), October::Texts);
        assert_eq!(column(&[text("1985.02"), text("1985.10"), number(1985.1)]), October::Numbers);
        assert_eq!(column(&[number(1985.11), number(1985.1)]), October::Unsaid);
        assert_eq!(column(&[number(1985.11), number(1985.3)]), October::Unsaid);
        assert_eq!(column(&[number(1985.1)]), October::Unsaid);
        let october = |value: &RawValue, october| {
            read(value, Habits { october, ..Habits::default() }).map(|read| read.date.to_string())
        };
        assert_eq!(october(&number(1985.1), October::Numbers), Ok("1985-10-01".into()));
        assert_eq!(october(&text("1985.1"), October::Numbers), Err(Refused::JanuaryOrOctober));
        assert_eq!(october(&text("1985.1"), October::Texts), Ok("1985-10-01".into()));
    }

    #[test]
    fn years_of_two_digits_lie_in_the_past() {
        let past = NaiveDate::from_ymd_opt(2025, 12, 31);
        let date = |written: &str| {
            read(&RawValue::text(written), Habits { past, ..Habits::default() }).map(|read| read.date.to_string())
        };
        assert_eq!(date("76.06"), Ok("1976-06-01".into()));
        assert_eq!(date("05.06"), Ok("2005-06-01".into()));
        assert_eq!(date("26.01"), Ok("1926-01-01".into()));
        assert_eq!(date("76年6月3日"), Ok("1976-06-03".into()));
        assert_eq!(date("5.6"), Err(Refused::ShortYear));
        assert_eq!(date("05/06/03"), Err(Refused::ShortYear));
    }

    #[test]
    fn day_numbers_of_either_calendar() {
        let date = |since_1904| {
            read(&RawValue::Number(43_282.0), Habits { since_1904, ..Habits::default() })
                .map(|read| read.date.to_string())
        };
        assert_eq!((date(false), date(true)), (Ok("2018-07-01".into()), Ok("2022-07-02".into())));
    }

    proptest! {
        #[test]
        fn no_text_panics(written in "\\PC*") {
            let _ = read(&RawValue::text(&written), Habits::default());
        }

        #[test]
        fn nearly_dates_never_panic(written in "[≤<]?[0-9]{0,9}[-/.年月日T: ]?[0-9]{0,4}[-/.年月日]?[0-9]{0,5}[日号]?") {
            let _ = read(&RawValue::text(&written), Habits { order: Some(Order::Dmy), ..Habits::default() });
            let _ = order_of([RawValue::text(&written)].iter());
        }

        #[test]
        fn any_day_is_read_back(days in 0_u64..100_000) {
            let date = NaiveDate::from_ymd_opt(1900, 1, 1).and_then(|first| first.checked_add_days(chrono::Days::new(days)));
            let date = date.expect("in range");
            use chrono::Datelike;
            let (y, m, d) = (date.year(), date.month(), date.day());
            for written in [date.to_string(), format!("{y}/{m}/{d}"), format!("{y}.{m:02}.{d:02}"), format!("{y}年{m}月{d}日"), format!("{y}{m:02}{d:02}")] {
                prop_assert_eq!(read(&RawValue::text(&written), Habits::default()).map(|read| read.date), Ok(date));
            }
        }
    }
}
