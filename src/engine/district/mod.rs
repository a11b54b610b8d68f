//! The search for whole districts: flat arrays, everybody priced in microseconds, plans mended neighbourhood by
//! neighbourhood.

pub mod board;
mod exact;
pub mod field;
pub mod line;
mod local;
pub mod neighbourhood;
pub mod pdhg;
pub mod plan;
pub mod pool;
pub mod price;
mod relax;
mod search;
pub mod sweep;

pub use search::{solve, solve_exactly};
