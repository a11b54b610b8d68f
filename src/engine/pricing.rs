//! Pricing: at given prices of the joint rows, each person's best path, by an exact dynamic programme from the last
//! year back; and how much worse the best path through each arc is.
//!
//! Prices and tier weights are whole multiples of 1/[`ONE`], so every sum is exact and independent of its order.

use super::formulation::{Formulation, Hop, Path};
use super::network::{NO_CLASS, Network, Span, Target};
use super::rows::{TIERS, position};
use lungang_domain::policy::Tier;

/// One, in price units.
pub const ONE: i64 = 4096;

/// Below any value a path can have.
pub const NEVER: i64 = i64::MIN / 4;

/// Prices of rows (≥ 0, each row being Σ ≤ limit) and weights of tiers (≥ 0), in price units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prices {
    /// By row.
    pub rows: Vec<i64>,
    /// By tier: what a unit of gain is worth.
    pub weights: [i64; TIERS],
}

/// Values of one person's network at given prices.
pub struct Priced<'n> {
    network: &'n Network,
    prices: &'n Prices,
    quality: i64,
    reserve: i64,
    /// Best value from a state to the end, its own profit included.
    pub ahead: Vec<i64>,
    /// Profit of standing in a state.
    profit: Vec<i64>,
    hubs: Vec<BestTwo>,
}

/// The best value, and the best of any other class.
#[derive(Clone, Copy, Debug)]
struct BestTwo {
    best: i64,
    class: u32,
    other: i64,
}

impl BestTwo {
    const NONE: Self = Self { best: NEVER, class: NO_CLASS, other: NEVER };

    fn offer(&mut self, value: i64, class: u32) {
        if value > self.best {
            if class != self.class {
                self.other = self.best;
            }
            self.best = value;
            self.class = class;
        } else if class != self.class && value > self.other {
            self.other = value;
        }
    }

    /// The best for who may not use this class.
    fn besides(&self, class: u32) -> i64 {
        if class != NO_CLASS && class == self.class { self.other } else { self.best }
    }
}

impl<'n> Priced<'n> {
    /// Prices one person's network.
    #[must_use]
    pub fn new(formulation: &'n Formulation<'_>, person: usize, prices: &'n Prices) -> Self {
        Self::of(&formulation.networks[person], &formulation.tiers, prices)
    }

    /// Prices a network.
    #[must_use]
    pub fn of(network: &'n Network, tiers: &[Tier], prices: &'n Prices) -> Self {
        let mut priced = Self {
            network,
            prices,
            quality: prices.weights[position(tiers, Tier::Quality)],
            reserve: prices.weights[position(tiers, Tier::Reserve)],
            ahead: vec![NEVER; network.states.len()],
            profit: Vec::with_capacity(network.states.len()),
            hubs: vec![BestTwo::NONE; network.hubs.len()],
        };
        for state in &network.states {
            let gains: i64 =
                state.gains.iter().zip(&prices.weights).map(|(gain, weight)| i64::from(*gain) * weight).sum();
            let profit = gains - priced.cost(&state.rows);
            priced.profit.push(profit);
        }
        priced.sweep();
        priced
    }

    fn cost(&self, rows: &Span) -> i64 {
        self.network
            .of(rows)
            .iter()
            .map(|(row, coefficient)| self.prices.rows[*row as usize] * i64::from(*coefficient))
            .sum()
    }

    fn exit_profit(&self, exit: u32) -> i64 {
        let exit = &self.network.exits[exit as usize];
        i64::from(exit.quality) * self.quality + i64::from(exit.reserve) * self.reserve - self.cost(&exit.rows)
    }

    /// Value of leaving by an exit, the rest of the path included.
    fn exit_value(&self, exit: u32, class: u32) -> i64 {
        let rest = match self.network.exits[exit as usize].target {
            Target::End => 0,
            Target::State(state) => self.ahead[state as usize],
            Target::Hub(hub) => self.hubs[hub as usize].besides(class),
        };
        if rest == NEVER { NEVER } else { rest + self.exit_profit(exit) }
    }

    fn enter_value(&self, enter: u32) -> i64 {
        let enter = &self.network.enters[enter as usize];
        let ahead = self.ahead[enter.state as usize];
        if ahead == NEVER { NEVER } else { ahead - self.cost(&enter.rows) }
    }

    fn sweep(&mut self) {
        let last = self.network.layers.len() - 1;
        for (t, layer) in self.network.layers.iter().enumerate().rev() {
            for state in layer.clone() {
                let here = &self.network.states[state as usize];
                let rest = if t == last {
                    0
                } else {
                    here.exits.clone().map(|exit| self.exit_value(exit, here.class)).max().unwrap_or(NEVER)
                };
                let profit = self.profit[state as usize];
                self.ahead[state as usize] = if rest == NEVER || profit == NEVER { NEVER } else { rest + profit };
            }
            for hub in self.network.hub_layers[t].clone() {
                let mut two = BestTwo::NONE;
                for enter in self.network.hubs[hub as usize].enters.clone() {
                    two.offer(self.enter_value(enter), self.network.enters[enter as usize].class);
                }
                self.hubs[hub as usize] = two;
            }
        }
    }

    /// Bars a state, and values everything anew.
    pub fn without(&mut self, state: u32) {
        self.profit[state as usize] = NEVER;
        self.sweep();
    }

    /// Value of the best path; 0 for who has nothing to plan, [`NEVER`] where decisions leave no path.
    #[must_use]
    pub fn best(&self) -> i64 {
        self.ahead.first().copied().unwrap_or(0)
    }

    /// The best path; of equals the first.
    #[must_use]
    pub fn path(&self) -> Path {
        let mut path = Path::new();
        if self.best() == NEVER || self.network.states.is_empty() {
            return path;
        }
        let mut state = 0_u32;
        loop {
            let here = &self.network.states[state as usize];
            let Some(exit) = best_of(here.exits.clone(), |exit| self.exit_value(exit, here.class)) else { break };
            let (enter, next) = match self.network.exits[exit as usize].target {
                Target::End => (None, None),
                Target::State(next) => (None, Some(next)),
                Target::Hub(hub) => {
                    let enters = self.network.hubs[hub as usize].enters.clone();
                    let allowed = enters.filter(|enter| {
                        here.class == NO_CLASS || self.network.enters[*enter as usize].class != here.class
                    });
                    let enter = best_of(allowed, |enter| self.enter_value(enter));
                    (enter, enter.map(|enter| self.network.enters[enter as usize].state))
                }
            };
            path.push(Hop { exit, enter });
            match next {
                Some(next) => state = next,
                None => break,
            }
        }
        path
    }

    /// How much worse than the best path the best path through each exit and each enter is; [`i64::MAX`] for arcs on
    /// no path.
    #[must_use]
    pub fn losses(&self) -> Losses {
        let network = self.network;
        let best = self.best();
        let mut losses =
            Losses { exits: vec![i64::MAX; network.exits.len()], enters: vec![i64::MAX; network.enters.len()] };
        if network.states.is_empty() || best == NEVER {
            return losses;
        }
        // Best value of the path up to a state, its own profit not included.
        let mut behind = vec![NEVER; network.states.len()];
        behind[0] = 0;
        for (t, layer) in network.layers.iter().enumerate() {
            let mut inflow: Vec<BestTwo> = Vec::new();
            let next_hubs = network.hub_layers.get(t + 1).cloned().unwrap_or(0..0);
            inflow.resize(next_hubs.len(), BestTwo::NONE);
            for state in layer.clone() {
                let here = &network.states[state as usize];
                if behind[state as usize] == NEVER {
                    continue;
                }
                let so_far = behind[state as usize] + self.profit[state as usize];
                for exit in here.exits.clone() {
                    let value = self.exit_value(exit, here.class);
                    if value != NEVER {
                        losses.exits[exit as usize] = best - (so_far + value);
                    }
                    let reach = so_far + self.exit_profit(exit);
                    match network.exits[exit as usize].target {
                        Target::End => {}
                        Target::State(to) => behind[to as usize] = behind[to as usize].max(reach),
                        Target::Hub(hub) => inflow[(hub - next_hubs.start) as usize].offer(reach, here.class),
                    }
                }
            }
            for hub in next_hubs.clone() {
                let two = inflow[(hub - next_hubs.start) as usize];
                for enter in network.hubs[hub as usize].enters.clone() {
                    let way = &network.enters[enter as usize];
                    let reach = two.besides(way.class);
                    let value = self.enter_value(enter);
                    if reach == NEVER {
                        continue;
                    }
                    if value != NEVER {
                        losses.enters[enter as usize] = best - (reach + value);
                    }
                    let to = way.state as usize;
                    behind[to] = behind[to].max(reach - self.cost(&way.rows));
                }
            }
        }
        losses
    }
}

/// Losses of arcs.
pub struct Losses {
    /// By exit.
    pub exits: Vec<i64>,
    /// By enter.
    pub enters: Vec<i64>,
}

/// The first of the best, if any can be had at all.
fn best_of(candidates: impl Iterator<Item = u32>, value: impl Fn(u32) -> i64) -> Option<u32> {
    let mut best: Option<(u32, i64)> = None;
    for candidate in candidates {
        let value = value(candidate);
        if value != NEVER && best.is_none_or(|(_, so_far)| value > so_far) {
            best = Some((candidate, value));
        }
    }
    best.map(|(candidate, _)| candidate)
}
