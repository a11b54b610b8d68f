//! One step of the hybrid gradient, with the longest length that is safe.

use super::{PEOPLE, Splitting, add};
use crate::engine::district::pool::Pool;
use crate::engine::rows::TIERS;
use rayon::prelude::*;

/// All lines are looked at in every so many steps; between them those that come close to a share, in units of the
/// primal weight.
const WHOLE: u32 = 10;
const MARGIN: f64 = 0.01;
/// Bounds of the step, in units of the diagonal steps.
const SHORTEST: f64 = 1e-3;
const LONGEST: f64 = 8.0;

/// Of a chunk of people: new shares of the lines looked at, what moved, and the lines to look at from now on.
type Part = (Vec<f64>, f64, Vec<u32>, Vec<usize>);

impl Splitting<'_, '_> {
    /// Use of the rows by these shares, summed up in halves whatever the number of threads.
    fn used_by(&self, parts: &[Part]) -> Vec<f64> {
        let half = |parts: &[Part], first: usize| {
            let mut used = vec![0.0; self.rows + TIERS];
            for (at, share) in self.active[first..].iter().zip(parts.iter().flat_map(|part| &part.0)) {
                if *share != 0.0 {
                    self.lines.add(*at as usize, *share, &mut used);
                }
            }
            used
        };
        let (left, right) = parts.split_at(parts.len() / 2);
        let before = left.iter().map(|part| part.0.len()).sum();
        let (mut used, more) = rayon::join(|| half(left, 0), || half(right, before));
        add(&mut used, &more, 1.0);
        used
    }

    pub(super) fn step(&mut self, pool: &Pool) {
        let whole = self.since.is_multiple_of(WHOLE);
        if whole {
            self.activate_all(pool);
        }
        loop {
            self.total += 1;
            let prices = &self.now.prices;
            let step = self.eta / self.omega;
            let (shares, active, from) = (&self.now.shares, &self.active, &self.active_from);
            let margin = MARGIN * self.omega * step;
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
                            lines.iter().map(|at| shares[*at as usize] + tau * self.lines.profit(*at as usize, prices)),
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
            let mut used = self.used_by(&parts);
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

#[cfg(test)]
mod tests {
    use super::level;

    #[test]
    fn shares_sum_to_one() {
        for values in [&[0.25, 0.75][..], &[3.0, 2.9, -5.0], &[0.0], &[-2.0, -2.0, -2.0, -9.0], &[0.4, 0.4, 0.4]] {
            let level = level(values);
            let sum: f64 = values.iter().map(|value| (value - level).max(0.0)).sum();
            assert!((sum - 1.0).abs() < 1e-12, "{values:?}: {sum}");
        }
    }
}
