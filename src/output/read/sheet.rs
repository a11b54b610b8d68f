//! A workbook read back: the yearly-plan sheet is the truth for edits, the hidden sheet the original (semantics 27).

use super::edits::apply;
use super::{Change, Edit, ReadPlan, file_name, handed, nearest, parse, typed_date, unreadable};
use crate::output::xlsx::{LIST_SHEET, PLAN_SHEET};
use crate::text::{Lang, say};
use calamine::{Data, DataType, Range, Reader, Xlsx, open_workbook};
use chrono::NaiveDate;
use lungang_domain::plan::MoveRow;
use lungang_domain::{Cell, DecisionKind, MoveStatus, PlanFile, Problem, StaffId};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A workbook opened.
pub(super) type Book = Xlsx<std::io::BufReader<std::fs::File>>;

/// Columns of the yearly plan that are looked at.
const COLUMNS: &[&str] = &["staff", "year", "new_post", "status", "done_on", "decision", "date", "reason"];
/// Those without which it is no yearly plan.
const NEEDED: &[&str] = &["staff", "year", "new_post"];

const LANGS: [Lang; 2] = [Lang::Zh, Lang::En];

/// Reads original and edits.
///
/// # Errors
/// `E0783` no hidden plan, `E0784` no yearly-plan sheet, and every cell that can't be understood.
pub fn read(path: &Path) -> Result<ReadPlan, Vec<Problem>> {
    let mut book: Book = open_workbook(path).map_err(|error: calamine::XlsxError| vec![unreadable(path, &error)])?;
    let hidden = book.worksheet_range(PLAN_SHEET);
    let hidden = hidden.map_err(|_| vec![Problem::new("E0783").with("path", path.display())])?;
    let json: String = hidden.rows().filter_map(|row| row.first().and_then(Data::get_string)).collect();
    let original = parse(&json, path).map_err(|problem| vec![problem])?;
    let labels: Vec<(String, String)> = book.worksheet_range(LIST_SHEET).map_or_else(
        |_| Vec::new(),
        |list| list.rows().filter_map(|row| Some((text(row.first()?), text(row.get(1)?)))).collect(),
    );
    let missing = || vec![Problem::new("E0784").with("path", path.display())];
    let (name, range) = yearly(&mut book).ok_or_else(missing)?;
    let place = Place { file: file_name(path), sheet: name };
    let rows = Rows::find(&range, place, COLUMNS, NEEDED).ok_or_else(missing)?;
    let (mut edits, mut problems) = rows.edits(&original, &labels);
    let (handed, unread) = handed::edits(&mut book, &file_name(path), &original);
    edits.extend(handed);
    edits.sort_by(|a, b| (&a.staff, a.year).cmp(&(&b.staff, b.year)));
    problems.extend(unread);
    if problems.is_empty() { Ok(ReadPlan { plan: apply(&original, &edits), original, edits }) } else { Err(problems) }
}

/// The yearly-plan sheet, by its name in either language, else the first sheet.
fn yearly(book: &mut Book) -> Option<(String, Range<Data>)> {
    if let Some(named) = sheet_named(book, "sheet-plan") {
        return Some(named);
    }
    let name = book.sheet_names().first()?.clone();
    let range = book.worksheet_range(&name).ok()?;
    Some((name, range))
}

/// The sheet with a name of the locales, in either language.
pub(super) fn sheet_named(book: &mut Book, key: &str) -> Option<(String, Range<Data>)> {
    let known = LANGS.map(|lang| say(lang, key, &[]));
    let name = book.sheet_names().iter().find(|name| known.contains(name))?.clone();
    let range = book.worksheet_range(&name).ok()?;
    Some((name, range))
}

fn text(cell: &Data) -> String {
    match cell {
        Data::Float(number) if number.fract() == 0.0 => format!("{number:.0}"),
        other => other.to_string().trim().to_owned(),
    }
}

pub(super) struct Place {
    pub(super) file: String,
    pub(super) sheet: String,
}

/// The rows under the headings.
pub(super) struct Rows<'a> {
    range: &'a Range<Data>,
    place: Place,
    heading: u32,
    columns: BTreeMap<&'static str, u32>,
}

impl<'a> Rows<'a> {
    /// Finds the row of headings, in either language; those `needed` must be there.
    pub(super) fn find(range: &'a Range<Data>, place: Place, keys: &[&'static str], needed: &[&str]) -> Option<Self> {
        let (first, left) = range.start()?;
        for (offset, row) in (0_u32..).zip(range.rows()).take(30) {
            let mut columns = BTreeMap::new();
            for key in keys.iter().copied() {
                let headings = LANGS.map(|lang| say(lang, &format!("head-{key}"), &[]));
                if let Some(at) = row.iter().position(|cell| headings.contains(&text(cell))) {
                    columns.insert(key, left + u32::try_from(at).ok()?);
                }
            }
            if needed.iter().all(|key| columns.contains_key(key)) {
                return Some(Self { range, place, heading: first + offset, columns });
            }
        }
        None
    }

    /// The rows below the headings.
    pub(super) fn below(&self) -> std::ops::RangeInclusive<u32> {
        let last = self.range.end().map_or(self.heading, |(row, _)| row);
        self.heading + 1..=last
    }

    pub(super) fn cell(&self, row: u32, key: &str) -> Cell {
        Cell {
            file: self.place.file.clone(),
            sheet: self.place.sheet.clone(),
            row: Some(row + 1),
            column: self.columns.get(key).copied(),
        }
    }

    fn value(&self, row: u32, key: &str) -> Option<&Data> {
        self.range.get_value((row, *self.columns.get(key)?)).filter(|value| !text(value).is_empty())
    }

    pub(super) fn text(&self, row: u32, key: &str) -> String {
        self.value(row, key).map_or_else(String::new, text)
    }

    fn edits(&self, original: &PlanFile, labels: &[(String, String)]) -> (Vec<Edit>, Vec<Problem>) {
        let mut edits = Vec::new();
        let mut problems = Vec::new();
        let mut seen: BTreeSet<(String, u32)> = BTreeSet::new();
        let planned: BTreeMap<(&str, u32), &MoveRow> =
            original.moves.iter().map(|row| ((row.staff.as_str(), row.year), row)).collect();
        for row in self.below() {
            let staff = StaffId::new(&self.text(row, "staff")).0;
            if staff.is_empty() {
                // The lines for signatures stand under the table; only a row that plans something lacks its id.
                if !self.text(row, "new_post").is_empty() && self.text(row, "year").parse::<u32>().is_ok() {
                    problems.push(Problem::new("E0793").at(Some(self.cell(row, "staff"))));
                }
                continue;
            }
            if !original.layout.contains_key(&staff) {
                let near = nearest(&staff, original.layout.keys().map(String::as_str));
                problems.push(
                    Problem::new("E0785").at(Some(self.cell(row, "staff"))).with("staff", &staff).with("near", near),
                );
                continue;
            }
            let year = self.text(row, "year").parse::<u32>().ok();
            let Some(year) = year.filter(|year| original.years.iter().any(|known| known.year == *year)) else {
                let found = self.text(row, "year");
                problems.push(Problem::new("E0786").at(Some(self.cell(row, "year"))).with("found", found));
                continue;
            };
            if !seen.insert((staff.clone(), year)) {
                let cell = self.cell(row, "staff");
                problems.push(Problem::new("E0787").at(Some(cell)).with("staff", &staff).with("year", year));
                continue;
            }
            let planned = planned.get(&(staff.as_str(), year)).copied();
            match self.row(row, &staff, year, planned, labels) {
                Ok(found) => edits.extend(found),
                Err(found) => problems.extend(found),
            }
        }
        for (staff, year) in planned.keys().filter(|key| !seen.contains(&(key.0.to_owned(), key.1))) {
            let from = planned.get(&(*staff, *year)).map_or_else(String::new, |row| row.to.clone());
            edits.push(Edit { staff: (*staff).to_owned(), year: *year, change: Change::Deleted { from }, cell: None });
        }
        edits.sort_by(|a, b| (&a.staff, a.year).cmp(&(&b.staff, b.year)));
        (edits, problems)
    }

    /// The edits of one row.
    fn row(
        &self,
        row: u32,
        staff: &str,
        year: u32,
        planned: Option<&MoveRow>,
        labels: &[(String, String)],
    ) -> Result<Vec<Edit>, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut kept = |result: Result<Option<Change>, Problem>| {
            result.unwrap_or_else(|problem| {
                problems.push(problem);
                None
            })
        };
        let status = self.word(row, "status", MoveStatus::ALL, |word| word.key());
        let void = matches!(status, Ok(Some(MoveStatus::Void)));
        let post = kept(match (void, planned) {
            (true, planned) => Ok(planned.map(|planned| Change::Void { from: planned.to.clone() })),
            (false, planned) => self.new_post(row, planned, labels),
        });
        let status = kept(status.map(|status| {
            let differs = |status: &MoveStatus| planned.is_none_or(|planned| planned.status != *status);
            status.filter(|status| !void && differs(status)).map(Change::Status)
        }));
        let done_on = kept(
            self.date(row, "done_on")
                .map(|date| (date != planned.and_then(|planned| planned.done_on)).then_some(Change::DoneOn(date))),
        );
        let decision = kept(self.word(row, "decision", DecisionKind::ALL, |word| word.key()).map(|kind| {
            let kind = kind.map(|kind| kind.key().to_owned());
            (kind != planned.and_then(|planned| planned.decision.clone())).then_some(Change::Decision(kind))
        }));
        if !problems.is_empty() {
            return Err(problems);
        }
        let changes = [("new_post", post), ("status", status), ("done_on", done_on), ("decision", decision)];
        let derived = planned.into_iter().filter(|_| !void).flat_map(|planned| self.derived(row, planned));
        let edit = |key: &str, change| Edit { staff: staff.to_owned(), year, change, cell: Some(self.cell(row, key)) };
        let mut edits: Vec<Edit> =
            changes.into_iter().filter_map(|(key, change)| change.map(|change| edit(key, change))).collect();
        edits.extend(derived.map(|key| edit(key, Change::Derived(key))));
        Ok(edits)
    }

    /// Columns of a row that the program works out and that no longer say so: date and reason.
    fn derived(&self, row: u32, planned: &MoveRow) -> Vec<&'static str> {
        let bare = |text: &str| text.split_whitespace().collect::<String>();
        let date = self.date(row, "date").ok().flatten() == Some(planned.date);
        let reason = bare(&self.text(row, "reason")) == bare(&planned.reason);
        let same = [("date", date), ("reason", reason)];
        same.into_iter().filter(|(key, same)| !same && self.columns.contains_key(key)).map(|(key, _)| key).collect()
    }

    /// The post that the cell names, by label or id.
    fn new_post(
        &self,
        row: u32,
        planned: Option<&MoveRow>,
        labels: &[(String, String)],
    ) -> Result<Option<Change>, Problem> {
        let written = self.text(row, "new_post");
        let found = labels.iter().find(|(id, label)| *label == written || *id == written);
        let Some((id, _)) = found else {
            let near = nearest(&written, labels.iter().map(|(_, label)| label.as_str()));
            let code = if written.is_empty() { "E0789" } else { "E0788" };
            let cell = self.cell(row, "new_post");
            return Err(Problem::new(code).at(Some(cell)).with("found", written).with("near", near));
        };
        Ok(match planned {
            Some(planned) if planned.to == *id => None,
            Some(planned) => Some(Change::NewPost { from: planned.to.clone(), to: id.clone() }),
            None => Some(Change::Added { to: id.clone() }),
        })
    }

    /// A word of a closed list, in either language or as its key; blank: none.
    fn word<W: Copy>(
        &self,
        row: u32,
        key: &str,
        words: &[W],
        name: impl Fn(W) -> &'static str,
    ) -> Result<Option<W>, Problem> {
        let written = self.text(row, key);
        if written.is_empty() {
            return Ok(None);
        }
        let spoken = |word: W| LANGS.map(|lang| say(lang, &format!("{key}-{}", name(word)), &[]));
        let is = |word: &&W| name(**word) == written || spoken(**word).contains(&written);
        words.iter().find(is).copied().map(Some).ok_or_else(|| {
            let choices: Vec<String> = words.iter().flat_map(|word| spoken(*word)).collect();
            let near = nearest(&written, choices.iter().map(String::as_str));
            Problem::new("E0790").at(Some(self.cell(row, key))).with("found", &written).with("near", near)
        })
    }

    pub(super) fn date(&self, row: u32, key: &str) -> Result<Option<NaiveDate>, Problem> {
        let Some(value) = self.value(row, key) else { return Ok(None) };
        let written = text(value);
        let serial = match value {
            Data::DateTime(moment) => Some(moment.as_f64()),
            other => other.get_float(),
        };
        let date = serial.and_then(of_serial).or_else(|| typed_date(&written));
        date.map(Some).ok_or_else(|| Problem::new("E0791").at(Some(self.cell(row, key))).with("found", &written))
    }
}

/// The date of a spreadsheet's day number, counted from the end of 1899.
fn of_serial(days: f64) -> Option<NaiveDate> {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let days = (1.0..3_000_000.0).contains(&days).then_some(days as u64)?;
    NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(chrono::Days::new(days))
}
