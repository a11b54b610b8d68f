//! The Lagrangian dual over flat arrays: everybody's best line at given prices, and the subgradient ascent.

use super::board::Board;
use super::field::{Field, Person};
use super::line::{self, At, LEFT, Line, Use};
use super::plan::Plan;
use super::price::Priced;
use crate::engine::dual::{Goal, Reached, above_floors, price_rows};
use crate::engine::formulation::Totals;
use crate::engine::network::{Network, Target};
use crate::engine::pricing::{self, NEVER, ONE, Prices};
use crate::engine::rows::{Row, RowKind, TIERS};
use crate::engine::steps::{Step, held};
use lungang_domain::{PersonIx, PostIx};
use rayon::prelude::*;

/// People a chunk of parallel work.
const CHUNK: usize = 16;

/// One sweep over all people at given prices.
pub struct Sweep {
    /// D, in price units.
    pub dual: i64,
    /// Use of each row, auxiliaries included.
    pub usage: Vec<i64>,
    /// Gains per tier, auxiliaries included.
    pub totals: Totals,
}

/// Best value and best line of one person; `None` where decisions leave none.
#[must_use]
pub fn best(field: &Field<'_>, board: &Board<'_>, person: usize) -> Option<(i64, Line)> {
    match &field.people[person] {
        Person::Plain(plain) => {
            let priced = Priced::new(field, board, plain);
            Some((priced.best(), priced.line()))
        }
        Person::Special(network) => {
            let priced = pricing::Priced::of(network, field.ground.tiers, board.prices);
            (priced.best() != NEVER)
                .then(|| (priced.best(), line_of(network, field.ground.facts.years, &priced.path())))
        }
    }
}

/// The line that a path of a network runs along.
fn line_of(network: &Network, years: usize, path: &[crate::engine::formulation::Hop]) -> Line {
    let mut line: Vec<At> = Vec::with_capacity(years);
    for hop in path {
        let state = match (network.exits[hop.exit as usize].target, hop.enter) {
            (Target::State(state), _) => state,
            (Target::Hub(_), Some(enter)) => network.enters[enter as usize].state,
            (Target::Hub(_) | Target::End, _) => break,
        };
        line.push(line::place(network.states[state as usize].spot));
    }
    line.resize(years, LEFT);
    line.into_boxed_slice()
}

/// Sweeps once; `picks` holds everybody's pick of the sweep before, and of this one afterwards.
#[must_use]
pub fn sweep(field: &Field<'_>, prices: &Prices, most: &[i64], picks: &mut Plan) -> Option<Sweep> {
    let board = Board::new(field, prices);
    let people: Vec<usize> = (0..field.people.len()).collect();
    type Change = (usize, Line, Use);
    let parts: Vec<Option<(i64, Vec<Change>)>> = people
        .par_chunks(CHUNK)
        .map(|chunk| {
            let (mut value, mut changes) = (0, Vec::new());
            for person in chunk {
                let (best, line) = best(field, &board, *person)?;
                value += best;
                if line != picks.lines[*person] {
                    let used = line::weigh(field.ground, PersonIx(*person), &line);
                    changes.push((*person, line, used));
                }
            }
            Some((value, changes))
        })
        .collect();
    let mut dual = 0;
    for part in parts {
        let (value, changes) = part?;
        dual += value;
        for (person, line, used) in changes {
            picks.set(person, line, used);
        }
    }
    let mut sweep = Sweep { dual, usage: picks.usage.clone(), totals: picks.gains };
    sweep.dual += price_rows(field.ground.rows, prices, most, &mut sweep.usage, &mut sweep.totals);
    Some(sweep)
}

/// Step lengths: κ of the rows, and of the floors by tier.
#[derive(Clone, Debug)]
pub struct Steps {
    /// By row.
    pub rows: Vec<f64>,
    /// By tier.
    pub floors: [f64; TIERS],
}

impl Steps {
    /// κ of seats and cover: min(1, 20 / people who may use them); of turnover 1 / cap, of old hands 1 / need. Of floors:
    /// 60 / Σ range², the range being what one person's lines differ by in a tier.
    #[must_use]
    pub fn new(field: &Field<'_>) -> Self {
        let rows = field.ground.rows;
        let mut may_use = vec![0_u32; field.closes.len()];
        for item in &field.items {
            may_use[item.post as usize] += 1;
        }
        let specials = field.people.iter().filter(|person| matches!(person, Person::Special(_))).count() as u32;
        let of_post = |post: PostIx| (20.0 / f64::from((may_use[post.0] + specials / 4).max(1))).min(1.0);
        let step = |row: &Row| match row.kind {
            RowKind::Seats(post, _)
            | RowKind::Entry(post, _)
            | RowKind::Cover(post, _)
            | RowKind::Essential(post, _) => of_post(post),
            _ => 1.0 / (row.limit.abs().max(1) as f64),
        };
        let mut floors = [60.0; TIERS];
        for (tier, slot) in floors.iter_mut().enumerate().take(field.ground.tiers.len()) {
            let of = |weight: i64| -> Vec<i64> {
                let mut prices = Prices { rows: vec![0; rows.rows.len()], weights: [0; TIERS] };
                prices.weights[tier] = weight;
                let board = Board::new(field, &prices);
                (0..field.people.len())
                    .into_par_iter()
                    .map(|person| best(field, &board, person).map_or(0, |(value, _)| value))
                    .collect()
            };
            let squares: f64 = of(1).iter().zip(of(-1)).map(|(most, least)| ((most + least) as f64).powi(2)).sum();
            *slot = 60.0 / squares.max(60.0);
        }
        Self { rows: rows.rows.iter().map(step).collect(), floors }
    }
}

/// What every ascent of a search shares.
#[derive(Clone, Copy)]
pub struct Under<'a> {
    /// Step lengths.
    pub steps: &'a Steps,
    /// Bounds of the auxiliary variables.
    pub most: &'a [i64],
    /// What is closed, in order.
    pub order: &'a [Step],
}

/// One subgradient run for a goal, with floors at `values`.
pub struct Ascent<'a, 'f> {
    field: &'a Field<'f>,
    steps: &'a Steps,
    most: &'a [i64],
    order: &'a [Step],
    goal: Goal,
    values: Totals,
    rows: Vec<f64>,
    row_means: Vec<f64>,
    floors: [f64; TIERS],
    floor_means: [f64; TIERS],
    step: f64,
    /// The best so far.
    pub best: Option<Reached>,
}

impl<'a, 'f> Ascent<'a, 'f> {
    /// Starts at `start`, with a first step of `step` price units.
    #[must_use]
    pub fn new(field: &'a Field<'f>, under: Under<'a>, goal: Goal, values: Totals, start: &Prices, step: f64) -> Self {
        let Under { steps, most, order } = under;
        let mut floors = [0.0; TIERS];
        for tier in held(&order[..goal.floors()]) {
            floors[tier] = start.weights[tier] as f64;
        }
        let rows = start.rows.iter().map(|price| *price as f64).collect();
        let row_means = vec![0.0; start.rows.len()];
        let floor_means = [0.0; TIERS];
        Self { field, steps, most, order, goal, values, rows, row_means, floors, floor_means, step, best: None }
    }

    fn prices(&self) -> Prices {
        let mut weights = self.goal.weights(self.order).map(|weight| weight * ONE);
        for tier in held(&self.order[..self.goal.floors()]) {
            weights[tier] = self.floors[tier].round() as i64;
        }
        Prices { rows: self.rows.iter().map(|price| price.round() as i64).collect(), weights }
    }

    /// `sweeps` sweeps, the step falling by `fall` each. `false` where somebody has no line.
    pub fn run(&mut self, sweeps: usize, fall: f64, picks: &mut Plan) -> bool {
        let k = self.goal.floors();
        for _ in 0..sweeps {
            let prices = self.prices();
            let Some(sweep) = sweep(self.field, &prices, self.most, picks) else { return false };
            let bound = above_floors(sweep.dual, &prices, self.order, k, &self.values);
            if self.best.as_ref().is_none_or(|best| bound < best.bound) {
                self.best = Some(Reached { prices, bound });
            }
            self.advance(&sweep);
            self.step *= fall;
        }
        true
    }

    /// m ← 0.95 m + 0.05 (usage − side); π ← max(0, π + s·κ·m).
    fn advance(&mut self, sweep: &Sweep) {
        for (r, row) in self.field.ground.rows.rows.iter().enumerate() {
            let over = (sweep.usage[r] - row.limit) as f64;
            self.row_means[r] = 0.95 * self.row_means[r] + 0.05 * over;
            self.rows[r] = (self.rows[r] + self.step * self.steps.rows[r] * self.row_means[r]).max(0.0);
        }
        // A shortage that can be bought is never priced above what it costs.
        let weights = self.prices().weights;
        for (aux, _) in self.field.ground.rows.aux.iter().zip(self.most).filter(|(_, most)| **most > 0) {
            let [(row, coefficient)] = aux.rows[..] else { continue };
            let cost: i64 = aux.gains.iter().zip(&weights).map(|(gain, weight)| -i64::from(*gain) * weight).sum();
            let most = cost as f64 / f64::from(coefficient.abs().max(1));
            if coefficient < 0 && self.rows[row as usize] > most {
                self.rows[row as usize] = most;
            }
        }
        for tier in held(&self.order[..self.goal.floors()]) {
            let short = (self.values[tier] - sweep.totals[tier]) as f64;
            self.floor_means[tier] = 0.95 * self.floor_means[tier] + 0.05 * short;
            let moved = self.floors[tier] + self.step * self.steps.floors[tier] * self.floor_means[tier];
            self.floors[tier] = moved.max(0.0);
        }
    }
}
