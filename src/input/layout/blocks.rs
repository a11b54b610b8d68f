//! The rows below the headings: records, and what stands among them.

use super::heads::{Block, is_words};
use super::{Laid, Title, Why, filled, text, titles};
use crate::input::schema::heading_key;
use crate::input::sheets::{Merged, RawRow, RawValue};
use std::collections::HashMap;

/// Parts the rows of a sheet.
pub fn part(rows: Vec<RawRow>, merged: &[Merged], block: &Block, knows: &dyn Fn(&str) -> bool, laid: &mut Laid) {
    let is_wide = |cells: &&Merged| cells.columns.1.saturating_sub(cells.columns.0) >= 2;
    let wide: HashMap<u32, u32> = merged.iter().filter(is_wide).map(|cells| (cells.rows.0, cells.columns.0)).collect();
    let known: Vec<bool> = block.headings.iter().map(|heading| heading.names.iter().any(|name| knows(name))).collect();
    let heads = block.first + usize::from(block.two);
    let lower = block.two.then(|| rows[block.first + 1].clone());
    let upper = rows[block.first].clone();
    let over: Vec<String> = (0..upper.cells.len()).map(|at| heading_key(&text(&upper, at))).collect();
    let repeat: Vec<bool> = rows.iter().map(|row| repeats(row, &over)).collect();
    let mut skip_lower = false;
    let mut under: Option<usize> = None;
    for (at, row) in rows.into_iter().enumerate() {
        if at >= block.first && at <= heads {
            laid.aside.push((row.row, Why::Heading));
            continue;
        }
        if at > heads {
            if skip_lower && lower.as_ref().is_some_and(|lower| same(&row, lower)) {
                skip_lower = false;
                laid.aside.push((row.row, Why::Heading));
                continue;
            }
            skip_lower = false;
            if repeat[at] {
                skip_lower = true;
                differing(&row, &upper, knows, laid);
                laid.aside.push((row.row, Why::Heading));
                continue;
            }
        }
        if let Some(why) = titles::closing(&row) {
            laid.aside.push((row.row, why));
            // "Unit: …" names the unit of what follows.
            let names_unit = |text: &str| matches!(titles::of_title(text), Some(titles::Told::Unit(_)));
            if let Some((column, value)) = filled(&row).next()
                && names_unit(&value.shown())
            {
                push_title(laid, &mut under, row.row, column, &value.shown());
            }
            continue;
        }
        if at < block.first {
            laid.aside.push((row.row, Why::Title));
            if filled(&row).nth(2).is_some() {
                laid.above.push(row.row);
            }
            if let Some((column, value)) = filled(&row).next() {
                push_title(laid, &mut under, row.row, column, &value.shown());
            }
            continue;
        }
        let only = filled(&row).next().filter(|_| filled(&row).nth(1).is_none());
        if let Some((column, value)) = only {
            let before_headings = repeat.get(at + 1).copied().unwrap_or(false);
            let is_merged = wide.get(&row.row).is_some_and(|start| *start as usize == column);
            let says_something =
                known.get(column).copied().unwrap_or(false) && !is_running(&block.headings[column].shown);
            // A name alone is a person, also just above the headings of the next block.
            let is_title =
                is_merged || !says_something || (before_headings && titles::of_title(&value.shown()).is_some());
            let is_number = value.shown().chars().all(|c| c.is_ascii_digit());
            if is_words(value) && is_title && !is_number {
                laid.aside.push((row.row, Why::Title));
                push_title(laid, &mut under, row.row, column, &value.shown());
                continue;
            }
        }
        if is_column_numbers(&row) && laid.rows.is_empty() {
            laid.aside.push((row.row, Why::Heading));
            continue;
        }
        if filled(&row).all(|(column, value)| {
            block.headings.get(column).is_some_and(|heading| is_running(&heading.shown))
                && value.shown().chars().all(|c| c.is_ascii_digit())
        }) {
            laid.aside.push((row.row, Why::Padding));
            continue;
        }
        laid.rows.push(row);
        laid.under.push(under);
    }
    fill_down(laid, merged, &known);
}

/// Headings again that say something else than those above them: the rows below would be read by the wrong ones.
fn differing(row: &RawRow, upper: &RawRow, knows: &dyn Fn(&str) -> bool, laid: &mut Laid) {
    for column in 0..row.cells.len().max(upper.cells.len()) {
        let (again, above) = (text(row, column), text(upper, column));
        if heading_key(&again) != heading_key(&above) && (knows(&again) || knows(&above)) {
            let column = u32::try_from(column).unwrap_or(u32::MAX);
            laid.differing.push((row.row, column, again, above));
        }
    }
}

/// A row below the headings that numbers the columns: 1, 2, 3 … or 甲, 乙, 1, 2 ….
fn is_column_numbers(row: &RawRow) -> bool {
    let shown: Vec<String> = filled(row).map(|(_, value)| value.shown()).collect();
    let stems = "甲乙丙丁戊己庚辛壬癸";
    let is_number =
        |text: &String| text.parse::<u32>().is_ok() || (text.chars().count() == 1 && stems.contains(text.as_str()));
    let numbers: Vec<u32> = shown.iter().filter_map(|text| text.parse().ok()).collect();
    shown.len() >= 3 && shown.iter().all(is_number) && numbers.windows(2).all(|pair| pair[1] == pair[0] + 1)
}

fn push_title(laid: &mut Laid, under: &mut Option<usize>, row: u32, column: usize, text: &str) {
    let column = u32::try_from(column).unwrap_or(u32::MAX);
    laid.titles.push(Title { row, column, text: text.to_owned() });
    *under = Some(laid.titles.len() - 1);
}

/// A running number: 序号.
fn is_running(heading: &str) -> bool {
    matches!(heading_key(heading).as_str(), "序号" | "序" | "no" | "no." | "#")
}

fn same(row: &RawRow, other: &RawRow) -> bool {
    let keys = |row: &RawRow| filled(row).map(|(at, value)| (at, heading_key(&value.shown()))).collect::<Vec<_>>();
    keys(row) == keys(other)
}

/// Whether a row repeats the headings: most of its cells, and two at least, say what the headings over them say.
fn repeats(row: &RawRow, over: &[String]) -> bool {
    let says = |(at, value): &(usize, &RawValue)| {
        is_words(value) && heading_key(&value.shown()) == over.get(*at).map_or("", String::as_str)
    };
    let alike = filled(row).filter(says).count();
    alike >= 2 && 2 * alike > filled(row).count()
}

/// A cell merged over several rows holds for each of them.
fn fill_down(laid: &mut Laid, merged: &[Merged], known: &[bool]) {
    // By column, the last row that a merged cell before has filled: cells that overlap are none of a spreadsheet's.
    let mut reached: HashMap<usize, u32> = HashMap::new();
    let mut place: HashMap<u32, usize> = HashMap::new();
    for (at, row) in laid.rows.iter().enumerate() {
        place.insert(row.row, at);
    }
    let mut merged: Vec<&Merged> = merged.iter().filter(|cells| cells.rows.1 > cells.rows.0).collect();
    merged.sort_by_key(|cells| (cells.columns.0, cells.rows.0));
    for cells in merged {
        let Some(first) = place.get(&cells.rows.0) else { continue };
        let column = cells.columns.0 as usize;
        let before = reached.entry(column).or_default();
        if !known.get(column).copied().unwrap_or(false) || cells.rows.0 <= *before {
            continue;
        }
        *before = cells.rows.1;
        let Some(value) = laid.rows[*first].cells.get(column).filter(|value| !value.is_empty()).cloned() else {
            continue;
        };
        // Records alone: a merged cell may reach over headings and far beyond the last person.
        let last = laid.rows.partition_point(|row| row.row <= cells.rows.1);
        for row in &mut laid.rows[*first + 1..last] {
            // Nothing else stands in the row: padding within the merged cells.
            if row.cells.iter().all(RawValue::is_empty) {
                continue;
            }
            if row.cells.len() <= column {
                row.cells.resize(column + 1, RawValue::Empty);
            }
            if row.cells[column].is_empty() {
                row.cells[column] = value.clone();
                laid.filled += 1;
            }
        }
    }
}
