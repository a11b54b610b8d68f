//! scratch
use crate::random_cases::{SMALL, random_case};
use lungang::engine::{Control, Failure, Limits, Silent, compact};
use std::sync::atomic::AtomicBool;

#[test]
fn smoke() {
    let n: u64 = std::env::var("LUNGANG_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(60);
    let started = std::time::Instant::now();
    let (mut solved, mut clashes, mut moved) = (0, 0, 0);
    for seed in 0..n {
        let (case, policy) = random_case(seed, SMALL);
        let stop = AtomicBool::new(false);
        let mut silent = Silent;
        let mut control = Control { limits: Limits::default(), interrupt: &stop, progress: &mut silent };
        match compact::solve(&case, &policy, &mut control) {
            Ok(outcome) => {
                solved += 1;
                let idle: Vec<i64> = outcome.tiers.iter().map(|row| row.nobody_moves).collect();
                let own: Vec<i64> = outcome.tiers.iter().map(|row| row.value).collect();
                moved += u64::from(idle != own);
                assert!(outcome.tiers.iter().all(|row| row.gap_points == Some(0)), "{seed} {:?}", outcome.tiers);
            }
            Err(Failure::Clash(problems)) => {
                clashes += 1;
                assert!(!problems.is_empty(), "{seed}");
                if problems[0].code == "E0802" {
                    println!("{seed}: no plan");
                }
            }
            Err(other) => panic!("{seed}: {other:?}"),
        }
    }
    println!("{n} cases: {solved} solved, {moved} better than idle, {clashes} clashes, {:?}", started.elapsed());
}
#[test]
fn scratch() {
    let seed: u64 = std::env::var("SEED").unwrap().parse().unwrap();
    let (case, policy) = random_case(seed, SMALL);
    let stop = AtomicBool::new(false);
    let mut silent = Silent;
    let mut control = Control { limits: Limits::default(), interrupt: &stop, progress: &mut silent };
    let out = compact::solve(&case, &policy, &mut control);
    println!("{out:?}");
}
