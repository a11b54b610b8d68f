//! Who could take a post in a year: the three best of those whom no rule bars.

use super::course::{Courses, draw_key};
use super::eligible::{bar_to_enter, bar_to_leave};
use super::reasons::gained;
use crate::rules::Facts;
use lungang_domain::{PersonIx, Place, PostIx};
use std::cmp::Reverse;

/// One candidate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub person: PersonIx,
    /// Months overdue where they are now, at d_t.
    pub overdue: i32,
    /// Wanted experiences that the post would give.
    pub gains: usize,
    /// Fit in the post; `None`: missing.
    pub fit: Option<i64>,
    /// Whether the plan puts them there.
    pub chosen: bool,
}

/// Somebody who may be moved or placed in a year.
#[derive(Debug)]
struct Movable {
    person: PersonIx,
    seat: Option<PostIx>,
    overdue: i32,
    draw: (i32, [u8; 32]),
}

/// The movable people of one year, so that what does not depend on the post is looked at once.
#[derive(Debug)]
pub struct Pool<'a> {
    facts: &'a Facts<'a>,
    courses: &'a Courses,
    year: usize,
    movable: Vec<Movable>,
}

impl<'a> Pool<'a> {
    /// Everybody who may be moved or placed in a year.
    #[must_use]
    pub fn new(facts: &'a Facts<'a>, courses: &'a Courses, year: usize, seed: u64) -> Self {
        let day = facts.effective[year];
        let may = |person: &PersonIx| {
            let serves = courses.at(*person, year).place != Place::Left;
            match courses.at(*person, year - 1).place {
                Place::In(_) | Place::Away { .. } => serves && bar_to_leave(facts, courses, *person, year).is_none(),
                Place::Unplaced => serves,
                Place::Outside | Place::Left => false,
            }
        };
        let movable = facts
            .case
            .people_ix()
            .filter(may)
            .map(|person| Movable {
                person,
                seat: courses.at(person, year - 1).seat(),
                overdue: courses.overdue(facts, person, year - 1, day),
                draw: draw_key(courses, facts, person, year, seed),
            })
            .collect();
        Self { facts, courses, year, movable }
    }

    /// The three best for a post: most overdue first, then most experience gained, then best fit, then the draw.
    #[must_use]
    pub fn best(&self, post: PostIx) -> Vec<Candidate> {
        let mut ranked: Vec<_> = self
            .movable
            .iter()
            .filter(|one| one.seat != Some(post))
            .map(|one| {
                let gains = gained(self.facts, one.person, post).len();
                let fit = self.facts.case.fit.get(one.person, post);
                (Reverse(one.overdue), Reverse(gains), Reverse(fit), &one.draw, one.person)
            })
            .collect();
        ranked.sort_unstable();
        // The bars cost most, so they are looked at in order of rank, until three pass.
        ranked
            .into_iter()
            .filter(|(.., person)| bar_to_enter(self.facts, self.courses, *person, post, self.year).is_none())
            .take(3)
            .map(|(overdue, gains, fit, _, person)| Candidate {
                person,
                overdue: overdue.0,
                gains: gains.0,
                fit: fit.0,
                chosen: self.courses.at(person, self.year).seat() == Some(post),
            })
            .collect()
    }
}
