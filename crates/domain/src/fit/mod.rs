//! How well people suit posts: scores that were given, and scores that the documented model computes (semantics 60,
//! `docs/input.md`, "The fit model").
//!
//! Computed scores are never laid out pair by pair: a city's people and posts make billions of pairs. The model keeps what
//! it looks at by person and by post, and a pair is worked out when it is asked for.

mod features;
mod model;
mod stays;
mod wishes;

pub use model::{Counts, Model};

use crate::case::Case;
use crate::ids::{PersonIx, PostIx};
use crate::policy::Policy;
use std::sync::Arc;

/// What the model looks at, each worth 0 to 100 points, or unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Any of the majors that the post asks for.
    Major,
    /// Certificates that the post asks for.
    Certificates,
    /// Months of experience in the post's field of business.
    Domain,
    /// Distance from the level, or grade, that the post asks for.
    Level,
    /// Months at the own level, or grade.
    Seniority,
    /// Class-hours of training.
    Training,
    /// Whether a wish names the post.
    Wishes,
    /// Whether the person was suggested for the post.
    Suggested,
}

impl Part {
    /// All parts, in the order in which they are shown.
    pub const ALL: [Self; 8] = [
        Self::Major,
        Self::Certificates,
        Self::Domain,
        Self::Level,
        Self::Seniority,
        Self::Training,
        Self::Wishes,
        Self::Suggested,
    ];

    /// Key: its weight is `fit.weights.<key>`, its name `fit-part-<key>`.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Major => "major",
            Self::Certificates => "certificates",
            Self::Domain => "domain",
            Self::Level => "level",
            Self::Seniority => "seniority",
            Self::Training => "training",
            Self::Wishes => "wishes",
            Self::Suggested => "suggested",
        }
    }

    /// Whether the part sets the person against the post; the others speak of the person alone, and alone are no fit.
    #[must_use]
    pub fn compares(self) -> bool {
        !matches!(self, Self::Seniority | Self::Training)
    }
}

/// Points of each part, 0 to 100, in the order of [`Part::ALL`]; `None`: blank on either side.
pub type Parts = [Option<u8>; 8];

/// Where a score comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// From the input.
    Given,
    /// From the model.
    Computed,
}

/// Fit scores 0–100, whole. A pair without a score is *missing*, never 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fit {
    /// Whether a fit sheet was given, or scores in the roster.
    pub given: bool,
    /// By person: the posts that have a given score, in order, with it.
    scores: Vec<Vec<(PostIx, u8)>>,
    /// What computes the scores that were not given; `None`: they are missing.
    model: Option<Arc<Model>>,
}

impl Fit {
    /// An empty table for this many people.
    #[must_use]
    pub fn empty(given: bool, people: usize) -> Self {
        Self { given, scores: vec![Vec::new(); people], model: None }
    }

    /// Enters a given score, 0 to 100.
    pub fn set(&mut self, person: PersonIx, post: PostIx, score: u8) {
        let Some(row) = self.scores.get_mut(person.0) else { return };
        match row.binary_search_by_key(&post, |(known, _)| *known) {
            Ok(at) => row[at].1 = score,
            Err(at) => row.insert(at, (post, score)),
        }
    }

    /// The score, or `None` where it is missing.
    #[must_use]
    pub fn get(&self, person: PersonIx, post: PostIx) -> Option<i64> {
        self.given_score(person, post).or_else(|| self.model.as_ref()?.score(person, post)).map(i64::from)
    }

    /// Where the score of a pair comes from; `None` where it is missing.
    #[must_use]
    pub fn source(&self, person: PersonIx, post: PostIx) -> Option<Source> {
        if self.given_score(person, post).is_some() {
            return Some(Source::Given);
        }
        self.model.as_ref()?.score(person, post).map(|_| Source::Computed)
    }

    /// The model, where scores that were not given are computed.
    #[must_use]
    pub fn model(&self) -> Option<&Model> {
        self.model.as_deref()
    }

    fn given_score(&self, person: PersonIx, post: PostIx) -> Option<u8> {
        let row = self.scores.get(person.0)?;
        let at = row.binary_search_by_key(&post, |(known, _)| *known).ok()?;
        row.get(at).map(|(_, score)| *score)
    }
}

impl Case {
    /// Has the scores that were not given computed, as far as `fit.compute` asks for it and the data allow; no score
    /// stays computed otherwise. Everything else of the case has to stand by then.
    pub fn compute_fit(&mut self, policy: &Policy) {
        self.fit.model = None;
        if policy.fit.computes(self.fit.given) {
            self.fit.model = Some(Model::new(self, policy)).filter(Model::says_anything).map(Arc::new);
        }
    }
}

#[cfg(test)]
mod tests;
