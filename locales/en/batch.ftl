# Batches: messages, and the summary.

E0940 = "{ $path }" holds no input that can be read.
    .todo = Name a folder of workbooks, a pattern in quotation marks such as 'counties/*.xlsx', or a list with one path a line (.txt).
E0941 = "{ $path }" can't be read: { $why }.
    .todo = Check path, rights and spelling.
E0942 = There is no file or folder "{ $path }".
    .todo = Check the path; put a pattern in quotation marks, so that the shell leaves it alone.
E0943 = The run "{ $path }" is there already and is about something else: { $what ->
        [program] another version of the program
        [inputs] other inputs, or inputs that were changed
        [scenarios] other scenarios
        [policy] another policy file
       *[settings] other limits or arguments
    }. A run is never changed.
    .todo = Prepare another folder; this run and its results stay as they are.
E0944 = The folder "{ $path }" holds other things and is no run.
    .todo = Name a new folder.
E0945 = "{ $path }" is no run: there is no manifest.json in it.
    .todo = First prepare it: "lungang batch prepare INPUTS -o { $path }".
E0946 = The manifest can't be read: { $why }.
    .todo = It is not to be edited; prepare the run anew in another folder.
E0947 = The process that plans can't be started: { $why }.
    .todo = Check the program, the memory and the limit of processes, and run again.
E0948 = The process that plans left no plan that can be used: { $why }.
    .todo = Run again; if it goes on, plan this case by itself and see what it says.
E0949 = "{ $path }" was changed after the run was prepared.
    .todo = Put the file back, or prepare the run anew in another folder.
E0950 = { $program } can't be run: { $why }.
    .todo = Call this where Slurm is installed; or write the scripts with --dry-run and submit them yourself.
E0951 = { $program } refused: { $why }.
    .todo = Change partition or resources accordingly; further options stand after --, such as -- --mem=2G --time=60.
E0952 = { $case }: what came of it can't be written: { $why }.
    .todo = Check the space left and your rights; the next run does this case again.
E0953 = The path "{ $path }" holds a sign that Slurm reads in its own way (% or \).
    .todo = Put run and program under a path without these.
E0954 = The path "{ $path }" is not in UTF-8, so it can't stand in the list of the run.
    .todo = Rename it; such names come of archives that were packed elsewhere (convmv -f gb18030 -t utf8 shows what they were).

batch-prepared = Prepared: { $inputs } inputs × { $scenarios } scenarios = { $cases } cases in { $run }
batch-there = { $run } was there already and is the same; nothing was changed: { $inputs } inputs × { $scenarios } scenarios = { $cases } cases
batch-odd = { $odd } of the inputs can't be read (see above); their cases will be noted as failed, the others are not touched.
batch-timed = With a time limit, the plan of a case may differ by machine and hour; --rounds gives the same bytes everywhere.
batch-next = Next: lungang batch run { $run }; or by a scheduler: lungang batch submit { $run } --scheduler slurm
batch-progress = { $done } done, { $failed } failed, { $kept } there already, { $left } of { $all } left, about { $time } to go
batch-failed = { $case }: { $why }
batch-ran = { $done } done now, { $kept } before, { $failed } without a plan{ $any_busy ->
        [yes] , { $busy } being worked on elsewhere
       *[no] { "" }
    }{ $any_unwritten ->
        [yes] , { $unwritten } could not be written
       *[no] { "" }
    }, in { $time }. To sum up: lungang batch collect { $run }
batch-called-off = Called off: { $done } done now, { $left } left. lungang batch run { $run } goes on.
batch-count = { $cases } cases: { $done } done ({ $optimal } of them proved), { $failed } without a plan, { $missing } missing, { $stale } stale.
batch-twice = { $twice } have the same input and scenario as an earlier one.
batch-strays = { $strays } names among the results are none of this run.
batch-unfinished = { $unfinished } are being worked on, or were broken off; the next run sweeps them away.
batch-more = … and { $count } more.
batch-missing = Not worked on yet.
batch-stale-unreadable = Its record can't be read; it has to be done again.
batch-stale-other = The result is that of another input, policy or version; it has to be done again.
batch-stale-papers = A file of the result is missing or was changed; it has to be done again.
batch-same-as = Same input and scenario as { $case }.
batch-stray = None of this run.
batch-chunk = The scheduler takes no array so long: { $chunk } cases a task instead of { $asked }.
batch-submitted = Submitted: array { $array } ({ $tasks } tasks, { $cases } cases), then { $collect } to collect. To look: lungang batch status { $run }
batch-kubernetes = Written to { $path }; kubectl apply -f takes it. It was never run on Kubernetes by us.
batch-tasks = At the scheduler: { $states }
batch-no-tasks = all have ended
batch-cancelled = Cancelled: { $run }. What is being worked on is finished, nothing new is begun, all results stay.

title-batch_open = Not done, or odd
sheet-batch_open = Not done
title-batch_scenarios = Scenario by scenario
sheet-batch_scenarios = Scenarios
title-batch_cases = Every case
sheet-batch_cases = Cases
head-batch_case = Case
head-batch_input = Input
head-batch_state = State
head-batch_why = Why
head-batch_cases = Cases
head-batch_done = Done
head-batch_optimal = Proved
head-batch_rounds = Rounds
head-batch_seconds = Seconds
head-batch_peak = MB
head-batch_tries = Tries
head-batch_host = Machine
batch-tier = { $key ->
        [nobody_moves] { $tier }: nobody moves
        [bound] { $tier }: bound
       *[value] { $tier }
    }
batch-state-done = done
batch-state-failed = no plan
batch-state-missing = missing
batch-state-stale = stale
batch-state-twice = twice
batch-state-stray = stray

ended-done = Done.
ended-input = The input has errors.
ended-usage = An argument is not accepted.
ended-clash = No plan satisfies the decisions and fixed rules.
ended-no-plan = A limit passed with no plan.
ended-changed = A file was changed after the run was prepared.
ended-output = The result could not be written.
ended-internal = Our own check or the solver failed (exit code { $code }), without presolve too.
ended-memory = Ended: it took more memory than it may ({ $peak } MB seen).
ended-time = Ended: it took longer than it may ({ $seconds } s).
ended-killed = Ended from outside{ $which ->
        [kill] { " " }(signal 9; perhaps the machine was out of memory)
        [none] { "" }
       *[other] { " " }(signal { $signal })
    }.
ended-start = The process that plans could not be started.
batch-many-rows = metrics.csv has { $rows } rows, more than a worksheet holds (1,048,576); in Excel load it into the data model (Data, From Text/CSV) and pivot from there.
