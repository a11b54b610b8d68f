//! What stands in for a rotation that is put off at a high-risk post (R22): which measure the data allow, in the order
//! of the catalogue, and who would share the work or stand in. Reasons in `docs/decisions/0014-calendar.md`.

use super::course::Courses;
use super::deferrals::Deferral;
use crate::rules::{Facts, is_fit};
use lungang_domain::{Grade, Lead, PersonIx, PostIx, SectionIx, UnitIx};
use std::collections::BTreeMap;

/// A substitute measure 替代措施.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    /// 专项审计: needs nobody else.
    Audit,
    /// 重新分工: part of the duties goes to somebody else at work in the section.
    Share,
    /// AB角: a second person who knows the post and may decide in it.
    Pair,
    /// 强制休假: the holder is away for a time, somebody else does the work.
    Leave,
}

impl Measure {
    /// The order of the catalogue.
    pub const ALL: [Self; 4] = [Self::Audit, Self::Share, Self::Pair, Self::Leave];

    /// Key: the words are under `substitute-<key>`.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Audit => "audit",
            Self::Share => "share",
            Self::Pair => "pair",
            Self::Leave => "leave",
        }
    }
}

/// The measure proposed, and who would carry it, by staff id; nobody for an audit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Substitute {
    /// Which.
    pub measure: Measure,
    /// Who shares the duties, is the second person, or stands in.
    pub by: Vec<PersonIx>,
}

/// Among whom the work of a post can be shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Circle {
    /// Leading members of a unit.
    Leaders(UnitIx),
    /// A section.
    Section(SectionIx),
    /// The other posts of a unit, where it has no sections.
    Unit(UnitIx),
}

fn circle(facts: &Facts, post: PostIx) -> Circle {
    let row = facts.case.post(post);
    match (row.lead, row.section) {
        (Lead::Principal | Lead::Vice, _) => Circle::Leaders(row.unit),
        (_, Some(section)) => Circle::Section(section),
        (_, None) => Circle::Unit(row.unit),
    }
}

/// Who is at work in a year, by circle: whoever is present for long enough, and not under an inquiry.
struct AtWork(BTreeMap<Circle, Vec<(PersonIx, PostIx)>>);

impl AtWork {
    fn new(facts: &Facts, courses: &Courses, t: usize) -> Self {
        let mut all: BTreeMap<Circle, Vec<(PersonIx, PostIx)>> = BTreeMap::new();
        for person in facts.case.people_ix() {
            let at_work = facts.of(person).present[t] && facts.case.person(person).under_investigation.is_none();
            if let (Some(post), true) = (courses.at(person, t).seat(), at_work) {
                all.entry(circle(facts, post)).or_default().push((person, post));
            }
        }
        Self(all)
    }

    fn beside(&self, facts: &Facts, person: PersonIx, post: PostIx) -> Vec<(PersonIx, PostIx)> {
        let all = self.0.get(&circle(facts, post)).into_iter().flatten();
        all.filter(|(other, _)| *other != person).copied().collect()
    }
}

/// Who could carry a measure; `None` where it can't be had.
fn carriers(facts: &Facts, year: &AtWork, kept: &Deferral, measure: Measure) -> Option<Vec<PersonIx>> {
    let beside = year.beside(facts, kept.person, kept.post);
    let all = || beside.iter().map(|(person, _)| *person).collect::<Vec<_>>();
    let able = || -> Vec<PersonIx> {
        let knows =
            |(person, post): &&(PersonIx, PostIx)| *post == kept.post || is_fit(facts, *person, kept.post, kept.year);
        beside.iter().filter(knows).map(|(person, _)| *person).collect()
    };
    let by = match measure {
        Measure::Audit => return Some(Vec::new()),
        Measure::Share => all(),
        Measure::Pair => able(),
        Measure::Leave => {
            let own = facts.of(kept.person);
            if !own.present[kept.year] || own.away_on[kept.year] {
                return None;
            }
            // Nobody but who qualifies may hold a post that must not stand empty.
            if facts.case.post(kept.post).essential { able() } else { all() }
        }
    };
    (!by.is_empty()).then_some(by)
}

/// The measure for every deferral, in the order given (by year, then person); `None` below high risk.
#[must_use]
pub fn substitutes(facts: &Facts, courses: &Courses, deferrals: &[Deferral]) -> Vec<Option<Substitute>> {
    let years: Vec<AtWork> = (0..=facts.years).map(|t| AtWork::new(facts, courses, t)).collect();
    let mut last: BTreeMap<PersonIx, (usize, Measure)> = BTreeMap::new();
    let choose = |kept: &Deferral| {
        if facts.grade[kept.post.0] != Grade::High {
            return None;
        }
        let mut order = Measure::ALL.to_vec();
        // Where an inquiry has the books already, another audit comes last.
        if facts.case.person(kept.person).under_investigation.is_some() {
            order.rotate_left(1);
        }
        let before = last.get(&kept.person).filter(|(year, _)| *year + 1 == kept.year).map(|(_, measure)| *measure);
        let can = |measure: &Measure| {
            let by = carriers(facts, &years[kept.year], kept, *measure)?;
            Some(Substitute { measure: *measure, by })
        };
        let other = order.iter().filter(|measure| Some(**measure) != before).find_map(can);
        let chosen = other.or_else(|| before.as_ref().and_then(can))?;
        last.insert(kept.person, (kept.year, chosen.measure));
        Some(chosen)
    };
    deferrals.iter().map(choose).collect()
}
