//! Bars outside the numbered rules: absence, special posts, a fit missing under `fit.strict` or below `fit.floor`, decisions.

use super::{Facts, Step, decisions};

/// Who is away on d_t is not moved (semantics 6, 34).
pub(super) fn bars_away(facts: &Facts<'_>, step: &Step) -> bool {
    step.from.is_some() && !step.forced(facts) && step.go(facts).is_none() && facts.of(step.person).away_on[step.year]
}

/// Holders of special posts are not moved (semantics 11).
pub(super) fn bars_leaving_special(facts: &Facts<'_>, step: &Step) -> bool {
    step.from.is_some_and(|from| {
        !step.forced(facts) && step.go(facts).is_none() && facts.held_special(step.person, from, step.year)
    })
}

/// Entry into special posts is by `go` only (semantics 11).
pub(super) fn bars_entering_special(facts: &Facts<'_>, step: &Step) -> bool {
    facts.case.post(step.to).special.is_some() && step.go(facts).is_none()
}

/// Under `fit.strict` a missing fit bars the move (semantics 12), and one below `fit.floor` always does (semantics 72).
pub(super) fn bars_poor_fit(facts: &Facts<'_>, step: &Step) -> bool {
    let fit = &facts.policy.fit;
    if step.from.is_none() || (!fit.strict && fit.floor == 0) || step.go(facts).is_some() {
        return false;
    }
    facts.case.fit.get(step.person, step.to).map_or(fit.strict, |score| score < i64::from(fit.floor))
}

/// A `not` for the post entered, or a `go` or `stay` that requires another.
pub(super) fn bars_decided(facts: &Facts<'_>, step: &Step) -> bool {
    decisions::bars(facts, step.person, step.to, step.year)
        || decisions::required(facts, step.person, step.year).iter().any(|post| *post != step.to)
}
