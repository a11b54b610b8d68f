//! Where everybody stands year by year, since when, and how they came there.

use crate::rules::clocks::{self, Since};
use crate::rules::facts::Fixed;
use crate::rules::{Facts, Step as Transition, r14, r16};
use chrono::NaiveDate;
use lungang_domain::{Grade, Layout, PersonIx, Place, PostIx, months_between};
use sha2::{Digest, Sha256};

/// How a person came to stand where layout `t` has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// Nothing changed, or the person is not in service.
    Kept,
    /// Their post has merged into another on this date; the stay goes on there.
    Merged(NaiveDate),
    /// An event of entry placed them on this date.
    Joined(NaiveDate),
    /// A listed promotion.
    Promoted(NaiveDate),
    /// Left service.
    Left(NaiveDate),
    /// A move of the plan.
    Moved,
    /// A placement of the plan, not before this date.
    Placed(NaiveDate),
    /// Out of a post on this date, without another: it closed, or a promotion led into a post that closes (semantics 50).
    Displaced(NaiveDate),
}

/// One person in one layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stand {
    /// Where.
    pub place: Place,
    /// Since when in the post (R10); `None`: unknown, or no post.
    pub stay: Option<NaiveDate>,
    /// Since when the R14 clocks run: longer than the stay after a swap between like posts (R16).
    pub clock: Option<NaiveDate>,
    /// Layouts in which the further clocks of R14 began.
    pub since: Since,
    /// Whether the clock started not later than stated, `≤`.
    pub at_least: bool,
    /// Whether the stay is still today's.
    pub todays: bool,
    /// How they came here.
    pub arrival: Arrival,
    /// The post last held, if any.
    pub last: Option<PostIx>,
}

impl Stand {
    /// The seat taken.
    #[must_use]
    pub fn seat(&self) -> Option<PostIx> {
        self.place.seat()
    }
}

/// The limits of tenure of a person in a post, in months (semantics 10).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// Risk grade after the lift of a sensitive post.
    pub grade: Grade,
    /// Wanted.
    pub should: i32,
    /// Due.
    pub must: i32,
    /// The statutory clock, where it applies.
    pub ten_year: Option<i32>,
}

impl Limit {
    /// Of a person in a post.
    #[must_use]
    pub fn of(facts: &Facts, person: PersonIx, post: PostIx) -> Self {
        Self {
            grade: facts.grade[post.0],
            should: r14::should(facts, post),
            must: r14::must(facts, person, post),
            ten_year: r14::ten_year_applies(facts, person, post).then_some(facts.policy.time.ten_year),
        }
    }

    /// Months at which the person is due: *must*, or the ten years where they come first.
    #[must_use]
    pub fn due(&self) -> i32 {
        self.ten_year.map_or(self.must, |ten| ten.min(self.must))
    }

    /// Whether the ten-year clock is the one that comes first.
    #[must_use]
    pub fn by_ten_year(&self) -> bool {
        self.ten_year.is_some_and(|ten| ten <= self.must)
    }
}

/// Courses of all people: `[person][t]`.
#[derive(Debug)]
pub struct Courses {
    stands: Vec<Vec<Stand>>,
}

impl Courses {
    /// Follows everybody through a layout of `years + 1` places each.
    #[must_use]
    pub fn new(facts: &Facts, layout: &Layout) -> Self {
        Self { stands: facts.case.people_ix().map(|person| follow(facts, layout, person)).collect() }
    }

    /// Where a person stands in layout `t`.
    #[must_use]
    pub fn at(&self, person: PersonIx, t: usize) -> &Stand {
        &self.stands[person.0][t]
    }

    /// Months on the R14 clock of layout `t`'s post on a day; 0 where unknown or without post.
    #[must_use]
    pub fn months(&self, person: PersonIx, t: usize, day: NaiveDate) -> i32 {
        self.at(person, t).clock.map_or(0, |since| months_between(since, day))
    }

    /// Months overdue on a day in layout `t`'s post, as charged: nobody near retirement, no special post.
    #[must_use]
    pub fn overdue(&self, facts: &Facts, person: PersonIx, t: usize, day: NaiveDate) -> i32 {
        let Some(post) = self.at(person, t).seat() else { return 0 };
        if facts.near_retirement(person, day) || facts.held_special(person, post, t) {
            return 0;
        }
        let further = clocks::beyond(facts, person, post, self.at(person, t).since, t, day).must;
        (self.months(person, t, day) - Limit::of(facts, person, post).due()).max(further).max(0)
    }

    /// Of the clocks of R14 in layout `t`, the one furthest past its limit on a day: its months, and that limit.
    #[must_use]
    pub fn furthest(&self, facts: &Facts, person: PersonIx, t: usize, day: NaiveDate) -> (i32, i32) {
        let stand = self.at(person, t);
        let Some(post) = stand.seat() else { return (0, i32::MAX) };
        let further = clocks::running(facts, person, post, stand.since, t).into_iter();
        let further = further.map(|(begun, limits)| (months_between(begun, day), limits.must));
        let own = (self.months(person, t, day), Limit::of(facts, person, post).due());
        std::iter::once(own)
            .chain(further)
            .fold(own, |most, one| if one.0 - one.1 > most.0 - most.1 { one } else { most })
    }

    /// Seats taken in a post in layout `t`.
    #[must_use]
    pub fn occupants(&self, post: PostIx, t: usize) -> usize {
        self.stands.iter().filter(|row| row[t].seat() == Some(post)).count()
    }

    /// Seat holders by post in layout `t`.
    #[must_use]
    pub fn occupancy(&self, posts: usize, t: usize) -> Vec<usize> {
        let mut count = vec![0; posts];
        for post in self.stands.iter().filter_map(|row| row[t].seat()) {
            count[post.0] += 1;
        }
        count
    }

    /// The transition of a person into a post in year `t`, as the rules judge it.
    #[must_use]
    pub fn transition(&self, person: PersonIx, to: PostIx, t: usize) -> Transition {
        let before = self.at(person, t - 1);
        Transition { person, year: t, from: before.seat(), to, began: before.stay, last_held: before.last }
    }
}

/// Order of the published draw (semantics 23): longest tenure first, then the hash of `seed:id`, lowest first.
#[must_use]
pub fn draw_key(courses: &Courses, facts: &Facts, person: PersonIx, t: usize, seed: u64) -> (i32, [u8; 32]) {
    let months = courses.months(person, t.saturating_sub(1), facts.effective[t]);
    let hash = Sha256::digest(format!("{seed}:{}", facts.case.person(person).id));
    (-months, hash.into())
}

fn follow(facts: &Facts, layout: &Layout, person: PersonIx) -> Vec<Stand> {
    let own = facts.of(person);
    let mut line: Vec<Stand> = Vec::with_capacity(layout.years() + 1);
    for t in 0..=layout.years() {
        let place = layout.at(person, t);
        let seat = place.seat();
        let Some(before) = line.last().copied() else {
            let at_least = own.fixed[0].is_none() && facts.case.person(person).post_since.is_some_and(|s| s.at_least);
            let stay = seat.and(own.began[0]);
            line.push(Stand {
                place,
                stay,
                clock: stay,
                since: [0; 3],
                at_least,
                todays: true,
                arrival: Arrival::Kept,
                // Displaced before the start: the roster's post is the one held last (semantics 45).
                last: seat.or(facts.case.person(person).post.filter(|_| own.joined.is_none())),
            });
            continue;
        };
        let mut now = Stand { place, arrival: Arrival::Kept, last: seat.or(before.last), ..before };
        // An event has put them out of the post already (semantics 50).
        let held = before.seat().filter(|_| seat.is_none() || own.displaced[t].is_none());
        match (seat, held) {
            (None, held) => {
                (now.stay, now.clock, now.at_least, now.todays) = (None, None, false, false);
                if place == Place::Left && before.place != Place::Left {
                    now.arrival = Arrival::Left(own.leaves.unwrap_or(facts.effective[t]));
                } else if let (Some(held), Place::Unplaced) = (held, place) {
                    let date = own.displaced[t].or(facts.closes[held.0]);
                    now.arrival = Arrival::Displaced(date.unwrap_or(facts.effective[t]));
                }
            }
            (Some(to), Some(held)) if to == held && own.fixed[t].is_none_or(|fixed| fixed.promotion) => {}
            (Some(_), Some(held)) if facts.goes_on(Some(held), seat, t) => {
                let date = facts.merges[held.0].map(|(_, date)| date);
                now.arrival = Arrival::Merged(date.unwrap_or(facts.effective[t]));
            }
            (Some(to), held) => {
                let keeps = match (own.fixed[t], held) {
                    (Some(Fixed { promotion, date, .. }), _) => {
                        now.arrival = if promotion { Arrival::Promoted(date) } else { Arrival::Joined(date) };
                        false
                    }
                    (None, Some(held)) => {
                        now.arrival = Arrival::Moved;
                        r16::alike(facts, held, to)
                    }
                    (None, None) => {
                        now.arrival = Arrival::Placed(own.began[t].unwrap_or(facts.effective[t]));
                        false
                    }
                };
                (now.stay, now.todays) = (own.began[t], false);
                now.since = clocks::after(facts, before.since, held, to, t);
                if !keeps {
                    (now.clock, now.at_least) = (own.began[t], false);
                }
            }
        }
        line.push(now);
    }
    line
}
