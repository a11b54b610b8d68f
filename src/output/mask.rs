//! `--mask`: a plan without names, staff ids and birth dates. Everybody has a code instead, the same in every output.
//!
//! The work goes in three steps, so that nothing depends on finding a name in a sentence. [`Mask::case`] puts codes in
//! the place of names *before* any sentence is written, and takes names out of what was typed by hand; [`Mask::plan`]
//! puts codes in the place of ids; [`Mask::report`] does so in the tables, and sweeps every text once more.
//!
//! Ids stay in the case itself: the published draw among equals rests on them, so the plan is the same masked or not.

mod finder;
mod key;

pub use key::{is_new_or_key, read, write};

use super::read::ReadPlan;
use super::report::Report;
use chrono::{Datelike, NaiveDate};
use finder::Finder;
use lungang_domain::{Case, Cell, Origins, PlanFile, Problem};
use std::collections::{BTreeMap, BTreeSet};

/// What a masked date, or an unknown fact of a message, is shown as.
const HIDDEN: &str = "＊";

/// Facts of messages that tell nothing about a person.
const HARMLESS: &[&str] = &[
    "column",
    "sheet",
    "zh",
    "missing",
    "key",
    "words",
    "count",
    "rows",
    "limit",
    "least",
    "most",
    "wanted",
    "code",
    "command",
    "example",
    "input",
    "path",
    "file",
    "reason",
    "why",
    "offset",
    "elsewhere",
    "years",
    "as_of",
    "canonical",
];

/// One person with the code that stands for them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Masked {
    /// The code, such as `X001`.
    pub code: String,
    /// Staff id; empty where the roster gives none.
    pub id: String,
    /// Name.
    pub name: String,
    /// Birth date.
    pub birth: Option<NaiveDate>,
}

/// Codes for everybody on a roster, and how to find what they stand for.
#[derive(Clone, Debug, Default)]
pub struct Mask {
    people: Vec<Masked>,
    codes: BTreeMap<String, String>,
    finder: Finder,
    origins: Origins,
    /// Without a case nobody is known, and messages show no fact that could be a person's.
    blind: bool,
}

impl Mask {
    /// The mask of a case. Codes follow the order of staff ids, so the same roster always has the same codes; their
    /// letters are such that no id or name looks like one.
    #[must_use]
    pub fn of(case: &Case) -> Self {
        let planned = case.people.iter().map(|person| (person.id.0.clone(), person.name.clone(), person.birth_date));
        // Empty seats stand in the roster too; a word such as 空缺 is nobody's name.
        let listed = case.unplanned.iter().filter(|row| row.id.is_some() || !vacancy(&row.name));
        let listed =
            listed.map(|row| (row.id.as_ref().map_or(String::new(), |id| id.0.clone()), row.name.clone(), None));
        let mut people: Vec<(String, String, Option<NaiveDate>)> = planned.chain(listed).collect();
        // Those without an id come last, by name.
        people.sort_by(|a, b| (a.0.is_empty(), &a.0, &a.1).cmp(&(b.0.is_empty(), &b.0, &b.1)));
        let letters = letters(&people);
        let digits = people.len().to_string().len().max(3);
        let people: Vec<Masked> = (1..)
            .zip(people)
            .map(|(number, (id, name, birth))| Masked { code: format!("{letters}{number:0digits$}"), id, name, birth })
            .collect();
        let codes = people.iter().filter(|one| !one.id.is_empty()).map(|one| (one.id.clone(), one.code.clone()));
        let others: BTreeSet<&str> = case
            .posts
            .iter()
            .map(|post| post.id.as_str())
            .chain(case.units.iter().map(|unit| unit.id.as_str()))
            .collect();
        let finder = Finder::new(&people, &others);
        Self { codes: codes.collect(), finder, people, origins: case.origins.clone(), blind: false }
    }

    /// The mask before anything is read: messages show nothing that could be a person's.
    #[must_use]
    pub fn blind() -> Self {
        Self { blind: true, ..Self::default() }
    }

    /// Everybody, by code.
    #[must_use]
    pub fn people(&self) -> &[Masked] {
        &self.people
    }

    /// A text without names, ids and birth dates.
    #[must_use]
    pub fn text(&self, text: &str) -> String {
        self.finder.replaced(text)
    }

    /// The code of a staff id; other words as [`Self::text`].
    #[must_use]
    pub fn id(&self, id: &str) -> String {
        self.codes.get(id).cloned().unwrap_or_else(|| self.text(id))
    }

    /// The case as the sentences of a masked plan may see it: codes for names, and no name in what was typed by hand.
    /// Ids and birth dates are still there, for the draw and the mean age.
    #[must_use]
    pub fn case(&self, case: &Case) -> Case {
        let mut masked = case.clone();
        for person in &mut masked.people {
            person.name = self.id(person.id.as_str());
        }
        for row in &mut masked.unplanned {
            row.name = row.id.as_ref().map_or_else(|| self.text(&row.name), |id| self.id(id.as_str()));
        }
        let plain = |text: &mut String| *text = self.text(text);
        masked.units.iter_mut().for_each(|unit| plain(&mut unit.name));
        masked.sections.iter_mut().for_each(|section| plain(&mut section.name));
        masked.posts.iter_mut().for_each(|post| plain(&mut post.title));
        for row in &mut masked.decisions {
            [&mut row.decided_by, &mut row.reason, &mut row.approval].into_iter().flatten().for_each(plain);
        }
        masked.notes = masked.notes.iter().map(|note| self.problem(note)).collect();
        masked
    }

    /// The plan with codes in the place of ids. It belongs to the case only again after [`unmasked`].
    #[must_use]
    pub fn plan(&self, plan: &PlanFile) -> PlanFile {
        let mut masked = plan.clone();
        masked.layout = plan.layout.iter().map(|(id, places)| (self.id(id), places.clone())).collect();
        for row in &mut masked.moves {
            row.staff = self.id(&row.staff);
            row.reason = self.text(&row.reason);
            row.decided_by = row.decided_by.as_deref().map(|by| self.text(by));
        }
        for row in &mut masked.deferrals {
            row.staff = self.id(&row.staff);
            row.substitute = row.substitute.as_deref().map(|text| self.text(text));
        }
        masked.assumptions = plan.assumptions.iter().map(|note| self.problem(note)).collect();
        masked
    }

    /// The report with codes in the place of ids, and every text swept.
    pub fn report(&self, report: &mut Report) {
        report.rewrite(&|column, text| match column {
            Some("staff") => self.id(text),
            // A date by formula tells the month of birth.
            Some("retire_date") => HIDDEN.to_owned(),
            _ => self.text(text),
        });
    }

    /// A message without what could be a person's.
    #[must_use]
    pub fn problem(&self, problem: &Problem) -> Problem {
        let mut masked = problem.clone();
        let of_staff = problem.args.get("staff").and_then(|id| self.codes.get(id));
        let birth = problem.cell.as_ref().is_some_and(|cell| self.is_birth(cell));
        for (name, value) in &mut masked.args {
            let harmless = HARMLESS.contains(&name.as_str());
            *value = match (of_staff, name.as_str()) {
                _ if self.blind && !harmless => HIDDEN.to_owned(),
                (Some(code), "name" | "staff") => code.clone(),
                (_, "value" | "date" | "years" | "months") if birth => HIDDEN.to_owned(),
                _ => self.codes.get(value.as_str()).cloned().unwrap_or_else(|| self.text(value)),
            };
        }
        if let Some(cell) = &mut masked.cell {
            cell.file = self.text(&cell.file);
            cell.sheet = self.text(&cell.sheet);
        }
        masked
    }

    /// Whether a cell stands in a column of birth dates.
    fn is_birth(&self, cell: &Cell) -> bool {
        self.origins.tables.iter().any(|table| {
            (&table.file, &table.sheet) == (&cell.file, &cell.sheet)
                && cell.column.is_some()
                && table.columns.get("birth_date").copied() == cell.column
        })
    }
}

/// A word in the place of a name that marks an empty seat.
fn vacancy(name: &str) -> bool {
    matches!(name.trim(), "" | "空缺" | "（空缺）" | "(空缺)") || name.trim().eq_ignore_ascii_case("vacant")
}

/// The letters before the number: as many X as it takes for no id or name to hold them before a digit.
fn letters(people: &[(String, String, Option<NaiveDate>)]) -> String {
    let mut letters = "X".to_owned();
    let taken = |letters: &str| {
        people.iter().flat_map(|(id, name, _)| [id, name]).any(|text| {
            let text = text.to_ascii_uppercase();
            text.match_indices(letters)
                .any(|(at, _)| text[at + letters.len()..].starts_with(|sign: char| sign.is_ascii_digit()))
        })
    };
    while taken(&letters) {
        letters.push('X');
    }
    letters
}

/// A plan with ids in the place of codes again. Codes that nobody has stay as they are.
#[must_use]
pub fn unmasked(people: &[Masked], plan: &PlanFile) -> PlanFile {
    let ids: BTreeMap<&str, &str> = people.iter().map(|one| (one.code.as_str(), one.id.as_str())).collect();
    let id = |code: &str| ids.get(code).map_or_else(|| code.to_owned(), |id| (*id).to_owned());
    let mut plan = plan.clone();
    plan.layout = std::mem::take(&mut plan.layout).into_iter().map(|(code, places)| (id(&code), places)).collect();
    plan.moves.iter_mut().for_each(|row| row.staff = id(&row.staff));
    plan.deferrals.iter_mut().for_each(|row| row.staff = id(&row.staff));
    plan
}

/// A plan read back with ids in the place of codes again, its edits too.
#[must_use]
pub fn unmasked_read(people: &[Masked], mut read: ReadPlan) -> ReadPlan {
    read.original = unmasked(people, &read.original);
    read.plan = unmasked(people, &read.plan);
    for edit in &mut read.edits {
        if let Some(one) = people.iter().find(|one| one.code == edit.staff) {
            edit.staff.clone_from(&one.id);
        }
    }
    read
}

/// Whether the people of a plan all look like codes: letters X and a number.
#[must_use]
pub fn looks_masked(plan: &PlanFile) -> bool {
    let code = |id: &String| {
        let digits = id.trim_start_matches('X');
        digits.len() < id.len() && digits.len() >= 3 && digits.bytes().all(|sign| sign.is_ascii_digit())
    };
    !plan.layout.is_empty() && plan.layout.keys().all(code)
}

/// The forms in which a birth date is written in sentences.
fn written(birth: NaiveDate) -> Vec<String> {
    let (y, m, d) = (birth.year(), birth.month(), birth.day());
    let mut forms = vec![
        format!("{y}年{m}月{d}日"),
        format!("{y}年{m:02}月{d:02}日"),
        format!("{y}年{m}月"),
        format!("{y}年{m:02}月"),
        format!("{y}{m:02}{d:02}"),
    ];
    for gap in ['-', '.', '/'] {
        forms.extend([format!("{y}{gap}{m:02}{gap}{d:02}"), format!("{y}{gap}{m}{gap}{d}"), format!("{y}{gap}{m:02}")]);
    }
    forms
}
