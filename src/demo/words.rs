//! What the generated departments are made of, in Chinese and English: names, offices, posts. All of it invented.

use crate::text::Lang;
use lungang_domain::{Category, Grade, Power, StaffingKind};

/// One thing in Chinese and in English.
pub(super) type Both = (&'static str, &'static str);

/// The half of a pair that belongs to the language.
pub(super) fn say(lang: Lang, both: Both) -> &'static str {
    match lang {
        Lang::Zh => both.0,
        Lang::En => both.1,
    }
}

/// The kinds of department that a county has; a generated one says that it is generated.
pub(super) const UNITS: &[Both] = &[
    ("住房和城乡建设局", "Housing and Construction"),
    ("自然资源和规划局", "Natural Resources and Planning"),
    ("交通运输局", "Transport"),
    ("水利和湖泊局", "Water and Lakes"),
    ("农业农村局", "Agriculture"),
    ("发展和改革局", "Development and Reform"),
    ("教育局", "Education"),
    ("科学技术和经济信息化局", "Science and Economy"),
    ("民族宗教事务局", "Ethnic and Religious Affairs"),
    ("公安局", "Public Security"),
    ("民政局", "Civil Affairs"),
    ("司法局", "Justice"),
    ("财政局", "Finance"),
    ("人力资源和社会保障局", "Human Resources"),
    ("商务局", "Commerce"),
    ("文化和旅游局", "Culture and Tourism"),
    ("卫生健康局", "Health"),
    ("退役军人事务局", "Veterans' Affairs"),
    ("应急管理局", "Emergency Management"),
    ("审计局", "Audit"),
    ("市场监督管理局", "Market Regulation"),
    ("统计局", "Statistics"),
    ("医疗保障局", "Medical Insurance"),
    ("信访局", "Petitions"),
    ("政务服务和大数据管理局", "Government Data"),
    ("林业局", "Forestry"),
    ("城市管理执法局", "City Management"),
];

/// A working post below the section's leaders.
pub(super) struct Desk {
    pub(super) title: Both,
    pub(super) risk: Grade,
    pub(super) sensitive: bool,
    pub(super) ten_year: bool,
    pub(super) power: Power,
    pub(super) duty_pair: &'static str,
    pub(super) development: &'static [Both],
    pub(super) certificate: Option<Both>,
    pub(super) major: Option<Both>,
    pub(super) category: Option<Category>,
    pub(super) essential: bool,
    pub(super) special: Option<Both>,
    /// Where it differs from the office's.
    pub(super) staffing: Option<StaffingKind>,
    /// Months of its own: may, should, must.
    pub(super) limits: Option<[i32; 3]>,
    /// Trades that it supervises.
    pub(super) regulates: &'static [Both],
    pub(super) field: Field,
    /// Kind of risk, where the risk list tells it.
    pub(super) hazard: &'static str,
}

/// Which field of business a desk belongs to.
#[derive(Clone, Copy, Debug)]
pub(super) enum Field {
    /// A field of its own, but for desks of low risk.
    Graded,
    /// A field of its own.
    Own,
    /// That of another office of the department, which it supervises.
    Of(&'static str),
}

/// An internal office, with its field and its desks.
pub(super) struct Office {
    pub(super) name: Both,
    pub(super) domain: Both,
    pub(super) kind: StaffingKind,
    /// Risk grade of its head and deputy.
    pub(super) risk: Grade,
    pub(super) desks: &'static [Desk],
}

pub(super) const PLAIN: Desk = Desk {
    title: ("", ""),
    risk: Grade::Low,
    sensitive: false,
    ten_year: false,
    power: Power::Execution,
    duty_pair: "",
    development: &[],
    certificate: None,
    major: None,
    category: None,
    essential: false,
    special: None,
    staffing: None,
    limits: None,
    regulates: &[],
    field: Field::Graded,
    hazard: "",
};

/// Experiences that reserve cadres want and development posts give.
pub(super) const GRASSROOTS: Both = ("基层经历", "grass-roots work");
/// See [`GRASSROOTS`].
pub(super) const COORDINATION: Both = ("综合协调", "coordination");
/// See [`GRASSROOTS`].
pub(super) const PROJECTS: Both = ("项目管理", "project management");
/// See [`GRASSROOTS`].
pub(super) const LAW: Both = ("执法办案", "law enforcement");
/// All of them.
pub(super) const EXPERIENCES: &[Both] = &[GRASSROOTS, COORDINATION, PROJECTS, LAW];

/// Certificate of accountants.
pub(super) const ACCOUNTANT: Both = ("会计专业技术资格", "accounting certificate");
/// Certificate of lawyers.
pub(super) const LAWYER: Both = ("法律职业资格", "legal certificate");

/// The offices, in the order in which a department gets them as it grows.
pub(super) const OFFICES: &[Office] = &[
    Office {
        name: ("行政审批股", "Approvals"),
        domain: ("行政审批", "approvals"),
        kind: StaffingKind::Administrative,
        risk: Grade::High,
        desks: &[
            Desk {
                title: ("审批经办岗", "approval officer"),
                risk: Grade::High,
                ten_year: true,
                power: Power::Decision,
                duty_pair: "管审:审",
                ..PLAIN
            },
            Desk { title: ("现场踏勘岗", "site inspector"), risk: Grade::High, ..PLAIN },
            Desk { title: ("窗口受理岗", "reception desk"), risk: Grade::Medium, essential: true, ..PLAIN },
        ],
    },
    Office {
        name: ("财务股", "Finance Office"),
        domain: ("财务", "finance"),
        kind: StaffingKind::Administrative,
        risk: Grade::High,
        desks: &[
            Desk {
                title: ("会计岗", "accountant"),
                risk: Grade::High,
                ten_year: true,
                certificate: Some(ACCOUNTANT),
                essential: true,
                ..PLAIN
            },
            Desk { title: ("出纳岗", "cashier"), risk: Grade::Medium, sensitive: true, ten_year: true, ..PLAIN },
            Desk { title: ("资产管理岗", "asset manager"), risk: Grade::Medium, ..PLAIN },
        ],
    },
    Office {
        name: ("服务中心", "Service Centre"),
        domain: ("公共服务", "public service"),
        kind: StaffingKind::Public,
        risk: Grade::Medium,
        desks: &[
            Desk { title: ("服务窗口岗", "service desk"), essential: true, ..PLAIN },
            Desk { title: ("热线受理岗", "hotline"), development: &[GRASSROOTS], ..PLAIN },
            Desk { title: ("物资采购岗", "supplies buyer"), risk: Grade::High, duty_pair: "管采:采", ..PLAIN },
        ],
    },
    Office {
        name: ("办公室", "General Office"),
        domain: ("综合", "general affairs"),
        kind: StaffingKind::Administrative,
        risk: Grade::Medium,
        desks: &[
            Desk { title: ("文秘岗", "secretary"), ..PLAIN },
            Desk { title: ("综合协调岗", "coordinator"), development: &[COORDINATION], ..PLAIN },
            Desk {
                title: ("机要保密岗", "confidential papers"),
                special: Some(("涉密岗位", "secret papers")),
                ..PLAIN
            },
        ],
    },
    Office {
        name: ("项目管理股", "Project Office"),
        domain: ("项目", "projects"),
        kind: StaffingKind::Administrative,
        risk: Grade::High,
        desks: &[
            Desk {
                title: ("招标采购岗", "tenders"),
                risk: Grade::Medium,
                sensitive: true,
                ten_year: true,
                duty_pair: "管采:管",
                ..PLAIN
            },
            Desk {
                title: ("工程监管岗", "works supervisor"), risk: Grade::High, power: Power::Supervision, ..PLAIN
            },
            Desk { title: ("项目服务岗", "project service"), development: &[PROJECTS], ..PLAIN },
        ],
    },
    Office {
        name: ("执法监督股", "Enforcement"),
        domain: ("执法", "enforcement"),
        kind: StaffingKind::Administrative,
        risk: Grade::High,
        desks: &[
            Desk {
                title: ("执法办案岗", "enforcement officer"),
                risk: Grade::High,
                ten_year: true,
                development: &[LAW],
                category: Some(Category::Enforcement),
                ..PLAIN
            },
            Desk {
                title: ("案件审核岗", "case reviewer"),
                risk: Grade::Medium,
                power: Power::Supervision,
                category: Some(Category::Enforcement),
                ..PLAIN
            },
            Desk { title: ("基层联络岗", "township liaison"), development: &[GRASSROOTS], ..PLAIN },
        ],
    },
    Office {
        name: ("人事教育股", "Personnel"),
        domain: ("人事", "personnel"),
        kind: StaffingKind::Administrative,
        risk: Grade::Medium,
        desks: &[
            Desk { title: ("干部人事岗", "personnel officer"), risk: Grade::Medium, ten_year: true, ..PLAIN },
            Desk { title: ("教育培训岗", "training officer"), ..PLAIN },
            Desk { title: ("工资社保岗", "pay and insurance"), risk: Grade::Unrated, ..PLAIN },
        ],
    },
    Office {
        name: ("质量安全站", "Quality and Safety Station"),
        domain: ("质量安全", "quality and safety"),
        kind: StaffingKind::Public,
        risk: Grade::High,
        desks: &[
            Desk {
                title: ("质量监督岗", "quality inspector"), risk: Grade::High, power: Power::Supervision, ..PLAIN
            },
            Desk {
                title: ("安全检查岗", "safety inspector"), risk: Grade::High, power: Power::Supervision, ..PLAIN
            },
            Desk { title: ("档案管理岗", "archivist"), ..PLAIN },
        ],
    },
    Office {
        name: ("政策法规股", "Legal Office"),
        domain: ("法规", "law"),
        kind: StaffingKind::Administrative,
        risk: Grade::Medium,
        desks: &[
            Desk {
                title: ("法制审核岗", "legal reviewer"),
                risk: Grade::Medium,
                certificate: Some(LAWYER),
                major: Some(("法学", "law")),
                ..PLAIN
            },
            Desk { title: ("普法宣传岗", "legal education"), ..PLAIN },
        ],
    },
    Office {
        name: ("规划业务股", "Planning Office"),
        domain: ("规划", "planning"),
        kind: StaffingKind::Administrative,
        risk: Grade::Low,
        desks: &[
            Desk { title: ("规划编制岗", "planner"), ..PLAIN },
            Desk { title: ("统计调查岗", "statistics"), ..PLAIN },
            Desk { title: ("补贴核查岗", "subsidy checks"), risk: Grade::High, ..PLAIN },
        ],
    },
];

/// Family names.
pub(super) const FAMILY: &[Both] = &[
    ("王", "Wang"),
    ("李", "Li"),
    ("张", "Zhang"),
    ("刘", "Liu"),
    ("陈", "Chen"),
    ("杨", "Yang"),
    ("黄", "Huang"),
    ("赵", "Zhao"),
    ("吴", "Wu"),
    ("周", "Zhou"),
    ("徐", "Xu"),
    ("孙", "Sun"),
    ("马", "Ma"),
    ("朱", "Zhu"),
    ("胡", "Hu"),
    ("郭", "Guo"),
    ("何", "He"),
    ("林", "Lin"),
    ("罗", "Luo"),
    ("高", "Gao"),
    ("郑", "Zheng"),
    ("梁", "Liang"),
    ("谢", "Xie"),
    ("宋", "Song"),
    ("唐", "Tang"),
    ("许", "Xu"),
    ("邓", "Deng"),
    ("冯", "Feng"),
    ("韩", "Han"),
    ("曹", "Cao"),
];

/// Syllables of given names: men's, then women's.
pub(super) const GIVEN: [&[Both]; 2] = [
    &[
        ("伟", "wei"),
        ("强", "qiang"),
        ("军", "jun"),
        ("勇", "yong"),
        ("建", "jian"),
        ("国", "guo"),
        ("志", "zhi"),
        ("明", "ming"),
        ("文", "wen"),
        ("斌", "bin"),
        ("涛", "tao"),
        ("浩", "hao"),
        ("鹏", "peng"),
        ("平", "ping"),
        ("华", "hua"),
        ("东", "dong"),
        ("海", "hai"),
        ("波", "bo"),
        ("宇", "yu"),
        ("磊", "lei"),
    ],
    &[
        ("芳", "fang"),
        ("丽", "li"),
        ("敏", "min"),
        ("静", "jing"),
        ("娟", "juan"),
        ("艳", "yan"),
        ("秀", "xiu"),
        ("英", "ying"),
        ("玲", "ling"),
        ("燕", "yan"),
        ("红", "hong"),
        ("霞", "xia"),
        ("梅", "mei"),
        ("婷", "ting"),
        ("雪", "xue"),
        ("慧", "hui"),
        ("琳", "lin"),
        ("洁", "jie"),
        ("云", "yun"),
        ("晓", "xiao"),
    ],
];

/// Majors that people have.
pub(super) const MAJORS: &[Both] = &[
    ("行政管理", "public administration"),
    ("会计学", "accounting"),
    ("法学", "law"),
    ("土木工程", "civil engineering"),
    ("计算机科学", "computer science"),
    ("汉语言文学", "Chinese literature"),
    ("经济学", "economics"),
];

/// The desk of a post founded inside the horizon.
pub(super) static NEW_DESK: Desk = Desk { title: ("数据治理岗", "data governance"), risk: Grade::Medium, ..PLAIN };
