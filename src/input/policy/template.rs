//! `policy.toml` with every key, its meaning, default and source.

use super::keys::{Built, KEYS, Key, KeyKind};
use super::{DEFAULT_PRESET, preset_value};
use crate::text::{Lang, say};
use serde_json::Value;

/// Tables whose keys the site names; none is built yet.
const OPEN_TABLES: &[&str] = &["fit.weights", "give"];

/// The text of a policy file that changes nothing: it is accepted back as it stands, but for the start date.
#[must_use]
pub fn template(lang: Lang) -> String {
    let mut text = String::new();
    for line in ["policy-head", "policy-head-order"] {
        text.push_str(&format!("# {}\n", say(lang, line, &[])));
    }
    text.push('\n');
    let mut table = "";
    for key in KEYS {
        let (home, name) = split(key.path);
        if home != table {
            if table == "fit" {
                open_table(&mut text, "fit.weights", lang);
            }
            table = home;
            text.push_str(&format!("[{table}]\n"));
        }
        entry(&mut text, key, name, lang);
    }
    open_table(&mut text, "give", lang);
    text
}

/// Table and key: `time.high.must` is `high.must` in `[time]`.
fn split(path: &str) -> (&str, &str) {
    path.split_once('.').unwrap_or(("", path))
}

fn meaning(text: &mut String, path: &str, default: Option<&str>, lang: Lang) {
    let id = format!("key-{}", path.replace('.', "-"));
    let source = say(lang, &format!("{id}.source"), &[]);
    text.push_str(&format!("# {}\n", say(lang, &id, &[])));
    let default = match default {
        Some(value) => say(lang, "policy-default", &[("value", value), ("source", &source)]),
        None => say(lang, "policy-no-default", &[("source", &source)]),
    };
    text.push_str(&format!("# {default}\n"));
}

fn entry(text: &mut String, key: &Key, name: &str, lang: Lang) {
    let value = match key.path {
        "preset" => Some(Value::from(DEFAULT_PRESET)),
        path => preset_value(DEFAULT_PRESET, path),
    };
    let shown = value.as_ref().map(toml_value);
    meaning(text, key.path, shown.as_deref(), lang);
    match (key.built, shown) {
        (Built::Yes, Some(shown)) => text.push_str(&format!("{name} = {shown}\n\n")),
        (Built::Yes, None) if matches!(key.kind, KeyKind::Whole(..)) => {
            text.push_str(&format!("# {name} = {}\n\n", example(key.path)));
        }
        (Built::Yes, None) => text.push_str(&format!("# {name} = \"{}\"\n\n", example(key.path))),
        (Built::NotYet, shown) => {
            text.push_str(&format!("# {}\n", say(lang, "policy-not-yet", &[])));
            text.push_str(&format!("# {name} = {}\n\n", shown.unwrap_or_else(|| example(key.path).to_owned())));
        }
    }
}

fn open_table(text: &mut String, path: &str, lang: Lang) {
    debug_assert!(OPEN_TABLES.contains(&path));
    meaning(text, path, None, lang);
    text.push_str(&format!("# {}\n# [{path}]\n\n", say(lang, "policy-not-yet", &[])));
}

/// A value to show for keys that have no default.
fn example(path: &str) -> &'static str {
    match path {
        "start" => "2025-07-01",
        "as_of" => "2025-06-30",
        "input.date_order" => "ymd",
        "input.encoding" => "gb18030",
        "input.short_years" => "past",
        "input.aliases" => "aliases.tsv",
        "risk.direction" => "I-high",
        "calendar.plan_due" => "08-15",
        "calendar.carried_out_by" => "11-30",
        "calendar.progress_day" => "25",
        "calendar.summary_by" => "12-15",
        "risk.high_from" => "160",
        "risk.medium_from" => "70",
        "time.section.should" => "72",
        "time.section.must" => "84",
        "time.unit_level.should" => "84",
        "time.unit_level.must" => "96",
        "time.unit.should" => "108",
        "time.unit.must" => "120",
        _ => "96",
    }
}

fn toml_value(value: &Value) -> String {
    match value {
        Value::Array(items) => format!("[{}]", items.iter().map(toml_value).collect::<Vec<_>>().join(", ")),
        // JSON strings of this kind are TOML strings too.
        other => other.to_string(),
    }
}
