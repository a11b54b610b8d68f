//! The published draw (semantics 23): longest tenure first, then the order of SHA-256 of `seed:id`.

use crate::rules::Facts;
use chrono::NaiveDate;
use sha2::{Digest, Sha256};

/// Rank of each person, from 1: the longest in their post of today first, equals by the draw. Unknown tenure comes
/// last of those with a post, then who has none.
#[must_use]
pub fn ranks(facts: &Facts<'_>, seed: u64) -> Vec<i64> {
    let mut order: Vec<(bool, NaiveDate, [u8; 32], usize)> = facts
        .case
        .people
        .iter()
        .zip(&facts.people)
        .enumerate()
        .map(|(at, (person, own))| {
            let since = own.began[0].unwrap_or(NaiveDate::MAX);
            (own.today.is_none(), since, lot(seed, person.id.as_str()), at)
        })
        .collect();
    order.sort_unstable();
    let mut ranks = vec![0; order.len()];
    for ((_, _, _, person), rank) in order.into_iter().zip(1..) {
        ranks[person] = rank;
    }
    ranks
}

/// SHA-256 of `seed:id`.
#[must_use]
pub fn lot(seed: u64, id: &str) -> [u8; 32] {
    Sha256::digest(format!("{seed}:{id}").as_bytes()).into()
}
