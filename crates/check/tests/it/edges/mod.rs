//! The edges of the rules, where one sign more or less would change the verdict (`docs/mutants.md`).

mod clocks;
mod leaders;
mod lives;
mod moves;
mod past;
mod replays;
