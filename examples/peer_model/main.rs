//! The same case for other solvers: written as a programme in MPS, and a plan read back from what they chose.
//!
//! Three formulations: `compact`, one column per person, post and year, and a flow between them (`src/engine/compact`);
//! `flow`, the same by the networks of `docs/model.md`, whose hubs keep it small; and `paths`, one column per course that
//! a person's years can take, where these are few enough. In all, four objective rows stand in the file, each to be
//! made small: T0, T1, T2, and W, the later tiers merged by the weights of the policy
//! (`priorities.weights`). They are closed in that order. `highs` does so with HiGHS; `benches/peers/cpsat.py` with
//! CP-SAT. See `benches/peers/README.md`.

mod mps;
mod programme;

use anyhow::{Context, bail, ensure};
use clap::{Parser, Subcommand, ValueEnum};
use lungang::engine::compact::seated;
use lungang::engine::solver::{self, SolveOptions, Status};
use lungang::input::{self, ReadOptions, Reading};
use lungang::insight::assemble;
use lungang::output;
use lungang::rules::{Facts, score};
use lungang::text::Lang;
use lungang_domain::plan::{Provenance, TierRow, TierStatus};
use lungang_domain::policy::Tier;
use lungang_domain::{Case, PersonIx, Policy, PostIx};
use programme::{Aim, Programme};
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Hands a case to other solvers, and takes their plans back.
#[derive(Debug, Parser)]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Writes `model.mps`, and `places.tsv` with who is where by each column.
    Write {
        #[command(flatten)]
        case: CaseArgs,
        /// Folder to write.
        #[arg(short, long, value_name = "DIR")]
        out: PathBuf,
    },
    /// Makes a plan out of the names of the columns that are 1, one a line.
    Read {
        #[command(flatten)]
        case: CaseArgs,
        /// `places.tsv`, as written.
        #[arg(long, value_name = "FILE")]
        places: PathBuf,
        /// Names of the columns chosen.
        #[arg(long, value_name = "FILE")]
        chosen: PathBuf,
        /// Plan to write.
        #[arg(short, long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Solves by HiGHS.
    Highs {
        #[command(flatten)]
        case: CaseArgs,
        /// Seconds for the solver.
        #[arg(long, value_name = "SECONDS", default_value_t = 60.0)]
        time_limit: f64,
        /// Threads.
        #[arg(long, default_value_t = 2)]
        threads: usize,
        /// Seed of the solver.
        #[arg(long, default_value_t = 0)]
        seed: i32,
        /// Plan to write.
        #[arg(short, long, value_name = "FILE")]
        out: PathBuf,
    },
}

#[derive(Debug, clap::Args)]
struct CaseArgs {
    /// A workbook or a folder of CSV files.
    input: PathBuf,
    /// Policy file.
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// Formulation.
    #[arg(long, value_enum, default_value_t = Form::Compact)]
    form: Form,
    /// Most columns of the formulation by paths.
    #[arg(long, value_name = "N", default_value_t = 300_000)]
    most: usize,
}

/// How the case is formulated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    /// A column per person, post and year.
    Compact,
    /// A column per way through a person's network.
    Flow,
    /// A column per course of a person's years.
    Paths,
}

fn main() -> anyhow::Result<()> {
    match Args::parse().command {
        Command::Write { case, out } => write(&case, &out),
        Command::Read { case, places, chosen, out } => read(&case, &places, &chosen, &out),
        Command::Highs { case, time_limit, threads, seed, out } => highs(&case, time_limit, threads, seed, &out),
    }
}

/// A case that reads without errors.
struct Opened(Reading);

impl Opened {
    fn new(args: &CaseArgs) -> anyhow::Result<Self> {
        let reading =
            input::read(&args.input, &ReadOptions { policy_file: args.policy.clone(), ..ReadOptions::default() });
        ensure!(!reading.has_errors(), "{} has errors: see `lungang validate`", args.input.display());
        Ok(Self(reading))
    }

    fn both(&self) -> anyhow::Result<(&Case, &Policy)> {
        self.0.case.as_ref().zip(self.0.policy.as_ref()).context("the case can't be read")
    }

    fn programme(&self, args: &CaseArgs) -> anyhow::Result<Programme> {
        let (case, policy) = self.both()?;
        match args.form {
            Form::Compact => Programme::compact(case, policy),
            Form::Flow => Ok(Programme::flow(case, policy)),
            Form::Paths => Programme::paths(case, policy, args.most),
        }
    }

    /// Writes the plan in which people hold these seats; its figures are counted from the seats alone.
    fn plan(&self, seats: &BTreeMap<(PersonIx, usize), PostIx>, by: &str, out: &Path) -> anyhow::Result<()> {
        let (case, policy) = self.both()?;
        let layout = seated(case, policy, seats);
        let facts = Facts::new(case, policy);
        let figures = score::score(&facts, &layout).into_iter();
        let (today, nobody) = (score::today(&facts), score::score(&facts, &facts.nobody_moves));
        let tiers = Tier::of(policy)
            .into_iter()
            .zip(figures.zip(today.into_iter().zip(nobody)))
            .map(|(tier, (value, (today, nobody_moves)))| TierRow {
                id: tier.id(),
                name: tier.name().to_owned(),
                value,
                bound: None,
                status: TierStatus::Open,
                gap_points: None,
                gap: None,
                today,
                nobody_moves,
            })
            .collect();
        let provenance = Provenance {
            input_hash: self.0.input_hash.clone(),
            policy_hash: self.0.policy_hash.clone(),
            program: by.to_owned(),
            engine: by.to_owned(),
            ..Provenance::default()
        };
        let plan = assemble(case, policy, &layout, tiers, provenance, Lang::En);
        output::write(case, policy, &plan, out, Lang::En).map_err(|error| anyhow::anyhow!("{error}"))
    }
}

fn write(args: &CaseArgs, out: &Path) -> anyhow::Result<()> {
    let opened = Opened::new(args)?;
    let (case, _) = opened.both()?;
    let programme = opened.programme(args)?;
    std::fs::create_dir_all(out)?;
    mps::write(&programme, &out.join("model.mps"))?;
    let mut writer = csv::WriterBuilder::new().delimiter(b'\t').from_path(out.join("places.tsv"))?;
    writer.write_record(["column", "staff", "year", "post"])?;
    for (column, (person, year, post)) in &programme.places {
        let post = post.map_or("", |post| case.post(post).id.0.as_str());
        writer.write_record([&mps::name(*column), &case.person(*person).id.0, &year.to_string(), post])?;
    }
    writer.flush()?;
    let (columns, rows) = (programme.model.columns.len(), programme.model.rows.len());
    let entries: usize = programme.model.rows.iter().map(|row| row.terms.len()).sum();
    println!("{columns} columns, {rows} rows, {entries} entries");
    Ok(())
}

fn read(args: &CaseArgs, places: &Path, chosen: &Path, out: &Path) -> anyhow::Result<()> {
    let opened = Opened::new(args)?;
    let (case, _) = opened.both()?;
    let chosen = std::fs::read_to_string(chosen).with_context(|| format!("{}", chosen.display()))?;
    let chosen: std::collections::HashSet<&str> = chosen.lines().map(str::trim).collect();
    let people: HashMap<&str, PersonIx> = case.people_ix().map(|ix| (case.person(ix).id.0.as_str(), ix)).collect();
    let posts: HashMap<&str, PostIx> = case.posts_ix().map(|ix| (case.post(ix).id.0.as_str(), ix)).collect();
    let mut seats = BTreeMap::new();
    for row in csv::ReaderBuilder::new().delimiter(b'\t').from_path(places)?.records() {
        let row = row?;
        let (Some(column), Some(staff), Some(year), Some(post)) = (row.get(0), row.get(1), row.get(2), row.get(3))
        else {
            bail!("a row of places is short")
        };
        if chosen.contains(column) && !post.is_empty() {
            let person = people.get(staff).with_context(|| format!("no person {staff}"))?;
            let post = posts.get(post).with_context(|| format!("no post {post}"))?;
            seats.insert((*person, year.parse()?), *post);
        }
    }
    opened.plan(&seats, "peer", out)
}

/// Closes the objectives in their order; the ones before W get at most half of what time is left, each, but for the time
/// that the first plan takes.
fn highs(args: &CaseArgs, time_limit: f64, threads: usize, seed: i32, out: &Path) -> anyhow::Result<()> {
    let opened = Opened::new(args)?;
    let mut programme = opened.programme(args)?;
    let begun = Instant::now();
    let mut best: Option<Vec<f64>> = None;
    let aims = std::mem::take(&mut programme.aims);
    for (at, aim) in aims.iter().enumerate() {
        let left = (time_limit - begun.elapsed().as_secs_f64()).max(0.0);
        for column in &mut programme.model.columns {
            column.objective = 0.0;
        }
        for (column, weight) in &aim.losses {
            programme.model.columns[*column].objective = programme::float(*weight);
        }
        let share = if at + 1 < aims.len() { left / 2.0 } else { left };
        let options = SolveOptions { threads, seed, warm_start: best.as_deref(), ..SolveOptions::default() };
        let limited = |seconds| SolveOptions { time_limit: Some(seconds), ..options.clone() };
        let mut answer = solver::solve(&programme.model, &limited(share));
        if best.is_none() && answer.values.is_none() && answer.status == Status::Stopped {
            answer = solver::solve(&programme.model, &limited(left - share));
        }
        match (&answer.status, best.is_some()) {
            (Status::Infeasible, false) => bail!("{} has no plan", args.input.display()),
            (Status::Failed(why), false) => bail!("{}: {why}", aim.name),
            _ => {}
        }
        let bound = answer.whole_bound(false);
        best = answer.values.or(best);
        let Some(values) = &best else { bail!("no plan within the limit") };
        let value = aim.of(values);
        tell(aim, value, bound);
        programme.model.row(f64::NEG_INFINITY, programme::float(value), aim.terms());
    }
    let Some(values) = best else { bail!("no plan within the limit") };
    let taken = programme.places.iter().filter(|(column, _)| values[*column] > 0.5);
    let seats = taken.filter_map(|(_, (person, year, post))| post.map(|post| ((*person, *year), post))).collect();
    opened.plan(&seats, &solver::version(), out)
}

/// One line a stage: objective, value, bound; small is good.
fn tell(aim: &Aim, value: i64, bound: Option<i64>) {
    let bound = bound.map_or_else(|| "-".to_owned(), |bound| bound.to_string());
    println!("{}\t{value}\t{bound}", aim.name);
}
