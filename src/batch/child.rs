//! One case in a process of its own, watched from outside: a crash, too much memory or no end takes that process only.

use std::io::{self, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use sysinfo::{Pid, ProcessRefreshKind, ProcessesToUpdate, System};

/// Bytes of each stream that are kept: the first of them, where errors stand.
const KEPT: usize = 1 << 20;
/// Shortest and longest pause between two looks at a child.
const PAUSES: (Duration, Duration) = (Duration::from_millis(1), Duration::from_millis(50));

/// By then we have heard of a Ctrl-C that ended a child.
const HEARD_BY_THEN: Duration = Duration::from_millis(100);

/// What a child may take.
#[derive(Clone, Copy, Debug, Default)]
pub struct Limits {
    /// Resident memory, in KB.
    pub memory_kb: Option<u64>,
    /// Time.
    pub time: Option<Duration>,
}

/// Why a child ended.
#[derive(Clone, Copy, Debug)]
pub enum Verdict {
    /// By itself, or by a signal from somewhere else.
    Ended(ExitStatus),
    /// We ended it: more memory than it may take.
    Memory,
    /// We ended it: longer than it may take.
    Time,
    /// We ended it: the work was called off.
    Stopped,
}

/// What there is to say of a child.
#[derive(Debug)]
pub struct Report {
    /// Why it ended.
    pub verdict: Verdict,
    /// The first of what it wrote to standard output.
    pub output: Vec<u8>,
    /// The first of what it wrote to standard error.
    pub errors: Vec<u8>,
    /// Most resident memory seen, in KB.
    pub peak_kb: u64,
}

/// Runs a command until it ends, or is ended. Its standard input stays open as long as we live, so that a child that
/// listens there ends with us, whatever ends us.
///
/// # Errors
/// Where it can't be started.
pub fn run(command: &mut Command, limits: &Limits, stop: &AtomicBool) -> io::Result<Report> {
    // Ctrl-C in a terminal goes to every process of a group. The child has one of its own, so that its runner, who knows that
    // the work was called off, ends it; else cases would be noted as killed by somebody.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let held = child.stdin.take();
    let (output, errors) = (kept(child.stdout.take()), kept(child.stderr.take()));
    offer_first(child.id());
    let (verdict, peak_kb) = watch(&mut child, limits, stop)?;
    drop(held);
    Ok(Report { verdict, output: joined(output), errors: joined(errors), peak_kb })
}

/// The first of what a stream has brought so far, and a word when it has ended.
struct Heard {
    kept: Arc<Mutex<Vec<u8>>>,
    ended: Receiver<()>,
}

/// Reads a stream to its end and keeps the first of it.
fn kept(stream: Option<impl Read + Send + 'static>) -> Option<Heard> {
    let mut stream = stream?;
    let kept = Arc::new(Mutex::new(Vec::new()));
    let (end, ended) = channel();
    let heard = Heard { kept: Arc::clone(&kept), ended };
    std::thread::spawn(move || {
        let mut piece = [0; 8192];
        while let Ok(count @ 1..) = stream.read(&mut piece) {
            let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
            let room = KEPT.saturating_sub(kept.len());
            kept.extend_from_slice(&piece[..count.min(room)]);
        }
        // Nobody may be waiting any more.
        let _ = end.send(());
    });
    Some(heard)
}

/// What was heard of a child that has ended. Should somebody else hold the stream open, the rest is not waited for.
fn joined(heard: Option<Heard>) -> Vec<u8> {
    let Some(heard) = heard else { return Vec::new() };
    let _ = heard.ended.recv_timeout(Duration::from_secs(1));
    std::mem::take(&mut *heard.kept.lock().unwrap_or_else(PoisonError::into_inner))
}

/// Where the machine runs out of memory, it is to take the child and not the runner.
fn offer_first(id: u32) {
    if cfg!(target_os = "linux") {
        // Without the right to say so, the machine decides by itself.
        let _ = std::fs::write(format!("/proc/{id}/oom_score_adj"), "1000");
    }
}

fn watch(child: &mut Child, limits: &Limits, stop: &AtomicBool) -> io::Result<(Verdict, u64)> {
    let began = Instant::now();
    let (mut pause, mut peak_kb) = (PAUSES.0, 0);
    let mut system = System::new().ok();
    let id = Pid::from_u32(child.id());
    loop {
        if let Some(status) = child.try_wait()? {
            // Ctrl-C may have reached the child while it was being started, and before us: then we hear of it at once.
            if was_interrupted(status) {
                std::thread::sleep(HEARD_BY_THEN);
            }
            let called_off = stop.load(Ordering::Relaxed) && !status.success();
            return Ok((if called_off { Verdict::Stopped } else { Verdict::Ended(status) }, peak_kb));
        }
        let memory_kb = resident_kb(system.as_mut(), id);
        peak_kb = peak_kb.max(memory_kb);
        let verdict = if stop.load(Ordering::Relaxed) {
            Some(Verdict::Stopped)
        } else if limits.memory_kb.is_some_and(|most| memory_kb > most) {
            Some(Verdict::Memory)
        } else if limits.time.is_some_and(|most| began.elapsed() > most) {
            Some(Verdict::Time)
        } else {
            None
        };
        if let Some(verdict) = verdict {
            // It may have ended just now; then there is nothing to end.
            let _ = child.kill();
            let status = child.wait()?;
            let by_itself = status.code().is_some() && !matches!(verdict, Verdict::Stopped);
            return Ok((if by_itself { Verdict::Ended(status) } else { verdict }, peak_kb));
        }
        std::thread::sleep(pause);
        pause = (pause * 2).min(PAUSES.1);
    }
}

/// Whether Ctrl-C ended a child, or made it end.
fn was_interrupted(status: ExitStatus) -> bool {
    #[cfg(unix)]
    let by_signal = std::os::unix::process::ExitStatusExt::signal(&status) == Some(2);
    #[cfg(not(unix))]
    let by_signal = false;
    by_signal || status.code() == Some(130)
}

/// Resident memory of a process; 0 where it can't be told.
fn resident_kb(system: Option<&mut System>, id: Pid) -> u64 {
    let Some(system) = system else { return 0 };
    let what = ProcessRefreshKind::nothing().with_memory().without_tasks();
    system.refresh_processes_specifics(ProcessesToUpdate::Some(&[id]), false, what);
    system.process(id).map_or(0, |process| process.memory() / 1024)
}
