//! Units planned apart: nobody goes to a post outside their own unit but by decision (semantics 71).

use super::{Facts, Step};
use lungang_domain::{PersonIx, PostIx, UnitIx};

pub(super) fn bars(facts: &Facts<'_>, step: &Step) -> bool {
    facts.policy.turnover.apart
        && step.go(facts).is_none()
        && own_unit(facts, step.person, step.from.or(step.last_held))
            .is_some_and(|own| own != facts.unit(step.to) && facts.lasts[own.0][step.year])
}

/// The unit that somebody belongs to: that of the post held, or held last; without one the roster's, if it names one.
#[must_use]
pub fn own_unit(facts: &Facts<'_>, person: PersonIx, held: Option<PostIx>) -> Option<UnitIx> {
    held.map(|post| facts.unit(post)).or(facts.case.person(person).unit)
}

/// Whether somebody who leaves a post may go to another unit in year `t` without a decision.
#[must_use]
pub fn may_cross(facts: &Facts<'_>, from: PostIx, t: usize) -> bool {
    !facts.policy.turnover.apart || !facts.lasts[facts.unit(from).0][t]
}
