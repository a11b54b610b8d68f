//! The district of `data/demo`: all departments, all sheets, all columns; every rule that is built bites in it, and what
//! the others need is there. `cargo test --release --test it bites_in_the_district -- --nocapture` prints the bites.

use crate::demo::sheet;
use lungang::demo::{Family, Options, Sheet, csv_files, messy_files, raw_tables, tables};
use lungang::engine::compact::{self, Dropped};
use lungang::engine::{Control, Failure, Limits, Silent};
use lungang::input::schema::SHEETS;
use lungang::input::sheets::{RawTable, RawValue};
use lungang::input::{self, ReadOptions};
use lungang::rules::{self, Facts, Step, barriers};
use lungang::text::Lang;
use lungang_domain::policy::Tier;
use lungang_domain::{Case, Lead, PersonIx, Policy, PostIx, UnitIx};
use rstest::rstest;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::Duration;

pub(crate) const DISTRICT: Options = Options { people: 900, seed: 1, lang: Lang::Zh, family: Family::District };

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The folder holds these files with these bytes. With `LUNGANG_BLESS=1` they are written instead.
fn committed(folder: &Path, files: Vec<(String, Vec<u8>)>) {
    for (name, bytes) in files {
        let file = folder.join(&name);
        if std::env::var_os("LUNGANG_BLESS").is_some() {
            std::fs::write(&file, &bytes).expect("the folder can be written");
        }
        let there = std::fs::read(&file).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(there == bytes, "{name} is not what the generator gives; LUNGANG_BLESS=1 writes it again");
    }
}

#[test]
fn the_committed_district_is_generated() {
    committed(&root().join("data/demo"), csv_files(&DISTRICT).expect("sheets"));
}

#[test]
fn the_committed_messy_papers_are_generated() {
    let files = messy_files().expect("files");
    assert!(files == messy_files().expect("files"), "the same bytes every time");
    let folder = root().join("data/messy");
    let told = std::fs::read_to_string(folder.join("README.md")).expect("a README");
    for (name, _) in &files {
        assert!(told.contains(&format!("`{name}`")), "{name} is not told of in data/messy/README.md");
    }
    let there = std::fs::read_dir(&folder).expect("the folder").count();
    assert_eq!(there, files.len() + 1, "files that nobody generates");
    committed(&folder, files);
}

#[test]
fn it_has_the_27_departments_and_uses_every_sheet_and_column() {
    let sheets = tables(&DISTRICT);
    assert_eq!(sheet(&sheets, "units").len(), 27);
    // The tables of personnel systems say what columns of the roster say.
    for known in SHEETS.iter().filter(|sheet| !sheet.is_record()) {
        let Some(there) = sheets.iter().find(|sheet| sheet.name == known.name) else { panic!("no {}", known.name) };
        // Columns of papers that say the same in their own way: a sheet of scores, of statuses, of units and sections does.
        let of_papers = |name: &str| {
            matches!(
                (known.name, name),
                ("staff", "fit" | "remark") | ("risks", "place") | ("relations", "title" | "relative" | "workplace")
            )
        };
        let columns: Vec<&str> =
            known.columns.iter().map(|column| column.name).filter(|name| !of_papers(name)).collect();
        assert_eq!(there.header, columns, "{} has columns that are blank throughout", known.name);
    }
}

fn words(sheets: &[Sheet], name: &str, column: &str) -> BTreeSet<String> {
    sheet(sheets, name).iter().map(|row| row[column].to_owned()).filter(|word| !word.is_empty()).collect()
}

#[test]
fn every_kind_of_thing_is_in_it() {
    let sheets = tables(&DISTRICT);
    let has = |name: &str, column: &str, wanted: &[&str]| {
        let there = words(&sheets, name, column);
        let missing: Vec<&&str> = wanted.iter().filter(|word| !there.contains(**word)).collect();
        assert!(missing.is_empty(), "{name}.{column} lacks {missing:?}");
    };
    let of = |family: &str, words: &[&str]| words.iter().map(|word| format!("{family}:{word}")).collect::<Vec<_>>();
    let check = |name: &str, column: &str, family: &str, wanted: &[&str]| {
        let wanted = of(family, wanted);
        has(name, column, &wanted.iter().map(String::as_str).collect::<Vec<_>>());
    };
    let absences = [
        "secondment",
        "attachment",
        "village",
        "drafted",
        "shadowing",
        "maternity",
        "sick",
        "training",
        "suspended",
        "leave",
    ];
    check("staff", "absence_kind", "absence", &absences);
    check("staff", "under_investigation", "investigation", &["filed", "review", "criminal"]);
    check("staff", "status", "status", &["in_service", "retired", "left", "vacant"]);
    check("staff", "reserve_stage", "stage", &["found", "train", "select"]);
    check("staff", "staffing_kind", "staffing", &["administrative", "quasi", "public", "worker"]);
    check("relations", "kind", "kin", &["spouse", "direct", "collateral", "inlaw"]);
    check("posts", "power", "power", &["decision", "execution", "supervision"]);
    check("posts", "lead", "lead", &["principal", "vice", "head", "deputy", "none"]);
    check("decisions", "kind", "decision", &["stay", "go", "not", "free"]);
    let events = ["join", "recruit", "leave", "retire", "promote", "absent", "return", "new_post", "close_post"];
    check("events", "kind", "event", &events);
    has("posts", "duty_pair", &["管采:采", "管采:管", "管审:审", "管审:管", "管办:办", "管办:管"]);
    // A relative's trade is one that some post supervises (R08).
    let supervised: BTreeSet<String> = words(&sheets, "posts", "regulates")
        .iter()
        .flat_map(|list| list.split('；').map(str::to_owned).collect::<Vec<_>>())
        .collect();
    for trade in words(&sheets, "relations", "other") {
        assert!(supervised.contains(&trade), "{trade}");
    }
}

/// Key items go through posts of high risk alone, lists and posts agree, and each department has its own posts.
#[test]
fn its_lists_agree_with_its_posts() {
    let sheets = tables(&DISTRICT);
    let posts: BTreeMap<&str, BTreeMap<&str, &str>> =
        sheet(&sheets, "posts").into_iter().map(|post| (post["id"], post)).collect();
    let mut listed: BTreeMap<&str, &str> = BTreeMap::new();
    for row in sheet(&sheets, "risks").iter().filter(|row| !row["post"].is_empty()) {
        let (likelihood, severity): (i32, i32) =
            (row["likelihood"].parse().expect("L"), row["severity"].parse().expect("C"));
        assert_eq!(row["value"], (likelihood * severity).to_string());
        listed.entry(row["post"]).or_insert(row["grade"]);
    }
    for (id, post) in &posts {
        let listed = listed.get(id).copied().unwrap_or_default();
        assert!(post["risk"].is_empty() || post["risk"] == listed, "{id}: {} {listed}", post["risk"]);
    }
    let lifted = |id: &str| {
        let grade = listed.get(id).copied().unwrap_or_default();
        grade == "risk:high" || grade == "risk:medium" && posts[id]["sensitive"] == "yes"
    };
    for row in sheet(&sheets, "duties").iter().filter(|row| row["key"] == "yes") {
        assert!(lifted(row["post"]), "{} {}", row["item"], row["post"]);
    }
    let mut kinds: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for post in posts.values().filter(|post| post["section"] != "办公室") {
        kinds.entry(post["unit"]).or_default().insert(post["section"]);
    }
    assert_eq!(kinds.values().collect::<BTreeSet<_>>().len(), 27, "departments alike");
    for row in sheet(&sheets, "history") {
        assert!(row["from"] < row["to"] && row["to"] < "2026-01-01", "{row:?}");
    }
}

#[rstest]
fn it_reads_without_errors_at_any_size(
    #[values(20, 150, 900, 1400)] people: usize,
    #[values(1, 2)] seed: u64,
    #[values(Lang::Zh, Lang::En)] lang: Lang,
) {
    let options = Options { people, seed, lang, ..DISTRICT };
    let reading = input::from_tables(raw_tables(&options), &ReadOptions::default());
    let wrong: Vec<_> = reading
        .problems
        .iter()
        .filter(|problem| problem.severity != lungang_domain::Severity::Assumption)
        .filter(|problem| {
            // Of many alike the reader tells the rest in one.
            let code = problem.args.get("code").filter(|_| problem.code == "W0199").unwrap_or(&problem.code);
            !crate::demo::EXPECTED.contains(&code.as_str())
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(reading.case.expect("a case").people.len(), people);
}

/// The district, read.
pub(crate) fn district() -> (Case, Policy) {
    let reading = input::from_tables(raw_tables(&DISTRICT), &ReadOptions::default());
    (reading.case.expect("a case"), reading.policy.expect("a policy"))
}

/// How many moves of the first year each rule forbids, and how many it alone forbids.
fn forbidden(case: &Case, policy: &Policy) -> BTreeMap<&'static str, (usize, usize)> {
    let facts = Facts::new(case, policy);
    let mut counts: BTreeMap<&'static str, (usize, usize)> = BTreeMap::new();
    for person in case.people_ix().filter(|person| facts.of(*person).serving(1)) {
        let own = facts.of(person);
        let Some(from) = own.today.filter(|_| own.fixed[1].is_none()) else { continue };
        for to in case.posts_ix().filter(|to| *to != from) {
            let step = Step { person, year: 1, from: Some(from), to, began: own.began[0], last_held: None };
            let bars = barriers(&facts, &step);
            for rule in &bars {
                let count = counts.entry(rule).or_default();
                count.0 += 1;
                count.1 += usize::from(bars.len() == 1);
            }
        }
    }
    counts
}

#[test]
fn every_rule_on_moves_bites_in_the_district() {
    let (case, policy) = district();
    let counts = forbidden(&case, &policy);
    println!("moves of the first year that each rule forbids, and that it alone forbids:");
    for (rule, (all, alone)) in &counts {
        println!("{rule:<9} {all:>8} {alone:>8}");
    }
    for rule in [
        "R04", "R05", "R06", "R08", "R10", "R13", "R15", "R18", "R19", "R20", "R25", "AWAY", "SPECIAL", "DECISION",
        "CLOSED",
    ] {
        assert!(counts.get(rule).is_some_and(|(_, alone)| *alone > 0), "{rule} alone forbids nothing: {counts:?}");
    }
    assert!(counts.get("R09").is_some_and(|(all, _)| *all > 0), "R09 forbids nothing: {counts:?}");
}

/// Moves of the first year that a row forbids beside what stands when nobody moves: into a full post (R01), beside a relative
/// (R07, R21), of a deputy together with the head (R11), of one more than the unit may lose (R12).
#[test]
fn every_row_forbids_moves_in_the_district() {
    let (case, policy) = district();
    let facts = Facts::new(&case, &policy);
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    let may = |person: PersonIx, to: PostIx| {
        let from = facts.of(person).today;
        let began = facts.of(person).began[0];
        let step = Step { person, year: 1, from, to, began, last_held: None };
        from.is_some() && from != Some(to) && facts.of(person).serving(1) && barriers(&facts, &step).is_empty()
    };
    let mut movable: Vec<PersonIx> = Vec::new();
    for person in case.people_ix() {
        let open: Vec<PostIx> = case.posts_ix().filter(|post| may(person, *post)).collect();
        let full =
            |post: &&PostIx| facts.nobody_moves.occupants(&case, **post, 1) >= case.post(**post).headcount as usize;
        *counts.entry("R01").or_default() += open.iter().filter(full).count();
        if !open.is_empty() {
            movable.push(person);
        }
        for pair in facts.kinship.pairs.iter().filter(|pair| pair.contains(&person)) {
            let other = if pair[0] == person { pair[1] } else { pair[0] };
            for post in &open {
                let held = [facts.holds(person, *post, false, 1), facts.holds_unmoved(other, 1)];
                let held = if pair[0] == person { held } else { [held[1].clone(), held[0].clone()] };
                for rule in facts.kin_breaches(&held[0], &held[1], 1) {
                    *counts.entry(rule).or_default() += 1;
                }
            }
        }
    }
    let weighs = |person: &PersonIx| facts.of(*person).today.map(|post| (facts.section(post), case.post(post).lead));
    let leading: Vec<_> = movable.iter().filter_map(weighs).filter(|(section, _)| section.is_some()).collect();
    let heads = leading.iter().filter(|(_, lead)| *lead == Lead::Head);
    let together = heads.map(|(section, _)| leading.iter().filter(|other| *other == &(*section, Lead::Deputy)).count());
    counts.insert("R11", together.sum());
    let beyond = |unit: usize| {
        let of_unit = |person: &&PersonIx| facts.of(**person).today.is_some_and(|post| facts.unit(post).0 == unit);
        let cap = usize::try_from(rules::r12::cap(&facts, UnitIx(unit))).expect("a count");
        movable.iter().filter(of_unit).count().saturating_sub(cap)
    };
    counts.insert("R12", (0..case.units.len()).map(beyond).sum());
    println!("moves of the first year that no rule on one person forbids, and a row does: {counts:?}");
    for rule in ["R01", "R07", "R11", "R12", "R21"] {
        assert!(counts.get(rule).is_some_and(|count| *count > 0), "{rule} forbids nothing: {counts:?}");
    }
}

/// The sheets of some departments alone, for two years.
fn cut_out(all: &[RawTable], units: &[String]) -> Vec<RawTable> {
    let column = |table: &RawTable, heading: &str| {
        table.rows.first().and_then(|row| row.cells.iter().position(|cell| cell.shown() == heading))
    };
    let ids = |name: &str, id: &str| -> BTreeSet<String> {
        let Some(table) = all.iter().find(|table| table.sheet == name) else { return BTreeSet::new() };
        let (Some(unit), Some(id)) = (column(table, "单位"), column(table, id)) else { return BTreeSet::new() };
        let own = table.rows.iter().filter(|row| units.contains(&row.cells[unit].shown()));
        own.map(|row| row.cells[id].shown()).filter(|id| !id.is_empty()).collect()
    };
    let (staff, posts) = (ids("staff", "人员编号"), ids("posts", "岗位编号"));
    let known = |heading: &str, value: &str| {
        value.is_empty()
            || match heading {
                "人员编号" | "人员甲" | "人员乙" => staff.contains(value),
                "岗位编号" | "岗位" | "去向岗位" | "实际工作岗位" => posts.contains(value),
                "单位" => units.contains(&value.to_owned()),
                _ => true,
            }
    };
    let mut tables = Vec::new();
    for table in all.iter().filter(|table| !["units", "duties"].contains(&table.sheet.as_str())) {
        let mut table = table.clone();
        let headings: Vec<String> = table.rows[0].cells.iter().map(RawValue::shown).collect();
        let settings = table.sheet == "settings";
        let past = table.sheet == "history";
        table.rows.retain_mut(|row| {
            if row.row == 1 {
                return true;
            }
            for (heading, cell) in headings.iter().zip(&mut row.cells) {
                let elsewhere = heading == "实际工作岗位" || past && matches!(heading.as_str(), "单位" | "岗位");
                if elsewhere && !known(heading, &cell.shown()) {
                    *cell = RawValue::Empty;
                }
            }
            if settings && row.cells[0].shown() == "years" {
                row.cells[1] = RawValue::text("2");
            }
            headings.iter().zip(&row.cells).all(|(heading, cell)| known(heading, &cell.shown()))
        });
        tables.push(table);
    }
    tables
}

/// Values of the tiers in the best plan; nothing where time ran out or nothing satisfies the decisions.
fn best(case: &Case, policy: &Policy, dropped: &Dropped) -> Option<Vec<i64>> {
    let stop = AtomicBool::new(false);
    let limits = Limits { time_limit: Some(Duration::from_secs(20)), ..Limits::default() };
    let mut silent = Silent;
    let mut control = Control { limits, interrupt: &stop, progress: &mut silent };
    match compact::solve_without(case, policy, dropped, &mut control) {
        Ok(found) if found.tiers.iter().all(|tier| tier.bound == Some(tier.value)) => {
            Some(found.tiers.iter().map(|tier| tier.value).collect())
        }
        Ok(_) | Err(Failure::Clash(_) | Failure::Limit) => None,
        Err(other) => panic!("{other:?}"),
    }
}

/// A case with the tiers of its best plan.
type Solved = (Case, Policy, Vec<i64>);

/// Departments of the district, and pairs of them, until one is found whose best plan is another without the rule.
#[test]
#[ignore = "shows and takes minutes: what each rule changes in the district"]
fn every_rule_changes_a_plan_of_the_district() {
    let all = raw_tables(&DISTRICT);
    let names: Vec<String> = sheet(&tables(&DISTRICT), "units").iter().map(|unit| unit["name"].to_owned()).collect();
    let mut sizes: Vec<(usize, Vec<String>)> = Vec::new();
    let staff = all.iter().find(|table| table.sheet == "staff").expect("a roster");
    let number =
        |name: &String| staff.rows.iter().filter(|row| row.cells.iter().any(|cell| cell.shown() == *name)).count();
    for name in &names {
        sizes.push((number(name), vec![name.clone()]));
    }
    sizes.sort();
    let pairs: Vec<(usize, Vec<String>)> =
        sizes.windows(2).map(|pair| (0, pair.iter().flat_map(|(_, name)| name.clone()).collect())).collect();
    let mut known: BTreeMap<Vec<String>, Option<Solved>> = BTreeMap::new();
    let mut idle = Vec::new();
    for rule in crate::differential::BITING.iter().chain(&["APART"]) {
        // Two rules speak of moves between departments, two are asked only where the policy says so.
        let places: Vec<&(usize, Vec<String>)> =
            if matches!(*rule, "R20" | "APART") { pairs.iter().collect() } else { sizes.iter().collect() };
        let found = places.into_iter().find_map(|(_, units)| {
            let entry = known.entry(units.clone()).or_insert_with(|| {
                let reading = input::from_tables(cut_out(&all, units), &ReadOptions::default());
                let (case, policy) = (reading.case?, reading.policy?);
                let values = best(&case, &policy, &Dropped::none())?;
                Some((case, policy, values))
            });
            let (case, policy, whole) = entry.as_ref()?;
            let mut policy = policy.clone();
            let mut whole = whole.clone();
            if matches!(*rule, "FIT" | "APART") {
                policy.fit.strict = *rule == "FIT";
                policy.turnover.apart = *rule == "APART";
                whole = best(case, &policy, &Dropped::none())?;
            }
            let without = best(case, &policy, &Dropped::one(rule))?;
            let tiers = Tier::of(&policy);
            let gains = |values: &[i64]| -> Vec<i64> {
                tiers.iter().zip(values).map(|(tier, value)| tier.as_gain(*value)).collect()
            };
            // Two rules also give: presence at concurrent posts, and months not charged near retirement.
            if !matches!(*rule, "R02" | "R15") && gains(&without) < gains(&whole) {
                // Less is asked, so nothing may get worse: one of the two is not the best.
                println!("{rule}, wrongly proved in {}: {whole:?}, {without:?}", units.join(" + "));
                return None;
            }
            (without != whole).then(|| format!("{:<13} {}: {whole:?} → {without:?}", rule, units.join(" + ")))
        });
        match found {
            Some(line) => println!("{line}"),
            None => idle.push(*rule),
        }
    }
    assert!(idle.is_empty(), "no department whose plan they change: {idle:?}");
}
