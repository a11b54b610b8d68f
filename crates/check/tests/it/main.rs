//! The judge against plans written by hand.

mod cover;
mod help;
mod plans;
mod rules;
mod tiers;
