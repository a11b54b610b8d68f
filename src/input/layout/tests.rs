use super::*;
use crate::input::sheets::{Merged, RawTable};
use rstest::rstest;

const KNOWN: &[&str] =
    &["姓名", "现任职务", "性别", "出生年月", "任现职时间", "全日制教育学历", "在职教育学历", "序号", "备注"];

fn knows(text: &str) -> bool {
    KNOWN.contains(&crate::input::schema::heading_key(text).as_str())
}

/// Rows of cells parted by `|`, numbered from 1; a blank line is a blank row.
fn table(text: &str) -> RawTable {
    let rows = (1..).zip(text.lines()).map(|(row, line)| RawRow {
        row,
        cells: line
            .split('|')
            .map(|cell| match cell.trim().parse::<f64>() {
                Ok(number) => RawValue::Number(number),
                Err(_) => RawValue::text(cell.trim()),
            })
            .collect(),
    });
    RawTable { file: "f".into(), sheet: "s".into(), rows: rows.collect(), ..RawTable::default() }
}

fn lay_out(raw: RawTable) -> Option<Laid> {
    lay(raw.rows, &raw.merged, &knows)
}

const GROUPED: &str = "\
咸安区干部花名册

财政局
序号|姓  名|现任职务|全日制教育||在职教育||备注
|||学历|毕业院校|学历|毕业院校|
1|张　三|局长|本科|甲校|研究生|乙校|
2|李四|股长|大专|甲校|||
3|||||||
审计局
序号|姓  名|现任职务|全日制教育||在职教育||备注
|||学历|毕业院校|学历|毕业院校|
1|王五|局长|本科||||
合计|3||||||
备注：截至2025年6月
";

#[test]
fn a_roster_grouped_by_unit() {
    let laid = lay_out(table(GROUPED)).expect("laid out");
    assert_eq!(laid.heading_row, 4);
    let shown: Vec<_> = laid.headings.iter().map(|heading| heading.shown.as_str()).collect();
    assert_eq!(shown[3..7], ["全日制教育 学历", "全日制教育 毕业院校", "在职教育 学历", "在职教育 毕业院校"]);
    assert_eq!(laid.headings[5].names, ["在职教育学历", "学历"]);
    let rows: Vec<u32> = laid.rows.iter().map(|row| row.row).collect();
    assert_eq!(rows, [6, 7, 12]);
    let under: Vec<&str> = laid.under.iter().map(|at| laid.titles[at.expect("a title")].text.as_str()).collect();
    assert_eq!(under, ["财政局", "财政局", "审计局"]);
    use Why::{Heading, Padding, Remark, Title, Total};
    let aside = [
        (1, Title),
        (3, Title),
        (4, Heading),
        (5, Heading),
        (8, Padding),
        (9, Title),
        (10, Heading),
        (11, Heading),
        (13, Total),
        (14, Remark),
    ];
    assert_eq!(laid.aside, aside);
}

#[test]
fn every_row_is_a_record_or_set_aside() {
    let raw = table(GROUPED);
    let filled = raw.rows.iter().filter(|row| !row.cells.iter().all(RawValue::is_empty)).count();
    let laid = lay_out(raw).expect("laid out");
    assert_eq!(laid.rows.len() + laid.aside.len(), filled);
}

#[test]
fn merged_cells_hold_for_each_row() {
    let mut raw = table("姓名|现任职务\n张三|股长\n李四|\n王五|\n赵六|局长\n");
    raw.merged.push(Merged { rows: (2, 4), columns: (1, 1) });
    let laid = lay_out(raw).expect("laid out");
    let posts: Vec<String> = laid.rows.iter().map(|row| text(row, 1)).collect();
    assert_eq!((posts, laid.filled), (["股长", "股长", "股长", "局长"].map(str::to_owned).to_vec(), 2));
}

#[test]
fn the_last_heading_may_be_divided_too() {
    let laid = lay_out(table("姓名|性别|在职教育\n||学历|出生年月\n张三|男|本科|1985-03\n")).expect("laid out");
    assert_eq!(
        (laid.headings[3].names.clone(), laid.rows.len()),
        (vec!["在职教育出生年月".to_owned(), "出生年月".into()], 1)
    );
}

#[test]
fn headings_again_that_differ_are_told() {
    let laid = lay_out(table("姓名|性别|出生年月\n张三|男|1985-03\n姓名|性别|任现职时间\n李四|女|2020-03\n"))
        .expect("laid out");
    assert_eq!(laid.differing, [(3, 2, "任现职时间".to_owned(), "出生年月".to_owned())]);
}

#[test]
fn a_record_below_the_headings_is_no_second_row_of_them() {
    let laid = lay_out(table("姓名|现任职务|备注\n张三||\n李四|股长|\n")).expect("laid out");
    assert_eq!(laid.rows.len(), 2);
    assert_eq!(lay_out(table("甲|乙\n丙|丁\n")).map(|laid| laid.heading_row), None);
}

#[rstest]
#[case("咸安区财政局干部花名册（2025年）", Some(Told::Unit("咸安区财政局".into())))]
#[case("填报单位：咸安区审计局      2025年6月", Some(Told::Unit("咸安区审计局".into())))]
#[case("一、财政局", Some(Told::Unit("财政局".into())))]
#[case("预算股", Some(Told::Section("预算股".into())))]
#[case("县政府办公室", Some(Told::Unit("县政府办公室".into())))]
#[case("退休人员", Some(Told::Status("退休".into())))]
#[case("日照市财政局干部花名册", Some(Told::Unit("日照市财政局".into())))]
#[case("2025年月湖区财政局花名册2025.6", Some(Told::Unit("月湖区财政局".into())))]
#[case("县残联", Some(Told::Unit("县残联".into())))]
#[case("预算股：", Some(Told::Section("预算股".into())))]
#[case("预算股 5人", Some(Told::Section("预算股".into())))]
#[case("机关党委", Some(Told::Section("机关党委".into())))]
#[case("已退休人员", Some(Told::Status("退休".into())))]
#[case("工勤人员", None)]
#[case("拟退休人员", None)]
#[case("干部花名册", None)]
#[case("制表：张三", None)]
#[case("2025年6月30日", None)]
#[case("demo", None)]
fn titles_are_told(#[case] title: &str, #[case] wanted: Option<Told>) {
    assert_eq!(of_title(title), wanted);
}

#[rstest]
#[case("合计|25", Some(Why::Total))]
#[case("小计：12人", Some(Why::Total))]
#[case("备注：表中数据截至6月", Some(Why::Remark))]
#[case("填表人：张三|审核人：李四|日期", Some(Why::Remark))]
#[case("财政局小计|5", Some(Why::Total))]
#[case("合计|股长|1985-03", None)]
#[case("复核|高|违规复核", None)]
#[case("审核：项目资金拨付|是|审核|P2", None)]
#[case("总工会主席|张三", None)]
#[case("张三|股长|说明", None)]
fn closing_rows(#[case] line: &str, #[case] wanted: Option<Why>) {
    assert_eq!(titles::closing(&table(line).rows[0]), wanted);
}
