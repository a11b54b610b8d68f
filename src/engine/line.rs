//! One person's plan as a line of places, a place a year, and what a line uses and gains.

use crate::engine::ground::{Ground, Key, Spot};
use crate::engine::network::{Network, Target};
use crate::engine::rows::{Gains, RowIx, TIERS, position};
use crate::rules::facts::Service;
use crate::rules::{Facts, past, reserve};
use lungang_domain::policy::Tier;
use lungang_domain::{Layout, PersonIx, Place, PostIx};

/// A place: the position of a post, or one of the three below.
pub type At = u32;
/// In service without a post.
pub const UNPLACED: At = u32::MAX;
/// Not yet joined.
pub const OUTSIDE: At = u32::MAX - 1;
/// Out of service.
pub const LEFT: At = u32::MAX - 2;

/// Places in layouts 1 … T.
pub type Line = Box<[At]>;

/// What a line uses and gains.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Use {
    /// Coefficient of each row used, by row.
    pub rows: Vec<(RowIx, i32)>,
    /// Contribution to each tier.
    pub gains: [i64; TIERS],
    /// Number of moves.
    pub moves: u32,
}

/// Weighs a line that the rules allow.
#[must_use]
pub fn weigh(ground: Ground<'_>, person: PersonIx, line: &[At]) -> Use {
    let facts = ground.facts;
    let own = facts.of(person);
    let wanted = reserve::wanted(facts, person);
    let mut weighed = Use::default();
    let mut rows: Vec<(RowIx, i32)> = Vec::new();
    let Some(mut key) = ground.start(person) else { return weighed };
    let quality = position(ground.tiers, Tier::Quality);
    for (t, at) in (1..=facts.years).zip(line) {
        let year = t as u8;
        match own.service[t] {
            Service::Left => {
                if let Spot::Seat(post) = key.spot {
                    ground.presence(person, post, key.began == 0, t, &mut rows);
                }
                weighed.gains[position(ground.tiers, Tier::Reserve)] += i64::from(key.gained.count_ones());
                break;
            }
            Service::Outside => {}
            Service::Serving => {
                let mut held = key.spot.seat();
                if let Some(fixed) = own.fixed[t] {
                    if facts.goes_on(held, Some(fixed.post), t) {
                        rows.extend(ground.passing(held, Some(fixed.post), t));
                        key.spot = Spot::Seat(fixed.post);
                    } else {
                        ground.old_hand(held, fixed.post, t, &mut rows);
                        key = ground.begun(key, held, fixed.post, t);
                    }
                } else {
                    if own.displaced[t].is_some() && key.spot != Spot::Outside {
                        key.spot = Spot::Unplaced(last_held(&key));
                        if *at != UNPLACED {
                            ground.old_hand(held, PostIx(*at as usize), t, &mut rows);
                        }
                        held = None;
                    }
                    if *at == UNPLACED {
                        key.spot = Spot::Unplaced(last_held(&key));
                    } else if facts.goes_on(held, Some(PostIx(*at as usize)), t) {
                        let now = PostIx(*at as usize);
                        rows.extend(ground.passing(held, Some(now), t));
                        key.spot = Spot::Seat(now);
                    } else {
                        let to = PostIx(*at as usize);
                        let crossing = ground.crossing(&ground.step(person, t, held, Some(key), to));
                        rows.extend(crossing.rows);
                        weighed.gains[quality] += i64::from(crossing.quality);
                        weighed.moves += u32::from(held.is_some());
                        let clock = if crossing.keeps_clock { key.clock } else { year };
                        key = Key { clock, ..ground.begun(key, held, to, t) };
                    }
                }
            }
        }
        key.gained = ground.gained(person, &wanted, &key, t);
        let (gains, used) = ground.standing(person, &key, t);
        add(&mut weighed.gains, &gains);
        rows.extend(used);
    }
    weighed.rows = merged(rows);
    weighed
}

fn last_held(key: &Key) -> Option<PostIx> {
    match key.spot {
        Spot::Unplaced(last) => last,
        Spot::Seat(post) => Some(post),
        Spot::Outside => None,
    }
}

fn add(totals: &mut [i64; TIERS], gains: &Gains) {
    for (total, gain) in totals.iter_mut().zip(gains) {
        *total += i64::from(*gain);
    }
}

fn merged(mut rows: Vec<(RowIx, i32)>) -> Vec<(RowIx, i32)> {
    rows.sort_unstable();
    let mut out: Vec<(RowIx, i32)> = Vec::with_capacity(rows.len());
    for (row, coefficient) in rows {
        match out.last_mut() {
            Some(last) if last.0 == row => last.1 += coefficient,
            _ => out.push((row, coefficient)),
        }
    }
    out.retain(|(_, coefficient)| *coefficient != 0);
    out
}

/// The first entry of a line that a post left in an earlier year bars (R13, R09).
#[must_use]
pub fn returns(facts: &Facts<'_>, person: PersonIx, line: &[At]) -> Option<past::Return> {
    past::first_return(facts, person, line.iter().map(|at| (*at < LEFT).then_some(PostIx(*at as usize))))
}

/// The line of one person in a layout.
#[must_use]
pub fn of_layout(layout: &Layout, person: PersonIx) -> Line {
    (1..=layout.years())
        .map(|t| match layout.at(person, t) {
            Place::Left => LEFT,
            Place::Outside => OUTSIDE,
            place => place.seat().map_or(UNPLACED, |post| post.0 as At),
        })
        .collect()
}

/// The layout of everybody's lines.
#[must_use]
pub fn layout(ground: Ground<'_>, lines: &[Line]) -> Layout {
    let facts = ground.facts;
    let places = facts
        .case
        .people_ix()
        .map(|ix| {
            let own = facts.of(ix);
            let mut places = vec![facts.nobody_moves.at(ix, 0)];
            places.extend(lines[ix.0].iter().zip(1..).map(|(at, t)| match *at {
                LEFT => Place::Left,
                OUTSIDE => Place::Outside,
                UNPLACED => facts.place(own, None, t),
                post => facts.place(own, Some(PostIx(post as usize)), t),
            }));
            places
        })
        .collect();
    Layout { places }
}

/// The place of a state.
#[must_use]
pub fn place(spot: Spot) -> At {
    match spot {
        Spot::Outside => OUTSIDE,
        Spot::Unplaced(_) => UNPLACED,
        Spot::Seat(post) => post.0 as At,
    }
}

/// Whether a path without a move runs along these places.
#[must_use]
pub fn stays_as(network: &Network, line: &[At]) -> bool {
    let mut state = 0_u32;
    if network.states.is_empty() {
        return true;
    }
    for at in line {
        let next = network.states[state as usize].exits.clone().find_map(|exit| {
            let exit = &network.exits[exit as usize];
            match exit.target {
                Target::End => (*at == LEFT).then_some(None),
                Target::State(to) if !exit.is_move => {
                    (place(network.states[to as usize].spot) == *at).then_some(Some(to))
                }
                Target::State(_) | Target::Hub(_) => None,
            }
        });
        match next {
            Some(Some(next)) => state = next,
            Some(None) => return true,
            None => return false,
        }
    }
    true
}
