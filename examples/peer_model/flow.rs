//! A column per way of a person's network: out of a state, or out of a hub into one. It grows with people times posts,
//! where a column per pair of posts grows with people times their square.

use super::{AIMS, Programme, add, float, losses, no_aims};
use lungang::engine::formulation::Formulation;
use lungang::engine::line::{LEFT, OUTSIDE, UNPLACED, place};
use lungang::engine::network::{NO_CLASS, Network, Target};
use lungang::engine::rows::position;
use lungang::engine::solver::{Col, Model};
use lungang::rules::Facts;
use lungang_domain::policy::Tier;
use lungang_domain::{Case, PersonIx, Policy, PostIx};
use std::collections::BTreeMap;

/// The columns of ways into and out of one place.
type Balance = Vec<(Col, f64)>;

/// What one person's columns go into.
#[derive(Default)]
struct Flow {
    states: BTreeMap<u32, Balance>,
    hubs: BTreeMap<u32, Balance>,
    /// Per layout and class: ways from it to hubs, and ways from hubs into it.
    classes: BTreeMap<(usize, u32), [Balance; 2]>,
}

struct Builder<'a> {
    formulation: &'a Formulation<'a>,
    policy: &'a Policy,
    programme: Programme,
    /// Terms of the joint rows.
    terms: Vec<Balance>,
}

/// The layout in which each of so many states or hubs lies.
fn layers(spans: &[std::ops::Range<u32>]) -> Vec<usize> {
    spans.iter().enumerate().flat_map(|(t, span)| span.clone().map(move |_| t)).collect()
}

impl Builder<'_> {
    fn losses(&self, gains: impl Iterator<Item = i64>) -> [i64; AIMS.len()] {
        losses(self.policy, self.formulation.tiers.iter().copied().zip(gains))
    }

    /// A way, with what it uses.
    fn way(&mut self, network: &Network, rows: &std::ops::Range<u32>) -> Col {
        let column = self.programme.model.binary(0);
        for (row, coefficient) in network.of(rows) {
            self.terms[*row as usize].push((column, f64::from(*coefficient)));
        }
        column
    }

    /// A way into a state of layout `t` has what standing there uses and gains, and the cost of the way besides.
    fn arrive(&mut self, person: usize, network: &Network, (column, state, t): (Col, u32, usize), more: [i64; 4]) {
        let state = &network.states[state as usize];
        for (row, coefficient) in network.of(&state.rows) {
            self.terms[*row as usize].push((column, f64::from(*coefficient)));
        }
        let mut sum = self.losses(state.gains.iter().map(|gain| i64::from(*gain)));
        sum.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
        add(&mut self.programme.aims, column, sum);
        let at = place(state.spot);
        if at != LEFT && at != OUTSIDE {
            let post = (at != UNPLACED).then_some(PostIx(at as usize));
            self.programme.places.push((column, (PersonIx(person), t, post)));
        }
    }

    fn person(&mut self, person: usize, network: &Network) {
        if network.states.is_empty() {
            return;
        }
        let (quality, reserve) =
            (position(&self.formulation.tiers, Tier::Quality), position(&self.formulation.tiers, Tier::Reserve));
        let (layer, hub_layer) = (layers(&network.layers), layers(&network.hub_layers));
        let mut flow = Flow::default();
        for (from, here) in (0_u32..).zip(&network.states) {
            for exit in here.exits.clone() {
                let exit = &network.exits[exit as usize];
                let column = self.way(network, &exit.rows);
                flow.states.entry(from).or_default().push((column, -1.0));
                let mut gains = vec![0; self.formulation.tiers.len()];
                gains[quality] += i64::from(exit.quality);
                gains[reserve] += i64::from(exit.reserve);
                let cost = self.losses(gains.into_iter());
                match exit.target {
                    Target::State(to) => {
                        flow.states.entry(to).or_default().push((column, 1.0));
                        self.arrive(person, network, (column, to, layer[to as usize]), cost);
                    }
                    Target::Hub(hub) => {
                        flow.hubs.entry(hub).or_default().push((column, 1.0));
                        add(&mut self.programme.aims, column, cost);
                        if here.class != NO_CLASS {
                            let key = (hub_layer[hub as usize], here.class);
                            flow.classes.entry(key).or_default()[0].push((column, 1.0));
                        }
                    }
                    Target::End => add(&mut self.programme.aims, column, cost),
                }
            }
        }
        for (hub, ways) in (0_u32..).zip(&network.hubs) {
            for enter in ways.enters.clone() {
                let enter = &network.enters[enter as usize];
                let column = self.way(network, &enter.rows);
                let t = hub_layer[hub as usize];
                flow.hubs.entry(hub).or_default().push((column, -1.0));
                flow.states.entry(enter.state).or_default().push((column, 1.0));
                flow.classes.entry((t, enter.class)).or_default()[1].push((column, 1.0));
                self.arrive(person, network, (column, enter.state, t), [0; 4]);
            }
        }
        self.join(flow, &layer, network.layers.len() - 1);
    }

    /// One way out of today; what comes in goes out; nobody goes through a hub into the class they leave (R16).
    fn join(&mut self, flow: Flow, layer: &[usize], last: usize) {
        let model = &mut self.programme.model;
        for (state, balance) in flow.states {
            if state == 0 {
                model.row(-1.0, -1.0, balance);
            } else if layer[state as usize] < last {
                model.row(0.0, 0.0, balance);
            }
        }
        for balance in flow.hubs.into_values() {
            model.row(0.0, 0.0, balance);
        }
        for [out, into] in flow.classes.into_values() {
            if !out.is_empty() && !into.is_empty() {
                model.row(f64::NEG_INFINITY, 1.0, [out, into].concat());
            }
        }
    }

    fn joint(&mut self) {
        let joint = &self.formulation.rows;
        for aux in &joint.aux {
            let column = self.programme.model.integer(0, 0, aux.most);
            let sum = self.losses(aux.gains.iter().map(|gain| i64::from(*gain)));
            add(&mut self.programme.aims, column, sum);
            for (row, coefficient) in &aux.rows {
                self.terms[*row as usize].push((column, f64::from(*coefficient)));
            }
        }
        for (row, terms) in joint.rows.iter().zip(&mut self.terms) {
            // A column may have come twice: by the way, and by where it leads.
            terms.sort_unstable_by_key(|(column, _)| *column);
            let mut once: Balance = Vec::with_capacity(terms.len());
            for (column, coefficient) in terms.drain(..) {
                match once.last_mut() {
                    Some(last) if last.0 == column => last.1 += coefficient,
                    _ => once.push((column, coefficient)),
                }
            }
            self.programme.model.row(f64::NEG_INFINITY, float(row.limit), once);
        }
    }
}

/// The programme of a case.
pub fn programme(case: &Case, policy: &Policy) -> Programme {
    let facts = Facts::new(case, policy);
    let formulation = Formulation::new(&facts);
    let programme = Programme { model: Model::new(false), aims: no_aims(), places: Vec::new() };
    let terms = vec![Vec::new(); formulation.rows.rows.len()];
    let mut builder = Builder { formulation: &formulation, policy, programme, terms };
    for (person, network) in formulation.networks.iter().enumerate() {
        builder.person(person, network);
    }
    builder.joint();
    builder.programme
}
