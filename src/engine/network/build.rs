//! Lays one person's network, layout by layout.

use super::{Enter, Exit, Hub, NO_CLASS, Network, Span, Spot, State, Target};
use crate::engine::ground::{Ground, Key, Onward};
use crate::engine::rows::{Gains, RowIx};
use crate::rules::clocks::{self, Since};
use crate::rules::{
    self, Facts, Step, apart, compares_ends, decisions, entering_bars, facts::Service, leaving_bars, past, r16, reserve,
};
use lungang_domain::{PersonIx, PostIx, SectionIx, UnitIx};
use std::collections::HashMap;

/// Whom a hub serves, and where it leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Scope {
    Anywhere,
    Unit(UnitIx),
    Section(SectionIx),
    /// A unit, but for a section.
    Beside(UnitIx, SectionIx),
    /// Everywhere but in a unit.
    Beyond(UnitIx),
    /// Placements, where they are freer than moves (`fit.strict`).
    Placement,
}

struct Builder<'f> {
    ground: Ground<'f>,
    facts: &'f Facts<'f>,
    classes: &'f [u32],
    sight: &'f dyn Fn(PostIx) -> bool,
    person: PersonIx,
    wanted: Vec<&'f str>,
    network: Network,
    t: usize,
    layer: HashMap<Key, u32>,
    keys: Vec<Key>,
    hubs: HashMap<(Scope, u16, Since), u32>,
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

/// The network of one person, in the posts that are in sight and those that events and decisions name.
#[must_use]
pub fn build(ground: Ground<'_>, classes: &[u32], person: PersonIx, sight: &dyn Fn(PostIx) -> bool) -> Network {
    let facts = ground.facts;
    let mut builder = Builder {
        ground,
        facts,
        classes,
        sight,
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
        // Whoever has left before the start has an empty network: nothing to plan.
        let Some(start) = self.ground.start(self.person) else {
            self.network.layers = vec![0..0; self.facts.years + 1];
            self.network.hub_layers = vec![0..0; self.facts.years + 1];
            return;
        };
        self.state(start);
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
        // Whoever enters the post of today has left it within the plan.
        let home = own.today.filter(|_| past::never_back(self.facts, self.t));
        for post in self.facts.case.posts_ix().filter(|post| Some(*post) != home && (self.sight)(*post)) {
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
        self.ground.step(self.person, self.t, from, key, to)
    }

    /// Every way on from a state of the layout before.
    fn leave(&mut self, key: Key) {
        let own = self.facts.of(self.person);
        let t = self.t;
        match own.service[t] {
            Service::Left => {
                let mut rows = Vec::new();
                if let Spot::Seat(post) = key.spot {
                    self.ground.presence(self.person, post, key.began == 0, t, &mut rows);
                }
                self.exit(Target::End, 0, key.gained.count_ones() as i32, false, &rows);
            }
            Service::Outside => self.on_to(Key { spot: Spot::Outside, ..key }, &[]),
            Service::Serving => {
                if let Some(fixed) = own.fixed[t] {
                    if self.facts.goes_on(key.spot.seat(), Some(fixed.post), t) {
                        // A promotion in the post already held lets stay and clocks run on (R17).
                        return self.go_on(key, Key { spot: Spot::Seat(fixed.post), ..key });
                    }
                    let mut rows = Vec::new();
                    self.ground.old_hand(key.spot.seat(), fixed.post, t, &mut rows);
                    self.on_to(self.ground.begun(key, key.spot.seat(), fixed.post, t), &rows);
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
                let mut rows = self.ground.entry(to, self.t);
                self.ground.old_hand(held, to, self.t, &mut rows);
                self.on_to(self.ground.begun(key, None, to, self.t), &rows);
            }
        }
    }

    /// Stay, stay unplaced, move, be placed: whatever rules and decisions leave open.
    fn choose(&mut self, key: Key) {
        let t = self.t;
        let required = decisions::required(self.facts, self.person, t);
        match key.spot {
            Spot::Seat(post) => match self.ground.onward(self.person, key, t) {
                Onward::Kept(next) if required.iter().all(|wanted| Some(*wanted) == next.spot.seat()) => {
                    self.go_on(key, next);
                }
                Onward::Lost if required.is_empty() => {
                    self.on_to(Key { spot: Spot::Unplaced(Some(post)), ..key }, &[]);
                }
                Onward::Kept(_) | Onward::Lost | Onward::Barred => {}
            },
            Spot::Unplaced(_) if required.is_empty() => self.on_to(key, &[]),
            Spot::Outside if required.is_empty() => self.on_to(Key { spot: Spot::Unplaced(None), ..key }, &[]),
            Spot::Outside | Spot::Unplaced(_) => {}
        }
        let from = key.spot.seat();
        if required.is_empty() {
            self.choose_freely(key, from);
        } else if let [only] = required[..]
            && Some(only) != from
            && !self.facts.goes_on(from, Some(only), t)
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
        // Nobody is moved to where they pass by a merger.
        let merging = self.facts.merging(from, self.t);
        let pairwise = compares_ends(self.facts, self.person, self.t)
            || self.facts.takes_sides[from.0]
            || self.facts.policy.time.domain.is_some()
            || merging.is_some();
        for to in self.enterable.clone() {
            let near = pairwise || self.classes[to.0] == class;
            if near && to != from && Some(to) != merging {
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
        let mut rows = if forced { Vec::new() } else { self.ground.leaving(from, self.t) };
        rows.extend(self.ground.leading(from, self.t));
        let mut leaving = rows.clone();
        if let (Some(section), false) = (section, forced) {
            leaving.extend(self.ground.rows.excuse_bars(section, self.t).map(|row| (row, 1)));
        }
        let points = &self.facts.policy.points;
        let (per_move, cross) = (points.per_move as i32, points.cross_unit as i32);
        let further = clocks::any_on(self.facts.policy);
        let old = section.and_then(|section| self.ground.rows.old_hands(section, self.t));
        if let Some(section) = section.filter(|_| old.is_some() || further) {
            rows.extend(old.map(|old| (old, -1)));
            self.exit_to_hub(Scope::Section(section), key, Some(from), -per_move, &rows);
        }
        // Where clocks run on in the section or the unit, nobody goes there by a hub that lets them start anew.
        let near = section.filter(|_| further).map_or(Scope::Unit(unit), |section| Scope::Beside(unit, section));
        self.exit_to_hub(near, key, Some(from), -per_move, &leaving);
        let bound = self.facts.case.people.get(self.person.0).and_then(|person| person.minimum_service_until);
        let may_leave =
            !self.facts.policy.rule_on("R20") || bound.is_none_or(|until| self.facts.effective[self.t] >= until);
        if may_leave && apart::may_cross(self.facts, from, self.t) {
            let far = if further { Scope::Beyond(unit) } else { Scope::Anywhere };
            if !forced {
                leaving.extend(self.ground.rows.crossings(false));
            }
            self.exit_to_hub(far, key, Some(from), -per_move - cross, &leaving);
        }
    }

    fn choose_placement(&mut self, key: Key) {
        if compares_ends(self.facts, self.person, self.t) || self.facts.policy.turnover.apart {
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
            self.exit_to_hub_as(scope, key, None, 0, &[], false);
        }
    }

    /// A move or placement into one post, with all that it costs.
    fn direct(&mut self, key: Key, from: Option<PostIx>, to: PostIx) {
        let crossing = self.ground.crossing(&self.step(from, Some(key), to));
        let clock = if crossing.keeps_clock { key.clock } else { self.t as u8 };
        let state = self.state(Key { clock, ..self.ground.begun(key, from, to, self.t) });
        self.exit(Target::State(state), crossing.quality, 0, from.is_some(), &crossing.rows);
    }

    /// A stay goes on, by a merger in another post.
    fn go_on(&mut self, from: Key, to: Key) {
        let rows = self.ground.passing(from.spot.seat(), to.spot.seat(), self.t);
        self.on_to(to, rows.as_slice());
    }

    fn on_to(&mut self, key: Key, rows: &[(RowIx, i32)]) {
        let state = self.state(key);
        self.exit(Target::State(state), 0, 0, false, rows);
    }

    fn exit_to_hub(&mut self, scope: Scope, key: Key, from: Option<PostIx>, quality: i32, rows: &[(RowIx, i32)]) {
        self.exit_to_hub_as(scope, key, from, quality, rows, true);
    }

    fn exit_to_hub_as(
        &mut self,
        scope: Scope,
        key: Key,
        from: Option<PostIx>,
        quality: i32,
        rows: &[(RowIx, i32)],
        is_move: bool,
    ) {
        if let Some(hub) = self.hub(scope, key, from) {
            self.exit(Target::Hub(hub), quality, 0, is_move, rows);
        }
    }

    /// The hub of a scope for those who come with these experiences and clocks. `from`: a post that is left for it, or none;
    /// the clocks of all who use the hub run on or start anew alike.
    fn hub(&mut self, scope: Scope, key: Key, from: Option<PostIx>) -> Option<u32> {
        let [section_since, unit_since, _] = key.since;
        let since = match scope {
            Scope::Section(_) => [section_since, unit_since, 0],
            Scope::Unit(_) | Scope::Beside(..) => [0, unit_since, 0],
            Scope::Beyond(_) | Scope::Anywhere | Scope::Placement => [0; 3],
        };
        let known = (scope, key.gained, since);
        if let Some(hub) = self.hubs.get(&known) {
            return Some(*hub);
        }
        let (facts, enterable) = (self.facts, || self.enterable.iter().copied());
        let posts: Vec<PostIx> = match scope {
            Scope::Placement => self.placeable.clone(),
            Scope::Anywhere => self.enterable.clone(),
            Scope::Unit(unit) => enterable().filter(|post| facts.unit(*post) == unit).collect(),
            Scope::Beyond(unit) => enterable().filter(|post| facts.unit(*post) != unit).collect(),
            Scope::Section(section) => enterable().filter(|post| facts.section(*post) == Some(section)).collect(),
            Scope::Beside(unit, section) => {
                enterable().filter(|post| facts.unit(*post) == unit && facts.section(*post) != Some(section)).collect()
            }
        };
        if posts.is_empty() {
            return None;
        }
        let mut enters = Vec::with_capacity(posts.len());
        for post in posts {
            let state = self.state(self.ground.begun(Key { since, ..key }, from, post, self.t));
            let rows = self.ground.entry(post, self.t);
            let rows = self.coefficients(&rows);
            enters.push(Enter { state, class: self.classes[post.0], rows });
        }
        let start = self.network.enters.len() as u32;
        self.network.enters.extend(enters);
        let hub = self.network.hubs.len() as u32;
        self.network.hubs.push(Hub { enters: start..self.network.enters.len() as u32 });
        self.hubs.insert(known, hub);
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
        let t = self.t;
        key.gained = self.ground.gained(self.person, &self.wanted, &key, t);
        if let Some(state) = self.layer.get(&key) {
            return *state;
        }
        let (gains, rows) = if t == 0 {
            (Gains::default(), 0..0)
        } else {
            let (gains, rows) = self.ground.standing(self.person, &key, t);
            (gains, self.coefficients(&rows))
        };
        let class = key.spot.seat().map_or(NO_CLASS, |post| self.classes[post.0]);
        let state = self.network.states.len() as u32;
        self.network.states.push(State { spot: key.spot, class, gains, rows, exits: 0..0 });
        self.layer.insert(key, state);
        self.keys.push(key);
        state
    }
}
