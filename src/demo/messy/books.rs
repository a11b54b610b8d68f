//! Workbooks: merged headings and cells, titles, headings that come again, hidden rows and columns, formulas.

use super::{Entry, Papers, Point, dotted, padded, serial, sex, sign, slashed};
use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Formula, Workbook, Worksheet, XlsxError};

fn book() -> Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    // The same bytes every time: no clock in the file.
    let properties = DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?);
    book.set_properties(&properties);
    Ok(book)
}

fn heading() -> Format {
    Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Center)
}

/// Column under a heading, and what it says; the second row of a group.
const GROUPED: &[(u16, &str, Option<&str>)] = &[
    (0, "序\n号", None),
    (1, "姓　　名", None),
    (2, "现任职务", None),
    (3, "性\n别", None),
    (4, "民  族", None),
    (5, "籍 贯", None),
    (6, "全日制教育", Some("学历")),
    (7, "", Some("毕业院校\n及 专 业")),
    (8, "在职教育", Some("学历")),
    (9, "", Some("毕业院校\n及 专 业")),
    (10, "出生\n年月", None),
    (11, "参加工\n作时间", None),
    (12, "入党\n时间", None),
    (13, "任现职\n时　间", None),
    (14, "职  级", None),
    (15, "任现职\n级时间", None),
    (16, "编制\n性质", None),
    (17, "备　注", None),
];
const LAST: u16 = 17;

/// Two rows of headings, groups merged across and single ones down.
fn grouped_headings(page: &mut Worksheet, at: u32) -> Result<(), XlsxError> {
    let plain = heading();
    for (column, text, below) in GROUPED {
        match below {
            None => {
                page.merge_range(at, *column, at + 1, *column, text, &plain)?;
            }
            Some(below) => {
                if !text.is_empty() {
                    page.merge_range(at, *column, at, column + 1, text, &plain)?;
                }
                page.write_string_with_format(at + 1, *column, *below, &plain)?;
            }
        }
    }
    Ok(())
}

/// Year and month as the number that a worksheet makes of `1985.10`: 1985.1.
fn as_number(day: NaiveDate) -> f64 {
    f64::from(day.year()) + f64::from(day.month()) / 100.0
}

/// 干部花名册: five people, then the headings again, blocks padded with blank rows, a count and a remark at the end.
fn finance(page: &mut Worksheet, papers: &Papers) -> Result<(), XlsxError> {
    let number = Format::new().set_num_format("0.00");
    page.merge_range(0, 0, 0, LAST, &format!("{}干部花名册（2025）", papers.unit), &heading())?;
    page.write_string(1, 0, "填报时间：2025年12月31日")?;
    let mut row = 2;
    for (block, people) in papers.people.chunks(5).enumerate() {
        grouped_headings(page, row)?;
        row += 2;
        for (within, entry) in people.iter().enumerate() {
            let place = u32::try_from(block * 5 + within + 1).unwrap_or(0);
            page.write_number(row, 0, place)?;
            page.write_string(row, 1, padded(&entry.name))?;
            page.write_string(row, 2, entry.office())?;
            page.write_string(row, 3, sex(entry))?;
            page.write_string(row, 4, entry.ethnicity)?;
            page.write_string(row, 5, entry.native)?;
            page.write_string(row, 6, entry.education)?;
            page.write_string(row, 7, entry.major)?;
            // Of the birth dates some are numbers and some are texts, as they come to be in one column.
            if within % 2 == 0 || entry.birth.month() == 10 {
                page.write_number_with_format(row, 10, as_number(entry.birth), &number)?;
            } else {
                page.write_string(row, 10, dotted(entry.birth))?;
            }
            page.write_string(row, 11, dotted(entry.began()))?;
            page.write_string(row, 12, entry.joined().map_or_else(String::new, dotted))?;
            page.write_string(row, 13, dotted(entry.post_since))?;
            page.write_string(row, 14, entry.grade)?;
            page.write_string(row, 15, entry.grade_since.map_or_else(String::new, dotted))?;
            page.write_string(row, 16, entry.kind)?;
            row += 1;
        }
        row += if block % 2 == 0 { 1 } else { 2 };
    }
    let count = papers.people.len();
    page.write_string(row, 0, "合计")?;
    page.write_formula(row, 1, Formula::new(format!("=COUNT(A1:A{row})")).set_result(count.to_string()))?;
    page.merge_range(
        row + 1,
        0,
        row + 1,
        LAST,
        "备注：本表统计截至2025年12月31日，领导职务以任免文件为准。",
        &Format::new(),
    )?;
    Ok(())
}

/// A roster with unit and section merged down, an age by formula, a hidden column of numbers and a hidden row.
fn audit(page: &mut Worksheet, papers: &Papers) -> Result<(), XlsxError> {
    let headings = [
        "单位",
        "股 室",
        "岗　位",
        "姓　名",
        "性别",
        "出生日期",
        "年龄",
        "学历",
        "所学专业",
        "编制类型",
        "政治面貌",
        "到本单位时间",
        "任现岗位时间",
        "身份证号",
        "在职状态",
        "备注",
    ];
    let plain = heading();
    for (column, text) in (0_u16..).zip(headings) {
        page.write_string_with_format(0, column, text, &plain)?;
    }
    page.set_column_hidden(13)?;
    let mut row = 1;
    let mut begins = 1;
    for (index, entry) in papers.people.iter().enumerate() {
        audit_row(page, row, entry, "在职")?;
        let next = papers.people.get(index + 1);
        if next.is_none_or(|next| next.section != entry.section) {
            down(page, begins, row, 1, &entry.section)?;
            begins = row + 1;
        }
        row += 1;
    }
    down(page, 1, row - 1, 0, &papers.unit)?;
    // Retired last year, and only hidden.
    if let Some(first) = papers.people.get(2) {
        let mut retired = Entry { name: "陈建军".to_owned(), woman: false, ..copy(first) };
        retired.birth = NaiveDate::from_ymd_opt(1965, 4, 12).unwrap_or(first.birth);
        audit_row(page, row, &retired, "退休")?;
        page.write_string(row, 0, &papers.unit)?;
        page.write_string(row, 1, &retired.section)?;
        page.set_row_hidden(row)?;
        row += 1;
    }
    page.write_string(row, 0, "合　计")?;
    page.write_formula(
        row,
        3,
        Formula::new(format!("=COUNTA(D2:D{})", row - 1)).set_result(papers.people.len().to_string()),
    )?;
    page.write_string(row + 1, 0, "备注：身份证号列已隐藏。")?;
    Ok(())
}

fn copy(entry: &Entry) -> Entry {
    Entry { name: entry.name.clone(), section: entry.section.clone(), title: entry.title.clone(), ..*entry }
}

fn audit_row(page: &mut Worksheet, row: u32, entry: &Entry, status: &str) -> Result<(), XlsxError> {
    let day = Format::new().set_num_format("yyyy/m/d");
    let (year, month, date) = (entry.birth.year(), entry.birth.month(), entry.birth.day());
    page.write_string(row, 2, &entry.title)?;
    page.write_string(row, 3, padded(&entry.name))?;
    page.write_string(row, 4, sex(entry))?;
    page.write_number_with_format(row, 5, serial(entry.birth) as f64, &day)?;
    let age = 2025 - year - i32::from((month, date) > (12, 31));
    let formula = format!("=DATEDIF(F{0},DATE(2025,12,31),\"Y\")", row + 1);
    page.write_formula(row, 6, Formula::new(formula).set_result(age.to_string()))?;
    page.write_string(row, 7, entry.education)?;
    page.write_string(row, 8, entry.major)?;
    page.write_string(row, 9, entry.kind)?;
    page.write_string(row, 10, if entry.party { "中共党员" } else { "群众" })?;
    page.write_string(row, 11, slashed(entry.unit_since))?;
    // A serial that has lost its format: a plain number.
    page.write_number(row, 12, serial(entry.post_since) as f64)?;
    // No region bears the number 99: nobody has such an identity number.
    page.write_number(row, 13, 990_000_000_000_000_000.0 + f64::from(year) * 1e8 + f64::from(month) * 1e6)?;
    page.write_string(row, 14, status)?;
    Ok(())
}

/// One cell over several rows.
fn down(page: &mut Worksheet, from: u32, to: u32, column: u16, text: &str) -> Result<(), XlsxError> {
    let middle = Format::new().set_align(FormatAlign::VerticalCenter);
    if from < to {
        page.merge_range(from, column, to, column, text, &middle)?;
    } else {
        page.write_string(from, column, text)?;
    }
    Ok(())
}

/// Two rosters of different forms and a sheet of remarks in one workbook.
pub(super) fn rosters(first: &Papers, second: &Papers) -> Result<Vec<u8>, XlsxError> {
    let mut book = book()?;
    finance(book.add_worksheet().set_name("干部花名册（2025）")?, first)?;
    audit(book.add_worksheet().set_name("审计局人员")?, second)?;
    let remarks = book.add_worksheet().set_name("填表说明")?;
    for (row, line) in (0_u32..).zip([
        "填表说明",
        "1. 本工作簿为程序生成的样表，单位和人员均为虚构。",
        "2. 出生年月、任现职时间按“年.月”填写。",
        "3. 职级按现任职级填写，没有的留空。",
    ]) {
        remarks.write_string(row, 0, line)?;
    }
    book.save_to_buffer()
}

/// Points with likelihood L, severity C and their product D as a formula.
pub(super) fn measured_risks(papers: &Papers) -> Result<Vec<u8>, XlsxError> {
    let mut book = book()?;
    let page = book.add_worksheet().set_name("岗位廉政风险表")?;
    let headings = [
        "岗位风险\n编号",
        "部门信息",
        "岗  位",
        "执行\n年份",
        "风险项目名称",
        "廉政风险点描述",
        "风险发生\n可能性L值",
        "风险产生后果的\n严重性C值",
        "廉政风险值\nD值",
        "风险\n等级",
        "预防和控制措施",
    ];
    page.merge_range(0, 0, 0, 10, &format!("{}岗位廉政风险表", papers.unit), &heading())?;
    let plain = heading();
    for (column, text) in (0_u16..).zip(headings) {
        page.write_string_with_format(1, column, text, &plain)?;
    }
    for (row, point) in (2_u32..).zip(&papers.points) {
        page.write_string(row, 0, format!("CZ-{:03}", row - 1))?;
        page.write_string(row, 1, &point.section)?;
        page.write_string(row, 2, &point.title)?;
        page.write_number(row, 3, 2025)?;
        page.write_string(row, 4, point.what)?;
        page.write_string(row, 5, point.form)?;
        page.write_number(row, 6, point.likelihood)?;
        page.write_number(row, 7, point.severity)?;
        let product = Formula::new(format!("=G{0}*H{0}", row + 1));
        page.write_formula(row, 8, product.set_result((point.likelihood * point.severity).to_string()))?;
        page.write_string(row, 9, sign(point.grade, ["高", "中", "低"]))?;
        page.write_string(row, 10, point.control)?;
    }
    book.save_to_buffer()
}

/// The other form: section merged down its points, 高级 中级 低级.
pub(super) fn listed_risks(papers: &Papers) -> Result<Vec<u8>, XlsxError> {
    let mut book = book()?;
    let page = book.add_worksheet().set_name("风险点排查防控表")?;
    let headings = [
        "序号",
        "单位/科室",
        "岗位",
        "风险类别",
        "风险点",
        "廉政风险主要内容\n及表现形式",
        "风险等级",
        "防控措施",
        "岗位人员",
        "责任领导",
    ];
    page.merge_range(0, 0, 0, 9, &format!("{}廉政风险点排查防控表", papers.unit), &heading())?;
    let plain = heading();
    for (column, text) in (0_u16..).zip(headings) {
        page.write_string_with_format(1, column, text, &plain)?;
    }
    let mut begins = 2;
    for (row, point) in (2_u32..).zip(&papers.points) {
        page.write_number(row, 0, row - 1)?;
        listed_row(page, row, point)?;
        let next = papers.points.get(usize::try_from(row - 1).unwrap_or(usize::MAX));
        if next.is_none_or(|next| next.section != point.section) {
            down(page, begins, row, 1, &point.section)?;
            begins = row + 1;
        }
    }
    book.save_to_buffer()
}

fn listed_row(page: &mut Worksheet, row: u32, point: &Point) -> Result<(), XlsxError> {
    let cells = [
        (2, point.title.as_str()),
        (3, "岗位职责风险"),
        (4, point.what),
        (5, point.form),
        (6, sign(point.grade, ["高级", "中级", "低级"])),
        (7, point.control),
        (8, point.holder.as_str()),
        (9, point.leader.as_str()),
    ];
    for (column, text) in cells {
        page.write_string(row, column, text)?;
    }
    Ok(())
}
