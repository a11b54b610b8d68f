//! G2, successors (semantics 63): who suits which essential post, and how many of these posts a layout covers.

use super::{Facts, could_follow};
use lungang_domain::{Layout, PersonIx, PostIx, matching};

/// Nobody counts for more posts than this.
pub const MOST: usize = 2;

/// The essential posts, and who suits each; empty where the policy does not ask for the tier.
#[derive(Clone, Debug, Default)]
pub struct Succession {
    /// Essential posts, in order of id.
    pub posts: Vec<PostIx>,
    /// By layout, then position in `posts`: who suits it, ready or not, in order of id; nobody while it is not open.
    pub suits: Vec<Vec<Vec<PersonIx>>>,
}

impl Succession {
    /// Works it out.
    #[must_use]
    pub fn of(facts: &Facts<'_>) -> Self {
        if !facts.policy.reserve.successors {
            return Self::default();
        }
        let posts: Vec<PostIx> = facts.case.posts_ix().filter(|post| facts.case.post(*post).essential).collect();
        let pool: Vec<PersonIx> = facts.case.people_ix().filter(|ix| facts.case.person(*ix).reserve).collect();
        let suits = |post: &PostIx, t: usize| -> Vec<PersonIx> {
            if !facts.open[post.0][t] {
                return Vec::new();
            }
            pool.iter().copied().filter(|person| could_follow(facts, *person, *post, t)).collect()
        };
        let suits = (0..=facts.years).map(|t| posts.iter().map(|post| suits(post, t)).collect()).collect();
        Self { posts, suits }
    }

    /// T4s of a layout: over the years 1 … T, the most essential posts that can each have a successor. `ready`: the first year
    /// in which somebody is ready.
    #[must_use]
    pub fn covered(&self, layout: &Layout, ready: impl Fn(PersonIx) -> Option<usize>) -> usize {
        (1..self.suits.len())
            .map(|t| self.covered_in(layout, t, |person| ready(person).is_some_and(|from| from <= t)))
            .sum()
    }

    /// The same of one year.
    #[must_use]
    pub fn covered_in(&self, layout: &Layout, t: usize, is_ready: impl Fn(PersonIx) -> bool) -> usize {
        let Some(suits) = self.suits.get(t) else { return 0 };
        let candidates = |(post, suits): (&PostIx, &Vec<PersonIx>)| -> Vec<usize> {
            let would_do = |person: &&PersonIx| is_ready(**person) && layout.at(**person, t).seat() != Some(*post);
            suits.iter().filter(would_do).map(|person| person.0).collect()
        };
        let candidates: Vec<Vec<usize>> = self.posts.iter().zip(suits).map(candidates).collect();
        matching::cover(&candidates, MOST).into_iter().flatten().count()
    }
}
