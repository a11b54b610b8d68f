//! Posts of the departments of a district, each of its own kind, and what their holders know.

use super::departments::{Department, office};
use super::draw::Draw;
use super::people::{Person, grade_at};
use super::posts::{Post, at_desk, leading, widen};
use super::words::{Both, Office};
use chrono::NaiveDate;
use lungang_domain::{Grade, Lead, StaffingKind, months_between};

/// How the head and the deputy of an office are called.
fn titles(office: &Office) -> [Both; 2] {
    let named = |head, deputy| [(head, "head"), (deputy, "deputy")];
    match office.name.0 {
        name if name.ends_with("大队") => named("大队长", "副大队长"),
        name if name.ends_with('站') => named("站长", "副站长"),
        name if name.ends_with('所') => named("所长", "副所长"),
        name if name.ends_with('股') => named("股长", "副股长"),
        _ => named("主任", "副主任"),
    }
}

/// The posts of a department of its kind with seats for so many people.
pub(super) fn of_unit(draw: &mut Draw, unit: usize, kind: &Department, seats: usize, first: usize) -> Vec<Post> {
    let leaders = (seats / 12).clamp(1, kind.vices.len().max(1));
    let staff = if kind.nature == "quasi" { StaffingKind::Quasi } else { StaffingKind::Administrative };
    let mut posts: Vec<Post> =
        vec![leading(unit, None, ("局长", "Director"), "乡科级正职", Lead::Principal, None, Grade::High, staff)];
    for title in kind.vices.iter().take(leaders) {
        posts.push(leading(unit, None, *title, "乡科级副职", Lead::Vice, Some(first), Grade::High, staff));
    }
    for (number, at) in kind.offices.iter().enumerate() {
        let Some(office) = office(*at) else { continue };
        let deputy = number.is_multiple_of(2);
        let size = 1 + usize::from(deputy) + office.desks.len();
        // Four posts to five seats: most desks seat more than one, so that there is room to move.
        if number > 1 && (posts.len() + size) * 5 > seats * 4 {
            break;
        }
        let [head_title, deputy_title] = titles(office);
        let above = first + 1 + number % leaders;
        let head = first + posts.len();
        // A quasi department has no civil servants proper.
        let kind = if office.kind == StaffingKind::Administrative { staff } else { office.kind };
        posts.push(leading(unit, Some(*at), head_title, "股级正职", Lead::Head, Some(above), office.risk, kind));
        if deputy {
            // Some deputies' posts may be held at the head's level: 副股长（正股级）.
            let level = if number == 2 { "股级副职–股级正职" } else { "股级副职" };
            posts.push(leading(unit, Some(*at), deputy_title, level, Lead::Deputy, Some(head), office.risk, kind));
        }
        for desk in office.desks {
            let mut post = at_desk(draw, unit, *at, office, desk, head);
            post.kind = desk.staffing.unwrap_or(kind);
            if post.kind == StaffingKind::Quasi {
                post.grade = Some(("二级科员", "二级主任科员"));
            } else if post.kind != StaffingKind::Administrative {
                post.grade = None;
            }
            posts.push(post);
        }
    }
    widen(draw, &mut posts, seats);
    // A desk that must not stand empty has two seats where the department has one to spare.
    for at in 0..posts.len() {
        if posts[at].is_desk() && posts[at].essential && posts[at].headcount == 1 {
            let spare = (0..posts.len()).filter(|other| posts[*other].is_desk() && posts[*other].headcount > 1);
            if let Some(spare) = spare.max_by_key(|other| posts[*other].headcount) {
                posts[spare].headcount -= 1;
                posts[at].headcount += 1;
            }
        }
    }
    posts
}

/// What people know: their own field and two others of their department. 参公 staff have grades like civil servants, and
/// who holds a post for several levels has one of them.
pub(super) fn learn(draw: &mut Draw, people: &mut [Person], posts: &[Post], kind: &Department, start: NaiveDate) {
    for person in people {
        let own = person.post.and_then(|post| posts[post].office);
        person.knows = own.into_iter().chain((0..2).map(|_| *draw.pick(&kind.offices))).collect();
        if let Some((low, high)) = person.level.split_once('–') {
            person.level = if draw.percent(50) { high } else { low };
        }
        if person.kind == Some(StaffingKind::Quasi) {
            person.grade = grade_at(months_between(person.birth, start) / 12);
            person.grade_since = Some(draw.months_before(start, 18));
            if let Some((low, high)) = person.post.and_then(|post| posts[post].grade) {
                super::people::into_span(person, low, high);
            }
        }
    }
}
