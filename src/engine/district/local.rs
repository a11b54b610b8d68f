//! Search near the plan: neighbourhoods around whoever loses much by it, worked side by side.

use super::best::{best, near};
use super::board::Board;
use super::field::Field;
use super::neighbourhood::{Aim, Column, Neighbourhood, accept};
use super::plan::{Plan, coefficient};
use super::pool::Pool;
use super::search::Search;
use crate::engine::dual::Goal;
use crate::engine::formulation::Totals;
use crate::engine::line;
use crate::engine::pricing::{ONE, Prices};
use crate::engine::rows::RowKind;
use crate::engine::solver::SolveOptions;
use crate::engine::steps::held;
use lungang_domain::PersonIx;
use rand::RngExt;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// Neighbourhoods worked side by side, whatever the number of threads, so that every number gives the same plan.
const ABREAST: usize = 4;
/// People of a neighbourhood, at first and at most, how much it grows by once hardly anything comes of it, and how many
/// follow one person into it.
const PEOPLE: usize = 30;
const MOST: usize = 90;
const GROWTH: [usize; 2] = [3, 2];
const TAKEN: usize = 12;
/// Where a budget of moves is used up: one in so many people of a neighbourhood is somebody who moves and might rather not,
/// and so many follow one person.
const GIVERS: usize = 6;
const TAKEN_EACH: usize = 4;
/// Whoever has such a share of a line would take what it uses.
const SHARE: f64 = 0.05;
/// Known lines of each.
const LINES: usize = 12;
/// Lines of each among what the others leave, and what a row that they fill costs at least, in units of the largest
/// weight.
const VACANT: usize = 6;
const FULL: i64 = 5;
/// How much more than in the blend a tier counts in the programmes on it.
const FORE: i64 = 8;
/// No price of theirs is above this, so that whole-number sums hold.
const DEAREST: i64 = 1 << 44;
/// Nodes of a neighbourhood's programme.
const NODES: i64 = 60;
const NODES_OF_ALL: i64 = 100;
/// So many rounds must gain this part of what has been gained over nobody moving, or neighbourhoods grow, and in the end
/// the work on a tier ends.
const PATIENCE: u32 = 8;
/// But no fewer than one for so many people.
const CROWD: usize = 200;
const WORTH_WHILE: i64 = 5000;
const IN_BLOCKS: i64 = 2000;

/// What somebody would rather do.
struct Wish {
    value: i64,
    used: line::Use,
}

/// What everybody would rather do, and who would use each row then.
struct Wishes {
    of: Vec<Wish>,
    users: Vec<Vec<u32>>,
}

impl Search<'_, '_, '_> {
    /// Neighbourhoods until nothing better comes.
    pub(super) fn improve(&mut self, goal: Goal) {
        let Some(prices) = self.prices_for(goal) else { return };
        let views = self.views(goal, &prices);
        let wishes = self.wishes(&prices);
        let weights = self.aim(goal).weights;
        let sum = |worth: &Totals| worth.iter().zip(&weights).map(|(worth, weight)| worth * weight).sum::<i64>();
        self.size = (self.size * GROWTH[1] / GROWTH[0]).max(PEOPLE);
        let worth_while = if self.field.blocks.is_some() { IN_BLOCKS } else { WORTH_WHILE };
        let patience = PATIENCE.max((self.field.people.len() / CROWD) as u32);
        let (mut rounds, mut mark) = (0, sum(&self.worth));
        let tiers = self.field.ground.tiers.iter().zip(&self.reported.nobody).zip(&weights);
        let first: i64 = tiers.map(|((tier, value), weight)| weight * tier.as_gain(*value)).sum();
        while self.meter.round() {
            if let Goal::Tier(k) = goal
                && self.close_enough(k)
            {
                return;
            }
            self.abreast(goal, &views, &wishes);
            if self.meter.ended.is_some() {
                return;
            }
            rounds += 1;
            if rounds % patience == 0 {
                let now = sum(&self.worth);
                if now - mark <= (now - first).abs() / worth_while {
                    if self.size >= MOST || self.field.blocks.is_some() {
                        break;
                    }
                    self.size = (self.size * GROWTH[0] / GROWTH[1]).min(MOST);
                }
                mark = now;
            }
        }
        let seconds = self.meter.started.elapsed().as_secs_f64();
        tracing::debug!(?goal, worth = ?self.worth, rounds = self.meter.rounds, seconds, "improved");
    }

    /// One neighbourhood of everybody: for a department, whose people are few.
    pub(super) fn improve_whole(&mut self, goal: Goal) {
        let Some(prices) = self.prices_for(goal) else { return };
        if !self.meter.round() {
            return;
        }
        let views = self.views(goal, &prices);
        let boards: Vec<Board<'_>> = views.iter().map(|prices| Board::bare(&self.field, prices)).collect();
        let people = 0..self.field.people.len();
        let columns = people.map(|person| lines_of(&self.pool, &boards, &self.plan, person)).collect();
        self.choose_anew(goal, columns, 0.99, NODES_OF_ALL);
    }

    /// Everybody's line anew among these, the first of each being the present one, up to a gap in the goal's units.
    pub(super) fn choose_anew(&mut self, goal: Goal, columns: Vec<Vec<Column>>, abs_gap: f64, nodes: i64) {
        let options = SolveOptions { abs_gap, ..self.meter.limits(nodes) };
        let people = (0..self.field.people.len() as u32).collect();
        let aim = self.aim(goal);
        let chosen = Neighbourhood { people, columns }.choose(&self.field, &self.plan, &aim, &options);
        if self.meter.cut_short() {
            return;
        }
        if let Some(changes) = chosen {
            let better = self.better(goal);
            accept(&self.field, &mut self.plan, &mut self.worth, changes, better);
        }
        let seconds = self.meter.started.elapsed().as_secs_f64();
        tracing::debug!(?goal, worth = ?&self.worth[..6], seconds, "chosen anew");
    }

    /// What everybody would rather do at these prices: value, line, and what it uses.
    fn wishes(&self, prices: &Prices) -> Wishes {
        let (field, plan) = (&self.field, &self.plan);
        let board = Board::new(field, prices);
        let of: Vec<Wish> = (0..field.people.len())
            .into_par_iter()
            .map(|person| {
                let (value, line) = best(field, &board, person).unwrap_or_else(|| (0, plan.lines[person].clone()));
                Wish { value, used: line::weigh(field.ground, PersonIx(person), &line) }
            })
            .collect();
        let mut users = vec![Vec::new(); field.ground.rows.rows.len()];
        for (person, wish) in (0..).zip(&of) {
            for (row, _) in wish.used.rows.iter().filter(|(_, c)| *c > 0) {
                users[*row as usize].push(person);
            }
        }
        Wishes { of, users }
    }

    /// One round of neighbourhoods side by side.
    fn abreast(&mut self, goal: Goal, views: &[Prices], wishes: &Wishes) {
        let boards: Vec<Board<'_>> = views.iter().map(|prices| Board::bare(&self.field, prices)).collect();
        let losses: Vec<i64> = wishes
            .of
            .iter()
            .zip(&self.plan.uses)
            .map(|(wish, used)| (wish.value - boards[0].worth(&used.gains, &used.rows)).max(0))
            .collect();
        let users = self.plan.users();
        let settled = self.plan.settled(&self.field);
        let mut busy: BTreeSet<u32> = BTreeSet::new();
        let mut jobs = Vec::new();
        for _ in 0..ABREAST {
            let people = self.gather(&losses, wishes, &users, &settled, &busy);
            if people.len() < 2 {
                break;
            }
            busy.extend(&people);
            jobs.push(people);
        }
        let aim = self.aim(goal);
        let (field, plan, pool) = (&self.field, &self.plan, &self.pool);
        let options = SolveOptions { presolve: false, plain: true, ..self.meter.limits(NODES) };
        let answers: Vec<Option<Vec<(u32, Column)>>> = jobs
            .into_par_iter()
            .map(|people| {
                let mut columns: Vec<Vec<Column>> =
                    people.iter().map(|person| lines_of(pool, &boards, plan, *person as usize)).collect();
                if let Some(view) = views.last() {
                    add_vacant(field, plan, view, &people, &mut columns);
                }
                Neighbourhood { people, columns }.choose(field, plan, &aim, &options)
            })
            .collect();
        if self.meter.cut_short() {
            return;
        }
        let found = answers.iter().flatten().count();
        let better = self.better(goal);
        let mut any = false;
        for changes in answers.into_iter().flatten() {
            any |= accept(&self.field, &mut self.plan, &mut self.worth, changes, &better);
        }
        let seconds = self.meter.started.elapsed().as_secs_f64();
        tracing::debug!(found, any, rounds = self.meter.rounds, seconds, worth = ?&self.worth[..6], "abreast");
    }

    fn prices_for(&self, goal: Goal) -> Option<Prices> {
        let blended = self.prices[self.order.len()].clone();
        let Goal::Tier(k) = goal else { return blended };
        let Some(mut prices) = blended else { return self.prices[k].clone() };
        let Some(own) = &self.prices[k] else { return Some(prices) };
        // As the programmes count: a tier's programme says nothing of what comes after it, and most lines tie in it.
        let more = (FORE - 1) * self.order[k].units_in(&self.blend());
        let both = prices.rows.iter_mut().chain(&mut prices.weights).zip(own.rows.iter().chain(&own.weights));
        for (price, own) in both {
            *price = price.saturating_add(more.saturating_mul(*own)).min(DEAREST);
        }
        Some(prices)
    }

    /// Prices under which lines are looked for: those of the goal, and the blend's.
    fn views(&self, goal: Goal, prices: &Prices) -> Vec<Prices> {
        let mut views = vec![prices.clone()];
        if let Goal::Tier(_) = goal {
            views.extend(self.prices[self.order.len()].clone());
        }
        views
    }

    pub(super) fn aim(&self, goal: Goal) -> Aim {
        match goal {
            Goal::Blend(weights) => Aim { weights, floors: Vec::new() },
            Goal::Tier(k) => {
                let mut weights = self.blend();
                for tier in held(&self.order[..k]) {
                    weights[tier] = 0;
                }
                for tier in self.order[k].parts() {
                    weights[tier] *= FORE;
                }
                Aim { weights, floors: held(&self.order[..k]).collect() }
            }
        }
    }

    /// One of these people, by what they lose.
    fn drawn(&mut self, among: &[u32], losses: &[i64]) -> Option<u32> {
        let total: i64 = among.iter().map(|person| losses[*person as usize] + 1).sum();
        if total <= 0 {
            return None;
        }
        let mut ticket = self.rng.random_range(0..total);
        among.iter().copied().find(|person| {
            ticket -= losses[*person as usize] + 1;
            ticket < 0
        })
    }

    /// One of these people, each as likely as the other.
    fn drawn_alike(&mut self, among: &[u32]) -> Option<u32> {
        (!among.is_empty()).then(|| among[self.rng.random_range(0..among.len())])
    }

    /// A neighbourhood around somebody who loses much: who sits where they would go, and who would come where they
    /// leave.
    fn gather(
        &mut self,
        losses: &[i64],
        wishes: &Wishes,
        users: &[Vec<u32>],
        settled: &[i64],
        busy: &BTreeSet<u32>,
    ) -> Vec<u32> {
        let free: Vec<u32> = (0..losses.len() as u32).filter(|person| !busy.contains(person)).collect();
        let Some(seed) = self.drawn(&free, losses) else { return Vec::new() };
        let rows = &self.field.ground.rows.rows;
        let mut inside: BTreeSet<u32> = BTreeSet::from([seed]);
        let mut queue = std::collections::VecDeque::from([seed]);
        // A budget joins everybody who moves with everybody who would, so it says nothing of who belongs together: some who
        // might give up a move are drawn, each with those around them.
        let used_up = |row: &usize| rows[*row].kind.is_budget() && settled[*row] >= rows[*row].limit;
        let budget = (0..rows.len()).find(used_up);
        let most_taken = if budget.is_some() { TAKEN_EACH } else { TAKEN };
        if let Some(budget) = budget {
            let movers: Vec<u32> = users[budget].iter().copied().filter(|person| !busy.contains(person)).collect();
            for at in 0..self.size / GIVERS {
                // Every other one whatever they lose, for the prices may be wrong.
                let giver = if at % 2 == 0 { self.drawn(&movers, losses) } else { self.drawn_alike(&movers) };
                queue.extend(giver.filter(|giver| inside.insert(*giver)));
            }
        }
        let mut seen_rows: BTreeSet<u32> = BTreeSet::new();
        while let Some(person) = queue.pop_front() {
            let mut next: Vec<u32> = Vec::new();
            let shared = self.pool.of(person as usize).iter().filter(|known| known.share > SHARE);
            let wanted = std::iter::once(&wishes.of[person as usize].used).chain(shared.map(|known| &known.used));
            // Their own use counts twice on purpose: with colleagues in a post that is full as it is, places are swapped
            // at little cost (decision 0008).
            for (row, coefficient) in wanted.flat_map(|used| &used.rows) {
                let full = settled[*row as usize] + i64::from(*coefficient) > rows[*row as usize].limit;
                let joins = *coefficient > 0 && !rows[*row as usize].kind.is_budget();
                if joins && full && seen_rows.insert(*row) {
                    next.extend(&users[*row as usize]);
                }
            }
            // Who would like what this one has.
            for (row, c) in &self.plan.uses[person as usize].rows {
                let joins = *c > 0 && !rows[*row as usize].kind.is_budget();
                if joins && seen_rows.insert(*row | 1 << 31) {
                    let wants = |other: &u32| {
                        coefficient(&wishes.of[*other as usize].used, *row)
                            > coefficient(&self.plan.uses[*other as usize], *row)
                    };
                    next.extend(
                        wishes.users[*row as usize].iter().copied().filter(|other| !busy.contains(other)).filter(wants),
                    );
                }
            }
            next.sort_by_key(|other| (std::cmp::Reverse(losses[*other as usize]), *other));
            next.dedup();
            let mut taken = 0;
            for other in next {
                if inside.len() >= self.size {
                    return inside.into_iter().collect();
                }
                if taken < most_taken && !busy.contains(&other) && inside.insert(other) {
                    queue.push_back(other);
                    taken += 1;
                }
            }
            if queue.is_empty() && inside.len() < self.size {
                // The chain ends: another one who loses.
                let other = free[self.rng.random_range(0..free.len())];
                if inside.insert(other) {
                    queue.push_back(other);
                }
            }
        }
        inside.into_iter().collect()
    }
}

/// Lines priced anew where rows that the others fill are out of the question: what is really to be had here.
fn add_vacant(field: &Field<'_>, plan: &Plan, view: &Prices, people: &[u32], columns: &mut [Vec<Column>]) {
    let rows = field.ground.rows;
    let mut rest = plan.usage.clone();
    for person in people {
        for (row, c) in &plan.uses[*person as usize].rows {
            rest[*row as usize] -= i64::from(*c);
        }
    }
    let mut room = rows.room_at_no_cost();
    // A budget of all years is used up long before what decided moves may go beyond it: by all with what relieves it.
    if rows.budgets().next().is_some() {
        let settled = plan.settled(field);
        for (at, row) in rows.rows.iter().enumerate() {
            if row.kind.is_budget() {
                room[at] = row.limit - (settled[at] - plan.usage[at]);
            }
        }
    }
    let dear = view.weights.iter().copied().max().unwrap_or(ONE).saturating_mul(FULL).min(DEAREST);
    let mut prices = view.clone();
    for (((row, rest), room), price) in rows.rows.iter().zip(&rest).zip(&room).zip(&mut prices.rows) {
        let fills = matches!(
            row.kind,
            RowKind::Seats(..)
                | RowKind::Entry(..)
                | RowKind::Turnover(..)
                | RowKind::TurnoverDecided(..)
                | RowKind::Peak(..)
                | RowKind::PeakDecided(..)
        ) || row.kind.is_budget();
        if fills && *rest >= *room {
            *price = dear.max(*price);
        }
    }
    let board = Board::of_people(field, &prices, people);
    for (person, columns) in people.iter().zip(columns) {
        let person = *person as usize;
        for line in near(field, &board, person, VACANT) {
            if columns.iter().all(|column| column.line != line) {
                let used = line::weigh(field.ground, PersonIx(person), &line);
                columns.push(Column { line, used });
            }
        }
    }
}

/// Lines that a person of a neighbourhood chooses among: the present one, and the known ones that lose least at each set
/// of prices.
fn lines_of(pool: &Pool, boards: &[Board<'_>], plan: &Plan, person: usize) -> Vec<Column> {
    let present = Column { line: plan.lines[person].clone(), used: plan.uses[person].clone() };
    let known = pool.of(person);
    let mut picked: BTreeSet<usize> = BTreeSet::new();
    for (at, board) in boards.iter().enumerate() {
        let most = if at == 0 { LINES } else { LINES / 2 };
        let mut ranked: Vec<(bool, i64, usize)> = known
            .iter()
            .enumerate()
            .map(|(at, one)| (one.share == 0.0, -board.worth(&one.used.gains, &one.used.rows), at))
            .collect();
        ranked.sort_unstable();
        picked.extend(ranked.into_iter().take(most).map(|(_, _, at)| at));
    }
    let others = picked.into_iter().map(|at| &known[at]).filter(|known| known.line != present.line);
    let others = others.map(|known| Column { line: known.line.clone(), used: known.used.clone() });
    std::iter::once(present.clone()).chain(others).collect()
}
