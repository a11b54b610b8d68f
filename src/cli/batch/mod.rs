//! `lungang batch`: a file per step.

mod collect;
mod prepare;
mod run;
mod submit;

use super::{Exit, screen::Screen};
use crate::batch::Folder;
use crate::batch::manifest::Manifest;
use std::path::Path;

/// Arguments of `lungang batch`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What to do.
    #[command(subcommand)]
    pub step: Step,
}

/// The steps of a batch.
#[derive(Debug, clap::Subcommand)]
pub enum Step {
    /// Lists the cases of a run: inputs × scenarios, each with its hash.
    Prepare(prepare::Args),
    /// Plans every case that is not done, each in a process of its own.
    Run(run::Args),
    /// Hands the run to a scheduler.
    Submit(submit::Args),
    /// How far a run is.
    Status(submit::OfRun),
    /// Calls a run off, here and at the scheduler.
    Cancel(submit::OfRun),
    /// Audits a run, and writes one summary of it.
    Collect(collect::Args),
}

/// Runs `lungang batch`.
pub fn run(args: Args, screen: Screen) -> Exit {
    let done = match args.step {
        Step::Prepare(args) => prepare::run(&args, screen),
        Step::Run(args) => run::run(&args, screen),
        Step::Submit(args) => submit::run(&args, screen),
        Step::Status(args) => submit::status(&args, screen),
        Step::Cancel(args) => submit::cancel(&args, screen),
        Step::Collect(args) => collect::run(&args, screen),
    };
    match done {
        Ok(exit) | Err(exit) => exit,
    }
}

/// The run in this folder; the screen speaks its language, unless asked for another.
fn opened(path: &Path, screen: Screen) -> Result<(Folder, Manifest, Screen), Exit> {
    let folder = Folder::new(path);
    match Manifest::read(&folder) {
        Ok(manifest) => {
            let screen = screen.with_policy_lang(&manifest.settings.lang);
            Ok((folder, manifest, screen))
        }
        Err(problem) => {
            screen.problem(&problem);
            Err(Exit::Input)
        }
    }
}
