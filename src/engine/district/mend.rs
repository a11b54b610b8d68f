//! Mending a choice of lines in which some have none and a few rows are broken: small programmes around them that pay for
//! either, until neither is left.

use super::board::Board;
use super::field::Field;
use super::neighbourhood::{Aim, Column, Neighbourhood};
use super::plan::{Plan, coefficient};
use super::pool::Pool;
use crate::engine::line::Use;
use crate::engine::rows::BROKEN;
use crate::engine::solver::{SolveOptions, Status, solve};
use std::cmp::Reverse;
use std::collections::{BTreeSet, VecDeque};

/// People of the programmes that mend, the first and those after it, and lines of each.
const PEOPLE: [usize; 3] = [60, 90, 120];
const LINES: usize = 14;

/// What is wrong is mended so much at a time, those next to one another together.
const WRONGS: usize = 24;

/// What a programme mends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Wrong {
    /// Whoever has no line, or the first who uses the broken row.
    person: u32,
    /// The broken row.
    row: Option<u32>,
}

/// A choice of lines that is not a plan yet.
pub struct Draft {
    /// The lines; those of people without one are a stand-in that uses nothing.
    pub plan: Plan,
    /// Who has none.
    pub waiting: BTreeSet<usize>,
}

/// What mending needs to know.
pub struct Mending<'a, 'f> {
    /// The case.
    pub field: &'a Field<'f>,
    /// Lines to choose among.
    pub pool: &'a Pool,
    /// What to aim at.
    pub aim: &'a Aim,
    /// What somebody without a line, or a unit of a broken row, costs.
    pub penalty: i64,
    /// Prices by which lines are ranked.
    pub board: Board<'a>,
    /// A plan to fall back on.
    pub safe: &'a Plan,
}

impl Draft {
    /// Whether everybody has a line, and no more rows are broken than in the plan to fall back on.
    #[must_use]
    pub fn is_whole(&self, mending: &Mending<'_, '_>) -> bool {
        self.waiting.is_empty() && self.plan.worth(mending.field)[BROKEN] >= mending.safe.worth(mending.field)[BROKEN]
    }
}

impl Mending<'_, '_> {
    /// Mends a draft as far as the programmes can; `options` are asked for anew before each, since time goes by.
    pub fn mend<'o>(&self, draft: &mut Draft, options: &dyn Fn() -> SolveOptions<'o>, stop: &dyn Fn() -> bool) {
        for most in PEOPLE {
            if draft.is_whole(self) || stop() {
                break;
            }
            for wrongs in self.wrongs(draft).chunks(WRONGS) {
                if !stop() {
                    self.choose(draft, wrongs, most, &options());
                }
            }
            tracing::trace!(waiting = draft.waiting.len(), most, "mended");
        }
    }

    /// Whatever is wrong, in the order of people.
    fn wrongs(&self, draft: &Draft) -> Vec<Wrong> {
        let settled = draft.plan.settled(self.field);
        let rows = &self.field.ground.rows.rows;
        let users = draft.plan.users();
        let mut wrongs: Vec<Wrong> =
            draft.waiting.iter().map(|person| Wrong { person: *person as u32, row: None }).collect();
        for (row, (used, limit)) in (0..).zip(settled.iter().zip(rows)) {
            if *used > limit.limit {
                wrongs.push(Wrong { person: users[row as usize].first().copied().unwrap_or(0), row: Some(row) });
            }
        }
        wrongs.sort_unstable();
        wrongs
    }

    /// Sets back to the lines of the safe plan whoever has none or breaks a row; gives their number.
    pub fn give_up(&self, draft: &mut Draft) -> usize {
        let mut reverted = 0;
        for person in std::mem::take(&mut draft.waiting) {
            draft.plan.set(person, self.safe.lines[person].clone(), self.safe.uses[person].clone());
            reverted += 1;
        }
        reverted + revert(self.field, &mut draft.plan, self.safe, self.safe.worth(self.field)[BROKEN])
    }

    /// One programme around what is wrong.
    fn choose(&self, draft: &mut Draft, wrongs: &[Wrong], most: usize, options: &SolveOptions<'_>) {
        let people = self.gather(draft, wrongs, most);
        let columns = people.iter().map(|person| self.columns(draft, *person as usize)).collect();
        let neighbourhood = Neighbourhood { people, columns };
        let mut posed = neighbourhood.pose(self.field, &draft.plan, self.aim);
        let mut first = 0;
        for (person, columns) in neighbourhood.people.iter().zip(&neighbourhood.columns) {
            if draft.waiting.contains(&(*person as usize)) {
                posed.model.columns[first].objective -= self.penalty as f64;
            }
            first += columns.len();
        }
        // What breaks a row now may go on doing so, at a price.
        let settled = draft.plan.settled(self.field);
        for (at, row) in posed.joint.iter().enumerate() {
            let over = settled[*row as usize] - self.field.ground.rows.rows[*row as usize].limit;
            if over > 0 {
                let col = posed.model.integer(-self.penalty, 0, over);
                posed.model.rows[neighbourhood.people.len() + at].terms.push((col, -1.0));
                posed.start.push(over as f64);
            }
        }
        let answer = solve(&posed.model, &SolveOptions { warm_start: Some(&posed.start), ..options.clone() });
        if !matches!(answer.status, Status::Optimal | Status::Stopped) {
            return;
        }
        let Some(values) = answer.values else { return };
        let mut col = 0;
        for (person, columns) in neighbourhood.people.into_iter().zip(neighbourhood.columns) {
            let first = col;
            col += columns.len();
            let picked = columns.into_iter().enumerate().zip(&values[first..]).find(|(_, value)| **value > 0.5);
            if let Some(((at, column), _)) = picked
                && at > 0
            {
                draft.waiting.remove(&(person as usize));
                draft.plan.set(person as usize, column.line, column.used);
            }
        }
    }

    /// What a person of a programme chooses among, the draft's own line first.
    fn columns(&self, draft: &Draft, person: usize) -> Vec<Column> {
        let present = Column { line: draft.plan.lines[person].clone(), used: draft.plan.uses[person].clone() };
        let known = self.pool.of(person);
        // Who waits may take the line that stands in for one.
        let waits = draft.waiting.contains(&person);
        let others = self.lines(person).into_iter().map(|at| &known[at]);
        let others = others.filter(|one| waits || one.line != present.line);
        let others: Vec<Column> = others.map(|one| Column { line: one.line.clone(), used: one.used.clone() }).collect();
        std::iter::once(present).chain(others).collect()
    }

    /// Whoever of these waits or touches a broken row, and then those who use the full rows of what they would rather do.
    fn gather(&self, draft: &Draft, wrongs: &[Wrong], most: usize) -> Vec<u32> {
        let rows = &self.field.ground.rows.rows;
        let settled = draft.plan.settled(self.field);
        let users = draft.plan.users();
        let broken: Vec<u32> = wrongs.iter().filter_map(|wrong| wrong.row).collect();
        let waiting = wrongs.iter().filter(|wrong| wrong.row.is_none());
        let mut inside: BTreeSet<u32> = waiting.map(|wrong| wrong.person).collect();
        for row in &broken {
            if rows[*row as usize].kind.is_budget() {
                inside.extend(self.givers(draft, *row, &users[*row as usize], most));
            } else {
                inside.extend(&users[*row as usize]);
            }
        }
        // Who could relieve a broken row.
        for person in 0..self.pool.people() {
            let relieves = |used: &Use| used.rows.iter().any(|(row, c)| *c < 0 && broken.contains(row));
            if !broken.is_empty()
                && inside.len() < most
                && self.pool.of(person).iter().any(|known| relieves(&known.used))
            {
                inside.insert(person as u32);
            }
        }
        let mut queue: VecDeque<u32> = inside.iter().copied().collect();
        while let Some(person) = queue.pop_front() {
            for at in self.lines(person as usize) {
                for (row, c) in &self.pool.of(person as usize)[at].used.rows {
                    let full = settled[*row as usize] >= rows[*row as usize].limit;
                    // A budget joins everybody who moves: whom it would draw in says nothing.
                    if *c <= 0 || !full || rows[*row as usize].kind.is_budget() {
                        continue;
                    }
                    for other in &users[*row as usize] {
                        if inside.len() < most && inside.insert(*other) {
                            queue.push_back(*other);
                        }
                    }
                }
            }
            if inside.len() >= most {
                break;
            }
        }
        inside.into_iter().collect()
    }

    /// Of the users of a row those who lose least by a line that uses it less, half as many as a programme has people.
    fn givers(&self, draft: &Draft, row: u32, users: &[u32], most: usize) -> Vec<u32> {
        let worth = |used: &Use| self.board.worth(&used.gains, &used.rows);
        let loss = |person: &u32| {
            let now = &draft.plan.uses[*person as usize];
            let less = self
                .pool
                .of(*person as usize)
                .iter()
                .filter(|known| coefficient(&known.used, row) < coefficient(now, row));
            less.map(|known| worth(now) - worth(&known.used)).min().unwrap_or(i64::MAX)
        };
        let mut givers = users.to_vec();
        givers.sort_by_cached_key(|person| (loss(person), *person));
        givers.truncate(most / 2);
        givers
    }

    fn lines(&self, person: usize) -> Vec<usize> {
        let worth = |used: &Use| self.board.worth(&used.gains, &used.rows);
        let mut lines: Vec<usize> = (0..self.pool.of(person).len()).collect();
        lines.sort_by_cached_key(|at| Reverse(worth(&self.pool.of(person)[*at].used)));
        lines.truncate(LINES);
        // Where decisions and full rows leave nothing else.
        if !lines.contains(&0) {
            lines.push(0);
        }
        lines
    }
}

/// Sets people back to their lines in `safe` until no more rows are broken than by these; gives their number.
fn revert(field: &Field<'_>, plan: &mut Plan, safe: &Plan, allowed: i64) -> usize {
    let mut reverted = 0;
    while plan.worth(field)[BROKEN] < allowed {
        let settled = plan.settled(field);
        let over = |row: u32| settled[row as usize] > field.ground.rows.rows[row as usize].limit;
        let adds = |person: &usize| plan.uses[*person].rows.iter().any(|(row, c)| *c > 0 && over(*row));
        let relieves = |person: &usize| safe.uses[*person].rows.iter().any(|(row, c)| *c < 0 && over(*row));
        let differing: Vec<usize> =
            (0..plan.lines.len()).filter(|person| plan.lines[*person] != safe.lines[*person]).collect();
        let next = differing.iter().copied().find(adds).or_else(|| differing.iter().copied().find(relieves));
        let Some(person) = next.or(differing.first().copied()) else { break };
        plan.set(person, safe.lines[person].clone(), safe.uses[person].clone());
        reverted += 1;
    }
    reverted
}
