#include "domain/deed.h"

#include "base/out.h"
#include "guard/seal.h"

bool deed_words_fit(const char *field, const char *words, Problem *problem)
{
    return !words || strlen(words) <= DEED_WORDS_MOST ||
           fail_field(problem, PROBLEM_BAD_INPUT, field, "1 to %d bytes are expected", DEED_WORDS_MOST);
}

/* SHA-256(hash before || [id,at,author,kind,subject,detail] as JSON) */
static void hash_of(const Deed *deed, Text before, Hash *hash)
{
    AUTO_OUT out = { 0 };
    const char *const texts[] = { deed->author, deed->kind, deed->subject, deed->detail };
    out_raw(&out, before.at, before.length);
    OUT_LITERAL(&out, "[");
    out_int(&out, deed->id);
    OUT_LITERAL(&out, ",");
    out_int(&out, deed->at);
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        OUT_LITERAL(&out, ",");
        out_json(&out, texts[i]);
    }
    OUT_LITERAL(&out, "]");
    hash_bytes(out_view(&out), hash);
}

static bool chain(Store *work, Deed *deed, Hash *hash, Problem *problem)
{
    AUTO_ROWS *rows = store_run(work, problem, SQL_DEED_END, "");
    if (!rows || !rows_next(rows))
        return false;
    deed->id = rows_int(rows, 0) + 1;
    deed->detail = deed->detail ? deed->detail : "{}";
    hash_of(deed, rows_bytes(rows, 1), hash);
    return true;
}

bool deed_add(Store *work, Deed *deed, Problem *problem)
{
    Hash hash;
    return chain(work, deed, &hash, problem) &&
           store_do(work, problem, SQL_DEED_INSERT, "iittttb", deed->id, deed->at, deed->author, deed->kind,
                    deed->subject, deed->detail, (Text){ (const char *)hash.bytes, sizeof hash.bytes });
}

static Deed take(const Rows *rows)
{
    return (Deed){ .id = rows_int(rows, 0),
                   .at = rows_int(rows, 1),
                   .author = rows_text(rows, 2),
                   .kind = rows_text(rows, 3),
                   .subject = rows_text(rows, 4),
                   .detail = rows_text(rows, 5) };
}

static Deed keep(Arena *arena, Deed deed)
{
    deed.author = arena_string(arena, deed.author);
    deed.kind = arena_string(arena, deed.kind);
    deed.subject = arena_string(arena, deed.subject);
    deed.detail = arena_string(arena, deed.detail);
    return deed;
}

bool deed_list(Arena *arena, Store *work, int64_t before, size_t most, Deeds *deeds, Problem *problem)
{
    AUTO_ROWS *rows = store_run(work, problem, SQL_DEEDS_BEFORE, "ii", before > 0 ? before : INT64_MAX, (int64_t)most);
    *deeds = (Deeds){ .items = NEW_ARRAY(arena, Deed, most + 1) };
    while (rows && rows_next(rows) && deeds->count < most)
        deeds->items[deeds->count++] = keep(arena, take(rows));
    return rows && !problem->kind;
}

bool deed_about(Arena *arena, Store *work, const char *subject, Deeds *deeds, Problem *problem)
{
    size_t room = 0;
    AUTO_ROWS *rows = store_run(work, problem, SQL_DEEDS_ABOUT, "t", subject);
    *deeds = (Deeds){ 0 };
    while (rows && rows_next(rows)) {
        deeds->items = arena_grow(arena, deeds->items, deeds->count, &room, sizeof *deeds->items);
        deeds->items[deeds->count++] = keep(arena, take(rows));
    }
    return rows && !problem->kind;
}

bool deed_verify(Store *work, int64_t *count, int64_t *wrong, Problem *problem)
{
    AUTO_ROWS *rows = store_run(work, problem, SQL_DEEDS_ALL, "");
    Hash last, hash;
    Text before = { 0 };
    *count = *wrong = 0;
    while (rows && rows_next(rows) && !*wrong) {
        bool fits = rows_all_fit(rows);
        Deed deed = take(rows);
        Text kept = rows_bytes(rows, 6);
        hash_of(&deed, before, &hash);
        if (!fits || deed.id != ++*count || kept.length != sizeof hash.bytes ||
            memcmp(kept.at, hash.bytes, kept.length) != 0)
            *wrong = deed.id;
        last = hash;
        before = (Text){ (const char *)last.bytes, sizeof last.bytes };
    }
    return rows && !problem->kind;
}
