/* Older forms of a record, made again from their raw bytes as they were made then. */
#include "intake/load.h"
#include "intake/mapping.h"

typedef struct Form { /* a raw row */
    Text bytes;
    int64_t run, previous;
    int32_t observed;
} Form;

static bool form_read(Load *load, int64_t raw, Form *form, Problem *problem)
{
    AUTO_ROWS *rows = store_run(load->work, problem, SQL_RAW_GET, "i", raw);
    if (!rows)
        return false;
    if (!rows_next(rows))
        return fail(problem, PROBLEM_DAMAGED, "the work store lacks the raw row %lld", (long long)raw);
    Text bytes = rows_bytes(rows, 0);
    *form = (Form){ .bytes = { arena_copy(load->row_arena, bytes.at, bytes.length), bytes.length },
                    .run = rows_int(rows, 1),
                    .previous = rows_int(rows, 2),
                    .observed = rows_is_null(rows, 3) ? DAY_UNKNOWN : (int32_t)rows_int(rows, 3) };
    return true;
}

/* The header and the mapping of another run. */
static bool past_prepare(Load *load, int64_t run, Text *header, Problem *problem)
{
    AUTO_ROWS *rows = store_run(load->work, problem, SQL_RUN_FACTS, "i", run);
    if (!rows || !rows_next(rows))
        return problem->kind ? false
                             : fail(problem, PROBLEM_DAMAGED, "the work store lacks the run %lld", (long long)run);
    Text bytes = rows_bytes(rows, 1);
    *header = (Text){ arena_copy(load->arena, bytes.at, bytes.length), bytes.length };
    if (rows_is_null(rows, 2))
        return true;
    Mapping *mapping = NEW(load->arena, Mapping);
    Text text = { arena_string(load->arena, rows_text(rows, 2)), strlen(rows_text(rows, 2)) };
    load->past.mapping = mapping;
    return mapping_read(load->arena, load->making.codebook, text, mapping, problem);
}

static bool past_of(Load *load, int64_t run, Problem *problem)
{
    Text header = { 0 };
    if (load->past_run == run)
        return true;
    load->past = load->making;
    load->past.report = NULL;
    if (!past_prepare(load, run, &header, problem))
        return false;
    load->past_run = run;
    load->past_header = header;
    if (load->importer->format != FORMAT_CSV)
        return true;
    AUTO_ARENA *scratch = arena_new(ARENA_NO_CAP);
    CsvRow *cells = NEW(scratch, CsvRow);
    if (!csv_next(csv_of(scratch, header), cells, problem))
        return fail(problem, PROBLEM_DAMAGED, "the work store lacks the header of the run %lld", (long long)run);
    load->past.columns = columns_of(load->arena, cells);
    return importer_bind(load->arena, load->importer, load->past.mapping, load->past.columns, &load->past.places,
                         problem);
}

static bool parse_csv(Load *load, const Form *form, Row *row, Problem *problem)
{
    Arena *arena = load->row_arena;
    const Text header = load->past_header, bytes = form->bytes;
    AUTO_OUT file = { 0 };
    out_raw(&file, header.at, header.length);
    OUT_LITERAL(&file, "\n");
    out_raw(&file, bytes.at, bytes.length);
    Csv *csv = csv_of(arena, out_view(&file));
    CsvRow *cells = NEW(arena, CsvRow);
    row->cells = cells;
    bool header_read = csv_next(csv, cells, problem);
    return header_read && csv_next(csv, cells, problem);
}

bool load_past(Load *load, int64_t raw, Record *record, int32_t *observed, int64_t *previous, Problem *problem)
{
    Form form = { 0 };
    Made made = { .day = DAY_UNKNOWN };
    if (!form_read(load, raw, &form, problem) || !past_of(load, form.run, problem))
        return false;
    Row row = { .number = 1, .line = 1, .file = "", .raw = form.bytes };
    if (load->importer->format == FORMAT_JSON) {
        json_decref(load->past_json);
        load->past_json = json_parse(form.bytes, problem);
        row.json = load->past_json;
    } else
        (void)parse_csv(load, &form, &row, problem);
    load->past.row = &row;
    load->past.arena = load->row_arena;
    if (problem->kind || !load->importer->make(&load->past, &made, problem))
        return fail(problem, PROBLEM_DAMAGED, "the raw row %lld can no longer be read", (long long)raw);
    *record = made.record;
    record->dataset = load->dataset;
    *observed = form.observed;
    *previous = form.previous;
    return true;
}
