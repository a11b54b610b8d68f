//! From shares to a plan: the surest shares are made whole a few at a time, and the linear programme goes on in between,
//! so that everybody else makes room for them. What does not fit together in the end is mended by small programmes.

use super::board::Board;
use super::field::Field;
use super::mend::{Draft, Mending};
use super::pdhg::{Splitting, Task};
use super::plan::Plan;
use super::pool::Pool;
use super::room::Room;
use super::search::Search;
use crate::engine::dual::Goal;
use crate::engine::formulation::Totals;
use crate::engine::line::Use;
use crate::engine::rows::{BROKEN, TIERS};
use crate::engine::solver::SolveOptions;
use std::collections::BTreeSet;

/// Steps of the programme between two settlements.
const STEPS: u32 = 10;
/// One in so many of those who are not settled yet are settled at once, and at least so many.
const PART: usize = 12;
const LEAST: usize = 8;
/// A mean share that counts as whole.
const SURE: f64 = 0.99;
/// A line that fits is taken where its share is at least this part of the person's largest.
const LIKE: f64 = 0.5;
/// One in so many people may be pushed out before the small programmes, and again where these leave somebody.
const PUSHED: [usize; 5] = [3, 8, 8, 8, 8];
/// So many without a line are not fought over again.
const MANY: usize = 40;
/// Nodes of a programme that mends.
const NODES: i64 = 100;
/// What nobody's line being found costs, in units of the largest weight.
const ABSENT: i64 = 10;

impl Search<'_, '_, '_> {
    /// Makes the shares of the blend's linear programme whole; takes the plan over where it is better.
    pub(super) fn dive(&mut self) {
        let goal = Goal::Blend(self.blend());
        let Some(prices) = self.prices[self.slot(goal)].clone() else { return };
        self.pool.hold(&self.plan.lines, &self.plan.uses);
        let aim = self.aim(goal);
        let task =
            Task { weights: aim.weights, hints: [0.0; TIERS], floors: &[], values: self.worth, most: &self.most };
        let run = Splitting::new(&self.field, task, &prices, &self.pool, self.omega[self.slot(goal)]);
        let better = self.better(goal);
        let mut draft = Draft { plan: self.plan.clone(), waiting: BTreeSet::new() };
        let mut settling = Settling::new(run, &self.field, &self.pool);
        let mending = Mending {
            field: &self.field,
            pool: &self.pool,
            aim: &aim,
            penalty: ABSENT * aim.weights.iter().copied().max().unwrap_or(1).max(1),
            board: Board::bare(&self.field, &prices),
            safe: &self.plan,
        };
        let mut best: Option<(Plan, Totals)> = None;
        for pushed in PUSHED {
            if !self.meter.round() {
                break;
            }
            settling.settle(self.field.people.len() / pushed, &|| self.meter.stopped().is_some());
            settling.write(&mut draft, &self.plan);
            let waiting = draft.waiting.len();
            let options = || SolveOptions { presolve: false, plain: true, ..self.meter.limits(NODES) };
            mending.mend(&mut draft, &options, &|| self.meter.stopped().is_some());
            if self.meter.cut_short() {
                break;
            }
            let whole = draft.is_whole(&mending);
            // A plan of some kind after each round, for whoever stops here.
            let mut given_up = Draft { plan: draft.plan.clone(), waiting: draft.waiting.clone() };
            let reverted = mending.give_up(&mut given_up);
            let worth = given_up.plan.worth(&self.field);
            let seconds = self.meter.started.elapsed().as_secs_f64();
            tracing::debug!(waiting, reverted, worth = ?&worth[..6], seconds, "dived");
            let before = best.as_ref().map_or(&self.worth, |(_, worth)| worth);
            if worth[BROKEN] >= before[BROKEN] && better(&worth, before) {
                best = Some((given_up.plan, worth));
            }
            // Where many are left, neighbourhoods get on faster.
            if whole || waiting > MANY {
                break;
            }
            settling.read(&draft);
        }
        if let Some(found) = best {
            (self.plan, self.worth) = found;
        }
    }
}

/// Shares being made whole.
struct Settling<'a, 'f> {
    run: Splitting<'a, 'f>,
    pool: &'a Pool,
    room: Room<'a>,
    /// By person, the position of their line among those known of them.
    chosen: Vec<Option<usize>>,
    /// How often somebody was pushed out.
    times: Vec<u32>,
    /// How often rows were fought over.
    fought: Vec<u32>,
}

impl<'a, 'f> Settling<'a, 'f> {
    fn new(run: Splitting<'a, 'f>, field: &'a Field<'f>, pool: &'a Pool) -> Self {
        let people = pool.people();
        let (room, fought) = (Room::new(field, pool), vec![0; field.ground.rows.rows.len()]);
        Self { run, pool, room, chosen: vec![None; people], times: vec![0; people], fought }
    }

    /// Settles everybody, or as many as can be with so many others pushed out.
    fn settle(&mut self, most: usize, stop: &dyn Fn() -> bool) {
        let mut pushed = 0;
        while !stop() {
            let open: Vec<usize> = (0..self.chosen.len()).filter(|person| self.chosen[*person].is_none()).collect();
            if open.is_empty() {
                return;
            }
            self.run.go_on(self.pool, STEPS);
            if self.some(&open) > 0 {
                continue;
            }
            // Nothing fits any more: those who are left push others out.
            let before = pushed;
            for person in open {
                if pushed < most {
                    pushed += self.push(person);
                }
            }
            if pushed == before {
                return;
            }
        }
    }

    /// Writes the lines down; whoever has none gets a stand-in that uses nothing.
    fn write(&self, draft: &mut Draft, plan: &Plan) {
        for (person, at) in self.chosen.iter().enumerate() {
            if let Some(at) = at {
                let known = &self.pool.of(person)[*at];
                draft.plan.set(person, known.line.clone(), known.used.clone());
                draft.waiting.remove(&person);
            } else {
                draft.plan.set(person, plan.lines[person].clone(), Use::default());
                draft.waiting.insert(person);
            }
        }
    }

    /// Reads the lines of a draft, which may break rows.
    fn read(&mut self, draft: &Draft) {
        for person in 0..self.chosen.len() {
            let known = self.pool.of(person);
            let line = &draft.plan.lines[person];
            let at = known.iter().position(|one| one.line == *line).filter(|_| !draft.waiting.contains(&person));
            if at == self.chosen[person] {
                continue;
            }
            if let Some(before) = self.chosen[person].take() {
                self.room.give_back(person, &known[before].used.rows);
                self.run.unsettle(person);
            }
            if let Some(at) = at {
                self.room.force(person, &known[at].used.rows);
                self.give(person, at);
            }
        }
    }

    /// Settles the surest of these; gives their number.
    fn some(&mut self, open: &[usize]) -> usize {
        let (run, pool) = (&self.run, self.pool);
        let share = |person: usize| pool.lines_of(person).map(|at| run.mean(at)).fold(0.0, f64::max);
        let mut sure: Vec<(f64, usize)> = open.iter().map(|person| (share(*person), *person)).collect();
        sure.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let most = (open.len() / PART).max(LEAST);
        let mut count = 0;
        for (share, person) in sure {
            if count >= most && share < SURE {
                break;
            }
            // What hardly has a share only fits because nothing else does.
            let mut likely: Vec<usize> =
                pool.lines_of(person).filter(|at| self.run.mean(*at) >= share * LIKE).collect();
            likely.sort_by(|a, b| self.run.mean(*b).total_cmp(&self.run.mean(*a)).then(a.cmp(b)));
            let (known, from) = (pool.of(person), pool.from(person));
            if let Some(at) = likely.into_iter().find(|at| self.room.take(person, &known[at - from].used.rows)) {
                self.give(person, at - from);
                count += 1;
            }
        }
        count
    }

    fn give(&mut self, person: usize, at: usize) {
        self.run.settle(person, self.pool.from(person) + at);
        self.chosen[person] = Some(at);
    }

    /// Settles a person on the line that breaks fewest rows, those fought over before counting more, and opens those who are in its way; gives their number.
    fn push(&mut self, person: usize) -> usize {
        let known = self.pool.of(person);
        let from = self.pool.from(person);
        let (run, room) = (&self.run, &mut self.room);
        let fought = &self.fought;
        let cost = |at: usize| {
            let conflicts = room.conflicts(person, &known[at].used.rows);
            let sum: u32 = conflicts.iter().map(|row| 1 + fought[*row as usize]).sum();
            (sum, -(run.mean(from + at) * 1e6) as i64, at)
        };
        let Some((_, _, at)) = (0..known.len()).map(cost).min() else { return 0 };
        let mut ejected = 0;
        while !self.room.take(person, &known[at].used.rows) {
            let conflicts = self.room.conflicts(person, &known[at].used.rows);
            for row in &conflicts {
                self.fought[*row as usize] += 1;
            }
            let uses = |other: &usize| {
                let used = self.chosen[*other].map(|at| &self.pool.of(*other)[at].used.rows);
                used.is_some_and(|rows| rows.iter().any(|(row, c)| *c > 0 && conflicts.binary_search(row).is_ok()))
            };
            let others = (0..self.chosen.len()).filter(|other| *other != person).filter(uses);
            let Some(other) = others.min_by_key(|other| (self.times[*other], *other)) else { return ejected };
            let Some(place) = self.chosen[other].take() else { return ejected };
            self.room.give_back(other, &self.pool.of(other)[place].used.rows);
            self.run.unsettle(other);
            self.times[other] += 1;
            ejected += 1;
        }
        self.give(person, at);
        ejected
    }
}
