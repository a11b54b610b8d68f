//! Whether a line still fits beside those already given: the use of every row by whoever has one, while everybody else is
//! taken to relieve what any of their lines could.

use super::field::Field;
use super::pool::Pool;
use crate::engine::rows::RowIx;

/// Use of the rows so far.
pub struct Room<'f> {
    field: &'f Field<'f>,
    usage: Vec<i64>,
    /// Auxiliaries by row.
    aux: Vec<Vec<u32>>,
    /// By person: rows that some line of theirs relieves, and by how much at most.
    relief: Vec<Vec<(RowIx, i32)>>,
}

impl<'f> Room<'f> {
    /// Nobody has a line.
    #[must_use]
    pub fn new(field: &'f Field<'f>, pool: &Pool) -> Self {
        let rows = field.ground.rows;
        let mut aux = vec![Vec::new(); rows.rows.len()];
        // Who is counted as a successor breaks no row and mends none.
        for (at, one) in (0..).zip(&rows.aux).filter(|(at, _)| !rows.claims.holds(*at as usize)) {
            for (row, _) in &one.rows {
                aux[*row as usize].push(at);
            }
        }
        let mut usage = vec![0; rows.rows.len()];
        let relief: Vec<Vec<(RowIx, i32)>> = (0..pool.people())
            .map(|person| {
                let mut most: Vec<(RowIx, i32)> = pool
                    .of(person)
                    .iter()
                    .flat_map(|known| &known.used.rows)
                    .filter(|(_, c)| *c < 0)
                    .copied()
                    .collect();
                most.sort_unstable();
                most.dedup_by_key(|(row, _)| *row);
                for (row, c) in &most {
                    usage[*row as usize] += i64::from(*c);
                }
                most
            })
            .collect();
        Self { field, usage, aux, relief }
    }

    /// Gives a person a line with these terms, if no row is broken by it.
    pub fn take(&mut self, person: usize, used: &[(RowIx, i32)]) -> bool {
        self.change(person, used, 1);
        let fits = self.broken(person, used).is_empty();
        if !fits {
            self.change(person, used, -1);
        }
        fits
    }

    /// Rows that a line would break, or that bring about what breaks one.
    #[must_use]
    pub fn conflicts(&mut self, person: usize, used: &[(RowIx, i32)]) -> Vec<RowIx> {
        self.change(person, used, 1);
        let broken = self.broken(person, used);
        self.change(person, used, -1);
        broken
    }

    /// Gives a person a line, whatever it breaks.
    pub fn force(&mut self, person: usize, used: &[(RowIx, i32)]) {
        self.change(person, used, 1);
    }

    /// Takes a line away from a person.
    pub fn give_back(&mut self, person: usize, used: &[(RowIx, i32)]) {
        self.change(person, used, -1);
    }

    fn change(&mut self, person: usize, used: &[(RowIx, i32)], sign: i64) {
        for (row, c) in used {
            self.usage[*row as usize] += sign * i64::from(*c);
        }
        for (row, c) in &self.relief[person] {
            self.usage[*row as usize] -= sign * i64::from(*c);
        }
    }

    /// Rows that can't be kept, of those that a line changes and those of the shortages and excesses that it brings about;
    /// with each of the latter, the rows that bring it about.
    fn broken(&self, person: usize, used: &[(RowIx, i32)]) -> Vec<RowIx> {
        let rows = self.field.ground.rows;
        let changed = used.iter().chain(&self.relief[person]).map(|(row, _)| *row);
        let mut aux: Vec<u32> = changed.clone().flat_map(|row| &self.aux[row as usize]).copied().collect();
        let more: Vec<u32> = aux
            .iter()
            .flat_map(|at| &rows.aux[*at as usize].rows)
            .flat_map(|(row, _)| &self.aux[*row as usize])
            .copied()
            .collect();
        aux.extend(more);
        aux.sort_unstable();
        aux.dedup();
        let by = |own: &[(RowIx, i64)], row: RowIx| -> i64 {
            own.iter().filter(|(own, _)| *own == row).map(|(_, by)| by).sum()
        };
        // In their order, each seeing what those before it use.
        let mut own: Vec<(RowIx, i64)> = Vec::new();
        let mut brought = Vec::new();
        for at in aux {
            let one = &rows.aux[at as usize];
            let value = rows.least_at(one, |row| self.usage[row as usize] + by(&own, row));
            if value > 0 {
                brought.push(at);
                own.extend(one.rows.iter().map(|(row, c)| (*row, i64::from(*c) * value)));
            }
        }
        let kept = |row: RowIx| self.usage[row as usize] + by(&own, row) <= rows.rows[row as usize].limit;
        let relevant = changed.chain(own.iter().map(|(row, _)| *row));
        let mut broken: Vec<RowIx> = relevant.filter(|row| !kept(*row)).collect();
        for one in brought.into_iter().map(|at| &rows.aux[at as usize]) {
            if one.rows.iter().any(|(row, c)| *c > 0 && broken.contains(row)) {
                broken.extend(one.rows.iter().filter(|(_, c)| *c < 0).map(|(row, _)| *row));
            }
        }
        broken.sort_unstable();
        broken.dedup();
        broken
    }
}
