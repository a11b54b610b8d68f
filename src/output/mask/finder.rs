//! Finds names, ids and birth dates in text, the longest first, and puts codes in their place.

use super::{HIDDEN, Masked, written};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// An id of digits only is looked for in sentences from this length on: shorter ones are numbers like any other.
const DIGITS: usize = 6;
/// Other ids from this length on.
const LETTERS: usize = 4;

/// Something to find.
#[derive(Clone, Debug)]
struct Needle {
    text: String,
    code: String,
}

/// What to find, by its first sign; of each sign the longest first.
#[derive(Clone, Debug, Default)]
pub(super) struct Finder {
    needles: HashMap<char, Vec<Needle>>,
}

impl Finder {
    /// Of everybody; ids that are also those of posts or units (`others`) are left alone in sentences.
    pub(super) fn new(people: &[Masked], others: &BTreeSet<&str>) -> Self {
        // Two people of one name have one entry: a name typed by hand does not say whom it means.
        let mut found: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
        let mut births: BTreeSet<String> = BTreeSet::new();
        for person in people {
            let bare: String = person.name.chars().filter(|sign| !sign.is_whitespace()).collect();
            for name in [person.name.trim().to_owned(), bare] {
                if name.chars().count() >= 2 {
                    found.entry(name).or_default().insert(&person.code);
                }
            }
            if telling(&person.id) && !others.contains(person.id.as_str()) {
                found.entry(person.id.clone()).or_default().insert(&person.code);
            }
            births.extend(person.birth.into_iter().flat_map(written));
        }
        let mut finder = Self::default();
        let names = found.into_iter().map(|(text, codes)| {
            let code = codes.into_iter().collect::<Vec<_>>().join("/");
            Needle { text, code }
        });
        let births = births.into_iter().map(|text| Needle { text, code: HIDDEN.to_owned() });
        for needle in names.chain(births) {
            if let Some(first) = needle.text.chars().next() {
                finder.needles.entry(first).or_default().push(needle);
            }
        }
        for needles in finder.needles.values_mut() {
            needles.sort_by(|a, b| (b.text.len(), &a.text).cmp(&(a.text.len(), &b.text)));
        }
        finder
    }

    /// The text with codes.
    pub(super) fn replaced(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        let mut before: Option<char> = None;
        while let Some(sign) = rest.chars().next() {
            let here = |needle: &&Needle| {
                rest.strip_prefix(needle.text.as_str())
                    .is_some_and(|after| stands_alone(&needle.text, before, after.chars().next()))
            };
            if let Some(needle) = self.needles.get(&sign).and_then(|needles| needles.iter().find(here)) {
                out.push_str(&needle.code);
                rest = &rest[needle.text.len()..];
                before = needle.text.chars().next_back();
            } else {
                out.push(sign);
                rest = &rest[sign.len_utf8()..];
                before = Some(sign);
            }
        }
        out
    }
}

/// Latin letters and digits end where a word ends: Li is not in List. Chinese needs no blank between words.
fn stands_alone(needle: &str, before: Option<char>, after: Option<char>) -> bool {
    let latin = |sign: Option<char>| sign.is_some_and(|sign| sign.is_ascii_alphanumeric());
    let joined = |inside: Option<char>, outside: Option<char>| latin(inside) && latin(outside);
    !joined(needle.chars().next(), before) && !joined(needle.chars().next_back(), after)
}

/// Whether an id is so much of its own that it can be told from other words in a sentence.
fn telling(id: &str) -> bool {
    let length = id.chars().count();
    if id.bytes().all(|sign| sign.is_ascii_digit()) { length >= DIGITS } else { length >= LETTERS }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finder() -> Finder {
        let one = |code: &str, id: &str, name: &str, birth: &str| Masked {
            code: code.into(),
            id: id.into(),
            name: name.into(),
            birth: birth.parse().ok(),
        };
        let people = [
            one("X1", "GEN-0001", "王伟", "1985-06-03"),
            one("X2", "12", "王伟民", ""),
            one("X3", "财政局·王伟·1985-06", "王伟", ""),
            one("X4", "id-post", "Li", ""),
            one("X5", "", "张　三", ""),
        ];
        Finder::new(&people, &BTreeSet::from(["id-post"]))
    }

    #[test]
    fn the_longest_is_found_and_two_of_one_name_are_not_told_apart() {
        let finder = finder();
        let told = |text: &str| finder.replaced(text);
        assert_eq!(told("由王伟民接任，王伟调出"), "由X2接任，X1/X3调出");
        assert_eq!(told("财政局·王伟·1985-06"), "X3");
        assert_eq!(told("见GEN-0001，非GEN-00012"), "见X1，非GEN-00012");
        assert_eq!(told("第12批，id-post"), "第12批，id-post");
        assert_eq!(told("Li in a List"), "X4 in a List");
        assert_eq!(told("张三、张　三"), "X5、X5");
    }

    #[test]
    fn birth_dates_are_found_as_people_write_them() {
        let finder = finder();
        for text in ["1985-06-03", "1985.6.3", "1985/06/03", "1985年6月3日", "1985年06月", "19850603", "1985-06"] {
            assert_eq!(finder.replaced(text), HIDDEN, "{text}");
        }
        assert_eq!(finder.replaced("1985-07-03"), "1985-07-03");
    }
}
