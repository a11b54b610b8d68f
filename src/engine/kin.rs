//! Where two relatives can meet at all: of the bars of R07 and R21 only those become rows of which both can reach a side.

use crate::rules::kin::Bar;
use crate::rules::{Facts, is_fit};
use lungang_domain::{PersonIx, PostIx};
use std::collections::{BTreeMap, BTreeSet};

/// What the relatives of a case can reach.
pub(super) struct Related {
    /// By person with a relative: posts that they may hold in some layout.
    reach: BTreeMap<PersonIx, BTreeSet<PostIx>>,
}

/// A bar for a pair in a year.
pub(super) struct PairBar {
    /// Position of the bar.
    pub bar: usize,
    /// Whether it is broken when nobody moves.
    pub stands: bool,
    /// Who uses it by holding which post, a side each.
    pub posts: Vec<(PersonIx, PostIx)>,
}

impl Related {
    pub fn new(facts: &Facts<'_>) -> Self {
        let people: BTreeSet<PersonIx> = facts.kinship.pairs.iter().flatten().copied().collect();
        Self { reach: people.into_iter().map(|person| (person, reach(facts, person))).collect() }
    }

    /// Bars that a pair can break in year `t`.
    pub fn bars(&self, facts: &Facts<'_>, pair: usize, t: usize) -> Vec<PairBar> {
        let people = facts.kinship.pairs[pair];
        let unmoved = people.map(|person| facts.holds_unmoved(person, t));
        let meets = |bar: &Bar| {
            let sides: Vec<Vec<(PersonIx, PostIx)>> =
                people.iter().zip(&bar.sides).map(|(one, side)| self.within(*one, side)).collect();
            sides.iter().all(|side| !side.is_empty()).then(|| sides.concat())
        };
        let bars = facts.kinship.bars[t].iter().enumerate();
        bars.filter_map(|(at, bar)| {
            meets(bar).map(|posts| PairBar { bar: at, stands: bar.is_broken(&unmoved[0], &unmoved[1]), posts })
        })
        .collect()
    }

    /// For each rule that a pair breaks in year `t` when nobody moves: who holds which seat then.
    pub fn standing(&self, facts: &Facts<'_>, pair: usize, t: usize) -> Vec<[(PersonIx, PostIx); 2]> {
        let [one, other] = facts.kinship.pairs[pair];
        let seat = |person| facts.nobody_moves.at(person, t).seat();
        let (Some(first), Some(second)) = (seat(one), seat(other)) else { return Vec::new() };
        let broken = facts.kin_breaches(&facts.holds_unmoved(one, t), &facts.holds_unmoved(other, t), t);
        broken.into_iter().map(|_| [(one, first), (other, second)]).collect()
    }

    fn within(&self, person: PersonIx, side: &[PostIx]) -> Vec<(PersonIx, PostIx)> {
        let reach = self.reach.get(&person);
        side.iter().filter(|post| reach.is_some_and(|reach| reach.contains(post))).map(|post| (person, *post)).collect()
    }
}

/// Posts that somebody may hold in some layout: those that events give, today's with the concurrent ones, and all that fit.
fn reach(facts: &Facts<'_>, person: PersonIx) -> BTreeSet<PostIx> {
    let own = facts.of(person);
    let fixed = own.fixed.iter().flatten().map(|fixed| fixed.post);
    let given = fixed.chain(own.today).chain(facts.concurrent(person, 0));
    let given = given.flat_map(|post| (0..=facts.years).map(move |t| facts.heir(post, t)));
    let years = || (1..=facts.years).filter(|t| own.serving(*t));
    let fits = |post: &PostIx| years().any(|t| facts.open[post.0][t] && is_fit(facts, person, *post, t));
    given.chain(facts.case.posts_ix().filter(fits)).collect()
}
