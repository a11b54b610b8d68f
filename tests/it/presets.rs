//! Every preset: told in both languages, written as a policy, and able to plan.

use assert_cmd::Command;
use lungang::input::policy::{DEFAULT_PRESET, PRESETS, keys, preset_value, presets, template};
use lungang::input::policy_from_toml;
use lungang::text::{Lang, try_say};
use std::path::Path;

fn lungang(args: &[&str]) -> assert_cmd::assert::Assert {
    Command::cargo_bin("lungang").expect("the program").args(args).assert()
}

fn stdout(args: &[&str]) -> String {
    String::from_utf8_lossy(&lungang(args).success().get_output().stdout).into_owned()
}

#[test]
fn every_file_is_a_preset_and_every_preset_has_its_line_in_the_docs() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = std::fs::read_dir(root.join("data/presets")).expect("presets");
    let mut files: Vec<String> = files
        .map(|file| file.expect("a file").path().file_stem().unwrap_or_default().to_string_lossy().into_owned())
        .collect();
    let mut known: Vec<String> = PRESETS.iter().map(|(name, _)| (*name).to_owned()).collect();
    files.sort();
    known.sort();
    assert_eq!(files, known);
    let rules = std::fs::read_to_string(root.join("docs/rules.md")).expect("the catalogue");
    for name in known {
        assert!(rules.contains(&format!("`{name}`")), "{name} is not in docs/rules.md");
    }
}

#[test]
fn presets_are_listed_and_told_in_both_languages() {
    for lang in ["zh", "en"] {
        for list in [stdout(&["rules", "--lang", lang]), stdout(&["rules", "--preset", "--lang", lang])] {
            for (name, _) in PRESETS {
                assert!(list.contains(name), "{name} is not listed");
            }
        }
    }
    for (name, _) in PRESETS {
        let told = [Lang::Zh, Lang::En].map(|lang| try_say(lang, &format!("preset-{name}"), &[]).unwrap_or_default());
        assert!(told.iter().all(|text| !text.is_empty()) && told[0] != told[1], "{name}");
        let whole = stdout(&["rules", "--preset", name, "--lang", "zh"]);
        for entry in presets::entries(name) {
            assert!(whole.contains(&entry.key), "{name}: {}", entry.key);
        }
    }
}

#[test]
fn a_preset_as_json_has_value_source_and_how_sure() {
    let text = stdout(&["rules", "--preset", "cn-hefei-2009", "--json", "--lang", "en"]);
    let preset: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let values = preset["values"].as_array().expect("values");
    let built = |key: &str| keys::find(key).is_some_and(|key| key.built == keys::Built::Yes);
    let of = |key: &str| values.iter().find(|entry| entry["key"] == key).expect(key);
    assert_eq!(
        *of("time.section.must"),
        serde_json::json!({
            "key": "time.section.must", "value": 84, "rule": "R14", "source": "合肥 2009", "sure": "seen",
            "built": built("time.section.must"),
        })
    );
    assert_eq!(of("time.section.should")["sure"], "ours");
    assert!(preset["left"].as_str().expect("told").contains("twelve years"));
    let all: serde_json::Value = serde_json::from_str(&stdout(&["rules", "--preset", "--json"])).expect("JSON");
    assert_eq!(all.as_array().map(Vec::len), Some(PRESETS.len()));
}

#[test]
fn an_unknown_preset_is_refused_with_the_nearest_and_all() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("policy.toml").display().to_string();
    for args in
        [&["rules", "--preset", "cn-hefei"][..], &["template", "--policy", "--preset", "cn-hefei", "-o", &file][..]]
    {
        let refused = lungang(args).code(2);
        let told = String::from_utf8_lossy(&refused.get_output().stderr).into_owned();
        assert!(told.contains("E0406") && told.contains("cn-hefei-2009") && told.contains("vn-59-2019"), "{told}");
    }
    assert!(!Path::new(&file).exists());
}

#[test]
fn a_preset_s_policy_file_changes_nothing_in_it() {
    let start = [("start", "2025-07-01")];
    for (name, _) in PRESETS {
        let plain = policy_from_toml(&format!("preset = \"{name}\""), &start).expect("sound");
        for lang in [Lang::Zh, Lang::En] {
            let text = template::template(lang, name);
            assert_eq!(policy_from_toml(&text, &start).expect(name), plain, "{name}");
        }
    }
    // The default one's sources are worded in both languages, the others' come from their files.
    assert!(template::template(Lang::En, "cn-hefei-2009").contains("合肥 2009 [text seen]"));
    assert!(template::template(Lang::En, DEFAULT_PRESET).contains("Source: ours"));
}

#[test]
fn every_preset_plans_a_department() {
    let folder = tempfile::tempdir().expect("a folder");
    let input = format!("{}/in/", folder.path().display());
    lungang(&["template", "--demo", "--people", "60", "--seed", "3", "-o", &input, "--quiet"]).success();
    for (name, _) in PRESETS {
        // Ladders are the site's: the generated department has those of a county.
        let mut policy = format!("preset = \"{name}\"\n[ladder]\n");
        for ladder in ["level", "grade", "education"] {
            let rungs = preset_value(DEFAULT_PRESET, &format!("ladder.{ladder}")).expect("a ladder");
            policy.push_str(&format!("{ladder} = {rungs}\n"));
        }
        let file = folder.path().join(format!("{name}.toml")).display().to_string();
        std::fs::write(&file, policy).expect("written");
        let plan = folder.path().join(format!("{name}.json")).display().to_string();
        lungang(&[
            "plan",
            &input,
            "--policy",
            &file,
            "--years",
            "3",
            "--rounds",
            // Where a floor asks for moves, the first plan takes longer.
            if *name == "cn-school" { "60" } else { "4" },
            "--threads",
            "1",
            "-o",
            &plan,
            "--quiet",
        ])
        .success();
        lungang(&["check", &plan, "--input", &input, "--quiet"]).success();
        let written: serde_json::Value = serde_json::from_slice(&std::fs::read(&plan).expect("a plan")).expect("JSON");
        assert_eq!(written["policy"]["preset"], *name);
    }
}
