//! Who retires in the plan, or is near it when it ends (R15), and where the date comes from.

use super::reserve::in_year;
use super::{Table, Value, View};
use lungang_domain::{PersonIx, add_months};

/// In order of the date, then the id.
pub fn table(view: &View) -> Table {
    let mut table = Table::new(
        view.lang,
        "retirements",
        &[
            ("unit", 20),
            ("staff", 12),
            ("name", 12),
            ("post", 28),
            ("retire_date", 13),
            ("in_year", 12),
            ("retire_source", 26),
        ],
    );
    let (case, facts) = (view.case(), &view.facts);
    let last = facts.effective[facts.years + 1];
    let horizon = add_months(last, facts.policy.time.near_retirement);
    let serves = |person: &PersonIx| facts.of(*person).serving(0) || facts.of(*person).joined.is_some();
    let date = |person: PersonIx| facts.of(person).retirement.filter(|date| *date < horizon);
    let mut people: Vec<_> =
        case.people_ix().filter(serves).filter_map(|person| Some((date(person)?, person))).collect();
    people.sort_unstable();
    for (date, person) in people {
        let row = case.person(person);
        let seat = view.courses.at(person, 0).seat();
        let unit = seat.map(|post| facts.unit(post)).or(row.unit);
        let source = match row.retire_date {
            Some(own) if own == date && row.retire_computed => "retire-computed",
            Some(own) if own == date => "retire-roster",
            _ => "retire-event",
        };
        let year = if date < last { in_year(view, facts.layout_of(date)) } else { view.say("retire-later", &[]) };
        table.push(
            unit,
            vec![
                Value::text(unit.map_or("", |unit| view.unit(unit))),
                Value::text(row.id.0.clone()),
                Value::text(row.name.clone()),
                Value::text(seat.map_or(String::new(), |post| view.post(post))),
                // As words, so that a mask finds them: a date by formula tells the month of birth.
                Value::text(date.to_string()),
                Value::text(year),
                Value::text(view.say(source, &[])),
            ],
        );
    }
    table
}
