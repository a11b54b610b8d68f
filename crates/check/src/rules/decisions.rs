//! DECISION: stay, go and not (semantics 21, 37).

use crate::facts::{Facts, Given};
use crate::verdict::{Breach, Move};
use crate::walk::Walk;
use lungang_domain::{DecisionKind, PersonIx};

/// *stay* and *go* of one person in year `t`.
pub(super) fn judge(facts: &Facts, walk: &Walk, person: PersonIx, t: usize, found: &mut Vec<Breach>) {
    let service = &facts.people[person.0];
    if !service.serves(t) || matches!(service.given[t], Given::Post { .. }) {
        return;
    }
    let seat = walk.at(person, t).seat();
    let promoted = service.promotions.iter().any(|promotion| (1..=t).contains(&promotion.year));
    for stay in facts.decided(person, DecisionKind::Stay, t) {
        let Some(post) = stay.post.or(facts.today[person.0]) else { continue };
        // Whoever passes with their post has stayed.
        let post = facts.successor(post, t);
        if !promoted && t < facts.open[post.0].until && seat != Some(post) {
            found.push(Breach::new("DECISION", "E0741", t).person(person).post(post));
        }
    }
    for go in facts.decided(person, DecisionKind::Go, t) {
        if let Some(post) = go.post
            && seat != Some(post)
        {
            found.push(Breach::new("DECISION", "E0742", t).person(person).post(post));
        }
    }
}

/// *not*: the named post is not entered by a move or placement.
pub(super) fn not(facts: &Facts, _: &Walk, one: &Move) -> Option<Breach> {
    let barred = facts.decided(one.person, DecisionKind::Not, one.year).any(|not| not.post == Some(one.to));
    barred.then(|| Breach::new("DECISION", "E0743", one.year).person(one.person).post(one.to))
}
