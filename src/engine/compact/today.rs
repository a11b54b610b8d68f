//! Layout 0 charged at d_1 (semantics 13): for the eye, not comparable with sums over years.

use super::facts::Facts;
use super::paths::Stand;
use lungang_domain::policy::Tier;
use lungang_domain::{Place, PostIx};

impl Facts<'_> {
    /// The figures of today, in the order of the tiers.
    pub(super) fn today_tiers(&self) -> Vec<i64> {
        let whole = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        let open: Vec<PostIx> = self.case.posts_ix().filter(|post| self.is_open(*post, 0)).collect();
        let empty = open.iter().filter(|post| self.post(**post).essential && self.present_today(**post) == 0).count();
        let missing: usize =
            open.iter().map(|post| self.minimum(*post).saturating_sub(self.present_today(*post))).sum();
        let unplaced = self.idle.iter().filter(|places| places[0] == Place::Unplaced).count();
        let over = open
            .iter()
            .filter(|post| {
                let held = self.idle.iter().filter(|places| places[0].seat() == Some(**post)).count();
                held > self.post(**post).headcount as usize
            })
            .count();

        let mut breaches = over;
        let mut risk = vec![0; self.risk_tiers()];
        let mut quality = 0;
        for person in self.case.people_ix() {
            if let Stand::Seat { post, clock, since, .. } = self.stand_today(person) {
                breaches += self.unfit(person, post, 0).len();
                breaches += usize::from(self.holds_what_is_kept_apart(person, self.stand_today(person), 0));
                let charge = self.charge(
                    person,
                    post,
                    clock,
                    self.furthest(person, post, since, 0, self.d(1)),
                    self.d(1),
                    false,
                );
                quality -= charge.points;
                if let Some((tier, months)) = charge.risk {
                    risk[tier] += months;
                }
            }
        }
        for (one, other) in self.relatives() {
            let held = |person| self.held(person, self.stand_today(person), 0);
            breaches += self.breaks_avoidance(&held(one), &held(other), 0).len();
        }
        let weights = self.policy.priorities.weights;
        let (gained, followed) = (0, self.successors_today());
        Tier::of(self.policy)
            .into_iter()
            .map(|tier| match tier {
                Tier::Essential => whole(empty),
                Tier::Cover => whole(missing + unplaced),
                Tier::Law => whole(breaches),
                Tier::Risk(n) => risk[n],
                Tier::Reserve => gained,
                Tier::Successors => followed,
                Tier::Quality => quality,
                Tier::Weighted => {
                    weights.reserve * (gained + followed) + weights.quality * quality
                        - weights.risk * risk.iter().sum::<i64>()
                }
            })
            .collect()
    }
}
