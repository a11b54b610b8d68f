//! Other names of sheets and headings (`data/aliases.tsv`), which a site can add to (`input.aliases`, `--aliases`).
//!
//! A line: sheet, column, heading, rank, note. Column `*` names a sheet, `-` a heading that is known and not needed. Where
//! several headings of a sheet feed one column, the lowest rank that is filled counts, row by row; the column's own name
//! has rank 0. The note `office` says that a date may be that of the office and not of the desk, so that taking it is an
//! assumption; `highest` that the highest of the rungs counts.

use super::schema::{self, Column, SHEETS, Sheet, heading_key};
use std::collections::HashMap;
use std::sync::LazyLock;

const BUILT_IN: &str = include_str!("../../data/aliases.tsv");

/// What a heading says.
#[derive(Clone, Copy, Debug)]
pub enum Meaning {
    /// It feeds a column.
    Column(Feed),
    /// It is known, and nothing of it is needed.
    Unneeded,
}

/// A column, and how a heading feeds it.
#[derive(Clone, Copy, Debug)]
pub struct Feed {
    /// The column.
    pub column: &'static Column,
    /// 0 for the column's own names; of several, the lowest that is filled counts.
    pub rank: u8,
    /// Whether the date may be that of the office.
    pub of_office: bool,
    /// Whether the highest of several counts.
    pub highest: bool,
}

/// The names, built in and of the site.
#[derive(Clone, Debug)]
pub struct Aliases {
    sheets: HashMap<String, &'static Sheet>,
    headings: HashMap<(&'static str, String), Meaning>,
    /// Of the site: asked before the sheet's own names.
    first: HashMap<(&'static str, String), Meaning>,
}

static KNOWN: LazyLock<Aliases> = LazyLock::new(|| {
    let mut known = Aliases { sheets: HashMap::new(), headings: HashMap::new(), first: HashMap::new() };
    // A line that can't be used is one that the tests of this file find.
    let _ = known.add(BUILT_IN);
    known
});

/// Why a line of a table of names can't be used: the line's number, and the word that is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// 1-based.
    pub line: usize,
    /// The word.
    pub word: String,
}

impl Aliases {
    /// The names built in.
    #[must_use]
    pub fn built_in() -> &'static Self {
        &KNOWN
    }

    /// These names and those of a site's table beside; the site's win.
    ///
    /// # Errors
    /// Every line that can't be used.
    pub fn with(&self, table: &str) -> Result<Self, Vec<Refused>> {
        let mut more = self.clone();
        let ours = std::mem::take(&mut more.headings);
        let refused = more.add(table);
        more.first = std::mem::replace(&mut more.headings, ours);
        if refused.is_empty() { Ok(more) } else { Err(refused) }
    }

    fn add(&mut self, table: &str) -> Vec<Refused> {
        let mut refused = Vec::new();
        for (line, text) in (1..).zip(table.lines()) {
            let text = text.trim_end_matches(['\r', '\n']).trim_start_matches('\u{feff}');
            if text.trim().is_empty() || text.starts_with('#') || text.starts_with("sheet\t") {
                continue;
            }
            let mut fields = text.split('\t').map(str::trim);
            let (sheet, column, heading) =
                (fields.next().unwrap_or(""), fields.next().unwrap_or(""), fields.next().unwrap_or(""));
            let (rank, note) = (fields.next().unwrap_or(""), fields.next().unwrap_or(""));
            let mut refuse = |word: &str| refused.push(Refused { line, word: word.to_owned() });
            let Some(sheet) = schema::sheet(sheet) else {
                refuse(sheet);
                continue;
            };
            if heading.is_empty() {
                refuse(text);
                continue;
            }
            let key = heading_key(heading);
            match column {
                "*" => {
                    self.sheets.insert(key, sheet);
                }
                "-" => {
                    self.headings.insert((sheet.name, key), Meaning::Unneeded);
                }
                name => {
                    let Some(column) = sheet.column(name) else {
                        refuse(name);
                        continue;
                    };
                    if !matches!(note, "" | "office" | "highest") {
                        refuse(note);
                        continue;
                    }
                    let rank = if rank.is_empty() { Some(1) } else { rank.parse().ok() };
                    let Some(rank) = rank.filter(|rank| *rank > 0) else {
                        refuse(rank_shown(text));
                        continue;
                    };
                    let feed = Feed { column, rank, of_office: note == "office", highest: note == "highest" };
                    self.headings.insert((sheet.name, key), Meaning::Column(feed));
                }
            }
        }
        refused
    }

    /// The sheet of this name: by its own names first. A year or a remark in brackets at the end says nothing, and a
    /// longer name that ends in a known one is that: `财政局干部花名册（2025年）`.
    #[must_use]
    pub fn sheet(&self, name: &str) -> Option<Named> {
        if let Some(sheet) = schema::sheet(name) {
            return Some(Named { sheet, canonical: true });
        }
        let key = heading_key(name);
        let bare = bare(&key);
        let found = self.sheets.get(&key).or_else(|| self.sheets.get(bare)).copied();
        let found = found.or_else(|| schema::sheet(bare)).or_else(|| {
            // The longest name wins: 岗位廉政风险清单 is no 岗位清单.
            let own = SHEETS.iter().map(|sheet| (heading_key(sheet.zh), sheet));
            let other = self.sheets.iter().map(|(name, sheet)| (name.clone(), *sheet));
            own.chain(other)
                .filter(|(name, _)| !name.is_ascii() && name.chars().count() >= 3 && bare.ends_with(name.as_str()))
                .max_by_key(|(name, _)| name.chars().count())
                .map(|(_, sheet)| sheet)
        })?;
        Some(Named { sheet: found, canonical: false })
    }

    /// What a heading of a sheet says: its own names first, then the others. The text in brackets at the end is left out
    /// where the whole says nothing: `出生年月(岁)`.
    #[must_use]
    pub fn heading(&self, sheet: &'static Sheet, heading: &str) -> Option<Meaning> {
        let own = |text: &str| {
            let column = sheet.column(text)?;
            Some(Meaning::Column(Feed { column, rank: 0, of_office: false, highest: false }))
        };
        let key = heading_key(heading);
        if key.is_empty() {
            return None;
        }
        let named = |key: &str| (sheet.name, key.to_owned());
        let other = |key: &str| self.headings.get(&named(key)).copied();
        self.first.get(&named(&key)).copied().or_else(|| own(&key)).or_else(|| other(&key)).or_else(|| {
            let (bare, remark) = key.strip_suffix(')')?.rsplit_once('(')?;
            if is_foreign(remark) {
                return None;
            }
            own(bare).or_else(|| other(bare))
        })
    }
}

/// Whether a remark or an upper heading turns the meaning to another person or another time: what is proposed, what was
/// before, what a spouse does.
#[must_use]
pub fn is_foreign(remark: &str) -> bool {
    const WORDS: &[&str] = &[
        "拟",
        "原",
        "曾",
        "配偶",
        "爱人",
        "家庭",
        "子女",
        "父",
        "母",
        "挂职",
        "借调",
        "意向",
        "推荐",
        "建议",
        "新任",
        "新岗",
        "调整后",
        "轮岗后",
        "变动后",
        "调动后",
        "proposed",
        "former",
        "previous",
        "new",
        "spouse",
    ];
    let remark = heading_key(remark);
    WORDS.iter().any(|word| remark.contains(word))
}

/// A sheet that a name means.
#[derive(Clone, Copy, Debug)]
pub struct Named {
    /// The sheet.
    pub sheet: &'static Sheet,
    /// Whether the name is its own and not another one.
    pub canonical: bool,
}

fn rank_shown(line: &str) -> &str {
    line.split('\t').nth(3).unwrap_or(line)
}

/// A sheet's name without year and brackets at either end: `干部花名册(2025)`, `2025年干部花名册`, `花名册2025.6`.
fn bare(key: &str) -> &str {
    let is_noise = |c: char| c.is_ascii_digit() || matches!(c, '年' | '月' | '.' | '-' | '_' | '、');
    let mut text = key;
    loop {
        let before = text;
        if let Some(rest) = text.strip_suffix(')')
            && let Some((head, _)) = rest.rsplit_once('(')
        {
            text = head;
        }
        text = text.trim_matches(is_noise);
        if text == before {
            return text;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_used() {
        let mut fresh = Aliases { sheets: HashMap::new(), headings: HashMap::new(), first: HashMap::new() };
        assert_eq!(fresh.add(BUILT_IN), []);
        // Another name is never one of the sheet's own.
        for (sheet, heading) in fresh.headings.keys() {
            let sheet = schema::sheet(sheet).expect("a sheet");
            assert!(sheet.column(heading).is_none(), "{} {heading}", sheet.name);
        }
    }

    #[test]
    fn sheets_by_the_names_offices_give() {
        let aliases = Aliases::built_in();
        for (name, wanted) in [
            ("干部花名册（2025）", Some(("staff", false))),
            ("2025年干部花名册", Some(("staff", false))),
            ("财政局干部花名册2025.6", Some(("staff", false))),
            ("人 员", Some(("staff", true))),
            ("人员（局机关）", Some(("staff", false))),
            ("岗位廉政风险清单", Some(("risks", false))),
            ("财政局岗位廉政风险表", Some(("risks", false))),
            ("Roster", Some(("staff", false))),
            ("Sheet1", None),
            ("通知", None),
        ] {
            let found = aliases.sheet(name).map(|named| (named.sheet.name, named.canonical));
            assert_eq!(found, wanted, "{name}");
        }
    }

    #[test]
    fn headings_by_the_names_offices_give() {
        let aliases = Aliases::built_in();
        let staff = schema::sheet("staff").expect("staff");
        let rank = |heading| match aliases.heading(staff, heading) {
            Some(Meaning::Column(feed)) => Some((feed.column.name, feed.rank)),
            Some(Meaning::Unneeded) => Some(("-", 0)),
            None => None,
        };
        for (heading, wanted) in [
            ("姓  名", Some(("name", 0))),
            ("任现职\n时  间", Some(("post_since", 4))),
            ("任现岗位时间", Some(("post_since", 0))),
            ("岗位开始日期", Some(("post_since", 2))),
            ("任现职\n级时间", Some(("grade_since", 0))),
            ("出生\n年月", Some(("birth_date", 1))),
            ("出生年月(岁)", Some(("birth_date", 1))),
            ("考核成绩（近三年）", Some(("appraisals", 1))),
            ("岗位到期（月）", Some(("-", 0))),
            ("岗位（拟任）", None),
            ("出生日期(配偶)", None),
            ("车牌号", None),
        ] {
            assert_eq!(rank(heading), wanted, "{heading}");
        }
    }

    #[test]
    fn a_site_adds_its_own() {
        let more = Aliases::built_in()
            .with("sheet\tcolumn\theading\nstaff\tpost_since\t上岗日期\t2\n人员\t-\t车牌号\n人员\t-\t备注\n")
            .expect("good");
        let staff = schema::sheet("staff").expect("staff");
        assert!(matches!(more.heading(staff, "上岗日期"), Some(Meaning::Column(feed)) if feed.rank == 2));
        assert!(matches!(more.heading(staff, "车牌号"), Some(Meaning::Unneeded)));
        assert!(matches!(more.heading(staff, "备注"), Some(Meaning::Unneeded)));
        let refused = Aliases::built_in()
            .with("staff\tpost_sinse\tx\nstuff\tname\ty\nstaff\tname\tz\tfirst\nstaff\tname\tw\t1\toffise\n")
            .expect_err("bad");
        let lines: Vec<_> = refused.iter().map(|refused| (refused.line, refused.word.as_str())).collect();
        assert_eq!(lines, [(1, "post_sinse"), (2, "stuff"), (3, "first"), (4, "offise")]);
    }
}
