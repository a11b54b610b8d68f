//! Everybody's best line at given prices, with or without a network.

use super::board::Board;
use super::field::{Field, Person};
use super::price::{LEAST, Priced};
use crate::engine::line::{self, At, LEFT, Line};
use crate::engine::network::{Network, Target};
use crate::engine::pricing::{self, NEVER};

/// Best value and best line of one person; `None` where decisions leave none.
#[must_use]
pub fn best(field: &Field<'_>, board: &Board<'_>, person: usize) -> Option<(i64, Line)> {
    match &field.people[person] {
        Person::Plain(plain) => {
            let priced = Priced::new(field, board, plain);
            let value = priced.best();
            (value > LEAST).then(|| (value, priced.line()))
        }
        Person::Special(network) => {
            let priced = pricing::Priced::of(network, field.ground.tiers, board.prices);
            (priced.best() != NEVER)
                .then(|| (priced.best(), line_of(network, field.ground.facts.years, &priced.path())))
        }
    }
}

/// Up to `most` lines, the best and those next to it; one for those with a network.
#[must_use]
pub fn near(field: &Field<'_>, board: &Board<'_>, person: usize, most: usize) -> Vec<Line> {
    match &field.people[person] {
        Person::Plain(plain) => Priced::new(field, board, plain).near(most).into_iter().map(|(_, line)| line).collect(),
        Person::Special(_) => best(field, board, person).map(|(_, line)| line).into_iter().collect(),
    }
}

/// The line that a path of a network runs along.
fn line_of(network: &Network, years: usize, path: &[crate::engine::formulation::Hop]) -> Line {
    let mut line: Vec<At> = Vec::with_capacity(years);
    for hop in path {
        let state = match (network.exits[hop.exit as usize].target, hop.enter) {
            (Target::State(state), _) => state,
            (Target::Hub(_), Some(enter)) => network.enters[enter as usize].state,
            (Target::Hub(_) | Target::End, _) => break,
        };
        line.push(line::place(network.states[state as usize].spot));
    }
    line.resize(years, LEFT);
    line.into_boxed_slice()
}
