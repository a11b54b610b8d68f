//! The report on progress: what of a plan was carried out by a day, unit by unit and for the joint office; on the 25th of
//! a month, or as the summary of a year. As tables, which every format writes.

use super::report::{Table, Value, day};
use super::{Format, OutputError, csv, docx, xlsx};
use crate::files::{folder_of, replace_folder, write_bytes};
use crate::insight::progress::{Item, State, Tally, items, period_begin, sums_up, year_of};
use crate::insight::reasons::post_name;
use crate::text::{Lang, say};
use chrono::{Datelike, NaiveDate};
use lungang_domain::{Case, PlanFile};
use serde_json::json;
use std::collections::BTreeMap;
use std::io;
use std::path::Path;

/// Files of a folder that holds a report.
const FILES: &[&str] = &["progress.csv", "moves.csv"];

/// A report on progress.
#[derive(Clone, Debug)]
pub struct Progress {
    /// Every move of the plan.
    pub items: Vec<Item>,
    /// As of this day.
    pub as_of: NaiveDate,
    /// Plan year reported.
    pub year: u32,
    /// First day of the period since the last report.
    pub since: NaiveDate,
    /// Whether it sums up the year.
    pub summary: bool,
    /// By unit, in the order of the units; one without a name where the units are not known.
    pub units: Vec<(String, Tally)>,
    /// All units together.
    pub total: Tally,
    /// Title.
    pub title: String,
    /// What there is to say, in a sentence or two.
    pub sentence: String,
    /// By unit, then move by move.
    pub tables: [Table; 2],
    lang: Lang,
    start: NaiveDate,
}

/// What names the people and posts of a plan.
#[derive(Clone, Copy, Debug)]
pub struct Names<'a> {
    /// The case, where the input was given.
    pub case: Option<&'a Case>,
    /// Language.
    pub lang: Lang,
}

impl Names<'_> {
    /// The unit of a move: that of the post left, of a placement that of the post entered. Position in the case, then name.
    fn unit(&self, item: &Item) -> (usize, String) {
        let Some(case) = self.case else { return (0, String::new()) };
        let post = item.row.from.as_deref().unwrap_or(&item.row.to);
        match case.post_by_id(post).map(|post| case.post(post).unit) {
            Some(unit) => (unit.0, case.unit(unit).name.clone()),
            None => (usize::MAX, say(self.lang, "progress-no-unit", &[])),
        }
    }

    fn person(&self, id: &str) -> String {
        let case = self.case.and_then(|case| case.person_by_id(id).map(|person| case.person(person).name.clone()));
        case.unwrap_or_default()
    }

    /// Id and title, which name one post only; the id alone where the input was not given.
    fn post(&self, id: &str) -> String {
        match self.case.and_then(|case| case.post_by_id(id).map(|post| post_name(case, post))) {
            Some(name) => format!("{id} {name}"),
            None => id.to_owned(),
        }
    }
}

impl Progress {
    /// Of a plan as written and as it stands with its edits. `summary`: of the year, whatever the day.
    #[must_use]
    pub fn new(original: &PlanFile, plan: &PlanFile, as_of: NaiveDate, summary: bool, names: &Names) -> Self {
        let lang = names.lang;
        let items = items(original, plan, as_of);
        let (year, since) = (year_of(plan, as_of), period_begin(plan, as_of));
        let summary = summary || sums_up(plan, as_of);
        let mut by_unit: BTreeMap<(usize, String), Tally> = BTreeMap::new();
        let mut total = Tally::default();
        // Every unit of the input has its line, also one that moves nobody.
        for (at, unit) in names.case.iter().flat_map(|case| case.units.iter().enumerate()) {
            by_unit.entry((at, unit.name.clone())).or_default();
        }
        for item in &items {
            by_unit.entry(names.unit(item)).or_default().count(item, year, since);
            total.count(item, year, since);
        }
        let units: Vec<(String, Tally)> = by_unit.into_iter().map(|((_, name), tally)| (name, tally)).collect();
        let key = if summary { "summary" } else { "report" };
        let title = say(
            lang,
            &format!("progress-title-{key}"),
            &[("t", &year.to_string()), ("year", &as_of.year().to_string()), ("month", &as_of.month().to_string())],
        );
        let mut progress = Self {
            tables: [by_units(names, &units, &total, &title), moves(names, &items, year, summary)],
            sentence: sentence(lang, &total, as_of, since, year, summary),
            items,
            as_of,
            year,
            since,
            summary,
            units,
            total,
            title,
            lang,
            start: plan.start,
        };
        if names.case.is_none() {
            progress.tables.iter_mut().for_each(|table| ["unit", "name"].iter().for_each(|key| table.drop_column(key)));
        }
        progress
    }

    /// Puts every text through `edit`, which is told the key of the column that a cell stands in, or nothing.
    pub fn rewrite(&mut self, edit: &dyn Fn(Option<&str>, &str) -> String) {
        for table in &mut self.tables {
            table.rewrite(edit);
        }
        self.units.iter_mut().for_each(|(name, _)| *name = edit(None, name));
        self.items.iter_mut().for_each(|item| item.row.staff = edit(Some("staff"), &item.row.staff));
    }

    /// For programs.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        let tally = |tally: &Tally| {
            json!({
                "planned": tally.planned, "done": tally.done(), "in_time": tally.in_time, "late": tally.late,
                "undated": tally.undated, "slipped": tally.slipped, "void": tally.void, "not_yet": tally.not_yet,
                "this_period": tally.this_period, "carried": tally.carried,
                "handover_overdue": tally.handover_overdue,
            })
        };
        let unit = |(name, counts): &(String, Tally)| {
            let mut unit = tally(counts);
            unit["unit"] = json!(name);
            unit
        };
        let item = |item: &Item| {
            json!({
                "staff": item.row.staff, "year": item.row.year, "date": item.row.date, "due": item.due,
                "from": item.row.from, "to": item.row.to, "state": item.state.key(), "done_on": item.row.done_on,
                "days_late": item.days_late, "handed_on": item.row.handed_on, "handover_by": item.handover_by,
                "handover_overdue": item.handover_overdue,
            })
        };
        json!({
            "as_of": self.as_of, "year": self.year, "since": self.since, "summary": self.summary,
            "total": tally(&self.total), "units": self.units.iter().map(unit).collect::<Vec<_>>(),
            "moves": self.items.iter().map(item).collect::<Vec<_>>(),
        })
    }

    /// Writes the format that the name asks for, whole or not at all: workbook, Word file, JSON, or a folder of CSV.
    ///
    /// # Errors
    /// As [`super::write()`].
    pub fn write(&self, path: &Path) -> Result<(), OutputError> {
        let place = |error: io::Error| OutputError::io(path, error);
        let bytes = match probe(path)? {
            Format::Json => format!("{:#}\n", self.json()).into_bytes(),
            Format::Xlsx => xlsx::of_tables(&self.tables, &self.sentence, self.start, self.lang)
                .map_err(|error| place(io::Error::other(error)))?,
            Format::Docx => {
                docx::of_tables(&self.tables, &self.title, &self.sentence, self.start, self.lang).map_err(place)?
            }
            Format::Csv => {
                let mut files = Vec::new();
                for (name, table) in FILES.iter().zip(&self.tables) {
                    files.push(((*name).to_owned(), csv::of_table(table).map_err(place)?));
                }
                return replace_folder(path, &files).map_err(place);
            }
            Format::Html | Format::Figures => return Err(OutputError::Ending(path.to_owned())),
        };
        write_bytes(path, &bytes).map_err(place)
    }
}

/// Refuses a target that can't be written, before the work: unknown ending, missing folder, a folder with other files.
///
/// # Errors
/// As [`super::probe`].
pub fn probe(path: &Path) -> Result<Format, OutputError> {
    match Format::of(path) {
        Some(Format::Html | Format::Figures) => Err(OutputError::Ending(path.to_owned())),
        Some(Format::Csv) => {
            if !folder_of(path).is_dir() {
                return Err(OutputError::Folder(folder_of(path).to_owned()));
            }
            super::refuse_others(path, &|name| FILES.iter().any(|known| name == *known))?;
            Ok(Format::Csv)
        }
        _ => super::probe(path),
    }
}

/// The sentence of a report: what was planned and done, what slipped, what is overdue besides.
fn sentence(lang: Lang, total: &Tally, as_of: NaiveDate, since: NaiveDate, year: u32, summary: bool) -> String {
    let count = |number: usize| number.to_string();
    let rate = share(total).map_or_else(|| "–".to_owned(), |share| format!("{:.1}%", share * 100.0));
    say(
        lang,
        if summary { "progress-sentence-summary" } else { "progress-sentence-report" },
        &[
            ("date", &day(lang, as_of)),
            ("since", &day(lang, since)),
            ("t", &year.to_string()),
            ("planned", &count(total.planned)),
            ("done", &count(total.done())),
            ("rate", &rate),
            ("in_time", &count(total.in_time)),
            ("late", &count(total.late)),
            ("undated", &count(total.undated)),
            ("slipped", &count(total.slipped)),
            ("void", &count(total.void)),
            ("not_yet", &count(total.not_yet)),
            ("this_period", &count(total.this_period)),
            ("carried", &count(total.carried)),
            ("handover", &count(total.handover_overdue)),
        ],
    )
}

/// Share done of what was planned and not given up.
fn share(tally: &Tally) -> Option<f64> {
    let standing = tally.planned - tally.void;
    #[allow(clippy::cast_precision_loss)] // Counts of moves.
    (standing > 0).then(|| tally.done() as f64 / standing as f64)
}

fn by_units(names: &Names, units: &[(String, Tally)], total: &Tally, title: &str) -> Table {
    let mut table = Table::new(
        names.lang,
        "progress",
        &[
            ("unit", 22),
            ("planned_moves", 8),
            ("done_moves", 8),
            ("in_time", 8),
            ("late", 8),
            ("undated", 10),
            ("slipped", 8),
            ("not_yet", 8),
            ("void", 8),
            ("done_share", 8),
            ("this_period", 8),
            ("carried", 10),
            ("handover_overdue", 8),
        ],
    );
    title.clone_into(&mut table.title);
    table.signed = true;
    let line = |name: &str, tally: &Tally| {
        let mut line = vec![Value::text(name)];
        let counts = [
            tally.planned,
            tally.done(),
            tally.in_time,
            tally.late,
            tally.undated,
            tally.slipped,
            tally.not_yet,
            tally.void,
        ];
        line.extend(counts.map(Value::count));
        line.push(share(tally).map_or(Value::Empty, Value::Share));
        line.extend([tally.this_period, tally.carried, tally.handover_overdue].map(Value::count));
        line
    };
    // A single unit, or units not known, is the whole.
    if let [_, _, ..] = units {
        units.iter().for_each(|(name, tally)| table.rows.push(line(name, tally)));
    }
    let whole = match units {
        [(name, _)] if !name.is_empty() => name.clone(),
        _ => say(names.lang, "progress-total", &[]),
    };
    table.rows.push(line(&whole, total));
    table
}

/// What asks for somebody's attention, move by move: what slipped or was late, what lacks its day, hand-overs overdue; in
/// a summary all that was not done in time in the year.
fn moves(names: &Names, items: &[Item], year: u32, summary: bool) -> Table {
    let mut table = Table::new(
        names.lang,
        "progress-moves",
        &[
            ("no", 4),
            ("unit", 16),
            ("staff", 10),
            ("name", 8),
            ("from_post", 24),
            ("to_post", 24),
            ("year", 4),
            ("date", 11),
            ("due_by", 11),
            ("progress_state", 16),
            ("days_late", 6),
            ("done_on", 11),
            ("handover_by", 11),
        ],
    );
    table.signed = true;
    let told = |item: &&Item| {
        item.handover_overdue
            || match item.state {
                State::Slipped => item.row.year <= year,
                State::Late | State::Undated => item.row.year == year,
                State::NotYet | State::Void => summary && item.row.year == year,
                State::InTime => false,
            }
    };
    let mut rows: Vec<((usize, String), &Item)> =
        items.iter().filter(told).map(|item| (names.unit(item), item)).collect();
    rows.sort_by(|(a, one), (b, other)| {
        let key = |item: &Item| (item.state, item.row.date, item.row.staff.clone());
        (a.0, key(one)).cmp(&(b.0, key(other)))
    });
    for (no, ((_, unit), item)) in rows.into_iter().enumerate() {
        let mut states = vec![say(names.lang, &format!("progress-{}", item.state.key()), &[])];
        if item.handover_overdue {
            states.push(say(names.lang, "progress-handover", &[]));
        }
        table.rows.push(vec![
            Value::count(no + 1),
            Value::text(unit),
            Value::text(item.row.staff.clone()),
            Value::text(names.person(&item.row.staff)),
            Value::text(
                item.row.from.as_deref().map_or_else(|| say(names.lang, "no-post", &[]), |post| names.post(post)),
            ),
            Value::text(names.post(&item.row.to)),
            Value::Whole(i64::from(item.row.year)),
            Value::Date(item.row.date),
            Value::Date(item.due),
            Value::text(states.join(&say(names.lang, "list-semicolon", &[]))),
            if item.days_late > 0 { Value::Whole(item.days_late) } else { Value::Empty },
            Value::date(item.row.done_on),
            Value::date(item.handover_by),
        ]);
    }
    table
}
