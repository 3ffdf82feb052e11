/* What was changed after it was published, newest first: one row for each published value that an entry changed. */
#include "publish/corrections.h"
#include "publish/table_rows.h"

static bool begin(TableJob *job, Problem *problem)
{
    table_columns(job, &corrected_schema);
    return !problem->kind;
}

static bool next_entries(TableJob *job, int64_t *batch, size_t most, size_t *count, Problem *problem)
{
    if (!corrections_entries(job->store, job->before, most, batch, count, problem))
        return false;
    job->before = *count ? batch[*count - 1] : 0;
    return true;
}

enum { STATED_CELLS = 3 };

static void write_stated(Cell cells[STATED_CELLS], const Stated *stated)
{
    cells[0] = cell_text(stated ? stated->value : NULL);
    cells[1] = cell_text(stated ? stated->missing : NULL);
    cells[2] = cell_text(stated ? stated->rivals : NULL);
}

/* `change` is NULL of a correction that changed no published value: a reason alone, or an incident that left. */
static void write_row(const TableJob *job, const Correction *one, const ValueChange *change, RowWriter *writer)
{
    const Revision *revision = &one->revision;
    char *at = NEW_ARRAY(job->scratch, char, MOMENT_TEXT_SIZE);
    Cell cells[] = { cell_count(revision->entry),
                     cell_text(moment_write(revision->at, at)),
                     cell_count(one->incident),
                     cell_text(revision->kind),
                     cell_text(revision->author),
                     cell_text(revision->reviewer),
                     cell_text(revision->reason),
                     cell_flag(revision->left),
                     cell_text(change ? change->variable : NULL),
                     [9 + 2 * STATED_CELLS - 1] = cell_text(NULL) };
    write_stated(&cells[9], change ? change->before : NULL);
    write_stated(&cells[9 + STATED_CELLS], change ? change->after : NULL);
    row_write(writer, cells);
}

static bool write_entry(TableJob *job, int64_t entry, RowWriter *writer, Problem *problem)
{
    CorrectionList list;
    View view = *job->view;
    view.arena = job->scratch;
    if (!corrections_of(&view, job->store, entry, &list, problem))
        return false;
    for (size_t i = 0; i < list.count; i++) {
        const Correction *one = &list.items[i];
        if (one->revision.change_count == 0)
            write_row(job, one, NULL, writer);
        for (size_t k = 0; k < one->revision.change_count; k++)
            write_row(job, one, &one->revision.changes[k], writer);
    }
    return true;
}

const TableRows corrections_table = { "corrections", begin, write_entry, next_entries };
