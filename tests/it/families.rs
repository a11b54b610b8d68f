//! The families of generated cases: each reads without errors, is planned, and is about what its name says.

use crate::demo::{EXPECTED, sheet};
use assert_cmd::Command;
use lungang::demo::{Family, Options, csv_files, raw_tables, tables};
use lungang::engine::{Control, Limits, Silent, columns};
use lungang::input::{self, ReadOptions};
use lungang::insight::assemble;
use lungang::text::Lang;
use lungang_check::judge_plan;
use lungang_domain::plan::Provenance;
use lungang_domain::{Case, PlanFile, Policy, Severity};
use rstest::rstest;
use std::collections::BTreeSet;
use std::sync::atomic::AtomicBool;

fn options(family: Family, people: usize, seed: u64) -> Options {
    Options { people, seed, lang: Lang::Zh, family }
}

fn read(options: &Options) -> (Case, Policy) {
    let reading = input::from_tables(raw_tables(options), &ReadOptions::default());
    let unexpected: Vec<_> = reading
        .problems
        .iter()
        .filter(|problem| problem.severity != Severity::Assumption && !EXPECTED.contains(&problem.code.as_str()))
        .collect();
    assert!(unexpected.is_empty(), "{options:?}: {unexpected:#?}");
    (reading.case.expect("a case"), reading.policy.expect("a policy"))
}

/// A department of the standard family.
pub fn department(people: usize, seed: u64) -> (Case, Policy) {
    read(&options(Family::Standard, people, seed))
}

#[rstest]
fn every_family_reads_without_errors(
    #[values(20, 33, 60, 110, 300)] people: usize,
    #[values(1, 2, 3)] seed: u64,
    #[values(Lang::Zh, Lang::En)] lang: Lang,
) {
    for family in Family::ALL {
        let options = Options { people, seed, lang, family };
        assert_eq!(read(&options).0.people.len(), people, "{options:?}");
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_families_differ() {
    let mut all = BTreeSet::new();
    for family in Family::ALL {
        let options = options(family, 120, 7);
        let files = csv_files(&options).expect("sheets");
        assert_eq!(files, csv_files(&options).expect("sheets"), "{}", family.name());
        all.insert(files);
        assert_ne!(tables(&options), tables(&Options { seed: 8, ..options }), "{}", family.name());
        assert_eq!(Family::from_name(family.name()), Some(family));
    }
    assert_eq!(all.len(), Family::ALL.len());
}

/// So many rounds, a second or two, take the engine from today to a plan that the checker passes.
fn planned(case: &Case, policy: &Policy) -> PlanFile {
    let stop = AtomicBool::new(false);
    let limits = Limits { rounds: Some(30), ..Limits::default() };
    let mut progress = Silent;
    let ended = columns::solve(case, policy, &mut Control { limits, interrupt: &stop, progress: &mut progress });
    let outcome = ended.expect("a plan");
    let plan = assemble(case, policy, &outcome.layout, outcome.tiers, Provenance::default(), Lang::En);
    let verdict = judge_plan(case, &plan, false);
    assert!(verdict.clean(), "{:#?}", verdict.problems(case));
    plan
}

#[rstest]
fn every_family_is_planned(#[values(30, 40)] people: usize, #[values(1, 2)] seed: u64) {
    for family in Family::ALL {
        let (case, policy) = read(&options(family, people, seed));
        let plan = planned(&case, &policy);
        let moves = plan.moves.iter().filter(|row| row.from.is_some()).count();
        assert!(moves >= 5, "{} {people} {seed}: {moves} moves", family.name());
    }
}

#[rstest]
fn tight_caps_bind(#[values(1, 2)] seed: u64) {
    let moves = |family: Family| {
        let (case, policy) = read(&options(family, 36, seed));
        let plan = planned(&case, &policy);
        let moved = |year| plan.moves.iter().filter(|row| row.from.is_some() && row.year == year).count();
        plan.years.iter().map(|year| moved(year.year)).collect::<Vec<_>>()
    };
    let (standard, tight) = (moves(Family::Standard), moves(Family::TightCaps));
    // A tenth of 33 seat holders; whoever sits in the post that closes may move besides.
    assert!(tight.iter().all(|moves| *moves <= 4) && tight.iter().sum::<usize>() <= 16, "{tight:?}");
    assert!(tight.iter().filter(|moves| **moves >= 3).count() >= 3, "{tight:?}");
    assert!(standard.iter().any(|moves| *moves > 3), "{standard:?}");
    let units = tables(&options(Family::TightCaps, 200, seed));
    let own = sheet(&units, "units").iter().filter(|unit| unit["max_moves_per_year"] == "2").count();
    assert_eq!(own, 2, "units 2 and 5 of 6");
}

#[rstest]
fn many_reserves_are_a_third_or_so(#[values(1, 2, 3)] seed: u64, #[values(60, 300)] people: usize) {
    let (case, _) = read(&options(Family::ManyReserves, people, seed));
    let reserves = case.people.iter().filter(|person| person.reserve).count();
    assert!((people / 4..=people / 2).contains(&reserves), "{reserves} of {people}");
    let wanting = case.people.iter().filter(|person| person.needed.as_ref().is_some_and(|needed| needed.len() >= 2));
    assert!(wanting.count() * 3 > reserves * 2);
    let (standard, _) = read(&options(Family::Standard, people, seed));
    assert!(standard.people.iter().filter(|person| person.reserve).count() < reserves);
}

#[rstest]
fn many_join_and_retire_and_many_seats_are_vacant(#[values(1, 2, 3)] seed: u64) {
    let counts = |family: Family| {
        let (case, _) = read(&options(family, 300, seed));
        let joins = case.people.iter().filter(|person| person.post_since.is_none() && person.post.is_none()).count();
        let retires = case.people.iter().filter(|person| person.retire_date.is_some()).count();
        let seats: usize = case.posts.iter().map(|post| post.headcount as usize).sum();
        let held = case.people.iter().filter(|person| person.post.is_some()).count();
        [joins, retires, seats.saturating_sub(held)]
    };
    let (standard, family) = (counts(Family::Standard), counts(Family::RecruitsAndVacancies));
    for (less, more) in standard.into_iter().zip(family) {
        assert!(more >= 25 && more * 10 > less * 18, "joins, retires, vacant: {standard:?}, {family:?}");
    }
    let sheets = tables(&options(Family::RecruitsAndVacancies, 300, seed));
    let dates: BTreeSet<String> = sheet(&sheets, "events")
        .iter()
        .filter(|event| event["kind"] == "event:recruit" || event["kind"] == "event:join")
        .map(|event| event["date"][..4].to_owned())
        .collect();
    assert_eq!(dates.len(), 5, "in each of the five years: {dates:?}");
}

#[test]
fn one_pool_asks_for_the_same_at_each_level() {
    let of = |family: Family| {
        let sheets = tables(&options(family, 300, 1));
        sheet(&sheets, "posts")
            .iter()
            .map(|post| {
                let asks =
                    ["level", "grade", "staffing_kinds", "required_majors", "required_certificates", "categories"];
                asks.map(|column| post.get(column).copied().unwrap_or_default().to_owned())
            })
            .collect::<BTreeSet<_>>()
            .len()
    };
    assert_eq!(of(Family::OnePool), 5, "one kind of post for each of five levels");
    assert!(of(Family::Standard) > 10);
}

#[test]
fn an_unknown_family_is_refused_with_the_list() {
    let folder = tempfile::tempdir().expect("a folder");
    for (lang, word) in [("en", "There is no family"), ("zh", "没有名为“loose”的生成数据类型")] {
        let mut command = Command::cargo_bin("lungang").expect("the program");
        let ended = command
            .current_dir(folder.path())
            .args(["template", "--demo", "--family", "loose", "-o", "d/", "--lang", lang])
            .assert()
            .code(2);
        let said = String::from_utf8_lossy(&ended.get_output().stderr).into_owned();
        assert!(said.contains(word) && Family::ALL.iter().all(|family| said.contains(family.name())), "{said}");
    }
    assert!(!folder.path().join("d").exists());
}
