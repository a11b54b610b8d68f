//! The plan file (semantics 26): what the JSON holds, and what the other formats carry over.

use crate::case::Case;
use crate::layout::{Layout, Place};
use crate::policy::{Mode, Policy, Tier};
use crate::problem::Problem;
use crate::words::MoveStatus;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Version of the plan file's form.
pub const SCHEMA_VERSION: u32 = 1;

/// A whole plan, as written to JSON. Keys of `layout` are staff ids; ids elsewhere are staff and post ids.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PlanFile {
    /// [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// What made this plan.
    pub provenance: Provenance,
    /// The resolved policy.
    pub policy: Policy,
    /// Effective date of plan year 1.
    pub start: NaiveDate,
    /// The plan years with their effective dates.
    pub years: Vec<PlanYear>,
    /// Staff id → places in layouts 0 … T.
    pub layout: BTreeMap<String, Vec<PlaceRow>>,
    /// Moves and placements, by year, batch and staff id.
    pub moves: Vec<MoveRow>,
    /// The tiers in order of priority.
    pub tiers: Vec<TierRow>,
    /// Overdue people kept.
    pub deferrals: Vec<DeferralRow>,
    /// What was taken for granted.
    pub assumptions: Vec<Problem>,
}

/// What made a plan. No clock time, duration or path stands here (semantics 24).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Provenance {
    /// SHA-256 of the input as read, in hex.
    pub input_hash: String,
    /// SHA-256 of the resolved policy, in hex.
    pub policy_hash: String,
    /// SHA-256 of the warm plan, in hex, if one was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warm_hash: Option<String>,
    /// Program and version.
    pub program: String,
    /// Solver and version.
    pub solver: String,
    /// `columns` or `compact`.
    pub engine: String,
    /// `off` where the solver was told not to presolve.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub presolve: Option<String>,
    /// Seed of the draw.
    pub seed: u64,
    /// Worker threads.
    pub threads: usize,
    /// Rounds worked.
    pub rounds: u64,
}

/// One plan year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PlanYear {
    /// 1 … T.
    pub year: u32,
    /// d_t.
    pub effective: NaiveDate,
}

/// Where one person stands in one layout.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PlaceRow {
    /// `outside`, `in`, `away`, `unplaced` or `left`.
    pub state: String,
    /// Post held, for `in` and `away`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub post: Option<String>,
    /// Host, for `away`, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
}

/// A move, or a placement where `from` is null. No promotions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MoveRow {
    /// Staff id.
    pub staff: String,
    /// Plan year, 1 … T.
    pub year: u32,
    /// Date printed (semantics 6).
    pub date: NaiveDate,
    /// Number of the batch within the plan, 1-based, in date order.
    pub batch: u32,
    /// Post left; null for a placement.
    pub from: Option<String>,
    /// Post entered.
    pub to: String,
    /// Status.
    pub status: MoveStatus,
    /// Date carried out.
    #[serde(default)]
    pub done_on: Option<NaiveDate>,
    /// Date on which the post left was handed over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handed_on: Option<NaiveDate>,
    /// Decision behind it (`go`), if any.
    #[serde(default)]
    pub decision: Option<String>,
    /// Who decided.
    #[serde(default)]
    pub decided_by: Option<String>,
    /// Why, a sentence in the plan's language.
    pub reason: String,
    /// The rule that the reason rests on, such as `R14`.
    pub rule: String,
}

/// Whether a tier is proved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TierStatus {
    /// The whole-number bound equals the value.
    Proved,
    /// A gap is left.
    Open,
}

/// One tier of the plan (semantics 8, 13). Values in the tier's own sense: `min` tiers small, `max` tiers large.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TierRow {
    /// `T0` … `T5`, `T3b` …, `W`.
    pub id: String,
    /// `essential`, `cover`, `law`, `risk`, `reserve`, `quality`, `weighted`.
    pub name: String,
    /// Value of this plan.
    pub value: i64,
    /// Bound over all plans whose earlier tiers are each at least as good as here; null if none, and for the tiers
    /// that W merges.
    pub bound: Option<i64>,
    /// Proved or open.
    pub status: TierStatus,
    /// |bound − value|; null without a bound.
    pub gap_points: Option<i64>,
    /// Relative gap, rounded to 6 decimals (semantics 13); null without a bound.
    pub gap: Option<f64>,
    /// Layout 0 charged at d_1; not comparable with sums over years.
    pub today: i64,
    /// Value when nobody moves.
    pub nobody_moves: i64,
}

impl TierRow {
    /// Fills status, points and relative gap from value, bound and nobody-moves (semantics 13).
    #[must_use]
    pub fn assess(mut self) -> Self {
        self.gap_points = self.bound.map(|bound| (bound - self.value).abs());
        self.gap = self.bound.map(|bound| {
            let points = (bound - self.value).abs();
            let base = 1.max(bound.abs()).max((bound - self.nobody_moves).abs());
            #[allow(clippy::cast_precision_loss)]
            let gap = points as f64 / base as f64;
            (gap * 1e6).round() / 1e6
        });
        self.status = if self.gap_points == Some(0) { TierStatus::Proved } else { TierStatus::Open };
        self
    }
}

/// An overdue person kept (semantics 20).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DeferralRow {
    /// Staff id.
    pub staff: String,
    /// Plan year.
    pub year: u32,
    /// The rule or shortage that holds them, such as `R12`.
    pub rule: String,
    /// Substitute measure, to be filled in or proposed.
    #[serde(default)]
    pub substitute: Option<String>,
    /// Review date.
    #[serde(default)]
    pub review: Option<NaiveDate>,
}

impl PlanFile {
    /// Whether this row of a tier counts only as a part of W: the weighted mode proves nothing about it alone.
    #[must_use]
    pub fn merged(&self, row: &TierRow) -> bool {
        self.policy.priorities.mode == Mode::Weighted
            && Tier::counted(&self.policy).iter().any(|tier| tier.may_be_merged() && tier.id() == row.id)
    }

    /// Whether every tier that ranks plans is proved.
    #[must_use]
    pub fn optimal(&self) -> bool {
        let mut ranked = self.tiers.iter().filter(|row| !self.merged(row)).peekable();
        ranked.peek().is_some() && ranked.all(|row| row.status == TierStatus::Proved)
    }

    /// The layout as positions of `case`; every id that `case` lacks, and every missing person or year, is a problem.
    ///
    /// # Errors
    /// All problems at once: `E0710` unknown staff, `E0711` unknown post, `E0712` unknown state, `E0713` person
    /// without layout, `E0714` wrong number of layouts.
    pub fn layout(&self, case: &Case) -> Result<Layout, Vec<Problem>> {
        let mut problems = Vec::new();
        for id in self.layout.keys() {
            if case.person_by_id(id).is_none() {
                problems.push(Problem::new("E0710").with("staff", id));
            }
        }
        let width = self.years.len() + 1;
        let mut places = Vec::with_capacity(case.people.len());
        for person in &case.people {
            let Some(rows) = self.layout.get(person.id.as_str()) else {
                problems.push(Problem::new("E0713").with("staff", &person.id));
                continue;
            };
            if rows.len() != width {
                problems.push(
                    Problem::new("E0714").with("staff", &person.id).with("found", rows.len()).with("wanted", width),
                );
            }
            let mut line = Vec::with_capacity(rows.len());
            for row in rows {
                match place(case, row) {
                    Ok(place) => line.push(place),
                    Err(problem) => problems.push(problem.with("staff", &person.id)),
                }
            }
            places.push(line);
        }
        if problems.is_empty() { Ok(Layout { places }) } else { Err(problems) }
    }
}

fn place(case: &Case, row: &PlaceRow) -> Result<Place, Problem> {
    let known = |id: &Option<String>| match id {
        None => Err(Problem::new("E0711").with("post", "")),
        Some(id) => case.post_by_id(id).ok_or_else(|| Problem::new("E0711").with("post", id)),
    };
    match row.state.as_str() {
        "outside" => Ok(Place::Outside),
        "unplaced" => Ok(Place::Unplaced),
        "left" => Ok(Place::Left),
        "in" => Ok(Place::In(known(&row.post)?)),
        "away" => {
            let host = if row.host.is_some() { Some(known(&row.host)?) } else { None };
            Ok(Place::Away { seat: known(&row.post)?, host })
        }
        other => Err(Problem::new("E0712").with("state", other)),
    }
}

/// The layout with ids, as plan files hold it.
#[must_use]
pub fn layout_rows(case: &Case, layout: &Layout) -> BTreeMap<String, Vec<PlaceRow>> {
    case.people_ix()
        .map(|person| {
            let rows = layout.places[person.0]
                .iter()
                .map(|place| {
                    let host = match place {
                        Place::Away { host: Some(host), .. } => Some(case.post(*host).id.0.clone()),
                        _ => None,
                    };
                    PlaceRow {
                        state: place.state().to_owned(),
                        post: place.seat().map(|post| case.post(post).id.0.clone()),
                        host,
                    }
                })
                .collect();
            (case.person(person).id.0.clone(), rows)
        })
        .collect()
}
