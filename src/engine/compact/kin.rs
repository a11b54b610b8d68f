//! R07 and R21: which posts two relatives may not hold at the same time (semantics 65, 66).

use super::facts::Facts;
use super::paths::{Origin, Stand};
use lungang_domain::catalogue::{ACCOUNTING, ACCOUNTING_HEADS, CASHIERS, WATCHED_FIELDS};
use lungang_domain::{Lead, PersonIx, PostIx};
use std::collections::BTreeSet;

impl Facts<'_> {
    /// Everybody who is related to somebody in service, pair by pair.
    pub(super) fn relatives(&self) -> BTreeSet<(PersonIx, PersonIx)> {
        let rows = self.case.relations.iter().filter_map(|row| Some((row.staff_a, row.staff_b?)));
        rows.filter(|(a, b)| a != b && a.0.max(b.0) < self.case.people.len())
            .map(|(a, b)| if a < b { (a, b) } else { (b, a) })
            .collect()
    }

    /// The posts that somebody holds who stands so in layout t, each once: in today's stay those held beside it too.
    pub(super) fn held(&self, person: PersonIx, stand: Stand, t: usize) -> Vec<PostIx> {
        let Stand::Seat { post, origin, .. } = stand else { return Vec::new() };
        let todays = origin == Origin::Today && self.today(person).map(|today| self.became(today, t)) == Some(post);
        let mut held = vec![post];
        let beside = self.person(person).also_posts.iter().chain(&self.person(person).acting_in);
        for other in beside.filter(|_| todays).map(|other| self.became(*other, t)) {
            if !held.contains(&other) {
                held.push(other);
            }
        }
        held
    }

    /// To whom a post reports in layout t; what has merged into it does not make it report to itself.
    fn leader(&self, post: PostIx, t: usize) -> Option<PostIx> {
        let listed = self.post(post).reports_to?;
        let now = self.became(listed, t);
        (now == listed || now != post).then_some(now)
    }

    /// The rules that two relatives break together by holding these posts in layout t.
    pub(super) fn breaks_avoidance(&self, a: &[PostIx], b: &[PostIx], t: usize) -> Vec<&'static str> {
        let any = |test: &dyn Fn(PostIx, PostIx) -> bool| {
            a.iter().any(|one| {
                b.iter().any(|other| {
                    self.post(*one).unit == self.post(*other).unit && (test(*one, *other) || test(*other, *one))
                })
            })
        };
        let mut broken = Vec::new();
        if self.stands("R07") && any(&|one, other| self.too_near(one, other, t)) {
            broken.push("R07");
        }
        if self.stands("R21") && any(&|one, other| self.handles_money_for(one, other)) {
            broken.push("R21");
        }
        broken
    }

    fn stands(&self, rule: &str) -> bool {
        self.policy.rule_on(rule) && self.dropped.stands(rule)
    }

    /// Under one leader, leader and led, or in a watched field where the other leads.
    fn too_near(&self, one: PostIx, other: PostIx, t: usize) -> bool {
        let leads_somebody = |leader: PostIx| {
            let mut posts = self.case.posts_ix();
            posts.any(|post| self.leader(post, t) == Some(leader) && self.post(post).unit == self.post(leader).unit)
        };
        let (over, beside) = (self.leader(one, t), self.leader(other, t));
        let same_leader = over.is_some() && over == beside;
        let leads = over == Some(other) || one == other && leads_somebody(one);
        let watched = matches!(self.post(one).lead, Lead::Principal | Lead::Vice)
            && WATCHED_FIELDS.iter().any(|word| self.business(other).contains(word));
        same_leader || leads || watched
    }

    /// Principal and head of accounting, or head of accounting and cashier.
    fn handles_money_for(&self, one: PostIx, other: PostIx) -> bool {
        let in_charge = |post: PostIx| {
            let heads_office =
                self.post(post).lead == Lead::Head && ACCOUNTING.iter().any(|word| self.business(post).contains(word));
            heads_office || ACCOUNTING_HEADS.iter().any(|word| self.post(post).title.contains(word))
        };
        let handles_cash = |post: PostIx| {
            let post = self.post(post);
            std::iter::once(&post.title)
                .chain(&post.duty_pair)
                .any(|text| CASHIERS.iter().any(|word| text.contains(word)))
        };
        self.post(one).lead == Lead::Principal && in_charge(other) || in_charge(one) && handles_cash(other)
    }

    /// What a post deals with: its domain, or what its section is called, or its title.
    fn business(&self, post: PostIx) -> &str {
        let post = self.post(post);
        match (&post.domain, post.section) {
            (Some(domain), _) => domain,
            (None, Some(section)) => &self.case.section(section).name,
            (None, None) => &post.title,
        }
    }
}
