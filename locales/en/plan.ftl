# plan: plans read back and checked

# Reading a plan back
E0710 = The plan names a person { $staff } whom the input does not have.
    .todo = Check the plan against the input it was made from, or make a new plan.
E0711 = The plan puts { $staff } into a post { $post } that the input does not have.
    .todo = Check the plan against the input it was made from, or make a new plan.
E0712 = The plan gives { $staff } a state “{ $state }” that does not exist.
    .todo = Write outside, in, away, unplaced or left.
E0713 = The plan says nothing about { $staff }, who is on the roster.
    .todo = Add the person's places to the plan, or make a new plan.
E0714 = The plan has { $found } places for { $staff }; it needs { $wanted }, one for today and one for each year.
    .todo = Add or remove places so that there is one for today and one for each year.
E0720 = The plan file has form { $found }; this program reads form { $wanted }.
    .todo = Use the program version that wrote the plan, or make the plan again.

# What does not fit, a sentence each
lacks = { $level ->
        [lacking] {" "}The level differs.
       *[met] {""}
    }{ $grade ->
        [lacking] {" "}The grade differs.
       *[met] {""}
    }{ $major ->
        [lacking] {" "}The major is not one asked for.
       *[met] {""}
    }{ $certificate ->
        [lacking] {" "}A certificate is lacking.
       *[met] {""}
    }{ $education ->
        [lacking] {" "}The education is too low.
       *[met] {""}
    }

# Rules
E0721 = { $rule }, year { $year } ({ $date }): post { $title } ({ $post }) has { $occupants } people on { $seats } seats. Nobody may enter beyond the headcount.
    .todo = Leave a seat free first, or send somebody elsewhere.
E0722 = { $rule }, year { $year } ({ $date }): { $name } ({ $staff }) does not meet what post { $title } ({ $post }) asks.{ lacks }
    .todo = Choose a post of the same level or grade whose qualifications the person has; a promotion must be listed as an event.
E0723 = { $rule }, year { $year } ({ $date }): { $name } ({ $staff }) is under a filed investigation and cannot be moved or placed, here to { $title } ({ $post }).
    .todo = Leave the person where they are until the case is closed. No approval lifts this.
E0724 = { $rule }, year { $year } ({ $date }): { $name } ({ $staff }) is under inquiry and moved to { $title } ({ $post }) without an approval on record.
    .todo = Leave the person where they are, or record a decision “go” with its approval number.
E0725 = { $rule }, year { $year } ({ $date }): { $name } ({ $staff }) is on probation until { $until } and moved to { $title } ({ $post }).
    .todo = Wait until probation ends, or record a decision “go” with its approval number.
E0726 = { $rule }, year { $year } ({ $date }): { $name } ({ $staff }) is under the effect of a sanction until { $until } and enters the more important post { $title } ({ $post }).
    .todo = Choose a post that is not more important, or wait. No approval lifts this.
E0727 = { $rule }, year { $year } ({ $date }): { $name } ({ $staff }) has stayed { $stayed } months and needs { $asked } before moving to { $title } ({ $post }).
    .todo = Move the person in a later year, or record a decision “go” (below the rest period only with an approval number).
E0728 = { $rule }, year { $year } ({ $date }): { $moves } people move out of posts of { $unit }; at most { $cap } may.
    .todo = Put { $excess } of these moves into another year, or raise the unit's cap.
E0729 = { $rule }, year { $year } ({ $date }): in { $unit }, { $section }, only { $stayed } people stay on from the year before; { $needed } must.
    .todo = Keep { $excess } more of those who know the section's work.
E0730 = { $rule }, year { $year } ({ $date }): { $name } ({ $staff }) retires on { $retirement }{ $computed ->
        [yes] {" "}(computed by formula)
       *[no] {""}
    } and is moved to { $title } ({ $post }) all the same.
    .todo = Leave the person where they are, or record a decision “go”.
E0731 = { $rule }, year { $year } ({ $date }): { $name } ({ $staff }), staffing kind { $kind ->
        [administrative] administrative
        [quasi] quasi-civil-service
        [public] public institution
        [worker] worker
       *[other] other
    }, holds post { $title } ({ $post }), which is for other kinds.
    .todo = Choose a post for this staffing kind.
E0732 = { $rule }, year { $year } ({ $date }): { $name } ({ $staff }), staffing kind { $kind ->
        [public] public institution
        [worker] worker
       *[other] other
    }, enters post { $title } ({ $post }) in the organ { $unit }, which is possible by a listed transfer only.
    .todo = List the transfer as an event “join”, or choose a post outside organs.
E0733 = { $rule }, year { $year } ({ $date }): { $name } ({ $staff }), category { $category ->
        [general] general
        [technical] technical
       *[enforcement] enforcement
    }, holds post { $title } ({ $post }), which is for other categories.
    .todo = Choose a post for this category.
E0747 = { $rule }, year { $year } ({ $date }): { $name } ({ $staff }) { $cause ->
        [business] has a relative in a trade that the unit regulates
       *[home] grew up in the unit's region
    } and may not hold post { $title } ({ $post }).
    .todo = Choose somebody else, or check the relations, home region and region.
E0748 = { $rule }, year { $year } ({ $date }): { $unit } { $section }: { $lead ->
        [principal] { $moves } principals are moved in one year
        [deputy] { $moves } deputies are moved in one year, more than there are posts
       *[head] head and deputies are moved in one year, { $moves } people
    }.
    .todo = Move them in different years, or give the decision its approval.
E0749 = { $rule }, year { $year } ({ $date }): { $name } ({ $staff }) in post { $title } ({ $post }) and a relative, { $kin } ({ $relative }), in post { $other } ({ $beside }) { $cause ->
        [line] would lead and be led
        [leader] would have the same leader
       *[field] may not be together: one leads the unit, the other's post deals with organization, personnel, discipline, audit or finance
    }.
    .todo = Take another candidate, or move one of the two out of the unit.
E0754 = { $rule }, year { $year } ({ $date }): { $name } ({ $staff }) in post { $title } ({ $post }) and a relative, { $kin } ({ $relative }), in post { $other } ({ $beside }): { $cause ->
        [principal] the head of the unit and the head of its accounting
       *[cashier] the head of accounting and the cashier
    } may not be relatives.
    .todo = Take another candidate for one of the two posts.
E0755 = { $rule }, year { $year } ({ $date }): { $name } ({ $staff }) holds post { $title } ({ $post }) and { $other } ({ $beside }) together: { $cause ->
        [statute] a statute keeps these duties apart
        [pair] both ends of a duty pair
       *[powers] decision, execution and supervision of one field
    }.
    .todo = Take one of the posts from the person.
E0756 = { $rule }, year { $year } ({ $date }): { $name } ({ $staff }) would supervise in post { $title } ({ $post }) the field "{ $field }", in which the person worked until { $left }.
    .todo = Wait until the time set has passed (time.cooling), or take another candidate.
E0757 = { $rule }, year { $year } ({ $date }): { $name } ({ $staff }) would go back to post { $title } ({ $post }), left on { $left }.
    .todo = Wait until the time set has passed (time.no_return), or take another candidate.
E0758 = { $rule }, year { $year } ({ $date }): { $moves } move out of { $unit }; at least { $floor } must (turnover.unit_floor).
    .todo = Move more people out of the unit, or lower the floor.
E0759 = { $rule }, year { $year } ({ $date }): { $moves } people move; at most { $cap } may (turnover.year_share).
    .todo = Put some moves off to another year, or raise the share.
E0775 = { $rule }: { $moves } moves in all years; at most { $cap } may be made (turnover.most_moves), which year { $year } ({ $date }) goes beyond.
    .todo = Take some moves out, or raise the limit; moves by decision “go” count, and may go beyond it only where nobody else moves.
E0776 = { $rule }: { $moves } moves into another unit in all years; at most { $cap } may be made (turnover.most_cross_unit), which year { $year } ({ $date }) goes beyond.
    .todo = Take some of them out, or raise the limit; moves by decision “go” count, and may go beyond it only where nobody else changes units.
E0734 = The plan's places of { $name } ({ $staff }) do not fit the number of years or the list of posts.
    .todo = Make the plan again from this input.
E0735 = Year { $year } ({ $date }): the plan has { $name } ({ $staff }) { $found ->
        [outside] not yet in service
        [in] at work in post { $title } ({ $post })
        [away] away from post { $title } ({ $post })
        [unplaced] unplaced
       *[left] gone
    }; by events and absences the person is { $expected ->
        [outside] not yet in service
        [in] in a post and at work
        [away] away (at the host the data name)
        [unplaced] unplaced
       *[left] gone
    } then.
    .todo = Correct the place, or list the event or absence that explains it.
E0736 = Year { $year } ({ $date }): an event or today's roster puts { $name } ({ $staff }) { $expected ->
        [in] into post { $title } ({ $post })
        [away] into post { $title } ({ $post }), away from it
       *[unplaced] among the unplaced
    }; the plan has the person elsewhere.
    .todo = Correct the place, or change the event.
E0737 = Year { $year } ({ $date }): { $name } ({ $staff }) sits in post { $title } ({ $post }), which is not open then.
    .todo = Choose an open post.
E0738 = Year { $year } ({ $date }): { $name } ({ $staff }) is away on the effective date and moved to { $title } ({ $post }).
    .todo = Wait for the return, or record a decision “go”.
E0739 = Year { $year } ({ $date }): { $name } ({ $staff }) is moved out of the special post { $title } ({ $post }), which is not rotated.
    .todo = Leave the person there, or record a decision “go” or “free”.
E0740 = Year { $year } ({ $date }): { $name } ({ $staff }) enters the special post { $title } ({ $post }) without a decision.
    .todo = Special posts are entered by a decision “go” only.
E0741 = Year { $year } ({ $date }): a decision keeps { $name } ({ $staff }) in post { $title } ({ $post }); the plan has the person elsewhere.
    .todo = Keep the person there, or withdraw the decision.
E0742 = Year { $year } ({ $date }): a decision sends { $name } ({ $staff }) to post { $title } ({ $post }); the plan has the person elsewhere.
    .todo = Put the person there, or withdraw the decision.
E0743 = Year { $year } ({ $date }): { $name } ({ $staff }) enters post { $title } ({ $post }), which a decision rules out for them.
    .todo = Choose another post, or withdraw the decision.
E0744 = { $rule }, year { $year } ({ $date }): { $name } ({ $staff }) owes service in the unit until { $until } and is moved to { $title } ({ $post }) in another.
    .todo = Choose a post in the same unit, wait, or record a decision “go”.
E0745 = { $rule }, year { $year } ({ $date }): { $name } ({ $staff }) is exempt from rotation until { $until } and is moved to { $title } ({ $post }).
    .todo = Wait, or record a decision “go” or “free”.
E0746 = Year { $year } ({ $date }): { $name } ({ $staff }) is moved to { $title } ({ $post }) without a fit score, which the policy (fit.strict) asks for.
    .todo = Enter the score, turn fit.strict off, or record a decision “go”.
E0777 = Year { $year } ({ $date }): { $name } ({ $staff }) is moved to { $title } ({ $post }) with a fit of { $score }; the policy (fit.floor) asks for at least { $floor }.
    .todo = Choose a post of better fit, lower fit.floor, or record a decision “go”.
E0779 = Year { $year } ({ $date }): units are planned apart (turnover.apart), and { $name } ({ $staff }) of { $own } goes to { $title } ({ $post }) in another unit.
    .todo = Choose a post in the same unit, record a decision “go”, or turn turnover.apart off.

# Carrying a plan out
E0750 = Year { $year }, batch { $batch } on { $on }: post { $title } ({ $post }) then has { $occupants } people on { $seats } seats.
    .todo = Carry out first the batch that frees the seat, or both on the same day.
E0751 = Year { $year }, batch { $batch } on { $on }: the essential post { $title } ({ $post }) then stands empty, though the plan fills it that year.
    .todo = Let the successor take over in the same batch.
E0752 = Year { $year }, batch { $batch } on { $on }: { $name } ({ $staff }) does not sit where this move starts, or is moved twice.
    .todo = Keep one move per person and year, from the post held.
E0753 = Year { $year }, batch { $batch } on { $on }: { $name } ({ $staff }) enters post { $title } ({ $post }) while it is not open.
    .todo = Date the move on or after the day the post is founded.

# What a plan file claims
E0760 = The plan claims that year { $year } starts on { $claimed }; it starts on { $found }.
    .todo = The file was changed or damaged: make the plan again.
E0761 = Year { $year }: the layout moves { $name } ({ $staff }) to { $title } ({ $post }), but the plan's list of moves lacks it.
    .todo = The file was changed or damaged: make the plan again.
E0762 = Year { $year }: the plan lists a move of { $claimed } that its layout does not contain.
    .todo = The file was changed or damaged: make the plan again.
E0763 = Year { $year }: the move of { $name } ({ $staff }) to { $title } ({ $post }) is dated { $claimed }, but { $why ->
        [outside] that day is not in the plan year
        [early] the event that brings it about comes later
        [draw] by the published draw another person waits
       *[late] it needs to wait for no event of that day
    }.
    .todo = The file was changed or damaged: make the plan again.
E0764 = Batch { $claimed }: { $why ->
        [order] batches are not numbered in date order
        [dates] its moves have different dates
       *[apart] its moves do not depend on one another
    }.
    .todo = The file was changed or damaged: make the plan again.
E0765 = Tier { $tier }: the plan claims { $figure ->
        [value] a value
        [today] a figure of today
       *[nobody_moves] a figure without moves
    } of { $claimed }; recomputed it is { $found }.
    .todo = The file was changed or damaged: make the plan again.
E0766 = Tier { $tier }: the claimed bound { $claimed } is worse than the plan's own value { $found }, so it cannot be a bound.
    .todo = The proof is wrong: make the plan again and report the case.
E0767 = Tier { $tier }: { $figure ->
        [status] the status
        [gap_points] the gap in points
       *[gap] the relative gap
    } is claimed as { $claimed }; from value and bound follows { $found }.
    .todo = The file was changed or damaged: make the plan again.
E0768 = The plan lists the tiers { $claimed }; its policy has { $found }.
    .todo = The file was changed or damaged: make the plan again.
E0769 = Year { $year }: { $name } ({ $staff }) is kept past the limit, but the plan's list of deferrals lacks it.
    .todo = The file was changed or damaged: make the plan again.
E0770 = Year { $year }: the plan lists a deferral of { $claimed } that its layout does not give.
    .todo = The file was changed or damaged: make the plan again.
E0771 = The plan claims { $figure ->
        [start] a start of { $claimed }; its policy says { $found }
        [years] { $claimed } years; its policy says { $found }
       *[twice] { $claimed } twice
    }.
    .todo = The file was changed or damaged: make the plan again.
E0772 = Year { $year }: the move of { $name } ({ $staff }) to { $title } ({ $post }) rests on a decision that the input does not have.
    .todo = Enter the decision in the input, or correct the plan.
E0773 = Tier { $tier }: a bound of { $claimed } is claimed, but the policy merges this tier into W, and nothing is proved about it alone.
    .todo = The file was changed or damaged: make the plan again.
E0774 = Year { $year }: { $name } ({ $staff }) is kept at the high-risk post { $title } ({ $post }) without a substitute measure (R22).
    .todo = Name one of special audit, duties shared anew, A/B role, forced leave, or make the plan anew.

# The same where it is inherited, or overtaken by an edit
W0721 = { $rule }, year { $year } ({ $date }): post { $title } ({ $post }) still has { $occupants } people on { $seats } seats, as without any move.
W0722 = { $rule }, year { $year } ({ $date }): { $name } ({ $staff }) still sits in post { $title } ({ $post }) without meeting what it asks.{ lacks }
W0731 = { $rule }, year { $year } ({ $date }): { $name } ({ $staff }) still sits in post { $title } ({ $post }), which is for other staffing kinds.
W0733 = { $rule }, year { $year } ({ $date }): { $name } ({ $staff }) still sits in post { $title } ({ $post }), which is for other categories.
W0747 = { $rule }, year { $year } ({ $date }): { $name } ({ $staff }) still sits in post { $title } ({ $post }), which they have to avoid.
W0749 = { $rule }, year { $year } ({ $date }): { $name } ({ $staff }) in post { $title } ({ $post }) and a relative, { $kin } ({ $relative }), in post { $other } ({ $beside }) still have to avoid each other.
W0754 = { $rule }, year { $year } ({ $date }): { $name } ({ $staff }) in post { $title } ({ $post }) and a relative, { $kin } ({ $relative }), in post { $other } ({ $beside }) still keep one unit's accounts together.
W0755 = { $rule }, year { $year } ({ $date }): { $name } ({ $staff }) still holds post { $title } ({ $post }) and { $other } ({ $beside }) together, which are to be kept apart.
W0760 = Year { $year } starts on { $found }, not on { $claimed } as the plan says.
W0761 = Year { $year }: { $name } ({ $staff }) now moves to { $title } ({ $post }).
W0762 = Year { $year }: the move of { $claimed } is no longer made.
W0763 = Year { $year }: the date { $claimed } of the move of { $name } ({ $staff }) to { $title } ({ $post }) no longer holds.
W0764 = Batch { $claimed } no longer holds.
W0765 = Tier { $tier }: { $figure ->
        [value] value
        [today] figure of today
       *[nobody_moves] figure without moves
    } was { $claimed } and is now { $found }.
W0766 = Tier { $tier }: the bound { $claimed } was proved for another plan; this one has { $found }.
W0767 = Tier { $tier }: { $figure ->
        [status] status
        [gap_points] gap in points
       *[gap] relative gap
    } was { $claimed } and is now { $found }.
W0768 = The tiers were { $claimed } and are now { $found }.
W0769 = Year { $year }: { $name } ({ $staff }) is now kept past the limit.
W0770 = Year { $year }: { $claimed } is no longer kept past the limit.
W0771 = The plan says { $claimed }, its policy { $found }.
W0772 = Year { $year }: the move of { $name } ({ $staff }) to { $title } ({ $post }) rests on a decision that the input does not have.
    .todo = Enter the decision in the input.
W0773 = Tier { $tier }: a bound of { $claimed } is claimed; W merges this tier, which has no bound of its own.
W0774 = Year { $year }: { $name } ({ $staff }) is kept at the high-risk post { $title } ({ $post }) without a substitute measure (R22).
    .todo = Name one of special audit, duties shared anew, A/B role, forced leave.
