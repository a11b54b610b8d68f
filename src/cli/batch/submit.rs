//! `lungang batch submit`, `status` and `cancel`.

use super::opened;
use super::run::at_least_one;
use crate::batch::Folder;
use crate::batch::audit::Audit;
use crate::batch::outcome::Look;
use crate::batch::submit::{kubernetes, slurm, tasks};
use crate::batch::summary::Summary;
use crate::cli::{Exit, screen::Screen};
use crate::text::say;
use lungang_domain::Problem;
use std::path::PathBuf;

/// A scheduler that is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Scheduler {
    /// Slurm: a job array and a job that collects.
    Slurm,
    /// Kubernetes: the manifest of an Indexed Job is written.
    Kubernetes,
}

/// Arguments of `lungang batch submit`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The run, in a folder that all machines see under the same path.
    #[arg(value_name = "RUN/")]
    pub run: PathBuf,
    /// The scheduler.
    #[arg(long, value_enum)]
    pub scheduler: Scheduler,
    /// Cases a task; more where the scheduler takes no array so long.
    #[arg(long, value_name = "K", default_value_t = 1, value_parser = at_least_one)]
    pub chunk: usize,
    /// Tasks at a time.
    #[arg(long, value_name = "N", value_parser = at_least_one)]
    pub at_once: Option<usize>,
    /// The partition.
    #[arg(long, value_name = "NAME")]
    pub partition: Option<String>,
    /// A case that takes more memory than so many MB is ended.
    #[arg(long, value_name = "MB")]
    pub case_memory: Option<u64>,
    /// A case that takes longer than so many seconds is ended.
    #[arg(long, value_name = "SECONDS")]
    pub case_time: Option<u64>,
    /// Write what would be submitted, and submit nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// The image that holds the program (Kubernetes).
    #[arg(long, value_name = "NAME", default_value = "lungang")]
    pub image: String,
    /// The volume claim that holds run and inputs (Kubernetes).
    #[arg(long, value_name = "NAME", default_value = "lungang")]
    pub claim: String,
    /// Where the volume is mounted (Kubernetes); by default the folder of the run.
    #[arg(long, value_name = "PATH")]
    pub mount: Option<String>,
    /// Further options of sbatch for every task and for the job that collects, such as --account=NAME --mem=2G --time=60.
    #[arg(last = true, value_name = "OPTION")]
    pub options: Vec<String>,
}

/// Arguments of `lungang batch status` and `cancel`.
#[derive(Debug, clap::Args)]
pub struct OfRun {
    /// The run.
    #[arg(value_name = "RUN/")]
    pub run: PathBuf,
}

/// Runs `lungang batch submit`.
pub fn run(args: &Args, screen: Screen) -> Result<Exit, Exit> {
    let (folder, manifest, screen) = opened(&args.run, screen)?;
    let refused = |exit: Exit| {
        move |problem: Problem| {
            screen.problem(&problem);
            exit
        }
    };
    let unwritten = |error: std::io::Error| {
        refused(Exit::Output)(Problem::new("E0604").with("path", folder.path().display()).with("why", error))
    };
    let mut further = Vec::new();
    further.extend(args.case_memory.map(|most| format!("--case-memory={most}")));
    further.extend(args.case_time.map(|most| format!("--case-time={most}")));
    let cases = manifest.len();
    if args.scheduler == Scheduler::Kubernetes {
        let mount = args.mount.clone().unwrap_or_else(|| folder.path().display().to_string());
        let request = kubernetes::Request {
            chunk: args.chunk,
            at_once: args.at_once.unwrap_or(usize::MAX),
            image: args.image.clone(),
            claim: args.claim.clone(),
            mount,
            memory: args.case_memory.map(|most| format!("{}Mi", most.saturating_add(64))),
            run: further,
        };
        let path = kubernetes::write(&folder, &request, cases).map_err(unwritten)?;
        screen.result(&say(screen.lang, "batch-kubernetes", &[("path", &path.display().to_string())]));
        return Ok(Exit::Done);
    }
    let program =
        std::env::current_exe().map_err(|error| refused(Exit::Internal)(Problem::new("E0947").with("why", error)))?;
    for path in [folder.path(), &program] {
        if !slurm::is_speakable(path) {
            return Err(refused(Exit::Usage)(Problem::new("E0953").with("path", path.display())));
        }
    }
    let chunk = slurm::fitting(cases, args.chunk, slurm::most_tasks());
    if chunk > args.chunk {
        let words = [("chunk", chunk.to_string()), ("asked", args.chunk.to_string())];
        screen.note(&say(screen.lang, "batch-chunk", &words.each_ref().map(|(key, value)| (*key, value.as_str()))));
    }
    let request = slurm::Request {
        chunk,
        at_once: args.at_once,
        partition: args.partition.clone(),
        options: args.options.clone(),
        run: further,
        program,
    };
    let scripts = slurm::write(&folder, &request).map_err(unwritten)?;
    if args.dry_run {
        let words = slurm::array_words(&folder, &request, &scripts, cases);
        let line: Vec<String> = words.iter().map(|word| crate::batch::submit::quoted(word)).collect();
        screen.result(&format!("sbatch {}", line.join(" ")));
        return Ok(Exit::Done);
    }
    let _ = std::fs::remove_file(folder.stop());
    let jobs = slurm::submit(&folder, &request, &scripts, cases).map_err(refused(Exit::Output))?;
    if screen.json {
        screen.result(&serde_json::to_string(&jobs).unwrap_or_default());
        return Ok(Exit::Done);
    }
    let words = [
        ("array", jobs.array.clone()),
        ("collect", jobs.collect.clone()),
        ("tasks", tasks(cases, chunk).to_string()),
        ("cases", cases.to_string()),
        ("run", args.run.display().to_string()),
    ];
    screen.result(&say(screen.lang, "batch-submitted", &words.each_ref().map(|(key, value)| (*key, value.as_str()))));
    Ok(Exit::Done)
}

/// Runs `lungang batch status`.
pub fn status(args: &OfRun, screen: Screen) -> Result<Exit, Exit> {
    let (folder, manifest, screen) = opened(&args.run, screen)?;
    let audit = Audit::of(&folder, &manifest, Look::Quick);
    let summary = Summary { folder: &folder, manifest: &manifest, audit: &audit, lang: screen.lang };
    let states = tasks_of(&folder, screen);
    if screen.json {
        let mut told = summary.json();
        told["tasks"] = serde_json::to_value(&states).unwrap_or_default();
        screen.result(&told.to_string());
        return Ok(Exit::Done);
    }
    for line in summary.words() {
        screen.result(&line);
    }
    if let Some(states) = states {
        let list: Vec<String> = states.iter().map(|(state, count)| format!("{state} {count}")).collect();
        let list = if list.is_empty() { say(screen.lang, "batch-no-tasks", &[]) } else { list.join(", ") };
        screen.result(&say(screen.lang, "batch-tasks", &[("states", &list)]));
    }
    Ok(Exit::Done)
}

/// What the scheduler says of the tasks; `None` where it was never asked to do anything, or can't be asked.
fn tasks_of(folder: &Folder, screen: Screen) -> Option<Vec<(String, usize)>> {
    let jobs = slurm::jobs(folder)?;
    slurm::states(&jobs).inspect_err(|problem| screen.problem(problem)).ok()
}

/// Runs `lungang batch cancel`: runners here begin no further case, and the jobs of the scheduler are cancelled.
pub fn cancel(args: &OfRun, screen: Screen) -> Result<Exit, Exit> {
    let (folder, _, screen) = opened(&args.run, screen)?;
    crate::files::write_bytes(&folder.stop(), b"").map_err(|error| {
        screen.problem(&Problem::new("E0604").with("path", folder.stop().display()).with("why", error));
        Exit::Output
    })?;
    if let Some(jobs) = slurm::jobs(&folder) {
        slurm::cancel(&jobs).map_err(|problem| {
            screen.problem(&problem);
            Exit::Output
        })?;
    }
    screen.result(&say(screen.lang, "batch-cancelled", &[("run", &args.run.display().to_string())]));
    Ok(Exit::Done)
}
