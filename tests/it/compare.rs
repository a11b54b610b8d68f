//! `lungang compare` and `lungang diff`: scenarios and plans side by side.

use assert_cmd::Command;
use predicates::prelude::*;
use predicates::str::contains;
use serde_json::Value;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

fn lungang(folder: &Path, args: &[&str]) -> assert_cmd::assert::Assert {
    Command::cargo_bin("lungang").unwrap().current_dir(folder).args(args).assert()
}

/// A folder whose name has blanks, with a generated department in `部门 甲/`.
fn department(people: &str) -> TempDir {
    let folder = tempfile::Builder::new().prefix("情景 比较 ").tempdir().unwrap();
    lungang(folder.path(), &["template", "--demo", "--people", people, "--lang", "zh", "-o", "部门 甲/"]).success();
    folder
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

fn scenarios(folder: &Path, text: &str) {
    fs::write(folder.join("情景.toml"), text).unwrap();
}

/// Compares what the file says; the comparison as JSON.
fn compared(folder: &Path, rounds: &str, code: i32) -> Value {
    let _ = fs::remove_file(folder.join("比.json"));
    let args = ["compare", "部门 甲", "--scenarios", "情景.toml", "--rounds", rounds, "-o", "比.json"];
    lungang(folder, &args).code(code);
    json(&folder.join("比.json"))
}

fn pairs(comparison: &Value) -> impl Iterator<Item = (&str, &str, &Value)> {
    comparison["differences"]
        .as_array()
        .unwrap()
        .iter()
        .map(|pair| (pair["first"].as_str().unwrap(), pair["second"].as_str().unwrap(), &pair["difference"]))
}

#[test]
fn every_plan_compared_is_the_one_that_plan_writes() {
    let folder = department("24");
    let folder = folder.path();
    scenarios(
        folder,
        "[[scenario]]\nname='现行'\n[[scenario]]\nname='三年'\npolicy.time.high={should=24,must=36}\n\
         [[scenario]]\nname='三年两成'\nbase='三年'\npolicy.turnover.unit_share=0.2\n",
    );
    let comparison = compared(folder, "60", 0);
    let sides = comparison["scenarios"].as_array().unwrap();
    assert_eq!(sides.len(), 3);
    for (at, (side, name)) in sides.iter().zip(["现行", "三年", "三年两成"]).enumerate() {
        assert_eq!(side["name"], name);
        let kept = fs::read(folder.join(format!("比-plans/{:02} {name}.json", at + 1))).unwrap();
        let args = [
            "plan",
            "部门 甲",
            "--scenarios",
            "情景.toml",
            "--scenario",
            name,
            "--rounds",
            "60",
            "--threads",
            "1",
            "-o",
            "p.json",
        ];
        lungang(folder, &args).success();
        assert!(fs::read(folder.join("p.json")).unwrap() == kept, "{name}");
        lungang(folder, &["check", &format!("比-plans/{:02} {name}.xlsx", at + 1), "--input", "部门 甲"]).success();
    }
    let keys: Vec<&str> =
        comparison["settings"].as_array().unwrap().iter().map(|setting| setting["key"].as_str().unwrap()).collect();
    assert_eq!(keys, ["time.high.must", "time.high.should", "turnover.unit_share"]);
    // Months overdue by another limit are another measure; what stands in both is the same.
    let measure =
        |tier: &str| pairs(&comparison).find(|(.., pair)| pair["id"] == tier).unwrap().2["same_measure"].clone();
    assert_eq!((measure("T1"), measure("T3")), (Value::Bool(true), Value::Bool(false)));
    // A second run is the same, byte for byte.
    let before = fs::read(folder.join("比.json")).unwrap();
    compared(folder, "60", 0);
    assert!(before == fs::read(folder.join("比.json")).unwrap());
}

#[test]
fn every_format_is_written_and_figures_are_long() {
    let folder = department("20");
    let folder = folder.path();
    scenarios(folder, "[[scenario]]\nname='a'\n[[scenario]]\nname='b'\npolicy.turnover.unit_share=0.1\n");
    for lang in ["zh", "en"] {
        let args = [
            "--lang",
            lang,
            "compare",
            "部门 甲",
            "--scenarios",
            "情景.toml",
            "--rounds",
            "30",
            "-o",
            "c.xlsx",
            "-o",
            "c.html",
            "-o",
            "c/",
            "--plans",
            "计划",
        ];
        lungang(folder, &args).success().stdout(contains("T3")).stdout(contains("c.html"));
        assert_eq!(fs::read_dir(folder.join("计划")).unwrap().count(), 4);
        let page = fs::read_to_string(folder.join("c.html")).unwrap();
        assert!(page.contains("<polyline") && page.contains("default-src 'none'"));
        for key in ["compare-", "head-", "title-", "known-", "place-", "metric-", "frontier-"] {
            assert!(!page.contains(&format!(">{key}")), "{key} has no sentence");
        }
        let metrics = fs::read_to_string(folder.join("c/metrics.csv")).unwrap();
        assert!(metrics.starts_with("\u{feff}metric,unit,year,grade,scenario,value,bound,measured_by\r\n"));
        for scenario in ["today", "nobody_moves", "a", "b"] {
            assert!(
                metrics.contains(&format!("overdue_months,,{},high,{scenario},", u8::from(scenario != "today"))),
                "{scenario}"
            );
        }
        let mut book: calamine::Xlsx<_> = calamine::open_workbook(folder.join("c.xlsx")).unwrap();
        let names = calamine::Reader::sheet_names(&book);
        assert_eq!(names.len(), 6, "{names:?}");
        for name in names {
            let rows = calamine::Reader::worksheet_range(&mut book, &name).unwrap();
            assert!(rows.rows().all(|row| row.iter().all(|cell| !cell.to_string().contains("compare-"))));
        }
    }
}

/// One decision more than in the data: whoever moves first in the base plan stays.
#[test]
fn a_difference_planted_by_hand_is_found() {
    let folder = department("24");
    let folder = folder.path();
    lungang(folder, &["plan", "部门 甲", "--threads", "1", "-o", "p.json"]).success();
    let plan = json(&folder.join("p.json"));
    let moved =
        plan["moves"].as_array().unwrap().iter().find(|row| !row["from"].is_null() && row["decision"].is_null());
    let mover = moved.unwrap()["staff"].as_str().unwrap().to_owned();
    let year = usize::try_from(moved.unwrap()["year"].as_u64().unwrap()).unwrap();
    let known = fs::read_to_string(folder.join("部门 甲/decisions.csv")).unwrap();
    let heads = known.lines().next().unwrap().trim_start_matches('\u{feff}').to_owned();
    let row: Vec<&str> = heads
        .split(',')
        .map(|head| match head {
            "人员编号" | "staff" => mover.as_str(),
            "意见" | "意见类型" | "kind" => "不作调整",
            "决定人" | "decided_by" => "会议",
            _ => "",
        })
        .collect();
    fs::create_dir(folder.join("另 表")).unwrap();
    fs::write(folder.join("另 表/意见.csv"), format!("{}\r\n{}\r\n", known.trim_end(), row.join(","))).unwrap();
    scenarios(folder, "[[scenario]]\nname='现行'\n[[scenario]]\nname='留任'\ninput.decisions='另 表/意见.csv'\n");
    let comparison = compared(folder, "400", 0);
    let people = comparison["people"].as_array().unwrap();
    let found = people.iter().find(|person| person["staff"] == mover.as_str()).expect("who was kept by hand");
    assert_eq!(found["ways"][1].as_array().unwrap().len(), 1, "stays: {found}");
    assert!(found["ways"][0].as_array().unwrap().len() > 1);
    assert_eq!(comparison["settings"][0]["key"], "input.decisions");
    // A decision changes what is planned, not what is counted.
    assert!(pairs(&comparison).all(|(.., pair)| pair["same_measure"] == true));
    // Fewer plans are allowed, so none of them is proved better in the first tier that is not equal.
    let first = pairs(&comparison).find(|(.., pair)| pair["gain"] != 0).map(|(.., pair)| pair["known"].clone());
    assert_ne!(first, Some(Value::from("better")));
    // The plan of a scenario with a sheet of its own is checked with that sheet.
    let plan = "比-plans/02 留任.json";
    lungang(folder, &["check", plan, "--input", "部门 甲", "--scenarios", "情景.toml", "--scenario", "留任"])
        .success()
        .stderr(contains("W0780").not());
    lungang(folder, &["--lang", "en", "check", plan, "--input", "部门 甲"]).stderr(contains("W0780"));
    // The same two plans by diff: only that one place changed by hand.
    let mut edited = json(&folder.join("p.json"));
    let places = edited["layout"][&mover].as_array_mut().unwrap();
    let (old, first) = (places[year].clone(), places[0].clone());
    assert_ne!(old, first);
    places.iter_mut().for_each(|place| *place = first.clone());
    fs::write(folder.join("q.json"), edited.to_string()).unwrap();
    lungang(folder, &["--json", "diff", "p.json", "q.json", "--input", "部门 甲", "-o", "d.json"]).success();
    let differs = json(&folder.join("d.json"));
    let people = differs["people"].as_array().unwrap();
    assert_eq!(people.len(), 1);
    assert_eq!(people[0]["staff"], mover.as_str());
    assert!(people[0]["years"].as_array().unwrap().contains(&Value::from(year)));
    lungang(folder, &["diff", "p.json", "q.json", "-o", "d.xlsx"])
        .success()
        .stdout(contains(&mover))
        .stderr(contains("--input"));
    lungang(folder, &["diff", "p.json", "p.json"]).success();
}

/// What is claimed at an early end is never contradicted by the optimum.
#[test]
fn nothing_within_the_gap_is_called_proved() {
    let folder = department("22");
    let folder = folder.path();
    let mut text = String::new();
    for (at, policy) in [
        "years=3",
        "years=3\npolicy.turnover.unit_share=0.1",
        "years=3\npolicy.turnover.unit_share=0.6\npolicy.time.may=12",
        "years=3\npolicy.points.move=0",
        "years=3\npolicy.turnover.old_hands=0.9",
    ]
    .iter()
    .enumerate()
    {
        text.push_str(&format!("[[scenario]]\nname='s{at}'\npolicy.{policy}\n"));
    }
    scenarios(folder, &text);
    let optimal = compared(folder, "100000", 0);
    assert!(optimal["scenarios"].as_array().unwrap().iter().all(|side| side["optimal"] == true));
    let mut claims = 0;
    for rounds in ["0", "3", "20", "60"] {
        let early = compared(folder, rounds, 0);
        for ((_, _, pair), (_, _, best)) in pairs(&early).zip(pairs(&optimal)) {
            let gain = best["gain"].as_i64().unwrap();
            let value = |side: &str| (pair[side][0].as_i64().unwrap(), pair[side][1].as_i64());
            let ((a, bound_a), (b, bound_b)) = (value("of_a"), value("of_b"));
            let overlap = |value: i64, bound: Option<i64>, other: i64| {
                bound.is_none_or(|bound| (value.min(bound)..=value.max(bound)).contains(&other))
            };
            match pair["known"].as_str().unwrap() {
                "better" | "worse" => {
                    assert!(!overlap(a, bound_a, b) || !overlap(b, bound_b, a));
                    let sign = if pair["known"] == "better" { 1 } else { -1 };
                    assert!(pair["at_least"].as_i64().unwrap() > 0);
                    if pair["conditional"] == false && early_settled(&early, pair) {
                        assert!(gain * sign >= pair["at_least"].as_i64().unwrap(), "{rounds}: {pair} {best}");
                        claims += 1;
                    }
                }
                "equal" if pair["conditional"] == false => assert_eq!(gain, 0, "{rounds}: {pair}"),
                _ => {}
            }
        }
    }
    assert!(claims > 0);
}

/// Whether the tiers before are proved in both plans, so that both optima are what they will be.
fn early_settled(comparison: &Value, pair: &Value) -> bool {
    ["a", "b"].iter().all(|side| {
        let at = usize::try_from(pair[side].as_u64().unwrap()).unwrap();
        let tiers = comparison["scenarios"][at]["tiers"].as_array().unwrap();
        tiers.iter().take_while(|row| row["id"] != pair["id"]).all(|row| row["status"] == "proved")
    })
}

#[test]
fn one_scenario_without_a_plan_stops_no_other() {
    let folder = department("20");
    let folder = folder.path();
    // Everybody a unit has moves every year: no plan can.
    scenarios(
        folder,
        "[[scenario]]\nname='a'\n[[scenario]]\nname='b'\npolicy.turnover={unit_floor=1.0,unit_share=1.0}\npolicy.time.rest=60\n\
         [[scenario]]\nname='c'\npolicy.turnover.unit_share=0.2\n",
    );
    let args = ["--lang", "en", "compare", "部门 甲", "--scenarios", "情景.toml", "--rounds", "30", "-o", "c.json"];
    let code = lungang(folder, &args).get_output().status.code();
    assert!(matches!(code, Some(3 | 4)), "{code:?}");
    let comparison = json(&folder.join("c.json"));
    assert_eq!(comparison["without_plan"][0]["name"], "b");
    assert_eq!(comparison["scenarios"].as_array().unwrap().len(), 2);
}

#[test]
fn what_is_wrong_is_told_before_anything_is_solved() {
    let folder = department("20");
    let folder = folder.path();
    scenarios(
        folder,
        "[[scenario]]\nname='a'\npolicy.turnover.unit_shar=0.2\n[[scenario]]\nname='b'\ninput.posts='无.csv'\n",
    );
    let args = ["--lang", "en", "compare", "部门 甲", "--scenarios", "情景.toml", "-o", "c.json"];
    lungang(folder, &args)
        .code(1)
        .stderr(contains("E0402 情景.toml").and(contains("unit_share")))
        .stderr(contains("E0101 无.csv"));
    assert!(!folder.join("c.json").exists());
    scenarios(folder, "[[scenario]]\nname='a'\n");
    for (target, code) in [("情景.toml", 6), ("c.docx", 6), ("c.txt", 6), ("无/c.json", 6)] {
        lungang(folder, &["compare", "部门 甲", "--scenarios", "情景.toml", "-o", target]).code(code);
    }
    // A folder that holds anything else than plans is left alone.
    fs::create_dir(folder.join("别的")).unwrap();
    fs::write(folder.join("别的/notes.txt"), "x").unwrap();
    lungang(folder, &["compare", "部门 甲", "--scenarios", "情景.toml", "--plans", "别的"])
        .code(6)
        .stderr(contains("E0605"));
    lungang(folder, &["compare", "部门 甲", "--scenarios", "情景.toml", "--plans", "部门 甲"]).code(6);
    lungang(folder, &["compare", "部门 甲"]).code(2);
    let unknown = ["--lang", "en", "plan", "部门 甲", "--scenarios", "情景.toml", "--scenario", "aa", "-o", "p.json"];
    lungang(folder, &unknown).code(1).stderr(contains("E0439"));
    // The files of a scenario are no target either.
    scenarios(folder, "[[scenario]]\nname='a'\ninput.posts='部门 甲/posts.csv'\n");
    lungang(folder, &["plan", "部门 甲", "--scenarios", "情景.toml", "--scenario", "a", "-o", "情景.toml"]).code(6);
    let export = ["export", "部门 甲", "--scenarios", "情景.toml", "--scenario", "a", "-o", "部门 甲/posts.csv"];
    lungang(folder, &export).code(6).stderr(contains("E0607"));
    lungang(folder, &["validate", "部门 甲", "--scenarios", "情景.toml", "--scenario", "a"]).success();
}

#[test]
fn a_file_of_scenarios_to_begin_from() {
    let folder = department("20");
    let folder = folder.path();
    for lang in ["zh", "en"] {
        lungang(folder, &["--lang", lang, "template", "--scenarios", "-o", "情景.toml"]).success();
        lungang(folder, &["compare", "部门 甲", "--scenarios", "情景.toml", "--rounds", "5"]).success();
    }
}

/// From the least to the whole: no point is worse than a tighter one, every bound holds, every plan is checked, and the ends
/// are what `plan` gives.
#[test]
fn a_frontier_is_monotone_bounded_and_ends_in_plain_plans() {
    let folder = department("24");
    let folder = folder.path();
    let points = std::env::var("LUNGANG_POINTS").unwrap_or_else(|_| "5".to_owned());
    for (knob, key, least) in [
        ("moves", "turnover.most_moves", "0"),
        ("cross-unit", "turnover.most_cross_unit", "0"),
        ("fit", "fit.floor", "100"),
        ("share", "turnover.unit_share", "0"),
    ] {
        let args = [
            "compare",
            "部门 甲",
            "--frontier",
            knob,
            "--points",
            &points,
            "--rounds",
            "60",
            "-o",
            "k.json",
            "-o",
            "k.html",
            "-o",
            "k.xlsx",
            "-o",
            "k/",
        ];
        lungang(folder, &args).success();
        let curve = json(&folder.join("k.json"));
        let found = curve["frontier"]["points"].as_array().unwrap();
        assert_eq!(curve["frontier"]["key"], key);
        let files: Vec<String> =
            found.iter().map(|point| format!("k-plans/{}", point["plan_file"].as_str().unwrap())).collect();
        let tiers = |point: &Value| -> Vec<(i64, Option<i64>)> {
            let rows = point["tiers"].as_array().unwrap();
            // More is better.
            let sign = |row: &Value| if matches!(row["id"].as_str().unwrap(), "T4" | "T5") { 1 } else { -1 };
            rows.iter()
                .map(|row| {
                    (sign(row) * row["value"].as_i64().unwrap(), row["bound"].as_i64().map(|bound| sign(row) * bound))
                })
                .collect()
        };
        for (at, point) in found.iter().enumerate() {
            let own = tiers(point);
            assert!(own.iter().all(|(value, bound)| bound.is_none_or(|bound| bound >= *value)), "{knob} {at}");
            if let Some(before) = at.checked_sub(1).map(|at| tiers(&found[at])) {
                let order = |tiers: &[(i64, Option<i64>)]| tiers.iter().map(|(value, _)| *value).collect::<Vec<_>>();
                assert!(point["behind"] == true || order(&own) >= order(&before), "{knob} {at}: {own:?} {before:?}");
                assert!(own[0].1.unwrap() >= before[0].1.unwrap(), "bounds of the first tier too");
            }
            if let Some(by) = point["dominated_by"].as_u64() {
                let other = &found[usize::try_from(by).unwrap()];
                assert!(other["spent"].as_i64() <= point["spent"].as_i64());
            }
            for ending in ["json", "xlsx"] {
                lungang(folder, &["check", &format!("{}.{ending}", files[at]), "--input", "部门 甲"]).success();
            }
        }
        let same_as_plain = |at: usize, set: Option<String>| {
            let mut args = vec!["plan", "部门 甲", "--rounds", "60", "--threads", "1", "-o", "p.json"];
            let set = set.map(|set| ["--set".to_owned(), set]);
            args.extend(set.iter().flatten().map(String::as_str));
            lungang(folder, &args).success();
            let (plain, kept) = (json(&folder.join("p.json")), json(&folder.join(format!("{}.json", files[at]))));
            let bare = |plan: &Value| (plan["layout"].clone(), plan["policy"].clone(), plan["provenance"].clone());
            assert!(bare(&plain) == bare(&kept) || found[at]["begun_from_before"] == true, "{knob} {at}");
        };
        same_as_plain(0, Some(format!("{key}={least}")));
        let own = found.iter().position(|point| point["value"].is_null()).unwrap();
        same_as_plain(own, None);
        let page = fs::read_to_string(folder.join("k.html")).unwrap();
        assert!(page.contains("<polyline") && !page.contains(">frontier-"));
        assert!(folder.join("k/frontier.csv").exists());
    }
}
