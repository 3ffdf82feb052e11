/* The facets beside a list: what else could be asked, with the count that each answer would give. */
#include "publish/link.h"
#include "publish/pages.h"
#include "stats/choices.h"

enum { SHOWN = 6 }; /* values of a facet that stand there at once */

typedef enum FacetOrder { BY_NUMBER, AS_LISTED, LATEST_FIRST } FacetOrder;

static const struct {
    const char *key;
    FacetOrder order;
    enum { ON_ALL_LISTS, ON_EXCLUDED } lists;
} facets[] = {
    { "inclusion", BY_NUMBER, ON_EXCLUDED },     { "type", BY_NUMBER, ON_ALL_LISTS },
    { "country", BY_NUMBER, ON_ALL_LISTS },      { CHOICE_YEARS, LATEST_FIRST, ON_ALL_LISTS },
    { "org_type", BY_NUMBER, ON_ALL_LISTS },     { "severity", AS_LISTED, ON_ALL_LISTS },
    { "sector", BY_NUMBER, ON_ALL_LISTS },       { "ransomware_status", AS_LISTED, ON_ALL_LISTS },
    { "verification", AS_LISTED, ON_ALL_LISTS }, { "source", BY_NUMBER, ON_ALL_LISTS },
};

static bool is_year(const char *key)
{
    return strcmp(key, CHOICE_YEARS) == 0;
}

static bool is_chosen(const View *view, const char *key, const char *code)
{
    const Filter *filter = view->filter;
    if (!is_year(key))
        return filter_chosen(filter, key, code);
    return filter->from_text && filter->to_text && strcmp(filter->from_text, code) == 0 &&
           strcmp(filter->to_text, code) == 0;
}

static const char *address_of(const View *view, const char *path, const char *key, const Count *value, bool chosen)
{
    if (is_year(key))
        return link_to_month(view, path, chosen ? NULL : value->code);
    return chosen ? link_without(view, path, key, value->code) : link_with(view, path, key, value->code);
}

static int by_count(const void *left, const void *right)
{
    const Count *a = left, *b = right;
    if (a->count != b->count)
        return a->count < b->count ? 1 : -1;
    return strcmp(a->code, b->code);
}

static int latest_first(const void *left, const void *right)
{
    return strcmp(((const Count *)right)->code, ((const Count *)left)->code);
}

static void arrange(Counts *counts, FacetOrder order)
{
    if (counts->count && order != AS_LISTED)
        qsort(counts->items, counts->count, sizeof *counts->items, order == BY_NUMBER ? by_count : latest_first);
}

/* What is asked and nothing has would else be nowhere to be taken back. */
static void add_missing(const View *view, const char *key, Counts *counts)
{
    const FacetChoice *choice = filter_facet(view->filter, key);
    size_t room = counts->count;
    for (size_t i = 0; choice && i < choice->count; i++) {
        bool known = false;
        for (size_t j = 0; !known && j < counts->count; j++)
            known = strcmp(counts->items[j].code, choice->codes[i]) == 0;
        if (known)
            continue;
        counts->items = arena_grow(view->arena, counts->items, counts->count, &room, sizeof *counts->items);
        counts->items[counts->count++] = (Count){ choice->codes[i], 0 };
    }
}

static FacetValue value_of(const View *view, const ListOrder *order, const char *key, const Count *value)
{
    const char *path = list_path(order->which);
    bool chosen = is_chosen(view, key, value->code);
    return (FacetValue){ .label = is_year(key) ? value->code : show_facet(view, key, value->code),
                         .count = say_number(view->arena, view->language, value->count),
                         .address = list_sorted(view, address_of(view, path, key, value, chosen), order->sort),
                         .chosen = chosen };
}

/* Those that are chosen stand first; what is folded away is told by its number. */
static FacetBox box_of(const View *view, const ListOrder *order, const char *key, const Counts *counts)
{
    FacetValue *values = NEW_ARRAY(view->arena, FacetValue, counts->count);
    size_t chosen = 0;
    for (size_t i = 0; i < counts->count; i++) {
        FacetValue value = value_of(view, order, key, &counts->items[i]);
        size_t at = value.chosen ? chosen++ : i;
        memmove(&values[at + 1], &values[at], (i - at) * sizeof *values);
        values[at] = value;
    }
    size_t shown = MAX(chosen, MIN(counts->count, SHOWN));
    size_t folded = counts->count - shown;
    return (FacetBox){ .key = key,
                       .label = is_year(key) ? say(view->language, "Year") : show_facet_name(view, key),
                       .values = values,
                       .count = counts->count,
                       .shown = folded > 1 ? shown : counts->count,
                       .chosen = chosen > 0,
                       .more = say_count(view->arena, view->language, (int64_t)folded, "{n} more", "{n} more") };
}

Facets list_facets(const View *view, const ListOrder *order)
{
    FacetBox *boxes = NEW_ARRAY(view->arena, FacetBox, COUNT_OF(facets));
    const char *keys[COUNT_OF(facets)];
    Counts counts[COUNT_OF(facets)];
    size_t made = 0;
    for (size_t i = 0; i < COUNT_OF(facets); i++)
        keys[i] = facets[i].key;
    figures_choices(order->snapshot, order->listing, keys, COUNT_OF(facets), view->arena, counts);
    for (size_t i = 0; i < COUNT_OF(facets); i++) {
        if (facets[i].lists == ON_EXCLUDED && order->which != REGISTER_EXCLUDED)
            continue;
        add_missing(view, keys[i], &counts[i]);
        arrange(&counts[i], facets[i].order);
        FacetBox box = box_of(view, order, keys[i], &counts[i]);
        if (box.count > 1 || box.chosen)
            boxes[made++] = box;
    }
    return (Facets){ boxes, made };
}
