//! R16: a swap inside a section between like posts is no rotation; the clocks of R14 run on (semantics 19).

use super::Facts;
use lungang_domain::PostIx;

/// Whether a move between two posts keeps the clocks: one section, equal power, domain and lifted risk grade.
#[must_use]
pub fn alike(facts: &Facts<'_>, from: PostIx, to: PostIx) -> bool {
    let (a, b) = (facts.case.post(from), facts.case.post(to));
    facts.policy.rule_on("R16")
        && a.section.is_some()
        && a.section == b.section
        && a.power == b.power
        && a.domain == b.domain
        && facts.grade[from.0] == facts.grade[to.0]
}
