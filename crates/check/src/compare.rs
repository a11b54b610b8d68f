//! What differs between two layouts or verdicts: how an edit is named and priced.

use crate::verdict::Verdict;
use lungang_domain::policy::Tier;
use lungang_domain::{Layout, PersonIx, Place};

/// One person's place in one layout, before and after.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Difference {
    /// Who.
    pub person: PersonIx,
    /// Layout 0 … T.
    pub year: usize,
    /// Place in the first layout; `None` where it has none.
    pub before: Option<Place>,
    /// Place in the second.
    pub after: Option<Place>,
}

/// Every cell in which two layouts of one case differ, by person, then year.
#[must_use]
pub fn differences(a: &Layout, b: &Layout) -> Vec<Difference> {
    let place = |layout: &Layout, person: usize, year: usize| layout.places.get(person)?.get(year).copied();
    let width = |person: usize| {
        let of = |layout: &Layout| layout.places.get(person).map_or(0, Vec::len);
        of(a).max(of(b))
    };
    let people = a.places.len().max(b.places.len());
    let cells = (0..people).flat_map(|person| (0..width(person)).map(move |year| (person, year)));
    cells
        .map(|(person, year)| Difference {
            person: PersonIx(person),
            year,
            before: place(a, person, year),
            after: place(b, person, year),
        })
        .filter(|cell| cell.before != cell.after)
        .collect()
}

/// The change of one tier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TierChange {
    /// Which.
    pub tier: Tier,
    /// Value in the first verdict.
    pub before: i64,
    /// Value in the second.
    pub after: i64,
}

impl TierChange {
    /// How much better the second is, in the tier's own sense; negative if worse.
    #[must_use]
    pub fn gain(&self) -> i64 {
        self.tier.as_gain(self.after) - self.tier.as_gain(self.before)
    }
}

/// Every tier that both verdicts have, in order, changed or not.
#[must_use]
pub fn tier_changes(a: &Verdict, b: &Verdict) -> Vec<TierChange> {
    b.tiers
        .iter()
        .filter_map(|figures| {
            Some(TierChange { tier: figures.tier, before: a.value(figures.tier)?, after: figures.value })
        })
        .collect()
}
