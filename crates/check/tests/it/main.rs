//! The judge against plans written by hand.

mod cover;
mod help;
mod rules;
mod tiers;
