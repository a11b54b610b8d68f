//! Every course that one person's years can take: states a layout, and the steps between them.
//!
//! A state holds all that later years need to know: where the person stands, since when, which clock runs, who began
//! the stay. Steps are laid from layout to layout, so a rule that looks back looks at the state, never at the path.

use super::clocks::Since;
use super::facts::Facts;
use super::suits::Last;
use chrono::NaiveDate;
use lungang_domain::{Decision, DecisionKind, PersonIx, Place, PostIx, months_between};
use std::collections::BTreeMap;

/// Who began a stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Origin {
    /// It is today's.
    Today,
    /// An event: a join, recruitment or promotion.
    Event,
    /// A move or placement of the plan.
    Plan,
}

/// Where one person stands, with what the stay carries along.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stand {
    /// Not yet joined.
    Outside,
    /// Holding a seat.
    Seat {
        /// The seat.
        post: PostIx,
        /// Start of the stay, for R10 and T4.
        begun: Option<NaiveDate>,
        /// Start of the clock of R14; a swap between like posts carries it on (R16).
        clock: Option<NaiveDate>,
        /// Start of the time in section, unit and domain, as far as a clock of R14 looks at it.
        since: Since,
        /// Who began the stay.
        origin: Origin,
    },
    /// In service without a post, having last held `last`.
    Unplaced {
        /// Post last held.
        last: Option<PostIx>,
    },
    /// Gone.
    Left,
}

impl Stand {
    /// The seat held.
    pub fn seat(self) -> Option<PostIx> {
        match self {
            Self::Seat { post, .. } => Some(post),
            _ => None,
        }
    }

    /// The same stay in the post that its own has become.
    fn carried_to(self, to: PostIx) -> Self {
        match self {
            Self::Seat { begun, clock, since, origin, .. } => Self::Seat { post: to, begun, clock, since, origin },
            other => other,
        }
    }
}

/// One state of one layout, with what it counts there.
#[derive(Clone, Debug)]
pub(super) struct State {
    /// Where the person stands.
    pub stand: Stand,
    /// Inherited breaches of R04, R08, R18, R19.
    pub breaches: i64,
    /// Overdue months by risk tier.
    pub risk: Vec<i64>,
    /// Quality but for the cost of moves.
    pub quality: i64,
    /// Wanted experiences (positions in [`Paths::wanted`]) that this stay has gained for certain.
    pub gained: Vec<usize>,
}

/// A step from a state of layout t − 1 to one of layout t.
#[derive(Clone, Debug)]
pub(super) struct Step {
    /// Plan year t.
    pub t: usize,
    /// State of layout t − 1.
    pub from: usize,
    /// State of layout t.
    pub to: usize,
    /// Post left by a move (of the plan, not by an event).
    pub leaves: Option<PostIx>,
    /// Post entered by a move or placement.
    pub enters: Option<PostIx>,
    /// A `go` names the post entered.
    pub decided: bool,
    /// And that decision has an approval.
    pub approved: bool,
    /// The post left has closed.
    pub forced: bool,
    /// Posts in which the person counts as present in year t.
    pub covers: Vec<PostIx>,
}

/// All courses of one person.
pub(super) struct Paths {
    /// Whose.
    pub person: PersonIx,
    /// States of layouts 0 … T; layout 0 has one.
    pub states: Vec<Vec<State>>,
    /// Steps of years 1 … T.
    pub steps: Vec<Step>,
    /// Experiences that count for T4, once each; empty for who is no reserve cadre.
    pub wanted: Vec<String>,
    /// A layout that no course reaches, if the decisions and fixed rules leave none.
    pub blocked: bool,
}

/// The places that courses may lead through: all, or those of one line of a layout.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sight<'l>(pub Option<&'l [Place]>);

impl Sight<'_> {
    fn shows_post(self, post: PostIx, t: usize) -> bool {
        self.0.is_none_or(|line| line[t].seat() == Some(post))
    }

    fn shows(self, stand: Stand, t: usize) -> bool {
        self.0.is_none_or(|line| match stand {
            Stand::Outside => line[t] == Place::Outside,
            Stand::Left => line[t] == Place::Left,
            Stand::Unplaced { .. } => line[t] == Place::Unplaced,
            Stand::Seat { post, .. } => line[t].seat() == Some(post),
        })
    }
}

/// A way on from a state, before its target has a number.
struct Way {
    stand: Stand,
    leaves: Option<PostIx>,
    enters: Option<PostIx>,
    by_event: bool,
}

impl Way {
    fn quiet(stand: Stand) -> Self {
        Self { stand, leaves: None, enters: None, by_event: false }
    }

    fn event(stand: Stand) -> Self {
        Self { by_event: true, ..Self::quiet(stand) }
    }
}

impl Paths {
    pub fn of(facts: &Facts, person: PersonIx) -> Self {
        Self::within(facts, person, Sight(None))
    }

    /// The courses that keep to the places in sight.
    pub fn within(facts: &Facts, person: PersonIx, sight: Sight<'_>) -> Self {
        let wanted = facts.wanted(person);
        let mut states = vec![vec![facts.state(person, facts.stand_today(person), 0, &wanted)]];
        let mut steps = Vec::new();
        for t in 1..=facts.years {
            let mut numbers: BTreeMap<Stand, usize> = BTreeMap::new();
            let mut layout: Vec<State> = Vec::new();
            for (from, state) in states[t - 1].iter().enumerate() {
                for way in facts.ways(person, state.stand, t, sight) {
                    if !sight.shows(way.stand, t) || !facts.decisions_allow(person, &way, t) {
                        continue;
                    }
                    let to = *numbers.entry(way.stand).or_insert_with(|| {
                        layout.push(facts.state(person, way.stand, t, &wanted));
                        layout.len() - 1
                    });
                    let entered = way.enters;
                    steps.push(Step {
                        t,
                        from,
                        to,
                        leaves: way.leaves,
                        enters: entered,
                        decided: entered.is_some_and(|post| facts.go(person, post, t).decided),
                        approved: entered.is_some_and(|post| facts.go(person, post, t).approved),
                        forced: way.leaves.is_some_and(|post| facts.carried(post, t).is_none()),
                        covers: facts.covers(person, state.stand, way.stand, t),
                    });
                }
            }
            states.push(layout);
        }
        let mut paths = Self { person, states, steps, wanted, blocked: false };
        paths.drop_dead_ends(facts.years);
        paths
    }

    /// Takes out the steps into states from which no course goes on to layout T.
    fn drop_dead_ends(&mut self, years: usize) {
        let mut alive: Vec<Vec<bool>> = self.states.iter().map(|layout| vec![false; layout.len()]).collect();
        alive[years].fill(true);
        for t in (1..=years).rev() {
            for step in
                self.steps.iter().filter(|step| step.t == t && alive[t][step.to]).map(|s| s.from).collect::<Vec<_>>()
            {
                alive[t - 1][step] = true;
            }
        }
        self.steps.retain(|step| alive[step.t][step.to]);
        self.blocked = !alive[0][0];
    }

    /// The state that a step leads to.
    pub fn target(&self, step: &Step) -> &State {
        &self.states[step.t][step.to]
    }

    /// The state that a step comes from.
    pub fn source(&self, step: &Step) -> &State {
        &self.states[step.t - 1][step.from]
    }
}

impl Facts<'_> {
    /// T4: what a reserve cadre wants, each once (semantics 12).
    pub(super) fn wanted(&self, ix: PersonIx) -> Vec<String> {
        let person = self.person(ix);
        if !person.reserve {
            return Vec::new();
        }
        let listed: Vec<String> = match &person.needed {
            Some(needed) => needed.clone(),
            None => {
                let had = |wanted: &&String| !person.experiences.contains(wanted);
                self.policy.reserve.experiences.iter().filter(had).cloned().collect()
            }
        };
        let mut once = Vec::new();
        for experience in listed {
            if !once.contains(&experience) {
                once.push(experience);
            }
        }
        once
    }

    pub(super) fn stand_today(&self, ix: PersonIx) -> Stand {
        use lungang_domain::Place;
        let calendar = &self.calendars[ix.0];
        match self.idle[ix.0][0] {
            Place::Outside => Stand::Outside,
            Place::Left => Stand::Left,
            // Displaced before the start: the post last held is the roster's (semantics 45).
            Place::Unplaced => Stand::Unplaced { last: self.person(ix).post.filter(|_| calendar.arrival.is_none()) },
            Place::In(post) | Place::Away { seat: post, .. } => {
                // A join or promotion before the start has begun the stay; else the roster says when.
                let roster = self.person(ix);
                let listed = roster.post.map(|post| self.became(post, 0));
                let moved = calendar.put[0].filter(|put| calendar.arrival.is_some() || put.post != listed);
                let begun = moved.map(|put| put.date).or(roster.post_since.map(|since| since.date));
                let since = self.since_today(ix, post, begun);
                Stand::Seat { post, begun, clock: begun, since, origin: Origin::Today }
            }
        }
    }

    /// What a state counts in layout t; nothing counts in layout 0.
    fn state(&self, person: PersonIx, stand: Stand, t: usize, wanted: &[String]) -> State {
        let mut state = State { stand, breaches: 0, risk: vec![0; self.risk_tiers()], quality: 0, gained: Vec::new() };
        match stand {
            Stand::Outside | Stand::Left => {}
            Stand::Unplaced { .. } => state.quality = self.fit_gain(person, None),
            Stand::Seat { post, clock, since, origin, begun } => {
                let further = self.furthest(person, post, since, t, self.d(t + 1));
                let charge = self.charge(person, post, clock, further, self.d(t + 1), self.freed(person, t));
                if let Some((tier, months)) = charge.risk {
                    state.risk[tier] = months;
                }
                state.quality = self.fit_gain(person, Some(post)) - charge.points;
                if origin == Origin::Plan {
                    let end = self.earliest_end(person, post, t);
                    if begun.is_some_and(|begun| months_between(begun, end) >= 12) {
                        let gives = &self.post(post).development;
                        state.gained = (0..wanted.len()).filter(|at| gives.contains(&wanted[*at])).collect();
                    }
                }
                if self.is_given(person, stand, t) {
                    // It stands as well when nobody moves, so it is inherited (semantics 9).
                    state.breaches = i64::try_from(self.unfit(person, post, t).len()).unwrap_or(i64::MAX);
                    state.breaches += i64::from(self.holds_what_is_kept_apart(person, stand, t));
                }
            }
        }
        state
    }

    /// Whether somebody stands in layout t as they do when nobody moves: by the data or an event, or since a promotion in
    /// the post that the plan had given them before.
    pub(super) fn is_given(&self, person: PersonIx, stand: Stand, t: usize) -> bool {
        match stand {
            Stand::Seat { origin: Origin::Plan, begun, .. } => {
                let first = begun.map_or(t, |begun| self.year_of(begun));
                let mut events = self.calendars[person.0].put.iter().take(t + 1).skip(first + 1);
                events.any(Option::is_some)
            }
            Stand::Seat { .. } => true,
            Stand::Outside | Stand::Unplaced { .. } | Stand::Left => false,
        }
    }

    /// The day before which a stay that stands in layout t cannot end (semantics 40).
    fn earliest_end(&self, person: PersonIx, post: PostIx, t: usize) -> NaiveDate {
        let next = self.d(t + 1);
        if t == self.years {
            return next;
        }
        let calendar = &self.calendars[person.0];
        let leaves = calendar.departure.filter(|(_, year)| *year == t + 1).map(|(date, _)| date);
        let elsewhere = |post_then: Option<PostIx>| post_then.is_none() || post_then != self.carried(post, t + 1);
        let promoted = calendar.put[t + 1].filter(|put| elsewhere(put.post)).map(|put| put.date);
        let ends = leaves.or(promoted).or_else(|| self.closing(post, t + 1));
        // After a merger the stay goes on, but elsewhere.
        ends.or_else(|| self.merging(post, t + 1)).unwrap_or(next)
    }

    /// Every way on from a state in year t that events, the posts' opening and the rules of moving allow.
    fn ways(&self, person: PersonIx, from: Stand, t: usize, sight: Sight<'_>) -> Vec<Way> {
        let calendar = &self.calendars[person.0];
        if calendar.departure.is_some_and(|(_, year)| year <= t) {
            return vec![Way::event(Stand::Left)];
        }
        if let Some(put) = calendar.put[t] {
            let last = match from {
                Stand::Unplaced { last } => last,
                _ => from.seat(),
            };
            let begun = Some(put.date);
            return match put.post {
                None => self.placements(person, last, put.date, (t, sight)),
                // A promotion within the post held leaves the stay as it is (semantics 47).
                Some(post) if from.seat().and_then(|held| self.carried(held, t)) == Some(post) => {
                    vec![Way::event(from.carried_to(post))]
                }
                Some(post) => {
                    let since = self.since_entering(from, post, begun);
                    vec![Way::event(Stand::Seat { post, begun, clock: begun, since, origin: Origin::Event })]
                }
            };
        }
        match from {
            Stand::Left => vec![Way::event(Stand::Left)],
            Stand::Outside => vec![Way::event(Stand::Outside)],
            Stand::Unplaced { last } => self.placements(person, last, self.d(t), (t, sight)),
            Stand::Seat { post, begun, clock, .. } => {
                let now = self.carried(post, t);
                let mut ways = match now {
                    None => vec![Way::quiet(Stand::Unplaced { last: Some(post) })],
                    // What the plan began must not lead, by a merger, into a post for which the person is unfit.
                    Some(now)
                        if now != post
                            && !self.is_given(person, from, t - 1)
                            && !self.unfit(person, now, t).is_empty() =>
                    {
                        Vec::new()
                    }
                    Some(now) => vec![Way::quiet(from.carried_to(now))],
                };
                let last = Last { post: Some(post), begun };
                let elsewhere =
                    |to: &PostIx| *to != post && Some(*to) != now && sight.shows_post(*to, t) && self.is_open(*to, t);
                for to in self.case.posts_ix().filter(elsewhere) {
                    if self.bars_move(person, last, post, to, t).is_empty() {
                        let begun = Some(self.d(t));
                        let clock = if self.alike(post, to) { clock } else { begun };
                        let since = self.since_entering(from, to, begun);
                        ways.push(Way {
                            stand: Stand::Seat { post: to, begun, clock, since, origin: Origin::Plan },
                            leaves: Some(post),
                            enters: Some(to),
                            by_event: false,
                        });
                    }
                }
                ways
            }
        }
    }

    /// Staying unplaced, or a placement that begins on `date`.
    fn placements(
        &self,
        person: PersonIx,
        last: Option<PostIx>,
        date: NaiveDate,
        (t, sight): (usize, Sight<'_>),
    ) -> Vec<Way> {
        let mut ways = vec![Way::quiet(Stand::Unplaced { last })];
        for to in self.case.posts_ix().filter(|to| sight.shows_post(*to, t) && self.is_open(*to, t)) {
            if self.bars_entry(person, Last { post: last, begun: None }, to, t).is_empty() {
                let begun = Some(date);
                let since = self.since_entering(Stand::Outside, to, begun);
                ways.push(Way {
                    stand: Stand::Seat { post: to, begun, clock: begun, since, origin: Origin::Plan },
                    leaves: None,
                    enters: Some(to),
                    by_event: false,
                });
            }
        }
        ways
    }

    /// Whether `go` and `stay` of year t are kept; they do not bind where an event fixes the place (semantics 21, 37).
    fn decisions_allow(&self, person: PersonIx, way: &Way, t: usize) -> bool {
        if way.by_event {
            return true;
        }
        let seat = way.stand.seat();
        let promoted = self.is_promoted_by(person, t);
        let go = self
            .decisions(person, DecisionKind::Go, t)
            .all(|decision| decision.post.is_none() || seat == decision.post);
        let stay =
            self.decisions(person, DecisionKind::Stay, t).all(|decision| match self.to_stay_in(person, decision, t) {
                Some(post) if !promoted && !self.is_closed(post, t) => seat == Some(post),
                _ => true,
            });
        go && stay
    }

    /// The post that a *stay* names in year t, by now: a merger is no leaving.
    fn to_stay_in(&self, person: PersonIx, stay: &Decision, t: usize) -> Option<PostIx> {
        stay.post.or(self.today(person)).map(|post| self.became(post, t))
    }

    /// Where the person counts as present in year t, each post once (semantics 8, 41).
    fn covers(&self, person: PersonIx, from: Stand, to: Stand, t: usize) -> Vec<PostIx> {
        let leaving = self.calendars[person.0].departure.is_some_and(|(_, year)| year == t);
        let held = if leaving { from } else { to };
        let mut posts = self.hosts(person, t);
        if let Stand::Seat { post, origin, .. } = held
            && self.is_present(person, t)
        {
            posts.insert(self.became(post, t));
            if origin == Origin::Today {
                posts.extend(self.concurrent(person, t));
            }
        }
        posts.into_iter().filter(|post| self.is_open(*post, t)).collect()
    }
}
