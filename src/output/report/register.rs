//! The register of those not moved 暂缓轮岗: who is kept past the limit, by what, until when. Three groups: who can't be
//! moved by law, rule or for want of a seat; who could be, with the price of it; who is near retirement.

use super::{Table, Value, View};
use crate::insight::course::Limit;
use crate::insight::deferrals::{Deferral, NO_SEAT, NOT_WORTH_IT, deferrals};
use crate::insight::price::{Change, Price, Priced, prices};
use crate::insight::substitutes::{Substitute, substitutes};
use lungang_domain::plan::DeferralRow;
use lungang_domain::policy::Tier;
use lungang_domain::{PersonIx, PostIx, add_months};

/// Held by a law, a rule or a shortage.
const CANNOT: u8 = 0;
/// Could be moved, and the plan is better without.
const COULD: u8 = 1;
/// Near retirement.
const NEAR: u8 = 2;

/// Columns on paper.
const PRINTED: &[(&str, u16)] = &[
    ("group", 12),
    ("year", 4),
    ("unit", 12),
    ("name", 8),
    ("post", 20),
    ("risk", 8),
    ("post_since", 11),
    ("months", 4),
    ("due", 11),
    ("over", 4),
    ("held_by", 22),
    ("substitute", 12),
    ("single_change", 18),
    ("price", 22),
    ("review", 11),
    ("approver", 9),
    ("document", 12),
];

/// Columns to the right of the paper.
const WORKED: &[(&str, u16)] = &[("staff", 9), ("carried_by", 20)];

/// People named as able to carry a measure.
const NAMED: usize = 3;

/// The table, by group, year, unit and person.
pub fn table(view: &View) -> Table {
    let mut table = Table::new(view.lang, "register", &[PRINTED, WORKED].concat());
    table.printed = PRINTED.len();
    table.signed = true;
    let case = view.case();
    let mut rows: Vec<(u8, u32, PersonIx, Vec<Value>)> = Vec::new();
    let found = deferrals(&view.facts, &view.courses);
    let substitutes = substitutes(&view.facts, &view.courses, &found);
    let prices = prices(&view.facts, &view.courses, &found);
    for kept in &view.plan.deferrals {
        let Some(person) = case.person_by_id(&kept.staff) else { continue };
        let Some(post) = held(view, person, kept.year as usize) else { continue };
        let at = found.iter().position(|one| is_of(kept, person, one));
        let own = at.map(|at| &found[at]);
        let price = own.filter(|own| matches!(own.rule, NOT_WORTH_IT | NO_SEAT));
        let price = price.and_then(|own| prices.get(&(person, own.post)));
        let from = |price: &Priced| matches!(price, Priced::Found(price) if price.change.year <= kept.year as usize);
        let group = if kept.rule == NOT_WORTH_IT || price.is_some_and(from) { COULD } else { CANNOT };
        let mut line = line(view, group, kept.year as usize, person, post);
        let [change, cost] = match price.filter(|price| group == COULD || matches!(price, Priced::NotTried)) {
            Some(price) => priced(view, price, kept.year as usize),
            None => [String::new(), String::new()],
        };
        line.extend([
            Value::text(view.rule(reason(kept, own))),
            Value::text(kept.substitute.clone().unwrap_or_default()),
            Value::text(change),
            Value::text(cost),
            Value::date(kept.review),
            Value::Empty,
            Value::Empty,
            Value::text(kept.staff.clone()),
            Value::text(at.and_then(|at| substitutes[at].as_ref()).map_or(String::new(), |one| carried(view, one))),
        ]);
        rows.push((group, kept.year, person, line));
    }
    for (year, person, post, rule) in exempt(view) {
        let group = if rule == "R15" { NEAR } else { CANNOT };
        let mut line = line(view, group, year, person, post);
        line.push(Value::text(view.rule(rule)));
        line.resize(PRINTED.len(), Value::Empty);
        line.extend([Value::text(view.case().person(person).id.0.clone()), Value::Empty]);
        rows.push((group, u32::try_from(year).unwrap_or(u32::MAX), person, line));
    }
    rows.sort_by_key(|(group, year, person, _)| {
        (*group, *year, held(view, *person, *year as usize).map(|post| view.facts.unit(post)), *person)
    });
    for (_, year, person, line) in rows {
        table.push(held(view, person, year as usize).map(|post| view.facts.unit(post)), line);
    }
    table
}

/// Who could carry a measure: a few names, and how many there are.
fn carried(view: &View, substitute: &Substitute) -> String {
    let names: Vec<String> = substitute.by.iter().take(NAMED).map(|person| view.name(*person).to_owned()).collect();
    let list = view.list(&names);
    if substitute.by.len() > NAMED {
        view.say("and-more", &[("list", &list), ("count", &substitute.by.len().to_string())])
    } else {
        list
    }
}

/// The cheapest single change found, and its price, in words.
fn priced(view: &View, priced: &Priced, year: usize) -> [String; 2] {
    match priced {
        Priced::Found(price) if price.change.year == year => [single(view, &price.change), cost(view, price)],
        // Told once, in the year in which it was worked out.
        Priced::Found(price) if price.change.year < year => {
            [String::new(), view.say("price-see", &[("t", &price.change.year.to_string())])]
        }
        Priced::Found(_) | Priced::Nothing => [String::new(), view.say("price-none", &[])],
        Priced::NotTried => [String::new(), view.say("price-untried", &[])],
    }
}

fn single(view: &View, change: &Change) -> String {
    let place = match view.case().units.as_slice() {
        [_] => view.post(change.to),
        _ => format!("{} {}", view.unit(view.facts.unit(change.to)), view.post(change.to)),
    };
    match change.with {
        Some(with) => view.say("change-swap", &[("name", view.name(with)), ("post", &place)]),
        None => view.say("change-move", &[("post", &place)]),
    }
}

/// The tiers that would get worse, then those that would get better; where none gets worse, that the plan can be bettered.
fn cost(view: &View, price: &Price) -> String {
    let told = |worse: bool| -> Vec<String> {
        let tiers = price.tiers.iter().filter(|tier| if worse { tier.gain() < 0 } else { tier.gain() > 0 });
        tiers
            .map(|tier| {
                let name = view.say(&format!("tier-{}", tier.tier.name()), &[]);
                let difference = format!("{:+}", tier.after - tier.before);
                view.say("price-tier", &[("id", &tier.tier.id()), ("name", &name), ("difference", &difference)])
            })
            .collect()
    };
    let (worse, better) = (view.list(&told(true)), view.list(&told(false)));
    // What is merged into W ranks no plans.
    let ranked = Tier::ranked(view.facts.policy);
    let first = price.tiers.iter().find(|tier| tier.gain() != 0 && ranked.contains(&tier.tier));
    let first = first.map_or(0, |tier| tier.gain());
    let key = match (first.signum(), worse.is_empty(), better.is_empty()) {
        (0, ..) => "price-nothing",
        // The plan is not proved best, and here is a better one.
        (1, true, _) => "price-gain",
        (1, false, _) => "price-gain-both",
        (_, _, true) => "price-worse",
        _ => "price-both",
    };
    view.say(key, &[("worse", &worse), ("better", &better)])
}

pub(super) fn is_of(kept: &DeferralRow, person: PersonIx, found: &Deferral) -> bool {
    found.person == person && found.year == kept.year as usize && found.rule == kept.rule
}

/// R12 has two halves, and the reader wants to know which.
pub(super) fn reason<'k>(kept: &'k DeferralRow, found: Option<&Deferral>) -> &'k str {
    match (kept.rule.as_str(), found.map(|found| found.by_cap)) {
        ("R12", Some(true)) => "R12-cap",
        ("R12", Some(false)) => "R12-old-hands",
        (rule, _) => rule,
    }
}

pub(super) fn held(view: &View, person: PersonIx, year: usize) -> Option<PostIx> {
    if year == 0 || year > view.facts.years {
        return None;
    }
    view.courses.at(person, year - 1).seat()
}

/// Past the limit, and not counted as deferred: near retirement, or in a post without rotation.
fn exempt(view: &View) -> Vec<(usize, PersonIx, PostIx, &'static str)> {
    let facts = &view.facts;
    let mut found = Vec::new();
    for year in 1..=facts.years {
        let day = facts.effective[year];
        for person in view.case().people_ix() {
            let (before, now) = (view.courses.at(person, year - 1), view.courses.at(person, year));
            let Some(post) = before.seat().filter(|_| now.seat().is_some() && now.clock == before.clock) else {
                continue;
            };
            if view.courses.months(person, year - 1, day) < Limit::of(facts, person, post).due() {
                continue;
            }
            if facts.held_special(person, post, year) {
                found.push((year, person, post, "SPECIAL"));
            } else if facts.near_retirement(person, day) {
                found.push((year, person, post, "R15"));
            }
        }
    }
    found
}

/// The first ten columns.
fn line(view: &View, group: u8, year: usize, person: PersonIx, post: PostIx) -> Vec<Value> {
    let mut line = vec![
        Value::text(view.say(&format!("group-{group}"), &[])),
        Value::count(year),
        Value::text(view.unit(view.facts.unit(post))),
        Value::text(view.name(person)),
        Value::text(view.post(post)),
    ];
    line.extend(clock(view, year, person, post));
    line
}

/// How long somebody has held a post when a year begins: the grade that counts, since when, months, when the limit is
/// reached, and months beyond it.
pub(super) fn clock(view: &View, year: usize, person: PersonIx, post: PostIx) -> [Value; 5] {
    let before = view.courses.at(person, year - 1);
    let limit = Limit::of(&view.facts, person, post);
    let months = view.courses.months(person, year - 1, view.facts.effective[year]);
    [
        Value::Risk(limit.grade),
        if before.at_least {
            Value::text(before.clock.map_or(String::new(), |date| format!("≤{date}")))
        } else {
            Value::date(before.clock)
        },
        Value::Whole(i64::from(months)),
        Value::date(before.clock.map(|since| add_months(since, limit.due()))),
        Value::Whole(i64::from((months - limit.due()).max(0))),
    ]
}
