//! Prices for T0, T1 and T4s by counting, year by year: seats that are too few for the people who could sit in them, and people
//! too few for the posts that need somebody present.
//!
//! In a year, whoever has no seat costs one, and so does each person missing at a post. Leaving all years but that one
//! aside, the least of either is what a largest matching of people and seats leaves over, and by König's theorem a least
//! cover proves it: seats in the cover of the first matching get a price of one, posts outside the cover of the second one
//! the worth of one for presence. D at these prices is no worse than both counts together, since everybody's best line is
//! worth no more than their best year by year; and as D is worked out like any other bound, nothing here need be trusted.

use super::field::{Field, Person, Plain};
use crate::engine::ground::Spot;
use crate::engine::pricing::{ONE, Prices};
use crate::engine::rows::{TIERS, position};
use crate::rules::successors::MOST;
use lungang_domain::PostIx;
use lungang_domain::policy::Tier;
use std::collections::{HashMap, VecDeque};

/// Prices for the step of a tier; `None` for tiers that are no count of people and posts.
pub fn prices(field: &Field<'_>, tier: Tier) -> Option<Prices> {
    let facts = field.ground.facts;
    let rows = field.ground.rows;
    if !matches!(tier, Tier::Essential | Tier::Cover | Tier::Successors) {
        return None;
    }
    let mut prices = Prices { rows: vec![0; rows.rows.len()], weights: [0; TIERS] };
    prices.weights[position(field.ground.tiers, tier)] = ONE;
    if tier == Tier::Successors {
        succession(field, &mut prices);
        return Some(prices);
    }
    for t in 1..=facts.years {
        let mut seated = Matching::new(facts.case.posts.len());
        let mut present = Matching::new(facts.case.posts.len());
        for post in facts.case.posts_ix() {
            let limit = |row: Option<u32>| row.map_or(0, |row| rows.rows[row as usize].limit);
            let seats = rows.entry(post, t).or(rows.seats(post, t));
            seated.room[post.0] = limit(seats);
            let needed = if tier == Tier::Essential { rows.essential(post, t) } else { rows.cover(post, t) };
            present.room[post.0] = -limit(needed);
        }
        for person in &field.people {
            let reached = reached(field, person, t);
            present.people.push(reached.iter().filter(|(_, present)| *present).map(|(post, _)| *post).collect());
            seated.people.push(reached.into_iter().map(|(post, _)| post).collect());
        }
        if tier == Tier::Cover {
            let scarce = seated.cover();
            for post in facts.case.posts_ix().filter(|post| scarce[post.0]) {
                rows.seats(post, t).into_iter().for_each(|row| prices.rows[row as usize] = ONE);
            }
        }
        let plenty = present.cover();
        for post in facts.case.posts_ix().filter(|post| !plenty[post.0]) {
            let needed = if tier == Tier::Essential { rows.essential(post, t) } else { rows.cover(post, t) };
            needed.into_iter().for_each(|row| prices.rows[row as usize] = ONE);
        }
    }
    Some(prices)
}

/// Most of the essential posts can have a successor as far as those who suit them go, were all of them ready: persons in the
/// cover get the price of one for each post they count for, posts that they do not cover the price of one.
fn succession(field: &Field<'_>, prices: &mut Prices) {
    for posts in field.ground.rows.claims.years() {
        let matching = Matching {
            people: posts.iter().map(|claims| claims.iter().map(|claim| claim.person.0 as u32).collect()).collect(),
            room: vec![MOST as i64; field.people.len()],
        };
        let cover = matching.cover();
        for claim in posts.iter().flatten() {
            let row = if cover[claim.person.0] { claim.ready } else { claim.once };
            prices.rows[row as usize] = ONE;
        }
    }
}

/// Posts in which a person may sit in a year, with whether they would be present there; a little more than rules leave
/// open, never less.
fn reached(field: &Field<'_>, person: &Person, t: usize) -> Vec<(u32, bool)> {
    match person {
        Person::Plain(plain) => {
            let mut part: Option<&Plain> = Some(plain);
            while let Some(now) = part {
                let profile = &field.profiles[now.profile as usize];
                if t > usize::from(profile.last) {
                    part = now.next.as_deref();
                    continue;
                }
                if t < usize::from(now.starts) {
                    return Vec::new();
                }
                let is_present = profile.present >> t & 1 == 1;
                let items = &field.items[now.items.start as usize..now.items.end as usize];
                // Entered by then, at the latest this year.
                let by_then = (2_u32 << t) - 1;
                let mut posts: Vec<u32> = items
                    .iter()
                    .filter(|item| (item.enter | item.place) & by_then != 0)
                    .map(|item| item.post)
                    .collect();
                posts.extend(now.today.map(|home| home.post));
                posts.sort_unstable();
                posts.dedup();
                posts.retain(|post| field.ground.facts.open[*post as usize][t]);
                return posts.into_iter().map(|post| (post, is_present)).collect();
            }
            Vec::new()
        }
        Person::Special(network) => {
            let Some(layer) = network.layers.get(t) else { return Vec::new() };
            let states = &network.states[layer.start as usize..layer.end as usize];
            let mut posts: Vec<(u32, bool)> = Vec::new();
            for state in states {
                let Spot::Seat(PostIx(post)) = state.spot else { continue };
                let covers = |(row, _): &(u32, i32)| {
                    let rows = field.ground.rows;
                    Some(*row) == rows.cover(PostIx(post), t) || Some(*row) == rows.essential(PostIx(post), t)
                };
                posts.push((post as u32, network.of(&state.rows).iter().any(covers)));
            }
            posts.sort_unstable();
            posts.dedup_by(|later, first| {
                first.1 |= later.0 == first.0 && later.1;
                later.0 == first.0
            });
            posts
        }
    }
}

/// People and posts, each post with room for so many.
struct Matching {
    people: Vec<Vec<u32>>,
    room: Vec<i64>,
}

impl Matching {
    fn new(posts: usize) -> Self {
        Self { people: Vec::new(), room: vec![0; posts] }
    }

    /// The posts of a least cover of people and posts: those that an alternating path from somebody left over reaches in a
    /// largest matching.
    fn cover(&self) -> Vec<bool> {
        let mut seats = Seats { holders: vec![Vec::new(); self.room.len()], of: vec![None; self.people.len()] };
        loop {
            // Marks stay within a pass: what led nowhere leads nowhere until somebody is seated anew.
            let mut seen = vec![false; self.room.len()];
            let mut found = false;
            for person in 0..self.people.len() {
                found |= seats.of[person].is_none() && self.seat(person, &mut seats, &mut seen);
            }
            if !found {
                return seen;
            }
        }
    }

    /// Seats somebody, others moving on along the shortest alternating path.
    fn seat(&self, person: usize, seats: &mut Seats, seen: &mut [bool]) -> bool {
        let mut asked: HashMap<usize, usize> = HashMap::new();
        let mut queue = VecDeque::from([person]);
        while let Some(looking) = queue.pop_front() {
            for post in self.people[looking].iter().map(|post| *post as usize) {
                if std::mem::replace(&mut seen[post], true) {
                    continue;
                }
                asked.insert(post, looking);
                if (seats.holders[post].len() as i64) < self.room[post] {
                    seats.shift(post, &asked);
                    return true;
                }
                queue.extend(&seats.holders[post]);
            }
        }
        false
    }
}

/// Who sits where.
struct Seats {
    holders: Vec<Vec<usize>>,
    of: Vec<Option<usize>>,
}

impl Seats {
    /// Whoever asked for a post takes a seat there, and whoever asked for theirs the seat they leave, and so on.
    fn shift(&mut self, post: usize, asked: &HashMap<usize, usize>) {
        let mut free = Some(post);
        while let Some(post) = free {
            let Some(person) = asked.get(&post).copied() else { return };
            free = self.of[person].replace(post);
            if let Some(left) = free {
                self.holders[left].retain(|holder| *holder != person);
            }
            self.holders[post].push(person);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Matching;
    use rand::{RngExt, SeedableRng};
    use rand_chacha::ChaCha8Rng;

    /// The largest matching, by trying everything.
    fn largest(people: &[Vec<u32>], room: &mut [i64]) -> usize {
        let Some((first, rest)) = people.split_first() else { return 0 };
        let mut best = largest(rest, room);
        for post in first {
            if room[*post as usize] > 0 {
                room[*post as usize] -= 1;
                best = best.max(1 + largest(rest, room));
                room[*post as usize] += 1;
            }
        }
        best
    }

    #[test]
    fn a_cover_is_as_large_as_the_largest_matching() {
        for seed in 0..300 {
            let mut rng = ChaCha8Rng::seed_from_u64(seed);
            let posts: usize = rng.random_range(1..6);
            let mut room: Vec<i64> = (0..posts).map(|_| rng.random_range(0..3)).collect();
            let people: Vec<Vec<u32>> = (0..rng.random_range(0..8_usize))
                .map(|_| (0..posts as u32).filter(|_| rng.random_range(0..3) == 0).collect())
                .collect();
            let matching = Matching { people: people.clone(), room: room.clone() };
            let cover = matching.cover();
            let uncovered = people.iter().filter(|posts| posts.iter().any(|post| !cover[*post as usize])).count();
            let seats: i64 = cover.iter().zip(&room).filter(|(is_in, _)| **is_in).map(|(_, room)| room).sum();
            assert_eq!(uncovered as i64 + seats, largest(&people, &mut room) as i64, "seed {seed}");
        }
    }
}
