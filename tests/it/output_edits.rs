//! A workbook edited by hand and read back; targets that can't be written; batches and candidates.

use super::output::{case, layout, plan};
use lungang::insight::batches::shifts;
use lungang::insight::candidates::Pool;
use lungang::insight::course::Courses;
use lungang::output::read::Change;
use lungang::output::{self, OutputError};
use lungang::rules::Facts;
use lungang::text::Lang;
use lungang_domain::sample::{CaseBuilder, day, moved, policy};
use lungang_domain::{Case, EventKind, Grade, Layout, Policy};
use rstest::rstest;
use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// The workbook's bytes with one text replaced by another, wherever it stands: a hand that edits cells.
pub fn edited(workbook: &Path, changes: &[(&str, &str)]) -> PathBuf {
    edited_in(workbook, "xl/worksheets/sheet1.xml", changes)
}

/// The same in another sheet than the first.
pub fn edited_in(workbook: &Path, sheet: &str, changes: &[(&str, &str)]) -> PathBuf {
    let mut archive = zip::ZipArchive::new(fs::File::open(workbook).unwrap()).unwrap();
    let target = workbook.with_file_name("edited.xlsx");
    let mut copy = zip::ZipWriter::new(fs::File::create(&target).unwrap());
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        if name == sheet {
            let mut text = String::from_utf8(bytes).unwrap();
            for (old, new) in changes {
                assert!(text.contains(old), "{old} is not in the sheet");
                text = text.replace(old, new);
            }
            bytes = text.into_bytes();
        }
        copy.start_file(&*name, zip::write::SimpleFileOptions::default()).unwrap();
        copy.write_all(&bytes).unwrap();
    }
    copy.finish().unwrap();
    target
}

/// The XML of a cell of the first sheet.
pub fn cell(workbook: &Path, at: &str) -> String {
    let mut archive = zip::ZipArchive::new(fs::File::open(workbook).unwrap()).unwrap();
    let mut text = String::new();
    archive.by_name("xl/worksheets/sheet1.xml").unwrap().read_to_string(&mut text).unwrap();
    let start = text.find(&format!("<c r=\"{at}\"")).unwrap_or_else(|| panic!("no cell {at}"));
    let rest = &text[start..];
    let end = match (rest.find("/>"), rest.find("</c>")) {
        (Some(blank), Some(full)) if full < blank || rest[..blank].contains("<v>") => full + 4,
        (Some(blank), _) => blank + 2,
        (None, Some(full)) => full + 4,
        (None, None) => panic!("cell {at} has no end"),
    };
    rest[..end].to_owned()
}

/// The cell of the first sheet under a heading, such as "O4".
pub fn under(workbook: &Path, heading: &str, row: u32) -> String {
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(workbook).unwrap();
    let range = calamine::Reader::worksheet_range_at(&mut book, 0).unwrap().unwrap();
    let headings = range.rows().nth(2).expect("the row of headings");
    let at = headings.iter().position(|cell| *cell == *heading).expect(heading);
    let column = u32::try_from(at).unwrap();
    lungang_domain::Cell { file: String::new(), sheet: String::new(), row: Some(row), column: Some(column) }.a1()
}

/// A cell with a text of its own instead.
pub fn typed(at: &str, text: &str) -> String {
    format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

fn written(folder: &Path) -> PathBuf {
    let (case, policy, plan) = plan(Lang::En);
    let path = folder.join("plan.xlsx");
    output::write(&case, &policy, &plan, &path, Lang::En).unwrap();
    path
}

#[test]
fn edits_are_named_and_change_the_layout_from_their_year_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = written(folder.path());
    // Rows 4 to 7: ann, bob in year 1; dan, eve in year 2.
    let edit = |heading: &str, row: u32, text: &str| {
        let at = under(&path, heading, row);
        (cell(&path, &at), typed(&at, text))
    };
    let changes = [
        edit("New post", 4, "gate Gate gate"),
        edit("Status", 6, "void"),
        edit("Status", 7, "已批准"),
        edit("Done on", 7, "2026/7/3"),
    ];
    let changes: Vec<(&str, &str)> = changes.iter().map(|(old, new)| (old.as_str(), new.as_str())).collect();
    let read = output::read_plan(&edited(&path, &changes)).unwrap();
    let named: Vec<(&str, u32, &Change)> =
        read.edits.iter().map(|edit| (edit.staff.as_str(), edit.year, &edit.change)).collect();
    assert_eq!(
        named,
        [
            ("ann", 1, &Change::NewPost { from: "buy".into(), to: "gate".into() }),
            ("dan", 2, &Change::Void { from: "file".into() }),
            ("eve", 2, &Change::Status(lungang_domain::MoveStatus::Approved)),
            ("eve", 2, &Change::DoneOn(Some(day("2026-07-03")))),
        ]
    );
    assert_eq!(read.edits[0].cell.as_ref().map(lungang_domain::Cell::a1), Some(under(&path, "New post", 4)));
    let posts = |staff: &str| -> Vec<Option<String>> {
        read.plan.layout[staff].iter().map(|place| place.post.clone()).collect()
    };
    let some = |ids: [&str; 4]| ids.map(|id| Some(id.to_owned())).to_vec();
    assert_eq!(posts("ann"), some(["cash", "gate", "gate", "gate"]));
    assert_eq!(posts("dan"), some(["desk", "desk", "desk", "desk"]));
    assert!(read.plan.moves.iter().all(|row| row.staff != "dan"));
    assert_eq!(read.original.layout["ann"][1].post.as_deref(), Some("buy"));
}

#[test]
fn a_changed_date_or_reason_is_named_and_moves_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let path = written(folder.path());
    assert!(output::read_plan(&path).unwrap().edits.is_empty());
    let [date_at, reason_at] = ["Effective date", "Reason"].map(|heading| under(&path, heading, 4));
    let (date, reason) = (cell(&path, &date_at), cell(&path, &reason_at));
    let changes = [(date.as_str(), typed(&date_at, "2026-03-01")), (reason.as_str(), typed(&reason_at, "by order"))];
    let changes: Vec<(&str, &str)> = changes.iter().map(|(old, new)| (*old, new.as_str())).collect();
    let read = output::read_plan(&edited(&path, &changes)).unwrap();
    let named: Vec<&Change> = read.edits.iter().map(|edit| &edit.change).collect();
    assert_eq!(named, [&Change::Derived("date"), &Change::Derived("reason")]);
    assert_eq!(read.plan, read.original);
}

#[test]
fn a_row_that_plans_something_needs_a_staff_id() {
    let folder = tempfile::tempdir().unwrap();
    let path = written(folder.path());
    let at = under(&path, "Staff id", 5);
    let old = cell(&path, &at);
    let problems = output::read_plan(&edited(&path, &[(&old, "")])).unwrap_err();
    assert_eq!(problems.iter().map(|problem| problem.code.as_str()).collect::<Vec<_>>(), ["E0793"]);
    assert_eq!(problems[0].cell.as_ref().map(lungang_domain::Cell::a1), Some(at));
}

#[test]
fn a_mistyped_post_is_named_at_its_cell_with_the_nearest() {
    let folder = tempfile::tempdir().unwrap();
    let path = written(folder.path());
    let at = under(&path, "New post", 5);
    let old = cell(&path, &at);
    let new = typed(&at, "cash Finance cahs");
    let problems = output::read_plan(&edited(&path, &[(&old, &new)])).unwrap_err();
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].code, "E0788");
    assert_eq!(problems[0].cell.as_ref().map(lungang_domain::Cell::a1), Some(at));
    assert_eq!(problems[0].args["near"], "cash Finance cash");
}

#[test]
fn a_name_that_looks_like_a_formula_stays_a_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = written(folder.path());
    let mut archive = zip::ZipArchive::new(fs::File::open(&path).unwrap()).unwrap();
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut text = String::new();
        if name.ends_with(".xml") && entry.read_to_string(&mut text).is_ok() {
            assert!(!text.contains("<f>"), "{name} holds a formula");
        }
    }
    let (case, policy, plan) = plan(Lang::En);
    let csv = folder.path().join("plan/");
    output::write(&case, &policy, &plan, &csv, Lang::En).unwrap();
    for name in output::csv::FILES {
        let text = fs::read_to_string(csv.join(name)).unwrap();
        for field in text.lines().flat_map(|line| line.split(',')) {
            assert!(!field.trim_start_matches('"').starts_with(['=', '@', '+']), "{name}: {field}");
        }
    }
}

#[test]
fn targets_that_cannot_be_written_are_refused_and_left_alone() {
    let (case, policy, plan) = plan(Lang::En);
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &Path| output::write(&case, &policy, &plan, path, Lang::En);
    let code = |path: &Path| write(path).unwrap_err().problem().code;
    assert_eq!(code(&folder.path().join("plan.odt")), "E0601");
    assert_eq!(code(&folder.path().join("plan")), "E0601");
    assert_eq!(code(&folder.path().join("missing/plan.json")), "E0602");

    let locked = folder.path().join("locked.json");
    fs::write(&locked, "old").unwrap();
    let mut permissions = fs::metadata(&locked).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&locked, permissions).unwrap();
    assert_eq!(code(&locked), "E0603");
    assert_eq!(fs::read_to_string(&locked).unwrap(), "old");

    let foreign = folder.path().join("mine/");
    fs::create_dir(&foreign).unwrap();
    fs::write(foreign.join("letter.txt"), "dear").unwrap();
    assert!(matches!(write(&foreign), Err(OutputError::Foreign(_))));
    assert_eq!(fs::read_to_string(foreign.join("letter.txt")).unwrap(), "dear");

    let ours = folder.path().join("ours/");
    write(&ours).unwrap();
    write(&ours).unwrap();
    assert_eq!(fs::read_dir(&ours).unwrap().count(), output::csv::FILES.len());
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 3, "{left:?}");
}

#[cfg(unix)]
#[test]
fn files_are_for_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let (case, policy, plan) = plan(Lang::En);
    let folder = tempfile::tempdir().unwrap();
    for name in ["plan.json", "plan.xlsx", "plan/"] {
        output::write(&case, &policy, &plan, &folder.path().join(name), Lang::En).unwrap();
    }
    let mode = |name: &str| fs::metadata(folder.path().join(name)).unwrap().permissions().mode() & 0o777;
    assert_eq!(
        (mode("plan.json"), mode("plan.xlsx"), mode("plan"), mode("plan/moves.csv")),
        (0o600, 0o600, 0o700, 0o600)
    );
}

/// Posts a to f of one seat; people in a, b, c, e; d and f are vacant; pc leaves in February.
fn small() -> (Case, Policy) {
    let mut build = CaseBuilder::new();
    for id in ["a", "b", "c", "d"] {
        build = build.post(id, "U", "S", |post| post.risk = Grade::High);
    }
    let case = build
        .post("e", "U", "S", |_| ())
        .post("f", "U", "S", |_| ())
        .person("pa", "a", "2015-07-01", |_| ())
        .person("pb", "b", "2016-07-01", |_| ())
        .person("pc", "c", "2017-07-01", |_| ())
        .person("pe", "e", "2018-07-01", |_| ())
        .event("2026-02-01", EventKind::Leave, "pc", "", "")
        .build();
    (case, policy(2))
}

/// Batch numbers and dates of the moves of year 1, by person.
fn batches(case: &Case, policy: &Policy, layout: &Layout) -> Vec<(String, u32, String)> {
    let facts = Facts::new(case, policy);
    let courses = Courses::new(&facts, layout);
    let shown = |shift: &lungang::insight::batches::Shift| {
        (case.person(shift.person).id.to_string(), shift.batch, shift.date.to_string())
    };
    shifts(&facts, &courses, 1).iter().map(shown).collect()
}

#[rstest]
#[case::swap_of_two(&[("pa", "b"), ("pb", "a")], &[("pa", 1, "2025-07-01"), ("pb", 1, "2025-07-01")])]
#[case::chain_into_a_vacancy(&[("pa", "b"), ("pb", "d")], &[("pa", 1, "2025-07-01"), ("pb", 1, "2025-07-01")])]
#[case::chain_waits_for_a_leaver(&[("pa", "b"), ("pb", "c")], &[("pa", 1, "2026-02-01"), ("pb", 1, "2026-02-01")])]
#[case::cycle_of_three(
    &[("pa", "b"), ("pb", "e"), ("pe", "a")],
    &[("pa", 1, "2025-07-01"), ("pb", 1, "2025-07-01"), ("pe", 1, "2025-07-01")]
)]
#[case::apart(&[("pa", "d"), ("pb", "f")], &[("pa", 1, "2025-07-01"), ("pb", 2, "2025-07-01")])]
#[case::waiting_ones_come_last(&[("pa", "c"), ("pb", "d")], &[("pa", 2, "2026-02-01"), ("pb", 1, "2025-07-01")])]
fn batches_are_chains_and_cycles_in_date_order(#[case] moves: &[(&str, &str)], #[case] wanted: &[(&str, u32, &str)]) {
    let (case, policy) = small();
    let mut layout = Facts::new(&case, &policy).nobody_moves;
    for (person, post) in moves {
        layout = moved(&case, &layout, person, 1, post);
    }
    let mut found = batches(&case, &policy, &layout);
    found.sort();
    let wanted: Vec<(String, u32, String)> =
        wanted.iter().map(|(id, batch, date)| ((*id).to_owned(), *batch, (*date).to_owned())).collect();
    assert_eq!(found, wanted);
}

#[test]
fn candidates_are_ranked_by_overdue_then_experience_then_fit() {
    let case = CaseBuilder::new()
        .post("goal", "U", "S", |post| {
            post.development = vec!["front".into()];
            post.level = Some(lungang_domain::RankSpan { low: "无".into(), high: "无".into() });
        })
        .post("hot", "U", "T", |post| {
            post.risk = Grade::High;
            post.headcount = 5;
        })
        .person("due", "hot", "2015-07-01", |_| ())
        .person("fits", "hot", "2021-07-01", |_| ())
        .person("gains", "hot", "2021-07-01", |person| {
            person.reserve = true;
            person.needed = Some(vec!["front".into()]);
        })
        .person("high", "hot", "2010-07-01", |person| person.level = Some("乡科级正职".into()))
        .person("new", "hot", "2025-01-01", |_| ())
        .person("less", "hot", "2021-07-01", |_| ())
        .fit("fits", "goal", 90)
        .fit("less", "goal", 40)
        .fit("gains", "goal", 10)
        .build();
    let policy = policy(1);
    let facts = Facts::new(&case, &policy);
    let layout = moved(&case, &facts.nobody_moves, "fits", 1, "goal");
    let courses = Courses::new(&facts, &layout);
    let best = Pool::new(&facts, &courses, 1, 1).best(case.post_by_id("goal").unwrap());
    let named: Vec<(&str, i32, usize, Option<i64>, bool)> = best
        .iter()
        .map(|one| (case.person(one.person).id.as_str(), one.overdue, one.gains, one.fit, one.chosen))
        .collect();
    assert_eq!(named, [("due", 60, 0, None, false), ("gains", 0, 1, Some(10), false), ("fits", 0, 0, Some(90), true)]);
}

#[test]
fn the_sample_chain_waits_for_the_retirement_and_its_people_are_explained() {
    let (case, policy) = (case(), policy(3));
    let facts = Facts::new(&case, &policy);
    let layout = layout(&case, &policy);
    let courses = Courses::new(&facts, &layout);
    let dates: Vec<String> = shifts(&facts, &courses, 7).iter().map(|shift| shift.date.to_string()).collect();
    assert_eq!(dates, ["2025-07-01", "2025-07-01", "2026-10-01", "2026-10-01"]);
    let (_, _, plan) = plan(Lang::En);
    let reasons: Vec<(&str, &str)> = plan.moves.iter().map(|row| (row.rule.as_str(), row.reason.as_str())).collect();
    insta::assert_debug_snapshot!(reasons);
}
