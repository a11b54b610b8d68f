//! What the pool of reserve cadres would need: people missing by level, by make-up, by field and level of the essential posts
//! without a successor, and by experience; today and at the end of the plan.

use super::structure::{NO_PARTY, READY, WOMEN, is_member, percent};
use super::{Table, Value, View};
use crate::insight::chain::Course;
use crate::insight::successors::{MOST, Standing};
use crate::rules::reserve;
use lungang_domain::words::Sex;
use lungang_domain::{Lead, PersonIx, Post, PostIx};
use std::collections::BTreeMap;

/// Reserve cadres for each seat of a principal, and of a vice (`docs/rules.md`, O1: 延边).
const PER_PRINCIPAL: usize = 2;
const PER_VICE: usize = 1;

/// How many there are, and how many are missing, today and at the end.
#[derive(Clone, Copy, Debug, Default)]
struct Need {
    have: [usize; 2],
    missing: [usize; 2],
}

/// The table.
pub fn table(view: &View, standings: &[Standing], cadres: &[Course]) -> Table {
    let mut table = Table::new(
        view.lang,
        "pool",
        &[
            ("pool_kind", 22),
            ("pool_item", 34),
            ("pool_target", 30),
            ("pool_today", 10),
            ("pool_end", 10),
            ("missing_today", 10),
            ("missing_end", 10),
        ],
    );
    let case = view.case();
    if !case.people_ix().any(|person| case.person(person).reserve) {
        return table;
    }
    by_level(view, &mut table);
    by_make_up(view, &mut table);
    for (kind, of) in [("pool-by-domain", domain as Of), ("pool-by-level", level as Of)] {
        by_post(view, standings, kind, of, &mut table);
    }
    by_experience(view, cadres, &mut table);
    table
}

fn line(table: &mut Table, kind: String, item: String, target: String, need: Need) {
    let [today, end] = need.have;
    let [lacks, lacks_then] = need.missing;
    let counts = [today, end, lacks, lacks_then].map(Value::count);
    table.push([], [kind, item, target].map(Value::text).into_iter().chain(counts).collect());
}

fn pool(view: &View, t: usize) -> Vec<PersonIx> {
    let case = view.case();
    let serves = |person: &PersonIx| case.person(*person).reserve && view.facts.of(*person).serving(t);
    case.people_ix().filter(serves).collect()
}

/// First and last layout.
fn ends(view: &View) -> [usize; 2] {
    [0, view.facts.years]
}

/// Cadres one level below the leading posts of each level, against the seats there. Posts without level have no line.
fn by_level(view: &View, table: &mut Table) {
    let (case, facts) = (view.case(), &view.facts);
    for (rank, rung) in facts.policy.ladder.level.iter().enumerate().rev() {
        let seats = |t: usize, lead: Lead| -> usize {
            let here = case.posts_ix().filter(|post| {
                let row = case.post(*post);
                facts.open[post.0][t] && row.lead == lead && row.level.as_ref().is_some_and(|span| span.low == *rung)
            });
            here.map(|post| case.post(post).headcount as usize).sum()
        };
        let mut need = Need::default();
        let mut wanted = [0; 2];
        for (at, t) in ends(view).into_iter().enumerate() {
            wanted[at] = PER_PRINCIPAL * seats(t, Lead::Principal) + PER_VICE * seats(t, Lead::Vice);
            let below = |person: &PersonIx| rank > 0 && facts.of(*person).level[t] == Some(rank - 1);
            need.have[at] = pool(view, t).iter().filter(|person| below(person)).count();
            need.missing[at] = wanted[at].saturating_sub(need.have[at]);
        }
        if wanted == [0, 0] {
            continue;
        }
        let item = view.say("pool-level", &[("rung", rung)]);
        let target = view.say("pool-per-seat", &[("count", &wanted[1].to_string())]);
        line(table, view.say("pool-leading", &[]), item, target, need);
    }
}

/// Women, who is of no party, who is ready now: how many more of the pool as it is would meet the share.
fn by_make_up(view: &View, table: &mut Table) {
    type Test = fn(&View, PersonIx) -> Option<bool>;
    let tests: [(&str, f64, Test); 3] = [
        ("structure-women", WOMEN, |view, person| view.case().person(person).sex.map(|sex| sex == Sex::Female)),
        ("structure-no-party", NO_PARTY, |view, person| {
            is_member(view.case().person(person).party.as_deref()?).map(|is| !is)
        }),
        ("structure-ready", READY, |view, person| Some(view.case().person(person).ready_now)),
    ];
    for (item, share, test) in tests {
        let mut need = Need::default();
        for (at, t) in ends(view).into_iter().enumerate() {
            let told: Vec<bool> = pool(view, t).into_iter().filter_map(|person| test(view, person)).collect();
            need.have[at] = told.iter().filter(|is| **is).count();
            need.missing[at] = least(share, told.len()).saturating_sub(need.have[at]);
        }
        let target = view.say("structure-at-least", &[("share", &percent(share))]);
        line(table, view.say("pool-make-up", &[]), view.say(item, &[]), target, need);
    }
}

/// ⌈share · people⌉, a third of 3 being 1.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)] // People.
fn least(share: f64, people: usize) -> usize {
    (share * people as f64 - 1e-9).ceil().max(0.0) as usize
}

/// What a line collects posts by; empty where the sheet is blank.
type Of = fn(&Post) -> &str;

fn domain(post: &Post) -> &str {
    post.domain.as_deref().unwrap_or("")
}

fn level(post: &Post) -> &str {
    post.level.as_ref().map_or("", |span| &span.low)
}

/// Essential posts with and without a successor; whoever is missing could be counted for two posts.
fn by_post(view: &View, standings: &[Standing], kind: &str, of: Of, table: &mut Table) {
    let case = view.case();
    let mut needs: BTreeMap<&str, (Need, [usize; 2])> = BTreeMap::new();
    for (at, t) in ends(view).into_iter().enumerate() {
        let Some(standing) = standings.get(t) else { continue };
        let each = |post: &PostIx| of(case.post(*post));
        for (post, counted) in standing.posts.iter().zip(&standing.counted) {
            let (need, posts) = needs.entry(each(post)).or_default();
            posts[at] += 1;
            need.have[at] += usize::from(counted.is_some());
        }
    }
    for (name, (mut need, posts)) in needs {
        for (at, all) in posts.into_iter().enumerate() {
            need.missing[at] = (all - need.have[at]).div_ceil(MOST);
        }
        let name = if name.is_empty() { view.say("pool-blank", &[]) } else { name.to_owned() };
        let target = view.say("pool-posts", &[("count", &posts[1].to_string())]);
        line(table, view.say(kind, &[]), name, target, need);
    }
}

/// Wanted experiences: who gains them in the plan, and who lacks them before and after.
fn by_experience(view: &View, cadres: &[Course], table: &mut Table) {
    let mut needs: BTreeMap<String, Need> = BTreeMap::new();
    for course in cadres {
        for name in reserve::wanted(&view.facts, course.person) {
            let need = needs.entry(name.to_owned()).or_default();
            need.missing[0] += 1;
            if course.lacking.iter().any(|lacking| lacking == name) {
                need.missing[1] += 1;
            } else {
                need.have[1] += 1;
            }
        }
    }
    for (name, need) in needs {
        let posts = view.case().posts.iter().filter(|post| post.development.contains(&name));
        let seats: u32 = posts.map(|post| post.headcount).sum();
        let target = view.say("pool-places", &[("count", &seats.to_string())]);
        line(table, view.say("pool-by-experience", &[]), name, target, need);
    }
}
