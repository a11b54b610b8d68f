//! A seeded generator of small cases in which every rule has a chance to bite: short limits, inherited breaches, events
//! of all kinds, decisions that agree and that clash.
//!
//! The same seed gives the same case for ever: the dice are our own, not a library's.

mod later;

use chrono::{Days, NaiveDate};
use lungang_domain::policy::{Mode, PrioritiesPolicy, Weights};
use lungang_domain::sample::{CaseBuilder, day, policy};
use lungang_domain::time::{add_months, eve};
use lungang_domain::{
    Case, Category, DecisionKind, EventKind, Grade, Investigation, Lead, Nature, Person, Policy, Post, Power, RankSpan,
    Share, StaffingKind, Thresholds,
};

/// SplitMix64: small, and the same on every machine and in every release.
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// Dice for a seed.
    pub fn new(seed: u64) -> Self {
        let mut dice = Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x5DEE_CE66);
        dice.next();
        dice
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from `low` to `high`, both included.
    pub fn range(&mut self, low: i64, high: i64) -> i64 {
        low + i64::try_from(self.next() % u64::try_from(high - low + 1).unwrap()).unwrap()
    }

    /// A position below `len`.
    pub fn below(&mut self, len: usize) -> usize {
        usize::try_from(self.range(0, i64::try_from(len).unwrap() - 1)).unwrap()
    }

    /// True in so many of a hundred throws.
    pub fn percent(&mut self, share: i64) -> bool {
        self.range(1, 100) <= share
    }

    /// One of a list.
    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }

    /// Some of a list, at least one.
    fn some(&mut self, list: &[&str]) -> Vec<String> {
        let first = self.below(list.len());
        let mut some = vec![list[first].to_owned()];
        for (at, word) in list.iter().enumerate() {
            if at != first && self.percent(30) {
                some.push((*word).to_owned());
            }
        }
        some
    }
}

/// How large the cases are.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    pub people: (i64, i64),
    pub posts: (i64, i64),
    pub years: (i64, i64),
}

/// Small enough to try every layout.
pub const TINY: Size = Size { people: (2, 3), posts: (2, 4), years: (1, 3) };

/// As large as the compact reference solves in the blink of an eye.
pub const SMALL: Size = Size { people: (2, 5), posts: (2, 6), years: (1, 4) };

const LEVELS: [&str; 3] = ["无", "股级副职", "股级正职"];
const GRADES: [&str; 3] = ["二级科员", "一级科员", "四级主任科员"];
const CERTIFICATES: [&str; 2] = ["会计证", "法律职业资格"];
const MAJORS: [&str; 2] = ["会计", "法学"];
const EXPERIENCES: [&str; 3] = ["基层", "项目", "综合"];

/// Whether units have a nature, on which the entry of R18 into organs turns; off until all engines know that part.
const ORGANS: bool = true;

/// What a case dwells on. A rule that needs several things at once would hardly ever bite in cases of pure chance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Theme {
    /// A bit of everything.
    Anything,
    /// R12: few may move in a year.
    Cap,
    /// R12: most of a section has to stay.
    OldHands,
    /// R16: like posts in one section.
    Swaps,
    /// R20: minimum service, two units.
    Service,
    /// R25: people who may wait.
    Care,
    /// Absences.
    Absence,
    /// Missing fits that bar a move.
    Fit,
    /// R05: inquiries and probation.
    Held,
    /// R06: sanctions, and posts that lead.
    Sanction,
}

const THEMES: [Theme; 25] = [
    Theme::Anything,
    Theme::Anything,
    Theme::Cap,
    Theme::Cap,
    Theme::OldHands,
    Theme::OldHands,
    Theme::OldHands,
    Theme::OldHands,
    Theme::Swaps,
    Theme::Swaps,
    Theme::Swaps,
    Theme::Service,
    Theme::Service,
    Theme::Service,
    Theme::Service,
    Theme::Care,
    Theme::Care,
    Theme::Absence,
    Theme::Absence,
    Theme::Absence,
    Theme::Fit,
    Theme::Fit,
    Theme::Held,
    Theme::Sanction,
    Theme::Sanction,
];

/// A small case with its policy.
pub fn random_case(seed: u64, size: Size) -> (Case, Policy) {
    made(seed, size, None)
}

/// A case made to have a rule matter, which it may still not do.
pub fn random_case_of(seed: u64, size: Size, rule: &str) -> (Case, Policy) {
    made(seed, size, Some(rule))
}

/// What a case about a rule dwells on: a theme, an overlay.
fn dwelling(rule: &str) -> (Option<Theme>, Option<u8>) {
    match rule {
        "R06" => (Some(Theme::Sanction), Some(5)),
        "R07" | "R21" => (None, Some(3)),
        "R08" => (None, Some(2)),
        "R09" | "R13" => (None, Some(4)),
        "R11" => (Some(Theme::Anything), Some(1)),
        "R12.old_hands" => (Some(Theme::OldHands), Some(5)),
        "R16" => (Some(Theme::Swaps), Some(5)),
        "R20" => (Some(Theme::Service), Some(5)),
        "R25" => (Some(Theme::Care), Some(5)),
        "AWAY" => (Some(Theme::Absence), Some(5)),
        "FIT" => (Some(Theme::Fit), Some(5)),
        "APART" => (Some(Theme::Anything), Some(6)),
        _ => (None, None),
    }
}

fn made(seed: u64, size: Size, about: Option<&str>) -> (Case, Policy) {
    let mut dice = Dice::new(seed);
    let (theme, dwells) = about.map_or((None, None), dwelling);
    let drawn = *dice.pick(&THEMES);
    let theme = theme.unwrap_or(drawn);
    let mut policy = random_policy(&mut dice, size, theme);
    policy.priorities = random_priorities(&mut Dice::new(seed ^ 0xE1_6E75));
    let mut avoided = Dice::new(seed ^ 0xA0_1DED);
    policy.rules.insert("R11".to_owned(), avoided.percent(85));
    let mut related = Dice::new(seed ^ 0x4E_1A7E);
    for rule in ["R07", "R21"] {
        policy.rules.insert(rule.to_owned(), related.percent(90));
    }
    let mut pasts = Dice::new(seed ^ 0x9A_575);
    for rule in ["R09", "R13"] {
        policy.rules.insert(rule.to_owned(), pasts.percent(90));
    }
    let mut maker = Maker {
        dice,
        avoided,
        related,
        pasts,
        clocks: Dice::new(seed ^ 0xC1_0C75),
        followed: Dice::new(seed ^ 0x5_0CCE55),
        preset: Dice::new(seed ^ 0x94_E5E7),
        units: Dice::new(seed ^ 0xA_9A47),
        mergers: Dice::new(seed ^ 0x4E_26E5),
        budgets: Dice::new(seed ^ 0xB_0D6E7),
        theme,
        dwells,
        policy,
        posts: Vec::new(),
        people: Vec::new(),
    };
    let case = maker.case(size);
    (case, maker.policy)
}

/// In a quarter of all seeds: mergers of posts, laid over a case from elsewhere.
pub fn mergers(case: &mut Case, policy: &Policy, seed: u64) {
    later::mergers(case, policy, &mut Dice::new(seed));
}

/// Strict in two of three; else weights of all proportions, some with a common divisor, some 0.
pub fn random_priorities(dice: &mut Dice) -> PrioritiesPolicy {
    let mode = if dice.percent(33) { Mode::Weighted } else { Mode::Strict };
    let (risk, reserve, quality) =
        *dice.pick(&[(8, 120, 1), (1, 1, 1), (3, 0, 2), (0, 50, 1), (10, 20, 10), (100, 1000, 0), (0, 0, 7)]);
    PrioritiesPolicy { mode, weights: Weights { risk, reserve, quality } }
}

fn random_policy(dice: &mut Dice, size: Size, theme: Theme) -> Policy {
    let mut made = policy(u32::try_from(dice.range(size.years.0, size.years.1)).unwrap());
    if dice.percent(30) {
        made.start = day(dice.pick::<&str>(&["2025-01-31", "2024-02-29", "2025-03-15", "2025-12-31"]));
        made.as_of = eve(made.start);
    }
    if dice.percent(30) {
        made.as_of = add_months(made.start, -2);
    }
    let limits = |dice: &mut Dice, low, high| {
        let must = i32::try_from(dice.range(low, high)).unwrap();
        let gap = i32::try_from(dice.range(0, 14)).unwrap();
        Thresholds { should: (must - gap).max(0), must }
    };
    made.time.may = *dice.pick(&[0, 6, 12, 12, 12, 18, 24]);
    made.time.rest = *dice.pick(&[6, 12, 12]);
    made.time.high = limits(dice, 12, 36);
    made.time.medium = limits(dice, 12, 40);
    made.time.low = limits(dice, 18, 48);
    made.time.unrated = limits(dice, 12, 40);
    made.time.ten_year = *dice.pick(&[18, 24, 36, 48]);
    made.time.near_retirement = *dice.pick(&[12, 24, 24, 36]);
    made.time.presence = *dice.pick(&[4, 6, 6, 8]);
    made.time.recruit_probation = *dice.pick(&[6, 12, 18]);
    made.time.leader_probation = *dice.pick(&[6, 12, 18]);
    made.turnover.unit_share = Share(*dice.pick(&[300_000, 500_000, 1_000_000, 1_000_000]));
    made.turnover.old_hands = Share(*dice.pick(&[0, 300_000, 500_000, 500_000, 1_000_000]));
    made.risk.tiers = dice
        .pick(&[
            vec![Grade::High],
            vec![Grade::High],
            vec![Grade::High, Grade::Medium],
            vec![Grade::Medium, Grade::High],
            vec![Grade::Low],
            vec![],
        ])
        .clone();
    made.points.per_move = *dice.pick(&[0, 10, 40]);
    made.points.cross_unit = *dice.pick(&[0, 5, 20]);
    made.points.should_month = dice.range(0, 2);
    made.reserve.experiences = if dice.percent(50) { dice.some(&EXPERIENCES) } else { Vec::new() };
    made.fit.strict = dice.percent(20);
    for rule in ["R16", "R19", "R20", "R25"] {
        made.rules.insert(rule.to_owned(), dice.percent(92));
    }
    match theme {
        Theme::Cap => made.turnover.unit_share = Share(300_000),
        Theme::OldHands => {
            made.turnover.unit_share = Share(1_000_000);
            made.turnover.old_hands = Share(*dice.pick(&[500_000, 700_000, 1_000_000, 1_000_000]));
        }
        Theme::Fit => made.fit.strict = true,
        Theme::Service => made.points.cross_unit = 0,
        _ => {}
    }
    if theme != Theme::Anything {
        made.turnover.old_hands = if theme == Theme::OldHands { made.turnover.old_hands } else { Share(0) };
        made.turnover.unit_share = if theme == Theme::Cap { made.turnover.unit_share } else { Share(1_000_000) };
        made.risk.tiers = vec![Grade::High];
        made.time.high = limits(dice, 12, 24);
        for rule in ["R16", "R19", "R20", "R25"] {
            made.rules.insert(rule.to_owned(), true);
        }
    }
    if dice.percent(20) {
        made.ladder.equivalent = vec![(GRADES[0].to_owned(), GRADES[1].to_owned())];
    }
    made
}

/// A post as far as the rest of the case has to know.
#[derive(Clone, Debug)]
struct Seat {
    id: String,
    opens: Option<NaiveDate>,
    closes: Option<NaiveDate>,
}

impl Seat {
    /// Open on a day; mostly in the whole plan year that the day lies in, too.
    fn open_around(&self, policy: &Policy, date: NaiveDate, whole_year: bool) -> bool {
        let year =
            |date: NaiveDate| (1..=policy.horizon() + 1).rev().find(|t| policy.effective(*t) <= date).unwrap_or(0);
        let lasts = |closes: NaiveDate| if whole_year { year(date) < year(closes) } else { date < closes };
        self.opens.is_none_or(|opens| opens <= date) && self.closes.is_none_or(lasts)
    }
}

/// What a row says besides the defaults.
type Change<T> = Box<dyn FnOnce(&mut T)>;

struct Maker {
    dice: Dice,
    /// Dice of their own, so that cases stay what they were.
    avoided: Dice,
    related: Dice,
    pasts: Dice,
    clocks: Dice,
    followed: Dice,
    preset: Dice,
    units: Dice,
    mergers: Dice,
    budgets: Dice,
    theme: Theme,
    /// What the case dwells on, if it is about one rule.
    dwells: Option<u8>,
    policy: Policy,
    posts: Vec<Seat>,
    people: Vec<String>,
}

impl Maker {
    fn case(&mut self, size: Size) -> Case {
        let mut builder = CaseBuilder::new();
        let posts = self.many(size.posts);
        for at in 0..posts {
            builder = self.post(builder, at);
        }
        let people = self.many(size.people);
        for at in 0..people {
            builder = self.person(builder, at);
        }
        builder = self.fits(builder);
        builder = self.decisions(builder);
        for unit in ["甲局", "乙局"] {
            if self.dice.percent(12) {
                builder = builder.cap(unit, u32::try_from(self.dice.range(0, 2)).unwrap());
            }
        }
        let mut case = builder.build();
        // Rules hide one another: half of the cases have everything, the others dwell on one thing or on their theme alone.
        let drawn = *self.preset.pick(&[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 5, 5, 5, 5, 5]);
        let shut = self.theme == Theme::Service && self.preset.percent(70);
        let about = self.dwells.filter(|_| self.preset.percent(70));
        let dwells = about.unwrap_or(if shut { 5 } else { drawn });
        let (all, alone) = (dwells == 0, |overlay: u8| dwells == overlay);
        if all {
            later::preset(&mut case, &mut self.policy, &mut self.preset);
        }
        if all || alone(2) {
            later::avoidance(&mut case, &mut self.avoided, alone(2));
        }
        // Not where the case dwells on what one unit or other leads would hide.
        if alone(1) || all && !matches!(self.theme, Theme::Service | Theme::OldHands | Theme::Absence) {
            later::leaders(&mut case, &mut self.policy, &mut self.avoided, alone(1));
        }
        if all || alone(3) {
            later::relatives(&mut case, &mut self.related, alone(3));
        }
        if all || alone(4) {
            later::pasts(&mut case, &mut self.policy, &mut self.pasts, alone(4));
        }
        if all {
            later::clocks(&mut case, &mut self.policy, &mut self.clocks);
            later::floors(&mut self.policy, &mut self.clocks);
            later::successors(&mut case, &mut self.policy, &mut self.followed);
        }
        // Not where the case dwells on what only shows in moves that others make too.
        if all || !matches!(self.theme, Theme::OldHands | Theme::Absence) {
            later::budgets(&mut self.policy, &mut self.budgets, all);
        }
        if all || alone(6) {
            later::apart(&mut case, &mut self.policy, &mut self.units, alone(6));
        }
        for unit in &mut case.units {
            if ORGANS && self.dice.percent(30) {
                unit.nature = Some(*self.dice.pick(&[Nature::Organ, Nature::Public]));
            }
        }
        later::mergers(&mut case, &self.policy, &mut self.mergers);
        case
    }

    /// A number of rows; rather many where the case dwells on a rule, which needs people and posts to bite.
    fn many(&mut self, (low, high): (i64, i64)) -> i64 {
        let first = self.dice.range(low, high);
        if self.theme == Theme::Anything { first } else { first.max(self.dice.range(low, high)) }
    }

    /// True in so many of a hundred throws; more seldom where the case dwells on something else, so that people can move
    /// at all.
    fn odds(&mut self, share: i64, dwells_on: Theme) -> bool {
        let share = match self.theme {
            Theme::Anything => share,
            theme if theme == dwells_on => 75,
            _ => share / 3,
        };
        self.dice.percent(share)
    }

    /// A day inside the horizon, or a little outside it.
    fn soon(&mut self) -> NaiveDate {
        let months = i32::try_from(self.dice.range(-3, 12 * i64::from(self.policy.years) + 2)).unwrap();
        let days = u64::try_from(self.dice.range(0, 27)).unwrap();
        add_months(self.policy.start, months)
            .checked_add_days(Days::new(if self.dice.percent(40) { 0 } else { days }))
            .unwrap()
    }

    fn post(&mut self, mut builder: CaseBuilder, at: i64) -> CaseBuilder {
        let id = format!("p{at}");
        let alike = self.theme == Theme::Swaps;
        let made = self.post_traits(alike);
        let dice = &mut self.dice;
        let unit = match self.theme {
            Theme::Swaps => "甲局",
            Theme::Service if at % 2 == 1 => "乙局",
            Theme::Service => "甲局",
            _ if dice.percent(30) => "乙局",
            _ => "甲局",
        };
        let sections: &[&str] = match self.theme {
            Theme::Swaps => &["一股"],
            Theme::OldHands => &["一股", "一股", "二股"],
            _ => &["一股", "一股", "一股", "二股", ""],
        };
        let section = *dice.pick(sections);
        let opens = self.odds(14, Theme::Anything).then(|| self.soon());
        let closes = self.odds(18, Theme::Anything).then(|| self.soon());
        let closes = closes.filter(|date| opens.is_none_or(|opens| opens < *date));
        builder = builder.post(&id, unit, section, move |post| made.into_iter().for_each(|change| change(post)));
        if let Some(date) = opens {
            builder = builder.event(&date.to_string(), EventKind::NewPost, "", &id, "");
        }
        if let Some(date) = closes {
            builder = builder.event(&date.to_string(), EventKind::ClosePost, "", &id, "");
        }
        self.posts.push(Seat { id, opens, closes });
        builder
    }

    /// What a post is and asks for.
    fn post_traits(&mut self, alike: bool) -> Vec<Change<Post>> {
        let mut made: Vec<Change<Post>> = Vec::new();
        let ranked = self.theme == Theme::Sanction;
        let dice = &mut self.dice;
        let headcount = u32::try_from(*dice.pick(&[1, 1, 1, 1, 2, 2, 0, 3])).unwrap();
        let minimum = dice.percent(25).then(|| u32::try_from(dice.range(0, 2)).unwrap());
        let essential = dice.percent(30);
        let plain = [Lead::None, Lead::None, Lead::None, Lead::None, Lead::Head, Lead::Deputy, Lead::Vice];
        let leading = [Lead::None, Lead::Deputy, Lead::Head, Lead::Principal];
        let lead = *if ranked { dice.pick(&leading) } else { dice.pick(&plain) };
        let grades = [Grade::High, Grade::High, Grade::Medium, Grade::Low, Grade::Unrated];
        let risk = if alike && dice.percent(85) { Grade::High } else { *dice.pick(&grades) };
        let sensitive = dice.percent(20);
        let own = !alike || dice.percent(15);
        let power = dice.pick(&[None, None, Some(Power::Decision), Some(Power::Execution)]).filter(|_| own);
        let domain = dice.pick(&[None, None, Some("财务")]).filter(|_| own).map(str::to_owned);
        let ten_year = dice.percent(15);
        made.push(Box::new(move |post| {
            post.headcount = headcount;
            post.min_present = minimum;
            post.essential = essential;
            post.lead = lead;
            post.risk = risk;
            post.sensitive = sensitive;
            post.power = power;
            post.domain = domain;
            post.ten_year_duty = ten_year;
        }));
        if dice.percent(60) {
            let gives = dice.some(&EXPERIENCES);
            made.push(Box::new(move |post| post.development = gives));
        }
        if dice.percent(15) {
            let may = Some(i32::try_from(dice.range(0, 30)).unwrap());
            made.push(Box::new(move |post| post.may_months = may));
        }
        if dice.percent(15) {
            let should = Some(i32::try_from(dice.range(0, 30)).unwrap());
            made.push(Box::new(move |post| post.should_months = should));
        }
        if dice.percent(15) {
            let must = Some(i32::try_from(dice.range(10, 40)).unwrap());
            made.push(Box::new(move |post| post.must_months = must));
        }
        if self.odds(16, Theme::Anything) {
            made.push(Box::new(|post| post.special = Some("保密".into())));
        }
        self.demands(&mut made);
        made
    }

    /// What a post asks of its holder.
    fn demands(&mut self, made: &mut Vec<Change<Post>>) {
        let span_of = |dice: &mut Dice, ladder: &[&str], single| {
            let low = dice.below(ladder.len());
            let high = if dice.percent(single) { low } else { low + dice.below(ladder.len() - low) };
            span(ladder, low, high)
        };
        if self.odds(26, Theme::Anything) {
            let level = span_of(&mut self.dice, &LEVELS, 70);
            made.push(Box::new(move |post| post.level = Some(level)));
        }
        if self.odds(26, Theme::Anything) {
            let grade = span_of(&mut self.dice, &GRADES, 50);
            made.push(Box::new(move |post| post.grade = Some(grade)));
        }
        if self.odds(26, Theme::Anything) {
            let kind = *self.dice.pick(&[StaffingKind::Administrative, StaffingKind::Public]);
            made.push(Box::new(move |post| post.staffing_kinds = vec![kind]));
        }
        if self.odds(26, Theme::Anything) {
            let category = *self.dice.pick(&[Category::General, Category::Technical]);
            made.push(Box::new(move |post| post.categories = vec![category]));
        }
        if self.odds(12, Theme::Anything) {
            let certificates = self.dice.some(&CERTIFICATES);
            made.push(Box::new(move |post| post.required_certificates = certificates));
        }
        if self.odds(12, Theme::Anything) {
            let majors = self.dice.some(&MAJORS);
            made.push(Box::new(move |post| post.required_majors = majors));
        }
        if self.odds(10, Theme::Anything) {
            let least = (*self.dice.pick(&["大专", "本科"])).to_owned();
            made.push(Box::new(move |post| post.min_education = Some(least)));
        }
    }

    fn any_post(&mut self) -> String {
        let at = self.dice.below(self.posts.len());
        self.posts[at].id.clone()
    }

    /// A post that is open on a day, mostly for the rest of its plan year too.
    fn open_post(&mut self, date: NaiveDate) -> Option<String> {
        let whole_year = self.dice.percent(75);
        let open: Vec<String> = self
            .posts
            .iter()
            .filter(|seat| seat.open_around(&self.policy, date, whole_year))
            .map(|seat| seat.id.clone())
            .collect();
        (!open.is_empty()).then(|| self.dice.pick(&open).clone())
    }

    fn person(&mut self, mut builder: CaseBuilder, at: i64) -> CaseBuilder {
        let id = format!("s{at}");
        let as_of = self.policy.as_of;
        let arrives = self.dice.percent(12);
        let post = if arrives || self.dice.percent(8) { None } else { self.open_post(as_of) };
        let tenure = i32::try_from(self.dice.range(0, 50)).unwrap();
        let jitter = u64::try_from(self.dice.range(0, 20)).unwrap();
        let since = add_months(self.policy.start, -tenure).checked_sub_days(Days::new(jitter)).unwrap();
        let since = if self.dice.percent(8) { String::new() } else { since.min(as_of).to_string() };
        let change = self.traits(arrives);
        builder = builder.person(&id, post.as_deref().unwrap_or(""), &since, change);

        let mut present_from = as_of;
        if arrives {
            let date = self.soon().max(as_of.succ_opt().unwrap());
            let kind = *self.dice.pick(&[EventKind::Join, EventKind::Recruit]);
            let to = if self.dice.percent(60) { self.open_post(date) } else { None };
            builder = builder.event(&date.to_string(), kind, &id, "", to.as_deref().unwrap_or(""));
            present_from = date;
        }
        let leaves = self.dice.percent(12).then(|| self.soon()).filter(|date| *date > present_from);
        if let Some(date) = leaves {
            let kind = *self.dice.pick(&[EventKind::Leave, EventKind::Leave, EventKind::Retire]);
            builder = builder.event(&date.to_string(), kind, &id, post.as_deref().unwrap_or(""), "");
        }
        if self.dice.percent(12) {
            let date = self.soon();
            if date > present_from
                && leaves.is_none_or(|leaves| date < leaves)
                && let Some(to) = self.open_post(date).filter(|to| Some(to) != post.as_ref())
            {
                builder = builder.event(&date.to_string(), EventKind::Promote, &id, "", &to);
            }
        }
        builder = self.absences(builder, &id, present_from);
        if self.dice.percent(12) {
            let other = self.any_post();
            builder = builder.also(&id, &other);
        }
        if self.dice.percent(6) {
            let other = self.any_post();
            builder = builder.acting(&id, &other);
        }
        self.people.push(id);
        builder
    }

    /// What the roster says about somebody besides the post.
    fn traits(&mut self, arrives: bool) -> impl FnOnce(&mut Person) + use<> {
        let mut made: Vec<Change<Person>> = Vec::new();
        let until = |maker: &mut Self| {
            let months = i32::try_from(maker.dice.range(1, 12 * i64::from(maker.policy.years) + 6)).unwrap();
            add_months(maker.policy.start, months - 2)
        };
        if self.dice.percent(45) {
            let level = (*self.dice.pick(&LEVELS)).to_owned();
            made.push(Box::new(move |person| person.level = Some(level)));
        }
        if self.dice.percent(50) {
            let grade = (*self.dice.pick(&GRADES)).to_owned();
            made.push(Box::new(move |person| person.grade = Some(grade)));
        }
        if self.dice.percent(40) {
            let kind = *self.dice.pick(&[None, Some(StaffingKind::Public), Some(StaffingKind::Quasi)]);
            made.push(Box::new(move |person| person.staffing_kind = kind));
        }
        if self.dice.percent(60) {
            let category = *self.dice.pick(&[Category::General, Category::General, Category::Technical]);
            made.push(Box::new(move |person| person.category = Some(category)));
        }
        if self.dice.percent(50) {
            let (certificates, majors) = (self.dice.some(&CERTIFICATES), self.dice.some(&MAJORS));
            let education = (*self.dice.pick(&["高中", "大专", "本科"])).to_owned();
            made.push(Box::new(move |person| {
                person.certificates = certificates;
                person.majors = majors;
                person.education = Some(education);
            }));
        }
        if self.dice.percent(45) {
            let needed = self.dice.percent(60).then(|| self.dice.some(&EXPERIENCES));
            let had = if self.dice.percent(50) { self.dice.some(&EXPERIENCES) } else { Vec::new() };
            made.push(Box::new(move |person| {
                person.reserve = true;
                person.needed = needed;
                person.experiences = had;
            }));
        }
        if self.odds(16, Theme::Anything) && !arrives {
            let months = i32::try_from(self.dice.range(1, 60)).unwrap();
            let date = Some(add_months(self.policy.start, months));
            made.push(Box::new(move |person| person.retire_date = date));
        }
        if self.odds(12, Theme::Held) {
            let date = Some(until(self));
            made.push(Box::new(move |person| person.probation_until = date));
        }
        if self.odds(20, Theme::Service) {
            let date = Some(until(self).max(until(self)));
            made.push(Box::new(move |person| person.minimum_service_until = date));
        }
        if self.odds(25, Theme::Sanction) {
            let date = Some(until(self).max(until(self)));
            made.push(Box::new(move |person| {
                person.discipline_until = date;
                person.party = Some("中共党员".into());
            }));
        }
        if self.odds(12, Theme::Care) {
            let date = Some(until(self));
            made.push(Box::new(move |person| person.exempt_until = date));
        }
        if self.odds(9, Theme::Held) && self.dice.percent(60) {
            let inquiry =
                Some(*self.dice.pick(&[Investigation::Filed, Investigation::Review, Investigation::Criminal]));
            made.push(Box::new(move |person| person.under_investigation = inquiry));
        }
        if self.dice.percent(12) {
            let must = Some(i32::try_from(self.dice.range(8, 40)).unwrap());
            made.push(Box::new(move |person| person.must_months = must));
        }
        move |person| made.into_iter().for_each(|change| change(person))
    }

    fn absences(&mut self, mut builder: CaseBuilder, id: &str, present_from: NaiveDate) -> CaseBuilder {
        let host = |maker: &mut Self| if maker.dice.percent(60) { maker.any_post() } else { String::new() };
        if present_from == self.policy.as_of && self.odds(14, Theme::Absence) {
            let from = if self.dice.percent(50) { self.soon().to_string() } else { String::new() };
            let until = if self.dice.percent(75) { self.soon().to_string() } else { String::new() };
            if from.is_empty() || until.is_empty() || from < until {
                let at = host(self);
                builder = builder.absent(id, &from, &until, &at);
            }
        }
        // A further absence; it may overlap the first.
        if self.odds(14, Theme::Absence) {
            let (from, until) = (self.soon(), self.soon());
            if from < until && from > present_from {
                let at = host(self);
                let end = if self.dice.percent(80) { until.to_string() } else { String::new() };
                builder = builder.event_until(&from.to_string(), EventKind::Absent, id, "", &at, &end);
                if self.dice.percent(30) && until > from {
                    builder = builder.event(&until.to_string(), EventKind::Return, id, "", "");
                }
            }
        }
        builder
    }

    fn fits(&mut self, mut builder: CaseBuilder) -> CaseBuilder {
        if self.theme != Theme::Fit && self.dice.percent(25) {
            return builder;
        }
        let filled = if self.theme == Theme::Fit { 50 } else { 80 };
        for person in self.people.clone() {
            for post in self.posts.clone() {
                if self.dice.percent(filled) {
                    builder = builder.fit(&person, &post.id, u8::try_from(self.dice.range(20, 100)).unwrap());
                }
            }
        }
        builder
    }

    fn decisions(&mut self, mut builder: CaseBuilder) -> CaseBuilder {
        let few = if self.theme == Theme::Anything { 40 } else { 70 };
        if self.dice.percent(few) {
            return builder;
        }
        for _ in 0..self.dice.range(1, 3) {
            let kind = *self.dice.pick(&[
                DecisionKind::Go,
                DecisionKind::Go,
                DecisionKind::Stay,
                DecisionKind::Not,
                DecisionKind::Free,
            ]);
            let person = self.dice.pick(&self.people.clone()).clone();
            let post = match kind {
                DecisionKind::Go | DecisionKind::Not => self.any_post(),
                DecisionKind::Stay if self.dice.percent(25) => self.any_post(),
                _ => String::new(),
            };
            let year = match self.dice.range(0, 9) {
                0..=1 => None,
                2..=7 => Some(i32::try_from(self.dice.range(1, i64::from(self.policy.years))).unwrap()),
                _ => {
                    use chrono::Datelike;
                    let t = self.dice.range(1, i64::from(self.policy.years));
                    Some(self.policy.effective(usize::try_from(t).unwrap()).year())
                }
            };
            let approval = if self.dice.percent(50) { "组发〔2025〕1号" } else { "" };
            builder = builder.decision(kind, &person, &post, year, approval);
        }
        builder
    }
}

fn span(ladder: &[&str], low: usize, high: usize) -> RankSpan {
    RankSpan { low: ladder[low].to_owned(), high: ladder[high].to_owned() }
}

#[test]
fn a_seed_gives_the_same_case_for_ever() {
    for seed in 0..50 {
        assert_eq!(random_case(seed, SMALL), random_case(seed, SMALL), "{seed}");
    }
}
