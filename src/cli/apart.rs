//! `--apart`: the joint problem beside the plan with units apart, and what apart costs.

use super::plan::{Args, attempt};
use super::screen::Screen;
use super::warm::Warm;
use crate::engine::{Ended, Outcome};
use crate::insight::apart::{Compared, Known, better_of, compared};
use crate::insight::assemble;
use crate::text::say;
use lungang_domain::plan::Provenance;
use lungang_domain::{Case, Policy};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// Both plans side by side, and how the work on the joint one ended.
pub struct Comparison {
    /// The tiers; empty where no joint plan was found.
    pub tiers: Vec<Compared>,
    /// How it ended.
    pub ended: Ended,
}

/// Solves the joint problem from the plan with units apart, under the same limits.
pub fn compare(
    args: &Args,
    case: &Case,
    policy: &Policy,
    apart: &Outcome,
    interrupt: &AtomicBool,
    screen: Screen,
) -> Comparison {
    screen.note(&say(screen.lang, "apart-joint", &[]));
    let tiers = &apart.tiers;
    let mut jointly = policy.clone();
    jointly.turnover.apart = false;
    let plan = assemble(case, policy, &apart.layout, tiers.clone(), Provenance::default(), screen.lang);
    let start = Warm { plan: Arc::new(plan), hash: String::new() };
    match attempt(args, case, &jointly, Some(&start), interrupt, screen) {
        Ok(joint) => {
            let rows = better_of(policy, tiers, joint.tiers);
            Comparison { tiers: compared(policy, tiers, &rows), ended: joint.ended }
        }
        Err(failure) => {
            tracing::info!(?failure, "joint");
            Comparison { tiers: Vec::new(), ended: Ended::Limit }
        }
    }
}

/// The comparison on standard output.
pub fn tell(comparison: &Comparison, screen: Screen) {
    if comparison.tiers.is_empty() {
        screen.result(&say(screen.lang, "apart-none", &[]));
        return;
    }
    screen.result(&say(screen.lang, "apart-title", &[]));
    for row in &comparison.tiers {
        let name = say(screen.lang, &format!("tier-{}", row.name), &[]);
        let bound = row.joint_bound.map_or_else(|| "–".to_owned(), |bound| bound.to_string());
        let known = match (row.known, row.difference) {
            (Known::Costs, _) => "costs",
            (Known::Nothing, 0) => "nothing",
            (Known::Merged, 0) => "even-merged",
            (Known::Merged, 1..) => "merged",
            (Known::Open, 0) => "even",
            (Known::Open, 1..) => "open",
            (Known::Nothing | Known::Open | Known::Merged, _) => "gives-way",
        };
        let numbers = [row.apart, row.joint, row.difference.abs(), row.at_least.unwrap_or(0)];
        let [apart, joint, difference, least] = numbers.map(|number| number.to_string());
        let told = [
            ("id", row.id.as_str()),
            ("name", &name),
            ("apart", &apart),
            ("joint", &joint),
            ("bound", &bound),
            ("difference", &difference),
            ("least", &least),
            ("known", known),
        ];
        screen.result(&say(screen.lang, "apart-tier", &told));
    }
    screen.result(&say(screen.lang, "apart-note", &[]));
}
