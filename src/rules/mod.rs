//! The rules, one file each, in four forms: what they ask of a **stay** ([`unfit`]), of a **move** ([`barriers`]),
//! what **state** is carried along ([`r14`], [`r16`], [`reserve`]), and the joint **rows** (`r01`, [`r12`], [`cover`]).
//! Nothing here looks at a whole path.

pub mod apart;
pub mod clocks;
pub mod cover;
pub mod decisions;
pub mod facts;
pub mod kin;
pub mod past;
mod r01;
mod r04;
mod r05;
pub mod r06;
pub mod r08;
pub mod r09;
mod r10;
pub mod r11;
pub mod r12;
pub mod r14;
mod r15;
pub mod r16;
pub mod r18;
mod r19;
mod r20;
mod r25;
pub mod reserve;
pub mod score;
mod special;
pub mod successors;

use chrono::NaiveDate;
use decisions::Go;
pub use facts::Facts;
use lungang_domain::{PersonIx, PostIx};

pub use r01::excess;

/// One transition into a post: a move where `from` is a post, else a placement.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// Who.
    pub person: PersonIx,
    /// Plan year, from 1.
    pub year: usize,
    /// Post left; `None`: a placement.
    pub from: Option<PostIx>,
    /// Post entered.
    pub to: PostIx,
    /// When the stay that ends had begun; `None`: unknown, so *may* is taken as met (semantics 3).
    pub began: Option<NaiveDate>,
    /// The post left last, for who has none now (R06).
    pub last_held: Option<PostIx>,
}

impl Step {
    /// Forced by the closing of the post left; whoever holds one that merges has a seat.
    #[must_use]
    pub fn forced(&self, facts: &Facts<'_>) -> bool {
        self.from.is_some_and(|from| facts.stay(from, self.year).is_none())
    }

    /// The `go` that names the post entered, if there is one.
    #[must_use]
    pub fn go(&self, facts: &Facts<'_>) -> Option<Go> {
        decisions::go(facts, self.person, self.to, self.year)
    }

    /// Across units.
    #[must_use]
    pub fn crosses_units(&self, facts: &Facts<'_>) -> bool {
        self.from.is_some_and(|from| facts.unit(from) != facts.unit(self.to))
    }
}

/// Rules of form *stay* that a person breaks by holding a post in layout `t`: R04, R08, R18, R19.
#[must_use]
pub fn unfit(facts: &Facts<'_>, person: PersonIx, post: PostIx, t: usize) -> Vec<&'static str> {
    let rules: [(&'static str, bool); 4] = [
        ("R04", r04::breaks(facts, person, post, t)),
        ("R08", r08::breaks(facts, person, post)),
        ("R18", r18::breaks(facts, person, post)),
        ("R19", r19::breaks(facts, person, post)),
    ];
    rules.into_iter().filter_map(|(id, broken)| broken.then_some(id)).collect()
}

/// Whether [`unfit`] finds nothing, without naming it: asked of everybody and every post.
#[must_use]
pub fn is_fit(facts: &Facts<'_>, person: PersonIx, post: PostIx, t: usize) -> bool {
    !r04::breaks(facts, person, post, t)
        && !r08::breaks(facts, person, post)
        && !r18::breaks(facts, person, post)
        && !r19::breaks(facts, person, post)
}

/// Whether someone could take a post over in year `t`: a reserve cadre in service whom no sanction or inquiry holds and whom the
/// rules of form *stay* admit, R04 from one level below on (semantics 63). Whether they are ready is another matter.
#[must_use]
pub fn could_follow(facts: &Facts<'_>, person: PersonIx, post: PostIx, t: usize) -> bool {
    let row = facts.case.person(person);
    let day = facts.effective[t.max(1)];
    row.reserve
        && facts.of(person).serving(t)
        && row.under_investigation.is_none()
        && row.discipline_until.is_none_or(|until| until <= day)
        && !r04::bars_following(facts, person, post, t)
        && !r08::breaks(facts, person, post)
        && !r18::breaks(facts, person, post)
        && !r19::breaks(facts, person, post)
}

type Bar = fn(&Facts<'_>, &Step) -> bool;

/// Rules of form *move* that look at the stay that ends, and at the post entered only through a `go` that names it.
const LEAVING: &[(&str, Bar)] = &[
    ("R05", r05::bars),
    ("R10", r10::bars),
    ("R15", r15::bars),
    ("R25", r25::bars),
    ("AWAY", special::bars_away),
    ("SPECIAL", special::bars_leaving_special),
];

/// Rules of form *move* that look at the post entered, whatever was left (but for whether anything was).
const ENTERING: &[(&str, Bar)] = &[
    ("SPECIAL", special::bars_entering_special),
    ("FIT", special::bars_poor_fit),
    ("R09", past::bars_own_field),
    ("R13", past::bars_return),
    ("DECISION", special::bars_decided),
];

/// Rules of form *move* that compare both ends.
const BETWEEN: &[(&str, Bar)] = &[
    ("R06", r06::bars),
    ("R09", past::bars_change_of_sides),
    ("R18", r18::bars),
    ("R20", r20::bars),
    ("APART", apart::bars),
];

fn broken(facts: &Facts<'_>, step: &Step, rules: &[(&'static str, Bar)]) -> Vec<&'static str> {
    rules.iter().filter(|(_, bar)| bar(facts, step)).map(|(id, _)| *id).collect()
}

/// Rules that hold somebody in the stay that would end.
#[must_use]
pub fn leaving_bars(facts: &Facts<'_>, step: &Step) -> Vec<&'static str> {
    broken(facts, step, LEAVING)
}

/// Rules that keep somebody out of the post entered, those on the stay there included; `CLOSED` where it is not open.
#[must_use]
pub fn entering_bars(facts: &Facts<'_>, step: &Step) -> Vec<&'static str> {
    if !facts.open[step.to.0][step.year] {
        return vec!["CLOSED"];
    }
    let mut bars = unfit(facts, step.person, step.to, step.year);
    bars.extend(broken(facts, step, ENTERING));
    bars
}

/// Rules that forbid going from just this post to that one.
#[must_use]
pub fn between_bars(facts: &Facts<'_>, step: &Step) -> Vec<&'static str> {
    broken(facts, step, BETWEEN)
}

/// Every rule that forbids a transition; empty where it is allowed.
#[must_use]
pub fn barriers(facts: &Facts<'_>, step: &Step) -> Vec<&'static str> {
    let mut bars = leaving_bars(facts, step);
    bars.extend(entering_bars(facts, step));
    bars.extend(between_bars(facts, step));
    bars.sort_unstable();
    bars.dedup();
    bars
}

/// Whether the rules compare both ends of a transition of this person in this year, beyond the unit (R20, APART).
#[must_use]
pub fn compares_ends(facts: &Facts<'_>, person: PersonIx, t: usize) -> bool {
    r06::binds(facts, person, t) || r18::compares(facts, person)
}
