//! `lungang rules`: the rule catalogue, and the presets with what stands behind their values.

use super::{Exit, screen::Screen};
use crate::input::policy::{self, presets as preset_files, template};
use crate::text::{Lang, say, try_say};
use comfy_table::{ContentArrangement, Table, presets};
use lungang_domain::Problem;
use lungang_domain::catalogue::{Form, Kind, RULES, Rule, Sure, find};

/// Arguments of `lungang rules`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// One rule in full, such as R04; without it, all in short.
    pub id: Option<String>,
    /// One preset in full: every value, its source, and how sure that is; without a name, all presets in short.
    #[arg(long, value_name = "NAME", num_args = 0..=1, default_missing_value = "", conflicts_with = "id")]
    pub preset: Option<String>,
}

/// Runs `lungang rules`.
pub fn run(args: Args, screen: Screen) -> Exit {
    if let Some(name) = args.preset {
        return presets_of(&name, screen);
    }
    let Some(id) = args.id else {
        if screen.json {
            screen.result(&json(RULES.iter().map(|rule| entry(rule, screen.lang)).collect()));
        } else {
            screen.result(&overview(screen.lang));
            screen.result("");
            screen.result(&presets_in_short(screen.lang));
            screen.note(&say(screen.lang, "rules-hint", &[]));
        }
        return Exit::Done;
    };
    let Some(rule) = find(id.trim()) else {
        screen.problem(&Problem::new("E0930").with("id", &id).with("near", nearest(&id)));
        return Exit::Usage;
    };
    if screen.json {
        screen.result(&json(entry(rule, screen.lang)));
    } else {
        screen.result(&in_full(rule, screen.lang));
    }
    Exit::Done
}

/// One preset in full, or without a name all in short.
fn presets_of(name: &str, screen: Screen) -> Exit {
    let lang = screen.lang;
    if name.trim().is_empty() {
        let all = policy::PRESETS.iter().map(|(name, _)| {
            serde_json::json!({
                "name": name, "about": about(name, lang), "default": *name == policy::DEFAULT_PRESET,
            })
        });
        screen.result(&if screen.json { json(all.collect()) } else { presets_in_short(lang) });
        return Exit::Done;
    }
    match policy::preset_named(name) {
        Ok(name) => {
            screen.result(&if screen.json { preset_as_json(name, lang) } else { preset_in_full(name, lang) });
            Exit::Done
        }
        Err(problem) => {
            screen.problem(&problem);
            Exit::Usage
        }
    }
}

/// What a preset is.
fn about(name: &str, lang: Lang) -> String {
    say(lang, &format!("preset-{name}"), &[])
}

/// What a preset's rules ask and no key says.
fn left_to_you(name: &str, lang: Lang) -> Option<String> {
    try_say(lang, &format!("preset-{name}.left"), &[])
}

fn presets_in_short(lang: Lang) -> String {
    let mut table = table();
    table.set_header(["preset", "preset-about"].map(|column| say(lang, &format!("rules-{column}"), &[])));
    for (name, _) in policy::PRESETS {
        let mark = if *name == policy::DEFAULT_PRESET { say(lang, "rules-preset-default", &[]) } else { String::new() };
        table.add_row([(*name).to_owned(), format!("{}{mark}", about(name, lang))]);
    }
    table.to_string()
}

fn preset_in_full(name: &str, lang: Lang) -> String {
    let mut table = table();
    if !table.is_tty() {
        table.set_width(READABLE);
    }
    let heads = ["preset-key", "preset-value", "preset-rule", "source"];
    table.set_header(heads.map(|column| say(lang, &format!("rules-{column}"), &[])));
    for entry in preset_files::entries(name) {
        let source = template::source_in_words(&entry, lang);
        let rule = entry.rule.unwrap_or_else(|| "–".to_owned());
        let not_yet = if entry.built { String::new() } else { say(lang, "rules-preset-not-yet", &[]) };
        table.add_row([entry.key, format!("{}{not_yet}", template::toml_value(&entry.value)), rule, source]);
    }
    let left = left_to_you(name, lang).map_or(String::new(), |left| format!("\n{left}"));
    format!("{name} {}{left}\n{table}", about(name, lang))
}

fn preset_as_json(name: &str, lang: Lang) -> String {
    let values = preset_files::entries(name);
    json(serde_json::json!({
        "name": name, "about": about(name, lang), "left": left_to_you(name, lang), "values": values,
    }))
}

/// Width of running text in a file or pipe.
const READABLE: u16 = 110;

/// The rule whose id is most like what was typed; R4 is as good as R04.
fn nearest(id: &str) -> &'static str {
    let id = id.trim().to_uppercase();
    let likeness =
        |rule: &Rule| strsim::jaro_winkler(&id, rule.id).max(strsim::jaro_winkler(&id, &rule.id.replace('0', "")));
    RULES.iter().max_by(|left, right| likeness(left).total_cmp(&likeness(right))).map_or("", |rule| rule.id)
}

/// A sentence about the rule: its title, or an attribute of it.
fn text(rule: &Rule, part: &str, lang: Lang) -> String {
    let dot = if part.is_empty() { "" } else { "." };
    say(lang, &format!("rule-{}{dot}{part}", rule.id), &[])
}

fn kind(rule: &Rule, lang: Lang) -> String {
    let key = match rule.kind {
        Kind::Law => "law",
        Kind::LawWithApproval => "law-approval",
        Kind::LawOrApproval => "law-or-approval",
        Kind::Setting => "setting",
        Kind::LawOrSetting => "law-or-setting",
        Kind::SettingOrApproval => "setting-or-approval",
        Kind::Goal => "goal",
    };
    say(lang, &format!("rules-kind-{key}"), &[])
}

fn form(form: Form, lang: Lang) -> String {
    let key = match form {
        Form::Stay => "stay",
        Form::Move => "move",
        Form::State => "state",
        Form::Row => "row",
        Form::Goal => "goal",
        Form::Report => "report",
    };
    say(lang, &format!("rules-form-{key}"), &[])
}

fn source(rule: &Rule, lang: Lang) -> String {
    let key = match rule.sure {
        Sure::Seen => "seen",
        Sure::Secondary => "secondary",
        Sure::Ours => "ours",
    };
    format!("{} [{}]", rule.source, say(lang, &format!("rules-sure-{key}"), &[]))
}

/// A table as wide as the terminal; where there is none, as wide as it needs.
fn table() -> Table {
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED).set_content_arrangement(ContentArrangement::Dynamic);
    table
}

fn overview(lang: Lang) -> String {
    let mut table = table();
    table.set_header(["id", "title", "kind", "source"].map(|column| say(lang, &format!("rules-{column}"), &[])));
    for rule in RULES {
        table.add_row([rule.id.to_owned(), text(rule, "", lang), kind(rule, lang), rule.source.to_owned()]);
    }
    table.to_string()
}

fn in_full(rule: &Rule, lang: Lang) -> String {
    let mut table = table();
    if !table.is_tty() {
        table.set_width(READABLE);
    }
    let forms: Vec<String> = rule.forms.iter().map(|one| form(*one, lang)).collect();
    let switch = if rule.switchable { format!("rules.{}", rule.id) } else { "–".to_owned() };
    let keys = if rule.keys.is_empty() { "–".to_owned() } else { rule.keys.join(", ") };
    table.set_header([rule.id.to_owned(), text(rule, "", lang)]);
    for (label, cell) in [
        ("kind", kind(rule, lang)),
        ("meaning", text(rule, "meaning", lang)),
        ("default", text(rule, "default", lang)),
        ("example", text(rule, "example", lang)),
        ("source", source(rule, lang)),
        ("forms", forms.join(" · ")),
        ("keys", keys),
        ("switch", switch),
    ] {
        table.add_row([say(lang, &format!("rules-{label}"), &[]), cell]);
    }
    table.to_string()
}

fn entry(rule: &Rule, lang: Lang) -> serde_json::Value {
    let mut entry = serde_json::to_value(rule).unwrap_or_default();
    for part in ["title", "meaning", "default", "example"] {
        entry[part] = text(rule, if part == "title" { "" } else { part }, lang).into();
    }
    entry
}

fn json(value: serde_json::Value) -> String {
    format!("{value:#}")
}
