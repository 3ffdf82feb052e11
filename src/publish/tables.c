#include "publish/tables.h"

#include "domain/evidence.h"
#include "publish/figures_json.h"
#include "publish/table_rows.h"

enum { CHUNK = 64 << 10, BATCH = 4096 };

struct RowWriter {
    Out *out;
    ExportForm form;
    const TableJob *job;
    size_t rows; /* written so far */
    Xlsx *xlsx;  /* of EXPORT_XLSX, once it is begun */
    Problem *problem;
};

struct Export {
    const Snapshot *snapshot;
    ExportOrder order;
    Figures figures; /* for what the export says about itself */
    const TableRows *table;
    TableJob job;
    RowWriter writer;
    int64_t batch[BATCH];
    size_t batch_count, batch_place; /* incidents of the batch, and the next one */
    size_t listed, total;            /* incidents taken so far, and all that match */
    XlsxAbout about;
    bool begun, ended;
};

void table_columns(TableJob *job, const Schema *schema)
{
    for (size_t i = 0; i < schema->count; i++)
        job->names[job->columns++] = schema->columns[i].name;
}

int64_t table_first(int64_t incident)
{
    return incident * ROWS_PER_INCIDENT;
}

int64_t table_last(int64_t incident)
{
    return table_first(incident) + ROWS_PER_INCIDENT - 1;
}

const char *table_cell(Arena *arena, const Rows *rows, int column)
{
    return rows_is_null(rows, column) ? NULL : arena_string(arena, rows_text(rows, column));
}

Cell table_day(Arena *arena, const Rows *rows, int column)
{
    return cell_day(arena, rows_is_null(rows, column) ? INT32_MIN : (int32_t)rows_int(rows, column));
}

void row_write(RowWriter *writer, const Cell *cells)
{
    const TableJob *job = writer->job;
    switch (writer->form) {
    case EXPORT_JSON:
        if (writer->rows)
            OUT_LITERAL(writer->out, ",\n");
        cells_json(writer->out, job->names, cells, job->columns);
        break;
    case EXPORT_XLSX: (void)xlsx_cells(writer->xlsx, cells, job->columns, writer->problem); break;
    case EXPORT_CSV: cells_csv(writer->out, cells, job->columns, CSV_PLAIN); break;
    case EXPORT_CSV_SPREADSHEET: cells_csv(writer->out, cells, job->columns, CSV_DEFUSED); break;
    }
    writer->rows++;
}

static const TableRows *const tables[] = {
    [EXPORT_INCIDENTS] = &incidents_table,     [EXPORT_CLAIMS] = &claims_table,
    [EXPORT_SOURCES] = &sources_table,         [EXPORT_ORGANISATIONS] = &organisations_table,
    [EXPORT_CORRECTIONS] = &corrections_table, [EXPORT_CHANGES] = &changes_table,
    [EXPORT_CHECKPOINTS] = &checkpoints_table
};

Export *export_begin(Arena *arena, const Snapshot *snapshot, const ExportOrder *order)
{
    Export *export = NEW(arena, Export);
    *export = (Export){ .snapshot = snapshot, .order = *order, .table = tables[order->table] };
    figures_count(snapshot, order->filter, order->found.ids, order->found.count, arena, &export->figures);
    export->job = (TableJob){ .arena = arena,
                              .scratch = arena_new(ARENA_NO_CAP),
                              .codebook = snapshot_codebook(snapshot),
                              .entries = export->figures.entries,
                              .view = order->view,
                              .before = MIN(order->before, export->figures.entries + 1),
                              .after = order->after };
    export->writer = (RowWriter){ .form = order->form, .job = &export->job };
    return export;
}

void export_end(Export *export)
{
    if (!export)
        return;
    xlsx_close(export->writer.xlsx);
    arena_free(export->job.scratch);
}

int64_t export_as_of(const Export *export)
{
    return export->figures.as_of;
}

size_t export_total(const Export *export)
{
    return export->total;
}

static size_t next_organisations(Export *export, size_t skip, size_t most)
{
    const Found *all = &export->order.organisations;
    size_t from = MIN(skip, all->count), count = MIN(most, all->count - from);
    export->total = all->count;
    if (count)
        memcpy(export->batch, all->ids + from, count * sizeof export->batch[0]);
    return count;
}

/* The next incidents or organisations that the filter selects. */
static size_t next_selected(Export *export, size_t most)
{
    const ExportOrder *order = &export->order;
    Listing listing = { .filter = order->filter,
                        .ids = order->found.ids,
                        .id_count = order->found.count,
                        .which = order->which,
                        .order = order->order,
                        .skip = order->skip + export->listed,
                        .most = most };
    return order->table == EXPORT_ORGANISATIONS
               ? next_organisations(export, listing.skip, most)
               : figures_list(export->snapshot, &listing, export->batch, &export->total);
}

static bool next_batch(Export *export, Problem *problem)
{
    const ExportOrder *order = &export->order;
    size_t most = order->most ? MIN(order->most - export->listed, BATCH) : BATCH;
    export->batch_place = export->batch_count = 0;
    if (most == 0)
        return false;
    if (!export->table->next)
        export->batch_count = next_selected(export, most);
    else if (!export->table->next(&export->job, export->batch, most, &export->batch_count, problem))
        return false;
    export->listed += export->batch_count;
    return export->batch_count > 0;
}

static void write_csv_start(Out *out, const TableJob *job, ExportForm form)
{
    if (form == EXPORT_CSV_SPREADSHEET)
        OUT_LITERAL(out, "\xEF\xBB\xBF");
    cells_csv_header(out, job->names, job->columns);
}

/* A workbook with its header. */
static Xlsx *workbook_of(const TableJob *job, const XlsxAbout *about, Out *out, Problem *problem)
{
    Text *names = NEW_ARRAY(job->arena, Text, job->columns);
    for (size_t i = 0; i < job->columns; i++)
        names[i] = text_of(job->names[i]);
    Xlsx *book = xlsx_begin(job->arena, out, about, problem);
    if (book && xlsx_row(book, names, job->columns, problem))
        return book;
    xlsx_close(book);
    return NULL;
}

static bool begin_workbook(Export *export, Out *out, Problem *problem)
{
    const TableJob *job = &export->job;
    if (export->total >= XLSX_ROWS_MAX)
        return fail(problem, PROBLEM_BAD_INPUT, "a sheet holds %d rows and there are more; take the CSV instead",
                    XLSX_ROWS_MAX);
    export->about = *export->order.about;
    export->about.as_of = moment_write(export->figures.as_of, arena_take(job->arena, MOMENT_TEXT_SIZE));
    export->writer.xlsx = workbook_of(job, &export->about, out, problem);
    return export->writer.xlsx != NULL;
}

static void begin_json(const Export *export, Out *out)
{
    OUT_LITERAL(out, "{\"total\":");
    out_count(out, export->total);
    figures_json_origin(out, &export->figures, export->order.filter, export->job.codebook);
    OUT_LITERAL(out, ",");
    out_json(out, export->table->name);
    OUT_LITERAL(out, ":[\n");
}

static bool write_start(Export *export, Out *out, Problem *problem)
{
    switch (export->order.form) {
    case EXPORT_JSON: begin_json(export, out); return true;
    case EXPORT_XLSX: return begin_workbook(export, out, problem);
    case EXPORT_CSV:
    case EXPORT_CSV_SPREADSHEET: break;
    }
    write_csv_start(out, &export->job, export->order.form);
    return true;
}

static bool write_end(Export *export, Out *out, Problem *problem)
{
    if (export->order.form == EXPORT_JSON)
        OUT_LITERAL(out, "\n]}\n");
    return !export->writer.xlsx || xlsx_end(export->writer.xlsx, problem);
}

static bool write_next(Export *export, Problem *problem)
{
    arena_reset(export->job.scratch);
    return export->table->write(&export->job, export->batch[export->batch_place++], &export->writer, problem) &&
           !problem->kind;
}

static bool begin_export(Export *export, Out *out, Problem *problem)
{
    if (!export->table->begin(&export->job, problem))
        return false;
    (void)next_batch(export, problem); /* the problem tells when it fails, and none is no failure */
    export->begun = true;
    return !problem->kind && write_start(export, out, problem);
}

bool export_next(Export *export, Store *public_store, Out *out, Problem *problem)
{
    size_t start = out->length;
    export->job.store = public_store;
    export->writer.out = out;
    export->writer.problem = problem;
    if (export->writer.xlsx)
        xlsx_into(export->writer.xlsx, out);
    if (export->ended || (!export->begun && !begin_export(export, out, problem)))
        return false;
    while (out->length - start < CHUNK) {
        if (export->batch_place == export->batch_count && !next_batch(export, problem)) {
            export->ended = true;
            break;
        }
        if (!write_next(export, problem))
            return false;
    }
    if (!export->ended)
        return true;
    if (problem->kind)
        return false;
    (void)write_end(export, out, problem); /* the problem tells when it fails */
    return false;
}

bool export_one(Arena *arena, Store *public_store, const ExportOne *order, Out *out, Problem *problem)
{
    TableJob job = {
        .arena = arena, .scratch = arena, .store = public_store, .codebook = order->codebook, .entries = order->entries
    };
    RowWriter writer = { .out = out, .form = order->form, .job = &job, .problem = problem };
    const TableRows *table = tables[order->table];
    if (!table->begin(&job, problem))
        return false;
    AUTO_XLSX *book = order->form == EXPORT_XLSX ? workbook_of(&job, order->about, out, problem) : NULL;
    writer.xlsx = book;
    if (order->form == EXPORT_JSON)
        OUT_LITERAL(out, "[");
    else if (!book)
        write_csv_start(out, &job, order->form);
    if (problem->kind || !table->write(&job, order->incident, &writer, problem))
        return false;
    if (order->form == EXPORT_JSON)
        OUT_LITERAL(out, "]");
    return !problem->kind && (!book || xlsx_end(book, problem));
}
