//! What the cases of a run are: inputs × scenarios, with the hash of everything that a plan follows from. Written once.

use super::Folder;
use super::sources::Found;
use crate::files::write_bytes;
use crate::input::{Scenario, sheets};
use lungang_domain::{Cell, Problem};
use serde::{Deserialize, Serialize};
use std::io;
use std::path::{Path, PathBuf};

/// Version of the manifest's form.
const VERSION: u32 = 1;

/// A file that cases read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// As given.
    pub shown: String,
    /// From the root.
    pub path: PathBuf,
    /// SHA-256 as of inputs; empty where it could not be read.
    pub hash: String,
    /// Why it could not be read: every case of it fails with this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<Problem>,
}

impl Source {
    /// A file or folder, with its hash as it is now.
    #[must_use]
    pub fn of(shown: &str, path: &Path) -> Self {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        // A manifest is text: a name in another encoding can't stand in it, nor be handed to whoever plans the case.
        let hash = match path.to_str() {
            Some(_) => sheets::hash_of(&path),
            None => Err(Problem::new("E0954").with("path", shown)),
        };
        let path = PathBuf::from(path.to_string_lossy().into_owned());
        let (hash, problem) = match hash {
            Ok(hash) => (hash, None),
            Err(problem) => (String::new(), Some(problem)),
        };
        Self { shown: shown.to_owned(), path, hash, problem }
    }
}

/// A scenario of the run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variant {
    /// Its name; empty for the policy as it is.
    pub name: String,
    /// Sheets of its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sheets: Vec<Source>,
}

/// How every case is planned.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Arguments of `lungang plan`: limits, seed, `--start`, `--set` and the like.
    pub arguments: Vec<String>,
    /// Endings of the papers of each case beside `plan.json` and `metrics.csv`.
    pub papers: Vec<String>,
    /// Language of the papers; empty: as the policy has it.
    pub lang: String,
    /// Whether the time a machine takes decides where a plan ends, so that its bytes may differ.
    pub timed: bool,
}

/// What a run is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Form.
    pub schema_version: u32,
    /// Program and version; another version gives other plans.
    pub program: String,
    /// The inputs.
    pub inputs: Vec<Source>,
    /// The file of scenarios.
    pub scenario_file: Option<Source>,
    /// The scenarios, at least one.
    pub scenarios: Vec<Variant>,
    /// The policy file.
    pub policy_file: Option<Source>,
    /// How every case is planned.
    pub settings: Settings,
}

/// One case, by its place in the manifest.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// Its number, from 0.
    pub number: usize,
    /// The input.
    pub input: &'a Source,
    /// The scenario.
    pub scenario: &'a Variant,
}

impl Manifest {
    /// Lists the cases of these inputs and scenarios.
    #[must_use]
    pub fn new(
        inputs: &[Found],
        scenarios: Option<(&Path, &[Scenario])>,
        policy: Option<&Path>,
        settings: Settings,
    ) -> Self {
        let file = |path: &Path| Source::of(&path.display().to_string(), path);
        let variant = |scenario: &Scenario| Variant {
            name: scenario.name.clone(),
            sheets: scenario.sheets().map(|(sheet, path)| Source::of(sheet, path)).collect(),
        };
        let variants = match scenarios {
            Some((_, known)) => known.iter().map(variant).collect(),
            None => vec![Variant { name: String::new(), sheets: Vec::new() }],
        };
        Self {
            schema_version: VERSION,
            program: crate::engine::provenance().program,
            inputs: inputs.iter().map(|one| Source::of(&one.shown, &one.path)).collect(),
            scenario_file: scenarios.map(|(path, _)| file(path)),
            scenarios: variants,
            policy_file: policy.map(file),
            settings,
        }
    }

    /// How many cases there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.inputs.len() * self.scenarios.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A case, the scenarios of one input after one another.
    #[must_use]
    pub fn case(&self, number: usize) -> Option<Case<'_>> {
        let per_input = self.scenarios.len().max(1);
        let input = self.inputs.get(number / per_input)?;
        Some(Case { number, input, scenario: self.scenarios.get(number % per_input)? })
    }

    /// Every case.
    pub fn cases(&self) -> impl Iterator<Item = Case<'_>> {
        (0..self.len()).filter_map(|number| self.case(number))
    }

    /// SHA-256 of all that the plan of a case follows from, but for its number and its paths: a result that bears it is a
    /// result of this case.
    #[must_use]
    pub fn hash_of(&self, case: &Case) -> String {
        let of = |source: &Option<Source>| source.as_ref().map(|source| source.hash.clone());
        let sheets: Vec<(&str, &str)> =
            case.scenario.sheets.iter().map(|sheet| (sheet.shown.as_str(), sheet.hash.as_str())).collect();
        let all = serde_json::json!([
            self.program,
            case.input.hash,
            case.scenario.name,
            sheets,
            of(&self.scenario_file),
            of(&self.policy_file),
            self.settings,
        ]);
        sheets::sha256_hex(all.to_string().as_bytes())
    }

    /// SHA-256 of the whole, as it is written; empty where it can't be.
    #[must_use]
    pub fn hash(&self) -> String {
        self.text().map_or_else(|_| String::new(), |text| sheets::sha256_hex(text.as_bytes()))
    }

    fn text(&self) -> io::Result<String> {
        Ok(serde_json::to_string_pretty(self)? + "\n")
    }

    /// Writes the manifest of a new run; of one that is there, leaves it as it is if it says the same. `true`: it was new.
    ///
    /// # Errors
    /// `E0943` where the run is about something else, `E0944` where the folder holds other things, `E0604` where nothing can
    /// be written.
    pub fn write(&self, folder: &Folder) -> Result<bool, Problem> {
        let refused = |error: io::Error| Problem::new("E0604").with("path", folder.path().display()).with("why", error);
        if folder.manifest().exists() {
            let there = Self::read(folder)?;
            return if there == *self { Ok(false) } else { Err(self.differs(&there, folder)) };
        }
        match std::fs::read_dir(folder.path()) {
            Ok(mut entries) => {
                if entries.next().is_some() {
                    return Err(Problem::new("E0944").with("path", folder.path().display()));
                }
            }
            Err(_) => make_private(folder.path()).map_err(refused)?,
        }
        let text = self.text().map_err(refused)?;
        write_bytes(&folder.manifest(), text.as_bytes()).map_err(refused)?;
        Ok(true)
    }

    /// In what a run that is there is another.
    fn differs(&self, there: &Self, folder: &Folder) -> Problem {
        let what = if there.program != self.program {
            "program"
        } else if there.inputs != self.inputs {
            "inputs"
        } else if there.scenarios != self.scenarios || there.scenario_file != self.scenario_file {
            "scenarios"
        } else if there.policy_file != self.policy_file {
            "policy"
        } else {
            "settings"
        };
        Problem::new("E0943").with("path", folder.path().display()).with("what", what)
    }

    /// Reads the manifest of a run.
    ///
    /// # Errors
    /// `E0945` where there is none, `E0946` where it can't be read.
    pub fn read(folder: &Folder) -> Result<Self, Problem> {
        let path = folder.manifest();
        let place = Some(Cell { file: path.display().to_string(), sheet: String::new(), row: None, column: None });
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(Problem::new("E0945").with("path", folder.path().display()));
            }
            Err(error) => return Err(Problem::new("E0946").at(place).with("why", error)),
        };
        let manifest: Self =
            serde_json::from_str(&text).map_err(|error| Problem::new("E0946").at(place.clone()).with("why", error))?;
        if manifest.schema_version != VERSION {
            return Err(Problem::new("E0946")
                .at(place)
                .with("why", format!("schema_version {}", manifest.schema_version)));
        }
        Ok(manifest)
    }
}

/// Makes a folder that only its owner may enter, and those above it.
///
/// # Errors
/// As the system says.
pub fn make_private(folder: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}
