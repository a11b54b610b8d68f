//! Computed fit from the sheets to the papers: when it is computed, what is told, that engines and checker count by it, and
//! that it never stands unmarked.

use crate::differential::{ENGINES, agree, brute_force, figures, run, seeds, values};
use crate::input_sample::{Sample, all_shown};
use crate::random_cases::{Dice, SMALL, Size, TINY, random_case};
use assert_cmd::Command;
use lungang::engine::compact;
use lungang::input::{self, ReadOptions, Reading};
use lungang_check::{judge, nobody_moves};
use lungang_domain::fit::{Part, Source};
use lungang_domain::policy::FitCompute;
use lungang_domain::{Case, HistoryRow, Policy, PostIx, RowRef, add_months};
use rstest::rstest;
use std::fs;
use std::io::Read;
use std::path::Path;

/// A random case with what the model looks at, and the model on: for all pairs where no score is given, else for those
/// without one. Random cases themselves have it off, so that their seeds mean what they always did.
fn computed_case(seed: u64, size: Size) -> (Case, Policy) {
    let (mut case, mut policy) = random_case(seed, size);
    let mut dice = Dice::new(seed ^ 0xF17);
    for post in &mut case.posts {
        if dice.percent(70) {
            post.domain = Some((*dice.pick(&["财务", "财务·出纳", "业务"])).to_owned());
        }
    }
    let posts = case.posts.len();
    let start = policy.start;
    let before = |dice: &mut Dice| add_months(start, i32::try_from(-dice.range(1, 90)).unwrap());
    for at in 0..case.people.len() {
        let person = &mut case.people[at];
        person.level_since = dice.percent(60).then(|| before(&mut dice));
        person.grade_since = dice.percent(60).then(|| before(&mut dice));
        person.law_hours = dice.percent(60).then(|| f64::from(u32::try_from(dice.range(0, 30)).unwrap()));
        person.wishes = if dice.percent(30) { vec!["希望到乙局工作".to_owned()] } else { Vec::new() };
        person.suggested_posts = if dice.percent(30) { vec![PostIx(dice.below(posts))] } else { Vec::new() };
        if dice.percent(50) {
            case.history.push(HistoryRow {
                staff: lungang_domain::PersonIx(at),
                post: None,
                domain: Some((*dice.pick(&["财务", "业务"])).to_owned()),
                from: Some(before(&mut dice)),
                to: Some(before(&mut dice)),
                row: RowRef::default(),
            });
        }
    }
    policy.fit.compute = if case.fit.given { FitCompute::Missing } else { FitCompute::Absent };
    policy.fit.weights.domain = u32::try_from(dice.range(0, 60)).unwrap();
    policy.fit.weights.suggested = u32::try_from(dice.range(0, 60)).unwrap();
    case.compute_fit(&policy);
    (case, policy)
}

#[test]
fn engines_and_brute_force_agree_by_computed_fit() {
    let (mut tried, mut computed, mut changed) = (0, 0, 0);
    let mut wrong = Vec::new();
    for seed in seeds() {
        for (size, limit) in [(TINY, 2_000), (SMALL, 500)] {
            let (case, policy) = computed_case(seed, size);
            let Some(best) = brute_force(&case, &policy, limit) else { continue };
            tried += 1;
            computed += usize::from(case.fit.model().is_some());
            for (name, engine) in ENGINES {
                let found = values(&policy, run(*engine, &case, &policy));
                if found != best {
                    wrong.push(format!("seed {seed}: {name} {found:?}, brute force {best:?}"));
                }
            }
            let mut without = case.clone();
            without.compute_fit(&Policy { fit: lungang_domain::sample::policy(1).fit, ..policy.clone() });
            changed += usize::from(values(&policy, run(compact::solve, &without, &policy)) != best);
        }
    }
    println!("{tried} cases, {computed} with computed scores, {changed} of them with other tiers than without");
    assert!(tried > 0 && computed * 2 > tried && changed * 8 > tried);
    agree(&wrong);
}

#[test]
fn plans_by_computed_fit_are_clean_and_count_as_the_checker_counts() {
    let mut wrong = Vec::new();
    for seed in seeds() {
        let (case, policy) = computed_case(seed, SMALL);
        for (name, engine) in ENGINES {
            let Ok(outcome) = run(*engine, &case, &policy) else { continue };
            let verdict = judge(&case, &policy, &outcome.layout);
            let claimed: Vec<i64> = outcome.tiers.iter().map(|row| row.value).collect();
            if !verdict.clean() || claimed != figures(&verdict) {
                wrong.push(format!("seed {seed}: {name} claims {claimed:?}, judged {verdict:?}"));
            }
        }
    }
    agree(&wrong);
}

#[test]
fn random_cases_have_no_computed_fit_of_their_own() {
    for seed in 0..50 {
        let (case, policy) = random_case(seed, SMALL);
        assert!(case.fit.model().is_none() && policy.fit.compute == FitCompute::Never);
        assert_eq!(nobody_moves(&case, &policy), nobody_moves(&computed_case(seed, SMALL).0, &policy));
    }
}

fn without_scores() -> Sample {
    Sample::good().drop_sheet("fit")
}

fn read(sample: &Sample, overrides: &[(&str, &str)]) -> Reading {
    let overrides = overrides.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
    input::from_tables(sample.tables(), &ReadOptions { overrides, ..Default::default() })
}

/// What is told of the model.
fn told(reading: &Reading) -> Vec<String> {
    let ours = ["A0340", "A0341", "A0342", "W0340", "E0420"];
    all_shown(reading).into_iter().filter(|line| ours.iter().any(|code| line.starts_with(code))).collect()
}

#[rstest]
#[case(true, "absent", &[])]
#[case(true, "missing", &["A0341"])]
#[case(true, "never", &[])]
#[case(false, "absent", &["A0340"])]
#[case(false, "missing", &["A0340"])]
#[case(false, "never", &[])]
fn whether_scores_are_computed_is_told(#[case] sheet: bool, #[case] compute: &str, #[case] wanted: &[&str]) {
    let sample = if sheet { Sample::good() } else { without_scores() };
    let reading = read(&sample, &[("fit.compute", compute)]);
    assert_eq!(told(&reading), wanted);
    let case = reading.case.expect("a case");
    assert_eq!(case.fit.model().is_some(), !wanted.is_empty());
    let (zhang, li) = (case.person_by_id("1001").expect("known"), case.person_by_id("1002").expect("known"));
    let source = |person, post: &str| case.fit.source(person, case.post_by_id(post).expect("known"));
    assert_eq!(source(zhang, "P01"), if sheet { Some(Source::Given) } else { told_source(wanted) });
    assert_eq!(source(li, "P05"), None, "neither rank nor field is asked for");
    assert_eq!(source(zhang, "P02"), told_source(wanted));
}

fn told_source(told: &[&str]) -> Option<Source> {
    (!told.is_empty()).then_some(Source::Computed)
}

#[test]
fn a_score_in_the_roster_is_a_given_score() {
    let sample = without_scores().add_column("staff", &["fit", "77"]);
    let reading = read(&sample, &[]);
    assert_eq!(told(&reading), [""; 0]);
    assert!(reading.case.expect("a case").fit.model().is_none());
    assert_eq!(told(&read(&sample, &[("fit.compute", "missing")])), ["A0341"]);
}

#[test]
fn what_the_model_has_to_go_by_is_told() {
    let sample = without_scores()
        .add_column("posts", &["domain", "预算", "预算", "国库"])
        .add_column("staff", &["wishes", "愿到审计局工作；服从组织安排", "不愿离开财政局"])
        .add_sheet("history", "staff|domain|from|to\n1001|国库|2010-01-01|2015-01-01");
    let reading = read(&sample, &[]);
    assert_eq!(told(&reading), ["A0340", "W0340"]);
    let args = |code: &str| &reading.problems.iter().find(|one| one.code == code).expect("told").args;
    assert_eq!(args("W0340")["count"], "2");
    let found: Vec<&str> = Part::ALL.iter().map(|part| args("A0340")[part.key()].as_str()).collect();
    assert_eq!(found, ["0/0", "0/0", "3/3", "5/2", "0/2", "0", "1/6", "0/6"]);
    assert_eq!(told(&read(&sample, &[("fit.weights.wishes", "0")])), ["A0340"]);
}

#[test]
fn where_nothing_can_be_computed_it_is_told() {
    let sample = ["level", "grade"].iter().fold(without_scores(), |sample, column| sample.drop_column("posts", column));
    let reading = read(&sample, &[]);
    assert_eq!(told(&reading), ["A0342"]);
    assert!(reading.case.expect("a case").fit.model().is_none());
}

#[test]
fn weights_that_compute_nothing_are_an_error_at_their_cell() {
    let none = ["major", "certificates", "domain", "level", "wishes", "suggested"];
    let sample = none.iter().fold(without_scores(), |sample, part| {
        sample.add_row("settings", &[("key", &format!("fit.weights.{part}")), ("value", "0")])
    });
    let first = 5;
    assert_eq!(told(&read(&sample, &[])), [format!("E0420 settings!B{first}")]);
    assert_eq!(told(&read(&sample, &[("fit.compute", "never")])), [""; 0]);
    assert_eq!(told(&read(&sample, &[("fit.weights.level", "1")])), ["A0340"]);
}

fn lungang(folder: &Path, args: &[&str]) -> String {
    let ran = Command::cargo_bin("lungang").unwrap().current_dir(folder).args(args).assert().success();
    String::from_utf8(ran.get_output().stdout.clone()).unwrap()
}

/// A generated department without its scores.
fn department(folder: &Path, lang: &str) {
    lungang(folder, &["template", "--demo", "--people", "40", "--seed", "3", "-o", "demo/", "--lang", lang]);
    fs::remove_file(folder.join("demo/fit.csv")).unwrap();
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}

#[test]
fn an_export_marks_what_was_computed_and_reads_back_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    department(folder, "zh");
    lungang(folder, &["export", "demo", "-o", "one.json"]);
    lungang(folder, &["export", "one.json", "-o", "two.json"]);
    let file = |name: &str| -> serde_json::Value { serde_json::from_str(&text(&folder.join(name))).unwrap() };
    let (one, two) = (file("one.json"), file("two.json"));
    let scores = one["computed_fit"].as_array().expect("scores");
    assert!(scores.len() >= 30 && scores.iter().all(|score| score["source"] == "computed"));
    assert!(scores.iter().all(|score| score["parts"].as_object().is_some_and(|parts| !parts.is_empty())));
    assert_eq!(one["computed_fit"], two["computed_fit"]);
    let of = |name: &str| input::read(&folder.join(name), &ReadOptions::default());
    let (straight, again) = (of("demo"), of("one.json"));
    let (a, b) = (straight.case.expect("a case"), again.case.expect("a case"));
    for person in a.people_ix() {
        for post in a.posts_ix() {
            assert_eq!(a.fit.get(person, post), b.fit.get(person, post));
            assert_eq!(a.fit.source(person, post), b.fit.source(person, post));
        }
    }
    // An export says nothing of a model that the next reading has turned off.
    let off = ReadOptions { overrides: vec![("fit.compute".into(), "never".into())], ..Default::default() };
    let off = input::read(&folder.join("one.json"), &off);
    assert!(off.case.expect("a case").fit.model().is_none());
    assert!(!off.problems.iter().any(|problem| problem.code == "A0340"));
}

#[rstest]
#[case("zh", "（测算）", "测算匹配度", "匹配度测算明细表", "匹配度（测算）由")]
#[case("en", " (computed)", "computed fit", "Computed fit and its parts", "Computed fit")]
fn computed_fit_is_marked_on_every_paper(
    #[case] lang: &str,
    #[case] mark: &str,
    #[case] candidate: &str,
    #[case] title: &str,
    #[case] reason: &str,
) {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    department(folder, lang);
    let targets = ["-o", "p.json", "-o", "p.xlsx", "-o", "p/", "-o", "p.html", "--per-unit", "units", "--lang", lang];
    lungang(folder, &[&["plan", "demo", "--rounds", "60", "--set", "fit.weights.domain=40"][..], &targets].concat());
    let html = text(&folder.join("p.html"));
    for word in [candidate, title, reason] {
        assert!(html.contains(word), "{word}");
    }
    let mut workbook = zip::ZipArchive::new(fs::File::open(folder.join("p.xlsx")).unwrap()).unwrap();
    let mut words = String::new();
    workbook.by_name("xl/sharedStrings.xml").unwrap().read_to_string(&mut words).unwrap();
    for word in [mark, candidate, reason] {
        assert!(words.contains(word), "{word}");
    }
    let moves = text(&folder.join("p/moves.csv"));
    assert!(moves.contains(reason));
    let parts = text(&folder.join("p/fit_parts.csv"));
    let mut lines = parts.trim_start_matches('\u{feff}').lines();
    assert_eq!(
        lines.next(),
        Some("staff,post,fit,source,major,certificates,domain,level,seniority,training,wishes,suggested")
    );
    let lines: Vec<Vec<&str>> = lines.map(|line| line.split(',').collect()).collect();
    // Everybody who moves, where they were and where they go.
    for row in moves.lines().skip(1) {
        let cells: Vec<&str> = row.split(',').collect();
        for post in [cells[4], cells[5]].into_iter().filter(|post| !post.is_empty()) {
            assert!(lines.iter().any(|line| line[0] == cells[0] && line[1] == post), "{row}");
        }
    }
    assert!(lines.iter().all(|line| line[3] == "computed" || line[3] == "missing"));
    assert!(text(&folder.join("p/metrics.csv")).contains("fit_computed"));
    assert!(text(&folder.join("p/assumptions.csv")).contains("A0340"));
    // The checker reads the input by the plan's own keys, whatever the defaults are.
    for plan in ["p.json", "p.xlsx", "p/"] {
        lungang(folder, &["check", plan, "--input", "demo", "--quiet"]);
    }
    // A second run may replace the folder, and has the same bytes.
    let first = fs::read(folder.join("p.xlsx")).unwrap();
    lungang(folder, &[&["plan", "demo", "--rounds", "60", "--set", "fit.weights.domain=40"][..], &targets].concat());
    assert!(first == fs::read(folder.join("p.xlsx")).unwrap());
    assert_eq!(parts, text(&folder.join("p/fit_parts.csv")));
}

#[test]
fn without_the_model_nothing_speaks_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    department(folder, "zh");
    lungang(folder, &["plan", "demo", "--rounds", "5", "--set", "fit.compute=never", "-o", "p/", "-o", "p.html"]);
    assert!(!folder.join("p/fit_parts.csv").exists());
    assert!(!text(&folder.join("p.html")).contains("匹配度测算明细表"));
    assert!(!text(&folder.join("p/metrics.csv")).contains("fit_computed"));
}

#[test]
fn parts_of_fit_are_masked_like_everything_else() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    department(folder, "zh");
    let args = ["plan", "demo", "--rounds", "25", "--mask", "--mask-key", "key.csv", "-o", "p/", "-o", "p.html"];
    lungang(folder, &args);
    let case = input::read(&folder.join("demo"), &ReadOptions::default()).case.expect("a case");
    let parts = text(&folder.join("p/fit_parts.csv"));
    assert!(parts.lines().skip(1).all(|line| line.starts_with('X')), "{parts}");
    let papers = parts + &text(&folder.join("p.html"));
    for person in &case.people {
        assert!(!papers.contains(person.id.as_str()) && !papers.contains(&person.name), "{}", person.id);
    }
    lungang(folder, &["check", "p/", "--input", "demo", "--mask-key", "key.csv", "--quiet"]);
}
