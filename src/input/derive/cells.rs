//! Typed rows → the cells of the canonical workbook.

use super::{Derived, Mark, SOURCE};
use crate::input::assemble::Sheets;
use crate::input::cells::Typed;
use crate::input::log::Log;
use crate::input::row::Row;
use crate::input::schema::{Kind, SHEETS};
use crate::input::sheets::{self, RawRow, RawTable, RawValue};
use crate::input::words;
use crate::text::Lang;
use std::collections::{BTreeSet, HashMap};

/// The cells that could not be read, with what they hold: file, sheet, row, column.
pub(super) type Wrong = HashMap<(String, String, u32, u32), String>;

/// The canonical columns that some row fills or can't be read in, in their order, and those that are always there.
pub(super) fn used(sheets: &Sheets, name: &str, always: &[&str]) -> Vec<&'static str> {
    let Some(sheet) = SHEETS.iter().find(|sheet| sheet.name == name) else { return Vec::new() };
    let filled: BTreeSet<&str> =
        sheets.rows(name).flat_map(|row| row.cells().map(|(column, _)| column).chain(row.broken())).collect();
    let is_used = |column: &&'static str| filled.contains(column) || always.contains(column);
    sheet.columns.iter().map(|column| column.name).filter(is_used).collect()
}

pub(super) fn cells(
    row: &Row,
    sheet: &'static str,
    names: &[&'static str],
    at: usize,
    wrong: &Wrong,
    log: &Log,
    derived: &mut Derived,
) -> Vec<RawValue> {
    let known: HashMap<&str, &Typed> = row.cells().collect();
    let kind = |name: &str| {
        let found = SHEETS.iter().find(|known| known.name == sheet)?;
        found.columns.iter().find(|column| column.name == name).map(|column| column.kind)
    };
    let mut cells = Vec::with_capacity(names.len() + 1);
    for name in names {
        if let Some(typed) = known.get(name) {
            cells.push(raw(typed, kind(name), derived.lang));
            continue;
        }
        let place = log.origins.cell(row.at, name);
        let written = place.and_then(|cell| wrong.get(&(cell.file, cell.sheet, cell.row?, cell.column?)));
        match written {
            Some(text) => {
                derived.marks.insert((sheet, at, name), Mark::Wrong);
                cells.push(RawValue::text(text));
            }
            None => cells.push(RawValue::Empty),
        }
    }
    cells
}

/// A value as the canonical workbook holds it.
#[allow(clippy::cast_precision_loss)] // Numbers of rosters are small.
fn raw(typed: &Typed, kind: Option<Kind>, lang: Lang) -> RawValue {
    let word = |key: &str| match kind {
        Some(Kind::Word(family) | Kind::Words(family)) => words::said(family, key, lang),
        Some(Kind::Grade) => words::said("risk", key, lang),
        Some(Kind::Investigation) => words::said("investigation", key, lang),
        _ => key.to_owned(),
    };
    match typed {
        Typed::Text(text) => RawValue::text(text),
        Typed::List(items) if items.is_empty() => RawValue::text("无"),
        Typed::List(items) => RawValue::text(&items.join("；")),
        Typed::Date(date) => RawValue::Date(*date),
        Typed::Since(since) if since.at_least => RawValue::text(&format!("≤{}", since.date)),
        Typed::Since(since) => RawValue::Date(since.date),
        Typed::Whole(number) => RawValue::Number(*number as f64),
        Typed::Number(number) => RawValue::Number(*number),
        Typed::Word(_, written) if kind == Some(Kind::Status) => RawValue::text(written),
        Typed::Word(key, _) => RawValue::text(&word(key)),
        Typed::Words(keys) => RawValue::text(&keys.iter().map(|key| word(key)).collect::<Vec<_>>().join("；")),
        Typed::Flag(yes) => RawValue::text(&words::said_yes_no(*yes, lang)),
        Typed::Span(span) if span.low == span.high => RawValue::text(&span.low),
        Typed::Span(span) => RawValue::text(&format!("{}–{}", span.low, span.high)),
        Typed::Seats(seats) => {
            let seats: Vec<String> = seats
                .iter()
                .map(|(kind, count)| format!("{}:{count}", words::said("staffing", kind.key(), lang)))
                .collect();
            RawValue::text(&seats.join("；"))
        }
        Typed::Raw(value) => value.clone(),
    }
}

pub(super) fn headings(columns: &[&str]) -> Vec<RawValue> {
    columns.iter().chain([&SOURCE]).map(|name| RawValue::text(name)).collect()
}

pub(super) fn table(sheet: &str, rows: Vec<Vec<RawValue>>) -> RawTable {
    let rows = (1..).zip(rows).map(|(row, cells)| RawRow { row, cells }).collect();
    RawTable { sheet: sheet.to_owned(), rows, ..RawTable::default() }
}

/// `花名册.xlsx [干部花名册] A5`.
pub(super) fn cell_name(row: &Row, log: &Log) -> String {
    let Some(origin) = log.origins.tables.get(row.at.table) else { return String::new() };
    if sheets::is_text(std::path::Path::new(&origin.file)) {
        format!("{} A{}", origin.file, row.at.row)
    } else {
        format!("{} [{}] A{}", origin.file, origin.sheet, row.at.row)
    }
}
