//! Files that are not what they should be: each told in a word, none of them able to stop the program.

use crate::archive::rewritten;
use crate::input_sample::{Sample, all_shown};
use lungang::input::{self, ReadOptions, Reading};
use proptest::prelude::*;
use std::fs::{self, File};
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

fn read(path: &Path) -> Reading {
    input::read(path, &ReadOptions::default())
}

fn codes(path: &Path) -> Vec<String> {
    read(path).problems.into_iter().map(|problem| problem.code).collect()
}

/// A folder to put files into.
struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.0.path().join(name);
        fs::write(&path, bytes).expect("written");
        path
    }

    /// A file of this many zeros; sparse, so it costs nothing to make.
    fn zeros(&self, name: &str, length: u64) -> PathBuf {
        let path = self.0.path().join(name);
        File::create(&path).and_then(|file| file.set_len(length)).expect("made");
        path
    }

    fn folder(&self, name: &str) -> PathBuf {
        let path = self.0.path().join(name);
        fs::create_dir(&path).expect("made");
        path
    }
}

fn good_xlsx() -> Vec<u8> {
    let desk = Desk::new();
    let path = desk.0.path().join("good.xlsx");
    Sample::good().write_xlsx(&path);
    fs::read(path).expect("read")
}

fn fixture(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)).expect("a fixture")
}

#[test]
fn files_that_are_none_are_told_by_one_code() {
    let desk = Desk::new();
    let good = good_xlsx();
    let empty_book = {
        let mut book = rust_xlsxwriter::Workbook::new();
        book.add_worksheet();
        book.save_to_buffer().expect("saved")
    };
    let other_archive = {
        let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
        out.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).expect("begun");
        out.finish().expect("closed").into_inner()
    };
    let with_notes_only = desk.folder("notes");
    fs::write(with_notes_only.join("readme.txt"), "x").expect("written");
    let cases: Vec<(PathBuf, &[&str])> = vec![
        (desk.0.path().join("nowhere.xlsx"), &["E0101"]),
        (desk.file("empty.xlsx", b""), &["E0104"]),
        (desk.folder("empty"), &["E0107"]),
        (with_notes_only, &["E0107"]),
        (desk.folder("folder.xlsx"), &["E0107"]),
        (desk.file("one.csv", b"id,name\n1,x\n"), &["E0108"]),
        (desk.file("text.xlsx", "这不是工作簿".as_bytes()), &["E0103"]),
        (desk.zeros("zeros.xlsx", 200 << 20), &["E0103"]),
        (desk.zeros("huge.xlsx", 1 << 40), &["E0110"]),
        (desk.file("half.xlsx", &good[..good.len() / 2]), &["E0106"]),
        (desk.file("head.xlsx", &good[..30]), &["E0106"]),
        (desk.file("book.xlsx", &empty_book), &["E0104"]),
        (desk.file("locked.xlsx", &fixture("locked.xlsx")), &["E0113"]),
        (desk.file("half.xls", &fixture("good.xls")[..6000]), &["E0106"]),
        (desk.file("half.ods", &fixture("good.ods")[..6000]), &["E0106"]),
        (desk.file("plan.json", b"{\"schema_version\": 1, \"layout\": {}}"), &["E0114"]),
        (desk.file("broken.json", b"{\"schema_version\": "), &["E0114"]),
        (desk.file("words.docx", &other_archive), &["E0103"]),
        (desk.file("list.json", b"[1, 2]"), &["E0103"]),
    ];
    for (path, wanted) in cases {
        let began = Instant::now();
        assert_eq!(codes(&path), wanted, "{}", path.display());
        assert!(began.elapsed() < Duration::from_secs(20), "{}", path.display());
    }
}

/// A sheet that breaks off inside a sound archive sent the reading library round for ever (found by `spoilt_workbooks`).
#[test]
fn a_sheet_that_breaks_off_is_no_endless_one() {
    let off = rewritten(&fixture("good.ods"), |_, name, part| {
        if name == "content.xml" {
            part.truncate(part.len() * 3 / 4);
        }
    });
    let desk = Desk::new();
    let path = desk.file("off.ods", &off);
    assert_eq!(codes(&path), ["E0106"]);
}

#[cfg(unix)]
#[test]
fn devices_and_pipes_are_no_files() {
    assert_eq!(codes(Path::new("/dev/zero")), ["E0109"]);
    let desk = Desk::new();
    let pipe = desk.0.path().join("pipe.xlsx");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    if made.is_ok_and(|status| status.success()) {
        assert_eq!(codes(&pipe), ["E0109"]);
    }
}

#[test]
fn a_workbook_is_told_by_content_not_by_name() {
    let desk = Desk::new();
    let misnamed = [("book.xls", good_xlsx()), ("book.xlsx", fixture("good.ods")), ("book.ods", fixture("good.xls"))];
    for (name, bytes) in misnamed {
        assert_eq!(codes(&desk.file(name, &bytes)), [""; 0], "{name}");
    }
}

/// One table file of a good folder replaced.
fn with_file(name: &str, bytes: &[u8]) -> Vec<String> {
    let desk = Desk::new();
    Sample::good().drop_sheet("fit").write_csv(desk.0.path());
    desk.file(name, bytes);
    all_shown(&read(desk.0.path()))
}

#[test]
fn csv_files_say_where_they_are_no_text() {
    let latin = b"staff,post,score\n1001,P01,caf\xe9 \xff\n";
    assert_eq!(with_file("fit.csv", latin), ["E0105 !"]);
    let utf16: Vec<u8> = "\u{feff}staff,post,score\n1001,P01,80\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(with_file("fit.csv", &utf16), [""; 0]);
    assert_eq!(with_file("fit.csv", b""), ["E0104 !"]);
    assert_eq!(with_file("fit.csv", b"\n\n"), ["E0104 !"]);
    assert_eq!(with_file("fit.csv", b"staff,post,score\n1001,P01,80\n"), [""; 0]);
    assert_eq!(with_file("fit.csv", b"staff;post;score\r\n1001;P01;80\r\n"), [""; 0]);
    assert_eq!(with_file("fit.csv", b"staff,post,score\n1001,P01,80,x\n"), ["E0120 fit!D2"]);
    let open = with_file("fit.csv", b"staff,post,score\n1001,P01,80\n1002,\"P01,80\n1003,P03,3\n");
    assert!(open.contains(&"E0112 fit!3".to_owned()), "{open:?}");
    // Other kinds of file in the folder, and hidden ones, are none of ours.
    assert_eq!(with_file(".fit.csv", latin), ["A0340"]);
    assert_eq!(with_file("readme.txt", latin), ["A0340"]);
}

#[test]
fn two_hundred_megabytes_of_zeros_are_no_csv() {
    let desk = Desk::new();
    Sample::good().drop_sheet("fit").write_csv(desk.0.path());
    desk.zeros("fit.csv", 200 << 20);
    let began = Instant::now();
    let reading = read(desk.0.path());
    assert_eq!(all_shown(&reading), ["E0105 !"]);
    assert_eq!(reading.problems[0].args["offset"], "0");
    assert!(began.elapsed() < Duration::from_secs(20));
}

/// The good workbook with one part replaced.
fn with_part(name: &str, change: impl Fn(String) -> String) -> Vec<u8> {
    rewritten(&good_xlsx(), |_, part_name, part| {
        if part_name == name {
            let text = String::from_utf8(std::mem::take(part)).expect("text");
            *part = change(text).into_bytes();
        }
    })
}

#[test]
fn a_cell_in_the_last_corner_costs_nothing() {
    let corner = "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row></sheetData>";
    let bytes = with_part("xl/worksheets/sheet1.xml", |xml| xml.replace("</sheetData>", corner));
    let desk = Desk::new();
    let began = Instant::now();
    assert_eq!(all_shown(&read(&desk.file("corner.xlsx", &bytes))), ["A0106 staff!", "W0103 staff!XFD1048576"]);
    assert!(began.elapsed() < Duration::from_secs(5));
}

#[test]
fn a_workbook_that_unfolds_without_end_is_refused() {
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    out.start_file("xl/workbook.xml", zip::write::SimpleFileOptions::default()).expect("begun");
    let block = vec![b' '; 1 << 20];
    for _ in 0..1100 {
        out.write_all(&block).expect("written");
    }
    let bytes = out.finish().expect("closed").into_inner();
    assert!(bytes.len() < 4 << 20);
    assert_eq!(codes(&Desk::new().file("bomb.xlsx", &bytes)), ["E0110"]);
}

#[test]
fn hashes_follow_the_bytes() {
    let desk = Desk::new();
    let path = desk.file("good.xlsx", &good_xlsx());
    let (first, again) = (read(&path), read(&path));
    assert_eq!(first.input_hash, again.input_hash);
    assert_eq!(first.policy_hash, again.policy_hash);
    let options = ReadOptions { overrides: vec![("years".into(), "4".into())], ..Default::default() };
    let other = input::read(&path, &options);
    assert_eq!(other.input_hash, first.input_hash);
    assert_ne!(other.policy_hash, first.policy_hash);
    assert_eq!(other.policy.expect("a policy").years, 4);
}

/// `.xls` files whose own word about their size would ask for more memory than any machine has, or never end.
#[test]
fn sizes_that_a_compound_file_claims_are_not_believed() {
    let good = fixture("good.xls");
    let codes_of = |bytes: &[u8]| codes(&Desk::new().file("spoilt.xls", bytes));
    // DIMENSIONS (type 0x0200, 14 bytes): the last row becomes four thousand million, the last column 65,535.
    let mut claims = good.clone();
    let spots: Vec<usize> = (0..good.len() - 18).filter(|at| good[*at..*at + 4] == [0, 2, 14, 0]).collect();
    assert!(!spots.is_empty());
    for at in spots {
        claims[at + 8..at + 12].fill(0xFF);
        claims[at + 14..at + 16].fill(0xFF);
    }
    assert_eq!(codes_of(&claims), codes_of(&good), "read as if nothing were claimed");
    // Each byte of the header and of the first sector after it set to its opposite.
    for at in 8..1024.min(good.len()) {
        let mut bytes = good.clone();
        bytes[at] = !bytes[at];
        let _ = codes_of(&bytes);
    }
}

#[test]
fn a_table_of_texts_that_promises_more_than_there_is_is_refused() {
    for promise in ["99999999999999", "+ 18446744073709551615"] {
        let bytes = with_part("xl/sharedStrings.xml", |text| {
            text.replace("uniqueCount=\"", &format!("uniqueCount=\"{promise}"))
        });
        assert_eq!(codes(&Desk::new().file("promise.xlsx", &bytes)), ["E0106"]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn random_bytes_never_panic(mut bytes in proptest::collection::vec(any::<u8>(), 0..400), head in 0_usize..4) {
        let desk = Desk::new();
        let magic: &[u8] = [&b""[..], b"PK\x03\x04", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", b"{"][head];
        bytes.splice(0..0, magic.iter().copied());
        for name in ["x.xlsx", "x.json"] {
            prop_assert!(read(&desk.file(name, &bytes)).case.is_none());
        }
        let folder = desk.folder("csv");
        fs::write(folder.join("staff.csv"), &bytes).expect("written");
        fs::write(folder.join("posts.csv"), &bytes).expect("written");
        prop_assert!(read(&folder).case.is_none());
    }

    #[test]
    fn any_text_as_csv_never_panics(staff in "(id|name|post|,|\n|\"|；|[0-9]{1,6}|\\PC){0,60}", posts in "(id|unit|title|,|\n|\\PC){0,60}") {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("staff.csv"), format!("id,name,post,birth_date,post_since,level,grade\n{staff}")).expect("written");
        fs::write(folder.path().join("posts.csv"), format!("id,unit,title,level,grade,headcount,duty_pair\n{posts}")).expect("written");
        let reading = read(folder.path());
        let rows = &reading.rows;
        prop_assert_eq!(rows.staff_rows, rows.people + rows.unplanned + rows.staff_errors);
    }

    #[test]
    fn spoilt_workbooks_never_panic(which in 0_usize..3, spots in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12)) {
        let mut bytes = [good_xlsx as fn() -> Vec<u8>, || fixture("good.ods"), || fixture("good.xls")][which]();
        for (spot, byte) in spots {
            let at = spot.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = read(&Desk::new().file("spoilt.xlsx", &bytes));
    }
}

#[test]
fn numbers_dates_and_ticks_of_a_workbook_are_values_not_text() {
    use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
    let mut book = Workbook::new();
    let date = Format::new().set_num_format("yyyy\"年\"m\"月\"d\"日\"");
    let day = |y, m, d| ExcelDateTime::from_ymd(y, m, d).expect("a date");
    let staff = book.add_worksheet();
    staff.set_name("人员").expect("named");
    for (column, heading) in (0..).zip(["人员编号", "姓名", "人员状态", "岗位", "任现岗位时间", "后备干部", "出生日期"])
    {
        staff.write_string(2, column, heading).expect("written");
    }
    staff.write_number(4, 0, 1001.0).expect("written");
    staff.write_string(4, 1, "张　三").expect("written");
    staff.write_string(4, 2, "在职").expect("written");
    staff.write_number(4, 3, 7.0).expect("written");
    staff.write_datetime_with_format(4, 4, day(2018, 5, 1), &date).expect("written");
    staff.write_boolean(4, 5, true).expect("written");
    staff.write_number(4, 6, 1985.1).expect("written");
    let posts = book.add_worksheet();
    posts.set_name("posts").expect("named");
    for (column, heading) in (0..).zip(["id", "unit", "title", "headcount", "risk"]) {
        posts.write_string(0, column, heading).expect("written");
    }
    posts.write_number(1, 0, 7.0).expect("written");
    posts.write_string(1, 1, "财政局").expect("written");
    posts.write_string(1, 2, "会计").expect("written");
    posts.write_formula(1, 3, Formula::new("=1+1").set_result("2")).expect("written");
    posts.write_string(1, 4, "高").expect("written");
    let settings = book.add_worksheet();
    settings.set_name("设置").expect("named");
    for (row, (key, value)) in (1..).zip([("years", 2.0), ("turnover.unit_share", 0.25)]) {
        settings.write_string(row, 0, key).expect("written");
        settings.write_number(row, 1, value).expect("written");
    }
    settings.write_string(0, 0, "项").expect("written");
    settings.write_string(0, 1, "值").expect("written");
    settings.write_string(3, 0, "start").expect("written");
    settings.write_datetime_with_format(3, 1, day(2025, 7, 1), &date).expect("written");
    let desk = Desk::new();
    let path = desk.file("typed.xlsx", &book.save_to_buffer().expect("saved"));
    assert_eq!(all_shown(&read(&path)), ["E0208 人员!G5"], "1985.1 is never guessed");
    staff_birth(&mut book);
    let reading = read(&desk.file("typed.xlsx", &book.save_to_buffer().expect("saved")));
    assert_eq!(all_shown(&reading), ["A0201 人员!G5", "A0342"]);
    let (case, policy) = (reading.case.expect("a case"), reading.policy.expect("a policy"));
    let person = &case.people[0];
    assert_eq!((person.id.as_str(), person.reserve, person.post), ("1001", true, case.post_by_id("7")));
    assert_eq!(person.post_since.expect("known").date.to_string(), "2018-05-01");
    assert_eq!(case.posts[0].headcount, 2);
    assert_eq!(
        (policy.start.to_string(), policy.years, policy.turnover.unit_share.0),
        ("2025-07-01".into(), 2, 250_000)
    );
}

fn staff_birth(book: &mut rust_xlsxwriter::Workbook) {
    let staff = book.worksheet_from_name("人员").expect("there");
    staff.write_number(4, 6, 1985.11).expect("written");
}
