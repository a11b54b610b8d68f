//! The district search against the exact engine: everybody's price, and what a line is worth.

use crate::pricing::{number, random_prices};
use crate::random_cases::{Dice, SMALL, random_case};
use lungang::demo::{Options, csv_files};
use lungang::engine::district::board::Board;
use lungang::engine::district::field::{Field, Person};
use lungang::engine::district::line::weigh;
use lungang::engine::district::price;
use lungang::engine::formulation::Formulation;
use lungang::engine::ground::Ground;
use lungang::engine::pricing::Priced;
use lungang::input::{self, ReadOptions};
use lungang::rules::Facts;
use lungang::text::Lang;
use lungang_domain::{Case, PersonIx, Policy};

/// Plain and special people compared.
fn compare(case: &Case, policy: &Policy, seed: u64) -> (usize, usize) {
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
            let Person::Plain(own) = person else {
                special += 1;
                continue;
            };
            plain += 1;
            let by_network = Priced::new(&formulation, ix, &prices).best();
            let priced = price::Priced::new(&field, &board, own);
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
    for seed in first..first + number("LUNGANG_CASES", 100) {
        let (case, policy) = random_case(seed, SMALL);
        let (a, b) = compare(&case, &policy, seed);
        plain += a;
        special += b;
    }
    for seed in 1..4 {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, bytes) in csv_files(&Options { people: 80, seed, lang: Lang::En }).expect("sheets") {
            std::fs::write(folder.path().join(name), bytes).expect("written");
        }
        let reading = input::read(folder.path(), &ReadOptions::default());
        let (case, policy) = (reading.case.expect("a case"), reading.policy.expect("a policy"));
        let (a, b) = compare(&case, &policy, seed);
        plain += a;
        special += b;
        assert!(a > b, "{a} plain people, {b} special");
    }
    println!("{plain} plain people, {special} special");
}
