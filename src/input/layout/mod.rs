//! Sheets as offices keep them → plain tables: one line of headings, then a line per record. Headings may stand in two
//! rows and anywhere in the first rows, repeat every few people, and be parted by rows that name a unit; padding, totals
//! and remarks stand among the people. What is no record is set aside, by row and kind, and nothing is dropped unsaid.

mod blocks;
mod heads;
mod titles;

use super::sheets::{Merged, RawRow, RawValue};
pub use titles::{Told, of_name, of_title, speaks_of_leaving};

/// Why a row is no record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// It names the sheet, a unit, a section or a status.
    Title,
    /// It repeats the headings.
    Heading,
    /// It sums up.
    Total,
    /// It says something about the sheet: 备注, 填报单位.
    Remark,
    /// It holds a running number and nothing else.
    Padding,
}

/// A heading, over one column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heading {
    /// As written; of two rows, both.
    pub shown: String,
    /// What may be looked up, the most telling first: both rows, the lower, the upper.
    pub names: Vec<String>,
}

/// A title that holds for the rows below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title {
    /// Its row.
    pub row: u32,
    /// Its column, 0-based.
    pub column: u32,
    /// As written.
    pub text: String,
}

/// A sheet as a plain table.
#[derive(Clone, Debug, Default)]
pub struct Laid {
    /// Row of the (upper) headings.
    pub heading_row: u32,
    /// By column.
    pub headings: Vec<Heading>,
    /// The records.
    pub rows: Vec<RawRow>,
    /// By record: position in `titles` of the last title above it.
    pub under: Vec<Option<usize>>,
    /// The titles, in order.
    pub titles: Vec<Title>,
    /// The rows that are no records.
    pub aside: Vec<(u32, Why)>,
    /// Headings again that differ from those above: row, column, what they say, what those above say.
    pub differing: Vec<(u32, u32, String, String)>,
    /// Rows above the headings that hold three cells or more, and so may be records.
    pub above: Vec<u32>,
    /// Cells filled from a cell they are merged with.
    pub filled: usize,
}

/// Lays the rows of a sheet out. `knows` tells whether a heading is known there; `None` where no row holds a heading that
/// is.
#[must_use]
pub fn lay(mut rows: Vec<RawRow>, merged: &[Merged], knows: &dyn Fn(&str) -> bool) -> Option<Laid> {
    rows.retain(|row| !row.cells.iter().all(RawValue::is_empty));
    let block = heads::find(&rows, knows)?;
    let mut laid =
        Laid { heading_row: rows.get(block.first)?.row, headings: block.headings.clone(), ..Laid::default() };
    blocks::part(rows, merged, &block, knows, &mut laid);
    Some(laid)
}

/// A cell's text; nothing for blanks.
fn text(row: &RawRow, column: usize) -> String {
    row.cells.get(column).map(RawValue::shown).unwrap_or_default()
}

/// The filled cells of a row.
fn filled(row: &RawRow) -> impl Iterator<Item = (usize, &RawValue)> {
    row.cells.iter().enumerate().filter(|(_, value)| !value.is_empty())
}

#[cfg(test)]
mod tests;
