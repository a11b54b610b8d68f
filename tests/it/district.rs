//! The district search against the exact engine: everybody's price, and what a line is worth.

use crate::pricing::{number, random_prices};
use crate::random_cases::{Dice, SMALL, random_case};
use lungang::demo::{Options, csv_files, raw_tables};
use lungang::engine::district;
use lungang::engine::district::board::Board;
use lungang::engine::district::field::{Field, Person};
use lungang::engine::district::pdhg::{Splitting, Task};
use lungang::engine::district::plan::Plan;
use lungang::engine::district::pool::Pool;
use lungang::engine::district::price;
use lungang::engine::formulation::Formulation;
use lungang::engine::ground::Ground;
use lungang::engine::line::weigh;
use lungang::engine::pricing::{NEVER, ONE, Priced, Prices};
use lungang::engine::rows::{self, TIERS};
use lungang::engine::steps::{Step, blend};
use lungang::engine::{Control, Limits, Silent, compact};
use lungang::input::{self, ReadOptions};
use lungang::insight::assemble;
use lungang::rules::facts::Service;
use lungang::rules::{Facts, decisions, r06};
use lungang::text::Lang;
use lungang_check::judge_plan;
use lungang_domain::plan::{Provenance, TierRow};
use lungang_domain::policy::Tier;
use lungang_domain::{Case, PersonIx, Policy};
use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

/// What singles people out, each without and with a network of their own.
type Counts = BTreeMap<&'static str, [usize; 2]>;

/// What singles a person out.
fn traits(facts: &Facts<'_>, person: PersonIx) -> Vec<&'static str> {
    let own = facts.of(person);
    let years = 1..=facts.years;
    let any = |test: &dyn Fn(usize) -> bool| years.clone().any(test);
    let required = |t: usize| decisions::required(facts, person, t);
    let all = [
        ("own must", facts.case.person(person).must_months.is_some()),
        ("joins", own.joined.is_some() && own.service[0] == Service::Outside),
        ("hosted", any(&|t| !own.hosts[t].is_empty())),
        ("go", any(&|t| required(t).iter().any(|post| decisions::go(facts, person, *post, t).is_some()))),
        ("stay", any(&|t| required(t).iter().any(|post| decisions::go(facts, person, *post, t).is_none()))),
        ("fixed", any(&|t| own.fixed[t].is_some_and(|fixed| fixed.promotion))),
        ("fixed later", (2..=facts.years).any(|t| own.fixed[t].is_some_and(|fixed| fixed.promotion))),
        ("joins a post", any(&|t| own.fixed[t].is_some_and(|fixed| !fixed.promotion))),
        ("displaced", any(&|t| own.displaced[t].is_some())),
        ("R06", any(&|t| r06::binds(facts, person, t))),
    ];
    let mut traits: Vec<&str> = all.iter().filter_map(|(name, holds)| holds.then_some(*name)).collect();
    if traits.is_empty() {
        traits.push("none");
    }
    traits
}

/// Plain and special people compared.
fn compare(case: &Case, policy: &Policy, seed: u64, counts: &mut Counts) -> (usize, usize) {
    let (mut plain, mut special) = (0, 0);
    let facts = Facts::new(case, policy);
    let formulation = Formulation::new(&facts);
    let ground = Ground { facts: &facts, rows: &formulation.rows, tiers: &formulation.tiers };
    let field = Field::new(ground);
    let mut dice = Dice::new(seed ^ 0xf1e1d);
    for _ in 0..3 {
        let prices = random_prices(&mut dice, &formulation);
        let board = Board::new(&field, &prices);
        for (ix, person) in field.people.iter().enumerate() {
            for name in traits(&facts, PersonIx(ix)) {
                counts.entry(name).or_default()[usize::from(matches!(person, Person::Special(_)))] += 1;
            }
            let Person::Plain(own) = person else {
                special += 1;
                continue;
            };
            plain += 1;
            let by_network = Priced::new(&formulation, ix, &prices).best();
            let priced = price::Priced::new(&field, &board, own);
            if by_network == NEVER {
                assert!(priced.best() <= price::LEAST, "seed {seed}, person {ix}");
                assert!(priced.near(20).is_empty(), "seed {seed}, person {ix}");
                *counts.entry("no line").or_default().first_mut().expect("two") += 1;
                continue;
            }
            assert_eq!(priced.best(), by_network, "seed {seed}, person {ix}");
            let mut near = priced.near(20);
            assert_eq!(near.first().map(|(value, _)| *value), Some(by_network), "seed {seed}, person {ix}");
            near.push((by_network, priced.line()));
            for (value, line) in near {
                let used = weigh(ground, PersonIx(ix), &line);
                assert_eq!(board.worth(&used.gains, &used.rows), value, "seed {seed}, person {ix}: {line:?}");
            }
        }
    }
    (plain, special)
}

/// The flat arrays give everybody the value that their network gives, and lines that are worth just that.
#[test]
fn flat_arrays_price_as_networks_do() {
    let first = number("LUNGANG_FIRST", 0);
    let (mut plain, mut special) = (0, 0);
    let mut counts = Counts::new();
    for seed in first..first + number("LUNGANG_CASES", 100) {
        let (case, policy) = random_case(seed, SMALL);
        let (a, b) = compare(&case, &policy, seed, &mut counts);
        plain += a;
        special += b;
    }
    for seed in 1..4 {
        let (case, policy) = generated(200, seed, Vec::new());
        let (a, b) = compare(&case, &policy, seed, &mut counts);
        plain += a;
        special += b;
        assert!(a > b, "{a} plain people, {b} special");
    }
    println!("{plain} plain people, {special} special; without and with a network: {counts:?}");
    for name in ["none", "own must", "joins", "hosted", "go", "stay", "fixed", "joins a post", "R06"] {
        assert!(counts.get(name).is_some_and(|[plain, _]| *plain > 0), "{name}: {counts:?}");
    }
}

/// A generated case, read as a user's would be, with settings on top.
fn generated(people: usize, seed: u64, overrides: Vec<(String, String)>) -> (Case, Policy) {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in csv_files(&Options { people, seed, lang: Lang::En, ..Options::default() }).expect("sheets") {
        std::fs::write(folder.path().join(name), bytes).expect("written");
    }
    let reading = input::read(folder.path(), &ReadOptions { overrides, ..Default::default() });
    (reading.case.expect("a case"), reading.policy.expect("a policy"))
}

/// A small district planned twice, on one thread and on two: the same plan, which the checker passes, within bounds that
/// are never better than what was found.
#[test]
fn a_district_is_planned_the_same_on_one_thread_and_on_two() {
    let (case, policy) = generated(230, 3, Vec::new());
    let plan = |threads: usize| {
        let idle = AtomicBool::new(false);
        let limits = Limits { rounds: Some(70), threads, ..Limits::default() };
        let mut progress = Silent;
        let mut control = Control { limits, interrupt: &idle, progress: &mut progress };
        district::solve(&case, &policy, &mut control).expect("solved").expect("nobody moving keeps the rows")
    };
    let (one, two) = (plan(1), plan(2));
    assert_eq!(one.layout, two.layout);
    assert_eq!(one.tiers, two.tiers);
    let made = assemble(&case, &policy, &one.layout, one.tiers.clone(), Provenance::default(), Lang::En);
    let verdict = judge_plan(&case, &made, false);
    assert!(verdict.clean(), "{:#?}", verdict.problems(&case));
    let moved = made.moves.iter().filter(|row| row.from.is_some()).count();
    assert!(moved > 50, "{moved} moves");
}

/// Begun in blocks, a plan is one of the whole: the checker passes it, and it has no bound before all posts were looked
/// at.
#[test]
fn a_plan_begun_in_blocks_is_one_of_the_whole() {
    let (case, policy) = generated(150, 4, Vec::new());
    let plan = |rounds: u64| {
        let idle = AtomicBool::new(false);
        let limits = Limits { rounds: Some(rounds), ..Limits::default() };
        let mut control = Control { limits, interrupt: &idle, progress: &mut Silent };
        let found = district::solve_in_blocks(&case, &policy, &mut control, 50);
        found.expect("solved").expect("nobody moving keeps the rows")
    };
    let early = plan(20);
    assert!(early.tiers.iter().all(|row| row.bound.is_none()), "{:?}", early.tiers);
    let late = plan(150);
    for found in [early, late] {
        let made = assemble(&case, &policy, &found.layout, found.tiers.clone(), Provenance::default(), Lang::En);
        let verdict = judge_plan(&case, &made, false);
        assert!(verdict.clean(), "{:#?}", verdict.problems(&case));
        for (tier, row) in Tier::of(&policy).iter().zip(&found.tiers) {
            let bound = row.bound.map_or(i64::MAX, |bound| tier.as_gain(bound));
            assert!(tier.as_gain(row.value) <= bound, "{row:?}");
        }
    }
}

/// The linear programme over known lines settles: little is missing, and its bound lies just above the best plan.
#[test]
fn the_programme_over_known_lines_settles() {
    let reading =
        input::from_tables(raw_tables(&Options { people: 60, seed: 3, ..Options::default() }), &ReadOptions::default());
    let (case, policy) = (reading.case.expect("a case"), reading.policy.expect("a policy"));
    let idle = AtomicBool::new(false);
    let limits = Limits { rounds: Some(120), ..Limits::default() };
    let found =
        lungang::engine::solve(&case, &policy, &mut Control { limits, interrupt: &idle, progress: &mut Silent });
    let found = found.expect("a plan");
    let facts = Facts::new(&case, &policy);
    let tiers = Tier::counted(&policy);
    let rows = rows::build(&facts, &tiers);
    let field = Field::new(Ground { facts: &facts, rows: &rows, tiers: &tiers });
    let weights = blend(&tiers, &Step::of(&policy));
    let blended = |value: fn(&TierRow) -> i64| -> i64 {
        tiers
            .iter()
            .zip(&found.tiers)
            .zip(&weights)
            .map(|((tier, row), weight)| weight * tier.as_gain(value(row)))
            .sum()
    };
    let (best, nobody) = (blended(|row| row.value), blended(|row| row.nobody_moves));
    let lines = field.nobody_moves();
    let plan = Plan::new(&field, lines);
    let mut pool = Pool::new(&field, &plan.lines, &plan.uses);
    let most: Vec<i64> = rows.aux.iter().map(|aux| aux.most).collect();
    let task = Task { weights, hints: [0.0; TIERS], floors: &[], values: [0; TIERS], most: &most };
    let zero = Prices { rows: vec![0; rows.rows.len()], weights: [0; TIERS] };
    let mut run = Splitting::new(&field, task, &zero, &pool, 300.0);
    let (mut bound, mut missing) = (i64::MAX, 0);
    for _ in 0..40 {
        let prices = run.prices(false);
        let known = pool.dual(&field, &prices, &most);
        let dual = pool.refresh(&field, &prices, &most).expect("everybody has a line");
        assert!(dual >= known, "all lines give no less than the known ones");
        run.adopt(&pool);
        (bound, missing) = (bound.min(dual), dual - known);
        assert!(bound >= best * ONE, "a bound {} below a plan worth {best}", bound / ONE);
        run.run(&mut pool, 40);
    }
    let gained = (best - nobody) * ONE;
    assert!(missing <= gained / 200, "{} of {} missing", missing / ONE, gained / ONE);
    assert!(bound - best * ONE <= gained / 10, "bound {} above {best}, {nobody} when nobody moves", bound / ONE);
}

/// In the weighted mode W has a bound, and its parts none.
#[test]
fn a_weighted_district_bounds_w_alone() {
    let (case, policy) = generated(60, 2, vec![("priorities.mode".to_owned(), "weighted".to_owned())]);
    let idle = AtomicBool::new(false);
    let limits = Limits { rounds: Some(80), ..Limits::default() };
    let mut control = Control { limits, interrupt: &idle, progress: &mut Silent };
    let found = district::solve(&case, &policy, &mut control).expect("solved").expect("nobody moving keeps the rows");
    let bounded: Vec<&str> = found.tiers.iter().filter(|row| row.bound.is_some()).map(|row| row.id.as_str()).collect();
    assert_eq!(bounded, ["T0", "T1", "T2", "W"]);
    let made = assemble(&case, &policy, &found.layout, found.tiers, Provenance::default(), Lang::En);
    let verdict = judge_plan(&case, &made, false);
    assert!(verdict.clean(), "{:#?}", verdict.problems(&case));
}

/// Stopped after any number of rounds, the search is no worse in the order of the tiers than where it began.
#[test]
fn no_plan_is_worse_than_its_start() {
    let mut stopped = 0;
    let first = number("LUNGANG_FIRST", 0);
    for seed in first..first + number("LUNGANG_CASES", 60) {
        let (case, policy) = random_case(seed, SMALL);
        let gains = |rounds: u64| -> Option<Vec<i64>> {
            let idle = AtomicBool::new(false);
            let limits = Limits { rounds: Some(rounds), ..Limits::default() };
            let mut control = Control { limits, interrupt: &idle, progress: &mut Silent };
            let found = district::solve(&case, &policy, &mut control).expect("solved")?;
            let ranked = Tier::ranked(&policy);
            let tiers = Tier::of(&policy).into_iter().zip(found.tiers).filter(|(tier, _)| ranked.contains(tier));
            Some(tiers.map(|(tier, row)| tier.as_gain(row.value)).collect())
        };
        let Some(start) = gains(0) else { continue };
        for rounds in [23, 30, 45] {
            stopped += 1;
            let reached = gains(rounds).expect("the same start");
            assert!(reached >= start, "seed {seed}, {rounds} rounds: {reached:?} after {start:?}");
        }
    }
    assert!(stopped > 50, "{stopped}");
}

/// Held against the compact reference: as far as a district's plan is the optimum, tier by tier, and in the first tier in
/// which it is not, its bound does not shut the optimum out; and its plan is never better than the optimum.
#[test]
fn no_bound_shuts_the_optimum_out() {
    let first = number("LUNGANG_FIRST", 0);
    let (mut compared, mut weighted) = (0, 0);
    for seed in first..first + number("LUNGANG_CASES", 60) {
        let (case, policy) = random_case(seed, SMALL);
        let idle = AtomicBool::new(false);
        let mut progress = Silent;
        let mut control = Control { limits: Limits::default(), interrupt: &idle, progress: &mut progress };
        let Ok(best) = compact::solve(&case, &policy, &mut control) else { continue };
        let limits = Limits { rounds: Some(200), ..Limits::default() };
        let mut control = Control { limits, interrupt: &idle, progress: &mut progress };
        // Every third one is begun in blocks, as a city is.
        let found = match seed % 3 {
            0 => district::solve_in_blocks(&case, &policy, &mut control, 3),
            _ => district::solve(&case, &policy, &mut control),
        };
        let Some(found) = found.expect("solved") else { continue };
        let ranked = Tier::ranked(&policy);
        for ((tier, row), optimum) in Tier::of(&policy).iter().zip(&found.tiers).zip(&best.tiers) {
            if !ranked.contains(tier) {
                assert_eq!(row.bound, None, "seed {seed}, {}", row.id);
                continue;
            }
            compared += 1;
            weighted += usize::from(*tier == Tier::Weighted);
            let gain = |value: i64| tier.as_gain(value);
            let bound = gain(row.bound.expect("a bound"));
            assert!(gain(row.value) <= gain(optimum.value), "seed {seed}, {}: better than the optimum", row.id);
            assert!(gain(optimum.value) <= bound, "seed {seed}, {}: {row:?} against {}", row.id, optimum.value);
            if row.value != optimum.value {
                break;
            }
        }
    }
    println!("{compared} tiers compared, {weighted} of them W");
    assert!(compared > 100 && weighted > 0, "{compared}, {weighted}");
}
