# 规则目录：名称、含义、默认值、示例。编号与 lungang-domain 的 catalogue 一一对应。

rule-R01 = 不超定员
    .meaning = 每个岗位的任职人数不得超过定员。目前已超员的岗位只出不进，直至恢复到定员以内；同一批次中腾出的席位可以当批补上。
    .default = 以岗位表“定员”为准；未填写的，按现有任职人数计，并列入假定清单。
    .example = 会计岗定员 3 人、现有 4 人：须先调出 1 人，调出前不再安排人员进入。
rule-R02 = 一人一岗
    .meaning = 每人只占一个主岗席位。兼任和主持工作不占席位，随主岗保留；离开主岗后自然终止。
    .default = 始终有效。
    .example = 副股长主持全股工作：占副股长席位，同时计入股长岗位的在岗人数。
rule-R03 = 在岗保障
    .meaning = 优先保证不可空缺岗位有人在岗，其次使各岗位在岗人数达到最低要求、待安排人员尽快到岗。人在外的占席位但不计在岗；实际工作岗位计其在岗。
    .default = 一个计划年度内在岗满 6 个月计为在岗（time.presence）。最低在岗未填写的，取定员与当前在岗人数中较小者。
    .example = 借调到外单位的会计仍占席位，但不计在岗；会计岗最低在岗 1 人时，须另有 1 人在岗。
rule-R04 = 平级轮岗、资格相符
    .meaning = 只在同一领导职务层次，或相同、相当的职级之间轮岗；提拔只能通过变动表列明。岗位要求的专业、证书、学历须具备。两边都填写的才比较，空白视为通过并提示。
    .default = 层次与职级的次序见 ladder.level、ladder.grade；视为相当的职级见 ladder.equivalent。
    .example = 股级正职可以到另一股室任股长，不能任副局长；没有法律职业资格的，不能到法制审核岗。
rule-R05 = 不得调整的人员
    .meaning = 被立案调查的，一律不得调整，也不办理退休；纪律审查、刑事案件未结的，以及试用期内的，一般不得调整，确需调整须有批准文号。
    .default = 录用试用期 12 个月（time.recruit_probation），新提任领导职务试用期 12 个月（time.leader_probation）；人员表写明试用期的，以人员表为准。
    .example = 2025 年 7 月提任的副股长，2026 年 7 月前不安排轮岗。
rule-R06 = 影响期内不得重用
    .meaning = 处分影响期届满之前，不得提拔，也不得安排到更重要的岗位；先比较领导职务层次，层次相同或不明的比较领导职务。
    .default = 以人员表“影响期至”为准。
    .example = 影响期至 2026-08-01 的科员，2026 年初不能安排担任副股长，但可以平级轮岗。
rule-R10 = 最短任职和轮岗间隔
    .meaning = 在现岗位任职不满最短年限的不调整；两次轮岗之间至少间隔规定的月数，计划期之前的轮岗也计算在内。撤销岗位引起的调整除外。
    .default = 最短任职 24 个月（time.may，岗位另有规定的从其规定），间隔 12 个月（time.rest）。
    .example = 2025 年 1 月到岗的，2027 年 1 月起才可以安排轮岗。
rule-R12 = 轮岗比例和骨干留任
    .meaning = 一个单位一年内轮岗的人数不超过规定比例；每个股室每次调整后，原有人员至少保留规定比例。
    .default = 每年不超过单位现有占席人数的 30%，至少可以轮 1 人（turnover.unit_share）；股室原有人员至少保留一半（turnover.old_hands）。单位表填写“每年最多轮岗”的，以该数为准。
    .example = 20 人的单位一年最多轮岗 6 人；4 人的股室一次最多轮出 2 人。
rule-R14 = 到期轮岗
    .meaning = 任现岗位达到规定月数的，应当轮岗；到期未轮的列为暂缓轮岗并逐月计入超期，优先轮换超期最长的。内设机构正、副职和十年轮岗岗位，另按十年计算。
    .default = 一般应当轮岗与必须轮岗的月数：高风险 36、60，中风险 60、96，低风险 96、120，未定级同中风险（time.high 等）；十年轮岗 120（time.ten_year）。个人另有规定的优先，其次是岗位。
    .example = 2020 年 7 月到审批岗（高风险）的，2025 年 7 月满 60 个月，此后每月计 1 个月超期。
rule-R15 = 临近退休
    .meaning = 距退休不足规定月数的，不再计入应轮未轮，也不安排轮岗；待安排人员仍可以安排岗位。
    .default = 24 个月（time.near_retirement）。
    .example = 2027 年 5 月退休的，2026 年起不安排轮岗，列入“临近退休”。
rule-R16 = 不得轮而不换
    .meaning = 在同一股室内、权力类别、业务领域和风险等级都相同的岗位之间互换，不视为轮岗，任职年限连续计算。
    .default = 有效；可以用 rules.R16 = false 关闭。
    .example = 审批一岗与审批二岗互换：算一次调整，但任职年限不清零。
rule-R18 = 编制类型相符
    .meaning = 人员的编制类型须在岗位可用编制类型之内。非参公事业人员进入机关，只能通过调任，在变动表中列明。
    .default = 两边都填写的才比较。
    .example = 事业编制人员不能轮岗到只用行政编制的审批岗。
rule-R19 = 职位类别相符
    .meaning = 人员的职位类别须在岗位可用职位类别之内：综合管理、专业技术、行政执法。
    .default = 两边都填写的才比较；可以用 rules.R19 = false 关闭。
    .example = 综合管理类人员不能轮岗到只用行政执法类的执法办案岗。
rule-R20 = 最低服务年限
    .meaning = 新录用人员在最低服务年限届满之前，不轮岗出本单位；单位内部轮岗不受限制。
    .default = 以人员表“最低服务年限至”为准；可以用 rules.R20 = false 关闭。
    .example = 最低服务年限至 2030 年 6 月的，此前只在本单位内轮岗。
rule-R25 = 照顾缓轮
    .meaning = 孕期、产假、重病、外派等情形，可以在规定日期之前暂不轮岗。
    .default = 以人员表“免轮岗至”为准；可以用 rules.R25 = false 关闭，也可以用“解除限制”意见逐人解除。
    .example = 孕期人员免轮岗至 2026 年 10 月：2026 年 1 月的调整不安排，2027 年起照常安排。
rule-G1 = 超期最少
    .meaning = 在保障在岗、遵守规定的前提下，使高风险岗位的超期月数合计最少，并给出已证明的下限；中、低风险岗位的超期月数计入质量分。
    .default = 高风险单列一级（risk.tiers）。
    .example = 两人只能轮一人时，先轮超期 30 个月的，后轮超期 6 个月的。
rule-G2 = 后备干部锻炼
    .meaning = 使后备干部尽量取得所缺经历：在锻炼岗位连续任职满 12 个月的，计取得该项经历。
    .default = 所需经历以人员表为准；未填写的，取 reserve.experiences 中尚缺的。
    .example = 缺“基层经历”的后备干部，安排到基层联络岗一年以上。
rule-G3 = 人岗相适
    .meaning = 以轮岗后与现岗位的匹配度之差计分，越高越好。缺少匹配度的按差为 0 计并作标记，不当作 0 分。
    .default = 缺匹配度不影响轮岗；fit.strict = true 时缺匹配度不得轮岗。
    .example = 现岗位匹配度 62、新岗位 80：每年计 18 分。
rule-G4 = 少动为宜
    .meaning = 每次轮岗、每次跨单位轮岗都扣分，可动可不动的不动。
    .default = 每次轮岗扣 40 分（points.move），跨单位另扣 20 分（points.cross_unit）。
    .example = 匹配度合计只提高 10 分的轮岗不予安排。

rules-id = 编号
rules-title = 规则
rules-kind = 性质
rules-default = 默认
rules-source = 来源
rules-meaning = 含义
rules-example = 示例
rules-forms = 形式
rules-keys = 政策项
rules-switch = 开关
rules-hint = 查看某条规则：lungang rules R04

rules-kind-law = 法定
rules-kind-law-approval = 法定（经批准可例外）
rules-kind-law-or-approval = 法定；部分经批准可例外
rules-kind-setting = 设置
rules-kind-setting-or-approval = 设置；部分为法定、经批准可例外
rules-kind-goal = 目标

rules-form-stay = 任职
rules-form-move = 轮岗
rules-form-state = 累计
rules-form-row = 总量
rules-form-goal = 目标

rules-sure-seen = 已核对原文
rules-sure-secondary = 间接来源
rules-sure-ours = 本工具默认

E0930 = 没有编号为“{ $id }”的规则。
    .todo = 最接近的是 { $near }；不带编号运行 lungang rules 可列出全部规则。
