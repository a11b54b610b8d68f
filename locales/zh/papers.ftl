# 文书、网页、脱敏

# 表
sheet-approvals = 暂缓轮岗审批
sheet-audit = 专项审计建议
sheet-handover = 交接清单
sheet-calendar = 工作日程
sheet-milestones = 年度节点
title-calendar = 轮岗工作日程表
title-milestones = 年度工作节点表
title-approvals = 暂缓轮岗审批登记表
title-audit = 专项审计建议清单
title-handover = 轮岗工作交接清单
head-years = 暂缓年度
head-opinion = 审批意见
head-measure = 建议方式
head-audit_cause = 提请事由
head-period = 审计（审查）期间
head-leave_date = 离任日期
head-propose_by = 提请时限
head-organ = 实施单位
head-outcome = 结果
head-handed_post = 交接岗位
head-handed_items = 交接事项
head-handed_on = 交接日期

# 词语
list-semicolon = ；
years = 第{ $list }年度
measure-audit = 经济责任审计
measure-review = 离岗审查
measure-special = 专项审计
cause-moved = 第{ $t }年度轮岗离任
cause-left = 第{ $t }年度退休、调出等离任
cause-promoted = 第{ $t }年度晋升离任
cause-closed = 第{ $t }年度岗位撤销离任
cause-kept = { $years }暂缓轮岗，作为替代措施
cause-in-charge = （主持单位工作，是否满一年待核实）
substitute-years = { $years }{ $measure }
calendar-weekend = 生效日不是工作日，{ $date }办理
calendar-outside = 不在当年实施期（{ $from }至{ $to }）内
calendar-late = 启动日期早于数据日期（{ $date }），须提前启动或压缩时限
milestone-plan = 各单位报送年度轮岗计划
milestone-carried-out = 完成年度轮岗任务
milestone-progress = 报送工作进展
milestone-summary = 报送年终总结
period = { $from }至{ $to }
period-since = { $from }以来
period-until = 任现岗位至{ $to }（起始时间待核实）
period-all = 任现岗位以来（起始时间待核实）

# 文书
day = { $year }年{ $month }月{ $day }日
paper-plan = 定期轮岗计划
paper-approval = 暂缓轮岗审批表
paper-audit = 专项审计建议清单
paper-handover = 轮岗工作交接清单
paper-calendar = 轮岗工作日程
paper-of-unit = { $unit }{ $title }
paper-number = 文号：　　　　　　　　　　　　
paper-heading = { $number }、{ $unit }
paper-summary = 本计划自{ $from }起至{ $to }止，共{ $years }个年度，涉及{ $units }个单位、{ $people }名在职人员、{ $posts }个岗位。计划期内拟安排轮岗{ $moves }人次，为待安排人员定岗{ $placements }人次；到期未轮岗、拟暂缓轮岗{ $deferrals }人次（逐年累计）。
paper-summary-unit = 本计划自{ $from }起至{ $to }止，共{ $years }个年度。{ $unit }现有在职人员{ $people }名、岗位{ $posts }个。计划期内拟安排轮岗{ $moves }人次，为待安排人员定岗{ $placements }人次；到期未轮岗、拟暂缓轮岗{ $deferrals }人次（逐年累计）。
paper-none = 计划期内无轮岗安排。
paper-attached = 暂缓轮岗审批表、专项审计建议清单、轮岗工作交接清单、轮岗工作日程附后。
paper-audit-note = 单位正职离任的，建议进行经济责任审计；主持单位工作的副职离任的，核实主持已满一年后比照办理；其他人员离开高风险岗位的，建议进行离岗审查；在高风险岗位到期暂缓轮岗、以专项审计为替代措施的，进行专项审计。以上均为建议，由有关机关按照规定和权限决定。
paper-handover-note = 交接事项和监交人由所在单位在交接时填写；接交人一栏空白的，由所在单位指定人员接收。
paper-calendar-note = 各环节由生效日期按工作日倒排，周末不计；节假日以当年公布的安排为准，已列入政策设置的方予扣除。交接应在截止日期前办结。
form-number = 编号：
form-date = 填表日期：　　　　年　　月　　日
form-unit = 单位
form-name = 姓名
form-post = 现岗位
form-risk = 廉政风险等级
form-post_since = 任现岗位时间
form-months = 任职月数
form-due = 应轮岗日期
form-over = 超期月数
form-count = { $count }个月
form-years = 暂缓年度
form-held_by = 暂缓原因
form-substitute = 替代措施
form-review = 下次研究日期
form-unit_opinion = 所在单位意见
form-approver_opinion = 审批机关意见
form-approver = 审批人
form-document = 批准文号
form-seal = （盖章）　　　　　　年　　月　　日
form-note = 注：任职月数、超期月数均计算至首个暂缓年度的生效日。

# 网页
html-title = { $units }定期轮岗计划报告
html-span = 计划期：{ $from }至{ $to }
html-overdue = 轮岗前后超期任职情况
html-coverage = 各年度在岗保障率
html-chains = 连环调整和循环对调
chart-overdue-note = 按廉政风险等级统计：现状为计划起始日的数字，各年度为年度末的数字。浅色为若均不调整，深色为本计划，柱顶为合计。
chart-coverage-note = 在岗保障率为各岗位在岗人数（以最低在岗人数为限）占最低在岗人数的比例。
chart-chains-note = 方框为岗位，箭头上方为调整人员，箭头指向拟任岗位；虚线方框为同一批次中已列出的岗位。单人调整见“轮岗实施顺序表”。
chart-chain = 第{ $batch }批　{ $date }　{ $kind }
chart-year = 第{ $t }年

# 脱敏
plan-masked = 已脱敏：姓名、人员编号、出生日期均以代码代替。核验时请用 lungang check 的 --mask-key 指明脱敏对照表。名单以外的人名（如决定人）未作替换。
E0609 = 脱敏对照表“{ $path }”不得与输入、输出文件相同，也不得放在输入或输出文件夹内。
    .todo = 请将对照表另存到单独的位置。
E0610 = “{ $path }”已有其他内容，不是脱敏对照表，未作改动。
    .todo = 请为脱敏对照表另取文件名。
E0794 = “{ $path }”是供阅读和打印的文书，不能读回为计划。
    .todo = 请使用同时写出的 .json、.xlsx 文件或 CSV 文件夹。
E0795 = 计划“{ $path }”已脱敏，其中的代码与输入数据中的人员编号无法对应。
    .todo = 请用 --mask-key 指明编制该计划时写出的脱敏对照表。
E0796 = “{ $path }”不是可用的脱敏对照表：{ $why }。
    .todo = 请使用 lungang plan --mask --mask-key 写出的文件，勿作修改。
