//! What planning the units apart costs against planning them together, tier by tier (semantics 71).

use lungang_domain::Policy;
use lungang_domain::plan::TierRow;
use lungang_domain::policy::Tier;
use serde::Serialize;

/// What is known of a tier's difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Known {
    /// Proved: apart, no plan as good in the tiers before reaches the joint value.
    Costs,
    /// Proved: jointly, no plan as good in the tiers before as the joint one is better than the plan apart.
    Nothing,
    /// Neither is proved.
    Open,
    /// Without bounds of its own: a part of W.
    Merged,
}

/// One tier of both plans.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Compared {
    /// `T0` … `W`.
    pub id: String,
    /// As in [`TierRow`].
    pub name: String,
    /// Value of the plan with units apart.
    pub apart: i64,
    /// Bound of it.
    pub apart_bound: Option<i64>,
    /// Value of the joint plan.
    pub joint: i64,
    /// Bound of it.
    pub joint_bound: Option<i64>,
    /// By how much the joint plan is better; below 0: it gives way here to the tiers before.
    pub difference: i64,
    /// By how much it is better at least, by the bound of the plan apart; where that is proved.
    pub at_least: Option<i64>,
    /// What is known.
    pub known: Known,
}

/// Both plans side by side, first priority first.
#[must_use]
pub fn compared(policy: &Policy, apart: &[TierRow], joint: &[TierRow]) -> Vec<Compared> {
    let ranked = Tier::ranked(policy);
    let row = |((tier, apart), joint): ((Tier, &TierRow), &TierRow)| {
        let gain = |value: i64| tier.as_gain(value);
        let lacks = apart.bound.map(|bound| gain(joint.value) - gain(bound)).filter(|lacks| *lacks > 0);
        let best = joint.bound.is_some_and(|bound| gain(apart.value) >= gain(bound));
        let known = match lacks {
            _ if !ranked.contains(&tier) => Known::Merged,
            Some(_) => Known::Costs,
            None if best => Known::Nothing,
            None => Known::Open,
        };
        Compared {
            id: apart.id.clone(),
            name: apart.name.clone(),
            apart: apart.value,
            apart_bound: apart.bound,
            joint: joint.value,
            joint_bound: joint.bound,
            difference: gain(joint.value) - gain(apart.value),
            at_least: lacks.filter(|_| known == Known::Costs),
            known,
        }
    };
    Tier::of(policy).into_iter().zip(apart).zip(joint).map(row).collect()
}

/// The tiers of the better of the two as a joint plan: a plan with units apart is one of the plans made jointly. Where it is
/// the better one, bounds hold up to the first tier in which they differ, and of the later ones nothing is known.
#[must_use]
pub fn better_of(policy: &Policy, apart: &[TierRow], joint: Vec<TierRow>) -> Vec<TierRow> {
    let ranked = Tier::ranked(policy);
    let tiers = Tier::of(policy);
    let first = tiers.iter().enumerate().find_map(|(at, tier)| {
        let gain = tier.as_gain(joint[at].value) - tier.as_gain(apart[at].value);
        (ranked.contains(tier) && gain != 0).then_some((at, gain))
    });
    match first {
        Some((differs, gain)) if gain < 0 => joint
            .into_iter()
            .zip(apart)
            .enumerate()
            .map(|(at, (row, apart))| {
                let bound = row.bound.filter(|_| at <= differs);
                TierRow { value: apart.value, bound, ..row }.assess()
            })
            .collect(),
        _ => joint,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lungang_domain::plan::TierStatus;
    use lungang_domain::sample::policy;

    /// Rows of T0 … T5 with value and bound.
    fn rows(figures: [(i64, Option<i64>); 6]) -> Vec<TierRow> {
        let row = |(tier, (value, bound)): (Tier, (i64, Option<i64>))| {
            TierRow {
                id: tier.id(),
                name: tier.name().into(),
                value,
                bound,
                status: TierStatus::Open,
                gap_points: None,
                gap: None,
                today: 0,
                nobody_moves: 0,
            }
            .assess()
        };
        Tier::of(&policy(1)).into_iter().zip(figures).map(row).collect()
    }

    #[test]
    fn a_difference_is_proved_by_the_bound_apart_and_its_absence_by_the_joint_one() {
        let apart = rows([(2, Some(2)), (9, Some(7)), (4, Some(1)), (30, None), (5, Some(6)), (70, Some(80))]);
        let joint = rows([(0, Some(0)), (6, Some(6)), (4, Some(4)), (20, Some(9)), (7, Some(9)), (50, Some(60))]);
        let found = compared(&policy(1), &apart, &joint);
        let brief: Vec<_> = found.iter().map(|row| (row.difference, row.at_least, row.known)).collect();
        assert_eq!(
            brief,
            [
                (2, Some(2), Known::Costs),
                (3, Some(1), Known::Costs),
                (0, None, Known::Nothing),
                (10, None, Known::Open),
                (2, Some(1), Known::Costs),
                (-20, None, Known::Nothing),
            ]
        );
    }

    #[test]
    fn a_plan_apart_is_a_joint_plan_too() {
        let apart = rows([(0, Some(0)), (5, Some(5)), (4, Some(4)), (30, Some(30)), (5, Some(5)), (70, Some(70))]);
        let worse = rows([(0, Some(0)), (6, Some(3)), (2, Some(2)), (20, Some(9)), (7, Some(9)), (50, Some(60))]);
        let kept = better_of(&policy(1), &apart, worse);
        assert_eq!(kept.iter().map(|row| row.value).collect::<Vec<_>>(), [0, 5, 4, 30, 5, 70]);
        let bounds: Vec<_> = kept.iter().map(|row| row.bound).collect();
        assert_eq!(bounds, [Some(0), Some(3), None, None, None, None]);
        let better = rows([(0, Some(0)), (4, Some(3)), (9, Some(2)), (40, Some(9)), (3, Some(9)), (50, Some(60))]);
        assert_eq!(better_of(&policy(1), &apart, better.clone()), better);
        assert_eq!(better_of(&policy(1), &apart, apart.clone()), apart);
    }
}
