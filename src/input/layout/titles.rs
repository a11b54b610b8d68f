//! What a title, a sheet's name or a file's name says: a unit, a section, or a status of the people below.

use super::{Why, filled};
use crate::input::schema::{clean, heading_key};
use crate::input::sheets::RawRow;

/// What a title tells of the rows below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// Their unit.
    Unit(String),
    /// Their section.
    Section(String),
    /// Their status: a word of `status`.
    Status(String),
}

/// Words with which a row sums up.
const TOTALS: &[&str] = &["合计", "总计", "小计", "共计", "总人数", "total", "subtotal"];
/// Words with which a row speaks of the sheet.
const REMARKS: &[&str] = &[
    "备注",
    "注",
    "说明",
    "填表说明",
    "填表人",
    "填报人",
    "制表",
    "制表人",
    "审核人",
    "审核",
    "复核",
    "单位负责人",
    "负责人签字",
    "主要负责人",
    "填报单位",
    "报送单位",
    "填表单位",
    "编制单位",
    "单位(盖章)",
    "填报单位(盖章)",
    "填报日期",
    "填报时间",
    "统计时间",
    "统计日期",
    "截止日期",
    "截至日期",
    "数据截止",
    "note",
    "notes",
    "remark",
    "remarks",
    "preparedby",
    "reviewedby",
];
/// What follows the unit in the name of a roster.
const ROSTERS: &[&str] = &[
    "干部花名册",
    "人员花名册",
    "职工花名册",
    "民警花名册",
    "花名册",
    "干部名册",
    "人员名册",
    "名册",
    "干部名单",
    "人员名单",
    "名单",
    "在职人员情况表",
    "人员情况表",
    "人员基本情况表",
    "人员信息表",
    "人员基本情况",
    "人员信息",
    "干部信息表",
    "岗位廉政风险清单",
    "岗位廉政风险表",
    "廉政风险清单",
    "廉政风险表",
    "岗位设置表",
    "岗位清单",
    "岗位一览表",
    "岗位表",
    "权责事项清单",
    "权责清单",
    "登记表",
    "统计表",
    "一览表",
    "情况表",
    "信息表",
    "汇总表",
    "表",
    "清单",
];
/// How the name of a unit ends.
const UNITS: &[&str] = &[
    "局",
    "委",
    "委员会",
    "政府",
    "公安分局",
    "分局",
    "院",
    "部",
    "厅",
    "公司",
    "中心",
    "集团",
    "学校",
    "中学",
    "小学",
    "大学",
    "医院",
    "法院",
    "检察院",
    "联合会",
    "总工会",
    "团委",
    "妇联",
    "协会",
    "社",
    "馆",
    "街道",
    "街道办事处",
    "办事处",
    "镇",
    "乡",
    "政府办公室",
    "委办公室",
    "党校",
    "管委会",
    "研究所",
    "保护区",
    "林场",
    "水库",
    "站",
];
/// How the name of a section ends.
const SECTIONS: &[&str] =
    &["股", "科", "处", "室", "股室", "科室", "办公室", "大队", "中队", "支队", "所", "窗口", "组", "队"];
/// Titles that say how it stands with the people below.
const STATUSES: &[(&str, &str)] = &[
    ("在职", "在职"),
    ("在岗", "在职"),
    ("退休", "退休"),
    ("离退休", "退休"),
    ("调出", "调出"),
    ("辞职", "调出"),
    ("去世", "调出"),
    ("空缺", "空缺"),
];

/// Whether a row sums up or speaks of the sheet, and is no record.
pub fn closing(row: &RawRow) -> Option<Why> {
    let (_, first) = filled(row).next()?;
    let key = heading_key(&first.shown());
    let (head, rest) = match key.find([':', ',', '。']) {
        Some(at) => (&key[..at], &key[at..]),
        None => (key.as_str(), ""),
    };
    // `1` or `25人` may follow a total without a colon.
    let sum = head.trim_end_matches(|c: char| c.is_ascii_digit() || c == '人' || c == '名');
    if TOTALS.contains(&sum) {
        return Some(Why::Total);
    }
    let says_more = !rest.is_empty() || filled(row).count() <= 3;
    (REMARKS.contains(&head) && says_more).then_some(Why::Remark)
}

/// What a title says. Of a title such as `咸安区财政局干部花名册（2025年）` the unit is left.
#[must_use]
pub fn of_title(title: &str) -> Option<Told> {
    let text = clean(title);
    let text = match text.split_once(':') {
        Some((head, rest)) => {
            let head = heading_key(head);
            let named = ["单位", "填报单位", "填报单位(盖章)", "报送单位", "填表单位", "编制单位", "单位名称"];
            if !named.contains(&head.as_str()) {
                return None;
            }
            // Date and page often stand in the same cell.
            rest.split_whitespace().next().unwrap_or("").to_owned()
        }
        None => text,
    };
    let text = stripped(&text);
    if text.is_empty() {
        return None;
    }
    let key = heading_key(&text);
    for (word, status) in STATUSES {
        if key
            .strip_suffix("人员")
            .or_else(|| key.strip_suffix("干部"))
            .or_else(|| key.strip_suffix("岗位"))
            .unwrap_or(&key)
            == *word
        {
            return Some(Told::Status((*status).to_owned()));
        }
    }
    if ends(&text, UNITS) {
        Some(Told::Unit(text))
    } else if ends(&text, SECTIONS) {
        Some(Told::Section(text))
    } else {
        None
    }
}

/// The unit in the name of a sheet or a file, if it names one.
#[must_use]
pub fn of_name(name: &str) -> Option<String> {
    match of_title(name) {
        Some(Told::Unit(unit)) => Some(unit),
        _ => None,
    }
}

fn ends(text: &str, words: &[&str]) -> bool {
    text.chars().count() >= 2 && words.iter().any(|word| text.ends_with(word) && text.len() > word.len())
}

/// A name without year, brackets, running number and the word for a list.
fn stripped(text: &str) -> String {
    let mut text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    loop {
        let before = text.len();
        if let Some((head, _)) = text.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')) {
            text = head.to_owned();
        }
        // `一、财政局`, `1.财政局`, `2025年财政局花名册`.
        if let Some((head, rest)) = text.split_once(['、', '.'])
            && !rest.is_empty()
            && head.chars().count() <= 3
            && head.chars().all(|c| c.is_ascii_digit() || "一二三四五六七八九十()".contains(c))
        {
            text = rest.to_owned();
        }
        let cut =
            text.trim_matches(|c: char| c.is_ascii_digit() || matches!(c, '年' | '月' | '日' | '_' | '-' | '.' | '度'));
        text = cut.to_owned();
        if let Some(rest) = ROSTERS.iter().find_map(|word| text.strip_suffix(word)) {
            text = rest.to_owned();
        }
        if text.len() == before {
            return text;
        }
    }
}
