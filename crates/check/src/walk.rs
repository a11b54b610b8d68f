//! One person's way through a layout: how each year was entered, and which clock runs (semantics 4, 7, 19, 35).

use crate::facts::{Facts, Given};
use chrono::NaiveDate;
use lungang_domain::{Layout, PersonIx, Place, PostIx, months_between};

/// How a person came to the place of a layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Entry {
    /// Layout 0, or no seat.
    None,
    /// Same seat as before.
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

/// One layout of one person.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Step {
    pub place: Place,
    pub entry: Entry,
    /// Beginning of the R14 clocks (post, ten-year); R16 carries it along.
    pub clock: Clock,
    /// Beginning of the stay, for R10 and T4.
    pub stay: Clock,
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
        Given::Post { post, date, .. } if service.joins.is_some() || roster.post != Some(post) => Some(date),
        _ => roster.post_since.map(|since| since.date),
    };
    let begun = place.seat().and(begun);
    let last = facts.today[person.0].or(roster.post.filter(|_| service.joins.is_none()));
    let mut steps = vec![Step {
        place,
        entry: Entry::None,
        clock: begun,
        stay: begun,
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
        steps.push(Step {
            place,
            entry,
            clock,
            stay,
            last: place.seat().or(before.last),
            at_todays: before.at_todays && place.seat() == before.seat(),
        });
    }
    steps
}

fn entry(facts: &Facts, person: PersonIx, t: usize, before: Option<PostIx>, place: Place) -> Entry {
    let Some(seat) = place.seat() else { return Entry::None };
    match (facts.people[person.0].given[t], before) {
        // Promoted where one sits already: the clock runs on.
        (Given::Post { post, promotion: true, .. }, Some(before)) if post == seat && before == seat => Entry::Kept,
        (Given::Post { post, .. }, _) if post == seat => Entry::Event,
        (Given::NoPost { .. }, _) | (_, None) => Entry::Placed,
        (_, Some(before)) if before == seat => Entry::Kept,
        (_, Some(from)) => Entry::Moved { from, forced: !facts.is_open(from, t) },
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
