//! R09, what one person may not hold together (semantics 67): in today's stay, with the posts held beside it, both ends of a
//! duty pair, duties that a statute keeps apart, or all three powers over one field.

use super::Facts;
use lungang_domain::catalogue::SPLIT_DUTIES;
use lungang_domain::words::Power;
use lungang_domain::{PersonIx, Post, PostIx};

/// Whether the posts held in today's stay break R09 together in layout `t`.
#[must_use]
pub fn breaks(facts: &Facts<'_>, person: PersonIx, seat: PostIx, t: usize) -> bool {
    let held: Vec<&Post> = facts.holds(person, seat, true, t).into_iter().map(|post| facts.case.post(post)).collect();
    let pairs = || held.iter().enumerate().flat_map(|(at, one)| held[at + 1..].iter().map(move |other| (*one, *other)));
    let of_unit = |(one, other): &(&Post, &Post)| one.unit == other.unit;
    if pairs().filter(of_unit).any(|(one, other)| by_statute(one, other) || by_statute(other, one)) {
        return true;
    }
    facts.policy.rule_on("R09")
        && (pairs().filter(of_unit).any(|(one, other)| both_ends(one, other)) || all_powers(&held))
}

/// Duties that a statute keeps apart, told by titles and by `duty_pair`.
fn by_statute(one: &Post, other: &Post) -> bool {
    let names = |post: &Post, words: &[&str]| {
        words.iter().any(|word| post.title.contains(word) || post.duty_pair.iter().any(|duty| duty.contains(word)))
    };
    SPLIT_DUTIES.iter().any(|(first, second)| names(one, first) && names(other, second))
}

/// The same pair, different ends: `管采:管` and `管采:采`.
fn both_ends(one: &Post, other: &Post) -> bool {
    let ends = |post: &Post| -> Vec<(String, String)> {
        let split = |duty: &String| duty.split_once([':', '：']).map(|(pair, end)| (pair.to_owned(), end.to_owned()));
        post.duty_pair.iter().filter_map(split).collect()
    };
    let (first, second) = (ends(one), ends(other));
    first.iter().any(|(pair, end)| second.iter().any(|(same, far)| pair == same && end != far))
}

fn all_powers(held: &[&Post]) -> bool {
    held.iter().filter_map(|post| post.domain.as_ref()).any(|domain| {
        [Power::Decision, Power::Execution, Power::Supervision]
            .into_iter()
            .all(|power| held.iter().any(|post| post.domain.as_ref() == Some(domain) && post.power == Some(power)))
    })
}
