//! R07 and R21: relatives in one unit.

use crate::help::{brief, changed, expect, still, today, value};
use lungang_domain::policy::Tier;
use lungang_domain::sample::{CaseBuilder, moved, policy};
use lungang_domain::words::Kin;
use lungang_domain::{Case, Lead, PersonIx, Policy, Relation};

/// A chief and two clerks under them in U, two more posts of U, a clerk's post in V. Ann sits in `free`, Bob where said.
fn office(bob: &str) -> CaseBuilder {
    CaseBuilder::new()
        .post("chief", "U", "S", |post| {
            post.lead = Lead::Vice;
            post.headcount = 2;
        })
        .post("clerk-1", "U", "S", |_| ())
        .post("clerk-2", "U", "R", |_| ())
        .post("staffing", "U", "人事股", |_| ())
        .post("free", "U", "T", |_| ())
        .post("away", "V", "人事股", |_| ())
        .person("ann", "free", "2020-07-01", |_| ())
        .person("bob", bob, "2020-07-01", |_| ())
}

fn related(mut case: Case, kind: Option<Kin>) -> Case {
    let chief = case.post_by_id("chief");
    for post in ["clerk-1", "clerk-2"] {
        let at = case.post_by_id(post).expect("listed").0;
        case.posts[at].reports_to = chief;
    }
    let (staff_a, staff_b) = (PersonIx(1), Some(PersonIx(0)));
    let row = case.people[0].row;
    case.relations.push(Relation { staff_a, staff_b, kind, other: None, row });
    // Told twice, it is still one pair.
    case.relations.push(Relation { staff_a: PersonIx(0), staff_b: Some(PersonIx(1)), kind, other: None, row });
    case
}

fn on(rule: &str) -> Policy {
    let mut policy = policy(2);
    policy.rules.insert(rule.into(), true);
    policy
}

#[test]
fn r07_relatives_are_not_led_by_one_another_nor_by_one_leader() {
    for (bob, ann, broken) in [
        ("chief", "clerk-1", Some("line")),
        ("clerk-2", "chief", Some("line")),
        ("clerk-1", "clerk-2", Some("leader")),
        ("chief", "chief", Some("leader")),
        ("clerk-1", "staffing", None),
        ("chief", "staffing", Some("field")),
        ("chief", "away", None),
        ("staffing", "clerk-1", None),
    ] {
        for kind in [None, Some(Kin::Spouse), Some(Kin::Collateral)] {
            let case = related(office(bob).build(), kind);
            let found = changed(&case, &on("R07"), |layout| moved(&case, &layout, "ann", 2, ann));
            let wanted: Vec<String> = broken.map(|_| format!("R07 ann {ann} 2")).into_iter().collect();
            assert_eq!(brief(&case, &found.breaches), wanted, "{bob} {ann}");
            assert_eq!(found.breaches.first().map(|breach| breach.args["cause"].as_str()), broken);
        }
    }
    let case = related(office("chief").build(), None);
    let found = changed(&case, &policy(2), |layout| moved(&case, &layout, "ann", 2, "clerk-1"));
    expect(&case, &found, &[]);
}

#[test]
fn r07_is_inherited_until_one_of_the_two_leaves() {
    let case = related(office("chief").build(), None);
    let mut case = case;
    case.people[0].post = case.post_by_id("clerk-1");
    let policy = on("R07");
    let unmoved = still(&case, &policy);
    expect(&case, &unmoved, &[]);
    assert_eq!(brief(&case, &unmoved.inherited), ["R07 ann clerk-1 1", "R07 ann clerk-1 2"]);
    assert_eq!((value(&unmoved, Tier::Law), today(&unmoved)[2]), (2, 1));
    // Bob goes: it has ended. Ann goes to the other clerk's post: a breach of the plan's own.
    let gone = changed(&case, &policy, |layout| moved(&case, &layout, "bob", 2, "away"));
    expect(&case, &gone, &[]);
    assert_eq!(brief(&case, &gone.inherited), ["R07 ann clerk-1 1"]);
    let other = changed(&case, &policy, |layout| moved(&case, &layout, "ann", 2, "clerk-2"));
    expect(&case, &other, &["R07 ann clerk-2 2"]);
}

#[test]
fn r07_looks_at_posts_held_beside_todays_while_it_is_held() {
    let mut case = related(office("clerk-1").also("ann", "clerk-2").build(), None);
    case.posts.iter_mut().for_each(|post| post.headcount = 2);
    let unmoved = still(&case, &on("R07"));
    assert_eq!(brief(&case, &unmoved.inherited), ["R07 ann clerk-2 1", "R07 ann clerk-2 2"]);
    let moved_on = changed(&case, &on("R07"), |layout| moved(&case, &layout, "ann", 1, "staffing"));
    expect(&case, &moved_on, &[]);
    assert_eq!(moved_on.inherited, []);
}

#[test]
fn r21_keeps_relatives_out_of_one_units_accounts() {
    let money = |bob: &str| {
        CaseBuilder::new()
            .post("boss", "U", "", |post| post.lead = Lead::Principal)
            .post("books", "U", "财务股", |post| post.lead = Lead::Head)
            .post("cash", "U", "财务股", |post| post.title = "出纳".into())
            .post("chief", "U", "S", |post| post.title = "总会计师".into())
            .post("free", "U", "S", |_| ())
            .post("cash-v", "V", "财务股", |post| post.title = "出纳".into())
            .person("ann", "free", "2020-07-01", |_| ())
            .person("bob", bob, "2020-07-01", |_| ())
    };
    for (bob, ann, broken) in [
        ("boss", "books", true),
        ("chief", "boss", true),
        ("books", "cash", true),
        ("cash", "chief", true),
        ("boss", "cash", false),
        ("books", "cash-v", false),
    ] {
        let mut case = money(bob).build();
        let row = case.people[0].row;
        case.relations.push(Relation {
            staff_a: PersonIx(0),
            staff_b: Some(PersonIx(1)),
            kind: None,
            other: None,
            row,
        });
        let found = changed(&case, &on("R21"), |layout| moved(&case, &layout, "ann", 2, ann));
        let wanted: Vec<String> = broken.then(|| format!("R21 ann {ann} 2")).into_iter().collect();
        assert_eq!(brief(&case, &found.breaches), wanted, "{bob} {ann}");
        let off = changed(&case, &policy(2), |layout| moved(&case, &layout, "ann", 2, ann));
        expect(&case, &off, &[]);
    }
}
