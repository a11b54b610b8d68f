//! The plan as a workbook: a sheet a table, made to be printed and edited; the original plan in a hidden sheet.

use super::OutputError;
use super::report::{Report, Table, Value};
use super::width::{lines, width};
use crate::files::write_atomically;
use crate::text::{Lang, say};
use chrono::{Datelike, NaiveDate};
use lungang_domain::{DecisionKind, Grade, MoveStatus, PlanFile};
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationRule, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder,
    Formula, Workbook, Worksheet, XlsxError,
};
use std::io;
use std::path::Path;

/// Hidden sheet that holds the original plan as JSON, in chunks.
pub const PLAN_SHEET: &str = "_plan";
/// Hidden sheet that holds the post ids and labels which the new-post column offers.
pub const LIST_SHEET: &str = "_lists";
/// Chunk of JSON in one cell, in UTF-16 units; a cell holds 32,767.
const CHUNK: usize = 30_000;
/// Row of the headings.
const HEADING: u32 = 2;
/// Height of a line of text, in points.
const LINE: f64 = 14.0;
/// Paper as workbooks number it.
const A4: u8 = 9;
/// Twice the size, for the wide tables.
const A3: u8 = 8;
/// A table wider than this many signs is too small to read on A4.
const WIDEST_A4: u16 = 200;
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
    let mut book = Workbook::new();
    let stamp = excel_date(plan.start)?;
    let title = report.tables.first().map_or(String::new(), |table| table.title.clone());
    book.set_properties(&DocProperties::new().set_title(&title).set_creation_datetime(&stamp));
    let styles = Styles::new(lang);
    for table in &report.tables {
        let sheet = book.add_worksheet();
        fill(sheet, table, plan, &styles, lang)?;
        if table.id == "plan" {
            editable(sheet, table, report, lang)?;
        }
    }
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

/// The formats of a workbook.
struct Styles {
    title: Format,
    subtitle: Format,
    heading: Format,
    edited_heading: Format,
    text: Format,
    whole: Format,
    share: Format,
    decimal: Format,
    date: Format,
    foot: Format,
    empty: Format,
    grades: Vec<(Grade, Format, String)>,
}

impl Styles {
    fn new(lang: Lang) -> Self {
        let font = match lang {
            Lang::Zh => "宋体",
            Lang::En => "Arial",
        };
        let base = Format::new().set_font_name(font).set_font_size(10).set_align(FormatAlign::VerticalCenter);
        let cell = base.clone().set_border(FormatBorder::Thin).set_text_wrap();
        let middle = cell.clone().set_align(FormatAlign::Center);
        let heading = middle.clone().set_bold().set_background_color(Color::RGB(0xD9_E1_F2));
        let grades = Grade::ALL
            .iter()
            .map(|grade| {
                let colour = match grade {
                    Grade::High => 0xFF_C7_CE,
                    Grade::Medium => 0xFF_EB_9C,
                    Grade::Low => 0xC6_EF_CE,
                    Grade::Unrated => 0xED_ED_ED,
                };
                let format = middle.clone().set_background_color(Color::RGB(colour));
                (*grade, format, say(lang, &format!("grade-{}", grade.key()), &[]))
            })
            .collect();
        Self {
            title: base.clone().set_font_size(16).set_bold().set_align(FormatAlign::Center),
            subtitle: base.clone().set_align(FormatAlign::Center),
            edited_heading: heading.clone().set_background_color(Color::RGB(0xFF_F2_CC)),
            heading,
            whole: middle.clone().set_num_format("0"),
            share: middle.clone().set_num_format("0.0%"),
            decimal: middle.clone().set_num_format("0.0"),
            date: middle.set_num_format("yyyy-mm-dd"),
            empty: base.clone().set_italic(),
            foot: base,
            // Without an indent the first sign touches the line.
            text: cell.set_indent(1),
            grades,
        }
    }
}

fn wide(width: u16) -> f64 {
    f64::from(width) + 0.7
}

/// Widths that hold the longest unbreakable content, up to twice the width planned.
fn widths(table: &Table) -> Vec<u16> {
    let planned: Vec<u16> = table.columns.iter().map(|column| column.width).collect();
    planned
        .iter()
        .enumerate()
        .map(|(at, planned)| {
            let longest = table.rows.iter().filter_map(|row| row.get(at)).map(|value| match value {
                Value::Text(text) => text.split([' ', '；']).map(width).max().unwrap_or(0).min(14),
                Value::Date(_) => 10,
                Value::Whole(number) => number.to_string().len(),
                Value::Empty | Value::Share(_) | Value::Decimal(_) | Value::Risk(_) => 6,
            });
            let longest = u16::try_from(longest.max().unwrap_or(0)).unwrap_or(*planned);
            (*planned).max(longest.min(planned * 2))
        })
        .collect()
}

fn fill(sheet: &mut Worksheet, table: &Table, plan: &PlanFile, styles: &Styles, lang: Lang) -> Result<(), XlsxError> {
    let last = u16::try_from(table.columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
    sheet.set_name(&table.name)?;
    let widths = widths(table);
    let paper = if widths.iter().sum::<u16>() > WIDEST_A4 { A3 } else { A4 };
    sheet.set_landscape().set_paper_size(paper).set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3);
    sheet.set_header("&L&A").set_footer(say(lang, "page-foot", &[]));
    sheet.set_repeat_rows(HEADING, HEADING)?.set_freeze_panes(HEADING + 1, 0)?;
    sheet.merge_range(0, 0, 0, last.max(1), &table.title, &styles.title)?;
    sheet.merge_range(1, 0, 1, last.max(1), &subtitle(plan, lang), &styles.subtitle)?;
    sheet.set_row_height(0, 28)?.set_row_height(1, 18)?;
    for (at, column) in (0_u16..).zip(&table.columns) {
        let edited = table.id == "plan" && EDITED.contains(&column.key);
        let style = if edited { &styles.edited_heading } else { &styles.heading };
        sheet.write_string_with_format(HEADING, at, &column.heading, style)?;
        sheet.set_column_width(at, wide(widths[usize::from(at)]))?;
    }
    let tall = table.columns.iter().zip(&widths).map(|(column, width)| lines(&column.heading, (*width).into()));
    sheet.set_row_height(HEADING, height(tall.max().unwrap_or(1)))?;
    let mut row = HEADING + 1;
    for values in &table.rows {
        for (at, value) in (0_u16..).zip(values) {
            write_value(sheet, row, at, value, styles)?;
        }
        let tall = values.iter().zip(&widths).map(|(value, width)| match value {
            // Two signs less than the column holds: the indent, and programs that measure fonts differently.
            Value::Text(text) => lines(text, usize::from(*width).saturating_sub(2)),
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
        let parts = ["foot-unit", "foot-author", "foot-reviewer", "foot-date"].map(|key| say(lang, key, &[]));
        sheet.merge_range(row + 1, 0, row + 1, last.max(1), &parts.join("                    "), &styles.foot)?;
        sheet.set_row_height(row + 1, 24)?;
    }
    Ok(())
}

fn subtitle(plan: &PlanFile, lang: Lang) -> String {
    let until = plan.years.len().saturating_mul(12);
    let end = lungang_domain::add_months(plan.start, i32::try_from(until).unwrap_or(0));
    let last = lungang_domain::time::eve(end);
    say(
        lang,
        "subtitle",
        &[("from", &plan.start.to_string()), ("to", &last.to_string()), ("preset", &plan.policy.preset)],
    )
}

#[allow(clippy::cast_precision_loss)]
fn height(lines: usize) -> f64 {
    // 409 points is the most that a row may have.
    (lines as f64 * LINE + 4.0).min(409.0)
}

fn write_value(sheet: &mut Worksheet, row: u32, at: u16, value: &Value, styles: &Styles) -> Result<(), XlsxError> {
    #[allow(clippy::cast_precision_loss)]
    match value {
        Value::Empty => sheet.write_blank(row, at, &styles.text)?,
        // Always a string, whatever it begins with: a name is never a formula.
        Value::Text(text) if text.chars().count() > LONGEST => {
            let cut: String = text.chars().take(LONGEST).collect();
            sheet.write_string_with_format(row, at, cut, &styles.text)?
        }
        Value::Text(text) => sheet.write_string_with_format(row, at, text, &styles.text)?,
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
