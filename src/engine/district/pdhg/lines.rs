//! The known lines as a step reads them: what each is worth, and its rows as bare numbers, since nearly every coefficient
//! of a row is 1 or −1.

use crate::engine::district::pool::Pool;

/// Lines by position.
#[derive(Default)]
pub(super) struct Lines {
    /// What a line is worth at the weights of the task.
    worth: Vec<f64>,
    /// Rows of all lines, doubled, and one more where the coefficient is negative; a larger coefficient repeats.
    rows: Vec<u32>,
    rows_from: Vec<u32>,
    /// Floors, behind the rows, with their coefficients.
    floors: Vec<(u32, f64)>,
    floors_from: Vec<u32>,
}

impl Lines {
    /// Reads the pool; what lies from `rows` on are tiers, worth `weight` each (their coefficients are negated gains), and
    /// those that `held` names are floors too.
    pub(super) fn new(pool: &Pool, rows: usize, weight: &[f64], held: &[usize]) -> Self {
        let mut lines = Self::default();
        lines.rows_from.push(0);
        lines.floors_from.push(0);
        for at in 0..pool.len() {
            let mut worth = 0.0;
            for (row, c) in pool.terms(at) {
                match (*row as usize).checked_sub(rows) {
                    None => {
                        let coded = row << 1 | u32::from(*c < 0);
                        lines.rows.extend(std::iter::repeat_n(coded, c.unsigned_abs() as usize));
                    }
                    Some(tier) => {
                        worth -= f64::from(*c) * weight[tier];
                        if held.contains(&tier) {
                            lines.floors.push((*row, f64::from(*c)));
                        }
                    }
                }
            }
            lines.worth.push(worth);
            lines.rows_from.push(lines.rows.len() as u32);
            lines.floors_from.push(lines.floors.len() as u32);
        }
        lines
    }

    fn rows(&self, at: usize) -> &[u32] {
        &self.rows[self.rows_from[at] as usize..self.rows_from[at + 1] as usize]
    }

    fn floors(&self, at: usize) -> &[(u32, f64)] {
        &self.floors[self.floors_from[at] as usize..self.floors_from[at + 1] as usize]
    }

    /// What a line is worth less what it costs.
    pub(super) fn profit(&self, at: usize, prices: &[f64]) -> f64 {
        let mut profit = self.worth[at];
        for coded in self.rows(at) {
            let price = prices[(coded >> 1) as usize];
            profit -= if coded & 1 == 0 { price } else { -price };
        }
        for (row, c) in self.floors(at) {
            profit -= c * prices[*row as usize];
        }
        profit
    }

    /// Adds a share of a line to the use of rows and floors.
    pub(super) fn add(&self, at: usize, share: f64, used: &mut [f64]) {
        for coded in self.rows(at) {
            used[(coded >> 1) as usize] += if coded & 1 == 0 { share } else { -share };
        }
        for (row, c) in self.floors(at) {
            used[*row as usize] += c * share;
        }
    }

    /// What a line is worth.
    pub(super) fn worth(&self, at: usize) -> f64 {
        self.worth[at]
    }
}
