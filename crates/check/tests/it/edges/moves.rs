//! Edges of what a stay, a move and a pair of relatives must obey.

use crate::help::{ann_to, changed, expect, ground, span, still, with};
use lungang_check::judge;
use lungang_domain::sample::{CaseBuilder, day, moved, placed, policy};
use lungang_domain::{
    Case, DecisionKind, EventKind, Lead, Nature, Person, PersonIx, Place, PostIx, Relation, StaffingKind,
};

#[test]
fn a_forced_move_leaves_a_special_post() {
    let case = CaseBuilder::new()
        .post("a", "U", "S", |post| post.special = Some("sole specialist".into()))
        .post("b", "U", "S", |_| ())
        .person("ann", "a", "2020-07-01", |_| ())
        .event("2025-10-01", EventKind::ClosePost, "", "a", "")
        .build();
    expect(&case, &ann_to(&case, &policy(2), 1, "b"), &[]);
}

#[test]
fn probation_ends_on_the_day_it_names() {
    let bound = |until: &str| {
        let until = day(until);
        with(move |ann| ann.probation_until = Some(until), |_| ()).build()
    };
    expect(&bound("2025-07-01"), &ann_to(&bound("2025-07-01"), &policy(1), 1, "b"), &[]);
    expect(&bound("2025-07-02"), &ann_to(&bound("2025-07-02"), &policy(1), 1, "b"), &["R05 ann b 1"]);
}

#[test]
fn of_equal_levels_the_lead_decides_what_is_more_important() {
    let levels = |from: &str, to: &str, lead: Lead| {
        let (from, to) = (span(from, from), span(to, to));
        CaseBuilder::new()
            .post("a", "U", "S", |post| post.level = from)
            .post("b", "U", "R", |post| (post.level, post.lead) = (to, lead))
            .person("ann", "a", "2020-07-01", |ann| ann.discipline_until = Some(day("2026-01-01")))
            .build()
    };
    let policy = policy(1);
    let case = levels("股级副职", "股级副职", Lead::Deputy);
    expect(&case, &ann_to(&case, &policy, 1, "b"), &["R06 ann b 1"]);
    let case = levels("股级副职", "股级副职", Lead::None);
    expect(&case, &ann_to(&case, &policy, 1, "b"), &[]);
    // A lower level is no more important, whoever leads there.
    let case = levels("股级正职", "股级副职", Lead::Head);
    expect(&case, &ann_to(&case, &policy, 1, "b"), &[]);
}

#[test]
fn r10_tells_the_months_that_are_short() {
    let case =
        with(|ann| ann.post_since = Some(lungang_domain::Since { date: day("2024-06-01"), at_least: false }), |_| ());
    let found = ann_to(&case.clone().build(), &policy(1), 1, "b");
    expect(&case.build(), &found, &["R10 ann b 1"]);
    assert_eq!((found.breaches[0].excess, found.breaches[0].args["stayed"].as_str()), (24 - 13, "13"));
}

#[test]
fn whoever_was_displaced_comes_into_an_organ_only_from_one() {
    let build = |nature: Nature| {
        let mut case = CaseBuilder::new()
            .post("a", "U", "S", |_| ())
            .post("b", "V", "T", |_| ())
            .person("ann", "a", "2020-07-01", |ann| ann.staffing_kind = Some(StaffingKind::Public))
            .event("2025-10-01", EventKind::ClosePost, "", "a", "")
            .build();
        (case.units[0].nature, case.units[1].nature) = (Some(nature), Some(Nature::Organ));
        case
    };
    // Unplaced in year 1, placed in year 2: the post held last counts.
    let later = |case: &Case| {
        changed(case, &policy(2), |layout| {
            moved(case, &placed(case, &layout, "ann", 1, Place::Unplaced), "ann", 2, "b")
        })
    };
    let outside = build(Nature::Public);
    expect(&outside, &later(&outside), &["R18 ann b 2"]);
    expect(&build(Nature::Organ), &later(&build(Nature::Organ)), &[]);
}

#[test]
fn equal_education_suffices_and_an_unrelated_equivalence_does_not() {
    let learned = |own: &str| {
        let own = own.to_owned();
        with(move |ann| ann.education = Some(own), |post| post.min_education = Some("本科".into())).build()
    };
    expect(&learned("本科"), &ann_to(&learned("本科"), &policy(1), 1, "b"), &[]);
    expect(&learned("大专"), &ann_to(&learned("大专"), &policy(1), 1, "b"), &["R04 ann b 1"]);
    let case =
        with(|ann| ann.grade = Some("二级科员".into()), |post| post.grade = span("三级主任科员", "三级主任科员"));
    let mut policy = policy(1);
    let equal = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    policy.ladder.equivalent = vec![equal("一级科员", "三级主任科员")];
    expect(&case.clone().build(), &ann_to(&case.clone().build(), &policy, 1, "b"), &["R04 ann b 1"]);
    // Over any number of pairs, in either direction.
    policy.ladder.equivalent.push(equal("一级科员", "二级科员"));
    expect(&case.clone().build(), &ann_to(&case.build(), &policy, 1, "b"), &[]);
}

#[test]
fn a_place_of_one_sign_is_nobodys_home() {
    let at_home = |region: &str, home: &str| {
        let home = home.to_owned();
        let mut case = CaseBuilder::new()
            .post("a", "U", "", |_| ())
            .post("boss", "甲县公安局", "", |post| post.lead = Lead::Principal)
            .person("ann", "a", "2020-07-01", move |ann| ann.home_region = Some(home))
            .build();
        case.units.iter_mut().for_each(|unit| unit.region = Some(region.into()));
        let mut policy = policy(1);
        policy.rules.insert("R08".into(), true);
        ann_to(&case, &policy, 1, "boss").breaches.iter().any(|breach| breach.rule == "R08")
    };
    assert!(at_home("甲县", "甲县") && at_home("乙省甲县", "甲县") && at_home("甲县", "乙省甲县"));
    assert!(!at_home("甲县", "县") && !at_home("县", "县"));
}

#[test]
fn an_event_names_the_post_whatever_the_plan_says() {
    let case = ground().event("2025-10-01", EventKind::Promote, "ann", "", "c").build();
    let kept = changed(&case, &policy(2), |layout| moved(&case, &layout, "ann", 1, "a"));
    let state: Vec<_> = kept.breaches.iter().filter(|breach| breach.rule == "STATE" && breach.year == 1).collect();
    assert_eq!(state.len(), 1, "{:?}", kept.breaches);
    assert_eq!((state[0].code, state[0].post), ("E0736", case.post_by_id("c")));
    assert!(!kept.clean());
}

#[test]
fn places_that_no_list_has_are_told_and_not_looked_up() {
    let case = ground().build();
    let policy = policy(1);
    let nowhere = PostIx(case.posts.len());
    let told = |place: Place| {
        let mut layout = lungang_check::nobody_moves(&case, &policy);
        layout.places[0][1] = place;
        judge(&case, &policy, &layout).breaches.iter().map(|breach| breach.code).collect::<Vec<_>>()
    };
    assert_eq!(told(Place::In(nowhere)), ["E0734"]);
    assert_eq!(told(Place::Away { seat: PostIx(0), host: Some(nowhere) }), ["E0734"]);
    assert_eq!(told(Place::Away { seat: nowhere, host: None }), ["E0734"]);
}

#[test]
fn relatives_need_somebody_who_reports_to_their_post() {
    let mut case = CaseBuilder::new()
        .post("pair", "U", "S", |post| post.headcount = 2)
        .post("desk", "U", "R", |_| ())
        .post("chief", "U", "R", |_| ())
        .post("far", "V", "T", |_| ())
        .person("ann", "desk", "2020-07-01", |_| ())
        .person("bob", "pair", "2020-07-01", |_| ())
        .build();
    let chief = case.post_by_id("chief");
    let desk = case.post_by_id("desk").expect("listed").0;
    case.posts[desk].reports_to = chief;
    let relation = |other: usize| Relation {
        staff_a: PersonIx(0),
        staff_b: Some(PersonIx(other)),
        kind: None,
        other: None,
        row: lungang_domain::RowRef::default(),
    };
    // Somebody who is not planned for is nobody's relative here.
    case.relations = vec![relation(1), relation(2)];
    let mut policy = policy(1);
    policy.rules.insert("R07".into(), true);
    let together = |case: &Case| ann_to(case, &policy, 1, "pair");
    expect(&case, &together(&case), &[]);
    // As soon as a post of the unit reports to theirs, both lead it.
    case.posts[desk].reports_to = case.post_by_id("pair");
    expect(&case, &together(&case), &["R07 ann pair 1"]);
    // Of another unit it does not matter.
    case.posts[desk].reports_to = None;
    let far = case.post_by_id("far").expect("listed").0;
    case.posts[far].reports_to = case.post_by_id("pair");
    expect(&case, &together(&case), &[]);
}

#[test]
fn nobody_is_freed_of_what_another_year_decided() {
    let special = |ann: &mut Person| ann.exempt_until = Some(day("2026-07-01"));
    let case = with(special, |_| ()).decision(DecisionKind::Free, "ann", "", 2, "").build();
    expect(&case, &ann_to(&case, &policy(2), 1, "b"), &["R25 ann b 1"]);
    assert!(still(&case, &policy(2)).clean());
}

#[test]
fn a_breach_points_at_the_row_that_was_read_and_at_none_that_was_not() {
    let mut case = with(|ann| ann.exempt_until = Some(day("2026-07-01")), |_| ()).build();
    case.origins.tables = vec![lungang_domain::problem::TableOrigin { sheet: "staff".into(), ..Default::default() }];
    let cell = |row: u32, case: &mut Case| {
        case.people[0].row.row = row;
        let breach = ann_to(case, &policy(1), 1, "b").breaches[0].clone();
        breach.problem(case, &policy(1)).cell.and_then(|cell| cell.row)
    };
    assert_eq!((cell(0, &mut case), cell(1, &mut case), cell(2, &mut case)), (None, Some(1), Some(2)));
}
