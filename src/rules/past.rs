//! What somebody has left behind, in the history and inside the plan: R13, no return to a former post, and the cooling
//! of R09 before supervising one's own former field (semantics 18, 67).
//!
//! A post left inside the plan reaches from one transition to a later one. States that carried every post left would be too
//! many for what is rarely wished for, so pricing leaves such pairs out: it gives bounds that hold, and lines that
//! [`first_return`] looks through; models get a row for each pair that their arcs can break.

use super::facts::Service;
use super::{Facts, Step, decisions};
use chrono::NaiveDate;
use lungang_domain::words::Power;
use lungang_domain::{Case, PersonIx, PostIx, months_between};

/// Posts and fields that somebody left before the plan, as the history says; rows without an end say nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Past {
    posts: Vec<(PostIx, NaiveDate)>,
    fields: Vec<(String, NaiveDate)>,
}

impl Past {
    /// Whether the history says nothing that a rule looks at.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.posts.is_empty() && self.fields.is_empty()
    }
}

/// Everybody's past.
pub(super) fn past(case: &Case) -> Vec<Past> {
    let mut all = vec![Past::default(); case.people.len()];
    for row in &case.history {
        let (Some(own), Some(to)) = (all.get_mut(row.staff.0), row.to) else { continue };
        own.posts.extend(row.post.map(|post| (post, to)));
        let supervised = row.post.is_some_and(|post| case.post(post).power == Some(Power::Supervision));
        if let Some(field) = row.domain.as_ref().filter(|_| !supervised) {
            own.fields.push((field.clone(), to));
        }
    }
    all
}

/// R13 by the history: the post was left not long enough ago.
pub(super) fn bars_return(facts: &Facts<'_>, step: &Step) -> bool {
    let day = facts.effective[step.year];
    let recent = |(post, left): &(PostIx, NaiveDate)| {
        *post == step.to && months_between(*left, day) < facts.policy.time.no_return
    };
    facts.policy.rule_on("R13") && facts.past[step.person.0].posts.iter().any(recent) && step.go(facts).is_none()
}

/// R09 by the history: the post supervises a field that was left not long enough ago.
pub(super) fn bars_own_field(facts: &Facts<'_>, step: &Step) -> bool {
    let to = facts.case.post(step.to);
    let day = facts.effective[step.year];
    let recent = |(field, left): &(String, NaiveDate)| {
        to.domain.as_ref() == Some(field) && months_between(*left, day) < facts.policy.time.cooling
    };
    facts.policy.rule_on("R09")
        && to.power == Some(Power::Supervision)
        && facts.past[step.person.0].fields.iter().any(recent)
        && step.go(facts).is_none()
}

/// R09 from one post to another at once.
pub(super) fn bars_change_of_sides(facts: &Facts<'_>, step: &Step) -> bool {
    step.from.is_some_and(|from| changes_sides(facts, from, step.to)) && step.go(facts).is_none()
}

/// Whether R09 asks for months between these posts: the one decides or executes in a field that the other supervises.
#[must_use]
pub fn changes_sides(facts: &Facts<'_>, from: PostIx, to: PostIx) -> bool {
    let (old, new) = (facts.case.post(from), facts.case.post(to));
    new.power == Some(Power::Supervision)
        && matches!(old.power, Some(Power::Decision | Power::Execution))
        && old.domain.is_some()
        && old.domain == new.domain
        && facts.policy.time.cooling > 0
        && facts.policy.rule_on("R09")
}

/// The rule that keeps whoever left a post of the plan's on this day out of another in year `t`.
#[must_use]
pub fn bars_after(facts: &Facts<'_>, from: PostIx, left: NaiveDate, to: PostIx, t: usize) -> Option<&'static str> {
    let months = months_between(left, facts.effective[t]);
    if from == to && months < facts.policy.time.no_return && facts.policy.rule_on("R13") {
        return Some("R13");
    }
    (changes_sides(facts, from, to) && months < facts.policy.time.cooling).then_some("R09")
}

/// Whether nobody who leaves a post within the plan can be back in it by year `t`, whenever they left (R13).
#[must_use]
pub fn never_back(facts: &Facts<'_>, t: usize) -> bool {
    facts.policy.rule_on("R13") && months_between(facts.effective[1], facts.effective[t]) < facts.policy.time.no_return
}

/// The day on which whoever does not hold a post any more in layout `t` left it: that of the event, else d_t.
#[must_use]
pub fn left_on(facts: &Facts<'_>, person: PersonIx, post: PostIx, t: usize) -> NaiveDate {
    let own = facts.of(person);
    let event = own.fixed[t].map(|fixed| fixed.date).or(own.displaced[t]);
    let closing = facts.closes[post.0].filter(|_| facts.stay(post, t).is_none());
    event.or(closing).unwrap_or(facts.effective[t])
}

/// A return that a plan has and may not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Return {
    /// R13 or R09.
    pub rule: &'static str,
    /// Post left, and the year.
    pub left: (PostIx, usize),
    /// Post entered, and the year.
    pub entered: (PostIx, usize),
}

/// The first entry that what was left in an earlier year of the plan bars; `seats` are those of layouts 1 … T.
#[must_use]
pub fn first_return(
    facts: &Facts<'_>,
    person: PersonIx,
    seats: impl Iterator<Item = Option<PostIx>>,
) -> Option<Return> {
    let own = facts.of(person);
    let mut left: Vec<(PostIx, usize)> = Vec::new();
    let mut before = own.today;
    for (t, now) in (1..).zip(seats) {
        if own.service[t] == Service::Left {
            break;
        }
        if facts.goes_on(before, now, t) || now == before {
            before = now;
            continue;
        }
        if let Some(to) = now.filter(|_| own.fixed[t].is_none() && !left.is_empty()) {
            let bar = |(from, year): &(PostIx, usize)| {
                bars_after(facts, *from, left_on(facts, person, *from, *year), to, t).map(|rule| Return {
                    rule,
                    left: (*from, *year),
                    entered: (to, t),
                })
            };
            if let Some(found) = left.iter().find_map(bar)
                && decisions::go(facts, person, to, t).is_none()
            {
                return Some(found);
            }
        }
        left.extend(before.map(|post| (post, t)));
        before = now;
    }
    None
}
