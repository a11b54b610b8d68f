//! Every rule with plans that keep it and plans that break it, the breaches named exactly.

use crate::help::{brief, changed, still};
use lungang_check::Verdict;
use lungang_domain::sample::{CaseBuilder, day, moved, placed, policy};
use lungang_domain::{
    Case, Category, DecisionKind, EventKind, Investigation, Lead, Nature, Person, Place, Policy, Post, RankSpan, Share,
    StaffingKind,
};

fn span(low: &str, high: &str) -> Option<RankSpan> {
    Some(RankSpan { low: low.into(), high: high.into() })
}

/// Ann sits in `a` since 2020, `b` of the same section, `c` of another and `d` of another unit are free.
fn ground() -> CaseBuilder {
    with(|_| (), |_| ())
}

fn with(ann: impl FnOnce(&mut Person), b: impl FnOnce(&mut Post)) -> CaseBuilder {
    CaseBuilder::new()
        .post("a", "U", "S", |_| ())
        .post("b", "U", "S", b)
        .post("c", "U", "R", |_| ())
        .post("d", "V", "T", |_| ())
        .person("ann", "a", "2020-07-01", ann)
}

/// Ann moved in year `t` to a post.
fn ann_to(case: &Case, policy: &Policy, t: usize, post: &str) -> Verdict {
    changed(case, policy, |layout| moved(case, &layout, "ann", t, post))
}

#[track_caller]
fn expect(case: &Case, verdict: &Verdict, breaches: &[&str]) {
    assert_eq!(brief(case, &verdict.breaches), breaches);
}

#[test]
fn a_plain_move_breaks_nothing() {
    let (case, policy) = (ground().build(), policy(3));
    for (t, post) in [(1, "b"), (2, "c"), (3, "d")] {
        let verdict = ann_to(&case, &policy, t, post);
        expect(&case, &verdict, &[]);
        assert_eq!(verdict.moves.len(), 1);
    }
    expect(&case, &still(&case, &policy), &[]);
}

#[test]
fn state_follows_events() {
    let case = ground()
        .person("bob", "b", "2021-07-01", |_| ())
        .person("new", "", "", |_| ())
        .event("2026-08-01", EventKind::Leave, "bob", "", "")
        .event("2026-08-01", EventKind::Recruit, "new", "", "")
        .build();
    let policy = policy(3);
    expect(&case, &still(&case, &policy), &[]);
    let verdict =
        |person: &'static str, t, place| changed(&case, &policy, |layout| placed(&case, &layout, person, t, place));
    let b = Place::In(case.post_by_id("b").unwrap());
    expect(&case, &verdict("bob", 2, b), &["STATE bob b 2", "STATE bob b 3"]);
    expect(&case, &verdict("bob", 1, Place::Unplaced), &["STATE bob - 1", "STATE bob - 2", "STATE bob - 3"]);
    expect(&case, &verdict("ann", 3, Place::Left), &["STATE ann - 3"]);
    expect(&case, &verdict("new", 2, b), &[]);
    expect(&case, &verdict("new", 2, Place::Outside), &["STATE new - 2", "STATE new - 3"]);
    expect(&case, &verdict("ann", 0, b), &["STATE ann a 0", "R01 - b 1"]);
}

#[test]
fn state_follows_absences_and_names_the_host() {
    let case = ground().absent("ann", "2025-01-01", "2027-01-01", "d").build();
    let policy = policy(3);
    let (a, d) = (case.post_by_id("a").unwrap(), case.post_by_id("d").unwrap());
    expect(&case, &still(&case, &policy), &[]);
    let verdict = |t, place| changed(&case, &policy, |layout| placed(&case, &layout, "ann", t, place));
    // Absent on the eves of d_1 and d_2, back on that of d_3.
    expect(&case, &verdict(1, Place::In(a)), &["STATE ann a 1"]);
    expect(
        &case,
        &verdict(1, Place::Away { seat: a, host: None }),
        &["STATE ann a 1", "STATE ann a 2", "STATE ann a 3"],
    );
    expect(&case, &verdict(2, Place::Away { seat: a, host: Some(d) }), &["STATE ann a 2", "STATE ann a 3"]);
}

#[test]
fn only_the_displaced_are_unplaced_and_nobody_sits_in_a_closed_post() {
    let case = ground()
        .event("2026-10-01", EventKind::ClosePost, "", "a", "")
        .event("2027-10-01", EventKind::NewPost, "", "c", "")
        .build();
    let policy = policy(3);
    expect(&case, &still(&case, &policy), &[]);
    let verdict = |t, place| changed(&case, &policy, |layout| placed(&case, &layout, "ann", t, place));
    expect(&case, &verdict(1, Place::Unplaced), &["STATE ann - 1"]);
    let a = case.post_by_id("a").unwrap();
    expect(&case, &verdict(1, Place::In(a)), &["CLOSED ann a 2", "CLOSED ann a 3"]);
    expect(&case, &ann_to(&case, &policy, 2, "c"), &["CLOSED ann c 2"]);
    expect(&case, &ann_to(&case, &policy, 3, "c"), &[]);
}

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
fn r01_nobody_enters_a_full_post() {
    let case = ground().person("bob", "b", "2020-07-01", |_| ()).build();
    let policy = policy(2);
    expect(&case, &ann_to(&case, &policy, 1, "b"), &["R01 - b 1", "R01 - b 2"]);
    let swapped = changed(&case, &policy, |layout| moved(&case, &moved(&case, &layout, "ann", 1, "b"), "bob", 1, "a"));
    expect(&case, &swapped, &[]);
    assert_eq!(swapped.moves.len(), 2);
}

#[test]
fn r01_over_strength_is_inherited_until_somebody_enters() {
    let case = CaseBuilder::new()
        .post("a", "U", "S", |_| ())
        .post("b", "U", "S", |_| ())
        .person("ann", "a", "2020-07-01", |_| ())
        .person("bob", "b", "2020-07-01", |_| ())
        .person("cid", "b", "2020-07-01", |_| ())
        .person("dan", "b", "2020-07-01", |_| ())
        .event("2026-09-01", EventKind::Leave, "ann", "", "")
        .build();
    let policy = policy(2);
    let unmoved = still(&case, &policy);
    expect(&case, &unmoved, &[]);
    assert_eq!(brief(&case, &unmoved.inherited), ["R01 - b 1", "R01 - b 2"]);
    assert_eq!(unmoved.inherited[0].excess, 2);
    // Ann enters while Bob leaves: two too many still, and one of them came by the plan.
    let worse = changed(&case, &policy, |layout| {
        let layout = moved(&case, &moved(&case, &layout, "ann", 1, "b"), "bob", 1, "a");
        placed(&case, &layout, "ann", 2, Place::Left)
    });
    expect(&case, &worse, &["R01 - b 1"]);
    assert_eq!(brief(&case, &worse.inherited), ["R01 - b 2"]);
}

#[test]
fn r04_asks_for_the_level_or_the_grade() {
    let policy = policy(1);
    let deputy = || span("乡科级副职", "乡科级副职");
    let level = |word: &'static str| move |ann: &mut Person| ann.level = Some(word.into());
    for (ann, asked, kept) in [
        ("乡科级副职", deputy(), true),
        ("乡科级正职", deputy(), false),
        ("股级正职", deputy(), false),
        ("股级正职", span("股级副职", "乡科级副职"), true),
        ("无", span("无", "无"), true),
        ("股级正职", span("无", "无"), false),
    ] {
        let case = with(level(ann), |b| b.level = asked.clone()).build();
        let wanted: &[&str] = if kept { &[] } else { &["R04 ann b 1"] };
        expect(&case, &ann_to(&case, &policy, 1, "b"), wanted);
    }
    // Without a level in a post without one: counts as 无.
    let case = with(|_| (), |b| b.level = deputy()).build();
    expect(&case, &ann_to(&case, &policy, 1, "b"), &["R04 ann b 1"]);
    let case = with(|_| (), |b| b.level = span("无", "无")).build();
    expect(&case, &ann_to(&case, &policy, 1, "b"), &[]);
}

#[test]
fn r04_grade_where_no_level_is_asked() {
    let mut policy = policy(1);
    let grade = |word: &'static str| move |ann: &mut Person| ann.grade = Some(word.into());
    let asked = || span("四级主任科员", "三级主任科员");
    for (ann, level, kept) in [
        ("三级主任科员", None, true),
        ("一级科员", None, false),
        // 无 asks for the grade too; another level does not.
        ("一级科员", span("无", "无"), false),
        ("三级主任科员", span("无", "无"), true),
    ] {
        let case = with(grade(ann), |b| (b.grade, b.level) = (asked(), level.clone())).build();
        let wanted: &[&str] = if kept { &[] } else { &["R04 ann b 1"] };
        expect(&case, &ann_to(&case, &policy, 1, "b"), wanted);
    }
    let case = with(
        |ann| (ann.grade, ann.level) = (Some("一级科员".into()), Some("股级正职".into())),
        |b| (b.grade, b.level) = (asked(), span("股级正职", "股级正职")),
    )
    .build();
    expect(&case, &ann_to(&case, &policy, 1, "b"), &[]);
    let case = with(grade("二级科员"), |b| b.grade = asked()).build();
    policy.ladder.equivalent = vec![("二级科员".into(), "一级科员".into()), ("四级主任科员".into(), "一级科员".into())];
    expect(&case, &ann_to(&case, &policy, 1, "b"), &[]);
}

#[test]
fn r04_majors_certificates_education() {
    let policy = policy(1);
    let asks = |b: &mut Post| {
        b.required_majors = vec!["accounting".into(), "audit".into()];
        b.required_certificates = vec!["CPA".into(), "bar".into()];
        b.min_education = Some("本科".into());
    };
    let fit = |ann: &mut Person| {
        ann.majors = vec!["audit".into()];
        ann.certificates = vec!["bar".into(), "CPA".into()];
        ann.education = Some("硕士".into());
    };
    let case = with(fit, asks).build();
    expect(&case, &ann_to(&case, &policy, 1, "b"), &[]);
    // Blanks pass.
    let case = with(|_| (), asks).build();
    expect(&case, &ann_to(&case, &policy, 1, "b"), &[]);
    let spoil: [fn(&mut Person); 4] = [
        |ann| ann.majors = vec!["law".into()],
        |ann| ann.certificates = vec!["CPA".into()],
        |ann| ann.education = Some("大专".into()),
        |ann| (ann.majors, ann.education) = (vec!["law".into()], Some("高中".into())),
    ];
    for spoil in spoil {
        let spoiled = |ann: &mut Person| {
            fit(ann);
            spoil(ann);
        };
        let case = with(spoiled, asks).build();
        expect(&case, &ann_to(&case, &policy, 1, "b"), &["R04 ann b 1"]);
    }
}

#[test]
fn r04_inherited_until_the_post_is_left() {
    let case = CaseBuilder::new()
        .post("a", "U", "S", |a| a.level = span("股级正职", "股级正职"))
        .post("b", "U", "S", |_| ())
        .person("ann", "a", "2015-07-01", |ann| ann.level = Some("股级副职".into()))
        .build();
    let policy = policy(3);
    let unmoved = still(&case, &policy);
    expect(&case, &unmoved, &[]);
    assert_eq!(brief(&case, &unmoved.inherited), ["R04 ann a 1", "R04 ann a 2", "R04 ann a 3"]);
    // Away in year 1, back in year 3: the breach there is the plan's own (and too soon for R10).
    let back = changed(&case, &policy, |layout| moved(&case, &moved(&case, &layout, "ann", 1, "b"), "ann", 3, "a"));
    expect(&case, &back, &["R04 ann a 3"]);
    assert!(back.inherited.is_empty());
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
    // Placements too: compared with nothing held, the lead none.
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
    for (may, wanted) in [(18, &[][..]), (30, &["R10 ann b 1"])] {
        let case = CaseBuilder::new()
            .post("a", "U", "S", |a| a.may_months = Some(may))
            .post("b", "U", "S", |_| ())
            .person("ann", "a", "2024-01-01", |_| ())
            .build();
        expect(&case, &ann_to(&case, &policy, 1, "b"), wanted);
    }
}

fn crowd() -> CaseBuilder {
    let mut case = CaseBuilder::new();
    for id in ["1", "2", "3", "4", "5", "6", "7"] {
        case = case.post(&format!("p{id}"), "U", if id < "4" { "S" } else { "R" }, |_| ());
        case = case.person(id, &format!("p{id}"), "2020-07-01", |_| ());
    }
    for id in ["x", "y", "z", "w"] {
        case = case.post(id, "V", "T", |_| ());
    }
    case
}

#[test]
fn r12_cap_counts_movers_at_the_origin() {
    let mut policy = policy(2);
    policy.turnover.unit_share = Share::from_fraction(0.3).unwrap();
    // floor(0.3 · 7) = 2.
    let case = crowd().build();
    let out = |case: &Case, movers: &[(&str, &str)]| {
        changed(case, &policy, |layout| {
            movers.iter().fold(layout, |layout, (who, to)| moved(case, &layout, who, 1, to))
        })
    };
    expect(&case, &out(&case, &[("1", "x"), ("2", "y")]), &[]);
    let three = out(&case, &[("1", "x"), ("2", "y"), ("3", "z")]);
    expect(&case, &three, &["R12 - - 1"]);
    assert_eq!((three.breaches[0].unit.map(|unit| unit.0), three.breaches[0].excess), (Some(0), 1));
    // A swap inside the unit counts twice.
    expect(&case, &out(&case, &[("1", "p4"), ("4", "p1"), ("2", "x")]), &["R12 - - 1"]);
    // The unit's own cap wins.
    let capped = crowd().cap("U", 3).build();
    expect(&capped, &out(&capped, &[("1", "x"), ("2", "y"), ("3", "z")]), &[]);
    // Decided moves count, and an excess is excused only if all are decided.
    let some = crowd().decision(DecisionKind::Go, "1", "x", 1, "").build();
    expect(&some, &out(&some, &[("1", "x"), ("2", "y"), ("3", "z")]), &["R12 - - 1"]);
    let all = crowd()
        .decision(DecisionKind::Go, "1", "x", 1, "")
        .decision(DecisionKind::Go, "2", "y", 1, "")
        .decision(DecisionKind::Go, "3", "z", 1, "")
        .build();
    expect(&all, &out(&all, &[("1", "x"), ("2", "y"), ("3", "z")]), &[]);
}

#[test]
fn r12_cap_is_at_least_one() {
    let mut policy = policy(1);
    policy.turnover.unit_share = Share::from_fraction(0.1).unwrap();
    let case = crowd().build();
    let one = changed(&case, &policy, |layout| moved(&case, &layout, "1", 1, "x"));
    expect(&case, &one, &[]);
    let two = changed(&case, &policy, |layout| moved(&case, &moved(&case, &layout, "1", 1, "x"), "2", 1, "y"));
    expect(&case, &two, &["R12 - - 1"]);
}

#[test]
fn r12_old_hands_stay_in_the_section() {
    let mut policy = policy(2);
    policy.turnover.old_hands = Share::from_fraction(0.5).unwrap();
    // S has three holders: two must stay on.
    let case = crowd().build();
    let out = |case: &Case, movers: &[(&str, usize, &str)]| {
        changed(case, &policy, |layout| {
            movers.iter().fold(layout, |layout, (who, t, to)| moved(case, &layout, who, *t, to))
        })
    };
    expect(&case, &out(&case, &[("1", 1, "x")]), &[]);
    // Moves inside the section keep the hand.
    expect(&case, &out(&case, &[("1", 1, "p2"), ("2", 1, "p1"), ("3", 1, "x")]), &[]);
    let two = out(&case, &[("1", 1, "x"), ("2", 1, "y")]);
    expect(&case, &two, &["R12 - - 1", "R12 - - 2"]);
    assert_eq!(two.breaches[0].section.map(|section| case.section(section).name.as_str()), Some("S"));
    // An event takes 3 out of the count in year 2: then one of two must stay.
    let fewer = crowd().event("2026-08-01", EventKind::Leave, "3", "", "").build();
    expect(&fewer, &out(&fewer, &[("1", 2, "x")]), &[]);
    expect(&fewer, &out(&fewer, &[("1", 2, "x"), ("2", 2, "y")]), &["R12 - - 2"]);
}

#[test]
fn r12_old_hands_and_decisions() {
    let mut policy = policy(2);
    policy.turnover.old_hands = Share::from_fraction(0.5).unwrap();
    let both =
        |case: &Case| changed(case, &policy, |layout| moved(case, &moved(case, &layout, "1", 1, "x"), "2", 1, "y"));
    let one = crowd().decision(DecisionKind::Go, "1", "x", 1, "").build();
    // An undecided move in the same year spoils the excuse of year 1; in year 2 nobody leaves and it holds.
    expect(&one, &both(&one), &["R12 - - 1"]);
    let two = crowd().decision(DecisionKind::Go, "1", "x", 1, "").decision(DecisionKind::Go, "2", "y", 1, "").build();
    expect(&two, &both(&two), &[]);
    // Sections of one are exempt.
    let alone = ground().build();
    expect(&alone, &ann_to(&alone, &policy, 1, "c"), &[]);
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
    let case = with(retires("2027-07-01"), |_| ()).build();
    expect(&case, &ann_to(&case, &policy, 1, "b"), &[]);
    expect(&case, &ann_to(&case, &policy, 2, "b"), &["R15 ann b 2"]);
    let case = with(retires("2027-07-01"), |_| ()).decision(DecisionKind::Go, "ann", "b", 2, "").build();
    expect(&case, &ann_to(&case, &policy, 2, "b"), &[]);
    // A retire row wins over the date in the roster.
    let case = with(retires("2027-07-01"), |_| ()).event("2035-01-01", EventKind::Retire, "ann", "", "").build();
    expect(&case, &ann_to(&case, &policy, 2, "b"), &[]);
    // Placing the unplaced stays open.
    let case = ground().person("pat", "", "", retires("2027-07-01")).build();
    expect(&case, &changed(&case, &policy, |layout| moved(&case, &layout, "pat", 2, "b")), &[]);
}

#[test]
fn r18_staffing_kind() {
    let policy = policy(1);
    let for_civil = |b: &mut Post| b.staffing_kinds = vec![StaffingKind::Administrative, StaffingKind::Quasi];
    let kind = |kind| move |ann: &mut Person| ann.staffing_kind = kind;
    for (own, wanted) in
        [(Some(StaffingKind::Administrative), &[][..]), (Some(StaffingKind::Public), &["R18 ann b 1"]), (None, &[])]
    {
        let case = with(kind(own), for_civil).build();
        expect(&case, &ann_to(&case, &policy, 1, "b"), wanted);
    }
    // Into an organ from outside: by a listed event only, unless the seat names the kind.
    let organ = |own, named: bool| {
        let kinds = if named { vec![StaffingKind::Worker] } else { Vec::new() };
        let mut case = ground()
            .post("o", "W", "Q", |o| o.staffing_kinds = kinds)
            .person("wu", "c", "2020-07-01", kind(Some(own)))
            .build();
        case.units[2].nature = Some(Nature::Organ);
        case
    };
    for (own, named, wanted) in [
        (StaffingKind::Worker, false, &["R18 wu o 1"][..]),
        (StaffingKind::Worker, true, &[]),
        (StaffingKind::Quasi, false, &[]),
    ] {
        let case = organ(own, named);
        expect(&case, &changed(&case, &policy, |layout| moved(&case, &layout, "wu", 1, "o")), wanted);
    }
}

#[test]
fn r19_category() {
    let mut policy = policy(1);
    let only = |b: &mut Post| b.categories = vec![Category::Enforcement];
    let category = |own| move |ann: &mut Person| ann.category = own;
    let case = with(category(Some(Category::General)), only).build();
    expect(&case, &ann_to(&case, &policy, 1, "b"), &["R19 ann b 1"]);
    policy.rules.insert("R19".into(), false);
    expect(&case, &ann_to(&case, &policy, 1, "b"), &[]);
    policy.rules.insert("R19".into(), true);
    for own in [Some(Category::Enforcement), None] {
        let case = with(category(own), only).build();
        expect(&case, &ann_to(&case, &policy, 1, "b"), &[]);
    }
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
    expect(&case, &ann_to(&case, &policy, 1, "b"), &[]);
    expect(&case, &changed(&case, &policy, |layout| moved(&case, &layout, "pat", 1, "c")), &[]);
    let decided = ground().fit("ann", "b", 0).decision(DecisionKind::Go, "ann", "c", 1, "").build();
    expect(&decided, &ann_to(&decided, &policy, 1, "c"), &[]);
}

#[test]
fn decisions_to_stay() {
    let policy = policy(3);
    let case = ground().decision(DecisionKind::Stay, "ann", "", 2, "").build();
    expect(&case, &ann_to(&case, &policy, 1, "b"), &["DECISION ann a 2"]);
    expect(&case, &ann_to(&case, &policy, 3, "b"), &[]);
    // A calendar year means the plan year that starts in it.
    let case = ground().decision(DecisionKind::Stay, "ann", "", 2026, "").build();
    expect(&case, &ann_to(&case, &policy, 1, "b"), &["DECISION ann a 2"]);
    let case = ground().decision(DecisionKind::Stay, "ann", "", None, "").build();
    expect(&case, &ann_to(&case, &policy, 2, "b"), &["DECISION ann a 2", "DECISION ann a 3"]);
    // It ends with the post, and with a promotion.
    let case = ground()
        .decision(DecisionKind::Stay, "ann", "", None, "")
        .event("2026-10-01", EventKind::ClosePost, "", "a", "")
        .build();
    expect(&case, &ann_to(&case, &policy, 2, "b"), &[]);
    let case = ground()
        .decision(DecisionKind::Stay, "ann", "", None, "")
        .event("2026-10-01", EventKind::Promote, "ann", "", "b")
        .build();
    expect(&case, &still(&case, &policy), &[]);
    // A named post is meant even if it is not today's.
    let case = ground().decision(DecisionKind::Stay, "ann", "b", 2, "").build();
    expect(&case, &still(&case, &policy), &["DECISION ann b 2"]);
    // Of someone unplaced it says nothing.
    let case = ground().person("pat", "", "", |_| ()).decision(DecisionKind::Stay, "pat", "", None, "").build();
    expect(&case, &still(&case, &policy), &[]);
}

#[test]
fn decisions_to_go_and_not_to() {
    let policy = policy(2);
    let case = ground().decision(DecisionKind::Go, "ann", "b", 1, "").build();
    expect(&case, &still(&case, &policy), &["DECISION ann b 1"]);
    let verdict = ann_to(&case, &policy, 1, "b");
    expect(&case, &verdict, &[]);
    assert!(verdict.moves[0].decided && !verdict.moves[0].approved);
    let case = ground()
        .decision(DecisionKind::Go, "ann", "b", None, "")
        .event("2025-10-01", EventKind::Promote, "ann", "", "c")
        .build();
    expect(&case, &still(&case, &policy), &["DECISION ann b 2"]);
    let case = ground()
        .decision(DecisionKind::Go, "ann", "b", None, "")
        .event("2026-10-01", EventKind::Leave, "ann", "", "")
        .build();
    expect(&case, &ann_to(&case, &policy, 1, "c"), &["DECISION ann b 1", "STATE ann c 2"]);

    let case = ground().decision(DecisionKind::Not, "ann", "b", None, "").build();
    expect(&case, &ann_to(&case, &policy, 1, "b"), &["DECISION ann b 1"]);
    expect(&case, &ann_to(&case, &policy, 1, "c"), &[]);
    // Whoever sits there may stay.
    let case = ground().decision(DecisionKind::Not, "ann", "a", None, "").build();
    expect(&case, &still(&case, &policy), &[]);
}

#[test]
fn a_malformed_layout_is_a_breach_and_no_panic() {
    let (case, policy) = (ground().build(), policy(2));
    let short = changed(&case, &policy, |mut layout| {
        layout.places[0].pop();
        layout
    });
    expect(&case, &short, &["STATE ann - 0"]);
    let unknown = changed(&case, &policy, |mut layout| {
        layout.places[0][1] = Place::In(lungang_domain::PostIx(99));
        layout
    });
    expect(&case, &unknown, &["STATE ann - 0"]);
    let empty = changed(&case, &policy, |mut layout| {
        layout.places.clear();
        layout
    });
    expect(&case, &empty, &["STATE ann - 0"]);
}
