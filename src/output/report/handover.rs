//! The hand-over list 交接清单: for every post that a move leaves, who hands it over to whom. What is handed over, and
//! who witnesses it, the unit fills in.

use super::yearly::handover;
use super::{Table, Value, View};
use lungang_domain::plan::MoveRow;
use lungang_domain::{PersonIx, PostIx};

/// Columns on paper.
const PRINTED: &[(&str, u16)] = &[
    ("no", 4),
    ("date", 11),
    ("unit", 14),
    ("handed_post", 26),
    ("hands_over", 9),
    ("takes_over", 12),
    ("witness", 10),
    ("handed_items", 36),
    ("handed_on", 12),
    ("handover", 14),
    ("remark", 10),
];

/// The table, by date, batch and staff.
pub fn table(view: &View) -> Table {
    let mut table = Table::new(view.lang, "handover", &[PRINTED, &[("staff", 10), ("batch", 6)]].concat());
    table.printed = PRINTED.len();
    table.signed = true;
    let left = |row: &'_ MoveRow| view.of_move(row).and_then(|(person, from, _)| Some((person, from?)));
    let mut moves: Vec<(&MoveRow, PersonIx, PostIx)> =
        view.plan.moves.iter().filter_map(|row| left(row).map(|(person, from)| (row, person, from))).collect();
    moves.sort_by_key(|(row, person, _)| (row.date, row.batch, *person));
    for (no, (row, person, from)) in moves.into_iter().enumerate() {
        let heirs: Vec<String> =
            view.entrants(from, row.year as usize).iter().map(|heir| view.name(*heir).to_owned()).collect();
        let line = vec![
            Value::count(no + 1),
            Value::Date(row.date),
            Value::text(view.unit(view.facts.unit(from))),
            Value::text(view.post(from)),
            Value::text(view.name(person)),
            Value::text(view.list(&heirs)),
            Value::Empty,
            Value::Empty,
            Value::date(row.handed_on),
            Value::text(handover(view, person, from, row.year as usize)),
            Value::Empty,
            Value::text(row.staff.clone()),
            Value::Whole(i64::from(row.batch)),
        ];
        table.push([view.facts.unit(from)], line);
    }
    table
}
