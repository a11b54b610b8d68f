//! One thing broken in the known-good example: exactly these problems, at exactly these cells, from every kind of
//! file.

use crate::input_sample::{Sample, all_shown};
use lungang::input::{self, ReadOptions};
use lungang_domain::Problem;

/// What is broken, how, and what is told: code and cell.
type Broken = (&'static str, fn(Sample) -> Sample, &'static [&'static str]);

#[rustfmt::skip]
const BROKEN: &[Broken] = &[
    // sheets and headings
    ("no staff sheet", |s| s.drop_sheet("staff").drop_sheet("fit").drop_sheet("events").drop_sheet("decisions"), &["E0116"]),
    ("a sheet nearly named", |s| s.rename_sheet("units", "unitss"), &["E0115 unitss!"]),
    ("an unknown sheet", |s| s.add_sheet("说明", "备注|作者"), &["W0101 说明!"]),
    ("a sheet twice", |s| s.add_sheet("人员", "人员编号|姓名"), &["E0117 人员!"]),
    ("staff without rows", |s| s.drop_sheet("fit").drop_sheet("events").drop_sheet("decisions").drop_sheet("staff").add_sheet("staff", "id|name|post"), &["E0123 staff!"]),
    ("a heading nearly right", |s| s.heading("staff", "post_since", "post_sinse"), &["E0119 staff!I1", "W0302 staff!"]),
    ("a heading with blanks for underscores", |s| s.heading("staff", "birth_date", "Birth Date"), &["E0119 staff!C1"]),
    ("an unknown heading", |s| s.add_column("staff", &["车牌号", "138"]), &["W0102 staff!T1"]),
    ("a heading twice", |s| s.add_column("staff", &["姓名"]), &["E0118 staff!T1"]),
    ("a value without heading", |s| s.add_column("posts", &["", "x"]), &["W0103 posts!T2"]),
    ("a required heading missing", |s| s.drop_column("posts", "title"), &["E0121 posts!1", "E0305 staff!H4"]),
    ("a title row above the headings", |mut s| { s.rows("posts").insert(0, vec!["岗位一览表".into()]); s.drop_sheet("fit").drop_sheet("events").drop_sheet("decisions").drop_sheet("risks").drop_sheet("staff") }, &["A0106 posts!", "E0116"]),
    // cells
    ("a formula error", |s| s.set("staff", 2, "name", "#N/A"), &["E0201 staff!B2"]),
    ("no date", |s| s.set("staff", 2, "birth_date", "春天"), &["E0202 staff!C2"]),
    ("no such day", |s| s.set("staff", 2, "post_since", "2018-02-30"), &["E0203 staff!I2"]),
    ("day or month", |s| s.set("staff", 2, "post_since", "05/06/2018"), &["E0204 staff!I2"]),
    ("a year alone", |s| s.set("staff", 2, "post_since", "2018"), &["E0205 staff!I2"]),
    ("January or October", |s| s.set("staff", 2, "birth_date", "1985.1"), &["E0208 staff!C2"]),
    ("a year of two digits", |s| s.set("staff", 2, "birth_date", "85.06"), &["E0209 staff!C2"]),
    ("not later, of a birth", |s| s.set("staff", 2, "birth_date", "≤1985-03-01"), &["E0210 staff!C2"]),
    ("a month for a date", |s| s.set("staff", 2, "birth_date", "1985年3月"), &["A0201 staff!C2"]),
    ("a year for a birth", |s| s.set("staff", 2, "birth_date", "1985"), &["A0202 staff!C2"]),
    ("a bare day number", |s| s.set("staff", 2, "post_since", "43221"), &["A0203 staff!I2"]),
    ("no whole number", |s| s.set("posts", 2, "headcount", "一"), &["E0211 posts!G2"]),
    ("half a seat", |s| s.set("posts", 2, "headcount", "1.5"), &["E0211 posts!G2"]),
    ("a negative headcount", |s| s.set("posts", 2, "headcount", "-1"), &["E0212 posts!G2"]),
    ("an own limit of 0", |s| s.set("staff", 2, "must_months", "0"), &["E0212 staff!N2"]),
    ("a score beyond 100", |s| s.set("fit", 2, "score", "101"), &["E0212 fit!C2"]),
    ("a score in words", |s| s.set("fit", 2, "score", "优"), &["E0211 fit!C2"]),
    ("an unknown word", |s| s.set("staff", 2, "staffing_kind", "行政编"), &["E0213 staff!D2"]),
    ("yes and no", |s| s.set("posts", 2, "essential", "可能"), &["E0213 posts!L2"]),
    ("a rung not on the ladder", |s| s.set("staff", 2, "grade", "主任科员"), &["E0214 staff!K2"]),
    ("a span with a wrong end", |s| s.set("posts", 3, "grade", "四级主任科员–一级科长"), &["E0214 posts!F3"]),
    ("an unknown duty pair", |s| s.set("posts", 3, "duty_pair", "管菜:采"), &["E0213 posts!Q3"]),
    ("seats without number", |s| s.set("units", 2, "kind_seats", "行政"), &["E0215 units!F2"]),
    // staff
    ("an id twice", |s| s.set("staff", 3, "id", "1001"), &["E0301 staff!A3", "E0310 decisions!A3", "E0310 events!C3", "E0310 fit!A3", "E0310 fit!A4"]),
    ("no name", |s| s.set("staff", 2, "name", ""), &["E0302 staff!B2"]),
    ("no id and no birth date", |s| s.add_row("staff", &[("name", "周九"), ("unit", "财政局"), ("status", "在职")]), &["E0303 staff!A8"]),
    ("two made ids alike", |s| s.add_row("staff", &[("name", "周九"), ("unit", "财政局"), ("staffing_kind", "行政"), ("grade", "一级科员"), ("status", "在职"), ("post", "P04"), ("birth_date", "1990-01-02"), ("post_since", "2024-01-01")]).add_row("staff", &[("name", "周九"), ("unit", "财政局"), ("staffing_kind", "行政"), ("grade", "一级科员"), ("status", "在职"), ("post", "P06"), ("birth_date", "1990-01-05"), ("post_since", "2024-01-01")]).drop_sheet("events"), &["A0302 staff!E7", "A0304 staff!", "A0306 staff!H7", "E0316 staff!A9"]),
    ("an unknown unit", |s| s.set("staff", 2, "unit", "财证局"), &["E0304 staff!F2"]),
    ("an unknown post", |s| s.set("staff", 2, "post", "P99"), &["E0305 staff!H2"]),
    ("a title in another unit", |s| s.set("staff", 4, "post", "审计员"), &["E0305 staff!H4"]),
    ("a title of two posts", |s| s.set("posts", 5, "title", "国库会计"), &["E0306 staff!H4"]),
    ("another unit than the post's", |s| s.set("staff", 2, "unit", "审计局"), &["W0303 staff!F2"]),
    ("another section than the post's", |s| s.set("staff", 2, "section", "国库股"), &["W0304 staff!G2"]),
    ("an unknown concurrent post", |s| s.set("staff", 4, "also_posts", "P02；P77"), &["E0305 staff!O4"]),
    ("retired already", |s| s.set("staff", 2, "retire_date", "2025-06-30"), &["E0307 staff!M2"]),
    ("retired already, under investigation", |s| s.set("staff", 2, "retire_date", "2025-06-30").set("staff", 2, "under_investigation", "立案"), &[]),
    ("born tomorrow", |s| s.set("staff", 2, "birth_date", "2030-01-01"), &["E0317 staff!C2"]),
    ("back before away", |s| s.set("staff", 5, "absent_until", "2024-12-01"), &["E0308 staff!R5"]),
    ("back already", |s| s.set("staff", 5, "absent_until", "2025-06-01"), &["W0308 staff!R5"]),
    ("away without dates", |s| s.set("staff", 5, "absent_until", "").set("staff", 5, "absent_from", ""), &["A0307 staff!S5", "A0308 staff!S5"]),
    ("no start in the post", |s| s.set("staff", 2, "post_since", ""), &["W0305 staff!I2"]),
    ("a start in the future", |s| s.set("staff", 2, "post_since", "2025-07-15"), &["W0306 staff!I2"]),
    ("no kind at a ten-year duty", |s| s.set("staff", 2, "staffing_kind", ""), &["W0307 staff!D2", "W0314 staff!"]),
    ("a grade that a post asks for", |s| s.set("staff", 4, "grade", ""), &["W0314 staff!"]),
    ("no post", |s| s.set("staff", 2, "post", "").set("decisions", 2, "post", "P01"), &["A0306 staff!H2"]),
    ("no status", |s| s.set("staff", 2, "status", ""), &["A0302 staff!E2"]),
    ("a vacancy row", |s| s.add_row("staff", &[("name", "空缺"), ("unit", "财政局"), ("post", "P04")]), &[]),
    // posts, units, risks, fit
    ("a post id twice", |s| s.set("posts", 4, "id", "P02"), &["E0301 posts!A4", "E0305 staff!H4"]),
    ("a post without unit", |s| s.set("posts", 5, "unit", ""), &["E0302 posts!B5"]),
    ("no headcount", |s| s.set("posts", 4, "headcount", ""), &["A0301 posts!G4"]),
    ("more holders than seats", |s| s.set("posts", 2, "headcount", "0").set("posts", 2, "min_present", ""), &["W0311 posts!G2"]),
    ("more present than seats", |s| s.set("posts", 2, "min_present", "2"), &["W0312 posts!H2"]),
    ("should beyond must", |s| s.set("posts", 3, "should_months", "72"), &["E0313 posts!O3"]),
    ("reporting to oneself", |s| s.set("posts", 2, "reports_to", "P01"), &["E0315 posts!J2"]),
    ("an unknown superior", |s| s.set("posts", 3, "reports_to", "局长"), &["E0305 posts!J3"]),
    ("a unit twice", |s| s.set("units", 3, "name", "财政局"), &["E0301 units!B3", "E0304 posts!B6", "E0304 posts!B7", "E0304 risks!B3", "E0304 staff!F5"]),
    ("a risk point of nobody", |s| s.set("risks", 2, "post", ""), &["E0314 risks!2"]),
    ("a risk point without grade", |s| s.set("risks", 2, "grade", ""), &["W0309 risks!E2"]),
    ("a grade unlike the risk list", |s| s.set("risks", 2, "grade", "中"), &["W0310 posts!K2"]),
    ("a section without posts", |s| s.add_row("risks", &[("unit", "审计局"), ("section", "法规股"), ("grade", "高")]), &["E0318 risks!C4"]),
    ("no grade at all", |s| s.set("posts", 4, "risk", ""), &["A0309 posts!"]),
    ("a score of nobody", |s| s.set("fit", 2, "staff", "1O01"), &["E0310 fit!A2"]),
    ("a score twice", |s| s.add_row("fit", &[("staff", "1001"), ("post", "P01"), ("score", "80")]), &["E0311 fit!C5"]),
    ("two scores", |s| s.add_row("fit", &[("staff", "1001"), ("post", "P01"), ("score", "81")]), &["E0312 fit!C5"]),
    ("a score of a retiree", |s| s.set("fit", 2, "staff", "1005"), &["W0313 fit!"]),
    // events
    ("an event already in the data", |s| s.set("events", 5, "date", "2025-06-30"), &["W0501 events!A5"]),
    ("an event beyond the horizon", |s| s.set("events", 5, "date", "2028-07-01"), &["W0505 events!A5"]),
    ("a merger without posts", |s| s.set("events", 5, "kind", "merge"), &["E0502 events!D5", "E0502 events!E5"]),
    ("a merger", |s| s.merge("2026-09-01", "P03", "P02"), &["A0502 events!E7"]),
    ("a merger without the post that stays", |s| s.merge("2026-09-01", "P03", ""), &["E0502 events!E7"]),
    ("a merger into no post", |s| s.merge("2026-09-01", "P03", "P99"), &["E0305 events!E7"]),
    ("a merger into itself", |s| s.merge("2026-09-01", "P03", "P03"), &["E0501 events!E7"]),
    ("a merger twice", |s| s.merge("2026-09-01", "P03", "P02").merge("2027-02-01", "P03", "P01"), &["A0502 events!E7", "A0502 events!E8", "E0510 events!D8"]),
    ("a merger of a chain", |s| s.merge("2026-09-01", "P03", "P02").merge("2026-10-01", "P02", "P05"), &["A0502 events!E7", "A0502 events!E8"]),
    ("a merger into what has merged", |s| s.merge("2026-09-01", "P03", "P02").merge("2026-08-01", "P02", "P05"), &["A0502 events!E7", "A0502 events!E8", "E0508 events!E7"]),
    ("mergers into each other", |s| s.merge("2026-09-01", "P03", "P02").merge("2026-10-01", "P02", "P03"), &["A0502 events!E7", "A0502 events!E8", "E0508 events!E8"]),
    ("a merger of a day", |s| s.merge("2026-09-01", "P03", "P02").merge("2026-09-01", "P02", "P05"), &["A0502 events!E7", "A0502 events!E8", "E0508 events!E7"]),
    ("a merged post named later", |s| s.merge("2026-09-01", "P03", "P02").event("2026-10-01", "promote", "1002", "P03"), &["A0502 events!E7", "E0508 events!E8"]),
    ("a host that has merged", |s| s.merge("2026-09-01", "P03", "P02").event("2026-10-01", "absent", "1002", "P03"), &["A0502 events!E7", "E0508 events!E8"]),
    ("a merged post named before, in its plan year", |s| s.merge("2026-09-01", "P03", "P02").event("2026-08-01", "promote", "1002", "P03"), &["A0502 events!E7", "E0516 events!E8"]),
    ("a merged post named a plan year before", |s| s.merge("2026-09-01", "P03", "P02").event("2026-03-01", "promote", "1002", "P03"), &["A0502 events!E7"]),
    ("a merged post renamed later", |s| s.merge("2026-09-01", "P03", "P02").add_row("events", &[("date", "2026-10-01"), ("kind", "rename"), ("post", "P03"), ("note", "综合岗")]), &["A0501 events!G8", "A0502 events!E7", "E0508 events!D8"]),
    ("a merged post closed", |s| s.merge("2026-09-01", "P03", "P02").add_row("events", &[("date", "2026-10-01"), ("kind", "close_post"), ("post", "P03")]), &["A0502 events!E7", "E0510 events!D8"]),
    ("a merger into what closes in its plan year", |s| s.merge("2026-09-01", "P03", "P02").add_row("events", &[("date", "2027-01-01"), ("kind", "close_post"), ("post", "P02")]), &["A0502 events!E7", "E0505 events!E7"]),
    ("a merger into what closes a plan year later", |s| s.merge("2026-03-01", "P03", "P02").add_row("events", &[("date", "2026-09-01"), ("kind", "close_post"), ("post", "P02")]), &["A0502 events!E7"]),
    ("go into what has merged", |s| s.merge("2026-09-01", "P02", "P01").set("decisions", 3, "post", "P02"), &["A0502 events!E7", "E0515 decisions!B3"]),
    ("stay in what merges, and go there", |s| s.merge("2025-09-01", "P01", "P03").set("decisions", 3, "post", "P03").add_row("decisions", &[("staff", "1001"), ("post", "P03"), ("year", "1"), ("kind", "go")]), &["A0502 events!E7"]),
    ("a renaming without the new name", |s| s.set("events", 5, "kind", "rename").set("events", 5, "staff", ""), &["E0502 events!D5", "E0502 events!G5"]),
    ("a renaming", |s| s.set("events", 6, "kind", "rename").set("events", 6, "note", "综合岗"), &["A0501 events!G6"]),
    ("an event of nobody", |s| s.set("events", 5, "staff", "9999"), &["E0310 events!C5"]),
    ("an event of a retiree", |s| s.set("events", 5, "staff", "1005"), &["E0503 events!C5"]),
    ("a leave of nobody named", |s| s.set("events", 5, "staff", ""), &["E0502 events!C5"]),
    ("a promotion to nowhere", |s| s.set("events", 5, "kind", "promote"), &["E0502 events!E5"]),
    ("recruiting who is in service", |s| s.set("staff", 7, "status", "在职").set("staff", 7, "post", "P02").set("staff", 7, "post_since", "2020-01-01"), &["E0504 events!C2", "W0502 staff!H7"]),
    ("joining twice", |s| s.add_row("events", &[("date", "2026-01-01"), ("kind", "join"), ("staff", "1006")]), &["E0504 events!C7"]),
    ("leaving twice", |s| s.add_row("events", &[("date", "2027-01-01"), ("kind", "retire"), ("staff", "1003")]), &["E0506 events!C7"]),
    ("an absence that ends first", |s| s.set("events", 3, "until", "2026-01-01"), &["E0507 events!F3"]),
    ("an end without absence", |s| s.set("events", 5, "until", "2027-01-01"), &["W0504 events!F5"]),
    ("into a post not open yet", |s| s.set("events", 2, "to_post", "P06"), &["E0508 events!E2"]),
    ("holding a post not open yet", |s| s.set("events", 4, "post", "P05"), &["E0508 events!E3", "E0509 events!D4"]),
    ("a post opened twice", |s| s.add_row("events", &[("date", "2026-06-01"), ("kind", "new_post"), ("post", "P06")]), &["E0510 events!D7"]),
    ("a return of who is here", |s| s.set("events", 5, "kind", "return"), &["W0506 events!C5"]),
    ("retiring under investigation", |s| s.set("events", 5, "kind", "retire").set("staff", 4, "under_investigation", "是"), &["W0503 events!C5"]),
    // decisions
    ("a decision of nobody", |s| s.set("decisions", 2, "staff", "1010"), &["E0310 decisions!A2"]),
    ("a decision into no post", |s| s.set("decisions", 3, "post", "P66"), &["E0305 decisions!B3"]),
    ("go without post", |s| s.set("decisions", 3, "post", ""), &["E0511 decisions!B3"]),
    ("not without post", |s| s.set("decisions", 4, "post", ""), &["E0511 decisions!B4"]),
    ("a year outside the horizon", |s| s.set("decisions", 3, "year", "2029"), &["E0512 decisions!C3"]),
    ("stay and go in one year", |s| s.add_row("decisions", &[("staff", "1001"), ("post", "P02"), ("year", "2025"), ("kind", "go")]), &["E0513 decisions!5"]),
    ("a decision twice", |s| s.add_row("decisions", &[("staff", "1001"), ("year", "1"), ("kind", "stay")]), &["E0514 decisions!5"]),
    ("go into a post closed by then", |s| s.set("decisions", 3, "post", "P04"), &["E0515 decisions!B3"]),
    ("stay of who holds nothing", |s| s.set("decisions", 2, "staff", "1006"), &["W0507 decisions!B2"]),
    // sheets that no rule uses yet
    ("kin", |s| s.add_sheet("relations", "staff_a|staff_b|kind\n1001|1002|夫妻"), &[]),
    ("kin of nobody", |s| s.add_sheet("relations", "staff_a|staff_b|kind\n1001|1009|夫妻"), &["E0310 relations!B2"]),
    ("kin to oneself", |s| s.add_sheet("relations", "staff_a|staff_b|kind\n1001|1001|夫妻"), &["E0319 relations!B2"]),
    ("a past without dates", |s| s.add_sheet("history", "staff|unit|post|from\n1001|农业局|会计|2010"), &["E0205 history!D2"]),
    // policy
    ("no start", |s| s.set("settings", 2, "value", ""), &["E0401"]),
    ("an unknown key", |s| s.set("settings", 4, "key", "turnover.unit_shar"), &["E0402 settings!B4"]),
    ("a date that is none", |s| s.set("settings", 2, "value", "2025-07"), &["E0403 settings!B2"]),
    ("a key not built yet", |s| s.set("settings", 4, "key", "risk.aggregate").set("settings", 4, "value", "sum"), &["E0404 settings!B4"]),
    ("a rule that can't be off", |s| s.set("settings", 4, "key", "rules.R01").set("settings", 4, "value", "false"), &["E0405 settings!B4"]),
    ("an unknown preset", |s| s.set("settings", 4, "key", "preset").set("settings", 4, "value", "cn-conty"), &["E0406 settings!B4"]),
    ("a share beyond 1", |s| s.set("settings", 4, "value", "30"), &["E0408 settings!B4"]),
    ("too many years", |s| s.set("settings", 3, "value", "21"), &["E0408 settings!B3"]),
    ("too many wanted experiences", |s| s.set("settings", 4, "key", "reserve.experiences").set("settings", 4, "value", "一；二；三；四；五；六；七；八；九；十；甲；乙；丙；丁；戊；己；庚"), &["E0216 settings!B4"]),
    ("should beyond must, in the policy", |s| s.set("settings", 4, "key", "time.high.should").set("settings", 4, "value", "61"), &["E0409 settings!B4"]),
    ("data younger than the start", |s| s.set("settings", 4, "key", "as_of").set("settings", 4, "value", "2025-07-01"), &["E0410 settings!B4"]),
    ("a grade twice", |s| s.set("settings", 4, "key", "risk.tiers").set("settings", 4, "value", "高；中；高"), &["E0411 settings!B4"]),
    ("no tiers", |s| s.set("settings", 4, "key", "risk.tiers").set("settings", 4, "value", "[]"), &["E0412 settings!B4"]),
    ("equals not on the ladder", |s| s.set("settings", 4, "key", "ladder.equivalent").set("settings", 4, "value", "一级科员=主任科员"), &["E0413 settings!B4"]),
    ("half a weight", |s| s.set("settings", 4, "key", "priorities.weights.risk").set("settings", 4, "value", "1.5"), &["E0403 settings!B4"]),
    ("a weight below 0", |s| s.set("settings", 4, "key", "priorities.weights.risk").set("settings", 4, "value", "-1"), &["E0408 settings!B4"]),
    ("no weight at all", |s| s.set("settings", 4, "key", "priorities.weights.quality").set("settings", 4, "value", "0").add_row("settings", &[("key", "priorities.weights.risk"), ("value", "0")]).add_row("settings", &[("key", "priorities.weights.reserve"), ("value", "0")]).add_row("settings", &[("key", "priorities.mode"), ("value", "weighted")]), &["E0415 settings!B5"]),
    ("a weight beyond measure", |s| s.set("settings", 4, "key", "priorities.weights.quality").set("settings", 4, "value", "1000000").add_row("settings", &[("key", "priorities.mode"), ("value", "weighted")]), &["E0416 settings!B4"]),
    ("a key twice", |s| s.set("settings", 4, "key", "years"), &["E0414 settings!A4"]),
    ("a law rule off", |s| s.set("settings", 4, "key", "rules.R19").set("settings", 4, "value", "否"), &["W0401 settings!B4"]),
];

/// Every problem that the corpus brings about, for tests of their sentences.
pub fn every_problem() -> Vec<Problem> {
    BROKEN.iter().flat_map(|(_, break_it, _)| break_it(Sample::good()).read().problems).collect()
}

#[test]
fn each_broken_thing_is_told_at_its_cell() {
    assert!(BROKEN.len() >= 40);
    let folder = tempfile::tempdir().expect("a folder");
    let mut wrong = Vec::new();
    for (position, (what, break_it, wanted)) in BROKEN.iter().enumerate() {
        let sample = break_it(Sample::good());
        let csv = folder.path().join(format!("{position}"));
        std::fs::create_dir(&csv).expect("a folder");
        sample.write_csv(&csv);
        let book = folder.path().join(format!("{position}.xlsx"));
        sample.write_xlsx(&book);
        let before = std::fs::read_dir(&csv).expect("listed").count();
        let options = ReadOptions::default();
        let readings =
            [("memory", sample.read()), ("csv", input::read(&csv, &options)), ("xlsx", input::read(&book, &options))];
        for (carrier, reading) in readings {
            let got = all_shown(&reading);
            if got != *wanted {
                wrong.push(format!("{what} ({carrier}): {got:?}, not {wanted:?}"));
            }
            let has_error = got.iter().any(|line| line.starts_with('E'));
            assert_eq!(reading.case.is_none(), has_error, "{what}");
            let rows = &reading.rows;
            if rows.staff_rows != rows.people + rows.unplanned + rows.staff_errors {
                wrong.push(format!("{what}: rows are lost: {rows:?}"));
            }
        }
        assert_eq!(std::fs::read_dir(&csv).expect("listed").count(), before, "{what}: nothing is written");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_column_full_of_errors_is_shown_shortly_and_kept_in_full() {
    let mut sample = Sample::good();
    for number in 0..100 {
        sample = sample.add_row("fit", &[("staff", &format!("X{number}")), ("post", "P01"), ("score", "1")]);
    }
    let reading = sample.read();
    assert_eq!(reading.problems.len(), 100);
    let shown = input::shortened(&reading.problems);
    let codes: Vec<&str> = shown.iter().map(|problem| problem.code.as_str()).collect();
    assert_eq!(codes, ["E0310", "E0310", "E0310", "E0199"]);
    assert_eq!((&*shown[3].args["count"], &*shown[3].args["rows"]), ("97", "8–104"));
}

#[test]
fn all_problems_are_told_at_once() {
    let sample = Sample::good()
        .set("staff", 2, "birth_date", "春天")
        .set("posts", 2, "headcount", "一")
        .set("fit", 2, "score", "101")
        .set("events", 5, "staff", "9999")
        .set("settings", 3, "value", "21");
    assert_eq!(
        all_shown(&sample.read()),
        ["E0202 staff!C2", "E0211 posts!G2", "E0212 fit!C2", "E0310 events!C5", "E0408 settings!B3"]
    );
}
