//! Slurm: a job array over chunks of cases, and a job that collects after it.

use super::{quoted, tasks};
use crate::batch::Folder;
use crate::batch::manifest::make_private;
use crate::files::write_bytes;
use lungang_domain::Problem;
use serde::{Deserialize, Serialize};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The folder in the run.
pub const NAME: &str = "slurm";
/// Tasks that an array may have where the scheduler does not say: its own default less one.
const MOST_TASKS: usize = 1_000;

/// What to ask for.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// Cases a task.
    pub chunk: usize,
    /// Tasks at a time; `None`: as many as the scheduler lets run.
    pub at_once: Option<usize>,
    /// The partition.
    pub partition: Option<String>,
    /// Further options of `sbatch` for both jobs, each a word: an account that the array needs, the other needs too.
    pub options: Vec<String>,
    /// Further options of `batch run`, each a word.
    pub run: Vec<String>,
    /// This program.
    pub program: PathBuf,
}

/// The jobs of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Jobs {
    /// The array.
    pub array: String,
    /// The job that collects.
    pub collect: String,
    /// Cases a task.
    pub chunk: usize,
    /// Tasks.
    pub tasks: usize,
}

/// The two scripts.
#[derive(Clone, Debug)]
pub struct Scripts {
    /// Of the array.
    pub array: PathBuf,
    /// Of the job that collects.
    pub collect: PathBuf,
}

/// Most tasks that an array may have here.
#[must_use]
pub fn most_tasks() -> usize {
    let shown = Command::new("scontrol").args(["show", "config"]).output();
    let text = shown.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    let line = text.lines().find_map(|line| line.trim().strip_prefix("MaxArraySize")).map(str::to_owned);
    // The largest index is one less than the size.
    line.and_then(|line| line.trim_start_matches([' ', '=']).trim().parse().ok())
        .filter(|most: &usize| *most > 0)
        .unwrap_or(MOST_TASKS)
}

/// The chunk to take so that an array of `most` tasks holds all cases: the one asked for, or the least that does.
#[must_use]
pub fn fitting(cases: usize, chunk: usize, most: usize) -> usize {
    chunk.max(1).max(cases.div_ceil(most.max(1)))
}

/// Writes the scripts into the run.
///
/// # Errors
/// As the system says.
pub fn write(folder: &Folder, request: &Request) -> io::Result<Scripts> {
    let place = folder.scheduler(NAME);
    make_private(&place)?;
    make_private(&place.join("log"))?;
    let run = quoted(&folder.path().to_string_lossy());
    let program = quoted(&request.program.to_string_lossy());
    let further: String = request.run.iter().map(|word| format!(" {}", quoted(word))).collect();
    let array = format!(
        "#!/bin/sh\n# One task of the array: {chunk} case(s) from {chunk} times its number on.\n\
         exec {program} --quiet batch run {run} --index \"$SLURM_ARRAY_TASK_ID\" --chunk {chunk} --jobs 1{further}\n",
        chunk = request.chunk,
    );
    let collect =
        format!("#!/bin/sh\n# After all tasks, whatever became of them.\nexec {program} batch collect {run}\n");
    let scripts = Scripts { array: place.join("array.sh"), collect: place.join("collect.sh") };
    for (path, text) in [(&scripts.array, array), (&scripts.collect, collect)] {
        write_bytes(path, text.as_bytes())?;
    }
    Ok(scripts)
}

/// The words of `sbatch` for the array.
#[must_use]
pub fn array_words(folder: &Folder, request: &Request, scripts: &Scripts, cases: usize) -> Vec<String> {
    let last = tasks(cases, request.chunk).saturating_sub(1);
    let at_once = request.at_once.map_or(String::new(), |most| format!("%{most}"));
    let log = folder.scheduler(NAME).join("log").join("%a.txt");
    let mut words = vec![
        "--parsable".to_owned(),
        format!("--array=0-{last}{at_once}"),
        "--job-name=lungang".to_owned(),
        "--requeue".to_owned(),
        // Logs of a task that runs again go on where they were.
        "--open-mode=append".to_owned(),
        format!("--output={}", log.display()),
        format!("--chdir={}", folder.path().display()),
    ];
    words.extend(request.partition.iter().map(|partition| format!("--partition={partition}")));
    words.extend(request.options.iter().cloned());
    words.push(scripts.array.display().to_string());
    words
}

fn collect_words(folder: &Folder, request: &Request, scripts: &Scripts, array: &str) -> Vec<String> {
    let log = folder.scheduler(NAME).join("log").join("collect.txt");
    let mut words: Vec<String> = request.partition.iter().map(|partition| format!("--partition={partition}")).collect();
    words.extend(request.options.iter().cloned());
    // Of an option that stands twice the last holds: what makes this job the one that collects is not given away.
    words.extend([
        "--parsable".to_owned(),
        format!("--dependency=afterany:{array}"),
        "--job-name=lungang-collect".to_owned(),
        "--requeue".to_owned(),
        "--open-mode=append".to_owned(),
        format!("--output={}", log.display()),
        format!("--chdir={}", folder.path().display()),
    ]);
    words.push(scripts.collect.display().to_string());
    words
}

/// Submits both jobs and notes their numbers in the run.
///
/// # Errors
/// `E0950` where there is no `sbatch`, `E0951` where it refuses; what was submitted before is taken back.
pub fn submit(folder: &Folder, request: &Request, scripts: &Scripts, cases: usize) -> Result<Jobs, Problem> {
    let array = job_number(&call("sbatch", &array_words(folder, request, scripts, cases))?)?;
    let after = call("sbatch", &collect_words(folder, request, scripts, &array)).and_then(|output| job_number(&output));
    let collect = after.inspect_err(|_| {
        let _ = call("scancel", std::slice::from_ref(&array));
    })?;
    let jobs = Jobs { array, collect, chunk: request.chunk, tasks: tasks(cases, request.chunk) };
    let text = serde_json::to_string_pretty(&jobs).unwrap_or_default() + "\n";
    let path = noted(folder);
    write_bytes(&path, text.as_bytes())
        .map_err(|error| Problem::new("E0604").with("path", path.display()).with("why", error))?;
    Ok(jobs)
}

fn noted(folder: &Folder) -> PathBuf {
    folder.scheduler(NAME).join("jobs.json")
}

/// The jobs that were submitted last; `None` where none were.
#[must_use]
pub fn jobs(folder: &Folder) -> Option<Jobs> {
    serde_json::from_slice(&std::fs::read(noted(folder)).ok()?).ok()
}

/// How many tasks are in which state, as `squeue` says; those that it does not know any more have ended.
///
/// # Errors
/// As [`submit`].
pub fn states(jobs: &Jobs) -> Result<Vec<(String, usize)>, Problem> {
    let words = [
        format!("--jobs={},{}", jobs.array, jobs.collect),
        "--noheader".into(),
        "--array".into(),
        "--format=%T".into(),
    ];
    let output = match call("squeue", &words) {
        Ok(output) => output,
        // A job that has long ended is not known any more.
        Err(problem) if problem.args.get("why").is_some_and(|why| why.contains("Invalid job id")) => {
            return Ok(Vec::new());
        }
        Err(problem) => return Err(problem),
    };
    let mut counts: std::collections::BTreeMap<String, usize> = std::collections::BTreeMap::new();
    for line in output.lines().map(str::trim).filter(|line| !line.is_empty()) {
        *counts.entry(line.to_owned()).or_default() += 1;
    }
    Ok(counts.into_iter().collect())
}

/// Cancels both jobs.
///
/// # Errors
/// As [`submit`].
pub fn cancel(jobs: &Jobs) -> Result<(), Problem> {
    call("scancel", &[jobs.array.clone(), jobs.collect.clone()]).map(drop)
}

fn call(program: &str, words: &[String]) -> Result<String, Problem> {
    let output: Output = Command::new(program)
        .args(words)
        .output()
        .map_err(|error| Problem::new("E0950").with("program", program).with("why", error))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let why = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Err(Problem::new("E0951").with("program", program).with("why", why))
}

/// `123` or `123;cluster`.
fn job_number(output: &str) -> Result<String, Problem> {
    let number =
        output.trim().lines().last().unwrap_or_default().split(';').next().unwrap_or_default().trim().to_owned();
    if !number.is_empty() && number.chars().all(|sign| sign.is_ascii_digit()) {
        Ok(number)
    } else {
        Err(Problem::new("E0951").with("program", "sbatch").with("why", output.trim()))
    }
}

/// Where the scripts go, to be told.
#[must_use]
pub fn place(folder: &Folder) -> PathBuf {
    folder.scheduler(NAME)
}

/// Whether a path can stand in the options of `sbatch`, which reads `%` and `\` in its own way.
#[must_use]
pub fn is_speakable(path: &Path) -> bool {
    !path.to_string_lossy().contains(['%', '\\', '\n'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_fit_the_array() {
        assert_eq!(fitting(162, 1, 1000), 1);
        assert_eq!(fitting(10_000, 1, 1000), 10);
        assert_eq!(fitting(10_000, 50, 1000), 50);
        assert_eq!(fitting(10_001, 1, 1000), 11);
    }

    #[test]
    fn numbers_of_jobs() {
        assert_eq!(job_number("123\n").expect("a number"), "123");
        assert_eq!(job_number("123;east\n").expect("a number"), "123");
        assert!(job_number("Submitted").is_err());
    }

    #[test]
    fn scripts_hold_what_was_asked_for() {
        let root = tempfile::Builder::new().prefix("批 量's ").tempdir().expect("a folder");
        let folder = Folder::new(root.path());
        let request = Request {
            chunk: 3,
            at_once: Some(4),
            partition: Some("main".into()),
            options: vec!["--mem=1G".into()],
            run: vec!["--case-time".into(), "60".into()],
            program: "/opt/lun gang".into(),
        };
        let scripts = write(&folder, &request).expect("written");
        let array = std::fs::read_to_string(&scripts.array).expect("read");
        assert!(array.contains("'/opt/lun gang' --quiet batch run "), "{array}");
        assert!(array.contains("--index \"$SLURM_ARRAY_TASK_ID\" --chunk 3 --jobs 1 --case-time 60\n"), "{array}");
        let words = array_words(&folder, &request, &scripts, 10);
        assert!(words.contains(&"--array=0-3%4".to_owned()) && words.contains(&"--mem=1G".to_owned()), "{words:?}");
        assert!(words.contains(&"--partition=main".to_owned()));
        let words = collect_words(&folder, &request, &scripts, "7");
        let at = |word: &str| words.iter().position(|own| own == word).expect(word);
        assert!(at("--partition=main") < at("--mem=1G") && at("--mem=1G") < at("--dependency=afterany:7"), "{words:?}");
    }
}
