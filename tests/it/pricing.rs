//! Pricing and bounds against counting: what the dynamic programme says about one person is compared with every path
//! there is, and what the dual says about a tier with the optimum of the compact reference.
//!
//! `LUNGANG_PEOPLE_PRICED` sets the number of people (200 unless told), `LUNGANG_CASES` that of cases (100 unless told),
//! `LUNGANG_FIRST` the first seed.

use crate::random_cases::{Dice, SMALL, random_case};
use lungang::demo::{self, raw_tables};
use lungang::engine::columns::root_bound;
use lungang::engine::dual::{Ascent, Goal, above_floors, sweep};
use lungang::engine::formulation::{Formulation, Hop, Path, Totals};
use lungang::engine::network::{NO_CLASS, Network, Span, Target};
use lungang::engine::pricing::{NEVER, ONE, Priced, Prices};
use lungang::engine::rows::{TIERS, position};
use lungang::engine::steps::{Step, held};
use lungang::engine::{Control, Failure, Limits, Silent, compact};
use lungang::input::{self, ReadOptions};
use lungang::rules::Facts;
use lungang::text::Lang;
use lungang_domain::policy::Tier;
use lungang_domain::{Case, Policy};
use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

/// People with more paths than this are not counted out.
const MOST_PATHS: usize = 20_000;

pub fn number(name: &str, unless_told: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(unless_told)
}

/// Every path of a person with its value, by depth first; knows nothing of dynamic programming.
struct Walk<'w> {
    network: &'w Network,
    prices: &'w Prices,
    quality: i64,
    reserve: i64,
    path: Path,
    found: Vec<(Path, i64)>,
    too_many: bool,
}

impl Walk<'_> {
    /// `None`: too many.
    fn all(formulation: &Formulation<'_>, person: usize, prices: &Prices) -> Option<Vec<(Path, i64)>> {
        let network = &formulation.networks[person];
        let weight = |tier| prices.weights[position(&formulation.tiers, tier)];
        let mut walk = Walk {
            network,
            prices,
            quality: weight(Tier::Quality),
            reserve: weight(Tier::Reserve),
            path: Path::new(),
            found: Vec::new(),
            too_many: false,
        };
        if network.states.is_empty() {
            // Who has left has one path: nothing.
            return Some(vec![(Path::new(), 0)]);
        }
        walk.from(0, 0, 0);
        (!walk.too_many).then_some(walk.found)
    }

    fn cost(&self, rows: &Span) -> i64 {
        self.network.of(rows).iter().map(|(row, use_of)| i64::from(*use_of) * self.prices.rows[*row as usize]).sum()
    }

    /// All that can follow on a state of layout `t`, reached with `so_far`.
    fn from(&mut self, state: u32, t: usize, so_far: i64) {
        if self.too_many {
            return;
        }
        let here = &self.network.states[state as usize];
        assert!(self.network.layers[t].contains(&state), "state {state} is not in layout {t}");
        let mut value = so_far - self.cost(&here.rows);
        for (gain, weight) in here.gains.iter().zip(&self.prices.weights) {
            value += i64::from(*gain) * weight;
        }
        if t + 1 == self.network.layers.len() {
            assert!(here.exits.is_empty());
            return self.end(value);
        }
        for exit in here.exits.clone() {
            let way = &self.network.exits[exit as usize];
            let left = value - self.cost(&way.rows)
                + i64::from(way.quality) * self.quality
                + i64::from(way.reserve) * self.reserve;
            match way.target {
                Target::End => {
                    self.path.push(Hop { exit, enter: None });
                    self.end(left);
                    self.path.pop();
                }
                Target::State(next) => {
                    self.path.push(Hop { exit, enter: None });
                    self.from(next, t + 1, left);
                    self.path.pop();
                }
                Target::Hub(hub) => {
                    for enter in self.network.hubs[hub as usize].enters.clone() {
                        let way = &self.network.enters[enter as usize];
                        if here.class == NO_CLASS || way.class != here.class {
                            self.path.push(Hop { exit, enter: Some(enter) });
                            self.from(way.state, t + 1, left - self.cost(&way.rows));
                            self.path.pop();
                        }
                    }
                }
            }
        }
    }

    fn end(&mut self, value: i64) {
        self.found.push((self.path.clone(), value));
        self.too_many |= self.found.len() > MOST_PATHS;
    }
}

/// Prices as a search might meet them, and stranger: many rows free, others dear.
pub fn random_prices(dice: &mut Dice, formulation: &Formulation<'_>) -> Prices {
    let dear = *dice.pick(&[2, 20, 200]) * ONE;
    let free = *dice.pick(&[20, 50, 80]);
    let mut price = || if dice.percent(free) { 0 } else { dice.range(0, dear) };
    let rows = formulation.rows.rows.iter().map(|_| price()).collect();
    let mut weights = [0; TIERS];
    for weight in &mut weights[..formulation.tiers.len()] {
        *weight = *dice.pick(&[0, 1, ONE / 2, ONE, 3 * ONE, 40 * ONE]);
    }
    Prices { rows, weights }
}

/// What is wrong with one person's pricing at `prices`, held against paths counted at `counted`; the two differ only
/// where the test is put to the test.
fn wrong(formulation: &Formulation<'_>, person: usize, prices: &Prices, counted: &[(Path, i64)]) -> Option<String> {
    let priced = Priced::new(formulation, person, prices);
    let best = counted.iter().map(|(_, value)| *value).max().unwrap_or(NEVER);
    if priced.best() != best {
        return Some(format!("best {} but the best of {} paths is {best}", priced.best(), counted.len()));
    }
    let path = priced.path();
    if counted.is_empty() {
        return (!path.is_empty()).then(|| "a path where there is none".to_owned());
    }
    let Some((_, value)) = counted.iter().find(|(known, _)| *known == path) else {
        return Some(format!("{path:?} is no path"));
    };
    if *value != best {
        return Some(format!("its path is worth {value}, the best {best}"));
    }
    // The same path once more through the sums that plans are recomputed with.
    let mut usage = vec![0; formulation.rows.rows.len()];
    let mut totals = Totals::default();
    formulation.add_path(person, &path, &mut usage, &mut totals);
    let gains: i64 = totals.iter().zip(&prices.weights).map(|(total, weight)| total * weight).sum();
    let costs: i64 = usage.iter().zip(&prices.rows).map(|(used, price)| used * price).sum();
    if gains - costs != best {
        return Some(format!("its sums give {} instead of {best}", gains - costs));
    }
    let network = &formulation.networks[person];
    let mut exits = vec![i64::MAX; network.exits.len()];
    let mut enters = vec![i64::MAX; network.enters.len()];
    for (path, value) in counted {
        for hop in path {
            let exit = &mut exits[hop.exit as usize];
            *exit = (*exit).min(best - value);
            if let Some(enter) = hop.enter {
                let enter = &mut enters[enter as usize];
                *enter = (*enter).min(best - value);
            }
        }
    }
    let losses = priced.losses();
    let first = |found: &[i64], real: &[i64]| found.iter().zip(real).position(|(found, real)| found != real);
    if let Some(exit) = first(&losses.exits, &exits) {
        return Some(format!("loss of exit {exit} is {}, really {}", losses.exits[exit], exits[exit]));
    }
    if let Some(enter) = first(&losses.enters, &enters) {
        return Some(format!("loss of enter {enter} is {}, really {}", losses.enters[enter], enters[enter]));
    }
    None
}

/// A generated department, over few years so that its paths can be counted.
fn generated(seed: u64) -> (Case, Policy) {
    let people = 20 + (seed % 5) as usize * 8;
    let years = (2 + seed % 2).to_string();
    let options = ReadOptions { overrides: vec![("years".to_owned(), years)], ..ReadOptions::default() };
    let reading = input::from_tables(
        raw_tables(&demo::Options { people, seed, lang: Lang::Zh, ..demo::Options::default() }),
        &options,
    );
    (reading.case.expect("a case"), reading.policy.expect("a policy"))
}

/// What was tried.
#[derive(Debug, Default)]
struct Tried {
    people: u64,
    of_generated: u64,
    skipped: u64,
    paths: usize,
    without_path: u64,
    through_hubs: u64,
    mutants: u64,
    noticed: u64,
}

#[test]
fn pricing_is_the_best_of_all_paths() {
    let wanted = number("LUNGANG_PEOPLE_PRICED", 200);
    let mut tried = Tried::default();
    let mut faults = Vec::new();
    let mut seed = number("LUNGANG_FIRST", 0);
    while tried.people < wanted {
        let from_demo = seed % 10 == 9;
        let (case, policy) = if from_demo { generated(seed) } else { random_case(seed, SMALL) };
        let facts = Facts::new(&case, &policy);
        let formulation = Formulation::new(&facts);
        let mut dice = Dice::new(seed ^ 0x9121);
        for person in 0..case.people.len() {
            let prices = random_prices(&mut dice, &formulation);
            let Some(counted) = Walk::all(&formulation, person, &prices) else {
                tried.skipped += 1;
                continue;
            };
            if tried.people == wanted {
                break;
            }
            tried.people += 1;
            tried.of_generated += u64::from(from_demo);
            tried.paths += counted.len();
            tried.without_path += u64::from(counted.is_empty());
            if let Some(fault) = wrong(&formulation, person, &prices, &counted) {
                faults.push(format!("seed {seed}, person {person}: {fault}"));
            }
            let best = counted.iter().max_by_key(|(_, value)| *value);
            tried.through_hubs += u64::from(best.is_some_and(|(path, _)| path.iter().any(|hop| hop.enter.is_some())));
            // Prices with one sign turned have to be noticed where the row is used at all.
            if let Some(mutant) = turned(&formulation, person, &prices, &mut dice) {
                tried.mutants += 1;
                tried.noticed += u64::from(wrong(&formulation, person, &mutant, &counted).is_some());
            }
        }
        seed += 1;
    }
    println!("{tried:?}");
    assert!(faults.is_empty(), "{} of {}:\n{}", faults.len(), tried.people, faults.join("\n"));
    assert!(tried.noticed * 2 > tried.mutants && tried.noticed > 0, "a turned sign goes unnoticed: {tried:?}");
}

/// The prices with the sign of one turned, of a row that somebody's network uses.
fn turned(formulation: &Formulation<'_>, person: usize, prices: &Prices, dice: &mut Dice) -> Option<Prices> {
    let used = formulation.networks[person].coefficients.iter().map(|(row, _)| *row as usize);
    let mut used: Vec<usize> = used.filter(|row| prices.rows[*row] != 0).collect();
    used.sort_unstable();
    used.dedup();
    if used.is_empty() {
        return None;
    }
    let row = *dice.pick(&used);
    let mut mutant = prices.clone();
    mutant.rows[row] = -mutant.rows[row];
    Some(mutant)
}

/// The optimum by the compact reference, as gains; `None` where decisions clash.
fn optimum(case: &Case, policy: &Policy) -> Option<Totals> {
    let stop = AtomicBool::new(false);
    let mut control = Control { limits: Limits::default(), interrupt: &stop, progress: &mut Silent };
    match compact::solve(case, policy, &mut control) {
        Ok(outcome) => {
            let mut gains = Totals::default();
            for ((gain, row), tier) in gains.iter_mut().zip(&outcome.tiers).zip(Tier::counted(policy)) {
                *gain = tier.as_gain(row.value);
            }
            Some(gains)
        }
        Err(Failure::Clash(_)) => None,
        Err(other) => panic!("{other:?}"),
    }
}

/// A bound of step `k` from a dual, in points.
fn points(dual: i64, prices: &Prices, order: &[Step], k: usize, values: &Totals) -> i64 {
    above_floors(dual, prices, order, k, values).div_euclid(ONE)
}

/// The assertion on bounds, which broken duals must fail.
fn holds(bound: i64, gain: i64) -> bool {
    bound >= gain
}

/// A price that is tried on every row in turn.
const PRICE: i64 = 5 * ONE;

/// Floors that every plan keeps: below any value a tier can have.
const NO_FLOORS: Totals = [-1_000_000_000; TIERS];

fn median_and_worst(gaps: &mut [i64]) -> String {
    gaps.sort_unstable();
    let closed = gaps.iter().filter(|gap| **gap == 0).count();
    match (gaps.get(gaps.len() / 2), gaps.last()) {
        (Some(median), Some(worst)) => format!("median {median}, worst {worst}, closed {closed}"),
        _ => "unknown".to_owned(),
    }
}

/// Duals that are broken on purpose, and how often the assertion fails for them.
#[derive(Debug, Default)]
struct Broken {
    tried: u64,
    person_dropped: u64,
    price_turned: u64,
}

#[test]
fn no_bound_is_below_the_optimum() {
    let first = number("LUNGANG_FIRST", 0);
    let mut gaps: BTreeMap<String, (Vec<i64>, Vec<i64>)> = BTreeMap::new();
    let mut faults = Vec::new();
    let mut broken = Broken::default();
    let (mut cases, mut bounds) = (0, 0);
    for seed in first..first + number("LUNGANG_CASES", 100) {
        let (case, policy) = random_case(seed, SMALL);
        let Some(best) = optimum(&case, &policy) else { continue };
        cases += 1;
        let facts = Facts::new(&case, &policy);
        let formulation = Formulation::new(&facts);
        let most: Vec<i64> = formulation.rows.aux.iter().map(|aux| aux.most).collect();
        let mut dice = Dice::new(seed ^ 0xB0B0);
        let order = Step::of(&policy);
        for (k, step) in order.iter().enumerate() {
            let (tier, reached) = (step.tier.expect("a tier"), step.worth(&best));
            let mut check = |what: &str, bound: Option<i64>| {
                bounds += 1;
                match bound {
                    Some(bound) if holds(bound, reached) => Some(bound - reached),
                    other => {
                        faults.push(format!("seed {seed} {} {what}: {other:?} below {reached}", tier.id()));
                        None
                    }
                }
            };
            // At trained prices: alone, and with floors at what the optimum gives the tiers before.
            let alone = check("alone", root_bound(&formulation, tier, &NO_FLOORS));
            let floored = check("with floors", root_bound(&formulation, tier, &best));
            let gaps = gaps.entry(tier.id()).or_default();
            gaps.0.extend(alone);
            gaps.1.extend(floored);
            // At random prices, with weight on this tier only, then on those before it too.
            for with_floors in [false, true] {
                let mut prices = random_prices(&mut dice, &formulation);
                let floors: Vec<usize> = held(&order[..k]).filter(|_| with_floors).collect();
                for (tier, weight) in prices.weights.iter_mut().enumerate() {
                    *weight = if floors.contains(&tier) { *weight } else { step.weights[tier] * ONE };
                }
                let swept = sweep(&formulation, &prices, &most).map(|swept| swept.dual);
                check("at random prices", swept.map(|dual| points(dual, &prices, &order, k, &best)));
            }
            broken.attempt(&formulation, &most, k, reached);
        }
    }
    println!("{cases} cases, {bounds} bounds; {broken:?}");
    for (tier, (alone, floored)) in &mut gaps {
        println!(
            "{tier}: root gap of {} bounds alone {}, with floors {}",
            alone.len(),
            median_and_worst(alone),
            median_and_worst(floored)
        );
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(cases > 0 && broken.person_dropped > 0 && broken.price_turned > 0, "{broken:?}");
}

impl Broken {
    /// Breaks the dual of a tier in two ways at trained prices.
    fn attempt(&mut self, formulation: &Formulation<'_>, most: &[i64], k: usize, gain: i64) {
        self.tried += 1;
        let order = Step::of(formulation.facts.policy);
        let start = Prices { rows: vec![0; formulation.rows.rows.len()], weights: [0; TIERS] };
        let mut ascent = Ascent::new(formulation, most, &order, Goal::Tier(k), &NO_FLOORS, &start, ONE as f64 * 20.0);
        assert!(ascent.run(200, 0.97));
        let prices = ascent.best.expect("a bound").prices;
        let bound = |prices: &Prices, less: i64| {
            let dual = sweep(formulation, prices, most).expect("paths").dual;
            (dual - less).div_euclid(ONE)
        };
        if !holds(bound(&prices, 0), gain) {
            // A fault already, reported by the checks above; there is nothing to break.
            return;
        }
        // Somebody's best path is left out of the sum.
        let people = 0..formulation.networks.len();
        let dearest = people.map(|person| Priced::new(formulation, person, &prices).best()).max().unwrap_or(0);
        self.person_dropped += u64::from(!holds(bound(&prices, dearest), gain));
        // A price more on one row changes nothing in what is proved; the same price with its sign turned does.
        self.price_turned += u64::from((0..prices.rows.len()).any(|row| {
            let mut turned = prices.clone();
            turned.rows[row] += PRICE;
            assert!(holds(bound(&turned, 0), gain), "row {row}");
            turned.rows[row] = -turned.rows[row];
            !holds(bound(&turned, 0), gain)
        }));
    }
}
