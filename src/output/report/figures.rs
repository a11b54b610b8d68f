//! Before/after figures: today, nobody moving, the plan; in long form for pivot tables, and as one table.

use super::{Table, Value, View};
use crate::insight::clearing;
use crate::insight::course::{Arrival, Courses};
use crate::text::Lang;
use lungang_domain::fit::Source;
use lungang_domain::{Case, Grade, Layout, PersonIx, PlanFile, Policy, Sex, UnitIx, months_between};

/// One figure: a line of `metrics.csv`.
#[derive(Clone, Debug, PartialEq)]
pub struct Metric {
    /// What is counted.
    pub metric: String,
    /// Name of the unit; empty: all.
    pub unit: String,
    /// Plan year; 0: today; `None`: over the horizon.
    pub year: Option<usize>,
    /// Risk grade or rung; empty: all.
    pub grade: String,
    /// `today`, `nobody_moves` or `plan`.
    pub scenario: &'static str,
    /// The figure; `None` where there is none, such as a backlog that never clears.
    pub value: Option<f64>,
    /// Its proved bound, where there is one.
    pub bound: Option<f64>,
}

/// Figures of one scenario as they are collected.
struct Sheet {
    scenario: &'static str,
    rows: Vec<Metric>,
}

impl Sheet {
    fn put(&mut self, metric: &str, unit: &str, t: usize, grade: &str, value: Option<f64>) {
        let scenario = if t == 0 { "today" } else { self.scenario };
        self.rows.push(Metric {
            metric: metric.to_owned(),
            unit: unit.to_owned(),
            year: Some(t),
            grade: grade.to_owned(),
            scenario,
            value,
            bound: None,
        });
    }
}

#[allow(clippy::cast_precision_loss)]
fn number(count: usize) -> f64 {
    count as f64
}

#[allow(clippy::cast_precision_loss)]
fn points(value: i64) -> f64 {
    value as f64
}

fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| (number(part) / number(whole) * 1e4).round() / 1e4)
}

/// All figures of a plan's layout as a policy counts them, with the tiers that stand in the plan.
#[must_use]
pub fn by(case: &Case, policy: &Policy, plan: &PlanFile, layout: &Layout) -> Vec<Metric> {
    metrics(&View::new(case, policy, plan, layout, Lang::default()))
}

/// All figures.
pub fn metrics(view: &View) -> Vec<Metric> {
    let facts = &view.facts;
    let idle = Courses::new(facts, &facts.nobody_moves);
    let mut plan = Sheet { scenario: "plan", rows: Vec::new() };
    let mut nobody = Sheet { scenario: "nobody_moves", rows: Vec::new() };
    for t in 0..=facts.years {
        of_layout(view, &view.courses, t, &mut plan);
        if t > 0 {
            of_layout(view, &idle, t, &mut nobody);
        }
    }
    let mut rows = plan.rows;
    rows.append(&mut nobody.rows);
    rows.append(&mut clearing(view, &idle));
    for tier in &view.plan.tiers {
        let of = |scenario, value: i64, bound: Option<i64>| Metric {
            metric: tier.id.clone(),
            unit: String::new(),
            year: None,
            grade: String::new(),
            scenario,
            value: Some(points(value)),
            bound: bound.map(points),
        };
        rows.push(of("today", tier.today, None));
        rows.push(of("nobody_moves", tier.nobody_moves, None));
        rows.push(of("plan", tier.value, tier.bound));
    }
    rows
}

/// Figures of one layout: stocks of layout 0 at d_1, of layout t at d_{t+1}.
fn of_layout(view: &View, courses: &Courses, t: usize, sheet: &mut Sheet) {
    overdue(view, courses, t, sheet);
    seats(view, courses, t, sheet);
    people(view, courses, t, sheet);
    if t > 0 {
        moved(view, courses, t, sheet);
    }
}

fn overdue(view: &View, courses: &Courses, t: usize, sheet: &mut Sheet) {
    let facts = &view.facts;
    let day = facts.effective[t + 1];
    for grade in Grade::ALL {
        let mut units = vec![(0, 0); view.case().units.len()];
        for person in view.case().people_ix() {
            let Some(post) = courses.at(person, t).seat().filter(|post| facts.grade[post.0] == *grade) else {
                continue;
            };
            let months = courses.overdue(facts, person, t, day);
            if months > 0 {
                let sum = &mut units[facts.unit(post).0];
                *sum = (sum.0 + 1, sum.1 + i64::from(months));
            }
        }
        let all = units.iter().fold((0, 0), |sum, unit| (sum.0 + unit.0, sum.1 + unit.1));
        for (unit, (count, months)) in named(view, all, units) {
            sheet.put("overdue_people", &unit, t, grade.key(), Some(number(count)));
            sheet.put("overdue_months", &unit, t, grade.key(), Some(points(months)));
        }
    }
}

/// The figure of all units under an empty name, then each unit's under its own, where there are several.
fn named<V>(view: &View, all: V, units: Vec<V>) -> Vec<(String, V)> {
    let mut rows = vec![(String::new(), all)];
    if units.len() > 1 {
        let names = units.into_iter().enumerate().map(|(ix, value)| (view.unit(UnitIx(ix)).to_owned(), value));
        rows.extend(names);
    }
    rows
}

fn seats(view: &View, courses: &Courses, t: usize, sheet: &mut Sheet) {
    let facts = &view.facts;
    let occupied = courses.occupancy(view.case().posts.len(), t);
    let present = view.present(courses, t);
    // vacancies, seats, covered, least
    let mut units = vec![[0_usize; 4]; view.case().units.len()];
    for post in view.case().posts_ix().filter(|post| facts.open[post.0][t]) {
        let row = view.case().post(post);
        let least = facts.minimum(post, t) as usize;
        let sum = &mut units[row.unit.0];
        sum[0] += (row.headcount as usize).saturating_sub(occupied[post.0]);
        sum[1] += row.headcount as usize;
        sum[2] += present[post.0].min(least);
        sum[3] += least;
    }
    let all = units.iter().fold([0; 4], |sum, unit| std::array::from_fn(|at| sum[at] + unit[at]));
    for (unit, [vacant, seats, covered, least]) in named(view, all, units) {
        sheet.put("vacancies", &unit, t, "", Some(number(vacant)));
        sheet.put("seats", &unit, t, "", Some(number(seats)));
        sheet.put("missing", &unit, t, "", Some(number(least - covered)));
        sheet.put("coverage", &unit, t, "", share(covered, least));
    }
}

fn people(view: &View, courses: &Courses, t: usize, sheet: &mut Sheet) {
    let facts = &view.facts;
    let case = view.case();
    let day = facts.effective[t + 1];
    let serving: Vec<PersonIx> = case.people_ix().filter(|person| facts.of(*person).serving(t)).collect();
    let unplaced = serving.iter().filter(|person| courses.at(**person, t).seat().is_none()).count();
    sheet.put("people", "", t, "", Some(number(serving.len())));
    sheet.put("unplaced", "", t, "", Some(number(unplaced)));
    let fits: Vec<i64> = serving
        .iter()
        .filter_map(|person| courses.at(*person, t).seat().and_then(|post| case.fit.get(*person, post)))
        .collect();
    let mean = |sum: f64, count: usize| (count > 0).then(|| (sum / number(count) * 10.0).round() / 10.0);
    sheet.put("fit_mean", "", t, "", mean(points(fits.iter().sum()), fits.len()));
    if case.fit.model().is_some() {
        let seated = |person: &&PersonIx| courses.at(**person, t).seat().map(|post| (**person, post));
        let computed = serving.iter().filter(|person| {
            seated(person).is_some_and(|(person, post)| case.fit.source(person, post) == Some(Source::Computed))
        });
        sheet.put("fit_computed", "", t, "", Some(number(computed.count())));
    }
    let ages: Vec<i64> = serving
        .iter()
        .filter_map(|person| case.person(*person).birth_date)
        .map(|birth| i64::from(months_between(birth, day)))
        .collect();
    sheet.put("age_mean", "", t, "", mean(points(ages.iter().sum()) / 12.0, ages.len()));
    let known = serving.iter().filter(|person| case.person(**person).sex.is_some()).count();
    let women = serving.iter().filter(|person| case.person(**person).sex == Some(Sex::Female)).count();
    sheet.put("women_share", "", t, "", share(women, known));
    let schooled = serving.iter().any(|person| case.person(*person).education.is_some());
    for rung in &facts.policy.ladder.education {
        let count = serving.iter().filter(|person| case.person(**person).education.as_ref() == Some(rung)).count();
        sheet.put("education", "", t, rung, schooled.then(|| number(count)));
    }
    let reserve = serving.iter().filter(|person| case.person(**person).reserve).count();
    sheet.put("reserve_share", "", t, "", share(reserve, serving.len()));
}

fn moved(view: &View, courses: &Courses, t: usize, sheet: &mut Sheet) {
    let facts = &view.facts;
    let mut units = vec![0; view.case().units.len()];
    for person in view.case().people_ix() {
        let from = courses.at(person, t - 1).seat();
        if let (Arrival::Moved, Some(from)) = (courses.at(person, t).arrival, from) {
            units[facts.unit(from).0] += 1;
        }
    }
    let bases: Vec<usize> =
        (0..units.len()).map(|unit| usize::try_from(facts.unit_base(UnitIx(unit))).unwrap_or(usize::MAX)).collect();
    let all = (units.iter().sum::<usize>(), bases.iter().sum::<usize>());
    for (unit, (moves, base)) in named(view, all, units.into_iter().zip(bases).collect()) {
        sheet.put("moves", &unit, t, "", Some(number(moves)));
        sheet.put("moved_share", &unit, t, "", share(moves, base));
    }
}

/// When the high-risk backlog clears: of all units together, then of each that ever has one.
fn clearing(view: &View, idle: &Courses) -> Vec<Metric> {
    let facts = &view.facts;
    let earliest = clearing::earliest(facts, idle);
    let all = earliest.iter().try_fold(0, |last, year| year.map(|year| last.max(year)));
    let mut units: Vec<(Option<UnitIx>, Option<usize>)> = vec![(None, all)];
    if earliest.len() > 1 {
        units.extend(earliest.into_iter().enumerate().map(|(unit, year)| (Some(UnitIx(unit)), year)));
    }
    let mut rows = Vec::new();
    for (unit, bound) in units {
        let of = |courses: &Courses| clearing::year(facts, courses, unit);
        let scenarios = [("nobody_moves", of(idle)), ("plan", of(&view.courses))];
        if unit.is_some() && bound == Some(0) && scenarios.iter().all(|(_, year)| *year == Some(0)) {
            continue;
        }
        rows.extend(scenarios.map(|(scenario, year)| Metric {
            metric: "clearing_year".into(),
            unit: unit.map_or(String::new(), |unit| view.unit(unit).to_owned()),
            year: None,
            grade: Grade::High.key().into(),
            scenario,
            value: year.map(number),
            bound: bound.map(number),
        }));
    }
    rows
}

/// The figures side by side: today, the years of nobody moving and of the plan, and what holds for all years.
pub fn table(view: &View, metrics: &[Metric]) -> Table {
    let years = view.facts.years;
    let mut table = Table::new(
        view.lang,
        "figures",
        &[("metric", 26), ("unit", 18), ("grade", 10), ("scenario", 14), ("today", 10)],
    );
    for t in 1..=years {
        let mut column = table.columns[4].clone();
        (column.key, column.heading, column.width) = ("figure", view.year(t), 15);
        table.columns.push(column);
    }
    let mut horizon = table.columns[4].clone();
    (horizon.key, horizon.heading, horizon.width) = ("horizon", view.say("head-horizon", &[]), 19);
    table.columns.push(horizon);
    let mut keys: Vec<(&str, &str, &str)> = Vec::new();
    for metric in metrics.iter().filter(|metric| metric.year.is_some()) {
        let key = (metric.metric.as_str(), metric.unit.as_str(), metric.grade.as_str());
        if !keys.contains(&key) && shown_by_unit(metric) {
            keys.push(key);
        }
    }
    for (name, unit, grade) in keys {
        let find = |t: usize, scenario: &str| {
            metrics.iter().find(|metric| {
                (metric.metric.as_str(), metric.unit.as_str(), metric.grade.as_str()) == (name, unit, grade)
                    && metric.year == Some(t)
                    && metric.scenario == scenario
            })
        };
        let value =
            |metric: Option<&Metric>| metric.and_then(|metric| metric.value).map_or(Value::Empty, |v| show(name, v));
        let line = |scenario: &str| {
            let mut line = vec![
                Value::text(view.say(&format!("metric-{name}"), &[])),
                Value::text(unit_of(view, unit)),
                Value::text(grade_of(view, name, grade)),
                Value::text(view.say(&format!("scenario-{scenario}"), &[])),
                value(find(0, "today")),
            ];
            line.extend((1..=years).map(|t| value(find(t, scenario))));
            let sum = || (1..=years).filter_map(|t| find(t, scenario)?.value).sum::<f64>();
            line.push(if name == "moves" { show(name, sum()) } else { Value::Empty });
            line
        };
        let (idle, plan) = (line("nobody_moves"), line("plan"));
        let of = unit_named(view, unit);
        if idle[5..] != plan[5..] && !name.starts_with("move") {
            table.push(of, idle);
        }
        // What the roster doesn't tell, such as ages, has no row.
        if plan[4..].iter().any(|value| *value != Value::Empty) {
            table.push(of, plan);
        }
    }
    for metric in metrics.iter().filter(|metric| metric.metric == "clearing_year") {
        let mut put = |scenario: &str, year: Option<f64>| {
            let mut line = vec![Value::Empty; table.columns.len()];
            line[0] = Value::text(view.say("metric-clearing_year", &[]));
            line[1] = Value::text(unit_of(view, &metric.unit));
            line[2] = Value::text(grade_of(view, "clearing_year", &metric.grade));
            line[3] = Value::text(view.say(&format!("scenario-{scenario}"), &[]));
            line[table.columns.len() - 1] = Value::text(clearing_word(view, year));
            table.push(unit_named(view, &metric.unit), line);
        };
        // Unit by unit only what the plan reaches, and the earliest.
        if metric.unit.is_empty() || metric.scenario == "plan" {
            put(metric.scenario, metric.value);
        }
        if metric.scenario == "plan" {
            put("bound", metric.bound);
        }
    }
    table
}

/// The year of clearing in words; the eve of the plan counts as year 0.
#[allow(clippy::cast_possible_truncation)]
fn clearing_word(view: &View, year: Option<f64>) -> String {
    match year.map(|year| year as i64) {
        None => view.say("never", &[]),
        Some(0) => view.say("clear-today", &[]),
        Some(year) => view.say("clear-year", &[("t", &year.to_string())]),
    }
}

/// Unit by unit, only what differs by unit in a way that a leader asks about.
fn shown_by_unit(metric: &Metric) -> bool {
    metric.unit.is_empty() || matches!(metric.metric.as_str(), "moved_share" | "vacancies" | "coverage")
}

/// The unit of a figure; none for the figure of all.
fn unit_named(view: &View, name: &str) -> Option<UnitIx> {
    view.case().units.iter().position(|unit| unit.name == name).map(UnitIx)
}

fn unit_of(view: &View, unit: &str) -> String {
    if unit.is_empty() { view.say("all-units", &[]) } else { unit.to_owned() }
}

fn grade_of(view: &View, metric: &str, grade: &str) -> String {
    if metric == "education" || grade.is_empty() { grade.to_owned() } else { view.say(&format!("grade-{grade}"), &[]) }
}

fn show(metric: &str, value: f64) -> Value {
    match metric {
        "coverage" | "moved_share" | "women_share" | "reserve_share" => Value::Share(value),
        "fit_mean" | "age_mean" => Value::Decimal(value),
        #[allow(clippy::cast_possible_truncation)]
        _ => Value::Whole(value as i64),
    }
}
