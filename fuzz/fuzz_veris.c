/* Any bytes as a file of VERIS documents. */
#include "fuzz.h"
#include "intake/documents.h"
#include "intake/report.h"

static void make_record(Making *making, Row *row)
{
    Made made = { 0 };
    Problem refusal = { 0 };
    making->row = row;
    if (!importer_find("veris")->make(making, &made, &refusal)) {
        if (refusal.kind != PROBLEM_BAD_INPUT)
            abort();
        return;
    }
    fuzz_check_record(&made.record, made.key);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP), *row_arena = arena_new(ARENA_NO_CAP);
    Documents *documents = documents_of(arena, (Text){ (const char *)data, size });
    ImportReport *report = NEW(arena, ImportReport);
    Document document;
    Problem problem = { 0 };
    size_t end = 0;
    report_start(arena, importer_find("veris"), report);
    Making making = {
        .arena = row_arena, .codebook = fuzz_codebook(), .countries = fuzz_countries(), .report = report
    };
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
            make_record(&making, &row);
    }
    return 0;
}
