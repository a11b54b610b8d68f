//! The further clocks of R14: section, unit, unit at one level, domain (semantics 20, 68).

use super::calendar::Level;
use super::facts::Facts;
use super::paths::Stand;
use chrono::NaiveDate;
use lungang_domain::{Lead, PersonIx, PostIx, add_months, months_between};

/// Start of the time in section, unit and domain; `None` where unknown, or where no clock looks at it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Since {
    section: Option<NaiveDate>,
    unit: Option<NaiveDate>,
    domain: Option<NaiveDate>,
}

impl Facts<'_> {
    /// Only what a clock of the policy looks at, so that states stay few.
    fn watched(&self, since: Since) -> Since {
        let time = &self.policy.time;
        Since {
            section: since.section.filter(|_| time.section.is_some()),
            unit: since.unit.filter(|_| time.unit.is_some() || time.unit_level.is_some()),
            domain: since.domain.filter(|_| time.domain.is_some()),
        }
    }

    /// What runs on when somebody goes from one post into another, and what begins.
    fn going(&self, old: Since, from: PostIx, to: PostIx, begun: Option<NaiveDate>) -> Since {
        let (a, b) = (self.post(from), self.post(to));
        let pick = |same: bool, old| if same { old } else { begun };
        Since {
            section: pick(a.section.is_some() && a.section == b.section, old.section),
            unit: pick(a.unit == b.unit, old.unit),
            domain: pick(a.domain.is_some() && a.domain == b.domain, old.domain),
        }
    }

    /// After entering a post out of a stand.
    pub(super) fn since_entering(&self, from: Stand, to: PostIx, begun: Option<NaiveDate>) -> Since {
        let anew = Since { section: begun, unit: begun, domain: begun };
        self.watched(match from {
            Stand::Seat { post, since, .. } => self.going(since, post, to, begun),
            Stand::Outside | Stand::Unplaced { .. } | Stand::Left => anew,
        })
    }

    /// In layout 0: by the roster, but for what an event before the start has begun.
    pub(super) fn since_today(&self, ix: PersonIx, post: PostIx, begun: Option<NaiveDate>) -> Since {
        let (person, calendar) = (self.person(ix), &self.calendars[ix.0]);
        let Some(listed) = person.post.filter(|_| calendar.arrival.is_none()) else {
            return self.watched(Since { section: begun, unit: begun, domain: begun });
        };
        let told = Since {
            section: person.section_since.map(|since| since.date),
            unit: person.unit_since.map(|since| since.date),
            domain: self.domain_since(ix, listed),
        };
        self.watched(if self.became(listed, 0) == post { told } else { self.going(told, listed, post, begun) })
    }

    /// Back from the start of today's stay over past stays in its domain, as long as one ends within a month of the next.
    fn domain_since(&self, ix: PersonIx, post: PostIx) -> Option<NaiveDate> {
        self.post(post).domain.as_ref()?;
        let mut start = self.person(ix).post_since.map(|since| since.date)?;
        loop {
            let before = self.case.history.iter().filter(|row| {
                row.staff == ix
                    && row.domain == self.post(post).domain
                    && row.to.is_some_and(|to| start <= add_months(to, 1))
                    && row.from.is_some_and(|from| from < start)
            });
            match before.filter_map(|row| row.from).min() {
                Some(from) => start = from,
                None => return Some(start),
            }
        }
    }

    /// Since when somebody has had the level of layout t.
    fn level_since(&self, ix: PersonIx, t: usize) -> Option<NaiveDate> {
        let (person, calendar) = (self.person(ix), &self.calendars[ix.0]);
        let rank = |level: &Level| match level {
            Level::Blank => None,
            Level::None => self.policy.level_rank("无"),
            Level::Rung(rank) => Some(*rank),
        };
        let mut since = person.level_since;
        let mut before = person.level.as_deref().and_then(|level| self.policy.level_rank(level));
        for year in 0..=t {
            let now = rank(&calendar.level[year]);
            if let Some(put) = calendar.put[year].filter(|put| put.promotion && put.post.is_some() && now != before) {
                since = Some(put.date);
            }
            before = now;
        }
        since
    }

    /// The most months beyond a *must*, and the most between a *should* and its *must*, on a day in layout t.
    pub(super) fn furthest(&self, ix: PersonIx, post: PostIx, since: Since, t: usize, day: NaiveDate) -> (i64, i64) {
        let (time, place) = (&self.policy.time, self.post(post));
        let leads = place.section.is_some() && (place.lead == Lead::Head || place.lead == Lead::Deputy);
        let at_level = since.unit.and_then(|unit| self.level_since(ix, t).map(|level| level.max(unit)));
        let clocks = [
            (time.section, since.section.filter(|_| leads)),
            (time.unit, since.unit),
            (time.unit_level, at_level),
            (time.domain, since.domain.filter(|_| place.domain.is_some())),
        ];
        let mut most = (0, 0);
        for (limits, begun) in clocks {
            let (Some(limits), Some(begun)) = (limits, begun) else { continue };
            let months = i64::from(months_between(begun, day));
            most.0 = most.0.max(months - i64::from(limits.must));
            most.1 = most.1.max(months.min(i64::from(limits.must)) - i64::from(limits.should));
        }
        if self.dropped.stands("R14") { most } else { (0, 0) }
    }
}
