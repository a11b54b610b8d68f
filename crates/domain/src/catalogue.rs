//! The rule catalogue: what is asked, on what source, in which form. Only rules that are built stand here.
//!
//! Titles and meanings are in `locales/` under `rule-R04`, `rule-R04.meaning`, `rule-R04.example`, `rule-R04.default`.

use serde::Serialize;

/// How firmly a rule binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Kind {
    /// Fixed by law.
    #[serde(rename = "law")]
    Law,
    /// Law with an approval escape: broken only with a recorded approval.
    #[serde(rename = "law~")]
    LawWithApproval,
    /// Partly fixed, partly with an approval escape.
    #[serde(rename = "law / law~")]
    LawOrApproval,
    /// Partly fixed, partly a default that is editable.
    #[serde(rename = "law / setting")]
    LawOrSetting,
    /// Default editable.
    #[serde(rename = "setting")]
    Setting,
    /// Default editable, one part of it law with approval.
    #[serde(rename = "setting / law~")]
    SettingOrApproval,
    /// Weighed, never broken.
    #[serde(rename = "goal")]
    Goal,
}

/// The form in which a rule enters the formulation; nothing looks at a whole path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// Filter or cost on one stay.
    Stay,
    /// Filter or cost on a transition between two stays.
    Move,
    /// Something carried along: a clock, an experience.
    State,
    /// A joint row with a coefficient per person, stay and year.
    Row,
    /// A term of a tier.
    Goal,
    /// No effect on the plan: a line of its report.
    Report,
}

/// How sure the source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Sure {
    /// Clause or text seen.
    Seen,
    /// Secondary source.
    Secondary,
    /// Our own default.
    Ours,
}

/// One rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Rule {
    /// `R01`, `G1` ….
    pub id: &'static str,
    /// How firmly it binds.
    pub kind: Kind,
    /// Its forms.
    pub forms: &'static [Form],
    /// Source, in Chinese where the source is.
    pub source: &'static str,
    /// Confidence in the source.
    pub sure: Sure,
    /// Policy keys that set it.
    pub keys: &'static [&'static str],
    /// Whether `rules.<id>` can turn it off.
    pub switchable: bool,
}

const fn rule(
    id: &'static str,
    kind: Kind,
    forms: &'static [Form],
    source: &'static str,
    sure: Sure,
    keys: &'static [&'static str],
    switchable: bool,
) -> Rule {
    Rule { id, kind, forms, source, sure, keys, switchable }
}

/// Every rule that is built, in order of id.
pub const RULES: &[Rule] = &[
    rule("R01", Kind::Law, &[Form::Row], "公务员法 43, 71; 公务员转任规定 4", Sure::Seen, &[], false),
    rule("R02", Kind::Setting, &[Form::State], "公务员法 44", Sure::Seen, &[], false),
    rule(
        "R03",
        Kind::Goal,
        &[Form::Row, Form::Goal],
        "区县实施方案（岗位保障）",
        Sure::Ours,
        &["time.presence"],
        false,
    ),
    rule(
        "R04",
        Kind::Law,
        &[Form::Stay],
        "公务员转任规定 2; 公务员法 71, 106",
        Sure::Seen,
        &["ladder.level", "ladder.grade", "ladder.education", "ladder.equivalent"],
        false,
    ),
    rule(
        "R05",
        Kind::LawOrApproval,
        &[Form::Move],
        "公职人员政务处分法 52; 公务员转任规定; 公务员法 34",
        Sure::Seen,
        &["time.recruit_probation", "time.leader_probation"],
        false,
    ),
    rule("R06", Kind::Law, &[Form::Move], "公务员法 64; 公职人员政务处分法 8, 19", Sure::Seen, &[], false),
    rule("R07", Kind::Law, &[Form::Row], "公务员法 74(1)", Sure::Seen, &[], true),
    rule("R08", Kind::Law, &[Form::Stay], "公务员法 74(2), 75; 党政领导干部任职回避暂行规定 5", Sure::Seen, &[], false),
    rule(
        "R09",
        Kind::LawOrSetting,
        &[Form::Stay, Form::Move],
        "会计法 35; 政府采购法 61; 区县实施方案（二）1",
        Sure::Seen,
        &["time.cooling"],
        true,
    ),
    rule(
        "R10",
        Kind::SettingOrApproval,
        &[Form::Move],
        "公务员转任规定（不得频繁转任）; 合肥 2009（12 个月）",
        Sure::Seen,
        &["time.may", "time.rest"],
        false,
    ),
    rule(
        "R11",
        Kind::LawOrApproval,
        &[Form::Row],
        "党政领导干部选拔任用工作条例 2014, 54; 甘肃 2009",
        Sure::Seen,
        &[],
        true,
    ),
    rule(
        "R12",
        Kind::Setting,
        &[Form::Row],
        "合肥 2009（30%）",
        Sure::Seen,
        &["turnover.unit_share", "turnover.unit_floor", "turnover.old_hands"],
        false,
    ),
    rule("R13", Kind::Setting, &[Form::Stay, Form::State], "自定", Sure::Ours, &["time.no_return"], true),
    rule(
        "R14",
        Kind::SettingOrApproval,
        &[Form::State, Form::Goal],
        "公务员转任规定（十年）; 辽宁 2014（五年）",
        Sure::Seen,
        &["time.high", "time.medium", "time.low", "time.unrated", "time.ten_year"],
        false,
    ),
    rule(
        "R15",
        Kind::Setting,
        &[Form::Stay, Form::Move],
        "各地规定为 2、3 或 5 年",
        Sure::Seen,
        &["time.near_retirement"],
        false,
    ),
    rule("R16", Kind::Setting, &[Form::State], "自定", Sure::Ours, &[], true),
    rule(
        "R17",
        Kind::Setting,
        &[Form::State],
        "换名不换岗，任职年限连续计算；印度中央秘书处轮岗办法",
        Sure::Seen,
        &[],
        false,
    ),
    rule("R18", Kind::Law, &[Form::Stay, Form::Move], "公务员法 69, 70", Sure::Seen, &[], false),
    rule("R19", Kind::Law, &[Form::Stay], "公务员法 16", Sure::Seen, &[], true),
    rule("R20", Kind::Setting, &[Form::Move], "各地招录公告", Sure::Secondary, &[], true),
    rule("R21", Kind::Law, &[Form::Row], "会计基础工作规范 16", Sure::Seen, &[], true),
    rule("R22", Kind::Law, &[Form::Report], "行政事业单位内部控制规范 15", Sure::Secondary, &[], false),
    rule(
        "R23",
        Kind::Setting,
        &[Form::Report],
        "公务员转任规定（交接）; 区县实施方案（第二步）",
        Sure::Seen,
        &[
            "calendar.nominate",
            "calendar.consult",
            "calendar.inspect",
            "calendar.decide",
            "calendar.appoint",
            "calendar.handover",
            "report.holidays",
            "report.workdays",
        ],
        false,
    ),
    rule(
        "R24",
        Kind::Law,
        &[Form::Report],
        "党政主要领导干部和国有企事业单位主要领导人员经济责任审计规定 2019, 4",
        Sure::Seen,
        &[],
        false,
    ),
    rule("R25", Kind::Setting, &[Form::Move], "合肥 2009", Sure::Seen, &[], true),
    rule("G1", Kind::Goal, &[Form::Goal], "区县实施方案（四）1", Sure::Seen, &["risk.tiers"], false),
    rule(
        "G2",
        Kind::Goal,
        &[Form::State, Form::Goal],
        "区县实施方案（四）2",
        Sure::Seen,
        &["reserve.experiences"],
        false,
    ),
    rule(
        "G3",
        Kind::Goal,
        &[Form::Goal],
        "区县实施方案（四）1",
        Sure::Seen,
        &["fit.strict", "fit.floor", "fit.compute", "fit.domain_months", "fit.seniority_months", "fit.weights"],
        false,
    ),
    rule(
        "G4",
        Kind::Goal,
        &[Form::Row, Form::Goal],
        "自定",
        Sure::Ours,
        &[
            "points.move",
            "points.cross_unit",
            "turnover.year_share",
            "turnover.most_moves",
            "turnover.most_cross_unit",
            "turnover.apart",
        ],
        false,
    ),
    rule(
        "O1",
        Kind::Setting,
        &[Form::Report],
        "延边：后备干部与正职 2:1、与副职 1:1；各地对女干部、党外干部、近期可用人选的比例要求",
        Sure::Seen,
        &[],
        false,
    ),
    rule("O2", Kind::Setting, &[Form::Report], "区县实施方案（四）3", Sure::Seen, &[], false),
    rule("O3", Kind::Setting, &[Form::Report], "超编制、超职数、超层次配备（三超）", Sure::Ours, &[], false),
];

/// Duties that a statute keeps out of one hand (R09), as words in the titles of posts: 会计法 35 (a cashier keeps neither
/// checks nor archives nor accounts of income, expense and debts), 政府采购法 61 (buying against approval and acceptance).
pub const SPLIT_DUTIES: &[(&[&str], &[&str])] = &[
    (&["出纳"], &["稽核", "会计档案", "收入登记", "支出登记", "债权债务", "账目登记"]),
    (&["采购经办"], &["采购审核", "合同审核", "采购验收"]),
];

/// Words that name the fields in which nobody works where a relative leads (R07): organization, personnel, discipline
/// inspection, supervision, audit, finance. 公务员法 74(1).
pub const WATCHED_FIELDS: &[&str] = &["组织", "人事", "纪检", "监察", "审计", "财务"];

/// Words that name an office of accounting, whose head R21 speaks of; 会计基础工作规范 16.
pub const ACCOUNTING: &[&str] = &["会计", "财务"];

/// Words in the titles of those in charge of accounting; 会计基础工作规范 16.
pub const ACCOUNTING_HEADS: &[&str] = &["会计机构负责人", "会计主管", "主管会计", "总会计师", "财务负责人", "财务总监"];

/// Words that name a cashier, in titles or duties; 会计基础工作规范 16.
pub const CASHIERS: &[&str] = &["出纳"];

/// How the names of the bodies end whose principals may not have grown up in the county (R08): party committee, government,
/// discipline inspection, organization department, court, procuratorate, public security. 任职回避暂行规定 5.
pub const HOME_BODIES: &[&str] = &[
    "党委",
    "县委",
    "区委",
    "市委",
    "政府",
    "纪委",
    "纪委监委",
    "纪律检查委员会",
    "监察委员会",
    "组织部",
    "法院",
    "检察院",
    "公安局",
    "公安分局",
];

/// Ids of breaches outside the rules (semantics 28).
pub const OTHER_BREACHES: &[&str] =
    &["STATE", "CLOSED", "AWAY", "SPECIAL", "DECISION", "REPLAY", "CLAIM", "FIT", "APART"];

/// The rule with this id.
#[must_use]
pub fn find(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.id.eq_ignore_ascii_case(id))
}
