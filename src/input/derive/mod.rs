//! Rosters → the canonical workbook: the post list that nobody keeps is built out of who holds what.
//!
//! A post is a (unit, section, title); its seats are its holders and the vacancies that the roster marks. What a title says
//! of a section (`预算股股长`) and of leading (`副局长`) is an assumption, marked in the workbook like every blank that a
//! plan would miss. Each row names the cell it came from.

mod cells;
mod posts;
mod titles;

use self::cells::{Wrong, cell_name, cells, headings, table, used};
use self::posts::Posts;
use super::assemble::Sheets;
use super::assemble::staff::{is_vacancy, unpadded};
use super::log::Log;
use super::row::Row;
use super::schema::{SHEETS, heading_key};
use super::sheets::{RawTable, RawValue, Source};
use super::tables::Table;
use super::{ReadOptions, lay_out, source, words};
use crate::text::Lang;
use lungang_domain::{Problem, Severity};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// Why a cell of the workbook stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Blank, and a plan is better with it.
    Missing,
    /// Filled by an assumption.
    Assumed,
    /// As in the roster, where it can't be read.
    Wrong,
}

/// A canonical workbook to be written, and what was found on the way.
#[derive(Debug, Default)]
pub struct Derived {
    /// The sheets, canonical headings in their first rows; the last column may be [`SOURCE`].
    pub tables: Vec<RawTable>,
    /// Cells that stand out: sheet, row below the headings (from 0), column.
    pub marks: BTreeMap<(&'static str, usize, &'static str), Mark>,
    /// Every problem of the reading.
    pub problems: Vec<Problem>,
    /// Whether some file could not be read at all, so that the workbook would lack it.
    pub unreadable: bool,
    /// People in service.
    pub people: usize,
    /// Posts.
    pub posts: usize,
    /// Language of the words in cells.
    pub lang: Lang,
}

/// Heading of the column that names the cell a row came from. It is no column of ours, and known as not needed.
pub const SOURCE: &str = "source_cell";

/// Columns of the roster without which a plan knows too little of a person.
const WANTED_OF_STAFF: &[&str] =
    &["birth_date", "education", "staffing_kind", "status", "unit", "post", "post_since", "grade"];
/// And of a post.
const WANTED_OF_POSTS: &[&str] = &["level", "essential", "lead", "risk", "sensitive"];

/// Builds the workbook out of one or several rosters, and of whatever other sheets they hold.
#[must_use]
pub fn workbook(rosters: &[PathBuf], options: &ReadOptions, lang: Lang) -> Derived {
    let mut whole = Source::default();
    for path in rosters {
        let Source { tables, problems, .. } = source(path, options);
        whole.tables.extend(tables);
        whole.problems.extend(problems);
    }
    let unreadable = whole.problems.iter().any(|problem| problem.severity == Severity::Error);
    let mut log = Log::default();
    let sheets = lay_out(whole, options, &mut log);
    let mut derived = Derived { lang, unreadable, ..Derived::default() };
    let wrong = wrong_cells(&log);
    let mut posts = if sheets.filled("posts").is_none() { Posts::of(&sheets, &mut log) } else { Posts::default() };
    let of_posts = posts.list.iter().map(|post| post.unit.clone());
    let named = sheets.rows("staff").chain(sheets.rows("posts")).filter_map(|row| row.owned("unit"));
    let known: BTreeSet<String> = of_posts.chain(named).filter(|unit| !unit.is_empty()).collect();
    if !posts.list.is_empty() {
        posts.add_listed(&sheets, &known, &mut log);
    }
    staff(&sheets, &posts, &wrong, &log, &mut derived);
    if posts.list.is_empty() {
        passed(&sheets, "posts", &known, &wrong, &log, &mut derived);
    } else {
        posts.write(&sheets, &mut derived);
    }
    if sheets.filled("units").is_some() {
        passed(&sheets, "units", &known, &wrong, &log, &mut derived);
    } else {
        units(&sheets, &posts, &mut derived);
    }
    for name in ["fit", "risks", "duties", "relations", "history", "events", "decisions"] {
        passed(&sheets, name, &known, &wrong, &log, &mut derived);
    }
    if sheets.filled("staff").is_none() && !log.has_errors() {
        let zh = SHEETS.iter().find(|sheet| sheet.name == "staff").map_or("", |sheet| sheet.zh);
        log.push(Problem::new("E0116").with("sheet", "staff").with("zh", zh));
    }
    derived.problems = log.finish();
    derived
}

/// The cells that could not be read, with what they hold.
fn wrong_cells(log: &Log) -> Wrong {
    let errors = log.problems.iter().filter(|problem| problem.severity == Severity::Error);
    errors
        .filter_map(|problem| {
            let cell = problem.cell.as_ref()?;
            let value = problem.args.get("value")?;
            Some(((cell.file.clone(), cell.sheet.clone(), cell.row?, cell.column?), value.clone()))
        })
        .collect()
}

/// Whether a person of the roster takes a seat today.
fn in_service(row: &Row) -> bool {
    !matches!(row.word("status"), Some("retired" | "left" | "vacant")) && !is_vacancy(row)
}

fn staff(sheets: &Sheets, posts: &Posts, wrong: &Wrong, log: &Log, derived: &mut Derived) {
    let names = used(sheets, "staff", &["name", "status", "unit", "section", "post", "post_since"]);
    let mut rows = vec![headings(&names)];
    for row in sheets.rows("staff") {
        let at = rows.len() - 1;
        let mut cells = cells(row, "staff", &names, at, wrong, log, derived);
        if let Some(place) = names.iter().position(|name| *name == "name") {
            cells[place] = RawValue::text(&unpadded(&cells[place].shown()));
        }
        if let Some(post) = posts.of_row(row) {
            for (column, text) in
                [("post", Some(&post.id)), ("unit", Some(&post.unit)), ("section", post.section.as_ref())]
            {
                let Some(place) = names.iter().position(|name| *name == column) else { continue };
                if column == "post" || cells[place].is_empty() {
                    if column != "post" && text.is_some() {
                        derived.marks.insert(("staff", at, column), Mark::Assumed);
                    }
                    cells[place] = RawValue::text(text.map_or("", String::as_str));
                }
            }
        }
        if in_service(row) {
            derived.people += 1;
            if let Some(place) = names.iter().position(|name| *name == "status")
                && cells[place].is_empty()
                && !sheets.has(row.at, "status")
            {
                cells[place] = RawValue::text(&words::said("status", "in_service", derived.lang));
                derived.marks.insert(("staff", at, "status"), Mark::Assumed);
            }
            for column in WANTED_OF_STAFF {
                let has = names.iter().position(|name| name == column).is_some_and(|place| !cells[place].is_empty());
                // A roster without a status column lists who is in service.
                if !has && *column != "status" {
                    derived.marks.entry(("staff", at, column)).or_insert(Mark::Missing);
                }
            }
        }
        cells.push(RawValue::text(&cell_name(row, log)));
        rows.push(cells);
    }
    derived.tables.push(table("staff", rows));
}

/// A sheet as it was read.
fn passed(
    sheets: &Sheets,
    name: &'static str,
    units: &BTreeSet<String>,
    wrong: &Wrong,
    log: &Log,
    derived: &mut Derived,
) {
    if sheets.filled(name).is_none() {
        return;
    }
    let matrices: Vec<&Table> = sheets.all(name).filter(|table| !table.matrix.is_empty()).collect();
    if !matrices.is_empty() {
        // A matrix becomes a list: two matrices can't share a sheet.
        let mut rows = vec![headings(&["staff", "post", "score"])];
        for table in matrices {
            for row in &table.rows {
                for (column, score) in &row.scores {
                    let Some((_, post)) = table.matrix.iter().find(|(at, _)| at == column) else { continue };
                    #[allow(clippy::cast_precision_loss)] // 0 to 100.
                    rows.push(vec![
                        RawValue::text(row.text("staff").unwrap_or("")),
                        RawValue::text(post),
                        RawValue::Number(*score as f64),
                        RawValue::text(&cell_name(row, log)),
                    ]);
                }
            }
        }
        derived.tables.push(self::table(name, rows));
        return;
    }
    let names = used(sheets, name, &[]);
    let mut rows = vec![headings(&names)];
    for row in sheets.rows(name) {
        let at = rows.len() - 1;
        let mut cells = cells(row, name, &names, at, wrong, log, derived);
        // A list named after its unit calls it by a shorter name than the roster does.
        if let Some(place) = names.iter().position(|column| *column == "unit")
            && let Some(unit) = whole_name(&cells[place].shown(), units)
        {
            cells[place] = RawValue::text(unit);
            derived.marks.insert((name, at, "unit"), Mark::Assumed);
        }
        cells.push(RawValue::text(&cell_name(row, log)));
        rows.push(cells);
    }
    if name == "posts" {
        derived.posts = rows.len() - 1;
    }
    derived.tables.push(table(name, rows));
}

/// The one unit that a shorter name means: 统计局 for 咸安区统计局 or 统计局〔生成数据〕.
fn whole_name<'a>(short: &str, units: &'a BTreeSet<String>) -> Option<&'a str> {
    if short.chars().count() < 3 || units.contains(short) {
        return None;
    }
    let bare = |unit: &'a String| unit.split(['〔', '【', '[', '(']).next().unwrap_or(unit);
    let mut found = units.iter().filter(|unit| bare(unit).ends_with(short));
    found.next().filter(|_| found.next().is_none()).map(String::as_str)
}

/// Units by the names that the roster gives.
fn units(sheets: &Sheets, posts: &Posts, derived: &mut Derived) {
    let mut seen = BTreeSet::new();
    let mut rows = vec![headings(&["id", "name"])];
    let named = sheets.rows("staff").chain(sheets.rows("posts")).filter_map(|row| row.text("unit"));
    for unit in named.chain(posts.list.iter().map(|post| post.unit.as_str()).filter(|unit| !unit.is_empty())) {
        if seen.insert(heading_key(unit)) {
            rows.push(vec![RawValue::text(unit), RawValue::text(unit), RawValue::Empty]);
        }
    }
    if rows.len() > 1 {
        derived.tables.push(table("units", rows));
    }
}
