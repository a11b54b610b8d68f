//! Where a comparison and its plans go.

use super::{Args, told};
use crate::cli::{Exit, screen::Screen};
use crate::compare::paper::probe;
use crate::compare::solve;
use crate::files::{file_names, folder_of, lies_in, replace_folder};
use crate::input::Scenario;
use crate::output::{OutputError, json, report::Report, spare_input, xlsx};
use lungang_domain::{Case, PlanFile, Problem};
use std::path::{Path, PathBuf};

/// The folder that the plans go to.
pub fn plans_folder(args: &Args) -> Option<PathBuf> {
    args.plans.clone().or_else(|| {
        let first = args.output.first()?;
        let stem = if first.to_string_lossy().ends_with(['/', std::path::MAIN_SEPARATOR]) {
            first.file_name()?
        } else {
            first.file_stem()?
        };
        let mut name = stem.to_owned();
        name.push("-plans");
        Some(folder_of(first).join(name))
    })
}

/// Refuses what can't be written, before any work.
pub fn probe_targets(args: &Args, known: &[Scenario], plans: Option<&Path>) -> Result<(), Problem> {
    let sheets = known.iter().flat_map(Scenario::sheets).map(|(_, path)| path.to_owned());
    let inputs: Vec<PathBuf> = std::iter::once(args.input.clone())
        .chain(args.scenarios.clone())
        .chain(args.with.policy.clone())
        .chain(sheets)
        .collect();
    for target in &args.output {
        probe(target)
            .and_then(|_| inputs.iter().try_for_each(|input| spare_input(input, target)))
            .map_err(|error| error.problem())?;
    }
    let Some(folder) = plans else { return Ok(()) };
    if !folder_of(folder).is_dir() {
        return Err(OutputError::Folder(folder_of(folder).to_owned()).problem());
    }
    // The folder is replaced as a whole; what else is put there would go with it.
    let others = inputs.iter().chain(&args.output).any(|other| lies_in(other, folder));
    if others || holds_other(folder) {
        return Err(OutputError::Foreign(folder.to_owned()).problem());
    }
    Ok(())
}

/// Whether a folder holds anything but plans, or is none.
fn holds_other(folder: &Path) -> bool {
    let Ok(entries) = std::fs::read_dir(folder) else { return folder.exists() };
    let is_plan = |path: &Path| {
        let numbered =
            path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(|sign: char| sign.is_ascii_digit()));
        numbered && path.extension().is_some_and(|ending| ending == "xlsx" || ending == "json")
    };
    entries.flatten().any(|entry| !is_plan(&entry.path()))
}

/// Writes every plan, as workbook and JSON, and judges what was written. Names of the files, without endings.
pub fn keep(
    folder: Option<&Path>,
    names: &[String],
    plans: &[(&Case, &PlanFile)],
    screen: Screen,
) -> Result<Vec<String>, Exit> {
    let Some(folder) = folder else { return Ok(Vec::new()) };
    let width = if plans.len() > 99 { 3 } else { 2 };
    let titles: Vec<String> = names.iter().enumerate().map(|(at, name)| format!("{:0width$} {name}", at + 1)).collect();
    let stems = file_names(&titles);
    let refused = |error: OutputError| told(screen, &[error.problem()], Exit::Output);
    let io = |error: std::io::Error| refused(OutputError::Io { path: folder.to_owned(), error });
    let mut files = Vec::new();
    for ((case, plan), stem) in plans.iter().zip(&stems) {
        let text = json::text(plan).map_err(|error| io(error.into()))?;
        let back: PlanFile = serde_json::from_str(&text).map_err(|error| io(error.into()))?;
        solve::judged(case, &back).map_err(|problems| {
            told(screen, &problems, Exit::Internal);
            told(screen, &[Problem::new("E0903").with("path", stem)], Exit::Internal)
        })?;
        let report = Report::build(case, &plan.policy, plan, screen.lang)
            .map_err(|problems| refused(OutputError::Foreigner(problems)))?;
        let book = xlsx::bytes(plan, &report, screen.lang).map_err(|error| io(std::io::Error::other(error)))?;
        files.push((format!("{stem}.json"), text.into_bytes()));
        files.push((format!("{stem}.xlsx"), book));
    }
    replace_folder(folder, &files).map_err(io)?;
    tracing::info!(plans = plans.len(), "plans written");
    Ok(stems)
}
