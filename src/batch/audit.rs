//! What is there, held against the manifest: what is done, failed, missing, stale or twice.

use super::manifest::Manifest;
use super::outcome::{Ended, Look, Standing, standing};
use super::{Folder, number};
use std::collections::HashMap;

/// One case.
#[derive(Clone, Debug)]
pub struct Line {
    /// Number.
    pub case: usize,
    /// What is there.
    pub standing: Standing,
    /// An earlier case of the same input and scenario, byte for byte.
    pub same_as: Option<usize>,
}

/// All cases, and what belongs to none.
#[derive(Clone, Debug, Default)]
pub struct Audit {
    /// Every case, in order.
    pub lines: Vec<Line>,
    /// Names in the folder of cases that are none of the manifest.
    pub strays: Vec<String>,
    /// Work begun and not finished, by runners that were ended, or that are at it.
    pub unfinished: usize,
}

/// How many cases are in which state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Checked plans.
    pub done: usize,
    /// Those with every tier proved.
    pub optimal: usize,
    /// Tried, without a plan.
    pub failed: usize,
    /// Nothing there.
    pub missing: usize,
    /// Something there that can't be used.
    pub stale: usize,
    /// The same input and scenario as an earlier one.
    pub twice: usize,
}

impl Audit {
    /// Looks at every case.
    #[must_use]
    pub fn of(folder: &Folder, manifest: &Manifest, look: Look) -> Self {
        let mut first: HashMap<String, usize> = HashMap::new();
        let lines = manifest
            .cases()
            .map(|case| {
                let hash = manifest.hash_of(&case);
                let standing = standing(folder, case.number, &hash, look);
                // Files that could not be read are not the same only because nothing is known of them.
                let same_as = if case.input.problem.is_some() {
                    None
                } else {
                    let earlier = first.get(&hash).copied();
                    first.entry(hash).or_insert(case.number);
                    earlier
                };
                Line { case: case.number, standing, same_as }
            })
            .collect();
        let names = |path| {
            let entries = std::fs::read_dir(path).into_iter().flatten().flatten();
            entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect::<Vec<_>>()
        };
        let mut strays = names(folder.cases());
        strays.retain(|name| number(name).is_none_or(|number| number >= manifest.len()));
        strays.sort();
        let unfinished = names(folder.desk()).iter().filter(|name| !name.ends_with(".lock")).count();
        Self { lines, strays, unfinished }
    }

    /// How many are in which state.
    #[must_use]
    pub fn count(&self) -> Count {
        let mut count = Count::default();
        for line in &self.lines {
            match &line.standing {
                Standing::Missing => count.missing += 1,
                Standing::Stale(_) => count.stale += 1,
                Standing::Good(outcome) if outcome.ended == Ended::Done => {
                    count.done += 1;
                    count.optimal += usize::from(outcome.optimal);
                }
                Standing::Good(_) => count.failed += 1,
            }
            count.twice += usize::from(line.same_as.is_some());
        }
        count
    }
}
