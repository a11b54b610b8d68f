//! The rules, each a function of its own, named as in the catalogue.
//!
//! R02 (one primary seat a person) cannot be broken here: a layout gives each person one place a year. R03, R14 and
//! R16 are counted in the tiers.

mod decisions;
mod kin;
mod moves;
mod past;
mod rows;
mod state;
mod stay;

pub(crate) use stay::could_take_over;

use crate::facts::Facts;
use crate::verdict::{Breach, Move};
use crate::walk::{Entry, Walk};

/// What one move or placement must obey.
type MoveRule = fn(&Facts, &Walk, &Move) -> Option<Breach>;

/// Breaches that a plan answers for in any case: nobody moving could not bring them about.
pub(crate) fn fixed(facts: &Facts, walk: &Walk, moves: &[Move]) -> Vec<Breach> {
    let mut found = Vec::new();
    for person in facts.case.people_ix() {
        for t in 0..=facts.years {
            found.extend(state::state(facts, walk, person, t));
            found.extend(state::closed(facts, walk, person, t));
        }
        for t in 1..=facts.years {
            decisions::judge(facts, walk, person, t, &mut found);
        }
    }
    for one in moves {
        let rules: [MoveRule; 15] = [
            moves::away,
            moves::special_left,
            moves::special_entered,
            moves::r05,
            moves::r06,
            past::r09_cooling,
            moves::r10,
            past::r13,
            moves::r15,
            moves::r18_entry,
            moves::r20,
            moves::r25,
            moves::fit,
            moves::apart,
            decisions::not,
        ];
        found.extend(rules.iter().filter_map(|rule| rule(facts, walk, one)));
    }
    found.extend(rows::r11(facts, moves));
    found.extend(rows::r12_cap(facts, moves));
    found.extend(rows::r12_floor(facts, moves));
    found.extend(rows::g4_peak(facts, moves));
    found.extend(rows::g4_budgets(facts, moves));
    found.extend(rows::r12_old_hands(facts, walk, moves));
    found
}

/// Breaches of R01, R04, R07, R08, R18, R19 and R21 in layouts 1 … T: (inherited, new) by semantics 9 and 39.
pub(crate) fn may_be_inherited(facts: &Facts, walk: &Walk, still: &Walk) -> (Vec<Breach>, Vec<Breach>) {
    let (mut inherited, mut new) = rows::r01(facts, walk, still);
    for t in 1..=facts.years {
        for person in facts.case.people_ix() {
            // Only today's stay has posts beside it, and it stands when nobody moves.
            inherited.extend(past::r09(facts, walk, person, t));
            let Some(post) = walk.at(person, t).seat() else { continue };
            let found = stay::judge(facts, person, post, t);
            if found.is_empty() {
                continue;
            }
            // What a stay asks depends on person, post and year alone, so nobody moving breaks it too if the person
            // sits there then; and the person must have been there since.
            if stood_since(walk, still, person, t) { inherited.extend(found) } else { new.extend(found) }
        }
    }
    for t in 1..=facts.years {
        for pair in kin::pairs(facts.case) {
            let found = kin::judge(facts, walk, pair, t);
            let kept = pair.iter().all(|person| stood_since(walk, still, *person, t));
            if kept { inherited.extend(found) } else { new.extend(found) }
        }
    }
    inherited.sort();
    (inherited, new)
}

/// Whether the person holds in layout `t` the post held when nobody moves, and has not left it since that stay began.
fn stood_since(walk: &Walk, still: &Walk, person: lungang_domain::PersonIx, t: usize) -> bool {
    let begun = (0..=t).rev().find(|u| still.at(person, *u).entry != Entry::Kept).unwrap_or(0);
    let same = |u: usize| walk.at(person, u).seat() == still.at(person, u).seat();
    still.at(person, t).seat().is_some() && (begun..=t).all(same)
}

/// Breaches of layout 0, for the column *today* of T2.
pub(crate) fn today(facts: &Facts, still: &Walk) -> usize {
    let stays: usize = facts
        .case
        .people_ix()
        .filter_map(|person| Some(stay::judge(facts, person, still.at(person, 0).seat()?, 0).len()))
        .sum();
    let kin: usize = kin::pairs(facts.case).into_iter().map(|pair| kin::judge(facts, still, pair, 0).len()).sum();
    let apart = facts.case.people_ix().filter(|person| past::r09(facts, still, *person, 0).is_some()).count();
    rows::over_strength(facts, still, 0) + stays + kin + apart
}
