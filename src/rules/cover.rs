//! R03: who gives presence where (semantics 8, 41).

use super::Facts;
use lungang_domain::{PersonIx, PostIx};

/// Posts at which a person gives presence in year `t`, given the seat held and whether it is still today's stay.
/// Posts that host them count in [`guests`] and are left out here, so that each person counts once a post.
#[must_use]
pub fn presence(facts: &Facts<'_>, person: PersonIx, seat: PostIx, todays_stay: bool, t: usize) -> Vec<PostIx> {
    let own = facts.of(person);
    if !own.present[t] {
        return Vec::new();
    }
    // Whoever leaves service in the year of a merger counts where the others have passed.
    let mut posts = vec![facts.heir(seat, t)];
    if todays_stay {
        posts.extend(facts.concurrent(person, t));
    }
    posts.sort_unstable();
    posts.dedup();
    posts.retain(|post| facts.open[post.0][t] && !own.hosts[t].contains(post));
    posts
}

/// People whom a post hosts long enough in year `t`; no plan changes that.
#[must_use]
pub fn guests(facts: &Facts<'_>, post: PostIx, t: usize) -> usize {
    facts.people.iter().filter(|person| person.hosts[t].contains(&post)).count()
}
