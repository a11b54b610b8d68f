//! The workbook as it prints: paper, print area, headings on each page, row heights, what an empty table says.

use super::output::plan;
use lungang::insight::assemble;
use lungang::output::{self, report::Report, report::Table, report::Value};
use lungang::rules::Facts;
use lungang::text::Lang;
use lungang_domain::plan::Provenance;
use lungang_domain::sample::{CaseBuilder, day, moved, policy};
use lungang_domain::words::Sex;
use lungang_domain::{Case, DecisionKind, EventKind, Grade, Lead, Person, PlanFile, Policy, RankSpan, StaffingKind};
use std::fs;
use std::io::Read;
use std::path::Path;

fn part(workbook: &Path, name: &str) -> String {
    let mut archive = zip::ZipArchive::new(fs::File::open(workbook).unwrap()).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn sheets(workbook: &Path) -> usize {
    let archive = zip::ZipArchive::new(fs::File::open(workbook).unwrap()).unwrap();
    archive.file_names().filter(|name| name.as_ref().unwrap().starts_with("xl/worksheets/sheet")).count()
}

/// One unit of a long name; a person of a long name, decided with a long reason; one post closes.
fn long() -> (Case, Policy, PlanFile) {
    let why = "经局党组会议集体研究，为加强权力运行制约监督、优化干部队伍结构，同意交流。".repeat(4);
    let case = CaseBuilder::new()
        .post("a", "某自治州住房和城乡建设局（人民防空办公室）", "股", |post| {
            post.risk = Grade::High
        })
        .post("b", "某自治州住房和城乡建设局（人民防空办公室）", "股", |_| ())
        .post("c", "某自治州住房和城乡建设局（人民防空办公室）", "股", |_| ())
        .person("x", "a", "2015-07-01", |person| {
            person.name = "阿卜杜热合曼·买买提艾力".into();
            person.level = Some("无".into());
            person.grade = Some("一级科员".into());
        })
        .event("2026-10-01", EventKind::ClosePost, "", "c", "")
        .decision(DecisionKind::Go, "x", "b", 1, "")
        .build();
    let mut case = case;
    case.decisions[0].reason = Some(why);
    let policy = policy(3);
    let layout = moved(&case, &Facts::new(&case, &policy).nobody_moves, "x", 1, "b");
    let plan = assemble(&case, &policy, &layout, Vec::new(), Provenance::default(), Lang::Zh);
    (case, policy, plan)
}

fn span(rung: &str) -> Option<RankSpan> {
    Some(RankSpan { low: rung.into(), high: rung.into() })
}

fn table<'r>(report: &'r Report, id: &str) -> &'r Table {
    report.tables.iter().find(|table| table.id == id).unwrap()
}

fn value<'t>(table: &'t Table, row: usize, key: &str) -> &'t Value {
    &table.rows[row][table.column(key).unwrap()]
}

#[test]
fn every_sheet_is_a4_with_headings_on_each_page_and_the_work_columns_off_the_paper() {
    let folder = tempfile::tempdir().unwrap();
    for lang in [Lang::Zh, Lang::En] {
        let (case, policy, plan) = plan(lang);
        let report = Report::build(&case, &policy, &plan, lang).unwrap();
        let path = folder.path().join("plan.xlsx");
        output::write(&case, &policy, &plan, &path, lang).unwrap();
        let book = part(&path, "xl/workbook.xml");
        assert_eq!(book.matches("_xlnm.Print_Titles").count(), report.tables.len());
        assert_eq!(book.matches("state=\"hidden\"").count(), 2, "{book}");
        // Eighteen columns on paper, from the number to the remark; id, status and decision stand to their right.
        assert!(book.contains("$A$1:$R$9</definedName>"), "{book}");
        let yearly = table(&report, "plan");
        let on_paper: Vec<&str> = yearly.columns[..yearly.printed].iter().map(|column| column.key).collect();
        assert_eq!((on_paper.len(), on_paper[0], on_paper[17]), (18, "no", "remark"));
        for key in ["staff", "status", "done_on", "decision"] {
            assert!(!on_paper.contains(&key), "{key}");
        }
        for sheet in 1..=report.tables.len() {
            let xml = part(&path, &format!("xl/worksheets/sheet{sheet}.xml"));
            assert!(xml.contains("paperSize=\"9\" "), "{lang:?} {sheet}: {}", xml.split("<pageSetup").nth(1).unwrap());
            assert!(xml.contains("orientation=\"landscape\""), "sheet {sheet}");
            assert!(xml.contains("fitToHeight=\"0\""), "sheet {sheet}");
        }
        assert_eq!(sheets(&path), report.tables.len() + 2);
    }
}

#[test]
fn a_long_reason_has_a_row_that_is_tall_enough() {
    let folder = tempfile::tempdir().unwrap();
    let (case, policy, plan) = long();
    let path = folder.path().join("plan.xlsx");
    output::write(&case, &policy, &plan, &path, Lang::Zh).unwrap();
    assert_eq!(output::read_plan(&path).unwrap().edits, []);
    let xml = part(&path, "xl/worksheets/sheet1.xml");
    let row = xml.split("<row ").find(|row| row.starts_with("r=\"4\"")).unwrap();
    let tall: f64 = row.split("ht=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap().parse().unwrap();
    let signs = plan.moves[0].reason.chars().count();
    // A column of 36 half-width signs holds 18 Chinese ones; a line of 10 points wants 14.
    assert!(tall >= signs.div_ceil(18) as f64 * 14.0, "{tall} points for {signs} signs");
}

/// O3 and O1: what is over the quotas in each layout, and what the reserve pool is made of.
#[test]
fn quotas_and_the_structure_of_the_pool_are_reported() {
    let cadre = |woman: bool, party: &'static str| {
        move |person: &mut Person| {
            person.reserve = true;
            person.sex = Some(if woman { Sex::Female } else { Sex::Male });
            person.party = Some(party.into());
            person.birth_date = Some(day("1990-01-01"));
        }
    };
    let mut case = CaseBuilder::new()
        .post("a", "甲局", "", |post| (post.lead, post.headcount) = (Lead::Vice, 2))
        .post("b", "乙局", "", |post| (post.level, post.headcount) = (span("无"), 2))
        .person("w", "a", "2015-07-01", cadre(true, "中共党员"))
        .person("x", "a", "2015-07-01", cadre(false, "群众"))
        .person("y", "b", "2015-07-01", |person| person.level = Some("股级正职".into()))
        .build();
    for person in &mut case.people {
        person.staffing_kind = Some(StaffingKind::Administrative);
    }
    let unit = case.units.iter_mut().find(|unit| unit.name == "甲局").unwrap();
    (unit.kind_seats, unit.leader_seats) = (vec![(StaffingKind::Administrative, 1)], Some(2));
    let policy = policy(1);
    let layout = moved(&case, &Facts::new(&case, &policy).nobody_moves, "x", 1, "b");
    let plan = assemble(&case, &policy, &layout, Vec::new(), Provenance::default(), Lang::Zh);
    let report = Report::build(&case, &policy, &plan, Lang::Zh).unwrap();
    let text = |text: &str| Value::Text(text.into());
    let quotas = table(&report, "quotas");
    let (unit, first) = (quotas.column("unit").unwrap(), quotas.columns.len() - 2);
    let lines: Vec<_> =
        quotas.rows.iter().map(|row| (&row[unit], &row[unit + 1], &row[first], &row[first + 1])).collect();
    assert_eq!(
        lines,
        [
            (&text("乙局"), &text("高于岗位职务层次的人数"), &Value::Whole(1), &Value::Whole(1)),
            (&text("甲局"), &text("编制（行政）"), &text("2（超1）"), &Value::Whole(1)),
            (&text("甲局"), &text("领导职数（正职、副职）"), &Value::Whole(2), &Value::Whole(1)),
        ]
    );
    let structure = table(&report, "structure");
    let figure = |row: usize| (value(structure, row, "end_share"), value(structure, row, "met"));
    // Two cadres to two seats; one woman, one of no party, nobody ready.
    assert_eq!(figure(0), (&Value::Share(1.0), &text("达到")));
    assert_eq!(figure(1), (&Value::Share(0.5), &text("达到")));
    assert_eq!(figure(2), (&Value::Share(0.5), &text("达到")));
    assert_eq!(figure(3), (&Value::Share(0.0), &text("未达到")));
    assert_eq!(value(structure, 3, "target"), &text("不低于33.3%"));
}

/// O2: hours short of 20 of law and 40 professional, per unit and person; a blank is no shortage.
#[test]
fn hours_of_training_that_are_short_are_reported() {
    let case = CaseBuilder::new()
        .post("a", "甲局", "", |post| post.headcount = 3)
        .person("w", "a", "2015-07-01", |person| {
            (person.law_hours, person.professional_hours) = (Some(14.0), Some(40.0))
        })
        .person("x", "a", "2015-07-01", |person| {
            (person.law_hours, person.professional_hours) = (Some(20.0), Some(60.0))
        })
        .person("y", "a", "2015-07-01", |person| person.professional_hours = Some(12.5))
        .build();
    let policy = policy(1);
    let layout = Facts::new(&case, &policy).nobody_moves.clone();
    let plan = assemble(&case, &policy, &layout, Vec::new(), Provenance::default(), Lang::Zh);
    let report = Report::build(&case, &policy, &plan, Lang::Zh).unwrap();
    let training = table(&report, "training");
    let short =
        |row: usize| (value(training, row, "law_short").clone(), value(training, row, "professional_short").clone());
    assert_eq!(training.rows.len(), 3);
    assert_eq!(short(0), (Value::Whole(6), Value::Decimal(27.5)));
    assert_eq!(value(training, 0, "short_count"), &Value::Whole(2));
    assert_eq!(short(1), (Value::Whole(6), Value::Whole(0)));
    assert_eq!(short(2), (Value::Empty, Value::Decimal(27.5)));
}

#[test]
fn one_unit_stands_under_the_title_and_in_no_column() {
    let (case, policy, plan) = long();
    let report = Report::build(&case, &policy, &plan, Lang::Zh).unwrap();
    assert_eq!(report.units, "某自治州住房和城乡建设局（人民防空办公室）");
    for table in &report.tables {
        assert_eq!(table.column("unit"), None, "{}", table.id);
        assert!(table.rows.iter().all(|row| row.len() == table.columns.len()), "{}", table.id);
    }
    let yearly = table(&report, "plan");
    assert_eq!(yearly.columns[yearly.printed - 1].key, "remark");
    let (case, policy, plan) = super::output::plan(Lang::Zh);
    let several = Report::build(&case, &policy, &plan, Lang::Zh).unwrap();
    assert_eq!(several.units, "U1、U2");
    assert!(table(&several, "plan").column("unit").is_some());
}

#[test]
fn words_on_paper_are_an_officials_not_the_programs() {
    let (case, policy, plan) = long();
    let report = Report::build(&case, &policy, &plan, Lang::Zh).unwrap();
    let yearly = table(&report, "plan");
    assert_eq!(value(yearly, 0, "rank"), &Value::Text("一级科员".into()));
    assert_eq!(value(yearly, 0, "rule"), &Value::Text("人工意见".into()));
    assert_eq!(value(yearly, 0, "successor"), &Value::Text("空缺".into()));
    // A closed post was there before; it is not one that is still to come.
    let posts = table(&report, "posts");
    let of_c: Vec<&Value> = posts.rows[2].iter().rev().skip(1).take(4).collect();
    let text = |text: &str| Value::Text(text.into());
    assert_eq!(of_c, [&text("已撤销"), &text("已撤销"), &text("[空缺1]"), &text("[空缺1]")]);
    // The year of clearing is said in words, in the column for all years.
    let figures = table(&report, "figures");
    let horizon = figures.column("horizon").unwrap();
    let clearing: Vec<&Value> = figures.rows.iter().rev().take(3).map(|row| &row[horizon]).collect();
    assert_eq!(clearing, [&text("第1年末"), &text("第1年末"), &text("计划期内不能清零")]);
    // Nobody's education is known: no row says that nobody has any.
    assert!(figures.rows.iter().all(|row| row[0] != text("学历人数")));
}

#[test]
fn an_empty_table_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let case = CaseBuilder::new().post("a", "U", "S", |_| ()).person("x", "a", "2025-01-01", |_| ()).build();
    let policy = policy(1);
    let layout = Facts::new(&case, &policy).nobody_moves;
    let plan = assemble(&case, &policy, &layout, Vec::new(), Provenance::default(), Lang::Zh);
    let path = folder.path().join("plan.xlsx");
    output::write(&case, &policy, &plan, &path, Lang::Zh).unwrap();
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(&path).unwrap();
    for name in ["年度轮岗计划", "实施顺序", "暂缓轮岗", "备选人员", "后备干部", "接替人选", "培训课时", "数据报告"]
    {
        let range = calamine::Reader::worksheet_range(&mut book, name).unwrap();
        assert_eq!(range.get_value((3, 0)).unwrap().to_string(), "本表无记录。", "{name}");
    }
    assert_eq!(output::read_plan(&path).unwrap().edits, []);
}
