//! R18: the staffing kind fits the seat, where both are filled.

use super::Facts;
use lungang_domain::{PersonIx, PostIx};

pub(super) fn breaks(facts: &Facts<'_>, person: PersonIx, post: PostIx) -> bool {
    let kinds = &facts.case.post(post).staffing_kinds;
    facts.case.person(person).staffing_kind.is_some_and(|kind| !kinds.is_empty() && !kinds.contains(&kind))
}
