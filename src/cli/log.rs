//! `--log FILE`: when each step of a run began and what it counted. Names, ids and paths never stand in it.

use lungang_domain::Problem;
use std::fs::{File, OpenOptions};
use std::io::{self, Read};
use std::path::Path;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// Steps at `info`; `LUNGANG_LOG=debug` adds every model that the solver was given.
const LEVEL: &str = "LUNGANG_LOG";

/// Starts the log: new, or at the end of an earlier one. What is no log of ours is left alone.
///
/// # Errors
/// `E0608` where the file holds something else, `E0603` or `E0604` where it can't be written.
pub fn start(path: &Path) -> Result<(), Problem> {
    let refused = |error: io::Error| crate::output::OutputError::Io { path: path.to_owned(), error }.problem();
    if !is_new_or_ours(path).map_err(refused)? {
        return Err(Problem::new("E0608").with("path", path.display()));
    }
    let file = append(path).map_err(refused)?;
    let filter = EnvFilter::try_from_env(LEVEL).unwrap_or_else(|_| EnvFilter::new("lungang=info"));
    let lines = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(std::sync::Mutex::new(file));
    // A second log can't be asked for within one run.
    let _ = tracing_subscriber::registry().with(filter).with(lines).try_init();
    Ok(())
}

fn append(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Whether nothing stands there, or lines that begin with a time, as ours do.
fn is_new_or_ours(path: &Path) -> io::Result<bool> {
    let found = match std::fs::metadata(path) {
        Ok(found) => found,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(true),
        Err(error) => return Err(error),
    };
    if !found.is_file() {
        return Ok(false);
    }
    let mut head = Vec::new();
    File::open(path)?.take(11).read_to_end(&mut head)?;
    let shape = b"0000-00-00T";
    let alike = |(own, wanted): (&u8, &u8)| if *wanted == b'0' { own.is_ascii_digit() } else { own == wanted };
    Ok(head.is_empty() || (head.len() == shape.len() && head.iter().zip(shape).all(alike)))
}
