//! Fit scores: long form, or a matrix of people and posts; and what the model computes where there are none.

use super::Sheets;
use super::lookup::{Known, Near};
use super::posts::Posts;
use super::staff::Roster;
use crate::input::log::Log;
use crate::input::row::Row;
use crate::input::tables::Table;
use lungang_domain::fit::Part;
use lungang_domain::{Case, Cell, Fit, PersonIx, Policy, PostIx, Problem, RowRef};
use std::collections::HashMap;

/// Codes of what is told of the model. An export leaves them out: whoever reads it computes, and tells, anew.
pub const OF_THE_MODEL: &[&str] = &["W0330", "A0330", "A0331", "A0332"];

/// Has the model compute the scores that were not given, as the policy asks, and tells on what they rest.
pub fn compute(case: &mut Case, policy: &Policy, log: &mut Log) {
    if case.people.is_empty() || case.posts.is_empty() {
        return;
    }
    case.compute_fit(policy);
    let Some(model) = case.fit.model() else {
        if !case.fit.given && policy.fit.computes(false) {
            log.push(Problem::new("A0332"));
        }
        return;
    };
    let mut told = Problem::new(if case.fit.given { "A0331" } else { "A0330" });
    for part in Part::ALL {
        let known = model.counts(part);
        // Class-hours are asked of everybody, by no post.
        let posts = if part == Part::Training { String::new() } else { format!("/{}", known.posts) };
        told = told.with(part.key(), format!("{}{posts}", known.people));
    }
    log.push(told);
    if model.unread_wishes() > 0 && model.weight(Part::Wishes) > 0 {
        log.push(Problem::new("W0330").with("count", model.unread_wishes()));
    }
}

/// Reads the scores. A pair without one is missing.
pub fn read(sheets: &Sheets, found: &Posts<'_>, roster: &Roster, log: &mut Log) -> Fit {
    let in_roster = sheets.rows("staff").any(|row| row.whole::<i64>("fit").is_some());
    let given = in_roster || sheets.filled("fit").is_some();
    let fit = Fit::empty(given, roster.people.len());
    let mut book = Book { fit, seen: HashMap::new(), unplanned: 0 };
    for table in sheets.all("fit") {
        if table.matrix.is_empty() {
            long(table, found, roster, &mut book, log);
        } else {
            matrix(table, found, roster, &mut book, log);
        }
        let unplanned = std::mem::take(&mut book.unplanned);
        if unplanned > 0 {
            log.sheet(table.table, Problem::new("W0313").with("count", unplanned));
        }
    }
    if in_roster {
        of_roster(sheets, roster, &mut book, log);
    }
    book.fit
}

/// A score in the roster is that of the person in the post they hold. The sheet of scores wins.
fn of_roster(sheets: &Sheets, roster: &Roster, book: &mut Book, log: &mut Log) {
    let mut read = 0_usize;
    let by_row: HashMap<RowRef, PersonIx> =
        roster.people.iter().enumerate().map(|(at, person)| (person.row, PersonIx(at))).collect();
    for row in sheets.rows("staff") {
        let (Some(score), Some(ix)) = (row.whole::<i64>("fit"), by_row.get(&row.at)) else { continue };
        let Some(post) = roster.people.get(ix.0).and_then(|person| person.post) else {
            log.at(row.at, "fit", Problem::new("W0315"));
            continue;
        };
        if let Some((before, first)) = book.seen.get(&(*ix, post)) {
            if *before != score {
                let problem = Problem::new("W0316").with("value", score).with("before", before);
                let first = log.place(*first);
                log.at(row.at, "fit", problem.with("first", first));
            }
            continue;
        }
        let cell = log.origins.cell(row.at, "fit");
        book.enter((*ix, post), score, row.at, cell, log);
        read += 1;
    }
    if let (Some(table), true) = (sheets.filled("staff"), read > 0) {
        log.sheet(table.table, Problem::new("A0311").with("count", read));
    }
}

struct Book {
    fit: Fit,
    seen: HashMap<(PersonIx, PostIx), (i64, RowRef)>,
    unplanned: usize,
}

impl Book {
    fn enter(&mut self, pair: (PersonIx, PostIx), score: i64, row: RowRef, cell: Option<Cell>, log: &mut Log) {
        if let Some((before, first)) = self.seen.get(&pair) {
            let code = if *before == score { "E0311" } else { "E0312" };
            let first = log.place(*first);
            log.push(Problem::new(code).at(cell).with("first", first).with("value", score).with("before", before));
            return;
        }
        self.seen.insert(pair, (score, row));
        self.fit.set(pair.0, pair.1, u8::try_from(score).unwrap_or(0));
    }
}

/// The person of a row, if planned.
fn person(row: &Row, roster: &Roster, unplanned: &mut usize, log: &mut Log) -> Option<PersonIx> {
    let Some(id) = row.text("staff") else {
        log.needs(row, "staff");
        return None;
    };
    match roster.index.find(id) {
        Ok(Known::Planned(ix)) => Some(ix),
        Ok(Known::Unplanned) => {
            *unplanned += 1;
            None
        }
        Err(problem) => {
            log.at(row.at, "staff", problem.with("column", "staff"));
            None
        }
    }
}

fn long(table: &Table, found: &Posts<'_>, roster: &Roster, book: &mut Book, log: &mut Log) {
    for row in &table.rows {
        let staff = person(row, roster, &mut book.unplanned, log);
        let post = match row.text("post").map(|text| found.index.find(text, Near::default())) {
            Some(Ok(post)) => Some(post),
            Some(Err(problem)) => {
                log.at(row.at, "post", problem.with("column", "post"));
                None
            }
            None => {
                log.needs(row, "post");
                None
            }
        };
        // A blank score is what "missing" means.
        if let (Some(staff), Some(post), Some(score)) = (staff, post, row.whole::<i64>("score")) {
            let cell = log.origins.cell(row.at, "score");
            book.enter((staff, post), score, row.at, cell, log);
        }
    }
}

fn matrix(table: &Table, found: &Posts<'_>, roster: &Roster, book: &mut Book, log: &mut Log) {
    let headings = RowRef { table: table.table, row: table.heading_row };
    let mut posts: HashMap<u32, PostIx> = HashMap::new();
    for (column, text) in &table.matrix {
        match found.index.find(text, Near::default()) {
            Ok(post) => {
                posts.insert(*column, post);
            }
            Err(problem) => {
                let cell = log.origins.cell(headings, "").map(|cell| Cell { column: Some(*column), ..cell });
                log.push(problem.at(cell).with("column", "post"));
            }
        }
    }
    for row in &table.rows {
        let Some(staff) = person(row, roster, &mut book.unplanned, log) else { continue };
        for (column, score) in &row.scores {
            if let Some(post) = posts.get(column) {
                let cell = log.origins.cell(row.at, "").map(|cell| Cell { column: Some(*column), ..cell });
                book.enter((staff, *post), *score, row.at, cell, log);
            }
        }
    }
}
