//! What was read → one canonical file that reads back to the same case.

use super::aliases::Aliases;
use super::assemble::OF_THE_MODEL;
use super::cells::Typed;
use super::log::Log;
use super::schema::Kind;
use super::sheets::RawValue;
use super::sheets::json::{ComputedFit, InputFile, RowFile, SCHEMA_VERSION, SheetFile};
use super::tables::{self, Table};
use super::{ReadOptions, Reading, from_source, sheets};
use lungang_domain::fit::{Part, Source};
use lungang_domain::{Case, PostIx, Problem, Severity};
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
    let mut file = InputFile {
        schema_version: SCHEMA_VERSION,
        kind: "input".to_owned(),
        sheets: Vec::new(),
        notes: Vec::new(),
        computed_fit: computed(case),
    };
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
    let kept =
        |problem: &&Problem| problem.severity != Severity::Error && !OF_THE_MODEL.contains(&problem.code.as_str());
    file.notes = reading.problems.iter().filter(kept).cloned().collect();
    let text = serde_json::to_string_pretty(&file).ok().map(|text| text + "\n");
    (reading, text)
}

/// What the model computes for people in the post they hold and in those suggested; for all pairs it would be millions.
fn computed(case: &Case) -> Vec<ComputedFit> {
    let Some(model) = case.fit.model() else { return Vec::new() };
    let mut found = Vec::new();
    for ix in case.people_ix() {
        let person = case.person(ix);
        let mut posts: Vec<PostIx> = person.post.into_iter().chain(person.suggested_posts.iter().copied()).collect();
        posts.sort_unstable();
        posts.dedup();
        for post in posts {
            let (Some(score), Some(Source::Computed)) = (case.fit.get(ix, post), case.fit.source(ix, post)) else {
                continue;
            };
            let parts = Part::ALL.iter().zip(model.parts(ix, post));
            found.push(ComputedFit {
                staff: person.id.0.clone(),
                post: case.post(post).id.0.clone(),
                score,
                source: "computed".to_owned(),
                parts: parts.filter_map(|(part, points)| Some((part.key().to_owned(), points?))).collect(),
            });
        }
    }
    found
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
