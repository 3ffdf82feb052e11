#include "publish/entity.h"

#include "publish/headline.h"
#include "publish/link.h"

static const struct {
    const char *path, *label;
} kinds[ENTITY_KINDS] = {
    [ENTITY_COUNTRY] = { "/countries", N_("Countries") },
    [ENTITY_ORGANISATION] = { "/organisations", N_("Organisations") },
    [ENTITY_ACTOR] = { "/actors", N_("Attackers") },
    [ENTITY_SOURCE] = { "/sources", N_("Sources") },
};

const char *entity_path(EntityKind kind)
{
    return kinds[kind].path;
}

/* The moment stays, what else is asked does not fit every list. */
static const char *at_moment(const View *view, const char *path)
{
    Filter moment = { .from = INT32_MIN, .to = INT32_MAX, .as_of_text = view->filter->as_of_text };
    return link_in(view->arena, view->language, path, &moment);
}

PageLinks entity_links(const View *view)
{
    PageLink *links = NEW_ARRAY(view->arena, PageLink, ENTITY_KINDS);
    for (size_t i = 0; i < ENTITY_KINDS; i++)
        links[i] =
            (PageLink){ .label = say(view->language, kinds[i].label), .address = at_moment(view, kinds[i].path) };
    return (PageLinks){ links, ENTITY_KINDS };
}

EntityPage entity_page(const View *view, EntityKind kind, const char *heading)
{
    PageLinks all = entity_links(view);
    PageLink *tabs = NEW_ARRAY(view->arena, PageLink, ENTITY_KINDS);
    for (size_t i = 0; i < all.count; i++) {
        tabs[i] = all.items[i];
        tabs[i].current = i == (size_t)kind;
    }
    return (EntityPage){ .tabs = { tabs, all.count }, .heading = heading };
}

EntitySection *entity_section(EntityPage *page, const char *id, const char *heading, const char *intro)
{
    EntitySection *section = &page->sections[page->section_count++];
    *section = (EntitySection){ .id = id, .heading = heading, .intro = intro };
    return section;
}

EntityTable entity_table(const View *view, const EntityColumn *columns, size_t count)
{
    EntityColumn *shown = NEW_ARRAY(view->arena, EntityColumn, count);
    for (size_t i = 0; i < count; i++)
        shown[i] = (EntityColumn){ say(view->language, columns[i].label), columns[i].number };
    return (EntityTable){ .columns = shown, .column_count = count };
}

EntityCell *entity_row(const View *view, EntityTable *table)
{
    size_t width = size_times(table->column_count, sizeof(EntityCell));
    table->cells = arena_grow(view->arena, table->cells, table->count, &table->room, width);
    EntityCell *row = &table->cells[table->count++ * table->column_count];
    memset(row, 0, width);
    return row;
}

const View *entity_narrowed(const Reading *reading, const View *view, const char *key, const char *code)
{
    Filter *filter = NEW(view->arena, Filter);
    const char **codes = NEW(view->arena, const char *);
    Figures *figures = NEW(view->arena, Figures);
    View *narrowed = NEW(view->arena, View);
    *filter = *view->filter;
    *codes = code;
    filter->facets[filter->facet_count++] = (FacetChoice){ .key = key, .codes = codes, .count = 1 };
    figures_count(reading->snapshot, filter, NULL, 0, view->arena, figures);
    *narrowed = *view;
    narrowed->filter = filter;
    narrowed->figures = figures;
    return narrowed;
}

void entity_figures(const View *view, EntityPage *page, const char *const *charts, size_t count)
{
    EntitySection *numbers =
        entity_section(page, "numbers", say(view->language, "Key figures"), headline_with_caution(view));
    numbers->numbers = key_numbers(view, &numbers->number_count);
    if (view->figures->incidents == 0)
        return;
    FigureBlock *blocks = NEW_ARRAY(view->arena, FigureBlock, count);
    for (size_t i = 0; i < count; i++)
        blocks[i] = figure_block(view, figure_find(text_of(charts[i])));
    EntitySection *section = entity_section(page, "charts", say(view->language, "Charts"), NULL);
    section->blocks = blocks;
    section->block_count = count;
}

bool entity_newest(const Reading *reading, const View *view, size_t most, EntitySection *section, Problem *problem)
{
    int64_t *ids = NEW_ARRAY(view->arena, int64_t, most);
    size_t total;
    Listing listing = { .filter = view->filter, .which = REGISTER_COUNTED, .order = NEWEST_FIRST, .most = most };
    size_t count = figures_list(reading->snapshot, &listing, ids, &total);
    ListRow *rows = NEW_ARRAY(view->arena, ListRow, count + 1);
    for (size_t i = 0; i < count; i++)
        if (!list_row(view, reading->store, ids[i], REGISTER_COUNTED, &rows[i], problem))
            return false;
    section->rows = rows;
    section->row_count = count;
    return true;
}
