//! The curve of what one more move buys (semantics 74): one setting goes from tight to loose, and every point of it is a
//! plan with its bounds.

use crate::insight::apart::better_of;
use lungang_domain::plan::TierRow;
use lungang_domain::policy::Tier;
use lungang_domain::{Case, PlanFile, Policy, Share};
use serde::Serialize;

/// The setting that goes from tight to loose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Knob {
    /// Most moves over the horizon.
    Moves,
    /// Most moves across units over the horizon.
    CrossUnit,
    /// Least fit of a move.
    Fit,
    /// Largest share of a unit that moves in a year.
    Share,
}

/// Parts of a share in one: shares are kept in millionths.
const WHOLE: i64 = 1_000_000;

impl Knob {
    /// The policy key.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Moves => "turnover.most_moves",
            Self::CrossUnit => "turnover.most_cross_unit",
            Self::Fit => "fit.floor",
            Self::Share => "turnover.unit_share",
        }
    }

    /// Name in the locales.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Moves => "moves",
            Self::CrossUnit => "cross-unit",
            Self::Fit => "fit",
            Self::Share => "share",
        }
    }

    /// What counts as one more of what is spent: a move, a point of fit, a hundredth of a unit.
    fn unit(self) -> f64 {
        match self {
            Self::Moves | Self::CrossUnit | Self::Fit => 1.0,
            Self::Share => 10_000.0,
        }
    }

    /// What a plan spends of it: the fewer, the better. Moves as the budgets count them (72); of fit, 100 less the lowest
    /// score of a move; of the share, the largest of any unit and year, in millionths.
    #[must_use]
    pub fn spent(self, case: &Case, policy: &Policy, plan: &PlanFile) -> i64 {
        let Ok(layout) = plan.layout(case) else { return 0 };
        let moves = lungang_check::judge(case, policy, &layout).moves;
        let counted = moves.iter().filter_map(|one| Some((one, one.from.filter(|_| !one.forced)?)));
        let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        match self {
            Self::Moves => count(counted.count()),
            Self::CrossUnit => {
                count(counted.filter(|(one, from)| case.post(*from).unit != case.post(one.to).unit).count())
            }
            // The floor holds for forced moves too.
            Self::Fit => {
                let own = moves.iter().filter(|one| one.from.is_some() && !one.decided);
                own.filter_map(|one| case.fit.get(one.person, one.to)).min().map_or(0, |least| 100 - least)
            }
            Self::Share => {
                let mut moved: std::collections::BTreeMap<(usize, usize), i64> = std::collections::BTreeMap::new();
                for (one, from) in counted {
                    *moved.entry((case.post(from).unit.0, one.year)).or_default() += 1;
                }
                let base = |unit: usize| {
                    let seated = layout.places.iter().filter_map(|row| row.first()?.seat());
                    count(seated.filter(|post| case.post(*post).unit.0 == unit).count()).max(1)
                };
                moved.iter().map(|((unit, _), moves)| moves * WHOLE / base(*unit)).max().unwrap_or(0)
            }
        }
    }

    /// Values of the setting from tight to loose, about `points` of them; `None` stands for the policy as it is, the loosest
    /// but for the share. `spent` is what the plan of that policy spends.
    #[must_use]
    pub fn values(self, policy: &Policy, spent: i64, points: usize) -> Vec<Option<i64>> {
        let steps = i64::try_from(points.saturating_sub(1)).unwrap_or(1).max(1);
        let mut values: Vec<i64> = match self {
            Self::Moves | Self::CrossUnit => (0..steps).map(|at| spent * at / steps).collect(),
            // From what nearly nobody fits down to what binds nothing.
            Self::Fit => (0..steps).map(|at| 100 - spent * at / steps).collect(),
            Self::Share => {
                let own = i64::from(policy.turnover.unit_share.0);
                let below = (steps + 1) / 2;
                let above = steps - below;
                let over = |at: i64| own + (own.min(WHOLE - own)) * at / above.max(1);
                let mut values: Vec<i64> = (0..below).map(|at| own * at / below).collect();
                values.extend((0..=above).map(over));
                values
            }
        };
        values.dedup();
        let own = match self {
            Self::Share => Some(i64::from(policy.turnover.unit_share.0)),
            _ => None,
        };
        let mut values: Vec<Option<i64>> =
            values.into_iter().map(|value| Some(value).filter(|_| Some(value) != own)).collect();
        if self != Self::Share {
            values.push(None);
        }
        values
    }

    /// The policy with the setting at a value.
    #[must_use]
    pub fn set(self, policy: &Policy, value: Option<i64>) -> Policy {
        let changed = |value: i64| {
            let mut tree = serde_json::to_value(policy).ok()?;
            let (table, name) = self.key().split_once('.')?;
            tree[table][name] = match self {
                Self::Share => serde_json::to_value(Share(u32::try_from(value).ok()?)).ok()?,
                Self::Moves | Self::CrossUnit | Self::Fit => value.into(),
            };
            serde_json::from_value(tree).ok()
        };
        value.and_then(changed).unwrap_or_else(|| policy.clone())
    }
}

/// A point of the curve.
#[derive(Clone, Debug)]
pub struct Point {
    /// The value of the setting; `None`: as in the policy.
    pub value: Option<i64>,
    /// The plan, checked under that value.
    pub plan: PlanFile,
    /// Its tiers, with the bounds that looser points lend.
    pub tiers: Vec<TierRow>,
    /// What it spends.
    pub spent: i64,
    /// Whether what was found here from nothing was worse than the plan of the point before, so that the search began from that.
    pub begun: bool,
    /// Whether it found nothing better than that plan.
    pub taken_over: bool,
    /// Whether that plan comes before this one in the order of the tiers, and this one is kept for being better in cover or in
    /// overdue months.
    pub behind: bool,
    /// Position of a point that spends no more and is no worse, and better in one.
    pub dominated_by: Option<usize>,
}

/// The curve, its points from tight to loose.
#[derive(Clone, Debug)]
pub struct Frontier {
    /// The setting.
    pub knob: Knob,
    /// The points.
    pub points: Vec<Point>,
    /// The tiers of the policy.
    pub tiers: Vec<Tier>,
}

impl Frontier {
    /// The best value of a tier among this point and all tighter ones, whose plans are allowed here too.
    #[must_use]
    pub fn best(&self, at: usize, id: &str) -> Option<i64> {
        let tier = self.tiers.iter().copied().find(|tier| tier.id() == id)?;
        let values = self.points.iter().take(at + 1).filter_map(|point| point.tiers.iter().find(|row| row.id == id));
        values.map(|row| row.value).max_by_key(|value| tier.as_gain(*value))
    }

    /// What the step from the point before to this one buys in a tier; by the bounds only where the tiers before are the same.
    #[must_use]
    pub fn bought(&self, at: usize, id: &str) -> Option<Bought> {
        let tier = self.tiers.iter().copied().find(|tier| tier.id() == id)?;
        let (tight, loose) = (self.points.get(at.checked_sub(1)?)?, self.points.get(at)?);
        let before = |point: &Point| -> Vec<i64> {
            point.tiers.iter().take_while(|row| row.id != id).map(|row| row.value).collect()
        };
        let comparable = before(tight) == before(loose);
        let row = |point: &Point| {
            let row = point.tiers.iter().find(|row| row.id == id)?;
            Some(TierRow { bound: row.bound.filter(|_| comparable), ..row.clone() })
        };
        #[allow(clippy::cast_precision_loss)]
        let more = (loose.spent - tight.spent) as f64 / self.knob.unit();
        bought(tier, &row(tight)?, &row(loose)?, more)
    }
}

/// A plan at a looser point that is at least as good as that of a tighter, and what it spends: told both points, and the tiers
/// that the tighter plan has at the looser point.
pub type Again<'a> = &'a dyn Fn(&Point, &Point, Vec<TierRow>) -> (PlanFile, i64);

/// Makes the curve one: points from tight to loose. A plan that is allowed at a tight point is allowed at every looser one, so
/// where it is better than what was found there, the search begins from it anew (`again` gives a plan at least as good, and what it
/// spends); and
/// a bound of a looser point holds at a tighter one whose earlier tiers are as good.
pub fn join(points: &mut [Point], policy: &Policy, again: Again) {
    for at in 1..points.len() {
        let (before, rest) = points.split_at_mut(at);
        let (tight, loose) = (&before[at - 1], &mut rest[0]);
        let rows = better_of(policy, &tight.tiers, loose.tiers.clone());
        if rows.iter().zip(&loose.tiers).any(|(a, b)| a.value != b.value) {
            let (plan, spent) = again(tight, loose, rows);
            let same = plan.layout == tight.plan.layout;
            // Nothing better in the order of the tiers was found; what is worse there may tell more of the curve.
            if same && gives_more(&Tier::of(policy), &loose.tiers, &tight.tiers) {
                loose.behind = true;
                continue;
            }
            (loose.plan, loose.spent, loose.begun, loose.taken_over) = (plan, spent, true, same);
            loose.tiers.clone_from(&loose.plan.tiers);
        }
    }
    let tiers = Tier::of(policy);
    let ranked = Tier::ranked(policy);
    for at in (0..points.len().saturating_sub(1)).rev() {
        let (before, rest) = points.split_at_mut(at + 1);
        let (tight, loose) = (&mut before[at].tiers, &rest[0].tiers);
        for (position, tier) in tiers.iter().enumerate().filter(|(_, tier)| ranked.contains(tier)) {
            let gain = |value: i64| tier.as_gain(value);
            let (own, other) = (tight[position].bound, loose[position].bound);
            if let Some(other) = other.filter(|other| own.is_none_or(|own| gain(*other) < gain(own))) {
                tight[position] = TierRow { bound: Some(other), ..tight[position].clone() }.assess();
            }
            if gain(tight[position].value) < gain(loose[position].value) {
                break;
            }
        }
    }
    mark(points, &tiers);
}

/// What is weighed against what is spent: empty posts, missing people, overdue months.
fn weighed(tier: Tier) -> bool {
    matches!(tier, Tier::Essential | Tier::Cover | Tier::Risk(_))
}

/// Whether the first is better than the second in anything that is weighed.
fn gives_more(tiers: &[Tier], a: &[TierRow], b: &[TierRow]) -> bool {
    let rows = tiers.iter().zip(a.iter().zip(b)).filter(|(tier, _)| weighed(**tier));
    rows.into_iter().any(|(tier, (a, b))| tier.as_gain(a.value) > tier.as_gain(b.value))
}

fn mark(points: &mut [Point], tiers: &[Tier]) {
    let measure = |point: &Point| -> Vec<i64> {
        let rows = tiers.iter().zip(&point.tiers).filter(|(tier, _)| weighed(**tier));
        rows.map(|(tier, row)| -tier.as_gain(row.value)).chain([point.spent]).collect()
    };
    let measures: Vec<Vec<i64>> = points.iter().map(measure).collect();
    for at in 0..points.len() {
        let better = |other: &usize| {
            let pairs = || measures[*other].iter().zip(&measures[at]);
            pairs().all(|(other, own)| other <= own) && pairs().any(|(other, own)| other < own)
        };
        points[at].dominated_by = (0..points.len()).find(better);
    }
}

/// What the step from one point to the next buys in a tier, per unit spent: as the plans have it, and at least and at most by
/// the bounds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Bought {
    /// By the plans.
    pub each: f64,
    /// By the bound of the tighter and the value of the looser.
    pub at_least: Option<f64>,
    /// By the value of the tighter and the bound of the looser.
    pub at_most: Option<f64>,
}

/// `None` where nothing more is spent.
fn bought(tier: Tier, tight: &TierRow, loose: &TierRow, more: f64) -> Option<Bought> {
    let gain = |value: i64| tier.as_gain(value);
    #[allow(clippy::cast_precision_loss)]
    let each = |points: i64| points as f64 / more;
    (more > 0.0).then(|| Bought {
        each: each(gain(loose.value) - gain(tight.value)),
        at_least: tight.bound.map(|bound| each(gain(loose.value) - gain(bound))),
        at_most: loose.bound.map(|bound| each(gain(bound) - gain(tight.value))),
    })
}
