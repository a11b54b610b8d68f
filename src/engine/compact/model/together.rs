//! What ties the moves and places of several people together: R07, R11, R12, R21, G4; and R09 and R13, which tie one
//! person's years.

use super::{Programme, all_steps, count, sum};
use crate::engine::compact::paths::{Stand, Step};
use good_lp::{Expression, Variable, constraint};
use lungang_domain::{Lead, PersonIx, PostIx, SectionIx, Share, UnitIx};
use std::collections::BTreeMap;

impl Programme<'_> {
    /// R12: "at most a share of a unit moves in a year". Decided moves count; they may go beyond the cap where nobody
    /// else of the unit moves. Moves forced by a closed post do not count (semantics 17, 21, 37).
    pub(super) fn few_move_in_a_year(&mut self) {
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

    /// G4: "at most a share of everybody moves in a year", "at most so many moves in all years", "and so many into another
    /// unit"; each as R12 has it for a unit (semantics 69, 72).
    pub(super) fn few_of_all_move(&mut self) {
        let turnover = &self.facts.policy.turnover;
        let stands = |half: &str| self.facts.dropped.stands(half);
        let share = turnover.year_share;
        if share != Share::whole() && stands("G4.year") {
            let most = usize::try_from(share.floor_of(self.base(|_| true)).max(1)).unwrap_or(usize::MAX);
            for t in 1..=self.facts.years {
                self.at_most(most, |_, _, year| year == t);
            }
        }
        if let Some(most) = turnover.most_moves.filter(|_| stands("G4.moves")) {
            self.at_most(most as usize, |_, _, _| true);
        }
        if let Some(most) = turnover.most_cross_unit.filter(|_| stands("G4.cross_unit")) {
            let facts = self.facts;
            self.at_most(most as usize, |from, to, _| facts.post(from).unit != facts.post(to).unit);
        }
    }

    /// At most so many of the moves that `counted` names by the posts left and entered and the year; forced ones are free,
    /// and decided ones go beyond it where no other is made.
    fn at_most(&mut self, most: usize, counted: impl Fn(PostIx, PostIx, usize) -> bool) {
        let is_counted = |step: &Step| {
            let ends = step.leaves.zip(step.enters);
            !step.forced && ends.is_some_and(|(from, to)| counted(from, to, step.t))
        };
        let moves = all_steps(self.paths, &self.steps)
            .filter(|(_, step, _)| is_counted(step))
            .map(|(_, step, column)| (step.decided, column));
        let (decided, others): (Vec<_>, Vec<_>) = moves.partition(|(decided, _)| *decided);
        let all = sum(decided.iter().chain(&others).map(|(_, column)| *column));
        if decided.is_empty() {
            self.rows.push(constraint!(all <= count(most)));
            return;
        }
        let excused = self.binary();
        self.rows.push(constraint!(all - count(decided.len()) * excused <= count(most)));
        let bar = count(others.len());
        self.rows.push(constraint!(sum(others.into_iter().map(|(_, column)| column)) + bar * excused <= bar));
    }

    /// R11: "head and deputies of a section are not moved in the same year, nor two principals of a unit". What an approved
    /// decision names is free; moves out of closed posts count (semantics 59).
    pub(super) fn leaders_are_not_moved_together(&mut self) {
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

    /// R12: "old hands stay in every section": enough of today's number were there last year too. A shortage is excused
    /// where a decided move out of the section has been made and nobody undecided leaves that year (semantics 17, 38).
    pub(super) fn old_hands_stay(&mut self) {
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

    /// R07, R21: "of two relatives, not both in posts that the law keeps apart", for each state of the one against all of
    /// the other. Where both still hold what they hold when nobody moves, the breach is inherited; gives the variables that
    /// say where one still stands, once a rule.
    pub(super) fn relatives_keep_apart(&mut self) -> Expression {
        let mut inherited = Expression::default();
        for (one, other) in self.facts.relatives() {
            for t in 1..=self.facts.years {
                let (ones, others) = (self.stands_in(one, t), self.stands_in(other, t));
                for (posts, given, columns) in &ones {
                    let mut apart: Vec<Variable> = Vec::new();
                    for (held, held_given, theirs) in &others {
                        let broken = self.facts.breaks_avoidance(posts, held, t);
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
    pub(super) fn nobody_goes_back(&mut self) {
        let facts = self.facts;
        let mut rows = Vec::new();
        for (own, columns) in self.paths.iter().zip(&self.steps) {
            let mut left: BTreeMap<(PostIx, usize), Vec<Variable>> = BTreeMap::new();
            let mut entered: BTreeMap<(PostIx, usize), Vec<Variable>> = BTreeMap::new();
            for (step, column) in own.steps.iter().zip(columns) {
                let (before, now) = (own.source(step).stand, own.target(step).stand);
                let gone = |post: &PostIx| now.seat() != Some(facts.became(*post, step.t)) && now != Stand::Left;
                if let Some(post) = before.seat().filter(gone) {
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
                let given = self.facts.is_given(person, stand, t);
                stands.entry((self.facts.held(person, stand, t), given)).or_default().push(*column);
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

    /// Seat holders of today in posts of a kind.
    fn base(&self, of: impl Fn(PostIx) -> bool) -> u64 {
        self.facts.idle.iter().filter(|places| places[0].seat().is_some_and(&of)).count() as u64
    }
}
