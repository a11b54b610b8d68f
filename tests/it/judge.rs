//! The judge against the rules and the score that the engines use, on random small cases: two readings of
//! `docs/semantics.md` that share no code must agree on every figure and on what is allowed.

use lungang::insight::{self, course::Courses};
use lungang::rules::{self, Facts, score};
use lungang::text::{Lang, problem, try_say};
use lungang_check::{judge, judge_plan, nobody_moves};
use lungang_domain::plan::{Provenance, TierRow, TierStatus};
use lungang_domain::policy::{Mode, Share, Tier};
use lungang_domain::sample::{CaseBuilder, day, policy};
use lungang_domain::{
    Case, Category, DecisionKind, EventKind, Grade, Investigation, Layout, Lead, PersonIx, Place, Policy, PostIx,
    Power, RankSpan, StaffingKind, add_months,
};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

type Dice = ChaCha8Rng;

fn one_in(dice: &mut Dice, n: u32) -> bool {
    dice.random_range(0..n) == 0
}

fn pick<T: Copy>(dice: &mut Dice, from: &[T]) -> T {
    from[dice.random_range(0..from.len())]
}

fn date(dice: &mut Dice, months: std::ops::Range<i32>) -> String {
    let months = dice.random_range(months);
    let days = dice.random_range(0..31);
    (add_months(day("2025-07-01"), months) + chrono::Days::new(days)).to_string()
}

fn person_id(n: usize) -> String {
    format!("n{n}")
}

fn post_id(n: usize) -> String {
    format!("p{n}")
}

/// A case of up to eight people and as many posts with a bit of everything.
fn any_case(dice: &mut Dice) -> (Case, Policy) {
    let mut builder = CaseBuilder::new();
    let posts = dice.random_range(3..9);
    let people = dice.random_range(2..9);
    let rungs = ["无", "股级副职", "股级正职"];
    for n in 0..posts {
        let unit = pick(dice, &["U", "V"]);
        let section = pick(dice, &["", "S", "S", "R"]);
        builder = builder.post(&post_id(n), unit, section, |post| {
            post.headcount = pick(dice, &[1, 1, 2, 0]);
            post.essential = post.headcount > 0 && one_in(dice, 4);
            post.risk = pick(dice, Grade::ALL);
            post.sensitive = one_in(dice, 4);
            post.min_present = one_in(dice, 4).then(|| dice.random_range(0..3));
            post.lead = pick(dice, &[Lead::None, Lead::None, Lead::Deputy, Lead::Head, Lead::Principal]);
            post.ten_year_duty = one_in(dice, 6);
            post.power = pick(dice, &[None, None, Some(Power::Decision)]);
            post.domain = pick(dice, &[None, None, Some("audit")]).map(str::to_owned);
            if one_in(dice, 3) {
                let low = dice.random_range(0..3);
                let high = dice.random_range(low..3);
                post.level = Some(RankSpan { low: rungs[low].into(), high: rungs[high].into() });
            }
            if one_in(dice, 4) {
                post.grade = Some(RankSpan { low: "一级科员".into(), high: "四级主任科员".into() });
            }
            if one_in(dice, 6) {
                post.staffing_kinds = vec![StaffingKind::Administrative];
            }
            if one_in(dice, 6) {
                post.categories = vec![Category::General];
            }
            if one_in(dice, 8) {
                post.required_majors = vec!["law".into()];
            }
            if one_in(dice, 8) {
                post.required_certificates = vec!["bar".into()];
            }
            if one_in(dice, 8) {
                post.min_education = Some("本科".into());
            }
            if one_in(dice, 3) {
                post.development = vec![pick(dice, &["x", "y"]).into()];
            }
            post.special = one_in(dice, 10).then(|| "why".to_owned());
            post.must_months = one_in(dice, 8).then(|| dice.random_range(30..140));
            post.should_months = one_in(dice, 8).then(|| dice.random_range(20..90));
            post.may_months = one_in(dice, 8).then(|| dice.random_range(6..40));
        });
    }
    let mut joins = Vec::new();
    for n in 0..people {
        let outside = one_in(dice, 7);
        let post = if outside || one_in(dice, 8) { String::new() } else { post_id(dice.random_range(0..posts)) };
        let since = if one_in(dice, 10) { String::new() } else { date(dice, -150..-1) };
        if outside {
            joins.push(n);
        }
        builder = builder.person(&person_id(n), &post, &since, |person| {
            person.level = pick(dice, &[None, Some("无"), Some("股级副职"), Some("股级正职")]).map(str::to_owned);
            person.grade = pick(dice, &[None, Some("二级科员"), Some("一级科员")]).map(str::to_owned);
            person.staffing_kind = pick(dice, &[None, Some(StaffingKind::Administrative), Some(StaffingKind::Public)]);
            person.category = pick(dice, &[None, Some(Category::General), Some(Category::Technical)]);
            person.education = pick(dice, &[None, Some("大专"), Some("硕士")]).map(str::to_owned);
            if one_in(dice, 4) {
                person.majors = vec![pick(dice, &["law", "art"]).into()];
                person.certificates = vec![pick(dice, &["bar", "CPA"]).into()];
            }
            // Where the engines bind party members alone, the judge binds everybody.
            person.party = Some("中共党员".into());
            if one_in(dice, 3) {
                person.reserve = true;
                person.needed = one_in(dice, 2).then(|| vec!["x".into(), "y".into()]);
                person.experiences = if one_in(dice, 3) { vec!["x".into()] } else { Vec::new() };
            }
            let until = |dice: &mut Dice, n: u32| one_in(dice, n).then(|| day(&date(dice, 1..40)));
            person.retire_date = until(dice, 5);
            person.probation_until = until(dice, 10);
            person.minimum_service_until = until(dice, 10);
            person.discipline_until = until(dice, 8);
            person.exempt_until = until(dice, 10);
            person.must_months = one_in(dice, 8).then(|| dice.random_range(30..140));
            person.under_investigation = one_in(dice, 10).then(|| pick(dice, Investigation::ALL));
        });
        if one_in(dice, 6) && !outside {
            let host = if one_in(dice, 2) { post_id(dice.random_range(0..posts)) } else { String::new() };
            let until = if one_in(dice, 3) { String::new() } else { date(dice, 1..30) };
            builder = builder.absent(&person_id(n), "2025-01-01", &until, &host);
        }
        if one_in(dice, 8) && !outside {
            builder = builder.also(&person_id(n), &post_id(dice.random_range(0..posts)));
        }
        if one_in(dice, 10) && !outside {
            builder = builder.acting(&person_id(n), &post_id(dice.random_range(0..posts)));
        }
    }
    for n in joins {
        let kind = pick(dice, &[EventKind::Join, EventKind::Recruit]);
        let post = if one_in(dice, 2) { post_id(dice.random_range(0..posts)) } else { String::new() };
        builder = builder.event(&date(dice, 0..30), kind, &person_id(n), "", &post);
    }
    let mut closed = Vec::new();
    for _ in 0..dice.random_range(0..5) {
        let person = person_id(dice.random_range(0..people));
        let post = dice.random_range(0..posts);
        let when = date(dice, 0..34);
        builder = match dice.random_range(0..6) {
            0 => builder.event(&when, EventKind::Leave, &person, "", ""),
            1 => builder.event(&when, EventKind::Retire, &person, "", ""),
            2 => builder.event(&when, EventKind::Promote, &person, "", &post_id(post)),
            3 => builder.event(&when, EventKind::Return, &person, "", ""),
            4 if !closed.contains(&post) => {
                closed.push(post);
                builder.event(&when, EventKind::ClosePost, "", &post_id(post), "")
            }
            _ => builder,
        };
    }
    for _ in 0..dice.random_range(0..3) {
        let person = person_id(dice.random_range(0..people));
        let year = pick(dice, &[None, Some(1), Some(2), Some(2027)]);
        let kind = pick(dice, &[DecisionKind::Not, DecisionKind::Free, DecisionKind::Go, DecisionKind::Stay]);
        let post = if kind == DecisionKind::Free { String::new() } else { post_id(dice.random_range(0..posts)) };
        let approval = pick(dice, &["", "No. 7"]);
        builder = builder.decision(kind, &person, &post, year, approval);
    }
    if one_in(dice, 3) {
        builder = builder.cap("U", dice.random_range(0..3));
    }
    for n in 0..people {
        for post in 0..posts {
            if !one_in(dice, 5) {
                let score = dice.random_range(0..101);
                builder = builder.fit(&person_id(n), &post_id(post), score);
            }
        }
    }
    let mut policy = policy(3);
    policy.turnover.unit_share = Share::from_fraction(pick(dice, &[0.3, 0.5, 1.0])).expect("a share");
    policy.turnover.old_hands = Share::from_fraction(pick(dice, &[0.0, 0.5])).expect("a share");
    policy.fit.strict = one_in(dice, 5);
    policy.fit.floor = pick(dice, &[0, 0, 0, 40]);
    policy.reserve.experiences = vec!["x".into()];
    if one_in(dice, 3) {
        policy.risk.tiers = vec![Grade::High, Grade::Medium];
    }
    if one_in(dice, 3) {
        (policy.time.may, policy.time.rest) = (6, 6);
    }
    if one_in(dice, 3) {
        policy.priorities.mode = Mode::Weighted;
    }
    policy.turnover.apart = one_in(dice, 6);
    let mut case = builder.build();
    crate::random_cases::mergers(&mut case, &policy, dice.random());
    (case, policy)
}

/// Promotions that the engines' copy of the semantics reads otherwise: see the clarifications 47 to 50.
pub fn read_otherwise(case: &Case, layout: &Layout) -> bool {
    let of = |kind: EventKind| case.events.iter().filter(move |event| event.kind == kind);
    of(EventKind::Promote).any(|event| {
        let Some(person) = event.staff else { return false };
        let away = case.person(person).absence.is_some();
        let late = of(EventKind::Join).chain(of(EventKind::Recruit)).any(|join| join.staff == Some(person));
        let again = of(EventKind::Promote).filter(|other| other.staff == Some(person)).count() > 1;
        let closes = of(EventKind::ClosePost).any(|close| close.post == event.to_post);
        let leads = event.to_post.is_some_and(|post| case.post(post).lead != Lead::None);
        let held = |year: &Place| year.seat().is_some() && year.seat() == event.to_post;
        let in_place = case.person(person).post == event.to_post
            || layout.places[person.0].windows(2).any(|years| years.iter().all(held));
        away || late || again || closes || leads || in_place
    })
}

/// Random legal steps on top of *nobody moves*.
fn any_plan(dice: &mut Dice, case: &Case, policy: &Policy) -> Layout {
    let facts = Facts::new(case, policy);
    let mut layout = nobody_moves(case, policy);
    for _ in 0..20 {
        let mut next = layout.clone();
        let person = dice.random_range(0..case.people.len());
        let t = dice.random_range(1..=policy.horizon());
        let post = PostIx(dice.random_range(0..case.posts.len()));
        for (u, place) in next.places[person].iter_mut().enumerate().skip(t) {
            let post = facts.heir(post, u);
            *place = match *place {
                Place::In(_) | Place::Unplaced => Place::In(post),
                Place::Away { host, .. } => Place::Away { seat: post, host },
                other => other,
            };
        }
        if judge(case, policy, &next).clean() {
            layout = next;
        }
    }
    layout
}

#[test]
fn figures_agree_with_the_score() {
    let (mut plans, mut moves, mut clean, mut differ) = (0, 0, 0, Vec::new());
    for seed in 0..3000 {
        let mut dice = Dice::seed_from_u64(seed);
        let (case, policy) = any_case(&mut dice);
        let layout = any_plan(&mut dice, &case, &policy);
        if read_otherwise(&case, &layout) {
            continue;
        }
        let facts = Facts::new(&case, &policy);
        let verdict = judge(&case, &policy, &layout);
        plans += 1;
        moves += verdict.moves.len();
        clean += usize::from(verdict.clean());
        assert_eq!(facts.nobody_moves, nobody_moves(&case, &policy), "nobody moves, seed {seed}");
        let found: Vec<i64> = verdict.tiers.iter().map(|figures| figures.value).collect();
        if found != score::score(&facts, &layout) {
            differ.push((seed, "value"));
        }
        let found: Vec<i64> = verdict.tiers.iter().map(|figures| figures.nobody_moves).collect();
        if found != score::score(&facts, &facts.nobody_moves) {
            differ.push((seed, "nobody"));
        }
        let found: Vec<i64> = verdict.tiers.iter().map(|figures| figures.today).collect();
        if found != score::today(&facts) {
            differ.push((seed, "today"));
        }
    }
    assert!(differ.is_empty(), "{} of {plans} plans ({moves} moves, {clean} clean): {differ:?}", differ.len());
    assert!(clean > 1000 && moves > 1000, "{clean} clean plans, {moves} moves");
}

#[test]
fn assembled_plans_pass_the_judge() {
    let (mut plans, mut moves, mut wrong) = (0, 0, Vec::new());
    for seed in 0..3000 {
        let mut dice = Dice::seed_from_u64(seed);
        let (case, policy) = any_case(&mut dice);
        let layout = any_plan(&mut dice, &case, &policy);
        if read_otherwise(&case, &layout) {
            continue;
        }
        let verdict = judge(&case, &policy, &layout);
        if !verdict.clean() {
            continue;
        }
        let ranked = Tier::ranked(&policy);
        let proved = |tier: &Tier| ranked.contains(tier) && *tier != Tier::Essential;
        let tiers = verdict
            .tiers
            .iter()
            .map(|figures| {
                TierRow {
                    id: figures.tier.id(),
                    name: figures.tier.name().to_owned(),
                    value: figures.value,
                    bound: proved(&figures.tier).then_some(figures.value),
                    status: TierStatus::Open,
                    gap_points: None,
                    gap: None,
                    today: figures.today,
                    nobody_moves: figures.nobody_moves,
                }
                .assess()
            })
            .collect();
        let provenance = Provenance { seed, ..Provenance::default() };
        let plan = insight::assemble(&case, &policy, &layout, tiers, provenance, Lang::En);
        let judged = judge_plan(&case, &plan, false);
        plans += 1;
        moves += plan.moves.len();
        if !judged.clean() {
            let sentences: Vec<String> = judged
                .breaches
                .iter()
                .map(|found| found.problem(&case, &policy))
                .collect::<Vec<_>>()
                .iter()
                .map(|found| problem(Lang::En, found).cause)
                .collect();
            wrong.push((seed, sentences));
        }
    }
    assert!(wrong.is_empty(), "{} of {plans} plans ({moves} moves): {wrong:#?}", wrong.len());
    assert!(plans > 1000 && moves > 1000);
}

#[test]
fn every_code_of_the_judge_has_its_sentence() {
    let names = "asked batch beside cap category cause certificate claimed computed date education excess expected field \
                 figure floor found grade kin kind lead left path level major moves other relative name needed occupants on own post \
                 retirement rule score seats section staff state stayed tier \
                 title unit until wanted why year";
    let args: Vec<(&str, &str)> = names.split_whitespace().map(|name| (name, "x")).collect();
    let codes = lungang_domain::codes::CODES.iter().filter(|code| code[1..].starts_with("07") && &code[1..] < "0780");
    for code in codes {
        for lang in [Lang::En, Lang::Zh] {
            assert!(try_say(lang, code, &args).is_some(), "{code} {lang:?}");
            let todo = try_say(lang, &format!("{code}.todo"), &args).is_some();
            assert!(todo || code.starts_with('W'), "{code}.todo {lang:?}");
        }
    }
}

#[test]
fn breaches_read_as_sentences_in_both_languages() {
    let mut seen = std::collections::BTreeSet::new();
    for seed in 0..300 {
        let mut dice = Dice::seed_from_u64(seed);
        let (case, policy) = any_case(&mut dice);
        // Anybody anywhere: breaks nearly every rule somewhere.
        let mut layout = nobody_moves(&case, &policy);
        for place in layout.places.iter_mut().flat_map(|line| &mut line[1..]) {
            if one_in(&mut dice, 3) {
                let post = PostIx(dice.random_range(0..case.posts.len()));
                *place = pick(&mut dice, &[Place::In(post), Place::In(post), Place::Unplaced, Place::Left]);
            }
        }
        let verdict = judge(&case, &policy, &layout);
        let problems = verdict.breaches.iter().map(|breach| breach.problem(&case, &policy));
        for found in problems.chain(verdict.inherited.iter().map(|breach| breach.warning(&case, &policy))) {
            for lang in [Lang::En, Lang::Zh] {
                let sentence = problem(lang, &found);
                assert!(!sentence.cause.contains(['{', '$']) && !sentence.cause.contains(&found.code), "{sentence:?}");
            }
            seen.insert(found.code);
        }
    }
    assert!(seen.len() > 24, "{seen:?}");
}

#[test]
fn single_moves_are_barred_by_the_same_rules() {
    let (mut steps, mut barred, mut differ) = (0, 0, Vec::new());
    for seed in 0..3000 {
        let mut dice = Dice::seed_from_u64(seed);
        let (case, policy) = any_case(&mut dice);
        let still = nobody_moves(&case, &policy);
        if read_otherwise(&case, &still) {
            continue;
        }
        let facts = Facts::new(&case, &policy);
        let courses = Courses::new(&facts, &still);
        for _ in 0..6 {
            let person = PersonIx(dice.random_range(0..case.people.len()));
            let t = dice.random_range(1..=policy.horizon());
            let post = PostIx(dice.random_range(0..case.posts.len()));
            let place = still.at(person, t);
            let fixed = facts.of(person).fixed[t].is_some();
            let held = [place.seat(), still.at(person, t - 1).seat()].contains(&Some(post));
            if fixed || held || matches!(place, Place::Outside | Place::Left) {
                continue;
            }
            let mut layout = still.clone();
            layout.places[person.0][t] = match place {
                Place::Away { host, .. } => Place::Away { seat: post, host },
                _ => facts.place(facts.of(person), Some(post), t),
            };
            let verdict = judge(&case, &policy, &layout);
            let own = verdict.breaches.iter().filter(|breach| breach.person == Some(person) && breach.year == t);
            let mut found: Vec<&str> = own.map(|breach| breach.rule).collect();
            found.dedup();
            // Behind a closed door the engines look no further.
            if found.contains(&"CLOSED") {
                found.retain(|rule| !matches!(*rule, "R04" | "R08" | "R18" | "R19" | "FIT" | "SPECIAL" | "DECISION"));
            }
            let mut wanted = rules::barriers(&facts, &courses.transition(person, post, t));
            if wanted.contains(&"CLOSED") {
                wanted.retain(|rule| *rule != "SPECIAL");
            }
            found.sort_unstable();
            steps += 1;
            barred += usize::from(!found.is_empty());
            if found != wanted {
                differ.push((seed, person, post, t, found, wanted));
            }
        }
    }
    differ.truncate(20);
    assert!(differ.is_empty(), "{steps} steps, {barred} barred: {differ:#?}");
    assert!(steps > 5000 && barred > 1000);
}
