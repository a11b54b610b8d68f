//! The exact finish: only arcs whose loss is at most bound − plan can be in a better plan. What is left goes to the
//! solver as a flow per person, tied by the joint rows.

use super::dual::Reached;
use super::formulation::{Formulation, Hop, Path, Totals};
use super::network::{NO_CLASS, Span, Target};
use super::pricing::{ONE, Priced, Prices};
use super::rows::{BROKEN, RowIx, TIERS, position};
use super::solver::{Col, Model, SolveOptions, Status, solve};
use super::steps::Floor;
use lungang_domain::policy::Tier;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};

/// What of one person's network stays in the model.
#[derive(Clone, Debug, Default)]
pub struct Kept {
    exits: Vec<u32>,
    enters: Vec<u32>,
}

impl Kept {
    fn add(&mut self, hops: impl IntoIterator<Item = Hop>) {
        for hop in hops {
            self.exits.push(hop.exit);
            self.enters.extend(hop.enter);
        }
        for arcs in [&mut self.exits, &mut self.enters] {
            arcs.sort_unstable();
            arcs.dedup();
        }
    }
}

/// Number of columns that these arcs make.
fn size(kept: &[Kept]) -> usize {
    kept.iter().map(|kept| kept.exits.len() + kept.enters.len()).sum()
}

/// The arcs of these paths, by person, those of `keep` included.
#[must_use]
pub fn of_paths(paths: &[Vec<Path>], keep: &[Path]) -> Vec<Kept> {
    keep.iter()
        .zip(paths)
        .map(|(keep, paths)| {
            let mut kept = Kept::default();
            kept.add(keep.iter().chain(paths.iter().flatten()).copied());
            kept
        })
        .collect()
}

/// Ways of one person out of and into one class of posts through the hubs of a year.
#[derive(Default)]
struct ClassFlow {
    leaves: bool,
    enters: bool,
    terms: Vec<(Col, f64)>,
}

/// A model of the arcs that are left.
pub struct Finish<'a, 'f> {
    formulation: &'a Formulation<'f>,
    most: &'a [i64],
    model: Model,
    exit_columns: Vec<HashMap<u32, Col>>,
    enter_columns: Vec<HashMap<u32, Col>>,
    aux_columns: Vec<Col>,
}

/// What the solver made of it.
pub struct Finished {
    /// A choice of paths, if it found one.
    pub paths: Option<Vec<Path>>,
    /// Whole-number bound over all plans that use only the arcs left; `None` if nothing was proved.
    pub bound: Option<i64>,
    /// No plan is left among these arcs.
    pub infeasible: bool,
    /// The solver failed or contradicted itself.
    pub failed: Option<String>,
}

/// The objective of a model: a gain per tier, or the draw's price of a move.
pub enum Objective<'o> {
    /// Maximise Σ weight · tier; one tier alone has weight 1.
    Weighted([i64; TIERS]),
    /// Break ties: least sum of the movers' ranks, by person.
    Draw(&'o [i64]),
}

/// The arcs whose loss is within `reach` (price units), those of `keep` included.
#[must_use]
pub fn within(formulation: &Formulation<'_>, prices: &Prices, reach: i64, keep: &[Path]) -> Vec<Kept> {
    (0..formulation.networks.len())
        .into_par_iter()
        .map(|person| {
            let losses = Priced::new(formulation, person, prices).losses();
            let near = |losses: &[i64]| -> Vec<u32> {
                (0..losses.len() as u32).filter(|arc| losses[*arc as usize] <= reach).collect()
            };
            let mut kept = Kept { exits: near(&losses.exits), enters: near(&losses.enters) };
            kept.add(keep[person].iter().copied());
            kept
        })
        .collect()
}

/// Columns of a model that looks for a better plan, of one that is to prove, and of the draw's.
const FIRST_COLUMNS: usize = 12_000;
const MOST_COLUMNS: usize = 40_000;
const DRAW_COLUMNS: usize = 4_000;
/// Nodes of a model that only looks for a better plan, and of one that is to prove.
pub const NODES_TO_LOOK: i64 = 200;
const NODES_TO_PROVE: i64 = 5_000;

/// Reaches that grow until they cover all that a better plan could use.
pub struct Widening<'a> {
    reached: &'a Reached,
    part: f64,
}

/// The arcs within one reach.
pub struct Reach {
    /// The arcs.
    pub arcs: Vec<Kept>,
    /// Nodes that their model is worth.
    pub nodes: i64,
    /// What plans with an arc beyond the reach are worth at most.
    beyond: i64,
}

impl Reach {
    /// Bound of all plans, given that of the model.
    #[must_use]
    pub fn bound(&self, of_model: i64) -> i64 {
        of_model.max(self.beyond)
    }
}

impl<'a> Widening<'a> {
    /// From a bound and its prices.
    #[must_use]
    pub fn new(reached: &'a Reached) -> Self {
        Self { reached, part: 0.05 }
    }

    /// The next reach for a plan of this worth; `None` where no better plan is possible, the last reach covered all, or
    /// a model of all would be too large.
    pub fn next(&mut self, formulation: &Formulation<'_>, worth: i64, keep: &[Path]) -> Option<Reach> {
        // A better plan is worth one point more at least.
        let whole = self.reached.bound - (worth + 1) * ONE;
        if whole < 0 || self.part.is_infinite() {
            return None;
        }
        if self.part < 1.0 {
            let reach = (whole as f64 * self.part) as i64;
            let arcs = within(formulation, &self.reached.prices, reach, keep);
            if size(&arcs) <= FIRST_COLUMNS {
                self.part *= 4.0;
                let beyond = (self.reached.bound - reach).div_euclid(ONE);
                return Some(Reach { arcs, nodes: NODES_TO_LOOK, beyond });
            }
        }
        // The whole at once, or nothing.
        self.part = f64::INFINITY;
        let arcs = within(formulation, &self.reached.prices, whole, keep);
        (size(&arcs) <= MOST_COLUMNS).then_some(Reach { arcs, nodes: NODES_TO_PROVE, beyond: worth })
    }
}

/// The arcs among which the draw chooses: those with a loss within `reach`, halved until the model is small.
#[must_use]
pub fn within_draw(formulation: &Formulation<'_>, prices: &Prices, mut reach: i64, keep: &[Path]) -> Vec<Kept> {
    loop {
        let arcs = within(formulation, prices, reach, keep);
        if size(&arcs) <= DRAW_COLUMNS || reach == 0 {
            return arcs;
        }
        reach /= 2;
    }
}

impl<'a, 'f> Finish<'a, 'f> {
    /// The model of the arcs kept, with floors.
    #[must_use]
    pub fn new(
        formulation: &'a Formulation<'f>,
        most: &'a [i64],
        kept: &[Kept],
        floors: &[Floor],
        objective: &Objective<'_>,
    ) -> Self {
        let people = kept.len();
        let mut finish = Self {
            formulation,
            most,
            model: Model::new(true),
            exit_columns: vec![HashMap::new(); people],
            enter_columns: vec![HashMap::new(); people],
            aux_columns: Vec::new(),
        };
        let mut rows: Vec<Vec<(Col, f64)>> = vec![Vec::new(); formulation.rows.rows.len()];
        let mut floor_rows: Vec<Vec<(Col, f64)>> = vec![Vec::new(); floors.len()];
        for (person, kept) in kept.iter().enumerate() {
            finish.columns_of(person, kept, floors, objective, &mut rows, &mut floor_rows);
            finish.flow_of(person, kept);
            let barred = super::returns::barred(
                formulation,
                person,
                &finish.exit_columns[person],
                &finish.enter_columns[person],
            );
            for group in barred {
                finish.model.row(f64::NEG_INFINITY, 1.0, group.into_iter().map(|col| (col, 1.0)).collect());
            }
        }
        finish.auxiliaries(floors, objective, &mut rows, &mut floor_rows);
        for (row, terms) in formulation.rows.rows.iter().zip(rows) {
            if !terms.is_empty() {
                finish.model.row(f64::NEG_INFINITY, row.limit as f64, terms);
            } else if row.limit < 0 {
                // Nobody left can mend this row: an empty row keeps the model honest.
                finish.model.row(1.0, f64::INFINITY, Vec::new());
            }
        }
        for (floor, terms) in floors.iter().zip(floor_rows) {
            finish.model.row(floor.least as f64, f64::INFINITY, terms);
        }
        finish
    }

    /// Number of columns.
    #[must_use]
    pub fn size(&self) -> usize {
        self.model.columns.len()
    }

    /// The columns of one person's arcs: each arc carries what arriving brings.
    fn columns_of(
        &mut self,
        person: usize,
        kept: &Kept,
        floors: &[Floor],
        objective: &Objective<'_>,
        rows: &mut [Vec<(Col, f64)>],
        floor_rows: &mut [Vec<(Col, f64)>],
    ) {
        let formulation = self.formulation;
        let network = &formulation.networks[person];
        let quality = position(&formulation.tiers, Tier::Quality);
        let reserve = position(&formulation.tiers, Tier::Reserve);
        let mut column =
            |model: &mut Model, arrival: Option<u32>, own: &Span, quality_gain: i32, reserve_gain: i32, price: i64| {
                let mut gains: [i64; TIERS] = [0; TIERS];
                let mut used: BTreeMap<RowIx, i64> = BTreeMap::new();
                for (row, coefficient) in network.of(own) {
                    *used.entry(*row).or_default() += i64::from(*coefficient);
                }
                gains[quality] += i64::from(quality_gain);
                gains[reserve] += i64::from(reserve_gain);
                if let Some(state) = arrival {
                    let state = &network.states[state as usize];
                    for (sum, gain) in gains.iter_mut().zip(&state.gains) {
                        *sum += i64::from(*gain);
                    }
                    for (row, coefficient) in network.of(&state.rows) {
                        *used.entry(*row).or_default() += i64::from(*coefficient);
                    }
                }
                let worth = match objective {
                    Objective::Weighted(weights) => gains.iter().zip(weights).map(|(gain, weight)| gain * weight).sum(),
                    Objective::Draw(_) => -price,
                };
                let col = model.binary(worth);
                for (row, coefficient) in used {
                    if coefficient != 0 {
                        rows[row as usize].push((col, coefficient as f64));
                    }
                }
                for (floor, terms) in floors.iter().zip(floor_rows.iter_mut()) {
                    let worth = floor.step.worth(&gains);
                    if worth != 0 {
                        terms.push((col, worth as f64));
                    }
                }
                col
            };
        for arc in &kept.exits {
            let exit = &network.exits[*arc as usize];
            let arrival = match exit.target {
                Target::State(state) => Some(state),
                Target::Hub(_) | Target::End => None,
            };
            let price = match objective {
                Objective::Draw(ranks) if exit.is_move => ranks[person],
                Objective::Draw(_) | Objective::Weighted(_) => 0,
            };
            let col = column(&mut self.model, arrival, &exit.rows, exit.quality, exit.reserve, price);
            self.exit_columns[person].insert(*arc, col);
        }
        for arc in &kept.enters {
            let enter = &network.enters[*arc as usize];
            let col = column(&mut self.model, Some(enter.state), &enter.rows, 0, 0, 0);
            self.enter_columns[person].insert(*arc, col);
        }
    }

    /// What goes in comes out: at states and hubs; one way out of today; nobody through a hub into their own class.
    fn flow_of(&mut self, person: usize, kept: &Kept) {
        let network = &self.formulation.networks[person];
        if network.states.is_empty() {
            return;
        }
        let last = network.layers.len() - 1;
        let layer_of: Vec<usize> = layer_of(network.layers.as_slice(), network.states.len());
        let hub_layer: Vec<usize> = layer_of_hubs(network.hub_layers.as_slice(), network.hubs.len());
        let mut states: BTreeMap<u32, Vec<(Col, f64)>> = BTreeMap::new();
        let mut hubs: BTreeMap<u32, Vec<(Col, f64)>> = BTreeMap::new();
        let mut classes: BTreeMap<(usize, u32), ClassFlow> = BTreeMap::new();
        let mut hub_of_enter: HashMap<u32, u32> = HashMap::new();
        for (hub, way) in network.hubs.iter().enumerate() {
            hub_of_enter.extend(way.enters.clone().map(|enter| (enter, hub as u32)));
        }
        let origin: HashMap<u32, u32> = network
            .states
            .iter()
            .enumerate()
            .flat_map(|(state, here)| here.exits.clone().map(move |exit| (exit, state as u32)))
            .collect();
        for arc in &kept.exits {
            let col = self.exit_columns[person][arc];
            let from = origin[arc];
            states.entry(from).or_default().push((col, -1.0));
            match network.exits[*arc as usize].target {
                Target::State(to) => states.entry(to).or_default().push((col, 1.0)),
                Target::Hub(hub) => {
                    hubs.entry(hub).or_default().push((col, 1.0));
                    let class = network.states[from as usize].class;
                    if class != NO_CLASS {
                        let entry = classes.entry((hub_layer[hub as usize], class)).or_default();
                        entry.leaves = true;
                        entry.terms.push((col, 1.0));
                    }
                }
                Target::End => {}
            }
        }
        for arc in &kept.enters {
            let col = self.enter_columns[person][arc];
            let enter = &network.enters[*arc as usize];
            let hub = hub_of_enter[arc];
            hubs.entry(hub).or_default().push((col, -1.0));
            states.entry(enter.state).or_default().push((col, 1.0));
            let entry = classes.entry((hub_layer[hub as usize], enter.class)).or_default();
            entry.enters = true;
            entry.terms.push((col, 1.0));
        }
        for (state, terms) in states {
            if state == 0 {
                self.model.row(-1.0, -1.0, terms);
            } else if layer_of[state as usize] < last {
                self.model.row(0.0, 0.0, terms);
            }
        }
        for terms in hubs.into_values() {
            self.model.row(0.0, 0.0, terms);
        }
        for class in classes.into_values().filter(|class| class.leaves && class.enters) {
            self.model.row(f64::NEG_INFINITY, 1.0, class.terms);
        }
    }

    fn auxiliaries(
        &mut self,
        floors: &[Floor],
        objective: &Objective<'_>,
        rows: &mut [Vec<(Col, f64)>],
        floor_rows: &mut [Vec<(Col, f64)>],
    ) {
        for (aux, most) in self.formulation.rows.aux.iter().zip(self.most) {
            let worth = match objective {
                Objective::Weighted(weights) => {
                    aux.gains.iter().zip(weights).map(|(gain, weight)| i64::from(*gain) * weight).sum()
                }
                Objective::Draw(_) => 0,
            };
            let col = self.model.integer(worth, 0, *most);
            self.aux_columns.push(col);
            for (row, coefficient) in &aux.rows {
                rows[*row as usize].push((col, f64::from(*coefficient)));
            }
            for (floor, terms) in floors.iter().zip(floor_rows.iter_mut()) {
                let worth = floor.step.worth(&aux.gains.map(i64::from));
                if worth != 0 {
                    terms.push((col, worth as f64));
                }
            }
        }
    }

    fn start(&self, paths: &[Path]) -> Option<Vec<f64>> {
        let mut values = vec![0.0; self.model.columns.len()];
        let mut usage = vec![0_i64; self.formulation.rows.rows.len()];
        let mut totals = Totals::default();
        for (person, path) in paths.iter().enumerate() {
            self.formulation.add_path(person, path, &mut usage, &mut totals);
            for hop in path {
                values[*self.exit_columns[person].get(&hop.exit)?] = 1.0;
                if let Some(enter) = hop.enter {
                    values[*self.enter_columns[person].get(&enter)?] = 1.0;
                }
            }
        }
        for (value, col) in self.formulation.rows.settled(&mut usage).into_iter().zip(&self.aux_columns) {
            values[*col] = value as f64;
        }
        Some(values)
    }

    /// Solves from a plan known, within the limits of `options`.
    #[must_use]
    pub fn solve(&self, start: &[Path], options: &SolveOptions<'_>) -> Finished {
        let warm = self.start(start);
        // With presolve, HiGHS has called a start optimal that was not (decision 0011): without it there is no start to call so.
        let warm = warm.filter(|_| !options.presolve);
        let options = SolveOptions { warm_start: warm.as_deref(), ..options.clone() };
        let answer = solve(&self.model, &options);
        let bound = answer.whole_bound(true);
        let paths = answer.values.as_ref().and_then(|values| self.read(values));
        match answer.status {
            Status::Infeasible => Finished { paths: None, bound: None, infeasible: true, failed: None },
            Status::Failed(why) => Finished { paths: None, bound: None, infeasible: false, failed: Some(why) },
            Status::Optimal | Status::Stopped => Finished { paths, bound, infeasible: false, failed: None },
        }
    }

    /// Follows the arcs chosen.
    fn read(&self, values: &[f64]) -> Option<Vec<Path>> {
        let chosen = |columns: &HashMap<u32, Col>, arc: u32| columns.get(&arc).is_some_and(|col| values[*col] > 0.5);
        self.formulation
            .networks
            .iter()
            .enumerate()
            .map(|(person, network)| {
                let mut path = Path::new();
                let mut state = if network.states.is_empty() { None } else { Some(0_u32) };
                while let Some(here) = state {
                    let exits = network.states[here as usize].exits.clone();
                    if exits.is_empty() {
                        break;
                    }
                    let exit = exits.into_iter().find(|exit| chosen(&self.exit_columns[person], *exit))?;
                    let enter = match network.exits[exit as usize].target {
                        Target::Hub(hub) => Some(
                            network.hubs[hub as usize]
                                .enters
                                .clone()
                                .find(|enter| chosen(&self.enter_columns[person], *enter))?,
                        ),
                        Target::State(_) | Target::End => None,
                    };
                    let hop = Hop { exit, enter };
                    path.push(hop);
                    state = self.formulation.arrival(person, hop);
                }
                Some(path)
            })
            .collect()
    }
}

fn layer_of(layers: &[Span], states: usize) -> Vec<usize> {
    let mut of = vec![0; states];
    for (t, layer) in layers.iter().enumerate() {
        for state in layer.clone() {
            of[state as usize] = t;
        }
    }
    of
}

fn layer_of_hubs(layers: &[Span], hubs: usize) -> Vec<usize> {
    layer_of(layers, hubs)
}

/// Whether a worth breaks no row.
#[must_use]
pub fn keeps_rows(totals: &Totals) -> bool {
    totals[BROKEN] == 0
}
