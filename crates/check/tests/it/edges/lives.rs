//! Edges of who is where by events, absences and levels, plan or no plan.

use crate::help::{ann_to, changed, expect, ground, span, still, value, with};
use lungang_check::nobody_moves;
use lungang_domain::policy::Tier;
use lungang_domain::sample::{CaseBuilder, day, moved, placed, policy};
use lungang_domain::{Case, EventKind, Person, Place, Policy, PostIx};

fn places(case: &Case, policy: &Policy, id: &str) -> Vec<Place> {
    nobody_moves(case, policy).places[case.person_by_id(id).expect("listed").0].clone()
}

fn post(case: &Case, id: &str) -> PostIx {
    case.post_by_id(id).expect("listed")
}

#[test]
fn of_two_foundings_and_two_closings_the_first_counts() {
    let case = ground()
        .post("new", "U", "S", |_| ())
        .event("2025-10-01", EventKind::NewPost, "", "new", "")
        .event("2026-10-01", EventKind::NewPost, "", "new", "")
        .event("2026-12-01", EventKind::ClosePost, "", "b", "")
        .event("2027-12-01", EventKind::ClosePost, "", "b", "")
        .build();
    let policy = policy(3);
    expect(&case, &ann_to(&case, &policy, 1, "new"), &[]);
    expect(&case, &ann_to(&case, &policy, 1, "b"), &["CLOSED ann b 2", "CLOSED ann b 3"]);
}

#[test]
fn what_is_dated_up_to_the_date_of_the_data_has_happened() {
    let policy = policy(1);
    let absent = |date: &str| ground().event(date, EventKind::Absent, "ann", "", "").build();
    let a = |case: &Case| post(case, "a");
    let known = absent("2025-06-30");
    assert_eq!(places(&known, &policy, "ann"), vec![Place::In(a(&known)); 2]);
    let later = absent("2025-07-01");
    assert_eq!(places(&later, &policy, "ann")[1], Place::Away { seat: a(&later), host: None });
}

#[test]
fn a_promotion_of_the_last_year_counts_and_one_of_the_year_after_does_not() {
    let case = |date: &str| ground().event(date, EventKind::Promote, "ann", "", "c").build();
    let within = case("2027-06-30");
    assert_eq!(places(&within, &policy(2), "ann")[2], Place::In(post(&within, "c")));
    let beyond = case("2027-07-01");
    assert_eq!(places(&beyond, &policy(2), "ann")[2], Place::In(post(&beyond, "a")));
}

#[test]
fn a_promotion_into_a_post_that_closes_leaves_nobody_in_the_old_one() {
    let case = ground()
        .event("2025-09-01", EventKind::Promote, "ann", "", "c")
        .event("2025-12-01", EventKind::ClosePost, "", "c", "")
        .build();
    assert_eq!(places(&case, &policy(2), "ann")[1..], [Place::Unplaced; 2]);
}

#[test]
fn whoever_joins_is_where_the_first_joining_says() {
    let join = |rows: &[(&str, &str)], closed: &str| {
        let case = ground().person("joe", "", "", |_| ());
        let case = rows.iter().fold(case, |case, (date, to)| case.event(date, EventKind::Join, "joe", "", to));
        if closed.is_empty() {
            case.build()
        } else {
            case.event("2025-12-01", EventKind::ClosePost, "", closed, "").build()
        }
    };
    let at = |case: &Case| places(case, &policy(1), "joe")[1];
    let case = join(&[("2025-08-01", "b")], "");
    assert_eq!(at(&case), Place::In(post(&case, "b")));
    // Into a post that closes in the same year: without one.
    assert_eq!(at(&join(&[("2025-08-01", "b")], "b")), Place::Unplaced);
    // A second row of the kind says nothing.
    let case = join(&[("2025-08-01", "b"), ("2025-09-01", "c")], "");
    assert_eq!(at(&case), Place::In(post(&case, "b")));
    let case = join(&[("2025-08-01", "b"), ("2025-09-01", "")], "");
    assert_eq!(at(&case), Place::In(post(&case, "b")));
}

#[test]
fn away_is_who_is_absent_on_the_eve_of_the_next_year() {
    let away = |from: &str, until: &str| {
        let case = ground().absent("ann", from, until, "").build();
        places(&case, &policy(2), "ann").iter().map(|place| place.state()).collect::<Vec<_>>()
    };
    assert_eq!(away("2025-09-01", "2026-06-30"), ["in", "in", "in"]);
    assert_eq!(away("2025-09-01", "2026-07-01"), ["in", "away", "in"]);
    assert_eq!(away("2026-06-30", "2026-07-01"), ["in", "away", "in"]);
    assert_eq!(away("2026-07-01", ""), ["in", "in", "away"]);
}

#[test]
fn whoever_has_left_is_no_guest_any_more() {
    let case = CaseBuilder::new()
        .post("desk", "U", "S", |post| post.min_present = Some(0))
        .post("host", "V", "T", |post| post.min_present = Some(1))
        .person("sam", "desk", "2020-07-01", |_| ())
        .absent("sam", "2025-01-01", "", "host")
        .event("2025-12-31", EventKind::Leave, "sam", "", "")
        .build();
    // Five whole months in the first year, none in the second.
    assert_eq!(value(&still(&case, &policy(2)), Tier::Cover), 2);
}

#[test]
fn a_post_founded_later_needs_nobody_for_the_guest_it_had() {
    let case = CaseBuilder::new()
        .post("desk", "U", "S", |post| post.min_present = Some(0))
        .post("new", "V", "T", |_| ())
        .person("sam", "desk", "2020-07-01", |_| ())
        .absent("sam", "2025-01-01", "2025-12-01", "new")
        .event("2026-08-01", EventKind::NewPost, "", "new", "")
        .build();
    assert_eq!(value(&still(&case, &policy(2)), Tier::Cover), 0);
}

#[test]
fn a_blank_level_stays_blank_in_a_post_that_asks_for_one() {
    let mut policy = policy(1);
    let case = |own: &str, today: Option<&str>, asked: &str| {
        let (own, asked) = ((!own.is_empty()).then(|| own.to_owned()), span(asked, asked));
        let today = today.and_then(|word| span(word, word));
        CaseBuilder::new()
            .post("a", "U", "S", move |post| post.level = today)
            .post("b", "U", "S", move |post| post.level = asked)
            .person("ann", "a", "2020-07-01", move |ann| ann.level = own)
            .build()
    };
    let broken = |case: &Case, policy: &Policy| !ann_to(case, policy, 1, "b").clean();
    // Blank, in a post with a level: passes there and elsewhere.
    let blank = case("", Some("股级正职"), "股级副职");
    assert_eq!(still(&blank, &policy).inherited, []);
    assert!(!broken(&blank, &policy));
    // In a post without one, or by the word 无, it is none, and fails wherever one is asked, whatever the ladder lacks.
    for own in ["", "无"] {
        let none = case(own, None, "股级副职");
        assert!(broken(&none, &policy), "{own}");
        assert!(!broken(&case(own, None, "无"), &policy), "{own}");
    }
    policy.ladder.level.retain(|word| word != "无");
    for own in ["", "无"] {
        assert!(broken(&case(own, None, "股级副职"), &policy), "{own}");
        assert!(!broken(&case(own, None, "无"), &policy), "{own}");
    }
}

#[test]
fn a_promotion_keeps_the_own_level_at_either_end_of_a_span() {
    let mut policy = policy(2);
    (policy.time.may, policy.time.rest) = (0, 0);
    let after = |own: &str, asked: &str| {
        let (own, asked) = (own.to_owned(), span(asked, asked));
        let case = with(move |ann| ann.level = Some(own), move |post| post.level = asked)
            .post("wide", "U", "R", |post| post.level = span("股级副职", "股级正职"))
            .event("2025-10-01", EventKind::Promote, "ann", "", "wide")
            .build();
        changed(&case, &policy, |layout| moved(&case, &layout, "ann", 2, "b")).clean()
    };
    assert!(after("股级正职", "股级正职") && !after("股级正职", "股级副职"));
    assert!(after("股级副职", "股级副职") && !after("股级副职", "股级正职"));
    assert!(after("无", "股级副职"));
}

#[test]
fn a_promotion_gives_its_level_from_its_year_on() {
    let mut policy = policy(2);
    (policy.time.may, policy.time.rest) = (0, 0);
    let case = with(|ann| ann.level = Some("无".into()), |post| post.level = span("股级副职", "股级副职"))
        .post("x", "U", "R", |post| post.level = span("股级副职", "股级副职"))
        .event("2026-10-01", EventKind::Promote, "ann", "", "x")
        .build();
    let early = changed(&case, &policy, |layout| moved(&case, &moved(&case, &layout, "ann", 1, "b"), "ann", 2, "x"));
    expect(&case, &early, &["R04 ann b 1"]);
}

#[test]
fn an_experience_ends_with_the_day_of_leaving() {
    let lasts = |leave: &str| {
        let case = ground()
            .post("front", "U", "S", |post| post.development = vec!["基层".into()])
            .person("joe", "", "", |joe: &mut Person| {
                (joe.reserve, joe.needed) = (true, Some(vec!["基层".into()]));
            })
            .event("2025-09-01", EventKind::Join, "joe", "", "")
            .event(leave, EventKind::Leave, "joe", "", "")
            .build();
        let front = Place::In(post(&case, "front"));
        let verdict = changed(&case, &policy(2), |layout| {
            placed(&case, &placed(&case, &layout, "joe", 1, front), "joe", 2, Place::Left)
        });
        expect(&case, &verdict, &[]);
        value(&verdict, Tier::Reserve)
    };
    // Placed on the day of joining: twelve months by the first of September after, not by d_2.
    assert_eq!((lasts("2026-08-31"), lasts("2026-09-01")), (0, 1));
}

#[test]
fn an_experience_ends_with_the_next_move_though_leaving_comes_later() {
    let mut policy = policy(2);
    (policy.time.may, policy.time.rest, policy.time.near_retirement) = (0, 0, 0);
    let case = ground()
        .post("front", "U", "S", |post| post.development = vec!["基层".into()])
        .person("joe", "", "", |joe: &mut Person| (joe.reserve, joe.needed) = (true, Some(vec!["基层".into()])))
        .event("2025-09-01", EventKind::Join, "joe", "", "")
        .event("2027-12-01", EventKind::Leave, "joe", "", "")
        .build();
    let layout = |layout| moved(&case, &moved(&case, &layout, "joe", 1, "front"), "joe", 2, "b");
    // Ten months from September to d_2.
    assert_eq!(value(&changed(&case, &policy, layout), Tier::Reserve), 0);
    assert_eq!(day("2025-09-01"), case.events[0].date);
}
