//! What keeps a person in their post in a year, and what keeps them out of another.

use super::course::Courses;
use crate::rules::{Facts, barriers, decisions, past, unfit};
use lungang_domain::{PersonIx, PostIx};

/// Bars that lie in the post left, gravest first; the others lie in the post entered.
const ON_LEAVING: &[&str] = &["R05", "R15", "R25", "AWAY", "R10"];

/// The rule that keeps a person in their post in year `t` whatever the target; `None` if they may be moved.
#[must_use]
pub fn bar_to_leave(facts: &Facts, courses: &Courses, person: PersonIx, t: usize) -> Option<&'static str> {
    let seat = courses.at(person, t - 1).seat()?;
    if facts.of(person).fixed[t].is_some() || decisions::required(facts, person, t).contains(&facts.heir(seat, t)) {
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
    bar_alone(facts, courses, person, post, t).or_else(|| meets_relative(facts, courses, person, post, t))
}

/// The same, wherever anybody else stands.
#[must_use]
pub fn bar_alone(facts: &Facts, courses: &Courses, person: PersonIx, post: PostIx, t: usize) -> Option<&'static str> {
    // The stay rules are quick and bar most; the others go through the decisions.
    let stay = unfit(facts, person, post, t);
    stay.first()
        .copied()
        .or_else(|| barriers(facts, &courses.transition(person, post, t)).first().copied())
        .or_else(|| goes_back(facts, courses, person, post, t))
}

/// R13, R09: the rule that bars the post for what the plan has them leave in earlier years.
fn goes_back(facts: &Facts, courses: &Courses, person: PersonIx, post: PostIx, t: usize) -> Option<&'static str> {
    let seats = (1..t).map(|year| courses.at(person, year).seat()).chain([Some(post)]);
    past::first_return(facts, person, seats).filter(|found| found.entered == (post, t)).map(|found| found.rule)
}

/// R07, R21: the rule that bars the post for what a relative holds in that year of the plan.
fn meets_relative(facts: &Facts, courses: &Courses, person: PersonIx, post: PostIx, t: usize) -> Option<&'static str> {
    let other = |pair: &[PersonIx; 2]| match pair {
        [one, other] if *one == person => Some((*other, false)),
        [one, other] if *other == person => Some((*one, true)),
        _ => None,
    };
    facts.kinship.pairs.iter().filter_map(other).find_map(|(relative, first)| {
        let stand = courses.at(relative, t);
        let theirs = stand.seat().map_or_else(Vec::new, |seat| facts.holds(relative, seat, stand.todays, t));
        let (one, two) = if first { (&theirs[..], &[post][..]) } else { (&[post][..], &theirs[..]) };
        let broken = facts.kin_breaches(one, two, t);
        broken.first().copied()
    })
}
