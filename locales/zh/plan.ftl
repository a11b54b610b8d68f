# plan：读回并核验计划

# 读回计划
E0710 = 计划中的人员 { $staff } 不在输入数据中。
    .todo = 请核对计划所依据的输入数据，或重新编制计划。
E0711 = 计划将 { $staff } 安排到岗位 { $post }，输入数据中没有该岗位。
    .todo = 请核对计划所依据的输入数据，或重新编制计划。
E0712 = 计划中 { $staff } 的状态“{ $state }”无法识别。
    .todo = 请填写 outside、in、away、unplaced 或 left。
E0713 = 计划未列出在册人员 { $staff }。
    .todo = 请在计划中补充该人员各年去向，或重新编制计划。
E0714 = 计划为 { $staff } 列出 { $found } 个去向，应为 { $wanted } 个（现状一个，每年一个）。
    .todo = 请增删去向，使现状和每个年度各有一个。
E0720 = 计划文件格式版本为 { $found }，本程序读取版本 { $wanted }。
    .todo = 请使用编制该计划的程序版本，或重新编制计划。

# 不符合之处，逐项成句
lacks = { $level ->
        [lacking] 职务层次不符。
       *[met] {""}
    }{ $grade ->
        [lacking] 职级不符。
       *[met] {""}
    }{ $major ->
        [lacking] 专业不符。
       *[met] {""}
    }{ $certificate ->
        [lacking] 缺少所需证书。
       *[met] {""}
    }{ $education ->
        [lacking] 学历不够。
       *[met] {""}
    }

# 规则
E0721 = { $rule }，第 { $year } 年（{ $date }）：岗位{ $title }（{ $post }）定员 { $seats } 人，安排了 { $occupants } 人。超员岗位不得调入。
    .todo = 请先腾出岗位，或另行安排人员去向。
E0722 = { $rule }，第 { $year } 年（{ $date }）：{ $name }（{ $staff }）不符合岗位{ $title }（{ $post }）的任职条件。{ lacks }
    .todo = 请选择同层次、条件相符的岗位；晋升须列入“变动”表。
E0723 = { $rule }，第 { $year } 年（{ $date }）：{ $name }（{ $staff }）被立案调查，不得交流或安排岗位，计划却安排到{ $title }（{ $post }）。
    .todo = 结案前请保留原岗位，此项不因批准而解除。
E0724 = { $rule }，第 { $year } 年（{ $date }）：{ $name }（{ $staff }）正在接受审查，未见批准文号即调往{ $title }（{ $post }）。
    .todo = 请保留原岗位，或登记“指定人选”意见并填写批准文号。
E0725 = { $rule }，第 { $year } 年（{ $date }）：{ $name }（{ $staff }）试用期至 { $until }，计划却调往{ $title }（{ $post }）。
    .todo = 请待试用期满，或登记“指定人选”意见并填写批准文号。
E0726 = { $rule }，第 { $year } 年（{ $date }）：{ $name }（{ $staff }）处分影响期至 { $until }，计划却安排到更重要的岗位{ $title }（{ $post }）。
    .todo = 请选择不高于原岗位的岗位，或待影响期满，此项不因批准而解除。
E0727 = { $rule }，第 { $year } 年（{ $date }）：{ $name }（{ $staff }）任现岗位 { $stayed } 个月，满 { $asked } 个月方可调往{ $title }（{ $post }）。
    .todo = 请推迟到以后年度，或登记“指定人选”意见（未满最短间隔的须填写批准文号）。
E0728 = { $rule }，第 { $year } 年（{ $date }）：{ $unit }轮岗 { $moves } 人，最多 { $cap } 人。
    .todo = 请将其中 { $excess } 人调整到其他年度，或提高该单位上限。
E0729 = { $rule }，第 { $year } 年（{ $date }）：{ $unit }{ $section }只留下 { $stayed } 名原有人员，至少应留 { $needed } 名。
    .todo = 请再保留 { $excess } 名熟悉业务的人员。
E0730 = { $rule }，第 { $year } 年（{ $date }）：{ $name }（{ $staff }）将于 { $retirement } 退休{ $computed ->
        [yes] （按公式推算）
       *[no] {""}
    }，属临近退休，计划却调往{ $title }（{ $post }）。
    .todo = 请保留原岗位，或登记“指定人选”意见。
E0731 = { $rule }，第 { $year } 年（{ $date }）：{ $name }（{ $staff }）编制类型为{ $kind ->
        [administrative] 行政
        [quasi] 参公事业
        [public] 事业
        [worker] 工勤
       *[other] 其他
    }，与岗位{ $title }（{ $post }）可用编制类型不符。
    .todo = 请选择可用该编制类型的岗位。
E0732 = { $rule }，第 { $year } 年（{ $date }）：{ $name }（{ $staff }）编制类型为{ $kind ->
        [public] 事业
        [worker] 工勤
       *[other] 其他
    }，进入机关{ $unit }的岗位{ $title }（{ $post }）只能办理调任。
    .todo = 请在“变动”表列明调入，或选择机关以外的岗位。
E0733 = { $rule }，第 { $year } 年（{ $date }）：{ $name }（{ $staff }）职位类别为{ $category ->
        [general] 综合管理
        [technical] 专业技术
       *[enforcement] 行政执法
    }，与岗位{ $title }（{ $post }）可用职位类别不符。
    .todo = 请选择可用该职位类别的岗位。
E0747 = { $rule }，第 { $year } 年（{ $date }）：{ $name }（{ $staff }）{ $cause ->
        [business] 的亲属经营该单位监管的行业
       *[home] 在该单位所在地区成长
    }，不得担任岗位{ $title }（{ $post }）。
    .todo = 请另选人选，或核对“回避关系”“成长地”“所在地区”。
E0748 = { $rule }，第 { $year } 年（{ $date }）：{ $unit }{ $section }{ $lead ->
        [principal] 有 { $moves } 名正职同年轮岗
        [deputy] 有 { $moves } 名副职同年轮岗，超过副职岗位数
       *[head] 正职与副职同年轮岗，共 { $moves } 人
    }。
    .todo = 请错开年度安排，或由“指定人选”注明批准文号。
E0749 = { $rule }，第 { $year } 年（{ $date }）：{ $name }（{ $staff }）任岗位{ $title }（{ $post }），其亲属{ $kin }（{ $relative }）任岗位{ $other }（{ $beside }），{ $cause ->
        [line] 形成直接上下级领导关系
        [leader] 双方直接隶属于同一领导人员
       *[field] 一方在该单位担任领导职务，另一方从事组织、人事、纪检、监察、审计或者财务工作
    }，应当实行任职回避。
    .todo = 请另选人选，或将其中一人调离该单位。
E0754 = { $rule }，第 { $year } 年（{ $date }）：{ $name }（{ $staff }）任岗位{ $title }（{ $post }），其亲属{ $kin }（{ $relative }）任岗位{ $other }（{ $beside }），{ $cause ->
        [principal] 单位负责人的亲属不得担任本单位会计机构负责人
       *[cashier] 会计机构负责人的亲属不得担任本单位出纳
    }。
    .todo = 请对其中一个岗位另选人选。
E0755 = { $rule }，第 { $year } 年（{ $date }）：{ $name }（{ $staff }）同时任岗位{ $title }（{ $post }）和{ $other }（{ $beside }），{ $cause ->
        [statute] 属于法律规定不得兼任的职责
        [pair] 属于应当分离的不相容职责
       *[powers] 集同一业务领域的决策、执行、监督于一身
    }。
    .todo = 请免去其中一个岗位的兼任。
E0756 = { $rule }，第 { $year } 年（{ $date }）：{ $name }（{ $staff }）调任岗位{ $title }（{ $post }）后将监督本人至 { $left } 止所从事的业务领域“{ $field }”。
    .todo = 请待间隔期（time.cooling）届满后再安排，或另选人选。
E0757 = { $rule }，第 { $year } 年（{ $date }）：{ $name }（{ $staff }）将回到 { $left } 已离任的岗位{ $title }（{ $post }）。
    .todo = 请待间隔期（time.no_return）届满后再安排，或另选人选。
E0758 = { $rule }，第 { $year } 年（{ $date }）：{ $unit }轮岗 { $moves } 人，少于规定的 { $floor } 人（turnover.unit_floor）。
    .todo = 请增加该单位轮岗人数，或调低下限。
E0759 = { $rule }，第 { $year } 年（{ $date }）：共轮岗 { $moves } 人，超过每年上限 { $cap } 人（turnover.year_share）。
    .todo = 请将部分轮岗改到其他年度，或调高上限。
E0775 = { $rule }：计划期内共轮岗 { $moves } 人次，超过总量上限 { $cap } 人次（turnover.most_moves），自第 { $year } 年（{ $date }）起超出。
    .todo = 请减少轮岗，或调高上限；“指定人选”意见的轮岗计入总量，无其他轮岗时方可超出。
E0776 = { $rule }：计划期内跨单位轮岗共 { $moves } 人次，超过总量上限 { $cap } 人次（turnover.most_cross_unit），自第 { $year } 年（{ $date }）起超出。
    .todo = 请减少跨单位轮岗，或调高上限；“指定人选”意见的轮岗计入总量，无其他跨单位轮岗时方可超出。
E0734 = 计划中 { $name }（{ $staff }）的去向与计划年数或岗位表对不上。
    .todo = 请用当前输入数据重新编制计划。
E0735 = 第 { $year } 年（{ $date }）：计划中 { $name }（{ $staff }）{ $found ->
        [outside] 尚未到任
        [in] 在岗位{ $title }（{ $post }）工作
        [away] 保留岗位{ $title }（{ $post }）而离岗
        [unplaced] 待安排
       *[left] 已离任
    }，但按变动和离岗情况，届时应为{ $expected ->
        [outside] 尚未到任
        [in] 在岗
        [away] 离岗（实际工作岗位以数据为准）
        [unplaced] 待安排
       *[left] 已离任
    }。
    .todo = 请更正去向，或补列相应的变动、离岗情况。
E0736 = 第 { $year } 年（{ $date }）：按变动或现状，{ $name }（{ $staff }）应{ $expected ->
        [in] 任岗位{ $title }（{ $post }）
        [away] 保留岗位{ $title }（{ $post }）并离岗
       *[unplaced] 待安排
    }，计划另有安排。
    .todo = 请更正去向，或修改变动。
E0737 = 第 { $year } 年（{ $date }）：{ $name }（{ $staff }）所在岗位{ $title }（{ $post }）届时尚未设立或已撤销。
    .todo = 请选择届时存在的岗位。
E0738 = 第 { $year } 年（{ $date }）：{ $name }（{ $staff }）生效日离岗，计划却调往{ $title }（{ $post }）。
    .todo = 请待其返岗，或登记“指定人选”意见。
E0739 = 第 { $year } 年（{ $date }）：{ $name }（{ $staff }）任特殊岗位{ $title }（{ $post }），不参加轮岗，计划却将其调出。
    .todo = 请保留原岗位，或登记“指定人选”或“解除限制”意见。
E0740 = 第 { $year } 年（{ $date }）：{ $name }（{ $staff }）未经指定进入特殊岗位{ $title }（{ $post }）。
    .todo = 特殊岗位只能凭“指定人选”意见进入。
E0741 = 第 { $year } 年（{ $date }）：人工意见要求 { $name }（{ $staff }）留任{ $title }（{ $post }），计划另有安排。
    .todo = 请按意见安排，或撤销该意见。
E0742 = 第 { $year } 年（{ $date }）：人工意见指定 { $name }（{ $staff }）任{ $title }（{ $post }），计划另有安排。
    .todo = 请按意见安排，或撤销该意见。
E0743 = 第 { $year } 年（{ $date }）：人工意见认为 { $name }（{ $staff }）不宜任{ $title }（{ $post }），计划却作此安排。
    .todo = 请另选岗位，或撤销该意见。
E0744 = { $rule }，第 { $year } 年（{ $date }）：{ $name }（{ $staff }）最低服务年限至 { $until }，计划却调往外单位岗位{ $title }（{ $post }）。
    .todo = 请在本单位安排，或待期满，或登记“指定人选”意见。
E0745 = { $rule }，第 { $year } 年（{ $date }）：{ $name }（{ $staff }）免轮岗至 { $until }，计划却调往{ $title }（{ $post }）。
    .todo = 请待期满，或登记“指定人选”或“解除限制”意见。
E0746 = 第 { $year } 年（{ $date }）：{ $name }（{ $staff }）与岗位{ $title }（{ $post }）没有匹配度，而政策（fit.strict）要求有匹配度方可调整。
    .todo = 请补填匹配度，或关闭 fit.strict，或登记“指定人选”意见。
E0777 = 第 { $year } 年（{ $date }）：{ $name }（{ $staff }）与岗位{ $title }（{ $post }）匹配度为 { $score } 分，低于政策规定的下限 { $floor } 分（fit.floor）。
    .todo = 请另选匹配度较高的岗位，或调低 fit.floor，或登记“指定人选”意见。
E0779 = 第 { $year } 年（{ $date }）：计划按分单位编制（turnover.apart），{ $name }（{ $staff }）属{ $own }，却安排到外单位岗位{ $title }（{ $post }）。
    .todo = 请在本单位安排，或登记“指定人选”意见，或关闭 turnover.apart，由各单位统筹安排。

# 实施顺序
E0750 = 第 { $year } 年第 { $batch } 批（{ $on }）：岗位{ $title }（{ $post }）定员 { $seats } 人，届时有 { $occupants } 人。
    .todo = 请先办理腾出该岗位的批次，或同日办理。
E0751 = 第 { $year } 年第 { $batch } 批（{ $on }）：不可空缺岗位{ $title }（{ $post }）届时无人，而计划当年安排有人接任。
    .todo = 请让接任人员在同一批次到岗。
E0752 = 第 { $year } 年第 { $batch } 批（{ $on }）：{ $name }（{ $staff }）届时不在所列原岗位，或一年内重复调整。
    .todo = 每人每年只列一次调整，并从所任岗位调出。
E0753 = 第 { $year } 年第 { $batch } 批（{ $on }）：{ $name }（{ $staff }）进入的岗位{ $title }（{ $post }）届时尚未设立或已撤销。
    .todo = 请将日期改为岗位设立之日或以后。

# 计划所列数据
E0760 = 计划称第 { $year } 年自 { $claimed } 起，应为 { $found }。
    .todo = 文件被改动或已损坏，请重新编制计划。
E0761 = 第 { $year } 年：按去向 { $name }（{ $staff }）调往{ $title }（{ $post }），计划的调整名单却未列。
    .todo = 文件被改动或已损坏，请重新编制计划。
E0762 = 第 { $year } 年：计划列有 { $claimed } 的调整，与去向不符。
    .todo = 文件被改动或已损坏，请重新编制计划。
E0763 = 第 { $year } 年：{ $name }（{ $staff }）调往{ $title }（{ $post }）的日期为 { $claimed }，但{ $why ->
        [outside] 该日不在本计划年度内
        [early] 所依据的变动尚未发生
        [draw] 按公布的排序应由另一人等候
       *[late] 并不需要等候当日的变动
    }。
    .todo = 文件被改动或已损坏，请重新编制计划。
E0764 = 第 { $claimed } 批：{ $why ->
        [order] 批次未按日期先后编号
        [dates] 同批调整的日期不一致
       *[apart] 同批调整互不关联
    }。
    .todo = 文件被改动或已损坏，请重新编制计划。
E0765 = 目标 { $tier }：计划所列{ $figure ->
        [value] 数值
        [today] 现状数
       *[nobody_moves] 不作调整时的数值
    }为 { $claimed }，重新计算为 { $found }。
    .todo = 文件被改动或已损坏，请重新编制计划。
E0766 = 目标 { $tier }：所列界限 { $claimed } 劣于计划自身数值 { $found }，不成其为界限。
    .todo = 证明有误，请重新编制计划并反馈该案例。
E0767 = 目标 { $tier }：所列{ $figure ->
        [status] 证明状态
        [gap_points] 差距点数
       *[gap] 相对差距
    }为 { $claimed }，按数值和界限应为 { $found }。
    .todo = 文件被改动或已损坏，请重新编制计划。
E0768 = 计划所列目标为 { $claimed }，按其政策应为 { $found }。
    .todo = 文件被改动或已损坏，请重新编制计划。
E0769 = 第 { $year } 年：{ $name }（{ $staff }）到期未轮岗，计划的暂缓名单却未列。
    .todo = 文件被改动或已损坏，请重新编制计划。
E0770 = 第 { $year } 年：计划将 { $claimed } 列入暂缓名单，与去向不符。
    .todo = 文件被改动或已损坏，请重新编制计划。
E0771 = 计划所列{ $figure ->
        [start] 起始日期为 { $claimed }，其政策为 { $found }
        [years] 年数为 { $claimed }，其政策为 { $found }
       *[twice] { $claimed } 重复
    }。
    .todo = 文件被改动或已损坏，请重新编制计划。
E0772 = 第 { $year } 年：{ $name }（{ $staff }）调往{ $title }（{ $post }）所依据的人工意见不在输入数据中。
    .todo = 请在输入数据中登记该意见，或更正计划。
E0773 = 目标 { $tier }：列有界限 { $claimed }；按政策设置该项已并入 W 合并计分，单独一项并无证明。
    .todo = 文件被改动或已损坏，请重新编制计划。
E0774 = 第 { $year } 年：{ $name }（{ $staff }）在高风险岗位{ $title }（{ $post }）暂缓轮岗，未列替代措施（R22）。
    .todo = 请列明专项审计、重新分工、AB角、强制休假之一，或重新编制计划。

# 原有问题仍在，或因人工修改而变化
W0721 = { $rule }，第 { $year } 年（{ $date }）：岗位{ $title }（{ $post }）定员 { $seats } 人，仍有 { $occupants } 人，与不作调整时相同。
W0722 = { $rule }，第 { $year } 年（{ $date }）：{ $name }（{ $staff }）仍任岗位{ $title }（{ $post }），不符合任职条件。{ lacks }
W0731 = { $rule }，第 { $year } 年（{ $date }）：{ $name }（{ $staff }）仍任岗位{ $title }（{ $post }），编制类型不符。
W0733 = { $rule }，第 { $year } 年（{ $date }）：{ $name }（{ $staff }）仍任岗位{ $title }（{ $post }），职位类别不符。
W0747 = { $rule }，第 { $year } 年（{ $date }）：{ $name }（{ $staff }）仍任岗位{ $title }（{ $post }），应当实行任职回避。
W0749 = { $rule }，第 { $year } 年（{ $date }）：{ $name }（{ $staff }）任岗位{ $title }（{ $post }），其亲属{ $kin }（{ $relative }）任岗位{ $other }（{ $beside }），应当回避的情形仍未消除。
W0754 = { $rule }，第 { $year } 年（{ $date }）：{ $name }（{ $staff }）任岗位{ $title }（{ $post }），其亲属{ $kin }（{ $relative }）任岗位{ $other }（{ $beside }），会计工作中应当回避的情形仍未消除。
W0755 = { $rule }，第 { $year } 年（{ $date }）：{ $name }（{ $staff }）仍同时任岗位{ $title }（{ $post }）和{ $other }（{ $beside }），应当分离的职责仍未分离。
W0760 = 第 { $year } 年自 { $found } 起，计划所列为 { $claimed }。
W0761 = 第 { $year } 年：{ $name }（{ $staff }）改为调往{ $title }（{ $post }）。
W0762 = 第 { $year } 年：{ $claimed } 不再调整。
W0763 = 第 { $year } 年：{ $name }（{ $staff }）调往{ $title }（{ $post }）的日期 { $claimed } 不再适用。
W0764 = 第 { $claimed } 批不再适用。
W0765 = 目标 { $tier }：{ $figure ->
        [value] 数值
        [today] 现状数
       *[nobody_moves] 不作调整时的数值
    }原为 { $claimed }，现为 { $found }。
W0766 = 目标 { $tier }：界限 { $claimed } 是对原计划的证明，现计划为 { $found }。
W0767 = 目标 { $tier }：{ $figure ->
        [status] 证明状态
        [gap_points] 差距点数
       *[gap] 相对差距
    }原为 { $claimed }，现为 { $found }。
W0768 = 目标原为 { $claimed }，现为 { $found }。
W0769 = 第 { $year } 年：{ $name }（{ $staff }）改为暂缓轮岗。
W0770 = 第 { $year } 年：{ $claimed } 不再暂缓轮岗。
W0771 = 计划所列为 { $claimed }，其政策为 { $found }。
W0772 = 第 { $year } 年：{ $name }（{ $staff }）调往{ $title }（{ $post }）所依据的人工意见不在输入数据中。
    .todo = 请在输入数据中登记该意见。
W0773 = 目标 { $tier }：列有界限 { $claimed }；该项已并入 W 合并计分，本身没有界限。
W0774 = 第 { $year } 年：{ $name }（{ $staff }）在高风险岗位{ $title }（{ $post }）暂缓轮岗，未列替代措施（R22）。
    .todo = 请列明专项审计、重新分工、AB角、强制休假之一。
