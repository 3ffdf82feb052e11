#include "intake/load.h"

#include "base/progress.h"
#include "base/sys.h"
#include "intake/change.h"
#include "intake/report.h"

typedef struct Places { /* ids of the next rows */
    int64_t record, raw;
} Places;

static bool places_read(Load *load, Places *places, Problem *problem)
{
    AUTO_ROWS *rows = store_run(load->work, problem, SQL_ROW_ENDS, "");
    if (!rows || !rows_next(rows))
        return false;
    *places = (Places){ rows_int(rows, 0) + 1, rows_int(rows, 1) + 1 };
    return true;
}

#define NONE ((double)NAN) /* SQL NULL for a number */

static double or_null(int64_t number)
{
    return number ? (double)number : NONE;
}

static bool store_raw(Load *load, const Outcome *outcome, int64_t raw, int64_t record, int64_t previous,
                      Problem *problem)
{
    return store_later(load->work, problem, SQL_RAW_ADD, "irriibt", raw, or_null(record), or_null(previous), load->run,
                       (int64_t)outcome->line, outcome->raw, outcome->refusal);
}

static bool store_draft(Load *load, const Outcome *outcome, int64_t record, Problem *problem)
{
    if (outcome->draft.at)
        return store_do(load->work, problem, SQL_DRAFT_PUT, "iiv", record, sys_now(), outcome->draft);
    if (outcome->stored.id && outcome->entry != NO_ENTRY && !outcome->stored.incident)
        return store_do(load->work, problem, SQL_DRAFT_DROP, "i", record);
    return true;
}

/* Rows wait for each other, but a draft needs its record to be there. */
static bool store_record(Load *load, const Outcome *outcome, int64_t incident, int64_t record, int64_t raw,
                         Problem *problem)
{
    return store_later(load->work, problem, SQL_ROW_ADD, "ititiirttiii", record, load->dataset, outcome->look_up,
                       outcome->external, load->run, (int64_t)outcome->number, or_null(incident), outcome->state,
                       outcome->reason, outcome->hash, outcome->bytes_hash, raw) &&
           (!outcome->draft.at || store_settle(load->work, problem));
}

static bool store_new(Load *load, const Outcome *outcome, int64_t incident, Places *places, Problem *problem)
{
    int64_t record = places->record++, raw = places->raw++;
    return store_record(load, outcome, incident, record, raw, problem) &&
           store_raw(load, outcome, raw, record, 0, problem) && store_draft(load, outcome, record, problem);
}

static bool store_changed(Load *load, const Outcome *outcome, int64_t incident, Places *places, Problem *problem)
{
    int64_t record = outcome->stored.id, raw = places->raw++;
    incident = outcome->stored.incident ? outcome->stored.incident : incident;
    return store_raw(load, outcome, raw, record, outcome->stored.raw, problem) &&
           store_do(load->work, problem, SQL_ROW_CHANGE, "iiirttiii", record, load->run, (int64_t)outcome->number,
                    or_null(incident), outcome->state, outcome->reason, outcome->hash, outcome->bytes_hash, raw) &&
           store_draft(load, outcome, record, problem);
}

/* The newest form stays what it is; the older one goes behind it. */
static bool store_older(Load *load, const Outcome *outcome, int64_t incident, Places *places, Problem *problem)
{
    int64_t record = outcome->stored.id, raw = places->raw++;
    (void)incident;
    return store_raw(load, outcome, raw, record, outcome->previous, problem) &&
           store_do(load->work, problem, SQL_RAW_INSERT_BEHIND, "ii", outcome->stored.raw, raw) &&
           store_do(load->work, problem, SQL_ROW_SEEN, "iii", record, load->run, (int64_t)outcome->number) &&
           store_draft(load, outcome, record, problem);
}

static bool store_outcome(Load *load, const Outcome *outcome, int64_t incident, Places *places, Problem *problem)
{
    switch (outcome->fate) {
    case FATE_REFUSED: return store_raw(load, outcome, places->raw++, 0, 0, problem);
    case FATE_NEW: return store_new(load, outcome, incident, places, problem);
    case FATE_CHANGED: return store_changed(load, outcome, incident, places, problem);
    case FATE_OLDER: return store_older(load, outcome, incident, places, problem);
    case FATE_UNCHANGED:
    default:
        return store_do(load->work, problem, SQL_ROW_SEEN, "iii", outcome->stored.id, load->run,
                        (int64_t)outcome->number);
    }
}

bool load_store(Load *load, LoadBatch *batch, const int64_t *incidents, Problem *problem)
{
    Places places;
    AUTO_UNDO *undo = load->work;
    if (!store_begin(load->work, problem) || !places_read(load, &places, problem))
        return false;
    for (size_t i = 0; i < batch->count; i++) {
        const Outcome *outcome = &batch->outcomes[i];
        int64_t incident = outcome->entry != NO_ENTRY ? incidents[outcome->entry] : 0;
        if (!store_outcome(load, outcome, incident, &places, problem))
            return false;
    }
    return store_do(load->work, problem, SQL_RUN_ADVANCE, "iiv", load->run, batch->rows_done, batch->report) &&
           store_commit(load->work, problem);
}

static void batch_start(Load *load, size_t place, int64_t first)
{
    LoadBatch *batch = &load->batches[place];
    Arena *arena = batch->arena;
    Out bodies = batch->bodies;
    arena_reset(arena);
    out_clear(&bodies);
    *batch = (LoadBatch){ .arena = arena, .bodies = bodies, .first = first, .rows_done = first };
    matcher_stored(&load->matcher, place);
}

/* The key is the same when the batch is made again after a crash: a batch is cut by rows and bytes alone. */
static bool batch_send(Load *load, LoadBatch *batch, Problem *problem)
{
    AUTO_OUT report = { 0 };
    import_report_json(&report, load->report);
    batch->report = (Text){ arena_copy(batch->arena, report.text, report.length), report.length };
    if (batch->entry_count == 0)
        return true;
    Proposal *proposals = NEW_ARRAY(batch->arena, Proposal, batch->entry_count);
    for (size_t i = 0; i < batch->entry_count; i++) {
        const BatchEntry *entry = &batch->entries[i];
        proposals[i] = (Proposal){ entry->kind, entry->incident,
                                   text_slice(out_view(&batch->bodies), entry->from, entry->length) };
    }
    const char *key = arena_format(batch->arena, "import:%lld:%lld:%lld", (long long)load->run,
                                   (long long)load->started, (long long)batch->first);
    const char *author = arena_format(batch->arena, "import:%s", load->dataset);
    batch->sent = ledger_send(load->ledger, key, author, proposals, batch->entry_count, problem);
    return batch->sent;
}

static bool batch_end(Load *load, LoadBatch *batch, Problem *problem)
{
    int64_t *incidents = NEW_ARRAY(batch->arena, int64_t, batch->entry_count + 1);
    if (batch->sent && !ledger_receive(load->ledger, incidents, batch->entry_count, problem))
        return false;
    return load_store(load, batch, incidents, problem);
}

typedef struct Reading {
    Progress progress;
    bool ended;
} Reading;

/* The first batches of a file are small, so that little is done again after an interruption; those of a long one are
 * large, so that it waits less often for the disk. It must depend on nothing but the place in the file: a batch that is
 * made again has the same key, so it must have the same rows. */
static size_t rows_of_batch(int64_t first)
{
    return (size_t)MIN(MAX(first / 4, BATCH_ROWS_LEAST), BATCH_ROWS_MOST);
}

/* Rows into the batch until it is full or the file ends. */
static bool batch_read(Load *load, size_t place, Reading *reading, Problem *problem)
{
    LoadBatch *batch = &load->batches[place];
    Row row;
    const char *error;
    while (batch->count < rows_of_batch(batch->first) && batch->bytes < BATCH_BYTES) {
        if (!input_next(load->input, &row, &error, problem)) {
            reading->ended = true;
            return !problem->kind;
        }
        if ((int64_t)row.number <= load->rows_done)
            continue;
        if (!load_row(load, place, &row, error, problem))
            return false;
        batch->rows_done = (int64_t)row.number;
        if (!load->options->quiet && row.number % 64 == 0)
            progress_show(&reading->progress, (int64_t)input_done(load->input), (int64_t)row.number);
    }
    return true;
}

static bool load_batches(Load *load, Reading *reading, Problem *problem)
{
    int64_t first = load->rows_done;
    size_t sent = 0, ended = 0; /* batches; they end in the order in which they were sent */
    while (!reading->ended) {
        LoadBatch *batch = &load->batches[sent % BATCHES];
        batch_start(load, sent % BATCHES, first);
        if (!batch_read(load, sent % BATCHES, reading, problem) || !batch_send(load, batch, problem))
            return false;
        first = batch->rows_done;
        sent++;
        if (sent - ended == LEDGER_OUTSTANDING && !batch_end(load, &load->batches[ended++ % BATCHES], problem))
            return false;
    }
    while (ended < sent)
        if (!batch_end(load, &load->batches[ended++ % BATCHES], problem))
            return false;
    return true;
}

/* Others have rows of this data set: looks once through the file for the rows that equal a stored record, so that
 * repeated ids are not mixed up by the order of the rows. */
static bool keep_equals(Load *load, Problem *problem)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Row row;
    const char *error;
    ImportReport *report = load->making.report;
    if (!input_start(load->input, arena, problem))
        return false;
    load->making.report = NULL;
    while (input_next(load->input, &row, &error, problem)) {
        Problem refusal = { 0 };
        Made made = { .day = DAY_UNKNOWN };
        arena_reset(load->row_arena);
        load->making.row = &row;
        if (error || (int64_t)row.number <= load->rows_done || !load->importer->make(&load->making, &made, &refusal))
            continue;
        made.record.dataset = load->dataset;
        Wanted wanted = { made.key, record_values_hash(&load->scratch, &made.record), (int64_t)text_hash(row.raw) };
        if (!matcher_keep(&load->matcher, load->row_arena, &wanted, problem))
            return false;
    }
    load->making.report = report;
    return !problem->kind;
}

bool load_all(Load *load, Problem *problem)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Reading reading = { .progress = progress_start(arena_format(arena, "Importing %s", input_name(load->input)),
                                                   (int64_t)input_size(load->input)) };
    for (size_t i = 0; i < BATCHES; i++) {
        load->batches[i].arena = arena_new(ARENA_NO_CAP);
        load->matcher.batches[i].arena = load->batches[i].arena;
    }
    bool good = (!load->matcher.kept || keep_equals(load, problem)) && input_start(load->input, arena, problem);
    if (load->matcher.kept || load->rows_done)
        load->matcher.filter = NULL; /* from here on every id is looked up */
    good = good && load_batches(load, &reading, problem);
    progress_end(&reading.progress);
    for (size_t i = 0; i < BATCHES; i++) {
        arena_free(load->batches[i].arena);
        out_free(&load->batches[i].bodies);
    }
    return good;
}
