//! How long each room takes on a generated department: `cargo bench --bench spine`.

use criterion::{Criterion, criterion_group, criterion_main};
use lungang::demo::{Options, csv_files, raw_tables, workbook};
use lungang::engine::columns;
use lungang::engine::dual::sweep;
use lungang::engine::formulation::Formulation;
use lungang::engine::pricing::{ONE, Priced, Prices};
use lungang::engine::rows::TIERS;
use lungang::engine::{Control, Limits, Silent};
use lungang::input::{ReadOptions, Reading, from_tables, read};
use lungang::insight::assemble;
use lungang::output::write;
use lungang::rules::Facts;
use lungang::text::Lang;
use lungang_check::judge_plan;
use lungang_domain::PlanFile;
use lungang_domain::plan::Provenance;
use std::hint::black_box;
use std::sync::atomic::AtomicBool;

/// The generated department of 60.
fn department() -> Reading {
    from_tables(raw_tables(&Options::default()), &ReadOptions::default())
}

fn reading(bench: &mut Criterion) {
    let place = tempfile::tempdir().expect("a folder");
    let book = place.path().join("demo.xlsx");
    std::fs::write(&book, workbook(&Options::default()).expect("a workbook")).expect("written");
    let folder = place.path().join("csv");
    std::fs::create_dir(&folder).expect("a folder");
    for (name, bytes) in csv_files(&Options::default()).expect("sheets") {
        std::fs::write(folder.join(name), bytes).expect("written");
    }
    let mut group = bench.benchmark_group("read");
    for (name, input) in [("csv", folder), ("xlsx", book)] {
        group.bench_function(name, |run| run.iter(|| read(black_box(&input), &ReadOptions::default())));
    }
    group.finish();
}

fn pricing(bench: &mut Criterion) {
    let reading = department();
    let (Some(case), Some(policy)) = (&reading.case, &reading.policy) else { panic!("the department is unreadable") };
    let facts = Facts::new(case, policy);
    let formulation = Formulation::new(&facts);
    let mut prices = Prices { rows: vec![0; formulation.rows.rows.len()], weights: [0; TIERS] };
    prices.weights = [ONE; TIERS];
    let most: Vec<i64> = formulation.rows.aux.iter().map(|aux| aux.most).collect();
    let mut group = bench.benchmark_group("price");
    group.bench_function("formulate", |run| run.iter(|| Formulation::new(black_box(&facts))));
    group.bench_function("one person", |run| run.iter(|| Priced::new(&formulation, 0, black_box(&prices)).best()));
    group.bench_function("sweep", |run| run.iter(|| sweep(&formulation, black_box(&prices), &most).map(|s| s.dual)));
    group.finish();
}

/// A plan of the department after a few rounds.
fn plan(reading: &Reading) -> PlanFile {
    let (Some(case), Some(policy)) = (&reading.case, &reading.policy) else { panic!("the department is unreadable") };
    let idle = AtomicBool::new(false);
    let limits = Limits { rounds: Some(8), ..Limits::default() };
    let mut progress = Silent;
    let mut control = Control { limits, interrupt: &idle, progress: &mut progress };
    let Ok(outcome) = columns::solve(case, policy, &mut control) else { panic!("no plan in eight rounds") };
    assemble(case, policy, &outcome.layout, outcome.tiers, Provenance::default(), Lang::Zh)
}

fn check_and_write(bench: &mut Criterion) {
    let reading = department();
    let plan = plan(&reading);
    let (Some(case), Some(policy)) = (&reading.case, &reading.policy) else { panic!("the department is unreadable") };
    bench.bench_function("check", |run| run.iter(|| judge_plan(black_box(case), black_box(&plan), false)));
    let place = tempfile::tempdir().expect("a folder");
    let mut group = bench.benchmark_group("write");
    for (name, file) in [("json", "plan.json"), ("xlsx", "plan.xlsx"), ("csv", "plan/")] {
        let target = place.path().join(file);
        group.bench_function(name, |run| {
            run.iter(|| write(case, policy, &plan, &target, Lang::Zh).expect("written"));
        });
    }
    group.finish();
}

criterion_group!(benches, reading, pricing, check_and_write);
criterion_main!(benches);
