//! The plan as papers to be signed, in a Word file: 定期轮岗计划 unit by unit, 暂缓轮岗审批表 one a person, 专项审计建议清单,
//! 交接清单, 工作日程. Type sizes are those of official papers: titles 二号, text 三号, tables 五号 or less where they are wide.

mod forms;
mod mend;
mod pieces;

use super::OutputError;
use super::report::{Column, Report, Table, Value};
use crate::files::write_atomically;
use crate::text::{Lang, say};
use chrono::NaiveDate;
use docx_rs::{BreakType, Docx, Paragraph, Section};
use pieces::{Paper, Words};
use std::io;
use std::path::Path;

/// Writes the document.
///
/// # Errors
/// The system's refusal.
pub fn write(report: &Report, path: &Path, lang: Lang) -> Result<(), OutputError> {
    let bytes = bytes(report, lang).map_err(|error| OutputError::io(path, error))?;
    write_atomically(path, |file| file.write_all(&bytes)).map_err(|error| OutputError::io(path, error))
}

/// The bytes of the document: the same for the same report.
///
/// # Errors
/// Only where the archive can't be packed in memory.
pub fn bytes(report: &Report, lang: Lang) -> io::Result<Vec<u8>> {
    let words = Words { lang };
    let parts = [
        (Paper::Landscape, plan(report, words)),
        (Paper::Portrait, forms::forms(report, words)),
        (Paper::Landscape, list(report, "audit", words)),
        (Paper::Landscape, list(report, "handover", words)),
        (Paper::Landscape, list(report, "calendar", words)),
    ];
    let stamp = format!("{}T00:00:00Z", report.span.0);
    let mut document = Docx::new()
        .default_fonts(pieces::Face::Body.fonts())
        .default_size(pieces::TEXT)
        .created_at(&stamp)
        .updated_at(&stamp);
    let last = parts.len() - 1;
    for (at, (paper, blocks)) in parts.into_iter().enumerate() {
        if at == last {
            // The last section is the document's own.
            document = paper.of_document(document, words);
            for block in blocks {
                document = match block {
                    Block::Paragraph(paragraph) => document.add_paragraph(*paragraph),
                    Block::Table(table) => document.add_table(*table),
                };
            }
        } else {
            let begun = paper.of_section(Section::new(), words);
            let section = blocks.into_iter().fold(begun, |section, block| match block {
                Block::Paragraph(paragraph) => section.add_paragraph(*paragraph),
                Block::Table(table) => section.add_table(*table),
            });
            document = document.add_section(section);
        }
    }
    mend::package(document.build(), &title(report, "plan", lang))
}

/// The bytes of a report that is no plan: a title, what there is to say, and tables, each but the first on a page of its
/// own with its title; with the foot that is signed. The same for the same tables.
///
/// # Errors
/// Only where the archive can't be packed in memory.
pub fn of_tables(tables: &[Table], title: &str, text: &str, stamp: NaiveDate, lang: Lang) -> io::Result<Vec<u8>> {
    let words = Words { lang };
    let stamp = format!("{stamp}T00:00:00Z");
    let begun = Docx::new().default_fonts(pieces::Face::Body.fonts()).default_size(pieces::TEXT);
    let mut document = Paper::Landscape.of_document(begun.created_at(&stamp).updated_at(&stamp), words);
    document = document.add_paragraph(words.title(title)).add_paragraph(words.text(text));
    for (at, table) in tables.iter().enumerate() {
        if at > 0 {
            document = document.add_paragraph(words.title(&table.title).page_break_before(true));
        }
        document = if table.rows.is_empty() {
            document.add_paragraph(words.text(&words.say("no-rows", &[])))
        } else {
            document.add_table(words.table(table, Paper::Landscape, &|_, value| words.shown(value)))
        };
        document = document.add_paragraph(words.foot(Paper::Landscape));
    }
    mend::package(document.build(), title)
}

/// What a section is made of.
enum Block {
    Paragraph(Box<Paragraph>),
    Table(Box<docx_rs::Table>),
}

impl From<Paragraph> for Block {
    fn from(paragraph: Paragraph) -> Self {
        Self::Paragraph(Box::new(paragraph))
    }
}

impl From<docx_rs::Table> for Block {
    fn from(table: docx_rs::Table) -> Self {
        Self::Table(Box::new(table))
    }
}

/// The title of a paper; that of one unit begins with its name.
fn title(report: &Report, id: &str, lang: Lang) -> String {
    let title = say(lang, &format!("paper-{id}"), &[]);
    match report.departments.as_slice() {
        [unit] => say(lang, "paper-of-unit", &[("unit", &unit.name), ("title", &title)]),
        _ => title,
    }
}

/// 定期轮岗计划: what is planned, then a table for each unit under its name.
fn plan(report: &Report, words: Words) -> Vec<Block> {
    let mut blocks: Vec<Block> = vec![
        words.title(&title(report, "plan", words.lang)).into(),
        words.centred(&words.say("paper-number", &[])).into(),
        words.text(&report.summary(words.lang)).into(),
        words.text(&words.say("paper-attached", &[])).into(),
    ];
    let Some(table) = report.table("plan") else { return blocks };
    match report.departments.as_slice() {
        [_] => blocks.extend(rows(report, table, &report.units, words)),
        departments => {
            let mut number = 0;
            for department in departments {
                let own = table.of_unit(department.unit);
                if own.rows.is_empty() {
                    continue;
                }
                number += 1;
                let args = [("number", pieces::numeral(number, words.lang)), ("unit", department.name.clone())];
                let args: Vec<(&str, &str)> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
                blocks.push(words.heading(&words.say("paper-heading", &args)).into());
                blocks.extend(rows(report, &own, &department.name, words));
            }
            if number == 0 {
                blocks.extend(rows(report, table, "", words));
            }
        }
    }
    blocks.push(words.foot(Paper::Landscape).into());
    blocks
}

/// A list with its title and foot.
fn list(report: &Report, id: &str, words: Words) -> Vec<Block> {
    let mut blocks: Vec<Block> = vec![words.title(&title(report, id, words.lang)).into()];
    blocks.push(words.text(&words.say(&format!("paper-{id}-note"), &[])).into());
    if let Some(table) = report.table(id) {
        blocks.extend(rows(report, table, "", words));
    }
    blocks.push(words.foot(Paper::Landscape).into());
    blocks
}

/// A table of the unit `home` on landscape paper, or the words that there is nothing.
fn rows(report: &Report, table: &Table, home: &str, words: Words) -> Option<Block> {
    if table.rows.is_empty() {
        let none = if table.id == "plan" { "paper-none" } else { "no-rows" };
        return Some(words.text(&words.say(none, &[])).into());
    }
    let shown =
        |column: &Column, value: &Value| report.place(column, value, home).unwrap_or_else(|| words.shown(value));
    Some(words.table(table, Paper::Landscape, &shown).into())
}

/// A line break inside a run.
const LINE: BreakType = BreakType::TextWrapping;
