//! T2 to T5 against figures counted by hand.

use crate::help::{changed, still, today, value, values};
use lungang_domain::policy::Tier;
use lungang_domain::sample::{CaseBuilder, day, moved, placed, policy};
use lungang_domain::{
    Case, DecisionKind, EventKind, Grade, Layout, Lead, Person, PersonIx, Place, Post, Power, StaffingKind,
};
use std::collections::BTreeSet;

const RISK: Tier = Tier::Risk(0);

/// Ann in one post since 72 months before d_1: 84, 96 and 108 months at d_2, d_3 and d_4.
fn ann(post: impl FnOnce(&mut Post), person: impl FnOnce(&mut Person)) -> CaseBuilder {
    CaseBuilder::new().post("a", "U", "S", post).post("b", "U", "S", |_| ()).post("c", "V", "T", |_| ()).person(
        "ann",
        "a",
        "2019-07-01",
        person,
    )
}

fn high(post: &mut Post) {
    post.risk = Grade::High;
}

#[test]
fn overdue_months_are_the_stock_at_the_end_of_each_year() {
    let verdict = still(&ann(high, |_| ()).build(), &policy(3));
    // Must is 60; between should (36) and must lie 24 months, each year.
    assert_eq!(values(&verdict), [0, 0, 0, 24 + 36 + 48, 0, -3 * 24]);
    assert_eq!(today(&verdict), [0, 0, 0, 12, 0, -24]);
    assert!(verdict.clean());
}

#[test]
fn months_count_by_the_calendar() {
    for (since, months) in [
        ("2020-07-01", 12),
        ("2020-07-02", 11),
        ("2020-06-30", 12),
        ("2021-07-01", 0),
        ("2021-06-30", 0),
        ("2021-06-01", 1),
        ("2030-01-01", 0),
    ] {
        let case = CaseBuilder::new().post("a", "U", "S", high).person("ann", "a", since, |_| ()).build();
        assert_eq!(value(&still(&case, &policy(1)), RISK), months, "since {since}");
    }
}

#[test]
fn other_grades_are_charged_in_quality() {
    for (grade, sensitive, per_month, must) in [
        (Grade::Medium, false, 3, 96),
        (Grade::Unrated, false, 3, 96),
        (Grade::Low, false, 1, 120),
        (Grade::Low, true, 3, 96),
    ] {
        let change = |post: &mut Post| (post.risk, post.sensitive) = (grade, sensitive);
        let verdict = still(&ann(change, |ann| ann.post_since = None).build(), &policy(1));
        assert_eq!(values(&verdict), [0; 6], "unknown since");
        // 124 months at d_2.
        let since = |ann: &mut Person| {
            ann.post_since = Some(lungang_domain::Since { date: day("2016-03-01"), at_least: false });
        };
        let verdict = still(&ann(change, since).build(), &policy(1));
        assert_eq!(values(&verdict), [0, 0, 0, 0, 0, -per_month * (124 - must)], "{grade:?} {sensitive}");
    }
    // Medium and unrated lifted are high.
    for grade in [Grade::Medium, Grade::Unrated] {
        let change = |post: &mut Post| (post.risk, post.sensitive) = (grade, true);
        let verdict = still(&ann(change, |_| ()).build(), &policy(1));
        assert_eq!(values(&verdict), [0, 0, 0, 24, 0, -24]);
    }
}

#[test]
fn own_limits_win_over_the_post_over_the_grade() {
    let person_limit = |ann: &mut Person| ann.must_months = Some(70);
    let post_limit = |post: &mut Post| {
        high(post);
        (post.should_months, post.must_months) = (Some(50), Some(80));
    };
    // 84 months at d_2.
    let verdict = still(&ann(post_limit, |_| ()).build(), &policy(1));
    assert_eq!(values(&verdict), [0, 0, 0, 4, 0, -30]);
    let verdict = still(&ann(post_limit, person_limit).build(), &policy(1));
    assert_eq!(values(&verdict), [0, 0, 0, 14, 0, -20]);
    // A must below should leaves nothing between.
    let verdict = still(&ann(post_limit, |ann| ann.must_months = Some(40)).build(), &policy(1));
    assert_eq!(values(&verdict), [0, 0, 0, 44, 0, 0]);
}

#[test]
fn ten_year_duties() {
    let since = |ann: &mut Person| {
        // 118 months at d_1, 130 at d_2.
        ann.post_since = Some(lungang_domain::Since { date: day("2015-09-01"), at_least: false });
    };
    let low_head = |post: &mut Post| (post.risk, post.lead) = (Grade::Low, Lead::Head);
    // From 120 months it is risk, and nothing is charged twice.
    assert_eq!(values(&still(&ann(low_head, since).build(), &policy(1))), [0, 0, 0, 10, 0, 0]);
    // Medium: 96 to 120 in quality, beyond in risk.
    let medium = |post: &mut Post| (post.risk, post.ten_year_duty) = (Grade::Medium, true);
    assert_eq!(values(&still(&ann(medium, since).build(), &policy(1))), [0, 0, 0, 10, 0, -3 * 24]);
    // For others than civil servants there is no such clock; a blank kind counts as one.
    for (kind, risk, quality) in
        [(Some(StaffingKind::Public), 0, -3 * 34), (Some(StaffingKind::Quasi), 10, -3 * 24), (None, 10, -3 * 24)]
    {
        let case = ann(medium, |ann| {
            since(ann);
            ann.staffing_kind = kind;
        });
        assert_eq!(values(&still(&case.build(), &policy(1))), [0, 0, 0, risk, 0, quality]);
    }
    // Where the limit is later than ten years, ten years come first.
    let late = |post: &mut Post| {
        high(post);
        (post.ten_year_duty, post.must_months) = (true, Some(126));
    };
    assert_eq!(values(&still(&ann(late, since).build(), &policy(1))), [0, 0, 0, 10, 0, -(120 - 36)]);
}

#[test]
fn several_grades_have_tiers_of_their_own() {
    let mut policy = policy(1);
    policy.risk.tiers = vec![Grade::High, Grade::Medium];
    let case = CaseBuilder::new()
        .post("h", "U", "S", high)
        .post("l", "U", "S", |post| (post.risk, post.lead) = (Grade::Low, Lead::Deputy))
        .post("m", "U", "S", |post| post.risk = Grade::Medium)
        .person("1", "h", "2019-07-01", |_| ())
        .person("2", "m", "2014-07-01", |_| ())
        .person("3", "l", "2014-07-01", |_| ())
        .build();
    let verdict = still(&case, &policy);
    // h: 84 − 60, and 24 below; m: 144 − 96, and 96 − 60 below; l: ten years, 144 − 120, in the last risk tier.
    assert_eq!(values(&verdict), [0, 0, 0, 24, 48 + 24, 0, -24 - 36]);
    policy.risk.tiers = vec![];
    // No tier of its own: high is charged like medium, from must on; ten-year duties keep the one risk tier.
    let verdict = still(&case, &policy);
    assert_eq!(values(&verdict), [0, 0, 0, 24, 0, -3 * 24 - 3 * 48]);
}

#[test]
fn near_retirement_and_special_posts_are_not_charged() {
    let retires = |date: &'static str| move |ann: &mut Person| ann.retire_date = Some(day(date));
    // Near at d_2 = 2026-07-01 when less than 24 months are left.
    let verdict = still(&ann(high, retires("2028-06-30")).build(), &policy(1));
    assert_eq!(values(&verdict), [0; 6]);
    assert_eq!(today(&verdict), [0, 0, 0, 12, 0, -24]);
    let verdict = still(&ann(high, retires("2028-07-01")).build(), &policy(1));
    assert_eq!(value(&verdict, RISK), 24);
    // Whoever is exempt otherwise is charged.
    let verdict = still(&ann(high, |ann| ann.exempt_until = Some(day("2030-01-01"))).build(), &policy(1));
    assert_eq!(value(&verdict, RISK), 24);
    let special = |post: &mut Post| {
        high(post);
        post.special = Some("sole specialist".into());
    };
    assert_eq!(values(&still(&ann(special, |_| ()).build(), &policy(2))), [0; 6]);
    let freed = ann(special, |_| ()).decision(DecisionKind::Free, "ann", "", 2, "").build();
    assert_eq!(value(&still(&freed, &policy(2)), RISK), 36);
}

#[test]
fn the_clock_of_who_is_away_runs_on_and_of_who_left_stops() {
    let case = ann(high, |_| ()).absent("ann", "2025-01-01", "", "").build();
    assert_eq!(value(&still(&case, &policy(2)), RISK), 24 + 36);
    let case = ann(high, |_| ()).event("2026-08-01", EventKind::Leave, "ann", "", "").build();
    assert_eq!(value(&still(&case, &policy(2)), RISK), 24);
}

#[test]
fn a_move_starts_the_clock_anew_but_for_like_posts_of_one_section() {
    let like = |post: &mut Post| {
        high(post);
        (post.power, post.domain) = (Some(Power::Execution), Some("grants".into()));
    };
    let pair = |b: fn(&mut Post)| {
        CaseBuilder::new()
            .post("a", "U", "S", like)
            .post("b", "U", "S", move |post| {
                like(post);
                b(post);
            })
            .person("ann", "a", "2019-07-01", |_| ())
            .build()
    };
    let risk = |b: fn(&mut Post), on: bool| {
        let case = pair(b);
        let mut policy = policy(2);
        policy.rules.insert("R16".into(), on);
        let verdict = changed(&case, &policy, |layout| moved(&case, &layout, "ann", 1, "b"));
        (value(&verdict, RISK), value(&verdict, Tier::Quality), verdict.moves[0].keeps_clock)
    };
    assert_eq!(risk(|_| (), true), (60, -40 - 48, true));
    assert_eq!(risk(|_| (), false), (0, -40, false));
    assert_eq!(risk(|b| b.power = None, true), (0, -40, false));
    assert_eq!(risk(|b| b.domain = Some("audit".into()), true), (0, -40, false));
    assert_eq!(risk(|b| (b.risk, b.sensitive) = (Grade::Medium, true), true), (60, -40 - 48, true));
    assert_eq!(risk(|b| b.risk = Grade::Medium, true), (0, -40, false));
}

#[test]
fn without_sections_every_move_is_a_rotation() {
    let case = CaseBuilder::new()
        .post("a", "U", "", high)
        .post("b", "U", "", high)
        .person("ann", "a", "2019-07-01", |_| ())
        .build();
    let verdict = changed(&case, &policy(1), |layout| moved(&case, &layout, "ann", 1, "b"));
    assert_eq!(value(&verdict, RISK), 0);
}

#[test]
fn a_promotion_starts_the_clock_on_its_date() {
    // 2026-01-15 to 2031-07-01 (d_7): 65 months; 53 at d_6.
    let case =
        ann(|_| (), |_| ()).post("p", "U", "S", high).event("2026-01-15", EventKind::Promote, "ann", "", "p").build();
    let verdict = still(&case, &policy(6));
    assert_eq!(value(&verdict, RISK), 5);
    assert!(verdict.moves.is_empty());
    // Should is 36: from 41 months at d_5 on, 5 + 17, then 24 up to must.
    assert_eq!(value(&verdict, Tier::Quality), -(5 + 17 + 24));
    // Promoted where one sits: the clock runs on.
    let case = ann(high, |_| ()).event("2025-08-01", EventKind::Promote, "ann", "", "a").build();
    assert_eq!(value(&still(&case, &policy(1)), RISK), 24);
    // Before d_1, too.
    let mut early = policy(1);
    early.as_of = day("2025-01-01");
    let case =
        ann(|_| (), |_| ()).post("p", "U", "S", high).event("2025-02-01", EventKind::Promote, "ann", "", "p").build();
    let verdict = still(&case, &early);
    assert_eq!(values(&verdict), [0; 6]);
}

#[test]
fn joiners_and_recruits_count_from_their_own_date() {
    // 2025-10-15 to 2031-07-01: 68 months.
    let case = CaseBuilder::new()
        .post("a", "U", "S", high)
        .person("new", "", "", |_| ())
        .event("2025-10-15", EventKind::Join, "new", "", "a")
        .build();
    assert_eq!(value(&still(&case, &policy(6)), RISK), 8);
    // Without a post in the event: placed by the plan, on the same date, or later on d_2.
    let open = CaseBuilder::new()
        .post("a", "U", "S", high)
        .person("new", "", "", |_| ())
        .event("2025-10-15", EventKind::Recruit, "new", "", "")
        .build();
    let unplaced = still(&open, &policy(6));
    assert_eq!(values(&unplaced), [0, 6, 0, 0, 0, 0]);
    let placed = |t| changed(&open, &policy(6), |layout| moved(&open, &layout, "new", t, "a"));
    assert_eq!(value(&placed(1), RISK), 8);
    assert_eq!(placed(1).moves[0].from, None);
    // From 2026-07-01: 60 months at d_7.
    assert_eq!(value(&placed(2), RISK), 0);
    assert_eq!(value(&placed(2), Tier::Cover), 1);
}

#[test]
fn quality_counts_fit_against_today_and_moves() {
    let case = ann(|_| (), |_| ()).fit("ann", "a", 60).fit("ann", "b", 75).fit("ann", "c", 30).build();
    let go = |t, post| values(&changed(&case, &policy(3), |layout| moved(&case, &layout, "ann", t, post)));
    // Unrated in a since 2019: 108 months at d_4 are 12 beyond 96; a move on d_1 or d_2 avoids them.
    assert_eq!(values(&still(&case, &policy(3))), [0, 0, 0, 0, 0, -36]);
    // a, b are like posts: the clock runs on.
    assert_eq!(go(1, "b"), [0, 1 + 1 + 1, 0, 0, 0, 3 * 15 - 40 - 36]);
    // Another unit: 20 more.
    assert_eq!(go(2, "c"), [0, 1 + 1, 0, 0, 0, -2 * 30 - 40 - 20]);
}

#[test]
fn a_missing_fit_is_no_difference() {
    let base = || ann(|_| (), |_| ()).person("pat", "", "", |_| ());
    let quality = |case: &lungang_domain::Case, who: &str, post: &str| {
        value(&changed(case, &policy(1), |layout| moved(case, &layout, who, 1, post)), Tier::Quality)
    };
    assert_eq!(quality(&base().fit("ann", "c", 90).build(), "ann", "c"), -60);
    assert_eq!(quality(&base().fit("ann", "a", 90).build(), "ann", "c"), -60);
    assert_eq!(quality(&base().fit("ann", "a", 90).fit("ann", "c", 0).build(), "ann", "c"), -150);
    // No post today is 0, and a placement is no move.
    assert_eq!(quality(&base().fit("pat", "c", 70).build(), "pat", "c"), 70);
    assert_eq!(quality(&base().fit("pat", "a", 70).build(), "pat", "c"), 0);
    // Displaced: 0 now against 80 today.
    let case = base().fit("ann", "a", 80).event("2025-10-01", EventKind::ClosePost, "", "a", "").build();
    let verdict = still(&case, &policy(1));
    assert_eq!(values(&verdict), [0, 2, 0, 0, 0, -80]);
}

fn reserve(needed: Option<Vec<String>>) -> CaseBuilder {
    CaseBuilder::new()
        .post("a", "U", "S", |_| ())
        .post("grass", "V", "T", |post| post.development = vec!["grassroots".into(), "finance".into()])
        .post("town", "W", "X", |post| post.development = vec!["grassroots".into()])
        .person("ann", "a", "2019-07-01", move |ann| (ann.reserve, ann.needed) = (true, needed))
}

fn words(list: &[&str]) -> Vec<String> {
    list.iter().map(|word| (*word).to_owned()).collect()
}

#[test]
fn reserve_cadres_gain_what_they_want_once() {
    let mut policy = policy(4);
    (policy.time.may, policy.time.rest) = (0, 0);
    let gained = |case: &lungang_domain::Case, policy: &lungang_domain::Policy, way: &[(usize, &str)]| {
        let verdict = changed(case, policy, |layout| {
            way.iter().fold(layout, |layout, (t, post)| moved(case, &layout, "ann", *t, post))
        });
        value(&verdict, Tier::Reserve)
    };
    let case = reserve(Some(words(&["grassroots", "law"]))).build();
    assert_eq!(value(&still(&case, &policy), Tier::Reserve), 0);
    assert_eq!(gained(&case, &policy, &[(1, "grass")]), 1);
    assert_eq!(gained(&case, &policy, &[(1, "grass"), (2, "town")]), 1, "each experience once");
    assert_eq!(gained(&case, &policy, &[(4, "town")]), 1, "twelve months to the end of the horizon");
    let case = reserve(Some(words(&["grassroots", "finance"]))).build();
    assert_eq!(gained(&case, &policy, &[(1, "grass")]), 2);
    // Blank `needed`: the policy's list, less those had.
    let case = reserve(None).build();
    assert_eq!(gained(&case, &policy, &[(1, "grass")]), 0);
    policy.reserve.experiences = words(&["grassroots", "finance"]);
    assert_eq!(gained(&case, &policy, &[(1, "grass")]), 2);
    let mut had = case.clone();
    had.people[0].experiences = words(&["finance"]);
    assert_eq!(gained(&had, &policy, &[(1, "grass")]), 1);
    let mut other = case.clone();
    other.people[0].reserve = false;
    assert_eq!(gained(&other, &policy, &[(1, "grass")]), 0);
}

#[test]
fn essential_posts_have_successors() {
    let essential = |post: &mut lungang_domain::Post| post.essential = true;
    let case = reserve(Some(words(&["grassroots"])))
        .post("q1", "U", "S", essential)
        .post("q2", "U", "S", essential)
        .post("q3", "U", "S", essential)
        .person("bob", "q1", "2019-07-01", |bob| (bob.reserve, bob.ready_now) = (true, true))
        .build();
    let mut policy = policy(3);
    (policy.time.may, policy.time.rest) = (0, 0);
    assert_eq!(still(&case, &policy).value(Tier::Successors), None, "not asked for");
    policy.reserve.successors = true;
    // Bob sits in q1 and counts for the other two.
    let unmoved = still(&case, &policy);
    assert_eq!(value(&unmoved, Tier::Successors), 6);
    assert_eq!(unmoved.tiers.iter().find(|figures| figures.tier == Tier::Successors).unwrap().today, 2);
    let t4s = |way: &[(&str, usize, &str)]| {
        let verdict = changed(&case, &policy, |layout| {
            way.iter().fold(layout, |layout, (who, t, post)| moved(&case, &layout, who, *t, post))
        });
        value(&verdict, Tier::Successors)
    };
    // Ann is ready from year 2 on, and every post has somebody then.
    assert_eq!(t4s(&[("ann", 1, "grass")]), 2 + 3 + 3);
    assert_eq!(t4s(&[("ann", 1, "grass"), ("ann", 2, "q2")]), 2 + 3 + 3, "bob does q2, and q3 or she");
    assert_eq!(t4s(&[("ann", 3, "grass")]), 6, "had when the plan is over");
    let mut held = case.clone();
    held.people[1].under_investigation = Some(lungang_domain::Investigation::Review);
    assert_eq!(value(&still(&held, &policy), Tier::Successors), 0);
    held.people[1].under_investigation = None;
    held.people[1].discipline_until = Some(lungang_domain::sample::day("2026-07-01"));
    assert_eq!(value(&still(&held, &policy), Tier::Successors), 4, "from year 2 on");
}

#[test]
fn a_stay_of_twelve_months_before_the_event_that_ends_it_counts() {
    let policy = policy(2);
    let gained = |event: &dyn Fn(CaseBuilder) -> CaseBuilder, after: Option<Place>| {
        let case = event(reserve(Some(words(&["grassroots"]))).post("p", "U", "S", |_| ())).build();
        let verdict = changed(&case, &policy, |layout| {
            let unmoved = layout.at(case.person_by_id("ann").unwrap(), 2);
            let layout = moved(&case, &layout, "ann", 1, "town");
            match after.or((unmoved == Place::Left).then_some(unmoved)) {
                Some(place) => placed(&case, &layout, "ann", 2, place),
                None => layout,
            }
        });
        assert!(verdict.clean(), "{:?}", verdict.breaches);
        value(&verdict, Tier::Reserve)
    };
    // The stay begins on 2025-07-01. An event in year 2 ends it after 12 months or more, one on d_2 too.
    assert_eq!(gained(&|case| case.event("2026-07-01", EventKind::Leave, "ann", "", ""), None), 1);
    assert_eq!(
        gained(&|case| case.event("2026-12-01", EventKind::ClosePost, "", "town", ""), Some(Place::Unplaced)),
        1
    );
}

#[test]
fn a_recruits_stay_ends_with_the_post() {
    let policy = policy(2);
    let gained = |closes: &str| {
        let case = CaseBuilder::new()
            .post("town", "W", "X", |post| post.development = words(&["grassroots"]))
            .person("new", "", "", |new| (new.reserve, new.needed) = (true, Some(words(&["grassroots"]))))
            .event("2025-10-15", EventKind::Recruit, "new", "", "")
            .event(closes, EventKind::ClosePost, "", "town", "")
            .build();
        let verdict = changed(&case, &policy, |layout| {
            placed(&case, &moved(&case, &layout, "new", 1, "town"), "new", 2, Place::Unplaced)
        });
        assert!(verdict.clean());
        value(&verdict, Tier::Reserve)
    };
    assert_eq!((gained("2026-10-14"), gained("2026-10-15")), (0, 1));
}

#[test]
fn inherited_breaches_are_counted_by_person_post_rule_and_year() {
    let asks = |post: &mut Post| {
        post.staffing_kinds = vec![StaffingKind::Public];
        post.min_education = Some("博士".into());
    };
    let case = CaseBuilder::new()
        .post("a", "U", "S", |post| asks(post))
        .post("b", "U", "S", |_| ())
        .person("ann", "a", "2020-07-01", |ann| ann.education = Some("大专".into()))
        .person("bob", "a", "2020-07-01", |_| ())
        .person("cid", "a", "2020-07-01", |_| ())
        .build();
    let verdict = still(&case, &policy(2));
    // R04 of ann, R18 of three, R01 of the post: five a year.
    assert_eq!((value(&verdict, Tier::Law), today(&verdict)[2]), (10, 5));
    assert_eq!(verdict.inherited.len(), 10);
    let excess: BTreeSet<i64> = verdict.inherited.iter().map(|breach| breach.excess).collect();
    assert_eq!(excess, BTreeSet::from([1, 2]));
    let verdict = changed(&case, &policy(2), |layout| moved(&case, &layout, "ann", 1, "b"));
    // R18 of two, R01 with one too many.
    assert_eq!(value(&verdict, Tier::Law), 6);
    assert_eq!(verdict.tiers[2].nobody_moves, 10);
}

#[test]
fn deferrals_are_the_due_who_are_kept() {
    let list =
        |case: &CaseBuilder,
         change: &dyn Fn(&lungang_domain::Case, lungang_domain::Layout) -> lungang_domain::Layout| {
            let case = case.clone().build();
            let verdict = changed(&case, &policy(3), |layout| change(&case, layout));
            verdict.deferrals.iter().map(|(_, year)| *year).collect::<Vec<_>>()
        };
    let keep = |_: &lungang_domain::Case, layout| layout;
    // 72 months at d_1.
    assert_eq!(list(&ann(high, |_| ()), &keep), [1, 2, 3]);
    assert_eq!(list(&ann(|_| (), |_| ()), &keep), [3], "96 months at d_3");
    assert_eq!(list(&ann(high, |_| ()), &|case, layout| moved(case, &layout, "ann", 2, "c")), [1]);
    // No rotation by R16: kept.
    let like = ann(high, |_| ()).post("e", "U", "S", high);
    assert_eq!(list(&like, &|case, layout| moved(case, &layout, "ann", 1, "e")), [1, 2, 3]);
    let retires = |ann: &mut Person| ann.retire_date = Some(day("2029-06-30"));
    assert_eq!(list(&ann(high, retires), &keep), [1, 2], "near retirement at d_3");
    let special = |post: &mut Post| {
        high(post);
        post.special = Some("sole specialist".into());
    };
    assert_eq!(list(&ann(special, |_| ()), &keep), Vec::<usize>::new());
    assert_eq!(list(&ann(special, |_| ()).decision(DecisionKind::Free, "ann", "", 2, ""), &keep), [2]);
    let ten = |post: &mut Post| (post.lead, post.must_months) = (Lead::Head, Some(200));
    let since = |ann: &mut Person| {
        ann.post_since = Some(lungang_domain::Since { date: day("2016-07-01"), at_least: false });
    };
    assert_eq!(list(&ann(ten, since), &keep), [2, 3], "ten years at d_2");
    assert_eq!(list(&ann(high, |_| ()).event("2026-08-01", EventKind::Leave, "ann", "", ""), &keep), [1]);
}

#[test]
fn the_clock_furthest_past_its_limit_counts_once() {
    use lungang_domain::Thresholds;
    use lungang_domain::case::Since;
    let since = |date: &str| Some(Since { date: day(date), at_least: false });
    let mut policy = policy(2);
    policy.time.unit = Some(Thresholds { should: 60, must: 72 });
    policy.time.section = Some(Thresholds { should: 48, must: 60 });
    let case = |lead: Lead| {
        CaseBuilder::new()
            .post("a", "U", "S", |post| {
                post.risk = Grade::High;
                post.lead = lead;
            })
            .post("b", "U", "R", |post| post.risk = Grade::High)
            .post("c", "V", "T", |post| post.risk = Grade::High)
            .person("ann", "a", "2023-07-01", |ann| {
                ann.unit_since = since("2019-07-01");
                ann.section_since = since("2020-01-01");
            })
            .build()
    };
    let risk = |case: &Case, change: &dyn Fn(Layout) -> Layout| {
        changed(case, &policy, change).value(Tier::Risk(0)).expect("a tier")
    };
    // At 2026-07-01 and 2027-07-01: in the unit 84 and 96 months, 12 and 24 beyond; in the section 78 and 90, 18 and 30.
    let clerk = case(Lead::None);
    assert_eq!(risk(&clerk, &|layout| layout), 36);
    let deputy = case(Lead::Deputy);
    assert_eq!(risk(&deputy, &|layout| layout), 48);
    // In another section of the unit its clock runs on; in another unit it does not.
    assert_eq!(risk(&clerk, &|layout| moved(&clerk, &layout, "ann", 1, "b")), 36);
    assert_eq!(risk(&clerk, &|layout| moved(&clerk, &layout, "ann", 1, "c")), 0);
    // Kept, and due by the unit's clock alone.
    assert_eq!(changed(&clerk, &policy, |layout| layout).deferrals, [(PersonIx(0), 1), (PersonIx(0), 2)]);
    assert_eq!(changed(&clerk, &policy, |layout| moved(&clerk, &layout, "ann", 1, "b")).deferrals, [(PersonIx(0), 2)]);
}

#[test]
fn a_new_name_and_a_promotion_in_place_let_the_clock_run_on() {
    let base = || ann(|post| post.risk = Grade::High, |_| ());
    let risk = |case: &Case| value(&still(case, &policy(3)), RISK);
    let plain = risk(&base().build());
    assert!(plain > 0);
    let renamed = base().event("2026-09-01", EventKind::Rename, "", "a", "").build();
    let promoted = base().event("2026-09-01", EventKind::Promote, "ann", "", "a").build();
    assert_eq!([risk(&renamed), risk(&promoted)], [plain, plain]);
}
