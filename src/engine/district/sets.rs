//! Sets of wanted experiences, numbered.

use super::field::Item;

/// Numbers the sets of experiences that stays in these items can add up to; each item's `given` becomes its kind.
pub(super) fn sets(items: &mut [Item]) -> (Vec<(u16, u16)>, u16) {
    let mut kinds: Vec<u16> = items.iter().map(|item| item.given).chain([0]).collect();
    kinds.sort_unstable();
    kinds.dedup();
    for item in items.iter_mut() {
        item.given = kinds.binary_search(&item.given).unwrap_or(0) as u16;
    }
    let mut sets = vec![0_u16];
    let mut at = 0;
    while let Some(set) = sets.get(at).copied() {
        for kind in &kinds {
            if !sets.contains(&(set | kind)) {
                sets.push(set | kind);
            }
        }
        at += 1;
    }
    let place = |wanted: u16| sets.iter().position(|set| *set == wanted).unwrap_or(0) as u16;
    let gain = sets
        .iter()
        .flat_map(|set| kinds.iter().map(move |kind| (set | kind, (kind & !set).count_ones() as u16)))
        .map(|(set, new)| (place(set), new))
        .collect();
    (gain, kinds.len() as u16)
}
