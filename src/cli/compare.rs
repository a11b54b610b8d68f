//! `lungang compare`: scenarios side by side, or the curve of one setting.

use super::contrast;
use super::limits::LimitArgs;
use super::plan::{OnScreen, why};
use super::validate::{InputArgs, exit_of, name_command};
use super::{Exit, screen::Screen};
use crate::compare::frontier::{self, Frontier, Knob, Point};
use crate::compare::solve::{self, Job, Refused, Solved};
use crate::compare::{Side, compare};
use crate::engine::Progress;
use crate::files::{file_names, folder_of, lies_in, replace_folder};
use crate::input::{self, Reading, Scenario, scenarios, sheets};
use crate::insight;
use crate::output::compare::{Comparing, Planless, probe};
use crate::output::{OutputError, json, report::Report, spare_input, xlsx};
use crate::text::{self, say};
use lungang_domain::plan::TierRow;
use lungang_domain::{Case, PlanFile, Policy, Problem, Severity};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

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
        Some(knob) => curve(args, knob, &read[0], plans.as_deref(), &interrupt, screen),
    }
}

fn told(screen: Screen, problems: &[Problem], exit: Exit) -> Exit {
    screen.problems(problems);
    exit
}

/// The folder that the plans go to.
fn plans_folder(args: &Args) -> Option<PathBuf> {
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
fn probe_targets(args: &Args, known: &[Scenario], plans: Option<&Path>) -> Result<(), Problem> {
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
                planless.push(Planless { name: one.name.clone(), why: sentences(&problems, screen) });
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
    Job { name, case: &one.case, policy, input_hash: &one.reading.input_hash, policy_hash }
}

fn solve_all(args: &Args, jobs: &[Job], interrupt: &AtomicBool, screen: Screen) -> Vec<Result<Solved, Refused>> {
    let count = [("count", jobs.len().to_string()), ("jobs", workers(args).min(jobs.len()).to_string())];
    screen.note(&say(screen.lang, "compare-solving", &count.each_ref().map(|(key, value)| (*key, value.as_str()))));
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

fn sentences(problems: &[Problem], screen: Screen) -> Vec<String> {
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

/// Writes every plan, as workbook and JSON, and judges what was written. Names of the files, without endings.
fn keep(
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

/// Solves the policy as it is, then its points from tight to loose.
fn curve(
    args: &Args,
    knob: Knob,
    one: &Read,
    plans: Option<&Path>,
    interrupt: &AtomicBool,
    screen: Screen,
) -> Result<Exit, Exit> {
    let count = args.points.to_string();
    screen.note(&say(screen.lang, "frontier-solving", &[("count", &count)]));
    let plain = solve_all(args, &[job(one, &one.policy, &one.reading.policy_hash, &one.name)], interrupt, screen);
    let plain = match plain.into_iter().next() {
        Some(Ok(plain)) => plain,
        Some(Err(refused)) => return Err(because(&refused, &one.policy).0),
        None => return Err(Exit::Internal),
    };
    let spent = knob.spent(&one.case, &one.policy, &plain.plan);
    let values = knob.values(&one.policy, spent, usize::from(args.points));
    let policies: Vec<(Option<i64>, Policy, String, String)> = values
        .iter()
        .filter(|value| value.is_some())
        .map(|value| {
            let policy = knob.set(&one.policy, *value);
            let (hash, name) = (input::policy_hash(&policy), point_name(knob, *value, screen));
            (*value, policy, hash, name)
        })
        .collect();
    let jobs: Vec<Job> = policies.iter().map(|(_, policy, hash, name)| job(one, policy, hash, name)).collect();
    let solved = solve_all(args, &jobs, interrupt, screen);
    let mut exit = Exit::Done;
    let mut planless = Vec::new();
    let mut found: BTreeMap<i64, PlanFile> = BTreeMap::new();
    for ((value, policy, _, name), solved) in policies.iter().zip(solved) {
        match solved {
            Ok(solved) => {
                found.insert(value.unwrap_or_default(), solved.plan);
            }
            Err(refused) => {
                let (code, problems) = because(&refused, policy);
                // A limit so tight that decisions can't be met is an answer, not a failure.
                if code != Exit::Clash && exit == Exit::Done {
                    exit = code;
                }
                planless.push(Planless { name: name.clone(), why: sentences(&problems, screen) });
            }
        }
    }
    let point = |value: Option<i64>, plan: PlanFile| {
        let spent = knob.spent(&one.case, &plan.policy, &plan);
        Point { value, plan, spent, taken_over: false, dominated_by: None }
    };
    let mut points: Vec<Point> = values
        .iter()
        .filter_map(|value| match value {
            None => Some(point(None, plain.plan.clone())),
            Some(number) => found.remove(number).map(|plan| point(*value, plan)),
        })
        .collect();
    frontier::join(&mut points, &one.policy, &|tight, loose, tiers| again(one, tight, loose, tiers, screen));
    for point in &points {
        solve::judged(&one.case, &point.plan).map_err(|problems| {
            told(screen, &problems, Exit::Internal);
            told(screen, &[Problem::new("E0903").with("path", "")], Exit::Internal)
        })?;
    }
    if interrupt.load(Ordering::Relaxed) {
        exit = Exit::Interrupted;
        screen.note(&say(screen.lang, "compare-interrupted", &[]));
    }
    let names: Vec<String> = points.iter().map(|point| point_name(knob, point.value, screen)).collect();
    let kept: Vec<(&Case, &PlanFile)> = points.iter().map(|point| (&one.case, &point.plan)).collect();
    let files = keep(plans, &names, &kept, screen)?;
    let sides =
        points.iter().zip(&names).map(|(point, name)| Side { name: name.clone(), ..bare(one, &point.plan) }).collect();
    let comparison = compare(sides);
    let curve = Frontier { knob, points: points.clone(), tiers: lungang_domain::policy::Tier::of(&one.policy) };
    let comparing = Comparing {
        comparison: &comparison,
        planless: &planless,
        frontier: Some(&curve),
        files: &files,
        lang: screen.lang,
    };
    deliver(args, &comparing, plans, screen)?;
    contrast::tell(&comparing, screen);
    written(args, plans, screen);
    Ok(exit)
}

fn bare<'a>(one: &'a Read, plan: &'a PlanFile) -> Side<'a> {
    Side { name: String::new(), plan, case: Some(&one.case), sheets: BTreeMap::new() }
}

/// The plan of a tighter point as one of a looser.
fn again(one: &Read, tight: &Point, loose: &Point, tiers: Vec<TierRow>, screen: Screen) -> PlanFile {
    let Ok(layout) = tight.plan.layout(&one.case) else { return loose.plan.clone() };
    insight::assemble(&one.case, &loose.plan.policy, &layout, tiers, loose.plan.provenance.clone(), screen.lang)
}

/// A point's name: the setting and its value.
fn point_name(knob: Knob, value: Option<i64>, screen: Screen) -> String {
    let value = match (knob, value) {
        (_, None) => return say(screen.lang, "frontier-own", &[]),
        #[allow(clippy::cast_precision_loss)]
        (Knob::Share, Some(value)) => format!("{:.1}%", value as f64 / 1e4),
        (_, Some(value)) => value.to_string(),
    };
    say(screen.lang, &format!("frontier-point-{}", knob.name()), &[("value", &value)])
}
