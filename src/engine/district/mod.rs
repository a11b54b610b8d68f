//! The search for whole districts: flat arrays, everybody priced in microseconds, plans mended neighbourhood by
//! neighbourhood.

pub mod best;
pub mod board;
mod bounds;
mod climb;
mod dive;
mod exact;
pub mod field;
mod hall;
mod local;
mod mend;
pub mod neighbourhood;
pub mod pdhg;
mod plain;
pub mod plan;
pub mod pool;
pub mod price;
mod relax;
mod repair;
mod room;
mod search;
mod sets;
mod warm;

pub use search::{solve, solve_exactly, solve_in_blocks};
