//! Limits, dates, presence, the words of the data, retirements and recruits.

use super::*;

#[test]
fn trap_01_limits_are_elastic_and_inherited_breaches_no_reason_to_refuse() {
    // Six of one unit are fifteen years over a limit of five; two a year may move, to posts that are free.
    let mut build = CaseBuilder::new();
    for at in 0..6 {
        build = build.post(&format!("p{at}"), "局", "", high).post(&format!("q{at}"), "外局", "", free);
        build = build.person(&format!("n{at}"), &format!("p{at}"), "2005-07-01", |_| ());
    }
    let mut three = policy(3);
    three.turnover.unit_share = Share::from_fraction(0.34).expect("a share");
    let case = build.build();
    let (plan, verdict) = planned(&case, &three);
    let of_year = |year: u32| plan.moves.iter().filter(|row| row.year == year).count();
    assert_eq!([1, 2, 3].map(of_year), [2, 2, 2], "what R12 lets, year after year, and no refusal");
    assert!(value(&verdict, Tier::Risk(0)) > 0 && plan.deferrals.len() == 4 + 2);
    let unmoved = verdict.tiers.iter().find(|row| row.tier == Tier::Risk(0)).expect("T3").nobody_moves;
    assert!(value(&verdict, Tier::Risk(0)) < unmoved);

    // Data that break R01, R04, R07, R08 and R09 already: counted in T2, and planned all the same.
    let level = |word: &str| Some(lungang_domain::RankSpan { low: word.into(), high: word.into() });
    let mut case = CaseBuilder::new()
        .post("full", "县公安局", "一股", |_| ())
        .post("boss", "县公安局", "", |post| post.lead = Lead::Principal)
        .post("led", "县公安局", "二股", |_| ())
        .post("asks", "县公安局", "三股", |post| post.level = level("股级正职"))
        .post("cash", "县公安局", "财务股", |post| post.duty_pair = vec!["管钱:管".into()])
        .post("books", "县公安局", "财务股", |post| post.duty_pair = vec!["管钱:账".into()])
        .person("n1", "full", "2024-07-01", |_| ())
        .person("n2", "full", "2024-07-01", |_| ())
        .person("n3", "boss", "2024-07-01", |person| person.home_region = Some("甲县".into()))
        .person("n4", "led", "2024-07-01", |_| ())
        .person("n5", "asks", "2024-07-01", |person| person.level = Some("无".into()))
        .person("n6", "cash", "2024-07-01", |_| ())
        .also("n6", "books")
        .build();
    case.units[0].region = Some("甲县".into());
    let post = |case: &Case, id: &str| case.post_by_id(id).expect("listed");
    let (boss, led) = (post(&case, "boss"), post(&case, "led"));
    case.posts[led.0].reports_to = Some(boss);
    let pair = ["n3", "n4"].map(|id| case.person_by_id(id).expect("listed"));
    let row = case.people[0].row;
    case.relations.push(Relation {
        staff_a: pair[0],
        staff_b: Some(pair[1]),
        kind: Some(Kin::Spouse),
        other: None,
        row,
    });
    let mut two = policy(2);
    for rule in ["R07", "R08", "R09"] {
        two.rules.insert(rule.into(), true);
    }
    let still = judge(&case, &two, &nobody_moves(&case, &two));
    assert_eq!(rules(&still.inherited), BTreeSet::from(["R01", "R04", "R07", "R08", "R09"]));
    assert!(still.clean() && value(&still, Tier::Law) == 2 * 5);
    let (_, verdict) = planned(&case, &two);
    assert!(verdict.clean() && value(&verdict, Tier::Law) < 2 * 5, "what moves can mend is mended");
    assert_eq!(value(&verdict, Tier::Law), verdict.inherited.len() as i64);
}

#[test]
fn trap_02_tenure_is_tested_in_months_at_dates() {
    // Due at sixty months. At d_1, the 1st of July 2025, one is due to the day, the other not for a day.
    let case = CaseBuilder::new()
        .post("p1", "局", "一股", high)
        .post("p2", "局", "二股", high)
        .person("due", "p1", "2020-07-01", |_| ())
        .person("new", "p2", "2020-07-02", |_| ())
        .build();
    let policy = policy(1);
    let still = nobody_moves(&case, &policy);
    let verdict = judge(&case, &policy, &still);
    let kept: Vec<&str> = verdict.deferrals.iter().map(|(who, _)| case.person(*who).id.as_str()).collect();
    assert_eq!(kept, ["due"]);
    // At d_2 twelve months over for the one, eleven for the other.
    assert_eq!(value(&verdict, Tier::Risk(0)), 12 + 11);
    // The last day of a shorter month completes the month.
    let clamped = CaseBuilder::new().post("p1", "局", "", high).person("end", "p1", "2020-08-31", |_| ()).build();
    let mut from = policy.clone();
    (from.start, from.as_of) = (day("2025-02-28"), day("2025-02-27"));
    let months = |start: &str, eve: &str| {
        let mut from = from.clone();
        (from.start, from.as_of) = (day(start), day(eve));
        value(&judge(&clamped, &from, &nobody_moves(&clamped, &from)), Tier::Risk(0))
    };
    // 66 and 65 months at the end of the year; counted in years, both would be five.
    assert_eq!((months("2025-02-28", "2025-02-27"), months("2025-02-27", "2025-02-26")), (6, 5));
    // Whoever is past the limit between two ends of a calendar year is seen, though both ends look well: due in month 60,
    // moved in month 61.
    let mut build = CaseBuilder::new().post("p1", "局", "", high).post("q", "外局", "", free);
    build = build.person("mid", "p1", "2021-01-02", |_| ());
    let case = build.build();
    let mut two = policy;
    two.years = 2;
    let late = moved(&case, &nobody_moves(&case, &two), "mid", 2, "q");
    // d_2 is 2026-07-01, sixty-five months in.
    assert_eq!(value(&judge(&case, &two, &late), Tier::Risk(0)), 5);
    let (plan, verdict) = planned(&case, &two);
    assert_eq!((moves(&plan), value(&verdict, Tier::Risk(0))), (vec!["mid p1 → q 2025-07-01".to_owned()], 0));
}

#[test]
fn trap_03_presence_is_not_establishment() {
    let build = |until: &str| {
        CaseBuilder::new()
            .post("desk", "局", "一股", |post| post.min_present = Some(1))
            .post("host", "外局", "二股", |post| post.min_present = Some(1))
            .post("spare", "局", "三股", free)
            .person("sam", "desk", "2024-07-01", |_| ())
            .person("pat", "spare", "2018-07-01", |_| ())
            .absent("sam", "2025-01-01", until, "host")
    };
    let policy = policy(2);
    let case = build("").build();
    let still = nobody_moves(&case, &policy);
    let verdict = judge(&case, &policy, &still);
    // Nobody is present at the desk in either year; the host has its one without a holder.
    assert_eq!(value(&verdict, Tier::Cover), 2);
    // The seat is taken all the same: whoever would fill the gap is one too many.
    let crowd = moved(&case, &still, "pat", 1, "desk");
    assert_eq!(rules(&judge(&case, &policy, &crowd).breaches), BTreeSet::from(["R01"]));
    // At the host it is free: whoever enters there is nobody too many.
    let entered = moved(&case, &still, "pat", 1, "host");
    assert!(judge(&case, &policy, &entered).clean());
    let (plan, _) = planned(&case, &policy);
    assert!(plan.moves.is_empty(), "{:?}", moves(&plan));
    assert_eq!(place(&case, &plan, "sam", 2), ("away".into(), Some("desk".into()), Some("host".into())));

    // Back inside the horizon: present again in the seat that was kept, and the host has lost its guest.
    let case = build("2026-07-01").build();
    let verdict = judge(&case, &policy, &nobody_moves(&case, &policy));
    assert_eq!(value(&verdict, Tier::Cover), 1 + 1);
    let (plan, verdict) = planned(&case, &policy);
    assert_eq!(place(&case, &plan, "sam", 0).0, "away");
    // Absent up to the eve of d_2, so still away in layout 1's year and in the seat from d_2 on.
    assert_eq!(place(&case, &plan, "sam", 2), ("in".into(), Some("desk".into()), None));
    assert!(value(&verdict, Tier::Cover) <= 2);
    // Who returns sits in no seat that somebody else was given.
    assert!(plan.moves.iter().all(|row| row.to != "desk"));

    // 挂职, read from the roster: at the host to the end, in the seat at home, and never in one of the host's.
    let sample = Sample::good()
        .drop_sheet("decisions")
        .add_column("staff", &["absence_kind"])
        .set("staff", 5, "absence_kind", "挂职")
        .set("staff", 5, "absent_until", "")
        .set("posts", 3, "headcount", "1");
    let reading = sample.read();
    let (case, policy) = (reading.case.expect("a case"), reading.policy.expect("a policy"));
    let guest = case.person(case.person_by_id("1004").expect("listed"));
    assert_eq!(guest.absence.as_ref().and_then(|absence| absence.kind), Some(AbsenceKind::Attachment));
    let (plan, verdict) = planned(&case, &policy);
    for t in 0..=policy.horizon() {
        assert_eq!(place(&case, &plan, "1004", t), ("away".into(), Some("P05".into()), Some("P02".into())));
    }
    // P02 has one seat, one holder and the guest: nobody too many, until the recruit of the first year comes.
    assert!(!verdict.inherited.iter().any(|breach| breach.rule == "R01" && breach.year == 0));
    let holders = |t: usize| plan.layout.values().filter(|line| line[t].post.as_deref() == Some("P02")).count();
    assert_eq!(holders(0), 1);
}

#[test]
fn trap_04_points_unrated_missing_and_sensitive_mean_what_they_say() {
    // Several points of one post: the highest counts, in whatever order they stand. No point and no grade: unrated.
    for order in [["低", "高", "中"], ["高", "低", "中"], ["中", "低", "高"]] {
        let mut sample = Sample::good().set("posts", 4, "risk", "").set("posts", 5, "risk", "");
        sample.rows("risks").truncate(1);
        for grade in order {
            sample = sample.add_row("risks", &[("post", "P03"), ("point", "点"), ("grade", grade)]);
        }
        let case = sample.read().case.expect("a case");
        let risk = |id: &str| case.post(case.post_by_id(id).expect("listed")).risk;
        assert_eq!((risk("P03"), risk("P04")), (Grade::High, Grade::Unrated));
    }
    // Unrated has thresholds of its own, and they are not those of low.
    let of_grade = |grade: Grade, sensitive: bool| {
        let post = |post: &mut Post| (post.risk, post.sensitive) = (grade, sensitive);
        let case = CaseBuilder::new().post("p", "局", "", post).person("ann", "p", "2016-07-01", |_| ()).build();
        let policy = policy(1);
        let verdict = judge(&case, &policy, &nobody_moves(&case, &policy));
        (value(&verdict, Tier::Risk(0)), value(&verdict, Tier::Quality))
    };
    // 120 months at the end: 24 over the 96 of unrated, none over the 120 of low.
    assert_eq!(of_grade(Grade::Low, false), (0, 0));
    assert_eq!(of_grade(Grade::Unrated, false), (0, -24 * 3));
    assert_ne!(Grade::Unrated, Grade::Low);
    // 重点岗位 lifts the grade: unrated and medium to high, low to medium.
    assert_eq!(of_grade(Grade::Unrated, true).0, 60);
    assert_eq!(of_grade(Grade::Medium, true).0, 60);
    assert_eq!(of_grade(Grade::Low, true), (0, -24 * 3));

    // And it is no 不可空缺: read with 是, the post may stand empty.
    let sample = Sample::good().add_column("posts", &["sensitive", "", "", "", "是"]);
    let case = sample.read().case.expect("a case");
    let cashier = case.post(case.post_by_id("P04").expect("listed"));
    assert!(cashier.sensitive && !cashier.essential && cashier.min_present.is_none());
    let empty = CaseBuilder::new()
        .post("p", "局", "", |post| post.sensitive = true)
        .post("q", "局", "", |_| ())
        .person("ann", "q", "2024-07-01", |_| ())
        .build();
    let policy = policy(2);
    let verdict = judge(&empty, &policy, &nobody_moves(&empty, &policy));
    assert_eq!((value(&verdict, Tier::Essential), value(&verdict, Tier::Cover)), (0, 0));

    // A fit that is missing is no fit of 0: entering with it changes nothing but the points of the move.
    let fits = |score: Option<u8>| {
        let build = CaseBuilder::new().post("p", "局", "一股", free).post("q", "局", "二股", free);
        let build = build.person("ann", "p", "2020-07-01", |_| ()).fit("ann", "p", 50);
        let case = score.into_iter().fold(build, |build, score| build.fit("ann", "q", score)).build();
        let verdict = judge(&case, &policy, &moved(&case, &nobody_moves(&case, &policy), "ann", 1, "q"));
        assert!(verdict.clean());
        value(&verdict, Tier::Quality)
    };
    assert_eq!(fits(None), -policy.points.per_move);
    assert_eq!(fits(Some(0)), -policy.points.per_move - 2 * 50);
    assert_eq!(fits(Some(50)), fits(None));
}

#[test]
fn trap_05_a_retirement_starts_a_chain_and_a_recruit_is_on_probation() {
    // Cid's seat is free from March on. Only Bob may follow there, and only Ann into Bob's.
    let asks = |word: &str| {
        let word = word.to_owned();
        move |post: &mut Post| (post.required_certificates, post.min_present) = (vec![word], Some(0))
    };
    let holds = |words: &'static [&str]| {
        move |person: &mut lungang_domain::Person| {
            person.certificates = words.iter().map(|word| (*word).to_owned()).collect();
        }
    };
    let case = CaseBuilder::new()
        .post("cash", "局", "一股", |post| (post.risk, post.required_certificates) = (Grade::High, vec!["a".into()]))
        .post("file", "局", "二股", |post| {
            asks("b")(post);
            post.risk = Grade::High;
        })
        .post("gate", "局", "三股", asks("c"))
        .person("ann", "cash", "2015-07-01", holds(&["a", "b"]))
        .person("bob", "file", "2015-07-01", holds(&["b", "c"]))
        .person("cid", "gate", "2015-07-01", holds(&["c"]))
        .person("dan", "", "", holds(&["a"]))
        .event("2026-03-01", EventKind::Retire, "cid", "", "")
        .build();
    let mut policy = policy(1);
    policy.time.near_retirement = 0;
    let (plan, verdict) = planned(&case, &policy);
    assert_eq!(
        moves(&plan),
        ["ann cash → file 2026-03-01", "bob file → gate 2026-03-01", "dan – → cash 2026-03-01"],
        "one chain, dated by the retirement that opens its last seat"
    );
    assert_eq!(plan.moves.iter().map(|row| row.batch).collect::<BTreeSet<_>>().len(), 1);
    assert_eq!(value(&verdict, Tier::Risk(0)), 0);
    // Before the seat is open nobody can go there.
    let mut early = plan.clone();
    early.moves.iter_mut().for_each(|row| row.date = day("2025-07-01"));
    assert!(!judge_plan(&case, &early, false).clean());

    // A recruit of September is on probation up to the September after: not moved in year 2, though rest and may allow it.
    let case = CaseBuilder::new()
        .post("cash", "局", "一股", high)
        .post("desk", "局", "二股", free)
        .person("rae", "", "", |_| ())
        .event("2025-09-01", EventKind::Recruit, "rae", "", "cash")
        .build();
    policy.years = 3;
    (policy.time.may, policy.time.rest) = (0, 0);
    let still = nobody_moves(&case, &policy);
    let go = |t: usize| rules(&judge(&case, &policy, &moved(&case, &still, "rae", t, "desk")).breaches);
    assert_eq!(go(2), BTreeSet::from(["R05"]));
    assert_eq!(go(3), BTreeSet::new());
    // Nor does the engine, even where a limit of three months makes it worth while from the first year on.
    policy.time.high = lungang_domain::Thresholds { should: 1, must: 3 };
    let (plan, _) = planned(&case, &policy);
    assert_eq!(moves(&plan), ["rae cash → desk 2027-07-01"]);
}
