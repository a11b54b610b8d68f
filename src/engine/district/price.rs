//! The best line of one plain person at given prices: a dynamic programme from the last year back over (post, year
//! entered, clock, experiences gained), with the best continuations kept per section, unit and everywhere.

use super::board::Board;
use super::field::{Charged, Field, Home, Item, Plain, Profile, pair};
use super::line::{At, LEFT, Line, UNPLACED};
use crate::engine::pricing::NEVER;

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
    /// By set and year.
    any: Vec<Two>,
    place: Vec<(i64, u32)>,
    unplaced: Vec<i64>,
    like: Vec<Two>,
    /// By set, year and group.
    unit: Vec<Two>,
    section: Vec<Two>,
    /// By set, year and item: value of entering, entry paid.
    enter: Vec<i64>,
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
            any: vec![Two::NONE; slots],
            place: vec![(NEVER, 0); slots],
            unplaced: vec![NEVER; slots],
            like: vec![Two::NONE; slots],
            unit: vec![Two::NONE; slots * plain.units as usize],
            section: vec![Two::NONE; slots * plain.sections as usize],
            enter: vec![NEVER; slots * items.len()],
        };
        priced.work();
        priced
    }

    fn slot(&self, gained: usize, t: usize) -> usize {
        gained * (self.years + 2) + t
    }

    fn class(&self, item: u32) -> u32 {
        self.field.classes[self.items[item as usize].post as usize]
    }

    fn work(&mut self) {
        for s in (1..=self.last).rev() {
            let mut from = 0;
            while from < self.items.len() {
                let class = self.class(from as u32);
                let mut to = from + 1;
                while to < self.items.len() && self.class(to as u32) == class {
                    to += 1;
                }
                if to - from > 1 {
                    self.like_pass(from as u32..to as u32, Clock::Year(s));
                }
                for at in from..to {
                    self.enter_in(at as u32, s, class);
                }
                if to - from > 1 {
                    self.forget_likes();
                }
                from = to;
            }
            for gained in 0..self.plain.sets as usize {
                let later = self.slot(gained, s + 1);
                let rest = if s == self.last { 0 } else { self.unplaced[later].max(self.place[later].0) };
                let here = self.slot(gained, s);
                self.unplaced[here] = rest + i64::from(self.plain.idle) * self.board.quality - self.board.cover;
            }
        }
        self.today_likes();
    }

    fn enter_in(&mut self, at: u32, s: usize, class: u32) {
        let item = self.items[at as usize];
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
                self.unit[slot * self.plain.units as usize + item.unit as usize].offer(value, class, at);
                if item.section != u16::MAX {
                    let place = slot * self.plain.sections as usize + item.section as usize;
                    self.section[place].offer(value, class, at);
                }
            }
            if placed && value > self.place[slot].0 {
                self.place[slot] = (value, at);
            }
        }
    }

    fn forget_likes(&mut self) {
        self.like.fill(Two::NONE);
    }

    /// Best entries into like items while a clock runs on, by set and year.
    fn like_pass(&mut self, items: std::ops::Range<u32>, clock: Clock) {
        self.forget_likes();
        let first = match clock {
            Clock::Year(s) => s + 1,
            Clock::Today => 1,
        };
        for t in (first..=self.last).rev() {
            for gained in 0..self.plain.sets as usize {
                let slot = self.slot(gained, t);
                let mut best = Two::NONE;
                for at in items.clone() {
                    let item = self.items[at as usize];
                    let charged = clock != Clock::Today || self.like_charges(at).is_some();
                    if item.enter >> t & 1 == 1 && charged {
                        let value = self.follow(&Stay { item: at, began: t, clock, gained }).0;
                        best.offer(value - self.board.entry(item.post, t), at, at);
                    }
                }
                self.like[slot] = best;
            }
        }
    }

    /// The items like today's post, if there are any.
    fn today_range(&self) -> Option<std::ops::Range<u32>> {
        let (first, last) = (self.plain.like.first()?.0, self.plain.like.last()?.0);
        Some(first..last + 1)
    }

    fn today_likes(&mut self) {
        match self.today_range() {
            Some(range) => self.like_pass(range, Clock::Today),
            None => self.forget_likes(),
        }
    }

    fn like_charges(&self, item: u32) -> Option<&'a [Charged]> {
        let plain = self.plain;
        let at = plain.like.binary_search_by_key(&item, |(at, _)| *at).ok()?;
        Some(&plain.like[at].1)
    }

    /// Value of a stay from its first year on, entry not paid, and where it leads.
    fn follow(&self, stay: &Stay) -> (i64, Next) {
        let item = &self.items[stay.item as usize];
        let post = item.post as usize;
        let gained = stay.gained | item.given as usize;
        let new = (item.given as usize & !stay.gained).count_ones();
        let fit = i64::from(item.fit) * self.board.quality;
        let closes = self.field.closes[post] as usize;
        let mut best = (NEVER, Next::End);
        let mut base = i64::from(new) * self.board.reserve;
        let mut sum = 0;
        for e in stay.began..=self.last.min(closes - 1) {
            base += fit;
            let value = base
                + match stay.clock {
                    Clock::Year(k) if k == stay.began => self.stays[post * self.field.pairs + pair(self.years, k, e)],
                    clock => {
                        sum += self.year_under(item, stay, clock, e);
                        sum + self.board.end(self.profile, post, e)
                    }
                };
            if e == self.last {
                if value > best.0 {
                    best = (value, Next::End);
                }
                break;
            }
            let t = e + 1;
            let forced = closes == t;
            if forced {
                let idle = value + self.unplaced[self.slot(gained, t)];
                if idle > best.0 {
                    best = (idle, Next::Unplaced(t));
                }
            }
            if item.leave >> pair(self.years, stay.began, t) & 1 == 1 {
                let home = Home { post: item.post, unit: item.unit, section: item.section, item: stay.item };
                let (on, next) = self.on(&home, gained, t, forced);
                if on != NEVER && value + on > best.0 {
                    best = (value + on, next);
                }
            }
        }
        best
    }

    fn year_under(&self, item: &Item, stay: &Stay, clock: Clock, t: usize) -> i64 {
        let post = item.post as usize;
        let charged = match clock {
            Clock::Year(k) => {
                self.field.charges[usize::from(self.profile.ten)][post * self.field.pairs + pair(self.years, k, t)]
            }
            Clock::Today => self.like_charges(stay.item).map_or(Charged::default(), |charges| charges[t]),
        };
        self.board.year(self.profile, post, stay.began, t, &charged)
    }

    /// The best way out of a post in year `t`, its price paid.
    fn on(&self, home: &Home, gained: usize, t: usize, forced: bool) -> (i64, Next) {
        let class = self.field.classes[home.post as usize];
        let slot = self.slot(gained, t);
        let [near, unit, far] = self.board.leave(home.post, t, forced);
        let mut best = (NEVER, Next::End);
        let mut offer = |(value, at): (i64, u32), cost: i64, like: bool| {
            if value != NEVER && value - cost > best.0 {
                best = (value - cost, if like { Next::Like(at, t) } else { Next::Enter(at, t) });
            }
        };
        offer(self.like[slot].besides(home.item), near, true);
        if home.section != u16::MAX {
            let group = slot * self.plain.sections as usize + home.section as usize;
            offer(self.section[group].besides(class), near, false);
        }
        if home.unit != u16::MAX {
            let group = slot * self.plain.units as usize + home.unit as usize;
            offer(self.unit[group].besides(class), unit, false);
        }
        if self.plain.free >> t & 1 == 1 {
            offer(self.any[slot].besides(class), far, false);
        }
        best
    }

    /// Today's stay up to each year, from its first year on: value, and the best way on.
    fn from_today(&self) -> (i64, usize, Next) {
        let Some(home) = &self.plain.today else {
            let slot = self.slot(0, 1);
            let (idle, (placed, at)) = (self.unplaced[slot], self.place[slot]);
            return if placed > idle { (placed, 0, Next::Enter(at, 1)) } else { (idle, 0, Next::Unplaced(1)) };
        };
        let closes = self.field.closes[home.post as usize] as usize;
        let mut best = (NEVER, 0, Next::End);
        let mut value = 0;
        for e in 0..=self.last.min(closes - 1) {
            if e > 0 {
                let standing = &self.plain.standing[e - 1];
                value += self.board.worth(&standing.gains, &standing.rows);
            }
            if e == self.last {
                let end = self.plain.standing.get(e).map_or(0, |end| self.board.worth(&end.gains, &end.rows));
                if value + end > best.0 {
                    best = (value + end, e, Next::End);
                }
                break;
            }
            let t = e + 1;
            let forced = closes == t;
            if forced {
                let idle = value + self.unplaced[self.slot(0, t)];
                if idle > best.0 {
                    best = (idle, e, Next::Unplaced(t));
                }
            }
            if self.plain.leave >> t & 1 == 1 {
                let (on, next) = self.on(home, 0, t, forced);
                if on != NEVER && value + on > best.0 {
                    best = (value + on, e, next);
                }
            }
        }
        best
    }

    /// Value of the best line.
    #[must_use]
    pub fn best(&self) -> i64 {
        self.from_today().0
    }

    /// The best line.
    #[must_use]
    pub fn line(&mut self) -> Line {
        let (_, _, next) = self.from_today();
        self.trace(next)
    }

    /// Up to `most` lines that differ in their first move, best first, with their values; staying is among them.
    #[must_use]
    pub fn near(&mut self, most: usize) -> Vec<(i64, Line)> {
        let mut firsts: Vec<(i64, Next)> = Vec::new();
        let mut value = 0;
        match self.plain.today {
            None => {
                for t in 1..=self.last {
                    for at in 0..self.items.len() as u32 {
                        if self.items[at as usize].place >> t & 1 == 1 {
                            firsts.push((value + self.entered(t, at), Next::Enter(at, t)));
                        }
                    }
                    value += i64::from(self.plain.idle) * self.board.quality - self.board.cover;
                }
                firsts.push((self.unplaced[self.slot(0, 1)], Next::Unplaced(1)));
            }
            Some(home) => {
                let closes = self.field.closes[home.post as usize] as usize;
                for e in 0..=self.last.min(closes - 1) {
                    if e > 0 {
                        let standing = &self.plain.standing[e - 1];
                        value += self.board.worth(&standing.gains, &standing.rows);
                    }
                    if e == self.last {
                        let end = self.plain.standing.get(e).map_or(0, |end| self.board.worth(&end.gains, &end.rows));
                        firsts.push((value + end, Next::End));
                        break;
                    }
                    let t = e + 1;
                    let forced = closes == t;
                    if forced {
                        firsts.push((value + self.unplaced[self.slot(0, t)], Next::Unplaced(t)));
                    }
                    if self.plain.leave >> t & 1 == 1 {
                        self.first_moves(&home, t, forced, value, &mut firsts);
                    }
                }
            }
        }
        firsts.retain(|(value, _)| *value > NEVER / 2);
        firsts.sort_by_key(|(value, next)| {
            let tie = match next {
                Next::End => (0, 0),
                Next::Enter(at, t) | Next::Like(at, t) => (*at, *t),
                Next::Unplaced(t) => (u32::MAX, *t),
            };
            (std::cmp::Reverse(*value), tie)
        });
        firsts.truncate(most);
        firsts.into_iter().map(|(value, next)| (value, self.trace(next))).collect()
    }

    fn entered(&self, t: usize, at: u32) -> i64 {
        self.enter[self.slot(0, t) * self.items.len() + at as usize]
    }

    fn first_moves(&self, home: &Home, t: usize, forced: bool, value: i64, firsts: &mut Vec<(i64, Next)>) {
        let class = self.field.classes[home.post as usize];
        let [near, unit, far] = self.board.leave(home.post, t, forced);
        for (at, item) in self.items.iter().enumerate() {
            if item.enter >> t & 1 == 0 || self.field.classes[item.post as usize] == class {
                continue;
            }
            let cost = if item.section != u16::MAX && item.section == home.section {
                near
            } else if item.unit == home.unit {
                unit
            } else if self.plain.free >> t & 1 == 1 {
                far
            } else {
                continue;
            };
            firsts.push((value + self.entered(t, at as u32) - cost, Next::Enter(at as u32, t)));
        }
        let (like, at) = self.like[self.slot(0, t)].besides(home.item);
        if like != NEVER {
            firsts.push((value + like - near, Next::Like(at, t)));
        }
    }

    /// The line that begins with today's stay and then goes `next`.
    fn trace(&mut self, mut next: Next) -> Line {
        let mut line: Vec<At> = Vec::with_capacity(self.years);
        let mut here: At = self.plain.today.map_or(UNPLACED, |home| home.post);
        let (mut clock, mut gained) = (Clock::Today, 0);
        loop {
            let until = match next {
                Next::End => self.last + 1,
                Next::Enter(_, t) | Next::Like(_, t) | Next::Unplaced(t) => t,
            };
            line.resize(until - 1, here);
            match next {
                Next::End => break,
                Next::Unplaced(t) => {
                    here = UNPLACED;
                    let slot = self.slot(gained, t + 1);
                    next = if t == self.last {
                        Next::End
                    } else if self.place[slot].0 > self.unplaced[slot] {
                        Next::Enter(self.place[slot].1, t + 1)
                    } else {
                        Next::Unplaced(t + 1)
                    };
                }
                Next::Enter(item, t) | Next::Like(item, t) => {
                    if matches!(next, Next::Enter(..)) {
                        clock = Clock::Year(t);
                    }
                    self.likes_of(item, clock);
                    here = self.items[item as usize].post;
                    next = self.follow(&Stay { item, began: t, clock, gained }).1;
                    gained |= self.items[item as usize].given as usize;
                }
            }
        }
        line.resize(self.years, LEFT);
        // The pass of today's likes is what every trace begins with.
        self.today_likes();
        line.into_boxed_slice()
    }

    fn likes_of(&mut self, item: u32, clock: Clock) {
        let class = self.class(item);
        let from = (0..item).rev().take_while(|at| self.class(*at) == class).last().unwrap_or(item);
        let to = (item..self.items.len() as u32).take_while(|at| self.class(*at) == class).last().unwrap_or(item);
        if from == to { self.forget_likes() } else { self.like_pass(from..to + 1, clock) }
    }
}
