//! Several cases solved side by side, one thread each. Each plan is the one that `lungang plan --threads 1` gives for the
//! case alone, byte for byte, however many run beside it.

use crate::engine::{self, Control, Ended, Failure, Limits, Progress};
use crate::insight;
use crate::text::Lang;
use lungang_check::judge_plan;
use lungang_domain::plan::Provenance;
use lungang_domain::{Case, PlanFile, Policy};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// One case to solve.
#[derive(Clone, Copy, Debug)]
pub struct Job<'a> {
    /// Its name.
    pub name: &'a str,
    /// The case.
    pub case: &'a Case,
    /// Its policy.
    pub policy: &'a Policy,
    /// Hash of the input.
    pub input_hash: &'a str,
    /// Hash of the policy.
    pub policy_hash: &'a str,
    /// A plan to begin from.
    pub warm: Option<&'a PlanFile>,
}

/// A checked plan, and why the work on it ended.
#[derive(Clone, Debug)]
pub struct Solved {
    /// The plan.
    pub plan: PlanFile,
    /// Why the work ended.
    pub ended: Ended,
}

/// Why there is no plan of a case.
#[derive(Clone, Debug)]
pub enum Refused {
    /// The engine found none.
    Engine(Failure),
    /// Our own check found breaches in it: nothing of it is shown.
    Check(Vec<lungang_domain::Problem>),
    /// Interrupted before its turn came.
    Interrupted,
}

/// Who is told of the work.
pub trait Listener: Sync {
    /// The place where the progress of a case goes.
    fn progress(&self, name: &str) -> Box<dyn Progress>;
    /// A case is done.
    fn done(&self, job: &Job, solved: &Result<Solved, Refused>);
}

/// Solves every case, at most `workers` at a time, in their order.
pub fn all(
    jobs: &[Job],
    workers: usize,
    limits: &Limits,
    interrupt: &AtomicBool,
    lang: Lang,
    listener: &dyn Listener,
) -> Vec<Result<Solved, Refused>> {
    let next = AtomicUsize::new(0);
    let done: Vec<Mutex<Option<Result<Solved, Refused>>>> = jobs.iter().map(|_| Mutex::new(None)).collect();
    std::thread::scope(|scope| {
        for _ in 0..workers.clamp(1, jobs.len().max(1)) {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(job) = jobs.get(at) else { break };
                    let solved = if interrupt.load(Ordering::Relaxed) {
                        Err(Refused::Interrupted)
                    } else {
                        one(job, limits, interrupt, lang, listener.progress(job.name))
                    };
                    listener.done(job, &solved);
                    *done[at].lock().unwrap_or_else(PoisonError::into_inner) = Some(solved);
                }
            });
        }
    });
    let taken = |slot: Mutex<Option<Result<Solved, Refused>>>| {
        slot.into_inner().unwrap_or_else(PoisonError::into_inner).unwrap_or(Err(Refused::Interrupted))
    };
    done.into_iter().map(taken).collect()
}

/// Hash of a plan as it is written.
fn hash_of(plan: &PlanFile) -> Option<String> {
    crate::output::json::text(plan).ok().map(|text| crate::input::sheets::sha256_hex(text.as_bytes()))
}

fn one(
    job: &Job,
    limits: &Limits,
    interrupt: &AtomicBool,
    lang: Lang,
    mut progress: Box<dyn Progress>,
) -> Result<Solved, Refused> {
    let limits = Limits { threads: 1, warm: job.warm.map(|plan| Arc::new(plan.clone())), ..limits.clone() };
    let seed = limits.seed;
    let mut control = Control { limits, interrupt, progress: &mut *progress };
    let outcome = engine::solve(job.case, job.policy, &mut control).map_err(Refused::Engine)?;
    let provenance = Provenance {
        input_hash: job.input_hash.to_owned(),
        policy_hash: job.policy_hash.to_owned(),
        warm_hash: job.warm.filter(|_| outcome.warm.is_some()).and_then(hash_of),
        seed,
        threads: 1,
        rounds: outcome.rounds,
        ..engine::provenance()
    };
    let plan = insight::assemble(job.case, job.policy, &outcome.layout, outcome.tiers, provenance, lang);
    judged(job.case, &plan).map_err(Refused::Check)?;
    tracing::info!(rounds = outcome.rounds, "solved");
    Ok(Solved { plan, ended: outcome.ended })
}

/// The verdict of the independent checker on a plan as it is written.
///
/// # Errors
/// What it breaks.
pub fn judged(case: &Case, plan: &PlanFile) -> Result<(), Vec<lungang_domain::Problem>> {
    let verdict = judge_plan(case, plan, false);
    if verdict.clean() { Ok(()) } else { Err(verdict.problems(case)) }
}
