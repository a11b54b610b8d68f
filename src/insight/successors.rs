//! Who could take over an essential post, year by year, and how many posts can be covered at once (semantics 63). All of it
//! follows from the case and the layout.

use super::course::{Arrival, Courses};
pub use crate::rules::successors::MOST;
use crate::rules::{Facts, could_follow, reserve, score};
use lungang_domain::{PersonIx, PostIx, matching};

/// A wanted experience gained in a planned stay (semantics 8, 40).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gain {
    /// The experience.
    pub name: String,
    /// Layout in which it is known to be gained.
    pub year: usize,
    /// Post that gives it.
    pub post: PostIx,
}

/// What a reserve cadre gains in the plan, each experience once, in the order gained.
#[must_use]
pub fn gains(facts: &Facts, courses: &Courses, person: PersonIx) -> Vec<Gain> {
    let wanted = reserve::wanted(facts, person);
    let mut found: Vec<Gain> = Vec::new();
    let mut planned = false;
    for t in 1..=facts.years {
        let now = courses.at(person, t);
        match now.arrival {
            Arrival::Moved | Arrival::Placed(_) => planned = true,
            Arrival::Kept | Arrival::Merged(_) => {}
            _ => planned = false,
        }
        let Some(post) = now.seat().filter(|_| planned) else { continue };
        if !score::lasts(facts, person, post, now.stay, t) {
            continue;
        }
        for name in facts.case.post(post).development.iter().filter(|gives| wanted.contains(&gives.as_str())) {
            if !found.iter().any(|known| known.name == *name) {
                found.push(Gain { name: name.clone(), year: t, post });
            }
        }
    }
    found
}

/// First year on whose effective date a reserve cadre is ready: 0 today, T + 1 at the end of the plan; `None`: not by then.
/// An experience gained by layout t is had from year t + 1 on.
#[must_use]
pub fn ready_from(facts: &Facts, courses: &Courses, person: PersonIx) -> Option<usize> {
    if reserve::is_ready(facts, person, 0) {
        return Some(0);
    }
    reserve::complete(facts, person)?;
    let gains = gains(facts, courses, person);
    let had = |name: &&str| gains.iter().find(|gain| gain.name == *name).map(|gain| gain.year + 1);
    let years: Option<Vec<usize>> = reserve::wanted(facts, person).iter().map(had).collect();
    years.and_then(|years| years.into_iter().max())
}

/// The essential posts of one layout and who could take them over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Essential posts that are open, in order of id.
    pub posts: Vec<PostIx>,
    /// Who suits each and is ready, those of its own unit first, then in order of id.
    pub ready: Vec<Vec<PersonIx>>,
    /// Who is counted for each; `None`: it is short of a successor.
    pub counted: Vec<Option<PersonIx>>,
}

impl Standing {
    /// Posts that nobody is counted for.
    pub fn short(&self) -> impl Iterator<Item = PostIx> + '_ {
        self.posts.iter().zip(&self.counted).filter(|(_, who)| who.is_none()).map(|(post, _)| *post)
    }
}

/// Successors in every layout, 0 … T.
#[must_use]
pub fn standings(facts: &Facts, courses: &Courses) -> Vec<Standing> {
    let pool: Vec<(PersonIx, usize)> =
        facts.case.people_ix().filter_map(|person| Some((person, ready_from(facts, courses, person)?))).collect();
    (0..=facts.years).map(|t| standing(facts, courses, &pool, t)).collect()
}

fn standing(facts: &Facts, courses: &Courses, pool: &[(PersonIx, usize)], t: usize) -> Standing {
    let case = facts.case;
    let posts: Vec<PostIx> =
        case.posts_ix().filter(|post| case.post(*post).essential && facts.open[post.0][t]).collect();
    let ready: Vec<Vec<PersonIx>> = posts
        .iter()
        .map(|post| {
            let mut suiting: Vec<PersonIx> = pool
                .iter()
                .filter(|(person, from)| {
                    *from <= t && courses.at(*person, t).seat() != Some(*post) && could_follow(facts, *person, *post, t)
                })
                .map(|(person, _)| *person)
                .collect();
            let outside =
                |person: PersonIx| courses.at(person, t).seat().map(|seat| facts.unit(seat)) != Some(facts.unit(*post));
            suiting.sort_by_key(|person| (outside(*person), *person));
            suiting
        })
        .collect();
    let candidates: Vec<Vec<usize>> =
        ready.iter().map(|people| people.iter().map(|person| person.0).collect()).collect();
    let counted = matching::cover(&candidates, MOST).into_iter().map(|who| who.map(PersonIx)).collect();
    Standing { posts, ready, counted }
}
