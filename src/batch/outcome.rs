//! What came of a case: `outcome.json` in its folder, beside the papers that it vouches for.

use super::Folder;
use crate::input::sheets::sha256_hex;
use lungang_domain::Problem;
use lungang_domain::plan::TierRow;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io;
use std::path::Path;

/// The file.
pub const FILE: &str = "outcome.json";

/// How a case ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ended {
    /// A checked plan.
    Done,
    /// The input can't be read or has errors, or lacks a start date.
    Input,
    /// No plan satisfies decisions and fixed rules.
    Clash,
    /// A limit of the search passed with no plan.
    NoPlan,
    /// What is asked for is not allowed, such as a key that is not known.
    Usage,
    /// A file of the case is not what it was when the run was prepared.
    Changed,
    /// The papers could not be written.
    Output,
    /// Our own check or the solver failed, presolved or not.
    Internal,
    /// Ended for taking more memory than it may.
    Memory,
    /// Ended for taking longer than it may.
    Time,
    /// Ended by a signal, from whomever it came.
    Killed,
    /// It could not be started at all.
    Start,
}

impl Ended {
    /// Every way, in the order in which they are told.
    pub const ALL: &[Self] = &[
        Self::Done,
        Self::Input,
        Self::Usage,
        Self::Clash,
        Self::NoPlan,
        Self::Changed,
        Self::Memory,
        Self::Time,
        Self::Killed,
        Self::Output,
        Self::Internal,
        Self::Start,
    ];

    /// As files and locales call it.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Input => "input",
            Self::Clash => "clash",
            Self::NoPlan => "no-plan",
            Self::Usage => "usage",
            Self::Changed => "changed",
            Self::Output => "output",
            Self::Internal => "internal",
            Self::Memory => "memory",
            Self::Time => "time",
            Self::Killed => "killed",
            Self::Start => "start",
        }
    }

    /// Whether the surroundings are to blame, so that the next run tries again by itself.
    #[must_use]
    pub fn is_passing(self) -> bool {
        matches!(self, Self::Changed | Self::Output | Self::Killed | Self::Start)
    }
}

/// A file of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// SHA-256.
    pub sha256: String,
    /// Bytes.
    pub bytes: u64,
}

/// How the work went; nothing of it follows from the case.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Effort {
    /// Seconds from start to end, all tries together.
    pub seconds: f64,
    /// Most memory seen, in KB.
    pub peak_kb: u64,
    /// Tries.
    pub tries: u32,
    /// The machine, where it has a name.
    pub host: String,
    /// When it ended, in UTC.
    pub at: String,
}

/// What came of a case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// Number of the case.
    pub case: usize,
    /// [`super::manifest::Manifest::hash_of`] it.
    pub case_hash: String,
    /// How it ended.
    pub ended: Ended,
    /// Exit code of the last try.
    pub code: Option<i32>,
    /// Signal that ended the last try.
    pub signal: Option<i32>,
    /// Errors that the last try told, or why it was not tried.
    pub problems: Vec<Problem>,
    /// What the last try said otherwise, its last lines.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub said: String,
    /// Whether presolve was off in the last try.
    #[serde(default)]
    pub without_presolve: bool,
    /// The tiers of the plan.
    pub tiers: Vec<TierRow>,
    /// Whether every tier that ranks plans is proved.
    pub optimal: bool,
    /// Moves, placements and deferrals of the plan.
    pub counts: [usize; 3],
    /// Rounds worked.
    pub rounds: u64,
    /// The papers, by name.
    pub papers: BTreeMap<String, Paper>,
    /// How the work went.
    pub effort: Effort,
}

/// How far a result can be relied on.
#[derive(Clone, Debug, PartialEq)]
pub enum Standing {
    /// Nothing there.
    Missing,
    /// A result of this very case, its papers as they were written.
    Good(Box<Outcome>),
    /// A result that can't be used: of another case, input or version, or with papers that are not those written.
    Stale(Why),
}

/// Why a result can't be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// `outcome.json` can't be read.
    Unreadable,
    /// It is that of another case, input, policy, setting or version.
    Other,
    /// A paper is missing or not as it was written.
    Papers,
}

/// How papers are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// There, and of the right size.
    Quick,
    /// Byte by byte.
    Whole,
}

/// What stands in the folder of a case.
#[must_use]
pub fn standing(folder: &Folder, case: usize, hash: &str, look: Look) -> Standing {
    let place = folder.case(case);
    let text = match std::fs::read_to_string(place.join(FILE)) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound && !place.exists() => return Standing::Missing,
        Err(_) => return Standing::Stale(Why::Unreadable),
    };
    let Ok(outcome) = serde_json::from_str::<Outcome>(&text) else { return Standing::Stale(Why::Unreadable) };
    if outcome.case != case || outcome.case_hash != hash {
        return Standing::Stale(Why::Other);
    }
    let sound = |(name, paper): (&String, &Paper)| match look {
        Look::Quick => std::fs::metadata(place.join(name)).is_ok_and(|found| found.len() == paper.bytes),
        Look::Whole => paper_of(&place.join(name)).is_ok_and(|found| found == *paper),
    };
    if !outcome.papers.iter().all(sound) || (outcome.ended == Ended::Done && !outcome.papers.contains_key("plan.json"))
    {
        return Standing::Stale(Why::Papers);
    }
    Standing::Good(Box::new(outcome))
}

/// Hash and size of a file.
///
/// # Errors
/// As reading says.
pub fn paper_of(path: &Path) -> io::Result<Paper> {
    let bytes = std::fs::read(path)?;
    Ok(Paper { sha256: sha256_hex(&bytes), bytes: bytes.len() as u64 })
}
