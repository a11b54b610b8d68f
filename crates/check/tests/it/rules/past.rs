//! R09 and R13: duties kept apart, cooling, no return.

use crate::help::{ann_to, brief, changed, expect, still, value, with};
use lungang_domain::policy::Tier;
use lungang_domain::sample::{CaseBuilder, day, moved, policy};
use lungang_domain::words::Power;
use lungang_domain::{Case, DecisionKind, HistoryRow, PersonIx, Policy};

fn on(rule: &str) -> Policy {
    let mut policy = policy(3);
    policy.time.may = 12;
    policy.rules.insert(rule.into(), true);
    policy
}

fn past(case: &mut Case, post: Option<&str>, domain: Option<&str>, to: Option<&str>) {
    let post = post.map(|post| case.post_by_id(post).expect("listed"));
    let (to, row) = (to.map(day), case.people[0].row);
    case.history.push(HistoryRow { staff: PersonIx(0), post, domain: domain.map(str::to_owned), from: None, to, row });
}

#[test]
fn r13_by_the_history() {
    for (left, kept) in [(Some("2021-07-02"), false), (Some("2021-07-01"), true), (None, true)] {
        let mut case = with(|_| (), |_| ()).build();
        past(&mut case, Some("b"), None, left);
        let wanted: &[&str] = if kept { &[] } else { &["R13 ann b 2"] };
        expect(&case, &ann_to(&case, &on("R13"), 2, "b"), wanted);
        expect(&case, &ann_to(&case, &policy(3), 2, "b"), &[]);
        expect(&case, &ann_to(&case, &on("R13"), 2, "c"), &[]);
    }
    // A decision is above it.
    let mut case = with(|_| (), |_| ()).decision(DecisionKind::Go, "ann", "b", 2, "").build();
    past(&mut case, Some("b"), None, Some("2025-01-01"));
    expect(&case, &changed(&case, &on("R13"), |layout| moved(&case, &layout, "ann", 2, "b")), &[]);
}

#[test]
fn r13_by_the_plan() {
    let case = with(|_| (), |_| ()).build();
    let back = |policy: &Policy| {
        changed(&case, policy, |layout| moved(&case, &moved(&case, &layout, "ann", 1, "b"), "ann", 3, "a"))
    };
    expect(&case, &back(&on("R13")), &["R13 ann a 3"]);
    let mut short = on("R13");
    short.time.no_return = 24;
    expect(&case, &back(&short), &[]);
    short.time.no_return = 25;
    let found = back(&short);
    expect(&case, &found, &["R13 ann a 3"]);
    assert_eq!(found.breaches[0].excess, 1);
}

/// `a` decides over grants, `b` supervises them, `c` supervises something else.
fn grants() -> Case {
    let mut case = with(|_| (), |_| ()).build();
    for (post, power, domain) in
        [("a", Power::Decision, "补助"), ("b", Power::Supervision, "补助"), ("c", Power::Supervision, "其他")]
    {
        let at = case.post_by_id(post).expect("listed").0;
        (case.posts[at].power, case.posts[at].domain) = (Some(power), Some(domain.to_owned()));
    }
    case
}

#[test]
fn r09_cooling_before_supervising_ones_own_field() {
    let case = grants();
    expect(&case, &ann_to(&case, &on("R09"), 1, "b"), &["R09 ann b 1"]);
    expect(&case, &ann_to(&case, &on("R09"), 1, "c"), &[]);
    expect(&case, &ann_to(&case, &policy(3), 1, "b"), &[]);
    let by_way_of = |t: usize| {
        changed(&case, &on("R09"), |layout| moved(&case, &moved(&case, &layout, "ann", 1, "d"), "ann", t, "b"))
    };
    expect(&case, &by_way_of(2), &["R09 ann b 2"]);
    expect(&case, &by_way_of(3), &[]);
    // By the history: a field is told by its name, whatever the post was, unless it supervised.
    for (post, kept) in [(None, false), (Some("b"), true)] {
        let mut case = grants();
        let a = case.post_by_id("a").expect("listed").0;
        case.posts[a].domain = None;
        past(&mut case, post, Some("补助"), Some("2024-09-01"));
        let wanted: &[&str] = if kept { &[] } else { &["R09 ann b 1"] };
        expect(&case, &ann_to(&case, &on("R09"), 1, "b"), wanted);
    }
}

#[test]
fn r09_in_one_hand_is_inherited_while_todays_post_is_held() {
    let base = || {
        CaseBuilder::new()
            .post("a", "U", "S", |post| post.duty_pair = vec!["管采:管".into()])
            .post("b", "U", "R", |post| post.duty_pair = vec!["管采:采".into()])
            .post("c", "U", "R", |_| ())
            .person("ann", "a", "2020-07-01", |_| ())
    };
    let case = base().also("ann", "b").build();
    let unmoved = still(&case, &on("R09"));
    expect(&case, &unmoved, &[]);
    assert_eq!(brief(&case, &unmoved.inherited), ["R09 ann a 1", "R09 ann a 2", "R09 ann a 3"]);
    assert_eq!(value(&unmoved, Tier::Law), 3);
    assert_eq!(ann_to(&case, &on("R09"), 2, "c").inherited.len(), 1);
    assert_eq!(still(&case, &policy(3)).inherited, []);
    assert_eq!(still(&base().also("ann", "c").build(), &on("R09")).inherited, []);
    // What a statute keeps apart is not to be turned off.
    let mut law = base().also("ann", "b").build();
    for (post, title) in [("a", "出纳"), ("b", "会计档案管理")] {
        let at = law.post_by_id(post).expect("listed").0;
        (law.posts[at].title, law.posts[at].duty_pair) = (title.to_owned(), Vec::new());
    }
    let found = still(&law, &policy(3));
    assert_eq!(found.inherited.len(), 3);
    assert_eq!(found.inherited[0].args["cause"], "statute");
}
