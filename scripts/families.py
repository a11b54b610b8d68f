#!/usr/bin/env python3
"""Families of generated cases, several seeds each: what every tier is worth and how far from its bound, at several limits.

    scripts/families.py [--people 900] [--seeds 1 2 3 4 5] [--limits 5 20 60 120] [--families standard ...] [--threads 2]

Prints a table in Markdown: median and worst over the seeds. Each limit is a run of its own; with --within one run takes
the longest limit, and what it had after the shorter ones is read from its log (a limit only stops the search, so the two
agree but for bounds that a step under way would have given). Needs target/release/lungang and nothing but Python.
"""

import argparse
import datetime
import json
import os
import pathlib
import re
import resource
import statistics
import subprocess
import tempfile
import time

FAMILIES = ["standard", "tight-caps", "many-reserves", "recruits-and-vacancies", "one-pool"]


# A plan's tiers as the search counts them: all to be large.
TURNED = {"T0": -1, "T1": -1, "T2": -1, "T3": -1, "T4": 1, "T5": 1}


def run(program, folder, out, limit, threads, policy, log=None):
    begun = time.monotonic()
    command = [program, "plan", folder, "-o", out, "--time-limit", str(limit), "--threads", str(threads), "--quiet"]
    if policy:
        command += ["--policy", policy]
    if log:
        command += ["--log", log]
    pathlib.Path(out).unlink(missing_ok=True)
    words = {**os.environ, "LUNGANG_LOG": "lungang=debug"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=words)
    seconds = time.monotonic() - begun
    # 0: as good as asked for; 4 and the like: a limit passed. A plan has been checked in either case.
    if not pathlib.Path(out).exists():
        raise SystemExit(f"{folder}: no plan ({done.returncode})\n{done.stderr[-500:]}")
    return json.loads(pathlib.Path(out).read_text(encoding="utf-8"))["tiers"], seconds


def after(log, tiers, limit):
    """What a run had some seconds after its beginning: the tiers, with value, bound and gap (semantics 13) of that moment."""
    values, bounds, begun = {}, {}, None
    for line in pathlib.Path(log).read_text(encoding="utf-8").splitlines():
        stamp = re.match(r"(\S+)Z ", line)
        if not stamp:
            continue
        moment = datetime.datetime.fromisoformat(stamp.group(1))
        begun = begun or moment
        if (moment - begun).total_seconds() > limit:
            break
        if worth := re.search(r"worth=\[([^]]*)\]", line):
            worth = [int(value) for value in worth.group(1).split(",")]
            values = {name: turn * worth[at] for at, (name, turn) in enumerate(TURNED.items())}
        if tier := re.search(r'tier="(T\d)" value=(-?\d+) bound=(-?\d+)', line):
            values.setdefault(tier.group(1), int(tier.group(2)))
            bounds[tier.group(1)] = int(tier.group(3))
    seen = []
    for tier in tiers:
        name = tier["id"]
        value, bound, nobody = values[name], bounds[name], tier["nobody_moves"]
        gap = abs(bound - value) / max(1, abs(bound), abs(bound - nobody))
        seen.append({"id": name, "value": value, "bound": bound, "gap": gap, "nobody_moves": nobody})
    return seen


def shown(values):
    return f"{statistics.median(values):.2f} / {max(values):.2f}"


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--program", default="target/release/lungang")
    options.add_argument("--people", type=int, default=900)
    options.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3, 4, 5])
    options.add_argument("--limits", type=int, nargs="+", default=[5, 20, 60, 120])
    options.add_argument("--families", nargs="+", default=FAMILIES)
    options.add_argument("--threads", type=int, default=2)
    options.add_argument("--policy")
    options.add_argument("--within", action="store_true", help="one run, the shorter limits out of its log")
    options.add_argument("--single", action="store_true", help="print each run's values and bounds too")
    given = options.parse_args()
    print("| family | limit, s | wall, s | " + " | ".join(f"T{k}" for k in range(6)) + " |")
    print("|---" * 9 + "|")
    long_runs = {}
    with tempfile.TemporaryDirectory() as scratch:
        for family in given.families:
            for limit in given.limits:
                gaps, proved, walls = {}, {}, []
                for seed in given.seeds:
                    folder = f"{scratch}/{family}-{seed}/"
                    if not pathlib.Path(folder).exists():
                        subprocess.run(
                            [given.program, "template", "--demo", "--quiet", "--people", str(given.people),
                             "--seed", str(seed), "--family", family, "-o", folder],
                            check=True,
                        )
                    if not given.within:
                        tiers, seconds = run(given.program, folder, f"{scratch}/p.json", limit, given.threads, given.policy)
                    else:
                        log = f"{folder[:-1]}.log"
                        if not pathlib.Path(log).exists():
                            longest = max(given.limits)
                            long_runs[log] = run(
                                given.program, folder, f"{scratch}/p.json", longest, given.threads, given.policy, log
                            )
                        tiers, seconds = long_runs[log]
                        if limit < max(given.limits):
                            tiers, seconds = after(log, tiers, limit), limit
                    walls.append(seconds)
                    if given.single:
                        values = ", ".join(f"{tier['id']} {tier['value']} ({tier['bound']})" for tier in tiers)
                        print(f"<!-- {family} {seed} {limit} s: {values} -->", flush=True)
                    for tier in tiers:
                        gaps.setdefault(tier["id"], []).append(100 * (tier.get("gap") or 0.0))
                        proved[tier["id"]] = proved.get(tier["id"], 0) + (tier["value"] == tier["bound"])
                cells = " | ".join(f"{shown(gaps[tier])} ({proved[tier]})" for tier in sorted(gaps))
                print(f"| {family} | {limit} | {max(walls):.1f} | {cells} |", flush=True)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"\nGaps in per cent (semantics 13), median / worst over {len(given.seeds)} seeds, in brackets how many are")
    print(f"proved; {given.people} people, {given.threads} threads; at most {peak:.0f} MB.")


if __name__ == "__main__":
    main()
