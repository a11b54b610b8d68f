//! Kin, on which R08 acts and other rules not yet; and past stays, at which the fit model alone looks.

use super::Sheets;
use super::lookup::{Known, Near, Units};
use super::posts::Posts;
use super::staff::Roster;
use crate::input::log::Log;
use crate::input::row::Row;
use lungang_domain::words::Kin;
use lungang_domain::{HistoryRow, Person, PersonIx, Post, Problem, Relation, Unit};

/// What the sheets hold.
#[derive(Debug, Default)]
pub struct Unused {
    /// Kin.
    pub relations: Vec<Relation>,
    /// Past stays.
    pub history: Vec<HistoryRow>,
}

/// Reads them.
pub fn read(
    sheets: &Sheets,
    found: &Posts<'_>,
    units: &[Unit],
    unit_index: &Units,
    roster: &Roster,
    log: &mut Log,
) -> Unused {
    let relations: Vec<Relation> =
        sheets.rows("relations").filter_map(|row| relation(row, units, &found.posts, roster, log)).collect();
    // Kin against businesses is R08; two people in service against each other is not looked at yet.
    if let Some(pair) = relations.iter().find(|relation| relation.staff_b.is_some()) {
        log.sheet(pair.row.table, Problem::new("W0322"));
    }
    Unused {
        relations,
        history: sheets.rows("history").filter_map(|row| past(row, found, unit_index, roster, log)).collect(),
    }
}

/// Tells of past stays that nothing looks at: they are experience in the fit model alone.
pub fn past_stays(sheets: &Sheets, looked_at: bool, log: &mut Log) {
    if let Some(table) = sheets.filled("history").filter(|_| !looked_at) {
        log.sheet(table.table, Problem::new("W0320").with("sheet", "history").with("zh", table.sheet.zh));
    }
}

/// The planned person of a column; an unknown id is an error, somebody not in service is left out.
fn person(row: &Row, column: &str, roster: &Roster, log: &mut Log) -> Option<PersonIx> {
    match roster.index.find(row.text(column)?) {
        Ok(Known::Planned(ix)) => Some(ix),
        Ok(Known::Unplanned) => None,
        Err(problem) => {
            log.at(row.at, column, problem.with("column", column));
            None
        }
    }
}

/// The one person in service whom a text about a relative means: their name stands in it, nobody else bears it, and so does
/// their unit, whole or short (财政局 for 咸安区财政局). A name alone is not enough.
fn in_service(about: &str, units: &[Unit], posts: &[Post], roster: &Roster) -> Option<PersonIx> {
    // An export may name the unit in the title of the post alone.
    let home = |person: &Person| person.unit.or_else(|| Some(posts.get(person.post?.0)?.unit));
    let words = about.split(|c: char| c.is_whitespace() || "，,、；;".contains(c)).filter(|word| !word.is_empty());
    let known = words.filter_map(|word| match roster.index.find(word) {
        Ok(Known::Planned(ix)) => Some(ix),
        _ => None,
    });
    let works_there = |ix: &PersonIx| {
        let unit = roster.people.get(ix.0).and_then(|person| units.get(home(person)?.0));
        unit.is_some_and(|unit| {
            let ends = unit.name.char_indices().map(|(at, _)| &unit.name[at..]);
            ends.filter(|end| end.chars().count() >= 3).any(|end| about.contains(end))
        })
    };
    let mut found = known.filter(works_there);
    found.next().filter(|_| found.next().is_none())
}

/// What a row says of the relative, and in which column first: who they are and where they work, or what they live by.
fn about(row: &Row) -> Option<(&'static str, String)> {
    let told = ["relative", "workplace", "other"].map(|column| row.text(column).map(|text| (column, text)));
    let told: Vec<_> = told.into_iter().flatten().collect();
    let (first, _) = told.first()?;
    Some((first, told.iter().map(|(_, text)| *text).collect::<Vec<_>>().join(" ")))
}

fn relation(row: &Row, units: &[Unit], posts: &[Post], roster: &Roster, log: &mut Log) -> Option<Relation> {
    log.needs(row, "staff_a");
    let (a, mut b) = (person(row, "staff_a", roster, log), person(row, "staff_b", roster, log));
    if row.is_blank("staff_b")
        && let Some((column, about)) = about(row)
        && let Some(ix) = in_service(&about, units, posts, roster)
        && a != Some(ix)
    {
        let id = roster.people.get(ix.0).map_or("", |person| person.id.as_str());
        log.at(row.at, column, Problem::new("A0313").with("staff", id));
        b = Some(ix);
    }
    if row.text("staff_a").is_some() && row.text("staff_a") == row.text("staff_b") {
        log.at(row.at, "staff_b", Problem::new("E0319"));
    }
    if row.is_blank("staff_b") && about(row).is_none() {
        log.at(row.at, "staff_b", Problem::new("E0302").with("column", "staff_b"));
    }
    Some(Relation {
        staff_a: a?,
        staff_b: b,
        kind: row.word("kind").and_then(Kin::from_key),
        other: row.owned("other"),
        row: row.at,
    })
}

fn past(row: &Row, found: &Posts<'_>, units: &Units, roster: &Roster, log: &mut Log) -> Option<HistoryRow> {
    log.needs(row, "staff");
    let staff = person(row, "staff", roster, log)?;
    // Units and posts of the past need not exist today.
    let unit = row.text("unit").and_then(|name| units.find(name).ok());
    let near = Near { unit, section: row.text("section") };
    let is_elsewhere = row.text("unit").is_some() && unit.is_none();
    let post = row.text("post").filter(|_| !is_elsewhere).and_then(|text| found.index.find(text, near).ok());
    Some(HistoryRow {
        staff,
        post,
        domain: row.owned("domain"),
        from: row.date("from"),
        to: row.date("to"),
        row: row.at,
    })
}
