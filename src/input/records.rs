//! Sheets that say of people what the roster says too: ranks with their dates (A05), rewards and sanctions (A14), appraisals
//! (A15), kin by what they are called (A36), and the appointment forms of people on a roster. Before a case or a workbook is made, what the roster leaves blank is filled
//! from them; what they say otherwise, or can't be read, is told at its cell.

use super::assemble::Sheets;
use super::assemble::staff::unpadded;
use super::cells::dates::Habits;
use super::cells::{self, Setting, Typed};
use super::log::Log;
use super::row::Row;
use super::schema::{self, Kind, Sheet, heading_key};
use super::sheets::RawValue;
use super::words;
use chrono::{Datelike, Months, NaiveDate};
use lungang_domain::policy::LadderPolicy;
use lungang_domain::{Problem, RowRef};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Joins forms with the roster, fills its rows, and tells the kin of A36.
pub fn fold(sheets: &mut Sheets, ladder: &LadderPolicy, log: &mut Log) {
    forms(sheets, log);
    let people = People::of(sheets);
    for sheet in ["ranks", "rewards", "appraisals"] {
        let mut found: BTreeMap<Place, Found> = BTreeMap::new();
        let needed = schema::sheet(sheet).map_or(&[][..], Sheet::required);
        let tables: BTreeSet<usize> = sheets.rows(sheet).map(|row| row.at.table).collect();
        for row in sheets.rows(sheet) {
            // A sanction may have its end in the place of its date.
            let needed = needed.iter().filter(|needed| **needed != "date");
            for needed in needed.filter(|needed| row.is_blank(needed)) {
                log.at(row.at, needed, Problem::new("W0115").with("column", needed));
            }
            let Some(place) = people.find(row, log) else { continue };
            let found = found.entry(place).or_default();
            match sheet {
                "ranks" => found.rank(row, ladder, log),
                "rewards" => found.sanction(row, log),
                _ => found.appraisal(row, log),
            }
        }
        let mut filled = 0;
        for (place, found) in found {
            let Some(table) = sheets.tables.get_mut(place.0) else { continue };
            let Some(person) = table.rows.get_mut(place.1) else { continue };
            for (column, typed) in found.of(person, log) {
                person.put(column, typed);
                table.headings.insert(column);
                filled += 1;
            }
        }
        if filled > 0 {
            for table in tables {
                log.sheet(table, Problem::new("A0121").with("count", filled));
            }
        }
    }
    kin(sheets, log);
}

/// Appointment forms of people whom a roster lists as well, told by name and month of birth: the roster's row is filled from
/// the form, and what the form says of career and family is that person's.
fn forms(sheets: &mut Sheets, log: &mut Log) {
    let is_form = |table: usize, log: &Log| {
        log.origins.tables.get(table).is_some_and(|origin| origin.file.to_lowercase().ends_with(".lrmx"))
    };
    let key = |row: &Row| {
        let birth = row.date("birth_date")?;
        Some((heading_key(&unpadded(row.text("name")?)), birth.year(), birth.month()))
    };
    let rosters = |form: bool, sheets: &Sheets, log: &Log| -> Vec<Place> {
        let of_kind = sheets.tables.iter().enumerate().filter(|(_, table)| table.sheet.name == "staff");
        let of_kind = of_kind.filter(|(_, table)| is_form(table.table, log) == form);
        of_kind.flat_map(|(at, table)| (0..table.rows.len()).map(move |number| (at, number))).collect()
    };
    let forms = rosters(true, sheets, log);
    if forms.is_empty() {
        return;
    }
    let listed = rosters(false, sheets, log);
    let mut by_key: HashMap<(String, i32, u32), Vec<Place>> = HashMap::new();
    let mut names: HashMap<String, usize> = HashMap::new();
    for (at, number) in &listed {
        let row = &sheets.tables[*at].rows[*number];
        if let Some(key) = key(row) {
            by_key.entry(key).or_default().push((*at, *number));
        }
    }
    let on_roster: BTreeSet<String> = listed
        .iter()
        .filter_map(|(at, number)| sheets.tables[*at].rows[*number].text("name"))
        .map(|name| heading_key(&unpadded(name)))
        .collect();
    for row in sheets.rows("staff") {
        *names.entry(row.text("name").map(|name| heading_key(&unpadded(name))).unwrap_or_default()).or_default() += 1;
    }
    for (at, number) in forms.into_iter().rev() {
        let form = &sheets.tables[at].rows[number];
        let Some([place]) = key(form).and_then(|key| by_key.get(&key)).map(Vec::as_slice) else {
            let name = form.text("name").unwrap_or_default();
            if on_roster.contains(&heading_key(&unpadded(name))) {
                log.at(form.at, "name", Problem::new("W0116").with("value", name));
            }
            continue;
        };
        let place = *place;
        let Some(stem) = form.owned("id") else { continue };
        let form = sheets.tables[at].rows.remove(number);
        let table = &mut sheets.tables[place.0];
        let person = &mut table.rows[place.1];
        for (column, typed) in form.cells().filter(|(column, _)| *column != "id") {
            if person.is_blank(column) {
                person.put(column, typed.clone());
                table.headings.insert(column);
            }
        }
        let name = person.owned("name").unwrap_or_default();
        // The roster's row and this form: whoever else bears the name would make it say nothing.
        let is_only = names.get(&heading_key(&unpadded(&name))) == Some(&2);
        if person.is_blank("id") && !is_only {
            person.put("id", Typed::Text(stem.clone()));
        }
        let called = person.owned("id").unwrap_or(name);
        let first = log.place(person.at);
        log.at(form.at, "name", Problem::new("A0122").with("value", &stem).with("first", first));
        let own = log.origins.tables.get(form.at.table).map(|origin| origin.file.clone());
        for table in &mut sheets.tables {
            let column = match table.sheet.name {
                "history" => "staff",
                "relations" => "staff_a",
                _ => continue,
            };
            let file = log.origins.tables.get(table.table).map(|origin| &origin.file);
            for row in table.rows.iter_mut().filter(|row| file == own.as_ref() && row.text(column) == Some(&stem)) {
                row.put(column, Typed::Text(called.clone()));
            }
        }
    }
}

/// A row of a roster: position of its table, and of the row in it.
type Place = (usize, usize);

/// Whom the rosters list, by id and by name.
struct People {
    by_id: HashMap<String, Place>,
    by_name: HashMap<String, Vec<Place>>,
}

impl People {
    fn of(sheets: &Sheets) -> Self {
        let mut people = Self { by_id: HashMap::new(), by_name: HashMap::new() };
        if !sheets.tables.iter().any(|table| table.sheet.is_record() && !table.rows.is_empty()) {
            return people;
        }
        for (at, table) in sheets.tables.iter().enumerate().filter(|(_, table)| table.sheet.name == "staff") {
            for (number, row) in table.rows.iter().enumerate() {
                if let Some(id) = row.text("id") {
                    people.by_id.entry(id.to_owned()).or_insert((at, number));
                }
                if let Some(name) = row.text("name") {
                    people.by_name.entry(heading_key(&unpadded(name))).or_default().push((at, number));
                }
            }
        }
        people
    }

    /// The person of a record. An export may hold more people than the roster, so one who is not there is warned of.
    fn find(&self, row: &Row, log: &mut Log) -> Option<Place> {
        let text = row.text("staff")?;
        let named = || self.by_name.get(&heading_key(&unpadded(text))).map(Vec::as_slice);
        match self.by_id.get(text).map(std::slice::from_ref).or_else(named) {
            Some([only]) => return Some(*only),
            Some(_) => log.at(row.at, "staff", Problem::new("W0111").with("value", text)),
            None => log.at(row.at, "staff", Problem::new("W0110").with("value", text)),
        }
        None
    }
}

/// A rank held today: its start, its rung, and the row that says so.
type Held = (Option<NaiveDate>, String, RowRef);

/// What records say of one person.
#[derive(Default)]
struct Found {
    /// Ranks held today, by column.
    ranks: BTreeMap<&'static str, Vec<Held>>,
    /// Last day of a sanction's effect, and the row.
    sanctions: Vec<(NaiveDate, RowRef)>,
    /// Year, and result.
    appraisals: BTreeMap<i32, String>,
}

impl Found {
    fn rank(&mut self, row: &Row, ladder: &LadderPolicy, log: &mut Log) {
        let Some(written) = row.text("name") else { return };
        let is_past = row.date("until").is_some()
            || row.text("current").is_some_and(|state| words::yes_no(state) == Some(false) || state.contains('免'));
        if is_past {
            return;
        }
        let name = level_of_code(written).unwrap_or(written);
        let setting = Setting { ladder, dates: Habits::default(), direction: None };
        let on = |ladder: &'static str| match cells::read(
            Kind::Rung(ladder),
            &RawValue::text(name),
            setting,
            &mut Vec::new(),
        ) {
            Ok(Some(Typed::Text(rung))) => Some((ladder, rung)),
            _ => None,
        };
        let rung = match row.text("kind").map(|kind| words::find("rank_kind", kind)) {
            Some(Some("level")) => on("level"),
            Some(Some(_)) => on("grade"),
            // A code that is not known.
            Some(None) => None,
            None => on("level").or_else(|| on("grade")),
        };
        match rung {
            Some((column, rung)) => self.ranks.entry(column).or_default().push((row.date("since"), rung, row.at)),
            None => log.at(row.at, "name", Problem::new("W0112").with("value", written)),
        }
    }

    fn sanction(&mut self, row: &Row, log: &mut Log) {
        let (Some(name), None) = (row.text("name"), row.date("revoked")) else { return };
        if let Some(until) = row.date("until") {
            self.sanctions.push((until, row.at));
            return;
        }
        let Some(effect) = effect(name) else {
            // Neither a sanction that is known nor a reward.
            if !is_reward(name) && !is_lifted(name) {
                log.at(row.at, "name", Problem::new("W0112").with("value", name));
            }
            return;
        };
        let Some(date) = row.date("date") else {
            log.at(row.at, "date", Problem::new("W0114").with("value", name));
            return;
        };
        let Some(until) = date.checked_add_months(Months::new(effect.months)) else { return };
        let code = if effect.is_certain { "A0207" } else { "A0208" };
        log.at(
            row.at,
            "name",
            Problem::new(code).with("value", name).with("months", effect.months).with("date", until),
        );
        self.sanctions.push((until, row.at));
    }

    fn appraisal(&mut self, row: &Row, log: &mut Log) {
        let (Some(year), Some(result)) = (row.text("year"), row.text("result")) else { return };
        let digits: String = year.chars().take_while(char::is_ascii_digit).collect();
        match digits.parse() {
            // What a code means is not told in the export.
            Ok(year) if digits.len() == 4 && result.parse::<f64>().is_err() => {
                self.appraisals.insert(year, result.to_owned());
            }
            Ok(_) if digits.len() == 4 => {
                log.at(row.at, "result", Problem::new("W0112").with("value", result));
            }
            _ => log.at(row.at, "year", Problem::new("W0112").with("value", year)),
        }
    }

    /// What a row of the roster leaves blank.
    fn of(self, person: &Row, log: &mut Log) -> Vec<(&'static str, Typed)> {
        let mut filled = Vec::new();
        for (column, mut ranks) in self.ranks {
            // Of several held at once the latest counts.
            ranks.sort();
            let Some((since, rung, at)) = ranks.pop() else { continue };
            let same = person.text(column) == Some(rung.as_str());
            if !same && !person.is_blank(column) {
                let first = person.text(column).unwrap_or_default();
                log.at(at, "name", Problem::new("W0113").with("value", &rung).with("first", first));
                continue;
            }
            if person.is_blank(column) {
                filled.push((column, Typed::Text(rung)));
            }
            let dated = if column == "level" { "level_since" } else { "grade_since" };
            if let (Some(since), true) = (since, person.is_blank(dated)) {
                filled.push((dated, Typed::Date(since)));
            }
        }
        if let Some((until, at)) = self.sanctions.into_iter().max() {
            match person.date("discipline_until") {
                None if person.is_blank("discipline_until") => filled.push(("discipline_until", Typed::Date(until))),
                // The roster counts, and may not know of the newer one.
                Some(first) if first < until => {
                    log.at(at, "name", Problem::new("W0113").with("value", until).with("first", first));
                }
                Some(_) | None => {}
            }
        }
        if !self.appraisals.is_empty() && person.is_blank("appraisals") {
            let said: Vec<String> = self.appraisals.iter().map(|(year, result)| format!("{year}年{result}")).collect();
            filled.push(("appraisals", Typed::Text(said.join("；"))));
        }
        filled
    }
}

/// Levels by their codes in GB/T 12407, as far as the ladder of a county reaches.
fn level_of_code(text: &str) -> Option<&'static str> {
    match text {
        "131" => Some("县处级正职"),
        "132" => Some("县处级副职"),
        "141" => Some("乡科级正职"),
        "142" => Some("乡科级副职"),
        _ => None,
    }
}

/// How long a sanction weighs on its bearer.
#[derive(Debug, PartialEq, Eq)]
struct Effect {
    months: u32,
    /// Whether the name says which kind of sanction it is.
    is_certain: bool,
}

/// Months from the decision during which nobody is promoted: 公务员法 64 (警告 6, 记过 12, 记大过 18, 降级 and 撤职 24),
/// 事业单位工作人员处分规定 (降低岗位等级 24), 中国共产党纪律处分条例 (警告 12, 严重警告 18, 撤销党内职务 24, 留党察看 24
/// after its one or two years), 诫勉 6. A 警告 that does not say whose is taken for the longer of the two. What is no sanction
/// has no effect.
fn effect(name: &str) -> Option<Effect> {
    let key = heading_key(name);
    let certain = |months| Some(Effect { months, is_certain: true });
    let known: [(&str, u32); 11] = [
        ("留党察看两年", 48),
        ("留党察看二年", 48),
        ("留党察看", 36),
        ("撤销党内职务", 24),
        ("严重警告", 18),
        ("记大过", 18),
        ("记过", 12),
        ("降级", 24),
        ("撤职", 24),
        ("降低岗位等级", 24),
        ("诫勉", 6),
    ];
    let clauses = key.split(['、', ',', ';', '。']).filter(|clause| !is_lifted(clause));
    let key = clauses.collect::<Vec<_>>().join("、");
    if let Some((_, months)) = known.iter().find(|(word, _)| key.contains(word)) {
        return certain(*months);
    }
    if !key.contains("警告") {
        return None;
    }
    if key.contains("党内") {
        return certain(12);
    }
    if ["政务", "行政"].iter().any(|word| key.contains(word)) {
        return certain(6);
    }
    Some(Effect { months: 12, is_certain: false })
}

/// Whether a name tells of a sanction that was lifted or not given.
fn is_lifted(name: &str) -> bool {
    ["解除", "免予", "免于", "不予"].iter().any(|word| name.contains(word))
        || (name.contains("撤销") && name.contains("处分"))
}

/// Whether a name is that of a reward, as far as they are named alike everywhere.
fn is_reward(name: &str) -> bool {
    let words = [
        "嘉奖",
        "记功",
        "三等功",
        "二等功",
        "一等功",
        "奖",
        "表彰",
        "表扬",
        "先进",
        "优秀",
        "模范",
        "称号",
        "劳模",
        "标兵",
        "荣誉",
    ];
    words.iter().any(|word| name.contains(word))
}

/// Kin that a table names by what they are called; whoever is kin of no kind that matters is told and left out.
fn kin(sheets: &mut Sheets, log: &mut Log) {
    for table in sheets.tables.iter_mut().filter(|table| table.sheet.name == "relations") {
        table.rows.retain_mut(|row| {
            if let Some(title) = row.owned("title")
                && row.is_blank("kind")
            {
                let Some(kind) = words::find("kin", &title) else {
                    log.at(row.at, "title", Problem::new("W0105").with("value", &title));
                    return false;
                };
                row.put("kind", Typed::Word(kind, title));
            }
            true
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("行政记过", Some((12, true)))]
    #[case("记大过", Some((18, true)))]
    #[case("党内严重警告", Some((18, true)))]
    #[case("党内警告", Some((12, true)))]
    #[case("政务警告", Some((6, true)))]
    #[case("警告", Some((12, false)))]
    #[case("留党察看一年", Some((36, true)))]
    #[case("留党察看二年", Some((48, true)))]
    #[case("撤职", Some((24, true)))]
    #[case("嘉奖", None)]
    #[case("记三等功", None)]
    #[case("免予处分", None)]
    fn sanctions_weigh_for_their_time(#[case] name: &str, #[case] wanted: Option<(u32, bool)>) {
        assert_eq!(effect(name).map(|effect| (effect.months, effect.is_certain)), wanted);
    }
}
