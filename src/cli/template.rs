//! `lungang template`.

use super::{Exit, screen::Screen};
use crate::demo;
use crate::files;
use crate::input::derive::{self, Mark};
use crate::input::{ReadOptions, policy, scenarios, template};
use crate::output::OutputError;
use crate::text::{Lang, say};
use lungang_domain::{Problem, Severity};
use std::path::{Path, PathBuf};

/// Arguments of `lungang template`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// File to write: a workbook, or with --policy a policy file. With --demo a name that ends in / makes a folder of CSV.
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    /// A policy with every key, its meaning, default and source.
    #[arg(long, conflicts_with = "demo")]
    pub policy: bool,
    /// The preset whose values the policy file holds; lungang rules lists them.
    #[arg(long, value_name = "NAME", requires = "policy", default_value = policy::DEFAULT_PRESET)]
    pub preset: String,
    /// A file of scenarios to begin from.
    #[arg(long, conflicts_with_all = ["policy", "demo", "messy", "from"])]
    pub scenarios: bool,
    /// Build the workbook out of these rosters: the posts that they show, what is missing marked.
    #[arg(long, value_name = "ROSTER", num_args = 1.., conflicts_with_all = ["policy", "demo", "messy"])]
    pub from: Vec<PathBuf>,
    /// Encoding of CSV files, such as gb18030; by default it is told from the bytes.
    #[arg(long, value_name = "NAME", requires = "from")]
    pub encoding: Option<String>,
    /// A table of further names of sheets and headings, as data/aliases.tsv.
    #[arg(long, value_name = "FILE", requires = "from")]
    pub aliases: Option<String>,
    /// A policy key and its value, such as risk.direction=I-high; repeats.
    #[arg(long, value_name = "KEY=VALUE", requires = "from", value_parser = super::validate::key_value)]
    pub set: Vec<(String, String)>,
    /// Fill the workbook with generated people.
    #[arg(long)]
    pub demo: bool,
    /// How many people to generate, at least 20 (60 unless told, a district 900); up to 80 are one department.
    #[arg(long, value_name = "N", requires = "demo", value_parser = people)]
    pub people: Option<usize>,
    /// Seed of the generated case: the same seed gives the same case.
    #[arg(long, value_name = "S", requires = "demo", default_value_t = 1)]
    pub seed: u64,
    /// What the generated case is about: standard, tight-caps, many-reserves, recruits-and-vacancies, one-pool or district.
    #[arg(long, value_name = "NAME", requires = "demo", default_value = demo::Family::Standard.name())]
    pub family: String,
    /// Rosters and risk lists as offices keep them, for trying out readers: the folder data/messy.
    #[arg(long, hide = true, conflicts_with_all = ["demo", "policy"])]
    pub messy: bool,
}

fn people(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(number) if (demo::FEWEST..=MOST).contains(&number) => Ok(number),
        _ => Err(format!("{}–{MOST}", demo::FEWEST)),
    }
}

/// Beyond so many people the fit sheet would not go into a worksheet.
const MOST: usize = 50_000;

/// Runs `lungang template`.
pub fn run(args: Args, screen: Screen) -> Exit {
    let file = args.output.display().to_string();
    let Some(family) = demo::Family::from_name(&args.family) else {
        screen.problem(&unknown(&args.family, screen.lang));
        return Exit::Usage;
    };
    let preset = match policy::preset_named(&args.preset) {
        Ok(preset) => preset,
        Err(problem) => {
            screen.problem(&problem);
            return Exit::Usage;
        }
    };
    if !args.from.is_empty() {
        return from_rosters(&args, screen);
    }
    let options = demo::Options {
        people: args.people.unwrap_or(family.usual_size()),
        seed: args.seed,
        lang: screen.lang,
        family,
    };
    if args.messy {
        let files = demo::messy_files().map_err(|error| error.to_string());
        return report_written(&file, files.and_then(|files| folder(&files, &args.output)), screen);
    }
    if args.demo && file.ends_with(['/', std::path::MAIN_SEPARATOR]) {
        return report_written(&file, demo_folder(&options, &args.output), screen);
    }
    let bytes = if args.scenarios {
        Ok(scenarios::example(screen.lang).as_bytes().to_vec())
    } else if args.policy {
        Ok(policy::template::template(screen.lang, preset).into_bytes())
    } else if args.demo {
        demo::workbook(&options).map_err(|error| error.to_string())
    } else {
        template::workbook(screen.lang).map_err(|error| error.to_string())
    };
    let written = bytes.and_then(|bytes| files::write_bytes(&args.output, &bytes).map_err(|error| error.to_string()));
    report_written(&file, written, screen)
}

/// Builds the canonical workbook out of rosters. What was found wrong with their cells stands in the workbook, marked, and
/// is told here; only files that can't be read at all keep it from being written.
fn from_rosters(args: &Args, screen: Screen) -> Exit {
    let mut overrides = args.set.clone();
    for (key, value) in [("input.encoding", &args.encoding), ("input.aliases", &args.aliases)] {
        overrides.extend(value.iter().map(|value| (key.to_owned(), value.clone())));
    }
    if args.from.iter().any(|roster| files::same_file(roster, &args.output)) {
        screen.problem(&OutputError::Input(args.output.clone()).problem());
        return Exit::Output;
    }
    let options = ReadOptions { overrides, ..Default::default() };
    let derived = derive::workbook(&args.from, &options, screen.lang);
    let errors = derived.problems.iter().filter(|problem| problem.severity == Severity::Error).count();
    super::validate::problems(&derived.problems, screen);
    if derived.people == 0 || derived.unreadable {
        return Exit::Input;
    }
    let marks = |wanted| derived.marks.values().filter(|mark| **mark == wanted).count().to_string();
    let bytes = template::marked(screen.lang, &derived.tables, None, &derived.marks).map_err(|error| error.to_string());
    let written = bytes.and_then(|bytes| files::write_bytes(&args.output, &bytes).map_err(|error| error.to_string()));
    let file = args.output.display().to_string();
    if written.is_ok() {
        let (people, posts) = (derived.people.to_string(), derived.posts.to_string());
        let (missing, assumed, wrong) = (marks(Mark::Missing), marks(Mark::Assumed), marks(Mark::Wrong));
        let facts = [
            ("people", &*people),
            ("posts", &*posts),
            ("missing", &*missing),
            ("assumed", &*assumed),
            ("wrong", &*wrong),
            ("errors", &*errors.to_string()),
            ("file", &*file),
        ]
        .map(|(name, value)| (name, value.to_owned()));
        let facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
        screen.note(&say(screen.lang, "template-from", &facts));
    }
    report_written(&file, written, screen)
}

/// Says which families there are.
fn unknown(name: &str, lang: Lang) -> Problem {
    let known: Vec<String> = demo::Family::ALL
        .iter()
        .map(|family| say(lang, &format!("family-{}", family.name()), &[("name", family.name())]))
        .collect();
    Problem::new("E0920").with("name", name).with("known", known.join(if lang == Lang::Zh { "；" } else { "; " }))
}

fn demo_folder(options: &demo::Options, folder: &Path) -> Result<(), String> {
    self::folder(&demo::csv_files(options).map_err(|error| error.to_string())?, folder)
}

fn folder(files: &[(String, Vec<u8>)], folder: &Path) -> Result<(), String> {
    std::fs::create_dir_all(folder).map_err(|error| error.to_string())?;
    files.iter().try_for_each(|(name, bytes)| {
        files::write_bytes(&folder.join(name), bytes).map_err(|error| format!("{name}: {error}"))
    })
}

/// Says that a file was written, or why it was not (exit 6).
pub fn report_written(file: &str, written: Result<(), String>, screen: Screen) -> Exit {
    match written {
        Ok(()) => {
            screen.note(&say(screen.lang, "report-written", &[("file", file)]));
            Exit::Done
        }
        Err(reason) => {
            screen.problem(&Problem::new("E0124").with("file", file).with("reason", reason));
            Exit::Output
        }
    }
}
