//! Rosters as offices keep them, each odd in one way: what is read, what is told at which cell, and no row lost.

use crate::input_sample::all_shown;
use lungang::input::{self, ReadOptions, Reading, derive, template};
use lungang::text::Lang;
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};
use std::fs;
use std::path::PathBuf;

const POSTS: &str = "id,unit,section,title,headcount,risk\nP1,财政局,预算股,股长,1,高\nP2,财政局,预算股,科员,2,中\n\
                     P3,财政局,国库股,股长,1,高\nP4,审计局,,局长,1,低\nP5,审计局,法规股,科员,1,低\n";
const SETTINGS: &str = "key,value\nstart,2026-01-01\nyears,2\n";
const HEAD: &str = "姓名,单位,现任职务,出生年月,任现岗位时间,人员状态\n";

/// A folder with posts and settings, and these files beside.
pub fn folder(files: &[(&str, Vec<u8>)]) -> (tempfile::TempDir, PathBuf) {
    let desk = tempfile::tempdir().expect("a folder");
    for (name, bytes) in [("posts.csv", POSTS.as_bytes().to_vec()), ("settings.csv", SETTINGS.as_bytes().to_vec())] {
        fs::write(desk.path().join(name), bytes).expect("written");
    }
    for (name, bytes) in files {
        fs::write(desk.path().join(name), bytes).expect("written");
    }
    let path = desk.path().to_owned();
    (desk, path)
}

pub fn read_with(files: &[(&str, Vec<u8>)], overrides: &[(&str, &str)]) -> Reading {
    let (_desk, path) = folder(files);
    let overrides = overrides.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
    let reading = input::read(&path, &ReadOptions { overrides, ..Default::default() });
    let rows = &reading.rows;
    assert_eq!(rows.staff_rows, rows.people + rows.unplanned + rows.staff_errors, "{:#?}", reading.problems);
    reading
}

/// What is told, without the columns of the roster that nothing is said about in these tests.
pub fn told(reading: &Reading) -> Vec<String> {
    // Months for dates, ids made of names, and what the fit model has to go by stand in nearly all of them.
    let usual = ["A0201", "A0304", "A0199", "A0340", "A0342"];
    all_shown(reading).into_iter().filter(|line| !usual.iter().any(|code| line.starts_with(code))).collect()
}

/// A roster that is odd in one way: its name, file name, text, what is told, and people planned.
type Odd = (&'static str, &'static str, String, &'static [&'static str], usize);

fn rows(lines: &str) -> String {
    format!("{HEAD}{lines}")
}

#[rustfmt::skip]
fn odd_rosters() -> Vec<Odd> {
    let one = "张三,财政局,预算股股长,1985-03,2020-01,在职\n";
    let two = "张三,财政局,预算股股长,1985-03,2020-01,在职\n李四,审计局,局长,1975-06,2018-03,在职\n";
    vec![
        ("plain, by other names", "花名册.csv", rows(two), &[], 2),
        ("the sheet's year in brackets", "干部花名册（2025）.csv", rows(two), &[], 2),
        ("told by its headings alone", "sheet1.csv", rows(two), &["A0107 sheet1!"], 2),
        ("a title row", "花名册.csv", format!("全区干部花名册,,,,,\n\n{}", rows(two)), &["A0106 花名册!"], 2),
        ("a line of notes above", "花名册.csv", format!("填报日期：2025年6月\n{}", rows(two)), &["A0106 花名册!"], 2),
        ("blanks and line breaks in headings", "花名册.csv", format!("姓　名,单 位,\"现任\n职务\",\"出生\n年月\",\"任现岗\n位时间\",人员状态\n{two}"), &[], 2),
        ("headings again", "花名册.csv", rows(&format!("{one}{HEAD}李四,审计局,局长,1975-06,2018-03,在职\n")), &["A0106 花名册!"], 2),
        ("padding", "花名册.csv", format!("序号,{HEAD}1,{one}2,,,,,,\n3,,,,,,\n"), &["A0106 花名册!", "A0111 花名册!1"], 1),
        ("totals and notes", "花名册.csv", rows(&format!("{one}合计,1人,,,,\n备注：截至2025年6月,,,,,\n填表人：王五,审核人：赵六,,,,\n")), &["A0106 花名册!"], 1),
        ("a total as a number", "花名册.csv", format!("序号,{HEAD}1,{one}合计,1,,,,,\n"), &["A0106 花名册!", "A0111 花名册!1"], 1),
        ("a padded name", "花名册.csv", rows("张　三,财政局,预算股股长,1985-03,2020-01,在职\n"), &[], 1),
        ("full-width digits", "花名册.csv", rows("张三,财政局,预算股股长,１９８５年３月,２０２０．０１,在职\n"), &[], 1),
        ("months run together", "花名册.csv", rows("张三,财政局,预算股股长,198503,202001,在职\n"), &[], 1),
        ("October by the column", "花名册.csv", rows("张三,财政局,预算股股长,1985.1,2020-01,在职\n李四,审计局,局长,1975.06,2018-03,在职\n"), &["A0204 花名册!D2"], 2),
        ("January or October", "花名册.csv", rows("张三,财政局,预算股股长,1985.1,2020-01,在职\n"), &["E0208 花名册!D2"], 0),
        ("one digit for months", "花名册.csv", rows("张三,财政局,预算股股长,1985.1,2020-01,在职\n李四,审计局,局长,1975.6,2018-03,在职\n"), &["E0208 花名册!D2"], 1),
        ("a year of two digits", "花名册.csv", rows("张三,财政局,预算股股长,85.03,2020-01,在职\n"), &["E0209 花名册!D2"], 0),
        ("retired by the status", "花名册.csv", rows(&format!("{one}李四,审计局,局长,1965-06,2018-03,退休\n")), &[], 1),
        ("retired by the remark", "花名册.csv", "姓名,单位,现任职务,出生年月,任现岗位时间,备注\n张三,财政局,预算股股长,1985-03,2020-01,\n李四,审计局,局长,1965-06,2018-03,退休\n".into(), &["A0206 花名册!F3", "A0303 花名册!"], 1),
        ("a remark that is none", "花名册.csv", "姓名,单位,现任职务,出生年月,任现岗位时间,备注\n张三,财政局,预算股股长,1985-03,2020-01,明年退休\n".into(), &["A0303 花名册!", "W0109 花名册!F2"], 1),
        ("a vacancy", "花名册.csv", rows(&format!("{one}空缺,审计局,局长,,,\n")), &[], 1),
        ("units by titles", "花名册.csv", "财政局,,,,\n姓名,现任职务,出生年月,任现岗位时间,人员状态\n张三,预算股股长,1985-03,2020-01,在职\n审计局,,,,\n姓名,现任职务,出生年月,任现岗位时间,人员状态\n李四,局长,1975-06,2018-03,在职\n".into(), &["A0106 花名册!", "A0108 花名册!A1", "A0108 花名册!A4"], 2),
        ("units by titles, the headings once", "花名册.csv", "序号,姓名,现任职务,出生年月,任现岗位时间,人员状态\n一、财政局,,,,,\n1,张三,预算股股长,1985-03,2020-01,在职\n二、审计局,,,,,\n1,李四,局长,1975-06,2018-03,在职\n".into(), &["A0106 花名册!", "A0108 花名册!A2", "A0108 花名册!A4", "A0111 花名册!1"], 2),
        ("the unit in the file's name", "审计局干部花名册.csv", "姓名,现任职务,出生年月,任现岗位时间,人员状态\n李四,局长,1975-06,2018-03,在职\n".into(), &["A0108 审计局干部花名册!"], 1),
        ("the unit as who fills it in", "花名册.csv", "填报单位：审计局    2025年6月,,,,\n姓名,现任职务,出生年月,任现岗位时间,人员状态\n李四,局长,1975-06,2018-03,在职\n".into(), &["A0106 花名册!", "A0108 花名册!A1"], 1),
        ("those who are gone below a title", "花名册.csv", "姓名,单位,现任职务,出生年月,任现岗位时间\n张三,财政局,预算股股长,1985-03,2020-01\n退休人员,,,,\n姓名,单位,现任职务,出生年月,任现岗位时间\n李四,审计局,局长,1965-06,2018-03\n".into(), &["A0106 花名册!", "A0115 花名册!A3", "A0303 花名册!"], 1),
        ("headings in two rows", "花名册.csv", "姓名,单位,现任职务,全日制教育,,在职教育,,出生年月,任现岗位时间,人员状态\n,,,学历,毕业院校,学历,毕业院校,,,\n张三,财政局,预算股股长,大专,甲校,本科,乙校,1985-03,2020-01,在职\n".into(), &["A0111 花名册!1"], 1),
        ("which start counts", "花名册.csv", "姓名,单位,现任职务,出生年月,任现岗位时间,任现职时间,人员状态\n张三,财政局,预算股股长,1985-03,2020-01,2016-05,在职\n李四,审计局,局长,1975-06,,2018-03,在职\n".into(), &["A0110 花名册!F3"], 2),
        ("an office's date for want of a better", "花名册.csv", "姓名,单位,现任职务,出生年月,任现职时间,人员状态\n张三,财政局,预算股股长,1985-03,2016-05,在职\n".into(), &["A0110 花名册!E2"], 1),
        ("two headings for one thing", "花名册.csv", "姓名,单位,工作单位,现任职务,出生年月,任现岗位时间,人员状态,所在单位\n张三,财政局,财政局,预算股股长,1985-03,2020-01,在职,财政局\n".into(), &["E0118 花名册!H1"], 1),
        ("columns that nobody needs", "花名册.csv", "姓名,身份证号,联系电话,单位,现任职务,出生年月,任现岗位时间,人员状态\n张三,42,138,财政局,预算股股长,1985-03,2020-01,在职\n".into(), &["A0111 花名册!1"], 1),
        ("a column that nobody knows", "花名册.csv", "姓名,车牌号,单位,现任职务,出生年月,任现岗位时间,人员状态\n张三,鄂L,财政局,预算股股长,1985-03,2020-01,在职\n".into(), &["W0102 花名册!B1"], 1),
        ("fit in the roster", "花名册.csv", "姓名,单位,现任职务,出生年月,任现岗位时间,人员状态,岗位匹配度\n张三,财政局,预算股股长,1985-03,2020-01,在职,85\n".into(), &["A0311 花名册!"], 1),
        ("fit of who holds nothing", "花名册.csv", "姓名,单位,现任职务,出生年月,任现岗位时间,人员状态,匹配度\n张三,财政局,,1985-03,2020-01,在职,85\n".into(), &["A0306 花名册!C2", "W0315 花名册!G2"], 1),
        ("a title that two sections have", "花名册.csv", rows("张三,财政局,股长,1985-03,2020-01,在职\n"), &["E0306 花名册!C2"], 0),
        ("a title with its section in a column", "花名册.csv", "姓名,单位,股室,现任职务,出生年月,任现岗位时间,人员状态\n张三,财政局,国库股,股长,1985-03,2020-01,在职\n".into(), &[], 1),
        ("a title with its unit before it", "花名册.csv", rows("张三,财政局,财政局国库股股长,1985-03,2020-01,在职\n"), &[], 1),
        ("two of one name", "花名册.csv", rows("张三,财政局,预算股股长,1985-03,2020-01,在职\n张三,审计局,局长,1975-06,2018-03,在职\n"), &[], 2),
        ("the same person twice", "花名册.csv", rows(&format!("{one}{one}")), &["E0316 花名册!3"], 1),
        ("a title that says nothing known", "花名册.csv", "财政局,,,,,\n序号,姓名,现任职务,出生年月,任现岗位时间,人员状态\n1,张三,预算股股长,1985-03,2020-01,在职\n工作专班,,,,,\n1,李四,预算股科员,1975-06,2018-03,在职\n".into(), &["A0106 花名册!", "A0108 花名册!A1", "A0111 花名册!2", "E0129 花名册!A4"], 2),
        ("the same beside a column of units", "花名册.csv", "序号,姓名,单位,现任职务,出生年月,任现岗位时间,人员状态\n1,张三,财政局,预算股股长,1985-03,2020-01,在职\n工作专班,,,,,,\n2,李四,审计局,局长,1975-06,2018-03,在职\n".into(), &["A0106 花名册!", "A0111 花名册!1", "W0108 花名册!A3"], 2),
        ("headings again that differ", "花名册.csv", rows(&format!("{one}姓名,单位,现任职务,任现岗位时间,出生年月,人员状态\n李四,审计局,局长,2018-03,1975-06,在职\n")), &["A0106 花名册!", "E0130 花名册!D3", "E0130 花名册!E3"], 2),
        ("a month or a day number", "花名册.csv", rows("张三,财政局,预算股股长,19853,2020-01,在职\n"), &["E0218 花名册!D2"], 0),
        ("ditto", "花名册.csv", rows(&format!("{one}李四,同上,预算股科员,1975-06,2018-03,在职\n")), &["E0219 花名册!B3"], 1),
        ("one person under two ids", "花名册.csv", format!("工号,{HEAD}1,{one}2,张三,财政局,预算股科员,1985-03,2021-01,在职\n"), &["W0321 花名册!B3"], 2),
        ("what is proposed", "花名册.csv", "姓名,单位,现任职务,出生年月,任现岗位时间,人员状态,岗位（拟任）\n张三,财政局,预算股股长,1985-03,2020-01,在职,局长\n".into(), &["W0102 花名册!G1"], 1),
        ("records inside a cell", "花名册.csv", rows("张三,财政局,预算股股长,1985-03,2020-01,\"在职\n李四,审计局,局长,1975-06,2018-03,在职\n王五,财政局,预算股科员,1990-01,2020-01,在职\"\n"), &["E0112 花名册!2", "E0213 花名册!F2"], 0),
        ("tabs", "花名册.tsv", rows(two).replace(',', "\t"), &[], 2),
        ("semicolons", "花名册.csv", rows(two).replace(',', ";"), &[], 2),
        ("carriage returns", "花名册.csv", rows(two).replace('\n', "\r"), &[], 2),
        ("a byte-order mark", "花名册.csv", format!("\u{feff}{}", rows(two)), &[], 2),
    ]
}

#[test]
fn odd_rosters_are_read_and_nothing_is_lost() {
    let mut wrong = Vec::new();
    for (name, file, text, wanted, people) in odd_rosters() {
        let reading = read_with(&[(file, text.into_bytes())], &[]);
        let got = told(&reading);
        if got != wanted || reading.rows.people != people {
            wrong.push(format!("{name}: {got:?}, {} people; wanted {wanted:?}, {people}", reading.rows.people));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), odd_rosters().len(), wrong.join("\n"));
}

/// Each roster once more in the encodings of offices: the same people, the same places.
#[test]
fn encodings_change_nothing() {
    for (name, file, text, wanted, people) in odd_rosters() {
        if text.starts_with('\u{feff}') {
            continue;
        }
        let (gb, ..) = encoding_rs::GB18030.encode(&text);
        let wide: Vec<u8> = [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        for (bytes, more) in [(gb.into_owned(), true), (wide, false)] {
            let reading = read_with(&[(file, bytes)], &[]);
            let mut got = told(&reading);
            let before = got.len();
            got.retain(|line| !line.starts_with("A0105"));
            assert_eq!(
                (got.as_slice(), before - got.len(), reading.rows.people),
                (&*wanted.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>(), usize::from(more), people),
                "{name}"
            );
        }
    }
}

#[test]
fn settings_say_what_the_papers_do_not() {
    let short = rows("张三,财政局,预算股股长,85.03,20.01,在职\n");
    let reading = read_with(&[("花名册.csv", short.into_bytes())], &[("input.short_years", "past")]);
    assert_eq!(told(&reading), ["A0205 花名册!D2", "A0205 花名册!E2"]);
    let roster = rows("张三,财政局,预算股股长,1985-03,2020-01,在职\n").into_bytes();
    let risks = |grade: &str| {
        format!("序号,单位/科室,风险类别,风险点,廉政风险主要内容及表现形式,风险等级,防控措施,部门负责人,责任领导\n1,国库股,,拨款,,{grade},,,\n").into_bytes()
    };
    let list = |grade: &str, overrides: &[(&str, &str)]| {
        let reading = read_with(&[("花名册.csv", roster.clone()), ("廉政风险清单.csv", risks(grade))], overrides);
        (
            told(&reading),
            reading
                .case
                .map(|case| case.risks.iter().map(|point| point.grade.map(|grade| grade.key())).collect::<Vec<_>>()),
        )
    };
    assert_eq!(list("Ⅰ级", &[]).0, ["A0111 廉政风险清单!1", "E0217 廉政风险清单!F2"]);
    assert_eq!(list("Ⅰ级", &[("risk.direction", "I-high")]).1, Some(vec![Some("high")]));
    assert_eq!(list("三级", &[("risk.direction", "III-high")]).1, Some(vec![Some("high")]));
    assert_eq!(list("高风险", &[]).1, Some(vec![Some("high")]));
}

#[test]
fn people_are_named_by_name_where_it_is_theirs_alone() {
    let roster = rows(
        "张三,财政局,预算股股长,1985-03,2020-01,在职\n张三,审计局,局长,1975-06,2018-03,在职\n李四,财政局,预算股科员,1990-01,2022-01,在职\n",
    );
    let fit = "staff,post,score\n李四,P1,80\n张三,P2,70\n".as_bytes().to_vec();
    let reading = read_with(&[("花名册.csv", roster.into_bytes()), ("fit.csv", fit)], &[]);
    assert_eq!(told(&reading), ["E0320 fit!A3"]);
    let problem = reading.problems.iter().find(|problem| problem.code == "E0320").expect("told");
    assert!(problem.args["near"].contains("财政局 1985-03") && problem.args["near"].contains("审计局 1975-06"));
}

#[test]
fn relatives_in_service_are_known_by_name_and_unit() {
    let roster = rows("张三,财政局,预算股股长,1985-03,2020-01,在职\n李四,审计局,局长,1975-06,2018-03,在职\n");
    let kin = "人员甲,关系,亲属经营情况\n张三,夫妻,妻子 李四 审计局局长\n张三,直系血亲,父亲 李四 务农\n";
    let reading = read_with(&[("花名册.csv", roster.into_bytes()), ("回避关系.csv", kin.as_bytes().to_vec())], &[]);
    assert_eq!(told(&reading), ["A0313 回避关系!C2"]);
    let case = reading.case.expect("good");
    assert_eq!(case.relations.iter().map(|relation| relation.staff_b.is_some()).collect::<Vec<_>>(), [true, false]);
}

#[test]
fn several_rosters_and_workbooks_make_one_input() {
    let budget = rows("张三,财政局,预算股股长,1985-03,2020-01,在职\n").into_bytes();
    let audit = book(|sheet| {
        head(sheet, 0)?;
        line(sheet, 1, &["李四", "审计局", "局长", "1975-06", "2018-03", "在职"])
    });
    let reading = read_with(&[("财政局花名册.csv", budget), ("审计局.xlsx", audit)], &[]);
    assert_eq!((told(&reading), reading.rows.people), (vec![], 2));
}

fn book(fill: impl FnOnce(&mut Worksheet) -> Result<(), XlsxError>) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("干部花名册（2025）").expect("named");
    fill(sheet).expect("filled");
    book.save_to_buffer().expect("saved")
}

fn head(sheet: &mut Worksheet, row: u32) -> Result<(), XlsxError> {
    let names: Vec<&str> = HEAD.trim().split(',').collect();
    line(sheet, row, &names)
}

fn line(sheet: &mut Worksheet, row: u32, cells: &[&str]) -> Result<(), XlsxError> {
    for (column, text) in (0..).zip(cells) {
        if !text.is_empty() {
            sheet.write_string(row, column, *text)?;
        }
    }
    Ok(())
}

/// What a workbook's roster gives: what is told, without file and sheet, and people planned.
fn of_book(bytes: Vec<u8>, name: &str) -> (Vec<String>, usize, Reading) {
    let reading = read_with(&[(name, bytes)], &[]);
    let told = told(&reading).into_iter().map(|line| line.replace("干部花名册（2025）!", ""));
    (told.collect(), reading.rows.people, reading)
}

#[test]
fn workbooks_as_excel_keeps_them() {
    // A unit merged over its people, a hidden row and a hidden column.
    let bytes = book(|sheet| {
        head(sheet, 0)?;
        line(sheet, 1, &["张三", "", "预算股股长", "1985-03", "2020-01", "在职"])?;
        line(sheet, 2, &["李四", "", "预算股科员", "1990-01", "2022-01", "在职"])?;
        sheet.merge_range(1, 1, 2, 1, "财政局", &Format::new())?;
        sheet.set_row_hidden(2)?;
        sheet.set_column_hidden(3)?;
        Ok(())
    });
    let (told, people, _) = of_book(bytes, "a.xlsx");
    assert_eq!((told, people), (vec!["A0112 ".to_owned(), "A0113 ".into(), "A0114 ".into()], 2));
    // Numbers for ids and dates, a formula with its value, and the bytes of one format under the name of another.
    let bytes = book(|sheet| {
        line(sheet, 0, &["工号", "姓名", "单位", "现任职务", "出生年月", "任现岗位时间", "人员状态"])?;
        sheet.write_number(1, 0, 1001.0)?;
        line(sheet, 1, &["", "张三", "财政局", "预算股股长"])?;
        sheet.write_number(1, 4, 1985.03)?;
        sheet.write_formula(1, 5, rust_xlsxwriter::Formula::new("=DATE(2020,1,1)").set_result("43831"))?;
        sheet.write_string(1, 6, "在职")?;
        sheet.write_number(2, 0, 1002.0)?;
        line(sheet, 2, &["", "李四", "审计局", "局长"])?;
        sheet.write_number(2, 4, 1975.1)?;
        sheet.write_string(2, 5, "2018年3月")?;
        sheet.write_string(2, 6, "在职")?;
        Ok(())
    });
    let (told, people, reading) = of_book(bytes, "花名册.xls");
    assert_eq!((told, people), (vec!["A0203 F2".to_owned(), "A0204 E3".into()], 2));
    let case = reading.case.expect("good");
    assert_eq!(case.people[0].id.as_str(), "1001");
    assert_eq!(case.people[1].birth_date.map(|date| date.to_string()).as_deref(), Some("1975-10-01"));
    // A title merged over the whole width names the unit.
    let bytes = book(|sheet| {
        sheet.merge_range(0, 0, 0, 4, "财政局干部花名册", &Format::new())?;
        line(sheet, 1, &["姓名", "现任职务", "出生年月", "任现岗位时间", "人员状态"])?;
        line(sheet, 2, &["张三", "预算股股长", "1985-03", "2020-01", "在职"])?;
        sheet.merge_range(3, 0, 3, 4, "审计局", &Format::new())?;
        line(sheet, 4, &["李四", "局长", "1975-06", "2018-03", "在职"])
    });
    let (told, people, _) = of_book(bytes, "a.xlsx");
    assert_eq!((told, people), (vec!["A0106 ".to_owned(), "A0108 A1".into(), "A0108 A4".into()], 2));
}

#[test]
fn a_plan_in_the_folder_is_no_input() {
    let roster = rows("张三,财政局,预算股股长,1985-03,2020-01,在职\n").into_bytes();
    let mut plan = Workbook::new();
    plan.add_worksheet().set_name("人员").expect("named");
    plan.add_worksheet().set_name("_plan").expect("named").set_hidden(true);
    let bytes = plan.save_to_buffer().expect("saved");
    let reading = read_with(&[("花名册.csv", roster.clone()), ("plan.xlsx", bytes)], &[]);
    assert_eq!(reading.problems.iter().filter(|problem| problem.code == "A0116").count(), 1);
    let without = read_with(&[("花名册.csv", roster)], &[]);
    assert_eq!(reading.input_hash, without.input_hash);
}

pub const COUNTY: &str = "全县干部花名册,,,,,,\n序号,姓　名,现任职务,出生年月,任现职时间,编制类型,备注\n财政局,,,,,,\n1,张三,局长,1970.05,2018.03,行政,\n\
2,李四,预算股股长,1982.11,2016.01,行政,\n3,王五,预算股科员,1990.1,2020.06,事业,\n4,赵六,财政局国库股长,1985.01,2019.09,行政,\n\
5,空缺,国库股会计,,,,\n6,孙七,副局长,1962.04,2010.01,行政,退休\n审计局,,,,,,\n1,周八,局长,1972.02,2021.05,行政,\n\
2,吴九,办公室主任,1988.06,2017.12,行政,\n合计,8,,,,,\n";

#[test]
fn a_roster_alone_becomes_an_input() {
    let desk = tempfile::tempdir().expect("a folder");
    let roster = desk.path().join("花名册.csv");
    fs::write(&roster, COUNTY).expect("written");
    let derived = derive::workbook(&[roster], &ReadOptions::default(), Lang::Zh);
    assert_eq!((derived.people, derived.posts), (6, 7));
    assert!(
        derived.problems.iter().all(|problem| problem.severity != lungang_domain::Severity::Error),
        "{:#?}",
        derived.problems
    );
    let codes: std::collections::BTreeSet<&str> =
        derived.problems.iter().map(|problem| problem.code.as_str()).collect();
    for code in ["A0106", "A0108", "A0110", "A0111", "A0117", "A0118", "A0201", "A0204", "A0206"] {
        assert!(codes.contains(code), "{code} of {codes:?}");
    }
    let bytes = template::marked(Lang::Zh, &derived.tables, None, &derived.marks).expect("made");
    let book = desk.path().join("县.xlsx");
    fs::write(&book, bytes).expect("written");
    let overrides = vec![("start".to_owned(), "2026-01-01".to_owned())];
    let reading = input::read(&book, &ReadOptions { overrides, ..Default::default() });
    assert!(!reading.has_errors(), "{:#?}", reading.problems);
    let case = reading.case.expect("good");
    assert_eq!((case.people.len(), case.unplanned.len(), case.posts.len(), case.units.len()), (6, 2, 7, 2));
    let post = |title: &str| case.posts.iter().find(|post| post.title == title).expect("there");
    assert_eq!((post("会计").headcount, post("科员").headcount), (1, 1));
    let treasury = case.posts.iter().filter(|post| post.title == "股长").count();
    assert_eq!(treasury, 2);
    let budget = case.people.iter().find(|person| person.name == "王五").expect("there");
    assert_eq!(budget.birth_date.map(|date| date.to_string()).as_deref(), Some("1990-10-01"));
}

#[test]
fn what_can_not_be_read_stands_in_the_workbook_as_it_was() {
    let desk = tempfile::tempdir().expect("a folder");
    let roster = desk.path().join("花名册.csv");
    fs::write(
        &roster,
        rows("张　三,财政局,预算股股长,春天,2020-01,在职\n李四,财政局,预算股科员,1990-01,2020-01,在职\n"),
    )
    .expect("written");
    let derived = derive::workbook(&[roster], &ReadOptions::default(), Lang::En);
    assert_eq!(derived.marks.get(&("staff", 0, "birth_date")), Some(&derive::Mark::Wrong));
    let staff = derived.tables.iter().find(|table| table.sheet == "staff").expect("there");
    assert!(staff.rows[1].cells.iter().any(|cell| cell.shown() == "张三"));
    assert!(staff.rows[1].cells.iter().any(|cell| cell.shown() == "春天"));
    assert!(staff.rows[1].cells.iter().any(|cell| cell.shown() == "花名册.csv A2"));
}

#[test]
fn appointment_forms_are_a_source_of_people() {
    let form = |name: &str, post: &str, wife: &str| {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Person><XingMing>{name}</XingMing><XingBie>男</XingBie>\
             <ChuShengNianYue>198503</ChuShengNianYue><XianRenZhiWu>{post}</XianRenZhiWu><JianLi>2007.07--2020.03  某单位科员\n\
             2020.03--        {post}</JianLi><JiaTingChengYuan><Item><ChengWei>妻子</ChengWei><XingMing>{wife}</XingMing>\
             <GongZuoDanWeiJiZhiWu>审计局科员</GongZuoDanWeiJiZhiWu></Item></JiaTingChengYuan></Person>"
        )
    };
    let forms = [
        ("张三.lrmx", form("张三", "财政局预算股股长", "李四").into_bytes()),
        ("王五.lrmx", form("王五", "财政局国库股股长", "赵六").into_bytes()),
    ];
    let reading = read_with(&forms, &[]);
    assert_eq!(reading.rows.people, 2, "{:#?}", reading.problems);
    let case = reading.case.expect("good");
    assert_eq!((case.history.len(), case.relations.len()), (4, 2));
    assert!(case.relations.iter().all(|relation| relation.staff_b.is_none()));
    assert!(case.people.iter().all(|person| person.post.is_some() && person.post_since.is_some()));
}

/// Whoever stands on a roster and has a form beside is one person, with the family of the form.
#[test]
fn a_form_is_joined_with_the_row_of_the_roster() {
    let form = "<Person><XingMing>张三</XingMing><ChuShengNianYue>198503</ChuShengNianYue><MinZu>汉族</MinZu><XianRenZhiWu>\
                财政局副局长</XianRenZhiWu><JianLi>2007.07--2020.03  某单位科员</JianLi><JiaTingChengYuan><Item><ChengWei>妻子\
                </ChengWei><XingMing>李四</XingMing><GongZuoDanWeiJiZhiWu>审计局局长</GongZuoDanWeiJiZhiWu></Item>\
                </JiaTingChengYuan></Person>";
    let roster = rows("张　三,财政局,预算股股长,1985-03,2020-01,在职\n李四,审计局,局长,1975-06,2018-03,在职\n");
    let files = [("421202198503011234.lrmx", form.as_bytes().to_vec()), ("花名册.csv", roster.into_bytes())];
    let reading = read_with(&files, &[]);
    assert_eq!(told(&reading), ["A0122 人员!B2", "A0313 回避关系!C2"]);
    let case = reading.case.expect("good");
    let person = case.people.iter().find(|person| person.name == "张三").expect("read");
    assert_eq!((case.people.len(), person.ethnicity.as_deref()), (2, Some("汉族")));
    assert_eq!(person.post.map(|post| case.post(post).id.as_str()), Some("P1"));
    assert_eq!((case.history.len(), case.relations.len()), (1, 1));
    assert!(!person.id.as_str().contains("4212"), "the number of an identity card is kept out of plans");
}

/// A form that can't be told to be of somebody on the roster is told.
#[test]
fn a_form_of_the_same_name_is_told() {
    let form = "<Person><XingMing>李四</XingMing><ChuShengNianYue>198001</ChuShengNianYue><XianRenZhiWu>财政局国库股股长\
                </XianRenZhiWu><JianLi>2010.03-- 股长</JianLi></Person>";
    let roster = rows("李四,审计局,局长,1975-06,2018-03,在职\n");
    let reading = read_with(&[("a.lrmx", form.as_bytes().to_vec()), ("花名册.csv", roster.into_bytes())], &[]);
    assert!(told(&reading).contains(&"W0116 人员!B2".to_owned()), "{:?}", told(&reading));
    assert_eq!(reading.rows.people, 2);
}

/// The committed folder of a county's papers: two commands, and nothing of it is in the way of a plan.
#[test]
fn the_papers_of_a_county_become_an_input() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data/messy");
    let set = |key: &str, value: &str| (key.to_owned(), value.to_owned());
    let options = ReadOptions { overrides: vec![set("risk.direction", "I-high")], ..Default::default() };
    let derived = derive::workbook(&[folder], &options, Lang::Zh);
    let errors = |problems: &[lungang_domain::Problem]| {
        problems.iter().filter(|problem| problem.severity == lungang_domain::Severity::Error).count()
    };
    assert_eq!((derived.people, derived.posts, errors(&derived.problems)), (108, 82, 0), "{:#?}", derived.problems);
    let desk = tempfile::tempdir().expect("a folder");
    let book = desk.path().join("县.xlsx");
    let bytes = template::marked(Lang::Zh, &derived.tables, None, &derived.marks).expect("made");
    fs::write(&book, bytes).expect("written");
    let reading =
        input::read(&book, &ReadOptions { overrides: vec![set("start", "2026-01-01")], ..Default::default() });
    assert_eq!(errors(&reading.problems), 0, "{:#?}", reading.problems);
    let rows = &reading.rows;
    assert_eq!((rows.staff_rows, rows.people, rows.unplanned, rows.posts, rows.units), (111, 108, 3, 82, 4));
    let unrated = reading.case.expect("good").posts.iter().filter(|post| post.risk.key() == "unrated").count();
    assert_eq!(unrated, 12);
}
