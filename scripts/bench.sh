#!/bin/sh
# Lungang, HiGHS and CP-SAT on the same generated cases, with the same limit; every plan is judged by `lungang check`, and
# its figures are those that the checker counts. Adds a dated table to docs/benchmarks.md.
#   scripts/bench.sh [PEOPLE...]                           60 110 300 900 unless given
# From the environment:
#   SEEDS="1 2 3 4 5"   FAMILY=standard   LIMIT=60 (seconds)   THREADS=2
#   FORMS="compact flow"     formulations for the peers: compact, flow, paths (benches/peers/README.md); empty for none
#   MEMORY=8            gigabytes that a run may use, where the shell can limit them
#   GROWTH="900 9000"   people for the table of growth; empty for none
#   PYTHON=python3      one that has OR-Tools (benches/peers/requirements.txt)
#   TABLE=docs/benchmarks.md    RESULTS=FILE keeps the single results    LUNGANG, PEER: the programs
set -eu
cd "$(dirname "$0")/.."
lungang=${LUNGANG:-target/release/lungang}
peer=${PEER:-target/release/examples/peer_model}
python=${PYTHON:-python3}
table=${TABLE:-docs/benchmarks.md}
seeds=${SEEDS:-1 2 3 4 5}
family=${FAMILY:-standard}
limit=${LIMIT:-60}
threads=${THREADS:-2}
forms=${FORMS-compact flow}
growth=${GROWTH-900 9000}
[ $# -gt 0 ] || set -- 60 110 300 900
# In kilobytes; the runs inherit it.
ulimit -v $((${MEMORY:-8} * 1048576)) 2>/dev/null || echo "memory can't be limited here" >&2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
results=${RESULTS:-$folder/results.tsv}
: >"$results"
risk=8 reserve=120 quality=1
solver=

# The peers read the weights; Lungang besides merges the tiers, where it can.
printf '[priorities]\nweights = { risk = %s, reserve = %s, quality = %s }\n' $risk $reserve $quality >"$folder/peers.toml"
sed 's/^weights/mode = "weighted"\nweights/' "$folder/peers.toml" >"$folder/ours.toml"
"$lungang" template --demo --people 20 --quiet -o "$folder/20/"
if ! "$lungang" validate "$folder/20" --policy "$folder/ours.toml" >"$folder/said" 2>&1; then
    echo "weighted priorities are refused; Lungang plans in strict tiers" >&2
    cp "$folder/peers.toml" "$folder/ours.toml"
fi
ortools=$("$python" -c 'import ortools; print(ortools.__version__)' 2>/dev/null) || ortools=
[ -n "$ortools" ] || echo "OR-Tools: not installed" >&2

# measured COMMAND...: runs it within some minutes of the limit; seconds and megabytes go to $folder/measured.
measured() {
    rm -f "$folder/plan.json" "$folder/bounds"
    guard=$((limit * 3 + 600))
    begun=$(date +%s.%N)
    if [ -x /usr/bin/time ]; then
        /usr/bin/time -f %M -o "$folder/memory" timeout "$guard" "$@" >"$folder/said" 2>"$folder/heard" || true
        kilobytes=$(tail -n 1 "$folder/memory")
    else
        timeout "$guard" "$@" >"$folder/said" 2>"$folder/heard" || true
        kilobytes=0
    fi
    awk -v from="$begun" -v to="$(date +%s.%N)" -v kb="$kilobytes" \
        'BEGIN { printf "%.1f\t%.0f\n", to - from, kb / 1024 }' >"$folder/measured"
}

# judged PEOPLE SEED METHOD BOUND: a line of results, with the figures that the checker counts. W is to be small.
judged() {
    state=none
    : >"$folder/verdict"
    if [ -f "$folder/plan.json" ]; then
        state=ok
        "$lungang" check "$folder/plan.json" --input "$folder/case" --json >"$folder/verdict" || state=refused
    fi
    figures=$(awk -v risk=$risk -v reserve=$reserve -v quality=$quality '
        /"tiers": \[/ { on = 1 }
        !on { next }
        /"id":/ { split($0, part, "\""); id = part[4] }
        /"nobody_moves":/ { gsub(/[^-0-9]/, ""); nobody[id] = $0 + 0; names[id] = 1 }
        /"value":/ { gsub(/[^-0-9]/, ""); value[id] = $0 + 0 }
        function w(of, id, sum) {
            for (id in names) if (id ~ /^T3/) sum += risk * of[id]
            return sum - reserve * of["T4"] - quality * of["T5"]
        }
        END { if (on) printf "%d\t%d\t%d\t%d\t%d", value["T0"], value["T1"], value["T2"], w(value), w(nobody) }
    ' "$folder/verdict")
    [ -n "$figures" ] || figures=$(printf -- '-\t-\t-\t-\t-')
    printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$1" "$2" "$3" "$state" "$figures" "$4" "$(cat "$folder/measured")" \
        "$(reached "$figures")" |
        tee -a "$results" >&2
}

# reached FIGURES: seconds from the start of Lungang's run until it had a plan as good in T0, T1, T2 and then W; "-" for never.
# From its log, so reading is counted, and the last check and writing (a tenth of a second) are not.
reached() {
    [ -f "$folder/log" ] || { echo -; return; }
    awk -v figures="$1" -v risk=$risk -v reserve=$reserve -v quality=$quality '
        function clock(stamp, part) { split(substr(stamp, 12), part, /[:Z]/); return part[1] * 3600 + part[2] * 60 + part[3] }
        BEGIN { split(figures, peer, "\t"); if (peer[4] == "-") exit }
        NR == 1 { from = clock($1) }
        /worth=\[/ {
            match($0, /worth=\[[^]]*/)
            split(substr($0, RSTART + 7, RLENGTH - 7), worth, /, */)
            own[1] = -worth[1]; own[2] = -worth[2]; own[3] = -worth[3]
            own[4] = -(risk * worth[4] + reserve * worth[5] + quality * worth[6])
            for (k = 1; k <= 4 && own[k] == peer[k]; k++);
            if (k > 4 || own[k] < peer[k]) { at = clock($1) - from; if (at < 0) at += 86400; found = 1; exit }
        }
        END { if (found) printf "%.1f\n", at; else print "-" }
    ' "$folder/log"
}

# The bound of W in a plan of ours, turned so that W is to be small; "-" where it has none.
our_bound() {
    [ -f "$folder/plan.json" ] || { echo -; return; }
    awk '
        /"id": "W"/ { on = 1 }
        on && /"bound":/ { gsub(/[^-0-9]/, ""); print $0 == "" ? "-" : -$0; found = 1; exit }
        END { if (!found) print "-" }
    ' "$folder/plan.json"
}

said_bound() {
    awk '$1 == "W" { bound = $3 } END { print bound == "" ? "-" : bound }' "$folder/said"
}

# Its log says when each plan was found: a peer's plan is set against the first of ours that is as good (reached).
ours() {
    rm -f "$folder/log"
    LUNGANG_LOG=lungang=debug measured "$lungang" plan "$folder/case" --policy "$folder/ours.toml" --lang en --quiet \
        --time-limit "$limit" --threads "$threads" --log "$folder/log" -o "$folder/plan.json"
    judged "$1" "$2" "Lungang" "$(our_bound)"
    [ -n "$solver" ] || solver=$(sed -n 's/.*"solver": "\(HiGHS[^"]*\)".*/\1/p' "$folder/plan.json" 2>/dev/null | head -n 1)
}

highs() {
    measured "$peer" highs "$folder/case" --policy "$folder/peers.toml" --form "$3" --time-limit "$limit" \
        --threads "$threads" --seed "$2" -o "$folder/plan.json"
    judged "$1" "$2" "HiGHS, $3" "$(said_bound)"
}

# The programme has to be written, and the plan read back: all three are measured.
cpsat() {
    # shellcheck disable=SC2016 # expanded by the inner shell
    measured sh -euc '
        "$1" write "$2/case" --policy "$2/peers.toml" --form "$3" -o "$2/model" >&2
        "$4" benches/peers/cpsat.py "$2/model/model.mps" --time-limit "$5" --workers "$6" --seed "$7" --chosen "$2/chosen"
        "$1" read "$2/case" --policy "$2/peers.toml" --places "$2/model/places.tsv" --chosen "$2/chosen" -o "$2/plan.json"
    ' sh "$peer" "$folder" "$3" "$python" "$limit" "$threads" "$2"
    judged "$1" "$2" "CP-SAT, $3" "$(said_bound)"
}

generate() {
    rm -rf "$folder/case"
    "$lungang" template --demo --people "$1" --seed "$2" --family "$family" --lang en --quiet -o "$folder/case/"
}

for people in "$@"; do
    for seed in $seeds; do
        generate "$people" "$seed"
        ours "$people" "$seed"
        for form in $forms; do
            highs "$people" "$seed" "$form"
            [ -z "$ortools" ] || cpsat "$people" "$seed" "$form"
        done
    done
done
: >"$folder/growth.tsv"
mv "$results" "$folder/all.tsv"
results=$folder/growth.tsv
for people in $growth; do
    for seed in $seeds; do
        generate "$people" "$seed"
        ours "$people" "$seed"
    done
done
[ -z "${RESULTS:-}" ] || cat "$folder/all.tsv" "$folder/growth.tsv" >"$RESULTS"

cpu=$(sed -n 's/^model name[^:]*: *//p' /proc/cpuinfo 2>/dev/null | head -n 1)
memory=$(awk '/MemTotal/ { printf "%.0f GB", $2 / 1048576 }' /proc/meminfo 2>/dev/null || true)
mode=$(grep -q weighted "$folder/ours.toml" && echo "weighted priorities" || echo "strict tiers")
{
    echo
    echo "## $(date +%Y-%m-%d), $("$lungang" --version | head -n 1) ($(git rev-parse --short HEAD 2>/dev/null || echo '?'))"
    echo
    echo "Family \`$family\`, seeds $seeds; $limit s, $threads threads; Lungang in $mode. ${cpu:-unknown processor}," \
        "$(nproc 2>/dev/null || echo '?') cores, ${memory:-?}; ${solver:-HiGHS}; OR-Tools ${ortools:-not installed}."
    echo
    scripts/bench-table.sh "$folder/all.tsv" "${ortools:+installed}"
    if [ -s "$folder/growth.tsv" ]; then
        echo
        echo "Growth, Lungang alone:"
        echo
        scripts/bench-table.sh "$folder/growth.tsv" installed
    fi
} >"$folder/section.md"
if [ "$table" = - ]; then cat "$folder/section.md"; else cat "$folder/section.md" >>"$table"; fi
