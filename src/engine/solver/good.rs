//! A model written with good_lp's expressions, handed to our own wrapper.
//!
//! good_lp's HiGHS adapter drops bound, gap and node count and folds several limits into one; here good_lp is only the
//! language, and the checked [`super::solve`] does the work.

use super::{Line, Model};
use good_lp::{Constraint, Expression, IntoAffineExpression, ProblemVariables, Variable};
use std::collections::HashMap;

/// The model of these variables, rows and objective. Columns keep the order of the variables.
#[must_use]
pub fn from_good_lp(
    variables: &ProblemVariables,
    rows: &[Constraint],
    objective: &Expression,
    maximise: bool,
) -> Model {
    let mut model = Model::new(maximise);
    let mut columns: HashMap<Variable, usize> = HashMap::with_capacity(variables.len());
    for (variable, definition) in variables.iter_variables_with_def() {
        let (lower, upper) = (definition.get_min(), definition.get_max());
        columns.insert(variable, model.column(0.0, lower, upper, definition.is_integer()));
    }
    for (variable, weight) in objective.linear_coefficients() {
        if let Some(column) = columns.get(&variable).and_then(|at| model.columns.get_mut(*at)) {
            column.objective = weight;
        }
    }
    for row in rows {
        // A constraint reads: expression ≤ 0, or = 0; its constant goes to the right side.
        let expression = row.expression();
        let mut terms: Vec<(usize, f64)> = expression
            .linear_coefficients()
            .filter(|(_, weight)| *weight != 0.0)
            .filter_map(|(variable, weight)| columns.get(&variable).map(|at| (*at, weight)))
            .collect();
        // The expressions are hash maps; without this the order, and so the plan, would differ from run to run.
        terms.sort_by_key(|(column, _)| *column);
        let high = 0.0 - expression.constant();
        let low = if row.is_equality() { high } else { f64::NEG_INFINITY };
        model.rows.push(Line { low, high, terms });
    }
    model
}
