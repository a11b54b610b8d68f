//! The programme itself, in good_lp: who takes which step each year, and what the steps of all people must keep
//! together. Each family of constraints is one function.

use super::facts::Facts;
use super::paths::{Origin, Paths, Stand, Step};
use crate::engine::solver;
use good_lp::{Constraint, Expression, ProblemVariables, Variable, constraint, variable};
use lungang_domain::policy::Tier;
use lungang_domain::{Layout, Lead, PersonIx, Place, PostIx, SectionIx, Share, UnitIx};
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
        programme.few_of_all_move_in_a_year();
        programme.leaders_are_not_moved_together();
        let near = programme.relatives_keep_apart();
        programme.nobody_goes_back();
        programme.old_hands_stay();
        let gained = programme.experiences_are_gained();
        programme.rank(over + near, empty, missing, gained);
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

    /// R12: "at most a share of a unit moves in a year". Decided moves count; they may go beyond the cap where nobody
    /// else of the unit moves. Moves forced by a closed post do not count (semantics 17, 21, 37).
    fn few_move_in_a_year(&mut self) {
        if !self.facts.dropped.stands("R12.cap") {
            return;
        }
        let mut movers: BTreeMap<(UnitIx, usize), (Vec<Variable>, Vec<Variable>)> = BTreeMap::new();
        for (_, step, column) in all_steps(self.paths, &self.steps) {
            if let (Some(post), false) = (step.leaves, step.forced) {
                let (decided, others) = movers.entry((self.facts.post(post).unit, step.t)).or_default();
                if step.decided { decided.push(column) } else { others.push(column) }
            }
        }
        let floor = self.facts.policy.turnover.unit_floor;
        for unit in (0..self.facts.case.units.len()).map(UnitIx) {
            let least = floor.floor_of(self.base(|post| self.facts.post(post).unit == unit));
            let least = usize::try_from(least).unwrap_or(usize::MAX).min(self.cap(unit));
            for t in (1..=self.facts.years).filter(|_| least > 0) {
                let all = movers.get(&(unit, t)).map(|(decided, others)| sum(decided.iter().chain(others).copied()));
                self.rows.push(constraint!(all.unwrap_or_default() >= count(least)));
            }
        }
        for ((unit, _), (decided, others)) in movers {
            let cap = self.cap(unit);
            let all = sum(decided.iter().chain(&others).copied());
            if decided.is_empty() {
                self.rows.push(constraint!(all <= count(cap)));
                continue;
            }
            let excused = self.binary();
            let beyond = count(decided.len());
            self.rows.push(constraint!(all - beyond * excused <= count(cap)));
            let most = count(others.len());
            self.rows.push(constraint!(sum(others) + most * excused <= most));
        }
    }

    /// G4: "at most a share of everybody moves in a year", as R12 has it for a unit.
    fn few_of_all_move_in_a_year(&mut self) {
        let share = self.facts.policy.turnover.year_share;
        if share == Share::whole() || !self.facts.dropped.stands("G4") {
            return;
        }
        let most = usize::try_from(share.floor_of(self.base(|_| true)).max(1)).unwrap_or(usize::MAX);
        for t in 1..=self.facts.years {
            let moves = all_steps(self.paths, &self.steps)
                .filter(|(_, step, _)| step.t == t && step.leaves.is_some() && !step.forced)
                .map(|(_, step, column)| (step.decided, column));
            let (decided, others): (Vec<_>, Vec<_>) = moves.partition(|(decided, _)| *decided);
            let all = sum(decided.iter().chain(&others).map(|(_, column)| *column));
            if decided.is_empty() {
                self.rows.push(constraint!(all <= count(most)));
                continue;
            }
            let excused = self.binary();
            self.rows.push(constraint!(all - count(decided.len()) * excused <= count(most)));
            let bar = count(others.len());
            self.rows.push(constraint!(sum(others.into_iter().map(|(_, column)| column)) + bar * excused <= bar));
        }
    }

    /// Seat holders of today in posts of a kind.
    fn base(&self, of: impl Fn(PostIx) -> bool) -> u64 {
        self.facts.idle.iter().filter(|places| places[0].seat().is_some_and(&of)).count() as u64
    }

    /// R11: "head and deputies of a section are not moved in the same year, nor two principals of a unit". What an approved
    /// decision names is free; moves out of closed posts count (semantics 59).
    fn leaders_are_not_moved_together(&mut self) {
        if !self.facts.dropped.stands("R11") || !self.facts.policy.rule_on("R11") {
            return;
        }
        let mut leavers: BTreeMap<(PostIx, usize), Vec<Variable>> = BTreeMap::new();
        for (_, step, column) in all_steps(self.paths, &self.steps) {
            if let (Some(post), false) = (step.leaves, step.approved) {
                leavers.entry((post, step.t)).or_default().push(column);
            }
        }
        let facts = self.facts;
        let posts = |lead: Lead, of: &dyn Fn(PostIx) -> bool| -> Vec<PostIx> {
            facts.case.posts_ix().filter(|post| facts.post(*post).lead == lead && of(*post)).collect()
        };
        let out = |posts: &[PostIx], t: usize| -> Vec<Variable> {
            posts.iter().filter_map(|post| leavers.get(&(*post, t))).flatten().copied().collect()
        };
        for t in 1..=facts.years {
            for section in (0..facts.case.sections.len()).map(SectionIx) {
                let within = |post: PostIx| facts.post(post).section == Some(section);
                let (heads, deputies) = (posts(Lead::Head, &within), posts(Lead::Deputy, &within));
                let there: Vec<PostIx> = deputies.iter().copied().filter(|post| facts.is_open(*post, t - 1)).collect();
                let sitting =
                    |post: PostIx| facts.case.people_ix().filter(|person| facts.today(*person) == Some(post)).count();
                let places = there.iter().map(|post| sitting(*post).max(facts.post(*post).headcount as usize));
                let number: usize = places.sum();
                if number > 0 && !heads.is_empty() {
                    let weighed = count(number) * sum(out(&heads, t)) + sum(out(&deputies, t));
                    self.rows.push(constraint!(weighed <= count(number)));
                }
            }
            for unit in (0..facts.case.units.len()).map(UnitIx) {
                let principals = posts(Lead::Principal, &|post| facts.post(post).unit == unit);
                self.rows.push(constraint!(sum(out(&principals, t)) <= 1.0));
            }
        }
    }

    /// R07, R21: "of two relatives, not both in posts that the law keeps apart", for each state of the one against all of
    /// the other. Where both still hold what they hold when nobody moves, the breach is inherited; gives the variables that
    /// say where one still stands, once a rule.
    fn relatives_keep_apart(&mut self) -> Expression {
        let mut inherited = Expression::default();
        for (one, other) in self.facts.relatives() {
            for t in 1..=self.facts.years {
                let (ones, others) = (self.stands_in(one, t), self.stands_in(other, t));
                for (posts, given, columns) in &ones {
                    let mut apart: Vec<Variable> = Vec::new();
                    for (held, held_given, theirs) in &others {
                        let broken = self.facts.breaks_avoidance(posts, held);
                        if broken.is_empty() {
                            continue;
                        }
                        if *given && *held_given {
                            let stands = self.binary();
                            let both = sum(columns.iter().chain(theirs).copied());
                            self.rows.push(constraint!(both - stands <= 1.0));
                            inherited.add_mul(count(broken.len()), stands);
                        } else {
                            apart.extend(theirs);
                        }
                    }
                    if !apart.is_empty() {
                        self.rows.push(constraint!(sum(columns.iter().chain(&apart).copied()) <= 1.0));
                    }
                }
            }
        }
        inherited
    }

    /// R13, R09: "not back into a post left a short time ago, nor over one's own former field": of the ways out of the one
    /// and the ways into the other at most one is taken.
    fn nobody_goes_back(&mut self) {
        let facts = self.facts;
        let mut rows = Vec::new();
        for (own, columns) in self.paths.iter().zip(&self.steps) {
            let mut left: BTreeMap<(PostIx, usize), Vec<Variable>> = BTreeMap::new();
            let mut entered: BTreeMap<(PostIx, usize), Vec<Variable>> = BTreeMap::new();
            for (step, column) in own.steps.iter().zip(columns) {
                let (before, now) = (own.source(step).stand, own.target(step).stand);
                if let Some(post) = before.seat().filter(|post| now.seat() != Some(*post) && now != Stand::Left) {
                    left.entry((post, step.t)).or_default().push(*column);
                }
                if let Some(post) = step.enters.filter(|_| !step.decided) {
                    entered.entry((post, step.t)).or_default().push(*column);
                }
            }
            for ((from, s), outs) in &left {
                let day = facts.left_on(own.person, *from, *s);
                let too_soon = |to: PostIx, t: usize| *s < t && facts.too_soon(*from, day, to, t);
                for (_, ins) in entered.iter().filter(|((to, t), _)| too_soon(*to, *t)) {
                    rows.push(constraint!(sum(outs.iter().chain(ins).copied()) <= 1.0));
                }
            }
        }
        self.rows.extend(rows);
    }

    /// What somebody may hold in layout t: the posts, whether today or an event gave them, and the steps that lead there.
    fn stands_in(&self, person: PersonIx, t: usize) -> Vec<(Vec<PostIx>, bool, Vec<Variable>)> {
        let mut stands: BTreeMap<(Vec<PostIx>, bool), Vec<Variable>> = BTreeMap::new();
        for (own, columns) in self.paths.iter().zip(&self.steps).filter(|(own, _)| own.person == person) {
            for (step, column) in own.steps.iter().zip(columns).filter(|(step, _)| step.t == t) {
                let stand = own.target(step).stand;
                let given = matches!(stand, Stand::Seat { origin, .. } if origin != Origin::Plan);
                stands.entry((self.facts.held(person, stand), given)).or_default().push(*column);
            }
        }
        stands.into_iter().map(|((posts, given), columns)| (posts, given, columns)).collect()
    }

    /// The cap of a unit: given, or a share of today's seat holders, at least one.
    fn cap(&self, unit: UnitIx) -> usize {
        let base = self.base(|post| self.facts.post(post).unit == unit);
        let share = self.facts.policy.turnover.unit_share.floor_of(base).max(1);
        match self.facts.case.unit(unit).max_moves_per_year {
            Some(given) => given as usize,
            None => usize::try_from(share).unwrap_or(usize::MAX),
        }
    }

    /// R12: "old hands stay in every section": enough of today's number were there last year too. A shortage is excused
    /// where a decided move out of the section has been made and nobody undecided leaves that year (semantics 17, 38).
    fn old_hands_stay(&mut self) {
        if !self.facts.dropped.stands("R12.old_hands") {
            return;
        }
        for section in (0..self.facts.case.sections.len()).map(SectionIx) {
            let of_section = |post: PostIx| self.facts.post(post).section == Some(section);
            let today: Vec<PersonIx> = self
                .facts
                .case
                .people_ix()
                .filter(|person| self.facts.today(*person).is_some_and(of_section))
                .collect();
            if today.len() <= 1 {
                continue;
            }
            // Decided moves out of the section so far.
            let mut sent: Vec<Variable> = Vec::new();
            for t in 1..=self.facts.years {
                let (mut stayed, mut left) = (Vec::new(), Vec::new());
                for (own, step, column) in all_steps(self.paths, &self.steps).filter(|(_, step, _)| step.t == t) {
                    let was_in = own.source(step).stand.seat().is_some_and(of_section);
                    let is_in = own.target(step).stand.seat().is_some_and(of_section);
                    match (was_in, is_in) {
                        (true, true) => stayed.push(column),
                        (true, false) if step.leaves.is_some() && step.decided => sent.push(column),
                        (true, false) if step.leaves.is_some() && !step.forced => left.push(column),
                        _ => {}
                    }
                }
                let base = today.iter().filter(|person| !self.facts.is_taken_out(**person, section, t)).count();
                let needed = self.facts.policy.turnover.old_hands.ceil_of(base as u64);
                let needed = count(usize::try_from(needed).unwrap_or(usize::MAX));
                if sent.is_empty() {
                    self.rows.push(constraint!(sum(stayed) >= needed));
                    continue;
                }
                let excused = self.binary();
                self.rows.push(constraint!(sum(stayed) + needed * excused >= needed));
                self.rows.push(constraint!(sum(sent.iter().copied()) - excused >= 0));
                let most = count(left.len());
                self.rows.push(constraint!(sum(left) + most * excused <= most));
            }
        }
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
    fn rank(&mut self, over: Expression, empty: Expression, missing: Expression, gained: Expression) {
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
                Tier::Quality => quality.clone(),
                Tier::Weighted => {
                    let weights = self.facts.policy.priorities.weights;
                    let months: Expression = risk.iter().cloned().sum();
                    gained.clone() * weight(weights.reserve) + quality.clone() * weight(weights.quality)
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
