//! `lungang progress`: what of a plan was carried out as of a day, unit by unit; the report of the month and the summary
//! of the year. The day is always given: the program knows no today.

use super::check::options;
use super::contrast;
use super::{Exit, screen::Screen};
use crate::input::cells::dates::{self, Habits, Precision};
use crate::input::{self, sheets::RawValue};
use crate::output::mask::{self, Mask};
use crate::output::progress::{self, Names, Progress};
use crate::output::read::Change;
use crate::output::{self, ReadPlan};
use crate::text::say;
use chrono::NaiveDate;
use lungang_domain::plan::MoveRow;
use lungang_domain::{Case, Cell, MoveStatus, PlanFile, Problem};
use std::borrow::Cow;
use std::path::PathBuf;

/// Arguments of `lungang progress`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A plan with status and "done on" filled in: .json, .xlsx, or a folder of CSV files.
    pub plan: PathBuf,
    /// The day that the report speaks of, such as 2026-08-25.
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
    /// The input that the plan was made from: names of people, posts and units.
    #[arg(long, value_name = "INPUT")]
    pub input: Option<PathBuf>,
    /// Where the report goes: .xlsx, .docx, .json, or a name ending in / for a folder of CSV files; repeats.
    #[arg(short, long, value_name = "FILE")]
    pub output: Vec<PathBuf>,
    /// The summary of the year, also before the day that the policy names for it.
    #[arg(long)]
    pub summary: bool,
    /// The key of a plan written with --mask; the report then speaks of people by name.
    #[arg(long, value_name = "FILE", requires = "input")]
    pub mask_key: Option<PathBuf>,
    /// No names and staff ids anywhere: everybody has a code instead.
    #[arg(long, requires = "input", conflicts_with = "mask_key")]
    pub mask: bool,
}

/// Runs `lungang progress`: 0 done, 1 where plan or input can't be read, 2 without a day, 6 where nothing can be written.
pub fn run(args: Args, screen: Screen) -> Exit {
    match told(&args, screen) {
        Ok(()) => Exit::Done,
        Err(exit) => exit,
    }
}

fn told(args: &Args, screen: Screen) -> Result<(), Exit> {
    let refused = |exit: Exit| {
        move |problems: Vec<Problem>| {
            screen.problems(&problems);
            exit
        }
    };
    for target in &args.output {
        let sources = std::iter::once(&args.plan).chain(&args.input);
        let spared = sources.map(|source| output::spare_input(source, target)).collect::<Result<Vec<()>, _>>();
        progress::probe(target).and(spared).map_err(|error| refused(Exit::Output)(vec![error.problem()]))?;
    }
    let mut read = output::read_plan(&args.plan).map_err(refused(Exit::Input))?;
    let screen = screen.with_policy_lang(&read.plan.policy.report.lang);
    let as_of = day(args, &read.plan).map_err(|problem| refused(Exit::Usage)(vec![problem]))?;
    if let Some(key) = &args.mask_key {
        let people = mask::read(key).map_err(|problem| refused(Exit::Input)(vec![problem]))?;
        read = mask::unmasked_read(&people, read);
    }
    let case = args.input.as_ref().map(|_| case(args, &read.original, screen)).transpose()?;
    // Leaked, so that every copy of the screen has it: it is needed until the end of the run anyway.
    let mask: Option<&'static Mask> =
        case.as_ref().filter(|_| args.mask).map(|case| &*Box::leak(Box::new(Mask::of(case))));
    let screen = mask.map_or(screen, |mask| screen.behind(mask));
    let case = case.as_ref().map(|case| mask.map_or(Cow::Borrowed(case), |mask| Cow::Owned(mask.case(case))));
    screen.problems(&doubts(&read, as_of));
    let names = Names { case: case.as_deref(), lang: screen.lang };
    let mut report = Progress::new(&read.original, &read.plan, as_of, args.summary, &names);
    if let Some(mask) = mask {
        report.rewrite(&|column, text| if column == Some("staff") { mask.id(text) } else { mask.text(text) });
    }
    for target in &args.output {
        report.write(target).map_err(|error| refused(Exit::Output)(vec![error.problem()]))?;
        tracing::info!("written");
    }
    show(args, &report, screen);
    Ok(())
}

/// The day given; without one, or where it is none, what to paste.
fn day(args: &Args, plan: &PlanFile) -> Result<NaiveDate, Problem> {
    // The first report after the plan begins, for an example.
    let months = (0..2).map(|month| lungang_domain::add_months(plan.start, month));
    let example = months.filter_map(|month| plan.policy.calendar.progress_of(month)).find(|day| *day >= plan.start);
    let example = example.unwrap_or(plan.start);
    let Some(written) = &args.as_of else {
        return Err(Problem::new("E0905").with("path", args.plan.display()).with("example", example));
    };
    let read = dates::read(&RawValue::Text(written.clone()), Habits::default()).ok();
    let read = read.filter(|read| read.precision == Precision::Day && !read.at_least);
    read.map(|read| read.date).ok_or_else(|| Problem::new("E0906").with("value", written).with("example", example))
}

/// The case of the input, read as for the plan.
fn case(args: &Args, plan: &PlanFile, screen: Screen) -> Result<Case, Exit> {
    let Some(input) = &args.input else { return Err(Exit::Usage) };
    let reading = input::read(input, &options(plan));
    if reading.has_errors() || reading.case.is_none() {
        screen.problems(&reading.problems);
    }
    let hash = reading.input_hash.clone();
    let failed = reading.has_errors();
    let case = reading.case.filter(|_| !failed).ok_or(Exit::Input)?;
    let known = |row: &MoveRow| case.post_by_id(&row.to).is_some();
    if !plan.moves.is_empty() && !plan.moves.iter().any(known) {
        screen.problem(&Problem::new("E0606"));
        return Err(Exit::Input);
    }
    if !plan.provenance.input_hash.is_empty() && plan.provenance.input_hash != hash {
        screen.problem(&Problem::new("W0780").with("input", input.display()));
    }
    Ok(case)
}

/// What was filled in and can't be right, each at its cell where there is one; the report counts it all the same.
fn doubts(read: &ReadPlan, as_of: NaiveDate) -> Vec<Problem> {
    let cell = |row: &MoveRow, which: fn(&Change) -> bool| -> Option<Cell> {
        let own =
            |edit: &&output::read::Edit| (&edit.staff, edit.year) == (&row.staff, row.year) && which(&edit.change);
        read.edits.iter().find(own).and_then(|edit| edit.cell.clone())
    };
    let done = |change: &Change| matches!(change, Change::DoneOn(_));
    let status = |change: &Change| matches!(change, Change::Status(_) | Change::Void { .. });
    let handed = |change: &Change| matches!(change, Change::HandedOn(_));
    let mut found = Vec::new();
    let plan = &read.plan;
    for row in &plan.moves {
        let problem = |code: &str, at: Option<Cell>| {
            Problem::new(code).at(at).with("staff", &row.staff).with("year", row.year).with("as_of", as_of)
        };
        let begun = plan.years.iter().find(|year| year.year == row.year).map_or(plan.start, |year| year.effective);
        match (row.status, row.done_on) {
            (MoveStatus::Void, Some(on)) => found.push(problem("W0793", cell(row, done)).with("done", on)),
            (_, Some(on)) if on > as_of => found.push(problem("W0792", cell(row, done)).with("done", on)),
            (_, Some(on)) if on < begun => {
                found.push(problem("W0790", cell(row, done)).with("done", on).with("begin", begun));
            }
            (MoveStatus::Done, None) => found.push(problem("W0791", cell(row, status))),
            _ => {}
        }
        if let Some(on) = row.handed_on
            && row.done_on.is_none_or(|done| on < done)
        {
            found.push(problem("W0794", cell(row, handed)).with("handed", on));
        }
    }
    found
}

fn show(args: &Args, report: &Progress, screen: Screen) {
    if screen.json {
        screen.result(&format!("{:#}", report.json()));
        return;
    }
    screen.result(&report.title);
    screen.result(&report.sentence);
    screen.result(&contrast::grid(&report.tables[0], screen).to_string());
    if !report.tables[1].rows.is_empty() {
        screen.result(&report.tables[1].title);
        screen.result(&contrast::grid(&report.tables[1], screen).to_string());
    }
    if args.input.is_none() {
        screen.note(&say(screen.lang, "progress-nameless", &[]));
    }
    for target in &args.output {
        screen.result(&say(screen.lang, "progress-written", &[("path", &target.display().to_string())]));
    }
}
