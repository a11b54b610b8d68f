//! `--scenarios FILE --scenario NAME`: one scenario of a file, wherever an input is read.

use super::Exit;
use super::screen::Screen;
use crate::input::{ReadOptions, Scenario, scenarios};
use lungang_domain::{Cell, Problem};
use std::path::PathBuf;

/// The scenario to read an input with; shared by the commands that read one.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct ScenarioArgs {
    /// A file of scenarios, of which --scenario names one.
    #[arg(long, value_name = "FILE", requires = "scenario")]
    pub scenarios: Option<PathBuf>,
    /// The scenario whose differences count, before everything else.
    #[arg(long, value_name = "NAME", requires = "scenarios")]
    pub scenario: Option<String>,
}

impl ScenarioArgs {
    /// Adds the scenario to what an input is read with.
    ///
    /// # Errors
    /// What is wrong with the file or the name has been told.
    pub fn apply(&self, mut options: ReadOptions, screen: Screen) -> Result<ReadOptions, Exit> {
        let (Some(path), Some(name)) = (&self.scenarios, &self.scenario) else { return Ok(options) };
        let refused = |problems: Vec<Problem>| {
            screen.problems(&problems);
            Exit::Input
        };
        let known = scenarios::read(path).map_err(refused)?;
        let found = scenarios::named(&known, name).map_err(|problem| {
            let file = crate::input::sheets::shown_name(path);
            refused(vec![problem.at(Some(Cell { file, sheet: String::new(), row: None, column: None }))])
        })?;
        options.scenario = Some(found.clone());
        Ok(options)
    }

    /// The files that it reads, for whoever must not write over them.
    #[must_use]
    pub fn files(&self) -> Vec<PathBuf> {
        let Some(path) = &self.scenarios else { return Vec::new() };
        let known = scenarios::read(path).unwrap_or_default();
        let sheets = known.iter().flat_map(Scenario::sheets).map(|(_, file)| file.to_owned());
        std::iter::once(path.clone()).chain(sheets).collect()
    }
}
