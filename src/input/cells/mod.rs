//! Cells → typed values, one kind of column at a time. Whatever is not certain becomes a problem at its cell.

pub mod dates;

use super::near;
use super::schema::{Kind, clean, heading_key};
use super::sheets::RawValue;
use super::words;
use chrono::NaiveDate;
use dates::{Habits, Precision, Refused};
use lungang_domain::policy::LadderPolicy;
use lungang_domain::words::StaffingKind;
use lungang_domain::{Problem, RankSpan, Since};

/// A value whose meaning is settled.
#[derive(Clone, Debug, PartialEq)]
pub enum Typed {
    /// Text: NFKC and trimmed; prose trimmed only.
    Text(String),
    /// Texts, each NFKC and trimmed.
    List(Vec<String>),
    /// A date.
    Date(NaiveDate),
    /// A start date.
    Since(Since),
    /// A whole number.
    Whole(i64),
    /// A number.
    Number(f64),
    /// A closed word: its key, and as written.
    Word(&'static str, String),
    /// Closed words, by key.
    Words(Vec<&'static str>),
    /// Yes or no.
    Flag(bool),
    /// A span of rungs.
    Span(RankSpan),
    /// Seats by staffing kind.
    Seats(Vec<(StaffingKind, u32)>),
    /// As it stands.
    Raw(RawValue),
}

/// What reading a cell needs to know beyond the cell.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a> {
    /// The ladders of the policy.
    pub ladder: &'a LadderPolicy,
    /// How the dates of this column are to be read.
    pub dates: Habits,
    /// `risk.direction`: which end of 一级, 二级, 三级 is high.
    pub direction: Option<&'a str>,
}

/// How spreadsheets write a failed formula; in CSV it is plain text.
const FORMULA_ERRORS: &[&str] = &["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"];

/// Reads a filled cell. `Ok(None)`: a word or stroke that says "nothing". Problems that do not hinder (assumptions)
/// are pushed on `notes`; all problems still lack their place.
///
/// # Errors
/// Why the cell can't be read.
pub fn read(
    kind: Kind,
    value: &RawValue,
    setting: Setting<'_>,
    notes: &mut Vec<Problem>,
) -> Result<Option<Typed>, Problem> {
    let shown = value.shown();
    if let RawValue::Error(error) = value {
        return Err(Problem::new("E0201").with("value", error));
    }
    if FORMULA_ERRORS.contains(&shown.to_ascii_uppercase().as_str()) {
        return Err(Problem::new("E0201").with("value", shown));
    }
    if kind == Kind::Any {
        return Ok(Some(Typed::Raw(value.clone())));
    }
    let text = clean(&shown);
    if is_stroke(&text) && kind != Kind::Id {
        return Ok(None);
    }
    if matches!(text.as_str(), "同上" | "〃" | "″" | "\"" | "ditto") {
        return Err(Problem::new("E0219").with("value", text));
    }
    let means_none = matches!(heading_key(&text).as_str(), "无" | "none");
    match kind {
        Kind::Any => Ok(None),
        Kind::Id => id(value, &text).map(|id| Some(Typed::Text(id))),
        Kind::Text => Ok(Some(Typed::Text(text))),
        Kind::Prose => Ok(Some(Typed::Text(shown.trim().to_owned()))),
        Kind::List => Ok(Some(Typed::List(if means_none { Vec::new() } else { items(&text) }))),
        Kind::Post if means_none => Ok(None),
        Kind::Post => id(value, &text).map(|id| Some(Typed::Text(id))),
        Kind::Posts if means_none => Ok(None),
        Kind::Posts => Ok(Some(Typed::List(items(&id(value, &text)?)))),
        Kind::Date | Kind::Birth | Kind::Since if means_none => Ok(None),
        Kind::Date | Kind::Birth | Kind::Since => date(kind, value, &shown, setting, notes).map(Some),
        Kind::Whole(least, most) => whole(value, &text, least, most).map(|n| Some(Typed::Whole(n))),
        Kind::Number => number(value, &text)
            .filter(|n| *n >= 0.0)
            .map(|n| Some(Typed::Number(n)))
            .ok_or_else(|| Problem::new("E0206").with("value", &shown)),
        Kind::Score => score(value, &text).map(|n| Some(Typed::Whole(n))),
        Kind::Word(family) | Kind::Words(family) if means_none && words::find(family, &text).is_none() => Ok(None),
        Kind::Word(family) => word(family, &text).map(|key| Some(Typed::Word(key, text.clone()))),
        Kind::Grade if means_none => Ok(None),
        Kind::Grade => grade(&text, setting.direction).map(|key| Some(Typed::Word(key, text.clone()))),
        Kind::Status => word("status", &text).map(|key| Some(Typed::Word(key, text.clone()))),
        Kind::Words(family) => {
            let keys: Result<Vec<_>, _> = items(&text).iter().map(|item| word(family, item)).collect();
            keys.map(|keys| Some(Typed::Words(keys)))
        }
        Kind::Flag => flag(value, &text).map(|yes| Some(Typed::Flag(yes))),
        Kind::Investigation => investigation(value, &text),
        Kind::Rung(ladder) => rung(ladder, &text, setting.ladder).map(|rung| Some(Typed::Text(rung))),
        Kind::Span(ladder) => span(ladder, &text, setting.ladder).map(|span| Some(Typed::Span(span))),
        Kind::DutyPairs => duty_pairs(&text).map(|pairs| Some(Typed::List(pairs))),
        Kind::Seats => seats(&text).map(|seats| Some(Typed::Seats(seats))),
    }
}

/// A lone stroke fills a cell that has nothing to say.
fn is_stroke(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| matches!(c, '-' | '—' | '–' | '/' | '\\' | '―' | '−'))
}

/// The items of a list; blank ones are dropped, repeated ones kept once.
#[must_use]
pub fn items(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for item in split(text) {
        if !found.contains(&item) {
            found.push(item);
        }
    }
    found
}

/// The items of a list, repeated ones included.
pub fn split(text: &str) -> impl Iterator<Item = String> {
    text.split(['；', ';', '、', '|', '\n', '\r']).map(clean).filter(|item| !item.is_empty())
}

/// An id: text, or a number without fraction (spreadsheets keep 1001 as 1001.0).
fn id(value: &RawValue, text: &str) -> Result<String, Problem> {
    match value {
        RawValue::Number(number) if number.fract() != 0.0 || number.abs() > 9_007_199_254_740_992.0 => {
            Err(Problem::new("E0207").with("value", text))
        }
        RawValue::Date(_) | RawValue::Bool(_) => Err(Problem::new("E0207").with("value", text)),
        _ => Ok(text.to_owned()),
    }
}

fn date(
    kind: Kind,
    value: &RawValue,
    shown: &str,
    setting: Setting<'_>,
    notes: &mut Vec<Problem>,
) -> Result<Typed, Problem> {
    let problem = |code: &str| Problem::new(code).with("value", shown);
    let read = dates::read(value, setting.dates).map_err(|refused| match refused {
        Refused::NotADate => problem("E0202"),
        Refused::NoSuchDay => problem("E0203"),
        Refused::DayOrMonth => problem("E0204"),
        Refused::JanuaryOrOctober => problem("E0208"),
        Refused::ShortYear => problem("E0209"),
        Refused::MonthOrDayNumber => problem("E0218"),
    })?;
    if read.at_least && kind != Kind::Since {
        return Err(problem("E0210"));
    }
    match read.precision {
        Precision::Day => {}
        Precision::Month => notes.push(problem("A0201").with("date", read.date)),
        Precision::Year if kind == Kind::Birth => notes.push(problem("A0202").with("date", read.date)),
        Precision::Year => return Err(problem("E0205")),
        Precision::October => notes.push(problem("A0204").with("date", read.date)),
        Precision::ShortYear => notes.push(problem("A0205").with("date", read.date)),
        Precision::Serial => notes.push(problem("A0203").with("date", read.date)),
    }
    if kind == Kind::Since {
        Ok(Typed::Since(Since { date: read.date, at_least: read.at_least }))
    } else {
        Ok(Typed::Date(read.date))
    }
}

fn number(value: &RawValue, text: &str) -> Option<f64> {
    match value {
        RawValue::Number(number) => Some(*number),
        RawValue::Text(_) => text.parse().ok(),
        _ => None,
    }
    .filter(|number| number.is_finite())
}

fn whole(value: &RawValue, text: &str, least: i64, most: i64) -> Result<i64, Problem> {
    let number = number(value, text).ok_or_else(|| Problem::new("E0211").with("value", text))?;
    if number.fract() != 0.0 {
        return Err(Problem::new("E0211").with("value", text));
    }
    #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation)] // Bounds are small whole numbers.
    if number < least as f64 || number > most as f64 {
        Err(Problem::new("E0212").with("value", text).with("least", least).with("most", most))
    } else {
        Ok(number as i64)
    }
}

/// 0–100, rounded half up (semantics 12).
fn score(value: &RawValue, text: &str) -> Result<i64, Problem> {
    let number = number(value, text).ok_or_else(|| Problem::new("E0211").with("value", text))?;
    if !(0.0..=100.0).contains(&number) {
        return Err(Problem::new("E0212").with("value", text).with("least", 0).with("most", 100));
    }
    #[allow(clippy::cast_possible_truncation)] // Between 0 and 100.
    Ok((number + 0.5).floor() as i64)
}

fn unknown_word(family: &'static str, text: &str) -> Problem {
    Problem::new("E0213")
        .with("value", text)
        .with("near", words::suggest(family, text))
        .with("words", words::accepted(family))
}

fn word(family: &'static str, text: &str) -> Result<&'static str, Problem> {
    words::find(family, text).ok_or_else(|| unknown_word(family, text))
}

/// A risk grade: a word, or a numeral of which the policy says which end is high.
fn grade(text: &str, direction: Option<&str>) -> Result<&'static str, Problem> {
    let key = heading_key(text);
    let bare = ["风险等级", "级风险", "级", "等"].iter().find_map(|end| key.strip_suffix(end));
    let place = match bare.unwrap_or(&key) {
        "一" | "i" => 0,
        "二" | "ii" => 1,
        "三" | "iii" => 2,
        "1" if bare.is_some() => 0,
        "2" if bare.is_some() => 1,
        "3" if bare.is_some() => 2,
        _ => return word("risk", text),
    };
    let grades = ["high", "medium", "low"];
    match direction {
        Some("I-high") => Ok(grades[place]),
        Some("III-high") => Ok(grades[2 - place]),
        _ => Err(Problem::new("E0217").with("value", text)),
    }
}

fn flag(value: &RawValue, text: &str) -> Result<bool, Problem> {
    match value {
        RawValue::Bool(yes) => Ok(*yes),
        _ => words::yes_no(text).ok_or_else(|| {
            Problem::new("E0213").with("value", text).with("near", near::NONE).with("words", words::accepted_yes_no())
        }),
    }
}

fn investigation(value: &RawValue, text: &str) -> Result<Option<Typed>, Problem> {
    if let RawValue::Bool(yes) = value {
        return Ok(yes.then(|| Typed::Word("filed", "立案".to_owned())));
    }
    match (words::find("investigation", text), words::yes_no(text)) {
        (Some(key), _) => Ok(Some(Typed::Word(key, text.to_owned()))),
        (None, Some(true)) => Ok(Some(Typed::Word("filed", text.to_owned()))),
        (None, Some(false)) => Ok(None),
        (None, None) => Err(unknown_word("investigation", text)),
    }
}

fn rungs<'a>(ladder: &str, ladders: &'a LadderPolicy) -> &'a [String] {
    match ladder {
        "level" => &ladders.level,
        "grade" => &ladders.grade,
        _ => &ladders.education,
    }
}

fn find_rung<'a>(text: &str, rungs: &'a [String]) -> Option<(usize, &'a String)> {
    let key = heading_key(text);
    rungs.iter().enumerate().find(|(_, rung)| heading_key(rung) == key)
}

/// Whether a rung stands above another on the ladder of a column.
#[must_use]
pub fn is_higher(kind: Kind, rung: &str, other: &str, ladders: &LadderPolicy) -> bool {
    let Kind::Rung(ladder) = kind else { return false };
    let rungs = rungs(ladder, ladders);
    let place = |text: &str| find_rung(text, rungs).map(|(place, _)| place);
    place(rung) > place(other)
}

fn unknown_rung(ladder: &str, text: &str, rungs: &[String]) -> Problem {
    Problem::new("E0214")
        .with("value", text)
        .with("key", format!("ladder.{ladder}"))
        .with("near", near::suggest(text, rungs.iter().map(String::as_str)))
        .with("words", rungs.join("、"))
}

fn rung(ladder: &str, text: &str, ladders: &LadderPolicy) -> Result<String, Problem> {
    let rungs = rungs(ladder, ladders);
    find_rung(text, rungs).map(|(_, rung)| rung.clone()).ok_or_else(|| unknown_rung(ladder, text, rungs))
}

/// `A–B`, `A-B`, `A~B`, `A至B`, or one rung. Both ends are included, so their order says nothing.
fn span(ladder: &str, text: &str, ladders: &LadderPolicy) -> Result<RankSpan, Problem> {
    let rungs = rungs(ladder, ladders);
    if let Some((_, rung)) = find_rung(text, rungs) {
        return Ok(RankSpan { low: rung.clone(), high: rung.clone() });
    }
    for (position, mark) in text.match_indices(['–', '—', '-', '~', '至', '到', '〜', '−', '‐', '‑']) {
        let (left, right) = (&text[..position], &text[position + mark.len()..]);
        let right = right.trim_start_matches(['–', '—', '-', '~']);
        if let (Some((a, low)), Some((b, high))) = (find_rung(left, rungs), find_rung(right, rungs)) {
            let (low, high) = if a <= b { (low, high) } else { (high, low) };
            return Ok(RankSpan { low: low.clone(), high: high.clone() });
        }
    }
    Err(unknown_rung(ladder, text, rungs))
}

/// Duty pairs with an optional end after a colon; the pair must be known, the end is kept as written.
fn duty_pairs(text: &str) -> Result<Vec<String>, Problem> {
    let pairs = items(text);
    for pair in &pairs {
        word("duty_pair", pair.split(':').next().unwrap_or(pair).trim())?;
    }
    Ok(pairs)
}

/// `行政:10；事业:5`.
fn seats(text: &str) -> Result<Vec<(StaffingKind, u32)>, Problem> {
    let mut found = Vec::new();
    for item in items(text) {
        let cut = item.find(|c: char| c.is_ascii_digit()).unwrap_or(item.len());
        let (name, count) = item.split_at(cut);
        let kind = StaffingKind::from_key(word("staffing", name.trim().trim_end_matches([':', '=']).trim())?);
        match (kind, count.trim().parse::<u32>()) {
            (Some(kind), Ok(count)) if !found.iter().any(|(known, _)| *known == kind) => found.push((kind, count)),
            _ => return Err(Problem::new("E0215").with("value", item)),
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn ladder() -> LadderPolicy {
        let rungs = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        LadderPolicy {
            level: rungs(&["无", "股级正职", "乡科级副职", "乡科级正职"]),
            grade: rungs(&["二级科员", "一级科员", "四级主任科员"]),
            education: rungs(&["大专", "本科"]),
            equivalent: Vec::new(),
        }
    }

    fn cell(kind: Kind, value: &RawValue) -> Result<Option<Typed>, String> {
        let ladder = ladder();
        let setting = Setting { ladder: &ladder, dates: Habits::default(), direction: Some("I-high") };
        read(kind, value, setting, &mut Vec::new()).map_err(|problem| problem.code)
    }

    fn text(text: &str) -> RawValue {
        RawValue::text(text)
    }

    #[rstest]
    #[case(Kind::Id, RawValue::Number(1001.0), Ok(Some(Typed::Text("1001".into()))))]
    #[case(Kind::Id, text(" Ａ０１ "), Ok(Some(Typed::Text("A01".into()))))]
    #[case(Kind::Id, RawValue::Number(1.5), Err("E0207".into()))]
    #[case(Kind::List, text("a；b;a、 c | "), Ok(Some(Typed::List(vec!["a".into(), "b".into(), "c".into()]))))]
    #[case(Kind::List, text("无"), Ok(Some(Typed::List(vec![]))))]
    #[case(Kind::List, text("——"), Ok(None))]
    #[case(Kind::Whole(1, 99), text("１２"), Ok(Some(Typed::Whole(12))))]
    #[case(Kind::Whole(1, 99), RawValue::Number(12.0), Ok(Some(Typed::Whole(12))))]
    #[case(Kind::Whole(1, 99), RawValue::Number(12.5), Err("E0211".into()))]
    #[case(Kind::Whole(1, 99), text("120"), Err("E0212".into()))]
    #[case(Kind::Whole(1, 99), text("十二"), Err("E0211".into()))]
    #[case(Kind::Score, RawValue::Number(84.5), Ok(Some(Typed::Whole(85))))]
    #[case(Kind::Score, RawValue::Number(100.4), Err("E0212".into()))]
    #[case(Kind::Flag, text("是"), Ok(Some(Typed::Flag(true))))]
    #[case(Kind::Flag, text("maybe"), Err("E0213".into()))]
    #[case(Kind::Word("lead"), text("无"), Ok(Some(Typed::Word("none", "无".into()))))]
    #[case(Kind::Word("absence"), text("无"), Ok(None))]
    #[case(Kind::Investigation, text("否"), Ok(None))]
    #[case(Kind::Investigation, text("是"), Ok(Some(Typed::Word("filed", "是".into()))))]
    #[case(Kind::Rung("level"), text("正科级"), Err("E0214".into()))]
    #[case(Kind::Rung("level"), text("无"), Ok(Some(Typed::Text("无".into()))))]
    #[case(Kind::DutyPairs, text("管采：采"), Ok(Some(Typed::List(vec!["管采:采".into()]))))]
    #[case(Kind::DutyPairs, text("管彩"), Err("E0213".into()))]
    #[case(Kind::Seats, text("行政:10；事业5"),
        Ok(Some(Typed::Seats(vec![(StaffingKind::Administrative, 10), (StaffingKind::Public, 5)]))))]
    #[case(Kind::Seats, text("行政"), Err("E0215".into()))]
    #[case(Kind::Text, text(" 副局长（分管） "), Ok(Some(Typed::Text("副局长(分管)".into()))))]
    #[case(Kind::Prose, text(" 经研究，同意（试行）。 "), Ok(Some(Typed::Text("经研究，同意（试行）。".into()))))]
    #[case(Kind::Prose, text("——"), Ok(None))]
    #[case(Kind::Text, RawValue::Error("#N/A".into()), Err("E0201".into()))]
    #[case(Kind::Grade, text("高风险"), Ok(Some(Typed::Word("high", "高风险".into()))))]
    #[case(Kind::Grade, text("Ⅱ级"), Ok(Some(Typed::Word("medium", "II级".into()))))]
    #[case(Kind::Grade, text("三级"), Ok(Some(Typed::Word("low", "三级".into()))))]
    #[case(Kind::Grade, text("1"), Err("E0213".into()))]
    #[case(Kind::Date, text("2020"), Err("E0205".into()))]
    #[case(Kind::Date, text("≤2020-01-01"), Err("E0210".into()))]
    fn cells_are_read(#[case] kind: Kind, #[case] value: RawValue, #[case] wanted: Result<Option<Typed>, String>) {
        assert_eq!(cell(kind, &value), wanted);
    }

    #[test]
    fn the_direction_of_numerals_is_never_guessed() {
        let ladder = ladder();
        let grade = |direction| {
            let setting = Setting { ladder: &ladder, dates: Habits::default(), direction };
            match read(Kind::Grade, &text("一级"), setting, &mut Vec::new()) {
                Ok(Some(Typed::Word(key, _))) => key.to_owned(),
                Ok(_) => String::new(),
                Err(problem) => problem.code,
            }
        };
        assert_eq!([grade(None), grade(Some("I-high")), grade(Some("III-high"))], ["E0217", "high", "low"]);
    }

    #[test]
    fn spans_are_read_with_every_mark() {
        for written in [
            "二级科员–四级主任科员",
            "二级科员-四级主任科员",
            "四级主任科员 至 二级科员",
            "二级科员～四级主任科员",
            "二级科员——四级主任科员",
        ] {
            let span = RankSpan { low: "二级科员".into(), high: "四级主任科员".into() };
            assert_eq!(cell(Kind::Span("grade"), &text(written)), Ok(Some(Typed::Span(span))), "{written}");
        }
        assert_eq!(cell(Kind::Span("grade"), &text("二级科员–五级")), Err("E0214".into()));
    }
}
