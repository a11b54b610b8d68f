//! Edges of the further clocks of R14 (semantics 68): what runs on, what begins anew, which past stays are joined.

use crate::help::{changed, still, value};
use lungang_domain::case::Since;
use lungang_domain::policy::Tier;
use lungang_domain::sample::{CaseBuilder, day, moved, policy};
use lungang_domain::{Case, EventKind, Grade, HistoryRow, Layout, Lead, Person, PersonIx, Policy, Post, Thresholds};

fn since(date: &str) -> Option<Since> {
    Some(Since { date: day(date), at_least: false })
}

fn years(count: u32, set: impl FnOnce(&mut Policy)) -> Policy {
    let mut policy = policy(count);
    (policy.time.may, policy.time.rest, policy.time.leader_probation) = (0, 0, 0);
    set(&mut policy);
    policy
}

/// Ann in `a` of U's S since 2024; `b` there too, `c` in another section, `d` in another unit: all high, deputies, in the
/// field 审批 but `c`.
fn office(ann: impl FnOnce(&mut Person)) -> CaseBuilder {
    let post = |domain: &'static str| {
        move |post: &mut Post| {
            (post.risk, post.lead, post.domain) = (Grade::High, Lead::Deputy, Some(domain.to_owned()));
            post.must_months = Some(1000);
        }
    };
    CaseBuilder::new()
        .post("a", "U", "S", post("审批"))
        .post("b", "U", "S", post("审批"))
        .post("c", "U", "R", post("财务"))
        .post("d", "V", "T", post("审批"))
        .person("ann", "a", "2024-07-01", ann)
}

fn risk(case: &Case, policy: &Policy, change: impl FnOnce(Layout) -> Layout) -> i64 {
    value(&changed(case, policy, change), Tier::Risk(0))
}

const FIVE: Option<Thresholds> = Some(Thresholds { should: 1000, must: 60 });

#[test]
fn a_section_s_clock_runs_on_inside_it_alone() {
    let case = office(|ann| ann.section_since = since("2015-07-01")).build();
    let policy = years(1, |policy| policy.time.section = FIVE);
    let to = |post: &str| risk(&case, &policy, |layout| moved(&case, &layout, "ann", 1, post));
    assert_eq!(risk(&case, &policy, |layout| layout), 132 - 60);
    assert_eq!([to("b"), to("c"), to("d")], [132 - 60, 0, 0]);
}

#[test]
fn a_field_s_clock_runs_on_inside_it_alone() {
    let case = office(|ann| ann.post_since = since("2015-07-01")).build();
    let policy = years(1, |policy| {
        policy.time.domain = FIVE;
        policy.time.ten_year = 1000;
    });
    let to = |post: &str| risk(&case, &policy, |layout| moved(&case, &layout, "ann", 1, post));
    assert_eq!(risk(&case, &policy, |layout| layout), 132 - 60);
    assert_eq!([to("b"), to("d"), to("c")], [132 - 60, 132 - 60, 0]);
}

#[test]
fn past_stays_of_the_field_that_meet_are_joined() {
    // (whose, field, from, to), and the month from which the time in the field counts.
    let begun = |rows: &[(usize, &str, &str, &str)]| {
        let mut case = office(|_| ()).person("bob", "c", "2024-07-01", |_| ()).build();
        for (who, field, from, to) in rows {
            case.history.push(HistoryRow {
                staff: PersonIx(*who),
                post: None,
                domain: Some((*field).to_owned()),
                from: Some(day(from)),
                to: Some(day(to)),
                row: case.people[0].row,
            });
        }
        let policy = years(1, |policy| policy.time.domain = Some(Thresholds { should: 1000, must: 0 }));
        // Bob's own field counts from his post alone.
        risk(&case, &policy, |layout| layout) - 24
    };
    assert_eq!(begun(&[]), 24);
    assert_eq!(begun(&[(0, "审批", "2019-07-01", "2024-06-15")]), 84);
    // Up to a month may lie between, not more.
    assert_eq!(begun(&[(0, "审批", "2019-07-01", "2024-06-01")]), 84);
    assert_eq!(begun(&[(0, "审批", "2019-07-01", "2024-05-31")]), 24);
    // One before the other, in any order, and a stay inside the present one.
    let chain = [(0, "审批", "2014-07-01", "2019-06-20"), (0, "审批", "2019-07-01", "2024-06-20")];
    assert_eq!(begun(&chain), 144);
    assert_eq!(begun(&[chain[1], chain[0], (0, "审批", "2024-09-01", "2024-12-01")]), 144);
    assert_eq!(begun(&[chain[0]]), 24);
    // Somebody else's, and another field.
    assert_eq!(begun(&[(0, "财务", "2019-07-01", "2024-06-15")]), 24);
    assert_eq!(begun(&[(1, "审批", "2019-07-01", "2024-06-15")]), 24);
}

#[test]
fn a_promotion_before_the_start_begins_the_clocks_that_it_changes() {
    let told = |ann: &mut Person| (ann.unit_since, ann.section_since) = (since("2010-07-01"), since("2010-07-01"));
    let policy = years(1, |policy| {
        policy.as_of = day("2025-06-01");
        policy.time.unit = FIVE;
    });
    let promoted = |post: &str| {
        let case = office(told).event("2025-06-15", EventKind::Promote, "ann", "", post).build();
        value(&still(&case, &policy), Tier::Risk(0))
    };
    assert_eq!([promoted("b"), promoted("c"), promoted("d")], [192 - 60, 192 - 60, 0]);
    // Promoted in the post held: neither the clocks of the unit nor that of the post begin anew.
    assert_eq!(promoted("a"), 192 - 60);
    let own = years(1, |policy| policy.as_of = day("2025-06-01"));
    let ten = office(|ann| ann.post_since = since("2010-07-01"));
    let ten = ten.event("2025-06-15", EventKind::Promote, "ann", "", "a").build();
    assert_eq!(value(&still(&ten, &own), Tier::Risk(0)), 192 - 120);
}

#[test]
fn the_clock_of_a_level_begins_with_another_level() {
    let level = |word: &str| Some(lungang_domain::RankSpan { low: word.into(), high: word.into() });
    let policy = years(2, |policy| {
        policy.time.unit_level = FIVE;
        policy.time.ten_year = 1000;
    });
    let of = |unit: &str, from: &str, promoted: &str| {
        let (unit, from) = (unit.to_owned(), from.to_owned());
        let mut case = office(move |ann| {
            (ann.unit_since, ann.level_since) = (since(&unit), Some(day(&from)));
            ann.level = Some("股级副职".into());
        });
        if !promoted.is_empty() {
            case = case.event("2025-10-01", EventKind::Promote, "ann", "", "b");
        }
        let mut case = case.build();
        let b = case.post_by_id("b").expect("listed").0;
        case.posts[b].level = level(if promoted.is_empty() { "股级副职" } else { promoted });
        value(&still(&case, &policy), Tier::Risk(0))
    };
    // The later of the two: 132 and 144 months, or 120 and 132.
    assert_eq!(of("2015-07-01", "2015-07-01", ""), (132 - 60) + (144 - 60));
    assert_eq!(of("2015-07-01", "2016-07-01", ""), (120 - 60) + (132 - 60));
    assert_eq!(of("2016-07-01", "2015-07-01", ""), (120 - 60) + (132 - 60));
    // At the same level it runs on, at another it begins anew.
    assert_eq!(of("2015-07-01", "2015-07-01", "股级副职"), (132 - 60) + (144 - 60));
    assert_eq!(of("2015-07-01", "2015-07-01", "股级正职"), 0);
}

#[test]
fn a_promotion_that_leaves_the_level_as_it_was_leaves_its_clock() {
    let policy = years(1, |policy| {
        policy.as_of = day("2025-06-01");
        policy.time.unit_level = FIVE;
    });
    // Without a leading level, by name, into a post that gives none.
    let case = office(|ann| {
        (ann.unit_since, ann.level_since) = (since("2015-07-01"), Some(day("2015-07-01")));
        ann.level = Some("无".into());
    });
    let case = case.event("2025-06-15", EventKind::Promote, "ann", "", "b").build();
    assert_eq!(value(&still(&case, &policy), Tier::Risk(0)), 132 - 60);
}

#[test]
fn months_wanted_by_a_further_clock_are_points() {
    let case = office(|ann| ann.unit_since = since("2022-07-01")).build();
    let policy = years(1, |policy| policy.time.unit = Some(Thresholds { should: 30, must: 120 }));
    // 48 months at the end, eighteen beyond *should*.
    assert_eq!(value(&still(&case, &policy), Tier::Quality), -18 * policy.points.should_month);
    let past = years(1, |policy| policy.time.unit = Some(Thresholds { should: 30, must: 40 }));
    assert_eq!(value(&still(&case, &past), Tier::Quality), -10 * past.points.should_month, "up to *must*, then T3");
    assert_eq!(value(&still(&case, &past), Tier::Risk(0)), 8);
}

#[test]
fn a_deferral_is_due_by_the_post_that_was_held() {
    let case = CaseBuilder::new()
        .post("a", "U", "S", |post| post.must_months = Some(24))
        .post("b", "U", "S", |post| post.must_months = Some(96))
        .person("ann", "a", "2022-07-01", |_| ())
        .build();
    let deferred = |to: &str| changed(&case, &policy(1), |layout| moved(&case, &layout, "ann", 1, to)).deferrals;
    // A swap of like posts is no rotation, and the post left was due.
    assert_eq!(deferred("b"), [(PersonIx(0), 1)]);
}
