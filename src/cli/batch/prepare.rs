//! `lungang batch prepare`.

use crate::batch::Folder;
use crate::batch::manifest::{Manifest, Settings};
use crate::batch::sources;
use crate::cli::limits::LimitArgs;
use crate::cli::validate::InputArgs;
use crate::cli::{Exit, screen::Screen};
use crate::input::scenarios;
use crate::text::say;
use lungang_domain::Problem;
use std::path::PathBuf;

/// Rounds of a case where no limit is given: seconds for a department, and the same bytes come out whoever plans a case, and when.
/// Later rounds are programmes that may take minutes and a gigabyte each.
const ROUNDS: u64 = 120;

/// Arguments of `lungang batch prepare`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Inputs: a folder of them, a pattern such as 'counties/*.xlsx', a list (.txt, one path a line), or an input itself.
    #[arg(required = true, value_name = "DIR|GLOB|LIST")]
    pub inputs: Vec<PathBuf>,
    /// The run: a new folder.
    #[arg(short, long, value_name = "RUN/")]
    pub output: PathBuf,
    /// The scenarios under which every input is planned; without, the policy as it is.
    #[arg(long, value_name = "FILE")]
    pub scenarios: Option<PathBuf>,
    /// Papers of each case beside plan.json and metrics.csv; none: --papers "".
    #[arg(long, value_name = "ENDINGS", value_delimiter = ',', default_value = "xlsx", value_parser = paper)]
    pub papers: Vec<String>,
    /// Limits of each case; without any, 120 rounds.
    #[command(flatten)]
    pub limits: LimitArgs,
    /// Policy of each case.
    #[command(flatten)]
    pub with: InputArgs,
}

/// Endings that `plan -o` takes besides those that are written anyway.
const PAPERS: &[&str] = &["xlsx", "html", "docx"];

fn paper(text: &str) -> Result<String, String> {
    let ending = text.trim().trim_start_matches('.').to_ascii_lowercase();
    if ending.is_empty() || PAPERS.contains(&ending.as_str()) { Ok(ending) } else { Err(PAPERS.join(", ")) }
}

/// Runs `lungang batch prepare`.
pub fn run(args: &Args, screen: Screen) -> Result<Exit, Exit> {
    let refused = |exit: Exit| {
        move |problems: Vec<Problem>| {
            screen.problems(&problems);
            exit
        }
    };
    let folder = Folder::new(&args.output);
    let found = sources::find(&args.inputs, folder.path()).map_err(refused(Exit::Input))?;
    let known = args.scenarios.as_ref().map(|path| scenarios::read(path)).transpose().map_err(refused(Exit::Input))?;
    let settings = Settings {
        arguments: arguments(args),
        papers: args.papers.iter().filter(|paper| !paper.is_empty()).cloned().collect(),
        lang: screen.asked().unwrap_or_default().to_owned(),
        timed: args.limits.time_limit.is_some(),
    };
    let scenarios = args.scenarios.as_deref().zip(known.as_deref());
    let manifest = Manifest::new(&found, scenarios, args.with.policy.as_deref(), settings);
    let files = manifest.policy_file.iter().chain(&manifest.scenario_file);
    for source in files.chain(manifest.scenarios.iter().flat_map(|variant| &variant.sheets)) {
        if let Some(problem) = &source.problem {
            return Err(refused(Exit::Input)(vec![problem.clone()]));
        }
    }
    // Told, and no reason to stop: its cases fail with this message, the others are planned.
    let odd: Vec<Problem> = manifest.inputs.iter().filter_map(|input| input.problem.clone()).collect();
    for problem in &odd {
        screen.problem(problem);
    }
    let new = manifest.write(&folder).map_err(|problem| {
        let exit = if problem.code == "E0604" { Exit::Output } else { Exit::Usage };
        refused(exit)(vec![problem])
    })?;
    tell(args, &manifest, odd.len(), new, screen);
    Ok(Exit::Done)
}

/// The arguments of `plan` that hold for every case.
fn arguments(args: &Args) -> Vec<String> {
    let limits = &args.limits;
    let unlimited = limits.time_limit.is_none() && limits.rounds.is_none() && limits.gap.is_none();
    let rounds = limits.rounds.or(unlimited.then_some(ROUNDS));
    let with = &args.with;
    // A table of names is read from where the case runs.
    let aliases = with.aliases.as_ref().map(|path| {
        std::path::absolute(path).map_or_else(|_| path.clone(), |path| path.to_string_lossy().into_owned())
    });
    let pairs = [
        ("--rounds", rounds.map(|rounds| rounds.to_string())),
        ("--time-limit", limits.time_limit.map(|limit| limit.as_secs_f64().to_string())),
        ("--gap", limits.gap.map(|gap| gap.to_string())),
        ("--seed", Some(limits.seed.to_string())),
        ("--start", with.start.clone()),
        ("--as-of", with.as_of.clone()),
        ("--years", with.years.clone()),
        ("--encoding", with.encoding.clone()),
        ("--aliases", aliases),
    ];
    let mut words: Vec<String> =
        pairs.into_iter().filter_map(|(key, value)| Some(format!("{key}={}", value?))).collect();
    words.extend(with.set.iter().map(|(key, value)| format!("--set={key}={value}")));
    if limits.presolve == crate::cli::limits::Presolve::Off {
        words.push("--presolve=off".to_owned());
    }
    words
}

fn tell(args: &Args, manifest: &Manifest, odd: usize, new: bool, screen: Screen) {
    let run = args.output.display().to_string();
    if screen.json {
        screen.result(
            &serde_json::json!({
                "run": run, "new": new, "hash": manifest.hash(), "inputs": manifest.inputs.len(),
                "scenarios": manifest.scenarios.len(), "cases": manifest.len(), "unreadable": odd,
            })
            .to_string(),
        );
        return;
    }
    let numbers =
        [manifest.inputs.len(), manifest.scenarios.len(), manifest.len(), odd].map(|number| number.to_string());
    let [inputs, scenarios, cases, odd_count] = &numbers;
    let words = [("inputs", &**inputs), ("scenarios", scenarios), ("cases", cases), ("odd", odd_count), ("run", &run)];
    screen.result(&say(screen.lang, if new { "batch-prepared" } else { "batch-there" }, &words));
    if odd > 0 {
        screen.result(&say(screen.lang, "batch-odd", &words));
    }
    if manifest.settings.timed {
        screen.result(&say(screen.lang, "batch-timed", &[]));
    }
    screen.result(&say(screen.lang, "batch-next", &words));
}
