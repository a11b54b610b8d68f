//! Raw sheets → known sheets → typed rows.

use super::aliases::{self, Aliases, Feed, Meaning};
use super::cells::{self, Setting, Typed, dates};
use super::layout::{self, Laid, Told, Why};
use super::log::Log;
use super::near;
pub use super::row::Row;
use super::schema::{Column, Kind, SHEETS, Sheet, clean, one_line};
use super::sheets::{RawRow, RawTable, RawValue};
use super::words;
use chrono::NaiveDate;
use lungang_domain::policy::LadderPolicy;
use lungang_domain::problem::TableOrigin;
use lungang_domain::{Cell, Problem, RowRef};
use std::collections::{BTreeMap, BTreeSet};

/// As many unknown headings of a sheet are compared with the known ones.
const MOST_COMPARED: usize = 200;
/// Headings of the column of source cells in workbooks of ours.
const SOURCES: [&str; 2] = [super::derive::SOURCE, "来源单元格"];

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

/// What the titles of a sheet say of the rows below one of them: the text, and the cell it stands in.
#[derive(Clone, Debug, Default)]
struct Standing {
    unit: Option<(String, Option<(u32, u32)>)>,
    section: Option<(String, Option<(u32, u32)>)>,
    status: Option<(String, Option<(u32, u32)>)>,
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
        let (sheet, own) = match aliases.sheet(&raw.sheet) {
            Some(named) => (named.sheet, named.canonical),
            None => match by_headings(&raw, aliases) {
                Some(sheet) if !is_slip(&raw.sheet) => {
                    let problem = Problem::new("A0107").at(Some(raw.cell(None, None)));
                    log.push(problem.with("sheet", sheet.name).with("zh", sheet.zh));
                    (sheet, false)
                }
                _ => {
                    log.push(unknown_sheet(&raw));
                    continue;
                }
            },
        };
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

/// The sheet that the headings speak of, where the name says nothing: the one that knows the most of them, four at least
/// and those it can't be without, and more than any other.
fn by_headings(raw: &RawTable, aliases: &Aliases) -> Option<&'static Sheet> {
    const FEWEST: usize = 4;
    const DEPTH: usize = 60;
    const TOLD: &[&str] = &["staff", "posts", "risks", "duties", "units", "history"];
    let mut found: Vec<(usize, &'static Sheet)> = Vec::new();
    for sheet in SHEETS.iter().filter(|sheet| TOLD.contains(&sheet.name)) {
        let knows = |text: &str| aliases.heading(sheet, text).is_some();
        let rows = raw.rows.iter().take(DEPTH).cloned().collect();
        let Some(laid) = layout::lay(rows, &raw.merged, &knows) else { continue };
        let fed: BTreeSet<&str> = laid
            .headings
            .iter()
            .filter_map(|heading| match meaning(sheet, heading, aliases) {
                Some(Meaning::Column(feed)) => Some(feed.column.name),
                _ => None,
            })
            .collect();
        let complete = sheet.required().iter().all(|name| fed.contains(name) || matches!(*name, "id" | "unit"));
        if complete && fed.len() >= FEWEST {
            found.push((fed.len(), sheet));
        }
    }
    found.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    match found.as_slice() {
        [(_, only)] => Some(only),
        [(most, best), (next, _), ..] if most > next => Some(best),
        _ => None,
    }
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

fn headings(
    sheet: &'static Sheet,
    own_name: bool,
    table: usize,
    mut raw: RawTable,
    aliases: &Aliases,
    log: &mut Log,
) -> Option<Known> {
    let mut origin = TableOrigin { file: raw.file.clone(), sheet: raw.sheet.clone(), ..TableOrigin::default() };
    let knows = |text: &str| aliases.heading(sheet, text).is_some();
    let rows = std::mem::take(&mut raw.rows);
    let raw = raw;
    let at = |row: Option<u32>, column: Option<u32>| Some(raw.cell(row, column));
    let first_row = rows.iter().find(|row| !row.cells.iter().all(RawValue::is_empty)).map(|row| row.row);
    let Some(laid) = layout::lay(rows, &raw.merged, &knows) else {
        let wanted = join_headings(sheet, sheet.required());
        log.push(Problem::new("E0122").at(at(first_row, None)).with("wanted", wanted));
        log.origins.tables.push(origin);
        return None;
    };
    let heading_row = laid.heading_row;
    let place = |column: usize| at(Some(heading_row), u32::try_from(column).ok());
    let found: Vec<Option<Meaning>> = laid.headings.iter().map(|heading| meaning(sheet, heading, aliases)).collect();
    let names: BTreeSet<&str> = found
        .iter()
        .filter_map(|meaning| match meaning {
            Some(Meaning::Column(feed)) => Some(feed.column.name),
            _ => None,
        })
        .collect();
    let fed = |name: &str| names.contains(name);
    let is_matrix = sheet.name == "fit" && fed("staff") && !fed("post") && !fed("score");
    let mut columns: Vec<(u32, Feed)> = Vec::new();
    let mut matrix: Vec<(u32, String)> = Vec::new();
    let mut unneeded: Vec<&str> = Vec::new();
    let mut unknown = 0;
    for (position, (heading, meaning)) in laid.headings.iter().zip(&found).enumerate() {
        let Ok(number) = u32::try_from(position) else { break };
        let shown = &heading.shown;
        match meaning {
            _ if is_matrix && meaning_is_not(meaning, "staff") && !shown.is_empty() => {
                let post = clean(shown);
                if matches!(meaning, Some(Meaning::Unneeded)) {
                    unneeded.push(shown);
                } else if matrix.iter().any(|(_, known)| *known == post) {
                    log.push(Problem::new("E0118").at(place(position)).with("value", shown));
                } else {
                    matrix.push((number, post));
                }
            }
            Some(Meaning::Column(feed)) => {
                let same = |(_, known): &&(u32, Feed)| known.column.name == feed.column.name && known.rank == feed.rank;
                if columns.iter().find(same).is_some() && !feed.highest {
                    log.push(Problem::new("E0118").at(place(position)).with("value", shown));
                } else {
                    columns.push((number, *feed));
                }
            }
            // The column that we ourselves add goes without saying.
            Some(Meaning::Unneeded) if SOURCES.contains(&shown.as_str()) => {}
            Some(Meaning::Unneeded) => unneeded.push(shown),
            None if shown.is_empty() => {}
            None => {
                unknown += 1;
                // A sheet full of them must not take minutes to compare.
                let problem = if unknown <= MOST_COMPARED {
                    unknown_heading(sheet, heading, &fed)
                } else {
                    Problem::new("W0102").with("value", clean(shown)).with("near", near::NONE)
                };
                log.push(problem.at(place(position)));
            }
        }
    }
    columns.sort_by_key(|(at, feed)| (feed.rank, *at));
    for (number, feed) in &columns {
        let name = feed.column.name;
        if !origin.columns.contains_key(name) {
            origin.columns.insert(name.to_owned(), *number);
            let shown = one_line(&laid.headings[*number as usize].shown);
            log.headings.insert((table, name.to_owned()), shown);
        }
    }
    if !unneeded.is_empty() {
        let list: Vec<String> = unneeded.iter().map(|heading| one_line(heading)).collect();
        log.push(Problem::new("A0111").at(at(Some(heading_row), None)).with("list", list.join("、")));
    }
    let standing = standing(sheet, &laid, own_name, &raw, &fed, log);
    let has_unit = standing.last().is_some_and(|standing| standing.unit.is_some());
    let missing: Vec<&str> = sheet
        .required()
        .iter()
        .copied()
        .filter(|name| !is_matrix && !origin.columns.contains_key(*name) && (*name != "unit" || !has_unit))
        .collect();
    if !missing.is_empty() {
        log.push(Problem::new("E0121").at(at(Some(heading_row), None)).with("missing", join_headings(sheet, &missing)));
    }
    let shown: Vec<String> = laid.headings.iter().map(|heading| heading.shown.clone()).collect();
    values_without_heading(&raw, &laid.rows, &shown, log);
    log.origins.tables.push(origin);
    let is_record = |row: &&u32| laid.rows.binary_search_by_key(*row, |record| record.row).is_ok();
    let hidden: Vec<u32> = raw.hidden_rows.iter().filter(is_record).copied().collect();
    if !hidden.is_empty() {
        log.sheet(table, Problem::new("A0112").with("count", hidden.len()).with("rows", super::log::spans(&hidden)));
    }
    let veiled: Vec<String> = columns
        .iter()
        .filter(|(at, _)| raw.hidden_columns.contains(at))
        .map(|(at, _)| one_line(&shown[*at as usize]))
        .collect();
    if !veiled.is_empty() {
        log.sheet(table, Problem::new("A0113").with("list", veiled.join("、")));
    }
    if laid.filled > 0 {
        log.sheet(table, Problem::new("A0114").with("count", laid.filled));
    }
    for (row, column, again, above) in &laid.differing {
        let (same, other) = (clean(above), clean(again));
        let problem = Problem::new("E0130").with("value", other).with("first", same);
        log.push(problem.at(at(Some(*row), Some(*column))));
    }
    if !laid.above.is_empty() {
        log.push(Problem::new("W0106").at(at(Some(heading_row), None)).with("rows", super::log::spans(&laid.above)));
    }
    if raw.hidden {
        log.sheet(table, Problem::new("A0119"));
    }
    let under = if standing.is_empty() { vec![None; laid.rows.len()] } else { place_under(&laid, standing.len()) };
    Some(Known {
        sheet,
        table,
        heading_row,
        columns,
        matrix,
        rows: laid.rows,
        under,
        standing,
        aside: laid.aside,
        since_1904: raw.since_1904,
        shown,
    })
}

fn meaning_is_not(meaning: &Option<Meaning>, name: &str) -> bool {
    !matches!(meaning, Some(Meaning::Column(feed)) if feed.column.name == name)
}

/// By record, what stands over it: the state after its last title; before any, the first state.
fn place_under(laid: &Laid, states: usize) -> Vec<Option<usize>> {
    laid.under.iter().map(|title| Some(title.map_or(0, |title| title + 1)).filter(|at| *at < states)).collect()
}

/// What holds below each title, the first entry before any: unit, section and status where the sheet has no columns for
/// them. The name of the sheet or of the file names the unit where no title does.
fn standing(
    sheet: &'static Sheet,
    laid: &Laid,
    own_name: bool,
    raw: &RawTable,
    fed: &dyn Fn(&str) -> bool,
    log: &mut Log,
) -> Vec<Standing> {
    let has = |name: &str| sheet.columns.iter().any(|column| column.name == name);
    let wants = |name: &str| has(name) && !fed(name);
    if !["unit", "section", "status"].iter().any(|name| wants(name)) {
        return Vec::new();
    }
    let mut now = Standing::default();
    if wants("status")
        && !own_name
        && let Some(Told::Status(status)) = layout::of_title(&raw.sheet)
    {
        log.push(Problem::new("A0115").at(Some(raw.cell(None, None))).with("value", &status));
        now.status = Some((status, None));
    }
    let mut states = vec![now.clone()];
    for title in &laid.titles {
        let cell = Some((title.row, title.column));
        match layout::of_title(&title.text) {
            Some(Told::Unit(unit)) if wants("unit") => {
                now = Standing { unit: Some((unit, cell)), ..Standing::default() };
            }
            Some(Told::Section(section)) if wants("section") => {
                now.section = Some((section, cell));
                now.status = None;
            }
            Some(Told::Status(status)) if wants("status") => now.status = Some((status, cell)),
            // What the sheet has a column for, a title need not say.
            Some(_) => {}
            None if title.row < laid.heading_row => {}
            // Whoever stands below a title that says nothing must not keep the unit of those above it.
            None => {
                let column = Some(title.column);
                let place = Cell { row: Some(title.row), column, ..raw.cell(None, None) };
                let code = if wants("unit") || layout::speaks_of_leaving(&title.text) { "E0129" } else { "W0108" };
                log.push(Problem::new(code).at(Some(place)).with("value", clean(&title.text)));
                (now.section, now.status) = (None, None);
            }
        }
        states.push(now.clone());
    }
    if wants("unit") && !states.iter().any(|state| state.unit.is_some()) && !own_name {
        let stem = raw.file.rsplit_once('.').map_or(raw.file.as_str(), |(stem, _)| stem);
        let named = [(raw.sheet.as_str(), "sheet"), (stem, "file")];
        if let Some((unit, from)) = named.iter().find_map(|(name, from)| Some((layout::of_name(name)?, *from))) {
            let problem = Problem::new("A0108").with("value", &unit).with("from", from);
            log.push(problem.at(Some(raw.cell(None, None))));
            states.iter_mut().for_each(|state| state.unit = Some((unit.clone(), None)));
        }
    }
    let mut told: BTreeSet<(u32, u32)> = BTreeSet::new();
    for state in &states {
        for (code, said) in [("A0108", &state.unit), ("A0109", &state.section), ("A0115", &state.status)] {
            let Some((value, Some((row, column)))) = said else { continue };
            if told.insert((*row, *column)) {
                let cell = Cell { row: Some(*row), column: Some(*column), ..raw.cell(None, None) };
                log.push(Problem::new(code).at(Some(cell)).with("value", value).with("from", "title"));
            }
        }
    }
    states
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
fn unknown_heading(sheet: &Sheet, heading: &layout::Heading, fed: &dyn Fn(&str) -> bool) -> Problem {
    let absent = |column: &Column| !fed(column.name);
    let shown = clean(&heading.shown);
    let heading = shown.as_str();
    let is_slip = sheet
        .columns
        .iter()
        .any(|column| absent(column) && [column.name, column.zh].iter().any(|name| near::is_near_miss(heading, name)));
    let near = near::suggest(heading, sheet.known_headings());
    Problem::new(if is_slip { "E0119" } else { "W0102" }).with("value", heading).with("near", near)
}

/// Values to the right of the headings: in a CSV file a cell with an unquoted comma has shifted its row; in a workbook
/// the column is not read.
fn values_without_heading(raw: &RawTable, rows: &[RawRow], shown: &[String], log: &mut Log) {
    let is_csv = is_text(&raw.file);
    let mut told = BTreeSet::new();
    for row in rows {
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
    /// With `input.short_years = "past"`: the date that a year of two digits is not to lie after.
    pub past: Option<NaiveDate>,
    /// `risk.direction`, if set.
    pub direction: Option<&'a str>,
}

/// Reads the cells of a sheet.
pub fn type_rows(known: &Known, reading: Reading<'_>, log: &mut Log) -> Table {
    let mut fed: BTreeMap<&'static str, Vec<(u32, Feed, dates::Habits)>> = BTreeMap::new();
    for (number, feed) in &known.columns {
        let mut habits =
            dates::Habits { order: reading.order, since_1904: known.since_1904, ..dates::Habits::default() };
        if matches!(feed.column.kind, Kind::Date | Kind::Birth | Kind::Since) {
            let values = || known.rows.iter().filter_map(|row| row.cells.get(*number as usize));
            habits.order = reading.order.or_else(|| dates::order_of(values()));
            habits.october = dates::shows_two_digits(values());
            // What lies ahead can't be told from two digits: only what dates the past.
            let is_past = matches!(
                feed.column.name,
                "birth_date" | "post_since" | "section_since" | "unit_since" | "level_since" | "grade_since"
            );
            habits.past = reading.past.filter(|_| is_past);
        }
        fed.entry(feed.column.name).or_default().push((*number, *feed, habits));
    }
    let mut table = Table {
        sheet: known.sheet,
        table: known.table,
        heading_row: known.heading_row,
        matrix: known.matrix.clone(),
        headings: known.columns.iter().map(|(_, feed)| feed.column.name).collect(),
        rows: Vec::new(),
    };
    let mut bare: Vec<u32> = Vec::new();
    for (raw, under) in known.rows.iter().zip(&known.under) {
        let at = RowRef { table: known.table, row: raw.row };
        let mut row = Row::new(at);
        for feeds in fed.values() {
            column(feeds, raw, reading, &mut row, log);
        }
        read_scores(known, raw, &mut row, reading, log);
        if row.is_bare() {
            bare.push(raw.row);
            continue;
        }
        if known.sheet.name == "staff" {
            status_in_remark(&mut row, log);
        }
        if let Some(standing) = under.and_then(|at| known.standing.get(at)) {
            stand_under(standing, &mut row, log);
        }
        table.rows.push(row);
    }
    if known.standing.iter().any(|standing| standing.unit.is_some()) {
        table.headings.insert("unit");
    }
    set_aside(known, &bare, log);
    table
}

/// One column of a row, from the first of its headings that is filled, or from the one with the highest rung.
fn column(feeds: &[(u32, Feed, dates::Habits)], raw: &RawRow, reading: Reading<'_>, row: &mut Row, log: &mut Log) {
    let mut chosen: Option<(u32, Feed, Typed)> = None;
    for (place, (number, feed, habits)) in feeds.iter().enumerate() {
        let Some(value) = raw.cells.get(*number as usize).filter(|value| !value.is_empty()) else { continue };
        let name = feed.column.name;
        if place > 0 {
            // Messages about this cell are to point at it, and not at the first heading's column.
            log.move_to(row.at, name, (row.at.row, *number));
        }
        let setting = Setting { ladder: reading.ladder, dates: *habits, direction: reading.direction };
        let mut notes = Vec::new();
        match cells::read(feed.column.kind, value, setting, &mut notes) {
            Ok(Some(typed)) => {
                let is_better = match (&chosen, &typed) {
                    (None, _) => true,
                    (Some((.., Typed::Text(before))), Typed::Text(now)) => {
                        feed.highest && cells::is_higher(feed.column.kind, now, before, reading.ladder)
                    }
                    _ => false,
                };
                if is_better {
                    for note in notes {
                        log.at(row.at, name, note.with("column", name));
                    }
                    if feed.of_office {
                        log.at(row.at, name, Problem::new("A0110").with("column", name).with("value", value.shown()));
                    }
                    chosen = Some((*number, *feed, typed));
                }
                if !feed.highest {
                    break;
                }
            }
            Ok(None) => {}
            Err(problem) => {
                row.spoil(name);
                log.at(row.at, name, problem.with("column", name));
                return;
            }
        }
    }
    if let Some((number, feed, typed)) = chosen {
        if feeds.first().is_some_and(|(first, ..)| *first != number) {
            log.move_to(row.at, feed.column.name, (row.at.row, number));
        }
        row.put(feed.column.name, typed);
    }
}

/// A remark that is nothing but a status is one, where the roster has no other: 退休, 空缺.
fn status_in_remark(row: &mut Row, log: &mut Log) {
    let says_more = |text: &&str| words::find("status", text).is_none() && layout::speaks_of_leaving(text);
    if let Some(text) = row.text("remark").filter(says_more).filter(|_| row.is_blank("status")) {
        let problem = Problem::new("W0109").with("value", text);
        log.at(row.at, "remark", problem);
    }
    let Some(key) = row.text("remark").filter(|_| row.is_blank("status")).and_then(|text| words::find("status", text))
    else {
        return;
    };
    let written = row.owned("remark").unwrap_or_default();
    log.at(row.at, "remark", Problem::new("A0206").with("value", &written));
    row.put("status", Typed::Word(key, written));
}

/// What the titles above a row say of it, where the row itself says nothing.
fn stand_under(standing: &Standing, row: &mut Row, log: &mut Log) {
    let said = [("unit", &standing.unit), ("section", &standing.section), ("status", &standing.status)];
    for (name, said) in said {
        let Some((text, cell)) = said else { continue };
        if !row.is_blank(name) {
            continue;
        }
        let typed = match name {
            "status" => words::find("status", text).map(|key| Typed::Word(key, text.clone())),
            _ => Some(Typed::Text(text.clone())),
        };
        if let Some(typed) = typed {
            row.put(name, typed);
            if let Some(cell) = cell {
                log.move_to(row.at, name, *cell);
            }
        }
    }
}

/// Tells which rows are no records: all rows of a sheet are records, or told here, or the headings.
fn set_aside(known: &Known, bare: &[u32], log: &mut Log) {
    let rows = |wanted: Why| -> Vec<u32> {
        let first = known.heading_row;
        // The headings themselves go without saying.
        let is_own = |row: u32| wanted == Why::Heading && (row == first || row == first + 1);
        known.aside.iter().filter(|(row, why)| *why == wanted && !is_own(*row)).map(|(row, _)| *row).collect()
    };
    let mut padding = rows(Why::Padding);
    padding.extend(bare);
    padding.sort_unstable();
    let kinds = [
        ("titles", rows(Why::Title)),
        ("headings", rows(Why::Heading)),
        ("totals", rows(Why::Total)),
        ("remarks", rows(Why::Remark)),
        ("padding", padding),
    ];
    if kinds.iter().all(|(_, rows)| rows.is_empty()) {
        return;
    }
    let mut problem = Problem::new("A0106");
    for (kind, rows) in kinds {
        problem = problem.with(kind, if rows.is_empty() { near::NONE.to_owned() } else { super::log::spans(&rows) });
    }
    log.sheet(known.table, problem);
}

fn read_scores(known: &Known, raw: &RawRow, row: &mut Row, reading: Reading<'_>, log: &mut Log) {
    for (number, _) in &known.matrix {
        let Some(value) = raw.cells.get(*number as usize).filter(|value| !value.is_empty()) else { continue };
        let setting = Setting { ladder: reading.ladder, dates: dates::Habits::default(), direction: None };
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
