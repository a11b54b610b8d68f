//! The engine: formulation, pricing, bounds, search. [`district`] plans districts and departments; [`columns`] is left for
//! cases in which nobody moving breaks a row; [`compact`] is the readable reference; [`solver`] alone names HiGHS.

pub mod columns;
pub mod compact;
pub mod district;
pub mod dual;
mod finish;
pub mod formulation;
pub mod ground;
mod kin;
pub mod line;
mod master;
mod meter;
pub mod network;
pub mod pricing;
mod returns;
pub mod rows;
pub mod solver;
pub mod steps;
pub mod succession;
pub mod ties;

use lungang_domain::plan::{Provenance, TierRow};
use lungang_domain::{Case, Layout, PlanFile, Policy, Problem};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

/// More person-years than this are a district, whose search never ends in the exact engine. (150 people for five years,
/// or 750 for one, whose assignment the exact engine proves.)
const DEPARTMENT: usize = 750;

/// Plans a case by the production engine.
///
/// # Errors
/// As [`columns::solve`].
pub fn solve(case: &Case, policy: &Policy, control: &mut Control<'_>) -> Result<Outcome, Failure> {
    let is_district = case.people.len() * policy.horizon() > DEPARTMENT;
    let search = if is_district { district::solve } else { district::solve_exactly };
    if let Some(outcome) = search(case, policy, control)? {
        return Ok(outcome);
    }
    columns::solve(case, policy, control)
}

/// What every plan of this program says of its making; what depends on the run is left blank.
#[must_use]
pub fn provenance() -> Provenance {
    Provenance {
        program: concat!("lungang ", env!("CARGO_PKG_VERSION")).to_owned(),
        solver: solver::version(),
        engine: "columns".to_owned(),
        presolve: (!solver::presolves()).then(|| "off".to_owned()),
        ..Provenance::default()
    }
}

/// When to stop, and with what to work.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Stop once the relative gap of every tier that ranks plans is at most this.
    pub gap: Option<f64>,
    /// Stop between rounds after this much time.
    pub time_limit: Option<Duration>,
    /// Stop after this many rounds.
    pub rounds: Option<u64>,
    /// Worker threads.
    pub threads: usize,
    /// Seed of the draw (semantics 23).
    pub seed: u64,
    /// An earlier plan to begin from: of this case or of another, whatever its start and years. Only [`district`] looks
    /// at it.
    pub warm: Option<Arc<PlanFile>>,
}

impl Default for Limits {
    fn default() -> Self {
        Self { gap: None, time_limit: None, rounds: None, threads: 1, seed: 0, warm: None }
    }
}

/// Why the work ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// Every tier that ranks plans is proved, or within `--gap`.
    Done,
    /// A limit passed; the plan is the best found.
    Limit,
    /// The user interrupted; the plan is the best found.
    Interrupted,
}

/// What became of an earlier plan that the work began from: numbers of people, each in one of the first six.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WarmReport {
    /// As the earlier plan has them, in every year that it speaks of.
    pub kept: usize,
    /// As the earlier plan has them in part; what today's rules, decisions, events and posts don't allow is left out, or
    /// put off.
    pub adapted: usize,
    /// Their post is not in the list any more.
    pub lost: usize,
    /// Rules, decisions or events allow nothing of it.
    pub barred: usize,
    /// No seat, or no share of R12, is left for it.
    pub crowded: usize,
    /// Not in the earlier plan.
    pub new: usize,
    /// In the earlier plan, and not in the case.
    pub gone: usize,
    /// Whether what is left of it is better than the start without it, so that the search began there.
    pub better: bool,
}

/// A plan with its proof.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Who is where.
    pub layout: Layout,
    /// The tiers, in order, assessed.
    pub tiers: Vec<TierRow>,
    /// Rounds worked (semantics 25).
    pub rounds: u64,
    /// Why it ended.
    pub ended: Ended,
    /// What became of the earlier plan; `None` where none was given, or none could be used.
    pub warm: Option<WarmReport>,
}

/// Why there is no plan.
#[derive(Clone, Debug)]
pub enum Failure {
    /// Decisions and fixed rules clash; the problems name them (exit 3).
    Clash(Vec<Problem>),
    /// A limit passed with no plan (exit 4).
    Limit,
    /// The solver contradicts itself or our own recomputation (exit 70).
    Solver(String),
}

/// Where progress goes: a line per tier step, with value, bound and gap.
pub trait Progress: Send {
    /// A tier has a new value or bound.
    fn tier(&mut self, row: &TierRow, rounds: u64);
}

/// Nobody listens.
pub struct Silent;

impl Progress for Silent {
    fn tier(&mut self, _row: &TierRow, _rounds: u64) {}
}

/// What a run can be told from outside.
pub struct Control<'a> {
    /// Limits.
    pub limits: Limits,
    /// Set by Ctrl-C; looked at between rounds.
    pub interrupt: &'a AtomicBool,
    /// Where progress goes.
    pub progress: &'a mut dyn Progress,
}
