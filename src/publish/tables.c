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
    bool begun, ended;
};

void table_names(TableJob *job, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        job->names[job->columns++] = names[i];
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
    if (writer->form == EXPORT_JSON) {
        if (writer->rows)
            OUT_LITERAL(writer->out, ",\n");
        cells_json(writer->out, job->names, cells, job->columns);
    } else
        cells_csv(writer->out, cells, job->columns, writer->form == EXPORT_CSV_SPREADSHEET ? CSV_DEFUSED : CSV_PLAIN);
    writer->rows++;
}

static const TableRows *const tables[] = {
    [EXPORT_INCIDENTS] = &incidents_table, [EXPORT_CLAIMS] = &claims_table, [EXPORT_SOURCES] = &sources_table
};

Export *export_begin(Arena *arena, const Snapshot *snapshot, const ExportOrder *order)
{
    Export *export = NEW(arena, Export);
    *export = (Export){ .snapshot = snapshot, .order = *order, .table = tables[order->table] };
    figures_count(snapshot, order->filter, order->found.ids, order->found.count, arena, &export->figures);
    export->job = (TableJob){ .arena = arena,
                              .scratch = arena_new(ARENA_NO_CAP),
                              .codebook = snapshot_codebook(snapshot),
                              .entries = export->figures.entries };
    export->writer = (RowWriter){ .form = order->form, .job = &export->job };
    return export;
}

void export_end(Export *export)
{
    if (export)
        arena_free(export->job.scratch);
}

size_t export_total(const Export *export)
{
    return export->total;
}

/* The next incidents; false when all were taken. */
static bool next_batch(Export *export)
{
    const ExportOrder *order = &export->order;
    size_t most = order->most && order->most - export->listed < BATCH ? order->most - export->listed : BATCH;
    export->batch_place = export->batch_count = 0;
    if (order->most && export->listed >= order->most)
        return false;
    Listing listing = { .filter = order->filter,
                        .ids = order->found.ids,
                        .id_count = order->found.count,
                        .which = order->which,
                        .order = order->order,
                        .skip = order->skip + export->listed,
                        .most = most };
    export->batch_count = figures_list(export->snapshot, &listing, export->batch, &export->total);
    export->listed += export->batch_count;
    return export->batch_count > 0;
}

static void write_csv_start(Out *out, const TableJob *job, ExportForm form)
{
    if (form == EXPORT_CSV_SPREADSHEET)
        OUT_LITERAL(out, "\xEF\xBB\xBF");
    cells_csv_header(out, job->names, job->columns);
}

static void write_start(Export *export, Out *out)
{
    if (export->order.form != EXPORT_JSON) {
        write_csv_start(out, &export->job, export->order.form);
        return;
    }
    OUT_LITERAL(out, "{\"total\":");
    out_count(out, export->total);
    figures_json_origin(out, &export->figures, export->order.filter, export->job.codebook);
    OUT_LITERAL(out, ",");
    out_json(out, export->table->name);
    OUT_LITERAL(out, ":[\n");
}

bool export_next(Export *export, Store *public_store, Out *out, Problem *problem)
{
    size_t start = out->length;
    export->job.store = public_store;
    export->writer.out = out;
    if (export->ended)
        return false;
    if (!export->begun) {
        if (!export->table->begin(&export->job, problem))
            return false;
        next_batch(export);
        write_start(export, out);
        export->begun = true;
    }
    while (out->length - start < CHUNK) {
        if (export->batch_place == export->batch_count && !next_batch(export)) {
            export->ended = true;
            break;
        }
        arena_reset(export->job.scratch);
        if (!export->table->write(&export->job, export->batch[export->batch_place++], &export->writer, problem))
            return false;
    }
    if (export->ended && export->order.form == EXPORT_JSON)
        OUT_LITERAL(out, "\n]}\n");
    return !export->ended;
}

bool export_one(Arena *arena, Store *public_store, const ExportOne *order, Out *out, Problem *problem)
{
    TableJob job = {
        .arena = arena, .scratch = arena, .store = public_store, .codebook = order->codebook, .entries = order->entries
    };
    RowWriter writer = { .out = out, .form = order->form, .job = &job };
    const TableRows *table = tables[order->table];
    if (!table->begin(&job, problem))
        return false;
    if (order->form == EXPORT_JSON)
        OUT_LITERAL(out, "[");
    else
        write_csv_start(out, &job, order->form);
    if (!table->write(&job, order->incident, &writer, problem))
        return false;
    if (order->form == EXPORT_JSON)
        OUT_LITERAL(out, "]");
    return true;
}
