//! The summary of a run: one workbook with a row a case, and the figures of all cases in long form.

use crate::batch::Folder;
use crate::batch::audit::{Audit, Line};
use crate::batch::manifest::{Case, Manifest};
use crate::batch::outcome::{Ended, Outcome, Standing, Why};
use crate::files::{folder_of, write_atomically, write_bytes};
use crate::output::csv::guarded;
use crate::output::report::{Column, Table, Value};
use crate::output::{self, OutputError, xlsx};
use crate::text::{self, Lang, say, try_say};
use chrono::NaiveDate;
use lungang_domain::plan::TierRow;
use serde_json::json;
use std::io;
use std::path::Path;

/// Sentences of one case that are shown; the rest stand in its `outcome.json`.
const SENTENCES: usize = 3;

/// A run to be summed up.
#[derive(Clone, Copy, Debug)]
pub struct Summary<'a> {
    /// Where it lies.
    pub folder: &'a Folder,
    /// What it is about.
    pub manifest: &'a Manifest,
    /// What is there.
    pub audit: &'a Audit,
    /// Language.
    pub lang: Lang,
}

/// A case as messages call it: number, input, scenario.
#[must_use]
pub fn case_label(case: &Case) -> String {
    let scenario = if case.scenario.name.is_empty() { String::new() } else { format!(" × {}", case.scenario.name) };
    format!("{} {}{scenario}", crate::batch::name(case.number), case.input.shown)
}

/// Why a case has no plan, in a sentence or a few.
#[must_use]
pub fn because(outcome: &Outcome, lang: Lang) -> String {
    let signal = outcome.signal.map_or(String::new(), |signal| signal.to_string());
    let code = outcome.code.map_or(String::new(), |code| code.to_string());
    let peak = (outcome.effort.peak_kb / 1024).to_string();
    let seconds = format!("{:.1}", outcome.effort.seconds);
    let which = match outcome.signal {
        None => "none",
        Some(9) => "kill",
        Some(_) => "other",
    };
    let words =
        [("signal", signal.as_str()), ("code", &code), ("peak", &peak), ("seconds", &seconds), ("which", which)];
    let mut sentences = vec![say(lang, &format!("ended-{}", outcome.ended.key()), &words)];
    let told = outcome.problems.iter().take(SENTENCES).map(|problem| {
        let place = text::place(problem);
        format!("{} {place}{}", problem.code, text::problem(lang, problem).cause)
    });
    sentences.extend(told);
    if outcome.problems.len() > SENTENCES {
        let more = (outcome.problems.len() - SENTENCES).to_string();
        sentences.push(say(lang, "batch-more", &[("count", &more)]));
    }
    if !outcome.said.is_empty() {
        sentences.push(outcome.said.clone());
    }
    sentences.join("\n")
}

/// The state of a case as files and locales call it.
fn state(line: &Line) -> &'static str {
    match &line.standing {
        Standing::Missing => "missing",
        Standing::Stale(_) => "stale",
        Standing::Good(outcome) if outcome.ended == Ended::Done => "done",
        Standing::Good(_) => "failed",
    }
}

impl Summary<'_> {
    /// Writes the workbook: what is not done, then scenario by scenario, then every case.
    ///
    /// # Errors
    /// Another ending than `.xlsx`, a folder that is not there, or the system's refusal.
    pub fn write(&self, path: &Path) -> Result<(), OutputError> {
        if output::probe(path)? != output::Format::Xlsx {
            return Err(OutputError::Ending(path.to_owned()));
        }
        let tables = [self.open(), self.scenarios(), self.cases()];
        // The same stamp for the same results: that of no day.
        let stamp = NaiveDate::from_ymd_opt(2000, 1, 1).unwrap_or_default();
        let bytes = xlsx::of_tables(&tables, &self.words()[0], stamp, self.lang);
        let bytes = bytes.map_err(|error| OutputError::io(path, io::Error::other(error)))?;
        write_bytes(path, &bytes).map_err(|error| OutputError::io(path, error))
    }

    /// What there is to say on the screen.
    #[must_use]
    pub fn words(&self) -> Vec<String> {
        let count = self.audit.count();
        let numbers = [
            ("cases", self.manifest.len()),
            ("done", count.done),
            ("optimal", count.optimal),
            ("failed", count.failed),
            ("missing", count.missing),
            ("stale", count.stale),
            ("twice", count.twice),
            ("strays", self.audit.strays.len()),
            ("unfinished", self.audit.unfinished),
        ]
        .map(|(key, number)| (key, number.to_string()));
        let words: Vec<(&str, &str)> = numbers.iter().map(|(key, number)| (*key, number.as_str())).collect();
        let mut lines = vec![say(self.lang, "batch-count", &words)];
        for (key, number) in
            [("twice", count.twice), ("strays", self.audit.strays.len()), ("unfinished", self.audit.unfinished)]
        {
            if number > 0 {
                lines.push(say(self.lang, &format!("batch-{key}"), &words));
            }
        }
        const SHOWN: usize = 20;
        let open: Vec<&Line> =
            self.audit.lines.iter().filter(|line| !matches!(state(line), "done" | "missing")).collect();
        lines.extend(open.iter().take(SHOWN).filter_map(|line| {
            let case = self.manifest.case(line.case)?;
            Some(format!("  {}: {}", case_label(&case), self.why(line).replace('\n', " ")))
        }));
        if open.len() > SHOWN {
            lines.push(say(self.lang, "batch-more", &[("count", &(open.len() - SHOWN).to_string())]));
        }
        lines
    }

    /// For programs.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        let count = self.audit.count();
        let open: Vec<serde_json::Value> = self
            .audit
            .lines
            .iter()
            .filter(|line| state(line) != "done")
            .filter_map(|line| {
                let case = self.manifest.case(line.case)?;
                Some(json!({
                    "case": line.case, "input": case.input.shown, "scenario": case.scenario.name, "state": state(line),
                    "ended": match &line.standing { Standing::Good(outcome) => Some(outcome.ended), _ => None },
                    "why": self.why(line),
                }))
            })
            .collect();
        json!({
            "cases": self.manifest.len(), "done": count.done, "optimal": count.optimal, "failed": count.failed,
            "missing": count.missing, "stale": count.stale, "twice": count.twice, "strays": self.audit.strays,
            "unfinished": self.audit.unfinished, "open": open,
        })
    }

    fn why(&self, line: &Line) -> String {
        match &line.standing {
            Standing::Missing => say(self.lang, "batch-missing", &[]),
            Standing::Stale(why) => {
                let key = match why {
                    Why::Unreadable => "batch-stale-unreadable",
                    Why::Other => "batch-stale-other",
                    Why::Papers => "batch-stale-papers",
                };
                say(self.lang, key, &[])
            }
            Standing::Good(outcome) if outcome.ended == Ended::Done => String::new(),
            Standing::Good(outcome) => because(outcome, self.lang),
        }
    }

    /// What is not done, and what is done twice.
    fn open(&self) -> Table {
        let columns =
            [("batch_case", 9), ("batch_input", 34), ("cmp_scenario", 18), ("batch_state", 12), ("batch_why", 70)];
        let mut table = Table::new(self.lang, "batch_open", &columns);
        for line in &self.audit.lines {
            let Some(case) = self.manifest.case(line.case) else { continue };
            let mut put = |state: &str, why: String| {
                table.rows.push(vec![
                    Value::text(crate::batch::name(line.case)),
                    Value::text(case.input.shown.clone()),
                    Value::text(case.scenario.name.clone()),
                    Value::text(say(self.lang, &format!("batch-state-{state}"), &[])),
                    Value::text(why),
                ]);
            };
            if state(line) != "done" {
                put(state(line), self.why(line));
            }
            if let Some(same) = line.same_as.and_then(|same| self.manifest.case(same)) {
                put("twice", say(self.lang, "batch-same-as", &[("case", &case_label(&same))]));
            }
        }
        for stray in &self.audit.strays {
            let mut row = vec![Value::text(stray.clone()), Value::Empty, Value::Empty];
            row.push(Value::text(say(self.lang, "batch-state-stray", &[])));
            row.push(Value::text(say(self.lang, "batch-stray", &[])));
            table.rows.push(row);
        }
        table
    }

    /// The tiers that any plan has, by id and name, in their order.
    fn tiers(&self) -> Vec<(String, String)> {
        let mut tiers: Vec<(String, String)> = Vec::new();
        for row in self.done().flat_map(|(_, outcome)| &outcome.tiers) {
            if !tiers.iter().any(|(id, _)| *id == row.id) {
                tiers.push((row.id.clone(), row.name.clone()));
            }
        }
        tiers
    }

    fn done(&self) -> impl Iterator<Item = (usize, &Outcome)> {
        self.audit.lines.iter().filter_map(|line| match &line.standing {
            Standing::Good(outcome) if outcome.ended == Ended::Done => Some((line.case, &**outcome)),
            _ => None,
        })
    }

    fn label(&self, id: &str, name: &str) -> String {
        format!("{id} {}", try_say(self.lang, &format!("tier-{name}"), &[]).unwrap_or_else(|| name.to_owned()))
    }

    /// Scenario by scenario: how many cases, and the tiers of those that are done, added up.
    fn scenarios(&self) -> Table {
        let columns = [
            ("cmp_scenario", 20),
            ("batch_cases", 9),
            ("batch_done", 9),
            ("batch_optimal", 9),
            ("cmp_moves", 9),
            ("cmp_deferrals", 9),
        ];
        let mut table = Table::new(self.lang, "batch_scenarios", &columns);
        let tiers = self.tiers();
        for (id, name) in &tiers {
            let label = self.label(id, name);
            for key in ["nobody_moves", "value"] {
                let heading = say(self.lang, "batch-tier", &[("tier", &label), ("key", key)]);
                table.columns.push(Column { key: "batch_tier", heading, width: 14 });
            }
        }
        let per_input = self.manifest.scenarios.len();
        for (at, scenario) in self.manifest.scenarios.iter().enumerate() {
            let own: Vec<&Outcome> =
                self.done().filter(|(case, _)| case % per_input == at).map(|(_, outcome)| outcome).collect();
            let sum = |of: &dyn Fn(&Outcome) -> usize| own.iter().map(|outcome| of(outcome)).sum::<usize>();
            let mut row = vec![
                Value::text(if scenario.name.is_empty() {
                    say(self.lang, "frontier-own", &[])
                } else {
                    scenario.name.clone()
                }),
                Value::count(self.manifest.inputs.len()),
                Value::count(own.len()),
                Value::count(sum(&|outcome| usize::from(outcome.optimal))),
                Value::count(sum(&|outcome| outcome.counts[0])),
                Value::count(sum(&|outcome| outcome.counts[2])),
            ];
            for (id, _) in &tiers {
                let total = |of: fn(&TierRow) -> i64| {
                    own.iter().filter_map(|outcome| outcome.tiers.iter().find(|row| row.id == *id)).map(of).sum::<i64>()
                };
                row.extend([Value::Whole(total(|row| row.nobody_moves)), Value::Whole(total(|row| row.value))]);
            }
            table.rows.push(row);
        }
        table
    }

    /// A row a case.
    fn cases(&self) -> Table {
        let columns = [
            ("batch_case", 9),
            ("batch_input", 30),
            ("cmp_scenario", 16),
            ("batch_state", 10),
            ("proof", 12),
            ("cmp_moves", 8),
            ("cmp_placements", 8),
            ("cmp_deferrals", 8),
        ];
        let mut table = Table::new(self.lang, "batch_cases", &columns);
        let tiers = self.tiers();
        for (id, name) in &tiers {
            let label = self.label(id, name);
            for key in ["nobody_moves", "value", "bound"] {
                let heading = say(self.lang, "batch-tier", &[("tier", &label), ("key", key)]);
                table.columns.push(Column { key: "batch_tier", heading, width: 12 });
            }
        }
        let rest = [
            ("batch_rounds", 8),
            ("batch_seconds", 9),
            ("batch_peak", 9),
            ("batch_tries", 6),
            ("batch_host", 14),
            ("batch_why", 50),
            ("cmp_file", 30),
        ];
        table.columns.extend(Table::new(self.lang, "batch_cases", &rest).columns);
        // Wide: the figures are for the screen.
        table.printed = columns.len();
        for line in &self.audit.lines {
            table.rows.extend(self.manifest.case(line.case).map(|case| self.row(line, &case, &tiers)));
        }
        table
    }

    fn row(&self, line: &Line, case: &Case, tiers: &[(String, String)]) -> Vec<Value> {
        let outcome = match &line.standing {
            Standing::Good(outcome) => Some(&**outcome),
            _ => None,
        };
        let plan = outcome.filter(|outcome| outcome.ended == Ended::Done);
        let proof = plan.map(|outcome| if outcome.optimal { "proof-proved" } else { "proof-open" });
        let mut row = vec![
            Value::text(crate::batch::name(line.case)),
            Value::text(case.input.shown.clone()),
            Value::text(case.scenario.name.clone()),
            Value::text(say(self.lang, &format!("batch-state-{}", state(line)), &[])),
            proof.map_or(Value::Empty, |key| Value::text(say(self.lang, key, &[]))),
        ];
        row.extend((0..3).map(|at| plan.map_or(Value::Empty, |outcome| Value::count(outcome.counts[at]))));
        for (id, _) in tiers {
            let own = plan.and_then(|outcome| outcome.tiers.iter().find(|tier| tier.id == *id));
            let whole = |value: Option<i64>| value.map_or(Value::Empty, Value::Whole);
            row.extend([
                whole(own.map(|own| own.nobody_moves)),
                whole(own.map(|own| own.value)),
                whole(own.and_then(|own| own.bound)),
            ]);
        }
        let count = |count: u64| Value::Whole(i64::try_from(count).unwrap_or(i64::MAX));
        match outcome {
            Some(outcome) => row.extend([
                plan.map_or(Value::Empty, |outcome| count(outcome.rounds)),
                Value::Decimal(outcome.effort.seconds),
                count(outcome.effort.peak_kb / 1024),
                count(outcome.effort.tries.into()),
                Value::text(outcome.effort.host.clone()),
            ]),
            None => row.extend([const { Value::Empty }; 5]),
        }
        row.push(Value::text(self.why(line)));
        row.push(
            plan.map_or(Value::Empty, |_| Value::text(format!("cases/{}/plan.json", crate::batch::name(line.case)))),
        );
        row
    }
}

/// Writes the figures of every case that is done, one after the other, so that they never stand in memory together. How many
/// rows there are.
///
/// # Errors
/// A folder that is not there, or the system's refusal.
pub fn write_metrics(summary: &Summary, path: &Path) -> Result<usize, OutputError> {
    let mut rows = 0;
    if !folder_of(path).is_dir() {
        return Err(OutputError::Folder(folder_of(path).to_owned()));
    }
    write_atomically(path, |file| {
        file.write_all("\u{feff}".as_bytes())?;
        let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(file);
        writer.write_record([
            "case",
            "input",
            "input_scenario",
            "metric",
            "unit",
            "year",
            "grade",
            "scenario",
            "value",
            "bound",
        ])?;
        for (number, _) in summary.done() {
            let Some(case) = summary.manifest.case(number) else { continue };
            let text = std::fs::read_to_string(summary.folder.case(number).join("metrics.csv"))?;
            let mut reader = ::csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
            let own = [crate::batch::name(number), guarded(&case.input.shown), guarded(&case.scenario.name)];
            for row in reader.records() {
                let row = row?;
                rows += 1;
                writer.write_record(own.iter().map(String::as_str).chain(row.iter()))?;
            }
        }
        writer.flush()
    })
    .map_err(|error| OutputError::io(path, error))?;
    Ok(rows)
}
