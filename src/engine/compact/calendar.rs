//! One person's calendar: what events, roster and sanctions say about each year, whatever the plan does.

use super::facts::Facts;
use chrono::NaiveDate;
use lungang_domain::{Event, EventKind, Investigation, Lead, Person, PersonIx, PostIx, RankSpan, add_months};

/// What the event of a year says about somebody's post, whatever the plan did before (semantics 7, 33, 42, 50).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Put {
    /// When.
    pub date: NaiveDate,
    /// Into which post; `None`: without one, so unplaced or placed at once. A post that is not open is none.
    pub post: Option<PostIx>,
    /// By promotion.
    pub promotion: bool,
}

/// Half-open span of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Span {
    /// First day.
    pub from: NaiveDate,
    /// First day after.
    pub until: NaiveDate,
}

/// One person's calendar.
#[derive(Clone, Debug)]
pub(super) struct Calendar {
    /// The join or recruitment that brings the person, if it lies ahead: date and year.
    pub arrival: Option<(NaiveDate, usize)>,
    /// The leaving or retirement that counts: date and year.
    pub departure: Option<(NaiveDate, usize)>,
    /// What the event of year t says (0: before the plan starts).
    pub put: Vec<Option<Put>>,
    /// Rank on the ladder of levels in layout t, and whether it is known; see [`Level`].
    pub level: Vec<Level>,
    /// When they retire, for rule R15.
    pub retirement: Option<NaiveDate>,
    /// First day after every probation that has begun by d_t.
    pub probation: Vec<Option<NaiveDate>>,
    /// Absences in order of their beginning, within service, with their hosts.
    pub absences: Vec<(Span, Option<PostIx>)>,
}

/// Leading level of a person (semantics 12, 30).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Level {
    /// Not filled: passes every test.
    Blank,
    /// Known to have none: 无, or nothing filled in a post without level.
    None,
    /// A rung of the ladder.
    Rung(usize),
}

/// The word of the ladder for "no leading level".
const NO_LEVEL: &str = "无";

impl Facts<'_> {
    pub(super) fn calendar(&self, ix: PersonIx) -> Calendar {
        let person = self.person(ix);
        let mine: Vec<_> = self.events().filter(|event| event.staff == Some(ix)).collect();
        let filed = person.under_investigation == Some(Investigation::Filed);
        let arrives = |kind| matches!(kind, EventKind::Join | EventKind::Recruit);
        let arrival = mine.iter().find(|event| arrives(event.kind)).map(|event| (event.date, self.year_of(event.date)));

        // A `retire` row wins over `retire_date`; neither takes out someone under 立案 (semantics 7, 15, 42).
        let retire_row = mine.iter().find(|event| event.kind == EventKind::Retire).map(|event| event.date);
        let retirement = retire_row.or(person.retire_date);
        let leave = mine.iter().find(|event| event.kind == EventKind::Leave).map(|event| event.date);
        let departure = leave
            .into_iter()
            .chain(retirement.filter(|_| !filed))
            .min()
            .map(|date| (date, self.year_of(date)))
            .filter(|(_, year)| *year <= self.years);

        // Of two events in a year the later one counts; leaving wins over both (semantics 42).
        let mut put = vec![None; self.years + 1];
        for event in &mine {
            let t = self.year_of(event.date);
            let arriving = arrives(event.kind) && arrival.is_some_and(|(date, _)| date == event.date);
            let promotion = event.kind == EventKind::Promote && event.to_post.is_some();
            let serving = arrival.is_none_or(|(date, _)| date <= event.date)
                && departure.is_none_or(|(_, year)| t < year)
                && t <= self.years;
            if serving && (arriving || promotion) {
                let post = event.to_post.filter(|post| self.is_open(*post, t));
                put[t] = Some(Put { date: event.date, post, promotion });
            }
        }

        let today = self.place_today(ix, arrival, departure, &put);
        let level = self.levels(person, today, &put);
        let recruited = mine.iter().find(|event| event.kind == EventKind::Recruit).map(|event| event.date);
        let probation = (0..=self.years).map(|t| self.probation(person, recruited, &put, t)).collect();
        let absences = self.absences(person, &mine, arrival, departure);
        Calendar { arrival, departure, put, level, retirement, probation, absences }
    }

    /// The post of layout 0: the data, with the events before the start applied (semantics 1).
    pub(super) fn place_today(
        &self,
        ix: PersonIx,
        arrival: Option<(NaiveDate, usize)>,
        departure: Option<(NaiveDate, usize)>,
        put: &[Option<Put>],
    ) -> Option<PostIx> {
        let arrived = arrival.is_none_or(|(_, year)| year == 0);
        let gone = departure.is_some_and(|(_, year)| year == 0);
        let from_data = if arrival.is_none() { self.person(ix).post } else { None };
        let post = put[0].map_or(from_data, |put| put.post).map(|post| self.became(post, 0));
        post.filter(|post| arrived && !gone && self.is_open(*post, 0))
    }

    /// A promotion gives the level of its post; of a span, the person's own where it lies inside, else the lower end;
    /// a post without level leaves the level as it was (semantics 7, 30).
    fn levels(&self, person: &Person, today: Option<PostIx>, put: &[Option<Put>]) -> Vec<Level> {
        let rung = |word: &str| match self.policy.level_rank(word) {
            _ if word == NO_LEVEL => Level::None,
            Some(rank) => Level::Rung(rank),
            None => Level::Blank,
        };
        let asks_none = |span: &RankSpan| span.low == NO_LEVEL && span.high == NO_LEVEL;
        // A blank counts as 无 for who sits today in a post without level (semantics 12, 30).
        let mut level = match (&person.level, today.map(|post| self.post(post).level.as_ref())) {
            (Some(own), _) => rung(own),
            (None, Some(span)) if span.is_none_or(asks_none) => Level::None,
            (None, _) => Level::Blank,
        };
        put.iter()
            .map(|put| {
                let promoted = put.filter(|put| put.promotion).and_then(|put| put.post);
                if let Some(span) = promoted.and_then(|post| self.post(post).level.as_ref())
                    && (level == Level::Blank || !self.level_within(&level, &span.low, &span.high))
                {
                    level = rung(&span.low);
                }
                level.clone()
            })
            .collect()
    }

    /// Whether a known level lies in a span of the ladder; 无 is its rung where the ladder has one, else below all.
    pub fn level_within(&self, level: &Level, low: &str, high: &str) -> bool {
        self.level_within_from(level, low, high, 0)
    }

    /// The same of a span that begins so many rungs lower.
    pub fn level_within_from(&self, level: &Level, low: &str, high: &str, below: usize) -> bool {
        let none = || self.policy.level_rank(NO_LEVEL);
        let rank = match level {
            Level::Blank => return true,
            Level::None => none(),
            Level::Rung(rank) => Some(*rank),
        };
        let (low, high) = (self.policy.level_rank(low), self.policy.level_rank(high));
        match (rank, low, high) {
            (Some(rank), Some(low), Some(high)) => (low.saturating_sub(below)..=high).contains(&rank),
            (None, _, _) => low.is_none(),
            _ => true,
        }
    }

    /// R05: the first day after the probations of recruitment and of promotions of years before t (semantics 36, 49).
    fn probation(
        &self,
        person: &Person,
        recruited: Option<NaiveDate>,
        put: &[Option<Put>],
        t: usize,
    ) -> Option<NaiveDate> {
        let time = &self.policy.time;
        let recruited = recruited.filter(|date| self.year_of(*date) < t);
        let leads = |put: &&Put| put.promotion && put.post.is_some_and(|post| self.post(post).lead != Lead::None);
        put.iter()
            .take(t)
            .flatten()
            .filter(leads)
            .map(|put| add_months(put.date, time.leader_probation))
            .chain(recruited.map(|date| add_months(date, time.recruit_probation)))
            .chain(person.probation_until)
            .max()
    }

    /// Absences of roster and events, ended by a `return`, within service (semantics 41).
    fn absences(
        &self,
        person: &Person,
        mine: &[&Event],
        arrival: Option<(NaiveDate, usize)>,
        departure: Option<(NaiveDate, usize)>,
    ) -> Vec<(Span, Option<PostIx>)> {
        let roster = person.absence.iter().map(|absence| {
            (absence.from.unwrap_or(NaiveDate::MIN), absence.until.unwrap_or(NaiveDate::MAX), absence.host)
        });
        let listed = mine
            .iter()
            .filter(|event| event.kind == EventKind::Absent)
            .map(|event| (event.date, event.until.unwrap_or(NaiveDate::MAX), event.to_post));
        let mut absences: Vec<(NaiveDate, NaiveDate, Option<PostIx>)> = roster.chain(listed).collect();
        for back in mine.iter().filter(|event| event.kind == EventKind::Return) {
            // An absence that begins on the day of a return is a new one (semantics 51).
            for absence in absences.iter_mut().filter(|(from, until, _)| *from < back.date && back.date < *until) {
                absence.1 = back.date;
            }
        }
        let first = arrival.map_or(NaiveDate::MIN, |(date, _)| date);
        let last = departure.map_or(NaiveDate::MAX, |(date, _)| date);
        let mut absences: Vec<(Span, Option<PostIx>)> = absences
            .into_iter()
            .map(|(from, until, host)| (Span { from: from.max(first), until: until.min(last) }, host))
            .filter(|(span, _)| span.from < span.until)
            .collect();
        // Of two begun on one day the listed one, which is the later word, stays behind the roster's.
        absences.sort_by_key(|(span, _)| span.from);
        absences
    }
}
