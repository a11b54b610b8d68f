//! In what the plans were asked for differently: settings of the policy, and sheets of the input.

use super::Side;
use crate::output::report::dotted;
use std::collections::BTreeSet;

/// A setting that is not the same in all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Dotted key of the policy; or `input`, or `input.` and a sheet.
    pub key: String,
    /// By side: the value; empty where it is not set.
    pub values: Vec<String>,
}

/// Settings of reports, which change nothing that is planned.
const OF_PAPER: &str = "report.";

/// Every setting in which any two plans differ, keys in the order of the policy.
#[must_use]
pub fn differences(sides: &[Side]) -> Vec<Setting> {
    let dotted: Vec<Vec<(String, String)>> = sides.iter().map(|side| dotted("", &side.plan.policy)).collect();
    let mut keys: Vec<&String> = Vec::new();
    let mut seen: BTreeSet<&String> = BTreeSet::new();
    for (key, _) in dotted.iter().flatten().filter(|(key, _)| !key.starts_with(OF_PAPER)) {
        if seen.insert(key) {
            keys.push(key);
        }
    }
    let value = |side: usize, key: &str| {
        dotted[side].iter().find(|(known, _)| known == key).map_or(String::new(), |(_, value)| value.clone())
    };
    let of_policy = keys
        .into_iter()
        .map(|key| Setting { key: key.clone(), values: (0..sides.len()).map(|side| value(side, key)).collect() });
    let sheets: BTreeSet<&String> = sides.iter().flat_map(|side| side.sheets.keys()).collect();
    let short = |hash: &String| hash.chars().take(12).collect::<String>();
    let of_sheets = sheets.into_iter().map(|sheet| Setting {
        key: format!("input.{sheet}"),
        values: sides.iter().map(|side| side.sheets.get(sheet).map_or(String::new(), short)).collect(),
    });
    let bare = sides.iter().all(|side| side.sheets.is_empty());
    let of_input = bare.then(|| Setting {
        key: "input".to_owned(),
        values: sides.iter().map(|side| short(&side.plan.provenance.input_hash)).collect(),
    });
    let differs = |setting: &Setting| setting.values.iter().any(|value| *value != setting.values[0]);
    of_input.into_iter().chain(of_sheets).chain(of_policy).filter(differs).collect()
}
