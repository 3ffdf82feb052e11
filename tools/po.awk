# Usage: awk -f tools/po.awk po/*.po >languages.c
# Turns translations into tables of C: texts of several lines, plurals, and from the header the language's name
# (X-Language-Name) and its plural categories (X-Plural-Categories). What is marked fuzzy counts as not translated.
function header_field(name,    at, rest) {
    at = index(form[0], name ": ")
    if (!at) { print FILENAME ": the header lacks " name > "/dev/stderr"; bad = 1; exit 1 }
    rest = substr(form[0], at + length(name) + 2)
    return substr(rest, 1, index(rest, "\\n") - 1)
}
function finish(    i) {
    if (part == "") return
    if (id == "\"\"") {
        language_name[code] = header_field("X-Language-Name")
        categories[code] = header_field("X-Plural-Categories")
    } else if (!fuzzy && form[0] != "\"\"") {
        row = "    { " id ", { " form[0]
        for (i = 1; i in form; i++) row = row ", " form[i]
        rows[code, ++count[code]] = row " } },"
    }
    part = ""; fuzzy = 0; split("", form)
}
FNR == 1 { finish(); code = FILENAME; sub(/.*\//, "", code); sub(/\.po$/, "", code); codes[++languages] = code }
/^#, .*fuzzy/ { finish(); fuzzy = 1 }
/^#/ || !NF { next }
/^msgid / { finish(); part = "id"; id = substr($0, 7); next }
/^msgid_plural / { part = "plural"; next }
/^msgstr / { part = "form"; which = 0; form[0] = substr($0, 8); next }
/^msgstr\[/ { part = "form"; which = substr($0, 8, 1) + 0; form[which] = substr($0, 11); next }
/^"/ && part == "id" { id = id == "\"\"" ? $0 : id " " $0; next }
/^"/ && part == "plural" { next }
/^"/ && part == "form" { form[which] = form[which] == "\"\"" ? $0 : form[which] " " $0; next }
{ print FILENAME ":" FNR ": not a line of a translation: " $0 > "/dev/stderr"; bad = 1; exit 1 }
END {
    if (bad) exit 1
    finish()
    print "/* Made by tools/po.awk. */\n#include \"publish/words.h\"\n"
    for (l = 1; l <= languages; l++) {
        print "static const Message messages_" codes[l] "[] = {"
        for (i = 1; i <= count[codes[l]]; i++) print rows[codes[l], i]
        print "};\n"
    }
    print "const Catalogue catalogues[] = {\n    { \"en\", \"English\", \"one other\", NULL, 0 },"
    for (l = 1; l <= languages; l++)
        print "    { \"" codes[l] "\", \"" language_name[codes[l]] "\", \"" categories[codes[l]] "\", messages_" codes[l] ", " count[codes[l]] " },"
    print "};\nconst size_t catalogue_count = " languages + 1 ";"
}
