# Usage: awk -f tools/sql.awk -v part=h|c src/*/*.sql
# Turns named SQL statements into an enum (h) or the table of their texts (c). A statement begins with a line
# "-- statement: name(parameters)"; a name used twice stops the build. The lines of a statement are joined, so that a
# comment has a line of its own.
function finish() {
    if (name == "") return
    gsub(/\\/, "\\\\", text); gsub(/"/, "\\\"", text)
    if (name in seen) { print FILENAME ": statement " name " stands twice" > "/dev/stderr"; bad = 1; exit 1 }
    seen[name]; names[++n] = toupper(name); texts[n] = text; name = ""
}
FNR == 1 { finish() }
/^-- statement: / { finish(); name = $3; sub(/\(.*/, "", name); text = ""
    if (name !~ /^[a-z][a-z0-9_]*$/) { print FILENAME ":" FNR ": \"" name "\" is no name" > "/dev/stderr"; bad = 1; exit 1 }
    next }
/^[ \t]*--/ || !NF { next }
name == "" { print FILENAME ":" FNR ": SQL outside a statement" > "/dev/stderr"; bad = 1; exit 1 }
/--/ { print FILENAME ":" FNR ": a comment needs a line of its own" > "/dev/stderr"; bad = 1; exit 1 }
{ gsub(/^[ \t]+|[ \t;]+$/, ""); text = text (text ? " " : "") $0 }
END {
    if (bad) exit 1
    finish()
    if (part == "h") {
        print "/* Made by tools/sql.awk. */\n#pragma once\n\ntypedef enum Statement {"
        for (i = 1; i <= n; i++) print "    SQL_" names[i] ","
        print "    STATEMENT_COUNT\n} Statement;\n\nextern const char *const statement_text[STATEMENT_COUNT];"
    } else {
        print "/* Made by tools/sql.awk. */\n#include \"statements.h\"\n\nconst char *const statement_text[STATEMENT_COUNT] = {"
        for (i = 1; i <= n; i++) print "    [SQL_" names[i] "] = \"" texts[i] "\","
        print "};"
    }
}
