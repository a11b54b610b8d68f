//! What the sheets mean, year by year: who is in service, what an event fixes, which posts are open, who is present.
//!
//! Written from `docs/semantics.md` on its own, without a look at the production engine or the checker.

use super::calendar::{Calendar, Span};
use chrono::NaiveDate;
use lungang_domain::time::eve;
use lungang_domain::{
    Case, Decision, DecisionKind, EventKind, Grade, Lead, Person, PersonIx, Place, Policy, Post, PostIx, SectionIx,
    StaffingKind, months_between,
};
use std::collections::{BTreeMap, BTreeSet};

/// Rules left out on purpose, by id: to ask what a rule changes, and which rule a decision runs against.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dropped(BTreeSet<String>);

impl Dropped {
    /// Every rule stands.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// One rule is left out: an id of the catalogue, `R12.cap`, `R12.old_hands`, `G4.year`, `G4.moves` or `G4.cross_unit`
    /// for a part of it, or one of `AWAY`, `SPECIAL`, `DECISION`, `FIT`.
    #[must_use]
    pub fn one(id: &str) -> Self {
        Self(BTreeSet::from([id.to_owned()]))
    }

    /// Whether a rule still stands.
    #[must_use]
    pub fn stands(&self, id: &str) -> bool {
        !self.0.contains(id) && id.split_once('.').is_none_or(|(whole, _)| !self.0.contains(whole))
    }
}

/// The case with everything that follows from its sheets.
pub(super) struct Facts<'a> {
    pub case: &'a Case,
    pub policy: &'a Policy,
    pub dropped: Dropped,
    /// Plan years T.
    pub years: usize,
    pub calendars: Vec<Calendar>,
    /// Layouts in which a post is open: first, and first in which it no longer is.
    open: Vec<(usize, usize)>,
    /// What each post has become by layout t, through mergers.
    became: Vec<Vec<PostIx>>,
    /// Place of everybody when nobody moves, for t = 0 … T.
    pub idle: Vec<Vec<Place>>,
    /// Decisions about each person, with the plan years that they speak of.
    decided: Vec<Vec<(&'a Decision, Vec<usize>)>>,
}

impl<'a> Facts<'a> {
    pub fn new(case: &'a Case, policy: &'a Policy, dropped: Dropped) -> Self {
        let mut facts = Self {
            case,
            policy,
            dropped,
            years: policy.horizon(),
            calendars: Vec::new(),
            open: Vec::new(),
            became: Vec::new(),
            idle: Vec::new(),
            decided: vec![Vec::new(); case.people.len()],
        };
        for decision in case.decisions.iter().filter(|_| facts.dropped.stands("DECISION")) {
            facts.decided[decision.staff.0].push((decision, policy.decision_years(decision)));
        }
        facts.open = case.posts_ix().map(|post| facts.open_years(post)).collect();
        let became = |post| (0..=facts.years).map(|t| facts.follow_mergers(post, t)).collect();
        facts.became = case.posts_ix().map(became).collect();
        facts.calendars = case.people_ix().map(|person| facts.calendar(person)).collect();
        facts.idle = case.people_ix().map(|person| facts.carried_forward(person)).collect();
        facts
    }

    /// d_t.
    pub fn d(&self, t: usize) -> NaiveDate {
        self.policy.effective(t)
    }

    /// The year in whose layout a date counts: 0 before the plan starts, T + 1 beyond the horizon.
    pub fn year_of(&self, date: NaiveDate) -> usize {
        (1..=self.years + 1).rev().find(|t| self.d(*t) <= date).unwrap_or(0)
    }

    pub fn person(&self, person: PersonIx) -> &'a Person {
        self.case.person(person)
    }

    pub fn post(&self, post: PostIx) -> &'a Post {
        self.case.post(post)
    }

    /// Events that are not yet in the data (semantics 1).
    pub fn events(&self) -> impl Iterator<Item = &'a lungang_domain::Event> + use<'a> {
        let as_of = self.policy.as_of;
        self.case.events.iter().filter(move |event| event.date > as_of)
    }

    fn open_years(&self, post: PostIx) -> (usize, usize) {
        let of = |kind| self.events().find(|event| event.kind == kind && event.post == Some(post));
        let from = of(EventKind::NewPost).map_or(0, |event| self.year_of(event.date));
        let ends = [of(EventKind::ClosePost), self.merger(post)].into_iter().flatten();
        let until = ends.map(|event| self.year_of(event.date)).min().unwrap_or(usize::MAX);
        (from, until)
    }

    /// The event by which a post merges into another.
    fn merger(&self, post: PostIx) -> Option<&'a lungang_domain::Event> {
        self.events()
            .find(|event| event.kind == EventKind::Merge && event.post == Some(post) && event.to_post.is_some())
    }

    fn follow_mergers(&self, post: PostIx, t: usize) -> PostIx {
        let mut now = post;
        // Never longer than there are posts, whatever the events say.
        for _ in 1..self.case.posts.len() {
            match self.merger(now) {
                Some(event) if self.year_of(event.date) <= t => now = event.to_post.unwrap_or(now),
                _ => break,
            }
        }
        now
    }

    /// What a post has become by layout t: itself, or what it has merged into (semantics 70).
    pub fn became(&self, post: PostIx, t: usize) -> PostIx {
        self.became[post.0][t]
    }

    /// The seat in layout t of somebody who had this one in layout t − 1 and whom nothing moves; `None` where it closes.
    pub fn carried(&self, post: PostIx, t: usize) -> Option<PostIx> {
        let now = self.became(post, t);
        self.is_open(now, t).then_some(now)
    }

    /// When a post merges into another, if that lies in year t.
    pub fn merging(&self, post: PostIx, t: usize) -> Option<NaiveDate> {
        self.merger(post).map(|event| event.date).filter(|date| self.year_of(*date) == t)
    }

    /// Whether a post is open in layout t (semantics 6).
    pub fn is_open(&self, post: PostIx, t: usize) -> bool {
        let (from, until) = self.open[post.0];
        (from..until).contains(&t)
    }

    /// Whether a post has closed by layout t.
    pub fn is_closed(&self, post: PostIx, t: usize) -> bool {
        self.open[post.0].1 <= t
    }

    /// Posts into which events promote somebody in years 1 … t; `None` where the post closes at once (semantics 50).
    fn promotions_by(&self, person: PersonIx, t: usize) -> impl Iterator<Item = Option<PostIx>> {
        let put = self.calendars[person.0].put.iter().take(t + 1).skip(1).flatten();
        put.filter(|put| put.promotion).map(|put| put.post)
    }

    /// Whether an event promotes somebody in years 1 … t.
    pub fn is_promoted_by(&self, person: PersonIx, t: usize) -> bool {
        self.promotions_by(person, t).flatten().next().is_some()
    }

    /// Whether events have taken a seat holder of today out of the count of old hands by layout t: left, promoted out of
    /// the section, or their post of today closed or merged out of it (semantics 38, 70).
    pub fn is_taken_out(&self, person: PersonIx, section: SectionIx, t: usize) -> bool {
        let left = self.calendars[person.0].departure.is_some_and(|(_, year)| year <= t);
        let closed = self.today(person).is_some_and(|post| self.is_closed(self.became(post, t), t));
        let elsewhere = |post: PostIx, year: usize| self.post(self.became(post, year)).section != Some(section);
        let merged = self.today(person).is_some_and(|post| (1..=t).any(|year| elsewhere(post, year)));
        let mut promotions = self.promotions_by(person, t);
        left || closed
            || merged
            || promotions.any(|post| post.is_none_or(|post| self.post(post).section != Some(section)))
    }

    /// When a post closes, if that lies in year t.
    pub fn closing(&self, post: PostIx, t: usize) -> Option<NaiveDate> {
        self.events()
            .find(|event| event.kind == EventKind::ClosePost && event.post == Some(post))
            .map(|event| event.date)
            .filter(|date| self.year_of(*date) == t)
    }

    fn carried_forward(&self, ix: PersonIx) -> Vec<Place> {
        let calendar = &self.calendars[ix.0];
        let mut seat = self.place_today(ix, calendar.arrival, calendar.departure, &calendar.put);
        (0..=self.years)
            .map(|t| {
                if t > 0 {
                    seat = calendar.put[t].map_or(seat.and_then(|post| self.carried(post, t)), |put| put.post);
                }
                if calendar.departure.is_some_and(|(_, year)| year <= t) {
                    Place::Left
                } else if calendar.arrival.is_some_and(|(_, year)| t < year) {
                    Place::Outside
                } else {
                    self.placed(ix, seat, t)
                }
            })
            .collect()
    }

    /// The place in layout t of somebody in service with this seat: away if absent on the eve of d_{t+1}.
    pub fn placed(&self, ix: PersonIx, seat: Option<PostIx>, t: usize) -> Place {
        let Some(seat) = seat else { return Place::Unplaced };
        match self.absence_on(ix, eve(self.d(t + 1))) {
            None => Place::In(seat),
            Some(host) => Place::Away { seat, host: host.map(|host| self.became(host, t)) },
        }
    }

    /// The host of whoever is absent on a day (`Some(None)`: absent, host unknown).
    pub fn absence_on(&self, ix: PersonIx, day: NaiveDate) -> Option<Option<PostIx>> {
        let absences = &self.calendars[ix.0].absences;
        absences.iter().rev().find(|(span, _)| (span.from..span.until).contains(&day)).map(|(_, host)| *host)
    }

    /// Whether somebody is away on d_t.
    pub fn away_on_effective_date(&self, ix: PersonIx, t: usize) -> bool {
        self.absence_on(ix, self.d(t)).is_some()
    }

    /// Whole months of year t in these spans, each merged span counted for itself (semantics 41).
    fn months_in(&self, mut spans: Vec<Span>, t: usize) -> i32 {
        spans.sort();
        let mut merged: Vec<Span> = Vec::new();
        for span in spans {
            match merged.last_mut() {
                Some(last) if span.from <= last.until => last.until = last.until.max(span.until),
                _ => merged.push(span),
            }
        }
        merged
            .into_iter()
            .map(|span| (span.from.max(self.d(t)), span.until.min(self.d(t + 1))))
            .filter(|(from, until)| from < until)
            .map(|(from, until)| months_between(from, until))
            .sum()
    }

    /// Whether somebody is present in year t where they stand: twelve less the months missed before joining, after
    /// leaving and in absence is at least `time.presence` (semantics 8).
    pub fn is_present(&self, ix: PersonIx, t: usize) -> bool {
        let calendar = &self.calendars[ix.0];
        let mut missed: Vec<Span> = calendar.absences.iter().map(|(span, _)| *span).collect();
        missed.extend(calendar.arrival.map(|(until, _)| Span { from: NaiveDate::MIN, until }));
        missed.extend(calendar.departure.map(|(from, _)| Span { from, until: NaiveDate::MAX }));
        12 - self.months_in(missed, t) >= self.policy.time.presence
    }

    /// The posts that host somebody for at least `time.presence` months of year t (semantics 8). Where absences overlap,
    /// the months count at the host of the one begun last (semantics 51).
    pub fn hosts(&self, ix: PersonIx, t: usize) -> BTreeSet<PostIx> {
        let absences = &self.calendars[ix.0].absences;
        let mut edges: Vec<NaiveDate> = absences.iter().flat_map(|(span, _)| [span.from, span.until]).collect();
        edges.extend([self.d(t), self.d(t + 1)]);
        edges.sort_unstable();
        edges.dedup();
        let mut spans: BTreeMap<PostIx, Vec<Span>> = BTreeMap::new();
        for pair in edges.windows(2) {
            if let Some(Some(host)) = self.absence_on(ix, pair[0]) {
                spans.entry(self.became(host, t)).or_default().push(Span { from: pair[0], until: pair[1] });
            }
        }
        spans.retain(|_, spans| self.months_in(std::mem::take(spans), t) >= self.policy.time.presence);
        spans.into_keys().collect()
    }

    /// Posts in which somebody counts in layout t besides their own while they stay in today's (R02).
    pub fn concurrent(&self, ix: PersonIx, t: usize) -> impl Iterator<Item = PostIx> {
        let person = self.person(ix);
        let beside = person.also_posts.iter().chain(&person.acting_in).filter(|_| self.dropped.stands("R02"));
        beside.map(move |post| self.became(*post, t))
    }

    /// Who is present where on the eve of d_1, guests included, everybody once a post (semantics 41). Who is away counts
    /// at the host, whether or not a seat is kept meanwhile.
    pub fn present_today(&self, post: PostIx) -> usize {
        self.case
            .people_ix()
            .filter(|ix| match self.idle[ix.0][0] {
                Place::In(seat) => seat == post || self.concurrent(*ix, 0).any(|other| other == post),
                Place::Away { .. } | Place::Unplaced => {
                    let host = self.absence_on(*ix, eve(self.d(1))).flatten();
                    host.is_some_and(|host| self.became(host, 0) == post)
                }
                Place::Outside | Place::Left => false,
            })
            .count()
    }

    /// The least presence of a post (semantics 8).
    pub fn minimum(&self, ix: PostIx) -> usize {
        let post = self.post(ix);
        let wanted = match post.min_present {
            Some(minimum) => minimum as usize,
            None if !self.is_open(ix, 0) => 0,
            None => (post.headcount as usize).min(self.present_today(ix)),
        };
        wanted.max(usize::from(post.essential))
    }

    /// The risk grade, lifted where the post is sensitive (semantics 10).
    pub fn grade(&self, post: PostIx) -> Grade {
        let post = self.post(post);
        if post.sensitive { post.risk.lifted() } else { post.risk }
    }

    /// Whether the ten-year clock applies to somebody in a post (semantics 10).
    pub fn ten_year_applies(&self, person: PersonIx, post: PostIx) -> bool {
        let post = self.post(post);
        let duty = post.ten_year_duty || matches!(post.lead, Lead::Head | Lead::Deputy);
        let bound = matches!(
            self.person(person).staffing_kind,
            None | Some(StaffingKind::Administrative | StaffingKind::Quasi)
        );
        duty && bound
    }

    /// R15: near retirement on a day (semantics 11).
    pub fn near_retirement(&self, person: PersonIx, day: NaiveDate) -> bool {
        self.dropped.stands("R15")
            && self.calendars[person.0]
                .retirement
                .is_some_and(|retirement| months_between(day, retirement) < self.policy.time.near_retirement)
    }

    /// R05: whether somebody is still on probation on d_t.
    pub fn on_probation(&self, person: PersonIx, t: usize) -> bool {
        self.calendars[person.0].probation[t].is_some_and(|until| self.d(t) < until)
    }

    /// Today's post: that of layout 0.
    pub fn today(&self, person: PersonIx) -> Option<PostIx> {
        self.idle[person.0][0].seat()
    }

    /// Decisions of one kind about somebody that speak of year t.
    pub fn decisions(&self, person: PersonIx, kind: DecisionKind, t: usize) -> impl Iterator<Item = &'a Decision> {
        let mine = self.decided[person.0].iter();
        mine.filter(move |(decision, years)| decision.kind == kind && years.contains(&t)).map(|(decision, _)| *decision)
    }

    /// Whether a *free* lifts `exempt_until` and `special` in year t.
    pub fn freed(&self, person: PersonIx, t: usize) -> bool {
        self.decisions(person, DecisionKind::Free, t).next().is_some()
    }
}
