//! Names in cells → units, posts and people. What is not found is an error with the nearest candidates.

use crate::input::near;
use crate::input::schema::heading_key;
use lungang_domain::{PersonIx, Post, PostIx, Problem, StaffId, Unit, UnitIx};
use std::cell::RefCell;
use std::collections::HashMap;

/// As many different unknown names get suggestions; a sheet full of them must not take minutes to refuse.
const MOST_SUGGESTED: usize = 100;

/// Names that may be meant, with what to show for them, and what was suggested before.
#[derive(Debug, Default)]
struct Candidates {
    labels: Vec<(String, String)>,
    told: RefCell<HashMap<String, String>>,
}

impl Candidates {
    fn push(&mut self, name: &str, label: &str) {
        self.labels.push((name.to_owned(), label.to_owned()));
    }

    fn near(&self, text: &str) -> String {
        let mut told = self.told.borrow_mut();
        if let Some(known) = told.get(text) {
            return known.clone();
        }
        if told.len() >= MOST_SUGGESTED {
            return near::NONE.to_owned();
        }
        let near = near::suggest_labelled(text, self.labels.iter().map(|(name, label)| (name.as_str(), label)));
        told.insert(text.to_owned(), near.clone());
        near
    }
}

/// Units by id, name and former name.
#[derive(Debug, Default)]
pub struct Units {
    by_name: HashMap<String, UnitIx>,
    candidates: Candidates,
}

impl Units {
    /// Indexes units that are sorted by id.
    #[must_use]
    pub fn new(units: &[Unit]) -> Self {
        let mut index = Self::default();
        let label = |unit: &Unit| {
            if unit.id.as_str() == unit.name { unit.name.clone() } else { format!("{} {}", unit.id, unit.name) }
        };
        let today = |unit: &Unit| vec![unit.id.0.clone(), unit.name.clone()];
        let former = |unit: &Unit| unit.former_names.clone();
        // Ids and names of today win over any former name.
        for names in [&today as &dyn Fn(&Unit) -> Vec<String>, &former] {
            for (position, unit) in units.iter().enumerate() {
                for name in names(unit) {
                    index.by_name.entry(heading_key(&name)).or_insert(UnitIx(position));
                    index.candidates.push(&name, &label(unit));
                }
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
            let near = self.candidates.near(name);
            Problem::new("E0304").with("value", name).with("near", near)
        })
    }
}

/// Posts by id and by title, also with section and unit before it.
#[derive(Debug, Default)]
pub struct Posts {
    by_id: HashMap<String, PostIx>,
    by_title: HashMap<String, Vec<PostIx>>,
    /// Unit and section of each post; no unit where its row is broken.
    homes: Vec<(Option<UnitIx>, Option<String>)>,
    candidates: Candidates,
    labels: Vec<String>,
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
            let unit = index.homes.get(position).and_then(|(unit, _)| units.get(unit.as_ref()?.0));
            // Rosters write 预算股股长, or the whole with the unit before it.
            let section = index.homes.get(position).and_then(|(_, section)| section.clone()).unwrap_or_default();
            let unit_name = unit.map_or("", |unit| unit.name.as_str());
            let mut names = vec![heading_key(&post.title), heading_key(&format!("{section}{}", post.title))];
            names.push(heading_key(&format!("{unit_name}{section}{}", post.title)));
            names.dedup();
            for name in names {
                index.by_title.entry(name).or_default().push(ix);
            }
            let label = format!("{} {} {}", post.id, unit_name, post.title);
            index.candidates.push(post.id.as_str(), &label);
            index.candidates.push(&post.title, &label);
            index.labels.push(label);
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
        let near = if elsewhere.is_empty() { self.candidates.near(text) } else { self.shown(elsewhere) };
        Problem::new("E0305").with("value", text).with("near", near)
    }

    fn shown(&self, posts: &[PostIx]) -> String {
        let labels: Vec<&str> =
            posts.iter().take(4).filter_map(|ix| self.labels.get(ix.0)).map(String::as_str).collect();
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

/// People by id and by name.
#[derive(Debug, Default)]
pub struct Staff {
    by_id: HashMap<String, Known>,
    /// By name: who, and what to show of each.
    by_name: HashMap<String, Vec<(Known, String)>>,
    candidates: Candidates,
}

impl Staff {
    /// Enters a row of the roster, with what tells the person from another of that name.
    pub fn insert(&mut self, id: &StaffId, name: &str, about: &str, known: Known) {
        let id = id.as_str();
        self.by_id.insert(id.to_owned(), known);
        let label = format!("{id} {name}");
        self.candidates.push(id, &label);
        self.candidates.push(name, &label);
        self.by_name.entry(heading_key(name)).or_default().push((known, format!("{label} {about}").trim().to_owned()));
    }

    /// What the roster says of this id, or of the only one who bears this name.
    ///
    /// # Errors
    /// `E0310` where it says nothing, with the nearest; `E0320` where several bear the name.
    pub fn find(&self, text: &str) -> Result<Known, Problem> {
        if let Some(known) = self.by_id.get(text) {
            return Ok(*known);
        }
        match self.by_name.get(&heading_key(text)).map(Vec::as_slice) {
            Some([(only, _)]) => Ok(*only),
            Some(several) => {
                let shown: Vec<&str> = several.iter().map(|(_, label)| label.as_str()).collect();
                Err(Problem::new("E0320").with("value", text).with("near", shown.join(" / ")))
            }
            None => {
                let near = self.candidates.near(text);
                Err(Problem::new("E0310").with("value", text).with("near", near))
            }
        }
    }
}
