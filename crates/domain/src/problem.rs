//! Where a value came from, and what is wrong with it.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How grave a problem is. Errors stop the plan, warnings do not, assumptions are listed in the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Stops the plan.
    Error,
    /// Does not stop the plan; the user should look.
    Warning,
    /// What was taken for granted because the data did not say.
    Assumption,
}

/// One cell of one sheet of one file, as a user finds it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Cell {
    /// File name (no folder), or the name of a CSV file.
    pub file: String,
    /// Sheet name as written in the file; for CSV the file's stem.
    pub sheet: String,
    /// Row number as the spreadsheet shows it, 1-based; `None` where the whole sheet or file is meant.
    pub row: Option<u32>,
    /// Column, 0-based; `None` where the whole row is meant.
    pub column: Option<u32>,
}

impl Cell {
    /// The spreadsheet's own name of the cell, such as `C17`, or `17` for a row, or empty.
    #[must_use]
    pub fn a1(&self) -> String {
        let mut letters = String::new();
        if let Some(mut column) = self.column {
            loop {
                letters.insert(0, char::from(b'A' + u8::try_from(column % 26).unwrap_or(0)));
                if column < 26 {
                    break;
                }
                column = column / 26 - 1;
            }
        }
        match self.row {
            Some(row) => format!("{letters}{row}"),
            None => letters,
        }
    }
}

/// A row of a sheet that was read: position in [`Origins::tables`] and the spreadsheet's row number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct RowRef {
    /// Position in [`Origins::tables`].
    pub table: usize,
    /// 1-based row number as the spreadsheet shows it.
    pub row: u32,
}

/// One sheet that was read: its names and which column held which canonical column.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct TableOrigin {
    /// File name without folder.
    pub file: String,
    /// Sheet name as written.
    pub sheet: String,
    /// Canonical column name → 0-based column, for the headings found.
    pub columns: BTreeMap<String, u32>,
    /// Values that stand elsewhere: row and canonical column → row and 0-based column of the cell. A title above the row
    /// may name its unit, and a second heading may feed a column.
    pub moved: BTreeMap<(u32, &'static str), (u32, u32)>,
}

impl TableOrigin {
    fn elsewhere(&self, row: u32, column: &str) -> Option<(u32, u32)> {
        let mut of_row = self.moved.range((row, "")..).take_while(|((at, _), _)| *at == row);
        of_row.find(|((_, name), _)| *name == column).map(|(_, cell)| *cell)
    }
}

/// Every sheet read, so that any value can be traced to its cell.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Origins {
    /// The sheets, in reading order.
    pub tables: Vec<TableOrigin>,
}

impl Origins {
    /// The cell that held the canonical `column` of `row`; without a column the row itself.
    #[must_use]
    pub fn cell(&self, row: RowRef, column: &str) -> Option<Cell> {
        let table = self.tables.get(row.table)?;
        let moved = table.elsewhere(row.row, column);
        let (row, column) = match moved {
            Some((row, column)) => (row, Some(column)),
            None => (row.row, table.columns.get(column).copied()),
        };
        Some(Cell { file: table.file.clone(), sheet: table.sheet.clone(), row: Some(row), column })
    }
}

/// Something to tell the user: a registered code, a place, and the facts its sentence needs.
///
/// The sentence itself is written per language in `locales/`, under the code.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Problem {
    /// A code of [`crate::codes`], such as `E0203`.
    pub code: String,
    /// How grave.
    pub severity: Severity,
    /// Where, if at a place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cell: Option<Cell>,
    /// Named facts for the sentence.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub args: BTreeMap<String, String>,
}

impl Problem {
    /// A problem whose severity follows from the first letter of its code: E error, W warning, A assumption.
    #[must_use]
    pub fn new(code: &str) -> Self {
        let severity = match code.as_bytes().first() {
            Some(b'W') => Severity::Warning,
            Some(b'A') => Severity::Assumption,
            _ => Severity::Error,
        };
        Self { code: code.to_owned(), severity, cell: None, args: BTreeMap::new() }
    }

    /// The same problem at a cell.
    #[must_use]
    pub fn at(mut self, cell: Option<Cell>) -> Self {
        self.cell = cell;
        self
    }

    /// The same problem with a named fact.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.args.insert(name.to_owned(), value.to_string());
        self
    }
}
