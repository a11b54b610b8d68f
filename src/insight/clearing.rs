//! When the backlog of high-risk posts clears: the year that a plan reaches, and the earliest that any plan could.

use super::course::{Arrival, Courses};
use super::eligible::{bar_alone, bar_to_leave};
use crate::rules::{Facts, r12};
use lungang_domain::{DecisionKind, Grade, PersonIx, PostIx, UnitIx};

/// Rounds in which held seats are looked through; each finds those that the one before left without a post.
const ROUNDS: usize = 4;

/// Where a person is overdue at a high-risk post at the end of year `t` (0: at d_1); near retirement and `special` posts
/// are not overdue.
fn overdue_at(facts: &Facts, courses: &Courses, person: PersonIx, t: usize) -> Option<PostIx> {
    let post = courses.at(person, t).seat().filter(|post| facts.grade[post.0] == Grade::High)?;
    (courses.overdue(facts, person, t, facts.effective[t + 1]) > 0).then_some(post)
}

/// First year from whose end on nobody is overdue at a high-risk post, of one unit or of all; 0: from today on. `None`:
/// not within the horizon.
#[must_use]
pub fn year(facts: &Facts, courses: &Courses, unit: Option<UnitIx>) -> Option<usize> {
    let backlog = |t: usize| {
        facts.case.people_ix().any(|person| {
            overdue_at(facts, courses, person, t).is_some_and(|post| unit.is_none_or(|unit| facts.unit(post) == unit))
        })
    };
    (0..=facts.years).rev().take_while(|t| !backlog(*t)).last()
}

/// By unit, a year before which no plan clears its backlog; `None`: no plan does within the horizon. That of all units
/// together is the latest.
///
/// Whoever is overdue in layout t when nobody moves has to be moved in some year up to t, after the last event that put
/// them in their post. Nothing else takes them out: closings, promotions, leaving and what retirement waives are in that
/// layout already. Until then their stay and their clocks are as when nobody moves, so a rule that holds them then holds
/// them in every plan, and a post that they may not enter then they may enter in none. Their first move is one of those
/// that the cap of R12 counts at their unit, whether it leads out of the unit or not; so a year has no more of them than
/// the cap. From the first year for which a `go` names somebody they are left out: decided moves may exceed the cap.
#[must_use]
pub fn earliest(facts: &Facts, idle: &Courses) -> Vec<Option<usize>> {
    let ways = Ways::new(facts, idle);
    let mut earliest = vec![Some(0); facts.case.units.len()];
    for t in 0..=facts.years {
        let mut due: Vec<Vec<Vec<usize>>> = vec![Vec::new(); earliest.len()];
        for person in facts.case.people_ix() {
            let Some(post) = overdue_at(facts, idle, person, t) else { continue };
            // Today is as it is, whatever is decided for the years to come.
            if t == 0 || t < ways.decided[person.0] {
                let years = ways.leaving(person, t);
                // Out of a post that a merger has brought to this unit only later they count at another.
                let elsewhere = |year: &usize| {
                    idle.at(person, year - 1).seat().is_some_and(|from| facts.unit(from) != facts.unit(post))
                };
                if !years.iter().any(elsewhere) {
                    due[facts.unit(post).0].push(years);
                }
            }
        }
        for (unit, years) in due.iter().enumerate() {
            if !all_get_a_place(years, r12::cap(facts, UnitIx(unit)), t) {
                earliest[unit] = (t < facts.years).then_some(t + 1);
            }
        }
    }
    earliest
}

/// In which years people may leave the post that they hold when nobody moves, as far as can be told for every plan.
struct Ways<'a> {
    facts: &'a Facts<'a>,
    idle: &'a Courses,
    /// By person and year; no year before the first.
    may_leave: Vec<Vec<bool>>,
    /// First year for which a `go` names them, T + 1 where none does.
    decided: Vec<usize>,
}

impl<'a> Ways<'a> {
    fn new(facts: &'a Facts<'a>, idle: &'a Courses) -> Self {
        let first_go = |person: PersonIx| {
            let goes = facts.decided[person.0].iter().filter(|(_, decision)| decision.kind == DecisionKind::Go);
            goes.flat_map(|(years, _)| years).copied().min().unwrap_or(facts.years + 1)
        };
        let free = |person: PersonIx, t: usize| {
            t > 0 && idle.at(person, t - 1).seat().is_some() && bar_to_leave(facts, idle, person, t).is_none()
        };
        let people = || facts.case.people_ix();
        let mut ways = Self {
            facts,
            idle,
            may_leave: people().map(|person| (0..=facts.years).map(|t| free(person, t)).collect()).collect(),
            decided: people().map(first_go).collect(),
        };
        // Whoever finds no post holds a seat for good, which may leave others without one.
        for _ in 0..ROUNDS {
            let kept = ways.kept();
            let shut: Vec<(PersonIx, usize)> = people()
                .filter(|person| (1..=facts.years).any(|t| overdue_at(facts, idle, *person, t).is_some()))
                .flat_map(|person| (1..=facts.years).map(move |t| (person, t)))
                .filter(|(person, t)| ways.may_leave[person.0][*t] && !ways.finds_a_post(*person, *t, &kept))
                .collect();
            if shut.is_empty() {
                break;
            }
            for (person, t) in shut {
                ways.may_leave[person.0][t] = false;
            }
        }
        ways
    }

    /// Years in which a person may leave the post of layout `t`, up to `t`.
    fn leaving(&self, person: PersonIx, t: usize) -> Vec<usize> {
        let (since, promoted) = self.arrived(person, t);
        (since + 1..=t).filter(|year| promoted || self.may_leave[person.0][*year]).collect()
    }

    /// The layout in which a person came to the post of layout `t`, 0 for today's; and whether by a promotion: then a
    /// plan may have moved them there before, so that their stay is older and R10 lets them go earlier.
    fn arrived(&self, person: PersonIx, t: usize) -> (usize, bool) {
        let arrival = |year: usize| self.idle.at(person, year).arrival;
        let came = |year: &usize| !matches!(arrival(*year), Arrival::Kept | Arrival::Merged(_));
        let since = (1..=t).rev().find(came).unwrap_or(0);
        (since, matches!(arrival(since), Arrival::Promoted(_)))
    }

    /// By layout and post, how many of its seats people hold in every plan.
    fn kept(&self) -> Vec<Vec<u32>> {
        let mut kept = vec![vec![0; self.facts.case.posts.len()]; self.facts.years + 1];
        for person in self.facts.case.people_ix() {
            for (t, kept) in kept.iter_mut().enumerate().skip(1) {
                let Some(post) = self.idle.at(person, t).seat() else { continue };
                if t < self.decided[person.0] && self.leaving(person, t).is_empty() {
                    kept[post.0] += 1;
                }
            }
        }
        kept
    }

    fn finds_a_post(&self, person: PersonIx, t: usize, kept: &[Vec<u32>]) -> bool {
        let Some(seat) = self.idle.at(person, t - 1).seat() else { return true };
        let mut others = self.facts.case.posts_ix().filter(|post| *post != seat);
        others.any(|post| {
            kept[t][post.0] < self.facts.case.post(post).headcount
                // A relative may have gone by then.
                && bar_alone(self.facts, self.idle, person, post, t).is_none()
        })
    }
}

/// Whether everybody finds a year among their own, no year having more than `cap` people.
fn all_get_a_place(people: &[Vec<usize>], cap: u64, last: usize) -> bool {
    let cap = usize::try_from(cap).unwrap_or(usize::MAX);
    let mut taken: Vec<Vec<usize>> = vec![Vec::new(); last + 1];
    (0..people.len()).all(|person| place(person, people, cap, &mut taken, &mut vec![false; last + 1]))
}

/// Gives a person a year, others moving on where they can.
fn place(person: usize, people: &[Vec<usize>], cap: usize, taken: &mut [Vec<usize>], seen: &mut [bool]) -> bool {
    for year in people[person].iter().copied() {
        if std::mem::replace(&mut seen[year], true) {
            continue;
        }
        if taken[year].len() < cap {
            taken[year].push(person);
            return true;
        }
        for at in 0..taken[year].len() {
            if place(taken[year][at], people, cap, taken, seen) {
                taken[year][at] = person;
                return true;
            }
        }
    }
    false
}
