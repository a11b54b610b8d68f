//! The lines worth knowing of everybody. A dual over them takes a hundredth of the time of one over all lines: a sweep
//! over all lines now and then gives the bound, and adds what was missing.

use super::best::best;
use super::board::Board;
use super::field::{Field, Person};
use super::price::Priced;
use crate::engine::dual::price_rows;
use crate::engine::formulation::Totals;
use crate::engine::line::{self, Line, Use};
use crate::engine::pricing::Prices;
use crate::engine::rows::RowIx;
use lungang_domain::PersonIx;
use rayon::prelude::*;
use std::cmp::Reverse;

/// People a chunk of parallel work.
const CHUNK: usize = 16;
/// Lines that a full sweep offers for each person, and the most that are kept.
const NEAR: usize = 10;
const MOST: usize = 40;
/// Refreshes for which a line that was offered is kept before others.
const RECENT: u32 = 8;

/// A line, and what it uses and gains.
#[derive(Clone, Debug)]
pub struct Known {
    /// The line.
    pub line: Line,
    /// What it uses and gains.
    pub used: Use,
    /// The full sweep that offered it last.
    seen: u32,
    /// Share in the linear programme.
    pub share: f64,
    /// Position among all lines.
    at: u32,
    /// Of the line, so that most comparisons end at once.
    hash: u64,
}

impl Known {
    fn new(line: Line, used: Use, seen: u32, share: f64) -> Self {
        Self { hash: hash(&line), line, used, seen, share, at: u32::MAX }
    }
}

/// FNV-1a over the places of a line.
fn hash(line: &Line) -> u64 {
    line.iter().fold(0xcbf2_9ce4_8422_2325, |hash, at| (hash ^ u64::from(*at)).wrapping_mul(0x0100_0000_01b3))
}

/// Lines by person.
pub struct Pool {
    people: Vec<Vec<Known>>,
    /// The same in flat arrays: lines of a person, terms of a line. A term is a row or, behind the rows, a tier.
    lines: Vec<u32>,
    terms: Vec<u32>,
    coefficients: Vec<(u32, i32)>,
    /// Where each line stood before the last refresh; out of range for new ones.
    origin: Vec<u32>,
    rows: usize,
    full: u32,
}

impl Pool {
    /// Knows one line of everybody.
    #[must_use]
    pub fn new(field: &Field<'_>, lines: &[Line], uses: &[Use]) -> Self {
        let known = |(line, used): (&Line, &Use)| vec![Known::new(line.clone(), used.clone(), 0, 1.0)];
        let mut pool = Self {
            people: lines.iter().zip(uses).map(known).collect(),
            lines: Vec::new(),
            terms: Vec::new(),
            coefficients: Vec::new(),
            origin: Vec::new(),
            rows: field.ground.rows.rows.len(),
            full: 0,
        };
        pool.flatten();
        pool
    }

    /// Puts everybody's present line first, where it is always kept.
    pub fn hold(&mut self, lines: &[Line], uses: &[Use]) {
        for ((known, line), used) in self.people.iter_mut().zip(lines).zip(uses) {
            if let Some(at) = known.iter().position(|one| one.line == *line) {
                known.swap(0, at);
            } else {
                known.insert(0, Known::new(line.clone(), used.clone(), self.full, 0.0));
            }
        }
        self.flatten();
    }

    /// What is known of a person.
    #[must_use]
    pub fn of(&self, person: usize) -> &[Known] {
        &self.people[person]
    }

    /// Number of lines.
    #[must_use]
    pub fn len(&self) -> usize {
        self.terms.len() - 1
    }

    /// Whether it knows no line.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn flatten(&mut self) {
        self.lines.clear();
        self.terms.clear();
        self.coefficients.clear();
        self.origin.clear();
        self.terms.push(0);
        for known in &mut self.people {
            self.lines.push(self.terms.len() as u32 - 1);
            for one in known {
                self.origin.push(one.at);
                one.at = self.terms.len() as u32 - 1;
                self.coefficients.extend(&one.used.rows);
                for (tier, gain) in one.used.gains.iter().enumerate().filter(|(_, gain)| **gain != 0) {
                    // Gains are sums over one person's years: months and points, far below the limit.
                    self.coefficients.push(((self.rows + tier) as RowIx, -(*gain as i32)));
                }
                self.terms.push(self.coefficients.len() as u32);
            }
        }
        self.lines.push(self.terms.len() as u32 - 1);
    }

    /// Number of people.
    #[must_use]
    pub fn people(&self) -> usize {
        self.people.len()
    }

    /// Positions of a person's lines.
    #[must_use]
    pub fn lines_of(&self, person: usize) -> std::ops::Range<usize> {
        self.lines[person] as usize..self.lines[person + 1] as usize
    }

    /// Position of the first line of a person, or of the end.
    #[must_use]
    pub fn from(&self, person: usize) -> usize {
        self.lines[person] as usize
    }

    /// Where each line stood before the last refresh; out of range for new ones.
    #[must_use]
    pub fn origin(&self) -> &[u32] {
        &self.origin
    }

    /// Rows, and behind them tiers (negated), that a line uses.
    #[must_use]
    pub fn terms(&self, at: usize) -> &[(u32, i32)] {
        &self.coefficients[self.terms[at] as usize..self.terms[at + 1] as usize]
    }

    /// Shares by line.
    #[must_use]
    pub fn shares(&self) -> Vec<f64> {
        self.people.iter().flatten().map(|known| known.share).collect()
    }

    /// Writes shares back.
    pub fn set_shares(&mut self, shares: &[f64]) {
        for (known, share) in self.people.iter_mut().flatten().zip(shares) {
            known.share = *share;
        }
    }

    /// The lines with a share, by person.
    #[must_use]
    pub fn shared(&self) -> Vec<Vec<Known>> {
        let shared = |known: &Vec<Known>| known.iter().filter(|known| known.share > 0.0).cloned().collect();
        self.people.iter().map(shared).collect()
    }

    /// Gives these lines their shares again, and no others.
    pub fn share(&mut self, shared: &[Vec<Known>]) {
        for (known, shared) in self.people.iter_mut().zip(shared) {
            known.iter_mut().for_each(|one| one.share = 0.0);
            for with in shared {
                match known.iter_mut().find(|one| one.hash == with.hash && one.line == with.line) {
                    Some(one) => one.share = with.share,
                    None => known.push(Known { at: u32::MAX, ..with.clone() }),
                }
            }
        }
        self.flatten();
    }

    /// D over the known lines, in price units.
    #[must_use]
    pub fn dual(&self, field: &Field<'_>, prices: &Prices, most: &[i64]) -> i64 {
        let table: Vec<i64> = prices.rows.iter().chain(&prices.weights).copied().collect();
        let people: i64 = (0..self.people.len())
            .into_par_iter()
            .with_min_len(128)
            .map(|person| {
                let cost = |at| self.terms(at).iter().map(|(row, c)| table[*row as usize] * i64::from(*c)).sum::<i64>();
                self.lines_of(person).map(|at| -cost(at)).max().unwrap_or(0)
            })
            .sum();
        let (mut usage, mut totals) = (vec![0; self.rows], Totals::default());
        people + price_rows(field.ground.rows, prices, most, &mut usage, &mut totals)
    }

    /// Prices everybody over all lines and keeps the best of each: D in price units, and the use of every row, auxiliaries
    /// included. `None` where somebody has no line.
    #[must_use]
    pub fn pick(&mut self, field: &Field<'_>, prices: &Prices, most: &[i64]) -> Option<(i64, Vec<i64>)> {
        let board = Board::new(field, prices);
        let full = self.full;
        let picks: Vec<Option<(i64, usize)>> = self
            .people
            .par_iter_mut()
            .enumerate()
            .with_min_len(CHUNK)
            .map(|(person, known)| {
                let (value, line) = best(field, &board, person)?;
                let hash = hash(&line);
                let at = known.iter().position(|one| one.hash == hash && one.line == line).unwrap_or_else(|| {
                    let used = line::weigh(field.ground, PersonIx(person), &line);
                    known.push(Known::new(line, used, full, 0.0));
                    known.len() - 1
                });
                Some((value, at))
            })
            .collect();
        let (mut usage, mut totals, mut dual) = (vec![0; self.rows], Totals::default(), 0);
        for (known, pick) in self.people.iter().zip(picks) {
            let (value, at) = pick?;
            dual += value;
            let used = &known[at].used;
            for (row, c) in &used.rows {
                usage[*row as usize] += i64::from(*c);
            }
        }
        dual += price_rows(field.ground.rows, prices, most, &mut usage, &mut totals);
        Some((dual, usage))
    }

    /// Prices everybody over all lines, and keeps the best and those next to it. Gives D in price units; `None` where
    /// somebody has no line.
    #[must_use]
    pub fn refresh(&mut self, field: &Field<'_>, prices: &Prices, most: &[i64]) -> Option<i64> {
        let board = Board::new(field, prices);
        self.full += 1;
        let full = self.full;
        let parts: Vec<Option<i64>> = self
            .people
            .par_chunks_mut(CHUNK)
            .enumerate()
            .map(|(chunk, people)| {
                let mut sum = 0;
                for (known, person) in people.iter_mut().zip(chunk * CHUNK..) {
                    let (value, lines) = match &field.people[person] {
                        Person::Plain(plain) => {
                            let priced = Priced::new(field, &board, plain);
                            let mut lines = priced.near(NEAR);
                            let value = lines.first()?.0;
                            let facts = field.ground.facts;
                            lines.retain(|(_, line)| line::returns(facts, PersonIx(person), line).is_none());
                            (value, lines)
                        }
                        Person::Special(_) => {
                            let (value, line) = best(field, &board, person)?;
                            (value, vec![(value, line)])
                        }
                    };
                    sum += value;
                    keep(field, &board, person, known, lines.into_iter().map(|(_, line)| line), full);
                }
                Some(sum)
            })
            .collect();
        let people = parts.into_iter().sum::<Option<i64>>()?;
        self.flatten();
        let (mut usage, mut totals) = (vec![0; self.rows], Totals::default());
        Some(people + price_rows(field.ground.rows, prices, most, &mut usage, &mut totals))
    }
}

/// Adds lines to what is known of a person; where that is too much, the first stays, and those that have a share or were
/// offered of late, and those that lose least.
fn keep(
    field: &Field<'_>,
    board: &Board<'_>,
    person: usize,
    known: &mut Vec<Known>,
    lines: impl Iterator<Item = Line>,
    full: u32,
) {
    for line in lines {
        let hash = hash(&line);
        match known.iter_mut().find(|one| one.hash == hash && one.line == line) {
            Some(one) => one.seen = full,
            None => {
                let used = line::weigh(field.ground, PersonIx(person), &line);
                known.push(Known::new(line, used, full, 0.0));
            }
        }
    }
    if known.len() > MOST {
        let worth = |one: &Known| board.worth(&one.used.gains, &one.used.rows);
        known[1..]
            .sort_by_cached_key(|one| (one.share == 0.0, Reverse(one.seen + RECENT >= full), Reverse(worth(one))));
        known.truncate(MOST);
    }
}
