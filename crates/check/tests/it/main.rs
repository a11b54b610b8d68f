//! The judge against plans written by hand.

mod help;
mod rules;
mod tiers;
