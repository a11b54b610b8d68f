//! R18: the staffing kind fits the seat, where both are filled; and whoever is neither 行政 nor 参公 enters an organ
//! only by a listed event (semantics 44).

use super::{Facts, Step};
use lungang_domain::{Nature, PersonIx, PostIx, StaffingKind};

pub(super) fn breaks(facts: &Facts<'_>, person: PersonIx, post: PostIx) -> bool {
    let kinds = &facts.case.post(post).staffing_kinds;
    facts.case.person(person).staffing_kind.is_some_and(|kind| !kinds.is_empty() && !kinds.contains(&kind))
}

/// Bars the way into an organ from outside organs, unless the post names the kind. For who was displaced, the post held
/// last counts.
pub(super) fn bars(facts: &Facts<'_>, step: &Step) -> bool {
    organ_only(facts, step.person, step.to) && !step.from.or(step.last_held).is_some_and(|post| is_organ(facts, post))
}

/// Whether a post lies in an organ.
#[must_use]
pub fn is_organ(facts: &Facts<'_>, post: PostIx) -> bool {
    facts.case.unit(facts.unit(post)).nature == Some(Nature::Organ)
}

/// Whether a person may enter a post only from an organ.
#[must_use]
pub fn organ_only(facts: &Facts<'_>, person: PersonIx, to: PostIx) -> bool {
    compares(facts, person) && is_organ(facts, to) && facts.case.post(to).staffing_kinds.is_empty()
}

/// Whether a person's way into an organ depends on where they come from.
#[must_use]
pub fn compares(facts: &Facts<'_>, person: PersonIx) -> bool {
    matches!(
        facts.case.person(person).staffing_kind,
        Some(StaffingKind::Public | StaffingKind::Worker | StaffingKind::Other)
    ) && facts.case.units.iter().any(|unit| unit.nature == Some(Nature::Organ))
}
