//! Person by person: whose way through the years is not the same in all plans.

use super::Side;
use lungang_domain::plan::PlaceRow;
use serde::Serialize;
use std::collections::BTreeSet;

/// One change of place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// Plan year from which on the place is held.
    pub year: usize,
    /// The place.
    pub place: PlaceRow,
}

/// One person's ways.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Person {
    /// Staff id.
    pub staff: String,
    /// By side: the place of today, then every change; `None` where the plan does not know the person.
    pub ways: Vec<Option<Vec<Step>>>,
    /// Plan years in which any two of the plans have them in different places.
    pub years: Vec<usize>,
}

/// Everybody who is not in the same places in all plans, by id.
#[must_use]
pub fn people(sides: &[Side]) -> Vec<Person> {
    let ids: BTreeSet<&String> = sides.iter().flat_map(|side| side.plan.layout.keys()).collect();
    let person = |id: &String| {
        let rows: Vec<Option<&Vec<PlaceRow>>> = sides.iter().map(|side| side.plan.layout.get(id)).collect();
        let most = rows.iter().flatten().map(|row| row.len()).max().unwrap_or(0);
        let place = |side: usize, year: usize| rows[side].and_then(|row| row.get(year));
        // A year that a plan does not reach is no difference.
        let reached = |side: usize, year: usize| rows[side].is_none_or(|row| year < row.len());
        let differs = |year: &usize| {
            (1..sides.len())
                .any(|b| (0..b).any(|a| reached(a, *year) && reached(b, *year) && place(a, *year) != place(b, *year)))
        };
        let years: Vec<usize> = (0..most).filter(differs).collect();
        (!years.is_empty()).then(|| Person {
            staff: id.clone(),
            ways: rows.iter().map(|row| row.map(|row| way(row))).collect(),
            years,
        })
    };
    ids.into_iter().filter_map(person).collect()
}

/// The place of today, then every change.
fn way(row: &[PlaceRow]) -> Vec<Step> {
    let changes = |year: &usize| *year == 0 || row[*year] != row[*year - 1];
    (0..row.len()).filter(changes).map(|year| Step { year, place: row[year].clone() }).collect()
}
