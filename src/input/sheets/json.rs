//! A canonical input, as `lungang export` writes it → sheets. Messages keep pointing at the cells it came from.

use super::{MAX_CELLS, RawRow, RawTable, RawValue, whole_file};
use lungang_domain::{Problem, Severity};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// Version of the file's shape.
pub const SCHEMA_VERSION: u32 = 1;

/// The whole file.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InputFile {
    /// [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// `input`, so that a plan is not taken for one.
    pub kind: String,
    /// The sheets.
    pub sheets: Vec<SheetFile>,
    /// Warnings and assumptions of the first reading.
    #[serde(default)]
    pub notes: Vec<Problem>,
    /// Scores that the fit model computes, of people in the post they hold and in those suggested: for whoever looks at
    /// the file. They are not read back but computed again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub computed_fit: Vec<ComputedFit>,
}

/// A score that was computed, with the points of its parts.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ComputedFit {
    /// Staff id.
    pub staff: String,
    /// Post id.
    pub post: String,
    /// 0 to 100.
    pub score: i64,
    /// `computed`.
    pub source: String,
    /// Points of each part that is known, 0 to 100.
    pub parts: BTreeMap<String, u8>,
}

/// One sheet.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SheetFile {
    /// Name as written in the file it came from; canonical names will do.
    pub sheet: String,
    /// File it came from; by default this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Row of its headings; by default 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heading_row: Option<u32>,
    /// Heading → 0-based column; by default in the order of appearance.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub columns: BTreeMap<String, u32>,
    /// Headings as they were written, where not as in `columns`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub headings: BTreeMap<String, String>,
    /// The rows.
    pub rows: Vec<RowFile>,
}

/// One row.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RowFile {
    /// Row it came from; by default in order after the headings.
    #[serde(rename = "_row", default, skip_serializing_if = "Option::is_none")]
    pub row: Option<u32>,
    /// Heading → value: text, number, truth value, or a list of texts.
    #[serde(flatten)]
    pub cells: BTreeMap<String, Value>,
}

/// Whether the first visible byte opens a JSON object.
pub fn looks_like(bytes: &[u8]) -> bool {
    let body = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    body.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{')
}

/// Reads an exported input.
pub fn read(file: &str, bytes: &[u8]) -> Result<(Vec<RawTable>, Vec<Problem>), Problem> {
    let body = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let broken = |reason: String| Problem::new("E0114").at(Some(whole_file(file))).with("reason", reason);
    let input: InputFile = serde_json::from_slice(body).map_err(|error| broken(error.to_string()))?;
    if input.kind != "input" || input.schema_version != SCHEMA_VERSION {
        return Err(broken(format!("kind = {}, schema_version = {}", input.kind, input.schema_version)));
    }
    let mut tables = Vec::new();
    for sheet in input.sheets {
        tables.push(table(file, sheet).map_err(&broken)?);
    }
    let notes = input.notes.into_iter().filter(|note| note.severity != Severity::Error).collect();
    Ok((tables, notes))
}

fn table(file: &str, sheet: SheetFile) -> Result<RawTable, String> {
    let mut columns = sheet.columns;
    for heading in sheet.rows.iter().flat_map(|row| row.cells.keys()) {
        if !columns.contains_key(heading) {
            let next = columns.values().max().map_or(0, |last| last.saturating_add(1));
            columns.insert(heading.clone(), next);
        }
    }
    let width = columns.values().max().map_or(0, |last| *last as usize + 1);
    if width.saturating_mul(sheet.rows.len() + 1) > MAX_CELLS {
        return Err(format!("{}: {width} columns", sheet.sheet));
    }
    let heading_row = sheet.heading_row.unwrap_or(1);
    let mut headings = RawRow { row: heading_row, cells: vec![RawValue::Empty; width] };
    for (heading, column) in &columns {
        if let Some(slot) = headings.cells.get_mut(*column as usize) {
            *slot = RawValue::text(sheet.headings.get(heading).unwrap_or(heading));
        }
    }
    let mut rows = vec![headings];
    let mut number = heading_row;
    for row in sheet.rows {
        number = row.row.unwrap_or_else(|| number.saturating_add(1));
        let mut cells = vec![RawValue::Empty; width];
        for (heading, value) in &row.cells {
            let value = raw(value).ok_or_else(|| format!("{} {number}: {heading}", sheet.sheet))?;
            if let Some(slot) = columns.get(heading).and_then(|column| cells.get_mut(*column as usize)) {
                *slot = value;
            }
        }
        rows.push(RawRow { row: number, cells });
    }
    Ok(RawTable {
        file: sheet.file.unwrap_or_else(|| file.to_owned()),
        sheet: sheet.sheet,
        rows,
        ..RawTable::default()
    })
}

fn raw(value: &Value) -> Option<RawValue> {
    match value {
        Value::Null => Some(RawValue::Empty),
        Value::Bool(yes) => Some(RawValue::Bool(*yes)),
        Value::Number(number) => number.as_f64().map(RawValue::Number),
        Value::String(text) => Some(RawValue::text(text)),
        // An empty list is said in words: nothing wanted is not the same as nothing said.
        Value::Array(items) if items.is_empty() => Some(RawValue::text("无")),
        Value::Array(items) => {
            let texts: Option<Vec<&str>> = items.iter().map(Value::as_str).collect();
            Some(RawValue::text(&texts?.join("；")))
        }
        Value::Object(_) => None,
    }
}
