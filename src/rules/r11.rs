//! R11: head and deputies of one section are not moved in the same year, nor two principals of one unit (semantics 59).

use super::Facts;
use lungang_domain::{Lead, PostIx, SectionIx};

/// What a move out of a post weighs in a year: 1 for a deputy or a principal, as much as all deputies together for a head.
#[must_use]
pub fn weight(facts: &Facts<'_>, post: PostIx, t: usize) -> i32 {
    match (facts.case.post(post).lead, facts.section(post)) {
        (Lead::Head, Some(section)) => deputies(facts, section, t),
        (Lead::Deputy, Some(_)) | (Lead::Principal, _) => 1,
        _ => 0,
    }
}

/// H: over the section's deputy posts that are open in layout t − 1, the seats, or today's holders where those are more.
#[must_use]
pub fn deputies(facts: &Facts<'_>, section: SectionIx, t: usize) -> i32 {
    let is_deputy = |post: &PostIx| {
        facts.open[post.0][t - 1]
            && facts.section(*post) == Some(section)
            && facts.case.post(*post).lead == Lead::Deputy
    };
    let holders = |post: PostIx| facts.people.iter().filter(|person| person.today == Some(post)).count();
    let places = facts.case.posts_ix().filter(is_deputy).map(|post| {
        let seats = facts.case.post(post).headcount as usize;
        seats.max(holders(post))
    });
    i32::try_from(places.sum::<usize>()).unwrap_or(i32::MAX)
}
