//! The weights of the weighted mode: some weight at all, and sums that whole numbers hold exactly.

use crate::input::assemble::MOST_NEEDED;
use lungang_domain::policy::Mode;
use lungang_domain::{Policy, Problem};

/// Most that W may count of one person. A million people then stay within 64 bits in the engine's units of 1/4096.
const MOST: i64 = 1 << 30;
/// Months that no clock passes: a hundred years.
const MONTHS: i64 = 1200;
/// Difference of two fit scores at most.
const FIT: i64 = 100;

/// The keys, for the place of a problem.
pub const KEYS: [&str; 3] = ["priorities.weights.risk", "priorities.weights.reserve", "priorities.weights.quality"];

/// `E0415` where all weights are 0, `E0416` where W could outgrow whole numbers; nothing in the strict mode.
pub fn check(policy: &Policy) -> Option<Problem> {
    if policy.priorities.mode == Mode::Strict {
        return None;
    }
    let weights = policy.priorities.weights;
    let problem = |code: &str| Some(Problem::new(code).with("key", "priorities.weights"));
    if (weights.risk, weights.reserve, weights.quality) == (0, 0, 0) {
        return problem("E0415");
    }
    let points = &policy.points;
    let monthly = points.medium_month.max(points.low_month).max(points.should_month);
    // No key holds more than 1,000,000, so none of these products leaves 64 bits.
    let quality = FIT + points.per_move + points.cross_unit + MONTHS * monthly;
    let a_year = i128::from(weights.risk * MONTHS) + i128::from(weights.quality) * i128::from(quality);
    let gained = i128::from(weights.reserve) * MOST_NEEDED as i128;
    let count = a_year * i128::from(policy.years) + gained;
    if count > i128::from(MOST) { problem("E0416")?.with("count", count).with("most", MOST).into() } else { None }
}
