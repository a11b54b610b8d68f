//! The report model: what a plan says on paper, as tables whose cells know their kind. Every format writes these.

mod approvals;
mod audit;
mod calendar;
mod departments;
pub(crate) mod figures;
mod fit;
mod handover;
mod order;
mod pool;
mod posts;
mod proof;
mod quotas;
mod register;
mod reserve;
mod retirements;
mod structure;
mod training;
mod view;
mod yearly;

pub use departments::Department;
pub use figures::Metric;
pub use fit::FitRow;
pub use order::{Chain, Link, Stop};
pub use proof::dotted;
pub use view::View;

use crate::insight::{chain, successors};
use crate::text::{Lang, say};
use chrono::{Datelike, NaiveDate};
use lungang_domain::{Case, Grade, PlanFile, Policy, Problem, UnitIx};
use std::collections::BTreeMap;

/// A day as running text has it; tables keep the short form.
#[must_use]
pub fn day(lang: Lang, date: NaiveDate) -> String {
    let (year, month, day) = (date.year().to_string(), date.month().to_string(), date.day().to_string());
    let iso = date.to_string();
    say(lang, "day", &[("year", &year), ("month", &month), ("day", &day), ("iso", &iso)])
}

/// One cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing.
    Empty,
    /// Words.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// A share of 1.
    Share(f64),
    /// A number with one decimal.
    Decimal(f64),
    /// A date.
    Date(NaiveDate),
    /// A risk grade: a word with a colour.
    Risk(Grade),
}

impl Value {
    /// Words, or nothing.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }

    /// A count.
    #[must_use]
    pub fn count(count: usize) -> Self {
        Self::Whole(i64::try_from(count).unwrap_or(i64::MAX))
    }

    /// In words.
    #[must_use]
    pub fn words(&self, lang: Lang) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Whole(number) => number.to_string(),
            Self::Share(share) => format!("{:.1}%", share * 100.0),
            Self::Decimal(number) => format!("{number:.1}"),
            Self::Date(date) => date.to_string(),
            Self::Risk(grade) => say(lang, &format!("grade-{}", grade.key()), &[]),
        }
    }

    /// A date, or nothing.
    #[must_use]
    pub fn date(date: Option<NaiveDate>) -> Self {
        date.map_or(Self::Empty, Self::Date)
    }
}

/// One column: its key (heading `head-<key>` in the locales) and its width in half-width characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Key.
    pub key: &'static str,
    /// Heading.
    pub heading: String,
    /// Width.
    pub width: u16,
}

/// One table, a sheet of the workbook.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Key: sheet name `sheet-<id>`, title `title-<id>`.
    pub id: &'static str,
    /// Sheet name.
    pub name: String,
    /// Title.
    pub title: String,
    /// Columns.
    pub columns: Vec<Column>,
    /// Rows, as wide as the columns.
    pub rows: Vec<Vec<Value>>,
    /// Columns that go on paper, from the left; those after them are for work on the screen.
    pub printed: usize,
    /// Whether the table is signed: 填报单位(盖章), 填报人, 审核人, 日期.
    pub signed: bool,
    /// The units that each row speaks of, row by row; none for a row that speaks of the plan as a whole.
    pub of_units: Vec<Vec<UnitIx>>,
}

impl Table {
    pub(crate) fn new(lang: Lang, id: &'static str, columns: &[(&'static str, u16)]) -> Self {
        Self {
            id,
            name: say(lang, &format!("sheet-{id}"), &[]),
            title: say(lang, &format!("title-{id}"), &[]),
            columns: columns
                .iter()
                .map(|(key, width)| Column { key, heading: say(lang, &format!("head-{key}"), &[]), width: *width })
                .collect(),
            rows: Vec::new(),
            printed: usize::MAX,
            signed: false,
            of_units: Vec::new(),
        }
    }

    /// Adds a column on the right.
    fn add_column(&mut self, lang: Lang, key: &'static str, width: u16) {
        self.columns.push(Column { key, heading: say(lang, &format!("head-{key}"), &[]), width });
    }

    /// Adds a row that speaks of these units.
    fn push(&mut self, units: impl IntoIterator<Item = UnitIx>, row: Vec<Value>) {
        self.rows.push(row);
        self.of_units.push(units.into_iter().collect());
    }

    /// The rows that speak of a unit, numbered anew, without the column that names it.
    #[must_use]
    pub fn of_unit(&self, unit: UnitIx) -> Self {
        let mut table = Self { rows: Vec::new(), of_units: Vec::new(), ..self.clone() };
        for (row, units) in self.rows.iter().zip(&self.of_units).filter(|(_, units)| units.contains(&unit)) {
            table.push(units.iter().copied(), row.clone());
        }
        if let Some(at) = table.column("no") {
            table.rows.iter_mut().enumerate().for_each(|(no, row)| row[at] = Value::count(no + 1));
        }
        table.drop_column("unit");
        // They name people of other units who were only weighed against each other.
        ["single_change", "price"].iter().for_each(|key| table.drop_column(key));
        table
    }

    /// Takes a column out.
    pub(crate) fn drop_column(&mut self, key: &str) {
        while let Some(at) = self.column(key) {
            self.columns.remove(at);
            self.rows.iter_mut().for_each(|row| drop(row.remove(at)));
            if at < self.printed && self.printed != usize::MAX {
                self.printed -= 1;
            }
        }
    }

    /// Puts every text through `edit`, which is told the key of the column that a cell stands in, or nothing.
    pub(in crate::output) fn rewrite(&mut self, edit: &dyn Fn(Option<&str>, &str) -> String) {
        let plain = |text: &mut String| *text = edit(None, text);
        plain(&mut self.title);
        let keys: Vec<&'static str> = self.columns.iter().map(|column| column.key).collect();
        self.columns.iter_mut().for_each(|column| plain(&mut column.heading));
        for row in &mut self.rows {
            for (value, key) in row.iter_mut().zip(&keys) {
                if let Value::Text(text) = value {
                    *text = edit(Some(key), text);
                }
            }
        }
    }

    /// Position of a column.
    #[must_use]
    pub fn column(&self, key: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.key == key)
    }
}

/// A plan on paper.
#[derive(Clone, Debug)]
pub struct Report {
    /// The tables in reading order; the yearly plan first.
    pub tables: Vec<Table>,
    /// The before/after figures in long form, for pivot tables.
    pub metrics: Vec<Metric>,
    /// Where fit is computed: the pairs that the plan speaks of, with the parts of their scores.
    pub fit: Vec<FitRow>,
    /// Labels of the posts, "id title", by post id: what the new-post column offers.
    pub posts: Vec<(String, String)>,
    /// The same posts as papers name them, by label: the unit, and the post without its id.
    pub places: BTreeMap<String, (String, String)>,
    /// The units planned, as every sheet names them under its title.
    pub units: String,
    /// What is planned for each unit, in the order of the units.
    pub departments: Vec<Department>,
    /// Moves that depend on one another, by batch.
    pub chains: Vec<Chain>,
    /// First and last day of the plan.
    pub span: (NaiveDate, NaiveDate),
    /// Plan years.
    pub years: usize,
}

/// Tables that no unit's own papers have: those that speak of the plan as a whole, and those that name people of other
/// units who were only weighed against each other.
const OF_THE_WHOLE: &[&str] = &["milestones", "candidates", "fit", "successors", "pool", "tiers", "provenance", "data"];

impl Report {
    /// Builds the report of a plan.
    ///
    /// # Errors
    /// Where the plan's layout is not one of this case.
    pub fn build(case: &Case, policy: &Policy, plan: &PlanFile, lang: Lang) -> Result<Self, Vec<Problem>> {
        let layout = plan.layout(case)?;
        let view = View::new(case, policy, plan, &layout, lang);
        let metrics = figures::metrics(&view);
        let standings = successors::standings(&view.facts, &view.courses);
        let cadres = chain::courses(&view.facts, &view.courses);
        let (candidates, weighed) = posts::candidates(&view);
        let parts = fit::rows(&view, &weighed);
        let mut tables = vec![
            yearly::table(&view),
            order::table(&view),
            register::table(&view),
            approvals::table(&view),
            audit::table(&view),
            handover::table(&view),
            calendar::table(&view),
            calendar::milestones(&view),
            posts::table(&view),
            candidates,
            reserve::table(&view, &cadres),
            reserve::successors(&view, &standings),
            structure::table(&view),
            pool::table(&view, &standings, &cadres),
            retirements::table(&view),
            figures::table(&view, &metrics),
            training::table(&view),
            quotas::table(&view),
            proof::tiers(&view),
            proof::facts(&view),
            proof::data(&view),
        ];
        if !parts.is_empty() {
            let after = tables.iter().position(|table| table.id == "candidates").map_or(tables.len(), |at| at + 1);
            tables.insert(after, fit::table(&view, &parts));
        }
        // The line under the title names the only unit; a column that repeats it costs a third of the paper.
        if let [_] = case.units.as_slice() {
            tables.iter_mut().for_each(|table| table.drop_column("unit"));
        }
        let posts = case.posts_ix().map(|post| (case.post(post).id.0.clone(), view.label(post))).collect();
        let place = |post| (view.label(post), (view.unit(view.facts.unit(post)).to_owned(), view.post(post)));
        let places = case.posts_ix().map(place).collect();
        let years = view.facts.years;
        let last = lungang_domain::time::eve(policy.effective(years + 1));
        Ok(Self {
            tables,
            metrics,
            fit: parts.into_iter().map(|(_, _, row)| row).collect(),
            posts,
            places,
            units: view.units(),
            departments: departments::of_plan(&view),
            chains: order::chains(&view),
            span: (plan.start, last),
            years,
        })
    }

    /// The table with this key.
    #[must_use]
    pub fn table(&self, id: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.id == id)
    }

    /// What a unit is given of the report: its own rows, and nothing of the plan as a whole.
    #[must_use]
    pub fn of_unit(&self, department: &Department) -> Self {
        let own = self.tables.iter().filter(|table| !OF_THE_WHOLE.contains(&table.id));
        Self {
            tables: own.map(|table| table.of_unit(department.unit)).collect(),
            metrics: Vec::new(),
            fit: Vec::new(),
            posts: Vec::new(),
            places: self.places.clone(),
            units: department.name.clone(),
            departments: vec![department.clone()],
            chains: Vec::new(),
            span: self.span,
            years: self.years,
        }
    }

    /// A cell in words that a paper may hold: of a post's label, the post without its id, and its unit where that is
    /// another than `home`. Other cells are left to the format.
    #[must_use]
    pub fn place(&self, column: &Column, value: &Value, home: &str) -> Option<String> {
        let Value::Text(label) = value else { return None };
        if !matches!(column.key, "new_post" | "post_label") {
            return None;
        }
        let (unit, post) = self.places.get(label)?;
        Some(if unit == home { post.clone() } else { format!("{unit} {post}") })
    }

    /// What is planned, in a sentence or two as a covering letter has it.
    #[must_use]
    pub fn summary(&self, lang: Lang) -> String {
        let sum = |of: fn(&Department) -> usize| self.departments.iter().map(of).sum::<usize>().to_string();
        say(
            lang,
            if self.departments.len() > 1 { "paper-summary" } else { "paper-summary-unit" },
            &[
                ("unit", &self.units),
                ("from", &day(lang, self.span.0)),
                ("to", &day(lang, self.span.1)),
                ("years", &self.years.to_string()),
                ("units", &self.departments.len().to_string()),
                ("people", &sum(|unit| unit.people)),
                ("posts", &sum(|unit| unit.posts)),
                ("moves", &sum(|unit| unit.moves)),
                ("placements", &sum(|unit| unit.placements)),
                ("deferrals", &sum(|unit| unit.deferrals)),
            ],
        )
    }

    /// Puts every text through `edit`, which is told the key of the column that a cell stands in, or nothing.
    pub fn rewrite(&mut self, edit: &dyn Fn(Option<&str>, &str) -> String) {
        let plain = |text: &mut String| *text = edit(None, text);
        self.tables.iter_mut().for_each(|table| table.rewrite(edit));
        self.metrics.iter_mut().for_each(|metric| plain(&mut metric.unit));
        self.fit.iter_mut().for_each(|row| row.staff = edit(Some("staff"), &row.staff));
        self.posts.iter_mut().for_each(|(_, label)| plain(label));
        let places = std::mem::take(&mut self.places);
        let edited = |(label, (unit, post)): (String, (String, String))| {
            (edit(Some("new_post"), &label), (edit(None, &unit), edit(None, &post)))
        };
        self.places = places.into_iter().map(edited).collect();
        plain(&mut self.units);
        self.departments.iter_mut().for_each(|department| plain(&mut department.name));
        for link in self.chains.iter_mut().flat_map(|chain| &mut chain.links) {
            plain(&mut link.name);
            plain(&mut link.to.label);
            link.from.iter_mut().for_each(|stop| plain(&mut stop.label));
        }
    }
}
