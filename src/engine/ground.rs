//! What standing somewhere for a year, and getting there, gains and uses: the one place where the joint rows meet the
//! rules of a person. Networks are built from it, and single lines are weighed by it.

use super::rows::{Gains, RowIx, Rows, position};
use crate::rules::clocks::{self, Since};
use crate::rules::{self, Facts, Step, cover, is_fit, r11, r14, r16, reserve, score};
use lungang_domain::policy::Tier;
use lungang_domain::{Lead, PersonIx, PostIx};

/// Where a state stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Spot {
    /// Not yet joined.
    Outside,
    /// In service without a post; the post held last, if any.
    Unplaced(Option<PostIx>),
    /// In a post, or away from it.
    Seat(PostIx),
}

impl Spot {
    /// The seat taken.
    #[must_use]
    pub fn seat(self) -> Option<PostIx> {
        match self {
            Self::Seat(post) => Some(post),
            Self::Outside | Self::Unplaced(_) => None,
        }
    }
}

/// All that the rules of form stay, move and state ask of the past.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    /// Where.
    pub spot: Spot,
    /// Layout in which the stay began; 0: today's.
    pub began: u8,
    /// Layout in which the clocks of R14 began (R16 carries them over).
    pub clock: u8,
    /// Layouts in which the further clocks of R14 began.
    pub since: Since,
    /// Experiences gained, bits over [`reserve::wanted`].
    pub gained: u16,
}

/// What a move or placement uses and gains, and whether the clocks run on.
#[derive(Clone, Debug, Default)]
pub struct Crossing {
    /// Coefficients.
    pub rows: Vec<(RowIx, i32)>,
    /// Contribution to T5.
    pub quality: i32,
    /// Whether the clocks of R14 run on (R16).
    pub keeps_clock: bool,
}

/// How a stay goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Onward {
    /// In the same post, or in the one that it merges into; or without a post, as before.
    Kept(Key),
    /// The post closes.
    Lost,
    /// Not at all: the post merges into one that the person must not enter, so the plan has to move them before.
    Barred,
}

/// Facts, rows and tiers of one case.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'f> {
    /// Facts.
    pub facts: &'f Facts<'f>,
    /// Joint rows.
    pub rows: &'f Rows,
    /// The tiers, first priority first.
    pub tiers: &'f [Tier],
}

impl<'f> Ground<'f> {
    /// Where a person stands in layout 0; `None` for who has left before the start.
    #[must_use]
    pub fn start(&self, person: PersonIx) -> Option<Key> {
        let own = self.facts.of(person);
        let spot = match (own.service[0], own.today) {
            (rules::facts::Service::Left, _) => return None,
            (rules::facts::Service::Outside, _) => Spot::Outside,
            (_, Some(post)) => Spot::Seat(post),
            // Displaced before the start: the roster's post is the one held last.
            (_, None) if own.joined.is_none() => Spot::Unplaced(self.facts.case.person(person).post),
            (_, None) => Spot::Unplaced(None),
        };
        Some(Key { spot, began: 0, clock: 0, since: [0; 3], gained: 0 })
    }

    /// The step from a state into a post in year `t`.
    #[must_use]
    pub fn step(&self, person: PersonIx, t: usize, from: Option<PostIx>, key: Option<Key>, to: PostIx) -> Step {
        let last_held = key.and_then(|key| match key.spot {
            Spot::Unplaced(last) => last,
            Spot::Seat(post) => Some(post),
            Spot::Outside => None,
        });
        let began = key.and_then(|key| self.facts.of(person).began[key.began as usize]);
        Step { person, year: t, from, to, began, last_held }
    }

    /// How a stay goes on in year `t` unless the person is moved.
    #[must_use]
    pub fn onward(&self, person: PersonIx, key: Key, t: usize) -> Onward {
        let Some(post) = key.spot.seat() else { return Onward::Kept(key) };
        match self.facts.stay(post, t) {
            None => Onward::Lost,
            Some(now) if now == post => Onward::Kept(key),
            // What the plan has begun must suit what it leads to; all else stands as when nobody moves.
            Some(now)
                if !self.facts.of(person).given(key.began as usize, t - 1) && !is_fit(self.facts, person, now, t) =>
            {
                Onward::Barred
            }
            Some(now) => Onward::Kept(Key { spot: Spot::Seat(now), ..key }),
        }
    }

    /// Whoever passes into another section is no old hand there yet, though the stay began earlier.
    #[must_use]
    pub fn passing(&self, from: Option<PostIx>, to: Option<PostIx>, t: usize) -> Option<(RowIx, i32)> {
        let section = |post: Option<PostIx>| post.and_then(|post| self.facts.section(post));
        let new = section(to).filter(|new| from.is_some() && section(from) != Some(*new))?;
        self.rows.old_hands(new, t).map(|row| (row, 1))
    }

    /// The state of a stay in `to` that begins in year `t`, out of this one; `held`: the post left by it, if any. The clocks of
    /// the post start anew.
    #[must_use]
    pub fn begun(&self, key: Key, held: Option<PostIx>, to: PostIx, t: usize) -> Key {
        let year = t as u8;
        let since = clocks::after(self.facts, key.since, held, to, t);
        Key { spot: Spot::Seat(to), began: year, clock: year, since, ..key }
    }

    /// Experiences that standing in layout `t` has gained, those of before included.
    #[must_use]
    pub fn gained(&self, person: PersonIx, wanted: &[&str], key: &Key, t: usize) -> u16 {
        let own = self.facts.of(person);
        let began = key.began as usize;
        match key.spot {
            Spot::Seat(post)
                if t > 0
                    && !wanted.is_empty()
                    && own.planned(began)
                    && score::lasts(self.facts, person, post, own.began[began], t) =>
            {
                key.gained | reserve::given(self.facts, post, wanted)
            }
            _ => key.gained,
        }
    }

    /// What standing in a state gains and uses in layout `t`, from 1.
    #[must_use]
    pub fn standing(&self, person: PersonIx, key: &Key, t: usize) -> (Gains, Vec<(RowIx, i32)>) {
        let facts = self.facts;
        let own = facts.of(person);
        let mut gains = Gains::default();
        let mut add = |tier: Tier, value: i64| gains[position(self.tiers, tier)] += value as i32;
        let mut rows = Vec::new();
        if t == facts.years {
            add(Tier::Reserve, i64::from(key.gained.count_ones()));
        }
        // Who has gained all that is wanted by now is ready next year.
        let ready = self.rows.claims.readiness(person, t + 1).filter(|ready| ready.complete == key.gained);
        rows.extend(ready.map(|ready| (ready.row, ready.coefficient)));
        match key.spot {
            Spot::Outside => {}
            Spot::Unplaced(_) => {
                add(Tier::Cover, -1);
                add(Tier::Quality, score::fit_gain(facts, person, None));
            }
            Spot::Seat(post) => {
                let began = key.began as usize;
                if own.given(began, t) {
                    add(Tier::Law, -(rules::unfit(facts, person, post, t).len() as i64));
                }
                if began == 0 && rules::r09::breaks(facts, person, post, t) {
                    add(Tier::Law, -1);
                }
                let clock = own.began[key.clock as usize];
                let charge = r14::charge(facts, person, post, (clock, key.since), t, facts.effective[t + 1]);
                if let Some((tier, months)) = charge.risk {
                    add(Tier::Risk(tier), -months);
                }
                add(Tier::Quality, score::fit_gain(facts, person, Some(post)) - charge.points);
                rows.extend(self.rows.seats(post, t).map(|row| (row, 1)));
                rows.extend(self.rows.claims.own_seat(person, post, t).map(|row| (row, 1)));
                self.relatives(person, post, began, t, &mut rows);
                self.presence(person, post, began == 0, t, &mut rows);
                if began < t
                    && let Some(section) = facts.section(post)
                {
                    rows.extend(self.rows.old_hands(section, t).map(|row| (row, -1)));
                }
            }
        }
        (gains, rows)
    }

    /// R07, R21: what holding a post uses of the rows of somebody's relatives.
    fn relatives(&self, person: PersonIx, post: PostIx, began: usize, t: usize, rows: &mut Vec<(RowIx, i32)>) {
        let planned = !self.facts.of(person).given(began, t);
        let mut seen: Vec<RowIx> = Vec::new();
        for post in self.facts.holds(person, post, began == 0, t) {
            for used in self.rows.kin(person, post, t) {
                let coefficient = if planned { used.planned } else { used.given };
                if coefficient != 0 && !seen.contains(&used.row) {
                    seen.push(used.row);
                    rows.push((used.row, coefficient));
                }
            }
        }
    }

    /// Presence given in year `t` by who sits in `seat`.
    pub fn presence(&self, person: PersonIx, seat: PostIx, todays_stay: bool, t: usize, rows: &mut Vec<(RowIx, i32)>) {
        for post in cover::presence(self.facts, person, seat, todays_stay, t) {
            rows.extend(self.rows.cover(post, t).map(|row| (row, -1)));
            rows.extend(self.rows.essential(post, t).map(|row| (row, -1)));
        }
    }

    /// Whoever goes from one post of a section to another stays an old hand of it.
    pub fn old_hand(&self, from: Option<PostIx>, to: PostIx, t: usize, rows: &mut Vec<(RowIx, i32)>) {
        if let Some(section) = from.and_then(|from| self.facts.section(from))
            && self.facts.section(to) == Some(section)
        {
            rows.extend(self.rows.old_hands(section, t).map(|row| (row, -1)));
        }
    }

    /// What a move out of `from` uses wherever it leads, if nobody decided it: the share of the unit.
    #[must_use]
    pub fn leaving(&self, from: PostIx, t: usize) -> Vec<(RowIx, i32)> {
        self.rows.moves(self.facts.unit(from), t, false).collect()
    }

    /// R11: what a move out of a leading post weighs, unless an approved decision names it.
    #[must_use]
    pub fn leading(&self, from: PostIx, t: usize) -> Option<(RowIx, i32)> {
        let facts = self.facts;
        let row = if facts.case.post(from).lead == Lead::Principal {
            self.rows.principals(facts.unit(from), t)
        } else {
            facts.section(from).and_then(|section| self.rows.together(section, t))
        };
        row.map(|row| (row, r11::weight(facts, from, t))).filter(|(_, weight)| *weight > 0)
    }

    /// A move or placement into one post, with all that it costs.
    #[must_use]
    pub fn crossing(&self, step: &Step) -> Crossing {
        let facts = self.facts;
        let (t, to) = (step.year, step.to);
        let mut crossing = Crossing { rows: self.entry(to, t), ..Crossing::default() };
        let Some(from) = step.from else { return crossing };
        let points = &facts.policy.points;
        let cross = if step.crosses_units(facts) { points.cross_unit } else { 0 };
        crossing.quality = -(points.per_move + cross) as i32;
        crossing.keeps_clock = r16::alike(facts, from, to);
        let go = step.go(facts);
        let (decided, forced) = (go.is_some(), step.forced(facts));
        let rows = &mut crossing.rows;
        if !go.is_some_and(|go| go.approved) {
            rows.extend(self.leading(from, t));
        }
        if !forced {
            rows.extend(self.rows.moves(facts.unit(from), t, decided));
            if step.crosses_units(facts) {
                rows.extend(self.rows.crossings(decided));
            }
        }
        self.old_hand(Some(from), to, t, rows);
        if let Some(section) = facts.section(from)
            && facts.section(to) != Some(section)
        {
            if decided {
                let later = (t..=facts.years).filter_map(|later| self.rows.excuse_needs(section, later));
                rows.extend(later.map(|row| (row, -1)));
            } else if !forced {
                rows.extend(self.rows.excuse_bars(section, t).map(|row| (row, 1)));
            }
        }
        crossing
    }

    /// Entry into a post, which is shut while it is over strength.
    #[must_use]
    pub fn entry(&self, to: PostIx, t: usize) -> Vec<(RowIx, i32)> {
        self.rows.entry(to, t).map(|row| (row, 1)).into_iter().collect()
    }
}
