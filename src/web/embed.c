/* Figures as pages: each alone, as other sites show it in theirs, as the picture that stands for a page, and oEmbed. */
#include "publish/card.h"
#include "publish/headline.h"
#include "publish/link.h"
#include "publish/pages.h"
#include "publish/png.h"
#include "web/route.h"

enum { CACHE_SECONDS = 3600 };

static bool read_figure(Request *request, View *view, const Figure **figure, Problem *problem)
{
    Text name = request->parts[request->part_count - 1];
    Found found;
    *figure = figure_find(name);
    if (!*figure)
        return fail(problem, PROBLEM_NOT_FOUND, "there is no figure %.60s", arena_text(request->arena, name));
    return request_view(request, view, &found, problem) && request_growth_of(request, *figure, found, view, problem);
}

static const char *figure_path(const Request *request, const Figure *figure)
{
    return arena_format(request->arena, "/figures/%s", figure->name);
}

/* Where other sites ask how to embed the figure. */
static const char *oembed_link(const View *view, const char *path)
{
    AUTO_OUT link = { 0 };
    out_raw(&link, view->site->address, strlen(view->site->address));
    OUT_LITERAL(&link, "/oembed.json?url=");
    out_url(&link, arena_format(view->arena, "%s%s", view->site->address, link_to(view, path)));
    return arena_text(view->arena, out_view(&link));
}

bool answer_figure_page(Request *request, Reply *reply, Problem *problem)
{
    View view;
    const Figure *figure;
    if (!read_figure(request, &view, &figure, problem))
        return false;
    const char *path = figure_path(request, figure);
    FigurePage page = figure_page(&view, edition_figures(request->edition), figure);
    Frame frame = frame_of(&view, PAGE_ELSEWHERE, path);
    frame_title(&frame, &view, say(view.language, figure->title), page.block.note);
    frame.csv = page.block.csv;
    frame.json = page.block.json;
    frame.xlsx = page.block.xlsx;
    frame.oembed = oembed_link(&view, path);
    reply->type = "text/html; charset=utf-8";
    figure_page_html(&reply->body, &frame, &page);
    return true;
}

bool answer_embed(Request *request, Reply *reply, Problem *problem)
{
    View view;
    const Figure *figure;
    if (!read_figure(request, &view, &figure, problem))
        return false;
    FigureBlock block = figure_block(&view, figure);
    Frame frame = frame_of(&view, PAGE_ELSEWHERE, figure_path(request, figure));
    frame_title(&frame, &view, say(view.language, figure->title), block.note);
    reply->type = "text/html; charset=utf-8";
    reply->framing = FRAMED_ANYWHERE;
    embed_html(&reply->body, &frame, &block);
    return true;
}

/* What a card is about, in its upper line: "home", "incidents" or the name of a figure. */
static const char *card_title(const Request *request, Problem *problem)
{
    Text name = request->parts[request->part_count - 1];
    const Figure *figure = figure_find(name);
    const char *title = figure                       ? figure->title
                        : text_is(name, "incidents") ? N_("Incidents")
                        : text_is(name, "home")      ? N_("Vigie, the open register of cyberattacks on health care")
                                                     : NULL;
    if (!title)
        fail(problem, PROBLEM_NOT_FOUND, "there is no card %.60s", arena_text(request->arena, name));
    return title ? say(request->language, title) : NULL;
}

bool answer_card(Request *request, Reply *reply, Problem *problem)
{
    View view;
    Found found;
    AUTO_OUT svg = { 0 };
    const char *title = card_title(request, problem);
    if (!title || !request_view(request, &view, &found, problem))
        return false;
    Card card = { .language = view.language,
                  .title = title,
                  .sentence = headline_with_caution(&view),
                  .filter = headline_filter(&view),
                  .foot = arena_format(request->arena, "Vigie. %s", headline_origin(&view)) };
    card_svg(&svg, &card);
    reply->type = "image/png";
    return png_of_svg(out_view(&svg), CARD_WIDTH, &reply->body, problem);
}

/* The figure that an address of ours shows, with its language and question. */
static bool read_address(Request *request, const Figure **figure, Problem *problem)
{
    Text address = request->url, site = text_of(request->app->site->address), part;
    if (!text_starts(address, request->app->site->address))
        return fail_field(problem, PROBLEM_NOT_FOUND, "url", "only figures of %s can be embedded",
                          request->app->site->address);
    Text path = text_slice(address, site.length, text_find(address, "?") - site.length);
    Text query = text_slice(address, text_find(address, "?") + 1, address.length);
    bool fine = text_split(&path, '/', &part) && part.length == 0 && text_split(&path, '/', &part);
    const Language *language = fine ? language_find(&request->app->site->languages, part) : NULL;
    fine = language && text_split(&path, '/', &part) && (text_is(part, "figures") || text_is(part, "embed"));
    *figure = fine ? figure_find(text_slice(path, 0, text_find(path, "."))) : NULL;
    if (!*figure)
        return fail_field(problem, PROBLEM_NOT_FOUND, "url", "this is not the address of a figure");
    request->language = language;
    return filter_read(request->arena, request->app->site->codebook, query, "", &request->filter, problem);
}

bool answer_oembed(Request *request, Reply *reply, Problem *problem)
{
    const Figure *figure;
    View view;
    Found found;
    if (request->url.length == 0)
        return fail_field(problem, PROBLEM_BAD_INPUT, "url", "url takes the address of a figure");
    if (!read_address(request, &figure, problem) || !request_view(request, &view, &found, problem))
        return false;
    Embed embed = figure_embed(&view, figure);
    embed.most_width = request->max_width;
    embed.most_height = request->max_height;
    embed.cache_seconds = CACHE_SECONDS;
    reply->type = "application/json";
    embed_json(&reply->body, &embed);
    return true;
}
