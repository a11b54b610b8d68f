//! R06: nobody in 影响期 to a more important post, by move or placement (semantics 15, 35).

use super::{Facts, Step};
use lungang_domain::{Lead, PersonIx, PostIx};

pub(crate) fn bars(facts: &Facts<'_>, step: &Step) -> bool {
    binds(facts, step.person, step.year) && more_important(facts, step)
}

/// Whether a person is bound in a year: 影响期 still runs, whatever the party column says (semantics 45).
#[must_use]
pub fn binds(facts: &Facts<'_>, person: PersonIx, t: usize) -> bool {
    facts.case.person(person).discipline_until.is_some_and(|until| facts.effective[t] < until)
}

/// How important a post is: the rank of its upper level, where known, and its lead.
pub type Importance = (Option<usize>, Lead);

/// How important a post is.
#[must_use]
pub fn importance(facts: &Facts<'_>, post: PostIx) -> Importance {
    let post = facts.case.post(post);
    (post.level.as_ref().and_then(|span| facts.policy.level_rank(&span.high)), post.lead)
}

/// Whether one post is more important than another.
#[must_use]
pub fn exceeds(to: Importance, from: Importance) -> bool {
    match (from.0, to.0) {
        (Some(from), Some(to)) if from != to => to > from,
        _ => to.1 > from.1,
    }
}

fn more_important(facts: &Facts<'_>, step: &Step) -> bool {
    let from = step
        .from
        .or(step.last_held)
        .map_or_else(|| (facts.of(step.person).level[step.year], Lead::None), |post| importance(facts, post));
    exceeds(importance(facts, step.to), from)
}
