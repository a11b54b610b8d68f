//! What a post asks of whoever holds it: R04, R08, R18, R19 (semantics 12, 30, 58).

use crate::facts::{Facts, Level};
use crate::verdict::Breach;
use lungang_domain::catalogue::HOME_BODIES;
use lungang_domain::words::Kin;
use lungang_domain::{Lead, PersonIx, PostIx};

/// Breaches of one person in one post in layout `t`.
pub(super) fn judge(facts: &Facts, person: PersonIx, post: PostIx, t: usize) -> Vec<Breach> {
    let rules = [
        r04(facts, person, post, t),
        r08(facts, person, post, t),
        r18(facts, person, post, t),
        r19(facts, person, post, t),
    ];
    rules.into_iter().flatten().collect()
}

/// What R04 asks, as facts of its sentence: each is `lacking` or `met`.
const TESTS: [&str; 5] = ["level", "grade", "major", "certificate", "education"];

/// R04: level or grade, majors, certificates, education. One breach, however many fail.
fn r04(facts: &Facts, person: PersonIx, post: PostIx, t: usize) -> Option<Breach> {
    let lacking = lacking(facts, person, post, t, 0);
    if lacking.is_empty() {
        return None;
    }
    let breach = Breach::new("R04", "E0722", t).person(person).post(post);
    let word = |test: &str| if lacking.contains(&test) { "lacking" } else { "met" };
    Some(TESTS.iter().fold(breach, |breach, test| breach.with(test, word(test))))
}

/// Whether the rules of stay would admit somebody who takes a post over, from one level below on (semantics 63).
pub(crate) fn could_take_over(facts: &Facts, person: PersonIx, post: PostIx, t: usize) -> bool {
    lacking(facts, person, post, t, 1).is_empty()
        && [r08, r18, r19].iter().all(|rule| rule(facts, person, post, t).is_none())
}

/// The tests of R04 that fail, where people from so many rungs below on are of the level asked for.
fn lacking(facts: &Facts, person: PersonIx, post: PostIx, t: usize, below: i64) -> Vec<&'static str> {
    let who = facts.case.person(person);
    let asked = facts.case.post(post);
    let mut lacking = Vec::new();
    if !level_fits(facts, person, post, t, below) {
        lacking.push("level");
    }
    if (asked.level.is_none() || facts.asks_for_none(asked)) && !grade_fits(facts, person, post) {
        lacking.push("grade");
    }
    let majors = &asked.required_majors;
    if !majors.is_empty() && !who.majors.is_empty() && !majors.iter().any(|major| who.majors.contains(major)) {
        lacking.push("major");
    }
    let needed = &asked.required_certificates;
    if !who.certificates.is_empty() && !needed.iter().all(|held| who.certificates.contains(held)) {
        lacking.push("certificate");
    }
    let rung = |word: &Option<String>| word.as_deref().and_then(|word| facts.policy.education_rank(word));
    if let (Some(least), Some(own)) = (rung(&asked.min_education), rung(&who.education))
        && own < least
    {
        lacking.push("education");
    }
    lacking
}

fn level_fits(facts: &Facts, person: PersonIx, post: PostIx, t: usize, below: i64) -> bool {
    match (facts.level_span(facts.case.post(post)), facts.people[person.0].level[t]) {
        (Some((low, high)), Level::Rung(own)) => low - below <= own && own <= high,
        _ => true,
    }
}

fn grade_fits(facts: &Facts, person: PersonIx, post: PostIx) -> bool {
    let (Some(span), Some(own)) = (&facts.case.post(post).grade, &facts.case.person(person).grade) else {
        return true;
    };
    let rung = |word: &str| facts.policy.grade_rank(word);
    let (Some(low), Some(high), Some(_)) = (rung(&span.low), rung(&span.high), rung(own)) else { return true };
    equals(facts, own).iter().any(|grade| rung(grade).is_some_and(|rung| low <= rung && rung <= high))
}

/// The grade and all that count as equal to it, over any number of pairs.
fn equals<'a>(facts: &'a Facts, grade: &'a str) -> Vec<&'a str> {
    let mut equal = vec![grade];
    let mut next = 0;
    while let Some(known) = equal.get(next).copied() {
        next += 1;
        for (a, b) in &facts.policy.ladder.equivalent {
            for (one, other) in [(a, b), (b, a)] {
                if one == known && !equal.contains(&other.as_str()) {
                    equal.push(other);
                }
            }
        }
    }
    equal
}

/// R08: who leads a unit has no close relative in a trade that the unit regulates; and the principal of certain bodies did
/// not grow up there. One breach, whichever of both.
fn r08(facts: &Facts, person: PersonIx, post: PostIx, t: usize) -> Option<Breach> {
    let case = &facts.case;
    let seat = case.post(post);
    let principal = match seat.lead {
        Lead::Principal => true,
        Lead::Vice => false,
        _ => return None,
    };
    let trades: Vec<&String> =
        case.posts.iter().filter(|other| other.unit == seat.unit).flat_map(|other| &other.regulates).collect();
    let close = [None, Some(Kin::Spouse), Some(Kin::Direct), Some(Kin::InLaw)];
    let mut businesses = case
        .relations
        .iter()
        .filter(|relation| relation.staff_a == person && close.contains(&relation.kind))
        .filter_map(|relation| relation.other.as_ref());
    let unit = case.unit(seat.unit);
    let cause = if businesses.any(|business| trades.iter().any(|trade| business.contains(trade.as_str()))) {
        "business"
    } else if principal
        && is_body(&unit.name)
        && same_place(unit.region.as_deref()?, case.person(person).home_region.as_deref()?)
    {
        "home"
    } else {
        return None;
    };
    Some(Breach::new("R08", "E0747", t).person(person).post(post).with("cause", cause))
}

/// Whether a unit is one of the bodies of R08, whatever stands behind its name in brackets.
fn is_body(name: &str) -> bool {
    let end = name.find(['〔', '【', '[', '(']).unwrap_or(name.len());
    let name = name[..end].trim();
    HOME_BODIES.iter().any(|body| name.strip_suffix(body).is_some())
}

/// Whether two names of a place are one, of which either may name the province and city before it.
fn same_place(a: &str, b: &str) -> bool {
    let (long, short) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    short.chars().count() > 1 && long.ends_with(short)
}

/// R18: the staffing kind is among those of the seat, where both are filled.
fn r18(facts: &Facts, person: PersonIx, post: PostIx, t: usize) -> Option<Breach> {
    let kinds = &facts.case.post(post).staffing_kinds;
    let own = facts.case.person(person).staffing_kind?;
    if kinds.is_empty() || kinds.contains(&own) {
        return None;
    }
    Some(Breach::new("R18", "E0731", t).person(person).post(post).with("kind", own.key()))
}

/// R19: the category is among those of the seat, where both are filled.
fn r19(facts: &Facts, person: PersonIx, post: PostIx, t: usize) -> Option<Breach> {
    let categories = &facts.case.post(post).categories;
    let own = facts.case.person(person).category?;
    if !facts.policy.rule_on("R19") || categories.is_empty() || categories.contains(&own) {
        return None;
    }
    Some(Breach::new("R19", "E0733", t).person(person).post(post).with("category", own.key()))
}
