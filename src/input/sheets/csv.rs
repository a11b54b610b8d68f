//! One CSV file → one sheet.

use super::{RawRow, RawTable, RawValue, count_cells, whole_file};
use lungang_domain::Problem;

/// Reads a CSV file with commas, or with tabs or semicolons where the first line has no comma. Row numbers are those
/// a spreadsheet shows: blank lines count, a line break inside quotes does not.
pub fn read(
    file: &str,
    stem: &str,
    bytes: &[u8],
    total_cells: &mut usize,
) -> Result<(RawTable, Vec<Problem>), Problem> {
    let text = decode(file, bytes)?;
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(text))
        .from_reader(text.as_bytes());
    let mut table = RawTable { file: file.to_owned(), sheet: stem.to_owned(), rows: Vec::new() };
    let mut record = csv::StringRecord::new();
    let mut row = 0_u32;
    let mut last_start = 0_usize;
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                return Err(Problem::new("E0106").at(Some(whole_file(file))).with("reason", error));
            }
        }
        // The parser skips blank lines after noting where the record starts; a spreadsheet counts them.
        let start = record.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(usize::MAX));
        last_start = start;
        row = row.saturating_add(1).saturating_add(blank_lines(text, start));
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        count_cells(total_cells, record.len(), file)?;
        table.rows.push(RawRow { row, cells: record.iter().map(RawValue::text).collect() });
    }
    let mut warnings = Vec::new();
    // A quote that is never closed swallows the rest of the file into one cell, without a word from the parser.
    if text.get(last_start..).is_some_and(|rest| rest.matches('"').count() % 2 == 1) {
        warnings.push(Problem::new("E0112").at(Some(table.cell(Some(row), None))));
    }
    if table.rows.is_empty() {
        return Err(Problem::new("E0104").at(Some(whole_file(file))));
    }
    Ok((table, warnings))
}

/// The text of a CSV file: UTF-8, with or without byte-order mark. The one place where other encodings will be added.
fn decode<'a>(file: &str, bytes: &'a [u8]) -> Result<&'a str, Problem> {
    let foreign = |offset: usize| Problem::new("E0105").at(Some(whole_file(file))).with("offset", offset);
    let body = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let skipped = bytes.len() - body.len();
    let text = std::str::from_utf8(body).map_err(|error| foreign(skipped + error.valid_up_to()))?;
    // Text never holds NUL; a file full of it is no table, and UTF-16 shows itself so.
    match body.iter().position(|byte| *byte == 0) {
        Some(offset) => Err(foreign(skipped + offset)),
        None => Ok(text),
    }
}

fn delimiter(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
    if first.contains(',') {
        b','
    } else if first.contains('\t') {
        b'\t'
    } else if first.contains(';') {
        b';'
    } else {
        b','
    }
}

/// Line breaks at the very start of `text[start..]`.
fn blank_lines(text: &str, start: usize) -> u32 {
    let mut rest = text.get(start..).unwrap_or("");
    // The parser ends a record at CR and leaves the LF of that line break to the next one.
    if text.get(..start).is_some_and(|before| before.ends_with('\r')) {
        rest = rest.strip_prefix('\n').unwrap_or(rest);
    }
    let mut lines = 0;
    loop {
        let shorter = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix('\n')).or_else(|| rest.strip_prefix('\r'));
        match shorter {
            Some(shorter) => {
                rest = shorter;
                lines += 1;
            }
            None => return lines,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<(u32, Vec<String>)> {
        let (table, _) = read("t.csv", "t", text.as_bytes(), &mut 0).expect("read");
        table.rows.into_iter().map(|row| (row.row, row.cells.iter().map(RawValue::shown).collect())).collect()
    }

    #[test]
    fn rows_are_numbered_as_a_spreadsheet_shows_them() {
        let text = "id,name\n\n1,\"two\nlines\"\r\n\r\n,\r\n2,x\n";
        let got: Vec<u32> = rows(text).into_iter().map(|(row, _)| row).collect();
        assert_eq!(got, [1, 3, 6]);
    }

    #[test]
    fn byte_order_mark_tabs_and_semicolons() {
        assert_eq!(rows("\u{feff}id\tname\n1\tx\n")[1].1, ["1", "x"]);
        assert_eq!(rows("id;name\n1;x\n")[1].1, ["1", "x"]);
    }

    #[test]
    fn other_encodings_name_the_byte() {
        let error = read("t.csv", "t", b"id,\xd0\xd5\n", &mut 0).expect_err("not UTF-8");
        assert_eq!((error.code.as_str(), error.args["offset"].as_str()), ("E0105", "3"));
        let error = read("t.csv", "t", b"\xEF\xBB\xBFid\0", &mut 0).expect_err("NUL");
        assert_eq!(error.args["offset"], "5");
    }

    #[test]
    fn an_open_quote_is_told() {
        let (_, warnings) = read("t.csv", "t", b"id,name\n1,\"x\n2,y\n", &mut 0).expect("read");
        assert_eq!(warnings[0].code, "E0112");
    }
}
