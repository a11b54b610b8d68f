# Comparing scenarios, two plans, and the curve of what one more move buys.

compare-title = Rotation scenarios side by side
compare-subtitle = { $count } plans, held against "{ $first }", from { $start }
compare-note = Goals are met one after the other, in their order. "Proved" means that value and bound of two plans do not overlap; what is not proved may be the work of a search that ended early.
compare-by-year = Year by year
compare-by-year-note = All scenarios counted by the data and the policy of the first, so that they can be held against each other.
compare-bounds = Values and bounds
compare-bounds-note = Full up to the value of the plan, pale from there to its bound: the optimum lies in between. Where two of these do not overlap, the difference is proved. Each scenario is counted by its own policy.
compare-curve = What one more buys

title-scenarios = Scenarios
sheet-scenarios = Scenarios
title-compared = Key figures by one measure
sheet-compared = Key figures
title-compared_years = Key figures year by year, by one measure
sheet-compared_years = By year
title-compared_proof = Differences and what of them is proved
sheet-compared_proof = Differences
title-compared_settings = In what policy and data differ
sheet-compared_settings = Settings
title-compared_people = Who goes different ways
sheet-compared_people = People
title-frontier = What one more buys
sheet-frontier = Curve

head-cmp_scenario = Scenario
head-cmp_differs = Differs from the first by
head-cmp_moves = Moves
head-cmp_placements = Placements
head-cmp_deferrals = Deferrals
head-cmp_grade = Risk
head-cmp_year = When
head-cmp_first = First
head-cmp_second = Second
head-cmp_tier = Goal
head-cmp_first_value = Value of first
head-cmp_first_bound = Bound of first
head-cmp_second_value = Value of second
head-cmp_second_bound = Bound of second
head-cmp_gain = Second better by
head-cmp_known = What is known
head-cmp_measure = Measure
head-cmp_now = Post today
head-cmp_years = Years apart
head-cmp_knob = Limit
head-cmp_spent = Used
head-cmp_dominated = Remark
head-cmp_file = Plan file
head-cmp_bought = Each more buys

compare-proved = { $value } (proved)
compare-at-least = { $value } (at least { $bound })
compare-at-most = { $value } (at most { $bound })
compare-by-first = as "{ $first }" counts
compare-planless = no plan
compare-base = the one held against
compare-no-difference = no difference
compare-other-data = other measure
compare-last = { $metric }, at the end
compare-sum = { $metric }, all years
compare-horizon = { $metric }
compare-input = input (hash)
compare-sheet = another sheet { $sheet } (hash of its file)
compare-unknown-person = not in the roster
compare-step = year { $t }: { $place }
compare-stays = stays
compare-nobody = Everybody goes the same way in all plans.

known-proved = proved, by { $least } at least{ $conditional ->
        [yes] { " " }(among plans as good in the goals before)
       *[no] { "" }
    }
known-equal = proved equal{ $conditional ->
        [yes] { " " }(among plans as good in the goals before)
       *[no] { "" }
    }
known-open = not proved: within the gap
known-unbounded = not proved: no bound
measure-same = the same
measure-other = another (policy or data)

place-in = in post
place-outside = not yet here
place-unplaced = unplaced
place-left = left
place-away = away
in-brackets = { " " }({ $text })

frontier-own = as in the policy
frontier-bought = { $knob ->
        [fit] { $tier }: better by, for each point of fit less
        [share] { $tier }: better by, for each percent more
       *[other] { $tier }: better by, for each more
    }
frontier-each = { $each } ({ $least } to { $most })
frontier-dominated = no point: no. { $no } uses no more and is better
frontier-taken-over = the plan of no. { $no }
frontier-note-moves = Across: moves over all years. Full line: what the plans reach; dashed: their bounds; the optimum lies between them.
frontier-note-cross-unit = Across: moves to another unit over all years. Full line: what the plans reach; dashed: their bounds; the optimum lies between them.
frontier-note-fit = Across: the lowest fit of a move. Full line: what the plans reach; dashed: their bounds; the optimum lies between them.
frontier-note-share = Across: the largest share of a unit that moves in a year. Full line: what the plans reach; dashed: their bounds; the optimum lies between them.

compare-solving = { $count } scenarios, { $jobs } at a time.
compare-solved = [{ $name }] done ({ $done } of { $count }, { $seconds } s): { $proof ->
        [yes] every goal proved
       *[no] not everything proved, bounds stated
    }.
compare-refused = [{ $name }] has no plan ({ $done } of { $count }, { $seconds } s):
compare-tiers = Goals of each scenario, by its own policy (bounds in brackets):
compare-same-measure = Key figures, all as "{ $first }" counts them:
compare-against = "{ $second }" against "{ $first }":
compare-line = { $tier }: { $first } → { $second }, { $better ->
        [same] no difference
        [yes] better by { $gain }
       *[no] worse by { $gain }
    }; { $known }{ $measure ->
        [same] { "" }
       *[other] ; another measure
    }
compare-people = { $count } people go different ways.
compare-written = Written to { $path }
compare-plans = Every plan, checked, in { $path } (xlsx and json)
compare-interrupted = Interrupted; only what was finished is compared.
diff-claims = Without the input (--input) these are the figures that the plans claim, not recomputed; people and posts are shown by id.
diff-same = Everybody goes the same way in both plans.
diff-person = { $staff } { $name } (years { $years }):
diff-way = { "  " }{ $side }: { $way }
diff-more = … and { $count } more; see the output (-o).
diff-breaches = "{ $name }" breaks rules { $count } times; see lungang check.
frontier-solving = First as the policy has it, then point by point ({ $count } of them).
frontier-title = { $knob }: limit and effect:
frontier-plain = The last point is the plan of the policy as it is.
frontier-point-moves = at most { $value } moves
frontier-point-cross-unit = at most { $value } across units
frontier-point-fit = fit at least { $value }
frontier-point-share = at most { $value } of a unit a year
compare-skipped = [{ $name }] interrupted before its turn ({ $done } of { $count })
compare-cut-off = interrupted before its turn
frontier-begun = found from the plan of no. { $no }
frontier-behind = in the order of goals behind no. { $no }, but better in cover or overdue months
frontier-best = { $tier }: best so far
frontier-best-line = Best so far
