//! The post view: who holds each post year by year, what is vacant, who is present; and the candidates.

use super::{Table, Value, View};
use crate::insight::candidates::{Candidate, Pool};
use crate::insight::course::Arrival;
use lungang_domain::fit::Source;
use lungang_domain::{PersonIx, PostIx};
use std::collections::BTreeMap;

/// Post × layout: holders, vacancies, presence.
pub fn table(view: &View) -> Table {
    let facts = &view.facts;
    let mut table = Table::new(
        view.lang,
        "posts",
        &[("unit", 14), ("post_id", 11), ("post_name", 28), ("risk", 8), ("seats", 6), ("least", 4), ("essential", 4)],
    );
    let fixed = table.columns.len();
    for t in 0..=facts.years {
        let mut column = table.columns[0].clone();
        column.key = "holders";
        column.heading = if t == 0 { view.say("head-today", &[]) } else { view.year(t) };
        column.width = 18;
        table.columns.push(column);
    }
    // What a grade rests on stands to the right of the paper.
    table.printed = table.columns.len();
    table.add_column(view.lang, "risk_points", 40);
    let holders: Vec<_> = (0..=facts.years).map(|t| view.holders(t)).collect();
    let present: Vec<_> = (0..=facts.years).map(|t| view.present(&view.courses, t)).collect();
    for post in view.case().posts_ix() {
        let row = view.case().post(post);
        let least = (0..=facts.years).map(|t| facts.minimum(post, t)).max().unwrap_or(0);
        let mut line = Vec::with_capacity(fixed + facts.years + 1);
        line.extend([
            Value::text(view.unit(row.unit)),
            Value::text(row.id.0.clone()),
            Value::text(view.post(post)),
            Value::Risk(facts.grade[post.0]),
            Value::Whole(i64::from(row.headcount)),
            Value::Whole(i64::from(least)),
            if row.essential { Value::text(view.say("yes", &[])) } else { Value::Empty },
        ]);
        for t in 0..=facts.years {
            let names: Vec<String> = holders[t][post.0].iter().map(|person| holder(view, *person, t)).collect();
            line.push(Value::text(cell(view, post, t, &names, present[t][post.0])));
        }
        line.push(Value::text(view.risk_points(post)));
        table.push([row.unit], line);
    }
    table
}

/// A holder's name; who has come with a merged post is marked, since no move tells of it.
fn holder(view: &View, person: PersonIx, t: usize) -> String {
    match view.courses.at(person, t).arrival {
        Arrival::Merged(_) => view.say("holder-merged", &[("name", view.name(person))]),
        _ => view.name(person).to_owned(),
    }
}

fn cell(view: &View, post: PostIx, t: usize, names: &[String], present: usize) -> String {
    let facts = &view.facts;
    if !facts.open[post.0][t] {
        let gone = facts.open[post.0][..t].contains(&true);
        // What it merged into, one after the other where that merged too.
        if let Some((into, _)) = facts.merges[post.0].filter(|_| facts.heir(post, t) != post) {
            return view.say("post-merged", &[("post", &view.post(into))]);
        }
        return view.say(if gone { "post-gone" } else { "post-shut" }, &[]);
    }
    let seats = view.case().post(post).headcount as usize;
    let least = facts.minimum(post, t) as usize;
    let mut notes = Vec::new();
    if names.len() < seats {
        notes.push(view.say("note-vacant", &[("count", &(seats - names.len()).to_string())]));
    }
    if names.len() > seats {
        notes.push(view.say("note-over", &[("count", &(names.len() - seats).to_string())]));
    }
    if present < least {
        notes.push(view.say("note-short", &[("present", &present.to_string()), ("least", &least.to_string())]));
    }
    let list = view.list(names);
    if notes.is_empty() { list } else { format!("{list} [{}]", view.list(&notes)).trim().to_owned() }
}

/// Three candidates for each post that somebody enters, or that keeps a vacancy, by year; and who was weighed for what.
pub fn candidates(view: &View) -> (Table, Vec<(PersonIx, PostIx)>) {
    let facts = &view.facts;
    let mut weighed = Vec::new();
    let mut table = Table::new(
        view.lang,
        "candidates",
        &[
            ("year", 4),
            ("unit", 16),
            ("post_label", 36),
            ("occasion", 8),
            ("planned", 16),
            ("first", 34),
            ("second", 34),
            ("third", 34),
        ],
    );
    for t in 1..=facts.years {
        let pool = Pool::new(facts, &view.courses, t, view.plan.provenance.seed);
        let occupied = view.courses.occupancy(view.case().posts.len(), t);
        let mut wanted: BTreeMap<PostIx, Vec<String>> = BTreeMap::new();
        for (row, (person, _, to)) in view.plan.moves.iter().filter_map(|row| Some((row, view.of_move(row)?))) {
            if row.year as usize == t {
                wanted.entry(to).or_default().push(view.name(person).to_owned());
            }
        }
        for post in view.case().posts_ix() {
            if facts.open[post.0][t] && occupied[post.0] < view.case().post(post).headcount as usize {
                wanted.entry(post).or_default();
            }
        }
        for (post, planned) in wanted {
            let best = pool.best(post);
            weighed.extend(best.iter().map(|one| (one.person, post)));
            let shown = |at: usize| Value::text(best.get(at).map_or(String::new(), |one| candidate(view, post, one)));
            let occasion = if planned.is_empty() { "occasion-vacancy" } else { "occasion-move" };
            table.push(
                [facts.unit(post)],
                vec![
                    Value::count(t),
                    Value::text(view.unit(facts.unit(post))),
                    Value::text(view.label(post)),
                    Value::text(view.say(occasion, &[])),
                    Value::text(view.list(&planned)),
                    shown(0),
                    shown(1),
                    shown(2),
                ],
            );
        }
    }
    (table, weighed)
}

fn candidate(view: &View, post: PostIx, one: &Candidate) -> String {
    let fit = one.fit.map_or_else(|| "—".to_owned(), |fit| fit.to_string());
    let computed = view.case().fit.source(one.person, post) == Some(Source::Computed);
    let key = if computed { "candidate-computed" } else { "candidate" };
    let mut text = view.say(key, &[("name", view.name(one.person)), ("fit", &fit)]);
    if one.overdue > 0 {
        text.push_str(&view.say("candidate-overdue", &[("months", &one.overdue.to_string())]));
    }
    if one.gains > 0 {
        text.push_str(&view.say("candidate-gains", &[("count", &one.gains.to_string())]));
    }
    if one.chosen {
        text.push_str(&view.say("candidate-chosen", &[]));
    }
    text
}
