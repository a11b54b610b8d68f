//! What all tables look at: the case, the plan's courses, and the words for them in one language.

use crate::insight::course::{Arrival, Courses};
use crate::rules::{Facts, cover};
use crate::text::{Lang, say};
use lungang_domain::plan::MoveRow;
use lungang_domain::{Case, Grade, Layout, PersonIx, PlanFile, Policy, PostIx, SectionIx, StaffingKind, UnitIx};

/// The rung of who has no leading post.
const NO_LEVEL: &str = "无";

/// A plan seen in one language.
pub struct View<'a> {
    /// What follows from the case.
    pub facts: Facts<'a>,
    /// The plan.
    pub plan: &'a PlanFile,
    /// Everybody's course in the plan.
    pub courses: Courses,
    /// Language.
    pub lang: Lang,
}

impl<'a> View<'a> {
    /// Looks at a plan.
    #[must_use]
    pub fn new(case: &'a Case, policy: &'a Policy, plan: &'a PlanFile, layout: &Layout, lang: Lang) -> Self {
        let facts = Facts::new(case, policy);
        let courses = Courses::new(&facts, layout);
        Self { facts, plan, courses, lang }
    }

    /// The case.
    #[must_use]
    pub fn case(&self) -> &'a Case {
        self.facts.case
    }

    /// The sentence under a key.
    #[must_use]
    pub fn say(&self, key: &str, args: &[(&str, &str)]) -> String {
        say(self.lang, key, args)
    }

    /// What a post's grade rests on: the points of the risk list, the gravest first; or the post list itself; and that the post
    /// is sensitive, which lifts the grade.
    #[must_use]
    pub fn risk_points(&self, post: PostIx) -> String {
        let case = self.case();
        let of_post = case.risks.iter().filter(|point| point.posts.contains(&post));
        let mut points: Vec<(Grade, &str)> =
            of_post.filter_map(|point| Some((point.grade?, point.point.as_str()))).collect();
        points.sort_unstable();
        points.dedup();
        let grade = |grade: Grade| self.say(&format!("grade-{}", grade.key()), &[]);
        let mut said: Vec<String> = points.iter().map(|(of, point)| format!("{point}({})", grade(*of))).collect();
        let own = case.post(post);
        if said.is_empty() && own.risk != Grade::Unrated {
            said.push(self.say("risk-given", &[("grade", &grade(own.risk))]));
        }
        if own.sensitive && self.facts.grade[post.0] != own.risk {
            said.push(self.say("risk-lifted", &[]));
        }
        said.join(&self.say("list-semicolon", &[]))
    }

    /// Words joined as the language joins a list.
    #[must_use]
    pub fn list(&self, words: &[String]) -> String {
        words.join(&self.say("list-comma", &[]))
    }

    /// Name of a unit.
    #[must_use]
    pub fn unit(&self, unit: UnitIx) -> &'a str {
        &self.case().unit(unit).name
    }

    /// The units planned: up to three by name, else the first and how many.
    #[must_use]
    pub fn units(&self) -> String {
        let names: Vec<String> = self.case().units.iter().map(|unit| unit.name.clone()).collect();
        match names.as_slice() {
            [first, _, _, _, ..] => {
                self.say("units-many", &[("first", first.as_str()), ("count", &names.len().to_string())])
            }
            _ => self.list(&names),
        }
    }

    /// Name of a section, or nothing.
    #[must_use]
    pub fn section(&self, section: Option<SectionIx>) -> &'a str {
        section.map_or("", |section| self.case().section(section).name.as_str())
    }

    /// Section and title.
    #[must_use]
    pub fn post(&self, post: PostIx) -> String {
        crate::insight::reasons::post_name(self.case(), post)
    }

    /// "id title", which names one post only.
    #[must_use]
    pub fn label(&self, post: PostIx) -> String {
        format!("{} {}", self.case().post(post).id, self.post(post))
    }

    /// Name of a person.
    #[must_use]
    pub fn name(&self, person: PersonIx) -> &'a str {
        &self.case().person(person).name
    }

    /// Staffing kind in words.
    #[must_use]
    pub fn staffing(&self, kind: Option<StaffingKind>) -> String {
        kind.map_or(String::new(), |kind| self.say(&format!("staffing-{}", kind.key()), &[]))
    }

    /// Level and grade; "no level" is left out where a grade says enough.
    #[must_use]
    pub fn rank(&self, person: PersonIx) -> String {
        let row = self.case().person(person);
        let level = row.level.as_deref().filter(|level| *level != NO_LEVEL || row.grade.is_none());
        let both: Vec<&str> = level.into_iter().chain(row.grade.as_deref()).collect();
        both.join(" / ")
    }

    /// A plan year as printed: its effective date's calendar year and its number.
    #[must_use]
    pub fn year(&self, t: usize) -> String {
        let date = self.facts.effective.get(t).copied().unwrap_or(self.facts.policy.start).to_string();
        self.say("plan-year", &[("t", &t.to_string()), ("date", &date)])
    }

    /// A rule in words, as what holds somebody; sections are called as the policy has it.
    #[must_use]
    pub fn rule(&self, rule: &str) -> String {
        let section = [("section", self.facts.policy.report.section_name.as_str())];
        crate::text::try_say(self.lang, &format!("held-{rule}"), &section).unwrap_or_else(|| rule.to_owned())
    }

    /// The people and posts of a move of the plan, where the case knows them.
    #[must_use]
    pub fn of_move(&self, row: &MoveRow) -> Option<(PersonIx, Option<PostIx>, PostIx)> {
        let case = self.case();
        let from = row.from.as_deref().and_then(|id| case.post_by_id(id));
        Some((case.person_by_id(&row.staff)?, from, case.post_by_id(&row.to)?))
    }

    /// Who enters a post in year `t`, by move, placement or event.
    #[must_use]
    pub fn entrants(&self, post: PostIx, t: usize) -> Vec<PersonIx> {
        let enters = |person: &PersonIx| {
            let now = self.courses.at(*person, t);
            now.seat() == Some(post) && !matches!(now.arrival, Arrival::Kept) && t > 0
        };
        self.case().people_ix().filter(enters).collect()
    }

    /// Holders of every post in layout `t`.
    #[must_use]
    pub fn holders(&self, t: usize) -> Vec<Vec<PersonIx>> {
        let mut holders = vec![Vec::new(); self.case().posts.len()];
        for person in self.case().people_ix() {
            if let Some(post) = self.courses.at(person, t).seat() {
                holders[post.0].push(person);
            }
        }
        holders
    }

    /// People present at every post in year `t`; at 0 on the eve of d_1.
    #[must_use]
    pub fn present(&self, courses: &Courses, t: usize) -> Vec<usize> {
        let facts = &self.facts;
        if t == 0 {
            return self.case().posts_ix().map(|post| facts.present_today[post.0]).collect();
        }
        let mut present: Vec<usize> = self.case().posts_ix().map(|post| cover::guests(facts, post, t)).collect();
        for person in self.case().people_ix() {
            let (before, now) = (courses.at(person, t - 1), courses.at(person, t));
            // A leaver counts, if at all, at the post held before.
            let (seat, todays) = match now.arrival {
                Arrival::Left(_) => (before.seat(), before.todays),
                _ => (now.seat(), now.todays),
            };
            let Some(seat) = seat else { continue };
            for post in cover::presence(facts, person, seat, todays, t) {
                present[post.0] += 1;
            }
        }
        present
    }
}
