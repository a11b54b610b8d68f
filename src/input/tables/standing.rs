//! What the titles of a sheet say of the rows below them.

use crate::input::cells::Typed;
use crate::input::layout::{self, Laid, Told};
use crate::input::log::Log;
use crate::input::row::Row;
use crate::input::schema::{Sheet, clean};
use crate::input::sheets::RawTable;
use crate::input::words;
use lungang_domain::{Cell, Problem};
use std::collections::BTreeSet;

/// What the titles of a sheet say of the rows below one of them: the text, and the cell it stands in.
#[derive(Clone, Debug, Default)]
pub(super) struct Standing {
    pub(super) unit: Option<(String, Option<(u32, u32)>)>,
    pub(super) section: Option<(String, Option<(u32, u32)>)>,
    pub(super) status: Option<(String, Option<(u32, u32)>)>,
}

/// By record, what stands over it: the state after its last title; before any, the first state.
pub(super) fn place_under(laid: &Laid, states: usize) -> Vec<Option<usize>> {
    laid.under.iter().map(|title| Some(title.map_or(0, |title| title + 1)).filter(|at| *at < states)).collect()
}

/// What holds below each title, the first entry before any: unit, section and status where the sheet has no columns for
/// them. The name of the sheet or of the file names the unit where no title does.
pub(super) fn standing(
    sheet: &'static Sheet,
    laid: &Laid,
    own_name: bool,
    raw: &RawTable,
    fed: &dyn Fn(&str) -> bool,
    log: &mut Log,
) -> Vec<Standing> {
    let has = |name: &str| sheet.columns.iter().any(|column| column.name == name);
    let wants = |name: &str| has(name) && !fed(name);
    if !["unit", "section", "status"].iter().any(|name| wants(name)) {
        return Vec::new();
    }
    let mut now = Standing::default();
    if wants("status")
        && !own_name
        && let Some(Told::Status(status)) = layout::of_title(&raw.sheet)
    {
        log.push(Problem::new("A0115").at(Some(raw.cell(None, None))).with("value", &status));
        now.status = Some((status, None));
    }
    let mut states = vec![now.clone()];
    for title in &laid.titles {
        let cell = Some((title.row, title.column));
        match layout::of_title(&title.text) {
            Some(Told::Unit(unit)) if wants("unit") => {
                now = Standing { unit: Some((unit, cell)), ..Standing::default() };
            }
            Some(Told::Section(section)) if wants("section") => {
                now.section = Some((section, cell));
                now.status = None;
            }
            Some(Told::Status(status)) if wants("status") => now.status = Some((status, cell)),
            // What the sheet has a column for, a title need not say.
            Some(_) => {}
            None if title.row < laid.heading_row => {}
            // Whoever stands below a title that says nothing must not keep the unit of those above it.
            None => {
                let column = Some(title.column);
                let place = Cell { row: Some(title.row), column, ..raw.cell(None, None) };
                let code = if wants("unit") || layout::speaks_of_leaving(&title.text) { "E0129" } else { "W0108" };
                log.push(Problem::new(code).at(Some(place)).with("value", clean(&title.text)));
                (now.section, now.status) = (None, None);
            }
        }
        states.push(now.clone());
    }
    if wants("unit") && !states.iter().any(|state| state.unit.is_some()) && !own_name {
        let stem = raw.file.rsplit_once('.').map_or(raw.file.as_str(), |(stem, _)| stem);
        let named = [(raw.sheet.as_str(), "sheet"), (stem, "file")];
        if let Some((unit, from)) = named.iter().find_map(|(name, from)| Some((layout::of_name(name)?, *from))) {
            let problem = Problem::new("A0108").with("value", &unit).with("from", from);
            log.push(problem.at(Some(raw.cell(None, None))));
            states.iter_mut().for_each(|state| state.unit = Some((unit.clone(), None)));
        }
    }
    let mut told: BTreeSet<(u32, u32)> = BTreeSet::new();
    for state in &states {
        for (code, said) in [("A0108", &state.unit), ("A0109", &state.section), ("A0115", &state.status)] {
            let Some((value, Some((row, column)))) = said else { continue };
            if told.insert((*row, *column)) {
                let cell = Cell { row: Some(*row), column: Some(*column), ..raw.cell(None, None) };
                log.push(Problem::new(code).at(Some(cell)).with("value", value).with("from", "title"));
            }
        }
    }
    states
}

/// What the titles above a row say of it, where the row itself says nothing.
pub(super) fn stand_under(standing: &Standing, row: &mut Row, log: &mut Log) {
    let said = [("unit", &standing.unit), ("section", &standing.section), ("status", &standing.status)];
    for (name, said) in said {
        let Some((text, cell)) = said else { continue };
        if !row.is_blank(name) {
            continue;
        }
        let typed = match name {
            "status" => words::find("status", text).map(|key| Typed::Word(key, text.clone())),
            _ => Some(Typed::Text(text.clone())),
        };
        if let Some(typed) = typed {
            row.put(name, typed);
            if let Some(cell) = cell {
                log.move_to(row.at, name, *cell);
            }
        }
    }
}
