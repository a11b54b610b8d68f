//! `lungang check` as the user runs it: on the plan as written, on one edited by hand, on what is no plan.

use super::output_edits::{cell, edited, typed, under};
use assert_cmd::Command;
use lungang::input::{self, ReadOptions};
use lungang::output;
use lungang::text::Lang;
use std::fs;
use std::path::Path;

fn lungang(folder: &Path, args: &[&str]) -> assert_cmd::assert::Assert {
    Command::cargo_bin("lungang").unwrap().current_dir(folder).arg("--lang").arg("en").args(args).assert()
}

#[test]
fn check_passes_what_plan_wrote_and_prices_what_a_hand_changed() {
    let folder = tempfile::tempdir().unwrap();
    let options = lungang::demo::Options { people: 30, seed: 3, lang: Lang::En, ..lungang::demo::Options::default() };
    fs::write(folder.path().join("demo.xlsx"), lungang::demo::workbook(&options).unwrap()).unwrap();
    let out = ["-o", "plan.xlsx", "-o", "plan.json", "-o", "plan/"];
    lungang(folder.path(), &[&["plan", "demo.xlsx", "--years", "2", "--quiet"][..], &out].concat()).success();
    // The input itself is no target, under any name.
    let before = fs::read(folder.path().join("demo.xlsx")).unwrap();
    lungang(folder.path(), &["plan", "demo.xlsx", "--quiet", "-o", "plan/../demo.xlsx"])
        .code(6)
        .stderr(predicates::str::contains("E0607"));
    assert_eq!(fs::read(folder.path().join("demo.xlsx")).unwrap(), before);
    for plan in ["plan.xlsx", "plan.json", "plan/"] {
        lungang(folder.path(), &["check", plan, "--input", "demo.xlsx"])
            .success()
            .stdout(predicates::str::contains("Checked: no new breach."));
    }

    // Send the first mover into a post of one seat whose holder never moves.
    let workbook = folder.path().join("plan.xlsx");
    let overrides = vec![("years".to_owned(), "2".to_owned())];
    let reading = input::read(&folder.path().join("demo.xlsx"), &ReadOptions { overrides, ..Default::default() });
    let (case, plan) = (reading.case.unwrap(), output::read_plan(&workbook).unwrap().plan);
    let layout = plan.layout(&case).unwrap();
    let full = case.posts_ix().find(|post| {
        let keeps = |person| (0..=2).all(|t| layout.at(person, t) == lungang_domain::Place::In(*post));
        case.post(*post).headcount == 1 && case.people_ix().any(keeps)
    });
    let full = case.post(full.expect("a full post")).id.to_string();
    let at = under(&workbook, "New post", 4);
    let (old, new) = (cell(&workbook, &at), typed(&at, &full));
    edited(&workbook, &[(&old, &new)]);
    lungang(folder.path(), &["check", "edited.xlsx", "--input", "demo.xlsx"])
        .code(5)
        .stdout(predicates::str::contains("Edited by hand (1):"))
        .stdout(predicates::str::contains(format!("{at}]")))
        .stdout(predicates::str::contains("E0721"));

    let new = typed(&at, "no such post");
    edited(&workbook, &[(&old, &new)]);
    lungang(folder.path(), &["check", "edited.xlsx", "--input", "demo.xlsx"])
        .code(1)
        .stderr(predicates::str::contains(format!("E0788 edited.xlsx [Yearly plan] {at}")));
    lungang(folder.path(), &["check", "none.json", "--input", "demo.xlsx"]).code(1);
    fs::write(folder.path().join("broken.json"), "{").unwrap();
    lungang(folder.path(), &["check", "broken.json", "--input", "demo.xlsx"])
        .code(1)
        .stderr(predicates::str::contains("E0782"));
}
