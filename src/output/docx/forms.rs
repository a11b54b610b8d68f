//! 暂缓轮岗审批表: one form a person kept, on a page of its own, with room for opinions, seals and signatures.

use super::pieces::{FORM, Face, Paper, Words, cell, grid, run};
use super::{Block, title};
use crate::output::report::{Report, Table, Value};
use docx_rs::{AlignmentType, Paragraph, Run, Tab, TabValueType, TableCell, TableRow, VAlignType, WidthType};

/// Height of a line to fill in, in twips.
const LINE: f32 = 620.0;
/// Height of a place for an opinion and a seal.
const OPINION: f32 = 2_150.0;

/// The forms, each beginning a page; where nobody is kept, a page that says so.
pub(super) fn forms(report: &Report, words: Words) -> Vec<Block> {
    let title = title(report, "approval", words.lang);
    let table = report.table("approvals").filter(|table| !table.rows.is_empty());
    let Some(table) = table else {
        return vec![words.title(&title).into(), words.text(&words.say("no-rows", &[])).into()];
    };
    // A form carries the unit's name in a line of its own; a title with it would say it twice.
    let title = words.say("paper-approval", &[]);
    let mut blocks = Vec::new();
    for (at, row) in table.rows.iter().enumerate() {
        blocks.push(words.title(&title).page_break_before(at > 0).into());
        blocks.push(numbered(words).into());
        blocks.push(form(report, table, row, words).into());
        blocks.push(note(words).into());
    }
    blocks
}

/// The number of the form at the left, the day at the right.
fn numbered(words: Words) -> Paragraph {
    let line = Run::new()
        .fonts(Face::Body.fonts())
        .size(FORM)
        .add_text(words.say("form-number", &[]))
        .add_tab()
        .add_text(words.say("form-date", &[]));
    let right = Tab::new().val(TabValueType::Right).pos(Paper::Portrait.room());
    Paragraph::new().add_tab(right).add_run(line)
}

fn note(words: Words) -> Paragraph {
    Paragraph::new().align(AlignmentType::Left).add_run(run(&words.say("form-note", &[]), Face::Body, 21))
}

/// Widths of label, value, label, value.
fn widths() -> [usize; 4] {
    let room = Paper::Portrait.room();
    let label = room * 19 / 100;
    let value = (room - 2 * label) / 2;
    [label, value, label, room - 2 * label - value]
}

fn form(report: &Report, table: &Table, row: &[Value], words: Words) -> docx_rs::Table {
    let value = |key: &str| match table.column(key).and_then(|at| row.get(at)) {
        Some(value) => words.shown(value),
        None => String::new(),
    };
    // The only unit of a plan has no column.
    let unit = if table.column("unit").is_some() { value("unit") } else { report.units.clone() };
    let months = |key: &str| match value(key) {
        text if text.is_empty() => text,
        text => words.say("form-count", &[("count", &text)]),
    };
    let label = |key: &str| words.say(&format!("form-{key}"), &[]);
    let pair = |left: (&str, String), right: (&str, String)| {
        let [a, b, c, d] = widths();
        TableRow::new(vec![
            named(&label(left.0), a),
            filled(&left.1, b, 1),
            named(&label(right.0), c),
            filled(&right.1, d, 1),
        ])
        .row_height(LINE)
        .cant_split()
    };
    let wide = |key: &str, text: String| {
        let [a, b, c, d] = widths();
        TableRow::new(vec![named(&label(key), a), filled(&text, b + c + d, 3)]).row_height(LINE).cant_split()
    };
    let opinion = |key: &str| {
        let [a, b, c, d] = widths();
        let seal =
            Paragraph::new().align(AlignmentType::Right).add_run(run(&words.say("form-seal", &[]), Face::Song, FORM));
        let room = TableCell::new()
            .width(b + c + d, WidthType::Dxa)
            .grid_span(3)
            .vertical_align(VAlignType::Bottom)
            .add_paragraph(seal);
        TableRow::new(vec![named(&label(key), a), room]).row_height(OPINION).cant_split()
    };
    let rows = vec![
        pair(("unit", unit), ("name", value("name"))),
        pair(("post", value("post")), ("risk", value("risk"))),
        pair(("post_since", value("post_since")), ("months", months("months"))),
        pair(("due", value("due")), ("over", months("over"))),
        wide("years", value("years")),
        wide("held_by", value("held_by")),
        pair(("substitute", value("substitute")), ("review", value("review"))),
        opinion("unit_opinion"),
        opinion("approver_opinion"),
        pair(("approver", String::new()), ("document", String::new())),
    ];
    grid(rows, widths().to_vec())
}

fn named(text: &str, width: usize) -> TableCell {
    cell(run(text, Face::Song, FORM), AlignmentType::Center, width, FORM, false)
}

fn filled(text: &str, width: usize, columns: usize) -> TableCell {
    let made = cell(run(text, Face::Song, FORM), AlignmentType::Center, width, FORM, false);
    if columns > 1 { made.grid_span(columns) } else { made }
}
