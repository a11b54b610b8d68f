//! Workbooks (`.xlsx`, `.xls`, `.ods`) → sheets. The format is told by content, not by the file's name.

use super::compound;
use super::marks::{self, Marks};
use super::{MAX_CELLS, Merged, RawRow, RawTable, RawValue, count_cells, whole_file};
use calamine::{Data, DataRef, ExcelDateTime, Ods, OdsError, Reader, Xls, XlsError, Xlsx, XlsxError};
use chrono::NaiveDate;
use lungang_domain::Problem;
use std::io::{self, Cursor, Read};
use std::sync::Once;
use std::time::Duration;

/// Most bytes that a compressed workbook may unfold to.
const MAX_UNFOLDED: u64 = 1 << 30;
/// Longer than any real workbook takes to read.
const LONGEST: Duration = Duration::from_secs(300);
/// Name of the thread that reads; panics inside it are caught and kept off the screen.
const READER: &str = "lungang-reader";

/// Format of a workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Office Open XML, or OpenDocument: both are zip archives.
    Zip,
    /// A compound file: `.xls`, or a workbook locked with a password.
    Compound,
}

/// The format by the first bytes; `None`: no workbook.
pub fn sniff(bytes: &[u8]) -> Option<Format> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        Some(Format::Zip)
    } else if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
        Some(Format::Compound)
    } else {
        None
    }
}

/// Whether this is a plan that this program wrote: its workbooks keep the plan in a sheet of this name.
pub fn is_plan(bytes: &[u8]) -> bool {
    const NAME: &[u8] = b"\"_plan\"";
    if sniff(bytes) != Some(Format::Zip) {
        return false;
    }
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return false };
    let Ok(list) = archive.by_name("xl/workbook.xml") else { return false };
    let mut text = Vec::new();
    list.take(1 << 20).read_to_end(&mut text).is_ok() && memchr::memmem::find(&text, NAME).is_some()
}

/// Why a workbook can't be read.
pub enum Broken {
    /// Locked with a password.
    Password,
    /// Refused for a reason that has its own code.
    Refused(Problem),
    /// Damaged, in the words of the library that reads.
    Other(String),
}

impl From<XlsxError> for Broken {
    fn from(error: XlsxError) -> Self {
        match error {
            XlsxError::Password => Self::Password,
            other => Self::Other(other.to_string()),
        }
    }
}

impl From<XlsError> for Broken {
    fn from(error: XlsError) -> Self {
        match error {
            XlsError::Password => Self::Password,
            other => Self::Other(other.to_string()),
        }
    }
}

impl From<OdsError> for Broken {
    fn from(error: OdsError) -> Self {
        match error {
            OdsError::Password => Self::Password,
            other => Self::Other(other.to_string()),
        }
    }
}

/// Reads every sheet of a workbook. A panic inside the reading libraries counts as a broken file.
pub fn read(file: &str, bytes: Vec<u8>, format: Format) -> Result<Vec<RawTable>, Problem> {
    silence_reader_panics();
    let name = file.to_owned();
    let thread = std::thread::Builder::new().name(READER.to_owned()).stack_size(16 << 20);
    let (done, outcome) = std::sync::mpsc::channel();
    let outcome = match thread.spawn(move || drop(done.send(read_inside(&name, bytes, format)))) {
        // A thread that panics drops its end; one that never ends is left behind.
        Ok(_) => outcome.recv_timeout(LONGEST).unwrap_or_else(|error| {
            let slow = error == std::sync::mpsc::RecvTimeoutError::Timeout;
            let reason = if slow { "reading takes too long" } else { "unreadable structure" };
            Err(Broken::Other(reason.to_owned()))
        }),
        Err(error) => Err(Broken::Other(error.to_string())),
    };
    let cell = Some(whole_file(file));
    match outcome {
        Ok(tables) if tables.iter().all(|table| table.rows.is_empty()) => Err(Problem::new("E0104").at(cell)),
        Ok(tables) => Ok(tables),
        Err(Broken::Password) => Err(Problem::new("E0113").at(cell)),
        Err(Broken::Refused(problem)) => Err(problem),
        Err(Broken::Other(reason)) => Err(Problem::new("E0106").at(cell).with("reason", reason)),
    }
}

/// Keeps panics of the reading thread off the screen: they are reported as a broken file.
fn silence_reader_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if std::thread::current().name() != Some(READER) {
                before(info);
            }
        }));
    });
}

fn read_inside(file: &str, bytes: Vec<u8>, format: Format) -> Result<Vec<RawTable>, Broken> {
    match format {
        Format::Compound => read_compound(file, bytes),
        Format::Zip => {
            let is_ods = look_into_archive(file, &bytes)?;
            if is_ods { read_ods(file, bytes) } else { read_xlsx(file, bytes) }
        }
    }
}

/// Whether the archive is an OpenDocument; and refuses one that unfolds to far more than any roster (a zip bomb):
/// the entries are unfolded into nothing and counted, since what an archive says of itself may be a lie.
fn look_into_archive(file: &str, bytes: &[u8]) -> Result<bool, Broken> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| Broken::Other(error.to_string()))?;
    let mut unfolded = 0_u64;
    let (mut is_ods, mut is_xlsx) = (false, false);
    for position in 0..archive.len() {
        let entry = match archive.by_index(position) {
            Ok(entry) => entry,
            Err(zip::result::ZipError::UnsupportedArchive(_)) => return Err(Broken::Password),
            Err(error) => return Err(Broken::Other(error.to_string())),
        };
        if let Ok(name) = entry.name() {
            is_ods |= name == "content.xml";
            is_xlsx |= name.starts_with("xl/") && name.ends_with(".xml");
        }
        let limit = MAX_UNFOLDED - unfolded;
        let mut promises = Promises::default();
        let length =
            io::copy(&mut entry.take(limit + 1), &mut promises).map_err(|error| Broken::Other(error.to_string()))?;
        if promises.most > length {
            return Err(Broken::Other("a table of texts larger than its file".to_owned()));
        }
        unfolded += length;
        if unfolded > MAX_UNFOLDED {
            let limit = MAX_UNFOLDED >> 20;
            return Err(Broken::Refused(Problem::new("E0110").at(Some(whole_file(file))).with("limit", limit)));
        }
    }
    if !is_ods && !is_xlsx {
        // Some other archive: a document, a binary workbook, a bundle of files.
        return Err(Broken::Refused(Problem::new("E0103").at(Some(whole_file(file)))));
    }
    Ok(is_ods)
}

/// Reads along for `uniqueCount`, the number of texts that a table of texts promises: the reader sets memory aside for
/// as many, so more than there are bytes can't be let through.
#[derive(Default)]
struct Promises {
    window: Vec<u8>,
    most: u64,
}

impl io::Write for Promises {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        const NAME: &[u8] = b"uniqueCount";
        const KEPT: usize = 1024;
        self.window.extend_from_slice(bytes);
        let mut from = 0;
        while let Some(found) = memchr::memmem::find(&self.window[from..], NAME) {
            from += found + NAME.len();
            let digits = self.window[from..].iter().skip_while(|byte| b"= \t\r\n\"'+".contains(*byte));
            let number = digits.take_while(|byte| byte.is_ascii_digit());
            let number =
                number.fold(0_u64, |sum, digit| sum.saturating_mul(10).saturating_add(u64::from(digit - b'0')));
            self.most = self.most.max(number);
        }
        let surplus = self.window.len().saturating_sub(KEPT);
        self.window.drain(..surplus);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Our own helper sheets: the plan behind a plan's papers, and the words of drop-down lists.
fn is_ours(sheet: &str) -> bool {
    matches!(sheet, "_plan" | "_lists")
}

/// Cell by cell, so that one value in the last corner doesn't ask for a table of seventeen thousand million cells.
fn read_xlsx(file: &str, bytes: Vec<u8>) -> Result<Vec<RawTable>, Broken> {
    let mut marks = marks::of_xlsx(&bytes);
    let mut workbook = Xlsx::new(Cursor::new(bytes))?;
    let mut tables = Vec::new();
    let mut total = 0;
    let worksheets: Vec<(String, bool)> = workbook
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == calamine::SheetType::WorkSheet && !is_ours(&sheet.name))
        .map(|sheet| (sheet.name.clone(), sheet.visible != calamine::SheetVisible::Visible))
        .collect();
    for (sheet, hidden) in worksheets {
        let mut table =
            Builder::new(file, &sheet).marked(marks.remove(&sheet).unwrap_or_default(), workbook.has_1904_epoch());
        let mut cells = workbook.worksheet_cells_reader(&sheet)?;
        while let Some(cell) = cells.next_cell()? {
            let (row, column) = cell.get_position();
            table.put(row, column, of_ref(cell.get_value()), &mut total).map_err(Broken::Refused)?;
        }
        tables.push(RawTable { hidden, ..table.finish() });
    }
    Ok(tables)
}

fn read_ods(file: &str, bytes: Vec<u8>) -> Result<Vec<RawTable>, Broken> {
    if !marks::is_whole(&bytes, "content.xml") {
        return Err(Broken::Other("content.xml breaks off".to_owned()));
    }
    let mut marks = marks::of_ods(&bytes);
    let mut workbook = Ods::new(Cursor::new(bytes))?;
    let sheets = workbook.worksheets();
    // Dates are dates in this format; a bare number counts from 1900, as everywhere.
    from_ranges(file, sheets, |sheet| (marks.remove(sheet).unwrap_or_default(), false))
}

fn read_compound(file: &str, bytes: Vec<u8>) -> Result<Vec<RawTable>, Broken> {
    let clean = compound::disarmed(file, &bytes)?;
    drop(bytes);
    let mut workbook = Xls::new(Cursor::new(clean))?;
    let sheets = workbook.worksheets();
    let since_1904 = workbook.has_1904_epoch();
    from_ranges(file, sheets, |sheet| {
        let merged = workbook.merge_cells_by_sheet_name(sheet).unwrap_or_default();
        // A damaged record may name its ends the wrong way round.
        let merged = merged.iter().map(|cells| Merged {
            rows: (cells.start.0.min(cells.end.0).saturating_add(1), cells.start.0.max(cells.end.0).saturating_add(1)),
            columns: (cells.start.1.min(cells.end.1), cells.start.1.max(cells.end.1)),
        });
        // Hidden rows can't be told here.
        (Marks { merged: merged.collect(), ..Marks::default() }, since_1904)
    })
}

fn from_ranges(
    file: &str,
    sheets: Vec<(String, calamine::Range<Data>)>,
    mut marks: impl FnMut(&str) -> (Marks, bool),
) -> Result<Vec<RawTable>, Broken> {
    let mut tables = Vec::new();
    let mut total = 0;
    for (sheet, range) in sheets {
        if is_ours(&sheet) {
            continue;
        }
        let (marked, since_1904) = marks(&sheet);
        let mut table = Builder::new(file, &sheet).marked(marked, since_1904);
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, value) in range.used_cells() {
            let row = top.saturating_add(u32::try_from(row).unwrap_or(u32::MAX));
            let column = left.saturating_add(u32::try_from(column).unwrap_or(u32::MAX));
            table.put(row, column, of_data(value), &mut total).map_err(Broken::Refused)?;
        }
        tables.push(table.finish());
    }
    Ok(tables)
}

/// Gathers cells into rows; they come in order of row.
struct Builder {
    table: RawTable,
    sorted: bool,
}

impl Builder {
    fn new(file: &str, sheet: &str) -> Self {
        Self { table: RawTable { file: file.to_owned(), sheet: sheet.to_owned(), ..RawTable::default() }, sorted: true }
    }

    fn marked(mut self, marks: Marks, since_1904: bool) -> Self {
        let Marks { merged, hidden_rows, hidden_columns } = marks;
        self.table = RawTable { merged, hidden_rows, hidden_columns, since_1904, ..self.table };
        self
    }

    /// Enters a cell by its 0-based row and column.
    fn put(&mut self, row: u32, column: u32, value: RawValue, total: &mut usize) -> Result<(), Problem> {
        if value.is_empty() {
            return Ok(());
        }
        let row = row.saturating_add(1);
        let column = column as usize;
        let rows = &mut self.table.rows;
        let position = match rows.last() {
            Some(last) if last.row == row => rows.len() - 1,
            last => {
                // Out of order, which the formats allow and nobody writes: sorted once, at the end.
                self.sorted &= last.is_none_or(|last| last.row < row);
                rows.push(RawRow { row, cells: Vec::new() });
                rows.len() - 1
            }
        };
        let Some(line) = rows.get_mut(position) else { return Ok(()) };
        if column >= line.cells.len() {
            count_cells(total, column + 1 - line.cells.len(), &self.table.file)?;
            debug_assert!(*total <= MAX_CELLS);
            line.cells.resize(column + 1, RawValue::Empty);
        }
        if let Some(slot) = line.cells.get_mut(column) {
            *slot = value;
        }
        Ok(())
    }

    fn finish(mut self) -> RawTable {
        if !self.sorted {
            let mut rows = std::mem::take(&mut self.table.rows);
            rows.sort_by_key(|row| row.row);
            for row in rows {
                match self.table.rows.last_mut().filter(|last| last.row == row.row) {
                    Some(last) => {
                        let width = last.cells.len().max(row.cells.len());
                        last.cells.resize(width, RawValue::Empty);
                        for (slot, value) in last.cells.iter_mut().zip(row.cells) {
                            if !value.is_empty() {
                                *slot = value;
                            }
                        }
                    }
                    None => self.table.rows.push(row),
                }
            }
        }
        self.table
    }
}

fn of_ref(value: &DataRef<'_>) -> RawValue {
    match value {
        DataRef::SharedString(text) => RawValue::text(text),
        other => of_data(&Data::from(other.clone())),
    }
}

fn of_data(value: &Data) -> RawValue {
    match value {
        Data::Empty => RawValue::Empty,
        #[allow(clippy::cast_precision_loss)] // Whole numbers beyond 2^53 are no roster's.
        Data::Int(number) => RawValue::Number(*number as f64),
        Data::Float(number) => RawValue::Number(*number),
        Data::String(text) => RawValue::text(text),
        Data::Bool(yes) => RawValue::Bool(*yes),
        Data::DateTime(date) => of_date(*date),
        Data::DateTimeIso(text) => match text.get(..10).and_then(|day| day.parse::<NaiveDate>().ok()) {
            Some(date) => RawValue::Date(date),
            None => RawValue::text(text),
        },
        Data::DurationIso(text) => RawValue::text(text),
        Data::Error(error) => RawValue::Error(error.to_string()),
    }
}

fn of_date(date: ExcelDateTime) -> RawValue {
    if !date.is_datetime() || !(0.0..3_000_000.0).contains(&date.as_f64()) {
        return RawValue::Number(date.as_f64());
    }
    let (year, month, day, ..) = date.to_ymd_hms_milli();
    NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day))
        .map_or(RawValue::Number(date.as_f64()), RawValue::Date)
}
