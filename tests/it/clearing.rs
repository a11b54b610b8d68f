//! The year in which the high-risk backlog clears, against every plan of small cases.

use crate::differential::each_plan;
use crate::pricing::number;
use crate::random_cases::{SMALL, TINY, random_case};
use lungang::insight::assemble;
use lungang::insight::clearing;
use lungang::insight::course::Courses;
use lungang::output::report::{Report, Value};
use lungang::rules::Facts;
use lungang::text::{Lang, say};
use lungang_domain::plan::Provenance;
use lungang_domain::sample::{CaseBuilder, day, policy};
use lungang_domain::{Case, Grade, Policy, UnitIx};

/// By unit, and for all units at the end: the first year from whose end on nobody is overdue; T + 1 where there is none.
fn years(facts: &Facts, courses: &Courses) -> Vec<usize> {
    let units = facts.case.units.len();
    let mut clear = vec![0; units + 1];
    for t in 0..=facts.years {
        for person in facts.case.people_ix() {
            let Some(post) = courses.at(person, t).seat() else { continue };
            let overdue = courses.overdue(facts, person, t, facts.effective[t + 1]);
            if facts.grade[post.0] == Grade::High && overdue > 0 {
                clear[facts.unit(post).0] = t + 1;
                clear[units] = t + 1;
            }
        }
    }
    clear
}

/// The claimed earliest years in the same form.
fn claimed(facts: &Facts) -> Vec<usize> {
    let earliest = clearing::earliest(facts, &Courses::new(facts, &facts.nobody_moves));
    let mut claimed: Vec<usize> = earliest.into_iter().map(|year| year.unwrap_or(facts.years + 1)).collect();
    claimed.push(claimed.iter().copied().max().unwrap_or(0));
    claimed
}

/// The least years over every plan; `None` where there are too many to try, or none.
fn least(case: &Case, policy: &Policy, facts: &Facts, limit: usize) -> Option<Vec<usize>> {
    let mut least: Option<Vec<usize>> = None;
    let tried = each_plan(case, policy, limit, |layout, _| {
        let courses = Courses::new(facts, layout);
        let found = years(facts, &courses);
        let of = |unit| clearing::year(facts, &courses, unit).unwrap_or(facts.years + 1);
        assert_eq!(of(None), found[case.units.len()]);
        assert!((0..case.units.len()).all(|unit| of(Some(UnitIx(unit))) == found[unit]));
        match &mut least {
            Some(least) => least.iter_mut().zip(&found).for_each(|(least, found)| *least = (*least).min(*found)),
            None => least = Some(found),
        }
    });
    least.filter(|_| tried)
}

#[test]
fn no_plan_clears_before_the_year_that_is_called_earliest() {
    let first = number("LUNGANG_FIRST", 0);
    let (mut cases, mut years, mut late, mut met, mut late_met) = (0, 0, 0, 0, 0);
    let mut wrong = Vec::new();
    for seed in first..first + number("LUNGANG_CASES", 300) {
        for (size, limit) in [(TINY, 3_000), (SMALL, 1_500)] {
            let (case, policy) = random_case(seed, size);
            let facts = Facts::new(&case, &policy);
            let Some(least) = least(&case, &policy, &facts, limit) else { continue };
            cases += 1;
            for (unit, (bound, truth)) in claimed(&facts).into_iter().zip(least).enumerate() {
                if bound > truth {
                    wrong.push(format!("seed {seed}, {size:?}, unit {unit}: {bound} claimed, {truth} reached"));
                }
                years += 1;
                met += usize::from(bound == truth);
                late += usize::from(truth > 1);
                late_met += usize::from(truth > 1 && bound == truth);
            }
        }
    }
    println!("{cases} cases, {years} years: {met} met; of {late} beyond the first year {late_met} met");
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(cases > 100 && late > 50 && late_met > 20, "{cases} cases, {late}, {late_met}");
}

/// Three overdue at high-risk posts of one unit whose cap is 1, one of another unit, none in a third.
fn three_units() -> Case {
    let mut builder = CaseBuilder::new();
    for id in ["a", "b", "c"] {
        builder = builder.post(id, "U1", "", |post| post.risk = Grade::High).post(&format!("{id}2"), "U1", "", |_| ());
        builder = builder.person(&format!("of-{id}"), id, "2010-07-01", |_| ());
    }
    let builder = builder.post("d", "U2", "", |post| post.risk = Grade::High).post("d2", "U2", "", |_| ());
    let builder = builder.person("of-d", "d", "2010-07-01", |_| ()).post("e", "U3", "", |_| ());
    builder.person("of-e", "e", "2010-07-01", |_| ()).cap("U1", 1).build()
}

#[test]
fn a_cap_of_one_clears_three_in_three_years() {
    let (case, policy) = (three_units(), policy(4));
    assert_eq!(claimed(&Facts::new(&case, &policy)), [3, 1, 0, 3]);
}

/// Somebody whose only other post is held by who may not leave it never clears theirs.
#[test]
fn who_has_no_seat_to_go_to_is_stuck() {
    let builder = CaseBuilder::new().post("a", "U1", "", |post| post.risk = Grade::High).post("b", "U1", "", |post| {
        post.special = Some("special".into());
    });
    let builder = builder.post("c", "U1", "", |_| ()).person("ann", "a", "2010-07-01", |_| ());
    let builder = builder.person("bob", "b", "2010-07-01", |_| ());
    let held = builder.person("cat", "c", "2010-07-01", |person| person.exempt_until = Some(day("2027-01-01")));
    // Cat may go in year 3, and leave the seat to ann.
    let (case, policy) = (held.build(), policy(4));
    assert_eq!(claimed(&Facts::new(&case, &policy)), [3, 3]);
}

#[test]
fn the_figures_name_the_year_of_each_unit_that_has_a_backlog() {
    let (case, policy) = (three_units(), policy(4));
    let layout = Facts::new(&case, &policy).nobody_moves;
    let plan = assemble(&case, &policy, &layout, Vec::new(), Provenance::default(), Lang::En);
    let report = Report::build(&case, &policy, &plan, Lang::En).expect("a report");
    let rows = report.metrics.iter().filter(|row| row.metric == "clearing_year" && row.scenario == "plan");
    let rows: Vec<(&str, Option<f64>, Option<f64>)> =
        rows.map(|row| (row.unit.as_str(), row.value, row.bound)).collect();
    assert_eq!(rows, [("", None, Some(3.0)), ("U1", None, Some(3.0)), ("U2", None, Some(1.0))]);
    let figures = report.tables.iter().find(|table| table.id == "figures").expect("figures");
    let (unit, horizon) = (figures.column("unit").expect("units"), figures.column("horizon").expect("all years"));
    let told: Vec<(&Value, &Value)> =
        figures.rows.iter().rev().take(4).rev().map(|row| (&row[unit], &row[horizon])).collect();
    let text = |text: &str| Value::Text(text.into());
    let (u1, u2, never) = (text("U1"), text("U2"), say(Lang::En, "never", &[]));
    let year = |t: &str| Value::Text(say(Lang::En, "clear-year", &[("t", t)]));
    let never = Value::Text(never);
    assert_eq!(told, [(&u1, &never), (&u1, &year("3")), (&u2, &never), (&u2, &year("1"))]);
}
