//! Where the headings stand, in one row or two.

use super::{Heading, filled, text};
use crate::input::sheets::{RawRow, RawValue};

/// How far down headings are looked for, in rows that hold anything.
const DEPTH: usize = 40;

/// The rows of headings among all rows.
#[derive(Clone, Debug)]
pub struct Block {
    /// Position of the upper row.
    pub first: usize,
    /// Whether a lower row follows.
    pub two: bool,
    /// By column.
    pub headings: Vec<Heading>,
}

/// Finds the headings: the first row with two that are known; without one, the first row if it holds one.
pub fn find(rows: &[RawRow], knows: &dyn Fn(&str) -> bool) -> Option<Block> {
    let known = |row: &RawRow| filled(row).filter(|(_, value)| is_words(value) && knows(&value.shown())).count();
    let counts: Vec<usize> = rows.iter().take(DEPTH).map(known).collect();
    let first = counts
        .iter()
        .position(|count| *count >= 2)
        .or_else(|| counts.first().filter(|count| **count == 1).map(|_| 0))?;
    let upper = rows.get(first)?;
    let lower = rows.get(first + 1).filter(|lower| lower.row == upper.row + 1 && is_lower(upper, lower));
    Some(Block { first, two: lower.is_some(), headings: headings(upper, lower) })
}

/// Headings are words, never numbers or dates.
pub fn is_words(value: &RawValue) -> bool {
    matches!(value, RawValue::Text(_))
}

/// Whether the row below the headings divides them: all its cells are words, each stands under a heading that spans
/// several columns (its own cell and blank ones to the right), and no heading of one column has a cell below it.
pub fn is_lower(upper: &RawRow, lower: &RawRow) -> bool {
    let groups = groups(upper, lower);
    let is_below = |column: usize| groups.get(column).copied().flatten().is_some();
    // One heading over one cell would be any record with a single word.
    filled(lower).count() >= 2 && filled(lower).all(|(column, value)| is_words(value) && is_below(column))
}

/// By column, where the heading over it stands, if that heading spans several columns: its own cell and blank ones to the
/// right of it.
fn groups(upper: &RawRow, lower: &RawRow) -> Vec<Option<usize>> {
    let width = upper.cells.len().max(lower.cells.len());
    let is_blank = |column: usize| upper.cells.get(column).is_none_or(RawValue::is_empty);
    let mut start = None;
    let mut groups = Vec::with_capacity(width);
    for column in 0..width {
        if !is_blank(column) {
            start = Some(column).filter(|column| column + 1 < width && is_blank(column + 1));
        }
        groups.push(start);
    }
    groups
}

fn headings(upper: &RawRow, lower: Option<&RawRow>) -> Vec<Heading> {
    let width = upper.cells.len().max(lower.map_or(0, |row| row.cells.len()));
    let groups = lower.map(|lower| groups(upper, lower)).unwrap_or_default();
    (0..width)
        .map(|column| {
            let own = text(upper, column);
            let below = lower.map(|row| text(row, column)).unwrap_or_default();
            if below.is_empty() {
                let names = if own.is_empty() { Vec::new() } else { vec![own.clone()] };
                return Heading { shown: own, names };
            }
            let start = groups.get(column).copied().flatten();
            let over = start.map(|start| text(upper, start)).unwrap_or_default();
            if over.is_empty() {
                return Heading { shown: below.clone(), names: vec![below] };
            }
            Heading { shown: format!("{over} {below}"), names: vec![format!("{over}{below}"), below] }
        })
        .collect()
}
