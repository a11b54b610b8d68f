//! A start from an earlier plan: what it says of who is still here becomes lines, as far as the rules of today allow,
//! and as far as they keep the joint rows together.

use super::field::Field;
use super::plan::Plan;
use super::pool::Pool;
use super::repair::Repair;
use crate::engine::WarmReport;
use crate::engine::formulation::Totals;
use crate::engine::ground::{Ground, Key, Onward, Spot};
use crate::engine::line::{At, LEFT, Line, OUTSIDE, place, returns};
use crate::engine::rows::BROKEN;
use crate::engine::steps::{Step, blend, key};
use crate::rules::facts::Service;
use crate::rules::{barriers, decisions};
use lungang_domain::plan::PlaceRow;
use lungang_domain::{PersonIx, PlanFile, PostIx};
use rayon::prelude::*;

/// What the earlier plan says of a person in one year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wish {
    /// Nothing that binds: they stay where they are.
    Stay,
    /// To be in this post.
    In(PostIx),
    /// To be in a post that the list lacks.
    Lost,
}

/// What the earlier plan came to for a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Came {
    /// The plan does not know them.
    New,
    /// As the plan says, in every year that it speaks of.
    Kept,
    /// As the plan says in part.
    Adapted,
    /// A post is not in the list, and nothing else of what the plan says is left.
    Lost,
    /// Rules, decisions or events allow nothing of what the plan says.
    Barred,
    /// They gave way to a joint row.
    Crowded,
}

/// The better of the start at hand and the one that an earlier plan gives, with every line of both in the pool.
pub(super) fn begin(field: &Field<'_>, start: Plan, order: &[Step], earlier: &PlanFile) -> (Plan, Pool, WarmReport) {
    let facts = field.ground.facts;
    let known = Earlier::new(field.ground, earlier);
    let wishes: Vec<Option<Vec<Wish>>> = facts.case.people_ix().map(|person| known.wishes(person)).collect();
    let (lines, mut came): (Vec<Line>, Vec<Came>) = start
        .lines
        .par_iter()
        .zip(&wishes)
        .enumerate()
        .map(|(person, (idle, wishes))| match wishes {
            None => (idle.clone(), Came::New),
            Some(wishes) => line_of(field.ground, PersonIx(person), wishes, idle),
        })
        .unzip();
    let wanted = Plan::new(field, lines);
    let weights = blend(field.ground.tiers, order);
    let repaired = Repair::new(field, &start, &wishes, weights).mend(&wanted);
    for (person, came) in came.iter_mut().enumerate() {
        let line = &repaired.lines[person];
        if *line != wanted.lines[person] {
            *came = if *line == start.lines[person] { Came::Crowded } else { Came::Adapted };
        }
    }
    let rank = |worth: &Totals| (worth[BROKEN], key(order, worth));
    let better = rank(&repaired.worth(field)) > rank(&start.worth(field));
    let count = |kind: Came| came.iter().filter(|came| **came == kind).count();
    let report = WarmReport {
        kept: count(Came::Kept),
        adapted: count(Came::Adapted),
        lost: count(Came::Lost),
        barred: count(Came::Barred),
        crowded: count(Came::Crowded),
        new: count(Came::New),
        gone: earlier.layout.keys().filter(|id| facts.case.person_by_id(id).is_none()).count(),
        better,
    };
    let mut pool = Pool::new(field, &start.lines, &start.uses);
    pool.hold(&wanted.lines, &wanted.uses);
    let begun = if better { repaired } else { start };
    pool.hold(&begun.lines, &begun.uses);
    (begun, pool, report)
}

/// An earlier plan read by the years of this one.
struct Earlier<'f> {
    ground: Ground<'f>,
    plan: &'f PlanFile,
    /// Layout t here is layout t + `shift` there: the one whose effective date lies nearest.
    shift: i64,
}

impl<'f> Earlier<'f> {
    fn new(ground: Ground<'f>, plan: &'f PlanFile) -> Self {
        let days = (ground.facts.policy.start - plan.start).num_days();
        Self { ground, plan, shift: (2 * days + 365).div_euclid(730) }
    }

    /// Wishes for the years 1 … T; `None` for who is not in the plan.
    fn wishes(&self, person: PersonIx) -> Option<Vec<Wish>> {
        let facts = self.ground.facts;
        let line = self.plan.layout.get(facts.case.person(person).id.as_str())?;
        let post = |layout: i64| usize::try_from(layout).ok().and_then(|at| line.get(at)).map(post_of);
        let today = facts.of(person).today.map(|post| facts.case.post(post).id.as_str());
        // Where today's post is none that the plan had by now, the roster went another way: up to their next planned
        // move the plan says nothing of them. A move that was not carried out in time is still a wish.
        let mut follows = today.is_none() || (0..=self.shift.max(0)).any(|layout| post(layout) == Some(today));
        let wish = |t: usize| {
            let layout = t as i64 + self.shift;
            let now = post(layout);
            follows |= layout > 0 && now != post(layout - 1);
            match now {
                Some(Some(id)) if follows => facts.case.post_by_id(id).map_or(Wish::Lost, Wish::In),
                _ => Wish::Stay,
            }
        };
        Some((1..=facts.years).map(wish).collect())
    }
}

fn post_of(place: &PlaceRow) -> Option<&str> {
    place.post.as_deref()
}

/// The line along the wishes, and what came of them. Of lines that leave somebody nowhere to go in a later year, the
/// longest beginning of the wishes that does not.
fn line_of(ground: Ground<'_>, person: PersonIx, wishes: &[Wish], idle: &Line) -> (Line, Came) {
    let line = (1..=wishes.len()).rev().find_map(|years| follow(ground, person, &wishes[..years]));
    let Some(line) = line else { return (idle.clone(), Came::Barred) };
    let kept = |(at, wish): (&At, &Wish)| match wish {
        Wish::In(post) => *at == post.0 as At || *at == LEFT,
        Wish::Stay => true,
        Wish::Lost => false,
    };
    let came = if line.iter().zip(wishes).all(kept) {
        Came::Kept
    } else if line != *idle {
        Came::Adapted
    } else if wishes.contains(&Wish::Lost) {
        Came::Lost
    } else {
        Came::Barred
    };
    (line, came)
}

/// Year by year to the post wished for, where decisions, events and rules allow it, else no further than they require.
pub(super) fn follow(ground: Ground<'_>, person: PersonIx, wishes: &[Wish]) -> Option<Line> {
    let facts = ground.facts;
    let mut line: Vec<At> = Vec::with_capacity(facts.years);
    let Some(mut key) = ground.start(person) else { return Some(vec![LEFT; facts.years].into()) };
    for t in 1..=facts.years {
        let service = facts.of(person).service[t];
        if service == Service::Left {
            line.resize(facts.years, LEFT);
            break;
        }
        if service == Service::Outside {
            line.push(OUTSIDE);
            continue;
        }
        let wish = match wishes.get(t - 1) {
            Some(Wish::In(post)) => Some(*post),
            Some(Wish::Stay | Wish::Lost) | None => None,
        };
        key = next(ground, person, key, t, wish)?;
        line.push(place(key.spot));
    }
    // Nobody goes back to what they left a short time before.
    returns(facts, person, &line).is_none().then(|| line.into())
}

/// The state of a serving person in layout `t`; `None` where decisions leave them none.
fn next(ground: Ground<'_>, person: PersonIx, key: Key, t: usize, wish: Option<PostIx>) -> Option<Key> {
    let facts = ground.facts;
    let own = facts.of(person);
    if let Some(fixed) = own.fixed[t] {
        return Some(if facts.goes_on(key.spot.seat(), Some(fixed.post), t) {
            Key { spot: Spot::Seat(fixed.post), ..key }
        } else {
            ground.begun(key, key.spot.seat(), fixed.post, t)
        });
    }
    let last = match key.spot {
        Spot::Seat(post) => Some(post),
        Spot::Unplaced(last) => last,
        Spot::Outside => None,
    };
    // Out of the post by an event: what comes is a placement (semantics 50).
    let displaced = own.displaced[t].is_some() && key.spot != Spot::Outside;
    let key = if displaced { Key { spot: Spot::Unplaced(last), ..key } } else { key };
    let from = key.spot.seat();
    let enter = |to: PostIx| barriers(facts, &ground.step(person, t, from, Some(key), to)).is_empty();
    let onward = ground.onward(person, key, t);
    let passes = |post: PostIx| facts.goes_on(from, Some(post), t);
    match (&decisions::required(facts, person, t)[..], onward) {
        ([], _) => {}
        ([only], Onward::Kept(next)) if next.spot.seat() == Some(*only) => return Some(next),
        ([only], _) if !passes(*only) && enter(*only) => return Some(ground.begun(key, from, *only, t)),
        _ => return None,
    }
    if let Some(to) = wish.filter(|to| from != Some(*to) && !passes(*to) && enter(*to)) {
        return Some(ground.begun(key, from, to, t));
    }
    match onward {
        Onward::Kept(next) if from.is_some() => Some(next),
        Onward::Kept(_) | Onward::Lost => Some(Key { spot: Spot::Unplaced(last), ..key }),
        Onward::Barred => None,
    }
}
