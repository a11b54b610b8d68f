//! The report as one web page that needs nothing else: no script, no font, no picture from elsewhere. Drawings first,
//! then the tables; it prints on A4 across.

mod chains;
mod charts;
pub(crate) mod plot;

use super::OutputError;
use super::report::{Column, Report, Table, Value, day};
use crate::files::write_atomically;
use crate::text::{Lang, say};
use lungang_domain::Grade;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use std::path::Path;

/// Looks of the page, on screen and on paper.
const STYLE: &str = include_str!("html/style.css");
/// Columns up to this many signs stand in the middle.
const SHORT: u16 = 14;

/// Writes the page.
///
/// # Errors
/// The system's refusal.
pub fn write(report: &Report, path: &Path, lang: Lang) -> Result<(), OutputError> {
    let page = page(report, lang);
    write_atomically(path, |file| file.write_all(page.as_bytes())).map_err(|error| OutputError::io(path, error))
}

/// The text of the page: the same for the same report.
#[must_use]
pub fn page(report: &Report, lang: Lang) -> String {
    let title = say(lang, "html-title", &[("units", &report.units)]);
    let (from, to) = (day(lang, report.span.0), day(lang, report.span.1));
    let span = say(lang, "html-span", &[("from", &from), ("to", &to)]);
    let drawings = [
        ("overdue", charts::overdue(report, lang)),
        ("coverage", charts::coverage(report, lang)),
        ("chains", chains::drawings(report, lang)),
    ];
    // The only unit stands in the title.
    let home = if report.departments.len() == 1 { report.units.as_str() } else { "" };
    let place = |column: &Column, value: &Value| report.place(column, value, home);
    let body = html! {
        header {
            h1 { (title) }
            p class="span" { (span) }
            p { (report.summary(lang)) }
        }
        nav {
            ol {
                @for (id, _) in &drawings {
                    li { a href={ "#" (id) } { (say(lang, &format!("html-{id}"), &[])) } }
                }
                @for table in &report.tables { li { a href={ "#" (table.id) } { (table.title) } } }
            }
        }
        @for (id, drawing) in &drawings {
            // Chains go over many pages; the others stay in one piece.
            section class=[Some("drawn").filter(|_| *id != "chains")] id=(id) {
                h2 { (say(lang, &format!("html-{id}"), &[])) }
                (drawing)
            }
        }
        @for table in &report.tables { (section(table, &place, lang)) }
    };
    shell(&title, body, lang)
}

/// A page around this body, which fetches nothing and runs nothing.
pub(crate) fn shell(title: &str, body: Markup, lang: Lang) -> String {
    let tongue = if lang == Lang::Zh { "zh-CN" } else { "en" };
    html! {
        (DOCTYPE)
        html lang=(tongue) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                // Whatever a name in the data looks like, nothing is fetched and nothing runs.
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body { (body) }
        }
    }
    .into_string()
}

/// What a cell says in words that a paper may hold, where it is not what stands in it.
pub(crate) type Place<'a> = &'a dyn Fn(&Column, &Value) -> Option<String>;

/// A table under its title.
pub(crate) fn section(table: &Table, place: Place, lang: Lang) -> Markup {
    html! {
        section class="sheet" id=(table.id) {
            h2 { (table.title) }
            @match table.rows.split_last() {
                None => {
                    p { (say(lang, "no-rows", &[])) }
                    @if table.signed { (foot(lang)) }
                }
                Some((last, before)) => (rows(table, place, before, last, lang)),
            }
        }
    }
}

/// The line for seal and signatures.
fn foot(lang: Lang) -> Markup {
    html! {
        div class="foot" {
            @for part in ["foot-unit", "foot-author", "foot-reviewer", "foot-date"] { span { (say(lang, part, &[])) } }
        }
    }
}

/// The columns that go on paper; those to work with are the workbook's. The foot stays with the last row, so that it
/// never stands alone on a page.
fn rows(table: &Table, place: Place, before: &[Vec<Value>], last: &[Value], lang: Lang) -> Markup {
    let printed = table.printed.min(table.columns.len());
    let columns = &table.columns[..printed];
    // Even a column of figures holds three of them.
    let wide = |column: &Column| u32::from(column.width.max(6));
    let total: u32 = columns.iter().map(wide).sum::<u32>().max(1);
    let share = |column: &Column| format!("width:{:.1}%", f64::from(wide(column)) * 100.0 / f64::from(total));
    let line = |row: &[Value]| {
        let cells = row
            .iter()
            .zip(columns)
            .map(|(value, column)| cell(value, place(column, value), column.width <= SHORT, lang));
        html! { tr { @for cell in cells { (cell) } } }
    };
    html! {
        div class="scroll" {
            table {
                colgroup { @for column in columns { col style=(share(column)); } }
                thead { tr { @for column in columns { th scope="col" { (lines(&column.heading)) } } } }
                tbody { @for row in before { (line(row)) } }
                tbody class="end" {
                    (line(last))
                    @if table.signed { tr { td class="signed" colspan=(printed) { (foot(lang)) } } }
                }
            }
        }
    }
}

fn cell(value: &Value, place: Option<String>, short: bool, lang: Lang) -> Markup {
    let (class, text) = match value {
        Value::Empty => ("", String::new()),
        Value::Text(text) => (if short { "middle" } else { "" }, place.unwrap_or_else(|| text.clone())),
        Value::Whole(number) => ("middle", number.to_string()),
        Value::Share(share) => ("middle", format!("{:.1}%", share * 100.0)),
        Value::Decimal(number) => ("middle", format!("{number:.1}")),
        Value::Date(date) => ("middle day", date.to_string()),
        Value::Risk(grade) => (grade_class(*grade), say(lang, &format!("grade-{}", grade.key()), &[])),
    };
    html! { td class=[Some(class).filter(|class| !class.is_empty())] { (lines(&text)) } }
}

fn grade_class(grade: Grade) -> &'static str {
    match grade {
        Grade::High => "middle high",
        Grade::Medium => "middle medium",
        Grade::Low => "middle low",
        Grade::Unrated => "middle unrated",
    }
}

/// Text with its line breaks.
fn lines(text: &str) -> Markup {
    html! { @for (at, line) in text.lines().enumerate() { @if at > 0 { br; } (line) } }
}
