#include "publish/source.h"

#include "base/table.h"
#include "domain/record.h"
#include "publish/link.h"
#include "publish/table_rows.h"

bool source_may_be_linked(const char *kind, const char *access)
{
    return strcmp(kind, "leak_site") != 0 &&
           (!access || (strcmp(access, "dark_web") != 0 && strcmp(access, "confidential") != 0));
}

/* "www.example.org" of an address. */
static const char *host_of(Arena *arena, const char *url)
{
    const char *start = strstr(url, "://");
    start = start ? start + 3 : url;
    return arena_copy(arena, start, strcspn(start, "/?#"));
}

/* A source that would tell whom it is about stands in the store without address, under a title in English made of what
 * it is (domain/naming.h). NULL of others. */
static const char *described(const View *view, const SourceFact *fact)
{
    const Variable *types = codebook_needed(view->codebook, NEEDED_SOURCE_SOURCE_TYPE);
    const Value *type = variable_value(types, fact->source_type);
    const char *start = arena_format(view->arena, "%s, reliability ", type ? type->label.en : fact->source_type);
    if (fact->url || !fact->title || !text_starts(text_of(fact->title), start))
        return NULL;
    return say_with(view->arena, view->language,
                    fact->independence_group ? N_("{kind}, reliability {grade}, {group}")
                                             : N_("{kind}, reliability {grade}"),
                    SLOTS({ "kind", show_code(view, "source_type", fact->source_type) }, { "grade", fact->reliability },
                          { "group", fact->independence_group }));
}

SourceFact source_take(const View *view, const Rows *rows)
{
    Arena *arena = view->arena;
    SourceFact fact = { .id = rows_int(rows, 0),
                        .url = table_cell(arena, rows, 1),
                        .title = table_cell(arena, rows, 2) };
    fact.source_type = table_cell(arena, rows, 3);
    fact.reliability = table_cell(arena, rows, 4);
    fact.origin = table_cell(arena, rows, 5);
    fact.language = table_cell(arena, rows, 6);
    fact.access = table_cell(arena, rows, 7);
    fact.licence = table_cell(arena, rows, 8);
    fact.independence_group = table_cell(arena, rows, 9);
    fact.published = rows_is_null(rows, 10) ? DAY_UNKNOWN : (int32_t)rows_int(rows, 10);
    fact.since = rows_int(rows, 11);
    fact.link = fact.url && source_may_be_linked(fact.source_type, fact.access) ? fact.url : NULL;
    fact.name = described(view, &fact);
    if (!fact.name)
        fact.name = fact.title  ? show_foreign(view, fact.title)
                    : fact.link ? host_of(arena, fact.link)
                                : show_code(view, "source_type", fact.source_type);
    return fact;
}

bool source_read(const View *view, Store *public_store, int64_t id, SourceFact *fact, Problem *problem)
{
    AUTO_ROWS *rows = store_run(public_store, problem, SQL_PUBLISH_SOURCE, "i", id);
    if (!rows)
        return false;
    if (!rows_next(rows) || rows_int(rows, 11) > view->figures->entries)
        return fail(problem, PROBLEM_NOT_FOUND, "there is no source with this number");
    *fact = source_take(view, rows);
    return true;
}

const char *source_place(const View *view, const SourceFact *fact)
{
    if (fact->title || !fact->link)
        return NULL;
    const char *host = host_of(view->arena, fact->link), *at = strstr(fact->link, host);
    const char *rest = at + strlen(host);
    return rest[0] && rest[1] ? show_foreign(view, rest) : NULL;
}

const char *source_link(const View *view, int64_t id)
{
    return link_in(view->arena, view->language, arena_format(view->arena, "/sources/%lld", (long long)id), NULL);
}

static int32_t known_day(const Rows *rows, int column)
{
    return rows_is_null(rows, column) ? DAY_UNKNOWN : (int32_t)rows_int(rows, column);
}

static void add_known(Cited *cited, int32_t first, int32_t last)
{
    if (first != DAY_UNKNOWN && (cited->first_known == DAY_UNKNOWN || first < cited->first_known))
        cited->first_known = first;
    if (last != DAY_UNKNOWN && (cited->last_known == DAY_UNKNOWN || last > cited->last_known))
        cited->last_known = last;
}

/* The place of a source among the citations, added when it is new. */
static Cited *cited_at(Arena *arena, Table *places, Citations *citations, size_t *room, int64_t source)
{
    Text key = { (const char *)&source, sizeof source };
    int64_t *place = table_get(places, key);
    if (place)
        return &citations->items[*place];
    citations->items = arena_grow(arena, citations->items, citations->count, room, sizeof(Cited));
    table_put(places, key, (int64_t)citations->count);
    Cited *cited = &citations->items[citations->count++];
    *cited = (Cited){ .source = source, .first_known = DAY_UNKNOWN, .last_known = DAY_UNKNOWN };
    return cited;
}

static int by_incidents(const void *a, const void *b)
{
    const Cited *one = a, *other = b;
    if (one->incidents != other->incidents)
        return one->incidents < other->incidents ? 1 : -1;
    return (one->source > other->source) - (one->source < other->source);
}

bool sources_cited(const View *view, Store *public_store, const int64_t *incidents, size_t count, Citations *citations,
                   Problem *problem)
{
    Table *places = table_new(view->arena);
    size_t room = 0;
    *citations = (Citations){ 0 };
    for (size_t i = 0; i < count; i++) {
        AUTO_ROWS *rows = store_run(public_store, problem, SQL_PUBLISH_CITED, "iii", table_first(incidents[i]),
                                    table_last(incidents[i]), view->figures->entries);
        while (rows && rows_next(rows)) {
            Cited *cited = cited_at(view->arena, places, citations, &room, rows_int(rows, 0));
            cited->incidents++;
            cited->statements += rows_int(rows, 3);
            add_known(cited, known_day(rows, 1), known_day(rows, 2));
        }
        if (problem->kind)
            return false;
    }
    if (citations->count)
        qsort(citations->items, citations->count, sizeof(Cited), by_incidents);
    return true;
}
