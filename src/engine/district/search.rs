//! Order of work for a district: bounds at no cost, a blended dual, neighbourhoods, then tier after tier.

use super::best::best;
use super::board::Board;
use super::bounds::Dual;
use super::field::{Field, Person};
use super::hall;
use super::plan::Plan;
use super::pool::{Known, Pool};
use super::relax::{FIRST_ROUNDS, ROUNDS, SLIGHT};
use super::warm;
use crate::engine::dual::Goal;
use crate::engine::formulation::{Formulation, Totals};
use crate::engine::ground::Ground;
use crate::engine::line::{self, Line};
use crate::engine::meter::Meter;
use crate::engine::pricing::{ONE, Prices};
use crate::engine::rows::{self, BROKEN, Gains, TIERS};
use crate::engine::steps::{Reported, Step, blend, held, key};
use crate::engine::{Control, Ended, Failure, Outcome, WarmReport};
use crate::rules::{Facts, score};
use lungang_domain::policy::Tier;
use lungang_domain::{Case, Policy};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use std::time::Instant;

/// Primal weight of the blend's linear programme, divided by a tier's weight in it for that tier.
const OMEGA: f64 = 300.0;
/// Up to so many people shares are rounded off by one programme.
const FEW: usize = 200;
/// Rounds before the first plan.
const FIRST: usize = 24;
/// From so many people on, the first plan comes from the posts of everybody's own block of units, and how many people
/// such a block has.
const CITY: usize = 2000;
const BLOCK: usize = 900;

/// The state of a search.
pub(super) struct Search<'c, 'p, 'f> {
    pub(super) field: Field<'f>,
    pub(super) meter: Meter<'c, 'p>,
    pub(super) most: Vec<i64>,
    pub(super) plan: Plan,
    /// What the search began with.
    start: Vec<Line>,
    warm: Option<WarmReport>,
    pub(super) worth: Totals,
    pub(super) order: Vec<Step>,
    /// Every dual reached, by step, so that bounds can be read again for a better plan.
    pub(super) duals: Vec<Vec<Dual>>,
    /// Prices of the last linear programme of each step, and of the blend.
    pub(super) prices: Vec<Option<Prices>>,
    pub(super) pool: Pool,
    /// The lines with a share at the end of each tier's last linear programme; the prices are those of its best bound.
    pub(super) shared: Vec<Vec<Vec<Known>>>,
    /// Primal weight that the linear programme of each goal ended with.
    pub(super) omega: Vec<f64>,
    pub(super) rng: ChaCha8Rng,
    /// People of a neighbourhood.
    pub(super) size: usize,
    pub(super) reported: Reported<'f>,
}

/// Plans a district. `None` where nobody moving breaks a joint row, so that another engine has to begin.
///
/// # Errors
/// [`Failure::Solver`] where what was counted along the way is not what the layout is worth.
pub fn solve(case: &Case, policy: &Policy, control: &mut Control<'_>) -> Result<Option<Outcome>, Failure> {
    plan(case, policy, control, (case.people.len() >= CITY).then_some(BLOCK))
}

/// The same, begun in blocks of units of so many people each.
///
/// # Errors
/// As [`solve`].
pub fn solve_in_blocks(
    case: &Case,
    policy: &Policy,
    control: &mut Control<'_>,
    people: usize,
) -> Result<Option<Outcome>, Failure> {
    plan(case, policy, control, Some(people.max(1)))
}

fn plan(
    case: &Case,
    policy: &Policy,
    control: &mut Control<'_>,
    block: Option<usize>,
) -> Result<Option<Outcome>, Failure> {
    with_search(case, policy, control, block, |mut search| {
        search.run();
        search.outcome()
    })
}

/// Plans a department: the same linear programmes, and models of what they leave open.
///
/// # Errors
/// As [`solve`].
pub fn solve_exactly(case: &Case, policy: &Policy, control: &mut Control<'_>) -> Result<Option<Outcome>, Failure> {
    with_search(case, policy, control, None, |mut search| {
        search.run_exactly()?;
        search.outcome()
    })
}

fn with_search<R: Send>(
    case: &Case,
    policy: &Policy,
    control: &mut Control<'_>,
    block: Option<usize>,
    work: impl FnOnce(Search<'_, '_, '_>) -> Result<R, Failure> + Send,
) -> Result<Option<R>, Failure> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(control.limits.threads.max(1))
        .build()
        .map_err(|error| Failure::Solver(error.to_string()))?;
    pool.install(|| {
        let started = Instant::now();
        let facts = Facts::new(case, policy);
        let tiers = Tier::counted(policy);
        let order = Step::of(policy);
        let blended = blend(&tiers, &order);
        let omega = OMEGA * order.iter().map(|step| step.scale(&tiers)).fold(1.0, f64::max);
        let rows = rows::build(&facts, &tiers);
        let ground = Ground { facts: &facts, rows: &rows, tiers: &tiers };
        let mut field = Field::within(ground, block.map(|people| blocks(&facts, people)));
        let mut begun = start(&field);
        if begun.is_none() && field.blocks.is_some() {
            // What a decision requires may only be reached by way of another block.
            field = Field::new(ground);
            begun = start(&field);
        }
        tracing::debug!(seconds = started.elapsed().as_secs_f64(), "field");
        let Some(plan) = begun else { return Ok(None) };
        let (plan, pool, warm) = match &control.limits.warm {
            None => {
                let pool = Pool::new(&field, &plan.lines, &plan.uses);
                (plan, pool, None)
            }
            Some(earlier) => {
                let (plan, pool, report) = warm::begin(&field, plan, &order, earlier);
                (plan, pool, Some(report))
            }
        };
        let worth = plan.worth(&field);
        if worth[BROKEN] < 0 {
            return Ok(None);
        }
        let seed = control.limits.seed;
        work(Search {
            most: rows.aux.iter().map(|aux| aux.most).collect(),
            pool,
            warm,
            start: plan.lines.clone(),
            plan,
            worth,
            duals: vec![Vec::new(); order.len()],
            prices: vec![None; order.len() + 1],
            shared: vec![Vec::new(); order.len()],
            omega: order.iter().map(|step| omega / step.units_in(&blended) as f64).chain([omega]).collect(),
            order,
            meter: Meter { control, started, rounds: 0, ended: None },
            rng: ChaCha8Rng::seed_from_u64(seed),
            size: 0,
            reported: Reported {
                policy,
                today: score::today(&facts),
                nobody: score::score(&facts, &facts.nobody_moves),
            },
            field,
        })
        .map(Some)
    })
}

/// Nobody moves, but where decisions require it. `None` where they leave somebody no line.
fn start(field: &Field<'_>) -> Option<Plan> {
    let mut prices = Prices { rows: vec![0; field.ground.rows.rows.len()], weights: [0; TIERS] };
    // Whom decisions bind moves no more often than they ask.
    for row in field.ground.rows.budgets() {
        prices.rows[row as usize] = ONE;
    }
    let board = Board::new(field, &prices);
    let idle = field.nobody_moves();
    let lines: Option<Vec<Line>> = field
        .people
        .iter()
        .zip(idle)
        .enumerate()
        .map(|(person, (kind, idle))| match kind {
            Person::Plain(plain) if !plain.is_required() => Some(idle),
            Person::Special(network) if line::stays_as(network, &idle) => Some(idle),
            Person::Plain(_) | Person::Special(_) => best(field, &board, person).map(|(_, line)| line),
        })
        .collect();
    lines.map(|lines| Plan::new(field, lines))
}

/// The block of each unit: units that follow one another, as many as have so many people.
fn blocks(facts: &Facts<'_>, most: usize) -> Vec<u32> {
    let mut people = vec![0; facts.case.units.len()];
    for (person, own) in facts.case.people_ix().zip(&facts.case.people) {
        let unit = facts.of(person).today.map(|post| facts.unit(post)).or(own.unit);
        unit.into_iter().for_each(|unit| people[unit.0] += 1);
    }
    let block = |within: &mut usize, own: &usize| {
        *within += own;
        Some((*within / most) as u32)
    };
    people.iter().scan(0, block).collect()
}

impl Search<'_, '_, '_> {
    /// A plan for a city: of its blocks side by side at first, and then of the whole.
    fn open_in_blocks(&mut self) {
        let blended = Goal::Blend(self.blend());
        self.prices[self.order.len()] = self.climb();
        self.relax(blended, self.prices[self.order.len()].clone(), false, FIRST);
        self.dive();
        self.improve(blended);
        if self.meter.ended.is_some() {
            return;
        }
        self.field = Field::new(self.field.ground);
        tracing::debug!(seconds = self.meter.started.elapsed().as_secs_f64(), "field of the whole");
        for k in 0..self.order.len() {
            if !self.meter.round() {
                return;
            }
            self.quick_bound(k);
        }
        self.counted_bounds();
        for k in 0..self.order.len() {
            self.report(k);
        }
        // The blocks' prices say little of the whole, whose programme takes minutes to make up for that.
        self.improve(blended);
        for k in 0..self.order.len() {
            self.improve(Goal::Tier(k));
            self.report(k);
        }
    }

    /// Bounds at no cost, and a first plan that is good in every tier at once.
    fn open(&mut self) {
        for k in 0..self.order.len() {
            self.quick_bound(k);
        }
        self.counted_bounds();
        for k in 0..self.order.len() {
            self.report(k);
        }
        let blended = Goal::Blend(self.blend());
        self.prices[self.order.len()] = self.climb();
        for rounds in [FIRST, ROUNDS] {
            let start = self.prices[self.order.len()].clone();
            if let Some(bound) = self.relax(blended, start, false, rounds) {
                if self.field.people.len() <= FEW {
                    self.round_off(blended, SLIGHT, bound);
                } else if rounds == FIRST {
                    self.dive();
                    self.improve(blended);
                }
            }
            self.scaled_bounds();
            for k in 0..self.order.len() {
                self.report(k);
            }
        }
    }

    fn run(&mut self) {
        if self.field.blocks.is_some() {
            self.open_in_blocks()
        } else {
            self.open()
        }
        if self.meter.ended.is_some() {
            return;
        }
        self.improve(Goal::Blend(self.blend()));
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
            if self.all_close() {
                return;
            }
            // Twice over every start, and then as long as something comes of it.
            if pass >= 2 && before == (self.worth, self.bounds()) {
                return;
            }
        }
    }

    pub(super) fn blend(&self) -> [i64; TIERS] {
        blend(self.field.ground.tiers, &self.order)
    }

    fn bounds(&self) -> Vec<i64> {
        (0..self.order.len()).map(|k| self.bound(k)).collect()
    }

    /// Passes over the steps, each closed by models before the next, as long as something comes of it.
    fn run_exactly(&mut self) -> Result<(), Failure> {
        self.open();
        let formulation = Formulation::new(self.field.ground.facts);
        for pass in 0_u32.. {
            let before = (self.worth, self.bounds());
            for k in 0..self.order.len() {
                self.approach(k, pass);
                if !self.close_enough(k) {
                    if pass == 0 { self.improve_whole(Goal::Tier(k)) } else { self.improve(Goal::Tier(k)) }
                }
                self.finish(k, &formulation)?;
                self.report(k);
                if self.meter.ended.is_some() {
                    return Ok(());
                }
            }
            if self.all_close() || (pass > 0 && before == (self.worth, self.bounds())) {
                break;
            }
        }
        self.draw(&formulation)
    }

    fn all_close(&self) -> bool {
        (0..self.order.len()).all(|k| self.close_enough(k))
    }

    /// Programme and neighbourhoods of one step.
    fn close(&mut self, k: usize, pass: u32) {
        self.approach(k, pass);
        if !self.close_enough(k) {
            self.improve(Goal::Tier(k));
        }
    }

    /// The linear programme of one step, rounded off; a later pass begins where the one before ended.
    fn approach(&mut self, k: usize, pass: u32) {
        if self.close_enough(k) {
            return;
        }
        let again = !self.shared[k].is_empty();
        let start = if again { self.prices[k].clone() } else { self.blend_scaled(k) };
        self.pool.share(&self.shared[k]);
        let few = self.field.people.len() <= FEW;
        let bound = self.relax(Goal::Tier(k), start, !again, if few || pass > 0 { ROUNDS } else { FIRST_ROUNDS });
        self.shared[k] = self.pool.shared();
        self.report(k);
        if let Some(bound) = bound
            && !self.close_enough(k)
            && self.field.people.len() <= FEW
        {
            self.round_off(Goal::Tier(k), SLIGHT, bound);
        }
    }

    /// Tiers before `k` that count only losses and stand at 0: each part of them is 0 in every plan as good, so their
    /// shortages are struck out instead of being priced through one floor.
    pub(super) fn struck(&self, k: usize) -> Vec<usize> {
        let counts_losses = |tier: &usize| self.field.ground.rows.aux.iter().any(|aux| aux.gains[*tier] < 0);
        held(&self.order[..k]).filter(|tier| self.worth[*tier] == 0).filter(counts_losses).collect()
    }

    /// Bounds of the auxiliary variables for step `k`: 0 for those struck out.
    pub(super) fn most_for(&self, k: usize) -> Vec<i64> {
        let struck = self.struck(k);
        let gone = |gains: &Gains| struck.iter().any(|tier| gains[*tier] < 0);
        let aux = self.field.ground.rows.aux.iter().zip(&self.most);
        aux.map(|(aux, most)| if gone(&aux.gains) { 0 } else { *most }).collect()
    }

    /// The blend's prices in the units of a tier: a start from which its dual need not begin anew.
    fn blend_scaled(&self, k: usize) -> Option<Prices> {
        let prices = self.prices[self.order.len()].as_ref()?;
        let weights = self.blend();
        let unit = self.order[k].units_in(&weights);
        let mut start = Prices { rows: prices.rows.iter().map(|price| price / unit).collect(), weights: [0; TIERS] };
        for tier in held(&self.order[..k]) {
            start.weights[tier] = weights[tier] * ONE / unit;
        }
        Some(start)
    }

    fn quick_bound(&mut self, k: usize) {
        let weights = self.order[k].weights.map(|weight| weight * ONE);
        let prices = Prices { rows: vec![0; self.field.ground.rows.rows.len()], weights };
        if let Some(dual) = self.pool.refresh(&self.field, &prices, &self.most) {
            self.duals[k].push(Dual { value: dual, weights: prices.weights, least: Vec::new() });
        }
    }

    /// Bounds of T0 and T1 by counting seats and people.
    fn counted_bounds(&mut self) {
        for k in 0..self.order.len() {
            let Some(prices) = self.order[k].tier.and_then(|tier| hall::prices(&self.field, tier)) else { continue };
            if let Some(value) = self.pool.refresh(&self.field, &prices, &self.most) {
                self.duals[k].push(Dual { value, weights: prices.weights, least: Vec::new() });
            }
        }
    }

    /// Bounds at the blend's prices, in the units of each step: rough, and there long before its own programme.
    fn scaled_bounds(&mut self) {
        for k in 0..self.order.len() {
            let Some(mut prices) = self.blend_scaled(k) else { continue };
            for (slot, weight) in prices.weights.iter_mut().zip(&self.order[k].weights) {
                *slot += weight * ONE;
            }
            let most = self.most_for(k);
            let least = self.struck(k).into_iter().map(|tier| (tier, 0)).collect();
            if !self.close_enough(k)
                && let Some(value) = self.pool.refresh(&self.field, &prices, &most)
            {
                self.duals[k].push(Dual { value, weights: prices.weights, least });
            }
        }
    }

    /// The best bound of a step at the present plan, in its own units.
    pub(super) fn bound(&self, k: usize) -> i64 {
        let bounds = self.duals[k].iter().filter_map(|dual| dual.bound(&self.order[..k], &self.worth));
        let best = bounds.min().unwrap_or(i64::MAX);
        best.max(self.order[k].worth(&self.worth))
    }

    /// Whether a step is proved, or within the gap that was asked for.
    pub(super) fn close_enough(&self, k: usize) -> bool {
        let bound = self.bound(k);
        let row = || self.order[k].row(&self.reported, &self.worth, Some(bound));
        bound == self.order[k].worth(&self.worth)
            || self
                .meter
                .control
                .limits
                .gap
                .is_some_and(|most| row().and_then(|row| row.gap).is_some_and(|gap| gap <= most))
    }

    /// What makes a plan better for a goal.
    pub(super) fn better(&self, goal: Goal) -> impl Fn(&Totals, &Totals) -> bool + use<> {
        let order = self.order.clone();
        let weights = goal.weights(&order);
        move |after, before| match goal {
            Goal::Tier(_) => key(&order, after) > key(&order, before),
            Goal::Blend(_) => {
                let sum =
                    |worth: &Totals| worth.iter().zip(&weights).map(|(worth, weight)| worth * weight).sum::<i64>();
                sum(after) > sum(before)
            }
        }
    }

    pub(super) fn report(&mut self, k: usize) {
        if let Some(row) = self.order[k].row(&self.reported, &self.worth, Some(self.bound(k))) {
            self.meter.control.progress.tier(&row, self.meter.rounds);
        }
    }

    fn outcome(mut self) -> Result<Outcome, Failure> {
        // A blend may give up something of an early tier: stopped then, the search is no better than its start.
        let start = Plan::new(&self.field, std::mem::take(&mut self.start));
        let worth = start.worth(&self.field);
        if key(&self.order, &worth) > key(&self.order, &self.worth) {
            (self.plan, self.worth) = (start, worth);
        }
        let layout = line::layout(self.field.ground, &self.plan.lines);
        let scored = score::score(self.field.ground.facts, &layout);
        // Stopped before anything was counted over all posts, there is no bound.
        let bounds: Vec<Option<i64>> =
            self.bounds().into_iter().map(|bound| (bound < i64::MAX).then_some(bound)).collect();
        let tiers = self.reported.rows(&self.order, &bounds, &self.worth);
        let claimed: Vec<i64> = tiers.iter().map(|row| row.value).collect();
        if scored != claimed {
            return Err(Failure::Solver(format!("the formulation counts {claimed:?}, its layout {scored:?}")));
        }
        let ended = self.meter.ended.unwrap_or(Ended::Done);
        Ok(Outcome { layout, tiers, rounds: self.meter.rounds, ended, warm: self.warm })
    }
}
