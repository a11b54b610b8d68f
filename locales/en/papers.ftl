# Papers, the web page, masks

# tables
sheet-approvals = Deferral approvals
sheet-audit = Audits proposed
sheet-handover = Hand-over
sheet-calendar = Calendar
sheet-milestones = Milestones
title-calendar = Calendar of the steps before and after each move
title-milestones = Milestones of the year
title-approvals = Register of deferrals for approval
title-audit = Audits proposed
title-handover = Hand-over list
head-years = Deferred in
head-opinion = Opinion
head-measure = Proposed
head-audit_cause = Cause
head-period = Period looked at
head-leave_date = Leaves on
head-propose_by = Ask for it by
head-organ = Carried out by
head-outcome = Outcome
head-handed_post = Post handed over
head-handed_items = What is handed over
head-handed_on = Handed over on

# words
list-semicolon = {"; "}
years = year { $list }
measure-audit = audit of economic responsibility
measure-review = leaving review
measure-special = special audit
cause-moved = leaves by rotation in year { $t }
cause-left = retires or leaves in year { $t }
cause-promoted = promoted in year { $t }
cause-closed = post closes in year { $t }
cause-kept = deferred ({ $years }), as the substitute measure
cause-in-charge = {" "}(in charge of the unit; whether for a year is to be verified)
substitute-years = { $years }: { $measure }
calendar-weekend = no working day; to be done on { $date }
calendar-outside = outside the year's window ({ $from } to { $to })
calendar-late = the steps would begin before the date of the data ({ $date }): begin earlier, or take less time
milestone-plan = Each department's plan for the year is due
milestone-carried-out = The year's moves are carried out
milestone-progress = Report on progress
milestone-summary = Summary of the year
period = { $from } to { $to }
period-since = since { $from }
period-until = up to { $to } (start to be verified)
period-all = in this post (start to be verified)

# papers
day = { $iso }
paper-plan = Rotation Plan
paper-approval = Approval of a Deferred Rotation
paper-audit = Audits Proposed
paper-handover = Hand-over List
paper-calendar = Calendar
paper-of-unit = { $unit }: { $title }
paper-number = Document no.: ____________________
paper-heading = { $number }. { $unit }
paper-summary = This plan runs from { $from } to { $to } ({ $years } plan years) and covers { $units } units, { $people } people in service and { $posts } posts. It provides for { $moves } moves and for the placement of { $placements } people who wait for a post. Deferrals of people who are due to rotate, counted year by year: { $deferrals }.
paper-summary-unit = This plan runs from { $from } to { $to } ({ $years } plan years). { $unit } has { $people } people in service and { $posts } posts. The plan provides for { $moves } moves and for the placement of { $placements } people who wait for a post. Deferrals of people who are due to rotate, counted year by year: { $deferrals }.
paper-none = No moves are planned.
paper-attached = Forms for the approval of deferrals, the audits proposed, the hand-over list and the calendar are attached.
paper-audit-note = For principals of units who leave, an audit of economic responsibility is proposed, and likewise for deputies once it is verified that they were in charge for a year; for others who leave a high-risk post, a leaving review; for those kept in a high-risk post with a special audit as the substitute measure, that audit. These are proposals; the bodies in charge decide.
paper-handover-note = The unit fills in what is handed over and who witnesses it. Where nobody takes over, the unit names who receives.
paper-calendar-note = The steps are counted back from the effective date in working days. Weekends are left out; of public holidays only those that the policy names. Hand-over ends on the day given.
form-number = No.:
form-date = Date: ____________
form-unit = Unit
form-name = Name
form-post = Current post
form-risk = Integrity risk
form-post_since = In post since
form-months = Months in post
form-due = Due date
form-over = Months overdue
form-count = { $count }
form-years = Deferred in
form-held_by = Held by
form-substitute = Substitute measure
form-review = Review date
form-unit_opinion = Opinion of the unit
form-approver_opinion = Opinion of the approver
form-approver = Approved by
form-document = Document no.
form-seal = (seal) Date: ____________
form-note = Months are counted up to the effective date of the first year of deferral.

# the web page
html-title = Rotation plan: { $units }
html-span = { $from } to { $to }
html-overdue = People and months overdue, before and after
html-coverage = Coverage by year
html-chains = Chains and cycles
chart-overdue-note = By integrity risk: today on the first effective date, then at the end of each plan year. Pale: nobody moves; full: this plan. The figure on top is the sum.
chart-coverage-note = Coverage: people present, up to the least presence of their posts, against that least presence.
chart-chains-note = Boxes are posts; each arrow bears the name of the person who moves and points at the new post. A dashed box is a post shown before in the same batch. Single moves stand under "Execution order".
chart-chain = Batch { $batch }, { $date }: { $kind }
chart-year = Year { $t }

# masks
plan-masked = Masked: codes stand for names, staff ids and birth dates. To have the plan checked, name its key with --mask-key. Names of people who are not on the roster, such as who decided, are left as they are.
E0609 = The key "{ $path }" can't be an input or an output, nor lie in a folder of either.
    .todo = Put the key in a place of its own.
E0610 = "{ $path }" holds something other than a key; it was left alone.
    .todo = Choose another name for the key.
E0794 = "{ $path }" is for reading and printing; no plan can be read back from it.
    .todo = Use the .json, the .xlsx or the folder of CSV files of the same plan.
E0795 = The plan "{ $path }" is masked; its codes are no staff ids of this input.
    .todo = Name the key that was written with the plan: --mask-key FILE.
E0796 = "{ $path }" is no key: { $why }.
    .todo = Use the file that lungang plan --mask --mask-key wrote, unchanged.
