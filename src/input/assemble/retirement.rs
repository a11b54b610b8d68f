//! Dates of retirement by formula, on request, for who has none (semantics 64).

use super::staff::Roster;
use crate::input::log::Log;
use chrono::NaiveDate;
use lungang_domain::policy::RetirementFormula;
use lungang_domain::retirement::Table;
use lungang_domain::{Event, EventKind, Person, PersonIx, Policy, Problem, Sex, StaffingKind};
use std::collections::BTreeSet;

/// From this level on women retire with men. 组通字〔2015〕14号.
const WOMEN_FROM: &str = "县处级副职";

/// How certificates of a senior title 高级职称 end, or what stands in them.
const SENIOR: &[&str] = &[
    "正高",
    "副高",
    "高级职称",
    "高级工程师",
    "高级会计师",
    "高级经济师",
    "高级审计师",
    "高级统计师",
    "高级农艺师",
    "高级政工师",
    "高级教师",
    "主任医师",
    "主任护师",
    "主任药师",
    "主任技师",
    "教授",
    "研究员",
    "研究馆员",
    "高级讲师",
    "高级实验师",
    "高级畜牧师",
    "高级兽医师",
    "高级林业工程师",
    "编审",
    "高级编辑",
    "主任编辑",
    "高级记者",
    "主任记者",
];

/// What stands in titles that sound senior and are not: assistants, and grades of workers' skill.
const NOT_SENIOR: &[&str] = &["助理", "高级工人", "高级技工", "高级技师"];

/// Why a table applies, as messages tell it.
const MEN: &str = "men";
const WOMEN_BY_LEVEL: &str = "women-level";
const WOMEN_BY_TITLE: &str = "women-title";
const CADRES: &str = "cadres";
const WORKERS: &str = "workers";

/// Fills in dates of retirement. A date in the roster and a listed `retire` come first; each date computed is an assumption
/// at the birth date. A date that has passed says nothing of somebody still in service: it is told, and not used.
pub fn fill(roster: &mut Roster, events: &[Event], policy: &Policy, dated: bool, log: &mut Log) {
    if policy.retirement.formula == RetirementFormula::None || !dated {
        return;
    }
    let listed: BTreeSet<PersonIx> = events
        .iter()
        .filter(|event| event.kind == EventKind::Retire && event.date > policy.as_of)
        .filter_map(|event| event.staff)
        .collect();
    for (at, person) in roster.people.iter_mut().enumerate() {
        if person.retire_date.is_some() || listed.contains(&PersonIx(at)) {
            continue;
        }
        let row = person.row;
        let (birth, (table, basis)) = match known(person, policy) {
            Ok(known) => known,
            Err(column) => {
                log.at(row, column, Problem::new("W0330").with("column", column).with("staff", &person.id));
                continue;
            }
        };
        let date = table.leaves(birth);
        let age = table.age(birth);
        let told = |code: &str| {
            let problem = Problem::new(code).with("staff", &person.id).with("date", date).with("basis", basis);
            let more = if age % 12 == 0 { "no" } else { "yes" };
            problem.with("years", age / 12).with("months", age % 12).with("more", more)
        };
        if date <= policy.as_of {
            log.at(row, "birth_date", told("W0331").with("as_of", policy.as_of));
            continue;
        }
        log.at(row, "birth_date", told("A0330"));
        person.retire_date = Some(date);
        person.retire_computed = true;
    }
}

/// Birth date, table and why; or the column that would have to say more.
fn known(person: &Person, policy: &Policy) -> Result<(NaiveDate, (Table, &'static str)), &'static str> {
    let sex = person.sex.ok_or("sex")?;
    let birth = person.birth_date.ok_or("birth_date")?;
    Ok((birth, table(person, sex, policy)?))
}

/// The table that applies. Today's level counts: a promotion to come is not looked at.
fn table(person: &Person, sex: Sex, policy: &Policy) -> Result<(Table, &'static str), &'static str> {
    if sex == Sex::Male {
        return Ok((Table::Sixty, MEN));
    }
    if person.staffing_kind == Some(StaffingKind::Worker) {
        return Ok((Table::Fifty, WORKERS));
    }
    let rank = |level: &str| policy.level_rank(level);
    let own = person.level.as_deref().and_then(rank);
    if own.zip(rank(WOMEN_FROM)).is_some_and(|(own, from)| own >= from) {
        return Ok((Table::Sixty, WOMEN_BY_LEVEL));
    }
    if person.certificates.iter().any(|title| is_senior(title)) {
        return Ok((Table::Sixty, WOMEN_BY_TITLE));
    }
    match person.staffing_kind {
        Some(StaffingKind::Administrative | StaffingKind::Quasi | StaffingKind::Public) => {
            Ok((Table::FiftyFive, CADRES))
        }
        // Whether a cadre or a worker is not said.
        _ => Err("staffing_kind"),
    }
}

/// Whether a certificate is a senior title; skills of workers (高级工) are none, nor is 小学高级教师, a middle title.
fn is_senior(title: &str) -> bool {
    let of_primary_school = title.contains("小学高级教师") && !title.contains("中小学高级教师");
    let sounds_so = of_primary_school || NOT_SENIOR.iter().any(|other| title.contains(other));
    !sounds_so && SENIOR.iter().any(|senior| title.contains(senior))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn senior_titles_are_told_from_others() {
        for title in [
            "副高级工程师",
            "正高级会计师",
            "高级工程师",
            "副教授",
            "主任医师",
            "副主任医师",
            "副研究员",
            "中小学高级教师",
            "副编审",
            "研究员",
        ] {
            assert!(is_senior(title), "{title}");
        }
        for title in
            ["工程师", "助理研究员", "小学高级教师", "高级工", "会计师", "高级技师", "初级会计职称", "主治医师"]
        {
            assert!(!is_senior(title), "{title}");
        }
    }
}
