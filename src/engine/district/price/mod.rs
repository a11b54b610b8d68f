//! The best line of one plain person at given prices: a dynamic programme from the last year back over (post, year
//! entered, clock, experiences gained), with the best continuations kept per section, unit and everywhere.

use super::board::Board;
use super::field::{Charged, Field, Home, Item, NONE, Plain, Profile};
use crate::engine::pricing::NEVER;
use crate::rules::{past, r06, r18};
use lungang_domain::PostIx;

mod hand;
mod lines;
mod stay;

/// Values up to this are of lines that are barred.
pub const LEAST: i64 = NEVER / 2;

/// The best value, and the best among those of another tag.
#[derive(Clone, Copy, Debug)]
struct Two {
    best: i64,
    tag: u32,
    at: u32,
    other: i64,
    other_at: u32,
}

impl Two {
    const NONE: Self = Self { best: NEVER, tag: u32::MAX, at: 0, other: NEVER, other_at: 0 };

    fn offer(&mut self, value: i64, tag: u32, at: u32) {
        if value > self.best {
            if tag != self.tag {
                (self.other, self.other_at) = (self.best, self.at);
            }
            (self.best, self.tag, self.at) = (value, tag, at);
        } else if tag != self.tag && value > self.other {
            (self.other, self.other_at) = (value, at);
        }
    }

    fn besides(&self, tag: u32) -> (i64, u32) {
        if tag == self.tag { (self.other, self.other_at) } else { (self.best, self.at) }
    }
}

/// Where a person goes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    /// Stays to the end.
    End,
    /// Into an item in this year, with fresh clocks.
    Enter(u32, usize),
    /// Into a like item in this year: the clocks run on.
    Like(u32, usize),
    /// Without a post from this year.
    Unplaced(usize),
}

/// How the stay at hand may end.
#[derive(Clone, Copy, Debug)]
enum Walk {
    /// Not, in these years.
    End,
    /// The post closes in this year.
    Closed(usize),
    /// Left for another post in this year.
    Left(usize),
}

fn better(best: &mut (i64, Next), value: i64, next: Next) {
    if value > best.0 {
        *best = (value, next);
    }
}

/// Under which clock a stay is charged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Clock {
    /// Begun in this plan year.
    Year(usize),
    /// Today's.
    Today,
}

/// A stay in an item.
#[derive(Clone, Copy, Debug)]
struct Stay {
    item: u32,
    began: usize,
    clock: Clock,
    gained: usize,
}

/// Values of one person at given prices.
pub struct Priced<'a, 'f> {
    field: &'a Field<'f>,
    board: &'a Board<'a>,
    plain: &'a Plain,
    profile: &'a Profile,
    items: &'a [Item],
    stays: &'a [i64],
    years: usize,
    last: usize,
    /// The part after this one.
    next: Option<Box<Priced<'a, 'f>>>,
    /// By set and year.
    any: Vec<Two>,
    place: Vec<(i64, u32)>,
    unplaced: Vec<i64>,
    /// The same for whoever comes from outside the organs (R18); empty where that makes no difference.
    any_open: Vec<Two>,
    place_open: Vec<(i64, u32)>,
    unplaced_open: Vec<i64>,
    /// By set, year and group.
    unit: Vec<Two>,
    section: Vec<Two>,
    /// By set, year and run of like items: the best fresh entries, which bound those under an older clock.
    mates: Vec<Two>,
    /// By set, year and item: value of entering, entry paid.
    enter: Vec<i64>,
    /// By set, year and item: the best way out to another class, and where to.
    onward: Vec<(i64, u32)>,
}

impl<'a, 'f> Priced<'a, 'f> {
    /// Prices a person.
    #[must_use]
    pub fn new(field: &'a Field<'f>, board: &'a Board<'a>, plain: &'a Plain) -> Self {
        let profile = &field.profiles[plain.profile as usize];
        let items = &field.items[plain.items.start as usize..plain.items.end as usize];
        let years = field.ground.facts.years;
        let slots = plain.sets as usize * (years + 2);
        let mut priced = Self {
            field,
            board,
            plain,
            profile,
            items,
            stays: board.stays(plain.profile),
            years,
            last: profile.last as usize,
            next: plain.next.as_ref().map(|next| Box::new(Self::new(field, board, next))),
            any: vec![Two::NONE; slots],
            place: vec![(NEVER, 0); slots],
            unplaced: vec![NEVER; slots],
            any_open: vec![Two::NONE; if plain.bound { slots } else { 0 }],
            place_open: vec![(NEVER, 0); if plain.bound { slots } else { 0 }],
            unplaced_open: vec![NEVER; if plain.bound { slots } else { 0 }],
            unit: vec![Two::NONE; slots * plain.units as usize],
            section: vec![Two::NONE; slots * plain.sections as usize],
            mates: vec![Two::NONE; slots * plain.runs as usize],
            enter: vec![NEVER; slots * items.len()],
            onward: vec![(NEVER, 0); slots * items.len()],
        };
        priced.work();
        priced
    }

    fn slot(&self, gained: usize, t: usize) -> usize {
        gained * (self.years + 2) + t
    }

    /// The post in which a decision requires them.
    fn required(&self, t: usize) -> Option<u32> {
        self.plain.required.get(t).copied().filter(|post| *post != NONE)
    }

    /// The last year for which a stay begun in layout `began` may stand: the next that requires another post ends it.
    fn held(&self, post: u32, began: usize) -> usize {
        let closes = self.field.closes[post as usize] as usize;
        let called = (began + 1..=self.last).find(|t| self.required(*t).is_some_and(|required| required != post));
        self.last.min(closes - 1).min(called.unwrap_or(usize::MAX) - 1)
    }

    /// Value of the parts after this one.
    fn rest(&self) -> i64 {
        self.next.as_ref().map_or(0, |next| next.best().max(NEVER))
    }

    /// The same from a post: whoever an event leaves in the section stays an old hand of it.
    fn beyond(&self, post: u32) -> i64 {
        let Some(next) = &self.next else { return 0 };
        let section = |post: u32| self.field.ground.facts.section(PostIx(post as usize));
        let same = |home: &Home| section(home.post).is_some() && section(home.post) == section(post);
        let hand = next.plain.today.filter(same).map_or(0, |home| self.board.hand(home.post, self.last + 1));
        self.rest() + hand
    }

    /// Price of leaving a post for another: of the section, of the unit, of any.
    fn leaving(&self, post: u32, t: usize) -> [i64; 3] {
        let forced = self.field.closes[post as usize] as usize == t;
        if self.plain.decided >> t & 1 == 1 {
            self.board.leave_decided(post, t, forced)
        } else {
            self.board.leave(post, t, forced)
        }
    }

    /// Whether a rule that compares both ends bars this (R06, R09).
    fn barred(&self, from: u32, to: u32, t: usize) -> bool {
        let (importance, facts) = (&self.field.importance, self.field.ground.facts);
        let [old, new] = [from, to].map(|post| PostIx(post as usize));
        if facts.takes_sides[old.0] && self.plain.decided >> t & 1 == 0 && past::changes_sides(facts, old, new) {
            return true;
        }
        self.plain.disciplined >> t & 1 == 1 && r06::exceeds(importance[to as usize], importance[from as usize])
    }

    fn class(&self, item: u32) -> u32 {
        self.field.classes[self.items[item as usize].post as usize]
    }

    fn work(&mut self) {
        for s in (1..=self.last).rev() {
            for at in 0..self.items.len() as u32 {
                self.enter_in(at, s);
            }
            for gained in 0..self.plain.sets as usize {
                let later = self.slot(gained, s + 1);
                let here = self.slot(gained, s);
                let idle = i64::from(self.plain.idle) * self.board.quality - self.board.cover;
                let ends = s == self.last;
                if self.required(s).is_none() {
                    let rest = if ends { self.rest() } else { self.unplaced[later].max(self.place[later].0) };
                    self.unplaced[here] = rest + idle;
                }
                if self.plain.bound && self.required(s).is_none() {
                    let rest = if ends { self.rest() } else { self.unplaced_open[later].max(self.place_open[later].0) };
                    self.unplaced_open[here] = rest + idle;
                }
                for at in 0..self.items.len() as u32 {
                    let item = &self.items[at as usize];
                    if item.leave_at >> s & 1 == 1 {
                        self.onward[here * self.items.len() + at as usize] = self.hubs(&self.home(at), gained, s);
                    }
                }
            }
        }
    }

    fn enter_in(&mut self, at: u32, s: usize) {
        let item = self.items[at as usize];
        let class = self.class(at);
        let (moves, placed) = (item.enter >> s & 1 == 1, item.place >> s & 1 == 1);
        if !moves && !placed {
            return;
        }
        for gained in 0..self.plain.sets as usize {
            let stay = Stay { item: at, began: s, clock: Clock::Year(s), gained };
            let value = self.follow(&stay).0 - self.board.entry(item.post, s);
            let slot = self.slot(gained, s);
            self.enter[slot * self.items.len() + at as usize] = value;
            if moves {
                self.any[slot].offer(value, class, at);
                if item.alike {
                    self.mates[slot * self.plain.runs as usize + item.run as usize].offer(value, at, at);
                }
                if self.plain.bound && !item.organ_only {
                    self.any_open[slot].offer(value, class, at);
                }
                self.unit[slot * self.plain.units as usize + item.unit as usize].offer(value, class, at);
                if item.section != u16::MAX {
                    let place = slot * self.plain.sections as usize + item.section as usize;
                    self.section[place].offer(value, class, at);
                }
            }
            if placed && value > self.place[slot].0 {
                self.place[slot] = (value, at);
            }
            if placed && self.plain.bound && !item.organ_only && value > self.place_open[slot].0 {
                self.place_open[slot] = (value, at);
            }
        }
    }

    fn like_charges(&self, item: u32) -> Option<&'a [Charged]> {
        let plain = self.plain;
        let at = plain.like.binary_search_by_key(&item, |(at, _)| *at).ok()?;
        Some(&plain.like[at].1)
    }

    /// The set of experiences after a stay, and how many are new.
    fn gain(&self, gained: usize, item: &Item) -> (usize, u16) {
        let (set, new) = self.plain.gain[gained * self.plain.kinds as usize + item.given as usize];
        (set as usize, new)
    }

    fn home(&self, item: u32) -> Home {
        let own = &self.items[item as usize];
        let organ = self.plain.bound && r18::is_organ(self.field.ground.facts, PostIx(own.post as usize));
        Home { post: own.post, unit: own.unit, section: own.section, item, organ }
    }

    fn anywhere(&self, home: &Home, slot: usize) -> &Two {
        if self.plain.bound && !home.organ { &self.any_open[slot] } else { &self.any[slot] }
    }

    /// Value of losing a post to its closing.
    fn idle(&self, post: u32, gained: usize, t: usize) -> i64 {
        let slot = self.slot(gained, t);
        if self.plain.bound && !r18::is_organ(self.field.ground.facts, PostIx(post as usize)) {
            self.unplaced_open[slot]
        } else {
            self.unplaced[slot]
        }
    }
}
