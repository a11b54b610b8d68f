//! Small cases built in code, for tests of the engine, the compact reference and the checker.
//!
//! ```
//! use lungang_domain::sample::{CaseBuilder, day, policy};
//! use lungang_domain::{EventKind, Grade};
//!
//! let case = CaseBuilder::new()
//!     .post("cash", "U1", "S1", |post| post.risk = Grade::High)
//!     .post("file", "U1", "S1", |_| ())
//!     .person("ann", "cash", "2019-07-01", |_| ())
//!     .person("bob", "file", "2022-07-01", |person| person.retire_date = Some(day("2029-01-31")))
//!     .fit("ann", "file", 70)
//!     .event("2026-03-01", EventKind::Leave, "bob", "", "")
//!     .build();
//! let policy = policy(3);
//! assert_eq!(case.people.len(), 2);
//! assert_eq!(policy.effective(1), day("2025-07-01"));
//! ```
//!
//! Ids that are used before they are made, and dates that are none, panic: a sample is code, not data of a user.

use crate::calendar::CalendarPolicy;
use crate::case::{Absence, Case, Decision, Event, Person, Post, Section, Since, Unit};
use crate::fit::Fit;
use crate::ids::{PersonIx, PostId, PostIx, SectionIx, StaffId, UnitId, UnitIx};
use crate::layout::{Layout, Place};
use crate::policy::{
    FitCompute, FitPolicy, FitWeights, InputPolicy, LadderPolicy, Mode, PointsPolicy, Policy, PrioritiesPolicy,
    ReportPolicy, ReservePolicy, RetirementPolicy, RiskPolicy, Share, Thresholds, TimePolicy, TurnoverPolicy, Weights,
};
use crate::problem::RowRef;
use crate::time::eve;
use crate::words::{DecisionKind, EventKind, Grade, Lead, StaffingKind};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// A date such as `2025-07-01`.
///
/// # Panics
/// If it is none.
#[must_use]
pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap_or_else(|_| panic!("{text} is no date"))
}

fn words(list: &[&str]) -> Vec<String> {
    list.iter().map(|word| (*word).to_owned()).collect()
}

/// The county preset's numbers from 2025-07-01 for `years` years, with every rule on that is built. R12's share is 1
/// and old hands are 0, so that tiny samples can move at all: a test of R12 sets them.
#[must_use]
pub fn policy(years: u32) -> Policy {
    let start = day("2025-07-01");
    let limit = |should, must| Thresholds { should, must };
    Policy {
        preset: "cn-county".into(),
        start,
        as_of: eve(start),
        years,
        time: TimePolicy {
            may: 24,
            rest: 12,
            high: limit(36, 60),
            medium: limit(60, 96),
            low: limit(96, 120),
            unrated: limit(60, 96),
            ten_year: 120,
            section: None,
            unit_level: None,
            unit: None,
            domain: None,
            near_retirement: 24,
            no_return: 60,
            cooling: 24,
            presence: 6,
            recruit_probation: 12,
            leader_probation: 12,
        },
        turnover: TurnoverPolicy {
            unit_share: Share(1_000_000),
            unit_floor: Share(0),
            year_share: Share::whole(),
            most_moves: None,
            most_cross_unit: None,
            old_hands: Share(0),
            apart: false,
        },
        risk: RiskPolicy {
            tiers: vec![Grade::High],
            aggregate: "max".into(),
            direction: None,
            high_from: None,
            medium_from: None,
        },
        points: PointsPolicy { per_move: 40, cross_unit: 20, medium_month: 3, low_month: 1, should_month: 1 },
        reserve: ReservePolicy { experiences: Vec::new(), successors: false },
        retirement: RetirementPolicy::default(),
        // Small cases say what they mean: no score is computed unless a test asks for it.
        fit: FitPolicy {
            strict: false,
            floor: 0,
            compute: FitCompute::Never,
            domain_months: 36,
            seniority_months: 36,
            weights: FitWeights {
                major: 20,
                certificates: 10,
                domain: 25,
                level: 20,
                seniority: 5,
                training: 5,
                wishes: 5,
                suggested: 10,
            },
        },
        priorities: PrioritiesPolicy { mode: Mode::Strict, weights: Weights { risk: 8, reserve: 120, quality: 1 } },
        give: BTreeMap::new(),
        rules: ["R16", "R19", "R20", "R25"].into_iter().map(|id| (id.to_owned(), true)).collect(),
        ladder: LadderPolicy {
            level: words(&["无", "股级副职", "股级正职", "乡科级副职", "乡科级正职", "县处级副职", "县处级正职"]),
            grade: words(&["二级科员", "一级科员", "四级主任科员", "三级主任科员", "二级主任科员", "一级主任科员"]),
            education: words(&["高中", "大专", "本科", "硕士", "博士"]),
            equivalent: Vec::new(),
        },
        input: InputPolicy::default(),
        calendar: CalendarPolicy::default(),
        report: ReportPolicy {
            section_name: "股室".into(),
            lang: "zh".into(),
            holidays: Vec::new(),
            workdays: Vec::new(),
        },
    }
}

/// What references another row, by id, until [`CaseBuilder::build`] knows the positions.
#[derive(Clone, Debug, Default)]
struct Links {
    post: String,
    also: Vec<String>,
    acting: Vec<String>,
    host: String,
}

/// Builds a [`Case`] row by row, with ids as text; an empty text stands for none.
#[derive(Clone, Debug, Default)]
pub struct CaseBuilder {
    posts: Vec<(Post, String, String)>,
    caps: BTreeMap<String, u32>,
    people: Vec<(Person, Links)>,
    fit: Vec<(String, String, u8)>,
    events: Vec<(Event, String, String, String)>,
    decisions: Vec<(Decision, String, String)>,
}

impl CaseBuilder {
    /// Nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A post of one seat in a section (empty: none) of a unit: unrated, no level or grade asked, no leading role.
    /// The closure changes what the test is about.
    #[must_use]
    pub fn post(mut self, id: &str, unit: &str, section: &str, change: impl FnOnce(&mut Post)) -> Self {
        let mut post = Post {
            id: PostId::new(id),
            unit: UnitIx(0),
            section: None,
            title: id.to_owned(),
            level: None,
            grade: None,
            headcount: 1,
            min_present: None,
            essential: false,
            lead: Lead::None,
            reports_to: None,
            risk: Grade::Unrated,
            sensitive: false,
            power: None,
            duty_pair: Vec::new(),
            domain: None,
            ten_year_duty: false,
            staffing_kinds: Vec::new(),
            categories: Vec::new(),
            required_majors: Vec::new(),
            required_certificates: Vec::new(),
            min_education: None,
            development: Vec::new(),
            may_months: None,
            should_months: None,
            must_months: None,
            special: None,
            regulates: Vec::new(),
            row: RowRef::default(),
        };
        change(&mut post);
        self.posts.push((post, unit.to_owned(), section.to_owned()));
        self
    }

    /// The unit's own cap of moves a year (R12).
    #[must_use]
    pub fn cap(mut self, unit: &str, moves: u32) -> Self {
        self.caps.insert(unit.to_owned(), moves);
        self
    }

    /// A person in a post (empty: unplaced, or outside if an event brings them) since a date (empty: unknown), of
    /// administrative kind, else with blanks.
    #[must_use]
    pub fn person(mut self, id: &str, post: &str, since: &str, change: impl FnOnce(&mut Person)) -> Self {
        let mut person = Person {
            id: StaffId::new(id),
            name: id.to_owned(),
            sex: None,
            birth_date: None,
            ethnicity: None,
            party: None,
            native_place: None,
            home_region: None,
            education: None,
            majors: Vec::new(),
            certificates: Vec::new(),
            staffing_kind: Some(StaffingKind::Administrative),
            category: None,
            unit: None,
            post: None,
            also_posts: Vec::new(),
            acting_in: Vec::new(),
            post_since: (!since.is_empty()).then(|| Since { date: day(since), at_least: false }),
            section_since: None,
            unit_since: None,
            level: None,
            level_since: None,
            grade: None,
            grade_since: None,
            reserve: false,
            reserve_stage: None,
            ready_now: false,
            experiences: Vec::new(),
            needed: None,
            retire_date: None,
            retire_computed: false,
            probation_until: None,
            minimum_service_until: None,
            discipline_until: None,
            under_investigation: None,
            absence: None,
            exempt_until: None,
            exempt_reason: None,
            must_months: None,
            appraisals: None,
            law_hours: None,
            professional_hours: None,
            wishes: Vec::new(),
            suggested_posts: Vec::new(),
            row: RowRef::default(),
        };
        change(&mut person);
        self.people.push((person, Links { post: post.to_owned(), ..Links::default() }));
        self
    }

    fn links(&mut self, id: &str) -> &mut (Person, Links) {
        self.people.iter_mut().find(|(person, _)| person.id.as_str() == id).unwrap_or_else(|| panic!("no person {id}"))
    }

    /// A concurrent post of a person 兼任.
    #[must_use]
    pub fn also(mut self, id: &str, post: &str) -> Self {
        self.links(id).1.also.push(post.to_owned());
        self
    }

    /// A post that a person leads ad interim 主持工作.
    #[must_use]
    pub fn acting(mut self, id: &str, post: &str) -> Self {
        self.links(id).1.acting.push(post.to_owned());
        self
    }

    /// The roster's absence of a person; empty texts stand for unknown.
    #[must_use]
    pub fn absent(mut self, id: &str, from: &str, until: &str, host: &str) -> Self {
        let (person, links) = self.links(id);
        let date = |text: &str| (!text.is_empty()).then(|| day(text));
        person.absence = Some(Absence { from: date(from), until: date(until), kind: None, host: None });
        links.host = host.to_owned();
        self
    }

    /// A fit score.
    #[must_use]
    pub fn fit(mut self, person: &str, post: &str, score: u8) -> Self {
        self.fit.push((person.to_owned(), post.to_owned(), score));
        self
    }

    /// An event with its staff, post and destination, as in the sheet (semantics 29).
    #[must_use]
    pub fn event(self, date: &str, kind: EventKind, staff: &str, post: &str, to_post: &str) -> Self {
        self.event_until(date, kind, staff, post, to_post, "")
    }

    /// The same with a day of return.
    #[must_use]
    pub fn event_until(
        mut self,
        date: &str,
        kind: EventKind,
        staff: &str,
        post: &str,
        to_post: &str,
        until: &str,
    ) -> Self {
        let event = Event {
            date: day(date),
            kind,
            staff: None,
            post: None,
            to_post: None,
            until: (!until.is_empty()).then(|| day(until)),
            note: None,
            row: RowRef::default(),
        };
        self.events.push((event, staff.to_owned(), post.to_owned(), to_post.to_owned()));
        self
    }

    /// A decision; `year` as written, `None` for all; `approval` empty for none.
    #[must_use]
    pub fn decision(
        mut self,
        kind: DecisionKind,
        staff: &str,
        post: &str,
        year: impl Into<Option<i32>>,
        approval: &str,
    ) -> Self {
        let decision = Decision {
            staff: PersonIx(0),
            post: None,
            year: year.into(),
            kind,
            decided_by: None,
            date: None,
            reason: None,
            approval: (!approval.is_empty()).then(|| approval.to_owned()),
            row: RowRef::default(),
        };
        self.decisions.push((decision, staff.to_owned(), post.to_owned()));
        self
    }

    /// The case, sorted and linked as the reader does it.
    ///
    /// # Panics
    /// If an id is unknown or given twice.
    #[must_use]
    pub fn build(mut self) -> Case {
        let units: Vec<String> =
            self.posts.iter().map(|(_, unit, _)| unit.clone()).collect::<BTreeSet<_>>().into_iter().collect();
        let unit_ix = |name: &str| UnitIx(units.iter().position(|unit| unit == name).expect("a unit"));
        let sections: Vec<(UnitIx, String)> = self
            .posts
            .iter()
            .filter(|(_, _, section)| !section.is_empty())
            .map(|(_, unit, section)| (unit_ix(unit), section.clone()))
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect();
        self.posts.sort_by(|a, b| a.0.id.cmp(&b.0.id));
        self.people.sort_by(|a, b| a.0.id.cmp(&b.0.id));
        assert!(self.posts.windows(2).all(|pair| pair[0].0.id != pair[1].0.id), "a post twice");
        assert!(self.people.windows(2).all(|pair| pair[0].0.id != pair[1].0.id), "a person twice");
        let posts: Vec<Post> = self
            .posts
            .into_iter()
            .map(|(mut post, unit, section)| {
                post.unit = unit_ix(&unit);
                post.section = sections.iter().position(|known| *known == (post.unit, section.clone())).map(SectionIx);
                post
            })
            .collect();
        let post_ix = |id: &str| -> Option<PostIx> {
            let found = || posts.iter().position(|post| post.id.as_str() == id);
            (!id.is_empty()).then(|| PostIx(found().unwrap_or_else(|| panic!("no post {id}"))))
        };
        let people: Vec<Person> = self
            .people
            .into_iter()
            .map(|(mut person, links)| {
                person.post = post_ix(&links.post);
                person.unit = person.unit.or(person.post.map(|post| posts[post.0].unit));
                person.also_posts.extend(links.also.iter().filter_map(|id| post_ix(id)));
                person.acting_in.extend(links.acting.iter().filter_map(|id| post_ix(id)));
                if let Some(absence) = &mut person.absence {
                    absence.host = post_ix(&links.host);
                }
                person
            })
            .collect();
        let person_ix = |id: &str| -> Option<PersonIx> {
            let found = || people.iter().position(|person| person.id.as_str() == id);
            (!id.is_empty()).then(|| PersonIx(found().unwrap_or_else(|| panic!("no person {id}"))))
        };
        let mut fit = Fit::empty(!self.fit.is_empty(), people.len());
        for (person, post, score) in &self.fit {
            fit.set(person_ix(person).expect("a person"), post_ix(post).expect("a post"), *score);
        }
        let mut events: Vec<Event> = self
            .events
            .into_iter()
            .map(|(event, staff, post, to_post)| Event {
                staff: person_ix(&staff),
                post: post_ix(&post),
                to_post: post_ix(&to_post),
                ..event
            })
            .collect();
        events.sort_by_key(|event| (event.date, event.kind, event.staff, event.post));
        let mut decisions: Vec<Decision> = self
            .decisions
            .into_iter()
            .map(|(decision, staff, post)| Decision {
                staff: person_ix(&staff).expect("a person"),
                post: post_ix(&post),
                ..decision
            })
            .collect();
        decisions.sort_by_key(|decision| (decision.staff, decision.year, decision.kind, decision.post));
        Case {
            units: units
                .iter()
                .map(|name| Unit {
                    id: UnitId::new(name),
                    name: name.clone(),
                    former_names: Vec::new(),
                    parent: None,
                    region: None,
                    nature: None,
                    kind_seats: Vec::new(),
                    leader_seats: None,
                    max_moves_per_year: self.caps.get(name).copied(),
                    leaders: None,
                    row: None,
                })
                .collect(),
            sections: sections.into_iter().map(|(unit, name)| Section { unit, name }).collect(),
            people,
            posts,
            fit,
            events,
            decisions,
            ..Case::default()
        }
    }
}

/// The same layout with one person's places from layout `t` on replaced by being *in* `post`.
///
/// # Panics
/// If an id is unknown.
#[must_use]
pub fn moved(case: &Case, layout: &Layout, person: &str, t: usize, post: &str) -> Layout {
    let post = case.post_by_id(post).unwrap_or_else(|| panic!("no post {post}"));
    placed(case, layout, person, t, Place::In(post))
}

/// The same layout with one person's places from layout `t` on replaced.
///
/// # Panics
/// If the id is unknown.
#[must_use]
pub fn placed(case: &Case, layout: &Layout, person: &str, t: usize, place: Place) -> Layout {
    let person = case.person_by_id(person).unwrap_or_else(|| panic!("no person {person}"));
    let mut layout = layout.clone();
    layout.places[person.0][t..].fill(place);
    layout
}
