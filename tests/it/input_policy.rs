//! The policy: layers, ranges, keys that are unknown or not built yet.

use crate::input_sample::Sample;
use lungang::input::policy::{PRESETS, keys, template};
use lungang::input::{self, ReadOptions, policy_from_toml};
use lungang::text::Lang;
use lungang_domain::policy::{Mode, PrioritiesPolicy};
use lungang_domain::{Grade, Policy, Share};
use rstest::rstest;

const START: (&str, &str) = ("start", "2025-07-01");

fn policy(text: &str) -> Result<Policy, Vec<String>> {
    policy_from_toml(text, &[START]).map_err(|problems| {
        problems
            .iter()
            .map(|problem| format!("{} {}", problem.code, problem.args.get("key").map_or("", String::as_str)))
            .collect()
    })
}

#[test]
fn presets_hold_every_key_that_has_a_default() {
    for (name, _) in PRESETS {
        let policy = policy(&format!("preset = \"{name}\"")).expect("sound");
        assert_eq!(policy.preset, *name);
        assert_eq!(policy.as_of.to_string(), "2025-06-30");
        for key in keys::KEYS {
            let has = input::policy::preset_value(name, key.path).is_some();
            let optional = ["preset", "start", "as_of", "risk.direction", "risk.high_from", "risk.medium_from"];
            let optional = optional.contains(&key.path)
                || key.path.starts_with("turnover.most_")
                || key.path.starts_with("input.");
            // The further clocks stand only where a preset has them, the yearly dates only in the district's own.
            let clocks = ["time.section.", "time.unit_level.", "time.unit.", "time.domain."];
            let is_clock = clocks.iter().any(|path| key.path.starts_with(path));
            let yearly =
                ["calendar.plan_due", "calendar.carried_out_by", "calendar.progress_day", "calendar.summary_by"];
            let optional = optional || (yearly.contains(&key.path) && !name.starts_with("cn-"));
            assert!(is_clock || has != optional, "{name} {}", key.path);
        }
    }
}

#[test]
fn the_default_preset_is_that_of_the_shared_policy_file() {
    // data/policy.toml is the list of names and defaults that everybody agreed on.
    let shared: toml::Table = toml::from_str(include_str!("../../data/policy.toml")).expect("TOML");
    fn walk(prefix: &str, table: &toml::Table) {
        for (name, value) in table {
            let path = if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
            match value {
                toml::Value::Table(below) => walk(&path, below),
                _ if path == "preset" => {}
                value => {
                    let ours = input::policy::preset_value("cn-county", &path).unwrap_or_else(|| panic!("{path}"));
                    let shared = serde_json::to_value(value).expect("JSON");
                    assert!(
                        ours == shared || ours.as_f64() == shared.as_f64() && ours.as_f64().is_some(),
                        "{path}: {ours} {shared}"
                    );
                }
            }
        }
    }
    walk("", &shared);
}

#[test]
fn the_template_is_accepted_as_it_stands_and_changes_nothing() {
    let plain = policy("").expect("sound");
    for lang in [Lang::Zh, Lang::En] {
        let text = template::template(lang, input::policy::DEFAULT_PRESET);
        assert_eq!(policy(&text).expect("sound"), plain, "{lang:?}");
        for key in keys::KEYS {
            let last = key.path.rsplit('.').next().expect("a name");
            assert!(text.contains(last), "{}", key.path);
        }
        let not_yet = if lang == Lang::Zh { "尚未实现" } else { "*not yet*" };
        let unbuilt = keys::KEYS.iter().filter(|key| key.built == keys::Built::NotYet).count() + 1;
        assert_eq!(text.matches(not_yet).count(), unbuilt);
        // Taking the marks off, every key is still a key.
        let open: String = text
            .lines()
            .filter_map(|line| {
                line.strip_prefix("# ").filter(|rest| rest.contains(" = ") && rest.is_ascii()).or(Some(line))
            })
            .map(|line| format!("{line}\n"))
            .collect();
        let errors = policy(&open).err().unwrap_or_default();
        assert!(errors.iter().all(|error| error.starts_with("E0404") || error.starts_with("E0407")), "{errors:?}");
    }
}

#[rstest]
#[case("turnover.unit_shar = 0.2", "E0402 turnover.unit_shar")]
#[case("unit_share = 0.2", "E0402 unit_share")]
#[case("time = 5", "E0402 time")]
#[case("years = \"five\"", "E0403 years")]
#[case("years = 5.5", "E0403 years")]
#[case("years = 0", "E0408 years")]
#[case("years = 21", "E0408 years")]
#[case("time.presence = 13", "E0408 time.presence")]
#[case("time.high.must = 0", "E0408 time.high.must")]
#[case("time.high = { should = 72, must = 60 }", "E0409 time.high")]
#[case("turnover.unit_share = 1.5", "E0408 turnover.unit_share")]
#[case("turnover.unit_share = -0.1", "E0408 turnover.unit_share")]
#[case("turnover.old_hands = true", "E0403 turnover.old_hands")]
#[case("points.move = -1", "E0408 points.move")]
#[case("risk.tiers = []", "E0412 risk.tiers")]
#[case("risk.tiers = [\"high\", \"high\"]", "E0411 risk.tiers")]
#[case("risk.tiers = [\"highest\"]", "E0403 risk.tiers")]
#[case("ladder.level = []", "E0412 ladder.level")]
#[case("ladder.grade = [\"a\", \"a\"]", "E0411 ladder.grade")]
#[case("fit.strict = \"yes\"", "E0403 fit.strict")]
#[case("as_of = \"2025-07-02\"", "E0410 ")]
#[case("report.lang = \"fr\"", "E0403 report.lang")]
#[case("input.date_order = \"ydm\"", "E0403 input.date_order")]
#[case("risk.aggregate = \"sum\"", "E0404 risk.aggregate")]
#[case("fit.weights = { major = 2.5 }", "E0403 fit.weights.major")]
#[case("fit.weights = { major = 1001 }", "E0408 fit.weights.major")]
#[case("fit.weights.training = -1", "E0408 fit.weights.training")]
#[case("fit.weights.appraisals = 1", "E0402 fit.weights.appraisals")]
#[case("fit.compute = \"always\"", "E0403 fit.compute")]
#[case("fit.domain_months = 0", "E0408 fit.domain_months")]
#[case("fit.seniority_months = \"long\"", "E0403 fit.seniority_months")]
#[case("fit.weights = { major = 0, certificates = 0, domain = 0, level = 0, wishes = 0, suggested = 0 }", "E0420 ")]
#[case("priorities.mode = \"mixed\"", "E0403 priorities.mode")]
#[case("priorities.weights.risk = 0.5", "E0403 priorities.weights.risk")]
#[case("priorities.weights = { reserve = -1 }", "E0408 priorities.weights.reserve")]
#[case("priorities.weights = { quality = 1000001 }", "E0408 priorities.weights.quality")]
#[case(
    "[priorities]\nmode = \"weighted\"\nweights = { risk = 0, reserve = 0, quality = 0 }",
    "E0415 priorities.weights"
)]
#[case("[priorities]\nmode = \"weighted\"\nweights = { risk = 1000000 }", "E0416 priorities.weights")]
#[case("priorities = { mode = \"weighted\", weights = { quality = 1000000 } }", "E0416 priorities.weights")]
#[case("give = { risk = 3 }", "E0404 give.risk")]
#[case("time.domain.should = 3", "E0421 time.domain.should")]
#[case("time.unit.must = 60", "E0421 time.unit.must")]
#[case("time.section = { should = 72, must = 60 }", "E0409 time.section")]
#[case("input.short_years = \"future\"", "E0403 input.short_years")]
#[case("risk.aggregate = \"mean\"", "E0404 risk.aggregate")]
#[case("risk.direction = \"II-high\"", "E0403 risk.direction")]
#[case("rules.R14 = false", "E0405 rules.R14")]
#[case("rules.R99 = false", "E0402 rules.R99")]
#[case("calendar.inspect = -1", "E0408 calendar.inspect")]
#[case("calendar.plan_due = \"02-30\"", "E0403 calendar.plan_due")]
#[case("calendar.progress_day = 32", "E0408 calendar.progress_day")]
#[case("report.holidays = [\"2026-10\"]", "E0403 report.holidays")]
#[case("report.holidays = [\"2026-10-01\", \"2026-10-01\"]", "E0411 report.holidays")]
#[case("preset = \"cn-conty\"", "E0406 ")]
#[case("years = [", "E0407 ")]
fn what_is_wrong_is_refused_by_key(#[case] text: &str, #[case] wanted: &str) {
    let problems = policy(text).expect_err(text);
    assert!(problems.contains(&wanted.to_owned()), "{text}: {problems:?}");
}

#[rstest]
#[case("rules.R07 = true")]
#[case("time.no_return = 60")]
#[case("turnover.unit_floor = 0")]
#[case("give = {}")]
#[case("risk.aggregate = \"max\"")]
fn keys_not_built_are_accepted_where_they_change_nothing(#[case] text: &str) {
    assert_eq!(policy(text).expect("sound"), policy("").expect("sound"));
}

#[test]
fn values_are_taken_as_written() {
    let policy = policy(
        "years = 3\nrisk.tiers = [\"high\", \"中\"]\nturnover.unit_share = 0.2\n[time]\nhigh = { should = 24, must = 36 }\n\
         [rules]\nR16 = false\n[ladder]\nequivalent = [[\"一级科员\", \"四级主任科员\"]]",
    )
    .expect("sound");
    assert_eq!(policy.years, 3);
    assert_eq!(policy.risk.tiers, [Grade::High, Grade::Medium]);
    assert_eq!(policy.turnover.unit_share, Share(200_000));
    assert_eq!((policy.time.high.should, policy.time.high.must), (24, 36));
    assert!(!policy.rule_on("R16"));
    assert_eq!(policy.ladder.equivalent.len(), 1);
}

#[rstest]
#[case("priorities.mode = \"strict\"", Mode::Strict, (8, 120, 1))]
#[case("priorities.mode = \"weighted\"", Mode::Weighted, (8, 120, 1))]
#[case(
    "[priorities]\nmode = \"Weighted\"\nweights = { risk = 10, reserve = 0, quality = 2 }",
    Mode::Weighted,
    (10, 0, 2)
)]
// Without the weighted mode nobody weighs anything.
#[case("priorities.weights = { risk = 0, reserve = 0, quality = 0 }", Mode::Strict, (0, 0, 0))]
#[case("priorities.weights = { risk = 1000000 }", Mode::Strict, (1_000_000, 120, 1))]
fn priorities_are_strict_or_weighted(#[case] text: &str, #[case] mode: Mode, #[case] wanted: (i64, i64, i64)) {
    let PrioritiesPolicy { mode: found, weights } = policy(text).expect("sound").priorities;
    assert_eq!((found, (weights.risk, weights.reserve, weights.quality)), (mode, wanted));
}

#[test]
fn the_command_line_wins_over_the_file_over_the_sheet_over_the_preset() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("policy.toml");
    std::fs::write(&file, "years = 4\ntime.rest = 6\n").expect("written");
    let sample = Sample::good()
        .add_row("settings", &[("key", "time.rest"), ("value", "9")])
        .add_row("settings", &[("key", "time.may"), ("value", "18")])
        .add_row("settings", &[("key", "risk.tiers"), ("value", "高；中")])
        .add_row("settings", &[("key", "turnover.old_hands"), ("value", "40%")])
        .add_row("settings", &[("key", "time.low"), ("value", "{ should = 90, must = 100 }")]);
    let options = ReadOptions {
        policy_file: Some(file),
        overrides: vec![("years".into(), "2".into()), ("rules.R25".into(), "off".into())],
        ..Default::default()
    };
    let policy = input::from_tables(sample.tables(), &options).policy.expect("a policy");
    assert_eq!((policy.years, policy.time.rest, policy.time.may), (2, 6, 18));
    assert_eq!(policy.risk.tiers, [Grade::High, Grade::Medium]);
    assert_eq!(policy.turnover.old_hands, Share(400_000));
    assert_eq!((policy.time.low.should, policy.time.low.must), (90, 100));
    assert!(!policy.rule_on("R25"));
}

#[test]
fn a_policy_file_that_is_none_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in [("bad.toml", &b"years = "[..]), ("binary.toml", &b"\xff\xfe\x00"[..])] {
        let file = folder.path().join(name);
        std::fs::write(&file, bytes).expect("written");
        let options = ReadOptions { policy_file: Some(file), overrides: Vec::new(), ..Default::default() };
        let reading = input::from_tables(Sample::good().tables(), &options);
        assert_eq!(reading.problems[0].code, "E0407", "{name}");
        assert_eq!(reading.problems[0].cell.as_ref().map(|cell| cell.file.as_str()), Some(name));
    }
    let options = ReadOptions {
        policy_file: Some(folder.path().join("nowhere.toml")),
        overrides: Vec::new(),
        ..Default::default()
    };
    assert_eq!(input::from_tables(Sample::good().tables(), &options).problems[0].code, "E0407");
}
