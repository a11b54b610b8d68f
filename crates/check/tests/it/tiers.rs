//! Tiers against figures counted by hand.

use crate::help::{still, today, value, values};
use lungang_domain::Grade;
use lungang_domain::policy::Tier;
use lungang_domain::sample::{CaseBuilder, policy};

#[test]
fn overdue_months_are_the_stock_at_the_end_of_each_year() {
    // 2019-07-01 to 2025-07-01 is 72 months; at d_2 84, d_3 96, d_4 108; must is 60.
    let case = CaseBuilder::new()
        .post("cash", "U", "S", |post| post.risk = Grade::High)
        .person("ann", "cash", "2019-07-01", |_| ())
        .build();
    let verdict = still(&case, &policy(3));
    assert_eq!(value(&verdict, Tier::Risk(0)), 24 + 36 + 48);
    // Between should (36) and must (60) lie 24 months, each year.
    assert_eq!(values(&verdict), [0, 0, 0, 108, 0, -72]);
    assert_eq!(today(&verdict), [0, 0, 0, 12, 0, -24]);
    assert!(verdict.clean());
}
