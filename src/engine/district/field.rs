//! The flat arrays that pricing walks: posts, people, and for each person the posts that would have them.
//!
//! Most people are *plain*: what a planned stay gains and uses is the same for all who share a [`Profile`], but for the
//! fit. Whoever an event, a decision or a rule that compares both ends singles out keeps a network of their own.

use super::plain::{self, Part};
use crate::engine::ground::Ground;
use crate::engine::line::{self, Line};
use crate::engine::network::{self, Network};
use crate::engine::rows::{RowIx, TIERS};
use crate::rules::clocks::Beyond;
use crate::rules::{r06, r14};
use lungang_domain::{PersonIx, PostIx};
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};

/// No group, no section, no class.
pub const NONE: u32 = u32::MAX;
/// Most years and wanted experiences of a plain person: what the masks hold, and what keeps the states few.
pub const MOST_YEARS: usize = 11;
pub(super) const MOST_WANTED: usize = 4;

/// What planned stays of plain people share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Profile {
    /// Position in [`Field::charges`].
    pub table: u16,
    /// Years in which they count as present, a bit each.
    pub present: u32,
    /// Years in whose charge they are near retirement.
    pub waived: u32,
    /// Last layout in service.
    pub last: u8,
    /// Whether they leave after it, inside the horizon.
    pub leaves: bool,
}

/// A post that would have a plain person.
#[derive(Clone, Copy, Debug)]
pub struct Item {
    /// The post.
    pub post: u32,
    /// Fit term of T5 while there (semantics 32).
    pub fit: i32,
    /// Years in which a move may lead there, a bit each.
    pub enter: u32,
    /// Years in which a placement may.
    pub place: u32,
    /// Whether a stay begun in year s may be left in year t: bit [`pair`] of (s, t).
    pub leave: u64,
    /// Which wanted experiences it gives: a column of [`Plain::gain`].
    pub given: u16,
    /// Run of like items (R16) among this person's, and whether it has more than one.
    pub run: u16,
    /// See `run`.
    pub alike: bool,
    /// Years in which some stay may be left, a bit each.
    pub leave_at: u32,
    /// Not open to whoever comes from outside the organs (R18).
    pub organ_only: bool,
    /// Group of its unit and of its section among this person's items.
    pub unit: u16,
    /// See `unit`.
    pub section: u16,
}

/// A plain person, in the years up to the next event that fixes their post.
#[derive(Clone, Debug)]
pub struct Plain {
    /// First year spoken of: before it they are outside, or an earlier part speaks of them.
    pub starts: u8,
    /// The part that an event begins after [`Profile::last`]: it begins in a post.
    pub next: Option<Box<Plain>>,
    /// By year: the post in which a decision requires them, or [`NONE`]; empty where there is none.
    pub required: Vec<u32>,
    /// Years in which a `go` names the post required, a bit each.
    pub decided: u32,
    /// Years in which R06 binds, a bit each.
    pub disciplined: u32,
    /// Position in [`Field::profiles`].
    pub profile: u16,
    /// Their items, sorted by unit, section, class, post.
    pub items: std::ops::Range<u32>,
    /// Today's post, with the groups of its unit and section; `None`: unplaced.
    pub today: Option<Home>,
    /// Years in which today's stay may be left for another post.
    pub leave: u32,
    /// Years in which they may go to another unit (R20).
    pub free: u32,
    /// Number of sets of wanted experiences that can be reached.
    pub sets: u16,
    /// By set and kind of giving: the set reached, and how many experiences are new in it.
    pub gain: Vec<(u16, u16)>,
    /// Kinds of giving: columns of `gain`.
    pub kinds: u16,
    /// Whether the post held last lies in an organ, for who has none today.
    pub last_organ: bool,
    /// Whether where they come from decides what they may enter (R18).
    pub bound: bool,
    /// Groups of units and sections among the items.
    pub units: u16,
    /// See `units`.
    pub sections: u16,
    /// Runs of like items.
    pub runs: u16,
    /// Contribution to T5 of a year without a post.
    pub idle: i32,
    /// Gains and coefficients of today's stay by year from `starts`, and of leaving service out of it.
    pub standing: Vec<Standing>,
    /// Charge of a like post under today's clock: by position in the items, by year; only for items of today's class.
    pub like: Vec<(u32, Vec<Charged>)>,
}

impl Plain {
    /// Whether decisions bind them, so that not moving may be no line of theirs.
    #[must_use]
    pub fn is_required(&self) -> bool {
        !self.required.is_empty() || self.next.as_ref().is_some_and(|next| next.is_required())
    }
}

/// Where a person stands today, or since the event that begins this part.
#[derive(Clone, Copy, Debug)]
pub struct Home {
    /// The post.
    pub post: u32,
    /// Group of its unit among the items, or [`u16::MAX`].
    pub unit: u16,
    /// Group of its section, or [`u16::MAX`].
    pub section: u16,
    /// Its position among the items, or [`NONE`].
    pub item: u32,
    /// Whether it lies in an organ (R18).
    pub organ: bool,
}

/// Gains and coefficients.
#[derive(Clone, Debug, Default)]
pub struct Standing {
    /// Contribution to each tier.
    pub gains: [i64; TIERS],
    /// Coefficients.
    pub rows: Vec<(RowIx, i32)>,
}

/// Overdue months and points of a year.
#[derive(Clone, Copy, Debug, Default)]
pub struct Charged {
    /// Position of the tier in the totals.
    pub tier: u8,
    /// Months in that tier.
    pub months: i32,
    /// Points of T5.
    pub points: i32,
}

/// What the charge of a planned stay depends on beside the post.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Clocks {
    /// Whether the ten-year clock may apply.
    pub ten: bool,
    /// The person's own *must*.
    pub must: Option<i32>,
    /// The layout of joining, and the months on a clock begun then by the end of that year and of each after it.
    pub joined: Option<(u8, Vec<i32>)>,
}

/// How a person is priced.
#[derive(Clone, Debug)]
pub enum Person {
    /// By the shared tables.
    Plain(Box<Plain>),
    /// By a network of their own.
    Special(Box<Network>),
}

/// One case in flat arrays.
pub struct Field<'f> {
    /// Facts, rows and tiers.
    pub ground: Ground<'f>,
    /// Class of like posts (R16), by post.
    pub classes: Vec<u32>,
    /// Shared profiles.
    pub profiles: Vec<Profile>,
    /// By person.
    pub people: Vec<Person>,
    /// Items of plain people.
    pub items: Vec<Item>,
    /// Charge of a planned stay: by [`Clocks`], then post and pair (clock began, layout).
    pub charges: Vec<Vec<Charged>>,
    /// Upper level and lead of each post, for R06.
    pub importance: Vec<r06::Importance>,
    /// The year in which a post closes, T + 1 where it does not.
    pub closes: Vec<u8>,
    /// Number of pairs.
    pub pairs: usize,
    /// By unit: its block, where people are looked at in the posts of their own block alone.
    pub blocks: Option<Vec<u32>>,
}

/// Position of the pair 1 ≤ s ≤ t ≤ T.
#[must_use]
pub fn pair(years: usize, s: usize, t: usize) -> usize {
    (s - 1) * (2 * years - s + 2) / 2 + (t - s)
}

enum Made {
    Plain(Vec<Part>),
    Special(Box<Network>),
}

/// Numbers given so far.
#[derive(Default)]
struct Known {
    profiles: HashMap<Profile, u16>,
    clocks: BTreeMap<Clocks, u16>,
    tables: Vec<Clocks>,
}

impl<'f> Field<'f> {
    /// Works the arrays out.
    #[must_use]
    pub fn new(ground: Ground<'f>) -> Self {
        Self::within(ground, None)
    }

    /// The same, everybody being looked at in the posts of their own block of units alone: its lines are lines of the
    /// whole, its bounds are none.
    #[must_use]
    pub fn within(ground: Ground<'f>, blocks: Option<Vec<u32>>) -> Self {
        let facts = ground.facts;
        let (years, posts) = (facts.years, facts.case.posts.len());
        let mut field = Self {
            ground,
            classes: network::classes(facts),
            profiles: Vec::new(),
            people: Vec::new(),
            items: Vec::new(),
            charges: Vec::new(),
            importance: facts.case.posts_ix().map(|post| r06::importance(facts, post)).collect(),
            closes: (0..posts)
                .map(|post| (1..=years).find(|t| facts.open[post][t - 1] && !facts.open[post][*t]).unwrap_or(years + 1))
                .map(|year| year as u8)
                .collect(),
            pairs: years * (years + 1) / 2,
            blocks,
        };
        let people: Vec<PersonIx> = facts.case.people_ix().collect();
        let made: Vec<Made> = people.into_par_iter().map(|person| field.person(person)).collect();
        let mut known = Known::default();
        field.people = made
            .into_iter()
            .map(|made| match made {
                Made::Special(network) => Person::Special(network),
                Made::Plain(parts) => field.joined(parts, &mut known),
            })
            .collect();
        field.charges = known.tables.iter().map(|clocks| field.charged(clocks)).collect();
        field
    }

    /// Numbers what the parts of a person share with others, and links them.
    fn joined(&mut self, parts: Vec<Part>, known: &mut Known) -> Person {
        let mut linked: Option<Box<Plain>> = None;
        for mut part in parts.into_iter().rev() {
            let next = known.tables.len();
            part.profile.table = *known.clocks.entry(part.clocks.clone()).or_insert_with(|| {
                known.tables.push(part.clocks);
                next as u16
            });
            let profiles = &mut self.profiles;
            part.plain.profile = *known.profiles.entry(part.profile).or_insert_with(|| {
                profiles.push(part.profile);
                profiles.len() as u16 - 1
            });
            let start = self.items.len() as u32;
            self.items.append(&mut part.items);
            part.plain.items = start..self.items.len() as u32;
            part.plain.next = linked.take();
            linked = Some(Box::new(part.plain));
        }
        linked.map_or_else(|| Person::Special(Box::default()), Person::Plain)
    }

    /// Whether a post is looked at for a person.
    pub(super) fn in_sight(&self, person: PersonIx, post: PostIx) -> bool {
        let Some(blocks) = &self.blocks else { return true };
        let facts = self.ground.facts;
        let own = facts.of(person).today.map(|post| facts.unit(post)).or(facts.case.person(person).unit);
        own.is_none_or(|own| blocks[own.0] == blocks[facts.unit(post).0])
    }

    /// Charges of planned stays.
    fn charged(&self, clocks: &Clocks) -> Vec<Charged> {
        let facts = self.ground.facts;
        let years = facts.years;
        let mut table = vec![Charged::default(); facts.case.posts.len() * self.pairs];
        for post in facts.case.posts_ix() {
            let ours = facts.case.post(post);
            let duty = r14::is_ten_year_duty(ours);
            let by_grade = facts.policy.time.thresholds(facts.grade[post.0]).must;
            let must = clocks.must.or(ours.must_months).unwrap_or(by_grade);
            for s in 1..=years {
                for t in s..=years {
                    let joined = clocks.joined.as_ref().filter(|(year, _)| usize::from(*year) == s);
                    let months = joined
                        .and_then(|(_, months)| months.get(t - s).copied())
                        .unwrap_or_else(|| lungang_domain::months_between(facts.effective[s], facts.effective[t + 1]));
                    let charge = r14::charge_of(facts, post, months, must, clocks.ten && duty, Beyond::default());
                    table[post.0 * self.pairs + pair(years, s, t)] = self.in_tiers(&charge);
                }
            }
        }
        table
    }

    /// A charge with its tier's position in the totals.
    pub(super) fn in_tiers(&self, charge: &r14::Charge) -> Charged {
        let (tier, months) = charge.risk.unwrap_or((0, 0));
        let position = crate::engine::rows::position(self.ground.tiers, lungang_domain::policy::Tier::Risk(tier));
        Charged { tier: position as u8, months: months as i32, points: charge.points as i32 }
    }

    fn person(&self, person: PersonIx) -> Made {
        match plain::parts(self, person) {
            Some(parts) => Made::Plain(parts),
            None => Made::Special(Box::new(network::build(self.ground, &self.classes, person, &|post| {
                self.in_sight(person, post)
            }))),
        }
    }

    /// The lines of nobody moving.
    #[must_use]
    pub fn nobody_moves(&self) -> Vec<Line> {
        let facts = self.ground.facts;
        facts.case.people_ix().map(|person| line::of_layout(&facts.nobody_moves, person)).collect()
    }
}
