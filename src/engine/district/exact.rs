//! The exact finish of a department: networks for everybody, and models of the arcs that a better plan can use.

use super::bounds::Dual;
use super::plan::Plan;
use super::search::Search;
use crate::engine::dual::{Goal, Reached, above_floors, sweep};
use crate::engine::finish::{self, Finish, NODES_TO_LOOK, Objective, Widening};
use crate::engine::formulation::{Formulation, Path};
use crate::engine::line;
use crate::engine::pricing::{ONE, Prices};
use crate::engine::rows::{BROKEN, TIERS};
use crate::engine::solver::SolveOptions;
use crate::engine::steps::{Floor, held, key};
use crate::engine::{Failure, ties};
use lungang_domain::PersonIx;

impl Search<'_, '_, '_> {
    /// Closes a step over the arcs within a reach that grows until it covers the gap.
    pub(super) fn finish(&mut self, k: usize, formulation: &Formulation<'_>) -> Result<(), Failure> {
        let Some(prices) = self.prices[k].clone() else { return Ok(()) };
        let most = self.most_for(k);
        let Some(reached) = self.reached(k, formulation, prices, &most) else { return Ok(()) };
        let mut widening = Widening::new(&reached);
        loop {
            let worth = self.order[k].worth(&self.worth);
            let paths = self.paths(formulation)?;
            if self.close_enough(k) {
                return Ok(());
            }
            let Some(reach) = widening.next(formulation, worth, &paths) else { return Ok(()) };
            if !self.meter.round() {
                return Ok(());
            }
            let floors = Floor::at(&self.order[..k], &self.worth);
            let objective = Objective::Weighted(Goal::Tier(k).weights(&self.order));
            let model = Finish::new(formulation, &most, &reach.arcs, &floors, &objective);
            let options = SolveOptions { target: Some(self.bound(k)), ..self.meter.limits(reach.nodes) };
            let finished = model.solve(&paths, &options);
            if self.meter.cut_short() {
                return Ok(());
            }
            tracing::debug!(k, columns = model.size(), bound = ?finished.bound, "model");
            if let Some(why) = finished.failed {
                return Err(Failure::Solver(why));
            }
            if finished.infeasible {
                return Err(Failure::Solver("the plan at hand was called impossible".to_owned()));
            }
            if let Some(bound) = finished.bound {
                let least = held(&self.order[..k]).map(|tier| (tier, self.worth[tier])).collect();
                let value = reach.bound(bound).max(worth) * ONE;
                self.duals[k].push(Dual { value, weights: [0; TIERS], least });
            }
            if let Some(paths) = finished.paths {
                self.take(formulation, paths, |search, worth| {
                    key(&search.order, worth) > key(&search.order, &search.worth)
                });
            }
            self.report(k);
        }
    }

    /// The bound of a step at these prices, worked out over the networks.
    fn reached(&self, k: usize, formulation: &Formulation<'_>, prices: Prices, most: &[i64]) -> Option<Reached> {
        let sweep = sweep(formulation, &prices, most)?;
        let bound = above_floors(sweep.dual, &prices, &self.order, k, &self.worth);
        Some(Reached { prices, bound })
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
        let Some(Reached { prices, bound }) = self.reached(k, formulation, prices, &most) else { return Ok(()) };
        let reach = (bound - self.order[k].worth(&self.worth) * ONE).max(0);
        let paths = self.paths(formulation)?;
        let arcs = finish::within_draw(formulation, &prices, reach, &paths);
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
