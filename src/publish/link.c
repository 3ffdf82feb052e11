#include "publish/link.h"

const char *link_in(Arena *arena, const Language *language, const char *path, const Filter *filter)
{
    AUTO_OUT query = { 0 };
    if (filter)
        filter_write(&query, filter);
    return arena_format(arena, "/%s%s%s%s", language->code, path, query.length ? "?" : "",
                        query.length ? query.text : "");
}

const char *link_to(const View *view, const char *path)
{
    return link_in(view->arena, view->language, path, view->filter);
}

const char *country_link(const View *view, const char *code)
{
    return link_in(view->arena, view->language, arena_format(view->arena, "/countries/%s", code), NULL);
}

static void forget_facet(Filter *filter, const char *key)
{
    for (size_t i = 0; i < filter->facet_count; i++)
        if (strcmp(filter->facets[i].key, key) == 0) {
            size_t behind = --filter->facet_count - i;
            memmove(&filter->facets[i], &filter->facets[i + 1], behind * sizeof filter->facets[0]);
            return;
        }
}

/* A question is asked by one clock only. */
static void take_clock(Filter *filter, const char *as_of, const char *known_by)
{
    filter->as_of_text = as_of;
    filter->known_by_text = known_by;
}

const char *link_with(const View *view, const char *path, const char *key, const char *code)
{
    Filter changed = *view->filter;
    const char *const codes[] = { code };
    forget_facet(&changed, key);
    if (strcmp(key, "from") == 0)
        changed.from_text = code;
    else if (strcmp(key, "to") == 0)
        changed.to_text = code;
    else if (strcmp(key, "as_of") == 0)
        take_clock(&changed, code, NULL);
    else if (strcmp(key, "known_by") == 0)
        take_clock(&changed, NULL, code);
    else if (strcmp(key, "q") == 0)
        changed.q = code;
    else if (code && changed.facet_count < FILTER_FACETS_MAX)
        changed.facets[changed.facet_count++] = (FacetChoice){ .key = key, .codes = codes, .count = 1 };
    return link_in(view->arena, view->language, path, &changed);
}

const char *link_without(const View *view, const char *path, const char *key, const char *code)
{
    Filter changed = *view->filter;
    const FacetChoice *choice = filter_facet(&changed, key);
    size_t count = 0;
    if (!choice || choice->count < 2)
        return link_with(view, path, key, NULL);
    const char **codes = NEW_ARRAY(view->arena, const char *, choice->count);
    for (size_t i = 0; i < choice->count; i++)
        if (strcmp(choice->codes[i], code) != 0)
            codes[count++] = choice->codes[i];
    forget_facet(&changed, key);
    changed.facets[changed.facet_count++] = (FacetChoice){ .key = key, .codes = codes, .count = count };
    return link_in(view->arena, view->language, path, &changed);
}

const char *link_to_month(const View *view, const char *path, const char *month)
{
    Filter changed = *view->filter;
    changed.from_text = changed.to_text = month;
    return link_in(view->arena, view->language, path, &changed);
}

const char *link_as_of(const View *view, const char *path, int64_t moment)
{
    char text[MOMENT_TEXT_SIZE];
    if (view->filter->known_by_text)
        return link_to(view, path);
    return link_with(view, path, "as_of", moment_write(moment, text));
}
