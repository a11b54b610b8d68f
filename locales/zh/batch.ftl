# 批量运行：消息、汇总表。

E0940 = “{ $path }”中没有可以读取的输入。
    .todo = 请指定存放工作簿的文件夹、带引号的通配符（如 '各县/*.xlsx'），或每行一个路径的清单（.txt）。
E0941 = “{ $path }”无法读取：{ $why }。
    .todo = 请检查路径、权限和写法。
E0942 = 没有“{ $path }”这个文件或文件夹。
    .todo = 请检查路径；通配符须加引号，以免被命令行展开。
E0943 = 批次“{ $path }”已经建立，内容与这次不同：{ $what ->
        [program] 程序版本不同
        [inputs] 输入不同，或输入文件已被修改
        [scenarios] 情景不同
        [policy] 政策文件不同
       *[settings] 计算限制或其他参数不同
    }。批次一经建立不再更改。
    .todo = 请另用一个文件夹建立批次；原批次及其结果保持不变。
E0944 = 文件夹“{ $path }”中已有其他内容，不是一个批次。
    .todo = 请指定一个新的文件夹。
E0945 = “{ $path }”不是一个批次：其中没有 manifest.json。
    .todo = 请先用“lungang batch prepare 输入 -o { $path }”建立批次。
E0946 = 批次清单无法读取：{ $why }。
    .todo = 清单不可手工修改；请另用一个文件夹重新建立批次。
E0947 = 求解进程无法启动：{ $why }。
    .todo = 请检查程序文件、内存和进程数限制，然后再次运行。
E0948 = 求解进程未留下可用的计划：{ $why }。
    .todo = 请再次运行；仍有问题的，单独运行该件查看提示。
E0949 = “{ $path }”在批次建立之后被修改过。
    .todo = 请恢复原文件，或另用一个文件夹重新建立批次。
E0950 = 无法运行 { $program }：{ $why }。
    .todo = 请在已安装 Slurm 的登录节点上运行；或用 --dry-run 只生成脚本，自行提交。
E0951 = { $program } 未予受理：{ $why }。
    .todo = 请按上述提示调整分区或资源参数；附加参数写在 -- 之后，如 -- --mem=2G --time=60。
E0952 = { $case }：结果无法保存：{ $why }。
    .todo = 请检查磁盘空间和权限；再次运行时将重做这一件。
E0953 = 路径“{ $path }”中有 Slurm 不能识别的符号（% 或 \）。
    .todo = 请把批次和程序放在不含这些符号的路径下。
E0954 = 路径“{ $path }”不是 UTF-8 编码，无法写入批次清单。
    .todo = 请重新命名；这类名称多为解压其他系统上打包的文件所致（可用 convmv -f gb18030 -t utf8 查看原名）。

batch-prepared = 批次已建立：{ $inputs } 份输入 × { $scenarios } 个情景 = { $cases } 件，存于 { $run }
batch-there = 批次 { $run } 早已建立，内容相同，未作改动：{ $inputs } 份输入 × { $scenarios } 个情景 = { $cases } 件
batch-odd = 其中 { $odd } 份输入无法读取（见上），对应各件将记为失败，不影响其他各件。
batch-timed = 按时间限制求解，同一件在不同机器、不同时候算出的计划可能不同；需要逐字节一致的，请用 --rounds。
batch-next = 下一步：lungang batch run { $run }；或交调度系统：lungang batch submit { $run } --scheduler slurm
batch-progress = 完成 { $done } 件，失败 { $failed } 件，已有 { $kept } 件，剩余 { $left } 件（共 { $all } 件），预计还需 { $time }
batch-failed = { $case }：{ $why }
batch-ran = 本次完成 { $done } 件，原已完成 { $kept } 件，没有计划 { $failed } 件{ $any_busy ->
        [yes] ，别处正在处理 { $busy } 件
       *[no] { "" }
    }{ $any_unwritten ->
        [yes] ，结果未能保存 { $unwritten } 件
       *[no] { "" }
    }，用时 { $time }。汇总：lungang batch collect { $run }
batch-called-off = 已中止：本次完成 { $done } 件，剩余 { $left } 件。再次运行 lungang batch run { $run } 即可接着做。
batch-count = 共 { $cases } 件：完成 { $done } 件（其中 { $optimal } 件已证明最优），没有计划 { $failed } 件，未做 { $missing } 件，结果失效 { $stale } 件。
batch-twice = 有 { $twice } 件与前面某件的输入和情景完全相同。
batch-strays = 结果文件夹中有 { $strays } 个名称不属于本批次。
batch-unfinished = 有 { $unfinished } 件正在处理，或处理中被中断；再次运行时自动清理。
batch-more = ……另有 { $count } 条。
batch-missing = 尚未处理。
batch-stale-unreadable = 结果记录无法读取，须重做。
batch-stale-other = 结果属于其他输入、政策或程序版本，须重做。
batch-stale-papers = 结果文件缺失或被修改过，须重做。
batch-same-as = 与 { $case } 的输入和情景完全相同。
batch-stray = 不属于本批次。
batch-chunk = 该调度系统的作业数组没有这么长，改为每个任务 { $chunk } 件（原为 { $asked } 件）。
batch-submitted = 已提交：作业数组 { $array }（{ $tasks } 个任务，共 { $cases } 件），汇总作业 { $collect }。查看进展：lungang batch status { $run }
batch-kubernetes = 已写入 { $path }；用 kubectl apply -f 提交。本程序未在 Kubernetes 上实际运行过。
batch-tasks = 调度系统中的任务：{ $states }
batch-no-tasks = 均已结束
batch-cancelled = 已取消：{ $run }。正在处理的各件做完为止，不再开始新的；结果均保留。

title-batch_open = 未完成及异常各件
sheet-batch_open = 未完成及异常
title-batch_scenarios = 分情景汇总
sheet-batch_scenarios = 分情景汇总
title-batch_cases = 各件结果
sheet-batch_cases = 各件结果
head-batch_case = 件号
head-batch_input = 输入
head-batch_state = 状态
head-batch_why = 说明
head-batch_cases = 件数
head-batch_done = 完成
head-batch_optimal = 已证明最优
head-batch_rounds = 轮数
head-batch_seconds = 用时（秒）
head-batch_peak = 内存（MB）
head-batch_tries = 次数
head-batch_host = 机器
batch-tier = { $key ->
        [nobody_moves] { $tier }：若均不调整
        [bound] { $tier }：理论界限
       *[value] { $tier }
    }
batch-state-done = 完成
batch-state-failed = 没有计划
batch-state-missing = 未做
batch-state-stale = 结果失效
batch-state-twice = 重复
batch-state-stray = 无关

ended-done = 完成。
ended-input = 输入有误。
ended-usage = 参数不被接受。
ended-clash = 没有计划能同时满足人工意见和固定规则。
ended-no-plan = 达到计算限制，尚无计划。
ended-changed = 批次建立之后文件有变动。
ended-output = 结果无法写出。
ended-internal = 自身核验或求解器失败（退出码 { $code }），关闭预处理后重试仍失败。
ended-memory = 占用内存超过限额，已终止（见到 { $peak } MB）。
ended-time = 超过时间限额，已终止（{ $seconds } 秒）。
ended-killed = 进程被外部终止{ $which ->
        [kill] （信号 9，可能是机器内存不足）
        [none] { "" }
       *[other] （信号 { $signal }）
    }。
ended-start = 求解进程无法启动。
batch-many-rows = metrics.csv 有 { $rows } 行，超过一张工作表的上限（1,048,576 行）；在 Excel 中请用“数据—获取数据—从文本/CSV”加载到数据模型，再做透视表。
