//! When to stop: rounds, the clock, the user.

use super::solver::SolveOptions;
use super::{Control, Ended};
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

/// Counts rounds, and looks at the limits and the user before each.
pub struct Meter<'c, 'p> {
    /// Limits, the user's stop, and who is told.
    pub control: &'c mut Control<'p>,
    /// When the work began.
    pub started: Instant,
    /// Rounds worked.
    pub rounds: u64,
    /// Why the work ended, once it has.
    pub ended: Option<Ended>,
}

impl Meter<'_, '_> {
    /// Looks at the limits and the user, and counts a round.
    pub fn round(&mut self) -> bool {
        self.ended = self.stopped();
        if self.ended.is_none() && self.control.limits.rounds.is_some_and(|most| self.rounds >= most) {
            self.ended = Some(Ended::Limit);
        }
        if self.ended.is_some() {
            return false;
        }
        self.rounds += 1;
        true
    }

    /// Whether the clock or the user ended a model. What it found then depends on the moment, so the round does not
    /// count: the run ends as it stood before, and `--rounds` gives the same plan again.
    pub fn cut_short(&mut self) -> bool {
        let ended = self.stopped();
        if ended.is_some() {
            self.rounds -= 1;
            self.ended = ended;
        }
        ended.is_some()
    }

    /// Whether the user or the clock says stop.
    pub fn stopped(&self) -> Option<Ended> {
        if self.control.interrupt.load(Ordering::Relaxed) {
            return Some(Ended::Interrupted);
        }
        self.control.limits.time_limit.filter(|most| self.started.elapsed() >= *most).map(|_| Ended::Limit)
    }

    /// Limits of a model: the clock and the user besides the nodes.
    pub fn limits(&self, nodes: i64) -> SolveOptions<'_> {
        let left = |most: Duration| most.saturating_sub(self.started.elapsed()).as_secs_f64().max(0.1);
        SolveOptions {
            node_limit: Some(nodes),
            time_limit: self.control.limits.time_limit.map(left),
            stop: Some(self.control.interrupt),
            ..SolveOptions::default()
        }
    }
}
