//! Absences as days, and whole months out of them (semantics 5, 8, 41).

use chrono::NaiveDate;
use lungang_domain::{Event, EventKind, Person, PostIx, months_between};

/// One absence: bound from its first day up to, not including, the day of return.
#[derive(Clone, Copy, Debug)]
struct Interval {
    from: NaiveDate,
    until: NaiveDate,
    host: Option<PostIx>,
}

impl Interval {
    fn covers(&self, day: NaiveDate) -> bool {
        self.from <= day && day < self.until
    }
}

/// All absences of one person, in order of their beginning.
#[derive(Clone, Debug, Default)]
pub(crate) struct Absences(Vec<Interval>);

impl Absences {
    /// The roster's absence, further ones by events, each ended by the `return` that falls into it.
    pub fn of<'a>(person: &Person, events: impl Iterator<Item = &'a Event> + Clone) -> Self {
        let mut list: Vec<Interval> = person
            .absence
            .iter()
            .map(|absence| Interval {
                from: absence.from.unwrap_or(NaiveDate::MIN),
                until: absence.until.unwrap_or(NaiveDate::MAX),
                host: absence.host,
            })
            .chain(events.clone().filter(|event| event.kind == EventKind::Absent).map(|event| Interval {
                from: event.date,
                until: event.until.unwrap_or(NaiveDate::MAX),
                host: event.to_post,
            }))
            .collect();
        for back in events.filter(|event| event.kind == EventKind::Return) {
            // An absence that begins on the day of a return is a new one.
            for interval in list.iter_mut().filter(|interval| interval.covers(back.date) && interval.from < back.date) {
                interval.until = back.date;
            }
        }
        list.retain(|interval| interval.from < interval.until);
        list.sort_by_key(|interval| interval.from);
        Self(list)
    }

    /// Whether absent on a day, and if so the host: that of the absence begun last.
    pub fn on(&self, day: NaiveDate) -> Option<Option<PostIx>> {
        self.0.iter().rev().find(|interval| interval.covers(day)).map(|interval| interval.host)
    }

    /// Whole months missed in `[start, end)` by absence, or by not being in service outside `[joined, left)`.
    pub fn missed(&self, start: NaiveDate, end: NaiveDate, joined: Option<NaiveDate>, left: Option<NaiveDate>) -> i32 {
        let gaps = joined.map(|day| (start, day)).into_iter().chain(left.map(|day| (day, end)));
        let mut missed: Vec<(NaiveDate, NaiveDate)> = self
            .0
            .iter()
            .map(|interval| (interval.from, interval.until))
            .chain(gaps)
            .map(|(from, until)| (from.max(start), until.min(end)))
            .filter(|(from, until)| from < until)
            .collect();
        missed.sort_unstable();
        merged(missed).iter().map(|(from, until)| months_between(*from, *until)).sum()
    }

    /// Whole months spent at each host, as it is called by then, in `[start, end)` and in service.
    pub fn hosted(
        &self,
        called: impl Fn(PostIx) -> PostIx,
        start: NaiveDate,
        end: NaiveDate,
        joined: Option<NaiveDate>,
        left: Option<NaiveDate>,
    ) -> Vec<(PostIx, i32)> {
        let start = joined.map_or(start, |day| day.max(start));
        let end = left.map_or(end, |day| day.min(end));
        if start >= end || self.0.is_empty() {
            return Vec::new();
        }
        let mut bounds: Vec<NaiveDate> = self
            .0
            .iter()
            .flat_map(|interval| [interval.from, interval.until])
            .filter(|day| start < *day && *day < end)
            .chain([start, end])
            .collect();
        bounds.sort_unstable();
        bounds.dedup();
        let mut pieces: Vec<(PostIx, NaiveDate, NaiveDate)> =
            bounds.windows(2).filter_map(|pair| Some((called(self.on(pair[0])??), pair[0], pair[1]))).collect();
        pieces.sort_unstable();
        let mut months: Vec<(PostIx, i32)> = Vec::new();
        for host in pieces.iter().map(|piece| piece.0).collect::<std::collections::BTreeSet<_>>() {
            let days = pieces.iter().filter(|piece| piece.0 == host).map(|piece| (piece.1, piece.2)).collect();
            months.push((host, merged(days).iter().map(|(from, until)| months_between(*from, *until)).sum()));
        }
        months
    }
}

/// Sorted intervals with those that touch or overlap joined.
fn merged(sorted: Vec<(NaiveDate, NaiveDate)>) -> Vec<(NaiveDate, NaiveDate)> {
    let mut joined: Vec<(NaiveDate, NaiveDate)> = Vec::new();
    for (from, until) in sorted {
        match joined.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(until),
            _ => joined.push((from, until)),
        }
    }
    joined
}
