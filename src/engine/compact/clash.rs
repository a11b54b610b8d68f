//! Which decisions no plan can satisfy together, and the rules that they run against.

use super::facts::{Dropped, Facts};
use super::model::Programme;
use super::paths::Paths;
use crate::engine::solver::{self, SolveOptions, Status};
use lungang_domain::{Case, Decision, DecisionKind, Policy, Problem};

/// Rules that a decision can run against, tried in this order.
const AGAINST: &[&str] = &[
    "R01",
    "R04",
    "R05",
    "R06",
    "R10",
    "R12.cap",
    "R12.old_hands",
    "R15",
    "R18",
    "R19",
    "R20",
    "R25",
    "AWAY",
    "SPECIAL",
    "FIT",
];

/// A smallest set of decisions that clash with each other or with fixed rules: none of them can be taken out without
/// the rest becoming possible. One problem each: `E0801` with the person, the kind, the post, the years and the rules
/// in the way. Where there is no plan even without decisions: `E0802`. Empty where a plan exists.
///
/// Clashes of one person alone are looked for first, and need no solver.
#[must_use]
pub fn clash(case: &Case, policy: &Policy) -> Vec<Problem> {
    let binding: Vec<usize> =
        (0..case.decisions.len()).filter(|at| case.decisions[*at].kind != DecisionKind::Free).collect();
    let alone = case.people_ix().find_map(|person| {
        let own: Vec<usize> = binding.iter().copied().filter(|at| case.decisions[*at].staff == person).collect();
        let blocked = |kept: &[usize]| {
            let case = with_decisions(case, kept, |decision| decision.staff == person);
            Paths::of(&Facts::new(&case, policy, Dropped::none()), person).blocked
        };
        (!own.is_empty() && blocked(&own)).then(|| smallest(own, blocked))
    });
    let together = |kept: &[usize]| !possible(&with_decisions(case, kept, |_| true), policy, &Dropped::none());
    let core = match alone {
        Some(core) => core,
        None if !together(&binding) => return Vec::new(),
        None => smallest(binding, together),
    };
    if core.is_empty() {
        return vec![Problem::new("E0802")];
    }
    let kept = with_decisions(case, &core, |_| true);
    let against: Vec<&str> =
        AGAINST.iter().copied().filter(|rule| possible(&kept, policy, &Dropped::one(rule))).collect();
    core.iter().map(|at| problem(case, policy, &case.decisions[*at], &against)).collect()
}

/// The case with these binding decisions alone; a *free* stays, since it only ever allows more.
fn with_decisions(case: &Case, kept: &[usize], frees: impl Fn(&Decision) -> bool) -> Case {
    let mut fewer = case.clone();
    fewer.decisions = case
        .decisions
        .iter()
        .enumerate()
        .filter(|(at, decision)| kept.contains(at) || (decision.kind == DecisionKind::Free && frees(decision)))
        .map(|(_, decision)| decision.clone())
        .collect();
    fewer
}

/// Takes out one decision after the other as long as the rest still clashes. What remains clashes, and nothing in it is
/// idle.
fn smallest(mut core: Vec<usize>, clashes: impl Fn(&[usize]) -> bool) -> Vec<usize> {
    // Halves first, so that a long list of harmless decisions goes quickly.
    let mut size = core.len().div_ceil(2).max(1);
    loop {
        let mut at = 0;
        while at < core.len() {
            let mut fewer = core.clone();
            fewer.drain(at..(at + size).min(core.len()));
            if clashes(&fewer) {
                core = fewer;
            } else {
                at += size;
            }
        }
        if size == 1 {
            return core;
        }
        size = size.div_ceil(2);
    }
}

/// Whether any plan keeps every rule and decision.
fn possible(case: &Case, policy: &Policy, dropped: &Dropped) -> bool {
    let facts = Facts::new(case, policy, dropped.clone());
    let paths: Vec<Paths> = case.people_ix().map(|person| Paths::of(&facts, person)).collect();
    if paths.iter().any(|own| own.blocked) {
        return false;
    }
    let answer = solver::solve(&Programme::new(&facts, &paths).for_any_plan(), &SolveOptions::default());
    matches!(answer.status, Status::Optimal | Status::Stopped) && answer.values.is_some()
}

fn problem(case: &Case, policy: &Policy, decision: &Decision, against: &[&str]) -> Problem {
    let years: Vec<String> = policy.decision_years(decision).iter().map(ToString::to_string).collect();
    let rules =
        against.iter().map(|rule| rule.split('.').next().unwrap_or(rule)).fold(Vec::<&str>::new(), |mut once, rule| {
            if once.last() != Some(&rule) {
                once.push(rule);
            }
            once
        });
    let post = decision.post.map_or(String::new(), |post| case.post(post).id.to_string());
    Problem::new("E0801")
        .with("staff", &case.person(decision.staff).id)
        .with("kind", decision.kind.key())
        .with("post", post)
        .with("years", years.join(", "))
        .with("rules", rules.join(", "))
        .at(case.origins.cell(decision.row, "kind"))
}
