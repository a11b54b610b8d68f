//! Edges of carrying a plan out: what a printed date may wait for, and what it may not.

use crate::files::{Row, file};
use crate::plans::expect;
use lungang_check::{judge_plan, nobody_moves};
use lungang_domain::sample::{CaseBuilder, moved, policy};
use lungang_domain::{Case, EventKind, Layout, PlanFile, Policy};

fn free() -> Policy {
    let mut policy = policy(1);
    (policy.time.may, policy.time.rest, policy.time.near_retirement) = (0, 0, 0);
    policy
}

fn plan(case: &Case, policy: &Policy, layout: impl FnOnce(Layout) -> Layout, rows: &[Row]) -> PlanFile {
    file(case, policy, &layout(nobody_moves(case, policy)), rows)
}

#[test]
fn a_move_leaves_the_seat_to_whoever_joins_before_the_next_is_free() {
    // One of two seats is free from September, for Joe of October; the other from February.
    let case = CaseBuilder::new()
        .post("a", "U", "S", |post| post.headcount = 2)
        .post("b", "U", "R", |_| ())
        .person("amy", "a", "2020-07-01", |_| ())
        .person("art", "a", "2020-07-01", |_| ())
        .person("bob", "b", "2020-07-01", |_| ())
        .person("joe", "", "", |_| ())
        .event("2025-09-01", EventKind::Leave, "amy", "", "")
        .event("2025-10-01", EventKind::Join, "joe", "", "a")
        .event("2026-02-01", EventKind::Leave, "art", "", "")
        .build();
    let on = |date: &'static str| {
        plan(&case, &free(), |layout| moved(&case, &layout, "bob", 1, "a"), &[("bob", 1, date, 1, "b", "a")])
    };
    expect(&case, &on("2026-02-01"), &[]);
    expect(&case, &on("2026-03-01"), &["E0763 late"]);
    expect(&case, &on("2026-07-01"), &["E0763 outside"]);
}

#[test]
fn a_free_seat_is_left_to_whoever_joins() {
    // One seat is free all along, and Joe's from October on; Bob's is Amy's of February.
    let case = CaseBuilder::new()
        .post("a", "U", "S", |post| post.headcount = 2)
        .post("b", "U", "R", |_| ())
        .person("amy", "a", "2020-07-01", |_| ())
        .person("bob", "b", "2020-07-01", |_| ())
        .person("joe", "", "", |_| ())
        .event("2025-10-01", EventKind::Join, "joe", "", "a")
        .event("2026-02-01", EventKind::Leave, "amy", "", "")
        .build();
    let rows = [("bob", 1, "2026-02-01", 1, "b", "a")];
    expect(&case, &plan(&case, &free(), |layout| moved(&case, &layout, "bob", 1, "a"), &rows), &[]);
}

#[test]
fn a_move_does_not_wait_longer_than_for_the_first_day_that_would_do() {
    let case = CaseBuilder::new()
        .post("a", "U", "S", |_| ())
        .post("b", "U", "R", |_| ())
        .post("c", "U", "R", |_| ())
        .person("amy", "a", "2020-07-01", |_| ())
        .person("bob", "b", "2020-07-01", |_| ())
        .person("cid", "c", "2020-07-01", |_| ())
        .event("2025-09-01", EventKind::Leave, "amy", "", "")
        .event("2025-12-01", EventKind::Leave, "cid", "", "")
        .build();
    let on = |date: &'static str| {
        plan(&case, &free(), |layout| moved(&case, &layout, "bob", 1, "a"), &[("bob", 1, date, 1, "b", "a")])
    };
    expect(&case, &on("2025-09-01"), &[]);
    expect(&case, &on("2025-12-01"), &["E0763 late"]);
    expect(&case, &on("2025-08-31"), &["E0750"]);
}

#[test]
fn the_holder_of_an_essential_post_may_wait_for_a_successor_there_alone() {
    let case = CaseBuilder::new()
        .post("e", "U", "S", |post| (post.essential, post.headcount) = (true, 3))
        .post("f", "U", "R", |_| ())
        .post("g", "U", "R", |_| ())
        .person("hal", "e", "2020-07-01", |_| ())
        .person("kay", "e", "2020-07-01", |_| ())
        .person("jan", "", "", |_| ())
        .person("jim", "", "", |_| ())
        .event("2025-10-01", EventKind::Join, "jan", "", "e")
        .event("2025-11-01", EventKind::Join, "jim", "", "g")
        .build();
    let on = |date: &'static str| {
        plan(&case, &free(), |layout| moved(&case, &layout, "hal", 1, "f"), &[("hal", 1, date, 1, "e", "f")])
    };
    expect(&case, &on("2025-07-01"), &[]);
    expect(&case, &on("2025-10-01"), &[]);
    expect(&case, &on("2025-11-01"), &["E0763 late"]);
}

#[test]
fn two_who_enter_one_post_on_one_day_are_not_parted_by_the_draw() {
    let case = CaseBuilder::new()
        .post("a", "U", "S", |post| post.headcount = 2)
        .post("b", "U", "R", |_| ())
        .post("c", "U", "R", |_| ())
        .person("bob", "b", "2020-07-01", |_| ())
        .person("cid", "c", "2020-07-01", |_| ())
        .build();
    let both = |layout| moved(&case, &moved(&case, &layout, "bob", 1, "a"), "cid", 1, "a");
    for (bob, cid) in [(1, 2), (2, 1)] {
        let rows = [("bob", 1, "2025-07-01", bob, "b", "a"), ("cid", 1, "2025-07-01", cid, "c", "a")];
        expect(&case, &plan(&case, &free(), both, &rows), &[]);
    }
}

#[test]
fn whoever_has_not_arrived_is_passed_over_by_no_draw() {
    let case = CaseBuilder::new()
        .post("a", "U", "S", |post| post.headcount = 2)
        .post("b", "U", "R", |_| ())
        .person("amy", "a", "2020-07-01", |_| ())
        .person("art", "a", "2020-07-01", |_| ())
        // Since an unknown day, so that nobody's tenure is longer.
        .person("bob", "b", "", |_| ())
        .person("joe", "", "", |_| ())
        .event("2025-09-01", EventKind::Leave, "amy", "", "")
        .event("2026-02-01", EventKind::Join, "joe", "", "")
        .event("2026-02-01", EventKind::Leave, "art", "", "")
        .build();
    let both = |layout| moved(&case, &moved(&case, &layout, "bob", 1, "a"), "joe", 1, "a");
    let rows = [("bob", 1, "2025-09-01", 1, "b", "a"), ("joe", 1, "2026-02-01", 2, "", "a")];
    for seed in 0..8 {
        let mut plan = plan(&case, &free(), both, &rows);
        plan.provenance.seed = seed;
        expect(&case, &plan, &[]);
    }
}

#[test]
fn of_equal_people_the_draw_says_who_goes_first_whatever_else_moves() {
    let case = CaseBuilder::new()
        .post("a", "U", "S", |post| post.headcount = 2)
        .post("b", "U", "R", |_| ())
        .post("c", "U", "R", |_| ())
        .post("d", "V", "T", |_| ())
        .post("e", "V", "T", |_| ())
        .person("amy", "a", "2020-07-01", |_| ())
        .person("art", "a", "2020-07-01", |_| ())
        .person("bob", "b", "2020-07-01", |_| ())
        .person("cid", "c", "2020-07-01", |_| ())
        .person("dan", "d", "2020-07-01", |_| ())
        .event("2025-09-01", EventKind::Leave, "amy", "", "")
        .event("2026-02-01", EventKind::Leave, "art", "", "")
        .build();
    let all = |layout| {
        let layout = moved(&case, &moved(&case, &layout, "bob", 1, "a"), "cid", 1, "a");
        moved(&case, &layout, "dan", 1, "e")
    };
    let rows = |first: &'static str, second: &'static str| {
        let from = |who: &str| if who == "bob" { "b" } else { "c" };
        [
            ("dan", 1, "2025-07-01", 1, "d", "e"),
            (first, 1, "2025-09-01", 2, from(first), "a"),
            (second, 1, "2026-02-01", 3, from(second), "a"),
        ]
    };
    let codes = |rows: [Row; 3], seed: u64| {
        let mut plan = plan(&case, &free(), all, &rows);
        plan.provenance.seed = seed;
        crate::plans::codes(&judge_plan(&case, &plan, false))
    };
    let mut first = std::collections::BTreeSet::new();
    for seed in 0..8 {
        let (bob, cid) = (codes(rows("bob", "cid"), seed), codes(rows("cid", "bob"), seed));
        let wrong = vec!["E0763 draw".to_owned()];
        assert!((bob.is_empty() && cid == wrong) || (cid.is_empty() && bob == wrong), "{seed}: {bob:?} {cid:?}");
        first.insert(bob.is_empty());
    }
    assert_eq!(first.len(), 2, "sometimes the one, sometimes the other");
}

#[test]
fn the_draw_passes_over_nobody_who_could_not_go_sooner() {
    // Cid may leave the essential post only once Joe has come, so that the earlier seat is Bob's, whatever the draw says.
    let case = CaseBuilder::new()
        .post("a", "U", "S", |post| post.headcount = 2)
        .post("b", "U", "R", |_| ())
        .post("c", "U", "R", |post| (post.essential, post.headcount) = (true, 2))
        .person("amy", "a", "2020-07-01", |_| ())
        .person("art", "a", "2020-07-01", |_| ())
        .person("bob", "b", "2020-07-01", |_| ())
        .person("cid", "c", "2020-07-01", |_| ())
        .person("joe", "", "", |_| ())
        .event("2025-09-01", EventKind::Leave, "amy", "", "")
        .event("2026-01-01", EventKind::Join, "joe", "", "c")
        .event("2026-02-01", EventKind::Leave, "art", "", "")
        .build();
    let both = |layout| moved(&case, &moved(&case, &layout, "bob", 1, "a"), "cid", 1, "a");
    let rows = [("bob", 1, "2025-09-01", 1, "b", "a"), ("cid", 1, "2026-02-01", 2, "c", "a")];
    for seed in 0..8 {
        let mut plan = plan(&case, &free(), both, &rows);
        plan.provenance.seed = seed;
        expect(&case, &plan, &[]);
    }
}

#[test]
fn a_seat_that_joiners_leave_free_is_not_waited_for() {
    // So many seats, and whether Art moves out on d_1 and Amy leaves in September; Joe comes in October in any case.
    let late = |seats: u32, art_moves: bool, amy_leaves: bool| {
        let mut case = CaseBuilder::new()
            .post("a", "U", "S", |post| post.headcount = seats)
            .post("b", "U", "R", |_| ())
            .post("c", "U", "R", |_| ())
            .post("g", "V", "T", |post| post.headcount = 5)
            .person("amy", "a", "2020-07-01", |_| ())
            .person("art", "a", "2020-07-01", |_| ())
            .person("bob", "b", "2020-07-01", |_| ())
            .person("gus", "g", "2020-07-01", |_| ())
            .person("joe", "", "", |_| ())
            .event("2025-10-01", EventKind::Join, "joe", "", "a")
            .event("2026-02-01", EventKind::Leave, "gus", "", "");
        if amy_leaves {
            case = case.event("2025-09-01", EventKind::Leave, "amy", "", "");
        }
        let case = case.build();
        let layout = |layout: Layout| {
            let layout = moved(&case, &layout, "bob", 1, "a");
            if art_moves { moved(&case, &layout, "art", 1, "c") } else { layout }
        };
        let bob = ("bob", 1, "2026-02-01", 2, "b", "a");
        let rows = [("art", 1, "2025-07-01", 1, "a", "c"), bob];
        let alone = [("bob", 1, "2026-02-01", 1, "b", "a")];
        let plan = plan(&case, &free(), layout, if art_moves { &rows } else { &alone });
        crate::plans::codes(&judge_plan(&case, &plan, false)) == ["E0763 late"]
    };
    assert!(late(3, true, false) && late(4, false, false) && late(3, false, true) && late(2, true, true));
}

#[test]
fn seats_too_few_on_a_day_are_counted() {
    let case = CaseBuilder::new()
        .post("a", "U", "S", |_| ())
        .post("b", "U", "R", |_| ())
        .post("c", "U", "R", |_| ())
        .person("amy", "a", "2020-07-01", |_| ())
        .person("bob", "b", "2020-07-01", |_| ())
        .person("cid", "c", "2020-07-01", |_| ())
        .event("2026-02-01", EventKind::Leave, "amy", "", "")
        .build();
    let both = |layout| moved(&case, &moved(&case, &layout, "bob", 1, "a"), "cid", 1, "a");
    let rows = [("bob", 1, "2025-07-01", 1, "b", "a"), ("cid", 1, "2025-07-01", 1, "c", "a")];
    let found = judge_plan(&case, &plan(&case, &free(), both, &rows), false).breaches;
    let full = found.iter().find(|breach| breach.code == "E0750").expect("a breach");
    assert_eq!((full.excess, full.args["occupants"].as_str(), full.args["seats"].as_str()), (2, "3", "1"));
}

#[test]
fn a_year_whose_list_is_wrong_hides_no_other_year() {
    let (case, _, mut plan) = crate::plans::swap_under(policy(2));
    // The first year lacks a move; in the second one is dated too late.
    plan.moves.remove(1);
    plan.moves.last_mut().expect("a move").date = lungang_domain::sample::day("2026-09-01");
    let mut found = crate::plans::codes(&judge_plan(&case, &plan, false));
    found.sort();
    assert_eq!(found, ["E0761", "E0763 late"]);
}

#[test]
fn claims_are_told_with_their_year_and_their_words() {
    let spoilt = |spoil: fn(&mut PlanFile)| {
        let (case, _, mut plan) = crate::plans::swap_under(policy(2));
        spoil(&mut plan);
        judge_plan(&case, &plan, false).breaches
    };
    let wrong = spoilt(|plan| plan.years[0].effective = lungang_domain::sample::day("2025-07-02"));
    assert_eq!(wrong.iter().map(|breach| breach.year).collect::<Vec<_>>(), [1]);
    let wrong = spoilt(|plan| plan.years[1].effective = lungang_domain::sample::day("2026-07-02"));
    assert_eq!(wrong.iter().map(|breach| breach.year).collect::<Vec<_>>(), [2]);
    let wrong = spoilt(|plan| plan.tiers[0].status = lungang_domain::plan::TierStatus::Open);
    assert_eq!((wrong[0].args["claimed"].as_str(), wrong[0].args["found"].as_str()), ("open", "proved"));
}

#[test]
fn a_gap_may_be_off_by_a_millionth_and_no_more() {
    let claimed = |gap: f64| {
        let (case, _, mut plan) = crate::plans::swap_under(policy(2));
        let row = &mut plan.tiers[5];
        // Two thirds: 666666.67 millionths.
        row.bound = Some(row.value + 2);
        row.nobody_moves = row.nobody_moves.max(-1);
        let base = (row.value + 2).abs().max((row.value + 2 - row.nobody_moves).abs()).max(1);
        let exact = 2.0 / base as f64;
        row.status = lungang_domain::plan::TierStatus::Open;
        row.gap_points = Some(2);
        row.gap = Some((exact * 1e6).round() / 1e6 + gap);
        let codes = crate::plans::codes(&judge_plan(&case, &plan, false));
        codes.iter().any(|code| code == "E0767 gap")
    };
    assert!(!claimed(0.0) && !claimed(0.000_001) && !claimed(-0.000_001));
    assert!(claimed(0.000_002) && claimed(-0.000_002));
}
