//! Seniority lists of the Sri Lanka Administrative Service as an ordinary case of ours.
//!
//! The lists say who held which post where on 1 January of a year. What they don't say is derived by stated rules:
//!
//! - **Post**: a title at a workplace, with as many seats as it has holders. Spellings of one place are joined by
//!   `slas-spellings.tsv`, of one title by the data's own classification and by the words in [`TITLE_WORDS`].
//! - **Time in post**: since 1 January of the first list that shows the officer there without a gap; `≤` where that is
//!   the first list of all.
//! - **Level** of a post: the rank in the classification (head, additional, deputy, senior, standard, assistant, acting).
//! - **Risk**: high for heads and for divisional secretaries, who answer for money and land; medium for additional and
//!   deputy ranks; low for the others.
//! - **Fit**: 50; 25 more for who has held that title, or else 15 for who has held a post of that class; 15 more for who
//!   has worked at that workplace. Only posts of one's own level are assessed; today's post counts as held.
//! - No retirements are derived.
//!
//! Words that are no post (Attached, Interdicted …), blank workplaces and repeated rows are named as data problems.

mod common;

use anyhow::{Context, ensure};
use clap::Parser;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

/// Turns one year of the SLAS seniority lists into a folder of CSV that `lungang plan` reads.
///
/// Source: public repository yasandu0505/research, folder slas/data (Apache-2.0), with officers as pseudonyms. Nothing of
/// it belongs in the repository: write to a folder elsewhere. Risk, headcounts and fit are derived; the rules stand at
/// the top of examples/slas.rs.
///
/// Then: lungang plan OUT --policy data/policies/slas.toml -o plan.xlsx
#[derive(Debug, Parser)]
pub struct Args {
    /// Folder with `slas/officers_2021_2024.csv`; by default $LUNGANG_DATA.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Year of the list.
    #[arg(long, default_value_t = 2024)]
    year: i32,
    /// Only this grade, such as "Grade I"; without it, all.
    #[arg(long)]
    grade: Option<String>,
    /// Only workplaces whose name begins so, in upper or lower case.
    #[arg(long, default_value = "District Secretariat")]
    workplace: String,
    /// Folder to write.
    #[arg(short, long, value_name = "DIR")]
    out: PathBuf,
}

fn main() -> std::process::ExitCode {
    common::run(|| write(Args::parse()))
}

fn write(args: Args) -> anyhow::Result<()> {
    let data = common::data_folder(args.data.as_deref())?.join("slas");
    let wanted = Wanted { year: args.year, grade: args.grade, workplace: args.workplace };
    let report = convert(&data, &wanted, &args.out)?;
    for problem in &report.problems {
        eprintln!("{problem}");
    }
    println!("{} officers, {} posts, {} data problems", report.officers, report.posts, report.problems.len());
    Ok(())
}

/// Which rows to take.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Year of the list.
    pub year: i32,
    /// Only this grade.
    pub grade: Option<String>,
    /// Beginning of the workplace's name.
    pub workplace: String,
}

/// What came out.
#[derive(Debug)]
pub struct Report {
    /// Officers written.
    pub officers: usize,
    /// Posts written.
    pub posts: usize,
    /// What is wrong with the lists, each with the row of the file.
    pub problems: Vec<String>,
}

/// One row of the lists, its spellings joined.
#[derive(Clone, Debug)]
struct Row {
    line: usize,
    officer: String,
    year: i32,
    grade: String,
    written: String,
    title: String,
    kind: Kind,
    place: String,
    birth: String,
}

/// Class of a post: field of administration and rank.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Kind {
    major: String,
    minor: String,
}

/// Shortened and misspelt words of titles.
const TITLE_WORDS: &[(&str, &str)] =
    &[("addl.", "additional"), ("asst.", "assistant"), ("assiatnat", "assistant"), ("distric", "district"), ("-", "")];

/// Converts one year of the lists.
///
/// # Errors
/// If the files can't be read or written, or no row is wanted.
pub fn convert(data: &Path, wanted: &Wanted, out: &Path) -> anyhow::Result<Report> {
    let titles = Titles::read(&data.join("slas-post-classification.json"))?;
    let rows = read(&data.join("officers_2021_2024.csv"), &titles)?;
    let first_year = rows.iter().map(|row| row.year).min().unwrap_or_default();
    let mut problems = Vec::new();
    let mut seen = BTreeSet::new();
    let mut taken: Vec<&Row> = Vec::new();
    for row in rows.iter().filter(|row| row.year == wanted.year) {
        let grade = wanted.grade.as_ref().is_none_or(|grade| row.grade.eq_ignore_ascii_case(grade));
        let place = row.place.to_lowercase().starts_with(&wanted.workplace.to_lowercase());
        if !grade || !(place || row.place.is_empty() && wanted.workplace.is_empty()) {
            continue;
        }
        if !seen.insert(&row.officer) {
            problems.push(format!(
                "row {}: {} stands twice in {}; the first row is taken",
                row.line, row.officer, row.year
            ));
            continue;
        }
        if !row.is_post() {
            problems.push(format!(
                "row {}: {}: \"{}\" is no post; taken as without a post",
                row.line, row.officer, row.written
            ));
        } else if row.place.is_empty() {
            problems
                .push(format!("row {}: {}: the workplace is blank; taken as without a post", row.line, row.officer));
        }
        taken.push(row);
    }
    ensure!(!taken.is_empty(), "no row of {} has a workplace that begins with \"{}\"", wanted.year, wanted.workplace);
    taken.sort_by(|left, right| left.officer.cmp(&right.officer));

    let mut posts: BTreeMap<(&str, &str), (usize, &Kind)> = BTreeMap::new();
    for row in taken.iter().filter(|row| row.is_placed()) {
        posts.entry((row.place.as_str(), row.title.as_str())).or_insert((0, &row.kind)).0 += 1;
    }
    let id = |row: &Row| format!("{} @ {}", row.title, row.place);
    let mut careers: HashMap<&str, Vec<&Row>> = HashMap::new();
    for row in rows.iter().filter(|row| row.year <= wanted.year) {
        careers.entry(row.officer.as_str()).or_default().push(row);
    }
    let career = |row: &Row| careers.get(row.officer.as_str()).map_or(&[][..], Vec::as_slice);

    let units: BTreeSet<&str> = posts.keys().map(|(place, _)| *place).collect();
    let staff = taken.iter().map(|row| {
        let placed = row.is_placed();
        [
            row.officer.clone(),
            row.officer.clone(),
            row.birth.clone(),
            // A place where nobody holds a post is no unit of the plan.
            if units.contains(row.place.as_str()) { row.place.clone() } else { String::new() },
            if placed { id(row) } else { String::new() },
            if placed { since(row, career(row), first_year) } else { String::new() },
            if placed { row.kind.minor.clone() } else { String::new() },
            row.grade.clone(),
        ]
    });
    let columns = ["id", "name", "birth_date", "unit", "post", "post_since", "level", "grade"];
    common::write_sheet(out, "staff", &columns, staff)?;
    common::write_sheet(
        out,
        "posts",
        &["id", "unit", "title", "level", "headcount", "risk"],
        posts.iter().map(|((place, title), (seats, kind))| {
            let risk = risk(kind).to_owned();
            [
                format!("{title} @ {place}"),
                (*place).to_owned(),
                (*title).to_owned(),
                kind.minor.clone(),
                seats.to_string(),
                risk,
            ]
        }),
    )?;
    let fit = taken.iter().flat_map(|row| {
        posts.iter().filter(|(_, (_, kind))| !row.is_placed() || kind.minor == row.kind.minor).map(
            |((place, title), (_, kind))| {
                [row.officer.clone(), format!("{title} @ {place}"), fit(career(row), title, kind, place).to_string()]
            },
        )
    });
    common::write_sheet(out, "fit", &["staff", "post", "score"], fit)?;
    let settings = [["start", &format!("{}-01-02", wanted.year)], ["years", "5"], ["report.lang", "en"]];
    common::write_sheet(out, "settings", &["key", "value"], settings.map(|row| row.map(str::to_owned)))?;
    Ok(Report { officers: taken.len(), posts: posts.len(), problems })
}

impl Row {
    fn is_post(&self) -> bool {
        self.kind.major != "NonActive"
    }

    fn is_placed(&self) -> bool {
        self.is_post() && !self.place.is_empty()
    }
}

/// 1 January of the first list, without a gap up to this one, that shows the officer in this post.
fn since(row: &Row, career: &[&Row], first_year: i32) -> String {
    let held =
        |year: i32| career.iter().any(|past| past.year == year && past.title == row.title && past.place == row.place);
    let mut year = row.year;
    while held(year - 1) {
        year -= 1;
    }
    if year == first_year { format!("≤{year}-01-01") } else { format!("{year}-01-01") }
}

fn risk(kind: &Kind) -> &'static str {
    match (kind.minor.as_str(), kind.major.as_str()) {
        ("head", _) | ("standard", "FieldAdministration") => "high",
        ("additional" | "deputy", _) => "medium",
        _ => "low",
    }
}

fn fit(career: &[&Row], title: &str, kind: &Kind, place: &str) -> i32 {
    let title_held = career.iter().any(|row| row.title == title);
    let class_held = career.iter().any(|row| row.kind == *kind);
    let place_known = career.iter().any(|row| row.place == place);
    50 + if title_held { 25 } else { 15 * i32::from(class_held) } + 15 * i32::from(place_known)
}

fn read(file: &Path, titles: &Titles) -> anyhow::Result<Vec<Row>> {
    let places = spellings();
    let mut reader = csv::Reader::from_path(file).with_context(|| format!("{} can't be read", file.display()))?;
    let headers = reader.headers()?.clone();
    let column =
        |name: &str| headers.iter().position(|header| header == name).with_context(|| format!("no column {name}"));
    let columns = [
        column("officer")?,
        column("year")?,
        column("grade")?,
        column("presentPost")?,
        column("presentWorkPlace")?,
        column("dateOfBirth")?,
    ];
    let mut rows = Vec::new();
    for (number, record) in reader.records().enumerate() {
        let record = record?;
        let [officer, year, grade, written, place, birth] =
            columns.map(|column| record.get(column).unwrap_or_default().trim());
        let (title, kind) = titles.find(written);
        rows.push(Row {
            line: number + 2,
            officer: officer.to_owned(),
            year: year.parse().with_context(|| format!("row {}: year {year}", number + 2))?,
            grade: grade.to_owned(),
            written: written.to_owned(),
            title,
            kind,
            place: place_name(place, &places),
            birth: iso(birth),
        });
    }
    Ok(rows)
}

/// `4/25/1961` (month first) as `1961-04-25`; anything else as it stands, for the reader to name.
fn iso(date: &str) -> String {
    let parts: Vec<u32> = date.split('/').filter_map(|part| part.parse().ok()).collect();
    match parts[..] {
        [month, day, year] => format!("{year:04}-{month:02}-{day:02}"),
        _ => date.to_owned(),
    }
}

fn spellings() -> HashMap<&'static str, &'static str> {
    include_str!("slas-spellings.tsv").lines().skip(1).filter_map(|line| line.split_once('\t')).collect()
}

/// A workplace with one spelling: single blanks, `Kind - Place` whatever stood between, places by the table.
fn place_name(written: &str, places: &HashMap<&str, &str>) -> String {
    let one = written.replace(['–', '—'], "-").split_whitespace().collect::<Vec<_>>().join(" ");
    let squeezed = one.replace("DistrictSecretariat", "District Secretariat");
    let key = "district secretariat";
    let lower = squeezed.to_lowercase();
    let Some(rest) = lower.strip_prefix(key).map(|rest| &squeezed[squeezed.len() - rest.len()..]) else {
        return squeezed;
    };
    let place = rest.trim_start_matches([' ', '-', ',']).trim();
    let place = places.get(place.to_lowercase().as_str()).copied().unwrap_or(place);
    if place.is_empty() { "District Secretariat".to_owned() } else { format!("District Secretariat - {place}") }
}

/// Titles by their spellings.
struct Titles {
    by_spelling: HashMap<String, (String, Kind)>,
}

impl Titles {
    fn read(file: &Path) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(file).with_context(|| format!("{} can't be read", file.display()))?;
        let json: serde_json::Value = serde_json::from_str(&text)?;
        let mut by_spelling = HashMap::new();
        for post in json["posts"].as_array().map_or(&[][..], Vec::as_slice) {
            let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
            let title = text(&post["normalizedTitle"]);
            let kind = Kind { major: text(&post["kind"]["major"]), minor: text(&post["kind"]["minor"]) };
            let variants = post["rawVariants"].as_array().map_or(&[][..], Vec::as_slice);
            for spelling in variants.iter().map(text).chain([title.clone()]) {
                by_spelling.insert(plain(&spelling), (title.clone(), kind.clone()));
            }
        }
        Ok(Self { by_spelling })
    }

    /// The title and class of a post as written; what the classification lacks is classed by its words.
    fn find(&self, written: &str) -> (String, Kind) {
        let plain = plain(written);
        if let Some(found) = self.by_spelling.get(&plain) {
            return found.clone();
        }
        let has = |word: &str| plain.split(' ').any(|part| part == word);
        let minor = ["acting", "additional", "deputy", "senior", "assistant"].into_iter().find(|word| has(word));
        let field = if has("divisional") || has("district") { "FieldAdministration" } else { "Other" };
        let kind = Kind { major: field.to_owned(), minor: minor.unwrap_or("standard").to_owned() };
        (written.split_whitespace().collect::<Vec<_>>().join(" "), kind)
    }
}

/// A title in lower case, what stands in brackets left out, words written in full.
fn plain(title: &str) -> String {
    let before = title.split('(').next().unwrap_or(title).to_lowercase();
    before
        .split_whitespace()
        .map(|word| TITLE_WORDS.iter().find(|(short, _)| *short == word).map_or(word, |(_, full)| full))
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
