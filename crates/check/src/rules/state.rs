//! STATE and CLOSED: whether the sequence of places is one that events and absences allow (semantics 5, 6, 34).

use crate::facts::{Facts, Given};
use crate::verdict::Breach;
use crate::walk::Walk;
use lungang_domain::{PersonIx, Place};

/// STATE: the place of layout `t` must be possible after that of layout `t − 1`.
pub(super) fn state(facts: &Facts, walk: &Walk, person: PersonIx, t: usize) -> Option<Breach> {
    let service = &facts.people[person.0];
    let place = walk.at(person, t).place;
    let wrong = |expected: &str| {
        Some(
            Breach::new("STATE", "E0735", t)
                .person(person)
                .post(place.seat())
                .with("found", place.state())
                .with("expected", expected),
        )
    };
    if service.left(t) {
        return if place == Place::Left { None } else { wrong("left") };
    }
    if !service.serves(t) {
        return if place == Place::Outside { None } else { wrong("outside") };
    }
    let seat = place.seat();
    let before = (t > 0).then(|| walk.at(person, t - 1).seat()).flatten();
    let fixed = match service.given[t] {
        _ if t == 0 => Some(facts.today[person.0]),
        Given::Post { post, .. } => Some(Some(post)),
        _ => None,
    };
    if let Some(fixed) = fixed
        && fixed != seat
    {
        return Some(
            Breach::new("STATE", "E0736", t)
                .person(person)
                .post(fixed)
                .with("found", place.state())
                .with("expected", fixed.map_or("unplaced", |post| facts.place_in(person, post, t).state())),
        );
    }
    let Some(seat) = seat else {
        let displaced = matches!(service.given[t], Given::NoPost { .. })
            || before.is_none_or(|before| facts.kept_seat(before, t).is_none());
        return if place == Place::Unplaced && (displaced || t == 0) { None } else { wrong("in") };
    };
    let due = facts.place_in(person, seat, t);
    if due == place { None } else { wrong(due.state()) }
}

/// CLOSED: nobody sits in a post that is not open.
pub(super) fn closed(facts: &Facts, walk: &Walk, person: PersonIx, t: usize) -> Option<Breach> {
    let seat = walk.at(person, t).seat()?;
    if facts.is_open(seat, t) {
        return None;
    }
    Some(Breach::new("CLOSED", "E0737", t).person(person).post(seat))
}
