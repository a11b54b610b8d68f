//! `--mask`: no name, staff id or birth date in any output, whatever the format; and the key gives them back.

use assert_cmd::Command;
use assert_cmd::assert::Assert;
use lungang::input::{self, ReadOptions};
use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

fn lungang(folder: &Path, args: &[&str]) -> Assert {
    Command::cargo_bin("lungang").unwrap().current_dir(folder).args(args).assert()
}

/// The lines of a CSV file, each with its fields.
fn csv(path: &Path) -> Vec<Vec<String>> {
    let text = fs::read_to_string(path).unwrap();
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn write_csv(path: &Path, rows: &[Vec<String>]) {
    let mut writer = csv::Writer::from_path(path).unwrap();
    rows.iter().for_each(|row| writer.write_record(row).unwrap());
}

/// A generated unit, made awkward: one person without an id, two of one name, a decision whose reason, typed by hand,
/// says who somebody is, and a birth date of which only the month is known.
fn awkward(folder: &Path) {
    lungang(folder, &["template", "--demo", "--people", "30", "--seed", "3", "-o", "demo/"]).success();
    let demo = folder.join("demo");
    let mut staff = csv(&demo.join("staff.csv"));
    let at = |name: &str| staff[0].iter().position(|heading| heading == name).unwrap();
    let (id, name, birth, unit) = (at("人员编号"), at("姓名"), at("出生日期"), at("单位"));
    let nameless = staff[5][id].clone();
    let made = format!("{}·{}·{}", staff[5][unit], staff[5][name], &staff[5][birth][..7]);
    staff[5][id].clear();
    staff[8][name] = staff[9][name].clone();
    staff[10][birth] = staff[10][birth][..7].replace('-', ".");
    let (told, date) = (staff[5][name].clone(), staff[6][birth].clone());
    let quoted = format!("{told}（{date}出生，编号{}）同意，{}另有任用", staff[6][id], staff[9][name]);
    write_csv(&demo.join("staff.csv"), &staff);
    for file in ["fit.csv", "decisions.csv", "events.csv"] {
        let text = fs::read_to_string(demo.join(file)).unwrap();
        fs::write(demo.join(file), text.replace(&nameless, &made)).unwrap();
    }
    let mut decisions = csv(&demo.join("decisions.csv"));
    let at = |name: &str| decisions[0].iter().position(|heading| heading == name).unwrap();
    let (by, why) = (at("决定人"), at("原因"));
    for row in decisions.iter_mut().skip(1) {
        row[why].clone_from(&quoted);
        row[by].clone_from(&told);
    }
    write_csv(&demo.join("decisions.csv"), &decisions);
}

/// Every file below a folder, archives unpacked: name and text.
pub fn texts(path: &Path, found: &mut BTreeMap<String, String>) {
    if path.is_dir() {
        fs::read_dir(path).unwrap().for_each(|entry| texts(&entry.unwrap().path(), found));
        return;
    }
    let name = path.display().to_string();
    let bytes = fs::read(path).unwrap();
    if bytes.starts_with(b"PK") {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        for at in 0..archive.len() {
            let mut part = archive.by_index(at).unwrap();
            let mut text = String::new();
            part.read_to_string(&mut text).unwrap();
            found.insert(format!("{name}!{}", part.name().unwrap()), text);
        }
    } else {
        found.insert(name, String::from_utf8(bytes).unwrap());
    }
}

const TARGETS: &[&str] = &[
    "-o",
    "out/plan.xlsx",
    "-o",
    "out/plan.json",
    "-o",
    "out/plan.docx",
    "-o",
    "out/plan.html",
    "-o",
    "out/plan/",
    "--per-unit",
    "out/units",
];

fn plan<'a>(more: &[&'a str]) -> Vec<&'a str> {
    let common = ["plan", "demo", "--start", "2026-01-01", "--years", "2", "--mask"];
    [&common[..], TARGETS, more].concat()
}

#[test]
fn nothing_of_anybody_is_in_any_output() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    awkward(folder);
    fs::create_dir(folder.join("out")).unwrap();
    let ran = lungang(folder, &plan(&["--mask-key", "key.csv", "--log", "out/log.txt"])).success();
    let overrides = vec![("start".to_owned(), "2026-01-01".to_owned())];
    let reading = input::read(&folder.join("demo"), &ReadOptions { overrides, ..Default::default() });
    let case = reading.case.unwrap_or_else(|| panic!("{:?}", reading.problems));
    let mut originals: Vec<String> = Vec::new();
    for person in &case.people {
        originals.extend([person.name.clone(), person.id.0.clone()]);
        originals.extend(person.birth_date.map(|date| date.to_string()));
    }
    assert!(case.people.iter().any(|person| person.id.0.contains('·')), "one id was made of unit, name and month");

    let mut found = BTreeMap::new();
    texts(&folder.join("out"), &mut found);
    let output = ran.get_output();
    found.insert("stdout".into(), String::from_utf8(output.stdout.clone()).unwrap());
    found.insert("stderr".into(), String::from_utf8(output.stderr.clone()).unwrap());
    // Hidden sheets, document properties and the papers of the unit are among them.
    for wanted in ["plan.xlsx!docProps/core.xml", "plan.docx!docProps/core.xml", "moves.csv", "plan.html", "log.txt"] {
        assert!(found.keys().any(|name| name.ends_with(wanted)), "{wanted} is missing");
    }
    let sheets = found.keys().filter(|name| name.contains("out/plan.xlsx!xl/worksheets/")).count();
    assert_eq!(sheets, 23, "twenty-one tables, two hidden sheets");
    for (name, text) in &found {
        for original in &originals {
            assert!(!text.contains(original.as_str()), "{name} holds {original}");
        }
    }
    // Without the mask they are there: the search would have found them.
    fs::create_dir(folder.join("open")).unwrap();
    let open = ["plan", "demo", "--start", "2026-01-01", "--years", "2", "--quiet", "-o", "open/plan.xlsx"];
    lungang(folder, &open).success();
    let mut unmasked = BTreeMap::new();
    texts(&folder.join("open"), &mut unmasked);
    let told = |person: &lungang_domain::Person| {
        [&person.name, &person.id.0].iter().all(|word| unmasked.values().any(|text| text.contains(word.as_str())))
    };
    assert!(case.people.iter().all(told));
    // Codes are there instead, and the reasons typed by hand still say what they said.
    let json = &found.iter().find(|(name, _)| name.ends_with("plan.json")).unwrap().1;
    assert!(json.contains("X001"));
    let word = &found.iter().find(|(name, _)| name.ends_with("out/plan.docx!word/document.xml")).unwrap().1;
    let page = &found.iter().find(|(name, _)| name.ends_with("plan.html")).unwrap().1;
    for text in [word, page] {
        assert_eq!(text.contains("另有任用"), json.contains("另有任用"));
    }

    // The key opens it; without the key the plan belongs to nobody.
    let check = ["check", "out/plan.json", "--input", "demo", "--quiet"];
    lungang(folder, &[&check[..], &["--mask-key", "key.csv"]].concat()).success();
    lungang(folder, &["check", "out/plan.xlsx", "--input", "demo", "--quiet", "--mask-key", "key.csv"]).success();
    lungang(folder, &check).code(1).stderr(predicates::str::contains("E0795"));
    lungang(folder, &[&check[..], &["--mask-key", "out/plan.json"]].concat())
        .code(1)
        .stderr(predicates::str::contains("E0796"));

    // The same input has the same codes and the same bytes.
    let before: Vec<Vec<u8>> = files(folder);
    lungang(folder, &plan(&["--mask-key", "key.csv", "--quiet"])).success();
    assert_eq!(files(folder), before);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(folder.join("key.csv")).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let key = csv(&folder.join("key.csv"));
    assert_eq!(key.len(), case.people.len() + case.unplanned.iter().filter(|row| row.id.is_some()).count() + 1);
    assert!(key.iter().any(|row| row[1] == case.people[0].id.0 && row[2] == case.people[0].name));
}

fn files(folder: &Path) -> Vec<Vec<u8>> {
    let mut paths: Vec<PathBuf> = ["plan.xlsx", "plan.json", "plan.docx", "plan.html", "plan/moves.csv"]
        .map(|name| folder.join("out").join(name))
        .to_vec();
    paths.push(folder.join("key.csv"));
    paths.iter().map(|path| fs::read(path).unwrap()).collect()
}

#[test]
fn messages_about_cells_name_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    lungang(folder, &["template", "--demo", "--people", "30", "--seed", "3", "-o", "demo/"]).success();
    let path = folder.join("demo/staff.csv");
    let mut staff = csv(&path);
    let at = |name: &str| staff[0].iter().position(|heading| heading == name).unwrap();
    let (id, name, birth) = (at("人员编号"), at("姓名"), at("出生日期"));
    // An unreadable birth date, and an id twice: there is no case to take names from.
    let (told, twice) = (staff[3][name].clone(), staff[4][id].clone());
    staff[3][birth] = "1985.13.41".into();
    staff[5][id].clone_from(&twice);
    write_csv(&path, &staff);
    let ran = lungang(folder, &["plan", "demo", "--start", "2026-01-01", "-o", "p.json", "--mask"]).code(1);
    let text = String::from_utf8(ran.get_output().stderr.clone()).unwrap();
    assert!(text.contains("E020") && text.contains("E0301"), "{text}");
    for secret in ["1985.13.41", told.as_str(), twice.as_str()] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
}

#[test]
fn the_key_stands_apart() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    lungang(folder, &["template", "--demo", "--people", "30", "--seed", "3", "-o", "demo/"]).success();
    fs::create_dir(folder.join("units")).unwrap();
    fs::write(folder.join("mine.csv"), "mine").unwrap();
    let common = ["plan", "demo", "--start", "2026-01-01", "-o", "p.json", "-o", "p/", "--per-unit", "units"];
    for (key, code) in [
        ("demo/staff.csv", "E0609"),
        ("demo/key.csv", "E0609"),
        ("units/key.csv", "E0609"),
        ("p.json", "E0609"),
        ("p/key.csv", "E0602"),
        ("mine.csv", "E0610"),
        ("nowhere/key.csv", "E0602"),
    ] {
        lungang(folder, &[&common[..], &["--mask", "--mask-key", key]].concat())
            .code(6)
            .stderr(predicates::str::contains(code));
    }
    // A key without a mask would open nothing.
    lungang(folder, &[&common[..], &["--mask-key", "key.csv"]].concat()).code(2);
    assert_eq!(fs::read_to_string(folder.join("mine.csv")).unwrap(), "mine");
    assert!(!folder.join("p.json").exists());
}
