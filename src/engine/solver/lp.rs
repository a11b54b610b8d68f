//! Linear programmes with prices: row duals and reduced costs, and columns added between runs.

use super::run::{hand_over, set, set_threads};
use super::{Col, Model, Row};
use highs::{HighsModelStatus, HighsSolutionStatus};

/// What the answer to a linear programme claims.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LpStatus {
    /// Optimal within the solver's tolerances (1e-7).
    Optimal,
    /// No assignment keeps every row.
    Infeasible,
    /// The solver failed.
    Failed(String),
}

/// The answer to a linear programme.
#[derive(Clone, Debug, PartialEq)]
pub struct LpAnswer {
    /// What it claims.
    pub status: LpStatus,
    /// Objective; 0 unless optimal.
    pub objective: f64,
    /// Value of each column; empty unless optimal.
    pub values: Vec<f64>,
    /// Price of each row: what the objective gains per unit of its right side; empty unless optimal.
    pub duals: Vec<f64>,
    /// Reduced cost of each column: weight − Σ dual · coefficient, for either sense; empty unless optimal. When
    /// maximising, a column not yet in the model helps only if this is positive.
    pub reduced: Vec<f64>,
    /// Simplex iterations of this run.
    pub iterations: i64,
}

impl LpAnswer {
    fn without(status: LpStatus) -> Self {
        Self { status, objective: 0.0, values: Vec::new(), duals: Vec::new(), reduced: Vec::new(), iterations: 0 }
    }
}

/// Solves the model as a linear programme: whole columns may take any value within their bounds.
#[must_use]
pub fn solve_lp(model: &Model) -> LpAnswer {
    match Lp::new(model) {
        Ok(mut lp) => lp.solve(),
        Err(why) => LpAnswer::without(LpStatus::Failed(why)),
    }
}

/// A linear programme that grows: each run starts from the basis of the one before.
#[derive(Debug)]
pub struct Lp {
    // `None` after a failed run, which consumes the model.
    highs: Option<highs::Model>,
    columns: Vec<highs::Col>,
    rows: Vec<highs::Row>,
}

impl Lp {
    /// Hands a model over; whole columns count as continuous.
    ///
    /// # Errors
    /// What the solver refused.
    pub fn new(model: &Model) -> Result<Self, String> {
        let mut highs = hand_over(model, false)?;
        highs.make_quiet();
        set_threads(&mut highs, 1)?;
        set(&mut highs, "solver", "simplex")?;
        let mut lp = Self { highs: Some(highs), columns: Vec::new(), rows: Vec::new() };
        lp.columns.reserve(model.columns.len());
        let (columns, rows) = handles(model);
        lp.columns = columns;
        lp.rows = rows;
        Ok(lp)
    }

    /// Number of columns.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.columns.len()
    }

    /// Number of rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// Adds a column with coefficients in rows that stand already.
    ///
    /// # Errors
    /// What the solver refused.
    pub fn add_column(&mut self, objective: f64, lower: f64, upper: f64, terms: &[(Row, f64)]) -> Result<Col, String> {
        let mut handles = Vec::with_capacity(terms.len());
        for (row, weight) in terms {
            handles.push((*self.rows.get(*row).ok_or_else(|| format!("no row {row}"))?, *weight));
        }
        let highs = self.highs.as_mut().ok_or("the model was lost")?;
        let col = highs
            .try_add_column(objective, lower..=upper, handles)
            .map_err(|status| format!("a column was refused: {status:?}"))?;
        self.columns.push(col);
        Ok(self.columns.len() - 1)
    }

    /// Adds a row over columns that stand already.
    ///
    /// # Errors
    /// What the solver refused.
    pub fn add_row(&mut self, low: f64, high: f64, terms: &[(Col, f64)]) -> Result<Row, String> {
        let mut handles = Vec::with_capacity(terms.len());
        for (col, weight) in terms {
            handles.push((*self.columns.get(*col).ok_or_else(|| format!("no column {col}"))?, *weight));
        }
        let highs = self.highs.as_mut().ok_or("the model was lost")?;
        let row = highs.try_add_row(low..=high, handles).map_err(|status| format!("a row was refused: {status:?}"))?;
        self.rows.push(row);
        Ok(self.rows.len() - 1)
    }

    /// Changes a column's weight.
    pub fn set_objective(&mut self, col: Col, objective: f64) {
        if let (Some(highs), Some(handle)) = (self.highs.as_mut(), self.columns.get(col)) {
            highs.change_column_cost(*handle, objective);
        }
    }

    /// Changes a column's bounds.
    pub fn set_bounds(&mut self, col: Col, lower: f64, upper: f64) {
        if let (Some(highs), Some(handle)) = (self.highs.as_mut(), self.columns.get(col)) {
            highs.change_column_bounds(*handle, lower..=upper);
        }
    }

    /// Changes a row's bounds.
    pub fn set_row(&mut self, row: Row, low: f64, high: f64) {
        if let (Some(highs), true) = (self.highs.as_mut(), row < self.rows.len()) {
            let row = highs_sys::HighsInt::try_from(row).unwrap_or(highs_sys::HighsInt::MAX);
            // SAFETY: the model is alive and the row stands, as just tested.
            unsafe { highs_sys::Highs_changeRowBounds(highs.as_mut_ptr(), row, low, high) };
        }
    }

    /// Solves the programme as it stands.
    pub fn solve(&mut self) -> LpAnswer {
        let Some(mut highs) = self.highs.take() else {
            return LpAnswer::without(LpStatus::Failed("the model was lost".to_owned()));
        };
        if let Err(why) = set_threads(&mut highs, 1) {
            return LpAnswer::without(LpStatus::Failed(why));
        }
        let solved = match highs.try_solve() {
            Ok(solved) => solved,
            Err(status) => return LpAnswer::without(LpStatus::Failed(format!("the run failed: {status:?}"))),
        };
        let answer = match solved.status() {
            HighsModelStatus::Optimal if solved.primal_solution_status() == HighsSolutionStatus::Feasible => {
                let solution = solved.get_solution();
                LpAnswer {
                    status: LpStatus::Optimal,
                    objective: solved.objective_value(),
                    values: solution.columns().to_vec(),
                    duals: solution.dual_rows().to_vec(),
                    reduced: solution.dual_columns().to_vec(),
                    iterations: solved.simplex_iteration_count(),
                }
            }
            HighsModelStatus::ModelEmpty => LpAnswer::without(LpStatus::Optimal),
            HighsModelStatus::Infeasible => LpAnswer::without(LpStatus::Infeasible),
            other => LpAnswer::without(LpStatus::Failed(format!("the run ended with {other:?}"))),
        };
        self.highs = Some(highs::Model::from(solved));
        answer
    }
}

/// Handles of the columns and rows of a model just handed over. The crate gives them out in order from 0, and only
/// while a problem is built, so a skeleton of the same size is built for them.
fn handles(model: &Model) -> (Vec<highs::Col>, Vec<highs::Row>) {
    let mut skeleton = highs::RowProblem::default();
    let columns = model.columns.iter().map(|_| skeleton.add_column(0.0, 0.0..=0.0)).collect();
    let mut skeleton = highs::ColProblem::default();
    let rows = model.rows.iter().map(|_| skeleton.add_row(0.0..=0.0)).collect();
    (columns, rows)
}
