//! R10: a minimum stay, and never two moves inside `rest` months (semantics 16, 36).

use super::{Facts, Step};
use lungang_domain::months_between;

pub(super) fn bars(facts: &Facts<'_>, step: &Step) -> bool {
    let (Some(from), Some(began)) = (step.from, step.began) else { return false };
    if step.forced(facts) {
        return false;
    }
    let months = months_between(began, facts.effective[step.year]);
    let time = &facts.policy.time;
    match step.go(facts) {
        Some(go) => months < time.rest && !go.approved,
        None => months < time.rest.max(facts.case.post(from).may_months.unwrap_or(time.may)),
    }
}
