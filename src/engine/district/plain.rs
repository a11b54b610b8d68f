//! Who is plain, and their part of the flat arrays.
//!
//! An event that fixes somebody's post parts their years: nothing but the section they come from and the experiences
//! gained reaches from one part into the next, so each is priced as a person of its own.

use super::field::{Charged, Clocks, Field, Home, Item, MOST_WANTED, MOST_YEARS, NONE, Plain, Profile, Standing, pair};
use super::sets::sets;
use crate::engine::ground::{Key, Spot};
use crate::rules::facts::{Facts, Service};
use crate::rules::{
    apart, clocks, decisions, entering_bars, is_fit, leaving_bars, past, r06, r14, r18, reserve, score,
};
use lungang_domain::{Decision, DecisionKind, PersonIx, PostIx, UnitIx};
use std::collections::HashMap;

/// One part, before what it shares with others is numbered.
pub(super) struct Part {
    pub plain: Plain,
    pub profile: Profile,
    pub clocks: Clocks,
    pub items: Vec<Item>,
}

/// The years from one fixed post to the next.
#[derive(Clone, Copy, Debug)]
struct Window {
    /// First year spoken of.
    starts: usize,
    /// First year in which something may be chosen.
    free: usize,
    /// Last year.
    last: usize,
    /// Layout in which the stay at hand began.
    began: usize,
    /// Post of that stay.
    home: Option<PostIx>,
    /// Whether they leave service after `last`.
    leaves: bool,
}

/// A person's parts, in order; `None` for whoever needs a network.
pub(super) fn parts(field: &Field<'_>, person: PersonIx) -> Option<Vec<Part>> {
    let facts = field.ground.facts;
    // What an approved decision names is free of R11, which the shared prices of leaving do not know.
    let approved =
        |(_, decision): &(Vec<usize>, &Decision)| decision.kind == DecisionKind::Go && decision.approval.is_some();
    if facts.policy.rule_on("R11") && facts.decided[person.0].iter().any(approved) {
        return None;
    }
    // Rows of relatives and successors are of one person; further clocks reach from stay to stay.
    if field.ground.rows.singles_out(person) || clocks::any_on(facts.policy) {
        return None;
    }
    let windows = windows(facts, person)?;
    let wanted = reserve::wanted(facts, person);
    let one_choice =
        windows.split_last().is_none_or(|(_, before)| before.iter().all(|window| window.last < window.free));
    // Experiences gained would have to be carried from part to part, or to wait for months after a joining.
    let late = facts.of(person).joined.is_some() && windows.iter().any(|window| window.home.is_none());
    if wanted.len() > MOST_WANTED || !wanted.is_empty() && (!one_choice || late) {
        return None;
    }
    let parts: Vec<Part> =
        windows.iter().map(|window| Builder { field, person, window: *window }.part(&wanted)).collect::<Option<_>>()?;
    // Whoever holds the post already when an event fixes it would keep their clocks.
    let apart = parts.windows(2).all(|pair| match pair {
        [before, after] => after.plain.today.is_some_and(|home| {
            before.plain.today.is_none_or(|held| held.post != home.post)
                && before.items.iter().all(|item| item.post != home.post)
        }),
        _ => true,
    });
    apart.then_some(parts)
}

fn windows(facts: &Facts<'_>, person: PersonIx) -> Option<Vec<Window>> {
    let own = facts.of(person);
    let years = facts.years;
    let first = (0..=years).find(|t| own.service[*t] != Service::Outside)?;
    let serving = (first..=years).take_while(|t| own.serving(*t)).count();
    if years > MOST_YEARS || serving == 0 || first + serving < 2 || (1..=years).any(|t| own.displaced[t].is_some()) {
        return None;
    }
    let last = first + serving - 1;
    let leaves = last < years;
    let fixed = |t: usize| {
        own.fixed[t].map(|fixed| Window { starts: t, free: t + 1, last, began: t, home: Some(fixed.post), leaves })
    };
    let begin = first.max(1);
    let today = Window { starts: begin, free: begin, last, began: 0, home: own.today, leaves };
    let opening = if first == 0 { None } else { fixed(first) };
    let after = if opening.is_some() { first + 1 } else { begin };
    let mut windows = vec![opening.unwrap_or(today)];
    for window in (after..=last).filter_map(fixed) {
        if let Some(before) = windows.last_mut() {
            before.last = window.starts - 1;
            before.leaves = false;
        }
        windows.push(window);
    }
    Some(windows)
}

struct Builder<'a, 'f> {
    field: &'a Field<'f>,
    person: PersonIx,
    window: Window,
}

impl<'f> Builder<'_, 'f> {
    fn facts(&self) -> &'f Facts<'f> {
        self.field.ground.facts
    }

    /// A bit for each year in which there is a choice and the test holds.
    fn bits(&self, test: impl Fn(usize) -> bool) -> u32 {
        (self.window.free..=self.window.last).filter(|t| test(*t)).fold(0, |mask, t| mask | 1 << t)
    }

    fn part(&self, wanted: &[&str]) -> Option<Part> {
        let (facts, person, window) = (self.facts(), self.person, self.window);
        let own = facts.of(person);
        let required = self.required()?;
        if facts.policy.turnover.apart && !self.stays_in_unit(&required) {
            return None;
        }
        let disciplined = self.bits(|t| r06::binds(facts, person, t));
        let mut items = self.items(wanted, &required);
        // What follows from a merger is no stay in one post.
        let merges = |post: usize| (1..=facts.years).any(|t| facts.merging(PostIx(post), t).is_some());
        if window.home.is_some_and(|post| merges(post.0)) || items.iter().any(|item| merges(item.post as usize)) {
            return None;
        }
        if self.hosted(&items) || disciplined != 0 && self.loses(&items, disciplined) {
            return None;
        }
        items.sort_by_key(|item| {
            let post = PostIx(item.post as usize);
            (facts.unit(post), facts.section(post), self.field.classes[post.0], post)
        });
        let (gain, kinds) = sets(&mut items);
        let (units, sections) = self.group(&mut items);
        let runs = self.runs(&mut items);
        let today = window.home.map(|post| Home {
            post: post.0 as u32,
            unit: units.get(&facts.unit(post).0).copied().unwrap_or(u16::MAX),
            section: facts.section(post).and_then(|section| sections.get(&section.0).copied()).unwrap_or(u16::MAX),
            item: items.iter().position(|item| item.post as usize == post.0).map_or(NONE, |at| at as u32),
            organ: r18::is_organ(facts, post),
        });
        let unit_bound = facts.policy.rule_on("R20");
        let until = facts.case.person(person).minimum_service_until;
        let named = |t: usize| required.get(t).is_some_and(|post| *post != NONE && self.goes(*post, t));
        let plain = Plain {
            starts: window.starts as u8,
            next: None,
            decided: self.bits(named),
            disciplined,
            profile: 0,
            items: 0..0,
            leave: window.home.map_or(0, |post| self.bits(|t| self.may_leave(post, window.began, t, &required))),
            free: self.bits(|t| !unit_bound || until.is_none_or(|until| facts.effective[t] >= until)),
            sets: gain.len() as u16 / kinds.max(1),
            gain,
            kinds,
            bound: r18::compares(facts, person),
            last_organ: own.joined.is_none()
                && facts.case.person(person).post.is_some_and(|post| r18::is_organ(facts, post)),
            units: units.len() as u16,
            sections: sections.len() as u16,
            runs,
            idle: score::fit_gain(facts, person, None) as i32,
            standing: self.standings(),
            like: self.likes(&items),
            required,
            today,
        };
        Some(Part { plain, profile: self.profile(), clocks: self.clocks(), items })
    }

    fn profile(&self) -> Profile {
        let (facts, window) = (self.facts(), self.window);
        let own = facts.of(self.person);
        let years = window.starts..=window.last;
        let ends = window.leaves && own.present[window.last + 1];
        let mask =
            |test: &dyn Fn(usize) -> bool| years.clone().filter(|t| test(*t)).fold(0_u32, |mask, t| mask | 1 << t);
        Profile {
            table: 0,
            present: mask(&|t| own.present[t]) | u32::from(ends) << (window.last + 1),
            waived: mask(&|t| facts.near_retirement(self.person, facts.effective[t + 1])),
            last: window.last as u8,
            leaves: window.leaves,
        }
    }

    fn clocks(&self) -> Clocks {
        let facts = self.facts();
        let own = facts.of(self.person);
        let joined = own.joined.filter(|_| self.window.home.is_none()).and_then(|date| {
            let year = facts.layout_of(date);
            let later = (1..=facts.years).contains(&year) && date != facts.effective[year];
            let months = |t: usize| lungang_domain::months_between(date, facts.effective[t + 1]);
            later.then(|| (year as u8, (year..=facts.years).map(months).collect()))
        });
        Clocks {
            ten: r14::may_be_ten_year(facts, self.person),
            must: facts.case.person(self.person).must_months,
            joined,
        }
    }

    /// The post required in each year, [`NONE`] for none, and nothing at all where no year has one; `None` where
    /// decisions clash, or send into a special post, whose holders are not charged.
    fn required(&self) -> Option<Vec<u32>> {
        let facts = self.facts();
        let mut required = vec![NONE; facts.years + 2];
        let years = required.iter_mut().enumerate().take(self.window.last + 1).skip(self.window.free);
        for (t, required) in years {
            match decisions::required(facts, self.person, t)[..] {
                [] => {}
                [post] if Some(post) == self.window.home || facts.case.post(post).special.is_none() => {
                    *required = post.0 as u32;
                }
                _ => return None,
            }
        }
        if required.iter().all(|post| *post == NONE) {
            required.clear();
        }
        Some(required)
    }

    /// The unit that they belong to where units are planned apart; `None`: they may be anywhere.
    fn own_unit(&self) -> Option<UnitIx> {
        let facts = self.facts();
        let start = self.field.ground.start(self.person);
        let last = start.and_then(|start| match start.spot {
            Spot::Unplaced(last) => last,
            Spot::Seat(_) | Spot::Outside => None,
        });
        apart::own_unit(facts, self.person, self.window.home.or(last))
    }

    /// Whether they have a unit, which lasts, and no decision sends them out of it.
    fn stays_in_unit(&self, required: &[u32]) -> bool {
        let facts = self.facts();
        let years = self.window.free..=self.window.last;
        self.own_unit().is_some_and(|own| {
            let inside = |post: &u32| *post == NONE || facts.unit(PostIx(*post as usize)) == own;
            required.iter().all(inside) && years.clone().all(|t| facts.lasts[own.0][t])
        })
    }

    fn goes(&self, post: u32, t: usize) -> bool {
        decisions::go(self.facts(), self.person, PostIx(post as usize), t).is_some()
    }

    /// Whether presence that a host has already would have to be taken out of the shared tables.
    fn hosted(&self, items: &[Item]) -> bool {
        let own = self.facts().of(self.person);
        let end = (self.window.last + usize::from(self.window.leaves)).min(self.facts().years);
        (self.window.starts..=end)
            .filter(|t| own.present[*t])
            .any(|t| own.hosts[t].iter().any(|host| items.iter().any(|item| item.post as usize == host.0)))
    }

    /// Whether somebody under R06 may lose a post, and be placed while it lasts.
    fn loses(&self, items: &[Item], disciplined: u32) -> bool {
        let bound = u32::BITS - disciplined.leading_zeros();
        let home = self.window.home.map(|post| post.0 as u32);
        items
            .iter()
            .map(|item| item.post)
            .chain(home)
            .any(|post| u32::from(self.field.closes[post as usize]) + 1 < bound)
    }

    /// Whether a stay begun in layout `began` may be left in year `t`: for the post required, if one is.
    fn may_leave(&self, post: PostIx, began: usize, t: usize, required: &[u32]) -> bool {
        let key = Key { spot: Spot::Seat(post), began: began as u8, clock: began as u8, since: [0; 3], gained: 0 };
        let to = required.get(t).filter(|to| **to != NONE).map_or(post, |to| PostIx(*to as usize));
        let step = self.field.ground.step(self.person, t, Some(post), Some(key), to);
        leaving_bars(self.facts(), &step).is_empty()
    }

    /// Whether a placement is barred by what was held last; after a closing nobody under R06 is placed ([`Self::loses`]).
    fn may_be_placed(&self, post: PostIx, t: usize) -> bool {
        let facts = self.facts();
        let start = self.field.ground.start(self.person);
        let step = self.field.ground.step(self.person, t, None, start, post);
        let barred = self.window.home.is_none() && r06::bars(facts, &step);
        leaving_bars(facts, &step).is_empty() && !barred
    }

    fn items(&self, wanted: &[&str], required: &[u32]) -> Vec<Item> {
        let (facts, window) = (self.facts(), self.window);
        let own = facts.of(self.person);
        let decided = facts.decided[self.person.0]
            .iter()
            .any(|(years, _)| years.iter().any(|t| (window.free..=window.last).contains(t)));
        let varies = decided
            || !facts.past[self.person.0].is_empty()
            || (window.free..=window.last).any(|t| own.level[t] != own.level[window.free]);
        let unit = self.own_unit().filter(|_| facts.policy.turnover.apart);
        let mut items = Vec::new();
        for post in facts.case.posts_ix().filter(|post| unit.is_none_or(|unit| facts.unit(*post) == unit)) {
            if !self.field.in_sight(self.person, post) && !required.contains(&(post.0 as u32)) {
                continue;
            }
            // Most posts of a city are of another level.
            if window.free <= window.last && !varies && !is_fit(facts, self.person, post, window.free) {
                continue;
            }
            // Whoever enters the post of today has left it within the plan, and a decision alone brings them back.
            let back = |t: usize| {
                let decided = required.get(t) == Some(&(post.0 as u32));
                own.today != Some(post) || decided || !past::never_back(facts, t)
            };
            let opens = (window.free..=window.last).filter(|t| facts.open[post.0][*t] && back(*t));
            let opens: Vec<usize> = opens.collect();
            let Some(first) = opens.first().copied() else { continue };
            // Nothing but decisions, the level and the opening of posts depends on the year.
            let may = |t: usize, from: Option<PostIx>| {
                entering_bars(facts, &self.field.ground.step(self.person, t, from, None, post)).is_empty()
            };
            let firstly = (may(first, Some(post)), may(first, None));
            if !varies && !firstly.0 && !firstly.1 {
                continue;
            }
            let (mut enter, mut place) = (0_u32, 0_u32);
            for t in opens {
                let (by_move, by_placement) = if varies { (may(t, Some(post)), may(t, None)) } else { firstly };
                enter |= u32::from(by_move) << t;
                place |= u32::from(by_placement && self.may_be_placed(post, t)) << t;
            }
            if enter | place != 0 {
                items.push(self.item(post, enter, place, wanted, required));
            }
        }
        items
    }

    fn item(&self, post: PostIx, enter: u32, place: u32, wanted: &[&str], required: &[u32]) -> Item {
        let (facts, window) = (self.facts(), self.window);
        let mut leave = 0_u64;
        for s in window.free..=window.last {
            for t in s + 1..=window.last {
                if self.may_leave(post, s, t, required) {
                    leave |= 1 << pair(facts.years, s, t);
                }
            }
        }
        Item {
            post: post.0 as u32,
            fit: score::fit_gain(facts, self.person, Some(post)) as i32,
            enter,
            place,
            leave,
            given: reserve::given(facts, post, wanted),
            organ_only: r18::organ_only(facts, self.person, post),
            run: 0,
            alike: false,
            leave_at: self.bits(|t| (window.free..t).any(|s| leave >> pair(facts.years, s, t) & 1 == 1)),
            unit: 0,
            section: 0,
        }
    }

    /// Numbers the units and sections among the items.
    fn group(&self, items: &mut [Item]) -> (HashMap<usize, u16>, HashMap<usize, u16>) {
        let facts = self.facts();
        let (mut units, mut sections) = (HashMap::new(), HashMap::new());
        for item in items {
            let post = PostIx(item.post as usize);
            let next = units.len() as u16;
            item.unit = *units.entry(facts.unit(post).0).or_insert(next);
            item.section = u16::MAX;
            if let Some(section) = facts.section(post) {
                let next = sections.len() as u16;
                item.section = *sections.entry(section.0).or_insert(next);
            }
        }
        (units, sections)
    }

    /// Numbers the runs of like items.
    fn runs(&self, items: &mut [Item]) -> u16 {
        let mut runs = 0_u16;
        for at in 0..items.len() {
            let class = |item: &Item| self.field.classes[item.post as usize];
            let same = at > 0 && class(&items[at]) == class(&items[at - 1]);
            runs += u16::from(!same);
            items[at].run = runs - 1;
            if same {
                items[at].alike = true;
                items[at - 1].alike = true;
            }
        }
        runs
    }

    /// The stay at hand, year by year; then what leaving service out of it uses.
    fn standings(&self) -> Vec<Standing> {
        let (window, ground) = (self.window, self.field.ground);
        let Some(post) = window.home else { return Vec::new() };
        let key = Key {
            spot: Spot::Seat(post),
            began: window.began as u8,
            clock: window.began as u8,
            since: [0; 3],
            gained: 0,
        };
        let mut all: Vec<Standing> = (window.starts..=window.last)
            .map(|t| {
                let (gains, rows) = ground.standing(self.person, &key, t);
                Standing { gains: gains.map(i64::from), rows }
            })
            .collect();
        if window.leaves {
            let mut end = Standing::default();
            ground.presence(self.person, post, window.began == 0, window.last + 1, &mut end.rows);
            all.push(end);
        }
        all
    }

    fn likes(&self, items: &[Item]) -> Vec<(u32, Vec<Charged>)> {
        let facts = self.facts();
        let Some(home) = self.window.home else { return Vec::new() };
        let clock = facts.of(self.person).began[self.window.began];
        let charges = |item: &Item| {
            let post = PostIx(item.post as usize);
            let charge = |t: usize| r14::charge(facts, self.person, post, (clock, [0; 3]), t, facts.effective[t + 1]);
            (0..=facts.years).map(|t| self.field.in_tiers(&charge(t))).collect()
        };
        (0..)
            .zip(items)
            .filter(|(_, item)| self.field.classes[item.post as usize] == self.field.classes[home.0])
            .map(|(at, item)| (at, charges(item)))
            .collect()
    }
}
