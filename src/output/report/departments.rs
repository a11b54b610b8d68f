//! What a plan holds for each unit, in numbers.

use super::View;
use crate::insight::course::Courses;
use lungang_domain::{PersonIx, UnitIx};

/// One unit of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Department {
    /// The unit.
    pub unit: UnitIx,
    /// Its name.
    pub name: String,
    /// People in service today.
    pub people: usize,
    /// Posts.
    pub posts: usize,
    /// Moves of its people.
    pub moves: usize,
    /// Placements into its posts.
    pub placements: usize,
    /// People overdue and kept, once for each year.
    pub deferrals: usize,
}

/// All units, in order.
pub fn of_plan(view: &View) -> Vec<Department> {
    let case = view.case();
    let named = |(ix, unit): (usize, &lungang_domain::Unit)| Department {
        unit: UnitIx(ix),
        name: unit.name.clone(),
        people: 0,
        posts: 0,
        moves: 0,
        placements: 0,
        deferrals: 0,
    };
    let mut all: Vec<Department> = case.units.iter().enumerate().map(named).collect();
    let mut count = |unit: Option<UnitIx>, add: fn(&mut Department)| {
        if let Some(department) = unit.and_then(|unit| all.get_mut(unit.0)) {
            add(department);
        }
    };
    for person in case.people_ix().filter(|person| view.facts.of(*person).serving(0)) {
        count(home(view, &view.courses, person, 0), |unit| unit.people += 1);
    }
    case.posts.iter().for_each(|post| count(Some(post.unit), |unit| unit.posts += 1));
    for (_, from, to) in view.plan.moves.iter().filter_map(|row| view.of_move(row)) {
        match from {
            Some(from) => count(Some(view.facts.unit(from)), |unit| unit.moves += 1),
            None => count(Some(view.facts.unit(to)), |unit| unit.placements += 1),
        }
    }
    for row in &view.plan.deferrals {
        let before = (row.year as usize).saturating_sub(1).min(view.facts.years);
        if let Some(person) = case.person_by_id(&row.staff) {
            count(home(view, &view.courses, person, before), |unit| unit.deferrals += 1);
        }
    }
    all
}

/// The unit of the post held in layout `t`, else that of the roster.
fn home(view: &View, courses: &Courses, person: PersonIx, t: usize) -> Option<UnitIx> {
    courses.at(person, t).seat().map(|post| view.facts.unit(post)).or(view.case().person(person).unit)
}
