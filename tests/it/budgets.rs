//! Budgets of moves over all years, and the floor of fit: more of either is never worse, decisions go before both, and the
//! command keeps them (semantics 72).

use crate::differential::{ENGINES, run, values};
use crate::random_cases::{SMALL, random_case};
use assert_cmd::Command;
use lungang::demo::{Options, workbook};
use lungang::engine::{self, Failure};
use lungang::input::{self, ReadOptions};
use lungang::text::Lang;
use lungang_check::judge;
use lungang_domain::policy::Tier;
use lungang_domain::sample::{CaseBuilder, policy};
use lungang_domain::{Case, DecisionKind, Grade, PlanFile, Policy};
use predicates::prelude::PredicateBooleanExt;
use predicates::str::contains;
use std::fs;

/// What plans are ranked by, more being better; `None` where there is no plan.
fn key(case: &Case, policy: &Policy) -> Option<Vec<i64>> {
    let found = values(policy, run(engine::solve, case, policy))?;
    Some(Tier::ranked(policy).into_iter().zip(found).map(|(tier, value)| tier.as_gain(value)).collect())
}

#[test]
fn a_larger_budget_and_a_lower_floor_are_no_worse() {
    let set: [fn(&mut Policy, u32); 3] = [
        |policy, most| policy.turnover.most_moves = Some(most),
        |policy, most| policy.turnover.most_cross_unit = Some(most),
        |policy, step| policy.fit.floor = 90 - 30 * step as u8,
    ];
    let mut better = [0; 3];
    for seed in 0..60 {
        let (case, mut policy) = random_case(seed, SMALL);
        (policy.turnover.most_moves, policy.turnover.most_cross_unit, policy.fit.floor) = (None, None, 0);
        for (at, set) in set.iter().enumerate() {
            let keys: Vec<_> = (0..4)
                .map(|step| {
                    let mut policy = policy.clone();
                    set(&mut policy, step);
                    key(&case, &policy)
                })
                .collect();
            // No plan at all is worse than any.
            assert!(keys.is_sorted(), "seed {seed}, key {at}: {keys:?}");
            better[at] += usize::from(keys[3] > keys[0]);
        }
    }
    println!("cases in which more is better: {better:?}");
    assert!(better.iter().all(|better| *better > 3), "{better:?}");
}

/// Two overdue people, a free post for each in another unit.
fn overdue() -> CaseBuilder {
    let high = |post: &mut lungang_domain::Post| (post.risk, post.min_present) = (Grade::High, Some(0));
    CaseBuilder::new()
        .post("cash", "U", "S", high)
        .post("bank", "U", "S", high)
        .post("desk", "V", "T", |_| ())
        .post("door", "V", "T", |_| ())
        .person("ann", "cash", "2015-07-01", |_| ())
        .person("bob", "bank", "2016-07-01", |_| ())
}

#[test]
fn decided_moves_use_a_budget_up_and_may_go_beyond_it_alone() {
    let go = |case: CaseBuilder, who: &str, to: &str| case.decision(DecisionKind::Go, who, to, None, "");
    let moved = |case: &Case, policy: &Policy| -> Vec<usize> {
        let found = ENGINES.iter().map(|(_, engine)| {
            let outcome = run(*engine, case, policy).expect("a plan");
            let verdict = judge(case, policy, &outcome.layout);
            assert!(verdict.clean(), "{:?}", verdict.breaches);
            verdict.moves.len()
        });
        found.collect()
    };
    for across in [false, true] {
        let with = |most: u32| {
            let mut policy = policy(2);
            let turnover = &mut policy.turnover;
            *(if across { &mut turnover.most_cross_unit } else { &mut turnover.most_moves }) = Some(most);
            policy
        };
        let free = overdue().build();
        assert_eq!([0, 1, 2].map(|most| moved(&free, &with(most))), [vec![0; 3], vec![1; 3], vec![2; 3]]);
        let one = go(overdue(), "ann", "desk").build();
        assert_eq!([0, 1, 2].map(|most| moved(&one, &with(most))), [vec![1; 3], vec![1; 3], vec![2; 3]]);
        let both = go(go(overdue(), "ann", "desk"), "bob", "door").build();
        assert_eq!([0, 1].map(|most| moved(&both, &with(most))), [vec![2; 3], vec![2; 3]]);
    }
}

/// A *stay* elsewhere is a move that nobody decided.
#[test]
fn a_budget_that_decisions_need_more_of_is_named() {
    let case = overdue().decision(DecisionKind::Stay, "ann", "desk", 2, "").build();
    let mut policy = policy(2);
    policy.turnover.most_moves = Some(0);
    for (name, engine) in ENGINES {
        let Err(Failure::Clash(problems)) = run(*engine, &case, &policy) else { panic!("{name} finds a plan") };
        assert_eq!(problems[0].args["rules"], "G4", "{name}");
    }
    policy.turnover.most_moves = Some(1);
    assert!(run(engine::solve, &case, &policy).is_ok());
}

#[test]
fn the_command_keeps_budgets_and_floor() {
    let folder = tempfile::tempdir().expect("a folder");
    let demo = workbook(&Options { people: 96, seed: 3, lang: Lang::En, ..Options::default() }).expect("a workbook");
    fs::write(folder.path().join("in.xlsx"), demo).expect("written");
    let lungang =
        |args: &[&str]| Command::cargo_bin("lungang").expect("built").current_dir(folder.path()).args(args).assert();
    let plan = |more: &[&str]| lungang(&[&["plan", "in.xlsx", "--rounds", "40"], more].concat()).success();
    let read = |name: &str| -> PlanFile {
        serde_json::from_str(&fs::read_to_string(folder.path().join(name)).expect("a plan")).expect("a plan")
    };
    let limits = ["turnover.most_moves=12", "turnover.most_cross_unit=3", "fit.floor=50"];
    plan(&["--set", limits[0], "--set", limits[1], "--set", limits[2], "-o", "few.json", "-o", "few.xlsx"]);
    plan(&["-o", "many.json"]);
    for name in ["few.json", "few.xlsx"] {
        lungang(&["check", name, "--input", "in.xlsx"]).success();
    }
    let reading = input::read(&folder.path().join("in.xlsx"), &ReadOptions::default());
    let case = reading.case.expect("a case");
    let closes =
        |id: &str| case.events.iter().any(|event| event.post.is_some_and(|post| case.post(post).id.as_str() == id));
    let free = |plan: &PlanFile| {
        let left = plan.moves.iter().filter_map(|row| row.from.as_ref());
        left.filter(|from| !closes(from)).count()
    };
    let (few, many) = (read("few.json"), read("many.json"));
    let turnover = &few.policy.turnover;
    assert_eq!((turnover.most_moves, turnover.most_cross_unit, few.policy.fit.floor), (Some(12), Some(3), 50));
    assert!((1..=12).contains(&free(&few)) && free(&many) > 12, "{} and {}", free(&few), free(&many));

    // The other plan breaks all three.
    let mut claimed = many;
    claimed.policy = few.policy;
    fs::write(folder.path().join("claimed.json"), serde_json::to_string(&claimed).expect("json")).expect("written");
    lungang(&["check", "claimed.json", "--input", "in.xlsx", "--lang", "zh"])
        .code(5)
        .stdout(contains("E0775").and(contains("超过总量上限 12 人次")).and(contains("E0776")).and(contains("E0777")));
}
