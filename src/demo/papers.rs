//! The lists that departments keep beside roster and posts: risks, powers and duties, kin, past stays, and what a
//! district's rows say more than a department's.

use super::departments::{departments, hazard_of, hazards, items};
use super::lives::{Gone, HERE};
use super::posts::Post;
use super::sheets::{Row, Writer, date, grade_word, list, yes};
use super::words::{Both, Field, say};
use crate::text::Lang;
use lungang_domain::{Grade, Lead, Power, StaffingKind};
use std::collections::{BTreeMap, BTreeSet};

/// Likelihood and severity that give a grade: their product is at least 15 where it is high, at least 8 where medium.
pub(super) fn measures(grade: Grade, turn: usize) -> (i32, i32) {
    let all: [(i32, i32); 3] = match grade {
        Grade::High => [(4, 4), (3, 5), (4, 5)],
        Grade::Medium | Grade::Unrated => [(2, 4), (3, 3), (3, 4)],
        Grade::Low => [(1, 3), (2, 2), (2, 3)],
    };
    all[turn % all.len()]
}

impl Writer<'_> {
    /// Holders of a post today, by name.
    pub(super) fn holders(&self, post: usize) -> String {
        let names: Vec<String> = self
            .district
            .people
            .iter()
            .filter(|person| person.post == Some(post))
            .map(|person| self.name(person))
            .collect();
        names.join("、")
    }

    /// What only a district's rows say about a person.
    pub(super) fn more_of_person(&self, person: &super::people::Person) -> Row {
        let years = ["2023", "2024", "2025"];
        let told = person.appraisals.iter().zip(years).map(|(result, year)| match self.lang {
            Lang::Zh => format!("{year}年{}", result.0),
            Lang::En => format!("{year} {}", result.1),
        });
        Row::from([
            ("ethnicity", self.word(person.ethnicity)),
            ("native_place", self.word(person.native)),
            ("home_region", self.word(person.home)),
            ("section_since", date(person.section_since)),
            ("appraisals", told.collect::<Vec<_>>().join("；")),
            ("wishes", list(self.lang, &person.wishes)),
        ])
    }

    /// Rows of the roster about people not in service and about empty seats.
    pub(super) fn gone_row(&self, index: usize, gone: &Gone) -> Row {
        let post = gone.post.map(|post| &self.district.posts[post]);
        let mut row = Row::from([
            ("status", gone.status.to_owned()),
            ("unit", self.unit_name(gone.unit)),
            ("section", post.map_or_else(String::new, |post| self.section(post))),
            ("post", self.maybe_post(gone.post)),
            ("name", self.word(("空缺", "vacant"))),
            ("retire_date", if gone.status == "status:retired" { date(gone.left) } else { String::new() }),
        ]);
        if let Some(person) = &gone.person {
            row.insert("id", format!("GEN-R{:02}", index + 1));
            row.insert("name", self.name(person));
            row.insert("birth_date", date(Some(person.birth)));
            row.insert("sex", self.word(if person.woman { ("女", "female") } else { ("男", "male") }));
        }
        row
    }

    /// Trades that a post supervises: a desk its own, a leader those of all below.
    fn trades(&self, index: usize) -> Vec<Both> {
        let posts = &self.district.posts;
        let below = |post: &Post| {
            let mut above = post.reports_to;
            for _ in 0..4 {
                if above == Some(index) {
                    return true;
                }
                above = above.and_then(|above| posts[above].reports_to);
            }
            false
        };
        let leads = matches!(posts[index].lead, Lead::Principal | Lead::Vice);
        let mut trades: Vec<Both> = Vec::new();
        for (number, post) in posts.iter().enumerate() {
            let counts = number == index || leads && post.unit == posts[index].unit && below(post);
            for trade in post.desk.into_iter().filter(|_| counts).flat_map(|desk| desk.regulates) {
                if !trades.contains(trade) {
                    trades.push(*trade);
                }
            }
        }
        trades
    }

    /// What only a district's rows say about a post.
    pub(super) fn more_of_post(&self, index: usize) -> Row {
        let post = &self.district.posts[index];
        let limit =
            |at: usize| post.desk.and_then(|desk| desk.limits).map_or_else(String::new, |all| all[at].to_string());
        Row::from([
            ("may_months", limit(0)),
            ("should_months", limit(1)),
            ("must_months", limit(2)),
            ("regulates", list(self.lang, &self.trades(index))),
        ])
    }

    /// The field of a desk that supervises another office, or that is of low risk and yet has one of its own.
    pub(super) fn field(&self, post: &Post) -> Option<String> {
        let own = post.domain()?;
        match post.desk?.field {
            Field::Of(name) => {
                let same = |other: &&Post| {
                    other.unit == post.unit && other.office().is_some_and(|office| office.name.0 == name)
                };
                Some(self.word(self.district.posts.iter().find(same).and_then(Post::domain).unwrap_or(own)))
            }
            Field::Own => Some(self.field_of_desk(post, own)),
            Field::Graded => None,
        }
    }

    /// What only a district's rows say about a department: 编制 and 职数, one here and there below what is filled (O3).
    pub(super) fn more_of_unit(&self, index: usize) -> Row {
        let unit = &self.district.units[index];
        let Some(kind) = unit.department.and_then(|at| departments().get(at)) else { return Row::new() };
        let mut seats: BTreeMap<StaffingKind, usize> = BTreeMap::new();
        let mut leaders = 0;
        for post in self.district.posts.iter().filter(|post| post.unit == index && !post.later) {
            *seats.entry(post.kind).or_default() += post.headcount;
            leaders += usize::from(matches!(post.lead, Lead::Principal | Lead::Vice));
        }
        let quota = |(kind, count): (StaffingKind, usize)| {
            let tight = index % 5 == 1 && kind == StaffingKind::Administrative;
            let count = if tight { count.saturating_sub(4) } else { count };
            let word = super::write::word(self.lang, &format!("staffing:{}", kind.key()));
            format!("{word}:{count}")
        };
        let parent = if kind.name.0 == "林业局" { "自然资源和规划局" } else { "" };
        let parent = self.district.units.iter().position(|unit| unit.name.0 == parent);
        let names: Vec<String> = (0..self.district.posts.len())
            .filter(|post| {
                let post = &self.district.posts[*post];
                post.unit == index && matches!(post.lead, Lead::Principal | Lead::Vice)
            })
            .map(|post| self.holders(post))
            .filter(|name| !name.is_empty())
            .collect();
        Row::from([
            ("former_names", list(self.lang, &kind.former)),
            ("parent", parent.map_or_else(String::new, |parent| self.unit_name(parent))),
            ("region", self.word(HERE)),
            ("nature", format!("nature:{}", kind.nature)),
            ("kind_seats", seats.into_iter().map(quota).collect::<Vec<_>>().join("；")),
            ("leader_seats", (leaders - usize::from(index % 9 == 4)).to_string()),
            // A small department may not lose many in one year.
            ("max_moves_per_year", if unit.people < 24 { "6".to_owned() } else { String::new() }),
            ("leaders", names.join("、")),
        ])
    }

    /// The risk list of a district: every rated post has its points; a few stand for a whole office or department.
    pub(super) fn risk_list(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        let posts = &self.district.posts;
        let mut unrated = BTreeSet::new();
        for post in posts.iter().filter(|post| post.risk == Grade::Unrated) {
            unrated.insert((post.unit, post.office));
        }
        for (index, post) in posts.iter().enumerate().filter(|(_, post)| post.risk != Grade::Unrated) {
            // The desk of a founded post tells no kind of risk of its own.
            let own = post.desk.map(|desk| desk.hazard).filter(|hazard| !hazard.is_empty());
            let kind = own.unwrap_or_else(|| post.office.map_or("lead", hazard_of));
            let points: Vec<_> = hazards(kind).collect();
            let count = if post.risk == Grade::High { points.len() } else { 1 };
            for (turn, hazard) in points.into_iter().cycle().skip(index % 2).take(count).enumerate() {
                // The first point bears the grade of the post, what follows is less.
                let grade = if turn == 0 { post.risk } else { Grade::Low };
                let (likelihood, severity) = measures(grade, index + turn);
                rows.push(Row::from([
                    ("post", self.post(index)),
                    ("point", self.word(hazard.point)),
                    ("likelihood", likelihood.to_string()),
                    ("severity", severity.to_string()),
                    ("value", (likelihood * severity).to_string()),
                    ("grade", grade_word(grade)),
                    ("form", self.word(hazard.form)),
                    ("control", self.word(hazard.control)),
                    ("answerable", self.holders(index)),
                ]));
            }
            let first_of_office = post.lead == Lead::Head && !unrated.contains(&(post.unit, post.office));
            if let Some(hazard) = hazards("write").last().filter(|_| first_of_office && index.is_multiple_of(5)) {
                let (likelihood, severity) = measures(Grade::Low, index);
                rows.push(Row::from([
                    ("unit", self.unit_name(post.unit)),
                    ("section", self.section(post)),
                    ("point", self.word(hazard.point)),
                    ("likelihood", likelihood.to_string()),
                    ("severity", severity.to_string()),
                    ("value", (likelihood * severity).to_string()),
                    ("grade", grade_word(Grade::Low)),
                    ("form", self.word(hazard.form)),
                    ("control", self.word(hazard.control)),
                    ("answerable", self.holders(index)),
                ]));
            }
        }
        rows
    }

    /// Each item of each office, step by step. Key items go through posts of high risk alone, so that the grade of no
    /// post hangs on them.
    pub(super) fn duty_rows(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        let posts = &self.district.posts;
        for (at, head) in posts.iter().enumerate().filter(|(_, post)| post.lead == Lead::Head) {
            let Some(office) = head.office else { continue };
            let above = head.reports_to.map_or_else(String::new, |leader| self.holders(leader));
            let own = (0..posts.len()).filter(|index| {
                let post = &posts[*index];
                let serves = post.kind == StaffingKind::Worker;
                post.unit == head.unit && post.office == head.office && post.is_desk() && !post.later && !serves
            });
            let desks: Vec<usize> = own.collect();
            for item in items(office) {
                let high = |post: &usize| posts[*post].grade_today() == Grade::High;
                let through = desks.iter().copied().chain([at]).chain(head.reports_to);
                for post in through.filter(|post| !item.key || high(post)) {
                    let step = match (posts[post].lead, posts[post].power) {
                        (Lead::Principal | Lead::Vice, _) => ("审批", "approval"),
                        (Lead::Head, _) => ("审核", "review"),
                        (_, Power::Decision) => ("审查", "examination"),
                        (_, Power::Supervision) => ("监督检查", "supervision"),
                        _ => ("受理承办", "handling"),
                    };
                    rows.push(Row::from([
                        ("item", self.word(item.name)),
                        ("key", yes(item.key)),
                        ("step", self.word(step)),
                        ("post", self.post(post)),
                        ("responsible_leader", above.clone()),
                        ("section", self.section(&posts[post])),
                        ("person", self.holders(post)),
                    ]));
                }
            }
        }
        rows
    }

    pub(super) fn kin_rows(&self) -> Vec<Row> {
        let row = |kin: &super::lives::Kin| {
            Row::from([
                ("staff_a", self.staff(kin.a)),
                ("staff_b", kin.b.map_or_else(String::new, |b| self.staff(b))),
                ("kind", kin.kind.to_owned()),
                ("other", kin.business.map_or_else(String::new, |trade| say(self.lang, trade).to_owned())),
            ])
        };
        self.district.lives.kin.iter().map(row).collect()
    }

    pub(super) fn history_rows(&self) -> Vec<Row> {
        let row = |past: &super::lives::Past| {
            let post = &self.district.posts[past.post];
            Row::from([
                ("staff", self.staff(past.staff)),
                ("unit", self.unit_name(post.unit)),
                ("section", self.section(post)),
                ("post", self.post(past.post)),
                // What one knows of the past is the office's field.
                ("domain", post.domain().map_or_else(String::new, |domain| self.word(domain))),
                ("from", date(Some(past.from))),
                ("to", date(Some(past.to))),
                ("kind", self.word(past.kind)),
            ])
        };
        self.district.lives.past.iter().map(row).collect()
    }
}
