//! A comparison for programs.

use super::Comparing;
use crate::compare::measure::Measured;
use serde_json::{Value, json};

/// Everything that the tables hold, under the names of the files.
#[must_use]
pub fn of(of: &Comparing) -> Value {
    let sides: Vec<Value> = of
        .comparison
        .sides
        .iter()
        .enumerate()
        .map(|(at, side)| {
            json!({
                "name": side.name,
                "tiers": side.plan.tiers,
                "optimal": side.plan.optimal(),
                "moves": side.plan.moves.iter().filter(|row| row.from.is_some()).count(),
                "placements": side.plan.moves.iter().filter(|row| row.from.is_none()).count(),
                "deferrals": side.plan.deferrals.len(),
                "provenance": side.plan.provenance,
                "sheets": side.sheets,
                "plan_file": of.files.get(at),
                "metrics": figures(of.comparison.own[at].as_ref()),
                "metrics_by_first": figures(of.comparison.common[at].as_ref().filter(|_| at > 0)),
            })
        })
        .collect();
    let name = |side: usize| of.comparison.sides[side].name.as_str();
    let pairs: Vec<Value> = of
        .comparison
        .pairs
        .iter()
        .map(|pair| json!({ "first": name(pair.a), "second": name(pair.b), "difference": pair }))
        .collect();
    let settings: Vec<Value> =
        of.comparison.settings.iter().map(|setting| json!({ "key": setting.key, "values": setting.values })).collect();
    let planless: Vec<Value> =
        of.planless.iter().map(|planless| json!({ "name": planless.name, "why": planless.why })).collect();
    let frontier = of.frontier.map(|curve| {
        let points: Vec<Value> = curve
            .points
            .iter()
            .enumerate()
            .map(|(at, point)| {
                let bought = |id: &str| curve.bought(at, id);
                let bought: Vec<Value> = point
                    .tiers
                    .iter()
                    .filter_map(|row| Some(json!({ "tier": row.id, "best": curve.best(at, &row.id)?, "each": bought(&row.id) })))
                    .collect();
                json!({
                    "value": point.value, "spent": point.spent, "tiers": point.tiers, "bought": bought,
                    "begun_from_before": point.begun, "taken_over": point.taken_over, "behind": point.behind, "dominated_by": point.dominated_by, "plan_file": of.files.get(at),
                })
            })
            .collect();
        json!({ "knob": curve.knob, "key": curve.knob.key(), "points": points })
    });
    json!({
        "scenarios": sides,
        "without_plan": planless,
        "differences": pairs,
        "settings": settings,
        "people": of.comparison.people,
        "frontier": frontier,
    })
}

fn figures(measured: Option<&Measured>) -> Vec<Value> {
    let rows = measured.map_or(&[][..], |measured| &measured.metrics);
    rows.iter()
        .map(|row| {
            json!({
                "metric": row.metric, "unit": row.unit, "year": row.year, "grade": row.grade, "scenario": row.scenario,
                "value": row.value, "bound": row.bound,
            })
        })
        .collect()
}
