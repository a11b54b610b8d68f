//! Overdue people kept (semantics 20), and what holds each of them.

use super::course::{Arrival, Courses};
use super::eligible::{bar_to_enter, bar_to_leave};
use crate::rules::{Facts, decisions, r11, r12, r16};
use lungang_domain::{Lead, PersonIx, PostIx, SectionIx};

/// No open seat in any post that would have the person.
pub const NO_SEAT: &str = "SEAT";
/// A seat was to be had; the plan is better without the move.
pub const NOT_WORTH_IT: &str = "WORTH";
/// The moves of the year, or of all years, are used up.
pub const NO_MOVES_LEFT: &str = "G4";
/// Swapped between like posts: no rotation, the clock runs on.
pub const LIKE_SWAP: &str = "R16";

/// Too many leave the unit, or too few stay in the section.
const R12: &str = "R12";

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
    /// Of R12: whether the unit's cap holds them, and not its old hands.
    pub by_cap: bool,
}

/// What a unit and its sections have lost in a year.
pub(super) struct Year<'a> {
    facts: &'a Facts<'a>,
    courses: &'a Courses,
    t: usize,
    occupied: Vec<usize>,
    before: Vec<usize>,
    out_of_unit: Vec<u64>,
    /// Whether no further move is left, of the year or of all years (G4).
    no_moves_left: bool,
    /// Leading posts that somebody was moved out of (R11).
    leaders: Vec<PostIx>,
    /// By section: who holds a seat of it in layouts t − 1 and t, and the least number that must.
    old_hands: Vec<(u64, u64)>,
}

impl<'a> Year<'a> {
    pub(super) fn new(facts: &'a Facts<'a>, courses: &'a Courses, t: usize) -> Self {
        let case = facts.case;
        let posts = case.posts.len();
        let mut out_of_unit = vec![0; case.units.len()];
        let mut leaders = Vec::new();
        let mut old_hands: Vec<(u64, u64)> =
            (0..case.sections.len()).map(|section| (0, r12::old_hands(facts, SectionIx(section), t))).collect();
        for person in case.people_ix() {
            let (before, now) = (courses.at(person, t - 1), courses.at(person, t));
            let Some(from) = before.seat() else { continue };
            let freed = now.seat().and_then(|to| decisions::go(facts, person, to, t)).is_some_and(|go| go.approved);
            if now.arrival == Arrival::Moved && !freed && r11::weight(facts, from, t) > 0 {
                leaders.push(from);
            }
            if now.arrival == Arrival::Moved && facts.stay(from, t).is_some() {
                out_of_unit[facts.unit(from).0] += 1;
            }
            if let (Some(was), Some(is)) = (facts.section(from), now.seat().and_then(|post| facts.section(post)))
                && was == is
            {
                old_hands[was.0].0 += 1;
            }
        }
        let peak = r12::peak(facts).is_some_and(|most| out_of_unit.iter().sum::<u64>() >= most);
        let budget = facts.policy.turnover.most_moves.is_some_and(|most| moves(facts, courses) >= u64::from(most));
        Self {
            facts,
            courses,
            t,
            no_moves_left: peak || budget,
            occupied: courses.occupancy(posts, t),
            before: courses.occupancy(posts, t - 1),
            out_of_unit,
            leaders,
            old_hands,
        }
    }

    /// Whether one more move out of the section would leave too few old hands.
    fn short_of_old_hands(&self, section: SectionIx) -> bool {
        let (stay, least) = self.old_hands[section.0];
        least > 0 && stay <= least
    }

    /// Whether others who lead the section or the unit were moved, so that this one has to wait (R11).
    fn led_away(&self, post: PostIx) -> bool {
        let (facts, t) = (self.facts, self.t);
        let lead = facts.case.post(post).lead;
        let own = r11::weight(facts, post, t);
        if !facts.policy.rule_on("R11") || own == 0 {
            return false;
        }
        if lead == Lead::Principal {
            let of_unit = |other: &&PostIx| {
                facts.case.post(**other).lead == Lead::Principal && facts.unit(**other) == facts.unit(post)
            };
            return self.leaders.iter().any(|other| of_unit(&other));
        }
        let Some(section) = facts.section(post) else { return false };
        let others = self.leaders.iter().filter(|other| {
            facts.case.post(**other).lead != Lead::Principal && facts.section(**other) == Some(section)
        });
        let has_head = facts.case.posts.iter().any(|other| other.lead == Lead::Head && other.section == Some(section));
        let sum: i32 = others.map(|other| r11::weight(facts, *other, t)).sum();
        has_head && sum + own > r11::deputies(facts, section, t)
    }

    /// Whether the unit of a post has used up its moves.
    fn at_cap(&self, post: PostIx) -> bool {
        let unit = self.facts.unit(post);
        self.out_of_unit[unit.0] >= r12::cap(self.facts, unit)
    }

    /// Whether the unit or the section of a post may lose nobody more (R12).
    fn too_few_left(&self, post: PostIx) -> bool {
        self.at_cap(post) || self.facts.section(post).is_some_and(|section| self.short_of_old_hands(section))
    }

    /// Whether G4, R11 or R12 keep whoever holds a post in it this year, because others have gone.
    pub(super) fn used_up(&self, post: PostIx) -> bool {
        self.no_moves_left || self.led_away(post) || self.too_few_left(post)
    }

    /// What holds an overdue person in year `t`.
    pub(super) fn held_by(&self, person: PersonIx, post: PostIx) -> &'static str {
        self.held_from(person, post, &|_| true)
    }

    /// What keeps a person out of the posts that `wanted` names.
    pub(super) fn held_from(&self, person: PersonIx, post: PostIx, wanted: &dyn Fn(PostIx) -> bool) -> &'static str {
        let (facts, courses, t) = (self.facts, self.courses, self.t);
        if courses.at(person, t).arrival == Arrival::Moved
            && courses.at(person, t - 1).seat().is_some_and(|from| r16::alike(facts, from, post))
        {
            return LIKE_SWAP;
        }
        if let Some(bar) = bar_to_leave(facts, courses, person, t) {
            return bar;
        }
        let mut first_bar = None;
        let mut any = false;
        let mut seat = false;
        let open = |target: &PostIx| *target != post && facts.open[target.0][t] && wanted(*target);
        for target in facts.case.posts_ix().filter(open) {
            match bar_to_enter(facts, courses, person, target, t) {
                // That another unit would have them says more than what bars the first post in the list.
                Some("APART") => first_bar = Some("APART"),
                Some(bar) => {
                    first_bar.get_or_insert(bar);
                }
                None => {
                    any = true;
                    let seats = facts.case.post(target).headcount as usize;
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
        if self.led_away(post) {
            return "R11";
        }
        if self.too_few_left(post) {
            return R12;
        }
        if self.no_moves_left {
            return NO_MOVES_LEFT;
        }
        if seat { NOT_WORTH_IT } else { NO_SEAT }
    }
}

/// Moves of all years that G4 counts: none that a closed post forced.
fn moves(facts: &Facts, courses: &Courses) -> u64 {
    let is_counted = |person: PersonIx, t: usize| {
        let from = courses.at(person, t - 1).seat();
        courses.at(person, t).arrival == Arrival::Moved && from.is_some_and(|from| facts.stay(from, t).is_some())
    };
    facts.case.people_ix().map(|person| (1..=facts.years).filter(|t| is_counted(person, *t)).count() as u64).sum()
}

/// Everybody kept past their limit, by year, then staff.
#[must_use]
pub fn deferrals(facts: &Facts, courses: &Courses) -> Vec<Deferral> {
    let mut found = Vec::new();
    for t in 1..=facts.years {
        let day = facts.effective[t];
        let year = Year::new(facts, courses, t);
        for person in facts.case.people_ix() {
            let (before, now) = (courses.at(person, t - 1), courses.at(person, t));
            let (Some(held), Some(post)) = (before.seat(), now.seat()) else { continue };
            // A restarted clock is no deferral; a swap between like posts restarts none.
            let runs_on = match now.arrival {
                Arrival::Kept => held == post,
                Arrival::Merged(_) => true,
                Arrival::Moved => r16::alike(facts, held, post),
                _ => false,
            };
            if !runs_on {
                continue;
            }
            let (months, due) = courses.furthest(facts, person, t - 1, day);
            if months < due || facts.near_retirement(person, day) || facts.held_special(person, held, t) {
                continue;
            }
            let rule = year.held_by(person, post);
            let by_cap = rule == R12 && year.at_cap(post);
            found.push(Deferral { person, year: t, post, months, due, rule, by_cap });
        }
    }
    found
}
