//! Plans on paper: one report model, then a file per format.

pub mod csv;
pub mod departments;
pub mod docx;
pub mod html;
pub mod json;
pub mod mask;
mod papers;
pub mod progress;
pub mod read;
pub mod report;
pub(crate) mod width;
pub mod xlsx;

use crate::files::{folder_of, same_file};
use crate::text::Lang;
use lungang_domain::{Case, PlanFile, Policy, Problem};
pub use papers::Papers;
pub use read::{ReadPlan, read_plan};
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};

/// Why a plan was not written.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// The name's ending names no format.
    #[error("{0}: no format has this ending")]
    Ending(PathBuf),
    /// The folder that should hold the file is missing.
    #[error("{0}: no such folder")]
    Folder(PathBuf),
    /// The target folder holds something that no plan put there.
    #[error("{0}: the folder holds other files")]
    Foreign(PathBuf),
    /// The target is the very file that the input was read from.
    #[error("{0}: this is the input")]
    Input(PathBuf),
    /// The plan's layout is not one of the case.
    #[error("the plan does not belong to this input")]
    Foreigner(Vec<Problem>),
    /// The system refused.
    #[error("{path}: {error}")]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
}

impl OutputError {
    pub(crate) fn io(path: &Path, error: impl Into<io::Error>) -> Self {
        Self::Io { path: path.to_owned(), error: error.into() }
    }

    /// The error as a message with a code.
    #[must_use]
    pub fn problem(&self) -> Problem {
        let (code, path) = match self {
            Self::Ending(path) => ("E0601", path),
            Self::Folder(path) => ("E0602", path),
            Self::Io { path, error } => match error.kind() {
                io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => ("E0603", path),
                _ => {
                    return Problem::new("E0604").with("path", path.display()).with("why", error);
                }
            },
            Self::Foreign(path) => ("E0605", path),
            Self::Input(path) => ("E0607", path),
            Self::Foreigner(_) => return Problem::new("E0606"),
        };
        Problem::new(code).with("path", path.display())
    }
}

/// The format that a file name asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// `.json`
    Json,
    /// `.xlsx`
    Xlsx,
    /// `.docx`: papers to be signed.
    Docx,
    /// `.html`: the report to be looked at.
    Html,
    /// A name ending in `/`: a folder of CSV files.
    Csv,
    /// `.csv`: the figures alone, in long form.
    Figures,
}

impl Format {
    /// The format of a target, by the ending of its name; `None`: none that is built.
    #[must_use]
    pub fn of(path: &Path) -> Option<Self> {
        let text = path.to_string_lossy();
        if text.ends_with(['/', std::path::MAIN_SEPARATOR]) {
            return Some(Self::Csv);
        }
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "json" => Some(Self::Json),
            "xlsx" => Some(Self::Xlsx),
            "docx" => Some(Self::Docx),
            "html" | "htm" => Some(Self::Html),
            "csv" => Some(Self::Figures),
            _ => None,
        }
    }

    /// Whether a plan can be read back from it; the others are for people only.
    #[must_use]
    pub fn reads_back(self) -> bool {
        matches!(self, Self::Json | Self::Xlsx | Self::Csv)
    }
}

/// Refuses a target that can't be written, before the work that would fill it: unknown ending, missing folder, a
/// read-only file, a folder with other files.
///
/// # Errors
/// As [`write()`].
pub fn probe(path: &Path) -> Result<Format, OutputError> {
    let format = Format::of(path).ok_or_else(|| OutputError::Ending(path.to_owned()))?;
    let folder = folder_of(path);
    if !folder.is_dir() {
        return Err(OutputError::Folder(folder.to_owned()));
    }
    match format {
        Format::Csv => csv::refuse_foreign(path)?,
        Format::Json | Format::Xlsx | Format::Docx | Format::Html | Format::Figures => {
            if std::fs::metadata(path).is_ok_and(|found| found.permissions().readonly() || found.is_dir()) {
                return Err(OutputError::io(path, io::ErrorKind::PermissionDenied));
            }
        }
    }
    Ok(format)
}

/// Refuses a target that would replace the input, links followed.
///
/// # Errors
/// [`OutputError::Input`].
pub fn spare_input(input: &Path, target: &Path) -> Result<(), OutputError> {
    if same_file(input, target) { Err(OutputError::Input(target.to_owned())) } else { Ok(()) }
}

/// Refuses a target that is no folder, that can't be written, or that holds anything but what is `known`.
pub(crate) fn refuse_others(path: &Path, known: &dyn Fn(&OsStr) -> bool) -> Result<(), OutputError> {
    let Ok(found) = std::fs::metadata(path) else { return Ok(()) };
    if !found.is_dir() {
        return Err(OutputError::Foreign(path.to_owned()));
    }
    if found.permissions().readonly() {
        return Err(OutputError::io(path, io::ErrorKind::PermissionDenied));
    }
    for entry in std::fs::read_dir(path).map_err(|error| OutputError::io(path, error))? {
        let entry = entry.map_err(|error| OutputError::io(path, error))?;
        if !known(&entry.file_name()) {
            return Err(OutputError::Foreign(path.to_owned()));
        }
    }
    Ok(())
}

/// Writes a plan in the format that the name asks for, whole or not at all.
///
/// # Errors
/// Unknown ending, missing folder, a folder with other files, or the system's refusal; the target is untouched then.
pub fn write(case: &Case, policy: &Policy, plan: &PlanFile, path: &Path, lang: Lang) -> Result<(), OutputError> {
    Papers::new(case, policy, plan, lang).write(path)
}
