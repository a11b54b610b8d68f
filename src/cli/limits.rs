//! When to stop, and the seed of the draw: shared by the commands that solve.

use crate::engine::{Limits, solver};
use std::time::Duration;

/// Limits of one run of the engine.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct LimitArgs {
    /// Stop once every tier's relative gap is at most this, such as 0.01.
    #[arg(long, value_name = "GAP", value_parser = share)]
    pub gap: Option<f64>,
    /// Stop between rounds after this many seconds.
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub time_limit: Option<Duration>,
    /// Stop after this many rounds; gives the plan of an earlier run again.
    #[arg(long, value_name = "N")]
    pub rounds: Option<u64>,
    /// Seed of the published draw among equals.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub seed: u64,
    /// Whether the solver may presolve; off is a second way where its verdict was doubted (exit 70).
    #[arg(long, value_name = "ON|OFF", value_enum, default_value_t = Presolve::On)]
    pub presolve: Presolve,
}

/// Whether the solver may presolve.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Presolve {
    /// It may.
    #[default]
    On,
    /// It may not.
    Off,
}

impl LimitArgs {
    /// As the engine takes them, without a plan to begin from.
    #[must_use]
    pub fn limits(&self, threads: usize) -> Limits {
        if self.presolve == Presolve::Off {
            solver::forbid_presolve();
        }
        Limits { gap: self.gap, time_limit: self.time_limit, rounds: self.rounds, threads, seed: self.seed, warm: None }
    }
}

fn share(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(gap) if (0.0..=1.0).contains(&gap) => Ok(gap),
        _ => Err("0 … 1".to_owned()),
    }
}

/// Seconds, with decimals.
///
/// # Errors
/// What is no time.
pub fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse::<f64>().map_err(|error| error.to_string())?;
    Duration::try_from_secs_f64(seconds).map_err(|error| error.to_string())
}
