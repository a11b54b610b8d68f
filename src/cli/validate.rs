//! `lungang validate`.

use super::Exit;
use super::scenario::ScenarioArgs;
use super::screen::Screen;
use crate::input::{self, ReadOptions, Reading};
use crate::text;
use lungang_domain::{Problem, Severity};
use std::path::PathBuf;

/// What to read an input with; shared by every command that reads one.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct InputArgs {
    /// Policy file; it wins over the settings sheet.
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// First effective date, such as 2025-07-01.
    #[arg(long, value_name = "DATE")]
    pub start: Option<String>,
    /// Date of the data; by default the eve of the start.
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
    /// Plan years, 1 to 20.
    #[arg(long, value_name = "N")]
    pub years: Option<String>,
    /// Encoding of CSV files, such as gb18030; by default it is told from the bytes.
    #[arg(long, value_name = "NAME")]
    pub encoding: Option<String>,
    /// A table of further names of sheets and headings, as data/aliases.tsv.
    #[arg(long, value_name = "FILE")]
    pub aliases: Option<String>,
    /// A policy key and its value, such as turnover.unit_share=0.2; repeats.
    #[arg(long, value_name = "KEY=VALUE", value_parser = key_value)]
    pub set: Vec<(String, String)>,
}

/// `KEY=VALUE`.
///
/// # Errors
/// Anything else.
pub fn key_value(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((key, value)) if !key.trim().is_empty() => Ok((key.trim().to_owned(), value.trim().to_owned())),
        _ => Err("KEY=VALUE".to_owned()),
    }
}

impl InputArgs {
    /// As the reader takes them.
    #[must_use]
    pub fn options(&self) -> ReadOptions {
        let mut overrides = self.set.clone();
        let own = [
            ("start", &self.start),
            ("as_of", &self.as_of),
            ("years", &self.years),
            ("input.encoding", &self.encoding),
            ("input.aliases", &self.aliases),
        ];
        for (key, value) in own {
            overrides.extend(value.iter().map(|value| (key.to_owned(), value.clone())));
        }
        ReadOptions { policy_file: self.policy.clone(), overrides, ..Default::default() }
    }
}

/// Arguments of `lungang validate`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A workbook, a folder of CSV files, or an exported input.
    pub input: PathBuf,
    /// Policy.
    #[command(flatten)]
    pub with: InputArgs,
    /// Scenario.
    #[command(flatten)]
    pub under: ScenarioArgs,
}

/// Runs `lungang validate`: the data report on standard output.
pub fn run(args: Args, screen: Screen) -> Exit {
    let options = match args.under.apply(args.with.options(), screen) {
        Ok(options) => options,
        Err(exit) => return exit,
    };
    let mut reading = input::read(&args.input, &options);
    name_command(&mut reading.problems, "validate");
    let screen = match &reading.policy {
        Some(policy) => screen.with_policy_lang(&policy.report.lang),
        None => screen,
    };
    if screen.json {
        report_json(&reading, screen)
    } else {
        report(&reading, screen)
    }
    exit_of(&reading)
}

/// Puts the command's own name into the command to paste.
pub fn name_command(problems: &mut [Problem], command: &str) {
    for problem in problems.iter_mut().filter(|problem| problem.code == input::NO_START) {
        problem.args.insert("command".to_owned(), command.to_owned());
    }
}

/// 0, or 1 with errors, or 2 where only the start date is missing.
#[must_use]
pub fn exit_of(reading: &Reading) -> Exit {
    if reading.lacks_only_start() {
        Exit::Usage
    } else if reading.has_errors() {
        Exit::Input
    } else {
        Exit::Done
    }
}

fn report_json(reading: &Reading, screen: Screen) {
    let problems: Vec<serde_json::Value> = reading
        .problems
        .iter()
        .map(|problem| {
            let sentence = text::problem(screen.lang, problem);
            serde_json::json!({
                "code": problem.code, "severity": problem.severity, "cell": problem.cell, "args": problem.args,
                "cause": sentence.cause, "todo": sentence.todo,
            })
        })
        .collect();
    let report = serde_json::json!({
        "ok": !reading.has_errors(),
        "input_hash": reading.input_hash,
        "policy_hash": reading.policy_hash,
        "rows": reading.rows,
        "problems": problems,
    });
    screen.result(&format!("{report:#}"));
}

fn report(reading: &Reading, screen: Screen) {
    let say = |key: &str, args: &[(&str, &str)]| text::say(screen.lang, key, args);
    if !reading.rows.sheets.is_empty() {
        screen.result(&say("report-title", &[]));
    }
    for sheet in &reading.rows.sheets {
        let rows = sheet.rows.to_string();
        let args = [
            ("file", sheet.file.as_str()),
            ("sheet", sheet.sheet.as_str()),
            ("canonical", sheet.canonical.as_str()),
            ("rows", rows.as_str()),
        ];
        screen.result(&say("report-sheet", &args));
        let headings: Vec<String> =
            sheet.headings.iter().map(|(column, heading)| format!("{column} ← {}", heading.trim())).collect();
        screen.result(&format!("    {}", headings.join("; ")));
    }
    let rows = &reading.rows;
    let numbers = [rows.staff_rows, rows.people, rows.unplanned, rows.staff_errors, rows.posts, rows.units]
        .map(|number| number.to_string());
    let [staff, people, unplanned, errors, posts, units] = &numbers;
    let args = [("rows", &**staff), ("people", people), ("unplanned", unplanned), ("errors", errors)];
    // Of a file that could not be opened there is nothing to count.
    if !rows.sheets.is_empty() {
        screen.result(&say("report-staff", &args));
        screen.result(&say("report-posts", &[("posts", posts), ("units", units)]));
    }
    problems(&reading.problems, screen);
    let verdict = if reading.has_errors() { "report-bad" } else { "report-good" };
    screen.result(&say(verdict, &[]));
}

/// The problems on standard output, errors first; of warnings and assumptions only where the screen is not quiet.
pub fn problems(problems: &[Problem], screen: Screen) {
    let say = |key: &str, args: &[(&str, &str)]| text::say(screen.lang, key, args);
    let mut last = None;
    for problem in &input::shortened(problems) {
        if screen.quiet && problem.severity != Severity::Error {
            continue;
        }
        if last != Some(problem.severity) {
            let count = problems.iter().filter(|other| other.severity == problem.severity).count().to_string();
            let key = match problem.severity {
                Severity::Error => "report-errors",
                Severity::Warning => "report-warnings",
                Severity::Assumption => "report-assumptions",
            };
            screen.result(&say(key, &[("count", &count)]));
            last = Some(problem.severity);
        }
        screen.result(&format!("  {}", line(problem, screen)));
    }
}

/// Code, place, cause, what to do.
fn line(problem: &Problem, screen: Screen) -> String {
    let sentence = text::problem(screen.lang, problem);
    let place = text::place(problem);
    let todo = if sentence.todo.is_empty() { String::new() } else { format!("\n        → {}", sentence.todo) };
    format!("{} {place}{}{todo}", problem.code, sentence.cause)
}
