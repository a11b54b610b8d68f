//! `lungang plan`: read, solve, check what was written, and only then put it in its place.

use super::apart::{self, Comparison};
use super::deliver::{self, Delivery};
use super::limits::LimitArgs;
use super::scenario::ScenarioArgs;
use super::validate::{InputArgs, name_command};
use super::warm::{self, Warm};
use super::{Exit, screen::Screen};
use crate::engine::{self, Control, Ended, Failure, Limits, Outcome, Progress, compact};
use crate::input::{self, Reading};
use crate::insight;
use crate::output::mask::Mask;
use crate::output::{Format, Papers};
use crate::text::say;
use lungang_domain::plan::{Provenance, TierRow, TierStatus};
use lungang_domain::policy::{Mode, Share};
use lungang_domain::{Case, PlanFile, Policy, Problem};
use std::borrow::Cow;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

/// Which engine solves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Engine {
    /// The production engine: paths as columns.
    Columns,
    /// The readable reference, for small cases.
    Compact,
}

impl Engine {
    fn name(self) -> &'static str {
        match self {
            Self::Columns => "columns",
            Self::Compact => "compact",
        }
    }
}

/// Arguments of `lungang plan`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A workbook, a folder of CSV files, or an exported input.
    pub input: PathBuf,
    /// Where the plan goes: .xlsx, .docx, .html, .json, .csv for its figures alone, or a name ending in / for a folder of CSV files; repeats.
    #[arg(short, long, required_unless_present = "per_unit", value_name = "FILE")]
    pub output: Vec<PathBuf>,
    /// A Word file and a workbook for every unit, into this folder.
    #[arg(long, value_name = "DIR")]
    pub per_unit: Option<PathBuf>,
    /// No names, staff ids and birth dates anywhere: everybody has a code instead.
    #[arg(long)]
    pub mask: bool,
    /// Who has which code, into this file; keep it apart from the plan.
    #[arg(long, value_name = "FILE", requires = "mask")]
    pub mask_key: Option<PathBuf>,
    /// Policy.
    #[command(flatten)]
    pub with: InputArgs,
    /// Scenario.
    #[command(flatten)]
    pub under: ScenarioArgs,
    /// Every unit planned for itself, and what that costs against planning them together; as --set turnover.apart=true.
    #[arg(long)]
    pub apart: bool,
    /// Limits.
    #[command(flatten)]
    pub limits: LimitArgs,
    /// Worker threads; the plan is the same for any number of them.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Begin from an earlier plan, of these data or of others: .json, .xlsx (with its edits), or a folder of CSV files.
    #[arg(long, value_name = "PLAN")]
    pub warm: Option<PathBuf>,
    /// Which engine solves.
    #[arg(long, value_enum, default_value_t = Engine::Columns)]
    pub engine: Engine,
}

/// Shows each step of each tier on standard error.
pub(super) struct OnScreen {
    screen: Screen,
    started: Instant,
    /// Whose steps they are, in front of each line.
    whose: String,
}

impl OnScreen {
    /// From now on; of several runs side by side, each under its name.
    pub(super) fn new(screen: Screen, name: Option<&str>) -> Self {
        Self { screen, started: Instant::now(), whose: name.map_or(String::new(), |name| format!("[{name}] ")) }
    }
}

impl Progress for OnScreen {
    fn tier(&mut self, row: &TierRow, rounds: u64) {
        let bound = row.bound.map_or_else(|| "–".to_owned(), |bound| bound.to_string());
        let gap = row.gap.map_or_else(|| "–".to_owned(), |gap| format!("{:.2} %", gap * 100.0));
        tracing::info!(rounds, tier = row.id, value = row.value, bound = row.bound, gap = row.gap, "tier");
        let key = if row.status == TierStatus::Proved { "plan-progress-proved" } else { "plan-progress" };
        let name = say(self.screen.lang, &format!("tier-{}", row.name), &[]);
        let line = say(
            self.screen.lang,
            key,
            &[
                ("seconds", &format!("{:.1}", self.started.elapsed().as_secs_f64())),
                ("rounds", &rounds.to_string()),
                ("id", &row.id),
                ("name", &name),
                ("value", &row.value.to_string()),
                ("bound", &bound),
                ("gap", &gap),
            ],
        );
        self.screen.note(&format!("{}{line}", self.whose));
    }
}

/// Runs `lungang plan`.
pub fn run(args: Args, screen: Screen) -> Exit {
    if args.warm.is_some() && args.engine == Engine::Compact {
        screen.problem(&Problem::new("E0904"));
        return Exit::Usage;
    }
    if let Err(problem) = deliver::probe(&args) {
        screen.problem(&problem);
        return Exit::Output;
    }
    let mut options = args.with.options();
    if args.apart {
        options.overrides.push(("turnover.apart".to_owned(), "true".to_owned()));
    }
    let options = match args.under.apply(options, screen) {
        Ok(options) => options,
        Err(exit) => return exit,
    };
    let mut reading = input::read(&args.input, &options);
    name_command(&mut reading.problems, "plan");
    let screen = reading.policy.as_ref().map_or(screen, |policy| screen.with_policy_lang(&policy.report.lang));
    // Leaked, so that every copy of the screen has it: it is needed until the end of the run anyway.
    let mask: Option<&'static Mask> =
        args.mask.then(|| &*Box::leak(Box::new(reading.case.as_ref().map_or_else(Mask::blind, Mask::of))));
    let screen = mask.map_or(screen, |mask| screen.behind(mask));
    screen.problems(&input::shortened(&reading.problems));
    let (Some(case), Some(policy)) = (&reading.case, &reading.policy) else {
        return super::validate::exit_of(&reading);
    };
    tracing::info!(
        people = case.people.len(),
        posts = case.posts.len(),
        units = case.units.len(),
        years = policy.years,
        messages = reading.problems.len(),
        "read"
    );
    if let Err(problem) = deliver::probe_units(&args, case, mask) {
        screen.problem(&problem);
        return Exit::Output;
    }
    let warm = match args.warm.as_deref().map(|path| warm::read(path, case, screen)).transpose() {
        Ok(warm) => warm.flatten(),
        Err(exit) => return exit,
    };
    let interrupt = Arc::new(AtomicBool::new(false));
    let heard = Arc::clone(&interrupt);
    // A second handler can only fail where one is set already; the default then ends the program at once.
    let _ = ctrlc::set_handler(move || heard.store(true, Ordering::Relaxed));
    let outcome = match attempt(&args, case, policy, warm.as_ref(), &interrupt, screen) {
        Ok(outcome) => outcome,
        Err(failure) => return refuse(failure, policy, screen),
    };
    if let (Some(path), Some(_)) = (&args.warm, &warm) {
        warm::tell(path, outcome.warm.as_ref(), screen);
    }
    let warm_hash = warm.filter(|_| outcome.warm.is_some()).map(|warm| warm.hash);
    let ended = outcome.ended;
    // Behind a mask the sentences are written without names in the first place.
    let shown = mask.map_or(Cow::Borrowed(case), |mask| Cow::Owned(mask.case(case)));
    let plan = insight::assemble(
        &shown,
        policy,
        &outcome.layout,
        outcome.tiers.clone(),
        Provenance { warm_hash, ..provenance(&args, &reading, outcome.rounds) },
        screen.lang,
    );
    let papers = match mask {
        Some(mask) => Papers::masked(&shown, policy, &plan, screen.lang, mask),
        None => Papers::new(&shown, policy, &plan, screen.lang),
    };
    let delivery = Delivery { case, plan: &plan, papers: &papers, mask, screen };
    if let Err(exit) = delivery.run(&args) {
        return exit;
    }
    // Only now, so that the plan is there whatever becomes of the comparison.
    let joint = (policy.turnover.apart && ended != Ended::Interrupted)
        .then(|| apart::compare(&args, case, policy, &outcome, &interrupt, screen));
    summary(case, &plan, &args, ended, joint.as_ref(), screen);
    let interrupted = [Some(ended), joint.map(|joint| joint.ended)].contains(&Some(Ended::Interrupted));
    if interrupted { Exit::Interrupted } else { Exit::Done }
}

fn threads(args: &Args) -> usize {
    args.threads.map_or_else(|| std::thread::available_parallelism().map_or(1, usize::from), usize::from)
}

/// One run of the engine asked for, under the limits of the command line.
pub(super) fn attempt(
    args: &Args,
    case: &Case,
    policy: &Policy,
    warm: Option<&Warm>,
    interrupt: &AtomicBool,
    screen: Screen,
) -> Result<Outcome, Failure> {
    let mut progress = OnScreen::new(screen, None);
    let limits = Limits { warm: warm.map(|warm| Arc::clone(&warm.plan)), ..args.limits.limits(threads(args)) };
    let mut control = Control { limits, interrupt, progress: &mut progress };
    match args.engine {
        Engine::Columns => engine::solve(case, policy, &mut control),
        Engine::Compact => compact::solve(case, policy, &mut control),
    }
}

/// Says why there is no plan.
pub(super) fn refuse(failure: Failure, policy: &Policy, screen: Screen) -> Exit {
    let (exit, problems) = why(failure, policy);
    screen.problems(&problems);
    exit
}

/// Why there is no plan, and how the command ends for it.
pub(super) fn why(failure: Failure, policy: &Policy) -> (Exit, Vec<Problem>) {
    match failure {
        Failure::Clash(problems) => (Exit::Clash, problems),
        Failure::Limit => {
            let floor = if policy.turnover.unit_floor == Share(0) { "no" } else { "yes" };
            (Exit::Limit, vec![Problem::new("E0901").with("floor", floor)])
        }
        Failure::Solver(why) => (Exit::Internal, vec![Problem::new("E0902").with("why", why)]),
    }
}

fn provenance(args: &Args, reading: &Reading, rounds: u64) -> Provenance {
    Provenance {
        input_hash: reading.input_hash.clone(),
        policy_hash: reading.policy_hash.clone(),
        engine: args.engine.name().to_owned(),
        seed: args.limits.seed,
        threads: threads(args),
        rounds,
        ..engine::provenance()
    }
}

fn summary(case: &Case, plan: &PlanFile, args: &Args, ended: Ended, joint: Option<&Comparison>, screen: Screen) {
    let targets: Vec<&PathBuf> = args.output.iter().chain(&args.per_unit).chain(&args.mask_key).collect();
    if screen.json {
        let line = serde_json::json!({
            "tiers": plan.tiers, "moves": plan.moves.len(), "deferrals": plan.deferrals.len(),
            "provenance": plan.provenance, "outputs": targets,
            "apart": joint.map(|joint| &joint.tiers),
        });
        screen.result(&line.to_string());
        return;
    }
    let unbounded = plan.tiers.iter().any(|tier| tier.bound.is_none() && !plan.merged(tier));
    let verdict = match (ended, plan.optimal()) {
        (_, true) if plan.policy.priorities.mode == Mode::Weighted => "plan-proved-weighted",
        (_, true) => "plan-proved",
        (Ended::Interrupted, false) if unbounded => "plan-interrupted-unbounded",
        (_, false) if unbounded => "plan-unbounded",
        (Ended::Interrupted, false) => "plan-interrupted",
        (_, false) => "plan-open",
    };
    screen.result(&say(
        screen.lang,
        "plan-summary",
        &[
            ("people", &case.people.len().to_string()),
            ("posts", &case.posts.len().to_string()),
            ("years", &plan.years.len().to_string()),
            ("moves", &plan.moves.iter().filter(|row| row.from.is_some()).count().to_string()),
            ("placements", &plan.moves.iter().filter(|row| row.from.is_none()).count().to_string()),
            ("deferrals", &plan.deferrals.len().to_string()),
        ],
    ));
    for tier in &plan.tiers {
        let name = say(screen.lang, &format!("tier-{}", tier.name), &[]);
        let (value, today, nobody) = (tier.value.to_string(), tier.today.to_string(), tier.nobody_moves.to_string());
        let bound = tier.bound.map_or_else(|| "–".to_owned(), |bound| bound.to_string());
        let gap = tier.gap.map_or_else(|| "–".to_owned(), |gap| format!("{:.2} %", gap * 100.0));
        let key = match tier.status {
            _ if plan.merged(tier) => "plan-tier-merged",
            TierStatus::Proved => "plan-tier-proved",
            TierStatus::Open => "plan-tier-open",
        };
        screen.result(&say(
            screen.lang,
            key,
            &[
                ("id", &tier.id),
                ("name", &name),
                ("value", &value),
                ("today", &today),
                ("nobody", &nobody),
                ("bound", &bound),
                ("gap", &gap),
            ],
        ));
    }
    screen.result(&say(screen.lang, verdict, &[]));
    if let Some(joint) = joint {
        apart::tell(joint, screen);
    }
    if args.mask {
        screen.result(&say(screen.lang, "plan-masked", &[]));
    }
    for target in targets {
        // What is in the file, so that whoever has just run the demo knows which one to open.
        let key = match Format::of(target) {
            Some(Format::Xlsx) => "plan-written-xlsx",
            Some(Format::Csv) => "plan-written-csv",
            Some(Format::Docx) => "plan-written-docx",
            Some(Format::Html) => "plan-written-html",
            Some(Format::Figures) => "plan-written-figures",
            // The folder of the units' own papers.
            None => "plan-written-units",
            Some(Format::Json) => "plan-written-json",
        };
        screen.result(&say(screen.lang, key, &[("path", &target.display().to_string())]));
    }
}
