//! R04: lateral only, by level or grade; required major, certificate, education (semantics 12, 30).

use super::facts::Facts;
use lungang_domain::{Person, PersonIx, Policy, Post, PostIx, RankSpan};

/// Whether a person fails a post's level, grade, majors, certificates or education in layout `t`.
/// A test applies only where both sides are filled.
pub(super) fn breaks(facts: &Facts<'_>, ix: PersonIx, post: PostIx, t: usize) -> bool {
    let (policy, person, post) = (facts.policy, facts.case.person(ix), facts.case.post(post));
    let level = facts.of(ix).level[t];
    fails_level(policy, level, post, 0) || fails_else(policy, person, post)
}

/// As [`breaks`], but for who would take the post over: up to one level below will do, for that may be a promotion
/// (semantics 63).
pub(super) fn bars_following(facts: &Facts<'_>, ix: PersonIx, post: PostIx, t: usize) -> bool {
    let (policy, person, post) = (facts.policy, facts.case.person(ix), facts.case.post(post));
    fails_level(policy, facts.of(ix).level[t], post, 1) || fails_else(policy, person, post)
}

fn fails_else(policy: &Policy, person: &Person, post: &Post) -> bool {
    (asks_grade(post) && fails_grade(policy, person.grade.as_deref(), post))
        || misses_any(&post.required_majors, &person.majors)
        || misses_all(&post.required_certificates, &person.certificates)
        || fails_education(policy, person.education.as_deref(), post)
}

fn asks_no_level(span: &RankSpan) -> bool {
    span.low == "无" && span.high == "无"
}

fn asks_grade(post: &Post) -> bool {
    post.level.as_ref().is_none_or(asks_no_level)
}

/// Whether a level lies outside the post's span, lengthened by so many rungs at its lower end.
fn fails_level(policy: &Policy, level: Option<usize>, post: &Post, below: usize) -> bool {
    let (Some(own), Some(span)) = (level, &post.level) else { return false };
    match (policy.level_rank(&span.low), policy.level_rank(&span.high)) {
        (Some(low), Some(high)) => !(low.saturating_sub(below)..=high).contains(&own),
        _ => false,
    }
}

fn fails_grade(policy: &Policy, own: Option<&str>, post: &Post) -> bool {
    let (Some(own), Some(span)) = (own, &post.grade) else { return false };
    let (Some(low), Some(high)) = (policy.grade_rank(&span.low), policy.grade_rank(&span.high)) else { return false };
    let inside = |grade: &str| policy.grade_rank(grade).is_some_and(|rank| (low..=high).contains(&rank));
    let equal = policy.ladder.equivalent.iter().filter_map(|(a, b)| {
        if a == own {
            Some(b)
        } else if b == own {
            Some(a)
        } else {
            None
        }
    });
    !inside(own) && !equal.into_iter().any(|other| inside(other))
}

fn fails_education(policy: &Policy, own: Option<&str>, post: &Post) -> bool {
    let (Some(own), Some(least)) = (own, &post.min_education) else { return false };
    match (policy.education_rank(own), policy.education_rank(least)) {
        (Some(own), Some(least)) => own < least,
        _ => false,
    }
}

fn misses_any(wanted: &[String], had: &[String]) -> bool {
    !wanted.is_empty() && !had.is_empty() && !wanted.iter().any(|word| had.contains(word))
}

fn misses_all(wanted: &[String], had: &[String]) -> bool {
    !wanted.is_empty() && !had.is_empty() && !wanted.iter().all(|word| had.contains(word))
}
