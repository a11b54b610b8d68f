//! T4s: the most essential posts that can each have a successor, nobody counting for more than two (semantics 63).

use crate::facts::Facts;
use crate::rules;
use crate::tiers;
use crate::walk::Walk;
use lungang_domain::{PersonIx, PostIx};

/// Posts that one person may count for.
const MOST: usize = 2;

/// T4s of years 1 … T.
pub(crate) fn of_plan(facts: &Facts, walk: &Walk) -> i64 {
    if !facts.policy.reserve.successors {
        return 0;
    }
    let ready = pool(facts, |person| first_year(facts, walk, person));
    (1..=facts.years).map(|t| covered(facts, walk, &ready, t)).sum()
}

/// Of layout 0, in which nobody has gained anything yet.
pub(crate) fn of_today(facts: &Facts, still: &Walk) -> i64 {
    if !facts.policy.reserve.successors {
        return 0;
    }
    let ready = pool(facts, |person| ready_today(facts, person).then_some(0));
    covered(facts, still, &ready, 0)
}

fn pool(facts: &Facts, ready: impl Fn(PersonIx) -> Option<usize>) -> Vec<(PersonIx, usize)> {
    let cadres = facts.case.people_ix().filter(|person| facts.case.person(*person).reserve);
    cadres.filter_map(|person| Some((person, ready(person)?))).collect()
}

/// Ready now, or nothing is wanted, in so many words.
fn ready_today(facts: &Facts, person: PersonIx) -> bool {
    let row = facts.case.person(person);
    let said = row.needed.is_some() || !facts.policy.reserve.experiences.is_empty();
    row.ready_now || (said && tiers::wanted(facts, person).is_empty())
}

/// The first year in which somebody is ready: an experience that layout t gives is had from year t + 1 on.
fn first_year(facts: &Facts, walk: &Walk, person: PersonIx) -> Option<usize> {
    if ready_today(facts, person) {
        return Some(0);
    }
    let gained = tiers::gained(facts, walk, person);
    let wanted = tiers::wanted(facts, person);
    let layouts: Option<Vec<usize>> = wanted.iter().map(|one| gained.get(one).copied()).collect();
    layouts.and_then(|layouts| layouts.into_iter().max()).map(|layout| layout + 1)
}

fn covered(facts: &Facts, walk: &Walk, ready: &[(PersonIx, usize)], t: usize) -> i64 {
    let day = facts.day(t.max(1));
    let free = |person: PersonIx| {
        let row = facts.case.person(person);
        facts.people[person.0].serves(t)
            && row.under_investigation.is_none()
            && row.discipline_until.is_none_or(|until| until <= day)
    };
    let posts = facts.case.posts_ix().filter(|post| facts.case.post(*post).essential && facts.is_open(*post, t));
    let suits = |post: PostIx| -> Vec<usize> {
        let would_do = |(person, year): &&(PersonIx, usize)| {
            *year <= t
                && free(*person)
                && walk.at(*person, t).seat() != Some(post)
                && rules::could_take_over(facts, *person, post, t)
        };
        ready.iter().filter(would_do).map(|(person, _)| person.0).collect()
    };
    let suits: Vec<Vec<usize>> = posts.map(suits).collect();
    let mut counted = vec![Vec::new(); facts.case.people.len()];
    let more = |post: &usize| gives_one(&suits, *post, &mut counted, &mut vec![false; facts.case.people.len()]);
    (0..suits.len()).filter(more).map(|_| 1).sum()
}

/// Finds somebody for a post, if need be by having others passed on.
fn gives_one(suits: &[Vec<usize>], post: usize, counted: &mut [Vec<usize>], asked: &mut [bool]) -> bool {
    for &person in &suits[post] {
        if std::mem::replace(&mut asked[person], true) {
            continue;
        }
        if counted[person].len() < MOST {
            counted[person].push(post);
            return true;
        }
        for slot in 0..MOST {
            let other = counted[person][slot];
            if gives_one(suits, other, counted, asked) {
                counted[person][slot] = post;
                return true;
            }
        }
    }
    false
}
