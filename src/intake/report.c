#include "intake/report.h"

#include "base/unicode.h"

enum { TALLIES_MAX = 500, MISREADS_MAX = 200, EXAMPLE_MAX = 80, CODE_MAX = 150 };

struct ReportIndex {
    Arena *arena;
    Table *places; /* "group\x1F" "code" to the place of the tally, "group" alone to that of the group */
    Table *misreads;
    size_t group_room, misread_room, unused_room;
};

static const char others[] = "(others)", blank[] = "(blank)";

void report_start(Arena *arena, const Importer *importer, ImportReport *report)
{
    *report = (ImportReport){ .importer = importer->name,
                              .dataset = importer->dataset,
                              .licence = importer->licence,
                              .summed = importer->summed };
    report->index = NEW(arena, struct ReportIndex);
    *report->index = (struct ReportIndex){ .arena = arena, .places = table_new(arena), .misreads = table_new(arena) };
}

static ImportGroup *group_of(ImportReport *report, const char *name)
{
    struct ReportIndex *index = report->index;
    const int64_t *place = table_get(index->places, text_of(name));
    if (place)
        return &report->groups[*place];
    table_put(index->places, text_of(name), (int64_t)report->group_count);
    report->groups =
        arena_grow(index->arena, report->groups, report->group_count, &index->group_room, sizeof *report->groups);
    ImportGroup *group = &report->groups[report->group_count++];
    *group =
        (ImportGroup){ arena_string(index->arena, name), NEW_ARRAY(index->arena, ImportTally, TALLIES_MAX + 1), 0 };
    return group;
}

static ImportTally *tally_of(ImportReport *report, const char *name, Text code)
{
    struct ReportIndex *index = report->index;
    char key[256];
    code = clean_cut(code, CODE_MAX);
    int length = snprintf(key, sizeof key, "%.64s\x1F%.*s", name, (int)code.length, code.at);
    Text at = { key, (size_t)length };
    ImportGroup *group = group_of(report, name);
    const int64_t *place = table_get(index->places, at);
    if (place)
        return &group->items[*place];
    if (group->count >= TALLIES_MAX) { /* a column with a different text in each row is no tally */
        group->count = TALLIES_MAX + 1;
        group->items[TALLIES_MAX].code = others;
        return &group->items[TALLIES_MAX];
    }
    table_put(index->places, at, (int64_t)group->count);
    ImportTally *tally = &group->items[group->count++];
    tally->code = arena_text(index->arena, code);
    return tally;
}

void report_tally(ImportReport *report, const char *group, Text code, double amount)
{
    if (!report)
        return;
    ImportTally *tally = tally_of(report, group, code.length ? code : text_of(blank));
    tally->rows++;
    tally->sum += isnan(amount) ? 0 : amount;
}

void report_amount(ImportReport *report, double amount)
{
    if (!report)
        return;
    if (isnan(amount))
        report->sum_missing++;
    else
        report->sum += amount;
}

static ImportMisread *misread_of(ImportReport *report, const char *column)
{
    struct ReportIndex *index = report->index;
    const int64_t *place = table_get(index->misreads, text_of(column));
    if (place)
        return &report->misreads[*place];
    if (report->misread_count == MISREADS_MAX)
        return &report->misreads[MISREADS_MAX - 1];
    table_put(index->misreads, text_of(column), (int64_t)report->misread_count);
    report->misreads = arena_grow(index->arena, report->misreads, report->misread_count, &index->misread_room,
                                  sizeof *report->misreads);
    ImportMisread *misread = &report->misreads[report->misread_count++];
    *misread = (ImportMisread){ .column = arena_string(index->arena, column) };
    return misread;
}

void report_misread(ImportReport *report, const Row *row, const char *column, Text cell, const char *reason)
{
    if (!report)
        return;
    ImportMisread *misread = misread_of(report, column);
    if (misread->count++ > 0)
        return;
    Arena *arena = report->index->arena;
    misread->line = row->line;
    misread->example = arena_text(arena, clean_cut(text_of(clean_text(arena, cell)), EXAMPLE_MAX));
    misread->reason = arena_string(arena, reason);
}

void report_refusal(ImportReport *report, const char *file, size_t line, const char *reason)
{
    report->refused++;
    if (report->refusal_count == IMPORT_REFUSALS_MAX)
        return;
    Arena *arena = report->index->arena;
    report->refusals[report->refusal_count++] =
        (ImportRefusal){ arena_string(arena, file), line, arena_string(arena, reason) };
}

void report_unused(ImportReport *report, const char *column)
{
    struct ReportIndex *index = report->index;
    for (size_t i = 0; i < report->unused_count; i++)
        if (strcmp(report->unused[i], column) == 0)
            return;
    report->unused = arena_grow(index->arena, (void *)report->unused, report->unused_count, &index->unused_room,
                                sizeof *report->unused);
    report->unused[report->unused_count++] = arena_string(index->arena, column);
}

/* The counts that are plain numbers, for writing and reading. */
#define REPORT_COUNTS(COUNT) \
    COUNT(read)              \
    COUNT(added)             \
    COUNT(unchanged)         \
    COUNT(changed)           \
    COUNT(refused)           \
    COUNT(published)         \
    COUNT(excluded)          \
    COUNT(pending)           \
    COUNT(held)              \
    COUNT(sum_missing)       \
    COUNT(placeholders)

static void tally_write(Out *out, const ImportTally *tally)
{
    out_json(out, tally->code);
    OUT_LITERAL(out, ":{\"rows\":");
    out_int(out, tally->rows);
    OUT_LITERAL(out, ",\"sum\":");
    out_fixed(out, tally->sum, 2);
    OUT_LITERAL(out, "}");
}

static int tally_order(const void *left, const void *right)
{
    return strcmp(((const ImportTally *)left)->code, ((const ImportTally *)right)->code);
}

/* The items in the order of their codes, "(others)" last. */
static ImportTally *sorted(Arena *arena, const ImportGroup *group)
{
    ImportTally *items = NEW_ARRAY(arena, ImportTally, group->count + 1);
    if (group->count)
        memcpy(items, group->items, size_times(group->count, sizeof *items));
    qsort(items, MIN(group->count, (size_t)TALLIES_MAX), sizeof *items, tally_order);
    return items;
}

static void groups_write(Out *out, const ImportReport *report)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    OUT_LITERAL(out, "{");
    for (size_t i = 0; i < report->group_count; i++) {
        const ImportGroup *group = &report->groups[i];
        const ImportTally *items = sorted(arena, group);
        if (i)
            OUT_LITERAL(out, ",");
        out_json(out, group->name);
        OUT_LITERAL(out, ":{");
        for (size_t k = 0; k < group->count; k++) {
            if (k)
                OUT_LITERAL(out, ",");
            tally_write(out, &items[k]);
        }
        OUT_LITERAL(out, "}");
    }
    OUT_LITERAL(out, "}");
}

static void misread_write(Out *out, const ImportMisread *misread)
{
    OUT_LITERAL(out, "{\"column\":");
    out_json(out, misread->column);
    OUT_LITERAL(out, ",\"count\":");
    out_int(out, misread->count);
    OUT_LITERAL(out, ",\"line\":");
    out_count(out, misread->line);
    OUT_LITERAL(out, ",\"example\":");
    out_json(out, misread->example);
    OUT_LITERAL(out, ",\"reason\":");
    out_json(out, misread->reason);
    OUT_LITERAL(out, "}");
}

static void refusal_write(Out *out, const ImportRefusal *refusal)
{
    OUT_LITERAL(out, "{\"file\":");
    out_json(out, refusal->file);
    OUT_LITERAL(out, ",\"line\":");
    out_count(out, refusal->line);
    OUT_LITERAL(out, ",\"reason\":");
    out_json(out, refusal->reason);
    OUT_LITERAL(out, "}");
}

void import_report_json(Out *out, const ImportReport *report)
{
    OUT_LITERAL(out, "{\"importer\":");
    out_json(out, report->importer);
    OUT_LITERAL(out, ",\"dataset\":");
    out_json(out, report->dataset);
    OUT_LITERAL(out, ",\"licence\":");
    out_json(out, report->licence);
#define COUNT(name)                      \
    OUT_LITERAL(out, ",\"" #name "\":"); \
    out_int(out, report->name);
    REPORT_COUNTS(COUNT)
#undef COUNT
    OUT_LITERAL(out, ",\"resumed_at\":");
    out_int(out, report->resumed_at);
    OUT_LITERAL(out, ",\"summed\":");
    out_json(out, report->summed);
    OUT_LITERAL(out, ",\"sum\":");
    out_fixed(out, report->sum, 2);
    OUT_LITERAL(out, ",\"by\":");
    groups_write(out, report);
    OUT_LITERAL(out, ",\"not_understood\":[");
    for (size_t i = 0; i < report->misread_count; i++) {
        if (i)
            OUT_LITERAL(out, ",");
        misread_write(out, &report->misreads[i]);
    }
    OUT_LITERAL(out, "],\"columns_not_read\":[");
    for (size_t i = 0; i < report->unused_count; i++) {
        if (i)
            OUT_LITERAL(out, ",");
        out_json(out, report->unused[i]);
    }
    OUT_LITERAL(out, "],\"refusals\":[");
    for (size_t i = 0; i < report->refusal_count; i++) {
        if (i)
            OUT_LITERAL(out, ",");
        refusal_write(out, &report->refusals[i]);
    }
    OUT_LITERAL(out, "],\"seconds\":");
    out_fixed(out, report->seconds, 2);
    OUT_LITERAL(out, "}");
}

static void groups_add(ImportReport *report, const json_t *groups)
{
    const char *name, *code;
    json_t *items, *item;
    json_object_foreach((json_t *)(uintptr_t)groups, name, items)
    {
        json_object_foreach(items, code, item)
        {
            ImportTally *tally = tally_of(report, name, text_of(code));
            tally->rows += json_integer_value(json_object_get(item, "rows"));
            tally->sum += json_number_value(json_object_get(item, "sum"));
        }
    }
}

static void misreads_add(ImportReport *report, const json_t *misreads)
{
    size_t i;
    json_t *item;
    Arena *arena = report->index->arena;
    json_array_foreach(misreads, i, item)
    {
        ImportMisread *misread = misread_of(report, json_string_of(item, "column"));
        if (misread->count == 0) {
            misread->line = (size_t)json_integer_value(json_object_get(item, "line"));
            misread->example = arena_string(arena, json_string_of(item, "example"));
            misread->reason = arena_string(arena, json_string_of(item, "reason"));
        }
        misread->count += json_integer_value(json_object_get(item, "count"));
    }
}

bool report_add(ImportReport *report, Text json, Problem *problem)
{
    AUTO_JSON *stored = json_parse(json, problem);
    if (!stored)
        return false;
#define COUNT(name) report->name += json_integer_value(json_object_get(stored, #name));
    REPORT_COUNTS(COUNT)
#undef COUNT
    report->sum += json_number_value(json_object_get(stored, "sum"));
    groups_add(report, json_object_get(stored, "by"));
    misreads_add(report, json_object_get(stored, "not_understood"));
    const json_t *refusals = json_object_get(stored, "refusals");
    int64_t refused = report->refused;
    size_t i;
    json_t *item;
    json_array_foreach(json_object_get(stored, "columns_not_read"), i, item)
        report_unused(report, json_string_value(item));
    json_array_foreach(refusals, i, item)
        report_refusal(report, json_string_of(item, "file"), (size_t)json_integer_value(json_object_get(item, "line")),
                       json_string_of(item, "reason"));
    report->refused = refused; /* counted above already, those beyond the first hundred too */
    return true;
}
