//! One mixed-integer programme through HiGHS, and the distrust around it.

use super::{Answer, Model, SolveOptions, Status, TOLERANCE};
use highs::{HighsModelStatus, HighsSolutionStatus, RowProblem, Sense};
use std::ffi::{c_char, c_int, c_void};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

/// Solves a mixed-integer programme.
///
/// A claim of infeasibility, and values that break the model or do not add up to the objective claimed, are tried again
/// without presolve and without the warm start, which is where HiGHS has been wrong. So is a claim that the start itself is
/// the best: with presolve and a start, HiGHS 1.16 called a start of 0 optimal, bound and all, where 6 was to be had.
#[must_use]
pub fn solve(model: &Model, options: &SolveOptions) -> Answer {
    let limited;
    let model = match options.cutoff {
        None => model,
        Some(cutoff) => {
            limited = with_cutoff(model, cutoff);
            &limited
        }
    };
    if model.columns.is_empty() {
        return without_columns(model);
    }
    let allowed = SolveOptions { presolve: options.presolve && super::presolves(), ..options.clone() };
    let options = &allowed;
    let began = Instant::now();
    let first = attempt(model, options, options.presolve);
    match first.status {
        Status::Optimal if options.presolve && is_start(model, options, &first) => {
            let time_limit = options.time_limit.map(|seconds| (seconds - began.elapsed().as_secs_f64()).max(0.0));
            confirmed(model, first, &SolveOptions { warm_start: None, time_limit, ..options.clone() })
        }
        Status::Infeasible | Status::Failed(_) => {
            // Without a presolve to blame, another seed makes the second run a different one.
            let again = SolveOptions { seed: options.seed.wrapping_add(1).max(0), warm_start: None, ..options.clone() };
            let second = attempt(model, &again, false);
            match (&first.status, &second.status) {
                (Status::Failed(_), Status::Infeasible) => first,
                _ => second,
            }
        }
        Status::Optimal | Status::Stopped => first,
    }
}

/// Whether an answer is worth what the warm start is worth.
pub(super) fn is_start(model: &Model, options: &SolveOptions, answer: &Answer) -> bool {
    let worth = options.warm_start.and_then(|start| model.whole_objective_of(start));
    worth.is_some() && worth == answer.objective
}

/// A start that was called optimal, after a run without it: optimal where that run says so too, the better plan where it
/// finds one, and else a plan within the bound that the run without the start has reached.
pub(super) fn confirmed(model: &Model, first: Answer, cold: &SolveOptions) -> Answer {
    let second = match attempt(model, cold, cold.presolve) {
        // There is a plan, so this is wrong as well.
        Answer { status: Status::Infeasible | Status::Failed(_), .. } => attempt(model, cold, false),
        answer => answer,
    };
    let is_better = match (second.objective, first.objective) {
        (Some(second), Some(first)) => {
            if model.maximise {
                second > first
            } else {
                second < first
            }
        }
        _ => false,
    };
    match second.status {
        Status::Optimal if is_better => second,
        Status::Optimal => first,
        Status::Stopped if is_better => second,
        Status::Stopped => Answer { status: Status::Stopped, dual_bound: second.dual_bound, ..first },
        Status::Infeasible | Status::Failed(_) => {
            let open = if model.maximise { f64::INFINITY } else { f64::NEG_INFINITY };
            Answer { status: Status::Stopped, dual_bound: open, ..first }
        }
    }
}

/// HiGHS has no cutoff that is safe for every model, so the objective becomes a row.
fn with_cutoff(model: &Model, cutoff: i64) -> Model {
    let mut limited = model.clone();
    let terms = model
        .columns
        .iter()
        .enumerate()
        .filter(|(_, column)| column.objective != 0.0)
        .map(|(at, column)| (at, column.objective))
        .collect();
    #[allow(clippy::cast_precision_loss)]
    let cutoff = cutoff as f64;
    if model.maximise {
        limited.row(cutoff, f64::INFINITY, terms);
    } else {
        limited.row(f64::NEG_INFINITY, cutoff, terms);
    }
    limited
}

fn without_columns(model: &Model) -> Answer {
    let status = if model.broken_by(&[]).is_none() { Status::Optimal } else { Status::Infeasible };
    let feasible = status == Status::Optimal;
    Answer {
        status,
        values: feasible.then(Vec::new),
        objective: feasible.then_some(0),
        dual_bound: if feasible { 0.0 } else { f64::INFINITY },
        nodes: 0,
    }
}

/// The model in the crate's terms.
pub(super) fn hand_over(model: &Model, whole: bool) -> Result<highs::Model, String> {
    let mut problem = RowProblem::default();
    let columns: Vec<highs::Col> = model
        .columns
        .iter()
        .map(|column| {
            problem.add_column_with_integrality(column.objective, column.lower..=column.upper, column.integer && whole)
        })
        .collect();
    for (at, row) in model.rows.iter().enumerate() {
        let mut terms = Vec::with_capacity(row.terms.len());
        for (col, weight) in &row.terms {
            terms.push((*columns.get(*col).ok_or_else(|| format!("row {at} names column {col}"))?, *weight));
        }
        problem.add_row(row.low..=row.high, terms);
    }
    let sense = if model.maximise { Sense::Maximise } else { Sense::Minimise };
    problem.try_optimise(sense).map_err(|status| format!("the model was refused: {status:?}"))
}

/// Sets one option, or says which failed.
pub(super) fn set<V: highs::HighsOptionValue>(highs: &mut highs::Model, name: &str, value: V) -> Result<(), String> {
    highs.try_set_option(name, value).map_err(|_| format!("option {name} was refused"))
}

/// Sets the number of threads. HiGHS keeps one scheduler per calling thread and refuses to run with another count, so
/// the scheduler is dropped when the count changes.
pub(super) fn set_threads(highs: &mut highs::Model, threads: usize) -> Result<(), String> {
    thread_local! {
        static LAST: std::cell::Cell<Option<i32>> = const { std::cell::Cell::new(None) };
    }
    let threads = i32::try_from(threads.max(1)).unwrap_or(1);
    LAST.with(|last| {
        if last.get().is_some_and(|before| before != threads) {
            // SAFETY: no solve is under way on this thread; the call only releases its scheduler.
            unsafe { highs_sys::Highs_resetGlobalScheduler(1) };
        }
        last.set(Some(threads));
    });
    set(highs, "threads", threads)?;
    set(highs, "parallel", if threads > 1 { "on" } else { "off" })
}

fn prepare(model: &Model, options: &SolveOptions, presolve: bool) -> Result<highs::Model, String> {
    let mut highs = hand_over(model, true)?;
    highs.make_quiet();
    set_threads(&mut highs, options.threads)?;
    set(&mut highs, "mip_rel_gap", options.rel_gap)?;
    set(&mut highs, "mip_abs_gap", options.abs_gap)?;
    set(&mut highs, "random_seed", options.seed)?;
    set(&mut highs, "presolve", if presolve { "on" } else { "off" })?;
    if let Some(nodes) = options.node_limit {
        set(&mut highs, "mip_max_nodes", i32::try_from(nodes.max(0)).unwrap_or(i32::MAX))?;
    }
    if let Some(seconds) = options.time_limit {
        set(&mut highs, "time_limit", seconds)?;
    }
    if options.plain {
        set(&mut highs, "mip_heuristic_effort", 0.0)?;
        for switch in [
            "mip_heuristic_run_feasibility_jump",
            "mip_heuristic_run_rins",
            "mip_heuristic_run_rens",
            "mip_heuristic_run_root_reduced_cost",
            "mip_allow_restart",
            "mip_detect_symmetry",
        ] {
            set(&mut highs, switch, false)?;
        }
    }
    if let Some(target) = options.target {
        #[allow(clippy::cast_precision_loss)]
        set(&mut highs, "objective_target", target as f64)?;
    }
    if let Some(start) = options.warm_start {
        highs.try_set_solution(Some(start), None, None, None).map_err(|_| "the warm start was refused".to_owned())?;
    }
    if let Some(stop) = options.stop {
        listen(&mut highs, stop)?;
    }
    Ok(highs)
}

/// Has HiGHS look at a flag while it works, and stop once it is set. The flag must outlive the run.
fn listen(highs: &mut highs::Model, stop: &AtomicBool) -> Result<(), String> {
    let flag = std::ptr::from_ref(stop).cast_mut().cast::<c_void>();
    // SAFETY: the model is alive; `look` only reads the flag, which `solve` borrows for longer than the run.
    let mut done = unsafe { highs_sys::Highs_setCallback(highs.as_mut_ptr(), Some(look), flag) };
    for kind in [highs_sys::kHighsCallbackMipInterrupt, highs_sys::kHighsCallbackSimplexInterrupt] {
        if done == highs_sys::STATUS_OK {
            // SAFETY: the model is alive.
            done = unsafe { highs_sys::Highs_startCallback(highs.as_mut_ptr(), kind) };
        }
    }
    if done == highs_sys::STATUS_OK { Ok(()) } else { Err("the interrupt was refused".to_owned()) }
}

/// Called by HiGHS every so often; its answer is `user_interrupt`.
unsafe extern "C" fn look(
    _kind: c_int,
    _message: *const c_char,
    _state: *const highs_sys::HighsCallbackDataOut,
    answer: *mut highs_sys::HighsCallbackDataIn,
    flag: *mut c_void,
) {
    // SAFETY: HiGHS hands back the pointer of `listen`, and an answer to fill or none.
    if let (Some(stop), Some(answer)) = unsafe { (flag.cast::<AtomicBool>().as_ref(), answer.as_mut()) }
        && stop.load(Ordering::Relaxed)
    {
        answer.user_interrupt = 1;
    }
}

fn attempt(model: &Model, options: &SolveOptions, presolve: bool) -> Answer {
    let solved = match prepare(model, options, presolve)
        .and_then(|highs| highs.try_solve().map_err(|status| format!("the run failed: {status:?}")))
    {
        Ok(solved) => solved,
        Err(why) => return Answer::failed(why),
    };
    let open = if model.maximise { f64::INFINITY } else { f64::NEG_INFINITY };
    // A model without whole columns is a linear programme for HiGHS; its bound is its objective.
    let mip = model.columns.iter().any(|column| column.integer);
    let nodes = if mip { i64_info(&solved, c"mip_node_count") } else { 0 };
    let status = match solved.status() {
        HighsModelStatus::Optimal | HighsModelStatus::ModelEmpty => Status::Optimal,
        HighsModelStatus::Infeasible | HighsModelStatus::UnboundedOrInfeasible => Status::Infeasible,
        HighsModelStatus::ObjectiveBound
        | HighsModelStatus::ObjectiveTarget
        | HighsModelStatus::ReachedTimeLimit
        | HighsModelStatus::ReachedIterationLimit
        | HighsModelStatus::ReachedSolutionLimit
        | HighsModelStatus::ReachedInterrupt
        | HighsModelStatus::ReachedMemoryLimit => Status::Stopped,
        other => return Answer::failed(format!("the run ended with {other:?}")),
    };
    if status == Status::Infeasible {
        return Answer { status, values: None, objective: None, dual_bound: open, nodes };
    }
    // `get_solution` ignores its return code and yields zeros, so the status is looked at first.
    if solved.primal_solution_status() != HighsSolutionStatus::Feasible {
        if status == Status::Optimal {
            return Answer::failed("called optimal without a feasible assignment".to_owned());
        }
        let dual_bound = bound(&solved, mip, open);
        return Answer { status, values: None, objective: None, dual_bound, nodes };
    }
    let values: Vec<f64> = solved
        .get_solution()
        .columns()
        .iter()
        .zip(&model.columns)
        .map(|(value, column)| settled(*value, column.integer))
        .collect();
    if let Some(broken) = model.broken_by(&values) {
        return Answer::failed(format!("called feasible, but {broken}"));
    }
    // After a warm start HiGHS 1.16 was seen to claim the optimum and to hand back the start.
    let (claimed, found) = (solved.objective_value(), model.objective_of(&values));
    if (claimed - found).abs() > 1e-5 * found.abs().max(1.0) {
        return Answer::failed(format!("an objective of {claimed} was claimed, and the values give {found}"));
    }
    let dual_bound = if mip { bound(&solved, mip, open) } else { found };
    let allowed = options.abs_gap.max(options.rel_gap * found.abs()) + 1e-5 * found.abs().max(1.0);
    if status == Status::Optimal && (dual_bound - found).abs() > allowed {
        return Answer::failed(format!("called optimal at {found} with a bound of {dual_bound}"));
    }
    let objective = model.whole_objective_of(&values);
    Answer { status, values: Some(values), objective, dual_bound, nodes }
}

/// Rounds a whole column's value, and any value that differs from a whole one only within the tolerance.
fn settled(value: f64, integer: bool) -> f64 {
    let whole = value.round() + 0.0;
    if integer || (value - whole).abs() <= TOLERANCE { whole } else { value }
}

fn bound(solved: &highs::SolvedModel, mip: bool, open: f64) -> f64 {
    if !mip {
        return open;
    }
    solved.double_info_value(c"mip_dual_bound").ok().filter(|bound| bound.is_finite()).unwrap_or(open)
}

fn i64_info(solved: &highs::SolvedModel, name: &std::ffi::CStr) -> i64 {
    // The node count is a 64-bit value, which the crate's readers do not cover.
    let mut value = -1i64;
    // SAFETY: the pointer stays valid for the call, and HiGHS only reads from the model behind it.
    let status =
        unsafe { highs_sys::Highs_getInt64InfoValue(solved.as_ptr().cast_mut(), name.as_ptr(), &raw mut value) };
    if status == highs_sys::STATUS_OK { value.max(0) } else { 0 }
}
