//! What later rules need to bite, laid over a case that is made: each with dice of its own, so that cases stay what they were.

use super::{Dice, EXPERIENCES};
use chrono::{Days, NaiveDate};
use lungang::input::policy::PRESETS;
use lungang::input::policy_from_toml;
use lungang_domain::case::Since;
use lungang_domain::words::{Kin, Power};
use lungang_domain::{
    Case, Event, EventKind, Grade, HistoryRow, Lead, PersonIx, Policy, PostIx, Relation, Share, Thresholds, UnitIx,
    add_months,
};

/// In two of five cases: the limits, shares, points and rules of a preset, and people who have been where they are for longer.
pub(super) fn preset(case: &mut Case, policy: &mut Policy, dice: &mut Dice) {
    if !dice.percent(40) {
        return;
    }
    let (name, _) = *dice.pick(PRESETS);
    let start = policy.start.to_string();
    let preset = policy_from_toml(&format!("preset = \"{name}\""), &[("start", &start)]).expect("a sound preset");
    (policy.time, policy.turnover, policy.points) = (preset.time, preset.turnover, preset.points);
    (policy.rules, policy.risk, policy.fit.strict) = (preset.rules, preset.risk, preset.fit.strict);
    for person in &mut case.people {
        if let Some(since) = &mut person.post_since {
            since.date = add_months(since.date, -i32::try_from(dice.range(0, 100)).unwrap());
        }
    }
}

/// In two of three cases: units that regulate what relatives live by, bodies of the county in which people grew up, and
/// posts that lead them (R08).
pub(super) fn avoidance(case: &mut Case, dice: &mut Dice, alone: bool) {
    if !alone && !dice.percent(66) {
        return;
    }
    for post in &mut case.posts {
        if dice.percent(40) {
            post.lead = *dice.pick(&[Lead::Principal, Lead::Vice]);
        }
        if dice.percent(30) {
            post.regulates = vec!["餐饮".to_owned()];
        }
    }
    for unit in &mut case.units {
        unit.region = dice.percent(80).then(|| (*dice.pick(&["甲县", "丙市甲县", "乙县"])).to_owned());
        if dice.percent(50) {
            unit.name = (*dice.pick(&["甲县公安局", "甲县人民法院〔生成〕", "甲县政府办公室"])).to_owned();
        }
    }
    for (at, person) in case.people.iter_mut().enumerate() {
        person.home_region = dice.percent(50).then(|| (*dice.pick(&["甲县", "丙市甲县", "县"])).to_owned());
        if dice.percent(30) {
            let kinds = [None, Some(Kin::Spouse), Some(Kin::Direct), Some(Kin::InLaw), Some(Kin::Collateral)];
            let business = (*dice.pick(&["经营餐饮店", "餐饮", "务农"])).to_owned();
            let row = person.row;
            let (staff_a, kind) = (PersonIx(at), *dice.pick(&kinds));
            case.relations.push(Relation { staff_a, staff_b: None, kind, other: Some(business), row });
        }
    }
}

/// In seven of ten cases: posts that lead, side by side, in one section and one unit (R11). Where the case dwells on it, their
/// holders have long been due, and little else holds them.
pub(super) fn leaders(case: &mut Case, policy: &mut Policy, dice: &mut Dice, alone: bool) {
    if alone {
        policy.rules.insert("R11".to_owned(), true);
        policy.turnover.unit_share = Share(1_000_000);
        policy.turnover.old_hands = Share(0);
        (policy.time.may, policy.fit.strict) = (0, false);
        for post in &mut case.posts {
            (post.risk, post.level, post.grade, post.may_months) = (Grade::High, None, None, None);
            post.power = Some(*dice.pick(&[Power::Execution, Power::Decision, Power::Supervision]));
        }
        for since in case.people.iter_mut().filter_map(|person| person.post_since.as_mut()) {
            since.date = add_months(since.date, -i32::try_from(dice.range(12, 60)).unwrap());
        }
    } else if !dice.percent(70) {
        return;
    }
    let home = case.posts.iter().find(|post| post.section.is_some()).map(|post| (post.unit, post.section));
    let pair =
        *dice.pick(&[[Lead::Head, Lead::Deputy], [Lead::Head, Lead::Deputy], [Lead::Principal, Lead::Principal]]);
    for (at, post) in case.posts.iter_mut().enumerate() {
        if dice.percent(85) {
            post.lead = pair[at % 2];
        }
        if let Some((unit, section)) = home.filter(|_| dice.percent(80)) {
            (post.unit, post.section) = (unit, section);
        }
    }
    let approved = dice.percent(30);
    for decision in &mut case.decisions {
        decision.approval = if approved { Some("批复".to_owned()) } else { decision.approval.take() };
    }
}

/// In two of three cases: relatives, a line of command, and offices of accounting and personnel (R07, R21).
pub(super) fn relatives(case: &mut Case, dice: &mut Dice, alone: bool) {
    if case.people.len() < 2 || !alone && !dice.percent(66) {
        return;
    }
    let by_accounts = dice.percent(55);
    let unit = case.posts[0].unit;
    for at in 0..case.posts.len() {
        let post = &mut case.posts[at];
        if dice.percent(70) && post.unit != unit {
            (post.unit, post.section) = (unit, None);
        }
        if by_accounts {
            let (lead, title) = *dice.pick(&[
                (Lead::Principal, "局长"),
                (Lead::Head, "主管会计"),
                (Lead::None, "主管会计"),
                (Lead::None, "出纳"),
                (Lead::None, "出纳"),
                (Lead::None, "科员"),
            ]);
            (post.lead, post.title) = (lead, title.to_owned());
        } else {
            let (lead, domain) = *dice.pick(&[
                (Lead::Vice, None),
                (Lead::None, Some("干部人事")),
                (Lead::None, None),
                (Lead::None, None),
            ]);
            (post.lead, post.domain) = (lead, domain.map(str::to_owned));
        }
    }
    if !by_accounts && dice.percent(70) {
        let leader = dice.below(case.posts.len());
        for post in (0..case.posts.len()).filter(|post| *post != leader) {
            if dice.percent(60) {
                case.posts[post].reports_to = Some(PostIx(leader));
            }
        }
    }
    let least = if alone { 3 } else { 1 };
    for _ in 0..dice.range(least, least + 2) {
        let (one, other) = (dice.below(case.people.len()), dice.below(case.people.len()));
        let kind = *dice.pick(&[None, Some(Kin::Spouse), Some(Kin::Collateral)]);
        let row = case.people[one].row;
        let (staff_a, staff_b) = (PersonIx(one), Some(PersonIx(other)));
        case.relations.push(Relation { staff_a, staff_b, kind, other: None, row });
    }
}

/// In half of the cases: pasts, posts that supervise, and duties in one hand (R09, R13).
pub(super) fn pasts(case: &mut Case, policy: &mut Policy, dice: &mut Dice, alone: bool) {
    policy.time.no_return = *dice.pick(&[0, 12, 24, 36, 60]);
    policy.time.cooling = *dice.pick(&[0, 24, 36, 48]);
    if !alone && !dice.percent(62) {
        return;
    }
    if alone || dice.percent(60) {
        policy.time.may = *dice.pick(&[0, 6, 12]);
        policy.time.no_return = *dice.pick(&[24, 36, 60]);
    }
    let sides = dice.percent(85);
    let posts = case.posts.len();
    for post in &mut case.posts {
        if sides && dice.percent(90) {
            post.domain = Some("审批".to_owned());
            post.power = Some(*dice.pick(&[Power::Execution, Power::Decision, Power::Supervision, Power::Supervision]));
        }
        if dice.percent(if alone { 40 } else { 15 }) {
            post.duty_pair = vec![(*dice.pick(&["管采:管", "管采:采"])).to_owned()];
        }
        if dice.percent(10) {
            post.title = (*dice.pick(&["出纳", "稽核"])).to_owned();
        }
    }
    for (at, person) in case.people.iter_mut().enumerate() {
        if dice.percent(if alone { 35 } else { 15 }) {
            person.also_posts.push(PostIx(dice.below(posts)));
        }
        if dice.percent(if alone { 80 } else { 50 }) {
            let to = add_months(policy.start, -i32::try_from(dice.range(1, 50)).unwrap());
            case.history.push(HistoryRow {
                staff: PersonIx(at),
                post: dice.percent(70).then(|| PostIx(dice.below(posts))),
                domain: dice.percent(60).then(|| "审批".to_owned()),
                from: Some(add_months(to, -24)),
                to: dice.percent(90).then_some(to),
                row: person.row,
            });
        }
    }
}

/// In half of the cases: the further clocks of R14, with the dates that they run from.
pub(super) fn clocks(case: &mut Case, policy: &mut Policy, dice: &mut Dice) {
    if !dice.percent(50) {
        return;
    }
    let limits = |dice: &mut Dice| {
        let must = i32::try_from(dice.range(14, 40)).unwrap();
        dice.percent(60).then(|| Thresholds { should: must - i32::try_from(dice.range(0, 12)).unwrap(), must })
    };
    policy.time.section = limits(dice);
    policy.time.unit = limits(dice);
    policy.time.unit_level = limits(dice);
    policy.time.domain = limits(dice);
    for post in &mut case.posts {
        if dice.percent(40) {
            post.lead = *dice.pick(&[Lead::Head, Lead::Deputy]);
        }
        if dice.percent(40) {
            post.domain = Some((*dice.pick(&["审批", "财务"])).to_owned());
        }
    }
    let date = |dice: &mut Dice| add_months(policy.start, -i32::try_from(dice.range(1, 60)).unwrap());
    for (at, person) in case.people.iter_mut().enumerate() {
        let since = |dice: &mut Dice| dice.percent(80).then(|| Since { date: date(dice), at_least: false });
        (person.section_since, person.unit_since) = (since(dice), since(dice));
        person.level_since = dice.percent(70).then(|| date(dice));
        if let Some(begun) = person.post_since.filter(|_| dice.percent(40)) {
            let to = add_months(begun.date, -i32::try_from(dice.range(0, 2)).unwrap());
            case.history.push(HistoryRow {
                staff: PersonIx(at),
                post: None,
                domain: Some((*dice.pick(&["审批", "财务"])).to_owned()),
                from: Some(add_months(to, -12)),
                to: Some(to),
                row: person.row,
            });
        }
    }
}

/// In a third of the cases each: a floor of moves in every unit (R12), and few moves of a year in all (G4).
pub(super) fn floors(policy: &mut Policy, dice: &mut Dice) {
    if dice.percent(33) {
        policy.turnover.unit_floor = Share(*dice.pick(&[250_000, 340_000, 500_000, 670_000, 1_000_000]));
    }
    if dice.percent(33) {
        policy.turnover.year_share = Share(*dice.pick(&[100_000, 250_000, 500_000]));
    }
}

/// Sometimes each, oftener where everything is: few moves of all years, few of them across units (G4), a floor of fit.
pub(super) fn budgets(policy: &mut Policy, dice: &mut Dice, all: bool) {
    let often = if all { 25 } else { 12 };
    if dice.percent(often) {
        policy.turnover.most_moves = Some(*dice.pick(&[0, 0, 1, 1, 2, 3]));
    }
    if dice.percent(often) {
        policy.turnover.most_cross_unit = Some(*dice.pick(&[0, 0, 0, 1]));
    }
    if dice.percent(often) {
        policy.fit.floor = *dice.pick(&[30, 50, 60, 70, 90, 100]);
    }
}

/// In half of the cases: successors as a tier of their own (T4s), for more posts that must not stand empty, out of a larger
/// pool.
pub(super) fn successors(case: &mut Case, policy: &mut Policy, dice: &mut Dice) {
    if !dice.percent(50) {
        return;
    }
    policy.reserve.successors = true;
    for post in &mut case.posts {
        post.essential |= dice.percent(40);
        if dice.percent(50) {
            post.development = dice.some(&EXPERIENCES);
        }
    }
    for person in &mut case.people {
        if dice.percent(60) {
            person.reserve = true;
            person.ready_now = dice.percent(20);
            person.needed = dice.percent(85).then(|| dice.some(&EXPERIENCES));
        }
    }
}

/// In a third of the cases: units planned apart, and people without a post whose unit the roster names, or does not.
pub(super) fn apart(case: &mut Case, policy: &mut Policy, dice: &mut Dice, alone: bool) {
    if !alone && !dice.percent(33) {
        return;
    }
    policy.turnover.apart = true;
    for person in &mut case.people {
        if person.post.is_none() && dice.percent(60) {
            person.unit = Some(UnitIx(dice.below(case.units.len())));
        }
    }
}

/// In a quarter of the cases: one to three mergers of posts, such as an input without errors may hold.
pub(super) fn mergers(case: &mut Case, policy: &Policy, dice: &mut Dice) {
    if case.posts.len() < 2 || !dice.percent(25) {
        return;
    }
    let (wanted, mut made) = (dice.range(1, 3), 0);
    let mut last: Option<(PostIx, NaiveDate)> = None;
    for _ in 0..12 {
        if made == wanted {
            break;
        }
        // Often what has taken one over merges in its turn.
        let chained = last.filter(|_| dice.percent(60));
        let post = chained.map_or_else(|| PostIx(dice.below(case.posts.len())), |(post, _)| post);
        let into = PostIx(dice.below(case.posts.len()));
        // Mostly after a year in which the plan can bring somebody there.
        let first = if dice.percent(70) { 12.min(12 * i64::from(policy.years) - 1) } else { -2 };
        let months = i32::try_from(dice.range(first, 12 * i64::from(policy.years) - 1)).unwrap();
        let days = if dice.percent(40) { 0 } else { u64::try_from(dice.range(0, 27)).unwrap() };
        let date = add_months(policy.start, months).checked_add_days(Days::new(days)).unwrap();
        let fits = dice.percent(50);
        if !may_merge(case, policy, post, into, date) || chained.is_some_and(|(_, before)| date <= before) {
            continue;
        }
        (made, last) = (made + 1, Some((into, date)));
        if fits {
            // Else what the one asks for mostly bars those who come from the other.
            let from = case.posts[post.0].clone();
            let to = &mut case.posts[into.0];
            (to.level, to.grade) = (from.level, from.grade);
            (to.staffing_kinds, to.categories) = (from.staffing_kinds, from.categories);
        }
        let row = case.people[0].row;
        let (staff, until, note) = (None, None, None);
        let (post, to_post) = (Some(post), Some(into));
        case.events.push(Event { date, kind: EventKind::Merge, staff, post, to_post, until, note, row });
        case.events.sort_by_key(|event| (event.date, event.kind, event.staff, event.post));
    }
}

/// Whether the reader would accept a merger: both posts are open, the one to which people pass the whole year, nothing
/// ends the other, and no event brings anybody into it from that plan year on.
fn may_merge(case: &Case, policy: &Policy, post: PostIx, into: PostIx, date: NaiveDate) -> bool {
    let year = |date: NaiveDate| (1..=policy.horizon() + 1).rev().find(|t| policy.effective(*t) <= date).unwrap_or(0);
    let opens = |post: PostIx, event: &Event| event.kind == EventKind::NewPost && event.post == Some(post);
    let ends = |post: PostIx, event: &Event| {
        matches!(event.kind, EventKind::ClosePost | EventKind::Merge) && event.post == Some(post)
    };
    let enters = |event: &Event| match event.kind {
        EventKind::Join | EventKind::Recruit | EventKind::Promote => year(event.date) >= year(date),
        EventKind::Absent | EventKind::Merge => event.date >= date,
        _ => false,
    };
    let refuses = |event: &Event| {
        opens(post, event) && event.date >= date
            || opens(into, event) && event.date > date
            || ends(post, event)
            || ends(into, event) && event.kind == EventKind::ClosePost && year(event.date) <= year(date)
            || ends(into, event) && event.date <= date
            || event.to_post == Some(post) && enters(event)
    };
    post != into && date > policy.as_of && !case.events.iter().any(refuses)
}
