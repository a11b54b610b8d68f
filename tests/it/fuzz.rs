//! Files spoilt at random: whatever is read, nothing panics or hangs, and the rows of the roster add up.
//!
//! `LUNGANG_SECONDS` sets how long each kind of file is worked on (1 unless told), `LUNGANG_FIRST` the first seed. A file
//! that broke the reader is kept as a case of its own in `input_files` or `messy`, and named here by its seed until then.

use crate::archive::rewritten;
use crate::input_sample::Sample;
use lungang::input::{self, ReadOptions};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::fs;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

/// Pieces that mean something to a reader.
const PIECES: &[&str] = &[
    "姓名",
    "单位",
    "合计",
    "备注：",
    "\u{3000}",
    "\"",
    ",",
    ";",
    "\t",
    "\r",
    "\n",
    "\r\n",
    "\0",
    "1985.1",
    "1985.10",
    "≤",
    "2020-02-30",
    "9999999999",
    "-1",
    "1e308",
    "NaN",
    "#N/A",
    "空缺",
    "退休",
    "Ⅰ级",
    "<row r=\"1048576\">",
    "<mergeCell ref=\"A1:XFD1048576\"/>",
    "hidden=\"1\"",
    "</c>",
    "<v>",
    "t=\"s\"",
    "&#0;",
    "&amp;",
    "]]>",
    "[",
    "]",
    "= ",
    "= [",
    "{",
    "}",
    "=",
    "\"\"\"",
    "turnover.unit_share",
    "start = ",
    "1904",
    "uniqueCount=\"99999\"",
];

/// Spoils a few places: bytes turned, cut out, doubled, pieces put in.
fn spoil(rng: &mut ChaCha8Rng, bytes: &mut Vec<u8>) {
    for _ in 0..rng.random_range(1..6) {
        let length = bytes.len().max(1);
        let at = rng.random_range(0..length);
        let end = (at + rng.random_range(1..40)).min(bytes.len());
        match rng.random_range(0..6) {
            0 => bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= 1 << rng.random_range(0..8)),
            1 if at < end => drop(bytes.drain(at..end)),
            2 if at < end => {
                let copy = bytes[at..end].to_vec();
                let to = rng.random_range(0..=bytes.len());
                bytes.splice(to..to, copy);
            }
            3 => bytes.truncate(at.max(8)),
            _ => {
                let piece = PIECES[rng.random_range(0..PIECES.len())];
                let to = at.min(bytes.len());
                bytes.splice(to..to, piece.bytes());
            }
        }
    }
}

/// One part of an archive spoilt, the rest as it is.
fn spoil_part(rng: &mut ChaCha8Rng, bytes: &[u8]) -> Vec<u8> {
    let parts = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive").len();
    let chosen = rng.random_range(0..parts);
    rewritten(bytes, |position, _, part| {
        if position == chosen {
            spoil(rng, part);
        }
    })
}

/// Reads what was spoilt; a panic, a slow reading or rows that don't add up are told with the seed.
fn read(path: &Path, options: &ReadOptions, what: &str, seed: u64) {
    let began = Instant::now();
    let read = catch_unwind(AssertUnwindSafe(|| input::read(path, options)));
    let reading = read.unwrap_or_else(|_| panic!("{what}, seed {seed}: a panic"));
    assert!(began.elapsed() < Duration::from_secs(30), "{what}, seed {seed}: {:?}", began.elapsed());
    let rows = &reading.rows;
    let told = rows.people + rows.unplanned + rows.staff_errors;
    assert!(rows.staff_rows == told, "{what}, seed {seed}: {} rows, {told} told", rows.staff_rows);
    assert!(reading.case.is_some() || reading.has_errors(), "{what}, seed {seed}: no case and no error");
}

fn run(what: &str, mut one: impl FnMut(&mut ChaCha8Rng, u64)) {
    let until = Instant::now() + Duration::from_secs(number("LUNGANG_SECONDS", 1));
    let mut seed = number("LUNGANG_FIRST", 0);
    let first = seed;
    while Instant::now() < until {
        one(&mut ChaCha8Rng::seed_from_u64(seed), seed);
        seed += 1;
    }
    println!("{what}: {} files", seed - first);
}

#[test]
fn spoilt_workbooks() {
    let desk = tempfile::tempdir().expect("a folder");
    let good = desk.path().join("good.xlsx");
    Sample::good().write_xlsx(&good);
    let mut sources = vec![fs::read(&good).expect("read")];
    for fixture in ["good.ods", "good.xls"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(fixture);
        sources.push(fs::read(path).expect("a fixture"));
    }
    let path = desk.path().join("spoilt.xlsx");
    run("workbooks", |rng, seed| {
        let source = &sources[rng.random_range(0..sources.len())];
        let mut bytes = source.clone();
        if source.starts_with(b"PK") && rng.random_range(0..8) > 0 {
            bytes = spoil_part(rng, source);
        } else {
            spoil(rng, &mut bytes);
        }
        fs::write(&path, bytes).expect("written");
        read(&path, &ReadOptions::default(), "a workbook", seed);
    });
}

/// What personnel systems export of the people of the sample.
const RECORDS: &[(&str, &str)] = &[
    ("A05.csv", "A0000,A0531,A0501B,A0504,A0517,A0524\n1001,1,四级主任科员,201907,,1\n1002,0,141,201803,202001,0\n"),
    ("A14.csv", "A0000,A1404A,A1407,A1424\n1001,记过,202506,\n1002,嘉奖,202401,\n1003,警告,202508,202509\n"),
    ("A15.csv", "A0000,A1521,A1517\n1001,2024,优秀\n1002,2023年度,称职\n1003,2024,2\n"),
    ("A36.csv", "A0000,A3604A,A3601,A3611\n1001,妻子,李四,审计局局长\n1002,邻居,赵六,务农\n"),
];

#[test]
fn spoilt_tables() {
    let desk = tempfile::tempdir().expect("a folder");
    Sample::good().write_csv(desk.path());
    for (name, text) in RECORDS {
        fs::write(desk.path().join(name), text).expect("written");
    }
    let names: Vec<_> =
        fs::read_dir(desk.path()).expect("listed").map(|entry| entry.expect("an entry").path()).collect();
    let mut names = names;
    names.sort();
    let roster = crate::messy::COUNTY;
    run("tables", |rng, seed| {
        let chosen = &names[rng.random_range(0..names.len())];
        let good = fs::read(chosen).expect("read");
        let is_roster = rng.random_range(0..3) == 0;
        let mut bytes = if is_roster { roster.as_bytes().to_vec() } else { good.clone() };
        spoil(rng, &mut bytes);
        if rng.random_range(0..4) == 0 {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            bytes = encoding_rs::GB18030.encode(&text).0.into_owned();
        }
        fs::write(chosen, bytes).expect("written");
        read(desk.path(), &ReadOptions::default(), "a table", seed);
        fs::write(chosen, good).expect("written");
    });
}

#[test]
fn spoilt_policies_and_forms() {
    let desk = tempfile::tempdir().expect("a folder");
    let data = desk.path().join("data");
    fs::create_dir(&data).expect("made");
    Sample::good().write_csv(&data);
    let policy = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("data/policy.toml")).expect("the policy");
    let aliases = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("data/aliases.tsv")).expect("the names");
    let form = "<?xml version=\"1.0\"?><Person><XingMing>张三</XingMing><ChuShengNianYue>198503</ChuShengNianYue><XianRenZhiWu>\
        财政局科员</XianRenZhiWu><JianLi>2007.07--2010.03 科员&#13;\n2010.03-- 股长</JianLi><JiaTingChengYuan><Item><ChengWei>妻子\
        </ChengWei><XingMing>李四</XingMing></Item></JiaTingChengYuan></Person>";
    let (file, names) = (desk.path().join("policy.toml"), desk.path().join("names.tsv"));
    run("policies, tables of names and forms", |rng, seed| {
        let mut spoilt = [policy.clone(), aliases.clone(), form.as_bytes().to_vec()];
        let chosen = rng.random_range(0..3);
        spoil(rng, &mut spoilt[chosen]);
        let [policy, aliases, form] = spoilt;
        fs::write(&file, policy).expect("written");
        fs::write(&names, aliases).expect("written");
        let overrides = vec![("input.aliases".to_owned(), names.display().to_string())];
        let options = ReadOptions { policy_file: Some(file.clone()), overrides, ..Default::default() };
        read(&data, &options, "a policy", seed);
        let person = desk.path().join("form.lrmx");
        fs::write(&person, form).expect("written");
        read(&person, &ReadOptions::default(), "a form", seed);
    });
}
