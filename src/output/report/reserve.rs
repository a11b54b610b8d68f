//! Reserve cadres: what each has, wants and gains in the plan; and who could take an essential post at once.

use super::{Table, Value, View};
use crate::insight::course::Arrival;
use crate::insight::reasons::gained;
use crate::rules::{reserve, score, unfit};
use lungang_domain::{PersonIx, PostIx};

/// One row a reserve cadre.
pub fn table(view: &View) -> Table {
    let mut table = Table::new(
        view.lang,
        "reserve",
        &[
            ("staff", 10),
            ("name", 9),
            ("unit", 14),
            ("post", 20),
            ("stage", 9),
            ("ready", 6),
            ("had", 18),
            ("wanted", 22),
            ("gained", 38),
            ("lacking", 22),
        ],
    );
    for person in view.case().people_ix().filter(|person| view.case().person(*person).reserve) {
        let row = view.case().person(person);
        let wanted: Vec<String> = reserve::wanted(&view.facts, person).into_iter().map(str::to_owned).collect();
        let gains = gains(view, person);
        let lacking: Vec<String> =
            wanted.iter().filter(|name| !gains.iter().any(|(gain, _, _)| gain == *name)).cloned().collect();
        let shown: Vec<String> = gains
            .iter()
            .map(|(gain, year, post)| {
                let args = [("name", gain.as_str()), ("t", &year.to_string()), ("post", &view.post(*post))];
                view.say("gained-where", &args)
            })
            .collect();
        let today = view.courses.at(person, 0).seat();
        table.push(
            today.map(|post| view.facts.unit(post)).or(row.unit),
            vec![
                Value::text(row.id.0.clone()),
                Value::text(row.name.clone()),
                Value::text(today.map_or("", |post| view.unit(view.facts.unit(post)))),
                Value::text(today.map_or_else(|| view.say("no-post", &[]), |post| view.post(post))),
                Value::text(
                    row.reserve_stage.map_or(String::new(), |stage| view.say(&format!("stage-{}", stage.key()), &[])),
                ),
                Value::text(view.say(if row.ready_now { "yes" } else { "no" }, &[])),
                Value::text(view.list(&row.experiences)),
                Value::text(view.list(&wanted)),
                Value::text(view.list(&shown)),
                Value::text(view.list(&lacking)),
            ],
        );
    }
    table
}

/// Wanted experiences gained in planned stays that last (semantics 8, 40): experience, year, post.
fn gains(view: &View, person: PersonIx) -> Vec<(String, usize, PostIx)> {
    let mut found: Vec<(String, usize, PostIx)> = Vec::new();
    let mut planned = false;
    for t in 1..=view.facts.years {
        let now = view.courses.at(person, t);
        match now.arrival {
            Arrival::Moved | Arrival::Placed(_) => planned = true,
            Arrival::Kept => {}
            _ => planned = false,
        }
        let Some(post) = now.seat().filter(|_| planned) else { continue };
        if score::lasts(&view.facts, person, post, now.stay, t) {
            for name in gained(&view.facts, person, post) {
                if !found.iter().any(|(known, _, _)| *known == name) {
                    found.push((name, t, post));
                }
            }
        }
    }
    found
}

/// For every essential post: reserve cadres who could be used at once and whom its requirements admit.
pub fn successors(view: &View) -> Table {
    let mut table = Table::new(
        view.lang,
        "successors",
        &[("unit", 18), ("post_id", 10), ("post_name", 24), ("holders", 24), ("ready_count", 10), ("ready_names", 50)],
    );
    let case = view.case();
    for post in case.posts_ix().filter(|post| case.post(*post).essential && view.facts.open[post.0][0]) {
        let names = |people: Vec<PersonIx>| -> Vec<String> {
            people.into_iter().map(|person| view.name(person).to_owned()).collect()
        };
        let holders = case.people_ix().filter(|person| view.courses.at(*person, 0).seat() == Some(post)).collect();
        let ready: Vec<PersonIx> = case
            .people_ix()
            .filter(|person| case.person(*person).reserve && case.person(*person).ready_now)
            .filter(|person| view.courses.at(*person, 0).seat() != Some(post))
            .filter(|person| unfit(&view.facts, *person, post, 0).is_empty())
            .collect();
        table.push(
            [view.facts.unit(post)],
            vec![
                Value::text(view.unit(view.facts.unit(post))),
                Value::text(case.post(post).id.0.clone()),
                Value::text(view.post(post)),
                Value::text(view.list(&names(holders))),
                Value::count(ready.len()),
                Value::text(view.list(&names(ready))),
            ],
        );
    }
    table
}
