//! A case as columns and rows, in three formulations.

#[path = "flow.rs"]
mod flow;

use anyhow::ensure;
use lungang::engine::compact::{Placed, pose};
use lungang::engine::formulation::Formulation;
use lungang::engine::ground::Ground;
use lungang::engine::line::{LEFT, Line, OUTSIDE, UNPLACED, place, weigh};
use lungang::engine::network::{NO_CLASS, Network, Target};
use lungang::engine::solver::{Col, Model};
use lungang::rules::Facts;
use lungang_domain::policy::Tier;
use lungang_domain::{Case, PersonIx, Policy, PostIx};
use std::collections::BTreeSet;

/// What is to be made small.
#[derive(Clone, Debug)]
pub struct Aim {
    /// `T0`, `T1`, `T2`, `W`.
    pub name: &'static str,
    /// Whole-number weights of columns.
    pub losses: Vec<(Col, i64)>,
}

impl Aim {
    /// As a row.
    pub fn terms(&self) -> Vec<(Col, f64)> {
        self.losses.iter().map(|(column, weight)| (*column, float(*weight))).collect()
    }

    /// What these values are worth.
    pub fn of(&self, values: &[f64]) -> i64 {
        // Columns that are not whole by declaration are so in every solution up to rounding.
        self.losses.iter().map(|(column, weight)| (values[*column].round() as i64) * weight).sum()
    }
}

/// Columns, rows, objectives, and who is where.
#[derive(Clone, Debug)]
pub struct Programme {
    /// Without an objective.
    pub model: Model,
    /// In the order in which they are closed.
    pub aims: Vec<Aim>,
    /// What columns stand for; a column by paths stands for several.
    pub places: Vec<(Col, Placed)>,
}

/// A whole number as a coefficient.
#[allow(clippy::cast_precision_loss)]
pub fn float(number: i64) -> f64 {
    number as f64
}

/// The objective that a tier belongs to, and with what weight a gain in it counts.
fn aim_of(policy: &Policy, tier: Tier) -> (usize, i64) {
    let weights = policy.priorities.weights;
    match tier {
        Tier::Essential => (0, 1),
        Tier::Cover => (1, 1),
        Tier::Law => (2, 1),
        Tier::Risk(_) => (3, weights.risk),
        Tier::Reserve | Tier::Successors => (3, weights.reserve),
        Tier::Quality => (3, weights.quality),
        // Counted by its parts.
        Tier::Weighted => (3, 0),
    }
}

const AIMS: [&str; 4] = ["T0", "T1", "T2", "W"];

/// Losses by objective, out of gains by tier, in the order of [`Tier::of`].
fn losses(policy: &Policy, gains: impl Iterator<Item = (Tier, i64)>) -> [i64; AIMS.len()] {
    let mut losses = [0; AIMS.len()];
    for (tier, gain) in gains {
        let (aim, weight) = aim_of(policy, tier);
        losses[aim] -= weight * gain;
    }
    losses
}

fn add(aims: &mut [Aim], column: Col, losses: [i64; AIMS.len()]) {
    for (aim, loss) in aims.iter_mut().zip(losses).filter(|(_, loss)| *loss != 0) {
        aim.losses.push((column, loss));
    }
}

fn no_aims() -> Vec<Aim> {
    AIMS.map(|name| Aim { name, losses: Vec::new() }).to_vec()
}

impl Programme {
    /// A column per person, post and year.
    ///
    /// # Errors
    /// If the decisions leave somebody no course.
    pub fn compact(case: &Case, policy: &Policy) -> anyhow::Result<Self> {
        let posed = pose(case, policy).map_err(|_| anyhow::anyhow!("the decisions clash: see `lungang plan`"))?;
        let mut sums = vec![[0; AIMS.len()]; posed.model.columns.len()];
        for (tier, weights) in &posed.tiers {
            for (column, weight) in weights {
                let own = losses(policy, std::iter::once((*tier, tier.as_gain(*weight))));
                sums[*column].iter_mut().zip(own).for_each(|(sum, loss)| *sum += loss);
            }
        }
        let mut aims = no_aims();
        for (column, losses) in sums.into_iter().enumerate() {
            add(&mut aims, column, losses);
        }
        Ok(Self { model: posed.model, aims, places: posed.places })
    }

    /// A column per way of a person's network.
    pub fn flow(case: &Case, policy: &Policy) -> Self {
        flow::programme(case, policy)
    }

    /// A column per course.
    ///
    /// # Errors
    /// If there are more than `most`, or the decisions leave somebody none.
    pub fn paths(case: &Case, policy: &Policy, most: usize) -> anyhow::Result<Self> {
        let facts = Facts::new(case, policy);
        let formulation = Formulation::new(&facts);
        let ground = Ground { facts: &facts, rows: &formulation.rows, tiers: &formulation.tiers };
        let joint = &formulation.rows;
        let (mut model, mut aims, mut places) = (Model::new(false), no_aims(), Vec::new());
        let mut terms = vec![Vec::new(); joint.rows.len()];
        let tiers = |gains: &[i64]| losses(policy, formulation.tiers.iter().copied().zip(gains.iter().copied()));
        for (person, network) in formulation.networks.iter().enumerate() {
            let lines = lines(network, facts.years, most - model.columns.len());
            let Some(lines) = lines else { anyhow::bail!("more than {most} paths") };
            ensure!(!lines.is_empty(), "the decisions leave somebody no course: see `lungang plan`");
            let mut one = Vec::with_capacity(lines.len());
            for line in lines {
                let column = model.binary(0);
                one.push((column, 1.0));
                let used = weigh(ground, PersonIx(person), &line);
                add(&mut aims, column, tiers(&used.gains));
                for (row, coefficient) in used.rows {
                    terms[row as usize].push((column, f64::from(coefficient)));
                }
                places.extend(
                    (1..).zip(&line).filter(|(_, at)| **at != LEFT && **at != OUTSIDE).map(|(t, at)| {
                        (column, (PersonIx(person), t, (*at != UNPLACED).then_some(PostIx(*at as usize))))
                    }),
                );
            }
            model.row(1.0, 1.0, one);
        }
        for aux in &joint.aux {
            let column = model.integer(0, 0, aux.most);
            let gains: Vec<i64> = aux.gains.iter().map(|gain| i64::from(*gain)).collect();
            add(&mut aims, column, tiers(&gains));
            for (row, coefficient) in &aux.rows {
                terms[*row as usize].push((column, f64::from(*coefficient)));
            }
        }
        for (row, terms) in joint.rows.iter().zip(terms) {
            model.row(f64::NEG_INFINITY, float(row.limit), terms);
        }
        Ok(Self { model, aims, places })
    }
}

/// Every line that some path of a network runs along, each once; `None` where there are more than `most`.
fn lines(network: &Network, years: usize, most: usize) -> Option<BTreeSet<Line>> {
    let mut found = BTreeSet::new();
    if network.states.is_empty() {
        found.insert(vec![LEFT; years].into_boxed_slice());
        return Some(found);
    }
    let mut open: Vec<(u32, Vec<u32>)> = vec![(0, Vec::new())];
    while let Some((at, so_far)) = open.pop() {
        if so_far.len() == years {
            found.insert(so_far.into_boxed_slice());
            if found.len() > most {
                return None;
            }
            continue;
        }
        let here = &network.states[at as usize];
        let mut on: BTreeSet<u32> = BTreeSet::new();
        for exit in here.exits.clone() {
            match network.exits[exit as usize].target {
                Target::End => {
                    let mut line = so_far.clone();
                    line.resize(years, LEFT);
                    found.insert(line.into_boxed_slice());
                }
                Target::State(next) => {
                    on.insert(next);
                }
                Target::Hub(hub) => {
                    let enters = network.hubs[hub as usize].enters.clone();
                    let ways = enters.map(|enter| &network.enters[enter as usize]);
                    let open_to = ways.filter(|way| here.class == NO_CLASS || way.class != here.class);
                    on.extend(open_to.map(|way| way.state));
                }
            }
        }
        for next in on {
            let mut line = so_far.clone();
            line.push(place(network.states[next as usize].spot));
            open.push((next, line));
        }
    }
    Some(found)
}
