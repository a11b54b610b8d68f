//! The report model: what a plan says on paper, as tables whose cells know their kind. Every format writes these.

mod figures;
mod order;
mod posts;
mod proof;
mod register;
mod reserve;
mod training;
mod view;
mod yearly;

pub use figures::Metric;
pub use proof::dotted;
pub use view::View;

use crate::text::{Lang, say};
use chrono::NaiveDate;
use lungang_domain::{Case, Grade, PlanFile, Policy, Problem};

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
}

impl Table {
    fn new(lang: Lang, id: &'static str, columns: &[(&'static str, u16)]) -> Self {
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
        }
    }

    /// Takes a column out.
    fn drop_column(&mut self, key: &str) {
        while let Some(at) = self.column(key) {
            self.columns.remove(at);
            self.rows.iter_mut().for_each(|row| drop(row.remove(at)));
            if at < self.printed && self.printed != usize::MAX {
                self.printed -= 1;
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
    /// Labels of the posts, "id title", by post id: what the new-post column offers.
    pub posts: Vec<(String, String)>,
    /// The units planned, as every sheet names them under its title.
    pub units: String,
}

impl Report {
    /// Builds the report of a plan.
    ///
    /// # Errors
    /// Where the plan's layout is not one of this case.
    pub fn build(case: &Case, policy: &Policy, plan: &PlanFile, lang: Lang) -> Result<Self, Vec<Problem>> {
        let layout = plan.layout(case)?;
        let view = View::new(case, policy, plan, &layout, lang);
        let metrics = figures::metrics(&view);
        let mut tables = vec![
            yearly::table(&view),
            order::table(&view),
            register::table(&view),
            posts::table(&view),
            posts::candidates(&view),
            reserve::table(&view),
            reserve::successors(&view),
            figures::table(&view, &metrics),
            training::table(&view),
            proof::tiers(&view),
            proof::facts(&view),
            proof::data(&view),
        ];
        // The line under the title names the only unit; a column that repeats it costs a third of the paper.
        if let [_] = case.units.as_slice() {
            tables.iter_mut().for_each(|table| table.drop_column("unit"));
        }
        let posts = case.posts_ix().map(|post| (case.post(post).id.0.clone(), view.label(post))).collect();
        Ok(Self { tables, metrics, posts, units: view.units() })
    }
}
