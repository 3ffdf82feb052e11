#!/usr/bin/env bash
# Usage: bench/import.sh [ROWS [ROUNDS]]   (default: 1,000,000 and 5; KEEP=1 keeps the files)
# Imports one CSV by `sqlite3 .import` and by `vigie import` in turn, and prints the ratio of the times of each round, their
# median, and the peak memory of each. Where the stores go matters: TMPDIR says it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
rows=${1:-1000000} rounds=${2:-5}
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
# quiet: what was removed or written before is no longer on its way to the disk
quiet() { rm -rf "${place:?}/sqlite.db" "${place:?}/var" && sync && sleep 2; }

for ((round = 1; round <= rounds; round++)); do
    quiet
    theirs=$(measured sqlite3 "$place/sqlite.db" ".import --csv $place/rows.csv rows")
    sync
    ours=$(measured build/vigie import --as csv --mapping "$place/import.map" --quiet --var "$place/var" "$place/rows.csv")
    ratio=$(awk -v ours="${ours% *}" -v theirs="${theirs% *}" 'BEGIN { printf "%.2f", ours / theirs }')
    echo "round $round: sqlite3 .import $theirs, vigie import $ours (seconds, peak kB of the largest process), ratio $ratio"
    echo "$ratio" >>"$place/ratios"
done
printf 'import: %s times sqlite3 .import (median of %s rounds)\n' \
    "$(sort -n "$place/ratios" | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }')" "$rounds"
du -sh "$place/var" "$place/sqlite.db"
