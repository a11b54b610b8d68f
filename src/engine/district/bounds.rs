//! Bounds kept without the floors they were found with, so that each can be read again for a better plan.

use crate::engine::formulation::Totals;
use crate::engine::pricing::ONE;
use crate::engine::rows::TIERS;
use crate::engine::steps::{Step, held};

/// A dual reached: D and c.
#[derive(Clone, Debug)]
pub(super) struct Dual {
    /// D without the floors, in price units.
    pub value: i64,
    /// Weights of the tiers, in price units.
    pub weights: [i64; TIERS],
    /// Tiers with what they were held at: it speaks of plans that have at least as much, and of no others.
    pub least: Vec<(usize, i64)>,
}

impl Dual {
    /// The bound over plans that are in the steps `earlier` at least as good as a plan of these totals: D − Σ c v, in
    /// whole units of the step. `None` where it does not speak of them all.
    pub fn bound(&self, earlier: &[Step], totals: &Totals) -> Option<i64> {
        let speaks = self.least.iter().all(|(tier, least)| totals[*tier] >= *least);
        let floor = |sum: i64, tier: usize| sum - self.weights[tier] * totals[tier];
        speaks.then(|| held(earlier).fold(self.value, floor).div_euclid(ONE))
    }
}

#[cfg(test)]
mod tests {
    use super::Dual;
    use crate::engine::pricing::ONE;
    use crate::engine::rows::TIERS;
    use crate::engine::steps::Step;

    fn totals(first: i64, second: i64) -> [i64; TIERS] {
        let mut totals = [0; TIERS];
        (totals[0], totals[1]) = (first, second);
        totals
    }

    #[test]
    fn floors_are_taken_off_at_their_weights_and_rounded_down() {
        let order = Step::of(&lungang_domain::sample::policy(5));
        let mut weights = [0; TIERS];
        (weights[0], weights[1], weights[2]) = (2 * ONE, ONE / 2, ONE);
        let dual = Dual { value: 10 * ONE + 1, weights, least: Vec::new() };
        // 10 − 2·(−3) − ½·(−5) = 18.5, and the third tier, which is bounded, has no floor.
        assert_eq!(dual.bound(&order[..2], &totals(-3, -5)), Some(18));
        assert_eq!(dual.bound(&order[..0], &totals(-3, -5)), Some(10));
    }

    #[test]
    fn a_floor_that_a_plan_does_not_reach_gives_no_bound() {
        let order = Step::of(&lungang_domain::sample::policy(5));
        let dual = Dual { value: 0, weights: [0; TIERS], least: vec![(0, -1), (1, -4)] };
        assert_eq!(dual.bound(&order[..2], &totals(-1, -4)), Some(0));
        assert_eq!(dual.bound(&order[..2], &totals(0, -3)), Some(0));
        assert_eq!(dual.bound(&order[..2], &totals(0, -5)), None);
    }
}
