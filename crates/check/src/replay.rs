//! Carrying a plan year out, batch by batch (semantics 6, 22, 23).

use crate::facts::{Facts, Given};
use crate::verdict::Breach;
use crate::walk::{Entry, Walk};
use chrono::NaiveDate;
use lungang_domain::{PersonIx, PostIx, months_between};
use sha2::{Digest, Sha256};
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// A move as a plan file dates it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Dated {
    pub person: PersonIx,
    pub from: Option<PostIx>,
    pub to: PostIx,
    pub date: NaiveDate,
    pub batch: u32,
}

/// One plan year to carry out.
pub(crate) struct Year<'a> {
    facts: &'a Facts<'a>,
    walk: &'a Walk,
    t: usize,
    /// Dated seat changes by events: who, when, into which seat.
    events: Vec<(NaiveDate, PersonIx, Option<PostIx>)>,
    before: Vec<i64>,
    after: Vec<i64>,
    today: Vec<i64>,
}

impl<'a> Year<'a> {
    pub fn new(facts: &'a Facts<'a>, walk: &'a Walk, t: usize) -> Self {
        let mut events = Vec::new();
        for person in facts.case.people_ix() {
            let service = &facts.people[person.0];
            let (old, new) = (walk.at(person, t - 1).seat(), walk.at(person, t));
            if let Some(merger) = old.and_then(|post| facts.open[post.0].merges).filter(|merger| merger.year == t)
                && new.entry == Entry::Kept
            {
                events.push((merger.date, person, new.seat()));
                continue;
            }
            let closed = walk
                .at(person, t - 1)
                .seat()
                .and_then(|post| facts.open[post.0].closes.filter(|_| facts.open[post.0].until == t));
            if let Some((year, date)) = service.leaves
                && year == t
            {
                events.push((date, person, None));
            } else if let Given::Post { post, date, .. } = service.given[t] {
                events.push((date, person, Some(post)));
            } else if let Given::NoPost { date, .. } = service.given[t] {
                events.push((date, person, None));
            } else if let Some(date) = closed
                && walk.at(person, t).seat().is_none()
            {
                events.push((date, person, None));
            }
        }
        events.sort_unstable();
        let taken = |u: usize| {
            let mut taken = vec![0; facts.case.posts.len()];
            for post in walk.steps.iter().filter_map(|steps| steps[u].seat()) {
                taken[post.0] += 1;
            }
            taken
        };
        Self { facts, walk, t, events, before: taken(t - 1), after: taken(t), today: taken(0) }
    }

    /// Breaches of carrying these moves out on these dates. Today's excess of a post, as far as it still stands, is no
    /// breach.
    pub fn carry_out(&self, moves: &[Dated]) -> Vec<Breach> {
        self.tried(moves, true)
    }

    /// Whether these dates would do without leaning on anybody's excess; to wait for its end is not to wait too long.
    fn possible(&self, moves: &[Dated]) -> bool {
        self.tried(moves, false).is_empty() && self.leaves_room(moves)
    }

    /// Whether whoever enters by an event later in the year still finds a seat in the posts that these moves fill.
    fn leaves_room(&self, moves: &[Dated]) -> bool {
        self.events.iter().filter_map(|(day, _, seat)| Some((*day, (*seat)?))).all(|(day, post)| {
            let moved = moves.iter().filter(|one| one.date <= day);
            let mut taken = self.before[post.0];
            let mut filled = false;
            for one in moved {
                filled |= one.to == post;
                taken += i64::from(one.to == post) - i64::from(one.from == Some(post));
            }
            for (_, person, seat) in self.events.iter().filter(|event| event.0 <= day) {
                let held = self.walk.at(*person, self.t - 1).seat();
                taken += i64::from(*seat == Some(post)) - i64::from(held == Some(post));
            }
            !filled || taken <= i64::from(self.facts.case.post(post).headcount)
        })
    }

    fn tried(&self, moves: &[Dated], excess_stands: bool) -> Vec<Breach> {
        let mut found = Vec::new();
        let mut seats: Vec<Option<PostIx>> = self.walk.steps.iter().map(|steps| steps[self.t - 1].seat()).collect();
        let mut taken = self.before.clone();
        let mut sit = |person: PersonIx, seat: Option<PostIx>, taken: &mut Vec<i64>| {
            if let Some(old) = seats[person.0] {
                taken[old.0] -= 1;
            }
            if let Some(new) = seat {
                taken[new.0] += 1;
            }
            std::mem::replace(&mut seats[person.0], seat)
        };
        let mut order: Vec<&Dated> = moves.iter().collect();
        order.sort_by_key(|one| (one.date, one.batch));
        let mut events = self.events.iter().peekable();
        for batch in order.chunk_by(|a, b| (a.date, a.batch) == (b.date, b.batch)) {
            let (date, number) = (batch[0].date, batch[0].batch);
            while let Some((_, person, seat)) = events.next_if(|event| event.0 <= date) {
                sit(*person, *seat, &mut taken);
            }
            let breach = |code, post: PostIx| {
                Breach::new("REPLAY", code, self.t).post(post).with("batch", number).with("on", date)
            };
            for one in batch {
                if sit(one.person, Some(one.to), &mut taken) != one.from {
                    found.push(breach("E0752", one.to).person(one.person));
                }
                if self.facts.open[one.to.0].opens.is_some_and(|opens| date < opens) {
                    found.push(breach("E0753", one.to).person(one.person));
                }
            }
            for post in batch.iter().map(|one| one.to).collect::<BTreeSet<_>>() {
                let seats = i64::from(self.facts.case.post(post).headcount);
                let excess = if excess_stands { self.today[post.0].min(self.before[post.0]) } else { 0 };
                if taken[post.0] > seats.max(excess) {
                    let excess = taken[post.0] - seats;
                    let over = breach("E0750", post).excess(excess);
                    found.push(over.with("seats", seats).with("occupants", taken[post.0]));
                }
            }
            for post in batch.iter().filter_map(|one| one.from).collect::<BTreeSet<_>>() {
                let essential = self.facts.case.post(post).essential && self.facts.is_open(post, self.t);
                if essential && taken[post.0] == 0 && self.after[post.0] > 0 {
                    found.push(breach("E0751", post));
                }
            }
        }
        found
    }

    /// The first day on which a move can be made for its own part: the recruit has arrived, the post entered is founded.
    fn earliest(&self, one: &Dated) -> NaiveDate {
        let arrived = match self.facts.people[one.person.0].given[self.t] {
            Given::NoPost { date, .. } => Some(date),
            Given::Post { .. } | Given::Nothing => None,
        };
        let founded = self.facts.open[one.to.0].opens;
        let first = self.facts.day(self.t);
        arrived.into_iter().chain(founded).fold(first, NaiveDate::max)
    }

    /// The day on which the post left is closed, for a forced move: it may be printed with that day too.
    fn closing(&self, one: &Dated) -> Option<NaiveDate> {
        let span = self.facts.open[one.from?.0];
        span.closes.filter(|_| span.until == self.t)
    }

    /// Whether a move waits for the day on which an event brings a successor into the essential post it leaves.
    fn hands_over(&self, one: &Dated) -> bool {
        let essential = one.from.filter(|from| self.facts.case.post(*from).essential);
        essential.is_some() && self.events.iter().any(|(day, _, seat)| *day == one.date && *seat == essential)
    }

    /// What is wrong with the printed dates of moves that can be carried out (semantics 6): the word for the sentence.
    pub fn misdated(&self, moves: &[Dated], seed: u64) -> Vec<(Dated, &'static str)> {
        let (first, end) = (self.facts.day(self.t), self.facts.day(self.t + 1));
        let mut wrong = Vec::new();
        for one in moves {
            if one.date < first || one.date >= end {
                wrong.push((*one, "outside"));
            } else if one.date < self.earliest(one) {
                wrong.push((*one, "early"));
            }
        }
        if !wrong.is_empty() {
            return wrong;
        }
        let mut order: Vec<Dated> = moves.to_vec();
        order.sort_by_key(|one| (one.batch, one.person));
        let batches: Vec<&[Dated]> = order.chunk_by(|a, b| a.batch == b.batch).collect();
        for batch in &batches {
            if self.could_be_sooner(moves, batch) {
                wrong.extend(batch.iter().map(|one| (*one, "late")));
            }
        }
        for sooner in &batches {
            for later in batches.iter().filter(|later| later[0].date > sooner[0].date) {
                wrong.extend(self.passed_over(moves, sooner, later, seed).map(|one| (one, "draw")));
            }
        }
        wrong
    }

    /// Whether a batch keeps the day of a closing that forces one of its moves, or of a successor's coming.
    fn may_wait(&self, batch: &[Dated]) -> bool {
        batch.iter().any(|one| self.closing(one) == Some(one.date) || self.hands_over(one))
    }

    /// Whether a batch that waits could have gone on an earlier day on which something happens.
    fn could_be_sooner(&self, moves: &[Dated], batch: &[Dated]) -> bool {
        let date = batch[0].date;
        let earliest = batch.iter().map(|one| self.earliest(one)).max().unwrap_or(date);
        if date <= earliest || self.may_wait(batch) {
            return false;
        }
        let days: BTreeSet<NaiveDate> = self
            .events
            .iter()
            .map(|event| event.0)
            .filter(|day| earliest < *day && *day < date)
            .chain([earliest])
            .collect();
        days.iter().any(|day| {
            let shifted: Vec<Dated> = moves
                .iter()
                .map(|one| if one.batch == batch[0].batch { Dated { date: *day, ..*one } } else { *one })
                .collect();
            self.possible(&shifted)
        }) || !self.events.iter().any(|event| event.0 == date)
    }

    /// The waiting entrant of a post who should have gone first by the draw, if the two batches could change places.
    fn passed_over(&self, moves: &[Dated], sooner: &[Dated], later: &[Dated], seed: u64) -> Option<Dated> {
        if self.may_wait(later) {
            return None;
        }
        let waiting = later.iter().find(|one| {
            sooner.iter().any(|other| other.to == one.to && self.draw(one.person, other.person, seed) == Ordering::Less)
        })?;
        let swapped: Vec<Dated> = moves
            .iter()
            .map(|one| match one.batch {
                batch if batch == sooner[0].batch => Dated { date: later[0].date, ..*one },
                batch if batch == later[0].batch => Dated { date: sooner[0].date, ..*one },
                _ => *one,
            })
            .collect();
        let possible = swapped.iter().all(|one| one.date >= self.earliest(one)) && self.possible(&swapped);
        possible.then_some(*waiting)
    }

    /// The published draw: longest tenure first, then SHA-256 of `seed:id`. `Equal` where whole months tie and the
    /// days do not, or one beginning is unknown: then either may go first.
    fn draw(&self, a: PersonIx, b: PersonIx, seed: u64) -> Ordering {
        let day = self.facts.day(self.t);
        let since = |person| self.walk.at(person, self.t - 1).clock;
        let hash = |person| Sha256::digest(format!("{seed}:{}", self.facts.case.person(person).id));
        match (since(a), since(b)) {
            (a_since, b_since) if a_since == b_since => hash(a).cmp(&hash(b)),
            (Some(a), Some(b)) => months_between(b, day).cmp(&months_between(a, day)),
            _ => Ordering::Equal,
        }
    }
}

/// What is wrong with the batches of a plan: (number, word for the sentence).
pub(crate) fn misnumbered(moves: &[(usize, Dated)]) -> Vec<(u32, &'static str)> {
    let mut order: Vec<&(usize, Dated)> = moves.iter().collect();
    order.sort_by_key(|(year, one)| (one.batch, *year, one.date, one.person));
    let batches: Vec<&[&(usize, Dated)]> = order.chunk_by(|a, b| a.1.batch == b.1.batch).collect();
    let mut wrong = Vec::new();
    let mut last = None;
    for (position, batch) in batches.iter().enumerate() {
        let (year, first) = *batch[0];
        let number = first.batch;
        if u32::try_from(position + 1) != Ok(number) || last.is_some_and(|last| (year, first.date) < last) {
            wrong.push((number, "order"));
        }
        last = Some((year, first.date));
        if batch.iter().any(|(other, one)| (*other, one.date) != (year, first.date)) {
            wrong.push((number, "dates"));
        }
        if !hang_together(&batch.iter().map(|(_, one)| *one).collect::<Vec<_>>()) {
            wrong.push((number, "apart"));
        }
    }
    wrong
}

/// Whether each move of a batch is linked to the others by a post that one leaves and another enters.
fn hang_together(batch: &[Dated]) -> bool {
    let linked = |a: &Dated, b: &Dated| a.from == Some(b.to) || b.from == Some(a.to);
    let mut reached = vec![false; batch.len()];
    let mut next = vec![0];
    while let Some(at) = next.pop() {
        if !reached[at] {
            reached[at] = true;
            next.extend((0..batch.len()).filter(|other| !reached[*other] && linked(&batch[at], &batch[*other])));
        }
    }
    reached.iter().all(|reached| *reached)
}
