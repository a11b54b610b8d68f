//! AWAY, SPECIAL, R05, R06, R10, R15, R20, R25, FIT, APART: what a move or placement must obey.

use crate::help::{ann_to, changed, expect, ground, span, with};
use lungang_domain::sample::{CaseBuilder, day, moved, placed, policy};
use lungang_domain::{Case, DecisionKind, EventKind, Investigation, Lead, Person, Place, Post};

#[test]
fn a_forced_move_is_free_of_most_rules() {
    let case = with(
        |ann| {
            ann.post_since = None;
            ann.retire_date = Some(day("2028-12-31"));
            ann.exempt_until = Some(day("2030-01-01"));
        },
        |_| (),
    )
    .absent("ann", "2025-01-01", "", "")
    .event("2025-10-01", EventKind::ClosePost, "", "a", "")
    .cap("U", 0)
    .build();
    let policy = policy(2);
    let b = case.post_by_id("b").unwrap();
    let verdict =
        changed(&case, &policy, |layout| placed(&case, &layout, "ann", 1, Place::Away { seat: b, host: None }));
    expect(&case, &verdict, &[]);
    assert!(verdict.moves[0].forced);
}

#[test]
fn whoever_is_away_on_the_day_is_not_moved() {
    let policy = policy(2);
    let build = |until: &str| ground().absent("ann", "2025-01-01", until, "").build();
    expect(&build("2025-07-02"), &ann_to(&build("2025-07-02"), &policy, 1, "b"), &["AWAY ann b 1"]);
    // Back on the day itself.
    expect(&build("2025-07-01"), &ann_to(&build("2025-07-01"), &policy, 1, "b"), &[]);
    let case =
        ground().absent("ann", "2025-01-01", "", "").event("2025-12-31", EventKind::Return, "ann", "", "").build();
    expect(&case, &ann_to(&case, &policy, 1, "b"), &["AWAY ann b 1"]);
    expect(&case, &ann_to(&case, &policy, 2, "b"), &[]);
    let decided =
        ground().absent("ann", "2025-01-01", "2025-08-01", "").decision(DecisionKind::Go, "ann", "b", 1, "").build();
    expect(&decided, &ann_to(&decided, &policy, 1, "b"), &[]);
}

#[test]
fn special_posts_are_left_and_entered_by_decision() {
    let policy = policy(2);
    let special = |post: &mut Post| post.special = Some("sole specialist".into());
    let into = with(|_| (), special);
    let case = into.clone().build();
    expect(&case, &ann_to(&case, &policy, 1, "b"), &["SPECIAL ann b 1"]);
    let case = into.clone().decision(DecisionKind::Free, "ann", "", None, "").build();
    expect(&case, &ann_to(&case, &policy, 1, "b"), &["SPECIAL ann b 1"]);
    let case = into.decision(DecisionKind::Go, "ann", "b", 1, "").build();
    expect(&case, &ann_to(&case, &policy, 1, "b"), &[]);

    let out = ground().post("s", "U", "S", special).person("sam", "s", "2018-07-01", |_| ());
    let leave = |case: &Case| changed(case, &policy, |layout| moved(case, &layout, "sam", 1, "c"));
    let case = out.clone().build();
    expect(&case, &leave(&case), &["SPECIAL sam s 1"]);
    let case = out.clone().decision(DecisionKind::Free, "sam", "", 1, "").build();
    expect(&case, &leave(&case), &[]);
    let case = out.decision(DecisionKind::Free, "sam", "", 2, "").build();
    expect(&case, &leave(&case), &["SPECIAL sam s 1"]);
}

#[test]
fn r05_inquiry() {
    let policy = policy(1);
    let open = |kind| move |ann: &mut Person| ann.under_investigation = Some(kind);
    for kind in [Investigation::Filed, Investigation::Review, Investigation::Criminal] {
        let case = with(open(kind), |_| ()).build();
        expect(&case, &ann_to(&case, &policy, 1, "b"), &["R05 ann b 1"]);
        let case = with(open(kind), |_| ()).decision(DecisionKind::Go, "ann", "b", 1, "").build();
        expect(&case, &ann_to(&case, &policy, 1, "b"), &["R05 ann b 1"]);
        let case = with(open(kind), |_| ()).decision(DecisionKind::Go, "ann", "b", 1, "No. 7").build();
        let wanted: &[&str] = if kind == Investigation::Filed { &["R05 ann b 1"] } else { &[] };
        expect(&case, &ann_to(&case, &policy, 1, "b"), wanted);
    }
}

#[test]
fn r05_placements_under_a_filed_case() {
    let policy = policy(1);
    for (kind, wanted) in [(Investigation::Filed, &["R05 pat b 1"][..]), (Investigation::Review, &[])] {
        let case = ground().person("pat", "", "", |pat| pat.under_investigation = Some(kind)).build();
        let verdict = changed(&case, &policy, |layout| moved(&case, &layout, "pat", 1, "b"));
        expect(&case, &verdict, wanted);
    }
}

#[test]
fn r05_probation() {
    let policy = policy(3);
    let case = with(|ann| ann.probation_until = Some(day("2026-07-02")), |_| ()).build();
    expect(&case, &ann_to(&case, &policy, 1, "b"), &["R05 ann b 1"]);
    expect(&case, &ann_to(&case, &policy, 2, "b"), &["R05 ann b 2"]);
    expect(&case, &ann_to(&case, &policy, 3, "b"), &[]);
    let case = with(|ann| ann.probation_until = Some(day("2026-07-02")), |_| ())
        .decision(DecisionKind::Go, "ann", "b", 1, "No. 7")
        .build();
    expect(&case, &ann_to(&case, &policy, 1, "b"), &[]);
}

#[test]
fn r05_probation_of_recruits_and_new_leaders() {
    // A recruit of September 2025 is on probation until September 2026, so on d_2 still.
    let mut policy = policy(3);
    (policy.time.may, policy.time.rest) = (0, 0);
    let case = ground().person("new", "", "", |_| ()).event("2025-09-01", EventKind::Recruit, "new", "", "b").build();
    let go = |case: &Case, t| changed(case, &policy, |layout| moved(case, &layout, "new", t, "c"));
    expect(&case, &go(&case, 2), &["R05 new c 2"]);
    expect(&case, &go(&case, 3), &[]);
    let joined = ground().person("new", "", "", |_| ()).event("2025-09-01", EventKind::Join, "new", "", "b").build();
    expect(&joined, &go(&joined, 2), &[]);
    // Promoted into a leading post in September 2026: no move on d_3; the move of year 1 is not touched.
    for (lead, wanted) in [(Lead::Deputy, &["R05 ann c 3"][..]), (Lead::None, &[])] {
        let case = with(|_| (), |b| b.lead = lead).event("2026-09-01", EventKind::Promote, "ann", "", "b").build();
        expect(&case, &ann_to(&case, &policy, 3, "c"), wanted);
        let early = changed(&case, &policy, |layout| {
            let b = case.post_by_id("b").unwrap();
            placed(&case, &moved(&case, &layout, "ann", 1, "c"), "ann", 2, Place::In(b))
        });
        expect(&case, &early, &[]);
    }
}

#[test]
fn r06_not_to_a_more_important_post() {
    let policy = policy(2);
    let under = |ann: &mut Person| ann.discipline_until = Some(day("2026-07-01"));
    let case = with(under, |b| b.lead = Lead::Head).build();
    expect(&case, &ann_to(&case, &policy, 1, "b"), &["R06 ann b 1"]);
    expect(&case, &ann_to(&case, &policy, 2, "b"), &[]);
    expect(&case, &ann_to(&case, &policy, 1, "c"), &[]);
    // No approval lifts it.
    let case = with(under, |b| b.lead = Lead::Head).decision(DecisionKind::Go, "ann", "b", 1, "No. 7").build();
    expect(&case, &ann_to(&case, &policy, 1, "b"), &["R06 ann b 1"]);
    // A higher level counts before the lead; without levels on both sides the lead alone.
    let levels = |from: &str, to: &str, lead: Lead| {
        CaseBuilder::new()
            .post("a", "U", "S", |a| (a.level, a.lead) = (span("股级副职", from), Lead::Head))
            .post("b", "U", "S", |b| (b.level, b.lead) = (span("股级副职", to), lead))
            .person("ann", "a", "2018-07-01", |ann| {
                under(ann);
                ann.level = Some("股级副职".into());
            })
            .build()
    };
    let case = levels("股级正职", "乡科级副职", Lead::None);
    expect(&case, &ann_to(&case, &policy, 1, "b"), &["R06 ann b 1"]);
    let case = levels("乡科级副职", "股级正职", Lead::Principal);
    expect(&case, &ann_to(&case, &policy, 1, "b"), &[]);
    // Placements compare with the post held last: displaced from a head's post, another head's post is no more.
    for (lead, wanted) in [(Lead::Head, &[][..]), (Lead::Principal, &["R06 ann b 2"])] {
        let case = CaseBuilder::new()
            .post("a", "U", "S", |a| a.lead = Lead::Head)
            .post("b", "U", "S", |b| b.lead = lead)
            .person("ann", "a", "2018-07-01", |ann| ann.discipline_until = Some(day("2027-01-01")))
            .event("2025-10-01", EventKind::ClosePost, "", "a", "")
            .build();
        expect(&case, &ann_to(&case, &policy, 2, "b"), wanted);
    }
    // With nothing held before, the lead is none.
    let case = with(|_| (), |b| b.lead = Lead::Deputy).person("pat", "", "", under).build();
    let verdict = changed(&case, &policy, |layout| moved(&case, &layout, "pat", 1, "b"));
    expect(&case, &verdict, &["R06 pat b 1"]);
}

#[test]
fn r10_minimum_stay_and_rest() {
    let policy = policy(3);
    let since = |date: &'static str| {
        move |ann: &mut Person| {
            ann.post_since = Some(lungang_domain::Since { date: day(date), at_least: false });
        }
    };
    let case = with(since("2023-07-02"), |_| ()).build();
    let verdict = ann_to(&case, &policy, 1, "b");
    expect(&case, &verdict, &["R10 ann b 1"]);
    assert_eq!(verdict.breaches[0].excess, 1);
    let case = with(since("2023-07-01"), |_| ()).build();
    expect(&case, &ann_to(&case, &policy, 1, "b"), &[]);
    // Twice in two years: the stay begun on d_1 has 12 months at d_2.
    let twice = changed(&case, &policy, |layout| moved(&case, &moved(&case, &layout, "ann", 1, "b"), "ann", 2, "c"));
    expect(&case, &twice, &["R10 ann c 2"]);
    // Unknown beginning: taken as met.
    let case = with(|ann| ann.post_since = None, |_| ()).build();
    expect(&case, &ann_to(&case, &policy, 1, "b"), &[]);
}

#[test]
fn r10_decisions_and_own_months() {
    let policy = policy(1);
    let since = |date: &'static str| {
        move |ann: &mut Person| {
            ann.post_since = Some(lungang_domain::Since { date: day(date), at_least: false });
        }
    };
    for (date, approval, wanted) in
        [("2024-01-01", "", &[][..]), ("2024-08-01", "", &["R10 ann b 1"]), ("2024-08-01", "No. 7", &[])]
    {
        let case = with(since(date), |_| ());
        let undecided = case.clone().build();
        expect(&undecided, &ann_to(&undecided, &policy, 1, "b"), &["R10 ann b 1"]);
        let decided = case.decision(DecisionKind::Go, "ann", "b", 1, approval).build();
        expect(&decided, &ann_to(&decided, &policy, 1, "b"), wanted);
    }
    // The post's own `may` wins, downwards not below the rest.
    for (may, since, wanted) in [
        (18, "2024-01-01", &[][..]),
        (30, "2024-01-01", &["R10 ann b 1"]),
        (6, "2024-07-01", &[]),
        (6, "2024-08-01", &["R10 ann b 1"]),
    ] {
        let case = CaseBuilder::new()
            .post("a", "U", "S", |a| a.may_months = Some(may))
            .post("b", "U", "S", |_| ())
            .person("ann", "a", since, |_| ())
            .build();
        expect(&case, &ann_to(&case, &policy, 1, "b"), wanted);
    }
}

#[test]
fn r15_near_retirement() {
    let policy = policy(2);
    let retires = |date: &'static str| move |ann: &mut Person| ann.retire_date = Some(day(date));
    // 24 months from d_1 end on 2027-07-01.
    let case = with(retires("2027-06-30"), |_| ()).build();
    let verdict =
        changed(&case, &policy, |layout| placed(&case, &moved(&case, &layout, "ann", 1, "b"), "ann", 2, Place::Left));
    expect(&case, &verdict, &["R15 ann b 1"]);
    assert_eq!(verdict.breaches[0].args["computed"], "no");
    let case = with(retires("2027-07-01"), |_| ()).build();
    expect(&case, &ann_to(&case, &policy, 1, "b"), &[]);
    expect(&case, &ann_to(&case, &policy, 2, "b"), &["R15 ann b 2"]);
    let case = with(retires("2027-07-01"), |_| ()).decision(DecisionKind::Go, "ann", "b", 2, "").build();
    expect(&case, &ann_to(&case, &policy, 2, "b"), &[]);
    // A date that the formula gave is told as such.
    let by_formula = |ann: &mut Person| (ann.retire_date, ann.retire_computed) = (Some(day("2027-07-01")), true);
    let case = with(by_formula, |_| ()).build();
    assert_eq!(ann_to(&case, &policy, 2, "b").breaches[0].args["computed"], "yes");
    // A retire row wins over the date in the roster.
    let case = with(retires("2027-07-01"), |_| ()).event("2035-01-01", EventKind::Retire, "ann", "", "").build();
    expect(&case, &ann_to(&case, &policy, 2, "b"), &[]);
    // Placing the unplaced stays open.
    let case = ground().person("pat", "", "", retires("2027-07-01")).build();
    expect(&case, &changed(&case, &policy, |layout| moved(&case, &layout, "pat", 2, "b")), &[]);
}

#[test]
fn r20_minimum_service() {
    let mut policy = policy(2);
    let bound = |ann: &mut Person| ann.minimum_service_until = Some(day("2026-07-01"));
    let case = with(bound, |_| ()).build();
    expect(&case, &ann_to(&case, &policy, 1, "d"), &["R20 ann d 1"]);
    expect(&case, &ann_to(&case, &policy, 1, "c"), &[]);
    expect(&case, &ann_to(&case, &policy, 2, "d"), &[]);
    let decided = with(bound, |_| ()).decision(DecisionKind::Go, "ann", "d", 1, "").build();
    expect(&decided, &ann_to(&decided, &policy, 1, "d"), &[]);
    // A forced move is not let off.
    let forced = with(bound, |_| ()).event("2025-10-01", EventKind::ClosePost, "", "a", "").build();
    expect(&forced, &ann_to(&forced, &policy, 1, "d"), &["R20 ann d 1"]);
    policy.rules.insert("R20".into(), false);
    expect(&case, &ann_to(&case, &policy, 1, "d"), &[]);
}

#[test]
fn r25_exempt() {
    let mut policy = policy(2);
    let exempt = |ann: &mut Person| ann.exempt_until = Some(day("2026-07-01"));
    let case = with(exempt, |_| ()).build();
    expect(&case, &ann_to(&case, &policy, 1, "b"), &["R25 ann b 1"]);
    expect(&case, &ann_to(&case, &policy, 1, "d"), &["R25 ann d 1"]);
    expect(&case, &ann_to(&case, &policy, 2, "b"), &[]);
    for kind in [DecisionKind::Free, DecisionKind::Go] {
        let post = if kind == DecisionKind::Go { "b" } else { "" };
        let case = with(exempt, |_| ()).decision(kind, "ann", post, 1, "").build();
        expect(&case, &ann_to(&case, &policy, 1, "b"), &[]);
    }
    policy.rules.insert("R25".into(), false);
    expect(&case, &ann_to(&case, &policy, 1, "b"), &[]);
}

#[test]
fn fit_strict() {
    let mut policy = policy(1);
    let case = ground().person("pat", "", "", |_| ()).fit("ann", "b", 0).build();
    expect(&case, &ann_to(&case, &policy, 1, "c"), &[]);
    policy.fit.strict = true;
    expect(&case, &ann_to(&case, &policy, 1, "c"), &["FIT ann c 1"]);
    expect(&case, &ann_to(&case, &policy, 1, "d"), &["FIT ann d 1"]);
    expect(&case, &ann_to(&case, &policy, 1, "b"), &[]);
    expect(&case, &changed(&case, &policy, |layout| moved(&case, &layout, "pat", 1, "c")), &[]);
    let decided = ground().fit("ann", "b", 0).decision(DecisionKind::Go, "ann", "c", 1, "").build();
    expect(&decided, &ann_to(&decided, &policy, 1, "c"), &[]);
}

#[test]
fn fit_floor() {
    let mut policy = policy(1);
    let scored = || ground().person("pat", "", "", |_| ()).fit("ann", "b", 60).fit("ann", "c", 59).fit("pat", "c", 0);
    let case = scored().build();
    expect(&case, &ann_to(&case, &policy, 1, "c"), &[]);
    policy.fit.floor = 60;
    expect(&case, &ann_to(&case, &policy, 1, "b"), &[]);
    let poor = ann_to(&case, &policy, 1, "c");
    expect(&case, &poor, &["FIT ann c 1"]);
    assert_eq!((poor.breaches[0].code, poor.breaches[0].excess), ("E0777", 1));
    // A missing score passes unless `fit.strict`; a placement and a decided move are free.
    expect(&case, &ann_to(&case, &policy, 1, "d"), &[]);
    expect(&case, &changed(&case, &policy, |layout| moved(&case, &layout, "pat", 1, "c")), &[]);
    let decided = scored().decision(DecisionKind::Go, "ann", "c", 1, "").build();
    expect(&decided, &ann_to(&decided, &policy, 1, "c"), &[]);
    policy.fit.strict = true;
    let missing = ann_to(&case, &policy, 1, "d");
    expect(&case, &missing, &["FIT ann d 1"]);
    assert_eq!(missing.breaches[0].code, "E0746");
    // A forced move is let off where it leaves, not where it enters.
    let closed = scored().event("2025-10-01", EventKind::ClosePost, "", "a", "").build();
    expect(&closed, &ann_to(&closed, &policy, 1, "c"), &["FIT ann c 1"]);
}

#[test]
fn units_planned_apart() {
    let mut policy = policy(2);
    let case = ground().build();
    expect(&case, &ann_to(&case, &policy, 1, "d"), &[]);
    policy.turnover.apart = true;
    let verdict = ann_to(&case, &policy, 1, "d");
    expect(&case, &verdict, &["APART ann d 1"]);
    assert_eq!(verdict.breaches[0].args["own"], "U");
    expect(&case, &ann_to(&case, &policy, 1, "c"), &[]);
    // A decision may cross, and whoever has crossed belongs there from then on.
    let decided = ground().decision(DecisionKind::Go, "ann", "d", 1, "").build();
    let back = |layout| moved(&decided, &moved(&decided, &layout, "ann", 1, "d"), "ann", 2, "c");
    expect(&decided, &ann_to(&decided, &policy, 1, "d"), &[]);
    policy.time.no_return = 0;
    expect(&decided, &changed(&decided, &policy, back), &["APART ann c 2", "R10 ann c 2"]);
    // Out of a closed post too, but not out of a closed unit.
    let closed = ground().event("2025-10-01", EventKind::ClosePost, "", "a", "");
    let one = closed.clone().build();
    expect(&one, &ann_to(&one, &policy, 1, "d"), &["APART ann d 1"]);
    let all = ["b", "c"].iter().fold(closed, |case, post| case.event("2025-10-01", EventKind::ClosePost, "", post, ""));
    let all = all.build();
    expect(&all, &ann_to(&all, &policy, 1, "d"), &[]);
}

#[test]
fn units_planned_apart_place_their_own_people() {
    let mut policy = policy(2);
    policy.turnover.apart = true;
    let place = |case: &Case, post: &str| changed(case, &policy, |layout| moved(case, &layout, "pat", 1, post));
    // Of no unit that anybody knows.
    let nowhere = ground().person("pat", "", "", |_| ()).build();
    expect(&nowhere, &place(&nowhere, "b"), &[]);
    expect(&nowhere, &place(&nowhere, "d"), &[]);
    // Of the unit in the roster.
    let mut rostered = nowhere.clone();
    let pat = rostered.person_by_id("pat").unwrap();
    rostered.people[pat.0].unit = Some(rostered.post(rostered.post_by_id("d").unwrap()).unit);
    expect(&rostered, &place(&rostered, "d"), &[]);
    expect(&rostered, &place(&rostered, "b"), &["APART pat b 1"]);
    // Of the unit of the post last held, whatever the roster calls theirs.
    let displaced = ground().person("pat", "c", "2020-07-01", |_| ());
    let mut displaced = displaced.event("2025-06-30", EventKind::ClosePost, "", "c", "").build();
    let pat = displaced.person_by_id("pat").unwrap();
    displaced.people[pat.0].unit = Some(displaced.post(displaced.post_by_id("d").unwrap()).unit);
    policy.as_of = day("2025-06-01");
    let place = |case: &Case, post: &str| changed(case, &policy, |layout| moved(case, &layout, "pat", 1, post));
    expect(&displaced, &place(&displaced, "b"), &[]);
    expect(&displaced, &place(&displaced, "d"), &["APART pat d 1"]);
}
