//! Order of work for a district: bounds at no cost, a blended dual, neighbourhoods, then tier after tier.

use super::board::Board;
use super::field::{Field, Person};
use super::line::{self, Line};
use super::neighbourhood::{Aim, Column, Neighbourhood, accept};
use super::plan::{Plan, coefficient};
use super::price::Priced;
use super::sweep::{Ascent, Steps, Under, best, sweep};
use crate::engine::dual::{Goal, Reached, above_floors};
use crate::engine::formulation::Totals;
use crate::engine::ground::Ground;
use crate::engine::meter::Meter;
use crate::engine::pricing::{ONE, Prices};
use crate::engine::rows::{self, BROKEN, TIERS};
use crate::engine::steps::{Reported, Step, blend, held, key};
use crate::engine::{Control, Ended, Failure, Outcome};
use crate::rules::{Facts, score};
use lungang_domain::policy::Tier;
use lungang_domain::{Case, PersonIx, Policy};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::time::Instant;

/// Sweeps in one round of the dual.
const BLOCK: usize = 25;
/// Sweeps of the first ascents, and the share to which a step falls.
const SWEEPS: usize = 150;
const FALL: f64 = 0.0005;
/// Neighbourhoods worked side by side, whatever the number of threads, so that every number gives the same plan.
const ABREAST: usize = 4;
/// People of a neighbourhood, and lines of each.
const PEOPLE: usize = 60;
const LINES: usize = 20;
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
    steps: Steps,
    meter: Meter<'c, 'p>,
    most: Vec<i64>,
    plan: Plan,
    worth: Totals,
    order: Vec<Step>,
    /// Every dual reached, by step, so that bounds can be read again for a better plan.
    duals: Vec<Vec<Dual>>,
    /// Prices of the last ascent of each step, and of the blend.
    prices: Vec<Option<Prices>>,
    picks: Plan,
    rng: ChaCha8Rng,
    reported: Reported<'f>,
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
        let tiers = Tier::counted(policy);
        let order = Step::of(policy);
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
            steps: Steps::new(&field),
            most: rows.aux.iter().map(|aux| aux.most).collect(),
            picks: plan.clone(),
            plan,
            worth,
            duals: vec![Vec::new(); order.len()],
            prices: vec![None; order.len() + 1],
            order,
            meter: Meter { control, started, rounds: 0, ended: None },
            rng: ChaCha8Rng::seed_from_u64(seed),
            reported: Reported {
                policy,
                today: score::today(&facts),
                nobody: score::score(&facts, &facts.nobody_moves),
            },
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

impl Search<'_, '_, '_> {
    fn run(&mut self) {
        for k in 0..self.order.len() {
            self.quick_bound(k);
            self.report(k);
        }
        let blended = Goal::Blend(self.blend());
        let scale = self.order.iter().map(|step| step.scale(self.field.ground.tiers)).fold(1.0, f64::max);
        self.ascend(blended, 100.0 * scale, None, 2 * SWEEPS);
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

    fn blend(&self) -> [i64; TIERS] {
        blend(self.field.ground.tiers, &self.order)
    }

    fn bounds(&self) -> Vec<i64> {
        (0..self.order.len()).map(|k| self.bound(k)).collect()
    }

    /// Dual and neighbourhoods of one tier; each pass has another start and more sweeps.
    fn close(&mut self, k: usize, pass: u32) {
        if self.gap(k) == 0 {
            return;
        }
        // Where people are counted nearly all lines tie, and a price that is a little too high sends everybody elsewhere:
        // steps far below what one unit of the tier is worth.
        let step = match self.order[k].tier {
            None | Some(Tier::Essential | Tier::Cover | Tier::Law | Tier::Reserve) => 0.03,
            Some(Tier::Risk(_)) => 1.0,
            Some(Tier::Quality) => 20.0,
            // As the blend, whose weights it has.
            Some(Tier::Weighted) => 100.0 * self.order[k].scale(self.field.ground.tiers),
        };
        let (start, step) = match pass {
            0 => (self.blend_scaled(k), step),
            1 => (None, step),
            // Refreshed at the better plan.
            _ => (self.prices[k].clone(), step * 0.3),
        };
        self.ascend(Goal::Tier(k), step, start, SWEEPS << pass.min(2));
        self.report(k);
        if self.gap(k) > 0 {
            self.improve(Goal::Tier(k), PATIENCE);
        }
    }

    /// Tiers before `k` that count only losses and stand at 0: each part of them is 0 in every plan as good, so their
    /// shortages are struck out instead of being priced through one floor.
    fn struck(&self, k: usize) -> Vec<usize> {
        let counts_losses = |tier: &usize| self.field.ground.rows.aux.iter().any(|aux| aux.gains[*tier] < 0);
        held(&self.order[..k]).filter(|tier| self.worth[*tier] == 0).filter(counts_losses).collect()
    }

    /// The blend's prices in the units of a tier: a start from which its dual need not begin anew.
    fn blend_scaled(&self, k: usize) -> Option<Prices> {
        let prices = self.prices[self.order.len()].as_ref()?;
        let weights = self.blend();
        let unit = self.order[k].parts().next().map_or(1, |tier| weights[tier] / self.order[k].weights[tier]).max(1);
        let mut start = Prices { rows: prices.rows.iter().map(|price| price / unit).collect(), weights: [0; TIERS] };
        for tier in held(&self.order[..k]) {
            start.weights[tier] = weights[tier] * ONE / unit;
        }
        Some(start)
    }

    fn quick_bound(&mut self, k: usize) {
        let weights = self.order[k].weights.map(|weight| weight * ONE);
        let prices = Prices { rows: vec![0; self.field.ground.rows.rows.len()], weights };
        if let Some(sweep) = sweep(&self.field, &prices, &self.most, &mut self.picks) {
            self.duals[k].push(Dual { value: sweep.dual, weights: prices.weights, struck: Vec::new() });
        }
    }

    /// The best bound of a step at the present plan, in its own units.
    fn bound(&self, k: usize) -> i64 {
        let floors = |dual: &Dual| {
            let floor = |sum: i64, tier: usize| sum - dual.weights[tier] * self.worth[tier];
            held(&self.order[..k]).fold(dual.value, floor).div_euclid(ONE)
        };
        let holds = |dual: &&Dual| dual.struck.iter().all(|tier| self.worth[*tier] == 0);
        let best = self.duals[k].iter().filter(holds).map(floors).min().unwrap_or(i64::MAX);
        best.max(self.order[k].worth(&self.worth))
    }

    fn gap(&self, k: usize) -> i64 {
        self.bound(k) - self.order[k].worth(&self.worth)
    }

    /// One ascent; keeps its prices and its bound.
    fn ascend(&mut self, goal: Goal, step: f64, start: Option<Prices>, sweeps: usize) {
        let rows = self.field.ground.rows.rows.len();
        let start = start.unwrap_or_else(|| Prices { rows: vec![0; rows], weights: [0; TIERS] });
        let struck = self.struck(goal.floors());
        let mut most = self.most.clone();
        for (aux, most) in self.field.ground.rows.aux.iter().zip(&mut most) {
            if struck.iter().any(|tier| aux.gains[*tier] < 0) {
                *most = 0;
            }
        }
        let under = Under { steps: &self.steps, most: &most, order: &self.order };
        let mut ascent = Ascent::new(&self.field, under, goal, self.worth, &start, ONE as f64 * step);
        let fall = FALL.powf(1.0 / sweeps as f64);
        for _ in 0..sweeps.div_ceil(BLOCK) {
            if !self.meter.round() || !ascent.run(BLOCK, fall, &mut self.picks) {
                break;
            }
            if let (Goal::Tier(k), Some(best)) = (goal, &ascent.best)
                && best.bound.div_euclid(ONE) <= self.order[k].worth(&self.worth)
            {
                break;
            }
        }
        let Some(Reached { prices, bound }) = ascent.best else { return };
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
            bound = bound.div_euclid(ONE),
            seconds = self.meter.started.elapsed().as_secs_f64(),
            "dual"
        );
    }

    /// Neighbourhoods until nothing better comes.
    fn improve(&mut self, goal: Goal, patience: u32) {
        let Some(prices) = self.prices_for(goal) else { return };
        let views = self.views(goal, &prices);
        let wishes = self.wishes(&prices);
        let weights = self.aim(goal).weights;
        let sum = |worth: &Totals| worth.iter().zip(&weights).map(|(worth, weight)| worth * weight).sum::<i64>();
        let (mut rounds, mut mark) = (0, sum(&self.worth));
        let tiers = self.field.ground.tiers.iter().zip(&self.reported.nobody).zip(&weights);
        let first: i64 = tiers.map(|((tier, value), weight)| weight * tier.as_gain(*value)).sum();
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
        let (field, plan) = (&self.field, &self.plan);
        let options = crate::engine::solver::SolveOptions {
            presolve: false,
            heuristic_effort: Some(0.0),
            ..self.meter.limits(NODES)
        };
        let answers: Vec<Option<Vec<(u32, Column)>>> = jobs
            .into_par_iter()
            .map(|people| {
                let columns = people.iter().map(|person| lines_of(field, &boards, plan, *person as usize)).collect();
                Neighbourhood { people, columns }.choose(field, plan, &aim, &options)
            })
            .collect();
        if self.meter.cut_short() {
            return;
        }
        let found = answers.iter().flatten().count();
        let order = &self.order;
        let weights = goal.weights(order);
        let mut any = false;
        for changes in answers.into_iter().flatten() {
            any |= accept(&self.field, &mut self.plan, &mut self.worth, changes, |after, before| match goal {
                Goal::Tier(_) => key(order, after) > key(order, before),
                Goal::Blend(_) => {
                    let sum =
                        |worth: &Totals| worth.iter().zip(&weights).map(|(worth, weight)| worth * weight).sum::<i64>();
                    sum(after) > sum(before)
                }
            });
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
                let mut weights = self.blend();
                for tier in held(&self.order[..k]) {
                    weights[tier] = 0;
                }
                for tier in self.order[k].parts() {
                    weights[tier] *= 8;
                }
                Aim { weights, floors: held(&self.order[..k]).collect() }
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

    fn report(&mut self, k: usize) {
        if let Some(row) = self.order[k].row(&self.reported, &self.worth, Some(self.bound(k))) {
            self.meter.control.progress.tier(&row, self.meter.rounds);
        }
    }

    fn outcome(self) -> Result<Outcome, Failure> {
        let layout = line::layout(self.field.ground, &self.plan.lines);
        let scored = score::score(self.field.ground.facts, &layout);
        let bounds: Vec<Option<i64>> = self.bounds().into_iter().map(Some).collect();
        let tiers = self.reported.rows(&self.order, &bounds, &self.worth);
        let claimed: Vec<i64> = tiers.iter().map(|row| row.value).collect();
        if scored != claimed {
            return Err(Failure::Solver(format!("the formulation counts {claimed:?}, its layout {scored:?}")));
        }
        Ok(Outcome { layout, tiers, rounds: self.meter.rounds, ended: self.meter.ended.unwrap_or(Ended::Done) })
    }
}

/// Lines that a person of a neighbourhood chooses among: the present one, and those near the best at each set of prices.
fn lines_of(field: &Field<'_>, boards: &[Board<'_>], plan: &Plan, person: usize) -> Vec<Column> {
    let mut lines: Vec<Line> = vec![plan.lines[person].clone()];
    for (at, board) in boards.iter().enumerate() {
        let most = if at == 0 { LINES } else { LINES / 2 };
        match &field.people[person] {
            Person::Plain(plain) => {
                lines.extend(Priced::new(field, board, plain).near(most).into_iter().map(|(_, line)| line));
            }
            Person::Special(_) => lines.extend(best(field, board, person).map(|(_, line)| line)),
        }
    }
    let mut columns: Vec<Column> = Vec::with_capacity(lines.len());
    for line in lines {
        if columns.iter().all(|column| column.line != line) {
            let used = line::weigh(field.ground, PersonIx(person), &line);
            columns.push(Column { line, used });
        }
    }
    columns
}
