//! A plan file against its own layout: everything but `start`, `policy` and `layout` is a claim (semantics 22, 26, 27).

use crate::facts::Facts;
use crate::replay::{Dated, Year, misnumbered};
use crate::verdict::{Breach, Move, Verdict, judge};
use crate::walk::Walk;
use lungang_domain::plan::{SCHEMA_VERSION, TierRow, TierStatus};
use lungang_domain::policy::Policy;
use lungang_domain::{Case, Grade, Layout, MoveStatus, PersonIx, PlanFile, Problem};
use std::collections::{BTreeMap, BTreeSet};

/// The verdict on a plan file.
#[derive(Clone, Debug)]
pub struct PlanVerdict {
    /// Why the file cannot be judged at all; everything else is empty then.
    pub unreadable: Vec<Problem>,
    /// The policy judged by: the plan's, from the plan's start.
    pub policy: Policy,
    /// The layout as given.
    pub layout: Layout,
    /// The verdict on the layout alone.
    pub verdict: Verdict,
    /// All breaches: those of the layout and, in a plan nobody edited, those of its claims. Sorted.
    pub breaches: Vec<Breach>,
    /// Claims that an edit has overtaken; empty for a plan nobody edited. Sorted.
    pub reports: Vec<Breach>,
}

impl PlanVerdict {
    /// Whether the file could be read and breaks nothing.
    #[must_use]
    pub fn clean(&self) -> bool {
        self.unreadable.is_empty() && self.breaches.is_empty()
    }

    /// Everything to tell the user: what can't be read, breaches, then inherited breaches and reports as warnings.
    #[must_use]
    pub fn problems(&self, case: &Case) -> Vec<Problem> {
        let mut problems = self.unreadable.clone();
        problems.extend(self.breaches.iter().map(|breach| breach.problem(case, &self.policy)));
        let warnings = self.verdict.inherited.iter().chain(&self.reports);
        problems.extend(warnings.map(|breach| breach.warning(case, &self.policy)));
        problems
    }
}

/// Judges a plan file: its layout by every rule, and each of its claims against what the layout gives.
///
/// `edited` says that somebody changed the plan by hand since it was written: figures that no longer hold are then
/// reports, not breaches.
#[must_use]
pub fn judge_plan(case: &Case, plan: &PlanFile, edited: bool) -> PlanVerdict {
    let mut policy = plan.policy.clone();
    policy.start = plan.start;
    let (unreadable, layout) = match read(case, plan) {
        Ok(layout) => (Vec::new(), layout),
        Err(problems) => (problems, Layout { places: Vec::new() }),
    };
    if !unreadable.is_empty() {
        let (verdict, breaches, reports) = (Verdict::default(), Vec::new(), Vec::new());
        return PlanVerdict { unreadable, policy, layout, verdict, breaches, reports };
    }
    let verdict = judge(case, &policy, &layout);
    let facts = Facts::new(case, &policy);
    let walk = Walk::new(&facts, &layout);
    let mut claims = header(plan, &policy);
    let (dated, mut found) = moves(case, plan, &verdict);
    claims.append(&mut found);
    claims.extend(carried_out(&facts, &walk, plan, &dated, &claims));
    claims.extend(tiers(plan, &verdict));
    claims.extend(deferrals(&facts, &walk, plan, &verdict));
    let mut breaches = verdict.breaches.clone();
    let mut reports = Vec::new();
    for claim in claims {
        match (edited, claim.rule) {
            (false, _) => breaches.push(claim),
            (true, "CLAIM") => reports.push(claim),
            // What an edit undoes is carried out anew; its old batches say nothing.
            (true, _) => {}
        }
    }
    breaches.sort();
    reports.sort();
    PlanVerdict { unreadable, policy, layout, verdict, breaches, reports }
}

/// The layout, or why it cannot be had.
fn read(case: &Case, plan: &PlanFile) -> Result<Layout, Vec<Problem>> {
    if plan.schema_version != SCHEMA_VERSION {
        let problem = Problem::new("E0720").with("found", plan.schema_version).with("wanted", SCHEMA_VERSION);
        return Err(vec![problem]);
    }
    if plan.years.len() != plan.policy.horizon() {
        let problem = Problem::new("E0771").with("figure", "years");
        return Err(vec![problem.with("claimed", plan.years.len()).with("found", plan.policy.years)]);
    }
    plan.layout(case)
}

fn claim(code: &'static str, year: usize) -> Breach {
    Breach::new("CLAIM", code, year)
}

fn header(plan: &PlanFile, policy: &Policy) -> Vec<Breach> {
    let mut found = Vec::new();
    if plan.start != plan.policy.start {
        let breach = claim("E0771", 0).with("figure", "start");
        found.push(breach.with("claimed", plan.start).with("found", plan.policy.start));
    }
    for (position, year) in plan.years.iter().enumerate() {
        let due = policy.effective(position + 1);
        if usize::try_from(year.year) != Ok(position + 1) || year.effective != due {
            found.push(claim("E0760", position + 1).with("claimed", year.effective).with("found", due));
        }
    }
    found
}

/// The list of moves against those of the layout: the rows that agree, by year, and what is wrong with the others.
fn moves(case: &Case, plan: &PlanFile, verdict: &Verdict) -> (Vec<(usize, Dated)>, Vec<Breach>) {
    let due: BTreeMap<(PersonIx, usize), &Move> =
        verdict.moves.iter().map(|one| ((one.person, one.year), one)).collect();
    let mut listed = BTreeSet::new();
    let (mut dated, mut found) = (Vec::new(), Vec::new());
    for row in plan.moves.iter().filter(|row| row.status != MoveStatus::Void) {
        let year = usize::try_from(row.year).unwrap_or(usize::MAX);
        let person = case.person_by_id(&row.staff);
        let to = case.post_by_id(&row.to);
        let one = person.and_then(|person| due.get(&(person, year)));
        let same_from = |one: &Move| one.from.map(|post| case.post(post).id.as_str()) == row.from.as_deref();
        let (Some(person), Some(one)) = (person, one.filter(|one| Some(one.to) == to && same_from(one))) else {
            let claimed = format!("{} {} → {}", row.staff, row.from.as_deref().unwrap_or("–"), row.to);
            found.push(claim("E0762", year.min(plan.years.len())).with("claimed", claimed));
            continue;
        };
        let entry = Dated { person, from: one.from, to: one.to, date: row.date, batch: row.batch };
        if !listed.insert((person, year)) {
            let twice = Breach::new("REPLAY", "E0752", year).person(person).post(one.to);
            found.push(twice.with("batch", row.batch).with("on", row.date));
            continue;
        }
        if row.decision.as_deref() == Some("go") && !one.decided {
            found.push(claim("E0772", year).person(person).post(one.to));
        }
        dated.push((year, entry));
    }
    let missing = verdict.moves.iter().filter(|one| !listed.contains(&(one.person, one.year)));
    found.extend(missing.map(|one| claim("E0761", one.year).person(one.person).post(one.to)));
    (dated, found)
}

/// Batches and dates. A year whose list of moves is wrong is not carried out: there is no telling how.
fn carried_out(facts: &Facts, walk: &Walk, plan: &PlanFile, dated: &[(usize, Dated)], wrong: &[Breach]) -> Vec<Breach> {
    let mut found = Vec::new();
    let listed_wrongly = |breach: &Breach| matches!(breach.code, "E0752" | "E0761" | "E0762");
    for t in 1..=facts.years {
        if wrong.iter().any(|breach| breach.year == t && listed_wrongly(breach)) {
            continue;
        }
        let moves: Vec<Dated> = dated.iter().filter(|(year, _)| *year == t).map(|(_, one)| *one).collect();
        if moves.is_empty() {
            continue;
        }
        let year = Year::new(facts, walk, t);
        let breaches = year.carry_out(&moves);
        if breaches.is_empty() {
            for (one, why) in year.misdated(&moves, plan.provenance.seed) {
                let breach = claim("E0763", t).person(one.person).post(one.to);
                found.push(breach.with("claimed", one.date).with("why", why));
            }
        }
        found.extend(breaches);
    }
    if !wrong.iter().any(listed_wrongly) {
        for (batch, why) in misnumbered(dated) {
            found.push(claim("E0764", 0).with("claimed", batch).with("why", why));
        }
    }
    found
}

/// Tiers against the recomputed ones; bound, gap and status against each other (semantics 13).
fn tiers(plan: &PlanFile, verdict: &Verdict) -> Vec<Breach> {
    let due: Vec<String> =
        verdict.tiers.iter().map(|figures| format!("{} {}", figures.tier.id(), figures.tier.name())).collect();
    let claimed: Vec<String> = plan.tiers.iter().map(|row| format!("{} {}", row.id, row.name)).collect();
    if due != claimed {
        return vec![claim("E0768", 0).with("claimed", claimed.join(", ")).with("found", due.join(", "))];
    }
    let mut found = Vec::new();
    for (row, figures) in plan.tiers.iter().zip(&verdict.tiers) {
        let of = |code| claim(code, 0).with("tier", &row.id);
        let pairs = [
            ("value", row.value, figures.value),
            ("today", row.today, figures.today),
            ("nobody_moves", row.nobody_moves, figures.nobody_moves),
        ];
        for (figure, claimed, due) in pairs {
            if claimed != due {
                found.push(of("E0765").with("figure", figure).with("claimed", claimed).with("found", due));
            }
        }
        // Of a part of W alone nothing is proved: a bound on it would be read as the strict order's.
        if let Some(bound) = row.bound.filter(|_| plan.merged(row)) {
            found.push(of("E0773").with("claimed", bound));
        } else if let Some(bound) = row.bound {
            let worse = if figures.tier.maximised() { bound < figures.value } else { bound > figures.value };
            if worse {
                found.push(of("E0766").with("claimed", bound).with("found", figures.value));
            }
        }
        found.extend(proof(row).into_iter().map(|(figure, claimed, due)| {
            of("E0767").with("figure", figure).with("claimed", claimed).with("found", due)
        }));
    }
    found
}

/// What the row's own value, bound and figure without moves give for status and gaps, where it claims otherwise.
fn proof(row: &TierRow) -> Vec<(&'static str, String, String)> {
    let mut found = Vec::new();
    let word = |status: TierStatus| if status == TierStatus::Proved { "proved" } else { "open" };
    let shown = |value: Option<String>| value.unwrap_or_else(|| "–".into());
    let wide = |value: i64| i128::from(value);
    let points = row.bound.map(|bound| (wide(bound) - wide(row.value)).abs());
    if row.gap_points.map(wide) != points {
        let pair = (row.gap_points.map(|claimed| claimed.to_string()), points.map(|due| due.to_string()));
        found.push(("gap_points", shown(pair.0), shown(pair.1)));
    }
    let status = if points == Some(0) { TierStatus::Proved } else { TierStatus::Open };
    if row.status != status {
        found.push(("status", word(row.status).into(), word(status).into()));
    }
    // Millionths, rounded half up, in whole numbers.
    let gap = row.bound.zip(points).map(|(bound, points)| {
        let base = wide(bound).abs().max((wide(bound) - wide(row.nobody_moves)).abs()).max(1);
        (points * 2_000_000 + base) / (2 * base)
    });
    #[allow(clippy::cast_possible_truncation)]
    let claimed = row.gap.map(|gap| (gap * 1e6).round() as i128);
    // One millionth of grace for halves that binary fractions put on the other side.
    let agrees = match (claimed, gap) {
        (Some(claimed), Some(due)) => row.gap.is_some_and(f64::is_finite) && claimed.abs_diff(due) <= 1,
        (claimed, due) => claimed.is_none() && due.is_none(),
    };
    if !agrees {
        let millionths = |value: i128| format!("{}.{:06}", value / 1_000_000, value % 1_000_000);
        found.push(("gap", shown(row.gap.map(|gap| gap.to_string())), shown(gap.map(millionths))));
    }
    found
}

/// Who is kept, and that a deferral at a high-risk post names its substitute measure (R22).
fn deferrals(facts: &Facts, walk: &Walk, plan: &PlanFile, verdict: &Verdict) -> Vec<Breach> {
    let due: BTreeSet<(PersonIx, usize)> = verdict.deferrals.iter().copied().collect();
    let mut listed = BTreeSet::new();
    let mut found = Vec::new();
    for row in &plan.deferrals {
        let year = usize::try_from(row.year).unwrap_or(usize::MAX);
        match facts.case.person_by_id(&row.staff).filter(|person| due.contains(&(*person, year))) {
            Some(person) if listed.insert((person, year)) => {
                let high = walk.at(person, year).seat().filter(|post| facts.grade(*post) == Grade::High);
                let named = row.substitute.as_deref().is_some_and(|measure| !measure.trim().is_empty());
                if let (Some(post), false) = (high, named) {
                    found.push(claim("E0774", year).person(person).post(post));
                }
            }
            Some(_) => found.push(claim("E0771", year).with("figure", "twice").with("claimed", &row.staff)),
            None => found.push(claim("E0770", year.min(plan.years.len())).with("claimed", &row.staff)),
        }
    }
    let missing = due.difference(&listed);
    found.extend(missing.map(|(person, year)| claim("E0769", *year).person(*person)));
    found
}
