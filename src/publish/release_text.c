#include "publish/release_text.h"

#include "codebook/codebook.h"

#define PROFILES "https://datapackage.org/profiles/2.0/"

static void put(Out *out, const char *key, const char *value)
{
    out_json(out, key);
    OUT_LITERAL(out, ":");
    out_json(out, value);
}

static void line(Out *out, const char *text)
{
    out_raw(out, text, strlen(text));
    OUT_LITERAL(out, "\n");
}

static const char *type_of(ColumnType type)
{
    switch (type) {
    case COLUMN_DAY: return "date";
    case COLUMN_MOMENT: return "datetime";
    case COLUMN_INTEGER: return "integer";
    case COLUMN_NUMBER: return "number";
    case COLUMN_FLAG: return "boolean";
    case COLUMN_TEXT:
    case COLUMN_LIST:
    case COLUMN_INTEGERS:
    case COLUMN_OBJECTS:
    default: return "string";
    }
}

/* The variable of the codebook whose codes a column holds. */
static const Variable *variable_of(const Codebook *codebook, const char *column)
{
    static const struct {
        const char *column, *variable;
    } others[] = { { "verification", "verification_level" },
                   { "inclusion", "inclusion_decision" },
                   { "date_basis", "reference_date_basis" },
                   { "main_type", "attack_type" },
                   { "attack_types", "attack_type" },
                   { "org_types", "org_type" },
                   { "sectors", "sector_group" } };
    for (size_t i = 0; i < COUNT_OF(others); i++)
        if (strcmp(others[i].column, column) == 0)
            return codebook_variable(codebook, others[i].variable);
    return codebook_variable(codebook, column);
}

static void put_categories(Out *out, const Variable *variable)
{
    OUT_LITERAL(out, ",\"categories\":[");
    for (size_t i = 0; i < variable->value_count; i++) {
        if (i)
            OUT_LITERAL(out, ",");
        OUT_LITERAL(out, "{");
        put(out, "value", variable->values[i].code);
        OUT_LITERAL(out, ",");
        put(out, "label", variable->values[i].label.en);
        OUT_LITERAL(out, "}");
    }
    OUT_LITERAL(out, "]");
}

static void put_field(Out *out, const Codebook *codebook, const char *name, ColumnType type)
{
    const Variable *variable = variable_of(codebook, name);
    bool list = type == COLUMN_LIST || type == COLUMN_INTEGERS;
    OUT_LITERAL(out, "{");
    put(out, "name", name);
    OUT_LITERAL(out, ",");
    put(out, "type", list ? "list" : type_of(type));
    if (list)
        OUT_LITERAL(out, ",\"delimiter\":\"; \",\"itemType\":\"string\"");
    if (type == COLUMN_FLAG)
        OUT_LITERAL(out, ",\"trueValues\":[\"yes\"],\"falseValues\":[\"no\"]");
    if (variable) {
        OUT_LITERAL(out, ",");
        put(out, "title", variable->label.en);
        OUT_LITERAL(out, ",");
        put(out, "description", variable->definition.en);
    }
    if (variable && variable->value_count && type == COLUMN_TEXT)
        put_categories(out, variable);
    OUT_LITERAL(out, "}");
}

/* Columns beyond those of the schema are variables of the codebook, each with the list of its codes. */
static void put_schema(Out *out, Arena *arena, const ReleaseFacts *facts, const ReleaseTable *table)
{
    Text rest = table->header, column;
    OUT_LITERAL(out, ",\"schema\":{\"$schema\":\"" PROFILES "tableschema.json\",\"fields\":[");
    for (size_t i = 0; text_split(&rest, ',', &column); i++) {
        if (i)
            OUT_LITERAL(out, ",");
        put_field(out, facts->codebook, arena_text(arena, column),
                  i < table->schema->count ? table->schema->columns[i].type : COLUMN_LIST);
    }
    OUT_LITERAL(out, "]}");
}

static const ReleaseTable *table_of(const ReleaseFacts *facts, const char *path)
{
    for (size_t i = 0; i < facts->table_count; i++) {
        size_t length = strlen(facts->tables[i].name);
        if (strncmp(path, facts->tables[i].name, length) == 0 && strcmp(path + length, ".csv") == 0)
            return &facts->tables[i];
    }
    return NULL;
}

static const char *media_type(const char *path)
{
    static const struct {
        const char *end, *type;
    } types[] = { { ".csv", "text/csv" },
                  { ".json", "application/json" },
                  { ".md", "text/markdown" },
                  { ".cff", "application/yaml" },
                  { ".txt", "text/plain" } };
    for (size_t i = 0; i < COUNT_OF(types); i++)
        if (text_ends(text_of(path), types[i].end))
            return types[i].type;
    return "application/octet-stream";
}

/* "incidents" of incidents.csv, "incidents-json" of incidents.json: names are unique and in small letters. */
static void put_name(Out *out, Arena *arena, const char *path)
{
    char *name = arena_string(arena, path);
    char *dot = strrchr(name, '.');
    for (char *c = name; *c; c++)
        *c = *c >= 'A' && *c <= 'Z' ? (char)(*c - 'A' + 'a') : *c;
    if (dot && strcmp(dot, ".csv") == 0)
        *dot = '\0';
    else if (dot)
        *dot = '-';
    put(out, "name", name);
}

static void put_resource(Out *out, Arena *arena, const ReleaseFacts *facts, const ReleaseFile *file)
{
    const ReleaseTable *table = table_of(facts, file->path);
    const char *dot = strrchr(file->path, '.');
    OUT_LITERAL(out, "{\"$schema\":\"" PROFILES "dataresource.json\",");
    put_name(out, arena, file->path);
    OUT_LITERAL(out, ",");
    put(out, "path", file->path);
    if (table) {
        OUT_LITERAL(out, ",\"type\":\"table\",");
        put(out, "title", table->title);
    }
    OUT_LITERAL(out, ",");
    put(out, "format", dot ? dot + 1 : "");
    OUT_LITERAL(out, ",");
    put(out, "mediatype", media_type(file->path));
    OUT_LITERAL(out, ",\"encoding\":\"utf-8\",\"bytes\":");
    out_int(out, file->bytes);
    OUT_LITERAL(out, ",");
    put(out, "hash", arena_format(arena, "sha256:%s", file->hash));
    if (table)
        put_schema(out, arena, facts, table);
    OUT_LITERAL(out, "}");
}

void release_package(Out *out, Arena *arena, const ReleaseFacts *facts)
{
    char moment[MOMENT_TEXT_SIZE];
    OUT_LITERAL(out, "{\"$schema\":\"" PROFILES "datapackage.json\",\"name\":\"vigie\",");
    put(out, "title", "Vigie, the open register of cyberattacks on health care");
    OUT_LITERAL(out, ",");
    put(out, "version", arena_format(arena, "%lld.0.0", (long long)facts->number));
    OUT_LITERAL(out, ",");
    put(out, "created", moment_write(facts->now, moment));
    if (facts->address) {
        OUT_LITERAL(out, ",");
        put(out, "homepage", facts->address);
    }
    OUT_LITERAL(out, ",\"licenses\":[{\"name\":\"CC-BY-4.0\",\"path\":\"https://creativecommons.org/licenses/by/4.0/\","
                     "\"title\":\"Creative Commons Attribution 4.0; rows of other data sets as their column licence "
                     "says\"}],\"resources\":[");
    for (size_t i = 0; i < facts->release->file_count; i++) {
        if (i)
            OUT_LITERAL(out, ",");
        put_resource(out, arena, facts, &facts->release->files[i]);
    }
    OUT_LITERAL(out, "]}\n");
}

void release_readme(Out *out, const ReleaseFacts *facts)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    char day[DATE_TEXT_SIZE];
    day_write(moment_day(facts->now), day);
    line(out, arena_format(arena, "# Vigie, release %lld of %s\n", (long long)facts->number, day));
    line(out, arena_format(arena,
                           "Cyberattacks on health care, as published by entry %lld of the register's journal, by the "
                           "codebook %s.\n",
                           (long long)facts->release->entries, facts->codebook->version));
    if (facts->address)
        line(out, arena_format(arena, "The register: %s\n", facts->address));
    line(out, "## Files\n");
    for (size_t i = 0; i < facts->table_count; i++)
        line(out, arena_format(arena, "- `%s.csv`, `%s.json`: %s.", facts->tables[i].name, facts->tables[i].name,
                               facts->tables[i].title));
    line(out, "- `codebook.txt`: what every variable and code means, in English and French.\n"
              "- `methodology.en.md`, `methodology.fr.md`: how all of this was counted on that day.\n"
              "- `datapackage.json`: the same as a schema of the tables, for programs (Data Package, version 2).\n"
              "- `LICENCES.csv`: under which licences the sources of the data are given out.\n"
              "- `CITATION.cff`: how to cite this release.\n"
              "- `SHA256SUMS`, `SHA256SUMS.minisig`: fingerprints of all files, and their signature.\n");
    line(out, "## Verify\n\n"
              "    sha256sum --check SHA256SUMS\n"
              "    minisign -Vm SHA256SUMS -p minisign.pub\n\n"
              "The hash of SHA256SUMS and the key stand in the register's public journal, in the entry "
              "`release.publish`.\n");
    line(out,
         "## Read\n\n"
         "Missing is never zero: the column beside a number says why it is not known. An empty cell is not known.\n"
         "Lists in a cell are separated by a semicolon. Days are UTC.\n");
    line(out, "## Licence\n\n"
              "CC BY 4.0, but rows whose column `licence` says otherwise: those are under that licence.");
}

void release_citation(Out *out, const ReleaseFacts *facts)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    char day[DATE_TEXT_SIZE];
    day_write(moment_day(facts->now), day);
    line(out, "cff-version: 1.2.0\n"
              "message: If you use these data, please cite them as below.\n"
              "type: dataset\n"
              "title: Vigie, the open register of cyberattacks on health care\n"
              "authors:\n"
              "  - name: Vigie");
    line(out, arena_format(arena, "version: \"%lld\"\ndate-released: %s\nlicense: CC-BY-4.0", (long long)facts->number,
                           day));
    if (facts->address)
        line(out, arena_format(arena, "url: \"%s/en/releases\"", facts->address));
}
