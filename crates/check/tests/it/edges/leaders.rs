//! Edges of R11, R12 and G4: who counts, and by how much it is too many.

use crate::help::{changed, expect};
use lungang_check::Verdict;
use lungang_domain::sample::{CaseBuilder, moved, policy};
use lungang_domain::{Case, EventKind, Lead, Policy, Share};

fn on() -> Policy {
    let mut policy = policy(2);
    policy.rules.insert("R11".into(), true);
    (policy.time.may, policy.time.rest, policy.time.leader_probation) = (0, 0, 0);
    policy
}

/// A post with its holder since 2020.
fn held(case: CaseBuilder, id: &str, unit: &str, section: &str, lead: Lead) -> CaseBuilder {
    case.post(id, unit, section, move |post| post.lead = lead).person(&format!("on-{id}"), id, "2020-07-01", |_| ())
}

/// Two heads and two deputies of S, a deputy of R, and room elsewhere.
fn section() -> CaseBuilder {
    let mut case = CaseBuilder::new().post("x", "W", "T", |post| post.headcount = 9);
    for id in ["h1", "h2"] {
        case = held(case, id, "U", "S", Lead::Head);
    }
    for id in ["d1", "d2"] {
        case = held(case, id, "U", "S", Lead::Deputy);
    }
    held(case, "d3", "U", "R", Lead::Deputy)
}

fn out(case: &Case, policy: &Policy, movers: &[(&str, usize)]) -> Verdict {
    changed(case, policy, |layout| {
        movers.iter().fold(layout, |layout, (who, t)| moved(case, &layout, &format!("on-{who}"), *t, "x"))
    })
}

/// R11 of a year: by how much, the lead named, how many moved.
fn r11(verdict: &Verdict, year: usize) -> Option<(i64, String, String)> {
    let found = verdict.breaches.iter().find(|breach| breach.rule == "R11" && breach.year == year)?;
    Some((found.excess, found.args["lead"].clone(), found.args["moves"].clone()))
}

fn told(excess: i64, lead: &str, moves: &str) -> Option<(i64, String, String)> {
    Some((excess, lead.to_owned(), moves.to_owned()))
}

#[test]
fn the_heads_weigh_as_much_as_all_deputies_of_their_own_section() {
    let case = section().build();
    // Two heads against H = 2: one head, that is two, too many. The deputy of R is not among the two.
    assert_eq!(r11(&out(&case, &on(), &[("h1", 1), ("h2", 1)]), 1), told(2, "head", "2"));
    assert_eq!(r11(&out(&case, &on(), &[("h1", 1), ("d1", 1), ("d2", 1)]), 1), told(2, "head", "3"));
    assert_eq!(r11(&out(&case, &on(), &[("h1", 1), ("d3", 1)]), 1), None);
    // Deputies founded in the year don't count in it, but in the next.
    let founded = section()
        .post("d4", "U", "S", |post| post.lead = Lead::Deputy)
        .event("2025-10-01", EventKind::NewPost, "", "d4", "")
        .build();
    assert_eq!(r11(&out(&founded, &on(), &[("h1", 1), ("h2", 1)]), 1), told(2, "head", "2"));
    assert_eq!(r11(&out(&founded, &on(), &[("h1", 2), ("h2", 2)]), 2), told(3, "head", "2"));
    // Deputies closed in the year still do.
    let closed = section().event("2025-10-01", EventKind::ClosePost, "", "d2", "").build();
    assert_eq!(r11(&out(&closed, &on(), &[("h1", 1), ("h2", 1), ("d2", 1)]), 1), told(3, "head", "3"));
    assert_eq!(r11(&out(&closed, &on(), &[("d1", 1), ("d2", 1)]), 1), None);
    // Holders of today where they are more than the seats.
    let crowded = section().person("more", "d1", "2020-07-01", |_| ()).build();
    assert_eq!(r11(&out(&crowded, &on(), &[("h1", 1), ("h2", 1)]), 1), told(3, "head", "2"));
}

/// A section with a deputy's post of so many seats and one holder or none, to which a promotion adds somebody in year 1.
fn joined(lead: Lead, seats: u32, holder: bool) -> Case {
    let case = CaseBuilder::new()
        .post("x", "W", "T", |post| post.headcount = 9)
        .post("top", "U", "S", move |post| post.lead = lead)
        .post("dep", "U", "S", move |post| (post.lead, post.headcount) = (Lead::Deputy, seats))
        .post("low", "U", "Q", |_| ())
        .person("on-low", "low", "2020-07-01", |_| ())
        .event("2025-10-01", EventKind::Promote, "on-low", "", "dep");
    if holder { case.person("on-dep", "dep", "2020-07-01", |_| ()).build() } else { case.build() }
}

#[test]
fn only_a_section_with_a_head_and_deputies_is_kept_together() {
    // Two deputies leave one seat: too many where a head is, nothing to say where none is.
    let both = [("low", 2), ("dep", 2)];
    assert_eq!(r11(&out(&joined(Lead::Head, 1, true), &on(), &both), 2), told(1, "deputy", "2"));
    assert_eq!(r11(&out(&joined(Lead::None, 1, true), &on(), &both), 2), None);
    // Without a seat there is no H, and nothing is asked.
    assert_eq!(r11(&out(&joined(Lead::Head, 0, false), &on(), &[("low", 2)]), 2), None);
}

#[test]
fn of_three_principals_two_are_too_many_in_their_unit() {
    let mut case = CaseBuilder::new().post("x", "W", "T", |post| post.headcount = 9);
    for (id, unit) in [("p1", "U"), ("p2", "U"), ("p3", "U"), ("q1", "V")] {
        case = held(case, id, unit, "", Lead::Principal);
    }
    let case = case.build();
    let verdict = out(&case, &on(), &[("p1", 1), ("p2", 1), ("p3", 1), ("q1", 1)]);
    assert_eq!(r11(&verdict, 1), told(2, "principal", "3"));
    assert_eq!(verdict.breaches.len(), 1);
    assert_eq!(verdict.breaches[0].unit.map(|unit| case.unit(unit).name.as_str()), Some("U"));
}

#[test]
fn caps_floors_and_peaks_tell_by_how_much() {
    let mut case = CaseBuilder::new().post("x", "W", "T", |post| post.headcount = 9);
    for at in 0..7 {
        case = held(case, &format!("p{at}"), if at < 5 { "U" } else { "V" }, "", Lead::None);
    }
    let case = case.build();
    let five: Vec<(String, usize)> = (0..5).map(|at| (format!("p{at}"), 1)).collect();
    let five: Vec<(&str, usize)> = five.iter().map(|(id, t)| (id.as_str(), *t)).collect();
    let excess = |policy: &Policy| {
        let verdict = out(&case, policy, &five);
        verdict.breaches.iter().map(|breach| (breach.rule, breach.year, breach.excess)).collect::<Vec<_>>()
    };
    let mut capped = policy(1);
    capped.turnover.unit_share = Share(400_000);
    assert_eq!(excess(&capped), [("R12", 1, 5 - 2)]);
    let mut peaked = policy(1);
    peaked.turnover.year_share = Share(300_000);
    assert_eq!(excess(&peaked), [("G4", 1, 5 - 2)]);
    // The floor is each unit's own: of V's two nobody moves, and one has to.
    let mut floored = policy(1);
    floored.turnover.unit_floor = Share(500_000);
    let verdict = out(&case, &floored, &five);
    assert_eq!(verdict.breaches.iter().map(|breach| (breach.rule, breach.excess)).collect::<Vec<_>>(), [("R12", 1)]);
    assert_eq!(verdict.breaches[0].unit.map(|unit| case.unit(unit).name.as_str()), Some("V"));
    // Nobody is asked of W, where nobody sits today.
    let none = out(&case, &floored, &[]);
    assert_eq!(none.breaches.iter().map(|breach| breach.excess).collect::<Vec<_>>(), [2, 1]);
}

#[test]
fn who_comes_this_year_is_no_old_hand_yet() {
    let mut case = CaseBuilder::new().post("x", "W", "T", |post| post.headcount = 9);
    for id in ["s1", "s2", "s3"] {
        case = held(case, id, "U", "S", Lead::None);
    }
    let case = held(case, "r1", "U", "R", Lead::None).build();
    let mut policy = policy(2);
    policy.turnover.old_hands = Share(500_000);
    // Two of three leave, one comes in their place: of two old hands asked one is left. The year after, both are.
    let verdict = changed(&case, &policy, |layout| {
        let layout = moved(&case, &moved(&case, &layout, "on-s1", 1, "x"), "on-s2", 1, "x");
        moved(&case, &layout, "on-r1", 1, "s1")
    });
    expect(&case, &verdict, &["R12 - - 1"]);
    assert_eq!((verdict.breaches[0].excess, verdict.breaches[0].args["stayed"].as_str()), (1, "1"));
}
