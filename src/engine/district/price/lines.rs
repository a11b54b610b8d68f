//! The lines that the values belong to.

use super::{Clock, LEAST, Next, Priced, Stay, Walk};
use crate::engine::district::field::Home;
use crate::engine::line::{At, LEFT, Line, OUTSIDE, UNPLACED};
use crate::rules::r18;
use lungang_domain::PostIx;

impl Priced<'_, '_> {
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

    pub(super) fn first_placements(&self, firsts: &mut Vec<(i64, Next)>) {
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

    pub(super) fn entered(&self, t: usize, at: u32) -> i64 {
        self.enter[self.slot(0, t) * self.items.len() + at as usize]
    }

    pub(super) fn first_moves(&self, home: &Home, t: usize, value: i64, firsts: &mut Vec<(i64, Next)>) {
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
    pub(super) fn trace(&self, next: Next) -> Vec<At> {
        let after = self.next.as_ref().map_or_else(|| vec![LEFT; self.years], |after| after.line().into_vec());
        self.before(after, next)
    }

    /// The same, with the years after this part as given.
    pub(super) fn before(&self, after: Vec<At>, mut next: Next) -> Vec<At> {
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
