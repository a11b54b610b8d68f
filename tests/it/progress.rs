//! `lungang progress`: what was carried out of a plan, read from every format, told on the screen and in files.

use super::output::plan;
use super::output_edits::{cell, edited, edited_in, typed, under};
use assert_cmd::Command;
use lungang::insight::progress::State;
use lungang::output::progress::{Names, Progress};
use lungang::output::read::Change;
use lungang::output::{self, ReadPlan};
use lungang::text::Lang;
use lungang_domain::sample::day;
use lungang_domain::{Case, MoveStatus, PlanFile};
use predicates::str::contains;
use rstest::rstest;
use std::fs;
use std::path::{Path, PathBuf};

fn lungang(folder: &Path, lang: &str, args: &[&str]) -> assert_cmd::assert::Assert {
    Command::cargo_bin("lungang").unwrap().current_dir(folder).args(["--lang", lang]).args(args).assert()
}

/// The sample plan as a file: ann and bob in year 1 (2025-07-01), dan and eve in year 2 (2026-10-01).
fn written(folder: &Path, name: &str, change: impl FnOnce(&mut PlanFile)) -> PathBuf {
    let (case, policy, mut plan) = plan(Lang::Zh);
    change(&mut plan);
    let path = folder.join(name);
    output::write(&case, &policy, &plan, &path, Lang::Zh).unwrap();
    path
}

fn report(read: &ReadPlan, as_of: &str, case: Option<&Case>) -> Progress {
    Progress::new(&read.original, &read.plan, day(as_of), false, &Names { case, lang: Lang::Zh })
}

fn states(report: &Progress) -> Vec<(&str, State)> {
    report.items.iter().map(|item| (item.row.staff.as_str(), item.state)).collect()
}

#[test]
fn what_hands_fill_into_a_folder_is_read_in_any_dress() {
    let folder = tempfile::tempdir().unwrap();
    let path = written(folder.path(), "plan/", |_| ());
    let moves = path.join("moves.csv");
    let text = fs::read_to_string(&moves).unwrap();
    // As a spreadsheet saves it: dates in its own dress, statuses in words.
    let filled = text
        .replacen("2025-07-01,1,cash,buy,draft,,", "2025/7/1,1,cash,buy,已到岗,2025年7月3日,2025/7/18", 1)
        .replacen("2025-07-01,1,buy,cash,draft,,", "2025/7/1,1,buy,cash,done,2025.7.1,", 1);
    assert_ne!(filled.matches('年').count(), text.matches('年').count());
    fs::write(&moves, filled).unwrap();
    let read = output::read_plan(&path).unwrap();
    let report = report(&read, "2025-08-25", None);
    assert_eq!(
        states(&report),
        [("ann", State::Late), ("bob", State::InTime), ("dan", State::NotYet), ("eve", State::NotYet)]
    );
    assert_eq!(report.items[0].days_late, 2);
    assert_eq!(report.items[0].row.handed_on, Some(day("2025-07-18")));
    // Bob's post was to be handed over by the 15th.
    assert_eq!((report.total.handover_overdue, report.total.planned, report.total.done()), (1, 2, 2));
}

#[rstest]
#[case("draft,,", "done,soon,", "E0791", "H2")]
#[case("draft,,", "done,2025-07-01,soon", "E0791", "I2")]
#[case("draft,,", "finished,,", "E0790", "G2")]
#[case("2025-07-01,1,cash", "July,1,cash", "E0791", "C2")]
fn what_cannot_be_read_is_told_at_its_cell(#[case] old: &str, #[case] new: &str, #[case] code: &str, #[case] at: &str) {
    let folder = tempfile::tempdir().unwrap();
    let path = written(folder.path(), "plan/", |_| ());
    let moves = path.join("moves.csv");
    let text = fs::read_to_string(&moves).unwrap();
    fs::write(&moves, text.replacen(old, new, 1)).unwrap();
    lungang(folder.path(), "en", &["progress", "plan/", "--as-of", "2025-08-25"])
        .code(1)
        .stderr(contains(format!("{code} moves.csv [moves] {at}")));
}

#[test]
fn a_workbook_filled_in_by_hand_is_counted() {
    let folder = tempfile::tempdir().unwrap();
    let path = written(folder.path(), "plan.xlsx", |_| ());
    let edit = |heading: &str, row: u32, text: &str| {
        let at = under(&path, heading, row);
        (cell(&path, &at), typed(&at, text))
    };
    let changes = [
        edit("状态", 4, "已到岗"),
        edit("完成日期", 4, "2025-07-01"),
        edit("状态", 5, "已到岗"),
        edit("状态", 6, "作废"),
    ];
    let changes: Vec<(&str, &str)> = changes.iter().map(|(old, new)| (old.as_str(), new.as_str())).collect();
    let read = output::read_plan(&edited(&path, &changes)).unwrap();
    let (case, ..) = plan(Lang::Zh);
    let report = report(&read, "2026-12-31", Some(&case));
    assert_eq!(
        states(&report),
        [("ann", State::InTime), ("bob", State::Undated), ("dan", State::Void), ("eve", State::Slipped)]
    );
    let units: Vec<(&str, usize, usize, usize)> =
        report.units.iter().map(|(name, tally)| (name.as_str(), tally.planned, tally.slipped, tally.void)).collect();
    // Of year 2: dan leaves U1, eve U2.
    assert_eq!(units, [("U1", 1, 0, 1), ("U2", 1, 1, 0)]);
    assert_eq!(report.items[3].days_late, 91);
}

#[test]
fn the_hand_over_list_of_a_workbook_is_read_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = written(folder.path(), "plan.xlsx", |plan| {
        plan.moves[0].status = MoveStatus::Done;
        plan.moves[0].done_on = Some(day("2025-07-01"));
        plan.moves[1].handed_on = Some(day("2025-07-10"));
    });
    // A plan with hand-overs comes back as it was written.
    let read = output::read_plan(&path).unwrap();
    assert_eq!(read.edits, []);
    assert_eq!(read.plan.moves[1].handed_on, Some(day("2025-07-10")));
    // The list is the sixth sheet; of its rows the first is ann's, column I the day.
    let sheet = "xl/worksheets/sheet6.xml";
    let mut archive = zip::ZipArchive::new(fs::File::open(&path).unwrap()).unwrap();
    let mut text = String::new();
    std::io::Read::read_to_string(&mut archive.by_name(sheet).unwrap(), &mut text).unwrap();
    let start = text.find("<c r=\"I4\"").unwrap();
    let old = &text[start..start + text[start..].find("/>").unwrap() + 2];
    let read = output::read_plan(&edited_in(&path, sheet, &[(old, &typed("I4", "2025年7月14日"))])).unwrap();
    let named: Vec<(&str, &Change)> = read.edits.iter().map(|edit| (edit.staff.as_str(), &edit.change)).collect();
    assert_eq!(named, [("ann", &Change::HandedOn(Some(day("2025-07-14"))))]);
    assert_eq!(read.edits[0].cell.as_ref().map(lungang_domain::Cell::a1).as_deref(), Some("I4"));
    assert!(!read.edits[0].change.moves());
    assert_eq!(report(&read, "2025-08-25", None).total.handover_overdue, 0);
    let problems = output::read_plan(&edited_in(&path, sheet, &[(old, &typed("I4", "下周"))])).unwrap_err();
    let told: Vec<(&str, String)> = problems
        .iter()
        .map(|problem| (problem.code.as_str(), problem.cell.as_ref().map_or(String::new(), lungang_domain::Cell::a1)))
        .collect();
    assert_eq!(told, [("E0791", "I4".to_owned())]);
}

#[test]
fn dates_that_cannot_be_right_are_told_and_counted_as_said() {
    let folder = tempfile::tempdir().unwrap();
    written(folder.path(), "plan.json", |plan| {
        plan.moves[0].done_on = Some(day("2025-06-01"));
        plan.moves[1].status = MoveStatus::Done;
        plan.moves[1].handed_on = Some(day("2025-07-03"));
        plan.moves[2].done_on = Some(day("2026-12-01"));
        plan.moves[3].status = MoveStatus::Void;
        plan.moves[3].done_on = Some(day("2026-10-01"));
    });
    let ran = lungang(folder.path(), "en", &["progress", "plan.json", "--as-of", "2026-11-25", "--json"]).success();
    let told = String::from_utf8(ran.get_output().stderr.clone()).unwrap();
    for (code, staff) in [("W0790", "ann"), ("W0791", "bob"), ("W0794", "bob"), ("W0792", "dan"), ("W0793", "eve")] {
        assert!(told.lines().any(|line| line.contains(code) && line.contains(staff)), "{code} {staff} in {told}");
    }
    let report: serde_json::Value = serde_json::from_slice(&ran.get_output().stdout).unwrap();
    let states: Vec<&str> =
        report["moves"].as_array().unwrap().iter().map(|row| row["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["in-time", "undated", "slipped", "void"]);
    assert_eq!(report["total"]["planned"], 2);
    assert_eq!((&report["year"], &report["summary"]), (&2.into(), &false.into()));
}

#[test]
fn without_a_day_the_command_to_paste_is_told() {
    let folder = tempfile::tempdir().unwrap();
    written(folder.path(), "plan.json", |plan| plan.policy.calendar.progress_day = Some(25));
    lungang(folder.path(), "en", &["progress", "plan.json"])
        .code(2)
        .stderr(contains("E0905"))
        .stderr(contains("lungang progress plan.json --as-of 2025-07-25"));
    for wrong in ["soon", "2025-08", "2025-02-30"] {
        lungang(folder.path(), "zh", &["progress", "plan.json", "--as-of", wrong]).code(2).stderr(contains("E0906"));
    }
    lungang(folder.path(), "en", &["progress", "none.json", "--as-of", "2025-08-25"]).code(1);
    lungang(folder.path(), "en", &["progress", "plan.json", "--as-of", "2025-08-25", "-o", "p.html"])
        .code(6)
        .stderr(contains("E0601"));
    lungang(folder.path(), "en", &["progress", "plan.json", "--as-of", "2025-08-25", "-o", "plan.json"])
        .code(6)
        .stderr(contains("E0607"));
    lungang(folder.path(), "en", &["progress", "plan.json", "--as-of", "2025-08-25", "-o", "none/p.xlsx"])
        .code(6)
        .stderr(contains("E0602"));
    // A name needs an input to come from.
    lungang(folder.path(), "en", &["progress", "plan.json", "--as-of", "2025-08-25", "--mask"]).code(2);
}

#[test]
fn from_the_day_of_the_summary_on_the_year_is_summed_up() {
    let folder = tempfile::tempdir().unwrap();
    written(folder.path(), "plan.json", |plan| plan.policy.calendar.summary_by = lungang_domain::MonthDay::new(12, 15));
    let run = |more: &[&str]| {
        let ran = lungang(folder.path(), "zh", &[&["progress", "plan.json", "--as-of"], more].concat()).success();
        String::from_utf8(ran.get_output().stdout.clone()).unwrap()
    };
    assert!(run(&["2026-11-25"]).contains("2026年11月轮岗工作进展情况表"));
    assert!(run(&["2026-12-15"]).contains("第2计划年度轮岗工作年终总结表"));
    assert!(run(&["2026-11-25", "--summary"]).contains("第2计划年度轮岗工作年终总结表"));
}

/// A generated unit with a plan, names and all.
fn demo(folder: &Path) {
    lungang(folder, "zh", &["template", "--demo", "--people", "30", "--seed", "3", "-o", "demo/"]).success();
    let mut args = vec!["plan", "demo", "--start", "2026-01-01", "--years", "2", "--quiet"];
    args.extend(["-o", "plan.json", "-o", "plan.xlsx", "-o", "plan/"]);
    lungang(folder, "zh", &args).success();
}

#[test]
fn a_report_is_written_in_every_format_and_repeats() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    demo(folder);
    let common = ["progress", "plan.xlsx", "--as-of", "2026-08-25", "--input", "demo", "--quiet"];
    let names = ["p.xlsx", "p.docx", "p.json"];
    let mut before: Vec<Vec<u8>> = Vec::new();
    for _ in 0..2 {
        let out = ["-o", "p.xlsx", "-o", "p.docx", "-o", "p.json", "-o", "p/"];
        lungang(folder, "zh", &[&common[..], &out].concat()).success();
        let mut bytes: Vec<Vec<u8>> = names.iter().map(|name| fs::read(folder.join(name)).unwrap()).collect();
        bytes.extend(["p/progress.csv", "p/moves.csv"].map(|name| fs::read(folder.join(name)).unwrap()));
        assert!(before.is_empty() || before == bytes);
        before = bytes;
    }
    let report: serde_json::Value = serde_json::from_slice(&before[2]).unwrap();
    let plan: PlanFile = serde_json::from_slice(&fs::read(folder.join("plan.json")).unwrap()).unwrap();
    let year = plan.moves.iter().filter(|row| row.year == 1).count();
    assert!(year > 0);
    assert_eq!(report["total"]["planned"], year);
    // Nothing was filled in: what is due has slipped, by name.
    assert_eq!(
        report["total"]["slipped"].as_u64(),
        Some(plan.moves.iter().filter(|row| row.date < day("2026-08-25")).count() as u64)
    );
    let reading = lungang::input::read(
        &folder.join("demo"),
        &lungang::input::ReadOptions { overrides: vec![("start".into(), "2026-01-01".into())], ..Default::default() },
    );
    let case = reading.case.unwrap();
    let csv = String::from_utf8(before[4].clone()).unwrap();
    let first = &plan.moves[0];
    let name = &case.person(case.person_by_id(&first.staff).unwrap()).name;
    assert!(csv.starts_with('\u{feff}') && csv.contains(name.as_str()) && csv.contains(&first.staff));
    // The same from the other formats.
    for plan in ["plan.json", "plan/"] {
        let ran = lungang(folder, "zh", &["progress", plan, "--as-of", "2026-08-25", "--input", "demo", "--json"]);
        let other: serde_json::Value = serde_json::from_slice(&ran.success().get_output().stdout).unwrap();
        assert_eq!(other, report, "{plan}");
    }
    // A folder with other files is left alone.
    fs::create_dir(folder.join("mine")).unwrap();
    fs::write(folder.join("mine/a.txt"), "a").unwrap();
    lungang(folder, "zh", &[&common[..], &["-o", "mine/"]].concat()).code(6).stderr(contains("E0605"));
}

#[test]
fn a_report_behind_a_mask_names_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    demo(folder);
    let reading = lungang::input::read(
        &folder.join("demo"),
        &lungang::input::ReadOptions { overrides: vec![("start".into(), "2026-01-01".into())], ..Default::default() },
    );
    let case = reading.case.unwrap();
    let out = ["-o", "p.xlsx", "-o", "p.docx", "-o", "p.json", "-o", "p/"];
    let args = [&["progress", "plan.json", "--as-of", "2026-08-25", "--input", "demo", "--mask"][..], &out].concat();
    let ran = lungang(folder, "zh", &args).success();
    let mut texts = vec![
        String::from_utf8(ran.get_output().stdout.clone()).unwrap(),
        String::from_utf8(ran.get_output().stderr.clone()).unwrap(),
        fs::read_to_string(folder.join("p.json")).unwrap(),
        fs::read_to_string(folder.join("p/moves.csv")).unwrap(),
    ];
    for name in ["p.xlsx", "p.docx"] {
        let mut archive = zip::ZipArchive::new(fs::File::open(folder.join(name)).unwrap()).unwrap();
        for at in 0..archive.len() {
            let mut text = String::new();
            std::io::Read::read_to_string(&mut archive.by_index(at).unwrap(), &mut text).unwrap();
            texts.push(text);
        }
    }
    for text in &texts {
        for person in &case.people {
            assert!(!text.contains(&person.name) && !text.contains(person.id.as_str()), "{} in {text}", person.name);
        }
    }
    assert!(texts[0].contains("X0"));

    // A plan that was masked is reported in codes, and by name with its key.
    demo_masked(folder);
    let masked = ["progress", "plan.json", "--as-of", "2026-08-25", "--input", "demo"];
    let ran = lungang(folder, "zh", &masked).success();
    let told = String::from_utf8(ran.get_output().stdout.clone()).unwrap();
    assert!(told.contains("X0") && case.people.iter().all(|person| !told.contains(&person.name)));
    let ran = lungang(folder, "zh", &[&masked[..], &["--mask-key", "key.csv"]].concat()).success();
    let told = String::from_utf8(ran.get_output().stdout.clone()).unwrap();
    assert!(case.people.iter().any(|person| told.contains(&person.name)));
}

fn demo_masked(folder: &Path) {
    let args = ["plan", "demo", "--start", "2026-01-01", "--years", "2", "--quiet", "-o", "plan.json"];
    lungang(folder, "zh", &[&args[..], &["--mask", "--mask-key", "key.csv"]].concat()).success();
}

#[test]
fn an_input_of_other_posts_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    demo(folder);
    fs::create_dir(folder.join("other")).unwrap();
    written(&folder.join("other"), "plan.json", |_| ());
    lungang(folder, "zh", &["progress", "other/plan.json", "--as-of", "2025-08-25", "--input", "demo"])
        .code(1)
        .stderr(contains("E0606"));
}
