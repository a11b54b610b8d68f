//! R09 and R13: duties kept apart, the cooling before supervising one's own field, no return to a post left
//! (semantics 18, 67).

use crate::facts::{Facts, Given};
use crate::verdict::{Breach, Move};
use crate::walk::{Entry, Walk};
use chrono::NaiveDate;
use lungang_domain::catalogue::SPLIT_DUTIES;
use lungang_domain::words::Power;
use lungang_domain::{PersonIx, Post, PostIx, months_between};

/// Posts that somebody left in years before `t`, each with the day.
fn left_before(facts: &Facts, walk: &Walk, person: PersonIx, t: usize) -> Vec<(PostIx, NaiveDate)> {
    let mut left = Vec::new();
    for year in 1..t {
        let Some(post) = walk.at(person, year - 1).seat() else { continue };
        // A merger takes nobody out of their post.
        let now = walk.at(person, year);
        if now.seat() == Some(post) || now.entry == Entry::Kept {
            continue;
        }
        let day = match facts.people[person.0].given[year] {
            Given::Post { date, .. } | Given::NoPost { date, .. } => date,
            Given::Nothing if facts.kept_seat(post, year).is_none() => {
                facts.open[post.0].closes.unwrap_or_else(|| facts.day(year))
            }
            Given::Nothing => facts.day(year),
        };
        left.push((post, day));
    }
    left
}

/// R13: not into a post left less than `no_return` months before.
pub(super) fn r13(facts: &Facts, walk: &Walk, one: &Move) -> Option<Breach> {
    if !facts.policy.rule_on("R13") || one.decided {
        return None;
    }
    let day = facts.day(one.year);
    let history = facts.case.history.iter().filter(|row| row.staff == one.person && row.post == Some(one.to));
    let by_plan = left_before(facts, walk, one.person, one.year).into_iter().filter(|(post, _)| *post == one.to);
    let last = history.filter_map(|row| row.to).chain(by_plan.map(|(_, left)| left)).max()?;
    let months = months_between(last, day);
    let short = facts.policy.time.no_return - months;
    (short > 0).then(|| {
        Breach::new("R13", "E0757", one.year)
            .person(one.person)
            .post(one.to)
            .excess(i64::from(short))
            .with("left", last)
    })
}

/// R09, cooling: not into a post that supervises a field in which one decided or executed less than `cooling` months before.
pub(super) fn r09_cooling(facts: &Facts, walk: &Walk, one: &Move) -> Option<Breach> {
    let to = facts.case.post(one.to);
    let field = to.domain.as_ref().filter(|_| to.power == Some(Power::Supervision))?;
    if !facts.policy.rule_on("R09") || one.decided {
        return None;
    }
    let acts = |post: &PostIx| {
        let post = facts.case.post(*post);
        post.domain.as_ref() == Some(field) && matches!(post.power, Some(Power::Decision | Power::Execution))
    };
    let cooling = facts.policy.time.cooling;
    let day = facts.day(one.year);
    if one.from.filter(acts).is_some() && cooling > 0 {
        return Some(breach_of(one, field, day, cooling));
    }
    let own = facts.case.history.iter().filter(|row| row.staff == one.person && row.domain.as_ref() == Some(field));
    let told = own.filter(|row| row.post.is_none_or(|post| facts.case.post(post).power != Some(Power::Supervision)));
    let by_plan = left_before(facts, walk, one.person, one.year).into_iter().filter(|(post, _)| acts(post));
    let last = told.filter_map(|row| row.to).chain(by_plan.map(|(_, left)| left)).max()?;
    let short = cooling - months_between(last, day);
    (short > 0).then(|| breach_of(one, field, last, short))
}

fn breach_of(one: &Move, field: &str, left: NaiveDate, short: i32) -> Breach {
    Breach::new("R09", "E0756", one.year)
        .person(one.person)
        .post(one.to)
        .excess(i64::from(short))
        .with("field", field)
        .with("left", left)
}

/// R09 in one hand: today's post and those held beside it, as long as today's is held.
pub(super) fn r09(facts: &Facts, walk: &Walk, person: PersonIx, t: usize) -> Option<Breach> {
    let step = walk.at(person, t);
    let seat = step.seat().filter(|_| step.at_todays)?;
    let roster = facts.case.person(person);
    let mut held: Vec<PostIx> = vec![seat];
    for beside in roster.also_posts.iter().chain(&roster.acting_in).map(|beside| facts.successor(*beside, t)) {
        if !held.contains(&beside) {
            held.push(beside);
        }
    }
    let setting = facts.policy.rule_on("R09");
    let post = |ix: PostIx| facts.case.post(ix);
    let breach = |other: PostIx, cause: &str| {
        let breach = Breach::new("R09", "E0755", t).person(person).post(seat).with("cause", cause);
        Some(breach.with("beside", &post(other).id).with("other", &post(other).title))
    };
    for (at, one) in held.iter().enumerate() {
        for other in &held[at + 1..] {
            let (a, b) = (post(*one), post(*other));
            let named = if *other == seat { *one } else { *other };
            if a.unit == b.unit && (statute(a, b) || statute(b, a)) {
                return breach(named, "statute");
            }
            if a.unit == b.unit
                && setting
                && ends(a).any(|(pair, end)| ends(b).any(|(same, far)| pair == same && end != far))
            {
                return breach(named, "pair");
            }
        }
    }
    let powers = [Power::Decision, Power::Execution, Power::Supervision];
    let whole = |field: &String| {
        powers.iter().all(|power| {
            held.iter().any(|ix| post(*ix).domain.as_ref() == Some(field) && post(*ix).power == Some(*power))
        })
    };
    let found = held.iter().skip(1).find(|ix| post(**ix).domain.as_ref().is_some_and(whole));
    found.filter(|_| setting).and_then(|ix| breach(*ix, "powers"))
}

fn statute(one: &Post, other: &Post) -> bool {
    let told = |post: &Post, words: &[&str]| {
        words.iter().any(|word| post.title.contains(word) || post.duty_pair.iter().any(|duty| duty.contains(word)))
    };
    SPLIT_DUTIES.iter().any(|(first, second)| told(one, first) && told(other, second))
}

/// The duty pairs of a post: name and end.
fn ends(post: &Post) -> impl Iterator<Item = (&str, &str)> {
    post.duty_pair.iter().filter_map(|duty| duty.split_once([':', '：']))
}
