/* The claims about the incidents, one a row, with who says it where; those that were retracted since as well. */
#include "publish/table_rows.h"

static bool begin(TableJob *job, Problem *problem)
{
    table_columns(job, &claim_schema);
    return !problem->kind;
}

static void write_row(TableJob *job, int64_t incident, const Rows *rows, RowWriter *writer)
{
    Arena *arena = job->scratch;
    bool retracted = !rows_is_null(rows, 10) && rows_int(rows, 10) <= job->entries;
    const Cell cells[] = {
        cell_count(rows_int(rows, 0)),
        cell_count(incident),
        cell_text(table_cell(arena, rows, 1)),
        cell_text(table_cell(arena, rows, 2)),
        cell_text(table_cell(arena, rows, 3)),
        cell_number(rows_real(rows, 4)),
        cell_number(rows_real(rows, 5)),
        cell_text(table_cell(arena, rows, 6)),
        cell_text(table_cell(arena, rows, 7)),
        cell_text(table_cell(arena, rows, 8)),
        cell_text(table_cell(arena, rows, 11)),
        cell_text(table_cell(arena, rows, 12)),
        cell_text(table_cell(arena, rows, 13)),
        table_day(arena, rows, 14),
        table_day(arena, rows, 15),
        cell_count(rows_int(rows, 17)),
        cell_text(table_cell(arena, rows, 16)),
        cell_count(rows_int(rows, 9)),
        retracted ? cell_count(rows_int(rows, 10)) : cell_text(NULL),
    };
    row_write(writer, cells);
}

static bool write_incident(TableJob *job, int64_t incident, RowWriter *writer, Problem *problem)
{
    AUTO_ROWS *rows = store_run(job->store, problem, SQL_PUBLISH_CLAIMS, "iii", table_first(incident),
                                table_last(incident), job->entries);
    while (rows && rows_next(rows))
        write_row(job, incident, rows, writer);
    return !problem->kind;
}

const TableRows claims_table = { "claims", begin, write_incident, NULL };
