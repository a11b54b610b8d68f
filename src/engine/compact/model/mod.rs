//! The programme itself, in good_lp: who takes which step each year, and what the steps of all people must keep
//! together. Each family of constraints is one function.

mod successors;
mod together;

use super::facts::Facts;
use super::paths::{Paths, Stand, Step};
use crate::engine::solver;
use good_lp::{Constraint, Expression, ProblemVariables, Variable, constraint, variable};
use lungang_domain::policy::Tier;
use lungang_domain::{Layout, PersonIx, Place, PostIx};
use std::collections::{BTreeMap, HashSet};

/// The whole programme of a case.
pub(super) struct Programme<'a> {
    pub(super) facts: &'a Facts<'a>,
    paths: &'a [Paths],
    pub(super) variables: ProblemVariables,
    rows: Vec<Constraint>,
    /// Whether person i holds a seat in post p in layout t.
    pub(super) seat: BTreeMap<(PersonIx, PostIx, usize), Variable>,
    /// Whether person i is unplaced in layout t.
    pub(super) unplaced: BTreeMap<(PersonIx, usize), Variable>,
    /// Which step person i takes in year t, in the order of [`Paths::steps`].
    steps: Vec<Vec<Variable>>,
    /// The tiers in order, each in its own sense.
    pub(super) tiers: Vec<(Tier, Expression)>,
}

/// Every step of everybody, with its variable.
fn all_steps<'b>(
    paths: &'b [Paths],
    steps: &'b [Vec<Variable>],
) -> impl Iterator<Item = (&'b Paths, &'b Step, Variable)> {
    paths
        .iter()
        .zip(steps)
        .flat_map(|(own, columns)| own.steps.iter().zip(columns).map(move |(step, column)| (own, step, *column)))
}

/// A whole number as a coefficient.
fn weight(number: i64) -> f64 {
    #[allow(clippy::cast_precision_loss)]
    let weight = number as f64;
    weight
}

fn count(number: usize) -> f64 {
    weight(i64::try_from(number).unwrap_or(i64::MAX))
}

fn sum(columns: impl IntoIterator<Item = Variable>) -> Expression {
    columns.into_iter().map(Expression::from).sum()
}

impl<'a> Programme<'a> {
    pub fn new(facts: &'a Facts<'a>, paths: &'a [Paths]) -> Self {
        let mut programme = Self {
            facts,
            paths,
            variables: ProblemVariables::new(),
            rows: Vec::new(),
            seat: BTreeMap::new(),
            unplaced: BTreeMap::new(),
            steps: Vec::new(),
            tiers: Vec::new(),
        };
        programme.everybody_takes_one_course();
        programme.where_people_stand();
        let over = programme.seats_suffice();
        let empty = programme.essential_posts_are_held();
        let missing = programme.posts_are_covered();
        programme.few_move_in_a_year();
        programme.few_of_all_move();
        programme.leaders_are_not_moved_together();
        let near = programme.relatives_keep_apart();
        programme.nobody_goes_back();
        programme.old_hands_stay();
        let gained = programme.experiences_are_gained();
        let followed = programme.essential_posts_have_successors();
        programme.rank(over + near, empty, missing, (gained, followed));
        programme
    }

    fn binary(&mut self) -> Variable {
        self.variables.add(variable().binary())
    }

    /// "Everybody is somewhere every year, and gets there from where they were": one step leaves layout 0, and as many
    /// steps leave a state as enter it.
    fn everybody_takes_one_course(&mut self) {
        for own in self.paths {
            let columns: Vec<Variable> =
                own.steps.iter().map(|_| self.variables.add(variable().min(0).max(1))).collect();
            let mut flow: BTreeMap<(usize, usize), Expression> = BTreeMap::new();
            for (step, column) in own.steps.iter().zip(&columns) {
                *flow.entry((step.t - 1, step.from)).or_default() += *column;
                *flow.entry((step.t, step.to)).or_default() -= *column;
            }
            for ((t, _), balance) in flow {
                if t == 0 {
                    self.rows.push(constraint!(balance == 1));
                } else if t < self.facts.years {
                    self.rows.push(constraint!(balance == 0));
                }
            }
            self.steps.push(columns);
        }
    }

    /// "x[person, post, year]": who holds a seat where in which layout, and who is unplaced. The places decide the
    /// steps, since a change of post begins a stay and nothing else does; so these alone need to be whole.
    fn where_people_stand(&mut self) {
        let mut seats: BTreeMap<(PersonIx, PostIx, usize), Expression> = BTreeMap::new();
        let mut nowhere: BTreeMap<(PersonIx, usize), Expression> = BTreeMap::new();
        for (own, step, column) in all_steps(self.paths, &self.steps) {
            match own.target(step).stand {
                Stand::Seat { post, .. } => *seats.entry((own.person, post, step.t)).or_default() += column,
                Stand::Unplaced { .. } => *nowhere.entry((own.person, step.t)).or_default() += column,
                Stand::Outside | Stand::Left => {}
            }
        }
        for (key, steps) in seats {
            let x = self.binary();
            self.rows.push(constraint!(steps - x == 0));
            self.seat.insert(key, x);
        }
        for (key, steps) in nowhere {
            let u = self.binary();
            self.rows.push(constraint!(steps - u == 0));
            self.unplaced.insert(key, u);
        }
    }

    /// R01: "no more people than seats; where a post is over strength today, nobody enters until the excess has gone".
    /// Gives the variables that say where an inherited excess still stands.
    fn seats_suffice(&mut self) -> Expression {
        let mut inherited = Expression::default();
        if !self.facts.dropped.stands("R01") {
            return inherited;
        }
        for post in self.facts.case.posts_ix() {
            let seats = self.facts.post(post).headcount as usize;
            for t in 1..=self.facts.years {
                let holders: Vec<Variable> =
                    self.seat.iter().filter(|((_, at, year), _)| *at == post && *year == t).map(|(_, x)| *x).collect();
                if holders.len() <= seats {
                    continue;
                }
                let idle = self.facts.idle.iter().filter(|places| places[t].seat() == Some(post)).count();
                let excess = idle.saturating_sub(seats);
                if excess == 0 {
                    self.rows.push(constraint!(sum(holders) <= count(seats)));
                    continue;
                }
                let entries: Vec<Variable> = all_steps(self.paths, &self.steps)
                    .filter(|(_, step, _)| step.t == t && step.enters == Some(post))
                    .map(|(_, _, column)| column)
                    .collect();
                let over = self.binary();
                self.rows.push(constraint!(sum(holders) - count(excess) * over <= count(seats)));
                let most = count(entries.len());
                self.rows.push(constraint!(sum(entries) + most * over <= most));
                inherited += over;
            }
        }
        inherited
    }

    /// Steps that make somebody present in each post and year.
    fn presence(&self) -> BTreeMap<(PostIx, usize), Vec<Variable>> {
        let mut presence: BTreeMap<(PostIx, usize), Vec<Variable>> = BTreeMap::new();
        for (_, step, column) in all_steps(self.paths, &self.steps) {
            for post in &step.covers {
                presence.entry((*post, step.t)).or_default().push(column);
            }
        }
        presence
    }

    /// T0: "an essential post must not stand empty"; each year in which it does counts one.
    fn essential_posts_are_held(&mut self) -> Expression {
        let presence = self.presence();
        let mut empty = Expression::default();
        for post in self.facts.case.posts_ix().filter(|post| self.facts.post(*post).essential) {
            for t in (1..=self.facts.years).filter(|t| self.facts.is_open(post, *t)) {
                let present = sum(presence.get(&(post, t)).cloned().unwrap_or_default());
                let stands_empty = self.binary();
                self.rows.push(constraint!(present + stands_empty >= 1));
                empty += stands_empty;
            }
        }
        empty
    }

    /// R03, T1: "a post needs its minimum present"; what is missing counts per person and year.
    fn posts_are_covered(&mut self) -> Expression {
        let presence = self.presence();
        let mut missing = Expression::default();
        for post in self.facts.case.posts_ix().filter(|_| self.facts.dropped.stands("R03")) {
            let minimum = self.facts.minimum(post);
            for t in (1..=self.facts.years).filter(|t| minimum > 0 && self.facts.is_open(post, *t)) {
                let present = sum(presence.get(&(post, t)).cloned().unwrap_or_default());
                let short = self.variables.add(variable().integer().min(0).max(count(minimum)));
                self.rows.push(constraint!(present + short >= count(minimum)));
                missing += short;
            }
        }
        missing
    }

    /// T4: "reserve cadres gain what they lack": an experience counts once, when a planned stay that gives it has
    /// lasted twelve months.
    fn experiences_are_gained(&mut self) -> Expression {
        let mut gained = Expression::default();
        for (own, columns) in self.paths.iter().zip(&self.steps) {
            for at in 0..own.wanted.len() {
                let by: Vec<Variable> = own
                    .steps
                    .iter()
                    .zip(columns)
                    .filter(|(step, _)| own.target(step).gained.contains(&at))
                    .map(|(_, column)| *column)
                    .collect();
                if by.is_empty() {
                    continue;
                }
                let has = self.variables.add(variable().binary());
                self.rows.push(constraint!(sum(by) - has >= 0));
                gained += has;
            }
        }
        gained
    }

    /// The tiers, each in its own sense.
    fn rank(
        &mut self,
        over: Expression,
        empty: Expression,
        missing: Expression,
        (gained, followed): (Expression, Expression),
    ) {
        let nowhere: Expression = self.unplaced.values().map(|u| Expression::from(*u)).sum();
        let mut law = over;
        let mut risk = vec![Expression::default(); self.facts.risk_tiers()];
        let mut quality = Expression::default();
        for (own, step, column) in all_steps(self.paths, &self.steps) {
            let state = own.target(step);
            law.add_mul(weight(state.breaches), column);
            for (tier, months) in state.risk.iter().enumerate().filter(|(_, months)| **months != 0) {
                risk[tier].add_mul(weight(*months), column);
            }
            let points = state.quality - self.facts.cost_of_move(step);
            if points != 0 {
                quality.add_mul(weight(points), column);
            }
        }
        for tier in Tier::of(self.facts.policy) {
            let expression = match tier {
                Tier::Essential => empty.clone(),
                Tier::Cover => missing.clone() + nowhere.clone(),
                Tier::Law => law.clone(),
                Tier::Risk(n) => risk[n].clone(),
                Tier::Reserve => gained.clone(),
                Tier::Successors => followed.clone(),
                Tier::Quality => quality.clone(),
                Tier::Weighted => {
                    let weights = self.facts.policy.priorities.weights;
                    let months: Expression = risk.iter().cloned().sum();
                    (gained.clone() + followed.clone()) * weight(weights.reserve)
                        + quality.clone() * weight(weights.quality)
                        - months * weight(weights.risk)
                }
            };
            self.tiers.push((tier, expression));
        }
    }

    /// The programme for the tier at a position, others held at the values given with theirs.
    pub fn for_tier(&self, at: usize, held: &[(usize, i64)]) -> solver::Model {
        let mut rows = self.rows.clone();
        for (at, value) in held {
            let (tier, expression) = &self.tiers[*at];
            let expression = expression.clone();
            rows.push(if tier.maximised() {
                constraint!(expression >= weight(*value))
            } else {
                constraint!(expression <= weight(*value))
            });
        }
        let (tier, objective) = &self.tiers[at];
        solver::from_good_lp(&self.variables, &rows, objective, tier.maximised())
    }

    /// The programme without an aim: is there any plan at all?
    pub fn for_any_plan(&self) -> solver::Model {
        solver::from_good_lp(&self.variables, &self.rows, &Expression::default(), false)
    }

    /// The tiers in order.
    pub fn tiers(&self) -> impl Iterator<Item = Tier> {
        self.tiers.iter().map(|(tier, _)| *tier)
    }

    /// Holds every person to the places of a layout; `false` where the programme knows no such place.
    pub fn hold_to(&mut self, layout: &Layout) -> bool {
        let mut places: HashSet<Variable> = HashSet::new();
        for own in self.paths {
            for t in 1..=self.facts.years {
                let place = layout.at(own.person, t);
                let known = match place {
                    Place::Unplaced => self.unplaced.get(&(own.person, t)),
                    Place::In(post) | Place::Away { seat: post, .. } => self.seat.get(&(own.person, post, t)),
                    Place::Outside | Place::Left => continue,
                };
                let Some(variable) = known else { return false };
                places.insert(*variable);
            }
        }
        for variable in self.seat.values().chain(self.unplaced.values()) {
            let wanted = if places.contains(variable) { 1.0 } else { 0.0 };
            self.rows.push(constraint!(*variable == wanted));
        }
        true
    }
}

impl Facts<'_> {
    /// G4: what a move takes off quality, more across units.
    fn cost_of_move(&self, step: &Step) -> i64 {
        match (step.leaves, step.enters) {
            (Some(from), Some(to)) if self.post(from).unit == self.post(to).unit => self.policy.points.per_move,
            (Some(_), Some(_)) => self.policy.points.per_move + self.policy.points.cross_unit,
            _ => 0,
        }
    }
}
