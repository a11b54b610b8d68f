# 工作进展

# 表
sheet-progress = 工作进展
sheet-progress-moves = 未按期完成明细
title-progress = 轮岗工作进展情况表
title-progress-moves = 未按期完成和交接逾期明细表
progress-title-report = { $year }年{ $month }月轮岗工作进展情况表
progress-title-summary = 第{ $t }计划年度轮岗工作年终总结表
head-planned_moves = 计划调整
head-done_moves = 已完成
head-in_time = 按期完成
head-late = 逾期完成
head-undated = 未填完成日期
head-slipped = 应完未完
head-not_yet = 尚未到期
head-void = 作废
head-done_share = 完成率
head-this_period = 本期完成
head-carried = 以前年度未完
head-handover_overdue = 交接逾期
head-from_post = 原岗位
head-to_post = 拟任岗位
head-due_by = 应完成日期
head-progress_state = 进展
head-days_late = 逾期天数

# 词语
progress-slipped = 应完未完
progress-late = 逾期完成
progress-in-time = 按期完成
progress-undated = 已到岗，未填完成日期
progress-not-yet = 尚未到期
progress-void = 作废
progress-handover = 交接逾期
progress-total = 合计
progress-no-unit = 不在所给数据内
progress-sentence-report = 截至{ $date }，第{ $t }计划年度计划调整{ $planned }人次，已完成{ $done }人次，完成率{ $rate }：按期完成{ $in_time }人次，逾期完成{ $late }人次，已到岗未填日期{ $undated }人次。应完未完{ $slipped }人次，尚未到期{ $not_yet }人次，作废{ $void }人次。本期（{ $since }以来）完成{ $this_period }人次；以前年度未完{ $carried }人次；交接逾期{ $handover }人次。
progress-sentence-summary = 截至{ $date }，第{ $t }计划年度共计划调整{ $planned }人次，作废{ $void }人次，完成{ $done }人次，完成率{ $rate }：按期完成{ $in_time }人次，逾期完成{ $late }人次，已到岗未填日期{ $undated }人次。未完成{ $slipped }人次，尚未到期{ $not_yet }人次。以前年度未完{ $carried }人次，交接逾期{ $handover }人次。
progress-nameless = 如需列出姓名、岗位名称并分单位统计，请用 --input 指明编制该计划的数据。
progress-written = 已写入：{ $path }（工作进展报告）

# 问题
W0790 = 第 { $year } 年：{ $staff } 的完成日期 { $done } 早于该计划年度起始日 { $begin }，仍按完成计。
    .todo = 请核对完成日期。
W0791 = 第 { $year } 年：{ $staff } 的状态为“已到岗”，未填完成日期，单独统计，不计是否按期。
    .todo = 请补填完成日期。
W0792 = 第 { $year } 年：{ $staff } 的完成日期 { $done } 晚于报告日期 { $as_of }，按尚未完成计。
    .todo = 请核对完成日期，或更改 --as-of。
W0793 = 第 { $year } 年：{ $staff } 的调整已作废，却填有完成日期 { $done }，按作废计。
    .todo = 请更正状态，或清空完成日期。
W0794 = 第 { $year } 年：{ $staff } 的交接日期 { $handed } 早于完成日期，或未填完成日期。
    .todo = 请核对两个日期。
E0797 = 交接清单中人员编号“{ $staff }”、批次“{ $batch }”对不上计划中的任何调整，却填有交接日期。
    .todo = 请恢复该行的人员编号和批次，或清空交接日期。
E0905 = 没有报告日期。
    .todo = 请运行：lungang progress { $path } --as-of { $example }
E0906 = 报告日期“{ $value }”不是日期。
    .todo = 请按 { $example } 的格式填写。
edit-handed = { $name }（{ $staff }），第{ $year }年：交接日期改为{ $new }
