#!/bin/sh
# A table out of results: people, seed, method, state, T0, T1, T2, W, W when nobody moves, bound of W, seconds, megabytes,
# seconds after which Lungang had a plan as good.
#   scripts/bench-table.sh RESULTS [installed]            without the second word CP-SAT is listed as not installed
# W is to be small. Of each case the best T0–T2 any method reached count, and the best bound of W proved beside them.
set -eu
awk -F '\t' -v cpsat="${2:-}" '
    function abs(x) { return x < 0 ? -x : x }
    # Semantics 13.
    function gap(value, bound, nobody, base) {
        base = 1
        if (abs(bound) > base) base = abs(bound)
        if (abs(bound - nobody) > base) base = abs(bound - nobody)
        return abs(value - bound) / base
    }
    function rank(line, f) { split(line, f, FS); return f[5] * 1e12 + f[6] * 1e6 + f[7] }
    function sorted(list, n, i, j, t) {
        for (i = 2; i <= n; i++) for (j = i; j > 1 && list[j - 1] > list[j]; j--) {
            t = list[j]; list[j] = list[j - 1]; list[j - 1] = t
        }
    }
    function median(list, n) {
        sorted(list, n)
        return n % 2 ? list[(n + 1) / 2] : (list[n / 2] + list[n / 2 + 1]) / 2
    }
    function percent(list, n) { return n ? sprintf("%.2f %%", 100 * median(list, n)) : "–" }
    function worst(list, n) { return n ? sprintf("%.2f %%", 100 * list[n]) : "–" }
    {
        case_of = $1 FS $2
        if (!($1 in seen)) { seen[$1] = 1; sizes[++count] = $1 }
        if (!($3 in known)) { known[$3] = 1; methods[++kinds] = $3 }
        row[case_of, $3] = $0
        runs[$1, $3]++
        seeds[$1] = seeds[$1] (index(seeds[$1] " ", " " $2 " ") ? "" : " " $2)
        if ($4 == "ok" && (!(case_of in best) || rank($0) < best[case_of])) { best[case_of] = rank($0); delete bound[case_of] }
        if ($4 == "ok" && $10 != "-" && rank($0) == best[case_of] && (!(case_of in bound) || $10 > bound[case_of]))
            bound[case_of] = $10 + 0
    }
    END {
        print "| people | method | plans | best T0–T2 | gap, median | gap, worst | own gap, median | seconds, median | seconds, worst | MB | Lungang as good after, s |"
        print "|---|---|---|---|---|---|---|---|---|---|---|"
        for (s = 1; s <= count; s++) {
            size = sizes[s]
            for (m = 1; m <= kinds; m++) {
                method = methods[m]
                n = split(seeds[size], list, " ")
                plans = first = gaps = owns = times = megabytes = refused = early = 0
                for (i = 1; i <= n; i++) {
                    key = size FS list[i]
                    if (!((key, method) in row)) continue
                    split(row[key, method], f, FS)
                    seconds[++times] = f[11]
                    if (f[12] > megabytes) megabytes = f[12]
                    if (f[4] == "refused") refused++
                    if (f[4] != "ok") continue
                    plans++
                    if (f[13] != "" && f[13] != "-") soon[++early] = f[13]
                    if (f[10] != "-") own[++owns] = gap(f[8], f[10], f[9])
                    if (rank(row[key, method]) != best[key]) continue
                    first++
                    if (key in bound) to[++gaps] = gap(f[8], bound[key], f[9])
                }
                if (!times) continue
                printf "| %s | %s | %d/%d%s | %d | %s | %s | %s | %.1f | %.1f | %s | %s |\n", size, method, plans, times, \
                    refused ? " (" refused " refused by the checker)" : "", first, percent(to, gaps), worst(to, gaps), \
                    percent(own, owns), median(seconds, times), seconds[times], megabytes ? megabytes : "–", \
                    early && method != "Lungang" ? sprintf("%.1f (%d)", median(soon, early), early) : ""
            }
            if (cpsat == "") printf "| %s | CP-SAT | not installed | | | | | | | | |\n", size
        }
    }
' "$1"
