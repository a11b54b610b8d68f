//! The independent verdict on a rotation plan, in whole numbers and months, from the domain alone.
//!
//! This is `docs/semantics.md` once more, in code that shares nothing with the engine. [`judge`] takes a layout,
//! reads off it who moved, tests every rule and counts every tier; [`judge_plan`] does so for a plan file and holds
//! each of its claims against the result. `docs/check.md` lists rule, function and test.
#![forbid(unsafe_code)]

mod absence;
mod claims;
mod compare;
mod cover;
mod facts;
mod replay;
mod rules;
mod successors;
mod tiers;
mod verdict;
mod walk;
mod words;

pub use claims::{PlanVerdict, judge_plan};
pub use compare::{Difference, TierChange, differences, tier_changes};
pub use verdict::{Breach, Move, TierFigures, Verdict, judge, nobody_moves};
