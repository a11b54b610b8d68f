//! What the policy says of fit: whether a missing score bars, which scores are computed, and of what.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// For which pairs the model computes a fit score (semantics 60).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FitCompute {
    /// For none. Plans that were written before there was a model say nothing, and mean this.
    #[default]
    Never,
    /// For all, where no score at all is given.
    Absent,
    /// For every pair that has no given score.
    Missing,
}

/// Weights of the parts of the computed fit: whole, none negative.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct FitWeights {
    /// Major.
    pub major: u32,
    /// Certificates.
    pub certificates: u32,
    /// Experience in the field.
    pub domain: u32,
    /// Level or grade.
    pub level: u32,
    /// Time at that level or grade.
    pub seniority: u32,
    /// Class-hours.
    pub training: u32,
    /// Wishes.
    pub wishes: u32,
    /// Suggestions.
    pub suggested: u32,
}

impl FitWeights {
    /// All weights, in the order of [`crate::fit::Part::ALL`].
    #[must_use]
    pub fn all(&self) -> [u32; 8] {
        [
            self.major,
            self.certificates,
            self.domain,
            self.level,
            self.seniority,
            self.training,
            self.wishes,
            self.suggested,
        ]
    }
}

/// Fit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FitPolicy {
    /// A missing fit bars the move.
    pub strict: bool,
    /// Least fit, given or computed, into which anybody is moved; 0 = none (semantics 72).
    #[serde(default)]
    pub floor: u8,
    /// Which scores are computed.
    #[serde(default)]
    pub compute: FitCompute,
    /// Months in a field that count as full experience.
    #[serde(default = "three_years")]
    pub domain_months: u32,
    /// Months at a level or grade that count as full.
    #[serde(default = "three_years")]
    pub seniority_months: u32,
    /// Weights of the parts.
    #[serde(default)]
    pub weights: FitWeights,
}

/// In months.
fn three_years() -> u32 {
    36
}
