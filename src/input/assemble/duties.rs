//! The list of powers and duties. A key item makes the post that answers for it sensitive (district plan (一)1).

use super::Sheets;
use super::lookup::{Known, Near};
use super::posts::Posts;
use super::staff::Roster;
use crate::input::log::Log;
use crate::input::row::Row;
use lungang_domain::{Duty, PostIx, Problem};
use std::collections::BTreeSet;

/// Reads the list, and marks the posts that answer for key items.
pub fn read(sheets: &Sheets, found: &mut Posts<'_>, roster: &Roster, log: &mut Log) -> Vec<Duty> {
    let mut duties = Vec::new();
    let mut of_nobody = 0;
    for row in sheets.rows("duties") {
        let post = post(row, found, roster, log);
        let key = row.flag("key");
        of_nobody += usize::from(key && post.is_none());
        duties.push(Duty { item: row.owned("item").unwrap_or_default(), key, post, row: row.at });
    }
    let keyed: BTreeSet<PostIx> = duties.iter().filter(|duty| duty.key).filter_map(|duty| duty.post).collect();
    let mut marked = 0;
    for ix in &keyed {
        let (Some(post), Some(row)) = (found.posts.get_mut(ix.0), found.rows.get(ix.0)) else { continue };
        if !post.sensitive && !row.is_blank("sensitive") {
            log.at(row.at, "sensitive", Problem::new("W0317").with("post", &post.id));
        }
        marked += usize::from(!post.sensitive);
        post.sensitive = true;
    }
    if let Some(table) = sheets.filled("duties") {
        if marked > 0 {
            log.sheet(table.table, Problem::new("A0312").with("count", marked));
        }
        if of_nobody > 0 {
            log.sheet(table.table, Problem::new("W0318").with("count", of_nobody));
        }
    }
    duties
}

/// The post that answers for an item: the one named, else the one that the person named holds.
fn post(row: &Row, found: &Posts<'_>, roster: &Roster, log: &mut Log) -> Option<PostIx> {
    if let Some(text) = row.text("post") {
        let near = Near { unit: None, section: row.text("section") };
        return match found.index.find(text, near) {
            Ok(ix) => Some(ix),
            Err(problem) => {
                log.at(row.at, "post", problem.with("column", "post"));
                None
            }
        };
    }
    match roster.index.find(row.text("person")?) {
        Ok(Known::Planned(ix)) => roster.people.get(ix.0).and_then(|person| person.post),
        // Lists of duties name people long gone; that is told by their being of nobody.
        Ok(Known::Unplanned) | Err(_) => None,
    }
}
