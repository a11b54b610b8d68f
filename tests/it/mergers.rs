//! Mergers of posts (semantics 70) from the events sheet to the workbook, and how often random cases have them.

use crate::differential::{run, seeds, values};
use crate::input_sample::Sample;
use crate::random_cases::{SMALL, random_case};
use lungang::engine;
use lungang::insight::assemble;
use lungang::output::{self, report::Report};
use lungang::rules::Facts;
use lungang::text::Lang;
use lungang_check::{judge, judge_plan, nobody_moves};
use lungang_domain::plan::Provenance;
use lungang_domain::sample::{CaseBuilder, policy};
use lungang_domain::{Case, EventKind, Layout, Policy};

/// How somebody passes in a layout: positions of person, year, and the posts left and taken over.
fn passing(facts: &Facts<'_>, layout: &Layout) -> Vec<(usize, usize, usize, usize)> {
    let mut found = Vec::new();
    for person in facts.case.people_ix() {
        for t in 1..=facts.years {
            let (before, now) = (layout.at(person, t - 1).seat(), layout.at(person, t).seat());
            if let (Some(before), Some(now)) = (before, now)
                && before != now
                && facts.goes_on(Some(before), Some(now), t)
            {
                found.push((person.0, t, before.0, now.0));
            }
        }
    }
    found
}

/// Random cases have mergers of all sorts, which change what the best plan is worth; and its file is clean, batches and all.
#[test]
fn mergers_come_in_all_sorts_and_change_plans() {
    let mut counts = std::collections::BTreeMap::<&str, usize>::new();
    let mut wrong = Vec::new();
    for seed in seeds() {
        let (case, policy) = random_case(seed, SMALL);
        let facts = Facts::new(&case, &policy);
        if facts.merges.iter().all(Option::is_none) {
            continue;
        }
        let mut count = |what, how: bool| *counts.entry(what).or_default() += usize::from(how);
        let idle = passing(&facts, &facts.nobody_moves);
        let places = |test: &dyn Fn(usize, usize) -> bool| idle.iter().any(|(_, _, old, new)| test(*old, *new));
        count("cases with mergers", true);
        count("somebody passes when nobody moves", !idle.is_empty());
        count("to another unit", places(&|old, new| case.posts[old].unit != case.posts[new].unit));
        count("to another section", places(&|old, new| case.posts[old].section != case.posts[new].section));
        count("twice", idle.iter().any(|one| idle.iter().any(|other| one.0 == other.0 && one.1 < other.1)));
        let result = run(engine::solve, &case, &policy);
        if let Ok(outcome) = &result {
            let plan = passing(&facts, &outcome.layout);
            let planned = |(person, t, old, _): &(usize, usize, usize, usize)| {
                (0..*t).any(|u| outcome.layout.places[*person][u] != facts.nobody_moves.places[*person][u])
                    && facts.nobody_moves.places[*person][*t - 1].seat().map(|seat| seat.0) != Some(*old)
            };
            count("a planned stay passes", plan.iter().any(planned));
            count("moved out in the year of the merger", idle.iter().any(|one| !plan.contains(one)));
            let plan =
                assemble(&case, &policy, &outcome.layout, outcome.tiers.clone(), Provenance::default(), Lang::En);
            let judged = judge_plan(&case, &plan, false);
            if !judged.clean() {
                wrong.push(format!("seed {seed}: {:?}", judged.breaches));
            }
        }
        let mut unmerged = case.clone();
        unmerged.events.retain(|event| event.kind != EventKind::Merge);
        let without = values(&policy, run(engine::solve, &unmerged, &policy));
        count("worth something else without", without != values(&policy, result));
    }
    println!("{counts:#?}");
    assert!(wrong.is_empty(), "{} plans: {wrong:#?}", wrong.len());
    if seeds().count() >= 300 {
        let seldom: Vec<_> = counts.iter().filter(|(_, number)| **number < 3).collect();
        assert!(counts.len() == 8 && seldom.is_empty(), "{seldom:?}");
    }
}

/// Ann's post merges into bob's, which has one seat.
fn case() -> Case {
    CaseBuilder::new()
        .post("cash", "U1", "Finance", |post| post.title = "出纳".into())
        .post("book", "U1", "Finance", |post| post.title = "会计".into())
        .post("gate", "U1", "Office", |post| post.headcount = 2)
        .person("ann", "cash", "2018-07-01", |person| person.name = "Ann".into())
        .person("bob", "book", "2022-07-01", |person| person.name = "Bob".into())
        .event("2026-09-01", EventKind::Merge, "", "cash", "book")
        .build()
}

fn plan(lang: Lang) -> (Case, Policy, lungang_domain::PlanFile) {
    let (case, policy) = (case(), policy(2));
    let layout = nobody_moves(&case, &policy);
    assert!(judge(&case, &policy, &layout).clean());
    let plan = assemble(&case, &policy, &layout, Vec::new(), Provenance::default(), lang);
    assert_eq!(plan.moves, [], "a merger is no move");
    (case, policy, plan)
}

#[test]
fn the_workbook_tells_who_passes_by_a_merger() {
    let folder = tempfile::tempdir().unwrap();
    for (lang, passes, gone) in [
        (Lang::Zh, "Ann（合并转入）、Bob [超员1]", "并入Finance 会计"),
        (Lang::En, "Ann (passes by merger), Bob [over strength 1]", "merged into Finance 会计"),
    ] {
        let (case, policy, plan) = plan(lang);
        let path = folder.path().join("plan.xlsx");
        output::write(&case, &policy, &plan, &path, lang).unwrap();
        let mut book: calamine::Xlsx<_> = calamine::open_workbook(&path).unwrap();
        let names = calamine::Reader::sheet_names(&book);
        let cells: Vec<String> = names
            .iter()
            .flat_map(|name| {
                let range = calamine::Reader::worksheet_range(&mut book, name).unwrap();
                range.rows().flatten().map(ToString::to_string).collect::<Vec<_>>()
            })
            .collect();
        let told = |text: &str| cells.iter().filter(|cell| cell.as_str() == text).count();
        // Of two years, the second.
        assert_eq!((told(passes), told(gone)), (1, 1), "{lang:?}: {cells:?}");
        assert_eq!(output::read_plan(&path).unwrap().edits, []);
    }
}

#[test]
fn a_principal_who_passes_is_not_audited_as_leaving() {
    let mut case = case();
    case.posts.iter_mut().for_each(|post| post.lead = lungang_domain::Lead::Principal);
    let policy = policy(2);
    let layout = nobody_moves(&case, &policy);
    let plan = assemble(&case, &policy, &layout, Vec::new(), Provenance::default(), Lang::En);
    let report = Report::build(&case, &policy, &plan, Lang::En).unwrap();
    assert_eq!(report.table("audit").unwrap().rows.len(), 0);
}

/// From the events sheet to the plan: the holder of P03 sits in P02 from year 2 on, and the row says so in the plan.
#[test]
fn a_merger_is_read_planned_and_listed() {
    let reading = Sample::good().merge("2026-07-15", "P03", "P02").set("events", 5, "staff", "1002").read();
    let case = reading.case.expect("a case");
    let policy = reading.policy.expect("a policy");
    let outcome = run(engine::solve, &case, &policy).expect("a plan");
    let verdict = judge(&case, &policy, &outcome.layout);
    assert!(verdict.clean(), "{:?}", verdict.breaches);
    let seat = |post: &str| case.post_by_id(post);
    let who = case.person_by_id("1003").expect("1003");
    let idle = nobody_moves(&case, &policy);
    assert_eq!([0, 1, 2, 3].map(|t| idle.at(who, t).seat()), [seat("P03"), seat("P03"), seat("P02"), seat("P02")]);
    let plan = assemble(&case, &policy, &outcome.layout, outcome.tiers, Provenance::default(), Lang::Zh);
    let told: Vec<&str> = plan.assumptions.iter().map(|note| note.code.as_str()).collect();
    assert!(told.contains(&"A0502"), "{told:?}");
    let note = plan.assumptions.iter().find(|note| note.code == "A0502").expect("listed");
    assert_eq!(
        lungang::text::problem(Lang::Zh, note).cause,
        "岗位 P03（国库会计）自 2026-07-15 起并入 P02（预算员）：届时在该岗位任职的人员（现有 1 人）一并转入，任职时间连续计算，不计为调整（R17）。"
    );
}
