# Reading: blocks 01 files, 02 cells, 03 references between sheets, 05 events and decisions.


## 01 files

E0101 = There is no such file or folder.
    .todo = Check the path.
E0102 = The file cannot be opened: { $reason }.
    .todo = Check that you may read it and that no other program locks it.
E0103 = This is neither a workbook (.xlsx, .xls, .ods) nor an exported input (.json).
    .todo = Give a workbook, a folder of CSV files, or a file written by "lungang export".
E0104 = The file is empty.
    .todo = Give a file with a "staff" and a "posts" sheet; "lungang template -o FILE.xlsx" writes an empty one.
E0105 = The encoding can't be told: byte { $offset } is not UTF-8, and the file does not look like GB18030.
    .todo = Name it with --encoding (gb18030, big5, …), or save the file as "CSV UTF-8".
E0106 = The file is broken and cannot be read: { $reason }.
    .todo = Open it in a spreadsheet program and save it anew.
E0107 = The folder holds no table that can be read (.xlsx, .xls, .ods, .csv, .tsv).
    .todo = Put the roster and the post list there, or name a workbook.
E0108 = A single CSV file is one sheet, and at least "staff" and "posts" are needed.
    .todo = Name the folder that holds the files; with a roster alone, first run "lungang template --from ROSTER -o FILE.xlsx".
E0109 = This is not a regular file.
    .todo = Give a workbook, a folder of CSV files, or a .json file.
E0110 = The file is larger than any roster: more than { $limit } MB.
    .todo = Check that it is the right file; remove pictures and sheets that are not needed.
E0111 = The sheets span more than { $limit } cells.
    .todo = Delete stray values far to the right or far below, or give the fit scores in long form.
E0112 = A quotation mark is opened and never closed, so the rest of the file falls into one cell.
    .todo = Close the quotation mark in this row.
E0113 = The workbook is locked with a password.
    .todo = Save it without a password and try again.
E0114 = This is no input written by "lungang export": { $reason }.
    .todo = Export it again, or give the workbook itself.
E0115 = The sheet name “{ $value }” is not known, but nearly: { $near }.
    .todo = Rename the sheet to what is meant, or give it a quite different name if it is not to be read.
E0116 = There is no sheet { $sheet } ({ $zh }).
    .todo = Add it; "lungang template -o FILE.xlsx" shows how it looks. With a roster alone, "lungang template --from ROSTER -o FILE.xlsx" builds the post list.
E0117 = The sheet { $sheet } ({ $zh }) is there twice.
    .todo = Keep one of them.
E0118 = The heading “{ $value }” stands twice.
    .todo = Keep one of the two columns.
E0119 = The heading “{ $value }” is not known, but nearly: { $near }.
    .todo = Correct the heading, or give the column a quite different name if it is not to be read.
E0120 = The row is longer than the row of headings: “{ $value }” has no column.
    .todo = A comma inside a cell needs quotation marks around the cell.
E0121 = Required headings are missing: { $missing }.
    .todo = Add these columns.
E0122 = None of the first rows holds a heading that is known.
    .todo = At least these are needed: { $wanted }. Headings unlike those of the template can be entered in a table of names (--aliases).
E0123 = The sheet { $sheet } has no rows.
    .todo = Fill it in.
E0124 = The file { $file } cannot be written: { $reason }.
    .todo = Check the folder, the space left and your rights; name another file than the input.
E0125 = The file is not in { $encoding }, as it was said to be: byte { $offset }.
    .todo = Check --encoding.
E0126 = The table of names can't be opened: { $reason }.
    .todo = Check the file that input.aliases (--aliases) names.
E0127 = "{ $value }" in the table of names is not known.
    .todo = A line holds sheet, column, heading and rank, parted by tabs; sheet and column as in the template.
E0128 = There is no encoding called "{ $value }".
    .todo = Common ones are utf-8, gb18030 and big5.
E0129 = The title "{ $value }" names no unit, section or status that is known, so it can't be told where the people below belong.
    .todo = Add a column for the unit, or write the unit's full name in the title.
E0130 = "{ $value }" in the headings repeated here differs from "{ $first }" in those above; the rows below would be misread.
    .todo = Give all blocks the same headings, or part them into several sheets.
E0199 = { $code } applies to { $count } more cells of this column, rows { $rows }.
    .todo = Mend them likewise.
W0101 = The sheet “{ $value }” is not known and is not read.{ $near ->
        [none] {""}
       *[other] {" "}Similar: { $near }.
    }
    .todo = Nothing, if it is meant for people only.
W0102 = The column “{ $value }” is not known and is not read.{ $near ->
        [none] {""}
       *[other] {" "}Similar: { $near }.
    }
    .todo = Nothing, if it is meant for people only; else use a heading of the template.
W0103 = The column has values (here “{ $value }”) but no heading, and is not read.
    .todo = Give it a heading, or clear it.
W0104 = The folder holds roster and post list as CSV files; this file was not read.
    .todo = To read it, move it elsewhere and name it.
W0105 = It can't be told what kinship "{ $value }" is; this member of the family was not read.
    .todo = If the rules of avoidance apply, enter the relative in the sheet "relations".
W0106 = Some rows above the headings hold several cells and were not read: { $rows }.
    .todo = If they are people or posts, move them below the headings.
W0107 = The tables in this file or folder can't be read.
    .todo = Save them as .xlsx in the same folder if they are needed.
W0108 = The title "{ $value }" is not understood and has no effect on the rows below.
    .todo = If it names a section, add a column for it.
W0109 = The remark "{ $value }" speaks of leaving and was not taken for a status.
    .todo = Enter the status of whoever is no longer in service.
W0110 = "{ $value }" is not on the roster; the row was not read.
    .todo = Add the person to the roster if they take part in the rotation; otherwise nothing need be done.
W0111 = Several people on the roster are called "{ $value }"; the row was not read.
    .todo = Use the person's id.
W0112 = The meaning of "{ $value }" is not known; the row was not read.
    .todo = Write the name instead of a code, or fill the roster's own column.
W0113 = This sheet says "{ $value }", the roster "{ $first }"; the roster counts.
    .todo = Check which is right.
W0114 = "{ $value }" has neither a date of approval nor an end of its effect; it was not read.
    .todo = Fill in the date of approval, or the last day of the effect.
W0115 = The cell is blank ({ $column }); the row was not read.
    .todo = Fill it in, or delete the row.
W0116 = "{ $value }" stands on the roster too, with another month of birth or none; the form counts as somebody else.
    .todo = If they are one person, mend the month of birth, or take the form away.
A0105 = The file is not UTF-8; it was read as { $encoding }.
A0106 = Some rows are no records and were not read.{ $titles ->
        [none] {""}
       *[other] {" "}Titles: { $titles }.
    }{ $headings ->
        [none] {""}
       *[other] {" "}Headings again: { $headings }.
    }{ $totals ->
        [none] {""}
       *[other] {" "}Totals: { $totals }.
    }{ $remarks ->
        [none] {""}
       *[other] {" "}Remarks: { $remarks }.
    }{ $padding ->
        [none] {""}
       *[other] {" "}Nothing but running numbers: { $padding }.
    }
A0107 = The sheet's name says nothing; by its headings it was read as "{ $sheet }".
A0108 = There is no column for the unit; by the { $from ->
        [title] title
        [sheet] name of the sheet
       *[file] name of the file
    } it is "{ $value }".
A0109 = By the title, the section of the people below is "{ $value }".
A0110 = For want of a better date "{ $value }" is taken for the start in the post; it may be that of the office ({ $column }).
A0111 = These columns are not needed and were not read: { $list }.
A0112 = { $count } rows are hidden in the sheet and were read like the others: { $rows }.
A0113 = These columns are hidden in the sheet and were read like the others: { $list }.
A0114 = { $count } cells are merged with one above and were filled from it.
A0115 = By the title, the status of the people below is "{ $value }".
A0116 = This file is a plan that this program wrote; it was not read as data.
A0117 = The post list was built out of the roster: one post for each unit, section and title, with as many seats as holders and vacancies; { $count } posts.
A0118 = The titles of { $count } people name a section too (such as 预算股股长) and were parted into section and title.
A0119 = The sheet is hidden in the workbook and was read like the others.
A0120 = { $count } posts of the risk list are held by nobody; they were entered in the post list, their seats to be filled in.
A0121 = Blanks of the roster were filled from this sheet: { $count ->
        [one] one value
       *[other] { $count } values
    }.
A0122 = The appointment form "{ $value }" has name and month of birth of { $first } and was joined with it; where they differ, the roster counts.
W0199 = { $code } applies to { $count } more cells of this column, rows { $rows }.
A0199 = { $code } applies to { $count } more cells of this column, rows { $rows }.

## 02 cells

E0201 = The cell holds the formula error { $value }.
    .todo = Mend the formula, or type the value.
E0202 = “{ $value }” is not a date ({ $column }).
    .todo = Write it as 2025-07-01.
E0203 = “{ $value }” is not a day of the calendar ({ $column }).
    .todo = Correct the date.
E0204 = In “{ $value }” day and month cannot be told apart ({ $column }).
    .todo = Write it as 2025-07-01, or set input.date_order to dmy or mdy.
E0205 = “{ $value }” names only a year ({ $column }).
    .todo = Give at least the month, such as 2025-07.
E0206 = “{ $value }” is not a number of 0 or more ({ $column }).
    .todo = Write a number.
E0207 = “{ $value }” cannot be an id ({ $column }).
    .todo = Format the column as text and type the id again.
E0208 = “{ $value }” may mean January, or October that has lost its zero ({ $column }).
    .todo = Write it as 1985-01 or 1985-10.
E0209 = The year in “{ $value }” has only two digits ({ $column }).
    .todo = Write the year with four digits.
E0210 = “{ $value }”: “≤” may stand only before a start date in post, section or unit ({ $column }).
    .todo = Give the exact date.
E0211 = “{ $value }” is not a whole number ({ $column }).
    .todo = Write digits only, without a unit.
E0212 = { $value } lies outside { $least } to { $most } ({ $column }).
    .todo = Correct the number.
E0213 = The word “{ $value }” is not known ({ $column }).{ $near ->
        [none] {""}
       *[other] {" "}Similar: { $near }.
    }
    .todo = Use one of: { $words }.
E0214 = “{ $value }” is not on the ladder { $key } ({ $column }).{ $near ->
        [none] {""}
       *[other] {" "}Similar: { $near }.
    }
    .todo = Use one of { $words }, or set { $key } in the policy. A span is written A–B.
E0215 = “{ $value }” is not a staffing kind with a number of seats ({ $column }).
    .todo = Write it as 行政:10；事业:5.
E0216 = { $count } experiences are wanted; at most { $most } can be followed.
    .todo = List those that matter most.
E0217 = "{ $value }": which end is high is not said ({ $column }).
    .todo = Set risk.direction to I-high (the first is the highest) or III-high (the third is).
E0218 = "{ $value }" may be a month, or the day number of a spreadsheet ({ $column }).
    .todo = Write it as 1985-03.
E0219 = "{ $value }" does not say what is meant ({ $column }).
    .todo = Fill in every row, or merge the cells.
A0201 = “{ $value }” names no day; { $date } is assumed ({ $column }).
A0202 = “{ $value }” names only a year; { $date } is assumed ({ $column }).
A0203 = The bare number { $value } is taken as a spreadsheet's day number: { $date } ({ $column }).
A0204 = "{ $value }" was taken for { $date }: the column writes months with two digits, and October lost its zero ({ $column }).
A0205 = "{ $value }" has a year of two digits and was taken for { $date } ({ $column }).
A0206 = The remark "{ $value }" was taken for the status.
A0207 = No end of the effect is given for "{ $value }"; it was taken to last { $months } months, until { $date }.
A0208 = "{ $value }" does not say whether it is a sanction of the party or of the administration; its effect was taken to last the longer { $months } months, until { $date }.

## 03 references between sheets

E0301 = “{ $value }” stands here a second time; first in { $first }.
    .todo = Give each its own, or delete the repeated row.
E0302 = The cell is blank ({ $column }).
    .todo = Fill it in.
E0303 = “{ $value }” has no id, and unit, name and birth date together do not suffice to make one.
    .todo = Give an id, or fill in unit and birth_date.
E0304 = There is no unit “{ $value }” ({ $column }).{ $near ->
        [none] {""}
       *[other] {" "}Did you mean { $near }?
    }
    .todo = Correct the name, or add the unit to the sheet "units".
E0305 = There is no post “{ $value }” ({ $column }).{ $near ->
        [none] {""}
       *[other] {" "}Did you mean { $near }?
    }
    .todo = Use a post id, or a title that is unique in its unit.
E0306 = Several posts are called “{ $value }” ({ $column }): { $near }.
    .todo = Use the post id.
E0307 = The retirement date { $date } is not after the date of the data ({ $as_of }), yet the person counts as in service.
    .todo = Correct the date or set the status to retired. Someone under a filed investigation may stay on.
E0308 = The absence would end ({ $until }) before it begins ({ $from }).
    .todo = Correct one of the dates.
E0310 = There is nobody with the id “{ $value }” on the roster ({ $column }).{ $near ->
        [none] {""}
       *[other] {" "}Did you mean { $near }?
    }
    .todo = Use the id from the sheet "staff".
E0311 = This score stands twice; first in { $first }.
    .todo = Delete the repeated one.
E0312 = The score { $value } contradicts { $before } in { $first }.
    .todo = Keep the one that is right.
E0313 = { $value } months are more than must_months ({ $must }) of the same post ({ $column }).
    .todo = may and should must not exceed must.
E0314 = The row names neither post, unit nor section.
    .todo = Say which posts the risk point belongs to.
E0315 = The post { $value } reports to itself.
    .todo = Name the post above it, or leave the cell blank.
E0316 = The id made from unit, name and birth month, “{ $value }”, also fits { $first }.
    .todo = Give both people an id.
E0317 = The birth date { $date } is not before the date of the data.
    .todo = Correct the date.
E0318 = No post lies in “{ $value }”.
    .todo = Correct the name of the unit or section.
E0319 = Nobody is kin to themselves.
    .todo = Name the other person.
E0320 = Several people are called "{ $value }": { $near }.
    .todo = Use the id.
E0321 = { $count } units have "{ $value }", and which is meant is not said.
    .todo = Fill in the unit.
W0301 = The roster has no column "post", so everybody counts as unplaced.
    .todo = Add the column if people hold posts today.
W0302 = The roster has no column "post_since": no tenure is counted, and everybody may be moved at once.
    .todo = Add the column; without it nobody is ever overdue.
W0303 = The post { $post } belongs to the unit { $unit }, not to the one in this row; the post's unit counts.
    .todo = Correct the unit, or the post.
W0304 = The post { $post } belongs to the section “{ $section }”, not to the one in this row; the post's section counts.
    .todo = Correct the section, or the post.
W0305 = The start in the present post is unknown: no tenure is counted and the person may be moved at once.
    .todo = Fill in post_since; "≤2020-07" will do where only a latest date is known.
W0306 = The start in the present post, { $date }, lies after the date of the data ({ $as_of }).
    .todo = Check the date, or as_of.
W0307 = The staffing kind is blank, and { $post } is a ten-year duty; the person is treated as a civil servant.
    .todo = Fill in staffing_kind.
W0308 = The absence ended on { $date }, before the data were taken; it is left out.
    .todo = Clear the cells, or correct the date.
W0309 = The risk point has no grade and does not count.
    .todo = Fill in the grade.
W0310 = The risk grade of { $post } is { $given }, its risk list says { $listed }; the post's own grade counts.
    .todo = Check which is right.
W0311 = The post { $post } has { $holders } holders for { $seats } seats. Nobody can enter until the excess is gone.
    .todo = Check headcount.
W0312 = The post { $post } asks for { $least } present but has { $seats } seats.
    .todo = Check min_present and headcount.
W0313 = { $count } rows give scores to people who are not in service; they are not used.
    .todo = Nothing, if that is right.
W0314 = People without an entry in { $column }: { $count }; posts that ask for one: { $posts }. They pass that test unexamined.
    .todo = Fill in the column.
W0315 = The fit score was not read: this person holds no post.
    .todo = Fill in the post, or score posts in the fit sheet.
W0316 = The fit score { $value } differs from { $before } in the fit sheet ({ $first }), which counts.
    .todo = Make the two agree.
W0317 = Post { $post } is said not to be sensitive and answers for a key item; it counts as sensitive.
    .todo = Check the post list and the list of duties.
W0318 = { $count } key items have no post that answers for them.
    .todo = Name the post, or a person in service who answers for it.
W0319 = The value { $value } is not likelihood × severity ({ $product }); the value counts.
    .todo = Check the row.
W0321 = "{ $value }" has name and month of birth of { $first } under another id; this may be one person.
    .todo = If so, keep one row, or give both the same id.
W0340 = Wishes that were not used for the computed fit: { $count }. They name no unit, section, post or field of these data, or may speak of refusing or leaving.
    .todo = To have them count, write them as “to work in” a unit, section, post or field by its name.
A0301 = The headcount of { $post } is blank; the number of its holders today is assumed: { $count }.
A0302 = The status is blank; the person is assumed to be in service.
A0303 = The roster has no column "status"; everybody is assumed to be in service.
A0304 = { $count } people have no id; each gets one from unit, name and birth month.
A0306 = The post is blank; the person is assumed to be unplaced.
A0307 = The absence has no first day; the person is assumed to be away already.
A0308 = The absence has no last day; it is assumed to last beyond the horizon.
A0309 = Posts without a risk grade: { $count }. They count as unrated, which is not low.
A0311 = { $count } people of the roster have a fit score; it was taken for that in the post they hold.
A0312 = { $count } posts answer for key items: they count as sensitive, which lifts their risk grade by one.
A0313 = By name and unit the relative is taken for { $staff }, who is in service.
W0330 = { $column } of { $staff } is blank or says too little, so no date of retirement was computed.
    .todo = Fill it in, or write the date into the column retire_date.
W0331 = By the formula { $staff } ({ $basis ->
        [men] a man
        [women-level] a woman at 县处级副职 or above
        [women-title] a woman with a senior title
        [cadres] a woman cadre
       *[workers] a woman worker
    }, { $years } years{ $more ->
        [no] {""}
       *[yes] {" "}and { $months } months
    }) would have retired on { $date }, before the date of the data ({ $as_of }), and is in service all the same; that date is not used, and there is none.
    .todo = If retirement was put off, write its date into retire_date; if the person has retired, correct the status.
A0330 = { $staff } has no date of retirement; by the formula ({ $basis ->
        [men] a man
        [women-level] a woman at 县处级副职 or above
        [women-title] a woman with a senior title
        [cadres] a woman cadre
       *[workers] a woman worker
    }, { $years } years{ $more ->
        [no] {""}
       *[yes] {" "}and { $months } months
    }) the person is out of service from { $date }, the first day of the month after that age is reached.
A0340 = No fit scores are given: fit is computed by the model, not assessed by anybody; where the data don't suffice it is missing. People with data / posts that ask: major { $major }, certificates { $certificates }, experience { $domain }, rank { $level }, seniority { $seniority }, training { $training }, wishes { $wishes }, suggestions { $suggested }. Scores that were assessed go into the sheet “fit”; fit.compute = never turns the model off.
A0341 = Fit that the sheet “fit” lacks is computed by the model, not assessed by anybody; where the data don't suffice it is missing. People with data / posts that ask: major { $major }, certificates { $certificates }, experience { $domain }, rank { $level }, seniority { $seniority }, training { $training }, wishes { $wishes }, suggestions { $suggested }.
A0342 = No fit scores are given, and the data don't suffice to compute any: all are missing.

## 05 events and decisions

E0501 = A post cannot merge into itself.
    .todo = Name in "to_post" the post into which it merges.
A0501 = Post { $post } ({ $title }) is called { $new } from { $date } on: the clocks of its holders run on (R17). The plan has the title of the sheet "posts".
A0502 = Post { $post } ({ $title }) merges into { $into } ({ $into_title }) on { $date }: whoever holds it then passes there, all clocks run on, and it is no move (R17). Holders today: { $count }.
E0502 = An event of the kind “{ $value }” needs { $column }.
    .todo = Fill it in.
E0503 = { $value } is not in service.
    .todo = Correct the id, or the person's status.
E0504 = { $value } is already in service and cannot join.
    .todo = Delete the event; or, if the person is still to come, clear status and post_since.
E0505 = Post { $post } closes on { $date }, in the plan year of the merger, so nobody can pass into it.
    .todo = Name a post that stays; or let both posts close.
E0506 = On { $date } { $value } is not in service, by the other events.
    .todo = Correct the dates, or delete one of the events.
E0507 = The absence would end ({ $until }) before it begins ({ $from }).
    .todo = Correct one of the dates.
E0508 = The post is not open on { $date }.
    .todo = Correct the date, or name another post.
E0509 = { $staff } is said to hold this post today, but it opens only on { $date }.
    .todo = Correct the roster, or delete the event.
E0510 = The post opens twice, or ends twice by closing or merging, or ends before it opens.
    .todo = Keep one opening and one closing or merger, in this order.
E0511 = The decision “{ $value }” needs a post.
    .todo = Name the post.
E0512 = { $value } is neither a plan year (1 to { $years }) nor the calendar year of an effective date ({ $first } to { $last }).
    .todo = Correct the year, or leave it blank for every year.
E0513 = The decision contradicts the one in { $first } (plan year { $year }).
    .todo = Keep one of them.
E0514 = The decision repeats the one in { $first }.
    .todo = Delete one of them.
E0515 = The post is not open in plan year { $year }.
    .todo = Name another post or other years.
E0516 = Post { $post } merges into { $into } on { $date }, in the same plan year.
    .todo = Name { $into } as the post entered.
W0501 = The event of { $date } is not after the date of the data ({ $as_of }); it is taken to be in the data already and skipped.
    .todo = Check that the sheets show its result, or set as_of.
W0502 = The person joins later; “{ $value }” on the roster is ignored, the event names the post.
    .todo = Name the post in the event's to_post.
W0503 = { $value } is under a filed investigation and is not retired meanwhile; the seat is not freed.
    .todo = Nothing, if that is right.
W0504 = Only an absence has an end; { $date } is ignored.
    .todo = Clear the cell.
W0505 = The event of { $date } lies beyond the last plan year and has no effect.
    .todo = Check the date, or plan more years.
W0506 = { $value } is not away, so nothing is returned from.
    .todo = Check the event.
W0507 = { $value } holds no post today, so “stay” without a post says nothing.
    .todo = Name the post, or delete the row.

## the data report

report-title = What was read
report-sheet = { $file } [{ $sheet }] as { $canonical }: { $rows } rows
report-staff = Roster: { $rows } rows = { $people } people planned + { $unplanned } not in service or vacant + { $errors } with errors
report-posts = { $posts } posts in { $units } units
report-errors = Errors ({ $count }); no plan until they are mended:
report-warnings = Warnings ({ $count }):
report-assumptions = Assumptions ({ $count }):
report-good = The data can be planned.
report-bad = The data cannot be planned yet.
report-written = Written: { $file }
template-from = { $people } people in service, { $posts } posts. Yellow cells are to be filled in ({ $missing }), blue ones are assumptions ({ $assumed }), red ones can't be read ({ $wrong }).
    Next: fill them in and run "lungang validate { $file } --start 2026-01-01", then "lungang plan { $file } --start 2026-01-01 -o plan.xlsx".
template-word = Choose a word from the list.
template-source = source_cell
demo-generated = Generated data, no real people
