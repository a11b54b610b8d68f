# progress

# sheets
sheet-progress = Progress
sheet-progress-moves = Not done in time
title-progress = Progress
title-progress-moves = Moves not done in time, hand-overs overdue
progress-title-report = Progress of rotation, { $year }-{ $month }
progress-title-summary = Summary of plan year { $t }
head-planned_moves = Planned
head-done_moves = Done
head-in_time = In time
head-late = Late
head-undated = Done, no date
head-slipped = Slipped
head-not_yet = Not yet due
head-void = Void
head-done_share = Share done
head-this_period = This period
head-carried = Slipped in earlier years
head-handover_overdue = Hand-over overdue
head-from_post = From
head-to_post = To
head-due_by = Due by
head-progress_state = State
head-days_late = Days late

# words
progress-slipped = slipped
progress-late = done late
progress-in-time = done in time
progress-undated = done, no date
progress-not-yet = not yet due
progress-void = void
progress-handover = hand-over overdue
progress-total = all units
progress-no-unit = not in this input
progress-sentence-report = As of { $date }, of { $planned } moves planned for year { $t }, { $done } are done ({ $rate }): { $in_time } in time, { $late } late, { $undated } without a date. { $slipped } have slipped, { $not_yet } are not yet due, { $void } are void. { $this_period } were done in this period (since { $since }); { $carried } slipped in earlier years; { $handover } hand-overs are overdue.
progress-sentence-summary = As of { $date }, { $planned } moves were planned for year { $t } and { $void } given up; { $done } are done ({ $rate }): { $in_time } in time, { $late } late, { $undated } without a date. { $slipped } are not done and { $not_yet } not yet due. { $carried } slipped in earlier years; { $handover } hand-overs are overdue.
progress-nameless = For names of people and posts, and figures by unit, give the plan's input with --input.
progress-written = Written: { $path } (report on progress)

# problems
W0790 = Year { $year }: { $staff } is done on { $done }, before that plan year begins ({ $begin }); counted as done.
    .todo = Check the date.
W0791 = Year { $year }: { $staff } has the status "done" and no date; counted apart, neither in time nor late.
    .todo = Fill in the date.
W0792 = Year { $year }: { $staff } is done on { $done }, after the day of the report ({ $as_of }); counted as not done yet.
    .todo = Check the date, or give another --as-of.
W0793 = Year { $year }: the move of { $staff } is void, yet done on { $done }; counted as void.
    .todo = Correct the status, or clear the date.
W0794 = Year { $year }: { $staff } handed over on { $handed }, before the move was done, or without a day on which it was.
    .todo = Check both dates.
E0797 = The hand-over list has a date for staff id "{ $staff }", batch "{ $batch }", which is no move of the plan.
    .todo = Put id and batch of that row back, or clear the date.
E0905 = There is no day to report on.
    .todo = Run: lungang progress { $path } --as-of { $example }
E0906 = "{ $value }" is no date.
    .todo = Write it as { $example }.
edit-handed = { $name } ({ $staff }), year { $year }: handed over on { $new }
