//! Plan files made by hand.

use lungang_check::judge;
use lungang_domain::plan::{
    DeferralRow, MoveRow, PlanFile, PlanYear, Provenance, SCHEMA_VERSION, TierRow, TierStatus, layout_rows,
};
use lungang_domain::policy::Tier;
use lungang_domain::sample::day;
use lungang_domain::{Case, Layout, MoveStatus, Policy};

/// A move as the file lists it: who, year, date, batch, from (empty: placement), to.
pub type Row = (&'static str, u32, &'static str, u32, &'static str, &'static str);

/// A sound file for a layout with these moves, every tier that ranks plans called proved.
pub fn file(case: &Case, policy: &Policy, layout: &Layout, moves: &[Row]) -> PlanFile {
    let verdict = judge(case, policy, layout);
    PlanFile {
        schema_version: SCHEMA_VERSION,
        provenance: Provenance { seed: 7, ..Provenance::default() },
        policy: policy.clone(),
        start: policy.start,
        years: (1..=policy.years).map(|year| PlanYear { year, effective: policy.effective(year as usize) }).collect(),
        layout: layout_rows(case, layout),
        moves: moves
            .iter()
            .map(|(staff, year, date, batch, from, to)| MoveRow {
                staff: (*staff).into(),
                year: *year,
                date: day(date),
                batch: *batch,
                from: (!from.is_empty()).then(|| (*from).into()),
                to: (*to).into(),
                status: MoveStatus::Draft,
                done_on: None,
                handed_on: None,
                decision: None,
                decided_by: None,
                reason: "because".into(),
                rule: "R14".into(),
            })
            .collect(),
        tiers: verdict
            .tiers
            .iter()
            .map(|figures| {
                TierRow {
                    id: figures.tier.id(),
                    name: figures.tier.name().into(),
                    value: figures.value,
                    bound: Tier::ranked(policy).contains(&figures.tier).then_some(figures.value),
                    status: TierStatus::Open,
                    gap_points: None,
                    gap: None,
                    today: figures.today,
                    nobody_moves: figures.nobody_moves,
                }
                .assess()
            })
            .collect(),
        deferrals: verdict
            .deferrals
            .iter()
            .map(|(person, year)| DeferralRow {
                staff: case.person(*person).id.0.clone(),
                year: *year as u32,
                rule: "R12".into(),
                substitute: Some("special audit".into()),
                review: None,
            })
            .collect(),
        assumptions: Vec::new(),
    }
}
