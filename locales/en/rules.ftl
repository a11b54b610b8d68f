# The rule catalogue: title, meaning, default, an example. The ids are those of lungang-domain's catalogue.

rule-R01 = No more people than seats
    .meaning = A post never has more holders than seats. A post over strength today only lets people out until the excess has gone. A seat freed in a batch may be taken in the same batch.
    .default = The headcount of the posts sheet; where blank, the number of holders today, listed as an assumption.
    .example = Three seats for accountants and four holders: one has to leave, and until then nobody enters.
rule-R02 = One seat a person
    .meaning = Everybody holds one seat. Concurrent posts and posts led ad interim take no seat; they last while the person stays in the primary post.
    .default = Always on.
    .example = A deputy who leads the section ad interim holds the deputy's seat and counts as present at the head's post.
rule-R03 = Cover
    .meaning = First no essential post stands empty; then posts reach their least presence and unplaced people get a post. Whoever is away holds a seat and is not present; the host post counts them.
    .default = Present in a year means six months of it (time.presence). A blank minimum is the smaller of the headcount and today's presence.
    .example = An accountant on secondment holds a seat and is not present; with a minimum of one, somebody else has to be.
rule-R04 = Lateral and qualified
    .meaning = Moves keep the leading level, or the same or an equivalent grade; promotions come as listed events only. Required majors, certificates and education must be there. A test applies where both sides are filled; a blank passes, with a warning.
    .default = The ladders are ladder.level and ladder.grade; grades that count as equal stand in ladder.equivalent.
    .example = The head of a section may head another section, and may not become vice director. Without the legal certificate nobody becomes legal reviewer.
rule-R05 = Who may not be moved
    .meaning = Under a filed investigation nobody is moved, nor retired. During a disciplinary review, an open criminal case or probation people are as a rule not moved; it takes an approval on record.
    .default = Twelve months' probation for recruits (time.recruit_probation) and for newly promoted leaders (time.leader_probation); a date in the roster wins.
    .example = A deputy promoted in July 2025 is not moved before July 2026.
rule-R06 = No better post while a sanction lasts
    .meaning = Until the effect of a sanction ends there is no promotion and no move to a more important post: a higher level, or, at equal or unknown level, a higher lead.
    .default = The date in the roster.
    .example = With a sanction until August 2026 a clerk does not become deputy in January, and may be moved laterally.
rule-R07 = Avoidance between relatives
    .meaning = In one unit two relatives are not leader and led, do not have the same direct leader, and where one is principal or vice the other does not work in organization, personnel, discipline inspection, supervision, audit or finance. Every year's layout is looked at, those who stay included.
    .default = On; rules.R07 = false turns it off. Relatives stand in the sheet of relations, lines in "reports_to"; posts held beside today's count while it is held. No decision is above it.
    .example = Whose wife keeps the personnel files of the finance bureau does not become its vice director.
rule-R08 = Avoidance by business and by place
    .meaning = Principals and vices do not lead a unit that regulates the business of their spouse, parents, children or in-laws; the principal of party committee, government, discipline inspection, organization department, court, procuratorate or public security did not grow up in that county.
    .default = Businesses stand in the sheet of relations, trades in the posts, counted for the whole unit; places are compared where both are filled. Collateral kin do not count.
    .example = Whose wife runs a restaurant does not lead the market regulator; who grew up in the district does not head its police.
rule-R09 = Duties kept apart, and cooling
    .meaning = Nobody holds, beside today's post, the other end of a duty pair in the same unit, duties that a statute keeps apart, or all three of decision, execution and supervision over one field. Nobody enters a post that supervises a field in which they decided or executed a short time before.
    .default = 24 months of cooling (time.cooling). On; rules.R09 = false turns it off, but for the pairs of the statutes. A "go" is above the cooling.
    .example = A cashier who also keeps the accounting archives breaks it; who approved grants until May does not supervise them in July.
rule-R10 = Minimum stay and rest between moves
    .meaning = Nobody is moved before the minimum stay in the post, nor within the months of rest after the last move; moves before the horizon count. A closed post is an exception.
    .default = A stay of 24 months (time.may; the post's own wins), a rest of 12 months (time.rest).
    .example = Whoever came in January 2025 may be moved from January 2027 on.
rule-R11 = Head and deputies apart
    .meaning = Head and deputies of one section are not moved in the same year; of several principals of a unit one is moved in a year. Leaving does not count, moves out of closed posts do.
    .default = On; rules.R11 = false turns it off. A "go" with an approval is free of it.
    .example = If the head of the budget section moves in 2026, a deputy moves in 2027 at the earliest.
rule-R12 = Share of a unit, and old hands
    .meaning = No more than a share of a unit moves in one year; in every section a share of those who know the work stays.
    .default = 30 % of the unit's seat holders of today, at least one (turnover.unit_share); half of each section (turnover.old_hands). A unit's own number a year wins. With a floor (turnover.unit_floor) at least that share of every unit moves each year, or there is no plan.
    .example = In a unit of 20 at most 6 move in a year; of a section of 4 at most 2 at once.
rule-R13 = No return to a former post
    .meaning = Nobody is moved or placed into a post that they left less than this time before, in the history or in the plan.
    .default = 60 months (time.no_return). On; rules.R13 = false turns it off. A "go" is above it; rows of the history without an end say nothing.
    .example = Who swapped posts in 2026 is not swapped back in 2028.
rule-R14 = Due for rotation
    .meaning = Who has been in a post for the months of its limit is due. Who is kept is a deferral, and every month beyond the limit is counted; the longest overdue go first. Heads and deputies of sections and ten-year duties have a limit of ten years besides.
    .default = Months wanted and due: high 36 and 60, medium 60 and 96, low 96 and 120, unrated as medium (time.high and so on); ten years 120 (time.ten_year). The person's own limit wins, then the post's.
    .example = In an approvals post of high risk since July 2020: 60 months in July 2025, and one overdue month for each month after.
rule-R15 = Near retirement
    .meaning = Within so many months of retirement people are neither due nor moved; the unplaced may still be placed.
    .default = 24 months (time.near_retirement).
    .example = Who retires in May 2027 is not moved from 2026 on, and is listed as near retirement.
rule-R16 = A swap among equals is no rotation
    .meaning = Between posts of one section with equal power, field and risk grade a change of desk does not restart the clock.
    .default = On; rules.R16 = false turns it off.
    .example = Two approvals desks of one section swap: a move, and both clocks run on.
rule-R17 = A new name is no new post
    .meaning = Where a post is renamed, merges into another, or its holder is promoted in it, the clocks run on.
    .default = Always. A renaming is an event of the kind "rename", with the new title in "note". A merger is an event of the kind "merge", "post" into "to_post"; whoever holds the post passes there, which is no move.
    .example = The budget section's desk is called fiscal desk from 2027 on: eight years there stay eight years.
rule-R18 = Staffing kind
    .meaning = The person's staffing kind must be one that the post takes. Staff of public institutions enter an organ only by a listed event.
    .default = Applies where both sides are filled.
    .example = Somebody on a public institution's seat does not move to an approvals post for civil servants.
rule-R19 = Category
    .meaning = The person's category must be one that the post takes: general, technical, enforcement.
    .default = Applies where both sides are filled; rules.R19 = false turns it off.
    .example = General staff do not move to a post for enforcement officers only.
rule-R20 = Minimum service
    .meaning = Recruits stay in the unit until their minimum service ends; moves inside the unit are free.
    .default = The date in the roster; rules.R20 = false turns it off.
    .example = Bound until June 2030: before, moves inside the unit only.
rule-R21 = Avoidance in accounting
    .meaning = In one unit a relative of its principal is not head of accounting, and a relative of the head of accounting is not cashier.
    .default = On; rules.R21 = false turns it off. Head of accounting is the head of a section of accounting or finance, and who the title says so; cashier is told by title or duty.
    .example = Whose brother heads the finance section is not made cashier of the same bureau.
rule-R22 = A deferral has a substitute measure
    .meaning = Who is kept past the limit at a high-risk post has a substitute measure each year: a special audit first, else duties shared anew, a second person (A/B role), forced leave. Nobody has the same one in two years running, unless no other can be had. The checker names deferrals without one.
    .default = Sharing duties needs somebody else at work in the section (for leading members, another leading member). An A/B role needs a second holder, or a colleague of the section who qualifies. Forced leave needs the person at work and somebody to stand in. Under an inquiry the special audit comes last. The approver decides.
    .example = Kept for two years at an approval post of high risk: a special audit in year 1, duties shared anew in year 2.
rule-R23 = Calendar and hand-over
    .meaning = Hand-over within 10 working days. Nomination, hearing of opinions, inspection, decision and appointment before it are counted back in working days. Weekends are left out; public holidays are published a year at a time and have to be named in report.holidays and report.workdays. It only dates the steps and changes no plan.
    .default = 5, 5, 10, 5 and 10 working days before the move (the last with its public notice), 10 for the hand-over (calendar.nominate …).
    .example = For moves of 1 September 2026 nomination begins about 14 July, and the hand-over ends by 15 September.
rule-R24 = Audits on leaving
    .meaning = An audit of economic responsibility for principals who leave, and for deputies who were in charge of the unit for a year or more. Others who leave a high-risk post have a leaving review; who is kept with a special audit as substitute has that. Each with the date by which to ask for it.
    .default = In charge is who the roster has as acting in a principal's post, or the only vice of a unit without principal. The roster has no date for it, so the year is to be verified.
    .example = A principal moves in September 2026: the audit is asked for in July. A clerk of an approval post moves with them: a leaving review.
rule-R25 = Care
    .meaning = Pregnancy, birth, serious illness and the like may wait until the given date.
    .default = The date in the roster; rules.R25 = false turns it off, a decision "free" lifts it for one person.
    .example = Exempt until October 2026: not moved in January 2026, and from 2027 on like everybody.
rule-O1 = Structure of the pool and the posts
    .meaning = Reserve cadres against leading posts, women, members of no party, those ready now, ages and schooling, before the plan and after it, against the usual targets. Reported; no plan is worse for it.
    .default = At most one cadre to a leading post; women at least 25 %, members of no party at least 10 %, ready now at least a third.
    .example = 12 cadres of 51 are women: 23.5 %, short of 25 %.
rule-O2 = Training hours
    .meaning = Hours of law and of professional training that are short of the year's, per person and unit. Reported.
    .default = 20 class-hours of law and 40 professional a year.
    .example = 14 hours of law: 6 short.
rule-O3 = Over establishment, leading seats and level
    .meaning = Units over their establishment by kind, over their leading seats, and people above the level of their post, today and each year. Reported.
    .default = By kind_seats and leader_seats of the sheet units; blank ones are not judged.
    .example = 5 leading seats, 6 held today, 5 from year 2 on.
rule-G1 = Least overdue
    .meaning = With cover and law kept, the overdue months at high-risk posts are the fewest, with a proved bound. Overdue months elsewhere count in the quality tier.
    .default = High risk has a tier of its own (risk.tiers).
    .example = Where only one of two can move, the one 30 months overdue goes before the one 6 months overdue.
rule-G2 = Reserve cadres gain experience
    .meaning = Reserve cadres gain what they lack: a stay of twelve months in a development post gives its experiences.
    .default = The roster says what is wanted; where blank, what is lacking of reserve.experiences.
    .example = Who lacks grass-roots work is a township liaison for a year or more.
rule-G3 = Fit
    .meaning = The fit in the new post less the fit in today's post, added up over the years. A missing score counts as no difference and is marked; it is never 0 points. Where no score at all is given, a model computes fit from major, certificates, experience in the field, rank, seniority, training, wishes and suggestions; it is marked as computed, and its parts are shown. A score that is given wins.
    .default = A missing score bars nothing; with fit.strict = true it bars the move. fit.floor bars moves into a post for which the score is below it; 0 bars none. fit.compute = absent computes where no score at all is given, missing wherever one is missing, never not at all; the weights are fit.weights.
    .example = From a fit of 62 to one of 80: 18 points a year.
rule-G4 = Few moves
    .meaning = Every move costs points, and more across units; what need not move stays.
    .default = 40 points a move (points.move), 20 more across units (points.cross_unit). On request at most so many move in a year (turnover.year_share), in all years (turnover.most_moves), or into another unit (turnover.most_cross_unit).
    .example = A move that gains 10 points of fit in all is not made.

rules-id = Id
rules-title = Rule
rules-kind = Kind
rules-default = Default
rules-source = Source
rules-meaning = Meaning
rules-example = Example
rules-forms = Form
rules-keys = Policy keys
rules-switch = Switch
rules-hint = One rule in full: lungang rules R04; one preset: lungang rules --preset cn-statute

rules-kind-law = law
rules-kind-law-approval = law, escape by approval
rules-kind-law-or-approval = law; in part with an escape by approval
rules-kind-law-or-setting = in part law, in part setting
rules-kind-setting = setting
rules-kind-setting-or-approval = setting; in part law with an escape by approval
rules-kind-goal = goal

rules-form-stay = stay
rules-form-move = move
rules-form-state = state
rules-form-row = row
rules-form-goal = goal
rules-form-report = report

rules-sure-seen = text seen
rules-sure-secondary = secondary source
rules-sure-ours = our own default

E0930 = There is no rule "{ $id }".
    .todo = The nearest is { $near }; lungang rules without an id lists them all.
