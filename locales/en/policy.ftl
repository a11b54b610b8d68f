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
W0401 = The law rule { $rule } is switched off.
    .todo = Every plan made so says so; make sure that you may.
