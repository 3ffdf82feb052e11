# Usage: awk -f tools/schema.awk schema/public/*.sql schema/work/*.sql >migrations.c
# Turns the numbered migrations into a table of texts for each kind of store, with SQLite's words. The number that a
# file's name starts with is its place: a gap, or a quote in a comment's line that might not be one, stops the build.
function stop(why) { print FILENAME ":" FNR ": " why > "/dev/stderr"; bad = 1; exit 1 }
function end_table() { if (kind != "") print "    NULL\n};" }
BEGIN {
    print "/* Made by tools/schema.awk. */\n#include <stddef.h>\n"
    print "extern const char *const migrations_public[];\nextern const char *const migrations_work[];"
}
FNR == 1 {
    if (NR > 1) print "    ,"
    n = split(FILENAME, part, "/")
    if (part[n - 1] != kind) {
        end_table()
        kind = part[n - 1]; count = 0
        print "const char *const migrations_" kind "[] = {"
    }
    if (part[n] + 0 != ++count) stop("this should be migration " count)
}
/'.*--/ { stop("a comment needs a line without quotes") }
{
    sub(/--.*/, "")
    if (!NF) next
    gsub(/@INT@/, "INTEGER"); gsub(/@BYTES@/, "BLOB"); gsub(/@CLUSTERED@/, " WITHOUT ROWID"); gsub(/\\/, "\\\\"); gsub(/"/, "\\\"")
    print "    \"" $0 "\\n\""
}
END {
    if (bad) exit 1
    print "    ,"
    end_table()
}
