//! The tiers, recomputed (semantics 8, 11, 13, 31, 32, 40).

use crate::cover;
use crate::facts::{Facts, Given};
use crate::rules;
use crate::successors;
use crate::walk::{Entry, Step, Walk};
use chrono::NaiveDate;
use lungang_domain::policy::{Tier, Weights};
use lungang_domain::{Grade, Lead, PersonIx, Place, PostIx, Thresholds, months_between};
use std::collections::{BTreeMap, BTreeSet};

/// One value per tier.
#[derive(Clone, Debug, Default)]
pub(crate) struct Values {
    essential: i64,
    cover: i64,
    law: i64,
    risk: Vec<i64>,
    reserve: i64,
    successors: i64,
    quality: i64,
}

impl Values {
    /// The value of a tier; W by the weights given.
    pub fn get(&self, tier: Tier, weights: Weights) -> i64 {
        match tier {
            Tier::Essential => self.essential,
            Tier::Cover => self.cover,
            Tier::Law => self.law,
            Tier::Risk(n) => self.risk.get(n).copied().unwrap_or(0),
            Tier::Reserve => self.reserve,
            Tier::Successors => self.successors,
            Tier::Quality => self.quality,
            Tier::Weighted => self.merged(weights),
        }
    }

    /// W: months count against, experiences, successors and points for. A plan file may hold any weights, so the sum is wide, and
    /// what no figure holds stands at its end.
    fn merged(&self, weights: Weights) -> i64 {
        let months: i128 = self.risk.iter().map(|months| i128::from(*months)).sum();
        let sum = i128::from(weights.reserve) * (i128::from(self.reserve) + i128::from(self.successors))
            + i128::from(weights.quality) * i128::from(self.quality)
            - i128::from(weights.risk) * months;
        i64::try_from(sum).unwrap_or(if sum < 0 { i64::MIN } else { i64::MAX })
    }
}

/// The tiers of a whole layout, with its inherited breaches counted before.
pub(crate) fn of_plan(facts: &Facts, walk: &Walk, inherited: usize) -> Values {
    let mut values = empty(facts, inherited);
    let floor = cover::minima(facts, walk);
    for t in 1..=facts.years {
        let present = cover::present(facts, walk, t);
        count_cover(facts, walk, t, &present, &floor, &mut values);
    }
    values.successors = successors::of_plan(facts, walk);
    for person in facts.case.people_ix() {
        values.reserve += gained(facts, walk, person).iter().map(|_| 1).sum::<i64>();
        for t in 1..=facts.years {
            let step = walk.at(person, t);
            values.quality += fit_gain(facts, person, step.place) - move_points(facts, step);
            charge(facts, person, step, t, &mut values);
        }
    }
    values
}

/// Layout 0 charged at d_1: presence and successors on its eve, no gain of fit, no experiences (semantics 13).
pub(crate) fn of_today(facts: &Facts, still: &Walk) -> Values {
    let mut values = empty(facts, rules::today(facts, still));
    values.successors = successors::of_today(facts, still);
    let floor = cover::minima(facts, still);
    count_cover(facts, still, 0, &cover::present_on_the_eve(facts, still), &floor, &mut values);
    for person in facts.case.people_ix() {
        charge(facts, person, still.at(person, 0), 0, &mut values);
    }
    values
}

fn empty(facts: &Facts, inherited: usize) -> Values {
    Values {
        law: i64::try_from(inherited).unwrap_or(i64::MAX),
        risk: vec![0; facts.policy.risk.tiers.len().max(1)],
        ..Values::default()
    }
}

/// T0 and T1 of one year.
fn count_cover(facts: &Facts, walk: &Walk, t: usize, present: &[i64], floor: &[i64], values: &mut Values) {
    for post in facts.case.posts_ix().filter(|post| facts.is_open(*post, t)) {
        values.cover += (floor[post.0] - present[post.0]).max(0);
        if facts.case.post(post).essential && present[post.0] == 0 {
            values.essential += 1;
        }
    }
    values.cover += walk.steps.iter().filter(|steps| steps[t].place == Place::Unplaced).map(|_| 1).sum::<i64>();
}

/// Month from which T3 counts in a post, with the tier; `None` where it never does (semantics 31).
fn begin_of_risk(facts: &Facts, person: PersonIx, post: PostIx) -> Option<(i32, usize)> {
    let tiers = &facts.policy.risk.tiers;
    let ten_year = facts.ten_year(person, post).then_some(facts.policy.time.ten_year);
    match tiers.iter().position(|grade| *grade == facts.grade(post)) {
        Some(tier) => {
            let must = facts.must(person, post);
            Some((ten_year.map_or(must, |ten| ten.min(must)), tier))
        }
        None => ten_year.map(|ten| (ten, tiers.len().saturating_sub(1))),
    }
}

/// Overdue months of whoever is *in* or *away* in layout `t`, at d_{t+1}: T3 and the month terms of T5.
fn charge(facts: &Facts, person: PersonIx, step: &Step, t: usize, values: &mut Values) {
    let Some(post) = step.seat() else { return };
    let day = facts.day(t + 1);
    // No decision speaks of layout 0.
    let freed = t > 0 && facts.freed(person, t);
    let special = facts.case.post(post).special.is_some() && !freed;
    if special || facts.near_retirement(person, day) {
        return;
    }
    let months = step.months(day);
    let begin = begin_of_risk(facts, person, post);
    let further = clocks(facts, step, post).into_iter().map(|(since, limits)| (months_between(since, day), limits));
    let (mut over, mut wanted) = (0, 0);
    for (months, limits) in further {
        over = over.max(months - limits.must);
        wanted = wanted.max(months.min(limits.must) - limits.should);
    }
    let of_post = begin.map_or(0, |(begin, _)| (months - begin).max(0));
    let until = begin.map_or(months, |(begin, _)| months.min(begin));
    let points = &facts.policy.points;
    let grade = facts.grade(post);
    // Of all clocks the one furthest past its limit counts; what T3 counts, T5 does not.
    if facts.policy.risk.tiers.contains(&grade) {
        let tier = begin.map_or(0, |(_, tier)| tier);
        values.risk[tier] += i64::from(of_post.max(over));
        values.quality -= points.should_month * i64::from((until - facts.should(post)).max(wanted).max(0));
        return;
    }
    if let Some((_, tier)) = begin {
        values.risk[tier] += i64::from(of_post);
    }
    let per_month = if grade == Grade::Low { points.low_month } else { points.medium_month };
    let late = (until - facts.must(person, post)).max(over - of_post).max(0);
    values.quality -= per_month * i64::from(late);
}

/// The further clocks of R14 that apply in a post, with their beginnings (semantics 68).
fn clocks(facts: &Facts, step: &Step, post: PostIx) -> Vec<(NaiveDate, Thresholds)> {
    let (time, seat) = (&facts.policy.time, facts.case.post(post));
    let leads = seat.section.is_some() && matches!(seat.lead, Lead::Head | Lead::Deputy);
    let at_level = match (step.times.unit, step.times.level) {
        (Some(unit), Some(level)) => Some(unit.max(level)),
        _ => None,
    };
    let all = [
        (time.section, step.times.section.filter(|_| leads)),
        (time.unit_level, at_level),
        (time.unit, step.times.unit),
        (time.domain, step.times.domain.filter(|_| seat.domain.is_some())),
    ];
    all.into_iter().filter_map(|(limits, since)| since.zip(limits)).collect()
}

/// Fit term of T5 (semantics 32).
fn fit_gain(facts: &Facts, person: PersonIx, place: Place) -> i64 {
    if !matches!(place, Place::In(_) | Place::Away { .. } | Place::Unplaced) {
        return 0;
    }
    let score = |post: Option<PostIx>| match post {
        Some(post) => facts.case.fit.get(person, post),
        None => Some(0),
    };
    match (score(place.seat()), score(facts.today[person.0])) {
        (Some(then), Some(now)) => then - now,
        _ => 0,
    }
}

fn move_points(facts: &Facts, step: &Step) -> i64 {
    let (Entry::Moved { from, .. }, Some(to)) = (step.entry, step.seat()) else { return 0 };
    let crosses = facts.case.post(from).unit != facts.case.post(to).unit;
    facts.policy.points.per_move + if crosses { facts.policy.points.cross_unit } else { 0 }
}

/// What a reserve cadre wants, each once (semantics 12); nothing for anybody else.
pub(crate) fn wanted<'a>(facts: &'a Facts, person: PersonIx) -> BTreeSet<&'a str> {
    let who = facts.case.person(person);
    if !who.reserve {
        return BTreeSet::new();
    }
    match &who.needed {
        Some(needed) => needed.iter().map(String::as_str).collect(),
        None => {
            let listed = facts.policy.reserve.experiences.iter();
            listed.filter(|one| !who.experiences.contains(one)).map(String::as_str).collect()
        }
    }
}

/// T4 of one person: wanted experiences out of planned stays of at least 12 months, each with the first layout in which its
/// stay is bound to last so long.
pub(crate) fn gained<'a>(facts: &'a Facts, walk: &Walk, person: PersonIx) -> BTreeMap<&'a str, usize> {
    let wanted = wanted(facts, person);
    let mut gained = BTreeMap::new();
    for t in 1..=facts.years {
        let step = walk.at(person, t);
        let (Some(post), Some(begun)) = (step.entered(), step.stay) else { continue };
        // A stay that a merger carries on gives what each of its posts gives, if it has lasted long enough there.
        let mut part = Some((post, t));
        while let Some((post, from)) = part {
            let (end, next) = end_of_part(facts, walk, person, post, from);
            // Begun within the year, it is twelve months old a year later, unless an event ends it before.
            let whole = months_between(begun, facts.day(from + 1)) >= 12;
            let stands = from < facts.years && walk.at(person, from + 1).seat() == Some(post);
            let layout = if whole || !stands { from } else { from + 1 };
            if months_between(begun, end) >= 12 {
                for one in facts.case.post(post).development.iter().filter(|one| wanted.contains(one.as_str())) {
                    gained.entry(one.as_str()).or_insert(layout);
                }
            }
            part = next;
        }
    }
    gained
}

/// Semantics 40: the date of the event that ends the stay that stands in a post in year `t`, else d_u of the year of the
/// next post; and where the stay goes on after a merger.
fn end_of_part(
    facts: &Facts,
    walk: &Walk,
    person: PersonIx,
    post: PostIx,
    t: usize,
) -> (NaiveDate, Option<(PostIx, usize)>) {
    let service = &facts.people[person.0];
    let Some(u) = (t + 1..=facts.years).find(|u| walk.at(person, *u).seat() != Some(post)) else {
        return (facts.day(facts.years + 1), None);
    };
    if walk.at(person, u).entry == Entry::Kept
        && let Some(merger) = facts.open[post.0].merges
    {
        return (merger.date, walk.at(person, u).seat().map(|now| (now, u)));
    }
    let left = service.leaves.filter(|(year, _)| *year == u).map(|(_, date)| date);
    let closed = facts.open[post.0].closes.filter(|_| facts.open[post.0].until == u);
    let given = match service.given[u] {
        Given::Post { date, .. } | Given::NoPost { date, .. } => Some(date),
        Given::Nothing => None,
    };
    (left.into_iter().chain(closed).chain(given).min().unwrap_or_else(|| facts.day(u)), None)
}

/// Semantics 20: who is kept in year `t` though a clock is due at d_t. By year, then person.
pub(crate) fn deferrals(facts: &Facts, walk: &Walk) -> Vec<(PersonIx, usize)> {
    let kept = |person: PersonIx, t: usize| {
        let before = walk.at(person, t - 1);
        let step = walk.at(person, t);
        let Some(post) = before.seat() else { return false };
        let runs_on = match step.entry {
            Entry::Kept => true,
            Entry::Moved { from, .. } => {
                step.seat().is_some_and(|to| crate::walk::r16_keeps_the_clock(facts, from, to))
            }
            Entry::None | Entry::Event | Entry::Placed => false,
        };
        let day = facts.day(t);
        let bound = facts.case.post(post).special.is_none() || facts.freed(person, t);
        let must = facts.must(person, post);
        let due = if facts.ten_year(person, post) { must.min(facts.policy.time.ten_year) } else { must };
        runs_on
            && bound
            && !facts.near_retirement(person, day)
            && (before.clock.is_some_and(|since| months_between(since, day) >= due)
                || clocks(facts, before, post).iter().any(|(since, limits)| months_between(*since, day) >= limits.must))
    };
    let pairs = (1..=facts.years).flat_map(|t| facts.case.people_ix().map(move |person| (person, t)));
    pairs.filter(|(person, t)| kept(*person, *t)).collect()
}
