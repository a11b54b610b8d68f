//! Units planned apart: who may still cross, that it is the policy by another name, and what it costs (semantics 71).

use crate::differential::values;
use crate::random_cases::{SMALL, random_case};
use assert_cmd::Command;
use lungang::demo::{Options, workbook};
use lungang::engine::{self, Control, Limits, Outcome, Silent, compact};
use lungang::input::{self, ReadOptions};
use lungang::text::Lang;
use lungang_check::judge;
use lungang_domain::policy::Tier;
use lungang_domain::sample::{CaseBuilder, moved, policy};
use lungang_domain::{Case, DecisionKind, Grade, PlanFile, Policy};
use predicates::prelude::PredicateBooleanExt;
use predicates::str::contains;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::sync::atomic::AtomicBool;

fn solve(case: &Case, policy: &Policy) -> Option<Outcome> {
    let idle = AtomicBool::new(false);
    let mut control = Control { limits: Limits::default(), interrupt: &idle, progress: &mut Silent };
    engine::solve(case, policy, &mut control).ok()
}

fn lungang(folder: &Path, args: &[&str]) -> assert_cmd::assert::Assert {
    Command::cargo_bin("lungang").expect("built").current_dir(folder).args(args).assert()
}

fn read(folder: &Path, name: &str) -> PlanFile {
    serde_json::from_str(&fs::read_to_string(folder.join(name)).expect("a plan")).expect("a plan")
}

/// Two units that need each other: the one has somebody overdue and no other post, the other a free one.
fn neighbours() -> CaseBuilder {
    CaseBuilder::new()
        .post("cash", "U", "S", |post| (post.risk, post.min_present) = (Grade::High, Some(0)))
        .post("desk", "V", "T", |_| ())
        .person("ann", "cash", "2015-07-01", |_| ())
}

#[test]
fn what_apart_costs_is_what_crossing_would_have_gained() {
    let case = neighbours().build();
    let mut policy = policy(2);
    let value = |policy: &Policy| {
        let plan = solve(&case, policy).expect("a plan");
        assert!(judge(&case, policy, &plan.layout).clean());
        plan.tiers.iter().find(|row| row.id == "T3").map(|row| (row.value, row.bound)).expect("T3")
    };
    assert_eq!(value(&policy), (0, Some(0)));
    policy.turnover.apart = true;
    // 132 and 144 months by the ends of the years, of which 60 are due.
    assert_eq!(value(&policy), (72 + 84, Some(72 + 84)));
    let crossing = moved(&case, &lungang_check::nobody_moves(&case, &policy), "ann", 1, "desk");
    assert_eq!(judge(&case, &policy, &crossing).breaches[0].rule, "APART");
    assert!(!compact::evaluate(&case, &policy, &crossing).feasible);
}

#[test]
fn no_plan_apart_is_better_than_the_joint_one() {
    let (mut compared, mut dearer) = (0, 0);
    for seed in 0..200 {
        let (case, mut policy) = random_case(seed, SMALL);
        policy.turnover.apart = true;
        // A decision of the case may need what is barred.
        let Some(apart) = solve(&case, &policy) else { continue };
        policy.turnover.apart = false;
        let joint = solve(&case, &policy).expect("a plan, the one apart if no other");
        let ranked = Tier::ranked(&policy);
        let key = |outcome: &Outcome| -> Vec<i64> {
            let rows = Tier::of(&policy).into_iter().zip(&outcome.tiers).filter(|(tier, _)| ranked.contains(tier));
            rows.map(|(tier, row)| tier.as_gain(row.value)).collect()
        };
        let (joint, apart) = (key(&joint), key(&apart));
        assert!(joint >= apart, "seed {seed}: {joint:?}, apart {apart:?}");
        compared += 1;
        dearer += usize::from(joint > apart);
    }
    println!("{compared} cases, {dearer} of them dearer apart");
    assert!(compared > 100 && dearer > 10);
}

/// The plan of `--apart` is the plan of the policy, byte for byte; nobody crosses; the checker passes it, and no other.
#[test]
fn the_command_plans_apart_and_says_what_that_costs() {
    let folder = tempfile::tempdir().expect("a folder");
    let demo = workbook(&Options { people: 96, seed: 3, lang: Lang::En, ..Options::default() }).expect("a workbook");
    fs::write(folder.path().join("in.xlsx"), demo).expect("written");
    let run = |more: &[&str]| lungang(folder.path(), &[&["plan", "in.xlsx", "--rounds", "40"], more].concat());
    let told = run(&["--apart", "-o", "apart.json", "-o", "apart.xlsx", "--json"]).success();
    let line: Value = serde_json::from_slice(&told.get_output().stdout).expect("one line");
    run(&["--set", "turnover.apart=true", "-o", "set.json"]).success();
    let bytes = |name: &str| fs::read(folder.path().join(name)).expect("a plan");
    assert_eq!(bytes("apart.json"), bytes("set.json"));

    let reading = input::read(&folder.path().join("in.xlsx"), &ReadOptions::default());
    let case = reading.case.expect("a case");
    assert!(case.units.len() > 1);
    let plan = read(folder.path(), "apart.json");
    assert!(plan.policy.turnover.apart && !plan.moves.is_empty());
    let unit = |id: &str| case.post(case.post_by_id(id).expect("a post")).unit;
    let crossing = |plan: &PlanFile| {
        let across = |from: &String, to: &str| unit(from) != unit(to);
        plan.moves
            .iter()
            .filter(|row| row.decision.is_none())
            .any(|row| row.from.as_ref().is_some_and(|from| across(from, &row.to)))
    };
    assert!(!crossing(&plan));

    // The joint plan is at least as good, from the first tier in which they differ.
    let rows = line["apart"].as_array().expect("a comparison");
    let ids: Vec<&str> = rows.iter().filter_map(|row| row["id"].as_str()).collect();
    assert_eq!(ids, plan.tiers.iter().map(|row| row.id.as_str()).collect::<Vec<_>>());
    let first = rows.iter().filter_map(|row| row["difference"].as_i64()).find(|difference| *difference != 0);
    assert!(first.is_some_and(|difference| difference > 0), "{rows:#?}");
    for row in rows.iter().filter(|row| row["known"] == "costs") {
        assert!(row["at_least"].as_i64() <= row["difference"].as_i64(), "{row:#?}");
    }

    for plan in ["apart.json", "apart.xlsx"] {
        lungang(folder.path(), &["check", plan, "--input", "in.xlsx"]).success();
    }
    run(&["-o", "joint.json"]).success();
    let mut joint = read(folder.path(), "joint.json");
    assert!(crossing(&joint));
    joint.policy.turnover.apart = true;
    fs::write(folder.path().join("claimed.json"), serde_json::to_string(&joint).expect("json")).expect("written");
    lungang(folder.path(), &["check", "claimed.json", "--input", "in.xlsx", "--lang", "zh"])
        .code(5)
        .stdout(contains("E0779").and(contains("计划按分单位编制")));

    run(&["--apart", "-o", "apart.json", "--lang", "zh"]).success().stdout(contains("分单位编制与统筹编制对比"));
    run(&["--apart", "--engine", "compact", "--time-limit", "0.001", "-o", "none.json"]).code(4);
}

#[test]
fn a_decision_that_leaves_the_unit_is_kept_apart_too() {
    let case = neighbours().decision(DecisionKind::Go, "ann", "desk", None, "").build();
    let mut policy = policy(2);
    policy.turnover.apart = true;
    let found = solve(&case, &policy).expect("a plan");
    let verdict = judge(&case, &policy, &found.layout);
    assert!(verdict.clean() && verdict.moves.len() == 1);
    let idle = AtomicBool::new(false);
    let mut control = Control { limits: Limits::default(), interrupt: &idle, progress: &mut Silent };
    assert_eq!(values(&policy, Ok(found)), values(&policy, compact::solve(&case, &policy, &mut control)));
}
