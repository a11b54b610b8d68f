//! The policy: preset < settings sheet < policy file < command line < scenario → one resolved [`Policy`].

pub mod keys;
pub mod presets;
pub mod template;
pub mod values;
mod weights;

use super::near;
use super::sheets::RawValue;
use keys::{Built, KEYS, KeyKind};
use lungang_domain::catalogue::{self, Kind};
use lungang_domain::fit::Part;
use lungang_domain::policy::FitCompute;
use lungang_domain::time::eve;
use lungang_domain::{CalendarPolicy, Cell, Policy, Problem};
pub use presets::PRESETS;
use serde_json::Value;
use std::collections::BTreeMap;
use values::Written;

/// The code that says that no start date was given anywhere: the command line answers with exit 2.
pub const NO_START: &str = "E0401";
/// The preset used where none is named.
pub const DEFAULT_PRESET: &str = "cn-county";
/// Keys written in one place, in rising priority.
#[derive(Clone, Debug, Default)]
pub struct Layer {
    /// Dotted key, value, and the cell or file it stands in.
    pub entries: Vec<(String, Written, Option<Cell>)>,
}

impl Layer {
    /// Keys of a TOML text.
    ///
    /// # Errors
    /// `E0407` where it is no TOML.
    pub fn from_toml(text: &str, place: Option<&Cell>) -> Result<Self, Problem> {
        let body = text.strip_prefix('\u{feff}').unwrap_or(text);
        let table: toml::Table = toml::from_str(body)
            .map_err(|error| Problem::new("E0407").at(place.cloned()).with("reason", error.to_string().trim()))?;
        Ok(Self::from_table(table, place))
    }

    /// Keys of a TOML table.
    #[must_use]
    pub fn from_table(table: toml::Table, place: Option<&Cell>) -> Self {
        let mut layer = Self::default();
        layer.flatten("", table, place);
        layer
    }

    fn flatten(&mut self, prefix: &str, table: toml::Table, place: Option<&Cell>) {
        for (name, value) in table {
            let path = if prefix.is_empty() { name } else { format!("{prefix}.{name}") };
            match value {
                toml::Value::Table(below) if keys::find(&path).is_none() && (keys::is_table(&path)) => {
                    self.flatten(&path, below, place);
                }
                value => self.entries.push((path, Written::Toml(value), place.cloned())),
            }
        }
    }

    /// Keys of a command line or a settings sheet.
    pub fn push(&mut self, key: &str, value: RawValue, place: Option<Cell>) {
        let key = super::schema::clean(key);
        // `time.high` in a cell may hold a whole TOML table.
        if let (RawValue::Text(text), true) = (&value, keys::is_table(&key)) {
            let inner = toml::from_str::<toml::Table>(&format!("v = {text}"));
            if let Ok(Some(toml::Value::Table(below))) = inner.map(|table| table.get("v").cloned()) {
                self.flatten(&key, below, place.as_ref());
                return;
            }
        }
        self.entries.push((key, Written::Cell(value), place));
    }
}

/// What came of the layers.
#[derive(Clone, Debug)]
pub struct Resolved {
    /// The policy; where something was wrong, with the preset's value in its stead. Without a start date it holds a
    /// date that nobody may use.
    pub policy: Policy,
    /// Whether a start date was given.
    pub dated: bool,
    /// What was wrong.
    pub problems: Vec<Problem>,
}

/// Lays the layers over the preset they name.
#[must_use]
pub fn resolve(layers: &[Layer]) -> Resolved {
    let mut problems = Vec::new();
    let preset = chosen_preset(layers, &mut problems);
    let mut tree = preset_tree(preset);
    let mut places: BTreeMap<String, Option<Cell>> = BTreeMap::new();
    for layer in layers {
        for (path, written, place) in &layer.entries {
            match entry(path, written, &tree) {
                Ok(Some(value)) => {
                    put(&mut tree, path, value);
                    places.insert(path.clone(), place.clone());
                }
                Ok(None) => {}
                Err(problem) => problems.push(problem.with("key", path).at(place.clone())),
            }
        }
    }
    put(&mut tree, "preset", Value::from(preset));
    whole_clocks(&mut tree, &places, &mut problems);
    let dated = tree.get("start").is_some();
    if !dated {
        // Never used: the problem below stops the plan, and checks against dates are left out.
        put(&mut tree, "start", Value::from("2000-01-01"));
    }
    let explicit_as_of = tree.get("as_of").is_some();
    if !explicit_as_of {
        let start = tree.get("start").cloned().unwrap_or_default();
        put(&mut tree, "as_of", start);
    }
    let mut policy = match serde_json::from_value::<Policy>(tree) {
        Ok(policy) => policy,
        Err(error) => {
            problems.push(Problem::new("E0407").with("reason", error));
            fallback()
        }
    };
    if !explicit_as_of {
        policy.as_of = eve(policy.start);
    }
    // A start date that can't be read has been told.
    if !dated && !problems.iter().any(|problem| problem.args.get("key").is_some_and(|key| key == "start")) {
        problems.push(Problem::new(NO_START));
    }
    check_together(&policy, dated, &places, &mut problems);
    Resolved { policy, dated, problems }
}

/// The preset alone, should the layers not add up to a policy.
fn fallback() -> Policy {
    let mut tree = preset_tree(DEFAULT_PRESET);
    for (path, value) in [("preset", DEFAULT_PRESET), ("start", "2000-01-01"), ("as_of", "1999-12-31")] {
        put(&mut tree, path, Value::from(value));
    }
    // The presets are part of the program, and a test resolves each of them.
    serde_json::from_value(tree).unwrap_or_else(|error| unreachable!("preset: {error}"))
}

fn chosen_preset(layers: &[Layer], problems: &mut Vec<Problem>) -> &'static str {
    let named = layers.iter().flat_map(|layer| &layer.entries).rfind(|(path, ..)| path == "preset");
    let Some((_, written, place)) = named else { return DEFAULT_PRESET };
    preset_named(&written.shown()).unwrap_or_else(|problem| {
        problems.push(problem.at(place.clone()));
        DEFAULT_PRESET
    })
}

/// The preset of this name.
///
/// # Errors
/// `E0406` without a place, with the nearest name and all of them.
pub fn preset_named(name: &str) -> Result<&'static str, Problem> {
    let name = super::schema::clean(name);
    let names = || PRESETS.iter().map(|(name, _)| *name);
    names().find(|known| *known == name).ok_or_else(|| {
        let near = near::suggest(&name, names());
        let known = names().collect::<Vec<_>>().join("、");
        Problem::new("E0406").with("value", &name).with("near", near).with("words", known)
    })
}

/// The preset as a tree of canonical values, those of its base included.
fn preset_tree(name: &str) -> Value {
    // The calendar is the same everywhere, but for the yearly dates that a preset may name.
    let calendar =
        || serde_json::json!({ "calendar": CalendarPolicy::default(), "report": { "holidays": [], "workdays": [] } });
    let mut tree = presets::base(name).map_or_else(calendar, preset_tree);
    let layer = Layer::from_toml(presets::text(name), None).unwrap_or_default();
    for (path, written, _) in layer.entries {
        if let Some(Ok(value)) = keys::find(&path).map(|key| values::canonical(key.kind, &written)) {
            put(&mut tree, &path, value);
        }
    }
    tree
}

/// The value of a key in the tree.
fn get<'a>(tree: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').try_fold(tree, |tree, name| tree.get(name))
}

/// Puts a value into the tree.
fn put(tree: &mut Value, path: &str, value: Value) {
    let mut place = tree;
    for name in path.split('.') {
        if !place.is_object() {
            *place = Value::Object(serde_json::Map::new());
        }
        let Value::Object(map) = place else { return };
        place = map.entry(name).or_insert(Value::Null);
    }
    *place = value;
}

/// One key as written → its canonical value; `None` where it changes nothing.
fn entry(path: &str, written: &Written, tree: &Value) -> Result<Option<Value>, Problem> {
    if path == "preset" {
        return Ok(None);
    }
    let Some(key) = keys::find(path) else { return Err(unknown(path)) };
    let value = values::canonical(key.kind, written)?;
    if key.built == Built::Yes {
        return Ok(Some(value));
    }
    let is_rule = path.starts_with("rules.");
    let changes_nothing = if is_rule { value == false } else { get(tree, path) == Some(&value) };
    if changes_nothing { Ok(None) } else { Err(Problem::new("E0404").with("value", written.shown())) }
}

fn unknown(path: &str) -> Problem {
    if path.strip_prefix("rules.").is_some_and(|id| catalogue::find(id).is_some()) {
        return Problem::new("E0405");
    }
    let last = path.rsplit('.').next().unwrap_or(path);
    let mut near = near::suggest(path, KEYS.iter().map(|key| key.path));
    if near == near::NONE {
        // Perhaps only the table before the dot is missing or wrong.
        let same: Vec<&str> =
            KEYS.iter().map(|key| key.path).filter(|path| path.rsplit('.').next() == Some(last)).take(3).collect();
        if !same.is_empty() {
            near = same.join(" / ");
        }
    }
    Problem::new("E0402").with("near", near)
}

/// The further clocks of R14, off unless both of their keys are written.
const CLOCKS: [&str; 4] = ["section", "unit_level", "unit", "domain"];

/// A clock of which one half is written is told, and left off.
fn whole_clocks(tree: &mut Value, places: &BTreeMap<String, Option<Cell>>, problems: &mut Vec<Problem>) {
    for name in CLOCKS {
        let halves = ["should", "must"].map(|half| format!("time.{name}.{half}"));
        let written = halves.each_ref().map(|half| get(tree, half).is_some());
        let (there, missing) = match written {
            [true, false] => (&halves[0], &halves[1]),
            [false, true] => (&halves[1], &halves[0]),
            _ => continue,
        };
        let cell = places.get(there).cloned().flatten();
        problems.push(Problem::new("E0421").at(cell).with("key", there).with("missing", missing));
        put(tree, &format!("time.{name}"), Value::Null);
    }
}

/// What must hold between keys.
fn check_together(policy: &Policy, dated: bool, places: &BTreeMap<String, Option<Cell>>, problems: &mut Vec<Problem>) {
    let place = |keys: &[&str]| keys.iter().find_map(|key| places.get(*key).cloned()).flatten();
    if dated && policy.as_of >= policy.start {
        let cell = place(&["as_of", "start"]);
        problems.push(Problem::new("E0410").at(cell).with("as_of", policy.as_of).with("start", policy.start));
    }
    let (high, medium) = (policy.risk.high_from, policy.risk.medium_from);
    if high.is_some() != medium.is_some() || high.zip(medium).is_some_and(|(high, medium)| medium >= high) {
        problems.push(Problem::new("E0417").at(place(&["risk.high_from", "risk.medium_from"])));
    }
    let time = &policy.time;
    let of_posts = [("high", time.high), ("medium", time.medium), ("low", time.low), ("unrated", time.unrated)];
    let further = CLOCKS.into_iter().zip([time.section, time.unit_level, time.unit, time.domain]);
    let further = further.filter_map(|(name, limits)| Some((name, limits?)));
    for (name, thresholds) in of_posts.into_iter().chain(further) {
        if thresholds.should > thresholds.must {
            let (should, must) = (format!("time.{name}.should"), format!("time.{name}.must"));
            let cell = place(&[&should, &must]);
            let problem = Problem::new("E0409").at(cell).with("key", format!("time.{name}"));
            problems.push(problem.with("should", thresholds.should).with("must", thresholds.must));
        }
    }
    let fit = &policy.fit;
    let compares = Part::ALL.iter().zip(fit.weights.all()).any(|(part, weight)| part.compares() && weight > 0);
    if fit.compute != FitCompute::Never && !compares {
        let keys: Vec<String> = Part::ALL.iter().map(|part| format!("fit.weights.{}", part.key())).collect();
        let keys: Vec<&str> = keys.iter().map(String::as_str).chain(["fit.compute"]).collect();
        problems.push(Problem::new("E0420").at(place(&keys)));
    }
    let (wanted, most) = (policy.reserve.experiences.len(), crate::input::assemble::MOST_NEEDED);
    if wanted > most {
        let cell = place(&["reserve.experiences"]);
        problems.push(Problem::new("E0216").at(cell).with("count", wanted).with("most", most));
    }
    problems.extend(weights::check(policy).map(|problem| {
        let mut keys = weights::KEYS.to_vec();
        keys.push("priorities.mode");
        problem.at(place(&keys))
    }));
    for rung in policy.ladder.equivalent.iter().flat_map(|(a, b)| [a, b]) {
        if policy.grade_rank(rung).is_none() {
            let near = near::suggest(rung, policy.ladder.grade.iter().map(String::as_str));
            let cell = place(&["ladder.equivalent", "ladder.grade"]);
            problems.push(Problem::new("E0413").at(cell).with("value", rung).with("near", near));
        }
    }
    for rule in catalogue::RULES.iter().filter(|rule| rule.switchable && rule.kind == Kind::Law) {
        if !policy.rule_on(rule.id) {
            let key = format!("rules.{}", rule.id);
            problems.push(Problem::new("W0401").at(place(&[&key])).with("rule", rule.id));
        }
    }
}

/// The default of a key in a preset, for the template; `None` where it has none.
#[must_use]
pub fn preset_value(preset: &str, path: &str) -> Option<Value> {
    get(&preset_tree(preset), path).cloned()
}

/// Whether the kind takes a list.
#[must_use]
pub fn is_list(kind: KeyKind) -> bool {
    matches!(kind, KeyKind::Grades | KeyKind::Texts | KeyKind::Ladder | KeyKind::Pairs | KeyKind::Dates)
}
