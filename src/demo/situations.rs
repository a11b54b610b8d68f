//! What makes a department real: inherited breaches, absences, joiners and leavers, reserve cadres.
//!
//! Nobody is part of two situations, and a vacant seat is promised once, so that no two of them clash.

use super::District;
use super::draw::Draw;
use super::people::{Absence, Person, Reserve, grade_rank, months_in_post, newcomer, qualifies};
use super::posts::Post;
use super::words::{Both, COORDINATION, EXPERIENCES, GRASSROOTS};
use chrono::NaiveDate;
use lungang_domain::{EventKind, Grade, Lead, StaffingKind, add_months};

/// A dated event.
pub(super) struct Event {
    pub(super) date: NaiveDate,
    pub(super) kind: EventKind,
    pub(super) staff: Option<usize>,
    pub(super) post: Option<usize>,
    pub(super) to_post: Option<usize>,
    pub(super) until: Option<NaiveDate>,
    pub(super) note: Both,
}

impl District {
    /// Somebody not yet marked who holds a post and meets the wish; marks them.
    pub(super) fn find(&mut self, draw: &mut Draw, wish: impl Fn(&Person, &Post) -> bool) -> Option<usize> {
        let fits: Vec<usize> = (0..self.people.len())
            .filter(|index| {
                let person = &self.people[*index];
                !person.marked && person.post.is_some_and(|post| wish(person, &self.posts[post]))
            })
            .collect();
        let found = *fits.get(draw.below(fits.len()))?;
        self.people[found].marked = true;
        Some(found)
    }

    /// Whether the post has a vacant seat, promised to nobody, that the person could take.
    pub(super) fn is_open(&self, person: &Person, index: usize) -> bool {
        let post = &self.posts[index];
        post.unit == person.unit
            && person.post != Some(index)
            && post.vacant > post.promised
            && post.desk.is_none_or(|desk| desk.special.is_none())
            && qualifies(person, post)
    }

    /// A vacant desk of the unit, promised to the person.
    fn promise(&mut self, draw: &mut Draw, person: usize) -> Option<usize> {
        let open: Vec<usize> = (0..self.posts.len())
            .filter(|index| self.posts[*index].is_desk() && self.is_open(&self.people[person], *index))
            .collect();
        let found = *open.get(draw.below(open.len()))?;
        self.posts[found].promised += 1;
        Some(found)
    }

    fn event(&mut self, date: NaiveDate, kind: EventKind, staff: Option<usize>, note: Both) -> &mut Event {
        self.events.push(Event { date, kind, staff, post: None, to_post: None, until: None, note });
        let last = self.events.len() - 1;
        &mut self.events[last]
    }

    /// Day so many months after the start.
    pub(super) fn after(&self, months: i32) -> NaiveDate {
        add_months(self.start, months)
    }

    /// All situations, about one of each kind for every sixty people, or as many as the family says.
    pub(super) fn situations(&mut self, draw: &mut Draw) {
        let every = self.traits.every;
        let rounds = (self.people.len() + every / 2) / every;
        self.acting(draw);
        for _ in 0..rounds.max(1) {
            self.promotions(draw);
            self.decided_moves(draw);
            self.breaches(draw);
            self.absences(draw);
            self.bound(draw);
            self.leavers(draw);
            self.founded_and_closed(draw);
            self.decisions(draw);
        }
        self.joiners(draw);
        self.reserves(draw);
        self.unknowns(draw);
    }

    /// The deputy leads an office whose head is missing.
    fn acting(&mut self, draw: &mut Draw) {
        let heads: Vec<usize> = (0..self.posts.len())
            .filter(|index| self.posts[*index].lead == Lead::Head && self.posts[*index].vacant > 0)
            .collect();
        for head in heads {
            let (unit, office) = (self.posts[head].unit, self.posts[head].office);
            let deputy =
                self.find(draw, |_, post| post.lead == Lead::Deputy && post.unit == unit && post.office == office);
            if let Some(deputy) = deputy {
                self.people[deputy].acting = Some(head);
            }
        }
    }

    /// Somebody from a desk becomes deputy of an office that lacks one.
    fn promotions(&mut self, draw: &mut Draw) {
        let vacant = (0..self.posts.len()).find(|index| {
            let post = &self.posts[*index];
            post.lead == Lead::Deputy && post.vacant > post.promised
        });
        let Some(to) = vacant else { return };
        let (unit, kind, start) = (self.posts[to].unit, self.posts[to].kind, self.start);
        let who = self.find(draw, |person, post| {
            person.unit == unit
                && post.is_desk()
                && post.kind == kind
                && person.kind == Some(kind)
                && grade_rank(person.grade) < 4
                && months_in_post(person, start) > 24
        });
        if let Some(who) = who {
            self.posts[to].promised += 1;
            let date = self.after(4);
            self.event(date, EventKind::Promote, Some(who), ("拟提任副职", "to be promoted deputy")).to_post = Some(to);
        }
    }

    /// Breaches that stand today: a wrong staffing kind, a level too low.
    fn breaches(&mut self, draw: &mut Draw) {
        let desk = self.find(draw, |_, post| post.is_desk() && post.kind == StaffingKind::Administrative);
        if let Some(who) = desk {
            let person = &mut self.people[who];
            person.kind = Some(StaffingKind::Public);
            (person.grade, person.grade_since, person.category) = ("", None, None);
        }
        if let Some(who) = self.find(draw, |_, post| post.lead == Lead::Head) {
            self.people[who].level = "股级副职";
        }
    }

    fn absences(&mut self, draw: &mut Draw) {
        let start = self.start;
        if let Some(who) = self.find(draw, |_, post| post.is_desk()) {
            let own = self.people[who].post;
            let unit = self.people[who].unit;
            let hosts: Vec<usize> = (0..self.posts.len())
                .filter(|index| {
                    let post = &self.posts[*index];
                    // A post that closes has one seat.
                    Some(*index) != own && post.unit == unit && post.is_desk() && !post.later && post.headcount > 1
                })
                .collect();
            let host = hosts.get(draw.below(hosts.len())).copied();
            let from = draw.months_before(start, 8);
            self.people[who].absence = Some(Absence { from, until: Some(self.after(10)), kind: "secondment", host });
        }
        if let Some(who) = self.find(draw, |person, post| post.is_desk() && person.woman && person.retire.is_none()) {
            let birth = draw.months_before(start, 12 * 31);
            let person = &mut self.people[who];
            person.birth = birth;
            person.absence = Some(Absence {
                from: draw.months_before(start, 2),
                until: Some(add_months(start, 4)),
                kind: "maternity",
                host: None,
            });
        }
        if let Some(who) = self.find(draw, |_, post| post.is_desk()) {
            self.people[who].absence =
                Some(Absence { from: draw.months_before(start, 14), until: None, kind: "village", host: None });
            let date = self.after(22);
            self.event(date, EventKind::Return, Some(who), ("驻村期满", "back from the village"));
        }
        if let Some(who) = self.find(draw, |_, post| post.lead == Lead::Deputy || post.lead == Lead::Head) {
            let (date, until) = (self.after(15), self.after(24));
            self.event(date, EventKind::Absent, Some(who), ("脱产培训", "full-time training")).until = Some(until);
        }
    }

    /// People bound by a rule for a while.
    fn bound(&mut self, draw: &mut Draw) {
        let start = self.start;
        if let Some(who) =
            self.find(draw, |person, post| post.lead == Lead::Deputy && months_in_post(person, start) < 60)
        {
            let since = draw.months_before(start, 5);
            let person = &mut self.people[who];
            (person.post_since, person.level_since) = (Some(since), Some(since));
            person.probation_until = Some(add_months(since, 12));
        }
        if let Some(who) = self.find(draw, |person, post| post.is_desk() && person.party) {
            self.people[who].discipline_until = Some(self.after(7));
        }
        if let Some(who) = self.find(draw, |person, post| post.risk == Grade::High && person.retire.is_none()) {
            self.people[who].inquiry = Some("investigation:filed");
        }
        if let Some(who) = self.find(draw, |person, post| post.is_desk() && person.retire.is_none()) {
            self.people[who].inquiry = Some("investigation:review");
        }
        if let Some(who) = self.find(draw, |person, post| post.is_desk() && person.woman && person.retire.is_none()) {
            let birth = draw.months_before(start, 12 * 29);
            self.people[who].birth = birth;
            self.people[who].exempt = Some((self.after(9), ("孕期", "pregnancy")));
        }
        for _ in 0..2 {
            let young = self.find(draw, |person, post| post.is_desk() && months_in_post(person, start) < 50);
            if let Some(who) = young {
                let birth = draw.months_before(start, 12 * 26);
                let person = &mut self.people[who];
                person.birth = birth;
                person.retire = None;
                person.unit_since = person.post_since;
                person.service_until = person.post_since.map(|since| add_months(since, 60));
            }
        }
        if let Some(who) = self.find(draw, |_, post| post.is_desk() && post.risk == Grade::High) {
            self.people[who].must_months = Some(48);
        }
        let near = self.find(draw, |person, post| post.is_desk() && months_in_post(person, start) > 40);
        if let Some(who) = near {
            let birth = draw.months_before(start, 12 * 58 + 8);
            self.people[who].birth = birth;
            self.people[who].retire = Some(self.after(16));
        }
        if let Some(who) = self.find(draw, |_, post| post.is_desk()) {
            let own = self.people[who].post;
            let also = own.map(|post| self.posts[post].unit).and_then(|unit| {
                (0..self.posts.len()).find(|index| {
                    let post = &self.posts[*index];
                    post.unit == unit && Some(*index) != own && post.is_desk() && post.vacant > 0
                })
            });
            self.people[who].also = also;
        }
    }

    fn leavers(&mut self, draw: &mut Draw) {
        if let Some(who) = self.find(draw, |person, post| post.is_desk() && person.retire.is_none()) {
            let date = self.after(17);
            self.event(date, EventKind::Leave, Some(who), ("调往外县", "moves to another county"));
        }
        if let Some(who) = self.find(draw, |person, _| person.retire.is_some()) {
            let date = self.people[who].retire.unwrap_or(self.start);
            self.event(date, EventKind::Retire, Some(who), ("到龄退休", "retirement age"));
        }
    }

    /// A post founded in the second year, and one closed in the third.
    fn founded_and_closed(&mut self, draw: &mut Draw) {
        let desks: Vec<usize> = (0..self.posts.len())
            .filter(|index| {
                let post = &self.posts[*index];
                post.is_desk() && post.kind == StaffingKind::Administrative && post.category.is_none() && !post.later
            })
            .collect();
        if desks.is_empty() {
            return;
        }
        let like = &self.posts[*draw.pick(&desks)];
        let founded = Post {
            id: String::new(),
            title: ("数据治理岗", "data governance"),
            headcount: 1,
            certificate: None,
            major: None,
            risk: Grade::Medium,
            sensitive: false,
            essential: false,
            later: true,
            promised: 0,
            vacant: 0,
            desk: Some(&super::words::NEW_DESK),
            ..*like
        };
        // One such post in an office is enough.
        if !self.posts.iter().any(|post| post.later && post.unit == founded.unit && post.office == founded.office) {
            self.posts.push(founded);
            let (post, date) = (self.posts.len() - 1, self.after(12));
            self.event(date, EventKind::NewPost, None, ("新设岗位", "new post")).post = Some(post);
        }
        let mut holders = vec![0_usize; self.posts.len()];
        for post in self.people.iter().filter_map(|person| person.post) {
            holders[post] += 1;
        }
        // A post that only its holder is part of, so that its end disturbs no other situation.
        let closable: Vec<(usize, usize)> = (0..self.people.len())
            .filter(|index| !self.people[*index].marked)
            .filter_map(|index| self.people[index].post.map(|post| (index, post)))
            .filter(|(_, post)| {
                let closed = &self.posts[*post];
                closed.is_desk()
                    && closed.headcount == 1
                    && !closed.essential
                    && closed.vacant == 0
                    && closed.desk.is_some_and(|desk| desk.special.is_none())
                    && holders[*post] == 1
            })
            .collect();
        if let Some((holder, post)) = closable.get(draw.below(closable.len())).copied() {
            self.people[holder].marked = true;
            let date = self.after(26);
            self.event(date, EventKind::ClosePost, None, ("职能调整", "functions rearranged")).post = Some(post);
        }
    }

    /// Who joins: recruits with and without a post, and people from elsewhere.
    fn joiners(&mut self, draw: &mut Draw) {
        let outside: Vec<usize> =
            (0..self.people.len()).filter(|index| self.people[*index].id == super::OUTSIDE).collect();
        for (number, who) in outside.into_iter().enumerate() {
            let date = self.after(6 + 5 * i32::try_from(number % self.traits.joining_dates).unwrap_or(0));
            let recruit = number % 3 != 1;
            if recruit {
                let unit = self.people[who].unit;
                self.people[who] = Person { marked: true, ..newcomer(draw, unit, self.start, 23) };
                self.people[who].grade = "二级科员";
                self.people[who].grade_since = None;
                self.people[who].service_until = Some(add_months(date, 60));
            }
            // Every other one is told the post; the planner places the others.
            let to = if number % 2 == 1 { self.promise(draw, who) } else { None };
            let (kind, note) = if recruit {
                (EventKind::Recruit, ("公开招录", "recruited"))
            } else {
                (EventKind::Join, ("外单位调入", "joins from elsewhere"))
            };
            self.event(date, kind, Some(who), note).to_post = to;
        }
    }

    /// The pool of reserve cadres: the young and able, some still lacking experiences.
    fn reserves(&mut self, draw: &mut Draw) {
        let (start, traits) = (self.start, self.traits);
        for index in 0..self.people.len() {
            let person = &self.people[index];
            let young = lungang_domain::months_between(person.birth, start) < 12 * traits.reserve_age;
            let free = person.inquiry.is_none() && person.discipline_until.is_none() && person.post.is_some();
            if !(young && free && draw.percent(traits.reserve_chance)) {
                continue;
            }
            let had = if draw.percent(40) { vec![*draw.pick(EXPERIENCES)] } else { Vec::new() };
            let mut wanted = vec![GRASSROOTS, COORDINATION];
            if draw.percent(traits.third_wish) {
                wanted.push(*draw.pick(EXPERIENCES));
            }
            wanted.retain(|experience| !had.contains(experience));
            let mut seen = Vec::new();
            wanted.retain(|experience| {
                !seen.contains(experience) && {
                    seen.push(*experience);
                    true
                }
            });
            let stage = ["stage:found", "stage:train", "stage:select"][draw.below(3)];
            self.people[index].reserve = Some(Reserve { stage, had, wanted, ready: stage == "stage:select" });
        }
    }

    /// Two dates that nobody knows: real rosters have them.
    fn unknowns(&mut self, draw: &mut Draw) {
        if let Some(who) = self.find(draw, |_, post| post.is_desk() && post.risk == Grade::Low) {
            self.people[who].post_since = None;
        }
        let post_of_wish = self.find(draw, |_, post| post.is_desk());
        if let Some(who) = post_of_wish {
            let unit = self.people[who].unit;
            self.people[who].suggested = (0..self.posts.len()).find(|index| {
                let post = &self.posts[*index];
                post.unit == unit && Some(*index) != self.people[who].post && qualifies(&self.people[who], post)
            });
        }
    }
}
