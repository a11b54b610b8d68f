//! Cells → located raw rows → domain. Every problem is collected, each with its cell, cause and remedy.
//!
//! The path of the data: [`sheets`] reads files into raw tables; [`tables`] tells sheets and headings and reads cells
//! by the kind of their column ([`schema`], [`cells`]); [`policy`] lays preset, settings sheet, policy file and
//! command line over each other; [`assemble`] builds the [`Case`] and checks everything between sheets.

pub mod aliases;
pub mod assemble;
pub mod cells;
pub mod derive;
pub mod export;
pub mod layout;
mod log;
mod near;
pub mod policy;
mod records;
mod row;
pub mod scenarios;
pub mod schema;
pub mod sheets;
pub mod tables;
pub mod template;
pub mod words;

use aliases::Aliases;
use assemble::Sheets;
use cells::dates::{Habits, Order};
use log::Log;
pub use log::shortened;
use lungang_domain::{Case, Cell, Policy, Problem, RowRef, Severity};
use policy::Layer;
pub use policy::NO_START;
pub use scenarios::Scenario;
use serde::Serialize;
use sheets::{RawTable, RawValue, Source, encoding};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use tables::Known;

/// What to read an input with.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// `--policy FILE`.
    pub policy_file: Option<PathBuf>,
    /// Keys of the command line, last one wins: `start`, `years`, `input.encoding`, and any of `--set key=value`.
    pub overrides: Vec<(String, String)>,
    /// `--scenario NAME`: its differences count last.
    pub scenario: Option<Scenario>,
}

/// One sheet, as the data report shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SheetCount {
    /// File name without folder.
    pub file: String,
    /// Sheet name as written.
    pub sheet: String,
    /// Canonical name.
    pub canonical: String,
    /// Canonical column and the heading it was read from, in order of columns.
    pub headings: Vec<(String, String)>,
    /// Records.
    pub rows: usize,
    /// Filled rows that are no records: headings, titles, totals, remarks, running numbers alone.
    pub set_aside: usize,
}

/// Totals of the reading: rows of the roster = people + unplanned + rows with errors.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RowCount {
    /// The sheets that were read.
    pub sheets: Vec<SheetCount>,
    /// Filled rows of the roster.
    pub staff_rows: usize,
    /// Of these, people who are planned.
    pub people: usize,
    /// Of these, people not in service, and vacancies.
    pub unplanned: usize,
    /// Of these, rows with an error.
    pub staff_errors: usize,
    /// Posts.
    pub posts: usize,
    /// Units.
    pub units: usize,
}

/// What came of reading an input.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The case; only without errors.
    pub case: Option<Case>,
    /// The resolved policy; only without errors.
    pub policy: Option<Policy>,
    /// Every problem: errors first, then warnings, then assumptions, each in order of place.
    pub problems: Vec<Problem>,
    /// SHA-256 of the input: of one file, its own; of a folder, of its list as `sha256sum *.csv` prints it.
    pub input_hash: String,
    /// SHA-256 of the resolved policy as JSON.
    pub policy_hash: String,
    /// Totals.
    pub rows: RowCount,
}

impl Reading {
    /// Whether anything stops the plan.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.problems.iter().any(|problem| problem.severity == Severity::Error)
    }

    /// Whether the only thing that stops the plan is that no start date was given anywhere (exit 2).
    #[must_use]
    pub fn lacks_only_start(&self) -> bool {
        let mut errors = self.problems.iter().filter(|problem| problem.severity == Severity::Error).peekable();
        errors.peek().is_some() && errors.all(|problem| problem.code == NO_START)
    }
}

/// Reads a workbook, a folder of CSV files or an exported input, with its policy.
#[must_use]
pub fn read(path: &Path, options: &ReadOptions) -> Reading {
    let (mut reading, _) = from_source(whole_source(path, options), options);
    for problem in reading.problems.iter_mut().filter(|problem| problem.code == NO_START) {
        problem.args.insert("input".to_owned(), path.display().to_string());
    }
    reading
}

/// As [`source`], for whoever needs more than one sheet: a single CSV file is refused.
pub(crate) fn whole_source(path: &Path, options: &ReadOptions) -> Source {
    let mut source = source(path, options);
    if sheets::is_text(path)
        && path.is_file()
        && !source.problems.iter().any(|problem| problem.severity == Severity::Error)
    {
        let place = Cell { file: sheets::shown_name(path), sheet: String::new(), row: None, column: None };
        source.problems.push(Problem::new("E0108").at(Some(place)));
        source.tables.clear();
    }
    source
}

/// The sheets of an input, its CSV files in the encoding asked for: by the command line, the policy file, or the settings
/// sheet, which itself has to be readable without.
pub(crate) fn source(path: &Path, options: &ReadOptions) -> Source {
    let name = asked(&[], options, "input.encoding");
    let read = |name: &str| match encoding::named(name) {
        Some(known) => sheets::read_source(path, Some(known)),
        None => {
            let mut source = sheets::read_source(path, None);
            source.problems.push(Problem::new("E0128").with("value", name));
            source
        }
    };
    if let Some(name) = name {
        return read(&name);
    }
    let source = sheets::read_source(path, None);
    match asked(&source.tables, options, "input.encoding") {
        Some(name) => read(&name),
        None => source,
    }
}

/// What is asked for under a key before the policy can be laid together: how to read is needed for reading.
fn asked(tables: &[RawTable], options: &ReadOptions, key: &str) -> Option<String> {
    let in_scenario = || {
        let entries = &options.scenario.as_ref()?.policy.entries;
        entries.iter().rev().find(|(name, ..)| name == key).and_then(|(_, written, _)| written.text())
    };
    let on_line = || options.overrides.iter().rev().find(|(name, _)| name == key).map(|(_, value)| value.clone());
    let in_file = || {
        let text = std::fs::read_to_string(options.policy_file.as_ref()?).ok()?;
        let layer = Layer::from_toml(&text, None).ok()?;
        layer.entries.iter().rev().find(|(name, ..)| name == key).and_then(|(_, written, _)| written.text())
    };
    let in_sheet = || {
        let sheet =
            tables.iter().find(|table| schema::sheet(&table.sheet).is_some_and(|sheet| sheet.name == "settings"))?;
        let row =
            sheet.rows.iter().find(|row| row.cells.first().is_some_and(|cell| schema::clean(&cell.shown()) == key))?;
        row.cells.get(1).map(RawValue::shown)
    };
    in_scenario()
        .or_else(on_line)
        .or_else(in_file)
        .or_else(in_sheet)
        .map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty())
}

/// The names of sheets and headings: ours, and those of the site's own table.
fn names(tables: &[RawTable], options: &ReadOptions, log: &mut Log) -> Aliases {
    let ours = Aliases::built_in();
    let Some(file) = asked(tables, options, "input.aliases") else { return ours.clone() };
    let path = Path::new(&file);
    let place = Cell { file: sheets::shown_name(path), sheet: String::new(), row: None, column: None };
    match crate::files::open_regular(path).and_then(std::io::read_to_string) {
        Ok(text) => match ours.with(&text) {
            Ok(names) => return names,
            Err(refused) => {
                for line in refused {
                    let at = Cell { row: u32::try_from(line.line).ok(), ..place.clone() };
                    log.push(Problem::new("E0127").at(Some(at)).with("value", line.word));
                }
            }
        },
        Err(error) => log.push(Problem::new("E0126").at(Some(place)).with("reason", error)),
    }
    ours.clone()
}

/// Reads sheets that are in memory already. The input hash is that of their cells.
#[must_use]
pub fn from_tables(tables: Vec<RawTable>, options: &ReadOptions) -> Reading {
    let hash = sheets::sha256_hex(format!("{tables:?}").as_bytes());
    from_source(Source { tables, hash, ..Source::default() }, options).0
}

/// The policy of a TOML text under overrides, without any sheet.
///
/// # Errors
/// Every problem with it; warnings do not fail.
pub fn policy_from_toml(text: &str, overrides: &[(&str, &str)]) -> Result<Policy, Vec<Problem>> {
    let mut layers = vec![Layer::from_toml(text, None).map_err(|problem| vec![problem])?];
    let mut command_line = Layer::default();
    for (key, value) in overrides {
        command_line.push(key, RawValue::text(value), None);
    }
    layers.push(command_line);
    let resolved = policy::resolve(&layers);
    if resolved.problems.iter().any(|problem| problem.severity == Severity::Error) {
        Err(resolved.problems)
    } else {
        Ok(resolved.policy)
    }
}

/// SHA-256 of a resolved policy.
#[must_use]
pub fn policy_hash(policy: &Policy) -> String {
    sheets::sha256_hex(serde_json::to_string(policy).unwrap_or_default().as_bytes())
}

/// The whole reading, and the typed sheets for whoever writes them out again.
pub(crate) fn from_source(source: Source, options: &ReadOptions) -> (Reading, Sheets) {
    let mut log = Log::default();
    let names = names(&source.tables, options, &mut log);
    let source = scenarios::replace(source, options, &names, &mut log);
    let unreadable = source.problems.iter().any(|problem| problem.severity == Severity::Error);
    source.problems.into_iter().for_each(|problem| log.push(problem));
    let (known, resolved, sheets) = read_cells(source.tables, &names, options, &mut log);
    let example = example_start(&known);
    for problem in resolved.problems {
        let is_start = problem.code == NO_START;
        if is_start && unreadable {
            // The start may stand in what could not be read.
            continue;
        }
        log.push(if is_start {
            problem.with("example", &example).with("command", "plan").with("input", "INPUT")
        } else {
            problem
        });
    }
    if !unreadable {
        for name in ["staff", "posts"] {
            let told = log.problems.iter().any(|problem| matches!(problem.code.as_str(), "E0115" | "E0122"));
            if !told && !known.iter().any(|table| table.sheet.name == name) {
                let zh = schema::sheet(name).map_or("", |sheet| sheet.zh);
                log.push(Problem::new("E0116").with("sheet", name).with("zh", zh));
            }
        }
    }
    let policy = resolved.policy;
    let mut case = assemble::assemble(&sheets, &policy, resolved.dated, &mut log);
    source.notes.into_iter().for_each(|note| log.push(note));
    let rows = count(&known, &sheets, &case, &log);
    let problems = log.finish();
    let ok = !problems.iter().any(|problem| problem.severity == Severity::Error);
    case.notes.clone_from(&problems);
    let policy_hash = policy_hash(&policy);
    let reading = Reading {
        case: ok.then_some(case),
        policy: ok.then_some(policy),
        problems,
        input_hash: source.hash,
        policy_hash,
        rows,
    };
    (reading, sheets)
}

/// Sheets and headings told, the policy laid together, the cells read.
fn read_cells(
    tables: Vec<RawTable>,
    names: &Aliases,
    options: &ReadOptions,
    log: &mut Log,
) -> (Vec<Known>, policy::Resolved, Sheets) {
    let known = tables::recognise(tables, names, log);
    let resolved = policy::resolve(&layers(&known, options, log));
    let policy = &resolved.policy;
    let reading = tables::Reading {
        ladder: &policy.ladder,
        order: policy.input.date_order.as_deref().and_then(Order::from_key),
        past: policy.input.short_years.as_ref().filter(|_| resolved.dated).map(|_| policy.as_of),
        direction: policy.risk.direction.as_deref(),
    };
    let tables = known.iter().filter(|table| table.sheet.name != "settings");
    let tables = tables.map(|table| tables::type_rows(table, reading, log)).collect();
    let mut sheets = Sheets { tables };
    records::fold(&mut sheets, &policy.ladder, log);
    (known, resolved, sheets)
}

/// The sheets of a roster, read as far as cells go. Problems of the policy are told but for a missing start.
pub(crate) fn lay_out(source: Source, options: &ReadOptions, log: &mut Log) -> Sheets {
    source.problems.into_iter().for_each(|problem| log.push(problem));
    let names = names(&source.tables, options, log);
    let (_, resolved, sheets) = read_cells(source.tables, &names, options, log);
    resolved.problems.into_iter().filter(|problem| problem.code != NO_START).for_each(|problem| log.push(problem));
    sheets
}

/// A start date to show in the command to paste: the January after the last year of which the roster speaks. It is
/// never used by itself.
fn example_start(known: &[Known]) -> String {
    let staff = known.iter().find(|table| table.sheet.name == "staff");
    let last_year = staff.and_then(|table| {
        let column = table.first("post_since")? as usize;
        let dates =
            table.rows.iter().filter_map(|row| cells::dates::read(row.cells.get(column)?, Habits::default()).ok());
        dates.map(|read| chrono::Datelike::year(&read.date)).max()
    });
    format!("{}-01-01", last_year.map_or(2026, |year| year + 1))
}

/// The settings sheet, the policy file, the command line and the scenario, in rising priority.
fn layers(known: &[Known], options: &ReadOptions, log: &mut Log) -> Vec<Layer> {
    let mut layers = Vec::new();
    let mut seen = BTreeSet::new();
    for table in known.iter().filter(|table| table.sheet.name == "settings") {
        layers.push(settings(table, &mut seen, log));
    }
    if let Some(path) = &options.policy_file {
        let name = sheets::shown_name(path);
        let place = Cell { file: name, sheet: String::new(), row: None, column: None };
        let text = crate::files::open_regular(path).and_then(std::io::read_to_string);
        match text.map_err(|error| Problem::new("E0407").at(Some(place.clone())).with("reason", error)) {
            Ok(text) => match Layer::from_toml(&text, Some(&place)) {
                Ok(layer) => layers.push(layer),
                Err(problem) => log.push(problem),
            },
            Err(problem) => log.push(problem),
        }
    }
    let mut command_line = Layer::default();
    for (key, value) in &options.overrides {
        command_line.push(key, RawValue::text(value), None);
    }
    layers.push(command_line);
    layers.extend(options.scenario.as_ref().map(|scenario| scenario.policy.clone()));
    layers
}

/// The keys of the settings sheet. A key whose value is blank is not set.
fn settings(table: &Known, seen: &mut BTreeSet<String>, log: &mut Log) -> Layer {
    let column = |name: &str| table.first(name).map(|at| at as usize);
    let (Some(keys), Some(values)) = (column("key"), column("value")) else { return Layer::default() };
    let mut layer = Layer::default();
    for row in &table.rows {
        let at = RowRef { table: table.table, row: row.row };
        let key = row.cells.get(keys).map(RawValue::shown).unwrap_or_default();
        let key = schema::clean(&key);
        let value = row.cells.get(values).cloned().unwrap_or_default();
        if value.is_empty() {
            continue;
        }
        if key.is_empty() {
            log.at(at, "key", Problem::new("E0302").with("column", "key"));
        } else if !seen.insert(key.clone()) {
            log.at(at, "key", Problem::new("E0414").with("key", key));
        } else {
            let cell = log.origins.cell(at, "value");
            layer.push(&key, value, cell);
        }
    }
    layer
}

fn count(known: &[Known], sheets: &Sheets, case: &Case, log: &Log) -> RowCount {
    let mut rows = RowCount { posts: case.posts.len(), units: case.units.len(), ..RowCount::default() };
    for table in known {
        let Some(origin) = log.origins.tables.get(table.table) else { continue };
        let headings =
            table.columns.iter().map(|(at, feed)| (feed.column.name.to_owned(), table.heading(*at))).collect();
        rows.sheets.push(SheetCount {
            file: origin.file.clone(),
            sheet: origin.sheet.clone(),
            canonical: table.sheet.name.to_owned(),
            headings,
            rows: table.rows.len(),
            set_aside: table.aside.len(),
        });
    }
    let broken: BTreeSet<(&str, &str, u32)> = log
        .problems
        .iter()
        .filter(|problem| problem.severity == Severity::Error)
        .filter_map(|problem| problem.cell.as_ref())
        .filter_map(|cell| Some((cell.file.as_str(), cell.sheet.as_str(), cell.row?)))
        .collect();
    // Without a heading that it needs, a sheet has no sound row.
    let headless: BTreeSet<(&str, &str)> = log
        .problems
        .iter()
        .filter(|problem| problem.code == "E0121")
        .filter_map(|problem| problem.cell.as_ref())
        .map(|cell| (cell.file.as_str(), cell.sheet.as_str()))
        .collect();
    let sound = |row: RowRef| {
        let origin = log.origins.tables.get(row.table);
        if origin.is_some_and(|origin| headless.contains(&(origin.file.as_str(), origin.sheet.as_str()))) {
            return false;
        }
        !log.broken.contains(&row)
            && !origin.is_some_and(|origin| broken.contains(&(&origin.file, &origin.sheet, row.row)))
    };
    rows.staff_rows = sheets.rows("staff").count();
    rows.people = case.people.iter().filter(|person| sound(person.row)).count();
    rows.unplanned = case.unplanned.iter().filter(|row| sound(row.row)).count();
    rows.staff_errors = sheets.rows("staff").filter(|row| !sound(row.at)).count();
    rows
}
