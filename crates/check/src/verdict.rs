//! What the judge says: breaches, figures, moves and deferrals.

use crate::facts::Facts;
use crate::walk::{Entry, Walk, r16_keeps_the_clock};
use crate::{rules, tiers};
use lungang_domain::policy::Tier;
use lungang_domain::{Case, Layout, PersonIx, Place, Policy, PostIx, SectionIx, UnitIx};
use std::collections::BTreeMap;

/// A broken rule. Sorted by year, rule, person, post.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Breach {
    /// Plan year; 0 for today, or where no year is meant.
    pub year: usize,
    /// `R01` … `R25`, or an id of [`lungang_domain::catalogue::OTHER_BREACHES`].
    pub rule: &'static str,
    /// Who.
    pub person: Option<PersonIx>,
    /// Post concerned: the one entered, held, or named.
    pub post: Option<PostIx>,
    /// Unit whose cap is broken.
    pub unit: Option<UnitIx>,
    /// Section that keeps too few old hands.
    pub section: Option<SectionIx>,
    /// By how much: seats over, moves over, people short, months short; 1 where nothing is counted.
    pub excess: i64,
    /// Registered code of the sentence.
    pub code: &'static str,
    /// Further facts of the sentence.
    pub args: BTreeMap<&'static str, String>,
}

impl Breach {
    pub(crate) fn new(rule: &'static str, code: &'static str, year: usize) -> Self {
        Self { year, rule, person: None, post: None, unit: None, section: None, excess: 1, code, args: BTreeMap::new() }
    }

    pub(crate) fn person(mut self, person: PersonIx) -> Self {
        self.person = Some(person);
        self
    }

    pub(crate) fn post(mut self, post: impl Into<Option<PostIx>>) -> Self {
        self.post = post.into();
        self
    }

    pub(crate) fn excess(mut self, excess: i64) -> Self {
        self.excess = excess;
        self
    }

    pub(crate) fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.insert(name, value.to_string());
        self
    }
}

/// A tier recomputed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TierFigures {
    /// Which.
    pub tier: Tier,
    /// Of this layout.
    pub value: i64,
    /// Layout 0 charged at d_1 (semantics 13).
    pub today: i64,
    /// When nobody moves.
    pub nobody_moves: i64,
}

/// A move or placement read off the layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Move {
    /// Plan year.
    pub year: usize,
    /// Who.
    pub person: PersonIx,
    /// Post left; `None` for a placement.
    pub from: Option<PostIx>,
    /// Post entered.
    pub to: PostIx,
    /// Out of a post that is closed.
    pub forced: bool,
    /// A `go` of that year names the post.
    pub decided: bool,
    /// That `go` has an approval on record.
    pub approved: bool,
    /// R16: the clock runs on.
    pub keeps_clock: bool,
}

/// The verdict on a layout.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// New breaches, sorted; a plan may have none.
    pub breaches: Vec<Breach>,
    /// Breaches that stand too when nobody moves (semantics 9), sorted. Their number is T2.
    pub inherited: Vec<Breach>,
    /// The tiers, first priority first; W last where the policy merges T3–T5.
    pub tiers: Vec<TierFigures>,
    /// Moves and placements by year, then person.
    pub moves: Vec<Move>,
    /// Who is kept past *must*, and in which year (semantics 20), by year, then person.
    pub deferrals: Vec<(PersonIx, usize)>,
}

impl Verdict {
    /// Whether the plan breaks nothing.
    #[must_use]
    pub fn clean(&self) -> bool {
        self.breaches.is_empty()
    }

    /// The value of a tier.
    #[must_use]
    pub fn value(&self, tier: Tier) -> Option<i64> {
        self.tiers.iter().find(|figures| figures.tier == tier).map(|figures| figures.value)
    }
}

/// Today carried forward with events and nothing else (semantics 9).
#[must_use]
pub fn nobody_moves(case: &Case, policy: &Policy) -> Layout {
    Facts::new(case, policy).nobody_moves()
}

/// Judges a layout by every rule that is built, and counts its tiers.
///
/// A layout whose size does not fit the case or the policy is judged with the missing places taken from *nobody
/// moves*, and each such person is a STATE breach.
#[must_use]
pub fn judge(case: &Case, policy: &Policy, layout: &Layout) -> Verdict {
    let facts = Facts::new(case, policy);
    let still = facts.nobody_moves();
    let (layout, mut breaches) = fitted(&facts, layout, &still);
    let walk = Walk::new(&facts, &layout);
    let still = Walk::new(&facts, &still);

    let moves = moves(&facts, &walk);
    breaches.extend(rules::fixed(&facts, &walk, &moves));
    let (inherited, new) = rules::may_be_inherited(&facts, &walk, &still);
    breaches.extend(new);
    breaches.sort();
    breaches.dedup();
    let (still_inherited, _) = rules::may_be_inherited(&facts, &still, &still);
    let value = tiers::of_plan(&facts, &walk, inherited.len());
    let unmoved = tiers::of_plan(&facts, &still, still_inherited.len());
    let today = tiers::of_today(&facts, &still);
    let weights = policy.priorities.weights;
    let tiers = Tier::of(policy)
        .into_iter()
        .map(|tier| TierFigures {
            tier,
            value: value.get(tier, weights),
            today: today.get(tier, weights),
            nobody_moves: unmoved.get(tier, weights),
        })
        .collect();
    Verdict { breaches, inherited, tiers, moves, deferrals: tiers::deferrals(&facts, &walk) }
}

/// The layout in the size of the case, and a breach for everybody whose line had to be mended.
fn fitted(facts: &Facts, layout: &Layout, still: &Layout) -> (Layout, Vec<Breach>) {
    let known = |post: PostIx| post.0 < facts.case.posts.len();
    let sound = |place: &Place| match place {
        Place::In(post) => known(*post),
        Place::Away { seat, host } => known(*seat) && host.is_none_or(known),
        Place::Outside | Place::Unplaced | Place::Left => true,
    };
    let mut breaches = Vec::new();
    let places = facts
        .case
        .people_ix()
        .map(|person| match layout.places.get(person.0) {
            Some(line) if line.len() == facts.years + 1 && line.iter().all(sound) => line.clone(),
            _ => {
                breaches.push(Breach::new("STATE", "E0734", 0).person(person));
                still.places[person.0].clone()
            }
        })
        .collect();
    (Layout { places }, breaches)
}

fn moves(facts: &Facts, walk: &Walk) -> Vec<Move> {
    let mut moves = Vec::new();
    for t in 1..=facts.years {
        for person in facts.case.people_ix() {
            let step = walk.at(person, t);
            let Some(to) = step.entered() else { continue };
            let (from, forced) = match step.entry {
                Entry::Moved { from, forced } => (Some(from), forced),
                _ => (None, false),
            };
            let gone = facts.gone_to(person, to, t);
            moves.push(Move {
                year: t,
                person,
                from,
                to,
                forced,
                decided: gone.is_some(),
                approved: gone == Some(true),
                keeps_clock: from.is_some_and(|from| r16_keeps_the_clock(facts, from, to)),
            });
        }
    }
    moves
}
