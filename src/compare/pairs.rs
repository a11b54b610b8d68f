//! What is known of the difference between two plans in one tier (semantics 73).

use super::Side;
use crate::output::report::dotted;
use lungang_domain::PlanFile;
use lungang_domain::plan::TierRow;
use lungang_domain::policy::Tier;
use serde::Serialize;

/// What is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Known {
    /// The second is proved better.
    Better,
    /// The second is proved worse.
    Worse,
    /// Both are proved, and equal.
    Equal,
    /// The bounds overlap: the plans differ, or not, within their gaps.
    Open,
    /// A bound is missing: a part of W, or a plan that proves nothing.
    Unbounded,
}

/// One tier of two plans.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Pair {
    /// Position of the first.
    pub a: usize,
    /// Position of the second.
    pub b: usize,
    /// `T0` … `W`.
    pub id: String,
    /// As in [`TierRow`].
    pub name: String,
    /// Value and bound of the first.
    pub of_a: (i64, Option<i64>),
    /// Value and bound of the second.
    pub of_b: (i64, Option<i64>),
    /// By how much the second is better; below 0: worse.
    pub gain: i64,
    /// What is known.
    pub known: Known,
    /// By how much one is better at least, where that is proved.
    pub at_least: Option<i64>,
    /// Whether the bound that proves it holds only among plans that are as good in the tiers before, because one of those
    /// is not proved itself.
    pub conditional: bool,
    /// Whether both count the same: the same data, and the same settings of what the tier counts.
    pub same_measure: bool,
}

/// Settings that decide what a tier counts, besides data, dates and years.
const COUNTED_BY: &[(&str, &[&str])] = &[
    ("essential", &["time.presence", "retirement."]),
    ("cover", &["time.presence", "retirement."]),
    ("law", &["rules.", "ladder.", "time.cooling", "retirement."]),
    ("risk", &["time.", "risk.", "retirement."]),
    ("reserve", &["reserve.experiences", "retirement."]),
    ("successors", &["reserve.", "ladder.", "retirement."]),
    ("quality", &["points.", "fit.", "time.", "risk.", "retirement."]),
    ("weighted", &["points.", "fit.", "time.", "risk.", "retirement.", "reserve.", "ladder.", "priorities."]),
];
/// Settings of the days that every tier counts by.
const DAYS: &[&str] = &["start", "as_of", "years"];
/// Settings below those that decide nothing of what is counted.
const RULES_ONLY: &[&str] = &["time.may", "time.rest", "time.no_return", "fit.strict", "fit.floor"];

/// Every two plans, those with the first plan first.
#[must_use]
pub fn pairs(sides: &[Side]) -> Vec<Pair> {
    let settings: Vec<Vec<(String, String)>> = sides.iter().map(|side| dotted("", &side.plan.policy)).collect();
    let mut found = Vec::new();
    for a in 0..sides.len() {
        for b in a + 1..sides.len() {
            for (tier, row) in Tier::of(&sides[a].plan.policy).into_iter().zip(&sides[a].plan.tiers) {
                let Some(other) = sides[b].plan.tiers.iter().find(|other| other.id == row.id) else { continue };
                let same = sides[a].same_data(&sides[b]) && counts_alike(&row.name, &settings[a], &settings[b]);
                let (of_a, of_b) = ((sides[a].plan, row), (sides[b].plan, other));
                found.push(Pair { a, b, same_measure: same, ..pair(tier, of_a, of_b) });
            }
        }
    }
    found
}

/// Whether two policies count a tier in the same way.
fn counts_alike(name: &str, a: &[(String, String)], b: &[(String, String)]) -> bool {
    let keys = COUNTED_BY.iter().find(|(known, _)| *known == name).map_or(&[][..], |(_, keys)| keys);
    let counts = |(key, _): &&(String, String)| {
        let below = |of: &&str| key == *of || (of.ends_with('.') && key.starts_with(*of));
        (DAYS.contains(&key.as_str()) || keys.iter().any(below)) && !RULES_ONLY.contains(&key.as_str())
    };
    a.iter().filter(counts).eq(b.iter().filter(counts))
}

/// Whether every tier before this one that ranks plans is proved.
fn settled_before(plan: &PlanFile, tier: Tier) -> bool {
    let ranked = Tier::ranked(&plan.policy);
    let before = ranked.iter().take_while(|other| **other != tier);
    before
        .map(|other| other.id())
        .all(|id| plan.tiers.iter().find(|row| row.id == id).is_some_and(|row| row.bound == Some(row.value)))
}

fn pair(tier: Tier, (plan_a, a): (&PlanFile, &TierRow), (plan_b, b): (&PlanFile, &TierRow)) -> Pair {
    let gain = |value: i64| tier.as_gain(value);
    let (of_a, of_b) = (gain(a.value), gain(b.value));
    // How far beyond the other's bound a plan is.
    let beyond = |of: i64, bound: Option<i64>| bound.map(|bound| of - gain(bound)).filter(|beyond| *beyond > 0);
    let (b_beyond, a_beyond) = (beyond(of_b, a.bound), beyond(of_a, b.bound));
    let proved = a.bound == Some(a.value) && b.bound == Some(b.value);
    let (known, at_least, conditional) = match (b_beyond, a_beyond) {
        (Some(least), _) => (Known::Better, Some(least), !settled_before(plan_a, tier)),
        (None, Some(least)) => (Known::Worse, Some(least), !settled_before(plan_b, tier)),
        (None, None) if proved => (Known::Equal, None, !(settled_before(plan_a, tier) && settled_before(plan_b, tier))),
        (None, None) if a.bound.is_none() || b.bound.is_none() => (Known::Unbounded, None, false),
        (None, None) => (Known::Open, None, false),
    };
    Pair {
        a: 0,
        b: 0,
        id: a.id.clone(),
        name: a.name.clone(),
        of_a: (a.value, a.bound),
        of_b: (b.value, b.bound),
        gain: of_b - of_a,
        known,
        at_least,
        conditional,
        same_measure: true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lungang_domain::sample::policy;

    /// A plan with these values and bounds of T0 … T5.
    fn plan(figures: [(i64, Option<i64>); 6]) -> PlanFile {
        let policy = policy(1);
        let row = |(tier, (value, bound)): (Tier, (i64, Option<i64>))| {
            serde_json::json!({
                "id": tier.id(), "name": tier.name(), "value": value, "bound": bound, "status": "open",
                "gap_points": null, "gap": null, "today": 0, "nobody_moves": 0,
            })
        };
        let tiers: Vec<serde_json::Value> = Tier::of(&policy).into_iter().zip(figures).map(row).collect();
        serde_json::from_value(serde_json::json!({
            "schema_version": 1,
            "provenance": {
                "input_hash": "h", "policy_hash": "", "program": "", "solver": "", "engine": "", "seed": 0, "threads": 1,
                "rounds": 0,
            },
            "start": policy.start, "policy": policy, "years": [], "layout": {}, "moves": [], "tiers": tiers,
            "deferrals": [], "assumptions": [],
        }))
        .expect("a plan")
    }

    fn compared(a: &PlanFile, b: &PlanFile) -> Vec<Pair> {
        let of = |plan| Side { name: String::new(), plan, case: None, sheets: std::collections::BTreeMap::new() };
        pairs(&[of(a), of(b)])
    }

    #[test]
    fn a_difference_is_proved_where_the_bounds_do_not_overlap() {
        let a = plan([(2, Some(2)), (9, Some(7)), (4, Some(4)), (30, Some(25)), (5, Some(6)), (70, None)]);
        let b = plan([(0, Some(0)), (6, Some(6)), (4, Some(4)), (28, Some(9)), (9, Some(9)), (50, Some(60))]);
        let found = compared(&a, &b);
        let brief: Vec<_> = found.iter().map(|pair| (pair.gain, pair.known, pair.at_least, pair.conditional)).collect();
        assert_eq!(
            brief,
            [
                (2, Known::Better, Some(2), false),
                (3, Known::Better, Some(1), false),
                // T1 of the first is open: its optimum may have another T2.
                (0, Known::Equal, None, true),
                (2, Known::Open, None, false),
                (4, Known::Better, Some(3), true),
                (-20, Known::Worse, Some(10), true),
            ]
        );
        let turned = compared(&b, &a);
        assert!(turned.iter().zip(&found).all(|(turned, pair)| turned.gain == -pair.gain));
        assert_eq!(turned[0].known, Known::Worse);
        assert_eq!(turned[5].known, Known::Better);
    }

    #[test]
    fn other_limits_are_another_measure() {
        let a = plan([(0, Some(0)); 6]);
        let mut b = a.clone();
        let alike = |b: &PlanFile| compared(&a, b).iter().map(|pair| pair.same_measure).collect::<Vec<_>>();
        assert_eq!(alike(&b), [true; 6]);
        b.policy.time.may = 1;
        b.policy.turnover.unit_share = lungang_domain::Share(100_000);
        assert_eq!(alike(&b), [true; 6]);
        b.policy.time.high.must += 12;
        assert_eq!(alike(&b), [true, true, true, false, true, false]);
        b.provenance.input_hash = "other".into();
        assert_eq!(alike(&b), [false; 6]);
    }
}
