//! R25: whoever is exempt for care or other reasons may wait (semantics 21, 28).

use super::{Facts, Step};

pub(super) fn bars(facts: &Facts<'_>, step: &Step) -> bool {
    facts.policy.rule_on("R25")
        && step.from.is_some()
        && !step.forced(facts)
        && step.go(facts).is_none()
        && !facts.of(step.person).freed[step.year]
        && facts.case.person(step.person).exempt_until.is_some_and(|until| facts.effective[step.year] < until)
}
