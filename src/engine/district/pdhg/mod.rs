//! The linear programme over the known lines, by a primal–dual hybrid gradient (Chambolle & Pock 2011) with diagonal
//! steps (Pock & Chambolle 2011), restarts from averages and a primal weight (Applegate et al. 2021). Unlike a
//! subgradient it takes ties as they are: people share lines that are worth the same.
//!
//! Everybody's shares of their lines sum to 1; shortages and excesses lie between 0 and their bound; each row, and the
//! floor of each earlier tier, has a price. Prices need not be right for a bound to hold (see `dual.rs`).

use super::field::Field;
use super::pool::Pool;
use crate::engine::formulation::Totals;
use crate::engine::pricing::{ONE, Prices};
use crate::engine::rows::TIERS;
use rayon::prelude::*;

mod lines;
mod measure;
mod restart;
mod step;

/// People a chunk of parallel work.
const PEOPLE: usize = 64;
/// Steps between two looks at how far it is.
const LOOK: u32 = 40;
/// No price is above this, in price units, so that whole-number sums hold.
const DEAREST: f64 = (1_i64 << 36) as f64;

/// What is maximised, and what may not be lost.
#[derive(Clone, Debug)]
pub struct Task<'a> {
    /// Weights of the tiers.
    pub weights: [i64; TIERS],
    /// Small weights of later tiers, which decide between equals; they count in no bound.
    pub hints: [f64; TIERS],
    /// Tiers with a floor.
    pub floors: &'a [usize],
    /// The floors.
    pub values: Totals,
    /// Bounds of the auxiliary variables.
    pub most: &'a [i64],
}

/// A point: shares of lines, auxiliaries, prices of rows and of floors.
#[derive(Clone, Debug, Default)]
struct Point {
    shares: Vec<f64>,
    aux: Vec<f64>,
    prices: Vec<f64>,
}

/// A run.
pub struct Splitting<'a, 'f> {
    field: &'a Field<'f>,
    task: Task<'a>,
    rows: usize,
    /// Limits of rows and floors.
    limits: Vec<f64>,
    /// Worth of a unit of an auxiliary; its rows and, behind them, its tiers.
    aux_worth: Vec<f64>,
    aux_terms: Vec<(u32, i32)>,
    aux_from: Vec<usize>,
    /// Steps by row, by person and by auxiliary.
    sigma: Vec<f64>,
    tau: Vec<f64>,
    aux_tau: Vec<f64>,
    /// The lines of the pool.
    lines: lines::Lines,
    /// Lines that are looked at in every step: by person, from where on.
    active: Vec<u32>,
    active_from: Vec<usize>,
    /// Lines of those who have been given one for good.
    settled: Vec<Option<u32>>,
    now: Point,
    /// Use of each row at the present point.
    used: Vec<f64>,
    sum: Point,
    sum_weight: f64,
    since: u32,
    anchor: Point,
    anchor_error: f64,
    last_error: f64,
    /// Prices of the better of the present point and the average, when last looked at.
    candidate: Vec<f64>,
    total: u32,
    eta: f64,
    omega: f64,
    first_omega: f64,
}

impl<'a, 'f> Splitting<'a, 'f> {
    /// Starts at these prices and at the shares of the pool.
    #[must_use]
    pub fn new(field: &'a Field<'f>, task: Task<'a>, start: &Prices, pool: &Pool, omega: f64) -> Self {
        let rows = field.ground.rows.rows.len();
        let mut limits: Vec<f64> = field.ground.rows.rows.iter().map(|row| row.limit as f64).collect();
        limits.extend([f64::INFINITY; TIERS]);
        let mut prices: Vec<f64> = start.rows.iter().map(|price| *price as f64 / ONE as f64).collect();
        prices.extend([0.0; TIERS]);
        for tier in task.floors {
            limits[rows + tier] = -(task.values[*tier] as f64);
            prices[rows + tier] = start.weights[*tier] as f64 / ONE as f64;
        }
        let aux = vec![0.0; field.ground.rows.aux.len()];
        let (mut aux_terms, mut aux_from) = (Vec::new(), vec![0]);
        for one in &field.ground.rows.aux {
            aux_terms.extend(&one.rows);
            let tiers = one.gains.iter().enumerate().filter(|(_, gain)| **gain != 0);
            aux_terms.extend(tiers.map(|(tier, gain)| ((rows + tier) as u32, -gain)));
            aux_from.push(aux_terms.len());
        }
        let mut run = Self {
            field,
            rows,
            limits,
            aux_worth: Vec::new(),
            aux_terms,
            aux_from,
            sigma: Vec::new(),
            tau: Vec::new(),
            aux_tau: Vec::new(),
            lines: lines::Lines::default(),
            active: Vec::new(),
            active_from: Vec::new(),
            settled: vec![None; pool.people()],
            candidate: prices.clone(),
            now: Point { shares: pool.shares(), aux, prices },
            used: Vec::new(),
            sum: Point::default(),
            sum_weight: 0.0,
            since: 0,
            anchor: Point::default(),
            anchor_error: f64::INFINITY,
            last_error: f64::INFINITY,
            total: 0,
            eta: 1.0,
            omega,
            first_omega: omega,
            task,
        };
        run.weigh(pool);
        run.measure(pool);
        run.restart(run.now.clone(), pool);
        run
    }

    /// Takes the lines that the pool knows now.
    pub fn adopt(&mut self, pool: &Pool) {
        let moved = |of: &[f64]| -> Vec<f64> {
            pool.origin().iter().map(|at| of.get(*at as usize).copied().unwrap_or(0.0)).collect()
        };
        self.now.shares = moved(&self.now.shares);
        self.sum.shares = moved(&self.sum.shares);
        self.anchor.shares = moved(&self.anchor.shares);
        self.weigh(pool);
        self.measure(pool);
        self.used = self.usage(&self.now);
        self.activate_all(pool);
    }

    /// Looks at every line, but of who is settled only at theirs.
    fn activate_all(&mut self, pool: &Pool) {
        self.active.clear();
        self.active_from.clear();
        for (person, settled) in self.settled.iter().enumerate() {
            self.active_from.push(self.active.len());
            match settled {
                Some(at) => self.active.push(*at),
                None => self.active.extend(pool.lines_of(person).map(|at| at as u32)),
            }
        }
        self.active_from.push(self.active.len());
    }

    /// Gives a person one line for good: this position among all lines.
    pub fn settle(&mut self, person: usize, at: usize) {
        self.settled[person] = Some(at as u32);
    }

    /// Opens the lines of a person again.
    pub fn unsettle(&mut self, person: usize) {
        self.settled[person] = None;
    }

    /// So many steps from here, with means of their own.
    pub fn go_on(&mut self, pool: &Pool, steps: u32) {
        for (person, at) in self.settled.iter().enumerate() {
            if let Some(at) = at {
                self.now.shares[pool.lines_of(person)].fill(0.0);
                self.now.shares[*at as usize] = 1.0;
            }
        }
        self.restart(self.now.clone(), pool);
        for _ in 0..steps {
            self.step(pool);
        }
        self.candidate = self.now.prices.clone();
    }

    /// Mean share of a line since the last start.
    #[must_use]
    pub fn mean(&self, at: usize) -> f64 {
        self.sum.shares[at] / self.sum_weight
    }

    fn restart(&mut self, at: Point, pool: &Pool) {
        let zero = |of: &Vec<f64>| vec![0.0; of.len()];
        self.sum = Point { shares: zero(&at.shares), aux: zero(&at.aux), prices: zero(&at.prices) };
        self.sum_weight = 0.0;
        self.since = 0;
        self.used = self.usage(&at);
        self.anchor = at.clone();
        self.anchor_error = f64::INFINITY;
        self.last_error = f64::INFINITY;
        self.now = at;
        self.activate_all(pool);
    }

    fn usage(&self, point: &Point) -> Vec<f64> {
        let mut used = vec![0.0; self.rows + TIERS];
        for (at, share) in point.shares.iter().enumerate().filter(|(_, share)| **share != 0.0) {
            self.lines.add(at, *share, &mut used);
        }
        self.use_aux(&point.aux, &mut used);
        used
    }

    fn use_aux(&self, aux: &[f64], used: &mut [f64]) {
        for (at, value) in aux.iter().enumerate().filter(|(_, value)| **value != 0.0) {
            for (row, c) in &self.aux_terms[self.aux_from[at]..self.aux_from[at + 1]] {
                used[*row as usize] += value * f64::from(*c);
            }
        }
    }

    fn weight(&self, tier: usize) -> f64 {
        self.task.weights[tier] as f64 + self.task.hints[tier]
    }

    /// Lets later tiers count less.
    pub fn hint(&mut self, hints: [f64; TIERS], pool: &Pool) {
        self.task.hints = hints;
        self.weigh(pool);
        self.restart(self.now.clone(), pool);
    }

    /// What lines and auxiliaries are worth.
    fn weigh(&mut self, pool: &Pool) {
        let weights: Vec<f64> = (0..TIERS).map(|tier| self.weight(tier)).collect();
        self.lines = lines::Lines::new(pool, self.rows, &weights, self.task.floors);
        let worth = |gains: [i32; TIERS]| (0..TIERS).map(|tier| f64::from(gains[tier]) * self.weight(tier)).sum();
        self.aux_worth = self.field.ground.rows.aux.iter().map(|aux| worth(aux.gains)).collect();
    }

    fn aux_profit(&self, at: usize, prices: &[f64]) -> f64 {
        self.aux_worth[at] - cost(&self.aux_terms[self.aux_from[at]..self.aux_from[at + 1]], prices)
    }

    /// D over the known lines.
    fn dual(&self, pool: &Pool, prices: &[f64]) -> f64 {
        let people: Vec<f64> = (0..pool.people())
            .into_par_iter()
            .with_min_len(PEOPLE)
            .map(|person| {
                pool.lines_of(person).map(|at| self.lines.profit(at, prices)).fold(f64::NEG_INFINITY, f64::max)
            })
            .collect();
        let limited = self.limits.iter().zip(prices).filter(|(limit, _)| limit.is_finite());
        let limits: f64 = limited.map(|(limit, price)| limit * price).sum();
        let aux = (0..self.aux_worth.len()).map(|at| self.aux_profit(at, prices).max(0.0) * self.task.most[at] as f64);
        people.iter().sum::<f64>() + limits + aux.sum::<f64>()
    }

    /// So many steps.
    pub fn run(&mut self, pool: &mut Pool, steps: u32) {
        for step in 1..=steps {
            self.step(pool);
            if step % LOOK == 0 || step == steps {
                self.consider(pool);
            }
        }
        pool.set_shares(&self.now.shares);
    }

    /// The prices reached, in price units: with the later tiers at their small weights, or without.
    #[must_use]
    pub fn prices(&self, hinted: bool) -> Prices {
        let unit = |price: f64| (price * ONE as f64).round().clamp(0.0, DEAREST) as i64;
        let mut weights = self.task.weights.map(|weight| weight * ONE);
        for tier in self.task.floors {
            weights[*tier] += unit(self.candidate[self.rows + tier]);
        }
        if hinted {
            for (weight, hint) in weights.iter_mut().zip(&self.task.hints) {
                *weight += unit(*hint);
            }
        }
        let mut rows: Vec<i64> = self.candidate[..self.rows].iter().map(|price| unit(*price)).collect();
        // A shortage that can be bought is never priced above what it costs.
        let bought = self.field.ground.rows.aux.iter().zip(self.task.most).filter(|(_, most)| **most > 0);
        for (row, most) in bought.filter_map(|(aux, _)| aux.dearest(&weights)) {
            let price = &mut rows[row as usize];
            *price = (*price).min(most);
        }
        Prices { rows, weights }
    }

    /// The primal weight.
    #[must_use]
    pub fn omega(&self) -> f64 {
        self.omega
    }

    /// For the log: step, primal weight, error, steps, lines looked at in a step.
    #[must_use]
    pub fn state(&self) -> (f64, f64, f64, u32, usize) {
        (self.eta, self.omega, self.anchor_error, self.total, self.active.len())
    }
}

fn cost(terms: &[(u32, i32)], table: &[f64]) -> f64 {
    terms.iter().map(|(row, c)| table[*row as usize] * f64::from(*c)).sum()
}

fn add(sum: &mut [f64], of: &[f64], weight: f64) {
    for (sum, of) in sum.iter_mut().zip(of) {
        *sum += weight * of;
    }
}
