//! A folder of CSV files read back into a plan. Columns are found by name, so their order is free.

use super::{file_name, nearest, parse, typed_date, unreadable};
use crate::output::csv::unguarded;
use crate::text::{Lang, say};
use lungang_domain::{Cell, MoveStatus, PlanFile, Problem};
use serde_json::{Map, Value, json};
use std::path::Path;

/// Policy keys that hold lists.
const LISTS: &[&str] = &[
    "policy.risk.tiers",
    "policy.reserve.experiences",
    "policy.ladder.level",
    "policy.ladder.grade",
    "policy.ladder.education",
    "policy.report.holidays",
    "policy.report.workdays",
];
/// A policy key that holds pairs.
const PAIRS: &str = "policy.ladder.equivalent";
/// Policy keys that hold text, whatever it looks like; those with a dot at the end stand for all below them.
const WORDS: &[&str] = &[
    "start",
    "policy.preset",
    "policy.start",
    "policy.as_of",
    "policy.risk.aggregate",
    "policy.risk.direction",
    "policy.fit.compute",
    "policy.priorities.mode",
    "policy.retirement.formula",
    "policy.input.",
    "policy.report.",
    "policy.calendar.plan_due",
    "policy.calendar.carried_out_by",
    "policy.calendar.summary_by",
    "provenance.input_hash",
    "provenance.policy_hash",
    "provenance.warm_hash",
    "provenance.program",
    "provenance.solver",
    "provenance.engine",
];

/// Reads the folder.
///
/// # Errors
/// `E0780` a file missing or unreadable, `E0790` no status, `E0791` no date, `E0792` a value that is not what its column holds.
pub fn read(path: &Path) -> Result<PlanFile, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut table = |name: &str| {
        Table::read(&path.join(name)).unwrap_or_else(|problem| {
            problems.push(problem);
            Table::default()
        })
    };
    let names = ["plan.csv", "layout.csv", "moves.csv", "tiers.csv", "deferrals.csv", "assumptions.csv"];
    let [head, layout, mut moves, tiers, deferrals, assumptions] = names.map(&mut table);
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut plan = header(&head, &mut problems);
    plan.insert("layout".into(), places(&layout, &mut problems));
    moves.tidy(&mut problems);
    let blank = ["from", "done_on", "handed_on", "decision", "decided_by"];
    let moves = moves.objects(&["year", "batch"], &blank, &mut problems);
    plan.insert("moves".into(), moves);
    let tiers = tiers.objects(
        &["value", "bound", "gap_points", "gap", "today", "nobody_moves"],
        &["bound", "gap_points", "gap"],
        &mut problems,
    );
    plan.insert("tiers".into(), tiers);
    plan.insert("deferrals".into(), deferrals.objects(&["year"], &["substitute", "review"], &mut problems));
    plan.insert("assumptions".into(), notes(&assumptions, &mut problems));
    if !problems.is_empty() {
        return Err(problems);
    }
    parse(&Value::Object(plan).to_string(), path).map_err(|problem| vec![problem])
}

#[derive(Default)]
struct Table {
    file: String,
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    fn read(path: &Path) -> Result<Self, Problem> {
        let bytes = std::fs::read(path).map_err(|error| unreadable(path, &error))?;
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
        let fields = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect::<Vec<String>>();
        let columns = fields(reader.headers().map_err(|error| unreadable(path, &error))?);
        let rows: Result<Vec<_>, _> = reader.records().map(|record| record.map(|record| fields(&record))).collect();
        Ok(Self { file: file_name(path), columns, rows: rows.map_err(|error| unreadable(path, &error))? })
    }

    fn get<'t>(&self, row: &'t [String], column: &str) -> &'t str {
        let at = self.columns.iter().position(|name| name == column);
        at.and_then(|at| row.get(at)).map_or("", String::as_str)
    }

    /// A value that is not what its column holds.
    fn wrong(&self, line: usize, column: &str, found: &str) -> Problem {
        let at = self.columns.iter().position(|name| name == column);
        let cell = Cell {
            file: self.file.clone(),
            sheet: self.file.trim_end_matches(".csv").to_owned(),
            row: u32::try_from(line + 2).ok(),
            column: at.and_then(|at| u32::try_from(at).ok()),
        };
        Problem::new("E0792").at(Some(cell)).with("found", found)
    }

    fn number(&self, line: usize, row: &[String], column: &str, problems: &mut Vec<Problem>) -> Value {
        let written = self.get(row, column);
        serde_json::from_str(written).ok().filter(Value::is_number).unwrap_or_else(|| {
            problems.push(self.wrong(line, column, written));
            Value::Null
        })
    }

    /// Of the moves, what hands fill in as it is kept: dates in any dress, statuses in words.
    fn tidy(&mut self, problems: &mut Vec<Problem>) {
        for column in ["date", "done_on", "handed_on", "status"] {
            let Some(at) = self.columns.iter().position(|name| name == column) else { continue };
            for line in 0..self.rows.len() {
                let Some(written) = self.rows[line].get(at).map(|text| text.trim().to_owned()) else { continue };
                let kept = match column {
                    _ if written.is_empty() => Ok(String::new()),
                    "status" => status(&written),
                    _ => typed_date(&written)
                        .map(|date| date.to_string())
                        .ok_or_else(|| Problem::new("E0791").with("found", &written)),
                };
                match kept {
                    Ok(kept) => self.rows[line][at] = kept,
                    Err(problem) => problems.push(problem.at(self.wrong(line, column, &written).cell)),
                }
            }
        }
    }

    /// Every row as an object: some columns are numbers, some may be blank.
    fn objects(&self, numbers: &[&str], blank: &[&str], problems: &mut Vec<Problem>) -> Value {
        let objects = self.rows.iter().enumerate().map(|(line, row)| {
            let fields = self.columns.iter().map(|column| {
                let written = self.get(row, column);
                let value = if written.is_empty() && blank.contains(&column.as_str()) {
                    Value::Null
                } else if numbers.contains(&column.as_str()) {
                    self.number(line, row, column, problems)
                } else {
                    json!(unguarded(written))
                };
                (column.clone(), value)
            });
            Value::Object(fields.collect())
        });
        Value::Array(objects.collect())
    }
}

/// A status by its key or its word in either language.
fn status(written: &str) -> Result<String, Problem> {
    let words =
        |status: &MoveStatus| [Lang::Zh, Lang::En].map(|lang| say(lang, &format!("status-{}", status.key()), &[]));
    let is = |status: &&MoveStatus| status.key() == written || words(status).iter().any(|word| word == written);
    MoveStatus::ALL.iter().find(is).map(|status| status.key().to_owned()).ok_or_else(|| {
        let choices: Vec<String> = MoveStatus::ALL.iter().flat_map(words).collect();
        let near = nearest(written, choices.iter().map(String::as_str));
        Problem::new("E0790").with("found", written).with("near", near)
    })
}

/// Puts a value at a dotted path.
fn put(root: &mut Map<String, Value>, path: &str, value: Value) {
    match path.split_once('.') {
        None => {
            root.insert(path.to_owned(), value);
        }
        Some((first, rest)) => {
            let slot = root.entry(first).or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(inner) = slot {
                put(inner, rest, value);
            }
        }
    }
}

fn header(table: &Table, problems: &mut Vec<Problem>) -> Map<String, Value> {
    let mut plan = Map::new();
    let mut years = Vec::new();
    for (line, row) in table.rows.iter().enumerate() {
        let (key, written) = (table.get(row, "key"), unguarded(table.get(row, "value")));
        let words = || written.split('；').filter(|word| !word.is_empty());
        if let Some(year) = key.strip_prefix("years.") {
            match year.parse::<u32>() {
                Ok(year) => years.push(json!({ "year": year, "effective": written })),
                Err(_) => problems.push(table.wrong(line, "key", key)),
            }
        } else if LISTS.contains(&key) {
            put(&mut plan, key, words().collect());
        } else if key == PAIRS {
            let pairs = words().map(|pair| pair.split('=').collect::<Value>());
            put(&mut plan, key, pairs.collect());
        } else if WORDS.iter().any(|word| if word.ends_with('.') { key.starts_with(word) } else { key == *word }) {
            put(&mut plan, key, json!(written));
        } else {
            match serde_json::from_str::<Value>(written) {
                Ok(value) if value.is_number() || value.is_boolean() => put(&mut plan, key, value),
                _ => problems.push(table.wrong(line, "value", written)),
            }
        }
    }
    plan.insert("years".into(), Value::Array(years));
    plan
}

fn places(table: &Table, problems: &mut Vec<Problem>) -> Value {
    let mut layout: Map<String, Value> = Map::new();
    for (line, row) in table.rows.iter().enumerate() {
        let staff = unguarded(table.get(row, "staff")).to_owned();
        let mut place = json!({ "state": table.get(row, "state") });
        for column in ["post", "host"] {
            let id = unguarded(table.get(row, column));
            if !id.is_empty() {
                place[column] = json!(id);
            }
        }
        let slot = layout.entry(staff).or_insert_with(|| json!([]));
        let t = table.get(row, "t");
        match slot {
            // Rows of a person stand in order of t; a gap would shift the years.
            Value::Array(line) if t == line.len().to_string() => line.push(place),
            _ => problems.push(table.wrong(line, "t", t)),
        }
    }
    Value::Object(layout)
}

fn notes(table: &Table, problems: &mut Vec<Problem>) -> Value {
    let rows = table.rows.iter().enumerate().map(|(line, row)| {
        let mut note = json!({ "code": table.get(row, "code"), "severity": table.get(row, "severity") });
        let file = unguarded(table.get(row, "file"));
        if !file.is_empty() {
            let mut optional = |column: &str| match table.get(row, column) {
                "" => Value::Null,
                _ => table.number(line, row, column, problems),
            };
            let (at, column) = (optional("row"), optional("column"));
            let sheet = unguarded(table.get(row, "sheet"));
            note["cell"] = json!({ "file": file, "sheet": sheet, "row": at, "column": column });
        }
        note["args"] = Value::Object(facts(unguarded(table.get(row, "args"))));
        note
    });
    Value::Array(rows.collect())
}

/// Undoes [`crate::output::csv::joined`].
fn facts(text: &str) -> Map<String, Value> {
    let mut found = Map::new();
    let mut pair = String::new();
    let mut signs = text.chars();
    let mut close = |pair: &mut String| {
        if let Some((name, value)) = pair.split_once('=') {
            found.insert(name.to_owned(), json!(value));
        }
        pair.clear();
    };
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => pair.extend(signs.next()),
            '；' => close(&mut pair),
            sign => pair.push(sign),
        }
    }
    close(&mut pair);
    found
}
