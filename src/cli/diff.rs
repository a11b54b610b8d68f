//! `lungang diff`: what differs between any two plans.

use super::check::options;
use super::contrast;
use super::{Exit, screen::Screen};
use crate::compare::paper::{Comparing, probe};
use crate::compare::{Side, compare};
use crate::input;
use crate::output::{self, mask, spare_input};
use crate::text::say;
use lungang_check::judge_plan;
use lungang_domain::{Case, PlanFile, Problem};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Arguments of `lungang diff`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A plan: .json, .xlsx (with its edits), or a folder of CSV files.
    pub plan_a: PathBuf,
    /// Another.
    pub plan_b: PathBuf,
    /// The input that both were made from: people and posts are then called by name, and all figures counted anew.
    #[arg(long, value_name = "INPUT")]
    pub input: Option<PathBuf>,
    /// The input of the second plan, where it is another.
    #[arg(long, value_name = "INPUT", requires = "input")]
    pub input_b: Option<PathBuf>,
    /// Where the comparison goes: .xlsx, .html, .json, or a name ending in / for a folder of CSV files; repeats.
    #[arg(short, long, value_name = "FILE")]
    pub output: Vec<PathBuf>,
}

/// People shown on the screen.
const SHOWN: usize = 40;

/// Runs `lungang diff`.
pub fn run(args: Args, screen: Screen) -> Exit {
    tried(&args, screen).err().unwrap_or(Exit::Done)
}

fn tried(args: &Args, screen: Screen) -> Result<(), Exit> {
    let told = |screen: Screen, exit: Exit| {
        move |problems: Vec<Problem>| {
            screen.problems(&problems);
            exit
        }
    };
    let sources = [Some(&args.plan_a), Some(&args.plan_b), args.input.as_ref(), args.input_b.as_ref()];
    for target in &args.output {
        let spared = sources.iter().flatten().try_for_each(|source| spare_input(source, target));
        probe(target).map(|_| ()).and(spared).map_err(|error| told(screen, Exit::Output)(vec![error.problem()]))?;
    }
    let a = output::read_plan(&args.plan_a).map_err(told(screen, Exit::Input))?;
    let b = output::read_plan(&args.plan_b).map_err(told(screen, Exit::Input))?;
    let screen = screen.with_policy_lang(&a.plan.policy.report.lang);
    let cases = match &args.input {
        None => None,
        Some(input) => {
            let second = args.input_b.as_ref().unwrap_or(input);
            Some((case(input, &a.original, screen)?, case(second, &b.original, screen)?))
        }
    };
    let mut plans = [(a.plan, name(&args.plan_a)), (b.plan, name(&args.plan_b))];
    if plans[0].1 == plans[1].1 {
        plans
            .iter_mut()
            .zip([&args.plan_a, &args.plan_b])
            .for_each(|((_, name), path)| *name = path.display().to_string());
    }
    if let Some((of_a, of_b)) = &cases {
        for ((plan, name), case) in plans.iter_mut().zip([of_a, of_b]) {
            recount(plan, name, case, screen);
        }
    } else {
        screen.note(&say(screen.lang, "diff-claims", &[]));
    }
    let case_of = |second: bool| cases.as_ref().map(|(a, b)| if second { b } else { a });
    let sides = plans
        .iter()
        .enumerate()
        .map(|(at, (plan, name))| Side { name: name.clone(), plan, case: case_of(at == 1), sheets: BTreeMap::new() })
        .collect();
    let comparison = compare(sides);
    let comparing = Comparing { comparison: &comparison, planless: &[], frontier: None, files: &[], lang: screen.lang };
    for target in &args.output {
        comparing.write(target).map_err(|error| told(screen, Exit::Output)(vec![error.problem()]))?;
    }
    if screen.json {
        screen.result(&format!("{:#}", comparing.json()));
        return Ok(());
    }
    show(&comparing, screen);
    for target in &args.output {
        screen.result(&say(screen.lang, "compare-written", &[("path", &target.display().to_string())]));
    }
    Ok(())
}

fn name(path: &Path) -> String {
    path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// The input of a plan, read as for the plan.
fn case(input: &Path, plan: &PlanFile, screen: Screen) -> Result<Case, Exit> {
    let reading = input::read(input, &options(plan));
    let Some(case) = reading.case.as_ref().filter(|_| !reading.has_errors()) else {
        screen.problems(&reading.problems);
        return Err(Exit::Input);
    };
    if mask::looks_masked(plan) && !plan.layout.keys().any(|id| case.person_by_id(id).is_some()) {
        screen.problem(&Problem::new("E0795").with("path", input.display()));
        return Err(Exit::Input);
    }
    if !plan.provenance.input_hash.is_empty() && plan.provenance.input_hash != reading.input_hash {
        screen.problem(&Problem::new("W0780").with("input", input.display()));
    }
    Ok(case.clone())
}

/// Figures as the checker counts them; a bound that an edit has made none is left out.
fn recount(plan: &mut PlanFile, name: &str, case: &Case, screen: Screen) {
    let verdict = judge_plan(case, plan, true);
    if !verdict.unreadable.is_empty() {
        screen.problems(&verdict.unreadable);
        return;
    }
    if !verdict.breaches.is_empty() {
        let count = verdict.breaches.len().to_string();
        screen.note(&say(screen.lang, "diff-breaches", &[("name", name), ("count", &count)]));
    }
    let mut as_good = true;
    for row in &mut plan.tiers {
        let Some(figures) = verdict.verdict.tiers.iter().find(|figures| figures.tier.id() == row.id) else { continue };
        // A bound speaks of plans that are as good in the tiers before as the plan it was written for.
        as_good &= figures.value == row.value;
        let bound = row.bound.filter(|_| as_good);
        *row = lungang_domain::plan::TierRow { value: figures.value, bound, ..row.clone() }.assess();
    }
}

fn show(comparing: &Comparing, screen: Screen) {
    let (lang, comparison) = (comparing.lang, comparing.comparison);
    for setting in &comparison.settings {
        screen.result(&format!("{}: {} → {}", setting.key, setting.values[0], setting.values[1]));
    }
    contrast::against_first(comparing, screen);
    if comparison.people.is_empty() {
        screen.result(&say(lang, "diff-same", &[]));
        return;
    }
    screen.result(&say(lang, "compare-people", &[("count", &comparison.people.len().to_string())]));
    for person in comparison.people.iter().take(SHOWN) {
        let case = comparison.sides.iter().find_map(|side| side.case);
        let known = case.and_then(|case| case.person_by_id(&person.staff).map(|ix| case.person(ix).name.as_str()));
        let years: Vec<String> = person.years.iter().map(ToString::to_string).collect();
        let years = years.join(&say(lang, "list-comma", &[]));
        let args = [("staff", person.staff.as_str()), ("name", known.unwrap_or("")), ("years", &years)];
        screen.result(&say(lang, "diff-person", &args));
        for (side, way) in comparison.sides.iter().zip(&person.ways) {
            let way = crate::compare::paper::way(comparing, way.as_deref(), side.case.or(case));
            screen.result(&say(lang, "diff-way", &[("side", &side.name), ("way", &way.replace('\n', "; "))]));
        }
    }
    if comparison.people.len() > SHOWN {
        let more = (comparison.people.len() - SHOWN).to_string();
        screen.result(&say(lang, "diff-more", &[("count", &more)]));
    }
}
