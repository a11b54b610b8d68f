//! T0 and T1 against figures counted by hand (semantics 8, 41).

use crate::help::{changed, still, today, value, values};
use lungang_domain::policy::Tier;
use lungang_domain::sample::{CaseBuilder, moved, policy};
use lungang_domain::{Case, EventKind, Post};

/// Ann in the essential post `a`, for so short that nothing is overdue.
fn one() -> CaseBuilder {
    CaseBuilder::new().post("a", "U", "S", |a| a.essential = true).post("b", "U", "S", |_| ()).person(
        "ann",
        "a",
        "2024-07-01",
        |_| (),
    )
}

fn cover(case: &Case, years: u32) -> (i64, i64) {
    let verdict = still(case, &policy(years));
    assert!(verdict.clean(), "{:?}", verdict.breaches);
    (value(&verdict, Tier::Essential), value(&verdict, Tier::Cover))
}

#[test]
fn a_leaver_covers_the_year_from_the_sixth_month_on() {
    for (date, empty) in [
        // From the date to the end of the year are more than six whole months: not present.
        ("2025-11-30", 2),
        ("2025-12-01", 2),
        // 2 December to 1 July: six whole months missed.
        ("2025-12-02", 1),
        ("2026-01-01", 1),
        ("2026-02-01", 1),
        ("2026-06-30", 1),
        ("2026-07-01", 1),
        ("2027-01-01", 0),
    ] {
        for kind in [EventKind::Leave, EventKind::Retire] {
            let case = one().event(date, kind, "ann", "", "").build();
            assert_eq!(cover(&case, 2), (empty, empty), "{date}");
        }
    }
}

#[test]
fn a_joiner_covers_the_year_with_six_months_left() {
    for (date, missing) in [("2025-12-31", 0), ("2026-01-01", 0), ("2026-02-01", 1), ("2026-06-30", 1)] {
        let case = CaseBuilder::new()
            .post("a", "U", "S", |a| a.min_present = Some(1))
            .person("new", "", "", |_| ())
            .event(date, EventKind::Join, "new", "", "a")
            .build();
        assert_eq!(cover(&case, 2), (0, missing), "{date}");
    }
}

#[test]
fn absences_are_merged_and_counted_in_whole_months() {
    let missing = |absences: &[(&str, &str)]| {
        let mut case = one();
        for (from, until) in absences {
            case = case.event_until(from, EventKind::Absent, "ann", "", "", until);
        }
        cover(&case.build(), 1).0
    };
    assert_eq!(missing(&[("2025-07-01", "2026-01-01")]), 0, "six months");
    assert_eq!(missing(&[("2025-07-01", "2026-02-01")]), 1, "seven months");
    assert_eq!(missing(&[("2025-07-01", "2026-01-31")]), 0, "six months and thirty days");
    assert_eq!(missing(&[("2025-07-01", "2025-10-16"), ("2025-10-16", "2026-02-01")]), 1, "touching: seven");
    assert_eq!(missing(&[("2025-07-01", "2025-10-16"), ("2025-10-17", "2026-02-01")]), 0, "apart: three and three");
    assert_eq!(missing(&[("2025-07-01", "2026-01-01"), ("2025-09-01", "2025-12-01")]), 0, "overlaps once");
    // An absence before the horizon counts from d_1 on.
    assert_eq!(cover(&one().absent("ann", "2020-01-01", "2026-02-01", "").build(), 1), (1, 1));
    assert_eq!(cover(&one().absent("ann", "2020-01-01", "2026-01-01", "").build(), 1), (0, 0));
    // A return ends it.
    let back = one().absent("ann", "2020-01-01", "", "").event("2026-01-01", EventKind::Return, "ann", "", "");
    assert_eq!(cover(&back.build(), 2), (0, 0));
    // One that begins on the day of a return is a new one.
    let again = one().absent("ann", "2020-01-01", "", "").event("2025-10-01", EventKind::Return, "ann", "", "").event(
        "2025-10-01",
        EventKind::Absent,
        "ann",
        "",
        "",
    );
    assert_eq!(cover(&again.build(), 1), (1, 1));
    assert_eq!(cover(&one().absent("ann", "", "", "").build(), 2), (2, 2));
}

#[test]
fn minima_follow_todays_presence() {
    let two = |change: fn(&mut Post)| {
        CaseBuilder::new()
            .post("a", "U", "S", move |a| {
                a.headcount = 3;
                change(a);
            })
            .person("ann", "a", "2024-07-01", |_| ())
            .person("bob", "a", "2024-07-01", |_| ())
            .event("2025-08-01", EventKind::Leave, "ann", "", "")
            .event("2025-08-01", EventKind::Leave, "bob", "", "")
            .build()
    };
    // min(headcount, present today).
    assert_eq!(cover(&two(|_| ()), 1), (0, 2));
    assert_eq!(cover(&two(|a| a.headcount = 2), 1), (0, 2));
    assert_eq!(cover(&two(|a| a.min_present = Some(1)), 1), (0, 1));
    assert_eq!(cover(&two(|a| a.min_present = Some(0)), 1), (0, 0));
    assert_eq!(cover(&two(|a| (a.min_present, a.essential) = (Some(0), true)), 1), (1, 1));
    // A vacancy of today need not be filled, unless essential.
    let vacant = CaseBuilder::new().post("a", "U", "S", |_| ()).post("e", "U", "S", |e| e.essential = true).build();
    let verdict = still(&vacant, &policy(2));
    assert_eq!((values(&verdict), today(&verdict)), (vec![2, 2, 0, 0, 0, 0], vec![1, 1, 0, 0, 0, 0]));
}

#[test]
fn over_strength_the_minimum_is_the_headcount() {
    let case = CaseBuilder::new()
        .post("a", "U", "S", |_| ())
        .person("ann", "a", "2024-07-01", |_| ())
        .person("bob", "a", "2024-07-01", |_| ())
        .event("2025-08-01", EventKind::Leave, "ann", "", "")
        .build();
    assert_eq!(cover(&case, 1), (0, 0));
}

#[test]
fn posts_founded_later_and_closed_ones() {
    // Founded later: no minimum unless given, and counted while open only.
    let founded = |change: fn(&mut Post)| {
        one().post("n", "U", "S", change).event("2026-08-01", EventKind::NewPost, "", "n", "").build()
    };
    assert_eq!(cover(&founded(|_| ()), 3), (0, 0));
    assert_eq!(cover(&founded(|n| n.min_present = Some(2)), 3), (0, 4));
    assert_eq!(cover(&founded(|n| n.essential = true), 3), (2, 2));
    // Closed in year 2: covered in year 1, then gone; its holder is unplaced.
    let closed = one().event("2026-08-01", EventKind::ClosePost, "", "a", "").build();
    assert_eq!(cover(&closed, 3), (0, 2));
}

#[test]
fn whoever_moves_covers_the_new_post_all_year() {
    let case = one().person("bob", "b", "2020-07-01", |_| ()).build();
    let verdict = changed(&case, &policy(1), |layout| moved(&case, &layout, "bob", 1, "a"));
    assert_eq!(value(&verdict, Tier::Cover), 1, "b is short of one");
    // A promotion late in the year covers the new post that year, and leaves the old one.
    let case = one()
        .post("p", "U", "S", |p| p.essential = true)
        .event("2026-05-01", EventKind::Promote, "ann", "", "p")
        .build();
    assert_eq!(cover(&case, 1), (1, 1));
    // But not for who is absent most of it.
    let case = one()
        .post("p", "U", "S", |p| p.essential = true)
        .event("2026-05-01", EventKind::Promote, "ann", "", "p")
        .absent("ann", "2025-01-01", "", "")
        .build();
    assert_eq!(cover(&case, 1), (2, 2));
}

#[test]
fn the_host_gains_cover_without_a_seat() {
    // Ann works at h: seat in a, presence at h, today and in year 1; back on 2026-07-01.
    let case = one()
        .post("h", "V", "T", |h| (h.headcount, h.essential) = (1, true))
        .absent("ann", "2025-01-01", "2026-07-01", "h")
        .build();
    let verdict = still(&case, &policy(2));
    assert!(verdict.clean());
    // Year 1: a empty; year 2: h empty.
    assert_eq!(values(&verdict), [2, 2, 0, 0, 0, 0]);
    assert_eq!(today(&verdict), [1, 1, 0, 0, 0, 0]);
    // Five months at the host are too few, and the year is covered at home.
    let case = one()
        .post("h", "V", "T", |h| h.essential = true)
        .event_until("2025-07-01", EventKind::Absent, "ann", "", "h", "2025-12-01")
        .build();
    assert_eq!(cover(&case, 1), (1, 1));
    // Six are enough for both.
    let case = one()
        .post("h", "V", "T", |h| h.essential = true)
        .event_until("2025-07-01", EventKind::Absent, "ann", "", "h", "2026-01-01")
        .build();
    assert_eq!(cover(&case, 1), (0, 0));
    // On maternity leave from the secondment she is not at the host.
    let case = one()
        .post("h", "V", "T", |h| h.essential = true)
        .absent("ann", "2025-01-01", "", "h")
        .event_until("2025-09-01", EventKind::Absent, "ann", "", "", "2026-06-01")
        .build();
    assert_eq!(cover(&case, 1), (2, 2));
    // The guest leaves for good after five months of the year.
    let case = one()
        .post("h", "V", "T", |h| h.essential = true)
        .absent("ann", "2025-01-01", "", "h")
        .event("2025-12-01", EventKind::Leave, "ann", "", "")
        .build();
    assert_eq!(cover(&case, 1), (2, 2));
}

#[test]
fn concurrent_posts_while_one_stays() {
    let case = |acting: bool| {
        let case = one().post("k", "U", "S", |k| k.essential = true);
        if acting { case.acting("ann", "k") } else { case.also("ann", "k") }
    };
    for acting in [false, true] {
        let built = case(acting).build();
        let verdict = still(&built, &policy(2));
        assert_eq!((values(&verdict), today(&verdict)), (vec![0; 6], vec![0; 6]));
        let mut free = policy(2);
        (free.time.may, free.time.rest) = (0, 0);
        let gone = changed(&built, &free, |layout| moved(&built, &layout, "ann", 2, "b"));
        assert!(gone.clean());
        // In year 2 both a and k stand empty.
        assert_eq!(value(&gone, Tier::Essential), 2);
        // Back in today's post it does not revive.
        let back =
            changed(&built, &free, |layout| moved(&built, &moved(&built, &layout, "ann", 1, "b"), "ann", 2, "a"));
        assert_eq!(value(&back, Tier::Essential), 2 + 1);
        // A leaver of month 9 covers both that year.
        let leaver = case(acting).event("2026-03-01", EventKind::Leave, "ann", "", "").build();
        assert_eq!(cover(&leaver, 1), (0, 0));
    }
}

#[test]
fn each_person_once_a_post_and_the_unplaced() {
    let case = one().also("ann", "a").build();
    let verdict = still(&case, &policy(1));
    assert_eq!(values(&verdict), [0; 6]);
    let case = one()
        .post("c", "U", "S", |c| c.min_present = Some(2))
        .person("pat", "", "", |_| ())
        .also("ann", "c")
        .acting("ann", "c")
        .build();
    let verdict = still(&case, &policy(3));
    assert_eq!((value(&verdict, Tier::Cover), today(&verdict)[1]), (3 + 3, 1 + 1));
}
