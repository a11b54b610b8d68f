//! Everybody's best line at given prices, with or without a network.

use super::board::Board;
use super::field::{Field, Person};
use super::price::{LEAST, Priced};
use crate::engine::line::{self, At, LEFT, Line};
use crate::engine::network::{Network, Target};
use crate::engine::pricing::{self, NEVER};
use crate::rules::past;
use lungang_domain::PersonIx;

/// Best value and best line of one person; `None` where decisions leave none. The value bounds what any line is worth:
/// pricing does not look at posts left in earlier years, and where the best line goes back to one (R13, R09), the line given
/// is the next that does not.
#[must_use]
pub fn best(field: &Field<'_>, board: &Board<'_>, person: usize) -> Option<(i64, Line)> {
    let facts = field.ground.facts;
    match &field.people[person] {
        Person::Plain(plain) => {
            let priced = Priced::new(field, board, plain);
            let value = priced.best();
            if value <= LEAST {
                return None;
            }
            let line = priced.line();
            if returns(field, person, &line).is_none() {
                return Some((value, line));
            }
            let others = priced.near(usize::MAX).into_iter().map(|(_, line)| line);
            others.into_iter().find(|line| returns(field, person, line).is_none()).map(|line| (value, line))
        }
        Person::Special(network) => {
            let mut priced = pricing::Priced::of(network, field.ground.tiers, board.prices);
            let value = priced.best();
            loop {
                if priced.best() == NEVER {
                    return None;
                }
                let path = priced.path();
                let line = line_of(network, facts.years, &path);
                let Some(back) = returns(field, person, &line) else { return Some((value, line)) };
                // Without the entry that goes back; staying is always left.
                priced.without(states_of(network, &path)[back.entered.1 - 1]);
            }
        }
    }
}

/// The first entry of a line that what was left earlier bars.
fn returns(field: &Field<'_>, person: usize, line: &[At]) -> Option<past::Return> {
    line::returns(field.ground.facts, PersonIx(person), line)
}

/// Up to `most` lines, the best and those next to it; one for those with a network.
#[must_use]
pub fn near(field: &Field<'_>, board: &Board<'_>, person: usize, most: usize) -> Vec<Line> {
    match &field.people[person] {
        Person::Plain(plain) => {
            let lines = Priced::new(field, board, plain).near(most).into_iter().map(|(_, line)| line);
            lines.filter(|line| returns(field, person, line).is_none()).collect()
        }
        Person::Special(_) => best(field, board, person).map(|(_, line)| line).into_iter().collect(),
    }
}

/// The states of layouts 1 … of a path.
fn states_of(network: &Network, path: &[crate::engine::formulation::Hop]) -> Vec<u32> {
    let state = |hop: &crate::engine::formulation::Hop| match (network.exits[hop.exit as usize].target, hop.enter) {
        (Target::State(state), _) => Some(state),
        (Target::Hub(_), Some(enter)) => Some(network.enters[enter as usize].state),
        (Target::Hub(_) | Target::End, _) => None,
    };
    path.iter().map_while(state).collect()
}

/// The line that a path of a network runs along.
fn line_of(network: &Network, years: usize, path: &[crate::engine::formulation::Hop]) -> Line {
    let states = states_of(network, path).into_iter();
    let mut line: Vec<At> = states.map(|state| line::place(network.states[state as usize].spot)).collect();
    line.resize(years, LEFT);
    line.into_boxed_slice()
}
