//! Overdue people and months by risk grade, and coverage, year by year: with the plan, and if nobody moved.

use crate::output::report::{Metric, Report};
use crate::text::{Lang, say};
use lungang_domain::Grade;
use maud::{Markup, html};

/// Size of a drawing.
const WIDE: f64 = 620.0;
const TALL: f64 = 270.0;
/// Room for the labels of the axes.
const LEFT: f64 = 48.0;
const RIGHT: f64 = 12.0;
const TOP: f64 = 44.0;
const BOTTOM: f64 = 34.0;

/// The scenarios side by side: if nobody moved, and the plan.
const SCENARIOS: [&str; 2] = ["nobody_moves", "plan"];

/// A figure of all units in a year; today counts for both scenarios.
fn figure(report: &Report, metric: &str, grade: &str, year: usize, scenario: &str) -> Option<f64> {
    let scenario = if year == 0 { "today" } else { scenario };
    let of = |row: &&Metric| {
        row.metric == metric
            && row.unit.is_empty()
            && row.grade == grade
            && row.year == Some(year)
            && row.scenario == scenario
    };
    report.metrics.iter().find(of)?.value
}

/// The name of a year under its place.
fn year_word(year: usize, lang: Lang) -> String {
    if year == 0 { say(lang, "head-today", &[]) } else { say(lang, "chart-year", &[("t", &year.to_string())]) }
}

#[allow(clippy::cast_precision_loss)]
fn place(year: usize, years: usize) -> (f64, f64) {
    let step = (WIDE - LEFT - RIGHT) / (years + 1) as f64;
    (LEFT + step * year as f64, step)
}

/// A round number not below the largest figure, and the step between the lines across.
pub(super) fn scale(most: f64) -> (f64, f64) {
    let rough = (most / 4.0).max(1.0);
    let power = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().map(|factor| factor * power).find(|step| *step >= rough);
    let step = step.unwrap_or(rough).ceil();
    ((most / step).ceil().max(1.0) * step, step)
}

/// Coordinates with one decimal: short, and the same on every machine.
pub(super) fn n(value: f64) -> String {
    format!("{value:.1}")
}

/// People and months overdue, one drawing each.
pub(super) fn overdue(report: &Report, lang: Lang) -> Markup {
    html! {
        p class="note" { (say(lang, "chart-overdue-note", &[])) }
        div class="pair" {
            @for metric in ["overdue_people", "overdue_months"] {
                div { h3 { (say(lang, &format!("metric-{metric}"), &[])) } (stacks(report, metric, lang)) }
            }
        }
    }
}

/// Two stacks of bars a year: pale if nobody moved, full with the plan; today has one.
fn stacks(report: &Report, metric: &str, lang: Lang) -> Markup {
    let sum = |year: usize, scenario: &str| -> f64 {
        Grade::ALL.iter().filter_map(|grade| figure(report, metric, grade.key(), year, scenario)).sum()
    };
    let all = (0..=report.years).flat_map(|year| SCENARIOS.map(|scenario| sum(year, scenario)));
    let (most, step) = scale(all.fold(0.0, f64::max));
    let high = |value: f64| (TALL - TOP - BOTTOM) * value / most;
    let mut bars = Vec::new();
    for year in 0..=report.years {
        let (left, room) = place(year, report.years);
        let wide = (room * 0.34).min(46.0);
        let middle = left + room / 2.0;
        let drawn: Vec<(&str, f64)> = if year == 0 {
            vec![("plan", middle - wide / 2.0)]
        } else {
            vec![("nobody_moves", middle - wide - 2.0), ("plan", middle + 2.0)]
        };
        for (scenario, x) in drawn {
            let mut y = TALL - BOTTOM;
            for grade in Grade::ALL {
                let value = figure(report, metric, grade.key(), year, scenario).unwrap_or(0.0);
                y -= high(value);
                if value > 0.0 {
                    let pale = if scenario == "plan" { "" } else { " idle" };
                    let class = format!("bar {}{pale}", grade.key());
                    let tall = high(value);
                    bars.push(html! { rect class=(class) x=(n(x)) y=(n(y)) width=(n(wide)) height=(n(tall)) {} });
                }
            }
            let total = format!("{:.0}", sum(year, scenario));
            bars.push(
                html! { text class="small" x=(n(x + wide / 2.0)) y=(n(y - 4.0)) text-anchor="middle" { (total) } },
            );
        }
        bars.push(
            html! { text x=(n(middle)) y=(n(TALL - BOTTOM + 18.0)) text-anchor="middle" { (year_word(year, lang)) } },
        );
    }
    let grades: Vec<(&str, String)> =
        Grade::ALL.iter().map(|grade| (grade.key(), say(lang, &format!("grade-{}", grade.key()), &[]))).collect();
    html! {
        svg viewBox={ "0 0 " (n(WIDE)) " " (n(TALL)) } role="img" {
            title { (say(lang, &format!("metric-{metric}"), &[])) }
            (across(most, step, |value| format!("{value:.0}")))
            @for bar in &bars { (bar) }
            @for (at, (key, word)) in (0_u8..).zip(&grades) {
                rect class={ "bar " (key) } x=(n(LEFT + f64::from(at) * 84.0)) y="8" width="12" height="12" {}
                text x=(n(LEFT + f64::from(at) * 84.0 + 17.0)) y="18" { (word) }
            }
            rect class="bar high idle" x=(n(LEFT + 350.0)) y="8" width="12" height="12" {}
            text x=(n(LEFT + 367.0)) y="18" { (say(lang, "scenario-nobody_moves", &[])) }
        }
    }
}

/// The lines across, with what they stand for.
fn across(most: f64, step: f64, word: impl Fn(f64) -> String) -> Markup {
    let mut marks = Vec::new();
    let mut value = 0.0;
    while value <= most + step / 2.0 {
        let y = TALL - BOTTOM - (TALL - TOP - BOTTOM) * value / most;
        marks.push((y, word(value)));
        value += step;
    }
    html! {
        @for (y, word) in &marks {
            line class="rule" x1=(n(LEFT)) x2=(n(WIDE - RIGHT)) y1=(n(*y)) y2=(n(*y)) {}
            text class="small" x=(n(LEFT - 6.0)) y=(n(y + 4.0)) text-anchor="end" { (word) }
        }
        line class="axis" x1=(n(LEFT)) x2=(n(WIDE - RIGHT)) y1=(n(TALL - BOTTOM)) y2=(n(TALL - BOTTOM)) {}
    }
}

/// Coverage year by year, as two lines.
pub(super) fn coverage(report: &Report, lang: Lang) -> Markup {
    let values = |scenario: &str| -> Vec<Option<f64>> {
        (0..=report.years).map(|year| figure(report, "coverage", "", year, scenario)).collect()
    };
    let (idle, plan) = (values("nobody_moves"), values("plan"));
    let known: Vec<f64> = idle.iter().chain(&plan).copied().flatten().collect();
    if known.is_empty() {
        return html! { p { (say(lang, "no-rows", &[])) } };
    }
    // From a round tenth below the least, so that a few percent can be seen.
    let least = (known.iter().copied().fold(1.0, f64::min) * 10.0).floor().min(9.0) / 10.0;
    let most = known.iter().copied().fold(1.0, f64::max);
    let high = |value: f64| TALL - BOTTOM - (TALL - TOP - BOTTOM) * (value - least) / (most - least).max(0.01);
    let at = |year: usize| {
        let (left, room) = place(year, report.years);
        left + room / 2.0
    };
    let points = |values: &[Option<f64>]| -> Vec<(usize, f64, f64)> {
        values.iter().enumerate().filter_map(|(year, value)| value.map(|value| (year, high(value), value))).collect()
    };
    let line = |points: &[(usize, f64, f64)]| {
        points.iter().map(|(year, y, _)| format!("{},{}", n(at(*year)), n(*y))).collect::<Vec<_>>().join(" ")
    };
    let (idle, plan) = (points(&idle), points(&plan));
    let percent = |value: f64| format!("{:.1}%", value * 100.0);
    let round = |value: f64| format!("{:.0}%", value * 100.0);
    html! {
        p class="note" { (say(lang, "chart-coverage-note", &[])) }
        svg viewBox={ "0 0 " (n(WIDE)) " " (n(TALL)) } style={ "width:" (n(WIDE)) "px" } role="img" {
            title { (say(lang, "metric-coverage", &[])) }
            @for value in [least, f64::midpoint(least, most), most] {
                line class="rule" x1=(n(LEFT)) x2=(n(WIDE - RIGHT)) y1=(n(high(value))) y2=(n(high(value))) {}
                text class="small" x=(n(LEFT - 6.0)) y=(n(high(value) + 4.0)) text-anchor="end" { (round(value)) }
            }
            line class="axis" x1=(n(LEFT)) x2=(n(WIDE - RIGHT)) y1=(n(TALL - BOTTOM)) y2=(n(TALL - BOTTOM)) {}
            polyline class="idle-line" points=(line(&idle)) {}
            polyline class="plan-line" points=(line(&plan)) {}
            @for (year, y, value) in &idle {
                circle class="idle-dot" cx=(n(at(*year))) cy=(n(*y)) r="3" {}
                // Where both lines meet, one figure is enough.
                @if plan.iter().all(|(other, _, same)| other != year || percent(*same) != percent(*value)) {
                    text class="small" x=(n(at(*year))) y=(n(y + 15.0)) text-anchor="middle" { (percent(*value)) }
                }
            }
            @for (year, y, value) in &plan {
                circle class="plan-dot" cx=(n(at(*year))) cy=(n(*y)) r="3.5" {}
                text class="small" x=(n(at(*year))) y=(n(y - 8.0)) text-anchor="middle" { (percent(*value)) }
                text x=(n(at(*year))) y=(n(TALL - BOTTOM + 18.0)) text-anchor="middle" { (year_word(*year, lang)) }
            }
            line class="plan-line" x1=(n(LEFT)) x2=(n(LEFT + 28.0)) y1="14" y2="14" {}
            text x=(n(LEFT + 34.0)) y="18" { (say(lang, "scenario-plan", &[])) }
            line class="idle-line" x1=(n(LEFT + 130.0)) x2=(n(LEFT + 158.0)) y1="14" y2="14" {}
            text x=(n(LEFT + 164.0)) y="18" { (say(lang, "scenario-nobody_moves", &[])) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_end_at_round_numbers() {
        assert_eq!(scale(0.0), (1.0, 1.0));
        assert_eq!(scale(7.0), (8.0, 2.0));
        assert_eq!(scale(203.0), (300.0, 100.0));
        assert_eq!(scale(1999.0), (2000.0, 500.0));
    }
}
