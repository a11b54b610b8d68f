//! What the engines' rules say of a move, a pair of relatives and a layout against what the checker says, on the cases in which
//! every rule has a chance: relatives, pasts, further clocks, units apart. (`judge` does so on cases of its own.)

use crate::judge::read_otherwise;
use crate::random_cases::{Dice, SMALL, random_case};
use lungang::insight::course::Courses;
use lungang::rules::score::Present;
use lungang::rules::{self, Facts, past, score};
use lungang_check::{judge, nobody_moves};
use lungang_domain::policy::Tier;
use lungang_domain::{Case, Layout, PersonIx, Place, Policy, PostIx};

/// Seeds whose cases the engines and the checker read alike (semantics 47–50).
fn cases() -> impl Iterator<Item = (u64, Case, Policy, Layout)> {
    (0..900).filter_map(|seed| {
        let (case, policy) = random_case(seed, SMALL);
        let still = nobody_moves(&case, &policy);
        (!read_otherwise(&case, &still)).then_some((seed, case, policy, still))
    })
}

fn with(facts: &Facts, layout: &Layout, person: PersonIx, t: usize, post: PostIx) -> Layout {
    let mut layout = layout.clone();
    layout.places[person.0][t] = match layout.at(person, t) {
        Place::Away { host, .. } => Place::Away { seat: post, host },
        _ => facts.place(facts.of(person), Some(post), t),
    };
    layout
}

#[test]
fn single_moves_are_barred_alike_by_every_rule() {
    let (mut steps, mut seen, mut differ) = (0, std::collections::BTreeMap::<&str, usize>::new(), Vec::new());
    for (seed, case, policy, still) in cases() {
        let facts = Facts::new(&case, &policy);
        let courses = Courses::new(&facts, &still);
        for (person, t) in case.people_ix().flat_map(|person| (1..=policy.horizon()).map(move |t| (person, t))) {
            let (place, before) = (still.at(person, t), still.at(person, t - 1).seat());
            if facts.of(person).fixed[t].is_some() || matches!(place, Place::Outside | Place::Left) {
                continue;
            }
            for post in case.posts_ix().filter(|post| ![place.seat(), before].contains(&Some(*post))) {
                let verdict = judge(&case, &policy, &with(&facts, &still, person, t, post));
                let own = verdict.breaches.iter().filter(|breach| breach.person == Some(person) && breach.year == t);
                // Rows of two people are compared below.
                let mut found: Vec<&str> =
                    own.map(|breach| breach.rule).filter(|rule| !matches!(*rule, "R07" | "R21")).collect();
                let mut wanted = rules::barriers(&facts, &courses.transition(person, post, t));
                let seats = (1..t).map(|year| courses.at(person, year).seat()).chain([Some(post)]);
                let back = past::first_return(&facts, person, seats).filter(|found| found.entered == (post, t));
                wanted.extend(back.map(|found| found.rule));
                wanted.sort_unstable();
                wanted.dedup();
                // Behind a closed door the engines look no further.
                if wanted.contains(&"CLOSED") {
                    let further = ["R04", "R08", "R09", "R13", "R18", "R19", "FIT", "SPECIAL", "DECISION"];
                    found.retain(|rule| !further.contains(rule));
                    wanted.retain(|rule| !further.contains(rule));
                }
                found.sort_unstable();
                found.dedup();
                steps += 1;
                found.iter().for_each(|rule| *seen.entry(rule).or_default() += 1);
                if found != wanted {
                    differ.push((seed, person, post, t, found, wanted));
                }
            }
        }
    }
    differ.truncate(10);
    assert!(differ.is_empty(), "{steps} steps: {differ:#?}");
    let bars =
        ["R04", "R05", "R06", "R08", "R09", "R10", "R13", "R15", "R18", "R19", "R20", "R25", "APART", "AWAY", "FIT"];
    assert!(bars.iter().all(|rule| seen.get(rule).is_some_and(|count| *count > 20)), "{steps} steps: {seen:?}");
}

#[test]
fn pairs_of_relatives_are_judged_alike() {
    let (mut pairs, mut broken, mut differ) = (0, 0, Vec::new());
    for (seed, case, policy, still) in
        cases().filter(|(_, case, ..)| case.relations.iter().any(|row| row.staff_b.is_some()))
    {
        let facts = Facts::new(&case, &policy);
        let mut dice = Dice::new(seed);
        for round in 0..6 {
            let person = PersonIx(dice.below(case.people.len()));
            let t = 1 + dice.below(policy.horizon());
            let serves = !matches!(still.at(person, t), Place::Outside | Place::Left);
            let post = PostIx(dice.below(case.posts.len()));
            let layout = if round > 0 && serves { with(&facts, &still, person, t, post) } else { still.clone() };
            let courses = Courses::new(&facts, &layout);
            let verdict = judge(&case, &policy, &layout);
            let told = verdict.breaches.iter().chain(&verdict.inherited);
            let told: Vec<_> = told.filter(|breach| matches!(breach.rule, "R07" | "R21")).collect();
            for (pair, t) in facts.kinship.pairs.iter().flat_map(|pair| (1..=policy.horizon()).map(move |t| (pair, t)))
            {
                let holds = |person: PersonIx| {
                    let stand = courses.at(person, t);
                    stand.seat().map_or_else(Vec::new, |seat| facts.holds(person, seat, stand.todays, t))
                };
                let own = told.iter().filter(|breach| breach.person == Some(pair[0]) && breach.year == t);
                let relative = &case.person(pair[1]).id;
                let mut found: Vec<&str> = own
                    .filter(|breach| breach.args["relative"] == relative.as_str())
                    .map(|breach| breach.rule)
                    .collect();
                found.sort_unstable();
                let wanted = facts.kin_breaches(&holds(pair[0]), &holds(pair[1]), t);
                pairs += 1;
                broken += usize::from(!found.is_empty());
                if found != wanted {
                    differ.push((seed, *pair, t, found, wanted));
                }
            }
        }
    }
    differ.truncate(10);
    assert!(differ.is_empty(), "{pairs} pairs, {broken} broken: {differ:#?}");
    assert!(pairs > 3000 && broken > 300, "{pairs} pairs, {broken} broken");
}

#[test]
fn layouts_count_alike_with_every_clock() {
    let (mut layouts, mut differ) = (0, Vec::new());
    for (seed, case, policy, still) in cases() {
        let facts = Facts::new(&case, &policy);
        assert_eq!(facts.nobody_moves, still, "seed {seed}");
        let mut dice = Dice::new(seed ^ 0xF0_4245);
        let mut layout = still.clone();
        for _ in 0..12 {
            let person = PersonIx(dice.below(case.people.len()));
            let (from, post) = (1 + dice.below(policy.horizon()), PostIx(dice.below(case.posts.len())));
            let mut next = layout.clone();
            for place in &mut next.places[person.0][from..] {
                *place = match *place {
                    Place::In(_) | Place::Unplaced => Place::In(post),
                    Place::Away { host, .. } => Place::Away { seat: post, host },
                    other => other,
                };
            }
            if judge(&case, &policy, &next).clean() {
                layout = next;
            }
        }
        let verdict = judge(&case, &policy, &layout);
        if !verdict.clean() || read_otherwise(&case, &layout) {
            continue;
        }
        layouts += 1;
        let of = |value: fn(&lungang_check::TierFigures) -> i64| verdict.tiers.iter().map(value).collect::<Vec<_>>();
        for (name, found, wanted) in [
            ("value", of(|row| row.value), score::score(&facts, &layout)),
            ("nobody", of(|row| row.nobody_moves), score::score(&facts, &still)),
            ("today", of(|row| row.today), score::today(&facts)),
        ] {
            if found != wanted {
                differ.push((seed, name, found, wanted));
            }
        }
    }
    differ.truncate(10);
    assert!(differ.is_empty(), "{layouts} layouts: {differ:#?}");
    assert!(layouts > 400, "{layouts} layouts");
}

/// What one person's change does to the tiers, counted by that person alone, is what it does to the whole.
#[test]
fn a_change_of_one_person_counts_as_in_the_whole() {
    let (mut changes, mut shifted) = (0, 0);
    for (seed, case, policy, still) in cases().take(300) {
        let facts = Facts::new(&case, &policy);
        let mut dice = Dice::new(seed ^ 0x0C_4A46);
        let mut present = Present::guests(&facts);
        for person in case.people_ix() {
            present.add(&score::of_person(&facts, person, &still).1, 1);
        }
        for _ in 0..6 {
            let person = PersonIx(dice.below(case.people.len()));
            let (t, post) = (1 + dice.below(policy.horizon()), PostIx(dice.below(case.posts.len())));
            if matches!(still.at(person, t), Place::Outside | Place::Left) {
                continue;
            }
            let layout = with(&facts, &still, person, t, post);
            let (before, was) = score::of_person(&facts, person, &still);
            let (after, is) = score::of_person(&facts, person, &layout);
            let mut shift = Present::default();
            shift.add(&was, -1);
            shift.add(&is, 1);
            let (essential, cover) = present.change(&facts, &shift);
            let (whole, anew) = (score::score(&facts, &still), score::score(&facts, &layout));
            for (at, tier) in Tier::of(&policy).into_iter().enumerate() {
                let posts = match tier {
                    Tier::Essential => essential,
                    Tier::Cover => cover,
                    // Posts over strength, relatives and successors are of more than one.
                    Tier::Law | Tier::Successors => continue,
                    Tier::Weighted if policy.reserve.successors => continue,
                    _ => 0,
                };
                let place = format!("seed {seed}: {person:?} in {post:?} in year {t}, {tier:?}");
                assert_eq!(anew[at] - whole[at], after[at] - before[at] + posts, "{place}");
            }
            changes += 1;
            shifted += usize::from((essential, cover) != (0, 0));
        }
    }
    assert!(changes > 1000 && shifted > 200, "{changes} changes, {shifted} of presence");
}
