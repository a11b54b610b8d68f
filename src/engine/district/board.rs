//! What one set of prices makes of the shared part of planned stays: worked out once a sweep, read by everybody.

use super::field::{Charged, Field, Person, Profile, pair};
use crate::engine::pricing::Prices;
use crate::engine::rows::{RowIx, TIERS, position};
use lungang_domain::policy::Tier;
use lungang_domain::{PostIx, SectionIx, UnitIx};
use rayon::prelude::*;

/// Prices by post, unit and section, and the values of stays by profile; all in price units.
pub struct Board<'p> {
    /// The prices themselves.
    pub prices: &'p Prices,
    /// Weight of a point of T5, of an experience, of a year unplaced.
    pub quality: i64,
    /// See `quality`.
    pub reserve: i64,
    /// See `quality`.
    pub cover: i64,
    /// Cost of a move, and of one between units, in points at their weight.
    pub move_cost: i64,
    /// See `move_cost`.
    pub cross_cost: i64,
    /// Price of a move between units that is not forced: nobody decided it, a `go` names it.
    across: [i64; 2],
    width: usize,
    pairs: usize,
    years: usize,
    /// By post and year: the seat's price; presence's worth; entry's price; an old hand's worth.
    seat: Vec<i64>,
    presence: Vec<i64>,
    entry: Vec<i64>,
    hand: Vec<i64>,
    /// By post and year: price of leaving a leading post in the same year as others (R11).
    leading: Vec<i64>,
    /// By post and year: price of leaving for a post of the section, of the unit, of any.
    ways: Vec<[i64; 3]>,
    /// By post and year: the share of a decided move out, and what it excuses from that year on.
    decided: Vec<[i64; 2]>,
    /// By profile, post and pair (entered, last year there): value of the stay.
    stays: Vec<Vec<i64>>,
}

impl<'p> Board<'p> {
    /// Reads the prices.
    #[must_use]
    pub fn new(field: &Field<'_>, prices: &'p Prices) -> Self {
        Self::of(field, prices, |_| true)
    }

    /// The same for these people alone.
    #[must_use]
    pub fn of_people(field: &Field<'_>, prices: &'p Prices, people: &[u32]) -> Self {
        let mut wanted = vec![false; field.profiles.len()];
        for person in people {
            let mut part = match &field.people[*person as usize] {
                Person::Plain(plain) => Some(plain),
                Person::Special(_) => None,
            };
            while let Some(plain) = part {
                wanted[plain.profile as usize] = true;
                part = plain.next.as_ref();
            }
        }
        Self::of(field, prices, |profile| wanted[profile])
    }

    /// The same without stays, for whoever weighs lines alone.
    #[must_use]
    pub fn bare(field: &Field<'_>, prices: &'p Prices) -> Self {
        Self::of(field, prices, |_| false)
    }

    fn of(field: &Field<'_>, prices: &'p Prices, wanted: impl Fn(usize) -> bool + Sync) -> Self {
        let ground = field.ground;
        let facts = ground.facts;
        let (years, posts) = (facts.years, facts.case.posts.len());
        let weight = |tier| prices.weights[position(ground.tiers, tier)];
        let points = &facts.policy.points;
        let quality = weight(Tier::Quality);
        let width = years + 2;
        let price = |row: Option<RowIx>| row.map_or(0, |row| prices.rows[row as usize]);
        let by_post = |of: &dyn Fn(PostIx, usize) -> i64| -> Vec<i64> {
            let mut table = vec![0; posts * width];
            for post in facts.case.posts_ix() {
                for t in 1..=years {
                    table[post.0 * width + t] = of(post, t);
                }
            }
            table
        };
        let section = |post: PostIx| facts.section(post);
        let unit_price = |unit: UnitIx, t: usize, decided: bool| {
            let rows = ground.rows.moves(unit, t, decided);
            rows.map(|(row, coefficient)| price(Some(row)) * i64::from(coefficient)).sum::<i64>()
        };
        let of_section = |of: &dyn Fn(SectionIx) -> Option<RowIx>, post: PostIx| price(section(post).and_then(of));
        let mut board = Self {
            prices,
            quality,
            reserve: weight(Tier::Reserve),
            cover: weight(Tier::Cover),
            move_cost: points.per_move * quality,
            cross_cost: points.cross_unit * quality,
            across: [false, true].map(|decided| {
                let rows = ground.rows.crossings(decided);
                rows.map(|(row, coefficient)| price(Some(row)) * i64::from(coefficient)).sum()
            }),
            width,
            pairs: field.pairs,
            years,
            seat: by_post(&|post, t| price(ground.rows.seats(post, t))),
            presence: by_post(&|post, t| price(ground.rows.cover(post, t)) + price(ground.rows.essential(post, t))),
            entry: by_post(&|post, t| price(ground.rows.entry(post, t))),
            hand: by_post(&|post, t| of_section(&|section| ground.rows.old_hands(section, t), post)),
            leading: by_post(&|post, t| {
                ground.leading(post, t).map_or(0, |(row, weight)| price(Some(row)) * i64::from(weight))
            }),
            ways: Vec::new(),
            decided: Vec::new(),
            stays: Vec::new(),
        };
        let out = by_post(&|post, t| unit_price(facts.unit(post), t, false));
        let bars = by_post(&|post, t| of_section(&|section| ground.rows.excuse_bars(section, t), post));
        board.ways = (0..out.len())
            .map(|at| {
                let near = board.move_cost + out[at] + board.leading[at];
                let unit = near + bars[at];
                [near - board.hand[at], unit, unit + board.cross_cost + board.across[0]]
            })
            .collect();
        let share = by_post(&|post, t| unit_price(facts.unit(post), t, true));
        let excuses = |section: SectionIx, t: usize| -> i64 {
            (t..=years).map(|later| price(ground.rows.excuse_needs(section, later))).sum()
        };
        let excused = by_post(&|post, t| section(post).map_or(0, |section| excuses(section, t)));
        board.decided = share.into_iter().zip(excused).map(<[i64; 2]>::from).collect();
        let stays = |(at, profile)| if wanted(at) { board.stays_of(field, profile) } else { Vec::new() };
        board.stays = field.profiles.par_iter().enumerate().map(stays).collect();
        board
    }

    fn stays_of(&self, field: &Field<'_>, profile: &Profile) -> Vec<i64> {
        let posts = field.closes.len();
        let last = profile.last as usize;
        let charges = &field.charges[profile.table as usize];
        let mut table = vec![0; posts * self.pairs];
        for post in 0..posts {
            for s in 1..=last {
                let mut sum = 0;
                for t in s..=last {
                    let at = post * self.pairs + pair(self.years, s, t);
                    sum += self.year(profile, post, s, t, &charges[at]);
                    table[at] = sum + self.end(profile, post, t);
                }
            }
        }
        table
    }

    /// Value of year `t` of a stay begun in year `s`, but for fit and experience.
    #[must_use]
    pub fn year(&self, profile: &Profile, post: usize, s: usize, t: usize, charged: &Charged) -> i64 {
        let at = post * self.width + t;
        let mut value = -self.seat[at];
        if profile.present >> t & 1 == 1 {
            value += self.presence[at];
        }
        if t > s {
            value += self.hand[at];
        }
        if profile.waived >> t & 1 == 0 {
            value -= self.charge(charged);
        }
        value
    }

    /// Presence in the year of leaving service, where layout `t` is the last.
    #[must_use]
    pub fn end(&self, profile: &Profile, post: usize, t: usize) -> i64 {
        let ends = t == profile.last as usize && profile.leaves && profile.present >> (t + 1) & 1 == 1;
        if ends { self.presence[post * self.width + t + 1] } else { 0 }
    }

    fn charge(&self, charged: &Charged) -> i64 {
        i64::from(charged.months) * self.prices.weights[charged.tier as usize]
            + i64::from(charged.points) * self.quality
    }

    /// Values of stays under a profile, by post and pair.
    #[must_use]
    pub fn stays(&self, profile: u16) -> &[i64] {
        &self.stays[profile as usize]
    }

    /// Price of entering a post.
    #[must_use]
    pub fn entry(&self, post: u32, t: usize) -> i64 {
        self.entry[post as usize * self.width + t]
    }

    /// Price of leaving a post for another: of the section, of the unit, of any.
    #[must_use]
    pub fn leave(&self, post: u32, t: usize, forced: bool) -> [i64; 3] {
        let at = post as usize * self.width + t;
        if forced {
            let cost = self.move_cost + self.leading[at];
            return [cost - self.hand[at], cost, cost + self.cross_cost];
        }
        self.ways[at]
    }

    /// The same for a move that a `go` names.
    #[must_use]
    pub fn leave_decided(&self, post: u32, t: usize, forced: bool) -> [i64; 3] {
        let at = post as usize * self.width + t;
        let [share, excused] = self.decided[at];
        let (share, across) = if forced { (0, 0) } else { (share, self.across[1]) };
        let cost = self.move_cost + self.leading[at] + share;
        [cost - self.hand[at], cost - excused, cost - excused + self.cross_cost + across]
    }

    /// Worth of an old hand of a post's section.
    #[must_use]
    pub fn hand(&self, post: u32, t: usize) -> i64 {
        self.hand[post as usize * self.width + t]
    }

    /// Worth of coefficients and gains at these prices.
    #[must_use]
    pub fn worth(&self, gains: &[i64; TIERS], rows: &[(RowIx, i32)]) -> i64 {
        let gain: i64 = gains.iter().zip(&self.prices.weights).map(|(gain, weight)| gain * weight).sum();
        gain - rows.iter().map(|(row, c)| self.prices.rows[*row as usize] * i64::from(*c)).sum::<i64>()
    }
}
