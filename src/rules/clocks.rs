//! The further clocks of R14 (semantics 20, 68): time in the section as head or deputy, in the unit, in the unit at one
//! level, in one domain. Off unless the policy sets them.

use super::Facts;
use chrono::NaiveDate;
use lungang_domain::policy::Policy;
use lungang_domain::{Lead, PersonIx, PostIx, Thresholds, add_months, months_between};

/// Layouts in which the time in section, unit and domain began; 0: before the plan. Clocks that are off stay at 0.
pub type Since = [u8; 3];

/// Where the clocks stood before the plan, and since when the level has been held.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Begun {
    /// Of section, unit and domain; `None`: unknown.
    today: [Option<NaiveDate>; 3],
    /// Of the level, by layout.
    level: Vec<Option<NaiveDate>>,
}

/// Months by which the clocks are past their limits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Beyond {
    /// Most months beyond a *must*; none below 0.
    pub must: i32,
    /// Most months between a *should* and its *must*.
    pub should: i32,
}

/// Whether any of the clocks is on.
#[must_use]
pub fn any_on(policy: &Policy) -> bool {
    on(policy).contains(&true)
}

/// Which of section, unit and domain have to be followed.
fn on(policy: &Policy) -> [bool; 3] {
    let time = &policy.time;
    [time.section.is_some(), time.unit.is_some() || time.unit_level.is_some(), time.domain.is_some()]
}

/// What the data say of somebody's clocks.
pub(super) fn begun(facts: &Facts<'_>, ix: PersonIx) -> Begun {
    let (person, own) = (facts.case.person(ix), facts.of(ix));
    if !any_on(facts.policy) {
        return Begun::default();
    }
    let today = match (own.today, person.post.filter(|_| own.joined.is_none())) {
        (Some(now), Some(listed)) => {
            let event = own.began[0];
            let date = |since: Option<lungang_domain::case::Since>| since.map(|since| since.date);
            let known = [date(person.section_since), date(person.unit_since), in_domain(facts, ix, listed)];
            let kept = same(facts, listed, now);
            let kept = if facts.goes_on(Some(listed), Some(now), 0) { [true; 3] } else { kept };
            [0, 1, 2].map(|at| if kept[at] { known[at] } else { event })
        }
        _ => [own.began[0]; 3],
    };
    let mut since = person.level_since;
    let mut before = person.level.as_deref().and_then(|level| facts.policy.level_rank(level));
    let level = (0..=facts.years)
        .map(|t| {
            if let Some(fixed) = own.fixed[t].filter(|fixed| fixed.promotion && own.level[t] != before) {
                since = Some(fixed.date);
            }
            before = own.level[t];
            since
        })
        .collect();
    Begun { today, level }
}

/// When the time in the domain of today's post began: with the post, or with past stays in that domain that meet.
fn in_domain(facts: &Facts<'_>, ix: PersonIx, post: PostIx) -> Option<NaiveDate> {
    facts.policy.time.domain?;
    let domain = facts.case.post(post).domain.as_ref()?;
    let mut start = facts.case.person(ix).post_since?.date;
    let rows = || facts.case.history.iter().filter(|row| row.staff == ix && row.domain.as_ref() == Some(domain));
    let earlier = |start: NaiveDate| {
        let meets = |to: Option<NaiveDate>| to.is_some_and(|to| add_months(to, 1) >= start);
        rows().filter(|row| meets(row.to)).filter_map(|row| row.from).filter(|from| *from < start).min()
    };
    while let Some(from) = earlier(start) {
        start = from;
    }
    Some(start)
}

/// Whether section, unit and domain are the same.
fn same(facts: &Facts<'_>, from: PostIx, to: PostIx) -> [bool; 3] {
    let (old, new) = (facts.case.post(from), facts.case.post(to));
    [
        old.section.is_some() && old.section == new.section,
        old.unit == new.unit,
        old.domain.is_some() && old.domain == new.domain,
    ]
}

/// The clocks after going from a post, or from none, into another in year `t`.
#[must_use]
pub fn after(facts: &Facts<'_>, since: Since, from: Option<PostIx>, to: PostIx, t: usize) -> Since {
    let kept = from.map_or([false; 3], |from| same(facts, from, to));
    let on = on(facts.policy);
    [0, 1, 2].map(|at| if !on[at] || kept[at] { since[at] } else { t as u8 })
}

/// How far the clocks of somebody in a post in layout `t` are past their limits on a day.
#[must_use]
pub fn beyond(facts: &Facts<'_>, ix: PersonIx, post: PostIx, since: Since, t: usize, day: NaiveDate) -> Beyond {
    let all = running(facts, ix, post, since, t);
    all.into_iter().fold(Beyond::default(), |most, (begun, limits)| {
        let months = months_between(begun, day);
        Beyond {
            must: most.must.max(months - limits.must),
            should: most.should.max(months.min(limits.must) - limits.should),
        }
    })
}

/// The clocks that apply to somebody in a post, with their beginnings, in order: section, unit at one level, unit, domain.
#[must_use]
pub fn running(facts: &Facts<'_>, ix: PersonIx, post: PostIx, since: Since, t: usize) -> Vec<(NaiveDate, Thresholds)> {
    let time = &facts.policy.time;
    if !any_on(facts.policy) {
        return Vec::new();
    }
    let (own, begun, place) = (facts.of(ix), &facts.begun[ix.0], facts.case.post(post));
    let date = |at: usize| if since[at] == 0 { begun.today[at] } else { own.began[since[at] as usize] };
    let leads = matches!(place.lead, Lead::Head | Lead::Deputy) && place.section.is_some();
    let at_level = date(1).zip(begun.level[t]).map(|(unit, level)| unit.max(level));
    [
        (date(0).filter(|_| leads), time.section),
        (at_level, time.unit_level),
        (date(1), time.unit),
        (date(2).filter(|_| place.domain.is_some()), time.domain),
    ]
    .into_iter()
    .filter_map(|(begun, limits)| begun.zip(limits))
    .collect()
}
