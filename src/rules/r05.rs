//! R05: not moved under inquiry or on probation; 立案 bars placements too (semantics 15, 36).

use super::{Facts, Step};
use lungang_domain::Investigation;

pub(super) fn bars(facts: &Facts<'_>, step: &Step) -> bool {
    let inquiry = facts.case.person(step.person).under_investigation;
    if inquiry == Some(Investigation::Filed) {
        return true;
    }
    if step.from.is_none() {
        return false;
    }
    let day = facts.effective[step.year];
    let on_probation = facts.of(step.person).probation.iter().any(|(from, until)| *from <= day && day < *until);
    (inquiry.is_some() || on_probation) && !step.go(facts).is_some_and(|go| go.approved)
}
