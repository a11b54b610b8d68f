//! How long everybody has worked in which field, up to the date of the data.

use super::features::field;
use crate::case::Case;
use crate::time::months_between;
use crate::words::EventKind;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// Fields with the months served there, in order of the field; `None`: in that field today, since when is unknown.
pub type Fields = Vec<(String, Option<i32>)>;

/// First and last days of the stays in each field.
type Spans<'a> = BTreeMap<&'a str, Vec<(NaiveDate, NaiveDate)>>;

/// By person; `None` where no stay in a field is known. Past stays count with both dates and a domain of their own or of
/// the post they name; today's from `post_since`. Stays that overlap count once.
pub fn of(case: &Case, as_of: NaiveDate) -> Vec<Option<Fields>> {
    let mut spans: Vec<Spans<'_>> = vec![BTreeMap::new(); case.people.len()];
    let mut unknown: Vec<Option<&str>> = vec![None; case.people.len()];
    for row in &case.history {
        let of_post = || row.post.and_then(|post| case.post(post).domain.as_deref());
        let domain = row.domain.as_deref().or_else(of_post).map(field).filter(|field| !field.is_empty());
        let (Some(domain), Some(from), Some(to)) = (domain, row.from, row.to) else { continue };
        let to = to.min(as_of);
        if let Some(spans) = spans.get_mut(row.staff.0).filter(|_| from < to) {
            spans.entry(domain).or_default().push((from, to));
        }
    }
    // The post of who joins by an event is not theirs yet (semantics 29).
    let outside: BTreeSet<usize> = case
        .events
        .iter()
        .filter(|event| matches!(event.kind, EventKind::Join | EventKind::Recruit) && event.date > as_of)
        .filter_map(|event| event.staff.map(|staff| staff.0))
        .collect();
    for (at, person) in case.people.iter().enumerate().filter(|(at, _)| !outside.contains(at)) {
        let post = person.post.map(|post| case.post(post));
        let Some(domain) = post.and_then(|post| post.domain.as_deref()).map(field) else { continue };
        match person.post_since {
            _ if domain.is_empty() => {}
            Some(since) if since.date < as_of => {
                spans[at].entry(domain).or_default().push((since.date, as_of));
            }
            // Begun on the date of the data: no month yet.
            Some(_) => {
                spans[at].entry(domain).or_default();
            }
            None => unknown[at] = Some(domain),
        }
    }
    spans.into_iter().zip(unknown).map(|(spans, unknown)| fields(spans, unknown)).collect()
}

fn fields(spans: Spans<'_>, unknown: Option<&str>) -> Option<Fields> {
    let mut fields: BTreeMap<&str, Option<i32>> =
        spans.into_iter().map(|(field, spans)| (field, Some(months(spans)))).collect();
    fields.extend(unknown.map(|field| (field, None)));
    let fields: Fields = fields.into_iter().map(|(field, months)| (field.to_owned(), months)).collect();
    (!fields.is_empty()).then_some(fields)
}

/// Whole months of spans, those that overlap or touch taken together.
fn months(mut spans: Vec<(NaiveDate, NaiveDate)>) -> i32 {
    spans.sort_unstable();
    let mut sum = 0;
    let mut open: Option<(NaiveDate, NaiveDate)> = None;
    for (from, to) in spans {
        open = match open {
            Some((start, end)) if from <= end => Some((start, end.max(to))),
            Some((start, end)) => {
                sum += months_between(start, end);
                Some((from, to))
            }
            None => Some((from, to)),
        };
    }
    sum + open.map_or(0, |(start, end)| months_between(start, end))
}
