//! Why somebody moves: one sentence a person would sign, and the rule it rests on.

use super::batches::Shift;
use super::course::{Arrival, Courses, Limit};
use super::fit;
use crate::rules::{Facts, excess, reserve, unfit};
use crate::text::{Lang, say};
use lungang_domain::{Case, DecisionKind, Grade, PersonIx, PostIx, StaffingKind};
use std::collections::BTreeMap;

/// A reason and its rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The sentence.
    pub text: String,
    /// The rule, or `DECISION`, `CLOSED`.
    pub rule: &'static str,
    /// Position of the decision in the case's list, where there is one.
    pub decision: Option<usize>,
}

/// Title of a post with its section, as a reader of a plan expects it.
#[must_use]
pub fn post_name(case: &Case, post: PostIx) -> String {
    let row = case.post(post);
    match row.section.map(|section| case.section(section).name.as_str()) {
        // 财务股负责人 names its section itself.
        Some(section) if !row.title.starts_with(section) => format!("{section} {}", row.title),
        _ => row.title.clone(),
    }
}

/// The word for a risk grade.
#[must_use]
pub fn grade_word(lang: Lang, grade: Grade) -> String {
    say(lang, &format!("grade-{}", grade.key()), &[])
}

/// The legal basis that binds this person, by identity.
#[must_use]
pub fn basis(facts: &Facts, lang: Lang, person: PersonIx) -> String {
    let key = match facts.case.person(person).staffing_kind {
        Some(StaffingKind::Administrative) => "basis-servant",
        Some(StaffingKind::Quasi) => "basis-quasi",
        Some(StaffingKind::Public) => "basis-public",
        Some(StaffingKind::Worker | StaffingKind::Other) => "basis-worker",
        None => "basis-unknown",
    };
    say(lang, key, &[])
}

/// Experiences that a person still wants and a post gives.
#[must_use]
pub fn gained(facts: &Facts, person: PersonIx, post: PostIx) -> Vec<String> {
    let wanted = reserve::wanted(facts, person);
    facts.case.post(post).development.iter().filter(|gives| wanted.contains(&gives.as_str())).cloned().collect()
}

/// Writes reasons for the moves of a plan.
pub struct Reasons<'a> {
    facts: &'a Facts<'a>,
    courses: &'a Courses,
    lang: Lang,
    /// Who takes over a seat left in a year, by post and year.
    successors: BTreeMap<(PostIx, usize), Vec<PersonIx>>,
}

impl<'a> Reasons<'a> {
    /// For these moves.
    #[must_use]
    pub fn new(facts: &'a Facts<'a>, courses: &'a Courses, shifts: &[Shift], lang: Lang) -> Self {
        let mut successors: BTreeMap<(PostIx, usize), Vec<PersonIx>> = BTreeMap::new();
        for shift in shifts {
            successors.entry((shift.to, shift.year)).or_default().push(shift.person);
        }
        Self { facts, courses, lang, successors }
    }

    /// Why this move.
    #[must_use]
    pub fn of(&self, shift: &Shift) -> Reason {
        let (facts, lang) = (self.facts, self.lang);
        let go = go(facts, shift);
        if let Some(ix) = go {
            let row = &facts.case.decisions[ix];
            let by = row.decided_by.as_deref().unwrap_or("");
            let why = row.reason.as_deref().unwrap_or("");
            let key = if by.is_empty() { "reason-decision-unsigned" } else { "reason-decision" };
            let mut text = say(lang, key, &[("by", by)]);
            if !why.is_empty() {
                text.push_str(&say(lang, "reason-decision-why", &[("why", why.trim_end_matches(['。', '.']))]));
            }
            return Reason { text, rule: "DECISION", decision: Some(ix) };
        }
        let (main, rule) = match shift.from {
            None => self.placement(shift),
            Some(from) => self.main(shift, from),
        };
        let mut parts = vec![main];
        parts.extend(self.choice(shift));
        if matches!(rule, "R14") {
            parts.push(basis(facts, lang, shift.person));
        }
        let gap = if lang == Lang::En { " " } else { "" };
        Reason { text: parts.join(gap), rule, decision: None }
    }

    fn placement(&self, shift: &Shift) -> (String, &'static str) {
        let joined = matches!(self.courses.at(shift.person, shift.year).arrival, Arrival::Placed(date)
            if self.facts.of(shift.person).joined == Some(date));
        let key = if joined { "reason-place-joined" } else { "reason-place" };
        (say(self.lang, key, &[]), "R03")
    }

    fn main(&self, shift: &Shift, from: PostIx) -> (String, &'static str) {
        let (facts, courses, lang) = (self.facts, self.courses, self.lang);
        let (person, year) = (shift.person, shift.year);
        if facts.stay(from, year).is_none() {
            return (say(lang, "reason-closed", &[]), "CLOSED");
        }
        if let Some(clock) = self.clock(shift, from) {
            return (clock, "R14");
        }
        let seats = |post: PostIx| facts.case.post(post).headcount as usize;
        if excess(facts, from, year) > 0 && courses.occupants(from, year - 1) > seats(from) {
            return (say(lang, "reason-over-strength", &[]), "R01");
        }
        if let Some(rule) = unfit(facts, person, from, year).first() {
            let key = match *rule {
                "R08" => "reason-avoidance",
                "R18" => "reason-kind",
                "R19" => "reason-category",
                _ => "reason-unqualified",
            };
            return (say(lang, key, &[]), rule);
        }
        if !gained(facts, person, shift.to).is_empty() {
            return (say(lang, "reason-reserve", &[]), "G2");
        }
        let short = courses.occupants(shift.to, year - 1) < seats(shift.to);
        if short && facts.case.post(shift.to).essential {
            return (say(lang, "reason-essential", &[]), "R03");
        }
        let day = facts.effective[year];
        let mut heirs = self.successors.get(&(from, year)).into_iter().flatten();
        if let Some(heir) = heirs.find(|heir| self.due_months(**heir, year, day) || self.gains(**heir, year)) {
            let name = &facts.case.person(*heir).name;
            return (say(lang, "reason-makes-room", &[("name", name)]), "G1");
        }
        let today = facts.case.fit.get(person, from);
        let then = facts.case.fit.get(person, shift.to);
        if let (Some(today), Some(then)) = (today, then)
            && then > today
        {
            return (say(lang, "reason-fit", &[]), "G3");
        }
        if let Some(heir) = self.successors.get(&(from, year)).into_iter().flatten().next() {
            let name = &facts.case.person(*heir).name;
            return (say(lang, "reason-chain", &[("name", name)]), "G1");
        }
        (say(lang, "reason-cover", &[]), "R03")
    }

    fn due_months(&self, person: PersonIx, year: usize, day: chrono::NaiveDate) -> bool {
        let Some(post) = self.courses.at(person, year - 1).seat() else { return false };
        self.courses.months(person, year - 1, day) + 12 > Limit::of(self.facts, person, post).due()
    }

    fn gains(&self, person: PersonIx, year: usize) -> bool {
        self.courses.at(person, year).seat().is_some_and(|post| !gained(self.facts, person, post).is_empty())
    }

    /// The sentence on the clock that has run out, or will within the year, or calls for a move.
    fn clock(&self, shift: &Shift, from: PostIx) -> Option<String> {
        let (facts, lang) = (self.facts, self.lang);
        let before = self.courses.at(shift.person, shift.year - 1);
        let since = before.clock?;
        let day = facts.effective[shift.year];
        let months = lungang_domain::months_between(since, day);
        let limit = Limit::of(facts, shift.person, from);
        let key = if months >= limit.due() {
            match (limit.by_ten_year(), months > limit.due()) {
                (true, true) => "reason-ten-year",
                (true, false) => "reason-ten-year-now",
                (false, true) => "reason-must",
                (false, false) => "reason-must-now",
            }
        } else if months + 12 > limit.due() {
            "reason-soon"
        } else if months >= limit.should && facts.policy.risk.tiers.contains(&limit.grade) {
            "reason-should"
        } else {
            return None;
        };
        let shown = if before.at_least { format!("≥{months}") } else { months.to_string() };
        let bound = if key == "reason-should" { limit.should } else { limit.due() };
        Some(say(
            lang,
            key,
            &[
                ("months", &shown),
                ("limit", &bound.to_string()),
                ("over", &(months - bound).max(0).to_string()),
                ("grade", &grade_word(lang, limit.grade)),
                ("due", &lungang_domain::add_months(since, limit.due()).to_string()),
            ],
        ))
    }

    /// Fit before and after, marked where it was computed.
    fn fit(&self, shift: &Shift) -> String {
        let (case, lang, person) = (self.facts.case, self.lang, shift.person);
        let Some(then) = case.fit.get(person, shift.to) else { return say(lang, "choice-fit-missing", &[]) };
        let before = shift.from.and_then(|from| Some((from, case.fit.get(person, from)?)));
        if let Some((from, today)) = before
            && fit::all_computed(case, person, &[from, shift.to])
        {
            return say(lang, "choice-fit-computed", &[("before", &today.to_string()), ("after", &then.to_string())]);
        }
        let after = fit::score(lang, case, person, shift.to);
        match before {
            Some((from, _)) => {
                say(lang, "choice-fit", &[("before", &fit::score(lang, case, person, from)), ("after", &after)])
            }
            None => say(lang, "choice-fit-new", &[("after", &after)]),
        }
    }

    /// Why this post.
    fn choice(&self, shift: &Shift) -> Vec<String> {
        let (facts, lang) = (self.facts, self.lang);
        let mut parts = Vec::new();
        let gained = gained(facts, shift.person, shift.to);
        if !gained.is_empty() {
            parts.push(say(lang, "choice-gains", &[("list", &gained.join(&say(lang, "list-comma", &[])))]));
        }
        parts.push(self.fit(shift));
        if facts.case.person(shift.person).suggested_posts.contains(&shift.to) {
            parts.push(say(lang, "choice-suggested", &[]));
        }
        parts
    }
}

/// The `go` that names the post entered, as a position in the case's list.
fn go(facts: &Facts, shift: &Shift) -> Option<usize> {
    facts.case.decisions.iter().position(|decision| {
        decision.staff == shift.person
            && decision.kind == DecisionKind::Go
            && decision.post == Some(shift.to)
            && facts.policy.decision_years(decision).contains(&shift.year)
    })
}
