//! Diagonal steps (Pock & Chambolle 2011): from how much each line uses, and how many may use each row.

use super::Splitting;
use crate::engine::district::pool::Pool;
use crate::engine::rows::TIERS;

/// People of a row beyond which its step falls no further, shares being few; and of a floor.
const CROWD: f64 = 30.0;
const FLOOR_CROWD: f64 = 600.0;

impl Splitting<'_, '_> {
    /// Steps by row, person and auxiliary.
    pub(super) fn measure(&mut self, pool: &Pool) {
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
}
