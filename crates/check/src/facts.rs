//! What the data and the events alone fix, plan or no plan: dates, service, absences, open posts, levels, decisions.

use crate::absence::Absences;
use chrono::NaiveDate;
use lungang_domain::{
    Case, Decision, DecisionKind, Event, EventKind, Grade, Investigation, Layout, Lead, PersonIx, Place, Policy, Post,
    PostIx, RankSpan, StaffingKind, add_months, months_between,
};

/// What an event says of a person's post in the year of the event (semantics 7, 29, 33, 42).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Given {
    /// No event.
    Nothing,
    /// In this post from this date.
    Post { post: PostIx, date: NaiveDate, promotion: bool },
    /// Without a post from this date: joining, or promoted into a post that closes within the year (semantics 50).
    NoPost { date: NaiveDate, promotion: bool },
}

/// A listed promotion that counts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Promotion {
    pub year: usize,
    pub date: NaiveDate,
    pub post: PostIx,
}

/// Entry into service by an event after the date of the data.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Joining {
    pub year: usize,
    pub date: NaiveDate,
    pub recruit: bool,
}

/// A person's way through the horizon as far as the data fix it.
#[derive(Clone, Debug)]
pub(crate) struct Service {
    pub joins: Option<Joining>,
    pub leaves: Option<(usize, NaiveDate)>,
    /// One entry per layout 0 … T.
    pub given: Vec<Given>,
    pub promotions: Vec<Promotion>,
    pub retirement: Option<NaiveDate>,
    pub absences: Absences,
    /// Level on the ladder after the events of each layout 0 … T.
    pub level: Vec<Level>,
}

impl Service {
    /// Whether the person is in service in layout `t`.
    pub fn serves(&self, t: usize) -> bool {
        self.joins.is_none_or(|joins| joins.year <= t) && !self.left(t)
    }

    /// Whether the person has left by layout `t`.
    pub fn left(&self, t: usize) -> bool {
        self.leaves.is_some_and(|(year, _)| year <= t)
    }

    /// The promotion that counts in year `t`.
    pub fn promoted(&self, t: usize) -> Option<&Promotion> {
        self.promotions.iter().find(|promotion| promotion.year == t)
    }
}

/// A person's leading level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Level {
    /// Not known: every test passes.
    Blank,
    /// Rung of the ladder; −1 for 无 where the ladder lacks it.
    Rung(i64),
}

/// When a post is open: layouts `from..until`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Span {
    pub from: usize,
    pub until: usize,
    pub opens: Option<NaiveDate>,
    pub closes: Option<NaiveDate>,
    pub merges: Option<Merger>,
}

/// A post goes on in another (semantics 70).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Merger {
    pub into: PostIx,
    pub year: usize,
    pub date: NaiveDate,
}

/// All of it for one case and policy.
pub(crate) struct Facts<'a> {
    pub case: &'a Case,
    pub policy: &'a Policy,
    /// T.
    pub years: usize,
    pub people: Vec<Service>,
    pub open: Vec<Span>,
    /// Seats of layout 0.
    pub today: Vec<Option<PostIx>>,
    decisions: Vec<Vec<(&'a Decision, Vec<usize>)>>,
    events: Vec<Vec<&'a Event>>,
    /// d_1 … d_{T+1}, from position 1 on.
    days: Vec<NaiveDate>,
}

impl<'a> Facts<'a> {
    pub fn new(case: &'a Case, policy: &'a Policy) -> Self {
        let years = policy.horizon();
        let mut decisions = vec![Vec::new(); case.people.len()];
        for decision in &case.decisions {
            if let Some(list) = decisions.get_mut(decision.staff.0) {
                list.push((decision, policy.decision_years(decision)));
            }
        }
        let mut events = vec![Vec::new(); case.people.len()];
        for event in &case.events {
            if let Some(list) = event.staff.and_then(|staff| events.get_mut(staff.0)) {
                list.push(event);
            }
        }
        let days = (0..=years + 1).map(|t| policy.effective(t)).collect();
        let (people, open, today) = (Vec::new(), Vec::new(), Vec::new());
        let mut facts = Self { case, policy, years, people, open, today, decisions, events, days };
        facts.open = facts.spans();
        facts.people = case.people_ix().map(|person| facts.service(person)).collect();
        facts.today = case.people_ix().map(|person| facts.seat_today(person)).collect();
        for person in case.people_ix() {
            facts.people[person.0].level = facts.levels(person);
        }
        facts
    }

    /// d_t, t = 1 … T + 1.
    pub fn day(&self, t: usize) -> NaiveDate {
        self.days[t]
    }

    /// The layout in which an event of this date counts: 0 up to the eve of d_1, beyond T after the horizon; `None`
    /// where the date is already in the data (semantics 1).
    fn year_of(&self, date: NaiveDate) -> Option<usize> {
        if date <= self.policy.as_of {
            return None;
        }
        Some((1..=self.years + 1).take_while(|t| self.day(*t) <= date).last().unwrap_or(0))
    }

    fn spans(&self) -> Vec<Span> {
        let span = Span { from: 0, until: usize::MAX, opens: None, closes: None, merges: None };
        let mut spans = vec![span; self.case.posts.len()];
        for event in &self.case.events {
            let (Some(post), Some(year)) = (event.post, self.year_of(event.date)) else { continue };
            let Some(span) = spans.get_mut(post.0) else { continue };
            match event.kind {
                EventKind::NewPost if span.opens.is_none() => {
                    span.from = year;
                    span.opens = Some(event.date);
                }
                EventKind::ClosePost if span.closes.is_none() => {
                    span.until = span.until.min(year);
                    span.closes = Some(event.date);
                }
                EventKind::Merge if span.merges.is_none() => {
                    let Some(into) = event.to_post else { continue };
                    span.until = span.until.min(year);
                    span.merges = Some(Merger { into, year, date: event.date });
                }
                _ => {}
            }
        }
        spans
    }

    /// Whether a post is open in layout `t`.
    pub fn is_open(&self, post: PostIx, t: usize) -> bool {
        self.open.get(post.0).is_some_and(|span| span.from <= t && t < span.until)
    }

    /// The post that stands for this one in layout `t`: what it has merged into, if it has.
    pub fn successor(&self, post: PostIx, t: usize) -> PostIx {
        let mut now = post;
        let mut left = self.open.len();
        while let Some(merger) = self.open[now.0].merges.filter(|merger| merger.year <= t && left > 0) {
            now = merger.into;
            left -= 1;
        }
        now
    }

    /// The seat in layout `t` of who had one in layout t − 1 and was not moved; `None`: it has gone.
    pub fn kept_seat(&self, post: PostIx, t: usize) -> Option<PostIx> {
        Some(self.successor(post, t)).filter(|now| self.is_open(*now, t))
    }

    fn service(&self, ix: PersonIx) -> Service {
        let person = self.case.person(ix);
        let own = || self.events[ix.0].iter().copied();
        let dated = |kind: EventKind| {
            own().filter(move |event| event.kind == kind).filter_map(|event| Some((self.year_of(event.date)?, event)))
        };
        let filed = person.under_investigation == Some(Investigation::Filed);
        let retire_row = dated(EventKind::Retire).map(|(_, event)| event.date).min();
        let retirement = retire_row.or(person.retire_date);
        let leaves = dated(EventKind::Leave)
            .map(|(_, event)| event.date)
            .chain(retirement.filter(|_| !filed))
            .filter_map(|date| Some((self.year_of(date)?, date)))
            .min();
        let joins = dated(EventKind::Join)
            .chain(dated(EventKind::Recruit))
            .map(|(year, event)| Joining { year, date: event.date, recruit: event.kind == EventKind::Recruit })
            .min_by_key(|joining| joining.date);
        let mut service = Service {
            joins,
            leaves,
            given: vec![Given::Nothing; self.years + 1],
            promotions: Vec::new(),
            retirement,
            absences: Absences::of(person, own().filter(|event| event.date > self.policy.as_of)),
            level: Vec::new(),
        };
        for event in own() {
            let Some(year) = self.year_of(event.date).filter(|year| *year <= self.years) else { continue };
            if !service.serves(year) {
                continue;
            }
            let joining = joins.is_some_and(|joins| joins.date == event.date && joins.year == year);
            let promotion = event.kind == EventKind::Promote;
            // The list is sorted by date, then kind, so the later event of a year is the one that stays.
            service.given[year] = match (event.kind, event.to_post) {
                (EventKind::Join | EventKind::Recruit, Some(post)) if joining && self.is_open(post, year) => {
                    Given::Post { post, date: event.date, promotion }
                }
                (EventKind::Join | EventKind::Recruit, _) if joining => Given::NoPost { date: event.date, promotion },
                (EventKind::Promote, Some(post)) if self.is_open(post, year) => {
                    Given::Post { post, date: event.date, promotion }
                }
                (EventKind::Promote, Some(_)) => Given::NoPost { date: event.date, promotion },
                _ => continue,
            };
        }
        for (year, given) in service.given.iter().enumerate() {
            if let Given::Post { post, date, promotion: true } = *given {
                service.promotions.push(Promotion { year, date, post });
            }
        }
        service
    }

    /// The seat after the events up to the eve of d_1.
    fn seat_today(&self, ix: PersonIx) -> Option<PostIx> {
        let service = &self.people[ix.0];
        if !service.serves(0) {
            return None;
        }
        let listed = self.case.person(ix).post.filter(|_| service.joins.is_none());
        let roster = listed.and_then(|post| self.kept_seat(post, 0));
        match service.given[0] {
            Given::Post { post, .. } => Some(post),
            Given::NoPost { .. } => None,
            Given::Nothing => roster,
        }
    }

    /// Rung of 无.
    fn rung_of_none(&self) -> i64 {
        self.policy.level_rank("无").map_or(-1, rank)
    }

    /// Levels asked by a post, lower and upper rung; `None` where it asks none, or in words that the ladder lacks.
    pub fn level_span(&self, post: &Post) -> Option<(i64, i64)> {
        let RankSpan { low, high } = post.level.as_ref()?;
        let rung = |word: &str| {
            if word == "无" { Some(self.rung_of_none()) } else { self.policy.level_rank(word).map(rank) }
        };
        Some((rung(low)?, rung(high)?))
    }

    /// Whether the post is for people without a leading level.
    pub fn asks_for_none(&self, post: &Post) -> bool {
        self.level_span(post).is_some_and(|(_, high)| high == self.rung_of_none())
    }

    /// Semantics 7 and 30: a promotion gives the level of its post; nothing else changes it.
    fn levels(&self, ix: PersonIx) -> Vec<Level> {
        let person = self.case.person(ix);
        let service = &self.people[ix.0];
        let mut level = match person.level.as_deref() {
            Some("无") => Level::Rung(self.rung_of_none()),
            Some(word) => self.policy.level_rank(word).map_or(Level::Blank, |rung| Level::Rung(rank(rung))),
            None => match self.today[ix.0].map(|post| self.case.post(post)) {
                Some(post) if post.level.is_none() || self.asks_for_none(post) => Level::Rung(self.rung_of_none()),
                _ => Level::Blank,
            },
        };
        (0..=self.years)
            .map(|t| {
                if let Some(promotion) = service.promoted(t)
                    && let Some((low, high)) = self.level_span(self.case.post(promotion.post))
                {
                    level = match level {
                        Level::Rung(own) if low <= own && own <= high => Level::Rung(own),
                        _ => Level::Rung(low),
                    };
                }
                level
            })
            .collect()
    }

    /// Risk grade after the lift of a sensitive post (semantics 10).
    pub fn grade(&self, post: PostIx) -> Grade {
        let post = self.case.post(post);
        if post.sensitive { post.risk.lifted() } else { post.risk }
    }

    /// Whether the ten-year clock runs for this person in this post (semantics 10).
    pub fn ten_year(&self, person: PersonIx, post: PostIx) -> bool {
        let post = self.case.post(post);
        let bound = matches!(
            self.case.person(person).staffing_kind,
            None | Some(StaffingKind::Administrative | StaffingKind::Quasi)
        );
        bound && (post.ten_year_duty || matches!(post.lead, Lead::Head | Lead::Deputy))
    }

    /// *Must* in months: the person's own, else the post's, else the grade's (semantics 10).
    pub fn must(&self, person: PersonIx, post: PostIx) -> i32 {
        let own = self.case.person(person).must_months.or(self.case.post(post).must_months);
        own.unwrap_or_else(|| self.policy.time.thresholds(self.grade(post)).must)
    }

    /// *Should* in months.
    pub fn should(&self, post: PostIx) -> i32 {
        let own = self.case.post(post).should_months;
        own.unwrap_or_else(|| self.policy.time.thresholds(self.grade(post)).should)
    }

    /// Near retirement on a day (semantics 11).
    pub fn near_retirement(&self, person: PersonIx, day: NaiveDate) -> bool {
        let retirement = self.people[person.0].retirement;
        retirement.is_some_and(|date| months_between(day, date) < self.policy.time.near_retirement)
    }

    /// Probation ends (semantics 36): the latest of the roster's date, recruitment and promotions before year `t`.
    pub fn probation_until(&self, person: PersonIx, t: usize) -> Option<NaiveDate> {
        let service = &self.people[person.0];
        let recruited = service.joins.filter(|joins| joins.recruit && joins.year < t);
        let leads = |promotion: &&Promotion| promotion.year < t && self.case.post(promotion.post).lead != Lead::None;
        self.case
            .person(person)
            .probation_until
            .into_iter()
            .chain(recruited.map(|joins| add_months(joins.date, self.policy.time.recruit_probation)))
            .chain(
                service
                    .promotions
                    .iter()
                    .filter(leads)
                    .map(|promotion| add_months(promotion.date, self.policy.time.leader_probation)),
            )
            .max()
    }

    /// Decisions of a kind about a person in year `t`.
    pub fn decided(&self, person: PersonIx, kind: DecisionKind, t: usize) -> impl Iterator<Item = &'a Decision> + '_ {
        self.decisions[person.0]
            .iter()
            .filter(move |(decision, years)| decision.kind == kind && years.contains(&t))
            .map(|(decision, _)| *decision)
    }

    /// Whether a `free` speaks for the person in year `t`.
    pub fn freed(&self, person: PersonIx, t: usize) -> bool {
        self.decided(person, DecisionKind::Free, t).next().is_some()
    }

    /// The `go` that names `post` for the person in year `t`, if any: whether it has an approval (semantics 37).
    pub fn gone_to(&self, person: PersonIx, post: PostIx, t: usize) -> Option<bool> {
        let mut named = self.decided(person, DecisionKind::Go, t).filter(|go| go.post == Some(post)).peekable();
        named.peek()?;
        Some(named.any(|go| go.approval.as_deref().is_some_and(|number| !number.trim().is_empty())))
    }

    /// Whether a post belongs to a section.
    pub fn in_section(&self, post: PostIx, section: usize) -> bool {
        self.case.post(post).section.is_some_and(|own| own.0 == section)
    }

    /// The place for a seat in layout `t`: *away* if absent on the eve of d_{t+1} (semantics 5).
    pub fn place_in(&self, person: PersonIx, seat: PostIx, t: usize) -> Place {
        let eve = self.day(t + 1).pred_opt().unwrap_or_else(|| self.day(t + 1));
        match self.people[person.0].absences.on(eve) {
            Some(host) => Place::Away { seat, host: host.map(|host| self.successor(host, t)) },
            None => Place::In(seat),
        }
    }

    /// Today carried forward with events and nothing else (semantics 9).
    pub fn nobody_moves(&self) -> Layout {
        let places = self
            .case
            .people_ix()
            .map(|person| {
                let service = &self.people[person.0];
                let mut seat = self.today[person.0];
                (0..=self.years)
                    .map(|t| {
                        if service.left(t) {
                            return Place::Left;
                        }
                        if !service.serves(t) {
                            return Place::Outside;
                        }
                        seat = match service.given[t] {
                            Given::Post { post, .. } => Some(post),
                            Given::NoPost { .. } => None,
                            Given::Nothing => seat.and_then(|post| self.kept_seat(post, t)),
                        };
                        seat.map_or(Place::Unplaced, |seat| self.place_in(person, seat, t))
                    })
                    .collect()
            })
            .collect();
        Layout { places }
    }
}

fn rank(rung: usize) -> i64 {
    i64::try_from(rung).unwrap_or(i64::MAX)
}
