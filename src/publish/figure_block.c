/* A figure as a page shows it: the chart with its table, what is not known of it, its addresses, and what to copy of it
 * to cite it or to show it elsewhere. */
#include "publish/entity.h"
#include "publish/headline.h"
#include "publish/link.h"
#include "publish/pages.h"
#include "publish/png.h"

const char *figure_link(const View *view, const Figure *figure, const char *extension)
{
    return link_to(view, arena_format(view->arena, "/figures/%s.%s", figure->name, extension));
}

static const char *path_of(const View *view, const Figure *figure)
{
    return arena_format(view->arena, "/figures/%s", figure->name);
}

static const char *absolute(const View *view, const char *path)
{
    return arena_format(view->arena, "%s%s", view->site->address, path);
}

static const char *title_of(const View *view, const Figure *figure)
{
    const char *filter = headline_filter(view), *title = say(view->language, figure->title);
    return *filter ? arena_format(view->arena, "%s (%s)", title, filter) : title;
}

Embed figure_embed(const View *view, const Figure *figure)
{
    const char *frame = link_to(view, arena_format(view->arena, "/embed/%s", figure->name));
    const char *card = link_to(view, arena_format(view->arena, "/cards/%s.png", figure->name));
    return (Embed){ .title = title_of(view, figure),
                    .frame = absolute(view, frame),
                    .picture = png_offered() ? absolute(view, card) : NULL,
                    .picture_width = CARD_WIDTH,
                    .picture_height = CARD_HEIGHT,
                    .provider = "Vigie",
                    .home = arena_format(view->arena, "%s/", view->site->address) };
}

static const char *iframe_of(const View *view, const Embed *embed)
{
    AUTO_OUT html = { 0 };
    embed_iframe(&html, embed);
    return arena_text(view->arena, out_view(&html));
}

static const char *image_of(const View *view, const FigureBlock *block, const Embed *embed)
{
    AUTO_OUT html = { 0 };
    embed_image(&html, embed, absolute(view, block->png), absolute(view, block->page));
    return arena_text(view->arena, out_view(&html));
}

static void add_copies(const View *view, FigureBlock *block)
{
    Embed embed = figure_embed(view, block->figure);
    const char *path = path_of(view, block->figure);
    block->page = link_to(view, path);
    block->cite = cite_words(view, path, say(view->language, block->figure->title));
    block->permalink = cite_address(view, path);
    block->iframe = iframe_of(view, &embed);
    block->image = block->png ? image_of(view, block, &embed) : NULL;
}

FigureBlock figure_block(const View *view, const Figure *figure)
{
    FigureBlock block = { .view = view, .figure = figure, .note = figure_note(view, figure) };
    block.rows = figure->kind == FIGURE_SENTENCE ? NULL : figure_rows(view, figure, &block.count);
    block.sentence = figure->kind == FIGURE_SENTENCE ? headline_sentence(view) : NULL;
    block.unknown = figure_unknown(view, figure);
    block.caution = figure_caution(view, figure);
    block.drawn = figure_is_drawn(view, figure);
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
    add_copies(view, &block);
    return block;
}

static PageLinks others_of(const View *view, const Figure *shown)
{
    PageLink *links = NEW_ARRAY(view->arena, PageLink, figure_count);
    size_t count = 0;
    for (size_t i = 0; i < figure_count; i++) {
        const Figure *figure = &figure_table[i];
        if (figure->kind == FIGURE_GROWTH && view->filter->as_of_text)
            continue;
        links[count++] = (PageLink){ .label = say(view->language, figure->title),
                                     .address = link_to(view, path_of(view, figure)),
                                     .current = figure == shown };
    }
    return (PageLinks){ links, count };
}

FigurePage figure_page(const View *view, const Figures *all, const Figure *figure)
{
    return (FigurePage){ .block = figure_block(view, figure),
                         .form = filter_form(view, all, path_of(view, figure)),
                         .sentence = headline_sentence(view),
                         .filter = headline_filter(view),
                         .others = others_of(view, figure) };
}
