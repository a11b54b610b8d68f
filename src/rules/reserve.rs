//! G2: wanted experiences of reserve cadres (semantics 8, 12, 40), as a set carried along.

use super::Facts;
use lungang_domain::{PersonIx, PostIx};

/// Experiences a reserve cadre wants, sorted; empty for anybody else. At most 16 are followed.
#[must_use]
pub fn wanted<'f>(facts: &'f Facts<'_>, person: PersonIx) -> Vec<&'f str> {
    let person = facts.case.person(person);
    if !person.reserve {
        return Vec::new();
    }
    let mut wanted: Vec<&str> = match &person.needed {
        Some(needed) => needed.iter().map(String::as_str).collect(),
        None => facts
            .policy
            .reserve
            .experiences
            .iter()
            .filter(|experience| !person.experiences.contains(experience))
            .map(String::as_str)
            .collect(),
    };
    wanted.sort_unstable();
    wanted.dedup();
    wanted
}

/// The wanted experiences that a post gives, as a set of bits over `wanted`.
#[must_use]
pub fn given(facts: &Facts<'_>, post: PostIx, wanted: &[&str]) -> u16 {
    let development = &facts.case.post(post).development;
    wanted
        .iter()
        .take(16)
        .enumerate()
        .filter(|(_, experience)| development.iter().any(|given| given == *experience))
        .map(|(bit, _)| 1 << bit)
        .sum()
}

/// Least months of a planned stay that count as experience.
pub const LEAST_MONTHS: i32 = 12;
