//! The presets, which are part of the program, and what stands behind each of their values.
//!
//! A preset's file holds what it asks; any other key is as in its [`base`]. Every value has its own line, and behind it a comment: the rule it belongs to, its source, and how sure
//! that is, as in `must = 60  # R14; 合肥 2009 ✓`. The marks are those of `docs/rules.md`.

use super::keys::{Built, KEYS};
use super::preset_value;
use lungang_domain::catalogue::Sure;
use serde::Serialize;
use serde_json::Value;

/// The presets, by name; that of a county, which is the default, comes first.
pub const PRESETS: &[(&str, &str)] = &[
    ("cn-county", include_str!("../../../data/presets/cn-county.toml")),
    ("cn-statute", include_str!("../../../data/presets/cn-statute.toml")),
    ("cn-hefei-2009", include_str!("../../../data/presets/cn-hefei-2009.toml")),
    ("cn-internal-control", include_str!("../../../data/presets/cn-internal-control.toml")),
    ("cn-school", include_str!("../../../data/presets/cn-school.toml")),
    ("federal-de", include_str!("../../../data/presets/federal-de.toml")),
    ("in-cvc", include_str!("../../../data/presets/in-cvc.toml")),
    ("in-css", include_str!("../../../data/presets/in-css.toml")),
    ("vn-59-2019", include_str!("../../../data/presets/vn-59-2019.toml")),
    ("us-fs", include_str!("../../../data/presets/us-fs.toml")),
    ("generic", include_str!("../../../data/presets/generic.toml")),
];

/// The preset whose values hold for the keys that a file does not name: the county's for those of China, else the generic one;
/// these two name every key.
#[must_use]
pub fn base(name: &str) -> Option<&'static str> {
    match name {
        "cn-county" | "generic" => None,
        _ if name.starts_with("cn-") => Some("cn-county"),
        _ => Some("generic"),
    }
}

/// The text of a preset's file; empty for a name that is none.
#[must_use]
pub fn text(name: &str) -> &'static str {
    PRESETS.iter().find(|(known, _)| *known == name).map_or("", |(_, text)| *text)
}

/// One value of a preset with what stands behind it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Entry {
    /// Dotted key; a table written on one line stands as a whole.
    pub key: String,
    /// The value.
    pub value: Value,
    /// The rule it belongs to, if it belongs to one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// Where the value was found; none for a default of our own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// How sure that is; `None`: the file does not say.
    pub sure: Option<Sure>,
    /// Whether this version acts on the key.
    pub built: bool,
}

/// Every value of a preset in the order of the keys, those of its base included; empty for a name that is none.
#[must_use]
pub fn entries(name: &str) -> Vec<Entry> {
    let mut entries = own(name);
    if let Some(base) = base(name) {
        let from_base =
            own(base).into_iter().filter(|entry| preset_value(name, &entry.key).as_ref() == Some(&entry.value));
        let more: Vec<Entry> = from_base.filter(|entry| !entries.iter().any(|known| known.key == entry.key)).collect();
        entries.extend(more);
    }
    let place = |entry: &Entry| {
        KEYS.iter().position(|key| key.path == entry.key || key.path.starts_with(&format!("{}.", entry.key)))
    };
    entries.sort_by_key(place);
    entries
}

/// The values that stand in a preset's own file.
fn own(name: &str) -> Vec<Entry> {
    let mut table = String::new();
    let mut entries = Vec::new();
    for line in text(name).lines() {
        if let Some(head) = line.strip_prefix('[') {
            let end = head.find(']').unwrap_or(head.len());
            table = format!("{}.", &head[..end]);
            continue;
        }
        let Some((own, rest)) = line.split_once(" = ").filter(|_| !line.starts_with('#')) else { continue };
        let key = format!("{table}{}", own.trim());
        let Some(value) = preset_value(name, &key) else { continue };
        // No value of a preset holds this sign.
        let (rule, source, sure) = behind(rest.split_once(" # ").map_or("", |(_, comment)| comment));
        let inside = |path: &str| path == key || path.starts_with(&format!("{key}."));
        let built = KEYS.iter().filter(|known| inside(known.path)).all(|known| known.built == Built::Yes);
        entries.push(Entry { key, value, rule, source, sure, built });
    }
    entries
}

/// Rule, source and mark of a comment.
fn behind(comment: &str) -> (Option<String>, Option<String>, Option<Sure>) {
    let comment = comment.trim();
    let marks = [('✓', Sure::Seen), ('~', Sure::Secondary), ('–', Sure::Ours)];
    let found = marks.iter().find(|(mark, _)| comment.ends_with(*mark));
    let said = found.map_or(comment, |(mark, _)| comment.trim_end_matches(*mark)).trim();
    let (rule, source) = match said.split_once(';') {
        Some((rule, source)) => (rule.trim(), source.trim()),
        None => ("", said),
    };
    let filled = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    (filled(rule), filled(source), found.map(|(_, sure)| *sure))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::policy::Layer;

    #[test]
    fn every_value_has_its_source_and_how_sure_it_is() {
        for (name, text) in PRESETS {
            let entries = own(name);
            let values = Layer::from_toml(text, None).expect("TOML").entries;
            for (key, ..) in &values {
                let has = entries.iter().find(|entry| key == &entry.key || key.starts_with(&format!("{}.", entry.key)));
                let entry = has.unwrap_or_else(|| panic!("{name}: {key} has no line of its own"));
                let sure = entry.sure.unwrap_or_else(|| panic!("{name}: {key} does not say how sure it is"));
                assert_eq!(entry.source.is_none(), sure == Sure::Ours, "{name}: {key}");
                if let Some(rule) = &entry.rule {
                    let switch = crate::input::policy::keys::find(&format!("rules.{rule}"));
                    let known = lungang_domain::catalogue::find(rule).is_some() || switch.is_some();
                    assert!(known, "{name}: {key} names {rule}");
                }
            }
        }
    }

    #[test]
    fn what_a_file_does_not_name_is_as_in_its_base() {
        for (name, _) in PRESETS {
            let base = base(name).unwrap_or(name);
            let keys = |name: &str| entries(name).into_iter().map(|entry| entry.key).collect::<Vec<_>>();
            let (all, of_base) = (keys(name), keys(base));
            assert!(of_base.iter().all(|key| all.contains(key)), "{name}");
        }
        let school = entries("cn-school");
        let value = |key: &str| school.iter().find(|entry| entry.key == key).map(|entry| &entry.value);
        assert_eq!(value("points.move"), Some(&Value::from(40)));
        assert_eq!(value("time.unit.must"), Some(&Value::from(72)));
    }

    #[test]
    fn a_comment_is_rule_source_and_mark() {
        let said = |comment| {
            let (rule, source, sure) = behind(comment);
            (rule.unwrap_or_default(), source.unwrap_or_default(), sure)
        };
        assert_eq!(said("R14; 合肥 2009 ✓"), ("R14".into(), "合肥 2009".into(), Some(Sure::Seen)));
        assert_eq!(said("公告 ~"), (String::new(), "公告".into(), Some(Sure::Secondary)));
        assert_eq!(said("R13; –"), ("R13".into(), String::new(), Some(Sure::Ours)));
        assert_eq!(said("–"), (String::new(), String::new(), Some(Sure::Ours)));
        assert_eq!(said("something"), (String::new(), "something".into(), None));
    }

    #[test]
    fn what_a_preset_is_known_for_stands_in_it() {
        let whole = |name, key| preset_value(name, key).and_then(|value| value.as_i64());
        for (name, key, wanted) in [
            ("cn-statute", "time.ten_year", Some(120)),
            ("cn-statute", "time.high.must", Some(1200)),
            ("cn-hefei-2009", "time.high.must", Some(60)),
            ("cn-hefei-2009", "time.section.must", Some(84)),
            ("cn-hefei-2009", "time.unit_level.must", Some(96)),
            ("cn-hefei-2009", "time.unit.must", Some(120)),
            ("cn-hefei-2009", "time.near_retirement", Some(60)),
            ("cn-internal-control", "time.high.must", Some(36)),
            ("cn-school", "time.unit.must", Some(72)),
            ("federal-de", "time.high.must", Some(60)),
            ("in-cvc", "time.high.must", Some(36)),
            ("in-css", "time.unit.must", Some(60)),
            ("in-css", "time.near_retirement", Some(24)),
            ("vn-59-2019", "time.high.should", Some(24)),
            ("vn-59-2019", "time.high.must", Some(60)),
            ("vn-59-2019", "time.near_retirement", Some(18)),
            ("us-fs", "time.low.must", Some(36)),
            ("generic", "time.ten_year", Some(1200)),
            ("cn-county", "time.section.must", None),
        ] {
            assert_eq!(whole(name, key), wanted, "{name} {key}");
        }
        let share = |name, key| preset_value(name, key).and_then(|value| value.as_f64());
        assert_eq!(share("cn-hefei-2009", "turnover.unit_share"), Some(0.3));
        assert_eq!(share("cn-school", "turnover.unit_floor"), Some(0.1));
    }
}
