//! The headings of a sheet: which column feeds what, and what is told of the others.

use super::standing::{place_under, standing};
use super::{Known, is_text, meaning};
use crate::input::aliases::{Aliases, Feed, Meaning};
use crate::input::layout;
use crate::input::log::{Log, spans};
use crate::input::near;
use crate::input::schema::{Column, Sheet, clean, one_line};
use crate::input::sheets::{RawRow, RawTable, RawValue};
use lungang_domain::Problem;
use lungang_domain::problem::TableOrigin;
use std::collections::BTreeSet;

/// As many unknown headings of a sheet are compared with the known ones.
const MOST_COMPARED: usize = 200;
/// Headings of the column of source cells in workbooks of ours.
const SOURCES: [&str; 2] = [crate::input::derive::SOURCE, "来源单元格"];

pub(super) fn headings(
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
        log.sheet(table, Problem::new("A0112").with("count", hidden.len()).with("rows", spans(&hidden)));
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
        log.push(Problem::new("W0106").at(at(Some(heading_row), None)).with("rows", spans(&laid.above)));
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
