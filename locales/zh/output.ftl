# 计划与报表

# 06 输出
E0601 = 无法按“{ $path }”的后缀确定输出格式。
    .todo = 请用 .xlsx（表格）、.json（数据）结尾，或以 / 结尾（CSV 文件夹）。
E0602 = 文件夹“{ $path }”不存在。
    .todo = 请先建立该文件夹，或另选位置。
E0603 = 没有写入“{ $path }”的权限（只读，或正被其他程序占用）。
    .todo = 请关闭已打开的文件、取消只读，或另选位置。
E0604 = 无法写入“{ $path }”：{ $why }。
    .todo = 请检查磁盘空间和路径后重试。
E0605 = 文件夹“{ $path }”已有其他文件，为免误删未作覆盖。
    .todo = 请换一个文件夹名，或先将其中文件移走。

# 风险等级
grade-high = 高
grade-medium = 中
grade-low = 低
grade-unrated = 未定级

# 依据：按人员身份
basis-servant = 依据《中华人民共和国公务员法》《公务员转任规定》。
basis-quasi = 参照公务员法管理，依据《中华人民共和国公务员法》《公务员转任规定》。
basis-public = 依据《事业单位人事管理条例》。
basis-worker = 依据本单位岗位管理和劳动人事有关规定。
basis-unknown = 编制类型未填，法规依据待核。

# 轮岗原因
reason-decision = 按人工意见调整（{ $by }）。{ $why }
reason-place-joined = 新进人员，安排岗位。
reason-place = 待安排人员，安排岗位。
reason-closed = 原岗位撤销，须另行安排。
reason-ten-year = 任现岗位已满{ $months }个月，达到同一岗位任职满十年必须轮岗的规定（期限{ $limit }个月，超期{ $over }个月）。
reason-must = 任现岗位已满{ $months }个月，达到必须轮岗期限（廉政风险{ $grade }，期限{ $limit }个月，超期{ $over }个月）。
reason-soon = 任现岗位已满{ $months }个月，本计划年度内（{ $due }）达到必须轮岗期限{ $limit }个月（廉政风险{ $grade }）。
reason-should = 任现岗位已满{ $months }个月，达到一般应当轮岗期限{ $limit }个月（廉政风险{ $grade }）。
reason-over-strength = 现岗位超定员，调出以消化超员。
reason-unqualified = 现岗位与本人职务职级或任职资格不符，予以调整。
reason-kind = 现岗位与本人编制类型不符，予以调整。
reason-category = 现岗位与本人职位类别不符，予以调整。
reason-reserve = 后备干部培养锻炼需要。
reason-essential = 新岗位不可空缺，须有人接任。
reason-makes-room = 为{ $name }轮岗腾出岗位。
reason-fit = 新岗位更适合本人。
reason-chain = 连环调整，由{ $name }接任原岗位。
reason-cover = 统筹安排，补充新岗位力量。
choice-gains = 新岗位可补足经历：{ $list }。
choice-fit = 岗位匹配度由{ $before }到{ $after }。
choice-fit-new = 新岗位匹配度{ $after }。
choice-fit-missing = 新岗位匹配度缺失。
choice-suggested = 属适岗建议岗位。
list-comma = 、
substitute-audit = 专项审计（建议）
