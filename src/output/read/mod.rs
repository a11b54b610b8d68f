//! Plans read back: what a file claims, and what was edited by hand.

mod edits;
mod folder;
mod handed;
mod sheet;

pub use edits::{Change, Edit};

use super::Format;
use chrono::NaiveDate;
use lungang_domain::plan::SCHEMA_VERSION;
use lungang_domain::{Cell, PlanFile, Problem};
use std::path::Path;

/// A plan read back.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadPlan {
    /// The plan as it was written, with all its claims.
    pub original: PlanFile,
    /// The plan as it stands now: layout and moves with the edits; figures and deferrals are still the original's.
    pub plan: PlanFile,
    /// What differs, by staff and year.
    pub edits: Vec<Edit>,
}

impl ReadPlan {
    fn unedited(plan: PlanFile) -> Self {
        Self { original: plan.clone(), plan, edits: Vec::new() }
    }
}

/// Reads a plan in any format that [`super::write`] writes; a folder is one of CSV files.
///
/// # Errors
/// All problems at once: `E0101` not there, `E0780` not readable, `E0781` another version, `E0782` not a plan, `E0794` a format for people only, and those of the formats.
pub fn read_plan(path: &Path) -> Result<ReadPlan, Vec<Problem>> {
    if !path.exists() {
        let place = Cell { file: path.display().to_string(), sheet: String::new(), row: None, column: None };
        return Err(vec![Problem::new("E0101").at(Some(place))]);
    }
    let format = if path.is_dir() { Some(Format::Csv) } else { Format::of(path) };
    let read = match format {
        Some(Format::Json) => {
            let text = std::fs::read_to_string(path).map_err(|error| vec![unreadable(path, &error)])?;
            ReadPlan::unedited(parse(&text, path).map_err(|problem| vec![problem])?)
        }
        Some(Format::Xlsx) => sheet::read(path)?,
        Some(Format::Csv) => ReadPlan::unedited(folder::read(path)?),
        Some(Format::Docx | Format::Html | Format::Figures) => {
            return Err(vec![Problem::new("E0794").with("path", path.display())]);
        }
        None => return Err(vec![Problem::new("E0601").with("path", path.display())]),
    };
    Ok(read)
}

/// A date as hands write it: 2026-07-01, 2026/7/1, 2026.7.1, 2026年7月1日.
fn typed_date(written: &str) -> Option<NaiveDate> {
    let plain = written.replace(['/', '.', '年', '月'], "-").replace('日', "");
    NaiveDate::parse_from_str(plain.trim(), "%Y-%m-%d").ok()
}

/// The nearest of some choices, to suggest.
fn nearest<'c>(written: &str, choices: impl Iterator<Item = &'c str>) -> String {
    let score = |choice: &str| strsim::normalized_damerau_levenshtein(written, choice);
    let mut best: Option<(f64, &str)> = None;
    for choice in choices {
        let score = score(choice);
        if best.is_none_or(|(known, _)| score > known) {
            best = Some((score, choice));
        }
    }
    best.map_or_else(String::new, |(_, choice)| choice.to_owned())
}

/// The file's name without folders, as cells name it.
fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

fn unreadable(path: &Path, error: &dyn std::fmt::Display) -> Problem {
    Problem::new("E0780").with("path", path.display()).with("why", error)
}

/// A plan from JSON. The version is looked at first, so that a later form is named as such.
fn parse(text: &str, path: &Path) -> Result<PlanFile, Problem> {
    let broken = |error: serde_json::Error| Problem::new("E0782").with("path", path.display()).with("why", error);
    let value: serde_json::Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(broken)?;
    let version = value.get("schema_version").and_then(serde_json::Value::as_u64);
    if let Some(version) = version.filter(|version| *version != u64::from(SCHEMA_VERSION)) {
        return Err(Problem::new("E0781")
            .with("path", path.display())
            .with("found", version)
            .with("wanted", SCHEMA_VERSION));
    }
    serde_json::from_value(value).map_err(broken)
}
