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

/// The movable people of one year, so that the bars on leaving are looked at once.
#[derive(Debug)]
pub struct Pool<'a> {
    facts: &'a Facts<'a>,
    courses: &'a Courses,
    year: usize,
    seed: u64,
    movable: Vec<PersonIx>,
}

impl<'a> Pool<'a> {
    /// Everybody who may be moved or placed in a year.
    #[must_use]
    pub fn new(facts: &'a Facts<'a>, courses: &'a Courses, year: usize, seed: u64) -> Self {
        let movable = facts
            .case
            .people_ix()
            .filter(|person| match courses.at(*person, year - 1).place {
                Place::In(_) | Place::Away { .. } => {
                    courses.at(*person, year).place != Place::Left
                        && bar_to_leave(facts, courses, *person, year).is_none()
                }
                Place::Unplaced => courses.at(*person, year).place != Place::Left,
                Place::Outside | Place::Left => false,
            })
            .collect();
        Self { facts, courses, year, seed, movable }
    }

    /// The three best for a post: most overdue first, then most experience gained, then best fit, then the draw.
    #[must_use]
    pub fn best(&self, post: PostIx) -> Vec<Candidate> {
        let day = self.facts.effective[self.year];
        let mut all: Vec<Candidate> = self
            .movable
            .iter()
            .filter(|person| self.courses.at(**person, self.year - 1).seat() != Some(post))
            .filter(|person| bar_to_enter(self.facts, self.courses, **person, post, self.year).is_none())
            .map(|person| Candidate {
                person: *person,
                overdue: self.courses.overdue(self.facts, *person, self.year - 1, day),
                gains: gained(self.facts, *person, post).len(),
                fit: self.facts.case.fit.get(*person, post),
                chosen: self.courses.at(*person, self.year).seat() == Some(post),
            })
            .collect();
        let rank = |candidate: &Candidate| {
            let fit = candidate.fit.unwrap_or(-1);
            (Reverse(candidate.overdue), Reverse(candidate.gains), Reverse(fit))
        };
        // The draw costs a hash; only those near the top need it.
        all.sort_by_key(rank);
        if let Some(third) = all.get(2).map(rank) {
            all.retain(|candidate| rank(candidate) <= third);
        }
        all.sort_by_cached_key(|candidate| {
            (rank(candidate), draw_key(self.courses, self.facts, candidate.person, self.year, self.seed))
        });
        all.truncate(3);
        all
    }
}
