//! Presence and minima (semantics 8, 41).

use crate::facts::Facts;
use crate::walk::Walk;
use lungang_domain::{PersonIx, Place, PostIx};
use std::collections::BTreeSet;

/// Least presence of each post, while it is open.
pub(crate) fn minima(facts: &Facts, walk: &Walk) -> Vec<i64> {
    let eve = present_on_the_eve(facts, walk);
    facts
        .case
        .posts_ix()
        .map(|ix| {
            let post = facts.case.post(ix);
            let least = match post.min_present {
                Some(given) => i64::from(given),
                None if facts.is_open(ix, 0) => i64::from(post.headcount).min(eve[ix.0]),
                None => 0,
            };
            if post.essential { least.max(1) } else { least }
        })
        .collect()
}

/// People present at each post on the eve of d_1: at today's and the concurrent posts, or at the host.
pub(crate) fn present_on_the_eve(facts: &Facts, walk: &Walk) -> Vec<i64> {
    let mut present = vec![0; facts.case.posts.len()];
    let eve = facts.day(1).pred_opt().unwrap_or_else(|| facts.day(1));
    for person in facts.case.people_ix() {
        let at = match walk.at(person, 0).place {
            Place::In(post) => with_concurrent(facts, person, post, 0),
            Place::Away { .. } | Place::Unplaced => {
                let host = facts.people[person.0].absences.on(eve).flatten();
                host.map(|host| facts.successor(host, 0)).into_iter().collect()
            }
            Place::Outside | Place::Left => BTreeSet::new(),
        };
        for post in at {
            present[post.0] += 1;
        }
    }
    present
}

/// People who count as present at each post in year `t`, each once a post.
pub(crate) fn present(facts: &Facts, walk: &Walk, t: usize) -> Vec<i64> {
    let mut present = vec![0; facts.case.posts.len()];
    for person in facts.case.people_ix() {
        for post in where_present(facts, walk, person, t) {
            present[post.0] += 1;
        }
    }
    present
}

fn where_present(facts: &Facts, walk: &Walk, person: PersonIx, t: usize) -> BTreeSet<PostIx> {
    let service = &facts.people[person.0];
    let (start, end) = (facts.day(t), facts.day(t + 1));
    let leaves = service.leaves.filter(|(year, _)| *year == t).map(|(_, date)| date);
    if leaves.is_none() && !service.serves(t) {
        return BTreeSet::new();
    }
    // Who leaves in the year is present, if at all, at the post held before.
    let step = walk.at(person, if leaves.is_some() { t - 1 } else { t });
    let joined = service.joins.filter(|joins| joins.year == t).map(|joins| joins.date);
    let mut at = BTreeSet::new();
    if let Some(post) = step.seat()
        && 12 - service.absences.missed(start, end, joined, leaves) >= facts.policy.time.presence
    {
        at.insert(facts.successor(post, t));
        if step.at_todays {
            at.extend(with_concurrent(facts, person, post, t));
        }
    }
    for (host, months) in service.absences.hosted(|host| facts.successor(host, t), start, end, joined, leaves) {
        if months >= facts.policy.time.presence {
            at.insert(host);
        }
    }
    at
}

fn with_concurrent(facts: &Facts, person: PersonIx, post: PostIx, t: usize) -> BTreeSet<PostIx> {
    let who = facts.case.person(person);
    let all = who.also_posts.iter().chain(&who.acting_in).copied().chain([post]);
    all.map(|post| facts.successor(post, t)).collect()
}
