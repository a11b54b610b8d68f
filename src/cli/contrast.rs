//! A comparison on the screen.

use super::screen::Screen;
use crate::compare::paper::{Comparing, known};
use crate::output::report::{Table, Value};
use crate::text::say;
use comfy_table::{CellAlignment, ContentArrangement, presets};

/// Key figures, then what of the differences from the first is proved; of a curve, its points. As one JSON value if asked.
pub fn tell(comparing: &Comparing, screen: Screen) {
    if screen.json {
        screen.result(&format!("{:#}", comparing.json()));
        return;
    }
    let lang = comparing.lang;
    let tables = comparing.tables();
    let of = |id: &str| tables.iter().find(|table| table.id == id);
    if comparing.frontier.is_some() {
        if let Some(table) = of("frontier") {
            screen.result(&table.title);
            screen.result(&grid(table, screen).to_string());
        }
        return;
    }
    let first = comparing.comparison.sides.first().map_or("", |side| side.name.as_str());
    if let Some(table) = of("scenarios") {
        screen.result(&say(lang, "compare-tiers", &[]));
        screen.result(&grid(table, screen).to_string());
    }
    if let Some(table) = of("compared").filter(|table| !table.rows.is_empty()) {
        screen.result(&say(lang, "compare-same-measure", &[("first", first)]));
        screen.result(&grid(table, screen).to_string());
    }
    against_first(comparing, screen);
    screen.result(&say(lang, "compare-people", &[("count", &comparing.comparison.people.len().to_string())]));
}

/// What is known of each difference from the first plan.
pub fn against_first(comparing: &Comparing, screen: Screen) {
    let (lang, sides) = (comparing.lang, &comparing.comparison.sides);
    let mut last = None;
    for pair in comparing.comparison.pairs.iter().filter(|pair| pair.a == 0) {
        if last != Some(pair.b) {
            let names = [("first", sides[0].name.as_str()), ("second", sides[pair.b].name.as_str())];
            screen.result(&say(lang, "compare-against", &names));
            last = Some(pair.b);
        }
        let tier = format!("{} {}", pair.id, say(lang, &format!("tier-{}", pair.name), &[]));
        let (a, b) = (pair.of_a.0.to_string(), pair.of_b.0.to_string());
        let known = known(comparing, pair);
        let line = [
            ("tier", tier.as_str()),
            ("first", &a),
            ("second", &b),
            ("gain", &pair.gain.abs().to_string()),
            (
                "better",
                match pair.gain {
                    0 => "same",
                    1.. => "yes",
                    _ => "no",
                },
            ),
            ("known", &known),
            ("measure", if pair.same_measure { "same" } else { "other" }),
        ];
        screen.result(&format!("  {}", say(lang, "compare-line", &line)));
    }
}

/// A table on the screen.
pub fn grid(table: &Table, screen: Screen) -> comfy_table::Table {
    let mut grid = comfy_table::Table::new();
    grid.load_style(presets::UTF8_FULL_CONDENSED).set_content_arrangement(ContentArrangement::Dynamic);
    grid.set_header(table.columns.iter().map(|column| column.heading.clone()));
    for row in &table.rows {
        grid.add_row(row.iter().map(|value| value.words(screen.lang)));
    }
    for (at, column) in grid.column_iter_mut().enumerate() {
        let is_number =
            |value: &Value| matches!(value, Value::Whole(_) | Value::Share(_) | Value::Decimal(_) | Value::Empty);
        if table.rows.iter().all(|row| is_number(&row[at])) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    grid
}
