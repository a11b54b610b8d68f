//! The stay at hand: where it may end, and the best way on from there.

use super::{Clock, LEAST, Next, Priced, Stay, Walk, better};
use crate::engine::district::field::{Home, NONE};
use crate::engine::line::Line;
use crate::engine::pricing::NEVER;

impl Priced<'_, '_> {
    /// Whether whoever is unplaced today comes from outside the organs, and R18 asks.
    pub(super) fn outside(&self) -> bool {
        self.plain.bound && !self.plain.last_organ
    }

    pub(super) fn first_placed(&self, slot: usize) -> (i64, (i64, u32)) {
        if self.outside() {
            (self.unplaced_open[slot], self.place_open[slot])
        } else {
            (self.unplaced[slot], self.place[slot])
        }
    }

    /// The best way out of today's post.
    pub(super) fn on(&self, home: &Home, t: usize) -> (i64, Next) {
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
    pub(super) fn like_today(&self, home: &Home, t: usize) -> (i64, u32) {
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

    pub(super) fn like_from(&self, home: &Home, run: u16, t: usize) -> (i64, u32) {
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
    pub(super) fn first_way(&self) -> (i64, Next) {
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

    pub(super) fn first_without(&self) -> (i64, Next) {
        let first = self.plain.starts as usize;
        if self.last < first {
            return (self.rest(), Next::End);
        }
        let (idle, (placed, at)) = self.first_placed(self.slot(0, first));
        if placed > idle { (placed, Next::Enter(at, first)) } else { (idle, Next::Unplaced(first)) }
    }

    /// Calls `each` with the value of the stay at hand up to each of its ends.
    pub(super) fn walk(&self, home: &Home, mut each: impl FnMut(&Self, i64, Walk)) {
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
}
