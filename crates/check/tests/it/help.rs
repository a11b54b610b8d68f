//! Small words for the tests.

use lungang_check::{Breach, Verdict, judge, nobody_moves};
use lungang_domain::policy::Tier;
use lungang_domain::sample::{CaseBuilder, moved};
use lungang_domain::{Case, Layout, Person, Policy, Post, RankSpan};

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

/// A span of the ladder.
pub fn span(low: &str, high: &str) -> Option<RankSpan> {
    Some(RankSpan { low: low.into(), high: high.into() })
}

/// Ann sits in `a` since 2020, `b` of the same section, `c` of another and `d` of another unit are free.
pub fn ground() -> CaseBuilder {
    with(|_| (), |_| ())
}

/// The same with Ann and post `b` changed.
pub fn with(ann: impl FnOnce(&mut Person), b: impl FnOnce(&mut Post)) -> CaseBuilder {
    CaseBuilder::new()
        .post("a", "U", "S", |_| ())
        .post("b", "U", "S", b)
        .post("c", "U", "R", |_| ())
        .post("d", "V", "T", |_| ())
        .person("ann", "a", "2020-07-01", ann)
}

/// Ann moved in year `t` to a post.
pub fn ann_to(case: &Case, policy: &Policy, t: usize, post: &str) -> Verdict {
    changed(case, policy, |layout| moved(case, &layout, "ann", t, post))
}

/// These breaches, no others.
#[track_caller]
pub fn expect(case: &Case, verdict: &Verdict, breaches: &[&str]) {
    assert_eq!(brief(case, &verdict.breaches), breaches);
}
