//! The command line: one file per command, each with its `Args` and a `run`.

mod apart;
mod batch;
mod check;
mod compare;
mod contrast;
mod deliver;
mod diff;
mod export;
mod limits;
mod log;
mod plan;
mod progress;
mod rules;
mod scenario;
pub mod screen;
mod template;
mod validate;
mod warm;

use crate::text::Lang;
use clap::{Parser, Subcommand};
use screen::Screen;
use std::path::PathBuf;
use std::process::ExitCode;

/// How a command ended; the numbers are promised to scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Done and checked.
    Done = 0,
    /// Input unreadable or with errors.
    Input = 1,
    /// Wrong usage, or no start date.
    Usage = 2,
    /// No plan satisfies the decisions and fixed rules.
    Clash = 3,
    /// A limit passed with no plan.
    Limit = 4,
    /// `check` found breaches.
    Breaches = 5,
    /// Output can't be written.
    Output = 6,
    /// Our own check or the solver failed; nothing written.
    Internal = 70,
    /// Interrupted; the best checked plan is written.
    Interrupted = 130,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Lungang 轮岗: rotation plans with a proof.
#[derive(Debug, Parser)]
#[command(name = "lungang", version, about, arg_required_else_help = true)]
pub struct Cli {
    /// Language of messages and reports; by default that of the policy, else Chinese.
    #[arg(long, global = true, value_enum)]
    pub lang: Option<Lang>,
    /// No progress, only errors.
    #[arg(long, global = true)]
    pub quiet: bool,
    /// Messages as JSON lines.
    #[arg(long, global = true)]
    pub json: bool,
    /// A log of steps, times and counts; it holds no names. Added to the end of an earlier one.
    #[arg(long, global = true, value_name = "FILE")]
    pub log: Option<PathBuf>,
    /// End as soon as standard input is closed: so that a case ends with the runner that began it.
    #[arg(long, global = true, hide = true)]
    pub tied: bool,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read, solve, check, write.
    Plan(plan::Args),
    /// Only the data report.
    Validate(validate::Args),
    /// The canonical input as read.
    Export(export::Args),
    /// The independent verdict on any plan.
    Check(check::Args),
    /// Many inputs × scenarios, overnight: here, or by a scheduler.
    Batch(batch::Args),
    /// Scenarios side by side: against today, nobody moving and each other; or the curve of what one more move buys.
    Compare(compare::Args),
    /// What differs between any two plans, person by person.
    Diff(diff::Args),
    /// What of a plan was carried out as of a day: the report of the month, the summary of the year.
    Progress(progress::Args),
    /// An empty workbook, a policy with every key, or generated demo data.
    Template(template::Args),
    /// The rule catalogue.
    Rules(rules::Args),
}

/// Runs the command line and returns the exit code.
#[must_use]
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return if error.use_stderr() { Exit::Usage.into() } else { Exit::Done.into() };
        }
    };
    if cli.tied {
        end_with_input();
    }
    let screen = Screen::new(cli.lang, cli.quiet, cli.json);
    if let Some(path) = &cli.log
        && let Err(problem) = log::start(path)
    {
        screen.problem(&problem);
        return Exit::Output.into();
    }
    tracing::info!(version = env!("CARGO_PKG_VERSION"), command = cli.command.name(), "begin");
    let exit = match cli.command {
        Command::Plan(args) => plan::run(args, screen),
        Command::Validate(args) => validate::run(args, screen),
        Command::Export(args) => export::run(args, screen),
        Command::Check(args) => check::run(args, screen),
        Command::Batch(args) => batch::run(args, screen),
        Command::Compare(args) => compare::run(args, screen),
        Command::Diff(args) => diff::run(args, screen),
        Command::Progress(args) => progress::run(args, screen),
        Command::Template(args) => template::run(args, screen),
        Command::Rules(args) => rules::run(args, screen),
    };
    tracing::info!(code = exit as u8, "end");
    exit.into()
}

/// Ends the process once standard input ends. What is half written then lies beside its place, and is swept away.
fn end_with_input() {
    std::thread::spawn(|| {
        let _ = std::io::copy(&mut std::io::stdin().lock(), &mut std::io::sink());
        std::process::exit(Exit::Interrupted as i32);
    });
}

impl Command {
    fn name(&self) -> &'static str {
        match self {
            Self::Plan(_) => "plan",
            Self::Validate(_) => "validate",
            Self::Export(_) => "export",
            Self::Check(_) => "check",
            Self::Batch(_) => "batch",
            Self::Compare(_) => "compare",
            Self::Diff(_) => "diff",
            Self::Progress(_) => "progress",
            Self::Template(_) => "template",
            Self::Rules(_) => "rules",
        }
    }
}
