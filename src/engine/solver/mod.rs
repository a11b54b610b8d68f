//! The only room that names HiGHS: whole-number programmes and linear programmes, and answers that were checked.
//!
//! HiGHS is never taken at its word. Values are rounded and tested against every row and bound; "infeasible" is
//! believed only after a second run without presolve; a claim that does not hold is [`Status::Failed`].

mod good;
mod lp;
mod run;
#[cfg(test)]
mod tests;

pub use good::from_good_lp;
pub use lp::{Lp, LpAnswer, LpStatus, solve_lp};
pub use run::solve;
use std::sync::atomic::{AtomicBool, Ordering};

/// Name and version of the solver, for the provenance of plans.
#[must_use]
pub fn version() -> String {
    // SAFETY: the call takes nothing and returns a pointer to a static text.
    let text = unsafe { std::ffi::CStr::from_ptr(highs_sys::Highs_version()) };
    format!("HiGHS {}", text.to_string_lossy())
}

/// How far a rounded value may stray from a row or bound, relative to the bound's size where that is above 1.
pub const TOLERANCE: f64 = 1e-6;

/// Position of a column in [`Model::columns`].
pub type Col = usize;

/// Position of a row in [`Model::rows`].
pub type Row = usize;

/// One variable.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its weight in the objective.
    pub objective: f64,
    /// Least value; may be `-∞`.
    pub lower: f64,
    /// Greatest value; may be `+∞`.
    pub upper: f64,
    /// Whether only whole values are allowed.
    pub integer: bool,
}

/// One constraint: `low ≤ Σ coefficient · column ≤ high`.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Least value; may be `-∞`.
    pub low: f64,
    /// Greatest value; may be `+∞`.
    pub high: f64,
    /// Coefficients; each column at most once.
    pub terms: Vec<(Col, f64)>,
}

/// A mixed-integer programme.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Model {
    /// The variables.
    pub columns: Vec<Column>,
    /// The constraints.
    pub rows: Vec<Line>,
    /// Whether the objective is to be large.
    pub maximise: bool,
}

impl Model {
    /// An empty model.
    #[must_use]
    pub fn new(maximise: bool) -> Self {
        Self { maximise, ..Self::default() }
    }

    /// Adds a whole-number variable.
    pub fn integer(&mut self, objective: i64, lower: i64, upper: i64) -> Col {
        #[allow(clippy::cast_precision_loss)]
        let (objective, lower, upper) = (objective as f64, lower as f64, upper as f64);
        self.column(objective, lower, upper, true)
    }

    /// Adds a variable that is 0 or 1.
    pub fn binary(&mut self, objective: i64) -> Col {
        self.integer(objective, 0, 1)
    }

    /// Adds a variable.
    pub fn column(&mut self, objective: f64, lower: f64, upper: f64, integer: bool) -> Col {
        self.columns.push(Column { objective, lower, upper, integer });
        self.columns.len() - 1
    }

    /// Adds a constraint.
    pub fn row(&mut self, low: f64, high: f64, terms: Vec<(Col, f64)>) -> Row {
        self.rows.push(Line { low, high, terms });
        self.rows.len() - 1
    }

    /// The objective of these values.
    #[must_use]
    pub fn objective_of(&self, values: &[f64]) -> f64 {
        self.columns.iter().zip(values).map(|(column, value)| column.objective * value).sum()
    }

    /// The objective of these values in whole numbers, or `None` where a weight or a weighed value is not whole.
    #[must_use]
    pub fn whole_objective_of(&self, values: &[f64]) -> Option<i64> {
        self.columns
            .iter()
            .zip(values)
            .filter(|(column, _)| column.objective != 0.0)
            .try_fold(0i64, |sum, (column, value)| {
                sum.checked_add(whole(column.objective)?.checked_mul(whole(*value)?)?)
            })
    }

    /// The first bound or row that these values break, in words for the log; `None` when they keep them all.
    #[must_use]
    pub fn broken_by(&self, values: &[f64]) -> Option<String> {
        if values.len() != self.columns.len() {
            return Some(format!("{} values for {} columns", values.len(), self.columns.len()));
        }
        for (at, (column, value)) in self.columns.iter().zip(values).enumerate() {
            if !within(column.lower, *value, column.upper) {
                return Some(format!("column {at}: {value} outside [{}, {}]", column.lower, column.upper));
            }
            if column.integer && whole(*value).is_none() {
                return Some(format!("column {at}: {value} is not whole"));
            }
        }
        for (at, row) in self.rows.iter().enumerate() {
            let sum: f64 =
                row.terms.iter().map(|(col, weight)| weight * values.get(*col).copied().unwrap_or(f64::NAN)).sum();
            if !within(row.low, sum, row.high) {
                return Some(format!("row {at}: {sum} outside [{}, {}]", row.low, row.high));
            }
        }
        None
    }
}

/// `value` as a whole number, if it is one.
#[must_use]
fn whole(value: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    #[allow(clippy::cast_possible_truncation)]
    (value.fract() == 0.0 && value.abs() <= EXACT).then_some(value as i64)
}

fn within(low: f64, value: f64, high: f64) -> bool {
    let slack = |bound: f64| TOLERANCE * bound.abs().max(1.0);
    (low == f64::NEG_INFINITY || value >= low - slack(low)) && (high == f64::INFINITY || value <= high + slack(high))
}

/// How to solve a mixed-integer programme. The defaults prove an optimum of a whole-number objective.
#[derive(Clone, Debug)]
pub struct SolveOptions<'a> {
    /// Stop after this many branch-and-bound nodes.
    pub node_limit: Option<i64>,
    /// Stop after this many seconds; makes the answer depend on the machine, so off by default.
    pub time_limit: Option<f64>,
    /// Stop soon after this is set.
    pub stop: Option<&'a AtomicBool>,
    /// Threads; keep 1 inside workers.
    pub threads: usize,
    /// A full assignment to start from; it need not be feasible.
    pub warm_start: Option<&'a [f64]>,
    /// Whether to presolve.
    pub presolve: bool,
    /// Seed of the solver's own choices.
    pub seed: i32,
    /// Only solutions at least this good are of interest; `Infeasible` then means that there is none.
    pub cutoff: Option<i64>,
    /// Stop at the first solution at least this good.
    pub target: Option<i64>,
    /// Stop at a gap of this many points; below 1 for a proof.
    pub abs_gap: f64,
    /// Stop at this relative gap; 0 for a proof.
    pub rel_gap: f64,
    /// Branch and bound alone: for small programmes that start from a good plan, where heuristics, restarts and symmetry
    /// cost more than they bring.
    pub plain: bool,
}

/// Whether this process may presolve at all.
static PRESOLVE: AtomicBool = AtomicBool::new(true);

/// From now on nothing is presolved in this process: for a second try where a verdict of the solver was doubted.
pub fn forbid_presolve() {
    PRESOLVE.store(false, Ordering::Relaxed);
}

/// Whether this process may presolve.
#[must_use]
pub fn presolves() -> bool {
    PRESOLVE.load(Ordering::Relaxed)
}

impl Default for SolveOptions<'_> {
    fn default() -> Self {
        Self {
            node_limit: None,
            time_limit: None,
            stop: None,
            threads: 1,
            warm_start: None,
            presolve: true,
            seed: 0,
            cutoff: None,
            target: None,
            abs_gap: 0.99,
            rel_gap: 0.0,
            plain: false,
        }
    }
}

/// What an answer claims.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// Proved best within the gaps asked for.
    Optimal,
    /// No assignment keeps every row; two runs agree.
    Infeasible,
    /// A limit or the target was reached; `values`, if any, keep every row, and the bound holds.
    Stopped,
    /// The solver failed, or its values break the model; nothing in the answer may be used.
    Failed(String),
}

/// The answer to a mixed-integer programme.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// What it claims.
    pub status: Status,
    /// The best assignment found, whole where the column is whole, checked against every row and bound.
    pub values: Option<Vec<f64>>,
    /// Its objective, recomputed in whole numbers; `None` without values, or where a weight is not whole.
    pub objective: Option<i64>,
    /// The proved bound; `±∞` where there is none. For a cutoff it speaks of the solutions that are good enough.
    pub dual_bound: f64,
    /// Branch-and-bound nodes worked.
    pub nodes: i64,
}

impl Answer {
    /// The proved bound of a whole-number objective, rounded towards the value; `None` where there is none.
    #[must_use]
    pub fn whole_bound(&self, maximise: bool) -> Option<i64> {
        if !self.dual_bound.is_finite() {
            return None;
        }
        let slack = TOLERANCE * self.dual_bound.abs().max(1.0);
        whole(if maximise { (self.dual_bound + slack).floor() } else { (self.dual_bound - slack).ceil() })
    }

    fn failed(why: String) -> Self {
        Self { status: Status::Failed(why), values: None, objective: None, dual_bound: f64::NAN, nodes: 0 }
    }
}
