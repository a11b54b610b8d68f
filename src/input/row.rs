//! One typed row, and what its columns say.

use super::cells::Typed;
use super::sheets::RawValue;
use lungang_domain::RowRef;
use std::collections::{BTreeMap, BTreeSet};

/// A row whose cells have been read.
#[derive(Debug)]
pub struct Row {
    /// Where it stands.
    pub at: RowRef,
    cells: BTreeMap<&'static str, Typed>,
    broken: BTreeSet<&'static str>,
    /// Of a fit matrix: score by column.
    pub scores: Vec<(u32, i64)>,
}

impl Row {
    /// A row without cells.
    #[must_use]
    pub fn new(at: RowRef) -> Self {
        Self { at, cells: BTreeMap::new(), broken: BTreeSet::new(), scores: Vec::new() }
    }

    /// Enters the value of a column.
    pub fn put(&mut self, column: &'static str, typed: Typed) {
        self.cells.insert(column, typed);
    }

    /// Notes that the cell of a column is filled and can't be read.
    pub fn spoil(&mut self, column: &'static str) {
        self.broken.insert(column);
    }

    /// Whether no cell says anything.
    #[must_use]
    pub fn is_bare(&self) -> bool {
        self.cells.is_empty() && self.broken.is_empty() && self.scores.is_empty()
    }

    /// Every filled column.
    pub fn cells(&self) -> impl Iterator<Item = (&'static str, &Typed)> {
        self.cells.iter().map(|(column, typed)| (*column, typed))
    }

    /// Every column whose cell is filled and can't be read.
    pub fn broken(&self) -> impl Iterator<Item = &'static str> {
        self.broken.iter().copied()
    }

    /// Whether the column is blank, and not merely unreadable.
    #[must_use]
    pub fn is_blank(&self, column: &str) -> bool {
        !self.cells.contains_key(column) && !self.broken.contains(column)
    }

    /// Text of a column.
    #[must_use]
    pub fn text(&self, column: &str) -> Option<&str> {
        match self.cells.get(column) {
            Some(Typed::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// Text of a column, owned.
    #[must_use]
    pub fn owned(&self, column: &str) -> Option<String> {
        self.text(column).map(str::to_owned)
    }

    /// List of a column; `None` where blank.
    #[must_use]
    pub fn list(&self, column: &str) -> Option<&[String]> {
        match self.cells.get(column) {
            Some(Typed::List(items)) => Some(items),
            _ => None,
        }
    }

    /// List of a column; empty where blank.
    #[must_use]
    pub fn items(&self, column: &str) -> Vec<String> {
        self.list(column).map(<[String]>::to_vec).unwrap_or_default()
    }

    /// Date of a column.
    #[must_use]
    pub fn date(&self, column: &str) -> Option<chrono::NaiveDate> {
        match self.cells.get(column) {
            Some(Typed::Date(date)) => Some(*date),
            Some(Typed::Since(since)) => Some(since.date),
            _ => None,
        }
    }

    /// Start date of a column.
    #[must_use]
    pub fn since(&self, column: &str) -> Option<lungang_domain::Since> {
        match self.cells.get(column) {
            Some(Typed::Since(since)) => Some(*since),
            _ => None,
        }
    }

    /// Whole number of a column, within the range its kind allows.
    #[must_use]
    pub fn whole<T: TryFrom<i64>>(&self, column: &str) -> Option<T> {
        match self.cells.get(column) {
            Some(Typed::Whole(number)) => T::try_from(*number).ok(),
            _ => None,
        }
    }

    /// Number of a column.
    #[must_use]
    pub fn number(&self, column: &str) -> Option<f64> {
        match self.cells.get(column) {
            Some(Typed::Number(number)) => Some(*number),
            _ => None,
        }
    }

    /// Key of the closed word in a column.
    #[must_use]
    pub fn word(&self, column: &str) -> Option<&'static str> {
        match self.cells.get(column) {
            Some(Typed::Word(key, _)) => Some(key),
            _ => None,
        }
    }

    /// The closed word in a column, as written.
    #[must_use]
    pub fn written(&self, column: &str) -> Option<&str> {
        match self.cells.get(column) {
            Some(Typed::Word(_, written)) => Some(written),
            _ => None,
        }
    }

    /// Keys of the closed words in a column.
    #[must_use]
    pub fn words(&self, column: &str) -> &[&'static str] {
        match self.cells.get(column) {
            Some(Typed::Words(keys)) => keys,
            _ => &[],
        }
    }

    /// Yes or no; blank is no.
    #[must_use]
    pub fn flag(&self, column: &str) -> bool {
        matches!(self.cells.get(column), Some(Typed::Flag(true)))
    }

    /// Span of a column.
    #[must_use]
    pub fn span(&self, column: &str) -> Option<lungang_domain::RankSpan> {
        match self.cells.get(column) {
            Some(Typed::Span(span)) => Some(span.clone()),
            _ => None,
        }
    }

    /// Seats by staffing kind.
    #[must_use]
    pub fn seats(&self, column: &str) -> Vec<(lungang_domain::StaffingKind, u32)> {
        match self.cells.get(column) {
            Some(Typed::Seats(seats)) => seats.clone(),
            _ => Vec::new(),
        }
    }

    /// A raw value.
    #[must_use]
    pub fn raw(&self, column: &str) -> Option<&RawValue> {
        match self.cells.get(column) {
            Some(Typed::Raw(value)) => Some(value),
            _ => None,
        }
    }
}
