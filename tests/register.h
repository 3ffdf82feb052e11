/* For tests: records to publish, and what the public store then holds, asked in SQL. */
#pragma once

#include <sqlite3.h>

#include "claims.h"

static char folder[64];

static inline void new_folder(void)
{
    const char *temporary = getenv("TMPDIR");
    (void)snprintf(folder, sizeof folder, "%.40s/vigie-XXXXXX", temporary && temporary[0] ? temporary : "/tmp");
    if (!mkdtemp(folder))
        abort();
}

/* The answer to a query as text: columns joined by "|", rows by "; ". In a buffer of its own: four last. */
static inline const char *ask(const char *name, const char *sql)
{
    static char answers[4][8192];
    static int turn;
    char path[128], *answer = answers[turn++ % 4];
    sqlite3 *db = NULL;
    sqlite3_stmt *rows = NULL;
    size_t length = 0;
    answer[0] = '\0';
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) || sqlite3_prepare_v2(db, sql, -1, &rows, NULL))
        (void)snprintf(answer, sizeof answers[0], "error: %s", sqlite3_errmsg(db));
    while (rows && sqlite3_step(rows) == SQLITE_ROW)
        for (int i = 0; i < sqlite3_column_count(rows); i++) {
            const char *text = (const char *)sqlite3_column_text(rows, i);
            length += (size_t)snprintf(answer + length, sizeof answers[0] - length, "%s%s",
                                       i ? "|" : (length ? "; " : ""), text ? text : "NULL");
        }
    sqlite3_finalize(rows);
    sqlite3_close(db);
    return answer;
}

/* One incident of a clinic by one source and claims given as "variable value" lines; "?code" is missing. */
typedef struct Plain {
    const char *external, *name, *url, *claims;
    const char *inclusion, *reason;
    int32_t as_of;
    bool more; /* for claim.add: neither title nor organisations */
} Plain;

static inline Record *plain_record(Arena *arena, const Plain *plain)
{
    Record *record = NEW(arena, Record);
    *record = (Record){ .dataset = "test",
                        .external = plain->external,
                        .inclusion = plain->inclusion,
                        .reason = plain->reason,
                        .source_count = 1,
                        .statement_count = 1 };
    record->sources = NEW(arena, SourceFacts);
    *record->sources = (SourceFacts){ .url = plain->url ? plain->url : "https://register.example/",
                                      .title = "Register",
                                      .source_type = "register",
                                      .reliability = "a",
                                      .published = DAY_UNKNOWN };
    if (!plain->more) {
        record->title = arena_format(arena, "Attack on %s", plain->name);
        record->affected_count = 1;
        record->affected = NEW(arena, AffectedFacts);
        *record->affected = (AffectedFacts){
            .organisation = { .name = plain->name, .country = "FR", .place = "Lyon", .org_type = "clinic" },
            .role = "direct",
        };
    }
    StatementFacts *statement = record->statements = NEW(arena, StatementFacts);
    *statement = (StatementFacts){ .claimant = "authority",
                                   .stance = "asserts",
                                   .credibility = "c2",
                                   .known_since = plain->as_of,
                                   .as_of = plain->as_of };
    statement->claims = NEW_ARRAY(arena, ClaimFacts, 32);
    Text rest = text_of(plain->claims), line;
    while (text_split(&rest, '\n', &line)) {
        const char *variable = word(arena, &line, ' '), *value = arena_text(arena, line);
        statement->claims[statement->claim_count++] = (ClaimFacts){
            .variable = variable,
            .value = value[0] == '?' ? NULL : value,
            .missing = value[0] == '?' ? value + 1 : NULL,
        };
    }
    return record;
}

static inline Text body_of(Arena *arena, const Record *record)
{
    AUTO_OUT out = { 0 };
    record_write(&out, record);
    return text_of(arena_text(arena, out_view(&out)));
}
