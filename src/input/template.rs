//! The canonical workbook: empty, or filled with rows. Drop-downs for closed words, a note on every heading, ids as
//! text, dates as dates.

use super::derive::{Mark, SOURCE};
use super::schema::{Column, Kind, SHEETS, Sheet};
use super::sheets::{RawTable, RawValue};
use super::{policy, schema, words};
use crate::text::{Lang, say, try_say};
use chrono::Datelike;
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DocProperties, ExcelDateTime, Format, FormatAlign, Note, Workbook,
    Worksheet, XlsxError,
};
use std::collections::BTreeMap;

/// Last row (0-based) that drop-downs and formats reach.
const LAST_ROW: u32 = 19_999;
/// Longest list of words that a drop-down may hold, in characters.
const LONGEST_LIST: usize = 255;
/// Keys that stand ready in the settings sheet, their values blank.
const SETTINGS: &[&str] = &["start", "as_of", "years", "preset"];

/// An empty workbook that reads back with nothing amiss but that it has no rows.
///
/// # Errors
/// What the writing library says; none is known.
pub fn workbook(lang: Lang) -> Result<Vec<u8>, XlsxError> {
    filled(lang, &[])
}

/// The workbook with the rows of these tables: each sheet by its name, each column by its heading in the table's first
/// row. Tables and columns that are not canonical are left out.
///
/// # Errors
/// What the writing library says, such as more rows than a sheet holds.
pub fn filled(lang: Lang, tables: &[RawTable]) -> Result<Vec<u8>, XlsxError> {
    remarked(lang, tables, None)
}

/// As [`filled`], with a remark in the page header of every sheet and in the properties of the file.
///
/// # Errors
/// As [`filled`].
pub fn remarked(lang: Lang, tables: &[RawTable], remark: Option<&str>) -> Result<Vec<u8>, XlsxError> {
    marked(lang, tables, remark, &BTreeMap::new())
}

/// What is to stand out: sheet, row below the headings (from 0) and column.
pub type Marks = BTreeMap<(&'static str, usize, &'static str), Mark>;

/// As [`filled`], with some cells standing out by colour, and with the column of source cells where a table has one.
///
/// # Errors
/// As [`filled`].
pub fn marked(lang: Lang, tables: &[RawTable], remark: Option<&str>, marks: &Marks) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // The same bytes every time: no clock in the file.
    let properties = DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?);
    book.set_properties(&properties.set_title(remark.unwrap_or_default()));
    for sheet in SHEETS.iter().filter(|sheet| !sheet.is_record()) {
        let page = book.add_worksheet();
        page.set_name(match lang {
            Lang::Zh => sheet.zh,
            Lang::En => sheet.name,
        })?;
        if let Some(remark) = remark {
            page.set_header(format!("&C{remark}"));
        }
        headings(page, sheet, lang)?;
        let table = tables.iter().find(|table| schema::sheet(&table.sheet).map(|known| known.name) == Some(sheet.name));
        match table {
            Some(table) => {
                rows(page, sheet, table)?;
                stand_out(page, sheet, table, marks)?;
                sources(page, sheet, table, lang)?;
            }
            None if sheet.name == "settings" => {
                for (row, key) in (1_u32..).zip(SETTINGS) {
                    page.write_string(row, 0, *key)?;
                }
            }
            None => {}
        }
    }
    book.save_to_buffer()
}

/// What a column is for, in a sentence.
#[must_use]
pub fn meaning(lang: Lang, sheet: &str, column: &str) -> Option<String> {
    try_say(lang, &format!("about-{sheet}-{column}"), &[]).or_else(|| try_say(lang, &format!("about-{column}"), &[]))
}

fn format_of(kind: Kind) -> Option<Format> {
    match kind {
        Kind::Id | Kind::Post | Kind::Posts => Some(Format::new().set_num_format("@")),
        Kind::Date | Kind::Birth | Kind::Since => Some(Format::new().set_num_format("yyyy-mm-dd")),
        _ => None,
    }
}

fn headings(page: &mut Worksheet, sheet: &Sheet, lang: Lang) -> Result<(), XlsxError> {
    let plain = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Center);
    let plain = plain.set_background_color(Color::RGB(0x00E7_EEF7));
    let required = plain.clone().set_background_color(Color::RGB(0x00FC_E4D6));
    page.set_freeze_panes(1, 0)?;
    for (at, column) in (0_u16..).zip(&sheet.columns) {
        page.set_column_width(at, 15)?;
        if let Some(format) = format_of(column.kind) {
            page.set_column_format(at, &format)?;
        }
        let heading = match lang {
            Lang::Zh => column.zh,
            Lang::En => column.name,
        };
        let needed = sheet.required().contains(&column.name);
        page.write_string_with_format(0, at, heading, if needed { &required } else { &plain })?;
        if let Some(text) = meaning(lang, sheet.name, column.name) {
            page.insert_note(0, at, &Note::new(text).add_author_prefix(false).set_width(260).set_height(110))?;
        }
        if let Some(list) = drop_down(column, lang)? {
            page.add_data_validation(1, at, LAST_ROW, at, &list)?;
        }
    }
    Ok(())
}

/// The words a cell may hold, where they are few and fixed. Ladders are the site's own, and some columns take several
/// words, so those only propose.
fn drop_down(column: &Column, lang: Lang) -> Result<Option<DataValidation>, XlsxError> {
    let of = |family: &[words::Word]| -> Vec<String> {
        family.iter().map(|word| if lang == Lang::Zh { word.zh } else { word.key }.to_owned()).collect()
    };
    let (list, closed) = match column.kind {
        Kind::Word(family) => (of(words::family(family)), true),
        Kind::Status => (of(words::family("status")), true),
        Kind::Investigation => (of(words::family("investigation")), true),
        Kind::Flag => (of(words::yes_no_words()), true),
        Kind::Words(family) => (of(words::family(family)), false),
        Kind::Rung(ladder) | Kind::Span(ladder) => (rungs(ladder), false),
        _ => return Ok(None),
    };
    // Counted with the commas between the words.
    if list.is_empty() || list.iter().map(|word| word.chars().count() + 1).sum::<usize>() > LONGEST_LIST {
        return Ok(None);
    }
    let style = if closed { DataValidationErrorStyle::Stop } else { DataValidationErrorStyle::Information };
    let rule = DataValidation::new().allow_list_strings(&list)?.show_error_message(closed);
    Ok(Some(rule.set_error_style(style).set_error_message(say(lang, "template-word", &[]))?))
}

fn rungs(ladder: &str) -> Vec<String> {
    let value = policy::preset_value(policy::DEFAULT_PRESET, &format!("ladder.{ladder}"));
    value.and_then(|value| serde_json::from_value(value).ok()).unwrap_or_default()
}

/// Colours cells: blank ones that a plan would miss, those filled by an assumption, those that can't be read.
fn stand_out(page: &mut Worksheet, sheet: &Sheet, table: &RawTable, marks: &Marks) -> Result<(), XlsxError> {
    let first = (sheet.name, 0, "");
    for ((_, at, name), mark) in marks.range(first..).take_while(|((of, ..), _)| *of == sheet.name) {
        let colour = match mark {
            Mark::Missing => 0x00FF_F2CC,
            Mark::Assumed => 0x00DD_EBF7,
            Mark::Wrong => 0x00F8_CBAD,
        };
        let Some(place) = sheet.columns.iter().position(|column| column.name == *name) else { continue };
        let (Ok(row), Ok(column)) = (u32::try_from(at + 1), u16::try_from(place)) else { continue };
        let kind = sheet.columns.get(place).map_or(Kind::Text, |column| column.kind);
        let format = format_of(kind).unwrap_or_default().set_background_color(Color::RGB(colour));
        let filled = heading_place(table, sheet, name)
            .and_then(|from| table.rows.get(at + 1)?.cells.get(from))
            .is_some_and(|value| !value.is_empty());
        if filled {
            page.set_cell_format(row, column, &format)?;
        } else {
            page.write_blank(row, column, &format)?;
        }
    }
    Ok(())
}

fn heading_place(table: &RawTable, sheet: &Sheet, name: &str) -> Option<usize> {
    let headings = &table.rows.first()?.cells;
    headings.iter().position(|heading| sheet.column(&heading.shown()).is_some_and(|column| column.name == name))
}

/// The cell each row came from, to the right of all columns.
fn sources(page: &mut Worksheet, sheet: &Sheet, table: &RawTable, lang: Lang) -> Result<(), XlsxError> {
    let Some((first, rest)) = table.rows.split_first() else { return Ok(()) };
    let Some(from) = first.cells.iter().position(|heading| heading.shown() == SOURCE) else { return Ok(()) };
    let at = u16::try_from(sheet.columns.len()).unwrap_or(u16::MAX);
    let grey = Format::new().set_font_color(Color::RGB(0x0080_8080));
    page.set_column_width(at, 36)?;
    page.write_string_with_format(
        0,
        at,
        say(lang, "template-source", &[]),
        &grey.clone().set_align(FormatAlign::Center),
    )?;
    for (row, line) in (1_u32..).zip(rest) {
        if let Some(text) = line.cells.get(from).map(RawValue::shown).filter(|text| !text.is_empty()) {
            page.write_string_with_format(row, at, text, &grey)?;
        }
    }
    Ok(())
}

fn rows(page: &mut Worksheet, sheet: &Sheet, table: &RawTable) -> Result<(), XlsxError> {
    let Some((first, rest)) = table.rows.split_first() else { return Ok(()) };
    let place = |column: &Column| sheet.columns.iter().position(|known| known.name == column.name);
    let targets: Vec<Option<u16>> = first
        .cells
        .iter()
        .map(|heading| sheet.column(&heading.shown()).and_then(place).and_then(|at| u16::try_from(at).ok()))
        .collect();
    let date = Format::new().set_num_format("yyyy-mm-dd");
    for (row, line) in (1_u32..).zip(rest) {
        for (value, target) in line.cells.iter().zip(&targets) {
            let Some(at) = *target else { continue };
            match value {
                RawValue::Empty => {}
                RawValue::Text(text) | RawValue::Error(text) => {
                    page.write_string(row, at, text)?;
                }
                RawValue::Number(number) => {
                    page.write_number(row, at, *number)?;
                }
                RawValue::Bool(yes) => {
                    page.write_boolean(row, at, *yes)?;
                }
                RawValue::Date(day) => {
                    let (year, month, day) = (day.year(), day.month(), day.day());
                    let parts = (u16::try_from(year), u8::try_from(month), u8::try_from(day));
                    if let (Ok(year), Ok(month), Ok(day)) = parts {
                        page.write_datetime_with_format(row, at, ExcelDateTime::from_ymd(year, month, day)?, &date)?;
                    }
                }
            }
        }
    }
    Ok(())
}
