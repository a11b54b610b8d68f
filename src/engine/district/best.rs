//! Everybody's best line at given prices, with or without a network.

use super::board::Board;
use super::field::{Field, Person};
use super::price::{LEAST, Priced};
use crate::engine::line::{self, At, Line};
use crate::engine::pricing;
use crate::engine::returns::best_forward;
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
            best_forward(facts, network, PersonIx(person), &mut priced).map(|(line, _)| (value, line))
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
