//! The whole formulation of one case: tiers, joint rows, a network a person; and what a choice of paths is worth.

use super::ground::Ground;
use super::line::{At, LEFT, place};
use super::network::{self, Network, Target};
use super::pricing::{NEVER, Priced, Prices};
use super::rows::{self, Gains, RowKind, Rows, TIERS};
use crate::rules::Facts;
use lungang_domain::policy::Tier;
use lungang_domain::{Layout, Place};
use rayon::prelude::*;

/// Totals over the tiers, in the order of [`Tier::counted`]; more is better.
pub type Totals = [i64; TIERS];

/// One hop of a path: an exit, and the way in where it leads to a hub.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hop {
    /// Position in [`Network::exits`].
    pub exit: u32,
    /// Position in [`Network::enters`].
    pub enter: Option<u32>,
}

/// One person's path: a hop per plan year, fewer where they leave service.
pub type Path = Vec<Hop>;

/// One case, formulated.
pub struct Formulation<'f> {
    /// Facts.
    pub facts: &'f Facts<'f>,
    /// The counted tiers, first priority first.
    pub tiers: Vec<Tier>,
    /// Joint rows.
    pub rows: Rows,
    /// By person.
    pub networks: Vec<Network>,
    /// Step lengths of the rows in the dual: coarse where few people use a row.
    pub kappa: Vec<f64>,
    /// Step lengths of the floors in the dual, by tier.
    floor_steps: Totals64,
}

type Totals64 = [f64; TIERS];

/// What a choice of paths is worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worth {
    /// Gains per tier, shortages and excesses included; at [`rows::BROKEN`] minus the amount by which rows are broken.
    pub totals: Totals,
}

impl<'f> Formulation<'f> {
    /// Formulates a case.
    #[must_use]
    pub fn new(facts: &'f Facts<'f>) -> Self {
        let tiers = Tier::counted(facts.policy);
        let rows = rows::build(facts, &tiers);
        let classes = network::classes(facts);
        let ground = Ground { facts, rows: &rows, tiers: &tiers };
        let networks: Vec<Network> = facts
            .case
            .people_ix()
            .collect::<Vec<_>>()
            .into_par_iter()
            .map(|person| network::build(ground, &classes, person, &|_| true))
            .collect();
        let mut formulation = Self { facts, tiers, rows, networks, kappa: Vec::new(), floor_steps: [0.0; TIERS] };
        formulation.kappa = formulation.steps();
        formulation.floor_steps = formulation.spread();
        formulation
    }

    /// κ of each row: seats and cover min(1, 20 / people who may use them), turnover 1 / cap, old hands 1 / need.
    fn steps(&self) -> Vec<f64> {
        let mut users = vec![0_u32; self.rows.rows.len()];
        let mut seen = vec![u32::MAX; users.len()];
        for (person, network) in self.networks.iter().enumerate() {
            for (row, _) in &network.coefficients {
                if seen[*row as usize] != person as u32 {
                    seen[*row as usize] = person as u32;
                    users[*row as usize] += 1;
                }
            }
        }
        let room = self.rows.room_at_no_cost();
        let step = |((row, users), room): ((&rows::Row, u32), &i64)| match row.kind {
            kind if kind.is_budget() => 1.0 / ((*room).max(1) as f64),
            RowKind::Turnover(..)
            | RowKind::TurnoverDecided(..)
            | RowKind::Floor(..)
            | RowKind::Peak(..)
            | RowKind::PeakDecided(..)
            | RowKind::OldHands(..) => 1.0 / (row.limit.abs().max(1) as f64),
            _ => (20.0 / f64::from(users.max(1))).min(1.0),
        };
        self.rows.rows.iter().zip(users).zip(&room).map(step).collect()
    }

    /// Floors: 60 / Σ range², the range being what one person's paths differ by in a tier.
    fn spread(&self) -> Totals64 {
        let mut steps = [60.0; TIERS];
        for (tier, step) in steps.iter_mut().enumerate().take(self.tiers.len()) {
            let squares: f64 = (0..self.networks.len())
                .into_par_iter()
                .map(|person| {
                    let of = |weight: i64| {
                        let mut prices = Prices { rows: vec![0; self.rows.rows.len()], weights: [0; TIERS] };
                        prices.weights[tier] = weight;
                        Priced::new(self, person, &prices).best()
                    };
                    let (most, least) = (of(1), of(-1));
                    if most == NEVER { 0.0 } else { ((most + least) as f64).powi(2) }
                })
                .collect::<Vec<f64>>()
                .iter()
                .sum();
            *step = 60.0 / squares.max(60.0);
        }
        steps
    }

    /// Step length of the floor of a tier.
    #[must_use]
    pub fn floor_step(&self, tier: usize) -> f64 {
        self.floor_steps[tier]
    }

    /// Adds a path's use of rows and its gains.
    pub fn add_path(&self, person: usize, path: &[Hop], usage: &mut [i64], totals: &mut Totals) {
        let network = &self.networks[person];
        let mut add_rows = |span: &network::Span| {
            for (row, coefficient) in network.of(span) {
                usage[*row as usize] += i64::from(*coefficient);
            }
        };
        let quality = rows::position(&self.tiers, Tier::Quality);
        let reserve = rows::position(&self.tiers, Tier::Reserve);
        for hop in path {
            let exit = &network.exits[hop.exit as usize];
            add_rows(&exit.rows);
            totals[quality] += i64::from(exit.quality);
            totals[reserve] += i64::from(exit.reserve);
            if let Some(enter) = hop.enter {
                add_rows(&network.enters[enter as usize].rows);
            }
            if let Some(state) = self.arrival(person, *hop) {
                let state = &network.states[state as usize];
                add_rows(&state.rows);
                for (total, gain) in totals.iter_mut().zip(&state.gains) {
                    *total += i64::from(*gain);
                }
            }
        }
    }

    /// The state a hop arrives in; `None` out of service.
    #[must_use]
    pub fn arrival(&self, person: usize, hop: Hop) -> Option<u32> {
        let network = &self.networks[person];
        match (network.exits[hop.exit as usize].target, hop.enter) {
            (Target::State(state), _) => Some(state),
            (Target::Hub(_), Some(enter)) => Some(network.enters[enter as usize].state),
            (Target::Hub(_) | Target::End, None) | (Target::End, Some(_)) => None,
        }
    }

    /// The same path, each move through the narrowest hub that leads to the post entered: a wider one charges what the
    /// move does not cost, and a model that is indifferent may have taken it.
    #[must_use]
    pub fn tidied(&self, person: usize, path: &[Hop]) -> Path {
        let network = &self.networks[person];
        let mut state = 0_u32;
        let mut tidy = Path::with_capacity(path.len());
        for hop in path {
            let arrival = self.arrival(person, *hop);
            let mut best = *hop;
            if hop.enter.is_some() {
                for exit in network.states[state as usize].exits.clone() {
                    let Target::Hub(hub) = network.exits[exit as usize].target else { continue };
                    let mut enters = network.hubs[hub as usize].enters.clone();
                    let enter = enters.find(|enter| Some(network.enters[*enter as usize].state) == arrival);
                    // Exits stand from the narrowest hub to the widest.
                    if enter.is_some() {
                        best = Hop { exit, enter };
                        break;
                    }
                }
            }
            tidy.push(best);
            match arrival {
                Some(next) => state = next,
                None => break,
            }
        }
        tidy
    }

    /// What a choice of paths is worth: shortages, excesses and excuses settled at their least.
    #[must_use]
    pub fn worth(&self, paths: &[Path]) -> Worth {
        let mut usage = vec![0_i64; self.rows.rows.len()];
        let mut totals = Totals::default();
        for (person, path) in paths.iter().enumerate() {
            self.add_path(person, path, &mut usage, &mut totals);
        }
        self.rows.settle(&mut usage, &mut totals);
        Worth { totals }
    }

    /// The layout of a choice of paths.
    #[must_use]
    pub fn layout(&self, paths: &[Path]) -> Layout {
        let facts = self.facts;
        let places = facts
            .case
            .people_ix()
            .map(|ix| {
                let person = facts.of(ix);
                let mut line = vec![facts.nobody_moves.at(ix, 0)];
                for (hop, t) in paths[ix.0].iter().zip(1..) {
                    line.push(match self.arrival(ix.0, *hop) {
                        None => Place::Left,
                        Some(state) => match self.networks[ix.0].states[state as usize].spot {
                            network::Spot::Outside => Place::Outside,
                            spot => facts.place(person, spot.seat(), t),
                        },
                    });
                }
                line.resize(facts.years + 1, Place::Left);
                line
            })
            .collect();
        Layout { places }
    }

    /// The path of staying as one is, where decisions leave it open.
    #[must_use]
    pub fn stay_path(&self, person: usize) -> Option<Path> {
        let network = &self.networks[person];
        let ix = lungang_domain::PersonIx(person);
        let mut path = Path::new();
        let mut state = 0_u32;
        if network.states.is_empty() {
            return Some(path);
        }
        for t in 1..=self.facts.years {
            let exits = network.states[state as usize].exits.clone();
            let wanted = self.facts.nobody_moves.at(ix, t);
            let exit = exits.into_iter().find(|exit| {
                let exit = &network.exits[*exit as usize];
                match exit.target {
                    Target::End => wanted == Place::Left,
                    Target::State(to) => {
                        let spot = network.states[to as usize].spot;
                        !exit.is_move
                            && match wanted {
                                Place::Outside => spot == network::Spot::Outside,
                                place => spot != network::Spot::Outside && spot.seat() == place.seat(),
                            }
                    }
                    Target::Hub(_) => false,
                }
            })?;
            path.push(Hop { exit, enter: None });
            match network.exits[exit as usize].target {
                Target::State(to) => state = to,
                Target::Hub(_) | Target::End => break,
            }
        }
        Some(path)
    }

    /// The best path along these places, a place a year; `None` where the rules allow none.
    #[must_use]
    pub fn path_along(&self, person: usize, line: &[At]) -> Option<Path> {
        let mut found: Vec<(Totals, Path)> = Vec::new();
        self.follow(person, line, 0, &mut Path::new(), &mut found);
        // Of equals the first, which goes through the narrowest hubs.
        found.into_iter().rev().max_by(|a, b| a.0.cmp(&b.0)).map(|(_, path)| path)
    }

    fn follow(&self, person: usize, line: &[At], state: u32, path: &mut Path, found: &mut Vec<(Totals, Path)>) {
        let network = &self.networks[person];
        let at = line.get(path.len()).copied();
        if at.is_none() || network.states.is_empty() {
            let mut totals = Totals::default();
            self.add_path(person, path, &mut vec![0; self.rows.rows.len()], &mut totals);
            found.push((totals, path.clone()));
            return;
        }
        let arrives = |next: u32| Some(place(network.states[next as usize].spot)) == at;
        for exit in network.states[state as usize].exits.clone() {
            match network.exits[exit as usize].target {
                Target::End if at == Some(LEFT) => {
                    path.push(Hop { exit, enter: None });
                    self.follow(person, &[], state, path, found);
                    path.pop();
                }
                Target::State(next) if arrives(next) => {
                    path.push(Hop { exit, enter: None });
                    self.follow(person, line, next, path, found);
                    path.pop();
                }
                Target::Hub(hub) => {
                    let class = network.states[state as usize].class;
                    for enter in network.hubs[hub as usize].enters.clone() {
                        let way = &network.enters[enter as usize];
                        if arrives(way.state) && (class == network::NO_CLASS || way.class != class) {
                            path.push(Hop { exit, enter: Some(enter) });
                            self.follow(person, line, way.state, path, found);
                            path.pop();
                        }
                    }
                }
                Target::State(_) | Target::End => {}
            }
        }
    }

    /// Gains that a person's hop on a state makes; for tests and prices.
    #[must_use]
    pub fn gains_of(&self, person: usize, state: u32) -> &Gains {
        &self.networks[person].states[state as usize].gains
    }
}
