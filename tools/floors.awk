# Usage: awk -f tools/floors.awk FLOORS $(find src -name '*.[ch]')
# Prints each include that climbs or crosses; exit status 1 when there is one.
FILENAME == ARGV[1] { if ($0 !~ /^#/ && NF) { level++; for (i = 1; i <= NF; i++) floor[$i] = level }; next }
FNR == 1 {
    path = FILENAME; sub(/.*src\//, "", path)
    room = index(path, "/") ? substr(path, 1, index(path, "/") - 1) : "main"
    if (!(room in floor)) { print FILENAME ": room '" room "' is not in FLOORS"; bad = 1 }
}
/^#include "[a-z]+\// {
    to = $2; gsub(/"/, "", to); other = substr(to, 1, index(to, "/") - 1)
    if (!(other in floor)) { print FILENAME ":" FNR ": '" to "' is in no room"; bad = 1 }
    else if (other != room && floor[other] >= floor[room]) {
        print FILENAME ":" FNR ": " room " (floor " floor[room] ") includes " to " (floor " floor[other] ")"; bad = 1
    }
}
END { exit bad }
