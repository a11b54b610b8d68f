//! What ties people together: R01 (seats), R11, R12 (share of a unit, old hands of a section) and G4 (peak, budgets).

use crate::facts::{Facts, Given};
use crate::verdict::{Breach, Move};
use crate::walk::Walk;
use lungang_domain::{Lead, Post, PostIx, SectionIx, Share, UnitIx};

/// Open posts over strength in layout `t`.
pub(super) fn over_strength(facts: &Facts, walk: &Walk, t: usize) -> usize {
    let taken = taken(facts, walk, t);
    let over = |post: &PostIx| taken[post.0] > i64::from(facts.case.post(*post).headcount);
    facts.case.posts_ix().filter(|post| facts.is_open(*post, t)).filter(over).count()
}

/// R01 (semantics 14, 39): (inherited, new).
pub(super) fn r01(facts: &Facts, walk: &Walk, still: &Walk) -> (Vec<Breach>, Vec<Breach>) {
    let (mut inherited, mut new) = (Vec::new(), Vec::new());
    for t in 1..=facts.years {
        let (now, unmoved) = (taken(facts, walk, t), taken(facts, still, t));
        let mut entered = vec![false; facts.case.posts.len()];
        for steps in &walk.steps {
            if let Some(post) = steps[t].entered() {
                entered[post.0] = true;
            }
        }
        for post in facts.case.posts_ix().filter(|post| facts.is_open(*post, t)) {
            let seats = i64::from(facts.case.post(post).headcount);
            let excess = now[post.0] - seats;
            if excess <= 0 {
                continue;
            }
            let breach = Breach::new("R01", "E0721", t)
                .post(post)
                .excess(excess)
                .with("seats", seats)
                .with("occupants", now[post.0]);
            let kept = !entered[post.0] && excess <= unmoved[post.0] - seats;
            if kept { inherited.push(breach) } else { new.push(breach) }
        }
    }
    (inherited, new)
}

/// Seats taken in layout `t`, by post.
pub(super) fn taken(facts: &Facts, walk: &Walk, t: usize) -> Vec<i64> {
    let mut taken = vec![0; facts.case.posts.len()];
    for steps in &walk.steps {
        if let Some(post) = steps[t].seat() {
            taken[post.0] += 1;
        }
    }
    taken
}

/// R11 (semantics 59): per section H · heads moved + deputies moved ≤ H, per unit one principal. Moves that an approved `go`
/// names are free, moves out of closed posts are not.
pub(super) fn r11(facts: &Facts, moves: &[Move]) -> Vec<Breach> {
    let mut breaches = Vec::new();
    if !facts.policy.rule_on("R11") {
        return breaches;
    }
    for t in 1..=facts.years {
        let left: Vec<PostIx> =
            moves.iter().filter(|one| one.year == t && !one.approved).filter_map(|one| one.from).collect();
        let moved = |lead: Lead, of: &dyn Fn(&Post) -> bool| {
            let posts = left.iter().map(|post| facts.case.post(*post));
            i64::try_from(posts.filter(|post| post.lead == lead && of(post)).count()).unwrap_or(i64::MAX)
        };
        for section in (0..facts.case.sections.len()).map(SectionIx) {
            let within = |post: &Post| post.section == Some(section);
            let deputies: Vec<PostIx> = facts
                .case
                .posts_ix()
                .filter(|post| facts.is_open(*post, t - 1) && within(facts.case.post(*post)))
                .filter(|post| facts.case.post(*post).lead == Lead::Deputy)
                .collect();
            let sitting = |post: &PostIx| facts.today.iter().flatten().filter(|today| *today == post).count();
            let places = deputies.iter().map(|post| (facts.case.post(*post).headcount as usize).max(sitting(post)));
            let together = i64::try_from(places.sum::<usize>()).unwrap_or(i64::MAX);
            let has_head = facts.case.posts.iter().any(|post| post.lead == Lead::Head && within(post));
            let (heads, others) = (moved(Lead::Head, &within), moved(Lead::Deputy, &within));
            let excess = together * heads + others - together;
            if has_head && together > 0 && excess > 0 {
                let mut breach = Breach::new("R11", "E0748", t).excess(excess);
                breach.section = Some(section);
                let lead = if heads > 0 { "head" } else { "deputy" };
                breaches.push(breach.with("lead", lead).with("moves", heads + others));
            }
        }
        for unit in (0..facts.case.units.len()).map(UnitIx) {
            let principals = moved(Lead::Principal, &|post| post.unit == unit);
            if principals > 1 {
                let mut breach = Breach::new("R11", "E0748", t).excess(principals - 1);
                breach.unit = Some(unit);
                breaches.push(breach.with("lead", "principal").with("moves", principals));
            }
        }
    }
    breaches
}

/// R12, the cap (semantics 17, 37).
pub(super) fn r12_cap(facts: &Facts, moves: &[Move]) -> Vec<Breach> {
    let units = facts.case.units.len();
    let mut base = vec![0_u64; units];
    for post in facts.today.iter().flatten() {
        base[facts.case.post(*post).unit.0] += 1;
    }
    let mut breaches = Vec::new();
    for t in 1..=facts.years {
        let mut out = vec![0_i64; units];
        let mut undecided = vec![false; units];
        for one in moves.iter().filter(|one| one.year == t && !one.forced) {
            let Some(from) = one.from else { continue };
            let unit = facts.case.post(from).unit.0;
            out[unit] += 1;
            undecided[unit] |= !one.decided;
        }
        for (unit, moved) in out.into_iter().enumerate() {
            let share = facts.policy.turnover.unit_share.floor_of(base[unit]);
            let cap = match facts.case.units[unit].max_moves_per_year {
                Some(given) => i64::from(given),
                None => i64::try_from(share).unwrap_or(i64::MAX).max(1),
            };
            if moved > cap && undecided[unit] {
                let mut breach = Breach::new("R12", "E0728", t).excess(moved - cap);
                breach.unit = Some(UnitIx(unit));
                breaches.push(breach.with("moves", moved).with("cap", cap));
            }
        }
    }
    breaches
}

/// R12, the floor (semantics 17): so many move out of a unit in each year, forced moves not counted.
pub(super) fn r12_floor(facts: &Facts, moves: &[Move]) -> Vec<Breach> {
    let mut breaches = Vec::new();
    if facts.policy.turnover.unit_floor == Share(0) {
        return breaches;
    }
    for unit in (0..facts.case.units.len()).map(UnitIx) {
        let of_unit = |post: PostIx| facts.case.post(post).unit == unit;
        let base = facts.today.iter().flatten().filter(|post| of_unit(**post)).count() as u64;
        let share = facts.policy.turnover.unit_share.floor_of(base).max(1);
        let cap = facts.case.unit(unit).max_moves_per_year.map_or(share, u64::from);
        let least = facts.policy.turnover.unit_floor.floor_of(base).min(cap);
        for t in 1..=facts.years {
            let out = moves.iter().filter(|one| one.year == t && !one.forced && one.from.is_some_and(of_unit));
            let moved = out.count() as u64;
            if moved < least {
                let mut breach =
                    Breach::new("R12", "E0758", t).excess(i64::try_from(least - moved).unwrap_or(i64::MAX));
                breach.unit = Some(unit);
                breaches.push(breach.with("moves", moved).with("floor", least));
            }
        }
    }
    breaches
}

/// G4, the peak (semantics 69): at most so many move in a year in all units; decided moves go beyond it only where nobody else
/// moves.
pub(super) fn g4_peak(facts: &Facts, moves: &[Move]) -> Vec<Breach> {
    let share = facts.policy.turnover.year_share;
    let most = share.floor_of(facts.today.iter().flatten().count() as u64).max(1);
    let over = |t: usize| {
        let of_year: Vec<&Move> =
            moves.iter().filter(|one| one.year == t && !one.forced && one.from.is_some()).collect();
        let moved = of_year.len() as u64;
        let free = share == Share::whole() || of_year.iter().all(|one| one.decided);
        (moved > most && !free).then(|| {
            let breach = Breach::new("G4", "E0759", t).excess(i64::try_from(moved - most).unwrap_or(i64::MAX));
            breach.with("moves", moved).with("cap", most)
        })
    };
    (1..=facts.years).filter_map(over).collect()
}

/// G4, the budgets (semantics 72): at most so many moves over the whole horizon, and at most so many into another unit;
/// decided moves go beyond either only where nobody else makes any. Told at the year in which the limit is passed.
pub(super) fn g4_budgets(facts: &Facts, moves: &[Move]) -> Vec<Breach> {
    let unit = |post: PostIx| facts.case.post(post).unit;
    let own = |one: &&Move| one.from.is_some() && !one.forced;
    let all: Vec<&Move> = moves.iter().filter(own).collect();
    let crosses = |one: &&Move| one.from.is_some_and(|from| unit(from) != unit(one.to));
    let across: Vec<&Move> = all.iter().copied().filter(crosses).collect();
    let turnover = &facts.policy.turnover;
    let over = |(code, most, counted): (&'static str, Option<u32>, Vec<&Move>)| {
        let most = most?;
        let mut years: Vec<usize> = counted.iter().map(|one| one.year).collect();
        years.sort_unstable();
        // The first move too many.
        let year = *years.get(most as usize)?;
        let moved = counted.len() as i64;
        let bound = counted.iter().any(|one| !one.decided);
        let breach = || Breach::new("G4", code, year).excess(moved - i64::from(most));
        bound.then(|| breach().with("moves", moved).with("cap", most))
    };
    let budgets = [("E0775", turnover.most_moves, all), ("E0776", turnover.most_cross_unit, across)];
    budgets.into_iter().filter_map(over).collect()
}

/// R12, old hands (semantics 17, 38).
pub(super) fn r12_old_hands(facts: &Facts, walk: &Walk, moves: &[Move]) -> Vec<Breach> {
    let mut breaches = Vec::new();
    let share = facts.policy.turnover.old_hands;
    let section_of = |post: PostIx| facts.case.post(post).section.map(|section| section.0);
    let sections = facts.case.sections.len();
    let mut holders = vec![0_u64; sections];
    for section in facts.today.iter().flatten().filter_map(|post| section_of(*post)) {
        holders[section] += 1;
    }
    let mut excused = vec![false; sections];
    for t in 1..=facts.years {
        let mut left_undecided = vec![false; sections];
        for one in moves.iter().filter(|one| one.year == t && !one.forced) {
            let Some(section) = one.from.and_then(section_of) else { continue };
            if section_of(one.to) != Some(section) {
                excused[section] |= one.decided;
                left_undecided[section] |= !one.decided;
            }
        }
        let mut old = vec![0_u64; sections];
        let mut base = vec![0_u64; sections];
        for person in facts.case.people_ix() {
            let section = |u: usize| walk.at(person, u).seat().and_then(section_of);
            if let Some(section) = section(t).filter(|now| section(t - 1) == Some(*now)) {
                old[section] += 1;
            }
            let Some(post) = facts.today[person.0] else { continue };
            if let Some(section) = section_of(post)
                && !taken_out(facts, person.0, post, section, t)
            {
                base[section] += 1;
            }
        }
        for section in 0..sections {
            let need = share.ceil_of(base[section]);
            let short = need.saturating_sub(old[section]);
            let excuse = excused[section] && !left_undecided[section];
            if holders[section] > 1 && short > 0 && !excuse {
                let mut breach = Breach::new("R12", "E0729", t).excess(i64::try_from(short).unwrap_or(i64::MAX));
                breach.section = Some(SectionIx(section));
                breaches.push(breach.with("needed", need).with("stayed", old[section]));
            }
        }
    }
    breaches
}

/// Whether an event has taken one of today's holders out of the count by year `t`, whatever the plan did.
fn taken_out(facts: &Facts, person: usize, today: PostIx, section: usize, t: usize) -> bool {
    let service = &facts.people[person];
    service.left(t)
        || facts.kept_seat(today, t).is_none()
        || (1..=t).any(|year| !facts.in_section(facts.successor(today, year), section))
        || service
            .promotions
            .iter()
            .any(|promotion| (1..=t).contains(&promotion.year) && !facts.in_section(promotion.post, section))
        || (1..=t).any(|year| matches!(service.given[year], Given::NoPost { promotion: true, .. }))
}
