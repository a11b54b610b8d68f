//! A comparison of plans on paper: tables for workbook and page, long forms for pivot tables, JSON for programs.

mod charts;
mod curve;
mod json;
mod long;
mod page;
mod tables;

pub use tables::{known, way};

use crate::compare::Comparison;
use crate::compare::frontier::Frontier;
use crate::files::{replace_folder, write_bytes};
use crate::output::report::Table;
use crate::output::{self, Format, OutputError, xlsx};
use crate::text::{Lang, say};
use std::io;
use std::path::Path;

/// Files of a folder that holds a comparison.
const FILES: &[&str] = &["metrics.csv", "tiers.csv", "differences.csv", "settings.csv", "people.csv", "frontier.csv"];

/// A scenario that has no plan, and why.
#[derive(Clone, Debug)]
pub struct Planless {
    /// Its name.
    pub name: String,
    /// Sentences that say why.
    pub why: Vec<String>,
}

/// A comparison to be written.
#[derive(Debug)]
pub struct Comparing<'a> {
    /// What is compared.
    pub comparison: &'a Comparison<'a>,
    /// Scenarios without a plan.
    pub planless: &'a [Planless],
    /// The curve, where one was asked for.
    pub frontier: Option<&'a Frontier>,
    /// By side: the name of the file that holds the plan, without folder and ending; empty where none was written.
    pub files: &'a [String],
    /// Language.
    pub lang: Lang,
}

impl Comparing<'_> {
    /// The tables, in reading order.
    #[must_use]
    pub fn tables(&self) -> Vec<Table> {
        tables::all(self)
    }

    /// The line under every title: how many plans, and the one that the others are held against.
    #[must_use]
    pub fn under_title(&self) -> String {
        let sides = &self.comparison.sides;
        let first = sides.first();
        let start = first.map_or(String::new(), |side| side.plan.start.to_string());
        let name = first.map_or("", |side| side.name.as_str());
        let args = [("count", sides.len().to_string()), ("first", name.to_owned()), ("start", start)];
        let args: Vec<(&str, &str)> = args.iter().map(|(key, value)| (*key, value.as_str())).collect();
        say(self.lang, "compare-subtitle", &args)
    }

    /// Writes the format that the name asks for, whole or not at all.
    ///
    /// # Errors
    /// An ending of none of these formats, or the system's refusal.
    pub fn write(&self, path: &Path) -> Result<(), OutputError> {
        let place = |error: io::Error| OutputError::io(path, error);
        match probe(path)? {
            Format::Xlsx => {
                let stamp = self.comparison.sides.first().map(|side| side.plan.start).unwrap_or_default();
                let bytes = xlsx::of_tables(&self.tables(), &self.under_title(), stamp, self.lang);
                write_bytes(path, &bytes.map_err(|error| place(io::Error::other(error)))?).map_err(place)
            }
            Format::Html => write_bytes(path, page::page(self).as_bytes()).map_err(place),
            Format::Json => {
                let text = serde_json::to_string_pretty(&self.json()).map_err(|error| place(error.into()))?;
                write_bytes(path, (text + "\n").as_bytes()).map_err(place)
            }
            Format::Csv => replace_folder(path, &long::files(self).map_err(place)?).map_err(place),
            Format::Docx | Format::Figures => Err(OutputError::Ending(path.to_owned())),
        }
    }

    /// For programs.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        json::of(self)
    }
}

/// Refuses a target that can't be written, before the work that would fill it.
///
/// # Errors
/// As [`Comparing::write`].
pub fn probe(path: &Path) -> Result<Format, OutputError> {
    let format = match Format::of(path) {
        Some(Format::Csv) => {
            output::refuse_others(path, &|name| FILES.iter().any(|known| name == *known))?;
            if !crate::files::folder_of(path).is_dir() {
                return Err(OutputError::Folder(crate::files::folder_of(path).to_owned()));
            }
            Format::Csv
        }
        Some(Format::Docx | Format::Figures) | None => return Err(OutputError::Ending(path.to_owned())),
        Some(_) => output::probe(path)?,
    };
    Ok(format)
}
