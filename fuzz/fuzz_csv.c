/* Any bytes as a CSV file of the register of the United States, of the starter incidents, and, before a NUL, as a
 * mapping for what follows it. */
#include "fuzz.h"
#include "intake/mapping.h"
#include "intake/report.h"

static void make_rows(const Importer *importer, const Mapping *mapping, Text bytes)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP), *row_arena = arena_new(ARENA_NO_CAP);
    Csv *csv = csv_of(arena, bytes);
    CsvRow *cells = NEW(arena, CsvRow);
    ImportReport *report = NEW(arena, ImportReport);
    Problem problem = { 0 };
    report_start(arena, importer, report);
    Making making = { .arena = row_arena,
                      .codebook = fuzz_codebook(),
                      .countries = fuzz_countries(),
                      .mapping = mapping,
                      .report = report };
    if (!csv_next(csv, cells, &problem) || cells->error)
        return;
    making.columns = columns_of(arena, cells);
    if (!importer_bind(arena, importer, mapping, making.columns, &making.places, &problem) ||
        (importer->prepare && !importer->prepare(arena, &making, &problem)))
        return;
    size_t end = cells->end;
    for (size_t i = 1; csv_next(csv, cells, &problem); i++) {
        Row row = { .number = i, .line = cells->line, .file = "fuzz", .raw = cells->raw, .cells = cells };
        Made made = { 0 };
        Problem refusal = { 0 };
        if (cells->end <= end || cells->end > bytes.length)
            abort();
        end = cells->end;
        arena_reset(row_arena);
        making.row = &row;
        if (!cells->error && importer->make(&making, &made, &refusal))
            fuzz_check_record(&made.record, *made.key ? made.key : "1");
        else if (!cells->error && refusal.kind != PROBLEM_BAD_INPUT)
            abort();
    }
    AUTO_OUT text = { 0 };
    import_report_text(&text, report);
    import_report_json(&text, report);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Text rest = { (const char *)data, size }, first;
    if (size == 0 || !text_split(&rest, '\0', &first))
        return 0;
    make_rows(importer_find("hhs-ocr"), NULL, first);
    make_rows(importer_find("starter"), NULL, first);
    if (!rest.at)
        return 0;
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Mapping mapping;
    Problem problem = { 0 };
    if (mapping_read(arena, fuzz_codebook(), first, &mapping, &problem))
        make_rows(importer_find("csv"), &mapping, rest);
    else if (problem.kind != PROBLEM_BAD_INPUT)
        abort();
    return 0;
}
