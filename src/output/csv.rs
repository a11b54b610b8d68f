//! The plan as a folder of CSV files (semantics 26): UTF-8 with a byte-order mark, so that Excel opens them clean.

use super::OutputError;
use super::report::{FitRow, Report, Table, Value};
use crate::files::replace_folder;
use lungang_domain::fit::Part;
use lungang_domain::{PlanFile, Problem};
use std::io;
use std::path::Path;

/// The files of a plan folder.
pub const FILES: &[&str] =
    &["plan.csv", "layout.csv", "moves.csv", "tiers.csv", "deferrals.csv", "assumptions.csv", "metrics.csv"];

/// Beside them, where fit is computed: the parts of the scores of which the plan speaks.
const FIT_FILE: &str = "fit_parts.csv";

/// Text that a spreadsheet could take for a formula gets an apostrophe in front; [`unguarded`] takes it off.
#[must_use]
pub fn guarded(text: &str) -> String {
    let starts = |text: &str| text.starts_with(['=', '+', '-', '@', '\t', '\r', '\'']);
    if starts(text) && text.parse::<f64>().is_err() { format!("'{text}") } else { text.to_owned() }
}

/// Undoes [`guarded`].
#[must_use]
pub fn unguarded(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@', '\t', '\r', '\'']) => rest,
        _ => text,
    }
}

/// Named facts of a problem in one cell: `name=value` joined by `；`, both signs escaped by `\` inside values.
#[must_use]
pub fn joined(problem: &Problem) -> String {
    let escape = |text: &str| text.replace('\\', "\\\\").replace('；', "\\；");
    let pairs: Vec<String> = problem.args.iter().map(|(name, value)| format!("{name}={}", escape(value))).collect();
    pairs.join("；")
}

struct Sheet {
    name: &'static str,
    rows: Vec<Vec<String>>,
}

fn text(value: Option<&str>) -> String {
    value.map_or(String::new(), guarded)
}

fn shown(value: Option<impl ToString>) -> String {
    value.map_or(String::new(), |value| value.to_string())
}

/// A serde word, such as a status.
fn word(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

fn header(columns: &[&str]) -> Vec<String> {
    columns.iter().map(|column| (*column).to_owned()).collect()
}

fn sheets(plan: &PlanFile, report: &Report) -> Vec<Sheet> {
    let mut head = vec![header(&["key", "value"])];
    head.push(vec!["schema_version".into(), plan.schema_version.to_string()]);
    head.push(vec!["start".into(), plan.start.to_string()]);
    head.extend(plan.years.iter().map(|year| vec![format!("years.{}", year.year), year.effective.to_string()]));
    for (prefix, pairs) in [
        ("provenance", super::report::dotted("provenance", &plan.provenance)),
        ("policy", super::report::dotted("policy", &plan.policy)),
    ] {
        debug_assert!(pairs.iter().all(|(key, _)| key.starts_with(prefix)));
        head.extend(pairs.into_iter().map(|(key, value)| vec![key, guarded(&value)]));
    }

    let mut layout = vec![header(&["staff", "t", "state", "post", "host"])];
    for (staff, places) in &plan.layout {
        for (t, place) in places.iter().enumerate() {
            layout.push(vec![
                guarded(staff),
                t.to_string(),
                place.state.clone(),
                text(place.post.as_deref()),
                text(place.host.as_deref()),
            ]);
        }
    }

    let mut moves = vec![header(&[
        "staff",
        "year",
        "date",
        "batch",
        "from",
        "to",
        "status",
        "done_on",
        "handed_on",
        "decision",
        "decided_by",
        "reason",
        "rule",
    ])];
    moves.extend(plan.moves.iter().map(|row| {
        vec![
            guarded(&row.staff),
            row.year.to_string(),
            row.date.to_string(),
            row.batch.to_string(),
            text(row.from.as_deref()),
            guarded(&row.to),
            row.status.key().to_owned(),
            shown(row.done_on),
            shown(row.handed_on),
            text(row.decision.as_deref()),
            text(row.decided_by.as_deref()),
            guarded(&row.reason),
            row.rule.clone(),
        ]
    }));

    let mut tiers =
        vec![header(&["id", "name", "value", "bound", "status", "gap_points", "gap", "today", "nobody_moves"])];
    tiers.extend(plan.tiers.iter().map(|row| {
        vec![
            row.id.clone(),
            row.name.clone(),
            row.value.to_string(),
            shown(row.bound),
            word(&row.status),
            shown(row.gap_points),
            shown(row.gap),
            row.today.to_string(),
            row.nobody_moves.to_string(),
        ]
    }));

    let mut deferrals = vec![header(&["staff", "year", "rule", "substitute", "review"])];
    deferrals.extend(plan.deferrals.iter().map(|row| {
        vec![
            guarded(&row.staff),
            row.year.to_string(),
            row.rule.clone(),
            text(row.substitute.as_deref()),
            shown(row.review),
        ]
    }));

    let mut assumptions = vec![header(&["code", "severity", "file", "sheet", "row", "column", "args"])];
    assumptions.extend(plan.assumptions.iter().map(|note| {
        let cell = note.cell.as_ref();
        vec![
            note.code.clone(),
            word(&note.severity),
            text(cell.map(|cell| cell.file.as_str())),
            text(cell.map(|cell| cell.sheet.as_str())),
            shown(cell.and_then(|cell| cell.row)),
            shown(cell.and_then(|cell| cell.column)),
            guarded(&joined(note)),
        ]
    }));

    let mut sheets: Vec<Sheet> = FILES
        .iter()
        .zip([head, layout, moves, tiers, deferrals, assumptions, figures(report)])
        .map(|(name, rows)| Sheet { name, rows })
        .collect();
    sheets.extend(fit_sheet(&report.fit));
    sheets
}

/// The figures in long form, a header first.
fn figures(report: &Report) -> Vec<Vec<String>> {
    let mut rows = vec![header(&["metric", "unit", "year", "grade", "scenario", "value", "bound"])];
    rows.extend(report.metrics.iter().map(|row| {
        vec![
            row.metric.clone(),
            guarded(&row.unit),
            shown(row.year),
            guarded(&row.grade),
            row.scenario.to_owned(),
            shown(row.value),
            shown(row.bound),
        ]
    }));
    rows
}

/// Writes the figures alone.
///
/// # Errors
/// The system's refusal.
pub fn write_figures(report: &Report, path: &Path) -> Result<(), OutputError> {
    let place = |error| OutputError::io(path, error);
    let bytes = table_bytes(&figures(report)).map_err(place)?;
    crate::files::write_bytes(path, &bytes).map_err(place)
}

/// Score and parts of each pair, a blank where a part is unknown; nothing where no score is computed.
fn fit_sheet(rows: &[FitRow]) -> Option<Sheet> {
    let mut lines = vec![header(&["staff", "post", "fit", "source"])];
    lines[0].extend(Part::ALL.iter().map(|part| part.key().to_owned()));
    for row in rows {
        let mut line = vec![guarded(&row.staff), guarded(&row.post), shown(row.score), row.source.to_owned()];
        line.extend(row.parts.iter().map(|points| shown(*points)));
        lines.push(line);
    }
    (!rows.is_empty()).then_some(Sheet { name: FIT_FILE, rows: lines })
}

/// Writes the folder: beside its place first, then renamed. A folder that holds nothing but a plan's files is replaced.
///
/// # Errors
/// A folder with other files, or the system's refusal.
pub fn write(plan: &PlanFile, report: &Report, path: &Path) -> Result<(), OutputError> {
    refuse_foreign(path)?;
    let place = |error| OutputError::io(path, error);
    let mut files = Vec::new();
    for sheet in sheets(plan, report) {
        files.push((sheet.name.to_owned(), bytes(&sheet).map_err(place)?));
    }
    replace_folder(path, &files).map_err(place)
}

/// Refuses a target that is no folder of plan files, or that can't be written.
///
/// # Errors
/// [`OutputError::Foreign`], or the system's refusal.
pub fn refuse_foreign(path: &Path) -> Result<(), OutputError> {
    super::refuse_others(path, &|name| FILES.iter().chain([&FIT_FILE]).any(|known| name == *known))
}

/// A table of a report for programs, in UTF-8 with a byte-order mark: keys of columns, then plain values.
///
/// # Errors
/// Only where the writer fails in memory.
pub fn of_table(table: &Table) -> io::Result<Vec<u8>> {
    let plain = |value: &Value| match value {
        Value::Empty => String::new(),
        Value::Text(text) => guarded(text),
        Value::Whole(number) => number.to_string(),
        Value::Share(number) | Value::Decimal(number) => format!("{number:.6}"),
        Value::Date(date) => date.to_string(),
        Value::Risk(grade) => grade.key().to_owned(),
    };
    let keys = table.columns.iter().map(|column| column.key.to_owned()).collect();
    let rows = table.rows.iter().map(|row| row.iter().map(plain).collect());
    bytes(&Sheet { name: table.id, rows: std::iter::once(keys).chain(rows).collect() })
}

fn bytes(sheet: &Sheet) -> io::Result<Vec<u8>> {
    table_bytes(&sheet.rows)
}

/// Rows as a file of CSV, in UTF-8 with a byte-order mark.
///
/// # Errors
/// Only where the writer fails in memory.
pub(crate) fn table_bytes(rows: &[Vec<String>]) -> io::Result<Vec<u8>> {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer("\u{feff}".as_bytes().to_vec());
    for row in rows {
        writer.write_record(row).map_err(io::Error::other)?;
    }
    writer.into_inner().map_err(|error| io::Error::other(error.to_string()))
}
