//! Training overlay: class-hours short of 20 of law and 40 professional a year, per person, and per unit.

use super::{Table, Value, View};
use lungang_domain::UnitIx;

/// Class-hours of law a year.
const LAW: f64 = 20.0;
/// Class-hours of professional training a year.
const PROFESSIONAL: f64 = 40.0;

/// Hours without a decimal, as registers keep them, unless they have one.
fn class_hours(hours: f64) -> Value {
    #[allow(clippy::cast_possible_truncation)]
    if hours.fract() == 0.0 && hours.abs() < 1e9 { Value::Whole(hours as i64) } else { Value::Decimal(hours) }
}

/// Units first, with the number of people short, then the people.
pub fn table(view: &View) -> Table {
    let mut table = Table::new(
        view.lang,
        "training",
        &[
            ("unit", 20),
            ("staff", 12),
            ("name", 12),
            ("law_hours", 12),
            ("law_short", 12),
            ("professional_hours", 12),
            ("professional_short", 12),
            ("short_count", 12),
        ],
    );
    let case = view.case();
    let mut people = Vec::new();
    let mut units: Vec<(usize, f64, f64)> = vec![(0, 0.0, 0.0); case.units.len()];
    for person in case.people_ix() {
        let row = case.person(person);
        let unit = view.courses.at(person, 0).seat().map(|post| view.facts.unit(post)).or(row.unit);
        let short = |hours: Option<f64>, norm: f64| hours.map(|hours| (norm - hours).max(0.0));
        let (law, professional) = (short(row.law_hours, LAW), short(row.professional_hours, PROFESSIONAL));
        if law.unwrap_or(0.0) + professional.unwrap_or(0.0) <= 0.0 {
            continue;
        }
        if let Some(sum) = unit.and_then(|unit| units.get_mut(unit.0)) {
            *sum = (sum.0 + 1, sum.1 + law.unwrap_or(0.0), sum.2 + professional.unwrap_or(0.0));
        }
        let hours = |value: Option<f64>| value.map_or(Value::Empty, class_hours);
        people.push((
            unit,
            vec![
                Value::text(unit.map_or("", |unit| view.unit(unit))),
                Value::text(row.id.0.clone()),
                Value::text(row.name.clone()),
                hours(row.law_hours),
                hours(law),
                hours(row.professional_hours),
                hours(professional),
                Value::Empty,
            ],
        ));
    }
    for (ix, (count, law, professional)) in units.into_iter().enumerate().filter(|(_, (count, _, _))| *count > 0) {
        table.push(
            [UnitIx(ix)],
            vec![
                Value::text(view.unit(UnitIx(ix))),
                Value::Empty,
                Value::text(view.say("all-of-unit", &[])),
                Value::Empty,
                class_hours(law),
                Value::Empty,
                class_hours(professional),
                Value::count(count),
            ],
        );
    }
    people.into_iter().for_each(|(unit, row): (Option<UnitIx>, Vec<Value>)| table.push(unit, row));
    table
}
