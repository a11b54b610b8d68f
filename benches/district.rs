//! How long the steps of the search take on a generated district of 900 people: `cargo bench --bench district`.

use criterion::{Criterion, criterion_group, criterion_main};
use lungang::demo::{Options, raw_tables};
use lungang::engine::district::board::Board;
use lungang::engine::district::field::{Field, Person, Plain};
use lungang::engine::district::neighbourhood::{Aim, Column, Neighbourhood};
use lungang::engine::district::pdhg::{Splitting, Task};
use lungang::engine::district::plan::Plan;
use lungang::engine::district::pool::Pool;
use lungang::engine::district::price::Priced;
use lungang::engine::ground::Ground;
use lungang::engine::line::weigh;
use lungang::engine::pricing::{ONE, Prices};
use lungang::engine::rows::{self, RowKind, TIERS};
use lungang::engine::solver::SolveOptions;
use lungang::input::{ReadOptions, from_tables};
use lungang::rules::Facts;
use lungang_domain::PersonIx;
use lungang_domain::policy::Tier;
use std::hint::black_box;

/// People of the district.
const PEOPLE: usize = 900;
/// People of the neighbourhood, lines of each, and nodes of its programme.
const NEAR: usize = 60;
const LINES: usize = 20;
const NODES: i64 = 60;

/// Moderate weights, and one price a seat.
fn prices(rows: &rows::Rows, tiers: usize, seat: i64) -> Prices {
    let price = |row: &rows::Row| if matches!(row.kind, RowKind::Seats(..)) { seat * ONE } else { ONE };
    let mut weights = [0; TIERS];
    weights[..tiers].fill(ONE);
    Prices { rows: rows.rows.iter().map(price).collect(), weights }
}

/// Everybody who has no network, with their position.
fn plain<'a>(field: &'a Field<'_>) -> impl Iterator<Item = (usize, &'a Plain)> {
    field.people.iter().enumerate().filter_map(|(at, person)| match person {
        Person::Plain(plain) => Some((at, plain.as_ref())),
        Person::Special(_) => None,
    })
}

/// The lines of one of the neighbourhood, the present one first.
fn columns(field: &Field<'_>, board: &Board<'_>, plan: &Plan, at: usize, plain: &Plain) -> Vec<Column> {
    let present = Column { line: plan.lines[at].clone(), used: plan.uses[at].clone() };
    let near = Priced::new(field, board, plain).near(LINES).into_iter().map(|(_, line)| line);
    let others = near.filter(|line| *line != present.line);
    let weighed = others.map(|line| Column { used: weigh(field.ground, PersonIx(at), &line), line });
    std::iter::once(present.clone()).chain(weighed).collect()
}

fn search(bench: &mut Criterion) {
    let reading = from_tables(raw_tables(&Options { people: PEOPLE, ..Options::default() }), &ReadOptions::default());
    let (Some(case), Some(policy)) = (&reading.case, &reading.policy) else { panic!("the district is unreadable") };
    let facts = Facts::new(case, policy);
    let tiers = Tier::counted(policy);
    let rows = rows::build(&facts, &tiers);
    let ground = Ground { facts: &facts, rows: &rows, tiers: &tiers };
    let field = Field::new(ground);
    let most: Vec<i64> = rows.aux.iter().map(|aux| aux.most).collect();
    let both = [prices(&rows, tiers.len(), 20), prices(&rows, tiers.len(), 40)];
    let plan = Plan::new(&field, field.nobody_moves());

    let board = Board::new(&field, &both[0]);
    let Some((_, one)) = plain(&field).next() else { panic!("everybody has a network") };
    bench.bench_function("price/one of 900", |run| run.iter(|| Priced::new(&field, black_box(&board), one).best()));

    // By turns at two prices, so that people are offered other lines as they are in a search.
    let (mut pool, mut turn) = (Pool::new(&field, &plan.lines, &plan.uses), 0);
    bench.bench_function("refresh/900", |run| {
        run.iter(|| {
            turn = 1 - turn;
            pool.refresh(&field, black_box(&both[turn]), &most)
        });
    });

    let mut weights = [0; TIERS];
    weights[..tiers.len()].fill(1);
    let task = Task { weights, hints: [0.0; TIERS], floors: &[], values: [0; TIERS], most: &most };
    bench.bench_function("pdhg/40 steps at 900", |run| {
        run.iter(|| {
            let mut splitting = Splitting::new(&field, task.clone(), &both[0], &pool, 300.0);
            splitting.run(&mut pool, 40);
            splitting.prices(false)
        });
    });

    let near: Vec<(usize, &Plain)> = plain(&field).take(NEAR).collect();
    let people = near.iter().map(|(at, _)| u32::try_from(*at).unwrap_or(u32::MAX)).collect();
    let columns = near.iter().map(|(at, plain)| columns(&field, &board, &plan, *at, plain)).collect();
    let neighbourhood = Neighbourhood { people, columns };
    let aim = Aim { weights, floors: Vec::new() };
    let options = SolveOptions { node_limit: Some(NODES), presolve: false, plain: true, ..Default::default() };
    bench.bench_function("neighbourhood/60 of 900", |run| {
        run.iter(|| neighbourhood.choose(&field, &plan, black_box(&aim), &options).map(|changes| changes.len()));
    });
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20);
    targets = search
}
criterion_main!(benches);
