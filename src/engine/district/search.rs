//! Order of work for a district: bounds at no cost, a blended dual, neighbourhoods, then tier after tier.

use super::board::Board;
use super::field::{Field, Person};
use super::line::{self, Line};
use super::neighbourhood::{Aim, Column, Neighbourhood, accept};
use super::plan::{Plan, coefficient};
use super::pool::Pool;
use super::pdhg::{Splitting, Task};
use super::sweep::best;
use crate::engine::dual::{Goal, Reached, above_floors};
use crate::engine::formulation::Totals;
use crate::engine::ground::Ground;
use crate::engine::meter::Meter;
use crate::engine::pricing::{ONE, Prices};
use crate::engine::rows::{self, BROKEN, TIERS};
use crate::engine::{Control, Ended, Failure, Outcome};
use crate::rules::{Facts, score};
use lungang_domain::plan::{TierRow, TierStatus};
use lungang_domain::policy::Tier;
use lungang_domain::{Case, PersonIx, Policy};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::time::Instant;

/// Steps of the linear programme before the first rounds ask for more lines; later rounds as the last.
const STEPS: [u32; 6] = [10, 10, 20, 20, 30, 40];
/// Most rounds, and how many without more than a little end them.
const ROUNDS: usize = 60;
/// Primal weight of the blend, divided by a tier's weight in it for that tier.
const OMEGA: f64 = 300.0;
/// Lines with so small a share are left out when shares are rounded off: in a hurry, and once the programme is solved.
const HASTY: f64 = 0.1;
const SLIGHT: f64 = 0.01;
/// Rounds before the first plan.
const FIRST: usize = 22;
/// Rounding off stops at so many times what is little.
const ROUGH: f64 = 20.0;
const NODES_TO_ROUND: i64 = 50;
const STALE: usize = 8;
/// Share of the blend at which later tiers decide between equals, and what it falls by each round.
const HINT: f64 = 1.0;
const HINT_FALL: f64 = 0.75;
const HINT_LEAST: f64 = 0.003;
/// How much longer the rounds get once they find hardly any line that was missing.
const CALM: u32 = 5;
/// Neighbourhoods worked side by side, whatever the number of threads, so that every number gives the same plan.
const ABREAST: usize = 4;
/// People of a neighbourhood, and lines of each.
const PEOPLE: usize = 60;
const LINES: usize = 12;
/// Nodes of a neighbourhood's programme.
const NODES: i64 = 60;
/// So many rounds must gain a thousandth of what has been gained over nobody moving, or the work on a tier ends.
const PATIENCE: u32 = 12;
const WORTH_WHILE: i64 = 1000;

/// A dual reached: D and c.
#[derive(Clone)]
struct Dual {
    value: i64,
    weights: [i64; TIERS],
    /// Tiers that stood at 0 and were held there part by part: it speaks of plans that keep them at 0, and of no others.
    struck: Vec<usize>,
}

/// What somebody would rather do.
struct Wish {
    value: i64,
    used: line::Use,
}

struct Search<'c, 'p, 'f> {
    field: Field<'f>,
    meter: Meter<'c, 'p>,
    most: Vec<i64>,
    plan: Plan,
    worth: Totals,
    order: Vec<usize>,
    /// Every dual reached, by tier, so that bounds can be read again for a better plan.
    duals: Vec<Vec<Dual>>,
    /// Prices of the last ascent of each tier, and of the blend.
    prices: Vec<Option<Prices>>,
    pool: Pool,
    /// Primal weight that the linear programme of each goal ended with.
    omega: Vec<f64>,
    rng: ChaCha8Rng,
    nobody: Vec<i64>,
    today: Vec<i64>,
}

/// Plans a district. `None` where nobody moving breaks a joint row, so that another engine has to begin.
///
/// # Errors
/// [`Failure::Solver`] where what was counted along the way is not what the layout is worth.
pub fn solve(case: &Case, policy: &Policy, control: &mut Control<'_>) -> Result<Option<Outcome>, Failure> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(control.limits.threads.max(1))
        .build()
        .map_err(|error| Failure::Solver(error.to_string()))?;
    pool.install(|| {
        let started = Instant::now();
        let facts = Facts::new(case, policy);
        let tiers = Tier::of(policy);
        let rows = rows::build(&facts, &tiers);
        let ground = Ground { facts: &facts, rows: &rows, tiers: &tiers };
        let field = Field::new(ground);
        tracing::debug!(seconds = started.elapsed().as_secs_f64(), "field");
        let Some(plan) = start(&field) else { return Ok(None) };
        let worth = plan.worth(&field);
        if worth[BROKEN] < 0 {
            return Ok(None);
        }
        let seed = control.limits.seed;
        let mut search = Search {
            most: rows.aux.iter().map(|aux| aux.most).collect(),
            pool: Pool::new(&field, &plan.lines, &plan.uses),
            plan,
            worth,
            order: (0..tiers.len()).collect(),
            duals: vec![Vec::new(); tiers.len()],
            prices: vec![None; tiers.len() + 1],
            omega: blend(&tiers)[..tiers.len()].iter().map(|weight| OMEGA / *weight as f64).chain([OMEGA]).collect(),
            meter: Meter { control, started, rounds: 0, ended: None },
            rng: ChaCha8Rng::seed_from_u64(seed),
            nobody: score::score(&facts, &facts.nobody_moves),
            today: score::today(&facts),
            field,
        };
        search.run();
        search.outcome().map(Some)
    })
}

/// Nobody moves, but where decisions require it. `None` where they leave somebody no line.
fn start(field: &Field<'_>) -> Option<Plan> {
    let prices = Prices { rows: vec![0; field.ground.rows.rows.len()], weights: [0; TIERS] };
    let board = Board::new(field, &prices);
    let idle = field.nobody_moves();
    let lines: Option<Vec<Line>> = field
        .people
        .iter()
        .zip(idle)
        .enumerate()
        .map(|(person, (kind, idle))| match kind {
            Person::Plain(_) => Some(idle),
            Person::Special(network) if line::stays_as(network, &idle) => Some(idle),
            Person::Special(_) => best(field, &board, person).map(|(_, line)| line),
        })
        .collect();
    lines.map(|lines| Plan::new(field, lines))
}

/// Weights of the blend: moderate, so that its dual converges.
fn blend(tiers: &[Tier]) -> [i64; TIERS] {
    let mut weights = [0; TIERS];
    for (tier, slot) in tiers.iter().zip(&mut weights) {
        *slot = match tier {
            Tier::Essential => 2000,
            Tier::Cover => 400,
            Tier::Law => 100,
            Tier::Risk(_) => 8,
            Tier::Reserve => 120,
            Tier::Quality => 1,
        };
    }
    weights
}

impl Search<'_, '_, '_> {
    fn run(&mut self) {
        for k in 0..self.order.len() {
            self.quick_bound(k);
            self.report(k);
        }
        let blended = Goal::Blend(blend(self.field.ground.tiers));
        self.relax(blended, None, FIRST);
        self.round_off(blended, HASTY);
        for k in 0..self.order.len() {
            self.report(k);
        }
        self.relax(blended, self.prices[self.order.len()].clone(), ROUNDS);
        self.round_off(blended, SLIGHT);
        self.improve(blended, PATIENCE);
        for k in 0..self.order.len() {
            self.report(k);
        }
        for pass in 0_u32.. {
            let before = (self.worth, self.bounds());
            for k in 0..self.order.len() {
                self.close(k, pass);
                self.report(k);
                if self.meter.ended.is_some() {
                    return;
                }
            }
            // Twice over every start, and then as long as something comes of it.
            if pass >= 2 && before == (self.worth, self.bounds()) {
                return;
            }
        }
    }

    fn bounds(&self) -> Vec<i64> {
        (0..self.order.len()).map(|k| self.bound(k)).collect()
    }

    /// Dual and neighbourhoods of one tier; each pass has another start and more sweeps.
    fn close(&mut self, k: usize, pass: u32) {
        if self.gap(k) == 0 {
            return;
        }
        let start = match pass {
            0 => self.blend_scaled(k),
            // Refreshed at the better plan.
            _ => self.prices[k].clone(),
        };
        self.relax(Goal::Tier(k), start, ROUNDS);
        self.report(k);
        if self.gap(k) > 0 {
            self.round_off(Goal::Tier(k), SLIGHT);
            self.improve(Goal::Tier(k), PATIENCE);
        }
    }

    /// Tiers before `k` that count only losses and stand at 0: each part of them is 0 in every plan as good, so their
    /// shortages are struck out instead of being priced through one floor.
    fn struck(&self, k: usize) -> Vec<usize> {
        let counts_losses = |tier: &usize| self.field.ground.rows.aux.iter().any(|aux| aux.gains[*tier] < 0);
        self.order[..k].iter().copied().filter(|tier| self.worth[*tier] == 0).filter(counts_losses).collect()
    }

    /// The blend's prices in the units of a tier: a start from which its dual need not begin anew.
    fn blend_scaled(&self, k: usize) -> Option<Prices> {
        let prices = self.prices[self.order.len()].as_ref()?;
        let weights = blend(self.field.ground.tiers);
        let unit = weights[self.order[k]].max(1);
        let mut start = Prices { rows: prices.rows.iter().map(|price| price / unit).collect(), weights: [0; TIERS] };
        for tier in &self.order[..k] {
            start.weights[*tier] = weights[*tier] * ONE / unit;
        }
        Some(start)
    }

    fn quick_bound(&mut self, k: usize) {
        let mut prices = Prices { rows: vec![0; self.field.ground.rows.rows.len()], weights: [0; TIERS] };
        prices.weights[self.order[k]] = ONE;
        if let Some(dual) = self.pool.refresh(&self.field, &prices, &self.most) {
            self.duals[k].push(Dual { value: dual, weights: prices.weights, struck: Vec::new() });
        }
    }

    /// The best bound of a tier at the present plan, in its own units.
    fn bound(&self, k: usize) -> i64 {
        let floors = |dual: &Dual| {
            let floor = |sum: i64, tier: &usize| sum - dual.weights[*tier] * self.worth[*tier];
            self.order[..k].iter().fold(dual.value, floor).div_euclid(ONE)
        };
        let holds = |dual: &&Dual| dual.struck.iter().all(|tier| self.worth[*tier] == 0);
        let best = self.duals[k].iter().filter(holds).map(floors).min().unwrap_or(i64::MAX);
        best.max(self.worth[self.order[k]])
    }

    fn gap(&self, k: usize) -> i64 {
        self.bound(k) - self.worth[self.order[k]]
    }

    /// The linear programme of a goal over the known lines, and more lines where it asks for them; keeps its prices and
    /// its bound.
    fn relax(&mut self, goal: Goal, start: Option<Prices>, rounds: usize) {
        let rows = self.field.ground.rows.rows.len();
        let start = start.unwrap_or_else(|| Prices { rows: vec![0; rows], weights: [0; TIERS] });
        self.pool.hold(&self.plan.lines, &self.plan.uses);
        let floors = self.order[..goal.floors()].to_vec();
        let struck = self.struck(goal.floors());
        let mut most = self.most.clone();
        for (aux, most) in self.field.ground.rows.aux.iter().zip(&mut most) {
            if struck.iter().any(|tier| aux.gains[*tier] < 0) {
                *most = 0;
            }
        }
        let weights = goal.weights(&self.order);
        let hints = |round: usize| {
            let mut hints = [0.0; TIERS];
            let size = (HINT * HINT_FALL.powi(round as i32)).max(HINT_LEAST);
            if let Goal::Tier(k) = goal {
                let blend = blend(self.field.ground.tiers);
                let unit = blend[self.order[k]] as f64;
                for tier in &self.order[k + 1..] {
                    hints[*tier] = size * blend[*tier] as f64 / unit;
                }
            }
            hints
        };
        let task = Task { weights, hints: hints(0), floors: &floors, values: self.worth, most: &most };
        let omega = self.omega[self.slot(goal)];
        let mut run = Splitting::new(&self.field, task, &start, &self.pool, omega);
        let mut best: Option<Reached> = None;
        let mut marks: Vec<i64> = Vec::new();
        let mut calm = 0;
        for round in 0..rounds {
            if !self.meter.round() {
                break;
            }
            let hinted = hints(round).iter().any(|hint| *hint > 0.0);
            let falling = hints(round) != hints(round + 1);
            // The bound is read where no later tier counts.
            let pure = !hinted || round % if falling { 4 } else { 2 } == 1;
            let prices = run.prices(!pure);
            let before = self.pool.dual(&self.field, &prices, &most);
            let Some(dual) = self.pool.refresh(&self.field, &prices, &most) else { break };
            run.adopt(&self.pool);
            let bound = above_floors(dual, &prices, &self.order, goal.floors(), &self.worth);
            tracing::trace!(round, pure, bound = bound as f64 / ONE as f64, missing = (dual - before) as f64 / ONE as f64, lines = self.pool.len(), state = ?run.state(), seconds = self.meter.started.elapsed().as_secs_f64(), "relaxed");
            if pure && best.as_ref().is_none_or(|best| bound < best.bound) {
                best = Some(Reached { prices, bound });
            }
            let reached = best.as_ref().map_or(i64::MAX, |best| best.bound);
            if pure {
                marks.push(reached);
            }
            if let Goal::Tier(k) = goal
                && reached.div_euclid(ONE) <= self.worth[self.order[k]]
            {
                break;
            }
            let settled = dual - before <= 20 * self.little(goal);
            if pure && !falling && settled && marks.len() > STALE && marks[marks.len() - 1 - STALE] - reached <= self.little(goal) {
                break;
            }
            calm = if settled { (calm + 1).min(CALM) } else { 0 };
            if falling {
                run.hint(hints(round + 1), &self.pool);
            }
            let steps = STEPS[round.min(STEPS.len() - 1)] * (1 + calm);
            run.run(&mut self.pool, steps);
        }
        let (_, omega, ..) = run.state();
        drop(run);
        let slot = self.slot(goal);
        self.omega[slot] = omega;
        let Some(Reached { prices, bound }) = best else { return };
        match goal {
            Goal::Tier(k) => {
                let weights = prices.weights;
                let dual = bound - above_floors(0, &prices, &self.order, k, &self.worth);
                if self.prices[k].is_none() || self.bound(k) > bound.div_euclid(ONE) {
                    self.prices[k] = Some(prices);
                }
                self.duals[k].push(Dual { value: dual, weights, struck });
            }
            Goal::Blend(_) => self.prices[self.order.len()] = Some(prices),
        }
        tracing::debug!(
            ?goal,
            bound = bound as f64 / ONE as f64,
            rounds = marks.len(),
            seconds = self.meter.started.elapsed().as_secs_f64(),
            "dual"
        );
    }

    fn slot(&self, goal: Goal) -> usize {
        match goal {
            Goal::Tier(k) => k,
            Goal::Blend(_) => self.order.len(),
        }
    }

    /// A change of the bound that is not worth further rounds: a tenth of a unit, or 1/50,000 of what was gained.
    fn little(&self, goal: Goal) -> i64 {
        let weights = goal.weights(&self.order);
        let gained: i64 = (0..self.order.len())
            .map(|k| weights[self.order[k]] * (self.worth[self.order[k]] - self.field.ground.tiers[self.order[k]].as_gain(self.nobody[k])))
            .sum();
        (ONE / 10).max(gained.abs() * ONE / 20_000)
    }

    /// One programme over the lines that the linear programme gives a share, and everybody's present one.
    fn round_off(&mut self, goal: Goal, least: f64) {
        if !self.meter.round() {
            return;
        }
        let people: Vec<u32> = (0..self.field.people.len() as u32).collect();
        let columns: Vec<Vec<Column>> = people
            .iter()
            .map(|person| {
                let person = *person as usize;
                let mut columns =
                    vec![Column { line: self.plan.lines[person].clone(), used: self.plan.uses[person].clone() }];
                columns.extend(
                    self.pool
                        .of(person)
                        .iter()
                        .filter(|known| known.share > least && known.line != self.plan.lines[person])
                        .map(|known| Column { line: known.line.clone(), used: known.used.clone() }),
                );
                columns
            })
            .collect();
        let count: usize = columns.iter().map(Vec::len).sum();
        let aim = self.aim(goal);
        let options = crate::engine::solver::SolveOptions {
            abs_gap: (ROUGH * self.little(goal) as f64 / ONE as f64).max(0.99),
            ..self.meter.limits(NODES_TO_ROUND)
        };
        let chosen = Neighbourhood { people, columns }.choose(&self.field, &self.plan, &aim, &options);
        if self.meter.cut_short() {
            return;
        }
        if let Some(changes) = chosen {
            let better = self.better(goal);
            accept(&self.field, &mut self.plan, &mut self.worth, changes, better);
        }
        let seconds = self.meter.started.elapsed().as_secs_f64();
        tracing::debug!(count, worth = ?&self.worth[..6], seconds, "rounded off");
    }

    /// What makes a plan better for a goal.
    fn better(&self, goal: Goal) -> impl Fn(&Totals, &Totals) -> bool + use<> {
        let order = self.order.clone();
        let weights = goal.weights(&order);
        move |after, before| match goal {
            Goal::Tier(_) => {
                let key = |worth: &Totals| order.iter().map(|tier| worth[*tier]).collect::<Vec<i64>>();
                key(after) > key(before)
            }
            Goal::Blend(_) => {
                let sum = |worth: &Totals| worth.iter().zip(&weights).map(|(worth, weight)| worth * weight).sum::<i64>();
                sum(after) > sum(before)
            }
        }
    }

    /// Neighbourhoods until nothing better comes.
    fn improve(&mut self, goal: Goal, patience: u32) {
        let Some(prices) = self.prices_for(goal) else { return };
        let views = self.views(goal, &prices);
        let wishes = self.wishes(&prices);
        let weights = self.aim(goal).weights;
        let sum = |worth: &Totals| worth.iter().zip(&weights).map(|(worth, weight)| worth * weight).sum::<i64>();
        let (mut rounds, mut mark) = (0, sum(&self.worth));
        let first = self
            .order
            .iter()
            .zip(&self.nobody)
            .map(|(tier, value)| weights[*tier] * self.field.ground.tiers[*tier].as_gain(*value));
        let first: i64 = first.sum();
        while self.meter.round() {
            if let Goal::Tier(k) = goal
                && self.gap(k) == 0
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
                if now - mark <= (now - first).abs() / WORTH_WHILE {
                    break;
                }
                mark = now;
            }
        }
        let seconds = self.meter.started.elapsed().as_secs_f64();
        tracing::debug!(?goal, worth = ?self.worth, rounds = self.meter.rounds, seconds, "improved");
    }

    /// What everybody would rather do at these prices: value, line, and what it uses.
    fn wishes(&self, prices: &Prices) -> Vec<Wish> {
        let (field, plan) = (&self.field, &self.plan);
        let board = Board::new(field, prices);
        (0..field.people.len())
            .into_par_iter()
            .map(|person| {
                let (value, line) = best(field, &board, person).unwrap_or_else(|| (0, plan.lines[person].clone()));
                Wish { value, used: line::weigh(field.ground, PersonIx(person), &line) }
            })
            .collect()
    }

    /// One round of neighbourhoods side by side.
    fn abreast(&mut self, goal: Goal, views: &[Prices], wishes: &[Wish]) {
        let boards: Vec<Board<'_>> = views.iter().map(|prices| Board::new(&self.field, prices)).collect();
        let losses: Vec<i64> = wishes
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
        let options = crate::engine::solver::SolveOptions {
            presolve: false,
            heuristic_effort: Some(0.0),
            ..self.meter.limits(NODES)
        };
        let answers: Vec<Option<Vec<(u32, Column)>>> = jobs
            .into_par_iter()
            .map(|people| {
                let columns = people.iter().map(|person| lines_of(pool, &boards, plan, *person as usize)).collect();
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
        match goal {
            Goal::Tier(k) => self.prices[k].clone().or_else(|| self.prices[self.order.len()].clone()),
            Goal::Blend(_) => self.prices[self.order.len()].clone(),
        }
    }

    /// Prices under which lines are looked for: those of the goal, and the blend's.
    fn views(&self, goal: Goal, prices: &Prices) -> Vec<Prices> {
        let mut views = vec![prices.clone()];
        if let Goal::Tier(_) = goal {
            views.extend(self.prices[self.order.len()].clone());
        }
        views
    }

    fn aim(&self, goal: Goal) -> Aim {
        match goal {
            Goal::Blend(weights) => Aim { weights, floors: Vec::new() },
            Goal::Tier(k) => {
                let mut weights = blend(self.field.ground.tiers);
                for tier in &self.order[..k] {
                    weights[*tier] = 0;
                }
                weights[self.order[k]] *= 8;
                Aim { weights, floors: self.order[..k].to_vec() }
            }
        }
    }

    /// A neighbourhood around somebody who loses much: who sits where they would go, and who would come where they
    /// leave.
    fn gather(
        &mut self,
        losses: &[i64],
        wishes: &[Wish],
        users: &[Vec<u32>],
        settled: &[i64],
        busy: &BTreeSet<u32>,
    ) -> Vec<u32> {
        let free: Vec<u32> = (0..losses.len() as u32).filter(|person| !busy.contains(person)).collect();
        let total: i64 = free.iter().map(|person| losses[*person as usize] + 1).sum();
        if total <= 0 {
            return Vec::new();
        }
        let mut ticket = self.rng.random_range(0..total);
        let seed = free.iter().copied().find(|person| {
            ticket -= losses[*person as usize] + 1;
            ticket < 0
        });
        let Some(seed) = seed else { return Vec::new() };
        let rows = &self.field.ground.rows.rows;
        let mut inside: BTreeSet<u32> = BTreeSet::from([seed]);
        let mut queue = std::collections::VecDeque::from([seed]);
        let mut seen_rows: BTreeSet<u32> = BTreeSet::new();
        while let Some(person) = queue.pop_front() {
            let mut next: Vec<u32> = Vec::new();
            for (row, coefficient) in &wishes[person as usize].used.rows {
                let full = settled[*row as usize] + i64::from(*coefficient) > rows[*row as usize].limit;
                if *coefficient > 0 && full && seen_rows.insert(*row) {
                    next.extend(&users[*row as usize]);
                }
            }
            // Who would like what this one has.
            for (row, c) in &self.plan.uses[person as usize].rows {
                if *c > 0 && seen_rows.insert(*row | 1 << 31) {
                    let wants = |other: &u32| {
                        coefficient(&wishes[*other as usize].used, *row)
                            > coefficient(&self.plan.uses[*other as usize], *row)
                    };
                    next.extend(free.iter().copied().filter(wants));
                }
            }
            next.sort_by_key(|other| (std::cmp::Reverse(losses[*other as usize]), *other));
            next.dedup();
            let mut taken = 0;
            for other in next {
                if inside.len() >= PEOPLE {
                    return inside.into_iter().collect();
                }
                if taken < 12 && !busy.contains(&other) && inside.insert(other) {
                    queue.push_back(other);
                    taken += 1;
                }
            }
            if queue.is_empty() && inside.len() < PEOPLE {
                // The chain ends: another one who loses.
                let other = free[self.rng.random_range(0..free.len())];
                if inside.insert(other) {
                    queue.push_back(other);
                }
            }
        }
        inside.into_iter().collect()
    }

    fn row(&self, k: usize) -> TierRow {
        let tier = self.field.ground.tiers[k];
        TierRow {
            id: tier.id(),
            name: tier.name().to_owned(),
            value: tier.as_gain(self.worth[k]),
            bound: Some(tier.as_gain(self.bound(k))),
            status: TierStatus::Open,
            gap_points: None,
            gap: None,
            today: self.today[k],
            nobody_moves: self.nobody[k],
        }
        .assess()
    }

    fn report(&mut self, k: usize) {
        let row = self.row(k);
        self.meter.control.progress.tier(&row, self.meter.rounds);
    }

    fn outcome(self) -> Result<Outcome, Failure> {
        let layout = line::layout(self.field.ground, &self.plan.lines);
        let scored = score::score(self.field.ground.facts, &layout);
        let claimed: Vec<i64> =
            self.field.ground.tiers.iter().enumerate().map(|(k, tier)| tier.as_gain(self.worth[k])).collect();
        if scored != claimed {
            return Err(Failure::Solver(format!("the formulation counts {claimed:?}, its layout {scored:?}")));
        }
        let tiers = (0..self.order.len()).map(|k| self.row(k)).collect();
        Ok(Outcome { layout, tiers, rounds: self.meter.rounds, ended: self.meter.ended.unwrap_or(Ended::Done) })
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
