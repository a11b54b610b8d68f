//! `lungang export`.

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
}

/// Runs `lungang export`: the canonical input as read.
pub fn run(args: Args, screen: Screen) -> Exit {
    let (mut reading, text) = export::export(&args.input, &args.with.options());
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
    if let Err(error) = crate::output::spare_input(&args.input, &args.output) {
        screen.problem(&error.problem());
        return Exit::Output;
    }
    let written = files::write_bytes(&args.output, text.as_bytes()).map_err(|error| error.to_string());
    report_written(&args.output.display().to_string(), written, screen)
}
