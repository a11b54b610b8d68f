//! One person's possible paths through the plan years, as a layered network.
//!
//! A state is (layout, spot, year the stay began, year the clocks began, experiences gained): all that the rules of
//! form stay, move and state ask for, so that pricing by dynamic programming over it is exact. A move goes through a
//! *hub* of its year instead of an arc per pair of posts: the hubs of a section, a unit and everywhere differ in what
//! leaving for them costs. A state may not enter, through a hub, a post of its own *class* (its own post, and the
//! posts to which a move keeps the clocks, R16); those it reaches by direct arcs.

use super::rows::{Gains, RowIx, Rows, TIERS, position};
use crate::rules::{
    self, Facts, Step, compares_ends, cover, decisions, entering_bars, facts::Service, leaving_bars, r14, r16, reserve,
    score,
};
use lungang_domain::policy::Tier;
use lungang_domain::{PersonIx, PostIx, SectionIx, UnitIx};
use std::collections::HashMap;

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

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Key {
    spot: Spot,
    began: u8,
    clock: u8,
    gained: u16,
}

/// A range of one of the network's flat arrays.
pub type Span = std::ops::Range<u32>;

/// One state.
#[derive(Clone, Debug)]
pub struct State {
    /// Where.
    pub spot: Spot,
    /// Like-post class of the seat; `u32::MAX` without one.
    pub class: u32,
    /// Contribution to each tier of standing here in this layout.
    pub gains: Gains,
    /// Coefficients of standing here, in [`Network::coefficients`].
    pub rows: Span,
    /// Ways on, in [`Network::exits`]; none in the last layout.
    pub exits: Span,
}

/// Where an exit leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// On to a state of the next layout.
    State(u32),
    /// To a hub of the next layout.
    Hub(u32),
    /// Out of service.
    End,
}

/// A way on from a state.
#[derive(Clone, Debug)]
pub struct Exit {
    /// Where to.
    pub target: Target,
    /// Contribution to T5 (move costs).
    pub quality: i32,
    /// Contribution to T4 (experiences, on leaving service).
    pub reserve: i32,
    /// Whether this is a move (for the draw).
    pub is_move: bool,
    /// Coefficients.
    pub rows: Span,
}

/// A way from a hub into a state.
#[derive(Clone, Debug)]
pub struct Enter {
    /// The state entered.
    pub state: u32,
    /// Its class, not open to leavers of the same class.
    pub class: u32,
    /// Coefficients.
    pub rows: Span,
}

/// Whom a hub serves, and where it leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Scope {
    Anywhere,
    Unit(UnitIx),
    Section(SectionIx),
    /// Placements, where they are freer than moves (`fit.strict`).
    Placement,
}

/// A hub.
#[derive(Clone, Debug)]
pub struct Hub {
    /// Ways in to states, in [`Network::enters`].
    pub enters: Span,
}

/// One person's network. States and hubs are grouped by layout.
#[derive(Clone, Debug, Default)]
pub struct Network {
    /// The states; layer `t` is `layers[t]`.
    pub states: Vec<State>,
    /// The states of each layout.
    pub layers: Vec<Span>,
    /// The hubs.
    pub hubs: Vec<Hub>,
    /// The hubs of each layout (into its states).
    pub hub_layers: Vec<Span>,
    /// Exits.
    pub exits: Vec<Exit>,
    /// Enters.
    pub enters: Vec<Enter>,
    /// Row coefficients.
    pub coefficients: Vec<(RowIx, i32)>,
}

/// No class: of who has no seat.
pub const NO_CLASS: u32 = u32::MAX;

struct Builder<'f> {
    facts: &'f Facts<'f>,
    rows: &'f Rows,
    classes: &'f [u32],
    tiers: &'f [Tier],
    person: PersonIx,
    wanted: Vec<&'f str>,
    network: Network,
    t: usize,
    layer: HashMap<Key, u32>,
    keys: Vec<Key>,
    hubs: HashMap<(Scope, u16), u32>,
    enterable: Vec<PostIx>,
    placeable: Vec<PostIx>,
}

/// Classes of like posts (R16): the least post a post is like.
#[must_use]
pub fn classes(facts: &Facts<'_>) -> Vec<u32> {
    facts
        .case
        .posts_ix()
        .map(|post| {
            let like = facts.case.posts_ix().find(|other| *other == post || r16::alike(facts, post, *other));
            like.unwrap_or(post).0 as u32
        })
        .collect()
}

/// The network of one person.
#[must_use]
pub fn build(facts: &Facts<'_>, rows: &Rows, tiers: &[Tier], classes: &[u32], person: PersonIx) -> Network {
    let mut builder = Builder {
        facts,
        rows,
        classes,
        tiers,
        person,
        wanted: reserve::wanted(facts, person),
        network: Network::default(),
        t: 0,
        layer: HashMap::new(),
        keys: Vec::new(),
        hubs: HashMap::new(),
        enterable: Vec::new(),
        placeable: Vec::new(),
    };
    builder.run();
    builder.network
}

impl Builder<'_> {
    fn run(&mut self) {
        let own = self.facts.of(self.person);
        let spot = match (own.service[0], own.today) {
            (Service::Outside, _) => Spot::Outside,
            (_, Some(post)) => Spot::Seat(post),
            // Displaced before the start: the roster's post is the one held last.
            (_, None) if own.joined.is_none() => Spot::Unplaced(self.facts.case.person(self.person).post),
            (_, None) => Spot::Unplaced(None),
        };
        // Whoever has left before the start has an empty network: nothing to plan.
        if own.service[0] == Service::Left {
            self.network.layers = vec![0..0; self.facts.years + 1];
            self.network.hub_layers = vec![0..0; self.facts.years + 1];
            return;
        }
        self.state(Key { spot, began: 0, clock: 0, gained: 0 });
        self.network.layers.push(0..1);
        self.network.hub_layers.push(0..0);
        for t in 1..=self.facts.years {
            self.step_to(t);
        }
    }

    fn step_to(&mut self, t: usize) {
        let before = self.network.layers[t - 1].clone();
        let keys: Vec<Key> = std::mem::take(&mut self.keys);
        let hub_start = self.network.hubs.len() as u32;
        self.t = t;
        self.layer.clear();
        self.hubs.clear();
        self.fill_enterable();
        let first = self.network.states.len() as u32;
        for (state, key) in before.zip(keys) {
            let start = self.network.exits.len() as u32;
            self.leave(key);
            self.network.states[state as usize].exits = start..self.network.exits.len() as u32;
        }
        self.network.layers.push(first..self.network.states.len() as u32);
        self.network.hub_layers.push(hub_start..self.network.hubs.len() as u32);
    }

    /// Posts that may be entered in this year through hubs: where no decision requires a post.
    fn fill_enterable(&mut self) {
        self.enterable.clear();
        self.placeable.clear();
        let own = self.facts.of(self.person);
        if !own.serving(self.t) || own.fixed[self.t].is_some() {
            return;
        }
        for post in self.facts.case.posts_ix() {
            if entering_bars(self.facts, &self.step(None, None, post)).is_empty() {
                self.placeable.push(post);
                // Only whether something was left matters here, not what.
                if entering_bars(self.facts, &self.step(Some(post), None, post)).is_empty() {
                    self.enterable.push(post);
                }
            }
        }
    }

    fn step(&self, from: Option<PostIx>, key: Option<Key>, to: PostIx) -> Step {
        let last_held = key.and_then(|key| match key.spot {
            Spot::Unplaced(last) => last,
            Spot::Seat(post) => Some(post),
            Spot::Outside => None,
        });
        let began = key.and_then(|key| self.facts.of(self.person).began[key.began as usize]);
        Step { person: self.person, year: self.t, from, to, began, last_held }
    }

    /// Every way on from a state of the layout before.
    fn leave(&mut self, key: Key) {
        let own = self.facts.of(self.person);
        let t = self.t;
        match own.service[t] {
            Service::Left => {
                let mut rows = Vec::new();
                if let Spot::Seat(post) = key.spot {
                    self.presence_rows(post, key.began == 0, &mut rows);
                }
                self.exit(Target::End, 0, key.gained.count_ones() as i32, false, &rows);
            }
            Service::Outside => self.on_to(Key { spot: Spot::Outside, ..key }, &[]),
            Service::Serving => {
                if let Some(fixed) = own.fixed[t] {
                    if key.spot.seat() == Some(fixed.post) {
                        // A promotion in the post already held lets stay and clocks run on (R17).
                        return self.on_to(key, &[]);
                    }
                    let mut rows = Vec::new();
                    self.old_hand_row(key.spot.seat(), fixed.post, &mut rows);
                    let year = t as u8;
                    self.on_to(Key { spot: Spot::Seat(fixed.post), began: year, clock: year, ..key }, &rows);
                } else if own.displaced[t].is_some() && key.spot != Spot::Outside {
                    self.choose_displaced(key);
                } else {
                    self.choose(key);
                }
            }
        }
    }

    /// Out of the old post by an event, and unplaced or placed anew (semantics 50).
    fn choose_displaced(&mut self, key: Key) {
        let held = key.spot.seat();
        let last = match key.spot {
            Spot::Unplaced(last) => last,
            Spot::Seat(_) | Spot::Outside => held,
        };
        let key = Key { spot: Spot::Unplaced(last), ..key };
        let required = decisions::required(self.facts, self.person, self.t);
        if required.is_empty() {
            self.on_to(key, &[]);
        }
        for to in self.facts.case.posts_ix() {
            if rules::barriers(self.facts, &self.step(None, Some(key), to)).is_empty() {
                let mut rows: Vec<(RowIx, i32)> = self.rows.entry(to, self.t).map(|row| (row, 1)).into_iter().collect();
                self.old_hand_row(held, to, &mut rows);
                let year = self.t as u8;
                self.on_to(Key { spot: Spot::Seat(to), began: year, clock: year, ..key }, &rows);
            }
        }
    }

    /// Stay, stay unplaced, move, be placed: whatever rules and decisions leave open.
    fn choose(&mut self, key: Key) {
        let t = self.t;
        let required = decisions::required(self.facts, self.person, t);
        match key.spot {
            Spot::Seat(post) => {
                let open = self.facts.open[post.0][t];
                if open && required.iter().all(|wanted| *wanted == post) {
                    self.on_to(key, &[]);
                }
                if !open && required.is_empty() {
                    self.on_to(Key { spot: Spot::Unplaced(Some(post)), ..key }, &[]);
                }
            }
            Spot::Unplaced(_) if required.is_empty() => self.on_to(key, &[]),
            Spot::Outside if required.is_empty() => self.on_to(Key { spot: Spot::Unplaced(None), ..key }, &[]),
            Spot::Outside | Spot::Unplaced(_) => {}
        }
        let from = key.spot.seat();
        if required.is_empty() {
            self.choose_freely(key, from);
        } else if let [only] = required[..]
            && Some(only) != from
            && rules::barriers(self.facts, &self.step(from, Some(key), only)).is_empty()
        {
            self.direct(key, from, only);
        }
    }

    fn choose_freely(&mut self, key: Key, from: Option<PostIx>) {
        let Some(from) = from else { return self.choose_placement(key) };
        let probe = self.step(Some(from), Some(key), from);
        if !leaving_bars(self.facts, &probe).is_empty() {
            return;
        }
        let class = self.classes[from.0];
        let pairwise = compares_ends(self.facts, self.person, self.t);
        for to in self.enterable.clone() {
            let near = pairwise || self.classes[to.0] == class;
            if near && to != from {
                let step = self.step(Some(from), Some(key), to);
                if rules::between_bars(self.facts, &step).is_empty() {
                    self.direct(key, Some(from), to);
                }
            }
        }
        if pairwise {
            return;
        }
        let (unit, section) = (self.facts.unit(from), self.facts.section(from));
        let forced = probe.forced(self.facts);
        let mut rows = Vec::new();
        if !forced {
            rows.extend(self.rows.turnover(unit, self.t).map(|row| (row, 1)));
            rows.extend(self.rows.turnover_decided(unit, self.t).map(|row| (row, 1)));
        }
        let mut leaving = rows.clone();
        if let (Some(section), false) = (section, forced) {
            leaving.extend(self.rows.excuse_bars(section, self.t).map(|row| (row, 1)));
        }
        let points = &self.facts.policy.points;
        let (per_move, cross) = (points.per_move as i32, points.cross_unit as i32);
        if let Some(section) = section
            && let Some(old) = self.rows.old_hands(section, self.t)
        {
            rows.push((old, -1));
            self.exit_to_hub(Scope::Section(section), key.gained, -per_move, &rows);
        }
        self.exit_to_hub(Scope::Unit(unit), key.gained, -per_move, &leaving);
        let bound = self.facts.case.people.get(self.person.0).and_then(|person| person.minimum_service_until);
        let may_leave =
            !self.facts.policy.rule_on("R20") || bound.is_none_or(|until| self.facts.effective[self.t] >= until);
        if may_leave {
            self.exit_to_hub(Scope::Anywhere, key.gained, -per_move - cross, &leaving);
        }
    }

    fn choose_placement(&mut self, key: Key) {
        if compares_ends(self.facts, self.person, self.t) {
            for to in self.placeable.clone() {
                if rules::barriers(self.facts, &self.step(None, Some(key), to)).is_empty() {
                    self.direct(key, None, to);
                }
            }
            return;
        }
        let anywhere = Step { last_held: None, ..self.step(None, Some(key), PostIx(0)) };
        if leaving_bars(self.facts, &anywhere).is_empty() {
            let scope = if self.placeable == self.enterable { Scope::Anywhere } else { Scope::Placement };
            self.exit_to_hub_as(scope, key.gained, 0, &[], false);
        }
    }

    /// A move or placement into one post, with all that it costs.
    fn direct(&mut self, key: Key, from: Option<PostIx>, to: PostIx) {
        let t = self.t;
        let step = self.step(from, Some(key), to);
        let mut rows: Vec<(RowIx, i32)> = self.rows.entry(to, t).map(|row| (row, 1)).into_iter().collect();
        let mut quality = 0;
        let mut clock = t as u8;
        if let Some(from) = from {
            let points = &self.facts.policy.points;
            let cross = if step.crosses_units(self.facts) { points.cross_unit } else { 0 };
            quality = -(points.per_move + cross) as i32;
            if r16::alike(self.facts, from, to) {
                clock = key.clock;
            }
            let decided = step.go(self.facts).is_some();
            let unit = self.facts.unit(from);
            if !step.forced(self.facts) {
                rows.extend(self.rows.turnover_decided(unit, t).map(|row| (row, 1)));
                if !decided {
                    rows.extend(self.rows.turnover(unit, t).map(|row| (row, 1)));
                }
            }
            self.old_hand_row(Some(from), to, &mut rows);
            if let Some(section) = self.facts.section(from)
                && self.facts.section(to) != Some(section)
            {
                if decided {
                    rows.extend(
                        (t..=self.facts.years)
                            .filter_map(|later| self.rows.excuse_needs(section, later))
                            .map(|row| (row, -1)),
                    );
                } else if !step.forced(self.facts) {
                    rows.extend(self.rows.excuse_bars(section, t).map(|row| (row, 1)));
                }
            }
        }
        let state = self.state(Key { spot: Spot::Seat(to), began: t as u8, clock, ..key });
        self.exit(Target::State(state), quality, 0, from.is_some(), &rows);
    }

    fn old_hand_row(&self, from: Option<PostIx>, to: PostIx, rows: &mut Vec<(RowIx, i32)>) {
        if let Some(section) = from.and_then(|from| self.facts.section(from))
            && self.facts.section(to) == Some(section)
        {
            rows.extend(self.rows.old_hands(section, self.t).map(|row| (row, -1)));
        }
    }

    fn on_to(&mut self, key: Key, rows: &[(RowIx, i32)]) {
        let state = self.state(key);
        self.exit(Target::State(state), 0, 0, false, rows);
    }

    fn exit_to_hub(&mut self, scope: Scope, gained: u16, quality: i32, rows: &[(RowIx, i32)]) {
        self.exit_to_hub_as(scope, gained, quality, rows, true);
    }

    fn exit_to_hub_as(&mut self, scope: Scope, gained: u16, quality: i32, rows: &[(RowIx, i32)], is_move: bool) {
        if let Some(hub) = self.hub(scope, gained) {
            self.exit(Target::Hub(hub), quality, 0, is_move, rows);
        }
    }

    fn hub(&mut self, scope: Scope, gained: u16) -> Option<u32> {
        if let Some(hub) = self.hubs.get(&(scope, gained)) {
            return Some(*hub);
        }
        let posts: Vec<PostIx> = match scope {
            Scope::Placement => self.placeable.clone(),
            Scope::Anywhere => self.enterable.clone(),
            Scope::Unit(unit) => self.enterable.iter().copied().filter(|post| self.facts.unit(*post) == unit).collect(),
            Scope::Section(section) => {
                self.enterable.iter().copied().filter(|post| self.facts.section(*post) == Some(section)).collect()
            }
        };
        if posts.is_empty() {
            return None;
        }
        let year = self.t as u8;
        let mut enters = Vec::with_capacity(posts.len());
        for post in posts {
            let state = self.state(Key { spot: Spot::Seat(post), began: year, clock: year, gained });
            let rows = self.rows.entry(post, self.t).map(|row| (row, 1));
            let rows = self.coefficients(rows.as_slice());
            enters.push(Enter { state, class: self.classes[post.0], rows });
        }
        let start = self.network.enters.len() as u32;
        self.network.enters.extend(enters);
        let hub = self.network.hubs.len() as u32;
        self.network.hubs.push(Hub { enters: start..self.network.enters.len() as u32 });
        self.hubs.insert((scope, gained), hub);
        Some(hub)
    }

    fn coefficients(&mut self, rows: &[(RowIx, i32)]) -> Span {
        let start = self.network.coefficients.len() as u32;
        self.network.coefficients.extend_from_slice(rows);
        start..self.network.coefficients.len() as u32
    }

    fn exit(&mut self, target: Target, quality: i32, reserve: i32, is_move: bool, rows: &[(RowIx, i32)]) {
        let rows = self.coefficients(rows);
        self.network.exits.push(Exit { target, quality, reserve, is_move, rows });
    }

    /// The state under a key in the layout being built, made where it is new. Experiences are gained here.
    fn state(&mut self, mut key: Key) -> u32 {
        let own = self.facts.of(self.person);
        let t = self.t;
        let began = key.began as usize;
        if let Spot::Seat(post) = key.spot
            && t > 0
            && own.planned(began)
            && !self.wanted.is_empty()
            && score::lasts(self.facts, self.person, post, own.began[began], t)
        {
            key.gained |= reserve::given(self.facts, post, &self.wanted);
        }
        if let Some(state) = self.layer.get(&key) {
            return *state;
        }
        let (gains, rows) = if t == 0 { (Gains::default(), 0..0) } else { self.standing(key) };
        let class = key.spot.seat().map_or(NO_CLASS, |post| self.classes[post.0]);
        let state = self.network.states.len() as u32;
        self.network.states.push(State { spot: key.spot, class, gains, rows, exits: 0..0 });
        self.layer.insert(key, state);
        self.keys.push(key);
        state
    }

    /// What standing in a state gains and uses in this layout.
    fn standing(&mut self, key: Key) -> (Gains, Span) {
        let (facts, person, t) = (self.facts, self.person, self.t);
        let own = facts.of(person);
        let mut gains = Gains::default();
        let mut add = |tier: Tier, value: i64| gains[position(self.tiers, tier)] += value as i32;
        let mut rows = Vec::new();
        if t == facts.years {
            add(Tier::Reserve, i64::from(key.gained.count_ones()));
        }
        match key.spot {
            Spot::Outside => {}
            Spot::Unplaced(_) => {
                add(Tier::Cover, -1);
                add(Tier::Quality, score::fit_gain(facts, person, None));
            }
            Spot::Seat(post) => {
                let began = key.began as usize;
                if !own.planned(began) {
                    add(Tier::Law, -(rules::unfit(facts, person, post, t).len() as i64));
                }
                let clock = own.began[key.clock as usize];
                let charge = r14::charge(facts, person, post, clock, t, facts.effective[t + 1]);
                if let Some((tier, months)) = charge.risk {
                    add(Tier::Risk(tier), -months);
                }
                add(Tier::Quality, score::fit_gain(facts, person, Some(post)) - charge.points);
                rows.extend(self.rows.seats(post, t).map(|row| (row, 1)));
                self.presence_rows(post, began == 0, &mut rows);
                if began < t
                    && let Some(section) = facts.section(post)
                {
                    rows.extend(self.rows.old_hands(section, t).map(|row| (row, -1)));
                }
            }
        }
        debug_assert!(self.tiers.len() < TIERS);
        let rows = self.coefficients(&rows);
        (gains, rows)
    }

    fn presence_rows(&self, seat: PostIx, todays_stay: bool, rows: &mut Vec<(RowIx, i32)>) {
        for post in cover::presence(self.facts, self.person, seat, todays_stay, self.t) {
            rows.extend(self.rows.cover(post, self.t).map(|row| (row, -1)));
            rows.extend(self.rows.essential(post, self.t).map(|row| (row, -1)));
        }
    }
}

impl Network {
    /// Coefficients of a span.
    #[must_use]
    pub fn of(&self, span: &Span) -> &[(RowIx, i32)] {
        &self.coefficients[span.start as usize..span.end as usize]
    }
}
