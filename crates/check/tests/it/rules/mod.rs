//! Every rule with plans that keep it and plans that break it, the breaches named exactly.

mod decisions;
mod moves;
mod rows;
mod state;
mod stay;
