//! R15: nobody near retirement is moved (semantics 11); that they are not due either stands in [`super::r14`].

use super::{Facts, Step};

pub(super) fn bars(facts: &Facts<'_>, step: &Step) -> bool {
    step.from.is_some()
        && !step.forced(facts)
        && step.go(facts).is_none()
        && facts.near_retirement(step.person, facts.effective[step.year])
}
