//! R06: nobody in 影响期 to a more important post, by move or placement (semantics 15, 35).

use super::{Facts, Step};
use lungang_domain::{Lead, PersonIx, PostIx};

pub(super) fn bars(facts: &Facts<'_>, step: &Step) -> bool {
    binds(facts, step.person, step.year) && more_important(facts, step)
}

/// Whether a person is bound in a year: 影响期 still runs, whatever the party column says (semantics 45).
#[must_use]
pub fn binds(facts: &Facts<'_>, person: PersonIx, t: usize) -> bool {
    facts.case.person(person).discipline_until.is_some_and(|until| facts.effective[t] < until)
}

fn upper_level(facts: &Facts<'_>, post: PostIx) -> Option<usize> {
    facts.case.post(post).level.as_ref().and_then(|span| facts.policy.level_rank(&span.high))
}

fn more_important(facts: &Facts<'_>, step: &Step) -> bool {
    let (level, lead) = match step.from.or(step.last_held) {
        Some(post) => (upper_level(facts, post), facts.case.post(post).lead),
        None => (facts.of(step.person).level[step.year], Lead::None),
    };
    match (level, upper_level(facts, step.to)) {
        (Some(from), Some(to)) if from != to => to > from,
        _ => facts.case.post(step.to).lead > lead,
    }
}
