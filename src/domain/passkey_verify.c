/* Passkeys against the private journal: one that somebody has given to an account in the database is named. */
#include "base/json.h"
#include "domain/passkey.h"

typedef struct Told { /* of one passkey, by its deeds */
    const char *account, *name, *digest;
    int64_t at;
    bool gone, copied, seen; /* seen: there is such a passkey */
} Told;

typedef struct Reading {
    Arena *arena;
    Told *told;
    size_t count, room;
    Findings *findings;
} Reading;

typedef struct Said { /* by one row of the journal */
    const char *kind, *account, *name, *digest;
    int64_t at;
} Said;

static void add(Reading *reading, const Said *said)
{
    reading->told = arena_grow(reading->arena, reading->told, reading->count, &reading->room, sizeof *reading->told);
    reading->told[reading->count++] =
        (Told){ .account = said->account, .name = said->name, .digest = said->digest, .at = said->at };
}

static bool is_of(const Told *told, const Said *said)
{
    return !told->gone && strcmp(told->account, said->account) == 0 && strcmp(told->digest, said->digest) == 0;
}

static void end_one(Reading *reading, const Said *said)
{
    for (size_t i = 0; i < reading->count; i++)
        reading->told[i].gone = reading->told[i].gone || is_of(&reading->told[i], said);
}

static void note_copied(Reading *reading, const Said *said)
{
    for (size_t i = 0; i < reading->count; i++)
        reading->told[i].copied = reading->told[i].copied || is_of(&reading->told[i], said);
}

static void end_all(Reading *reading, const Said *said)
{
    for (size_t i = 0; i < reading->count; i++)
        if (strcmp(reading->told[i].account, said->account) == 0)
            reading->told[i].gone = true;
}

static const struct {
    const char *kind;
    void (*take)(Reading *reading, const Said *said);
} kinds[] = { { "account.passkey", add },
              { "account.passkey-removed", end_one },
              { "session.passkey-copied", note_copied },
              { "account.reset", end_all } };

static const char *member_of(Arena *arena, const json_t *detail, const char *member)
{
    const char *said = json_string_of(detail, member);
    return said ? arena_string(arena, said) : "";
}

static void take(Reading *reading, const Rows *rows)
{
    static const char before[] = "account/";
    Problem broken = { 0 }; /* the chain of the journal names such a row */
    AUTO_JSON *detail = json_parse(text_of(rows_text(rows, 3)), &broken);
    if (!detail || !text_starts(text_of(rows_text(rows, 1)), before))
        return;
    const Said said = { .kind = rows_text(rows, 0),
                        .account = arena_string(reading->arena, rows_text(rows, 1) + sizeof before - 1),
                        .name = member_of(reading->arena, detail, "passkey"),
                        .digest = member_of(reading->arena, detail, "key"),
                        .at = rows_int(rows, 2) };
    for (size_t i = 0; i < COUNT_OF(kinds); i++)
        if (strcmp(kinds[i].kind, said.kind) == 0)
            kinds[i].take(reading, &said);
}

static Told *told_of(Reading *reading, const char *account, int64_t made)
{
    for (size_t i = 0; i < reading->count; i++) {
        Told *told = &reading->told[i];
        if (!told->gone && told->at == made && strcmp(told->account, account) == 0)
            return told;
    }
    return NULL;
}

static void compare(Reading *reading, const Passkey *passkey, const char *account)
{
    char digest[PASSKEY_DIGEST_SIZE + 1];
    Told *told = told_of(reading, account, passkey->made);
    passkey_digest(passkey, digest);
    if (told)
        told->seen = true;
    if (!told)
        findings_add(reading->findings, "passkey %lld of account %s is nothing that the private journal tells of",
                     (long long)passkey->id, account);
    else if (strcmp(told->digest, digest) != 0 || told->copied != (passkey->copied != 0))
        findings_add(reading->findings, "passkey %lld of account %s is not what the private journal says",
                     (long long)passkey->id, account);
}

static bool compare_all(Reading *reading, Store *work, Problem *problem)
{
    AUTO_ROWS *rows = store_run(work, problem, SQL_PASSKEY_ALL, "");
    while (rows && rows_next(rows)) {
        const Passkey passkey = passkey_row(reading->arena, rows);
        compare(reading, &passkey, rows_text(rows, PASSKEY_COLUMNS));
    }
    return rows && !problem->kind;
}

bool passkey_verify(Store *work, Findings *findings, Problem *problem)
{
    Reading reading = { .arena = findings->arena, .findings = findings };
    AUTO_ROWS *rows = store_run(work, problem, SQL_PASSKEY_DEEDS, "");
    while (rows && rows_next(rows))
        take(&reading, rows);
    if (!rows || problem->kind || !compare_all(&reading, work, problem))
        return false;
    for (size_t i = 0; i < reading.count; i++)
        if (!reading.told[i].gone && !reading.told[i].seen)
            findings_add(findings, "a passkey of account %s, of which the private journal tells, is gone",
                         reading.told[i].account);
    return true;
}
