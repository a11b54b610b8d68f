//! The compact reference: the whole case as one integer programme over x\[person, post, year\], in a few pages that can
//! be read against `docs/semantics.md`.
//!
//! It shares no rule with the production engine or the checker. For departments and small counties it is an engine of
//! its own (`--engine compact`); for everything else it is what the others are tested against.
//!
//! `facts` and `calendar` say what the sheets mean year by year, `suits` and `charge` are the rules about one person,
//! `paths` lay out the courses that one person's years can take, `model` joins them into the programme.

mod calendar;
mod charge;
mod clash;
mod clocks;
mod facts;
mod kin;
mod model;
mod past;
mod paths;
mod posed;
mod suits;
mod today;

pub use clash::clash;
pub use facts::Dropped;
pub use posed::{Placed, Posed, pose, seated};

use super::solver::{self, Answer, SolveOptions, Status};
use super::{Control, Ended, Failure, Outcome};
use facts::Facts;
use lungang_domain::plan::{TierRow, TierStatus};
use lungang_domain::policy::Tier;
use lungang_domain::{Case, DecisionKind, Layout, PersonIx, Place, Policy, Share};
use model::Programme;
use paths::{Paths, Sight};
use std::sync::atomic::Ordering;
use std::time::Instant;

/// What a given layout counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixed {
    /// Whether it keeps every rule, but for inherited breaches.
    pub feasible: bool,
    /// Inherited breaches that still stand (T2); 0 where not feasible.
    pub inherited: i64,
    /// Value of each tier in order; empty where not feasible.
    pub tiers: Vec<i64>,
}

/// The best plan, tier by tier, with its proof.
///
/// # Errors
/// [`Failure::Clash`] with the decisions that no plan satisfies together, [`Failure::Limit`] when a limit passed before
/// any plan was found, [`Failure::Solver`] when HiGHS contradicts itself or our checks.
pub fn solve(case: &Case, policy: &Policy, control: &mut Control) -> Result<Outcome, Failure> {
    solve_without(case, policy, &Dropped::none(), control)
}

/// The same with rules left out, for asking what a rule changes.
///
/// # Errors
/// As [`solve`].
pub fn solve_without(
    case: &Case,
    policy: &Policy,
    dropped: &Dropped,
    control: &mut Control,
) -> Result<Outcome, Failure> {
    let started = Instant::now();
    let facts = Facts::new(case, policy, dropped.clone());
    let paths: Vec<Paths> = case.people_ix().map(|person| Paths::of(&facts, person)).collect();
    if paths.iter().any(|own| own.blocked) {
        return Err(Failure::Clash(clash(case, policy)));
    }
    let programme = Programme::new(&facts, &paths);
    let idle = nobody_moves(case, policy, dropped);
    let today = facts.today_tiers();

    let ranked = Tier::ranked(policy);
    let mut rows: Vec<TierRow> = programme
        .tiers()
        .enumerate()
        .map(|(at, tier)| TierRow {
            id: tier.id(),
            name: tier.name().to_owned(),
            value: 0,
            bound: None,
            status: TierStatus::Open,
            gap_points: None,
            gap: None,
            today: today.get(at).copied().unwrap_or(0),
            nobody_moves: idle.tiers.get(at).copied().unwrap_or(0),
        })
        .collect();
    let mut held: Vec<(usize, i64)> = Vec::new();
    let mut best: Option<Vec<f64>> = None;
    let mut rounds = 0;
    let mut ended = Ended::Done;
    for (at, tier) in programme.tiers().enumerate().filter(|(_, tier)| ranked.contains(tier)) {
        if control.interrupt.load(Ordering::Relaxed) {
            ended = Ended::Interrupted;
        }
        let left = control.limits.time_limit.map(|limit| limit.saturating_sub(started.elapsed()).as_secs_f64());
        if control.limits.rounds.is_some_and(|limit| rounds >= limit) || left == Some(0.0) {
            ended = Ended::Limit;
        }
        let model = programme.for_tier(at, &held);
        let answer = if ended == Ended::Done {
            rounds += 1;
            let seed = i32::try_from(control.limits.seed % 1_000_000).unwrap_or(0);
            let options = SolveOptions {
                time_limit: left,
                stop: Some(control.interrupt),
                threads: control.limits.threads,
                warm_start: best.as_deref(),
                seed,
                ..SolveOptions::default()
            };
            solver::solve(&model, &options)
        } else {
            // Out of time: what is left is to say what the best plan so far is worth in the later tiers.
            unsolved(&model, best.as_deref())
        };
        match answer.status {
            Status::Failed(why) => return Err(Failure::Solver(format!("{}: {why}", tier.id()))),
            Status::Infeasible if held.is_empty() => return Err(Failure::Clash(clash(case, policy))),
            Status::Infeasible => {
                return Err(Failure::Solver(format!("{}: the plan of the tier before has been lost", tier.id())));
            }
            Status::Optimal => {}
            Status::Stopped if control.interrupt.load(Ordering::Relaxed) => ended = Ended::Interrupted,
            Status::Stopped if ended == Ended::Done => ended = Ended::Limit,
            Status::Stopped => {}
        }
        let bound = answer.whole_bound(tier.maximised());
        let (Some(values), Some(value)) = (answer.values.or_else(|| best.clone()), answer.objective) else {
            return Err(Failure::Limit);
        };
        held.push((at, value));
        best = Some(values);
        rows[at] = TierRow { value, bound, ..rows[at].clone() }.assess();
        control.progress.tier(&rows[at], rounds);
    }
    let layout = programme.layout(&best.unwrap_or_default());
    // The last plan may be better in an earlier tier than the value it was held to; its own values are what counts.
    let own = evaluate_without(case, policy, dropped, &layout);
    if !own.feasible {
        return Err(Failure::Solver("the plan does not keep the programme when fixed".to_owned()));
    }
    let tiers: Vec<Tier> = programme.tiers().collect();
    let kept = |(at, held): &(usize, i64)| {
        let (tier, own) = (tiers[*at], own.tiers[*at]);
        tier.as_gain(own) >= tier.as_gain(*held)
    };
    if !held.iter().all(kept) {
        return Err(Failure::Solver(format!("the plan is worth {:?}, not {held:?}", own.tiers)));
    }
    for (row, value) in rows.iter_mut().zip(own.tiers) {
        row.value = value;
        *row = row.clone().assess();
    }
    Ok(Outcome { layout, tiers: rows, rounds, ended, warm: None })
}

/// What the plan so far is worth in a tier that is not solved any more.
fn unsolved(model: &solver::Model, best: Option<&[f64]>) -> Answer {
    let values = best.filter(|values| model.broken_by(values).is_none()).map(<[f64]>::to_vec);
    Answer {
        status: Status::Stopped,
        objective: values.as_deref().and_then(|values| model.whole_objective_of(values)),
        values,
        dual_bound: if model.maximise { f64::INFINITY } else { f64::NEG_INFINITY },
        nodes: 0,
    }
}

/// What a layout counts: the same programme with everybody held to the layout's places.
#[must_use]
pub fn evaluate(case: &Case, policy: &Policy, layout: &Layout) -> Fixed {
    evaluate_without(case, policy, &Dropped::none(), layout)
}

/// The same with rules left out.
#[must_use]
pub fn evaluate_without(case: &Case, policy: &Policy, dropped: &Dropped, layout: &Layout) -> Fixed {
    let facts = Facts::new(case, policy, dropped.clone());
    if !facts.is_well_formed(layout) {
        return Fixed { feasible: false, inherited: 0, tiers: Vec::new() };
    }
    let paths: Vec<Paths> = case.people_ix().map(|person| Paths::of(&facts, person)).collect();
    fixed(&facts, &paths, layout)
}

/// The programme over these courses with everybody held to a layout.
fn fixed(facts: &Facts<'_>, paths: &[Paths], layout: &Layout) -> Fixed {
    let broken = Fixed { feasible: false, inherited: 0, tiers: Vec::new() };
    if paths.iter().any(|own| own.blocked) {
        return broken;
    }
    let mut programme = Programme::new(facts, paths);
    if !programme.hold_to(layout) {
        return broken;
    }
    let mut held = Vec::new();
    for (at, _) in programme.tiers().enumerate() {
        match solver::solve(&programme.for_tier(at, &held), &SolveOptions::default()) {
            Answer { status: Status::Optimal, objective: Some(value), .. } => held.push((at, value)),
            _ => return broken,
        }
    }
    let tiers: Vec<i64> = held.into_iter().map(|(_, value)| value).collect();
    let inherited =
        Tier::of(facts.policy).iter().zip(&tiers).find(|(tier, _)| **tier == Tier::Law).map_or(0, |(_, n)| *n);
    Fixed { feasible: true, inherited, tiers }
}

/// What a layout counts, by a programme that holds no other courses than the layout's own: the same rows over fewer columns,
/// for cases that are too large to be written out.
#[must_use]
pub fn evaluate_alone(case: &Case, policy: &Policy, layout: &Layout) -> Fixed {
    let facts = Facts::new(case, policy, Dropped::none());
    if !facts.is_well_formed(layout) {
        return Fixed { feasible: false, inherited: 0, tiers: Vec::new() };
    }
    let along = |person: PersonIx| Paths::within(&facts, person, Sight(Some(&layout.places[person.0])));
    fixed(&facts, &case.people_ix().map(along).collect::<Vec<_>>(), layout)
}

/// Today carried forward with events and nothing else, and what it counts. What was decided by hand does not bind it;
/// only the deferrals that a *free* lifts are charged as in every plan.
fn nobody_moves(case: &Case, policy: &Policy, dropped: &Dropped) -> Fixed {
    let mut undecided = case.clone();
    undecided.decisions.retain(|decision| decision.kind == DecisionKind::Free);
    // Nor does a floor of moves, which it cannot keep.
    let mut policy = policy.clone();
    policy.turnover.unit_floor = Share(0);
    let layout = Layout { places: Facts::new(&undecided, &policy, dropped.clone()).idle };
    evaluate_without(&undecided, &policy, dropped, &layout)
}

impl Facts<'_> {
    /// Whether everybody is in one of the states that events leave open: outside before joining, gone after leaving,
    /// away when absent on the eve of the next year, and layout 0 as the data say (semantics 5, 6).
    fn is_well_formed(&self, layout: &Layout) -> bool {
        layout.places.len() == self.case.people.len()
            && self.case.people_ix().all(|person| {
                let (places, idle) = (&layout.places[person.0], &self.idle[person.0]);
                places.len() == idle.len()
                    && places.first() == idle.first()
                    && places.iter().zip(idle).enumerate().skip(1).all(|(t, (place, idle))| match idle {
                        Place::Outside | Place::Left => place == idle,
                        _ => *place == self.placed(person, place.seat(), t),
                    })
            })
    }
}
