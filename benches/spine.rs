//! How long each room takes on the demo department: `cargo bench`.

use criterion::{Criterion, criterion_group, criterion_main};
use lungang::engine::columns;
use lungang::engine::dual::sweep;
use lungang::engine::formulation::Formulation;
use lungang::engine::pricing::{ONE, Priced, Prices};
use lungang::engine::rows::TIERS;
use lungang::engine::{Control, Limits, Silent};
use lungang::input::{ReadOptions, read};
use lungang::insight::assemble;
use lungang::output::write;
use lungang::rules::Facts;
use lungang::text::Lang;
use lungang_check::judge_plan;
use lungang_domain::plan::Provenance;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

fn rooms(bench: &mut Criterion) {
    let folder: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/demo");
    let reading = read(&folder, &ReadOptions::default());
    let (Some(case), Some(policy)) = (&reading.case, &reading.policy) else { panic!("the demo is unreadable") };
    let facts = Facts::new(case, policy);
    let formulation = Formulation::new(&facts);
    let mut prices = Prices { rows: vec![0; formulation.rows.rows.len()], weights: [0; TIERS] };
    prices.weights = [ONE; TIERS];
    let most: Vec<i64> = formulation.rows.aux.iter().map(|aux| aux.most).collect();

    bench.bench_function("read", |run| run.iter(|| read(black_box(&folder), &ReadOptions::default())));
    bench.bench_function("formulate", |run| run.iter(|| Formulation::new(black_box(&facts))));
    bench
        .bench_function("price one person", |run| run.iter(|| Priced::new(&formulation, 0, black_box(&prices)).best()));
    bench.bench_function("sweep", |run| run.iter(|| sweep(&formulation, black_box(&prices), &most).map(|s| s.dual)));

    let idle = AtomicBool::new(false);
    let limits = Limits { rounds: Some(8), ..Limits::default() };
    let mut progress = Silent;
    let mut control = Control { limits, interrupt: &idle, progress: &mut progress };
    let Ok(outcome) = columns::solve(case, policy, &mut control) else { panic!("no plan in eight rounds") };
    let plan = assemble(case, policy, &outcome.layout, outcome.tiers, Provenance::default(), Lang::Zh);
    bench.bench_function("check", |run| run.iter(|| judge_plan(black_box(case), black_box(&plan), false)));
    let place = tempfile::tempdir().expect("a folder");
    for name in ["plan.json", "plan.xlsx", "plan/"] {
        let target = place.path().join(name);
        bench.bench_function(&format!("write {name}"), |run| {
            run.iter(|| write(case, policy, &plan, &target, Lang::Zh).expect("written"));
        });
    }
}

criterion_group!(benches, rooms);
criterion_main!(benches);
