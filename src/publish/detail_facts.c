/* The facts of one incident: the claims of each variable, and what METHOD.md 4 publishes of them. */
#include "publish/actor.h"
#include "publish/detail.h"
#include "publish/stated.h"
#include "publish/table_rows.h"

typedef struct Detail { /* of a claim, beside the evidence */
    int64_t claim, source;
    const char *quote, *raw, *locator;
} Detail;

typedef struct Details {
    Detail *items; /* sorted by claim */
    size_t count;
} Details;

static bool read_details(const View *view, Store *store, int64_t incident, Details *details, Problem *problem)
{
    AUTO_ROWS *rows = store_run(store, problem, SQL_PUBLISH_DETAILS, "iii", table_first(incident), table_last(incident),
                                view->figures->entries);
    size_t room = 64;
    details->items = NEW_ARRAY(view->arena, Detail, room);
    details->count = 0;
    while (rows && rows_next(rows)) {
        details->items = arena_grow(view->arena, details->items, details->count, &room, sizeof(Detail));
        details->items[details->count++] = (Detail){ .claim = rows_int(rows, 0),
                                                     .quote = table_cell(view->arena, rows, 1),
                                                     .raw = table_cell(view->arena, rows, 2),
                                                     .locator = table_cell(view->arena, rows, 3),
                                                     .source = rows_int(rows, 4) };
    }
    return !problem->kind;
}

static const Detail *detail_of(const Details *details, int64_t claim)
{
    static const Detail none;
    size_t low = 0, high = details->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (details->items[middle].claim == claim)
            return &details->items[middle];
        if (details->items[middle].claim < claim)
            low = middle + 1;
        else
            high = middle;
    }
    return &none;
}

static const SourceView *source_of(const DetailPage *page, int64_t id)
{
    for (size_t i = 0; i < page->source_count; i++)
        if (page->sources[i].id == id)
            return &page->sources[i];
    return NULL;
}

static const char *day_in_words(const View *view, int32_t day)
{
    return day == DAY_UNKNOWN ? NULL : say_day(view->arena, view->language, day);
}

static const char *state_of(const View *view, const Evidence *claim)
{
    if (claim->live)
        return NULL;
    return strcmp(claim->rank, "deprecated") == 0 ? say(view->language, "withdrawn")
                                                  : say(view->language, "replaced by a later statement");
}

/* Importers say where in the source as "row 17"; what people typed stays as it is. */
static const char *place_in_words(const View *view, const char *locator)
{
    static const char *const words[][2] = { { "row ", N_("row {place}") }, { "column ", N_("column {place}") } };
    for (size_t i = 0; locator && i < COUNT_OF(words); i++)
        if (text_starts(text_of(locator), words[i][0]))
            return say_with(view->arena, view->language, words[i][1],
                            SLOTS({ "place", locator + strlen(words[i][0]) }));
    return locator;
}

static ClaimView claim_view(const View *view, const Evidence *claim, const Detail *detail, const SourceView *source)
{
    ClaimView shown = { .source = source, .state = state_of(view, claim), .id = claim->claim };
    shown.value = claim->value ? show_value(view, claim->definition, claim->type, claim->value)
                               : show_missing(view, claim->missing);
    if (claim->value && strcmp(claim->variable, "actor") == 0)
        shown.link = actor_link(view, claim);
    shown.raw = claim->spelled ? claim->spelled : detail->raw;
    shown.said_by = show_code(view, "claimant", claim->claimant);
    shown.stance = strcmp(claim->stance, "asserts") == 0 ? NULL : show_code(view, "stance", claim->stance);
    shown.credibility = show_code(view, "credibility", claim->credibility);
    shown.quote = show_foreign(view, detail->quote);
    shown.raw_quote = show_raw(view, detail->quote);
    shown.locator = place_in_words(view, detail->locator);
    shown.known = day_in_words(view, claim->known_since);
    shown.as_of = claim->as_of == claim->known_since ? NULL : day_in_words(view, claim->as_of);
    return shown;
}

/* Of a contested value the published claim stands first, what is no longer in force last. */
static int place_beside(const ClaimView *claim)
{
    return claim->chosen ? 0 : claim->verdict ? 1 : 2;
}

static void sort_beside(ClaimView *claims, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        ClaimView moved = claims[i];
        size_t at = i;
        for (; at > 0 && place_beside(&claims[at - 1]) > place_beside(&moved); at--)
            claims[at] = claims[at - 1];
        claims[at] = moved;
    }
}

static FactView fact_view(const View *view, Run run, const Details *details, const DetailPage *page)
{
    const Variable *variable = run.claims->definition;
    ClaimView *claims = NEW_ARRAY(view->arena, ClaimView, run.count);
    const char *dot = strchr(variable->key, '.');
    int length = dot ? (int)(dot - variable->key) : (int)strlen(variable->key);
    Stated stated = stated_of(view, run);
    FactView fact = { .label = stated.label, .claims = claims, .count = run.count, .contested = stated.contested };
    *(stated.value ? &fact.value : &fact.missing) = stated.words;
    fact.definition = label_in(variable->definition, view->language->code);
    fact.anchor = arena_format(view->arena, "/%s/codebook#%s.%.*s", view->language->code, variable->entity, length,
                               variable->key);
    for (size_t i = 0; i < run.count; i++) {
        const Detail *detail = detail_of(details, run.claims[i].claim);
        claims[i] = claim_view(view, &run.claims[i], detail, source_of(page, run.claims[i].source));
        claims[i].verdict = stated_verdict(view, &stated, &run.claims[i]);
        claims[i].chosen = stated.contested && &run.claims[i] == stated.chosen;
    }
    if (stated.contested)
        sort_beside(claims, run.count);
    return fact;
}

/* Where a variable stands in its entity: "metric.beds_closed" stands in the place of metric, by its value. */
static size_t place_of(const Entity *entity, const Variable *variable)
{
    enum { STEP = 1024 };
    const char *dot = strchr(variable->key, '.');
    size_t length = dot ? (size_t)(dot - variable->key) : strlen(variable->key);
    for (size_t i = 0; i < entity->variable_count; i++) {
        const Variable *one = &entity->variables[i];
        if (strlen(one->key) == length && strncmp(one->key, variable->key, length) == 0)
            return i * STEP + (dot ? variable_place(one, dot + 1) : 0);
    }
    return entity->variable_count * STEP;
}

/* The runs about one entity, in the codebook's order. */
static size_t runs_of(const Entity *entity, Run all, Run *runs)
{
    size_t count = 0;
    for (size_t from = 0; from < all.count;) {
        Run run = run_at(all, from);
        from += run.count;
        if (strcmp(run.claims->definition->entity, entity->key) != 0)
            continue;
        size_t at = count++, place = place_of(entity, run.claims->definition);
        for (; at > 0 && place_of(entity, runs[at - 1].claims->definition) > place; at--)
            runs[at] = runs[at - 1];
        runs[at] = run;
    }
    return count;
}

static void group_facts(const View *view, Run all, const Details *details, DetailPage *page)
{
    const Codebook *codebook = view->codebook;
    FactGroup *groups = NEW_ARRAY(view->arena, FactGroup, codebook->entity_count);
    Run *runs = NEW_ARRAY(view->arena, Run, all.count + 1);
    for (size_t i = 0; i < codebook->entity_count; i++) {
        const Entity *entity = &codebook->entities[i];
        size_t count = runs_of(entity, all, runs);
        if (!count)
            continue;
        FactView *facts = NEW_ARRAY(view->arena, FactView, count);
        for (size_t j = 0; j < count; j++)
            facts[j] = fact_view(view, runs[j], details, page);
        groups[page->group_count++] = (FactGroup){
            .label = label_in(entity->label, view->language->code), .key = entity->key, .facts = facts, .count = count
        };
    }
    page->groups = groups;
}

/* A death is established only when the same statement says so; else it is told as what it is (METHOD 6). */
static const char *alleged_deaths(const View *view, Run all)
{
    Run levels = run_of(all, "harm_level"), causes = run_of(all, "causal_status");
    for (size_t i = 0; i < levels.count; i++) {
        const Evidence *level = &levels.claims[i];
        bool established = false;
        if (!evidence_asserts(level) || !evidence_is(level, "h4_death"))
            continue;
        for (size_t j = 0; j < causes.count; j++)
            established =
                established ||
                (causes.claims[j].statement == level->statement &&
                 (evidence_is(&causes.claims[j], "contributing") || evidence_is(&causes.claims[j], "direct")));
        if (!established)
            return say(view->language, "A death is alleged in connection with this attack; that the attack contributed "
                                       "to it is not established. It raises only the upper end of the level.");
    }
    return NULL;
}

bool detail_facts(const View *view, Store *store, int64_t incident, DetailPage *page, Problem *problem)
{
    Details details;
    Run all;
    if (!read_details(view, store, incident, &details, problem) ||
        !evidence_read(view->arena, store, view->codebook, (Asked){ incident, view->figures->entries }, &all, problem))
        return false;
    group_facts(view, all, &details, page);
    page->timeline = timeline_of(view, all);
    page->impact = impact_view(view, incident, all);
    page->attributions = said_about(view, all, "attribution");
    page->accountability = said_about(view, all, "accountability");
    page->norms = norms_of(view, page->incident, &page->accountability);
    page->alleged = alleged_deaths(view, all);
    return true;
}
