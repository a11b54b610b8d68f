//! Files as this program writes them: beside the target, mode 0600, renamed at the end.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// Writes a file in one step: `fill` writes to a temporary file in the same folder, which is then renamed over
/// `path`. On any error the temporary file is removed and `path` is as it was. The mode is 0600: the data are
/// confidential.
///
/// # Errors
/// Whatever creating, filling, syncing or renaming says; a target marked read-only counts as permission denied.
pub fn write_atomically(path: &Path, fill: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    if std::fs::metadata(path).is_ok_and(|target| target.permissions().readonly()) {
        return Err(io::Error::from(io::ErrorKind::PermissionDenied));
    }
    let mut temporary = tempfile::Builder::new().prefix(".lungang-").suffix(".tmp").tempfile_in(folder_of(path))?;
    {
        let mut buffer = BufWriter::new(temporary.as_file_mut());
        fill(&mut buffer)?;
        buffer.flush()?;
    }
    temporary.as_file().sync_all()?;
    // The temporary file is made with mode 0600, and the rename keeps it.
    temporary.persist(path).map_err(|failed| failed.error)?;
    Ok(())
}

/// Writes these bytes as [`write_atomically`] does.
///
/// # Errors
/// See [`write_atomically`].
pub fn write_bytes(path: &Path, bytes: &[u8]) -> io::Result<()> {
    write_atomically(path, |file| file.write_all(bytes))
}

/// The folder that holds a path: its parent, or the working folder.
#[must_use]
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Whether both paths name the same existing file, links followed.
#[must_use]
pub fn same_file(a: &Path, b: &Path) -> bool {
    match (a.canonicalize(), b.canonicalize()) {
        (Ok(a), Ok(b)) => a == b,
        _ => false,
    }
}

/// Opens a file for reading, only if it is a regular one: a pipe or a device would never end.
///
/// # Errors
/// As opening says; `InvalidInput` for what is not a regular file.
pub fn open_regular(path: &Path) -> io::Result<File> {
    if !std::fs::metadata(path)?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file"));
    }
    File::open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_write_leaves_the_old_file_and_no_rest() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("plan.json");
        write_bytes(&path, b"old").expect("written");
        let failed = write_atomically(&path, |file| {
            file.write_all(b"half")?;
            Err(io::Error::other("no more"))
        });
        assert!(failed.is_err());
        assert_eq!(std::fs::read(&path).expect("read"), b"old");
        assert_eq!(std::fs::read_dir(folder.path()).expect("listed").count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn files_are_private() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("plan.json");
        write_bytes(&path, b"x").expect("written");
        assert_eq!(std::fs::metadata(&path).expect("stat").permissions().mode() & 0o777, 0o600);
    }
}
