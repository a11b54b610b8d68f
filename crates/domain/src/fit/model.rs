//! The model: what is known of everybody and of every post, and the score of a pair.

use super::features::{Asked, Held, Rank};
use super::{Part, Parts};
use crate::case::Case;
use crate::ids::{PersonIx, PostIx};
use crate::policy::Policy;

/// Points lost for each rung of the level ladder between the person's level and the nearest that the post asks for.
const PER_LEVEL: u16 = 50;
/// The same for each rung of the grade ladder.
const PER_GRADE: u16 = 25;

/// Of how many people and posts a part knows what it looks at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// People.
    pub people: usize,
    /// Posts; 0 for parts that look at the person alone.
    pub posts: usize,
}

/// What computes scores.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// Weights, in the order of [`Part::ALL`].
    weights: [u32; 8],
    people: Vec<Held>,
    posts: Vec<Asked>,
    unread_wishes: usize,
}

impl Model {
    /// Takes from a case what the model looks at.
    pub(super) fn new(case: &Case, policy: &Policy) -> Self {
        let (people, posts, unread_wishes) = super::features::of(case, policy);
        Self { weights: policy.fit.weights.all(), people, posts, unread_wishes }
    }

    /// Whether some part with a weight is known of anybody, of those that set person against post.
    pub(super) fn says_anything(&self) -> bool {
        Part::ALL.iter().zip(self.weights).any(|(part, weight)| {
            let known = self.counts(*part);
            weight > 0 && part.compares() && known.people > 0 && known.posts > 0
        })
    }

    /// Wishes that name nothing known, or may say the opposite.
    #[must_use]
    pub fn unread_wishes(&self) -> usize {
        self.unread_wishes
    }

    /// Weight of a part.
    #[must_use]
    pub fn weight(&self, part: Part) -> u32 {
        self.weights[part as usize]
    }

    /// Of how many people and posts a part knows what it looks at.
    #[must_use]
    pub fn counts(&self, part: Part) -> Counts {
        let people = |known: fn(&Held) -> bool| self.people.iter().filter(|one| known(one)).count();
        let posts = |known: fn(&Asked) -> bool| self.posts.iter().filter(|one| known(one)).count();
        let ranked = |one: &Asked| one.rank != Rank::Unknown;
        match part {
            Part::Major => {
                Counts { people: people(|one| !one.majors.is_empty()), posts: posts(|one| !one.majors.is_empty()) }
            }
            Part::Certificates => Counts {
                people: people(|one| !one.certificates.is_empty()),
                posts: posts(|one| !one.certificates.is_empty()),
            },
            Part::Domain => {
                Counts { people: people(|one| one.fields.is_some()), posts: posts(|one| one.field.is_some()) }
            }
            Part::Level => {
                Counts { people: people(|one| one.level.is_some() || !one.grades.is_empty()), posts: posts(ranked) }
            }
            Part::Seniority => {
                Counts { people: people(|one| one.at_level.is_some() || one.at_grade.is_some()), posts: posts(ranked) }
            }
            Part::Training => Counts { people: people(|one| one.training.is_some()), posts: 0 },
            Part::Wishes => Counts { people: people(|one| !one.wishes.is_empty()), posts: self.posts.len() },
            Part::Suggested => Counts { people: people(|one| !one.suggested.is_empty()), posts: self.posts.len() },
        }
    }

    /// Points of each part for a pair.
    #[must_use]
    pub fn parts(&self, person: PersonIx, post: PostIx) -> Parts {
        let (Some(held), Some(asked)) = (self.people.get(person.0), self.posts.get(post.0)) else {
            return [None; 8];
        };
        [
            major(held, asked),
            certificates(held, asked),
            domain(held, asked),
            level(held, asked),
            match asked.rank {
                Rank::Level(..) => held.at_level,
                Rank::Grade(..) => held.at_grade,
                Rank::Unknown => None,
            },
            held.training,
            (!held.wishes.is_empty()).then(|| full(held.wishes.iter().any(|wish| wish.names(post, asked)))),
            (!held.suggested.is_empty()).then(|| full(held.suggested.contains(&post))),
        ]
    }

    /// The score of a pair, 0 to 100: the mean of the known parts by their weights, rounded half up. `None` where no part
    /// is known that sets the person against the post.
    #[must_use]
    pub fn score(&self, person: PersonIx, post: PostIx) -> Option<u8> {
        let parts = self.parts(person, post);
        let (mut sum, mut whole, mut compared) = (0_u64, 0_u64, false);
        for ((part, weight), points) in Part::ALL.iter().zip(self.weights).zip(parts) {
            let Some(points) = points.filter(|_| weight > 0) else { continue };
            sum += u64::from(weight) * u64::from(points);
            whole += u64::from(weight);
            compared |= part.compares();
        }
        compared.then(|| half_up(sum, whole))
    }
}

/// A quotient rounded half up, at most 100.
pub(super) fn half_up(sum: u64, whole: u64) -> u8 {
    u8::try_from((2 * sum + whole) / (2 * whole).max(1)).unwrap_or(100).min(100)
}

fn full(yes: bool) -> u8 {
    if yes { 100 } else { 0 }
}

fn major(held: &Held, asked: &Asked) -> Option<u8> {
    let both = !held.majors.is_empty() && !asked.majors.is_empty();
    both.then(|| full(asked.majors.iter().any(|word| held.majors.contains(word))))
}

fn certificates(held: &Held, asked: &Asked) -> Option<u8> {
    let both = !held.certificates.is_empty() && !asked.certificates.is_empty();
    both.then(|| {
        let had = asked.certificates.iter().filter(|word| held.certificates.contains(word)).count();
        half_up(100 * had as u64, asked.certificates.len() as u64)
    })
}

fn domain(held: &Held, asked: &Asked) -> Option<u8> {
    let (field, known) = (asked.field?, held.fields.as_deref()?);
    match known.iter().find(|(of, _)| *of == field) {
        Some((_, points)) => *points,
        None => Some(0),
    }
}

fn level(held: &Held, asked: &Asked) -> Option<u8> {
    let away = |rank: u16, low: u16, high: u16| low.saturating_sub(rank).max(rank.saturating_sub(high));
    let left = |away: u16, per_rung: u16| u8::try_from(100_u16.saturating_sub(away.saturating_mul(per_rung))).ok();
    match asked.rank {
        Rank::Level(low, high) => left(away(held.level?, low, high), PER_LEVEL),
        Rank::Grade(low, high) => {
            // Grades that count as equal are as good.
            let nearest = held.grades.iter().map(|grade| away(*grade, low, high)).min()?;
            left(nearest, PER_GRADE)
        }
        Rank::Unknown => None,
    }
}
