//! What it would cost to move somebody whom the plan keeps: the cheapest single change that the checker passes.
//!
//! A single change is a move into a free seat, or a swap with one other person, from one year on until the stay ends.
//! Candidates are ranked by what the rules say of the people and posts they touch; the first that the checker passes is
//! taken, with the checker's figures. Something less costly may be had by moving more people, so the price is an upper
//! one. No clock decides what is tried, so the same plan has the same prices.

use super::course::{Arrival, Courses};
use super::deferrals::{Deferral, NO_SEAT, NOT_WORTH_IT, Year};
use super::eligible::{bar_to_enter, bar_to_leave};
use crate::rules::score::{Present, of_person};
use crate::rules::{Facts, is_fit};
use lungang_check::{TierChange, Verdict, judge, tier_changes};
use lungang_domain::policy::Tier;
use lungang_domain::{Layout, PersonIx, Place, PostIx};
use std::collections::BTreeMap;

/// Candidates that the checker looks at for one person and year.
const JUDGED: usize = 3;
/// Places (people times layouts) that the checker looks at in all: some seconds' work.
const WORK: usize = 800_000;
/// Verdicts that every plan may cost, however large it is.
const LEAST: usize = 20;

/// A single change of the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// Who would be moved.
    pub person: PersonIx,
    /// In which year.
    pub year: usize,
    /// Post entered.
    pub to: PostIx,
    /// Who would come in exchange; `None`: the seat is free.
    pub with: Option<PersonIx>,
}

/// The cheapest single change found, and what it does to every tier, by the checker.
#[derive(Clone, Debug)]
pub struct Price {
    /// The change.
    pub change: Change,
    /// The tiers, first priority first.
    pub tiers: Vec<TierChange>,
}

/// What came of pricing somebody kept in a post.
#[derive(Clone, Debug)]
pub enum Priced {
    /// A change that keeps all rules.
    Found(Price),
    /// No single change does.
    Nothing,
    /// The work that a plan is given was used up by those longer overdue.
    NotTried,
}

/// Prices by person and post; of each the first year in which a single change can be made.
#[must_use]
pub fn prices(facts: &Facts, courses: &Courses, deferrals: &[Deferral]) -> BTreeMap<(PersonIx, PostIx), Priced> {
    let mut stays: BTreeMap<(PersonIx, PostIx), Vec<&Deferral>> = BTreeMap::new();
    for kept in deferrals.iter().filter(|kept| matches!(kept.rule, NOT_WORTH_IT | NO_SEAT)) {
        stays.entry((kept.person, kept.post)).or_default().push(kept);
    }
    if stays.is_empty() {
        return BTreeMap::new();
    }
    let mut order: Vec<((PersonIx, PostIx), Vec<&Deferral>)> = stays.into_iter().collect();
    // Those longest overdue first; the work may end before the list does.
    order.sort_by_key(|(key, kept)| (kept.first().map(|kept| kept.due - kept.months), *key));
    let mut market = Market::new(facts, courses);
    order.into_iter().map(|(key, kept)| (key, market.price(&kept))).collect()
}

/// The plan as it stands, with what is needed to weigh changes of it.
struct Market<'a> {
    facts: &'a Facts<'a>,
    courses: &'a Courses,
    tiers: Vec<Tier>,
    layout: Layout,
    verdict: Verdict,
    /// Presence by post and year, guests included.
    present: Present,
    /// What each person counts for as the plan stands, once asked.
    counted: BTreeMap<PersonIx, (Vec<i64>, Present)>,
    /// Holders by post, of each layout.
    holders: Vec<Vec<Vec<PersonIx>>>,
    /// What units and sections have lost in each year; position 0 is year 1.
    years: Vec<Year<'a>>,
    /// Verdicts left.
    left: usize,
}

impl<'a> Market<'a> {
    fn new(facts: &'a Facts<'a>, courses: &'a Courses) -> Self {
        let places = |person| (0..=facts.years).map(|t| courses.at(person, t).place).collect();
        let layout = Layout { places: facts.case.people_ix().map(places).collect() };
        let mut holders = vec![vec![Vec::new(); facts.case.posts.len()]; facts.years + 1];
        for person in facts.case.people_ix() {
            for (t, holders) in holders.iter_mut().enumerate() {
                if let Some(post) = courses.at(person, t).seat() {
                    holders[post.0].push(person);
                }
            }
        }
        let mut present = Present::guests(facts);
        for person in facts.case.people_ix() {
            present.add(&of_person(facts, person, &layout).1, 1);
        }
        let size = layout.places.len().max(1) * (facts.years + 1);
        Self {
            facts,
            courses,
            tiers: Tier::ranked(facts.policy),
            verdict: judge(facts.case, facts.policy, &layout),
            layout,
            present,
            counted: BTreeMap::new(),
            holders,
            years: (1..=facts.years).map(|t| Year::new(facts, courses, t)).collect(),
            left: (WORK / size).max(LEAST),
        }
    }

    fn price(&mut self, kept: &[&Deferral]) -> Priced {
        let mut tried = true;
        for one in kept {
            if self.left == 0 {
                return Priced::NotTried;
            }
            let mut ranked: Vec<(Vec<i64>, Change)> =
                self.changes(one).into_iter().map(|change| (self.estimate(&change), change)).collect();
            // Most gain first; equal ones in the order found, by post and then person.
            ranked.sort_by(|a, b| b.0.cmp(&a.0));
            for (_, change) in ranked.into_iter().take(JUDGED) {
                let Some(left) = self.left.checked_sub(1) else {
                    tried = false;
                    break;
                };
                self.left = left;
                let verdict = judge(self.facts.case, self.facts.policy, &self.changed(&change));
                if verdict.breaches.iter().all(|breach| self.verdict.breaches.contains(breach)) {
                    return Priced::Found(Price { change, tiers: tier_changes(&self.verdict, &verdict) });
                }
            }
        }
        if tried { Priced::Nothing } else { Priced::NotTried }
    }

    /// Moves into free seats and swaps that no rule on a single person bars.
    fn changes(&self, kept: &Deferral) -> Vec<Change> {
        let (facts, courses, t) = (self.facts, self.courses, kept.year);
        let mut found = Vec::new();
        for to in facts.case.posts_ix().filter(|to| *to != kept.post && facts.open[to.0][t]) {
            // Nor into a post that merges later into one that would not have them.
            let suits = |u: usize| facts.heir(to, u) == to || is_fit(facts, kept.person, facts.heir(to, u), u);
            if bar_to_enter(facts, courses, kept.person, to, t).is_some() || !(t..=facts.years).all(suits) {
                continue;
            }
            let change = |with| Change { person: kept.person, year: t, to, with };
            if self.holders[t][to.0].len() < facts.case.post(to).headcount as usize {
                found.push(change(None));
            }
            let would_come = |other: &PersonIx| {
                courses.at(*other, t).arrival == Arrival::Kept
                    && !self.years[t - 1].used_up(to)
                    && bar_to_leave(facts, courses, *other, t).is_none()
                    && bar_to_enter(facts, courses, *other, kept.post, t).is_none()
            };
            found.extend(self.holders[t][to.0].iter().copied().filter(would_come).map(|other| change(Some(other))));
        }
        found
    }

    /// A person's places with another post from year `t` on, as long as the plan keeps them where they are.
    fn line(&self, person: PersonIx, t: usize, to: PostIx) -> Vec<Place> {
        let mut line = self.layout.places[person.0].clone();
        let facts = self.facts;
        let old = line[t].seat();
        for (u, place) in line.iter_mut().enumerate().skip(t) {
            let (held, to) = (old.map(|old| facts.heir(old, u)), facts.heir(to, u));
            *place = match *place {
                Place::In(post) if Some(post) == held => Place::In(to),
                Place::Away { seat, host } if Some(seat) == held => Place::Away { seat: to, host },
                _ => break,
            };
        }
        line
    }

    /// The lines that a change writes anew.
    fn lines(&self, change: &Change) -> Vec<(PersonIx, Vec<Place>)> {
        let mut lines = vec![(change.person, self.line(change.person, change.year, change.to))];
        let from = self.layout.at(change.person, change.year).seat();
        if let (Some(with), Some(from)) = (change.with, from) {
            lines.push((with, self.line(with, change.year, from)));
        }
        lines
    }

    fn changed(&self, change: &Change) -> Layout {
        let mut layout = self.layout.clone();
        for (person, line) in self.lines(change) {
            layout.places[person.0] = line;
        }
        layout
    }

    /// What the change gains in the ranked tiers, but for T2 of posts over strength, which no single entry raises.
    fn estimate(&mut self, change: &Change) -> Vec<i64> {
        let facts = self.facts;
        let tiers = Tier::of(facts.policy);
        let mut gains = vec![0; tiers.len()];
        let mut shift = Present::default();
        for (person, line) in self.lines(change) {
            let layout = &self.layout;
            self.counted.entry(person).or_insert_with(|| of_person(facts, person, layout));
            let old = std::mem::replace(&mut self.layout.places[person.0], line);
            let (after, is) = of_person(facts, person, &self.layout);
            self.layout.places[person.0] = old;
            let Some((before, was)) = self.counted.get(&person) else { continue };
            shift.add(was, -1);
            shift.add(&is, 1);
            for (at, tier) in tiers.iter().enumerate() {
                gains[at] += tier.as_gain(after[at]) - tier.as_gain(before[at]);
            }
        }
        let (essential, cover) = self.present.change(facts, &shift);
        for (at, tier) in tiers.iter().enumerate() {
            gains[at] -= match tier {
                Tier::Essential => essential,
                Tier::Cover => cover,
                _ => 0,
            };
        }
        tiers.iter().zip(gains).filter(|(tier, _)| self.tiers.contains(tier)).map(|(_, gain)| gain).collect()
    }
}
