//! The figures of a plan: by its own policy, and by that of another scenario, so that plans under different limits can be
//! held to one measure.

use super::Side;
use crate::output::report::Metric;
use crate::output::report::figures;
use lungang_domain::plan::TierRow;
use lungang_domain::{Case, PlanFile, Policy};

/// What was counted.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// Figures by unit, year and grade, today and nobody moving among them; the plan's own bear the scenario `plan`.
    pub metrics: Vec<Metric>,
    /// The tiers; without bounds where the measure is not the plan's own.
    pub tiers: Vec<TierRow>,
}

impl Measured {
    /// A figure of all units; today counts for every scenario in year 0.
    #[must_use]
    pub fn figure(&self, metric: &str, grade: &str, year: Option<usize>, scenario: &str) -> Option<f64> {
        let scenario = if year == Some(0) { "today" } else { scenario };
        self.metrics
            .iter()
            .find(|row| {
                row.metric == metric
                    && row.unit.is_empty()
                    && row.grade == grade
                    && row.year == year
                    && row.scenario == scenario
            })
            .and_then(|row| row.value)
    }
}

/// By the plan's own policy and data; `None` without them.
#[must_use]
pub fn own(side: &Side) -> Option<Measured> {
    let case = side.case?;
    counted(side, case, &side.plan.policy, side.plan.tiers.clone())
}

/// By the data and the policy of another plan; `None` where that plan's input is not known, where it begins on another
/// day or has other years, or where somebody or a post is not the same in both.
#[must_use]
pub fn by(side: &Side, measure: &Side) -> Option<Measured> {
    let (case, policy) = (measure.case?, &measure.plan.policy);
    let plan = side.plan;
    let same_days =
        plan.start == policy.start && plan.policy.as_of == policy.as_of && plan.years.len() == policy.horizon();
    if !same_days {
        return None;
    }
    if std::ptr::eq(side.plan, measure.plan) {
        return own(side);
    }
    let layout = plan.layout(case).ok()?;
    let verdict = lungang_check::judge(case, policy, &layout);
    let row = |figures: &lungang_check::TierFigures| {
        TierRow {
            id: figures.tier.id(),
            name: figures.tier.name().to_owned(),
            value: figures.value,
            bound: None,
            status: lungang_domain::plan::TierStatus::Open,
            gap_points: None,
            gap: None,
            today: figures.today,
            nobody_moves: figures.nobody_moves,
        }
        .assess()
    };
    counted(side, case, policy, verdict.tiers.iter().map(row).collect())
}

fn counted(side: &Side, case: &Case, policy: &Policy, tiers: Vec<TierRow>) -> Option<Measured> {
    let layout = side.plan.layout(case).ok()?;
    let plan = PlanFile { tiers: tiers.clone(), ..side.plan.clone() };
    let metrics = figures::by(case, policy, &plan, &layout);
    Some(Measured { metrics, tiers })
}
