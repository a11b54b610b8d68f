//! Raw sheets → known sheets → typed rows.

mod headings;
mod rows;
mod standing;

use self::headings::headings;
pub use self::rows::{Reading, type_rows};
use self::standing::Standing;
use super::aliases::{self, Aliases, Feed, Meaning};
use super::layout::{self, Why};
use super::log::Log;
use super::near;
use super::row::Row;
use super::schema::{SHEETS, Sheet};
use super::sheets::{RawRow, RawTable, RawValue};
use lungang_domain::Problem;
use std::collections::BTreeSet;

/// A sheet whose name and headings are known; its cells are still raw.
#[derive(Debug)]
pub struct Known {
    /// What it is.
    pub sheet: &'static Sheet,
    /// Position among the origins.
    pub table: usize,
    /// Row of the headings.
    pub heading_row: u32,
    /// Which column of the sheet feeds what, by rank.
    pub columns: Vec<(u32, Feed)>,
    /// Of a fit matrix: the post named by each heading.
    pub matrix: Vec<(u32, String)>,
    /// The rows below the headings.
    pub rows: Vec<RawRow>,
    /// By row: what the titles above it say, if the sheet has no column for it.
    under: Vec<Option<usize>>,
    standing: Vec<Standing>,
    /// Rows that are no records.
    pub aside: Vec<(u32, Why)>,
    since_1904: bool,
    shown: Vec<String>,
}

impl Known {
    /// The heading over a column, as written.
    #[must_use]
    pub fn heading(&self, column: u32) -> String {
        self.shown.get(column as usize).cloned().unwrap_or_default()
    }

    /// The column of the sheet that feeds a canonical column first.
    #[must_use]
    pub fn first(&self, name: &str) -> Option<u32> {
        self.columns.iter().find(|(_, feed)| feed.column.name == name).map(|(at, _)| *at)
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

/// Whether a file is a table as text.
fn is_text(file: &str) -> bool {
    super::sheets::is_text(std::path::Path::new(file))
}

/// Tells the sheets and their headings.
pub fn recognise(tables: Vec<RawTable>, aliases: &Aliases, log: &mut Log) -> Vec<Known> {
    let mut known: Vec<Known> = Vec::new();
    let mut canonical: Vec<(&'static str, String)> = Vec::new();
    for raw in tables {
        if raw.rows.iter().all(|row| row.cells.iter().all(RawValue::is_empty)) {
            continue;
        }
        // Many sheets are called 考核情况: one without the headings is no sheet of ours.
        let Some(sheet) = told(&raw, aliases) else {
            log.push(unknown_sheet(&raw));
            continue;
        };
        let named = aliases.sheet(&raw.sheet);
        let own = named.as_ref().is_some_and(|named| named.canonical);
        if named.is_none() {
            let problem = Problem::new("A0107").at(Some(raw.cell(None, None)));
            log.push(problem.with("sheet", sheet.name).with("zh", sheet.zh));
        }
        let table = log.origins.tables.len();
        // Rosters by other names may be several; a sheet that bears its own name twice in one file is a slip.
        let file = if is_text(&raw.file) { String::new() } else { raw.file.clone() };
        let twice = own && canonical.contains(&(sheet.name, file.clone()));
        let sheet_cell = raw.cell(None, None);
        let read = headings(sheet, own, table, raw, aliases, log);
        if twice {
            log.push(Problem::new("E0117").at(Some(sheet_cell)).with("sheet", sheet.name).with("zh", sheet.zh));
        } else {
            known.extend(read);
        }
        if own {
            canonical.push((sheet.name, file));
        }
    }
    known
}

/// The sheet that a table is taken for; `None`: none of ours.
#[must_use]
pub fn told(raw: &RawTable, aliases: &Aliases) -> Option<&'static Sheet> {
    match aliases.sheet(&raw.sheet) {
        Some(named) if named.sheet.is_record() && !fed(raw, named.sheet, aliases).1 => None,
        Some(named) => Some(named.sheet),
        None => by_headings(raw, aliases).filter(|_| !is_slip(&raw.sheet)),
    }
}

/// The sheet that the headings speak of, where the name says nothing: the one that knows the most of them, four at least
/// and those it can't be without, and more than any other.
fn by_headings(raw: &RawTable, aliases: &Aliases) -> Option<&'static Sheet> {
    const FEWEST: usize = 4;
    const TOLD: &[&str] = &["staff", "posts", "risks", "duties", "units", "history"];
    let mut found: Vec<(usize, &'static Sheet)> = Vec::new();
    for sheet in SHEETS.iter().filter(|sheet| TOLD.contains(&sheet.name)) {
        let (count, complete) = fed(raw, sheet, aliases);
        if complete && count >= FEWEST {
            found.push((count, sheet));
        }
    }
    found.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    match found.as_slice() {
        [(_, only)] => Some(only),
        [(most, best), (next, _), ..] if most > next => Some(best),
        _ => None,
    }
}

/// How many columns of a sheet the headings of a table feed, and whether those are among them that it can't be without.
fn fed(raw: &RawTable, sheet: &'static Sheet, aliases: &Aliases) -> (usize, bool) {
    const DEPTH: usize = 60;
    let knows = |text: &str| aliases.heading(sheet, text).is_some();
    let rows = raw.rows.iter().take(DEPTH).cloned().collect();
    let Some(laid) = layout::lay(rows, &raw.merged, &knows) else { return (0, false) };
    let fed: BTreeSet<&str> = laid
        .headings
        .iter()
        .filter_map(|heading| match meaning(sheet, heading, aliases) {
            Some(Meaning::Column(feed)) => Some(feed.column.name),
            _ => None,
        })
        .collect();
    let complete = sheet.required().iter().all(|name| fed.contains(name) || matches!(*name, "id" | "unit"));
    (fed.len(), complete)
}

/// What a heading says: by both of its rows, the lower, the upper. One that feeds a column wins over one that is known
/// and not needed.
fn meaning(sheet: &'static Sheet, heading: &layout::Heading, aliases: &Aliases) -> Option<Meaning> {
    // 拟任 over 单位 is not the unit of today: then only both together, or nothing.
    let upper =
        heading.names.first().zip(heading.names.get(1)).and_then(|(both, lower)| both.strip_suffix(lower.as_str()));
    let tellable = if upper.is_some_and(aliases::is_foreign) { 1 } else { heading.names.len() };
    let mut found = heading.names.iter().take(tellable).filter_map(|name| aliases.heading(sheet, name)).peekable();
    let first = found.peek().copied();
    found.find(|meaning| matches!(meaning, Meaning::Column(_))).or(first)
}

/// Whether a sheet's name is a slip of one of ours.
fn is_slip(name: &str) -> bool {
    SHEETS.iter().flat_map(|sheet| [sheet.name, sheet.zh]).any(|known| near::is_near_miss(name, known))
}

fn unknown_sheet(raw: &RawTable) -> Problem {
    let names = || SHEETS.iter().flat_map(|sheet| [sheet.name, sheet.zh]);
    Problem::new(if is_slip(&raw.sheet) { "E0115" } else { "W0101" })
        .at(Some(raw.cell(None, None)))
        .with("value", raw.sheet.trim())
        .with("near", near::suggest(&raw.sheet, names()))
}
