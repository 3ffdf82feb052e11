# Usage: awk -f tools/schema.awk schema/public/*.sql schema/work/*.sql >migrations.c
# Turns the numbered migrations into a table of texts for each kind of store, with SQLite's words.
function begin() { split(FILENAME, part, "/"); n = split(FILENAME, part, "/"); kind = part[n - 1]
    if (kind != last) { if (last) print "    NULL\n};"; print "const char *const migrations_" kind "[] = {"; last = kind } }
FNR == 1 { if (NR > 1) print "    ,"; begin() }
{ sub(/--.*/, ""); if (!NF) next
  gsub(/@INT@/, "INTEGER"); gsub(/@BYTES@/, "BLOB"); gsub(/\\/, "\\\\"); gsub(/"/, "\\\""); print "    \"" $0 "\\n\"" }
BEGIN { print "/* Made by tools/schema.awk. */\n#include <stddef.h>\n\nextern const char *const migrations_public[];\nextern const char *const migrations_work[];" }
END { print "    ,\n    NULL\n};" }
