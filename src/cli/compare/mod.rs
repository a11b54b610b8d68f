//! `lungang compare`: scenarios side by side, or the curve of one setting.

mod curve;
mod targets;

use super::contrast;
use super::limits::LimitArgs;
use super::plan::{OnScreen, why};
use super::validate::{InputArgs, exit_of, name_command};
use super::{Exit, screen::Screen};
use crate::compare::frontier::Knob;
use crate::compare::paper::{Comparing, Planless};
use crate::compare::solve::{self, Job, Refused, Solved};
use crate::compare::{Side, compare};
use crate::engine::Progress;
use crate::input::{self, Reading, Scenario, scenarios, sheets};
use crate::text::{self, say};
use lungang_domain::plan::TierRow;
use lungang_domain::{Case, PlanFile, Policy, Problem, Severity};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use targets::{keep, plans_folder, probe_targets};

/// Arguments of `lungang compare`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A workbook, a folder of CSV files, or an exported input.
    pub input: PathBuf,
    /// The scenarios; the first is the one that the others are held against. lungang template --scenarios writes a file to
    /// begin from.
    #[arg(long, value_name = "FILE", required_unless_present = "frontier")]
    pub scenarios: Option<PathBuf>,
    /// Where the comparison goes: .xlsx, .html, .json, or a name ending in / for a folder of CSV files with metrics.csv for
    /// pivot tables; repeats.
    #[arg(short, long, value_name = "FILE")]
    pub output: Vec<PathBuf>,
    /// Every plan, as workbook and JSON, into this folder; by default beside the first output.
    #[arg(long, value_name = "DIR")]
    pub plans: Option<PathBuf>,
    /// The curve of this setting from tight to loose, instead of scenarios.
    #[arg(long, value_name = "SETTING", value_enum)]
    pub frontier: Option<Knob>,
    /// Points of the curve.
    #[arg(long, value_name = "N", default_value_t = 12, value_parser = clap::value_parser!(u16).range(2..=200), requires = "frontier")]
    pub points: u16,
    /// The scenario whose curve is drawn.
    #[arg(long, value_name = "NAME", requires = "frontier", requires = "scenarios")]
    pub scenario: Option<String>,
    /// Plans solved at a time, one thread each; by default as many as there are cores.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,
    /// Limits of each plan.
    #[command(flatten)]
    pub limits: LimitArgs,
    /// Policy.
    #[command(flatten)]
    pub with: InputArgs,
}

/// A scenario as read.
struct Read {
    scenario: Option<Scenario>,
    name: String,
    reading: Reading,
    case: Case,
    policy: Policy,
}

/// Runs `lungang compare`.
pub fn run(args: Args, screen: Screen) -> Exit {
    match tried(&args, screen) {
        Ok(exit) | Err(exit) => exit,
    }
}

fn tried(args: &Args, screen: Screen) -> Result<Exit, Exit> {
    let known = match &args.scenarios {
        Some(path) => scenarios::read(path).map_err(|problems| told(screen, &problems, Exit::Input))?,
        None => Vec::new(),
    };
    let plans = plans_folder(args);
    probe_targets(args, &known, plans.as_deref()).map_err(|problem| told(screen, &[problem], Exit::Output))?;
    let wanted: Vec<Option<Scenario>> = match (args.frontier, &args.scenario) {
        (None, _) => known.into_iter().map(Some).collect(),
        (Some(_), None) => vec![None],
        (Some(_), Some(name)) => {
            let found = scenarios::named(&known, name).map_err(|problem| told(screen, &[problem], Exit::Input))?;
            vec![Some(found.clone())]
        }
    };
    let (read, screen) = read_all(args, wanted, screen)?;
    let interrupt = Arc::new(AtomicBool::new(false));
    let heard = Arc::clone(&interrupt);
    // A second handler can only fail where one is set already; the default then ends the program at once.
    let _ = ctrlc::set_handler(move || heard.store(true, Ordering::Relaxed));
    match args.frontier {
        None => side_by_side(args, &read, plans.as_deref(), &interrupt, screen),
        Some(knob) => curve::curve(args, knob, &read[0], plans.as_deref(), &interrupt, screen),
    }
}

fn told(screen: Screen, problems: &[Problem], exit: Exit) -> Exit {
    screen.problems(problems);
    exit
}

/// Reads the input under every scenario. What is said of all of them is told once.
fn read_all(args: &Args, wanted: Vec<Option<Scenario>>, mut screen: Screen) -> Result<(Vec<Read>, Screen), Exit> {
    let mut read = Vec::new();
    let mut said: Vec<Problem> = Vec::new();
    let mut failed = None;
    for scenario in wanted {
        let options = crate::input::ReadOptions { scenario: scenario.clone(), ..args.with.options() };
        let mut reading = input::read(&args.input, &options);
        name_command(&mut reading.problems, "compare");
        if let Some(policy) = &reading.policy {
            screen = screen.with_policy_lang(&policy.report.lang);
        }
        let name = scenario.as_ref().map_or_else(|| say(screen.lang, "frontier-own", &[]), |one| one.name.clone());
        let fresh: Vec<Problem> = reading.problems.iter().filter(|one| !said.contains(one)).cloned().collect();
        if !fresh.is_empty() && !said.is_empty() {
            screen.note(&format!("[{name}]"));
        }
        screen.problems(&input::shortened(&fresh));
        said.extend(fresh);
        match (reading.case.take(), reading.policy.take()) {
            (Some(case), Some(policy)) => read.push(Read { scenario, name, reading, case, policy }),
            _ => failed = failed.or(Some(exit_of(&reading))),
        }
    }
    failed.map_or(Ok((read, screen)), Err)
}

fn workers(args: &Args) -> usize {
    args.jobs.map_or_else(|| std::thread::available_parallelism().map_or(1, usize::from), usize::from)
}

/// Solves every scenario, and sets them side by side.
fn side_by_side(
    args: &Args,
    read: &[Read],
    plans: Option<&Path>,
    interrupt: &AtomicBool,
    screen: Screen,
) -> Result<Exit, Exit> {
    let jobs: Vec<Job> = read.iter().map(|one| job(one, &one.policy, &one.reading.policy_hash, &one.name)).collect();
    let solved = solve_all(args, &jobs, interrupt, screen);
    let mut planless = Vec::new();
    let mut exit = Exit::Done;
    let mut sides = Vec::new();
    for (one, solved) in read.iter().zip(&solved) {
        match solved {
            Ok(solved) => sides.push(side(one, &solved.plan)?),
            Err(refused) => {
                let (code, problems) = because(refused, &one.policy);
                if exit == Exit::Done {
                    exit = code;
                }
                planless.push(Planless { name: one.name.clone(), why: reasons(refused, &problems, screen) });
            }
        }
    }
    if interrupt.load(Ordering::Relaxed) {
        exit = Exit::Interrupted;
        screen.note(&say(screen.lang, "compare-interrupted", &[]));
    }
    if sides.is_empty() {
        return Err(exit);
    }
    let comparison = compare(sides);
    let names: Vec<String> = comparison.sides.iter().map(|side| side.name.clone()).collect();
    let kept: Vec<(&Case, &PlanFile)> =
        comparison.sides.iter().filter_map(|side| Some((side.case?, side.plan))).collect();
    let files = keep(plans, &names, &kept, screen)?;
    let comparing =
        Comparing { comparison: &comparison, planless: &planless, frontier: None, files: &files, lang: screen.lang };
    deliver(args, &comparing, plans, screen)?;
    contrast::tell(&comparing, screen);
    written(args, plans, screen);
    Ok(exit)
}

fn job<'a>(one: &'a Read, policy: &'a Policy, policy_hash: &'a str, name: &'a str) -> Job<'a> {
    Job { name, case: &one.case, policy, input_hash: &one.reading.input_hash, policy_hash, warm: None }
}

fn solve_all(args: &Args, jobs: &[Job], interrupt: &AtomicBool, screen: Screen) -> Vec<Result<Solved, Refused>> {
    let count = [("count", jobs.len().to_string()), ("jobs", workers(args).min(jobs.len()).to_string())];
    screen.note(&say(screen.lang, "compare-solving", &count.each_ref().map(|(key, value)| (*key, value.as_str()))));
    solve_quietly(args, jobs, interrupt, screen)
}

/// Solves every case without saying how many there are.
fn solve_quietly(args: &Args, jobs: &[Job], interrupt: &AtomicBool, screen: Screen) -> Vec<Result<Solved, Refused>> {
    let told = Told { screen, started: Instant::now(), done: AtomicUsize::new(0), count: jobs.len() };
    solve::all(jobs, workers(args), &args.limits.limits(1), interrupt, screen.lang, &told)
}

/// What is told of several runs side by side: one line every few seconds, and one at the end of each.
struct Told {
    screen: Screen,
    started: Instant,
    done: AtomicUsize,
    count: usize,
}

impl solve::Listener for Told {
    fn progress(&self, name: &str) -> Box<dyn Progress> {
        Box::new(Seldom { inner: OnScreen::new(self.screen, Some(name)), last: Instant::now() })
    }

    fn done(&self, job: &Job, solved: &Result<Solved, Refused>) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        let (key, proof) = match solved {
            Ok(solved) => ("compare-solved", if solved.plan.optimal() { "yes" } else { "no" }),
            Err(Refused::Interrupted) => ("compare-skipped", "no"),
            Err(_) => ("compare-refused", "no"),
        };
        let args = [
            ("name", job.name.to_owned()),
            ("proof", proof.to_owned()),
            ("done", done.to_string()),
            ("count", self.count.to_string()),
            ("seconds", format!("{:.1}", self.started.elapsed().as_secs_f64())),
        ];
        self.screen.note(&say(self.screen.lang, key, &args.each_ref().map(|(key, value)| (*key, value.as_str()))));
        if let Err(refused) = solved {
            self.screen.problems(&because(refused, job.policy).1);
        }
    }
}

/// Passes on what was not told for some seconds.
struct Seldom {
    inner: OnScreen,
    last: Instant,
}

impl Progress for Seldom {
    fn tier(&mut self, row: &TierRow, rounds: u64) {
        const PAUSE: Duration = Duration::from_secs(5);
        if self.last.elapsed() >= PAUSE {
            self.inner.tier(row, rounds);
            self.last = Instant::now();
        }
    }
}

/// Why a scenario has no plan, and the exit code for it.
fn because(refused: &Refused, policy: &Policy) -> (Exit, Vec<Problem>) {
    match refused {
        Refused::Engine(failure) => why(failure.clone(), policy),
        Refused::Check(problems) => {
            let errors = problems.iter().filter(|problem| problem.severity == Severity::Error).cloned();
            (Exit::Internal, errors.chain([Problem::new("E0903").with("path", "")]).collect())
        }
        Refused::Interrupted => (Exit::Interrupted, Vec::new()),
    }
}

/// Why a scenario has no plan, in sentences.
fn reasons(refused: &Refused, problems: &[Problem], screen: Screen) -> Vec<String> {
    if matches!(refused, Refused::Interrupted) {
        return vec![say(screen.lang, "compare-cut-off", &[])];
    }
    problems.iter().map(|problem| format!("{} {}", problem.code, text::problem(screen.lang, problem).cause)).collect()
}

/// A scenario with its plan.
fn side<'a>(one: &'a Read, plan: &'a PlanFile) -> Result<Side<'a>, Exit> {
    let mut hashes = BTreeMap::new();
    for (sheet, path) in one.scenario.iter().flat_map(Scenario::sheets) {
        // It was read a moment ago.
        hashes.insert(sheet.to_owned(), sheets::hash_of(path).map_err(|_| Exit::Input)?);
    }
    Ok(Side { name: one.name.clone(), plan, case: Some(&one.case), sheets: hashes })
}

fn deliver(args: &Args, comparing: &Comparing, plans: Option<&Path>, screen: Screen) -> Result<(), Exit> {
    for target in &args.output {
        comparing.write(target).map_err(|error| told(screen, &[error.problem()], Exit::Output))?;
        tracing::info!("written");
    }
    if plans.is_some() {
        tracing::info!(files = comparing.files.len(), "plans");
    }
    Ok(())
}

fn written(args: &Args, plans: Option<&Path>, screen: Screen) {
    if screen.json {
        return;
    }
    for target in &args.output {
        screen.result(&say(screen.lang, "compare-written", &[("path", &target.display().to_string())]));
    }
    if let Some(folder) = plans {
        screen.result(&say(screen.lang, "compare-plans", &[("path", &folder.display().to_string())]));
    }
}
