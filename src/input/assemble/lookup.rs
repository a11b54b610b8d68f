//! Names in cells → units, posts and people. What is not found is an error with the nearest candidates.

use crate::input::near;
use crate::input::schema::heading_key;
use lungang_domain::{PersonIx, Post, PostIx, Problem, Unit, UnitIx};
use std::collections::HashMap;

/// Units by id, name and former name.
#[derive(Debug, Default)]
pub struct Units {
    by_name: HashMap<String, UnitIx>,
    labels: Vec<(String, String)>,
}

impl Units {
    /// Indexes units that are sorted by id.
    #[must_use]
    pub fn new(units: &[Unit]) -> Self {
        let mut index = Self::default();
        for (position, unit) in units.iter().enumerate() {
            let label =
                if unit.id.as_str() == unit.name { unit.name.clone() } else { format!("{} {}", unit.id, unit.name) };
            for name in
                [unit.id.as_str(), unit.name.as_str()].into_iter().chain(unit.former_names.iter().map(String::as_str))
            {
                // Ids and names of today win over former names, which come last.
                index.by_name.entry(heading_key(name)).or_insert(UnitIx(position));
                index.labels.push((name.to_owned(), label.clone()));
            }
        }
        index
    }

    /// The unit called so.
    ///
    /// # Errors
    /// `E0304` with the nearest.
    pub fn find(&self, name: &str) -> Result<UnitIx, Problem> {
        self.by_name.get(&heading_key(name)).copied().ok_or_else(|| {
            let near = near::suggest_labelled(name, self.labels.iter().map(|(name, label)| (name.as_str(), label)));
            Problem::new("E0304").with("value", name).with("near", near)
        })
    }
}

/// Posts by id and by title.
#[derive(Debug, Default)]
pub struct Posts {
    by_id: HashMap<String, PostIx>,
    by_title: HashMap<String, Vec<PostIx>>,
    /// Unit and section of each post; no unit where its row is broken.
    homes: Vec<(Option<UnitIx>, Option<String>)>,
    labels: Vec<(String, String)>,
}

/// What else a row says about where a post lies.
#[derive(Clone, Copy, Debug, Default)]
pub struct Near<'a> {
    /// The row's unit.
    pub unit: Option<UnitIx>,
    /// The row's section.
    pub section: Option<&'a str>,
}

impl Posts {
    /// Indexes posts that are sorted by id. `homes` gives each one's unit and section.
    #[must_use]
    pub fn new(posts: &[Post], homes: Vec<(Option<UnitIx>, Option<String>)>, units: &[Unit]) -> Self {
        let mut index = Self { homes, ..Self::default() };
        for (position, post) in posts.iter().enumerate() {
            let ix = PostIx(position);
            index.by_id.insert(post.id.0.clone(), ix);
            index.by_title.entry(heading_key(&post.title)).or_default().push(ix);
            let unit = index.homes.get(position).and_then(|(unit, _)| units.get(unit.as_ref()?.0));
            let label = format!("{} {} {}", post.id, unit.map_or("", |unit| unit.name.as_str()), post.title);
            index.labels.push((post.id.0.clone(), label.clone()));
            index.labels.push((post.title.clone(), label));
        }
        index
    }

    /// The post with this id, or the only one with this title in the unit (and section) of the row.
    ///
    /// # Errors
    /// `E0305` unknown, with the nearest; `E0306` several of that title.
    pub fn find(&self, text: &str, near: Near<'_>) -> Result<PostIx, Problem> {
        if let Some(ix) = self.by_id.get(text) {
            return Ok(*ix);
        }
        let titled = self.by_title.get(&heading_key(text)).map_or(&[][..], Vec::as_slice);
        let home = |ix: &PostIx| self.homes.get(ix.0);
        let mut fitting: Vec<PostIx> = titled
            .iter()
            .copied()
            .filter(|ix| near.unit.is_none() || home(ix).is_some_and(|(unit, _)| unit.is_none() || *unit == near.unit))
            .collect();
        if let (Some(section), true) = (near.section, fitting.len() > 1) {
            let key = heading_key(section);
            fitting.retain(|ix| {
                home(ix).and_then(|(_, section)| section.as_ref()).is_some_and(|known| heading_key(known) == key)
            });
        }
        match fitting.as_slice() {
            [only] => Ok(*only),
            [] => Err(self.unknown(text, titled)),
            several => Err(Problem::new("E0306").with("value", text).with("near", self.shown(several))),
        }
    }

    fn unknown(&self, text: &str, elsewhere: &[PostIx]) -> Problem {
        let near = if elsewhere.is_empty() {
            near::suggest_labelled(text, self.labels.iter().map(|(name, label)| (name.as_str(), label)))
        } else {
            self.shown(elsewhere)
        };
        Problem::new("E0305").with("value", text).with("near", near)
    }

    fn shown(&self, posts: &[PostIx]) -> String {
        let labels: Vec<&str> =
            posts.iter().take(4).filter_map(|ix| self.labels.get(ix.0 * 2)).map(|(_, label)| label.as_str()).collect();
        labels.join(" / ")
    }
}

/// What the roster says of an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// Planned.
    Planned(PersonIx),
    /// On the roster and not in service.
    Unplanned,
}

/// People by id.
#[derive(Debug, Default)]
pub struct Staff {
    by_id: HashMap<String, Known>,
    labels: Vec<(String, String)>,
}

impl Staff {
    /// Enters a row of the roster.
    pub fn insert(&mut self, id: &str, name: &str, known: Known) {
        self.by_id.insert(id.to_owned(), known);
        let label = format!("{id} {name}");
        self.labels.push((id.to_owned(), label.clone()));
        self.labels.push((name.to_owned(), label));
    }

    /// What the roster says of this id.
    ///
    /// # Errors
    /// `E0310` where it says nothing, with the nearest.
    pub fn find(&self, id: &str) -> Result<Known, Problem> {
        self.by_id.get(id).copied().ok_or_else(|| {
            let near = near::suggest_labelled(id, self.labels.iter().map(|(name, label)| (name.as_str(), label)));
            Problem::new("E0310").with("value", id).with("near", near)
        })
    }
}
