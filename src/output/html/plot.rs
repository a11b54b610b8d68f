//! Plain drawings for any figures: lines over steps, and ranges from a value to its bound.

use super::charts::{n, scale};
use maud::{Markup, html};

/// Size of a drawing of lines.
const WIDE: f64 = 620.0;
const TALL: f64 = 270.0;
const LEFT: f64 = 56.0;
const RIGHT: f64 = 12.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 30.0;
/// Room of one name under a drawing, and of a line of them.
const NAME: f64 = 150.0;
const NAMES: f64 = 18.0;
/// Colours of lines; beyond them they are dashed.
const COLOURS: usize = 6;

/// One line; a grey one where it is only there to compare with.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its name.
    pub name: String,
    /// A value a step.
    pub values: Vec<Option<f64>>,
    /// Whether it is grey.
    pub idle: bool,
}

/// One range.
#[derive(Clone, Debug)]
pub struct Range {
    /// Its name.
    pub name: String,
    /// Where it begins.
    pub value: i64,
    /// Where it ends, if it does.
    pub bound: Option<i64>,
}

/// Looks of the line at a place: its colour, and whether it is dashed.
fn class(at: usize, idle: bool) -> String {
    if idle {
        return "line grey".to_owned();
    }
    let dashed = if at / COLOURS % 2 == 1 { " dashed" } else { "" };
    format!("line s{}{dashed}", at % COLOURS)
}

/// A round range that holds all values: its ends, and the step between the lines across.
fn span(values: &[f64], share: bool) -> (f64, f64, f64) {
    let least = values.iter().copied().fold(f64::INFINITY, f64::min);
    let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if share {
        // From a round tenth below the least, so that a few percent can be seen.
        let low = ((least * 10.0).floor() / 10.0).min(0.9);
        return (low, most.max(1.0), 0.1);
    }
    // A range far from 0 would be a flat line at the top; one that is near begins there.
    let from_zero = least >= 0.0 && least < most * 0.6;
    let low = if from_zero || least == most { least.min(0.0) } else { least - (most - least) * 0.1 };
    let (_, step) = scale(most - low);
    let low = (low / step).floor() * step;
    (low, low + (((most - low) / step).ceil().max(1.0)) * step, step)
}

/// Lines over steps, with a legend below.
pub fn lines(labels: &[String], drawn: &[Line], share: bool) -> Markup {
    let values: Vec<f64> = drawn.iter().flat_map(|line| line.values.iter().copied().flatten()).collect();
    if values.is_empty() {
        return html! { p { "–" } };
    }
    let (low, high, step) = span(&values, share);
    let y = |value: f64| TALL - BOTTOM - (TALL - TOP - BOTTOM) * (value - low) / (high - low).max(1e-9);
    #[allow(clippy::cast_precision_loss)]
    let x = |at: usize| LEFT + (WIDE - LEFT - RIGHT) * (at as f64 + 0.5) / labels.len().max(1) as f64;
    let word = |value: f64| {
        if share {
            format!("{:.0}%", value * 100.0)
        } else if step < 1.0 {
            format!("{value:.1}")
        } else {
            format!("{value:.0}")
        }
    };
    let mut marks = Vec::new();
    let mut mark = low;
    while mark <= high + step / 2.0 && marks.len() < 30 {
        marks.push(mark);
        mark += step;
    }
    let per_row = ((WIDE - LEFT) / NAME).floor();
    #[allow(clippy::cast_precision_loss)]
    let rows = (drawn.len() as f64 / per_row).ceil();
    let tall = TALL + rows * NAMES;
    let mut colour = 0;
    let classes: Vec<String> = drawn
        .iter()
        .map(|line| {
            let own = class(colour, line.idle);
            colour += usize::from(!line.idle);
            own
        })
        .collect();
    // Names under every step as long as there is room, else under some.
    let every = labels.len().div_ceil(14).max(1);
    html! {
        svg viewBox={ "0 0 " (n(WIDE)) " " (n(tall)) } style={ "width:" (n(WIDE)) "px" } role="img" {
            @for mark in &marks {
                line class="rule" x1=(n(LEFT)) x2=(n(WIDE - RIGHT)) y1=(n(y(*mark))) y2=(n(y(*mark))) {}
                text class="small" x=(n(LEFT - 6.0)) y=(n(y(*mark) + 4.0)) text-anchor="end" { (word(*mark)) }
            }
            line class="axis" x1=(n(LEFT)) x2=(n(WIDE - RIGHT)) y1=(n(TALL - BOTTOM)) y2=(n(TALL - BOTTOM)) {}
            @for (at, label) in labels.iter().enumerate().filter(|(at, _)| at % every == 0) {
                text class="small" x=(n(x(at))) y=(n(TALL - BOTTOM + 18.0)) text-anchor="middle" { (label) }
            }
            @for (line, class) in drawn.iter().zip(&classes) {
                @let known: Vec<(f64, f64)> = line.values.iter().enumerate().filter_map(|(at, value)| value.map(|value| (x(at), y(value)))).collect();
                @let path: Vec<String> = known.iter().map(|(x, y)| format!("{},{}", n(*x), n(*y))).collect();
                polyline class=(class) points=(path.join(" ")) {}
                @for (x, y) in &known { circle class={ (class) " dot" } cx=(n(*x)) cy=(n(*y)) r="2.5" {} }
            }
            @for (at, (line, class)) in drawn.iter().zip(&classes).enumerate() {
                @let (left, base) = place(at, per_row);
                line class=(class) x1=(n(left)) x2=(n(left + 22.0)) y1=(n(base - 4.0)) y2=(n(base - 4.0)) {}
                text class="small" x=(n(left + 28.0)) y=(n(base)) { (short(&line.name)) }
            }
        }
    }
}

/// Place of a name in the legend.
#[allow(clippy::cast_precision_loss)]
fn place(at: usize, per_row: f64) -> (f64, f64) {
    let (row, column) = ((at as f64 / per_row).floor(), at as f64 % per_row);
    (LEFT + column * NAME, TALL + row * NAMES + 12.0)
}

/// A name as long as its room.
fn short(name: &str) -> String {
    const ROOM: usize = 20;
    let mut taken = String::new();
    for sign in name.chars() {
        if crate::output::width::width(&taken) + 2 > ROOM {
            taken.push('…');
            return taken;
        }
        taken.push(sign);
    }
    taken
}

/// A bar a range: full up to the value, pale between value and bound, where the optimum lies.
pub fn ranges(drawn: &[Range]) -> Markup {
    const ROW: f64 = 24.0;
    const FROM: f64 = 170.0;
    const UNTIL: f64 = WIDE - 120.0;
    #[allow(clippy::cast_precision_loss)]
    let number = |value: i64| value as f64;
    let ends = drawn.iter().flat_map(|range| [Some(range.value), range.bound]).flatten().map(number);
    let (least, most) = ends.fold((0.0_f64, 0.0_f64), |(least, most), value| (least.min(value), most.max(value)));
    let x = |value: f64| FROM + (UNTIL - FROM) * (value - least) / (most - least).max(1e-9);
    #[allow(clippy::cast_precision_loss)]
    let tall = ROW * drawn.len() as f64 + 8.0;
    html! {
        svg viewBox={ "0 0 " (n(WIDE)) " " (n(tall)) } style={ "width:" (n(WIDE)) "px" } role="img" {
            line class="axis" x1=(n(x(0.0))) x2=(n(x(0.0))) y1="2" y2=(n(tall - 4.0)) {}
            @for (at, range) in drawn.iter().enumerate() {
                @let top = row_top(at, ROW);
                @let (zero, value) = (x(0.0), x(number(range.value)));
                text class="small" x=(n(FROM - 8.0)) y=(n(top + 13.0)) text-anchor="end" { (short(&range.name)) }
                rect class={ "fill s" (at % COLOURS) } x=(n(zero.min(value))) y=(n(top)) width=(n((value - zero).abs().max(0.5))) height="16" {}
                @if let Some(bound) = range.bound {
                    @let end = x(number(bound));
                    rect class={ "gap s" (at % COLOURS) } x=(n(value.min(end))) y=(n(top + 4.0)) width=(n((value - end).abs())) height="8" {}
                    line class="limit" x1=(n(end)) x2=(n(end)) y1=(n(top)) y2=(n(top + 16.0)) {}
                }
                text class="small" x=(n(UNTIL + 8.0)) y=(n(top + 13.0)) {
                    (range.value) @if let Some(bound) = range.bound.filter(|bound| *bound != range.value) { " [" (bound) "]" }
                }
            }
        }
    }
}

#[allow(clippy::cast_precision_loss)]
fn row_top(at: usize, row: f64) -> f64 {
    at as f64 * row + 4.0
}
