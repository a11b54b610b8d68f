//! The plan as JSON (semantics 26), and its schema.

use super::OutputError;
use crate::files::write_atomically;
use lungang_domain::PlanFile;
use std::path::Path;

/// The bytes of the file: fields in the order of the schema, keys sorted, two blanks of indent, a newline at the end.
///
/// # Errors
/// Only where a number can't be written as JSON, which no finite figure is.
pub fn text(plan: &PlanFile) -> serde_json::Result<String> {
    serde_json::to_string_pretty(plan).map(|text| text + "\n")
}

/// The JSON schema of plan files.
///
/// # Errors
/// As [`text`].
pub fn schema() -> serde_json::Result<String> {
    serde_json::to_string_pretty(&schemars::schema_for!(PlanFile)).map(|text| text + "\n")
}

/// Writes the file.
///
/// # Errors
/// The system's refusal.
pub fn write(plan: &PlanFile, path: &Path) -> Result<(), OutputError> {
    let text = text(plan).map_err(|error| OutputError::io(path, error))?;
    write_atomically(path, |file| file.write_all(text.as_bytes())).map_err(|error| OutputError::io(path, error))
}
