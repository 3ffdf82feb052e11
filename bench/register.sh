#!/usr/bin/env bash
# Usage: bench/register.sh [INCIDENTS [SECONDS [ROUNDS]]]   (default: 100,000, 3 and 3)
# Of a register of so many incidents: figures with filters never asked for before, by HTTP on the first core with the asking
# on the second, against the same counts in SQL by SQLite; and the most memory that the process of the site has taken
# after all its kinds of answers, and while publications arrive and readers ask.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
incidents=${1:-100000} seconds=${2:-3} rounds=${3:-3}
place=$(mktemp -d "${TMPDIR:-/tmp}/vigie-register.XXXXXX")
started='' readers=''
finish() {
    [[ -z $started ]] || kill "$started" ${readers:+"$readers"} 2>/dev/null || true
    wait 2>/dev/null || true
    rm -rf "$place"
}
trap finish EXIT

sql=$(taskset -c 0 build/bench/figures "$incidents" 100 100 2>/dev/null | awk '/^SQLite/ { print $2 }')
awk -v rows="$incidents" -f bench/import.awk >"$place/rows.csv"
build/vigie import --quiet --as csv --mapping bench/import.map --var "$place/var" "$place/rows.csv" >/dev/null
taskset -c 0 build/vigie serve --no-work --var "$place/var" --listen 127.0.0.1:0 2>"$place/log" &
started=$!
until address=$(grep -o 'http://127[0-9.:]*' "$place/log"); do sleep 0.1; done
web=$(pgrep -P "$started" | head -n 1)

for ((round = 1; round <= rounds; round++)); do
    taskset -c 1 wrk -t1 -c32 "-d${seconds}s" -s bench/unseen.lua -H 'Accept-Encoding: gzip' "$address/" >"$place/wrk"
    ! grep -E 'Non-2xx|Socket errors' "$place/wrk" >&2 || exit 1
    awk '/^Requests\/sec/ { print $2 }' "$place/wrk" >>"$place/rates"
done
sort -n "$place/rates" | awk -v sql="$sql" '{ rate[NR] = $1 } END {
    ours = rate[int((NR + 1) / 2)]; needed = 50 * 1000 / sql; if (needed > 30000) needed = 30000
    printf "filters never seen before: %.0f requests per second (at least %.0f), %.0f times SQLite with %.1f ms a question\n",
        ours, needed, ours * sql / 1000, sql }'

# Pages by many filters and without compression fill what the site keeps for answers.
for path in /en/ /en/incidents; do
    sed "s#/api/v1/figures?#$path?#" bench/unseen.lua >"$place/pages.lua"
    taskset -c 1 wrk -t1 -c32 "-d${seconds}s" -s "$place/pages.lua" "$address/" >/dev/null
done
for path in /en/incidents.csv /en/incidents.xlsx /api/v1/claims /en/organisations.csv /en/sources '/en/incidents?q=hospital' \
    /en/figures/map.png /en/cards/home.png /en/countries/US /sitemap.xml /sitemap/1.xml /en/incidents.atom '/en/?known_by=2020'; do
    curl -sf -o /dev/null "$address$path"
done
memory() { # WHEN
    awk -v incidents="$incidents" -v when="$1" '/^VmHWM/ { peak = $2 / 1024 } /^VmRSS/ { now = $2 / 1024 }
        END { printf "memory with %d incidents, %s: %.0f MB, %.0f MB at most (below 150)\n", incidents, when, now, peak }' \
        "/proc/$web/status"
}
memory "after all kinds of answers"

# Editions come and go while readers hold them: publications of so many incidents each, one after the other.
publications=20 each=20
taskset -c 1 wrk -t1 -c16 -d600s -s "$place/pages.lua" "$address/" >/dev/null &
readers=$!
for ((sent = incidents; sent < incidents + publications * each; sent += each)); do
    awk -v rows="$((sent + each))" -f bench/import.awk | awk -v before="$sent" 'NR == 1 || NR > before + 1' >"$place/more.csv"
    taskset -c 1 build/vigie import --quiet --as csv --mapping bench/import.map --var "$place/var" "$place/more.csv" >/dev/null
done
memory "after $publications publications of $each more"
kill "$readers"
