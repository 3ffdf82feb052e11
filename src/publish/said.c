#include "publish/said.h"

#include "publish/actor.h"

const char *norm_title(const View *view, const Norm *norm)
{
    size_t language = strcmp(view->language->code, "fr") == 0;
    return arena_format(view->arena, "%s, %s", norm->instrument[language], norm->reference[language]);
}

typedef struct Parts { /* of a statement, while they are gathered */
    SaidPart *items;
    size_t *places; /* in the codebook, for their order */
    size_t count;
} Parts;

static size_t place_in(const Entity *entity, const char *variable)
{
    for (size_t i = 0; i < entity->variable_count; i++)
        if (strcmp(entity->variables[i].key, variable) == 0)
            return i;
    return entity->variable_count;
}

static const char *words_of(const View *view, const Evidence *claim)
{
    if (!claim->value)
        return show_missing(view, claim->missing);
    const Norm *norm =
        strcmp(claim->variable, "legal_reference") == 0 ? norm_find(&view->site->norms, claim->value) : NULL;
    if (claim->spelled)
        return say_with(
            view->arena, view->language, "{name}, called {spelled} in the source",
            SLOTS({ "name", show_foreign(view, claim->value) }, { "spelled", show_foreign(view, claim->spelled) }));
    return norm ? norm_title(view, norm) : show_value(view, claim->definition, claim->type, claim->value);
}

static void insert_part(Parts *parts, const SaidPart *part, size_t place)
{
    size_t at = parts->count++;
    for (; at > 0 && parts->places[at - 1] > place; at--) {
        parts->items[at] = parts->items[at - 1];
        parts->places[at] = parts->places[at - 1];
    }
    parts->items[at] = *part;
    parts->places[at] = place;
}

static Said said_in(const View *view, Run all, const Entity *entity, const Evidence *first)
{
    Parts parts = { NEW_ARRAY(view->arena, SaidPart, all.count), NEW_ARRAY(view->arena, size_t, all.count), 0 };
    for (size_t i = 0; i < all.count; i++) {
        const Evidence *claim = &all.claims[i];
        if (!claim->live || claim->statement != first->statement || strcmp(claim->definition->entity, entity->key) != 0)
            continue;
        const SaidPart part = { claim->variable,
                                label_in(claim->definition->label, view->language->code),
                                words_of(view, claim),
                                claim->value,
                                strcmp(claim->variable, "actor") == 0 && claim->value ? actor_link(view, claim) : NULL,
                                claim->spelled };
        insert_part(&parts, &part, place_in(entity, claim->variable));
    }
    return (Said){ .parts = parts.items,
                   .count = parts.count,
                   .said_by = show_code(view, "claimant", first->claimant),
                   .stance = strcmp(first->stance, "asserts") == 0 ? NULL : show_code(view, "stance", first->stance),
                   .known = first->known_since == DAY_UNKNOWN
                                ? NULL
                                : say_day(view->arena, view->language, first->known_since),
                   .statement = first->statement,
                   .source_id = first->source };
}

static bool is_in(const SaidList *list, int64_t statement)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].statement == statement)
            return true;
    return false;
}

SaidList said_about(const View *view, Run all, const char *key)
{
    const Entity *entity = NULL;
    SaidList list = { .items = NEW_ARRAY(view->arena, Said, all.count + 1) };
    for (size_t i = 0; i < view->codebook->entity_count; i++)
        if (strcmp(view->codebook->entities[i].key, key) == 0)
            entity = &view->codebook->entities[i];
    for (size_t i = 0; entity && i < all.count; i++) {
        const Evidence *claim = &all.claims[i];
        if (claim->live && strcmp(claim->definition->entity, key) == 0 && !is_in(&list, claim->statement))
            list.items[list.count++] = said_in(view, all, entity, claim);
    }
    return list;
}

void said_json(Out *out, const char *key, const SaidList *list)
{
    OUT_LITERAL(out, ",");
    out_json(out, key);
    OUT_LITERAL(out, ":[");
    for (size_t i = 0; i < list->count; i++) {
        const Said *said = &list->items[i];
        out_raw(out, ",", i ? 1 : 0);
        OUT_LITERAL(out, "{\"source\":");
        out_int(out, said->source_id);
        OUT_LITERAL(out, ",\"claims\":[");
        for (size_t j = 0; j < said->count; j++) {
            out_raw(out, ",", j ? 1 : 0);
            OUT_LITERAL(out, "{\"variable\":");
            out_json(out, said->parts[j].variable);
            OUT_LITERAL(out, ",\"value\":");
            out_json(out, said->parts[j].value);
            if (said->parts[j].spelled) {
                OUT_LITERAL(out, ",\"in_source\":");
                out_json(out, said->parts[j].spelled);
            }
            OUT_LITERAL(out, "}");
        }
        OUT_LITERAL(out, "]}");
    }
    OUT_LITERAL(out, "]");
}
