//! One person's way through a layout: how each year was entered, and which clock runs (semantics 4, 7, 19, 35).

use crate::facts::{Facts, Given, Level};
use chrono::NaiveDate;
use lungang_domain::{Layout, PersonIx, Place, PostIx, add_months, months_between};

/// How a person came to the place of a layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Entry {
    /// Layout 0, or no seat.
    None,
    /// Same seat as before, or the one into which it has merged.
    Kept,
    /// Into a seat by a listed event.
    Event,
    /// A move, out of a closed post if forced.
    Moved { from: PostIx, forced: bool },
    /// A placement of someone without a seat.
    Placed,
}

/// A clock: when it began, if known.
pub(crate) type Clock = Option<NaiveDate>;

/// What the further clocks of R14 are read off.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Times {
    pub section: Clock,
    pub unit: Clock,
    pub domain: Clock,
    pub level: Clock,
}

/// One layout of one person.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Step {
    pub place: Place,
    pub entry: Entry,
    /// Beginning of the R14 clocks (post, ten-year); R16 carries it along.
    pub clock: Clock,
    /// Beginning of the stay, for R10 and T4.
    pub stay: Clock,
    /// Beginning of the time in section, unit and domain, and of the level (semantics 68).
    pub times: Times,
    /// Post held last, up to and including this layout.
    pub last: Option<PostIx>,
    /// Whether today's post has been held without a break up to this layout.
    pub at_todays: bool,
}

impl Step {
    /// The seat taken.
    pub fn seat(&self) -> Option<PostIx> {
        self.place.seat()
    }

    /// The post entered by a move or placement of the plan.
    pub fn entered(&self) -> Option<PostIx> {
        match self.entry {
            Entry::Moved { .. } | Entry::Placed => self.seat(),
            Entry::None | Entry::Kept | Entry::Event => None,
        }
    }

    /// Months on the R14 clocks on a day; 0 where the beginning is unknown (semantics 3).
    pub fn months(&self, day: NaiveDate) -> i32 {
        self.clock.map_or(0, |since| months_between(since, day).max(0))
    }
}

/// Everybody's way through one layout: `steps[person][t]`.
pub(crate) struct Walk {
    pub steps: Vec<Vec<Step>>,
}

impl Walk {
    /// Reads a layout of T + 1 places a person.
    pub fn new(facts: &Facts, layout: &Layout) -> Self {
        Self { steps: facts.case.people_ix().map(|person| walk(facts, layout, person)).collect() }
    }

    /// One layout of one person.
    pub fn at(&self, person: PersonIx, t: usize) -> &Step {
        &self.steps[person.0][t]
    }
}

fn walk(facts: &Facts, layout: &Layout, person: PersonIx) -> Vec<Step> {
    let roster = facts.case.person(person);
    let service = &facts.people[person.0];
    let place = layout.at(person, 0);
    let begun = match service.given[0] {
        Given::Post { post, date, .. }
            if service.joins.is_some() || roster.post.map(|listed| facts.successor(listed, 0)) != Some(post) =>
        {
            Some(date)
        }
        _ => roster.post_since.map(|since| since.date),
    };
    let begun = place.seat().and(begun);
    let last = facts.today[person.0].or(roster.post.filter(|_| service.joins.is_none()));
    let mut steps = vec![Step {
        place,
        entry: Entry::None,
        clock: begun,
        stay: begun,
        times: Times { level: levelled(facts, person, 0, roster.level_since), ..times_today(facts, person, begun) },
        last,
        at_todays: place.seat().is_some() && place.seat() == facts.today[person.0],
    }];
    for t in 1..=facts.years {
        let before = steps[t - 1];
        let place = layout.at(person, t);
        let entry = entry(facts, person, t, before.seat(), place);
        let (clock, stay) = match entry {
            Entry::None => (None, None),
            Entry::Kept => (before.clock, before.stay),
            Entry::Event | Entry::Placed => {
                let date = match service.given[t] {
                    Given::Post { date, .. } if entry == Entry::Event => date,
                    Given::NoPost { date, .. } => date,
                    _ => facts.day(t),
                };
                (Some(date), Some(date))
            }
            Entry::Moved { from, .. } => {
                let day = Some(facts.day(t));
                let carried = place.seat().is_some_and(|to| r16_keeps_the_clock(facts, from, to));
                (if carried { before.clock } else { day }, day)
            }
        };
        let times = match (entry, before.seat(), place.seat()) {
            (Entry::Kept, _, _) => before.times,
            (_, _, None) => Times::default(),
            (Entry::Placed, _, Some(_)) | (_, None, _) => {
                Times { section: stay, unit: stay, domain: stay, level: None }
            }
            (_, Some(from), Some(to)) => onward(facts, before.times, from, to, stay),
        };
        let times = Times { level: levelled(facts, person, t, before.times.level), ..times };
        steps.push(Step {
            times,
            place,
            entry,
            clock,
            stay,
            last: place.seat().or(before.last),
            at_todays: before.at_todays && entry == Entry::Kept,
        });
    }
    steps
}

/// The times of layout 0, by the roster; an event before the start begins what it changes.
fn times_today(facts: &Facts, person: PersonIx, begun: Clock) -> Times {
    let roster = facts.case.person(person);
    let anew = Times { section: begun, unit: begun, domain: begun, level: None };
    let listed = roster.post.filter(|_| facts.people[person.0].joins.is_none());
    let (Some(now), Some(listed)) = (facts.today[person.0], listed) else { return anew };
    let told = Times {
        section: roster.section_since.map(|since| since.date),
        unit: roster.unit_since.map(|since| since.date),
        domain: in_domain(facts, person, listed),
        level: None,
    };
    if facts.successor(listed, 0) == now { told } else { onward(facts, told, listed, now, begun) }
}

/// What runs on from one post to the next, and what begins with the stay.
fn onward(facts: &Facts, old: Times, from: PostIx, to: PostIx, begun: Clock) -> Times {
    let (a, b) = (facts.case.post(from), facts.case.post(to));
    Times {
        section: if a.section.is_some() && a.section == b.section { old.section } else { begun },
        unit: if a.unit == b.unit { old.unit } else { begun },
        domain: if a.domain.is_some() && a.domain == b.domain { old.domain } else { begun },
        level: None,
    }
}

/// When the time in the domain of a post began: past stays in it count as long as they meet within a month.
fn in_domain(facts: &Facts, person: PersonIx, post: PostIx) -> Clock {
    // Nothing looks at it while its clock is off.
    facts.policy.time.domain?;
    let domain = facts.case.post(post).domain.as_deref()?;
    let mut begun = facts.case.person(person).post_since?.date;
    let mut rows: Vec<(NaiveDate, NaiveDate)> = facts
        .case
        .history
        .iter()
        .filter(|row| row.staff == person && row.domain.as_deref() == Some(domain))
        .filter_map(|row| row.from.zip(row.to))
        .collect();
    // Of rows that reach the stay, the earliest; then those that reach that.
    while let Some(at) = rows.iter().position(|(from, to)| *from < begun && add_months(*to, 1) >= begun) {
        begun = rows.swap_remove(at).0;
    }
    Some(begun)
}

/// Since when the level of layout `t` has been held; `before`: that of the layout before.
fn levelled(facts: &Facts, person: PersonIx, t: usize, before: Clock) -> Clock {
    let service = &facts.people[person.0];
    let Some(promotion) = service.promoted(t) else { return before };
    let rung = |level: Level| match level {
        Level::Rung(rung) => Some(rung),
        Level::Blank => None,
    };
    let own = facts.case.person(person).level.as_deref().and_then(|level| facts.policy.level_rank(level));
    let old = match t.checked_sub(1) {
        Some(earlier) => rung(service.level[earlier]),
        None => own.and_then(|own| i64::try_from(own).ok()),
    };
    if rung(service.level[t]) == old { before } else { Some(promotion.date) }
}

fn entry(facts: &Facts, person: PersonIx, t: usize, before: Option<PostIx>, place: Place) -> Entry {
    let Some(seat) = place.seat() else { return Entry::None };
    let kept = before.and_then(|before| facts.kept_seat(before, t));
    match (facts.people[person.0].given[t], before) {
        // Promoted where one sits already: the clock runs on.
        (Given::Post { post, promotion: true, .. }, Some(_)) if post == seat && kept == Some(seat) => Entry::Kept,
        (Given::Post { post, .. }, _) if post == seat => Entry::Event,
        (Given::NoPost { .. }, _) | (_, None) => Entry::Placed,
        (_, Some(_)) if kept == Some(seat) => Entry::Kept,
        (_, Some(from)) => Entry::Moved { from, forced: kept.is_none() },
    }
}

/// R16 (semantics 19): a move between like posts of one section keeps the R14 clock.
pub(crate) fn r16_keeps_the_clock(facts: &Facts, from: PostIx, to: PostIx) -> bool {
    let (old, new) = (facts.case.post(from), facts.case.post(to));
    facts.policy.rule_on("R16")
        && old.section.is_some()
        && old.section == new.section
        && old.power == new.power
        && old.domain == new.domain
        && facts.grade(from) == facts.grade(to)
}
