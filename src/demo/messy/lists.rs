//! Text files: other separators, other encodings, other line ends.

use super::{Entry, Papers, compact, padded, sex, sign, slashed, wide, worded};

fn gb18030(text: &str) -> Vec<u8> {
    encoding_rs::GB18030.encode(text).0.into_owned()
}

fn lines(rows: &[Vec<String>], separator: &str, end: &str) -> String {
    rows.iter().map(|row| row.join(separator) + end).collect()
}

fn row<const N: usize>(cells: [&str; N]) -> Vec<String> {
    cells.map(str::to_owned).to_vec()
}

/// GB18030 with semicolons: numbers that went through a worksheet, rows of who retired and of empty seats, a fit column.
pub(super) fn statistics(papers: &Papers) -> Vec<u8> {
    let mut rows = vec![row([
        "人员编号",
        "姓  名",
        "单位",
        "部门",
        "岗位",
        "性别",
        "出生年月",
        "编制",
        "职级",
        "岗位开始日期",
        "到本单位时间",
        "人员状态",
        "匹配度",
        "备注",
    ])];
    let line = |number: usize, entry: &Entry| {
        let birth = if number.is_multiple_of(3) { worded(entry.birth) } else { compact(entry.birth) };
        vec![
            format!("{}.0", entry.number),
            padded(&entry.name),
            papers.unit.clone(),
            entry.section.clone(),
            entry.title.clone(),
            sex(entry).to_owned(),
            birth,
            entry.kind.to_owned(),
            entry.grade.to_owned(),
            compact(entry.post_since),
            worded(entry.unit_since),
            "在职".to_owned(),
            entry.fit.map_or_else(String::new, |score| score.to_string()),
            String::new(),
        ]
    };
    rows.extend(papers.people.iter().enumerate().map(|(number, entry)| line(number, entry)));
    if let (Some(first), Some(last)) = (papers.people.get(3), papers.people.last()) {
        let mut retired = line(0, first);
        retired[0] = format!("{}.0", last.number + 1);
        retired[1] = "刘　建国".to_owned();
        retired[6] = "196507".to_owned();
        retired[9] = "201003".to_owned();
        retired[11] = "退休".to_owned();
        retired[12] = String::new();
        retired[13] = "2025年8月退休".to_owned();
        rows.push(retired);
        let mut empty = vec![String::new(); rows[0].len()];
        empty[1] = "空缺".to_owned();
        empty[2] = papers.unit.clone();
        empty[3] = last.section.clone();
        empty[4] = last.title.clone();
        empty[11] = "空缺".to_owned();
        rows.push(empty);
    }
    gb18030(&lines(&rows, ";", "\r\n"))
}

/// Tabs, and lines that end in a carriage return alone; a title above the headings, full-width digits.
pub(super) fn forestry(papers: &Papers) -> Vec<u8> {
    let headings = [
        "序号",
        "姓　名",
        "性别",
        "民族",
        "出生年月",
        "科室",
        "现任职务",
        "编制性质",
        "政治面貌",
        "任现职时间",
        "学历",
        "专业",
    ];
    let mut rows = vec![row([&format!("{}在职人员名单", papers.unit)]), row(headings)];
    for (number, entry) in papers.people.iter().enumerate() {
        let birth = match number % 3 {
            0 => wide(&worded(entry.birth)),
            1 => slashed(entry.birth),
            _ => worded(entry.birth),
        };
        rows.push(vec![
            (number + 1).to_string(),
            padded(&entry.name),
            sex(entry).to_owned(),
            entry.ethnicity.to_owned(),
            birth,
            entry.section.clone(),
            entry.title.clone(),
            entry.kind.to_owned(),
            if entry.party { "中共党员" } else { "群众" }.to_owned(),
            entry.post_since.format("%Y-%m").to_string(),
            entry.education.to_owned(),
            entry.major.to_owned(),
        ]);
    }
    rows.push(row(["合计", &papers.people.len().to_string()]));
    rows.push(row(["备注：本表仅含在职人员。"]));
    lines(&rows, "\t", "\r").into_bytes()
}

/// UTF-8 with a byte-order mark; grades as Roman numerals.
pub(super) fn roman_risks(papers: &Papers) -> Vec<u8> {
    let mut rows = vec![row([
        "序号",
        "单位/科室",
        "岗位",
        "风险类别",
        "风险点",
        "廉政风险主要内容及表现形式",
        "风险等级",
        "防控措施",
        "部门负责人",
    ])];
    for (number, point) in papers.points.iter().enumerate() {
        let grade = sign(point.grade, ["Ⅰ级", "Ⅱ级", "Ⅲ级"]);
        rows.push(vec![
            (number + 1).to_string(),
            point.section.clone(),
            point.title.clone(),
            "岗位职责风险".to_owned(),
            point.what.to_owned(),
            format!("\"{}\"", point.form),
            grade.to_owned(),
            format!("\"{}\"", point.control),
            point.leader.clone(),
        ]);
    }
    [b"\xEF\xBB\xBF".as_slice(), lines(&rows, ",", "\r\n").as_bytes()].concat()
}

/// GB18030; grades as 一级, 二级, 三级, and only the note at the end says which is the highest.
pub(super) fn numbered_risks(papers: &Papers) -> Vec<u8> {
    let mut rows = vec![
        row([&format!("{}岗位廉政风险点一览表", papers.unit), "", "", "", ""]),
        row(["科  室", "岗  位", "风险点", "风险等级", "防控措施"]),
    ];
    for point in &papers.points {
        rows.push(vec![
            point.section.clone(),
            point.title.clone(),
            point.what.to_owned(),
            sign(point.grade, ["一级", "二级", "三级"]).to_owned(),
            point.control.to_owned(),
        ]);
    }
    rows.push(row(["注：一级为最高风险等级。", "", "", "", ""]));
    gb18030(&lines(&rows, ",", "\r\n"))
}
