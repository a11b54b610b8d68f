#!/usr/bin/env python3
"""Whether runs repeat, and what an interrupt leaves behind.

    scripts/steady.py [--people 900] [--seed 1] [--rounds 77] [--runs 10] [--moments 10] [--longest 20]

Plans one generated case so many times with one thread and with two, and says how many different files came of it; plans
it with a time limit and again with the rounds that its provenance names; then interrupts runs at random moments and says
which exit codes they gave, and whether the plans they left pass the checker. Needs target/release/lungang.
"""

import argparse
import hashlib
import json
import pathlib
import random
import signal
import subprocess
import tempfile
import time


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--program", default="target/release/lungang")
    options.add_argument("--people", type=int, default=900)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--rounds", type=int, default=77)
    options.add_argument("--runs", type=int, default=10)
    options.add_argument("--limit", type=float, default=9)
    options.add_argument("--moments", type=int, default=10)
    options.add_argument("--longest", type=float, default=20)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder, out = f"{scratch}/case/", pathlib.Path(scratch, "plan.json")
        subprocess.run([given.program, "template", "--demo", "--quiet", "--people", str(given.people), "--seed",
                        str(given.seed), "-o", folder], check=True)

        def command(*more):
            return [given.program, "plan", folder, "-o", str(out), "--quiet", *map(str, more)]

        def plan(*more):
            out.unlink(missing_ok=True)
            subprocess.run(command(*more), check=False, capture_output=True)
            return out.read_bytes()

        def but_threads(plan):
            told = json.loads(plan)
            told["provenance"].pop("threads")
            return json.dumps(told, ensure_ascii=False)

        seen = {}
        for threads in (1, 2):
            plans = [plan("--rounds", given.rounds, "--threads", threads) for _ in range(given.runs)]
            seen[threads] = {hashlib.sha256(plan).hexdigest() for plan in plans}
            print(f"{threads} threads, {given.runs} runs of {given.rounds} rounds: {len(seen[threads])} different", flush=True)
            last = but_threads(plans[-1])
            print(f"  but for provenance.threads: {hashlib.sha256(last.encode()).hexdigest()[:16]}")
        limited = plan("--time-limit", given.limit, "--threads", 2)
        rounds = json.loads(limited)["provenance"]["rounds"]
        again = plan("--rounds", rounds, "--threads", 2)
        print(f"limit of {given.limit} s, then {rounds} rounds: {'equal' if limited == again else 'DIFFERENT'}", flush=True)
        dice = random.Random(given.seed)
        for moment in sorted(dice.uniform(0.2, given.longest) for _ in range(given.moments)):
            out.unlink(missing_ok=True)
            running = subprocess.Popen(command("--threads", 2), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(moment)
            running.send_signal(signal.SIGINT)
            begun = time.monotonic()
            code = running.wait()
            took = time.monotonic() - begun
            check = "no plan"
            if out.exists():
                checked = subprocess.run([given.program, "check", str(out), "--input", folder], capture_output=True, check=False)
                check = f"check {checked.returncode}"
            print(f"interrupt after {moment:.1f} s: exit {code} in {took:.1f} s, {check}", flush=True)


if __name__ == "__main__":
    main()
