//! R22 to R24 on paper: substitutes and prices of the register, the calendar of steps, audits due.

use super::output;
use lungang::insight::assemble;
use lungang::output::report::{Report, Table, Value};
use lungang::rules::Facts;
use lungang::text::Lang;
use lungang_check::judge_plan;
use lungang_domain::plan::Provenance;
use lungang_domain::sample::{CaseBuilder, day, moved, policy};
use lungang_domain::{Case, EventKind, Grade, Investigation, Layout, Lead, MonthDay, PlanFile, Policy};

fn nobody_moves(case: &Case, policy: &Policy) -> PlanFile {
    plan_of(case, policy, &Facts::new(case, policy).nobody_moves, Lang::Zh)
}

fn plan_of(case: &Case, policy: &Policy, layout: &Layout, lang: Lang) -> PlanFile {
    assemble(case, policy, layout, Vec::new(), Provenance::default(), lang)
}

fn column(table: &Table, key: &str) -> Vec<String> {
    let at = table.column(key).unwrap_or_else(|| panic!("no column {key}"));
    table.rows.iter().map(|row| row[at].words(Lang::Zh)).collect()
}

fn substitutes(plan: &PlanFile, staff: &str) -> Vec<String> {
    let own = plan.deferrals.iter().filter(|row| row.staff == staff);
    own.map(|row| row.substitute.clone().unwrap_or_default().replace("（建议）", "")).collect()
}

/// A clerk of high risk, kept for three years, with what the test is about.
fn kept(build: impl FnOnce(CaseBuilder) -> CaseBuilder) -> (Case, Policy) {
    let case = build(CaseBuilder::new().post("cash", "局", "财务股", |post| {
        post.risk = Grade::High;
        post.required_certificates = vec!["会计".into()];
    }));
    (case.build(), policy(3))
}

fn clerk(person: &mut lungang_domain::Person) {
    person.certificates = vec!["会计".into()];
}

#[test]
fn the_data_decide_which_substitute_stands_in() {
    // Never the same twice in a row, if another can be had.
    let (case, policy) = kept(|build| {
        build.post("file", "局", "财务股", |_| ()).person("ann", "cash", "2015-07-01", clerk).person(
            "bob",
            "file",
            "2024-07-01",
            |_| (),
        )
    });
    let plan = nobody_moves(&case, &policy);
    assert_eq!(substitutes(&plan, "ann"), ["专项审计", "重新分工", "专项审计"]);
    assert!(judge_plan(&case, &plan, false).breaches.iter().all(|breach| breach.code != "E0774"));

    // Alone in the section nobody could share the work, be the second, or stand in.
    let (case, policy) = kept(|build| build.person("ann", "cash", "2015-07-01", clerk));
    assert_eq!(substitutes(&nobody_moves(&case, &policy), "ann"), ["专项审计"; 3]);

    // Under an inquiry the audit is last. Bob has another certificate: he is no second person, and stands in.
    let (case, policy) = kept(|build| {
        build
            .post("file", "局", "财务股", |_| ())
            .person("ann", "cash", "2015-07-01", |person| {
                clerk(person);
                person.under_investigation = Some(Investigation::Review);
            })
            .person("bob", "file", "2024-07-01", |person| person.certificates = vec!["律师".into()])
    });
    assert_eq!(substitutes(&nobody_moves(&case, &policy), "ann"), ["重新分工", "强制休假", "重新分工"]);

    // With the same certificate Bob is the second person.
    let (case, policy) = kept(|build| {
        build
            .post("file", "局", "财务股", |_| ())
            .person("ann", "cash", "2015-07-01", |person| {
                clerk(person);
                person.under_investigation = Some(Investigation::Review);
            })
            .person("bob", "file", "2024-07-01", clerk)
    });
    assert_eq!(substitutes(&nobody_moves(&case, &policy), "ann"), ["重新分工", "AB角", "重新分工"]);

    // Whoever is away has no leave to take.
    let (case, policy) = kept(|build| {
        build
            .post("file", "局", "财务股", |_| ())
            .person("ann", "cash", "2015-07-01", |person| {
                clerk(person);
                person.under_investigation = Some(Investigation::Review);
            })
            .person("bob", "file", "2024-07-01", |person| person.certificates = vec!["律师".into()])
            .absent("ann", "2025-01-01", "", "")
    });
    assert_eq!(substitutes(&nobody_moves(&case, &policy), "ann"), ["重新分工", "专项审计", "重新分工"]);
}

#[test]
fn below_high_risk_no_substitute_is_asked_for() {
    let case = CaseBuilder::new()
        .post("file", "局", "办公室", |post| post.risk = Grade::Low)
        .person("ann", "file", "2010-07-01", |_| ())
        .build();
    assert_eq!(substitutes(&nobody_moves(&case, &policy(1)), "ann"), [""]);
}

#[test]
fn the_form_names_each_measure_with_its_years() {
    let (case, policy) = kept(|build| {
        build.post("file", "局", "财务股", |_| ()).person("ann", "cash", "2015-07-01", clerk).person(
            "bob",
            "file",
            "2024-07-01",
            |_| (),
        )
    });
    let report = Report::build(&case, &policy, &nobody_moves(&case, &policy), Lang::Zh).unwrap();
    let approvals = report.table("approvals").unwrap();
    assert_eq!(column(approvals, "substitute"), ["第1、3年度专项审计（建议）；第2年度重新分工（建议）"]);
    let register = report.table("register").unwrap();
    assert_eq!(column(register, "carried_by"), ["", "bob", ""]);
    // The audits proposed are those of the years with one.
    let audit = report.table("audit").unwrap();
    assert_eq!(column(audit, "audit_cause"), ["第1、3年度暂缓轮岗，作为替代措施"]);
    assert_eq!(column(audit, "propose_by"), ["2025-07-01"]);
}

/// Ann of low risk is a month over, Bob elsewhere could change with her; Cid is near retirement, Dan without a post to
/// go to, Eve of high risk is kept though a swap would better the plan.
fn three_groups() -> (Case, Policy) {
    let case = CaseBuilder::new()
        .post("a", "局", "甲股", |post| post.risk = Grade::Low)
        .post("b", "局", "乙股", |post| post.risk = Grade::Low)
        .post("c", "局", "丙股", |post| post.special = Some("保密".into()))
        .post("d", "局", "丁股", |post| post.required_certificates = vec!["律师".into()])
        .person("ann", "a", "2015-06-01", |_| ())
        .person("bob", "b", "2022-07-01", |_| ())
        .person("cid", "c", "2010-06-01", |_| ())
        .person("dan", "d", "2010-06-01", |person| {
            person.certificates = vec!["律师".into()];
            person.under_investigation = Some(Investigation::Filed);
        })
        .post("e", "局", "戊股", |_| ())
        .person("eve", "e", "2010-06-01", |person| person.retire_date = Some(day("2026-09-01")))
        .build();
    (case, policy(1))
}

#[test]
fn the_register_has_three_groups_and_a_price() {
    let (case, policy) = three_groups();
    let plan = nobody_moves(&case, &policy);
    let report = Report::build(&case, &policy, &plan, Lang::Zh).unwrap();
    let register = report.table("register").unwrap();
    let told: Vec<String> = column(register, "staff")
        .into_iter()
        .zip(column(register, "group"))
        .zip(column(register, "single_change"))
        .zip(column(register, "price"))
        .map(|(((staff, group), change), price)| format!("{staff} {group} {change} {price}"))
        .collect();
    assert_eq!(
        told,
        [
            "cid 依法依规或因无空缺不能调整  ",
            "dan 依法依规或因无空缺不能调整  ",
            // Two moves of 40 points for thirteen months of a point each.
            "ann 可以调整，经比较未作安排 与bob对调，任乙股 b 变差：T5配备质量（分）-67",
            "eve 临近退休  ",
        ]
    );
}

#[test]
fn a_change_that_betters_the_plan_says_so() {
    let case = CaseBuilder::new()
        .post("cash", "局", "甲股", |post| post.risk = Grade::High)
        .post("file", "局", "乙股", |post| post.risk = Grade::Low)
        .person("ann", "cash", "2019-07-01", |_| ())
        .person("bob", "file", "2022-07-01", |_| ())
        .build();
    let policy = policy(1);
    let report = Report::build(&case, &policy, &nobody_moves(&case, &policy), Lang::Zh).unwrap();
    let price = column(report.table("register").unwrap(), "price");
    assert_eq!(
        price,
        ["变好：T3高风险岗位超期任职（月）-24；变差：T5配备质量（分）-56。该项调整优于本计划，可延长求解时间"]
    );
}

#[test]
fn steps_are_counted_back_in_working_days() {
    let (case, policy, plan) = output::plan(Lang::Zh);
    let report = Report::build(&case, &policy, &plan, Lang::Zh).unwrap();
    let calendar = report.table("calendar").unwrap();
    assert_eq!(column(calendar, "date"), ["2025-07-01", "2025-07-01", "2026-10-01", "2026-10-01", "2026-10-01"]);
    assert_eq!(column(calendar, "unit"), ["全部", "U1", "全部", "U1", "U2"]);
    assert_eq!(column(calendar, "moves_count"), ["2", "2", "2", "1", "1"]);
    let first = |key: &str| column(calendar, key)[2].clone();
    assert_eq!(first("nominate"), "2026-08-13至2026-08-19");
    assert_eq!(first("consult"), "2026-08-20至2026-08-26");
    assert_eq!(first("inspect"), "2026-08-27至2026-09-09");
    assert_eq!(first("decide"), "2026-09-10至2026-09-16");
    assert_eq!(first("appoint"), "2026-09-17至2026-09-30");
    assert_eq!(first("begin_by"), "2026-08-13");
    assert_eq!(first("handover_by"), "2026-10-15");
    assert_eq!(column(calendar, "note")[0], "启动日期早于数据日期（2025-06-30），须提前启动或压缩时限");
    assert!(report.table("milestones").unwrap().rows.is_empty(), "the policy names no yearly dates");
}

#[test]
fn holidays_named_in_the_policy_are_not_worked_and_a_step_of_no_days_is_none() {
    let (case, mut policy, mut plan) = output::plan(Lang::Zh);
    policy.report.holidays = (1..=7).map(|date| day(&format!("2026-10-{date:02}"))).collect();
    policy.report.workdays = vec![day("2026-09-20"), day("2026-10-10")];
    policy.calendar.decide = 0;
    plan.policy = policy.clone();
    let report = Report::build(&case, &policy, &plan, Lang::Zh).unwrap();
    let calendar = report.table("calendar").unwrap();
    assert_eq!(column(calendar, "decide"), [""; 5]);
    assert_eq!(column(calendar, "appoint")[2], "2026-09-18至2026-09-30");
    assert_eq!(column(calendar, "handover_by")[2], "2026-10-20");
    assert_eq!(column(calendar, "note")[2], "生效日不是工作日，2026-10-08办理");
}

#[test]
fn the_yearly_dates_of_a_district_stand_with_the_moves_due_by_then() {
    let (case, mut policy, mut plan) = output::plan(Lang::Zh);
    policy.calendar.plan_due = MonthDay::new(8, 15);
    policy.calendar.carried_out_by = MonthDay::new(11, 30);
    policy.calendar.progress_day = Some(25);
    policy.calendar.summary_by = MonthDay::new(12, 15);
    plan.policy = policy.clone();
    let report = Report::build(&case, &policy, &plan, Lang::Zh).unwrap();
    let milestones = report.table("milestones").unwrap();
    let told: Vec<String> = column(milestones, "by")
        .into_iter()
        .zip(column(milestones, "milestone"))
        .zip(column(milestones, "moves_by"))
        .map(|((by, what), moves)| format!("{by} {what} {moves}"))
        .collect();
    assert_eq!(
        &told[7..14],
        [
            "2026-08-15 各单位报送年度轮岗计划 0",
            "2026-08-25 报送工作进展 0",
            "2026-09-25 报送工作进展 0",
            "2026-10-25 报送工作进展 2",
            "2026-11-25 报送工作进展 2",
            "2026-11-30 完成年度轮岗任务 2",
            "2026-12-15 报送年终总结 2",
        ]
    );
    // 1 July lies outside the window, 1 October inside.
    let notes = column(report.table("calendar").unwrap(), "note");
    assert!(notes[0].starts_with("不在当年实施期（2025-08-15至2025-11-30）内"), "{notes:?}");
    assert_eq!(notes[2], "");
    // A unit's own papers have its own line, and no plan of the others.
    let own = report.of_unit(&report.departments[0]);
    assert_eq!(column(own.table("calendar").unwrap(), "moves_count"), ["2", "1"]);
    assert!(own.table("milestones").is_none());
    // Nor of whom its people could have changed with.
    assert!(own.table("register").unwrap().column("single_change").is_none());
}

/// A unit without principal and with one vice, who moves in year 2; another with two, one of whom acts in a third's principal's post.
fn led_by_deputies() -> (Case, Policy) {
    let case = CaseBuilder::new()
        .post("head", "甲局", "", |post| post.lead = Lead::Principal)
        .post("vice", "甲局", "", |post| post.lead = Lead::Vice)
        .post("boss", "乙局", "", |post| post.lead = Lead::Principal)
        .post("second", "乙局", "", |post| post.lead = Lead::Vice)
        .post("third", "乙局", "", |post| post.lead = Lead::Vice)
        .post("desk", "丙局", "", |post| post.headcount = 5)
        .person("ann", "vice", "2018-07-01", |_| ())
        .person("bob", "boss", "2018-07-01", |_| ())
        .person("cid", "second", "2018-07-01", |_| ())
        .person("dan", "third", "2018-07-01", |_| ())
        .post("chief", "丁局", "", |post| post.lead = Lead::Principal)
        .acting("cid", "chief")
        .build();
    (case, policy(2))
}

#[test]
fn a_deputy_in_charge_is_audited_as_a_principal() {
    let (case, policy) = led_by_deputies();
    let layout = Facts::new(&case, &policy).nobody_moves;
    let layout = ["ann", "cid", "dan"].iter().fold(layout, |layout, staff| moved(&case, &layout, staff, 2, "desk"));
    let report = Report::build(&case, &policy, &plan_of(&case, &policy, &layout, Lang::Zh), Lang::Zh).unwrap();
    let audit = report.table("audit").unwrap();
    let told: Vec<String> = column(audit, "staff")
        .into_iter()
        .zip(column(audit, "measure"))
        .zip(column(audit, "audit_cause"))
        .map(|((staff, measure), cause)| format!("{staff} {measure} {cause}"))
        .collect();
    // Dan is one of two vices under a principal: nobody to audit, and his post is not of high risk.
    let cause = "第2年度轮岗离任（主持单位工作，是否满一年待核实）";
    assert_eq!(told, [format!("cid 经济责任审计 {cause}"), format!("ann 经济责任审计 {cause}")]);
    assert_eq!(column(audit, "propose_by"), ["2026-05-13"; 2]);
}

#[test]
fn who_came_within_the_year_was_not_in_charge_for_one() {
    let (mut case, policy) = led_by_deputies();
    case.people[0].post_since.as_mut().unwrap().date = day("2024-09-01");
    let layout = Facts::new(&case, &policy).nobody_moves;
    let layout = moved(&case, &layout, "ann", 1, "desk");
    let report = Report::build(&case, &policy, &plan_of(&case, &policy, &layout, Lang::Zh), Lang::Zh).unwrap();
    assert!(report.table("audit").unwrap().rows.is_empty());
}

#[test]
fn a_retirement_has_its_audit_dated_too() {
    let case = CaseBuilder::new()
        .post("boss", "局", "", |post| post.lead = Lead::Principal)
        .person("ann", "boss", "2018-07-01", |_| ())
        .event("2026-10-01", EventKind::Retire, "ann", "", "")
        .build();
    let policy = policy(2);
    let report = Report::build(&case, &policy, &nobody_moves(&case, &policy), Lang::Zh).unwrap();
    let audit = report.table("audit").unwrap();
    assert_eq!(
        (column(audit, "leave_date"), column(audit, "propose_by")),
        (vec!["2026-10-01".into()], vec!["2026-08-13".into()])
    );
}

#[test]
fn every_row_of_the_new_sheets_is_as_wide_as_its_heading() {
    let (case, policy) = three_groups();
    for lang in [Lang::Zh, Lang::En] {
        let plan = plan_of(&case, &policy, &Facts::new(&case, &policy).nobody_moves, lang);
        let report = Report::build(&case, &policy, &plan, lang).unwrap();
        for id in ["register", "calendar", "milestones", "audit"] {
            let table = report.table(id).unwrap();
            assert!(table.rows.iter().all(|row| row.len() == table.columns.len()), "{id}");
            assert!(table.rows.iter().flatten().all(|value| !matches!(value, Value::Text(text) if text.is_empty())));
        }
    }
}
