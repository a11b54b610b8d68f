//! `validate`, `export` and `template` as a user runs them.

use crate::input_sample::Sample;
use assert_cmd::Command;
use predicates::prelude::*;
use std::path::Path;

fn lungang(folder: &Path) -> Command {
    let mut command = Command::cargo_bin("lungang").expect("the program");
    command.current_dir(folder);
    command
}

fn desk(sample: &Sample) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    sample.write_xlsx(&folder.path().join("data.xlsx"));
    folder
}

#[test]
fn validate_reports_on_standard_output_and_exits_by_what_it_found() {
    let good = desk(&Sample::good());
    lungang(good.path())
        .args(["validate", "data.xlsx", "--lang", "en"])
        .assert()
        .code(0)
        .stdout(predicate::str::contains("Roster: 6 rows = 5 people planned + 1 not in service"))
        .stderr("");
    let bad = desk(&Sample::good().set("staff", 2, "birth_date", "春天"));
    lungang(bad.path())
        .args(["validate", "data.xlsx", "--lang", "zh"])
        .assert()
        .code(1)
        .stdout(predicate::str::contains("E0202 data.xlsx [staff] C2: “春天”不是日期（birth_date）。"));
    lungang(bad.path()).args(["validate", "nowhere.xlsx"]).assert().code(1);
}

#[test]
fn without_a_start_the_command_to_paste_is_shown() {
    let folder = desk(&Sample::good().drop_sheet("settings"));
    lungang(folder.path())
        .args(["validate", "data.xlsx", "--lang", "en"])
        .assert()
        .code(2)
        .stdout(predicate::str::contains("lungang validate data.xlsx --start 2023-01-01"));
    lungang(folder.path()).args(["validate", "data.xlsx", "--start", "2025-07-01", "--years", "3"]).assert().code(0);
    lungang(folder.path()).args(["validate", "data.xlsx", "--start", "soon"]).assert().code(1);
    lungang(folder.path()).args(["validate", "data.xlsx", "--set", "nonsense"]).assert().code(2);
}

#[test]
fn validate_speaks_json() {
    let folder = desk(&Sample::good().set("posts", 4, "headcount", ""));
    let output = lungang(folder.path()).args(["validate", "data.xlsx", "--json"]).output().expect("run");
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("one JSON document");
    assert_eq!(report["ok"], true);
    assert_eq!(report["rows"]["people"], 5);
    assert_eq!(report["problems"][0]["code"], "A0301");
    assert_eq!(report["problems"][0]["cell"]["row"], 4);
}

#[test]
fn export_writes_a_private_file_that_validates() {
    let folder = desk(&Sample::good());
    lungang(folder.path()).args(["export", "data.xlsx", "-o", "input.json"]).assert().code(0);
    lungang(folder.path()).args(["validate", "input.json"]).assert().code(0);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(folder.path().join("input.json")).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    lungang(folder.path()).args(["export", "data.xlsx", "-o", "no/such/folder/x.json"]).assert().code(6);
    lungang(folder.path()).args(["export", "data.xlsx", "-o", "data.xlsx"]).assert().code(6);
    lungang(folder.path()).args(["validate", "data.xlsx"]).assert().code(0);
    let bad = desk(&Sample::good().set("staff", 2, "name", ""));
    lungang(bad.path()).args(["export", "data.xlsx", "-o", "input.json"]).assert().code(1);
    assert!(!bad.path().join("input.json").exists());
}

#[test]
fn the_template_workbook_lacks_nothing_but_rows() {
    for lang in ["zh", "en"] {
        let folder = tempfile::tempdir().expect("a folder");
        lungang(folder.path()).args(["template", "-o", "t.xlsx", "--lang", lang]).assert().code(0);
        let output = lungang(folder.path())
            .args(["validate", "t.xlsx", "--start", "2025-07-01", "--json"])
            .output()
            .expect("run");
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let codes: Vec<&str> = report["problems"]
            .as_array()
            .expect("a list")
            .iter()
            .filter_map(|problem| problem["code"].as_str())
            .collect();
        assert_eq!(codes, ["E0123", "E0123"], "{lang}");
        let first = std::fs::read(folder.path().join("t.xlsx")).expect("read");
        lungang(folder.path()).args(["template", "-o", "again.xlsx", "--lang", lang]).assert().code(0);
        assert_eq!(first, std::fs::read(folder.path().join("again.xlsx")).expect("read"), "the same bytes every time");
    }
}

#[test]
fn the_policy_template_is_accepted_back() {
    let folder = desk(&Sample::good());
    lungang(folder.path()).args(["template", "--policy", "-o", "policy.toml"]).assert().code(0);
    lungang(folder.path()).args(["validate", "data.xlsx", "--policy", "policy.toml"]).assert().code(0);
}

#[test]
fn a_filled_template_reads_back() {
    use lungang::input::{self, ReadOptions, template};
    let bytes = template::filled(lungang::text::Lang::Zh, &Sample::good().tables()).expect("written");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("filled.xlsx");
    std::fs::write(&path, bytes).expect("written");
    let reading = input::read(&path, &ReadOptions::default());
    assert_eq!(crate::input_sample::all_shown(&reading), [""; 0]);
    assert_eq!(reading.rows.people, 5);
}

#[test]
fn a_roster_becomes_the_canonical_workbook() {
    let desk = tempfile::tempdir().expect("a folder");
    let roster = "姓名,单位,现任职务,出生年月,任现岗位时间\n张三,财政局,预算股股长,1985-03,2020-01\n李四,财政局,预算股科员,1990-01,2021-06\n";
    let (gb, ..) = encoding_rs::GB18030.encode(roster);
    std::fs::write(desk.path().join("财政局 花名册.csv"), gb).expect("written");
    let from = |more: &[&str]| {
        let mut command = lungang(desk.path());
        command.args(["template", "--from", "财政局 花名册.csv"]).args(more);
        command
    };
    from(&["-o", "县.xlsx", "--lang", "zh"])
        .assert()
        .code(0)
        .stdout(predicate::str::contains("A0105").and(predicate::str::contains("A0117")))
        .stderr(predicate::str::contains("纳入在职人员 2 人，生成岗位 2 个"));
    lungang(desk.path()).args(["validate", "县.xlsx", "--start", "2026-01-01"]).assert().code(0);
    from(&["-o", "财政局 花名册.csv"]).assert().code(6);
    from(&["-o", "x.xlsx", "--demo"]).assert().code(2);
    from(&["-o", "x.xlsx", "--encoding", "klingon"]).assert().code(1).stdout(predicate::str::contains("E0128"));
    lungang(desk.path()).args(["template", "--from", "nowhere.csv", "-o", "x.xlsx"]).assert().code(1);
    assert!(!desk.path().join("x.xlsx").exists());
}
