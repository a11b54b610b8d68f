//! The key of a masked plan: a CSV file with code, staff id, name and birth date, for whoever may know.

use super::Masked;
use crate::files::{open_regular, write_bytes};
use crate::output::OutputError;
use crate::output::csv::{guarded, unguarded};
use lungang_domain::Problem;
use std::io::{self, Read};
use std::path::Path;

/// Headings of the file.
const HEADINGS: [&str; 4] = ["code", "id", "name", "birth_date"];
/// Mark that lets Excel read the Chinese.
const MARK: &str = "\u{feff}";

/// Writes the key, mode 0600.
///
/// # Errors
/// The system's refusal.
pub fn write(people: &[Masked], path: &Path) -> Result<(), OutputError> {
    let bytes = bytes(people).map_err(|error| OutputError::io(path, error))?;
    write_bytes(path, &bytes).map_err(|error| OutputError::io(path, error))
}

fn bytes(people: &[Masked]) -> io::Result<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(MARK.as_bytes().to_vec());
    writer.write_record(HEADINGS).map_err(io::Error::other)?;
    for one in people {
        let birth = one.birth.map_or(String::new(), |date| date.to_string());
        writer.write_record([&one.code, &guarded(&one.id), &guarded(&one.name), &birth]).map_err(io::Error::other)?;
    }
    writer.into_inner().map_err(|error| io::Error::other(error.to_string()))
}

/// Whether nothing stands at a place, or an earlier key: nothing else is written over.
///
/// # Errors
/// The system's refusal.
pub fn is_new_or_key(path: &Path) -> io::Result<bool> {
    match std::fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(true),
        Err(error) => return Err(error),
        Ok(_) => {}
    }
    let wanted = format!("{MARK}{}\r\n", HEADINGS.join(","));
    let mut head = Vec::new();
    open_regular(path)?.take(wanted.len() as u64).read_to_end(&mut head)?;
    Ok(head == wanted.as_bytes())
}

/// Reads a key.
///
/// # Errors
/// `E0796` where the file can't be read or is no key.
pub fn read(path: &Path) -> Result<Vec<Masked>, Problem> {
    let refused = |why: String| Problem::new("E0796").with("path", path.display()).with("why", why);
    let mut text = String::new();
    open_regular(path)
        .and_then(|mut file| file.read_to_string(&mut text))
        .map_err(|error| refused(error.to_string()))?;
    let mut reader = csv::Reader::from_reader(text.trim_start_matches(MARK).as_bytes());
    let headings = reader.headers().map_err(|error| refused(error.to_string()))?;
    if headings.iter().ne(HEADINGS) {
        return Err(refused(HEADINGS.join(", ")));
    }
    let mut people = Vec::new();
    for row in reader.records() {
        let row = row.map_err(|error| refused(error.to_string()))?;
        let field = |at: usize| unguarded(row.get(at).unwrap_or("")).to_owned();
        people.push(Masked { code: field(0), id: field(1), name: field(2), birth: field(3).parse().ok() });
    }
    Ok(people)
}
