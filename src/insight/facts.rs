//! What the sheets say about people and posts, turned into dates and thresholds: events by person, open posts, limits
//! of tenure, retirement, freed people.

use chrono::NaiveDate;
use lungang_domain::{
    Case, DecisionKind, EventKind, Grade, Investigation, Lead, PersonIx, Policy, PostIx, StaffingKind,
};

/// One absence: from ≤ day < until; an open end lasts beyond the horizon, an open start began before the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Away {
    /// First day away.
    pub from: Option<NaiveDate>,
    /// Day of return.
    pub until: Option<NaiveDate>,
    /// Where the person works meanwhile.
    pub host: Option<PostIx>,
}

impl Away {
    /// Whether the absence covers a day.
    #[must_use]
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day < until)
    }
}

/// What events do to one person.
#[derive(Clone, Debug, Default)]
pub struct Life {
    /// Join or recruit: date, post given by the event.
    pub joins: Option<(NaiveDate, Option<PostIx>)>,
    /// Whether the entry is by `recruit`.
    pub recruited: bool,
    /// First day no longer in service, by leaving or retirement.
    pub leaves: Option<NaiveDate>,
    /// Date of retirement, also of who is kept in service by an inquiry.
    pub retires: Option<NaiveDate>,
    /// Listed promotions, in date order.
    pub promotions: Vec<(NaiveDate, PostIx)>,
    /// Absences, of the roster and by event.
    pub absences: Vec<Away>,
}

/// When a post is open.
#[derive(Clone, Copy, Debug, Default)]
pub struct Opening {
    /// Founding date, if later than the data.
    pub founded: Option<NaiveDate>,
    /// Closing date.
    pub closed: Option<NaiveDate>,
}

/// The limits of tenure of a person in a post, in months (semantics 10).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// Risk grade after the lift of a sensitive post.
    pub grade: Grade,
    /// Wanted.
    pub should: i32,
    /// Due.
    pub must: i32,
    /// The statutory clock, where it applies.
    pub ten_year: Option<i32>,
}

impl Limit {
    /// Months at which the person is due: *must*, or the ten years where they come first.
    #[must_use]
    pub fn due(&self) -> i32 {
        self.ten_year.map_or(self.must, |ten| ten.min(self.must))
    }

    /// Whether the ten-year clock is the one that comes first.
    #[must_use]
    pub fn by_ten_year(&self) -> bool {
        self.ten_year.is_some_and(|ten| ten <= self.must)
    }
}

/// Everything derived once from case and policy.
#[derive(Debug)]
pub struct Facts<'a> {
    /// The case.
    pub case: &'a Case,
    /// The policy.
    pub policy: &'a Policy,
    lives: Vec<Life>,
    openings: Vec<Opening>,
    /// Decided years by person: year, kind, post, position in [`Case::decisions`].
    decided: Vec<Vec<(usize, DecisionKind, Option<PostIx>, usize)>>,
}

impl<'a> Facts<'a> {
    /// Reads events and decisions of a case.
    #[must_use]
    pub fn new(case: &'a Case, policy: &'a Policy) -> Self {
        let mut lives: Vec<Life> = case.people.iter().map(life_of_roster).collect();
        let mut openings = vec![Opening::default(); case.posts.len()];
        let mut retire_rows: Vec<Option<NaiveDate>> = vec![None; case.people.len()];
        // Events up to the date of the data are in the data already (semantics 1).
        for event in case.events.iter().filter(|event| event.date > policy.as_of) {
            let opening = event.post.and_then(|post| openings.get_mut(post.0));
            match (event.kind, opening) {
                (EventKind::NewPost, Some(opening)) => opening.founded = Some(event.date),
                (EventKind::ClosePost, Some(opening)) => opening.closed = Some(event.date),
                _ => {}
            }
            let Some(staff) = event.staff else { continue };
            let Some(life) = lives.get_mut(staff.0) else { continue };
            match event.kind {
                EventKind::Join | EventKind::Recruit => {
                    life.joins = Some((event.date, event.to_post));
                    life.recruited = event.kind == EventKind::Recruit;
                }
                EventKind::Leave => life.leaves = earlier(life.leaves, Some(event.date)),
                EventKind::Retire => retire_rows[staff.0] = earlier(retire_rows[staff.0], Some(event.date)),
                EventKind::Promote => life.promotions.extend(event.to_post.map(|post| (event.date, post))),
                EventKind::Absent => {
                    life.absences.push(Away { from: Some(event.date), until: event.until, host: event.to_post });
                }
                EventKind::Return => {
                    for away in life.absences.iter_mut().filter(|away| away.covers(event.date)) {
                        away.until = Some(event.date);
                    }
                }
                EventKind::NewPost | EventKind::ClosePost | EventKind::Rename | EventKind::Merge => {}
            }
        }
        for (ix, life) in lives.iter_mut().enumerate() {
            let person = &case.people[ix];
            life.retires = retire_rows[ix].or(person.retire_date);
            // Nobody under 立案 retires (semantics 15).
            if person.under_investigation != Some(Investigation::Filed) {
                life.leaves = earlier(life.leaves, life.retires);
            }
        }
        let mut decided = vec![Vec::new(); case.people.len()];
        for (ix, decision) in case.decisions.iter().enumerate() {
            for year in policy.decision_years(decision) {
                decided[decision.staff.0].push((year, decision.kind, decision.post, ix));
            }
        }
        Self { case, policy, lives, openings, decided }
    }

    /// What events do to a person.
    #[must_use]
    pub fn life(&self, person: PersonIx) -> &Life {
        &self.lives[person.0]
    }

    /// When a post is open.
    #[must_use]
    pub fn opening(&self, post: PostIx) -> Opening {
        self.openings[post.0]
    }

    /// Plan year in which a date lies: 0 before the start, T + 1 beyond the horizon.
    #[must_use]
    pub fn year_of(&self, date: NaiveDate) -> usize {
        (1..=self.policy.horizon() + 1).take_while(|t| self.policy.effective(*t) <= date).last().unwrap_or(0)
    }

    /// Whether a post is open in layout `t`.
    #[must_use]
    pub fn open(&self, post: PostIx, t: usize) -> bool {
        let Opening { founded, closed } = self.openings[post.0];
        founded.is_none_or(|date| self.year_of(date) <= t) && closed.is_none_or(|date| self.year_of(date) > t)
    }

    /// Seats of a post in layout `t`; none while it is shut.
    #[must_use]
    pub fn seats(&self, post: PostIx, t: usize) -> usize {
        if self.open(post, t) { self.case.post(post).headcount as usize } else { 0 }
    }

    /// Risk grade of a post after the lift of a sensitive one.
    #[must_use]
    pub fn grade(&self, post: PostIx) -> Grade {
        let post = self.case.post(post);
        if post.sensitive { post.risk.lifted() } else { post.risk }
    }

    /// Limits of tenure of a person in a post.
    #[must_use]
    pub fn limit(&self, person: PersonIx, post: PostIx) -> Limit {
        let grade = self.grade(post);
        let row = self.case.post(post);
        let of_grade = self.policy.time.thresholds(grade);
        let who = self.case.person(person);
        let kind_counts = matches!(who.staffing_kind, None | Some(StaffingKind::Administrative | StaffingKind::Quasi));
        let duty = row.ten_year_duty || matches!(row.lead, Lead::Head | Lead::Deputy);
        Limit {
            grade,
            should: row.should_months.unwrap_or(of_grade.should),
            must: who.must_months.or(row.must_months).unwrap_or(of_grade.must),
            ten_year: (duty && kind_counts).then_some(self.policy.time.ten_year),
        }
    }

    /// Whether a person is near retirement on a day (semantics 11).
    #[must_use]
    pub fn near_retirement(&self, person: PersonIx, day: NaiveDate) -> bool {
        self.life(person)
            .retires
            .is_some_and(|date| lungang_domain::months_between(day, date) < self.policy.time.near_retirement)
    }

    /// Whether a decision frees the person in year `t`.
    #[must_use]
    pub fn freed(&self, person: PersonIx, t: usize) -> bool {
        self.decided[person.0].iter().any(|(year, kind, _, _)| *year == t && *kind == DecisionKind::Free)
    }

    /// The decision of a kind on a person in year `t` that satisfies `fits`, as a position in the case's list.
    #[must_use]
    pub fn decision(
        &self,
        person: PersonIx,
        t: usize,
        kind: DecisionKind,
        fits: impl Fn(Option<PostIx>) -> bool,
    ) -> Option<usize> {
        self.decided[person.0]
            .iter()
            .find(|(year, found, post, _)| *year == t && *found == kind && fits(*post))
            .map(|(_, _, _, ix)| *ix)
    }

    /// Whether a post is closed to rotation for this person in year `t`: special and not freed.
    #[must_use]
    pub fn special(&self, person: PersonIx, post: PostIx, t: usize) -> bool {
        self.case.post(post).special.is_some() && !self.freed(person, t)
    }

    /// The cap of moves out of a unit in a year (semantics 17), given today's seat holders.
    #[must_use]
    pub fn cap(&self, unit: lungang_domain::UnitIx, holders: usize) -> usize {
        let share = self.policy.turnover.unit_share.floor_of(holders as u64);
        let by_share = usize::try_from(share.max(1)).unwrap_or(usize::MAX);
        self.case.unit(unit).max_moves_per_year.map_or(by_share, |cap| cap as usize)
    }
}

fn earlier(a: Option<NaiveDate>, b: Option<NaiveDate>) -> Option<NaiveDate> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

fn life_of_roster(person: &lungang_domain::Person) -> Life {
    let absences = person
        .absence
        .iter()
        .map(|absence| Away { from: absence.from, until: absence.until, host: absence.host })
        .collect();
    Life { absences, ..Life::default() }
}
