#include "domain/names.h"

#include "domain/seen.h"

/* The rows of a data set name the same few sources over and over: the last ones are remembered, if they are short. */
enum { REMEMBERED = 16, KEY_TEXT_MAX = 480, CODE_MAX = CODEBOOK_KEY_MAX + 1 };

typedef struct Remembered {
    int64_t id;
    size_t length; /* of key; 0: nothing here */
    char key[KEY_TEXT_MAX];
    char source_type[CODE_MAX], reliability[CODE_MAX], origin[CODE_MAX], group[CODE_MAX]; /* "" is NULL */
} Remembered;

struct Names {
    Store *store;
    Remembered sources[REMEMBERED];
    size_t next;                            /* place of the one to forget */
    int64_t last_source, last_organisation; /* ids */
    Seen *seen;                             /* look-ups of all sources and organisations, or more */
    int64_t seen_source, seen_organisation; /* ids up to which the store was read for it */
};

Names *names_new(Arena *arena, Store *public_store)
{
    Names *names = NEW(arena, Names);
    names->store = public_store;
    names->seen = seen_new(arena);
    return names;
}

static bool see(Names *names, Statement rows_behind, int64_t id, Problem *problem)
{
    Rows *rows = store_run(names->store, problem, rows_behind, "i", id);
    while (rows && rows_next(rows))
        seen_add(names->seen, (uint64_t)rows_int(rows, 0));
    return rows && rows_close(rows);
}

bool names_reset(Names *names, int64_t sources, int64_t organisations, Problem *problem)
{
    for (size_t i = 0; i < REMEMBERED; i++)
        names->sources[i].length = 0;
    names->last_source = sources;
    names->last_organisation = organisations;
    if (!see(names, SQL_SOURCE_SEEN, names->seen_source, problem) ||
        !see(names, SQL_ORGANISATION_SEEN, names->seen_organisation, problem))
        return false;
    names->seen_source = sources;
    names->seen_organisation = organisations;
    return true;
}

/* Whether the store must be asked for a name; then it holds all that was added. */
static bool is_worth_asking(Names *names, uint64_t look_up, bool *worth, Problem *problem)
{
    *worth = seen_perhaps(names->seen, look_up);
    return !*worth || store_settle(names->store, problem);
}

/* The three texts as one key, each with its end, which no text holds: NULL and "" do not differ, and "" is refused. */
static Text joined(Arena *arena, const char *const parts[3])
{
    size_t lengths[3], length = 3;
    for (int i = 0; i < 3; i++) {
        lengths[i] = parts[i] ? strlen(parts[i]) : 0;
        length = size_add(length, lengths[i]);
    }
    char *text = arena_take(arena, length), *at = text;
    for (int i = 0; i < 3; i++) {
        if (lengths[i])
            memcpy(at, parts[i], lengths[i]);
        at += lengths[i];
        *at++ = '\0';
    }
    return (Text){ text, length };
}

/* Whether three columns from `first` on hold the three texts. */
static bool holds(const Rows *rows, int first, const char *const parts[3])
{
    for (int i = 0; i < 3; i++)
        if (rows_is_null(rows, first + i) == !!parts[i] ||
            strcmp(rows_text(rows, first + i), parts[i] ? parts[i] : "") != 0)
            return false;
    return true;
}

static const char *unless_empty(Arena *arena, const char *text)
{
    return text[0] ? arena_string(arena, text) : NULL;
}

static bool recall(const Names *names, Arena *arena, Text key, Standing *standing)
{
    for (size_t i = 0; i < REMEMBERED; i++) {
        const Remembered *known = &names->sources[i];
        if (known->length != key.length || memcmp(known->key, key.at, key.length) != 0)
            continue;
        *standing =
            (Standing){ known->id, arena_string(arena, known->source_type), arena_string(arena, known->reliability),
                        unless_empty(arena, known->origin), unless_empty(arena, known->group) };
        return true;
    }
    return false;
}

static bool keep(char to[CODE_MAX], const char *text)
{
    int length = snprintf(to, CODE_MAX, "%s", text ? text : "");
    return length < CODE_MAX;
}

static void remember(Names *names, Text key, const Standing *standing)
{
    Remembered *place = &names->sources[names->next];
    place->length = 0;
    if (key.length > sizeof place->key || !keep(place->source_type, standing->source_type) ||
        !keep(place->reliability, standing->reliability) || !keep(place->origin, standing->origin) ||
        !keep(place->group, standing->group))
        return;
    memcpy(place->key, key.at, key.length);
    place->id = standing->id;
    place->length = key.length;
    names->next = (names->next + 1) % REMEMBERED;
}

/* Looks it up in the store; `standing->id` stays 0 when it is not there. */
static bool find_source(Names *names, Arena *arena, uint64_t look_up, const char *const parts[3], Standing *standing,
                        Problem *problem)
{
    bool worth;
    *standing = (Standing){ 0 };
    if (!is_worth_asking(names, look_up, &worth, problem) || !worth)
        return !worth;
    Rows *rows = store_run(names->store, problem, SQL_SOURCE_FIND, "i", (int64_t)look_up);
    if (!rows)
        return false;
    while (!standing->id && rows_next(rows))
        if (holds(rows, 1, parts))
            *standing = (Standing){ rows_int(rows, 0), arena_string(arena, rows_text(rows, 3)),
                                    arena_string(arena, rows_text(rows, 4)), unless_empty(arena, rows_text(rows, 5)),
                                    unless_empty(arena, rows_text(rows, 6)) };
    return rows_close(rows);
}

static double day_or_null(int32_t day)
{
    return day == DAY_UNKNOWN ? (double)NAN : day;
}

bool names_source(Names *names, Arena *arena, const SourceFacts *facts, int64_t since, Standing *standing,
                  Problem *problem)
{
    const char *const parts[3] = { facts->url, facts->title, facts->source_type };
    Text key = joined(arena, parts);
    if (recall(names, arena, key, standing))
        return true;
    uint64_t look_up = text_hash(key);
    if (!find_source(names, arena, look_up, parts, standing, problem))
        return false;
    if (!standing->id) {
        *standing =
            (Standing){ names->last_source + 1, facts->source_type, facts->reliability, facts->origin, facts->group };
        if (!store_later(names->store, problem, SQL_SOURCE_ADD, "iitttttttttri", standing->id, (int64_t)look_up,
                         facts->url, facts->title, facts->source_type, facts->reliability, facts->origin,
                         facts->language, facts->access, facts->licence, facts->group, day_or_null(facts->published),
                         since))
            return false;
        seen_add(names->seen, look_up);
        names->last_source++;
    }
    remember(names, key, standing);
    return true;
}

/* 0 when it is not there. */
static bool find_organisation(Names *names, uint64_t look_up, const char *const parts[3], int64_t *id, Problem *problem)
{
    bool worth;
    *id = 0;
    if (!is_worth_asking(names, look_up, &worth, problem) || !worth)
        return !worth;
    Rows *rows = store_run(names->store, problem, SQL_ORGANISATION_FIND, "i", (int64_t)look_up);
    if (!rows)
        return false;
    while (!*id && rows_next(rows))
        if (holds(rows, 1, parts))
            *id = rows_int(rows, 0);
    return rows_close(rows);
}

bool names_organisation(Names *names, Arena *arena, const Naming *naming, int64_t *id, Problem *problem)
{
    const AffectedFacts *affected = naming->affected;
    const OrganisationFacts *facts = &affected->organisation;
    const char *const parts[3] = { naming->folded, facts->country, facts->subdivision };
    bool named = !affected->naming || strcmp(affected->naming, "named") == 0;
    uint64_t look_up = named ? text_hash(joined(arena, parts)) : 0; /* 0: never looked up */
    *id = 0;
    if (named && !find_organisation(names, look_up, parts, id, problem))
        return false;
    if (*id)
        return true;
    *id = names->last_organisation + 1;
    if (!store_later(names->store, problem, SQL_ORGANISATION_ADD, "iitttttttti", *id, (int64_t)look_up, facts->name,
                     naming->folded, facts->country, facts->subdivision, facts->place, facts->org_type,
                     facts->sector_group, facts->external, naming->since))
        return false;
    seen_add(names->seen, look_up);
    names->last_organisation++;
    return true;
}
