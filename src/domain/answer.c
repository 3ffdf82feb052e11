#include "domain/answer.h"

#include "base/out.h"

#define ORIGIN_END "/answers"

bool answer_find(Arena *arena, Store *published, const char *key, const char **body, Problem *problem)
{
    AUTO_ROWS *rows = store_run(published, problem, SQL_ANSWER_FIND, "t", key);
    *body = rows && rows_next(rows) ? arena_text(arena, rows_bytes(rows, 0)) : NULL;
    return rows && !problem->kind;
}

static void write_signed(Out *out, const SigningKey *log, int64_t id, const Answer *answer)
{
    const int64_t numbers[] = { id, answer->at, answer->entries };
    out_raw(out, log->name, strlen(log->name));
    OUT_LITERAL(out, ORIGIN_END "\n");
    for (size_t i = 0; i < COUNT_OF(numbers); i++) {
        out_int(out, numbers[i]);
        OUT_LITERAL(out, "\n");
    }
    out_raw(out, answer->key, strlen(answer->key));
    OUT_LITERAL(out, "\n");
    out_raw(out, answer->body.at, answer->body.length);
    OUT_LITERAL(out, "\n");
}

static bool next_id(Store *published, int64_t *id, Problem *problem)
{
    AUTO_ROWS *rows = store_run(published, problem, SQL_ANSWER_NEXT, "");
    if (!rows || !rows_next(rows))
        return false;
    *id = rows_int(rows, 0);
    return true;
}

bool answer_add(Store *published, const SigningKey *log, const Answer *answer, Problem *problem)
{
    int64_t id;
    AUTO_OUT text = { 0 };
    unsigned char signature[SIGNATURE_SIZE];
    if (!next_id(published, &id, problem))
        return false;
    write_signed(&text, log, id, answer);
    key_sign(log, out_view(&text), signature);
    return store_do(published, problem, SQL_ANSWER_ADD, "itiivb", id, answer->key, answer->at, answer->entries,
                    answer->body, (Text){ (const char *)signature, sizeof signature });
}

typedef struct Verifying {
    const SigningKey *log;
    Findings *findings;
    Out text;
    int64_t expected; /* the number of the next */
    int64_t entries;  /* behind the last that was signed */
    bool some_signed;
} Verifying;

/* One without a signature stands before all that have one. */
static bool fits(Verifying *verifying, const Rows *rows)
{
    if (!rows_all_fit(rows))
        return false;
    Text signature = rows_bytes(rows, 5);
    const Answer answer = { rows_text(rows, 1), rows_int(rows, 2), rows_int(rows, 3), rows_bytes(rows, 4) };
    if (!signature.at)
        return !verifying->some_signed && !answer.entries;
    verifying->some_signed = true;
    verifying->entries = answer.entries;
    out_clear(&verifying->text);
    write_signed(&verifying->text, verifying->log, rows_int(rows, 0), &answer);
    return signature.length == SIGNATURE_SIZE &&
           key_verifies(verifying->log, out_view(&verifying->text), (const unsigned char *)signature.at);
}

static void check_one(Verifying *verifying, const Rows *rows)
{
    int64_t id = rows_int(rows, 0);
    if (id != verifying->expected)
        findings_add(verifying->findings, "of the answers of the log, %lld to %lld are gone",
                     (long long)verifying->expected, (long long)id - 1);
    if (!fits(verifying, rows))
        findings_add(verifying->findings, "answer %lld of the log is not what it signed", (long long)id);
    verifying->expected = id + 1;
}

/* The last one goes with the newest checkpoint. */
static bool check_end(const Verifying *verifying, Store *published, Problem *problem)
{
    AUTO_ROWS *rows = store_run(published, problem, SQL_ANSWER_COVERED, "");
    if (!rows || !rows_next(rows))
        return false;
    int64_t covered = rows_int(rows, 0);
    bool none = verifying->expected == 1;
    if (covered && (none || verifying->some_signed) && verifying->entries != covered)
        findings_add(verifying->findings, "the answer of the log to its newest batch is gone");
    return true;
}

bool answer_verify_since(Store *published, int64_t since, Findings *findings, Problem *problem)
{
    AUTO_ROWS *rows = store_run(published, problem, SQL_ANSWER_UNSIGNED, "i", since);
    while (rows && rows_next(rows))
        findings_add(findings,
                     "the answer of the log to the batch that ends with entry %lld is not there, or not signed",
                     (long long)rows_int(rows, 0));
    return rows && !problem->kind;
}

bool answer_verify(Store *published, const SigningKey *log, Findings *findings, Problem *problem)
{
    Verifying verifying = { .log = log, .findings = findings, .expected = 1 };
    AUTO_UNDO *reading = published; /* one state: the log may answer meanwhile */
    if (!store_read_begin(published, problem))
        return false;
    AUTO_ROWS *rows = store_run(published, problem, SQL_ANSWER_ALL, "");
    while (rows && rows_next(rows))
        check_one(&verifying, rows);
    out_free(&verifying.text);
    return rows && !problem->kind && check_end(&verifying, published, problem);
}
