//! `lungang export`.

use super::scenario::ScenarioArgs;
use super::template::report_written;
use super::validate::{InputArgs, exit_of, name_command};
use super::{Exit, screen::Screen};
use crate::files;
use crate::input::export;
use std::path::PathBuf;

/// Arguments of `lungang export`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A workbook, a folder of CSV files, or an exported input.
    pub input: PathBuf,
    /// File to write, such as input.json.
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    /// Policy.
    #[command(flatten)]
    pub with: InputArgs,
    /// Scenario.
    #[command(flatten)]
    pub under: ScenarioArgs,
}

/// Runs `lungang export`: the canonical input as read.
pub fn run(args: Args, screen: Screen) -> Exit {
    let options = match args.under.apply(args.with.options(), screen) {
        Ok(options) => options,
        Err(exit) => return exit,
    };
    let (mut reading, text) = export::export(&args.input, &options);
    name_command(&mut reading.problems, "export");
    for problem in reading.problems.iter_mut().filter(|problem| problem.code == crate::input::NO_START) {
        problem.args.insert("input".to_owned(), args.input.display().to_string());
    }
    let screen = match &reading.policy {
        Some(policy) => screen.with_policy_lang(&policy.report.lang),
        None => screen,
    };
    screen.problems(&crate::input::shortened(&reading.problems));
    let Some(text) = text else { return exit_of(&reading) };
    let inputs = std::iter::once(args.input.clone()).chain(args.under.files());
    let spared = inputs.into_iter().try_for_each(|input| crate::output::spare_input(&input, &args.output));
    if let Err(error) = spared {
        screen.problem(&error.problem());
        return Exit::Output;
    }
    let written = files::write_bytes(&args.output, text.as_bytes()).map_err(|error| error.to_string());
    report_written(&args.output.display().to_string(), written, screen)
}
