//! The production engine on departments built in code: proofs, and that the layout is worth what is claimed.

use lungang::engine::{Control, Failure, Limits, Silent, columns};
use lungang_domain::policy::Share;
use lungang_domain::sample::{self, CaseBuilder};
use lungang_domain::{Case, DecisionKind, Grade, Lead, Policy, RankSpan};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::sync::atomic::AtomicBool;

/// A department with a backlog: six people a section, a head and a deputy, half of the posts at high risk.
pub fn department(people: usize, seed: u64) -> (Case, Policy) {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut builder = CaseBuilder::new();
    let level = |low: &str| Some(RankSpan { low: low.to_owned(), high: low.to_owned() });
    let levels = ["股级正职", "股级副职", "无", "无", "无", "无"];
    for at in 0..people {
        let (section, role) = (at / 6, at % 6);
        let risk = [Grade::High, Grade::Medium, Grade::Low][random.random_range(0..3)];
        let lead = [Lead::Head, Lead::Deputy, Lead::None, Lead::None, Lead::None, Lead::None][role];
        let essential = random.random_range(0..5) == 0;
        let unit = format!("U{}", section * 6 / 30);
        builder = builder.post(&format!("P{at:04}"), &unit, &format!("S{section:02}"), |post| {
            post.risk = risk;
            post.lead = lead;
            post.level = level(levels[role]);
            post.essential = essential;
            if role == 2 {
                post.development = vec!["基层".to_owned()];
            }
        });
    }
    for at in 0..people {
        let months = random.random_range(6..150);
        let since = lungang_domain::add_months("2025-07-01".parse().expect("a date"), -months);
        let reserve = random.random_range(0..6) == 0;
        let vacant = random.random_range(0..20) == 0;
        let post = if vacant { String::new() } else { format!("P{at:04}") };
        builder = builder.person(&format!("N{at:04}"), &post, &since.to_string(), |person| {
            person.level = Some(levels[at % 6].to_owned());
            if reserve {
                person.reserve = true;
                person.needed = Some(vec!["基层".to_owned()]);
            }
            if at % 9 == 0 {
                person.retire_date =
                    Some(lungang_domain::add_months("2025-07-01".parse().expect("a date"), 20 + months));
            }
        });
    }
    for person in 0..people {
        for post in 0..people {
            if (person % 6 < 2) == (post % 6 < 2) && random.random_range(0..10) > 0 {
                builder = builder.fit(&format!("N{person:04}"), &format!("P{post:04}"), random.random_range(40..100));
            }
        }
    }
    let mut policy = sample::policy(5);
    policy.turnover.unit_share = Share::from_fraction(0.3).expect("a share");
    policy.turnover.old_hands = Share::from_fraction(0.5).expect("a share");
    (builder.build(), policy)
}

#[test]
fn a_small_department_is_proved_in_every_tier() {
    let (case, policy) = department(18, 1);
    let interrupt = AtomicBool::new(false);
    let limits = Limits { threads: 2, ..Limits::default() };
    let mut control = Control { limits, interrupt: &interrupt, progress: &mut Silent };
    let outcome = columns::solve(&case, &policy, &mut control).expect("a plan");
    for tier in &outcome.tiers {
        assert_eq!(tier.gap_points, Some(0), "{}: {} against {:?}", tier.id, tier.value, tier.bound);
    }
}

/// A run that was stopped anywhere gives a plan that keeps the rules, counted as its layout counts.
#[test]
fn a_run_stopped_after_any_round_gives_a_sound_plan() {
    let (case, policy) = department(12, 2);
    let interrupt = AtomicBool::new(false);
    for rounds in [0, 1, 5, 9, 20, 33, 60] {
        let limits = Limits { rounds: Some(rounds), ..Limits::default() };
        let mut control = Control { limits, interrupt: &interrupt, progress: &mut Silent };
        let outcome = columns::solve(&case, &policy, &mut control).expect("a plan");
        let verdict = lungang_check::judge(&case, &policy, &outcome.layout);
        assert!(verdict.clean(), "{rounds} rounds: {:?}", verdict.breaches);
        for (row, figures) in outcome.tiers.iter().zip(&verdict.tiers) {
            assert_eq!(row.value, figures.value, "{rounds} rounds: {}", row.id);
        }
    }
}

#[test]
fn away_and_back_again_by_decision_is_a_clash_that_names_both() {
    let case = CaseBuilder::new()
        .post("a", "U", "", |_| ())
        .post("b", "U", "", |_| ())
        .person("ann", "a", "2015-07-01", |_| ())
        .decision(DecisionKind::Go, "ann", "b", 1, "")
        .decision(DecisionKind::Stay, "ann", "", 2, "")
        .build();
    // Back in `a` a year after it was left (R13); a *stay* is no *go*.
    let policy = sample::policy(2);
    for engine in [columns::solve, lungang::engine::solve] {
        let interrupt = AtomicBool::new(false);
        let mut control = Control { limits: Limits::default(), interrupt: &interrupt, progress: &mut Silent };
        let Err(Failure::Clash(problems)) = engine(&case, &policy, &mut control) else { panic!("no clash") };
        assert!(!problems.is_empty());
    }
}
