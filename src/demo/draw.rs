//! Draws from a seed. The arithmetic is our own, so that the same seed gives the same bytes whatever the library does.

use chrono::{Days, NaiveDate};
use lungang_domain::add_months;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// A stream of draws.
pub(super) struct Draw(ChaCha8Rng);

impl Draw {
    pub(super) fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// A whole number below `bound` (0 where the bound is 0). The slight bias of the remainder is of no account here.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound.max(1)).unwrap_or(1);
        usize::try_from(self.0.next_u64() % bound).unwrap_or(0)
    }

    /// A whole number from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: i32, high: i32) -> i32 {
        let span = usize::try_from(high - low).unwrap_or(0) + 1;
        low + i32::try_from(self.below(span)).unwrap_or(0)
    }

    /// True in so many cases of a hundred.
    pub(super) fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    /// One of a list that is not empty.
    pub(super) fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }

    /// A day so many months before `day`, somewhere in that month.
    pub(super) fn months_before(&mut self, day: NaiveDate, months: i32) -> NaiveDate {
        let jitter = u64::try_from(self.below(27)).unwrap_or(0);
        add_months(day, -months).checked_sub_days(Days::new(jitter)).unwrap_or(day)
    }
}
