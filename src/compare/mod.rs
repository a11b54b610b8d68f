//! Plans side by side: scenarios of one input against today, against nobody moving and against each other, or any two
//! plans. Nothing here knows how a plan was found, or on what paper the comparison ends.

pub mod frontier;
pub mod measure;
pub mod pairs;
pub mod paper;
pub mod people;
pub mod settings;
pub mod solve;

use lungang_domain::{Case, PlanFile};
use measure::Measured;
use pairs::Pair;
use people::Person;
use settings::Setting;
use std::collections::BTreeMap;

/// One of the plans compared.
#[derive(Clone, Debug)]
pub struct Side<'a> {
    /// Name of the scenario, or of the file.
    pub name: String,
    /// The plan.
    pub plan: &'a PlanFile,
    /// The case that it plans, where the input was given.
    pub case: Option<&'a Case>,
    /// Sheets in the place of the input's own, by canonical name, each with the hash of its file.
    pub sheets: BTreeMap<String, String>,
}

/// Sheets that say what is decided, and nothing of what a figure counts.
const DECIDES: &[&str] = &["decisions"];

impl Side<'_> {
    /// The data that figures are counted in: two plans of the same are measured alike.
    fn data(&self) -> (&str, Vec<(&str, &str)>) {
        let counted = self.sheets.iter().filter(|(sheet, _)| !DECIDES.contains(&sheet.as_str()));
        let counted: Vec<(&str, &str)> = counted.map(|(sheet, hash)| (sheet.as_str(), hash.as_str())).collect();
        // The hash of an input holds those of the sheets put in its place; without any, it tells alone.
        (if self.sheets.is_empty() { &self.plan.provenance.input_hash } else { "" }, counted)
    }

    /// Whether figures of both are counted in the same data.
    #[must_use]
    pub fn same_data(&self, other: &Self) -> bool {
        match (self.sheets.is_empty(), other.sheets.is_empty()) {
            (true, true) => self.data() == other.data(),
            // Scenarios of one input.
            _ => self.data().1 == other.data().1,
        }
    }
}

/// All that a comparison says.
#[derive(Clone, Debug)]
pub struct Comparison<'a> {
    /// The plans; the first is the one that the others are held against.
    pub sides: Vec<Side<'a>>,
    /// By side: its figures as counted by its own policy.
    pub own: Vec<Option<Measured>>,
    /// By side: its figures as counted by the data and the policy of the first; `None` where they can't be.
    pub common: Vec<Option<Measured>>,
    /// Every two plans, tier by tier.
    pub pairs: Vec<Pair>,
    /// Settings and sheets in which they differ.
    pub settings: Vec<Setting>,
    /// Who goes different ways.
    pub people: Vec<Person>,
}

/// Compares these plans.
#[must_use]
pub fn compare(sides: Vec<Side<'_>>) -> Comparison<'_> {
    let own = sides.iter().map(|side| measure::own(side)).collect();
    let common = sides.iter().map(|side| measure::by(side, &sides[0])).collect();
    Comparison {
        own,
        common,
        pairs: pairs::pairs(&sides),
        settings: settings::differences(&sides),
        people: people::people(&sides),
        sides,
    }
}
