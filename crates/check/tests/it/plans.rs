//! Plan files: sound ones pass, and each false claim is named.

use crate::files::file;
use crate::help::brief;
use lungang_check::{PlanVerdict, differences, judge, judge_plan, nobody_moves, tier_changes};
use lungang_domain::plan::{PlaceRow, PlanFile, TierStatus, layout_rows};
use lungang_domain::sample::{CaseBuilder, day, moved, placed, policy};
use lungang_domain::{Case, DecisionKind, EventKind, Grade, Layout, MoveStatus, Place, Policy};

/// Makes one thing in a sound file wrong.
pub type Spoil = fn(&mut PlanFile);

/// Codes of all breaches, with the reason word where there is one.
pub fn codes(verdict: &PlanVerdict) -> Vec<String> {
    verdict
        .breaches
        .iter()
        .map(|breach| match breach.args.get("why").or(breach.args.get("figure")) {
            Some(word) => format!("{} {word}", breach.code),
            None => breach.code.to_owned(),
        })
        .collect()
}

#[track_caller]
pub fn expect(case: &Case, plan: &PlanFile, wanted: &[&str]) {
    let verdict = judge_plan(case, plan, false);
    assert!(verdict.unreadable.is_empty(), "{:?}", verdict.unreadable);
    assert_eq!(codes(&verdict), wanted, "{:#?}", verdict.breaches);
    assert!(verdict.reports.is_empty());
}

/// Ann (high risk, due) and Bob change places; Cid goes into a free post.
fn swap() -> (Case, Policy, PlanFile) {
    swap_under(policy(2))
}

/// The same under a policy for two years.
pub fn swap_under(policy: Policy) -> (Case, Policy, PlanFile) {
    let case = CaseBuilder::new()
        .post("a", "U", "S", |post| post.risk = Grade::High)
        .post("b", "U", "R", |_| ())
        .post("c", "U", "R", |post| post.risk = Grade::High)
        .post("d", "V", "T", |_| ())
        .person("ann", "a", "2019-07-01", |_| ())
        .person("bob", "b", "2020-07-01", |_| ())
        .person("cid", "c", "2019-07-01", |_| ())
        .build();
    let layout = nobody_moves(&case, &policy);
    let layout = moved(&case, &moved(&case, &layout, "ann", 1, "b"), "bob", 1, "a");
    let layout = moved(&case, &layout, "cid", 2, "d");
    let rows = [
        ("ann", 1, "2025-07-01", 1, "a", "b"),
        ("bob", 1, "2025-07-01", 1, "b", "a"),
        ("cid", 2, "2026-07-01", 2, "c", "d"),
    ];
    let plan = file(&case, &policy, &layout, &rows);
    (case, policy, plan)
}

#[test]
fn a_sound_plan_passes() {
    let (case, _, plan) = swap();
    expect(&case, &plan, &[]);
    let verdict = judge_plan(&case, &plan, false);
    assert!(verdict.clean());
    assert_eq!(verdict.verdict.deferrals.len(), 1);
    assert!(verdict.problems(&case).is_empty());
    assert!(judge_plan(&case, &plan, true).reports.is_empty());
}

#[test]
fn false_claims_are_named() {
    let spoil: Vec<(Spoil, &[&str])> = vec![
        (|plan| plan.years[1].effective = day("2026-07-02"), &["E0760"]),
        (|plan| plan.years[0].year = 3, &["E0760"]),
        (|plan| drop(plan.moves.pop()), &["E0761"]),
        (|plan| plan.moves[2].to = "b".into(), &["E0761", "E0762"]),
        (|plan| plan.moves[2].from = Some("a".into()), &["E0761", "E0762"]),
        (|plan| plan.moves[2].year = 1, &["E0762", "E0761"]),
        (|plan| plan.moves[2].staff = "zoe".into(), &["E0761", "E0762"]),
        (|plan| plan.moves[2].status = MoveStatus::Void, &["E0761"]),
        (|plan| plan.moves[2].decision = Some("go".into()), &["E0772"]),
        (|plan| plan.moves[2].date = day("2026-06-30"), &["E0763 outside"]),
        (|plan| plan.moves[2].date = day("2026-08-15"), &["E0763 late"]),
        (|plan| plan.moves[2].batch = 3, &["E0764 order"]),
        (|plan| plan.moves[2].batch = 1, &["E0764 apart", "E0764 dates"]),
        (|plan| plan.moves[1].batch = 2, &["E0750", "E0764 apart", "E0764 dates"]),
        (|plan| plan.tiers[3].value -= 1, &["E0765 value", "E0767 gap", "E0767 gap_points", "E0767 status"]),
        (|plan| plan.tiers[3].today = 0, &["E0765 today"]),
        (|plan| plan.tiers[4].nobody_moves = 1, &["E0765 nobody_moves"]),
        (|plan| plan.tiers[0].status = TierStatus::Open, &["E0767 status"]),
        (|plan| plan.tiers[0].gap = Some(0.1), &["E0767 gap"]),
        (|plan| plan.tiers[0].gap = Some(f64::NAN), &["E0767 gap"]),
        (|plan| plan.tiers[0].bound = None, &["E0767 gap_points", "E0767 status", "E0767 gap"]),
        (|plan| drop(plan.tiers.remove(2)), &["E0768"]),
        (|plan| plan.tiers.swap(1, 2), &["E0768"]),
        (|plan| plan.deferrals.clear(), &["E0769"]),
        (|plan| plan.deferrals[0].year = 2, &["E0769", "E0770"]),
        (|plan| plan.deferrals.push(plan.deferrals[0].clone()), &["E0771 twice"]),
        (|plan| plan.deferrals[0].substitute = None, &["E0774"]),
        (|plan| plan.deferrals[0].substitute = Some("  ".into()), &["E0774"]),
        (|plan| plan.policy.start = day("2025-01-01"), &["E0771 start"]),
    ];
    for (spoil, wanted) in spoil {
        let (case, _, mut plan) = swap();
        spoil(&mut plan);
        let verdict = judge_plan(&case, &plan, false);
        let mut found = codes(&verdict);
        found.sort_unstable();
        let mut wanted: Vec<String> = wanted.iter().map(|code| (*code).to_owned()).collect();
        wanted.sort_unstable();
        assert_eq!(found, wanted, "{:#?}", verdict.breaches);
        // In an edited plan the same are reports.
        let edited = judge_plan(&case, &plan, true);
        assert!(edited.breaches.is_empty());
        assert!(!edited.reports.is_empty());
    }
}

#[test]
fn r22_asks_for_a_substitute_at_high_risk_only() {
    let case = CaseBuilder::new()
        .post("cash", "U", "S", |post| post.risk = Grade::High)
        .post("key", "U", "S", |post| (post.risk, post.sensitive) = (Grade::Medium, true))
        .post("file", "U", "S", |post| post.risk = Grade::Low)
        .person("ann", "cash", "2015-07-01", |_| ())
        .person("bob", "key", "2015-07-01", |_| ())
        .person("cid", "file", "2013-07-01", |_| ())
        .build();
    let policy = policy(1);
    let mut plan = file(&case, &policy, &nobody_moves(&case, &policy), &[]);
    assert_eq!(plan.deferrals.len(), 3);
    expect(&case, &plan, &[]);
    plan.deferrals.iter_mut().for_each(|row| row.substitute = None);
    expect(&case, &plan, &["E0774", "E0774"]);
}

#[test]
fn a_bound_on_the_wrong_side_is_no_bound() {
    for (tier, off, wrong) in [(1, -1, false), (1, 1, true), (4, 1, false), (4, -1, true), (5, 1, false), (5, -1, true)]
    {
        let (case, _, mut plan) = swap();
        let row = &mut plan.tiers[tier];
        row.bound = Some(row.value + off);
        *row = row.clone().assess();
        let wanted: &[&str] = if wrong { &["E0766"] } else { &[] };
        expect(&case, &plan, wanted);
    }
}

#[test]
fn a_move_listed_twice_cannot_be_carried_out() {
    let (case, _, mut plan) = swap();
    plan.moves.push(plan.moves[0].clone());
    expect(&case, &plan, &["E0752"]);
}

#[test]
fn what_cannot_be_read_is_said_and_nothing_judged() {
    let spoil: Vec<(Spoil, &str)> = vec![
        (|plan| plan.schema_version = 99, "E0720"),
        (|plan| plan.years.truncate(1), "E0771"),
        (|plan| plan.policy.years = u32::MAX, "E0771"),
        (|plan| drop(plan.layout.remove("ann")), "E0713"),
        (|plan| drop(plan.layout.get_mut("ann").unwrap().pop()), "E0714"),
        (|plan| plan.layout.get_mut("ann").unwrap()[1].post = Some("zoo".into()), "E0711"),
        (|plan| plan.layout.get_mut("ann").unwrap()[1].state = "asleep".into(), "E0712"),
        (|plan| drop(plan.layout.insert("zoe".into(), Vec::<PlaceRow>::new())), "E0710"),
    ];
    for (spoil, code) in spoil {
        let (case, _, mut plan) = swap();
        spoil(&mut plan);
        let verdict = judge_plan(&case, &plan, false);
        assert_eq!(verdict.unreadable.iter().map(|problem| problem.code.as_str()).collect::<Vec<_>>(), [code]);
        assert!(!verdict.clean());
    }
}

#[test]
fn an_edit_is_judged_by_the_rules_and_reported_cell_by_cell() {
    let (case, policy, mut plan) = swap();
    let before = plan.layout(&case).unwrap();
    // By hand: Cid goes into the full post b instead.
    let after = moved(&case, &before, "cid", 2, "b");
    plan.layout = layout_rows(&case, &after);
    let verdict = judge_plan(&case, &plan, true);
    assert_eq!(brief(&case, &verdict.breaches), ["R01 - b 2"]);
    let found: Vec<&str> = verdict.reports.iter().map(|report| report.code).collect();
    assert_eq!(found, ["E0765", "E0766", "E0762", "E0761"]);
    let problems = verdict.problems(&case);
    assert_eq!(
        problems.iter().map(|problem| problem.code.as_str()).collect::<Vec<_>>(),
        ["E0721", "W0765", "W0766", "W0762", "W0761"]
    );
    let cells = differences(&before, &after);
    let b = case.post_by_id("b").unwrap();
    assert_eq!((cells.len(), cells[0].year, cells[0].after), (1, 2, Some(Place::In(b))));
    let changes = tier_changes(&judge(&case, &policy, &before), &verdict.verdict);
    // No longer across units.
    assert_eq!(changes.iter().map(|change| change.gain()).collect::<Vec<_>>(), [0, 0, 0, 0, 0, 20]);
}

/// Ann retires from `a` in November, Bob follows into `a`, Cid into `b`.
fn chain() -> (Case, Policy, Layout) {
    let case = CaseBuilder::new()
        .post("a", "U", "S", |_| ())
        .post("b", "U", "R", |_| ())
        .post("c", "V", "T", |_| ())
        .person("ann", "a", "2015-07-01", |_| ())
        .person("bob", "b", "2020-07-01", |_| ())
        .person("cid", "c", "2020-07-01", |_| ())
        .event("2025-11-15", EventKind::Retire, "ann", "", "")
        .build();
    let policy = policy(1);
    let layout = nobody_moves(&case, &policy);
    let layout = moved(&case, &moved(&case, &layout, "bob", 1, "a"), "cid", 1, "b");
    (case, policy, layout)
}

#[test]
fn a_chain_waits_for_the_event_it_needs() {
    let (case, policy, layout) = chain();
    let plan = |date: &'static str, other: &'static str, batches: (u32, u32)| {
        file(&case, &policy, &layout, &[("bob", 1, date, batches.0, "b", "a"), ("cid", 1, other, batches.1, "c", "b")])
    };
    expect(&case, &plan("2025-11-15", "2025-11-15", (1, 1)), &[]);
    // On d_1 Ann still sits there.
    expect(&case, &plan("2025-07-01", "2025-07-01", (1, 1)), &["E0750"]);
    // Nothing happens in December.
    expect(&case, &plan("2025-12-01", "2025-12-01", (1, 1)), &["E0763 late", "E0763 late"]);
    // Cid before Bob: b is full then.
    expect(&case, &plan("2025-11-15", "2025-07-01", (2, 1)), &["E0750"]);
}

#[test]
fn an_essential_post_is_not_left_empty_that_its_layout_fills() {
    // Bob leaves the essential b for c, which is free; Ann follows him.
    let case = CaseBuilder::new()
        .post("a", "U", "S", |_| ())
        .post("b", "U", "R", |b| b.essential = true)
        .post("c", "V", "T", |_| ())
        .person("ann", "a", "2020-07-01", |_| ())
        .person("bob", "b", "2020-07-01", |_| ())
        .build();
    let policy = policy(1);
    let layout = nobody_moves(&case, &policy);
    let layout = moved(&case, &moved(&case, &layout, "bob", 1, "c"), "ann", 1, "b");
    let rows = |one: u32, two: u32| {
        file(
            &case,
            &policy,
            &layout,
            &[("ann", 1, "2025-07-01", two, "a", "b"), ("bob", 1, "2025-07-01", one, "b", "c")],
        )
    };
    expect(&case, &rows(1, 1), &[]);
    expect(&case, &rows(1, 2), &["E0751"]);
    expect(&case, &rows(2, 1), &["E0750"]);
    // Where nobody follows all year, it may be left.
    let alone = moved(&case, &nobody_moves(&case, &policy), "bob", 1, "c");
    expect(&case, &file(&case, &policy, &alone, &[("bob", 1, "2025-07-01", 1, "b", "c")]), &[]);
}

#[test]
fn founding_arrival_and_closing_date_a_move() {
    let case = CaseBuilder::new()
        .post("a", "U", "S", |_| ())
        .post("b", "U", "R", |_| ())
        .post("n", "U", "R", |_| ())
        .post("o", "V", "T", |_| ())
        .person("ann", "a", "2020-07-01", |_| ())
        .person("bob", "b", "2020-07-01", |_| ())
        .person("new", "", "", |_| ())
        .event("2025-10-01", EventKind::NewPost, "", "n", "")
        .event("2025-12-01", EventKind::ClosePost, "", "b", "")
        .event("2025-09-01", EventKind::Recruit, "new", "", "")
        .build();
    let policy = policy(1);
    let layout = nobody_moves(&case, &policy);
    let layout = moved(&case, &moved(&case, &layout, "ann", 1, "n"), "bob", 1, "o");
    let layout = moved(&case, &layout, "new", 1, "a");
    let plan = |new: &'static str, ann: &'static str, bob: &'static str, batches: [u32; 3]| {
        file(
            &case,
            &policy,
            &layout,
            &[
                ("new", 1, new, batches[0], "", "a"),
                ("ann", 1, ann, batches[1], "a", "n"),
                ("bob", 1, bob, batches[2], "b", "o"),
            ],
        )
    };
    // The recruit waits for Ann, who waits for the new post; Bob goes when his post closes.
    expect(&case, &plan("2025-10-01", "2025-10-01", "2025-12-01", [1, 1, 2]), &[]);
    expect(&case, &plan("2025-09-01", "2025-10-01", "2025-12-01", [1, 2, 3]), &["E0750"]);
    expect(&case, &plan("2025-10-01", "2025-09-15", "2025-12-01", [2, 1, 3]), &["E0753"]);
    // Or at once, or not on another day.
    expect(&case, &plan("2025-10-01", "2025-10-01", "2025-07-01", [2, 2, 1]), &[]);
    expect(&case, &plan("2025-10-01", "2025-10-01", "2025-09-01", [2, 2, 1]), &["E0763 late"]);
    // Before the recruit has come.
    expect(&case, &plan("2025-08-01", "2025-10-01", "2025-12-01", [1, 2, 3]), &["E0750"]);
}

#[test]
fn of_two_entrants_the_later_by_the_draw_waits() {
    // One seat of a is free, the other is freed by Zed in November. Ann has sat longer than Bob.
    let build = |bob_since: &str| {
        CaseBuilder::new()
            .post("a", "U", "S", |a| a.headcount = 2)
            .post("b", "U", "R", |_| ())
            .post("c", "V", "T", |_| ())
            .person("ann", "b", "2018-07-01", |_| ())
            .person("bob", "c", bob_since, |_| ())
            .person("zed", "a", "2015-07-01", |_| ())
            .event("2025-11-15", EventKind::Leave, "zed", "", "")
            .build()
    };
    let policy = policy(1);
    let plan = |case: &Case, ann: (&'static str, u32), bob: (&'static str, u32)| {
        let layout = nobody_moves(case, &policy);
        let layout = moved(case, &moved(case, &layout, "ann", 1, "a"), "bob", 1, "a");
        file(case, &policy, &layout, &[("ann", 1, ann.0, ann.1, "b", "a"), ("bob", 1, bob.0, bob.1, "c", "a")])
    };
    let (soon, late) = (("2025-07-01", 1), ("2025-11-15", 2));
    let case = build("2020-07-01");
    expect(&case, &plan(&case, soon, late), &[]);
    expect(&case, &plan(&case, late, soon), &["E0763 draw"]);
    // Equal tenure: by SHA-256 of `7:ann` and `7:bob`; exactly one order is right.
    let case = build("2018-07-01");
    let wrong = [plan(&case, soon, late), plan(&case, late, soon)]
        .iter()
        .filter(|plan| !judge_plan(&case, plan, false).clean())
        .count();
    assert_eq!(wrong, 1);
}

#[test]
fn decisions_of_the_file_must_stand_in_the_input() {
    let case = CaseBuilder::new()
        .post("a", "U", "S", |_| ())
        .post("b", "U", "R", |_| ())
        .person("ann", "a", "2020-07-01", |_| ())
        .decision(DecisionKind::Go, "ann", "b", 1, "")
        .build();
    let policy = policy(1);
    let layout = moved(&case, &nobody_moves(&case, &policy), "ann", 1, "b");
    let mut plan = file(&case, &policy, &layout, &[("ann", 1, "2025-07-01", 1, "a", "b")]);
    plan.moves[0].decision = Some("go".into());
    expect(&case, &plan, &[]);
}

#[test]
fn a_plan_without_years_or_people_is_judged_too() {
    let case = CaseBuilder::new().post("a", "U", "S", |_| ()).build();
    let policy = policy(0);
    let layout = nobody_moves(&case, &policy);
    expect(&case, &file(&case, &policy, &layout, &[]), &[]);
    let case = CaseBuilder::new().post("a", "U", "S", |_| ()).person("ann", "a", "", |_| ()).build();
    let layout = placed(&case, &nobody_moves(&case, &policy), "ann", 0, Place::Unplaced);
    expect(&case, &file(&case, &policy, &layout, &[]), &["E0736"]);
}
