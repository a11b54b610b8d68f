//! Rosters and risk lists of a few departments as offices keep them, with everything that makes them hard to read: the
//! folder `data/messy`. What is in them comes from the generated district; the same program gives the same bytes.

mod books;
mod lists;

use super::family::Family;
use super::sheets::Writer;
use super::{District, departments, draw::Draw, fit};
use crate::text::Lang;
use chrono::{Datelike, NaiveDate};
use lungang_domain::{Grade, StaffingKind, add_months};
use std::collections::BTreeMap;

/// Whose papers lie in the folder.
const UNITS: [&str; 4] = ["财政局", "审计局", "统计局", "林业局"];

/// Somebody in a post, as a roster knows them.
struct Entry {
    /// Number within the county.
    number: u32,
    name: String,
    woman: bool,
    birth: NaiveDate,
    ethnicity: &'static str,
    native: &'static str,
    education: &'static str,
    major: &'static str,
    kind: &'static str,
    party: bool,
    section: String,
    title: String,
    post_since: NaiveDate,
    unit_since: NaiveDate,
    grade: &'static str,
    grade_since: Option<NaiveDate>,
    fit: Option<i32>,
}

impl Entry {
    /// Began to work at 22.
    fn began(&self) -> NaiveDate {
        add_months(self.birth, 12 * 22 + 5)
    }

    /// Joined the party at 24, where they did.
    fn joined(&self) -> Option<NaiveDate> {
        self.party.then(|| add_months(self.birth, 12 * 24 + 9))
    }

    /// The office as rosters write it: section and desk in one.
    fn office(&self) -> String {
        if self.section.is_empty() || self.title.starts_with(&self.section) {
            self.title.clone()
        } else {
            format!("{}{}", self.section, self.title)
        }
    }
}

/// A risk point of a post.
struct Point {
    section: String,
    title: String,
    holder: String,
    leader: String,
    what: &'static str,
    form: &'static str,
    control: &'static str,
    likelihood: i32,
    severity: i32,
    grade: Grade,
}

/// One department's papers.
struct Papers {
    unit: String,
    people: Vec<Entry>,
    points: Vec<Point>,
}

/// Why the papers could not be made.
#[derive(Debug, thiserror::Error)]
pub enum MessyError {
    /// The workbook writer's word.
    #[error(transparent)]
    Book(#[from] rust_xlsxwriter::XlsxError),
    /// A department is missing from the district.
    #[error("{0}")]
    Unit(&'static str),
}

/// The files of the folder: names and bytes.
///
/// # Errors
/// Only if a workbook can't be built in memory.
pub fn files() -> Result<Vec<(String, Vec<u8>)>, MessyError> {
    let mut draw = Draw::new(2);
    let district = super::district(&mut draw, Family::District.usual_size(), Family::District.traits());
    let mut scores = BTreeMap::new();
    for (person, post, score) in fit::scores(&mut draw, &district) {
        scores.insert((person, post), score);
    }
    let writer = Writer { district: &district, lang: Lang::Zh };
    let mut all = Vec::new();
    for name in UNITS {
        let unit = district.units.iter().position(|unit| unit.name.0 == name).ok_or(MessyError::Unit(name))?;
        all.push(papers(&district, &writer, &scores, unit));
    }
    // Two people of one name, told apart by their birth.
    if let Some(first) = all.first_mut().and_then(|papers| papers.people.get_mut(4..)) {
        let same = first.iter().skip(6).position(|other| first.first().is_some_and(|entry| entry.woman == other.woman));
        let name = first.first().map(|entry| entry.name.clone()).unwrap_or_default();
        if let Some(other) = same.and_then(|at| first.get_mut(at + 6)) {
            other.name = name;
        }
    }
    let [finance, audit, statistics, forestry] = &all[..] else { return Err(MessyError::Unit("")) };
    Ok(vec![
        ("干部花名册（2025）.xlsx".to_owned(), books::rosters(finance, audit)?),
        ("统计局花名册.csv".to_owned(), lists::statistics(statistics)),
        ("林业局人员名单.csv".to_owned(), lists::forestry(forestry)),
        ("岗位廉政风险表（财政局）.xlsx".to_owned(), books::measured_risks(finance)?),
        ("廉政风险点排查防控表（审计局）.xlsx".to_owned(), books::listed_risks(audit)?),
        ("统计局廉政风险清单.csv".to_owned(), lists::roman_risks(statistics)),
        ("林业局廉政风险点.csv".to_owned(), lists::numbered_risks(forestry)),
    ])
}

fn papers(district: &District, writer: &Writer, scores: &BTreeMap<(usize, usize), i32>, unit: usize) -> Papers {
    let mut people: Vec<Entry> = Vec::new();
    for (index, person) in district.people.iter().enumerate() {
        let (Some(held), Some(since)) = (person.post, person.post_since) else { continue };
        let post = &district.posts[held];
        if post.unit != unit {
            continue;
        }
        let number = 9_000_000 + 1_000 * u32::try_from(unit + 1).unwrap_or(0);
        people.push(Entry {
            number: number + u32::try_from(people.len() + 1).unwrap_or(0),
            name: writer.name(person),
            woman: person.woman,
            birth: person.birth,
            ethnicity: person.ethnicity.0,
            native: person.native.0,
            education: person.education,
            major: person.major.0,
            kind: staffing(person.kind),
            party: person.party,
            section: writer.section(post),
            title: writer.title(post),
            post_since: since,
            unit_since: person.unit_since.unwrap_or(since),
            grade: person.grade,
            grade_since: person.grade_since,
            fit: scores.get(&(index, held)).copied(),
        });
    }
    Papers { unit: writer.unit_name(unit), points: points(district, writer, unit), people }
}

fn points(district: &District, writer: &Writer, unit: usize) -> Vec<Point> {
    let mut points = Vec::new();
    for (index, post) in district.posts.iter().enumerate() {
        if post.unit != unit || post.later || post.risk == Grade::Unrated || post.office.is_none() {
            continue;
        }
        let kind = post.desk.map_or_else(|| post.office.map_or("lead", departments::hazard_of), |desk| desk.hazard);
        let leader = post.reports_to.map_or_else(String::new, |above| writer.holders(above));
        let all: Vec<_> = departments::hazards(kind).collect();
        let count = if post.risk == Grade::High { all.len() } else { 1 };
        for (turn, hazard) in all.into_iter().cycle().skip(index % 2).take(count).enumerate() {
            let grade = if turn == 0 { post.risk } else { Grade::Low };
            let (likelihood, severity) = super::papers::measures(grade, index + turn);
            points.push(Point {
                section: writer.section(post),
                title: writer.title(post),
                holder: writer.holders(index),
                leader: leader.clone(),
                what: hazard.point.0,
                form: hazard.form.0,
                control: hazard.control.0,
                likelihood,
                severity,
                grade,
            });
        }
    }
    points
}

fn staffing(kind: Option<StaffingKind>) -> &'static str {
    match kind {
        Some(StaffingKind::Administrative) => "行政编制",
        Some(StaffingKind::Quasi) => "参公",
        Some(StaffingKind::Public) => "事业编制",
        Some(StaffingKind::Worker) => "工勤",
        _ => "编外",
    }
}

fn sex(entry: &Entry) -> &'static str {
    if entry.woman { "女" } else { "男" }
}

/// A name of two characters, set apart to the width of three.
fn padded(name: &str) -> String {
    let mut letters = name.chars();
    match (letters.next(), letters.next(), letters.next()) {
        (Some(first), Some(second), None) => format!("{first}\u{3000}{second}"),
        _ => name.to_owned(),
    }
}

/// `1985.03`
fn dotted(day: NaiveDate) -> String {
    day.format("%Y.%m").to_string()
}

/// `198503`
fn compact(day: NaiveDate) -> String {
    day.format("%Y%m").to_string()
}

/// `1985年3月`
fn worded(day: NaiveDate) -> String {
    format!("{}年{}月", day.year(), day.month())
}

/// `1985/3/1`
fn slashed(day: NaiveDate) -> String {
    format!("{}/{}/{}", day.year(), day.month(), day.day())
}

/// `１９８５年３月`
fn wide(text: &str) -> String {
    text.chars()
        .map(|letter| match letter.to_digit(10) {
            Some(digit) => char::from_u32(0xFF10 + digit).unwrap_or(letter),
            None => letter,
        })
        .collect()
}

/// Days since the end of 1899, as worksheets count them.
fn serial(day: NaiveDate) -> i64 {
    NaiveDate::from_ymd_opt(1899, 12, 30).map_or(0, |first| (day - first).num_days())
}

/// 高, 中, 低 or other signs for the three grades.
fn sign(grade: Grade, signs: [&'static str; 3]) -> &'static str {
    match grade {
        Grade::High => signs[0],
        Grade::Medium | Grade::Unrated => signs[1],
        Grade::Low => signs[2],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_offices_do() {
        let day = NaiveDate::from_ymd_opt(1985, 3, 1).expect("a day");
        assert_eq!(
            [dotted(day), compact(day), worded(day), slashed(day)],
            ["1985.03", "198503", "1985年3月", "1985/3/1"]
        );
        assert_eq!(wide("1985年3月"), "１９８５年３月");
        assert_eq!(serial(day), 31_107);
        assert_eq!(padded("张三"), "张　三");
        assert_eq!(padded("欧阳三"), "欧阳三");
    }
}
