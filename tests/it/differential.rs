//! Engines, checker and brute force against each other on random small cases.
//!
//! `LUNGANG_CASES` sets the number of cases (60 unless told), `LUNGANG_FIRST` the first seed; `LUNGANG_RULE` leaves the
//! rules that it names in the table of how often each bites.

use crate::random_cases::{Dice, SMALL, Size, TINY, random_case, random_case_of};
use lungang::engine::{Control, Failure, Limits, Outcome, Silent, columns, compact};
use lungang::rules::{Facts, is_fit};
use lungang_check::{Verdict, judge, nobody_moves};
use lungang_domain::policy::{Mode, Tier};
use lungang_domain::{Case, EventKind, Layout, PersonIx, Place, Policy, PostIx, Relation};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::AtomicBool;

/// An engine under test.
pub type Engine = fn(&Case, &Policy, &mut Control) -> Result<Outcome, Failure>;

/// Every engine, by the name of `--engine`.
pub const ENGINES: &[(&str, Engine)] =
    &[("compact", compact::solve), ("columns", columns::solve), ("lines", lungang::engine::solve)];

pub fn seeds() -> std::ops::Range<u64> {
    let first = asked("LUNGANG_FIRST").unwrap_or(0);
    first..first + asked("LUNGANG_CASES").unwrap_or(60)
}

/// A number that the environment asks for.
fn asked(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|text| text.parse().ok())
}

/// Rules that seldom matter unless a case is about them.
const RARE: &[&str] = &[
    "R06",
    "R07",
    "R08",
    "R09",
    "R11",
    "R12.old_hands",
    "R13",
    "R16",
    "R19",
    "R20",
    "R21",
    "R25",
    "FIT",
    // Twice, for it is not always found.
    "R08",
    "R09",
    "R11",
];

/// Four of five cases are about one of the rare rules: of some drawn, the first in which the rule changes the best plan by
/// what the reference says, or the last.
fn telling_case(seed: u64, size: Size) -> (Case, Policy) {
    let number = usize::try_from(seed).expect("few seeds");
    if number.is_multiple_of(5) {
        return random_case(seed, size);
    }
    let rule = RARE[(number / 5 * 4 + number % 5) % RARE.len()];
    let mut drawn = (0..10).map(|again| random_case_of(seed | (again + 1) << 32, size, rule));
    let last = drawn.next_back().expect("ten");
    drawn
        .find(|(case, policy)| {
            let without = without(case, policy, rule);
            without != values(policy, run(compact::solve, case, policy))
        })
        .unwrap_or(last)
}

/// Values of the best plan with a rule left out; `None` where there is none. What clashes is looked for with every rule in
/// force, so it may be nothing: a decision may be what fills a floor.
fn without(case: &Case, policy: &Policy, rule: &str) -> Option<Vec<i64>> {
    let stop = AtomicBool::new(false);
    let mut silent = Silent;
    let mut control = Control { limits: Limits::default(), interrupt: &stop, progress: &mut silent };
    match compact::solve_without(case, policy, &compact::Dropped::one(rule), &mut control) {
        Err(Failure::Clash(_)) => None,
        other => values(policy, other),
    }
}

pub fn run(engine: Engine, case: &Case, policy: &Policy) -> Result<Outcome, Failure> {
    let stop = AtomicBool::new(false);
    let mut silent = Silent;
    engine(case, policy, &mut Control { limits: Limits::default(), interrupt: &stop, progress: &mut silent })
}

/// Values of the tiers that rank plans, or `None` where the decisions clash. Plans as good in W may differ in its parts.
pub fn values(policy: &Policy, result: Result<Outcome, Failure>) -> Option<Vec<i64>> {
    match result {
        Ok(outcome) => {
            let values: Vec<i64> = outcome.tiers.iter().map(|row| row.value).collect();
            Some(ranked(policy, &values))
        }
        Err(Failure::Clash(problems)) if !problems.is_empty() => None,
        Err(other) => panic!("{other:?}"),
    }
}

/// Of the values of all tiers those that rank plans.
fn ranked(policy: &Policy, values: &[i64]) -> Vec<i64> {
    let ranked = Tier::ranked(policy);
    Tier::of(policy).iter().zip(values).filter(|(tier, _)| ranked.contains(tier)).map(|(_, value)| *value).collect()
}

pub fn figures(verdict: &Verdict) -> Vec<i64> {
    verdict.tiers.iter().map(|figures| figures.value).collect()
}

/// The places that somebody could conceivably take in a year.
fn conceivable(case: &Case, person: PersonIx) -> Vec<Place> {
    let own = case.person(person).absence.iter().map(|absence| absence.host);
    let listed = case.events.iter().filter(|event| event.staff == Some(person)).map(|event| event.to_post);
    let merged = case.events.iter().filter(|event| event.kind == EventKind::Merge).map(|event| event.to_post);
    let hosts: BTreeSet<Option<PostIx>> = own.chain(listed).chain(merged).chain([None]).collect();
    let mut places = vec![Place::Outside, Place::Unplaced, Place::Left];
    for post in case.posts_ix() {
        places.push(Place::In(post));
        places.extend(hosts.iter().map(|host| Place::Away { seat: post, host: *host }));
    }
    places
}

/// Every line of places that one person may take as far as the rules about that person alone go, by the checker.
fn lines(case: &Case, policy: &Policy, person: PersonIx, idle: &Layout) -> Vec<Vec<Place>> {
    let alone = |line: &[Place], t: usize| {
        let mut layout = idle.clone();
        layout.places[person.0][..line.len()].copy_from_slice(line);
        let verdict = judge(case, policy, &layout);
        // What relatives break depends on where the other one stands.
        let own = |rule: &str| !["R07", "R21"].contains(&rule);
        let mut found = verdict.breaches.iter().filter(|breach| breach.person == Some(person) && own(breach.rule));
        !found.any(|breach| breach.year <= t)
    };
    let places = conceivable(case, person);
    let mut lines = vec![vec![idle.at(person, 0)]];
    for t in 1..=policy.horizon() {
        let longer = lines.iter().flat_map(|line| places.iter().map(|place| [line.as_slice(), &[*place]].concat()));
        lines = longer.filter(|line| alone(line, t)).collect();
    }
    lines
}

/// The best tiers over every layout, judged one by one. Outer `None`: too many; inner `None`: no plan.
pub fn brute_force(case: &Case, policy: &Policy, limit: usize) -> Option<Option<Vec<i64>>> {
    best_of_all(case, policy, limit).map(|best| best.map(|(values, _)| values))
}

fn best_of_all(case: &Case, policy: &Policy, limit: usize) -> Option<Option<(Vec<i64>, Layout)>> {
    let tiers = Tier::ranked(policy);
    let gains = |values: &[i64]| tiers.iter().zip(values).map(|(tier, value)| tier.as_gain(*value)).collect::<Vec<_>>();
    let mut best: Option<(Vec<i64>, Layout)> = None;
    each_plan(case, policy, limit, |layout, verdict| {
        let found = ranked(policy, &figures(verdict));
        if best.as_ref().is_none_or(|(best, _)| gains(&found) > gains(best)) {
            best = Some((found, layout.clone()));
        }
    })
    .then_some(best)
}

/// Looks at every layout in which the checker finds no new breach; `false`, and at none, where there are too many to try.
pub fn each_plan(case: &Case, policy: &Policy, limit: usize, mut look: impl FnMut(&Layout, &Verdict)) -> bool {
    let idle = nobody_moves(case, policy);
    let mut all: Vec<Vec<Vec<Place>>> = Vec::new();
    let mut number = 1_usize;
    for person in case.people_ix() {
        all.push(lines(case, policy, person, &idle));
        number = number.saturating_mul(all[person.0].len());
        if number > limit {
            return false;
        }
    }
    for mut at in 0..number {
        let mut layout = idle.clone();
        for (person, lines) in all.iter().enumerate() {
            layout.places[person].clone_from(&lines[at % lines.len()]);
            at /= lines.len();
        }
        let verdict = judge(case, policy, &layout);
        if verdict.clean() {
            look(&layout, &verdict);
        }
    }
    true
}

/// Fails with every disagreement at once, so that one look shows what they have in common.
pub fn agree(disagreements: &[String]) {
    assert!(disagreements.is_empty(), "{} disagreements:\n{}", disagreements.len(), disagreements.join("\n"));
}

#[test]
fn every_engine_finds_what_brute_force_finds() {
    let (mut tried, mut clashes, mut weighted) = (0, 0, 0);
    let mut wrong = Vec::new();
    for seed in seeds() {
        for (name_of_size, size, limit) in [("tiny", TINY, 3_000), ("small", SMALL, 1_500)] {
            let (case, policy) = telling_case(seed, size);
            let Some(best) = brute_force(&case, &policy, limit) else { continue };
            tried += 1;
            clashes += usize::from(best.is_none());
            weighted += usize::from(policy.priorities.mode == Mode::Weighted);
            for (name, engine) in ENGINES {
                let found = values(&policy, run(*engine, &case, &policy));
                if found != best {
                    wrong.push(format!("seed {seed} {name_of_size}: {name} {found:?}, brute force {best:?}"));
                }
            }
        }
    }
    println!("{tried} cases tried out in full, {clashes} of them without a plan, {weighted} with weights");
    assert!(tried > 0 && weighted > 0);
    agree(&wrong);
}

/// The engines agree on cases too large to try every layout.
#[test]
fn every_engine_finds_the_same() {
    let mut wrong = Vec::new();
    for seed in seeds() {
        let (case, policy) = telling_case(seed, SMALL);
        let solved = |engine: Engine| values(&policy, run(engine, &case, &policy));
        let found: Vec<_> = ENGINES.iter().map(|(name, engine)| (name, solved(*engine))).collect();
        if found.iter().any(|(_, values)| *values != found[0].1) {
            let kinds: BTreeSet<&str> = case.events.iter().map(|event| event.kind.key()).collect();
            wrong.push(format!("seed {seed} small: {found:?}, {kinds:?}, {} decisions", case.decisions.len()));
        }
    }
    agree(&wrong);
}

/// What an engine's plan says about itself is what the checker says about it.
#[test]
fn every_plan_is_clean_and_its_figures_are_the_checkers() {
    let mut wrong = Vec::new();
    for seed in seeds() {
        let (case, policy) = telling_case(seed, SMALL);
        for (name, engine) in ENGINES {
            let Ok(outcome) = run(*engine, &case, &policy) else { continue };
            let verdict = judge(&case, &policy, &outcome.layout);
            if !verdict.clean() {
                wrong.push(format!("seed {seed}: {name} breaks {:?}", verdict.breaches));
            }
            assert_eq!(outcome.tiers.len(), verdict.tiers.len());
            for (row, figures) in outcome.tiers.iter().zip(&verdict.tiers) {
                let claimed = (row.id.clone(), row.value, row.today, row.nobody_moves);
                let judged = (figures.tier.id(), figures.value, figures.today, figures.nobody_moves);
                if claimed != judged {
                    wrong.push(format!("seed {seed}: {name} claims {claimed:?}, judged {judged:?}"));
                }
                if Tier::ranked(&policy).contains(&figures.tier) && row.gap_points != Some(0) {
                    wrong.push(format!("seed {seed}: {name} leaves {} open: {:?}", row.id, row.gap_points));
                } else if !Tier::ranked(&policy).contains(&figures.tier) && row.bound.is_some() {
                    wrong.push(format!("seed {seed}: {name} bounds {}, a part of W", row.id));
                }
            }
        }
    }
    agree(&wrong);
}

/// Corrupts a layout in one to three places.
fn corrupted(dice: &mut Dice, case: &Case, layout: &Layout) -> Layout {
    let mut layout = layout.clone();
    for _ in 0..dice.range(1, 3) {
        let person = PersonIx(dice.below(case.people.len()));
        let years = layout.years();
        let from = 1 + dice.below(years);
        let to = if dice.percent(60) { years } else { from };
        // Mostly another seat in the state as it was; sometimes any place at all.
        let places = conceivable(case, person);
        let any = *dice.pick(&places);
        let post = PostIx(dice.below(case.posts.len()));
        let wild = dice.percent(20);
        for place in &mut layout.places[person.0][from..=to] {
            *place = match *place {
                _ if wild => any,
                Place::In(_) | Place::Unplaced => Place::In(post),
                Place::Away { host, .. } => Place::Away { seat: post, host },
                fixed => fixed,
            };
        }
    }
    layout
}

/// The checker finds no new breach just where the programme, held to the layout, has a solution; and they count alike.
#[test]
fn checker_and_programme_agree_on_corrupted_layouts() {
    let (mut clean, mut broken) = (0, 0);
    for seed in seeds() {
        let (case, policy) = random_case(seed, SMALL);
        let mut dice = Dice::new(seed ^ 0xC0FF);
        let idle = nobody_moves(&case, &policy);
        let base = run(compact::solve, &case, &policy).map_or_else(|_| idle.clone(), |outcome| outcome.layout);
        for round in 0..8 {
            let layout = match round {
                0 => idle.clone(),
                1 | 2 => corrupted(&mut dice, &case, &idle),
                _ => corrupted(&mut dice, &case, &base),
            };
            let verdict = judge(&case, &policy, &layout);
            let fixed = compact::evaluate(&case, &policy, &layout);
            let place = format!("seed {seed}, round {round}: {:?}", verdict.breaches);
            assert_eq!(verdict.clean(), fixed.feasible, "{place}");
            assert_eq!(compact::evaluate_alone(&case, &policy, &layout), fixed, "{place}");
            if fixed.feasible {
                clean += 1;
                assert_eq!(figures(&verdict), fixed.tiers, "{place}");
                assert_eq!(verdict.value(Tier::Law), Some(fixed.inherited), "{place}");
            } else {
                broken += 1;
            }
        }
    }
    println!("{clean} layouts clean, {broken} broken");
    assert!(clean > 0 && broken > 0);
}

/// Two people change places from some year on, or one goes to a post that fits.
fn swapped(dice: &mut Dice, facts: &Facts<'_>, layout: &Layout) -> Layout {
    let mut layout = layout.clone();
    let years = layout.years();
    let from = 1 + dice.below(years);
    let seat = |layout: &Layout, person: PersonIx| match layout.at(person, from) {
        Place::In(post) => Some(post),
        _ => None,
    };
    let put = |layout: &mut Layout, person: PersonIx, post: PostIx| {
        for place in &mut layout.places[person.0][from..] {
            if let Place::In(_) = place {
                *place = Place::In(post);
            }
        }
    };
    for _ in 0..60 {
        let [one, other] = [0; 2].map(|_| PersonIx(dice.below(facts.case.people.len())));
        let Some(held) = seat(&layout, one) else { continue };
        let alone = dice.percent(40);
        let to = if alone { Some(PostIx(dice.below(facts.case.posts.len()))) } else { seat(&layout, other) };
        let Some(to) = to.filter(|to| *to != held && is_fit(facts, one, *to, from)) else { continue };
        if alone || is_fit(facts, other, held, from) {
            put(&mut layout, one, to);
            if !alone {
                put(&mut layout, other, held);
            }
            break;
        }
    }
    layout
}

/// The plan after so many rounds.
fn after(case: &Case, policy: &Policy, rounds: u64) -> Layout {
    let stop = AtomicBool::new(false);
    let limits = Limits { rounds: Some(rounds), ..Limits::default() };
    let mut control = Control { limits, interrupt: &stop, progress: &mut Silent };
    lungang::engine::solve(case, policy, &mut control).expect("a plan").layout
}

/// How many corrupted plans keep all rules by what both say, and what the others break.
#[derive(Debug, Default)]
struct Tally {
    clean: u64,
    broken: u64,
    breaches: BTreeMap<&'static str, u64>,
}

impl Tally {
    fn compare(&mut self, verdict: &Verdict, fixed: &compact::Fixed, place: &str) {
        assert_eq!(verdict.clean(), fixed.feasible, "{place}: {:?}", verdict.breaches);
        for breach in &verdict.breaches {
            *self.breaches.entry(breach.rule).or_default() += 1;
        }
        if fixed.feasible {
            self.clean += 1;
            assert_eq!(figures(verdict), fixed.tiers, "{place}");
        } else {
            self.broken += 1;
        }
    }
}

/// The same on plans of departments of thirty people, one corruption a time; `LUNGANG_CORRUPTED` asks for more of them.
#[test]
fn checker_and_programme_agree_on_corrupted_plans_of_thirty() {
    let number = asked("LUNGANG_CORRUPTED").unwrap_or(12);
    let mut tally = Tally::default();
    for seed in 0..number.div_ceil(50) {
        let (mut case, mut policy) = crate::families::department(30, seed % 40);
        policy.reserve.successors = seed % 2 == 1;
        let mut dice = Dice::new(seed ^ 0x0C0_FFEE);
        // The family has no relatives: some of everybody's, so that R07 and R21 have something to say.
        for _ in 0..12 {
            let pair = [0; 2].map(|_| PersonIx(dice.below(case.people.len())));
            // Whom a decision sends somewhere might not go there any more.
            if case.decisions.iter().any(|decision| pair.contains(&decision.staff)) {
                continue;
            }
            let (staff_a, staff_b, row) = (pair[0], Some(pair[1]), case.people[pair[0].0].row);
            case.relations.push(Relation { staff_a, staff_b, kind: None, other: None, row });
        }
        let base = after(&case, &policy, 12);
        let facts = Facts::new(&case, &policy);
        for round in 0..50.min(number - seed * 50) {
            // Two of three are mild: what a colleague who knows the rules of form stay would do by hand.
            let layout =
                if round % 3 == 0 { corrupted(&mut dice, &case, &base) } else { swapped(&mut dice, &facts, &base) };
            let fixed = compact::evaluate(&case, &policy, &layout);
            tally.compare(&judge(&case, &policy, &layout), &fixed, &format!("seed {seed}, round {round}"));
        }
    }
    println!("{tally:?}");
}

/// The same on a plan of the whole district, whose programme holds the layout's own courses alone; `LUNGANG_CORRUPTED_DISTRICT`
/// asks for more corruptions than two.
#[test]
fn checker_and_programme_agree_on_corrupted_plans_of_the_district() {
    let number = asked("LUNGANG_CORRUPTED_DISTRICT").unwrap_or(2);
    let (case, mut policy) = crate::whole_district::district();
    policy.reserve.successors = true;
    let base = after(&case, &policy, if number > 2 { 60 } else { 1 });
    let facts = Facts::new(&case, &policy);
    let mut dice = Dice::new(0xD15_721C7);
    let mut tally = Tally::default();
    for round in 0..number {
        let layout = match round % 4 {
            0 => corrupted(&mut dice, &case, &base),
            _ => swapped(&mut dice, &facts, &base),
        };
        let fixed = compact::evaluate_alone(&case, &policy, &layout);
        tally.compare(&judge(&case, &policy, &layout), &fixed, &format!("round {round}"));
    }
    println!("{tally:?}");
}

/// Shows a case, for whoever looks into a disagreement: `LUNGANG_SHOW=<seed> cargo test … show -- --ignored --nocapture`.
#[test]
#[ignore = "shows a case, tests nothing"]
fn show() {
    let seed = std::env::var("LUNGANG_SHOW").unwrap().parse().unwrap();
    let size = if std::env::var("LUNGANG_TINY").is_ok() { TINY } else { SMALL };
    let (case, policy) = random_case(seed, size);
    let policy_text = serde_json::to_string(&policy).unwrap();
    println!("{policy_text}");
    for (at, post) in case.posts.iter().enumerate() {
        println!("{at}: {post:?}");
    }
    for (at, person) in case.people.iter().enumerate() {
        println!("{at}: {person:?}");
    }
    println!("units {:?}", case.units);
    case.events.iter().for_each(|event| println!("{event:?}"));
    case.decisions.iter().for_each(|decision| println!("{decision:?}"));
    let idle = nobody_moves(&case, &policy);
    println!("nobody moves {:?} {:?}", idle, judge(&case, &policy, &idle).breaches);
    for (name, engine) in ENGINES {
        match run(*engine, &case, &policy) {
            Ok(outcome) => {
                let tiers: Vec<i64> = outcome.tiers.iter().map(|row| row.value).collect();
                println!("{name} {tiers:?} {:?}", outcome.layout.places);
                println!("judged {:?}", figures(&judge(&case, &policy, &outcome.layout)));
            }
            Err(other) => println!("{name} {other:?}"),
        }
    }
    if let Some((best, layout)) = best_of_all(&case, &policy, 50_000).flatten() {
        println!("brute force {best:?} {:?}", layout.places);
    }
}

/// Rules, and halves of rules, that are not mere goals. APART is off in most cases: how often it bites where it is on stands in
/// `apart`.
pub(crate) const BITING: &[&str] = &[
    "R01",
    "R02",
    "R03",
    "R04",
    "R05",
    "R06",
    "R07",
    "R08",
    "R09",
    "R10",
    "R11",
    "R12",
    "R12.cap",
    "R12.old_hands",
    "R13",
    "R14",
    "R15",
    "R16",
    "R18",
    "R19",
    "R20",
    "R21",
    "R25",
    "AWAY",
    "SPECIAL",
    "DECISION",
    "FIT",
];

type Asks = fn(&Policy) -> bool;

/// What only matters where a policy asks for it, and whether this one does.
const ASKED: &[(&str, Asks)] = &[
    ("G4.moves", |policy| policy.turnover.most_moves.is_some()),
    ("G4.cross_unit", |policy| policy.turnover.most_cross_unit.is_some()),
    ("FIT", |policy| policy.fit.floor > 0 && !policy.fit.strict),
];

/// A rule that never changes anything is not tested: each must change the tiers of at least one case in twenty; of what a
/// policy has to ask for, one in twenty of those that do.
#[test]
fn every_rule_bites() {
    let size: Size = SMALL;
    let only = std::env::var("LUNGANG_RULE").ok();
    let rules: Vec<&str> = BITING
        .iter()
        .copied()
        .filter(|rule| only.as_deref().is_none_or(|only| only.split(',').any(|one| one == *rule)))
        .collect();
    let mut bites = vec![0_usize; rules.len()];
    let mut asked = vec![[0_usize; 2]; ASKED.len()];
    let number = seeds().count();
    for seed in seeds() {
        let (case, policy) = telling_case(seed, size);
        let whole = values(&policy, run(compact::solve, &case, &policy));
        for (rule, bites) in rules.iter().zip(&mut bites) {
            *bites += usize::from(without(&case, &policy, rule) != whole);
        }
        for ((rule, _), [number, bites]) in ASKED.iter().zip(&mut asked).filter(|((_, asks), _)| asks(&policy)) {
            *number += 1;
            *bites += usize::from(without(&case, &policy, rule) != whole);
        }
    }
    println!("rule           cases changed, of {number}");
    for (rule, bites) in rules.iter().zip(&bites) {
        println!("{rule:<14} {bites:>5}  {:>5.1} %", 100.0 * *bites as f64 / number as f64);
    }
    for ((rule, _), [asked, bites]) in ASKED.iter().zip(&asked) {
        println!("{rule:<14} {bites:>5}  {:>5.1} % of {asked}", 100.0 * *bites as f64 / (*asked).max(1) as f64);
    }
    // Few cases say little about a share of one in twenty.
    if number >= 300 {
        let idle = asked.iter().zip(ASKED).filter(|([asked, bites], _)| *bites * 20 < *asked || *asked * 20 < number);
        let idle: Vec<_> = idle.map(|(counts, (rule, _))| (rule, counts)).collect();
        assert!(idle.is_empty(), "{idle:?}");
        let idle: Vec<_> = rules.iter().zip(&bites).filter(|(_, bites)| **bites * 20 < number).collect();
        assert!(idle.is_empty(), "{idle:?}");
    }
}
