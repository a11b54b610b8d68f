use super::*;
use crate::case::{HistoryRow, RankSpan};
use crate::policy::{FitCompute, FitPolicy};
use crate::problem::RowRef;
use crate::sample::{CaseBuilder, day, policy};

fn words(list: &[&str]) -> Vec<String> {
    list.iter().map(|word| (*word).to_owned()).collect()
}

fn one(rung: &str) -> Option<RankSpan> {
    Some(RankSpan { low: rung.into(), high: rung.into() })
}

/// Two units; ann sits at a low desk of the first.
fn ground() -> CaseBuilder {
    CaseBuilder::new()
        .post("desk", "财政局", "预算股", |post| post.domain = Some("预算·编审".into()))
        .post("goal", "财政局", "国库股", |post| {
            post.domain = Some("国库".into());
            post.required_majors = words(&["会计学", "金融学"]);
            post.required_certificates = words(&["会计师", "注册会计师"]);
            post.level = one("股级正职");
        })
        .post("law", "司法局", "法制股", |post| {
            post.title = "法制审核员".into();
            post.grade = Some(RankSpan { low: "一级科员".into(), high: "四级主任科员".into() });
        })
}

fn on(case: &mut Case, change: impl FnOnce(&mut FitPolicy)) {
    let mut policy = policy(3);
    policy.fit.compute = FitCompute::Absent;
    change(&mut policy.fit);
    case.compute_fit(&policy);
}

fn past(case: &Case, domain: &str, from: &str, to: &str) -> HistoryRow {
    HistoryRow {
        staff: case.person_by_id("ann").expect("ann"),
        post: None,
        domain: (!domain.is_empty()).then(|| domain.to_owned()),
        from: (!from.is_empty()).then(|| day(from)),
        to: (!to.is_empty()).then(|| day(to)),
        row: RowRef::default(),
    }
}

fn parts(case: &Case, post: &str) -> Parts {
    let (ann, post) = (case.person_by_id("ann").expect("ann"), case.post_by_id(post).expect("a post"));
    case.fit.model().map_or([None; 8], |model| model.parts(ann, post))
}

fn score(case: &Case, post: &str) -> Option<i64> {
    case.fit.get(case.person_by_id("ann").expect("ann"), case.post_by_id(post).expect("a post"))
}

/// Ann: accountant with one of two certificates, 18 months in the budget field and 27 in that of the treasury before,
/// at the level asked for since a year and a half.
fn worked() -> Case {
    let mut case = ground()
        .person("ann", "desk", "2023-12-30", |person| {
            person.majors = words(&["会计学"]);
            person.certificates = words(&["会计师"]);
            person.level = Some("股级正职".into());
            person.level_since = Some(day("2023-12-30"));
            person.law_hours = Some(20.0);
            person.professional_hours = Some(30.0);
        })
        .build();
    case.history = vec![past(&case, "国库", "2021-01-01", "2023-04-01")];
    case
}

#[test]
fn the_worked_example_of_the_documentation() {
    let mut case = worked();
    on(&mut case, |_| ());
    // 100, 50, 27 of 36 months, the level itself, 18 of 36 months, full and three quarters of the class-hours.
    let known = [Some(100), Some(50), Some(75), Some(100), Some(50), Some(88), None, None];
    assert_eq!(parts(&case, "goal"), known);
    // (20·100 + 10·50 + 25·75 + 20·100 + 5·50 + 5·88) / 85 = 7,065 / 85 = 83.1
    assert_eq!(score(&case, "goal"), Some(83));
    // The desk asks for neither major nor certificate nor level: 18 months of 36, and the class-hours.
    assert_eq!(parts(&case, "desk"), [None, None, Some(50), None, None, Some(88), None, None]);
    // (25·50 + 5·88) / 30 = 56.3
    assert_eq!(score(&case, "desk"), Some(56));
}

#[test]
fn which_pairs_are_computed_is_a_setting() {
    let given = |mut case: Case, compute: FitCompute| {
        case.fit.given = true;
        case.fit.set(PersonIx(0), case.post_by_id("desk").expect("a post"), 12);
        on(&mut case, |fit| fit.compute = compute);
        let source = |post: &str| case.fit.source(PersonIx(0), case.post_by_id(post).expect("a post"));
        (score(&case, "desk"), source("desk"), score(&case, "goal"), source("goal"))
    };
    // A given score wins; a pair that a given sheet lacks is missing unless the policy asks for more.
    let (own, there) = (Some(Source::Given), Some(Source::Computed));
    assert_eq!(given(worked(), FitCompute::Absent), (Some(12), own, None, None));
    assert_eq!(given(worked(), FitCompute::Never), (Some(12), own, None, None));
    assert_eq!(given(worked(), FitCompute::Missing), (Some(12), own, Some(83), there));
    let mut case = worked();
    on(&mut case, |fit| fit.compute = FitCompute::Never);
    assert_eq!(score(&case, "goal"), None);
    // The setting is looked at anew each time.
    on(&mut case, |_| ());
    assert_eq!(score(&case, "goal"), Some(83));
    on(&mut case, |fit| fit.compute = FitCompute::Never);
    assert_eq!(score(&case, "goal"), None);
}

#[test]
fn a_pair_of_which_nothing_is_known_stays_missing() {
    let mut case = ground()
        .person("ann", "desk", "2023-12-30", |person| person.law_hours = Some(20.0))
        .person("bob", "", "", |person| person.law_hours = Some(20.0))
        .build();
    on(&mut case, |_| ());
    // Class-hours alone say nothing about a post.
    assert_eq!(score(&case, "law"), None);
    assert_eq!(case.fit.source(PersonIx(1), PostIx(0)), None);
    assert_eq!(score(&case, "goal"), Some(10), "no month in that field, two rungs below, full class-hours: 5 of 50");
    // Nobody knows anything: no model at all.
    let mut bare = CaseBuilder::new().post("a", "U", "", |_| ()).person("ann", "a", "", |_| ()).build();
    on(&mut bare, |_| ());
    assert!(bare.fit.model().is_none());
}

#[test]
fn a_weight_of_0_leaves_a_part_out() {
    let mut case = worked();
    on(&mut case, |fit| {
        fit.weights = crate::policy::FitWeights { certificates: 1, training: 3, ..Default::default() };
    });
    // (50 + 3·88) / 4 = 78.5, rounded half up
    assert_eq!(score(&case, "goal"), Some(79));
    assert_eq!(score(&case, "desk"), None, "it asks for no certificate");
}

#[test]
fn stays_are_counted_once_and_up_to_the_date_of_the_data() {
    let mut case = worked();
    let mut rows = vec![
        past(&case, "国库", "2021-06-01", "2023-04-01"),
        past(&case, "国库·会计", "2023-01-01", "2023-07-01"),
        past(&case, "国库", "2026-01-01", "2026-09-01"),
        past(&case, "国库", "2019-01-01", ""),
        past(&case, "", "2010-01-01", "2015-01-01"),
    ];
    rows[4].post = case.post_by_id("goal");
    case.history = rows[..4].to_vec();
    on(&mut case, |_| ());
    // 2021-06 to 2023-07: 25 months of 36.
    assert_eq!(parts(&case, "goal")[2], Some(69));
    case.history.reverse();
    on(&mut case, |_| ());
    assert_eq!(parts(&case, "goal")[2], Some(69), "in any order");
    case.history = rows;
    on(&mut case, |_| ());
    assert_eq!(parts(&case, "goal")[2], Some(100), "a row without a domain has that of its post");
}

#[test]
fn a_field_in_which_one_is_since_nobody_knows_when_is_unknown() {
    let mut case = worked();
    case.people[0].post_since = None;
    on(&mut case, |_| ());
    assert_eq!(parts(&case, "desk")[2], None);
    assert_eq!(parts(&case, "goal")[2], Some(75));
}

#[test]
fn levels_count_by_rungs_and_grades_where_no_level_is_asked() {
    let level = |level: &str, grade: &str| {
        let mut case = worked();
        case.people[0].level = (!level.is_empty()).then(|| level.to_owned());
        case.people[0].grade = (!grade.is_empty()).then(|| grade.to_owned());
        on(&mut case, |_| ());
        (parts(&case, "goal")[3], parts(&case, "law")[3])
    };
    assert_eq!(level("股级正职", "一级科员"), (Some(100), Some(100)));
    assert_eq!(level("股级副职", "二级科员"), (Some(50), Some(75)));
    assert_eq!(level("乡科级正职", "一级主任科员"), (Some(0), Some(25)));
    // Blank: who sits in a post without a level counts as without one.
    assert_eq!(level("", ""), (Some(0), None));
    assert_eq!(level("股级正职", "不在阶梯上"), (Some(100), None));
}

#[rustfmt::skip]
#[test]
fn wishes_count_as_far_as_they_name_something() {
    let wish = |text: &str| {
        let mut case = worked();
        let finance = case.units.iter_mut().find(|unit| unit.name == "财政局");
        finance.expect("a unit").name = "咸安区财政局〔生成数据〕".into();
        let law = case.post_by_id("law").expect("a post");
        case.posts[law.0].domain = Some("自然资源不动产".into());
        case.people[0].wishes = words(&[text]);
        on(&mut case, |_| ());
        let named = ["desk", "goal", "law"].map(|post| parts(&case, post)[6]);
        let unread = case.fit.model().map_or(0, Model::unread_wishes);
        (named, unread)
    };
    let (yes, no) = (Some(100), Some(0));
    // Unit, section, field, title, id; the finest that is named counts.
    assert_eq!(wish("希望到司法局工作"), ([no, no, yes], 0));
    assert_eq!(wish("愿到财政局锻炼"), ([yes, yes, no], 0));
    assert_eq!(wish("希望留在本单位"), ([yes, yes, no], 0));
    assert_eq!(wish("希望到财政局国库股"), ([no, yes, no], 0));
    assert_eq!(wish("希望从事预算工作"), ([yes, no, no], 0));
    assert_eq!(wish("愿任法制审核员"), ([no, no, yes], 0));
    assert_eq!(wish("GOAL"), ([no, yes, no], 0));
    assert_eq!(wish("希望到自然资源不动产股"), ([no, no, yes], 0), "signs of refusing in a name are none");
    // Names that no post has together, names inside other words, sentences that say the opposite, and nothing at all.
    assert_eq!(wish("愿到司法局国库股"), ([no, no, no], 0));
    for unread in ["不愿到司法局", "希望离开财政局", "由财政局调往司法局", "goals", "服从组织安排", &"财政局".repeat(90)] {
        assert_eq!(wish(unread), ([None; 3], 1), "{unread}");
    }
}

#[test]
fn a_suggestion_counts_for_the_post_it_names() {
    let mut case = worked();
    case.people[0].suggested_posts = case.post_by_id("law").into_iter().collect();
    on(&mut case, |_| ());
    assert_eq!(["desk", "goal", "law"].map(|post| parts(&case, post)[7]), [Some(0), Some(0), Some(100)]);
}

#[test]
fn the_post_of_who_joins_later_is_no_experience() {
    let mut case = ground()
        .person("ann", "desk", "2020-01-01", |_| ())
        .event("2026-01-01", crate::words::EventKind::Join, "ann", "", "goal")
        .build();
    on(&mut case, |_| ());
    assert_eq!(parts(&case, "desk")[2], None);
}
