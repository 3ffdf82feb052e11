#include "publish/similar.h"

#include "publish/link.h"
#include "stats/figures.h"

enum {
    NEAREST = 12,
    CODES = 64,
    LISTS = 4,
    ACTORS_ASKED = 3,
    CANDIDATES_MAX = (2 * LISTS + 2 * ACTORS_ASKED) * NEAREST
};

const char *const trait_words[TRAITS] = { "main_type", "country", "sector_group", "actor" };

/* What an incident can share with others. */
typedef struct Traits {
    const char *type;
    const char *countries[CODES], *sectors[CODES], *actors[CODES];
    size_t country_count, sector_count, actor_count;
} Traits;

static void add_code(const char *codes[CODES], size_t *count, const char *code)
{
    size_t at = *count;
    if (!code || at == CODES)
        return;
    for (size_t i = 0; i < *count; i++)
        if (strcmp(codes[i], code) == 0)
            return;
    for (; at > 0 && strcmp(codes[at - 1], code) > 0; at--) /* a filter's codes are sorted */
        codes[at] = codes[at - 1];
    codes[at] = code;
    ++*count;
}

/* Whether it is counted as attacked, by which the lists find it (METHOD.md 5.2). */
static bool is_counted(const Organisation *organisation)
{
    return strcmp(organisation->role, "direct") == 0 || strcmp(organisation->role, "via_supplier") == 0;
}

static bool read_traits(const View *view, Store *store, const Incident *incident, Traits *traits, Problem *problem)
{
    Run all;
    *traits = (Traits){ .type = incident->main_type };
    for (size_t i = 0; i < incident->organisation_count; i++) {
        if (!is_counted(&incident->organisations[i]))
            continue;
        add_code(traits->countries, &traits->country_count, incident->organisations[i].country);
        add_code(traits->sectors, &traits->sector_count, incident->organisations[i].sector_group);
    }
    if (!evidence_read(view->arena, store, view->codebook, (Asked){ incident->id, view->figures->entries }, &all,
                       problem))
        return false;
    Run actors = run_of(all, "actor");
    for (size_t i = 0; i < actors.count; i++)
        if (evidence_asserts(&actors.claims[i]))
            add_code(traits->actors, &traits->actor_count, actors.claims[i].value);
    return true;
}

static bool meet(const char *const *a, size_t a_count, const char *const *b, size_t b_count)
{
    for (size_t i = 0; i < a_count; i++)
        for (size_t j = 0; j < b_count; j++)
            if (strcmp(a[i], b[j]) == 0)
                return true;
    return false;
}

static void compare(const Traits *a, const Traits *b, Similar *similar)
{
    similar->shared[TRAIT_TYPE] = a->type && b->type && strcmp(a->type, b->type) == 0;
    similar->shared[TRAIT_COUNTRY] = meet(a->countries, a->country_count, b->countries, b->country_count);
    similar->shared[TRAIT_SECTOR] = meet(a->sectors, a->sector_count, b->sectors, b->sector_count);
    similar->shared[TRAIT_ACTOR] = meet(a->actors, a->actor_count, b->actors, b->actor_count);
    similar->shared_count = 0;
    for (size_t i = 0; i < TRAITS; i++)
        similar->shared_count += similar->shared[i];
}

static void choose(Filter *filter, const char *key, const char *const *codes, size_t count)
{
    filter->facets[filter->facet_count++] = (FacetChoice){ .key = key, .codes = codes, .count = count };
}

/* Which of the three traits a list asks for: all, then each two. False when the incident lacks one of them. */
static bool make_filter(const Traits *traits, size_t list, Filter *filter)
{
    static const bool asks[LISTS][3] = {
        { true, true, true }, { true, true, false }, { true, false, true }, { false, true, true }
    };
    const bool *asked = asks[list];
    if ((asked[TRAIT_TYPE] && !traits->type) || (asked[TRAIT_COUNTRY] && !traits->country_count) ||
        (asked[TRAIT_SECTOR] && !traits->sector_count))
        return false;
    if (asked[TRAIT_COUNTRY])
        choose(filter, "country", traits->countries, traits->country_count);
    if (asked[TRAIT_TYPE])
        choose(filter, "main_type", &traits->type, 1);
    if (asked[TRAIT_SECTOR])
        choose(filter, "sector", traits->sectors, traits->sector_count);
    return true;
}

/* The nearest ones before or after, by one list. */
static size_t list_side(const Snapshot *snapshot, const Filter *filter, Order order, int64_t *ids)
{
    Listing listing = { .filter = filter, .which = REGISTER_COUNTED, .order = order, .most = NEAREST };
    size_t total;
    return figures_list(snapshot, &listing, ids, &total);
}

static size_t find_candidates(const View *view, const Snapshot *snapshot, const Incident *incident,
                              const Traits *traits, int64_t ids[CANDIDATES_MAX])
{
    size_t count = 0;
    int32_t day = incident->date.first;
    for (size_t list = 0; list < LISTS; list++) {
        Filter filter = { .as_of = view->filter->as_of, .from = day - SIMILAR_DAYS, .to = day };
        if (!make_filter(traits, list, &filter))
            continue;
        count += list_side(snapshot, &filter, NEWEST_FIRST, ids + count);
        filter.from = day;
        filter.to = day + SIMILAR_DAYS;
        count += list_side(snapshot, &filter, OLDEST_FIRST, ids + count);
    }
    return count;
}

typedef struct Looking { /* for what is like one incident */
    const View *view;
    Store *store;
    const Incident *incident;
    Traits traits;
} Looking;

/* Also those in which the same attacker is named, whatever else they share. */
static bool add_named_alike(const Looking *looking, int64_t ids[CANDIDATES_MAX], size_t *count, Problem *problem)
{
    for (size_t i = 0; i < looking->traits.actor_count && i < ACTORS_ASKED; i++) {
        AUTO_ROWS *rows = store_run(looking->store, problem, SQL_PUBLISH_NAMED_ALIKE, "tiiii",
                                    looking->traits.actors[i], (int64_t)looking->incident->date.first,
                                    (int64_t)SIMILAR_DAYS, looking->view->figures->entries, (int64_t)2 * NEAREST);
        while (rows && rows_next(rows))
            ids[(*count)++] = rows_int(rows, 0);
    }
    return !problem->kind;
}

static const char *gap_in_words(const View *view, int32_t days)
{
    if (days == 0)
        return say(view->language, "the same day");
    return days > 0 ? say_count(view->arena, view->language, days, "{n} day later", "{n} days later")
                    : say_count(view->arena, view->language, -days, "{n} day earlier", "{n} days earlier");
}

static const char *reasons_of(const View *view, const Incident *other, const Similar *similar)
{
    const char *items[TRAITS + 1];
    size_t count = 0;
    if (similar->shared[TRAIT_TYPE])
        items[count++] = show_code(view, "attack_type", other->main_type);
    if (similar->shared[TRAIT_COUNTRY])
        items[count++] = say(view->language, "the same country");
    if (similar->shared[TRAIT_SECTOR])
        items[count++] = say(view->language, "the same sector");
    if (similar->shared[TRAIT_ACTOR])
        items[count++] = say(view->language, "the same actor is named");
    items[count++] = gap_in_words(view, similar->days);
    AUTO_OUT out = { 0 };
    for (size_t i = 0; i < count; i++) {
        out_raw(&out, " · ", i ? sizeof " · " - 1 : 0);
        out_raw(&out, items[i], strlen(items[i]));
    }
    return arena_text(view->arena, out_view(&out));
}

static bool is_nearer(const Similar *a, const Similar *b)
{
    if (a->shared_count != b->shared_count)
        return a->shared_count > b->shared_count;
    if (abs(a->days) != abs(b->days))
        return abs(a->days) < abs(b->days);
    return a->id > b->id;
}

/* Keeps the best ones, in their order. */
static void keep(Similar *items, size_t *count, const Similar *one)
{
    size_t at = *count;
    while (at > 0 && is_nearer(one, &items[at - 1]))
        at--;
    if (at == SIMILAR_MOST)
        return;
    *count = MIN(*count + 1, (size_t)SIMILAR_MOST);
    for (size_t i = *count - 1; i > at; i--)
        items[i] = items[i - 1];
    items[at] = *one;
}

/* What only an attacker claims, or was excluded, is like nothing. */
static bool is_in_the_count(const Incident *incident)
{
    return incident->date_basis && incident_is_attack(incident->inclusion) &&
           (strncmp(incident->verification, "v2", 2) == 0 || strncmp(incident->verification, "v3", 2) == 0);
}

/* Shares nothing when it is not counted. */
static bool look_at(const Looking *looking, int64_t id, Similar *similar, Problem *problem)
{
    const View *view = looking->view;
    Incident other;
    Traits its;
    if (!incident_read(view->arena, looking->store, id, view->figures->entries, &other, problem) ||
        !read_traits(view, looking->store, &other, &its, problem))
        return false;
    *similar = (Similar){ .id = id, .days = other.date.first - looking->incident->date.first };
    if (!is_in_the_count(&other))
        return true;
    compare(&looking->traits, &its, similar);
    const char *path = arena_format(view->arena, "/incidents/%lld", (long long)id);
    similar->address = link_to(view, path);
    similar->heading = incident_heading(view, &other);
    similar->when = say_span(view->arena, view->language, other.date);
    similar->reasons = reasons_of(view, &other, similar);
    return true;
}

static bool seen_before(const int64_t *ids, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (ids[i] == ids[at])
            return true;
    return false;
}

bool similar_read(const View *view, const Snapshot *snapshot, Store *store, const Incident *incident, SimilarList *list,
                  Problem *problem)
{
    Looking looking = { .view = view, .store = store, .incident = incident };
    int64_t ids[CANDIDATES_MAX];
    Similar *items = NEW_ARRAY(view->arena, Similar, SIMILAR_MOST), one;
    *list = (SimilarList){ .items = items };
    if (!incident->date_basis || !incident_is_attack(incident->inclusion))
        return true;
    if (!read_traits(view, store, incident, &looking.traits, problem))
        return false;
    size_t count = find_candidates(view, snapshot, incident, &looking.traits, ids);
    if (!add_named_alike(&looking, ids, &count, problem))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (ids[i] == incident->id || seen_before(ids, i))
            continue;
        if (!look_at(&looking, ids[i], &one, problem))
            return false;
        if (one.shared_count > 1)
            keep(items, &list->count, &one);
    }
    return true;
}

void similar_json(Out *out, const SimilarList *list)
{
    OUT_LITERAL(out, ",\"similar\":[");
    for (size_t i = 0; i < list->count; i++) {
        const Similar *one = &list->items[i];
        bool first = true;
        out_raw(out, ",", i ? 1 : 0);
        OUT_LITERAL(out, "{\"incident\":");
        out_int(out, one->id);
        OUT_LITERAL(out, ",\"shared\":[");
        for (size_t j = 0; j < TRAITS; j++) {
            if (!one->shared[j])
                continue;
            out_raw(out, ",", first ? 0 : 1);
            out_json(out, trait_words[j]);
            first = false;
        }
        OUT_LITERAL(out, "],\"days\":");
        out_int(out, one->days);
        OUT_LITERAL(out, "}");
    }
    OUT_LITERAL(out, "]");
}
