//! Where everybody stands year by year, since when, and how they came there.

use super::facts::Facts;
use chrono::NaiveDate;
use lungang_domain::{Layout, PersonIx, Place, PostIx, Since, months_between};
use sha2::{Digest, Sha256};

/// How a person came to stand where layout `t` has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Nothing changed, or the person is not in service.
    Kept,
    /// An event of entry placed them.
    Joined(NaiveDate),
    /// A listed promotion.
    Promoted(NaiveDate),
    /// Left service.
    Left(NaiveDate),
    /// A move of the plan.
    Moved,
    /// A placement of the plan, not before this date.
    Placed(NaiveDate),
    /// Lost a closed post, without another.
    Displaced,
}

/// One person in one layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stand {
    /// Where.
    pub place: Place,
    /// Since when in the post (R10); `None`: unknown, or no post.
    pub stay: Option<Since>,
    /// Since when the R14 clocks run: longer than the stay after a swap between like posts (R16).
    pub clock: Option<Since>,
    /// How they came here.
    pub step: Step,
    /// Rank of level, as R04 asks: −1 for 无 where the ladder lacks the word; `None`: unknown.
    pub level: Option<i64>,
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

/// Courses of all people: `[person][t]`.
#[derive(Debug)]
pub struct Courses {
    stands: Vec<Vec<Stand>>,
}

impl Courses {
    /// Follows everybody through a layout.
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
        self.at(person, t).clock.map_or(0, |since| months_between(since.date, day))
    }

    /// Months overdue on a day in layout `t`'s post, as charged: nobody near retirement, no special post.
    #[must_use]
    pub fn overdue(&self, facts: &Facts, person: PersonIx, t: usize, day: NaiveDate) -> i32 {
        let Some(post) = self.at(person, t).seat() else { return 0 };
        if facts.near_retirement(person, day) || facts.special(person, post, t) {
            return 0;
        }
        (self.months(person, t, day) - facts.limit(person, post).due()).max(0)
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
}

/// Order of the published draw (semantics 23): longest tenure first, then the hash of `seed:id`, lowest first.
#[must_use]
pub fn draw_key(courses: &Courses, facts: &Facts, person: PersonIx, t: usize, seed: u64) -> (i32, [u8; 32]) {
    let months = courses.months(person, t.saturating_sub(1), facts.policy.effective(t));
    let hash = Sha256::digest(format!("{seed}:{}", facts.case.person(person).id));
    (-months, hash.into())
}

/// Rank of 无 among levels.
pub(super) fn no_level(facts: &Facts) -> i64 {
    rank(facts, "无").unwrap_or(-1)
}

/// Rank of a level.
pub(super) fn rank(facts: &Facts, level: &str) -> Option<i64> {
    facts.policy.level_rank(level).and_then(|rank| i64::try_from(rank).ok()).or((level == "无").then_some(-1))
}

fn level_today(facts: &Facts, person: PersonIx, seat: Option<PostIx>) -> Option<i64> {
    let row = facts.case.person(person);
    match &row.level {
        Some(level) => rank(facts, level),
        // Without a level, in a post that asks for none: counts as 无 (semantics 30).
        None => {
            let span = facts.case.post(seat?).level.as_ref();
            span.is_none_or(|span| span.low == "无" && span.high == "无").then(|| no_level(facts))
        }
    }
}

fn level_of_promotion(facts: &Facts, own: Option<i64>, post: PostIx) -> Option<i64> {
    let Some(span) = &facts.case.post(post).level else { return own };
    let (low, high) = (rank(facts, &span.low), rank(facts, &span.high));
    match own {
        Some(own) if low.is_some_and(|low| low <= own) && high.is_some_and(|high| own <= high) => Some(own),
        _ => low,
    }
}

/// Whether a move between two posts is no rotation, so that the clock runs on (R16).
#[must_use]
pub fn like_posts(facts: &Facts, from: PostIx, to: PostIx) -> bool {
    let (a, b) = (facts.case.post(from), facts.case.post(to));
    facts.policy.rule_on("R16")
        && a.section.is_some()
        && a.section == b.section
        && a.power == b.power
        && a.domain == b.domain
        && facts.grade(from) == facts.grade(to)
}

fn on(date: NaiveDate) -> Option<Since> {
    Some(Since { date, at_least: false })
}

fn follow(facts: &Facts, layout: &Layout, person: PersonIx) -> Vec<Stand> {
    let life = facts.life(person);
    let row = facts.case.person(person);
    let mut line: Vec<Stand> = Vec::with_capacity(layout.years() + 1);
    for t in 0..=layout.years() {
        let place = layout.at(person, t);
        let seat = place.seat();
        let promoted = life.promotions.iter().rfind(|(date, post)| facts.year_of(*date) == t && Some(*post) == seat);
        let joined = life.joins.filter(|(date, _)| facts.year_of(*date) == t);
        let Some(before) = line.last().copied() else {
            let by_event = promoted.map(|(date, _)| *date).or(joined.map(|(date, _)| date));
            let stay = seat.and_then(|_| by_event.map_or(row.post_since, on));
            let own = level_today(facts, person, seat);
            let level = promoted.map_or(own, |(_, post)| level_of_promotion(facts, own, *post));
            line.push(Stand { place, stay, clock: stay, step: Step::Kept, level, last: seat });
            continue;
        };
        let d_t = facts.policy.effective(t);
        let mut now = Stand { place, step: Step::Kept, last: seat.or(before.last), ..before };
        if place == Place::Left {
            let leaves = life.leaves.unwrap_or(d_t);
            now.step = if before.place == Place::Left { Step::Kept } else { Step::Left(leaves) };
        }
        match (seat, before.seat()) {
            (None, held) => {
                (now.stay, now.clock) = (None, None);
                if held.is_some() && place == Place::Unplaced {
                    now.step = Step::Displaced;
                }
            }
            (Some(to), Some(held)) if to == held => {}
            (Some(to), held) => {
                if let Some((date, _)) = promoted {
                    now.step = Step::Promoted(*date);
                    now.level = level_of_promotion(facts, before.level, to);
                    (now.stay, now.clock) = (on(*date), on(*date));
                } else if let Some(held) = held {
                    now.step = Step::Moved;
                    now.stay = on(d_t);
                    now.clock = if like_posts(facts, held, to) { before.clock } else { on(d_t) };
                } else {
                    let date = joined.map_or(d_t, |(date, _)| date);
                    let by_event = joined.is_some_and(|(_, post)| post == Some(to));
                    now.step = if by_event { Step::Joined(date) } else { Step::Placed(date) };
                    (now.stay, now.clock) = (on(date), on(date));
                }
            }
        }
        line.push(now);
    }
    line
}
