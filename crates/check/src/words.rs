//! A breach as a problem with a registered code, whose sentence stands in `locales/`.

use crate::verdict::Breach;
use lungang_domain::{Case, Policy, Problem};

impl Breach {
    /// The breach in the form in which every message reaches a user.
    ///
    /// Facts given to every sentence, where they apply: `rule`, `staff`, `name`, `post`, `title`, `unit`, `section`,
    /// `year` (of the plan), `date` (its effective date), `excess`; the place is the person's row, else the post's.
    #[must_use]
    pub fn problem(&self, case: &Case, policy: &Policy) -> Problem {
        self.worded(case, policy, self.code)
    }

    /// The same as a warning: an inherited breach, or a claim that an edit has overtaken.
    #[must_use]
    pub fn warning(&self, case: &Case, policy: &Policy) -> Problem {
        self.worded(case, policy, &self.code.replacen('E', "W", 1))
    }

    fn worded(&self, case: &Case, policy: &Policy, code: &str) -> Problem {
        let person = self.person.and_then(|ix| case.people.get(ix.0));
        let post = self.post.and_then(|ix| case.posts.get(ix.0));
        let row = person.map(|person| person.row).or(post.map(|post| post.row));
        let unit = self.unit.or(post.map(|post| post.unit)).and_then(|ix| case.units.get(ix.0));
        let mut problem = Problem::new(code)
            .at(row.filter(|row| row.row > 0).and_then(|row| case.origins.cell(row, "id")))
            .with("rule", self.rule)
            .with("year", self.year)
            .with("date", policy.effective(self.year.max(1)))
            .with("excess", self.excess)
            .with("staff", person.map_or("", |person| person.id.as_str()))
            .with("name", person.map_or("", |person| person.name.as_str()))
            .with("post", post.map_or("", |post| post.id.as_str()))
            .with("title", post.map_or("", |post| post.title.as_str()));
        if let Some(section) = self.section.and_then(|ix| case.sections.get(ix.0)) {
            let name = case.units.get(section.unit.0).map_or("", |unit| unit.name.as_str());
            problem = problem.with("section", &section.name).with("unit", name);
        } else if let Some(unit) = unit {
            problem = problem.with("unit", &unit.name);
        }
        for (name, value) in &self.args {
            problem = problem.with(name, value);
        }
        problem
    }
}
