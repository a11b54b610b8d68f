//! Whether somebody may sit in a post (R04, R08, R18, R19), and whether they may move or be placed there (R05, R06, R10, R15,
//! R20, R25, absence, special posts, missing or poor fit, units planned apart).

use super::calendar::Level;
use super::facts::Facts;
use chrono::NaiveDate;
use lungang_domain::catalogue::HOME_BODIES;
use lungang_domain::words::Kin;
use lungang_domain::{
    DecisionKind, Investigation, Lead, Nature, PersonIx, Policy, PostIx, RankSpan, StaffingKind, months_between,
};
use std::collections::BTreeSet;

/// The last stay of somebody, as far as the rules of moving look at it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Last {
    /// Post left, or last held by who is unplaced; `None` for who has held none.
    pub post: Option<PostIx>,
    /// When the stay began; `None`: unknown (semantics 3).
    pub begun: Option<NaiveDate>,
}

/// What a `go` says about an entry (semantics 21, 36).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Go {
    /// A `go` of this person names the post in this year.
    pub decided: bool,
    /// And has an approval on record.
    pub approved: bool,
}

impl Facts<'_> {
    /// What the decisions say about entering a post in year t.
    pub fn go(&self, person: PersonIx, post: PostIx, t: usize) -> Go {
        self.decisions(person, DecisionKind::Go, t).filter(|decision| decision.post == Some(post)).fold(
            Go::default(),
            |go, decision| Go { decided: true, approved: go.approved || decision.approval.is_some() },
        )
    }

    /// The rules R04, R08, R18, R19 that somebody breaks by sitting in a post in layout t.
    pub fn unfit(&self, person: PersonIx, post: PostIx, t: usize) -> Vec<&'static str> {
        self.unfit_from(person, post, t, 0)
    }

    /// The same, people from so many levels below on being of the level asked for.
    pub fn unfit_from(&self, person: PersonIx, post: PostIx, t: usize, below: usize) -> Vec<&'static str> {
        let mut broken = Vec::new();
        if !self.qualified(person, post, t, below) {
            broken.push("R04");
        }
        if self.must_not_lead(person, post) {
            broken.push("R08");
        }
        let (who, what) = (self.person(person), self.post(post));
        if who.staffing_kind.is_some_and(|kind| !what.staffing_kinds.is_empty() && !what.staffing_kinds.contains(&kind))
        {
            broken.push("R18");
        }
        if self.policy.rule_on("R19")
            && who.category.is_some_and(|own| !what.categories.is_empty() && !what.categories.contains(&own))
        {
            broken.push("R19");
        }
        broken.retain(|rule| self.dropped.stands(rule));
        broken
    }

    /// R08: a leading member of a unit that regulates what a close relative lives by; or the principal of one of the named
    /// bodies in the region where they grew up (semantics 58).
    fn must_not_lead(&self, person: PersonIx, post: PostIx) -> bool {
        let what = self.post(post);
        let is_principal = what.lead == Lead::Principal;
        if !is_principal && what.lead != Lead::Vice {
            return false;
        }
        let of_unit = || self.case.posts.iter().filter(|other| other.unit == what.unit);
        let over_kin = self.case.relations.iter().any(|row| {
            row.staff_a == person
                && row.kind != Some(Kin::Collateral)
                && row.other.as_ref().is_some_and(|told| {
                    of_unit().flat_map(|other| &other.regulates).any(|trade| told.contains(trade.as_str()))
                })
        });
        let unit = &self.case.units[what.unit.0];
        let at_home = match (&unit.region, &self.person(person).home_region) {
            (Some(there), Some(home)) => {
                let shorter = there.chars().count().min(home.chars().count());
                shorter >= 2 && (there.ends_with(home.as_str()) || home.ends_with(there.as_str()))
            }
            _ => false,
        };
        let bare: String = unit.name.chars().take_while(|sign| !"〔【[(".contains(*sign)).collect();
        let is_body = HOME_BODIES.iter().any(|body| bare.trim_end().ends_with(body));
        over_kin || (is_principal && at_home && is_body)
    }

    /// R04: level or grade, certificates, majors, education; a blank on either side passes (semantics 12, 30).
    fn qualified(&self, person: PersonIx, post: PostIx, t: usize, below: usize) -> bool {
        let (who, what) = (self.person(person), self.post(post));
        let level = &self.calendars[person.0].level[t];
        let rank = match &what.level {
            Some(span) if asks_for_none(span) => {
                matches!(level, Level::Blank | Level::None) && self.grade_fits(person, post)
            }
            Some(span) => self.level_within_from(level, &span.low, &span.high, below),
            None => self.grade_fits(person, post),
        };
        let certificates = who.certificates.is_empty()
            || what.required_certificates.iter().all(|wanted| who.certificates.contains(wanted));
        let major = who.majors.is_empty()
            || what.required_majors.is_empty()
            || what.required_majors.iter().any(|wanted| who.majors.contains(wanted));
        let educated = match (&who.education, &what.min_education) {
            (Some(own), Some(least)) => self.policy.education_rank(own) >= self.policy.education_rank(least),
            _ => true,
        };
        rank && certificates && major && educated
    }

    fn grade_fits(&self, person: PersonIx, post: PostIx) -> bool {
        let (Some(own), Some(span)) = (&self.person(person).grade, &self.post(post).grade) else { return true };
        let (Some(low), Some(high)) = (self.policy.grade_rank(&span.low), self.policy.grade_rank(&span.high)) else {
            return true;
        };
        equal_grades(self.policy, own)
            .into_iter()
            .filter_map(|grade| self.policy.grade_rank(grade))
            .any(|rank| (low..=high).contains(&rank))
    }

    /// R18: who is neither civil servant nor 参公 comes into an organ from elsewhere only by a listed event, unless the
    /// post names their kind.
    fn enters_organ(&self, person: PersonIx, from: Option<PostIx>, to: PostIx) -> bool {
        let outsider = self
            .person(person)
            .staffing_kind
            .is_some_and(|kind| !matches!(kind, StaffingKind::Administrative | StaffingKind::Quasi));
        let organ = |post: PostIx| self.case.unit(self.post(post).unit).nature == Some(Nature::Organ);
        outsider && organ(to) && !from.is_some_and(organ) && self.post(to).staffing_kinds.is_empty()
    }

    /// R06: a higher level, or, where levels are equal or one is unknown, a higher lead (semantics 15, 35).
    fn more_important(&self, person: PersonIx, from: Option<PostIx>, to: PostIx, t: usize) -> bool {
        use lungang_domain::Lead;
        use std::cmp::Ordering;
        let upper = |post: PostIx| self.post(post).level.as_ref().and_then(|span| self.policy.level_rank(&span.high));
        let (level, lead) = match from {
            Some(post) => (upper(post), self.post(post).lead),
            None => {
                let own = match self.calendars[person.0].level[t] {
                    Level::Blank => None,
                    Level::None => self.policy.level_rank("无"),
                    Level::Rung(rank) => Some(rank),
                };
                (own, Lead::None)
            }
        };
        match level.zip(upper(to)).map(|(old, new)| new.cmp(&old)) {
            Some(Ordering::Greater) => true,
            Some(Ordering::Less) => false,
            Some(Ordering::Equal) | None => self.post(to).lead > lead,
        }
    }

    /// The rules that both a move and a placement into `to` in year t would break; absolute but for `special`.
    pub fn bars_entry(&self, person: PersonIx, last: Last, to: PostIx, t: usize) -> Vec<&'static str> {
        let go = self.go(person, to, t);
        let who = self.person(person);
        let mut broken = self.unfit(person, to, t);
        if self.enters_organ(person, last.post, to) && !broken.contains(&"R18") {
            broken.push("R18");
        }
        if who.under_investigation == Some(Investigation::Filed) {
            broken.push("R05");
        }
        // Whatever `party` says (semantics 45).
        let sanctioned = who.discipline_until.is_some_and(|until| self.d(t) < until);
        if sanctioned && self.more_important(person, last.post, to, t) {
            broken.push("R06");
        }
        if self.post(to).special.is_some() && !go.decided {
            broken.push("SPECIAL");
        }
        if self.decisions(person, DecisionKind::Not, t).any(|decision| decision.post == Some(to)) {
            broken.push("DECISION");
        }
        if !go.decided {
            broken.extend(self.left_not_long_ago(person, to, t));
            if self.policy.turnover.apart && self.is_elsewhere(person, last, to, t) {
                broken.push("APART");
            }
        }
        broken.retain(|rule| self.dropped.stands(rule));
        broken
    }

    /// The rules that a move between two posts in year t would break. Moves forced by a closed post are free of R10,
    /// R15, R25, absence and `special` (semantics 16); settings yield to a `go`, law~ to an approved one (semantics 36).
    pub fn bars_move(&self, person: PersonIx, last: Last, from: PostIx, to: PostIx, t: usize) -> Vec<&'static str> {
        let go = self.go(person, to, t);
        let forced = self.carried(from, t).is_none();
        let who = self.person(person);
        let mut broken = self.bars_entry(person, last, to, t);

        let inquiry = matches!(who.under_investigation, Some(Investigation::Review | Investigation::Criminal));
        if (inquiry || self.on_probation(person, t)) && !go.approved {
            broken.push("R05");
        }
        if !forced && !self.rested(last, from, t, go) {
            broken.push("R10");
        }
        if !go.decided {
            if self.changes_sides(from, to) && !broken.contains(&"R09") {
                broken.push("R09");
            }
            let free = self.freed(person, t);
            if !forced {
                if self.near_retirement(person, self.d(t)) {
                    broken.push("R15");
                }
                if self.policy.rule_on("R25") && !free && who.exempt_until.is_some_and(|until| self.d(t) < until) {
                    broken.push("R25");
                }
                if self.away_on_effective_date(person, t) {
                    broken.push("AWAY");
                }
                if self.post(from).special.is_some() && !free {
                    broken.push("SPECIAL");
                }
            }
            let bound = who.minimum_service_until.is_some_and(|until| self.d(t) < until);
            if self.policy.rule_on("R20") && bound && self.post(from).unit != self.post(to).unit {
                broken.push("R20");
            }
            let poor = match self.case.fit.get(person, to) {
                Some(score) => score < i64::from(self.policy.fit.floor),
                None => self.policy.fit.strict,
            };
            if poor {
                broken.push("FIT");
            }
        }
        broken.retain(|rule| self.dropped.stands(rule));
        broken
    }

    /// APART: the post lies in another unit than the post last held, or, for who has held none, than the roster says; where
    /// that unit has no post any more, no post is elsewhere (semantics 71).
    fn is_elsewhere(&self, person: PersonIx, last: Last, to: PostIx, t: usize) -> bool {
        let home = match last.post {
            Some(post) => Some(self.post(post).unit),
            None => self.person(person).unit,
        };
        let Some(home) = home else { return false };
        let stands = self.case.posts_ix().any(|post| self.post(post).unit == home && self.is_open(post, t));
        stands && self.post(to).unit != home
    }

    /// R10: the stay has lasted max(rest, may); a `go` needs only the rest, an approved one neither.
    fn rested(&self, last: Last, from: PostIx, t: usize, go: Go) -> bool {
        let Some(begun) = last.begun else { return true };
        let may = self.post(from).may_months.unwrap_or(self.policy.time.may);
        let least = match go {
            Go { approved: true, .. } => return true,
            Go { decided: true, .. } => self.policy.time.rest,
            Go { .. } => self.policy.time.rest.max(may),
        };
        months_between(begun, self.d(t)) >= least
    }

    /// R16: posts of one section with equal power, domain and lifted grade are alike (semantics 19).
    pub fn alike(&self, one: PostIx, other: PostIx) -> bool {
        let (a, b) = (self.post(one), self.post(other));
        self.policy.rule_on("R16")
            && self.dropped.stands("R16")
            && a.section.is_some()
            && a.section == b.section
            && a.power == b.power
            && a.domain == b.domain
            && self.grade(one) == self.grade(other)
    }
}

fn asks_for_none(span: &RankSpan) -> bool {
    span.low == "无" && span.high == "无"
}

/// A grade and all that the policy calls equal to it, over any number of pairs.
fn equal_grades<'a>(policy: &'a Policy, grade: &'a str) -> BTreeSet<&'a str> {
    let mut equal = BTreeSet::from([grade]);
    loop {
        let before = equal.len();
        for (a, b) in &policy.ladder.equivalent {
            if equal.contains(a.as_str()) || equal.contains(b.as_str()) {
                equal.extend([a.as_str(), b.as_str()]);
            }
        }
        if equal.len() == before {
            return equal;
        }
    }
}
