//! R20: recruits do not leave their unit before the end of their minimum service.

use super::{Facts, Step};

pub(super) fn bars(facts: &Facts<'_>, step: &Step) -> bool {
    facts.policy.rule_on("R20")
        && step.crosses_units(facts)
        && step.go(facts).is_none()
        && facts.case.person(step.person).minimum_service_until.is_some_and(|until| facts.effective[step.year] < until)
}
