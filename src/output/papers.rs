//! One plan, to be written in several formats: the report is built once, and masked if asked.

use super::mask::Mask;
use super::report::Report;
use super::{Format, OutputError, csv, departments, docx, html, json, probe, xlsx};
use crate::text::Lang;
use lungang_domain::{Case, PlanFile, Policy, Problem};
use std::borrow::Cow;
use std::path::Path;
use std::sync::OnceLock;

/// What is to be written.
#[derive(Debug)]
pub struct Papers<'a> {
    case: &'a Case,
    policy: &'a Policy,
    /// The plan of the case, by which the report is built.
    plan: &'a PlanFile,
    /// The plan as it is written.
    shown: Cow<'a, PlanFile>,
    mask: Option<&'a Mask>,
    lang: Lang,
    report: OnceLock<Result<Report, Vec<Problem>>>,
}

impl<'a> Papers<'a> {
    /// Of a plan as it is.
    #[must_use]
    pub fn new(case: &'a Case, policy: &'a Policy, plan: &'a PlanFile, lang: Lang) -> Self {
        Self { case, policy, plan, shown: Cow::Borrowed(plan), mask: None, lang, report: OnceLock::new() }
    }

    /// Of a plan behind a mask. `case` is the one that [`Mask::case`] gave, and `plan` was assembled from it.
    #[must_use]
    pub fn masked(case: &'a Case, policy: &'a Policy, plan: &'a PlanFile, lang: Lang, mask: &'a Mask) -> Self {
        let shown = Cow::Owned(mask.plan(plan));
        Self { shown, mask: Some(mask), ..Self::new(case, policy, plan, lang) }
    }

    fn report(&self) -> Result<&Report, OutputError> {
        let build = || {
            let mut report = Report::build(self.case, self.policy, self.plan, self.lang)?;
            if let Some(mask) = self.mask {
                mask.report(&mut report);
            }
            Ok(report)
        };
        self.report.get_or_init(build).as_ref().map_err(|problems| OutputError::Foreigner(problems.clone()))
    }

    /// Writes the format that the name asks for, whole or not at all.
    ///
    /// # Errors
    /// As [`super::write()`].
    pub fn write(&self, path: &Path) -> Result<(), OutputError> {
        match probe(path)? {
            Format::Json => json::write(&self.shown, path),
            Format::Xlsx => xlsx::write(&self.shown, self.report()?, path, self.lang),
            Format::Csv => csv::write(&self.shown, self.report()?, path),
            Format::Docx => docx::write(self.report()?, path, self.lang),
            Format::Html => html::write(self.report()?, path, self.lang),
            Format::Figures => csv::write_figures(self.report()?, path),
        }
    }

    /// Writes every unit's own papers into a folder.
    ///
    /// # Errors
    /// A folder that holds anything else, or the system's refusal.
    pub fn write_units(&self, folder: &Path) -> Result<(), OutputError> {
        departments::write(&self.shown, self.report()?, folder, self.lang)
    }
}
