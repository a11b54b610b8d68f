//! Departments, their offices and their posts.

use super::departments::office;
use super::draw::Draw;
use super::family::Traits;
use super::words::{Both, Desk, OFFICES, Office, UNITS};
use lungang_domain::{Category, Grade, Lead, Power, StaffingKind};

/// A department.
pub(super) struct Unit {
    pub(super) id: String,
    pub(super) name: Both,
    /// Where the name repeats: which one of its kind, from 2.
    pub(super) nth: usize,
    /// People planned for it, those who join later included.
    pub(super) people: usize,
    /// Which kind of department it is, in a district of all kinds.
    pub(super) department: Option<usize>,
}

/// A post.
pub(super) struct Post {
    pub(super) id: String,
    pub(super) unit: usize,
    /// Position among all [`office`]s; the department's leaders have none.
    pub(super) office: Option<usize>,
    /// Title; posts of an office are told apart by it.
    pub(super) title: Both,
    pub(super) level: &'static str,
    pub(super) grade: Option<(&'static str, &'static str)>,
    pub(super) headcount: usize,
    pub(super) lead: Lead,
    pub(super) reports_to: Option<usize>,
    pub(super) risk: Grade,
    pub(super) sensitive: bool,
    pub(super) power: Power,
    pub(super) kind: StaffingKind,
    pub(super) category: Option<Category>,
    pub(super) certificate: Option<Both>,
    pub(super) major: Option<Both>,
    pub(super) essential: bool,
    pub(super) desk: Option<&'static Desk>,
    /// Founded by an event: nobody sits here today.
    pub(super) later: bool,
    /// Vacant seats that an event or a decision fills.
    pub(super) promised: usize,
    /// Seats that stay free today.
    pub(super) vacant: usize,
}

impl Post {
    pub(super) fn office(&self) -> Option<&'static Office> {
        self.office.and_then(office)
    }

    /// Field of business: the office's own, but for desks of another calling.
    pub(super) fn domain(&self) -> Option<Both> {
        self.office().map(|office| office.domain)
    }

    /// Its risk grade with the lift of a sensitive post.
    pub(super) fn grade_today(&self) -> Grade {
        if self.sensitive { self.risk.lifted() } else { self.risk }
    }

    /// Whether the post is a desk, below the leaders.
    pub(super) fn is_desk(&self) -> bool {
        self.desk.is_some()
    }
}

/// About so many people in a department, where there are several.
const DEPARTMENT: usize = 33;
/// Up to so many people stay one department.
const ONE_DEPARTMENT: usize = 80;

/// The departments for so many people.
pub(super) fn units(people: usize) -> Vec<Unit> {
    let count = if people <= ONE_DEPARTMENT { 1 } else { ((people + DEPARTMENT / 2) / DEPARTMENT).max(2) };
    (0..count)
        .map(|number| Unit {
            id: format!("GEN-U{:02}", number + 1),
            name: UNITS[number % UNITS.len()],
            nth: number / UNITS.len() + 1,
            people: people / count + usize::from(number < people % count),
            department: None,
        })
        .collect()
}

/// Vice leaders and their fields.
const VICES: &[Both] = &[
    ("副局长（分管审批）", "Vice Director (approvals)"),
    ("副局长（分管业务）", "Vice Director (operations)"),
    ("副局长（分管综合）", "Vice Director (administration)"),
];

/// The posts of one department with seats for so many people, at least.
pub(super) fn of_unit(draw: &mut Draw, unit: usize, seats: usize, first: usize, traits: &Traits) -> Vec<Post> {
    let mut posts: Vec<Post> = Vec::new();
    let leaders = (seats / 12).clamp(1, VICES.len());
    let administrative = StaffingKind::Administrative;
    posts.push(leading(
        unit,
        None,
        ("局长", "Director"),
        "乡科级正职",
        Lead::Principal,
        None,
        Grade::High,
        administrative,
    ));
    for title in VICES.iter().take(leaders) {
        posts.push(leading(unit, None, *title, "乡科级副职", Lead::Vice, Some(first), Grade::High, administrative));
    }
    let offices = (seats / 7).clamp(2, OFFICES.len());
    for (number, office) in OFFICES.iter().enumerate().take(offices) {
        let above = first + 1 + number % leaders;
        let head = first + posts.len();
        posts.push(leading(
            unit,
            Some(number),
            ("负责人", "head"),
            "股级正职",
            Lead::Head,
            Some(above),
            office.risk,
            office.kind,
        ));
        if number < 3 || number.is_multiple_of(2) {
            posts.push(leading(
                unit,
                Some(number),
                ("副职", "deputy"),
                "股级副职",
                Lead::Deputy,
                Some(head),
                office.risk,
                office.kind,
            ));
        }
        for desk in office.desks {
            posts.push(at_desk(draw, unit, number, office, desk, head));
        }
    }
    widen(draw, &mut posts, seats);
    if traits.one_pool {
        posts.iter_mut().for_each(pool);
    }
    posts
}

/// A leader's post.
#[allow(clippy::too_many_arguments)] // a row of a table, written where it is read
pub(super) fn leading(
    unit: usize,
    office: Option<usize>,
    title: Both,
    level: &'static str,
    lead: Lead,
    reports_to: Option<usize>,
    risk: Grade,
    kind: StaffingKind,
) -> Post {
    Post {
        id: String::new(),
        unit,
        office,
        title,
        level,
        grade: None,
        headcount: 1,
        lead,
        reports_to,
        risk,
        sensitive: false,
        power: if lead == Lead::Deputy { Power::Execution } else { Power::Decision },
        kind,
        category: None,
        certificate: None,
        major: None,
        essential: lead == Lead::Principal,
        desk: None,
        later: false,
        promised: 0,
        vacant: 0,
    }
}

/// A post at a desk of an office.
pub(super) fn at_desk(
    draw: &mut Draw,
    unit: usize,
    number: usize,
    office: &Office,
    desk: &'static Desk,
    head: usize,
) -> Post {
    // Desks ask for a span of grades, wide enough that pools form, narrow enough that not everybody fits.
    let span =
        if draw.percent(75) { ("二级科员", "三级主任科员") } else { ("一级科员", "一级主任科员") };
    Post {
        id: String::new(),
        unit,
        office: Some(number),
        title: desk.title,
        level: "无",
        grade: (office.kind == StaffingKind::Administrative).then_some(span),
        headcount: 1,
        lead: Lead::None,
        reports_to: Some(head),
        risk: desk.risk,
        sensitive: desk.sensitive,
        power: desk.power,
        kind: office.kind,
        category: desk.category,
        certificate: desk.certificate,
        major: desk.major,
        essential: desk.essential,
        desk: Some(desk),
        later: false,
        promised: 0,
        vacant: 0,
    }
}

/// A post that asks for nothing but the level and the staffing kind that all of its like ask for.
fn pool(post: &mut Post) {
    post.kind = StaffingKind::Administrative;
    post.grade = post.is_desk().then_some(("二级科员", "一级主任科员"));
    (post.category, post.certificate, post.major) = (None, None, None);
}

/// More seats at the desks until there are enough. An office has at most five posts for every seven seats asked for, so
/// there are never too many.
pub(super) fn widen(draw: &mut Draw, posts: &mut [Post], seats: usize) {
    let desks: Vec<usize> =
        (0..posts.len()).filter(|index| posts[*index].desk.is_some_and(|desk| desk.special.is_none())).collect();
    for _ in posts.len()..seats {
        posts[*draw.pick(&desks)].headcount += 1;
    }
}
