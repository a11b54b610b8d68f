//! The facts of one planning case, as read: people, posts, units, events, decisions.
//!
//! Everything here is what the sheets *say*. What follows from it (who is due, who covers what) is worked out by the
//! engine, the compact reference and the checker, each in code of its own.

use crate::fit::Fit;
use crate::ids::{PersonIx, PostId, PostIx, SectionIx, StaffId, UnitId, UnitIx};
use crate::problem::{Origins, Problem, RowRef};
use crate::words::{
    AbsenceKind, Category, DecisionKind, EventKind, Grade, Investigation, Kin, Lead, Nature, Power, Sex, StaffingKind,
    Stage,
};
use chrono::NaiveDate;

/// One planning case. Lists are sorted by id, so that shuffled input gives the same case (semantics 23, 24).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Case {
    /// Who is planned: in service today, or joining by an event. Sorted by id.
    pub people: Vec<Person>,
    /// Who is on the roster and not in service: listed, never planned. Sorted by id.
    pub unplanned: Vec<Unplanned>,
    /// All posts, those founded later included. Sorted by id.
    pub posts: Vec<Post>,
    /// All units. Sorted by id.
    pub units: Vec<Unit>,
    /// All sections, sorted by unit, then name. A unit without sections has none here.
    pub sections: Vec<Section>,
    /// Fit of people in posts.
    pub fit: Fit,
    /// Rows of the risk list, as read.
    pub risks: Vec<RiskPoint>,
    /// Rows of the list of powers and duties, as read.
    pub duties: Vec<Duty>,
    /// Kinship rows, as read.
    pub relations: Vec<Relation>,
    /// Past stays, as read.
    pub history: Vec<HistoryRow>,
    /// Events, sorted by date, then kind, then staff and post.
    pub events: Vec<Event>,
    /// Decisions, sorted by staff, then year, kind and post.
    pub decisions: Vec<Decision>,
    /// Where everything was read from.
    pub origins: Origins,
    /// Warnings and assumptions of reading.
    pub notes: Vec<Problem>,
}

/// A start date as written: `≤` means that the truth lies not later, so the tenure is at least that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Since {
    /// The date.
    pub date: NaiveDate,
    /// Whether the sheet wrote `≤`.
    pub at_least: bool,
}

/// A span of the ladder, both ends included; a single rung has equal ends. The rungs are words of the policy's ladder.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RankSpan {
    /// Lower rung.
    pub low: String,
    /// Upper rung.
    pub high: String,
}

/// An absence stated in the roster. Further ones come as events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Absence {
    /// First day away; `None` where the roster gives only an end or a kind: away already on the date of the data.
    pub from: Option<NaiveDate>,
    /// Day of return; `None`: beyond the horizon.
    pub until: Option<NaiveDate>,
    /// Kind.
    pub kind: Option<AbsenceKind>,
    /// The post where the person works meanwhile, when known.
    pub host: Option<PostIx>,
}

/// A staff member, with what the roster says.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// Stable id (NFKC, trimmed).
    pub id: StaffId,
    /// Name as shown.
    pub name: String,
    /// Sex.
    pub sex: Option<Sex>,
    /// Date of birth.
    pub birth_date: Option<NaiveDate>,
    /// 民族.
    pub ethnicity: Option<String>,
    /// 政治面貌 as written.
    pub party: Option<String>,
    /// 籍贯.
    pub native_place: Option<String>,
    /// 成长地.
    pub home_region: Option<String>,
    /// A rung of the policy's education ladder.
    pub education: Option<String>,
    /// Majors (the sheet's list).
    pub majors: Vec<String>,
    /// Certificates held.
    pub certificates: Vec<String>,
    /// 编制类型.
    pub staffing_kind: Option<StaffingKind>,
    /// 职位类别.
    pub category: Option<Category>,
    /// Unit named in the roster row; for who holds a post, the post's unit counts.
    pub unit: Option<UnitIx>,
    /// Post held on the date of the data; `None`: unplaced 待安排. Ignored for who joins by an event (semantics 29).
    pub post: Option<PostIx>,
    /// Concurrent posts 兼任: presence there, no seat.
    pub also_posts: Vec<PostIx>,
    /// Posts led ad interim 主持工作: presence there, no seat.
    pub acting_in: Vec<PostIx>,
    /// 任现岗位时间. `None`: unknown (semantics 3).
    pub post_since: Option<Since>,
    /// 任现内设机构时间.
    pub section_since: Option<Since>,
    /// 任现单位时间.
    pub unit_since: Option<Since>,
    /// A rung of the policy's level ladder.
    pub level: Option<String>,
    /// 任现职务时间.
    pub level_since: Option<NaiveDate>,
    /// A rung of the policy's grade ladder.
    pub grade: Option<String>,
    /// 任现职级时间.
    pub grade_since: Option<NaiveDate>,
    /// In the pool of reserve cadres.
    pub reserve: bool,
    /// Stage in the pool.
    pub reserve_stage: Option<Stage>,
    /// Could be used at once.
    pub ready_now: bool,
    /// Experiences had.
    pub experiences: Vec<String>,
    /// Experiences still wanted; `None`: blank, so the policy's list less those had applies (semantics 12).
    pub needed: Option<Vec<String>>,
    /// Date of retirement: the one given, else the one that the policy's formula gives.
    pub retire_date: Option<NaiveDate>,
    /// Whether it comes from the formula (semantics 64).
    pub retire_computed: bool,
    /// First day after probation.
    pub probation_until: Option<NaiveDate>,
    /// First day on which the person may leave the unit.
    pub minimum_service_until: Option<NaiveDate>,
    /// First day after the effect of a sanction.
    pub discipline_until: Option<NaiveDate>,
    /// An open inquiry.
    pub under_investigation: Option<Investigation>,
    /// Absence stated in the roster.
    pub absence: Option<Absence>,
    /// First day on which the person may be rotated again.
    pub exempt_until: Option<NaiveDate>,
    /// Why exempt.
    pub exempt_reason: Option<String>,
    /// The person's own *must*, in months.
    pub must_months: Option<i32>,
    /// Appraisals as written.
    pub appraisals: Option<String>,
    /// Class-hours of law this year.
    pub law_hours: Option<f64>,
    /// Class-hours of professional training this year.
    pub professional_hours: Option<f64>,
    /// Wishes as written.
    pub wishes: Vec<String>,
    /// Suggested posts.
    pub suggested_posts: Vec<PostIx>,
    /// Where the row stands.
    pub row: RowRef,
}

/// Somebody on the roster who is not in service, or a row that marks a vacancy.
#[derive(Clone, Debug, PartialEq)]
pub struct Unplanned {
    /// Id, where there is one.
    pub id: Option<StaffId>,
    /// Name.
    pub name: String,
    /// The status as written.
    pub status: String,
    /// Where the row stands.
    pub row: RowRef,
}

/// A post: a function in a section, with seats.
#[derive(Clone, Debug, PartialEq)]
pub struct Post {
    /// Id (NFKC, trimmed).
    pub id: PostId,
    /// Unit it belongs to.
    pub unit: UnitIx,
    /// Section, where the unit has them.
    pub section: Option<SectionIx>,
    /// Title as shown.
    pub title: String,
    /// Level asked for; `None`: not filled.
    pub level: Option<RankSpan>,
    /// Grade asked for; `None`: not filled.
    pub grade: Option<RankSpan>,
    /// Seats 定员. A blank has been filled by the reader with the holders of today (an assumption).
    pub headcount: u32,
    /// Least presence, if given.
    pub min_present: Option<u32>,
    /// Must not stand empty.
    pub essential: bool,
    /// Leading role.
    pub lead: Lead,
    /// Post it reports to.
    pub reports_to: Option<PostIx>,
    /// Risk grade *before* the lift of a sensitive post: `posts.risk`, else from the risk list, else unrated.
    pub risk: Grade,
    /// 重点岗位: lifts the grade one step (semantics 10).
    pub sensitive: bool,
    /// Kind of power.
    pub power: Option<Power>,
    /// Duty pairs as written, such as `管采:采`.
    pub duty_pair: Vec<String>,
    /// Field of business.
    pub domain: Option<String>,
    /// Marked as a ten-year duty (semantics 10: heads and deputies of sections count without the mark).
    pub ten_year_duty: bool,
    /// Staffing kinds that fit; empty: not filled.
    pub staffing_kinds: Vec<StaffingKind>,
    /// Categories that fit; empty: not filled.
    pub categories: Vec<Category>,
    /// Majors, any of which will do; empty: not filled.
    pub required_majors: Vec<String>,
    /// Certificates, all of which are needed; empty: not filled.
    pub required_certificates: Vec<String>,
    /// Least education, a rung of the policy's ladder.
    pub min_education: Option<String>,
    /// Experiences the post gives.
    pub development: Vec<String>,
    /// Own thresholds in months.
    pub may_months: Option<i32>,
    /// Own *should*.
    pub should_months: Option<i32>,
    /// Own *must*.
    pub must_months: Option<i32>,
    /// No rotation, and why; `None`: an ordinary post.
    pub special: Option<String>,
    /// Businesses it regulates.
    pub regulates: Vec<String>,
    /// Where the row stands.
    pub row: RowRef,
}

/// A unit 单位.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    /// Id; where there is no `units` sheet, the name.
    pub id: UnitId,
    /// Name.
    pub name: String,
    /// Former names.
    pub former_names: Vec<String>,
    /// Parent unit.
    pub parent: Option<UnitIx>,
    /// Region.
    pub region: Option<String>,
    /// 机构性质.
    pub nature: Option<Nature>,
    /// Seats by staffing kind, as read.
    pub kind_seats: Vec<(StaffingKind, u32)>,
    /// Leading seats.
    pub leader_seats: Option<u32>,
    /// Cap of moves out of the unit a year; wins over the share (semantics 17).
    pub max_moves_per_year: Option<u32>,
    /// Leaders as written.
    pub leaders: Option<String>,
    /// Where the row stands; `None`: the unit was only named in other sheets.
    pub row: Option<RowRef>,
}

/// An internal office of a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The unit.
    pub unit: UnitIx,
    /// Name.
    pub name: String,
}

/// A row of the risk list.
#[derive(Clone, Debug, PartialEq)]
pub struct RiskPoint {
    /// Posts it speaks of (one, or all of a unit or section).
    pub posts: Vec<PostIx>,
    /// The risk point as written.
    pub point: String,
    /// Its grade, where given.
    pub grade: Option<Grade>,
    /// Where the row stands.
    pub row: RowRef,
}

/// A row of the list of powers and duties. A key item has made its post sensitive.
#[derive(Clone, Debug, PartialEq)]
pub struct Duty {
    /// Item.
    pub item: String,
    /// Key item 重点.
    pub key: bool,
    /// Post that answers for it.
    pub post: Option<PostIx>,
    /// Where the row stands.
    pub row: RowRef,
}

/// A kinship row: R08 looks at `other`; two people in service are kept for a later rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Relation {
    /// One person.
    pub staff_a: PersonIx,
    /// The other, or `None` where only a relative's business is stated.
    pub staff_b: Option<PersonIx>,
    /// Kinship.
    pub kind: Option<Kin>,
    /// A relative's business, not where they are employed.
    pub other: Option<String>,
    /// Where the row stands.
    pub row: RowRef,
}

/// A past stay; read and kept, used by a later rule.
#[derive(Clone, Debug, PartialEq)]
pub struct HistoryRow {
    /// Who.
    pub staff: PersonIx,
    /// Post, where it is one of today's.
    pub post: Option<PostIx>,
    /// Field.
    pub domain: Option<String>,
    /// First day.
    pub from: Option<NaiveDate>,
    /// Last day.
    pub to: Option<NaiveDate>,
    /// Where the row stands.
    pub row: RowRef,
}

/// A dated event (semantics 6, 7, 29).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// When.
    pub date: NaiveDate,
    /// What.
    pub kind: EventKind,
    /// Whom it concerns.
    pub staff: Option<PersonIx>,
    /// Post founded, closed or left.
    pub post: Option<PostIx>,
    /// Post joined or promoted to, or host of an absence.
    pub to_post: Option<PostIx>,
    /// Day of return of an absence.
    pub until: Option<NaiveDate>,
    /// Note as written.
    pub note: Option<String>,
    /// Where the row stands.
    pub row: RowRef,
}

/// A decision taken by hand (semantics 21).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Whom it concerns.
    pub staff: PersonIx,
    /// Post named.
    pub post: Option<PostIx>,
    /// As written: a plan year (1, 2, …) or a calendar year of an effective date; `None`: every year.
    /// [`crate::Policy::decision_years`] resolves it.
    pub year: Option<i32>,
    /// What was decided.
    pub kind: DecisionKind,
    /// By whom.
    pub decided_by: Option<String>,
    /// When.
    pub date: Option<NaiveDate>,
    /// Why.
    pub reason: Option<String>,
    /// Number of the approval on record; what lets a decision break a law~ rule.
    pub approval: Option<String>,
    /// Where the row stands.
    pub row: RowRef,
}

impl Case {
    /// The person with this id.
    #[must_use]
    pub fn person_by_id(&self, id: &str) -> Option<PersonIx> {
        self.people.binary_search_by(|person| person.id.as_str().cmp(id)).ok().map(PersonIx)
    }

    /// The post with this id.
    #[must_use]
    pub fn post_by_id(&self, id: &str) -> Option<PostIx> {
        self.posts.binary_search_by(|post| post.id.as_str().cmp(id)).ok().map(PostIx)
    }

    /// The person at a position.
    #[must_use]
    pub fn person(&self, ix: PersonIx) -> &Person {
        &self.people[ix.0]
    }

    /// The post at a position.
    #[must_use]
    pub fn post(&self, ix: PostIx) -> &Post {
        &self.posts[ix.0]
    }

    /// The unit at a position.
    #[must_use]
    pub fn unit(&self, ix: UnitIx) -> &Unit {
        &self.units[ix.0]
    }

    /// The section at a position.
    #[must_use]
    pub fn section(&self, ix: SectionIx) -> &Section {
        &self.sections[ix.0]
    }

    /// Positions of all people.
    pub fn people_ix(&self) -> impl Iterator<Item = PersonIx> + use<> {
        (0..self.people.len()).map(PersonIx)
    }

    /// Positions of all posts.
    pub fn posts_ix(&self) -> impl Iterator<Item = PostIx> + use<> {
        (0..self.posts.len()).map(PostIx)
    }
}
