//! Wishes as written, as far as they name a post, a section, a field or a unit of the case.
//!
//! A wish is a sentence, and a sentence may say the opposite of what it names: whatever holds a word of refusing or of
//! leaving is not read. Nor is one that names nothing known. How many were not read is told.

use super::features::{Asked, Words, field};
use crate::case::Case;
use crate::ids::{PostIx, UnitIx};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use unicode_normalization::UnicodeNormalization;

/// Longest wish that is read, in signs: no wish is longer, and a cell may hold a book.
const LONGEST: usize = 200;
/// Signs and words with which a sentence may refuse what it names, or leave it.
const REFUSING: &[&str] = &[
    "不", "别", "勿", "免", "拒", "非", "除", "离", "由", "从", "自", "调出", "退出", "no", "not", "never", "cannot",
    "don't", "avoid", "without", "except", "unless", "leave", "leaving", "from", "out", "away", "other", "than",
];
/// Words that hold such a sign and refuse nothing.
const HARMLESS: &[&str] = &["从事", "服从", "特别", "级别", "自愿", "自己"];
/// The unit of whoever says it.
const OWN_UNIT: &[&str] = &["本单位", "own unit", "own department"];

/// What a wish asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// Only there; empty: anywhere.
    units: Box<[UnitIx]>,
    what: What,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    Any,
    Field(u32),
    Section(u32),
    Title(u32),
    Post(PostIx),
}

impl What {
    /// The more a name says, the later it stands: of the kinds that a wish names the last one counts.
    fn kind(self) -> u8 {
        match self {
            Self::Any => 0,
            Self::Field(_) => 1,
            Self::Section(_) => 2,
            Self::Title(_) | Self::Post(_) => 3,
        }
    }
}

impl Wish {
    /// Whether the wish names a post.
    pub fn names(&self, post: PostIx, asked: &Asked) -> bool {
        let there = self.units.is_empty() || self.units.contains(&asked.unit);
        there
            && match self.what {
                What::Any => true,
                What::Field(field) => asked.field == Some(field),
                What::Section(section) => asked.section == Some(section),
                What::Title(title) => asked.title == title,
                What::Post(named) => named == post,
            }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Named {
    Unit(UnitIx),
    Within(What),
}

/// Everything in a case that a wish may name.
#[derive(Debug)]
pub struct Names {
    known: HashMap<String, BTreeSet<Named>>,
    /// Lengths of the names, in signs.
    lengths: BTreeSet<usize>,
}

impl Names {
    /// The names of a case.
    pub fn of(case: &Case, words: &mut Words) -> Self {
        let mut names = Self { known: HashMap::new(), lengths: BTreeSet::new() };
        for (at, unit) in case.units.iter().enumerate() {
            let named = Named::Unit(UnitIx(at));
            for name in unit.former_names.iter().map(String::as_str).chain([unit.name.as_str(), unit.id.as_str()]) {
                let plain = unbracketed(name);
                names.add(plain, named);
                if let Some(short) = without_region(plain) {
                    names.add(short, named);
                }
            }
        }
        for section in &case.sections {
            names.add(&section.name, Named::Within(What::Section(words.number(&section.name))));
        }
        for (at, post) in case.posts.iter().enumerate() {
            names.add(&post.title, Named::Within(What::Title(words.number(&post.title))));
            names.add(post.id.as_str(), Named::Within(What::Post(PostIx(at))));
            if let Some(domain) = &post.domain {
                let named = Named::Within(What::Field(words.number(field(domain))));
                names.add(domain, named);
                names.add(field(domain), named);
            }
        }
        names
    }

    /// A name of one sign says nothing.
    fn add(&mut self, name: &str, named: Named) {
        let name = plain(name);
        let length = name.chars().count();
        if (2..=LONGEST).contains(&length) {
            self.lengths.insert(length);
            self.known.entry(name).or_default().insert(named);
        }
    }

    /// What a wish of somebody of this unit asks for; nothing where it can't be told.
    pub fn read(&self, text: &str, own: Option<UnitIx>) -> Vec<Wish> {
        let text = plain(text);
        let signs: Vec<char> = text.chars().collect();
        if signs.len() > LONGEST {
            return Vec::new();
        }
        let found = self.found(&signs);
        // Names may hold such signs: 不动产登记中心, 自然资源局.
        let mut rest = signs.clone();
        found.iter().for_each(|((from, to), _)| rest[*from..*to].fill(' '));
        if refuses(&rest) {
            return Vec::new();
        }
        let mut units: BTreeSet<UnitIx> =
            own.into_iter().filter(|_| OWN_UNIT.iter().any(|word| text.contains(word))).collect();
        let mut whats: BTreeSet<What> = BTreeSet::new();
        for named in found.iter().flat_map(|(_, named)| named.iter()) {
            match named {
                Named::Unit(unit) => drop(units.insert(*unit)),
                Named::Within(what) => drop(whats.insert(*what)),
            }
        }
        let units: Box<[UnitIx]> = units.into_iter().collect();
        let Some(kind) = whats.iter().map(|what| what.kind()).max() else {
            return if units.is_empty() { Vec::new() } else { vec![Wish { units, what: What::Any }] };
        };
        let finest = whats.into_iter().filter(|what| what.kind() == kind);
        finest.map(|what| Wish { units: units.clone(), what }).collect()
    }

    /// The names that stand in a text with what they name, but for those inside a longer one.
    fn found(&self, signs: &[char]) -> Vec<((usize, usize), &BTreeSet<Named>)> {
        let mut spans: BTreeMap<(usize, usize), &BTreeSet<Named>> = BTreeMap::new();
        for from in 0..signs.len() {
            for length in &self.lengths {
                let to = from + length;
                if to > signs.len() {
                    break;
                }
                if !stands_alone(signs, from, to) {
                    continue;
                }
                let name: String = signs[from..to].iter().collect();
                if let Some(named) = self.known.get(&name) {
                    spans.insert((from, to), named);
                }
            }
        }
        let inside = |a: &(usize, usize), b: &(usize, usize)| a != b && b.0 <= a.0 && a.1 <= b.1;
        spans
            .iter()
            .filter(|(span, _)| !spans.keys().any(|other| inside(span, other)))
            .map(|(span, named)| (*span, *named))
            .collect()
    }
}

/// NFKC in small letters, runs of blanks as one.
fn plain(text: &str) -> String {
    let text: String = text.nfkc().flat_map(char::to_lowercase).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Latin words are not parts of longer ones.
fn stands_alone(signs: &[char], from: usize, to: usize) -> bool {
    let letter = |at: usize| signs.get(at).is_some_and(char::is_ascii_alphanumeric);
    let joined = |at: usize| at > 0 && letter(at - 1) && letter(at);
    !joined(from) && !joined(to)
}

fn refuses(signs: &[char]) -> bool {
    let text: String = signs.iter().collect();
    let rest = HARMLESS.iter().fold(text, |text, word| text.replace(word, " "));
    let signs: Vec<char> = rest.chars().collect();
    REFUSING.iter().any(|word| {
        let length = word.chars().count();
        (0..signs.len().saturating_sub(length - 1)).any(|from| {
            signs[from..from + length].iter().copied().eq(word.chars()) && stands_alone(&signs, from, from + length)
        })
    })
}

/// A name without what follows in brackets.
fn unbracketed(name: &str) -> &str {
    name.split(['(', '（', '〔', '[', '【']).next().unwrap_or(name).trim()
}

/// 财政局 for 咸安区财政局: three signs at least are left.
fn without_region(name: &str) -> Option<&str> {
    let (at, sign) = name.char_indices().skip(1).find(|(_, sign)| matches!(sign, '省' | '市' | '县' | '区'))?;
    let rest = &name[at + sign.len_utf8()..];
    (rest.chars().count() >= 3).then_some(rest)
}
