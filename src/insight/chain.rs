//! Reserve cadres as a chain: what the plan does with each in each year, and the stage reached by its end.

use super::course::{Arrival, Courses};
use super::deferrals::Year;
use super::eligible::{bar_to_enter, bar_to_leave};
use super::reasons::gained;
use super::successors::{Gain, gains, ready_from};
use crate::rules::{Facts, reserve};
use lungang_domain::{PersonIx, Place, PostIx, Stage};

/// No post that is open gives an experience still lacking.
pub const NOWHERE: &str = "NOWHERE";
/// The sheets do not say what is wanted.
pub const UNSAID: &str = "UNSAID";

/// What a plan year does with a reserve cadre.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Not yet in service.
    Outside,
    /// Left service.
    Left,
    /// Placed by an event of entry.
    Joined(PostIx),
    /// A listed promotion.
    Promoted(PostIx),
    /// Passed into this post, with which theirs merges.
    Merged(PostIx),
    /// Moved by the plan, to gain these.
    Moved(PostIx, Vec<String>),
    /// Placed by the plan, to gain these.
    Placed(PostIx, Vec<String>),
    /// Without a post.
    Unplaced,
    /// Stays, and gains these where the plan has put them.
    Gains(Vec<String>),
    /// Stays; nothing is lacking.
    Stays,
    /// Stays, and this rule or shortage keeps what is lacking from them.
    Waits(&'static str),
}

/// One reserve cadre in the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    /// Who.
    pub person: PersonIx,
    /// What the plan gives them.
    pub gains: Vec<Gain>,
    /// Wanted experiences lacking at the end.
    pub lacking: Vec<String>,
    /// The step of each year, from year 1 on.
    pub steps: Vec<Step>,
    /// Stage after the plan; `None`: the roster names none, and the plan adds nothing.
    pub after: Option<Stage>,
}

/// Every reserve cadre's course, in the order of the case.
#[must_use]
pub fn courses(facts: &Facts, courses: &Courses) -> Vec<Course> {
    let years: Vec<Year> = (1..=facts.years).map(|t| Year::new(facts, courses, t)).collect();
    let pool = facts.case.people_ix().filter(|person| facts.case.person(*person).reserve);
    pool.map(|person| {
        let wanted = reserve::wanted(facts, person);
        let gains = gains(facts, courses, person);
        let lacks = |t: usize| -> Vec<&str> {
            // An experience counts as under way from the year in which the stay that gives it begins to last.
            wanted
                .iter()
                .copied()
                .filter(|name| !gains.iter().any(|gain| gain.name == *name && gain.year <= t))
                .collect()
        };
        let steps =
            (1..=facts.years).map(|t| step(facts, courses, &years[t - 1], person, &gains, &lacks(t), t)).collect();
        let lacking: Vec<String> = lacks(facts.years).into_iter().map(str::to_owned).collect();
        let after = stage_after(facts, courses, person, &gains);
        Course { person, gains, lacking, steps, after }
    })
    .collect()
}

fn step(
    facts: &Facts,
    courses: &Courses,
    year: &Year,
    person: PersonIx,
    gains: &[Gain],
    lacks: &[&str],
    t: usize,
) -> Step {
    let now = courses.at(person, t);
    let at_once = |post: PostIx| -> Vec<String> {
        let new = gained(facts, person, post).into_iter();
        new.filter(|name| gains.iter().any(|gain| gain.name == *name && gain.post == post && gain.year >= t)).collect()
    };
    let post = match (now.place, now.seat()) {
        (Place::Outside, _) => return Step::Outside,
        (Place::Left, _) => return Step::Left,
        (_, None) => return Step::Unplaced,
        (_, Some(post)) => post,
    };
    match now.arrival {
        Arrival::Moved => return Step::Moved(post, at_once(post)),
        Arrival::Placed(_) => return Step::Placed(post, at_once(post)),
        Arrival::Joined(_) => return Step::Joined(post),
        Arrival::Promoted(_) => return Step::Promoted(post),
        Arrival::Kept | Arrival::Merged(_) | Arrival::Left(_) | Arrival::Displaced(_) => {}
    }
    let here: Vec<String> =
        gains.iter().filter(|gain| gain.year == t && gain.post == post).map(|gain| gain.name.clone()).collect();
    if !here.is_empty() {
        return Step::Gains(here);
    }
    if matches!(now.arrival, Arrival::Merged(_)) {
        return Step::Merged(post);
    }
    if lacks.is_empty() {
        let said = facts.case.person(person).needed.is_some() || !facts.policy.reserve.experiences.is_empty();
        return if said || facts.case.person(person).ready_now { Step::Stays } else { Step::Waits(UNSAID) };
    }
    Step::Waits(held(facts, courses, year, person, post, lacks, t))
}

/// What keeps somebody who lacks experiences from a post that gives one.
fn held(
    facts: &Facts,
    courses: &Courses,
    year: &Year,
    person: PersonIx,
    post: PostIx,
    lacks: &[&str],
    t: usize,
) -> &'static str {
    let gives = |target: PostIx| {
        target != post && facts.case.post(target).development.iter().any(|name| lacks.contains(&name.as_str()))
    };
    let open: Vec<PostIx> = facts.case.posts_ix().filter(|target| facts.open[target.0][t] && gives(*target)).collect();
    if open.is_empty() {
        return NOWHERE;
    }
    if let Some(bar) = bar_to_leave(facts, courses, person, t) {
        return bar;
    }
    let bars: Vec<Option<&'static str>> =
        open.iter().map(|target| bar_to_enter(facts, courses, person, *target, t)).collect();
    if bars.iter().all(Option::is_some) {
        return bars.into_iter().flatten().next().unwrap_or("R04");
    }
    year.held_from(person, post, &gives)
}

/// The stage after the plan (report only; `docs/decisions/0016-successors.md`): 选拔使用 for who is ready by its end or promoted in it, 锻炼培养
/// for who gained an experience or stands where one is being gained; never below today's.
fn stage_after(facts: &Facts, courses: &Courses, person: PersonIx, gains: &[Gain]) -> Option<Stage> {
    let today = facts.case.person(person).reserve_stage;
    let promoted = (1..=facts.years).any(|t| matches!(courses.at(person, t).arrival, Arrival::Promoted(_)));
    let reached = if promoted || ready_from(facts, courses, person).is_some() {
        Some(Stage::Select)
    } else if !gains.is_empty() {
        Some(Stage::Train)
    } else {
        None
    };
    today.max(reached)
}
