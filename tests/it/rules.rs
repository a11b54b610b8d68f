//! The rule catalogue as printed.

use assert_cmd::Command;
use lungang::input::policy::PRESETS;
use lungang::text::{Lang, try_say};
use lungang_domain::catalogue::RULES;

fn rules(args: &[&str]) -> assert_cmd::assert::Assert {
    Command::cargo_bin("lungang").expect("the program").arg("rules").args(args).assert()
}

#[test]
fn every_rule_is_told_in_both_languages() {
    for rule in RULES {
        for part in ["", ".meaning", ".default", ".example"] {
            let key = format!("rule-{}{part}", rule.id);
            let texts = [Lang::Zh, Lang::En].map(|lang| try_say(lang, &key, &[]).unwrap_or_default());
            assert!(texts.iter().all(|text| !text.is_empty()), "{key} lacks a translation");
            assert!(texts[0] != texts[1], "{key} is the same in Chinese and English");
        }
    }
}

#[test]
fn the_catalogue_is_listed_and_each_rule_told() {
    for lang in ["zh", "en"] {
        let all = rules(&["--lang", lang]).success();
        let listed = String::from_utf8_lossy(&all.get_output().stdout).into_owned();
        for rule in RULES {
            assert!(listed.contains(rule.id), "{} is not listed", rule.id);
            rules(&[rule.id, "--lang", lang]).success();
        }
    }
}

#[test]
fn lines_of_a_table_are_equally_wide_on_the_screen() {
    let all = rules(&["--lang", "zh"]).success();
    let listed = String::from_utf8_lossy(&all.get_output().stdout).into_owned();
    let wide = |c: char| u32::from(c) >= 0x2e80 && !('\u{2500}'..='\u{257f}').contains(&c);
    // The rules, and after an empty line the presets.
    let tables: Vec<&str> = listed.split("\n\n").collect();
    assert_eq!(tables.len(), 2);
    for (table, rows) in tables.iter().zip([RULES.len(), PRESETS.len()]) {
        let width = |line: &str| line.chars().map(|c| 1 + usize::from(wide(c))).sum();
        let widths: Vec<usize> = table.lines().map(width).collect();
        assert!(widths.len() > rows);
        assert!(widths.iter().all(|width| *width == widths[0]), "{widths:?}\n{table}");
    }
}

#[test]
fn an_unknown_rule_is_refused_with_the_nearest() {
    let refused = rules(&["R4", "--lang", "en"]).code(2);
    let message = String::from_utf8_lossy(&refused.get_output().stderr).into_owned();
    assert!(message.contains("E0930") && message.contains("R04"), "{message}");
    rules(&["r04"]).success();
}

#[test]
fn json_carries_the_facts_and_the_words() {
    let one = rules(&["R14", "--json", "--lang", "en"]).success();
    let rule: serde_json::Value = serde_json::from_slice(&one.get_output().stdout).expect("JSON");
    assert_eq!(rule["id"], "R14");
    assert_eq!(rule["title"], "Due for rotation");
    let all = rules(&["--json"]).success();
    let list: serde_json::Value = serde_json::from_slice(&all.get_output().stdout).expect("JSON");
    assert_eq!(list.as_array().map(Vec::len), Some(RULES.len()));
}
