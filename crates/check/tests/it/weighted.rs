//! The weighted mode: W recomputed from its parts, and nothing claimed about a part alone.

use crate::help::{changed, today, value, values};
use crate::plans::{Spoil, codes, expect, swap_under};
use lungang_check::judge_plan;
use lungang_domain::plan::TierStatus;
use lungang_domain::policy::{Mode, Tier, Weights};
use lungang_domain::sample::{CaseBuilder, moved, policy};
use lungang_domain::{Grade, Policy};

/// A policy with weights for overdue months, experiences and points.
fn weighted(years: u32, risk: i64, reserve: i64, quality: i64) -> Policy {
    let mut policy = policy(years);
    policy.priorities.mode = Mode::Weighted;
    policy.priorities.weights = Weights { risk, reserve, quality };
    policy
}

#[test]
fn w_weighs_months_against_experiences_and_points() {
    // Ann is overdue at high risk and lacks an experience; Bob becomes overdue at medium risk, points or months of his own.
    let case = CaseBuilder::new()
        .post("a", "U", "S", |post| post.risk = Grade::High)
        .post("b", "U", "R", |post| post.risk = Grade::Medium)
        .post("field", "V", "T", |post| post.development = vec!["grassroots".into()])
        .person("ann", "a", "2018-07-01", |ann| {
            (ann.reserve, ann.needed) = (true, Some(vec!["grassroots".into()]));
        })
        .person("bob", "b", "2017-07-01", |_| ())
        .fit("ann", "a", 50)
        .fit("ann", "field", 80)
        .build();
    for (tiers, risks) in [(vec![Grade::High], 1), (vec![Grade::High, Grade::Medium], 2)] {
        for (risk, reserve, quality) in [(8, 120, 1), (3, 0, 2), (0, 7, 0), (0, 0, 5)] {
            let mut policy = weighted(2, risk, reserve, quality);
            policy.risk.tiers.clone_from(&tiers);
            let idle = changed(&case, &policy, |layout| layout);
            let gone = changed(&case, &policy, |layout| moved(&case, &layout, "ann", 1, "field"));
            for (verdict, gained) in [(&idle, 0), (&gone, 1)] {
                let of = |tier| value(verdict, tier);
                let months: i64 = (0..risks).map(|n| of(Tier::Risk(n))).sum();
                assert_eq!(of(Tier::Reserve), gained);
                let wanted = -risk * months + reserve * gained + quality * of(Tier::Quality);
                assert_eq!(of(Tier::Weighted), wanted);
                assert_eq!(values(verdict).len(), 6 + risks);
                assert_eq!(verdict.tiers.last().expect("tiers").tier, Tier::Weighted, "W stands last");
                assert_eq!(
                    verdict.tiers.last().map(|figures| figures.nobody_moves),
                    Some(value(&idle, Tier::Weighted))
                );
                let now = today(verdict);
                let now_months: i64 = now[3..3 + risks].iter().sum();
                assert_eq!(now.last(), Some(&(-risk * now_months + quality * now[4 + risks])));
            }
            let better = value(&gone, Tier::Weighted) > value(&idle, Tier::Weighted);
            assert!(better, "{tiers:?} {risk} {reserve} {quality}");
        }
    }
}

#[test]
fn a_sound_weighted_plan_passes() {
    let (case, _, plan) = swap_under(weighted(2, 8, 120, 1));
    expect(&case, &plan, &[]);
    assert!(plan.optimal(), "what W merges need not be proved");
    assert!(plan.tiers[3..6].iter().all(|row| plan.merged(row) && row.bound.is_none()));
    assert!(!plan.merged(&plan.tiers[2]) && !plan.merged(&plan.tiers[6]));
}

#[test]
fn false_claims_about_w_are_named() {
    let spoil: Vec<(Spoil, &[&str])> = vec![
        (|plan| plan.tiers[6].value += 1, &["E0765 value", "E0767 gap", "E0767 gap_points", "E0767 status"]),
        (|plan| plan.tiers[6].today -= 1, &["E0765 today"]),
        (|plan| plan.tiers[6].nobody_moves += 1, &["E0765 nobody_moves"]),
        (|plan| drop(plan.tiers.pop()), &["E0768"]),
        (|plan| plan.tiers.swap(5, 6), &["E0768"]),
        (|plan| plan.tiers[3].status = TierStatus::Proved, &["E0767 status"]),
        (
            |plan| {
                plan.tiers[3].bound = Some(plan.tiers[3].value);
                plan.tiers[3] = plan.tiers[3].clone().assess();
            },
            &["E0773"],
        ),
        // Other weights, or none, count otherwise.
        (|plan| plan.policy.priorities.weights.risk = 9, &["E0765 value", "E0765 today", "E0765 nobody_moves"]),
        (|plan| plan.policy.priorities.mode = Mode::Strict, &["E0768"]),
        (|plan| plan.policy.priorities.weights.risk = i64::MAX, &["E0765 value", "E0765 today", "E0765 nobody_moves"]),
    ];
    for (spoil, wanted) in spoil {
        let (case, _, mut plan) = swap_under(weighted(2, 8, 120, 1));
        spoil(&mut plan);
        let mut found = codes(&judge_plan(&case, &plan, false));
        found.sort_unstable();
        let mut wanted = wanted.to_vec();
        wanted.sort_unstable();
        assert_eq!(found, wanted);
        assert!(!judge_plan(&case, &plan, true).reports.is_empty(), "of an edited plan the same are reports");
    }
    let (case, _, mut plan) = swap_under(weighted(2, 8, 120, 1));
    plan.tiers[6].bound = Some(plan.tiers[6].value - 1);
    plan.tiers[6] = plan.tiers[6].clone().assess();
    expect(&case, &plan, &["E0766"]);
}
