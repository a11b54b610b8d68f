//! What follows from the sheets and the calendar alone, whatever the plan does: who is in service in which layout,
//! which post an event fixes, who is away, who counts as present, which posts are open.

use chrono::NaiveDate;
use lungang_domain::time::eve;
use lungang_domain::{
    Case, Decision, Event, EventKind, Grade, Investigation, Layout, Lead, PersonIx, Place, Policy, Post, PostIx,
    SectionIx, UnitIx, months_between,
};

/// Whether a person belongs to the service in a layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Service {
    /// Not yet joined.
    Outside,
    /// In service.
    Serving,
    /// Left.
    Left,
}

/// A span of days away: `from` ≤ day < `until`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Away {
    /// First day away.
    pub from: NaiveDate,
    /// Day of return; the calendar's end where it is open.
    pub until: NaiveDate,
    /// Host, if known.
    pub host: Option<PostIx>,
}

impl Away {
    fn covers(&self, day: NaiveDate) -> bool {
        self.from <= day && day < self.until
    }
}

/// A post fixed by an event in a layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fixed {
    /// The post.
    pub post: PostIx,
    /// Date of the event, on which the stay begins.
    pub date: NaiveDate,
    /// Whether it is a promotion (else a join or recruitment).
    pub promotion: bool,
}

/// Facts of one person. Vectors are indexed by layout 0 … T unless said otherwise.
#[derive(Clone, Debug)]
pub struct PersonFacts {
    /// In service or not.
    pub service: Vec<Service>,
    /// Date of joining by an event inside the horizon, or on the way to it.
    pub joined: Option<NaiveDate>,
    /// Date of leaving, whatever the cause.
    pub leaves: Option<NaiveDate>,
    /// Date of retirement, for R15.
    pub retirement: Option<NaiveDate>,
    /// Post fixed by an event in that layout.
    pub fixed: Vec<Option<Fixed>>,
    /// Date of a promotion into a post that closes in the same year: out of the old post, and displaced (semantics 50).
    pub displaced: Vec<Option<NaiveDate>>,
    /// Away on the eve of d_{t+1}: the absence.
    pub away: Vec<Option<Away>>,
    /// Away on d_t.
    pub away_on: Vec<bool>,
    /// Year t (from 1): months enough at the own post to count as present.
    pub present: Vec<bool>,
    /// Year t (from 1): posts that host the person long enough.
    pub hosts: Vec<Vec<PostIx>>,
    /// Rank of the level on the ladder; `None`: blank.
    pub level: Vec<Option<usize>>,
    /// Post of layout 0.
    pub today: Option<PostIx>,
    /// Date on which a stay begun in that layout begins; at 0 today's stay, `None` where unknown.
    pub began: Vec<Option<NaiveDate>>,
    /// Spans of probation: first day, and first day free of it.
    pub probation: Vec<(NaiveDate, NaiveDate)>,
    /// Layouts in which R25, `special` and care are lifted by a decision.
    pub freed: Vec<bool>,
}

impl PersonFacts {
    /// Whether a stay begun in layout `t` was begun by the plan: not today's, not fixed by an event.
    #[must_use]
    pub fn planned(&self, t: usize) -> bool {
        t > 0 && self.fixed[t].is_none()
    }

    /// Whether a stay begun in layout `began` that stands in layout `t` is as when nobody moves: begun by the data or an
    /// event, or confirmed by a promotion in place since.
    #[must_use]
    pub fn given(&self, began: usize, t: usize) -> bool {
        !self.planned(began) || (began + 1..=t).any(|u| self.fixed[u].is_some())
    }

    /// Serving in layout `t`.
    #[must_use]
    pub fn serving(&self, t: usize) -> bool {
        self.service[t] == Service::Serving
    }
}

/// Everything that follows from the sheets alone.
#[derive(Clone, Debug)]
pub struct Facts<'a> {
    /// The case.
    pub case: &'a Case,
    /// The policy.
    pub policy: &'a Policy,
    /// T.
    pub years: usize,
    /// d_t at index t, for t = 0 … T + 1.
    pub effective: Vec<NaiveDate>,
    /// By person.
    pub people: Vec<PersonFacts>,
    /// Layouts in which a post is open: `open[post][t]`.
    pub open: Vec<Vec<bool>>,
    /// Layouts in which a unit has a post open: `lasts[unit][t]`.
    pub lasts: Vec<Vec<bool>>,
    /// Decisions about each person, with the years they speak of.
    pub decided: Vec<Vec<(Vec<usize>, &'a Decision)>>,
    /// Date on which a post closes, if it does; merging into another is no closing.
    pub closes: Vec<Option<NaiveDate>>,
    /// The post into which one merges by an event, and when (semantics 70).
    pub merges: Vec<Option<(PostIx, NaiveDate)>>,
    /// What has become of a post by layout t: itself, or what it has merged into, `heir[post][t]`.
    heir: Vec<Vec<PostIx>>,
    /// Risk grade after the lift (semantics 10).
    pub grade: Vec<Grade>,
    /// By person: where they may not lead (R08).
    pub avoided: Vec<super::r08::Avoided>,
    /// By person: what they left before the plan (R09, R13).
    pub past: Vec<super::past::Past>,
    /// By post: whether R09 keeps those who leave it out of another at once.
    pub takes_sides: Vec<bool>,
    /// By person: the further clocks of R14 before the plan.
    pub begun: Vec<super::clocks::Begun>,
    /// Who is related to whom, and what that forbids (R07, R21).
    pub kinship: super::kin::Kinship,
    /// The essential posts, and who suits each, where T4s is asked for.
    pub succession: super::successors::Succession,
    /// People present at each post on the eve of d_1, guests and concurrent posts included (semantics 41).
    pub present_today: Vec<usize>,
    /// Today carried forward with events and nothing else.
    pub nobody_moves: Layout,
}

impl<'a> Facts<'a> {
    /// Works out the facts.
    #[must_use]
    pub fn new(case: &'a Case, policy: &'a Policy) -> Self {
        let years = policy.horizon();
        let effective: Vec<NaiveDate> = (0..=years + 1).map(|t| policy.effective(t)).collect();
        let mut facts = Self {
            case,
            policy,
            years,
            effective,
            people: Vec::new(),
            open: Vec::new(),
            lasts: vec![vec![false; years + 1]; case.units.len()],
            decided: vec![Vec::new(); case.people.len()],
            closes: Vec::new(),
            merges: Vec::new(),
            heir: Vec::new(),
            grade: case.posts.iter().map(lifted).collect(),
            avoided: super::r08::avoided(case),
            past: super::past::past(case),
            takes_sides: Vec::new(),
            begun: Vec::new(),
            kinship: super::kin::Kinship::default(),
            succession: super::successors::Succession::default(),
            present_today: Vec::new(),
            nobody_moves: Layout { places: Vec::new() },
        };
        for decision in &case.decisions {
            if let Some(own) = facts.decided.get_mut(decision.staff.0) {
                own.push((policy.decision_years(decision), decision));
            }
        }
        facts.fill_posts();
        facts.kinship = super::kin::kinship(&facts);
        let sides = |from| case.posts_ix().any(|to| super::past::changes_sides(&facts, from, to));
        facts.takes_sides = case.posts_ix().map(sides).collect();
        facts.people = case.people_ix().map(|person| facts.person(person)).collect();
        facts.begun = case.people_ix().map(|person| super::clocks::begun(&facts, person)).collect();
        facts.present_today = facts.count_present();
        facts.nobody_moves = Layout { places: facts.people.iter().map(|person| facts.carry_forward(person)).collect() };
        facts.succession = super::successors::Succession::of(&facts);
        facts
    }

    /// Layout in which something dated `date` counts: 0 before d_1, T + 1 beyond the horizon.
    #[must_use]
    pub fn layout_of(&self, date: NaiveDate) -> usize {
        (1..=self.years + 1).rev().find(|t| self.effective[*t] <= date).unwrap_or(0)
    }

    /// Events after the date of the data; earlier ones are in the data already (semantics 1).
    fn events(&self) -> impl Iterator<Item = &'a Event> + use<'a> {
        let (case, as_of) = (self.case, self.policy.as_of);
        case.events.iter().filter(move |event| event.date > as_of)
    }

    fn fill_posts(&mut self) {
        let posts = self.case.posts.len();
        let mut founded = vec![0; posts];
        let mut closed = vec![self.years + 1; posts];
        self.closes = vec![None; posts];
        self.merges = vec![None; posts];
        for event in self.events() {
            let Some(post) = event.post else { continue };
            match event.kind {
                EventKind::NewPost => founded[post.0] = self.layout_of(event.date),
                EventKind::ClosePost => {
                    closed[post.0] = closed[post.0].min(self.layout_of(event.date));
                    self.closes[post.0] = Some(self.closes[post.0].map_or(event.date, |date| date.min(event.date)));
                }
                EventKind::Merge => {
                    let Some(into) = event.to_post.filter(|_| self.merges[post.0].is_none()) else { continue };
                    closed[post.0] = closed[post.0].min(self.layout_of(event.date));
                    self.merges[post.0] = Some((into, event.date));
                }
                _ => {}
            }
        }
        self.open =
            (0..posts).map(|post| (0..=self.years).map(|t| founded[post] <= t && t < closed[post]).collect()).collect();
        self.heir = self.case.posts_ix().map(|post| (0..=self.years).map(|t| self.merged(post, t)).collect()).collect();
        for (post, open) in self.case.posts.iter().zip(&self.open) {
            let unit = self.lasts[post.unit.0].iter_mut();
            unit.zip(open).for_each(|(lasts, open)| *lasts |= *open);
        }
    }

    /// Follows the mergers of layouts up to t.
    fn merged(&self, post: PostIx, t: usize) -> PostIx {
        let next =
            |post: &PostIx| self.merges[post.0].filter(|(_, date)| self.layout_of(*date) <= t).map(|(into, _)| into);
        // Posts that merge into each other are refused; here they must not go round for ever.
        std::iter::successors(Some(post), next).take(self.case.posts.len()).last().unwrap_or(post)
    }

    /// What has become of a post by layout `t`: itself, or what it has merged into (semantics 70).
    #[must_use]
    pub fn heir(&self, post: PostIx, t: usize) -> PostIx {
        self.heir[post.0][t]
    }

    /// Where somebody who held a post in layout t − 1 stands in layout t unless moved: there, or in what it merges into;
    /// `None`: the post closes.
    #[must_use]
    pub fn stay(&self, post: PostIx, t: usize) -> Option<PostIx> {
        Some(self.heir(post, t)).filter(|heir| self.open[heir.0][t])
    }

    /// The post into which one merges in year `t`.
    #[must_use]
    pub fn merging(&self, post: PostIx, t: usize) -> Option<PostIx> {
        self.stay(post, t).filter(|heir| *heir != post)
    }

    /// Whether a stay goes on from layout t − 1 to layout t in these seats.
    #[must_use]
    pub fn goes_on(&self, before: Option<PostIx>, now: Option<PostIx>, t: usize) -> bool {
        now.is_some() && before.and_then(|before| self.stay(before, t)) == now
    }

    fn person(&self, ix: PersonIx) -> PersonFacts {
        let person = self.case.person(ix);
        let own: Vec<&Event> = self.events().filter(|event| event.staff == Some(ix)).collect();
        let of = |kinds: &[EventKind]| -> Vec<&Event> {
            own.iter().copied().filter(|event| kinds.contains(&event.kind)).collect()
        };
        let filed = person.under_investigation == Some(Investigation::Filed);
        let joins = of(&[EventKind::Join, EventKind::Recruit]);
        let joined = joins.iter().map(|event| event.date).min();
        let retire_row = of(&[EventKind::Retire]).iter().map(|event| event.date).min();
        let retirement = retire_row.or(person.retire_date);
        let left = of(&[EventKind::Leave]).iter().map(|event| event.date).min();
        let retired = if filed { None } else { retirement };
        let leaves = [left, retired].into_iter().flatten().min();

        let service: Vec<Service> = (0..=self.years)
            .map(|t| {
                if leaves.is_some_and(|date| self.layout_of(date) <= t) {
                    Service::Left
                } else if joined.is_some_and(|date| self.layout_of(date) > t) {
                    Service::Outside
                } else {
                    Service::Serving
                }
            })
            .collect();

        let mut fixed: Vec<Option<Fixed>> = vec![None; self.years + 1];
        let mut displaced: Vec<Option<NaiveDate>> = vec![None; self.years + 1];
        for event in
            own.iter().filter(|event| matches!(event.kind, EventKind::Join | EventKind::Recruit | EventKind::Promote))
        {
            let t = self.layout_of(event.date);
            let promotion = event.kind == EventKind::Promote;
            let Some(post) = event.to_post else { continue };
            if t > self.years || service[t] != Service::Serving {
                continue;
            }
            // Events stand in order of date: of two in a year the later one counts.
            if self.open[post.0][t] {
                fixed[t] = Some(Fixed { post, date: event.date, promotion });
                displaced[t] = None;
            } else if promotion {
                fixed[t] = None;
                displaced[t] = Some(event.date);
            }
        }

        let today = match fixed[0] {
            Some(fixed) => Some(fixed.post),
            None if joined.is_some() || displaced[0].is_some() || service[0] != Service::Serving => None,
            None => person.post.and_then(|post| self.stay(post, 0)),
        };
        // A promotion in the post already held begins nothing (R17).
        let in_place = joined.is_none() && today.is_some() && person.post.and_then(|post| self.stay(post, 0)) == today;
        let event = |t: usize| fixed[t].map(|fixed| fixed.date).or(displaced[t]).filter(|_| t > 0 || !in_place);
        let began: Vec<Option<NaiveDate>> = (0..=self.years)
            .map(|t| match (event(t), joined) {
                (Some(date), _) => Some(date),
                (None, _) if t == 0 => person.post_since.map(|since| since.date),
                (None, Some(date)) if self.layout_of(date) == t => Some(date),
                _ => Some(self.effective[t]),
            })
            .collect();

        let absences = self.absences(ix, &own);
        let mut probation: Vec<(NaiveDate, NaiveDate)> =
            person.probation_until.iter().map(|until| (NaiveDate::MIN, *until)).collect();
        let time = &self.policy.time;
        let after = |date: NaiveDate, months: i32| (date, lungang_domain::add_months(date, months));
        probation.extend(of(&[EventKind::Recruit]).into_iter().map(|event| after(event.date, time.recruit_probation)));
        let leading = |fixed: &&Fixed| fixed.promotion && self.case.post(fixed.post).lead != Lead::None;
        let promotions = fixed.iter().flatten().filter(leading).map(|fixed| fixed.date);
        probation.extend(promotions.map(|date| after(date, time.leader_probation)));

        PersonFacts {
            level: self.levels(ix, today, &fixed),
            away: (0..=self.years)
                .map(|t| absences.iter().rfind(|away| away.covers(eve(self.effective[t + 1]))).copied())
                .collect(),
            away_on: (0..=self.years).map(|t| absences.iter().any(|away| away.covers(self.effective[t]))).collect(),
            present: (0..=self.years).map(|t| t > 0 && self.is_present(t, joined, leaves, &absences)).collect(),
            hosts: (0..=self.years)
                .map(|t| if t == 0 { Vec::new() } else { self.hosts(t, joined, leaves, &absences) })
                .collect(),
            freed: (0..=self.years).map(|t| super::decisions::frees(self, ix, t)).collect(),
            service,
            joined,
            leaves,
            retirement,
            fixed,
            displaced,
            today,
            began,
            probation,
        }
    }

    fn absences(&self, ix: PersonIx, own: &[&Event]) -> Vec<Away> {
        let mut absences: Vec<Away> = self
            .case
            .person(ix)
            .absence
            .iter()
            .map(|absence| Away {
                from: absence.from.unwrap_or(NaiveDate::MIN),
                until: absence.until.unwrap_or(NaiveDate::MAX),
                host: absence.host,
            })
            .collect();
        absences.extend(own.iter().filter(|event| event.kind == EventKind::Absent).map(|event| Away {
            from: event.date,
            until: event.until.unwrap_or(NaiveDate::MAX),
            host: event.to_post,
        }));
        for back in own.iter().filter(|event| event.kind == EventKind::Return) {
            for away in absences.iter_mut().filter(|away| away.from < back.date && back.date < away.until) {
                away.until = back.date;
            }
        }
        // Of absences begun on one day the listed one, which stands later, names the host (semantics 51).
        absences.sort_by_key(|away| away.from);
        absences
    }

    /// Whole months of year `t` that fall into the given spans, each month once (semantics 8, 41).
    fn months_in_year(&self, t: usize, spans: impl Iterator<Item = (NaiveDate, NaiveDate)>) -> i32 {
        let (first, end) = (self.effective[t], self.effective[t + 1]);
        let mut clipped: Vec<(NaiveDate, NaiveDate)> =
            spans.map(|(from, until)| (from.max(first), until.min(end))).filter(|(from, until)| from < until).collect();
        clipped.sort_unstable();
        let mut months = 0;
        let mut open: Option<(NaiveDate, NaiveDate)> = None;
        for (from, until) in clipped {
            open = match open {
                Some((start, stop)) if from <= stop => Some((start, stop.max(until))),
                Some((start, stop)) => {
                    months += months_between(start, stop);
                    Some((from, until))
                }
                None => Some((from, until)),
            };
        }
        months + open.map_or(0, |(start, stop)| months_between(start, stop))
    }

    fn is_present(&self, t: usize, joined: Option<NaiveDate>, leaves: Option<NaiveDate>, absences: &[Away]) -> bool {
        let before = joined.map(|date| (NaiveDate::MIN, date));
        let after = leaves.map(|date| (date, NaiveDate::MAX));
        let away = absences.iter().map(|away| (away.from, away.until));
        let missed = self.months_in_year(t, before.into_iter().chain(after).chain(away));
        12 - missed >= self.policy.time.presence
    }

    fn hosts(&self, t: usize, joined: Option<NaiveDate>, leaves: Option<NaiveDate>, absences: &[Away]) -> Vec<PostIx> {
        let host_of = |away: &Away| away.host.map(|host| self.heir(host, t));
        let mut hosts: Vec<PostIx> = absences.iter().filter_map(host_of).collect();
        hosts.sort_unstable();
        hosts.dedup();
        let from_joining = joined.unwrap_or(NaiveDate::MIN);
        let to_leaving = leaves.unwrap_or(NaiveDate::MAX);
        hosts.retain(|host| {
            let spans = absences
                .iter()
                .enumerate()
                .filter(|(_, away)| host_of(away) == Some(*host))
                .flat_map(|(at, away)| without((away.from, away.until), &absences[at + 1..]))
                .map(|(from, until)| (from.max(from_joining), until.min(to_leaving)));
            self.months_in_year(t, spans) >= self.policy.time.presence
        });
        hosts
    }

    fn levels(&self, ix: PersonIx, today: Option<PostIx>, fixed: &[Option<Fixed>]) -> Vec<Option<usize>> {
        let none = self.policy.level_rank("无");
        let asks_none = |post: &Post| post.level.as_ref().is_none_or(|span| span.low == "无" && span.high == "无");
        let mut level = match &self.case.person(ix).level {
            Some(level) => self.policy.level_rank(level),
            None if today.is_some_and(|post| asks_none(self.case.post(post))) => none,
            None => None,
        };
        fixed
            .iter()
            .map(|fixed| {
                if let Some(Fixed { post, promotion: true, .. }) = fixed
                    && let Some(span) = &self.case.post(*post).level
                    && let (Some(low), Some(high)) =
                        (self.policy.level_rank(&span.low), self.policy.level_rank(&span.high))
                {
                    level = Some(level.filter(|own| (low..=high).contains(own)).unwrap_or(low));
                }
                level
            })
            .collect()
    }

    fn carry_forward(&self, person: &PersonFacts) -> Vec<Place> {
        let mut seat = person.today;
        (0..=self.years)
            .map(|t| {
                match person.service[t] {
                    Service::Outside => return Place::Outside,
                    Service::Left => return Place::Left,
                    Service::Serving => {}
                }
                if t > 0 {
                    let kept = seat.filter(|_| person.displaced[t].is_none()).and_then(|post| self.stay(post, t));
                    seat = person.fixed[t].map(|fixed| fixed.post).or(kept);
                }
                self.place(person, seat, t)
            })
            .collect()
    }

    /// The place of a serving person with this seat in layout `t`.
    #[must_use]
    pub fn place(&self, person: &PersonFacts, seat: Option<PostIx>, t: usize) -> Place {
        match (seat, person.away[t]) {
            (None, _) => Place::Unplaced,
            (Some(seat), Some(away)) => Place::Away { seat, host: away.host.map(|host| self.heir(host, t)) },
            (Some(seat), None) => Place::In(seat),
        }
    }

    /// Facts of a person.
    #[must_use]
    pub fn of(&self, person: PersonIx) -> &PersonFacts {
        &self.people[person.0]
    }

    /// Unit of a post.
    #[must_use]
    pub fn unit(&self, post: PostIx) -> UnitIx {
        self.case.post(post).unit
    }

    /// Section of a post.
    #[must_use]
    pub fn section(&self, post: PostIx) -> Option<SectionIx> {
        self.case.post(post).section
    }

    /// Near retirement on a date (semantics 11).
    #[must_use]
    pub fn near_retirement(&self, person: PersonIx, date: NaiveDate) -> bool {
        self.of(person)
            .retirement
            .is_some_and(|retirement| months_between(date, retirement) < self.policy.time.near_retirement)
    }

    /// Whether the holder of a post in layout `t` is held there by `special`.
    #[must_use]
    pub fn held_special(&self, person: PersonIx, post: PostIx, t: usize) -> bool {
        self.case.post(post).special.is_some() && !self.of(person).freed[t]
    }

    /// Seat holders of a unit today: the frozen base of R12 (semantics 17).
    #[must_use]
    pub fn unit_base(&self, unit: UnitIx) -> u64 {
        self.holders_today(|post| self.unit(post) == unit)
    }

    /// Seat holders of a section today.
    #[must_use]
    pub fn section_base(&self, section: SectionIx) -> u64 {
        self.holders_today(|post| self.section(post) == Some(section))
    }

    fn holders_today(&self, mut inside: impl FnMut(PostIx) -> bool) -> u64 {
        self.people.iter().filter(|person| person.today.is_some_and(&mut inside)).count() as u64
    }

    /// Least presence of a post in year `t`, 0 where it is not open (semantics 8).
    #[must_use]
    pub fn minimum(&self, ix: PostIx, t: usize) -> u32 {
        if !self.open[ix.0][t] {
            return 0;
        }
        let post = self.case.post(ix);
        let least = match post.min_present {
            Some(least) => least,
            None if !self.open[ix.0][0] => 0,
            None => post.headcount.min(u32::try_from(self.present_today[ix.0]).unwrap_or(u32::MAX)),
        };
        least.max(u32::from(post.essential))
    }

    /// Least presence of a post in layout 0.
    #[must_use]
    pub fn minimum_today(&self, post: PostIx) -> u32 {
        self.minimum(post, 0)
    }

    fn count_present(&self) -> Vec<usize> {
        let mut count = vec![0; self.case.posts.len()];
        for ix in self.case.people_ix() {
            let mut posts: Vec<PostIx> = match self.nobody_moves_today(ix) {
                Place::In(seat) => self.concurrent(ix, 0).chain([seat]).collect(),
                Place::Away { host, .. } => host.into_iter().collect(),
                // Whoever is away without a seat may still work at a host.
                Place::Unplaced => {
                    let host = self.of(ix).away[0].and_then(|away| away.host);
                    host.map(|host| self.heir(host, 0)).into_iter().collect()
                }
                Place::Outside | Place::Left => Vec::new(),
            };
            // Everybody counts once a post.
            posts.sort_unstable();
            posts.dedup();
            for post in posts {
                count[post.0] += 1;
            }
        }
        count
    }

    fn nobody_moves_today(&self, ix: PersonIx) -> Place {
        let person = self.of(ix);
        match person.service[0] {
            Service::Outside => Place::Outside,
            Service::Left => Place::Left,
            Service::Serving => self.place(person, person.today, 0),
        }
    }

    /// Posts to which a person gives presence beside today's in layout `t`.
    pub fn concurrent(&self, person: PersonIx, t: usize) -> impl Iterator<Item = PostIx> + '_ {
        let person = self.case.person(person);
        person.also_posts.iter().chain(&person.acting_in).map(move |post| self.heir(*post, t))
    }
}

/// A span without the days of absences begun later, which name another host (semantics 51).
fn without(span: (NaiveDate, NaiveDate), later: &[Away]) -> Vec<(NaiveDate, NaiveDate)> {
    later.iter().fold(vec![span], |spans, away| {
        spans
            .into_iter()
            .flat_map(|(from, until)| [(from, until.min(away.from)), (from.max(away.until), until)])
            .filter(|(from, until)| from < until)
            .collect()
    })
}

fn lifted(post: &Post) -> Grade {
    if post.sensitive { post.risk.lifted() } else { post.risk }
}
