//! The judge against plans written by hand.

mod cover;
mod edges;
mod files;
mod help;
mod mergers;
mod plans;
mod rules;
mod tiers;
mod weighted;
