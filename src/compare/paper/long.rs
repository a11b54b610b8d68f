//! A comparison in long form, a file a subject, for pivot tables and programs.

use super::Comparing;
use super::curve;
use crate::output::csv::{guarded, table_bytes};
use std::io;

/// The files of a folder.
///
/// # Errors
/// Only where the writer fails in memory.
pub fn files(of: &Comparing) -> io::Result<Vec<(String, Vec<u8>)>> {
    let all = [
        ("metrics.csv", metrics(of)),
        ("tiers.csv", tiers(of)),
        ("differences.csv", differences(of)),
        ("settings.csv", settings(of)),
        ("people.csv", people(of)),
        ("frontier.csv", frontier(of)),
    ];
    let some = all.into_iter().filter(|(_, rows)| rows.len() > 1);
    some.map(|(name, rows)| Ok((name.to_owned(), table_bytes(&rows)?))).collect()
}

fn header(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn shown<T: ToString>(value: Option<T>) -> String {
    value.map_or(String::new(), |value| value.to_string())
}

/// Every figure, with the scenario whose data and policy it was counted by.
fn metrics(of: &Comparing) -> Vec<Vec<String>> {
    let mut rows = vec![header(&["metric", "unit", "year", "grade", "scenario", "value", "bound", "measured_by"])];
    let sides = &of.comparison.sides;
    let first = sides.first().map_or("", |side| side.name.as_str());
    for (at, side) in sides.iter().enumerate() {
        let own = of.comparison.own[at].iter().map(|measured| (side.name.as_str(), measured));
        // By its own policy the first is counted already.
        let common = of.comparison.common[at].iter().filter(|_| at > 0).map(|measured| (first, measured));
        for (by, measured) in own.chain(common) {
            let plan_only = by != side.name;
            for row in measured.metrics.iter().filter(|row| !plan_only || row.scenario == "plan") {
                let scenario = if row.scenario == "plan" { side.name.as_str() } else { row.scenario };
                rows.push(vec![
                    row.metric.clone(),
                    guarded(&row.unit),
                    shown(row.year),
                    guarded(&row.grade),
                    guarded(scenario),
                    shown(row.value),
                    shown(row.bound),
                    guarded(by),
                ]);
            }
        }
    }
    rows
}

fn tiers(of: &Comparing) -> Vec<Vec<String>> {
    let names = ["scenario", "tier", "name", "value", "bound", "gap", "status", "today", "nobody_moves", "plan_file"];
    let mut rows = vec![header(&names)];
    for (at, side) in of.comparison.sides.iter().enumerate() {
        for row in &side.plan.tiers {
            let status = if row.bound == Some(row.value) { "proved" } else { "open" };
            rows.push(vec![
                guarded(&side.name),
                row.id.clone(),
                row.name.clone(),
                row.value.to_string(),
                shown(row.bound),
                shown(row.gap),
                status.to_owned(),
                row.today.to_string(),
                row.nobody_moves.to_string(),
                guarded(of.files.get(at).map_or("", String::as_str)),
            ]);
        }
    }
    rows
}

fn differences(of: &Comparing) -> Vec<Vec<String>> {
    let names = [
        "first",
        "second",
        "tier",
        "first_value",
        "first_bound",
        "second_value",
        "second_bound",
        "gain",
        "known",
        "at_least",
        "conditional",
        "same_measure",
    ];
    let mut rows = vec![header(&names)];
    for pair in &of.comparison.pairs {
        let known = serde_json::to_value(pair.known).ok().and_then(|word| word.as_str().map(str::to_owned));
        rows.push(vec![
            guarded(&of.comparison.sides[pair.a].name),
            guarded(&of.comparison.sides[pair.b].name),
            pair.id.clone(),
            pair.of_a.0.to_string(),
            shown(pair.of_a.1),
            pair.of_b.0.to_string(),
            shown(pair.of_b.1),
            pair.gain.to_string(),
            known.unwrap_or_default(),
            shown(pair.at_least),
            pair.conditional.to_string(),
            pair.same_measure.to_string(),
        ]);
    }
    rows
}

fn settings(of: &Comparing) -> Vec<Vec<String>> {
    let mut rows = vec![header(&["key", "scenario", "value"])];
    for setting in &of.comparison.settings {
        for (side, value) in of.comparison.sides.iter().zip(&setting.values) {
            rows.push(vec![setting.key.clone(), guarded(&side.name), guarded(value)]);
        }
    }
    rows
}

/// The places of everybody who is not in the same places in all plans.
fn people(of: &Comparing) -> Vec<Vec<String>> {
    let mut rows = vec![header(&["staff", "scenario", "year", "state", "post", "host"])];
    for person in &of.comparison.people {
        for (side, way) in of.comparison.sides.iter().zip(&person.ways) {
            for step in way.iter().flatten() {
                rows.push(vec![
                    guarded(&person.staff),
                    guarded(&side.name),
                    step.year.to_string(),
                    step.place.state.clone(),
                    guarded(step.place.post.as_deref().unwrap_or_default()),
                    guarded(step.place.host.as_deref().unwrap_or_default()),
                ]);
            }
        }
    }
    rows
}

fn frontier(of: &Comparing) -> Vec<Vec<String>> {
    let names = [
        "point",
        "value",
        "spent",
        "tier",
        "figure",
        "bound",
        "best",
        "each",
        "each_at_least",
        "each_at_most",
        "dominated_by",
        "taken_over",
        "plan_file",
    ];
    let mut rows = vec![header(&names)];
    let Some(frontier) = of.frontier else { return rows };
    for (at, point) in frontier.points.iter().enumerate() {
        for tier in &point.tiers {
            let bought = frontier.bought(at, &tier.id);
            rows.push(vec![
                (at + 1).to_string(),
                curve::value_word(of, frontier.knob, point.value),
                curve::spent(frontier.knob, point.spent).words(of.lang),
                tier.id.clone(),
                tier.value.to_string(),
                shown(tier.bound),
                shown(frontier.best(at, &tier.id)),
                shown(bought.map(|bought| bought.each)),
                shown(bought.and_then(|bought| bought.at_least)),
                shown(bought.and_then(|bought| bought.at_most)),
                shown(point.dominated_by.map(|by| by + 1)),
                point.taken_over.to_string(),
                guarded(of.files.get(at).map_or("", String::as_str)),
            ]);
        }
    }
    rows
}
