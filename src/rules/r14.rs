//! R14 and G1: months beyond the thresholds, charged at the stock of d_{t+1} (semantics 8, 10, 11, 31).

use super::Facts;
use super::clocks::{self, Beyond, Since};
use chrono::NaiveDate;
use lungang_domain::{Grade, Lead, PersonIx, Post, PostIx, StaffingKind, months_between};

/// What one person in one post costs in one layout.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Charge {
    /// Overdue months, and the position in `risk.tiers` of the tier that counts them.
    pub risk: Option<(usize, i64)>,
    /// Points of T5.
    pub points: i64,
}

/// Whether the ten-year clock applies (semantics 10).
#[must_use]
pub fn ten_year_applies(facts: &Facts<'_>, person: PersonIx, post: PostIx) -> bool {
    is_ten_year_duty(facts.case.post(post)) && may_be_ten_year(facts, person)
}

/// Whether the ten-year clock runs in a post, for those to whom it may apply.
#[must_use]
pub fn is_ten_year_duty(post: &Post) -> bool {
    post.ten_year_duty || matches!(post.lead, Lead::Head | Lead::Deputy)
}

/// Whether the ten-year clock may apply to a person at all.
#[must_use]
pub fn may_be_ten_year(facts: &Facts<'_>, person: PersonIx) -> bool {
    matches!(facts.case.person(person).staffing_kind, None | Some(StaffingKind::Administrative | StaffingKind::Quasi))
}

/// *must* in months: the person's own, else the post's, else its grade's.
#[must_use]
pub fn must(facts: &Facts<'_>, person: PersonIx, post: PostIx) -> i32 {
    let by_grade = facts.policy.time.thresholds(facts.grade[post.0]).must;
    facts.case.person(person).must_months.or(facts.case.post(post).must_months).unwrap_or(by_grade)
}

/// *should* in months: the post's, else its grade's.
#[must_use]
pub fn should(facts: &Facts<'_>, post: PostIx) -> i32 {
    let by_grade = facts.policy.time.thresholds(facts.grade[post.0]).should;
    facts.case.post(post).should_months.unwrap_or(by_grade)
}

/// The charge of holding `post` in layout `t` at the date `at`, the clocks having started on `clock` (`None`: unknown), and
/// the further ones in the layouts of `since`.
#[must_use]
pub fn charge(
    facts: &Facts<'_>,
    person: PersonIx,
    post: PostIx,
    (clock, since): (Option<NaiveDate>, Since),
    t: usize,
    at: NaiveDate,
) -> Charge {
    if facts.held_special(person, post, t) || facts.near_retirement(person, at) {
        return Charge::default();
    }
    let must = must(facts, person, post);
    let ten = ten_year_applies(facts, person, post);
    let months = clock.map_or(0, |clock| months_between(clock, at));
    charge_of(facts, post, months, must, ten, clocks::beyond(facts, person, post, since, t, at))
}

/// The charge of `months` on the clock of the post, due at `must`, where the further clocks are past theirs as said; `ten`:
/// whether the ten-year clock applies. No month is charged twice: the clock that is furthest past its limit counts.
#[must_use]
pub fn charge_of(facts: &Facts<'_>, post: PostIx, months: i32, must: i32, ten: bool, further: Beyond) -> Charge {
    let policy = facts.policy;
    let ten = ten.then_some(policy.time.ten_year);
    let grade = facts.grade[post.0];
    if let Some(tier) = policy.risk.tiers.iter().position(|listed| *listed == grade) {
        let begins = ten.map_or(must, |ten| ten.min(must));
        let over = (months - begins).max(further.must).max(0);
        let wanted = (months.min(begins) - should(facts, post)).max(further.should);
        Charge { risk: Some((tier, i64::from(over))), points: policy.points.should_month * i64::from(wanted.max(0)) }
    } else {
        let rate = if grade == Grade::Low { policy.points.low_month } else { policy.points.medium_month };
        let last = policy.risk.tiers.len().max(1) - 1;
        let by_law = ten.map_or(0, |ten| (months - ten).max(0));
        let over = ((months - must).max(further.must) - by_law).max(0);
        Charge { risk: ten.map(|_| (last, i64::from(by_law))), points: rate * i64::from(over) }
    }
}
