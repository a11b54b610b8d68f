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
type Test = fn(&Facts, PostIx, PostIx, usize) -> Option<&'static str>;

/// What a pair breaks in layout `t`: each rule once, with the first posts that break it.
pub(super) fn judge(facts: &Facts, walk: &Walk, pair: [PersonIx; 2], t: usize) -> Vec<Breach> {
    let held = pair.map(|person| held(facts, walk, person, t));
    let rules: [(&'static str, &'static str, Test); 2] = [("R07", "E0749", r07), ("R21", "E0754", r21)];
    let mut found = Vec::new();
    for (rule, code, test) in rules.into_iter().filter(|(rule, _, _)| facts.policy.rule_on(rule)) {
        let combined = held[0].iter().flat_map(|a| held[1].iter().map(move |b| (*a, *b)));
        let broken = combined
            .filter(|(a, b)| facts.case.post(*a).unit == facts.case.post(*b).unit)
            .find_map(|(a, b)| test(facts, a, b, t).or_else(|| test(facts, b, a, t)).map(|cause| (a, b, cause)));
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
        let beside = roster.also_posts.iter().chain(&roster.acting_in);
        posts.extend(beside.map(|post| facts.successor(*post, t)));
    }
    posts
}

/// R07 for one of the two in `a`: the other leads or is led at once, has the same leader, or works where `a` leads in a
/// field of 公务员法 74(1).
fn r07(facts: &Facts, a: PostIx, b: PostIx, t: usize) -> Option<&'static str> {
    let case = facts.case;
    let one = case.post(a);
    let leader = leader(facts, a, t);
    if leader == Some(b) {
        return Some("line");
    }
    let led = || {
        let mut posts = case.posts_ix().filter(|post| case.post(*post).unit == one.unit);
        posts.any(|post| self::leader(facts, post, t) == Some(a))
    };
    if leader.is_some() && leader == self::leader(facts, b, t) || a == b && led() {
        return Some("leader");
    }
    let leads = one.lead == Lead::Principal || one.lead == Lead::Vice;
    (leads && names(&field(case, b), WATCHED_FIELDS)).then_some("field")
}

/// The post to which one reports in layout `t`. Where the leader's post merges into the one that reported to it, nobody
/// leads it any more.
fn leader(facts: &Facts, post: PostIx, t: usize) -> Option<PostIx> {
    let listed = facts.case.post(post).reports_to?;
    let now = facts.successor(listed, t);
    if now == post && listed != post { None } else { Some(now) }
}

/// R21 for one of the two in `a`.
fn r21(facts: &Facts, a: PostIx, b: PostIx, _: usize) -> Option<&'static str> {
    let case = facts.case;
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
