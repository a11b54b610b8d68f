//! Edges of R09 and R13: which days, fields and posts of the past count.

use crate::help::{ann_to, changed, expect, still, with};
use lungang_domain::sample::{CaseBuilder, day, moved, policy};
use lungang_domain::words::Power;
use lungang_domain::{Case, EventKind, HistoryRow, PersonIx, Policy};

fn on() -> Policy {
    let mut policy = policy(3);
    policy.time.may = 12;
    policy.rules.insert("R09".into(), true);
    policy
}

/// `a` decides over grants, `b` supervises them.
fn grants(build: impl FnOnce(CaseBuilder) -> CaseBuilder) -> Case {
    let mut case = build(with(|_| (), |_| ())).build();
    for (post, power) in [("a", Power::Decision), ("b", Power::Supervision)] {
        let at = case.post_by_id(post).expect("listed").0;
        (case.posts[at].power, case.posts[at].domain) = (Some(power), Some("补助".to_owned()));
    }
    case
}

#[test]
fn a_post_is_left_on_the_day_it_closes_or_else_on_the_effective_date() {
    let by_way_of =
        |case: &Case| changed(case, &on(), |layout| moved(case, &moved(case, &layout, "ann", 1, "d"), "ann", 3, "b"));
    // Closed in May 2026, ten months after d_1: the two years are not over by July 2027.
    let closed = grants(|case| case.event("2026-05-01", EventKind::ClosePost, "", "a", ""));
    let found = by_way_of(&closed);
    expect(&closed, &found, &["R09 ann b 3"]);
    assert_eq!((found.breaches[0].excess, found.breaches[0].args["left"].as_str()), (24 - 14, "2026-05-01"));
    // Left on d_1, and closed by others later.
    let later = grants(|case| case.event("2027-12-01", EventKind::ClosePost, "", "a", ""));
    expect(&later, &by_way_of(&later), &[]);
}

#[test]
fn without_a_time_to_cool_nobody_cools() {
    let case = grants(|case| case);
    let mut policy = on();
    policy.time.cooling = 0;
    expect(&case, &ann_to(&case, &policy, 1, "b"), &[]);
    policy.time.cooling = 1;
    expect(&case, &ann_to(&case, &policy, 1, "b"), &["R09 ann b 1"]);
}

#[test]
fn only_ones_own_past_in_just_that_field_cools() {
    for (staff, domain, broken) in [(0, "补助", true), (1, "补助", false), (0, "其他", false)] {
        let mut case = grants(|case| case.person("bob", "c", "2020-07-01", |_| ()));
        let a = case.post_by_id("a").expect("listed").0;
        (case.posts[a].domain, case.posts[a].power) = (None, None);
        case.history.push(HistoryRow {
            staff: PersonIx(staff),
            post: None,
            domain: Some(domain.to_owned()),
            from: None,
            to: Some(day("2024-09-01")),
            row: case.people[0].row,
        });
        let wanted: &[&str] = if broken { &["R09 ann b 1"] } else { &[] };
        expect(&case, &ann_to(&case, &on(), 1, "b"), wanted);
    }
}

/// Ann in `a` with `b` and `c` beside it, each with these duties; what is told of layout 1: the cause, and the post beside.
fn in_one_hand(duties: [&[&str]; 3], beside: &[&str]) -> Option<(String, String)> {
    let own = |at: usize| duties[at].iter().map(|duty| (*duty).to_owned()).collect::<Vec<_>>();
    let case = CaseBuilder::new()
        .post("a", "U", "S", |post| post.duty_pair = own(0))
        .post("b", "U", "R", |post| post.duty_pair = own(1))
        .post("c", "U", "R", |post| post.duty_pair = own(2))
        .person("ann", "a", "2020-07-01", |_| ());
    let case = beside.iter().fold(case, |case, post| case.also("ann", post)).build();
    let found = still(&case, &on()).inherited;
    found.first().map(|breach| (breach.args["cause"].clone(), breach.args["beside"].clone()))
}

#[test]
fn two_ends_of_one_pair_are_told_and_nothing_else() {
    let told = |cause: &str, beside: &str| Some((cause.to_owned(), beside.to_owned()));
    assert_eq!(in_one_hand([&["管采:管"], &["管采:采"], &[]], &["b"]), told("pair", "b"));
    assert_eq!(in_one_hand([&[], &["管采:管"], &["管采:采"]], &["b", "c"]), told("pair", "c"));
    // Another pair, the same end, or both ends in a single post are not two posts with different ends of one.
    assert_eq!(in_one_hand([&["管采:管"], &["管审:审"], &[]], &["b"]), None);
    assert_eq!(in_one_hand([&["管采:管"], &["管采:管"], &[]], &["b"]), None);
    assert_eq!(in_one_hand([&["管采:管", "管采:采"], &[], &[]], &["b"]), None);
    // Of duties that a statute keeps apart one alone is nothing.
    assert_eq!(in_one_hand([&["出纳"], &["会计档案"], &[]], &["b"]), told("statute", "b"));
    assert_eq!(in_one_hand([&["出纳"], &["收发"], &[]], &["b"]), None);
    assert_eq!(in_one_hand([&["收发"], &["会计档案"], &[]], &["b"]), None);
}

#[test]
fn all_three_powers_over_one_field_are_told() {
    let powers = |fields: [&str; 3], kinds: [Power; 3], beside: &[&str]| {
        let case = CaseBuilder::new().person("ann", "a", "2020-07-01", |_| ());
        let case = ["a", "b", "c"].into_iter().enumerate().fold(case, |case, (at, id)| {
            case.post(id, "U", "S", |post| (post.domain, post.power) = (Some(fields[at].into()), Some(kinds[at])))
        });
        let case = beside.iter().fold(case, |case, post| case.also("ann", post)).build();
        still(&case, &on()).inherited.first().map(|breach| breach.args["cause"].clone())
    };
    let all = [Power::Decision, Power::Execution, Power::Supervision];
    assert_eq!(powers(["补助"; 3], all, &["b", "c"]), Some("powers".to_owned()));
    assert_eq!(powers(["补助"; 3], all, &["b"]), None);
    assert_eq!(powers(["补助", "补助", "许可"], all, &["b", "c"]), None);
    assert_eq!(powers(["补助"; 3], [Power::Decision, Power::Execution, Power::Execution], &["b", "c"]), None);
}
