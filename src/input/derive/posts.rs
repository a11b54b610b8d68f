//! The posts that a roster shows.

use super::cells::{cell_name, headings, table};
use super::titles::{lead, same_section, split_title, unit_of_title, without_unit};
use super::{Derived, Mark, WANTED_OF_POSTS, in_service, whole_name};
use crate::input::assemble::Sheets;
use crate::input::assemble::staff::is_vacancy;
use crate::input::log::Log;
use crate::input::row::Row;
use crate::input::schema::heading_key;
use crate::input::sheets::RawValue;
use crate::input::words;
use lungang_domain::Problem;
use std::collections::{BTreeSet, HashMap};

/// One post, as the roster shows it.
#[derive(Debug)]
pub(super) struct Post {
    pub(super) id: String,
    pub(super) unit: String,
    pub(super) section: Option<String>,
    title: String,
    seats: usize,
    /// Whether the section was read out of the title.
    split: bool,
    source: String,
}

/// The posts that a roster shows, and which row holds which.
#[derive(Debug, Default)]
pub(super) struct Posts {
    pub(super) list: Vec<Post>,
    by_row: HashMap<(usize, u32), usize>,
}

impl Posts {
    pub(super) fn of(sheets: &Sheets, log: &mut Log) -> Self {
        let mut posts = Self::default();
        let mut known: HashMap<(String, String, String), usize> = HashMap::new();
        let mut units: Vec<String> = Vec::new();
        let mut count: HashMap<usize, usize> = HashMap::new();
        let mut split_titles = 0;
        for row in sheets.rows("staff").filter(|row| in_service(row) || is_vacancy(row)) {
            let Some(written) = row.text("post") else { continue };
            // Appointment forms name the unit in the title alone.
            let unit = row.owned("unit").or_else(|| unit_of_title(written)).unwrap_or_default();
            let text = without_unit(written, &unit);
            let own = row.owned("section").map(|section| without_unit(&section, &unit).to_owned());
            let (section, title, split) = match (own, split_title(text)) {
                (Some(section), Some((of_title, title))) if same_section(&section, &of_title) => {
                    (Some(section), title, false)
                }
                (Some(section), _) => (Some(section), text.to_owned(), false),
                (None, Some((section, title))) => (Some(section), title, true),
                (None, None) => (None, text.to_owned(), false),
            };
            let key =
                (heading_key(&unit), section.as_deref().map(heading_key).unwrap_or_default(), heading_key(&title));
            let at = *known.entry(key).or_insert_with(|| {
                let number = units.iter().position(|known| *known == unit).unwrap_or_else(|| {
                    units.push(unit.clone());
                    units.len() - 1
                });
                let place = count.entry(number).or_default();
                *place += 1;
                posts.list.push(Post {
                    id: format!("{:02}-{:03}", number + 1, place),
                    unit: unit.clone(),
                    section: section.clone(),
                    title: title.clone(),
                    seats: 0,
                    split,
                    source: cell_name(row, log),
                });
                posts.list.len() - 1
            });
            posts.list[at].seats += 1;
            split_titles += usize::from(split);
            posts.by_row.insert((row.at.table, row.at.row), at);
        }
        let first = sheets.filled("staff").map(|table| table.table);
        if let (Some(table), false) = (first, posts.list.is_empty()) {
            log.sheet(table, Problem::new("A0117").with("count", posts.list.len()));
            if split_titles > 0 {
                log.sheet(table, Problem::new("A0118").with("count", split_titles));
            }
        }
        posts
    }

    /// Posts that a risk list speaks of and that nobody holds. How many seats they have is not known.
    pub(super) fn add_listed(&mut self, sheets: &Sheets, units: &BTreeSet<String>, log: &mut Log) {
        let mut added = 0;
        for row in sheets.rows("risks") {
            let (Some(text), Some(unit)) = (row.text("post"), row.text("unit")) else { continue };
            let unit = whole_name(unit, units).unwrap_or(unit);
            if !units.contains(unit) {
                continue;
            }
            let text = without_unit(text, unit);
            let (section, title) = match (row.owned("section"), split_title(text)) {
                (_, Some((section, title))) => (Some(section), title),
                (section, None) => (section, text.to_owned()),
            };
            let whole = |section: &Option<String>, title: &str| {
                heading_key(&format!("{}{title}", section.as_deref().unwrap_or("")))
            };
            let wanted = [whole(&section, &title), heading_key(text)];
            let is_known = |post: &&Post| {
                post.unit == unit
                    && (wanted.contains(&whole(&post.section, &post.title))
                        || wanted.contains(&heading_key(&post.title)))
            };
            if self.list.iter().find(is_known).is_some() {
                continue;
            }
            let of_unit: Vec<&Post> = self.list.iter().filter(|post| post.unit == unit).collect();
            let Some(number) = of_unit.first().and_then(|post| post.id.split('-').next()).map(str::to_owned) else {
                continue;
            };
            let id = format!("{number}-{:03}", of_unit.len() + 1);
            let (unit, source) = (unit.to_owned(), cell_name(row, log));
            let split = section.is_some() && row.is_blank("section");
            self.list.push(Post { id, unit, section, title, seats: 0, split, source });
            added += 1;
        }
        if let (Some(table), true) = (sheets.filled("risks"), added > 0) {
            log.sheet(table.table, Problem::new("A0120").with("count", added));
        }
    }

    /// The post that was derived from a row.
    pub(super) fn of_row(&self, row: &Row) -> Option<&Post> {
        self.by_row.get(&(row.at.table, row.at.row)).and_then(|at| self.list.get(*at))
    }

    pub(super) fn write(&self, sheets: &Sheets, derived: &mut Derived) {
        let graded = graded(sheets);
        let columns = ["id", "unit", "section", "title", "headcount", "lead"];
        let mut rows = vec![headings(&columns)];
        for (at, post) in self.list.iter().enumerate() {
            let lead = lead(&post.title, post.section.is_some());
            #[allow(clippy::cast_precision_loss)] // Seats of a post.
            rows.push(vec![
                RawValue::text(&post.id),
                RawValue::text(&post.unit),
                RawValue::text(post.section.as_deref().unwrap_or("")),
                RawValue::text(&post.title),
                if post.seats > 0 { RawValue::Number(post.seats as f64) } else { RawValue::Empty },
                RawValue::text(&lead.map(|lead| words::said("lead", lead, derived.lang)).unwrap_or_default()),
                RawValue::text(&post.source),
            ]);
            let seats = if post.seats > 0 { Mark::Assumed } else { Mark::Missing };
            derived.marks.insert(("posts", at, "headcount"), seats);
            for (column, assumed) in [("lead", lead.is_some()), ("section", post.split)] {
                if assumed {
                    derived.marks.insert(("posts", at, column), Mark::Assumed);
                }
            }
            for column in WANTED_OF_POSTS {
                let listed = *column == "risk" && graded.contains(&heading_key(&post.title));
                let told = listed || (*column == "lead" && lead.is_some());
                if !told {
                    derived.marks.insert(("posts", at, column), Mark::Missing);
                }
            }
        }
        derived.posts = self.list.len();
        derived.tables.push(table("posts", rows));
    }
}

/// Titles of posts that a risk list speaks of: their grades come from there.
fn graded(sheets: &Sheets) -> BTreeSet<String> {
    sheets.rows("risks").filter_map(|row| row.text("post")).map(heading_key).collect()
}
