//! `lungang template`.

use super::{Exit, screen::Screen};
use crate::files;
use crate::input::{policy, template};
use crate::text::say;
use std::path::PathBuf;

/// Arguments of `lungang template`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// File to write: a workbook, or with --policy a policy file.
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    /// A policy with every key, its meaning, default and source.
    #[arg(long, conflicts_with = "demo")]
    pub policy: bool,
    /// Fill the workbook with a generated district.
    #[arg(long)]
    pub demo: bool,
    /// People of the generated district.
    #[arg(long, value_name = "N", requires = "demo", default_value_t = 300)]
    pub people: usize,
    /// Seed of the generated district: the same seed gives the same district.
    #[arg(long, value_name = "S", requires = "demo", default_value_t = 1)]
    pub seed: u64,
}

/// Runs `lungang template`.
pub fn run(args: Args, screen: Screen) -> Exit {
    let bytes = if args.policy {
        Ok(policy::template::template(screen.lang).into_bytes())
    } else if args.demo {
        // The generator of src/demo is called here: crate::demo::workbook(args.people, args.seed).
        screen.note(&say(screen.lang, "template-no-demo", &[]));
        return Exit::Usage;
    } else {
        template::workbook(screen.lang).map_err(|error| error.to_string())
    };
    let written = bytes.and_then(|bytes| files::write_bytes(&args.output, &bytes).map_err(|error| error.to_string()));
    let file = args.output.display().to_string();
    report_written(&file, written, screen)
}

/// Says that a file was written, or why it was not (exit 6).
pub fn report_written(file: &str, written: Result<(), String>, screen: Screen) -> Exit {
    match written {
        Ok(()) => {
            screen.note(&say(screen.lang, "report-written", &[("file", file)]));
            Exit::Done
        }
        Err(reason) => {
            screen.problem(&lungang_domain::Problem::new("E0124").with("file", file).with("reason", reason));
            Exit::Output
        }
    }
}
