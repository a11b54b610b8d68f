//! The sheets and columns (`data/columns.tsv`), and what kind of value each column holds.

use std::collections::HashMap;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

const COLUMNS: &str = include_str!("../../data/columns.tsv");

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An id: text, or a whole number.
    Id,
    /// One line of text.
    Text,
    /// Sentences and signatures, printed as they were written: never compared, so full-width signs stay.
    Prose,
    /// Texts, separated by `；` `;` `、` `|`.
    List,
    /// A post, by id or title.
    Post,
    /// Posts.
    Posts,
    /// A date; a month means its 1st.
    Date,
    /// A date of birth; a year alone means 30 June.
    Birth,
    /// A start date, which may carry `≤`.
    Since,
    /// A whole number in this range.
    Whole(i64, i64),
    /// A number, not negative.
    Number,
    /// A fit score, 0–100.
    Score,
    /// A closed word of this family of `data/values.tsv`.
    Word(&'static str),
    /// Closed words.
    Words(&'static str),
    /// A risk grade: a word, or a numeral whose direction the policy declares.
    Grade,
    /// A closed word that is also kept as written.
    Status,
    /// Yes or no.
    Flag,
    /// Investigation: a word, or yes.
    Investigation,
    /// A rung of the ladder `level`, `grade` or `education`.
    Rung(&'static str),
    /// A span of rungs.
    Span(&'static str),
    /// Duty pairs with their end, such as `管采:采`.
    DutyPairs,
    /// Seats by staffing kind, such as `行政:10；事业:5`.
    Seats,
    /// Anything; read by whoever needs it.
    Any,
}

/// Longest stretch of months that a cell may name.
const MONTHS: Kind = Kind::Whole(1, 1200);

/// What a column holds.
fn kind(sheet: &str, column: &str) -> Kind {
    match (sheet, column) {
        ("staff" | "posts" | "units", "id") | ("fit" | "events" | "decisions" | "history", "staff") => Kind::Id,
        ("ranks" | "rewards" | "appraisals", "staff") => Kind::Id,
        ("ranks", "since") | ("rewards", "revoked") => Kind::Date,
        ("relations", "staff_a" | "staff_b") => Kind::Id,
        (_, "birth_date") => Kind::Birth,
        ("staff", "post_since" | "section_since" | "unit_since") => Kind::Since,
        (_, "retire_date" | "probation_until" | "minimum_service_until" | "discipline_until" | "exempt_until")
        | (_, "absent_from" | "absent_until" | "level_since" | "grade_since" | "date" | "until" | "from" | "to") => {
            Kind::Date
        }
        (_, "must_months" | "may_months" | "should_months") => MONTHS,
        ("posts", "headcount" | "min_present") | ("units", "leader_seats" | "max_moves_per_year") => {
            Kind::Whole(0, 100_000)
        }
        ("decisions", "year") => Kind::Whole(1, 9999),
        ("staff", "law_hours" | "professional_hours") => Kind::Number,
        ("fit", "score") | ("staff", "fit") => Kind::Score,
        ("staff", "sex") => Kind::Word("sex"),
        ("staff", "staffing_kind") => Kind::Word("staffing"),
        ("staff", "category") => Kind::Word("category"),
        ("staff", "status") => Kind::Status,
        ("staff", "reserve_stage") => Kind::Word("stage"),
        ("staff", "absence_kind") => Kind::Word("absence"),
        ("staff", "under_investigation") => Kind::Investigation,
        ("staff", "reserve" | "ready_now")
        | ("posts", "essential" | "sensitive" | "ten_year_duty")
        | ("duties", "key") => Kind::Flag,
        ("posts", "lead") => Kind::Word("lead"),
        ("posts", "risk") | ("risks", "grade") => Kind::Grade,
        ("posts", "power") => Kind::Word("power"),
        ("posts", "duty_pair") => Kind::DutyPairs,
        ("posts", "staffing_kinds") => Kind::Words("staffing"),
        ("posts", "categories") => Kind::Words("category"),
        ("units", "nature") => Kind::Word("nature"),
        ("units", "kind_seats") => Kind::Seats,
        ("relations", "kind") => Kind::Word("kin"),
        ("events", "kind") => Kind::Word("event"),
        ("decisions", "kind") => Kind::Word("decision"),
        ("staff", "level") => Kind::Rung("level"),
        ("staff", "grade") => Kind::Rung("grade"),
        ("staff", "education") | ("posts", "min_education") => Kind::Rung("education"),
        ("posts", "level") => Kind::Span("level"),
        ("posts", "grade") => Kind::Span("grade"),
        ("staff", "post" | "host_post")
        | ("posts", "reports_to")
        | ("fit" | "risks" | "duties" | "events" | "decisions", "post")
        | ("events", "to_post") => Kind::Post,
        ("staff", "also_posts" | "acting_in" | "suggested_posts") => Kind::Posts,
        ("staff", "major" | "certificates" | "experiences" | "needed" | "wishes")
        | ("posts", "required_majors" | "required_certificates" | "development" | "regulates")
        | ("units", "former_names") => Kind::List,
        ("decisions", "reason" | "decided_by" | "approval")
        | ("staff", "exempt_reason")
        | ("events", "note")
        | ("risks", "point" | "form" | "control") => Kind::Prose,
        ("settings", "value") => Kind::Any,
        _ => Kind::Text,
    }
}

/// One column.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Canonical name.
    pub name: &'static str,
    /// Chinese name.
    pub zh: &'static str,
    /// What it holds.
    pub kind: Kind,
}

/// One sheet.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// Canonical name.
    pub name: &'static str,
    /// Chinese name 表名.
    pub zh: &'static str,
    /// Its columns, in order.
    pub columns: Vec<Column>,
    headings: HashMap<String, usize>,
}

impl Sheet {
    /// The column with this heading, English or Chinese.
    #[must_use]
    pub fn column(&self, heading: &str) -> Option<&Column> {
        self.headings.get(&heading_key(heading)).and_then(|position| self.columns.get(*position))
    }

    /// Whether the sheet says of people what columns of the roster say too: it is read where an export of a personnel
    /// system holds it, and no template offers it.
    #[must_use]
    pub fn is_record(&self) -> bool {
        matches!(self.name, "ranks" | "rewards" | "appraisals")
    }

    /// Headings without which the sheet says nothing.
    #[must_use]
    pub fn required(&self) -> &'static [&'static str] {
        match self.name {
            "staff" | "units" => &["name"],
            "posts" => &["id", "unit", "title"],
            "fit" => &["staff", "post", "score"],
            "risks" => &["grade"],
            "duties" => &["item"],
            "relations" => &["staff_a"],
            "history" => &["staff"],
            "ranks" => &["staff", "name"],
            "rewards" => &["staff", "name", "date"],
            "appraisals" => &["staff", "year", "result"],
            "events" => &["date", "kind"],
            "decisions" => &["staff", "kind"],
            _ => &["key", "value"],
        }
    }

    /// Every heading it knows, English and Chinese.
    pub fn known_headings(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.columns.iter().flat_map(|column| [column.name, column.zh])
    }
}

/// Every sheet, in the order of `data/columns.tsv`.
pub static SHEETS: LazyLock<Vec<Sheet>> = LazyLock::new(|| {
    let mut sheets: Vec<Sheet> = Vec::new();
    for line in COLUMNS.lines().skip(1) {
        let mut fields = line.split('\t');
        let (Some(name), Some(zh), Some(column), Some(column_zh)) =
            (fields.next(), fields.next(), fields.next(), fields.next())
        else {
            continue;
        };
        if sheets.last().is_none_or(|sheet| sheet.name != name) {
            sheets.push(Sheet { name, zh, columns: Vec::new(), headings: HashMap::new() });
        }
        if let Some(sheet) = sheets.last_mut() {
            let position = sheet.columns.len();
            sheet.columns.push(Column { name: column, zh: column_zh.trim(), kind: kind(name, column) });
            for heading in [column, column_zh] {
                sheet.headings.insert(heading_key(heading), position);
            }
        }
    }
    sheets
});

/// The sheet with this name, English or Chinese.
#[must_use]
pub fn sheet(name: &str) -> Option<&'static Sheet> {
    let key = heading_key(name);
    SHEETS.iter().find(|sheet| heading_key(sheet.name) == key || heading_key(sheet.zh) == key)
}

/// The form in which headings, sheet names and words are compared: NFKC, lower case, no blanks (rosters pad headings
/// to width: `姓　名`). Nothing else is forgiven, so a near miss is never taken.
#[must_use]
pub fn heading_key(text: &str) -> String {
    if text.chars().all(|c| is_settled(c) && !c.is_ascii_uppercase()) {
        return text.chars().filter(|c| !c.is_whitespace()).collect();
    }
    text.nfkc().flat_map(char::to_lowercase).filter(|c| !c.is_whitespace()).collect()
}

/// Whether NFKC leaves a sign as it is whatever stands beside it: ASCII and the ideographs of the first block, which make up
/// nearly all cells; a roster of 50,000 is normalised millions of times.
fn is_settled(c: char) -> bool {
    c.is_ascii() || ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

/// A heading as messages show it: on one line, without the blanks that pad Chinese to width.
#[must_use]
pub fn one_line(heading: &str) -> String {
    let between = if heading.is_ascii() { " " } else { "" };
    heading.split_whitespace().collect::<Vec<_>>().join(between)
}

/// Text as shown and compared within cells: NFKC, trimmed.
#[must_use]
pub fn clean(text: &str) -> String {
    if text.chars().all(is_settled) {
        return text.trim().to_owned();
    }
    text.nfkc().collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sheet_and_column_is_known_by_both_names() {
        assert_eq!(SHEETS.len(), 14);
        assert_eq!(SHEETS.iter().map(|sheet| sheet.columns.len()).sum::<usize>(), COLUMNS.lines().count() - 1);
        for found in SHEETS.iter() {
            assert_eq!(sheet(found.zh).map(|sheet| sheet.name), Some(found.name));
            for column in &found.columns {
                for heading in [column.name, column.zh, &column.name.to_uppercase(), &format!(" {} ", column.zh)] {
                    assert_eq!(found.column(heading).map(|known| known.name), Some(column.name), "{heading}");
                }
            }
            for required in found.required() {
                assert!(found.column(required).is_some(), "{required}");
            }
        }
        assert_eq!(sheet("staff").and_then(|staff| staff.column("姓　名")).map(|name| name.name), Some("name"));
    }
}
