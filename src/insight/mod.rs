//! What a layout means: moves, batches, reasons, candidates, deferrals.

pub mod apart;
pub mod batches;
pub mod candidates;
pub mod chain;
pub mod clearing;
pub mod course;
pub mod deferrals;
pub mod eligible;
pub mod fit;
pub mod price;
pub mod progress;
pub mod reasons;
pub mod substitutes;
pub mod successors;

use crate::rules::Facts;
use crate::text::{Lang, say};
use batches::Shift;
use course::Courses;
use deferrals::Deferral;
use lungang_domain::plan::{DeferralRow, MoveRow, PlanYear, Provenance, SCHEMA_VERSION, TierRow, layout_rows};
use lungang_domain::{Case, Layout, MoveStatus, PlanFile, Policy, Problem, Severity};
use reasons::Reasons;
use substitutes::Substitute;

/// The whole plan that a layout means: dated moves in batches with their reasons, deferrals, assumptions.
///
/// The layout must have a row of `years + 1` places for everybody in the case.
#[must_use]
pub fn assemble(
    case: &Case,
    policy: &Policy,
    layout: &Layout,
    tiers: Vec<TierRow>,
    provenance: Provenance,
    lang: Lang,
) -> PlanFile {
    let facts = Facts::new(case, policy);
    let courses = Courses::new(&facts, layout);
    let shifts = batches::shifts(&facts, &courses, provenance.seed);
    let reasons = Reasons::new(&facts, &courses, &shifts, lang);
    let moves = shifts.iter().map(|shift| move_row(&facts, &reasons, shift)).collect();
    let kept = deferrals::deferrals(&facts, &courses);
    let substitutes = substitutes::substitutes(&facts, &courses, &kept);
    let deferrals = kept
        .iter()
        .zip(&substitutes)
        .map(|(kept, substitute)| deferral_row(&facts, kept, substitute.as_ref(), lang))
        .collect();
    PlanFile {
        schema_version: SCHEMA_VERSION,
        provenance,
        policy: policy.clone(),
        start: policy.start,
        years: (1..=policy.years).map(|year| PlanYear { year, effective: policy.effective(year as usize) }).collect(),
        layout: layout_rows(case, layout),
        moves,
        tiers,
        deferrals,
        assumptions: assumptions(case),
    }
}

/// Ordered by what they say, not by where it stood: rows in another order give the same plan (semantics 24).
fn assumptions(case: &Case) -> Vec<Problem> {
    let mut notes: Vec<Problem> =
        case.notes.iter().filter(|note| note.severity == Severity::Assumption).cloned().collect();
    notes.sort_by(|a, b| (&a.code, &a.args).cmp(&(&b.code, &b.args)));
    notes
}

fn year_number(year: usize) -> u32 {
    u32::try_from(year).unwrap_or(u32::MAX)
}

fn move_row(facts: &Facts, reasons: &Reasons, shift: &Shift) -> MoveRow {
    let reason = reasons.of(shift);
    let decision = reason.decision.and_then(|ix| facts.case.decisions.get(ix));
    MoveRow {
        staff: facts.case.person(shift.person).id.0.clone(),
        year: year_number(shift.year),
        date: shift.date,
        batch: shift.batch,
        from: shift.from.map(|post| facts.case.post(post).id.0.clone()),
        to: facts.case.post(shift.to).id.0.clone(),
        status: MoveStatus::Draft,
        done_on: None,
        handed_on: None,
        decision: decision.map(|row| row.kind.key().to_owned()),
        decided_by: decision.and_then(|row| row.decided_by.clone()),
        reason: reason.text,
        rule: reason.rule.to_owned(),
    }
}

/// At high risk, a substitute measure (R22) and a day of review are proposed; the approver fills in the rest.
fn deferral_row(facts: &Facts, kept: &Deferral, substitute: Option<&Substitute>, lang: Lang) -> DeferralRow {
    DeferralRow {
        staff: facts.case.person(kept.person).id.0.clone(),
        year: year_number(kept.year),
        rule: kept.rule.to_owned(),
        substitute: substitute.map(|one| say(lang, &format!("substitute-{}", one.measure.key()), &[])),
        review: substitute.map(|_| facts.effective[kept.year + 1]),
    }
}
