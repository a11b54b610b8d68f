//! What a year in a post costs: overdue months (T3), points (T5).

use super::facts::Facts;
use chrono::NaiveDate;
use lungang_domain::{Grade, PersonIx, PostIx, months_between};

/// Charges of one person in one post on one day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Charge {
    /// Overdue months: tier of risk and months.
    pub risk: Option<(usize, i64)>,
    /// Points taken off quality.
    pub points: i64,
}

impl Facts<'_> {
    /// Number of risk tiers; there is always one.
    pub fn risk_tiers(&self) -> usize {
        self.policy.risk.tiers.len().max(1)
    }

    /// R14: months beyond *must* and between *should* and *must* on `day`, for a clock that runs since `clock`
    /// (`None`: unknown, so nothing is charged); `further`: how far other clocks are past their *must* and their *should*.
    /// Semantics 10, 11, 31, 68.
    pub fn charge(
        &self,
        person: PersonIx,
        post: PostIx,
        clock: Option<NaiveDate>,
        further: (i64, i64),
        day: NaiveDate,
        freed: bool,
    ) -> Charge {
        let (who, what) = (self.person(person), self.post(post));
        let special = what.special.is_some() && !freed && self.dropped.stands("SPECIAL");
        if special || self.near_retirement(person, day) || !self.dropped.stands("R14") {
            return Charge::default();
        }
        let grade = self.grade(post);
        let limits = self.policy.time.thresholds(grade);
        let should = i64::from(what.should_months.unwrap_or(limits.should));
        let must = i64::from(who.must_months.or(what.must_months).unwrap_or(limits.must));
        let ten_year = self.ten_year_applies(person, post).then_some(i64::from(self.policy.time.ten_year));
        let months = clock.map_or(0, |clock| i64::from(months_between(clock, day).max(0)));

        let tier = self.policy.risk.tiers.iter().position(|own| *own == grade);
        // Where T3 begins; never, where neither a tier nor the ten-year clock applies.
        let begins = match (tier, ten_year) {
            (Some(_), Some(limit)) => Some(must.min(limit)),
            (Some(_), None) => Some(must),
            (None, limit) => limit,
        };
        let beyond = begins.map_or(0, |begins| (months - begins).max(0));
        let up_to = |from: i64| (months.min(begins.unwrap_or(i64::MAX)) - from).max(0);
        let rates = &self.policy.points;
        let (over, wanted) = further;
        // The clock that is furthest past its limit counts, and no month twice.
        let (beyond, points) = match (tier, grade) {
            (Some(_), _) => (beyond.max(over), rates.should_month * up_to(should).max(wanted)),
            (None, Grade::Low) => (beyond, rates.low_month * up_to(must).max(over - beyond)),
            (None, Grade::High | Grade::Medium | Grade::Unrated) => {
                (beyond, rates.medium_month * up_to(must).max(over - beyond))
            }
        };
        let risk = (beyond > 0).then(|| (tier.unwrap_or(self.risk_tiers() - 1), beyond));
        Charge { risk, points }
    }

    /// The fit term of T5 in a layout: difference to today's post, 0 where either fit is missing (semantics 32).
    pub fn fit_gain(&self, person: PersonIx, seat: Option<PostIx>) -> i64 {
        // `None`: the post exists and its fit is missing.
        let fit = |post: Option<PostIx>| post.map_or(Some(0), |post| self.case.fit.get(person, post));
        match (fit(self.today(person)), fit(seat)) {
            (Some(old), Some(new)) => new - old,
            _ => 0,
        }
    }
}
