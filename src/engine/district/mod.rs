//! The search for whole districts: flat arrays, everybody priced in microseconds, plans mended neighbourhood by
//! neighbourhood.

pub mod board;
pub mod field;
pub mod line;
pub mod neighbourhood;
pub mod pdhg;
pub mod plan;
pub mod pool;
pub mod price;
mod search;
pub mod sweep;

pub use search::solve;
