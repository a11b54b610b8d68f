//! Rows of a model that keep people from going back (R13, R09): for each pair of ways out of a post and ways into a post
//! that its arcs leave open and a rule bars, at most one of them is used.

use super::formulation::Formulation;
use super::network::Target;
use crate::rules::{decisions, past};
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
