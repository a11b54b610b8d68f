//! Decisions taken by hand: go, stay, not, free.

use super::District;
use super::draw::Draw;
use super::people::months_in_post;
use super::words::Both;
use lungang_domain::{DecisionKind, Grade, Lead};

/// A decision by hand.
pub(super) struct Decision {
    pub(super) staff: usize,
    pub(super) post: Option<usize>,
    pub(super) year: Option<i32>,
    pub(super) kind: DecisionKind,
    pub(super) reason: Both,
}

impl District {
    /// A *go*: somebody long in a desk of high risk to a vacant desk of another office, in the first year.
    pub(super) fn decided_moves(&mut self, draw: &mut Draw) {
        let mut pairs = Vec::new();
        let mut posts_of = vec![Vec::new(); self.units.len()];
        for (number, post) in self.posts.iter().enumerate() {
            posts_of[post.unit].push(number);
        }
        for (staff, person) in self.people.iter().enumerate() {
            let Some(held) = person.post.map(|post| &self.posts[post]) else { continue };
            let long = held.grade_today() == Grade::High && months_in_post(person, self.start) > 40;
            if person.marked || !held.is_desk() || !long || person.retire.is_some() {
                continue;
            }
            pairs.extend(
                posts_of[person.unit]
                    .iter()
                    .copied()
                    .filter(|index| {
                        let post = &self.posts[*index];
                        post.is_desk() && post.office != held.office && self.is_open(person, *index)
                    })
                    .map(|post| (staff, post)),
            );
        }
        let Some((staff, post)) = pairs.get(draw.below(pairs.len())).copied() else { return };
        self.people[staff].marked = true;
        self.posts[post].promised += 1;
        let reason = ("党组研究意见", "view of the leading group");
        self.decisions.push(Decision { staff, post: Some(post), year: Some(1), kind: DecisionKind::Go, reason });
    }

    /// A head who stays, people not suited to a post, somebody freed of an exemption.
    pub(super) fn decisions(&mut self, draw: &mut Draw) {
        let start = self.start;
        let kept = self.find(draw, |person, post| post.lead == Lead::Head && months_in_post(person, start) < 90);
        if let Some(who) = kept {
            self.decisions.push(Decision {
                staff: who,
                post: self.people[who].post,
                year: None,
                kind: DecisionKind::Stay,
                reason: ("重点工作未完成", "work in hand"),
            });
        }
        for _ in 0..2 {
            let Some(who) = self.find(draw, |_, post| post.is_desk()) else { return };
            let (unit, own) = (self.people[who].unit, self.people[who].post);
            let others: Vec<usize> = (0..self.posts.len())
                .filter(|index| self.posts[*index].unit == unit && Some(*index) != own && self.posts[*index].is_desk())
                .collect();
            if let Some(post) = others.get(draw.below(others.len())) {
                self.decisions.push(Decision {
                    staff: who,
                    post: Some(*post),
                    year: None,
                    kind: DecisionKind::Not,
                    reason: ("不宜安排", "not suitable"),
                });
            }
        }
        if let Some(who) = self.find(draw, |person, post| post.is_desk() && person.retire.is_none()) {
            self.people[who].exempt = Some((self.after(20), ("家庭困难", "hardship at home")));
            self.decisions.push(Decision {
                staff: who,
                post: None,
                year: None,
                kind: DecisionKind::Free,
                reason: ("本人同意轮岗", "agrees to be rotated"),
            });
        }
    }
}
