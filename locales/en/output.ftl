# Plans and reports

# 06 output
E0601 = The ending of "{ $path }" names no output format.
    .todo = End the name in .xlsx (workbook) or .json (data), or in / (a folder of CSV files).
E0602 = There is no folder "{ $path }".
    .todo = Make the folder first, or choose another place.
E0603 = "{ $path }" may not be written: it is read-only, or open in another program.
    .todo = Close the file, take off the write protection, or choose another place.
E0604 = "{ $path }" can't be written: { $why }.
    .todo = Check the disk space and the path, then try again.
E0605 = The folder "{ $path }" holds other files; it was left alone so that nothing is lost.
    .todo = Choose another folder name, or move those files away first.

# risk grades
grade-high = high
grade-medium = medium
grade-low = low
grade-unrated = unrated

# legal basis, by the person's identity
basis-servant = Basis: Civil Servants Law; Provisions on Transfer of Civil Servants.
basis-quasi = Managed by reference to the Civil Servants Law. Basis: Civil Servants Law; Provisions on Transfer of Civil Servants.
basis-public = Basis: Regulations on Personnel Management of Public Institutions.
basis-worker = Basis: the unit's own rules on posts and labour.
basis-unknown = Staffing kind not filled: legal basis to be settled.

# reasons for a move
reason-decision = By decision taken by hand ({ $by }). { $why }
reason-place-joined = Newly joined, given a post.
reason-place = Waiting for a post, given one.
reason-closed = The old post closes; another is needed.
reason-ten-year = { $months } months in the post: ten years in one duty are reached (limit { $limit } months, { $over } over).
reason-must = { $months } months in the post: due to rotate (risk { $grade }, limit { $limit } months, { $over } over).
reason-soon = { $months } months in the post: due within this plan year ({ $due }; limit { $limit } months, risk { $grade }).
reason-should = { $months } months in the post: rotation is wanted from { $limit } months (risk { $grade }).
reason-over-strength = The old post is over strength; the move takes the excess down.
reason-unqualified = The old post does not match the person's level, grade or qualifications.
reason-kind = The old post does not match the person's staffing kind.
reason-category = The old post does not match the person's category.
reason-reserve = Training of a reserve cadre.
reason-essential = The new post must not stand empty.
reason-makes-room = Frees the post for { $name }.
reason-fit = The new post suits the person better.
reason-chain = Part of a chain: { $name } takes over the old post.
reason-cover = Strengthens the new post.
choice-gains = The new post gives: { $list }.
choice-fit = Fit { $before } to { $after }.
choice-fit-new = Fit in the new post { $after }.
choice-fit-missing = Fit in the new post is missing.
choice-suggested = It is among the suggested posts.
list-comma = {", "}
substitute-audit = special audit (proposed)
