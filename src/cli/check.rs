//! `lungang check`: the independent verdict on any plan, also one edited by hand.

use super::scenario::ScenarioArgs;
use super::{Exit, screen::Screen};
use crate::input::{self, ReadOptions};
use crate::output::{
    self, ReadPlan, mask,
    read::{Change, Edit},
    report::dotted,
};
use crate::text::{self, say};
use comfy_table::{CellAlignment, ContentArrangement, Table, presets};
use lungang_check::{Breach, PlanVerdict, judge_plan, tier_changes};
use lungang_domain::{Case, PlanFile, Problem};
use std::path::PathBuf;

/// Arguments of `lungang check`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A plan: .json, .xlsx (with its edits), or a folder of CSV files.
    pub plan: PathBuf,
    /// The input that the plan was made from: a workbook, a folder of CSV files, or an exported input.
    #[arg(long, value_name = "INPUT")]
    pub input: PathBuf,
    /// The key of a plan written with --mask; the verdict then speaks of people by name.
    #[arg(long, value_name = "FILE")]
    pub mask_key: Option<PathBuf>,
    /// The scenario that the plan was made for, where it has sheets of its own.
    #[command(flatten)]
    pub under: ScenarioArgs,
}

/// Policy keys of the plan that decide how the input is read; by these the input is read as for the plan.
const READING: &[&str] = &["start", "as_of", "years", "ladder.", "input.", "risk.", "retirement.", "fit."];

/// How the input of a plan is read: by the plan's own policy.
pub(super) fn options(plan: &PlanFile) -> ReadOptions {
    let reads =
        |key: &str| READING.iter().any(|known| key == *known || (known.ends_with('.') && key.starts_with(known)));
    let mut overrides: Vec<(String, String)> =
        dotted("", &plan.policy).into_iter().filter(|(key, value)| reads(key) && !value.is_empty()).collect();
    for (key, value) in &mut overrides {
        if key == "start" {
            *value = plan.start.to_string();
        }
    }
    ReadOptions { overrides, ..Default::default() }
}

/// Runs `lungang check`: 0 clean, 5 breaches, 1 where plan or input can't be read.
pub fn run(args: Args, screen: Screen) -> Exit {
    let read = match read(&args) {
        Ok(read) => read,
        Err(problems) => {
            screen.problems(&problems);
            return Exit::Input;
        }
    };
    let screen = screen.with_policy_lang(&read.plan.policy.report.lang);
    let options = match args.under.apply(options(&read.original), screen) {
        Ok(options) => options,
        Err(exit) => return exit,
    };
    let reading = input::read(&args.input, &options);
    let Some(case) = reading.case.as_ref().filter(|_| !reading.has_errors()) else {
        screen.problems(&reading.problems);
        return Exit::Input;
    };
    if mask::looks_masked(&read.original) && !read.original.layout.keys().any(|id| case.person_by_id(id).is_some()) {
        screen.problem(&Problem::new("E0795").with("path", args.plan.display()));
        return Exit::Input;
    }
    let claimed = &read.original.provenance.input_hash;
    if !claimed.is_empty() && *claimed != reading.input_hash {
        screen.problem(&Problem::new("W0780").with("input", args.input.display()));
    }
    let edited = read.edits.iter().any(|edit| edit.change.moves());
    let verdict = judge_plan(case, &read.plan, edited);
    if !verdict.unreadable.is_empty() {
        screen.problems(&verdict.unreadable);
        return Exit::Input;
    }
    let before = edited.then(|| judge_plan(case, &read.original, false));
    let told = Told { case, read: &read, verdict: &verdict, before: before.as_ref(), screen };
    if screen.json {
        told.json()
    } else {
        told.words()
    }
    if verdict.clean() { Exit::Done } else { Exit::Breaches }
}

/// The plan, with ids in the place of codes where its key is given.
fn read(args: &Args) -> Result<ReadPlan, Vec<Problem>> {
    let mut read = output::read_plan(&args.plan)?;
    if let Some(path) = &args.mask_key {
        let people = mask::read(path).map_err(|problem| vec![problem])?;
        read = mask::unmasked_read(&people, read);
    }
    Ok(read)
}

/// What there is to tell.
struct Told<'a> {
    case: &'a Case,
    read: &'a ReadPlan,
    verdict: &'a PlanVerdict,
    before: Option<&'a PlanVerdict>,
    screen: Screen,
}

impl Told<'_> {
    fn say(&self, key: &str, args: &[(&str, &str)]) -> String {
        say(self.screen.lang, key, args)
    }

    fn sentence(&self, problem: &Problem) -> String {
        let sentence = text::problem(self.screen.lang, problem);
        let todo = if sentence.todo.is_empty() { String::new() } else { format!("\n        → {}", sentence.todo) };
        format!("{} {}{todo}", problem.code, sentence.cause)
    }

    fn problem(&self, breach: &Breach) -> Problem {
        breach.problem(self.case, &self.verdict.policy)
    }

    /// An id with what it stands for.
    fn post(&self, id: &str) -> String {
        match self.case.post_by_id(id) {
            Some(post) => format!("{id} {}", crate::insight::reasons::post_name(self.case, post)),
            None => id.to_owned(),
        }
    }

    fn edit(&self, edit: &Edit) -> String {
        let name = self.case.person_by_id(&edit.staff).map_or("", |person| self.case.person(person).name.as_str());
        let year = edit.year.to_string();
        let place = edit.cell.as_ref().map_or(String::new(), |cell| format!("[{} {}] ", cell.sheet, cell.a1()));
        let (key, old, new) = match &edit.change {
            Change::NewPost { from, to } => ("edit-post", self.post(from), self.post(to)),
            Change::Added { to } => ("edit-added", String::new(), self.post(to)),
            Change::Deleted { from } => ("edit-deleted", self.post(from), String::new()),
            Change::Void { from } => ("edit-void", self.post(from), String::new()),
            Change::Status(status) => {
                ("edit-status", String::new(), self.say(&format!("status-{}", status.key()), &[]))
            }
            Change::DoneOn(date) => ("edit-done", String::new(), date.map_or("–".into(), |date| date.to_string())),
            Change::HandedOn(date) => ("edit-handed", String::new(), date.map_or("–".into(), |date| date.to_string())),
            Change::Decision(kind) => {
                let word = kind.as_deref().map(|kind| self.say(&format!("decision-{kind}"), &[]));
                ("edit-decision", String::new(), word.unwrap_or_else(|| "–".into()))
            }
            Change::Derived(column) => ("edit-derived", String::new(), self.say(&format!("head-{column}"), &[])),
        };
        let args = [("staff", edit.staff.as_str()), ("name", name), ("year", &year), ("old", &old), ("new", &new)];
        format!("{place}{}", self.say(key, &args))
    }

    fn words(&self) {
        let out = |line: &str| self.screen.result(line);
        if !self.read.edits.is_empty() {
            out(&self.say("check-edits", &[("count", &self.read.edits.len().to_string())]));
            for edit in &self.read.edits {
                out(&format!("  {}", self.edit(edit)));
            }
        }
        let breaches = &self.verdict.breaches;
        if !breaches.is_empty() {
            out(&self.say("check-breaches", &[("count", &breaches.len().to_string())]));
            for problem in merged(breaches.iter().map(|breach| self.problem(breach)).collect()) {
                out(&format!("  {}", self.sentence(&problem)));
            }
        }
        let warnings = [("check-inherited", &self.verdict.verdict.inherited), ("check-reports", &self.verdict.reports)];
        for (key, list) in warnings {
            if list.is_empty() || self.screen.quiet {
                continue;
            }
            out(&self.say(key, &[("count", &list.len().to_string())]));
            let mut list: Vec<Problem> =
                list.iter().map(|breach| breach.warning(self.case, &self.verdict.policy)).collect();
            // Figures of tiers in the order of the tiers; all else as the checker found it.
            list.sort_by(|a, b| (&a.code, a.args.get("tier")).cmp(&(&b.code, b.args.get("tier"))));
            for warning in merged(list) {
                out(&format!("  {} {}", warning.code, text::problem(self.screen.lang, &warning).cause));
            }
        }
        out(&self.say("check-tiers", &[]));
        out(&self.tiers().to_string());
        let key = if self.verdict.clean() { "check-clean" } else { "check-broken" };
        out(&self.say(key, &[("count", &breaches.len().to_string())]));
    }

    /// Recomputed tiers, and what the edits changed.
    fn tiers(&self) -> Table {
        let mut table = Table::new();
        table.load_style(presets::UTF8_FULL_CONDENSED).set_content_arrangement(ContentArrangement::Dynamic);
        let heads = ["tier", "tier_name", "today", "nobody_moves", "claimed", "recomputed", "change"];
        table.set_header(heads.map(|head| self.say(&format!("head-{head}"), &[])));
        let changes =
            self.before.map(|before| tier_changes(&before.verdict, &self.verdict.verdict)).unwrap_or_default();
        for figures in &self.verdict.verdict.tiers {
            let id = figures.tier.id();
            let claimed = self.read.original.tiers.iter().find(|row| row.id == id);
            let change = changes.iter().find(|change| change.tier == figures.tier);
            table.add_row([
                id,
                self.say(&format!("tier-{}", figures.tier.name()), &[]),
                figures.today.to_string(),
                figures.nobody_moves.to_string(),
                claimed.map_or("–".into(), |row| row.value.to_string()),
                figures.value.to_string(),
                change.map_or("–".into(), |change| self.change(change.before, change.after, change.gain())),
            ]);
        }
        for column in table.column_iter_mut().skip(2) {
            column.set_cell_alignment(CellAlignment::Right);
        }
        table
    }

    fn change(&self, before: i64, after: i64, gain: i64) -> String {
        match gain {
            0 => "0".to_owned(),
            gain => {
                let word = self.say(if gain > 0 { "change-better" } else { "change-worse" }, &[]);
                format!("{:+} {word}", after - before)
            }
        }
    }

    fn json(&self) {
        let told = |problem: Problem| {
            let sentence = text::problem(self.screen.lang, &problem);
            serde_json::json!({
                "code": problem.code, "severity": problem.severity, "cell": problem.cell, "args": problem.args,
                "cause": sentence.cause, "todo": sentence.todo,
            })
        };
        let list = |breaches: &[Breach]| -> Vec<serde_json::Value> {
            breaches.iter().map(|breach| told(self.problem(breach))).collect()
        };
        let warnings = |breaches: &[Breach]| -> Vec<serde_json::Value> {
            breaches.iter().map(|breach| told(breach.warning(self.case, &self.verdict.policy))).collect()
        };
        let edits: Vec<serde_json::Value> = self
            .read
            .edits
            .iter()
            .map(|edit| {
                serde_json::json!({
                    "staff": edit.staff, "year": edit.year, "cell": edit.cell, "moves": edit.change.moves(),
                    "text": self.edit(edit),
                })
            })
            .collect();
        let tiers: Vec<serde_json::Value> = self
            .verdict
            .verdict
            .tiers
            .iter()
            .map(|figures| {
                let claimed = self.read.original.tiers.iter().find(|row| row.id == figures.tier.id());
                let before = self.before.and_then(|before| before.verdict.value(figures.tier));
                serde_json::json!({
                    "id": figures.tier.id(), "name": figures.tier.name(), "value": figures.value,
                    "claimed": claimed.map(|row| row.value), "before_edits": before,
                    "today": figures.today, "nobody_moves": figures.nobody_moves,
                })
            })
            .collect();
        let report = serde_json::json!({
            "clean": self.verdict.clean(),
            "breaches": list(&self.verdict.breaches),
            "inherited": warnings(&self.verdict.verdict.inherited),
            "reports": warnings(&self.verdict.reports),
            "edits": edits,
            "tiers": tiers,
        });
        self.screen.result(&format!("{report:#}"));
    }
}

/// Problems that say the same of years in a row, told once: `1–5` in place of the year, and so with the dates.
fn merged(problems: Vec<Problem>) -> Vec<Problem> {
    let mut merged: Vec<(Problem, u32, Problem)> = Vec::new();
    for problem in problems {
        let year = problem.args.get("year").and_then(|year| year.parse::<u32>().ok()).unwrap_or(0);
        let same = |(first, last, _): &&mut (Problem, u32, Problem)| {
            let others = |problem: &Problem| {
                let mut args = problem.args.clone();
                args.retain(|name, _| name != "year" && name != "date");
                args
            };
            year == *last + 1 && year > 1 && first.code == problem.code && others(first) == others(&problem)
        };
        match merged.iter_mut().find(same) {
            Some((_, last, latest)) => (*last, *latest) = (year, problem),
            None => merged.push((problem.clone(), year, problem)),
        }
    }
    let span = |(mut first, _, last): (Problem, u32, Problem)| {
        for name in ["year", "date"] {
            if let (Some(from), Some(to)) = (first.args.get_mut(name), last.args.get(name))
                && from != to
            {
                *from = format!("{from}–{to}");
            }
        }
        first
    };
    merged.into_iter().map(span).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_the_same_year_after_year_is_told_once() {
        let of = |year: u32, post: &str| {
            Problem::new("W0722").with("year", year).with("date", format!("{}-01-01", 2025 + year)).with("post", post)
        };
        let told = merged(vec![of(1, "a"), of(1, "b"), of(2, "a"), of(3, "b"), of(3, "a")]);
        let years: Vec<(&str, &str)> =
            told.iter().map(|problem| (problem.args["year"].as_str(), problem.args["post"].as_str())).collect();
        assert_eq!(years, [("1–3", "a"), ("1", "b"), ("3", "b")]);
        assert_eq!(told[0].args["date"], "2026-01-01–2028-01-01");
    }
}
