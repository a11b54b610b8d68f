//! What a move or placement must obey: AWAY, SPECIAL, R05, R06, R10, R15, R18 (entry), R20, R25, FIT, APART.
//!
//! Who is let off, and by what, is in semantics 16, 35, 36 and 37: a forced move, a `go`, an approval, a `free`.

use crate::facts::{Facts, Level};
use crate::verdict::{Breach, Move};
use crate::walk::Walk;
use lungang_domain::{Investigation, Nature, PostIx, StaffingKind, months_between};

fn breach(rule: &'static str, code: &'static str, one: &Move) -> Breach {
    Breach::new(rule, code, one.year).person(one.person).post(one.to)
}

/// Whoever is away on d_t is not moved.
pub(super) fn away(facts: &Facts, _: &Walk, one: &Move) -> Option<Breach> {
    let absent = facts.people[one.person.0].absences.on(facts.day(one.year)).is_some();
    let bound = one.from.is_some() && !one.forced && !one.decided;
    (absent && bound).then(|| breach("AWAY", "E0738", one))
}

/// Holders of special posts are not moved.
pub(super) fn special_left(facts: &Facts, _: &Walk, one: &Move) -> Option<Breach> {
    let from = one.from?;
    let bound = !one.forced && !one.decided && !facts.freed(one.person, one.year);
    let special = facts.case.post(from).special.is_some();
    (special && bound).then(|| breach("SPECIAL", "E0739", one).post(from))
}

/// A special post is entered by *go* only, forced or not.
pub(super) fn special_entered(facts: &Facts, _: &Walk, one: &Move) -> Option<Breach> {
    let special = facts.case.post(one.to).special.is_some();
    (special && !one.decided).then(|| breach("SPECIAL", "E0740", one))
}

/// R05: inquiry and probation.
pub(super) fn r05(facts: &Facts, _: &Walk, one: &Move) -> Option<Breach> {
    let day = facts.day(one.year);
    match facts.case.person(one.person).under_investigation {
        Some(Investigation::Filed) => return Some(breach("R05", "E0723", one)),
        Some(Investigation::Review | Investigation::Criminal) if one.from.is_some() && !one.approved => {
            return Some(breach("R05", "E0724", one));
        }
        _ => {}
    }
    let until = facts.probation_until(one.person, one.year)?;
    let bound = one.from.is_some() && !one.approved && day < until;
    bound.then(|| breach("R05", "E0725", one).with("until", until))
}

/// R06: not to a more important post while a sanction has effect (semantics 15, 35).
pub(super) fn r06(facts: &Facts, walk: &Walk, one: &Move) -> Option<Breach> {
    let until = facts.case.person(one.person).discipline_until?;
    if facts.day(one.year) >= until {
        return None;
    }
    let upper = |post: PostIx| facts.level_span(facts.case.post(post)).map(|(_, high)| high);
    let (level, lead) = match one.from.or(walk.at(one.person, one.year - 1).last) {
        Some(post) => (upper(post), facts.case.post(post).lead),
        None => match facts.people[one.person.0].level[one.year] {
            Level::Rung(own) => (Some(own), lungang_domain::Lead::None),
            Level::Blank => (None, lungang_domain::Lead::None),
        },
    };
    let by_lead = facts.case.post(one.to).lead > lead;
    let more_important = match (level, upper(one.to)) {
        (Some(old), Some(new)) if old != new => new > old,
        _ => by_lead,
    };
    more_important.then(|| breach("R06", "E0726", one).with("until", until))
}

/// R10: minimum stay and rest (semantics 16, 36).
pub(super) fn r10(facts: &Facts, walk: &Walk, one: &Move) -> Option<Breach> {
    let from = one.from.filter(|_| !one.forced)?;
    let since = walk.at(one.person, one.year - 1).stay?;
    let time = &facts.policy.time;
    let asked = match (one.decided, one.approved) {
        (_, true) => return None,
        (true, false) => time.rest,
        (false, false) => time.rest.max(facts.case.post(from).may_months.unwrap_or(time.may)),
    };
    let stayed = months_between(since, facts.day(one.year));
    (stayed < asked).then(|| {
        breach("R10", "E0727", one).excess(i64::from(asked - stayed)).with("stayed", stayed).with("asked", asked)
    })
}

/// R15: nobody near retirement is moved.
pub(super) fn r15(facts: &Facts, _: &Walk, one: &Move) -> Option<Breach> {
    let bound = one.from.is_some() && !one.forced && !one.decided;
    let near = facts.near_retirement(one.person, facts.day(one.year));
    let retirement = facts.people[one.person.0].retirement?;
    let person = facts.case.person(one.person);
    let computed = person.retire_computed && person.retire_date == Some(retirement);
    (bound && near).then(|| {
        let computed = if computed { "yes" } else { "no" };
        breach("R15", "E0730", one).with("retirement", retirement).with("computed", computed)
    })
}

/// R18, entry into an organ: others than 行政 and 参公 come in by a listed event only, unless the seat names their kind.
pub(super) fn r18_entry(facts: &Facts, walk: &Walk, one: &Move) -> Option<Breach> {
    let kind = facts.case.person(one.person).staffing_kind?;
    let civil = matches!(kind, StaffingKind::Administrative | StaffingKind::Quasi);
    let organ = |post: PostIx| facts.case.unit(facts.case.post(post).unit).nature == Some(Nature::Organ);
    let inside = one.from.or(walk.at(one.person, one.year - 1).last).is_some_and(organ);
    let named = !facts.case.post(one.to).staffing_kinds.is_empty();
    (!civil && organ(one.to) && !inside && !named).then(|| breach("R18", "E0732", one).with("kind", kind.key()))
}

/// R20: not out of the unit before the end of minimum service.
pub(super) fn r20(facts: &Facts, _: &Walk, one: &Move) -> Option<Breach> {
    let until = facts.case.person(one.person).minimum_service_until?;
    let out = facts.case.post(one.from?).unit != facts.case.post(one.to).unit;
    let bound = facts.policy.rule_on("R20") && !one.decided && facts.day(one.year) < until;
    (out && bound).then(|| breach("R20", "E0744", one).with("until", until))
}

/// R25: not before `exempt_until`.
pub(super) fn r25(facts: &Facts, _: &Walk, one: &Move) -> Option<Breach> {
    let until = facts.case.person(one.person).exempt_until?;
    let bound = facts.policy.rule_on("R25") && one.from.is_some() && !one.forced && !one.decided;
    let held = facts.day(one.year) < until && !facts.freed(one.person, one.year);
    (bound && held).then(|| breach("R25", "E0745", one).with("until", until))
}

/// FIT: under `fit.strict` a missing fit bars the move; a score below `fit.floor` does (semantics 12, 72).
pub(super) fn fit(facts: &Facts, _: &Walk, one: &Move) -> Option<Breach> {
    if one.from.is_none() || one.decided {
        return None;
    }
    let floor = i64::from(facts.policy.fit.floor);
    match facts.case.fit.get(one.person, one.to) {
        None => facts.policy.fit.strict.then(|| breach("FIT", "E0746", one)),
        Some(score) => (score < floor)
            .then(|| breach("FIT", "E0777", one).excess(floor - score).with("score", score).with("floor", floor)),
    }
}

/// APART: where units are planned apart, the post entered is one of the own unit, as long as that has posts (semantics 71).
pub(super) fn apart(facts: &Facts, walk: &Walk, one: &Move) -> Option<Breach> {
    if !facts.policy.turnover.apart || one.decided {
        return None;
    }
    let unit_of = |post: PostIx| facts.case.post(post).unit;
    let held = one.from.or(walk.at(one.person, one.year - 1).last);
    let own = held.map(unit_of).or(facts.case.person(one.person).unit)?;
    let mut posts = facts.case.posts_ix();
    let goes_on = posts.any(|post| unit_of(post) == own && facts.is_open(post, one.year));
    let name = &facts.case.unit(own).name;
    (goes_on && unit_of(one.to) != own).then(|| breach("APART", "E0779", one).with("own", name))
}
