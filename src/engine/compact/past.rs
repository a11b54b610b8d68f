//! R09 and R13: duties that are kept apart, and no way back for some time (semantics 18, 67).

use super::facts::Facts;
use super::paths::{Origin, Stand};
use chrono::NaiveDate;
use lungang_domain::catalogue::SPLIT_DUTIES;
use lungang_domain::words::Power;
use lungang_domain::{PersonIx, Post, PostIx, months_between};
use std::collections::BTreeSet;

impl Facts<'_> {
    /// R09: whether somebody holds together in layout t, in today's stay and beside it, what is kept apart.
    pub(super) fn holds_what_is_kept_apart(&self, person: PersonIx, stand: Stand, t: usize) -> bool {
        if !matches!(stand, Stand::Seat { origin: Origin::Today, .. }) || !self.dropped.stands("R09") {
            return false;
        }
        let held: Vec<&Post> = self.held(person, stand, t).into_iter().map(|post| self.post(post)).collect();
        let is_setting_on = self.policy.rule_on("R09");
        for (at, one) in held.iter().enumerate() {
            for other in held.iter().skip(at + 1).filter(|other| other.unit == one.unit) {
                if split_by_law(one, other) || split_by_law(other, one) || is_setting_on && opposite_ends(one, other) {
                    return true;
                }
            }
        }
        let powers = |domain: &str| -> BTreeSet<Power> {
            held.iter().filter(|post| post.domain.as_deref() == Some(domain)).filter_map(|post| post.power).collect()
        };
        is_setting_on && held.iter().filter_map(|post| post.domain.as_deref()).any(|domain| powers(domain).len() == 3)
    }

    /// R09, R13 by the history alone: what bars entering a post in year t.
    pub(super) fn left_not_long_ago(&self, person: PersonIx, to: PostIx, t: usize) -> Vec<&'static str> {
        let since = |row: &&lungang_domain::HistoryRow| row.to.map(|left| months_between(left, self.d(t)));
        let rows = || self.case.history.iter().filter(|row| row.staff == person);
        let mut broken = Vec::new();
        let back = |row: &lungang_domain::HistoryRow| {
            row.post == Some(to) && since(&row).is_some_and(|months| months < self.policy.time.no_return)
        };
        if self.policy.rule_on("R13") && rows().any(back) {
            broken.push("R13");
        }
        let over_own_field = |row: &lungang_domain::HistoryRow| {
            let supervised = row.post.is_some_and(|post| self.post(post).power == Some(Power::Supervision));
            !supervised
                && row.domain.is_some()
                && row.domain == self.post(to).domain
                && since(&row).is_some_and(|months| months < self.policy.time.cooling)
        };
        let supervises = self.post(to).power == Some(Power::Supervision);
        if self.policy.rule_on("R09") && supervises && rows().any(over_own_field) {
            broken.push("R09");
        }
        broken
    }

    /// R09: from deciding or executing in a field to supervising it.
    pub(super) fn changes_sides(&self, from: PostIx, to: PostIx) -> bool {
        let (a, b) = (self.post(from), self.post(to));
        let acts = a.power == Some(Power::Decision) || a.power == Some(Power::Execution);
        self.policy.rule_on("R09")
            && self.dropped.stands("R09")
            && self.policy.time.cooling > 0
            && acts
            && b.power == Some(Power::Supervision)
            && a.domain.is_some()
            && a.domain == b.domain
    }

    /// Whether a post is entered in year t too soon after another was left on a day.
    pub(super) fn too_soon(&self, from: PostIx, left: NaiveDate, to: PostIx, t: usize) -> bool {
        let months = months_between(left, self.d(t));
        let returns = self.policy.rule_on("R13") && self.dropped.stands("R13") && from == to;
        returns && months < self.policy.time.no_return
            || self.changes_sides(from, to) && months < self.policy.time.cooling
    }

    /// The day on which somebody has left a post who held it in layout t − 1.
    pub(super) fn left_on(&self, person: PersonIx, post: PostIx, t: usize) -> NaiveDate {
        let put = self.calendars[person.0].put[t].map(|put| put.date);
        put.or_else(|| self.closing(post, t)).unwrap_or_else(|| self.d(t))
    }
}

fn split_by_law(one: &Post, other: &Post) -> bool {
    let told = |post: &Post, words: &[&str]| {
        std::iter::once(&post.title).chain(&post.duty_pair).any(|text| words.iter().any(|word| text.contains(word)))
    };
    SPLIT_DUTIES.iter().any(|(a, b)| told(one, a) && told(other, b))
}

fn opposite_ends(one: &Post, other: &Post) -> bool {
    one.duty_pair.iter().filter_map(|duty| duty.split_once([':', '：'])).any(|(pair, end)| {
        other
            .duty_pair
            .iter()
            .filter_map(|duty| duty.split_once([':', '：']))
            .any(|(same, far)| same == pair && far != end)
    })
}
