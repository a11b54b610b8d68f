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
const TOTALS: &[&str] = &["合计", "总计", "小计", "共计", "总人数", "实有人数", "以下空白", "total", "subtotal"];
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
    "廉政风险点排查防控表",
    "廉政风险点",
    "廉政风险防控表",
    "风险点排查防控表",
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
    "委办",
    "政府办",
    "残联",
    "文联",
    "工商联",
    "科协",
    "侨联",
    "红十字会",
    "商会",
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
/// Sections that are called as units are.
const OFFICES: &[&str] = &["机关党委", "机关工会", "工会", "机关团委", "党支部", "纪检组", "派驻纪检组", "老干部局"];
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
    let others = || filled(row).skip(1);
    let is_sum = TOTALS.contains(&sum) || ["小计", "合计", "总计"].iter().any(|word| sum.ends_with(word));
    // A sum is followed by numbers; a person or a post that is called so is not.
    if is_sum && others().all(|(_, value)| value.shown().chars().any(|c| c.is_ascii_digit())) {
        return Some(Why::Total);
    }
    if !REMARKS.contains(&head) {
        return None;
    }
    // 填表人：张三, 审核人：李四 all speak of the sheet; 复核, 高, 违规复核 is a record.
    let is_note = |text: String| {
        let key = heading_key(&text);
        key.contains(':') || REMARKS.iter().any(|word| key == *word)
    };
    let plain = others().filter(|(_, value)| !is_note(value.shown())).count();
    let is_remark = match rest.is_empty() {
        false => plain <= 1,
        true => {
            plain == 0
                || (plain == 1 && matches!(head, "备注" | "注" | "说明" | "note" | "notes" | "remark" | "remarks"))
        }
    };
    is_remark.then_some(Why::Remark)
}

/// What a title says. Of a title such as `咸安区财政局干部花名册（2025年）` the unit is left.
#[must_use]
pub fn of_title(title: &str) -> Option<Told> {
    let text = clean(title);
    let text = match text.split_once(':') {
        // 预算股：
        Some((head, rest)) if rest.trim().is_empty() => head.to_owned(),
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
    let status = ["人员", "干部", "职工", "岗位"].iter().find_map(|end| key.strip_suffix(end)).unwrap_or(&key);
    let status = status.strip_prefix('已').unwrap_or(status);
    if let Some((_, status)) = STATUSES.iter().find(|(word, _)| status == *word) {
        return Some(Told::Status((*status).to_owned()));
    }
    if speaks_of_leaving(&text) {
        return None;
    }
    if OFFICES.iter().any(|word| text == *word) {
        return Some(Told::Section(text));
    }
    if ends(&text, UNITS) {
        Some(Told::Unit(text))
    } else if ends(&text, SECTIONS) {
        Some(Told::Section(text))
    } else {
        None
    }
}

/// Whether a text says that somebody is no longer there, in whatever words.
#[must_use]
pub fn speaks_of_leaving(text: &str) -> bool {
    const WORDS: &[&str] = &["退休", "离休", "调出", "调离", "辞职", "辞退", "去世", "死亡", "开除", "离职"];
    WORDS.iter().any(|word| text.contains(word))
}

/// The unit in the name of a sheet or a file, if it names one.
#[must_use]
pub fn of_name(name: &str) -> Option<String> {
    let unit = |text: &str| match of_title(text) {
        Some(Told::Unit(unit)) => Some(unit),
        _ => None,
    };
    // 岗位廉政风险表（财政局）
    unit(name).or_else(|| clean(name).strip_suffix(')')?.rsplit_once('(').and_then(|(_, inner)| unit(inner)))
}

fn ends(text: &str, words: &[&str]) -> bool {
    // A mark in brackets of another kind belongs to the name and says nothing of its kind: 财政局〔生成数据〕.
    let text = text
        .strip_suffix(['〕', '】', ']'])
        .and_then(|rest| rest.rsplit_once(['〔', '【', '[']))
        .map_or(text, |(head, _)| head);
    text.chars().count() >= 2 && words.iter().any(|word| text.ends_with(word) && text.len() > word.len())
}

/// A name without a date at either end: 2025年, 2025年6月30日, 2025.6, 2025年度. A sign for year, month or day falls only with
/// its number: 日照市 and 月湖区 are places.
fn undated(text: &str) -> &str {
    let signs = ['年', '月', '日', '度', '.', '-', '_', '号'];
    let text = text.trim_matches(['_', '-', '.']);
    let head = text.trim_start_matches(|c: char| c.is_ascii_digit() || signs.contains(&c));
    let text = if text.starts_with(|c: char| c.is_ascii_digit()) { head_after_number(text, head) } else { text };
    let tail = text.trim_end_matches(|c: char| c.is_ascii_digit() || signs.contains(&c));
    let cut = &text[tail.len()..];
    if cut.starts_with(|c: char| c.is_ascii_digit()) { tail } else { text }
}

/// What follows a date at the head: the signs that have a number before them go, and no others (2025年日照市).
fn head_after_number<'a>(text: &'a str, head: &'a str) -> &'a str {
    let cut = &text[..text.len() - head.len()];
    let mut end = 0;
    let mut number = false;
    for (at, c) in cut.char_indices() {
        match c {
            _ if c.is_ascii_digit() => {
                number = true;
                end = at + c.len_utf8();
            }
            // 年度 is one sign.
            '度' => end = at + c.len_utf8(),
            _ if number => {
                number = false;
                end = at + c.len_utf8();
            }
            _ => break,
        }
    }
    &text[end..]
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
        text = undated(&text).to_owned();
        // 预算股5人, 财政局共12人.
        if let Some(head) = text.strip_suffix(['人', '名']) {
            let bare = head.trim_end_matches(|c: char| c.is_ascii_digit());
            if bare.len() < head.len() {
                text = bare.trim_end_matches('共').to_owned();
            }
        }
        if let Some(rest) = ROSTERS.iter().find_map(|word| text.strip_suffix(word)) {
            text = rest.to_owned();
        }
        if text.len() == before {
            return text;
        }
    }
}
