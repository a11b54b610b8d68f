# cli

# plan
plan-progress = { $seconds } s, round { $rounds }: { $id } { $name } { $value }, bound { $bound }, gap { $gap }
plan-progress-proved = { $seconds } s, round { $rounds }: { $id } { $name } { $value }, proved
plan-summary = { $people } people, { $posts } posts, { $years } plan years: { $moves } moves, { $placements } placements, { $deferrals } deferrals.
plan-tier-proved = { $id } { $name }: { $value } (nobody moves: { $nobody }), proved best
plan-tier-open = { $id } { $name }: { $value } (nobody moves: { $nobody }), bound { $bound }, gap { $gap }
plan-tier-merged = { $id } { $name }: { $value } (nobody moves: { $nobody }), counted in W
plan-proved = Checked by the independent checker. Every tier is proved: no plan that keeps the rules is better.
plan-proved-weighted = Checked by the independent checker. T0–T2 and W are proved: by these weights no plan that keeps the rules is better.
plan-open = Checked by the independent checker. Where a gap is stated, a better plan may exist, but not beyond the bound.
plan-unbounded = Checked by the independent checker. The search ended before every bound was read: how much better a plan may be is not known. Let it work longer.
plan-interrupted-unbounded = Interrupted. This is the best plan so far, checked by the independent checker; not every bound was read, so how much better a plan may be is not known.
plan-interrupted = Interrupted. This is the best plan found, checked by the independent checker; gaps as stated.
apart-joint = The plan with units apart is written. Now the joint problem, begun from it and under the same limits, to compare.
apart-title = Units apart against all together:
apart-tier = { $id } { $name }: apart { $apart }, joint { $joint } (bound { $bound }){ $known ->
        [costs] ; apart is worse by { $difference }, proved: by at least { $least }
        [nothing] ; the same, proved: apart costs nothing here
        [open] ; apart is worse by { $difference }, not proved
        [even] ; the same, not proved that a joint plan can't be better
        [merged] ; apart is worse by { $difference }, counted in W
        [even-merged] ; the same, counted in W
       *[gives-way] ; apart is better by { $difference }: the joint plan gives way to the tiers before
    }
apart-note = "Proved" holds among plans as good in the tiers before: apart, however people are moved, the tier is worse by at least the figure; jointly, however people are moved, it is no better than here. What is written is the plan with units apart.
apart-none = No joint plan was found under the same limits, so what apart costs is not known.
plan-written-xlsx = Written: { $path } (workbook to print and to edit, then judged by lungang check: yearly plan, order of moves, people not moved, calendar, posts, reserve cadres, before and after)
plan-written-csv = Written: { $path } (folder of CSV, the same tables for other programs)
plan-written-figures = Written: { $path } (CSV, the figures alone, for pivot tables)
plan-written-docx = Written: { $path } (Word: the rotation plan, approval forms, audits proposed, hand-over list, calendar)
plan-written-html = Written: { $path } (web page with charts, opens and prints by itself)
plan-written-units = Written: { $path } (each unit's own papers: a Word file and a workbook)
plan-written-json = Written: { $path } (JSON for check, --warm and other programs)

warm-people = Begun from the plan "{ $path }": { $kept } people as it has them, { $adapted } in part, { $out } not.
warm-left-out = Not as in that plan: { $lost } whose post is not in the list any more, { $barred } held by rules, decisions or events, { $crowded } for whom no seat or share is left.
warm-changed = { $gone } people of that plan are not in these data; { $new } in these data are not in that plan.
warm-not-better = What is left of that plan is no better than nobody moving; the search only bears it in mind.
warm-unused = The plan "{ $path }" could not be used: with these data, nobody moving breaks a rule already, and another engine begins.

E0901 = The limit passed before a plan was found that keeps the decisions and all rules.
    .todo = Give more time or rounds, or withdraw some decisions{ $floor ->
        [yes] {""}, or lower the floor of moves (turnover.unit_floor), which may ask for more than a unit can do
       *[no] {""}
    }.
E0902 = The solver contradicted our own recomputation ({ $why }). Nothing was written.
    .todo = Run again with --engine compact, or with another seed; please report the case.
E0903 = Our own check refused what was to be written to "{ $path }". Nothing was kept.
    .todo = This is a fault of the program. Please report it with the output of `lungang export`.
E0904 = --engine compact can't begin from a plan (--warm).
    .todo = Leave one of the two out.
W0901 = No person, or no post, of the plan "{ $path }" is in these data; it is left aside.
    .todo = Check that it is a plan of this organisation; staff and post ids have to be the same.

# template
family-standard = { $name } (a bit of everything)
family-tight-caps = { $name } (few may move in a year)
family-many-reserves = { $name } (a third are reserve cadres)
family-recruits-and-vacancies = { $name } (many vacant seats, many retire and join)
family-one-pool = { $name } (posts of one level ask for the same everywhere)
family-district = { $name } (the 27 departments of a district, with every sheet)
E0920 = There is no family of generated cases named "{ $name }".
    .todo = Name one of these: { $known }.
