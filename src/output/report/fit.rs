//! The parts of computed fit: of every mover in the post left and in the post entered, and of every candidate listed.

use super::{Column, Table, Value, View};
use lungang_domain::fit::{Part, Parts, Source};
use lungang_domain::{PersonIx, PostIx};
use std::collections::BTreeSet;

/// A pair with its score and what it is made of, as programs read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FitRow {
    /// Staff id.
    pub staff: String,
    /// Post id.
    pub post: String,
    /// 0 to 100; `None`: missing.
    pub score: Option<i64>,
    /// `given`, `computed` or `missing`.
    pub source: &'static str,
    /// Points of the parts, 0 to 100; of a given score none.
    pub parts: Parts,
}

/// The pairs that the plan speaks of, in order of people and posts; none where no score is computed.
pub fn rows(view: &View, weighed: &[(PersonIx, PostIx)]) -> Vec<(PersonIx, PostIx, FitRow)> {
    let case = view.case();
    let Some(model) = case.fit.model() else { return Vec::new() };
    let mut pairs: BTreeSet<(PersonIx, PostIx)> = weighed.iter().copied().collect();
    for (person, from, to) in view.plan.moves.iter().filter_map(|row| view.of_move(row)) {
        pairs.extend(from.into_iter().chain([to]).map(|post| (person, post)));
    }
    let row = |(person, post): (PersonIx, PostIx)| {
        let (source, parts) = match case.fit.source(person, post) {
            Some(Source::Given) => ("given", Parts::default()),
            Some(Source::Computed) => ("computed", model.parts(person, post)),
            None => ("missing", model.parts(person, post)),
        };
        let row = FitRow {
            staff: case.person(person).id.0.clone(),
            post: case.post(post).id.0.clone(),
            score: case.fit.get(person, post),
            source,
            parts,
        };
        (person, post, row)
    };
    pairs.into_iter().map(row).collect()
}

/// The same as a table; the weights stand in the headings.
pub fn table(view: &View, rows: &[(PersonIx, PostIx, FitRow)]) -> Table {
    let head = [("unit", 16), ("staff", 11), ("name", 9), ("post_label", 30), ("fit", 6), ("fit_source", 7)];
    let mut table = Table::new(view.lang, "fit", &head);
    let Some(model) = view.case().fit.model() else { return table };
    for part in Part::ALL {
        let name = view.say(&format!("fit-part-{}", part.key()), &[]);
        let weight = model.weight(part).to_string();
        let heading = view.say("fit-part-head", &[("name", &name), ("weight", &weight)]);
        table.columns.push(Column { key: "fit_part", heading, width: 9 });
    }
    for (person, post, row) in rows {
        let mut line = vec![
            Value::text(view.unit(view.facts.unit(*post))),
            Value::text(row.staff.clone()),
            Value::text(view.name(*person)),
            Value::text(view.label(*post)),
            row.score.map_or_else(|| Value::text("—"), Value::Whole),
            Value::text(view.say(&format!("fit-source-{}", row.source), &[])),
        ];
        line.extend(row.parts.iter().map(|points| points.map_or(Value::Empty, |points| Value::Whole(points.into()))));
        table.push([view.facts.unit(*post)], line);
    }
    table
}
