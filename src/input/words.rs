//! The closed words of cells (`data/values.tsv`), English and Chinese.

use super::near;
use super::schema::heading_key;
use crate::text::Lang;
use std::collections::HashMap;
use std::sync::LazyLock;

const VALUES: &str = include_str!("../../data/values.tsv");

/// One word of a family.
#[derive(Clone, Debug)]
pub struct Word {
    /// Canonical key: the part after the colon.
    pub key: &'static str,
    /// Chinese word.
    pub zh: &'static str,
    also: Vec<&'static str>,
}

/// The family of yes and no, which stands without a colon.
const YES_NO: &str = "yes_no";

static FAMILIES: LazyLock<HashMap<&'static str, Vec<Word>>> = LazyLock::new(|| {
    let mut families: HashMap<&'static str, Vec<Word>> = HashMap::new();
    for line in VALUES.lines().skip(1) {
        let mut fields = line.split('\t');
        let (Some(value), Some(zh)) = (fields.next(), fields.next()) else { continue };
        // A remark for people stands in brackets.
        let also = fields.next().unwrap_or("").split('(').next().unwrap_or("");
        let (family, key) = value.split_once(':').unwrap_or((YES_NO, value));
        families.entry(family).or_default().push(Word { key, zh, also: also.split_whitespace().collect() });
    }
    families
});

/// By family: every way to write a word, as [`heading_key`] has it, and the word's key.
static SPELLINGS: LazyLock<HashMap<&'static str, HashMap<String, &'static str>>> = LazyLock::new(|| {
    let of = |words: &Vec<Word>| {
        let mut spellings = HashMap::new();
        for word in words {
            let ways = [word.key.to_owned(), word.key.replace('_', ""), heading_key(word.zh)];
            for way in ways.into_iter().chain(word.also.iter().map(|also| heading_key(also))) {
                spellings.entry(way).or_insert(word.key);
            }
        }
        spellings
    };
    FAMILIES.iter().map(|(name, words)| (*name, of(words))).collect()
});

/// The words of a family, in order.
#[must_use]
pub fn family(name: &str) -> &'static [Word] {
    FAMILIES.get(name).map_or(&[], Vec::as_slice)
}

/// The key of a word as written in a cell.
#[must_use]
pub fn find(name: &str, written: &str) -> Option<&'static str> {
    SPELLINGS.get(name)?.get(&heading_key(written)).copied()
}

/// Yes or no, as written in a cell.
#[must_use]
pub fn yes_no(written: &str) -> Option<bool> {
    find(YES_NO, written).map(|key| key == "yes")
}

/// What the word may have meant.
#[must_use]
pub fn suggest(name: &str, written: &str) -> String {
    near::suggest(
        written,
        family(name).iter().flat_map(|word| [word.zh, word.key].into_iter().chain(word.also.clone())),
    )
}

/// The words of a family as a user may write them, for messages: `高 high、中 medium`.
#[must_use]
pub fn accepted(name: &str) -> String {
    family(name).iter().map(|word| format!("{} {}", word.zh, word.key)).collect::<Vec<_>>().join("、")
}

/// A word as messages show it: `高 high`.
#[must_use]
pub fn label(name: &str, key: &str) -> String {
    family(name).iter().find(|word| word.key == key).map_or(key.to_owned(), |word| format!("{} {}", word.zh, word.key))
}

/// A word as a workbook of this language holds it.
#[must_use]
pub fn said(name: &str, key: &str, lang: Lang) -> String {
    let known = family(name).iter().find(|word| word.key == key && lang == Lang::Zh);
    known.map_or(key, |word| word.zh).to_owned()
}

/// As [`said`], for yes and no.
#[must_use]
pub fn said_yes_no(yes: bool, lang: Lang) -> String {
    said(YES_NO, if yes { "yes" } else { "no" }, lang)
}

/// As [`accepted`], for yes and no.
#[must_use]
pub fn accepted_yes_no() -> String {
    accepted(YES_NO)
}

/// The words of yes and no.
#[must_use]
pub fn yes_no_words() -> &'static [Word] {
    family(YES_NO)
}

#[cfg(test)]
mod tests {
    use super::*;
    use lungang_domain::{
        AbsenceKind, Category, DecisionKind, EventKind, Grade, Investigation, Kin, Lead, MoveStatus, Nature, Power,
        StaffingKind, Stage, words::Sex,
    };

    #[test]
    fn words_and_enums_name_the_same_things() {
        fn keys(name: &str) -> Vec<&'static str> {
            let mut keys: Vec<_> = family(name).iter().map(|word| word.key).collect();
            keys.sort_unstable();
            keys
        }
        macro_rules! same {
            ($($family:literal $kind:ident),+) => {$(
                let mut wanted: Vec<&str> = $kind::ALL.iter().map(|word| word.key()).collect();
                wanted.sort_unstable();
                assert_eq!(keys($family), wanted, $family);
            )+};
        }
        same!("risk" Grade, "power" Power, "lead" Lead, "event" EventKind, "decision" DecisionKind,
            "investigation" Investigation, "staffing" StaffingKind, "category" Category, "nature" Nature,
            "absence" AbsenceKind, "stage" Stage, "kin" Kin, "move_status" MoveStatus, "sex" Sex);
    }

    #[test]
    fn words_are_read_in_both_languages() {
        assert_eq!(find("status", "在岗"), Some("in_service"));
        assert_eq!(find("status", "In Service"), Some("in_service"));
        assert_eq!(find("risk", "ＨＩＧＨ"), Some("high"));
        assert_eq!(find("risk", "很高"), None);
        assert_eq!(yes_no("√"), Some(true));
        assert_eq!(yes_no("无"), Some(false));
        assert_eq!(yes_no("maybe"), None);
    }
}
