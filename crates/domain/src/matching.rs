//! How many places can be covered at once, nobody being counted too often: a maximum matching in which each person has a
//! capacity (semantics 63).

use std::collections::VecDeque;

/// Covers as many places as can be covered together. `candidates[place]` are the people who would do, the one to be
/// preferred first; nobody covers more than `capacity` places.
///
/// Places are taken in their order: each is covered if it can be together with all that were covered before, which then stay
/// covered. Sets of places that can be covered together form a matroid, so this greedy pass covers the most there are, and
/// which places are left out depends on their order alone. The same input gives the same people.
#[must_use]
pub fn cover(candidates: &[Vec<usize>], capacity: usize) -> Vec<Option<usize>> {
    let people = candidates.iter().flatten().max().map_or(0, |most| most + 1);
    let mut given: Vec<Option<usize>> = vec![None; candidates.len()];
    let mut places_of: Vec<Vec<usize>> = vec![Vec::new(); people];
    if capacity == 0 {
        return given;
    }
    for start in 0..candidates.len() {
        // Breadth first: from a place to who would do, from someone without room to the places they cover.
        let mut reached_from: Vec<Option<usize>> = vec![None; people];
        let mut queue = VecDeque::from([start]);
        let mut free = None;
        'search: while let Some(place) = queue.pop_front() {
            for &person in &candidates[place] {
                if reached_from[person].is_some() {
                    continue;
                }
                reached_from[person] = Some(place);
                if places_of[person].len() < capacity {
                    free = Some(person);
                    break 'search;
                }
                queue.extend(&places_of[person]);
            }
        }
        // Everybody on the way passes the place they were reached from on.
        while let Some(person) = free {
            let Some(place) = reached_from[person] else { break };
            let before = given[place].replace(person);
            places_of[person].push(place);
            if let Some(before) = before {
                places_of[before].retain(|other| *other != place);
            }
            free = before;
        }
    }
    given
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The most places that can be covered, by trying everything.
    fn most(candidates: &[Vec<usize>], left: &mut Vec<usize>) -> usize {
        let Some((first, rest)) = candidates.split_first() else { return 0 };
        let mut best = most(rest, left);
        for &person in first {
            if left[person] > 0 {
                left[person] -= 1;
                best = best.max(1 + most(rest, left));
                left[person] += 1;
            }
        }
        best
    }

    #[test]
    fn nobody_counts_for_more_than_their_capacity() {
        let only = vec![vec![0], vec![0], vec![0]];
        assert_eq!(cover(&only, 2), [Some(0), Some(0), None]);
        assert_eq!(cover(&only, 1), [Some(0), None, None]);
        assert_eq!(cover(&only, 0), [None, None, None]);
        assert_eq!(cover(&[], 2), []);
        assert_eq!(cover(&[vec![], vec![3]], 2), [None, Some(3)]);
    }

    #[test]
    fn an_earlier_choice_is_changed_where_that_covers_more() {
        // 0 is preferred by both places, and the second has nobody else.
        assert_eq!(cover(&[vec![0, 1], vec![0]], 1), [Some(1), Some(0)]);
        // A chain of three.
        assert_eq!(cover(&[vec![0, 1], vec![1, 2], vec![0], vec![1]], 1), [Some(1), Some(2), Some(0), None]);
    }

    #[test]
    fn a_place_once_covered_stays_covered() {
        let given = cover(&[vec![0], vec![0, 1], vec![1]], 1);
        assert_eq!(given, [Some(0), Some(1), None]);
    }

    #[test]
    fn as_many_as_by_trying_everything() {
        // A small linear congruence: the same cases in every run.
        let mut state = 7_u64;
        let mut next = |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from((state >> 33) % below).unwrap_or(0)
        };
        for _ in 0..3_000 {
            let (places, people, capacity) = (next(7), 1 + next(4), 1 + next(2));
            let candidates: Vec<Vec<usize>> =
                (0..places).map(|_| (0..people).filter(|_| next(3) == 0).collect()).collect();
            let given = cover(&candidates, capacity);
            let covered = given.iter().flatten().count();
            assert_eq!(covered, most(&candidates, &mut vec![capacity; people]), "{candidates:?} {capacity}");
            for (place, person) in given.iter().enumerate() {
                assert!(person.is_none_or(|person| candidates[place].contains(&person)));
            }
            for person in 0..people {
                assert!(given.iter().flatten().filter(|other| **other == person).count() <= capacity);
            }
        }
    }
}
