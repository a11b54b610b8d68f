//! R07 and R21, avoidance between relatives in one unit (semantics 65, 66): which posts two relatives may not hold at once.
//!
//! What both rules forbid is a list of [`Bar`]s: one of the two in a post of the one side, the other in a post of the other.
//! Each is a joint row for each pair and year, of the two people alone.

use super::Facts;
use lungang_domain::catalogue::{ACCOUNTING, ACCOUNTING_HEADS, CASHIERS, WATCHED_FIELDS};
use lungang_domain::{Case, Lead, PersonIx, Post, PostIx};
use std::collections::BTreeMap;

/// Posts of one unit that two relatives may not hold at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// R07 or R21.
    pub rule: &'static str,
    /// Posts of the one and of the other, each sorted.
    pub sides: [Vec<PostIx>; 2],
}

/// Who is related to whom, and what that forbids.
#[derive(Clone, Debug, Default)]
pub struct Kinship {
    /// Pairs, each once, the lower position first.
    pub pairs: Vec<[PersonIx; 2]>,
    /// What is forbidden to each pair, either way round, by layout: mergers change who reports to whom.
    pub bars: Vec<Vec<Bar>>,
}

impl Bar {
    /// Whether one of two relatives holds a post of the one side and the other a post of the other, as they stand.
    #[must_use]
    pub fn is_broken(&self, first: &[PostIx], second: &[PostIx]) -> bool {
        self.sides[0].iter().any(|post| first.contains(post)) && self.sides[1].iter().any(|post| second.contains(post))
    }
}

/// What the sheets say of relatives and of posts.
#[must_use]
pub(super) fn kinship(facts: &Facts<'_>) -> Kinship {
    let case = facts.case;
    let mut pairs: Vec<[PersonIx; 2]> = case
        .relations
        .iter()
        .filter_map(|row| row.staff_b.map(|other| [row.staff_a.min(other), row.staff_a.max(other)]))
        .filter(|[one, other]| one != other && other.0 < case.people.len())
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    if pairs.is_empty() {
        return Kinship::default();
    }
    let of_units = within_units(facts);
    let bars = (0..=facts.years).map(|t| {
        let mut bars = Vec::new();
        if facts.policy.rule_on("R07") {
            under_one_leader(facts, t, &mut bars);
        }
        bars.extend_from_slice(&of_units);
        bars
    });
    Kinship { pairs, bars: bars.collect() }
}

/// What is forbidden to relatives in a unit, whoever reports to whom.
fn within_units(facts: &Facts<'_>) -> Vec<Bar> {
    let (case, rule_on) = (facts.case, |rule| facts.policy.rule_on(rule));
    let mut bars = Vec::new();
    for unit in (0..case.units.len()).map(lungang_domain::UnitIx) {
        let of = |test: &dyn Fn(&Post) -> bool| -> Vec<PostIx> {
            case.posts_ix().filter(|post| case.post(*post).unit == unit && test(case.post(*post))).collect()
        };
        if rule_on("R07") {
            let leaders = of(&|post| matches!(post.lead, Lead::Principal | Lead::Vice));
            both_ways("R07", leaders, of(&|post| is_watched(case, post)), &mut bars);
        }
        if rule_on("R21") {
            let heads = of(&|post| is_accounting_head(case, post));
            both_ways("R21", of(&|post| post.lead == Lead::Principal), heads.clone(), &mut bars);
            both_ways("R21", heads, of(&is_cashier), &mut bars);
        }
    }
    bars
}

/// Within one unit: a leader and those who report to the leader.
fn under_one_leader(facts: &Facts<'_>, t: usize, bars: &mut Vec<Bar>) {
    let case = facts.case;
    let mut groups: BTreeMap<(PostIx, lungang_domain::UnitIx), Vec<PostIx>> = BTreeMap::new();
    for post in case.posts_ix() {
        // Those who reported to a merged post report to what it has become, which does not report to itself.
        let leader = case.post(post).reports_to.map(|leader| (leader, facts.heir(leader, t)));
        if let Some((_, leader)) = leader.filter(|(listed, leader)| listed == leader || *leader != post) {
            groups.entry((leader, case.post(post).unit)).or_default().push(post);
        }
    }
    for ((leader, unit), mut posts) in groups {
        if case.post(leader).unit == unit && !posts.contains(&leader) {
            posts.push(leader);
            posts.sort_unstable();
        }
        bars.push(Bar { rule: "R07", sides: [posts.clone(), posts] });
    }
}

fn both_ways(rule: &'static str, one: Vec<PostIx>, other: Vec<PostIx>, bars: &mut Vec<Bar>) {
    if one.is_empty() || other.is_empty() {
        return;
    }
    bars.push(Bar { rule, sides: [other.clone(), one.clone()] });
    bars.push(Bar { rule, sides: [one, other] });
}

/// The field of a post: its domain, else the name of its section, else its title.
fn field<'c>(case: &'c Case, post: &'c Post) -> &'c str {
    let section = || post.section.map(|section| case.section(section).name.as_str());
    post.domain.as_deref().or_else(section).unwrap_or(&post.title)
}

fn is_watched(case: &Case, post: &Post) -> bool {
    WATCHED_FIELDS.iter().any(|word| field(case, post).contains(word))
}

fn is_accounting_head(case: &Case, post: &Post) -> bool {
    let heads = post.lead == Lead::Head && ACCOUNTING.iter().any(|word| field(case, post).contains(word));
    heads || ACCOUNTING_HEADS.iter().any(|word| post.title.contains(word))
}

fn is_cashier(post: &Post) -> bool {
    CASHIERS.iter().any(|word| post.title.contains(word) || post.duty_pair.iter().any(|duty| duty.contains(word)))
}

impl Facts<'_> {
    /// Posts that somebody holds with this seat in layout `t`: in today's stay the concurrent ones too (semantics 65).
    #[must_use]
    pub fn holds(&self, person: PersonIx, seat: PostIx, todays_stay: bool, t: usize) -> Vec<PostIx> {
        let mut posts = vec![seat];
        if todays_stay && self.of(person).today.is_some_and(|today| self.heir(today, t) == seat) {
            for post in self.concurrent(person, t) {
                if !posts.contains(&post) {
                    posts.push(post);
                }
            }
        }
        posts
    }

    /// Posts that somebody holds in layout `t` when nobody moves.
    #[must_use]
    pub fn holds_unmoved(&self, person: PersonIx, t: usize) -> Vec<PostIx> {
        let seat = |t: usize| self.nobody_moves.at(person, t).seat();
        let since = (1..=t).all(|later| self.goes_on(seat(later - 1), seat(later), later));
        seat(t).map_or_else(Vec::new, |post| self.holds(person, post, since, t))
    }

    /// Breaches of R07 and R21 of two relatives who hold these posts in layout `t`, by rule.
    #[must_use]
    pub fn kin_breaches(&self, first: &[PostIx], second: &[PostIx], t: usize) -> Vec<&'static str> {
        let bars = self.kinship.bars.get(t).map_or(&[][..], Vec::as_slice);
        let broken = |rule: &&'static str| bars.iter().any(|bar| bar.rule == *rule && bar.is_broken(first, second));
        ["R07", "R21"].into_iter().filter(broken).collect()
    }
}
