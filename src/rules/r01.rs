//! R01: occupants ≤ seats; where over strength when nobody moves, never worse, and nobody enters (semantics 14, 39).

use super::facts::Facts;
use lungang_domain::PostIx;

/// People beyond the seats of a post in layout `t` when nobody moves.
#[must_use]
pub fn excess(facts: &Facts<'_>, post: PostIx, t: usize) -> usize {
    let seats = facts.case.post(post).headcount as usize;
    facts.nobody_moves.occupants(facts.case, post, t).saturating_sub(seats)
}
