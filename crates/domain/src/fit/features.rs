//! What the model looks at, taken from a case once: words as numbers, months as points.

use super::model::half_up;
use super::stays;
use super::wishes::{Names, Wish};
use crate::case::{Case, Person, Post, RankSpan};
use crate::ids::{PostIx, UnitIx};
use crate::policy::Policy;
use crate::time::months_between;
use chrono::NaiveDate;
use std::collections::HashMap;

/// Class-hours of law wanted a year (the district plan, (四)3).
const LAW_HOURS: f64 = 20.0;
/// Professional class-hours wanted a year.
const PROFESSIONAL_HOURS: f64 = 40.0;
/// The rung of who has no leading level.
const NO_LEVEL: &str = "无";

/// What a post asks of rank: a level, or where it has none a grade, as in R04; lowest and highest rung.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rank {
    /// Rungs of the level ladder.
    Level(u16, u16),
    /// Rungs of the grade ladder.
    Grade(u16, u16),
    /// Nothing, or nothing that stands on a ladder.
    Unknown,
}

/// Fields with the points of the months there, `None` where the months are unknown; in any other field 0.
pub type Fields = Box<[(u32, Option<u8>)]>;

/// What is known of a person; points are 0 to 100.
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    /// Majors.
    pub majors: Box<[u32]>,
    /// Certificates.
    pub certificates: Box<[u32]>,
    /// Fields of business served in; `None`: no stay is known.
    pub fields: Option<Fields>,
    /// Rung of the level.
    pub level: Option<u16>,
    /// Rung of the grade, and of those that count as equal.
    pub grades: Box<[u16]>,
    /// Points of the months at the level.
    pub at_level: Option<u8>,
    /// Points of the months at the grade.
    pub at_grade: Option<u8>,
    /// Points of the class-hours.
    pub training: Option<u8>,
    /// What wishes name.
    pub wishes: Box<[Wish]>,
    /// Suggested posts.
    pub suggested: Box<[PostIx]>,
}

/// What a post asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// Majors.
    pub majors: Box<[u32]>,
    /// Certificates.
    pub certificates: Box<[u32]>,
    /// Field of business.
    pub field: Option<u32>,
    /// Rank.
    pub rank: Rank,
    /// Unit.
    pub unit: UnitIx,
    /// Name of the section.
    pub section: Option<u32>,
    /// Title.
    pub title: u32,
}

/// Words as numbers, in order of appearance.
#[derive(Debug, Default)]
pub struct Words(HashMap<String, u32>);

impl Words {
    /// The number of a word.
    pub fn number(&mut self, word: &str) -> u32 {
        let next = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        *self.0.entry(word.to_owned()).or_insert(next)
    }

    fn numbers(&mut self, words: &[String]) -> Box<[u32]> {
        words.iter().map(|word| self.number(word)).collect()
    }
}

/// The field that a domain lies in: what stands before the first `·`, so that desks of one office share their office's.
pub fn field(domain: &str) -> &str {
    domain.split(['·', '・', '•']).next().unwrap_or(domain).trim()
}

/// Of everybody, of every post, and how many wishes were not read.
pub fn of(case: &Case, policy: &Policy) -> (Vec<Held>, Vec<Asked>, usize) {
    let mut words = Words::default();
    let posts: Vec<Asked> = case.posts.iter().map(|post| asked(post, case, policy, &mut words)).collect();
    let stays = stays::of(case, policy.as_of);
    let names = Names::of(case, &mut words);
    let mut unread = 0;
    let mut people = Vec::with_capacity(case.people.len());
    for (person, stays) in case.people.iter().zip(stays) {
        let mut wishes = Vec::new();
        for text in &person.wishes {
            match names.read(text, person.post.map(|post| case.post(post).unit).or(person.unit)) {
                found if found.is_empty() => unread += 1,
                found => wishes.extend(found),
            }
        }
        let fields = stays.map(|fields| {
            let months = policy.fit.domain_months;
            let points = |served: Option<i32>| served.map(|served| saturating(served, months));
            fields.iter().map(|(field, served)| (words.number(field), points(*served))).collect()
        });
        people.push(held(person, case, policy, &mut words, fields, wishes));
    }
    (people, posts, unread)
}

/// 100 points from so many months on, fewer in proportion.
fn saturating(months: i32, most: u32) -> u8 {
    let most = u64::from(most.max(1));
    half_up(100 * u64::try_from(months).unwrap_or(0).min(most), most)
}

fn rung(ladder: &[String], word: Option<&str>) -> Option<u16> {
    let at = ladder.iter().position(|rung| Some(rung.as_str()) == word)?;
    u16::try_from(at).ok()
}

fn rungs(ladder: &[String], span: &RankSpan) -> Option<(u16, u16)> {
    Some((rung(ladder, Some(&span.low))?, rung(ladder, Some(&span.high))?))
}

fn asks_no_level(post: &Post) -> bool {
    post.level.as_ref().is_none_or(|span| span.low == NO_LEVEL && span.high == NO_LEVEL)
}

/// 无 asks for people without a level, and then for the grade where that is filled (semantics 30).
fn rank(post: &Post, policy: &Policy) -> Rank {
    let ladder = &policy.ladder;
    let grade = post.grade.as_ref().filter(|_| asks_no_level(post));
    if let Some((low, high)) = grade.and_then(|span| rungs(&ladder.grade, span)) {
        return Rank::Grade(low, high);
    }
    let level = post.level.as_ref().and_then(|span| rungs(&ladder.level, span));
    level.map_or(Rank::Unknown, |(low, high)| Rank::Level(low, high))
}

fn asked(post: &Post, case: &Case, policy: &Policy, words: &mut Words) -> Asked {
    Asked {
        majors: words.numbers(&post.required_majors),
        certificates: words.numbers(&post.required_certificates),
        field: post.domain.as_deref().map(field).filter(|field| !field.is_empty()).map(|field| words.number(field)),
        rank: rank(post, policy),
        unit: post.unit,
        section: post.section.map(|section| words.number(&case.section(section).name)),
        title: words.number(&post.title),
    }
}

fn held(
    person: &Person,
    case: &Case,
    policy: &Policy,
    words: &mut Words,
    fields: Option<Fields>,
    wishes: Vec<Wish>,
) -> Held {
    let ladder = &policy.ladder;
    // Who sits in a post without a level counts as 无 (semantics 12).
    let none = || person.post.filter(|post| asks_no_level(case.post(*post))).map(|_| NO_LEVEL);
    let level = rung(&ladder.level, person.level.as_deref().or_else(none));
    let since = |date: Option<NaiveDate>| {
        date.map(|date| saturating(months_between(date, policy.as_of).max(0), policy.fit.seniority_months))
    };
    Held {
        majors: words.numbers(&person.majors),
        certificates: words.numbers(&person.certificates),
        fields,
        level,
        grades: grades(person.grade.as_deref(), policy),
        at_level: since(person.level_since),
        at_grade: since(person.grade_since),
        training: training(person),
        wishes: wishes.into_boxed_slice(),
        suggested: person.suggested_posts.clone().into_boxed_slice(),
    }
}

fn grades(own: Option<&str>, policy: &Policy) -> Box<[u16]> {
    let Some(own) = own else { return Box::default() };
    let ladder = &policy.ladder;
    let equal = ladder.equivalent.iter().filter_map(|(a, b)| match own {
        own if a == own => Some(b),
        own if b == own => Some(a),
        _ => None,
    });
    let all = std::iter::once(own).chain(equal.map(String::as_str));
    all.filter_map(|grade| rung(&ladder.grade, Some(grade))).collect()
}

/// Mean of what the class-hours of each kind are of those wanted, as far as they are filled.
fn training(person: &Person) -> Option<u8> {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // Between 0 and 100.
    let share = |hours: f64, wanted: f64| (hours.clamp(0.0, wanted) * 100.0 / wanted).floor() as u64;
    let known: Vec<u64> = [(person.law_hours, LAW_HOURS), (person.professional_hours, PROFESSIONAL_HOURS)]
        .into_iter()
        .filter_map(|(hours, wanted)| Some(share(hours.filter(|hours| hours.is_finite())?, wanted)))
        .collect();
    (!known.is_empty()).then(|| half_up(known.iter().sum(), known.len() as u64))
}
