//! A few dozen people whose lines are chosen anew, all others staying as they are: a small whole-number programme.

use super::field::Field;
use super::plan::Plan;
use crate::engine::line::{Line, Use};
use crate::engine::rows::{BROKEN, RowIx, TIERS};
use crate::engine::solver::{Model, SolveOptions, Status, solve};
use std::collections::BTreeMap;

/// One line that a person of the neighbourhood may take.
#[derive(Clone, Debug)]
pub struct Column {
    /// The line.
    pub line: Line,
    /// What it uses and gains.
    pub used: Use,
}

/// People, and the lines they choose among; the first line of each is the present one.
#[derive(Clone, Debug)]
pub struct Neighbourhood {
    /// Who.
    pub people: Vec<u32>,
    /// By person.
    pub columns: Vec<Vec<Column>>,
}

/// What to aim at.
#[derive(Clone, Debug)]
pub struct Aim {
    /// Weights of the tiers.
    pub weights: [i64; TIERS],
    /// Tiers that may not get worse.
    pub floors: Vec<usize>,
}

impl Aim {
    /// What gains are worth to it.
    #[must_use]
    pub fn worth(&self, gains: &[i64; TIERS]) -> i64 {
        gains.iter().zip(&self.weights).map(|(gain, weight)| gain * weight).sum()
    }
}

/// The programme of a neighbourhood.
pub struct Posed {
    /// Columns: those of each person in turn, auxiliaries. Rows: one a person, joint rows, floors.
    pub model: Model,
    /// The present lines.
    pub start: Vec<f64>,
    /// Which joint row each row after those of people stands for.
    pub joint: Vec<RowIx>,
}

impl Neighbourhood {
    /// Poses the programme. A row that nobody here can break, whatever they choose, stays out.
    #[must_use]
    pub fn pose(&self, field: &Field<'_>, plan: &Plan, aim: &Aim) -> Posed {
        let rows = field.ground.rows;
        // Use of the rows by all others.
        let mut rest: BTreeMap<RowIx, i64> = BTreeMap::new();
        for columns in &self.columns {
            for column in columns {
                for (row, _) in &column.used.rows {
                    rest.entry(*row).or_insert(plan.usage[*row as usize]);
                }
            }
        }
        let touched =
            |rest: &BTreeMap<RowIx, i64>, aux: usize| rows.aux[aux].rows.iter().any(|(row, _)| rest.contains_key(row));
        let mut aux: Vec<usize> = (0..rows.aux.len()).filter(|aux| touched(&rest, *aux)).collect();
        let before = aux.clone();
        for at in &aux {
            for (row, _) in &rows.aux[*at].rows {
                rest.entry(*row).or_insert(plan.usage[*row as usize]);
            }
        }
        // Rows drawn in by an auxiliary may have others of their own. But whom nobody here is stays counted as they are for a
        // post that they could succeed in.
        let drawn_in =
            |aux: &usize| touched(&rest, *aux) && (!rows.claims.holds(*aux) || before.binary_search(aux).is_ok());
        aux = (0..rows.aux.len()).filter(drawn_in).collect();
        for columns in &self.columns {
            for (row, coefficient) in columns.iter().take(1).flat_map(|present| &present.used.rows) {
                if let Some(used) = rest.get_mut(row) {
                    *used -= i64::from(*coefficient);
                }
            }
        }
        let mut model = Model::new(true);
        let mut lines: BTreeMap<RowIx, Vec<(usize, f64)>> = rest.keys().map(|row| (*row, Vec::new())).collect();
        let mut floors: Vec<Vec<(usize, f64)>> = vec![Vec::new(); aim.floors.len()];
        let mut start = Vec::new();
        for columns in &self.columns {
            let mut one = Vec::with_capacity(columns.len());
            for (at, column) in columns.iter().enumerate() {
                let gains = &column.used.gains;
                let col = model.binary(aim.worth(gains));
                one.push((col, 1.0));
                for (row, coefficient) in &column.used.rows {
                    if let Some(terms) = lines.get_mut(row) {
                        terms.push((col, f64::from(*coefficient)));
                    }
                }
                for (tier, terms) in aim.floors.iter().zip(&mut floors) {
                    if gains[*tier] != 0 {
                        terms.push((col, gains[*tier] as f64));
                    }
                }
                start.push(f64::from(u8::from(at == 0)));
            }
            model.row(1.0, 1.0, one);
        }
        let mut held: Vec<i64> = aim.floors.iter().map(|tier| self.present(*tier)).collect();
        let settled = rows.settled(&mut plan.usage.clone());
        for (at, (one, value)) in rows.aux.iter().zip(settled).enumerate() {
            if aux.binary_search(&at).is_err() {
                // Stands as it is: its use is part of the rest.
                for (row, coefficient) in &one.rows {
                    if let Some(used) = rest.get_mut(row) {
                        *used += i64::from(*coefficient) * value;
                    }
                }
                continue;
            }
            let worth = one.gains.iter().zip(&aim.weights).map(|(gain, weight)| i64::from(*gain) * weight).sum();
            let col = model.integer(worth, 0, one.most);
            start.push(value as f64);
            for (row, coefficient) in &one.rows {
                if let Some(terms) = lines.get_mut(row) {
                    terms.push((col, f64::from(*coefficient)));
                }
            }
            for ((tier, terms), held) in aim.floors.iter().zip(&mut floors).zip(&mut held) {
                if one.gains[*tier] != 0 {
                    terms.push((col, f64::from(one.gains[*tier])));
                    *held += i64::from(one.gains[*tier]) * value;
                }
            }
        }
        let mut joint = Vec::new();
        for (row, terms) in lines {
            let limit = rows.rows[row as usize].limit - rest[&row];
            let most: f64 = terms.iter().map(|(_, coefficient)| coefficient.max(0.0)).sum();
            if most > limit as f64 {
                model.row(f64::NEG_INFINITY, limit as f64, terms);
                joint.push(row);
            }
        }
        for (terms, held) in floors.into_iter().zip(held) {
            model.row(held as f64, f64::INFINITY, terms);
        }
        Posed { model, start, joint }
    }

    /// Chooses lines; gives those that change. `None` where nothing better was found.
    #[must_use]
    pub fn choose(
        &self,
        field: &Field<'_>,
        plan: &Plan,
        aim: &Aim,
        options: &SolveOptions<'_>,
    ) -> Option<Vec<(u32, Column)>> {
        let Posed { model, start, .. } = self.pose(field, plan, aim);
        let answer = solve(&model, &SolveOptions { warm_start: Some(&start), ..options.clone() });
        if !matches!(answer.status, Status::Optimal | Status::Stopped) {
            return None;
        }
        let values = answer.values?;
        let mut chosen = Vec::new();
        let mut col = 0;
        for (person, columns) in self.people.iter().zip(&self.columns) {
            let picked = (0..columns.len()).find(|at| values[col + at] > 0.5)?;
            if picked > 0 {
                chosen.push((*person, columns[picked].clone()));
            }
            col += columns.len();
        }
        (!chosen.is_empty()).then_some(chosen)
    }

    fn present(&self, tier: usize) -> i64 {
        self.columns.iter().filter_map(|columns| columns.first()).map(|column| column.used.gains[tier]).sum()
    }
}

/// Takes changes over if the plan is better for it, tier by tier up to `depth`, and breaks no row.
pub fn accept(
    field: &Field<'_>,
    plan: &mut Plan,
    worth: &mut [i64; TIERS],
    changes: Vec<(u32, Column)>,
    better: impl Fn(&[i64; TIERS], &[i64; TIERS]) -> bool,
) -> bool {
    let mut before = Vec::with_capacity(changes.len());
    for (person, column) in changes {
        let person = person as usize;
        before.push((person, plan.lines[person].clone(), plan.uses[person].clone()));
        plan.set(person, column.line, column.used);
    }
    let after = plan.worth(field);
    if after[BROKEN] >= worth[BROKEN] && better(&after, worth) {
        *worth = after;
        return true;
    }
    for (person, line, used) in before.into_iter().rev() {
        plan.set(person, line, used);
    }
    false
}
