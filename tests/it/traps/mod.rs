//! The traps at the end of `docs/rules.md`, one test each: from the data to a plan that the checker passes, or the piece in
//! which the trap would catch. The 11th, approved years of a new run, belongs to a command that is not built.

mod from_six;
mod to_five;

use crate::input_sample::Sample;
use assert_cmd::Command;
use lungang::engine::ties::lot;
use lungang::engine::{self, Control, Limits, Silent};
use lungang::insight::assemble;
use lungang::output::Papers;
use lungang::text::Lang;
use lungang_check::{Verdict, judge, judge_plan, nobody_moves};
use lungang_domain::plan::Provenance;
use lungang_domain::policy::Tier;
use lungang_domain::sample::{CaseBuilder, day, moved, policy};
use lungang_domain::words::{AbsenceKind, Kin};
use lungang_domain::{
    Case, EventKind, Grade, Investigation, Layout, Lead, PersonIx, PlanFile, Policy, Post, Relation, Share,
};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::atomic::AtomicBool;

/// The best plan by a seed of the draw, as a file that the checker passes, and what the checker says of it.
fn planned_by(seed: u64, case: &Case, policy: &Policy) -> (PlanFile, Verdict) {
    let idle = AtomicBool::new(false);
    let limits = Limits { seed, ..Limits::default() };
    let mut control = Control { limits, interrupt: &idle, progress: &mut Silent };
    let outcome = engine::solve(case, policy, &mut control).expect("a plan");
    let provenance = Provenance { seed, ..Provenance::default() };
    let plan = assemble(case, policy, &outcome.layout, outcome.tiers, provenance, Lang::Zh);
    let found = judge_plan(case, &plan, false);
    assert!(found.clean(), "{:#?}", found.problems(case));
    (plan, judge(case, policy, &outcome.layout))
}

fn planned(case: &Case, policy: &Policy) -> (PlanFile, Verdict) {
    planned_by(0, case, policy)
}

/// The file of a layout that a hand has made.
fn written(case: &Case, policy: &Policy, layout: &Layout) -> PlanFile {
    assemble(case, policy, layout, Vec::new(), Provenance::default(), Lang::Zh)
}

fn value(verdict: &Verdict, tier: Tier) -> i64 {
    verdict.value(tier).expect("the tier")
}

fn rules(breaches: &[lungang_check::Breach]) -> BTreeSet<&'static str> {
    breaches.iter().map(|breach| breach.rule).collect()
}

/// `ann cash → desk 2025-07-01` for every move.
fn moves(plan: &PlanFile) -> Vec<String> {
    let line = |row: &lungang_domain::plan::MoveRow| {
        format!("{} {} → {} {}", row.staff, row.from.as_deref().unwrap_or("–"), row.to, row.date)
    };
    plan.moves.iter().map(line).collect()
}

fn place(case: &Case, plan: &PlanFile, staff: &str, t: usize) -> (String, Option<String>, Option<String>) {
    assert!(case.person_by_id(staff).is_some());
    let row = &plan.layout[staff][t];
    (row.state.clone(), row.post.clone(), row.host.clone())
}

fn high(post: &mut Post) {
    (post.risk, post.min_present) = (Grade::High, Some(0));
}

fn free(post: &mut Post) {
    post.min_present = Some(0);
}
