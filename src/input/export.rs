//! What was read → one canonical file that reads back to the same case.

use super::aliases::Aliases;
use super::cells::Typed;
use super::log::Log;
use super::schema::Kind;
use super::sheets::RawValue;
use super::sheets::json::{InputFile, RowFile, SCHEMA_VERSION, SheetFile};
use super::tables::{self, Table};
use super::{ReadOptions, Reading, from_source, sheets};
use lungang_domain::Severity;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;

/// Reads an input, and gives beside the reading the canonical file; `None` where there are errors.
#[must_use]
pub fn export(path: &Path, options: &ReadOptions) -> (Reading, Option<String>) {
    let source = super::whole_source(path, options);
    let settings = settings(&source.tables);
    let (reading, typed) = from_source(source, options);
    let Some(case) = reading.case.as_ref() else { return (reading, None) };
    let mut file =
        InputFile { schema_version: SCHEMA_VERSION, kind: "input".to_owned(), sheets: Vec::new(), notes: Vec::new() };
    for (position, origin) in case.origins.tables.iter().enumerate() {
        let Some(typed) = typed.tables.iter().find(|table| table.table == position) else {
            file.sheets.extend(settings.iter().find(|sheet| sheet.sheet == origin.sheet).cloned());
            continue;
        };
        let mut columns: BTreeMap<String, u32> = origin.columns.clone();
        columns.extend(typed.matrix.iter().map(|(column, post)| (post.clone(), *column)));
        file.sheets.push(SheetFile {
            sheet: origin.sheet.clone(),
            file: Some(origin.file.clone()),
            heading_row: Some(typed.heading_row),
            columns,
            headings: reading
                .rows
                .sheets
                .iter()
                .filter(|sheet| (&sheet.file, &sheet.sheet) == (&origin.file, &origin.sheet))
                .flat_map(|sheet| sheet.headings.iter().cloned())
                .filter(|(name, written)| name != written)
                .collect(),
            rows: rows(typed),
        });
    }
    file.notes = reading.problems.iter().filter(|problem| problem.severity != Severity::Error).cloned().collect();
    let text = serde_json::to_string_pretty(&file).ok().map(|text| text + "\n");
    (reading, text)
}

fn rows(table: &Table) -> Vec<RowFile> {
    let posts: BTreeMap<u32, &String> = table.matrix.iter().map(|(column, post)| (*column, post)).collect();
    table
        .rows
        .iter()
        .map(|row| {
            let mut cells: BTreeMap<String, Value> = BTreeMap::new();
            for (name, typed) in row.cells() {
                let kind = table.sheet.columns.iter().find(|column| column.name == name).map(|column| column.kind);
                cells.insert(name.to_owned(), value(typed, kind));
            }
            for (column, score) in &row.scores {
                if let Some(post) = posts.get(column) {
                    cells.insert((*post).clone(), json!(score));
                }
            }
            RowFile { row: Some(row.at.row), cells }
        })
        .collect()
}

fn value(typed: &Typed, kind: Option<Kind>) -> Value {
    match typed {
        Typed::Text(text) => json!(text),
        Typed::List(items) => json!(items),
        Typed::Date(date) => json!(date.to_string()),
        Typed::Since(since) if since.at_least => json!(format!("≤{}", since.date)),
        Typed::Since(since) => json!(since.date.to_string()),
        Typed::Whole(number) => json!(number),
        Typed::Number(number) => json!(number),
        // The list of who is not planned shows the status as written.
        Typed::Word(_, written) if kind == Some(Kind::Status) => json!(written),
        Typed::Word(key, _) => json!(key),
        Typed::Words(keys) => json!(keys),
        Typed::Flag(yes) => json!(yes),
        Typed::Span(span) if span.low == span.high => json!(span.low),
        Typed::Span(span) => json!(format!("{}–{}", span.low, span.high)),
        Typed::Seats(seats) => {
            json!(seats.iter().map(|(kind, count)| format!("{}:{count}", kind.key())).collect::<Vec<_>>())
        }
        Typed::Raw(value) => raw(value),
    }
}

fn raw(value: &RawValue) -> Value {
    match value {
        RawValue::Empty => Value::Null,
        RawValue::Number(number) => json!(number),
        RawValue::Bool(yes) => json!(yes),
        other => json!(other.shown()),
    }
}

/// The settings sheets as they stand; they are read as policy, not as typed rows.
fn settings(tables: &[sheets::RawTable]) -> Vec<SheetFile> {
    let known = tables::recognise(tables.to_vec(), Aliases::built_in(), &mut Log::default());
    known
        .into_iter()
        .filter(|table| table.sheet.name == "settings")
        .filter_map(|table| {
            let origin = tables
                .iter()
                .find(|raw| super::schema::sheet(&raw.sheet).map(|sheet| sheet.name) == Some("settings"))?;
            let columns: BTreeMap<String, u32> =
                table.columns.iter().map(|(at, feed)| (feed.column.name.to_owned(), *at)).collect();
            let rows = table.rows.iter().map(|row| {
                let cell = |column: &u32| row.cells.get(*column as usize).map_or(Value::Null, raw);
                RowFile {
                    row: Some(row.row),
                    cells: columns.iter().map(|(name, column)| (name.clone(), cell(column))).collect(),
                }
            });
            Some(SheetFile {
                sheet: origin.sheet.clone(),
                file: Some(origin.file.clone()),
                heading_row: Some(table.heading_row),
                headings: BTreeMap::new(),
                rows: rows.collect(),
                columns,
            })
        })
        .collect()
}
