//! A first set of prices: a subgradient over all lines of everybody. It needs no pool, so nothing drives prices up that
//! lines unknown as yet would relieve; what it picks on the way is the pool to begin with.

use super::field::Field;
use super::search::Search;
use crate::engine::dual::Goal;
use crate::engine::pricing::{ONE, Prices};
use crate::engine::rows::{Row, RowKind};
use lungang_domain::PostIx;

/// Sweeps, and what the step falls to over them.
const SWEEPS: usize = 12;
const FALL: f64 = 0.05;
/// First step, in units of the blend.
const STEP: f64 = 200.0;
/// How slowly the direction turns.
const INERTIA: f64 = 0.9;

impl Search<'_, '_, '_> {
    /// Prices of the blend after some sweeps, the best of them.
    pub(super) fn climb(&mut self) -> Option<Prices> {
        let goal = Goal::Blend(self.blend());
        let weights = goal.weights(&self.order).map(|weight| weight * ONE);
        let steps = steps(&self.field);
        let rows = &self.field.ground.rows.rows;
        let (mut prices, mut means) = (vec![0.0; rows.len()], vec![0.0; rows.len()]);
        let mut best: Option<(i64, Prices)> = None;
        let mut step = STEP * ONE as f64;
        let fall = FALL.powf(1.0 / SWEEPS as f64);
        for _ in 0..SWEEPS {
            if !self.meter.round() {
                break;
            }
            let whole = Prices { rows: prices.iter().map(|price: &f64| price.round() as i64).collect(), weights };
            let Some((dual, usage)) = self.pool.pick(&self.field, &whole, &self.most) else { break };
            if best.as_ref().is_none_or(|(least, _)| dual < *least) {
                best = Some((dual, whole));
            }
            tracing::trace!(bound = dual / ONE, "climb");
            for (at, row) in rows.iter().enumerate() {
                means[at] = INERTIA * means[at] + (1.0 - INERTIA) * (usage[at] - row.limit) as f64;
                prices[at] = (prices[at] + step * steps[at] * means[at]).max(0.0);
            }
            // A shortage that can be bought is never priced above what it costs.
            for (row, most) in self.field.ground.rows.aux.iter().filter_map(|aux| aux.dearest(&weights)) {
                let price = &mut prices[row as usize];
                *price = price.min(most as f64);
            }
            step *= fall;
        }
        let seconds = self.meter.started.elapsed().as_secs_f64();
        let (dual, prices) = best?;
        tracing::debug!(bound = dual / ONE, seconds, "climbed");
        Some(prices)
    }
}

/// κ of each row: of seats and cover min(1, 20 / people who may use them), of the rest 1 / limit.
fn steps(field: &Field<'_>) -> Vec<f64> {
    let mut users = vec![0_u32; field.closes.len()];
    for item in &field.items {
        users[item.post as usize] += 1;
    }
    let of_post = |post: PostIx| (20.0 / f64::from(users[post.0].max(1))).min(1.0);
    let step = |(row, room): (&Row, &i64)| match row.kind {
        // The limit of undecided moves is 0 where some are decided, and the budget is in what relieves it.
        kind if kind.is_budget() => 1.0 / ((*room).max(1) as f64),
        RowKind::Seats(post, _) | RowKind::Entry(post, _) | RowKind::Cover(post, _) | RowKind::Essential(post, _) => {
            of_post(post)
        }
        _ => 1.0 / (row.limit.abs().max(1) as f64),
    };
    let rows = field.ground.rows;
    rows.rows.iter().zip(&rows.room_at_no_cost()).map(step).collect()
}
