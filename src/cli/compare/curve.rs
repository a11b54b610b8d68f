//! `--frontier`: the curve of one setting.

use super::targets::keep;
use super::{Args, Read, because, deliver, job, reasons, solve_all, solve_quietly, told, written};
use crate::cli::contrast;
use crate::cli::{Exit, screen::Screen};
use crate::compare::frontier::{self, Frontier, Knob, Point};
use crate::compare::paper::{Comparing, Planless};
use crate::compare::solve::{self, Job};
use crate::compare::{Side, compare};
use crate::insight::apart::better_of;
use crate::text::say;
use crate::{input, insight};
use lungang_domain::plan::TierRow;
use lungang_domain::{Case, PlanFile, Policy, Problem};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

/// Solves the policy as it is, then its points from tight to loose.
pub fn curve(
    args: &Args,
    knob: Knob,
    one: &Read,
    plans: Option<&Path>,
    interrupt: &AtomicBool,
    screen: Screen,
) -> Result<Exit, Exit> {
    let count = args.points.to_string();
    screen.note(&say(screen.lang, "frontier-solving", &[("count", &count)]));
    let plain = solve_all(args, &[job(one, &one.policy, &one.reading.policy_hash, &one.name)], interrupt, screen);
    let plain = match plain.into_iter().next() {
        Some(Ok(plain)) => plain,
        Some(Err(refused)) => return Err(because(&refused, &one.policy).0),
        None => return Err(Exit::Internal),
    };
    let spent = knob.spent(&one.case, &one.policy, &plain.plan);
    let values = knob.values(&one.policy, spent, usize::from(args.points));
    let policies: Vec<(Option<i64>, Policy, String, String)> = values
        .iter()
        .filter(|value| value.is_some())
        .map(|value| {
            let policy = knob.set(&one.policy, *value);
            let (hash, name) = (input::policy_hash(&policy), point_name(knob, *value, screen));
            (*value, policy, hash, name)
        })
        .collect();
    let jobs: Vec<Job> = policies.iter().map(|(_, policy, hash, name)| job(one, policy, hash, name)).collect();
    let solved = solve_all(args, &jobs, interrupt, screen);
    let mut exit = Exit::Done;
    let mut planless = Vec::new();
    let mut found: BTreeMap<i64, PlanFile> = BTreeMap::new();
    for ((value, policy, _, name), solved) in policies.iter().zip(solved) {
        match solved {
            Ok(solved) => {
                found.insert(value.unwrap_or_default(), solved.plan);
            }
            Err(refused) => {
                let (code, problems) = because(&refused, policy);
                // A limit so tight that decisions can't be met is an answer, not a failure.
                if code != Exit::Clash && exit == Exit::Done {
                    exit = code;
                }
                planless.push(Planless { name: name.clone(), why: reasons(&refused, &problems, screen) });
            }
        }
    }
    let point = |value: Option<i64>, plan: PlanFile| {
        let spent = knob.spent(&one.case, &plan.policy, &plan);
        Point {
            value,
            tiers: plan.tiers.clone(),
            plan,
            spent,
            begun: false,
            taken_over: false,
            behind: false,
            dominated_by: None,
        }
    };
    let mut points: Vec<Point> = values
        .iter()
        .filter_map(|value| match value {
            None => Some(point(None, plain.plan.clone())),
            Some(number) => found.remove(number).map(|plan| point(*value, plan)),
        })
        .collect();
    frontier::join(&mut points, &one.policy, &|tight, loose, tiers| {
        let name = point_name(knob, loose.value, screen);
        let plan = warmer(args, one, &name, tight, loose, interrupt, screen);
        let plan = plan.unwrap_or_else(|| again(one, tight, loose, tiers, screen));
        let spent = knob.spent(&one.case, &plan.policy, &plan);
        (plan, spent)
    });
    for point in &points {
        solve::judged(&one.case, &point.plan).map_err(|problems| {
            told(screen, &problems, Exit::Internal);
            told(screen, &[Problem::new("E0903").with("path", "")], Exit::Internal)
        })?;
    }
    if interrupt.load(Ordering::Relaxed) {
        exit = Exit::Interrupted;
        screen.note(&say(screen.lang, "compare-interrupted", &[]));
    }
    let names: Vec<String> = points.iter().map(|point| point_name(knob, point.value, screen)).collect();
    let kept: Vec<(&Case, &PlanFile)> = points.iter().map(|point| (&one.case, &point.plan)).collect();
    let files = keep(plans, &names, &kept, screen)?;
    let sides =
        points.iter().zip(&names).map(|(point, name)| Side { name: name.clone(), ..bare(one, &point.plan) }).collect();
    let comparison = compare(sides);
    let curve = Frontier { knob, points: points.clone(), tiers: lungang_domain::policy::Tier::of(&one.policy) };
    let comparing = Comparing {
        comparison: &comparison,
        planless: &planless,
        frontier: Some(&curve),
        files: &files,
        lang: screen.lang,
    };
    deliver(args, &comparing, plans, screen)?;
    contrast::tell(&comparing, screen);
    written(args, plans, screen);
    Ok(exit)
}

fn bare<'a>(one: &'a Read, plan: &'a PlanFile) -> Side<'a> {
    Side { name: String::new(), plan, case: Some(&one.case), sheets: BTreeMap::new() }
}

/// The plan of a looser point, its search begun from that of a tighter; `None` where it ends with a worse one.
fn warmer(
    args: &Args,
    one: &Read,
    name: &str,
    tight: &Point,
    loose: &Point,
    interrupt: &AtomicBool,
    screen: Screen,
) -> Option<PlanFile> {
    let policy = &loose.plan.policy;
    let hash = input::policy_hash(policy);
    let job = Job { warm: Some(&tight.plan), ..job(one, policy, &hash, name) };
    let solved = solve_quietly(args, &[job], interrupt, screen).into_iter().next()?.ok()?;
    let tiers = &solved.plan.tiers;
    let worse = better_of(policy, &tight.tiers, tiers.clone()).iter().zip(tiers).any(|(a, b)| a.value != b.value);
    (!worse).then_some(solved.plan)
}

/// The plan of a tighter point as one of a looser.
fn again(one: &Read, tight: &Point, loose: &Point, tiers: Vec<TierRow>, screen: Screen) -> PlanFile {
    let Ok(layout) = tight.plan.layout(&one.case) else { return loose.plan.clone() };
    insight::assemble(&one.case, &loose.plan.policy, &layout, tiers, loose.plan.provenance.clone(), screen.lang)
}

/// A point's name: the setting and its value.
fn point_name(knob: Knob, value: Option<i64>, screen: Screen) -> String {
    let value = match (knob, value) {
        (_, None) => return say(screen.lang, "frontier-own", &[]),
        #[allow(clippy::cast_precision_loss)]
        (Knob::Share, Some(value)) => format!("{:.1}%", value as f64 / 1e4),
        (_, Some(value)) => value.to_string(),
    };
    say(screen.lang, &format!("frontier-point-{}", knob.name()), &[("value", &value)])
}
