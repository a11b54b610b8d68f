//! What a district has beyond departments: where people come from, how they were appraised, what they did before, who is
//! whose kin, every kind of absence, and who has left.

use super::District;
use super::draw::Draw;
use super::people::{Absence, Person};
use super::posts::Post;
use super::words::Both;
use chrono::NaiveDate;
use lungang_domain::{Lead, StaffingKind, months_between};

/// The district, invented like everything else.
pub(super) const HERE: Both = ("澄湖区", "Chenghu");
const ELSEWHERE: &[Both] = &[("望泽县", "Wangze"), ("石渡县", "Shidu"), ("东浦市", "Dongpu"), ("云岭县", "Yunling")];
const PEOPLES: &[Both] = &[("土家族", "Tujia"), ("回族", "Hui"), ("苗族", "Miao"), ("侗族", "Dong")];
const WISHES: &[Both] = &[
    ("愿到乡镇一线锻炼", "to work in a township"),
    ("希望从事项目管理工作", "to manage projects"),
    ("希望留在本单位", "to stay in the department"),
    ("服从组织安排", "wherever needed"),
    ("希望从事专业对口工作", "to work in the field studied"),
];

/// A past stay.
pub(super) struct Past {
    pub(super) staff: usize,
    /// The post as it still stands.
    pub(super) post: usize,
    pub(super) from: NaiveDate,
    pub(super) to: NaiveDate,
    pub(super) kind: Both,
}

/// Kin within the service, or a relative's business.
pub(super) struct Kin {
    pub(super) a: usize,
    pub(super) b: Option<usize>,
    pub(super) kind: &'static str,
    pub(super) business: Option<Both>,
}

/// A row of the roster about somebody not in service, or about an empty seat.
pub(super) struct Gone {
    /// A word of `status`.
    pub(super) status: &'static str,
    pub(super) unit: usize,
    /// The empty seat.
    pub(super) post: Option<usize>,
    pub(super) person: Option<Person>,
    pub(super) left: Option<NaiveDate>,
}

/// What only a district has; empty in the other families.
#[derive(Default)]
pub(super) struct Lives {
    pub(super) past: Vec<Past>,
    pub(super) kin: Vec<Kin>,
    pub(super) gone: Vec<Gone>,
}

impl District {
    /// All of it.
    pub(super) fn complete(&mut self, draw: &mut Draw) {
        self.origins(draw);
        self.more_absences(draw);
        self.both_ends(draw);
        self.past(draw);
        self.kin(draw);
        self.gone(draw);
        if let Some(who) = self.find(draw, |person, post| post.is_desk() && person.retire.is_none()) {
            self.people[who].inquiry = Some("investigation:criminal");
        }
        // Deputies at the level of a head, who may not become one before the effect of a sanction ends (R06).
        for _ in 0..3 {
            if let Some(who) = self.find(draw, |person, post| post.lead == Lead::Deputy && person.level == "股级正职")
            {
                self.people[who].discipline_until = Some(self.after(20));
            }
        }
    }

    fn origins(&mut self, draw: &mut Draw) {
        let start = self.start;
        for person in &mut self.people {
            person.ethnicity = if draw.percent(94) { ("汉族", "Han") } else { *draw.pick(PEOPLES) };
            person.native = if draw.percent(65) { HERE } else { *draw.pick(ELSEWHERE) };
            person.home = if draw.percent(85) { person.native } else { HERE };
            if person.post.is_some() {
                let excellent = draw.below(100);
                person.appraisals = (0..3)
                    .map(|year| match (excellent + 37 * year) % 100 {
                        0..18 => ("优秀", "excellent"),
                        18..97 => ("称职", "competent"),
                        _ => ("基本称职", "just competent"),
                    })
                    .collect();
                let since = if draw.percent(25) { person.unit_since } else { person.post_since };
                person.section_since = since.filter(|_| person.level != "乡科级正职" && person.level != "乡科级副职");
            }
            let young = months_between(person.birth, start) < 12 * 45;
            if young && draw.percent(12) {
                person.wishes.push(*draw.pick(WISHES));
            }
        }
        // The chief of police grew up here, against R08.
        for index in 0..self.people.len() {
            let held = self.people[index].post.map(|post| &self.posts[post]);
            if held.is_some_and(|post| post.lead == Lead::Principal && self.units[post.unit].name.0 == "公安局") {
                self.people[index].home = HERE;
            }
        }
    }

    /// A desk of another department where somebody may work meanwhile: several seats, so that it closes for nobody.
    fn host(&self, draw: &mut Draw, unit: usize) -> Option<usize> {
        let hosts: Vec<usize> = (0..self.posts.len())
            .filter(|index| {
                let post = &self.posts[*index];
                post.unit != unit && post.is_desk() && !post.later && post.headcount > 1
            })
            .collect();
        hosts.get(draw.below(hosts.len())).copied()
    }

    /// Kind, months since it began and until it ends (0: nobody knows), whether the person works elsewhere.
    fn more_absences(&mut self, draw: &mut Draw) {
        let kinds: &[(&str, i32, i32, bool)] = &[
            ("attachment", 5, 19, true),
            ("attachment", 14, 10, true),
            ("drafted", 3, 9, true),
            ("drafted", 9, 3, true),
            ("shadowing", 2, 4, true),
            ("secondment", 10, 0, true),
            ("sick", 4, 8, false),
            ("training", 4, 6, false),
            ("leave", 1, 2, false),
            ("suspended", 2, 0, false),
        ];
        for (kind, since, until, elsewhere) in kinds {
            let wish = |person: &Person, post: &Post| post.is_desk() && person.retire.is_none();
            let Some(who) = self.find(draw, wish) else { return };
            let host = if *elsewhere { self.host(draw, self.people[who].unit) } else { None };
            let from = draw.months_before(self.start, *since);
            let until = (*until > 0).then(|| self.after(*until));
            self.people[who].absence = Some(Absence { from, until, kind, host });
            if *kind == "suspended" {
                self.people[who].inquiry = Some("investigation:review");
            }
        }
    }

    /// Two people who sit at one end of a duty pair and help out at the other (R09).
    fn both_ends(&mut self, draw: &mut Draw) {
        let ends = |post: &Post| post.desk.and_then(|desk| desk.duty_pair.split_once(':'));
        let mut pairs = Vec::new();
        for (one, post) in self.posts.iter().enumerate() {
            let others = self.posts.iter().enumerate().filter(|(_, other)| other.unit == post.unit);
            for (other, theirs) in others {
                if let (Some((pair, end)), Some((same, end_there))) = (ends(post), ends(theirs))
                    && pair == same
                    && end != end_there
                {
                    pairs.push((one, other));
                }
            }
        }
        for _ in 0..2 {
            let Some((one, other)) = pairs.get(draw.below(pairs.len())).copied() else { return };
            pairs.retain(|(post, _)| self.posts[*post].unit != self.posts[one].unit);
            let holder = (0..self.people.len()).find(|index| {
                let person = &self.people[*index];
                person.post == Some(one) && !person.marked
            });
            if let Some(holder) = holder {
                self.people[holder].marked = true;
                self.people[holder].also = Some(other);
            }
        }
    }

    /// The stay before today's, and for some the one before that.
    fn past(&mut self, draw: &mut Draw) {
        let lasting: Vec<usize> = (0..self.posts.len())
            .filter(|index| {
                let post = &self.posts[*index];
                post.is_desk() && !post.later && post.kind != StaffingKind::Worker
            })
            .collect();
        let mut past = Vec::new();
        for (staff, person) in self.people.iter_mut().enumerate() {
            let (Some(held), Some(since), Some(in_unit)) = (person.post, person.post_since, person.unit_since) else {
                continue;
            };
            if !draw.percent(45) {
                continue;
            }
            let here: Vec<usize> =
                lasting.iter().copied().filter(|post| self.posts[*post].unit == person.unit && *post != held).collect();
            let there: Vec<usize> =
                lasting.iter().copied().filter(|post| self.posts[*post].unit != person.unit).collect();
            let stays = if draw.percent(60) { [Some(&here), Some(&there)] } else { [None, Some(&there)] };
            let mut to = since;
            for (number, posts) in stays.into_iter().enumerate() {
                let Some(posts) = posts.filter(|posts| !posts.is_empty()) else { continue };
                let elsewhere = number == 1;
                if elsewhere && to == since {
                    to = in_unit;
                }
                let length = draw.between(20, 64);
                let from = draw.months_before(to, length);
                if months_between(person.birth, from) < 12 * 22 {
                    break;
                }
                let kind = if draw.percent(90) { ("任职", "in office") } else { ("挂职", "attachment") };
                past.push(Past { staff, post: *draw.pick(posts), from, to, kind });
                if !elsewhere {
                    person.unit_since = Some(from.min(in_unit));
                }
                to = from.min(in_unit);
                if draw.percent(50) {
                    break;
                }
            }
        }
        self.lives.past = past;
    }

    fn kin(&mut self, draw: &mut Draw) {
        self.kin_at_lines(draw);
        // In one department, side by side; and in two, where nothing follows but what a move would bring about.
        for number in 0..14 {
            let apart = number >= 6;
            let Some(a) = self.find(draw, |_, post| post.is_desk()) else { return };
            let (unit, woman) = (self.people[a].unit, self.people[a].woman);
            let spouse = number % 2 == 0;
            let wish = |person: &Person, _: &Post| (person.unit != unit) == apart && (!spouse || person.woman != woman);
            let Some(b) = self.find(draw, wish) else { continue };
            self.relate(a, b, if spouse { "kin:spouse" } else { ["kin:collateral", "kin:inlaw"][number / 2 % 2] });
        }
        let old = self.find(draw, |person, post| post.is_desk() && person.birth.le(&born(1971)));
        let young = self.find(draw, |person, post| post.is_desk() && person.birth.ge(&born(1995)));
        if let (Some(a), Some(b)) = (old, young) {
            self.relate(a, b, "kin:direct");
        }
        self.businesses(draw);
        self.kin_in_accounts();
    }

    /// Kin along the lines of report and in the finance office (R07, R21): breaches that stand today.
    fn kin_at_lines(&mut self, draw: &mut Draw) {
        for _ in 0..3 {
            let Some(above) = self.find(draw, |_, post| post.lead == Lead::Head) else { return };
            let head = self.people[above].post;
            if let Some(below) = self.find(draw, |_, post| post.reports_to == head && post.is_desk()) {
                self.relate(above, below, "kin:collateral");
            }
        }
        let finance = |post: &Post| post.office().is_some_and(|office| office.name.0 == "财务股");
        if let Some(chief) = self.find(draw, |_, post| finance(post) && post.lead == Lead::Head) {
            let (unit, woman) = (self.people[chief].unit, self.people[chief].woman);
            let cashier = |person: &Person, post: &Post| {
                person.unit == unit && person.woman != woman && post.desk.is_some_and(|desk| desk.title.0 == "出纳岗")
            };
            if let Some(cashier) = self.find(draw, cashier) {
                self.relate(chief, cashier, "kin:spouse");
            }
        }
        if let Some(chief) = self.find(draw, |_, post| finance(post) && post.lead == Lead::Head) {
            let unit = self.people[chief].unit;
            if let Some(director) = self.find(draw, |person, post| person.unit == unit && post.lead == Lead::Principal)
            {
                self.relate(director, chief, "kin:inlaw");
            }
        }
    }

    /// The head of a finance office and a cashier of the same department whom another office leads (R21 alone).
    fn kin_in_accounts(&mut self) {
        let finance = |post: &Post| post.office().is_some_and(|office| office.name.0 == "财务股");
        let is_cashier = |post: &Post| post.desk.is_some_and(|desk| desk.title.0.ends_with("出纳岗")) && !finance(post);
        let sits = |index: usize, wish: &dyn Fn(&Post) -> bool| {
            self.people[index].post.is_some_and(|post| wish(&self.posts[post]))
        };
        let chief_of = |unit: usize| {
            let is_chief = |post: &Post| post.unit == unit && finance(post) && post.lead == Lead::Head;
            (0..self.people.len()).find(|index| sits(*index, &is_chief))
        };
        let cashiers = (0..self.people.len()).filter(|index| sits(*index, &is_cashier));
        let pair = cashiers.filter_map(|cashier| Some((chief_of(self.people[cashier].unit)?, cashier))).next();
        let Some((chief, cashier)) = pair else { return };
        // And whoever has been at a desk of the department for longest, who may not become cashier there.
        let at_desk = |index: &usize| {
            let (person, unit) = (&self.people[*index], self.people[chief].unit);
            person.unit == unit && sits(*index, &|post| post.is_desk() && !finance(post))
        };
        let oldest = (0..self.people.len()).filter(at_desk).min_by_key(|index| self.people[*index].post_since);
        self.relate(chief, cashier, "kin:inlaw");
        if let Some(oldest) = oldest {
            self.relate(chief, oldest, "kin:inlaw");
        }
    }

    /// Relatives in trades that a department supervises: one in the leader's own, the others elsewhere (R08).
    fn businesses(&mut self, draw: &mut Draw) {
        let trades: Vec<(usize, Both)> = self
            .posts
            .iter()
            .flat_map(|post| post.desk.into_iter().flat_map(|desk| desk.regulates).map(|trade| (post.unit, *trade)))
            .collect();
        for number in 0..5 {
            let Some((unit, trade)) = trades.get(draw.below(trades.len())).copied() else { return };
            let own = number < 2;
            let wish = |person: &Person, post: &Post| {
                (person.unit == unit) == own && (post.lead == Lead::Vice || !own && post.lead == Lead::Head)
            };
            if let Some(who) = self.find(draw, wish) {
                let kind = ["kin:spouse", "kin:direct"][number % 2];
                self.lives.kin.push(Kin { a: who, b: None, kind, business: Some(trade) });
            }
        }
    }

    /// Kin of one line bear one family name.
    fn relate(&mut self, a: usize, b: usize, kind: &'static str) {
        if kind == "kin:collateral" || kind == "kin:direct" {
            self.people[b].family = self.people[a].family;
        }
        self.lives.kin.push(Kin { a, b: Some(b), kind, business: None });
    }

    /// Who has retired or left stays on the roster for a while, and so do empty seats.
    fn gone(&mut self, draw: &mut Draw) {
        for number in 0..self.units.len().min(10) {
            let unit = draw.below(self.units.len());
            let retired = number % 2 == 0;
            let age = if retired { 60 } else { draw.between(30, 50) };
            let mut person = super::people::newcomer(draw, unit, self.start, age);
            while retired && person.woman {
                // At sixty men retire; women have done so before.
                person = super::people::newcomer(draw, unit, self.start, age);
            }
            let since = draw.between(1, 10);
            let left = Some(draw.months_before(self.start, since));
            let status = if retired { "status:retired" } else { "status:left" };
            self.lives.gone.push(Gone { status, unit, post: None, person: Some(person), left });
        }
        let empty: Vec<usize> = (0..self.posts.len())
            .filter(|index| self.posts[*index].vacant > 0 && self.posts[*index].lead != Lead::None)
            .collect();
        for post in empty.into_iter().take(4) {
            let unit = self.posts[post].unit;
            self.lives.gone.push(Gone { status: "status:vacant", unit, post: Some(post), person: None, left: None });
        }
    }
}

/// New year's day of a year of birth.
fn born(year: i32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default()
}
