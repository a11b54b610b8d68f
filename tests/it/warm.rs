//! Plans that begin from an earlier one: never worse than it where it still holds, never worse than without it, and the
//! same every time.

use crate::pricing::number;
use crate::random_cases::{Dice, SMALL, random_case};
use assert_cmd::Command;
use lungang::demo::{Options, workbook};
use lungang::engine::{Control, Limits, Outcome, Silent, WarmReport, district};
use lungang::insight::assemble;
use lungang::text::Lang;
use lungang_check::judge_plan;
use lungang_domain::plan::Provenance;
use lungang_domain::policy::Tier;
use lungang_domain::sample::{CaseBuilder, policy};
use lungang_domain::time::add_months;
use lungang_domain::{Case, Event, EventKind, Grade, PersonIx, PlanFile, Policy, PostIx};
use predicates::prelude::PredicateBooleanExt;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

fn solve(case: &Case, policy: &Policy, rounds: u64, warm: Option<&Arc<PlanFile>>) -> Option<Outcome> {
    let idle = AtomicBool::new(false);
    let limits = Limits { rounds: Some(rounds), warm: warm.cloned(), ..Limits::default() };
    district::solve(case, policy, &mut Control { limits, interrupt: &idle, progress: &mut Silent }).expect("solved")
}

fn file(case: &Case, policy: &Policy, outcome: &Outcome) -> PlanFile {
    assemble(case, policy, &outcome.layout, outcome.tiers.clone(), Provenance::default(), Lang::En)
}

/// What ranks plans, more being better.
fn key(policy: &Policy, outcome: &Outcome) -> Vec<i64> {
    let ranked = Tier::ranked(policy);
    let tiers = Tier::of(policy).into_iter().zip(&outcome.tiers).filter(|(tier, _)| ranked.contains(tier));
    tiers.map(|(tier, row)| tier.as_gain(row.value)).collect()
}

fn seeds(count: u64) -> std::ops::Range<u64> {
    let first = number("LUNGANG_FIRST", 0);
    first..first + number("LUNGANG_CASES", count)
}

#[test]
fn from_its_own_plan_the_search_never_falls_back() {
    let mut compared = 0;
    for seed in seeds(60) {
        let (case, policy) = random_case(seed, SMALL);
        let Some(found) = solve(&case, &policy, 45, None) else { continue };
        let plan = Arc::new(file(&case, &policy, &found));
        for rounds in 0..=2 {
            let again = solve(&case, &policy, rounds, Some(&plan)).expect("the same start");
            let (now, before) = (key(&policy, &again), key(&policy, &found));
            assert!(now >= before, "seed {seed}, {rounds} rounds: {now:?} after {before:?}");
            let report = again.warm.expect("a report");
            assert_eq!(report.kept, case.people.len(), "seed {seed}: {report:?}");
            compared += 1;
        }
    }
    assert!(compared > 100, "{compared}");
}

/// Another case of the same ids: the decisions of another seed, one person gone, one post closed, a year later.
fn changed(case: &Case, policy: &Policy, dice: &mut Dice, other: &Case) -> (Case, Policy) {
    let (mut case, mut policy) = (case.clone(), policy.clone());
    if dice.percent(60) {
        policy.start = add_months(policy.start, 12);
        policy.as_of = add_months(policy.as_of, 12);
        policy.years = (policy.years + 1).saturating_sub(u32::from(dice.percent(50))).max(1);
        // Whoever should have retired by then and is still listed would be an error of the input.
        for person in &mut case.people {
            person.retire_date = person.retire_date.filter(|date| *date > policy.as_of);
        }
    }
    if dice.percent(60) {
        let (people, posts) = (case.people.len(), case.posts.len());
        let fits = |at: Option<PostIx>| at.is_none_or(|post| post.0 < posts);
        case.decisions = other.decisions.iter().filter(|row| row.staff.0 < people && fits(row.post)).cloned().collect();
    }
    if dice.percent(50) {
        let post = PostIx(dice.below(case.posts.len()));
        let open = !case.events.iter().any(|event| event.post == Some(post) || event.to_post == Some(post));
        if open {
            let date = add_months(policy.start, i32::try_from(dice.range(0, 20)).expect("months"));
            let close = Event {
                date,
                kind: EventKind::ClosePost,
                staff: None,
                post: Some(post),
                to_post: None,
                until: None,
                note: None,
                row: lungang_domain::RowRef::default(),
            };
            case.events.push(close);
            case.events.sort_by_key(|event| event.date);
        }
    }
    if dice.percent(50) && case.people.len() > 1 {
        let last = PersonIx(case.people.len() - 1);
        case.people.truncate(last.0);
        case.events.retain(|event| event.staff != Some(last));
        case.decisions.retain(|decision| decision.staff != last);
        case.relations.retain(|relation| relation.staff_a != last);
    }
    (case, policy)
}

#[test]
fn from_the_plan_of_another_case_it_is_no_worse_than_without() {
    let (mut begun, mut better, mut told) = (0, 0, WarmReport::default());
    for seed in seeds(150) {
        let (old, old_policy) = random_case(seed, SMALL);
        let (other, other_policy) = random_case(seed + 1_000_000, SMALL);
        let Some(found) = solve(&old, &old_policy, 30, None) else { continue };
        let plan = Arc::new(file(&old, &old_policy, &found));
        let mut dice = Dice::new(seed ^ 0x3A23);
        let now = changed(&old, &old_policy, &mut dice, &other);
        for (case, policy) in [now, (other, other_policy)] {
            let cold = solve(&case, &policy, 0, None);
            for rounds in [0, 24] {
                let warm = solve(&case, &policy, rounds, Some(&plan));
                assert!(warm.is_some() || cold.is_none(), "seed {seed}");
                let Some(warm) = warm else { continue };
                begun += 1;
                if let Some(cold) = &cold {
                    let (warm, cold) = (key(&policy, &warm), key(&policy, cold));
                    assert!(warm >= cold, "seed {seed}, {rounds} rounds: {warm:?} after {cold:?}");
                    better += usize::from(rounds == 0 && warm > cold);
                }
                let made = file(&case, &policy, &warm);
                let verdict = judge_plan(&case, &made, false);
                assert!(verdict.clean(), "seed {seed}: {:#?}", verdict.problems(&case));
                let again = solve(&case, &policy, rounds, Some(&plan)).expect("the same");
                assert_eq!(made, file(&case, &policy, &again), "seed {seed}");
                let report = warm.warm.expect("a report");
                assert_eq!(Some(report), again.warm, "seed {seed}");
                let WarmReport { kept, adapted, lost, barred, crowded, new, .. } = report;
                assert_eq!(
                    kept + adapted + lost + barred + crowded + new,
                    case.people.len(),
                    "seed {seed}: {report:?}"
                );
                told.kept += kept;
                told.adapted += adapted;
                told.lost += lost;
                told.barred += barred;
                told.crowded += crowded;
                told.new += new;
                told.gone += report.gone;
            }
        }
    }
    println!("{begun} begun, {better} of them better at once; {told:?}");
    assert!(begun > 150 && better > 10, "{begun}, {better}");
    let kinds = [told.kept, told.adapted, told.lost, told.barred, told.crowded, told.new, told.gone];
    assert!(kinds.iter().all(|count| *count > 0), "{told:?}");
}

/// Three swap in a ring; then one of them is gone, and somebody from outside has the third one's seat.
#[test]
fn who_is_left_without_a_seat_gives_way() {
    let posts = |builder: CaseBuilder| {
        ["a", "b", "c"].into_iter().fold(builder, |builder, id| {
            builder.post(id, "U1", "", |post| {
                post.risk = Grade::High;
                post.headcount = 1;
            })
        })
    };
    let person = |builder: CaseBuilder, id: &str, post: &str| builder.person(id, post, "2015-07-01", |_| ());
    let builder = person(person(person(posts(CaseBuilder::new()), "ann", "a"), "bob", "b"), "cat", "c");
    let (case, policy) = (builder.build(), policy(2));
    let found = solve(&case, &policy, 60, None).expect("a plan");
    let mut plan = file(&case, &policy, &found);
    // Whichever way the ring turned: here ann goes to b, bob to c, cat to a, all in year 1.
    for (id, to) in [("ann", "b"), ("bob", "c"), ("cat", "a")] {
        for place in plan.layout.get_mut(id).expect("listed").iter_mut().skip(1) {
            place.post = Some(to.to_owned());
        }
    }
    let plan = Arc::new(plan);
    let all = solve(&case, &policy, 0, Some(&plan)).expect("begun").warm.expect("a report");
    assert_eq!(all, WarmReport { kept: 3, better: true, ..WarmReport::default() });

    let builder = person(person(person(posts(CaseBuilder::new()), "ann", "a"), "bob", "b"), "dan", "c");
    let next = solve(&builder.build(), &policy, 0, Some(&plan)).expect("begun").warm.expect("a report");
    assert_eq!(next, WarmReport { crowded: 2, new: 1, gone: 1, ..WarmReport::default() });

    // Without post c bob stays, and so must ann.
    let builder = CaseBuilder::new().post("a", "U1", "", |_| ()).post("b", "U1", "", |_| ());
    let builder = person(person(builder, "ann", "a"), "bob", "b");
    let next = solve(&builder.build(), &policy, 0, Some(&plan)).expect("begun").warm.expect("a report");
    assert_eq!(next, WarmReport { crowded: 1, lost: 1, gone: 1, ..WarmReport::default() });

    // A year later, the moves made: nothing to do. Not made: done now.
    let mut later = policy.clone();
    later.start = add_months(policy.start, 12);
    later.as_of = add_months(policy.as_of, 12);
    let begun = [("ann", "b"), ("bob", "c"), ("cat", "a")];
    let builder = begun
        .into_iter()
        .fold(posts(CaseBuilder::new()), |builder, (id, post)| builder.person(id, post, "2025-07-01", |_| ()));
    let next = solve(&builder.build(), &later, 0, Some(&plan)).expect("begun");
    assert_eq!(next.warm, Some(WarmReport { kept: 3, ..WarmReport::default() }));
    let next = solve(&case, &later, 0, Some(&plan)).expect("begun");
    assert_eq!(next.warm, Some(WarmReport { kept: 3, better: true, ..WarmReport::default() }));
}

fn lungang(folder: &Path, args: &[&str]) -> assert_cmd::assert::Assert {
    Command::cargo_bin("lungang").expect("built").current_dir(folder).args(["--lang", "en"]).args(args).assert()
}

#[test]
fn the_command_begins_from_any_plan_it_can_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let says = predicates::str::contains::<&str>;
    let demo = |people: usize, seed: u64| {
        workbook(&Options { people, seed, lang: Lang::En, ..Options::default() }).expect("a workbook")
    };
    fs::write(at("in.xlsx"), demo(30, 3)).expect("written");
    let short = ["plan", "in.xlsx", "--rounds", "26"];
    let out = ["-o", "plan.json", "-o", "plan.xlsx", "-o", "plan/"];
    lungang(folder.path(), &[&short[..], &out].concat()).success();
    let mut texts = Vec::new();
    for plan in ["plan.json", "plan.xlsx", "plan/"] {
        lungang(folder.path(), &[&short[..], &["--warm", plan, "-o", "next.json"]].concat())
            .success()
            .stderr(says("Begun from the plan").and(says("30 people as it has them")));
        let text = fs::read_to_string(at("next.json")).expect("a plan");
        let hash = text.lines().find(|line| line.contains("warm_hash")).expect("a hash").to_owned();
        texts.push((hash.clone(), text.replace(&hash, "")));
    }
    assert!(texts.iter().all(|(_, text)| *text == texts[0].1), "the format read does not matter");
    assert!(texts[0].0 != texts[1].0 && texts[1].0 != texts[2].0, "each file has its hash");
    lungang(folder.path(), &["check", "next.json", "--input", "in.xlsx"]).success();

    // A post that the list lacks holds one person back, not the run.
    let text = fs::read_to_string(at("plan.json")).expect("a plan");
    let plan: PlanFile = serde_json::from_str(&text).expect("a plan");
    let to = &plan.moves.first().expect("a move").to;
    fs::write(at("renamed.json"), text.replace(&format!("\"{to}\""), "\"no such post\"")).expect("written");
    lungang(folder.path(), &[&short[..], &["--warm", "renamed.json", "-o", "next.json"]].concat())
        .success()
        .stderr(says("whose post is not in the list any more"));

    let refused = |plan: &str, code: i32, word: &'static str| {
        lungang(folder.path(), &[&short[..], &["--warm", plan, "-o", "none.json"]].concat())
            .code(code)
            .stderr(says(word));
        assert!(!at("none.json").exists(), "{plan}");
    };
    refused("none.json", 1, "E0101 none.json");
    fs::write(at("broken.json"), "{\"layout\": 3").expect("written");
    refused("broken.json", 1, "E0782");
    fs::write(at("broken.xlsx"), "no workbook").expect("written");
    refused("broken.xlsx", 1, "E0780");
    refused("in.xlsx", 1, "E0783");
    lungang(folder.path(), &[&short[..], &["--warm", "plan.json", "--engine", "compact", "-o", "none.json"]].concat())
        .code(2)
        .stderr(says("E0904"));

    // A plan of nobody here: a warning, and the plan is the one made without it.
    let mut other = plan;
    other.layout = other.layout.into_iter().map(|(id, line)| (format!("other-{id}"), line)).collect();
    fs::write(at("other.json"), serde_json::to_string(&other).expect("json")).expect("written");
    lungang(folder.path(), &[&short[..], &["--warm", "other.json", "-o", "next.json"]].concat())
        .success()
        .stderr(says("W0901"));
    assert_eq!(fs::read_to_string(at("next.json")).expect("a plan"), text);
}
