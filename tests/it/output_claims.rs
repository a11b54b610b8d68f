//! What insight claims of a layout, held against the independent verdict.

use super::output::plan;
use lungang::insight::assemble;
use lungang::rules::Facts;
use lungang::text::Lang;
use lungang_check::judge_plan;
use lungang_domain::plan::Provenance;
use lungang_domain::sample::{CaseBuilder, moved, policy};
use lungang_domain::{EventKind, Grade, PlanFile};
use proptest::prelude::*;

/// Claims about moves, batches, dates and deferrals that the checker denies. Tiers are not made here.
fn denied(case: &lungang_domain::Case, plan: &PlanFile) -> Vec<String> {
    let verdict = judge_plan(case, plan, false);
    assert_eq!(verdict.unreadable, [], "unreadable");
    let of_insight = |code: &str| {
        matches!(
            code,
            "E0750"
                | "E0751"
                | "E0752"
                | "E0753"
                | "E0760"
                | "E0761"
                | "E0762"
                | "E0763"
                | "E0764"
                | "E0769"
                | "E0770"
                | "E0771"
                | "E0772"
        )
    };
    verdict
        .breaches
        .iter()
        .filter(|breach| of_insight(breach.code))
        .map(|breach| format!("{} {:?} {:?}", breach.code, breach.person, breach.args))
        .collect()
}

#[test]
fn the_sample_plan_is_what_the_checker_reads_off_its_layout() {
    let (case, _, plan) = plan(Lang::Zh);
    assert_eq!(denied(&case, &plan), [] as [&str; 0]);
}

/// `LUNGANG_CASES` of them, 400 unless told.
fn cases() -> u32 {
    std::env::var("LUNGANG_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(400)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    /// Any layout without breaches of its own is dated, batched and registered as the checker would.
    #[test]
    fn any_layout_is_dated_as_the_checker_would(
        moves in prop::collection::vec((0_usize..8, 1_usize..4, 0_usize..6), 0..8),
        leaver in 0_usize..8,
        month in 7_u32..13,
        seats in prop::collection::vec(1_u32..3, 6),
        essential in 0_usize..12,
        closed in 0_usize..14,
        promoted in (0_usize..16, 0_usize..6),
    ) {
        let mut build = CaseBuilder::new();
        for (at, seats) in seats.iter().enumerate() {
            build = build.post(&format!("p{at}"), "U", ["A", "B"][at % 2], |post| {
                post.headcount = *seats;
                post.essential = at == essential;
                post.risk = Grade::ALL[at % 4];
            });
        }
        build = build.post("new", "U", "A", |post| post.headcount = 2).event("2026-01-01", EventKind::NewPost, "", "new", "");
        for at in 0..8 {
            build = build.person(&format!("s{at}"), &format!("p{}", at % 6), &format!("201{at}-07-01"), |_| ());
        }
        build = build
            .person("t0", "", "", |_| ())
            .event("2025-11-01", EventKind::Recruit, "t0", "", "")
            .event(&format!("2025-{month:02}-15"), EventKind::Leave, &format!("s{leaver}"), "", "");
        if closed < 6 {
            build = build.event("2026-03-01", EventKind::ClosePost, "", &format!("p{closed}"), "");
        }
        if promoted.0 < 8 && promoted.0 != leaver && promoted.1 != closed {
            build = build.event("2025-12-01", EventKind::Promote, &format!("s{}", promoted.0), "", &format!("p{}", promoted.1));
        }
        let case = build.build();
        let policy = policy(3);
        let facts = Facts::new(&case, &policy);
        let mut layout = facts.nobody_moves.clone();
        for (person, year, post) in moves {
            let id = format!("s{person}");
            let ix = case.person_by_id(&id).unwrap();
            let to = case.post_by_id(&format!("p{post}")).unwrap();
            let stays = (year..=3).all(|t| {
                facts.of(ix).serving(t) && facts.of(ix).fixed[t].is_none() && facts.open[to.0][t]
            });
            let fits = stays && {
                let tried = moved(&case, &layout, &id, year, &format!("p{post}"));
                (year..=3).all(|t| tried.occupants(&case, to, t) <= case.post(to).headcount as usize)
            };
            if fits {
                layout = moved(&case, &layout, &id, year, &format!("p{post}"));
            }
        }
        if layout.occupants(&case, case.post_by_id("new").unwrap(), 1) < 2 {
            layout = moved(&case, &layout, "t0", 1, "new");
        }
        let plan = assemble(&case, &policy, &layout, Vec::new(), Provenance { seed: 5, ..Provenance::default() }, Lang::En);
        let denied = denied(&case, &plan);
        prop_assert!(denied.is_empty(), "{denied:#?}\n{:#?}", plan.moves);
    }
}
