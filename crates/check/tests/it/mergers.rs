//! Mergers of posts (semantics 70): who passes, what runs on, what a plan may not do with them.

use crate::help::{brief, changed, expect, still, value, values};
use lungang_check::nobody_moves;
use lungang_domain::policy::{Policy, Tier};
use lungang_domain::sample::{CaseBuilder, day, moved, policy};
use lungang_domain::{Case, DecisionKind, EventKind, Grade, Kin, Lead, Place, Relation, Share, Thresholds};

/// Ann sits in `a`, bob in `b`, both of one section; `c` of another section and `d` of another unit are free.
fn ground() -> CaseBuilder {
    CaseBuilder::new()
        .post("a", "U", "S", |post| post.risk = Grade::High)
        .post("b", "U", "S", |post| post.headcount = 2)
        .post("c", "U", "R", |post| post.headcount = 2)
        .post("d", "V", "T", |post| post.headcount = 2)
        .person("ann", "a", "2018-07-01", |_| ())
        .person("bob", "b", "2019-07-01", |_| ())
}

fn merging(builder: CaseBuilder, date: &str, post: &str, into: &str) -> CaseBuilder {
    builder.event(date, EventKind::Merge, "", post, into)
}

fn seats(case: &Case, policy: &Policy, staff: &str) -> Vec<String> {
    let layout = nobody_moves(case, policy);
    let person = case.person_by_id(staff).expect("somebody");
    let place = |t| match layout.at(person, t) {
        Place::In(post) => case.post(post).id.to_string(),
        Place::Away { seat, .. } => format!("away from {}", case.post(seat).id),
        place => place.state().to_owned(),
    };
    (0..=policy.horizon()).map(place).collect()
}

#[test]
fn whoever_holds_the_post_passes() {
    let policy = policy(3);
    for (date, seat) in [
        ("2025-06-20", ["a", "a", "a", "a"]),
        ("2025-07-01", ["a", "c", "c", "c"]),
        ("2026-09-01", ["a", "a", "c", "c"]),
        ("2028-07-01", ["a", "a", "a", "a"]),
    ] {
        let case = merging(ground(), date, "a", "c").build();
        assert_eq!(seats(&case, &policy, "ann"), seat, "{date}");
        assert!(still(&case, &policy).clean(), "{date}");
        assert_eq!(still(&case, &policy).moves, [], "{date}");
    }
    // Before the plan begins, but after the date of the data.
    let mut earlier = policy.clone();
    earlier.as_of = day("2025-05-31");
    let case = merging(ground(), "2025-06-20", "a", "c").build();
    assert_eq!(seats(&case, &earlier, "ann"), ["c"; 4]);
}

#[test]
fn chains_are_followed_by_their_dates() {
    let chain = || merging(merging(ground(), "2025-09-01", "a", "b"), "2026-09-01", "b", "c");
    assert_eq!(seats(&chain().build(), &policy(3), "ann"), ["a", "b", "c", "c"]);
    let of_one_year = merging(merging(ground(), "2025-09-01", "a", "b"), "2026-01-15", "b", "d").build();
    assert_eq!(seats(&of_one_year, &policy(2), "ann"), ["a", "d", "d"]);
    assert_eq!(seats(&of_one_year, &policy(2), "bob"), ["b", "d", "d"]);
    // What has merged closes later: everybody of both is displaced.
    let closed = chain().event("2027-09-01", EventKind::ClosePost, "", "c", "").build();
    assert_eq!(seats(&closed, &policy(3), "ann"), ["a", "b", "c", "unplaced"]);
}

#[test]
fn whoever_is_away_keeps_the_seat_that_the_post_has_become() {
    let builder = ground().absent("ann", "2025-01-01", "2026-12-31", "b");
    let case = merging(merging(builder, "2025-09-01", "a", "c"), "2026-03-01", "b", "d").build();
    let policy = policy(2);
    assert_eq!(seats(&case, &policy, "ann"), ["away from a", "away from c", "c"]);
    let host = |t| nobody_moves(&case, &policy).at(case.person_by_id("ann").expect("ann"), t);
    let d = case.post_by_id("d").expect("d");
    assert_eq!(host(1), Place::Away { seat: case.post_by_id("c").expect("c"), host: Some(d) });
    assert!(still(&case, &policy).clean());
}

#[test]
fn the_clocks_run_on_wherever_the_post_goes() {
    let base = || ground().post("e", "V", "T", |post| post.risk = Grade::High);
    let risk = |case: &Case, policy: &Policy| value(&still(case, policy), Tier::Risk(0));
    let plain = risk(&base().build(), &policy(3));
    // 84 months at d_1, 60 are the limit.
    assert_eq!(plain, 36 + 48 + 60);
    assert_eq!(risk(&merging(base(), "2026-09-01", "a", "e").build(), &policy(3)), plain);
    // The clocks of section, unit and domain too, though the post is of other ones.
    let mut further = policy(3);
    let limits = Some(Thresholds { should: 12, must: 12 });
    (further.time.section, further.time.unit, further.time.domain) = (limits, limits, limits);
    let mut known = base().build();
    for person in &mut known.people {
        let since = lungang_domain::Since { date: day("2010-07-01"), at_least: false };
        (person.section_since, person.unit_since) = (Some(since), Some(since));
    }
    for post in &mut known.posts {
        post.lead = Lead::Deputy;
        post.domain = Some(post.id.to_string());
    }
    let unmerged = risk(&known, &further);
    let mut merged = known.clone();
    merged.events.clone_from(&merging(base(), "2026-09-01", "a", "e").build().events);
    assert!(unmerged > plain);
    assert_eq!(risk(&merged, &further), unmerged);
    // Kept past the limit: a deferral of every year, that of the merger too.
    let case = merging(base(), "2026-09-01", "a", "e").build();
    let ann = case.person_by_id("ann").expect("ann");
    let deferrals = still(&case, &policy(3)).deferrals;
    let years: Vec<usize> = deferrals.iter().filter(|(who, _)| *who == ann).map(|(_, year)| *year).collect();
    assert_eq!(years, [1, 2, 3]);
}

#[test]
fn nobody_stays_behind_nor_enters_what_has_merged() {
    let policy = policy(2);
    let case = merging(ground(), "2026-09-01", "a", "c").build();
    let ann = case.person_by_id("ann").expect("ann");
    let at = |place: Place| {
        changed(&case, &policy, |mut layout| {
            layout.places[ann.0][2] = place;
            layout
        })
    };
    let a = case.post_by_id("a").expect("a");
    expect(&case, &at(Place::In(a)), &["CLOSED ann a 2"]);
    expect(&case, &at(Place::Unplaced), &["STATE ann - 2"]);
    let bob = changed(&case, &policy, |layout| moved(&case, &layout, "bob", 2, "a"));
    expect(&case, &bob, &["CLOSED bob a 2"]);
}

#[test]
fn a_move_out_in_the_year_of_the_merger_is_an_ordinary_one() {
    let policy = policy(2);
    let held = ground().build();
    let mut case = merging(ground(), "2026-09-01", "a", "c").build();
    case.people[0].exempt_until = Some(day("2027-01-01"));
    let to_d = |case: &Case| changed(case, &policy, |layout| moved(case, &layout, "ann", 2, "d"));
    expect(&case, &to_d(&case), &["R25 ann d 2"]);
    let moves = to_d(&held).moves;
    assert_eq!(moves.len(), 1);
    case.people[0].exempt_until = None;
    assert_eq!(to_d(&case).moves, moves, "from the merged post, not forced");
    // Of a closed post it would be forced.
    let closed = ground().event("2026-09-01", EventKind::ClosePost, "", "a", "").build();
    assert!(to_d(&closed).moves[0].forced);
}

#[test]
fn people_beyond_the_seats_are_inherited_until_somebody_enters() {
    let base = || ground().post("e", "U", "R", |_| ()).person("eve", "e", "2024-01-01", |_| ());
    let case = merging(base(), "2025-09-01", "a", "e").build();
    let policy = policy(2);
    let verdict = still(&case, &policy);
    assert!(verdict.clean());
    assert_eq!(brief(&case, &verdict.inherited), ["R01 - e 1", "R01 - e 2"]);
    assert_eq!(values(&verdict)[2], 2);
    // Eve leaves, bob comes: one too many as before, but not the same.
    let swapped = changed(&case, &policy, |layout| {
        let layout = moved(&case, &layout, "eve", 2, "c");
        moved(&case, &layout, "bob", 2, "e")
    });
    assert!(brief(&case, &swapped.breaches).contains(&"R01 - e 2".to_owned()));
}

#[test]
fn what_a_plan_begins_must_suit_what_the_post_becomes() {
    let asks = |builder: CaseBuilder| {
        builder.post("e", "U", "R", |post| {
            post.headcount = 3;
            post.required_certificates = vec!["会计证".into()];
        })
    };
    let mut case = merging(asks(ground()), "2026-09-01", "c", "e").build();
    for person in &mut case.people {
        person.certificates = vec!["驾驶证".into()];
    }
    let policy = policy(3);
    let planned = changed(&case, &policy, |layout| {
        let mut layout = moved(&case, &layout, "ann", 1, "c");
        let e = case.post_by_id("e").expect("e");
        layout.places[0][2] = Place::In(e);
        layout.places[0][3] = Place::In(e);
        layout
    });
    expect(&case, &planned, &["R04 ann e 2", "R04 ann e 3"]);
    // Who sits there today passes all the same, and it counts.
    let mut today = merging(asks(ground()), "2026-09-01", "a", "e").build();
    today.people[0].certificates = vec!["驾驶证".into()];
    let verdict = still(&today, &policy);
    assert!(verdict.clean());
    assert_eq!(brief(&today, &verdict.inherited), ["R04 ann e 2", "R04 ann e 3"]);
}

#[test]
fn presence_counts_at_what_the_post_has_become() {
    let least = |builder: CaseBuilder| {
        builder.post("e", "U", "R", |post| {
            post.min_present = Some(1);
            post.essential = true;
        })
    };
    let policy = policy(2);
    let without = least(ground()).build();
    assert_eq!(values(&still(&without, &policy))[..2], [2, 2]);
    // In month 11 of year 2: the whole year counts there, and the minimum of the merged post has gone.
    let case = merging(least(ground()), "2027-05-01", "a", "e").build();
    assert_eq!(values(&still(&case, &policy))[..2], [1, 1]);
    // Whoever leaves in the year of the merger, after half of it, counts there too.
    let left = merging(least(ground()), "2026-08-01", "a", "e").event("2027-03-01", EventKind::Leave, "ann", "", "");
    assert_eq!(values(&still(&left.build(), &policy))[..2], [1, 1]);
}

#[test]
fn old_hands_pass_inside_the_section_alone() {
    let mut policy = policy(2);
    policy.turnover.old_hands = Share(1_000_000);
    policy.turnover.unit_share = Share(1_000_000);
    for (into, breaches) in [("b", &["R12 - - 2"][..]), ("c", &["R12 - - 2"][..])] {
        let case = merging(ground(), "2025-09-01", "a", into).build();
        assert!(still(&case, &policy).clean(), "{into}");
        // Nobody else may go: where ann has passed to another section she is no longer asked for.
        let gone = changed(&case, &policy, |layout| moved(&case, &layout, "bob", 2, "d"));
        expect(&case, &gone, breaches);
        let excess = gone.breaches[0].excess;
        assert_eq!(excess, 1, "{into}");
    }
}

#[test]
fn a_merger_leaves_nothing_behind() {
    let mut policy = policy(3);
    policy.rules.insert("R13".into(), true);
    policy.time.no_return = 60;
    let case = merging(ground(), "2025-09-01", "a", "c").build();
    // From c, into which she passed, to d, and back.
    let back = changed(&case, &policy, |layout| {
        let layout = moved(&case, &layout, "ann", 2, "d");
        moved(&case, &layout, "ann", 3, "c")
    });
    assert!(brief(&case, &back.breaches).contains(&"R13 ann c 3".to_owned()));
}

#[test]
fn an_experience_of_each_post_that_lasted() {
    let gives = |builder: CaseBuilder| {
        builder
            .post("e", "U", "R", |post| post.development = vec!["front".into()])
            .post("f", "U", "R", |post| post.development = vec!["desk".into()])
            .person("eve", "d", "2020-01-01", |person| {
                person.reserve = true;
                person.needed = Some(vec!["front".into(), "desk".into()]);
            })
    };
    let policy = policy(3);
    for (date, gained) in [("2026-09-01", 2), ("2025-09-01", 0)] {
        let case = merging(gives(ground()), date, "e", "f").build();
        let eve = case.person_by_id("eve").expect("eve");
        let f = case.post_by_id("f").expect("f");
        let verdict = changed(&case, &policy, |layout| {
            let mut layout = moved(&case, &layout, "eve", 1, "e");
            if gained > 0 {
                layout.places[eve.0][2] = Place::In(f);
                layout.places[eve.0][3] = Place::In(f);
            }
            layout
        });
        assert_eq!(value(&verdict, Tier::Reserve), if gained > 0 { 2 } else { 1 }, "{date}");
        assert_eq!(verdict.clean(), gained > 0, "nobody enters what has merged: {date}");
    }
}

#[test]
fn stay_is_kept_by_passing_and_go_is_not() {
    let policy = policy(2);
    for (kind, post, breaches) in [
        (DecisionKind::Stay, "", &[][..]),
        (DecisionKind::Stay, "a", &[][..]),
        (DecisionKind::Go, "c", &["DECISION ann c 1"][..]),
        (DecisionKind::Go, "a", &["DECISION ann a 2"][..]),
    ] {
        let case = merging(ground(), "2026-09-01", "a", "c").decision(kind, "ann", post, None, "").build();
        expect(&case, &still(&case, &policy), breaches);
    }
    let case = merging(ground(), "2026-09-01", "a", "c").decision(DecisionKind::Stay, "ann", "", 2, "").build();
    let gone = changed(&case, &policy, |layout| moved(&case, &layout, "ann", 2, "d"));
    expect(&case, &gone, &["DECISION ann c 2"]);
}

#[test]
fn promoted_into_what_the_post_has_become() {
    let policy = policy(2);
    let high = || ground().post("e", "U", "R", |post| post.risk = Grade::High);
    let plain = value(&still(&merging(high(), "2026-01-01", "a", "e").build(), &policy), Tier::Risk(0));
    for date in ["2025-10-01", "2026-03-01"] {
        let case = merging(high(), "2026-01-01", "a", "e").event(date, EventKind::Promote, "ann", "", "e").build();
        assert_eq!(value(&still(&case, &policy), Tier::Risk(0)), plain, "{date}");
    }
    // Elsewhere, and leaving: they win over the merger.
    let promoted = merging(ground(), "2026-01-01", "a", "c").event("2025-10-01", EventKind::Promote, "ann", "", "d");
    assert_eq!(seats(&promoted.build(), &policy, "ann"), ["a", "d", "d"]);
    let left = merging(ground(), "2026-01-01", "a", "c").event("2026-03-01", EventKind::Leave, "ann", "", "");
    assert_eq!(seats(&left.build(), &policy, "ann"), ["a", "left", "left"]);
}

#[test]
fn lines_of_command_pass_on() {
    let related = |mut case: Case| {
        let people = ["ann", "bob"].map(|id| case.person_by_id(id).expect("somebody"));
        let (staff_a, staff_b, row) = (people[0], Some(people[1]), case.people[0].row);
        case.relations.push(Relation { staff_a, staff_b, kind: Some(Kin::Spouse), other: None, row });
        case
    };
    let mut policy = policy(2);
    policy.rules.insert("R07".into(), true);
    // Bob's post reports to `c`, which merges into that of ann.
    let mut case = related(merging(ground(), "2026-09-01", "c", "a").build());
    let at = |case: &Case, id: &str| case.post_by_id(id).expect("a post");
    let (b, c) = (at(&case, "b"), at(&case, "c"));
    case.posts[b.0].reports_to = Some(c);
    let verdict = still(&case, &policy);
    assert_eq!(brief(&case, &verdict.inherited), ["R07 ann a 2"]);
    // The leader's post merges into the one that reports to it: nobody leads bob's post then.
    let mut below = related(merging(ground(), "2026-09-01", "a", "b").build());
    let (a, b) = (at(&below, "a"), at(&below, "b"));
    below.posts[b.0].reports_to = Some(a);
    let years: Vec<usize> = still(&below, &policy).inherited.iter().map(|breach| breach.year).collect();
    assert_eq!(years, [1]);
}

#[test]
fn an_excess_of_today_is_looked_through_to_its_beginning() {
    // Ann moves into b in year 1, and her old post merges into it in year 2: she has not stood there since today.
    let mut case = merging(ground(), "2026-09-01", "a", "b").build();
    case.posts.iter_mut().for_each(|post| post.staffing_kinds = Vec::new());
    let b = case.post_by_id("b").expect("b");
    case.posts[b.0].required_certificates = vec!["会计证".into()];
    case.people[0].certificates = vec!["驾驶证".into()];
    let policy = policy(2);
    let verdict = changed(&case, &policy, |layout| moved(&case, &layout, "ann", 1, "b"));
    expect(&case, &verdict, &["R04 ann b 1", "R04 ann b 2"]);
    assert_eq!(brief(&case, &still(&case, &policy).inherited), ["R04 ann b 2"]);
}
