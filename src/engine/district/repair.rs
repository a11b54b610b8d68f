//! Lines that break rows together, taken one chain of people after another as far as they keep them.

use super::field::Field;
use super::plan::{Plan, coefficient};
use super::warm::{Wish, follow};
use crate::engine::formulation::Totals;
use crate::engine::line::{self, Line, Use};
use crate::engine::rows::{BROKEN, TIERS};
use lungang_domain::PersonIx;
use rayon::prelude::*;
use std::cmp::Reverse;

/// Most people of a chain, and passes over those who are left.
const CHAIN: usize = 60;
const PASSES: usize = 4;

/// A line that somebody might take, and what it uses.
type Target = Option<(Line, Use)>;

/// From a plan that keeps the rows towards what people wish.
pub(super) struct Repair<'a> {
    field: &'a Field<'a>,
    start: &'a Plan,
    wishes: &'a [Option<Vec<Wish>>],
    weights: [i64; TIERS],
    /// Rows that an auxiliary variable may mend.
    softened: Vec<bool>,
}

impl<'a> Repair<'a> {
    /// From `start`, the plan judged by these weights of the tiers.
    pub fn new(field: &'a Field<'a>, start: &'a Plan, wishes: &'a [Option<Vec<Wish>>], weights: [i64; TIERS]) -> Self {
        let mut softened = vec![false; start.usage.len()];
        let rows = field.ground.rows;
        let mending = rows.aux.iter().enumerate().filter(|(at, _)| !rows.claims.holds(*at));
        for (row, _) in mending.flat_map(|(_, aux)| &aux.rows) {
            softened[*row as usize] = true;
        }
        Self { field, start, wishes, weights, softened }
    }

    /// All of `wanted` where it breaks no more than the start. Else whoever gains most takes their line, if need be with
    /// those who hold what it needs and wish to leave it, and so on along the chain; a chain that breaks a row or loses
    /// is given up. Who is left tries again with all moves put off to the second year, to the third, and so on.
    pub fn mend(&self, wanted: &Plan) -> Plan {
        let mut worth = self.start.worth(self.field);
        if wanted.worth(self.field)[BROKEN] >= worth[BROKEN] {
            return wanted.clone();
        }
        let mut plan = self.start.clone();
        for year in 0..self.field.ground.facts.years {
            let mut targets = self.targets(wanted, &plan, year);
            let mut order: Vec<(Reverse<i64>, usize)> = Vec::new();
            for (person, target) in targets.iter().enumerate() {
                let gain = |gains| self.sum(gains) - self.sum(&self.start.uses[person].gains);
                order.extend(target.as_ref().map(|(_, used)| (Reverse(gain(&used.gains)), person)));
            }
            order.sort_unstable();
            let leavers = self.leavers(&targets, &order);
            for _ in 0..PASSES {
                let mut any = false;
                for (_, person) in &order {
                    any |= self.chain(&mut plan, &mut worth, *person, &mut targets, &leavers);
                }
                if !any {
                    break;
                }
            }
        }
        plan
    }

    fn sum(&self, gains: &Totals) -> i64 {
        gains.iter().zip(&self.weights).map(|(gain, weight)| gain * weight).sum()
    }

    /// What people who still have their line of the start would take, the first `year` years held.
    fn targets(&self, wanted: &Plan, plan: &Plan, year: usize) -> Vec<Target> {
        let people = 0..plan.lines.len();
        let target = |person: usize| {
            let idle = &self.start.lines[person];
            let wishes = self.wishes[person].as_ref().filter(|_| plan.lines[person] == *idle)?;
            if year == 0 {
                let line = &wanted.lines[person];
                return (line != idle).then(|| (line.clone(), wanted.uses[person].clone()));
            }
            let mut wishes = wishes.clone();
            wishes.iter_mut().take(year).for_each(|wish| *wish = Wish::Stay);
            let line = follow(self.field.ground, PersonIx(person), &wishes).filter(|line| line != idle)?;
            let used = line::weigh(self.field.ground, PersonIx(person), &line);
            Some((line, used))
        };
        people.into_par_iter().map(target).collect()
    }

    /// By row, who would use it less on the line that they might take, in this order.
    fn leavers(&self, targets: &[Target], order: &[(Reverse<i64>, usize)]) -> Vec<Vec<usize>> {
        let mut leavers = vec![Vec::new(); self.start.usage.len()];
        for (_, person) in order {
            let Some((_, target)) = &targets[*person] else { continue };
            for (row, now) in &self.start.uses[*person].rows {
                if coefficient(target, *row) < *now {
                    leavers[*row as usize].push(*person);
                }
            }
        }
        leavers
    }

    /// One person's line, and those of whom it needs.
    fn chain(
        &self,
        plan: &mut Plan,
        worth: &mut Totals,
        first: usize,
        targets: &mut [Target],
        leavers: &[Vec<usize>],
    ) -> bool {
        let mut chain: Vec<usize> = Vec::new();
        let mut next = vec![first];
        let mut stands = true;
        while let Some(person) = next.pop() {
            let Some((line, used)) = targets[person].clone().filter(|_| chain.len() < CHAIN) else {
                stands = false;
                break;
            };
            plan.set(person, line, used.clone());
            chain.push(person);
            for (row, now) in &used.rows {
                let limit = self.field.ground.rows.rows[*row as usize].limit;
                let grown = *now > coefficient(&self.start.uses[person], *row);
                if !grown || plan.usage[*row as usize] <= limit {
                    continue;
                }
                let free = |at: &&usize| targets[**at].is_some() && !chain.contains(at) && !next.contains(at);
                match leavers[*row as usize].iter().find(free) {
                    Some(leaver) => next.push(*leaver),
                    None => stands &= self.softened[*row as usize],
                }
            }
            if !stands {
                break;
            }
        }
        let after = stands.then(|| plan.worth(self.field));
        if let Some(after) = after.filter(|after| after[BROKEN] >= worth[BROKEN] && self.sum(after) >= self.sum(worth))
        {
            *worth = after;
            chain.into_iter().for_each(|person| targets[person] = None);
            return true;
        }
        for person in chain {
            plan.set(person, self.start.lines[person].clone(), self.start.uses[person].clone());
        }
        false
    }
}
