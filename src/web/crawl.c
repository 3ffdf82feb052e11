/* What programs read that look for news, for pages or for a contact: feeds, the sitemap, robots.txt, security.txt. */
#include "base/sys.h"
#include "publish/entity_paths.h"
#include "publish/news.h"
#include "publish/sitemap.h"
#include "web/route.h"

enum { SECURITY_DAYS = 180 };

static int64_t *counted(const Request *request, Found found, Register which, size_t *count)
{
    const Snapshot *snapshot = edition_snapshot(request->edition);
    int64_t *ids = NEW_ARRAY(request->arena, int64_t, snapshot_rows(snapshot) + 1);
    Listing listing = {
        .filter = &request->filter,
        .ids = found.ids,
        .id_count = found.count,
        .which = which,
        .order = NEWEST_FIRST,
        .most = snapshot_rows(snapshot),
    };
    *count = figures_list(snapshot, &listing, ids, count);
    return ids;
}

bool answer_feed(Request *request, Reply *reply, Problem *problem)
{
    View view;
    Found found;
    Feed feed;
    bool atom = text_is(request->extension, "atom");
    NewsOrder order = { .self = atom ? "/incidents.atom" : "/incidents.feed.json" };
    AUTO_HANDLE handle = { 0 };
    if (!request_view(request, &view, &found, problem))
        return false;
    order.matching = counted(request, found, REGISTER_COUNTED, &order.count);
    if (!handle_take(request, &handle, problem) || !news_read(&view, handle.store, &order, &feed, problem))
        return false;
    reply->type = atom ? FEED_ATOM_TYPE : FEED_JSON_TYPE;
    (atom ? feed_atom : feed_json)(&reply->body, &feed);
    return true;
}

/* The pages that stand always; then those of countries and sources, and each incident. */
static size_t standing_pages(Arena *arena, SitemapPage **pages, size_t more)
{
    static const char *const lists[] = { "",          "incidents",     "claimed", "excluded", "codebook", "api",
                                         "countries", "organisations", "actors",  "sources",  "releases" };
    size_t count = 0;
    *pages = NEW_ARRAY(arena, SitemapPage, COUNT_OF(lists) + figure_count + TEXT_COUNT + more);
    for (size_t i = 0; i < COUNT_OF(lists); i++)
        (*pages)[count++].path = lists[i];
    for (size_t i = 0; i < figure_count; i++)
        (*pages)[count++].path = arena_format(arena, "figures/%s", figure_table[i].name);
    for (size_t i = 0; i < TEXT_COUNT; i++)
        (*pages)[count++].path = text_slugs[i];
    return count;
}

static bool all_pages(Request *request, SitemapPage **pages, size_t *count, Problem *problem)
{
    size_t incidents;
    Paths paths;
    View view = request_bare_view(request);
    view.figures = edition_figures(request->edition);
    AUTO_HANDLE handle = { 0 };
    if (!handle_take(request, &handle, problem))
        return false;
    Reading reading = { &view, edition_snapshot(request->edition), handle.store };
    if (!entity_paths(&reading, &paths, problem))
        return false;
    int64_t *ids = counted(request, (Found){ 0 }, REGISTER_ALL, &incidents);
    *count = standing_pages(request->arena, pages, incidents + paths.count);
    for (size_t i = 0; i < paths.count; i++)
        (*pages)[(*count)++].path = paths.items[i];
    for (size_t i = 0; i < incidents; i++)
        (*pages)[(*count)++].path = arena_format(request->arena, "incidents/%lld", (long long)ids[i]);
    return true;
}

/* One file, or an index of files when the pages are more than the protocol allows in one: "/sitemap/2.xml". */
bool answer_sitemap(Request *request, Reply *reply, Problem *problem)
{
    const Site *site = request->app->site;
    const size_t in_one = SITEMAP_ADDRESSES_MAX / site->languages.count;
    int64_t number = 1;
    SitemapPage *pages;
    size_t count;
    bool whole = request->part_count == 1;
    if (!all_pages(request, &pages, &count, problem))
        return false;
    size_t files = (count + in_one - 1) / in_one;
    if (!whole && (!text_int(request->parts[1], &number) || (size_t)number > files))
        return fail(problem, PROBLEM_NOT_FOUND, "there is nothing at %.200s", request->path);
    reply->type = "application/xml; charset=utf-8";
    if (whole && files > 1) {
        sitemap_index(&reply->body, site->address, files, edition_figures(request->edition)->as_of);
        return true;
    }
    sitemap_begin(&reply->body);
    for (size_t i = (size_t)(number - 1) * in_one; i < MIN(count, (size_t)number * in_one); i++)
        sitemap_page(&reply->body, site->address, &site->languages, &pages[i]);
    sitemap_end(&reply->body);
    return true;
}

bool answer_robots(Request *request, Reply *reply, Problem *problem)
{
    (void)problem;
    reply->type = "text/plain; charset=utf-8";
    OUT_LITERAL(&reply->body, "User-agent: *\nDisallow:\nSitemap: ");
    out_raw(&reply->body, request->app->site->address, strlen(request->app->site->address));
    OUT_LITERAL(&reply->body, "/sitemap.xml\n");
    return true;
}

/* A contact that security.txt can name is an address: of mail or of a page. */
static const char *contact_address(Arena *arena, const char *contact)
{
    Text text = text_of(contact);
    bool blank = strpbrk(contact, " \t<>\"") != NULL;
    if (!blank && text_starts(text, "https://"))
        return contact;
    return !blank && strchr(contact, '@') ? arena_format(arena, "mailto:%s", contact) : NULL;
}

static void security_line(Out *out, const char *field, const char *address, const char *path)
{
    out_raw(out, field, strlen(field));
    out_raw(out, address, strlen(address));
    out_raw(out, path, strlen(path));
    OUT_LITERAL(out, "\n");
}

/* How to report a flaw: RFC 9116. It is made anew with each answer, so what it says holds for half a year from today.
 */
bool answer_security(Request *request, Reply *reply, Problem *problem)
{
    const Site *site = request->app->site;
    const char *contact = site->contact ? contact_address(request->arena, site->contact) : NULL;
    char expires[MOMENT_TEXT_SIZE];
    (void)problem;
    moment_write((moment_day(sys_now()) + SECURITY_DAYS) * DAY_MS, expires);
    reply->type = "text/plain; charset=utf-8";
    if (contact)
        security_line(&reply->body, "Contact: ", contact, "");
    security_line(&reply->body, "Contact: ", site->address, "/en/contact");
    security_line(&reply->body, "Expires: ", expires, "");
    security_line(&reply->body, "Preferred-Languages: en, fr", "", "");
    security_line(&reply->body, "Canonical: ", site->address, "/.well-known/security.txt");
    return true;
}
