/* The sources of the incidents, each once, in the order in which the incidents name them. */
#include "publish/table_rows.h"

enum { BITS = 64, SOURCE_COLUMNS = 12 };

static bool begin(TableJob *job, Problem *problem)
{
    table_columns(job, &source_schema);
    return !problem->kind;
}

/* Marks a source; true the first time. Numbers of sources have no large gaps. */
static bool is_new(TableJob *job, int64_t source)
{
    size_t word = (size_t)source / BITS;
    uint64_t bit = UINT64_C(1) << ((size_t)source % BITS);
    if (word >= job->seen_words) {
        size_t wider = MAX(size_times(word + 1, 2), 1024);
        uint64_t *seen = NEW_ARRAY(job->arena, uint64_t, wider);
        if (job->seen_words)
            memcpy(seen, job->seen, job->seen_words * sizeof *seen);
        job->seen = seen;
        job->seen_words = wider;
    }
    bool first = !(job->seen[word] & bit);
    job->seen[word] |= bit;
    return first;
}

static void write_row(TableJob *job, const Rows *rows, RowWriter *writer)
{
    Cell cells[SOURCE_COLUMNS];
    cells[0] = cell_count(rows_int(rows, 0));
    for (int i = 1; i < 10; i++)
        cells[i] = cell_text(table_cell(job->scratch, rows, i));
    cells[10] = table_day(job->scratch, rows, 10);
    cells[11] = cell_count(rows_int(rows, 11));
    row_write(writer, cells);
}

static bool write_source(TableJob *job, int64_t source, RowWriter *writer, Problem *problem)
{
    AUTO_ROWS *rows = store_run(job->store, problem, SQL_PUBLISH_SOURCE, "i", source);
    if (rows && rows_next(rows))
        write_row(job, rows, writer);
    return !problem->kind;
}

static bool write_incident(TableJob *job, int64_t incident, RowWriter *writer, Problem *problem)
{
    AUTO_ROWS *rows = store_run(job->store, problem, SQL_PUBLISH_SOURCES_OF, "iii", table_first(incident),
                                table_last(incident), job->entries);
    while (rows && rows_next(rows))
        if (is_new(job, rows_int(rows, 0)) && !write_source(job, rows_int(rows, 0), writer, problem))
            return false;
    return !problem->kind;
}

const TableRows sources_table = { "sources", begin, write_incident, NULL };
