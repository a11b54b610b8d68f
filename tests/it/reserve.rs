//! Reserve cadres as a chain: who is a successor, how posts are counted, what each year does, what the pool would need.

use lungang::engine::{Control, Limits, Silent};
use lungang::insight::assemble;
use lungang::insight::chain::{self, Step};
use lungang::insight::course::Courses;
use lungang::insight::successors::{Standing, ready_from, standings};
use lungang::output::report::{Report, Table, Value};
use lungang::rules::Facts;
use lungang::rules::score::score;
use lungang::text::Lang;
use lungang_domain::plan::Provenance;
use lungang_domain::policy::Tier;
use lungang_domain::sample::{CaseBuilder, day, moved, policy};
use lungang_domain::{
    Case, Category, EventKind, Investigation, Layout, Lead, Person, PersonIx, Policy, Post, RankSpan, Sex,
    StaffingKind, Stage,
};
use rstest::rstest;

fn span(low: &str, high: &str) -> Option<RankSpan> {
    Some(RankSpan { low: low.into(), high: high.into() })
}

/// An essential post at 乡科级副职, held, and a cadre at a desk who is ready unless changed.
fn one(change_post: impl FnOnce(&mut Post), change: impl FnOnce(&mut Person)) -> Case {
    CaseBuilder::new()
        .post("q", "U", "", |post| {
            (post.essential, post.level) = (true, span("乡科级副职", "乡科级副职"));
            change_post(post);
        })
        .post("desk", "U", "", |_| ())
        .person("boss", "q", "2020-01-01", |person| person.level = Some("乡科级副职".into()))
        .person("x", "desk", "2020-01-01", |person| {
            (person.reserve, person.ready_now) = (true, true);
            person.level = Some("股级正职".into());
            change(person);
        })
        .build()
}

fn standing_of(case: &Case, policy: &Policy, layout: Option<&Layout>) -> Vec<Standing> {
    let facts = Facts::new(case, policy);
    let layout = layout.unwrap_or(&facts.nobody_moves);
    standings(&facts, &Courses::new(&facts, layout))
}

/// By year, the ids of who is ready for the first essential post.
fn ready(case: &Case, policy: &Policy, layout: Option<&Layout>) -> Vec<Vec<String>> {
    let names = |people: &Vec<PersonIx>| people.iter().map(|person| case.person(*person).id.0.clone()).collect();
    standing_of(case, policy, layout).iter().map(|year| year.ready.first().map(names).unwrap_or_default()).collect()
}

#[rstest]
#[case::as_is(|_: &mut Person| (), true)]
#[case::at_the_level(|person: &mut Person| person.level = Some("乡科级副职".into()), true)]
// At a post without a level a blank counts as 无 (semantics 30).
#[case::without_a_level(|person: &mut Person| person.level = None, false)]
#[case::two_below(|person: &mut Person| person.level = Some("股级副职".into()), false)]
#[case::above(|person: &mut Person| person.level = Some("乡科级正职".into()), false)]
#[case::not_in_the_pool(|person: &mut Person| person.reserve = false, false)]
#[case::not_ready(|person: &mut Person| person.ready_now = false, false)]
#[case::under_inquiry(|person: &mut Person| person.under_investigation = Some(Investigation::Review), false)]
#[case::under_a_sanction(|person: &mut Person| person.discipline_until = Some(day("2025-07-02")), false)]
#[case::free_of_it(|person: &mut Person| person.discipline_until = Some(day("2025-07-01")), true)]
#[case::of_a_kind_that_does_not_fit(|person: &mut Person| person.staffing_kind = Some(StaffingKind::Worker), false)]
#[case::of_a_category_that_does_not_fit(|person: &mut Person| person.category = Some(Category::Technical), false)]
#[case::with_too_little_education(|person: &mut Person| person.education = Some("高中".into()), false)]
fn who_suits_an_essential_post(#[case] change: fn(&mut Person), #[case] wanted: bool) {
    let case = one(
        |post| {
            post.staffing_kinds = vec![StaffingKind::Administrative];
            post.categories = vec![Category::General];
            post.min_education = Some("大专".into());
        },
        change,
    );
    let today = &ready(&case, &policy(1), None)[0];
    assert_eq!(today.iter().any(|id| id == "x"), wanted, "{today:?}");
}

#[test]
fn a_sanction_ends_inside_the_plan_and_a_leaver_is_gone() {
    let case = one(|_| (), |person| person.discipline_until = Some(day("2026-07-01")));
    let counts: Vec<usize> = ready(&case, &policy(2), None).iter().map(Vec::len).collect();
    assert_eq!(counts, [0, 0, 1]);
    let case = one(|_| (), |person| person.retire_date = Some(day("2026-07-01")));
    let counts: Vec<usize> = ready(&case, &policy(2), None).iter().map(Vec::len).collect();
    assert_eq!(counts, [1, 1, 0]);
}

#[test]
fn nobody_succeeds_to_their_own_seat() {
    let case = one(|post| post.headcount = 2, |person| person.level = Some("乡科级副职".into()));
    let layout = moved(&case, &Facts::new(&case, &policy(1)).nobody_moves, "x", 1, "q");
    let counts: Vec<usize> = ready(&case, &policy(1), Some(&layout)).iter().map(Vec::len).collect();
    assert_eq!(counts, [1, 0]);
}

/// A cadre who lacks "front", which the post `front` gives.
fn lacking(change: impl FnOnce(&mut Person)) -> Case {
    CaseBuilder::new()
        .post("q", "U", "", |post| post.essential = true)
        .post("desk", "U", "", |_| ())
        .post("front", "U", "", |post| post.development = vec!["front".into()])
        .person("boss", "q", "2020-01-01", |_| ())
        .person("x", "desk", "2020-01-01", |person| {
            (person.reserve, person.reserve_stage) = (true, Some(Stage::Found));
            person.needed = Some(vec!["front".into()]);
            change(person);
        })
        .build()
}

#[test]
fn an_experience_is_had_a_year_after_the_stay_began() {
    let case = lacking(|_| ());
    let policy = policy(3);
    let nobody = Facts::new(&case, &policy).nobody_moves;
    assert!(ready(&case, &policy, None).iter().all(Vec::is_empty));
    let layout = moved(&case, &nobody, "x", 1, "front");
    let counts: Vec<usize> = ready(&case, &policy, Some(&layout)).iter().map(Vec::len).collect();
    assert_eq!(counts, [0, 0, 1, 1], "moved in year 1, ready in year 2");
    // Once had it stays, wherever the next move leads.
    let onward = moved(&case, &layout, "x", 2, "desk");
    assert_eq!(ready(&case, &policy, Some(&onward)).iter().map(Vec::len).collect::<Vec<_>>(), [0, 0, 1, 1]);
    // Moved in the last year it is had only when the plan ends.
    let late = moved(&case, &nobody, "x", 3, "front");
    assert!(ready(&case, &policy, Some(&late)).iter().all(Vec::is_empty));
    let facts = Facts::new(&case, &policy);
    assert_eq!(ready_from(&facts, &Courses::new(&facts, &late), case.person_by_id("x").unwrap()), Some(4));
}

#[test]
fn a_stay_of_today_gives_nothing_and_silence_makes_nobody_ready() {
    let mut case = lacking(|_| ());
    let x = case.person_by_id("x").unwrap();
    case.people[x.0].post = case.post_by_id("front");
    assert!(ready(&case, &policy(3), None).iter().all(Vec::is_empty));
    case.people[x.0].needed = None;
    assert!(ready(&case, &policy(3), None).iter().all(Vec::is_empty), "nobody said what is wanted");
    let mut said = policy(3);
    said.reserve.experiences = vec!["front".into()];
    case.people[x.0].experiences = vec!["front".into()];
    assert!(ready(&case, &said, None).iter().all(|people| people.len() == 1), "all that is wanted is had");
    case.people[x.0].needed = Some(Vec::new());
    assert!(
        ready(&case, &policy(3), None).iter().all(|people| people.len() == 1),
        "nothing is wanted, in so many words"
    );
}

/// Three essential posts, one cadre who is ready today and one who may become so.
fn three() -> CaseBuilder {
    let essential = |post: &mut Post| post.essential = true;
    CaseBuilder::new()
        .post("q1", "U", "", essential)
        .post("q2", "U", "", essential)
        .post("q3", "V", "", essential)
        .post("desk", "U", "", |post| post.headcount = 2)
        .post("front", "U", "", |post| post.development = vec!["front".into()])
        .person("a", "desk", "2020-01-01", |person| (person.reserve, person.ready_now) = (true, true))
        .person("b", "desk", "2020-01-01", |person| {
            (person.reserve, person.needed) = (true, Some(vec!["front".into()]));
        })
}

/// T4s of a layout, by the score.
fn t4s(case: &Case, policy: &Policy, layout: &Layout) -> i64 {
    let at = Tier::of(policy).iter().position(|tier| *tier == Tier::Successors).unwrap();
    score(&Facts::new(case, policy), layout)[at]
}

#[test]
fn nobody_is_counted_for_more_than_two_posts_and_t4s_is_their_number() {
    let case = three().build();
    let mut policy = policy(3);
    policy.reserve.successors = true;
    let short =
        |standing: &Standing| -> Vec<String> { standing.short().map(|post| case.post(post).id.0.clone()).collect() };
    let nobody = standing_of(&case, &policy, None);
    assert!(nobody.iter().all(|year| short(year) == ["q3"]), "in order of id");
    let unmoved = Facts::new(&case, &policy).nobody_moves;
    assert_eq!(t4s(&case, &policy, &unmoved), 6);
    let layout = moved(&case, &unmoved, "b", 1, "front");
    let plan = standing_of(&case, &policy, Some(&layout));
    assert_eq!(plan.iter().map(|year| short(year).len()).collect::<Vec<_>>(), [1, 1, 0, 0]);
    assert_eq!(t4s(&case, &policy, &layout), 2 + 3 + 3);
}

#[test]
fn t4s_counts_posts_founded_later_from_then_on() {
    let case = CaseBuilder::new()
        .post("q", "U", "", |post| post.essential = true)
        .post("desk", "U", "", |_| ())
        .person("a", "desk", "2020-01-01", |person| (person.reserve, person.ready_now) = (true, true))
        .event("2026-07-01", EventKind::NewPost, "", "q", "")
        .build();
    let mut policy = policy(3);
    let found = standing_of(&case, &policy, None);
    assert_eq!(found.iter().map(|year| year.posts.len()).collect::<Vec<_>>(), [0, 0, 1, 1]);
    policy.reserve.successors = true;
    assert_eq!(t4s(&case, &policy, &Facts::new(&case, &policy).nobody_moves), 2);
}

#[test]
fn a_plan_makes_ready_whom_the_posts_need() {
    // Once `b` is ready, the third post has somebody too.
    let held = three().person("h1", "q1", "2024-07-01", |_| ()).person("h2", "q2", "2024-07-01", |_| ());
    let mut case = held.person("h3", "q3", "2024-07-01", |_| ()).build();
    let desk = case.post_by_id("desk").unwrap();
    case.posts[desk.0].min_present = Some(0);
    let mut policy = policy(3);
    let value = |policy: &Policy| {
        let stop = std::sync::atomic::AtomicBool::new(false);
        let mut control = Control { limits: Limits::default(), interrupt: &stop, progress: &mut Silent };
        let outcome = lungang::engine::solve(&case, policy, &mut control).unwrap();
        let row = outcome.tiers.iter().find(|row| row.id == "T4s").cloned();
        (lungang_check::judge(&case, policy, &outcome.layout), row)
    };
    assert!(value(&policy).1.is_none(), "no tier unless asked for");
    policy.reserve.successors = true;
    let (verdict, row) = value(&policy);
    let row = row.unwrap();
    assert_eq!((row.value, row.bound, row.today, row.nobody_moves), (8, Some(8), 2, 6));
    assert_eq!(verdict.value(Tier::Successors), Some(8));
}

#[test]
fn the_tier_is_told_on_paper() {
    let case = three().build();
    let mut policy = policy(2);
    policy.reserve.successors = true;
    let unmoved = Facts::new(&case, &policy).nobody_moves;
    let tiers = Tier::of(&policy).into_iter().map(|tier| {
        let figures = |name: &str| lungang_domain::plan::TierRow {
            id: tier.id(),
            name: name.to_owned(),
            value: 4,
            bound: Some(4),
            status: lungang_domain::plan::TierStatus::Open,
            gap_points: None,
            gap: None,
            today: 2,
            nobody_moves: 4,
        };
        figures(tier.name()).assess()
    });
    let plan = assemble(&case, &policy, &unmoved, tiers.collect(), Provenance::default(), Lang::Zh);
    let report = Report::build(&case, &policy, &plan, Lang::Zh).expect("a report");
    let table = report.tables.iter().find(|table| table.id == "tiers").expect("the tiers");
    let row = table.rows.iter().find(|row| row[0] == Value::text("T4s")).expect("the tier");
    assert_eq!(row[1..3], [Value::text("有接替人选的不可空缺岗位（岗位·年）"), Value::text("越大越好")]);
}

fn steps(case: &Case, policy: &Policy, layout: &Layout) -> (Vec<Step>, Option<Stage>) {
    let facts = Facts::new(case, policy);
    let mut found = chain::courses(&facts, &Courses::new(&facts, layout));
    let course = found.pop().expect("a cadre");
    (course.steps, course.after)
}

#[test]
fn every_year_has_its_step_and_waiting_its_rule() {
    let case = lacking(|_| ());
    let mut policy = policy(3);
    let nobody = Facts::new(&case, &policy).nobody_moves;
    let front = case.post_by_id("front").unwrap();
    // Free to go, a seat to be had.
    assert_eq!(steps(&case, &policy, &nobody), (vec![Step::Waits("WORTH"); 3], Some(Stage::Found)));
    let layout = moved(&case, &nobody, "x", 2, "front");
    let (found, after) = steps(&case, &policy, &layout);
    assert_eq!(found[..2], [Step::Waits("WORTH"), Step::Moved(front, vec!["front".into()])]);
    // Gained in year 2 already, so nothing is lacking in year 3.
    assert_eq!((&found[2], after), (&Step::Stays, Some(Stage::Select)));
    // The stay has not lasted long enough.
    policy.time.may = 1200;
    assert_eq!(steps(&case, &policy, &nobody).0, vec![Step::Waits("R10"); 3]);
    // Nobody would have them.
    let case = lacking(|person| person.needed = Some(vec!["abroad".into()]));
    assert_eq!(steps(&case, &policy, &nobody).0, vec![Step::Waits(chain::NOWHERE); 3]);
    let case = lacking(|person| person.needed = None);
    assert_eq!(steps(&case, &policy, &nobody).0, vec![Step::Waits(chain::UNSAID); 3]);
    let case = lacking(|person| person.needed = Some(Vec::new()));
    assert_eq!(steps(&case, &policy, &nobody), (vec![Step::Stays; 3], Some(Stage::Select)));
}

#[test]
fn a_stage_never_falls_and_one_experience_of_two_is_training() {
    let case = lacking(|person| person.needed = Some(vec!["abroad".into(), "front".into()]));
    let policy = policy(2);
    let layout = moved(&case, &Facts::new(&case, &policy).nobody_moves, "x", 1, "front");
    assert_eq!(steps(&case, &policy, &layout).1, Some(Stage::Train));
    let case =
        lacking(|person| (person.needed, person.reserve_stage) = (Some(vec!["abroad".into()]), Some(Stage::Select)));
    let nobody = Facts::new(&case, &policy).nobody_moves;
    assert_eq!(steps(&case, &policy, &nobody).1, Some(Stage::Select));
    let case = lacking(|person| (person.needed, person.reserve_stage) = (Some(vec!["abroad".into()]), None));
    assert_eq!(steps(&case, &policy, &nobody).1, None);
}

fn report(case: &Case, policy: &Policy, layout: &Layout, lang: Lang) -> Report {
    let plan = assemble(case, policy, layout, Vec::new(), Provenance::default(), lang);
    Report::build(case, policy, &plan, lang).expect("a report")
}

fn cell<'t>(table: &'t Table, row: usize, key: &str) -> &'t Value {
    &table.rows[row][table.column(key).unwrap_or_else(|| panic!("{key}"))]
}

#[test]
fn the_chain_is_told_on_paper() {
    let case = lacking(|_| ());
    let policy = policy(3);
    let layout = moved(&case, &Facts::new(&case, &policy).nobody_moves, "x", 2, "front");
    let text = |text: &str| Value::Text(text.into());
    let zh = report(&case, &policy, &layout, Lang::Zh);
    let chain = zh.table("reserve").unwrap();
    assert_eq!(
        cell(chain, 0, "steps"),
        &text(
            "第1年：留任，暂未安排锻炼：可以调整，本计划未作安排\n第2年：交流到front，补足front\n第3年：留任，所需经历已具备"
        )
    );
    assert_eq!((cell(chain, 0, "stage"), cell(chain, 0, "stage_after")), (&text("发现储备"), &text("选拔使用")));
    let successors = zh.table("successors").unwrap();
    let years: Vec<&Value> = (0..4).map(|row| cell(successors, row, "in_year")).collect();
    assert_eq!(years, [&text("现状"), &text("第1年"), &text("第2年"), &text("第3年")]);
    let short: Vec<&Value> = (0..4).map(|row| cell(successors, row, "is_short")).collect();
    assert_eq!(short, [&text("是"), &text("是"), &text("是"), &Value::Empty]);
    assert_eq!(cell(successors, 3, "counted"), &text("x"));
    let en = report(&case, &policy, &layout, Lang::En);
    let Value::Text(told) = cell(en.table("reserve").unwrap(), 0, "steps") else { panic!("no words") };
    assert!(told.contains("Year 2: moves to front, gains front\nYear 3: stays; nothing is lacking"), "{told}");
}

#[test]
fn what_the_pool_would_need_is_counted() {
    let cadre = |woman: bool, level: &'static str| {
        move |person: &mut Person| {
            (person.reserve, person.needed) = (true, Some(vec!["front".into()]));
            person.sex = Some(if woman { Sex::Female } else { Sex::Male });
            person.party = Some("中共党员".into());
            person.level = Some(level.into());
        }
    };
    let case = CaseBuilder::new()
        .post("chief", "U", "", |post| {
            (post.lead, post.essential, post.level) = (Lead::Principal, true, span("乡科级正职", "乡科级正职"));
            post.domain = Some("综合".into());
        })
        .post("vice", "U", "", |post| {
            (post.lead, post.headcount, post.level) = (Lead::Vice, 2, span("乡科级副职", "乡科级副职"));
        })
        .post("front", "U", "", |post| (post.headcount, post.development) = (3, vec!["front".into()]))
        .post("desk", "U", "", |post| post.headcount = 4)
        .person("a", "desk", "2020-01-01", cadre(false, "股级正职"))
        .person("b", "desk", "2020-01-01", cadre(false, "股级正职"))
        .person("c", "desk", "2020-01-01", cadre(false, "股级副职"))
        .person("d", "desk", "2020-01-01", cadre(true, "股级副职"))
        .build();
    let policy = policy(2);
    let layout = moved(&case, &Facts::new(&case, &policy).nobody_moves, "a", 1, "front");
    let found = report(&case, &policy, &layout, Lang::Zh);
    let pool = found.table("pool").unwrap();
    let line = |item: &str| -> [i64; 4] {
        let row = (0..pool.rows.len()).find(|row| cell(pool, *row, "pool_item") == &Value::Text(item.into()));
        let row = row.unwrap_or_else(|| panic!("{item}: {:#?}", pool.rows));
        ["pool_today", "pool_end", "missing_today", "missing_end"].map(|key| match cell(pool, row, key) {
            Value::Whole(count) => *count,
            other => panic!("{item} {key}: {other:?}"),
        })
    };
    // One principal wants two at 乡科级副职, two vices two at 股级正职.
    assert_eq!(line("乡科级正职岗位的后备人选"), [0, 0, 2, 2]);
    assert_eq!(line("乡科级副职岗位的后备人选"), [2, 2, 0, 0]);
    // Of four: one woman is a quarter; one in ten of no party is a person; a third is two.
    assert_eq!(line("女干部"), [1, 1, 0, 0]);
    assert_eq!(line("非中共党员"), [0, 0, 1, 1]);
    assert_eq!(line("近期可使用"), [0, 0, 2, 2]);
    // `a` is ready in year 2, and two rungs below the chief: the post stays short, of one person.
    assert_eq!(line("综合"), [0, 0, 1, 1]);
    assert_eq!(line("乡科级正职"), [0, 0, 1, 1]);
    assert_eq!(line("front"), [0, 1, 4, 3]);
    let empty = CaseBuilder::new().post("p", "U", "", |_| ()).person("x", "p", "2020-01-01", |_| ()).build();
    let nobody = Facts::new(&empty, &policy).nobody_moves;
    assert!(report(&empty, &policy, &nobody, Lang::Zh).table("pool").unwrap().rows.is_empty());
}

#[test]
fn who_retires_is_listed_with_where_the_date_comes_from() {
    let case = CaseBuilder::new()
        .post("p", "U", "", |post| post.headcount = 5)
        .person("given", "p", "2020-01-01", |person| person.retire_date = Some(day("2026-08-01")))
        .person("formula", "p", "2020-01-01", |person| {
            (person.retire_date, person.retire_computed) = (Some(day("2027-09-01")), true);
            person.reserve = true;
        })
        .person("listed", "p", "2020-01-01", |_| ())
        .person("later", "p", "2020-01-01", |person| person.retire_date = Some(day("2029-01-01")))
        .person("far", "p", "2020-01-01", |person| person.retire_date = Some(day("2040-01-01")))
        .event("2025-12-01", EventKind::Retire, "listed", "", "")
        .build();
    let policy = policy(3);
    let nobody = Facts::new(&case, &policy).nobody_moves;
    let zh = report(&case, &policy, &nobody, Lang::Zh);
    let table = zh.table("retirements").unwrap();
    let shown: Vec<[String; 4]> = (0..table.rows.len())
        .map(|row| {
            ["staff", "retire_date", "in_year", "retire_source"].map(|key| match cell(table, row, key) {
                Value::Text(text) => text.clone(),
                other => panic!("{other:?}"),
            })
        })
        .collect();
    let wanted = [
        ["listed", "2025-12-01", "第1年", "变动表"],
        ["given", "2026-08-01", "第2年", "人员表"],
        ["formula", "2027-09-01", "第3年", "按公式推算"],
        ["later", "2029-01-01", "计划期后", "人员表"],
    ];
    assert_eq!(shown, wanted.map(|row| row.map(str::to_owned)));
    let steps = cell(zh.table("reserve").unwrap(), 0, "steps");
    let Value::Text(steps) = steps else { panic!("no words") };
    assert!(steps.ends_with("第3年：已退休（退休日期按公式推算）"), "{steps}");
}
