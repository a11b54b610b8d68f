//! O1: how the pool of reserve cadres is made up, against the shares that local rules ask for, today and at the end of the plan.

use super::{Table, Value, View};
use lungang_domain::words::Sex;
use lungang_domain::{Lead, PersonIx, months_between};

/// Shares that local rules ask of a pool (`docs/rules.md`, O1): women, who is of no party, who is ready now; its ratio to
/// leading posts is 1 at most.
pub(super) const WOMEN: f64 = 0.25;
pub(super) const NO_PARTY: f64 = 0.10;
pub(super) const READY: f64 = 1.0 / 3.0;

/// What is counted of a person; `None` where the roster does not say.
type Test = fn(&View, PersonIx) -> Option<bool>;

/// The table.
pub fn table(view: &View) -> Table {
    let mut table = Table::new(
        view.lang,
        "structure",
        &[
            ("figure", 34),
            ("target", 14),
            ("today_count", 10),
            ("today_share", 10),
            ("end_count", 10),
            ("end_share", 10),
            ("met", 10),
        ],
    );
    let case = view.case();
    let pool = |t: usize| -> Vec<PersonIx> {
        case.people_ix().filter(|person| case.person(*person).reserve && view.facts.of(*person).serving(t)).collect()
    };
    let last = view.facts.years;
    let (today, end) = (pool(0), pool(last));
    if today.is_empty() && end.is_empty() {
        return table;
    }
    // The pool against the leading seats that are open.
    let seats = |t: usize| -> usize {
        let leads = |lead: Lead| matches!(lead, Lead::Principal | Lead::Vice);
        let open = case.posts_ix().filter(|post| leads(case.post(*post).lead) && view.facts.open[post.0][t]);
        open.map(|post| case.post(post).headcount as usize).sum()
    };
    let ratio = |people: usize, seats: usize| share(people, seats);
    let (now, then) = (ratio(today.len(), seats(0)), ratio(end.len(), seats(last)));
    table.push(
        [],
        vec![
            Value::text(view.say("structure-pool", &[])),
            Value::text(view.say("structure-at-most-one", &[])),
            Value::count(today.len()),
            shown(now),
            Value::count(end.len()),
            shown(then),
            met(view, then.map(|ratio| ratio <= 1.0)),
        ],
    );
    let tests: [(&str, f64, Test); 3] = [
        ("structure-women", WOMEN, |view, person| view.case().person(person).sex.map(|sex| sex == Sex::Female)),
        ("structure-no-party", NO_PARTY, |view, person| {
            is_member(view.case().person(person).party.as_deref()?).map(|is| !is)
        }),
        ("structure-ready", READY, |view, person| Some(view.case().person(person).ready_now)),
    ];
    for (figure, target, test) in tests {
        let of = |people: &[PersonIx]| {
            let told: Vec<bool> = people.iter().filter_map(|person| test(view, *person)).collect();
            let count = told.iter().filter(|is_so| **is_so).count();
            (count, share(count, told.len()))
        };
        let (now, then) = (of(&today), of(&end));
        table.push(
            [],
            vec![
                Value::text(view.say(figure, &[])),
                Value::text(view.say("structure-at-least", &[("share", &percent(target))])),
                Value::count(now.0),
                shown(now.1),
                Value::count(then.0),
                shown(then.1),
                met(view, then.1.map(|share| share >= target)),
            ],
        );
    }
    for (figure, months) in [("structure-under-35", 36 * 12), ("structure-under-40", 41 * 12)] {
        let of = |people: &[PersonIx], t: usize| {
            let day = view.facts.effective[t + 1];
            let ages: Vec<i32> = people
                .iter()
                .filter_map(|person| case.person(*person).birth_date)
                .map(|birth| months_between(birth, day))
                .collect();
            // 35岁及以下: who has not yet turned 36.
            let young = ages.iter().filter(|age| **age < months).count();
            (young, share(young, ages.len()))
        };
        plain(view, &mut table, view.say(figure, &[]), of(&today, 0), of(&end, last));
    }
    for rung in view.facts.policy.ladder.education.iter().rev() {
        let of = |people: &[PersonIx]| {
            let known = people.iter().filter(|person| case.person(**person).education.is_some()).count();
            let count = people.iter().filter(|person| case.person(**person).education.as_ref() == Some(rung)).count();
            (count, share(count, known))
        };
        let (now, then) = (of(&today), of(&end));
        if now.0 + then.0 > 0 {
            plain(view, &mut table, view.say("structure-education", &[("rung", rung)]), now, then);
        }
    }
    table
}

/// Whether what the roster says of somebody's party means the CPC; codes are not told.
pub(super) fn is_member(party: &str) -> Option<bool> {
    if party.chars().all(|sign| sign.is_ascii_digit()) {
        return None;
    }
    let whole = ["党员", "预备党员", "正式党员", "party member"];
    Some(["中共", "共产党", "CPC"].iter().any(|word| party.contains(word)) || whole.contains(&party))
}

/// A figure that no rule sets a target for.
fn plain(view: &View, table: &mut Table, figure: String, now: (usize, Option<f64>), then: (usize, Option<f64>)) {
    let none = view.say("structure-no-target", &[]);
    let line = [Value::text(figure), Value::text(none), Value::count(now.0), shown(now.1), Value::count(then.0)];
    table.push([], line.into_iter().chain([shown(then.1), Value::Empty]).collect());
}

/// `25`, `33.3`.
pub(super) fn percent(share: f64) -> String {
    let shown = format!("{:.1}", share * 100.0);
    shown.strip_suffix(".0").map_or(shown.clone(), str::to_owned)
}

#[allow(clippy::cast_precision_loss)] // People.
fn share(count: usize, of: usize) -> Option<f64> {
    (of > 0).then(|| count as f64 / of as f64)
}

fn shown(share: Option<f64>) -> Value {
    share.map_or(Value::Empty, Value::Share)
}

fn met(view: &View, is_met: Option<bool>) -> Value {
    is_met.map_or(Value::Empty, |is_met| {
        Value::text(view.say(if is_met { "structure-met" } else { "structure-unmet" }, &[]))
    })
}
