//! The search for whole districts: flat arrays, everybody priced in microseconds, plans mended neighbourhood by
//! neighbourhood.

pub mod board;
pub mod field;
pub mod line;
pub mod price;
