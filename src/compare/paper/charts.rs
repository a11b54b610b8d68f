//! The drawings of a comparison: figures year by year, the range in which each optimum lies, and the curve.

use super::{Comparing, curve};
use crate::compare::frontier::Frontier;
use crate::output::html::plot::{Line, Range, lines, ranges};
use crate::text::{say, try_say};
use maud::{Markup, html};

/// Figures drawn year by year, all of high-risk posts or of all.
const YEARLY: &[(&str, &str)] = &[
    ("overdue_months", "high"),
    ("overdue_people", "high"),
    ("vacancies", ""),
    ("coverage", ""),
    ("moves", ""),
    ("fit_mean", ""),
];

/// A drawing a figure: a line a scenario, nobody moving as a grey one, all counted by the first.
pub fn by_year(of: &Comparing) -> Markup {
    let Some(Some(base)) = of.comparison.common.first() else {
        return html! { p { (say(of.lang, "no-rows", &[])) } };
    };
    let years = of.comparison.sides[0].plan.years.len();
    let labels: Vec<String> = (0..=years)
        .map(|year| match year {
            0 => say(of.lang, "head-today", &[]),
            year => say(of.lang, "chart-year", &[("t", &year.to_string())]),
        })
        .collect();
    let one = |(metric, grade): &(&str, &str)| {
        let values = |measured: &crate::compare::measure::Measured, scenario: &str| -> Vec<Option<f64>> {
            (0..=years).map(|year| measured.figure(metric, grade, Some(year), scenario)).collect()
        };
        let mut drawn = Vec::new();
        if *metric != "moves" {
            let name = say(of.lang, "scenario-nobody_moves", &[]);
            drawn.push(Line { name, values: values(base, "nobody_moves"), idle: true });
        }
        for (side, measured) in of.comparison.sides.iter().zip(&of.comparison.common) {
            if let Some(measured) = measured {
                drawn.push(Line { name: side.name.clone(), values: values(measured, "plan"), idle: false });
            }
        }
        let heading = say(of.lang, &format!("metric-{metric}"), &[]);
        let grade = if grade.is_empty() { String::new() } else { say(of.lang, &format!("grade-{grade}"), &[]) };
        let grade = if grade.is_empty() { grade } else { say(of.lang, "in-brackets", &[("text", &grade)]) };
        html! { div { h3 { (heading) (grade) } (lines(&labels, &drawn, *metric == "coverage")) } }
    };
    html! {
        p class="note" { (say(of.lang, "compare-by-year-note", &[])) }
        div class="pair" { @for figure in YEARLY { (one(figure)) } }
    }
}

/// A drawing a tier: from the value of each plan to its bound.
pub fn bounds(of: &Comparing) -> Markup {
    let mut tiers: Vec<(&str, &str)> = Vec::new();
    for row in of.comparison.sides.iter().flat_map(|side| &side.plan.tiers) {
        if !tiers.iter().any(|(id, _)| *id == row.id) {
            tiers.push((&row.id, &row.name));
        }
    }
    let one = |(id, name): &(&str, &str)| {
        let drawn: Vec<Range> = of
            .comparison
            .sides
            .iter()
            .filter_map(|side| side.plan.tiers.iter().find(|row| row.id == *id).map(|row| (side, row)))
            .map(|(side, row)| Range { name: side.name.clone(), value: row.value, bound: row.bound })
            .collect();
        let heading = try_say(of.lang, &format!("tier-{name}"), &[]).unwrap_or_default();
        html! { div { h3 { (id) " " (heading) } (ranges(&drawn)) } }
    };
    html! {
        p class="note" { (say(of.lang, "compare-bounds-note", &[])) }
        div class="pair" { @for tier in &tiers { (one(tier)) } }
    }
}

/// A drawing a tier: value and bound against what is spent, point by point.
pub fn of_curve(of: &Comparing, frontier: &Frontier) -> Markup {
    let labels: Vec<String> =
        frontier.points.iter().map(|point| curve::spent(frontier.knob, point.spent).words(of.lang)).collect();
    let ids: Vec<(&str, &str)> = frontier
        .points
        .first()
        .map(|point| point.tiers.iter().map(|row| (row.id.as_str(), row.name.as_str())).collect())
        .unwrap_or_default();
    #[allow(clippy::cast_precision_loss)]
    let one = |(id, name): &(&str, &str)| {
        let row = |at: usize| frontier.points[at].tiers.iter().find(|row| row.id == *id);
        let all = 0..frontier.points.len();
        let values = all.clone().map(|at| row(at).map(|row| row.value as f64)).collect();
        let bounds = all.map(|at| row(at).and_then(|row| row.bound).map(|bound| bound as f64)).collect();
        let mut drawn = vec![
            Line { name: say(of.lang, "head-bound", &[]), values: bounds, idle: true },
            Line { name: say(of.lang, "head-value", &[]), values, idle: false },
        ];
        if matches!(*name, "essential" | "cover" | "risk") {
            let best = (0..frontier.points.len()).map(|at| frontier.best(at, id).map(|best| best as f64)).collect();
            drawn.push(Line { name: say(of.lang, "frontier-best-line", &[]), values: best, idle: false });
        }
        let heading = try_say(of.lang, &format!("tier-{name}"), &[]).unwrap_or_default();
        html! { div { h3 { (id) " " (heading) } (lines(&labels, &drawn, false)) } }
    };
    html! {
        p class="note" { (say(of.lang, &format!("frontier-note-{}", frontier.knob.name()), &[])) }
        div class="pair" { @for tier in &ids { (one(tier)) } }
    }
}
