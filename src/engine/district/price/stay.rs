//! What a planned stay is worth, and the best way on from it.

use super::{Clock, LEAST, Next, Priced, Stay};
use crate::engine::district::field::{Charged, Home, Item, MOST_YEARS, pair};
use crate::engine::pricing::NEVER;

impl Priced<'_, '_> {
    /// Value of a stay from its first year on, entry not paid, and where it leads.
    pub(super) fn follow(&self, stay: &Stay) -> (i64, Next) {
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
    pub(super) fn under_old_clock(&self, item: &Item, stay: &Stay, end: usize) -> [i64; MOST_YEARS + 2] {
        let mut values = [0; MOST_YEARS + 2];
        let mut sum = 0;
        for (e, value) in values.iter_mut().enumerate().take(end + 1).skip(stay.began) {
            sum += self.year_under(item, stay, stay.clock, e);
            *value = sum + self.board.end(self.profile, item.post as usize, e);
        }
        values
    }

    pub(super) fn year_under(&self, item: &Item, stay: &Stay, clock: Clock, t: usize) -> i64 {
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
    pub(super) fn like(&self, run: u16, item: u32, clock: Clock, gained: usize, t: usize, least: i64) -> (i64, u32) {
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
    pub(super) fn hubs(&self, home: &Home, gained: usize, t: usize) -> (i64, u32) {
        let class = self.field.classes[home.post as usize];
        let slot = self.slot(gained, t);
        let takes_sides = self.field.ground.facts.takes_sides[home.post as usize];
        if self.required(t).is_some() || self.plain.disciplined >> t & 1 == 1 || takes_sides {
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
    pub(super) fn scan(&self, home: &Home, slot: usize, t: usize) -> (i64, u32) {
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
    pub(super) fn crossing(&self, home: &Home, at: u32, t: usize) -> Option<i64> {
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
}
