//! Events: who joins and leaves, which posts open and close (semantics 1, 6, 29).

use super::lookup::{Known, Near};
use super::posts::Posts;
use super::staff::Roster;
use super::{Sheets, Today};
use crate::input::log::Log;
use crate::input::row::Row;
use chrono::NaiveDate;
use lungang_domain::words::{EventKind, Investigation};
use lungang_domain::{Event, PersonIx, Policy, PostIx, Problem, StaffId};
use std::collections::{BTreeMap, BTreeSet};

/// When a post opens and ends, as far as events say.
#[derive(Clone, Copy, Debug, Default)]
pub struct Life {
    opens: Option<NaiveDate>,
    /// By closing or merging.
    ends: Option<NaiveDate>,
    /// What it merges into.
    into: Option<PostIx>,
}

impl Life {
    /// Whether the post is open on a day.
    #[must_use]
    pub fn open_on(self, day: NaiveDate) -> bool {
        self.opens.is_none_or(|opens| opens <= day) && self.ends.is_none_or(|ends| ends > day)
    }

    /// Whether the post is open in layout `t`: events dated before d_{t+1} count in it.
    #[must_use]
    pub fn open_in(self, policy: &Policy, t: usize) -> bool {
        let next = policy.effective(t + 1);
        self.opens.is_none_or(|opens| opens < next) && self.ends.is_none_or(|ends| ends >= next)
    }
}

/// Openings and closings of posts by these events.
#[must_use]
pub fn lives(events: &[Event]) -> BTreeMap<PostIx, Life> {
    let mut lives: BTreeMap<PostIx, Life> = BTreeMap::new();
    for event in events {
        let Some(post) = event.post else { continue };
        match event.kind {
            EventKind::NewPost => lives.entry(post).or_default().opens = Some(event.date),
            EventKind::ClosePost => lives.entry(post).or_default().ends = Some(event.date),
            EventKind::Merge => {
                let life = lives.entry(post).or_default();
                (life.ends, life.into) = (Some(event.date), event.to_post);
            }
            _ => {}
        }
    }
    lives
}

/// What a post has become by layout `t` (semantics 70).
#[must_use]
pub fn became(lives: &BTreeMap<PostIx, Life>, policy: &Policy, post: PostIx, t: usize) -> PostIx {
    let next = |post: &PostIx| lives.get(post).filter(|life| !life.open_in(policy, t)).and_then(|life| life.into);
    std::iter::successors(Some(post), next).take(lives.len() + 1).last().unwrap_or(post)
}

fn kind_of(row: &Row) -> Option<EventKind> {
    row.word("kind").and_then(EventKind::from_key)
}

/// Ids that join by an event after the date of the data: they are outside until then.
#[must_use]
pub fn joining(sheets: &Sheets, today: Today) -> BTreeSet<String> {
    sheets
        .rows("events")
        .filter(|row| matches!(kind_of(row), Some(EventKind::Join | EventKind::Recruit)))
        .filter(|row| row.date("date").is_some_and(|date| today.as_of.is_none_or(|as_of| date > as_of)))
        .filter_map(|row| Some(StaffId::new(row.text("staff")?).0))
        .collect()
}

/// Reads the events; those already in the data are warned of and left out.
pub fn read(
    sheets: &Sheets,
    found: &Posts<'_>,
    roster: &Roster,
    policy: &Policy,
    dated: bool,
    log: &mut Log,
) -> Vec<Event> {
    let mut events = Vec::new();
    for row in sheets.rows("events") {
        for column in ["date", "kind"] {
            log.needs(row, column);
        }
        let (Some(date), Some(kind)) = (row.date("date"), kind_of(row)) else { continue };
        if dated && date <= policy.as_of {
            log.at(row.at, "date", Problem::new("W0501").with("date", date).with("as_of", policy.as_of));
            continue;
        }
        if dated && date >= policy.effective(policy.horizon() + 1) {
            log.at(row.at, "date", Problem::new("W0505").with("date", date));
        }
        if let Some(event) = event(row, date, kind, found, roster, dated, log) {
            if let (EventKind::Rename, Some(post), Some(title)) = (kind, event.post, &event.note) {
                // The clocks run on (R17): nothing but the title changes, and the plan says it.
                let post = &found.posts[post.0];
                let told = Problem::new("A0501").with("post", &post.id).with("title", &post.title);
                log.at(row.at, "note", told.with("new", title).with("date", date));
            }
            if let (EventKind::Merge, Some(post), Some(into)) = (kind, event.post, event.to_post) {
                if post == into {
                    log.at(row.at, "to_post", Problem::new("E0501"));
                    continue;
                }
                let holders = roster.people.iter().filter(|person| person.post == Some(post)).count();
                let (post, into) = (&found.posts[post.0], &found.posts[into.0]);
                let told = Problem::new("A0502").with("post", &post.id).with("title", &post.title);
                let told = told.with("into", &into.id).with("into_title", &into.title).with("date", date);
                log.at(row.at, "to_post", told.with("count", holders));
            }
            events.push(event);
        }
    }
    events.sort_by_key(|event: &Event| {
        (event.date, event.kind, event.staff, event.post, event.to_post, event.until, event.row)
    });
    if dated {
        // Without a start date nobody knows which events are in the data already.
        check_posts(&events, roster, log);
        check_mergers(&events, found, policy, log);
        check_people(&events, roster, log);
    }
    events
}

fn event(
    row: &Row,
    date: NaiveDate,
    kind: EventKind,
    found: &Posts<'_>,
    roster: &Roster,
    dated: bool,
    log: &mut Log,
) -> Option<Event> {
    let of_post = matches!(kind, EventKind::NewPost | EventKind::ClosePost | EventKind::Rename | EventKind::Merge);
    let needed: &[&str] = match kind {
        EventKind::Rename => &["post", "note"],
        EventKind::Merge => &["post", "to_post"],
        _ if of_post => &["post"],
        EventKind::Promote => &["staff", "to_post"],
        _ => &["staff"],
    };
    let mut lacks = false;
    for column in needed.iter().filter(|column| row.is_blank(column)) {
        let problem = Problem::new("E0502").with("column", column);
        log.at(row.at, column, problem.with("value", row.written("kind").unwrap_or("")));
        lacks = true;
    }
    let staff = match row.text("staff").map(|id| roster.index.find(id)) {
        Some(Ok(Known::Planned(ix))) => Some(ix),
        Some(Ok(Known::Unplanned)) if !dated => return None,
        Some(Ok(Known::Unplanned)) if !of_post => {
            log.at(row.at, "staff", Problem::new("E0503").with("value", row.text("staff").unwrap_or("")));
            lacks = true;
            None
        }
        Some(Err(problem)) if !of_post => {
            log.at(row.at, "staff", problem.with("column", "staff"));
            lacks = true;
            None
        }
        _ => None,
    };
    let mut post = |column: &str| {
        let text = row.text(column)?;
        match found.index.find(text, Near::default()) {
            Ok(ix) => Some(ix),
            Err(problem) => {
                log.at(row.at, column, problem.with("column", column));
                lacks = true;
                None
            }
        }
    };
    let (from, to) = (post("post"), post("to_post"));
    let until = row.date("until");
    match until {
        Some(until) if kind != EventKind::Absent => log.at(row.at, "until", Problem::new("W0504").with("date", until)),
        Some(until) if until <= date => {
            log.at(row.at, "until", Problem::new("E0507").with("from", date).with("until", until));
            lacks = true;
        }
        _ => {}
    }
    (!lacks).then(|| Event {
        date,
        kind,
        staff: staff.filter(|_| !of_post),
        post: from,
        to_post: to,
        until: until.filter(|_| kind == EventKind::Absent),
        note: row.owned("note"),
        row: row.at,
    })
}

/// A post opens once and ends once, by closing or merging, in that order; nobody sits in one that is not open.
fn check_posts(events: &[Event], roster: &Roster, log: &mut Log) {
    let mut seen: BTreeMap<PostIx, Vec<(EventKind, NaiveDate)>> = BTreeMap::new();
    for event in events {
        let ends = |kind: EventKind| matches!(kind, EventKind::ClosePost | EventKind::Merge);
        let Some(post) = event.post.filter(|_| event.kind == EventKind::NewPost || ends(event.kind)) else {
            continue;
        };
        let before = seen.entry(post).or_default();
        let again = before.iter().any(|(kind, _)| ends(*kind) == ends(event.kind));
        let opens_after_closing = event.kind == EventKind::NewPost && before.iter().any(|(kind, _)| ends(*kind));
        if again || opens_after_closing {
            log.at(event.row, "post", Problem::new("E0510"));
        }
        before.push((event.kind, event.date));
        if event.kind == EventKind::NewPost
            && let Some(holder) = roster.people.iter().find(|person| person.post == Some(post))
        {
            log.at(event.row, "post", Problem::new("E0509").with("staff", &holder.id).with("date", event.date));
        }
    }
    let lives = lives(events);
    let open = |post: PostIx, day| lives.get(&post).copied().unwrap_or_default().open_on(day);
    for event in events.iter().filter(|event| !matches!(event.kind, EventKind::NewPost | EventKind::ClosePost)) {
        let renamed = event.post.filter(|_| event.kind == EventKind::Rename);
        for (column, post) in [("post", renamed), ("to_post", event.to_post)] {
            if post.is_some_and(|post| !open(post, event.date)) {
                log.at(event.row, column, Problem::new("E0508").with("date", event.date));
            }
        }
    }
}

/// Who passes by a merger has a seat from then on; and in its plan year nobody is brought into the post that goes.
fn check_mergers(events: &[Event], found: &Posts<'_>, policy: &Policy, log: &mut Log) {
    let lives = lives(events);
    let year = |date: NaiveDate| (0..=policy.horizon()).rev().find(|t| *t == 0 || policy.effective(*t) <= date);
    let of = |post: PostIx| lives.get(&post).copied().unwrap_or_default();
    for event in events {
        let Some(to) = event.to_post else { continue };
        let life = of(to);
        let Some(ends) = life.ends.filter(|ends| event.date < *ends && year(*ends) == year(event.date)) else {
            continue;
        };
        match (event.kind, life.into) {
            (EventKind::Merge, None) => {
                let problem = Problem::new("E0505").with("post", &found.posts[to.0].id).with("date", ends);
                log.at(event.row, "to_post", problem);
            }
            (EventKind::Join | EventKind::Recruit | EventKind::Promote, Some(into)) => {
                let problem = Problem::new("E0516").with("post", &found.posts[to.0].id).with("date", ends);
                log.at(event.row, "to_post", problem.with("into", &found.posts[into.0].id));
            }
            _ => {}
        }
    }
}

/// Walks each person through their events: joining only from outside, everything else only in service.
fn check_people(events: &[Event], roster: &Roster, log: &mut Log) {
    let mut inside: BTreeMap<PersonIx, bool> = BTreeMap::new();
    let mut away: BTreeSet<PersonIx> = BTreeSet::new();
    for event in events {
        let Some(staff) = event.staff else { continue };
        let Some(person) = roster.people.get(staff.0) else { continue };
        let outside = roster.outside.contains(&staff);
        let is_in = inside.entry(staff).or_insert(!outside);
        match event.kind {
            EventKind::Join | EventKind::Recruit => {
                let said_in = !*is_in && roster.in_service.contains(&staff) && person.post_since.is_some();
                if *is_in || said_in {
                    log.at(event.row, "staff", Problem::new("E0504").with("value", &person.id));
                }
                *is_in = true;
                away.remove(&staff);
            }
            _ if !*is_in => {
                log.at(event.row, "staff", Problem::new("E0506").with("value", &person.id).with("date", event.date));
            }
            EventKind::Retire if person.under_investigation == Some(Investigation::Filed) => {
                log.at(event.row, "staff", Problem::new("W0503").with("value", &person.id));
            }
            EventKind::Leave | EventKind::Retire => *is_in = false,
            EventKind::Absent => {
                away.insert(staff);
            }
            EventKind::Return if person.absence.is_none() && !away.contains(&staff) => {
                log.at(event.row, "staff", Problem::new("W0506").with("value", &person.id));
            }
            _ => {}
        }
    }
}
