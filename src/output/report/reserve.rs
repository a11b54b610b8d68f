//! Reserve cadres as a chain: what each has and wants, what every plan year does with them, and the stage reached; and who
//! could take over each essential post, year by year.

use super::{Table, Value, View};
use crate::insight::chain::{Course, Step};
use crate::insight::successors::Standing;
use crate::rules::reserve;
use lungang_domain::{PersonIx, PostIx, Stage};

/// Names shown of those who could take a post over; the count tells the others.
const SHOWN: usize = 8;

/// One row a reserve cadre.
pub fn table(view: &View, cadres: &[Course]) -> Table {
    let mut table = Table::new(
        view.lang,
        "reserve",
        &[
            ("staff", 10),
            ("name", 9),
            ("unit", 13),
            ("post", 16),
            ("stage", 9),
            ("ready", 6),
            ("had", 14),
            ("wanted", 16),
            ("steps", 54),
            ("gained", 28),
            ("lacking", 16),
            ("stage_after", 9),
        ],
    );
    for course in cadres {
        let row = view.case().person(course.person);
        let wanted: Vec<String> = reserve::wanted(&view.facts, course.person).into_iter().map(str::to_owned).collect();
        let gained: Vec<String> = course
            .gains
            .iter()
            .map(|gain| {
                let args =
                    [("name", gain.name.as_str()), ("t", &gain.year.to_string()), ("post", &view.post(gain.post))];
                view.say("gained-where", &args)
            })
            .collect();
        let today = view.courses.at(course.person, 0).seat();
        let unit = today.map(|post| view.facts.unit(post)).or(row.unit);
        table.push(
            unit,
            vec![
                Value::text(row.id.0.clone()),
                Value::text(row.name.clone()),
                Value::text(unit.map_or("", |unit| view.unit(unit))),
                Value::text(today.map_or_else(|| view.say("no-post", &[]), |post| view.post(post))),
                stage(view, row.reserve_stage),
                Value::text(view.say(if row.ready_now { "yes" } else { "no" }, &[])),
                Value::text(view.list(&row.experiences)),
                Value::text(view.list(&wanted)),
                Value::text(steps(view, course)),
                Value::text(view.list(&gained)),
                Value::text(view.list(&course.lacking)),
                stage(view, course.after),
            ],
        );
    }
    table
}

fn stage(view: &View, stage: Option<Stage>) -> Value {
    Value::text(stage.map_or(String::new(), |stage| view.say(&format!("stage-{}", stage.key()), &[])))
}

/// The steps, a line a year; years alike in a row are told together.
fn steps(view: &View, course: &Course) -> String {
    let mut told: Vec<(usize, usize, String)> = Vec::new();
    for (t, one) in (1..).zip(&course.steps) {
        let text = step(view, course.person, one);
        match told.last_mut() {
            Some((_, last, before)) if *before == text => *last = t,
            _ => told.push((t, t, text)),
        }
    }
    let line = |(from, to, text): &(usize, usize, String)| {
        let key = if from == to { "step-year" } else { "step-years" };
        view.say(key, &[("t", &from.to_string()), ("to", &to.to_string()), ("step", text)])
    };
    told.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn step(view: &View, person: PersonIx, step: &Step) -> String {
    let into = |key: &str, post: PostIx, list: &[String]| {
        let key = if list.is_empty() { key.to_owned() } else { format!("{key}-gains") };
        view.say(&key, &[("post", &view.post(post)), ("list", &view.list(list))])
    };
    match step {
        Step::Outside => view.say("step-outside", &[]),
        Step::Left => {
            let row = view.case().person(person);
            let by_formula = row.retire_computed && view.facts.of(person).leaves == row.retire_date;
            view.say(if by_formula { "step-left-computed" } else { "step-left" }, &[])
        }
        Step::Joined(post) => into("step-joined", *post, &[]),
        Step::Promoted(post) => into("step-promoted", *post, &[]),
        Step::Merged(post) => into("step-merged", *post, &[]),
        Step::Moved(post, list) => into("step-moved", *post, list),
        Step::Placed(post, list) => into("step-placed", *post, list),
        Step::Unplaced => view.say("step-unplaced", &[]),
        Step::Gains(list) => view.say("step-gains", &[("list", &view.list(list))]),
        Step::Stays => view.say("step-stays", &[]),
        Step::Waits(rule) => view.say("step-waits", &[("why", &view.rule(rule))]),
    }
}

/// For every essential post and layout: who holds it, who could take it over and is ready, and whom the count of semantics 63
/// gives it.
pub fn successors(view: &View, standings: &[Standing]) -> Table {
    let mut table = Table::new(
        view.lang,
        "successors",
        &[
            ("unit", 18),
            ("post_id", 10),
            ("post_name", 24),
            ("in_year", 9),
            ("holders", 20),
            ("ready_count", 10),
            ("ready_names", 60),
            ("counted", 12),
            ("is_short", 10),
        ],
    );
    let holders: Vec<_> = (0..standings.len()).map(|t| view.holders(t)).collect();
    let case = view.case();
    let names =
        |people: &[PersonIx]| -> Vec<String> { people.iter().map(|person| view.name(*person).to_owned()).collect() };
    for post in case.posts_ix().filter(|post| case.post(*post).essential) {
        for (t, standing) in standings.iter().enumerate() {
            let Ok(at) = standing.posts.binary_search(&post) else { continue };
            let (ready, counted) = (&standing.ready[at], standing.counted[at]);
            let mut shown = view.list(&names(&ready[..ready.len().min(SHOWN)]));
            if ready.len() > SHOWN {
                shown = view.say("names-more", &[("names", &shown), ("count", &ready.len().to_string())]);
            }
            table.push(
                [view.facts.unit(post)],
                vec![
                    Value::text(view.unit(view.facts.unit(post))),
                    Value::text(case.post(post).id.0.clone()),
                    Value::text(view.post(post)),
                    Value::text(in_year(view, t)),
                    Value::text(view.list(&names(&holders[t][post.0]))),
                    Value::count(ready.len()),
                    Value::text(shown),
                    Value::text(counted.map_or("", |person| view.name(person))),
                    Value::text(if counted.is_none() { view.say("yes", &[]) } else { String::new() }),
                ],
            );
        }
    }
    table
}

/// A layout in words: today, or the number of its year.
pub(super) fn in_year(view: &View, t: usize) -> String {
    if t == 0 { view.say("head-today", &[]) } else { view.say("year-number", &[("t", &t.to_string())]) }
}
