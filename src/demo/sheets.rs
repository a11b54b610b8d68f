//! From the generated district to sheets: a neutral table of strings, before headings and words get their language.

use super::District;
use super::people::Person;
use super::posts::Post;
use super::words::{Both, say};
use crate::input::schema;
use crate::text::Lang;
use chrono::NaiveDate;
use lungang_domain::{DecisionKind, EventKind, Grade, Lead};
use std::collections::BTreeMap;

/// A sheet: canonical names, words as the keys of `data/values.tsv`, dates as `2025-07-01`, lists joined by `；`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Canonical name, such as `staff`.
    pub name: &'static str,
    /// Canonical columns, such as `post_since`.
    pub header: Vec<&'static str>,
    /// Rows, one cell for each column; empty where nothing is known.
    pub rows: Vec<Vec<String>>,
}

/// One row by column.
pub(super) type Row = BTreeMap<&'static str, String>;

/// A sheet of the columns that some row fills, in the order of `data/columns.tsv`.
fn sheet(name: &'static str, rows: &[Row]) -> Sheet {
    let filled = |column: &&'static str| rows.iter().any(|row| row.get(column).is_some_and(|cell| !cell.is_empty()));
    let known = schema::sheet(name).map_or(&[][..], |sheet| &sheet.columns);
    let header: Vec<&'static str> = known.iter().map(|column| column.name).filter(filled).collect();
    let rows = rows
        .iter()
        .map(|row| header.iter().map(|column| row.get(column).cloned().unwrap_or_default()).collect())
        .collect();
    Sheet { name, header, rows }
}

pub(super) fn date(day: Option<NaiveDate>) -> String {
    day.map_or_else(String::new, |day| day.format("%Y-%m-%d").to_string())
}

pub(super) fn yes(flag: bool) -> String {
    if flag { "yes".to_owned() } else { String::new() }
}

pub(super) fn list(lang: Lang, words: &[Both]) -> String {
    words.iter().map(|word| say(lang, *word)).collect::<Vec<_>>().join("；")
}

/// All sheets.
pub(super) fn all(district: &District, scores: &[(usize, usize, i32)], lang: Lang) -> Vec<Sheet> {
    let writer = Writer { district, lang };
    let rows = |count: usize, row: &dyn Fn(usize) -> Row| (0..count).map(row).collect::<Vec<_>>();
    let fit: Vec<Row> = scores
        .iter()
        .map(|(person, post, score)| {
            Row::from([("staff", writer.staff(*person)), ("post", writer.post(*post)), ("score", score.to_string())])
        })
        .collect();
    let mut staff = rows(district.people.len(), &|index| writer.person_row(&district.people[index]));
    staff.extend(district.lives.gone.iter().enumerate().map(|(index, gone)| writer.gone_row(index, gone)));
    let risks = if district.traits.all_kinds { writer.risk_list() } else { writer.risk_rows() };
    [
        sheet("staff", &staff),
        sheet("posts", &writer.post_rows()),
        sheet("units", &rows(district.units.len(), &|index| writer.unit_row(index))),
        sheet("fit", &fit),
        sheet("risks", &risks),
        sheet("duties", &writer.duty_rows()),
        sheet("relations", &writer.kin_rows()),
        sheet("history", &writer.history_rows()),
        sheet("events", &rows(district.events.len(), &|index| writer.event_row(index))),
        sheet("decisions", &rows(district.decisions.len(), &|index| writer.decision_row(index))),
        sheet("settings", &writer.settings()),
    ]
    .into_iter()
    .filter(|sheet| !sheet.rows.is_empty())
    .collect()
}

/// Puts what was generated into rows of one language.
pub(super) struct Writer<'a> {
    pub(super) district: &'a District,
    pub(super) lang: Lang,
}

impl Writer<'_> {
    pub(super) fn staff(&self, index: usize) -> String {
        self.district.people[index].id.clone()
    }

    pub(super) fn post(&self, index: usize) -> String {
        self.district.posts[index].id.clone()
    }

    pub(super) fn maybe_post(&self, index: Option<usize>) -> String {
        index.map_or_else(String::new, |index| self.post(index))
    }

    pub(super) fn word(&self, both: Both) -> String {
        say(self.lang, both).to_owned()
    }

    /// The department's name says that it is generated, and so does every sheet that names it.
    pub(super) fn unit_name(&self, index: usize) -> String {
        let unit = &self.district.units[index];
        let nth = if unit.nth > 1 { format!(" {}", unit.nth) } else { String::new() };
        let mark = match self.lang {
            Lang::Zh => "〔生成数据〕",
            Lang::En => " (generated)",
        };
        format!("{}{nth}{mark}", say(self.lang, unit.name))
    }

    pub(super) fn section(&self, post: &Post) -> String {
        post.office().map_or_else(String::new, |office| self.word(office.name))
    }

    pub(super) fn name(&self, person: &Person) -> String {
        let given: String = person.given.iter().map(|syllable| say(self.lang, *syllable)).collect();
        let family = say(self.lang, person.family);
        match self.lang {
            Lang::Zh => format!("{family}{given}"),
            Lang::En => {
                let mut letters = given.chars();
                let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
                format!("{family} {first}{}", letters.as_str())
            }
        }
    }

    fn person_row(&self, person: &Person) -> Row {
        let held = person.post.map(|post| &self.district.posts[post]);
        let reserve = person.reserve.as_ref();
        let absence = person.absence.as_ref();
        let mut row = Row::from([
            ("id", person.id.clone()),
            ("name", self.name(person)),
            ("sex", self.word(if person.woman { ("女", "female") } else { ("男", "male") })),
            ("birth_date", date(Some(person.birth))),
            ("party", self.word(if person.party { ("中共党员", "party member") } else { ("群众", "none") })),
            ("education", person.education.to_owned()),
            ("major", self.word(person.major)),
            ("certificates", list(self.lang, &person.certificates)),
            ("staffing_kind", person.kind.map_or_else(String::new, |kind| format!("staffing:{}", kind.key()))),
            ("category", person.category.map_or_else(String::new, |category| format!("category:{}", category.key()))),
            ("status", "status:in_service".to_owned()),
            ("unit", self.unit_name(person.unit)),
            ("section", held.map_or_else(String::new, |post| self.section(post))),
            ("post", self.maybe_post(person.post)),
            ("also_posts", self.maybe_post(person.also)),
            ("acting_in", self.maybe_post(person.acting)),
            ("post_since", date(person.post_since)),
            ("unit_since", date(person.unit_since)),
            ("level", person.level.to_owned()),
            ("level_since", date(person.level_since)),
            ("grade", person.grade.to_owned()),
            ("grade_since", date(person.grade_since)),
            ("reserve", yes(reserve.is_some())),
            ("reserve_stage", reserve.map_or_else(String::new, |reserve| reserve.stage.to_owned())),
            ("ready_now", yes(reserve.is_some_and(|reserve| reserve.ready))),
            ("experiences", reserve.map_or_else(String::new, |reserve| list(self.lang, &reserve.had))),
            ("needed", reserve.map_or_else(String::new, |reserve| list(self.lang, &reserve.wanted))),
            ("retire_date", date(person.retire)),
            ("probation_until", date(person.probation_until)),
            ("minimum_service_until", date(person.service_until)),
            ("discipline_until", date(person.discipline_until)),
            ("under_investigation", person.inquiry.unwrap_or_default().to_owned()),
            ("absent_from", date(absence.map(|absence| absence.from))),
            ("absent_until", date(absence.and_then(|absence| absence.until))),
            ("absence_kind", absence.map_or_else(String::new, |absence| format!("absence:{}", absence.kind))),
            ("host_post", self.maybe_post(absence.and_then(|absence| absence.host))),
            ("exempt_until", date(person.exempt.map(|(until, _)| until))),
            ("exempt_reason", person.exempt.map_or_else(String::new, |(_, reason)| self.word(reason))),
            ("must_months", person.must_months.map_or_else(String::new, |months| months.to_string())),
            ("law_hours", person.law_hours.to_string()),
            ("professional_hours", person.professional_hours.to_string()),
            ("suggested_posts", self.maybe_post(person.suggested)),
        ]);
        row.extend(self.more_of_person(person));
        row
    }

    /// In a department's order, whatever order they were made in.
    fn post_rows(&self) -> Vec<Row> {
        let mut rows: Vec<Row> = (0..self.district.posts.len()).map(|index| self.post_row(index)).collect();
        rows.sort_by(|left, right| left.get("id").cmp(&right.get("id")));
        rows
    }

    fn post_row(&self, index: usize) -> Row {
        let post = &self.district.posts[index];
        let desk = post.desk;
        let grade = post.grade.map_or_else(String::new, |(low, high)| format!("{low}–{high}"));
        // Where several sit, one may be missing; single desks take today's presence as their minimum, or of low risk
        // may stand empty for a while.
        let spare = self.district.traits.all_kinds && post.is_desk() && post.risk == Grade::Low && !post.essential;
        let minimum = match post.headcount {
            2.. if post.vacant < 2 => (post.headcount - 1).to_string(),
            1 if spare => "0".to_owned(),
            _ => String::new(),
        };
        let mut row = Row::from([
            ("id", post.id.clone()),
            ("unit", self.unit_name(post.unit)),
            ("section", self.section(post)),
            ("title", self.title(post)),
            ("level", post.level.to_owned()),
            ("grade", grade),
            ("headcount", post.headcount.to_string()),
            ("min_present", minimum),
            ("essential", yes(post.essential)),
            ("lead", format!("lead:{}", post.lead.key())),
            ("reports_to", self.maybe_post(post.reports_to)),
            ("risk", if listed(index, post) { String::new() } else { grade_word(post.risk) }),
            ("sensitive", yes(post.sensitive)),
            ("power", format!("power:{}", post.power.key())),
            ("duty_pair", desk.map_or_else(String::new, |desk| desk.duty_pair.to_owned())),
            ("domain", post.domain().map_or_else(String::new, |domain| self.domain(post, domain))),
            ("ten_year_duty", yes(desk.is_some_and(|desk| desk.ten_year))),
            ("staffing_kinds", format!("staffing:{}", post.kind.key())),
            ("categories", post.category.map_or_else(String::new, |category| format!("category:{}", category.key()))),
            ("required_majors", post.major.map_or_else(String::new, |major| self.word(major))),
            ("required_certificates", post.certificate.map_or_else(String::new, |held| self.word(held))),
            ("min_education", if post.lead == Lead::None { String::new() } else { "本科".to_owned() }),
            ("development", desk.map_or_else(String::new, |desk| list(self.lang, desk.development))),
            ("special", desk.and_then(|desk| desk.special).map_or_else(String::new, |why| self.word(why))),
        ]);
        row.extend(self.more_of_post(index));
        row
    }

    /// Leaders bear the office's name in their title, so that a title names one post of a department.
    pub(super) fn title(&self, post: &Post) -> String {
        let title = say(self.lang, post.title);
        match (post.lead, post.office(), self.lang) {
            (Lead::Head | Lead::Deputy, Some(office), Lang::Zh) => format!("{}{title}", office.name.0),
            (Lead::Head | Lead::Deputy, Some(office), Lang::En) => format!("{}, {title}", office.name.1),
            _ => title.to_owned(),
        }
    }

    /// Desks of one office differ in their field, so that a change of desk is a rotation (R16).
    pub(super) fn domain(&self, post: &Post, domain: Both) -> String {
        self.field(post).unwrap_or_else(|| {
            if post.is_desk() && post.risk != Grade::Low {
                self.field_of_desk(post, domain)
            } else {
                say(self.lang, domain).to_owned()
            }
        })
    }

    /// A field that no other desk of the office has.
    pub(super) fn field_of_desk(&self, post: &Post, domain: Both) -> String {
        let title = post.desk.map_or("", |desk| say(self.lang, desk.title));
        format!("{}·{title}", say(self.lang, domain))
    }

    fn unit_row(&self, index: usize) -> Row {
        let own = self.district.traits.unit_moves.filter(|_| index % 3 == 1);
        let mut row = Row::from([
            ("id", self.district.units[index].id.clone()),
            ("name", self.unit_name(index)),
            ("nature", "nature:organ".to_owned()),
            ("max_moves_per_year", own.map_or_else(String::new, |moves| moves.to_string())),
        ]);
        row.extend(self.more_of_unit(index));
        row
    }

    fn risk_rows(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        for (index, post) in self.district.posts.iter().enumerate().filter(|(index, post)| listed(*index, post)) {
            let id = self.post(index);
            rows.push(Row::from([
                ("post", id.clone()),
                ("point", self.word(("审核把关不严", "checks not made with care"))),
                ("grade", grade_word(post.risk)),
                ("control", self.word(("双人复核", "two pairs of eyes"))),
            ]));
            if post.risk == Grade::High {
                rows.push(Row::from([
                    ("post", id),
                    ("point", self.word(("材料归档不及时", "papers filed late"))),
                    ("grade", grade_word(Grade::Low)),
                    ("control", self.word(("定期抽查", "spot checks"))),
                ]));
            }
        }
        rows
    }

    fn event_row(&self, index: usize) -> Row {
        let event = &self.district.events[index];
        let kind = match event.kind {
            EventKind::NewPost => "event:new_post".to_owned(),
            kind => format!("event:{}", kind.key()),
        };
        Row::from([
            ("date", date(Some(event.date))),
            ("kind", kind),
            ("staff", event.staff.map_or_else(String::new, |staff| self.staff(staff))),
            ("post", self.maybe_post(event.post)),
            ("to_post", self.maybe_post(event.to_post)),
            ("until", date(event.until)),
            ("note", self.word(event.note)),
        ])
    }

    fn decision_row(&self, index: usize) -> Row {
        let decision = &self.district.decisions[index];
        // A decision with an approval on record may break rules that have that escape.
        let approved = self.district.traits.all_kinds && decision.kind == DecisionKind::Go && index.is_multiple_of(2);
        Row::from([
            ("staff", self.staff(decision.staff)),
            ("post", self.maybe_post(decision.post)),
            ("year", decision.year.map_or_else(String::new, |year| year.to_string())),
            ("kind", format!("decision:{}", decision.kind.key())),
            ("decided_by", self.word(("局党组（生成）", "leading group (generated)"))),
            ("date", date(self.district.start.pred_opt())),
            ("reason", self.word(decision.reason)),
            ("approval", if approved { self.approval(index) } else { String::new() }),
        ])
    }

    /// Number of the document that approves a decision.
    fn approval(&self, index: usize) -> String {
        match self.lang {
            Lang::Zh => format!("澄组干〔2025〕{}号（生成）", index + 11),
            Lang::En => format!("Approval 2025/{} (generated)", index + 11),
        }
    }

    fn settings(&self) -> Vec<Row> {
        let lang = match self.lang {
            Lang::Zh => "zh",
            Lang::En => "en",
        };
        let own = self.district.traits.settings.iter().map(|(key, value)| (*key, (*value).to_owned()));
        [("start", date(Some(self.district.start))), ("years", "5".to_owned()), ("report.lang", lang.to_owned())]
            .into_iter()
            .chain(own)
            .map(|(key, value)| Row::from([("key", key.to_owned()), ("value", value)]))
            .collect()
    }
}

pub(super) fn grade_word(grade: Grade) -> String {
    if grade == Grade::Unrated { String::new() } else { format!("risk:{}", grade.key()) }
}

/// Some desks have their grade from the risk list only.
fn listed(index: usize, post: &Post) -> bool {
    post.is_desk() && index.is_multiple_of(4) && post.risk != Grade::Unrated
}
