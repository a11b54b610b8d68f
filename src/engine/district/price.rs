//! The best line of one plain person at given prices: a dynamic programme from the last year back over (post, year
//! entered, clock, experiences gained), with the best continuations kept per section, unit and everywhere.

use super::board::Board;
use super::field::{Charged, Field, Home, Item, MOST_YEARS, NONE, Plain, Profile, pair};
use crate::engine::line::{At, LEFT, Line, OUTSIDE, UNPLACED};
use crate::engine::pricing::NEVER;
use crate::rules::{r06, r18};
use lungang_domain::PostIx;

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

    /// Whether a rule that compares both ends bars this (R06).
    fn barred(&self, from: u32, to: u32, t: usize) -> bool {
        let importance = &self.field.importance;
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

    /// Whether whoever is unplaced today comes from outside the organs, and R18 asks.
    fn outside(&self) -> bool {
        self.plain.bound && !self.plain.last_organ
    }

    fn first_placed(&self, slot: usize) -> (i64, (i64, u32)) {
        if self.outside() {
            (self.unplaced_open[slot], self.place_open[slot])
        } else {
            (self.unplaced[slot], self.place[slot])
        }
    }

    /// Value of a stay from its first year on, entry not paid, and where it leads.
    fn follow(&self, stay: &Stay) -> (i64, Next) {
        let item = &self.items[stay.item as usize];
        let (gained, new) = self.gain(stay.gained, item);
        let fit = i64::from(item.fit) * self.board.quality;
        let closes = self.field.closes[item.post as usize] as usize;
        let end = self.held(item.post, stay.began);
        let fresh = stay.clock == Clock::Year(stay.began);
        let old = if fresh { [0; MOST_YEARS + 2] } else { self.under_old_clock(item, stay, end) };
        let row = item.post as usize * self.field.pairs + pair(self.years, stay.began, stay.began);
        let until = |e: usize| {
            let years = e - stay.began;
            let value = if fresh { self.stays[row + years] } else { old[e] };
            value + i64::from(new) * self.board.reserve + fit * (years as i64 + 1)
        };
        let mut best = if end == self.last {
            (until(end) + self.beyond(item.post), Next::End)
        } else if closes == end + 1 {
            // The post closes: without another one, or moved by force.
            (until(end) + self.idle(item.post, gained, end + 1), Next::Unplaced(end + 1))
        } else {
            (NEVER, Next::End)
        };
        let mut ways = if stay.began < self.years {
            item.leave >> pair(self.years, stay.began, stay.began + 1) & ((1 << (self.last - stay.began)) - 1)
        } else {
            0
        };
        while ways != 0 {
            let t = stay.began + 1 + ways.trailing_zeros() as usize;
            ways &= ways - 1;
            if t > end + 1 {
                break;
            }
            let value = until(t - 1);
            let (on, at) = self.onward[self.slot(gained, t) * self.items.len() + stay.item as usize];
            if on > LEAST && value + on > best.0 {
                best = (value + on, Next::Enter(at, t));
            }
            if !item.alike {
                continue;
            }
            let near = self.leaving(item.post, t)[0];
            let (like, at) = self.like(item.run, stay.item, stay.clock, gained, t, best.0 - value + near);
            if like > LEAST && value + like - near > best.0 {
                best = (value + like - near, Next::Like(at, t));
            }
        }
        best
    }

    /// Values up to each year of a stay whose clock began before it.
    fn under_old_clock(&self, item: &Item, stay: &Stay, end: usize) -> [i64; MOST_YEARS + 2] {
        let mut values = [0; MOST_YEARS + 2];
        let mut sum = 0;
        for (e, value) in values.iter_mut().enumerate().take(end + 1).skip(stay.began) {
            sum += self.year_under(item, stay, stay.clock, e);
            *value = sum + self.board.end(self.profile, item.post as usize, e);
        }
        values
    }

    fn year_under(&self, item: &Item, stay: &Stay, clock: Clock, t: usize) -> i64 {
        let post = item.post as usize;
        let charged = match clock {
            Clock::Year(k) => {
                self.field.charges[self.profile.table as usize][post * self.field.pairs + pair(self.years, k, t)]
            }
            Clock::Today => self.like_charges(stay.item).map_or(Charged::default(), |charges| charges[t]),
        };
        self.board.year(self.profile, post, stay.began, t, &charged)
    }

    /// The best entry into a like item in year `t` while a clock runs on, if it is worth more than `least`.
    fn like(&self, run: u16, item: u32, clock: Clock, gained: usize, t: usize, least: i64) -> (i64, u32) {
        // A fresh clock charges least, so the best fresh entry bounds all others; not so where today's is unknown.
        let (fresh, _) = self.mates[self.slot(gained, t) * self.plain.runs as usize + run as usize].besides(item);
        if fresh <= LEAST || (clock != Clock::Today && fresh <= least) {
            return (NEVER, 0);
        }
        let mut best = (NEVER, 0);
        let start = (0..item).rev().take_while(|at| self.items[*at as usize].run == run).last().unwrap_or(item);
        for at in start..self.items.len() as u32 {
            let mate = &self.items[at as usize];
            if mate.run != run {
                break;
            }
            let barred = self.barred(self.items[item as usize].post, mate.post, t);
            if at != item && mate.enter >> t & 1 == 1 && !barred {
                let value = self.follow(&Stay { item: at, began: t, clock, gained }).0 - self.board.entry(mate.post, t);
                if value > best.0 {
                    best = (value, at);
                }
            }
        }
        best
    }

    /// The best way out of a post in year `t` to another class, its price paid, and where to.
    fn hubs(&self, home: &Home, gained: usize, t: usize) -> (i64, u32) {
        let class = self.field.classes[home.post as usize];
        let slot = self.slot(gained, t);
        if self.required(t).is_some() || self.plain.disciplined >> t & 1 == 1 {
            return self.scan(home, slot, t);
        }
        let [near, unit, far] = self.leaving(home.post, t);
        let mut best = (NEVER, 0);
        let mut offer = |(value, at): (i64, u32), cost: i64| {
            if value > LEAST && value - cost > best.0 {
                best = (value - cost, at);
            }
        };
        if home.section != u16::MAX {
            offer(self.section[slot * self.plain.sections as usize + home.section as usize].besides(class), near);
        }
        if home.unit != u16::MAX {
            offer(self.unit[slot * self.plain.units as usize + home.unit as usize].besides(class), unit);
        }
        if self.plain.free >> t & 1 == 1 {
            offer(self.anywhere(home, slot).besides(class), far);
        }
        best
    }

    /// The same, post by post: where rules compare both ends, or a decision names the one.
    fn scan(&self, home: &Home, slot: usize, t: usize) -> (i64, u32) {
        let mut best = (NEVER, 0);
        for at in 0..self.items.len() as u32 {
            let value = self.enter[slot * self.items.len() + at as usize];
            if value > LEAST
                && let Some(cost) = self.crossing(home, at, t)
                && value - cost > best.0
            {
                best = (value - cost, at);
            }
        }
        best
    }

    /// Price of leaving a post for an item of another class; `None` where that is barred.
    fn crossing(&self, home: &Home, at: u32, t: usize) -> Option<i64> {
        let item = &self.items[at as usize];
        if item.enter >> t & 1 == 0
            || self.field.classes[item.post as usize] == self.field.classes[home.post as usize]
            || self.barred(home.post, item.post, t)
        {
            return None;
        }
        let [near, unit, far] = self.leaving(home.post, t);
        let free = (self.plain.free | self.plain.decided) >> t & 1 == 1;
        if item.section != u16::MAX && item.section == home.section {
            Some(near)
        } else if item.unit == home.unit {
            Some(unit)
        } else if free && (home.organ || !self.plain.bound || !item.organ_only) {
            Some(far)
        } else {
            None
        }
    }

    /// The best way out of today's post.
    fn on(&self, home: &Home, t: usize) -> (i64, Next) {
        let (value, at) = self.hubs(home, 0, t);
        let mut best = (value, Next::Enter(at, t));
        let near = self.leaving(home.post, t)[0];
        let (like, at) = self.like_today(home, t);
        if like > LEAST && like - near > best.0 {
            best = (like - near, Next::Like(at, t));
        }
        best
    }

    /// The best item like today's post.
    fn like_today(&self, home: &Home, t: usize) -> (i64, u32) {
        match self.plain.like.iter().map(|(at, _)| *at).find(|at| *at != home.item) {
            // From a like item's point of view, but today's own.
            Some(at) => {
                let run = self.items[at as usize].run;
                if home.item == NONE {
                    self.like_from(home, run, t)
                } else {
                    self.like(run, home.item, Clock::Today, 0, t, NEVER)
                }
            }
            None => (NEVER, 0),
        }
    }

    fn like_from(&self, home: &Home, run: u16, t: usize) -> (i64, u32) {
        let mut best = (NEVER, 0);
        for (at, _) in &self.plain.like {
            let item = &self.items[*at as usize];
            if item.run == run && item.enter >> t & 1 == 1 && !self.barred(home.post, item.post, t) {
                let stay = Stay { item: *at, began: t, clock: Clock::Today, gained: 0 };
                let value = self.follow(&stay).0 - self.board.entry(item.post, t);
                if value > best.0 {
                    best = (value, *at);
                }
            }
        }
        best
    }

    /// The stay at hand up to each year, from its first year on: value, and the best way on.
    fn first_way(&self) -> (i64, Next) {
        let Some(home) = &self.plain.today else { return self.first_without() };
        let mut best = (NEVER, Next::End);
        self.walk(home, |priced, value, step| match step {
            Walk::End => better(&mut best, value, Next::End),
            Walk::Closed(t) => better(&mut best, value, Next::Unplaced(t)),
            Walk::Left(t) => {
                let (on, next) = priced.on(home, t);
                better(&mut best, if on > LEAST { value + on } else { NEVER }, next);
            }
        });
        best
    }

    fn first_without(&self) -> (i64, Next) {
        let first = self.plain.starts as usize;
        if self.last < first {
            return (self.rest(), Next::End);
        }
        let (idle, (placed, at)) = self.first_placed(self.slot(0, first));
        if placed > idle { (placed, Next::Enter(at, first)) } else { (idle, Next::Unplaced(first)) }
    }

    /// Calls `each` with the value of the stay at hand up to each of its ends.
    fn walk(&self, home: &Home, mut each: impl FnMut(&Self, i64, Walk)) {
        let first = self.plain.starts as usize;
        let closes = self.field.closes[home.post as usize] as usize;
        let end = self.held(home.post, first - 1);
        let mut value = 0;
        for e in first - 1..=end {
            if let Some(standing) = e.checked_sub(first).and_then(|at| self.plain.standing.get(at)) {
                value += self.board.worth(&standing.gains, &standing.rows);
            }
            if e == self.last {
                let end =
                    self.plain.standing.get(e + 1 - first).map_or(0, |end| self.board.worth(&end.gains, &end.rows));
                each(self, value + end + self.beyond(home.post), Walk::End);
                break;
            }
            let t = e + 1;
            if closes == t {
                each(self, value + self.idle(home.post, 0, t), Walk::Closed(t));
            }
            if self.plain.leave >> t & 1 == 1 {
                each(self, value, Walk::Left(t));
            }
        }
    }

    /// Value of the best line; below [`LEAST`] where decisions leave none.
    #[must_use]
    pub fn best(&self) -> i64 {
        self.first_way().0
    }

    /// The best line.
    #[must_use]
    pub fn line(&self) -> Line {
        self.trace(self.first_way().1).into_boxed_slice()
    }

    /// Up to `most` lines that differ in their first move, best first, with their values; staying is among them.
    #[must_use]
    pub fn near(&self, most: usize) -> Vec<(i64, Line)> {
        let mut firsts: Vec<(i64, Next)> = Vec::new();
        match &self.plain.today {
            None => self.first_placements(&mut firsts),
            Some(home) => self.walk(home, |priced, value, step| match step {
                Walk::End => firsts.push((value, Next::End)),
                Walk::Closed(t) => firsts.push((value, Next::Unplaced(t))),
                Walk::Left(t) => priced.first_moves(home, t, value, &mut firsts),
            }),
        }
        firsts.retain(|(value, _)| *value > LEAST);
        if let ([(value, Next::End)], Some(next)) = (&firsts[..], &self.next) {
            let before = value - next.best();
            let whole = |(value, line): (i64, Line)| (value + before, self.before(line.into_vec(), Next::End).into());
            return next.near(most).into_iter().map(whole).collect();
        }
        let rank = |(value, next): &(i64, Next)| {
            let tie = match next {
                Next::End => (0, 0),
                Next::Enter(at, t) | Next::Like(at, t) => (*at, *t),
                Next::Unplaced(t) => (u32::MAX, *t),
            };
            (std::cmp::Reverse(*value), tie)
        };
        if firsts.len() > most {
            firsts.select_nth_unstable_by_key(most, rank);
        }
        firsts.truncate(most);
        firsts.sort_unstable_by_key(rank);
        firsts.into_iter().map(|(value, next)| (value, self.trace(next).into_boxed_slice())).collect()
    }

    fn first_placements(&self, firsts: &mut Vec<(i64, Next)>) {
        let mut value = 0;
        let first = self.plain.starts as usize;
        for t in first..=self.last {
            for at in 0..self.items.len() as u32 {
                let item = &self.items[at as usize];
                if item.place >> t & 1 == 1 && !(item.organ_only && self.outside()) {
                    firsts.push((value + self.entered(t, at), Next::Enter(at, t)));
                }
            }
            if self.required(t).is_some() {
                break;
            }
            value += i64::from(self.plain.idle) * self.board.quality - self.board.cover;
        }
        let (value, next) = self.first_without();
        if matches!(next, Next::Unplaced(_) | Next::End) {
            firsts.push((value, next));
        } else {
            firsts.push((self.first_placed(self.slot(0, first)).0, Next::Unplaced(first)));
        }
    }

    fn entered(&self, t: usize, at: u32) -> i64 {
        self.enter[self.slot(0, t) * self.items.len() + at as usize]
    }

    fn first_moves(&self, home: &Home, t: usize, value: i64, firsts: &mut Vec<(i64, Next)>) {
        for at in 0..self.items.len() as u32 {
            if let Some(cost) = self.crossing(home, at, t) {
                firsts.push((value + self.entered(t, at) - cost, Next::Enter(at, t)));
            }
        }
        let (like, at) = self.like_today(home, t);
        if like > LEAST {
            firsts.push((value + like - self.leaving(home.post, t)[0], Next::Like(at, t)));
        }
    }

    /// The line that begins with today's stay and then goes `next`.
    fn trace(&self, next: Next) -> Vec<At> {
        let after = self.next.as_ref().map_or_else(|| vec![LEFT; self.years], |after| after.line().into_vec());
        self.before(after, next)
    }

    /// The same, with the years after this part as given.
    fn before(&self, after: Vec<At>, mut next: Next) -> Vec<At> {
        let mut line: Vec<At> = Vec::with_capacity(self.years);
        line.resize(self.plain.starts as usize - 1, OUTSIDE);
        let mut here: At = self.plain.today.map_or(UNPLACED, |home| home.post);
        let (mut clock, mut gained) = (Clock::Today, 0);
        let mut organ = !self.plain.bound || self.plain.today.map_or(!self.outside(), |home| home.organ);
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
                    } else {
                        let (idle, (placed, at)) = if organ {
                            (self.unplaced[slot], self.place[slot])
                        } else {
                            (self.unplaced_open[slot], self.place_open[slot])
                        };
                        if placed > idle { Next::Enter(at, t + 1) } else { Next::Unplaced(t + 1) }
                    };
                }
                Next::Enter(item, t) | Next::Like(item, t) => {
                    if matches!(next, Next::Enter(..)) {
                        clock = Clock::Year(t);
                    }
                    here = self.items[item as usize].post;
                    next = self.follow(&Stay { item, began: t, clock, gained }).1;
                    gained = self.gain(gained, &self.items[item as usize]).0;
                    organ = !self.plain.bound || r18::is_organ(self.field.ground.facts, PostIx(here as usize));
                }
            }
        }
        line.extend(after.into_iter().skip(self.last));
        line
    }
}
