//! The weighted mode as the user runs it: planned, written, read back, checked, and told in both languages.

use assert_cmd::Command;
use lungang::engine::compact;
use lungang::engine::{Control, Limits, Silent};
use lungang::input::{self, ReadOptions};
use lungang::output::read_plan;
use lungang::text::Lang;
use lungang_domain::PlanFile;
use lungang_domain::plan::TierStatus;
use std::fs;
use std::path::Path;
use std::sync::atomic::AtomicBool;

fn lungang(folder: &Path, args: &[&str]) -> assert_cmd::assert::Assert {
    Command::cargo_bin("lungang").unwrap().current_dir(folder).args(args).assert()
}

/// A department of 18, and a policy with these weights for risk, reserve and quality.
fn department(folder: &Path, weights: [i64; 3]) {
    let options = lungang::demo::Options { people: 18, seed: 4, lang: Lang::En, ..Default::default() };
    fs::write(folder.join("demo.xlsx"), lungang::demo::workbook(&options).unwrap()).unwrap();
    let [risk, reserve, quality] = weights;
    let weights = format!("{{ risk = {risk}, reserve = {reserve}, quality = {quality} }}");
    fs::write(folder.join("w.toml"), format!("years = 3\n[priorities]\nmode = \"weighted\"\nweights = {weights}\n"))
        .unwrap();
}

fn value(plan: &PlanFile, id: &str) -> i64 {
    plan.tiers.iter().find(|row| row.id == id).unwrap_or_else(|| panic!("{id}")).value
}

#[test]
fn a_weighted_plan_comes_back_from_every_format_and_passes() {
    let folder = tempfile::tempdir().unwrap();
    department(folder.path(), [8, 120, 1]);
    let out = ["-o", "plan.json", "-o", "plan.xlsx", "-o", "plan/"];
    let plan = [&["--lang", "en", "plan", "demo.xlsx", "--policy", "w.toml"][..], &out].concat();
    lungang(folder.path(), &plan)
        .success()
        .stdout(predicates::str::contains("counted in W"))
        .stdout(predicates::str::contains("W risk, reserve and quality together"))
        .stdout(predicates::str::contains("T0–T2 and W are proved"))
        .stderr(predicates::str::contains(": W risk, reserve and quality together"));
    let read: Vec<PlanFile> = ["plan.json", "plan.xlsx", "plan/"]
        .iter()
        .map(|name| read_plan(&folder.path().join(name)).unwrap().plan)
        .collect();
    assert!(read.iter().all(|plan| *plan == read[0]));
    for row in &read[0].tiers {
        let merged = ["T3", "T4", "T5"].contains(&row.id.as_str());
        assert_eq!((row.bound.is_none(), row.gap.is_none(), row.status == TierStatus::Open), (merged, merged, merged));
    }
    let of = |id: &str| value(&read[0], id);
    assert_eq!(of("W"), -8 * of("T3") + 120 * of("T4") + of("T5"));
    assert!(read[0].optimal());
    for (lang, name, clean) in [("en", "plan.xlsx", "Checked: no new breach."), ("zh", "plan/", "核验通过")] {
        lungang(folder.path(), &["--lang", lang, "check", name, "--input", "demo.xlsx"])
            .success()
            .stdout(predicates::str::contains(clean))
            .stdout(predicates::str::contains(of("W").to_string()));
    }
    lungang(folder.path(), &["--lang", "zh", "plan", "demo.xlsx", "--policy", "w.toml", "-o", "zh.xlsx"])
        .success()
        .stdout(predicates::str::contains("并入 W 合并计分"))
        .stdout(predicates::str::contains("加权合计W均已证明最优"));

    // A bound on a part of W is no claim that a plan may make.
    let path = folder.path().join("plan.json");
    let text = fs::read_to_string(&path).unwrap();
    let mut plan: PlanFile = serde_json::from_str(&text).unwrap();
    plan.tiers[3].bound = Some(0);
    plan.tiers[3] = plan.tiers[3].clone().assess();
    fs::write(&path, serde_json::to_string(&plan).unwrap()).unwrap();
    lungang(folder.path(), &["--lang", "en", "check", "plan.json", "--input", "demo.xlsx"])
        .code(5)
        .stdout(predicates::str::contains("E0773"));
}

/// Only the proportion of the weights matters, and the compact reference reaches the same W.
#[test]
fn a_common_factor_of_the_weights_changes_nothing_but_the_figure() {
    let folder = tempfile::tempdir().unwrap();
    let mut plans = Vec::new();
    for factor in [1, 250] {
        department(folder.path(), [8 * factor, 120 * factor, factor]);
        let name = format!("{factor}.json");
        lungang(folder.path(), &["plan", "demo.xlsx", "--policy", "w.toml", "--quiet", "-o", &name]).success();
        plans.push(read_plan(&folder.path().join(name)).unwrap().plan);
    }
    assert_eq!(plans[0].layout, plans[1].layout);
    assert_eq!(value(&plans[0], "W") * 250, value(&plans[1], "W"));
    assert!(plans[1].optimal());
    let options =
        ReadOptions { policy_file: Some(folder.path().join("w.toml")), overrides: Vec::new(), ..Default::default() };
    let reading = input::read(&folder.path().join("demo.xlsx"), &options);
    let idle = AtomicBool::new(false);
    let mut control = Control { limits: Limits::default(), interrupt: &idle, progress: &mut Silent };
    let best = compact::solve(&reading.case.unwrap(), &reading.policy.unwrap(), &mut control).expect("a plan");
    let best: Vec<Option<i64>> = best.tiers.iter().map(|row| row.bound).collect();
    let ours: Vec<Option<i64>> = plans[1].tiers.iter().map(|row| row.bound).collect();
    assert_eq!(best, ours);
}
