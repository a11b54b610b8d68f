//! Execution order: chains and cycles as dated batches, vacancy first, with the hand-over list.

use super::{Table, Value, View};
use lungang_domain::plan::MoveRow;
use lungang_domain::{PersonIx, PostIx};
use std::collections::BTreeMap;

type Step<'a> = (&'a MoveRow, PersonIx, Option<PostIx>, PostIx);

/// The table.
pub fn table(view: &View) -> Table {
    let mut table = Table::new(
        view.lang,
        "order",
        &[
            ("batch", 6),
            ("date", 11),
            ("batch_kind", 10),
            ("step", 6),
            ("unit", 16),
            ("staff", 10),
            ("name", 9),
            ("post", 28),
            ("new_post", 38),
            ("hands_over", 10),
            ("takes_over", 14),
            ("witness", 11),
            ("status", 8),
        ],
    );
    table.signed = true;
    let mut batches: BTreeMap<u32, Vec<Step>> = BTreeMap::new();
    for row in &view.plan.moves {
        if let Some((person, from, to)) = view.of_move(row) {
            batches.entry(row.batch).or_default().push((row, person, from, to));
        }
    }
    for (batch, steps) in batches {
        let (steps, cycle) = vacancy_first(steps);
        let kind = match (steps.len(), cycle) {
            (1, _) => "batch-single",
            (2, true) => "batch-swap",
            (_, true) => "batch-cycle",
            (_, false) => "batch-chain",
        };
        for (no, (row, person, from, to)) in steps.into_iter().enumerate() {
            let year = row.year as usize;
            let heirs: Vec<String> = from.map_or_else(Vec::new, |post| {
                view.entrants(post, year).iter().map(|heir| view.name(*heir).to_owned()).collect()
            });
            table.rows.push(vec![
                Value::Whole(i64::from(batch)),
                Value::Date(row.date),
                Value::text(view.say(kind, &[])),
                Value::count(no + 1),
                Value::text(view.unit(view.facts.unit(to))),
                Value::text(row.staff.clone()),
                Value::text(view.name(person)),
                Value::text(from.map_or_else(|| view.say("no-post", &[]), |post| view.post(post))),
                Value::text(view.label(to)),
                Value::text(if from.is_some() { view.name(person) } else { "" }),
                Value::text(view.list(&heirs)),
                Value::Empty,
                Value::text(view.say(&format!("status-{}", row.status.key()), &[])),
            ]);
        }
    }
    table
}

/// The steps of a batch so that each enters a post that nobody of the batch still has to leave; and whether they form
/// a cycle, where no such order exists and all go on one day.
fn vacancy_first(mut rest: Vec<Step>) -> (Vec<Step>, bool) {
    let mut ordered = Vec::with_capacity(rest.len());
    let mut cycle = false;
    while !rest.is_empty() {
        let next = rest.iter().position(|(row, _, _, to)| {
            !rest.iter().any(|(other, _, from, _)| other.staff != row.staff && *from == Some(*to))
        });
        cycle |= next.is_none();
        ordered.push(rest.remove(next.unwrap_or(0)));
    }
    (ordered, cycle)
}
