//! Restarts, and the primal weight (Applegate et al. 2021).

use super::{Point, Splitting};
use crate::engine::district::pool::Pool;

/// How far the primal weight may go from its start.
const OMEGA: f64 = 4.0;

impl Splitting<'_, '_> {
    fn average(&self) -> Point {
        let by = |sum: &Vec<f64>| sum.iter().map(|sum| sum / self.sum_weight).collect();
        Point { shares: by(&self.sum.shares), aux: by(&self.sum.aux), prices: by(&self.sum.prices) }
    }

    /// Distance from the optimum: the gap, and the rows that are broken.
    fn error(&self, pool: &Pool, point: &Point) -> f64 {
        let used = self.usage(point);
        let aux: f64 = point.aux.iter().zip(&self.aux_worth).map(|(value, worth)| value * worth).sum();
        let lines = point.shares.iter().enumerate().filter(|(_, share)| **share != 0.0);
        let worth = lines.map(|(at, share)| share * self.lines.worth(at)).sum::<f64>() + aux;
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
    pub(super) fn consider(&mut self, pool: &Pool) {
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
}
