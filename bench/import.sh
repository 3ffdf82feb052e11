#!/usr/bin/env bash
# Usage: bench/import.sh [ROWS]   (default: 1,000,000; KEEP=1 keeps the files)
# Imports one CSV by `sqlite3 .import` and by `vigie import` in turn, three times, and prints the ratio of the median
# times and the peak memory of each. Where the stores go matters: TMPDIR says it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
rows=${1:-1000000}
place=$(mktemp -d "${TMPDIR:-/tmp}/vigie-bench.XXXXXX")
[[ -n ${KEEP:-} ]] || trap 'rm -rf "$place"' EXIT

cp bench/import.map "$place/import.map"
awk -v rows="$rows" -f bench/import.awk >"$place/rows.csv"
printf '%s rows, %s bytes, %s columns\n' "$rows" "$(stat -c %s "$place/rows.csv")" \
    "$(head -n 1 "$place/rows.csv" | awk -F, '{ print NF }')"

# measured COMMAND...: "seconds peak-kilobytes", of the command with all its children
measured() {
    python3 - "$@" <<'PYTHON'
import resource, subprocess, sys, time
start = time.monotonic()
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print("%.2f %d" % (time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
PYTHON
}
median() { sort -n | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }'; }

for round in 1 2 3; do
    rm -rf "${place:?}/sqlite.db" "${place:?}/var"
    sync
    theirs=$(measured sqlite3 "$place/sqlite.db" ".import --csv $place/rows.csv rows")
    sync
    ours=$(measured build/vigie import --as csv --mapping "$place/import.map" --quiet --var "$place/var" "$place/rows.csv")
    echo "round $round: sqlite3 .import $theirs, vigie import $ours (seconds, peak kB of the largest process)"
    echo "${theirs% *}" >>"$place/theirs"
    echo "${ours% *}" >>"$place/ours"
done
awk -v ours="$(median <"$place/ours")" -v theirs="$(median <"$place/theirs")" 'BEGIN {
    printf "import: %.1f times sqlite3 .import (medians: %.2f s and %.2f s)\n", ours / theirs, ours, theirs }'
du -sh "$place/var" "$place/sqlite.db"
