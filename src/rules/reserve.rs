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

/// The set of all experiences that somebody wants, over [`wanted`]; `None` for who cannot get ready by gaining: no reserve
/// cadre, nobody has said what is wanted, or more than can be followed.
#[must_use]
pub fn complete(facts: &Facts<'_>, person: PersonIx) -> Option<u16> {
    let row = facts.case.person(person);
    let said = row.needed.is_some() || !facts.policy.reserve.experiences.is_empty();
    if !row.reserve || !said {
        return None;
    }
    match wanted(facts, person).len() {
        number @ 0..16 => Some((1 << number) - 1),
        16 => Some(u16::MAX),
        _ => None,
    }
}

/// Whether somebody is ready to succeed in a post, having gained these experiences (semantics 63).
#[must_use]
pub fn is_ready(facts: &Facts<'_>, person: PersonIx, gained: u16) -> bool {
    let row = facts.case.person(person);
    row.reserve && (row.ready_now || complete(facts, person) == Some(gained))
}
