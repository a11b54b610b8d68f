//! Every policy key: what it holds, and whether this version acts on it.

/// What a key holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyKind {
    /// Text, not blank.
    Text,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A date to the day.
    Date,
    /// A whole number in this range.
    Whole(i64, i64),
    /// A share, 0–1.
    Share,
    /// On or off.
    Switch,
    /// Risk grades: some, each once.
    Grades,
    /// Texts, each once; may be none.
    Texts,
    /// The rungs of a ladder: some, each once.
    Ladder,
    /// Pairs of grades.
    Pairs,
    /// A day of every year, `08-15`.
    MonthDay,
    /// Dates to the day, each once; may be none.
    Dates,
}

/// Whether this version acts on a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Built {
    /// It does.
    Yes,
    /// Not yet: only the value that changes nothing is accepted.
    NotYet,
}

/// One key.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// Dotted path.
    pub path: &'static str,
    /// What it holds.
    pub kind: KeyKind,
    /// Whether it acts.
    pub built: Built,
}

const fn key(path: &'static str, kind: KeyKind) -> Key {
    Key { path, kind, built: Built::Yes }
}

const fn not_yet(path: &'static str, kind: KeyKind) -> Key {
    Key { path, kind, built: Built::NotYet }
}

const MONTHS: KeyKind = KeyKind::Whole(0, 1200);
const MUST: KeyKind = KeyKind::Whole(1, 1200);
const DAYS: KeyKind = KeyKind::Whole(0, 250);
const MOVES: KeyKind = KeyKind::Whole(0, 1_000_000);
const POINTS: KeyKind = KeyKind::Whole(0, 1_000_000);
/// Months that count as full.
const FULL: KeyKind = KeyKind::Whole(1, 600);
/// Weight of a part of the fit model.
const PART: KeyKind = KeyKind::Whole(0, 1000);

/// Every key, in the order of `data/policy.toml`.
pub const KEYS: &[Key] = &[
    key("preset", KeyKind::Text),
    key("start", KeyKind::Date),
    key("as_of", KeyKind::Date),
    key("years", KeyKind::Whole(1, 20)),
    key("time.may", MONTHS),
    key("time.rest", MONTHS),
    key("time.high.should", MONTHS),
    key("time.high.must", MUST),
    key("time.medium.should", MONTHS),
    key("time.medium.must", MUST),
    key("time.low.should", MONTHS),
    key("time.low.must", MUST),
    key("time.unrated.should", MONTHS),
    key("time.unrated.must", MUST),
    key("time.ten_year", MUST),
    key("time.section.should", MONTHS),
    key("time.section.must", MUST),
    key("time.unit_level.should", MONTHS),
    key("time.unit_level.must", MUST),
    key("time.unit.should", MONTHS),
    key("time.unit.must", MUST),
    key("time.domain.should", MONTHS),
    key("time.domain.must", MUST),
    key("time.near_retirement", MONTHS),
    key("time.no_return", MONTHS),
    key("time.cooling", MONTHS),
    key("time.presence", KeyKind::Whole(1, 12)),
    key("time.recruit_probation", MONTHS),
    key("time.leader_probation", MONTHS),
    key("turnover.unit_share", KeyKind::Share),
    key("turnover.unit_floor", KeyKind::Share),
    key("turnover.year_share", KeyKind::Share),
    key("turnover.most_moves", MOVES),
    key("turnover.most_cross_unit", MOVES),
    key("turnover.old_hands", KeyKind::Share),
    key("turnover.apart", KeyKind::Switch),
    key("risk.tiers", KeyKind::Grades),
    not_yet("risk.aggregate", KeyKind::Text),
    key("risk.high_from", KeyKind::Whole(1, 1_000_000)),
    key("risk.medium_from", KeyKind::Whole(1, 1_000_000)),
    key("risk.direction", KeyKind::Choice(&["I-high", "III-high"])),
    key("points.move", POINTS),
    key("points.cross_unit", POINTS),
    key("points.medium_month", POINTS),
    key("points.low_month", POINTS),
    key("points.should_month", POINTS),
    key("reserve.experiences", KeyKind::Texts),
    key("reserve.successors", KeyKind::Switch),
    key("retirement.formula", KeyKind::Choice(&["none", "cn-2025"])),
    key("fit.strict", KeyKind::Switch),
    key("fit.floor", KeyKind::Whole(0, 100)),
    key("fit.compute", KeyKind::Choice(&["absent", "missing", "never"])),
    key("fit.domain_months", FULL),
    key("fit.seniority_months", FULL),
    key("fit.weights.major", PART),
    key("fit.weights.certificates", PART),
    key("fit.weights.domain", PART),
    key("fit.weights.level", PART),
    key("fit.weights.seniority", PART),
    key("fit.weights.training", PART),
    key("fit.weights.wishes", PART),
    key("fit.weights.suggested", PART),
    key("priorities.mode", KeyKind::Choice(&["strict", "weighted"])),
    key("priorities.weights.risk", POINTS),
    key("priorities.weights.reserve", POINTS),
    key("priorities.weights.quality", POINTS),
    key("rules.R07", KeyKind::Switch),
    key("rules.R09", KeyKind::Switch),
    key("rules.R11", KeyKind::Switch),
    key("rules.R13", KeyKind::Switch),
    key("rules.R16", KeyKind::Switch),
    key("rules.R19", KeyKind::Switch),
    key("rules.R20", KeyKind::Switch),
    key("rules.R21", KeyKind::Switch),
    key("rules.R25", KeyKind::Switch),
    key("ladder.level", KeyKind::Ladder),
    key("ladder.grade", KeyKind::Ladder),
    key("ladder.education", KeyKind::Ladder),
    key("ladder.equivalent", KeyKind::Pairs),
    key("input.encoding", KeyKind::Text),
    key("input.date_order", KeyKind::Choice(&["ymd", "dmy", "mdy"])),
    key("input.short_years", KeyKind::Choice(&["past"])),
    key("input.aliases", KeyKind::Text),
    key("calendar.nominate", DAYS),
    key("calendar.consult", DAYS),
    key("calendar.inspect", DAYS),
    key("calendar.decide", DAYS),
    key("calendar.appoint", DAYS),
    key("calendar.handover", DAYS),
    key("calendar.plan_due", KeyKind::MonthDay),
    key("calendar.carried_out_by", KeyKind::MonthDay),
    key("calendar.progress_day", KeyKind::Whole(1, 31)),
    key("calendar.summary_by", KeyKind::MonthDay),
    key("report.section_name", KeyKind::Text),
    key("report.lang", KeyKind::Choice(&["zh", "en"])),
    key("report.holidays", KeyKind::Dates),
    key("report.workdays", KeyKind::Dates),
];

/// Tables whose keys the site names; none is built yet.
const OPEN: &[Key] = &[not_yet("give", KeyKind::Whole(0, i64::MAX))];

/// The key with this dotted path.
#[must_use]
pub fn find(path: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.path == path).or_else(|| {
        OPEN.iter().find(|key| path.strip_prefix(key.path).is_some_and(|rest| rest.starts_with('.') && rest.len() > 1))
    })
}

/// Whether some key lies below this path, so that it must be a table.
#[must_use]
pub fn is_table(path: &str) -> bool {
    OPEN.iter().any(|key| key.path == path)
        || KEYS.iter().any(|key| key.path.strip_prefix(path).is_some_and(|rest| rest.starts_with('.')))
        || matches!(path, "input")
}
