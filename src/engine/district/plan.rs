//! A choice of lines with what it uses, kept up to date as lines change.

use super::field::Field;
use crate::engine::formulation::Totals;
use crate::engine::line::{self, Line, Use};
use crate::engine::rows::{RowIx, TIERS};
use lungang_domain::PersonIx;
use rayon::prelude::*;

/// Everybody's line.
#[derive(Clone, Debug)]
pub struct Plan {
    /// By person.
    pub lines: Vec<Line>,
    /// What each line uses and gains.
    pub uses: Vec<Use>,
    /// Use of each row by people.
    pub usage: Vec<i64>,
    /// Gains of people.
    pub gains: Totals,
}

impl Plan {
    /// Weighs these lines.
    #[must_use]
    pub fn new(field: &Field<'_>, lines: Vec<Line>) -> Self {
        let uses: Vec<Use> = lines
            .par_iter()
            .enumerate()
            .map(|(person, line)| line::weigh(field.ground, PersonIx(person), line))
            .collect();
        let mut plan =
            Self { lines, uses: Vec::new(), usage: vec![0; field.ground.rows.rows.len()], gains: [0; TIERS] };
        for used in &uses {
            add(&mut plan.usage, &mut plan.gains, used, 1);
        }
        plan.uses = uses;
        plan
    }

    /// Gives a person another line.
    pub fn set(&mut self, person: usize, line: Line, used: Use) {
        add(&mut self.usage, &mut self.gains, &self.uses[person], -1);
        add(&mut self.usage, &mut self.gains, &used, 1);
        self.lines[person] = line;
        self.uses[person] = used;
    }

    /// What the plan is worth, shortages and excesses at their least.
    #[must_use]
    pub fn worth(&self, field: &Field<'_>) -> Totals {
        let mut usage = self.usage.clone();
        let mut totals = self.gains;
        field.ground.rows.settle(&mut usage, &mut totals);
        totals
    }

    /// Use of each row, shortages and excesses at their least.
    #[must_use]
    pub fn settled(&self, field: &Field<'_>) -> Vec<i64> {
        let mut usage = self.usage.clone();
        field.ground.rows.settle(&mut usage, &mut self.gains.clone());
        usage
    }

    /// Who uses each row with a coefficient above 0.
    #[must_use]
    pub fn users(&self) -> Vec<Vec<u32>> {
        let mut users = vec![Vec::new(); self.usage.len()];
        for (person, used) in (0..).zip(&self.uses) {
            for (row, coefficient) in &used.rows {
                if *coefficient > 0 {
                    users[*row as usize].push(person);
                }
            }
        }
        users
    }
}

fn add(usage: &mut [i64], gains: &mut Totals, used: &Use, sign: i64) {
    for (row, coefficient) in &used.rows {
        usage[*row as usize] += sign * i64::from(*coefficient);
    }
    for (sum, gain) in gains.iter_mut().zip(&used.gains) {
        *sum += sign * gain;
    }
}

/// The coefficient of a row in what a line uses.
#[must_use]
pub fn coefficient(used: &Use, row: RowIx) -> i32 {
    used.rows.binary_search_by_key(&row, |(row, _)| *row).map_or(0, |at| used.rows[at].1)
}
