//! What `lungang plan` writes: each target beside its place first, read back and judged, and only then put in its place.

use super::plan::Args;
use super::{Exit, screen::Screen};
use crate::files::{folder_of, lies_in, same_file};
use crate::output::mask::{self, Mask};
use crate::output::{self, Format, OutputError, Papers, departments, read::Change};
use lungang_domain::{Case, PlanFile, Problem};
use std::path::{Path, PathBuf};

/// Refuses what can't be written, before any work: targets, the folder of the units' papers, the key of a mask.
///
/// # Errors
/// The first problem found.
pub fn probe(args: &Args) -> Result<(), Problem> {
    let inputs: Vec<PathBuf> = std::iter::once(args.input.clone()).chain(args.under.files()).collect();
    for target in &args.output {
        output::probe(target)
            .and_then(|_| inputs.iter().try_for_each(|input| output::spare_input(input, target)))
            .map_err(|error| error.problem())?;
    }
    if let Some(folder) = &args.per_unit {
        if !folder_of(folder).is_dir() {
            return Err(OutputError::Folder(folder_of(folder).to_owned()).problem());
        }
        // The folder is replaced as a whole; what else is put there would go with it.
        if lies_in(&args.input, folder) || args.output.iter().any(|target| lies_in(target, folder)) {
            return Err(OutputError::Foreign(folder.clone()).problem());
        }
    }
    args.mask_key.as_deref().map_or(Ok(()), |key| probe_key(args, key))
}

/// The key stands apart from what it opens, and takes the place of nothing but an earlier key.
fn probe_key(args: &Args, key: &Path) -> Result<(), Problem> {
    if !folder_of(key).is_dir() {
        return Err(OutputError::Folder(folder_of(key).to_owned()).problem());
    }
    let inputs = [Some(&args.input), args.with.policy.as_ref(), args.warm.as_ref()].into_iter().flatten();
    // A target that is a file holds only itself; one that is a folder, all that lies in it.
    let apart = |path: &PathBuf| !lies_in(key, path) && !same_file(key, path);
    if !inputs.chain(&args.output).chain(&args.per_unit).all(apart) {
        return Err(Problem::new("E0609").with("path", key.display()));
    }
    match mask::is_new_or_key(key) {
        Ok(true) => Ok(()),
        Ok(false) => Err(Problem::new("E0610").with("path", key.display())),
        Err(error) => Err(OutputError::Io { path: key.to_owned(), error }.problem()),
    }
}

/// Refuses a folder for the units' papers that holds anything else, once the units are known.
///
/// # Errors
/// As [`departments::refuse_foreign`].
pub fn probe_units(args: &Args, case: &Case, mask: Option<&Mask>) -> Result<(), Problem> {
    let Some(folder) = &args.per_unit else { return Ok(()) };
    let shown = |name: &String| mask.map_or_else(|| name.clone(), |mask| mask.text(name));
    let units: Vec<String> = case.units.iter().map(|unit| shown(&unit.name)).collect();
    departments::refuse_foreign(folder, &units).map_err(|error| error.problem())
}

/// A plan to be delivered.
pub struct Delivery<'a> {
    /// The case as read, by which the plan is judged.
    pub case: &'a Case,
    /// The plan of that case.
    pub plan: &'a PlanFile,
    /// The plan as it is written.
    pub papers: &'a Papers<'a>,
    /// What it hides.
    pub mask: Option<&'a Mask>,
    /// Where problems are told.
    pub screen: Screen,
}

impl Delivery<'_> {
    /// Writes every target beside its place, reads it back from disk where its format can be, and has the independent
    /// checker judge it; only when all have passed they take their places. On a breach nothing is kept.
    ///
    /// # Errors
    /// What went wrong has been told.
    pub fn run(&self, args: &Args) -> Result<(), Exit> {
        let mut staged = Vec::new();
        for target in &args.output {
            staged.push(self.stage(target)?);
        }
        if !staged.iter().any(|one| one.format.reads_back()) {
            self.judge(self.plan, false, args.output.first().or(args.per_unit.as_ref()))?;
        }
        if let (Some(path), Some(mask)) = (&args.mask_key, self.mask) {
            mask::write(mask.people(), path).map_err(|error| self.refused(&error))?;
            tracing::info!(people = mask.people().len(), "key written");
        }
        for one in staged {
            let format = one.format;
            one.take_place(self.papers).map_err(|error| self.refused(&error))?;
            tracing::info!(?format, "written");
        }
        if let Some(folder) = &args.per_unit {
            self.papers.write_units(folder).map_err(|error| self.refused(&error))?;
            tracing::info!(units = self.case.units.len(), "written for each unit");
        }
        Ok(())
    }

    fn refused(&self, error: &OutputError) -> Exit {
        self.screen.problem(&error.problem());
        Exit::Output
    }

    fn stage<'t>(&self, target: &'t Path) -> Result<Staged<'t>, Exit> {
        let io = |error| self.refused(&OutputError::Io { path: target.to_owned(), error });
        let format = output::probe(target).map_err(|error| self.refused(&error))?;
        let folder = tempfile::Builder::new().prefix(".lungang-").tempdir_in(folder_of(target)).map_err(io)?;
        let name = target.file_name().unwrap_or_else(|| std::ffi::OsStr::new("plan"));
        let file = match format {
            Format::Csv => folder.path().join(name).join(""),
            _ => folder.path().join(name),
        };
        self.papers.write(&file).map_err(|error| self.refused(&error))?;
        if format.reads_back() {
            let read = output::read_plan(&file).map_err(|problems| {
                self.screen.problems(&problems);
                self.screen.problem(&Problem::new("E0903").with("path", target.display()));
                Exit::Internal
            })?;
            let edited = read.edits.iter().any(|edit| !matches!(edit.change, Change::Derived(_)));
            let plan = self.mask.map(|mask| mask::unmasked(mask.people(), &read.plan));
            self.judge(plan.as_ref().unwrap_or(&read.plan), edited, Some(target))?;
            tracing::info!(?format, "checked");
        }
        Ok(Staged { target, format, file, _folder: folder })
    }

    /// The independent verdict; nobody has edited what was only just written.
    fn judge(&self, plan: &PlanFile, edited: bool, target: Option<&(impl AsRef<Path> + ?Sized)>) -> Result<(), Exit> {
        let verdict = lungang_check::judge_plan(self.case, plan, false);
        tracing::info!(breaches = verdict.breaches.len(), clean = verdict.clean(), "judged");
        if verdict.clean() && !edited {
            return Ok(());
        }
        let path = target.map_or(String::new(), |target| target.as_ref().display().to_string());
        self.screen.problems(&verdict.problems(self.case));
        self.screen.problem(&Problem::new("E0903").with("path", path));
        Err(Exit::Internal)
    }
}

/// A plan written beside its place, and judged.
struct Staged<'a> {
    target: &'a Path,
    format: Format,
    file: PathBuf,
    /// Removed with all that is left in it.
    _folder: tempfile::TempDir,
}

impl Staged<'_> {
    fn take_place(self, papers: &Papers) -> Result<(), OutputError> {
        match self.format {
            // The folder is filled file by file; its bytes are those that were just judged.
            Format::Csv => papers.write(self.target),
            _ => std::fs::rename(&self.file, self.target)
                .map_err(|error| OutputError::Io { path: self.target.to_owned(), error }),
        }
    }
}
