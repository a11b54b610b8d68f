//! Moves and placements of a layout, and the order in which they are carried out: chains and cycles as same-day
//! batches, dated by the events they wait for (semantics 6, 22).

use super::course::{Arrival, Courses, draw_key};
use crate::rules::Facts;
use chrono::NaiveDate;
use lungang_domain::{EventKind, PersonIx, PostIx};
use petgraph::unionfind::UnionFind;
use std::collections::BTreeMap;

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
    let mut batches = 0;
    for year in 1..=facts.years {
        let mut of_year: Vec<Shift> =
            facts.case.people_ix().filter_map(|person| shift(facts, courses, person, year)).collect();
        // In the order of the draw, so that who comes first takes the seat that is free first.
        of_year.sort_by_cached_key(|shift| draw_key(courses, facts, shift.person, year, seed));
        let mut batched = batch(facts, courses, year, of_year);
        for group in &mut batched {
            batches += 1;
            for shift in group.iter_mut() {
                shift.batch = batches;
            }
            group.sort_by_key(|shift| shift.person);
        }
        all.extend(batched.into_iter().flatten());
    }
    all
}

fn shift(facts: &Facts, courses: &Courses, person: PersonIx, year: usize) -> Option<Shift> {
    let now = courses.at(person, year);
    let (from, date) = match now.arrival {
        Arrival::Moved => (courses.at(person, year - 1).seat(), facts.effective[year]),
        Arrival::Placed(date) => (None, date),
        _ => return None,
    };
    Some(Shift { person, year, from, to: now.seat()?, date, batch: 0 })
}

/// What frees a seat of a post during a year.
#[derive(Clone, Copy, Debug)]
enum Source {
    /// Free when the year begins.
    Free,
    /// Left by the shift at this position.
    Shift(usize),
    /// Freed or founded on a date.
    Event(NaiveDate),
}

/// What happens to the seats of one post in a year.
#[derive(Debug, Default)]
struct Turnover {
    /// Shifts out, by position.
    outs: Vec<usize>,
    /// Shifts in, by position, in the order of the draw.
    ins: Vec<usize>,
    /// Dates on which an event takes a holder out.
    leavers: Vec<NaiveDate>,
    /// Dates on which an event puts somebody in.
    entrants: Vec<NaiveDate>,
    /// Holders who stay all year.
    stayers: usize,
}

fn turnovers(facts: &Facts, courses: &Courses, year: usize, moved: &[Shift]) -> BTreeMap<PostIx, Turnover> {
    let mut posts: BTreeMap<PostIx, Turnover> = BTreeMap::new();
    for (ix, shift) in moved.iter().enumerate() {
        if let Some(from) = shift.from {
            posts.entry(from).or_default().outs.push(ix);
        }
        posts.entry(shift.to).or_default().ins.push(ix);
    }
    for person in facts.case.people_ix() {
        let (before, now) = (courses.at(person, year - 1), courses.at(person, year));
        match (now.arrival, before.seat()) {
            (Arrival::Left(date), Some(held)) => posts.entry(held).or_default().leavers.push(date),
            (Arrival::Promoted(date), held) => {
                if let Some(held) = held {
                    posts.entry(held).or_default().leavers.push(date);
                }
                if let Some(to) = now.seat() {
                    posts.entry(to).or_default().entrants.push(date);
                }
            }
            (Arrival::Joined(date), _) => {
                if let Some(to) = now.seat() {
                    posts.entry(to).or_default().entrants.push(date);
                }
            }
            (Arrival::Kept, Some(held)) if now.seat() == Some(held) => posts.entry(held).or_default().stayers += 1,
            _ => {}
        }
    }
    posts
}

/// Groups the shifts of a year into batches, dated, in date order, then in the order of the draw.
fn batch(facts: &Facts, courses: &Courses, year: usize, mut moved: Vec<Shift>) -> Vec<Vec<Shift>> {
    let mut chains = UnionFind::<usize>::new(moved.len());
    for (post, mut turnover) in turnovers(facts, courses, year, &moved) {
        let essential = facts.case.post(post).essential;
        let mut sources = sources(facts, courses, year, post, &turnover);
        turnover.entrants.sort_unstable();
        for date in &turnover.entrants {
            // An event entrant takes the seat that an event frees in time, else one that is free or left by a move.
            let own = sources.iter().rposition(|source| matches!(source, Source::Event(freed) if freed <= date));
            let taken = match own.or(if sources.is_empty() { None } else { Some(0) }) {
                Some(at) => sources.remove(at),
                None => continue,
            };
            if let (Source::Shift(out), true) = (taken, essential && turnover.stayers == 0) {
                // Whoever leaves an essential post waits for the successor.
                moved[out].date = moved[out].date.max(*date);
            }
        }
        for (into, source) in turnover.ins.iter().zip(sources) {
            match source {
                Source::Free => {}
                Source::Shift(out) => {
                    chains.union(*into, out);
                }
                Source::Event(date) => moved[*into].date = moved[*into].date.max(date),
            }
        }
    }
    let labels = chains.into_labeling();
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut first: BTreeMap<usize, usize> = BTreeMap::new();
    for (ix, label) in labels.iter().enumerate() {
        let head = *first.entry(*label).or_insert(ix);
        groups.entry(head).or_default().push(ix);
    }
    let mut batches: Vec<Vec<Shift>> = groups
        .into_values()
        .map(|members| {
            let date = members.iter().map(|ix| moved[*ix].date).max();
            members.iter().map(|ix| Shift { date: date.unwrap_or(moved[*ix].date), ..moved[*ix] }).collect()
        })
        .collect();
    // Stable: equal dates keep the order of the draw.
    batches.sort_by_key(|group: &Vec<Shift>| group.first().map(|shift| shift.date));
    batches
}

/// Seats of a post that somebody may take during a year, soonest first; those over strength release none.
fn sources(facts: &Facts, courses: &Courses, year: usize, post: PostIx, turnover: &Turnover) -> Vec<Source> {
    let seats = facts.case.post(post).headcount as usize;
    let held = courses.occupants(post, year - 1);
    let founded = founding(facts, post, year);
    let mut sources: Vec<Source> = Vec::new();
    let free = seats.saturating_sub(held);
    match founded {
        Some(date) => sources.extend(std::iter::repeat_n(Source::Event(date), free)),
        None => sources.extend(std::iter::repeat_n(Source::Free, free)),
    }
    let outs = turnover.outs.iter().map(|ix| Source::Shift(*ix));
    if facts.case.post(post).essential {
        // An essential post is handed over within one batch, so that it never stands empty.
        let mut ordered: Vec<Source> = outs.collect();
        ordered.append(&mut sources);
        sources = ordered;
    } else {
        sources.extend(outs);
    }
    let mut leavers = turnover.leavers.clone();
    leavers.sort_unstable();
    sources.extend(leavers.into_iter().map(Source::Event));
    let excess = held.saturating_sub(seats).min(sources.len());
    sources.drain(..excess);
    sources
}

/// Date on which a post is founded, if that is in this year.
fn founding(facts: &Facts, post: PostIx, year: usize) -> Option<NaiveDate> {
    if !facts.open[post.0][year] || facts.open[post.0][year - 1] {
        return None;
    }
    let mut founded = facts.case.events.iter().filter(|event| {
        event.kind == EventKind::NewPost && event.post == Some(post) && facts.layout_of(event.date) == year
    });
    founded.next().map(|event| event.date)
}
