//! What a workbook says of its cells beside their values: which are merged, which rows and columns are hidden. The
//! reading library gives values alone (merged cells of `.xls` excepted), so the parts of the archive are read again here.
//! A file without such marks, or with marks that can't be read, is a file without marks: values never depend on this.

use super::Merged;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use std::collections::HashMap;
use std::io::{BufRead, BufReader, Cursor, Read};

/// The marks of one sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// Merged cells.
    pub merged: Vec<Merged>,
    /// Hidden rows, as numbered by the spreadsheet.
    pub hidden_rows: Vec<u32>,
    /// Hidden columns, 0-based.
    pub hidden_columns: Vec<u32>,
}

/// More than any sheet of a roster needs; what lies beyond is not looked at.
const MOST: usize = 1_000_000;
/// Columns of a sheet.
const MOST_COLUMNS: usize = 1 << 14;
/// Bytes of a part that are looked at.
const MOST_BYTES: u64 = 1 << 30;

type Archive<'a> = zip::ZipArchive<Cursor<&'a [u8]>>;

fn part<'a>(archive: &'a mut Archive<'_>, name: &str) -> Option<Reader<impl BufRead + 'a>> {
    let entry = archive.by_name(name).ok()?;
    Some(Reader::from_reader(BufReader::with_capacity(1 << 16, entry.take(MOST_BYTES))))
}

/// Calls `each` with every tag that opens, until the part ends or breaks off.
fn tags<R: BufRead>(mut reader: Reader<R>, mut each: impl FnMut(&BytesStart<'_>, bool)) {
    let mut buffer = Vec::new();
    loop {
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(tag)) => each(&tag, false),
            Ok(Event::Empty(tag)) => each(&tag, true),
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
        buffer.clear();
    }
}

/// Whether a part is XML from beginning to end. The reading library goes on for ever at the end of a sheet that breaks off.
pub fn is_whole(bytes: &[u8], name: &str) -> bool {
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return false };
    let Some(mut reader) = part(&mut archive, name) else { return false };
    let (mut buffer, mut depth) = (Vec::new(), 0_u64);
    loop {
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(_)) => depth += 1,
            Ok(Event::End(_)) => depth = depth.saturating_sub(1),
            Ok(Event::Eof) => return depth == 0,
            Ok(_) => {}
            Err(_) => return false,
        }
        buffer.clear();
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().flatten().find(|found| found.key.local_name().as_ref() == name)?;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(|value| value.into_owned())
}

fn number(tag: &BytesStart<'_>, name: &str) -> Option<u32> {
    attribute(tag, name)?.parse().ok()
}

fn is_set(tag: &BytesStart<'_>, name: &str) -> bool {
    attribute(tag, name).is_some_and(|value| value == "1" || value == "true")
}

/// The marks of an Office Open XML workbook, by sheet name.
pub fn of_xlsx(bytes: &[u8]) -> HashMap<String, Marks> {
    let mut found = HashMap::new();
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return found };
    let mut targets: HashMap<String, String> = HashMap::new();
    if let Some(reader) = part(&mut archive, "xl/_rels/workbook.xml.rels") {
        tags(reader, |tag, _| {
            if let (Some(id), Some(target)) = (attribute(tag, "Id"), attribute(tag, "Target")) {
                let target = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
                targets.insert(id, target);
            }
        });
    }
    let mut sheets: Vec<(String, String)> = Vec::new();
    if let Some(reader) = part(&mut archive, "xl/workbook.xml") {
        tags(reader, |tag, _| {
            if tag.local_name().as_ref() == "sheet"
                && let (Some(name), Some(id)) = (attribute(tag, "name"), attribute(tag, "id"))
                && let Some(target) = targets.get(&id)
            {
                sheets.push((name, target.clone()));
            }
        });
    }
    for (name, target) in sheets {
        if let Some(reader) = part(&mut archive, &target) {
            found.insert(name, worksheet(reader));
        }
    }
    found
}

fn worksheet<R: BufRead>(reader: Reader<R>) -> Marks {
    let mut marks = Marks::default();
    let mut row = 0_u32;
    tags(reader, |tag, _| match tag.local_name().as_ref() {
        "row" => {
            row = number(tag, "r").unwrap_or_else(|| row.saturating_add(1));
            if is_set(tag, "hidden") && marks.hidden_rows.len() < MOST {
                marks.hidden_rows.push(row);
            }
        }
        "col" if is_set(tag, "hidden") => {
            if let (Some(first), Some(last)) = (number(tag, "min"), number(tag, "max")) {
                // Whoever hides everything to the right hides all 16,384 columns.
                let room = MOST_COLUMNS.saturating_sub(marks.hidden_columns.len());
                marks.hidden_columns.extend((first..=last).map(|at| at.saturating_sub(1)).take(room));
            }
        }
        "mergeCell" => {
            if let Some(merged) = attribute(tag, "ref").and_then(|text| range(&text))
                && marks.merged.len() < MOST
            {
                marks.merged.push(merged);
            }
        }
        _ => {}
    });
    marks
}

/// `A3:A7`.
fn range(text: &str) -> Option<Merged> {
    let (from, to) = text.split_once(':')?;
    let ((a, b), (c, d)) = (place(from)?, place(to)?);
    Some(Merged { rows: (a.min(c), a.max(c)), columns: (b.min(d), b.max(d)) })
}

/// `B12` → row 12, column 1.
fn place(text: &str) -> Option<(u32, u32)> {
    let digits = text.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = text.split_at(digits);
    let mut column = 0_u32;
    for letter in letters.bytes() {
        let value = u32::from(letter.to_ascii_uppercase().checked_sub(b'A').filter(|value| *value < 26)?);
        column = column.checked_mul(26)?.checked_add(value + 1)?;
    }
    Some((row.parse().ok()?, column.checked_sub(1)?))
}

/// The marks of an OpenDocument spreadsheet, by sheet name.
pub fn of_ods(bytes: &[u8]) -> HashMap<String, Marks> {
    let mut found: HashMap<String, Marks> = HashMap::new();
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return found };
    let Some(reader) = part(&mut archive, "content.xml") else { return found };
    let mut sheet: Option<String> = None;
    // The next row and column, 0-based; a tag may stand for many alike.
    let (mut row, mut column, mut last_row) = (0_u32, 0_u32, 0_u32);
    tags(reader, |tag, _| {
        let repeated = |name: &str| number(tag, name).unwrap_or(1);
        let is_hidden = || attribute(tag, "visibility").is_some_and(|value| value == "collapse" || value == "filter");
        match tag.local_name().as_ref() {
            "table" => {
                sheet = attribute(tag, "name");
                (row, column, last_row) = (0, 0, 0);
            }
            "table-column" => {
                let count = repeated("number-columns-repeated");
                if is_hidden()
                    && let Some(marks) = sheet.clone().map(|name| found.entry(name).or_default())
                {
                    let room = MOST_COLUMNS.saturating_sub(marks.hidden_columns.len());
                    marks.hidden_columns.extend((column..column.saturating_add(count)).take(room));
                }
                column = column.saturating_add(count);
            }
            "table-row" => {
                row = last_row;
                last_row = row.saturating_add(repeated("number-rows-repeated"));
                column = 0;
                if is_hidden()
                    && let Some(marks) = sheet.clone().map(|name| found.entry(name).or_default())
                {
                    let room = MOST.saturating_sub(marks.hidden_rows.len());
                    marks.hidden_rows.extend((row..last_row).map(|at| at.saturating_add(1)).take(room));
                }
            }
            "table-cell" | "covered-table-cell" => {
                let (down, across) =
                    (repeated("number-rows-spanned").max(1), repeated("number-columns-spanned").max(1));
                if (down > 1 || across > 1)
                    && let Some(marks) = sheet.clone().map(|name| found.entry(name).or_default())
                    && marks.merged.len() < MOST
                {
                    let rows = (row.saturating_add(1), row.saturating_add(down));
                    marks.merged.push(Merged { rows, columns: (column, column.saturating_add(across - 1)) });
                }
                column = column.saturating_add(repeated("number-columns-repeated"));
            }
            _ => {}
        }
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read() {
        assert_eq!(range("B3:AA7"), Some(Merged { rows: (3, 7), columns: (1, 26) }));
        assert_eq!(range("A1"), None);
        assert_eq!(range("1:2"), None);
    }

    #[test]
    fn marks_of_a_sheet() {
        let xml = r#"<worksheet><cols><col min="2" max="3" hidden="1"/></cols><sheetData><row r="2"/><row r="5" hidden="1"/>
            </sheetData><mergeCells count="1"><mergeCell ref="A2:A4"/></mergeCells></worksheet>"#;
        let marks = worksheet(Reader::from_reader(xml.as_bytes()));
        assert_eq!((marks.hidden_columns, marks.hidden_rows), (vec![1, 2], vec![5]));
        assert_eq!(marks.merged, [Merged { rows: (2, 4), columns: (0, 0) }]);
    }
}
