//! The engine over networks alone, for cases in which nobody moving breaks a joint row, and a witness of the search in
//! `district` in the tests. A person's path is one column, priced by an exact dynamic programme; joint rows are priced
//! by a Lagrangian dual; the tiers are closed in order. For each tier: ascend the dual with floors at the values
//! reached, drop every arc whose loss exceeds bound − plan, and let the solver prove the optimum over the rest.

use super::dual::{Ascent, Goal, Pool, Reached, above_floors, sweep};
use super::finish::{self, Finish, Kept, NODES_TO_LOOK, Objective, Widening, keeps_rows};
use super::formulation::{Formulation, Path, Totals};
use super::master::{self, Master};
use super::meter::Meter;
use super::pricing::{NEVER, ONE, Priced, Prices};
use super::returns::best_forward;
use super::rows::{Aux, BROKEN, Gains, TIERS};
use super::solver::SolveOptions;
use super::steps::{self, Floor, Reported, Step, held};
use super::{Control, Ended, Failure, Outcome, compact};
use crate::rules::{Facts, score};
use lungang_domain::plan::TierRow;
use lungang_domain::policy::Tier;
use lungang_domain::{Case, PersonIx, Policy};
use std::time::Instant;

/// Sweeps in one block of the dual; a block is one round.
const BLOCK: usize = 50;
/// First steps that are tried, in units of the tier, and that of the opening.
const TRIAL_STEPS: [f64; 2] = [10.0, 200.0];
const OPENING_STEP: f64 = 200.0;
/// Sweeps of one ascent.
const TRIAL_SWEEPS: usize = 200;
/// The step falls to this share of its start over one ascent.
const FALL: f64 = 0.0005;
/// Paths a person and ascent that the master starts with, its rounds, and the paths a person that a first model holds.
const POOLED_PATHS: usize = 6;
const MASTER_ROUNDS: usize = 40;
const NEAR_PATHS: usize = 12;
struct Search<'c, 'p, 'f> {
    formulation: Formulation<'f>,
    meter: Meter<'c, 'p>,
    /// What is closed, in order.
    order: Vec<Step>,
    /// Bounds of the auxiliary variables; those that stand for broken rows are 0 once a plan keeps all rows.
    most: Vec<i64>,
    paths: Vec<Path>,
    worth: Totals,
    bounds: Vec<Option<i64>>,
    reported: Reported<'f>,
    /// Loosest prices that ended the last tier, from which the draw is made.
    last: Option<(Prices, i64)>,
}

/// Plans a case.
///
/// # Errors
/// [`Failure::Clash`] where decisions and fixed rules leave no plan; [`Failure::Limit`] where a limit passed before a
/// plan kept all rows; [`Failure::Solver`] where the solver contradicts our own recomputation.
pub fn solve(case: &Case, policy: &Policy, control: &mut Control<'_>) -> Result<Outcome, Failure> {
    let facts = Facts::new(case, policy);
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(control.limits.threads.max(1))
        .build()
        .map_err(|error| Failure::Solver(error.to_string()))?;
    let started = Instant::now();
    let mut formulation = pool.install(|| Formulation::new(&facts));
    let rows = formulation.rows.rows.len();
    // Room for broken rows, used only where decisions force a start outside them.
    let kept: Vec<i64> = formulation.rows.aux.iter().map(|aux| aux.most).collect();
    let mut gains = Gains::default();
    gains[BROKEN] = -1;
    let elastic = (0..rows as u32).map(|row| Aux { gains, most: i64::from(i32::MAX), rows: vec![(row, -1)] });
    let prices = Prices { rows: vec![0; rows], weights: [0; TIERS] };
    let mut paths: Vec<Path> = Vec::with_capacity(case.people.len());
    for person in 0..case.people.len() {
        let mut priced = Priced::new(&formulation, person, &prices);
        let (best, network) = (priced.path(), &formulation.networks[person]);
        if priced.best() == NEVER {
            return Err(clash(case, policy));
        }
        let forward = || best_forward(&facts, network, PersonIx(person), &mut priced).map(|(_, path)| path);
        let Some(path) = formulation.stay_path(person).or_else(forward) else {
            // Striking out entries may take a way that is open too, so only a clash that is named is one.
            let problems = compact::clash(case, policy);
            if !problems.is_empty() {
                return Err(Failure::Clash(problems));
            }
            paths.push(best);
            continue;
        };
        paths.push(path);
    }
    let broken = !keeps_rows(&formulation.worth(&paths).totals);
    let mut most = kept;
    if broken {
        let elastic: Vec<Aux> = elastic.collect();
        most.extend(elastic.iter().map(|aux| aux.most));
        formulation.rows.aux.extend(elastic);
    }
    let worth = formulation.worth(&paths).totals;
    let order = Step::of(policy);
    let reported = Reported { policy, today: score::today(&facts), nobody: score::score(&facts, &facts.nobody_moves) };
    let mut search = Search {
        bounds: vec![None; order.len()],
        order,
        formulation,
        meter: Meter { control, started, rounds: 0, ended: None },
        most,
        paths,
        worth,
        reported,
        last: None,
    };
    pool.install(|| search.run(case, policy, broken))?;
    search.outcome()
}

fn clash(case: &Case, policy: &Policy) -> Failure {
    Failure::Clash(compact::clash(case, policy))
}

impl Search<'_, '_, '_> {
    fn run(&mut self, case: &Case, policy: &Policy, broken: bool) -> Result<(), Failure> {
        if broken {
            self.mend(case, policy)?;
        }
        for k in 0..self.order.len() {
            self.quick_bound(k);
        }
        self.open()?;
        for k in 0..self.order.len() {
            self.report(k);
        }
        for k in 0..self.order.len() {
            self.close(k)?;
            if self.meter.ended.is_some() {
                return Ok(());
            }
        }
        self.draw()
    }

    /// Looks for a plan that keeps all rows, as a tier of its own before all others.
    fn mend(&mut self, case: &Case, policy: &Policy) -> Result<(), Failure> {
        let order = std::mem::replace(&mut self.order, vec![Step::broken()]);
        let bounds = std::mem::replace(&mut self.bounds, vec![Some(0)]);
        self.close(0)?;
        let proved_broken = self.bounds[0].is_some_and(|bound| bound < 0);
        self.order = order;
        self.bounds = bounds;
        if !keeps_rows(&self.worth) {
            return Err(if proved_broken { clash(case, policy) } else { Failure::Limit });
        }
        let plain = self.formulation.rows.aux.iter().take_while(|aux| aux.gains[BROKEN] == 0).count();
        self.formulation.rows.aux.truncate(plain);
        self.most.truncate(plain);
        self.worth = self.formulation.worth(&self.paths).totals;
        Ok(())
    }

    /// Where an earlier tier counts only losses and stands at 0, each part of it is 0 in every plan as good: its
    /// shortages and excesses are struck out instead of being priced through one floor.
    fn fix_closed(&mut self, k: usize) {
        for tier in held(&self.order[..k]).filter(|tier| self.worth[*tier] == 0) {
            for (aux, most) in self.formulation.rows.aux.iter().zip(&mut self.most) {
                if aux.gains[tier] < 0 {
                    *most = 0;
                }
            }
        }
    }

    /// A bound at no cost: everybody alone, no row priced.
    fn quick_bound(&mut self, k: usize) {
        let weights = self.order[k].weights.map(|weight| weight * ONE);
        let prices = Prices { rows: vec![0; self.formulation.rows.rows.len()], weights };
        if let Some(sweep) = sweep(&self.formulation, &prices, &self.most) {
            self.offer_bound(k, sweep.dual.div_euclid(ONE));
            self.last = Some((prices, sweep.dual));
        }
    }

    fn offer_bound(&mut self, k: usize, bound: i64) {
        let bound = bound.max(self.reached(k));
        self.bounds[k] = Some(self.bounds[k].map_or(bound, |best| best.min(bound)));
    }

    /// What the plan at hand is worth to a step.
    fn reached(&self, k: usize) -> i64 {
        self.order[k].worth(&self.worth)
    }

    fn mending(&self) -> bool {
        self.order == [Step::broken()]
    }

    fn gap(&self, k: usize) -> i64 {
        self.bounds[k].map_or(i64::MAX, |bound| bound - self.reached(k))
    }

    fn close_enough(&self, k: usize) -> bool {
        let gap = self.gap(k);
        let relative = || self.row(k).and_then(|row| row.gap);
        gap == 0 || self.meter.control.limits.gap.is_some_and(|wanted| relative().is_some_and(|gap| gap <= wanted))
    }

    /// Closes one tier: dual, then models that grow until the bound meets the plan or the work limit is spent.
    fn close(&mut self, k: usize) -> Result<(), Failure> {
        self.fix_closed(k);
        // The plan has changed since: earlier bounds of this tier hold for its floors only, and these only rose.
        let warm = self.last.clone();
        self.quick_bound(k);
        if self.close_enough(k) {
            self.report(k);
            return Ok(());
        }
        self.last = warm;
        let mut pools = Vec::new();
        let Some(reached) = self.ascend(k, &mut pools) else { return Ok(()) };
        self.report(k);
        let open = !self.close_enough(k);
        let (reached, near) = self.polish(Goal::Tier(k), reached, &pools);
        if !self.mending() {
            self.offer_bound(k, reached.bound.div_euclid(ONE));
        }
        if open && self.close_enough(k) {
            self.report(k);
        }
        if !self.close_enough(k) && self.meter.round() {
            let arcs = finish::of_paths(&near, &self.paths);
            self.model(Goal::Tier(k), &arcs, NODES_TO_LOOK)?;
            self.report(k);
        }
        if !self.close_enough(k) {
            self.finish(k, &reached)?;
            self.report(k);
        }
        self.last = Some((reached.prices, reached.bound));
        Ok(())
    }

    /// A first plan that is good in every tier at once: dual, master and model of a blend with moderate weights.
    fn open(&mut self) -> Result<(), Failure> {
        let goal = Goal::Blend(steps::blend(&self.formulation.tiers, &self.order));
        let zero = Prices { rows: vec![0; self.formulation.rows.rows.len()], weights: [0; TIERS] };
        let (mut best, mut pools) = (None, Vec::new());
        let scale = self.order.iter().map(|step| step.scale(&self.formulation.tiers)).fold(1.0, f64::max);
        self.ascent(goal, &zero, OPENING_STEP * scale, TRIAL_SWEEPS, &mut best, &mut pools);
        let Some((reached, _)) = best else { return Ok(()) };
        let (_, near) = self.polish(goal, reached, &pools);
        if self.meter.round() {
            let arcs = finish::of_paths(&near, &self.paths);
            self.model(goal, &arcs, NODES_TO_LOOK)?;
        }
        Ok(())
    }

    /// The dual of a tier: short trials at several step sizes, from no prices and from those of the tier before.
    fn ascend(&mut self, k: usize, pools: &mut Vec<Pool>) -> Option<Reached> {
        let zero = Prices { rows: vec![0; self.formulation.rows.rows.len()], weights: [0; TIERS] };
        let warm = self.last.as_ref().map(|(prices, _)| prices.clone());
        let mut best: Option<(Reached, f64)> = None;
        let scale = self.order[k].scale(&self.formulation.tiers);
        let mut trials: Vec<(Prices, f64)> = TRIAL_STEPS.iter().map(|step| (zero.clone(), step * scale)).collect();
        trials.extend(warm.map(|prices| (prices, TRIAL_STEPS[0] * scale)));
        for (start, step) in trials {
            if !self.ascent(Goal::Tier(k), &start, step, TRIAL_SWEEPS, &mut best, pools) {
                break;
            }
        }
        best.map(|(reached, _)| reached)
    }

    /// Sharpens prices by the master programme; gives the best bound found and the paths closest to being used.
    fn polish(&mut self, goal: Goal, start: Reached, pools: &[Pool]) -> (Reached, Vec<Vec<Path>>) {
        let none = vec![Vec::new(); self.paths.len()];
        let floors = self.floors(goal.floors());
        let weights = goal.weights(&self.order);
        let Some(mut master) = Master::new(&self.formulation, &self.most, weights, floors, &self.paths) else {
            return (start, none);
        };
        for pool in pools {
            master.add_pool(pool, POOLED_PATHS);
        }
        let mut best = start;
        let mut near = none;
        for _ in 0..MASTER_ROUNDS {
            if !self.meter.round() {
                break;
            }
            let Some(mastered) = master.solve() else { break };
            near = master.closest(&mastered, NEAR_PATHS);
            if best.bound as f64 <= (mastered.objective + 0.5) * ONE as f64 {
                break;
            }
            let mut new = false;
            for share in [1.0, 0.3] {
                let prices = master::between(&best.prices, &mastered.prices, share);
                let Some(sweep) = sweep(&self.formulation, &prices, &self.most) else { break };
                let bound = above_floors(sweep.dual, &prices, &self.order, goal.floors(), &self.worth);
                for (person, path) in sweep.paths.iter().enumerate() {
                    new |= master.add(person, path);
                }
                if bound < best.bound {
                    best = Reached { prices, bound };
                }
            }
            if !new {
                break;
            }
        }
        (best, near)
    }

    /// One ascent in rounds of [`BLOCK`] sweeps; `false` where a limit ended it or the tier is closed.
    fn ascent(
        &mut self,
        goal: Goal,
        start: &Prices,
        step: f64,
        sweeps: usize,
        best: &mut Option<(Reached, f64)>,
        pools: &mut Vec<Pool>,
    ) -> bool {
        let values = self.worth;
        let mut ascent =
            Ascent::new(&self.formulation, &self.most, &self.order, goal, &values, start, ONE as f64 * step);
        let fall = FALL.powf(1.0 / sweeps as f64);
        let mut going = true;
        for _ in 0..sweeps.div_ceil(BLOCK) {
            going = self.meter.round() && ascent.run(BLOCK, fall);
            if let (Goal::Tier(k), Some(best)) = (goal, &ascent.best)
                && best.bound.div_euclid(ONE) <= self.order[k].worth(&values)
            {
                going = false;
            }
            if !going {
                break;
            }
        }
        if let Some(reached) = ascent.best
            && best.as_ref().is_none_or(|(best, _)| reached.bound < best.bound)
        {
            *best = Some((reached, step));
        }
        pools.push(ascent.pool);
        if let (Goal::Tier(k), Some((best, _))) = (goal, best) {
            let bound = best.bound.div_euclid(ONE);
            self.offer_bound(k, bound);
        }
        going
    }

    fn floors(&self, k: usize) -> Vec<Floor> {
        Floor::at(&self.order[..k], &self.worth)
    }

    /// Models over the arcs within a reach that grows until it covers the gap.
    fn finish(&mut self, k: usize, reached: &Reached) -> Result<(), Failure> {
        if reached.bound < (self.reached(k) + 1) * ONE {
            self.offer_bound(k, self.reached(k));
        }
        let mut widening = Widening::new(reached);
        while let Some(reach) = widening.next(&self.formulation, self.reached(k), &self.paths) {
            if !self.meter.round() {
                return Ok(());
            }
            let bound = self.model(Goal::Tier(k), &reach.arcs, reach.nodes)?;
            if self.meter.ended.is_some() {
                return Ok(());
            }
            if let Some(bound) = bound {
                self.offer_bound(k, reach.bound(bound));
            }
            if self.close_enough(k) {
                return Ok(());
            }
            self.report(k);
        }
        Ok(())
    }

    /// Solves the model of some arcs for a goal and takes over what is better; gives the bound over these arcs.
    fn model(&mut self, goal: Goal, arcs: &[Kept], nodes: i64) -> Result<Option<i64>, Failure> {
        let floors = self.floors(goal.floors());
        let objective = Objective::Weighted(goal.weights(&self.order));
        let (target, depth) = match goal {
            Goal::Tier(k) => (self.bounds[k], k),
            Goal::Blend(_) => (None, self.order.len() - 1),
        };
        let model = Finish::new(&self.formulation, &self.most, arcs, &floors, &objective);
        let began = Instant::now();
        let finished = model.solve(&self.paths, &SolveOptions { target, ..self.meter.limits(nodes) });
        let seconds = began.elapsed().as_secs_f64();
        tracing::debug!(?goal, columns = model.size(), seconds, bound = ?finished.bound, "model");
        if self.meter.cut_short() {
            return Ok(None);
        }
        if let Some(why) = finished.failed {
            return Err(Failure::Solver(why));
        }
        if finished.infeasible {
            return Err(Failure::Solver("the plan at hand was called impossible".to_owned()));
        }
        if let Some(paths) = finished.paths {
            self.accept(paths, depth)?;
        }
        Ok(finished.bound)
    }

    /// Takes a choice of paths over if it is lexicographically better, recomputed in whole numbers.
    fn accept(&mut self, paths: Vec<Path>, k: usize) -> Result<bool, Failure> {
        let paths: Vec<Path> =
            paths.iter().enumerate().map(|(person, path)| self.formulation.tidied(person, path)).collect();
        let worth = self.formulation.worth(&paths).totals;
        if !self.mending() && !keeps_rows(&worth) {
            return Err(Failure::Solver("a plan of the solver breaks a row".to_owned()));
        }
        let key = |worth: &Totals| steps::key(&self.order[..=k], worth);
        let better = key(&worth) > key(&self.worth);
        if better {
            self.paths = paths;
            self.worth = worth;
        }
        Ok(better)
    }

    /// Breaks ties by the published draw (semantics 23): of equal plans the least sum of the movers' ranks, so that few
    /// move, and those of the longest tenure first. Best effort: the model is kept small.
    fn draw(&mut self) -> Result<(), Failure> {
        let Some((prices, bound)) = self.last.clone() else { return Ok(()) };
        let Some(k) = self.order.len().checked_sub(1) else { return Ok(()) };
        if !self.meter.round() {
            self.meter.ended = None;
            return Ok(());
        }
        let ranks = super::ties::ranks(self.formulation.facts, self.meter.control.limits.seed);
        let reach = (bound - self.reached(k) * ONE).max(0);
        let arcs = finish::within_draw(&self.formulation, &prices, reach, &self.paths);
        let objective = Objective::Draw(&ranks);
        let model = Finish::new(&self.formulation, &self.most, &arcs, &self.floors(k + 1), &objective);
        let finished = model.solve(&self.paths, &self.meter.limits(NODES_TO_LOOK));
        if self.meter.cut_short() {
            return Ok(());
        }
        if let Some(paths) = finished.paths {
            let paths: Vec<Path> =
                paths.iter().enumerate().map(|(person, path)| self.formulation.tidied(person, path)).collect();
            let worth = self.formulation.worth(&paths).totals;
            if steps::key(&self.order, &worth) == steps::key(&self.order, &self.worth) && keeps_rows(&worth) {
                self.paths = paths;
                // Plans equal in W may differ in what it merges.
                self.worth = worth;
            }
        }
        Ok(())
    }

    fn row(&self, k: usize) -> Option<TierRow> {
        self.order[k].row(&self.reported, &self.worth, self.bounds[k])
    }

    fn report(&mut self, k: usize) {
        if let Some(row) = self.row(k) {
            self.meter.control.progress.tier(&row, self.meter.rounds);
        }
    }

    fn outcome(self) -> Result<Outcome, Failure> {
        let layout = self.formulation.layout(&self.paths);
        let scored = score::score(self.formulation.facts, &layout);
        let tiers = self.reported.rows(&self.order, &self.bounds, &self.worth);
        let claimed: Vec<i64> = tiers.iter().map(|row| row.value).collect();
        if scored != claimed {
            return Err(Failure::Solver(format!("the formulation counts {claimed:?}, its layout {scored:?}")));
        }
        Ok(Outcome {
            layout,
            tiers,
            rounds: self.meter.rounds,
            ended: self.meter.ended.unwrap_or(Ended::Done),
            warm: None,
        })
    }
}

/// Root bound of the step that closes a tier, in its units: what a sweep with trained prices gives. For tests.
#[must_use]
pub fn root_bound(formulation: &Formulation<'_>, tier: Tier, values: &Totals) -> Option<i64> {
    let order = Step::of(formulation.facts.policy);
    let k = order.iter().position(|step| step.tier == Some(tier))?;
    let most: Vec<i64> = formulation.rows.aux.iter().map(|aux| aux.most).collect();
    let start = Prices { rows: vec![0; formulation.rows.rows.len()], weights: [0; TIERS] };
    let mut ascent = Ascent::new(formulation, &most, &order, Goal::Tier(k), values, &start, ONE as f64 * 20.0);
    let fall = FALL.powf(1.0 / TRIAL_SWEEPS as f64);
    if !ascent.run(TRIAL_SWEEPS, fall) {
        return None;
    }
    let best = ascent.best?;
    debug_assert_eq!(
        sweep(formulation, &best.prices, &most).map(|s| above_floors(s.dual, &best.prices, &order, k, values)),
        Some(best.bound)
    );
    Some(best.bound.div_euclid(ONE))
}
