//! What bars a person from leaving a post, or from entering one, in a year. Names the first rule that does.

use super::course::{Courses, rank};
use super::facts::Facts;
use lungang_domain::{DecisionKind, Investigation, Nature, PersonIx, Place, PostIx, StaffingKind, months_between};

/// The first rule that keeps a person in their post in year `t`, whatever the target: `None` if they may be moved.
#[must_use]
pub fn bar_to_leave(facts: &Facts, courses: &Courses, person: PersonIx, t: usize) -> Option<&'static str> {
    let row = facts.case.person(person);
    let day = facts.policy.effective(t);
    let before = courses.at(person, t - 1);
    let seat = before.seat()?;
    if row.under_investigation.is_some() {
        return Some("R05");
    }
    let stays = |post: Option<PostIx>| post.is_none_or(|post| post == seat);
    if facts.decision(person, t, DecisionKind::Stay, stays).is_some() {
        return Some("DECISION");
    }
    if facts.special(person, seat, t) {
        return Some("SPECIAL");
    }
    if facts.near_retirement(person, day) {
        return Some("R15");
    }
    if on_probation(facts, courses, person, t) {
        return Some("R05");
    }
    if facts.policy.rule_on("R25") && row.exempt_until.is_some_and(|until| day < until) && !facts.freed(person, t) {
        return Some("R25");
    }
    if facts.life(person).absences.iter().any(|away| away.covers(day)) {
        return Some("AWAY");
    }
    let may = facts.case.post(seat).may_months.unwrap_or(facts.policy.time.may);
    let least = may.max(facts.policy.time.rest);
    if before.stay.is_some_and(|since| months_between(since.date, day) < least) {
        return Some("R10");
    }
    None
}

fn on_probation(facts: &Facts, courses: &Courses, person: PersonIx, t: usize) -> bool {
    let row = facts.case.person(person);
    let life = facts.life(person);
    let day = facts.policy.effective(t);
    let time = &facts.policy.time;
    let until = |from: chrono::NaiveDate, months: i32| day < lungang_domain::add_months(from, months);
    row.probation_until.is_some_and(|date| day < date)
        || (life.recruited && life.joins.is_some_and(|(date, _)| until(date, time.recruit_probation)))
        || life.promotions.iter().any(|(date, post)| {
            facts.case.post(*post).lead != lungang_domain::Lead::None
                && *date < day
                && until(*date, time.leader_probation)
                && matches!(courses.at(person, t - 1).place, Place::In(_) | Place::Away { .. })
        })
}

/// Whether the person's rank, majors, certificates and education fit the post (R04; a blank passes).
#[must_use]
pub fn qualified(facts: &Facts, level: Option<i64>, person: PersonIx, post: PostIx) -> bool {
    let (who, what) = (facts.case.person(person), facts.case.post(post));
    let within = |span: &lungang_domain::RankSpan, own: i64| {
        rank(facts, &span.low).is_none_or(|low| low <= own) && rank(facts, &span.high).is_none_or(|high| own <= high)
    };
    let level_fits = match (&what.level, level) {
        (Some(span), Some(own)) => within(span, own),
        _ => true,
    };
    let asks_grade = what.level.as_ref().is_none_or(|span| span.low == "无" && span.high == "无");
    let grade_fits = match (&what.grade, &who.grade) {
        (Some(span), Some(own)) if asks_grade => {
            let ladder = &facts.policy.ladder;
            let twins = ladder.equivalent.iter().filter_map(|(a, b)| {
                if a == own {
                    Some(b)
                } else if b == own {
                    Some(a)
                } else {
                    None
                }
            });
            std::iter::once(own).chain(twins).any(|grade| match facts.policy.grade_rank(grade) {
                None => true,
                Some(own) => {
                    facts.policy.grade_rank(&span.low).is_none_or(|low| low <= own)
                        && facts.policy.grade_rank(&span.high).is_none_or(|high| own <= high)
                }
            })
        }
        _ => true,
    };
    let education_fits = match (&what.min_education, &who.education) {
        (Some(least), Some(own)) => facts.policy.education_rank(own) >= facts.policy.education_rank(least),
        _ => true,
    };
    let majors_fit = what.required_majors.is_empty()
        || who.majors.is_empty()
        || what.required_majors.iter().any(|major| who.majors.contains(major));
    let certificates_fit =
        who.certificates.is_empty() || what.required_certificates.iter().all(|held| who.certificates.contains(held));
    level_fits && grade_fits && education_fits && majors_fit && certificates_fit
}

/// R18: the staffing kind fits the seat, and nobody but 行政 and 参公 staff enters an organ from outside it.
#[must_use]
pub fn kind_fits(facts: &Facts, person: PersonIx, from: Option<PostIx>, post: PostIx) -> bool {
    let (who, what) = (facts.case.person(person), facts.case.post(post));
    let Some(kind) = who.staffing_kind else { return true };
    let seat_fits = what.staffing_kinds.is_empty() || what.staffing_kinds.contains(&kind);
    let organ = |unit| matches!(facts.case.unit(unit).nature, Some(Nature::Organ | Nature::Quasi));
    let servant = matches!(kind, StaffingKind::Administrative | StaffingKind::Quasi);
    let from_outside = from.is_none_or(|from| !organ(facts.case.post(from).unit));
    seat_fits && (servant || !(organ(what.unit) && from_outside))
}

/// R19: the category fits the seat.
#[must_use]
pub fn category_fits(facts: &Facts, person: PersonIx, post: PostIx) -> bool {
    let (who, what) = (facts.case.person(person), facts.case.post(post));
    !facts.policy.rule_on("R19")
        || what.categories.is_empty()
        || who.category.is_none_or(|category| what.categories.contains(&category))
}

/// The first rule that keeps a person out of a post in year `t`; seats are not looked at.
#[must_use]
pub fn bar_to_enter(
    facts: &Facts,
    courses: &Courses,
    person: PersonIx,
    post: PostIx,
    t: usize,
) -> Option<&'static str> {
    let before = courses.at(person, t - 1);
    let day = facts.policy.effective(t);
    let row = facts.case.person(person);
    if !facts.open(post, t) {
        return Some("CLOSED");
    }
    let go = facts.decision(person, t, DecisionKind::Go, |named| named == Some(post)).is_some();
    if !qualified(facts, before.level, person, post) {
        return Some("R04");
    }
    if !kind_fits(facts, person, before.seat(), post) {
        return Some("R18");
    }
    if !category_fits(facts, person, post) {
        return Some("R19");
    }
    if row.under_investigation == Some(Investigation::Filed) {
        return Some("R05");
    }
    if row.discipline_until.is_some_and(|until| day < until) && more_important(facts, courses, person, post, t) {
        return Some("R06");
    }
    if facts.case.post(post).special.is_some() && !go {
        return Some("SPECIAL");
    }
    if facts.decision(person, t, DecisionKind::Not, |named| named == Some(post)).is_some() {
        return Some("DECISION");
    }
    let leaves_unit = before.seat().is_some_and(|held| facts.case.post(held).unit != facts.case.post(post).unit);
    if leaves_unit && facts.policy.rule_on("R20") && row.minimum_service_until.is_some_and(|until| day < until) && !go {
        return Some("R20");
    }
    if facts.policy.fit.strict && before.seat().is_some() && facts.case.fit.get(person, post).is_none() && !go {
        return Some("FIT");
    }
    None
}

/// Whether a post is more important than the one last held: by level, then by leading role (semantics 15, 35).
fn more_important(facts: &Facts, courses: &Courses, person: PersonIx, post: PostIx, t: usize) -> bool {
    let before = courses.at(person, t - 1);
    let upper = |post: PostIx| facts.case.post(post).level.as_ref().and_then(|span| rank(facts, &span.high));
    let (old_level, old_lead) = match before.last {
        Some(held) => (upper(held), facts.case.post(held).lead),
        None => (before.level, lungang_domain::Lead::None),
    };
    match (upper(post), old_level) {
        (Some(new), Some(old)) if new != old => new > old,
        _ => facts.case.post(post).lead > old_lead,
    }
}
