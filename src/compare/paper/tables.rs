//! The tables of a comparison.

use super::{Comparing, curve};
use crate::compare::measure::Measured;
use crate::compare::pairs::{Known, Pair};
use crate::compare::people::Step;
use crate::insight::reasons::post_name;
use crate::output::report::{Column, Table, Value};
use crate::text::{say, try_say};
use lungang_domain::Case;
use lungang_domain::plan::{TierRow, TierStatus};

/// The figures that stand side by side: name, grade, and how they are put together over the years.
pub const FIGURES: &[(&str, &str, Over)] = &[
    ("overdue_people", "high", Over::Last),
    ("overdue_months", "high", Over::Last),
    ("overdue_people", "medium", Over::Last),
    ("overdue_months", "medium", Over::Last),
    ("vacancies", "", Over::Last),
    ("missing", "", Over::Last),
    ("coverage", "", Over::Last),
    ("unplaced", "", Over::Last),
    ("moves", "", Over::Sum),
    ("fit_mean", "", Over::Last),
    ("clearing_year", "high", Over::Horizon),
];

/// How the figures of the years become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// That of the end of the last year.
    Last,
    /// Their sum.
    Sum,
    /// It is one of the whole horizon.
    Horizon,
}

/// All tables.
pub fn all(of: &Comparing) -> Vec<Table> {
    let mut tables = Vec::new();
    if of.frontier.is_some() {
        tables.push(curve::table(of));
    }
    if of.frontier.is_none() {
        tables.extend([scenarios(of), figures(of), years(of), differences(of)]);
    }
    tables.push(settings(of));
    if of.frontier.is_none() {
        tables.push(people(of));
    }
    tables
}

/// A column for each side, under its name.
fn add_sides(of: &Comparing, table: &mut Table, width: u16) {
    for side in &of.comparison.sides {
        table.columns.push(Column { key: "side", heading: side.name.clone(), width });
    }
}

/// A figure as its kind is written.
fn shown(metric: &str, value: f64) -> Value {
    match metric {
        "coverage" | "moved_share" => Value::Share(value),
        "fit_mean" => Value::Decimal(value),
        #[allow(clippy::cast_possible_truncation)]
        _ => Value::Whole(value as i64),
    }
}

/// The tiers that any side has, by id, in the order of the first that has them: position in the workbook's columns.
pub(super) fn tiers(of: &Comparing) -> Vec<(String, String)> {
    let mut tiers: Vec<(String, String)> = Vec::new();
    for row in of.comparison.sides.iter().flat_map(|side| &side.plan.tiers) {
        if !tiers.iter().any(|(id, _)| *id == row.id) {
            tiers.push((row.id.clone(), row.name.clone()));
        }
    }
    tiers
}

/// Id and name of a tier.
pub(super) fn tier_label(of: &Comparing, id: &str, name: &str) -> String {
    format!("{id} {}", try_say(of.lang, &format!("tier-{name}"), &[]).unwrap_or_else(|| name.to_owned()))
}

/// A value with its bound, or a mark that it is proved.
pub(super) fn with_bound(of: &Comparing, row: &TierRow) -> String {
    let more_is_better = matches!(row.name.as_str(), "reserve" | "successors" | "quality" | "weighted");
    match (row.bound, row.status) {
        (_, TierStatus::Proved) => say(of.lang, "compare-proved", &[("value", &row.value.to_string())]),
        (None, _) => row.value.to_string(),
        (Some(bound), _) => {
            let key = if more_is_better { "compare-at-most" } else { "compare-at-least" };
            say(of.lang, key, &[("value", &row.value.to_string()), ("bound", &bound.to_string())])
        }
    }
}

/// One row a scenario, today and nobody moving above them.
fn scenarios(of: &Comparing) -> Table {
    let mut table = Table::new(
        of.lang,
        "scenarios",
        &[
            ("cmp_scenario", 22),
            ("cmp_differs", 34),
            ("proof", 16),
            ("cmp_moves", 8),
            ("cmp_placements", 8),
            ("cmp_deferrals", 8),
        ],
    );
    let tiers = tiers(of);
    for (id, name) in &tiers {
        table.columns.push(Column { key: "tier_value", heading: tier_label(of, id, name), width: 14 });
    }
    if of.frontier.is_none()
        && let Some(first) = of.comparison.sides.first()
    {
        for (key, figure) in [("today", 0), ("nobody_moves", 1)] {
            let mut row = vec![Value::text(say(of.lang, &format!("scenario-{key}"), &[]))];
            row.push(Value::text(say(of.lang, "compare-by-first", &[("first", &first.name)])));
            row.extend([const { Value::Empty }; 4]);
            for (id, _) in &tiers {
                let own = first.plan.tiers.iter().find(|own| own.id == *id);
                row.push(own.map_or(Value::Empty, |own| Value::Whole([own.today, own.nobody_moves][figure])));
            }
            table.rows.push(row);
        }
    }
    for side in &of.comparison.sides {
        let plan = side.plan;
        let count = |placement: bool| plan.moves.iter().filter(|row| row.from.is_none() == placement).count();
        let proof = if plan.optimal() { "proof-proved" } else { "proof-open" };
        let mut row = vec![
            Value::text(side.name.clone()),
            Value::text(differs(of, &side.name)),
            Value::text(say(of.lang, proof, &[])),
            Value::count(count(false)),
            Value::count(count(true)),
            Value::count(plan.deferrals.len()),
        ];
        for (id, _) in &tiers {
            let own = plan.tiers.iter().find(|own| own.id == *id);
            row.push(own.map_or(Value::Empty, |own| Value::text(with_bound(of, own))));
        }
        table.rows.push(row);
    }
    for planless in of.planless {
        let mut row = vec![Value::text(planless.name.clone()), Value::text(planless.why.join("\n"))];
        row.push(Value::text(say(of.lang, "compare-planless", &[])));
        row.resize(table.columns.len(), Value::Empty);
        table.rows.push(row);
    }
    table
}

/// In what a side differs from the first, in a few words.
fn differs(of: &Comparing, name: &str) -> String {
    let Some(at) = of.comparison.sides.iter().position(|side| side.name == name) else { return String::new() };
    let other = |value: &String| if value.is_empty() { "–".to_owned() } else { value.clone() };
    let lines: Vec<String> = of
        .comparison
        .settings
        .iter()
        .filter(|setting| setting.values[at] != setting.values[0])
        .map(|setting| format!("{} = {}", setting.key, other(&setting.values[at])))
        .collect();
    match (at, lines.is_empty()) {
        (0, _) => say(of.lang, "compare-base", &[]),
        (_, true) => say(of.lang, "compare-no-difference", &[]),
        (_, false) => lines.join("\n"),
    }
}

/// A figure of one side over the horizon; of `nobody_moves` and `today` those of the first.
fn over(measured: &Measured, (metric, grade, over): (&str, &str, Over), scenario: &str, years: usize) -> Option<f64> {
    match over {
        Over::Last => measured.figure(metric, grade, Some(years), scenario),
        Over::Sum => {
            let values: Vec<f64> =
                (1..=years).filter_map(|year| measured.figure(metric, grade, Some(year), scenario)).collect();
            (!values.is_empty()).then(|| values.iter().sum())
        }
        Over::Horizon => measured.figure(metric, grade, None, scenario),
    }
}

/// Key figures of all plans as the data and the policy of the first count them.
fn figures(of: &Comparing) -> Table {
    let mut table =
        Table::new(of.lang, "compared", &[("metric", 28), ("cmp_grade", 10), ("today", 12), ("nobody_moves", 12)]);
    add_sides(of, &mut table, 14);
    let Some(Some(base)) = of.comparison.common.first() else { return table };
    let years = of.comparison.sides[0].plan.years.len();
    for figure in FIGURES {
        let (metric, grade, _) = *figure;
        let cell = |value: Option<f64>| match (metric, value) {
            ("clearing_year", None) => Value::text(say(of.lang, "never", &[])),
            (_, value) => value.map_or(Value::Empty, |value| shown(metric, value)),
        };
        let today = base.figure(metric, grade, Some(0), "today");
        let idle = over(base, *figure, "nobody_moves", years);
        let sides = of.comparison.common.iter().map(|measured| match measured {
            Some(measured) => cell(over(measured, *figure, "plan", years)),
            None => Value::text(say(of.lang, "compare-other-data", &[])),
        });
        let name = match figure.2 {
            Over::Last => "compare-last",
            Over::Sum => "compare-sum",
            Over::Horizon => "compare-horizon",
        };
        let name = say(of.lang, name, &[("metric", &say(of.lang, &format!("metric-{metric}"), &[]))]);
        let today = if metric == "clearing_year" || metric == "moves" { Value::Empty } else { cell(today) };
        let idle = if metric == "moves" { Value::Whole(0) } else { cell(idle) };
        let mut row = vec![Value::text(name), Value::text(grade_word(of, grade)), today, idle];
        row.extend(sides);
        // What nobody keeps, such as a grade that no post has, has no row.
        if row[2..].iter().any(|value| !matches!(value, Value::Empty | Value::Whole(0))) {
            table.rows.push(row);
        }
    }
    for tier in &base.tiers {
        let mut row = vec![
            Value::text(tier_label(of, &tier.id, &tier.name)),
            Value::Empty,
            Value::Whole(tier.today),
            Value::Whole(tier.nobody_moves),
        ];
        row.extend(of.comparison.common.iter().map(|measured| {
            let own = measured.as_ref().and_then(|measured| measured.tiers.iter().find(|own| own.id == tier.id));
            own.map_or_else(|| Value::text(say(of.lang, "compare-other-data", &[])), |own| Value::Whole(own.value))
        }));
        table.rows.push(row);
    }
    table
}

fn grade_word(of: &Comparing, grade: &str) -> String {
    if grade.is_empty() { String::new() } else { say(of.lang, &format!("grade-{grade}"), &[]) }
}

/// The same figures year by year.
fn years(of: &Comparing) -> Table {
    let mut table = Table::new(
        of.lang,
        "compared_years",
        &[("metric", 28), ("cmp_grade", 10), ("cmp_year", 10), ("nobody_moves", 12)],
    );
    add_sides(of, &mut table, 14);
    let Some(Some(base)) = of.comparison.common.first() else { return table };
    let years = of.comparison.sides[0].plan.years.len();
    for (metric, grade, _) in FIGURES.iter().filter(|(.., over)| *over != Over::Horizon) {
        let cell = |value: Option<f64>| value.map_or(Value::Empty, |value| shown(metric, value));
        for year in 0..=years {
            let idle = base.figure(metric, grade, Some(year), "nobody_moves");
            let of_side = |measured: &Option<Measured>| {
                measured
                    .as_ref()
                    .map_or(Value::Empty, |measured| cell(measured.figure(metric, grade, Some(year), "plan")))
            };
            let name = if year == 0 {
                say(of.lang, "head-today", &[])
            } else {
                say(of.lang, "chart-year", &[("t", &year.to_string())])
            };
            let mut row = vec![
                Value::text(say(of.lang, &format!("metric-{metric}"), &[])),
                Value::text(grade_word(of, grade)),
                Value::text(name),
                cell(idle),
            ];
            row.extend(of.comparison.common.iter().map(of_side));
            if row[3..].iter().any(|value| !matches!(value, Value::Empty)) {
                table.rows.push(row);
            }
        }
    }
    table
}

/// What is known of a difference, in words.
pub fn known(of: &Comparing, pair: &Pair) -> String {
    let key = match (pair.known, pair.gain) {
        (Known::Better | Known::Worse, _) => "known-proved",
        (Known::Equal, _) => "known-equal",
        (Known::Open, _) => "known-open",
        (Known::Unbounded, _) => "known-unbounded",
    };
    let least = pair.at_least.unwrap_or(0).to_string();
    let conditional = if pair.conditional { "yes" } else { "no" };
    say(of.lang, key, &[("least", &least), ("conditional", conditional)])
}

/// Every two plans, tier by tier: the difference, and whether it is proved.
fn differences(of: &Comparing) -> Table {
    let columns = [
        ("cmp_first", 18),
        ("cmp_second", 18),
        ("cmp_tier", 26),
        ("cmp_first_value", 12),
        ("cmp_first_bound", 12),
        ("cmp_second_value", 12),
        ("cmp_second_bound", 12),
        ("cmp_gain", 12),
        ("cmp_known", 40),
        ("cmp_measure", 20),
    ];
    let mut table = Table::new(of.lang, "compared_proof", &columns);
    let whole = |value: Option<i64>| value.map_or(Value::Empty, Value::Whole);
    // Of two others than the first, only what is not the same; long form and JSON have all.
    let telling = |pair: &&Pair| pair.a == 0 || pair.gain != 0 || pair.known != Known::Equal;
    for pair in of.comparison.pairs.iter().filter(telling) {
        let name = |side: usize| Value::text(of.comparison.sides[side].name.clone());
        let measure = if pair.same_measure { "measure-same" } else { "measure-other" };
        table.rows.push(vec![
            name(pair.a),
            name(pair.b),
            Value::text(tier_label(of, &pair.id, &pair.name)),
            Value::Whole(pair.of_a.0),
            whole(pair.of_a.1),
            Value::Whole(pair.of_b.0),
            whole(pair.of_b.1),
            Value::Whole(pair.gain),
            Value::text(known(of, pair)),
            Value::text(say(of.lang, measure, &[])),
        ]);
    }
    table
}

/// Settings that are not the same in all.
fn settings(of: &Comparing) -> Table {
    let mut table = Table::new(of.lang, "compared_settings", &[("key", 28), ("meaning", 44)]);
    add_sides(of, &mut table, 16);
    for setting in &of.comparison.settings {
        let meaning = match setting.key.strip_prefix("input.").filter(|_| setting.key != "input.encoding") {
            _ if setting.key == "input" => say(of.lang, "compare-input", &[]),
            Some(sheet) if crate::input::schema::sheet(sheet).is_some() => {
                let zh = crate::input::schema::sheet(sheet).map_or("", |sheet| sheet.zh);
                say(of.lang, "compare-sheet", &[("sheet", sheet), ("zh", zh)])
            }
            _ => try_say(of.lang, &format!("key-{}", setting.key.replace('.', "-")), &[]).unwrap_or_default(),
        };
        let mut row = vec![Value::text(setting.key.clone()), Value::text(meaning)];
        row.extend(setting.values.iter().map(|value| Value::text(value.clone())));
        table.rows.push(row);
    }
    table
}

/// Who is not in the same places in all plans.
fn people(of: &Comparing) -> Table {
    let mut table = Table::new(
        of.lang,
        "compared_people",
        &[("no", 5), ("unit", 16), ("staff", 10), ("name", 10), ("cmp_now", 26), ("cmp_years", 12)],
    );
    add_sides(of, &mut table, 30);
    let case = of.comparison.sides.iter().find_map(|side| side.case);
    for (no, person) in of.comparison.people.iter().enumerate() {
        let known = case.and_then(|case| case.person_by_id(&person.staff).map(|ix| (case, case.person(ix))));
        let first = person.ways.iter().flatten().next().and_then(|way| way.first());
        let unit = known
            .and_then(|(case, own)| unit_of(case, first).or_else(|| own.unit.map(|unit| case.unit(unit).name.clone())));
        let years: Vec<String> = person.years.iter().map(ToString::to_string).collect();
        let mut row = vec![
            Value::count(no + 1),
            Value::text(unit.unwrap_or_default()),
            Value::text(person.staff.clone()),
            Value::text(known.map_or(String::new(), |(_, own)| own.name.clone())),
            Value::text(first.map_or(String::new(), |step| place(of, case, step))),
            Value::text(years.join(&say(of.lang, "list-comma", &[]))),
        ];
        let ways = person.ways.iter().zip(&of.comparison.sides);
        row.extend(ways.map(|(steps, side)| Value::text(way(of, steps.as_deref(), side.case.or(case)))));
        table.rows.push(row);
    }
    match case {
        None => ["unit", "name"].iter().for_each(|key| table.drop_column(key)),
        Some(case) if case.units.len() == 1 => table.drop_column("unit"),
        Some(_) => {}
    }
    table
}

fn unit_of(case: &Case, step: Option<&Step>) -> Option<String> {
    let post = case.post_by_id(step?.place.post.as_deref()?)?;
    Some(case.unit(case.post(post).unit).name.clone())
}

/// A person's changes of place, a line each.
#[must_use]
pub fn way(of: &Comparing, steps: Option<&[Step]>, case: Option<&Case>) -> String {
    let Some(way) = steps else { return say(of.lang, "compare-unknown-person", &[]) };
    let lines: Vec<String> = way
        .iter()
        .skip(1)
        .map(|step| say(of.lang, "compare-step", &[("t", &step.year.to_string()), ("place", &place(of, case, step))]))
        .collect();
    if lines.is_empty() { say(of.lang, "compare-stays", &[]) } else { lines.join("\n") }
}

/// A place in words.
fn place(of: &Comparing, case: Option<&Case>, step: &Step) -> String {
    let row = &step.place;
    let post = row.post.as_deref().map(|id| match case.and_then(|case| case.post_by_id(id).map(|post| (case, post))) {
        Some((case, post)) if case.units.len() == 1 => format!("{id} {}", post_name(case, post)),
        Some((case, post)) => format!("{id} {} {}", case.unit(case.post(post).unit).name, post_name(case, post)),
        None => id.to_owned(),
    });
    match (row.state.as_str(), post) {
        ("in", Some(post)) => post,
        (state, post) => {
            let state = say(of.lang, &format!("place-{state}"), &[]);
            post.map_or_else(
                || state.clone(),
                |post| format!("{post}{}", say(of.lang, "in-brackets", &[("text", &state)])),
            )
        }
    }
}
