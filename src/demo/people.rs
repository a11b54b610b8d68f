//! Who sits where today, and what their rows say.

use super::draw::Draw;
use super::family::Traits;
use super::posts::{Post, Unit};
use super::words::{ACCOUNTANT, Both, FAMILY, GIVEN, MAJORS, OFFICES};
use chrono::NaiveDate;
use lungang_domain::{Category, Grade, Lead, StaffingKind, add_months, months_between};

/// A person.
#[derive(Clone, Default)]
pub(super) struct Person {
    pub(super) id: String,
    pub(super) family: Both,
    pub(super) given: Vec<Both>,
    pub(super) woman: bool,
    pub(super) birth: NaiveDate,
    pub(super) party: bool,
    pub(super) education: &'static str,
    pub(super) major: Both,
    pub(super) certificates: Vec<Both>,
    pub(super) kind: Option<StaffingKind>,
    pub(super) category: Option<Category>,
    pub(super) unit: usize,
    /// Post held today.
    pub(super) post: Option<usize>,
    pub(super) post_since: Option<NaiveDate>,
    pub(super) unit_since: Option<NaiveDate>,
    pub(super) level: &'static str,
    pub(super) level_since: Option<NaiveDate>,
    pub(super) grade: &'static str,
    pub(super) grade_since: Option<NaiveDate>,
    /// Offices whose field the person knows.
    pub(super) knows: Vec<usize>,
    pub(super) law_hours: i32,
    pub(super) professional_hours: i32,
    pub(super) also: Option<usize>,
    pub(super) acting: Option<usize>,
    pub(super) reserve: Option<Reserve>,
    pub(super) retire: Option<NaiveDate>,
    pub(super) probation_until: Option<NaiveDate>,
    pub(super) service_until: Option<NaiveDate>,
    pub(super) discipline_until: Option<NaiveDate>,
    pub(super) inquiry: Option<&'static str>,
    pub(super) absence: Option<Absence>,
    pub(super) exempt: Option<(NaiveDate, Both)>,
    pub(super) must_months: Option<i32>,
    pub(super) suggested: Option<usize>,
    pub(super) ethnicity: Both,
    pub(super) native: Both,
    pub(super) home: Both,
    pub(super) section_since: Option<NaiveDate>,
    /// Results of the last three years.
    pub(super) appraisals: Vec<Both>,
    pub(super) wishes: Vec<Both>,
    /// Already part of some special situation, so that no two clash.
    pub(super) marked: bool,
}

/// What a reserve cadre's row says.
#[derive(Clone)]
pub(super) struct Reserve {
    pub(super) stage: &'static str,
    pub(super) had: Vec<Both>,
    pub(super) wanted: Vec<Both>,
    pub(super) ready: bool,
}

/// An absence in the roster.
#[derive(Clone)]
pub(super) struct Absence {
    pub(super) from: NaiveDate,
    pub(super) until: Option<NaiveDate>,
    pub(super) kind: &'static str,
    pub(super) host: Option<usize>,
}

/// Grades, low to high, with the age about which a county's staff hold them.
const GRADES: &[(&str, i32)] = &[
    ("二级科员", 22),
    ("一级科员", 26),
    ("四级主任科员", 30),
    ("三级主任科员", 35),
    ("二级主任科员", 41),
    ("一级主任科员", 48),
];
const EDUCATION: &[&str] = &["高中", "大专", "本科", "硕士", "博士"];

/// Rank of a grade; grades outside the table rank lowest.
pub(super) fn grade_rank(grade: &str) -> usize {
    GRADES.iter().position(|(name, _)| *name == grade).unwrap_or(0)
}

/// How many of the grades somebody of this age may have passed.
fn grades_by(age: i32) -> usize {
    GRADES.iter().filter(|(_, from)| *from <= age).count().max(1)
}

/// The grade that somebody of this age usually has.
pub(super) fn grade_at(age: i32) -> &'static str {
    GRADES[grades_by(age) - 1].0
}

/// Somebody of the department, not yet in a post.
pub(super) fn newcomer(draw: &mut Draw, unit: usize, start: NaiveDate, age: i32) -> Person {
    let woman = draw.percent(42);
    let given = GIVEN[usize::from(woman)];
    let months = 12 * age + draw.between(0, 11);
    let birth = draw.months_before(start, months);
    let top = grades_by(age);
    let grade = GRADES[top - 1 - usize::from(top > 1 && draw.percent(30))].0;
    Person {
        family: *draw.pick(FAMILY),
        given: (0..1 + usize::from(draw.percent(65))).map(|_| *draw.pick(given)).collect(),
        woman,
        birth,
        party: draw.percent(70),
        education: EDUCATION[match draw.below(100) {
            0..5 => 0,
            5..30 => 1,
            30..88 => 2,
            _ => 3,
        }],
        major: *draw.pick(MAJORS),
        kind: Some(StaffingKind::Administrative),
        category: Some(Category::General),
        unit,
        level: "",
        grade,
        grade_since: Some(draw.months_before(start, 6)),
        law_hours: draw.between(8, 32),
        professional_hours: draw.between(20, 64),
        ..Person::default()
    }
}

/// Fills the seats of the posts but for the vacant ones. Every third holder at high risk is overdue, so that each
/// department has its backlog whatever the seed.
pub(super) fn seat(draw: &mut Draw, posts: &[Post], start: NaiveDate, traits: &Traits) -> Vec<Person> {
    let mut people = Vec::new();
    let mut high = draw.below(3);
    for (index, post) in posts.iter().enumerate() {
        for _ in 0..post.headcount.saturating_sub(post.vacant) {
            let overdue = if post.grade_today() == Grade::High {
                high += 1;
                high.is_multiple_of(3)
            } else {
                draw.percent(10)
            };
            people.push(holder(draw, index, post, start, overdue, traits));
        }
    }
    people
}

/// A person who fits the post and holds it today.
pub(super) fn holder(
    draw: &mut Draw,
    index: usize,
    post: &Post,
    start: NaiveDate,
    overdue: bool,
    traits: &Traits,
) -> Person {
    let tenure = tenure(draw, post, overdue);
    let youngest = match post.lead {
        Lead::Principal | Lead::Vice => 40,
        Lead::Head => 33,
        Lead::Deputy => 30,
        Lead::None => 23,
    };
    let (youngest, oldest) = if post.lead == Lead::None && draw.percent(traits.old) {
        (youngest.max(traits.old_from), 58)
    } else {
        (youngest, 54)
    };
    // Nobody was in the post before the age of 21.
    let age = draw.between(youngest.max(22 + tenure / 12), oldest.max(youngest + 4)).min(58);
    let mut person = newcomer(draw, post.unit, start, age);
    let since = draw.months_before(start, tenure);
    person.post = Some(index);
    person.post_since = Some(since);
    let before = draw.between(0, 24);
    person.unit_since = Some(draw.months_before(since, before));
    person.kind = Some(post.kind);
    person.category = (post.kind == StaffingKind::Administrative).then(|| post.category.unwrap_or(Category::General));
    if post.lead == Lead::None {
        fit_grade(&mut person, post);
    } else {
        person.level = post.level;
        person.level_since = Some(since);
        person.education = EDUCATION[2 + usize::from(draw.percent(20))];
    }
    if post.kind != StaffingKind::Administrative {
        person.grade = "";
        person.grade_since = None;
    }
    person.certificates.extend(post.certificate);
    if let Some(major) = post.major {
        person.major = major;
    }
    if person.certificates.is_empty() && person.major.0 == "会计学" && draw.percent(70) {
        person.certificates.push(ACCOUNTANT);
    }
    person.knows = post.office.into_iter().chain((0..2).map(|_| draw.below(OFFICES.len()))).collect();
    person.retire = (age >= 55).then(|| retirement(&person)).filter(|day| *day > start);
    person
}

fn fit_grade(person: &mut Person, post: &Post) {
    if let Some((low, high)) = post.grade {
        into_span(person, low, high);
    }
}

/// Moves a grade into a span that a post asks for.
pub(super) fn into_span(person: &mut Person, low: &str, high: &str) {
    let rank = grade_rank(person.grade).clamp(grade_rank(low), grade_rank(high));
    person.grade = GRADES[rank].0;
}

/// Sixty years, on the last day of that month: a plain rule for generated people.
fn retirement(person: &Person) -> NaiveDate {
    let day = add_months(person.birth, 12 * 60 + 1);
    chrono::Datelike::with_day(&day, 1).and_then(|first| first.pred_opt()).unwrap_or(day)
}

/// Months in the post, beyond or within the limit of its grade.
fn tenure(draw: &mut Draw, post: &Post, overdue: bool) -> i32 {
    let (from, to) = match post.grade_today() {
        Grade::High => (61, 104),
        Grade::Medium | Grade::Unrated => (97, 126),
        Grade::Low => (121, 150),
    };
    if overdue { draw.between(from, to) } else { draw.between(3, from - 2) }
}

/// Whether the person passes what the post asks for (semantics 12); both are generated, so blanks are few.
pub(super) fn qualifies(person: &Person, post: &Post) -> bool {
    let level = if person.level.is_empty() { "无" } else { person.level };
    let grade = post.grade.is_none_or(|(low, high)| {
        person.grade.is_empty() || (grade_rank(low)..=grade_rank(high)).contains(&grade_rank(person.grade))
    });
    let certificate = post.certificate.is_none_or(|held| person.certificates.contains(&held));
    let major = post.major.is_none_or(|major| person.major == major);
    let category = match (post.category, person.category) {
        (Some(asked), Some(held)) => asked == held,
        _ => true,
    };
    holds_level(level, post) && grade && certificate && major && category && person.kind == Some(post.kind)
}

/// Whether a level is the one that the post asks for, or one of a span of two.
pub(super) fn holds_level(level: &str, post: &Post) -> bool {
    post.level.split('–').any(|rung| rung == level)
}

/// Months in the post at the start.
pub(super) fn months_in_post(person: &Person, start: NaiveDate) -> i32 {
    person.post_since.map_or(0, |since| months_between(since, start))
}

/// Numbers people and posts, department by department.
pub(super) fn number(units: &[Unit], posts: &mut [Post], people: &mut [Person]) {
    for (unit, _) in units.iter().enumerate() {
        for (count, post) in posts.iter_mut().filter(|post| post.unit == unit).enumerate() {
            post.id = format!("GEN-U{:02}-P{:02}", unit + 1, count + 1);
        }
    }
    for (count, person) in people.iter_mut().enumerate() {
        person.id = format!("GEN-{:04}", count + 1);
    }
}
