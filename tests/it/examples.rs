//! The example programs that turn public data into our input, on the real material where there is any.

use crate::shared_data::shared_data;
use lungang::engine::{Control, Limits, Silent, columns};
use lungang::input::{self, ReadOptions};
use lungang_domain::{Case, Policy, Severity};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::AtomicBool;

#[allow(dead_code, clippy::duplicate_mod)] // its `main` is for the command line; both share `common`
#[path = "../../examples/assign.rs"]
mod assign;
#[allow(dead_code)]
#[path = "../../examples/peer_model/programme.rs"]
mod programme;
#[allow(dead_code, clippy::duplicate_mod)]
#[path = "../../examples/slas.rs"]
mod slas;

fn column(folder: &Path, sheet: &str, column: &str) -> Vec<String> {
    let mut reader = csv::Reader::from_path(folder.join(format!("{sheet}.csv"))).expect("a sheet");
    let position = reader.headers().expect("headings").iter().position(|name| name == column).expect("the column");
    reader.records().map(|row| row.expect("a row").get(position).unwrap_or_default().to_owned()).collect()
}

#[test]
fn a_small_assignment_problem_is_converted() {
    let folder = tempfile::tempdir().expect("a folder");
    assign::convert(" 2\n 1 30\n 100 7\n", folder.path()).expect("a case");
    assert_eq!(column(folder.path(), "fit", "score"), ["100", "71", "1", "94"]);
    assert_eq!(column(folder.path(), "fit", "post"), ["J001", "J002", "J001", "J002"]);
    assert_eq!(column(folder.path(), "staff", "id"), ["W001", "W002"]);
    for broken in ["", "2 1 2 3", "1 0", "1 x"] {
        assert!(assign::convert(broken, folder.path()).is_err(), "{broken} is taken");
    }
}

#[test]
fn the_or_library_problems_are_converted_whole() {
    let Some(data) = shared_data("the_or_library_problems_are_converted_whole") else { return };
    for n in [100, 500] {
        let text = std::fs::read_to_string(data.join(format!("bench/assign{n}.txt"))).expect("the problem");
        let folder = tempfile::tempdir().expect("a folder");
        assign::convert(&text, folder.path()).expect("a case");
        let scores = column(folder.path(), "fit", "score");
        assert_eq!(scores.len(), n * n);
        assert!(scores.iter().all(|score| (1..=100).contains(&score.parse::<i32>().unwrap_or(0))));
    }
}

#[test]
fn officers_at_district_secretariats_in_2024() {
    let Some(data) = shared_data("officers_at_district_secretariats_in_2024") else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let wanted = slas::Wanted { year: 2024, grade: None, workplace: "District Secretariat".into() };
    let report = slas::convert(&data.join("slas"), &wanted, folder.path()).expect("a case");
    assert_eq!(report.officers, 99);
    assert_eq!(report.problems.len(), 1, "{:?}", report.problems);
    assert!(report.problems[0].contains("S0838") && report.problems[0].contains("\"Attached\" is no post"));
    let places: BTreeSet<String> = column(folder.path(), "posts", "unit").into_iter().collect();
    // 25 districts, and five divisional secretariats that the lists call district secretariats.
    let names: Vec<&str> = places.iter().map(|place| place.trim_start_matches("District Secretariat - ")).collect();
    assert_eq!(names.len(), 31, "{names:?}");
    let posts: BTreeSet<String> = column(folder.path(), "posts", "id").into_iter().collect();
    for post in column(folder.path(), "staff", "post") {
        assert!(post.is_empty() || posts.contains(&post), "{post} is no post");
    }
    let since = column(folder.path(), "staff", "post_since");
    assert_eq!(since.iter().filter(|day| day.is_empty()).count(), 1);
    assert!(since.iter().all(|day| day.is_empty() || day.starts_with("≤2021") || day.as_str() >= "2022-01-01"));
}

#[test]
fn repeated_rows_and_blank_workplaces_are_named() {
    let Some(data) = shared_data("repeated_rows_and_blank_workplaces_are_named") else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let mut repeated = 0;
    for year in 2021..=2024 {
        let wanted = slas::Wanted { year, grade: None, workplace: String::new() };
        let report = slas::convert(&data.join("slas"), &wanted, folder.path()).expect("a case");
        repeated += report.problems.iter().filter(|problem| problem.contains("stands twice")).count();
        if year == 2021 {
            assert!(report.problems.iter().any(
                |problem| problem.contains("workplace is blank") || problem.contains("\"Interdicted\" is no post")
            ));
        }
    }
    assert_eq!(repeated, 11);
}

/// The list of 2021 as it was published, its headings told by a table of names: every awkward row is named at its cell.
#[test]
fn the_awkward_rows_of_the_published_list_are_named() {
    let Some(data) = shared_data("the_awkward_rows_of_the_published_list_are_named") else { return };
    let text = std::fs::read_to_string(data.join("slas/officers_2021_2024.csv")).expect("the lists");
    let folder = tempfile::tempdir().expect("a folder");
    let (list, names) = (folder.path().join("list.csv"), folder.path().join("names.tsv"));
    // Officers are known by their number alone, which so stands for the name as well.
    let rows = text.lines().enumerate().filter(|(at, line)| *at == 0 || line.contains(",2021,"));
    let rows: Vec<String> = rows
        .map(|(at, line)| format!("{},{line}", if at == 0 { "name" } else { line.split(',').next().unwrap_or("") }))
        .collect();
    assert_eq!(rows.len() - 1, 2431);
    std::fs::write(&list, rows.join("\n")).expect("written");
    let columns = "staff\t*\tlist\nstaff\tid\tofficer\nstaff\t-\tyear\nstaff\t-\tcurrentSeniorityNo\nstaff\tpost\tpresentPost\n\
                   staff\tunit\tpresentWorkPlace\nstaff\tbirth_date\tdateOfBirth\nstaff\t-\tdateOfEntryToGradeIII\n\
                   staff\tgrade_since\tdateOfPromotionToGradeSP\t1\nstaff\tgrade_since\tdateOfPromotionToGradeI\t2\n\
                   staff\tgrade_since\tdateOfPromotionToGradeII\t3\n";
    std::fs::write(&names, columns).expect("written");
    let set = |key: &str, value: &str| (key.to_owned(), value.to_owned());
    let options = ReadOptions {
        overrides: vec![
            set("input.aliases", &names.display().to_string()),
            set("input.date_order", "mdy"),
            set("ladder.grade", "[\"Grade III\", \"Grade II\", \"Grade I\", \"Special Grade\"]"),
            set("start", "2021-01-01"),
        ],
        ..Default::default()
    };
    let derived = input::derive::workbook(&[list], &options, lungang::text::Lang::En);
    assert!(derived.problems.iter().all(|problem| problem.severity != Severity::Error), "{:#?}", derived.problems);
    let reading = input::from_tables(derived.tables, &options);
    let of = |code: &str| reading.problems.iter().filter(|problem| problem.code == code).count();
    // Three officers twice; nine blank workplaces, of which those of one title make one post.
    assert_eq!(of("E0301"), 3);
    assert_eq!(of("E0302"), 4);
    let rows = &reading.rows;
    assert_eq!(rows.staff_rows, rows.people + rows.unplanned + rows.staff_errors);
}

fn read(folder: &Path, policy: &str) -> (Case, Policy) {
    let policy = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/policies").join(policy);
    let reading =
        input::read(folder, &ReadOptions { policy_file: Some(policy), overrides: Vec::new(), ..Default::default() });
    let sound = reading.problems.iter().all(|problem| problem.severity != Severity::Error);
    assert!(sound, "{:?}", reading.problems);
    (reading.case.expect("a case"), reading.policy.expect("a policy"))
}

#[test]
fn a_converted_assignment_problem_reaches_the_known_optimum() {
    let Some(data) = shared_data("a_converted_assignment_problem_reaches_the_known_optimum") else { return };
    let text = std::fs::read_to_string(data.join("bench/assign100.txt")).expect("the problem");
    let folder = tempfile::tempdir().expect("a folder");
    assign::convert(&text, folder.path()).expect("a case");
    let (case, policy) = read(folder.path(), "assign.toml");
    let stop = AtomicBool::new(false);
    let mut control = Control { limits: Limits::default(), interrupt: &stop, progress: &mut Silent };
    let outcome = columns::solve(&case, &policy, &mut control).expect("a plan");
    let verdict = lungang_check::judge(&case, &policy, &outcome.layout);
    assert!(verdict.breaches.is_empty(), "{:?}", verdict.breaches);
    // Everybody is placed, and the total fit is 101 · 100 less the published optimum of 305.
    assert_eq!(verdict.tiers.iter().map(|tier| tier.value).collect::<Vec<_>>(), [0, 0, 0, 0, 0, 9_795]);
    assert!(outcome.tiers.iter().all(|row| row.bound == Some(row.value)), "{:?}", outcome.tiers);
}

#[test]
fn the_converted_officers_can_be_planned() {
    let Some(data) = shared_data("the_converted_officers_can_be_planned") else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let wanted = slas::Wanted { year: 2024, grade: None, workplace: "District Secretariat".into() };
    slas::convert(&data.join("slas"), &wanted, folder.path()).expect("a case");
    let (case, policy) = read(folder.path(), "slas.toml");
    assert_eq!((case.people.len(), policy.horizon()), (99, 5));
    let idle = lungang_check::nobody_moves(&case, &policy);
    let today = lungang_check::judge(&case, &policy, &idle);
    assert!(today.breaches.is_empty(), "{:?}", today.breaches);
    // With 24 months at high risk there is a backlog to work off.
    assert!(today.tiers[3].value > 1_000, "{:?}", today.tiers);
}

/// All formulations for other solvers have the optimum of the engine in the tiers that are closed one by one, and agree
/// with each other in the merged one.
#[test]
fn a_case_for_other_solvers_is_the_same_in_every_formulation() {
    use lungang::demo::{Options, raw_tables};
    use lungang::engine::solver::{SolveOptions, solve};
    use programme::{Programme, float};
    let reading =
        input::from_tables(raw_tables(&Options { people: 22, ..Options::default() }), &ReadOptions::default());
    let (case, policy) = (reading.case.expect("a case"), reading.policy.expect("a policy"));
    let close = |mut programme: Programme| -> Vec<i64> {
        let mut closed = Vec::new();
        for aim in &programme.aims {
            programme.model.columns.iter_mut().for_each(|column| column.objective = 0.0);
            for (column, weight) in &aim.losses {
                programme.model.columns[*column].objective = float(*weight);
            }
            let value = solve(&programme.model, &SolveOptions::default()).objective.expect("solved");
            programme.model.row(f64::NEG_INFINITY, float(value), aim.terms());
            closed.push(value);
        }
        closed
    };
    let compact = close(Programme::compact(&case, &policy).expect("a programme"));
    assert_eq!(compact, close(Programme::paths(&case, &policy, 100_000).expect("few paths")));
    assert_eq!(compact, close(Programme::flow(&case, &policy)));
    let stop = AtomicBool::new(false);
    let mut control = Control { limits: Limits::default(), interrupt: &stop, progress: &mut Silent };
    let tiers = columns::solve(&case, &policy, &mut control).expect("a plan").tiers;
    assert_eq!(compact[..3], tiers[..3].iter().map(|tier| tier.value).collect::<Vec<_>>());
    assert!(Programme::paths(&case, &policy, 100).is_err(), "too many paths");
}
