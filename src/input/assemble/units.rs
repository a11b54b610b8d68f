//! Units: from their sheet, or from the names that the posts give.

use super::{Sheets, lookup};
use crate::input::log::Log;
use crate::input::row::Row;
use crate::input::schema::heading_key;
use lungang_domain::words::Nature;
use lungang_domain::{Problem, Unit, UnitId};
use std::collections::HashMap;

fn named(name: &str) -> Unit {
    Unit {
        id: UnitId::new(name),
        name: name.to_owned(),
        former_names: Vec::new(),
        parent: None,
        region: None,
        nature: None,
        kind_seats: Vec::new(),
        leader_seats: None,
        max_moves_per_year: None,
        leaders: None,
        row: None,
    }
}

/// The units, sorted by id.
pub fn read(sheets: &Sheets, log: &mut Log) -> Vec<Unit> {
    if sheets.filled("units").is_some() { from_sheet(sheets, log) } else { from_posts(sheets) }
}

/// Every name that the posts give. A name that only people give is no unit: it may be a slip.
fn from_posts(sheets: &Sheets) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    let mut seen = HashMap::new();
    for row in sheets.rows("posts") {
        if let Some(name) = row.text("unit")
            && seen.insert(heading_key(name), ()).is_none()
        {
            units.push(named(name));
        }
    }
    units.sort_by(|a, b| a.id.cmp(&b.id));
    units
}

fn from_sheet(sheets: &Sheets, log: &mut Log) -> Vec<Unit> {
    let mut units: Vec<(Unit, &Row)> = Vec::new();
    let mut seen: HashMap<String, lungang_domain::RowRef> = HashMap::new();
    for row in sheets.rows("units") {
        let Some(name) = row.text("name") else {
            log.needs(row, "name");
            continue;
        };
        let id = UnitId::new(row.text("id").unwrap_or(name));
        let mut unit = named(name);
        let mut clash = false;
        let same = heading_key(id.as_str()) == heading_key(name);
        let by_column = [("id", id.as_str()), ("name", name)];
        for (column, text) in by_column.iter().skip(usize::from(same)) {
            if let Some(first) = seen.insert(heading_key(text), row.at) {
                let first = log.place(first);
                log.at(row.at, column, Problem::new("E0301").with("value", text).with("first", first));
                clash = true;
            }
        }
        if clash {
            continue;
        }
        unit.id = id;
        unit.former_names = row.items("former_names");
        unit.region = row.owned("region");
        unit.nature = row.word("nature").and_then(Nature::from_key);
        unit.kind_seats = row.seats("kind_seats");
        unit.leader_seats = row.whole("leader_seats");
        unit.max_moves_per_year = row.whole("max_moves_per_year");
        unit.leaders = row.owned("leaders");
        unit.row = Some(row.at);
        units.push((unit, row));
    }
    units.sort_by(|a, b| a.0.id.cmp(&b.0.id));
    let rows: Vec<&Row> = units.iter().map(|(_, row)| *row).collect();
    let mut units: Vec<Unit> = units.into_iter().map(|(unit, _)| unit).collect();
    let index = lookup::Units::new(&units);
    for (unit, row) in units.iter_mut().zip(rows) {
        let Some(parent) = row.text("parent") else { continue };
        match index.find(parent) {
            Ok(ix) => unit.parent = Some(ix),
            Err(problem) => log.at(row.at, "parent", problem.with("column", "parent")),
        }
    }
    units
}
