# 政策设置：04。

E0401 = 各处均未给出起始日期。
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
W0401 = 法定规则 { $rule } 已关闭。
    .todo = 据此形成的方案都会注明；请确认有权关闭。
