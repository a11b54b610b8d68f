//! `--per-unit`: for every unit a Word file and a workbook with its own rows, in one folder.

use super::report::Report;
use super::{OutputError, docx, xlsx};
use crate::files::{file_names, replace_folder};
use crate::text::Lang;
use lungang_domain::PlanFile;
use std::io;
use std::path::Path;

/// Endings of what each unit is given.
const ENDINGS: [&str; 2] = ["docx", "xlsx"];

/// The names of the files, by unit: the unit's own name, as far as file systems take it.
#[must_use]
pub fn names(units: &[String]) -> Vec<[String; 2]> {
    file_names(units).into_iter().map(|stem| ENDINGS.map(|ending| format!("{stem}.{ending}"))).collect()
}

/// Writes the folder whole: beside its place first, then renamed.
///
/// # Errors
/// A folder that holds anything else, or the system's refusal.
pub fn write(plan: &PlanFile, report: &Report, folder: &Path, lang: Lang) -> Result<(), OutputError> {
    let units: Vec<String> = report.departments.iter().map(|unit| unit.name.clone()).collect();
    let mut files = Vec::new();
    for (department, [word, sheet]) in report.departments.iter().zip(names(&units)) {
        let own = report.of_unit(department);
        files.push((word, docx::bytes(&own, lang).map_err(|error| OutputError::io(folder, error))?));
        let workbook = xlsx::of_unit(plan, &own, lang);
        files.push((sheet, workbook.map_err(|error| OutputError::io(folder, io::Error::other(error)))?));
    }
    refuse_foreign(folder, &units)?;
    replace_folder(folder, &files).map_err(|error| OutputError::io(folder, error))
}

/// Refuses a folder that holds anything but these units' papers, or that can't be written.
///
/// # Errors
/// [`OutputError::Foreign`], or the system's refusal.
pub fn refuse_foreign(folder: &Path, units: &[String]) -> Result<(), OutputError> {
    let known: Vec<String> = names(units).into_iter().flatten().collect();
    super::refuse_others(folder, &|name| known.iter().any(|known| name == known.as_str()))
}
