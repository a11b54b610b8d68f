//! The resolved policy: every number a site may set, with the key names of `data/policy.toml`.

mod fit;

pub use crate::tier::Tier;
pub use fit::{FitCompute, FitPolicy, FitWeights};

use crate::calendar::{CalendarPolicy, WorkingDays};
use crate::case::Decision;
use crate::time::add_months;
use crate::words::Grade;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A share of a whole, kept in millionths so that rounding is exact; written as a fraction such as `0.3`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, JsonSchema)]
#[schemars(with = "f64")]
pub struct Share(pub u32);

impl Share {
    const WHOLE: u64 = 1_000_000;

    /// The whole.
    #[must_use]
    pub fn whole() -> Self {
        Self(1_000_000)
    }

    /// The share nearest to a fraction; `None` unless 0 ≤ fraction ≤ 1.
    #[must_use]
    pub fn from_fraction(fraction: f64) -> Option<Self> {
        if (0.0..=1.0).contains(&fraction) {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            Some(Self((fraction * 1e6).round() as u32))
        } else {
            None
        }
    }

    /// ⌊share · base⌋.
    #[must_use]
    pub fn floor_of(self, base: u64) -> u64 {
        u64::from(self.0) * base / Self::WHOLE
    }

    /// ⌈share · base⌉.
    #[must_use]
    pub fn ceil_of(self, base: u64) -> u64 {
        (u64::from(self.0) * base).div_ceil(Self::WHOLE)
    }
}

impl Serialize for Share {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(f64::from(self.0) / 1e6)
    }
}

impl<'de> Deserialize<'de> for Share {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let fraction = f64::deserialize(deserializer)?;
        Self::from_fraction(fraction).ok_or_else(|| serde::de::Error::custom("a share lies between 0 and 1"))
    }
}

/// A pair of thresholds in months.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Thresholds {
    /// 一般应当: wanted.
    pub should: i32,
    /// 必须: due.
    pub must: i32,
}

/// Time rules, in months.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TimePolicy {
    /// R10: minimum stay.
    pub may: i32,
    /// R10: never two moves inside.
    pub rest: i32,
    /// R14: post clock at high risk.
    pub high: Thresholds,
    /// R14: post clock at medium risk.
    pub medium: Thresholds,
    /// R14: post clock at low risk.
    pub low: Thresholds,
    /// R14: post clock of unrated posts.
    pub unrated: Thresholds,
    /// R14: statutory clock.
    pub ten_year: i32,
    /// Further clocks of R14; absent = off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<Thresholds>,
    /// See `section`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_level: Option<Thresholds>,
    /// See `section`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Thresholds>,
    /// See `section`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub domain: Option<Thresholds>,
    /// R15.
    pub near_retirement: i32,
    /// R13.
    pub no_return: i32,
    /// R09.
    pub cooling: i32,
    /// Months of a plan year at least, to count as present.
    pub presence: i32,
    /// R05: probation of recruits.
    pub recruit_probation: i32,
    /// R05: probation of newly promoted leaders.
    pub leader_probation: i32,
}

impl TimePolicy {
    /// The post clock's thresholds at a grade (after the lift).
    #[must_use]
    pub fn thresholds(&self, grade: Grade) -> Thresholds {
        match grade {
            Grade::High => self.high,
            Grade::Medium => self.medium,
            Grade::Low => self.low,
            Grade::Unrated => self.unrated,
        }
    }
}

/// R12.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TurnoverPolicy {
    /// Cap: share of a unit's seat holders of today.
    pub unit_share: Share,
    /// Floor: likewise; 0 = none.
    pub unit_floor: Share,
    /// Most people who move in a year, as a share of all seat holders of today (G4); 1: no limit.
    #[serde(default = "Share::whole")]
    pub year_share: Share,
    /// Most moves over the whole horizon in all units (G4, semantics 72); absent = no limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most_moves: Option<u32>,
    /// Most moves over the whole horizon into another unit; likewise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most_cross_unit: Option<u32>,
    /// Old hands: share of a section's seat holders of today.
    pub old_hands: Share,
    /// Units planned apart: nobody moves or is placed across units but by decision (semantics 71).
    #[serde(default)]
    pub apart: bool,
}

/// Risk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RiskPolicy {
    /// Grades with a tier of their own, in order.
    pub tiers: Vec<Grade>,
    /// How a post's grade follows from its risk points.
    pub aggregate: String,
    /// Which end of a 一/二/三 list is high.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub direction: Option<String>,
    /// Value (likelihood × severity) from which a risk point without a grade is high; set together with the next.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high_from: Option<u32>,
    /// Value from which it is medium; below, low.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub medium_from: Option<u32>,
}

/// Points of the quality tier; whole numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PointsPolicy {
    /// Per move.
    #[serde(rename = "move")]
    pub per_move: i64,
    /// More, where it crosses units.
    pub cross_unit: i64,
    /// Per overdue month at medium and unrated (and high outside `risk.tiers`).
    pub medium_month: i64,
    /// Per overdue month at low.
    pub low_month: i64,
    /// Per month between should and must, in grades with a tier of their own.
    pub should_month: i64,
}

/// Reserve cadres.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReservePolicy {
    /// Wanted of everybody in the pool whose `needed` is blank.
    pub experiences: Vec<String>,
    /// A tier of its own after reserve.
    pub successors: bool,
}

/// What gives a date of retirement where the roster has none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum RetirementFormula {
    /// Nothing.
    #[default]
    #[serde(rename = "none")]
    None,
    /// The ages of China as raised from 2025 on ([`crate::retirement`]).
    #[serde(rename = "cn-2025")]
    Cn2025,
}

/// Retirement.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RetirementPolicy {
    /// Formula for who has no date; a date in the roster wins.
    pub formula: RetirementFormula,
}

/// How T3–T5 rank among each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// One after the other.
    #[default]
    Strict,
    /// Merged into one tier by weights.
    Weighted,
}

/// Whole-number weights of the weighted mode, none negative; not all 0 where that mode is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Weights {
    /// Per overdue month (T3, T3b …).
    pub risk: i64,
    /// Per experience gained (T4).
    pub reserve: i64,
    /// Per point (T5).
    pub quality: i64,
}

/// How tiers rank.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PrioritiesPolicy {
    /// `strict`, or `weighted`.
    pub mode: Mode,
    /// Used in the weighted mode.
    pub weights: Weights,
}

/// The two ladders, and education; low to high.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LadderPolicy {
    /// Levels 领导职务层次; the first rung may be 无.
    pub level: Vec<String>,
    /// Grades 职级.
    pub grade: Vec<String>,
    /// Education.
    pub education: Vec<String>,
    /// Pairs of grades that count as equal.
    pub equivalent: Vec<(String, String)>,
}

/// How input is read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct InputPolicy {
    /// Encoding of CSV files.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// `ymd`, `dmy` or `mdy`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_order: Option<String>,
    /// `past`: a year of two digits is the last one before the date of the data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub short_years: Option<String>,
    /// File with further headings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aliases: Option<String>,
}

/// How reports are worded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReportPolicy {
    /// 股室, 科室 or 处室.
    pub section_name: String,
    /// `zh` or `en`.
    pub lang: String,
    /// Public holidays, which the program can't know; sorted.
    #[serde(default)]
    pub holidays: Vec<NaiveDate>,
    /// Weekends that are worked; sorted.
    #[serde(default)]
    pub workdays: Vec<NaiveDate>,
}

/// The whole policy, resolved: every key has its value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Policy {
    /// Preset it rests on.
    pub preset: String,
    /// Effective date of plan year 1.
    pub start: NaiveDate,
    /// Date of the data.
    pub as_of: NaiveDate,
    /// Plan years T.
    pub years: u32,
    /// Months.
    pub time: TimePolicy,
    /// R12.
    pub turnover: TurnoverPolicy,
    /// Risk.
    pub risk: RiskPolicy,
    /// T5.
    pub points: PointsPolicy,
    /// T4.
    pub reserve: ReservePolicy,
    /// Retirement.
    #[serde(default)]
    pub retirement: RetirementPolicy,
    /// Fit.
    pub fit: FitPolicy,
    /// Tiers.
    pub priorities: PrioritiesPolicy,
    /// Whole points of a tier that later tiers may use up, by tier name.
    #[serde(default)]
    pub give: BTreeMap<String, i64>,
    /// Rules on or off. A rule that is not built yet stands here as off.
    pub rules: BTreeMap<String, bool>,
    /// Ladders.
    pub ladder: LadderPolicy,
    /// Reading.
    #[serde(default)]
    pub input: InputPolicy,
    /// R23.
    #[serde(default)]
    pub calendar: CalendarPolicy,
    /// Wording.
    pub report: ReportPolicy,
}

impl Policy {
    /// d_t for t = 1 … T + 1 (semantics 1); t = 0 gives a year before the start.
    #[must_use]
    pub fn effective(&self, t: usize) -> NaiveDate {
        add_months(self.start, 12 * (i32::try_from(t).unwrap_or(i32::MAX / 24) - 1))
    }

    /// Which days are worked (R23).
    #[must_use]
    pub fn working_days(&self) -> WorkingDays<'_> {
        WorkingDays { holidays: &self.report.holidays, workdays: &self.report.workdays }
    }

    /// T.
    #[must_use]
    pub fn horizon(&self) -> usize {
        self.years as usize
    }

    /// Whether a switchable rule is on.
    #[must_use]
    pub fn rule_on(&self, id: &str) -> bool {
        self.rules.get(id).copied().unwrap_or(false)
    }

    /// Rank of a level on the ladder.
    #[must_use]
    pub fn level_rank(&self, level: &str) -> Option<usize> {
        self.ladder.level.iter().position(|rung| rung == level)
    }

    /// Rank of a grade on the ladder.
    #[must_use]
    pub fn grade_rank(&self, grade: &str) -> Option<usize> {
        self.ladder.grade.iter().position(|rung| rung == grade)
    }

    /// Rank of an education on the ladder.
    #[must_use]
    pub fn education_rank(&self, education: &str) -> Option<usize> {
        self.ladder.education.iter().position(|rung| rung == education)
    }

    /// Plan years that a decision speaks of (semantics 21): its year is a plan year or the calendar year of an
    /// effective date; blank means every year. Empty where it fits none.
    #[must_use]
    pub fn decision_years(&self, decision: &Decision) -> Vec<usize> {
        use chrono::Datelike;
        let all = 1..=self.horizon();
        match decision.year {
            None => all.collect(),
            Some(year) => all.filter(|t| i32::try_from(*t) == Ok(year) || self.effective(*t).year() == year).collect(),
        }
    }
}
