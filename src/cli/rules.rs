//! `lungang rules`: the rule catalogue.

use super::{Exit, screen::Screen};
use crate::text::{Lang, say};
use comfy_table::{ContentArrangement, Table, presets};
use lungang_domain::Problem;
use lungang_domain::catalogue::{Form, Kind, RULES, Rule, Sure, find};

/// Arguments of `lungang rules`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// One rule in full, such as R04; without it, all in short.
    pub id: Option<String>,
}

/// Runs `lungang rules`.
pub fn run(args: Args, screen: Screen) -> Exit {
    let Some(id) = args.id else {
        if screen.json {
            screen.result(&json(RULES.iter().map(|rule| entry(rule, screen.lang)).collect()));
        } else {
            screen.result(&overview(screen.lang));
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
