/* A figure as a page shows it: the chart with its table, what is not known of it, and its addresses. */
#include "publish/entity.h"
#include "publish/link.h"
#include "publish/pages.h"
#include "publish/png.h"

const char *figure_link(const View *view, const Figure *figure, const char *extension)
{
    return link_to(view, arena_format(view->arena, "/figures/%s.%s", figure->name, extension));
}

FigureBlock figure_block(const View *view, const Figure *figure)
{
    FigureBlock block = { .view = view, .figure = figure, .note = figure_note(view, figure) };
    block.rows = figure_rows(view, figure, &block.count);
    block.unknown = figure_unknown(view, figure);
    block.column = figure->key ? show_facet_name(view, figure->key) : say(view->language, "Month");
    block.svg = figure_link(view, figure, "svg");
    block.png = png_offered() ? figure_link(view, figure, "png") : NULL;
    block.csv = figure_link(view, figure, "csv");
    block.json = figure_link(view, figure, "json");
    block.xlsx = figure_link(view, figure, "xlsx");
    if (figure->key && strcmp(figure->key, "country") == 0)
        block.context = link_in(view->arena, view->language, entity_path(ENTITY_COUNTRY), NULL);
    if (figure->kind == FIGURE_COLUMNS && figure_has_late(view))
        block.late = say(view->language, "Grey: the last eight weeks, which are still being reported.");
    return block;
}
