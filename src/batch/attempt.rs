//! One try at a case: the command, and what came of it.

use super::child::{self, Report, Verdict};
use super::manifest::Case;
use super::outcome::{Ended, Outcome, paper_of};
use super::run::{Worker, clear};
use crate::input::NO_START;
use lungang_domain::{PlanFile, Problem};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;

/// Bytes of what a child said that are kept where it told no problem.
const SAID: usize = 2_000;

impl Worker<'_> {
    /// One try; `false` where the work was called off.
    pub(super) fn attempt(&self, case: &Case, desk: &Path, outcome: &mut Outcome) -> io::Result<bool> {
        clear(desk)?;
        let report =
            match child::run(&mut self.command(case, desk, outcome.without_presolve), &self.orders.limits, self.stop) {
                Ok(report) => report,
                Err(error) => {
                    outcome.ended = Ended::Start;
                    outcome.problems = vec![Problem::new("E0947").with("why", error)];
                    return Ok(true);
                }
            };
        outcome.effort.peak_kb = outcome.effort.peak_kb.max(report.peak_kb);
        if matches!(report.verdict, Verdict::Stopped) {
            return Ok(false);
        }
        self.judge(report, desk, case, outcome);
        Ok(true)
    }

    fn command(&self, case: &Case, desk: &Path, without_presolve: bool) -> Command {
        let settings = &self.manifest.settings;
        let mut command = Command::new(&self.orders.program);
        command.args(["--tied", "--json"]);
        if !settings.lang.is_empty() {
            command.args(["--lang", &settings.lang]);
        }
        command.arg("plan").arg(&case.input.path).args(["--threads", "1"]);
        if let Some(policy) = &self.manifest.policy_file {
            command.arg("--policy").arg(&policy.path);
        }
        if let Some(scenarios) = &self.manifest.scenario_file {
            command.arg("--scenarios").arg(&scenarios.path).arg(format!("--scenario={}", case.scenario.name));
        }
        command.args(&settings.arguments);
        if without_presolve {
            command.args(["--presolve", "off"]);
        }
        let papers = settings.papers.iter().map(|ending| format!("plan.{ending}"));
        for paper in ["plan.json".to_owned(), "metrics.csv".to_owned()].into_iter().chain(papers) {
            command.arg("-o").arg(desk.join(paper));
        }
        command
    }

    /// What a child that ended has brought about.
    fn judge(&self, report: Report, desk: &Path, case: &Case, outcome: &mut Outcome) {
        outcome.problems = problems_of(&report.errors);
        outcome.said = String::new();
        (outcome.code, outcome.signal) = (None, None);
        outcome.ended = match report.verdict {
            Verdict::Memory => Ended::Memory,
            Verdict::Time => Ended::Time,
            Verdict::Stopped => Ended::Killed,
            Verdict::Ended(status) => {
                outcome.code = status.code();
                #[cfg(unix)]
                {
                    outcome.signal = std::os::unix::process::ExitStatusExt::signal(&status);
                }
                let no_start = outcome.problems.iter().any(|problem| problem.code == NO_START);
                match status.code() {
                    Some(0) => match self.planned(desk, case, outcome) {
                        Ok(()) => Ended::Done,
                        Err(refused) => {
                            let (ended, problem) = *refused;
                            outcome.problems = vec![problem];
                            ended
                        }
                    },
                    Some(1) => Ended::Input,
                    Some(2) if no_start => Ended::Input,
                    Some(2) => Ended::Usage,
                    Some(3) => Ended::Clash,
                    Some(4) => Ended::NoPlan,
                    Some(6) => Ended::Output,
                    Some(130) | None => Ended::Killed,
                    Some(_) => Ended::Internal,
                }
            }
        };
        if outcome.ended != Ended::Done && outcome.problems.is_empty() {
            outcome.said = last(&report.errors);
        }
        if outcome.ended == Ended::Done {
            outcome.problems.clear();
        }
    }

    /// Takes down what a plan says, and what its papers are.
    fn planned(&self, desk: &Path, case: &Case, outcome: &mut Outcome) -> Result<(), Box<(Ended, Problem)>> {
        let broken = |why: &dyn std::fmt::Display| Box::new((Ended::Internal, Problem::new("E0948").with("why", why)));
        let text = fs::read_to_string(desk.join("plan.json")).map_err(|error| broken(&error))?;
        let plan: PlanFile = serde_json::from_str(&text).map_err(|error| broken(&error))?;
        // What was read must be what was hashed, or the file changed in between.
        if case.scenario.sheets.is_empty() && plan.provenance.input_hash != case.input.hash {
            return Err(Box::new((Ended::Changed, Problem::new("E0949").with("path", &case.input.shown))));
        }
        outcome.optimal = plan.optimal();
        outcome.rounds = plan.provenance.rounds;
        let placements = plan.moves.iter().filter(|row| row.from.is_none()).count();
        outcome.counts = [plan.moves.len() - placements, placements, plan.deferrals.len()];
        outcome.tiers = plan.tiers;
        let mut papers = BTreeMap::new();
        for entry in fs::read_dir(desk).map_err(|error| broken(&error))? {
            let path = entry.map_err(|error| broken(&error))?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            papers.insert(name, paper_of(&path).map_err(|error| broken(&error))?);
        }
        outcome.papers = papers;
        Ok(())
    }
}

/// Errors among the lines of JSON that a child told.
fn problems_of(lines: &[u8]) -> Vec<Problem> {
    let text = String::from_utf8_lossy(lines);
    let told = text.lines().filter_map(|line| serde_json::from_str::<Problem>(line).ok());
    told.filter(|problem| problem.severity == lungang_domain::Severity::Error).take(50).collect()
}

/// The last of what a child said.
fn last(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let mut from = text.len().saturating_sub(SAID);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    text[from..].trim().to_owned()
}
