//! R11: head and deputies of one section are not moved in the same year, nor two principals of one unit (semantics 59).

use super::Facts;
use lungang_domain::{Lead, PostIx, SectionIx, UnitIx};

/// What a move out of a post weighs in a year: 1 for a deputy or a principal, as much as all deputies together for a head.
#[must_use]
pub fn weight(facts: &Facts<'_>, post: PostIx, t: usize) -> i32 {
    match (facts.case.post(post).lead, facts.section(post)) {
        (Lead::Head, Some(section)) => deputies(facts, section, t),
        (Lead::Deputy, Some(_)) | (Lead::Principal, _) => 1,
        _ => 0,
    }
}

/// H: seats of the deputies of a section whose posts are open in layout t − 1, or today's holders where they are more.
#[must_use]
pub fn deputies(facts: &Facts<'_>, section: SectionIx, t: usize) -> i32 {
    places(facts, t, |post| facts.section(post) == Some(section) && facts.case.post(post).lead == Lead::Deputy)
}

/// The same for the principals of a unit.
#[must_use]
pub fn principals(facts: &Facts<'_>, unit: UnitIx, t: usize) -> i32 {
    places(facts, t, |post| facts.unit(post) == unit && facts.case.post(post).lead == Lead::Principal)
}

fn places(facts: &Facts<'_>, t: usize, counts: impl Fn(PostIx) -> bool) -> i32 {
    let open: Vec<PostIx> = facts.case.posts_ix().filter(|post| facts.open[post.0][t - 1] && counts(*post)).collect();
    let seats: u32 = open.iter().map(|post| facts.case.post(*post).headcount).sum();
    let holders = facts.people.iter().filter(|person| person.today.is_some_and(|post| open.contains(&post))).count();
    i32::try_from(holders.max(seats as usize)).unwrap_or(i32::MAX)
}
