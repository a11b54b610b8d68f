//! Rosters → the canonical workbook: the post list that nobody keeps is built out of who holds what.
//!
//! A post is a (unit, section, title); its seats are its holders and the vacancies that the roster marks. What a title says
//! of a section (`预算股股长`) and of leading (`副局长`) is an assumption, marked in the workbook like every blank that a
//! plan would miss. Each row names the cell it came from.

use super::assemble::Sheets;
use super::assemble::staff::{is_vacancy, unpadded};
use super::cells::Typed;
use super::log::Log;
use super::schema::{Kind, SHEETS, heading_key};
use super::sheets::{RawRow, RawTable, RawValue, Source};
use super::tables::{Row, Table};
use super::{ReadOptions, lay_out, layout, source, words};
use crate::text::Lang;
use lungang_domain::{Problem, Severity};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::PathBuf;

/// Why a cell of the workbook stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Blank, and a plan is better with it.
    Missing,
    /// Filled by an assumption.
    Assumed,
    /// As in the roster, where it can't be read.
    Wrong,
}

/// A canonical workbook to be written, and what was found on the way.
#[derive(Debug, Default)]
pub struct Derived {
    /// The sheets, canonical headings in their first rows; the last column may be [`SOURCE`].
    pub tables: Vec<RawTable>,
    /// Cells that stand out: sheet, row below the headings (from 0), column.
    pub marks: BTreeMap<(&'static str, usize, &'static str), Mark>,
    /// Every problem of the reading.
    pub problems: Vec<Problem>,
    /// Whether some file could not be read at all, so that the workbook would lack it.
    pub unreadable: bool,
    /// People in service.
    pub people: usize,
    /// Posts.
    pub posts: usize,
    /// Language of the words in cells.
    pub lang: Lang,
}

/// Heading of the column that names the cell a row came from. It is no column of ours, and known as not needed.
pub const SOURCE: &str = "source_cell";

/// Columns of the roster without which a plan knows too little of a person.
const WANTED_OF_STAFF: &[&str] =
    &["birth_date", "education", "staffing_kind", "status", "unit", "post", "post_since", "grade"];
/// And of a post.
const WANTED_OF_POSTS: &[&str] = &["level", "essential", "lead", "risk", "sensitive"];

/// Builds the workbook out of one or several rosters, and of whatever other sheets they hold.
#[must_use]
pub fn workbook(rosters: &[PathBuf], options: &ReadOptions, lang: Lang) -> Derived {
    let mut whole = Source::default();
    for path in rosters {
        let Source { tables, problems, .. } = source(path, options);
        whole.tables.extend(tables);
        whole.problems.extend(problems);
    }
    let unreadable = whole.problems.iter().any(|problem| problem.severity == Severity::Error);
    let mut log = Log::default();
    let sheets = lay_out(whole, options, &mut log);
    let mut derived = Derived { lang, unreadable, ..Derived::default() };
    let wrong = wrong_cells(&log);
    let mut posts = if sheets.filled("posts").is_none() { Posts::of(&sheets, &mut log) } else { Posts::default() };
    let of_posts = posts.list.iter().map(|post| post.unit.clone());
    let named = sheets.rows("staff").chain(sheets.rows("posts")).filter_map(|row| row.owned("unit"));
    let known: BTreeSet<String> = of_posts.chain(named).filter(|unit| !unit.is_empty()).collect();
    if !posts.list.is_empty() {
        posts.add_listed(&sheets, &known, &mut log);
    }
    staff(&sheets, &posts, &wrong, &log, &mut derived);
    if posts.list.is_empty() {
        passed(&sheets, "posts", &known, &wrong, &log, &mut derived);
    } else {
        posts.write(&sheets, &mut derived);
    }
    if sheets.filled("units").is_some() {
        passed(&sheets, "units", &known, &wrong, &log, &mut derived);
    } else {
        units(&sheets, &posts, &mut derived);
    }
    for name in ["fit", "risks", "duties", "relations", "history", "events", "decisions"] {
        passed(&sheets, name, &known, &wrong, &log, &mut derived);
    }
    if sheets.filled("staff").is_none() && !log.has_errors() {
        let zh = SHEETS.iter().find(|sheet| sheet.name == "staff").map_or("", |sheet| sheet.zh);
        log.push(Problem::new("E0116").with("sheet", "staff").with("zh", zh));
    }
    derived.problems = log.finish();
    derived
}

/// The cells that could not be read, with what they hold.
fn wrong_cells(log: &Log) -> HashMap<(String, String, u32, u32), String> {
    let errors = log.problems.iter().filter(|problem| problem.severity == Severity::Error);
    errors
        .filter_map(|problem| {
            let cell = problem.cell.as_ref()?;
            let value = problem.args.get("value")?;
            Some(((cell.file.clone(), cell.sheet.clone(), cell.row?, cell.column?), value.clone()))
        })
        .collect()
}

/// Whether a person of the roster takes a seat today.
fn in_service(row: &Row) -> bool {
    !matches!(row.word("status"), Some("retired" | "left" | "vacant")) && !is_vacancy(row)
}

/// One post, as the roster shows it.
#[derive(Debug)]
struct Post {
    id: String,
    unit: String,
    section: Option<String>,
    title: String,
    seats: usize,
    /// Whether the section was read out of the title.
    split: bool,
    source: String,
}

/// The posts that a roster shows, and which row holds which.
#[derive(Debug, Default)]
struct Posts {
    list: Vec<Post>,
    by_row: HashMap<(usize, u32), usize>,
}

impl Posts {
    fn of(sheets: &Sheets, log: &mut Log) -> Self {
        let mut posts = Self::default();
        let mut known: HashMap<(String, String, String), usize> = HashMap::new();
        let mut units: Vec<String> = Vec::new();
        let mut count: HashMap<usize, usize> = HashMap::new();
        let mut split_titles = 0;
        for row in sheets.rows("staff").filter(|row| in_service(row) || is_vacancy(row)) {
            let Some(written) = row.text("post") else { continue };
            // Appointment forms name the unit in the title alone.
            let unit = row.owned("unit").or_else(|| unit_of_title(written)).unwrap_or_default();
            let text = without_unit(written, &unit);
            let own = row.owned("section").map(|section| without_unit(&section, &unit).to_owned());
            let (section, title, split) = match (own, split_title(text)) {
                (Some(section), Some((of_title, title))) if same_section(&section, &of_title) => {
                    (Some(section), title, false)
                }
                (Some(section), _) => (Some(section), text.to_owned(), false),
                (None, Some((section, title))) => (Some(section), title, true),
                (None, None) => (None, text.to_owned(), false),
            };
            let key =
                (heading_key(&unit), section.as_deref().map(heading_key).unwrap_or_default(), heading_key(&title));
            let at = *known.entry(key).or_insert_with(|| {
                let number = units.iter().position(|known| *known == unit).unwrap_or_else(|| {
                    units.push(unit.clone());
                    units.len() - 1
                });
                let place = count.entry(number).or_default();
                *place += 1;
                posts.list.push(Post {
                    id: format!("{:02}-{:03}", number + 1, place),
                    unit: unit.clone(),
                    section: section.clone(),
                    title: title.clone(),
                    seats: 0,
                    split,
                    source: cell_name(row, log),
                });
                posts.list.len() - 1
            });
            posts.list[at].seats += 1;
            split_titles += usize::from(split);
            posts.by_row.insert((row.at.table, row.at.row), at);
        }
        let first = sheets.filled("staff").map(|table| table.table);
        if let (Some(table), false) = (first, posts.list.is_empty()) {
            log.sheet(table, Problem::new("A0117").with("count", posts.list.len()));
            if split_titles > 0 {
                log.sheet(table, Problem::new("A0118").with("count", split_titles));
            }
        }
        posts
    }

    /// Posts that a risk list speaks of and that nobody holds. How many seats they have is not known.
    fn add_listed(&mut self, sheets: &Sheets, units: &BTreeSet<String>, log: &mut Log) {
        let mut added = 0;
        for row in sheets.rows("risks") {
            let (Some(text), Some(unit)) = (row.text("post"), row.text("unit")) else { continue };
            let unit = whole_name(unit, units).unwrap_or(unit);
            if !units.contains(unit) {
                continue;
            }
            let text = without_unit(text, unit);
            let (section, title) = match (row.owned("section"), split_title(text)) {
                (_, Some((section, title))) => (Some(section), title),
                (section, None) => (section, text.to_owned()),
            };
            let whole = |section: &Option<String>, title: &str| {
                heading_key(&format!("{}{title}", section.as_deref().unwrap_or("")))
            };
            let wanted = [whole(&section, &title), heading_key(text)];
            let is_known = |post: &&Post| {
                post.unit == unit
                    && (wanted.contains(&whole(&post.section, &post.title))
                        || wanted.contains(&heading_key(&post.title)))
            };
            if self.list.iter().find(is_known).is_some() {
                continue;
            }
            let of_unit: Vec<&Post> = self.list.iter().filter(|post| post.unit == unit).collect();
            let Some(number) = of_unit.first().and_then(|post| post.id.split('-').next()).map(str::to_owned) else {
                continue;
            };
            let id = format!("{number}-{:03}", of_unit.len() + 1);
            let (unit, source) = (unit.to_owned(), cell_name(row, log));
            let split = section.is_some() && row.is_blank("section");
            self.list.push(Post { id, unit, section, title, seats: 0, split, source });
            added += 1;
        }
        if let (Some(table), true) = (sheets.filled("risks"), added > 0) {
            log.sheet(table.table, Problem::new("A0120").with("count", added));
        }
    }

    /// The post that was derived from a row.
    fn of_row(&self, row: &Row) -> Option<&Post> {
        self.by_row.get(&(row.at.table, row.at.row)).and_then(|at| self.list.get(*at))
    }

    fn write(&self, sheets: &Sheets, derived: &mut Derived) {
        let graded = graded(sheets);
        let columns = ["id", "unit", "section", "title", "headcount", "lead"];
        let mut rows = vec![headings(&columns)];
        for (at, post) in self.list.iter().enumerate() {
            let lead = lead(post);
            #[allow(clippy::cast_precision_loss)] // Seats of a post.
            rows.push(vec![
                RawValue::text(&post.id),
                RawValue::text(&post.unit),
                RawValue::text(post.section.as_deref().unwrap_or("")),
                RawValue::text(&post.title),
                if post.seats > 0 { RawValue::Number(post.seats as f64) } else { RawValue::Empty },
                RawValue::text(&lead.map(|lead| words::said("lead", lead, derived.lang)).unwrap_or_default()),
                RawValue::text(&post.source),
            ]);
            let seats = if post.seats > 0 { Mark::Assumed } else { Mark::Missing };
            derived.marks.insert(("posts", at, "headcount"), seats);
            for (column, assumed) in [("lead", lead.is_some()), ("section", post.split)] {
                if assumed {
                    derived.marks.insert(("posts", at, column), Mark::Assumed);
                }
            }
            for column in WANTED_OF_POSTS {
                let listed = *column == "risk" && graded.contains(&heading_key(&post.title));
                let told = listed || (*column == "lead" && lead.is_some());
                if !told {
                    derived.marks.insert(("posts", at, column), Mark::Missing);
                }
            }
        }
        derived.posts = self.list.len();
        derived.tables.push(table("posts", rows));
    }
}

/// Titles of posts that a risk list speaks of: their grades come from there.
fn graded(sheets: &Sheets) -> BTreeSet<String> {
    sheets.rows("risks").filter_map(|row| row.text("post")).map(heading_key).collect()
}

/// A title without the unit's name before it, whole or short: `财政局预算股股长` in 咸安区财政局.
fn without_unit<'a>(text: &'a str, unit: &str) -> &'a str {
    let starts = unit.char_indices().map(|(at, _)| &unit[at..]).filter(|end| end.chars().count() >= 2);
    for short in starts {
        if let Some(rest) = text.strip_prefix(short).map(str::trim)
            && (split_title(rest).is_some()
                || lead_word(rest)
                || TITLES.contains(&rest.strip_prefix('副').unwrap_or(rest)))
        {
            return rest;
        }
    }
    text
}

/// The unit at the head of a title that names unit, section and post: `咸安区财政局预算股股长`.
fn unit_of_title(text: &str) -> Option<String> {
    let cuts: Vec<usize> = text.char_indices().map(|(at, _)| at).skip(3).collect();
    cuts.iter().rev().find_map(|at| {
        let (head, rest) = text.split_at(*at);
        let is_unit = layout::of_name(head).is_some_and(|unit| unit == head);
        let says_a_post =
            split_title(rest).is_some() || lead_word(rest) || TITLES.contains(&rest.strip_prefix('副').unwrap_or(rest));
        (is_unit && says_a_post).then(|| head.to_owned())
    })
}

fn lead_word(title: &str) -> bool {
    title.ends_with("局长") || title.contains("党组") || title.contains("党委")
}

fn same_section(own: &str, of_title: &str) -> bool {
    heading_key(own) == heading_key(of_title)
}

/// What ends the name of a section.
const SECTIONS: &[&str] = &["股", "科", "处", "室", "所", "站", "中心", "大队", "中队", "支队", "窗口"];
/// Titles that follow the name of a section.
const TITLES: &[&str] = &[
    "股长",
    "科长",
    "处长",
    "主任",
    "所长",
    "站长",
    "队长",
    "大队长",
    "中队长",
    "支队长",
    "负责人",
    "科员",
    "办事员",
    "干部",
    "职员",
    "工作人员",
    "会计",
    "出纳",
    "文员",
    "专员",
    "民警",
    "教导员",
    "指导员",
    "法制员",
    "管理员",
];

/// Section and title of a title that names both: `预算股股长`, `预算股长`, `办公室副主任`. Of several titles in one cell the
/// ranks and the seats in party groups are no posts; where more than one is left, or a part is not wholly understood, the
/// cell stays whole.
fn split_title(text: &str) -> Option<(String, String)> {
    let parts = text.split(['、', ',', '，', '/', ';', '；', '兼']).map(str::trim).filter(|part| !part.is_empty());
    let posts: Vec<&str> = parts.filter(|part| !is_rank(part) && !is_seat(part)).collect();
    match posts.as_slice() {
        [only] => split_one(only),
        _ => None,
    }
}

/// A whole rank of the ladder of grades: 四级主任科员.
fn is_rank(text: &str) -> bool {
    let bare = text.strip_prefix(['一', '二', '三', '四']).and_then(|rest| rest.strip_prefix('级'));
    matches!(bare, Some("主任科员" | "科员" | "调研员" | "巡视员" | "主办" | "高级主办"))
}

/// A seat in a party group or committee, which is no post of its own.
fn is_seat(text: &str) -> bool {
    ["党组成员", "党委委员", "党委成员", "党支部书记", "机关党委委员", "班子成员"].contains(&text)
}

fn split_one(text: &str) -> Option<(String, String)> {
    let is_title = |rest: &str| {
        let bare = rest.strip_prefix('副').unwrap_or(rest);
        // 预算编审岗
        let is_desk = bare.ends_with('岗') && bare.chars().count() >= 2;
        TITLES.contains(&bare) || is_desk || is_rank(rest)
    };
    let is_section =
        |name: &str| SECTIONS.iter().any(|end| name.ends_with(end) && name.len() > end.len()) && !is_title(name);
    let cuts: Vec<usize> = text.char_indices().map(|(at, _)| at).skip(1).collect();
    // The shortest name of a section that leaves a title: 监管股 and 投诉处理岗, not 监管股投诉处 and 理岗.
    for at in &cuts {
        let (section, title) = text.split_at(*at);
        let bare = section.trim_end_matches(')');
        let is_named = is_section(section) || (bare.len() < section.len() && section.contains('('));
        if is_title(title) && is_named {
            return Some((section.to_owned(), title.to_owned()));
        }
    }
    // One 股 for two: 预算股长. How somebody holds a post is no name of a section.
    const WAYS: &[&str] = &["代理", "分管", "挂职", "兼职", "见习", "主持工作", "拟任", "原任", "执行", "常务"];
    for short in ["副股长", "副科长", "副处长", "股长", "科长", "处长"] {
        let end = short.trim_start_matches('副').trim_end_matches('长');
        if let Some(name) = text.strip_suffix(short)
            && name.chars().count() >= 2
            && !name.ends_with('副')
            && !WAYS.iter().any(|way| name.ends_with(way))
            && !SECTIONS.iter().any(|end| name.ends_with(end))
        {
            return Some((format!("{name}{end}"), short.to_owned()));
        }
    }
    None
}

/// The kind of leading post that a title names, as a word of `lead`.
fn lead(post: &Post) -> Option<&'static str> {
    let first = post.title.split(['、', ',', ';']).map(str::trim);
    let titles: Vec<&str> = first.collect();
    let any = |words: &[&str]| titles.iter().any(|title| words.contains(title));
    match post.section {
        Some(_) if any(&["股长", "科长", "处长", "主任", "所长", "站长", "队长", "大队长", "中队长"]) => {
            Some("head")
        }
        Some(_) if any(&["副股长", "副科长", "副处长", "副主任", "副所长", "副站长", "副队长", "副大队长"]) => {
            Some("deputy")
        }
        None if any(&["局长", "党组书记", "党委书记", "院长", "检察长"]) => Some("principal"),
        None if any(&["副局长", "副院长", "副检察长", "总工程师", "总会计师", "总经济师", "纪检组长"]) => {
            Some("vice")
        }
        _ => None,
    }
}

fn headings(columns: &[&str]) -> Vec<RawValue> {
    columns.iter().chain([&SOURCE]).map(|name| RawValue::text(name)).collect()
}

fn table(sheet: &str, rows: Vec<Vec<RawValue>>) -> RawTable {
    let rows = (1..).zip(rows).map(|(row, cells)| RawRow { row, cells }).collect();
    RawTable { sheet: sheet.to_owned(), rows, ..RawTable::default() }
}

/// `花名册.xlsx [干部花名册] A5`.
fn cell_name(row: &Row, log: &Log) -> String {
    let Some(origin) = log.origins.tables.get(row.at.table) else { return String::new() };
    if super::sheets::is_text(std::path::Path::new(&origin.file)) {
        format!("{} A{}", origin.file, row.at.row)
    } else {
        format!("{} [{}] A{}", origin.file, origin.sheet, row.at.row)
    }
}

fn staff(sheets: &Sheets, posts: &Posts, wrong: &Wrong, log: &Log, derived: &mut Derived) {
    let names = used(sheets, "staff", &["name", "status", "unit", "section", "post", "post_since"]);
    let mut rows = vec![headings(&names)];
    for row in sheets.rows("staff") {
        let at = rows.len() - 1;
        let mut cells = cells(row, "staff", &names, at, wrong, log, derived);
        if let Some(place) = names.iter().position(|name| *name == "name") {
            cells[place] = RawValue::text(&unpadded(&cells[place].shown()));
        }
        if let Some(post) = posts.of_row(row) {
            for (column, text) in
                [("post", Some(&post.id)), ("unit", Some(&post.unit)), ("section", post.section.as_ref())]
            {
                let Some(place) = names.iter().position(|name| *name == column) else { continue };
                if column == "post" || cells[place].is_empty() {
                    if column != "post" && text.is_some() {
                        derived.marks.insert(("staff", at, column), Mark::Assumed);
                    }
                    cells[place] = RawValue::text(text.map_or("", String::as_str));
                }
            }
        }
        if in_service(row) {
            derived.people += 1;
            if let Some(place) = names.iter().position(|name| *name == "status")
                && cells[place].is_empty()
                && !sheets.has(row.at, "status")
            {
                cells[place] = RawValue::text(&words::said("status", "in_service", derived.lang));
                derived.marks.insert(("staff", at, "status"), Mark::Assumed);
            }
            for column in WANTED_OF_STAFF {
                let has = names.iter().position(|name| name == column).is_some_and(|place| !cells[place].is_empty());
                // A roster without a status column lists who is in service.
                if !has && *column != "status" {
                    derived.marks.entry(("staff", at, column)).or_insert(Mark::Missing);
                }
            }
        }
        cells.push(RawValue::text(&cell_name(row, log)));
        rows.push(cells);
    }
    derived.tables.push(table("staff", rows));
}

/// A sheet as it was read.
fn passed(
    sheets: &Sheets,
    name: &'static str,
    units: &BTreeSet<String>,
    wrong: &Wrong,
    log: &Log,
    derived: &mut Derived,
) {
    if sheets.filled(name).is_none() {
        return;
    }
    let matrices: Vec<&Table> = sheets.all(name).filter(|table| !table.matrix.is_empty()).collect();
    if !matrices.is_empty() {
        // A matrix becomes a list: two matrices can't share a sheet.
        let mut rows = vec![headings(&["staff", "post", "score"])];
        for table in matrices {
            for row in &table.rows {
                for (column, score) in &row.scores {
                    let Some((_, post)) = table.matrix.iter().find(|(at, _)| at == column) else { continue };
                    #[allow(clippy::cast_precision_loss)] // 0 to 100.
                    rows.push(vec![
                        RawValue::text(row.text("staff").unwrap_or("")),
                        RawValue::text(post),
                        RawValue::Number(*score as f64),
                        RawValue::text(&cell_name(row, log)),
                    ]);
                }
            }
        }
        derived.tables.push(self::table(name, rows));
        return;
    }
    let names = used(sheets, name, &[]);
    let mut rows = vec![headings(&names)];
    for row in sheets.rows(name) {
        let at = rows.len() - 1;
        let mut cells = cells(row, name, &names, at, wrong, log, derived);
        // A list named after its unit calls it by a shorter name than the roster does.
        if let Some(place) = names.iter().position(|column| *column == "unit")
            && let Some(unit) = whole_name(&cells[place].shown(), units)
        {
            cells[place] = RawValue::text(unit);
            derived.marks.insert((name, at, "unit"), Mark::Assumed);
        }
        cells.push(RawValue::text(&cell_name(row, log)));
        rows.push(cells);
    }
    if name == "posts" {
        derived.posts = rows.len() - 1;
    }
    derived.tables.push(table(name, rows));
}

/// The one unit that a shorter name means: 统计局 for 咸安区统计局 or 统计局〔生成数据〕.
fn whole_name<'a>(short: &str, units: &'a BTreeSet<String>) -> Option<&'a str> {
    if short.chars().count() < 3 || units.contains(short) {
        return None;
    }
    let bare = |unit: &'a String| unit.split(['〔', '【', '[', '(']).next().unwrap_or(unit);
    let mut found = units.iter().filter(|unit| bare(unit).ends_with(short));
    found.next().filter(|_| found.next().is_none()).map(String::as_str)
}

/// Units by the names that the roster gives.
fn units(sheets: &Sheets, posts: &Posts, derived: &mut Derived) {
    let mut seen = BTreeSet::new();
    let mut rows = vec![headings(&["id", "name"])];
    let named = sheets.rows("staff").chain(sheets.rows("posts")).filter_map(|row| row.text("unit"));
    for unit in named.chain(posts.list.iter().map(|post| post.unit.as_str()).filter(|unit| !unit.is_empty())) {
        if seen.insert(heading_key(unit)) {
            rows.push(vec![RawValue::text(unit), RawValue::text(unit), RawValue::Empty]);
        }
    }
    if rows.len() > 1 {
        derived.tables.push(table("units", rows));
    }
}

type Wrong = HashMap<(String, String, u32, u32), String>;

/// The canonical columns that some row fills or can't be read in, in their order, and those that are always there.
fn used(sheets: &Sheets, name: &str, always: &[&str]) -> Vec<&'static str> {
    let Some(sheet) = SHEETS.iter().find(|sheet| sheet.name == name) else { return Vec::new() };
    let filled: BTreeSet<&str> =
        sheets.rows(name).flat_map(|row| row.cells().map(|(column, _)| column).chain(row.broken())).collect();
    let is_used = |column: &&'static str| filled.contains(column) || always.contains(column);
    sheet.columns.iter().map(|column| column.name).filter(is_used).collect()
}

fn cells(
    row: &Row,
    sheet: &'static str,
    names: &[&'static str],
    at: usize,
    wrong: &Wrong,
    log: &Log,
    derived: &mut Derived,
) -> Vec<RawValue> {
    let known: HashMap<&str, &Typed> = row.cells().collect();
    let kind = |name: &str| {
        let found = SHEETS.iter().find(|known| known.name == sheet)?;
        found.columns.iter().find(|column| column.name == name).map(|column| column.kind)
    };
    let mut cells = Vec::with_capacity(names.len() + 1);
    for name in names {
        if let Some(typed) = known.get(name) {
            cells.push(raw(typed, kind(name), derived.lang));
            continue;
        }
        let place = log.origins.cell(row.at, name);
        let written = place.and_then(|cell| wrong.get(&(cell.file, cell.sheet, cell.row?, cell.column?)));
        match written {
            Some(text) => {
                derived.marks.insert((sheet, at, name), Mark::Wrong);
                cells.push(RawValue::text(text));
            }
            None => cells.push(RawValue::Empty),
        }
    }
    cells
}

/// A value as the canonical workbook holds it.
#[allow(clippy::cast_precision_loss)] // Numbers of rosters are small.
fn raw(typed: &Typed, kind: Option<Kind>, lang: Lang) -> RawValue {
    let word = |key: &str| match kind {
        Some(Kind::Word(family) | Kind::Words(family)) => words::said(family, key, lang),
        Some(Kind::Grade) => words::said("risk", key, lang),
        Some(Kind::Investigation) => words::said("investigation", key, lang),
        _ => key.to_owned(),
    };
    match typed {
        Typed::Text(text) => RawValue::text(text),
        Typed::List(items) if items.is_empty() => RawValue::text("无"),
        Typed::List(items) => RawValue::text(&items.join("；")),
        Typed::Date(date) => RawValue::Date(*date),
        Typed::Since(since) if since.at_least => RawValue::text(&format!("≤{}", since.date)),
        Typed::Since(since) => RawValue::Date(since.date),
        Typed::Whole(number) => RawValue::Number(*number as f64),
        Typed::Number(number) => RawValue::Number(*number),
        Typed::Word(_, written) if kind == Some(Kind::Status) => RawValue::text(written),
        Typed::Word(key, _) => RawValue::text(&word(key)),
        Typed::Words(keys) => RawValue::text(&keys.iter().map(|key| word(key)).collect::<Vec<_>>().join("；")),
        Typed::Flag(yes) => RawValue::text(&words::said_yes_no(*yes, lang)),
        Typed::Span(span) if span.low == span.high => RawValue::text(&span.low),
        Typed::Span(span) => RawValue::text(&format!("{}–{}", span.low, span.high)),
        Typed::Seats(seats) => {
            let seats: Vec<String> = seats
                .iter()
                .map(|(kind, count)| format!("{}:{count}", words::said("staffing", kind.key(), lang)))
                .collect();
            RawValue::text(&seats.join("；"))
        }
        Typed::Raw(value) => value.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("预算股股长", Some(("预算股", "股长")))]
    #[case("预算股长", Some(("预算股", "股长")))]
    #[case("财务科副科长", Some(("财务科", "副科长")))]
    #[case("办公室主任", Some(("办公室", "主任")))]
    #[case("政府采购监管股四级主任科员", Some(("政府采购监管股", "四级主任科员")))]
    #[case("预算股股长、四级主任科员", Some(("预算股", "股长")))]
    #[case("税务所所长、一级科员", Some(("税务所", "所长")))]
    #[case("办公室文秘岗", Some(("办公室", "文秘岗")))]
    #[case("预算股预算编审岗", Some(("预算股", "预算编审岗")))]
    #[case("党组成员、办公室主任", Some(("办公室", "主任")))]
    #[case("一级主任科员兼预算股股长", Some(("预算股", "股长")))]
    #[case("政策法规和税政股(条法股)股长", Some(("政策法规和税政股(条法股)", "股长")))]
    #[case("副局长兼办公室主任", None)]
    #[case("主持工作副股长", None)]
    #[case("代理股长", None)]
    #[case("大队长", None)]
    #[case("四级主任科员", None)]
    #[case("副股长", None)]
    #[case("局长", None)]
    #[case("党组成员、副局长", None)]
    fn titles_are_split(#[case] title: &str, #[case] wanted: Option<(&str, &str)>) {
        let found = split_title(title);
        assert_eq!(found.as_ref().map(|(section, title)| (section.as_str(), title.as_str())), wanted);
    }

    #[test]
    fn a_title_may_name_the_unit() {
        assert_eq!(unit_of_title("咸安区财政局预算股股长").as_deref(), Some("咸安区财政局"));
        assert_eq!(unit_of_title("咸安区财政局党组成员、副局长").as_deref(), Some("咸安区财政局"));
        assert_eq!(unit_of_title("预算股股长"), None);
        assert_eq!(unit_of_title("副局长"), None);
    }

    #[test]
    fn the_units_own_name_is_no_part_of_a_title() {
        assert_eq!(without_unit("财政局预算股股长", "咸安区财政局"), "预算股股长");
        assert_eq!(without_unit("局长", "咸安区财政局"), "局长");
        assert_eq!(without_unit("咸安区财政局局长", "咸安区财政局"), "局长");
    }
}
