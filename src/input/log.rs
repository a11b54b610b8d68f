//! Where problems are gathered, all of them, while reading goes on.

use super::row::Row;
use lungang_domain::{Cell, Origins, Problem, RowRef, Severity};
use std::collections::{BTreeMap, BTreeSet};

/// Every problem found so far, and the sheets they point into.
#[derive(Debug, Default)]
pub struct Log {
    /// The sheets.
    pub origins: Origins,
    /// The problems, in the order found.
    pub problems: Vec<Problem>,
    /// Headings as written, by sheet and canonical column: messages speak of columns as the user wrote them.
    pub headings: BTreeMap<(usize, String), String>,
    /// Rows with an error, wherever its cell stands: a title above a row may name its unit.
    pub broken: BTreeSet<RowRef>,
}

/// As many of a kind are shown one by one in a column; the others are told together, row by row.
const SHOWN: usize = 3;
/// A column with more than this many of one note is condensed.
const MANY: usize = 20;

impl Log {
    /// A problem at a column of a row.
    pub fn at(&mut self, row: RowRef, column: &str, mut problem: Problem) {
        let cell = self.origins.cell(row, column);
        if let Some(name) = problem.args.get("column")
            && let Some(written) = self.headings.get(&(row.table, name.clone()))
        {
            problem.args.insert("column".to_owned(), written.clone());
        }
        if problem.severity == Severity::Error {
            self.broken.insert(row);
        }
        self.problems.push(problem.at(cell));
    }

    /// `E0302` where a cell that must be filled is blank. A missing column is told once, elsewhere.
    pub fn needs(&mut self, row: &Row, column: &str) {
        let has = self.origins.tables.get(row.at.table).is_some_and(|table| table.columns.contains_key(column));
        if has && row.is_blank(column) {
            self.at(row.at, column, Problem::new("E0302").with("column", column));
        }
    }

    /// Notes that a row's value of a column stands elsewhere than in the column's own cell: row and 0-based column.
    pub fn move_to(&mut self, row: RowRef, column: &'static str, cell: (u32, u32)) {
        if let Some(origin) = self.origins.tables.get_mut(row.table) {
            origin.moved.insert((row.row, column), cell);
        }
    }

    /// A problem of a whole row.
    pub fn row(&mut self, row: RowRef, problem: Problem) {
        let cell = self.origins.cell(row, "").map(|cell| Cell { column: None, ..cell });
        self.problems.push(problem.at(cell));
    }

    /// A problem of a whole sheet.
    pub fn sheet(&mut self, table: usize, problem: Problem) {
        let cell = self.origins.tables.get(table).map(|origin| Cell {
            file: origin.file.clone(),
            sheet: origin.sheet.clone(),
            row: None,
            column: None,
        });
        self.problems.push(problem.at(cell));
    }

    /// A problem without a place, or with one already.
    pub fn push(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// Whether anything stops the plan.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.problems.iter().any(|problem| problem.severity == Severity::Error)
    }

    /// A short description of a row for messages: `人员 17`.
    #[must_use]
    pub fn place(&self, row: RowRef) -> String {
        let sheet = self.origins.tables.get(row.table).map_or("", |table| table.sheet.as_str());
        format!("{sheet} {}", row.row)
    }

    /// The problems: errors first, each kind in order of place; the same warning or assumption in many cells of one
    /// column is shown a few times and then told together, with every row named.
    #[must_use]
    pub fn finish(self) -> Vec<Problem> {
        let mut groups: BTreeMap<(String, String, String, Option<u32>), Vec<Problem>> = BTreeMap::new();
        let mut problems = Vec::new();
        for problem in self.problems {
            match &problem.cell {
                Some(cell) if problem.severity != Severity::Error && cell.row.is_some() => {
                    let key = (problem.code.clone(), cell.file.clone(), cell.sheet.clone(), cell.column);
                    groups.entry(key).or_default().push(problem);
                }
                _ => problems.push(problem),
            }
        }
        for (_, mut group) in groups {
            group.sort_by(|a, b| (&a.cell, &a.args).cmp(&(&b.cell, &b.args)));
            // An exported input brings the notes of its first reading along.
            group.dedup();
            if group.len() > MANY {
                let rest = group.split_off(SHOWN);
                problems.extend(told_together(&rest));
            }
            problems.extend(group);
        }
        sort(&mut problems);
        problems.dedup();
        problems
    }
}

/// The problems as a screen shows them: an error that fills a column is shown a few times and then told together too.
/// The full list stays in [`super::Reading::problems`].
#[must_use]
pub fn shortened(problems: &[Problem]) -> Vec<Problem> {
    type Column<'a> = (&'a str, &'a str, &'a str, Option<u32>);
    let mut groups: BTreeMap<Column<'_>, Vec<Problem>> = BTreeMap::new();
    let column = |problem: &'_ Problem| problem.cell.as_ref().filter(|cell| cell.row.is_some()).is_some();
    let mut shown: Vec<Problem> = problems.iter().filter(|problem| !column(problem)).cloned().collect();
    for problem in problems.iter().filter(|problem| column(problem)) {
        if let Some(cell) = &problem.cell {
            groups.entry((&problem.code, &cell.file, &cell.sheet, cell.column)).or_default().push(problem.clone());
        }
    }
    for mut group in groups.into_values() {
        if group.len() > MANY {
            let rest = group.split_off(SHOWN);
            shown.extend(told_together(&rest));
        }
        shown.append(&mut group);
    }
    for value in shown.iter_mut().filter_map(|problem| problem.args.get_mut("rows")) {
        // A city's roster fills screens with row numbers otherwise; the data report has them all.
        const SPANS: usize = 20;
        if let Some((at, _)) = value.match_indices(", ").nth(SPANS - 1) {
            value.truncate(at);
            value.push_str(", …");
        }
    }
    sort(&mut shown);
    shown
}

/// Errors first, then warnings, then assumptions, each in order of place.
fn sort(problems: &mut [Problem]) {
    problems.sort_by(|a, b| (a.severity, &a.cell, &a.code, &a.args).cmp(&(b.severity, &b.cell, &b.code, &b.args)));
}

/// One note for many alike: its code, how many, and their rows as spans.
fn told_together(rest: &[Problem]) -> Option<Problem> {
    let first = rest.first()?;
    let rows: Vec<u32> = rest.iter().filter_map(|problem| problem.cell.as_ref()?.row).collect();
    let code = match first.severity {
        Severity::Error => "E0199",
        Severity::Warning => "W0199",
        Severity::Assumption => "A0199",
    };
    Some(
        Problem::new(code)
            .at(first.cell.clone())
            .with("code", &first.code)
            .with("count", rest.len())
            .with("rows", spans(&rows)),
    )
}

/// `2–5, 9` for sorted numbers.
pub fn spans(numbers: &[u32]) -> String {
    let mut spans: Vec<(u32, u32)> = Vec::new();
    for &number in numbers {
        match spans.last_mut() {
            Some((_, last)) if number <= last.saturating_add(1) => *last = number,
            _ => spans.push((number, number)),
        }
    }
    let shown: Vec<String> =
        spans.iter().map(|(a, b)| if a == b { a.to_string() } else { format!("{a}–{b}") }).collect();
    shown.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use lungang_domain::problem::TableOrigin;

    #[test]
    fn many_alike_are_told_together_and_none_is_lost() {
        let mut log = Log::default();
        log.origins.tables.push(TableOrigin {
            file: "f".into(),
            sheet: "s".into(),
            columns: [("birth_date".to_owned(), 2)].into(),
            ..TableOrigin::default()
        });
        for row in (2..=40).chain([50]) {
            log.at(RowRef { table: 0, row }, "birth_date", Problem::new("A0201"));
        }
        log.row(RowRef { table: 0, row: 7 }, Problem::new("E0301"));
        let problems = log.finish();
        let codes: Vec<&str> = problems.iter().map(|problem| problem.code.as_str()).collect();
        assert_eq!(codes, ["E0301", "A0201", "A0201", "A0201", "A0199"]);
        assert_eq!((&*problems[4].args["count"], &*problems[4].args["rows"]), ("37", "5–40, 50"));
    }

    #[test]
    fn a_screen_shows_a_few_rows_and_the_report_all() {
        let cell = |row| Cell { file: "f".into(), sheet: "s".into(), row: Some(row), column: Some(1) };
        let problems: Vec<Problem> = (1..=60).map(|row| Problem::new("E0301").at(Some(cell(2 * row)))).collect();
        let shown = shortened(&problems);
        assert_eq!(shown.len(), SHOWN + 1);
        let told = &shown.iter().find(|problem| problem.code == "E0199").expect("told together").args["rows"];
        assert!(told.starts_with("8, 10, ") && told.ends_with(", 46, …"), "{told}");
    }
}
