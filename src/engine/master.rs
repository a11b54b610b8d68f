//! The master programme: a linear programme over the paths known so far, whose row duals sharpen the prices. The bound
//! stays the Lagrangian one, recomputed in whole numbers at whatever prices the programme suggests.

use super::dual::Pool;
use super::formulation::{Formulation, Path, Totals};
use super::pricing::{ONE, Prices};
use super::rows::TIERS;
use super::solver::{Lp, LpStatus, Model};
use super::steps::Floor;
use std::collections::BTreeMap;

/// Paths of one person that are columns, with their column numbers.
type Columns = BTreeMap<Path, usize>;

/// The master of one goal.
pub struct Master<'a, 'f> {
    formulation: &'a Formulation<'f>,
    lp: Lp,
    weights: [i64; TIERS],
    floors: Vec<Floor>,
    columns: Vec<Columns>,
}

/// What a solve of the master gives.
pub struct Mastered {
    /// Objective of the linear programme.
    pub objective: f64,
    /// Prices read off its duals.
    pub prices: Prices,
    /// Reduced value of each column: 0 for those in use, below for the others.
    reduced: Vec<f64>,
}

impl<'a, 'f> Master<'a, 'f> {
    /// A master that maximises Σ weight · tier with floors, its columns the paths of `keep`; `None` if the solver
    /// refuses the model.
    #[must_use]
    pub fn new(
        formulation: &'a Formulation<'f>,
        most: &[i64],
        weights: [i64; TIERS],
        floors: Vec<Floor>,
        keep: &[Path],
    ) -> Option<Self> {
        let mut model = Model::new(true);
        let rows = formulation.rows.rows.len();
        let mut lines: Vec<Vec<(usize, f64)>> = vec![Vec::new(); rows];
        let mut floor_lines: Vec<Vec<(usize, f64)>> = vec![Vec::new(); floors.len()];
        for (aux, most) in formulation.rows.aux.iter().zip(most) {
            let worth: i64 = aux.gains.iter().zip(&weights).map(|(gain, weight)| i64::from(*gain) * weight).sum();
            let col = model.column(worth as f64, 0.0, *most as f64, false);
            for (row, coefficient) in &aux.rows {
                lines[*row as usize].push((col, f64::from(*coefficient)));
            }
            for (floor, line) in floors.iter().zip(&mut floor_lines) {
                let worth = floor.step.worth(&aux.gains.map(i64::from));
                if worth != 0 {
                    line.push((col, worth as f64));
                }
            }
        }
        for (row, line) in formulation.rows.rows.iter().zip(lines) {
            model.row(f64::NEG_INFINITY, row.limit as f64, line);
        }
        for (floor, line) in floors.iter().zip(floor_lines) {
            model.row(floor.least as f64, f64::INFINITY, line);
        }
        for _ in keep {
            model.row(1.0, 1.0, Vec::new());
        }
        let lp = Lp::new(&model).ok()?;
        let mut master = Self { formulation, lp, weights, floors, columns: vec![Columns::new(); keep.len()] };
        for (person, path) in keep.iter().enumerate() {
            master.add(person, path);
        }
        Some(master)
    }

    /// Adds the paths that a dual picked most lately, at most `most` a person.
    pub fn add_pool(&mut self, pool: &Pool, most: usize) {
        for (person, paths) in pool.iter().enumerate() {
            let mut latest: Vec<(&Path, &(u32, u32))> = paths.iter().collect();
            latest.sort_by(|(a, x), (b, y)| y.cmp(x).then_with(|| a.cmp(b)));
            for (path, _) in latest.into_iter().take(most) {
                self.add(person, path);
            }
        }
    }

    /// Adds a path; `false` where it is a column already or the solver refuses it.
    pub fn add(&mut self, person: usize, path: &Path) -> bool {
        if self.columns[person].contains_key(path) {
            return false;
        }
        let rows = self.formulation.rows.rows.len();
        let mut usage = vec![0; rows];
        let mut totals = Totals::default();
        self.formulation.add_path(person, path, &mut usage, &mut totals);
        let worth: i64 = totals.iter().zip(&self.weights).map(|(total, weight)| total * weight).sum();
        let mut terms: Vec<(usize, f64)> =
            usage.iter().enumerate().filter(|(_, used)| **used != 0).map(|(row, used)| (row, *used as f64)).collect();
        for (at, floor) in self.floors.iter().enumerate() {
            let worth = floor.step.worth(&totals);
            if worth != 0 {
                terms.push((rows + at, worth as f64));
            }
        }
        terms.push((rows + self.floors.len() + person, 1.0));
        match self.lp.add_column(worth as f64, 0.0, f64::INFINITY, &terms) {
            Ok(col) => {
                self.columns[person].insert(path.clone(), col);
                true
            }
            Err(_) => false,
        }
    }

    /// Solves; `None` where the solver finds no optimum.
    #[must_use]
    pub fn solve(&mut self) -> Option<Mastered> {
        let answer = self.lp.solve();
        if answer.status != LpStatus::Optimal {
            return None;
        }
        let price = |dual: f64| (dual.max(0.0) * ONE as f64).round() as i64;
        let rows = self.formulation.rows.rows.len();
        let mut weights = [0; TIERS];
        for (slot, weight) in weights.iter_mut().zip(&self.weights) {
            *slot = weight * ONE;
        }
        for (floor, dual) in self.floors.iter().zip(&answer.duals[rows..]) {
            for (slot, weight) in weights.iter_mut().zip(&floor.step.weights) {
                *slot += weight * price(-dual);
            }
        }
        let prices = Prices { rows: answer.duals[..rows].iter().map(|dual| price(*dual)).collect(), weights };
        Some(Mastered { objective: answer.objective, prices, reduced: answer.reduced })
    }

    /// The `most` paths a person that come closest to being used.
    #[must_use]
    pub fn closest(&self, mastered: &Mastered, most: usize) -> Vec<Vec<Path>> {
        self.columns
            .iter()
            .map(|columns| {
                let mut paths: Vec<(&Path, f64)> = columns
                    .iter()
                    .map(|(path, col)| (path, mastered.reduced.get(*col).copied().unwrap_or(0.0)))
                    .collect();
                paths.sort_by(|(a, x), (b, y)| y.total_cmp(x).then_with(|| a.cmp(b)));
                paths.into_iter().take(most).map(|(path, _)| path.clone()).collect()
            })
            .collect()
    }
}

/// Prices between two, `share` of the way to the second.
#[must_use]
pub fn between(from: &Prices, to: &Prices, share: f64) -> Prices {
    let mix = |a: i64, b: i64| a + ((b - a) as f64 * share).round() as i64;
    let mut weights = [0; TIERS];
    for (slot, (a, b)) in weights.iter_mut().zip(from.weights.iter().zip(&to.weights)) {
        *slot = mix(*a, *b);
    }
    Prices { rows: from.rows.iter().zip(&to.rows).map(|(a, b)| mix(*a, *b)).collect(), weights }
}
