//! R07 and R21: relatives in one unit (semantics 65, 66), judged post by post.

use crate::facts::Facts;
use crate::verdict::Breach;
use crate::walk::Walk;
use lungang_domain::catalogue::{ACCOUNTING, ACCOUNTING_HEADS, CASHIERS, WATCHED_FIELDS};
use lungang_domain::{Case, Lead, PersonIx, PostIx};
use std::collections::BTreeSet;

/// Relatives of whom both are planned for, each pair once, the lower position first.
pub(super) fn pairs(case: &Case) -> BTreeSet<[PersonIx; 2]> {
    let mut pairs = BTreeSet::new();
    for relation in &case.relations {
        if let Some(other) = relation.staff_b
            && other != relation.staff_a
            && other.0.max(relation.staff_a.0) < case.people.len()
        {
            let mut pair = [relation.staff_a, other];
            pair.sort_unstable();
            pairs.insert(pair);
        }
    }
    pairs
}

/// What is wrong with one of the two in the first post and the other in the second.
type Test = fn(&Case, PostIx, PostIx) -> Option<&'static str>;

/// What a pair breaks in layout `t`: each rule once, with the first posts that break it.
pub(super) fn judge(facts: &Facts, walk: &Walk, pair: [PersonIx; 2], t: usize) -> Vec<Breach> {
    let held = pair.map(|person| held(facts, walk, person, t));
    let rules: [(&'static str, &'static str, Test); 2] = [("R07", "E0749", r07), ("R21", "E0754", r21)];
    let mut found = Vec::new();
    for (rule, code, test) in rules.into_iter().filter(|(rule, _, _)| facts.policy.rule_on(rule)) {
        let combined = held[0].iter().flat_map(|a| held[1].iter().map(move |b| (*a, *b)));
        let broken = combined
            .filter(|(a, b)| facts.case.post(*a).unit == facts.case.post(*b).unit)
            .find_map(|(a, b)| test(facts.case, a, b).or_else(|| test(facts.case, b, a)).map(|cause| (a, b, cause)));
        if let Some((a, b, cause)) = broken {
            let (relative, beside) = (facts.case.person(pair[1]), facts.case.post(b));
            let breach = Breach::new(rule, code, t).person(pair[0]).post(a).with("cause", cause);
            let breach = breach.with("relative", &relative.id).with("kin", &relative.name);
            found.push(breach.with("beside", &beside.id).with("other", &beside.title));
        }
    }
    found
}

/// The seat, and, while today's post is held without a break, the posts held beside it.
fn held(facts: &Facts, walk: &Walk, person: PersonIx, t: usize) -> Vec<PostIx> {
    let step = walk.at(person, t);
    let Some(seat) = step.seat() else { return Vec::new() };
    let roster = facts.case.person(person);
    let mut posts = vec![seat];
    if step.at_todays {
        posts.extend_from_slice(&roster.also_posts);
        posts.extend_from_slice(&roster.acting_in);
    }
    posts
}

/// R07 for one of the two in `a`: the other leads or is led at once, has the same leader, or works where `a` leads in a
/// field of 公务员法 74(1).
fn r07(case: &Case, a: PostIx, b: PostIx) -> Option<&'static str> {
    let (one, other) = (case.post(a), case.post(b));
    if one.reports_to == Some(b) {
        return Some("line");
    }
    let led = |leader: PostIx| case.posts.iter().any(|post| post.reports_to == Some(leader) && post.unit == one.unit);
    if one.reports_to.is_some_and(|leader| other.reports_to == Some(leader)) || a == b && led(a) {
        return Some("leader");
    }
    let leads = one.lead == Lead::Principal || one.lead == Lead::Vice;
    (leads && names(&field(case, b), WATCHED_FIELDS)).then_some("field")
}

/// R21 for one of the two in `a`.
fn r21(case: &Case, a: PostIx, b: PostIx) -> Option<&'static str> {
    if case.post(a).lead == Lead::Principal && keeps_accounts(case, b) {
        return Some("principal");
    }
    let other = case.post(b);
    let cash = names(&other.title, CASHIERS) || other.duty_pair.iter().any(|duty| names(duty, CASHIERS));
    (keeps_accounts(case, a) && cash).then_some("cashier")
}

fn keeps_accounts(case: &Case, post: PostIx) -> bool {
    names(&case.post(post).title, ACCOUNTING_HEADS)
        || case.post(post).lead == Lead::Head && names(&field(case, post), ACCOUNTING)
}

fn field(case: &Case, post: PostIx) -> String {
    let post = case.post(post);
    if let Some(domain) = &post.domain {
        return domain.clone();
    }
    post.section.map_or_else(|| post.title.clone(), |section| case.section(section).name.clone())
}

fn names(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}
