//! `lungang template`.

use super::{Exit, screen::Screen};
use crate::demo;
use crate::files;
use crate::input::{policy, template};
use crate::text::say;
use std::path::{Path, PathBuf};

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
    #[arg(long, value_name = "N", requires = "demo", default_value_t = 60)]
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
        let options = demo::Options { people: args.people, seed: args.seed, lang: screen.lang };
        if args.output.to_string_lossy().ends_with('/') {
            return demo_folder(&options, &args.output, screen);
        }
        demo::workbook(&options).map_err(|error| error.to_string())
    } else {
        template::workbook(screen.lang).map_err(|error| error.to_string())
    };
    let written = bytes.and_then(|bytes| files::write_bytes(&args.output, &bytes).map_err(|error| error.to_string()));
    let file = args.output.display().to_string();
    report_written(&file, written, screen)
}

/// The generated case as a folder of CSV files.
fn demo_folder(options: &demo::Options, folder: &Path, screen: Screen) -> Exit {
    let written = demo::csv_files(options).map_err(|error| error.to_string()).and_then(|files| {
        std::fs::create_dir_all(folder).map_err(|error| error.to_string())?;
        files.iter().try_for_each(|(name, bytes)| {
            files::write_bytes(&folder.join(name), bytes).map_err(|error| error.to_string())
        })
    });
    report_written(&folder.display().to_string(), written, screen)
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
