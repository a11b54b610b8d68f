//! A comparison as one web page that needs nothing else: drawings first, then the tables.

use super::{Comparing, charts};
use crate::output::html;
use crate::text::say;
use maud::{Markup, html};

/// The text of the page: the same for the same comparison.
#[must_use]
pub fn page(of: &Comparing) -> String {
    let title = say(of.lang, if of.frontier.is_some() { "title-frontier" } else { "compare-title" }, &[]);
    let drawings: Vec<(&str, Markup)> = match of.frontier {
        Some(curve) => vec![("curve", charts::of_curve(of, curve))],
        None => vec![("by-year", charts::by_year(of)), ("bounds", charts::bounds(of))],
    };
    let tables = of.tables();
    let body = html! {
        header { h1 { (title) } p class="span" { (of.under_title()) } p class="note" { (say(of.lang, "compare-note", &[])) } }
        nav {
            ol {
                @for (id, _) in &drawings { li { a href={ "#" (id) } { (say(of.lang, &format!("compare-{id}"), &[])) } } }
                @for table in &tables { li { a href={ "#" (table.id) } { (table.title) } } }
            }
        }
        @for (id, drawing) in &drawings {
            section id=(id) { h2 { (say(of.lang, &format!("compare-{id}"), &[])) } (drawing) }
        }
        @for table in &tables { (html::section(table, &|_, _| None, of.lang)) }
    };
    html::shell(&title, body, of.lang)
}
