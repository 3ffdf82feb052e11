#include "intake/match.h"

enum { KEPT_MAX = 200000 };

/* The data set and the id, hashed as one text. */
static int64_t look_up_of(const Matcher *matcher, const char *id)
{
    char text[1024];
    size_t dataset = strlen(matcher->dataset),
           length = MIN(strlen(id), sizeof text - 1 - MIN(dataset, sizeof text - 1));
    memcpy(text, matcher->dataset, MIN(dataset, sizeof text - 1));
    memcpy(text + dataset, id, length);
    return (int64_t)text_hash((Text){ text, dataset + length });
}

typedef struct Candidates {
    Stored items[SAME_ID_MAX + 1];
    size_t count;
} Candidates;

void matcher_start(Matcher *matcher, Arena *arena, Store *work, const char *dataset, int64_t run)
{
    *matcher = (Matcher){ .work = work, .dataset = dataset, .run = run, .candidates = NEW(arena, Candidates) };
}

bool matcher_shown(Matcher *matcher, int64_t look_up)
{
    bool shown = true;
    uint64_t bits = (uint64_t)look_up;
    for (int i = 0; i < 3; i++, bits = bits * 0x9E3779B97F4A7C15U + 1) {
        uint64_t bit = (bits >> 20) % ((uint64_t)FILTER_BYTES * 8);
        unsigned char mask = (unsigned char)(1U << (bit & 7));
        shown = shown && (matcher->filter[bit >> 3] & mask);
        matcher->filter[bit >> 3] |= mask;
    }
    return shown;
}

/* Whether `external` is the id, or the id with the number of a repeated one. */
static bool has_id(const char *external, const char *id)
{
    size_t length = strlen(id);
    int64_t number;
    if (strncmp(external, id, length) != 0)
        return false;
    return !external[length] || (external[length] == '#' && text_int(text_of(external + length + 1), &number));
}

/* Into matcher->candidates. */
static bool find_stored(Matcher *matcher, Arena *arena, const char *id, int64_t look_up, Problem *problem)
{
    Candidates *candidates = matcher->candidates;
    candidates->count = 0;
    Rows *rows =
        store_run(matcher->work, problem, SQL_ROW_FIND, "iti", look_up, matcher->dataset, (int64_t)SAME_ID_MAX + 1);
    if (!rows)
        return false;
    while (rows_next(rows) && candidates->count <= SAME_ID_MAX) {
        if (!has_id(rows_text(rows, 1), id))
            continue;
        candidates->items[candidates->count++] = (Stored){ .id = rows_int(rows, 0),
                                                           .external = arena_string(arena, rows_text(rows, 1)),
                                                           .run = rows_int(rows, 2),
                                                           .hash = rows_int(rows, 3),
                                                           .bytes_hash = rows_int(rows, 4),
                                                           .incident = rows_int(rows, 5),
                                                           .state = arena_string(arena, rows_text(rows, 6)),
                                                           .raw = rows_int(rows, 7) };
    }
    return rows_close(rows);
}

static bool is_kept(const Matcher *matcher, int64_t id)
{
    return matcher->kept && table_get(matcher->kept, (Text){ (const char *)&id, sizeof id });
}

/* The place of the last row with the id in a batch that is not stored yet; -1 when there is none. */
static int64_t last_pending(const Pending *pending, const char *id)
{
    const int64_t *place = pending->ids ? table_get(pending->ids, text_of(id)) : NULL;
    return place ? *place : -1;
}

/* Drops the candidates that earlier rows of this file have taken; counts the new records with the id. */
static size_t drop_taken(const Matcher *matcher, const char *id, Candidates *candidates)
{
    size_t fresh = 0;
    for (size_t i = 0; i < candidates->count; i++)
        if (candidates->items[i].run == matcher->run)
            candidates->items[i].id = 0;
    for (size_t batch = 0; batch < BATCHES; batch++) {
        const Pending *pending = &matcher->batches[batch];
        for (int64_t at = last_pending(pending, id); at >= 0; at = pending->seen[at].previous) {
            fresh += pending->seen[at].record == 0;
            for (size_t i = 0; i < candidates->count && pending->seen[at].record; i++)
                if (candidates->items[i].id == pending->seen[at].record)
                    candidates->items[i].id = 0;
        }
    }
    return fresh;
}

static const Stored *choose(const Matcher *matcher, const Candidates *candidates, const Wanted *wanted)
{
    for (size_t i = 0; i < candidates->count; i++)
        if (candidates->items[i].id && candidates->items[i].bytes_hash == wanted->bytes_hash)
            return &candidates->items[i];
    for (size_t i = 0; i < candidates->count; i++)
        if (candidates->items[i].id && candidates->items[i].hash == wanted->hash)
            return &candidates->items[i];
    for (size_t i = 0; i < candidates->count; i++)
        if (candidates->items[i].id && !is_kept(matcher, candidates->items[i].id))
            return &candidates->items[i];
    return NULL;
}

static void remember(Pending *pending, const char *id, int64_t record)
{
    if (!pending->ids)
        pending->ids = table_new(pending->arena);
    pending->seen = arena_grow(pending->arena, pending->seen, pending->count, &pending->room, sizeof *pending->seen);
    pending->seen[pending->count] = (Seen){ record, last_pending(pending, id) };
    table_put(pending->ids, text_of(id), (int64_t)pending->count++);
}

bool matcher_take(Matcher *matcher, Arena *arena, size_t batch, const Wanted *wanted, Match *match, Problem *problem)
{
    *match = (Match){ .number = 1, .look_up = look_up_of(matcher, wanted->id) };
    if (!matcher->filter || matcher_shown(matcher, match->look_up)) {
        Candidates *candidates = matcher->candidates;
        if (!find_stored(matcher, arena, wanted->id, match->look_up, problem))
            return false;
        size_t fresh = drop_taken(matcher, wanted->id, candidates);
        if (candidates->count + fresh >= SAME_ID_MAX)
            return fail(problem, PROBLEM_BAD_INPUT,
                        "the id %.100s stands in %d rows already; is that column really the id?", wanted->id,
                        SAME_ID_MAX);
        const Stored *found = choose(matcher, candidates, wanted);
        if (found)
            match->stored = *found;
        match->number = (int64_t)(candidates->count + fresh) + 1;
    }
    remember(&matcher->batches[batch], wanted->id, match->stored.id);
    return true;
}

bool matcher_keep(Matcher *matcher, Arena *arena, const Wanted *wanted, Problem *problem)
{
    int64_t look_up = look_up_of(matcher, wanted->id);
    bool shown = matcher_shown(matcher, look_up);
    Candidates *candidates = matcher->candidates;
    if (!find_stored(matcher, arena, wanted->id, look_up, problem))
        return false;
    if (candidates->count < 1 + (size_t)!shown || candidates->count > SAME_ID_MAX ||
        table_count(matcher->kept) >= KEPT_MAX)
        return true;
    for (size_t i = 0; i < candidates->count; i++)
        if (candidates->items[i].run == matcher->run || is_kept(matcher, candidates->items[i].id))
            candidates->items[i].id = 0;
    const Stored *found = choose(matcher, candidates, wanted);
    if (found && (found->hash == wanted->hash || found->bytes_hash == wanted->bytes_hash))
        table_put(matcher->kept, (Text){ (const char *)&found->id, sizeof found->id }, 1);
    return true;
}

void matcher_stored(Matcher *matcher, size_t batch)
{
    Pending *pending = &matcher->batches[batch];
    *pending = (Pending){ .arena = pending->arena };
}
