use super::*;

const FREE: f64 = f64::INFINITY;

/// A knapsack: gains 10, 13, 7 at weights 3, 4, 2, within 6.
fn knapsack() -> Model {
    let mut model = Model::new(true);
    let items: Vec<Col> = [10, 13, 7].iter().map(|gain| model.binary(*gain)).collect();
    model.row(-FREE, 6.0, items.iter().copied().zip([3.0, 4.0, 2.0]).collect());
    model
}

#[test]
fn a_knapsack_is_solved_and_proved() {
    let answer = solve(&knapsack(), &SolveOptions::default());
    assert_eq!(answer.status, Status::Optimal);
    assert_eq!(answer.values, Some(vec![0.0, 1.0, 1.0]));
    assert_eq!(answer.objective, Some(20));
    assert_eq!(answer.whole_bound(true), Some(20));
}

/// HiGHS has called a start optimal that was not (decision 0011): a run without it has the last word.
#[test]
fn a_start_that_is_called_optimal_is_asked_for_again() {
    let model = knapsack();
    let start = [0.0, 0.0, 1.0];
    let options = SolveOptions { warm_start: Some(&start), ..SolveOptions::default() };
    let claimed = |objective, values: &[f64]| Answer {
        status: Status::Optimal,
        values: Some(values.to_vec()),
        objective: Some(objective),
        dual_bound: 7.0,
        nodes: 1,
    };
    let wrong = claimed(7, &start);
    assert!(run::is_start(&model, &options, &wrong));
    assert!(!run::is_start(&model, &options, &claimed(20, &[0.0, 1.0, 1.0])));
    let answer = run::confirmed(&model, wrong.clone(), &SolveOptions::default());
    assert_eq!((answer.status, answer.objective, answer.dual_bound), (Status::Optimal, Some(20), 20.0));
    // A run without the start that proves nothing leaves a plan, and no proof.
    let stopped = run::confirmed(&model, wrong, &SolveOptions { time_limit: Some(0.0), ..SolveOptions::default() });
    assert!(stopped.status == Status::Stopped || stopped.objective == Some(20), "{stopped:?}");
}

#[test]
fn infeasible_is_said_after_two_runs() {
    let mut model = Model::new(false);
    let x = model.binary(1);
    let y = model.binary(1);
    model.row(2.0, FREE, vec![(x, 1.0), (y, 1.0)]);
    model.row(-FREE, 1.0, vec![(x, 2.0), (y, 1.0)]);
    let answer = solve(&model, &SolveOptions::default());
    assert_eq!(answer.status, Status::Infeasible);
    assert_eq!(answer.values, None);
}

/// A knapsack of two limits and near-equal gains, in which a relative gap of 1e-4, HiGHS' own, is 12 points.
fn wide_knapsack() -> Model {
    let mut model = Model::new(true);
    let (mut first, mut second) = (Vec::new(), Vec::new());
    for at in 0..30i32 {
        let item = model.binary(9_000 + i64::from(at * at * 29 % 101));
        first.push((item, f64::from(900 + at * 53 % 97)));
        second.push((item, f64::from(900 + at * 29 % 89)));
    }
    model.row(-FREE, 13_167.0, first);
    model.row(-FREE, 13_400.0, second);
    model
}

#[test]
fn the_last_point_counts() {
    let model = wide_knapsack();
    let proved = solve(&model, &SolveOptions::default());
    assert_eq!(proved.status, Status::Optimal);
    assert_eq!(proved.objective, Some(126_981));
    assert_eq!(proved.whole_bound(true), proved.objective);
    let better = SolveOptions { cutoff: Some(126_982), ..SolveOptions::default() };
    assert_eq!(solve(&model, &better).status, Status::Infeasible);
    // At the solver's own gap "optimal" was measured two points short; its bound still says so.
    let loose = solve(&model, &SolveOptions { rel_gap: 1e-4, abs_gap: 1e-6, ..SolveOptions::default() });
    assert_eq!(loose.status, Status::Optimal);
    assert!(loose.objective <= proved.objective && loose.whole_bound(true) >= proved.objective, "{loose:?}");
}

#[test]
fn a_warm_start_survives_a_limit_of_no_nodes() {
    let model = knapsack();
    let start = [1.0, 0.0, 1.0];
    let options = SolveOptions { warm_start: Some(&start), node_limit: Some(0), presolve: false, ..Default::default() };
    let answer = solve(&model, &options);
    assert_eq!(answer.status, Status::Stopped);
    assert!(answer.objective >= Some(17), "{answer:?}");
    // No bound is no claim.
    assert!(answer.whole_bound(true).is_none_or(|bound| bound >= 20), "{answer:?}");
}

#[test]
fn a_warm_start_may_be_nonsense() {
    let start = [1.0, 1.0, 1.0];
    let answer = solve(&knapsack(), &SolveOptions { warm_start: Some(&start), ..SolveOptions::default() });
    assert_eq!(answer.objective, Some(20));
}

#[test]
fn a_cutoff_asks_for_better_only() {
    let options = |cutoff| SolveOptions { cutoff: Some(cutoff), ..SolveOptions::default() };
    assert_eq!(solve(&knapsack(), &options(20)).objective, Some(20));
    assert_eq!(solve(&knapsack(), &options(21)).status, Status::Infeasible);
}

#[test]
fn values_are_checked() {
    let model = knapsack();
    assert_eq!(model.broken_by(&[0.0, 1.0, 1.0]), None);
    assert!(model.broken_by(&[1.0, 1.0, 0.0]).is_some());
    assert!(model.broken_by(&[0.5, 1.0, 0.0]).is_some());
    assert!(model.broken_by(&[2.0, 0.0, 0.0]).is_some());
    assert!(model.broken_by(&[0.0, 0.0]).is_some());
}

#[test]
fn a_model_without_columns_or_whole_columns_is_no_special_case() {
    let empty = solve(&Model::new(true), &SolveOptions::default());
    assert_eq!((empty.status, empty.objective), (Status::Optimal, Some(0)));
    let mut model = Model::new(true);
    let x = model.column(3.0, 0.0, 5.0, false);
    model.row(-FREE, 4.0, vec![(x, 1.0)]);
    let answer = solve(&model, &SolveOptions::default());
    assert_eq!((answer.status.clone(), answer.objective), (Status::Optimal, Some(12)));
    assert!((answer.dual_bound - 12.0).abs() < 1e-6);
}

#[test]
fn thread_counts_may_change() {
    for threads in [1, 2, 1] {
        let answer = solve(&knapsack(), &SolveOptions { threads, ..SolveOptions::default() });
        assert_eq!(answer.objective, Some(20), "{threads}");
    }
}

#[test]
fn prices_explain_the_reduced_costs() {
    for maximise in [true, false] {
        let mut model = Model::new(maximise);
        let x = model.column(3.0, 0.0, 3.0, true);
        let y = model.column(2.0, 0.0, FREE, true);
        let z = model.column(1.0, 0.0, FREE, true);
        let (low, high) = if maximise { (-FREE, 4.5) } else { (4.5, FREE) };
        model.row(low, high, vec![(x, 1.0), (y, 1.0)]);
        model.row(low, high, vec![(y, 1.0), (z, 3.0)]);
        let answer = solve_lp(&model);
        assert_eq!(answer.status, LpStatus::Optimal);
        for (col, column) in model.columns.iter().enumerate() {
            let priced: f64 = model
                .rows
                .iter()
                .zip(&answer.duals)
                .flat_map(|(row, dual)| row.terms.iter().filter(|(c, _)| *c == col).map(move |(_, w)| w * dual))
                .sum();
            assert!((answer.reduced[col] - (column.objective - priced)).abs() < 1e-9, "{maximise} {col} {answer:?}");
        }
    }
}

#[test]
fn a_linear_programme_grows_by_columns_and_rows() {
    let mut model = Model::new(true);
    let x = model.column(2.0, 0.0, FREE, false);
    model.row(-FREE, 10.0, vec![(x, 1.0)]);
    let mut lp = Lp::new(&model).unwrap();
    assert!((lp.solve().objective - 20.0).abs() < 1e-9);
    let y = lp.add_column(5.0, 0.0, FREE, &[(0, 2.0)]).unwrap();
    let answer = lp.solve();
    assert!((answer.objective - 25.0).abs() < 1e-9 && (answer.values[y] - 5.0).abs() < 1e-9, "{answer:?}");
    let row = lp.add_row(-FREE, 1.0, &[(y, 1.0)]).unwrap();
    assert!((lp.solve().objective - 21.0).abs() < 1e-9);
    lp.set_row(row, -FREE, 2.0);
    assert!((lp.solve().objective - 22.0).abs() < 1e-9);
    lp.set_bounds(x, 0.0, 1.0);
    lp.set_objective(y, 1.0);
    assert!((lp.solve().objective - 4.0).abs() < 1e-9);
    lp.set_bounds(x, 11.0, 12.0);
    assert_eq!(lp.solve().status, LpStatus::Infeasible);
    lp.set_bounds(x, 0.0, 1.0);
    assert!((lp.solve().objective - 4.0).abs() < 1e-9);
}
