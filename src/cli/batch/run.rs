//! `lungang batch run`.

use super::opened;
use crate::batch::child::Limits;
use crate::batch::manifest::Case;
use crate::batch::outcome::{Ended, Outcome};
use crate::batch::run::{Listener, Orders, Tally, work};
use crate::batch::submit::cases_of;
use crate::batch::summary::{because, case_label};
use crate::cli::limits::seconds;
use crate::cli::{Exit, screen::Screen};
use crate::text::say;
use lungang_domain::Problem;
use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Arguments of `lungang batch run`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The run.
    #[arg(value_name = "RUN/")]
    pub run: PathBuf,
    /// Cases at a time, one thread each; by default as many as there are cores.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,
    /// Only this chunk of cases, from 0; by default the number that a scheduler gives (SLURM_ARRAY_TASK_ID,
    /// JOB_COMPLETION_INDEX), else all.
    #[arg(long, value_name = "N")]
    pub index: Option<usize>,
    /// Cases in a chunk.
    #[arg(long, value_name = "K", default_value_t = 1, value_parser = at_least_one)]
    pub chunk: usize,
    /// A case that takes more memory than so many MB is ended.
    #[arg(long, value_name = "MB")]
    pub case_memory: Option<u64>,
    /// A case that takes longer than so many seconds is ended.
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub case_time: Option<Duration>,
    /// Try again what has failed by itself: errors in the input, clashes, limits.
    #[arg(long)]
    pub retry_failed: bool,
    /// The program that plans a case: another one, for tests.
    #[arg(long, hide = true, value_name = "FILE")]
    pub program: Option<PathBuf>,
}

/// A whole number from 1 on.
pub fn at_least_one(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(number @ 1..) => Ok(number),
        _ => Err("1, 2, 3 …".to_owned()),
    }
}

/// Where schedulers put the number of a task.
const NUMBERS: &[&str] = &["SLURM_ARRAY_TASK_ID", "JOB_COMPLETION_INDEX"];

/// Runs `lungang batch run`.
pub fn run(args: &Args, screen: Screen) -> Result<Exit, Exit> {
    let (folder, manifest, screen) = opened(&args.run, screen)?;
    let given = || NUMBERS.iter().find_map(|name| std::env::var(name).ok()?.parse().ok());
    let cases = match args.index.or_else(given) {
        Some(index) => cases_of(index, args.chunk),
        None => 0..manifest.len(),
    };
    let program = match &args.program {
        Some(program) => program.clone(),
        None => std::env::current_exe().map_err(|error| {
            screen.problem(&Problem::new("E0947").with("why", error));
            Exit::Internal
        })?,
    };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let orders = Orders {
        jobs: args.jobs.map_or(cores, usize::from),
        limits: Limits { memory_kb: args.case_memory.map(|most| most.saturating_mul(1024)), time: args.case_time },
        retry_failed: args.retry_failed,
        cases,
        program,
    };
    // Whoever runs the whole run again has changed their mind; a task of a scheduler obeys.
    if args.index.or_else(given).is_none() {
        let _ = std::fs::remove_file(folder.stop());
    }
    let stop = Arc::new(AtomicBool::new(false));
    let heard = Arc::clone(&stop);
    // A second handler can only fail where one is set already; the default then ends the program at once.
    let _ = ctrlc::set_handler(move || heard.store(true, Ordering::Relaxed));
    let began = Instant::now();
    let told = Told { screen, began, last: Mutex::new(began) };
    let tally = work(&folder, &manifest, &orders, &stop, &told).map_err(|error| {
        screen.problem(&Problem::new("E0604").with("path", folder.path().display()).with("why", error));
        Exit::Output
    })?;
    let called_off = stop.load(Ordering::Relaxed) || folder.stop().exists();
    finish(args, &tally, called_off && tally.left() > 0, began, screen);
    Ok(if called_off && tally.left() > 0 {
        Exit::Interrupted
    } else if tally.unwritten > 0 {
        Exit::Output
    } else if tally.failed > 0 {
        Exit::Input
    } else {
        Exit::Done
    })
}

/// Failures at once, all else in one line every two seconds.
struct Told {
    screen: Screen,
    began: Instant,
    last: Mutex<Instant>,
}

impl Told {
    fn progress(&self, tally: &Tally) {
        const PAUSE: Duration = Duration::from_secs(2);
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if last.elapsed() < PAUSE {
            return;
        }
        *last = Instant::now();
        let worked = tally.done + tally.failed + tally.unwritten;
        let left = if worked == 0 {
            "–".to_owned()
        } else {
            #[allow(clippy::cast_precision_loss)]
            let seconds = self.began.elapsed().as_secs_f64() / worked as f64 * tally.left() as f64;
            span(seconds)
        };
        let words = counts(tally);
        let words: Vec<(&str, &str)> =
            words.iter().map(|(key, value)| (*key, value.as_str())).chain([("time", left.as_str())]).collect();
        self.screen.note(&say(self.screen.lang, "batch-progress", &words));
    }
}

/// Hours, minutes and seconds.
fn span(seconds: f64) -> String {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let seconds = seconds.max(0.0).round() as u64;
    format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

fn counts(tally: &Tally) -> Vec<(&'static str, String)> {
    [
        ("all", tally.all),
        ("done", tally.done),
        ("kept", tally.kept),
        ("failed", tally.failed),
        ("busy", tally.busy),
        ("unwritten", tally.unwritten),
        ("left", tally.left()),
    ]
    .map(|(key, count)| (key, count.to_string()))
    .to_vec()
}

impl Listener for Told {
    fn ended(&self, case: &Case, outcome: &Outcome, tally: &Tally) {
        tracing::info!(case = case.number, ended = outcome.ended.key(), seconds = outcome.effort.seconds, "case");
        if outcome.ended != Ended::Done {
            let words = [("case", case_label(case)), ("why", because(outcome, self.screen.lang))];
            let words = words.each_ref().map(|(key, value)| (*key, value.as_str()));
            self.screen.note(&say(self.screen.lang, "batch-failed", &words));
        }
        self.progress(tally);
    }

    fn unwritten(&self, case: &Case, error: &io::Error, tally: &Tally) {
        let problem = Problem::new("E0952").with("case", case_label(case)).with("why", error);
        self.screen.problem(&problem);
        self.progress(tally);
    }

    fn passed(&self, tally: &Tally) {
        self.progress(tally);
    }
}

fn any(count: usize) -> &'static str {
    if count == 0 { "no" } else { "yes" }
}

fn finish(args: &Args, tally: &Tally, called_off: bool, began: Instant, screen: Screen) {
    let words = counts(tally);
    if screen.json {
        let mut line: serde_json::Map<String, serde_json::Value> =
            words.iter().map(|(key, value)| ((*key).to_owned(), value.parse::<u64>().unwrap_or(0).into())).collect();
        line.insert("called_off".into(), called_off.into());
        line.insert("seconds".into(), began.elapsed().as_secs_f64().into());
        screen.result(&serde_json::Value::from(line).to_string());
        return;
    }
    let (run, seconds) = (args.run.display().to_string(), span(began.elapsed().as_secs_f64()));
    let words: Vec<(&str, &str)> = words
        .iter()
        .map(|(key, value)| (*key, value.as_str()))
        .chain([("run", run.as_str()), ("time", seconds.as_str())])
        .chain([("any_busy", any(tally.busy)), ("any_unwritten", any(tally.unwritten))])
        .collect();
    if screen.quiet {
        return;
    }
    screen.result(&say(screen.lang, if called_off { "batch-called-off" } else { "batch-ran" }, &words));
}
