//! Writes generated sheets as CSV files or as a workbook, in Chinese or English.

use super::sheets::{Sheet, columns};
use super::{Options, tables};
use crate::text::Lang;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Note, Workbook, XlsxError};
use std::collections::HashMap;

/// Said on every sheet of a workbook.
const GENERATED: &str = "生成数据，非真人真事 · Generated data, no real people";

/// The words of one language: closed words of `data/values.tsv` by key, names of sheets and columns.
struct Words {
    lang: Lang,
    words: HashMap<&'static str, &'static str>,
}

impl Words {
    fn new(lang: Lang) -> Self {
        let words = include_str!("../../data/values.tsv")
            .lines()
            .skip(1)
            .filter_map(|line| {
                let mut cells = line.split('\t');
                let (key, chinese) = (cells.next()?, cells.next()?);
                let english = key.split_once(':').map_or(key, |(_, word)| word);
                Some((key, if lang == Lang::Zh { chinese } else { english }))
            })
            .collect();
        Self { lang, words }
    }

    /// A cell in this language: each item of a list that is a word of the vocabulary is translated.
    fn cell(&self, cell: &str) -> String {
        cell.split('；').map(|item| self.words.get(item).copied().unwrap_or(item)).collect::<Vec<_>>().join("；")
    }

    fn heading(&self, sheet: &str, column: &'static str) -> &'static str {
        match self.lang {
            Lang::En => column,
            Lang::Zh => columns().find(|row| row[0] == sheet && row[2] == column).map_or(column, |row| row[3]),
        }
    }

    fn sheet(&self, sheet: &'static str) -> &'static str {
        match self.lang {
            Lang::En => sheet,
            Lang::Zh => columns().find(|row| row[0] == sheet).map_or(sheet, |row| row[1]),
        }
    }
}

/// The generated case as CSV files: names, and bytes in UTF-8 with a byte-order mark, so that Excel reads the Chinese.
///
/// File names are the canonical sheet names in either language: not every archive keeps Chinese ones.
///
/// # Errors
/// Only if the CSV writer fails in memory.
pub fn csv_files(options: &Options) -> Result<Vec<(String, Vec<u8>)>, csv::Error> {
    let words = Words::new(options.lang);
    tables(options).iter().map(|sheet| Ok((format!("{}.csv", sheet.name), csv_file(&words, sheet)?))).collect()
}

fn csv_file(words: &Words, sheet: &Sheet) -> Result<Vec<u8>, csv::Error> {
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    {
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(&mut bytes);
        writer.write_record(sheet.header.iter().map(|column| words.heading(sheet.name, column)))?;
        for row in &sheet.rows {
            writer.write_record(row.iter().map(|cell| words.cell(cell)))?;
        }
        writer.flush()?;
    }
    Ok(bytes)
}

/// The generated case as a workbook (xlsx), the same bytes for the same options. Numbers are numbers, dates are dates.
///
/// # Errors
/// If the workbook can't be built in memory.
pub fn workbook(options: &Options) -> Result<Vec<u8>, XlsxError> {
    let words = Words::new(options.lang);
    let mut book = Workbook::new();
    // Without a fixed creation time the bytes would differ from run to run.
    let created = ExcelDateTime::from_ymd(2026, 1, 1)?;
    book.set_properties(
        &DocProperties::new().set_title(GENERATED).set_comment(GENERATED).set_creation_datetime(&created),
    );
    let head = Format::new().set_bold();
    let day = Format::new().set_num_format("yyyy-mm-dd");
    for sheet in tables(options) {
        let page = book.add_worksheet();
        page.set_name(words.sheet(sheet.name))?;
        page.set_header(format!("&C{GENERATED}"));
        page.set_freeze_panes(1, 0)?;
        for (column, heading) in (0u16..).zip(&sheet.header) {
            page.write_with_format(0, column, words.heading(sheet.name, heading), &head)?;
            page.set_column_width(column, 14)?;
        }
        page.insert_note(0, 0, &Note::new(GENERATED).set_author("Lungang"))?;
        for (row, cells) in (1u32..).zip(&sheet.rows) {
            for (column, (name, cell)) in (0u16..).zip(sheet.header.iter().zip(cells)) {
                if cell.is_empty() {
                    continue;
                }
                // Ids stay text; the settings are read as written.
                let text = words.cell(cell);
                if let Some(date) = as_date(&text).filter(|_| sheet.name != "settings") {
                    page.write_with_format(row, column, &ExcelDateTime::from_ymd(date.0, date.1, date.2)?, &day)?;
                } else if let Some(number) = text.parse::<i32>().ok().filter(|_| *name != "id") {
                    page.write(row, column, number)?;
                } else {
                    page.write(row, column, text)?;
                }
            }
        }
    }
    book.save_to_buffer()
}

fn as_date(text: &str) -> Option<(u16, u8, u8)> {
    let mut parts = text.split('-');
    let date = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    (parts.next().is_none() && text.len() == 10).then_some(date)
}
