//! The Lagrangian dual: price every joint row, let each person pick their best path alone. The bound is valid for any
//! prices, so no solver need be trusted.
//!
//! With tier weights c and prices π, D(π, c) = Σ π·limit + Σ auxiliaries' best + Σ people's best path. The bound of
//! tier k over plans whose earlier tiers are at least `values` is D − Σ_{j<k} c_j·values_j, with c_k = 1 and
//! c_{j>k} = 0.

use super::formulation::{Formulation, Path, Totals};
use super::pricing::{NEVER, ONE, Priced, Prices};
use super::rows::{Rows, TIERS};
use super::steps::{Step, held};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// One sweep over all people at given prices.
pub struct Sweep {
    /// D, in price units.
    pub dual: i64,
    /// Use of each row, auxiliaries included.
    pub usage: Vec<i64>,
    /// Gains per tier, auxiliaries included.
    pub totals: Totals,
    /// The path each person picked.
    pub paths: Vec<Path>,
}

/// What one chunk of people adds: value, use of rows, gains, paths.
type Part = (i64, Vec<i64>, Totals, Vec<Path>);

/// Sweeps once; `None` where somebody has no path at all.
#[must_use]
pub fn sweep(formulation: &Formulation<'_>, prices: &Prices, most: &[i64]) -> Option<Sweep> {
    let rows = formulation.rows.rows.len();
    let people: Vec<usize> = (0..formulation.networks.len()).collect();
    // Whole-number sums: the chunks' order does not matter.
    let parts: Vec<Option<Part>> = people
        .par_chunks(16)
        .map(|chunk| {
            let mut usage = vec![0; rows];
            let mut totals = Totals::default();
            let mut value = 0;
            let mut paths = Vec::with_capacity(chunk.len());
            for person in chunk {
                let priced = Priced::new(formulation, *person, prices);
                if priced.best() == NEVER {
                    return None;
                }
                value += priced.best();
                let path = priced.path();
                formulation.add_path(*person, &path, &mut usage, &mut totals);
                paths.push(path);
            }
            Some((value, usage, totals, paths))
        })
        .collect();
    let mut sweep = Sweep { dual: 0, usage: vec![0; rows], totals: Totals::default(), paths: Vec::new() };
    for part in parts {
        let (value, usage, totals, paths) = part?;
        sweep.dual += value;
        sweep.paths.extend(paths);
        for (sum, used) in sweep.usage.iter_mut().zip(&usage) {
            *sum += used;
        }
        for (sum, total) in sweep.totals.iter_mut().zip(&totals) {
            *sum += total;
        }
    }
    sweep.dual += price_rows(&formulation.rows, prices, most, &mut sweep.usage, &mut sweep.totals);
    Some(sweep)
}

/// What the rows' limits and the auxiliaries add to D; adds the use and the gains of the auxiliaries that pay.
pub fn price_rows(rows: &Rows, prices: &Prices, most: &[i64], usage: &mut [i64], totals: &mut Totals) -> i64 {
    let mut dual: i64 = rows.rows.iter().zip(&prices.rows).map(|(row, price)| row.limit * price).sum();
    for (aux, most) in rows.aux.iter().zip(most) {
        let gain: i64 = aux.gains.iter().zip(&prices.weights).map(|(gain, weight)| i64::from(*gain) * weight).sum();
        let cost: i64 = aux.rows.iter().map(|(row, c)| prices.rows[*row as usize] * i64::from(*c)).sum();
        if gain > cost {
            dual += (gain - cost) * most;
            for (row, coefficient) in &aux.rows {
                usage[*row as usize] += i64::from(*coefficient) * most;
            }
            for (sum, gain) in totals.iter_mut().zip(&aux.gains) {
                *sum += i64::from(*gain) * most;
            }
        }
    }
    dual
}

/// Bound of step `k` in price units: D less the floors of earlier steps at their weights.
#[must_use]
pub fn above_floors(dual: i64, prices: &Prices, order: &[Step], k: usize, values: &Totals) -> i64 {
    held(&order[..k]).fold(dual, |dual, tier| dual - prices.weights[tier] * values[tier])
}

/// What the dual of one tier has reached.
#[derive(Clone, Debug)]
pub struct Reached {
    /// Prices of the best bound.
    pub prices: Prices,
    /// Best bound, in price units, above the floors.
    pub bound: i64,
}

/// Paths picked by each person, with the sweep that picked them last and how often.
pub type Pool = Vec<BTreeMap<Path, (u32, u32)>>;

/// What a dual, a master or a model works for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// The step at this position of the order, with floors for those before it.
    Tier(usize),
    /// Σ weight · tier, without floors: for the opening.
    Blend([i64; TIERS]),
}

impl Goal {
    /// Number of steps with a floor.
    #[must_use]
    pub fn floors(self) -> usize {
        match self {
            Self::Tier(k) => k,
            Self::Blend(_) => 0,
        }
    }

    /// Weights of the objective.
    #[must_use]
    pub fn weights(self, order: &[Step]) -> [i64; TIERS] {
        match self {
            Self::Tier(k) => order[k].weights,
            Self::Blend(weights) => weights,
        }
    }
}

/// One subgradient run for a goal, with floors at `values`.
pub struct Ascent<'a, 'f> {
    formulation: &'a Formulation<'f>,
    most: &'a [i64],
    order: &'a [Step],
    k: usize,
    weights: [i64; TIERS],
    values: &'a Totals,
    rows: Vec<f64>,
    row_means: Vec<f64>,
    floors: [f64; TIERS],
    floor_means: [f64; TIERS],
    floor_steps: [f64; TIERS],
    step: f64,
    /// The best so far.
    pub best: Option<Reached>,
    /// Every path that a person picked on the way, with the sweep that picked it last and how often.
    pub pool: Pool,
    sweeps: u32,
}

impl<'a, 'f> Ascent<'a, 'f> {
    /// Starts at `start`, with a first step of `step` price units.
    #[must_use]
    pub fn new(
        formulation: &'a Formulation<'f>,
        most: &'a [i64],
        order: &'a [Step],
        goal: Goal,
        values: &'a Totals,
        start: &Prices,
        step: f64,
    ) -> Self {
        let (k, weights) = (goal.floors(), goal.weights(order));
        let mut floors = [0.0; TIERS];
        for tier in held(&order[..k]) {
            floors[tier] = start.weights[tier] as f64;
        }
        let mut floor_steps = [0.0; TIERS];
        for tier in held(&order[..k]) {
            floor_steps[tier] = formulation.floor_step(tier);
        }
        Self {
            formulation,
            most,
            order,
            k,
            weights,
            values,
            rows: start.rows.iter().map(|price| *price as f64).collect(),
            row_means: vec![0.0; start.rows.len()],
            floors,
            floor_means: [0.0; TIERS],
            floor_steps,
            step,
            best: None,
            pool: vec![BTreeMap::new(); formulation.networks.len()],
            sweeps: 0,
        }
    }

    fn prices(&self) -> Prices {
        let mut weights = self.weights.map(|weight| weight * ONE);
        for tier in held(&self.order[..self.k]) {
            weights[tier] = self.floors[tier].round() as i64;
        }
        Prices { rows: self.rows.iter().map(|price| price.round() as i64).collect(), weights }
    }

    /// `sweeps` sweeps, the step falling by `fall` each. `false` where somebody has no path.
    pub fn run(&mut self, sweeps: usize, fall: f64) -> bool {
        for _ in 0..sweeps {
            let prices = self.prices();
            let Some(sweep) = sweep(self.formulation, &prices, self.most) else { return false };
            let bound = above_floors(sweep.dual, &prices, self.order, self.k, self.values);
            if self.best.as_ref().is_none_or(|best| bound < best.bound) {
                self.best = Some(Reached { prices, bound });
            }
            self.sweeps += 1;
            for (pool, path) in self.pool.iter_mut().zip(sweep.paths.iter()) {
                let seen = pool.entry(path.clone()).or_insert((0, 0));
                *seen = (self.sweeps, seen.1 + 1);
            }
            self.advance(&sweep);
            self.step *= fall;
        }
        true
    }

    /// m ← 0.95 m + 0.05 (usage − side); π ← max(0, π + s·κ·m).
    fn advance(&mut self, sweep: &Sweep) {
        let rows = &self.formulation.rows.rows;
        for (r, row) in rows.iter().enumerate() {
            let over = (sweep.usage[r] - row.limit) as f64;
            self.row_means[r] = 0.95 * self.row_means[r] + 0.05 * over;
            self.rows[r] = (self.rows[r] + self.step * self.formulation.kappa[r] * self.row_means[r]).max(0.0);
        }
        for tier in held(&self.order[..self.k]) {
            let short = (self.values[tier] - sweep.totals[tier]) as f64;
            self.floor_means[tier] = 0.95 * self.floor_means[tier] + 0.05 * short;
            let moved = self.floors[tier] + self.step * self.floor_steps[tier] * self.floor_means[tier];
            self.floors[tier] = moved.max(0.0);
        }
    }
}
