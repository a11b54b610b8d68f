//! Rows of a model that keep people from going back (R13, R09): for each pair of ways out of a post and ways into a post
//! that its arcs leave open and a rule bars, at most one of them is used.

use super::formulation::{Formulation, Hop};
use super::line::{self, At, LEFT, Line};
use super::network::{Network, Target};
use super::pricing::{NEVER, Priced};
use crate::rules::{Facts, decisions, past};
use lungang_domain::{PersonIx, PostIx};
use std::collections::{BTreeMap, HashMap};

/// Arcs by post and year.
type Ways<C> = BTreeMap<(PostIx, usize), Vec<C>>;

/// Groups of columns of one person's arcs of which at most one is used: `exits` and `enters` give the column of each arc.
pub(super) fn barred<C: Copy>(
    formulation: &Formulation<'_>,
    person: usize,
    exits: &HashMap<u32, C>,
    enters: &HashMap<u32, C>,
) -> Vec<Vec<C>> {
    let facts = formulation.facts;
    let ix = PersonIx(person);
    let (left, entered) = ways(formulation, person, exits, enters);
    let mut groups = Vec::new();
    for ((to, t), ins) in &entered {
        for ((from, s), outs) in left.iter().filter(|((_, s), _)| s < t) {
            let day = past::left_on(facts, ix, *from, *s);
            if past::bars_after(facts, *from, day, *to, *t).is_some() {
                groups.push(outs.iter().chain(ins).copied().collect());
            }
        }
    }
    groups
}

/// A person's best line that goes back nowhere, and its path: entries that do are barred one by one. `None` where that leaves
/// none, as where decisions send somebody away and have them back.
pub(super) fn best_forward(
    facts: &Facts<'_>,
    network: &Network,
    person: PersonIx,
    priced: &mut Priced<'_>,
) -> Option<(Line, Vec<Hop>)> {
    loop {
        if priced.best() == NEVER {
            return None;
        }
        let path = priced.path();
        let states = states_of(network, &path);
        let line = line_of(network, facts.years, &states);
        let Some(back) = line::returns(facts, person, &line) else { return Some((line, path)) };
        priced.without(states[back.entered.1 - 1]);
    }
}

/// The states of layouts 1 … of a path.
fn states_of(network: &Network, path: &[Hop]) -> Vec<u32> {
    let state = |hop: &Hop| match (network.exits[hop.exit as usize].target, hop.enter) {
        (Target::State(state), _) => Some(state),
        (Target::Hub(_), Some(enter)) => Some(network.enters[enter as usize].state),
        (Target::Hub(_) | Target::End, _) => None,
    };
    path.iter().map_while(state).collect()
}

/// The line that these states run along.
fn line_of(network: &Network, years: usize, states: &[u32]) -> Line {
    let mut line: Vec<At> = states.iter().map(|state| line::place(network.states[*state as usize].spot)).collect();
    line.resize(years, LEFT);
    line.into_boxed_slice()
}

/// Ways out of posts, and ways into posts that nothing but the plan wants; none where R13 and R09 are off.
fn ways<C: Copy>(
    formulation: &Formulation<'_>,
    person: usize,
    exits: &HashMap<u32, C>,
    enters: &HashMap<u32, C>,
) -> (Ways<C>, Ways<C>) {
    let facts = formulation.facts;
    let (ix, network) = (PersonIx(person), &formulation.networks[person]);
    let (mut left, mut entered): (Ways<C>, Ways<C>) = (BTreeMap::new(), BTreeMap::new());
    if !facts.policy.rule_on("R13") && !facts.policy.rule_on("R09") {
        return (left, entered);
    }
    let wanted =
        |post: PostIx, t: usize| facts.of(ix).fixed[t].is_none() && decisions::go(facts, ix, post, t).is_none();
    for (layer, states) in (1..).zip(&network.layers) {
        for state in states.clone() {
            let here = &network.states[state as usize];
            let seat = here.spot.seat();
            for exit in here.exits.clone().filter(|exit| exits.contains_key(exit)) {
                let to = match network.exits[exit as usize].target {
                    Target::State(to) => network.states[to as usize].spot.seat(),
                    Target::Hub(_) => None,
                    Target::End => seat,
                };
                if seat == to || facts.goes_on(seat, to, layer) {
                    continue;
                }
                if let Some(post) = seat {
                    left.entry((post, layer)).or_default().push(exits[&exit]);
                }
                if let Some(post) = to.filter(|post| wanted(*post, layer)) {
                    entered.entry((post, layer)).or_default().push(exits[&exit]);
                }
            }
        }
    }
    for (t, hubs) in network.hub_layers.iter().enumerate() {
        for enter in hubs.clone().flat_map(|hub| network.hubs[hub as usize].enters.clone()) {
            if let Some(column) = enters.get(&enter)
                && let Some(post) = network.states[network.enters[enter as usize].state as usize].spot.seat()
            {
                entered.entry((post, t)).or_default().push(*column);
            }
        }
    }
    (left, entered)
}
