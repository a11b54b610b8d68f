//! Titles, text, tables and feet in the type of official papers.

use super::LINE;
use crate::output::report::{Column, Table, Value};
use crate::output::width::{longest_word, width};
use crate::text::{Lang, say};
use docx_rs::{
    AlignmentType, Docx, FieldCharType, Footer, InstrPAGE, InstrText, LineSpacing, LineSpacingType, PageMargin,
    PageOrientationType, PageSize, Paragraph, Run, RunFonts, Section, SpecialIndentType, Tab, TabValueType,
    TableBorder, TableBorderPosition, TableBorders, TableCell, TableCellMargins, TableLayoutType, TableRow, VAlignType,
    WidthType,
};

/// 二号, in half points, as all sizes here.
pub(super) const TITLE: usize = 44;
/// 三号.
pub(super) const TEXT: usize = 32;
/// 四号, for page numbers and feet.
const SMALL: usize = 28;
/// 小四, for forms.
pub(super) const FORM: usize = 24;
/// 五号, 小五, 六号, then what can still be read: a table takes the first in which it fits.
const TABLE: [usize; 5] = [21, 18, 15, 14, 13];
/// What a cell keeps free at its left and right together, in twips.
const PADDING: usize = 80;
/// Height of a header row that the mending knows it by, in twips: less than any line.
pub(super) const HEADER_MARK: f32 = 17.0;
/// Columns of names.
const NAMES: &[&str] = &["name", "successor", "hands_over", "takes_over"];
/// Columns up to this many signs stand in the middle.
const SHORT: u16 = 14;

/// Paper, with its margins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Paper {
    /// A4 upright.
    Portrait,
    /// A4 across.
    Landscape,
}

impl Paper {
    fn size(self) -> (u32, u32) {
        match self {
            Self::Portrait => (11_906, 16_838),
            Self::Landscape => (16_838, 11_906),
        }
    }

    /// Margin at left and right, in twips.
    fn side(self) -> u32 {
        match self {
            Self::Portrait => 1_588,
            Self::Landscape => 1_021,
        }
    }

    /// Width between the margins, in twips.
    pub(super) fn room(self) -> usize {
        (self.size().0 - 2 * self.side()) as usize
    }

    fn margin(self) -> PageMargin {
        let side = i32::try_from(self.side()).unwrap_or(1_440);
        PageMargin::new().top(1_418).bottom(1_304).left(side).right(side).header(851).footer(794)
    }

    fn orient(self) -> PageOrientationType {
        match self {
            Self::Portrait => PageOrientationType::Portrait,
            Self::Landscape => PageOrientationType::Landscape,
        }
    }

    pub(super) fn of_document(self, document: Docx, words: Words) -> Docx {
        let (wide, tall) = self.size();
        document.page_size(wide, tall).page_orient(self.orient()).page_margin(self.margin()).footer(words.page_number())
    }

    pub(super) fn of_section(self, section: Section, words: Words) -> Section {
        let (wide, tall) = self.size();
        section
            .page_size(PageSize::new().size(wide, tall))
            .page_orient(self.orient())
            .page_margin(self.margin())
            .footer(words.page_number())
    }
}

/// A face of type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Face {
    /// Titles and tables: 宋体.
    Song,
    /// Headings: 黑体.
    Black,
    /// Text: 仿宋.
    Body,
}

impl Face {
    pub(super) fn fonts(self) -> RunFonts {
        let name = match self {
            Self::Song => "宋体",
            Self::Black => "黑体",
            Self::Body => "仿宋",
        };
        let latin = if self == Self::Black { "Arial" } else { "Times New Roman" };
        RunFonts::new().ascii(latin).hi_ansi(latin).east_asia(name).cs(latin)
    }
}

/// One to ninety-nine as headings are numbered: 一、二、…; in English, figures.
pub(super) fn numeral(number: usize, lang: Lang) -> String {
    const SIGNS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    if lang == Lang::En || number == 0 || number > 99 {
        return number.to_string();
    }
    let (tens, ones) = (number / 10, SIGNS[number % 10]);
    match tens {
        0 => ones.to_owned(),
        1 => format!("十{ones}"),
        _ => format!("{}十{ones}", SIGNS[tens]),
    }
}

/// Signs that no XML may hold are left out: one of them makes the whole document unreadable.
fn clean(text: &str) -> String {
    text.chars().filter(|sign| !sign.is_control() && !matches!(sign, '\u{fffe}' | '\u{ffff}')).collect()
}

/// Text in a face and size; line breaks are kept.
pub(super) fn run(text: &str, face: Face, size: usize) -> Run {
    let mut run = Run::new().fonts(face.fonts()).size(size);
    for (at, line) in text.lines().enumerate() {
        if at > 0 {
            run = run.add_break(LINE);
        }
        run = run.add_text(clean(line));
    }
    run
}

/// A line of this many points exactly.
fn leading(points: i32) -> LineSpacing {
    LineSpacing::new().line_rule(LineSpacingType::Exact).line(points * 20)
}

/// The words of papers in one language.
#[derive(Clone, Copy, Debug)]
pub(super) struct Words {
    pub(super) lang: Lang,
}

impl Words {
    pub(super) fn say(self, key: &str, args: &[(&str, &str)]) -> String {
        say(self.lang, key, args)
    }

    /// A title: bold, in the middle.
    pub(super) fn title(self, text: &str) -> Paragraph {
        Paragraph::new()
            .align(AlignmentType::Center)
            .line_spacing(leading(32).before(120).after(160))
            .keep_next(true)
            .add_run(run(text, Face::Song, TITLE).bold())
    }

    /// A line in the middle, under the title.
    pub(super) fn centred(self, text: &str) -> Paragraph {
        Paragraph::new().align(AlignmentType::Center).line_spacing(leading(28).after(120)).add_run(run(
            text,
            Face::Body,
            TEXT,
        ))
    }

    /// A paragraph of text; in Chinese the first line begins two signs in.
    pub(super) fn text(self, text: &str) -> Paragraph {
        let begun = Paragraph::new().align(AlignmentType::Both).line_spacing(leading(28).after(60));
        let begun = match self.lang {
            Lang::Zh => begun.indent(None, Some(SpecialIndentType::FirstLine(640)), None, None).first_line_chars(200),
            Lang::En => begun,
        };
        begun.add_run(run(text, Face::Body, TEXT))
    }

    /// The name of a unit above its table.
    pub(super) fn heading(self, text: &str) -> Paragraph {
        Paragraph::new().keep_next(true).line_spacing(leading(28).before(160).after(80)).add_run(run(
            text,
            Face::Black,
            TEXT,
        ))
    }

    /// 填报单位（盖章） 填报人 审核人 日期, spread over the paper.
    pub(super) fn foot(self, paper: Paper) -> Paragraph {
        let parts = ["foot-unit", "foot-author", "foot-reviewer", "foot-date"];
        let room = paper.room();
        let stops = [room * 38 / 100, room * 58 / 100, room * 78 / 100];
        let mut line = Run::new().fonts(Face::Body.fonts()).size(SMALL);
        for (at, part) in parts.iter().enumerate() {
            if at > 0 {
                line = line.add_tab();
            }
            line = line.add_text(self.say(part, &[]));
        }
        let begun = stops
            .iter()
            .fold(Paragraph::new(), |paragraph, stop| paragraph.add_tab(Tab::new().val(TabValueType::Left).pos(*stop)));
        begun.keep_lines(true).line_spacing(leading(28).before(240)).add_run(line)
    }

    /// The number of the page at its foot.
    fn page_number(self) -> Footer {
        let number = Run::new()
            .fonts(Face::Song.fonts())
            .size(SMALL)
            .add_text("— ")
            .add_field_char(FieldCharType::Begin, false)
            .add_instr_text(InstrText::PAGE(InstrPAGE {}))
            .add_field_char(FieldCharType::Separate, false)
            .add_text("1")
            .add_field_char(FieldCharType::End, false)
            .add_text(" —");
        Footer::new().add_paragraph(Paragraph::new().align(AlignmentType::Center).add_run(number))
    }

    /// A table as wide as the paper, its header row on each page, in the largest type in which it fits; `shown` puts
    /// cells into words. The last row stays with what follows, so that no foot stands alone on a page.
    pub(super) fn table(
        self,
        table: &Table,
        paper: Paper,
        shown: &dyn Fn(&Column, &Value) -> String,
    ) -> docx_rs::Table {
        let printed = table.printed.min(table.columns.len());
        let signs: Vec<u16> = (0..printed).map(|at| signs(table, at)).collect();
        let total: usize = signs.iter().map(|signs| usize::from(*signs)).sum::<usize>().max(1);
        let room = paper.room().saturating_sub(printed * PADDING);
        // Half a sign's width is a quarter of its size in half points, in points; twenty twips a point.
        let fits = |size: &usize| total * size * 5 <= room;
        let size = TABLE.into_iter().find(fits).unwrap_or(TABLE[TABLE.len() - 1]);
        let widths: Vec<usize> = signs.iter().map(|signs| usize::from(*signs) * room / total + PADDING).collect();
        let head = table.columns.iter().zip(&widths).map(|(column, width)| {
            cell(run(&column.heading, Face::Song, size).bold(), AlignmentType::Center, *width, size, false)
        });
        let head = TableRow::new(head.collect()).cant_split().row_height(HEADER_MARK);
        let last = table.rows.len().saturating_sub(1);
        let body = table.rows.iter().enumerate().map(|(row, values)| {
            let cells = values.iter().take(printed).enumerate().map(|(at, value)| {
                let middle = signs[at] <= SHORT || !matches!(value, Value::Text(_));
                let align = if middle { AlignmentType::Center } else { AlignmentType::Left };
                let text = shown(&table.columns[at], value);
                cell(run(&text, Face::Song, size), align, widths[at], size, row == last)
            });
            TableRow::new(cells.collect()).cant_split()
        });
        grid(std::iter::once(head).chain(body).collect(), widths)
    }

    /// A value in words.
    pub(super) fn shown(self, value: &Value) -> String {
        value.words(self.lang)
    }
}

/// Half-width signs that a column is given: what was planned, or a little more for a long word.
fn signs(table: &Table, at: usize) -> u16 {
    let Some(column) = table.columns.get(at) else { return 1 };
    let longest = table.rows.iter().filter_map(|row| row.get(at)).map(|value| match value {
        // Two names on one line, if they are short.
        Value::Text(text) if NAMES.contains(&column.key) => width(text).min(12),
        Value::Text(text) => longest_word(text).min(14),
        // A date that breaks at its hyphens is hard to read, and some systems have a wider type.
        Value::Date(_) => 12,
        _ => 0,
    });
    // Bold signs are a little wider.
    let heading = longest_word(&column.heading).min(12) + 1;
    let longest = longest.chain([heading]).max().unwrap_or(0);
    column.width.max(u16::try_from(longest).unwrap_or(0))
}

/// One cell; `stays` with what follows.
pub(super) fn cell(text: Run, align: AlignmentType, width: usize, size: usize, stays: bool) -> TableCell {
    let line = i32::try_from(size * 12).unwrap_or(240);
    let spacing = LineSpacing::new().line_rule(LineSpacingType::AtLeast).line(line);
    TableCell::new()
        .width(width, WidthType::Dxa)
        .vertical_align(VAlignType::Center)
        .add_paragraph(Paragraph::new().align(align).line_spacing(spacing).keep_next(stays).add_run(text))
}

/// A table with thin lines and fixed widths, in twips.
pub(super) fn grid(rows: Vec<TableRow>, widths: Vec<usize>) -> docx_rs::Table {
    use TableBorderPosition::{Bottom, InsideH, InsideV, Left, Right, Top};
    let borders = [Top, Left, Bottom, Right, InsideH, InsideV]
        .into_iter()
        .fold(TableBorders::new(), |borders, side| borders.set(TableBorder::new(side).size(4)));
    docx_rs::Table::new(rows)
        .width(widths.iter().sum(), WidthType::Dxa)
        .set_grid(widths)
        .layout(TableLayoutType::Fixed)
        .margins(TableCellMargins::new().margin(20, PADDING / 2, 20, PADDING / 2))
        .set_borders(borders)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_numbered_as_chinese_numbers_them() {
        let shown: Vec<String> = [1, 10, 11, 20, 27, 99, 100].iter().map(|number| numeral(*number, Lang::Zh)).collect();
        assert_eq!(shown, ["一", "十", "十一", "二十", "二十七", "九十九", "100"]);
        assert_eq!(numeral(27, Lang::En), "27");
    }

    #[test]
    fn signs_that_no_xml_holds_are_left_out() {
        assert_eq!(clean("王\u{1}芳\u{ffff}\t一"), "王芳一");
    }
}
