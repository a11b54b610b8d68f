//! The plan as a workbook: a sheet a table, made to be printed and edited; the original plan in a hidden sheet.

use super::OutputError;
use super::report::{Report, Table, Value};
use super::width::{lines, longest_word, width};
use crate::files::write_atomically;
use crate::text::{Lang, say};
use chrono::{Datelike, NaiveDate};
use lungang_domain::{DecisionKind, MoveStatus, PlanFile};
use rust_xlsxwriter::{
    DataValidation, DataValidationRule, DocProperties, ExcelDateTime, Format, Formula, Workbook, Worksheet, XlsxError,
};
use std::io;
use std::path::Path;
use styles::Styles;

mod styles;

/// Hidden sheet that holds the original plan as JSON, in chunks.
pub const PLAN_SHEET: &str = "_plan";
/// Hidden sheet that holds the post ids and labels which the new-post column offers.
pub const LIST_SHEET: &str = "_lists";
/// Chunk of JSON in one cell, in UTF-16 units; a cell holds 32,767.
const CHUNK: usize = 30_000;
/// Row of the headings.
const HEADING: u32 = 2;
/// Height of a line of text, in points.
const LINE: f64 = 14.5;
/// Paper as workbooks number it.
const A4: u8 = 9;
/// Twice the size, for the wide tables.
const A3: u8 = 8;
/// A table wider than this many signs prints smaller than 6.5 points on A4.
const WIDEST_A4: u16 = 215;
/// Longer names take two lines.
const LONGEST_NAME: usize = 13;
/// Columns up to this many signs hold words rather than sentences.
const SHORT: u16 = 14;
/// Text beyond this many signs does not fit a cell.
const LONGEST: usize = 32_000;

/// Writes the workbook.
///
/// # Errors
/// The system's refusal, or more rows than a sheet holds.
pub fn write(plan: &PlanFile, report: &Report, path: &Path, lang: Lang) -> Result<(), OutputError> {
    let bytes = bytes(plan, report, lang).map_err(|error| OutputError::io(path, io::Error::other(error)))?;
    write_atomically(path, |file| file.write_all(&bytes)).map_err(|error| OutputError::io(path, error))
}

/// The bytes of the workbook: the same for the same plan.
///
/// # Errors
/// More rows than a sheet holds, or JSON that can't be written.
pub fn bytes(plan: &PlanFile, report: &Report, lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let mut book = visible(plan, report, lang)?;
    let lists = book.add_worksheet();
    lists.set_name(LIST_SHEET)?.set_hidden(true);
    for (row, (id, label)) in (0_u32..).zip(&report.posts) {
        lists.write_string(row, 0, id)?;
        lists.write_string(row, 1, label)?;
    }
    let original = book.add_worksheet();
    original.set_name(PLAN_SHEET)?.set_hidden(true);
    let json = serde_json::to_string(plan).map_err(|error| XlsxError::ParameterError(error.to_string()))?;
    for (row, chunk) in (0_u32..).zip(chunks(&json)) {
        original.write_string(row, 0, chunk)?;
    }
    book.save_to_buffer()
}

/// The bytes of one unit's workbook. It has no hidden sheets: the plan of all units is not for each of them to see, so
/// it can't be read back.
///
/// # Errors
/// As [`bytes`].
pub fn of_unit(plan: &PlanFile, report: &Report, lang: Lang) -> Result<Vec<u8>, XlsxError> {
    visible(plan, report, lang)?.save_to_buffer()
}

/// The bytes of a report that is no plan: a sheet for each table, with one line under every title. The same for the same
/// tables; nothing is read back from it.
///
/// # Errors
/// As [`bytes`].
pub fn of_tables(tables: &[Table], under: &str, stamp: NaiveDate, lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let title = tables.first().map_or(String::new(), |table| table.title.clone());
    book.set_properties(&DocProperties::new().set_title(&title).set_creation_datetime(&excel_date(stamp)?));
    let styles = Styles::new(lang);
    for table in tables {
        fill(book.add_worksheet(), table, under, &styles, lang)?;
    }
    book.save_to_buffer()
}

/// The workbook with a sheet for each table.
fn visible(plan: &PlanFile, report: &Report, lang: Lang) -> Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    let stamp = excel_date(plan.start)?;
    let title = report.tables.first().map_or(String::new(), |table| table.title.clone());
    book.set_properties(&DocProperties::new().set_title(&title).set_creation_datetime(&stamp));
    let styles = Styles::new(lang);
    for table in &report.tables {
        let sheet = book.add_worksheet();
        fill(sheet, table, &under_title(plan, &report.units, lang), &styles, lang)?;
        if table.id == "plan" {
            editable(sheet, table, report, lang)?;
        }
    }
    Ok(book)
}

fn chunks(text: &str) -> Vec<&str> {
    let mut chunks = Vec::new();
    let (mut start, mut units) = (0, 0);
    for (at, sign) in text.char_indices() {
        if units + sign.len_utf16() > CHUNK {
            chunks.push(&text[start..at]);
            (start, units) = (at, 0);
        }
        units += sign.len_utf16();
    }
    chunks.push(&text[start..]);
    chunks
}

fn excel_date(date: NaiveDate) -> Result<ExcelDateTime, XlsxError> {
    let part = |value: u32| u8::try_from(value).unwrap_or(1);
    ExcelDateTime::from_ymd(u16::try_from(date.year()).unwrap_or(1900), part(date.month()), part(date.day()))
}

fn wide(width: u16) -> f64 {
    f64::from(width) + 0.7
}

/// Widths that hold the longest word, up to twice the width planned. Chinese breaks anywhere, but a name is one word.
fn widths(table: &Table) -> Vec<u16> {
    let planned: Vec<u16> = table.columns.iter().map(|column| column.width).collect();
    planned
        .iter()
        .enumerate()
        .map(|(at, planned)| {
            let longest = table.rows.iter().filter_map(|row| row.get(at)).map(|value| match value {
                Value::Text(text) if table.columns[at].key == "name" => (width(text) + 1).min(LONGEST_NAME),
                Value::Text(text) => (longest_word(text) + 1).min(LONGEST_NAME),
                Value::Date(_) => 10,
                Value::Whole(number) => number.to_string().len(),
                Value::Empty => 0,
                Value::Share(_) | Value::Decimal(_) | Value::Risk(_) => 6,
            });
            let longest = u16::try_from(longest.max().unwrap_or(0)).unwrap_or(*planned).min(planned * 2);
            // Bold signs are a little wider.
            let heading = u16::try_from(longest_word(&table.columns[at].heading)).map_or(0, |word| word + 1);
            (*planned).max(longest).max(heading)
        })
        .collect()
}

/// Columns whose texts all stand on one line: short words look best in the middle.
fn short(table: &Table, widths: &[u16]) -> Vec<bool> {
    let fits = |at: usize| {
        table.rows.iter().filter_map(|row| row.get(at)).all(|value| match value {
            Value::Text(text) => width(text) < usize::from(widths[at]) && !text.contains('\n'),
            _ => true,
        })
    };
    (0..widths.len()).map(|at| widths[at] <= SHORT && fits(at)).collect()
}

fn index(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}

fn fill(sheet: &mut Worksheet, table: &Table, under: &str, styles: &Styles, lang: Lang) -> Result<(), XlsxError> {
    sheet.set_name(&table.name)?;
    let widths = widths(table);
    let printed = table.printed.min(widths.len()).max(1);
    let (last, edge) = (index(widths.len().saturating_sub(1)), index(printed - 1));
    page(sheet, &widths[..printed], lang)?;
    sheet.merge_range(0, 0, 0, edge.max(1), &table.title, &styles.title)?;
    // A sentence takes the lines it needs; names and dates take one.
    let tall = lines(under, widths[..printed].iter().map(|width| usize::from(*width)).sum::<usize>().saturating_sub(4));
    let style = if tall > 1 { styles.subtitle.clone().set_text_wrap() } else { styles.subtitle.clone() };
    sheet.merge_range(1, 0, 1, edge.max(1), under, &style)?;
    sheet.set_row_height(0, 28)?.set_row_height(1, height(tall).max(18.0))?;
    if last > edge {
        sheet.write_string_with_format(1, edge + 1, say(lang, "not-printed", &[]), &styles.empty)?;
    }
    for (at, column) in (0_u16..).zip(&table.columns) {
        let edited = table.id == "plan" && EDITED.contains(&column.key);
        let style = match (edited, at > edge) {
            (true, _) => &styles.edited_heading,
            (_, true) => &styles.worked_heading,
            _ => &styles.heading,
        };
        sheet.write_string_with_format(HEADING, at, &column.heading, style)?;
        sheet.set_column_width(at, wide(widths[usize::from(at)]))?;
    }
    let tall = table.columns.iter().zip(&widths).map(|(column, width)| lines(&column.heading, (*width).into()));
    sheet.set_row_height(HEADING, height(tall.max().unwrap_or(1)))?;
    let short = short(table, &widths);
    let mut row = HEADING + 1;
    for values in &table.rows {
        for (at, value) in (0_u16..).zip(values) {
            let text = if short[usize::from(at)] { &styles.middle } else { &styles.text };
            write_value(sheet, row, at, value, text, styles)?;
        }
        let tall = values.iter().enumerate().map(|(at, value)| match value {
            // Two signs less than the column holds: the indent, and programs that measure fonts differently.
            Value::Text(text) if !short[at] => lines(text, usize::from(widths[at]).saturating_sub(2)),
            _ => 1,
        });
        sheet.set_row_height(row, height(tall.max().unwrap_or(1)))?;
        row += 1;
    }
    if table.rows.is_empty() {
        sheet.write_string_with_format(row, 0, say(lang, "no-rows", &[]), &styles.empty)?;
        row += 1;
    }
    sheet.autofilter(HEADING, 0, (row - 1).max(HEADING), last)?;
    if table.signed {
        row += 1;
        foot(sheet, row, &widths[..printed], styles, lang)?;
    }
    if last > edge {
        sheet.set_print_area(0, 0, row, edge)?;
    }
    Ok(())
}

/// Paper, margins, page numbers; the headings repeat on each page.
fn page(sheet: &mut Worksheet, widths: &[u16], lang: Lang) -> Result<(), XlsxError> {
    let paper = if widths.iter().sum::<u16>() > WIDEST_A4 { A3 } else { A4 };
    sheet.set_landscape().set_paper_size(paper).set_print_fit_to_pages(1, 0).set_print_center_horizontally(true);
    sheet.set_margins(0.4, 0.4, 0.7, 0.6, 0.3, 0.3);
    sheet.set_header("&L&9&A").set_footer(say(lang, "page-foot", &[]));
    sheet.set_repeat_rows(HEADING, HEADING)?.set_freeze_panes(HEADING + 1, 0)?;
    Ok(())
}

/// The lines for seal and signatures, spread over the paper so that there is room to sign.
fn foot(sheet: &mut Worksheet, row: u32, widths: &[u16], styles: &Styles, lang: Lang) -> Result<(), XlsxError> {
    let parts = ["foot-unit", "foot-author", "foot-reviewer", "foot-date"].map(|key| say(lang, key, &[]));
    let total: usize = widths.iter().map(|width| usize::from(*width)).sum();
    let mut starts = Vec::new();
    let mut before = 0;
    for (at, width) in (0_u16..).zip(widths) {
        if starts.len() < parts.len() && before >= starts.len() * total / parts.len() {
            starts.push(at);
        }
        before += usize::from(*width);
    }
    for (at, part) in parts.iter().take(starts.len()).enumerate() {
        let (from, to) = (starts[at], starts.get(at + 1).map_or(index(widths.len()), |next| *next) - 1);
        if to > from {
            sheet.merge_range(row, from, row, to, part, &styles.foot)?;
        } else {
            sheet.write_string_with_format(row, from, part, &styles.foot)?;
        }
    }
    sheet.set_row_height(row, 36)?;
    Ok(())
}

/// The line under the title: units, plan years, preset.
fn under_title(plan: &PlanFile, units: &str, lang: Lang) -> String {
    let until = plan.years.len().saturating_mul(12);
    let end = lungang_domain::add_months(plan.start, i32::try_from(until).unwrap_or(0));
    let last = lungang_domain::time::eve(end);
    say(
        lang,
        "subtitle",
        &[
            ("units", units),
            ("from", &plan.start.to_string()),
            ("to", &last.to_string()),
            ("preset", &plan.policy.preset),
        ],
    )
}

#[allow(clippy::cast_precision_loss)]
fn height(lines: usize) -> f64 {
    // 409 points is the most that a row may have.
    (lines as f64 * LINE + 4.0).min(409.0)
}

fn write_value(
    sheet: &mut Worksheet,
    row: u32,
    at: u16,
    value: &Value,
    words: &Format,
    styles: &Styles,
) -> Result<(), XlsxError> {
    #[allow(clippy::cast_precision_loss)]
    match value {
        Value::Empty => sheet.write_blank(row, at, &styles.text)?,
        // Always a string, whatever it begins with: a name is never a formula.
        Value::Text(text) if text.chars().count() > LONGEST => {
            let cut: String = text.chars().take(LONGEST).collect();
            sheet.write_string_with_format(row, at, cut, words)?
        }
        Value::Text(text) => sheet.write_string_with_format(row, at, text, words)?,
        Value::Whole(number) => sheet.write_number_with_format(row, at, *number as f64, &styles.whole)?,
        Value::Share(share) => sheet.write_number_with_format(row, at, *share, &styles.share)?,
        Value::Decimal(number) => sheet.write_number_with_format(row, at, *number, &styles.decimal)?,
        Value::Date(date) => sheet.write_datetime_with_format(row, at, excel_date(*date)?, &styles.date)?,
        Value::Risk(grade) => match styles.grades.iter().find(|(known, _, _)| known == grade) {
            Some((_, format, word)) => sheet.write_string_with_format(row, at, word, format)?,
            None => sheet.write_blank(row, at, &styles.text)?,
        },
    };
    Ok(())
}

/// Columns of the yearly plan that are there to be edited.
pub const EDITED: &[&str] = &["new_post", "status", "done_on", "decision", "remark"];

/// Drop-downs of the yearly plan: new post, status, decision; done-on takes dates.
fn editable(sheet: &mut Worksheet, table: &Table, report: &Report, lang: Lang) -> Result<(), XlsxError> {
    let first = HEADING + 1;
    let last = HEADING + u32::try_from(table.rows.len().max(1)).unwrap_or(1);
    let column = |key: &str| table.column(key).and_then(|at| u16::try_from(at).ok());
    if let (Some(at), false) = (column("new_post"), report.posts.is_empty()) {
        let range = Formula::new(format!("={LIST_SHEET}!$B$1:$B${}", report.posts.len()));
        let offer = DataValidation::new()
            .allow_list_formula(range)
            .set_error_title(say(lang, "choose-post-title", &[]))?
            .set_error_message(say(lang, "choose-post", &[]))?;
        sheet.add_data_validation(first, at, last, at, &offer)?;
    }
    let words = |keys: Vec<&str>, prefix: &str| -> Vec<String> {
        keys.into_iter().map(|key| say(lang, &format!("{prefix}-{key}"), &[])).collect()
    };
    if let Some(at) = column("status") {
        let status = words(MoveStatus::ALL.iter().map(|word| word.key()).collect(), "status");
        sheet.add_data_validation(first, at, last, at, &DataValidation::new().allow_list_strings(&status)?)?;
    }
    if let Some(at) = column("decision") {
        let kinds = words(DecisionKind::ALL.iter().map(|word| word.key()).collect(), "decision");
        sheet.add_data_validation(first, at, last, at, &DataValidation::new().allow_list_strings(&kinds)?)?;
    }
    if let Some(at) = column("done_on") {
        let rule = DataValidationRule::GreaterThanOrEqualTo(ExcelDateTime::from_ymd(2000, 1, 1)?);
        sheet.add_data_validation(first, at, last, at, &DataValidation::new().allow_date(rule))?;
    }
    if let Some(at) = column("name") {
        sheet.set_freeze_panes(HEADING + 1, at + 1)?;
    }
    Ok(())
}
