//! The programme as plain data, for other solvers, and the way back from what they choose.

use super::facts::Facts;
use super::model::Programme;
use super::paths::Paths;
use super::{Dropped, clash};
use crate::engine::solver::{Col, Model};
use good_lp::{Expression, IntoAffineExpression, Variable};
use lungang_domain::policy::Tier;
use lungang_domain::{Case, Layout, PersonIx, Place, Policy, PostIx, Problem};
use std::collections::{BTreeMap, HashMap, HashSet};

/// What a column of [`Posed::model`] stands for: a person, a layout from 1 on, and the post held there, or `None` for
/// somebody unplaced.
pub type Placed = (PersonIx, usize, Option<PostIx>);

/// The whole programme of a case.
#[derive(Clone, Debug)]
pub struct Posed {
    /// Columns and rows, without an objective.
    pub model: Model,
    /// Each tier, first priority first, with the weights of its columns, in the tier's own sense.
    pub tiers: Vec<(Tier, Vec<(Col, i64)>)>,
    /// The columns that say who is where. All others follow from them.
    pub places: Vec<(Col, Placed)>,
}

/// The programme of a case.
///
/// # Errors
/// What clashes, where the decisions leave somebody no course at all.
pub fn pose(case: &Case, policy: &Policy) -> Result<Posed, Vec<Problem>> {
    let facts = Facts::new(case, policy, Dropped::none());
    let paths: Vec<Paths> = case.people_ix().map(|person| Paths::of(&facts, person)).collect();
    if paths.iter().any(|own| own.blocked) {
        return Err(clash(case, policy));
    }
    Ok(Programme::new(&facts, &paths).posed())
}

/// The layout in which people hold these seats in these layouts, and are unplaced, outside or gone in all others.
#[must_use]
pub fn seated(case: &Case, policy: &Policy, seats: &BTreeMap<(PersonIx, usize), PostIx>) -> Layout {
    Facts::new(case, policy, Dropped::none()).seated(seats)
}

impl Programme<'_> {
    /// The layout that an answer describes.
    pub fn layout(&self, values: &[f64]) -> Layout {
        let in_order = self.variables.iter_variables_with_def().zip(values);
        let chosen: HashSet<Variable> =
            in_order.filter(|(_, value)| **value > 0.5).map(|((variable, _), _)| variable).collect();
        let mut seats: BTreeMap<(PersonIx, usize), PostIx> = BTreeMap::new();
        for ((person, post, t), x) in &self.seat {
            if chosen.contains(x) {
                seats.insert((*person, *t), *post);
            }
        }
        self.facts.seated(&seats)
    }

    /// The programme as plain data.
    pub fn posed(&self) -> Posed {
        let columns: HashMap<Variable, Col> =
            self.variables.iter_variables_with_def().enumerate().map(|(at, (variable, _))| (variable, at)).collect();
        let weights = |expression: &Expression| {
            #[allow(clippy::cast_possible_truncation)] // whole numbers, all of them given by `weight`
            let whole = |(variable, weight)| (columns[&variable], weight as i64);
            let mut weights: Vec<(Col, i64)> = expression.linear_coefficients().map(whole).collect();
            weights.sort_unstable();
            weights
        };
        let seats = self.seat.iter().map(|((person, post, t), x)| (columns[x], (*person, *t, Some(*post))));
        let nowhere = self.unplaced.iter().map(|((person, t), u)| (columns[u], (*person, *t, None)));
        Posed {
            model: self.for_any_plan(),
            tiers: self.tiers.iter().map(|(tier, expression)| (*tier, weights(expression))).collect(),
            places: seats.chain(nowhere).collect(),
        }
    }
}

impl Facts<'_> {
    /// See [`seated`].
    pub(super) fn seated(&self, seats: &BTreeMap<(PersonIx, usize), PostIx>) -> Layout {
        // Who is outside or has left is so by events alone; the seats of all others are given.
        let mut places = self.idle.clone();
        for person in self.case.people_ix() {
            for (t, place) in places[person.0].iter_mut().enumerate().skip(1) {
                if !matches!(place, Place::Outside | Place::Left) {
                    *place = self.placed(person, seats.get(&(person, t)).copied(), t);
                }
            }
        }
        Layout { places }
    }
}
