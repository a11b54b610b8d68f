//! Plans on paper: what is written, that it repeats, and that it comes back the same.

use lungang::insight::assemble;
use lungang::output;
use lungang::rules::Facts;
use lungang::text::Lang;
use lungang_domain::plan::{Provenance, TierRow, TierStatus};
use lungang_domain::sample::{CaseBuilder, moved, policy};
use lungang_domain::{Case, EventKind, Grade, Layout, PlanFile, Policy, Sex};
use std::collections::BTreeSet;
use std::fs;

/// A swap, a chain into a vacancy, and a chain that waits for a retirement.
pub fn case() -> Case {
    CaseBuilder::new()
        .post("cash", "U1", "Finance", |post| {
            post.risk = Grade::High;
            post.domain = Some("money".into());
        })
        .post("buy", "U1", "Purchase", |post| post.risk = Grade::High)
        .post("file", "U1", "Office", |_| ())
        .post("desk", "U1", "Office", |post| {
            post.essential = true;
            post.development = vec!["front".into()];
        })
        .post("gate", "U2", "Gate", |post| post.headcount = 2)
        .person("ann", "cash", "2018-07-01", |person| {
            person.name = "=cmd|' /C calc'!A0".into();
            person.sex = Some(Sex::Female);
        })
        .person("bob", "buy", "2018-01-01", |person| person.name = "Bob".into())
        .person("cid", "file", "2020-07-01", |_| ())
        .person("dan", "desk", "2019-07-01", |person| person.reserve = true)
        .person("eve", "gate", "2021-07-01", |person| {
            person.reserve = true;
            person.needed = Some(vec!["front".into()]);
        })
        .fit("ann", "cash", 60)
        .fit("ann", "buy", 80)
        .fit("bob", "cash", 70)
        .event("2026-10-01", EventKind::Retire, "cid", "", "")
        .build()
}

pub fn tiers() -> Vec<TierRow> {
    let row = |id: &str, name: &str, value, bound| {
        TierRow {
            id: id.into(),
            name: name.into(),
            value,
            bound,
            status: TierStatus::Open,
            gap_points: None,
            gap: None,
            today: -3,
            nobody_moves: 40,
        }
        .assess()
    };
    vec![row("T0", "essential", 0, Some(0)), row("T3", "risk", 7, Some(3)), row("T5", "quality", -12, None)]
}

/// The layout: ann ↔ bob in year 1; dan → file when cid retires in year 2, eve → desk after dan.
pub fn layout(case: &Case, policy: &Policy) -> Layout {
    let layout = Facts::new(case, policy).nobody_moves;
    let layout = moved(case, &layout, "ann", 1, "buy");
    let layout = moved(case, &layout, "bob", 1, "cash");
    let layout = moved(case, &layout, "dan", 2, "file");
    moved(case, &layout, "eve", 2, "desk")
}

pub fn plan(lang: Lang) -> (Case, Policy, PlanFile) {
    let (case, policy) = (case(), policy(3));
    let provenance = Provenance { program: "lungang 0".into(), seed: 7, threads: 1, ..Provenance::default() };
    let plan = assemble(&case, &policy, &layout(&case, &policy), tiers(), provenance, lang);
    (case, policy, plan)
}

#[test]
fn every_format_repeats_byte_for_byte() {
    let (case, policy, plan) = plan(Lang::Zh);
    let folder = tempfile::tempdir().unwrap();
    for lang in [Lang::Zh, Lang::En] {
        for name in ["plan.json", "plan.xlsx", "plan.docx", "plan.html"] {
            let [a, b] = ["a", "b"].map(|part| {
                let path = folder.path().join(format!("{part}-{name}"));
                output::write(&case, &policy, &plan, &path, lang).unwrap();
                fs::read(path).unwrap()
            });
            assert!(a == b, "{name} differs");
        }
    }
    for part in ["a/", "b/"] {
        output::write(&case, &policy, &plan, &folder.path().join(part), Lang::Zh).unwrap();
    }
    for name in output::csv::FILES {
        let [a, b] = ["a", "b"].map(|part| fs::read(folder.path().join(part).join(name)).unwrap());
        assert!(a == b, "{name} differs");
        assert!(a.starts_with(b"\xef\xbb\xbf"), "{name} lacks its mark");
    }
}

#[test]
fn committed_schema_is_the_generated_one() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/data/plan.schema.json");
    let generated = output::json::schema().unwrap();
    if std::env::var_os("LUNGANG_BLESS").is_some() {
        fs::write(path, &generated).unwrap();
    }
    assert_eq!(generated, fs::read_to_string(path).unwrap(), "run this test with LUNGANG_BLESS=1 and look at the diff");
}

/// Keys and attributes of a locale file: message ids, and `id.attribute`.
pub fn keys(path: &std::path::Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut message = String::new();
    for line in fs::read_to_string(path).unwrap().lines() {
        let Some((name, _)) = line.split_once('=') else { continue };
        let name = name.trim_end();
        if let Some(attribute) = name.trim_start().strip_prefix('.') {
            found.insert(format!("{message}.{attribute}"));
        } else if line.starts_with(|first: char| first.is_ascii_alphabetic()) {
            name.clone_into(&mut message);
            assert!(found.insert(message.clone()), "{message} twice in {}", path.display());
        }
    }
    found
}

#[test]
fn both_languages_have_the_same_keys() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("locales");
    let files = |lang: &str| -> BTreeSet<String> {
        let entries = fs::read_dir(root.join(lang)).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    };
    assert_eq!(files("zh"), files("en"));
    let mut all = BTreeSet::new();
    for file in files("zh") {
        for key in keys(&root.join("zh").join(&file)) {
            assert!(all.insert(key.clone()), "{key} stands in two files: the sentences would not load");
        }
        assert_eq!(keys(&root.join("zh").join(&file)), keys(&root.join("en").join(&file)), "{file}");
    }
}

#[test]
fn every_word_of_a_report_is_in_the_locales() {
    let (case, policy, plan) = plan(Lang::En);
    for lang in [Lang::Zh, Lang::En] {
        let report = output::report::Report::build(&case, &policy, &plan, lang).unwrap();
        for table in &report.tables {
            let mut words: Vec<String> = table.columns.iter().map(|column| column.heading.clone()).collect();
            words.extend([table.name.clone(), table.title.clone()]);
            for row in &table.rows {
                assert_eq!(row.len(), table.columns.len(), "{}", table.id);
                words.extend(row.iter().filter_map(|value| match value {
                    output::report::Value::Text(text) => Some(text.clone()),
                    _ => None,
                }));
            }
            for word in words {
                for prefix in ["head-", "sheet-", "title-", "metric-", "held-", "group-", "tier-", "reason-", "basis-"]
                {
                    assert!(!word.starts_with(prefix), "{word} of {} has no sentence", table.id);
                }
            }
        }
    }
}

#[test]
fn a_plan_comes_back_the_same_from_every_format() {
    let (case, policy, mut plan) = plan(Lang::Zh);
    plan.policy.preset = "2024".into();
    plan.policy.ladder.equivalent = vec![("一级科员".into(), "二级科员".into())];
    plan.policy.reserve.experiences = vec!["基层".into()];
    plan.policy.input.date_order = Some("ymd".into());
    plan.policy.give.insert("risk".into(), 3);
    plan.policy.fit.weights.major = 15;
    plan.policy.time.section = Some(lungang_domain::Thresholds { should: 72, must: 84 });
    plan.provenance.warm_hash = Some("12".into());
    plan.moves[0].done_on = Some(policy.start);
    plan.moves[1].decided_by = Some("-- 党组；局长".into());
    plan.deferrals[0].substitute = Some("'quoted".into());
    plan.assumptions = vec![
        lungang_domain::Problem::new("A0201").with("value", "a；b\\c=d").with("other", "=1+1").at(Some(
            lungang_domain::Cell { file: "r.xlsx".into(), sheet: "人员".into(), row: Some(3), column: None },
        )),
        lungang_domain::Problem::new("A0202"),
    ];
    let folder = tempfile::tempdir().unwrap();
    for name in ["plan.json", "plan.xlsx", "plan/"] {
        let path = folder.path().join(name);
        output::write(&case, &policy, &plan, &path, Lang::Zh).unwrap();
        let read = output::read_plan(&path).unwrap_or_else(|problems| panic!("{name}: {problems:?}"));
        assert_eq!(read.original, plan, "{name}");
        assert_eq!(read.plan, plan, "{name}");
        assert_eq!(read.edits, [], "{name}");
    }
}
