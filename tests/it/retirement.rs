//! Dates of retirement by formula: who gets one, who is told to have none, and what wins over it.

use crate::input_sample::{Sample, all_shown, shown};
use assert_cmd::Command;
use lungang_domain::{Case, Problem};
use rstest::rstest;

/// A roster of one post, in which rows are added; the formula is on unless `formula` says otherwise.
fn roster(rows: &[&[(&str, &str)]], formula: &str) -> Sample {
    let mut sample =
        Sample::good().drop_sheet("fit").drop_sheet("events").drop_sheet("decisions").add_column("staff", &["sex"]);
    sample = sample.add_column("staff", &["certificates"]);
    sample.rows("staff").truncate(1);
    for (at, row) in (1..).zip(rows) {
        let (id, name) = (format!("{at}"), format!("甲{at}"));
        let own =
            [("id", id.as_str()), ("name", name.as_str()), ("unit", "财政局"), ("status", "在职"), ("post", "P03")];
        let all: Vec<(&str, &str)> =
            own.into_iter().chain([("post_since", "2024-01-01")]).chain(row.iter().copied()).collect();
        sample = sample.add_row("staff", &all);
    }
    sample.add_row("settings", &[("key", "retirement.formula"), ("value", formula)])
}

fn case(sample: &Sample) -> Case {
    let reading = sample.read();
    let problems = reading.problems.clone();
    reading.case.unwrap_or_else(|| panic!("{problems:#?}"))
}

/// Of the only person: the date, and whether the formula gave it.
fn date(row: &[(&str, &str)], formula: &str) -> (String, bool) {
    let case = case(&roster(&[row], formula));
    let person = &case.people[0];
    (person.retire_date.map_or_else(|| "none".to_owned(), |date| date.to_string()), person.retire_computed)
}

#[rstest]
#[case::a_man(&[("sex", "男"), ("birth_date", "1967-03-20"), ("staffing_kind", "行政")], "2027-11-01")]
#[case::a_man_of_no_kind(&[("sex", "男"), ("birth_date", "1967-03-20")], "2027-11-01")]
#[case::a_man_who_is_a_worker(&[("sex", "男"), ("birth_date", "1967-03-20"), ("staffing_kind", "工勤")], "2027-11-01")]
#[case::a_woman_cadre(&[("sex", "女"), ("birth_date", "1972-05-02"), ("staffing_kind", "参公事业")], "2028-02-01")]
#[case::a_woman_worker(&[("sex", "女"), ("birth_date", "1977-01-02"), ("staffing_kind", "工勤")], "2028-03-01")]
#[case::a_woman_who_leads(&[("sex", "女"), ("birth_date", "1972-05-02"), ("staffing_kind", "行政"), ("level", "县处级副职")], "2034-05-01")]
#[case::a_woman_who_leads_less(&[("sex", "女"), ("birth_date", "1972-05-02"), ("staffing_kind", "行政"), ("level", "乡科级正职")], "2028-02-01")]
#[case::a_senior_title(&[("sex", "女"), ("birth_date", "1972-05-02"), ("staffing_kind", "事业"), ("certificates", "高级会计师")], "2034-05-01")]
#[case::a_worker_s_skill(&[("sex", "女"), ("birth_date", "1977-01-02"), ("staffing_kind", "工勤"), ("certificates", "高级工")], "2028-03-01")]
fn the_table_follows_sex_kind_level_and_title(#[case] row: &[(&str, &str)], #[case] wanted: &str) {
    assert_eq!(date(row, "cn-2025"), (wanted.to_owned(), true));
    assert_eq!(date(row, "none"), ("none".to_owned(), false), "nothing is computed unless asked for");
}

#[test]
fn each_computed_date_is_an_assumption_at_the_birth_date() {
    let reading =
        roster(&[&[("sex", "男"), ("birth_date", "1967-03-20"), ("staffing_kind", "行政")]], "cn-2025").read();
    let told: Vec<&Problem> = reading.problems.iter().filter(|problem| problem.code == "A0330").collect();
    let [told] = told[..] else { panic!("{told:?}") };
    assert_eq!(shown(told), "A0330 staff!C2");
    let args = ["date", "basis", "years", "months"].map(|name| told.args[name].as_str());
    assert_eq!(args, ["2027-11-01", "men", "60", "7"]);
}

#[test]
fn a_given_date_comes_before_the_formula() {
    let given = [("sex", "男"), ("birth_date", "1967-03-20"), ("staffing_kind", "行政"), ("retire_date", "2030-10-01")];
    assert_eq!(date(&given, "cn-2025"), ("2030-10-01".to_owned(), false));
    let sample = roster(&[&given], "cn-2025");
    assert!(!all_shown(&sample.read()).iter().any(|problem| problem.starts_with("A0330")));
    // A given date that has passed stays an error, formula or not.
    let passed = sample.set("staff", 2, "retire_date", "2025-01-01");
    assert!(all_shown(&passed.read()).contains(&"E0307 staff!M2".to_owned()));
}

#[test]
fn a_listed_retirement_comes_before_the_formula() {
    let row: &[(&str, &str)] = &[("sex", "男"), ("birth_date", "1967-03-20"), ("staffing_kind", "行政")];
    let sample = roster(&[row], "cn-2025").add_sheet("events", "date|kind|staff\n2026-05-01|retire|1");
    let case = case(&sample);
    assert_eq!((case.people[0].retire_date, case.people[0].retire_computed), (None, false));
    assert!(!all_shown(&sample.read()).iter().any(|problem| problem.starts_with("A0330")));
}

#[rstest]
#[case::no_sex(&[("birth_date", "1967-03-20"), ("staffing_kind", "行政")], "W0330 staff!T2")]
#[case::no_birth(&[("sex", "男"), ("staffing_kind", "行政")], "W0330 staff!C2")]
#[case::a_woman_of_no_kind(&[("sex", "女"), ("birth_date", "1972-05-02")], "W0330 staff!D2")]
#[case::a_woman_of_another_kind(&[("sex", "女"), ("birth_date", "1972-05-02"), ("staffing_kind", "其他")], "W0330 staff!D2")]
fn who_can_t_be_told_gets_no_date_and_a_warning(#[case] row: &[(&str, &str)], #[case] wanted: &str) {
    let sample = roster(&[row], "cn-2025");
    assert!(all_shown(&sample.read()).contains(&wanted.to_owned()), "{:?}", all_shown(&sample.read()));
    assert_eq!(date(row, "cn-2025"), ("none".to_owned(), false));
    assert!(!all_shown(&roster(&[row], "none").read()).iter().any(|problem| problem.starts_with("W0330")));
}

#[rstest]
#[case::long_ago(&[("sex", "男"), ("birth_date", "1960-01-01"), ("staffing_kind", "行政")])]
// 1965-02 reaches the age in 2025-03, so 2025-04-01 has passed on 2025-06-30.
#[case::this_year(&[("sex", "男"), ("birth_date", "1965-02-28"), ("staffing_kind", "行政")])]
fn a_date_that_has_passed_is_told_and_not_used(#[case] row: &[(&str, &str)]) {
    let sample = roster(&[row], "cn-2025");
    assert!(all_shown(&sample.read()).contains(&"W0331 staff!C2".to_owned()), "{:?}", all_shown(&sample.read()));
    assert_eq!(date(row, "cn-2025"), ("none".to_owned(), false));
}

#[test]
fn a_date_between_data_and_start_is_used() {
    // 1965-05 reaches the age in 2025-07: out of service on the 1 August of plan year 1, which starts on 1 July.
    let row: &[(&str, &str)] = &[("sex", "男"), ("birth_date", "1965-05-31"), ("staffing_kind", "行政")];
    assert_eq!(date(row, "cn-2025"), ("2025-08-01".to_owned(), true));
}

#[test]
fn without_a_start_nothing_is_computed() {
    let row: &[(&str, &str)] = &[("birth_date", "1967-03-20"), ("staffing_kind", "行政")];
    let mut sample = roster(&[row], "cn-2025");
    sample.rows("settings").retain(|row| row[0] != "start");
    assert!(!all_shown(&sample.read()).iter().any(|problem| problem.contains("033")));
}

#[test]
fn an_unknown_formula_is_refused() {
    let sample = roster(&[&[("sex", "男"), ("birth_date", "1967-03-20")]], "cn-2015");
    assert!(all_shown(&sample.read()).iter().any(|problem| problem.starts_with("E0403 settings!")));
}

#[test]
fn plan_and_check_go_by_the_computed_date() {
    let folder = tempfile::tempdir().expect("a folder");
    let input = folder.path().join("in");
    std::fs::create_dir(&input).expect("made");
    // The only holder of P03 is out of service in plan year 2.
    let man: &[(&str, &str)] = &[("sex", "男"), ("birth_date", "1966-01-10"), ("staffing_kind", "行政")];
    let young: &[(&str, &str)] =
        &[("sex", "男"), ("birth_date", "1990-01-10"), ("staffing_kind", "行政"), ("post", "P04")];
    roster(&[man, young], "cn-2025").write_csv(&input);
    let plan = folder.path().join("plan.json");
    let run = |args: &[&std::ffi::OsStr]| {
        Command::cargo_bin("lungang").expect("the program").args(["--lang", "en"]).args(args).assert()
    };
    let os = std::ffi::OsStr::new;
    run(&[os("plan"), input.as_os_str(), os("-o"), plan.as_os_str(), os("--threads"), os("1")]).success();
    let text = std::fs::read_to_string(&plan).expect("a plan");
    let plan_file: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(plan_file["policy"]["retirement"]["formula"], "cn-2025");
    let states: Vec<&str> = plan_file["layout"]["1"]
        .as_array()
        .expect("a row")
        .iter()
        .map(|place| place["state"].as_str().unwrap_or(""))
        .collect();
    // 60 years and 4 months in 2026-05, so 2026-06-01: plan year 1, which starts on 2025-07-01.
    assert_eq!(states, ["in", "left", "left", "left"], "{text}");
    assert!(plan_file["assumptions"].as_array().expect("a list").iter().any(|note| note["code"] == "A0330"));
    run(&[os("check"), plan.as_os_str(), os("--input"), input.as_os_str()]).success();
    // Asked for on the command line alone, it is known to the check from the plan; also of a folder of CSV.
    let (bare, folder) = (folder.path().join("bare"), folder.path().join("plan/"));
    std::fs::create_dir(&bare).expect("made");
    roster(&[man, young], "none").write_csv(&bare);
    std::fs::remove_file(bare.join("settings.csv")).expect("gone");
    let asked =
        ["--start", "2025-07-01", "--years", "3", "--set", "retirement.formula=cn-2025", "--threads", "1"].map(os);
    let to = [os("plan"), bare.as_os_str(), os("-o"), plan.as_os_str(), os("-o"), folder.as_os_str()];
    run(&to.into_iter().chain(asked).collect::<Vec<_>>()).success();
    for plan in [plan.as_os_str(), folder.as_os_str()] {
        run(&[os("check"), plan, os("--input"), bare.as_os_str()]).success();
    }
}

#[test]
fn a_masked_plan_does_not_tell_the_computed_date() {
    let folder = tempfile::tempdir().expect("a folder");
    let input = folder.path().join("in");
    std::fs::create_dir(&input).expect("made");
    let man: &[(&str, &str)] = &[("sex", "男"), ("birth_date", "1966-01-10"), ("staffing_kind", "行政")];
    roster(&[man], "cn-2025").write_csv(&input);
    let out = folder.path().join("out/");
    let mut command = Command::cargo_bin("lungang").expect("the program");
    let done = command.arg("plan").arg(&input).arg("-o").arg(folder.path().join("plan.json")).arg("-o");
    let done = done.arg(format!("{}/", out.display())).arg("--mask").assert().success();
    let mut told = String::from_utf8_lossy(&done.get_output().stderr).into_owned();
    told.push_str(&std::fs::read_to_string(folder.path().join("plan.json")).expect("a plan"));
    for entry in std::fs::read_dir(&out).expect("a folder") {
        told.push_str(&std::fs::read_to_string(entry.expect("a file").path()).expect("text"));
    }
    assert!(told.contains("A0330"));
    for date in ["1966-01", "2026-06-01"] {
        assert!(!told.contains(date), "{date}");
    }
}
