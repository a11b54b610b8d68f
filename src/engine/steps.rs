//! What is closed in order: one step a tier, or in the weighted mode T0–T2 and then T3–T5 as one.
//!
//! Gains stay apart by counted tier, whatever the mode; a step weighs them. Its weights have no common divisor, so that
//! its bound is as tight as whole numbers allow: W is `unit` times what the step is worth.

use super::formulation::Totals;
use super::rows::{BROKEN, TIERS};
use lungang_domain::Policy;
use lungang_domain::plan::{TierRow, TierStatus};
use lungang_domain::policy::{Tier, Weights};

/// One step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The tier that it closes; `None` for the pseudo-tier of broken rows.
    pub tier: Option<Tier>,
    /// Weights over the counted tiers.
    pub weights: [i64; TIERS],
    /// What the tier counts for one unit of the step.
    pub unit: i64,
}

impl Step {
    /// The steps of a policy, first priority first.
    #[must_use]
    pub fn of(policy: &Policy) -> Vec<Self> {
        let counted = Tier::counted(policy);
        let single = |tier: Tier| Self::single(counted.iter().position(|own| *own == tier), tier);
        let ranked = Tier::ranked(policy).into_iter();
        ranked
            .map(|tier| match tier {
                Tier::Weighted => Self::merged(&counted, &policy.priorities.weights),
                tier => single(tier),
            })
            .collect()
    }

    fn single(position: Option<usize>, tier: Tier) -> Self {
        let mut weights = [0; TIERS];
        weights[position.unwrap_or(BROKEN)] = 1;
        Self { tier: Some(tier), weights, unit: 1 }
    }

    fn merged(counted: &[Tier], by: &Weights) -> Self {
        let unit = [by.risk, by.reserve, by.quality].into_iter().fold(0, divisor).max(1);
        let mut weights = [0; TIERS];
        for (tier, slot) in counted.iter().zip(&mut weights) {
            *slot = match tier {
                Tier::Essential | Tier::Cover | Tier::Law | Tier::Weighted => 0,
                Tier::Risk(_) => by.risk / unit,
                Tier::Reserve | Tier::Successors => by.reserve / unit,
                Tier::Quality => by.quality / unit,
            };
        }
        Self { tier: Some(Tier::Weighted), weights, unit }
    }

    /// The step before all others that looks for a plan which keeps all rows.
    #[must_use]
    pub fn broken() -> Self {
        let mut weights = [0; TIERS];
        weights[BROKEN] = 1;
        Self { tier: None, weights, unit: 1 }
    }

    /// What gains are worth to the step; more is better.
    #[must_use]
    pub fn worth(&self, totals: &Totals) -> i64 {
        totals.iter().zip(&self.weights).map(|(total, weight)| total * weight).sum()
    }

    /// How many units of a blend make one of the step.
    #[must_use]
    pub fn units_in(&self, blend: &[i64; TIERS]) -> i64 {
        self.parts().next().map_or(1, |tier| blend[tier] / self.weights[tier]).max(1)
    }

    /// Positions of the counted tiers that it weighs.
    pub fn parts(&self) -> impl Iterator<Item = usize> + use<> {
        let weights = self.weights;
        (0..TIERS).filter(move |tier| weights[*tier] != 0)
    }

    /// How much larger its weights are than those of the [`blend`]: 1 for a single tier. Steps of the dual grow with it.
    #[must_use]
    pub fn scale(&self, counted: &[Tier]) -> f64 {
        if self.tier != Some(Tier::Weighted) {
            return 1.0;
        }
        let shares = counted.iter().zip(&self.weights).map(|(tier, weight)| *weight as f64 / moderate(*tier) as f64);
        shares.fold(0.0, f64::max)
    }

    /// Its row of the plan; `None` for broken rows.
    ///
    /// `worth` and `bound` are in the step's own units, `today` and `nobody` in the order of [`Tier::of`].
    #[must_use]
    pub fn row(&self, of: &Reported<'_>, worth: &Totals, bound: Option<i64>) -> Option<TierRow> {
        let tier = self.tier?;
        let in_tier = |own: i64| tier.as_gain(own * self.unit);
        of.row(tier, in_tier(self.worth(worth)), bound.map(in_tier))
    }
}

/// A step held at a value or better.
#[derive(Clone, Copy, Debug)]
pub struct Floor {
    /// The step.
    pub step: Step,
    /// What it has to be worth at least.
    pub least: i64,
}

impl Floor {
    /// Steps held at what these totals are worth.
    #[must_use]
    pub fn at(steps: &[Step], totals: &Totals) -> Vec<Self> {
        steps.iter().map(|step| Self { step: *step, least: step.worth(totals) }).collect()
    }
}

/// Greatest common divisor, of which 0 takes no part.
fn divisor(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { divisor(b, a % b) }
}

/// Positions of the tiers that steps hold at their values. Only the last step of a policy ever weighs several tiers,
/// and nothing comes after it.
pub fn held(steps: &[Step]) -> impl Iterator<Item = usize> {
    steps.iter().flat_map(Step::parts)
}

/// What each step is worth, in order: the better of two plans has the greater key.
#[must_use]
pub fn key(steps: &[Step], totals: &Totals) -> Vec<i64> {
    steps.iter().map(|step| step.worth(totals)).collect()
}

/// Weights of a first blend: moderate, so that its dual converges.
fn moderate(tier: Tier) -> i64 {
    match tier {
        Tier::Essential => 2000,
        Tier::Cover => 400,
        Tier::Law => 100,
        Tier::Risk(_) => 8,
        Tier::Reserve | Tier::Successors => 120,
        Tier::Quality | Tier::Weighted => 1,
    }
}

/// One blend of all tiers, from which the work starts. Where T3–T5 have weights of their own, these stand in it, and
/// the tiers before them keep at least the place that they have among moderate weights.
#[must_use]
pub fn blend(counted: &[Tier], steps: &[Step]) -> [i64; TIERS] {
    let mut weights = [0; TIERS];
    for (tier, slot) in counted.iter().zip(&mut weights) {
        *slot = moderate(*tier);
    }
    let Some(merged) = steps.iter().find(|step| step.tier == Some(Tier::Weighted)) else { return weights };
    let scale = merged.scale(counted).ceil().max(1.0) as i64;
    for (at, tier) in counted.iter().enumerate() {
        weights[at] = if tier.may_be_merged() { merged.weights[at] } else { weights[at] * scale };
    }
    weights
}

/// What every row of a plan's tiers reports besides value and bound.
#[derive(Clone, Debug)]
pub struct Reported<'p> {
    /// The policy.
    pub policy: &'p Policy,
    /// Layout 0 charged at d_1, in the order of [`Tier::of`].
    pub today: Vec<i64>,
    /// When nobody moves, likewise.
    pub nobody: Vec<i64>,
}

impl Reported<'_> {
    fn row(&self, tier: Tier, value: i64, bound: Option<i64>) -> Option<TierRow> {
        let at = Tier::of(self.policy).iter().position(|own| *own == tier)?;
        let row = TierRow {
            id: tier.id(),
            name: tier.name().to_owned(),
            value,
            bound,
            status: TierStatus::Open,
            gap_points: None,
            gap: None,
            today: self.today[at],
            nobody_moves: self.nobody[at],
        };
        Some(row.assess())
    }

    /// The rows of a plan in the order of [`Tier::of`]: steps with their bounds, and without one what a step merges.
    #[must_use]
    pub fn rows(&self, steps: &[Step], bounds: &[Option<i64>], worth: &Totals) -> Vec<TierRow> {
        let counted = Tier::counted(self.policy);
        let row = |tier: Tier| match steps.iter().zip(bounds).find(|(step, _)| step.tier == Some(tier)) {
            Some((step, bound)) => step.row(self, worth, *bound),
            None => {
                let at = counted.iter().position(|own| *own == tier)?;
                self.row(tier, tier.as_gain(worth[at]), None)
            }
        };
        Tier::of(self.policy).into_iter().filter_map(row).collect()
    }
}
