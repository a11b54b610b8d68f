//! The flat arrays that pricing walks: posts, people, and for each person the posts that would have them.
//!
//! Most people are *plain*: what a planned stay gains and uses is the same for all who share a [`Profile`], but for the
//! fit. Whoever an event, a decision or a rule that compares both ends singles out keeps a network of their own.

use crate::engine::ground::{Ground, Key, Spot};
use crate::engine::line::{self, Line};
use crate::engine::network::{self, Network};
use crate::engine::rows::{RowIx, TIERS};
use crate::rules::facts::Service;
use crate::rules::{decisions, entering_bars, leaving_bars, r06, r14, r18, reserve, score};
use lungang_domain::{PersonIx, PostIx};
use rayon::prelude::*;
use std::collections::HashMap;

/// No group, no section, no class.
pub const NONE: u32 = u32::MAX;
/// Most years and wanted experiences of a plain person: what the masks hold, and what keeps the states few.
pub const MOST_YEARS: usize = 11;
const MOST_WANTED: usize = 4;

/// What planned stays of plain people share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Profile {
    /// Whether the ten-year clock may apply.
    pub ten: bool,
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

/// A plain person.
#[derive(Clone, Debug)]
pub struct Plain {
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
    /// Gains and coefficients of today's stay by year, and of leaving service out of it.
    pub standing: Vec<Standing>,
    /// Charge of a like post under today's clock: by position in the items, by year; only for items of today's class.
    pub like: Vec<(u32, Vec<Charged>)>,
}

/// Where a person stands today.
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

/// How a person is priced.
#[derive(Clone, Debug)]
pub enum Person {
    /// By the shared tables.
    Plain(Plain),
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
    /// Charge of a planned stay: by ten-year clock, post and pair (clock began, layout).
    pub charges: [Vec<Charged>; 2],
    /// The year in which a post closes, T + 1 where it does not.
    pub closes: Vec<u8>,
    /// Number of pairs.
    pub pairs: usize,
}

/// Position of the pair 1 ≤ s ≤ t ≤ T.
#[must_use]
pub fn pair(years: usize, s: usize, t: usize) -> usize {
    (s - 1) * (2 * years - s + 2) / 2 + (t - s)
}

impl<'f> Field<'f> {
    /// Works the arrays out.
    #[must_use]
    pub fn new(ground: Ground<'f>) -> Self {
        let facts = ground.facts;
        let (years, posts) = (facts.years, facts.case.posts.len());
        let pairs = years * (years + 1) / 2;
        let mut field = Self {
            ground,
            classes: network::classes(facts),
            profiles: Vec::new(),
            people: Vec::new(),
            items: Vec::new(),
            charges: [Vec::new(), Vec::new()],
            closes: (0..posts)
                .map(|post| (1..=years).find(|t| facts.open[post][t - 1] && !facts.open[post][*t]).unwrap_or(years + 1))
                .map(|year| year as u8)
                .collect(),
            pairs,
        };
        field.charges = [field.charged(false), field.charged(true)];
        let people: Vec<PersonIx> = facts.case.people_ix().collect();
        let mut made: Vec<(Person, Option<Profile>, Vec<Item>)> =
            people.into_par_iter().map(|person| field.person(person)).collect();
        let mut known: HashMap<Profile, u16> = HashMap::new();
        for (person, profile, items) in &mut made {
            if let (Person::Plain(plain), Some(profile)) = (person, profile) {
                let next = known.len() as u16;
                plain.profile = *known.entry(*profile).or_insert(next);
                if plain.profile == next {
                    field.profiles.push(*profile);
                }
                let start = field.items.len() as u32;
                field.items.append(items);
                plain.items = start..field.items.len() as u32;
            }
        }
        field.people = made.into_iter().map(|(person, _, _)| person).collect();
        field
    }

    /// Charges of planned stays without anybody's own limits.
    fn charged(&self, ten: bool) -> Vec<Charged> {
        let facts = self.ground.facts;
        let years = facts.years;
        let mut table = vec![Charged::default(); facts.case.posts.len() * self.pairs];
        for post in facts.case.posts_ix() {
            let ours = facts.case.post(post);
            let duty = r14::is_ten_year_duty(ours);
            let must = ours.must_months.unwrap_or_else(|| facts.policy.time.thresholds(facts.grade[post.0]).must);
            for s in 1..=years {
                for t in s..=years {
                    let months = lungang_domain::months_between(facts.effective[s], facts.effective[t + 1]);
                    let charge = r14::charge_of(facts, post, months, must, ten && duty);
                    table[post.0 * self.pairs + pair(years, s, t)] = self.in_tiers(&charge);
                }
            }
        }
        table
    }

    fn in_tiers(&self, charge: &r14::Charge) -> Charged {
        let (tier, months) = charge.risk.unwrap_or((0, 0));
        let position = crate::engine::rows::position(self.ground.tiers, lungang_domain::policy::Tier::Risk(tier));
        Charged { tier: position as u8, months: months as i32, points: charge.points as i32 }
    }

    fn person(&self, person: PersonIx) -> (Person, Option<Profile>, Vec<Item>) {
        match self.plain(person) {
            Some((plain, profile, items)) => (Person::Plain(plain), Some(profile), items),
            None => {
                let network = network::build(self.ground, &self.classes, person);
                (Person::Special(Box::new(network)), None, Vec::new())
            }
        }
    }

    /// Whether nothing singles a person out.
    fn is_plain(&self, person: PersonIx) -> bool {
        let facts = self.ground.facts;
        let own = facts.of(person);
        let years = 1..=facts.years;
        facts.years <= MOST_YEARS
            && own.service[0] == Service::Serving
            && own.service[1] == Service::Serving
            && own.joined.is_none()
            && facts.case.person(person).must_months.is_none()
            && reserve::wanted(facts, person).len() <= MOST_WANTED
            && years.clone().all(|t| {
                own.fixed[t].is_none()
                    && own.displaced[t].is_none()
                    && own.hosts[t].is_empty()
                    && own.level[t] == own.level[1]
                    && !r06::binds(facts, person, t)
                    && decisions::required(facts, person, t).is_empty()
            })
    }

    fn plain(&self, person: PersonIx) -> Option<(Plain, Profile, Vec<Item>)> {
        if !self.is_plain(person) {
            return None;
        }
        let facts = self.ground.facts;
        let own = facts.of(person);
        let last = (1..=facts.years).take_while(|t| own.serving(*t)).count();
        let bits = |test: &dyn Fn(usize) -> bool| (1..=last).filter(|t| test(*t)).fold(0_u32, |mask, t| mask | 1 << t);
        let profile = Profile {
            ten: r14::may_be_ten_year(facts, person),
            present: bits(&|t| own.present[t])
                | if last < facts.years && own.present[last + 1] { 1 << (last + 1) } else { 0 },
            waived: bits(&|t| facts.near_retirement(person, facts.effective[t + 1])),
            last: last as u8,
            leaves: last < facts.years,
        };
        let wanted = reserve::wanted(facts, person);
        let mut items = self.items_of(person, last, &wanted);
        items.sort_by_key(|item| {
            let post = PostIx(item.post as usize);
            (facts.unit(post), facts.section(post), self.classes[post.0], post)
        });
        let (gain, kinds) = sets(&mut items);
        let (mut units, mut sections) = (HashMap::new(), HashMap::new());
        for item in &mut items {
            let post = PostIx(item.post as usize);
            let next = units.len() as u16;
            item.unit = *units.entry(facts.unit(post)).or_insert(next);
            item.section = u16::MAX;
            if let Some(section) = facts.section(post) {
                let next = sections.len() as u16;
                item.section = *sections.entry(section).or_insert(next);
            }
        }
        let mut runs = 0_u16;
        for at in 0..items.len() {
            let class = |item: &Item| self.classes[item.post as usize];
            let same = at > 0 && class(&items[at]) == class(&items[at - 1]);
            runs += u16::from(!same);
            items[at].run = runs - 1;
            if same {
                items[at].alike = true;
                items[at - 1].alike = true;
            }
        }
        let today = own.today.map(|post| Home {
            post: post.0 as u32,
            unit: units.get(&facts.unit(post)).copied().unwrap_or(u16::MAX),
            section: facts.section(post).and_then(|section| sections.get(&section).copied()).unwrap_or(u16::MAX),
            item: items.iter().position(|item| item.post as usize == post.0).map_or(NONE, |at| at as u32),
            organ: r18::is_organ(facts, post),
        });
        let unit_bound = facts.policy.rule_on("R20");
        let until = facts.case.person(person).minimum_service_until;
        let plain = Plain {
            profile: 0,
            items: 0..0,
            leave: own.today.map_or(0, |post| {
                bits(&|t| {
                    let key = Key { spot: Spot::Seat(post), began: 0, clock: 0, gained: 0 };
                    leaving_bars(facts, &self.ground.step(person, t, Some(post), Some(key), post)).is_empty()
                })
            }),
            free: bits(&|t| !unit_bound || until.is_none_or(|until| facts.effective[t] >= until)),
            sets: gain.len() as u16 / kinds.max(1),
            gain,
            kinds,
            bound: r18::compares(facts, person),
            last_organ: facts.case.person(person).post.is_some_and(|post| r18::is_organ(facts, post)),
            units: units.len() as u16,
            sections: sections.len() as u16,
            runs,
            idle: score::fit_gain(facts, person, None) as i32,
            standing: self.standings(person, last),
            like: self.likes(person, &items),
            today,
        };
        Some((plain, profile, items))
    }

    fn items_of(&self, person: PersonIx, last: usize, wanted: &[&str]) -> Vec<Item> {
        let facts = self.ground.facts;
        let own = facts.of(person);
        let barred = |t: usize| {
            facts
                .case
                .decisions
                .iter()
                .any(|decision| decision.staff == person && facts.policy.decision_years(decision).contains(&t))
        };
        let any_decision = (1..=last).any(barred);
        let mut items = Vec::new();
        for post in facts.case.posts_ix() {
            let opens: Vec<usize> = (1..=last).filter(|t| facts.open[post.0][*t]).collect();
            let Some(first) = opens.first().copied() else { continue };
            // Nothing but decisions and the opening of posts depends on the year.
            let may = |t: usize, from: Option<PostIx>| {
                entering_bars(facts, &self.ground.step(person, t, from, None, post)).is_empty()
            };
            let (mut enter, mut place) = (0_u32, 0_u32);
            let firstly = (may(first, Some(post)), may(first, None));
            if !any_decision && !firstly.0 && !firstly.1 {
                continue;
            }
            for t in opens {
                let (by_move, by_placement) = if any_decision { (may(t, Some(post)), may(t, None)) } else { firstly };
                enter |= u32::from(by_move) << t;
                let free = leaving_bars(facts, &self.ground.step(person, t, None, None, post)).is_empty();
                place |= u32::from(by_placement && free) << t;
            }
            if enter | place == 0 {
                continue;
            }
            let mut leave = 0_u64;
            for s in 1..=last {
                for t in s + 1..=last {
                    let key = Key { spot: Spot::Seat(post), began: s as u8, clock: s as u8, gained: 0 };
                    let step = self.ground.step(person, t, Some(post), Some(key), post);
                    if leaving_bars(facts, &step).is_empty() {
                        leave |= 1 << pair(facts.years, s, t);
                    }
                }
            }
            debug_assert!(own.planned(1));
            items.push(Item {
                post: post.0 as u32,
                fit: score::fit_gain(facts, person, Some(post)) as i32,
                enter,
                place,
                leave,
                given: reserve::given(facts, post, wanted),
                organ_only: r18::organ_only(facts, person, post),
                run: 0,
                alike: false,
                leave_at: (1..=last)
                    .filter(|t| (1..*t).any(|s| leave >> pair(facts.years, s, *t) & 1 == 1))
                    .fold(0, |mask, t| mask | 1 << t),
                unit: 0,
                section: 0,
            });
        }
        items
    }

    /// Today's stay, year by year; then what leaving service out of it uses.
    fn standings(&self, person: PersonIx, last: usize) -> Vec<Standing> {
        let facts = self.ground.facts;
        let Some(post) = facts.of(person).today else { return Vec::new() };
        let key = Key { spot: Spot::Seat(post), began: 0, clock: 0, gained: 0 };
        let mut all: Vec<Standing> = (1..=last)
            .map(|t| {
                let (gains, rows) = self.ground.standing(person, &key, t);
                Standing { gains: gains.map(i64::from), rows }
            })
            .collect();
        if last < facts.years {
            let mut end = Standing::default();
            self.ground.presence(person, post, true, last + 1, &mut end.rows);
            all.push(end);
        }
        all
    }

    fn likes(&self, person: PersonIx, items: &[Item]) -> Vec<(u32, Vec<Charged>)> {
        let facts = self.ground.facts;
        let own = facts.of(person);
        let Some(today) = own.today else { return Vec::new() };
        let like = |item: &&(u32, &Item)| self.classes[item.1.post as usize] == self.classes[today.0];
        let numbered: Vec<(u32, &Item)> = (0..).zip(items).collect();
        numbered
            .iter()
            .filter(like)
            .map(|(at, item)| {
                let post = PostIx(item.post as usize);
                let charges = (0..=facts.years).map(|t| {
                    let at = facts.effective[t + 1];
                    self.in_tiers(&r14::charge(facts, person, post, own.began[0], t, at))
                });
                (*at, charges.collect())
            })
            .collect()
    }

    /// The lines of nobody moving.
    #[must_use]
    pub fn nobody_moves(&self) -> Vec<Line> {
        let facts = self.ground.facts;
        facts.case.people_ix().map(|person| line::of_layout(&facts.nobody_moves, person)).collect()
    }
}

/// Numbers the sets of experiences that stays in these items can add up to; each item's `given` becomes its kind.
fn sets(items: &mut [Item]) -> (Vec<(u16, u16)>, u16) {
    let mut kinds: Vec<u16> = items.iter().map(|item| item.given).chain([0]).collect();
    kinds.sort_unstable();
    kinds.dedup();
    for item in items.iter_mut() {
        item.given = kinds.binary_search(&item.given).unwrap_or(0) as u16;
    }
    let mut sets = vec![0_u16];
    let mut at = 0;
    while let Some(set) = sets.get(at).copied() {
        for kind in &kinds {
            if !sets.contains(&(set | kind)) {
                sets.push(set | kind);
            }
        }
        at += 1;
    }
    let place = |wanted: u16| sets.iter().position(|set| *set == wanted).unwrap_or(0) as u16;
    let gain = sets
        .iter()
        .flat_map(|set| kinds.iter().map(move |kind| (set | kind, (kind & !set).count_ones() as u16)))
        .map(|(set, new)| (place(set), new))
        .collect();
    (gain, kinds.len() as u16)
}
