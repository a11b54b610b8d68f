//! The same department with rows and columns in another order gives the same plan (semantics 24).

use lungang::demo::{Options, csv_files};
use lungang::engine::{Control, Limits, Silent, columns};
use lungang::input::{self, ReadOptions};
use lungang::insight::assemble;
use lungang::text::Lang;
use lungang_domain::PlanFile;
use lungang_domain::plan::Provenance;
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use std::path::Path;
use std::sync::atomic::AtomicBool;

/// The rows after the heading, and the columns, in another order.
fn shuffled(bytes: &[u8], rng: &mut ChaCha8Rng) -> Vec<u8> {
    let body = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(body);
    let mut rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().expect("records");
    // A sheet may begin with remarks above the heading.
    let top = rows.iter().position(|row| row.len() > 1).expect("a heading") + 1;
    rows[top..].shuffle(rng);
    let width = rows.iter().map(csv::StringRecord::len).max().unwrap_or(0);
    let mut order: Vec<usize> = (0..width).collect();
    order.shuffle(rng);
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for (at, row) in rows.iter().enumerate() {
        if at + 1 < top {
            writer.write_record(row).expect("written");
        } else {
            writer.write_record(order.iter().map(|column| row.get(*column).unwrap_or(""))).expect("written");
        }
    }
    writer.into_inner().expect("bytes")
}

fn plan(folder: &Path) -> PlanFile {
    let reading = input::read(folder, &ReadOptions::default());
    let (Some(case), Some(policy)) = (&reading.case, &reading.policy) else {
        panic!("unreadable: {:#?}", reading.problems)
    };
    let idle = AtomicBool::new(false);
    let limits = Limits { rounds: Some(25), ..Limits::default() };
    let mut progress = Silent;
    let mut control = Control { limits, interrupt: &idle, progress: &mut progress };
    let outcome = columns::solve(case, policy, &mut control).expect("a plan");
    let mut plan = assemble(case, policy, &outcome.layout, outcome.tiers, Provenance::default(), Lang::Zh);
    for note in &mut plan.assumptions {
        note.cell = None;
    }
    plan
}

#[test]
fn the_order_of_rows_and_columns_does_not_matter() {
    let mut rng = ChaCha8Rng::seed_from_u64(3);
    let (straight, mixed) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    for (name, bytes) in
        csv_files(&Options { people: 40, seed: 5, lang: Lang::Zh, ..Options::default() }).expect("sheets")
    {
        std::fs::write(straight.path().join(&name), &bytes).expect("written");
        let other = if name.ends_with(".csv") { shuffled(&bytes, &mut rng) } else { bytes };
        std::fs::write(mixed.path().join(&name), other).expect("written");
    }
    let (one, other) = (plan(straight.path()), plan(mixed.path()));
    assert!(!one.moves.is_empty() && !one.assumptions.is_empty());
    assert_eq!(serde_json::to_string_pretty(&one).expect("json"), serde_json::to_string_pretty(&other).expect("json"));
}
