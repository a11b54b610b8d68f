//! The tiers of any layout, counted from the layout alone: what a plan is worth, what today is, what nobody moving is.

use super::facts::Facts;
use super::{clocks, cover, excess, r09, r14, r16, reserve, unfit};
use chrono::NaiveDate;
use lungang_domain::policy::{Tier, Weights};
use lungang_domain::{Layout, PersonIx, Place, PostIx, months_between};
use std::collections::BTreeMap;

/// Adds to a tier's figure, in the tier's own sense.
struct Tally<'t> {
    tiers: &'t [Tier],
    values: Vec<i64>,
}

impl<'t> Tally<'t> {
    fn new(tiers: &'t [Tier]) -> Self {
        Self { tiers, values: vec![0; tiers.len()] }
    }

    fn add(&mut self, tier: Tier, value: i64) {
        if let Some(slot) = self.tiers.iter().position(|listed| *listed == tier) {
            self.values[slot] += value;
        }
    }

    /// The values, W made of the others: Σ weight · tier, months counting against.
    fn values(mut self, weights: &Weights) -> Vec<i64> {
        let merged = self.tiers.iter().zip(&self.values).map(|(tier, value)| match tier {
            Tier::Risk(_) => -weights.risk * value,
            Tier::Reserve | Tier::Successors => weights.reserve * value,
            Tier::Quality => weights.quality * value,
            Tier::Essential | Tier::Cover | Tier::Law | Tier::Weighted => 0,
        });
        let merged = merged.sum();
        self.add(Tier::Weighted, merged);
        self.values
    }
}

/// Values of all tiers of a layout, in the order of [`Tier::of`], each in its own sense.
#[must_use]
pub fn score(facts: &Facts<'_>, layout: &Layout) -> Vec<i64> {
    let tiers = Tier::of(facts.policy);
    let mut tally = Tally::new(&tiers);
    let mut present = vec![vec![0_u32; facts.years + 1]; facts.case.posts.len()];
    let ready: Vec<Option<usize>> = facts
        .case
        .people_ix()
        .map(|person| walk(facts, person, layout, &mut tally, &mut |post, t| present[post.0][t] += 1))
        .collect();
    let covered = facts.succession.covered(layout, |person| ready[person.0]);
    tally.add(Tier::Successors, i64::try_from(covered).unwrap_or(i64::MAX));
    for post in facts.case.posts_ix() {
        for (t, present) in present[post.0].iter().enumerate().skip(1) {
            let there = present + u32::try_from(cover::guests(facts, post, t)).unwrap_or(u32::MAX);
            let missing = facts.minimum(post, t).saturating_sub(there);
            tally.add(Tier::Cover, i64::from(missing));
            if facts.case.post(post).essential && facts.open[post.0][t] && there == 0 {
                tally.add(Tier::Essential, 1);
            }
            let seats = facts.case.post(post).headcount as usize;
            if layout.occupants(facts.case, post, t) > seats && excess(facts, post, t) > 0 {
                tally.add(Tier::Law, 1);
            }
        }
    }
    for t in 1..=facts.years {
        tally.add(Tier::Law, standing_kin(facts, layout, t));
    }
    tally.values(&facts.policy.priorities.weights)
}

/// Breaches of R07 and R21 that stand when nobody moves, and stand still in layout `t`: neither of the two has left.
fn standing_kin(facts: &Facts<'_>, layout: &Layout, t: usize) -> i64 {
    let still = |person: PersonIx, t: usize| facts.nobody_moves.at(person, t).seat();
    let stays = |person: PersonIx| {
        // Back to where the stay began, whatever its post was called then.
        let goes_on = |u: usize| u > 0 && facts.goes_on(still(person, u - 1), still(person, u), u);
        let begun = (0..=t).rev().find(|u| !goes_on(*u)).unwrap_or(0);
        still(person, t).is_some() && (begun..=t).all(|u| layout.at(person, u).seat() == still(person, u))
    };
    let pairs = facts.kinship.pairs.iter().filter(|pair| pair.iter().all(|person| stays(*person)));
    let breaches = pairs.map(|[one, other]| {
        facts.kin_breaches(&facts.holds_unmoved(*one, t), &facts.holds_unmoved(*other, t), t).len() as i64
    });
    breaches.sum()
}

/// What one person's places in a layout count for in every tier but T0 and T1 of posts, in the order of [`Tier::of`];
/// and the presence that they give. The sum over everybody is the score but for covers, posts over strength and T4s.
#[must_use]
pub fn of_person(facts: &Facts<'_>, person: PersonIx, layout: &Layout) -> (Vec<i64>, Present) {
    let tiers = Tier::of(facts.policy);
    let mut tally = Tally::new(&tiers);
    let mut present = Present::default();
    walk(facts, person, layout, &mut tally, &mut |post, t| *present.0.entry((post.0, t)).or_default() += 1);
    (tally.values(&facts.policy.priorities.weights), present)
}

/// People present, by post and year; what is not listed is 0.
#[derive(Clone, Debug, Default)]
pub struct Present(BTreeMap<(usize, usize), i64>);

impl Present {
    /// The guests that posts host, which no plan changes.
    #[must_use]
    pub fn guests(facts: &Facts<'_>) -> Self {
        let mut present = Self::default();
        for person in &facts.people {
            for (t, hosts) in person.hosts.iter().enumerate() {
                for host in hosts {
                    *present.0.entry((host.0, t)).or_default() += 1;
                }
            }
        }
        present
    }

    /// Adds what others give, times `sign`.
    pub fn add(&mut self, other: &Self, sign: i64) {
        for (place, count) in &other.0 {
            *self.0.entry(*place).or_default() += sign * count;
        }
    }

    /// How much T0 and T1 rise when presence shifts so.
    #[must_use]
    pub fn change(&self, facts: &Facts<'_>, shift: &Self) -> (i64, i64) {
        let mut rise = (0, 0);
        for ((post, t), more) in shift.0.iter().filter(|((_, t), more)| *t > 0 && **more != 0) {
            let ix = PostIx(*post);
            let before = self.0.get(&(*post, *t)).copied().unwrap_or(0);
            let least = i64::from(facts.minimum(ix, *t));
            rise.1 += (least - before - more).max(0) - (least - before).max(0);
            if facts.case.post(ix).essential && facts.open[*post][*t] {
                rise.0 += i64::from(before + more <= 0) - i64::from(before <= 0);
            }
        }
        rise
    }
}

/// Counts one person; `present` is told of every post and year to which they give presence. Gives the first year in which
/// they are ready to succeed in a post (semantics 63).
fn walk(
    facts: &Facts<'_>,
    ix: PersonIx,
    layout: &Layout,
    tally: &mut Tally<'_>,
    present: &mut dyn FnMut(PostIx, usize),
) -> Option<usize> {
    let person = facts.of(ix);
    let wanted = reserve::wanted(facts, ix);
    let mut gained = 0_u16;
    let mut ready = reserve::is_ready(facts, ix, gained).then_some(0);
    let mut seat = person.today;
    let (mut began, mut clock, mut since) = (0, person.began[0], [0; 3]);
    for t in 1..=facts.years {
        let place = layout.at(ix, t);
        let before = if place == Place::Left { seat } else { seat.filter(|_| person.displaced[t].is_none()) };
        seat = place.seat();
        if place == Place::Left {
            if let Some(last) = before {
                count_present(facts, ix, last, began == 0, t, present);
            }
            return ready;
        }
        let promoted = person.fixed[t].is_some();
        // A promotion in the post already held lets stay and clocks run on (R17).
        if !facts.goes_on(before, seat, t) && (before.is_some() || seat.is_some()) {
            let keeps = !promoted && matches!((before, seat), (Some(from), Some(to)) if r16::alike(facts, from, to));
            if !keeps {
                clock = person.began[t];
            }
            began = t;
            if let Some(to) = seat {
                since = clocks::after(facts, since, before, to, t);
            }
            if let (Some(from), Some(to), false) = (before, seat, promoted) {
                let points = &facts.policy.points;
                let cross = if facts.unit(from) == facts.unit(to) { 0 } else { points.cross_unit };
                tally.add(Tier::Quality, -points.per_move - cross);
            }
        }
        if place == Place::Unplaced {
            tally.add(Tier::Cover, 1);
        }
        if place != Place::Outside {
            tally.add(Tier::Quality, fit_gain(facts, ix, seat));
        }
        let Some(post) = seat else { continue };
        count_present(facts, ix, post, began == 0, t, present);
        if person.given(began, t) {
            tally.add(Tier::Law, unfit(facts, ix, post, t).len() as i64);
        }
        tally.add(Tier::Law, i64::from(began == 0 && r09::breaks(facts, ix, post, t)));
        let charge = r14::charge(facts, ix, post, (clock, since), t, facts.effective[t + 1]);
        if let Some((tier, months)) = charge.risk {
            tally.add(Tier::Risk(tier), months);
        }
        tally.add(Tier::Quality, -charge.points);
        if person.planned(began) && lasts(facts, ix, post, person.began[began], t) {
            let new = reserve::given(facts, post, &wanted) & !gained;
            gained |= new;
            tally.add(Tier::Reserve, i64::from(new.count_ones()));
            if ready.is_none() && reserve::is_ready(facts, ix, gained) {
                ready = Some(t + 1);
            }
        }
    }
    ready
}

fn count_present(
    facts: &Facts<'_>,
    person: PersonIx,
    seat: PostIx,
    todays_stay: bool,
    t: usize,
    present: &mut dyn FnMut(PostIx, usize),
) {
    for post in cover::presence(facts, person, seat, todays_stay, t) {
        present(post, t);
    }
}

/// Fit term of T5 in a layout (semantics 32).
#[must_use]
pub fn fit_gain(facts: &Facts<'_>, person: PersonIx, seat: Option<PostIx>) -> i64 {
    let fit = |post: Option<PostIx>| post.map_or(Some(0), |post| facts.case.fit.get(person, post));
    match (fit(seat), fit(facts.of(person).today)) {
        (Some(now), Some(today)) => now - today,
        _ => 0,
    }
}

/// Whether a stay that still stands in layout `t` has reached, or is bound to reach, twelve months inside the horizon
/// (semantics 40): it lasts at least to d_{t+1}, or to the date of the event that ends it in year t + 1.
#[must_use]
pub fn lasts(facts: &Facts<'_>, ix: PersonIx, post: PostIx, began: Option<NaiveDate>, t: usize) -> bool {
    let Some(began) = began else { return false };
    let person = facts.of(ix);
    let next = t + 1;
    let mut end = facts.effective[next];
    if next <= facts.years {
        if !person.serving(next) {
            end = person.leaves.unwrap_or(end);
        } else if let Some(date) = person.displaced[next] {
            end = date;
        } else if let Some(fixed) = person.fixed[next].filter(|fixed| facts.stay(post, next) != Some(fixed.post)) {
            end = fixed.date;
        } else if !facts.open[post.0][next] {
            // What a merger takes over gives its own experiences from then on.
            end = facts.closes[post.0].or(facts.merges[post.0].map(|(_, date)| date)).unwrap_or(end);
        }
    }
    months_between(began, end) >= reserve::LEAST_MONTHS
}

/// Layout 0 charged at d_1 (semantics 13): presence on its eve, breaches and successors of layout 0, nothing gained.
#[must_use]
pub fn today(facts: &Facts<'_>) -> Vec<i64> {
    let tiers = Tier::of(facts.policy);
    let mut tally = Tally::new(&tiers);
    for ix in facts.case.people_ix() {
        let person = facts.of(ix);
        match facts.nobody_moves.at(ix, 0) {
            Place::Unplaced => tally.add(Tier::Cover, 1),
            Place::In(post) | Place::Away { seat: post, .. } => {
                tally.add(Tier::Law, unfit(facts, ix, post, 0).len() as i64);
                tally.add(Tier::Law, i64::from(r09::breaks(facts, ix, post, 0)));
                let charge = r14::charge(facts, ix, post, (person.began[0], [0; 3]), 0, facts.effective[1]);
                if let Some((tier, months)) = charge.risk {
                    tally.add(Tier::Risk(tier), months);
                }
                tally.add(Tier::Quality, -charge.points);
            }
            Place::Outside | Place::Left => {}
        }
    }
    tally.add(Tier::Law, standing_kin(facts, &facts.nobody_moves, 0));
    let covered = facts.succession.covered_in(&facts.nobody_moves, 0, |person| reserve::is_ready(facts, person, 0));
    tally.add(Tier::Successors, i64::try_from(covered).unwrap_or(i64::MAX));
    for post in facts.case.posts_ix().filter(|post| facts.open[post.0][0]) {
        let there = u32::try_from(facts.present_today[post.0]).unwrap_or(u32::MAX);
        tally.add(Tier::Cover, i64::from(facts.minimum_today(post).saturating_sub(there)));
        if facts.case.post(post).essential && there == 0 {
            tally.add(Tier::Essential, 1);
        }
        if excess(facts, post, 0) > 0 {
            tally.add(Tier::Law, 1);
        }
    }
    tally.values(&facts.policy.priorities.weights)
}
