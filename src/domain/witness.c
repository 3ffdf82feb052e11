#include "domain/witness.h"

#include "base/sys.h"
#include "domain/deed.h"
#include "domain/told.h"
#include "store/watch.h"

#define ROWS(table, statement) WITNESS_##table,
typedef enum WitnessTable {
#include "domain/witness.def"
    WITNESS_COUNT
} WitnessTable;
#undef ROWS

#define ROWS(table, statement) [WITNESS_##table] = #table,
static const char *const tables[WITNESS_COUNT] = {
#include "domain/witness.def"
};
#undef ROWS

#define ROWS(table, statement) [WITNESS_##table] = SQL_##statement,
static const Statement statements[WITNESS_COUNT] = {
#include "domain/witness.def"
};
#undef ROWS

typedef struct Digests { /* for one deed: of each table its rows, as told.h writes them */
    Out members[WITNESS_COUNT];
    Out scratch;
} Digests;

static void digests_free(Digests *digests)
{
    for (size_t i = 0; i < WITNESS_COUNT; i++)
        out_free(&digests->members[i]);
    out_free(&digests->scratch);
}
#define AUTO_DIGESTS __attribute__((cleanup(digests_free))) Digests

/* `scratch` saves memory from being asked for at each row. */
static void digest_of(const Rows *rows, Out *scratch, char digest[TOLD_DIGITS + 1])
{
    Hash hash;
    out_clear(scratch);
    rows_write(rows, 1, scratch);
    hash_bytes(out_view(scratch), &hash);
    told_digest(&hash, digest);
}

/* Steps on from the row with that number, of which it takes the digest. NULL: it is not there. */
static const char *take_row(Digests *digests, Rows *rows, bool *more, int64_t id, char digest[TOLD_DIGITS + 1])
{
    if (!*more || rows_int(rows, 0) != id)
        return NULL;
    digest_of(rows, &digests->scratch, digest);
    *more = rows_next(rows);
    return digest;
}

/* Of rows whose numbers follow one another. */
static bool take_rows(Digests *digests, Store *work, Store *before, WrittenRow first, int64_t last, Problem *problem)
{
    char is[TOLD_DIGITS + 1], was[TOLD_DIGITS + 1];
    AUTO_ROWS *rows = store_run(work, problem, statements[first.table], "ii", first.row, last);
    AUTO_ROWS *old = rows ? store_run(before, problem, statements[first.table], "ii", first.row, last) : NULL;
    bool more = old && rows_next(rows), older = old && rows_next(old);
    for (int64_t id = first.row; old && id <= last; id++) {
        const char *digest = take_row(digests, rows, &more, id, is);
        told_put(&digests->members[first.table], id, digest, take_row(digests, old, &older, id, was));
    }
    return old && !problem->kind;
}

static void write_detail(const Digests *digests, Out *detail)
{
    OUT_LITERAL(detail, "{");
    for (size_t i = 0; i < WITNESS_COUNT; i++) {
        const Out *members = &digests->members[i];
        if (!members->length)
            continue;
        if (detail->length > 1)
            OUT_LITERAL(detail, ",");
        out_json(detail, tables[i]);
        OUT_LITERAL(detail, ":{");
        out_raw(detail, members->text, members->length);
        OUT_LITERAL(detail, "}");
    }
    OUT_LITERAL(detail, "}");
}

static bool tell(Store *work, const Digests *digests, Problem *problem)
{
    AUTO_OUT detail = { 0 };
    write_detail(digests, &detail);
    Deed deed = {
        .at = sys_now(), .author = "program", .kind = WITNESS_KIND, .subject = WITNESS_SUBJECT, .detail = detail.text
    };
    return deed_add(work, &deed, problem);
}

static bool tell_written(Store *work, Store *before, const WrittenRow *rows, size_t count, Problem *problem)
{
    AUTO_DIGESTS digests = { 0 };
    for (size_t first = 0, end; first < count; first = end) {
        for (end = first + 1; end < count && rows[end].table == rows[first].table; end++)
            if (rows[end].row != rows[end - 1].row + 1)
                break;
        if (!take_rows(&digests, work, before, rows[first], rows[end - 1].row, problem))
            return false;
    }
    return tell(work, &digests, problem);
}

static const Watch watch = { tables, WITNESS_COUNT, tell_written };

static bool has_begun(Store *work, bool *begun, Problem *problem)
{
    AUTO_ROWS *rows = store_run(work, problem, SQL_WITNESS_BEGUN, "");
    *begun = rows && rows_next(rows);
    return rows && !problem->kind;
}

bool witness_since(Store *work, int64_t *moment, Problem *problem)
{
    AUTO_ROWS *rows = store_run(work, problem, SQL_WITNESS_SINCE, "");
    *moment = rows && rows_next(rows) && !rows_is_null(rows, 0) ? rows_int(rows, 0) : INT64_MAX;
    return rows && !problem->kind;
}

/* The next rows of a table behind `*last`, of which `*last` is the last one then; none: `*last` stays. */
static bool take_found(Digests *digests, Store *work, WitnessTable table, int64_t *last, Problem *problem)
{
    char digest[TOLD_DIGITS + 1];
    AUTO_ROWS *rows = store_run(work, problem, statements[table], "ii", *last + 1, INT64_MAX);
    for (size_t i = 0; i < TOLD_AT_ONCE && rows && rows_next(rows); i++) {
        *last = rows_int(rows, 0);
        digest_of(rows, &digests->scratch, digest);
        told_put_found(&digests->members[table], *last, digest);
    }
    return rows && !problem->kind;
}

static bool tell_found(Store *work, WitnessTable table, Problem *problem)
{
    for (int64_t last = 0, before = -1; last != before;) {
        AUTO_DIGESTS digests = { 0 };
        before = last;
        if (!take_found(&digests, work, table, &last, problem) || (last != before && !tell(work, &digests, problem)))
            return false;
    }
    return true;
}

/* Looked at again within the transaction: another process may be at it too. */
static bool begin(Store *work, Problem *problem)
{
    bool begun;
    AUTO_UNDO *undo = work;
    if (!has_begun(work, &begun, problem) || begun)
        return begun;
    if (!store_begin(work, problem) || !has_begun(work, &begun, problem))
        return false;
    for (WitnessTable table = 0; table < WITNESS_COUNT && !begun; table++)
        if (!tell_found(work, table, problem))
            return false;
    return store_commit(work, problem);
}

Store *witness_open(const char *folder, Problem *problem)
{
    Store *work = store_open(folder, STORE_WORK, READ_WRITE, problem);
    if (!work)
        return NULL;
    if (begin(work, problem) && store_watch(work, folder, &watch, problem))
        return work;
    store_close(work);
    return NULL;
}

typedef struct Verifying {
    Store *work;
    Tales tales[WITNESS_COUNT];
    Findings *findings;
    Problem *problem;
    Out scratch;
} Verifying;

static bool take_deeds(Verifying *verifying, bool *any)
{
    AUTO_ROWS *rows = store_run(verifying->work, verifying->problem, SQL_WITNESS_DEEDS, "");
    for (*any = false; rows && rows_next(rows); *any = true) {
        Problem broken = { 0 }; /* the chain of the journal names such a row */
        AUTO_JSON *detail = json_parse(text_of(rows_text(rows, 0)), &broken);
        for (WitnessTable table = 0; detail && table < WITNESS_COUNT; table++)
            told_take(verifying->findings->arena, &verifying->tales[table], json_object_get(detail, tables[table]));
    }
    return rows && !verifying->problem->kind;
}

static void find(const Verifying *verifying, WitnessTable table, int64_t id, const char *wrong)
{
    findings_add(verifying->findings, "row %lld of %s %s", (long long)id, tables[table], wrong);
}

/* Those told of before `id`, from `*place` on, have no row. */
static void skip_gone(const Verifying *verifying, WitnessTable table, int64_t id, size_t *place)
{
    const Tales *tales = &verifying->tales[table];
    for (; *place < tales->count && tales->items[*place].id < id; (*place)++)
        if (*tales->items[*place].digest)
            find(verifying, table, tales->items[*place].id, "is gone");
}

static void compare_row(Verifying *verifying, WitnessTable table, const Rows *rows, size_t *place)
{
    char digest[TOLD_DIGITS + 1];
    int64_t id = rows_int(rows, 0);
    const Tales *tales = &verifying->tales[table];
    skip_gone(verifying, table, id, place);
    bool told = *place < tales->count && tales->items[*place].id == id;
    const Told *last = told ? &tales->items[(*place)++] : NULL;
    digest_of(rows, &verifying->scratch, digest);
    if (!last || !*last->digest)
        find(verifying, table, id, "is nothing that the private journal tells of");
    else if (strcmp(last->digest, digest) != 0)
        find(verifying, table, id, "is not what the private journal says");
}

/* What was changed behind the program's back, and told of as it was then when the program wrote the rest of it. */
static void find_broken(const Verifying *verifying, WitnessTable table)
{
    const Tales *tales = &verifying->tales[table];
    for (size_t i = 0; i < tales->count; i++)
        if (tales->items[i].broken)
            find(verifying, table, tales->items[i].id,
                 "was not what the private journal said when it was written again");
}

static bool compare(Verifying *verifying, WitnessTable table)
{
    size_t place = 0;
    told_sort(&verifying->tales[table]);
    find_broken(verifying, table);
    AUTO_ROWS *rows = store_run(verifying->work, verifying->problem, statements[table], "ii", INT64_MIN, INT64_MAX);
    while (rows && rows_next(rows))
        compare_row(verifying, table, rows, &place);
    skip_gone(verifying, table, INT64_MAX, &place);
    return rows && !verifying->problem->kind;
}

bool witness_verify(Store *work, Findings *findings, Problem *problem)
{
    bool begun;
    Verifying verifying = { .work = work, .findings = findings, .problem = problem };
    bool read = take_deeds(&verifying, &begun);
    for (WitnessTable table = 0; begun && read && table < WITNESS_COUNT; table++)
        read = compare(&verifying, table);
    out_free(&verifying.scratch);
    return read;
}
