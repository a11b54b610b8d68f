//! Files that appear whole or not at all: written beside their place, then renamed; readable by their owner alone.

use std::fs::{self, File};
use std::io;
use std::path::Path;

/// Writes a file beside `path` and renames it into place. On Unix its mode is 0600.
///
/// # Errors
/// Whatever the system or `write` reports; a target that is marked read-only counts as permission denied. The target
/// is untouched then, and nothing is left beside it.
pub fn write_atomically(path: &Path, write: impl FnOnce(&mut File) -> io::Result<()>) -> io::Result<()> {
    if fs::metadata(path).is_ok_and(|target| target.permissions().readonly()) {
        return Err(io::Error::from(io::ErrorKind::PermissionDenied));
    }
    let mut beside = tempfile::Builder::new().prefix(".lungang-").tempfile_in(folder_of(path))?;
    write(beside.as_file_mut())?;
    beside.as_file().sync_all()?;
    beside.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// The folder that holds a path: its parent, or the working folder.
#[must_use]
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
