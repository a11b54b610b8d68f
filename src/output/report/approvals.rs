//! What is submitted for each overdue person kept, 暂缓轮岗审批: one row a person and post, however many years it is for.
//! The register next to it has a row for every year, and those whom no approval is asked for.

use super::register::{clock, held, is_of, reason};
use super::{Table, Value, View};
use crate::insight::deferrals::deferrals;
use lungang_domain::plan::DeferralRow;
use lungang_domain::{PersonIx, PostIx};

/// Columns on paper.
const PRINTED: &[(&str, u16)] = &[
    ("no", 4),
    ("unit", 12),
    ("name", 8),
    ("post", 20),
    ("risk", 8),
    ("post_since", 11),
    ("months", 5),
    ("due", 11),
    ("over", 5),
    ("years", 9),
    ("held_by", 26),
    ("substitute", 14),
    ("review", 11),
    ("opinion", 14),
    ("approver", 9),
    ("document", 12),
];

/// Somebody kept past the limit in one post.
#[derive(Clone, Debug)]
pub(super) struct Kept<'a> {
    pub(super) person: PersonIx,
    pub(super) post: PostIx,
    /// The rows of the plan, by year; never empty.
    pub(super) rows: Vec<&'a DeferralRow>,
}

/// Everybody kept, by unit, then first year, then person.
pub(super) fn kept<'a>(view: &View<'a>) -> Vec<Kept<'a>> {
    let mut all: Vec<Kept> = Vec::new();
    for row in &view.plan.deferrals {
        let Some(person) = view.case().person_by_id(&row.staff) else { continue };
        let Some(post) = held(view, person, row.year as usize) else { continue };
        match all.iter_mut().find(|one| (one.person, one.post) == (person, post)) {
            Some(one) => one.rows.push(row),
            None => all.push(Kept { person, post, rows: vec![row] }),
        }
    }
    all.iter_mut().for_each(|one| one.rows.sort_by_key(|row| row.year));
    all.sort_by_key(|one| (view.facts.unit(one.post), one.rows.first().map(|row| row.year), one.person));
    all
}

impl Kept<'_> {
    /// The first year that it is asked for.
    pub(super) fn first(&self) -> usize {
        self.rows.first().map_or(1, |row| row.year as usize)
    }

    /// The years in words.
    pub(super) fn years(&self, view: &View) -> String {
        let years: Vec<String> = self.rows.iter().map(|row| row.year.to_string()).collect();
        view.say("years", &[("list", &view.list(&years))])
    }
}

/// The measures with their years, in order of the first; one for all years stands alone.
fn substitutes(view: &View, one: &Kept) -> String {
    let mut measures: Vec<(&str, Vec<String>)> = Vec::new();
    for row in &one.rows {
        let Some(measure) = row.substitute.as_deref().filter(|text| !text.is_empty()) else { continue };
        match measures.iter_mut().find(|(known, _)| *known == measure) {
            Some((_, years)) => years.push(row.year.to_string()),
            None => measures.push((measure, vec![row.year.to_string()])),
        }
    }
    if let [(measure, years)] = measures.as_slice()
        && years.len() == one.rows.len()
    {
        return (*measure).to_owned();
    }
    let told = measures.iter().map(|(measure, years)| {
        let years = view.say("years", &[("list", &view.list(years))]);
        view.say("substitute-years", &[("years", &years), ("measure", measure)])
    });
    told.collect::<Vec<_>>().join(&view.say("list-semicolon", &[]))
}

/// The table.
pub fn table(view: &View) -> Table {
    let mut table = Table::new(view.lang, "approvals", &[PRINTED, &[("staff", 10)]].concat());
    table.printed = PRINTED.len();
    table.signed = true;
    let found = deferrals(&view.facts, &view.courses);
    for (no, one) in kept(view).into_iter().enumerate() {
        let (facts, year) = (&view.facts, one.first());
        let mut reasons: Vec<String> = Vec::new();
        for row in &one.rows {
            let word = view.rule(reason(row, found.iter().find(|found| is_of(row, one.person, found))));
            if !reasons.contains(&word) {
                reasons.push(word);
            }
        }
        let review = one.rows.first().and_then(|row| row.review);
        let mut row = vec![
            Value::count(no + 1),
            Value::text(view.unit(facts.unit(one.post))),
            Value::text(view.name(one.person)),
            Value::text(view.post(one.post)),
        ];
        row.extend(clock(view, year, one.person, one.post));
        row.extend([
            Value::text(one.years(view)),
            Value::text(reasons.join(&view.say("list-semicolon", &[]))),
            Value::text(substitutes(view, &one)),
            Value::date(review),
            Value::Empty,
            Value::Empty,
            Value::Empty,
            Value::text(view.case().person(one.person).id.0.clone()),
        ]);
        table.push([facts.unit(one.post)], row);
    }
    table
}
