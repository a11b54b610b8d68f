//! The exact finish of a department: networks for everybody, and models of the arcs that a better plan can use.

use super::line;
use super::plan::Plan;
use super::search::{Dual, Search};
use crate::engine::dual::{Goal, above_floors, sweep};
use crate::engine::finish::{self, Finish, Objective};
use crate::engine::formulation::{Formulation, Path};
use crate::engine::pricing::ONE;
use crate::engine::rows::{BROKEN, TIERS};
use crate::engine::solver::SolveOptions;
use crate::engine::steps::{Floor, held, key};
use crate::engine::{Failure, ties};
use lungang_domain::PersonIx;

/// Columns of a model that looks for a better plan, of one that is to prove, and of the draw's.
const FIRST_COLUMNS: usize = 12_000;
const MOST_COLUMNS: usize = 40_000;
const DRAW_COLUMNS: usize = 4_000;
/// Nodes of these models.
const NODES_TO_LOOK: i64 = 200;
const NODES_TO_PROVE: i64 = 5_000;

impl Search<'_, '_, '_> {
    /// Closes a step over the arcs within a reach that grows until it covers the gap.
    pub(super) fn finish(&mut self, k: usize, formulation: &Formulation<'_>) -> Result<(), Failure> {
        let Some(prices) = self.prices[k].clone() else { return Ok(()) };
        let most = self.most_for(k);
        let Some(sweep) = sweep(formulation, &prices, &most) else { return Ok(()) };
        let bound = above_floors(sweep.dual, &prices, &self.order, k, &self.worth);
        let mut part = 0.05;
        loop {
            // A better plan is worth one point more at least.
            let whole = bound - (self.order[k].worth(&self.worth) + 1) * ONE;
            if whole < 0 || self.close_enough(k) {
                return Ok(());
            }
            let covers = part >= 1.0;
            let reach = if covers { whole } else { (whole as f64 * part) as i64 };
            let paths = self.paths(formulation)?;
            let arcs = finish::within(formulation, &prices, reach, &paths);
            if finish::size(&arcs) > if covers { MOST_COLUMNS } else { FIRST_COLUMNS } {
                // Too large: the whole at once, or nothing.
                if covers {
                    return Ok(());
                }
                part = 1.0;
                continue;
            }
            if !self.meter.round() {
                return Ok(());
            }
            let nodes = if covers { NODES_TO_PROVE } else { NODES_TO_LOOK };
            let floors = Floor::at(&self.order[..k], &self.worth);
            let objective = Objective::Weighted(Goal::Tier(k).weights(&self.order));
            let model = Finish::new(formulation, &most, &arcs, &floors, &objective);
            let options = SolveOptions { target: Some(self.bound(k)), ..self.meter.limits(nodes) };
            let finished = model.solve(&paths, &options);
            if self.meter.cut_short() {
                return Ok(());
            }
            tracing::debug!(k, columns = model.size(), covers, bound = ?finished.bound, "model");
            if let Some(why) = finished.failed {
                return Err(Failure::Solver(why));
            }
            let before = self.order[k].worth(&self.worth);
            if let Some(paths) = finished.paths {
                self.take(formulation, paths, |search, worth| {
                    key(&search.order, worth) > key(&search.order, &search.worth)
                });
            }
            if let Some(found) = finished.bound {
                // Plans with an arc beyond the reach are worth less than bound − reach; where it covers the gap, no
                // more than the plan before.
                let beyond = (bound - reach).div_euclid(ONE).min(if covers { before } else { i64::MAX });
                let least = held(&self.order[..k]).map(|tier| (tier, self.worth[tier])).collect();
                let value = found.max(beyond).max(before) * ONE;
                self.duals[k].push(Dual { value, weights: [0; TIERS], least });
            }
            if covers {
                return Ok(());
            }
            self.report(k);
            part *= 4.0;
        }
    }

    /// Everybody's path along their line.
    fn paths(&self, formulation: &Formulation<'_>) -> Result<Vec<Path>, Failure> {
        let along = |(person, line): (usize, &line::Line)| formulation.path_along(person, line);
        let paths: Option<Vec<Path>> = self.plan.lines.iter().enumerate().map(along).collect();
        paths.ok_or_else(|| Failure::Solver("a line is no path".to_owned()))
    }

    /// Takes the lines of these paths over where they break no row and are what is wanted.
    fn take(
        &mut self,
        formulation: &Formulation<'_>,
        paths: Vec<Path>,
        wanted: impl Fn(&Self, &[i64; TIERS]) -> bool,
    ) -> bool {
        let layout = formulation.layout(&paths);
        let lines = (0..paths.len()).map(|person| line::of_layout(&layout, PersonIx(person))).collect();
        let plan = Plan::new(&self.field, lines);
        let worth = plan.worth(&self.field);
        let good = worth[BROKEN] >= self.worth[BROKEN] && wanted(self, &worth);
        if good {
            self.plan = plan;
            self.worth = worth;
        }
        good
    }

    /// Breaks ties by the published draw (semantics 23): of equal plans the least sum of the movers' ranks. Best effort:
    /// the model is kept small.
    pub(super) fn draw(&mut self, formulation: &Formulation<'_>) -> Result<(), Failure> {
        let Some(k) = self.order.len().checked_sub(1) else { return Ok(()) };
        let Some(prices) = self.prices[k].clone().or_else(|| self.prices[k + 1].clone()) else { return Ok(()) };
        if !self.meter.round() {
            self.meter.ended = None;
            return Ok(());
        }
        let most = self.most_for(k);
        let Some(sweep) = sweep(formulation, &prices, &most) else { return Ok(()) };
        let bound = above_floors(sweep.dual, &prices, &self.order, k, &self.worth);
        let mut reach = (bound - self.order[k].worth(&self.worth) * ONE).max(0);
        let paths = self.paths(formulation)?;
        let mut arcs = finish::within(formulation, &prices, reach, &paths);
        while finish::size(&arcs) > DRAW_COLUMNS && reach > 0 {
            reach /= 2;
            arcs = finish::within(formulation, &prices, reach, &paths);
        }
        let ranks = ties::ranks(formulation.facts, self.meter.control.limits.seed);
        let floors = Floor::at(&self.order, &self.worth);
        let model = Finish::new(formulation, &most, &arcs, &floors, &Objective::Draw(&ranks));
        let finished = model.solve(&paths, &self.meter.limits(NODES_TO_LOOK));
        if self.meter.cut_short() {
            return Ok(());
        }
        if let Some(paths) = finished.paths {
            // Plans equal in W may differ in what it merges.
            self.take(formulation, paths, |search, worth| {
                key(&search.order, worth) == key(&search.order, &search.worth)
            });
        }
        Ok(())
    }
}
