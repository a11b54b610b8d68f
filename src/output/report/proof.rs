//! What backs a plan: the tiers with their proof, provenance and policy, the data report and what was assumed.

use super::{Table, Value, View};
use crate::text;
use lungang_domain::plan::TierStatus;
use lungang_domain::policy::{Mode, Tier};
use lungang_domain::{Problem, Severity};

/// The tiers.
pub fn tiers(view: &View) -> Table {
    let mut table = Table::new(
        view.lang,
        "tiers",
        &[
            ("tier", 7),
            ("tier_name", 40),
            ("sense", 15),
            ("today", 10),
            ("nobody_moves", 12),
            ("value", 11),
            ("bound", 10),
            ("gap_points", 10),
            ("gap", 10),
            ("proof", 12),
        ],
    );
    let tiers = Tier::of(view.facts.policy);
    for row in &view.plan.tiers {
        let name = text::try_say(view.lang, &format!("tier-{}", row.name), &[]).unwrap_or_else(|| row.name.clone());
        let more_is_better = tiers.iter().any(|tier| tier.id() == row.id && tier.maximised());
        let sense = if more_is_better { "sense-max" } else { "sense-min" };
        let whole = |value: Option<i64>| value.map_or(Value::Empty, Value::Whole);
        let proof = match row.status {
            _ if view.plan.merged(row) => "proof-merged",
            TierStatus::Proved => "proof-proved",
            TierStatus::Open => "proof-open",
        };
        table.rows.push(vec![
            Value::text(row.id.clone()),
            Value::text(name),
            Value::text(view.say(sense, &[])),
            Value::Whole(row.today),
            Value::Whole(row.nobody_moves),
            Value::Whole(row.value),
            whole(row.bound),
            whole(row.gap_points),
            row.gap.map_or(Value::Empty, Value::Share),
            Value::text(view.say(proof, &[])),
        ]);
    }
    table
}

/// Provenance, then the resolved policy, as keys and values.
pub fn facts(view: &View) -> Table {
    let mut table = Table::new(view.lang, "provenance", &[("key", 30), ("value_text", 40), ("meaning", 60)]);
    let plan = view.plan;
    let verdict = match (plan.optimal(), plan.policy.priorities.mode) {
        (true, Mode::Strict) => "plan-optimal",
        (true, Mode::Weighted) => "plan-optimal-weighted",
        (false, _) => "plan-not-proved",
    };
    let mut put = |key: String, value: String| {
        // What each setting means; provenance has no such sentence.
        let meaning = text::try_say(view.lang, &format!("key-{}", key.replace('.', "-")), &[]).unwrap_or_default();
        table.rows.push(vec![Value::text(key), Value::text(value), Value::text(meaning)]);
    };
    put(view.say("key-proof", &[]), view.say(verdict, &[]));
    for (key, value) in dotted("provenance", &plan.provenance) {
        put(key, value);
    }
    for (key, value) in dotted("", &plan.policy) {
        put(key, value);
    }
    table
}

/// A structure as dotted keys and plain values; lists joined by `；` (semantics 26).
#[must_use]
pub fn dotted(prefix: &str, value: &impl serde::Serialize) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    if let Ok(value) = serde_json::to_value(value) {
        flatten(prefix, &value, &mut pairs);
    }
    pairs
}

fn flatten(prefix: &str, value: &serde_json::Value, pairs: &mut Vec<(String, String)>) {
    use serde_json::Value as Json;
    match value {
        Json::Object(fields) => {
            for (name, field) in fields {
                let key = if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
                flatten(&key, field, pairs);
            }
        }
        Json::Array(items) => {
            let words: Vec<String> = items.iter().map(plain).collect();
            pairs.push((prefix.to_owned(), words.join("；")));
        }
        other => pairs.push((prefix.to_owned(), plain(other))),
    }
}

fn plain(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Null => String::new(),
        // Pairs, such as grades that count as equal.
        serde_json::Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join("="),
        other => other.to_string(),
    }
}

/// Warnings of reading, and what was assumed.
pub fn data(view: &View) -> Table {
    let mut table = Table::new(
        view.lang,
        "data",
        &[("severity", 9), ("code", 8), ("file", 22), ("sheet", 14), ("cell", 8), ("cause", 60), ("todo", 46)],
    );
    let assumptions = view.plan.assumptions.iter();
    let warnings = view.case().notes.iter().filter(|note| note.severity != Severity::Assumption);
    for note in warnings.chain(assumptions) {
        table.rows.push(line(view, note));
    }
    table
}

fn line(view: &View, note: &Problem) -> Vec<Value> {
    let sentence = text::problem(view.lang, note);
    let severity = match note.severity {
        Severity::Error => "severity-error",
        Severity::Warning => "severity-warning",
        Severity::Assumption => "severity-assumption",
    };
    let place = note.cell.as_ref();
    vec![
        Value::text(view.say(severity, &[])),
        Value::text(note.code.clone()),
        Value::text(place.map_or("", |cell| cell.file.as_str())),
        Value::text(place.map_or("", |cell| cell.sheet.as_str())),
        Value::text(place.map_or(String::new(), lungang_domain::Cell::a1)),
        Value::text(sentence.cause),
        Value::text(sentence.todo),
    ]
}
