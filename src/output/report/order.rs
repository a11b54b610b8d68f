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
    for (batch, steps) in batches(view) {
        let (steps, cycle) = vacancy_first(steps);
        let kind = kind(steps.len(), cycle);
        for (no, (row, person, from, to)) in steps.into_iter().enumerate() {
            let year = row.year as usize;
            let heirs: Vec<String> = from.map_or_else(Vec::new, |post| {
                view.entrants(post, year).iter().map(|heir| view.name(*heir).to_owned()).collect()
            });
            let units = from.into_iter().chain([to]).map(|post| view.facts.unit(post));
            table.push(
                units,
                vec![
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
                ],
            );
        }
    }
    table
}

/// Moves that depend on one another, made on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    /// Number of the batch.
    pub batch: u32,
    /// Day.
    pub date: chrono::NaiveDate,
    /// Its kind in words: swap, cycle, chain.
    pub kind: String,
    /// The moves in the order in which they are carried out.
    pub links: Vec<Link>,
}

/// One move of a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Who moves.
    pub name: String,
    /// The post left; none for a placement.
    pub from: Option<Stop>,
    /// The post entered.
    pub to: Stop,
}

/// A post as chains show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// Which post.
    pub post: PostIx,
    /// Its name, with the unit in front where there are several.
    pub label: String,
}

/// The batches of more than one move.
pub fn chains(view: &View) -> Vec<Chain> {
    let several = view.case().units.len() > 1;
    let stop = |post: PostIx| {
        let name = view.post(post);
        let label = if several { format!("{} {name}", view.unit(view.facts.unit(post))) } else { name };
        Stop { post, label }
    };
    let mut chains = Vec::new();
    for (batch, steps) in batches(view).into_iter().filter(|(_, steps)| steps.len() > 1) {
        let (steps, cycle) = vacancy_first(steps);
        let Some(date) = steps.first().map(|(row, ..)| row.date) else { continue };
        let kind = view.say(kind(steps.len(), cycle), &[]);
        let links = steps.into_iter().map(|(_, person, from, to)| Link {
            name: view.name(person).to_owned(),
            from: from.map(stop),
            to: stop(to),
        });
        chains.push(Chain { batch, date, kind, links: links.collect() });
    }
    chains
}

/// The moves by batch.
fn batches<'a>(view: &View<'a>) -> BTreeMap<u32, Vec<Step<'a>>> {
    let mut batches: BTreeMap<u32, Vec<Step>> = BTreeMap::new();
    for row in &view.plan.moves {
        if let Some((person, from, to)) = view.of_move(row) {
            batches.entry(row.batch).or_default().push((row, person, from, to));
        }
    }
    batches
}

fn kind(steps: usize, cycle: bool) -> &'static str {
    match (steps, cycle) {
        (1, _) => "batch-single",
        (2, true) => "batch-swap",
        (_, true) => "batch-cycle",
        (_, false) => "batch-chain",
    }
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
