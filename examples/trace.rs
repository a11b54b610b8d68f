#[path = "../tests/it/engine.rs"]
#[allow(dead_code)]
mod engine;
use lungang::engine::{
    dual::Ascent,
    formulation::Formulation,
    pricing::{ONE, Prices},
    rows::TIERS,
};
use lungang::rules::Facts;
fn main() {
    let n: usize = std::env::args().nth(1).unwrap().parse().unwrap();
    let (case, policy) = engine::department(n, 1);
    let facts = Facts::new(&case, &policy);
    let f = Formulation::new(&facts);
    let most: Vec<i64> = f
        .rows
        .aux
        .iter()
        .map(|a| if a.gains[0] < 0 || a.gains[1] < 0 || a.gains[2] < 0 { 0 } else { a.most })
        .collect();
    let order: Vec<usize> = (0..f.tiers.len()).collect();
    for (k, values) in [(3usize, [0i64, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]), (5, [0, 0, 0, -33, 7, 0, 0, 0, 0, 0, 0, 0])]
    {
        for s0 in [3.0, 10.0, 30.0, 100.0, 300.0, 1000.0] {
            for total in [300usize, 1000] {
                let start = Prices { rows: vec![0; f.rows.rows.len()], weights: [0; TIERS] };
                let mut a = Ascent::new(&f, &most, &order, k, &values, &start, ONE as f64 * s0);
                let t = std::time::Instant::now();
                a.run(total, 0.0005f64.powf(1.0 / total as f64));
                let b = a.best.unwrap();
                println!(
                    "tier {k} s0 {s0} sweeps {total}: {:.2} in {:.2}s weights {:?}",
                    b.bound as f64 / ONE as f64,
                    t.elapsed().as_secs_f64(),
                    &b.prices.weights[..6].iter().map(|w| *w as f64 / ONE as f64).collect::<Vec<_>>()
                );
            }
        }
    }
}
