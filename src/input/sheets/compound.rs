//! Compound files (`.xls`; a workbook locked with a password) made safe to read.
//!
//! The reader of `.xls` takes what a file says of its own size at its word and asks for that much memory, which ends
//! the program when a byte is spoilt. So the workbook's stream is taken out here, by a library that checks the chains
//! of sectors; its records are walked once, and a clean compound file with nothing but that stream goes on.

use super::workbook::Broken;
use super::{MAX_CELLS, whole_file};
use lungang_domain::Problem;
use std::io::{Cursor, Read, Write};

/// Most records walked, over all sheets; a sheet of 65,536 rows and 50 columns has 3 million.
const MAX_RECORDS: usize = 50_000_000;
/// Record types, [MS-XLS] 2.3.
mod record {
    pub const EOF: u16 = 0x000A;
    pub const BOUND_SHEET: u16 = 0x0085;
    pub const DIMENSIONS: u16 = 0x0200;
    pub const BOF: u16 = 0x0809;
    /// Records that hold a cell; row and column are their first two numbers.
    pub const CELLS: [u16; 8] = [0x0006, 0x0203, 0x0204, 0x0205, 0x027E, 0x00D6, 0x00FD, 0x00BD];
    /// Several cells of a row; the last number is the last column.
    pub const MUL_RK: u16 = 0x00BD;
}

/// A compound file with the workbook's stream alone, in which no count asks for more than the cells that are there.
pub fn disarmed(file: &str, bytes: &[u8]) -> Result<Vec<u8>, Broken> {
    let mut compound = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(other)?;
    if compound.exists("/EncryptedPackage") {
        return Err(Broken::Password);
    }
    let name = ["/Workbook", "/Book"].into_iter().find(|name| compound.is_stream(name));
    let Some(name) = name else {
        // Some other compound file: a document, a message, an installer.
        return Err(Broken::Refused(Problem::new("E0103").at(Some(whole_file(file)))));
    };
    let mut stream = Vec::new();
    // A stream can't be longer than its file, whatever its entry says.
    let stored = compound.open_stream(name).map_err(other)?;
    stored.take(bytes.len() as u64).read_to_end(&mut stream).map_err(other)?;
    walk(file, &mut stream)?;
    let clean = Cursor::new(Vec::with_capacity(stream.len() + 8192));
    let mut clean = cfb::CompoundFile::create_with_version(cfb::Version::V3, clean).map_err(other)?;
    clean.create_stream(name).and_then(|mut out| out.write_all(&stream).and_then(|()| out.flush())).map_err(other)?;
    clean.flush().map_err(other)?;
    Ok(clean.into_inner().into_inner())
}

fn other(error: std::io::Error) -> Broken {
    Broken::Other(error.to_string())
}

/// A record of the stream: its type, and where its data begins and ends.
struct Record {
    kind: u16,
    from: usize,
    to: usize,
}

fn record_at(stream: &[u8], at: usize) -> Option<Record> {
    let kind = number(stream, at)?;
    let from = at.checked_add(4)?;
    let to = from + usize::from(number(stream, at + 2)?);
    (to <= stream.len()).then_some(Record { kind, from, to })
}

fn number(stream: &[u8], at: usize) -> Option<u16> {
    let pair = stream.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(pair.try_into().ok()?))
}

/// Takes the hints of size out of the stream and counts the cells that each sheet spans.
fn walk(file: &str, stream: &mut [u8]) -> Result<(), Broken> {
    let too_many = || Broken::Refused(Problem::new("E0111").at(Some(whole_file(file))).with("limit", MAX_CELLS));
    let mut sheets = Vec::new();
    let mut walked = 0;
    let mut at = 0;
    while let Some(record) = record_at(stream, at) {
        match record.kind {
            record::BOUND_SHEET => {
                if let (Some(low), Some(high)) = (number(stream, record.from), number(stream, record.from + 2)) {
                    sheets.push(usize::from(high) << 16 | usize::from(low));
                }
            }
            record::EOF => break,
            _ => {}
        }
        walked += 1;
        at = record.to;
    }
    let mut cells = 0_usize;
    for sheet in sheets {
        let (mut depth, mut at) = (0_usize, sheet);
        let (mut rows, mut columns) = ((u16::MAX, 0), (u16::MAX, 0));
        while let Some(record) = record_at(stream, at) {
            match record.kind {
                record::BOF => depth += 1,
                record::EOF if depth <= 1 => break,
                record::EOF => depth -= 1,
                // An upper bound that only tells the reader how much memory to set aside.
                record::DIMENSIONS => stream[record.from..record.to].fill(0),
                kind if record::CELLS.contains(&kind) => {
                    if let (Some(row), Some(column)) = (number(stream, record.from), number(stream, record.from + 2)) {
                        let last =
                            if kind == record::MUL_RK { number(stream, record.to.saturating_sub(2)) } else { None };
                        rows = (rows.0.min(row), rows.1.max(row));
                        columns = (columns.0.min(column), columns.1.max(last.unwrap_or(column)));
                    }
                }
                _ => {}
            }
            walked += 1;
            at = record.to;
            if walked > MAX_RECORDS {
                return Err(too_many());
            }
        }
        if rows.0 <= rows.1 && columns.0 <= columns.1 {
            cells += (usize::from(rows.1 - rows.0) + 1) * (usize::from(columns.1 - columns.0) + 1);
        }
        if cells > MAX_CELLS {
            return Err(too_many());
        }
    }
    Ok(())
}
