//! `policy.toml` with every key, its meaning, default and source.

use super::keys::{Built, KEYS, Key, KeyKind};
use super::presets::{self, Entry};
use super::{DEFAULT_PRESET, preset_value};
use crate::text::{Lang, say};
use lungang_domain::catalogue::Sure;
use serde_json::Value;

/// Tables whose keys the site names; none is built yet.
const OPEN_TABLES: &[&str] = &["give"];

/// The text of a policy file that changes nothing in a preset: it is accepted back as it stands, but for the start date.
#[must_use]
pub fn template(lang: Lang, preset: &str) -> String {
    let mut text = String::new();
    // The default preset's sources are told in both languages; those of the others stand in their files.
    let own = if preset == DEFAULT_PRESET { Vec::new() } else { presets::entries(preset) };
    let of = Preset { name: preset, own: &own };
    for line in ["policy-head", "policy-head-order"] {
        text.push_str(&format!("# {}\n", say(lang, line, &[])));
    }
    text.push('\n');
    let mut table = "";
    for key in KEYS {
        let (home, name) = split(key.path);
        if home != table {
            table = home;
            text.push_str(&format!("[{table}]\n"));
        }
        entry(&mut text, key, name, &of, lang);
    }
    open_table(&mut text, "give", &of, lang);
    text
}

/// Table and key: `time.high.must` is `high.must` in `[time]`.
fn split(path: &str) -> (&str, &str) {
    path.split_once('.').unwrap_or(("", path))
}

/// A preset, and what stands behind its values.
struct Preset<'a> {
    name: &'a str,
    own: &'a [Entry],
}

impl Preset<'_> {
    /// The source of a value in words; `None` where the words of the default preset tell it.
    fn source(&self, path: &str, lang: Lang) -> Option<String> {
        let inside = |entry: &&Entry| path == entry.key || path.starts_with(&format!("{}.", entry.key));
        self.own.iter().find(inside).map(|entry| source_in_words(entry, lang))
    }
}

/// Source and how sure it is, as the catalogue tells it.
#[must_use]
pub fn source_in_words(entry: &Entry, lang: Lang) -> String {
    let sure = match entry.sure {
        Some(Sure::Seen) => "seen",
        Some(Sure::Secondary) => "secondary",
        Some(Sure::Ours) | None => "ours",
    };
    let sure = say(lang, &format!("rules-sure-{sure}"), &[]);
    entry.source.as_ref().map_or_else(|| sure.clone(), |source| format!("{source} [{sure}]"))
}

fn meaning(text: &mut String, path: &str, default: Option<&str>, of: &Preset, lang: Lang) {
    let id = format!("key-{}", path.replace('.', "-"));
    let source = of.source(path, lang).unwrap_or_else(|| say(lang, &format!("{id}.source"), &[]));
    text.push_str(&format!("# {}\n", say(lang, &id, &[])));
    let default = match default {
        Some(value) => say(lang, "policy-default", &[("value", value), ("source", &source)]),
        None => say(lang, "policy-no-default", &[("source", &source)]),
    };
    text.push_str(&format!("# {default}\n"));
}

fn entry(text: &mut String, key: &Key, name: &str, of: &Preset, lang: Lang) {
    let value = match key.path {
        "preset" => Some(Value::from(of.name)),
        path => preset_value(of.name, path),
    };
    let shown = value.as_ref().map(toml_value);
    meaning(text, key.path, shown.as_deref(), of, lang);
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

fn open_table(text: &mut String, path: &str, of: &Preset, lang: Lang) {
    debug_assert!(OPEN_TABLES.contains(&path));
    meaning(text, path, None, of, lang);
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
        "turnover.most_moves" => "200",
        "turnover.most_cross_unit" => "60",
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

/// A value as a policy file has it.
#[must_use]
pub fn toml_value(value: &Value) -> String {
    match value {
        Value::Array(items) => format!("[{}]", items.iter().map(toml_value).collect::<Vec<_>>().join(", ")),
        Value::Object(fields) => {
            let fields = fields.iter().map(|(name, value)| format!("{name} = {}", toml_value(value)));
            format!("{{ {} }}", fields.collect::<Vec<_>>().join(", "))
        }
        // JSON strings of this kind are TOML strings too.
        other => other.to_string(),
    }
}
