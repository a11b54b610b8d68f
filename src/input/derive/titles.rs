//! What a title says beside the title: the unit and the section before it, and whether it leads.

use crate::input::layout;
use crate::input::schema::heading_key;

/// A title without the unit's name before it, whole or short: `财政局预算股股长` in 咸安区财政局.
pub(super) fn without_unit<'a>(text: &'a str, unit: &str) -> &'a str {
    let starts = unit.char_indices().map(|(at, _)| &unit[at..]).filter(|end| end.chars().count() >= 2);
    for short in starts {
        if let Some(rest) = text.strip_prefix(short).map(str::trim)
            && (split_title(rest).is_some()
                || lead_word(rest)
                || TITLES.contains(&rest.strip_prefix('副').unwrap_or(rest)))
        {
            return rest;
        }
    }
    text
}

/// The unit at the head of a title that names unit, section and post: `咸安区财政局预算股股长`.
pub(super) fn unit_of_title(text: &str) -> Option<String> {
    let cuts: Vec<usize> = text.char_indices().map(|(at, _)| at).skip(3).collect();
    cuts.iter().rev().find_map(|at| {
        let (head, rest) = text.split_at(*at);
        let is_unit = layout::of_name(head).is_some_and(|unit| unit == head);
        let says_a_post =
            split_title(rest).is_some() || lead_word(rest) || TITLES.contains(&rest.strip_prefix('副').unwrap_or(rest));
        (is_unit && says_a_post).then(|| head.to_owned())
    })
}

fn lead_word(title: &str) -> bool {
    title.ends_with("局长") || title.contains("党组") || title.contains("党委")
}

pub(super) fn same_section(own: &str, of_title: &str) -> bool {
    heading_key(own) == heading_key(of_title)
}

/// What ends the name of a section.
const SECTIONS: &[&str] = &["股", "科", "处", "室", "所", "站", "中心", "大队", "中队", "支队", "窗口"];
/// Titles that follow the name of a section.
const TITLES: &[&str] = &[
    "股长",
    "科长",
    "处长",
    "主任",
    "所长",
    "站长",
    "队长",
    "大队长",
    "中队长",
    "支队长",
    "负责人",
    "科员",
    "办事员",
    "干部",
    "职员",
    "工作人员",
    "会计",
    "出纳",
    "文员",
    "专员",
    "民警",
    "教导员",
    "指导员",
    "法制员",
    "管理员",
];

/// Section and title of a title that names both: `预算股股长`, `预算股长`, `办公室副主任`. Of several titles in one cell the
/// ranks and the seats in party groups are no posts; where more than one is left, or a part is not wholly understood, the
/// cell stays whole.
pub(super) fn split_title(text: &str) -> Option<(String, String)> {
    let parts = text.split(['、', ',', '，', '/', ';', '；', '兼']).map(str::trim).filter(|part| !part.is_empty());
    let posts: Vec<&str> = parts.filter(|part| !is_rank(part) && !is_seat(part)).collect();
    match posts.as_slice() {
        [only] => split_one(only),
        _ => None,
    }
}

/// A whole rank of the ladder of grades: 四级主任科员.
fn is_rank(text: &str) -> bool {
    let bare = text.strip_prefix(['一', '二', '三', '四']).and_then(|rest| rest.strip_prefix('级'));
    matches!(bare, Some("主任科员" | "科员" | "调研员" | "巡视员" | "主办" | "高级主办"))
}

/// A seat in a party group or committee, which is no post of its own.
fn is_seat(text: &str) -> bool {
    ["党组成员", "党委委员", "党委成员", "党支部书记", "机关党委委员", "班子成员"].contains(&text)
}

fn split_one(text: &str) -> Option<(String, String)> {
    let is_title = |rest: &str| {
        let bare = rest.strip_prefix('副').unwrap_or(rest);
        // 预算编审岗
        let is_desk = bare.ends_with('岗') && bare.chars().count() >= 2;
        TITLES.contains(&bare) || is_desk || is_rank(rest)
    };
    let is_section =
        |name: &str| SECTIONS.iter().any(|end| name.ends_with(end) && name.len() > end.len()) && !is_title(name);
    let cuts: Vec<usize> = text.char_indices().map(|(at, _)| at).skip(1).collect();
    // The shortest name of a section that leaves a title: 监管股 and 投诉处理岗, not 监管股投诉处 and 理岗.
    for at in &cuts {
        let (section, title) = text.split_at(*at);
        let bare = section.trim_end_matches(')');
        let is_named = is_section(section) || (bare.len() < section.len() && section.contains('('));
        if is_title(title) && is_named {
            return Some((section.to_owned(), title.to_owned()));
        }
    }
    // One 股 for two: 预算股长. How somebody holds a post is no name of a section.
    const WAYS: &[&str] = &["代理", "分管", "挂职", "兼职", "见习", "主持工作", "拟任", "原任", "执行", "常务"];
    for short in ["副股长", "副科长", "副处长", "股长", "科长", "处长"] {
        let end = short.trim_start_matches('副').trim_end_matches('长');
        if let Some(name) = text.strip_suffix(short)
            && name.chars().count() >= 2
            && !name.ends_with('副')
            && !WAYS.iter().any(|way| name.ends_with(way))
            && !SECTIONS.iter().any(|end| name.ends_with(end))
        {
            return Some((format!("{name}{end}"), short.to_owned()));
        }
    }
    None
}

/// The kind of leading post that a title names, as a word of `lead`.
pub(super) fn lead(title: &str, in_section: bool) -> Option<&'static str> {
    let first = title.split(['、', ',', ';']).map(str::trim);
    let titles: Vec<&str> = first.collect();
    let any = |words: &[&str]| titles.iter().any(|title| words.contains(title));
    match in_section {
        true if any(&["股长", "科长", "处长", "主任", "所长", "站长", "队长", "大队长", "中队长"]) => {
            Some("head")
        }
        true if any(&["副股长", "副科长", "副处长", "副主任", "副所长", "副站长", "副队长", "副大队长"]) => {
            Some("deputy")
        }
        false if any(&["局长", "党组书记", "党委书记", "院长", "检察长"]) => Some("principal"),
        false if any(&["副局长", "副院长", "副检察长", "总工程师", "总会计师", "总经济师", "纪检组长"]) => {
            Some("vice")
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("预算股股长", Some(("预算股", "股长")))]
    #[case("预算股长", Some(("预算股", "股长")))]
    #[case("财务科副科长", Some(("财务科", "副科长")))]
    #[case("办公室主任", Some(("办公室", "主任")))]
    #[case("政府采购监管股四级主任科员", Some(("政府采购监管股", "四级主任科员")))]
    #[case("预算股股长、四级主任科员", Some(("预算股", "股长")))]
    #[case("税务所所长、一级科员", Some(("税务所", "所长")))]
    #[case("办公室文秘岗", Some(("办公室", "文秘岗")))]
    #[case("预算股预算编审岗", Some(("预算股", "预算编审岗")))]
    #[case("党组成员、办公室主任", Some(("办公室", "主任")))]
    #[case("一级主任科员兼预算股股长", Some(("预算股", "股长")))]
    #[case("政策法规和税政股(条法股)股长", Some(("政策法规和税政股(条法股)", "股长")))]
    #[case("副局长兼办公室主任", None)]
    #[case("主持工作副股长", None)]
    #[case("代理股长", None)]
    #[case("大队长", None)]
    #[case("四级主任科员", None)]
    #[case("副股长", None)]
    #[case("局长", None)]
    #[case("党组成员、副局长", None)]
    fn titles_are_split(#[case] title: &str, #[case] wanted: Option<(&str, &str)>) {
        let found = split_title(title);
        assert_eq!(found.as_ref().map(|(section, title)| (section.as_str(), title.as_str())), wanted);
    }

    #[test]
    fn a_title_may_name_the_unit() {
        assert_eq!(unit_of_title("咸安区财政局预算股股长").as_deref(), Some("咸安区财政局"));
        assert_eq!(unit_of_title("咸安区财政局党组成员、副局长").as_deref(), Some("咸安区财政局"));
        assert_eq!(unit_of_title("预算股股长"), None);
        assert_eq!(unit_of_title("副局长"), None);
    }

    #[test]
    fn the_units_own_name_is_no_part_of_a_title() {
        assert_eq!(without_unit("财政局预算股股长", "咸安区财政局"), "预算股股长");
        assert_eq!(without_unit("局长", "咸安区财政局"), "局长");
        assert_eq!(without_unit("咸安区财政局局长", "咸安区财政局"), "局长");
    }
}
