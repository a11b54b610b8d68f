//! T4s: "essential posts have somebody who could take them over" (semantics 63).

use super::{Programme, sum};
use crate::engine::compact::facts::Facts;
use crate::engine::compact::paths::Paths;
use good_lp::{Expression, Variable, constraint};
use lungang_domain::{PersonIx, Place, PostIx};
use petgraph::algo::maximum_matching;
use petgraph::graph::UnGraph;
use std::collections::BTreeMap;

/// Nobody counts for more posts.
const POSTS_A_PERSON: usize = 2;

impl Programme<'_> {
    /// Each essential post counts one in each year in which somebody is counted for it: who suits it, is ready by then and
    /// does not sit there.
    pub(super) fn essential_posts_have_successors(&mut self) -> Expression {
        let mut counted = Expression::default();
        if !self.facts.policy.reserve.successors {
            return counted;
        }
        for t in 1..=self.facts.years {
            let mut of_post: BTreeMap<PostIx, Vec<Variable>> = BTreeMap::new();
            let mut of_person: BTreeMap<PersonIx, Vec<Variable>> = BTreeMap::new();
            for post in self.facts.essential_posts(t) {
                for at in 0..self.paths.len() {
                    let person = self.paths[at].person;
                    if !self.facts.could_succeed(person, post, t) {
                        continue;
                    }
                    let Some(needs) = self.makes_ready(at, t) else { continue };
                    let counts = self.binary();
                    for steps in needs {
                        self.rows.push(constraint!(sum(steps) - counts >= 0));
                    }
                    if let Some(seat) = self.seat.get(&(person, post, t)) {
                        self.rows.push(constraint!(*seat + counts <= 1));
                    }
                    of_post.entry(post).or_default().push(counts);
                    of_person.entry(person).or_default().push(counts);
                    counted += counts;
                }
            }
            for counts in of_post.into_values() {
                self.rows.push(constraint!(sum(counts) <= 1));
            }
            for counts in of_person.into_values() {
                self.rows.push(constraint!(sum(counts) <= super::count(POSTS_A_PERSON)));
            }
        }
        counted
    }

    /// Of each list of steps one has to be taken for somebody to be ready in year t: one list a wanted experience. `None`: never.
    fn makes_ready(&self, at: usize, t: usize) -> Option<Vec<Vec<Variable>>> {
        let own: &Paths = &self.paths[at];
        if self.facts.is_ready_today(own.person) {
            return Some(Vec::new());
        }
        if own.wanted.is_empty() {
            return None;
        }
        let gains = |wanted: usize| -> Option<Vec<Variable>> {
            let steps: Vec<Variable> = own
                .steps
                .iter()
                .zip(&self.steps[at])
                .filter(|(step, _)| step.t < t && own.target(step).gained.contains(&wanted))
                .map(|(_, column)| *column)
                .collect();
            (!steps.is_empty()).then_some(steps)
        };
        (0..own.wanted.len()).map(gains).collect()
    }
}

impl Facts<'_> {
    /// Essential posts that are open in layout t.
    fn essential_posts(&self, t: usize) -> Vec<PostIx> {
        self.case.posts_ix().filter(|post| self.post(*post).essential && self.is_open(*post, t)).collect()
    }

    /// Whether somebody is ready now, or wants nothing, in so many words.
    fn is_ready_today(&self, person: PersonIx) -> bool {
        let who = self.person(person);
        let said = who.needed.is_some() || !self.policy.reserve.experiences.is_empty();
        who.reserve && (who.ready_now || (said && self.wanted(person).is_empty()))
    }

    /// Whether somebody suits a post that they would take over (semantics 63).
    fn could_succeed(&self, person: PersonIx, post: PostIx, t: usize) -> bool {
        let who = self.person(person);
        who.reserve
            && !matches!(self.idle[person.0][t], Place::Outside | Place::Left)
            && who.under_investigation.is_none()
            && who.discipline_until.is_none_or(|until| until <= self.d(t.max(1)))
            && self.unfit_from(person, post, t, 1).is_empty()
    }

    /// Essential posts of layout 0 that have somebody.
    pub fn successors_today(&self) -> i64 {
        if !self.policy.reserve.successors {
            return 0;
        }
        let ready: Vec<PersonIx> = self.case.people_ix().filter(|person| self.is_ready_today(*person)).collect();
        let mut graph: UnGraph<(), ()> = UnGraph::default();
        let slots: Vec<_> = ready
            .iter()
            .flat_map(|person| [*person; POSTS_A_PERSON])
            .map(|person| (person, graph.add_node(())))
            .collect();
        for post in self.essential_posts(0) {
            let node = graph.add_node(());
            for (person, slot) in &slots {
                if self.today(*person) != Some(post) && self.could_succeed(*person, post, 0) {
                    graph.add_edge(node, *slot, ());
                }
            }
        }
        maximum_matching(&graph).edges().map(|_| 1).sum()
    }
}
