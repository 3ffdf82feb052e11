#include "domain/names.h"

#include "domain/name_index.h"

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
    size_t next; /* place of the one to forget */
    NameIndex *source_index, *organisation_index;
};

static const NameStatements source_statements = { SQL_SOURCE_NAMES_BEHIND, SQL_SOURCE_NAME_ADD, SQL_SOURCE_NAME_FIND };
static const NameStatements organisation_statements = { SQL_ORGANISATION_NAMES_BEHIND, SQL_ORGANISATION_NAME_ADD,
                                                        SQL_ORGANISATION_NAME_FIND };

Names *names_new(Arena *arena, Store *public_store)
{
    Names *names = NEW(arena, Names);
    names->store = public_store;
    names->source_index = name_index_new(arena, public_store, &source_statements);
    names->organisation_index = name_index_new(arena, public_store, &organisation_statements);
    return names;
}

bool names_reset(Names *names, int64_t sources, int64_t organisations, Problem *problem)
{
    for (size_t i = 0; i < REMEMBERED; i++)
        names->sources[i].length = 0;
    return name_index_reset(names->source_index, sources, problem) &&
           name_index_reset(names->organisation_index, organisations, problem);
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

/* The row of a source when it is the one with these parts; `standing->id` stays 0 when it is another. */
static bool source_at(Names *names, Arena *arena, int64_t id, const char *const parts[3], Standing *standing,
                      Problem *problem)
{
    Rows *rows = store_run(names->store, problem, SQL_SOURCE_AT, "i", id);
    if (rows && rows_next(rows) && holds(rows, 1, parts))
        *standing = (Standing){ rows_int(rows, 0), arena_string(arena, rows_text(rows, 3)),
                                arena_string(arena, rows_text(rows, 4)), unless_empty(arena, rows_text(rows, 5)),
                                unless_empty(arena, rows_text(rows, 6)) };
    return rows && rows_close(rows);
}

/* Looks it up in the store; `standing->id` stays 0 when it is not there. */
static bool find_source(Names *names, Arena *arena, uint64_t look_up, const char *const parts[3], Standing *standing,
                        Problem *problem)
{
    int64_t *ids;
    size_t count;
    *standing = (Standing){ 0 };
    if (!name_index_find(names->source_index, arena, look_up, &ids, &count, problem))
        return false;
    for (size_t i = 0; i < count && !standing->id; i++)
        if (!source_at(names, arena, ids[i], parts, standing, problem))
            return false;
    return true;
}

static double day_or_null(int32_t day)
{
    return day == DAY_UNKNOWN ? (double)NAN : day;
}

/* The source with these parts; `standing->id` is 0 when there is none. */
static bool find_standing(Names *names, Arena *arena, Text key, const char *const parts[3], Standing *standing,
                          Problem *problem)
{
    if (recall(names, arena, key, standing))
        return true;
    if (!find_source(names, arena, text_hash(key), parts, standing, problem))
        return false;
    if (standing->id)
        remember(names, key, standing);
    return true;
}

bool names_standing(Names *names, Arena *arena, const SourceFacts *facts, Standing *standing, Problem *problem)
{
    const char *const parts[3] = { facts->url, facts->title, facts->source_type };
    return find_standing(names, arena, joined(arena, parts), parts, standing, problem);
}

bool names_source(Names *names, Arena *arena, const SourceFacts *facts, int64_t since, Standing *standing,
                  Problem *problem)
{
    const char *const parts[3] = { facts->url, facts->title, facts->source_type };
    Text key = joined(arena, parts);
    if (!find_standing(names, arena, key, parts, standing, problem))
        return false;
    if (standing->id)
        return true;
    uint64_t look_up = text_hash(key);
    *standing = (Standing){ name_index_last(names->source_index) + 1, facts->source_type, facts->reliability,
                            facts->origin, facts->group };
    if (!store_later(names->store, problem, SQL_SOURCE_ADD, "iitttttttttri", standing->id, (int64_t)look_up, facts->url,
                     facts->title, facts->source_type, facts->reliability, facts->origin, facts->language,
                     facts->access, facts->licence, facts->group, day_or_null(facts->published), since) ||
        !name_index_add(names->source_index, look_up, problem))
        return false;
    remember(names, key, standing);
    return true;
}

/* 0 when it is not there. */
static bool find_organisation(Names *names, Arena *arena, uint64_t look_up, const char *const parts[3], int64_t *id,
                              Problem *problem)
{
    int64_t *ids;
    size_t count;
    *id = 0;
    if (!name_index_find(names->organisation_index, arena, look_up, &ids, &count, problem))
        return false;
    for (size_t i = 0; i < count && !*id; i++) {
        Rows *rows = store_run(names->store, problem, SQL_ORGANISATION_AT, "i", ids[i]);
        if (rows && rows_next(rows) && holds(rows, 1, parts))
            *id = ids[i];
        if (!rows || !rows_close(rows))
            return false;
    }
    return true;
}

int64_t names_last_organisation(const Names *names)
{
    return name_index_last(names->organisation_index);
}

bool names_organisation(Names *names, Arena *arena, const Naming *naming, int64_t *id, Problem *problem)
{
    const AffectedFacts *affected = naming->affected;
    const OrganisationFacts *facts = &affected->organisation;
    const char *const parts[3] = { naming->folded, facts->country, facts->subdivision };
    bool named = !affected->naming || strcmp(affected->naming, "named") == 0;
    uint64_t look_up = named ? text_hash(joined(arena, parts)) : 0; /* 0: never looked up */
    *id = 0;
    if (named && !find_organisation(names, arena, look_up, parts, id, problem))
        return false;
    if (*id)
        return true;
    *id = name_index_last(names->organisation_index) + 1;
    return store_later(names->store, problem, SQL_ORGANISATION_ADD, "iitttttttti", *id, (int64_t)look_up, facts->name,
                       naming->folded, facts->country, facts->subdivision, facts->place, facts->org_type,
                       facts->sector_group, facts->external, naming->since) &&
           name_index_add(names->organisation_index, look_up, problem);
}
