#!/bin/sh
# A batch through a real Slurm on this machine: tasks and the daemon are killed in the middle, and what comes out is what an
# undisturbed run on this machine gives, byte for byte. Slurm listens on 127.0.0.1 only, and is stopped at the end.
#
#   scripts/slurm.sh [PROGRAM]        exit 0: shown, or skipped where Slurm can't be had
#   INPUTS=DIR SCENARIOS=FILE ROUNDS=N scripts/slurm.sh       the same with inputs of your own
set -eu

program=${1:-target/release/lungang}
say() { printf '%s\n' "slurm: $*" >&2; }

tools="slurmctld slurmd sbatch squeue scontrol sinfo pgrep runuser hostname"
lacks() { for tool in $tools; do command -v "$tool" >/dev/null 2>&1 || return 0; done; return 1; }
fetch() { DEBIAN_FRONTEND=noninteractive timeout 180 apt-get "$@" >/dev/null 2>&1; }
if lacks && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    say "installing slurm-wlm"
    fetch install -y --no-install-recommends slurm-wlm procps hostname ||
        { fetch update && fetch install -y --no-install-recommends slurm-wlm procps hostname; } || true
fi
for tool in $tools; do
    command -v "$tool" >/dev/null 2>&1 || { say "skipped: there is no $tool, and it can't be installed"; exit 0; }
done

# Slurm runs tasks of its own user only, so everything belongs to one.
if [ "$(id -u)" = 0 ]; then
    user=nobody
    as() { runuser -u nobody -- "$@"; }
else
    user=$(id -un)
    as() { "$@"; }
fi
R=$(mktemp -d "${TMPDIR:-/tmp}/lungang-slurm-XXXXXX")
chmod 755 "$R"
host=$(hostname)
cp "$program" "$R/lungang"
chmod 755 "$R/lungang"
# A path as offices have them.
W="$R/轮 岗's"
mkdir "$R/state" "$R/spool" "$R/log" "$W"
cat >"$R/slurm.conf" <<CONF
ClusterName=lungang
SlurmctldHost=$host(127.0.0.1)
SlurmUser=$user
SlurmdUser=$user
AuthType=auth/none
AuthInfo=cred_expire=5
CredType=cred/none
SlurmctldPort=16817
SlurmdPort=16818
SlurmctldPidFile=$R/slurmctld.pid
SlurmdPidFile=$R/slurmd.pid
SlurmctldLogFile=$R/log/slurmctld
SlurmdLogFile=$R/log/slurmd
StateSaveLocation=$R/state
SlurmdSpoolDir=$R/spool
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
ReturnToService=2
SchedulerParameters=sched_interval=1,bf_interval=1,sched_min_interval=0,batch_sched_delay=0
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
JobRequeue=1
MaxArraySize=10001
KillWait=2
SlurmdTimeout=10
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
SlurmdParameters=config_overrides
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
NodeName=$host NodeAddr=127.0.0.1 CPUs=3 RealMemory=1000 State=UNKNOWN
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
CONF
chown -R "$user" "$R"
export SLURM_CONF="$R/slurm.conf"

# What Slurm runs its tasks in does not name our folder in its words; its environment does. Not by name alone: somebody may have
# tasks of a Slurm of their own.
steps() {
    for pid in $(pgrep -f "slurmstepd:" -u "$user" 2>/dev/null || true); do
        tr '\0' '\n' <"/proc/$pid/environ" 2>/dev/null | grep -qxF "SLURM_CONF=$R/slurm.conf" && echo "$pid"
    done
    true
}
# Everything else that was started does.
ours() { pgrep -f "$R" 2>/dev/null | grep -vx "$$" || true; }
daemons() {
    for name in slurmctld slurmd; do
        [ -f "$R/$name.pid" ] && kill -9 "$(cat "$R/$name.pid")" 2>/dev/null || true
    done
}
stop() {
    code=$?
    trap - EXIT INT TERM
    [ $code = 0 ] || { say "failed; the queue:"; squeue -t all -r -o "%i %T %r %S" >&2 2>/dev/null || true; }
    daemons
    for pid in $(steps) $(ours); do kill -9 "$pid" 2>/dev/null || true; done
    [ $code = 0 ] || { say "the last of the logs:"; tail -n 20 "$R"/log/* "$W"/run/slurm/log/* >&2 2>/dev/null || true; }
    rm -rf "$R"
    exit $code
}
trap stop EXIT
trap 'exit 130' INT TERM

# await SECONDS WHAT COMMAND…: until the command succeeds.
await() {
    end=$(($(date +%s) + $1)); what=$2; shift 2
    until "$@" >/dev/null 2>&1; do
        [ "$(date +%s)" -lt "$end" ] || { say "waited in vain: $what"; exit 1; }
        sleep 0.2
    done
}
idle() { [ "$(sinfo -h -o %T | sort -u)" = idle ]; }
up() { sinfo -h -o %T | grep -Eq '^(idle|mixed|allocated)$'; }
start_slurmd() { as slurmd -N "$host" -f "$R/slurm.conf"; }
lungang() { as "$R/lungang" "$@"; }
state() { lungang --json batch status "$W/run" | tr ',{}' '\n\n\n' | sed -n "s/^\"$1\":\([0-9]*\)$/\1/p" | head -n 1; }
at_least() { [ "$(state done)" -ge "$1" ]; }
running() { pgrep -f "$R/lungang.* batch run .*--index" -u "$user"; }
gone() { [ -z "$(squeue -h -j "$1" -t all -o '%T' 2>/dev/null | grep -Ev 'COMPLETED|FAILED|CANCELLED|NODE_FAIL|BOOT_FAIL' || true)" ]; }

say "starting"
begin() {
    as slurmctld -i -f "$R/slurm.conf" && start_slurmd || return 1
    for _ in $(seq 150); do idle 2>/dev/null && return 0; sleep 0.2; done
    return 1
}
if ! begin; then
    say "skipped: Slurm does not start on this machine"
    tail -n 5 "$R"/log/* >&2 2>/dev/null || true
    exit 0
fi

cd "$W"
if [ -n "${INPUTS:-}" ]; then
    cp -r "$INPUTS" inputs
    chown -R "$user" inputs
else
    as mkdir inputs
    for seed in 1 2 3 4 5 6 7 8; do
        lungang --quiet template --demo --people 60 --seed $seed --lang zh -o "inputs/第 $seed 局.xlsx" >/dev/null 2>&1
    done
fi
if [ -n "${SCENARIOS:-}" ]; then
    cp "$SCENARIOS" s.toml
else
    printf "[[scenario]]\nname='a'\n[[scenario]]\nname='b'\npolicy.turnover.unit_share=0.2\n" >s.toml
fi
chmod 644 s.toml
for run in run alone; do
    lungang --quiet batch prepare inputs --scenarios s.toml --rounds "${ROUNDS:-120}" -o "$W/$run" >/dev/null
done
say "alone, for comparison"
lungang --quiet batch run "$W/alone" --jobs 2

say "through Slurm"
lungang --lang en batch submit "$W/run" --scheduler slurm --partition main
array=$(sed -n 's/.*"array": "\([0-9]*\)".*/\1/p' "$W/run/slurm/jobs.json")
collect=$(sed -n 's/.*"collect": "\([0-9]*\)".*/\1/p' "$W/run/slurm/jobs.json")

await 60 "a task runs" running
victim=$(running | head -n 1)
task=$(tr '\0' '\n' <"/proc/$victim/environ" | sed -n 's/^SLURM_ARRAY_TASK_ID=//p')
kill -9 "$victim"
say "killed task $task"
await 60 "three cases are done" at_least 3
scontrol requeue "${array}_$task" 2>/dev/null || say "task $task is requeued already"

await 60 "a task runs" running
say "killing slurmd and all that it runs"
kill -9 "$(cat "$R/slurmd.pid")" 2>/dev/null || true
for pid in $(steps) $(running || true); do kill -9 "$pid" 2>/dev/null || true; done
rm -f "$R/slurmd.pid"
start_slurmd
await 60 "slurmd is back" up
scontrol reconfigure
# The other way round: a task that is done already runs once more.
scontrol requeue "${array}_0" 2>/dev/null || true

await 120 "the array has ended" gone "$array"
await 60 "it is collected" gone "$collect"
if ! lungang --quiet batch collect "$W/run" >/dev/null; then
    # What Slurm gave up is what the next submission does.
    say "submitting again what is left: $(lungang --lang en batch status "$W/run" | head -n 1)"
    lungang --lang en batch submit "$W/run" --scheduler slurm --chunk 4 --partition main
    array=$(sed -n 's/.*"array": "\([0-9]*\)".*/\1/p' "$W/run/slurm/jobs.json")
    await 120 "the array has ended" gone "$array"
fi
lungang --lang en batch collect "$W/run"
sums() { (cd "$1/cases" && find . -name 'plan.*' -o -name metrics.csv | sort | xargs sha256sum); }
sums run >"$R/run.sums"
sums alone >"$R/alone.sums"
cmp "$R/run.sums" "$R/alone.sums"
say "$(wc -l <"$R/run.sums") papers of $(state cases) cases, the same as without Slurm"
