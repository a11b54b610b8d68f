//! Sentences in Chinese and English: every word a user reads comes from `locales/<lang>/*.ftl`.

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, Loader, static_loader};
use lungang_domain::Problem;
use std::borrow::Cow;
use std::collections::HashMap;

static_loader! {
    static LOCALES = {
        locales: "./locales",
        fallback_language: "en",
        // Without this, every argument would be wrapped in invisible direction marks.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

/// A language of the interface and the reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Lang {
    /// Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    fn id(self) -> LanguageIdentifier {
        match self {
            Self::Zh => fluent_templates::langid!("zh"),
            Self::En => fluent_templates::langid!("en"),
        }
    }

    /// `zh` or `en`, as in the policy.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        match key {
            "zh" => Some(Self::Zh),
            "en" => Some(Self::En),
            _ => None,
        }
    }
}

fn arguments<'a>(args: impl IntoIterator<Item = (&'a str, &'a str)>) -> HashMap<Cow<'static, str>, FluentValue<'a>> {
    args.into_iter().map(|(name, value)| (Cow::Owned(name.to_owned()), FluentValue::from(value))).collect()
}

/// The sentence under `key` (or `key.attribute`), or `None` where the language lacks it.
#[must_use]
pub fn try_say(lang: Lang, key: &str, args: &[(&str, &str)]) -> Option<String> {
    LOCALES.try_lookup_with_args(&lang.id(), key, &arguments(args.iter().copied()))
}

/// The sentence under `key` (or `key.attribute`); the key itself where it is missing, which a test forbids.
#[must_use]
pub fn say(lang: Lang, key: &str, args: &[(&str, &str)]) -> String {
    try_say(lang, key, args).unwrap_or_else(|| key.to_owned())
}

/// A problem in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// What is wrong, with its place in front where there is one.
    pub cause: String,
    /// What to do about it; empty where nothing needs doing.
    pub todo: String,
}

/// A problem in words: `<code>` is the cause, `<code>.todo` what to do.
#[must_use]
pub fn problem(lang: Lang, problem: &Problem) -> Sentence {
    let args: Vec<(&str, &str)> = problem.args.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    Sentence {
        cause: say(lang, &problem.code, &args),
        todo: try_say(lang, &format!("{}.todo", problem.code), &args).unwrap_or_default(),
    }
}

/// The cell in front of a sentence, as `file [sheet] A1: `; empty for a problem without a place.
#[must_use]
pub fn place(problem: &Problem) -> String {
    problem.cell.as_ref().map_or(String::new(), |cell| {
        let sheet = if cell.sheet.is_empty() { String::new() } else { format!(" [{}]", cell.sheet) };
        let a1 = cell.a1();
        let gap = if a1.is_empty() { "" } else { " " };
        format!("{}{sheet}{gap}{a1}: ", cell.file)
    })
}
