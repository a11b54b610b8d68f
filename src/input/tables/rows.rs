//! The cells of a sheet, row by row.

use super::standing::stand_under;
use super::{Known, Table};
use crate::input::aliases::Feed;
use crate::input::cells::{self, Setting, Typed, dates};
use crate::input::layout::{self, Why};
use crate::input::log::{Log, spans};
use crate::input::near;
use crate::input::row::Row;
use crate::input::schema::Kind;
use crate::input::sheets::RawRow;
use crate::input::words;
use chrono::NaiveDate;
use lungang_domain::policy::LadderPolicy;
use lungang_domain::{Cell, Problem, RowRef};
use std::collections::BTreeMap;

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
        problem = problem.with(kind, if rows.is_empty() { near::NONE.to_owned() } else { spans(&rows) });
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
