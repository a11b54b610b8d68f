# 政策设置：04。

E0401 = 未给出起始日期。
    .todo = 请补充，例如：lungang { $command } { $input } --start { $example }
E0402 = 没有设置项 { $key }。{ $near ->
        [none] {""}
       *[other] 是否为：{ $near }？
    }
    .todo = 全部设置项见“lungang template --policy -o policy.toml”生成的文件。
E0403 = { $key } = { $value }：{ $wanted ->
        [date] 应为日期，如 2025-07-01。
        [whole] 应为整数。
        [share] 应为 0 至 1 之间的比例。
        [switch] 应为 true 或 false。
        [list] 应为文字列表。
        [pairs] 应为成对的职级。
        [number] 应为数字。
        [monthday] 应为每年的某月某日，如 08-15。
        [dates] 应为日期列表，如 ["2026-10-01"]。
        [choice] 应为下列之一：{ $words }。
       *[text] 应为文字。
    }
    .todo = 请更正。
E0404 = { $key } = { $value } 尚未实现。
    .todo = 请去掉该项；本版本不会据此处理。
E0405 = { $key }：该规则不能关闭。
    .todo = 请去掉该项。
E0406 = 没有名为“{ $value }”的预设。{ $near ->
        [none] {""}
       *[other] 是否为：{ $near }？
    }
    .todo = 可用预设：{ $words }。
E0407 = 政策设置无法读取：{ $reason }
    .todo = 请更正该文件；可用“lungang template --policy -o policy.toml”生成范本。
E0408 = { $key } = { $value } 超出 { $least } 至 { $most } 的范围。
    .todo = 请更正。
E0409 = { $key }：“应当”的月数（{ $should }）超过“必须”的月数（{ $must }）。
    .todo = “应当”不得超过“必须”。
E0410 = 数据日期 as_of（{ $as_of }）不早于起始日期（{ $start }）。
    .todo = 数据日期应早于首个生效日；不填则为起始日期的前一日。
E0411 = { $key } 中“{ $twice }”重复：{ $value }。
    .todo = 每项只写一次。
E0412 = { $key } 为空。
    .todo = 请至少填写一项。
E0413 = ladder.equivalent 中的“{ $value }”不在 ladder.grade 中。{ $near ->
        [none] {""}
       *[other] 是否为：{ $near }？
    }
    .todo = 请使用 ladder.grade 中的职级。
E0414 = 设置表中的 { $key } 重复。
    .todo = 请只保留一条。
E0415 = { $key }：各项权重均为 0，加权方式无从计分。
    .todo = 风险、后备、质量三项权重至少有一项应为 1 以上的整数。
E0416 = { $key }：按现有分值和权重，一人的加权得分最大可达 { $count }，超过可精确计算的上限 { $most }。
    .todo = 起作用的只是各项权重之间的比例，请将各项权重同除以一个数。
E0417 = risk.high_from 和 risk.medium_from 须同时填写，且后者须小于前者。
    .todo = 例如：high_from = 160，medium_from = 70。
E0421 = 只填写了 { $key }，未填写 { $missing }；该项年限须两者同时填写。
    .todo = 请补填 { $missing }，或删去 { $key }。
E0420 = fit.compute 要求测算匹配度，但专业、证书、业务经历、层次职级、个人意愿、适岗建议的权重均为 0，无从测算。
    .todo = 上述权重至少有一项应为 1 以上的整数；不需测算的，将 fit.compute 设为 never。
E0430 = 情景文件无法读取：{ $reason }。
    .todo = 请检查路径和写法；文字型的值须加引号。
E0431 = 文件中没有任何情景。
    .todo = 每个情景以一行 [[scenario]] 开头；用“lungang template --scenarios -o scenarios.toml”可生成一份样例，在此基础上修改。
E0432 = 情景中没有“{ $key }”这一项。{ $near ->
        [none] { "" }
       *[other] 是否指 { $near }？
    }
    .todo = 一个情景可写 name（名称）、base（所依据的情景）、policy（政策）和 input（数据表）。
E0433 = 第 { $number } 个情景没有名称。
    .todo = 请给每个情景起一个简短的名称，各表以此作为列名。
E0434 = 有两个情景同名：“{ $value }”。
    .todo = 请将其中一个改名。
E0435 = 情景“{ $scenario }”：{ $later ->
        [yes] 所依据的情景“{ $value }”写在后面，或者就是它自己。
       *[no] 所依据的情景“{ $value }”不存在。
    }
    .todo = { $later ->
        [yes] 请把所依据的情景写在前面。
       *[no] { $near ->
            [none] 请填写前面已有的情景名称。
           *[other] 是否指 { $near }？
        }
    }
E0436 = 情景“{ $scenario }”：“{ $value }”不是可以替换的数据表。
    .todo = { $near ->
        [none] 表名与模板一致，如 staff（人员）、posts（岗位）、fit（匹配度）、units（单位）等。
       *[other] 是否指 { $near }？
    }
E0437 = 情景“{ $scenario }”：“{ $key }”的写法不对。
    .todo = policy 和 input 下写具体的键，如 policy.years = 3、input.posts = "posts.csv"；base 写情景名称，加引号。
E0438 = 情景“{ $scenario }”的{ $zh }表（{ $sheet }）取自该文件，但文件中没有这张表。
    .todo = 请按模板命名文件中的工作表，或将该表单独存为一个文件。
E0439 = 没有名为“{ $value }”的情景。
    .todo = { $near ->
        [none] 请使用情景文件中已有的名称。
       *[other] 是否指 { $near }？
    }
E0440 = 情景不能取名“{ $value }”，该名称在指标表中另有含义。
    .todo = 请另取名称。
W0401 = 法定规则 { $rule } 已关闭。
    .todo = 据此形成的计划都会注明；请确认有权关闭。

## 政策模板

policy-head = 轮岗政策设置：全部设置项及其含义、默认值和依据。
policy-head-order = 本文件优先于“设置”表，命令行优先于本文件；删去某行即采用预设的值。
policy-default = 默认值：{ $value }。依据：{ $source }。
policy-no-default = 无默认值。依据：{ $source }。
policy-not-yet = 尚未实现：本版本不据此处理，故保留为注释。

## 各设置项

key-preset = 所依据的预设。
    .source = 自定
key-start = 首个生效日，如 2025-07-01；须在某处给出。
    .source = 无
key-as_of = 数据日期；默认为起始日期的前一日。
    .source = 无
key-years = 计划年数，1 至 20。
    .source = 自定
key-time-may = R10：任职满多少个月方可轮岗；岗位另有规定的从其规定。
    .source = 公务员转任规定未定数值，自定
key-time-rest = R10：两次轮岗之间的最少月数。
    .source = 合肥 2009
key-time-high-should = R14，高风险：满多少个月一般应当轮岗。
    .source = 辽宁 2014（五年）；“应当”为自定
key-time-high-must = R14，高风险：满多少个月必须轮岗；个人、岗位另有规定的依次从其规定。
    .source = 辽宁 2014（五年）；“应当”为自定
key-time-medium-should = R14，中风险：满多少个月一般应当轮岗。
    .source = 自定
key-time-medium-must = R14，中风险：满多少个月必须轮岗；个人、岗位另有规定的依次从其规定。
    .source = 自定
key-time-low-should = R14，低风险：满多少个月一般应当轮岗。
    .source = 自定
key-time-low-must = R14，低风险：满多少个月必须轮岗；个人、岗位另有规定的依次从其规定。
    .source = 自定
key-time-unrated-should = R14，未定级岗位：满多少个月一般应当轮岗。
    .source = 自定
key-time-unrated-must = R14，未定级岗位：满多少个月必须轮岗；个人、岗位另有规定的依次从其规定。
    .source = 自定
key-time-ten_year = R14：内设机构领导及标注岗位的法定期限（月）。
    .source = 公务员转任规定 2020
key-time-section-should = R14，内设机构正副职任职：“应当”月数。
    .source = 合肥 2009
key-time-section-must = R14，内设机构正副职任职：“必须”月数。
    .source = 合肥 2009
key-time-unit_level-should = R14，同一单位同一层次任职：“应当”月数。
    .source = 合肥 2009
key-time-unit_level-must = R14，同一单位同一层次任职：“必须”月数。
    .source = 合肥 2009
key-time-unit-should = R14，同一单位任职：“应当”月数。
    .source = 合肥 2009
key-time-unit-must = R14，同一单位任职：“必须”月数。
    .source = 合肥 2009
key-time-domain-should = R14，同一业务领域任职：“应当”月数。
    .source = 自定
key-time-domain-must = R14，同一业务领域任职：“必须”月数。
    .source = 自定
key-time-near_retirement = R15：距退休不足多少个月的，不予轮岗，也不计超期。
    .source = 各地规定为 2、3 或 5 年
key-time-no_return = R13：离任后多少个月内不得回任。
    .source = 自定
key-time-cooling = R09：监督原业务领域之前的间隔月数。
    .source = 自定
key-time-presence = 计划年度内到岗至少多少个月方计为在岗。
    .source = 自定
key-time-recruit_probation = R05：新录用人员试用期（月）。
    .source = 公务员法 34
key-time-leader_probation = R05：新提拔领导试用期（月）。
    .source = 党政领导干部选拔任用工作条例
key-turnover-year_share = G4：全部单位每年轮岗人数占现有人数的上限；1 为不限。
    .source = 自定
key-turnover-most_moves = G4：计划期内全部单位轮岗总人次的上限；不设则不限。
    .source = 无
key-turnover-most_cross_unit = G4：计划期内跨单位轮岗总人次的上限；不设则不限。
    .source = 无
key-turnover-unit_share = R12：单位每年轮岗人数占现有人数的上限，至少一人。
    .source = 合肥 2009
key-turnover-unit_floor = R12：单位每年轮岗人数占现有人数的下限。
    .source = 甘肃 2009
key-turnover-old_hands = R12：内设机构现有人员中须留任的比例。
    .source = 自定
key-turnover-apart = 分单位编制计划：true 为各单位自行轮岗，除人工意见指定外不跨单位调整；false 为各单位统筹安排。
    .source = 自定
key-risk-tiers = 单列优先次序的风险等级，按此排序。
    .source = 自定
key-risk-aggregate = 由风险点得出岗位等级的方法：max 取最高。
    .source = 自定
key-risk-direction = 按一、二、三级分级的清单以哪一端为高：I-high 或 III-high。
    .source = 无
key-risk-high_from = 没有填写等级的风险点，风险值（可能性×严重性）达到该值的为高；与 medium_from 同时填写。
    .source = 无
key-risk-medium_from = 风险值达到该值的为中，低于该值的为低。
    .source = 无
key-points-move = 每次轮岗扣分。
    .source = 自定
key-points-cross_unit = 跨单位另扣分。
    .source = 自定
key-points-medium_month = 中风险及未定级岗位每超期一个月扣分。
    .source = 自定
key-points-low_month = 低风险岗位每超期一个月扣分。
    .source = 自定
key-points-should_month = risk.tiers 所列等级，“应当”至“必须”之间每月扣分。
    .source = 自定
key-reserve-experiences = 后备干部未列所需经历的，一律按此计。
    .source = 由使用单位确定
key-reserve-successors = 将不可空缺岗位的接替人选单列优先次序。
    .source = 自定
key-retirement-formula = R15：人员表未填退休日期时怎样推算：none 不推算；cn-2025 按渐进式延迟法定退休年龄推算。
    .source = 国务院关于渐进式延迟法定退休年龄的办法 2024
key-fit-strict = G3：缺少匹配度的，不得轮岗到该岗位。
    .source = 自定
key-fit-floor = G3：匹配度低于该分值的，不得轮岗到该岗位；0 为不设下限。
    .source = 自定
key-fit-compute = 哪些匹配度由模型测算。absent：没有填写任何匹配度时全部测算；missing：凡未填的都测算；never：不测算。
    .source = 自定
key-fit-domain_months = 在同一业务领域任职满多少个月，业务经历计满分。
    .source = 自定
key-fit-seniority_months = 任现职务层次或现职级满多少个月，任职资历计满分。
    .source = 自定
key-fit-weights-major = 测算匹配度的权重：专业对口。
    .source = 自定
key-fit-weights-certificates = 测算匹配度的权重：证书齐全。
    .source = 自定
key-fit-weights-domain = 测算匹配度的权重：业务经历。
    .source = 自定
key-fit-weights-level = 测算匹配度的权重：职务层次或职级与岗位要求的差距。
    .source = 自定
key-fit-weights-seniority = 测算匹配度的权重：任职资历。
    .source = 自定
key-fit-weights-training = 测算匹配度的权重：培训课时。
    .source = 自定
key-fit-weights-wishes = 测算匹配度的权重：个人意愿。
    .source = 自定
key-fit-weights-suggested = 测算匹配度的权重：适岗建议。
    .source = 自定
key-priorities-mode = strict：严格按优先次序；weighted：风险、后备、质量三项按权重合并计分。
    .source = 自定
key-priorities-weights-risk = 加权方式下每超期一个月的权重。
    .source = 自定
key-priorities-weights-reserve = 加权方式下每获得一项经历的权重。
    .source = 自定
key-priorities-weights-quality = 加权方式下质量每分的权重。
    .source = 自定
key-give = 某一优先项可让与其后各项的整数分。
    .source = 自定
key-rules-R07 = R07：亲属回避。
    .source = 公务员法 74
key-rules-R09 = R09：不相容职责分离。
    .source = 会计法 35; 政府采购法 61
key-rules-R11 = R11：正副职不在同年轮岗。
    .source = 甘肃 2009
key-rules-R13 = R13：不得回任。
    .source = 自定
key-rules-R16 = R16：同一内设机构内同类岗位对调不算轮岗。
    .source = 自定
key-rules-R19 = R19：职位类别相符。
    .source = 公务员法 16
key-rules-R20 = R20：新录用人员最低服务年限。
    .source = 各地招录公告
key-rules-R21 = R21：会计人员回避。
    .source = 会计基础工作规范 16
key-rules-R25 = R25：照顾对象可暂缓。
    .source = 合肥 2009
key-ladder-level = 领导职务层次，由低到高；“无”表示无领导职务层次。
    .source = 公务员职务与职级并行规定 2019
key-ladder-grade = 职级，由低到高。
    .source = 公务员职务与职级并行规定 2019
key-ladder-education = 学历，由低到高。
    .source = 自定
key-ladder-equivalent = 视为相当的职级，成对填写，如 [["甲", "乙"]]。
    .source = 公务员转任规定 2
key-input-encoding = CSV 文件的编码；不填则自动判别 UTF-8、UTF-16 和 GB18030。
    .source = 无
key-input-date_order = ymd、dmy 或 mdy：年份在后且该列无法自行判明时的日月次序。
    .source = 无
key-input-short_years = past：两位数的年份按数据日期以前最近的一年计，仅用于出生和任职时间。
    .source = 无
key-input-aliases = 补充表名、列名的别名表；路径相对于运行命令的文件夹。
    .source = 无
key-calendar-nominate = R23：提名所需工作日；0表示没有这一环节。
    .source = 自定
key-calendar-consult = R23：征求意见所需工作日。
    .source = 自定
key-calendar-inspect = R23：考察所需工作日。
    .source = 自定
key-calendar-decide = R23：研究所需工作日。
    .source = 自定
key-calendar-appoint = R23：任免所需工作日，含任前公示。
    .source = 自定
key-calendar-handover = R23：到任后办理交接的工作日。
    .source = 公务员转任规定 2020
key-calendar-plan_due = 各单位每年报送轮岗计划的截止日，如 08-15；不填则不列。
    .source = 区县实施方案
key-calendar-carried_out_by = 每年组织实施的截止日；不填则不列。
    .source = 区县实施方案
key-calendar-progress_day = 实施期内每月报送进展的日期。
    .source = 区县实施方案
key-calendar-summary_by = 每年报送年终总结的截止日。
    .source = 区县实施方案
key-report-section_name = 报表中内设机构的称谓：股室、科室或处室。
    .source = 自定
key-report-lang = 报表和信息的语言：zh 或 en。
    .source = 自定
key-report-holidays = 放假日期，如 ["2026-10-01"]；节假日逐年公布，程序无从预知。
    .source = 国务院办公厅每年公布
key-report-workdays = 调休上班的周末日期。
    .source = 国务院办公厅每年公布
