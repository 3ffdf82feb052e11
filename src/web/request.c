#include "web/request.h"

#include "stats/growth.h"

bool handle_take(const Request *request, Handle *handle, Problem *problem)
{
    *handle = (Handle){ request->app->pool, pool_take(request->app->pool, problem) };
    return handle->store != NULL;
}

void handle_end(Handle *handle)
{
    if (handle->pool)
        pool_give(handle->pool, handle->store);
}

Searched request_searched(const Request *request, const Handle *handle, const Filter *filter)
{
    return (Searched){ handle->store, &request->app->site->actors,
                       snapshot_entries_at(edition_snapshot(request->edition), filter->as_of) };
}

static bool find_words(Request *request, Found *found, Problem *problem)
{
    AUTO_HANDLE handle = { 0 };
    *found = (Found){ 0 };
    if (!request->filter.q)
        return true;
    if (!handle_take(request, &handle, problem))
        return false;
    Searched searched = request_searched(request, &handle, &request->filter);
    return search_filter(request->arena, &searched, &request->filter, found, problem);
}

bool request_view(Request *request, View *view, Found *found, Problem *problem)
{
    const Snapshot *snapshot = edition_snapshot(request->edition);
    Figures *figures = NEW(request->arena, Figures);
    if (!find_words(request, found, problem))
        return false;
    figures_count(snapshot, &request->filter, found->ids, found->count, request->arena, figures);
    *view = (View){ .arena = request->arena,
                    .site = request->app->site,
                    .language = request->language,
                    .codebook = request->app->site->codebook,
                    .filter = &request->filter,
                    .figures = figures,
                    .agreed = edition_agreed(request->edition) };
    return true;
}

const Counts *request_growth(const Request *request, Found found)
{
    if (request->filter.as_of_text)
        return NULL;
    Counts *growth = NEW(request->arena, Counts);
    *growth = figures_growth(edition_snapshot(request->edition), &request->filter, found.ids, found.count,
                             GROWTH_BY_MONTH, request->arena);
    return growth;
}

bool request_growth_of(const Request *request, const Figure *figure, Found found, View *view, Problem *problem)
{
    if (figure->kind != FIGURE_GROWTH)
        return true;
    view->growth = request_growth(request, found);
    return view->growth ||
           fail_field(problem, PROBLEM_BAD_INPUT, "as_of",
                      "how incidents became known is asked of today's register; ask by known_by, without as_of");
}

View request_bare_view(const Request *request)
{
    return (View){ .arena = request->arena,
                   .site = request->app->site,
                   .language = request->language,
                   .codebook = request->app->site->codebook,
                   .filter = &request->filter };
}
