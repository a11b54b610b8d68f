//! Overdue people kept (semantics 20), and what holds each of them.

use super::course::{Courses, Step, like_posts};
use super::eligible::{bar_to_enter, bar_to_leave};
use super::facts::Facts;
use lungang_domain::{PersonIx, PostIx, SectionIx, UnitIx};

/// No open seat in any post that would have the person.
pub const NO_SEAT: &str = "SEAT";
/// A seat was to be had; the plan is better without the move.
pub const NOT_WORTH_IT: &str = "WORTH";
/// Swapped between like posts: no rotation, the clock runs on.
pub const LIKE_SWAP: &str = "R16";

/// One overdue person kept in one year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deferral {
    /// Who.
    pub person: PersonIx,
    /// Plan year.
    pub year: usize,
    /// Post held.
    pub post: PostIx,
    /// Months on the clock at d_t.
    pub months: i32,
    /// Months at which they were due.
    pub due: i32,
    /// The rule or shortage that holds them.
    pub rule: &'static str,
}

/// What a unit and its sections have lost in a year.
pub(super) struct Year<'a> {
    facts: &'a Facts<'a>,
    courses: &'a Courses,
    t: usize,
    occupied: Vec<usize>,
    before: Vec<usize>,
    out_of_unit: Vec<usize>,
    caps: Vec<usize>,
    old_hands: Vec<(usize, u64)>,
}

impl<'a> Year<'a> {
    pub(super) fn new(facts: &'a Facts<'a>, courses: &'a Courses, t: usize) -> Self {
        let case = facts.case;
        let posts = case.posts.len();
        let mut out_of_unit = vec![0; case.units.len()];
        let mut holders = vec![0; case.units.len()];
        let mut old_hands = vec![(0, 0); case.sections.len()];
        for person in case.people_ix() {
            let (today, before, now) = (courses.at(person, 0), courses.at(person, t - 1), courses.at(person, t));
            if let Some(post) = today.seat() {
                holders[case.post(post).unit.0] += 1;
                let gone = (1..=t).any(|s| {
                    let step = courses.at(person, s);
                    let section_of = |post: Option<PostIx>| post.and_then(|post| case.post(post).section);
                    matches!(step.step, Step::Left(_))
                        || (matches!(step.step, Step::Promoted(_))
                            && section_of(step.seat()) != case.post(post).section)
                }) || !facts.open(post, t);
                if let (Some(section), false) = (case.post(post).section, gone) {
                    old_hands[section.0].1 += 1;
                }
            }
            if now.step == Step::Moved
                && let Some(from) = before.seat()
                && facts.open(from, t)
            {
                out_of_unit[case.post(from).unit.0] += 1;
            }
            let section = |post: Option<PostIx>| post.and_then(|post| case.post(post).section);
            if let (Some(was), Some(is)) = (section(before.seat()), section(now.seat()))
                && was == is
            {
                old_hands[was.0].0 += 1;
            }
        }
        let caps = (0..case.units.len()).map(|unit| facts.cap(UnitIx(unit), holders[unit])).collect();
        Self {
            facts,
            courses,
            t,
            occupied: courses.occupancy(posts, t),
            before: courses.occupancy(posts, t - 1),
            out_of_unit,
            caps,
            old_hands,
        }
    }

    /// Whether one more move out of the section would leave too few old hands.
    fn short_of_old_hands(&self, section: SectionIx) -> bool {
        let (stay, base) = self.old_hands[section.0];
        let needed = self.facts.policy.turnover.old_hands.ceil_of(base);
        base > 1 && (stay as u64) <= needed
    }

    /// What holds an overdue person in year `t`.
    pub(super) fn held_by(&self, person: PersonIx, post: PostIx) -> &'static str {
        let (facts, courses, t) = (self.facts, self.courses, self.t);
        if courses.at(person, t).step == Step::Moved
            && courses.at(person, t - 1).seat().is_some_and(|from| like_posts(facts, from, post))
        {
            return LIKE_SWAP;
        }
        if let Some(bar) = bar_to_leave(facts, courses, person, t) {
            return bar;
        }
        let mut first_bar = None;
        let mut any = false;
        let mut seat = false;
        for target in facts.case.posts_ix().filter(|target| *target != post && facts.seats(*target, t) > 0) {
            match bar_to_enter(facts, courses, person, target, t) {
                Some(bar) => {
                    first_bar.get_or_insert(bar);
                }
                None => {
                    any = true;
                    let seats = facts.seats(target, t);
                    if self.occupied[target.0] < seats && self.before[target.0] <= seats {
                        seat = true;
                        break;
                    }
                }
            }
        }
        if !any {
            return first_bar.unwrap_or("R04");
        }
        let unit = facts.case.post(post).unit;
        if self.out_of_unit[unit.0] >= self.caps[unit.0] {
            return "R12";
        }
        if facts.case.post(post).section.is_some_and(|section| self.short_of_old_hands(section)) {
            return "R12";
        }
        if seat { NOT_WORTH_IT } else { NO_SEAT }
    }
}

/// Everybody kept past their limit, by year, then staff.
#[must_use]
pub fn deferrals(facts: &Facts, courses: &Courses) -> Vec<Deferral> {
    let mut found = Vec::new();
    for t in 1..=facts.policy.horizon() {
        let day = facts.policy.effective(t);
        let year = Year::new(facts, courses, t);
        for person in facts.case.people_ix() {
            let (before, now) = (courses.at(person, t - 1), courses.at(person, t));
            let (Some(held), Some(post)) = (before.seat(), now.seat()) else { continue };
            // A restarted clock is no deferral; a swap between like posts restarts none.
            if before.clock != now.clock || before.clock.is_none() {
                continue;
            }
            let due = facts.limit(person, held).due();
            let months = courses.months(person, t - 1, day);
            if months < due || facts.near_retirement(person, day) || facts.special(person, held, t) {
                continue;
            }
            found.push(Deferral { person, year: t, post, months, due, rule: year.held_by(person, post) });
        }
    }
    found
}
