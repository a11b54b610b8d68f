//! Every rule with plans that keep it and plans that break it, the breaches named exactly.

mod decisions;
mod kin;
mod moves;
mod past;
mod rows;
mod state;
mod stay;
