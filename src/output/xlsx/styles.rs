//! The formats of a workbook: fonts, borders, the colours of risk.

use crate::text::{Lang, say};
use lungang_domain::Grade;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

/// The formats of a workbook.
pub(super) struct Styles {
    pub(super) title: Format,
    pub(super) subtitle: Format,
    pub(super) heading: Format,
    pub(super) edited_heading: Format,
    pub(super) worked_heading: Format,
    pub(super) text: Format,
    pub(super) middle: Format,
    pub(super) whole: Format,
    pub(super) share: Format,
    pub(super) decimal: Format,
    pub(super) date: Format,
    pub(super) foot: Format,
    pub(super) empty: Format,
    pub(super) grades: Vec<(Grade, Format, String)>,
}

impl Styles {
    pub(super) fn new(lang: Lang) -> Self {
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
            worked_heading: heading.clone().set_background_color(Color::RGB(0xED_ED_ED)),
            edited_heading: heading.clone().set_background_color(Color::RGB(0xFF_F2_CC)),
            heading,
            whole: middle.clone().set_num_format("0"),
            share: middle.clone().set_num_format("0.0%"),
            decimal: middle.clone().set_num_format("0.0"),
            date: middle.clone().set_num_format("yyyy-mm-dd"),
            middle,
            empty: base.clone().set_italic(),
            foot: base,
            // Without an indent the first sign touches the line.
            text: cell.set_indent(1),
            grades,
        }
    }
}
