//! What keeps a person in their post in a year, and what keeps them out of another.

use super::course::Courses;
use crate::rules::{Facts, barriers, decisions, unfit};
use lungang_domain::{PersonIx, PostIx};

/// Bars that lie in the post left, gravest first; the others lie in the post entered.
const ON_LEAVING: &[&str] = &["R05", "R15", "R25", "AWAY", "R10"];

/// The rule that keeps a person in their post in year `t` whatever the target; `None` if they may be moved.
#[must_use]
pub fn bar_to_leave(facts: &Facts, courses: &Courses, person: PersonIx, t: usize) -> Option<&'static str> {
    let seat = courses.at(person, t - 1).seat()?;
    if facts.of(person).fixed[t].is_some() || decisions::required(facts, person, t).contains(&seat) {
        return Some("DECISION");
    }
    if facts.held_special(person, seat, t) {
        return Some("SPECIAL");
    }
    // A transition into one's own post breaks only what lies in leaving it.
    let found = barriers(facts, &courses.transition(person, seat, t));
    ON_LEAVING.iter().find(|rule| found.contains(*rule)).copied()
}

/// The first rule that keeps a person, movable as such, out of a post in year `t`; seats are not looked at.
#[must_use]
pub fn bar_to_enter(
    facts: &Facts,
    courses: &Courses,
    person: PersonIx,
    post: PostIx,
    t: usize,
) -> Option<&'static str> {
    // The stay rules are quick and bar most; the others go through the decisions.
    let stay = unfit(facts, person, post, t);
    stay.first().copied().or_else(|| barriers(facts, &courses.transition(person, post, t)).first().copied())
}
