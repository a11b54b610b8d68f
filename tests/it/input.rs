//! The known-good example is read the same from every kind of file, and every message has its sentences.

use crate::input_sample::{Sample, all_shown};
use lungang::input::{self, ReadOptions, export};
use lungang::text::{self, Lang};
use lungang_domain::codes::CODES;
use lungang_domain::words::{Grade, Lead, StaffingKind};
use lungang_domain::{Case, Problem, RankSpan, Unit};

#[test]
fn the_good_example_is_read_without_a_word() {
    let reading = Sample::good().read();
    assert_eq!(all_shown(&reading), ["A0302 staff!E7"; 0]);
    let case = reading.case.expect("a case");
    let ids: Vec<&str> = case.people.iter().map(|person| person.id.as_str()).collect();
    assert_eq!(ids, ["1001", "1002", "1003", "1004", "1006"]);
    assert_eq!(case.unplanned.len(), 1);
    assert_eq!(case.unplanned[0].status, "退休");
    let rows = &reading.rows;
    assert_eq!((rows.staff_rows, rows.people, rows.unplanned, rows.staff_errors), (6, 5, 1, 0));
    let post = case.post(case.post_by_id("P02").expect("P02"));
    assert_eq!(post.grade, Some(RankSpan { low: "四级主任科员".into(), high: "一级主任科员".into() }));
    assert_eq!(post.staffing_kinds, [StaffingKind::Administrative, StaffingKind::Quasi]);
    assert_eq!(post.reports_to, case.post_by_id("P01"));
    let treasurer = case.person(case.person_by_id("1003").expect("1003"));
    assert_eq!(treasurer.post, case.post_by_id("P03"), "by unit and title");
    assert_eq!(treasurer.also_posts, [case.post_by_id("P02").expect("P02")]);
    assert!(case.person(case.person_by_id("1002").expect("1002")).post_since.expect("known").at_least);
    assert_eq!(case.person(case.person_by_id("1006").expect("1006")).post, None, "outside until the event");
    let score = |staff: &str, post: &str| {
        case.fit.get(case.person_by_id(staff).expect("known"), case.post_by_id(post).expect("known"))
    };
    assert_eq!((score("1002", "P01"), score("1002", "P02"), score("1001", "P02")), (Some(71), Some(90), None));
    assert_eq!(case.events.len(), 5);
    assert_eq!(case.decisions.len(), 3);
    assert_eq!(case.post(case.post_by_id("P01").expect("P01")).lead, Lead::Head);
    assert_eq!(case.risks.len(), 2);
    assert_eq!(case.risks[1].posts.len(), 2);
    let policy = reading.policy.expect("a policy");
    assert_eq!(
        (policy.start.to_string(), policy.as_of.to_string(), policy.years),
        ("2025-07-01".into(), "2025-06-30".into(), 3)
    );
}

/// What a case says, without where it was read.
fn facts(case: &Case) -> String {
    let mut case = case.clone();
    case.origins = Default::default();
    case.notes.clear();
    case.people.iter_mut().for_each(|person| person.row = Default::default());
    case.unplanned.iter_mut().for_each(|row| row.row = Default::default());
    case.posts.iter_mut().for_each(|post| post.row = Default::default());
    case.units.iter_mut().for_each(|unit: &mut Unit| unit.row = None);
    case.risks.iter_mut().for_each(|row| row.row = Default::default());
    case.events.iter_mut().for_each(|row| row.row = Default::default());
    case.decisions.iter_mut().for_each(|row| row.row = Default::default());
    format!("{case:#?}")
}

#[test]
fn csv_and_workbook_say_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let sample = Sample::good();
    sample.write_csv(folder.path());
    let elsewhere = tempfile::tempdir().expect("a folder");
    let book = elsewhere.path().join("book.xlsx");
    sample.write_xlsx(&book);
    let wanted = facts(&sample.read().case.expect("a case"));
    for path in [folder.path(), &book] {
        let reading = input::read(path, &ReadOptions::default());
        assert_eq!(all_shown(&reading), [""; 0]);
        assert_eq!(facts(&reading.case.expect("a case")), wanted);
        assert_eq!(reading.input_hash.len(), 64);
    }
}

#[test]
fn committed_ods_and_xls_say_the_same() {
    let wanted = facts(&Sample::good().read().case.expect("a case"));
    for name in ["good.ods", "good.xls"] {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name);
        let reading = input::read(&path, &ReadOptions::default());
        assert_eq!(all_shown(&reading), [""; 0], "{name}");
        assert_eq!(facts(&reading.case.expect("a case")), wanted, "{name}");
    }
}

#[test]
fn shuffled_rows_give_the_same_facts() {
    let mut sample = Sample::good();
    let wanted = facts(&sample.read().case.expect("a case"));
    for (name, rows) in &mut sample.sheets {
        if name != "risks" {
            rows[1..].reverse();
        }
    }
    assert_eq!(facts(&sample.read().case.expect("a case")), wanted);
}

#[test]
fn chinese_headings_sheets_and_words_are_read() {
    let mut sample = Sample::good();
    let wanted = facts(&sample.read().case.expect("a case"));
    for (name, rows) in &mut sample.sheets {
        let sheet = lungang::input::schema::sheet(name).expect("known");
        for heading in &mut rows[0] {
            // Padded to width, as rosters do.
            *heading = sheet.column(heading).expect("known").zh.replace("姓名", "姓　名");
        }
        *name = sheet.zh.to_owned();
    }
    let events = [
        ("recruit", "录用"),
        ("absent", "离岗"),
        ("new_post", "新设岗位"),
        ("leave", "调出"),
        ("close_post", "撤销岗位"),
    ];
    for row in sample.rows("变动") {
        if let Some((_, zh)) = events.iter().find(|(en, _)| *en == row[1]) {
            row[1] = (*zh).to_owned();
        }
    }
    let reading = sample.read();
    assert_eq!(all_shown(&reading), [""; 0]);
    assert_eq!(facts(&reading.case.expect("a case")), wanted);
}

#[test]
fn the_fit_matrix_says_the_same_as_the_long_form() {
    let mut sample = Sample::good();
    let wanted = facts(&sample.read().case.expect("a case"));
    *sample.rows("fit") =
        ["staff|P01|P02", "1001|80|", "1002|70.5|90"].map(|line| line.split('|').map(str::to_owned).collect()).to_vec();
    assert_eq!(facts(&sample.read().case.expect("a case")), wanted);
}

#[test]
fn an_exported_input_reads_back_to_the_same_case() {
    let folder = tempfile::tempdir().expect("a folder");
    // With notes of every sort: months without day, a blank headcount, an unknown column, many alike.
    let mut sample = Sample::good()
        .set("staff", 2, "birth_date", "1985-03")
        .set("posts", 4, "headcount", "")
        .set("staff", 3, "post_since", "")
        .add_column("staff", &["备注", "x"]);
    for number in 0..30 {
        let id = format!("2{number:03}");
        sample = sample.add_row(
            "staff",
            &[
                ("id", &id),
                ("name", "某人"),
                ("status", "在职"),
                ("post", "P04"),
                ("unit", "财政局"),
                ("birth_date", "1990-02"),
            ],
        );
    }
    let elsewhere = tempfile::tempdir().expect("a folder");
    let book = elsewhere.path().join("book.xlsx");
    sample.write_xlsx(&book);
    let (first, text) = export::export(&book, &ReadOptions::default());
    assert!(!first.has_errors(), "{:?}", all_shown(&first));
    let file = folder.path().join("input.json");
    std::fs::write(&file, text.expect("exported")).expect("written");
    let second = input::read(&file, &ReadOptions::default());
    assert_eq!(second.problems, first.problems);
    assert_eq!(second.case, first.case);
    assert_eq!(second.policy, first.policy);
    assert!(all_shown(&second).iter().any(|line| line.starts_with("W0199")));
    let (_, again) = export::export(&file, &ReadOptions::default());
    assert_eq!(again.expect("exported"), std::fs::read_to_string(&file).expect("read"));
}

#[test]
fn a_plain_json_input_needs_no_places() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("x.json");
    let text = r#"{"schema_version": 1, "kind": "input", "sheets": [
        {"sheet": "staff", "rows": [{"id": 7, "name": "甲", "status": "在职", "post": "P1", "post_since": "2020-01-01", "needed": []}]},
        {"sheet": "posts", "rows": [{"id": "P1", "unit": "U", "title": "t", "headcount": 1, "risk": "low"}]},
        {"sheet": "settings", "rows": [{"key": "start", "value": "2025-07-01"}]}]}"#;
    std::fs::write(&file, text).expect("written");
    let reading = input::read(&file, &ReadOptions::default());
    assert_eq!(all_shown(&reading), ["A0342"]);
    let case = reading.case.expect("a case");
    assert_eq!(case.people[0].needed, Some(vec![]));
    assert_eq!(case.post(case.post_by_id("P1").expect("P1")).risk, Grade::Low);
}

const FACTS: &[&str] = &[
    "value",
    "months",
    "near",
    "column",
    "words",
    "least",
    "most",
    "first",
    "into",
    "into_title",
    "last",
    "file",
    "reason",
    "limit",
    "offset",
    "sheet",
    "zh",
    "missing",
    "elsewhere",
    "wanted",
    "code",
    "count",
    "rows",
    "date",
    "as_of",
    "basis",
    "start",
    "from",
    "until",
    "must",
    "should",
    "before",
    "post",
    "unit",
    "section",
    "seats",
    "holders",
    "given",
    "listed",
    "staff",
    "year",
    "years",
    "key",
    "twice",
    "new",
    "more",
    "title",
    "rule",
    "command",
    "input",
    "example",
    "posts",
    "encoding",
    "titles",
    "headings",
    "totals",
    "remarks",
    "padding",
    "from",
    "list",
    "product",
    "number",
    "scenario",
    "later",
    "rows",
    "major",
    "certificates",
    "domain",
    "level",
    "seniority",
    "training",
    "wishes",
    "suggested",
];

#[test]
fn every_code_of_reading_has_both_sentences_in_both_languages() {
    let ours = CODES.iter().filter(|code| ("01".."06").contains(&&code[1..3]));
    // Whatever a sentence may ask for: without its facts it would not be found at all.
    let args: Vec<(&str, &str)> = FACTS.iter().map(|fact| (*fact, "x")).collect();
    for code in ours {
        for lang in [Lang::Zh, Lang::En] {
            assert!(text::try_say(lang, code, &args).is_some(), "{code} {lang:?}");
            let todo = text::try_say(lang, &format!("{code}.todo"), &args);
            // Assumptions, and the lines that stand for many, need no remedy of their own.
            assert_eq!(todo.is_some(), !code.starts_with('A') && *code != "W0199", "{code} {lang:?}");
        }
    }
}

#[test]
fn every_column_and_every_key_is_explained_in_both_languages() {
    for lang in [Lang::Zh, Lang::En] {
        for sheet in lungang::input::schema::SHEETS.iter() {
            for column in &sheet.columns {
                let meaning = lungang::input::template::meaning(lang, sheet.name, column.name);
                assert!(meaning.is_some(), "{} {} {lang:?}", sheet.name, column.name);
            }
        }
        for key in lungang::input::policy::keys::KEYS {
            for part in ["", ".source"] {
                let id = format!("key-{}{part}", key.path.replace('.', "-"));
                assert!(text::try_say(lang, &id, &[]).is_some(), "{id} {lang:?}");
            }
        }
    }
}

#[test]
fn sentences_name_every_fact() {
    // A fact that a sentence wants and the problem lacks would stand as {$fact} in the message.
    for problem in crate::input_broken::every_problem() {
        for lang in [Lang::Zh, Lang::En] {
            let sentence = text::problem(lang, &problem);
            assert_ne!(sentence.cause, problem.code, "{lang:?}: a fact is missing: {:?}", problem.args);
            assert_eq!(
                sentence.todo.is_empty(),
                problem.code.starts_with('A') || problem.code == "W0199",
                "{problem:?}"
            );
            for part in [&sentence.cause, &sentence.todo] {
                assert!(
                    !part.contains('{') && !part.contains("mean none") && !part.contains("：none"),
                    "{lang:?} {}: {part}",
                    problem.code
                );
            }
        }
    }
}

#[test]
fn a_start_date_missing_everywhere_is_told_apart() {
    let reading = Sample::good().drop_sheet("settings").read();
    assert_eq!(all_shown(&reading), [input::NO_START]);
    assert!(reading.lacks_only_start());
    assert!(reading.case.is_none() && reading.policy.is_none());
    let options = ReadOptions { overrides: vec![("start".into(), "2025-07-01".into())], ..Default::default() };
    let reading = input::from_tables(Sample::good().drop_sheet("settings").tables(), &options);
    assert!(reading.case.is_some());
    let problem: &Problem = &Sample::good().drop_sheet("settings").set("staff", 2, "id", "").read().problems[0].clone();
    assert!(problem.code.starts_with('E'));
}

#[test]
#[ignore = "writes the workbook that tests/fixtures/good.ods and good.xls were converted from"]
fn write_the_good_workbook() {
    Sample::good().write_xlsx(&std::env::temp_dir().join("good.xlsx"));
}
