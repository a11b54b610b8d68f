//! Posts and sections.

use super::lookup::{self, Near};
use super::{Sheets, lookup::Units};
use crate::input::log::Log;
use crate::input::row::Row;
use crate::input::words;
use lungang_domain::words::{Category, Grade, Lead, Power, StaffingKind};
use lungang_domain::{Post, PostId, Problem, Section, SectionIx, Unit, UnitIx};
use std::collections::{BTreeMap, HashMap};

/// The posts, sorted by id, and what they give rise to.
#[derive(Debug, Default)]
pub struct Posts<'a> {
    /// Sorted by id. A blank headcount stands as 0 until the holders are known.
    pub posts: Vec<Post>,
    /// The row of each.
    pub rows: Vec<&'a Row>,
    /// Sorted by unit, then name.
    pub sections: Vec<Section>,
    /// By id and title.
    pub index: lookup::Posts,
}

/// Reads the posts.
pub fn read<'a>(sheets: &'a Sheets, units: &[Unit], unit_index: &Units, log: &mut Log) -> Posts<'a> {
    let mut drafts: Vec<(Post, Option<UnitIx>, Option<String>, &Row)> = Vec::new();
    let mut seen: HashMap<String, lungang_domain::RowRef> = HashMap::new();
    for row in sheets.rows("posts") {
        for column in ["id", "unit"] {
            log.needs(row, column);
        }
        let unit = row.text("unit").and_then(|name| match unit_index.find(name) {
            Ok(ix) => Some(ix),
            Err(problem) => {
                log.at(row.at, "unit", problem.with("column", "unit"));
                None
            }
        });
        let Some(id) = row.text("id").map(PostId::new) else { continue };
        if let Some(first) = seen.get(id.as_str()) {
            let first = log.place(*first);
            log.at(row.at, "id", Problem::new("E0301").with("value", &id).with("first", first));
            continue;
        }
        seen.insert(id.0.clone(), row.at);
        check_thresholds(row, log);
        drafts.push((draft(row, id, unit.unwrap_or(UnitIx(0))), unit, row.owned("section"), row));
    }
    drafts.sort_by(|a, b| a.0.id.cmp(&b.0.id));
    let mut sections: BTreeMap<(UnitIx, String), usize> = BTreeMap::new();
    for (_, unit, section, _) in &drafts {
        if let (Some(unit), Some(section)) = (unit, section) {
            sections.insert((*unit, section.clone()), 0);
        }
    }
    for (position, slot) in sections.values_mut().enumerate() {
        *slot = position;
    }
    let mut found = Posts::default();
    let mut homes = Vec::new();
    for (mut post, unit, section, row) in drafts {
        let key = unit.zip(section.clone());
        post.section = key.and_then(|key| sections.get(&key)).map(|position| SectionIx(*position));
        found.posts.push(post);
        found.rows.push(row);
        homes.push((unit, section));
    }
    found.sections = sections.into_keys().map(|(unit, name)| Section { unit, name }).collect();
    found.index = lookup::Posts::new(&found.posts, homes.clone(), units);
    reporting_lines(&mut found, &homes, log);
    found
}

fn draft(row: &Row, id: PostId, unit: UnitIx) -> Post {
    Post {
        unit,
        section: None,
        title: row.owned("title").unwrap_or_else(|| id.0.clone()),
        id,
        level: row.span("level"),
        grade: row.span("grade"),
        headcount: row.whole("headcount").unwrap_or(0),
        min_present: row.whole("min_present"),
        essential: row.flag("essential"),
        lead: row.word("lead").and_then(Lead::from_key).unwrap_or(Lead::None),
        reports_to: None,
        risk: row.word("risk").and_then(Grade::from_key).unwrap_or(Grade::Unrated),
        sensitive: row.flag("sensitive"),
        power: row.word("power").and_then(Power::from_key),
        duty_pair: row.items("duty_pair"),
        domain: row.owned("domain"),
        ten_year_duty: row.flag("ten_year_duty"),
        staffing_kinds: row.words("staffing_kinds").iter().filter_map(|key| StaffingKind::from_key(key)).collect(),
        categories: row.words("categories").iter().filter_map(|key| Category::from_key(key)).collect(),
        required_majors: row.items("required_majors"),
        required_certificates: row.items("required_certificates"),
        min_education: row.owned("min_education"),
        development: row.items("development"),
        may_months: row.whole("may_months"),
        should_months: row.whole("should_months"),
        must_months: row.whole("must_months"),
        special: special(row),
        regulates: row.items("regulates"),
        row: row.at,
    }
}

/// The reason why a post takes no part; a plain "no" says that it does.
fn special(row: &Row) -> Option<String> {
    row.owned("special").filter(|text| words::yes_no(text) != Some(false))
}

fn check_thresholds(row: &Row, log: &mut Log) {
    let (may, should, must) =
        (row.whole::<i32>("may_months"), row.whole::<i32>("should_months"), row.whole::<i32>("must_months"));
    let Some(must) = must else { return };
    for (column, months) in [("may_months", may), ("should_months", should)] {
        if let Some(months) = months.filter(|months| *months > must) {
            log.at(
                row.at,
                column,
                Problem::new("E0313").with("value", months).with("must", must).with("column", column),
            );
        }
    }
}

fn reporting_lines(found: &mut Posts<'_>, homes: &[(Option<UnitIx>, Option<String>)], log: &mut Log) {
    for ((post, row), (unit, _)) in found.posts.iter_mut().zip(&found.rows).zip(homes) {
        let Some(text) = row.text("reports_to") else { continue };
        match found.index.find(text, Near { unit: *unit, section: None }) {
            Ok(ix) => post.reports_to = Some(ix),
            Err(problem) => log.at(row.at, "reports_to", problem.with("column", "reports_to")),
        }
    }
    let own: Vec<_> =
        found.posts.iter().enumerate().filter(|(at, post)| post.reports_to.map(|ix| ix.0) == Some(*at)).collect();
    for (_, post) in own {
        log.at(post.row, "reports_to", Problem::new("E0315").with("value", &post.id));
    }
}
