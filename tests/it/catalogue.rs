//! Walks the catalogue and the registry of codes: what is built is documented, checked, tested and worded, and the
//! documents name only what is there. That every rule is told in both languages stands in `rules`, that both languages
//! have the same keys in `output`.

use crate::output::keys;
use lungang_domain::catalogue::{Form, RULES, Rule};
use lungang_domain::codes::CODES;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The rows of the table whose first heading is `rule`, cells trimmed.
fn table(document: &str) -> Vec<Vec<String>> {
    let text = read(&root().join(document));
    let rows = text.lines().skip_while(|line| !line.starts_with("| rule |")).skip(2);
    rows.take_while(|line| line.starts_with('|'))
        .map(|line| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect())
        .collect()
}

/// The rows of a rule; a row may speak of several, as in `G1, G3, G4`.
fn rows_of<'t>(table: &'t [Vec<String>], rule: &Rule) -> Vec<&'t Vec<String>> {
    table.iter().filter(|row| row[0].split(", ").any(|id| id == rule.id)).collect()
}

/// The names in a cell such as `` `a.rs: f`, `g` ``: file and function, or a file alone.
fn named(cell: &str) -> Vec<(String, Option<String>)> {
    let mut names = Vec::new();
    let mut file = String::new();
    for name in cell.split('`').skip(1).step_by(2) {
        let function = match name.split_once(": ") {
            Some((of, function)) => {
                of.clone_into(&mut file);
                Some(function)
            }
            None if name.ends_with(".rs") => {
                name.clone_into(&mut file);
                None
            }
            None => Some(name),
        };
        names.push((file.clone(), function.map(str::to_owned)));
    }
    names
}

/// What a cell names and is not there.
fn missing(folder: &str, cell: &str) -> Vec<String> {
    named(cell)
        .into_iter()
        .filter(|(file, function)| {
            let Ok(text) = fs::read_to_string(root().join(folder).join(file)) else { return true };
            let defines =
                |name: &String| [format!("fn {name}("), format!("fn {name}<")].iter().any(|line| text.contains(line));
            !function.as_ref().is_none_or(defines)
        })
        .map(|(file, function)| format!("{folder}{file}: {}", function.unwrap_or_default()))
        .collect()
}

#[test]
fn every_rule_has_its_check_or_a_word_why_not() {
    let check = table("docs/check.md");
    let mut wrong = Vec::new();
    for rule in RULES {
        let rows = rows_of(&check, rule);
        if rows.is_empty() {
            wrong.push(format!("{} is not in docs/check.md", rule.id));
        }
        for row in rows {
            let excused = row[1].contains("cannot be broken") || only_reports(rule) && row[1].contains("no claim");
            if named(&row[2]).is_empty() && !excused {
                wrong.push(format!("{} has neither check nor reason", rule.id));
            }
            if named(&row[4]).is_empty() && !named(&row[2]).is_empty() {
                wrong.push(format!("{} has no test", rule.id));
            }
        }
    }
    for row in &check {
        wrong.extend(missing("crates/check/src/", &row[2]));
        wrong.extend(missing("crates/check/tests/it/", &row[4]));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn word(form: Form) -> &'static str {
    match form {
        Form::Stay => "stay",
        Form::Move => "move",
        Form::State => "state",
        Form::Row => "row",
        Form::Goal => "goal",
        Form::Report => "report",
    }
}

/// Whether the rule changes no plan: instead of a check it has a sheet in which it shows.
fn only_reports(rule: &Rule) -> bool {
    rule.forms == [Form::Report]
}

#[test]
fn every_rule_has_its_line_in_the_model() {
    let model = table("docs/model.md");
    let mut wrong = Vec::new();
    for rule in RULES {
        let rows = rows_of(&model, rule);
        let [row] = rows[..] else {
            wrong.push(format!("{}: {} lines in docs/model.md", rule.id, rows.len()));
            continue;
        };
        let forms: Vec<&str> = rule.forms.iter().map(|form| word(*form)).collect();
        if row[1] != forms.join(", ") {
            wrong.push(format!("{} is {forms:?}, docs/model.md says {}", rule.id, row[1]));
        }
        for (cell, what) in row[2..].iter().zip(["function", "check", "test"]) {
            // Where a rule shows stands behind its check, or in its place.
            let cell = cell.split("shows in ").next().unwrap_or(cell);
            if what == "check" && only_reports(rule) && cell.trim().is_empty() {
                continue;
            }
            if named(cell).is_empty() {
                wrong.push(format!("{} has no {what}", rule.id));
            }
            wrong.extend(missing("", cell));
        }
    }
    for row in &model {
        if !row[0].split(", ").all(|id| RULES.iter().any(|rule| rule.id == id)) {
            wrong.push(format!("docs/model.md speaks of {}, which is not built", row[0]));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A rule that only reports has a line of the model naming the sheets in which it shows, and every plan has them.
#[test]
fn every_rule_that_only_reports_shows_in_a_sheet() {
    let model = table("docs/model.md");
    let (case, policy, plan) = super::output::plan(lungang::text::Lang::En);
    let report = lungang::output::report::Report::build(&case, &policy, &plan, lungang::text::Lang::En).unwrap();
    for rule in RULES.iter().filter(|rule| only_reports(rule)) {
        let rows = rows_of(&model, rule);
        let cell = rows.first().map_or("", |row| row[3].as_str());
        let (_, sheets) = cell.split_once("shows in ").unwrap_or_else(|| panic!("{} shows nowhere", rule.id));
        let sheets: Vec<&str> = sheets.split('`').skip(1).step_by(2).collect();
        assert!(!sheets.is_empty(), "{} names no sheet", rule.id);
        for sheet in sheets {
            assert!(report.table(sheet).is_some(), "{}: no plan has the sheet {sheet}", rule.id);
        }
    }
}

#[test]
fn every_rule_has_its_line_with_the_source() {
    let text = read(&root().join("docs/rules.md"));
    for rule in RULES {
        assert!(text.contains(&format!("\n| {} | ", rule.id)), "{} is not in docs/rules.md", rule.id);
    }
}

#[test]
fn every_key_of_a_rule_is_in_the_policy() {
    let text = read(&root().join("data/policy.toml"));
    let policy: toml::Table = text.parse().expect("a policy");
    for rule in RULES {
        let switch = rule.switchable.then(|| format!("rules.{}", rule.id));
        for key in rule.keys.iter().map(|key| (*key).to_owned()).chain(switch) {
            let found = key.split('.').try_fold(&policy, |table, part| match table.get(part)? {
                toml::Value::Table(inner) => Some(inner),
                _ => Some(table),
            });
            // A key without a default stands there behind a #.
            let last = key.rsplit('.').next().unwrap_or(&key);
            let shown = text.contains(&format!("\n# {last} = "));
            assert!(found.is_some() || shown, "{}: {key} is not in data/policy.toml", rule.id);
        }
    }
}

#[test]
fn every_code_has_its_sentence_and_every_sentence_its_code() {
    let mut wrong = Vec::new();
    for lang in ["zh", "en"] {
        let mut all = BTreeSet::new();
        for entry in fs::read_dir(root().join("locales").join(lang)).expect("locales") {
            all.extend(keys(&entry.expect("a file").path()));
        }
        for code in CODES {
            if !all.contains(*code) {
                wrong.push(format!("{lang}: {code} has no sentence"));
            }
            if code.starts_with('E') && !all.contains(&format!("{code}.todo")) {
                wrong.push(format!("{lang}: {code} does not say what to do"));
            }
        }
        let is_code = |key: &&String| {
            key.len() == 5 && key.starts_with(['E', 'W', 'A']) && key[1..].chars().all(|c| c.is_ascii_digit())
        };
        for key in all.iter().filter(is_code).filter(|key| !CODES.contains(&key.as_str())) {
            wrong.push(format!("{lang}: {key} is not registered"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn codes_stand_once_and_in_blocks() {
    let once: BTreeSet<&&str> = CODES.iter().collect();
    assert_eq!(once.len(), CODES.len(), "a code stands twice");
    let blocks: Vec<&str> = CODES.iter().map(|code| &code[1..3]).collect();
    assert!(blocks.is_sorted(), "a code stands in another's block");
}
