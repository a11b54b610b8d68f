//! The joint rows: what ties people together, each written as Σ coefficients ≤ limit.
//!
//! A row has a coefficient per (person, stay, year) and per auxiliary variable: a shortage, an excess, an excuse. One
//! function per family: `seats`, `cover`, `turnover`, `old_hands`.

mod budget;

pub use budget::Budget;

use super::kin::Related;
use super::succession::Claims;
use crate::rules::{Facts, cover, excess, r11, r12};
use lungang_domain::policy::Tier;
use lungang_domain::{DecisionKind, Lead, PersonIx, PostIx, SectionIx, UnitIx};
use std::collections::{BTreeSet, HashMap};

/// Most tiers that fit a [`Gains`], the pseudo-tier of broken rows included.
pub const TIERS: usize = 12;
/// Position of the pseudo-tier that counts broken rows, searched first where decisions force a start outside them.
pub const BROKEN: usize = TIERS - 1;

/// Contribution to each tier, in the order of [`Tier::counted`]; more is better.
pub type Gains = [i32; TIERS];

/// Number of a row.
pub type RowIx = u32;

/// What a row says; names it in messages and sets its step in the dual.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RowKind {
    /// R01: seats of a post in a year.
    Seats(PostIx, usize),
    /// R01: nobody enters a post over strength.
    Entry(PostIx, usize),
    /// T1: presence against the minimum.
    Cover(PostIx, usize),
    /// T0: somebody present at an essential post.
    Essential(PostIx, usize),
    /// R11: head and deputies of a section moved in a year.
    Together(SectionIx, usize),
    /// R11: principals of a unit moved in a year.
    Principals(UnitIx, usize),
    /// R07, R21: a pair of relatives and a bar, by position in the facts.
    Kin(usize, usize, usize),
    /// R07, R21: whether the breach of a pair that stands today still stands.
    KinStands(usize, usize),
    /// R12: moves out of a unit that nobody decided.
    Turnover(UnitIx, usize),
    /// R12: all moves out of a unit, where some are decided.
    TurnoverDecided(UnitIx, usize),
    /// R12: fewest moves out of a unit.
    Floor(UnitIx, usize),
    /// G4: moves of a year that nobody decided, and all moves of a year where some are decided.
    Peak(usize),
    /// See `Peak`.
    PeakDecided(usize),
    /// G4: moves of all years that nobody decided, and all of them where some are decided.
    Budget(Budget),
    /// See `Budget`.
    BudgetDecided(Budget),
    /// R12: old hands of a section.
    OldHands(SectionIx, usize),
    /// R12: the excuse of a shortage of old hands needs a decided move out.
    ExcuseNeeds(SectionIx, usize),
    /// R12: and no undecided one.
    ExcuseBars(SectionIx, usize),
    /// T4s: nobody counts for more than two posts, nor before they are ready.
    Counted(PersonIx, usize),
    /// T4s: a post needs one successor.
    Succession(PostIx, usize),
    /// T4s: nobody succeeds to the seat they hold.
    OwnSeat(PersonIx, PostIx, usize),
}

/// One row: Σ ≤ `limit`.
#[derive(Clone, Debug)]
pub struct Row {
    /// What it says.
    pub kind: RowKind,
    /// Right-hand side.
    pub limit: i64,
}

/// A whole-number variable that belongs to no person, 0 … `most`.
#[derive(Clone, Debug)]
pub struct Aux {
    /// Contribution to each tier per unit.
    pub gains: Gains,
    /// Upper bound.
    pub most: i64,
    /// Coefficients.
    pub rows: Vec<(RowIx, i32)>,
}

impl Aux {
    /// A row that it alone relieves, and the price above which that row can't go since relief is bought for less.
    #[must_use]
    pub fn dearest(&self, weights: &[i64; TIERS]) -> Option<(RowIx, i64)> {
        let [(row, coefficient)] = self.rows[..] else { return None };
        let cost: i64 = self.gains.iter().zip(weights).map(|(gain, weight)| -i64::from(*gain) * weight).sum();
        (coefficient < 0).then(|| (row, cost / -i64::from(coefficient)))
    }
}

/// All rows, and where to find them.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    /// The rows.
    pub rows: Vec<Row>,
    /// The auxiliary variables.
    pub aux: Vec<Aux>,
    width: usize,
    seats: Vec<Option<RowIx>>,
    entry: Vec<Option<RowIx>>,
    cover: Vec<Option<RowIx>>,
    essential: Vec<Option<RowIx>>,
    together: Vec<Option<RowIx>>,
    principals: Vec<Option<RowIx>>,
    turnover: Vec<Option<RowIx>>,
    turnover_decided: Vec<Option<RowIx>>,
    floor: Vec<Option<RowIx>>,
    /// By year: G4.
    peak: Vec<Option<RowIx>>,
    peak_decided: Vec<Option<RowIx>>,
    /// G4, all years: the row of undecided moves, and that of all.
    most_moves: [Option<RowIx>; 2],
    most_cross_unit: [Option<RowIx>; 2],
    old_hands: Vec<Option<RowIx>>,
    excuse_needs: Vec<Option<RowIx>>,
    excuse_bars: Vec<Option<RowIx>>,
    /// By person, post and year: the rows of relatives that holding the post uses.
    kin: HashMap<(PersonIx, PostIx, usize), Vec<KinUse>>,
    /// Whom rows of their own speak of: those of relatives, and those of successors.
    pub(super) alone: BTreeSet<PersonIx>,
    /// Who may count for which essential post.
    pub claims: Claims,
}

/// What holding a post uses of a row of relatives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KinUse {
    /// The row.
    pub row: RowIx,
    /// In a stay that the plan began.
    pub planned: i32,
    /// In today's stay, or one fixed by an event.
    pub given: i32,
}

macro_rules! lookup {
    ($(#[$doc:meta])* $name:ident, $index:ty) => {
        $(#[$doc])*
        #[must_use]
        pub fn $name(&self, of: $index, t: usize) -> Option<RowIx> {
            self.$name[of.0 * self.width + t]
        }
    };
}

impl Rows {
    lookup!(
        /// Row of the seats of a post in year `t`.
        seats, PostIx
    );
    lookup!(
        /// Row of entries into a post over strength.
        entry, PostIx
    );
    lookup!(
        /// Row of cover.
        cover, PostIx
    );
    lookup!(
        /// Row of an essential post.
        essential, PostIx
    );
    lookup!(
        /// Row of head and deputies of a section.
        together, SectionIx
    );
    lookup!(
        /// Row of the principals of a unit.
        principals, UnitIx
    );
    lookup!(
        /// Row of undecided moves out of a unit.
        turnover, UnitIx
    );
    lookup!(
        /// Row of all moves out of a unit, where some are decided.
        turnover_decided, UnitIx
    );
    lookup!(
        /// Row of the fewest moves out of a unit.
        floor, UnitIx
    );
    lookup!(
        /// Row of old hands.
        old_hands, SectionIx
    );
    lookup!(
        /// Row by which an excuse needs a decided move.
        excuse_needs, SectionIx
    );
    lookup!(
        /// Row by which an excuse bars undecided moves.
        excuse_bars, SectionIx
    );
}

impl Rows {
    /// Rows that any move out of a unit uses unless it is forced, each with its coefficient: the share of the unit, and of
    /// all, in the year and in all years.
    pub fn moves(&self, unit: UnitIx, t: usize, decided: bool) -> impl Iterator<Item = (RowIx, i32)> {
        let [budget, budget_decided] = self.most_moves;
        let undecided = [self.turnover(unit, t), self.peak[t], budget].into_iter().flatten().filter(move |_| !decided);
        let all = [self.turnover_decided(unit, t), self.peak_decided[t], budget_decided].into_iter().flatten();
        undecided.chain(all).map(|row| (row, 1)).chain(self.floor(unit, t).map(|row| (row, -1)))
    }

    /// Rows of relatives that holding a post uses.
    #[must_use]
    pub fn kin(&self, person: PersonIx, post: PostIx, t: usize) -> &[KinUse] {
        self.kin.get(&(person, post, t)).map_or(&[], Vec::as_slice)
    }

    /// Whether rows speak of a person alone, so that nobody is like them.
    #[must_use]
    pub fn singles_out(&self, person: PersonIx) -> bool {
        self.alone.contains(&person)
    }

    /// The least value of an auxiliary variable that mends the rows it can mend.
    #[must_use]
    pub fn least(&self, aux: &Aux, usage: &[i64]) -> i64 {
        self.least_at(aux, |row| usage[row as usize])
    }

    /// [`Self::least`], the use of each row being asked for.
    #[must_use]
    pub fn least_at(&self, aux: &Aux, usage: impl Fn(RowIx) -> i64) -> i64 {
        aux.rows
            .iter()
            .filter(|(_, coefficient)| *coefficient < 0)
            .map(|(row, coefficient)| {
                let over = usage(*row) - self.rows[*row as usize].limit;
                let each = -i64::from(*coefficient);
                (over.max(0) + each - 1) / each
            })
            .max()
            .unwrap_or(0)
            .min(aux.most)
    }

    /// By row: what people may use of it, where auxiliaries relieve it as far as that costs nothing.
    #[must_use]
    pub fn room_at_no_cost(&self) -> Vec<i64> {
        let mut room: Vec<i64> = self.rows.iter().map(|row| row.limit).collect();
        for aux in self.aux.iter().filter(|aux| aux.gains == Gains::default()) {
            for (row, coefficient) in aux.rows.iter().filter(|(_, coefficient)| *coefficient < 0) {
                room[*row as usize] -= i64::from(*coefficient) * aux.most;
            }
        }
        room
    }

    /// The auxiliary variables, given what people use: each at the least that mends its rows, in their order, and successors
    /// at the most that can be counted. Adds what they use.
    #[must_use]
    pub fn settled(&self, usage: &mut [i64]) -> Vec<i64> {
        let mut values = vec![0; self.aux.len()];
        let mut set = |at: usize, value: i64, usage: &mut [i64]| {
            values[at] = value;
            for (row, coefficient) in &self.aux[at].rows {
                usage[*row as usize] += i64::from(*coefficient) * value;
            }
        };
        for (at, aux) in self.aux.iter().enumerate().filter(|(at, _)| !self.claims.holds(*at)) {
            let value = self.least(aux, usage);
            if value != 0 {
                set(at, value, usage);
            }
        }
        for at in self.claims.settled(&self.rows, usage) {
            set(at, 1, usage);
        }
        values
    }

    /// Settles shortages, excesses and excuses at their least, and successors at their most: adds their gains to `totals`, their use to `usage`, and at
    /// [`BROKEN`] minus the amount by which rows are still broken.
    pub fn settle(&self, usage: &mut [i64], totals: &mut [i64; TIERS]) {
        for (aux, value) in self.aux.iter().zip(self.settled(usage)).filter(|(_, value)| *value != 0) {
            for (total, gain) in totals.iter_mut().zip(&aux.gains) {
                *total += i64::from(*gain) * value;
            }
        }
        totals[BROKEN] -= self.rows.iter().zip(usage).map(|(row, used)| (*used - row.limit).max(0)).sum::<i64>();
    }
}

/// Position of a tier in [`Gains`].
#[must_use]
pub fn position(tiers: &[Tier], tier: Tier) -> usize {
    tiers.iter().position(|listed| *listed == tier).unwrap_or(BROKEN)
}

/// A gain of `value` (already turned so that more is better) in one tier.
#[must_use]
pub fn gain(tiers: &[Tier], tier: Tier, value: i32) -> Gains {
    let mut gains = Gains::default();
    gains[position(tiers, tier)] = value;
    gains
}

/// Builds the rows.
struct Builder<'f> {
    facts: &'f Facts<'f>,
    tiers: &'f [Tier],
    rows: Rows,
}

/// Every joint row of the formulation.
#[must_use]
pub fn build(facts: &Facts<'_>, tiers: &[Tier]) -> Rows {
    let width = facts.years + 1;
    let (posts, units, sections) = (facts.case.posts.len(), facts.case.units.len(), facts.case.sections.len());
    let rows = Rows {
        width,
        seats: vec![None; posts * width],
        entry: vec![None; posts * width],
        cover: vec![None; posts * width],
        essential: vec![None; posts * width],
        together: vec![None; sections * width],
        principals: vec![None; units * width],
        turnover: vec![None; units * width],
        turnover_decided: vec![None; units * width],
        floor: vec![None; units * width],
        peak: vec![None; width],
        peak_decided: vec![None; width],
        old_hands: vec![None; sections * width],
        excuse_needs: vec![None; sections * width],
        excuse_bars: vec![None; sections * width],
        ..Rows::default()
    };
    let mut builder = Builder { facts, tiers, rows };
    let related = Related::new(facts);
    for t in 1..=facts.years {
        for post in facts.case.posts_ix().filter(|post| facts.open[post.0][t]) {
            builder.seats(post, t);
            builder.cover(post, t);
        }
        let decided = builder.people_decided(t);
        for unit in (0..units).map(UnitIx) {
            builder.turnover(unit, t, decided);
            builder.floor(unit, t);
            builder.principals(unit, t);
        }
        builder.turnover_of_all(t, decided);
        let any_earlier = (1..=t).any(|year| builder.people_decided(year) > 0);
        for section in (0..sections).map(SectionIx) {
            builder.old_hands(section, t, any_earlier);
            builder.together(section, t);
        }
        for pair in 0..facts.kinship.pairs.len() {
            builder.relatives(&related, pair, t);
        }
    }
    builder.budgets();
    Claims::build(facts, &mut builder.rows, gain(tiers, Tier::Successors, 1));
    builder.rows
}

impl Builder<'_> {
    fn row(&mut self, kind: RowKind, limit: i64) -> RowIx {
        self.rows.rows.push(Row { kind, limit });
        (self.rows.rows.len() - 1) as RowIx
    }

    fn aux(&mut self, gains: Gains, most: i64, rows: Vec<(RowIx, i32)>) {
        self.rows.aux.push(Aux { gains, most, rows });
    }

    /// R01. Occupants ≤ seats; where nobody-moves exceeds them, a binary buys the same excess at a point of T2 and
    /// shuts the post for entries.
    fn seats(&mut self, post: PostIx, t: usize) {
        let seats = i64::from(self.facts.case.post(post).headcount);
        let slot = post.0 * self.rows.width + t;
        let row = self.row(RowKind::Seats(post, t), seats);
        self.rows.seats[slot] = Some(row);
        let excess = excess(self.facts, post, t) as i32;
        if excess > 0 {
            let most = seats as i32 + excess;
            let entry = self.row(RowKind::Entry(post, t), i64::from(most));
            self.rows.entry[slot] = Some(entry);
            self.aux(gain(self.tiers, Tier::Law, -1), 1, vec![(row, -excess), (entry, most)]);
        }
    }

    /// T0 and T1. Presence plus what is missing reaches the minimum; guests are known beforehand.
    fn cover(&mut self, post: PostIx, t: usize) {
        let slot = post.0 * self.rows.width + t;
        let guests = cover::guests(self.facts, post, t) as i64;
        let short = i64::from(self.facts.minimum(post, t)) - guests;
        if short > 0 {
            let row = self.row(RowKind::Cover(post, t), -short);
            self.rows.cover[slot] = Some(row);
            self.aux(gain(self.tiers, Tier::Cover, -1), short, vec![(row, -1)]);
        }
        if self.facts.case.post(post).essential && guests == 0 {
            let row = self.row(RowKind::Essential(post, t), -1);
            self.rows.essential[slot] = Some(row);
            self.aux(gain(self.tiers, Tier::Essential, -1), 1, vec![(row, -1)]);
        }
    }

    fn people_decided(&self, t: usize) -> i32 {
        let mut people: Vec<_> = self
            .facts
            .case
            .decisions
            .iter()
            .filter(|decision| {
                decision.kind == DecisionKind::Go && self.facts.policy.decision_years(decision).contains(&t)
            })
            .map(|decision| decision.staff)
            .collect();
        people.sort_unstable();
        people.dedup();
        people.len() as i32
    }

    /// R11. H · heads moved + deputies moved ≤ H; no row where there is no head or no deputy.
    fn together(&mut self, section: SectionIx, t: usize) {
        let deputies = r11::deputies(self.facts, section, t);
        let is_head = |post: &PostIx| {
            self.facts.section(*post) == Some(section) && self.facts.case.post(*post).lead == Lead::Head
        };
        if self.facts.policy.rule_on("R11") && deputies > 0 && self.facts.case.posts_ix().any(|post| is_head(&post)) {
            let slot = section.0 * self.rows.width + t;
            self.rows.together[slot] = Some(self.row(RowKind::Together(section, t), i64::from(deputies)));
        }
    }

    /// R11. Principals moved ≤ 1.
    fn principals(&mut self, unit: UnitIx, t: usize) {
        let leads =
            |post: &PostIx| self.facts.unit(*post) == unit && self.facts.case.post(*post).lead == Lead::Principal;
        if self.facts.policy.rule_on("R11") && self.facts.case.posts_ix().any(|post| leads(&post)) {
            let slot = unit.0 * self.rows.width + t;
            self.rows.principals[slot] = Some(self.row(RowKind::Principals(unit, t), 1));
        }
    }

    /// R07, R21. Of two relatives at most one holds a post of a bar; where they do so today, both may stay at a point of T2
    /// a rule, and neither may come there anew while the other holds one.
    fn relatives(&mut self, related: &Related, pair: usize, t: usize) {
        for bar in related.bars(self.facts, pair, t) {
            let limit = if bar.stands { 2 } else { 1 };
            let row = self.row(RowKind::Kin(pair, bar.bar, t), limit);
            for (person, post) in bar.posts {
                self.kin_use(person, post, t, KinUse { row, planned: limit as i32, given: 1 });
            }
        }
        for standing in related.standing(self.facts, pair, t) {
            let row = self.row(RowKind::KinStands(pair, t), 1);
            self.aux(gain(self.tiers, Tier::Law, -1), 1, vec![(row, -1)]);
            for (person, post) in standing {
                self.kin_use(person, post, t, KinUse { row, planned: 0, given: 1 });
            }
        }
    }

    fn kin_use(&mut self, person: PersonIx, post: PostIx, t: usize, used: KinUse) {
        self.rows.alone.insert(person);
        self.rows.kin.entry((person, post, t)).or_default().push(used);
    }

    /// R12, cap. All moves stay within the cap, or none of them is undecided.
    fn turnover(&mut self, unit: UnitIx, t: usize, decided: i32) {
        let slot = unit.0 * self.rows.width + t;
        let cap = r12::cap(self.facts, unit) as i32;
        if decided == 0 {
            self.rows.turnover[slot] = Some(self.row(RowKind::Turnover(unit, t), i64::from(cap)));
            return;
        }
        let undecided = self.row(RowKind::Turnover(unit, t), 0);
        let all = self.row(RowKind::TurnoverDecided(unit, t), i64::from(cap + decided));
        self.rows.turnover[slot] = Some(undecided);
        self.rows.turnover_decided[slot] = Some(all);
        self.aux(Gains::default(), 1, vec![(undecided, -cap), (all, decided)]);
    }

    /// R12, floor. So many move at least; nobody moving is no plan then.
    fn floor(&mut self, unit: UnitIx, t: usize) {
        let least = r12::floor(self.facts, unit) as i64;
        if least > 0 {
            let slot = unit.0 * self.rows.width + t;
            self.rows.floor[slot] = Some(self.row(RowKind::Floor(unit, t), -least));
        }
    }

    /// G4. The cap of R12 over all units together.
    fn turnover_of_all(&mut self, t: usize, decided: i32) {
        let Some(cap) = r12::peak(self.facts) else { return };
        let cap = cap as i32;
        if decided == 0 {
            self.rows.peak[t] = Some(self.row(RowKind::Peak(t), i64::from(cap)));
            return;
        }
        let undecided = self.row(RowKind::Peak(t), 0);
        let all = self.row(RowKind::PeakDecided(t), i64::from(cap + decided));
        (self.rows.peak[t], self.rows.peak_decided[t]) = (Some(undecided), Some(all));
        self.aux(Gains::default(), 1, vec![(undecided, -cap), (all, decided)]);
    }

    /// R12, old hands. Enough people hold a seat of the section before and after; a decided move out excuses a
    /// shortage while no undecided one leaves.
    fn old_hands(&mut self, section: SectionIx, t: usize, any_decided: bool) {
        let slot = section.0 * self.rows.width + t;
        let need = r12::old_hands(self.facts, section, t) as i32;
        if need == 0 {
            return;
        }
        let row = self.row(RowKind::OldHands(section, t), -i64::from(need));
        self.rows.old_hands[slot] = Some(row);
        if any_decided {
            let everybody = self.facts.case.people.len() as i32;
            let needs = self.row(RowKind::ExcuseNeeds(section, t), 0);
            let bars = self.row(RowKind::ExcuseBars(section, t), i64::from(everybody));
            self.rows.excuse_needs[slot] = Some(needs);
            self.rows.excuse_bars[slot] = Some(bars);
            self.aux(Gains::default(), 1, vec![(row, -need), (needs, 1), (bars, everybody)]);
        }
    }
}
