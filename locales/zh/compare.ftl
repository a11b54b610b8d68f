# 情景比较、两份计划的差异、轮岗力度曲线。

compare-title = 轮岗情景比较
compare-subtitle = 共 { $count } 份计划，以“{ $first }”为基准，自 { $start } 起
compare-note = 各项目标按先后次序优化。“已证明”指两份计划的数值与理论界限不相交；未证明的差异可能只是计算尚未到头，不宜据此下结论。
compare-by-year = 逐年对比
compare-by-year-note = 各情景一律按基准情景的数据和政策口径统计，可以直接相比。
compare-bounds = 数值与理论界限
compare-bounds-note = 实心为计划达到的数值，浅色一段到理论界限为止，最优值就在其间；两个情景的区间不重叠，差异即为已证明。各情景按自己的政策口径统计。
compare-curve = 轮岗力度曲线

title-scenarios = 情景一览
sheet-scenarios = 情景一览
title-compared = 主要指标对比（同一口径）
sheet-compared = 主要指标对比
title-compared_years = 主要指标逐年对比（同一口径）
sheet-compared_years = 逐年对比
title-compared_proof = 各情景差异及证明
sheet-compared_proof = 差异及证明
title-compared_settings = 政策与数据的不同之处
sheet-compared_settings = 政策数据差异
title-compared_people = 去向不同的人员
sheet-compared_people = 人员差异
title-frontier = 轮岗力度与效果
sheet-frontier = 力度曲线

head-cmp_scenario = 情景
head-cmp_differs = 与基准的不同
head-cmp_moves = 轮岗人次
head-cmp_placements = 安排人次
head-cmp_deferrals = 暂缓人次
head-cmp_grade = 风险等级
head-cmp_year = 时点
head-cmp_first = 情景甲
head-cmp_second = 情景乙
head-cmp_tier = 目标
head-cmp_first_value = 甲的数值
head-cmp_first_bound = 甲的界限
head-cmp_second_value = 乙的数值
head-cmp_second_bound = 乙的界限
head-cmp_gain = 乙优于甲
head-cmp_known = 结论
head-cmp_measure = 口径
head-cmp_now = 现任岗位
head-cmp_years = 不同的年度
head-cmp_knob = 限额
head-cmp_spent = 实际使用
head-cmp_dominated = 说明
head-cmp_file = 计划文件
head-cmp_bought = 每多一人次的效果

compare-proved = { $value }（已证明）
compare-at-least = { $value }（不低于{ $bound }）
compare-at-most = { $value }（不高于{ $bound }）
compare-by-first = 按“{ $first }”的口径
compare-planless = 无计划
compare-base = 基准
compare-no-difference = 与基准相同
compare-other-data = 口径不同
compare-last = { $metric }（期末）
compare-sum = { $metric }（合计）
compare-horizon = { $metric }
compare-input = 输入数据（校验值）
compare-sheet = 另用的{ $zh }表（文件校验值）
compare-unknown-person = 不在名册
compare-step = 第{ $t }年：{ $place }
compare-stays = 不调整
compare-nobody = 各计划中人员去向完全相同。

known-proved = 已证明，至少相差 { $least }{ $conditional ->
        [yes] （以前列各项不低于该计划为前提）
       *[no] { "" }
    }
known-equal = 已证明相同{ $conditional ->
        [yes] （以前列各项不低于该计划为前提）
       *[no] { "" }
    }
known-open = 未证明，差异在误差范围内
known-unbounded = 未证明，缺少理论界限
measure-same = 口径相同
measure-other = 口径不同（政策或数据不同）

place-in = 在岗
place-outside = 尚未到任
place-unplaced = 待安排
place-left = 离任
place-away = 外派
in-brackets = （{ $text }）

frontier-own = 按现行政策
frontier-bought = { $knob ->
        [fit] { $tier }：匹配度每放宽一分的改善
        [share] { $tier }：比例每放宽一个百分点的改善
       *[other] { $tier }：每多一人次的改善
    }
frontier-each = { $each }（{ $least } 至 { $most }）
frontier-dominated = 不可取：第 { $no } 点用得不多而效果更好
frontier-taken-over = 沿用第 { $no } 点的计划
frontier-note-moves = 横轴为整个计划期内实际轮岗人次；实线为计划达到的数值，虚线为理论界限，最优值在两线之间。
frontier-note-cross-unit = 横轴为整个计划期内实际跨单位轮岗人次；实线为计划达到的数值，虚线为理论界限，最优值在两线之间。
frontier-note-fit = 横轴为轮岗人员中最低的岗位匹配度；实线为计划达到的数值，虚线为理论界限，最优值在两线之间。
frontier-note-share = 横轴为单位当年轮岗比例的最大值；实线为计划达到的数值，虚线为理论界限，最优值在两线之间。

compare-solving = 共 { $count } 个情景，同时求解 { $jobs } 个。
compare-solved = [{ $name }] 完成（{ $done }/{ $count }，{ $seconds } 秒）：{ $proof ->
        [yes] 各项均已证明最优
       *[no] 尚有未证明的目标，界限已列明
    }。
compare-refused = [{ $name }] 没有计划（{ $done }/{ $count }，{ $seconds } 秒）：
compare-tiers = 各情景的目标数值（按各自口径；括号内为理论界限）：
compare-same-measure = 主要指标（一律按“{ $first }”的口径）：
compare-against = “{ $second }”与“{ $first }”相比：
compare-line = { $tier }：{ $first } → { $second }，{ $better ->
        [same] 数值相同
        [yes] 改善 { $gain }
       *[no] 退步 { $gain }
    }；{ $known }{ $measure ->
        [same] { "" }
       *[other] ；口径不同
    }
compare-people = 去向不同的人员 { $count } 人。
compare-written = 已写入 { $path }
compare-plans = 各份计划已存入 { $path }（xlsx 和 json，均已核验）
compare-interrupted = 已中断；以下只比较已完成的部分。
diff-claims = 未给出输入数据（--input），以下数值取自计划文件，未作核验，人员和岗位只显示编号。
diff-same = 两份计划人员去向相同。
diff-person = { $staff } { $name }（第 { $years } 年）：
diff-way = 　{ $side }：{ $way }
diff-more = ……另有 { $count } 人，见输出文件（-o）。
diff-breaches = “{ $name }”违反规则 { $count } 处；详见 lungang check。
frontier-solving = 先按现行政策求解，再逐点求解（共 { $count } 点）。
frontier-title = { $knob } 的限额与效果：
frontier-plain = 末点即现行政策下的计划。
frontier-point-moves = 轮岗至多{ $value }人次
frontier-point-cross-unit = 跨单位至多{ $value }人次
frontier-point-fit = 匹配度不低于{ $value }
frontier-point-share = 每单位每年至多{ $value }
compare-skipped = [{ $name }] 已中断，未求解（{ $done }/{ $count }）
compare-cut-off = 已中断，未求解
frontier-begun = 以第 { $no } 点的计划为起点求得
frontier-behind = 按目标先后次序不如第 { $no } 点，但在岗或超期有所改善
frontier-best = { $tier }：至此最好
frontier-best-line = 至此最好
