#include "publish/news.h"

#include "publish/headline.h"
#include "publish/journal_data.h"
#include "publish/link.h"

enum { WALK = 1000 /* entries a look */, WALKS_MOST = 50 };

static int by_number(const void *left, const void *right)
{
    int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
    return (a > b) - (a < b);
}

typedef struct Newest {
    int64_t incidents[NEWS_MOST], updated[NEWS_MOST];
    size_t count;
} Newest;

static bool has(const Newest *newest, int64_t incident)
{
    for (size_t i = 0; i < newest->count; i++)
        if (newest->incidents[i] == incident)
            return true;
    return false;
}

static void note(Newest *newest, const NewsOrder *order, Text subject, int64_t at)
{
    static const char prefix[] = "incident/";
    int64_t incident;
    if (newest->count == NEWS_MOST || !text_starts(subject, prefix) ||
        !text_int(text_slice(subject, sizeof prefix - 1, subject.length), &incident) || has(newest, incident) ||
        !bsearch(&incident, order->matching, order->count, sizeof incident, by_number))
        return;
    newest->incidents[newest->count] = incident;
    newest->updated[newest->count++] = at;
}

/* Some entries further back; `before` is 0 at the journal's beginning. */
static bool walk(Store *store, const NewsOrder *order, Newest *newest, int64_t *before, Problem *problem)
{
    AUTO_ROWS *rows = store_run(store, problem, SQL_PUBLISH_ENTRIES_BEFORE, "ii", *before, (int64_t)WALK);
    *before = 0;
    while (rows && rows_next(rows)) {
        *before = rows_int(rows, 0);
        note(newest, order, text_of(rows_text(rows, 2)), rows_int(rows, 1));
    }
    return !problem->kind;
}

static const char *absolute(const View *view, const char *path)
{
    return arena_format(view->arena, "%s%s", view->site->address, path);
}

static bool entry_of(const View *view, Store *store, int64_t id, FeedEntry *entry, Problem *problem)
{
    Incident incident;
    if (!incident_read(view->arena, store, id, view->figures->entries, &incident, problem) ||
        !journal_moment(store, incident.first_entry, &entry->published, problem))
        return false;
    const char *path = arena_format(view->arena, "/incidents/%lld", (long long)id);
    entry->address = absolute(view, link_in(view->arena, view->language, path, NULL));
    entry->title = incident_heading(view, &incident);
    entry->summary = incident.title;
    entry->language = view->language->code;
    return true;
}

bool news_read(const View *view, Store *public_store, NewsOrder *order, Feed *feed, Problem *problem)
{
    Newest *newest = NEW(view->arena, Newest);
    FeedEntry *entries = NEW_ARRAY(view->arena, FeedEntry, NEWS_MOST);
    int64_t before = view->figures->entries + 1;
    if (order->count)
        qsort(order->matching, order->count, sizeof *order->matching, by_number);
    for (int i = 0; i < WALKS_MOST && before > 1 && newest->count < NEWS_MOST && newest->count < order->count; i++)
        if (!walk(public_store, order, newest, &before, problem))
            return false;
    for (size_t i = 0; i < newest->count; i++) {
        entries[i].updated = newest->updated[i];
        if (!entry_of(view, public_store, newest->incidents[i], &entries[i], problem))
            return false;
    }
    const char *filter = headline_filter(view);
    *feed = (Feed){ .language = view->language,
                    .title = say(view->language, "Vigie, the open register of cyberattacks on health care"),
                    .subtitle = *filter ? filter : say(view->language, "Incidents published or changed last"),
                    .address = absolute(view, link_to(view, order->self)),
                    .page = absolute(view, link_to(view, "/incidents")),
                    .author = "Vigie",
                    .licence = show_licence(view),
                    .updated = newest->count ? newest->updated[0] : view->figures->as_of,
                    .entries = entries,
                    .count = newest->count };
    return true;
}
