//! Files → located raw rows. Nothing is interpreted here but the file format.

mod compound;
mod csv;
pub mod encoding;
pub mod json;
mod lrmx;
mod marks;
mod workbook;

use crate::files;
use crate::input::schema;
use chrono::NaiveDate;
use encoding_rs::Encoding;
use lungang_domain::{Cell, Problem};
use sha2::{Digest, Sha256};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// More bytes than any real roster has: beyond, a file is refused rather than read.
pub const MAX_FILE_BYTES: u64 = 256 << 20;
/// Most cells (empty ones in between included) that all sheets of one input may span.
pub const MAX_CELLS: usize = 12_000_000;

/// A cell as the file holds it.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum RawValue {
    /// Nothing, or only blanks.
    #[default]
    Empty,
    /// Text, as written.
    Text(String),
    /// A number.
    Number(f64),
    /// A date; a time of day is dropped.
    Date(NaiveDate),
    /// A truth value.
    Bool(bool),
    /// An error value of a spreadsheet formula, such as `#N/A`.
    Error(String),
}

impl RawValue {
    /// Text becomes [`RawValue::Empty`] where it is blank.
    #[must_use]
    pub fn text(text: &str) -> Self {
        if text.trim().is_empty() { Self::Empty } else { Self::Text(text.to_owned()) }
    }

    /// Whether the cell holds nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Empty)
    }

    /// The value as a person would type it.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) | Self::Error(text) => text.trim().to_owned(),
            // Spreadsheets keep ids as floats: 1001.0 is 1001.
            Self::Number(number) => format!("{number}"),
            Self::Date(date) => date.to_string(),
            Self::Bool(yes) => yes.to_string(),
        }
    }
}

/// One row, with the number that a spreadsheet shows.
#[derive(Clone, Debug, PartialEq)]
pub struct RawRow {
    /// 1-based.
    pub row: u32,
    /// From column A on; what is missing at the end is empty.
    pub cells: Vec<RawValue>,
}

/// Cells merged into one: the value stands in the first of them. Rows as numbered by the spreadsheet, columns 0-based,
/// both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Merged {
    /// First and last row.
    pub rows: (u32, u32),
    /// First and last column.
    pub columns: (u32, u32),
}

/// One sheet, as the file holds it. Blank rows are left out, the others keep their numbers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RawTable {
    /// File name without folder.
    pub file: String,
    /// Sheet name as written; for CSV the file's stem.
    pub sheet: String,
    /// The rows, headings included.
    pub rows: Vec<RawRow>,
    /// Merged cells.
    pub merged: Vec<Merged>,
    /// Rows that the spreadsheet hides, by number. They are data all the same.
    pub hidden_rows: Vec<u32>,
    /// Columns that it hides, 0-based.
    pub hidden_columns: Vec<u32>,
    /// Whether the spreadsheet hides the whole sheet.
    pub hidden: bool,
    /// Whether bare day numbers count from 1904, as old spreadsheets of the Macintosh do.
    pub since_1904: bool,
}

impl RawTable {
    /// A cell of this table; the whole sheet without row and column.
    #[must_use]
    pub fn cell(&self, row: Option<u32>, column: Option<u32>) -> Cell {
        Cell { file: self.file.clone(), sheet: self.sheet.clone(), row, column }
    }
}

/// What an input held: its sheets, what was wrong with the files, and the hash of their bytes.
#[derive(Debug, Default)]
pub struct Source {
    /// The sheets, in the order of the workbook; of a folder, by file name.
    pub tables: Vec<RawTable>,
    /// What was wrong with the files.
    pub problems: Vec<Problem>,
    /// SHA-256: of one file, its own; of a folder, of the list `<sha256>  <name>` by name, as `sha256sum` prints it.
    pub hash: String,
    /// Notes that an exported input carries along.
    pub notes: Vec<Problem>,
}

impl Source {
    fn failed(problem: Problem) -> Self {
        Self { problems: vec![problem], ..Self::default() }
    }
}

/// The name of a file as shown in messages: without folder.
#[must_use]
pub fn shown_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

fn whole_file(name: &str) -> Cell {
    Cell { file: name.to_owned(), sheet: String::new(), row: None, column: None }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// SHA-256 in hex.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// SHA-256 of a file, or of a folder's files of input as `sha256sum` lists them.
///
/// # Errors
/// A file that can't be read, as of an input.
pub fn hash_of(path: &Path) -> Result<String, Problem> {
    let name = shown_name(path);
    if !path.is_dir() {
        return Ok(sha256_hex(&read_bytes(path, &name)?));
    }
    let mut sums = String::new();
    let paths = input_files(path).map_err(|error| unreadable(&name, &error))?;
    let complete = is_complete(&paths);
    for path in paths.iter().filter(|path| !complete || is_text(path)) {
        let shown = shown_name(path);
        let bytes = read_bytes(path, &shown)?;
        if !workbook::is_plan(&bytes) {
            sums.push_str(&sum_line(&bytes, &shown));
        }
    }
    Ok(sha256_hex(sums.as_bytes()))
}

/// Reads the sheets of a workbook, a folder of workbooks and CSV files, or an exported input. CSV files are in the encoding
/// asked for, or in the one that their bytes show.
#[must_use]
pub fn read_source(path: &Path, asked: Option<&'static Encoding>) -> Source {
    let name = shown_name(path);
    let meta = match std::fs::metadata(path) {
        Ok(meta) => meta,
        Err(error) => return Source::failed(unreadable(&name, &error)),
    };
    if meta.is_dir() {
        return read_folder(path, &name, asked);
    }
    let bytes = match read_bytes(path, &name) {
        Ok(bytes) => bytes,
        Err(problem) => return Source::failed(problem),
    };
    let hash = sha256_hex(&bytes);
    let mut source = Source::default();
    let is_text = is_text(path);
    if workbook::sniff(&bytes).is_none() && json::looks_like(&bytes) && !is_text {
        match json::read(&name, &bytes) {
            Ok((tables, notes)) => source = Source { tables, notes, ..source },
            Err(problem) => source.problems.push(problem),
        }
    } else {
        add_file(path, &name, bytes, asked, &mut 0, &mut source);
    }
    source.hash = hash;
    source
}

/// Adds the sheets of a workbook or a CSV file. The format is told by content: `.xls` bytes are often named `.xlsx`.
fn add_file(
    path: &Path,
    name: &str,
    bytes: Vec<u8>,
    asked: Option<&'static Encoding>,
    cells: &mut usize,
    source: &mut Source,
) {
    let read = match workbook::sniff(&bytes) {
        Some(format) => workbook::read(name, bytes, format).map(|tables| (tables, Vec::new())),
        None if lrmx::looks_like(&bytes) => {
            let stem = path.file_stem().unwrap_or_default().to_string_lossy();
            lrmx::read(name, &stem, &bytes, asked)
        }
        None if is_text(path) => {
            let stem = path.file_stem().unwrap_or_default().to_string_lossy();
            csv::read(name, &stem, &bytes, asked, cells).map(|(table, notes)| (vec![table], notes))
        }
        None => Err(Problem::new("E0103").at(Some(whole_file(name)))),
    };
    match read {
        Ok((tables, notes)) => {
            source.tables.extend(tables);
            source.problems.extend(notes);
        }
        Err(problem) => source.problems.push(problem),
    }
}

fn unreadable(name: &str, error: &io::Error) -> Problem {
    let cell = Some(whole_file(name));
    match error.kind() {
        io::ErrorKind::NotFound => Problem::new("E0101").at(cell),
        io::ErrorKind::InvalidInput => Problem::new("E0109").at(cell),
        _ => Problem::new("E0102").at(cell).with("reason", error),
    }
}

/// The bytes of a regular file that is neither empty nor absurdly large.
fn read_bytes(path: &Path, name: &str) -> Result<Vec<u8>, Problem> {
    let file = files::open_regular(path).map_err(|error| unreadable(name, &error))?;
    let too_large = || {
        let limit = MAX_FILE_BYTES >> 20;
        Problem::new("E0110").at(Some(whole_file(name))).with("limit", limit)
    };
    if file.metadata().is_ok_and(|meta| meta.len() > MAX_FILE_BYTES) {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    file.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes).map_err(|error| unreadable(name, &error))?;
    if bytes.is_empty() {
        return Err(Problem::new("E0104").at(Some(whole_file(name))));
    }
    if bytes.len() as u64 > MAX_FILE_BYTES {
        return Err(too_large());
    }
    Ok(bytes)
}

/// A line as `sha256sum` prints it.
fn sum_line(bytes: &[u8], shown: &str) -> String {
    format!("{}  {shown}\n", sha256_hex(bytes))
}

/// Endings of text tables.
const TEXTS: &[&str] = &["csv", "tsv", "txt"];
/// Endings of workbooks; `et` is a workbook of WPS.
const WORKBOOKS: &[&str] = &["xlsx", "xlsm", "xls", "et", "ods"];
/// Ending of appointment forms.
const FORMS: &[&str] = &["lrmx"];

fn ends_in(path: &Path, endings: &[&str]) -> bool {
    path.extension().is_some_and(|own| endings.iter().any(|ending| own.eq_ignore_ascii_case(ending)))
}

/// Whether a file is a table as text, by its name.
#[must_use]
pub fn is_text(path: &Path) -> bool {
    ends_in(path, TEXTS)
}

/// The tables and workbooks of a folder, by name. Hidden files, the locks of open workbooks and other kinds are none of
/// ours.
fn input_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = std::fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<Vec<PathBuf>>>()?;
    paths.retain(|path| {
        let shown = shown_name(path);
        let is_lock = shown.starts_with('.') || shown.starts_with("~$");
        // A text that somebody put beside the tables is read only if it is called a table.
        let is_table = ends_in(path, WORKBOOKS) || ends_in(path, FORMS) || ends_in(path, &TEXTS[..2]);
        !is_lock && is_table
    });
    paths.sort_by_key(|path| shown_name(path));
    Ok(paths)
}

/// What in a folder looks like data and can't be read: tables of other programs, and folders with tables inside.
fn left_alone(folder: &Path) -> Vec<Problem> {
    const OTHERS: &[&str] = &["xlsb", "lrm", "htm", "html", "numbers", "dbf", "mdb", "accdb"];
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut found: Vec<String> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| !shown_name(path).starts_with('.') && !shown_name(path).starts_with("~$"))
        .filter(|path| {
            ends_in(path, OTHERS) || (path.is_dir() && input_files(path).is_ok_and(|inside| !inside.is_empty()))
        })
        .map(|path| shown_name(&path))
        .collect();
    found.sort();
    found.into_iter().map(|name| Problem::new("W0107").at(Some(whole_file(&name)))).collect()
}

/// Whether a folder's tables are the sheets of one input by their own names: then a workbook beside them is another copy
/// of the same, or something else, and is not read.
fn is_complete(paths: &[PathBuf]) -> bool {
    let has = |name: &str| {
        paths.iter().filter(|path| is_text(path)).any(|path| {
            let stem = path.file_stem().unwrap_or_default().to_string_lossy();
            schema::sheet(&stem).is_some_and(|sheet| sheet.name == name)
        })
    };
    has("staff") && has("posts")
}

/// A folder: its workbooks and CSV files together. A plan that was written into it is no input.
fn read_folder(path: &Path, name: &str, asked: Option<&'static Encoding>) -> Source {
    let paths = match input_files(path) {
        Ok(paths) => paths,
        Err(error) => return Source::failed(unreadable(name, &error)),
    };
    let mut source = Source::default();
    let mut sums = String::new();
    let mut cells = 0;
    let complete = is_complete(&paths);
    for path in &paths {
        let shown = shown_name(path);
        if complete && !is_text(path) {
            source.problems.push(Problem::new("W0104").at(Some(whole_file(&shown))));
            continue;
        }
        match read_bytes(path, &shown) {
            Ok(bytes) if workbook::is_plan(&bytes) => {
                source.problems.push(Problem::new("A0116").at(Some(whole_file(&shown))));
            }
            Ok(bytes) => {
                sums.push_str(&sum_line(&bytes, &shown));
                add_file(path, &shown, bytes, asked, &mut cells, &mut source);
            }
            Err(problem) => source.problems.push(problem),
        }
    }
    source.problems.extend(left_alone(path));
    if paths.is_empty() {
        source.problems.push(Problem::new("E0107").at(Some(whole_file(name))));
    }
    source.hash = sha256_hex(sums.as_bytes());
    source
}

/// Counts the cells of a row against [`MAX_CELLS`].
fn count_cells(total: &mut usize, more: usize, file: &str) -> Result<(), Problem> {
    *total = total.saturating_add(more);
    if *total > MAX_CELLS {
        return Err(Problem::new("E0111").at(Some(whole_file(file))).with("limit", MAX_CELLS));
    }
    Ok(())
}
