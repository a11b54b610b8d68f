//! STATE and CLOSED: places that events and absences allow, and those they do not.

use crate::help::{ann_to, changed, expect, ground, still, with};
use lungang_check::nobody_moves;
use lungang_domain::sample::{day, placed, policy};
use lungang_domain::{Case, EventKind, Investigation, Person, Place};

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

#[test]
fn who_is_under_a_filed_case_retires_not_and_events_of_the_data_do_not_count() {
    let policy = policy(2);
    let filed = |ann: &mut Person| {
        ann.under_investigation = Some(Investigation::Filed);
        ann.retire_date = Some(day("2026-01-01"));
    };
    let stays = |case: &Case| nobody_moves(case, &policy).at(case.person_by_id("ann").unwrap(), 2) != Place::Left;
    assert!(stays(&with(filed, |_| ()).build()));
    assert!(stays(&with(filed, |_| ()).event("2026-01-01", EventKind::Retire, "ann", "", "").build()));
    assert!(!stays(&with(filed, |_| ()).event("2026-01-01", EventKind::Leave, "ann", "", "").build()));
    // `as_of` is the eve of the start: the event of that day is in the data, that of the next is not.
    assert!(stays(&ground().event("2025-06-30", EventKind::Leave, "ann", "", "").build()));
    assert!(!stays(&ground().event("2025-07-01", EventKind::Leave, "ann", "", "").build()));
}
