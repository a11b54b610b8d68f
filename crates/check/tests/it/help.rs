//! Small words for the tests.

use lungang_check::{Breach, Verdict, judge, nobody_moves};
use lungang_domain::policy::Tier;
use lungang_domain::{Case, Layout, Policy};

/// The verdict on *nobody moves*.
pub fn still(case: &Case, policy: &Policy) -> Verdict {
    judge(case, policy, &nobody_moves(case, policy))
}

/// The verdict on *nobody moves*, changed.
pub fn changed(case: &Case, policy: &Policy, change: impl FnOnce(Layout) -> Layout) -> Verdict {
    judge(case, policy, &change(nobody_moves(case, policy)))
}

/// Breaches as `rule person post year`, with `-` for none.
pub fn brief(case: &Case, breaches: &[Breach]) -> Vec<String> {
    breaches
        .iter()
        .map(|breach| {
            let person = breach.person.map_or("-", |person| case.person(person).id.as_str());
            let post = breach.post.map_or("-", |post| case.post(post).id.as_str());
            format!("{} {person} {post} {}", breach.rule, breach.year)
        })
        .collect()
}

/// Values of T0 … T5, in order.
pub fn values(verdict: &Verdict) -> Vec<i64> {
    verdict.tiers.iter().map(|figures| figures.value).collect()
}

/// The figures of today, in order of the tiers.
pub fn today(verdict: &Verdict) -> Vec<i64> {
    verdict.tiers.iter().map(|figures| figures.today).collect()
}

/// One tier's value.
pub fn value(verdict: &Verdict, tier: Tier) -> i64 {
    verdict.value(tier).expect("the tier")
}
