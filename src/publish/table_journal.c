/* The journal as rows, oldest first: its entries, and its signed checkpoints. */
#include "guard/seal.h"
#include "publish/journal_data.h"
#include "publish/table_rows.h"

enum { BASE64_SIZE = 48 };

static bool begin_changes(TableJob *job, Problem *problem)
{
    table_columns(job, &change_schema);
    return !problem->kind;
}

static bool begin_checkpoints(TableJob *job, Problem *problem)
{
    table_columns(job, &checkpoint_schema);
    return !problem->kind;
}

/* The first column of the next rows, by which they are sorted. */
static bool next_of(TableJob *job, Statement list, int64_t *batch, size_t most, size_t *count, Problem *problem)
{
    AUTO_ROWS *rows = store_run(job->store, problem, list, "ii", job->after, (int64_t)most);
    for (*count = 0; rows && rows_next(rows) && *count < most; ++*count)
        job->after = batch[*count] = rows_int(rows, 0);
    return !problem->kind;
}

static bool next_changes(TableJob *job, int64_t *batch, size_t most, size_t *count, Problem *problem)
{
    return next_of(job, SQL_PUBLISH_CHANGES, batch, most, count, problem);
}

static bool next_checkpoints(TableJob *job, int64_t *batch, size_t most, size_t *count, Problem *problem)
{
    return next_of(job, SQL_PUBLISH_CHECKPOINTS, batch, most, count, problem);
}

static Cell moment_cell(TableJob *job, const Rows *rows, int column)
{
    return cell_text(moment_write(rows_int(rows, column), NEW_ARRAY(job->scratch, char, MOMENT_TEXT_SIZE)));
}

static Cell hash_cell(TableJob *job, const Rows *rows, int column)
{
    char *text = NEW_ARRAY(job->scratch, char, BASE64_SIZE);
    seal_base64(rows_bytes(rows, column), text, BASE64_SIZE);
    return cell_text(text);
}

static bool write_change(TableJob *job, int64_t entry, RowWriter *writer, Problem *problem)
{
    AUTO_ROWS *rows = store_run(job->store, problem, SQL_PUBLISH_CHANGES, "ii", entry - 1, (int64_t)1);
    if (!rows || !rows_next(rows))
        return !problem->kind;
    const char *subject = table_cell(job->scratch, rows, 3);
    const Cell cells[] = { cell_count(rows_int(rows, 0)),
                           moment_cell(job, rows, 1),
                           cell_text(table_cell(job->scratch, rows, 2)),
                           cell_text(subject),
                           hash_cell(job, rows, 4),
                           cell_text(
                               journal_address(job->scratch, text_of(subject), table_cell(job->scratch, rows, 5))) };
    row_write(writer, cells);
    return true;
}

static bool write_checkpoint(TableJob *job, int64_t size, RowWriter *writer, Problem *problem)
{
    AUTO_ROWS *rows = store_run(job->store, problem, SQL_PUBLISH_CHECKPOINTS, "ii", size - 1, (int64_t)1);
    if (!rows || !rows_next(rows))
        return !problem->kind;
    const Cell cells[] = { cell_count(rows_int(rows, 0)), moment_cell(job, rows, 1), cell_count(rows_int(rows, 2)),
                           hash_cell(job, rows, 3), cell_text(table_cell(job->scratch, rows, 4)) };
    row_write(writer, cells);
    return true;
}

const TableRows changes_table = { "changes", begin_changes, write_change, next_changes };
const TableRows checkpoints_table = { "checkpoints", begin_checkpoints, write_checkpoint, next_checkpoints };
