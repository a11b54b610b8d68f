//! Moves and placements of a layout, and the order in which they are carried out: chains and cycles as same-day
//! batches, each on the first day on which it can be done (semantics 6, 22).
//!
//! A year is lived through day by day: events first, then every move that can be made, all at once. So a chain goes on
//! the effective date unless it needs the seat of a leaver, a new post, or the arrival of a recruit.

use super::course::{Arrival, Courses, draw_key};
use crate::rules::Facts;
use chrono::NaiveDate;
use lungang_domain::{EventKind, PersonIx, PostIx};
use petgraph::unionfind::UnionFind;
use std::collections::{BTreeMap, BTreeSet};

/// One move or placement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shift {
    /// Who.
    pub person: PersonIx,
    /// Plan year.
    pub year: usize,
    /// Post left; `None` for a placement.
    pub from: Option<PostIx>,
    /// Post entered.
    pub to: PostIx,
    /// Date printed.
    pub date: NaiveDate,
    /// Batch within the plan, 1-based, in date order.
    pub batch: u32,
}

/// All moves and placements, by year, batch and staff id.
#[must_use]
pub fn shifts(facts: &Facts, courses: &Courses, seed: u64) -> Vec<Shift> {
    let mut all = Vec::new();
    let mut number = 0;
    for year in 1..=facts.years {
        for mut group in Year::new(facts, courses, year, seed).batches() {
            number += 1;
            group.sort_by_key(|shift| shift.person);
            all.extend(group.into_iter().map(|shift| Shift { batch: number, ..shift }));
        }
    }
    all
}

/// Why moves can't be made together on one day.
#[derive(Clone, Copy, Debug)]
enum Obstacle {
    /// A post would have more people than seats.
    Full(PostIx),
    /// An essential post that the layout fills would stand empty.
    Emptied(PostIx),
}

/// Groups looked at for one move that might still fit; long chains are found within far fewer.
const TRIES: usize = 200;

/// One plan year as it is lived through.
struct Year<'a> {
    facts: &'a Facts<'a>,
    /// Moves in the order of the draw, dated by the first day on which each could be made for its own part.
    moves: Vec<Shift>,
    /// Dated changes of seats by events: date, seat lost, seat taken.
    events: Vec<(NaiveDate, Option<PostIx>, Option<PostIx>)>,
    /// Seats taken, as the year goes on.
    taken: Vec<usize>,
    /// Seats taken in the year's layout.
    after: Vec<usize>,
}

impl<'a> Year<'a> {
    fn new(facts: &'a Facts<'a>, courses: &'a Courses, year: usize, seed: u64) -> Self {
        let posts = facts.case.posts.len();
        let mut moves = Vec::new();
        let mut events = Vec::new();
        for person in facts.case.people_ix() {
            let (before, now) = (courses.at(person, year - 1), courses.at(person, year));
            let displaced = facts.of(person).displaced[year].filter(|_| before.seat().is_some());
            match now.arrival {
                Arrival::Moved | Arrival::Placed(_) => {
                    if let Some(to) = now.seat() {
                        let from = before.seat().filter(|_| displaced.is_none());
                        let date = earliest(facts, now.arrival, year, from, to);
                        moves.push(Shift { person, year, from, to, date, batch: 0 });
                    }
                    events.extend(displaced.map(|date| (date, before.seat(), None)));
                }
                Arrival::Left(date) | Arrival::Promoted(date) | Arrival::Joined(date) | Arrival::Merged(date) => {
                    events.push((date, before.seat(), now.seat()));
                }
                Arrival::Displaced(date) => events.push((date, before.seat(), None)),
                Arrival::Kept => {}
            }
        }
        moves.sort_by_cached_key(|shift: &Shift| draw_key(courses, facts, shift.person, year, seed));
        events.sort_unstable();
        let (taken, after) = (courses.occupancy(posts, year - 1), courses.occupancy(posts, year));
        Self { facts, moves, events, taken, after }
    }

    /// Batches in date order, then in the order of the draw.
    fn batches(mut self) -> Vec<Vec<Shift>> {
        let days: BTreeSet<NaiveDate> =
            self.moves.iter().map(|shift| shift.date).chain(self.events.iter().map(|event| event.0)).collect();
        let mut pending: Vec<Shift> = std::mem::take(&mut self.moves);
        let mut events = std::mem::take(&mut self.events).into_iter().peekable();
        let mut batches = Vec::new();
        let last = days.last().copied();
        for day in days {
            while let Some((_, lost, gained)) = events.next_if(|event| event.0 <= day) {
                self.sit(lost, gained);
            }
            let able: Vec<Shift> = pending.iter().filter(|shift| shift.date <= day).copied().collect();
            // What no day allows is printed on the last one, so that the checker names it.
            let chosen = if Some(day) == last { able } else { self.possible(able) };
            let goes = |shift: &Shift| chosen.iter().any(|other| other.person == shift.person);
            // In the order of the draw again.
            let chosen: Vec<Shift> =
                pending.extract_if(.., |shift| goes(shift)).map(|shift| Shift { date: day, ..shift }).collect();
            batches.extend(self.linked(&chosen));
            for shift in &chosen {
                self.sit(shift.from, Some(shift.to));
            }
        }
        batches
    }

    fn sit(&mut self, lost: Option<PostIx>, gained: Option<PostIx>) {
        if let Some(post) = lost {
            self.taken[post.0] = self.taken[post.0].saturating_sub(1);
        }
        if let Some(post) = gained {
            self.taken[post.0] += 1;
        }
    }

    fn seats(&self, post: PostIx) -> usize {
        self.facts.case.post(post).headcount as usize
    }

    /// What forbids making all of these moves on one day, if anything does.
    fn obstacle(&self, moves: &[Shift]) -> Option<Obstacle> {
        let mut taken = self.taken.clone();
        for shift in moves {
            if let Some(from) = shift.from {
                taken[from.0] = taken[from.0].saturating_sub(1);
            }
            taken[shift.to.0] += 1;
        }
        moves.iter().rev().find_map(|shift| {
            if taken[shift.to.0] > self.seats(shift.to) {
                return Some(Obstacle::Full(shift.to));
            }
            let from = shift.from?;
            let essential = self.facts.case.post(from).essential && self.facts.open[from.0][shift.year];
            (essential && taken[from.0] == 0 && self.after[from.0] > 0).then_some(Obstacle::Emptied(from))
        })
    }

    /// The moves that can be made today: all, less those in the way (the last of the draw first), and then each again
    /// that fits after all, with whoever must go along.
    fn possible(&self, mut moves: Vec<Shift>) -> Vec<Shift> {
        let mut dropped: Vec<Shift> = Vec::new();
        while let Some(obstacle) = self.obstacle(&moves) {
            let culprit = |shift: &Shift| match obstacle {
                Obstacle::Full(post) => shift.to == post,
                Obstacle::Emptied(post) => shift.from == Some(post),
            };
            let Some(at) = moves.iter().rposition(culprit) else { break };
            dropped.push(moves.remove(at));
        }
        dropped.reverse();
        let mut at = 0;
        while let Some(shift) = dropped.get(at).copied() {
            let mut tries = TRIES;
            match self.along(&moves, vec![shift], &dropped, &mut tries) {
                Some(group) => {
                    dropped.retain(|other| !group.contains(other));
                    moves.extend(group);
                    // Others may fit now who did not before.
                    at = 0;
                }
                None => at += 1,
            }
        }
        moves
    }

    /// The smallest group found that can join `moves`: those given, and dropped ones who leave a full post or take
    /// over an emptied one.
    fn along(&self, moves: &[Shift], group: Vec<Shift>, dropped: &[Shift], tries: &mut usize) -> Option<Vec<Shift>> {
        let all: Vec<Shift> = moves.iter().chain(&group).copied().collect();
        let Some(obstacle) = self.obstacle(&all) else { return Some(group) };
        *tries = tries.checked_sub(1)?;
        let helps = |shift: &&Shift| match obstacle {
            Obstacle::Full(post) => shift.from == Some(post),
            Obstacle::Emptied(post) => shift.to == post,
        };
        dropped.iter().filter(|shift| !group.contains(shift)).filter(helps).find_map(|shift| {
            let mut larger = group.clone();
            larger.push(*shift);
            self.along(moves, larger, dropped, tries)
        })
    }

    /// The moves of one day as batches: an entrant who takes the seat that another leaves goes with them.
    fn linked(&self, moves: &[Shift]) -> Vec<Vec<Shift>> {
        let mut chains = UnionFind::<usize>::new(moves.len());
        let entered: BTreeSet<PostIx> = moves.iter().map(|shift| shift.to).collect();
        for post in entered {
            let of = |end: fn(&Shift) -> Option<PostIx>| -> Vec<usize> {
                (0..moves.len()).filter(|ix| moves.get(*ix).and_then(end) == Some(post)).collect()
            };
            let (ins, outs) = (of(|shift| Some(shift.to)), of(|shift| shift.from));
            let (seats, taken) = (self.seats(post), self.taken[post.0]);
            // Those over strength leave no seat behind, and nobody enters before they are gone.
            let (over, outs) = outs.split_at(taken.saturating_sub(seats).min(outs.len()));
            if let Some(first) = ins.first() {
                for out in over {
                    chains.union(*first, *out);
                }
            }
            // Free seats need nobody.
            let free = seats.saturating_sub(taken);
            // An essential post is handed over within one batch, so that it never stands empty.
            let alone = if self.facts.case.post(post).essential { 0 } else { free };
            for (into, out) in ins.iter().skip(alone).zip(outs) {
                chains.union(*into, *out);
            }
        }
        let labels = chains.into_labeling();
        let mut heads: BTreeMap<usize, usize> = BTreeMap::new();
        let mut groups: BTreeMap<usize, Vec<Shift>> = BTreeMap::new();
        for (ix, label) in labels.iter().enumerate() {
            let head = *heads.entry(*label).or_insert(ix);
            groups.entry(head).or_default().extend(moves.get(ix));
        }
        groups.into_values().collect()
    }
}

/// The first day on which a move can be made for its own part: a recruit has arrived, the post that forces the move
/// has closed, the post entered is founded.
fn earliest(facts: &Facts, arrival: Arrival, year: usize, from: Option<PostIx>, to: PostIx) -> NaiveDate {
    let arrived = match arrival {
        Arrival::Placed(date) => Some(date),
        _ => None,
    };
    let closed = from.filter(|post| facts.stay(*post, year).is_none()).and_then(|post| facts.closes[post.0]);
    let founded = founding(facts, to).filter(|date| facts.layout_of(*date) == year);
    arrived.into_iter().chain(closed).chain(founded).fold(facts.effective[year], NaiveDate::max)
}

/// Date on which a post is founded, if later than the data.
fn founding(facts: &Facts, post: PostIx) -> Option<NaiveDate> {
    let founds = |event: &&lungang_domain::Event| {
        event.kind == EventKind::NewPost && event.post == Some(post) && event.date > facts.policy.as_of
    };
    facts.case.events.iter().filter(founds).map(|event| event.date).max()
}
