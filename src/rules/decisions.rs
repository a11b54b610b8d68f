//! Decisions taken by hand, by person and year (semantics 21, 36, 37).

use super::facts::Facts;
use lungang_domain::{Decision, DecisionKind, PersonIx, PostIx};

fn of<'f>(facts: &Facts<'f>, person: PersonIx, t: usize) -> impl Iterator<Item = &'f Decision> {
    let own = facts.decided.get(person.0).map_or(&[][..], Vec::as_slice);
    own.iter().filter(move |(years, _)| years.contains(&t)).map(|(_, decision)| *decision)
}

/// A `free` of this person in year `t`.
#[must_use]
pub fn frees(facts: &Facts<'_>, person: PersonIx, t: usize) -> bool {
    of(facts, person, t).any(|decision| decision.kind == DecisionKind::Free)
}

/// A `not` that bars this person from a post in year `t`.
#[must_use]
pub fn bars(facts: &Facts<'_>, person: PersonIx, post: PostIx, t: usize) -> bool {
    of(facts, person, t).any(|decision| decision.kind == DecisionKind::Not && decision.post == Some(post))
}

/// A `go` of this person to this post in year `t`.
#[must_use]
pub fn go(facts: &Facts<'_>, person: PersonIx, post: PostIx, t: usize) -> Option<Go> {
    if facts.of(person).fixed[t].is_some() {
        return None;
    }
    let mut named = of(facts, person, t)
        .filter(|decision| decision.kind == DecisionKind::Go && decision.post == Some(post))
        .peekable();
    named.peek()?;
    Some(Go { approved: named.any(|decision| decision.approval.is_some()) })
}

/// A `go` that names the post entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Go {
    /// With an approval on record, so that it may break a law~ rule.
    pub approved: bool,
}

/// Posts in which decisions require the person in layout `t`: each `go`, and each `stay` that still binds.
/// More than one is a clash.
#[must_use]
pub fn required(facts: &Facts<'_>, person: PersonIx, t: usize) -> Vec<PostIx> {
    let own = facts.of(person);
    if t == 0 || !own.serving(t) || own.fixed[t].is_some() {
        return Vec::new();
    }
    let mut posts: Vec<PostIx> = of(facts, person, t)
        .filter_map(|decision| match decision.kind {
            DecisionKind::Go => decision.post,
            // Whoever passes by a merger has stayed.
            DecisionKind::Stay => decision.post.or(own.today).map(|post| facts.heir(post, t)).filter(|post| {
                let promoted = (1..=t).any(|year| own.fixed[year].is_some_and(|fixed| fixed.promotion));
                // Also of a post that is founded only inside the horizon.
                let closed = facts.closes[post.0].is_some_and(|date| date < facts.effective[t + 1]);
                !promoted && !closed
            }),
            DecisionKind::Not | DecisionKind::Free => None,
        })
        .collect();
    posts.sort_unstable();
    posts.dedup();
    posts
}
