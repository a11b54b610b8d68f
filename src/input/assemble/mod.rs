//! Typed rows → one [`Case`], with every check between sheets.

mod decisions;
mod duties;
mod events;
mod fit;
mod lookup;
mod posts;
mod risks;
pub mod staff;
mod units;
mod unused;

pub use fit::OF_THE_MODEL;
pub use staff::MOST_NEEDED;

use super::log::Log;
use super::row::Row;
use super::tables::Table;
use chrono::NaiveDate;
use lungang_domain::{Case, Policy, Post, Problem, RowRef};
use std::collections::HashSet;

/// The typed sheets by name.
#[derive(Debug, Default)]
pub struct Sheets {
    /// The sheets found.
    pub tables: Vec<Table>,
}

impl Sheets {
    /// The sheets of this name: an input may hold several rosters.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &Table> {
        self.tables.iter().filter(move |table| table.sheet.name == name)
    }

    /// The first sheet of this name that has rows: a sheet with headings alone says nothing.
    #[must_use]
    pub fn filled(&self, name: &str) -> Option<&Table> {
        self.all(name).find(|table| !table.rows.is_empty())
    }

    /// The rows of the sheets of this name.
    pub fn rows(&self, name: &str) -> impl Iterator<Item = &Row> {
        self.all(name).flat_map(|table| &table.rows)
    }

    /// Whether the sheet in which a row stands has this column.
    #[must_use]
    pub fn has(&self, row: RowRef, column: &str) -> bool {
        self.tables.iter().any(|table| table.table == row.table && table.has(column))
    }
}

/// The dates that data are checked against; none where no start was given.
#[derive(Clone, Copy, Debug, Default)]
pub struct Today {
    /// Date of the data.
    pub as_of: Option<NaiveDate>,
}

/// Builds the case. It is only to be used where the log has no errors.
pub fn assemble(sheets: &Sheets, policy: &Policy, dated: bool, log: &mut Log) -> Case {
    for name in ["staff", "posts"] {
        if let (Some(table), None) = (sheets.all(name).next(), sheets.filled(name)) {
            log.sheet(table.table, Problem::new("E0123").with("sheet", name).with("zh", table.sheet.zh));
        }
    }
    let today = Today { as_of: dated.then_some(policy.as_of) };
    let units = units::read(sheets, log);
    let unit_index = lookup::Units::new(&units);
    let mut found = posts::read(sheets, &units, &unit_index, log);
    let joining = events::joining(sheets, today);
    let roster = {
        let around = staff::Around { units: &units, unit_index: &unit_index, posts: &found, joining: &joining, today };
        staff::read(sheets, &around, log)
    };
    headcounts(&mut found, &roster, log);
    untested(sheets, &found, &roster, log);
    let risks = risks::read(sheets, &mut found, &unit_index, policy, log);
    let duties = duties::read(sheets, &mut found, &roster, log);
    let fit = fit::read(sheets, &found, &roster, log);
    let events = events::read(sheets, &found, &roster, policy, dated, log);
    let decisions = decisions::read(sheets, &found, &roster, &events, policy, dated, log);
    let unused = unused::read(sheets, &found, &units, &unit_index, &roster, log);
    let mut case = Case {
        people: roster.people,
        unplanned: roster.unplanned,
        posts: found.posts,
        units,
        sections: found.sections,
        fit,
        risks,
        duties,
        relations: unused.relations,
        history: unused.history,
        events,
        decisions,
        origins: log.origins.clone(),
        notes: Vec::new(),
    };
    // Without a start there is no date up to which months could be counted; and the scores may stand where an error is.
    let mut looked_at = policy.fit.computes(case.fit.given);
    if dated && !log.has_errors() {
        fit::compute(&mut case, policy, log);
        looked_at = case.fit.model().is_some();
    }
    unused::past_stays(sheets, looked_at && policy.fit.weights.domain > 0, log);
    case
}

/// Tests of qualification apply where both sides are filled (semantics 12); the blanks that pass are warned of, a line
/// per column.
fn untested(sheets: &Sheets, found: &posts::Posts<'_>, roster: &staff::Roster, log: &mut Log) {
    let Some(table) = sheets.filled("staff") else { return };
    let planned: HashSet<RowRef> = roster.people.iter().map(|person| person.row).collect();
    // "None" in so many words leaves the list as empty as a blank does.
    let says_nothing =
        |row: &Row, column: &str| row.is_blank(column) || row.list(column).is_some_and(<[String]>::is_empty);
    type Asks = fn(&Post) -> bool;
    let asks: [(&str, Asks); 6] = [
        // A post with a level asks for the level alone.
        ("grade", |post| post.grade.is_some() && post.level.is_none()),
        ("education", |post| post.min_education.is_some()),
        ("major", |post| !post.required_majors.is_empty()),
        ("certificates", |post| !post.required_certificates.is_empty()),
        ("staffing_kind", |post| !post.staffing_kinds.is_empty()),
        ("category", |post| !post.categories.is_empty()),
    ];
    for (column, asks) in asks {
        let blank = sheets.rows("staff").filter(|row| planned.contains(&row.at) && says_nothing(row, column)).count();
        let asking = found.posts.iter().filter(|post| asks(post)).count();
        if blank > 0 && asking > 0 {
            let name = log.headings.get(&(table.table, column.to_owned())).cloned().unwrap_or(column.to_owned());
            log.sheet(
                table.table,
                Problem::new("W0314").with("column", name).with("count", blank).with("posts", asking),
            );
        }
    }
}

/// A blank headcount is the number of holders today; more holders than seats are warned of.
fn headcounts(found: &mut posts::Posts<'_>, roster: &staff::Roster, log: &mut Log) {
    let mut holders = vec![0_u32; found.posts.len()];
    for post in roster.people.iter().filter_map(|person| person.post) {
        if let Some(count) = holders.get_mut(post.0) {
            *count += 1;
        }
    }
    for ((post, row), holders) in found.posts.iter_mut().zip(&found.rows).zip(holders) {
        if row.is_blank("headcount") {
            post.headcount = holders;
            log.at(row.at, "headcount", Problem::new("A0301").with("post", &post.id).with("count", holders));
        }
        let Some(seats) = row.whole::<u32>("headcount") else { continue };
        if holders > seats {
            let problem = Problem::new("W0311").with("post", &post.id).with("seats", seats);
            log.at(row.at, "headcount", problem.with("holders", holders));
        }
        if let Some(least) = post.min_present.filter(|least| *least > seats) {
            let problem = Problem::new("W0312").with("post", &post.id).with("least", least);
            log.at(row.at, "min_present", problem.with("seats", seats));
        }
    }
}
