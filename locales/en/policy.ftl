# Policy: block 04.

E0401 = No start date is given anywhere.
    .todo = Add it, for example: lungang { $command } { $input } --start { $example }
E0402 = The key { $key } is not known.{ $near ->
        [none] {""}
       *[other] {" "}Did you mean { $near }?
    }
    .todo = "lungang template --policy -o policy.toml" lists every key.
E0403 = { $key } = { $value }: { $wanted ->
        [date] a date such as 2025-07-01 is needed.
        [whole] a whole number is needed.
        [share] a share between 0 and 1 is needed.
        [switch] true or false is needed.
        [list] a list of texts is needed.
        [pairs] a list of pairs of grades is needed.
        [number] a number is needed.
        [monthday] a day of the year such as 08-15 is needed.
        [dates] a list of dates such as ["2026-10-01"] is needed.
        [choice] one of { $words } is needed.
       *[text] a text is needed.
    }
    .todo = Correct the value.
E0404 = { $key } = { $value } is not built yet.
    .todo = Leave the key out; this version would not act on it.
E0405 = { $key }: this rule cannot be switched off.
    .todo = Leave the key out.
E0406 = There is no preset “{ $value }”.{ $near ->
        [none] {""}
       *[other] {" "}Did you mean { $near }?
    }
    .todo = Use one of: { $words }.
E0407 = The policy cannot be read: { $reason }
    .todo = Correct the file; "lungang template --policy -o policy.toml" writes a sound one.
E0408 = { $key } = { $value } lies outside { $least } to { $most }.
    .todo = Correct the value.
E0409 = { $key }: should ({ $should } months) is more than must ({ $must }).
    .todo = should must not exceed must.
E0410 = as_of ({ $as_of }) is not before start ({ $start }).
    .todo = The date of the data lies before the first effective date; leave as_of out for the eve of start.
E0411 = { $key } names “{ $twice }” twice: { $value }.
    .todo = Name each once.
E0412 = { $key } is empty.
    .todo = Name at least one.
E0413 = ladder.equivalent names “{ $value }”, which is not in ladder.grade.{ $near ->
        [none] {""}
       *[other] {" "}Did you mean { $near }?
    }
    .todo = Use grades of ladder.grade.
E0414 = The key { $key } stands twice in the settings sheet.
    .todo = Keep one of them.
E0415 = { $key }: all weights are 0, so the weighted mode would have nothing to weigh.
    .todo = Give risk, reserve or quality a weight of 1 or more.
E0416 = { $key }: with these points one person could count { $count } in the weighted priority; at most { $most } is reckoned exactly.
    .todo = Only the proportion of the weights matters: divide all of them by the same number.
E0417 = risk.high_from and risk.medium_from go together, and the second is the smaller.
    .todo = For example high_from = 160, medium_from = 70.
E0421 = { $key } stands without { $missing }; a clock needs both.
    .todo = Write { $missing } too, or take { $key } out.
E0420 = fit.compute asks for computed fit, but the weights of major, certificates, experience, rank, wishes and suggestions are all 0.
    .todo = Give one of them a whole number of 1 or more, or set fit.compute = never.
E0430 = The file of scenarios cannot be read: { $reason }.
    .todo = Check the path and the spelling; values that are words stand in quotation marks.
E0431 = The file holds no scenario.
    .todo = Each scenario begins with a line [[scenario]]; "lungang template --scenarios -o scenarios.toml" writes one to begin from.
E0432 = "{ $key }" is nothing that a scenario holds. { $near ->
        [none] { "" }
       *[other] Meant is perhaps { $near }.
    }
    .todo = A scenario holds name, base, policy and input.
E0433 = Scenario no. { $number } has no name.
    .todo = Give each a short name: it stands over its column in every table.
E0434 = Two scenarios are called "{ $value }".
    .todo = Give one of them another name.
E0435 = Scenario "{ $scenario }": { $later ->
        [yes] its base "{ $value }" stands further down, or is the scenario itself.
       *[no] there is no scenario "{ $value }" to begin from.
    }
    .todo = { $later ->
        [yes] Put the base above the scenarios that rest on it.
       *[no] { $near ->
            [none] Name a scenario that stands further up.
           *[other] Meant is perhaps { $near }.
        }
    }
E0436 = Scenario "{ $scenario }": "{ $value }" is no sheet that can be replaced.
    .todo = { $near ->
        [none] Sheets are named as in the template: staff, posts, fit, units and so on.
       *[other] Meant is perhaps { $near }.
    }
E0437 = Scenario "{ $scenario }": "{ $key }" is not of the kind that is wanted.
    .todo = policy and input are tables, such as policy.years = 3 or input.posts = "posts.csv"; base is a name in quotation marks.
E0438 = Scenario "{ $scenario }" takes the sheet { $sheet } ({ $zh }) from this file, but none of its sheets is that.
    .todo = Name the sheet in the file as in the template, or put it in a file of its own.
E0439 = There is no scenario "{ $value }".
    .todo = { $near ->
        [none] Use a name that stands in the file.
       *[other] Meant is perhaps { $near }.
    }
E0440 = A scenario can't be called "{ $value }": tables of figures use that name.
    .todo = Give it another name.
W0401 = The law rule { $rule } is switched off.
    .todo = Every plan made so says so; make sure that you may.

## the policy template

policy-head = Policy of Lungang: every key with its meaning, default and source.
policy-head-order = What stands here wins over the settings sheet, and the command line wins over it. Remove a line, and the preset's value applies.
policy-default = Default: { $value }. Source: { $source }.
policy-no-default = No default. Source: { $source }.
policy-not-yet = *not yet*: this version does not act on it, so it stays commented out.

## the keys

key-preset = The preset that everything else rests on.
    .source = ours
key-start = First effective date, such as 2025-07-01. Required in one place or another.
    .source = none
key-as_of = Date of the data; by default the eve of start.
    .source = none
key-years = Plan years, 1 to 20.
    .source = ours
key-time-may = R10: months in a post before which nobody is moved; a post's own wins.
    .source = 公务员转任规定 names no number; ours
key-time-rest = R10: never two moves within so many months.
    .source = 合肥 2009
key-time-high-should = R14, high risk: months after which rotation is wanted.
    .source = 辽宁 2014 (five years); should: ours
key-time-high-must = R14, high risk: months after which rotation is due. A person's own limit wins, then the post's.
    .source = 辽宁 2014 (five years); should: ours
key-time-medium-should = R14, medium risk: months after which rotation is wanted.
    .source = ours
key-time-medium-must = R14, medium risk: months after which rotation is due. A person's own limit wins, then the post's.
    .source = ours
key-time-low-should = R14, low risk: months after which rotation is wanted.
    .source = ours
key-time-low-must = R14, low risk: months after which rotation is due. A person's own limit wins, then the post's.
    .source = ours
key-time-unrated-should = R14, unrated posts: months after which rotation is wanted.
    .source = ours
key-time-unrated-must = R14, unrated posts: months after which rotation is due. A person's own limit wins, then the post's.
    .source = ours
key-time-ten_year = R14: the statutory limit in months for heads and deputies of sections and marked posts.
    .source = 公务员转任规定 2020
key-time-section-should = R14, clock of the section as head or deputy: should, in months.
    .source = 合肥 2009
key-time-section-must = R14, clock of the section as head or deputy: must, in months.
    .source = 合肥 2009
key-time-unit_level-should = R14, clock of the unit at one level: should, in months.
    .source = 合肥 2009
key-time-unit_level-must = R14, clock of the unit at one level: must, in months.
    .source = 合肥 2009
key-time-unit-should = R14, clock of the unit: should, in months.
    .source = 合肥 2009
key-time-unit-must = R14, clock of the unit: must, in months.
    .source = 合肥 2009
key-time-domain-should = R14, clock of the field of business: should, in months.
    .source = ours
key-time-domain-must = R14, clock of the field of business: must, in months.
    .source = ours
key-time-near_retirement = R15: within so many months of retirement nobody is moved or counted as overdue.
    .source = local rules say 2, 3 or 5 years
key-time-no_return = R13: months before a former post may be held again.
    .source = ours
key-time-cooling = R09: months before supervising one's own former field.
    .source = ours
key-time-presence = Months of a plan year at least, to count as present.
    .source = ours
key-time-recruit_probation = R05: probation of recruits, in months.
    .source = 公务员法 34
key-time-leader_probation = R05: probation of newly promoted leaders, in months.
    .source = 党政领导干部选拔任用工作条例
key-turnover-year_share = G4: share of all seat holders of today that may move in a year; 1: no limit.
    .source = ours
key-turnover-most_moves = G4: moves in all years and units together, at most; unset: no limit.
    .source = none
key-turnover-most_cross_unit = G4: moves into another unit in all years together, at most; unset: no limit.
    .source = none
key-turnover-unit_share = R12: share of a unit's holders of today that may move in a year; at least one.
    .source = 合肥 2009
key-turnover-unit_floor = R12: share that must move in a year.
    .source = 甘肃 2009
key-turnover-old_hands = R12: share of a section's holders of today that stays in it.
    .source = ours
key-turnover-apart = Units planned apart: nobody goes to another unit but by a decision “go”.
    .source = ours
key-risk-tiers = Risk grades with a priority of their own, in this order.
    .source = ours
key-risk-aggregate = How a post's grade follows from its risk points: max is the highest.
    .source = ours
key-risk-direction = Which end of a list graded 一/二/三 is high: I-high or III-high.
    .source = none
key-risk-high_from = A risk point without a grade is high from this value (likelihood × severity) on; set together with medium_from.
    .source = none
key-risk-medium_from = From this value on it is medium, and low below.
    .source = none
key-points-move = Points that a move costs.
    .source = ours
key-points-cross_unit = More points where it crosses units.
    .source = ours
key-points-medium_month = Points per overdue month at medium risk and in unrated posts.
    .source = ours
key-points-low_month = Points per overdue month at low risk.
    .source = ours
key-points-should_month = Points per month between should and must, at the grades of risk.tiers.
    .source = ours
key-reserve-experiences = Experiences wanted of every reserve cadre whose own list is blank.
    .source = named by the site
key-reserve-successors = A priority of its own for successors of essential posts.
    .source = ours
key-retirement-formula = R15: what gives a retirement date where the roster has none: none, or cn-2025, the statutory ages as raised from 2025 on.
    .source = 国务院关于渐进式延迟法定退休年龄的办法 2024
key-fit-strict = G3: a missing fit score bars the move.
    .source = ours
key-fit-floor = G3: nobody is moved into a post for which their fit is below this; 0: no floor.
    .source = ours
key-fit-compute = Which fit scores the model computes. absent: all, where no score at all is given; missing: every one that is not given; never: none.
    .source = ours
key-fit-domain_months = Months in a post's field that count as full experience.
    .source = ours
key-fit-seniority_months = Months at the own level or grade that count as full seniority.
    .source = ours
key-fit-weights-major = Weight in the computed fit: a major that the post asks for.
    .source = ours
key-fit-weights-certificates = Weight in the computed fit: certificates that the post asks for.
    .source = ours
key-fit-weights-domain = Weight in the computed fit: experience in the post's field.
    .source = ours
key-fit-weights-level = Weight in the computed fit: distance from the level or grade that the post asks for.
    .source = ours
key-fit-weights-seniority = Weight in the computed fit: time at the own level or grade.
    .source = ours
key-fit-weights-training = Weight in the computed fit: class-hours of training.
    .source = ours
key-fit-weights-wishes = Weight in the computed fit: wishes.
    .source = ours
key-fit-weights-suggested = Weight in the computed fit: suggested posts.
    .source = ours
key-priorities-mode = strict: priorities in strict order; weighted: risk, reserve and quality as one.
    .source = ours
key-priorities-weights-risk = Weight of an overdue month, in the weighted mode.
    .source = ours
key-priorities-weights-reserve = Weight of an experience gained, in the weighted mode.
    .source = ours
key-priorities-weights-quality = Weight of a point of quality, in the weighted mode.
    .source = ours
key-give = Whole points of a priority that later ones may use up.
    .source = ours
key-rules-R07 = R07: kin avoidance.
    .source = 公务员法 74
key-rules-R09 = R09: duty pairs kept apart.
    .source = 会计法 35; 政府采购法 61
key-rules-R11 = R11: head and deputy not in the same year.
    .source = 甘肃 2009
key-rules-R13 = R13: no return to a former post.
    .source = ours
key-rules-R16 = R16: a swap inside a section between like posts is no rotation.
    .source = ours
key-rules-R19 = R19: category fits the seat.
    .source = 公务员法 16
key-rules-R20 = R20: minimum service of recruits.
    .source = local notices
key-rules-R21 = R21: avoidance in accounting.
    .source = 会计基础工作规范 16
key-rules-R25 = R25: care: may wait.
    .source = 合肥 2009
key-ladder-level = Leading levels 领导职务层次, low to high; 无 is the level of who has none.
    .source = 公务员职务与职级并行规定 2019
key-ladder-grade = Grades 职级, low to high.
    .source = 公务员职务与职级并行规定 2019
key-ladder-education = Education, low to high.
    .source = ours
key-ladder-equivalent = Pairs of grades that count as equal, such as [["a", "b"]].
    .source = 公务员转任规定 2
key-input-encoding = Encoding of CSV files; unless set, UTF-8, UTF-16 and GB18030 are told apart.
    .source = none
key-input-date_order = ymd, dmy or mdy, where the year stands last and the column does not settle it.
    .source = none
key-input-short_years = past: a year of two digits is the last one before the date of the data; for births and starts alone.
    .source = none
key-input-aliases = Table of further names of sheets and headings; a path from where the command runs.
    .source = none
key-calendar-nominate = R23: working days for the nomination; 0: no such step.
    .source = ours
key-calendar-consult = R23: working days for hearing opinions.
    .source = ours
key-calendar-inspect = R23: working days for the inspection.
    .source = ours
key-calendar-decide = R23: working days for the decision.
    .source = ours
key-calendar-appoint = R23: working days for the appointment, public notice included.
    .source = ours
key-calendar-handover = R23: working days for the hand-over after the move.
    .source = 公务员转任规定 2020
key-calendar-plan_due = Day of the year by which each department's plan is due, such as 08-15; unset: none.
    .source = district plan
key-calendar-carried_out_by = Last day of the year on which moves are carried out; unset: none.
    .source = district plan
key-calendar-progress_day = Day of the month on which progress is reported while moves are carried out.
    .source = district plan
key-calendar-summary_by = Day of the year by which the year is summed up.
    .source = district plan
key-report-section_name = What a section is called in reports: 股室, 科室 or 处室.
    .source = ours
key-report-lang = Language of reports and messages: zh or en.
    .source = ours
key-report-holidays = Public holidays, such as ["2026-10-01"]; they are published a year at a time, so the program knows none.
    .source = published each year
key-report-workdays = Weekends that are worked.
    .source = published each year
