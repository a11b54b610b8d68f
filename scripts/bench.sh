#!/bin/sh
# Plans generated cases of growing size, each within two minutes, and prints the seconds and the tiers reached.
#   scripts/bench.sh [PEOPLE...]       with SEED, LIMIT (seconds) and LUNGANG (the program) from the environment
set -eu
lungang=${LUNGANG:-target/release/lungang}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
[ $# -gt 0 ] || set -- 60 110 300
for people in "$@"; do
    "$lungang" template --demo --people "$people" --seed "${SEED:-1}" --lang en --quiet -o "$folder/$people/"
    begun=$(date +%s)
    "$lungang" plan "$folder/$people" --lang en --quiet --time-limit "${LIMIT:-120}" -o "$folder/plan.json" >"$folder/said" ||
        echo "== $people people: exit code $?"
    echo "== $people people: $(($(date +%s) - begun)) s"
    grep "^T[0-9]" "$folder/said" || true
done
