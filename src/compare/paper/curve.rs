//! The table of a curve.

use super::Comparing;
use super::tables::{tier_label, tiers, with_bound};
use crate::compare::frontier::Knob;
use crate::output::report::{Column, Table, Value};
use crate::text::say;

/// The points of the curve.
pub fn table(of: &Comparing) -> Table {
    let mut table = Table::new(of.lang, "frontier", &[("no", 5), ("cmp_knob", 14), ("cmp_spent", 12)]);
    let Some(curve) = of.frontier else { return table };
    let tiers = tiers(of);
    for (id, name) in &tiers {
        table.columns.push(Column { key: "tier_value", heading: tier_label(of, id, name), width: 14 });
    }
    let rest = Table::new(of.lang, "frontier", &[("cmp_dominated", 22), ("cmp_file", 24)]);
    let bought: Vec<&(String, String)> =
        tiers.iter().filter(|(_, name)| matches!(name.as_str(), "cover" | "risk")).collect();
    for (id, name) in &bought {
        let heading = say(of.lang, "frontier-best", &[("tier", &tier_label(of, id, name))]);
        table.columns.push(Column { key: "best", heading, width: 14 });
        let heading =
            say(of.lang, "frontier-bought", &[("tier", &tier_label(of, id, name)), ("knob", curve.knob.name())]);
        table.columns.push(Column { key: "bought", heading, width: 24 });
    }
    table.columns.extend(rest.columns);
    for (at, point) in curve.points.iter().enumerate() {
        let mut row = vec![
            Value::count(at + 1),
            Value::text(value_word(of, curve.knob, point.value)),
            spent(curve.knob, point.spent),
        ];
        for (id, _) in &tiers {
            let own = point.tiers.iter().find(|own| own.id == *id);
            row.push(own.map_or(Value::Empty, |own| Value::text(with_bound(of, own))));
        }
        for (id, _) in &bought {
            row.push(curve.best(at, id).map_or(Value::Empty, Value::Whole));
            row.push(Value::text(bought_word(of, at, id)));
        }
        let dominated = match (point.dominated_by, point.taken_over) {
            (Some(by), _) => say(of.lang, "frontier-dominated", &[("no", &(by + 1).to_string())]),
            (None, true) => say(of.lang, "frontier-taken-over", &[("no", &at.to_string())]),
            (None, false) if point.behind => say(of.lang, "frontier-behind", &[("no", &at.to_string())]),
            (None, false) if point.begun => say(of.lang, "frontier-begun", &[("no", &at.to_string())]),
            (None, false) => String::new(),
        };
        row.push(Value::text(dominated));
        row.push(Value::text(of.files.get(at).cloned().unwrap_or_default()));
        table.rows.push(row);
    }
    for planless in of.planless {
        let mut row = vec![Value::Empty; table.columns.len()];
        row[1] = Value::text(planless.name.clone());
        let remark = table.column("cmp_dominated").unwrap_or(1);
        row[remark] = Value::text(planless.why.join("\n"));
        table.rows.push(row);
    }
    table
}

/// A value of the setting in words.
pub fn value_word(of: &Comparing, knob: Knob, value: Option<i64>) -> String {
    match (knob, value) {
        (_, None) => say(of.lang, "frontier-own", &[]),
        (Knob::Share, Some(value)) => Value::Share(millionths(value)).words(of.lang),
        (_, Some(value)) => value.to_string(),
    }
}

#[allow(clippy::cast_precision_loss)]
fn millionths(value: i64) -> f64 {
    value as f64 / 1e6
}

/// What a plan spends, as its kind is written; of fit, the lowest score itself.
pub fn spent(knob: Knob, spent: i64) -> Value {
    match knob {
        Knob::Moves | Knob::CrossUnit => Value::Whole(spent),
        Knob::Fit => Value::Whole(100 - spent),
        Knob::Share => Value::Share(millionths(spent)),
    }
}

/// What a step from the point before buys in a tier, each more.
fn bought_word(of: &Comparing, at: usize, id: &str) -> String {
    let Some(curve) = of.frontier else { return String::new() };
    let Some(bought) = curve.bought(at, id) else { return String::new() };
    let number = |value: f64| format!("{value:.2}");
    if bought.at_least.is_none() && bought.at_most.is_none() {
        return number(bought.each);
    }
    let bound = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), number);
    say(
        of.lang,
        "frontier-each",
        &[("each", &number(bought.each)), ("least", &bound(bought.at_least)), ("most", &bound(bought.at_most))],
    )
}
