"""Solves a case written by the example `peer_model` with CP-SAT.

    python3 cpsat.py MODEL.mps --time-limit 60 --workers 2 --seed 1 --chosen COLUMNS.txt

The file has several objective rows, each to be made small. They are added up, T0 to T2 with large weights, or with
--closed made small one after the other. One line an objective on standard output: name, value, bound. The limit is the solver's alone; reading the file and building the model are not limited.
"""

import argparse
import math
import sys
import time

from ortools.sat.python import cp_model


def read(path):
    """Rows (sense, side, entries), objectives (name, entries) and upper bounds of a free-format MPS file.

    Lower bounds are 0 and coefficients whole, as `peer_model` writes them.
    """
    rows, objectives, upper, section = {}, {}, {}, ""
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            words = line.split()
            if not line.startswith(" "):
                section = words[0]
            elif section == "ROWS":
                if words[0] == "N":
                    objectives[words[1]] = []
                else:
                    rows[words[1]] = [words[0], 0, []]
            elif section == "COLUMNS" and words[1] != "'MARKER'":
                column, row, coefficient = words
                entries = objectives[row] if row in objectives else rows[row][2]
                entries.append((column, whole(coefficient)))
            elif section == "RHS":
                rows[words[1]][1] = whole(words[2])
            elif section == "BOUNDS":
                if words[0] != "UP":
                    sys.exit(f"a bound of kind {words[0]}")
                upper[words[2]] = whole(words[3])
    return rows, objectives, upper


def whole(text):
    """The whole number that a coefficient is."""
    number = float(text)
    if number != int(number):
        sys.exit(f"{text} is not whole")
    return int(number)


def build(rows, upper):
    """The model; every column is whole, also the flows that need not be told so."""
    model = cp_model.CpModel()
    columns = {
        name: model.new_bool_var(name) if most == 1 else model.new_int_var(0, most, name)
        for name, most in upper.items()
    }
    for sense, side, entries in rows.values():
        ones = all(weight == 1 and upper[name] == 1 for name, weight in entries)
        if ones and side == 1 and sense in "EL":
            literals = [columns[name] for name, _ in entries]
            model.add_exactly_one(literals) if sense == "E" else model.add_at_most_one(literals)
            continue
        total = linear(columns, entries)
        model.add(total == side if sense == "E" else total <= side if sense == "L" else total >= side)
    return model, columns


def linear(columns, entries):
    """Σ weight · column."""
    names, weights = zip(*entries) if entries else ((), ())
    return cp_model.LinearExpr.weighted_sum([columns[name] for name in names], list(weights))


def solved(model, seconds, given):
    """One run: the solver, and whether it has found a plan."""
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = max(seconds, 0.1)
    solver.parameters.num_workers = given.workers
    solver.parameters.random_seed = given.seed
    return solver, solver.solve(model) in (cp_model.OPTIMAL, cp_model.FEASIBLE)


def worth(entries, best):
    """What a plan is worth in an objective."""
    return sum(weight * best[column] for column, weight in entries)


def blended(model, columns, objectives, given):
    """All objectives in one sum; those before the last count by the weights given."""
    weights = dict(zip(objectives, [*given.weights, 1]))
    model.minimize(sum(weights[name] * linear(columns, entries) for name, entries in objectives.items()))
    solver, found = solved(model, given.time_limit, given)
    if not found:
        sys.exit(f"no plan within {given.time_limit} s")
    best = {column: solver.value(variable) for column, variable in columns.items()}
    rest = solver.best_objective_bound
    for name, entries in list(objectives.items())[:-1]:
        value = worth(entries, best)
        rest -= weights[name] * value
        print(f"{name}\t{value}\t-")
    # Over plans at least as good in the others, the last can't be less than what the bound of the sum leaves it.
    name, entries = list(objectives.items())[-1]
    print(f"{name}\t{worth(entries, best)}\t{math.ceil(rest - 1e-6)}")
    return best


def closed(model, columns, objectives, given):
    """One objective after the other; all but the last get at most half of what time is left."""
    deadline = time.monotonic() + given.time_limit
    best = None
    for at, (name, entries) in enumerate(objectives.items()):
        left = deadline - time.monotonic()
        total = linear(columns, entries)
        model.minimize(total)
        if best is not None:
            model.clear_hints()
            for column, value in best.items():
                model.add_hint(columns[column], value)
        share = left if at + 1 == len(objectives) else left / 2
        solver, found = solved(model, share, given)
        if not found and best is None:
            solver, found = solved(model, left - share, given)
        if found:
            best = {column: solver.value(variable) for column, variable in columns.items()}
        elif best is None:
            sys.exit(f"no plan within {given.time_limit} s")
        value = worth(entries, best)
        print(f"{name}\t{value}\t{math.ceil(solver.best_objective_bound - 1e-6) if found else '-'}", flush=True)
        model.add(total <= value)
    return best


def main():
    """Reads, solves, and names the columns chosen."""
    parser = argparse.ArgumentParser()
    parser.add_argument("model")
    parser.add_argument("--time-limit", type=float, default=60.0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--closed", action="store_true", help="close the objectives one by one")
    parser.add_argument("--weights", type=int, nargs=3, default=[80_000_000, 1_600_000, 8_000], help="of T0, T1, T2 in the sum")
    parser.add_argument("--chosen", required=True)
    given = parser.parse_args()

    rows, objectives, upper = read(given.model)
    model, columns = build(rows, upper)
    best = (closed if given.closed else blended)(model, columns, objectives, given)
    with open(given.chosen, "w", encoding="utf-8") as out:
        out.writelines(f"{column}\n" for column, value in best.items() if value > 0)


if __name__ == "__main__":
    main()
