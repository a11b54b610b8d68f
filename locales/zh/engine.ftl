# engine
E0801 = 以下人工意见不能同时满足：{ $kind ->
        [stay] { $staff } 留任 { $post }
        [stay-here] { $staff } 不作调整
        [go] { $staff } 调任 { $post }
       *[not] { $staff } 不宜安排到 { $post }
    }（第 { $years } 计划年度）。{ $rules ->
        [none] { "" }
       *[other] 与下列规则冲突：{ $rules }。
    }
    .todo = 请撤回或修改其中一条人工意见；规则允许报批的，请填写批准文号。
E0802 = 即使没有任何人工意见，也没有计划能同时满足本政策的固定规则。
    .todo = 请核对岗位定员、岗位设立和撤销时间以及政策限额（如 turnover.unit_floor 与 turnover.most_moves 是否相抵触）；可用 `lungang validate` 查看读入的数据。
