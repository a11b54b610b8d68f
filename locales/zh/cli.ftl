# cli

# plan
plan-progress = 用时 { $seconds } 秒，第 { $rounds } 轮：{ $id } { $name } { $value }，界限 { $bound }，差距 { $gap }
plan-progress-proved = 用时 { $seconds } 秒，第 { $rounds } 轮：{ $id } { $name } { $value }，已证明最优
plan-summary = 共 { $people } 人、{ $posts } 个岗位，规划 { $years } 个年度：轮岗 { $moves } 人次，为待安排人员定岗 { $placements } 人次，暂缓轮岗 { $deferrals } 人次。
plan-tier-proved = { $id } { $name }：{ $value }（若均不调整：{ $nobody }），已证明最优
plan-tier-open = { $id } { $name }：{ $value }（若均不调整：{ $nobody }），界限 { $bound }，差距 { $gap }
plan-tier-merged = { $id } { $name }：{ $value }（若均不调整：{ $nobody }），并入 W 合并计分
plan-proved = 已通过独立核验。各级目标均已证明最优：在现行规则下，不存在更优的方案。
plan-proved-weighted = 已通过独立核验。T0至T2以及加权合计W均已证明最优：在现行规则和权重下，不存在更优的方案。
plan-open = 已通过独立核验。标明差距的目标可能还有更优方案，但不会优于所列界限。
plan-unbounded = 已通过独立核验。求解结束时部分目标尚无界限，与最优方案的差距未知；请延长求解时间或增加轮数。
plan-interrupted-unbounded = 已中断。这是截至中断时的最优计划，已通过独立核验；部分目标尚无界限，与最优方案的差距未知。
plan-interrupted = 已中断。这是截至中断时的最优计划，已通过独立核验；差距如上所列。
apart-joint = 分单位编制的计划已写出。现以该计划为起点，按同样的时间或轮数求解统筹编制方案，以便对比。
apart-title = 分单位编制与统筹编制对比：
apart-tier = { $id } { $name }：分单位 { $apart }，统筹 { $joint }（界限 { $bound }）{ $known ->
        [costs] ；分单位较差 { $difference }，已证明至少差 { $least }
        [nothing] ；两者相同，已证明分单位编制没有损失
        [open] ；分单位较差 { $difference }，尚未证明必然如此
        [even] ；两者相同，统筹方案是否更优尚未证明
        [merged] ；分单位较差 { $difference }，并入 W 合并计分
        [even-merged] ；两者相同，并入 W 合并计分
       *[gives-way] ；分单位较好 { $difference }，统筹方案为更优先的目标作了让步
    }
apart-note = 注：所称“已证明”，以更优先的各级目标不差于相应方案为前提：分单位编制无论怎样安排，该级目标至少相差所列数值；统筹编制无论怎样安排，该级目标也不会优于本计划。写出的是分单位编制的计划。
apart-none = 在同样的时间或轮数内未能求得统筹编制方案，无法对比分单位编制的损失。
plan-written-xlsx = 已写入：{ $path }（工作簿，可打印、可修改，改后用 lungang check 核验：年度轮岗计划、实施顺序、暂缓轮岗、工作日程、岗位配备、后备干部、前后对比等表）
plan-written-csv = 已写入：{ $path }（CSV 文件夹，与工作簿各表相同，供其他程序使用）
plan-written-figures = 已写入：{ $path }（CSV，只含各项指标，可直接用于数据透视表）
plan-written-docx = 已写入：{ $path }（Word 文件：定期轮岗计划、暂缓轮岗审批表、专项审计建议清单、交接清单、工作日程）
plan-written-html = 已写入：{ $path }（网页报告，含图表，可直接打开和打印）
plan-written-units = 已写入：{ $path }（各单位分册：每个单位一份 Word 文件、一份工作簿）
plan-written-json = 已写入：{ $path }（JSON，供 check、--warm 和其他程序使用）

warm-people = 参照已有计划“{ $path }”：可照原计划安排 { $kept } 人，需部分调整 { $adapted } 人，无法照原计划安排 { $out } 人。
warm-left-out = 无法照原计划安排的：原定岗位已不在岗位名单内 { $lost } 人，不符合现行规则、人工意见或人员变动 { $barred } 人，岗位已满员或超出轮岗比例等限额 { $crowded } 人。
warm-changed = 原计划中有、本次名单中没有的 { $gone } 人；本次名单中有、原计划中没有的 { $new } 人。
warm-not-better = 照原计划安排并不优于现状不动，求解时仅供参考。
warm-unused = 未能参照已有计划“{ $path }”：按本次数据，人员均不调整时已不符合规则，须另行求解。

E0901 = 在规定的时间或轮数内，没有找到同时符合人工意见和全部规则的计划。
    .todo = 请放宽时间或轮数，或撤回部分人工意见{ $floor ->
        [yes] ，或调低单位轮岗下限（turnover.unit_floor，可能超出单位实际能够轮岗的人数）
       *[no] {""}
    }后重试。
E0902 = 求解器的结果与本程序的复算不一致（{ $why }），未写出任何文件。
    .todo = 请改用 --engine compact 或更换随机种子重试，并将此情况反馈给我们。
E0903 = 准备写入“{ $path }”的计划未通过本程序的核验，未保留任何文件。
    .todo = 这是程序自身的问题，请连同 `lungang export` 的输出一并反馈给我们。
E0904 = --engine compact 不能与 --warm 同时使用。
    .todo = 请去掉其中一项。
W0901 = 计划“{ $path }”中的人员或岗位都不在本次数据内，未予参照。
    .todo = 请核对该计划是否属于本单位；如确需参照，请使用与之一致的人员编号和岗位编号。

# template
family-standard = { $name }（各类情形兼有）
family-tight-caps = { $name }（每年可轮岗人数少）
family-many-reserves = { $name }（约三分之一为后备干部）
family-recruits-and-vacancies = { $name }（空缺岗位多，逐年有退休和新进人员）
family-one-pool = { $name }（同层次岗位任职条件相同，可跨单位轮岗）
family-district = { $name }（全区27个部门，各类表格齐全）
E0920 = 没有名为“{ $name }”的生成数据类型。
    .todo = 可选类型：{ $known }。
