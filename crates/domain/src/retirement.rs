//! The statutory age of retirement in China as raised from 2025 on, and the date that follows from it (semantics 64).
//!
//! Source: 全国人民代表大会常务委员会关于实施渐进式延迟法定退休年龄的决定 (2024-09-13) and the measures of the State Council that
//! it approves, article 1 and its tables. Men, and women whose age was 55, retire a month later for every four months
//! of birth after the cut-off, up to 63 and 58; women whose age was 50 for every two months, up to 55. The cut-off is
//! the month of birth of who reached the former age in January 2025.

use crate::time::add_months;
use chrono::{Datelike, NaiveDate};

/// Whose table applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// 60 → 63: men, and women who retire with them.
    Sixty,
    /// 55 → 58: women cadres.
    FiftyFive,
    /// 50 → 55: women workers.
    Fifty,
}

impl Table {
    /// The former age, in years.
    const fn years(self) -> i32 {
        match self {
            Self::Sixty => 60,
            Self::FiftyFive => 55,
            Self::Fifty => 50,
        }
    }

    /// Months of birth for each month later.
    const fn step(self) -> i32 {
        match self {
            Self::Sixty | Self::FiftyFive => 4,
            Self::Fifty => 2,
        }
    }

    /// Months later at most.
    const fn most(self) -> i32 {
        match self {
            Self::Sixty | Self::FiftyFive => 36,
            Self::Fifty => 60,
        }
    }

    /// The statutory age of who was born on a date, in months. Only the month of birth counts.
    #[must_use]
    pub fn age(self, birth: NaiveDate) -> i32 {
        let cut_off = 12 * (2025 - self.years());
        let born = 12 * birth.year() + birth.month0() as i32;
        let later = if born < cut_off { 0 } else { ((born - cut_off) / self.step() + 1).min(self.most()) };
        12 * self.years() + later
    }

    /// First day of the month in which that age is reached: the month that the tables of the law print.
    #[must_use]
    pub fn month(self, birth: NaiveDate) -> NaiveDate {
        let first = birth.with_day(1).unwrap_or(birth);
        add_months(first, self.age(birth))
    }

    /// First day out of service: that of the month after, because the month in which the age is reached is served.
    #[must_use]
    pub fn leaves(self, birth: NaiveDate) -> NaiveDate {
        add_months(self.month(birth), 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a test date")
    }

    /// Born, years and months of age, month of retirement.
    type Point = (&'static str, i32, i32, &'static str);

    fn holds(table: Table, points: &[Point]) {
        for (born, years, months, retires) in points {
            for of_month in ["01", "15", "28"] {
                let birth = day(&format!("{born}-{of_month}"));
                assert_eq!(table.age(birth), 12 * years + months, "{table:?} {birth}");
                assert_eq!(table.month(birth), day(&format!("{retires}-01")), "{table:?} {birth}");
            }
        }
    }

    #[test]
    fn the_printed_tables_hold() {
        holds(
            Table::Sixty,
            &[
                ("1964-12", 60, 0, "2024-12"),
                ("1965-01", 60, 1, "2025-02"),
                ("1965-04", 60, 1, "2025-05"),
                ("1965-05", 60, 2, "2025-07"),
                ("1965-12", 60, 3, "2026-03"),
                ("1966-01", 60, 4, "2026-05"),
                ("1968-09", 60, 12, "2029-09"),
                ("1970-01", 61, 4, "2031-05"),
                ("1976-08", 62, 11, "2039-07"),
                ("1976-09", 63, 0, "2039-09"),
                ("1976-12", 63, 0, "2039-12"),
                ("1990-06", 63, 0, "2053-06"),
            ],
        );
        holds(
            Table::FiftyFive,
            &[
                ("1969-12", 55, 0, "2024-12"),
                ("1970-01", 55, 1, "2025-02"),
                ("1970-05", 55, 2, "2025-07"),
                ("1975-01", 56, 4, "2031-05"),
                ("1981-08", 57, 11, "2039-07"),
                ("1981-09", 58, 0, "2039-09"),
                ("1985-03", 58, 0, "2043-03"),
            ],
        );
        holds(
            Table::Fifty,
            &[
                ("1974-12", 50, 0, "2024-12"),
                ("1975-01", 50, 1, "2025-02"),
                ("1975-02", 50, 1, "2025-03"),
                ("1975-03", 50, 2, "2025-05"),
                ("1976-12", 50, 12, "2027-12"),
                ("1977-01", 51, 1, "2028-02"),
                ("1984-10", 54, 11, "2039-09"),
                ("1984-11", 55, 0, "2039-11"),
                ("1984-12", 55, 0, "2039-12"),
                ("1985-01", 55, 0, "2040-01"),
            ],
        );
    }

    #[test]
    fn every_step_is_one_month_and_none_is_left_out() {
        for (table, first, groups) in [(Table::Sixty, 1965, 36), (Table::FiftyFive, 1970, 36), (Table::Fifty, 1975, 60)]
        {
            let start = day(&format!("{first}-01-01"));
            for group in 0..groups {
                for within in 0..table.step() {
                    let birth = add_months(start, group * table.step() + within);
                    assert_eq!(table.age(birth), 12 * table.years() + group + 1, "{table:?} {birth}");
                }
            }
            // Whoever is born later never retires earlier.
            let months: Vec<NaiveDate> = (-60..400).map(|shift| table.leaves(add_months(start, shift))).collect();
            assert!(months.windows(2).all(|pair| pair[0] < pair[1]), "{table:?}");
        }
    }

    #[test]
    fn the_month_of_the_age_is_served() {
        assert_eq!(Table::Sixty.leaves(day("1965-01-31")), day("2025-03-01"));
        assert_eq!(Table::Sixty.leaves(day("1965-09-30")), day("2026-01-01"));
    }
}
