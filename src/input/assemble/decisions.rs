//! Decisions taken by hand (semantics 21, 36, 37): what clashes on paper is told here, before any solving.

use super::Sheets;
use super::events::{Life, became, lives};
use super::lookup::{Known, Near};
use super::posts::Posts;
use super::staff::Roster;
use crate::input::log::Log;
use crate::input::row::Row;
use lungang_domain::words::DecisionKind;
use lungang_domain::{Decision, Event, PersonIx, Policy, PostIx, Problem};
use std::collections::BTreeMap;

/// Reads the decisions.
pub fn read(
    sheets: &Sheets,
    found: &Posts<'_>,
    roster: &Roster,
    events: &[Event],
    policy: &Policy,
    dated: bool,
    log: &mut Log,
) -> Vec<Decision> {
    let mut decisions: Vec<Decision> = Vec::new();
    for row in sheets.rows("decisions") {
        for column in ["staff", "kind"] {
            log.needs(row, column);
        }
        let Some(decision) = decision(row, found, roster, log) else { continue };
        if let Some(year) = decision.year.filter(|_| dated && policy.decision_years(&decision).is_empty()) {
            let (first, last) = (policy.effective(1), policy.effective(policy.horizon()));
            let problem = Problem::new("E0512").with("value", year).with("years", policy.years);
            log.at(row.at, "year", problem.with("first", first).with("last", last));
            continue;
        }
        decisions.push(decision);
    }
    decisions.sort_by_key(|decision| (decision.staff, decision.year, decision.kind, decision.post, decision.row));
    if dated {
        let lives = lives(events);
        contradictions(&decisions, roster, &lives, policy, log);
        open_posts(&decisions, &lives, policy, log);
    }
    decisions
}

fn decision(row: &Row, found: &Posts<'_>, roster: &Roster, log: &mut Log) -> Option<Decision> {
    let kind = row.word("kind").and_then(DecisionKind::from_key);
    let staff = match row.text("staff").map(|id| roster.index.find(id)) {
        Some(Ok(Known::Planned(ix))) => Some(ix),
        Some(Ok(Known::Unplanned)) => {
            log.at(row.at, "staff", Problem::new("E0503").with("value", row.text("staff").unwrap_or("")));
            None
        }
        Some(Err(problem)) => {
            log.at(row.at, "staff", problem.with("column", "staff"));
            None
        }
        None => None,
    };
    let post = match row.text("post").map(|text| found.index.find(text, Near::default())) {
        Some(Ok(ix)) => Some(ix),
        Some(Err(problem)) => {
            log.at(row.at, "post", problem.with("column", "post"));
            return None;
        }
        None => None,
    };
    let (kind, staff) = (kind?, staff?);
    let written = row.written("kind").unwrap_or("");
    if post.is_none() && matches!(kind, DecisionKind::Go | DecisionKind::Not) {
        if row.is_blank("post") {
            log.at(row.at, "post", Problem::new("E0511").with("value", written));
        }
        return None;
    }
    if kind == DecisionKind::Stay && post.is_none() && roster.unplaced.contains(&staff) {
        log.at(row.at, "post", Problem::new("W0507").with("value", row.text("staff").unwrap_or("")));
    }
    // A year that can't be read must not turn into "every year".
    if row.whole::<i32>("year").is_none() && !row.is_blank("year") {
        return None;
    }
    Some(Decision {
        staff,
        post,
        year: row.whole("year"),
        kind,
        decided_by: row.owned("decided_by"),
        date: row.date("date"),
        reason: row.owned("reason"),
        approval: row.owned("approval"),
        row: row.at,
    })
}

/// One person, one year: at most one place decided, and none that is ruled out by another row.
fn contradictions(
    decisions: &[Decision],
    roster: &Roster,
    lives: &BTreeMap<PostIx, Life>,
    policy: &Policy,
    log: &mut Log,
) {
    let mut by_year: BTreeMap<(PersonIx, usize), Vec<&Decision>> = BTreeMap::new();
    for decision in decisions {
        for year in policy.decision_years(decision) {
            by_year.entry((decision.staff, year)).or_default().push(decision);
        }
    }
    let mut told: Vec<(lungang_domain::RowRef, lungang_domain::RowRef)> = Vec::new();
    for ((staff, year), rows) in &by_year {
        let today = roster.people.get(staff.0).and_then(|person| person.post);
        // Whoever stays in a post that merges passes with it.
        let became = |post: PostIx| became(lives, policy, post, *year);
        for (position, later) in rows.iter().enumerate() {
            for earlier in rows.iter().take(position) {
                let pair = (earlier.row.min(later.row), earlier.row.max(later.row));
                if told.contains(&pair) {
                    continue;
                }
                let code = if (earlier.kind, earlier.post, earlier.year) == (later.kind, later.post, later.year) {
                    "E0514"
                } else if clash(earlier, later, today, &became) {
                    "E0513"
                } else {
                    continue;
                };
                let first = log.place(pair.0);
                log.row(pair.1, Problem::new(code).with("first", first).with("year", year));
                told.push(pair);
            }
        }
    }
}

/// Whether two decisions for the same person and year can't both hold.
fn clash(a: &Decision, b: &Decision, today: Option<PostIx>, became: &dyn Fn(PostIx) -> PostIx) -> bool {
    use DecisionKind::{Go, Not, Stay};
    let place = |decision: &Decision| match decision.kind {
        Go => decision.post,
        Stay => decision.post.or(today).map(became),
        _ => None,
    };
    match (a.kind, b.kind) {
        (Go | Stay, Go | Stay) => match (place(a), place(b)) {
            (Some(x), Some(y)) => x != y,
            _ => false,
        },
        (Go, Not) | (Not, Go) => a.post == b.post && a.post != today.map(became),
        _ => false,
    }
}

/// A post named by `go` is open in each year it is named for.
fn open_posts(decisions: &[Decision], lives: &BTreeMap<PostIx, Life>, policy: &Policy, log: &mut Log) {
    for decision in decisions.iter().filter(|decision| decision.kind == DecisionKind::Go) {
        let Some(life) = decision.post.and_then(|post| lives.get(&post)) else { continue };
        if let Some(year) = policy.decision_years(decision).into_iter().find(|year| !life.open_in(policy, *year)) {
            log.at(decision.row, "post", Problem::new("E0515").with("year", year));
        }
    }
}
