//! Which decisions no plan can satisfy together, and the rules that they run against.

use super::facts::{Dropped, Facts};
use super::model::Programme;
use super::paths::Paths;
use crate::engine::solver::{self, SolveOptions, Status};
use lungang_domain::{Case, Decision, DecisionKind, Policy, Problem, Share};
use std::time::Instant;

/// Rules that a decision can run against, tried in this order.
const AGAINST: &[&str] = &[
    "R01",
    "R04",
    "R05",
    "R06",
    "R07",
    "R08",
    "R09",
    "R10",
    "R11",
    "R12.cap",
    "R12.old_hands",
    "R13",
    "R15",
    "R18",
    "R19",
    "R20",
    "R21",
    "R25",
    "G4",
    "AWAY",
    "SPECIAL",
    "FIT",
    "APART",
];

/// So long the set of decisions is made smaller, and so long each programme is worked on, in seconds: whoever waits for the
/// names of two decisions should not wait for an hour.
const SHRINK: u64 = 90;
const EACH: f64 = 20.0;

/// Whether a rule asks anything of this case at all, as far as that is seen at a glance.
fn asks(case: &Case, policy: &Policy, rule: &str) -> bool {
    let people = &case.people;
    match rule {
        "R06" => people.iter().any(|person| person.discipline_until.is_some()),
        "R07" | "R21" => policy.rule_on(rule) && case.relations.iter().any(|row| row.staff_b.is_some()),
        "R11" | "R13" | "R19" => policy.rule_on(rule),
        "R20" => policy.rule_on(rule) && people.iter().any(|person| person.minimum_service_until.is_some()),
        "R25" => policy.rule_on(rule) && people.iter().any(|person| person.exempt_until.is_some()),
        "G4" => {
            let turnover = &policy.turnover;
            let budget = turnover.most_moves.or(turnover.most_cross_unit);
            turnover.year_share != Share::whole() || budget.is_some()
        }
        "FIT" => policy.fit.strict || policy.fit.floor > 0,
        "APART" => policy.turnover.apart,
        _ => true,
    }
}

/// A smallest set of decisions that clash with each other or with fixed rules: none of them can be taken out without
/// the rest becoming possible, as far as that is found out within a minute and a half. One problem each: `E0801` with the person, the kind, the post, the years and the rules
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
    let started = Instant::now();
    let in_time = || started.elapsed().as_secs() < SHRINK;
    let together = |kept: &[usize], limit: Option<f64>| {
        possible(&with_decisions(case, kept, |_| true), policy, &Dropped::none(), limit) == Some(false)
    };
    let core = match alone {
        Some(core) => core,
        None if !together(&binding, None) => return Vec::new(),
        // What is not known to clash stays in.
        None => smallest(binding, |kept| in_time() && together(kept, Some(EACH))),
    };
    if core.is_empty() {
        return vec![Problem::new("E0802")];
    }
    let kept = with_decisions(case, &core, |_| true);
    let against: Vec<&str> = AGAINST
        .iter()
        .copied()
        .filter(|rule| asks(case, policy, rule))
        .filter(|rule| possible(&kept, policy, &Dropped::one(rule), Some(EACH)) == Some(true))
        .collect();
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

/// Whether any plan keeps every rule and decision; `None` where a limit, in seconds, passed before that was known.
fn possible(case: &Case, policy: &Policy, dropped: &Dropped, limit: Option<f64>) -> Option<bool> {
    let facts = Facts::new(case, policy, dropped.clone());
    let paths: Vec<Paths> = case.people_ix().map(|person| Paths::of(&facts, person)).collect();
    if paths.iter().any(|own| own.blocked) {
        return Some(false);
    }
    let options = SolveOptions { time_limit: limit, ..SolveOptions::default() };
    let answer = solver::solve(&Programme::new(&facts, &paths).for_any_plan(), &options);
    match answer.status {
        Status::Optimal | Status::Stopped if answer.values.is_some() => Some(true),
        Status::Stopped => None,
        _ => Some(false),
    }
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
    let kind = if post.is_empty() { "stay-here" } else { decision.kind.key() };
    Problem::new("E0801")
        .with("staff", &case.person(decision.staff).id)
        .with("kind", kind)
        .with("post", post)
        .with("years", years.join(", "))
        .with("rules", if rules.is_empty() { "none".to_owned() } else { rules.join(", ") })
        .at(case.origins.cell(decision.row, "kind"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Lang, problem as say};
    use lungang_domain::sample::{CaseBuilder, policy};

    #[test]
    fn two_people_sent_to_one_seat_clash_and_a_harmless_decision_is_not_named() {
        let case = CaseBuilder::new()
            .post("cash", "U1", "S1", |_| ())
            .post("file", "U1", "S1", |_| ())
            .post("gate", "U1", "S1", |post| post.headcount = 2)
            .person("ann", "cash", "2019-07-01", |_| ())
            .person("bob", "gate", "2019-07-01", |_| ())
            .person("cyd", "gate", "2019-07-01", |_| ())
            .decision(DecisionKind::Stay, "ann", "", 1, "")
            .decision(DecisionKind::Go, "bob", "file", 2, "")
            .decision(DecisionKind::Go, "cyd", "file", 2, "")
            .build();
        let problems = clash(&case, &policy(3));
        let staff: Vec<&str> = problems.iter().map(|problem| problem.args["staff"].as_str()).collect();
        assert_eq!(staff, ["bob", "cyd"]);
        assert_eq!(problems[0].args["rules"], "R01");
        assert_eq!(
            say(Lang::En, &problems[0]).cause,
            "This decision cannot be kept together with the others named here: bob goes to file (plan years 2). \
             In the way: R01."
        );
        assert_eq!(
            say(Lang::Zh, &problems[1]).cause,
            "以下人工意见不能同时满足：cyd 调任 file（第 2 计划年度）。与下列规则冲突：R01。"
        );
    }

    #[test]
    fn a_decision_against_the_law_is_named_with_the_law() {
        let case = CaseBuilder::new()
            .post("cash", "U1", "S1", |post| post.required_certificates = vec!["会计证".into()])
            .post("file", "U1", "S1", |_| ())
            .person("ann", "file", "2019-07-01", |person| person.certificates = vec!["驾驶证".into()])
            .decision(DecisionKind::Go, "ann", "cash", None, "2025-1")
            .build();
        let problems = clash(&case, &policy(2));
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].args["rules"], "R04");
        assert_eq!(problems[0].args["years"], "1, 2");
    }

    #[test]
    fn no_clash_is_no_problem() {
        let case = CaseBuilder::new().post("cash", "U1", "S1", |_| ()).person("ann", "cash", "", |_| ()).build();
        assert_eq!(clash(&case, &policy(2)), []);
    }
}
