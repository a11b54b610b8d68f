//! Papers: the Word file, the web page, the papers of each unit.

use super::output::plan;
use assert_cmd::Command;
use lungang::insight::assemble;
use lungang::output::report::{Report, Table, Value};
use lungang::output::{self, Papers, docx, html};
use lungang::rules::Facts;
use lungang::text::Lang;
use lungang_domain::plan::Provenance;
use lungang_domain::sample::{CaseBuilder, moved, policy};
use lungang_domain::{Case, EventKind, Grade, Lead, PlanFile, Policy};
use std::fs;
use std::io::{Cursor, Read};

fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut part = archive.by_index(at).unwrap();
            let name = part.name().unwrap().into_owned();
            let mut text = String::new();
            part.read_to_string(&mut text).unwrap();
            (name, text)
        })
        .collect()
}

fn part(bytes: &[u8], name: &str) -> String {
    parts(bytes).into_iter().find(|(known, _)| known == name).unwrap().1
}

fn table<'r>(report: &'r Report, id: &str) -> &'r Table {
    report.table(id).unwrap()
}

fn column(table: &Table, key: &str) -> Vec<String> {
    let at = table.column(key).unwrap();
    let shown = |value: &Value| match value {
        Value::Text(text) => text.clone(),
        Value::Date(date) => date.to_string(),
        Value::Whole(number) => number.to_string(),
        _ => String::new(),
    };
    table.rows.iter().map(|row| shown(&row[at])).collect()
}

/// A principal and a clerk who swap away, a clerk kept at high risk, a principal who retires, and one promoted.
fn leavers() -> (Case, Policy, PlanFile) {
    let high = |post: &mut lungang_domain::Post| post.risk = Grade::High;
    let case = CaseBuilder::new()
        .post("boss", "局", "", |post| {
            post.lead = Lead::Principal;
            post.risk = Grade::High;
        })
        .post("old", "局", "", |post| post.lead = Lead::Principal)
        .post("cash", "局", "财务股", high)
        .post("buy", "局", "财务股", high)
        .post("only", "局", "财务股", |post| {
            post.risk = Grade::High;
            post.required_certificates = vec!["会计".into()];
        })
        .post("desk", "局", "办公室", |_| ())
        .post("seat", "局", "办公室", |_| ())
        .person("a", "boss", "2018-01-01", |person| person.name = "甲".into())
        .person("b", "old", "2018-01-01", |person| person.name = "乙".into())
        .person("c", "cash", "2018-01-01", |person| person.name = "丙".into())
        .person("d", "only", "2015-01-01", |person| {
            person.name = "丁".into();
            person.certificates = vec!["会计".into()];
        })
        .person("e", "desk", "2019-01-01", |person| person.name = "戊".into())
        .person("f", "buy", "2024-07-01", |person| person.name = "己".into())
        .event("2026-10-01", EventKind::Retire, "b", "", "")
        .event("2026-11-01", EventKind::Promote, "f", "", "seat")
        .build();
    let policy = policy(2);
    let layout = Facts::new(&case, &policy).nobody_moves;
    let layout = moved(&case, &layout, "a", 1, "desk");
    let layout = moved(&case, &layout, "c", 1, "boss");
    let layout = moved(&case, &layout, "e", 1, "cash");
    let plan = assemble(&case, &policy, &layout, Vec::new(), Provenance::default(), Lang::Zh);
    (case, policy, plan)
}

#[test]
fn an_audit_of_economic_responsibility_is_proposed_for_principals_only() {
    let (case, policy, plan) = leavers();
    let report = Report::build(&case, &policy, &plan, Lang::Zh).unwrap();
    let audit = table(&report, "audit");
    let told: Vec<String> = column(audit, "name")
        .into_iter()
        .zip(column(audit, "measure"))
        .zip(column(audit, "leave_date"))
        .map(|((name, measure), date)| format!("{name} {measure} {date}"))
        .collect();
    assert_eq!(
        told,
        [
            "甲 经济责任审计 2025-07-01",
            "丙 离岗审查 2025-07-01",
            "乙 经济责任审计 2026-10-01",
            "己 离岗审查 2026-11-01",
            "丁 专项审计 ",
        ]
    );
    assert_eq!(column(audit, "period")[0], "2018-01-01至2025-07-01");
    assert_eq!(column(audit, "period")[4], "2015-01-01以来");
}

#[test]
fn a_person_kept_for_years_has_one_form_that_names_them_all() {
    let (case, policy, plan) = leavers();
    let of_d = plan.deferrals.iter().filter(|row| row.staff == "d").count();
    assert_eq!(of_d, 2, "kept in both years");
    let report = Report::build(&case, &policy, &plan, Lang::Zh).unwrap();
    let approvals = table(&report, "approvals");
    let at = column(approvals, "name").iter().position(|name| name == "丁").unwrap();
    assert_eq!(column(approvals, "years")[at], "第1、2年度");
    let document = part(&docx::bytes(&report, Lang::Zh).unwrap(), "word/document.xml");
    assert_eq!(document.matches("暂缓轮岗审批表</w:t>").count(), approvals.rows.len());
}

#[test]
fn the_hand_over_list_leaves_to_the_unit_what_only_it_knows() {
    let (case, policy, plan) = leavers();
    let report = Report::build(&case, &policy, &plan, Lang::Zh).unwrap();
    let list = table(&report, "handover");
    assert_eq!(column(list, "hands_over"), ["甲", "丙", "戊"]);
    assert_eq!(column(list, "takes_over"), ["丙", "戊", "甲"]);
    for key in ["witness", "handed_items", "handed_on"] {
        assert!(column(list, key).iter().all(String::is_empty), "{key}");
    }
}

#[test]
fn the_document_is_a_paper() {
    for lang in [Lang::Zh, Lang::En] {
        let (case, policy, plan) = plan(lang);
        let report = Report::build(&case, &policy, &plan, lang).unwrap();
        let bytes = docx::bytes(&report, lang).unwrap();
        assert_eq!(bytes, docx::bytes(&report, lang).unwrap());
        let document = part(&bytes, "word/document.xml");
        // Two units' tables, audits, hand-over, calendar: each repeats its header row.
        let tables = ["plan", "plan", "audit", "handover", "calendar"].len();
        assert_eq!(document.matches("<w:tblHeader />").count(), tables, "{lang:?}");
        assert_eq!(document.matches("<w:trHeight w:val=\"17\"").count(), 0);
        assert_eq!(document.matches("w:orient=\"landscape\"").count(), 4);
        assert_eq!(document.matches("<w:sectPr><w:footerReference").count(), 5);
        assert!(!document.contains("paraId"));
        assert!(document.contains("w:eastAsia=\"仿宋\"") && document.contains("w:eastAsia=\"宋体\""));
        let core = part(&bytes, "docProps/core.xml");
        assert!(core.contains("<dc:title>") && !core.contains("unknown"), "{core}");
        for (name, text) in parts(&bytes).iter().filter(|(name, _)| name.starts_with("word/footer")) {
            assert!(text.contains("PAGE"), "{name}");
        }
    }
}

#[test]
fn the_page_needs_nothing_else() {
    for lang in [Lang::Zh, Lang::En] {
        let (case, policy, plan) = plan(lang);
        let report = Report::build(&case, &policy, &plan, lang).unwrap();
        let page = html::page(&report, lang);
        assert_eq!(page, html::page(&report, lang));
        for foreign in ["http:", "https:", "<script", " src=", "url(", "@import", "<link"] {
            assert!(!page.contains(foreign), "{lang:?} {foreign}");
        }
        // People, months, coverage; a swap, and the chain of year 2.
        assert!(page.matches("<svg").count() >= 4, "{}", page.matches("<svg").count());
        // A name is text, whatever it looks like.
        assert!(page.contains("=cmd|&#39;") || page.contains("=cmd|'"));
        for table in &report.tables {
            assert!(page.contains(&format!("id=\"{}\"", table.id)), "{}", table.id);
        }
    }
}

#[test]
fn every_unit_has_its_own_papers_and_nobody_elses() {
    let (mut case, policy, _) = plan(Lang::Zh);
    case.units[0].name = "财政局".into();
    case.units[1].name = "审计/局\u{202e}".into();
    let layout = super::output::layout(&case, &policy);
    let plan = assemble(&case, &policy, &layout, super::output::tiers(), Provenance::default(), Lang::Zh);
    let folder = tempfile::tempdir().unwrap();
    let units = folder.path().join("units");
    let papers = Papers::new(&case, &policy, &plan, Lang::Zh);
    papers.write_units(&units).unwrap();
    let read = |name: &str| fs::read(units.join(name)).unwrap();
    let mut names: Vec<String> =
        fs::read_dir(&units).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names, ["审计_局.docx", "审计_局.xlsx", "财政局.docx", "财政局.xlsx"]);
    let book = part(&read("审计_局.xlsx"), "xl/workbook.xml");
    assert!(!book.contains("state=\"hidden\""), "no unit is given the plan of all");
    let texts = |name: &str| parts(&read(name)).into_iter().map(|(_, text)| text).collect::<String>();
    // Eve comes from the second unit; Bob never has to do with it.
    assert!(texts("审计_局.xlsx").contains("eve") && texts("审计_局.docx").contains("eve"));
    assert!(!texts("审计_局.xlsx").contains("Bob") && !texts("审计_局.docx").contains("Bob"));
    assert!(texts("财政局.docx").contains("财政局定期轮岗计划"));
    // Written again it is the same; next to another file it is refused.
    let before = read("财政局.docx");
    papers.write_units(&units).unwrap();
    assert_eq!(read("财政局.docx"), before);
    fs::write(units.join("notes.txt"), "x").unwrap();
    assert!(matches!(papers.write_units(&units), Err(output::OutputError::Foreign(_))));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&units), mode(&units.join("财政局.docx"))), (0o700, 0o600));
    }
}

#[test]
fn sections_are_called_as_the_policy_has_it() {
    let (case, mut policy, plan) = plan(Lang::Zh);
    policy.report.section_name = "处室".into();
    let report = Report::build(&case, &policy, &plan, Lang::Zh).unwrap();
    assert!(column(table(&report, "plan"), "move_kind").contains(&"处室间".to_owned()));
    for table in report.tables.iter().filter(|table| table.id != "provenance") {
        let words: Vec<String> = table.columns.iter().flat_map(|column_| column(table, column_.key)).collect();
        assert!(words.iter().all(|word| !word.contains("股室")), "{}", table.id);
    }
}

#[test]
fn papers_alone_are_judged_too_and_are_not_read_back() {
    let folder = tempfile::tempdir().unwrap();
    let lungang = |args: &[&str]| {
        Command::cargo_bin("lungang").unwrap().current_dir(folder.path()).arg("--lang").arg("en").args(args).assert()
    };
    lungang(&["template", "--demo", "--people", "30", "--seed", "3", "-o", "demo/"]).success();
    let plan = ["plan", "demo", "--quiet", "--years", "1", "--start", "2026-01-01"];
    lungang(&[&plan[..], &["--per-unit", "units", "--log", "log.txt"]].concat()).success();
    assert!(fs::read_to_string(folder.path().join("log.txt")).unwrap().contains("judged"));
    assert_eq!(fs::read_dir(folder.path().join("units")).unwrap().count(), 2);
    lungang(&[&plan[..], &["-o", "plan.docx", "-o", "plan.html"]].concat()).success();
    lungang(&["check", "plan.docx", "--input", "demo"]).code(1).stderr(predicates::str::contains("E0794"));
    // What is put into the units' folder would go with it.
    lungang(&[&plan[..], &["--per-unit", "units", "-o", "units/plan.json"]].concat())
        .code(6)
        .stderr(predicates::str::contains("E0605"));
    lungang(&[&plan[..], &["--per-unit", "demo"]].concat()).code(6).stderr(predicates::str::contains("E0605"));
}
