//! Generated sheets in Chinese or English, as CSV files or as a workbook.

use super::sheets::Sheet;
use super::{Options, tables};
use crate::input::schema::{self, Column, Kind};
use crate::input::sheets::{RawRow, RawTable, RawValue};
use crate::input::{template, words};
use crate::text::{Lang, say};
use rust_xlsxwriter::XlsxError;

/// A word of `data/values.tsv`, such as `risk:high` or `yes`, in the language.
pub(super) fn word(lang: Lang, key: &str) -> String {
    let (family, key) =
        key.split_once(':').map_or((words::yes_no_words(), key), |(name, key)| (words::family(name), key));
    let found = family.iter().find(|word| word.key == key);
    found.map_or(key, |word| if lang == Lang::Zh { word.zh } else { word.key }).to_owned()
}

fn value(lang: Lang, kind: Kind, cell: &str) -> RawValue {
    match kind {
        Kind::Word(_) | Kind::Words(_) | Kind::Grade | Kind::Status | Kind::Flag | Kind::Investigation
            if !cell.is_empty() =>
        {
            RawValue::text(&cell.split('；').map(|key| word(lang, key)).collect::<Vec<_>>().join("；"))
        }
        Kind::Date | Kind::Birth | Kind::Since => cell.parse().map_or_else(|_| RawValue::text(cell), RawValue::Date),
        Kind::Whole(..) | Kind::Number | Kind::Score => {
            cell.parse().map_or_else(|_| RawValue::text(cell), RawValue::Number)
        }
        _ => RawValue::text(cell),
    }
}

/// The sheet as a file would hold it: headings and words in the language.
fn raw(lang: Lang, sheet: &Sheet) -> RawTable {
    let known = schema::sheet(sheet.name);
    let columns: Vec<Option<&Column>> =
        sheet.header.iter().map(|name| known.and_then(|known| known.column(name))).collect();
    let heading = |column: &Option<&Column>| {
        RawValue::text(column.map_or("", |column| if lang == Lang::Zh { column.zh } else { column.name }))
    };
    let line = |cells: &Vec<String>| -> Vec<RawValue> {
        let kinds = columns.iter().map(|column| column.map_or(Kind::Text, |column| column.kind));
        kinds.zip(cells).map(|(kind, cell)| value(lang, kind, cell)).collect()
    };
    let lines = std::iter::once(columns.iter().map(heading).collect()).chain(sheet.rows.iter().map(line));
    let rows = (1u32..).zip(lines).map(|(row, cells)| RawRow { row, cells }).collect();
    RawTable { file: String::new(), sheet: sheet.name.to_owned(), rows, ..RawTable::default() }
}

/// The generated case as raw tables, for [`crate::input::from_tables`].
#[must_use]
pub fn raw_tables(options: &Options) -> Vec<RawTable> {
    tables(options).iter().map(|sheet| raw(options.lang, sheet)).collect()
}

/// The generated case as CSV files: names, and bytes in UTF-8 with a byte-order mark, so that Excel reads the Chinese.
///
/// File names are the canonical sheet names in either language: not every archive keeps Chinese ones.
///
/// # Errors
/// Only if the CSV writer fails in memory.
pub fn csv_files(options: &Options) -> Result<Vec<(String, Vec<u8>)>, csv::Error> {
    let mut files = Vec::new();
    for table in raw_tables(options) {
        let mut bytes = "\u{feff}".as_bytes().to_vec();
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(&mut bytes);
        for row in &table.rows {
            writer.write_record(row.cells.iter().map(RawValue::shown))?;
        }
        writer.flush()?;
        drop(writer);
        files.push((format!("{}.csv", table.sheet), bytes));
    }
    Ok(files)
}

/// The generated case in the template workbook; each sheet says in its page header that the data are generated.
///
/// # Errors
/// If the workbook can't be built in memory.
pub fn workbook(options: &Options) -> Result<Vec<u8>, XlsxError> {
    template::remarked(options.lang, &raw_tables(options), Some(&say(options.lang, "demo-generated", &[])))
}
