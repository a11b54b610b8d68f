//! R01, R11, R12 and G4: what ties people together.

use crate::help::{ann_to, brief, changed, expect, ground, still};
use lungang_domain::sample::{CaseBuilder, moved, placed, policy};
use lungang_domain::{Case, DecisionKind, EventKind, Lead, Place, Share};

fn crowd() -> CaseBuilder {
    let mut case = CaseBuilder::new();
    for id in ["1", "2", "3", "4", "5", "6", "7"] {
        case = case.post(&format!("p{id}"), "U", if id < "4" { "S" } else { "R" }, |_| ());
        case = case.person(id, &format!("p{id}"), "2020-07-01", |_| ());
    }
    for id in ["x", "y", "z", "w"] {
        case = case.post(id, "V", "T", |_| ());
    }
    case
}

#[test]
fn r01_nobody_enters_a_full_post() {
    let case = ground().person("bob", "b", "2020-07-01", |_| ()).build();
    let policy = policy(2);
    expect(&case, &ann_to(&case, &policy, 1, "b"), &["R01 - b 1", "R01 - b 2"]);
    let swapped = changed(&case, &policy, |layout| moved(&case, &moved(&case, &layout, "ann", 1, "b"), "bob", 1, "a"));
    expect(&case, &swapped, &[]);
    assert_eq!(swapped.moves.len(), 2);
}

#[test]
fn r01_over_strength_is_inherited_until_somebody_enters() {
    let case = CaseBuilder::new()
        .post("a", "U", "S", |_| ())
        .post("b", "U", "S", |_| ())
        .person("ann", "a", "2020-07-01", |_| ())
        .person("bob", "b", "2020-07-01", |_| ())
        .person("cid", "b", "2020-07-01", |_| ())
        .person("dan", "b", "2020-07-01", |_| ())
        .event("2026-09-01", EventKind::Leave, "ann", "", "")
        .build();
    let policy = policy(2);
    let unmoved = still(&case, &policy);
    expect(&case, &unmoved, &[]);
    assert_eq!(brief(&case, &unmoved.inherited), ["R01 - b 1", "R01 - b 2"]);
    assert_eq!(unmoved.inherited[0].excess, 2);
    // Ann enters while Bob leaves: two too many still, and one of them came by the plan.
    let worse = changed(&case, &policy, |layout| {
        let layout = moved(&case, &moved(&case, &layout, "ann", 1, "b"), "bob", 1, "a");
        placed(&case, &layout, "ann", 2, Place::Left)
    });
    expect(&case, &worse, &["R01 - b 1"]);
    assert_eq!(brief(&case, &worse.inherited), ["R01 - b 2"]);
}

#[test]
fn r11_head_and_deputies_and_principals_apart() {
    let mut policy = policy(2);
    policy.rules.insert("R11".into(), true);
    let led = |case: CaseBuilder, id: &str, unit: &str, section: &str, lead| {
        case.post(id, unit, section, move |post| post.lead = lead).person(&format!("on-{id}"), id, "2020-07-01", |_| ())
    };
    let section = || {
        let mut case = led(CaseBuilder::new(), "h", "U", "S", Lead::Head);
        for id in ["d1", "d2"] {
            case = led(case, id, "U", "S", Lead::Deputy);
        }
        for id in ["p1", "p2"] {
            case = led(case, id, "U", "", Lead::Principal);
        }
        ["w", "x", "y", "z"].into_iter().fold(case, |case, id| case.post(id, "V", "T", |_| ()))
    };
    let case = section().build();
    let out = |case: &Case, policy: &lungang_domain::Policy, movers: &[(&str, usize, &str)]| {
        changed(case, policy, |layout| {
            movers.iter().fold(layout, |layout, (who, t, to)| moved(case, &layout, &format!("on-{who}"), *t, to))
        })
    };
    // H = 2: both deputies, or the head.
    expect(&case, &out(&case, &policy, &[("d1", 1, "x"), ("d2", 1, "y")]), &[]);
    expect(&case, &out(&case, &policy, &[("h", 1, "x"), ("d1", 2, "y")]), &[]);
    let both = out(&case, &policy, &[("h", 1, "x"), ("d1", 1, "y")]);
    expect(&case, &both, &["R11 - - 1"]);
    assert_eq!((both.breaches[0].section.map(|section| section.0), both.breaches[0].excess), (Some(0), 1));
    // Of two principals one a year.
    let principals = out(&case, &policy, &[("p1", 1, "x"), ("p2", 1, "y")]);
    expect(&case, &principals, &["R11 - - 1"]);
    assert!(principals.breaches[0].unit.is_some());
    expect(&case, &out(&case, &policy, &[("p1", 1, "x"), ("p2", 2, "y")]), &[]);
    // Out of a closed post counts too.
    let closed = section().event("2026-09-01", EventKind::ClosePost, "", "h", "").build();
    expect(&closed, &out(&closed, &policy, &[("h", 1, "x"), ("d1", 1, "y")]), &["R11 - - 1"]);
    // A decision alone does not free it, one with an approval does.
    for (approval, wanted) in [("", &["R11 - - 1"][..]), ("批复", &[])] {
        let decided = section().decision(DecisionKind::Go, "on-h", "x", 1, approval).build();
        expect(&decided, &out(&decided, &policy, &[("h", 1, "x"), ("d1", 1, "y")]), wanted);
    }
    policy.rules.insert("R11".into(), false);
    expect(&case, &out(&case, &policy, &[("h", 1, "x"), ("d1", 1, "y")]), &[]);
}

#[test]
fn r12_cap_counts_movers_at_the_origin() {
    let mut policy = policy(2);
    policy.turnover.unit_share = Share::from_fraction(0.3).unwrap();
    // floor(0.3 · 7) = 2.
    let case = crowd().build();
    let out = |case: &Case, movers: &[(&str, &str)]| {
        changed(case, &policy, |layout| {
            movers.iter().fold(layout, |layout, (who, to)| moved(case, &layout, who, 1, to))
        })
    };
    expect(&case, &out(&case, &[("1", "x"), ("2", "y")]), &[]);
    let three = out(&case, &[("1", "x"), ("2", "y"), ("3", "z")]);
    expect(&case, &three, &["R12 - - 1"]);
    assert_eq!((three.breaches[0].unit.map(|unit| unit.0), three.breaches[0].excess), (Some(0), 1));
    // A swap inside the unit counts twice.
    expect(&case, &out(&case, &[("1", "p4"), ("4", "p1"), ("2", "x")]), &["R12 - - 1"]);
    // The unit's own cap wins.
    let capped = crowd().cap("U", 3).build();
    expect(&capped, &out(&capped, &[("1", "x"), ("2", "y"), ("3", "z")]), &[]);
    // Decided moves count, and an excess is excused only if all are decided.
    let some = crowd().decision(DecisionKind::Go, "1", "x", 1, "").build();
    expect(&some, &out(&some, &[("1", "x"), ("2", "y"), ("3", "z")]), &["R12 - - 1"]);
    let all = crowd()
        .decision(DecisionKind::Go, "1", "x", 1, "")
        .decision(DecisionKind::Go, "2", "y", 1, "")
        .decision(DecisionKind::Go, "3", "z", 1, "")
        .build();
    expect(&all, &out(&all, &[("1", "x"), ("2", "y"), ("3", "z")]), &[]);
}

#[test]
fn r12_cap_is_at_least_one() {
    let mut policy = policy(1);
    policy.turnover.unit_share = Share::from_fraction(0.1).unwrap();
    let case = crowd().build();
    let one = changed(&case, &policy, |layout| moved(&case, &layout, "1", 1, "x"));
    expect(&case, &one, &[]);
    let two = changed(&case, &policy, |layout| moved(&case, &moved(&case, &layout, "1", 1, "x"), "2", 1, "y"));
    expect(&case, &two, &["R12 - - 1"]);
}

#[test]
fn r12_old_hands_stay_in_the_section() {
    let mut policy = policy(2);
    policy.turnover.old_hands = Share::from_fraction(0.5).unwrap();
    // S has three holders: two must stay on.
    let case = crowd().build();
    let out = |case: &Case, movers: &[(&str, usize, &str)]| {
        changed(case, &policy, |layout| {
            movers.iter().fold(layout, |layout, (who, t, to)| moved(case, &layout, who, *t, to))
        })
    };
    expect(&case, &out(&case, &[("1", 1, "x")]), &[]);
    // Moves inside the section keep the hand.
    expect(&case, &out(&case, &[("1", 1, "p2"), ("2", 1, "p1"), ("3", 1, "x")]), &[]);
    let two = out(&case, &[("1", 1, "x"), ("2", 1, "y")]);
    expect(&case, &two, &["R12 - - 1", "R12 - - 2"]);
    assert_eq!(two.breaches[0].section.map(|section| case.section(section).name.as_str()), Some("S"));
    // An event takes 3 out of the count in year 2: then one of two must stay.
    let fewer = crowd().event("2026-08-01", EventKind::Leave, "3", "", "").build();
    expect(&fewer, &out(&fewer, &[("1", 2, "x")]), &[]);
    expect(&fewer, &out(&fewer, &[("1", 2, "x"), ("2", 2, "y")]), &["R12 - - 2"]);
}

#[test]
fn r12_old_hands_and_decisions() {
    let mut policy = policy(2);
    policy.turnover.old_hands = Share::from_fraction(0.5).unwrap();
    let both =
        |case: &Case| changed(case, &policy, |layout| moved(case, &moved(case, &layout, "1", 1, "x"), "2", 1, "y"));
    let one = crowd().decision(DecisionKind::Go, "1", "x", 1, "").build();
    // An undecided move in the same year spoils the excuse of year 1; in year 2 nobody leaves and it holds.
    expect(&one, &both(&one), &["R12 - - 1"]);
    let two = crowd().decision(DecisionKind::Go, "1", "x", 1, "").decision(DecisionKind::Go, "2", "y", 1, "").build();
    expect(&two, &both(&two), &[]);
    // Sections of one are exempt.
    let alone = ground().build();
    expect(&alone, &ann_to(&alone, &policy, 1, "c"), &[]);
}

#[test]
fn r12_old_hands_leave_the_count_by_events() {
    let mut policy = policy(2);
    policy.turnover.old_hands = Share::from_fraction(1.0).unwrap();
    // All three must stay; the closing of p1, or a promotion out of the section, takes one out of the count.
    let closed = crowd().event("2026-08-01", EventKind::ClosePost, "", "p1", "").build();
    expect(&closed, &still(&closed, &policy), &[]);
    let promoted = crowd().event("2026-08-01", EventKind::Promote, "1", "", "x").build();
    expect(&promoted, &still(&promoted, &policy), &[]);
    // Promoted inside the section, one stays in it, and in the count.
    let inside = crowd().post("p0", "U", "S", |_| ()).event("2025-08-01", EventKind::Promote, "1", "", "p0").build();
    expect(&inside, &still(&inside, &policy), &[]);
    let gone = changed(&inside, &policy, |layout| moved(&inside, &layout, "2", 2, "x"));
    assert_eq!((gone.breaches[0].rule, gone.breaches[0].excess), ("R12", 1));
}

#[test]
fn r12_a_floor_binds() {
    let mut case = CaseBuilder::new();
    for n in 0..5 {
        case = case.post(&format!("p{n}"), "U", "", |_| ()).person(
            &format!("s{n}"),
            &format!("p{n}"),
            "2020-07-01",
            |_| (),
        );
    }
    let case = case.post("x", "V", "", |post| post.headcount = 5).build();
    let mut policy = policy(2);
    policy.turnover.unit_floor = Share(400_000);
    let out = |people: &[(&str, usize)]| {
        changed(&case, &policy, |layout| {
            people.iter().fold(layout, |layout, (who, t)| moved(&case, &layout, who, *t, "x"))
        })
    };
    expect(&case, &out(&[("s0", 1), ("s1", 1), ("s2", 2), ("s3", 2)]), &[]);
    let short = out(&[("s0", 1), ("s1", 1), ("s2", 2)]);
    expect(&case, &short, &["R12 - - 2"]);
    assert_eq!((short.breaches[0].excess, short.breaches[0].args["floor"].as_str()), (1, "2"));
    // The cap comes before the floor.
    policy.turnover.unit_share = Share(200_000);
    expect(
        &case,
        &changed(&case, &policy, |layout| moved(&case, &moved(&case, &layout, "s0", 1, "x"), "s1", 2, "x")),
        &[],
    );
}

#[test]
fn g4_most_moves_of_a_year() {
    let base = || {
        let mut case = CaseBuilder::new().post("x", "V", "", |post| post.headcount = 5);
        for n in 0..4 {
            let unit = if n < 2 { "U" } else { "W" };
            case = case.post(&format!("p{n}"), unit, "", |_| ()).person(
                &format!("s{n}"),
                &format!("p{n}"),
                "2020-07-01",
                |_| (),
            );
        }
        case
    };
    let mut policy = policy(2);
    policy.turnover.year_share = Share(250_000);
    let out = |case: &Case, people: &[(&str, usize)]| {
        changed(case, &policy, |layout| {
            people.iter().fold(layout, |layout, (who, t)| moved(case, &layout, who, *t, "x"))
        })
    };
    let case = base().build();
    expect(&case, &out(&case, &[("s0", 1), ("s2", 2)]), &[]);
    expect(&case, &out(&case, &[("s0", 1), ("s2", 1)]), &["G4 - - 1"]);
    let decided =
        base().decision(DecisionKind::Go, "s0", "x", 1, "").decision(DecisionKind::Go, "s2", "x", 1, "").build();
    expect(&decided, &out(&decided, &[("s0", 1), ("s2", 1)]), &[]);
    expect(&decided, &out(&decided, &[("s0", 1), ("s2", 1), ("s3", 1)]), &["G4 - - 1"]);
}

/// Two people in each of the units U and W, a free post in U, five seats in V, and who has no post.
fn movers() -> CaseBuilder {
    let mut case = CaseBuilder::new().post("u", "U", "", |_| ()).post("x", "V", "", |post| post.headcount = 5).person(
        "pat",
        "",
        "",
        |_| (),
    );
    for n in 0..4 {
        let (post, person) = (format!("p{n}"), format!("s{n}"));
        case = case.post(&post, if n < 2 { "U" } else { "W" }, "", |_| ()).person(&person, &post, "2020-07-01", |_| ());
    }
    case
}

fn all_moved(case: &Case, policy: &lungang_domain::Policy, people: &[(&str, usize, &str)]) -> lungang_check::Verdict {
    changed(case, policy, |layout| people.iter().fold(layout, |layout, (who, t, to)| moved(case, &layout, who, *t, to)))
}

#[test]
fn g4_most_moves_of_all_years() {
    let mut policy = policy(2);
    policy.time.may = 0;
    policy.turnover.most_moves = Some(2);
    let case = movers().build();
    let judged = |people: &[(&str, usize, &str)]| all_moved(&case, &policy, people);
    // A placement is no move.
    expect(&case, &judged(&[("s0", 1, "x"), ("s2", 2, "x"), ("pat", 1, "x")]), &[]);
    let over = judged(&[("s0", 1, "x"), ("s2", 1, "x"), ("s1", 2, "u"), ("s3", 2, "x")]);
    expect(&case, &over, &["G4 - - 2"]);
    assert_eq!((over.breaches[0].code, over.breaches[0].excess), ("E0775", 2));
    // One person's moves count each.
    expect(&case, &judged(&[("s0", 1, "u"), ("s0", 2, "x"), ("s2", 2, "x")]), &["G4 - - 2"]);
    // Decided moves count, and may go beyond the limit where nobody else moves in any year.
    policy.turnover.most_moves = Some(1);
    let go = |case: CaseBuilder, who: &str, t: i32| case.decision(DecisionKind::Go, who, "x", t, "");
    let decided = go(go(movers(), "s0", 1), "s2", 2).build();
    let both = [("s0", 1, "x"), ("s2", 2, "x")];
    expect(&decided, &all_moved(&decided, &policy, &both), &[]);
    let more = all_moved(&decided, &policy, &[both[0], both[1], ("s1", 2, "u")]);
    expect(&decided, &more, &["G4 - - 2"]);
    assert_eq!(more.breaches[0].excess, 2);
    // Out of a closed post everybody may go, at 0 too.
    policy.turnover.most_moves = Some(0);
    let closed = movers().event("2025-10-01", EventKind::ClosePost, "", "p0", "").build();
    expect(&closed, &all_moved(&closed, &policy, &[("s0", 1, "x")]), &[]);
    expect(&closed, &all_moved(&closed, &policy, &[("s0", 1, "x"), ("s1", 1, "u")]), &["G4 - - 1"]);
}

#[test]
fn g4_most_moves_across_units() {
    let mut policy = policy(2);
    policy.turnover.most_cross_unit = Some(1);
    let case = movers().build();
    let judged = |people: &[(&str, usize, &str)]| all_moved(&case, &policy, people);
    expect(&case, &judged(&[("s0", 1, "x"), ("s1", 2, "u"), ("pat", 2, "x")]), &[]);
    let over = judged(&[("s0", 1, "x"), ("s1", 1, "u"), ("s2", 2, "x")]);
    expect(&case, &over, &["G4 - - 2"]);
    assert_eq!((over.breaches[0].code, over.breaches[0].excess), ("E0776", 1));
    // Of decided ones as many as are decided, others inside the unit beside them.
    let go = |case: CaseBuilder, who: &str| case.decision(DecisionKind::Go, who, "x", 1, "");
    let decided = go(go(movers(), "s0"), "s2").build();
    let both = [("s0", 1, "x"), ("s2", 1, "x")];
    expect(&decided, &all_moved(&decided, &policy, &[both[0], both[1], ("s1", 2, "u")]), &[]);
    expect(&decided, &all_moved(&decided, &policy, &[both[0], both[1], ("s3", 2, "x")]), &["G4 - - 1"]);
    policy.turnover.most_cross_unit = Some(0);
    let closed = movers().event("2025-10-01", EventKind::ClosePost, "", "p0", "").build();
    expect(&closed, &all_moved(&closed, &policy, &[("s0", 1, "x")]), &[]);
}
