//! The risk list, and the grades of posts that follow from it.

use super::Sheets;
use super::lookup::{Near, Units};
use super::posts::Posts;
use crate::input::log::Log;
use crate::input::row::Row;
use crate::input::schema::heading_key;
use crate::input::words;
use lungang_domain::case::RiskPoint;
use lungang_domain::words::Grade;
use lungang_domain::{Policy, PostIx, Problem, UnitIx};
use std::collections::HashMap;

/// Reads the list, and grades the posts whose own grade is blank by the highest of their points.
pub fn read(sheets: &Sheets, found: &mut Posts<'_>, units: &Units, policy: &Policy, log: &mut Log) -> Vec<RiskPoint> {
    let mut points = Vec::new();
    let mut highest: HashMap<PostIx, Grade> = HashMap::new();
    for row in sheets.rows("risks") {
        let posts = posts_of(row, found, units, log);
        let grade = row.word("grade").and_then(Grade::from_key).or_else(|| by_value(row, policy, log));
        if grade.is_none() && row.is_blank("grade") {
            log.at(row.at, "grade", Problem::new("W0309"));
        }
        for post in &posts {
            if let Some(grade) = grade {
                let slot = highest.entry(*post).or_insert(grade);
                // The order of grades starts at high.
                *slot = (*slot).min(grade);
            }
        }
        points.push(RiskPoint { posts, point: row.owned("point").unwrap_or_default(), grade, row: row.at });
    }
    let mut unrated = 0;
    for (position, (post, row)) in found.posts.iter_mut().zip(&found.rows).enumerate() {
        match highest.get(&PostIx(position)) {
            Some(listed) if row.is_blank("risk") => post.risk = *listed,
            Some(listed) if *listed != post.risk => {
                let problem =
                    Problem::new("W0310").with("post", &post.id).with("given", words::label("risk", post.risk.key()));
                log.at(row.at, "risk", problem.with("listed", words::label("risk", listed.key())));
            }
            Some(_) => {}
            None => unrated += usize::from(row.is_blank("risk")),
        }
    }
    if let (Some(table), true) = (sheets.filled("posts"), unrated > 0) {
        log.sheet(table.table, Problem::new("A0309").with("count", unrated));
    }
    points
}

/// The grade of a point by its value, or by likelihood × severity, where the policy says from which values on. A row whose
/// value is not the product of the two is told.
fn by_value(row: &Row, policy: &Policy, log: &mut Log) -> Option<Grade> {
    let (high, medium) = (policy.risk.high_from?, policy.risk.medium_from?);
    // Lists write `3` and `3分`, and also words, which no value follows from.
    let number = |column: &str| row.text(column)?.trim_end_matches('分').trim().parse::<f64>().ok();
    let product = number("likelihood").zip(number("severity")).map(|(l, c)| l * c);
    let value = number("value");
    if let (Some(value), Some(product)) = (value, product)
        && (value - product).abs() > 0.01 * product.abs().max(1.0)
    {
        log.at(row.at, "value", Problem::new("W0319").with("value", value).with("product", product));
    }
    let value = value.or(product)?;
    Some(match () {
        () if value >= f64::from(high) => Grade::High,
        () if value >= f64::from(medium) => Grade::Medium,
        () => Grade::Low,
    })
}

/// The posts a row speaks of: one, or all of a unit or section.
fn posts_of(row: &Row, found: &Posts<'_>, units: &Units, log: &mut Log) -> Vec<PostIx> {
    let unit = match row.text("unit").map(|name| units.find(name)) {
        Some(Ok(unit)) => Some(unit),
        Some(Err(problem)) => {
            log.at(row.at, "unit", problem.with("column", "unit"));
            return Vec::new();
        }
        None => None,
    };
    if let Some(text) = row.text("post") {
        return match found.index.find(text, Near { unit, section: row.text("section") }) {
            Ok(post) => vec![post],
            Err(problem) => {
                log.at(row.at, "post", problem.with("column", "post"));
                Vec::new()
            }
        };
    }
    // A column may hold units in some rows and sections in others.
    let (unit, section) = match row.text("place") {
        Some(place) => match units.find(place) {
            Ok(unit) => (Some(unit), row.text("section")),
            Err(_) => (unit, Some(place)),
        },
        None => (unit, row.text("section")),
    };
    if unit.is_none() && section.is_none() {
        if row.is_blank("post") && row.is_blank("unit") {
            log.row(row.at, Problem::new("E0314"));
        }
        return Vec::new();
    }
    let posts: Vec<PostIx> = found
        .posts
        .iter()
        .enumerate()
        .filter(|(_, post)| unit.is_none_or(|unit| unit == post.unit))
        .filter(|(_, post)| {
            section.is_none_or(|section| {
                let own = post.section.and_then(|ix| found.sections.get(ix.0));
                own.is_some_and(|own| heading_key(&own.name) == heading_key(section))
            })
        })
        .map(|(position, _)| PostIx(position))
        .collect();
    let mut units: Vec<UnitIx> = posts.iter().filter_map(|ix| found.posts.get(ix.0)).map(|post| post.unit).collect();
    units.sort_unstable();
    units.dedup();
    if unit.is_none() && units.len() > 1 {
        // Which unit's section is meant can't be told.
        let column = if row.is_blank("place") { "section" } else { "place" };
        let problem = Problem::new("E0321").with("value", section.unwrap_or("")).with("count", units.len());
        log.at(row.at, column, problem);
        return Vec::new();
    }
    if posts.is_empty() {
        let column = match (row.text("place"), section) {
            (Some(_), _) => "place",
            (None, Some(_)) => "section",
            (None, None) => "unit",
        };
        let value = section.or(row.text("unit")).unwrap_or("");
        log.at(row.at, column, Problem::new("E0318").with("value", value));
    }
    posts
}
