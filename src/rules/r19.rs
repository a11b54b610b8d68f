//! R19: the category of civil servant fits the seat, where both are filled.

use super::Facts;
use lungang_domain::{PersonIx, PostIx};

pub(super) fn breaks(facts: &Facts<'_>, person: PersonIx, post: PostIx) -> bool {
    let wanted = &facts.case.post(post).categories;
    facts.policy.rule_on("R19")
        && facts.case.person(person).category.is_some_and(|own| !wanted.is_empty() && !wanted.contains(&own))
}
