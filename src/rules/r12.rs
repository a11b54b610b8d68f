//! R12: at most a share of a unit moves in a year, and old hands stay in every section (semantics 17, 38).

use super::Facts;
use super::facts::Service;
use lungang_domain::{SectionIx, Share, UnitIx};

/// Most moves out of a unit in a year.
#[must_use]
pub fn cap(facts: &Facts<'_>, unit: UnitIx) -> u64 {
    match facts.case.unit(unit).max_moves_per_year {
        Some(cap) => u64::from(cap),
        None => facts.policy.turnover.unit_share.floor_of(facts.unit_base(unit)).max(1),
    }
}

/// Fewest moves out of a unit in a year.
#[must_use]
pub fn floor(facts: &Facts<'_>, unit: UnitIx) -> u64 {
    facts.policy.turnover.unit_floor.floor_of(facts.unit_base(unit)).min(cap(facts, unit))
}

/// Most moves of a year in all units together (G4); `None`: no limit.
#[must_use]
pub fn peak(facts: &Facts<'_>) -> Option<u64> {
    let all = facts.people.iter().filter(|person| person.today.is_some()).count() as u64;
    let share = facts.policy.turnover.year_share;
    (share != Share::whole()).then(|| share.floor_of(all).max(1))
}

/// Least number of people who hold a seat of the section in layouts t − 1 and t; 0 where exempt.
#[must_use]
pub fn old_hands(facts: &Facts<'_>, section: SectionIx, t: usize) -> u64 {
    if facts.section_base(section) <= 1 {
        return 0;
    }
    let remaining = facts.people.iter().filter(|person| {
        person.today.is_some_and(|post| {
            let closed = facts.stay(post, t).is_none();
            let merged_out = (1..=t).any(|year| facts.section(facts.heir(post, year)) != Some(section));
            let promoted_out = (1..=t).any(|year| {
                let fixed = person.fixed[year];
                person.displaced[year].is_some()
                    || fixed.is_some_and(|fixed| fixed.promotion && facts.section(fixed.post) != Some(section))
            });
            let taken_out = closed || merged_out || promoted_out;
            facts.section(post) == Some(section) && person.service[t] != Service::Left && !taken_out
        })
    });
    facts.policy.turnover.old_hands.ceil_of(remaining.count() as u64)
}
