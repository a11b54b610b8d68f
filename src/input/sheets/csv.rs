//! One CSV file → one sheet.

use super::{RawRow, RawTable, RawValue, count_cells, encoding, whole_file};
use encoding_rs::Encoding;
use lungang_domain::Problem;

/// Reads a CSV file with commas, tabs or semicolons. Row numbers are those a spreadsheet shows: blank lines count, a line
/// break inside quotes does not.
pub fn read(
    file: &str,
    stem: &str,
    bytes: &[u8],
    asked: Option<&'static Encoding>,
    total_cells: &mut usize,
) -> Result<(RawTable, Vec<Problem>), Problem> {
    let mut warnings = Vec::new();
    let text = encoding::decode(file, bytes, asked, &mut warnings)?;
    let text = &*text;
    let sign = delimiter(text);
    let mut width = 0;
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(sign).from_reader(text.as_bytes());
    let mut table = RawTable { file: file.to_owned(), sheet: stem.to_owned(), ..RawTable::default() };
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
        // Two stray quotes pair up and swallow the records between them: a line inside a cell that is itself a record.
        width = width.max(record.len());
        let sign = char::from(sign);
        let swallows = |cell: &str| cell.lines().skip(1).any(|line| 2 * line.matches(sign).count() + 2 > width.max(3));
        if record.iter().any(|cell| cell.contains(['\n', '\r']) && swallows(cell)) {
            warnings.push(Problem::new("E0112").at(Some(table.cell(Some(row), None))));
        }
        table.rows.push(RawRow { row, cells: record.iter().map(RawValue::text).collect() });
    }
    // A quote that is never closed swallows the rest of the file into one cell, without a word from the parser.
    if text.get(last_start..).is_some_and(|rest| rest.matches('"').count() % 2 == 1) {
        warnings.push(Problem::new("E0112").at(Some(table.cell(Some(row), None))));
    }
    if table.rows.is_empty() {
        return Err(Problem::new("E0104").at(Some(whole_file(file))));
    }
    Ok((table, warnings))
}

/// The sign between cells: the one that stands outside quotes in most of the first lines, and in the first of them most
/// often; a title line has none, and a comma may stand in a semicolon file's texts.
fn delimiter(text: &str) -> u8 {
    const LINES: usize = 20;
    let lines: Vec<&str> =
        text.lines().flat_map(|line| line.split('\r')).filter(|line| !line.trim().is_empty()).take(LINES).collect();
    let marks = |line: &str, sign: char| {
        let mut quoted = false;
        let outside = line.chars().filter(|c| {
            quoted ^= *c == '"';
            *c == sign && !quoted
        });
        outside.count()
    };
    let counted = [',', '\t', ';'].map(|sign| {
        let counts: Vec<usize> = lines.iter().map(|line| marks(line, sign)).collect();
        let among = counts.iter().filter(|count| **count > 0).count();
        (among, counts.iter().max().copied().unwrap_or(0))
    });
    let best = (0..3).max_by_key(|at| (counted[*at], usize::MAX - at)).unwrap_or(0);
    [b',', b'\t', b';'][best]
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
        let (table, _) = read("t.csv", "t", text.as_bytes(), None, &mut 0).expect("read");
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
        assert_eq!(rows("花名册\nid;name;note\n1;x;a, b\n2;y;\n")[2].1, ["1", "x", "a, b"]);
        assert_eq!(rows("id,name\n1,\"a;b;c\"\n")[1].1, ["1", "a;b;c"]);
    }

    #[test]
    fn lines_that_end_in_a_carriage_return_alone() {
        assert_eq!(rows("id\tname\r1\tx\r\r2\ty\r").iter().map(|(row, _)| *row).collect::<Vec<_>>(), [1, 2, 4]);
    }

    #[test]
    fn records_inside_a_cell_are_told() {
        let told = |text: &str| read("t.csv", "t", text.as_bytes(), None, &mut 0).expect("read").1.len();
        assert_eq!(told("id,name,unit,note\n1,x,u,\"a\n2,y,u,\n3,z,u,b\"\n4,w,u,\n"), 1);
        assert_eq!(told("id,name,unit,note\n1,x,u,\"two\nlines, and a comma\"\n"), 0);
    }

    #[test]
    fn an_open_quote_is_told() {
        let (_, warnings) = read("t.csv", "t", b"id,name\n1,\"x\n2,y\n", None, &mut 0).expect("read");
        assert_eq!(warnings[0].code, "E0112");
    }
}
