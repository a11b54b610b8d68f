//! The hand-over list of a workbook read back: on which day each post was handed over.

use super::sheet::{Place, Rows, sheet_named};
use super::{Change, Edit};
use lungang_domain::{PlanFile, Problem, StaffId};
use std::collections::BTreeMap;

/// Columns of the list that are looked at; all of them have to be there.
const COLUMNS: &[&str] = &["staff", "batch", "handed_on"];

/// The days filled in, as edits. A workbook without the list, or without its columns, has none.
pub(super) fn edits(book: &mut super::sheet::Book, file: &str, original: &PlanFile) -> (Vec<Edit>, Vec<Problem>) {
    let (mut edits, mut problems) = (Vec::new(), Vec::new());
    let Some((sheet, range)) = sheet_named(book, "sheet-handover") else { return (edits, problems) };
    let place = Place { file: file.to_owned(), sheet };
    let Some(rows) = Rows::find(&range, place, COLUMNS, COLUMNS) else { return (edits, problems) };
    let planned: BTreeMap<(String, String), usize> = original
        .moves
        .iter()
        .enumerate()
        .filter(|(_, row)| row.from.is_some())
        .map(|(at, row)| ((row.staff.clone(), row.batch.to_string()), at))
        .collect();
    for row in rows.below() {
        let handed = match rows.date(row, "handed_on") {
            Ok(handed) => handed,
            Err(problem) => {
                // The lines for signatures stand under the table, and name nobody.
                if !rows.text(row, "staff").is_empty() {
                    problems.push(problem);
                }
                continue;
            }
        };
        let key = (StaffId::new(&rows.text(row, "staff")).0, rows.text(row, "batch"));
        let Some(planned) = planned.get(&key).and_then(|at| original.moves.get(*at)) else {
            if handed.is_some() {
                let cell = rows.cell(row, "handed_on");
                problems.push(Problem::new("E0797").at(Some(cell)).with("staff", &key.0).with("batch", &key.1));
            }
            continue;
        };
        if handed != planned.handed_on {
            let cell = Some(rows.cell(row, "handed_on"));
            let change = Change::HandedOn(handed);
            edits.push(Edit { staff: planned.staff.clone(), year: planned.year, change, cell });
        }
    }
    (edits, problems)
}
