//! The seeded generator of departments for demo, tests and benchmarks.
//!
//! Everybody in it is invented, and every sheet says so: ids begin with `GEN-`, the names of the departments end in
//! 〔生成数据〕 or (generated), and workbooks say it in the page header of every sheet. The same options give the same
//! bytes.

mod decisions;
mod departments;
mod district;
mod draw;
mod family;
mod fit;
mod lives;
mod messy;
mod papers;
mod people;
mod posts;
mod sheets;
mod situations;
mod words;
mod write;

use crate::text::Lang;
use chrono::NaiveDate;
use decisions::Decision;
use draw::Draw;
use family::Traits;
use lives::Lives;
use lungang_domain::Lead;
use people::Person;
use posts::{Post, Unit};
use situations::Event;

pub use family::Family;
pub use messy::{MessyError, files as messy_files};
pub use sheets::Sheet;
pub use write::{csv_files, raw_tables, workbook};

/// Fewer people than this make no department.
pub const FEWEST: usize = 20;

/// What to generate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// How many people, those who join inside the horizon included; at least [`FEWEST`].
    pub people: usize,
    /// Seed of all draws.
    pub seed: u64,
    /// Language of headings, words and names.
    pub lang: Lang,
    /// What the case is about.
    pub family: Family,
}

impl Default for Options {
    fn default() -> Self {
        Self { people: 60, seed: 1, lang: Lang::Zh, family: Family::Standard }
    }
}

/// Marks people who join by an event, until they get their number.
const OUTSIDE: &str = "outside";

/// What was generated, before it becomes sheets.
struct District {
    start: NaiveDate,
    traits: Traits,
    units: Vec<Unit>,
    posts: Vec<Post>,
    people: Vec<Person>,
    events: Vec<Event>,
    decisions: Vec<Decision>,
    lives: Lives,
}

/// First effective date of every generated case.
fn start() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 1).unwrap_or_default()
}

/// The sheets of a generated case, in the order of the workbook: canonical column names, words as in `data/values.tsv`.
#[must_use]
pub fn tables(options: &Options) -> Vec<Sheet> {
    let mut draw = Draw::new(options.seed);
    let district = district(&mut draw, options.people.max(FEWEST), options.family.traits());
    let scores = fit::scores(&mut draw, &district);
    sheets::all(&district, &scores, options.lang)
}

fn district(draw: &mut Draw, people: usize, traits: Traits) -> District {
    let start = start();
    let mut district = District {
        start,
        traits,
        units: if traits.all_kinds {
            departments::units(people, posts::units(people).len())
        } else {
            posts::units(people)
        },
        posts: Vec::new(),
        people: Vec::new(),
        events: Vec::new(),
        decisions: Vec::new(),
        lives: Lives::default(),
    };
    for unit in 0..district.units.len() {
        let planned = district.units[unit].people;
        let outside = (planned / traits.joiners).max(1);
        let unplaced = planned / 40 + usize::from(planned >= 25);
        let vacant = (planned / traits.vacant).max(2);
        let over = 1 + planned / 50;
        let seated = planned - outside - unplaced;
        let (seats, first) = (seated + vacant - over, district.posts.len());
        let kind = district.units[unit].department.and_then(|at| departments::departments().get(at));
        let mut posts = match kind {
            Some(kind) => district::of_unit(draw, unit, kind, seats, first),
            None => posts::of_unit(draw, unit, seats, first, &traits),
        };
        leave_vacant(draw, &mut posts, vacant);
        let mut here = people::seat(draw, &posts, start, &traits);
        if let Some(kind) = kind {
            district::learn(draw, &mut here, &posts, kind, start);
        }
        for person in &mut here {
            person.post = person.post.map(|post| post + first);
        }
        for _ in 0..over {
            let full: Vec<usize> = (0..posts.len())
                .filter(|index| posts[*index].is_desk() && posts[*index].vacant == 0 && posts[*index].headcount > 1)
                .collect();
            let chosen = if full.is_empty() { posts.len() - 1 } else { *draw.pick(&full) };
            let mut extra = [people::holder(draw, chosen, &posts[chosen], start, false, &traits)];
            if let Some(kind) = kind {
                district::learn(draw, &mut extra, &posts, kind, start);
            }
            let [mut extra] = extra;
            extra.post = Some(chosen + first);
            here.push(extra);
        }
        for number in 0..unplaced + outside {
            let age = draw.between(28, 45);
            let mut person = people::newcomer(draw, unit, start, age);
            if number >= unplaced {
                person.id = OUTSIDE.to_owned();
                person.marked = true;
            } else {
                person.level = "无";
            }
            here.push(person);
        }
        district.posts.append(&mut posts);
        district.people.append(&mut here);
    }
    district.situations(draw);
    if traits.all_kinds {
        district.complete(draw);
    }
    people::number(&district.units, &mut district.posts, &mut district.people);
    district
}

/// Leaves so many seats free: a deputy's and, in a large department, a head's, the rest at desks.
fn leave_vacant(draw: &mut Draw, posts: &mut [Post], count: usize) {
    let of = |posts: &[Post], lead: Lead| -> Vec<usize> {
        (0..posts.len()).filter(|index| posts[*index].lead == lead && posts[*index].vacant == 0).collect()
    };
    let mut left = count;
    for (lead, at_least) in [(Lead::Deputy, 2), (Lead::Head, 6)] {
        let candidates = of(posts, lead);
        if candidates.len() >= at_least && left > 1 {
            // The last of a head's offices has no deputy, who could act; take one that has.
            let chosen = match lead {
                Lead::Head => candidates[0],
                _ => candidates[candidates.len() - 1],
            };
            posts[chosen].vacant = 1;
            left -= 1;
        }
    }
    while left > 0 {
        let desks: Vec<usize> = (0..posts.len())
            .filter(|index| {
                let post = &posts[*index];
                post.is_desk() && post.vacant < post.headcount && !(post.essential && post.headcount == 1)
            })
            .collect();
        if desks.is_empty() {
            return;
        }
        posts[*draw.pick(&desks)].vacant += 1;
        left -= 1;
    }
}
