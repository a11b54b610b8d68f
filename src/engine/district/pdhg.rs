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

/// People of a row beyond which its step falls no further: shares are few.
const CROWD: f64 = 30.0;
const FLOOR_CROWD: f64 = 600.0;
/// People a chunk of parallel work.
const PEOPLE: usize = 64;
/// All lines are looked at in every so many steps; between them those that come close to a share, in units of the
/// primal weight.
const WHOLE: u32 = 10;
const MARGIN: f64 = 0.01;
/// Steps between two looks at how far it is.
const LOOK: u32 = 40;
/// Bounds of the step, in units of the diagonal steps.
const SHORTEST: f64 = 1e-3;
const LONGEST: f64 = 8.0;
/// No price is above this, in price units, so that whole-number sums hold.
const DEAREST: f64 = (1_i64 << 36) as f64;
/// How far the primal weight may go from its start.
const OMEGA: f64 = 4.0;

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
    /// Lines that are looked at in every step: by person, from where on.
    active: Vec<u32>,
    active_from: Vec<usize>,
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
        let weigh: Vec<f64> = (0..TIERS).map(|tier| task.weights[tier] as f64 + task.hints[tier]).collect();
        let worth = |gains: &[i32; TIERS]| -> f64 {
            gains.iter().zip(&weigh).map(|(gain, weight)| f64::from(*gain) * weight).sum()
        };
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
            aux_worth: field.ground.rows.aux.iter().map(|aux| worth(&aux.gains)).collect(),
            aux_terms,
            aux_from,
            sigma: Vec::new(),
            tau: Vec::new(),
            aux_tau: Vec::new(),
            active: Vec::new(),
            active_from: Vec::new(),
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
        self.measure(pool);
        self.used = self.usage(pool, &self.now);
        self.activate_all(pool);
    }

    fn activate_all(&mut self, pool: &Pool) {
        self.active = (0..pool.len() as u32).collect();
        self.active_from = (0..=pool.people()).map(|person| pool.from(person)).collect();
    }

    /// Steps by row, person and auxiliary.
    fn measure(&mut self, pool: &Pool) {
        let all = self.rows + TIERS;
        let aux_rows = &self.field.ground.rows.aux;
        // The largest coefficient of each row, and how many may use it.
        let (mut largest, mut crowd) = (vec![1e-9_f64; all], vec![0.0_f64; all]);
        let mut seen: Vec<(u32, i32)> = vec![(u32::MAX, 0); all];
        for person in 0..pool.people() {
            for at in pool.lines_of(person) {
                for (row, c) in pool.terms(at) {
                    let slot = &mut seen[*row as usize];
                    if slot.0 != person as u32 {
                        *slot = (person as u32, 0);
                    }
                    let more = (c.abs() - slot.1).max(0);
                    slot.1 += more;
                    crowd[*row as usize] += f64::from(more);
                    largest[*row as usize] = largest[*row as usize].max(f64::from(c.abs()));
                }
            }
        }
        for aux in aux_rows {
            let tiers = self.task.floors.iter().map(|tier| ((self.rows + tier) as u32, aux.gains[*tier]));
            for (row, c) in aux.rows.iter().copied().chain(tiers) {
                let c = f64::from(c.abs());
                crowd[row as usize] += c;
                largest[row as usize] = largest[row as usize].max(c);
            }
        }
        self.sigma = largest
            .iter()
            .zip(&crowd)
            .enumerate()
            .map(|(row, (largest, crowd))| {
                let people = (crowd / largest).max(1.0);
                let most = if row < self.rows { CROWD } else { FLOOR_CROWD };
                1.0 / (largest * largest * people.min(most))
            })
            .collect();
        let active = |row: u32| (row as usize) < self.rows || self.limits[row as usize].is_finite();
        let share = |(row, c): (u32, i32)| f64::from(c.abs()) / largest[row as usize];
        self.tau = (0..pool.people())
            .map(|person| {
                let most = pool.lines_of(person).map(|at| {
                    pool.terms(at).iter().filter(|(row, _)| active(*row)).map(|term| share(*term)).sum::<f64>()
                });
                1.0 / most.fold(1.0, f64::max)
            })
            .collect();
        self.aux_tau =
            aux_rows.iter().map(|aux| 1.0 / aux.rows.iter().map(|term| share(*term)).sum::<f64>().max(1.0)).collect();
    }

    fn restart(&mut self, at: Point, pool: &Pool) {
        let zero = |of: &Vec<f64>| vec![0.0; of.len()];
        self.sum = Point { shares: zero(&at.shares), aux: zero(&at.aux), prices: zero(&at.prices) };
        self.sum_weight = 0.0;
        self.since = 0;
        self.used = self.usage(pool, &at);
        self.anchor = at.clone();
        self.anchor_error = f64::INFINITY;
        self.last_error = f64::INFINITY;
        self.now = at;
        self.activate_all(pool);
    }

    fn usage(&self, pool: &Pool, point: &Point) -> Vec<f64> {
        let mut used = vec![0.0; self.rows + TIERS];
        for (at, share) in point.shares.iter().enumerate().filter(|(_, share)| **share != 0.0) {
            for (row, c) in pool.terms(at) {
                used[*row as usize] += share * f64::from(*c);
            }
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

    /// What each row costs and, behind the rows, what a unit of each tier is worth with the price of its floor.
    fn table(&self, prices: &[f64]) -> Vec<f64> {
        let mut table = prices.to_vec();
        for tier in 0..TIERS {
            table[self.rows + tier] += self.weight(tier);
        }
        table
    }

    fn weight(&self, tier: usize) -> f64 {
        self.task.weights[tier] as f64 + self.task.hints[tier]
    }

    /// Lets later tiers count less.
    pub fn hint(&mut self, hints: [f64; TIERS], pool: &Pool) {
        self.task.hints = hints;
        let gains = self.field.ground.rows.aux.iter().map(|aux| aux.gains);
        self.aux_worth =
            gains.map(|gains| (0..TIERS).map(|tier| f64::from(gains[tier]) * self.weight(tier)).sum()).collect();
        self.restart(self.now.clone(), pool);
    }

    fn aux_profit(&self, at: usize, prices: &[f64]) -> f64 {
        self.aux_worth[at] - cost(&self.aux_terms[self.aux_from[at]..self.aux_from[at + 1]], prices)
    }

    /// D over the known lines.
    fn dual(&self, pool: &Pool, prices: &[f64]) -> f64 {
        let table = self.table(prices);
        let people: Vec<f64> = (0..pool.people())
            .into_par_iter()
            .with_min_len(PEOPLE)
            .map(|person| {
                pool.lines_of(person).map(|at| -cost(pool.terms(at), &table)).fold(f64::NEG_INFINITY, f64::max)
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

    fn step(&mut self, pool: &Pool) {
        let whole = self.since.is_multiple_of(WHOLE);
        if whole {
            self.activate_all(pool);
        }
        loop {
            self.total += 1;
            let table = self.table(&self.now.prices);
            let step = self.eta / self.omega;
            let (shares, active, from) = (&self.now.shares, &self.active, &self.active_from);
            let margin = MARGIN * self.omega * step;
            // New shares of the lines looked at, what moved, and the lines to look at from now on.
            type Part = (Vec<f64>, f64, Vec<u32>, Vec<usize>);
            let people: Vec<usize> = (0..pool.people()).collect();
            let parts: Vec<Part> = people
                .par_chunks(PEOPLE)
                .map(|people| {
                    let (mut new, mut moved) = (Vec::new(), 0.0);
                    let (mut near, mut counts) = (Vec::new(), Vec::new());
                    for person in people {
                        let lines = &active[from[*person]..from[*person + 1]];
                        let tau = step * self.tau[*person];
                        let start = new.len();
                        new.extend(
                            lines.iter().map(|at| shares[*at as usize] - tau * cost(pool.terms(*at as usize), &table)),
                        );
                        let level = level(&new[start..]);
                        if whole {
                            let least = level - margin * self.tau[*person];
                            let before = near.len();
                            near.extend(
                                lines.iter().zip(&new[start..]).filter(|(_, new)| **new > least).map(|(at, _)| *at),
                            );
                            counts.push(near.len() - before);
                        }
                        let mut squares = 0.0;
                        for (new, at) in new[start..].iter_mut().zip(lines) {
                            *new = (*new - level).max(0.0);
                            squares += (*new - shares[*at as usize]).powi(2);
                        }
                        moved += self.omega * squares / self.tau[*person];
                    }
                    (new, moved, near, counts)
                })
                .collect();
            let mut moved: f64 = parts.iter().map(|part| part.1).sum();
            let new_aux: Vec<f64> = (0..self.now.aux.len())
                .map(|at| {
                    let moved = self.now.aux[at] + step * self.aux_tau[at] * self.aux_profit(at, &self.now.prices);
                    moved.clamp(0.0, self.task.most[at] as f64)
                })
                .collect();
            let mut used = vec![0.0; self.rows + TIERS];
            for (at, share) in self.active.iter().zip(parts.iter().flat_map(|part| &part.0)) {
                if *share != 0.0 {
                    for (row, c) in pool.terms(*at as usize) {
                        used[*row as usize] += share * f64::from(*c);
                    }
                }
            }
            self.use_aux(&new_aux, &mut used);
            let new_prices: Vec<f64> = (0..used.len())
                .map(|row| {
                    if self.limits[row].is_infinite() {
                        return 0.0;
                    }
                    let over = 2.0 * used[row] - self.used[row] - self.limits[row];
                    (self.now.prices[row] + self.eta * self.omega * self.sigma[row] * over).max(0.0)
                })
                .collect();
            // The longest step that is safe here.
            for (at, value) in new_aux.iter().enumerate() {
                moved += self.omega * (value - self.now.aux[at]).powi(2) / self.aux_tau[at];
            }
            let mut across = 0.0;
            for (row, price) in new_prices.iter().enumerate() {
                let by = price - self.now.prices[row];
                moved += by * by / (self.omega * self.sigma[row]);
                across += by * (used[row] - self.used[row]);
            }
            let limit = if across.abs() > 1e-12 { moved / (2.0 * across.abs()) } else { f64::INFINITY };
            let count = f64::from(self.total) + 1.0;
            let weight = self.eta;
            self.eta =
                ((1.0 - count.powf(-0.3)) * limit).min((1.0 + count.powf(-0.6)) * self.eta).clamp(SHORTEST, LONGEST);
            if weight > limit && weight > SHORTEST {
                continue;
            }
            for (at, share) in self.active.iter().zip(parts.iter().flat_map(|part| &part.0)) {
                self.now.shares[*at as usize] = *share;
                self.sum.shares[*at as usize] += weight * share;
            }
            if whole {
                self.active = parts.iter().flat_map(|part| part.2.iter().copied()).collect();
                let counts = parts.iter().flat_map(|part| part.3.iter().copied());
                self.active_from = std::iter::once(0)
                    .chain(counts.scan(0, |sum, count| {
                        *sum += count;
                        Some(*sum)
                    }))
                    .collect();
            }
            self.now.aux = new_aux;
            self.now.prices = new_prices;
            self.used = used;
            add(&mut self.sum.aux, &self.now.aux, weight);
            add(&mut self.sum.prices, &self.now.prices, weight);
            self.sum_weight += weight;
            self.since += 1;
            return;
        }
    }

    fn average(&self) -> Point {
        let by = |sum: &Vec<f64>| sum.iter().map(|sum| sum / self.sum_weight).collect();
        Point { shares: by(&self.sum.shares), aux: by(&self.sum.aux), prices: by(&self.sum.prices) }
    }

    /// Distance from the optimum: the gap, and the rows that are broken.
    fn error(&self, pool: &Pool, point: &Point) -> f64 {
        let used = self.usage(pool, point);
        let worth: f64 = (0..TIERS).map(|tier| -used[self.rows + tier] * self.weight(tier)).sum();
        let gap = self.dual(pool, &point.prices) - worth;
        let broken: f64 = used
            .iter()
            .zip(&self.limits)
            .zip(&self.sigma)
            .filter(|((_, limit), _)| limit.is_finite())
            .map(|((used, limit), sigma)| (used - limit).max(0.0).powi(2) * sigma)
            .sum();
        (gap * gap + self.omega * self.omega * broken).sqrt()
    }

    /// Restarts from the better of the present point and the average where that pays.
    fn consider(&mut self, pool: &Pool) {
        let average = self.average();
        let (of_average, of_now) = (self.error(pool, &average), self.error(pool, &self.now));
        let (error, candidate) = if of_average < of_now { (of_average, average) } else { (of_now, self.now.clone()) };
        self.candidate.clone_from(&candidate.prices);
        if self.anchor_error.is_infinite() {
            self.anchor_error = self.error(pool, &self.anchor);
        }
        let enough = error <= 0.2 * self.anchor_error;
        let rising = error <= 0.8 * self.anchor_error && error > self.last_error;
        let long = f64::from(self.since) >= 0.36 * f64::from(self.total);
        self.last_error = error;
        if !(enough || rising || long) {
            return;
        }
        let distance = |a: &[f64], b: &[f64], by: &dyn Fn(usize) -> f64| -> f64 {
            a.iter().zip(b).enumerate().map(|(at, (a, b))| (a - b).powi(2) * by(at)).sum::<f64>()
        };
        let prices = distance(&candidate.prices, &self.anchor.prices, &|row| 1.0 / self.sigma[row]).sqrt();
        let shares = (distance(&candidate.shares, &self.anchor.shares, &|_| 1.0)
            + distance(&candidate.aux, &self.anchor.aux, &|at| 1.0 / self.aux_tau[at]))
        .sqrt();
        if prices > 1e-9 && shares > 1e-9 {
            let omega = (0.5 * (prices / shares).ln() + 0.5 * self.omega.ln()).exp();
            self.omega = omega.clamp(self.first_omega / OMEGA, self.first_omega * OMEGA);
        }
        self.restart(candidate, pool);
        self.anchor_error = error;
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
        for (aux, most) in self.field.ground.rows.aux.iter().zip(self.task.most) {
            if let ([(row, coefficient)], true) = (&aux.rows[..], *most > 0) {
                let cost: i64 = aux.gains.iter().zip(&weights).map(|(gain, weight)| -i64::from(*gain) * weight).sum();
                if *coefficient < 0 {
                    let price = &mut rows[*row as usize];
                    *price = (*price).min(cost / -i64::from(*coefficient));
                }
            }
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

/// What everything falls by on the way to the nearest point whose parts are not negative and sum to 1 (Michelot 1986).
fn level(values: &[f64]) -> f64 {
    let top = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    // Nothing more than 1 below the largest keeps a share.
    let mut level = top - 1.0;
    loop {
        let (mut sum, mut count) = (0.0, 0.0);
        for value in values.iter().filter(|value| **value > level) {
            sum += value;
            count += 1.0;
        }
        let next = (sum - 1.0) / count;
        if next <= level {
            return level;
        }
        level = next;
    }
}
