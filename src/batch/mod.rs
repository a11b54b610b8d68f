//! Many inputs × scenarios, overnight. A *run* is a folder: its manifest says once what the cases are, every case is planned by a
//! process of its own, and what comes of a case stands in a folder of its own or not at all. Whoever works on a case does the
//! same thing, so it does no harm if two do, or if one is killed at any moment.
//!
//! [`sources`] finds inputs → [`manifest`] lists cases → [`run`] works on them through [`child`] and keeps an [`outcome`] each →
//! [`audit`] holds what is there against the manifest. [`submit`] hands the work to a scheduler, which calls [`run`].

mod attempt;
pub mod audit;
pub mod child;
pub mod manifest;
pub mod outcome;
pub mod run;
pub mod sources;
pub mod submit;
pub mod summary;

use std::path::{Path, PathBuf};

/// The folder of a run, and what lies where in it.
#[derive(Clone, Debug)]
pub struct Folder(PathBuf);

impl Folder {
    /// The folder at this path, from the root: children and schedulers start elsewhere.
    #[must_use]
    pub fn new(path: &Path) -> Self {
        Self(std::path::absolute(path).unwrap_or_else(|_| path.to_owned()))
    }

    /// The folder itself.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// What the cases are.
    #[must_use]
    pub fn manifest(&self) -> PathBuf {
        self.0.join("manifest.json")
    }

    /// What came of the cases.
    #[must_use]
    pub fn cases(&self) -> PathBuf {
        self.0.join("cases")
    }

    /// What came of one case.
    #[must_use]
    pub fn case(&self, case: usize) -> PathBuf {
        self.cases().join(name(case))
    }

    /// Where cases are worked on, beside what is done.
    #[must_use]
    pub fn desk(&self) -> PathBuf {
        self.0.join("desk")
    }

    /// The lock of a case, held by who works on it.
    #[must_use]
    pub fn lock(&self, case: usize) -> PathBuf {
        self.desk().join(format!("{}.lock", name(case)))
    }

    /// While this is there, nobody begins another case.
    #[must_use]
    pub fn stop(&self) -> PathBuf {
        self.0.join("stop")
    }

    /// Scripts and job numbers of a scheduler.
    #[must_use]
    pub fn scheduler(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

/// A case's number as its folder is called.
#[must_use]
pub fn name(case: usize) -> String {
    format!("{case:06}")
}

/// The number of a folder's name.
#[must_use]
pub fn number(name: &str) -> Option<usize> {
    name.parse().ok().filter(|number| self::name(*number) == name)
}
