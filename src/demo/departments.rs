//! The departments of a district: which kinds there are, with their offices, desks, risks and duties
//! (`departments.txt`). Posts are made of these in [`super::district()`].

use super::posts::Unit;
use super::words::{ACCOUNTANT, Both, COORDINATION, Desk, Field, GRASSROOTS, LAW, LAWYER, OFFICES, Office, PROJECTS};
use lungang_domain::{Category, Grade, Power, StaffingKind};
use std::sync::LazyLock;

const TEXT: &str = include_str!("departments.txt");

/// A kind of department.
#[derive(Debug)]
pub(super) struct Department {
    pub(super) name: Both,
    /// Size beside the others.
    size: usize,
    /// A word of `nature`.
    pub(super) nature: &'static str,
    pub(super) former: Vec<Both>,
    pub(super) vices: Vec<Both>,
    /// Positions of its offices, in the order in which it gets them as it grows; see [`office`].
    pub(super) offices: Vec<usize>,
}

/// A line of the list of powers and duties.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) name: Both,
    pub(super) key: bool,
}

/// A risk point that goes with a kind of work.
#[derive(Debug)]
pub(super) struct Hazard {
    kind: &'static str,
    pub(super) point: Both,
    pub(super) form: Both,
    pub(super) control: Both,
}

#[derive(Default)]
struct Known {
    departments: Vec<Department>,
    offices: Vec<Office>,
    /// Kind of risk and items of each office.
    duties: Vec<(&'static str, Vec<Item>)>,
    hazards: Vec<Hazard>,
}

static KNOWN: LazyLock<Known> = LazyLock::new(|| Known::parse(TEXT));

/// All kinds of department.
pub(super) fn departments() -> &'static [Department] {
    &KNOWN.departments
}

/// The office at a position: those that any department may have, then those of the kinds of department.
pub(super) fn office(at: usize) -> Option<&'static Office> {
    OFFICES.get(at).or_else(|| KNOWN.offices.get(at.checked_sub(OFFICES.len())?))
}

/// Items of the list of powers and duties for which an office answers.
pub(super) fn items(office: usize) -> &'static [Item] {
    duties(office).map_or(&[], |(_, items)| items)
}

/// The kind of risk that goes with the work of an office.
pub(super) fn hazard_of(office: usize) -> &'static str {
    duties(office).map_or("lead", |(hazard, _)| *hazard)
}

fn duties(office: usize) -> Option<&'static (&'static str, Vec<Item>)> {
    KNOWN.duties.get(office.checked_sub(OFFICES.len())?)
}

/// Risk points of a kind.
pub(super) fn hazards(kind: &str) -> impl Iterator<Item = &'static Hazard> {
    KNOWN.hazards.iter().filter(move |hazard| hazard.kind == kind)
}

/// The departments of a district of so many people: as many as there would be of any kind, and at most all kinds.
pub(super) fn units(people: usize, count: usize) -> Vec<Unit> {
    let kinds = departments().get(..count.min(departments().len())).unwrap_or_default();
    let all: usize = kinds.iter().map(|kind| kind.size).sum();
    let mut shares: Vec<usize> =
        kinds.iter().map(|kind| (people * kind.size / all.max(1)).max(super::FEWEST)).collect();
    // What rounding left over goes round; what the least size took is given by the largest.
    let mut next = 0;
    while shares.iter().sum::<usize>() < people {
        shares[next % kinds.len()] += 1;
        next += 1;
    }
    while shares.iter().sum::<usize>() > people {
        let Some(most) = shares.iter_mut().max() else { break };
        *most -= 1;
    }
    let unit = |(number, (kind, people)): (usize, (&Department, usize))| Unit {
        id: format!("GEN-U{:02}", number + 1),
        name: kind.name,
        nth: 1,
        people,
        department: Some(number),
    };
    kinds.iter().zip(shares).enumerate().map(unit).collect()
}

/// The pair of a Chinese and an English field.
fn both(fields: &[&'static str], at: usize) -> Both {
    (fields.get(at).copied().unwrap_or_default(), fields.get(at + 1).copied().unwrap_or_default())
}

fn grade(word: &str) -> Grade {
    Grade::from_key(word).unwrap_or(Grade::Unrated)
}

fn staffing(word: &str) -> StaffingKind {
    match word {
        "quasi" => StaffingKind::Quasi,
        "public" => StaffingKind::Public,
        _ => StaffingKind::Administrative,
    }
}

impl Known {
    fn parse(text: &'static str) -> Self {
        let mut known = Self::default();
        let mut desks: Vec<Vec<Desk>> = Vec::new();
        // Common offices stand before the first department and belong to none of themselves.
        for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let fields: Vec<&'static str> = line.split('|').map(str::trim).collect();
            match fields.first().copied().unwrap_or_default() {
                "R" => known.hazards.push(Hazard {
                    kind: fields.get(1).copied().unwrap_or_default(),
                    point: both(&fields, 2),
                    form: both(&fields, 4),
                    control: both(&fields, 6),
                }),
                "D" => known.departments.push(Department {
                    name: both(&fields, 1),
                    size: fields.get(3).and_then(|size| size.parse().ok()).unwrap_or(1),
                    nature: fields.get(4).copied().unwrap_or_default(),
                    former: Vec::new(),
                    vices: Vec::new(),
                    offices: Vec::new(),
                }),
                "F" => known.last().former.push(both(&fields, 1)),
                "V" => known.last().vices.push(both(&fields, 1)),
                "@" => {
                    let name = fields.get(1).copied().unwrap_or_default();
                    if let Some(at) = known.offices.iter().position(|office| office.name.0 == name) {
                        known.last().offices.push(OFFICES.len() + at);
                    }
                }
                kind @ ("C" | "O") => {
                    let mut marks = fields.get(5).copied().unwrap_or_default().split_whitespace();
                    let (kind_of_staff, risk) =
                        (staffing(marks.next().unwrap_or("")), grade(marks.next().unwrap_or("")));
                    if kind == "O" {
                        let at = OFFICES.len() + known.offices.len();
                        known.last().offices.push(at);
                    }
                    known.offices.push(Office {
                        name: both(&fields, 1),
                        domain: both(&fields, 3),
                        kind: kind_of_staff,
                        risk,
                        desks: &[],
                    });
                    known.duties.push((marks.next().unwrap_or_default(), Vec::new()));
                    desks.push(Vec::new());
                }
                "P" => {
                    let hazard = known.duties.last().map_or("", |(hazard, _)| *hazard);
                    if let Some(desks) = desks.last_mut() {
                        desks.push(desk(both(&fields, 1), fields.get(3).copied().unwrap_or_default(), hazard));
                    }
                }
                _ => {
                    if let Some((_, items)) = known.duties.last_mut() {
                        items.push(Item { name: both(&fields, 1), key: fields.get(3) == Some(&"key") });
                    }
                }
            }
        }
        for (office, desks) in known.offices.iter_mut().zip(desks) {
            // Read once, kept as long as the program runs, like the offices written in the source.
            office.desks = desks.leak();
        }
        known
    }

    /// The department that the lines are about.
    fn last(&mut self) -> &mut Department {
        if self.departments.is_empty() {
            let name = ("", "");
            let (former, vices, offices) = (Vec::new(), Vec::new(), Vec::new());
            self.departments.push(Department { name, size: 1, nature: "organ", former, vices, offices });
        }
        let last = self.departments.len() - 1;
        &mut self.departments[last]
    }
}

fn desk(title: Both, marks: &'static str, hazard: &'static str) -> Desk {
    let mut desk = Desk { title, hazard, ..super::words::PLAIN };
    for mark in marks.split_whitespace() {
        let (name, value) = mark.split_once('=').unwrap_or((mark, ""));
        match (name, value) {
            ("s", _) => desk.sensitive = true,
            ("ten", _) => desk.ten_year = true,
            ("ess", _) => desk.essential = true,
            ("dec", _) => desk.power = Power::Decision,
            ("sup", _) => desk.power = Power::Supervision,
            ("own", _) => desk.field = Field::Own,
            ("of", name) => desk.field = Field::Of(name),
            ("pair", pair) => desk.duty_pair = pair,
            ("r", kind) => desk.hazard = kind,
            ("worker", _) => desk.staffing = Some(StaffingKind::Worker),
            ("lim", _) => desk.limits = Some([12, 30, 48]),
            ("spec", "tech") => desk.special = Some(("专业技术性强", "special skills")),
            ("spec", _) => desk.special = Some(("涉密岗位", "secret papers")),
            ("cat", _) => desk.category = Some(Category::Enforcement),
            ("cert", "acc") => desk.certificate = Some(ACCOUNTANT),
            ("cert", "law") => desk.certificate = Some(LAWYER),
            ("cert", _) => desk.certificate = Some(("工程师职称", "engineer")),
            ("major", "law") => desk.major = Some(("法学", "law")),
            ("major", "cs") => desk.major = Some(("计算机科学", "computer science")),
            ("major", _) => desk.major = Some(("土木工程", "civil engineering")),
            ("dev", "grass") => desk.development = &[GRASSROOTS],
            ("dev", "coord") => desk.development = &[COORDINATION],
            ("dev", "proj") => desk.development = &[PROJECTS],
            ("dev", _) => desk.development = &[LAW],
            ("reg", trades) => {
                let trades: Vec<Both> =
                    trades.split(';').map(|trade| trade.split_once('/').unwrap_or((trade, trade))).collect();
                desk.regulates = trades.leak();
            }
            (word, _) => desk.risk = grade(word),
        }
    }
    desk
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_list_is_read_to_the_last_mark() {
        let marks =
            ["s", "ten", "ess", "dec", "sup", "own", "worker", "lim", "spec", "high", "medium", "low", "unrated"];
        let valued = ["of", "pair", "r", "spec", "cat", "cert", "major", "dev", "reg"];
        for line in TEXT.lines().filter(|line| line.starts_with('P')) {
            for mark in line.rsplit('|').next().unwrap_or_default().split_whitespace() {
                let known = mark.split_once('=').map_or(marks.contains(&mark), |(name, _)| valued.contains(&name));
                assert!(known, "{mark} in {line}");
            }
        }
        for first in TEXT.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            assert!(
                "R C D F V @ O P I".split(' ').any(|kind| first.split('|').next().map(str::trim) == Some(kind)),
                "{first}"
            );
        }
    }

    #[test]
    fn there_are_27_kinds_and_each_says_all_it_should() {
        let names: BTreeSet<&str> = departments().iter().map(|kind| kind.name.0).collect();
        assert_eq!(names.len(), 27);
        for kind in departments() {
            assert!(kind.offices.len() >= 3 && !kind.vices.is_empty(), "{kind:?}");
            assert!(["organ", "quasi"].contains(&kind.nature), "{kind:?}");
            let own: Vec<&Office> = kind.offices.iter().filter_map(|at| office(*at)).collect();
            assert!(own.iter().any(|office| office.name.0 == "办公室"), "{kind:?}");
            for (at, one) in kind.offices.iter().zip(&own) {
                assert!(!items(*at).is_empty() && hazards(hazard_of(*at)).next().is_some(), "{}", one.name.0);
                for desk in one.desks {
                    assert!(!desk.title.0.is_empty() && !desk.title.1.is_empty(), "{}", one.name.0);
                    assert!(hazards(desk.hazard).next().is_some(), "{}", desk.title.0);
                    if let Field::Of(name) = desk.field {
                        assert!(own.iter().any(|other| other.name.0 == name), "{} is over {name}", desk.title.0);
                    }
                }
            }
        }
    }

    #[test]
    fn shares_add_up() {
        for people in [20, 81, 300, 899, 900, 2_000] {
            let count = super::super::posts::units(people).len();
            let units = units(people, count);
            assert_eq!(units.iter().map(|unit| unit.people).sum::<usize>(), people);
            assert!(units.iter().all(|unit| unit.people >= crate::demo::FEWEST));
        }
    }
}
