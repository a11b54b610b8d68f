//! `--warm`: an earlier plan to begin from, and what became of it.

use super::{Exit, screen::Screen};
use crate::engine::WarmReport;
use crate::text::say;
use crate::{input, output};
use lungang_domain::{Case, PlanFile, Problem};
use std::path::Path;
use std::sync::Arc;

/// An earlier plan, as it stands with its edits, and the hash of its bytes.
#[derive(Clone, Debug)]
pub struct Warm {
    /// The plan.
    pub plan: Arc<PlanFile>,
    /// SHA-256, as that of inputs.
    pub hash: String,
}

/// Reads the plan; `None`, with a warning, where nobody or no post of it is in the case.
///
/// # Errors
/// What can't be read has been told.
pub fn read(path: &Path, case: &Case, screen: Screen) -> Result<Option<Warm>, Exit> {
    let read = output::read_plan(path).map_err(|problems| {
        screen.problems(&problems);
        Exit::Input
    })?;
    let hash = input::sheets::hash_of(path).map_err(|problem| {
        screen.problem(&problem);
        Exit::Input
    })?;
    let plan = read.plan;
    let posts = || plan.layout.values().flatten().filter_map(|place| place.post.as_deref());
    let knows_people = plan.layout.keys().any(|id| case.person_by_id(id).is_some());
    if !knows_people || !posts().any(|id| case.post_by_id(id).is_some()) {
        screen.problem(&Problem::new("W0901").with("path", path.display()));
        return Ok(None);
    }
    Ok(Some(Warm { plan: Arc::new(plan), hash }))
}

/// What became of the plan, on standard error.
pub fn tell(path: &Path, report: Option<&WarmReport>, screen: Screen) {
    tracing::info!(?report, "warm");
    let path = path.display().to_string();
    let Some(report) = report else {
        screen.note(&say(screen.lang, "warm-unused", &[("path", &path)]));
        return;
    };
    let left_out = report.lost + report.barred + report.crowded;
    let counts = [
        ("kept", report.kept),
        ("adapted", report.adapted),
        ("out", left_out),
        ("lost", report.lost),
        ("barred", report.barred),
        ("crowded", report.crowded),
        ("new", report.new),
        ("gone", report.gone),
    ];
    let counts = counts.map(|(name, count)| (name, count.to_string()));
    let args: Vec<(&str, &str)> =
        counts.iter().map(|(name, count)| (*name, count.as_str())).chain([("path", path.as_str())]).collect();
    let told = [
        ("warm-people", true),
        ("warm-left-out", left_out > 0),
        ("warm-changed", report.new + report.gone > 0),
        ("warm-not-better", !report.better),
    ];
    for (key, _) in told.into_iter().filter(|(_, told)| *told) {
        screen.note(&say(screen.lang, key, &args));
    }
}
