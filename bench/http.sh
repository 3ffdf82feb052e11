#!/usr/bin/env bash
# Usage: bench/http.sh [SECONDS [ROUNDS]]   (default: 3 and 5)
# Asks `vigie serve` for pages and figures that it has answered before, and nginx for files of the same compressed bytes, in
# turn, each on the first core with the asking on the second. Prints the ratio of requests per second of each round and
# their median.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
seconds=${1:-3} rounds=${2:-5}
addresses=(/en/figures/by-type.json /en/figures/by-type.svg /en/sources /en/incidents /en/codebook /en/)
place=$(mktemp -d "${TMPDIR:-/tmp}/vigie-http.XXXXXX")
started=()
finish() {
    for process in "${started[@]}"; do kill "$process" 2>/dev/null || true; done
    wait 2>/dev/null || true
    rm -rf "$place"
}
trap finish EXIT

ports=$(python3 -c '
import socket
held = [socket.socket() for _ in range(3)]
for one in held: one.bind(("127.0.0.1", 0))
print(*(one.getsockname()[1] for one in held))')
read -r ours_port theirs_port work_port <<<"$ports"

build/vigie import --quiet --var "$place/var" --as starter data/incidents.csv >/dev/null
taskset -c 0 build/vigie serve --var "$place/var" --listen "127.0.0.1:$ours_port" --work "127.0.0.1:$work_port" \
    2>"$place/vigie.log" &
started+=($!)
curl -sf --retry 50 --retry-connrefused --retry-delay 1 -o /dev/null "http://127.0.0.1:$ours_port/en/"

mkdir "$place/files"
for ((i = 0; i < ${#addresses[@]}; i++)); do
    curl -sf -H 'Accept-Encoding: gzip' -o "$place/files/$i" "http://127.0.0.1:$ours_port${addresses[i]}"
done
cat >"$place/nginx.conf" <<CONF
worker_processes 1;
daemon off;
pid $place/nginx.pid;
error_log $place/nginx.log;
events { worker_connections 1024; }
http {
    access_log off;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 1000000000;
    open_file_cache max=100;
    default_type text/html;
    client_body_temp_path $place/body;
    proxy_temp_path $place/proxy;
    fastcgi_temp_path $place/fastcgi;
    uwsgi_temp_path $place/uwsgi;
    scgi_temp_path $place/scgi;
    server {
        listen 127.0.0.1:$theirs_port;
        root $place/files;
        add_header Content-Encoding gzip;
        add_header Vary Accept-Encoding;
    }
}
CONF
chmod -R a+rX "$place"
taskset -c 0 nginx -c "$place/nginx.conf" 2>/dev/null &
started+=($!)
curl -sf --retry 50 --retry-connrefused --retry-delay 1 -o /dev/null "http://127.0.0.1:$theirs_port/0"

# rate ADDRESS: requests per second; a request that fails ends the measuring
rate() {
    taskset -c 1 wrk -t1 -c32 "-d${seconds}s" -H 'Accept-Encoding: gzip' "$1" >"$place/wrk"
    ! grep -E 'Non-2xx|Socket errors' "$place/wrk" >&2 || exit 1
    awk '/^Requests\/sec/ { print $2 }' "$place/wrk"
}

for ((i = 0; i < ${#addresses[@]}; i++)); do
    bytes=$(stat -c %s "$place/files/$i")
    : >"$place/ratios"
    for ((round = 1; round <= rounds; round++)); do
        ours=$(rate "http://127.0.0.1:$ours_port${addresses[i]}")
        theirs=$(rate "http://127.0.0.1:$theirs_port/$i")
        ratio=$(awk -v ours="$ours" -v theirs="$theirs" 'BEGIN { printf "%.2f", ours / theirs }')
        echo "${addresses[i]}, $bytes bytes, round $round: vigie $ours, nginx $theirs requests per second, ratio $ratio"
        echo "$ratio" >>"$place/ratios"
    done
    printf '%s, %s bytes: %s times nginx (median of %s rounds; at least 1.2 up to 3 kB, 0.9 at 20 kB)\n' \
        "${addresses[i]}" "$bytes" "$(sort -n "$place/ratios" | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }')" "$rounds"
done
