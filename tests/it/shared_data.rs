//! Where real material to test against lies, if it does: the one place that knows the path.

use std::path::PathBuf;

/// The folder of real material: `LUNGANG_DATA`, else beside the project. Where there is none, says on standard error
/// that the test is skipped.
pub fn shared_data(test: &str) -> Option<PathBuf> {
    let given = std::env::var_os("LUNGANG_DATA").map(PathBuf::from);
    let folder = given.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data"));
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("{test}: skipped, no real material at {} (set LUNGANG_DATA)", folder.display());
    None
}
