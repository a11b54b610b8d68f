//! Raw sheets → known sheets → typed rows.

use super::cells::{self, Setting, Typed, dates};
use super::log::Log;
use super::near;
pub use super::row::Row;
use super::schema::{self, Column, Kind, SHEETS, Sheet, clean};
use super::sheets::{RawRow, RawTable, RawValue};
use lungang_domain::policy::LadderPolicy;
use lungang_domain::problem::TableOrigin;
use lungang_domain::{Cell, Problem, RowRef};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A sheet whose name and headings are known; its cells are still raw.
#[derive(Debug)]
pub struct Known {
    /// What it is.
    pub sheet: &'static Sheet,
    /// Position among the origins.
    pub table: usize,
    /// Row of the headings.
    pub heading_row: u32,
    /// Which column of the sheet holds what.
    pub columns: Vec<(u32, &'static Column)>,
    /// Of a fit matrix: the post named by each heading.
    pub matrix: Vec<(u32, String)>,
    /// The rows below the headings.
    pub rows: Vec<RawRow>,
    shown: Vec<String>,
}

impl Known {
    /// The heading over a column, as written.
    #[must_use]
    pub fn heading(&self, column: u32) -> String {
        self.shown.get(column as usize).cloned().unwrap_or_default()
    }
}

/// A sheet whose cells have been read.
#[derive(Debug)]
pub struct Table {
    /// What it is.
    pub sheet: &'static Sheet,
    /// Position among the origins.
    pub table: usize,
    /// Row of the headings.
    pub heading_row: u32,
    /// Of a fit matrix: the post named by each heading.
    pub matrix: Vec<(u32, String)>,
    /// Canonical columns that have a heading.
    pub headings: BTreeSet<&'static str>,
    /// Its rows.
    pub rows: Vec<Row>,
}

impl Table {
    /// Whether the sheet has this column.
    #[must_use]
    pub fn has(&self, column: &str) -> bool {
        self.headings.contains(column)
    }
}

/// Tells the sheets and their headings.
pub fn recognise(tables: Vec<RawTable>, log: &mut Log) -> Vec<Known> {
    let mut known: Vec<Known> = Vec::new();
    for mut raw in tables {
        if raw.rows.iter().all(|row| row.cells.iter().all(RawValue::is_empty)) {
            continue;
        }
        raw.rows.retain(|row| !row.cells.iter().all(RawValue::is_empty));
        let Some(sheet) = schema::sheet(&raw.sheet) else {
            log.push(unknown_sheet(&raw));
            continue;
        };
        let table = log.origins.tables.len();
        let twice = known.iter().any(|before| before.sheet.name == sheet.name);
        let sheet_cell = raw.cell(None, None);
        let read = headings(sheet, table, raw, log);
        if twice {
            log.push(Problem::new("E0117").at(Some(sheet_cell)).with("sheet", sheet.name).with("zh", sheet.zh));
        } else {
            known.extend(read);
        }
    }
    known
}

fn unknown_sheet(raw: &RawTable) -> Problem {
    let names = || SHEETS.iter().flat_map(|sheet| [sheet.name, sheet.zh]);
    let code = if names().any(|name| near::is_near_miss(&raw.sheet, name)) { "E0115" } else { "W0101" };
    Problem::new(code)
        .at(Some(raw.cell(None, None)))
        .with("value", raw.sheet.trim())
        .with("near", near::suggest(&raw.sheet, names()))
}

/// The row further down that looks like the headings, if the first does not.
fn headings_elsewhere(sheet: &Sheet, rows: &[RawRow]) -> Option<u32> {
    rows.iter()
        .take(30)
        .find(|row| row.cells.iter().filter(|cell| sheet.column(&cell.shown()).is_some()).count() >= 2)
        .map(|row| row.row)
}

fn headings(sheet: &'static Sheet, table: usize, raw: RawTable, log: &mut Log) -> Option<Known> {
    let mut origin = TableOrigin { file: raw.file.clone(), sheet: raw.sheet.clone(), columns: BTreeMap::new() };
    let first = raw.rows.first()?;
    let heading_row = first.row;
    let place = |column: usize| raw.cell(Some(heading_row), u32::try_from(column).ok());
    let shown: Vec<String> = first.cells.iter().map(RawValue::shown).collect();
    let found: Vec<Option<&'static Column>> = shown.iter().map(|heading| sheet.column(heading)).collect();
    if found.iter().all(Option::is_none) {
        let elsewhere = headings_elsewhere(sheet, &raw.rows).map_or(near::NONE.to_owned(), |row| row.to_string());
        let wanted = join_headings(sheet, sheet.required());
        let problem = Problem::new("E0122").at(Some(raw.cell(Some(heading_row), None)));
        log.push(problem.with("elsewhere", elsewhere).with("wanted", wanted));
        log.origins.tables.push(origin);
        return None;
    }
    let has = |name: &str| found.iter().flatten().any(|column| column.name == name);
    let is_matrix = sheet.name == "fit" && has("staff") && !has("post") && !has("score");
    let mut columns: Vec<(u32, &'static Column)> = Vec::new();
    let mut matrix: Vec<(u32, String)> = Vec::new();
    for (position, (heading, column)) in shown.iter().zip(&found).enumerate() {
        let Ok(number) = u32::try_from(position) else { break };
        match column {
            Some(column) if origin.columns.contains_key(column.name) => {
                log.push(Problem::new("E0118").at(Some(place(position))).with("value", heading));
            }
            Some(column) => {
                origin.columns.insert(column.name.to_owned(), number);
                log.headings.insert((table, column.name.to_owned()), heading.clone());
                columns.push((number, column));
            }
            None if heading.is_empty() => {}
            None if is_matrix => {
                let post = clean(heading);
                if matrix.iter().any(|(_, known)| *known == post) {
                    log.push(Problem::new("E0118").at(Some(place(position))).with("value", heading));
                } else {
                    matrix.push((number, post));
                }
            }
            None => log.push(unknown_heading(sheet, heading, &found).at(Some(place(position)))),
        }
    }
    let missing: Vec<&str> =
        sheet.required().iter().copied().filter(|name| !is_matrix && !origin.columns.contains_key(*name)).collect();
    if !missing.is_empty() {
        let cell = raw.cell(Some(heading_row), None);
        log.push(Problem::new("E0121").at(Some(cell)).with("missing", join_headings(sheet, &missing)));
    }
    values_without_heading(&raw, &shown, log);
    log.origins.tables.push(origin);
    let rows = raw.rows.into_iter().skip(1).collect();
    Some(Known { sheet, table, heading_row, columns, matrix, rows, shown })
}

/// `name 姓名, unit 单位`.
fn join_headings(sheet: &Sheet, names: &[&str]) -> String {
    let pairs: Vec<String> = names
        .iter()
        .filter_map(|name| sheet.column(name))
        .map(|column| format!("{} {}", column.name, column.zh))
        .collect();
    pairs.join(", ")
}

/// A slip of the pen in a heading would lose a whole column, so it is an error where that column is not there
/// otherwise; any other unknown column is warned of and not read.
fn unknown_heading(sheet: &Sheet, heading: &str, found: &[Option<&'static Column>]) -> Problem {
    let absent = |column: &Column| !found.iter().flatten().any(|known| known.name == column.name);
    let is_slip = sheet
        .columns
        .iter()
        .any(|column| absent(column) && [column.name, column.zh].iter().any(|name| near::is_near_miss(heading, name)));
    let near = near::suggest(heading, sheet.known_headings());
    Problem::new(if is_slip { "E0119" } else { "W0102" }).with("value", heading).with("near", near)
}

/// Values to the right of the headings: in a CSV file a cell with an unquoted comma has shifted its row; in a workbook
/// the column is not read.
fn values_without_heading(raw: &RawTable, shown: &[String], log: &mut Log) {
    let is_csv = raw.file.to_lowercase().ends_with(".csv");
    let mut told = BTreeSet::new();
    for row in raw.rows.iter().skip(1) {
        for (position, value) in row.cells.iter().enumerate() {
            let has_heading = shown.get(position).is_some_and(|heading| !heading.is_empty());
            if has_heading || value.is_empty() {
                continue;
            }
            let column = u32::try_from(position).ok();
            let beyond = is_csv && position >= shown.len();
            if beyond {
                let cell = raw.cell(Some(row.row), column);
                log.push(Problem::new("E0120").at(Some(cell)).with("value", value.shown()));
                break;
            }
            if told.insert(position) {
                log.push(Problem::new("W0103").at(Some(raw.cell(Some(row.row), column))).with("value", value.shown()));
            }
        }
    }
}

/// How cells are read under a policy.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'a> {
    /// The ladders.
    pub ladder: &'a LadderPolicy,
    /// `input.date_order`, if set.
    pub order: Option<dates::Order>,
}

/// Reads the cells of a sheet.
pub fn type_rows(known: &Known, reading: Reading<'_>, log: &mut Log) -> Table {
    let orders: HashMap<u32, Option<dates::Order>> = known
        .columns
        .iter()
        .filter(|(_, column)| matches!(column.kind, Kind::Date | Kind::Birth | Kind::Since))
        .map(|(number, _)| {
            let values = known.rows.iter().filter_map(|row| row.cells.get(*number as usize));
            (*number, reading.order.or_else(|| dates::order_of(values)))
        })
        .collect();
    let mut table = Table {
        sheet: known.sheet,
        table: known.table,
        heading_row: known.heading_row,
        matrix: known.matrix.clone(),
        headings: known.columns.iter().map(|(_, column)| column.name).collect(),
        rows: Vec::new(),
    };
    for raw in &known.rows {
        let at = RowRef { table: known.table, row: raw.row };
        let mut row = Row::new(at);
        for (number, column) in &known.columns {
            let Some(value) = raw.cells.get(*number as usize).filter(|value| !value.is_empty()) else { continue };
            let order = orders.get(number).copied().flatten();
            let setting = Setting { ladder: reading.ladder, order };
            let mut notes = Vec::new();
            match cells::read(column.kind, value, setting, &mut notes) {
                Ok(Some(typed)) => {
                    row.put(column.name, typed);
                }
                Ok(None) => {}
                Err(problem) => {
                    row.spoil(column.name);
                    log.at(at, column.name, problem.with("column", column.name));
                }
            }
            for note in notes {
                log.at(at, column.name, note.with("column", column.name));
            }
        }
        read_scores(known, raw, &mut row, reading, log);
        if !row.is_bare() {
            table.rows.push(row);
        }
    }
    table
}

fn read_scores(known: &Known, raw: &RawRow, row: &mut Row, reading: Reading<'_>, log: &mut Log) {
    for (number, _) in &known.matrix {
        let Some(value) = raw.cells.get(*number as usize).filter(|value| !value.is_empty()) else { continue };
        let setting = Setting { ladder: reading.ladder, order: None };
        match cells::read(Kind::Score, value, setting, &mut Vec::new()) {
            Ok(Some(Typed::Whole(score))) => row.scores.push((*number, score)),
            Ok(_) => {}
            Err(problem) => {
                let cell = log.origins.cell(row.at, "").map(|cell| Cell { column: Some(*number), ..cell });
                log.push(problem.at(cell).with("column", "score"));
            }
        }
    }
}
