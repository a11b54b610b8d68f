//! The roster: who is planned, who is only listed, and where everybody stands.

use super::lookup::{self, Known, Near};
use super::posts::Posts;
use super::{Sheets, Today};
use crate::input::log::Log;
use crate::input::row::Row;
use crate::input::schema::heading_key;
use chrono::Datelike;
use lungang_domain::case::Unplanned;
use lungang_domain::words::{AbsenceKind, Category, Investigation, Lead, Sex, StaffingKind, Stage};
use lungang_domain::{Absence, Person, PersonIx, PostIx, Problem, RowRef, StaffId, Unit, UnitIx};
use std::collections::{BTreeSet, HashMap};

/// Experiences wanted of one person that the engine follows.
pub const MOST_NEEDED: usize = 16;

/// The roster as read.
#[derive(Debug, Default)]
pub struct Roster {
    /// Sorted by id.
    pub people: Vec<Person>,
    /// Sorted by id.
    pub unplanned: Vec<Unplanned>,
    /// By id.
    pub index: lookup::Staff,
    /// Positions of who joins later by an event.
    pub outside: BTreeSet<PersonIx>,
    /// Positions of who holds no post today, by what the roster says.
    pub unplaced: BTreeSet<PersonIx>,
    /// Positions of who is said to be in service in so many words.
    pub in_service: BTreeSet<PersonIx>,
}

/// What the reading of a row needs to know.
pub struct Around<'a> {
    /// Units.
    pub units: &'a [Unit],
    /// Units by name.
    pub unit_index: &'a lookup::Units,
    /// Posts.
    pub posts: &'a Posts<'a>,
    /// Ids that a later `join` or `recruit` names.
    pub joining: &'a BTreeSet<String>,
    /// Dates.
    pub today: Today,
}

struct Draft<'a> {
    id: StaffId,
    name: String,
    row: &'a Row,
    unit: Option<UnitIx>,
}

/// Reads the roster.
pub fn read(sheets: &Sheets, around: &Around<'_>, log: &mut Log) -> Roster {
    let mut roster = Roster::default();
    let Some(first) = sheets.filled("staff") else { return roster };
    for table in sheets.all("staff").filter(|table| !table.rows.is_empty()) {
        if !table.has("status") {
            log.sheet(table.table, Problem::new("A0303"));
        }
        for (column, code) in [("post", "W0301"), ("post_since", "W0302")] {
            if !table.has(column) {
                log.sheet(table.table, Problem::new(code));
            }
        }
    }
    let mut generated = 0;
    let mut planned: Vec<Draft<'_>> = Vec::new();
    let mut seen: HashMap<String, RowRef> = HashMap::new();
    for row in sheets.rows("staff") {
        if is_vacancy(row) {
            let id = row.text("id").map(StaffId::new);
            roster.unplanned.push(unplanned(row, id));
            continue;
        }
        log.needs(row, "name");
        let name = row.text("name").map(unpadded).unwrap_or_default();
        let unit = unit_of(row, around, log);
        let Some(id) = identity(row, &name, unit, around.units, &mut generated, log) else { continue };
        if let Some(first) = seen.get(id.as_str()) {
            let first = log.place(*first);
            let code = if row.is_blank("id") { "E0316" } else { "E0301" };
            log.at(row.at, "id", Problem::new(code).with("value", &id).with("first", first));
            continue;
        }
        seen.insert(id.0.clone(), row.at);
        let joins = around.joining.contains(id.as_str());
        match row.word("status") {
            Some("retired" | "left") if !joins => {
                let draft = Draft { id, name, row, unit };
                roster.index.insert(&draft.id, &draft.name, &about(&draft, around), Known::Unplanned);
                roster.unplanned.push(unplanned(row, Some(draft.id)));
            }
            status => {
                if status.is_none() && row.is_blank("status") && sheets.has(row.at, "status") && !joins {
                    log.at(row.at, "status", Problem::new("A0302"));
                }
                planned.push(Draft { id, name, row, unit });
            }
        }
    }
    if generated > 0 {
        log.sheet(first.table, Problem::new("A0304").with("count", generated));
    }
    planned.sort_by(|a, b| a.id.cmp(&b.id));
    alike(&planned, log);
    for (position, draft) in planned.into_iter().enumerate() {
        let ix = PersonIx(position);
        roster.index.insert(&draft.id, &draft.name, &about(&draft, around), Known::Planned(ix));
        let outside = around.joining.contains(draft.id.as_str());
        if outside {
            roster.outside.insert(ix);
        }
        if outside || draft.row.is_blank("post") {
            roster.unplaced.insert(ix);
        }
        if draft.row.word("status") == Some("in_service") {
            roster.in_service.insert(ix);
        }
        let person = person(&draft, sheets, outside, around, log);
        roster.people.push(person);
    }
    roster.unplanned.sort_by(|a, b| (&a.id, a.row).cmp(&(&b.id, b.row)));
    roster
}

/// Two people of one name, unit and month of birth under different ids are one person twice, more likely than not.
fn alike(planned: &[Draft<'_>], log: &mut Log) {
    let mut seen: HashMap<(String, i32, u32), (RowRef, Option<UnitIx>)> = HashMap::new();
    for draft in planned {
        let Some(birth) = draft.row.date("birth_date") else { continue };
        let key = (heading_key(&draft.name), birth.year(), birth.month());
        match seen.get(&key) {
            // A form does not say the unit.
            Some((first, unit)) if *unit == draft.unit || unit.is_none() || draft.unit.is_none() => {
                let first = log.place(*first);
                log.at(draft.row.at, "name", Problem::new("W0321").with("value", &draft.name).with("first", first));
            }
            Some(_) => {}
            None => {
                seen.insert(key, (draft.row.at, draft.unit));
            }
        }
    }
}

/// A name as it is spoken: rosters pad short ones to width (`张　三`). Blanks between letters stay.
#[must_use]
pub fn unpadded(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let is_letter = |at: usize| chars.get(at).is_some_and(char::is_ascii);
    let kept = chars.iter().enumerate().filter(|(at, c)| {
        let inner = c.is_whitespace();
        !inner || (at.checked_sub(1).is_some_and(is_letter) && is_letter(at + 1))
    });
    kept.map(|(_, c)| *c).collect()
}

/// What tells two people of one name apart: unit and month of birth.
fn about(draft: &Draft<'_>, around: &Around<'_>) -> String {
    let unit = draft.unit.and_then(|ix| around.units.get(ix.0)).map_or("", |unit| unit.name.as_str());
    let birth = draft.row.date("birth_date").map(|birth| format!("{}-{:02}", birth.year(), birth.month()));
    format!("{unit} {}", birth.unwrap_or_default()).trim().to_owned()
}

/// A row that marks an empty seat: by its status, or by the word 空缺 in place of a name.
#[must_use]
pub fn is_vacancy(row: &Row) -> bool {
    const STEMS: &[&str] = &["空缺", "空岗", "缺编", "待补", "待定", "暂缺", "vacant"];
    let names_nobody = |name: &str| {
        let key = heading_key(name);
        let bare = key.trim_matches(|c: char| c.is_ascii_digit() || matches!(c, '(' | ')'));
        STEMS.contains(&bare)
    };
    row.word("status") == Some("vacant") || row.text("name").is_some_and(names_nobody)
}

fn unplanned(row: &Row, id: Option<StaffId>) -> Unplanned {
    Unplanned {
        id,
        name: row.owned("name").unwrap_or_default(),
        status: row.written("status").unwrap_or("空缺").to_owned(),
        row: row.at,
    }
}

fn unit_of(row: &Row, around: &Around<'_>, log: &mut Log) -> Option<UnitIx> {
    match around.unit_index.find(row.text("unit")?) {
        Ok(ix) => Some(ix),
        Err(problem) => {
            log.at(row.at, "unit", problem.with("column", "unit"));
            None
        }
    }
}

/// The id as given, else from unit, name and birth month.
fn identity(
    row: &Row,
    name: &str,
    unit: Option<UnitIx>,
    units: &[Unit],
    generated: &mut usize,
    log: &mut Log,
) -> Option<StaffId> {
    if let Some(id) = row.text("id") {
        return Some(StaffId::new(id));
    }
    if !row.is_blank("id") {
        return None;
    }
    let unit = unit.and_then(|ix| units.get(ix.0));
    match (unit, row.date("birth_date")) {
        (Some(unit), Some(birth)) if !name.is_empty() => {
            *generated += 1;
            let name: String = name.chars().filter(|c| !c.is_whitespace()).collect();
            Some(StaffId::new(&format!("{}·{name}·{}-{:02}", unit.name, birth.year(), birth.month())))
        }
        _ => {
            // An unreadable unit or birth date has been told already.
            if !name.is_empty() && (row.is_blank("unit") || row.is_blank("birth_date")) {
                log.at(row.at, "id", Problem::new("E0303").with("value", name));
            }
            None
        }
    }
}

fn person(draft: &Draft<'_>, sheets: &Sheets, outside: bool, around: &Around<'_>, log: &mut Log) -> Person {
    let row = draft.row;
    let post = if outside { None } else { held_post(draft, around, log) };
    let investigation = row.word("under_investigation").and_then(Investigation::from_key);
    if outside && row.text("post").is_some() {
        log.at(row.at, "post", Problem::new("W0502").with("value", row.text("post").unwrap_or("")));
    }
    if !outside {
        check_dates(row, post, investigation, around.today, log);
    }
    let kind = row.word("staffing_kind").and_then(StaffingKind::from_key);
    if let Some(held) = post.and_then(|ix| around.posts.posts.get(ix.0)) {
        let ten_year = held.ten_year_duty || matches!(held.lead, Lead::Head | Lead::Deputy);
        if ten_year && kind.is_none() && row.is_blank("staffing_kind") {
            log.at(row.at, "staffing_kind", Problem::new("W0307").with("post", &held.id));
        }
        if row.is_blank("post_since") && sheets.has(row.at, "post_since") {
            log.at(row.at, "post_since", Problem::new("W0305"));
        }
    } else if !outside && row.is_blank("post") && sheets.has(row.at, "post") {
        log.at(row.at, "post", Problem::new("A0306"));
    }
    if row.items("needed").len() > MOST_NEEDED {
        let count = row.items("needed").len();
        log.at(row.at, "needed", Problem::new("E0216").with("count", count).with("most", MOST_NEEDED));
    }
    Person {
        id: draft.id.clone(),
        name: draft.name.clone(),
        sex: row.word("sex").and_then(Sex::from_key),
        birth_date: row.date("birth_date"),
        ethnicity: row.owned("ethnicity"),
        party: row.owned("party"),
        native_place: row.owned("native_place"),
        home_region: row.owned("home_region"),
        education: row.owned("education"),
        majors: row.items("major"),
        certificates: row.items("certificates"),
        staffing_kind: kind,
        category: row.word("category").and_then(Category::from_key),
        unit: draft.unit,
        post,
        also_posts: posts(draft, "also_posts", around, log),
        acting_in: posts(draft, "acting_in", around, log),
        post_since: row.since("post_since"),
        section_since: row.since("section_since"),
        unit_since: row.since("unit_since"),
        level: row.owned("level"),
        level_since: row.date("level_since"),
        grade: row.owned("grade"),
        grade_since: row.date("grade_since"),
        reserve: row.flag("reserve"),
        reserve_stage: row.word("reserve_stage").and_then(Stage::from_key),
        ready_now: row.flag("ready_now"),
        experiences: row.items("experiences"),
        needed: row.list("needed").map(<[String]>::to_vec),
        retire_date: row.date("retire_date"),
        retire_computed: false,
        probation_until: row.date("probation_until"),
        minimum_service_until: row.date("minimum_service_until"),
        discipline_until: row.date("discipline_until"),
        under_investigation: investigation,
        absence: absence(draft, around, log),
        exempt_until: row.date("exempt_until"),
        exempt_reason: row.owned("exempt_reason"),
        must_months: row.whole("must_months"),
        appraisals: row.owned("appraisals"),
        law_hours: row.number("law_hours"),
        professional_hours: row.number("professional_hours"),
        wishes: row.items("wishes"),
        suggested_posts: posts(draft, "suggested_posts", around, log),
        row: row.at,
    }
}

fn find_post(draft: &Draft<'_>, column: &str, text: &str, around: &Around<'_>, log: &mut Log) -> Option<PostIx> {
    let near = Near { unit: draft.unit, section: draft.row.text("section") };
    match around.posts.index.find(text, near) {
        Ok(ix) => Some(ix),
        Err(problem) => {
            log.at(draft.row.at, column, problem.with("column", column));
            None
        }
    }
}

fn posts(draft: &Draft<'_>, column: &str, around: &Around<'_>, log: &mut Log) -> Vec<PostIx> {
    let names = draft.row.items(column);
    names.iter().filter_map(|name| find_post(draft, column, name, around, log)).collect()
}

/// The post held today. Where the row's unit or section is another than the post's, the post's counts, warned.
fn held_post(draft: &Draft<'_>, around: &Around<'_>, log: &mut Log) -> Option<PostIx> {
    let ix = find_post(draft, "post", draft.row.text("post")?, around, log)?;
    let post = around.posts.posts.get(ix.0)?;
    if draft.unit.is_some_and(|unit| unit != post.unit) {
        let unit = around.units.get(post.unit.0).map_or("", |unit| unit.name.as_str());
        log.at(draft.row.at, "unit", Problem::new("W0303").with("post", &post.id).with("unit", unit));
    } else if let Some(section) = draft.row.text("section") {
        let own = post.section.and_then(|ix| around.posts.sections.get(ix.0)).map_or("", |own| own.name.as_str());
        if heading_key(own) != heading_key(section) {
            log.at(draft.row.at, "section", Problem::new("W0304").with("post", &post.id).with("section", own));
        }
    }
    Some(ix)
}

fn check_dates(row: &Row, post: Option<PostIx>, investigation: Option<Investigation>, today: Today, log: &mut Log) {
    let Some(as_of) = today.as_of else { return };
    if let Some(date) = row.date("retire_date")
        && date <= as_of
        && investigation != Some(Investigation::Filed)
    {
        log.at(row.at, "retire_date", Problem::new("E0307").with("date", date).with("as_of", as_of));
    }
    if post.is_some()
        && let Some(date) = row.date("post_since")
        && date > as_of
    {
        log.at(row.at, "post_since", Problem::new("W0306").with("date", date).with("as_of", as_of));
    }
    if let Some(date) = row.date("birth_date")
        && date >= as_of
    {
        log.at(row.at, "birth_date", Problem::new("E0317").with("date", date));
    }
}

fn absence(draft: &Draft<'_>, around: &Around<'_>, log: &mut Log) -> Option<Absence> {
    let row = draft.row;
    let columns = ["absent_from", "absent_until", "absence_kind", "host_post"];
    if columns.iter().all(|column| row.is_blank(column)) {
        return None;
    }
    let (from, until) = (row.date("absent_from"), row.date("absent_until"));
    if let (Some(from), Some(until)) = (from, until)
        && until <= from
    {
        log.at(row.at, "absent_until", Problem::new("E0308").with("from", from).with("until", until));
        return None;
    }
    if let (Some(until), Some(as_of)) = (until, around.today.as_of)
        && until <= as_of
    {
        log.at(row.at, "absent_until", Problem::new("W0308").with("date", until));
        return None;
    }
    let named = columns.iter().find(|column| !row.is_blank(column)).copied().unwrap_or("absence_kind");
    if from.is_none() {
        log.at(row.at, named, Problem::new("A0307"));
    }
    if until.is_none() {
        log.at(row.at, named, Problem::new("A0308"));
    }
    let host = row.text("host_post").and_then(|text| {
        // The host may lie in any unit.
        match around.posts.index.find(text, Near::default()) {
            Ok(ix) => Some(ix),
            Err(problem) => {
                log.at(row.at, "host_post", problem.with("column", "host_post"));
                None
            }
        }
    });
    Some(Absence { from, until, kind: row.word("absence_kind").and_then(AbsenceKind::from_key), host })
}
