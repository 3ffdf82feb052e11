# Usage: awk -f tools/world.awk data/world.txt >world.c
# Turns the lines of tools/world.py into a table of C, in the order of the codes.
BEGIN {
    FS = "\t"
    print "/* Made by tools/world.awk. */\n#include \"publish/world.h\"\n"
    print "#pragma GCC diagnostic ignored \"-Woverlength-strings\" /* of large countries */\n"
    print "const Place world[] = {"
}
NF != 4 || $1 !~ /^[A-Z][A-Z]$/ || split($2, at, " ") != 3 || split($3, degrees, " ") != 2 || $4 !~ /^[MLlz0-9 -]*$/ {
    print FILENAME ":" FNR ": not a country: " substr($0, 1, 60) > "/dev/stderr"; bad = 1; exit 1
}
$1 <= last { print FILENAME ":" FNR ": out of order: " $1 > "/dev/stderr"; bad = 1; exit 1 }
{
    last = $1
    path = $4 == "" ? "NULL" : "\"" $4 "\""
    print "    { \"" $1 "\", " at[1] ", " at[2] ", " at[3] ", " degrees[1] ", " degrees[2] ", " path " },"
}
END { if (bad) exit 1; print "};\nconst size_t world_count = " NR ";" }
