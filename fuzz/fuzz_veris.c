/* Any bytes as a file of VERIS documents. */
#include "intake/documents.h"
#include "intake/report.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct Setting { /* made once */
    Arena *arena;
    Codebook codebook;
    const Countries *countries;
} Setting;

static const Setting *setting(void)
{
    static Setting made;
    Problem problem = { 0 };
    if (made.arena)
        return &made;
    made.arena = arena_new(ARENA_NO_CAP);
    made.countries = countries_new(made.arena);
    if (!codebook_read(made.arena, codebook_embedded(), &made.codebook, &problem))
        abort();
    return &made;
}

static void make_record(const Setting *set, Making *making, Row *row)
{
    Made made = { 0 };
    Problem problem = { 0 }, refusal = { 0 };
    making->row = row;
    if (!importer_find("veris")->make(making, &made, &refusal)) {
        if (refusal.kind != PROBLEM_BAD_INPUT)
            abort();
        return;
    }
    AUTO_OUT body = { 0 };
    made.record.dataset = "fuzz";
    made.record.external = made.key;
    if (!record_check(&made.record, &set->codebook, &problem) && !strstr(problem.message, "longer")) {
        (void)fprintf(stderr, "%s\n", problem.message);
        abort();
    }
    record_write(&body, &made.record);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const Setting *set = setting();
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP), *row_arena = arena_new(ARENA_NO_CAP);
    Documents *documents = documents_of(arena, (Text){ (const char *)data, size });
    ImportReport *report = NEW(arena, ImportReport);
    Document document;
    Problem problem = { 0 };
    size_t end = 0;
    report_start(arena, importer_find("veris"), report);
    Making making = { .arena = row_arena, .codebook = &set->codebook, .countries = set->countries, .report = report };
    while (documents_next(documents, &document, &problem)) {
        Problem wrong = { 0 };
        if (document.end <= end || document.end > size || document.raw.length > document.end - end)
            abort();
        end = document.end;
        if (document.error)
            continue;
        AUTO_JSON *json = json_parse(document.raw, &wrong);
        Row row = { .number = 1, .line = document.line, .file = "fuzz", .raw = document.raw, .json = json };
        arena_reset(row_arena);
        if (json)
            make_record(set, &making, &row);
    }
    return 0;
}
