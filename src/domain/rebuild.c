#include "domain/rebuild.h"

#include "base/sys.h"

enum { ENTRIES_A_COMMIT = 2000 };

typedef struct ProjectedTable {
    const char *name;
    Statement all, clear;
    const char *columns;
} ProjectedTable;

static const ProjectedTable tables[] = {
#define TABLE(name, statements, columns) { name, SQL_##statements##_ALL, SQL_##statements##_CLEAR, columns },
#include "domain/tables.def"
#undef TABLE
};

/* The journal on its way into `to`. */
typedef struct Replay {
    Store *to;
    Projector *projector;
    Arena *scratch;
    int64_t entries;
    bool in_pieces; /* commits now and then, which a store of our own may */
} Replay;

static bool commit_piece(Replay *replay, Problem *problem)
{
    return !replay->in_pieces || replay->entries % ENTRIES_A_COMMIT != 0 ||
           (store_commit(replay->to, problem) && store_begin(replay->to, problem));
}

static bool replay_entry(void *context, const Entry *entry, Problem *problem)
{
    Replay *replay = context;
    Problem inner = { 0 };
    replay->entries++;
    arena_reset(replay->scratch);
    if (projector_replay(replay->projector, replay->scratch, entry, &inner))
        return commit_piece(replay, problem);
    bool ours = inner.kind == PROBLEM_BAD_INPUT || inner.kind == PROBLEM_NOT_FOUND || inner.kind == PROBLEM_CONFLICT;
    return fail(problem, ours ? PROBLEM_DAMAGED : inner.kind, "entry %lld of the journal makes no rows: %s",
                (long long)entry->seq, inner.message);
}

/* Projects the journal of `from` into `to`, whose tables are empty, within a transaction of the caller. */
static bool replay_journal(Store *from, Store *to, const Codebook *codebook, bool in_pieces, int64_t *entries,
                           Problem *problem)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP), *scratch = arena_new(ARENA_NO_CAP);
    Replay replay = { .to = to, .scratch = scratch, .in_pieces = in_pieces };
    replay.projector = projector_new(arena, to, codebook, problem);
    if (!replay.projector || !journal_each(from, 1, replay_entry, &replay, problem))
        return false;
    *entries = replay.entries;
    return true;
}

/* Two answers of the same statement, read side by side. */
typedef struct Pair {
    const ProjectedTable *table;
    Rows *stands, *made;
    Arena *arena;
    RebuildReport *report;
} Pair;

static void differ(Pair *pair, int64_t id, const char *what, Text column)
{
    RebuildReport *report = pair->report;
    report->differing++;
    if (report->count == DIFFERENCES_MAX)
        return;
    if (!report->differences)
        report->differences = NEW_ARRAY(pair->arena, Difference, DIFFERENCES_MAX);
    const char *text = column.length ? arena_format(pair->arena, "%s %.*s", what, (int)column.length, column.at) : what;
    report->differences[report->count++] = (Difference){ pair->table->name, id, text };
}

static uint64_t bits_of(double number)
{
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    return bits;
}

static bool same_cell(const Pair *pair, int column, bool is_real)
{
    if (!rows_fits(pair->stands, column))
        return false;
    bool null = rows_is_null(pair->stands, column);
    if (null != rows_is_null(pair->made, column))
        return false;
    if (null)
        return true;
    if (is_real) /* exactly: as bits */
        return bits_of(rows_real(pair->stands, column)) == bits_of(rows_real(pair->made, column));
    return text_equal(rows_bytes(pair->stands, column), rows_bytes(pair->made, column));
}

static void compare_row(Pair *pair, int64_t id)
{
    Text rest = text_of(pair->table->columns), column;
    for (int i = 0; text_split(&rest, ' ', &column); i++) {
        bool is_real = text_starts(column, "~");
        if (same_cell(pair, i, is_real))
            continue;
        differ(pair, id, "has another", text_slice(column, is_real, column.length));
        return;
    }
}

static int64_t id_of(const Rows *rows, bool there)
{
    return there ? rows_int(rows, 0) : INT64_MAX;
}

static void compare_rows(Pair *pair)
{
    bool stands = rows_next(pair->stands), made = rows_next(pair->made);
    while (stands || made) {
        int64_t standing_id = id_of(pair->stands, stands), made_id = id_of(pair->made, made);
        pair->report->rows++;
        if (standing_id < made_id)
            differ(pair, standing_id, "does not come from the journal", (Text){ 0 });
        else if (made_id < standing_id)
            differ(pair, made_id, "is missing", (Text){ 0 });
        else
            compare_row(pair, made_id);
        if (standing_id <= made_id)
            stands = rows_next(pair->stands);
        if (made_id <= standing_id)
            made = rows_next(pair->made);
    }
}

static bool compare_table(Pair *pair, Store *stands, Store *made, Problem *problem)
{
    pair->stands = store_run(stands, problem, pair->table->all, "");
    pair->made = pair->stands ? store_run(made, problem, pair->table->all, "") : NULL;
    if (pair->made)
        compare_rows(pair);
    bool read = rows_close(pair->stands), made_read = rows_close(pair->made);
    return read && made_read && !problem->kind;
}

/* These count how often the rows were made anew, and have no others beside them. */
static bool check_rebuilds(Arena *arena, Store *stands, RebuildReport *report, Problem *problem)
{
    static const ProjectedTable rebuilds = { .name = "rebuild" };
    Pair pair = { .table = &rebuilds, .arena = arena, .report = report };
    AUTO_ROWS *gaps = store_run(stands, problem, SQL_REBUILD_GAPS, "");
    while (gaps && rows_next(gaps))
        differ(&pair, rows_int(gaps, 0) - 1, "is missing", (Text){ 0 });
    return gaps && !problem->kind;
}

static bool make_and_compare(Arena *arena, Store *stands, Store *made, const Codebook *codebook, RebuildReport *report,
                             Problem *problem)
{
    AUTO_UNDO *reading = stands, *writing = made;
    if (!store_read_begin(stands, problem) || !store_begin(made, problem) ||
        !replay_journal(stands, made, codebook, true, &report->entries, problem) || !store_commit(made, problem))
        return false;
    for (size_t i = 0; i < COUNT_OF(tables); i++) {
        Pair pair = { .table = &tables[i], .arena = arena, .report = report };
        if (!compare_table(&pair, stands, made, problem))
            return false;
    }
    return check_rebuilds(arena, stands, report, problem);
}

static void remove_folder(Arena *arena, const char *folder)
{
    static const char *const files[] = { "public.db", "public.db-wal", "public.db-shm" };
    for (size_t i = 0; i < COUNT_OF(files); i++)
        unlink(arena_format(arena, "%s/%s", folder, files[i]));
    rmdir(folder);
}

bool rebuild_compare(Arena *arena, Store *public_store, const char *folder, const Codebook *codebook,
                     RebuildReport *report, Problem *problem)
{
    *report = (RebuildReport){ 0 };
    char *place = folder ? arena_format(arena, "%s/rebuild-XXXXXX", folder) : NULL;
    if (place && !mkdtemp(place))
        return fail(problem, PROBLEM_NOT_ALLOWED, "cannot make a folder in %s to rebuild in", folder);
    Store *made = store_open(place, STORE_PUBLIC, READ_WRITE, problem);
    bool done = made && make_and_compare(arena, public_store, made, codebook, report, problem);
    store_close(made);
    if (place)
        remove_folder(arena, place);
    return done;
}

bool rebuild_replace(Store *public_store, const Codebook *codebook, RebuildReport *report, Problem *problem)
{
    AUTO_UNDO *writing = public_store;
    *report = (RebuildReport){ 0 };
    if (!store_begin(public_store, problem))
        return false;
    for (size_t i = COUNT_OF(tables); i > 0; i--)
        if (!store_do(public_store, problem, tables[i - 1].clear, ""))
            return false;
    return replay_journal(public_store, public_store, codebook, false, &report->entries, problem) &&
           store_do(public_store, problem, SQL_REBUILD_NOTE, "") && store_commit(public_store, problem);
}
