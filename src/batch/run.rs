//! Works on the cases of a run, several at a time, each in a process of its own.

use super::child::Limits;
use super::manifest::{Case, Manifest, Source, make_private};
use super::outcome::{Effort, Ended, FILE, Look, Outcome, Standing, standing};
use super::{Folder, name};
use crate::files::write_bytes;
use crate::input::sheets;
use lungang_domain::Problem;
use std::collections::BTreeMap;
use std::fs::{self, File, TryLockError};
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// What to do.
#[derive(Clone, Debug)]
pub struct Orders {
    /// Cases at a time.
    pub jobs: usize,
    /// What each may take.
    pub limits: Limits,
    /// Whether to try again what failed by itself.
    pub retry_failed: bool,
    /// Which cases.
    pub cases: Range<usize>,
    /// The program that plans a case.
    pub program: PathBuf,
}

/// How far the work is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Cases to look at.
    pub all: usize,
    /// Done in this run.
    pub done: usize,
    /// Done before, and left as they are.
    pub kept: usize,
    /// Without a plan, now or before.
    pub failed: usize,
    /// Somebody else is working on them.
    pub busy: usize,
    /// Could not even be noted down.
    pub unwritten: usize,
}

impl Tally {
    /// Cases not looked at yet.
    #[must_use]
    pub fn left(&self) -> usize {
        self.all - self.done - self.kept - self.failed - self.busy - self.unwritten
    }
}

/// Who is told of the work.
pub trait Listener: Sync {
    /// A case was worked on.
    fn ended(&self, case: &Case, outcome: &Outcome, tally: &Tally);
    /// What came of a case could not be noted down.
    fn unwritten(&self, case: &Case, error: &io::Error, tally: &Tally);
    /// A case needed no work.
    fn passed(&self, tally: &Tally);
}

/// Works on the cases until they are done or `stop` is set.
///
/// # Errors
/// Where the folder can't be worked in at all.
pub fn work(
    folder: &Folder,
    manifest: &Manifest,
    orders: &Orders,
    stop: &AtomicBool,
    listener: &dyn Listener,
) -> io::Result<Tally> {
    make_private(&folder.cases())?;
    make_private(&folder.desk())?;
    let cases = orders.cases.start..orders.cases.end.min(manifest.len());
    let tally = Mutex::new(Tally { all: cases.len(), ..Tally::default() });
    let next = AtomicUsize::new(cases.start);
    let worker = Worker { folder, manifest, orders, stop };
    std::thread::scope(|scope| {
        for _ in 0..orders.jobs.clamp(1, cases.len().max(1)) {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let Some(case) = manifest.case(number).filter(|_| number < cases.end) else { break };
                    if stop.load(Ordering::Relaxed) || folder.stop().exists() {
                        break;
                    }
                    let did = worker.case(&case);
                    let mut tally = tally.lock().unwrap_or_else(PoisonError::into_inner);
                    match did {
                        Ok(Did::Kept) => tally.kept += 1,
                        Ok(Did::FailedBefore) => tally.failed += 1,
                        Ok(Did::Busy) => tally.busy += 1,
                        Ok(Did::Stopped) => break,
                        Ok(Did::Worked(outcome)) => {
                            *if outcome.ended == Ended::Done { &mut tally.done } else { &mut tally.failed } += 1;
                            listener.ended(&case, &outcome, &tally);
                            continue;
                        }
                        Err(error) => {
                            tally.unwritten += 1;
                            listener.unwritten(&case, &error, &tally);
                            continue;
                        }
                    }
                    listener.passed(&tally);
                }
            });
        }
    });
    Ok(tally.into_inner().unwrap_or_else(PoisonError::into_inner))
}

/// What was done about a case.
enum Did {
    /// It was done already.
    Kept,
    /// It had failed, and would fail again.
    FailedBefore,
    /// Somebody else is at it.
    Busy,
    /// The work was called off.
    Stopped,
    /// It was worked on.
    Worked(Box<Outcome>),
}

/// Somebody at work on cases.
pub(super) struct Worker<'a> {
    pub(super) folder: &'a Folder,
    pub(super) manifest: &'a Manifest,
    pub(super) orders: &'a Orders,
    pub(super) stop: &'a AtomicBool,
}

impl Worker<'_> {
    fn case(&self, case: &Case) -> io::Result<Did> {
        let hash = self.manifest.hash_of(case);
        if let Some(did) = self.standing(case, &hash) {
            return Ok(did);
        }
        let lock = self.folder.lock(case.number);
        let file = File::options().create(true).truncate(false).write(true).open(&lock)?;
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => return Ok(Did::Busy),
            Ok(()) => self.sweep(case.number)?,
            // Some shared folders know no locks. Two at one case do no harm, as long as neither sweeps the other's desk.
            Err(TryLockError::Error(_)) => {}
        }
        // Whoever held the lock may have finished just now.
        let did = match self.standing(case, &hash) {
            Some(did) => Ok(did),
            None => self.locked(case, hash),
        };
        // A runner that opened the file before this holds a lock of its own; then two are at one case.
        let _ = fs::remove_file(&lock);
        did
    }

    /// What is there already, if it is enough.
    fn standing(&self, case: &Case, hash: &str) -> Option<Did> {
        match standing(self.folder, case.number, hash, Look::Quick) {
            Standing::Good(outcome) if outcome.ended == Ended::Done => Some(Did::Kept),
            Standing::Good(outcome) if !outcome.ended.is_passing() && !self.orders.retry_failed => {
                Some(Did::FailedBefore)
            }
            _ => None,
        }
    }

    fn locked(&self, case: &Case, hash: String) -> io::Result<Did> {
        let began = Instant::now();
        let mut outcome = blank(case.number, hash);
        let desk =
            tempfile::Builder::new().prefix(&format!("{}-", name(case.number))).tempdir_in(self.folder.desk())?;
        if let Some((ended, problem)) = self.refused(case) {
            outcome.ended = ended;
            outcome.problems = vec![problem];
        } else {
            for try_number in 1..=2 {
                outcome.effort.tries = try_number;
                outcome.without_presolve = try_number == 2;
                if !self.attempt(case, desk.path(), &mut outcome)? {
                    return Ok(Did::Stopped);
                }
                if outcome.ended != Ended::Internal {
                    break;
                }
            }
        }
        outcome.effort.seconds = (began.elapsed().as_secs_f64() * 1000.0).round() / 1000.0;
        outcome.effort.host = host();
        outcome.effort.at = chrono::Utc::now().format("%Y-%m-%dT%H:%M:%SZ").to_string();
        if outcome.ended != Ended::Done {
            // Nothing half-done is kept; and on a full disk this makes room for the note.
            clear(desk.path())?;
        }
        let text = serde_json::to_string_pretty(&outcome)? + "\n";
        write_bytes(&desk.path().join(FILE), text.as_bytes())?;
        self.place(desk.path(), &outcome)?;
        Ok(Did::Worked(Box::new(outcome)))
    }

    /// What a runner that was killed has left of this case. Whoever works on it now holds its lock.
    fn sweep(&self, case: usize) -> io::Result<()> {
        let prefix = format!("{}-", name(case));
        // Looked for by name, since the desk holds a few entries at most.
        for entry in fs::read_dir(self.folder.desk())? {
            let entry = entry?;
            if entry.file_name().to_string_lossy().starts_with(&prefix) {
                // Gone already is as good.
                let _ = fs::remove_dir_all(entry.path());
            }
        }
        Ok(())
    }

    /// Why a case is not even tried.
    fn refused(&self, case: &Case) -> Option<(Ended, Problem)> {
        if let Some(problem) = &case.input.problem {
            return Some((Ended::Input, problem.clone()));
        }
        let own = case.scenario.sheets.iter();
        let files = [Some(case.input), self.manifest.scenario_file.as_ref(), self.manifest.policy_file.as_ref()];
        files
            .into_iter()
            .flatten()
            .chain(own)
            .find_map(|source| changed(source).map(|problem| (Ended::Changed, problem)))
    }

    /// Puts a finished case in its place. The first that is done stays: of a case that was planned twice the papers are the
    /// same, unless time decided where the search ended, and then one of them is as good as the other.
    fn place(&self, desk: &Path, outcome: &Outcome) -> io::Result<()> {
        let place = self.folder.case(outcome.case);
        for _ in 0..10 {
            let error = match fs::rename(desk, &place) {
                Ok(()) => return Ok(()),
                Err(error) => error,
            };
            if !place.exists() {
                return Err(error);
            }
            if let Standing::Good(there) = standing(self.folder, outcome.case, &outcome.case_hash, Look::Whole)
                && there.ended == Ended::Done
            {
                return Ok(());
            }
            let old =
                tempfile::Builder::new().prefix(&format!("{}-", name(outcome.case))).tempdir_in(self.folder.desk())?;
            match fs::rename(&place, old.path().join("old")) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Err(io::Error::other("the place of the case changes all the time"))
    }
}

fn blank(case: usize, case_hash: String) -> Outcome {
    Outcome {
        case,
        case_hash,
        ended: Ended::Start,
        code: None,
        signal: None,
        problems: Vec::new(),
        said: String::new(),
        without_presolve: false,
        tiers: Vec::new(),
        optimal: false,
        counts: [0; 3],
        rounds: 0,
        papers: BTreeMap::new(),
        effort: Effort::default(),
    }
}

/// Says so where a file is not what it was when the run was prepared.
fn changed(source: &Source) -> Option<Problem> {
    match sheets::hash_of(&source.path) {
        Ok(hash) if hash == source.hash => None,
        Ok(_) => Some(Problem::new("E0949").with("path", &source.shown)),
        Err(problem) => Some(problem),
    }
}

pub(super) fn clear(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { fs::remove_dir_all(&path)? } else { fs::remove_file(&path)? }
    }
    Ok(())
}

/// The machine, as the scheduler or the shell calls it.
fn host() -> String {
    let named = ["SLURMD_NODENAME", "NODE_NAME", "HOSTNAME"].iter().find_map(|name| std::env::var(name).ok());
    named.or_else(|| sysinfo::System::host_name().ok()).unwrap_or_default()
}
