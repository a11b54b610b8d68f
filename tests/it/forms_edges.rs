//! The same as in `forms` on cases made by hand, where a date or a row lies just on the edge (`docs/mutants.md`).

use lungang::engine::{self, Control, Limits, Silent};
use lungang::insight::course::Courses;
use lungang::rules::{self, Facts, score};
use lungang_check::{judge, nobody_moves};
use lungang_domain::case::Since;
use lungang_domain::policy::Tier;
use lungang_domain::sample::{CaseBuilder, day, moved, policy};
use lungang_domain::{
    Case, DecisionKind, EventKind, Grade, HistoryRow, Lead, PersonIx, Policy, Power, Share, Thresholds,
};
use std::sync::atomic::AtomicBool;

/// The bars to a move of Ann's in year 1, by the engine; the checker has to say the same.
#[track_caller]
fn bars(case: &Case, policy: &Policy, post: &str) -> Vec<&'static str> {
    let still = nobody_moves(case, policy);
    let facts = Facts::new(case, policy);
    let courses = Courses::new(&facts, &still);
    let ann = case.person_by_id("ann").expect("listed");
    let step = courses.transition(ann, case.post_by_id(post).expect("listed"), 1);
    let found = rules::barriers(&facts, &step);
    let verdict = judge(case, policy, &moved(case, &still, "ann", 1, post));
    let own = verdict.breaches.iter().filter(|breach| breach.year == 1 && breach.person == Some(ann));
    assert_eq!(found, own.map(|breach| breach.rule).collect::<Vec<_>>());
    found
}

/// A tier of nobody moving, by the engine's score; the checker has to say the same of all.
#[track_caller]
fn unmoved(case: &Case, policy: &Policy, tier: Tier) -> i64 {
    let facts = Facts::new(case, policy);
    let still = nobody_moves(case, policy);
    let verdict = judge(case, policy, &still);
    assert_eq!(verdict.tiers.iter().map(|row| row.value).collect::<Vec<_>>(), score::score(&facts, &still));
    verdict.value(tier).expect("the tier")
}

#[track_caller]
fn solved(case: &Case, policy: &Policy) -> lungang_check::Verdict {
    let idle = AtomicBool::new(false);
    let mut control = Control { limits: Limits::default(), interrupt: &idle, progress: &mut Silent };
    let found = engine::solve(case, policy, &mut control).expect("a plan");
    let verdict = judge(case, policy, &found.layout);
    assert!(verdict.clean(), "{:?}", verdict.breaches);
    verdict
}

fn office() -> CaseBuilder {
    CaseBuilder::new().post("a", "U", "S", |_| ()).post("b", "U", "S", |_| ()).post("d", "V", "T", |_| ())
}

#[test]
fn a_stay_of_just_so_many_months_may_end() {
    let of = |since: &str, go: bool| {
        let case = office().person("ann", "a", since, |_| ());
        if go { case.decision(DecisionKind::Go, "ann", "b", 1, "").build() } else { case.build() }
    };
    assert_eq!(bars(&of("2023-07-01", false), &policy(1), "b"), [""; 0]);
    assert_eq!(bars(&of("2023-07-02", false), &policy(1), "b"), ["R10"]);
    assert_eq!(bars(&of("2024-07-01", true), &policy(1), "b"), [""; 0]);
    assert_eq!(bars(&of("2024-07-02", true), &policy(1), "b"), ["R10"]);
}

#[test]
fn sanctions_end_on_their_day() {
    let lead = |until: &str| {
        let until = day(until);
        let case = office().post("l", "U", "S", |post| post.lead = lungang_domain::Lead::Deputy);
        case.person("ann", "a", "2020-07-01", move |ann| ann.discipline_until = Some(until)).build()
    };
    assert_eq!(bars(&lead("2025-07-01"), &policy(1), "l"), [""; 0]);
    assert_eq!(bars(&lead("2025-07-02"), &policy(1), "l"), ["R06"]);
}

#[test]
fn a_past_of_just_so_many_months_is_over() {
    let mut policy = policy(1);
    for rule in ["R09", "R13"] {
        policy.rules.insert(rule.into(), true);
    }
    let left = |post: Option<&str>, domain: Option<&str>, to: &str| {
        let mut case = office().person("ann", "a", "2020-07-01", |_| ()).build();
        let b = case.post_by_id("b").expect("listed");
        (case.posts[b.0].power, case.posts[b.0].domain) = (Some(Power::Supervision), Some("补助".into()));
        case.history.push(HistoryRow {
            staff: PersonIx(0),
            post: post.and_then(|post| case.post_by_id(post)),
            domain: domain.map(str::to_owned),
            from: None,
            to: Some(day(to)),
            row: case.people[0].row,
        });
        case
    };
    assert_eq!(bars(&left(Some("b"), None, "2020-07-01"), &policy, "b"), [""; 0]);
    assert_eq!(bars(&left(Some("b"), None, "2020-07-02"), &policy, "b"), ["R13"]);
    assert_eq!(bars(&left(None, Some("补助"), "2023-07-01"), &policy, "b"), [""; 0]);
    assert_eq!(bars(&left(None, Some("补助"), "2023-07-02"), &policy, "b"), ["R09"]);
}

#[test]
fn a_stay_binds_up_to_the_closing_of_its_post() {
    // Closed on d_2: in year 1 Ann stays, though she is overdue and could go.
    let case = CaseBuilder::new()
        .post("a", "U", "S", |post| (post.risk, post.min_present) = (Grade::High, Some(0)))
        .post("d", "V", "T", |post| post.min_present = Some(0))
        .person("ann", "a", "2015-07-01", |_| ())
        .decision(DecisionKind::Stay, "ann", "a", None, "")
        .event("2026-07-01", EventKind::ClosePost, "", "a", "")
        .build();
    let verdict = solved(&case, &policy(2));
    assert_eq!(verdict.moves.iter().map(|one| one.year).collect::<Vec<_>>(), [2]);
}

#[test]
fn a_single_post_is_not_two_in_one_hand() {
    let case = |duties: &[&str]| {
        let duties: Vec<String> = duties.iter().map(|duty| (*duty).to_owned()).collect();
        CaseBuilder::new()
            .post("a", "U", "S", move |post| post.duty_pair = duties)
            .post("b", "U", "S", |post| post.duty_pair = vec!["管采:采".into()])
            .person("ann", "a", "2020-07-01", |_| ())
    };
    let mut policy = policy(1);
    policy.rules.insert("R09".into(), true);
    assert_eq!(unmoved(&case(&["管采:管", "管采:采"]).build(), &policy, Tier::Law), 0);
    assert_eq!(unmoved(&case(&["管采:管"]).also("ann", "b").build(), &policy, Tier::Law), 1);
    assert_eq!(unmoved(&case(&["管审:审"]).also("ann", "b").build(), &policy, Tier::Law), 0);
}

#[test]
fn a_guest_who_also_holds_a_post_at_the_host_is_one_person() {
    let case = CaseBuilder::new()
        .post("desk", "U", "S", |post| post.min_present = Some(0))
        .post("host", "V", "T", |post| (post.headcount, post.min_present) = (2, Some(2)))
        .person("sam", "desk", "2020-07-01", |_| ())
        .also("sam", "host")
        .absent("sam", "2026-01-01", "2026-07-01", "host")
        .build();
    assert_eq!(unmoved(&case, &policy(1), Tier::Cover), 1);
}

#[test]
fn clocks_begin_with_what_a_promotion_before_the_start_has_changed() {
    let since = |date: &str| Some(Since { date: day(date), at_least: false });
    let high = |post: &mut lungang_domain::Post| {
        (post.risk, post.must_months, post.lead) = (Grade::High, Some(1000), lungang_domain::Lead::Deputy);
    };
    let mut policy = policy(1);
    policy.as_of = day("2025-06-01");
    (policy.time.ten_year, policy.time.leader_probation) = (1000, 0);
    policy.time.unit = Some(Thresholds { should: 1000, must: 60 });
    policy.time.section = Some(Thresholds { should: 1000, must: 60 });
    let promoted = |post: &str| {
        let case = CaseBuilder::new()
            .post("a", "U", "S", high)
            .post("b", "U", "S", high)
            .post("c", "U", "R", high)
            .post("d", "V", "T", high)
            .person("ann", "a", "2024-07-01", |ann| {
                (ann.unit_since, ann.section_since) = (since("2015-07-01"), since("2010-07-01"));
            });
        let case = if post.is_empty() { case } else { case.event("2025-06-15", EventKind::Promote, "ann", "", post) };
        unmoved(&case.build(), &policy, Tier::Risk(0))
    };
    assert_eq!(["", "a", "b", "c", "d"].map(promoted), [132, 132, 132, 72, 0]);
    // The time at a level, in one unit.
    (policy.time.unit, policy.time.section) = (None, None);
    policy.time.unit_level = Some(Thresholds { should: 1000, must: 60 });
    let level = |asked: &str| {
        let asked = Some(lungang_domain::RankSpan { low: asked.into(), high: asked.into() });
        let case = CaseBuilder::new()
            .post("a", "U", "S", high)
            .post("b", "U", "S", |post| {
                high(post);
                post.level = asked;
            })
            .person("ann", "a", "2024-07-01", |ann| {
                (ann.unit_since, ann.level_since) = (since("2015-07-01"), Some(day("2015-07-01")));
                ann.level = Some("股级副职".into());
            })
            .event("2025-10-01", EventKind::Promote, "ann", "", "b")
            .build();
        unmoved(&case, &policy, Tier::Risk(0))
    };
    assert_eq!([level("股级副职"), level("股级正职")], [72, 0]);
}

#[test]
fn sections_of_one_and_years_without_a_peak_bind_nobody() {
    let case = CaseBuilder::new()
        .post("a", "U", "S", |post| (post.risk, post.min_present) = (Grade::High, Some(0)))
        .post("b", "U", "R", |post| (post.risk, post.min_present) = (Grade::High, Some(0)))
        .post("d", "V", "T", |post| (post.headcount, post.min_present) = (2, Some(0)))
        .person("ann", "a", "2015-07-01", |_| ())
        .person("bob", "b", "2015-07-01", |_| ())
        .build();
    let mut policy = policy(1);
    policy.turnover.old_hands = Share::whole();
    assert_eq!(solved(&case, &policy).value(Tier::Risk(0)), Some(0));
    policy.turnover.year_share = Share(500_000);
    assert_eq!(solved(&case, &policy).moves.len(), 1);
    // Without R16 two posts alike are two posts.
    policy.turnover.year_share = Share::whole();
    let like = |on: bool| {
        let mut policy = policy.clone();
        policy.rules.insert("R16".into(), on);
        let high = |post: &mut lungang_domain::Post| (post.risk, post.min_present) = (Grade::High, Some(0));
        let case = CaseBuilder::new().post("a", "U", "S", high).post("b", "U", "S", high);
        solved(&case.person("ann", "a", "2015-07-01", |_| ()).build(), &policy).value(Tier::Risk(0))
    };
    assert_eq!((like(true), like(false)), (Some(72), Some(0)));
}

#[test]
fn today_is_what_events_before_the_start_have_made_of_the_roster() {
    let mut early = policy(1);
    early.as_of = day("2025-06-01");
    let with = |rows: &[(&str, EventKind, &str, &str, &str)]| {
        let case = office().person("ann", "a", "2020-07-01", |_| ()).person("joe", "b", "2020-07-01", |_| ());
        rows.iter().fold(case, |case, (date, kind, staff, post, to)| case.event(date, *kind, staff, post, to)).build()
    };
    let cases = [
        // Dated on the date of the data: in the roster already.
        (with(&[("2025-06-01", EventKind::Promote, "ann", "", "d")]), Some("a"), Some("b")),
        (with(&[("2025-06-01", EventKind::Absent, "ann", "", "")]), Some("a"), Some("b")),
        (with(&[("2025-06-02", EventKind::Promote, "ann", "", "d")]), Some("d"), Some("b")),
        // Whoever joins is where the event says, whatever post the roster names.
        (with(&[("2025-06-15", EventKind::Join, "joe", "", "")]), Some("a"), None),
        (with(&[("2025-06-15", EventKind::Join, "joe", "", "d")]), Some("a"), Some("d")),
        // Promoted into a post that is closed by then: without one.
        (
            with(&[
                ("2025-06-10", EventKind::Promote, "ann", "", "d"),
                ("2025-06-20", EventKind::ClosePost, "", "d", ""),
            ]),
            None,
            Some("b"),
        ),
    ];
    for (case, ann, joe) in cases {
        let still = nobody_moves(&case, &early);
        assert_eq!(Facts::new(&case, &early).nobody_moves, still);
        for (id, post) in [("ann", ann), ("joe", joe)] {
            let person = case.person_by_id(id).expect("listed");
            assert_eq!(still.at(person, 0).seat(), post.and_then(|post| case.post_by_id(post)), "{id}");
        }
    }
}

/// Two deputies of S and one of T, a head of S, and a member; `more` changes the case.
fn led(more: impl FnOnce(CaseBuilder) -> CaseBuilder) -> Case {
    let mut case = CaseBuilder::new();
    for (id, section, lead) in
        [("h", "S", Lead::Head), ("d1", "S", Lead::Deputy), ("d2", "S", Lead::Deputy), ("e", "T", Lead::Deputy)]
    {
        case = case.post(id, "U", section, move |post| post.lead = lead);
        case = case.person(&format!("on-{id}"), id, "2020-07-01", |_| ());
    }
    more(case.post("m", "U", "S", |_| ())).build()
}

#[test]
fn the_deputies_of_a_section_are_counted_by_seats_and_holders() {
    let of = |case: &Case, t: usize| {
        let policy = policy(2);
        let facts = Facts::new(case, &policy);
        let section = facts.section(case.post_by_id("h").expect("listed")).expect("a section");
        rules::r11::deputies(&facts, section, t)
    };
    assert_eq!(of(&led(|case| case), 1), 2);
    assert_eq!(of(&led(|case| case.person("more", "d1", "2020-07-01", |_| ())), 1), 3, "holders beyond the seats");
    let seats = |case: CaseBuilder| case.post("d4", "U", "S", |post| (post.lead, post.headcount) = (Lead::Deputy, 3));
    assert_eq!(of(&led(seats), 1), 5, "seats beyond the holders");
    let founded = led(|case| seats(case).event("2025-10-01", EventKind::NewPost, "", "d4", ""));
    assert_eq!((of(&founded, 1), of(&founded, 2)), (2, 5), "from the year after");
    let closed = led(|case| case.event("2025-10-01", EventKind::ClosePost, "", "d2", ""));
    assert_eq!((of(&closed, 1), of(&closed, 2)), (2, 1), "still in its last year");
}

#[test]
fn old_hands_are_those_whom_no_event_has_taken_out() {
    let of = |case: &Case, t: usize| {
        let mut policy = policy(2);
        policy.turnover.old_hands = Share::whole();
        let facts = Facts::new(case, &policy);
        let of_post = |id: &str| facts.section(case.post_by_id(id).expect("listed")).expect("a section");
        assert_eq!(rules::r12::old_hands(&facts, of_post("e"), t), 0, "a section of one");
        assert_eq!(facts.section_base(of_post("h")), 3);
        rules::r12::old_hands(&facts, of_post("h"), t)
    };
    assert_eq!(of(&led(|case| case), 2), 3);
    let leaves = led(|case| case.event("2026-08-01", EventKind::Leave, "on-d1", "", ""));
    assert_eq!((of(&leaves, 1), of(&leaves, 2)), (3, 2));
    let rises = led(|case| case.event("2025-08-01", EventKind::Promote, "on-d1", "", "e"));
    assert_eq!((of(&rises, 1), of(&rises, 2)), (2, 2), "promoted out");
    let inside = led(|case| case.event("2025-08-01", EventKind::Promote, "on-d1", "", "m"));
    assert_eq!(of(&inside, 2), 3, "promoted inside");
    let closed = led(|case| case.event("2025-08-01", EventKind::ClosePost, "", "d1", ""));
    assert_eq!(of(&closed, 2), 2);
}

#[test]
fn an_experience_counts_if_the_event_that_ends_the_stay_comes_after_twelve_months() {
    let policy = policy(2);
    let gained = |ends: &dyn Fn(CaseBuilder) -> CaseBuilder| {
        let words = vec!["front".to_owned()];
        let wants = words.clone();
        let case = CaseBuilder::new()
            .post("front", "U", "S", move |post| post.development = words)
            .post("up", "V", "T", |_| ())
            .person("ann", "", "", move |ann| (ann.reserve, ann.needed) = (true, Some(wants)))
            .event("2025-10-15", EventKind::Recruit, "ann", "", "");
        let case = ends(case).build();
        let facts = Facts::new(&case, &policy);
        let ann = case.person_by_id("ann").expect("listed");
        let mut layout = nobody_moves(&case, &policy);
        layout.places[ann.0][1] = facts.place(facts.of(ann), case.post_by_id("front"), 1);
        let verdict = judge(&case, &policy, &layout);
        assert_eq!(verdict.tiers.iter().map(|row| row.value).collect::<Vec<_>>(), score::score(&facts, &layout));
        verdict.value(Tier::Reserve)
    };
    // Whoever joins on 15 October has twelve months on the same day a year later.
    let leaves = |date: &'static str| move |case: CaseBuilder| case.event(date, EventKind::Leave, "ann", "", "");
    assert_eq!((gained(&leaves("2026-10-14")), gained(&leaves("2026-10-15"))), (Some(0), Some(1)));
    let rises = |date: &'static str| move |case: CaseBuilder| case.event(date, EventKind::Promote, "ann", "", "up");
    assert_eq!((gained(&rises("2026-10-14")), gained(&rises("2026-10-15"))), (Some(0), Some(1)));
    let closes = |date: &'static str| move |case: CaseBuilder| case.event(date, EventKind::ClosePost, "", "front", "");
    assert_eq!((gained(&closes("2026-10-14")), gained(&closes("2026-10-15"))), (Some(0), Some(1)));
}

#[test]
fn leading_posts_begin_a_probation_and_others_do_not() {
    let held = |lead: Lead| {
        let mut policy = policy(2);
        (policy.time.may, policy.time.rest, policy.time.leader_probation) = (0, 0, 12);
        let case = office()
            .post("l", "U", "S", move |post| post.lead = lead)
            .person("ann", "a", "2020-07-01", |_| ())
            .event("2025-10-01", EventKind::Promote, "ann", "", "l")
            .build();
        let still = nobody_moves(&case, &policy);
        let facts = Facts::new(&case, &policy);
        let ann = case.person_by_id("ann").expect("listed");
        let step = Courses::new(&facts, &still).transition(ann, case.post_by_id("b").expect("listed"), 2);
        let found = rules::barriers(&facts, &step);
        let verdict = judge(&case, &policy, &moved(&case, &still, "ann", 2, "b"));
        assert_eq!(found, verdict.breaches.iter().map(|breach| breach.rule).collect::<Vec<_>>());
        found
    };
    assert_eq!(held(Lead::Deputy), ["R05"], "until October 2026");
    assert_eq!(held(Lead::None), [""; 0]);
}

#[test]
fn back_after_just_so_many_months_of_the_plan() {
    let breaches = |months: i32| {
        let mut policy = policy(3);
        policy.rules.insert("R13".into(), true);
        (policy.time.may, policy.time.rest, policy.time.no_return) = (0, 0, months);
        let case = office().person("ann", "a", "2020-07-01", |_| ()).build();
        let facts = Facts::new(&case, &policy);
        let away = moved(&case, &nobody_moves(&case, &policy), "ann", 1, "b");
        let layout = moved(&case, &away, "ann", 3, "a");
        let ann = case.person_by_id("ann").expect("listed");
        let back = rules::past::first_return(&facts, ann, (1..=3).map(|t| layout.at(ann, t).seat()));
        let verdict = judge(&case, &policy, &layout);
        assert_eq!(back.is_some(), verdict.breaches.iter().any(|breach| breach.rule == "R13"));
        back.is_some()
    };
    assert_eq!((breaches(24), breaches(25)), (false, true));
}
