//! Where commands write: results to standard output, messages to standard error.

use crate::output::mask::Mask;
use crate::text::{self, Lang};
use lungang_domain::{Problem, Severity};
use std::io::Write;

/// How this run talks to its user.
#[derive(Clone, Copy, Debug)]
pub struct Screen {
    asked: Option<Lang>,
    /// Language in use.
    pub lang: Lang,
    /// No progress, only errors.
    pub quiet: bool,
    /// Messages as JSON lines.
    pub json: bool,
    /// What no message may show.
    mask: Option<&'static Mask>,
}

impl Screen {
    /// A screen in the language asked for, else Chinese.
    #[must_use]
    pub fn new(asked: Option<Lang>, quiet: bool, json: bool) -> Self {
        Self { asked, lang: asked.unwrap_or_default(), quiet, json, mask: None }
    }

    /// The language that the command line asked for, as the policy calls it; nothing where the policy decides.
    #[must_use]
    pub fn asked(&self) -> Option<&'static str> {
        self.asked.map(|lang| if lang == Lang::En { "en" } else { "zh" })
    }

    /// The policy's language, unless the command line asked for another.
    #[must_use]
    pub fn with_policy_lang(mut self, key: &str) -> Self {
        self.lang = self.asked.or_else(|| Lang::from_key(key)).unwrap_or_default();
        self
    }

    /// Every message behind a mask, which lives as long as the run: no caller can forget it.
    #[must_use]
    pub fn behind(mut self, mask: &'static Mask) -> Self {
        self.mask = Some(mask);
        self
    }

    /// A problem on standard error: code, place, cause, what to do; or one JSON line.
    pub fn problem(&self, problem: &Problem) {
        if self.quiet && problem.severity != Severity::Error {
            return;
        }
        let masked = self.mask.map(|mask| mask.problem(problem));
        let problem = masked.as_ref().unwrap_or(problem);
        let sentence = text::problem(self.lang, problem);
        let mut out = std::io::stderr().lock();
        // A closed standard error leaves nobody to tell.
        let _ = if self.json {
            let line = serde_json::json!({
                "code": problem.code, "severity": problem.severity, "cell": problem.cell, "args": problem.args,
                "cause": sentence.cause, "todo": sentence.todo,
            });
            writeln!(out, "{line}")
        } else {
            let place = text::place(problem);
            let todo = if sentence.todo.is_empty() { String::new() } else { format!("\n      → {}", sentence.todo) };
            writeln!(out, "{} {place}{}{todo}", problem.code, sentence.cause)
        };
    }

    /// Many problems, errors first.
    pub fn problems(&self, problems: &[Problem]) {
        let mut sorted: Vec<&Problem> = problems.iter().collect();
        sorted.sort_by_key(|problem| problem.severity);
        for problem in sorted {
            self.problem(problem);
        }
    }

    /// A line of progress or a note on standard error, unless quiet or JSON.
    pub fn note(&self, line: &str) {
        if !self.quiet && !self.json {
            let _ = writeln!(std::io::stderr().lock(), "{line}");
        }
    }

    /// A line of the result on standard output.
    pub fn result(&self, line: &str) {
        let _ = writeln!(std::io::stdout().lock(), "{line}");
    }
}
