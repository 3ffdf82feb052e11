#include "domain/deed_head.h"

#include "base/sys.h"

enum { OUTSIDE = -1 /* in place of the size under which the head is kept */ };

static bool take_hash(Text bytes, Hash *hash)
{
    if (bytes.length != sizeof hash->bytes)
        return false;
    memcpy(hash->bytes, bytes.at, bytes.length);
    return true;
}

bool deed_head(Store *work, DeedHead *head, Problem *problem)
{
    AUTO_ROWS *rows = store_run(work, problem, SQL_DEED_END, "");
    if (!rows || !rows_next(rows))
        return false;
    *head = (DeedHead){ .size = rows_int(rows, 0) };
    return !head->size || take_hash(rows_bytes(rows, 1), &head->last) ||
           fail(problem, PROBLEM_DAMAGED, "the last row of the private journal has no hash");
}

bool deed_head_signed(Store *published, int64_t *size, int64_t *at, Problem *problem)
{
    AUTO_ROWS *rows = store_run(published, problem, SQL_DEED_HEAD_LAST, "");
    if (!rows || !rows_next(rows))
        return false;
    *size = rows_int(rows, 0);
    *at = rows_int(rows, 1);
    return true;
}

/* The last that was signed; its size is 0 when there is none. */
static bool read_last(Store *published, const SigningKey *key, Checkpoint *last, Problem *problem)
{
    AUTO_ROWS *rows = store_run(published, problem, SQL_DEED_HEAD_LAST, "");
    *last = (Checkpoint){ 0 };
    return rows && rows_next(rows) &&
           (rows_is_null(rows, 2) || chain_read(key, text_of(rows_text(rows, 2)), last, problem));
}

static bool sign(Store *published, const SigningKey *key, const DeedHead *head, Checkpoint *fresh, Problem *problem)
{
    Checkpoint last;
    int64_t now = sys_now();
    if (!read_last(published, key, &last, problem))
        return false;
    if (last.size == head->size && memcmp(last.root.bytes, head->last.bytes, HASH_SIZE) != 0)
        return fail(problem, PROBLEM_CONFLICT,
                    "the private journal is not the one whose first %lld rows were signed: it was written anew",
                    (long long)last.size);
    return last.size >= head->size ||
           (chain_sign(key, head->size, &head->last, now, fresh, problem) &&
            store_do(published, problem, SQL_DEED_HEAD_ADD, "iit", head->size, now, fresh->note) &&
            store_do(published, problem, SQL_DEED_HEAD_THIN, ""));
}

bool deed_head_sign(Store *published, const SigningKey *key, const DeedHead *head, char note[CHECKPOINT_MAX],
                    Problem *problem)
{
    Checkpoint fresh = { 0 };
    AUTO_UNDO *undo = published;
    if (!store_begin(published, problem) || !sign(published, key, head, &fresh, problem) ||
        !store_commit(published, problem))
        return false;
    memcpy(note, fresh.note, CHECKPOINT_MAX);
    return true;
}

bool deed_head_is(const SigningKey *key, Text note)
{
    Text rest = note, line;
    return text_split(&rest, '\n', &line) && line.length == strlen(key->name) + strlen(CHAIN_ORIGIN_END) &&
           text_starts(line, key->name) && text_ends(line, CHAIN_ORIGIN_END);
}

typedef struct Checking {
    const DeedHeadCheck *check;
    Findings *findings;
    Problem *problem;
} Checking;

/* Whether the row with this number has that hash. */
static bool row_fits(Checking *checking, const Checkpoint *head)
{
    Hash hash;
    AUTO_ROWS *rows = store_run(checking->check->work, checking->problem, SQL_DEED_HASH, "i", head->size);
    return rows && rows_next(rows) && take_hash(rows_bytes(rows, 0), &hash) &&
           memcmp(hash.bytes, head->root.bytes, HASH_SIZE) == 0;
}

static const char *name_of(Checking *checking, int64_t size)
{
    return size == OUTSIDE ? "the kept head of the private journal"
                           : arena_format(checking->findings->arena, "the head of the private journal of %lld rows",
                                          (long long)size);
}

/* `at`: the moment under which it is kept; 0: none. */
static void check_one(Checking *checking, int64_t size, int64_t at, Text note)
{
    Checkpoint head;
    Problem wrong = { 0 };
    if (!chain_read(checking->check->key, note, &head, &wrong) || (size != OUTSIDE && head.size != size) ||
        (at && head.at && head.at != at))
        findings_add(checking->findings, "%s is no signed one: %s", name_of(checking, size),
                     wrong.kind ? wrong.message : "it tells of others");
    else if (!row_fits(checking, &head))
        findings_add(
            checking->findings,
            "the private journal is not the one whose first %lld rows were signed: it was written anew or cut off",
            (long long)head.size);
}

/* The file is written behind the store, so that it never has a newer one, unless the store's was taken away. */
static void check_beside(Checking *checking, int64_t newest)
{
    Checkpoint head;
    Problem wrong = { 0 };
    check_one(checking, OUTSIDE, 0, checking->check->beside);
    if (chain_read(checking->check->key, checking->check->beside, &head, &wrong) && head.size > newest)
        findings_add(checking->findings, "%s is not in the store, but in its file", name_of(checking, head.size));
}

bool deed_head_verify(const DeedHeadCheck *check, Findings *findings, Problem *problem)
{
    Checking checking = { check, findings, problem };
    int64_t newest = 0;
    AUTO_ROWS *rows = store_run(check->published, problem, SQL_DEED_HEAD_ALL, "");
    while (rows && rows_next(rows)) {
        newest = rows_int(rows, 0);
        check_one(&checking, newest, rows_int(rows, 1), text_of(rows_text(rows, 2)));
    }
    if (rows && check->beside.length)
        check_beside(&checking, newest);
    if (rows && check->outside.length)
        check_one(&checking, OUTSIDE, 0, check->outside);
    return rows && !problem->kind;
}
