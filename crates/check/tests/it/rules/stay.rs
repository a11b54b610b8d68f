//! R04, R08, R18, R19: what a post asks of its holder, and what is inherited.

use crate::help::{ann_to, brief, changed, expect, ground, span, still, with};
use lungang_domain::sample::{CaseBuilder, moved, policy};
use lungang_domain::words::Kin;
use lungang_domain::{Category, EventKind, Lead, Nature, Person, Post, Relation, StaffingKind};

#[test]
fn r04_asks_for_the_level_or_the_grade() {
    let policy = policy(1);
    let deputy = || span("乡科级副职", "乡科级副职");
    let level = |word: &'static str| move |ann: &mut Person| ann.level = Some(word.into());
    for (ann, asked, kept) in [
        ("乡科级副职", deputy(), true),
        ("乡科级正职", deputy(), false),
        ("股级正职", deputy(), false),
        ("股级正职", span("股级副职", "乡科级副职"), true),
        ("无", span("无", "无"), true),
        ("股级正职", span("无", "无"), false),
    ] {
        let case = with(level(ann), |b| b.level = asked.clone()).build();
        let wanted: &[&str] = if kept { &[] } else { &["R04 ann b 1"] };
        expect(&case, &ann_to(&case, &policy, 1, "b"), wanted);
    }
    // Without a level in a post without one: counts as 无.
    let case = with(|_| (), |b| b.level = deputy()).build();
    expect(&case, &ann_to(&case, &policy, 1, "b"), &["R04 ann b 1"]);
    let case = with(|_| (), |b| b.level = span("无", "无")).build();
    expect(&case, &ann_to(&case, &policy, 1, "b"), &[]);
}

#[test]
fn r04_grade_where_no_level_is_asked() {
    let mut policy = policy(1);
    let grade = |word: &'static str| move |ann: &mut Person| ann.grade = Some(word.into());
    let asked = || span("四级主任科员", "三级主任科员");
    for (ann, level, kept) in [
        ("三级主任科员", None, true),
        ("一级科员", None, false),
        // 无 asks for the grade too; another level does not.
        ("一级科员", span("无", "无"), false),
        ("三级主任科员", span("无", "无"), true),
    ] {
        let case = with(grade(ann), |b| (b.grade, b.level) = (asked(), level.clone())).build();
        let wanted: &[&str] = if kept { &[] } else { &["R04 ann b 1"] };
        expect(&case, &ann_to(&case, &policy, 1, "b"), wanted);
    }
    let case = with(
        |ann| (ann.grade, ann.level) = (Some("一级科员".into()), Some("股级正职".into())),
        |b| (b.grade, b.level) = (asked(), span("股级正职", "股级正职")),
    )
    .build();
    expect(&case, &ann_to(&case, &policy, 1, "b"), &[]);
    let case = with(grade("二级科员"), |b| b.grade = asked()).build();
    policy.ladder.equivalent = vec![("二级科员".into(), "一级科员".into()), ("四级主任科员".into(), "一级科员".into())];
    expect(&case, &ann_to(&case, &policy, 1, "b"), &[]);
}

#[test]
fn r04_majors_certificates_education() {
    let policy = policy(1);
    let asks = |b: &mut Post| {
        b.required_majors = vec!["accounting".into(), "audit".into()];
        b.required_certificates = vec!["CPA".into(), "bar".into()];
        b.min_education = Some("本科".into());
    };
    let fit = |ann: &mut Person| {
        ann.majors = vec!["audit".into()];
        ann.certificates = vec!["bar".into(), "CPA".into()];
        ann.education = Some("硕士".into());
    };
    let case = with(fit, asks).build();
    expect(&case, &ann_to(&case, &policy, 1, "b"), &[]);
    // Blanks pass.
    let case = with(|_| (), asks).build();
    expect(&case, &ann_to(&case, &policy, 1, "b"), &[]);
    let spoil: [fn(&mut Person); 4] = [
        |ann| ann.majors = vec!["law".into()],
        |ann| ann.certificates = vec!["CPA".into()],
        |ann| ann.education = Some("大专".into()),
        |ann| (ann.majors, ann.education) = (vec!["law".into()], Some("高中".into())),
    ];
    for spoil in spoil {
        let spoiled = |ann: &mut Person| {
            fit(ann);
            spoil(ann);
        };
        let case = with(spoiled, asks).build();
        expect(&case, &ann_to(&case, &policy, 1, "b"), &["R04 ann b 1"]);
    }
}

#[test]
fn r04_inherited_until_the_post_is_left() {
    let case = CaseBuilder::new()
        .post("a", "U", "S", |a| a.level = span("股级正职", "股级正职"))
        .post("b", "U", "S", |_| ())
        .person("ann", "a", "2015-07-01", |ann| ann.level = Some("股级副职".into()))
        .build();
    let policy = policy(3);
    let unmoved = still(&case, &policy);
    expect(&case, &unmoved, &[]);
    assert_eq!(brief(&case, &unmoved.inherited), ["R04 ann a 1", "R04 ann a 2", "R04 ann a 3"]);
    // Away in year 1, back in year 3: the breach there is the plan's own (and too soon for R10).
    let back = changed(&case, &policy, |layout| moved(&case, &moved(&case, &layout, "ann", 1, "b"), "ann", 3, "a"));
    expect(&case, &back, &["R04 ann a 3"]);
    assert!(back.inherited.is_empty());
}

#[test]
fn r18_staffing_kind() {
    let policy = policy(1);
    let for_civil = |b: &mut Post| b.staffing_kinds = vec![StaffingKind::Administrative, StaffingKind::Quasi];
    let kind = |kind| move |ann: &mut Person| ann.staffing_kind = kind;
    for (own, wanted) in
        [(Some(StaffingKind::Administrative), &[][..]), (Some(StaffingKind::Public), &["R18 ann b 1"]), (None, &[])]
    {
        let case = with(kind(own), for_civil).build();
        expect(&case, &ann_to(&case, &policy, 1, "b"), wanted);
    }
    // Into an organ from outside: by a listed event only, unless the seat names the kind.
    let organ = |own, named: bool| {
        let kinds = if named { vec![StaffingKind::Worker] } else { Vec::new() };
        let mut case = ground()
            .post("o", "W", "Q", |o| o.staffing_kinds = kinds)
            .person("wu", "c", "2020-07-01", kind(Some(own)))
            .build();
        case.units[2].nature = Some(Nature::Organ);
        case
    };
    for (own, named, wanted) in [
        (StaffingKind::Worker, false, &["R18 wu o 1"][..]),
        (StaffingKind::Worker, true, &[]),
        (StaffingKind::Quasi, false, &[]),
    ] {
        let case = organ(own, named);
        expect(&case, &changed(&case, &policy, |layout| moved(&case, &layout, "wu", 1, "o")), wanted);
    }
}

#[test]
fn r19_category() {
    let mut policy = policy(1);
    let only = |b: &mut Post| b.categories = vec![Category::Enforcement];
    let category = |own| move |ann: &mut Person| ann.category = own;
    let case = with(category(Some(Category::General)), only).build();
    expect(&case, &ann_to(&case, &policy, 1, "b"), &["R19 ann b 1"]);
    let case = with(category(Some(Category::Technical)), only).build();
    expect(&case, &ann_to(&case, &policy, 1, "b"), &["R19 ann b 1"]);
    policy.rules.insert("R19".into(), false);
    expect(&case, &ann_to(&case, &policy, 1, "b"), &[]);
    policy.rules.insert("R19".into(), true);
    for own in [Some(Category::Enforcement), None] {
        let case = with(category(own), only).build();
        expect(&case, &ann_to(&case, &policy, 1, "b"), &[]);
    }
}

#[test]
fn r08_business_and_place() {
    let policy = policy(1);
    // The business of a wife, in a unit where some post regulates the trade.
    let business = |lead, kind, text: &str| {
        let mut case = with(|_| {}, |b: &mut Post| (b.lead, b.regulates) = (lead, vec!["餐饮".into()])).build();
        let staff_a = case.person_by_id("ann").expect("ann");
        let row = case.person(staff_a).row;
        case.relations.push(Relation { staff_a, staff_b: None, kind, other: Some(text.into()), row });
        case
    };
    for (lead, kind, text, wanted) in [
        (Lead::Vice, Some(Kin::Spouse), "妻子 经营餐饮店", &["R08 ann b 1"][..]),
        (Lead::Principal, None, "餐饮", &["R08 ann b 1"]),
        (Lead::Vice, Some(Kin::Collateral), "餐饮", &[]),
        (Lead::Vice, Some(Kin::Spouse), "务农", &[]),
        (Lead::Head, Some(Kin::Spouse), "餐饮", &[]),
    ] {
        let case = business(lead, kind, text);
        expect(&case, &ann_to(&case, &policy, 1, "b"), wanted);
    }
    // The body of the county in which somebody grew up.
    let place = |lead, unit: &str, region: &str, home: &str| {
        let grown = home.to_owned();
        let mut case = with(|ann: &mut Person| ann.home_region = Some(grown), |b: &mut Post| b.lead = lead).build();
        for own in &mut case.units {
            (own.name, own.region) = (unit.into(), Some(region.into()));
        }
        case
    };
    for (lead, unit, region, home, wanted) in [
        (Lead::Principal, "咸安区公安局", "咸安区", "湖北省咸宁市咸安区", &["R08 ann b 1"][..]),
        (Lead::Principal, "公安局〔生成数据〕", "咸宁市咸安区", "咸安区", &["R08 ann b 1"]),
        (Lead::Vice, "咸安区公安局", "咸安区", "咸安区", &[]),
        (Lead::Principal, "咸安区财政局", "咸安区", "咸安区", &[]),
        (Lead::Principal, "咸安区公安局", "咸安区", "通山县", &[]),
        (Lead::Principal, "咸安区政府办公室", "咸安区", "咸安区", &[]),
    ] {
        let case = place(lead, unit, region, home);
        expect(&case, &ann_to(&case, &policy, 1, "b"), wanted);
    }
}

#[test]
fn a_promotion_gives_the_level_of_its_post() {
    let mut policy = policy(2);
    (policy.time.may, policy.time.rest) = (0, 0);
    // Promoted in year 1 into a span, then moved in year 2 to a post that asks for one level.
    for (own, low, high, asked, kept) in [
        ("股级副职", "股级正职", "乡科级副职", "股级正职", true),
        ("股级副职", "股级正职", "乡科级副职", "乡科级副职", false),
        ("乡科级副职", "股级正职", "乡科级正职", "乡科级副职", true),
        ("乡科级副职", "股级正职", "乡科级正职", "股级正职", false),
    ] {
        let case = with(|ann| ann.level = Some(own.into()), |b| b.level = span(asked, asked))
            .post("p", "U", "R", |p| p.level = span(low, high))
            .event("2025-10-01", EventKind::Promote, "ann", "", "p")
            .build();
        let wanted: &[&str] = if kept { &[] } else { &["R04 ann b 2"] };
        expect(&case, &ann_to(&case, &policy, 2, "b"), wanted);
    }
}
