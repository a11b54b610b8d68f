//! A policy value as written → its canonical form.

use super::keys::KeyKind;
use crate::input::cells::dates::{self, Precision};
use crate::input::cells::{items, split};
use crate::input::schema::clean;
use crate::input::sheets::RawValue;
use crate::input::words;
use chrono::Datelike;
use lungang_domain::{MonthDay, Problem};
use serde_json::{Value, json};

/// A value as it comes: from TOML, from a cell, or from the command line.
#[derive(Clone, Debug)]
pub enum Written {
    /// From a TOML file.
    Toml(toml::Value),
    /// From a cell of the settings sheet, or the command line.
    Cell(RawValue),
}

impl Written {
    /// As shown in messages.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            Self::Toml(toml::Value::String(text)) => text.clone(),
            Self::Toml(value) => value.to_string(),
            Self::Cell(value) => value.shown(),
        }
    }

    /// As text, if it is one.
    #[must_use]
    pub fn text(&self) -> Option<String> {
        match self {
            Self::Toml(toml::Value::String(text)) => Some(clean(text)),
            Self::Cell(RawValue::Text(text)) => Some(clean(text)),
            Self::Cell(RawValue::Number(number)) => Some(format!("{number}")),
            _ => None,
        }
    }

    fn number(&self) -> Option<f64> {
        match self {
            #[allow(clippy::cast_precision_loss)] // No key reaches 2^53.
            Self::Toml(toml::Value::Integer(number)) => Some(*number as f64),
            Self::Toml(toml::Value::Float(number)) => Some(*number),
            Self::Cell(RawValue::Number(number)) => Some(*number),
            Self::Cell(RawValue::Text(text)) => clean(text).parse().ok(),
            _ => None,
        }
        .filter(|number| number.is_finite())
    }

    /// Texts: a TOML list, or a cell with the separators of lists or a TOML list in it.
    fn texts(&self) -> Option<Vec<String>> {
        match self {
            Self::Toml(toml::Value::Array(list)) => {
                list.iter().map(|item| item.as_str().map(clean).filter(|item| !item.is_empty())).collect()
            }
            Self::Cell(RawValue::Text(text)) if text.trim_start().starts_with('[') => {
                Self::Toml(bracketed(text)?).texts()
            }
            Self::Cell(RawValue::Text(text)) => Some(split(text).collect()),
            _ => None,
        }
    }
}

/// A TOML list written in a cell.
fn bracketed(text: &str) -> Option<toml::Value> {
    let table: toml::Table = toml::from_str(&format!("v = {text}")).ok()?;
    table.get("v").cloned()
}

/// The canonical form of a value, as JSON of [`lungang_domain::Policy`].
///
/// # Errors
/// A problem without place, with the facts but the key.
pub fn canonical(kind: KeyKind, written: &Written) -> Result<Value, Problem> {
    let wrong = |wanted: &str| Problem::new("E0403").with("value", written.shown()).with("wanted", wanted);
    match kind {
        KeyKind::Text => written
            .text()
            .filter(|text| !text.is_empty())
            .map(Value::from)
            .ok_or_else(|| wrong("text").with("words", "")),
        KeyKind::Choice(words) => {
            let text = written.text().unwrap_or_default();
            let found = words.iter().find(|word| word.eq_ignore_ascii_case(&text));
            found.map(|word| Value::from(*word)).ok_or_else(|| wrong("choice").with("words", words.join("、")))
        }
        KeyKind::Date => date(written).ok_or_else(|| wrong("date").with("words", "")),
        KeyKind::Whole(least, most) => whole(written, least, most),
        KeyKind::Share => share(written),
        KeyKind::Switch => switch(written).map(Value::from).ok_or_else(|| wrong("switch").with("words", "")),
        KeyKind::Grades => {
            let texts = written.texts().ok_or_else(|| wrong("list").with("words", ""))?;
            let keys: Option<Vec<&str>> = texts.iter().map(|text| words::find("risk", text)).collect();
            let keys = keys.ok_or_else(|| wrong("choice").with("words", words::accepted("risk")))?;
            unique(&keys, written).and_then(some).map(Value::from)
        }
        KeyKind::Texts => {
            let texts = written.texts().ok_or_else(|| wrong("list").with("words", ""))?;
            unique(&texts, written).map(Value::from)
        }
        KeyKind::Ladder => {
            let texts = written.texts().ok_or_else(|| wrong("list").with("words", ""))?;
            unique(&texts, written).and_then(some).map(Value::from)
        }
        KeyKind::Pairs => pairs(written).ok_or_else(|| wrong("pairs").with("words", "")),
        KeyKind::MonthDay => month_day(written).ok_or_else(|| wrong("monthday").with("words", "")),
        KeyKind::Dates => {
            let dates = dates_of(written).ok_or_else(|| wrong("dates").with("words", ""))?;
            let mut dates = unique(&dates, written)?;
            dates.sort_unstable();
            Ok(Value::from(dates))
        }
    }
}

fn date(written: &Written) -> Option<Value> {
    let raw = match written {
        Written::Toml(toml::Value::Datetime(stamp)) if stamp.time.is_none() => RawValue::Text(stamp.to_string()),
        Written::Toml(toml::Value::String(text)) => RawValue::Text(text.clone()),
        Written::Toml(_) => return None,
        Written::Cell(value) => value.clone(),
    };
    let read = dates::read(&raw, dates::Habits::default()).ok()?;
    (read.precision == Precision::Day && !read.at_least).then(|| Value::from(read.date.to_string()))
}

/// `08-15`, `8月15日` or `8/15`; a cell that spreadsheets took for a date counts by its month and day.
fn month_day(written: &Written) -> Option<Value> {
    let parts = match written {
        Written::Cell(value) if !matches!(value, RawValue::Text(_)) => {
            let date = dates::read(value, dates::Habits::default()).ok()?.date;
            Some((date.month(), date.day()))
        }
        _ => {
            let text = written.text()?.replace(['月', '/', '.'], "-").replace('日', "");
            let (month, day) = text.split_once('-')?;
            Some((month.trim().parse().ok()?, day.trim().parse().ok()?))
        }
    };
    let day = parts.and_then(|(month, day)| MonthDay::new(month, day))?;
    Some(Value::from(String::from(day)))
}

/// A list of dates: in TOML dates or texts, in a cell texts with the separators of lists, or one date.
fn dates_of(written: &Written) -> Option<Vec<String>> {
    let one = |written: &Written| Some(date(written)?.as_str()?.to_owned());
    match written {
        Written::Toml(toml::Value::Array(list)) => list.iter().map(|item| one(&Written::Toml(item.clone()))).collect(),
        Written::Cell(RawValue::Text(text)) if text.trim_start().starts_with('[') => {
            dates_of(&Written::Toml(bracketed(text)?))
        }
        Written::Cell(RawValue::Text(text)) => {
            split(text).map(|item| one(&Written::Cell(RawValue::Text(item)))).collect()
        }
        Written::Cell(_) => Some(vec![one(written)?]),
        Written::Toml(_) => None,
    }
}

fn whole(written: &Written, least: i64, most: i64) -> Result<Value, Problem> {
    let problem = |code: &str| Problem::new(code).with("value", written.shown());
    let number = written
        .number()
        .filter(|number| number.fract() == 0.0)
        .ok_or_else(|| problem("E0403").with("wanted", "whole").with("words", ""))?;
    #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation)] // Inside the range, which is small.
    if number >= least as f64 && number <= most as f64 {
        Ok(Value::from(number as i64))
    } else {
        Err(problem("E0408").with("least", least).with("most", most))
    }
}

fn share(written: &Written) -> Result<Value, Problem> {
    let percent = written.text().and_then(|text| text.strip_suffix('%')?.trim().parse::<f64>().ok());
    let number = percent.map(|percent| percent / 100.0).or_else(|| written.number()).ok_or_else(|| {
        Problem::new("E0403").with("value", written.shown()).with("wanted", "share").with("words", "")
    })?;
    if (0.0..=1.0).contains(&number) {
        Ok(json!(number))
    } else {
        Err(Problem::new("E0408").with("value", written.shown()).with("least", 0).with("most", 1))
    }
}

fn switch(written: &Written) -> Option<bool> {
    match written {
        Written::Toml(toml::Value::Boolean(on)) | Written::Cell(RawValue::Bool(on)) => Some(*on),
        Written::Cell(_) => match written.text()?.as_str() {
            "on" => Some(true),
            "off" => Some(false),
            text => words::yes_no(text),
        },
        Written::Toml(_) => None,
    }
}

fn unique<T: AsRef<str> + Clone>(items: &[T], written: &Written) -> Result<Vec<T>, Problem> {
    for (position, item) in items.iter().enumerate() {
        if items.iter().take(position).any(|before| before.as_ref() == item.as_ref()) {
            return Err(Problem::new("E0411").with("value", written.shown()).with("twice", item.as_ref()));
        }
    }
    Ok(items.to_vec())
}

fn some<T>(items: Vec<T>) -> Result<Vec<T>, Problem> {
    if items.is_empty() { Err(Problem::new("E0412")) } else { Ok(items) }
}

/// `[["a", "b"]]`, or in a cell `a=b；c=d`.
fn pairs(written: &Written) -> Option<Value> {
    let list: Vec<(String, String)> = match written {
        Written::Toml(toml::Value::Array(list)) => list
            .iter()
            .map(|pair| match pair.as_array()?.as_slice() {
                [a, b] => Some((clean(a.as_str()?), clean(b.as_str()?))),
                _ => None,
            })
            .collect::<Option<_>>()?,
        Written::Cell(RawValue::Text(text)) if text.trim_start().starts_with('[') => {
            return pairs(&Written::Toml(bracketed(text)?));
        }
        Written::Cell(RawValue::Text(text)) => items(text)
            .iter()
            .map(|pair| pair.split_once('=').map(|(a, b)| (clean(a), clean(b))))
            .collect::<Option<_>>()?,
        _ => return None,
    };
    serde_json::to_value(list).ok()
}
