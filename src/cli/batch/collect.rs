//! `lungang batch collect`.

use super::opened;
use crate::batch::audit::Audit;
use crate::batch::outcome::Look;
use crate::batch::summary::{Summary, write_metrics};
use crate::cli::{Exit, screen::Screen};
use crate::text::say;
use std::path::PathBuf;

/// Arguments of `lungang batch collect`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The run.
    #[arg(value_name = "RUN/")]
    pub run: PathBuf,
    /// The summary, a workbook; by default summary.xlsx in the run.
    #[arg(short, long, value_name = "FILE.xlsx")]
    pub output: Option<PathBuf>,
    /// The figures of all cases; by default metrics.csv in the run.
    #[arg(long, value_name = "FILE.csv")]
    pub metrics: Option<PathBuf>,
}

/// Rows that a worksheet holds, less its headings.
const SHEET_ROWS: usize = 1_048_575;

/// Runs `lungang batch collect`: 0 where every case has a checked plan, 1 where any has not.
pub fn run(args: &Args, screen: Screen) -> Result<Exit, Exit> {
    let (folder, manifest, screen) = opened(&args.run, screen)?;
    let refused = |error: crate::output::OutputError| {
        screen.problem(&error.problem());
        Exit::Output
    };
    let book = args.output.clone().unwrap_or_else(|| folder.path().join("summary.xlsx"));
    let metrics = args.metrics.clone().unwrap_or_else(|| folder.path().join("metrics.csv"));
    let audit = Audit::of(&folder, &manifest, Look::Whole);
    let summary = Summary { folder: &folder, manifest: &manifest, audit: &audit, lang: screen.lang };
    summary.write(&book).map_err(refused)?;
    let rows = write_metrics(&summary, &metrics).map_err(refused)?;
    let count = audit.count();
    let whole = count.done == manifest.len() && audit.strays.is_empty();
    if screen.json {
        screen.result(&summary.json().to_string());
    } else {
        for line in summary.words() {
            screen.result(&line);
        }
        for path in [&book, &metrics] {
            screen.result(&say(screen.lang, "compare-written", &[("path", &path.display().to_string())]));
        }
    }
    if rows > SHEET_ROWS {
        screen.note(&say(screen.lang, "batch-many-rows", &[("rows", &rows.to_string())]));
    }
    Ok(if whole { Exit::Done } else { Exit::Input })
}
