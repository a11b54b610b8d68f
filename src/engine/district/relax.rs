//! The linear programme of a goal: solved over the known lines, asked for more lines round by round, read for a bound,
//! and rounded off to a plan.

use super::bounds::Dual;
use super::neighbourhood::Column;
use super::pdhg::{Splitting, Task};
use super::search::Search;
use crate::engine::dual::{Goal, Reached, above_floors};
use crate::engine::pricing::{ONE, Prices};
use crate::engine::rows::TIERS;
use crate::engine::steps::held;

/// Steps before the first rounds ask for more lines; later rounds as the last.
const STEPS: [u32; 6] = [10, 10, 20, 20, 30, 40];
/// How much longer the rounds get once they find hardly any line that was missing.
const CALM: u32 = 5;
/// So many times what is little may be missing where hardly any line is.
const SETTLED: i64 = 4;
/// Most rounds, and how many without more than a little end them.
pub const ROUNDS: usize = 60;
/// Most rounds of a tier's first programme, so that every tier's turn comes soon; the next go on where it ended.
pub const FIRST_ROUNDS: usize = 36;
const STALE: usize = 4;
/// Share of the blend at which later tiers decide between equals: at first, what it falls by each round, and at last.
const HINT: f64 = 1.0;
const HINT_FALL: f64 = 0.75;
const HINT_LEAST: f64 = 0.003;
/// Lines with a smaller share are left out when shares are rounded off: in a hurry, and once the programme is solved.
pub const SLIGHT: f64 = 0.01;
/// Rounding off stops at so many times what is little, or after so many nodes.
const ROUGH: i64 = 20;
const NODES: i64 = 50;
/// Rounding off the blend stops at this part of what the plan lacks to the bound.
const BLEND_PART: i64 = 200;

impl Search<'_, '_, '_> {
    /// Solves the linear programme of a goal; keeps its prices, and gives its bound in price units, where all posts are in
    /// sight. A `fresh` one lets later tiers count as in
    /// the blend at first, so that it begins where that one ended.
    pub(super) fn relax(&mut self, goal: Goal, start: Option<Prices>, fresh: bool, rounds: usize) -> Option<i64> {
        let rows = self.field.ground.rows.rows.len();
        let start = start.unwrap_or_else(|| Prices { rows: vec![0; rows], weights: [0; TIERS] });
        self.pool.hold(&self.plan.lines, &self.plan.uses);
        let floors: Vec<usize> = held(&self.order[..goal.floors()]).collect();
        let least = self.struck(goal.floors()).into_iter().map(|tier| (tier, 0)).collect();
        let most = self.most_for(goal.floors());
        let later = self.later(goal);
        let hints = |round: usize| {
            let fallen = if fresh { HINT * HINT_FALL.powi(round as i32) } else { 0.0 };
            later.map(|weight| weight * fallen.max(HINT_LEAST))
        };
        let weights = goal.weights(&self.order);
        let task = Task { weights, hints: hints(0), floors: &floors, values: self.worth, most: &most };
        let slot = self.slot(goal);
        let mut run = Splitting::new(&self.field, task, &start, &self.pool, self.omega[slot]);
        let mut best: Option<Reached> = None;
        let mut marks: Vec<i64> = Vec::new();
        let mut calm = 0;
        for round in 0..rounds {
            if !self.meter.round() {
                break;
            }
            let falling = hints(round) != hints(round + 1);
            // A bound is read only where no later tier counts.
            let pure = later == [0.0; TIERS] || round % if falling { 4 } else { 2 } == 1;
            let prices = run.prices(!pure);
            let known = self.pool.dual(&self.field, &prices, &most);
            let Some(dual) = self.pool.refresh(&self.field, &prices, &most) else { break };
            run.adopt(&self.pool);
            let bound = above_floors(dual, &prices, &self.order, goal.floors(), &self.worth);
            let missing = dual - known;
            tracing::trace!(round, pure, bound = bound / ONE, missing = missing / ONE, state = ?run.state(), "relaxed");
            if pure {
                if best.as_ref().is_none_or(|best| bound < best.bound) {
                    best = Some(Reached { prices, bound });
                }
                // The start may be better than what the first rounds reach; it says nothing of how they go.
                if round > 0 {
                    marks.push(marks.last().map_or(bound, |mark| bound.min(*mark)));
                }
            }
            let settled = missing <= SETTLED * self.little(goal);
            if self.done(goal, best.as_ref()) || (pure && !falling && settled && self.stale(goal, &marks)) {
                break;
            }
            calm = if settled { (calm + 1).min(CALM) } else { 0 };
            if falling {
                run.hint(hints(round + 1), &self.pool);
            }
            run.run(&mut self.pool, STEPS[round.min(STEPS.len() - 1)] * (1 + calm));
        }
        self.omega[slot] = run.omega();
        let Reached { prices, bound } = best?;
        let seconds = self.meter.started.elapsed().as_secs_f64();
        tracing::debug!(?goal, bound = bound as f64 / ONE as f64, read = marks.len(), seconds, "relaxed");
        if self.field.blocks.is_some() {
            self.prices[slot] = Some(prices);
            return None;
        }
        match goal {
            Goal::Tier(k) => {
                let weights = prices.weights;
                let value = bound - above_floors(0, &prices, &self.order, k, &self.worth);
                if self.prices[k].is_none() || self.bound(k) > bound.div_euclid(ONE) {
                    self.prices[k] = Some(prices);
                }
                self.duals[k].push(Dual { value, weights, least });
            }
            Goal::Blend(_) => {
                // The last step's unit is the blend's: with its weights as the prices of floors, the blend bounds it too.
                if let Some(duals) = self.duals.last_mut() {
                    duals.push(Dual { value: bound, weights: prices.weights, least: Vec::new() });
                }
                self.prices[slot] = Some(prices);
            }
        }
        Some(bound)
    }

    /// Whether the bound meets the plan.
    fn done(&self, goal: Goal, best: Option<&Reached>) -> bool {
        match (goal, best) {
            (Goal::Tier(k), Some(reached)) => reached.bound.div_euclid(ONE) <= self.order[k].worth(&self.worth),
            _ => false,
        }
    }

    fn stale(&self, goal: Goal, marks: &[i64]) -> bool {
        let Some(before) = marks.len().checked_sub(1 + STALE).map(|at| marks[at]) else { return false };
        let now = marks[marks.len() - 1];
        // The blend has to be solved well, or rounding it off takes longer than what was saved.
        let share = if let Goal::Tier(_) = goal { self.lacks(goal, now) / 20 } else { 0 };
        before - now <= self.little(goal).max(share)
    }

    /// Weights of the tiers after a goal, in its units.
    fn later(&self, goal: Goal) -> [f64; TIERS] {
        let mut weights = [0.0; TIERS];
        if let Goal::Tier(k) = goal {
            let blend = self.blend();
            let unit = self.order[k].units_in(&blend) as f64;
            for tier in held(&self.order[k + 1..]) {
                weights[tier] = blend[tier] as f64 / unit;
            }
        }
        weights
    }

    pub(super) fn slot(&self, goal: Goal) -> usize {
        match goal {
            Goal::Tier(k) => k,
            Goal::Blend(_) => self.order.len(),
        }
    }

    /// A change of a bound that is not worth further rounds, in price units: a tenth of a unit, or 1/20,000 of what was
    /// gained.
    fn little(&self, goal: Goal) -> i64 {
        let weights = goal.weights(&self.order);
        let tiers = self.field.ground.tiers.iter().zip(&self.reported.nobody);
        let gained: i64 = tiers
            .zip(&self.worth)
            .zip(&weights)
            .map(|(((tier, nobody), now), weight)| weight * (now - tier.as_gain(*nobody)))
            .sum();
        (ONE / 10).max(gained.abs() * ONE / 20_000)
    }

    /// What the plan lacks to a bound, in price units.
    fn lacks(&self, goal: Goal, bound: i64) -> i64 {
        let weights = goal.weights(&self.order);
        bound - ONE * self.worth.iter().zip(&weights).map(|(worth, weight)| worth * weight).sum::<i64>()
    }

    /// One programme over the lines with a share, and everybody's present one, given the bound of the linear programme.
    pub(super) fn round_off(&mut self, goal: Goal, least: f64, bound: i64) {
        if !self.meter.round() {
            return;
        }
        let columns = (0..self.field.people.len()).map(|person| self.shared(person, least)).collect();
        let rough = match goal {
            Goal::Tier(_) => ROUGH * self.little(goal),
            Goal::Blend(_) => self.lacks(goal, bound) / BLEND_PART,
        };
        self.choose_anew(goal, columns, (rough as f64 / ONE as f64).max(0.99), NODES);
    }

    fn shared(&self, person: usize, least: f64) -> Vec<Column> {
        let present = &self.plan.lines[person];
        let known = self.pool.of(person).iter().filter(|known| known.share > least && known.line != *present);
        std::iter::once(Column { line: present.clone(), used: self.plan.uses[person].clone() })
            .chain(known.map(|known| Column { line: known.line.clone(), used: known.used.clone() }))
            .collect()
    }
}
