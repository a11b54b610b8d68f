//! Fit in words: a score that was computed never stands without saying so.

use crate::text::{Lang, say};
use lungang_domain::fit::Source;
use lungang_domain::{Case, PersonIx, PostIx};

/// A missing score.
const MISSING: &str = "—";

fn number(case: &Case, person: PersonIx, post: PostIx) -> String {
    case.fit.get(person, post).map_or_else(|| MISSING.to_owned(), |fit| fit.to_string())
}

/// A score, marked where it was computed.
#[must_use]
pub fn score(lang: Lang, case: &Case, person: PersonIx, post: PostIx) -> String {
    let number = number(case, person, post);
    match case.fit.source(person, post) {
        Some(Source::Computed) => say(lang, "fit-computed", &[("fit", &number)]),
        Some(Source::Given) | None => number,
    }
}

/// The score in the post left and that in the post entered, marked once where neither was given, else each.
#[must_use]
pub fn change(lang: Lang, case: &Case, person: PersonIx, from: PostIx, to: PostIx) -> String {
    let of = |post: PostIx| case.fit.source(person, post);
    let arrow = |before: &str, after: &str| format!("{before}→{after}");
    match (of(from), of(to)) {
        (Some(Source::Computed), Some(Source::Computed)) => {
            let both = arrow(&number(case, person, from), &number(case, person, to));
            say(lang, "fit-computed", &[("fit", &both)])
        }
        _ => arrow(&score(lang, case, person, from), &score(lang, case, person, to)),
    }
}

/// Whether both scores, as far as there are two, were computed.
#[must_use]
pub fn all_computed(case: &Case, person: PersonIx, posts: &[PostIx]) -> bool {
    posts.iter().all(|post| case.fit.source(person, *post) == Some(Source::Computed))
}
