//! Scenarios: named differences from the input and the policy of the command line, in one TOML file.
//!
//! ```toml
//! [[scenario]]
//! name = "三年"
//! policy.time.high = { should = 24, must = 36 }
//!
//! [[scenario]]
//! name = "三年，跨单位"
//! base = "三年"                          # its differences count first
//! policy.turnover.unit_share = 0.2
//! input.posts = "改革后岗位.xlsx"        # another sheet, by file, beside this one
//! ```
//!
//! What a scenario sets wins over everything else, the command line included: that is the base from which it differs.

use super::aliases::Aliases;
use super::log::Log;
use super::policy::Layer;
use super::schema::{self, SHEETS, Sheet, clean};
use super::sheets::encoding;
use super::sheets::{self, RawTable, Source};
use super::{ReadOptions, near, tables};
use crate::text::Lang;
use lungang_domain::{Cell, Problem, Severity};
use std::path::{Path, PathBuf};

/// What may stand in a `[[scenario]]`.
const FIELDS: &[&str] = &["name", "base", "policy", "input"];

/// Names that tables of figures give to what is no scenario.
const RESERVED: &[&str] = &["today", "nobody_moves", "plan", "bound"];

/// One scenario, the differences of its bases included.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// Its name; no two of a file are alike.
    pub name: String,
    /// The scenario from which it was said to differ.
    pub base: Option<String>,
    /// Policy keys, those of its bases first.
    pub policy: Layer,
    /// Sheets that take the place of the input's own, and their files; of two for one sheet, the last counts.
    sheets: Vec<(&'static Sheet, PathBuf)>,
}

impl Scenario {
    /// Whether it differs from the base in nothing.
    #[must_use]
    pub fn is_base(&self) -> bool {
        self.policy.entries.is_empty() && self.sheets.is_empty()
    }

    /// The sheets that it replaces, by canonical name, with their files.
    pub fn sheets(&self) -> impl Iterator<Item = (&'static str, &Path)> {
        self.sheets.iter().map(|(sheet, path)| (sheet.name, path.as_path()))
    }
}

/// Reads a file of scenarios, in its order.
///
/// # Errors
/// Everything that is wrong with it but for the values of policy keys, which are told when an input is read with it.
pub fn read(path: &Path) -> Result<Vec<Scenario>, Vec<Problem>> {
    let place = Cell { file: sheets::shown_name(path), sheet: String::new(), row: None, column: None };
    let text = crate::files::open_regular(path)
        .and_then(std::io::read_to_string)
        .map_err(|error| vec![Problem::new("E0430").at(Some(place.clone())).with("reason", error)])?;
    parse(&text, &place, crate::files::folder_of(path))
}

/// A file of scenarios to begin from.
#[must_use]
pub fn example(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => include_str!("../../data/scenarios/example.zh.toml"),
        Lang::En => include_str!("../../data/scenarios/example.en.toml"),
    }
}

/// The scenario of this name.
///
/// # Errors
/// `E0439` without a place, with the nearest name.
pub fn named<'a>(known: &'a [Scenario], name: &str) -> Result<&'a Scenario, Problem> {
    let name = clean(name);
    let near = || near::suggest(&name, known.iter().map(|scenario| scenario.name.as_str()));
    known
        .iter()
        .find(|scenario| scenario.name == name)
        .ok_or_else(|| Problem::new("E0439").with("value", &name).with("near", near()))
}

/// Reads the text of a file of scenarios; the files that it names lie in `folder`.
fn parse(text: &str, place: &Cell, folder: &Path) -> Result<Vec<Scenario>, Vec<Problem>> {
    let problem = |code: &str| Problem::new(code).at(Some(place.clone()));
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut table: toml::Table =
        toml::from_str(body).map_err(|error| vec![problem("E0430").with("reason", error.to_string().trim())])?;
    let rows = match table.remove("scenario") {
        Some(toml::Value::Array(rows)) if !rows.is_empty() => rows,
        _ => return Err(vec![problem("E0431")]),
    };
    let mut reader = Reader { place, folder, done: Vec::new(), problems: Vec::new() };
    for key in table.keys() {
        reader.problems.push(problem("E0432").with("key", key).with("near", near::suggest(key, ["scenario"])));
    }
    let mut tables: Vec<toml::Table> = Vec::new();
    for row in rows {
        match row {
            toml::Value::Table(row) => tables.push(row),
            _ => return Err(vec![problem("E0431")]),
        }
    }
    let names: Vec<String> = (1_usize..).zip(&tables).map(|(number, row)| reader.name(number, row)).collect();
    for (at, row) in tables.into_iter().enumerate() {
        reader.scenario(&names, at, row);
    }
    if reader.problems.is_empty() { Ok(reader.done) } else { Err(reader.problems) }
}

/// What is gathered on the way.
struct Reader<'a> {
    place: &'a Cell,
    folder: &'a Path,
    done: Vec<Scenario>,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn refuse(&mut self, problem: Problem) {
        self.problems.push(problem.at(Some(self.place.clone())));
    }

    fn name(&mut self, number: usize, row: &toml::Table) -> String {
        match row.get("name").and_then(toml::Value::as_str).map(clean).filter(|name| !name.is_empty()) {
            Some(name) if RESERVED.contains(&name.as_str()) => {
                self.refuse(Problem::new("E0440").with("value", &name));
                name
            }
            Some(name) => name,
            None => {
                self.refuse(Problem::new("E0433").with("number", number));
                String::new()
            }
        }
    }

    fn scenario(&mut self, names: &[String], at: usize, row: toml::Table) {
        let name = names[at].clone();
        if !name.is_empty() && names[..at].contains(&name) {
            self.refuse(Problem::new("E0434").with("value", &name));
        }
        let mut own = Scenario { name: name.clone(), base: None, policy: Layer::default(), sheets: Vec::new() };
        for (key, value) in row {
            match (key.as_str(), value) {
                ("name", _) => {}
                ("base", toml::Value::String(base)) => self.base(names, at, &clean(&base), &mut own),
                ("policy", toml::Value::Table(policy)) => {
                    let layer = Layer::from_table(policy, Some(self.place));
                    own.policy.entries.extend(layer.entries);
                }
                ("input", toml::Value::Table(input)) => self.input(&name, input, &mut own),
                (known, _) if FIELDS.contains(&known) => {
                    self.refuse(Problem::new("E0437").with("scenario", &name).with("key", known));
                }
                (other, _) => {
                    let near = near::suggest(other, FIELDS.iter().copied());
                    self.refuse(Problem::new("E0432").with("key", other).with("near", near));
                }
            }
        }
        self.done.push(own);
    }

    /// A base stands further up, so that no two can rest on one another.
    fn base(&mut self, names: &[String], at: usize, base: &str, own: &mut Scenario) {
        let Some(found) = names[..at].iter().position(|name| name == base) else {
            let later = names.iter().any(|name| name == base);
            let near = near::suggest(base, names[..at].iter().map(String::as_str));
            let problem = Problem::new("E0435").with("scenario", &names[at]).with("value", base).with("near", near);
            self.refuse(problem.with("later", if later { "yes" } else { "no" }));
            return;
        };
        let Some(found) = self.done.get(found) else { return };
        own.base = Some(base.to_owned());
        let mut entries = found.policy.entries.clone();
        entries.append(&mut own.policy.entries);
        own.policy.entries = entries;
        let mut sheets = found.sheets.clone();
        sheets.append(&mut own.sheets);
        own.sheets = sheets;
    }

    fn input(&mut self, name: &str, input: toml::Table, own: &mut Scenario) {
        for (key, value) in input {
            let Some(sheet) = schema::sheet(&key).filter(|sheet| sheet.name != "settings") else {
                let near = near::suggest(&key, SHEETS.iter().flat_map(|sheet| [sheet.name, sheet.zh]));
                self.refuse(Problem::new("E0436").with("scenario", name).with("value", key).with("near", near));
                continue;
            };
            let toml::Value::String(file) = value else {
                self.refuse(Problem::new("E0437").with("scenario", name).with("key", format!("input.{key}")));
                continue;
            };
            own.sheets.retain(|(known, _)| known.name != sheet.name);
            own.sheets.push((sheet, self.folder.join(file)));
        }
    }
}

/// The sheets of the input, those of the scenario in their place.
pub(super) fn replace(mut source: Source, options: &ReadOptions, names: &Aliases, log: &mut Log) -> Source {
    let Some(scenario) = &options.scenario else { return source };
    let encoding = super::asked(&source.tables, options, "input.encoding").and_then(|name| encoding::named(&name));
    for (sheet, path) in &scenario.sheets {
        let shown = sheets::shown_name(path);
        let read = sheets::read_source(path, encoding);
        let failed = read.problems.iter().any(|problem| problem.severity == Severity::Error);
        source.problems.extend(read.problems);
        source.hash = sheets::sha256_hex(format!("{}\n{}  {}\n", source.hash, read.hash, sheet.name).as_bytes());
        if failed {
            continue;
        }
        match only(sheet, read.tables, names) {
            Some(fresh) => {
                source.tables.retain(|table| tables::told(table, names).is_none_or(|known| known.name != sheet.name));
                source.tables.extend(fresh);
            }
            None => {
                let place = Cell { file: shown, sheet: String::new(), row: None, column: None };
                let problem = Problem::new("E0438").at(Some(place)).with("sheet", sheet.name).with("zh", sheet.zh);
                log.push(problem.with("scenario", &scenario.name));
            }
        }
    }
    source
}

/// The tables of a file that are a sheet: by their names or headings, or the only one that it holds.
fn only(sheet: &'static Sheet, mut tables: Vec<RawTable>, names: &Aliases) -> Option<Vec<RawTable>> {
    tables.retain(|table| !table.rows.is_empty());
    if let [table] = tables.as_mut_slice() {
        sheet.name.clone_into(&mut table.sheet);
        return Some(tables);
    }
    tables.retain(|table| tables::told(table, names).is_some_and(|known| known.name == sheet.name));
    if tables.is_empty() { None } else { Some(tables) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Result<Vec<Scenario>, Vec<String>> {
        let place = Cell { file: "s.toml".into(), sheet: String::new(), row: None, column: None };
        let codes = |problems: Vec<Problem>| problems.into_iter().map(|problem| problem.code).collect();
        parse(text, &place, Path::new("in")).map_err(codes)
    }

    #[test]
    fn a_scenario_takes_over_what_its_base_says() {
        let read = parsed(
            "[[scenario]]\nname='a'\npolicy.years=3\ninput.posts='p.csv'\ninput.'单位'='u.csv'\n\
             [[scenario]]\nname='b'\nbase='a'\npolicy={turnover={unit_share=0.2}}\ninput={posts='q.csv'}\n\
             [[scenario]]\nname='c'\n",
        )
        .expect("read");
        let keys: Vec<&str> = read[1].policy.entries.iter().map(|(key, ..)| key.as_str()).collect();
        assert_eq!(keys, ["years", "turnover.unit_share"]);
        let files: Vec<(&str, String)> =
            read[1].sheets().map(|(sheet, path)| (sheet, path.to_string_lossy().replace('\\', "/"))).collect();
        assert_eq!(files, [("units", "in/u.csv".to_owned()), ("posts", "in/q.csv".to_owned())]);
        assert!(read[2].is_base() && !read[0].is_base());
    }

    #[test]
    fn the_examples_can_be_used() {
        for lang in [Lang::Zh, Lang::En] {
            let read = parsed(example(lang)).expect("an example");
            assert_eq!((read.len(), read[0].is_base()), (5, true));
            for scenario in &read {
                let mut start = Layer::default();
                start.push("start", super::super::RawValue::text("2025-01-01"), None);
                let resolved = super::super::policy::resolve(&[start, scenario.policy.clone()]);
                assert!(resolved.problems.is_empty(), "{:?}", resolved.problems);
            }
        }
    }

    #[test]
    fn what_is_wrong_is_told() {
        let code = |text: &str| parsed(text).expect_err("refused");
        assert_eq!(code("x ="), ["E0430"]);
        assert_eq!(code(""), ["E0431"]);
        assert_eq!(code("scenario = 3"), ["E0431"]);
        assert_eq!(code("[[scenario]]\npolicy.years=3"), ["E0433"]);
        assert_eq!(code("[[scenario]]\nname='a'\n[[scenario]]\nname=' a'"), ["E0434"]);
        assert_eq!(code("[[scenario]]\nname='today'"), ["E0440"]);
        assert_eq!(code("[[scenario]]\nname='a'\nbase='a'"), ["E0435"]);
        assert_eq!(code("[[scenario]]\nname='a'\nbase='b'\n[[scenario]]\nname='b'\nbase='a'"), ["E0435"]);
        assert_eq!(code("[[scenario]]\nname='a'\ninput.pots='x.csv'"), ["E0436"]);
        assert_eq!(code("[[scenario]]\nname='a'\ninput.posts=3\npolicy='x'"), ["E0437", "E0437"]);
        assert_eq!(code("years=3\n[[scenario]]\nname='a'\npolcy={}"), ["E0432", "E0432"]);
    }
}
